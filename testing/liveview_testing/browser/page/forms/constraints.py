"""Whether a browser has anything to check in a form before a person submits it.

Law: no answer needs a tab; only the check itself does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveview_testing.browser.page.forms.forms import Control, controls

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node

_CONSTRAINTS = ("required", "pattern", "min", "max", "step", "minlength", "maxlength")
_CHECKED_KINDS = frozenset(("email", "url", "number", "range", "time", "datetime-local"))


def is_constrained(form: Node) -> bool:
    """Whether a control of the form could be found invalid."""
    return any(map(_checked, controls(form)))


def _checked(control: Control) -> bool:
    node = control.node
    return control.kind in _CHECKED_KINDS or any(node.get(name) is not None for name in _CONSTRAINTS)
