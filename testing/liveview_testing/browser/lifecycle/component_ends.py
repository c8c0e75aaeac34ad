"""Components that are nowhere on the page any more: the server is asked whether it still wants them, then told that they are gone.

Owns the two questions, and what the client forgets with the answer. Law: what has come back meanwhile is kept.
"""  # PA-41, MG-5

from __future__ import annotations

from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.reaction import Reaction


def tell_gone(reaction: Reaction, view: str, cids: tuple[int, ...]) -> None:
    """The server is asked whether it still wants components that are nowhere on the page."""  # PA-41
    reaction.push(view, "cids_will_destroy", {"cids": list(cids)}, Awaited(then=WillDestroy(view, cids)))


@frozen
class WillDestroy:
    """The server has heard that components will go: once no transition blocks, those that are still nowhere are gone."""

    view: str
    cids: tuple[int, ...]

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        when_free(reaction, Destroy(self.view, self.cids))


@frozen
class Destroy:
    """The server is told which of the components are gone."""

    view: str
    cids: tuple[int, ...]

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        shown = reaction.document.views.get(self.view)
        present = set[int]() if shown is None else shown.page.present()
        gone = [cid for cid in self.cids if cid not in present]
        if gone and shown is not None:
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
    return evolve(document, views=document.views.set(view, evolve(document.views[view], page=page)))
