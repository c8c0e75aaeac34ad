"""Live links: which clicks the client takes for them, and how a patch or a navigation begins and is committed.

Owns link patches and the beginning of live navigation, for links and for the commands `patch` and
`navigate`.

Law: only the newest link is committed; the address changes after the page.
"""  # CN-40 … CN-46, CN-50

from __future__ import annotations

from typing import Any, Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.connection.flight import Taking, take_ref
from liveview_testing.browser.dom.document import FRAME
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.reaction import DomEvent, Reaction

How: TypeAlias = 'Literal["push", "replace"]'

NEW_TAB = frozenset(("Control", "Shift", "Meta"))


@frozen
class Navigate:
    """Live navigation: the view is left, and the one at `href` joins in its place."""  # CN-50

    href: str
    how: How = "push"
    flash: str | None = None


@frozen
class Load:
    """A page is loaded over HTTP."""

    href: str


@frozen
class Unload:
    """The client leaves: its views are told, and nothing is sent any more."""  # CN-31


def main_view(reaction: Reaction) -> str | None:
    """The view that links act on."""
    return next((shown.id for shown in reaction.document.views.values() if shown.around == FRAME), None)


def is_live(reaction: Reaction) -> bool:
    """Whether the client takes links at all: it is connected, and there is a main view."""  # CE-22
    view = main_view(reaction)
    return view is not None and reaction.browser.online and reaction.view(view).state == "joined"


def leaves_tab(event: DomEvent) -> bool:
    """Whether the click wants another tab: of the *target itself*."""  # CE-24
    target = event.target
    if event.modifiers & NEW_TAB:
        return True
    if target.tag == "a" and target.get("download") is not None:
        return True
    named = target.get("target")
    return named is not None and (named.lower() == "_blank" or not named.startswith("_"))


def prevents_unload(reaction: Reaction, event: DomEvent) -> None:
    """A click on a plain link with an empty binding makes the client leave before the browser does."""  # CE-14, CE-15
    link = event.target
    href = link.get("href")
    if link.tag != "a" or href is None or event.prevented or leaves_tab(event):
        return
    if urlsplit(href).scheme in ("mailto", "tel"):
        return
    here, there = urlsplit(reaction.browser.url), urlsplit(urljoin(reaction.browser.url, href))
    if there.scheme not in ("http", "https") or (here[:4] == there[:4] and there.fragment):
        return
    reaction.ask(Unload())


def follow(reaction: Reaction, link: DomNode, *, trusted: bool) -> bool:
    """A live link is followed; whether its `phx-click` runs after it."""
    href = urljoin(reaction.browser.url, link.get("href") or "")
    if reaction.browser.link == href:
        return False
    patch = link.get("data-phx-link") == "patch"
    how: How = "replace" if link.get("data-phx-link-state") == "replace" else "push"
    reaction.emit("phx:before-navigate", {"href": href, "patch": patch, "pop": False, "direction": "forward"})
    when_free(reaction, Follow(href, how, patch, reaction.number(link), trusted))
    return True


@frozen
class Follow:
    """A link's step, once no transition blocks it."""

    href: str
    how: How
    patch: bool
    link: int
    trusted: bool

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        link = reaction.node(self.link)
        if self.patch:
            push_patch(reaction, self.href, self.how, link, trusted=self.trusted)
        else:
            navigate(reaction, self.href, self.how, link, trusted=self.trusted)


def push_patch(reaction: Reaction, href: str, how: How, source: DomNode | None, *, trusted: bool) -> None:
    """The view is asked to show another URL of its own."""  # CN-40
    view = main_view(reaction)
    if view is None or not is_live(reaction):
        reaction.ask(Load(href))
        return
    detail = {"to": href, "kind": "patch"}
    reaction.emit("phx:page-loading-start", detail)
    number = reaction.browser.links + 1
    reaction.keep(link=href, links=number)
    ref = None
    if source is not None:
        ref = take_ref(reaction, view, [Taking(source, loading=trusted, lock=True)], "click", None)
    url = urljoin(reaction.browser.url, href)
    reaction.push(view, "live_patch", {"url": url}, Awaited(ref, None, Committed(href, how, number, detail)))


@frozen
class Committed:
    """The answer to a link's patch."""  # CN-41 … CN-43

    href: str
    how: How
    number: int
    detail: Any

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        response: dict[str, Any] = answer or {}
        if "link_redirect" in response:
            reaction.ask(Navigate(self.href, self.how))
            return
        if reaction.browser.links == self.number:
            reaction.keep(link=None)
            reaction.unpark()
            record(reaction, self.href, self.how)
        reaction.emit("phx:page-loading-stop", self.detail)


def record(reaction: Reaction, href: str, how: How) -> None:
    """The address is another: history and `phx:navigate`."""  # CN-41, CN-42
    url = urljoin(reaction.browser.url, href)
    reaction.moved(url, how, "patch")
    reaction.emit("phx:navigate", {"patch": True, "href": href, "pop": False, "direction": "forward"})


def navigate(reaction: Reaction, href: str, how: How, source: DomNode | None, *, trusted: bool) -> None:
    """The old view goes at once, what it showed stays until the new one has joined."""  # CN-50
    if source is not None and trusted:
        reaction.add_class(source.key, "phx-click-loading")
    if not is_live(reaction):
        reaction.ask(Load(href))
        return
    url = urljoin(reaction.browser.url, href)
    reaction.emit("phx:page-loading-start", {"to": url, "kind": "redirect"})
    reaction.keep(link=url, links=reaction.browser.links + 1)
    reaction.ask(Navigate(href, how))
