"""What elements do as they come and go: `phx-mounted`, `phx-remove`, and the components that left with them.

Owns the order of what follows a patch: added elements, updated ones, removals, then what the server is told of
components that are gone. Hooks are called from here in that order.

Law: an element's `phx-mounted` runs once for the node; one that goes takes its marks along.
"""  # PA-40, HK-5, HK-32

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.commands.running import Occasion, run
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.following import followed
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.finding.select import find
from liveview_testing.browser.lifecycle import hooks
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.reaction import Change, Reaction

COMING = f"{hooks.HOOKED}, [phx-mounted]"


def patched(reaction: Reaction, change: Change) -> None:
    """What follows a patch: what was added, then what was updated, then what is gone."""  # HK-5, PA-40
    page, view = change.result.page, change.view
    for node in added(change.old, page, COMING):
        arrived(reaction, DomNode(reaction.document, view, 0, node))
    if change.updating is not None:
        hooks.after_patch(reaction, change.updating)
    for each in hooks.new_hooks(view, reaction, page):
        hooks.mount(reaction, each)
    for key in change.patch.gone:
        was = at(change.before, key)
        if was is not None and was.mark.number:
            hooks.destroy(reaction, was.mark.number, was)
    if change.result.gone:
        _tell_gone(reaction, view, change.result.gone)


def joined(reaction: Reaction, view: str) -> None:
    """What follows the first patch of a join: hooks, then all `phx-mounted` that have not run, in document order."""  # HK-4
    for each in hooks.new_hooks(view, reaction, reaction.document.page(view)):
        hooks.mount(reaction, each)
    for node in find(reaction.document.page(view), "[phx-mounted]"):
        mounted(reaction, DomNode(reaction.document, view, 0, node))


def arrived(reaction: Reaction, node: DomNode) -> None:
    """An element has come: its hook is mounted, then its `phx-mounted` runs."""
    hooks.mount(reaction, node)
    mounted(reaction, node)


def added(old: Page | None, new: Page, selector: str) -> Iterator[Node]:
    """The elements of the new page that match and that no element of the old one is kept as."""
    if old is new:
        return
    kept: set[object] = set()
    if old is not None:
        for node in find(old, selector):
            there = followed(node, new)
            if there is not None:
                kept.add(there.path)
    for node in find(new, selector):
        if node.path not in kept:
            yield node


def mounted(reaction: Reaction, node: DomNode) -> None:
    """An element has come: its `phx-mounted` runs."""
    now = reaction.node(node.key)
    if now is None or now.mark.mounted:
        return
    text = now.get("phx-mounted")
    if not text:
        return
    reaction.set_mark(now.key, mounted=True)
    run(reaction, Occasion(None, reaction.again(now), now.view, bare=False, trusted=False), text)


def _tell_gone(reaction: Reaction, view: str, cids: tuple[int, ...]) -> None:
    """The server is asked whether it still wants components that are nowhere on the page."""  # PA-41
    reaction.push(view, "cids_will_destroy", {"cids": list(cids)}, Awaited(then=WillDestroy(view, cids)))


@frozen
class WillDestroy:
    """The server has heard that components will go: those that are still nowhere are gone."""

    view: str
    cids: tuple[int, ...]

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        page = reaction.document.page(self.view)
        present = page.present()
        gone = [cid for cid in self.cids if cid not in present]
        if gone:
            reaction.push(self.view, "cids_destroyed", {"cids": gone}, Awaited(then=Destroyed(self.view)))


@frozen
class Destroyed:
    """The server has forgotten components: so does the client."""

    view: str

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        response: dict[str, Any] = answer or {}
        cids: list[int] = response.get("cids") or []
        shown = reaction.document.views.get(self.view)
        if shown is not None and cids:
            reaction.document = with_page(reaction.document, self.view, shown.page.drop_components(cids))


def with_page(document: Document, view: str, page: Page) -> Document:
    """The document with another value for a page in which every element is the same."""
    from attrs import evolve

    return evolve(document, views=document.views.set(view, evolve(document.views[view], page=page)))
