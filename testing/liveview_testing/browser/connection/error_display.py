"""How a page shows that something is wrong with its connection: classes of containers, the loader, `phx-disconnected`.

Owns the looks of errors and of waiting. Law: what is shown at once is shown at once; what waits for a while is on the clock.
"""  # CN-1, CN-8, CN-10, CN-11

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.commands.running import Occasion, run
from liveview_testing.browser.connection.pushing.targeting import owner
from liveview_testing.browser.connection.view_state import is_main_view, set_classes, url_of
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.querying import inside_view
from liveview_testing.browser.lifecycle import hooks
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.finding.watched import watched
from liveview_testing.browser.reaction import Reaction

DISCONNECTED_AFTER = 500


CONNECTED: tuple[str, ...] = ("phx-connected",)


LOADING: tuple[str, ...] = ("phx-loading",)


BROKEN: tuple[str, ...] = ("phx-loading", "phx-error")


def display_error(reaction: Reaction, view: str, reason: Any, *, refused: bool = False) -> None:
    """The page shows that something is wrong, at once. `refused`: its join came to nothing."""  # CN-10, CN-11, CN-13
    kind = "server" if refused or reaction.browser.online else "client"
    if is_main_view(reaction, view):
        detail = {"to": url_of(reaction, view), "kind": "error", "unstructuredError": reason, "errorKind": kind}
        reaction.emit("phx:page-loading-start", detail)
    show_loader(reaction, view)
    set_classes(reaction, view, (*BROKEN, f"phx-{kind}-error"))
    order = reaction.view(view).channel.order
    timer = reaction.later(DISCONNECTED_AFTER, RunBinding(view, "phx-disconnected", order))
    reaction.set_channel(view, disconnected=timer)  # one that is there already is forgotten, not called off (HK-34)


def show_loader(reaction: Reaction, view: str) -> None:
    """The view looks busy, and its hooks hear that it is not connected."""  # HK-11
    reaction.call_off(reaction.view(view).channel.loader)
    hooks.disconnected(reaction, view)
    set_classes(reaction, view, LOADING)


@frozen
class ShowLoader:
    """A join takes so long that it is shown."""  # CN-1

    view: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        show_loader(reaction, self.view)


def hide_loader(reaction: Reaction, view: str) -> None:
    """The view is connected, and says so."""  # HK-33
    channel = reaction.view(view).channel
    reaction.call_off(channel.loader)
    reaction.call_off(channel.disconnected)
    set_classes(reaction, view, CONNECTED)
    RunBinding(view, "phx-connected")(reaction)


@frozen
class RunBinding:
    """The commands of `phx-connected` or `phx-disconnected`, of all elements in the container of a view that somebody owns.

    `order`: of that channel of it only; a nested view that is joined anew has a container of its own.
    """

    view: str
    binding: str
    order: int | None = None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if self.view not in reaction.document.views:
            return
        if self.order is not None and self.order != reaction.view(self.view).channel.order:
            return
        for node in list(bound_in(reaction.document, self.view, self.binding)):
            now = reaction.node(node.key)
            view = None if now is None else owner(now)
            text = None if now is None else now.get(self.binding)
            if now is None or not text:
                continue
            if view is None:
                _note_dead(reaction, now, self.binding)
            else:
                run(reaction, Occasion(None, now, view, bare=False, trusted=False), text)  # JC-1


def _note_dead(reaction: Reaction, node: DomNode, binding: str) -> None:
    """The view that an element is in was let go with the one around it."""  # HK-34
    if binding == "phx-disconnected":
        reaction.note(
            "HK-34",
            f"{binding} of {node!r} did not run: its view is nested, and is let go when the view around it loses its connection",
            f"{binding} on an element of the view around it",
        )


def bound_in(document: Document, view: str, binding: str) -> Iterator[DomNode]:
    """The elements with a binding in the container of a view, and of the views inside it, in document order."""
    if document.rearranged:  # what is to be seen is not what the page has
        yield from inside_view(document, view, f"[{binding}]")
        return
    inside = {shown.dom_id: shown.id for shown in document.views.values() if shown.around == view}
    page = document.page(view)
    names = (binding, "data-phx-session") if inside else (binding,)
    for node in find(page, "[phx-remove], [data-phx-session]") if binding == "phx-remove" else watched(page, *names):
        found = DomNode(document, view, 0, node)
        if found.get(binding) is not None:
            yield found
        if inside and node.id in inside:
            yield from bound_in(document, inside[node.id], binding)
