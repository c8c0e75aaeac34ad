"""What a browser does when something happens to an element, as data.

Law: an action is a frozen value; nothing is sent, and nothing changes, until somebody carries it out.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.node import Node

Json: TypeAlias = "dict[str, object]"
Kind: TypeAlias = 'Literal["push", "replace"]'


@frozen
class Send:
    """Push an `event` message with exactly this payload. `to`: the view that is meant, if not that of the element."""

    payload: Json
    to: str | None = None


@frozen
class LivePatch:
    """Patch the view to another URL (`live_patch`)."""

    href: str
    kind: Kind = "push"


@frozen
class LiveRedirect:
    """Leave for another view on the same socket."""

    href: str
    kind: Kind = "push"


@frozen
class Browse:
    """An ordinary link: the browser loads another document. `stays`: it does not (an anchor, mailto, a new tab, a download).

    With a `method` the page's script submits a form, with `csrf` as its token.
    """

    href: str
    method: str = "get"
    stays: bool = False
    csrf: str | None = None


@frozen
class SubmitForm:
    """A submit button was clicked."""

    form: Node
    submitter: Node


@frozen
class ResetForm:
    """A reset button was clicked."""

    form: Node
    button: Node


@frozen
class Toggle:
    """A checkbox or radio was clicked: it changes, and a change event follows."""

    control: Node


@frozen
class Command:
    """A JS command that concerns the browser alone (`show`, `dispatch`, `exec`, …), for whoever runs them."""

    name: str
    args: Json
    source: Node = field(repr=False)
    event: str


Action: TypeAlias = "Send | LivePatch | LiveRedirect | Browse | SubmitForm | ResetForm | Toggle | Command"
Actions: TypeAlias = "tuple[Action, ...]"
