"""A push as a value: which event, at which element, for whom; and what an element brings to it by itself.

Owns `Push`, and the `phx-value-*` attributes and the `value` property of an element. Law: both are read from the DOM as it is when
the push is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Then
from liveview_testing.browser.connection.pushing.targeting import is_cid, nearest_cid
from liveview_testing.browser.dom.forms import is_checked, value_of
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.page.controls import CHECKABLE, CONTROLS, kind_of
from liveview_testing.browser.reaction import Reaction

Json: TypeAlias = "dict[str, Any]"


@frozen
class Push:
    """What a push was asked for: the kind of its event, its name, the element, and what the command says."""

    kind: str | None
    event: str | None
    source: DomNode
    value: Mapping[str, Any] = field(factory=dict[str, Any])
    target: Any = None
    loading: str | None = None
    page_loading: bool = False
    data: Mapping[str, Any] = field(factory=dict[str, Any])
    submitter: DomNode | None = None
    field_target: str | None = None
    """`_target`, where somebody else than the field says it."""
    dispatcher: DomNode | None = None
    """The element whose binding it is, if that is not the source (a form's change, pushed for its field)."""
    extra: Sequence[tuple[str, str]] = ()
    then: Then | None = None
    failed: Then | None = None


def cid_of(push: Push, asked: DomNode, target: DomNode | int, *, of_push: bool = True) -> int | None:
    """The component that a push is for: only where somebody asked for a target."""  # CE-61, CE-62
    if isinstance(target, int):
        return target
    named = (push.target if of_push else None) or asked.get("phx-target")
    if is_cid(named):
        return int(cast("int | str", named))
    return nearest_cid(target) if named is not None else None


def note_lost_cid(reaction: Reaction, push: Push, form: DomNode, target: DomNode | int, cid: int | None) -> None:
    """A form's event that was meant for a component, and reaches the view around it: the client looks for the target elsewhere."""
    if cid is not None or isinstance(target, int) or target in (form, push.source) or nearest_cid(target) is None:
        return
    reaction.note(
        "CE-62",
        f"{push.event!r} of {push.source!r} reached the view, not the component of {target!r}: of a form's event the client sends"
        " the component only if it is asked for by phx-target of the form",
        "phx-target={@myself}, or the selector as phx-target of the form",
        once=True,
    )


def phx_values(node: DomNode) -> Json:
    """The `phx-value-*` attributes of an element."""
    return {
        name.removeprefix("phx-value-"): value
        for name, value in node.attributes.items()
        if name.startswith("phx-value-")
    }


def dom_values(node: DomNode) -> Json:
    """What an element adds to its push: `phx-value-*`, then its `value` property."""  # CE-56, CE-57
    values = phx_values(node)
    value = value_property(node)
    if value is not None:
        values["value"] = value
    elif node.tag == "input":
        values.pop("value", None)
    return values


def value_property(node: DomNode) -> str | int | float | None:
    """`el.value`; None where there is none, and of a box that is not checked."""
    if node.tag in CONTROLS:
        if node.tag == "input" and kind_of(node) in CHECKABLE and not is_checked(node):
            return None
        return value_of(node)
    from liveview_testing.browser.page.forms.properties import value_property as of_page

    return of_page(node.source)
