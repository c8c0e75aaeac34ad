"""Live links: which clicks the client takes for them, and how a patch or a navigation begins and is committed.

Owns link patches and the beginning of live navigation, for links and for the commands `patch` and
`navigate`.

Law: only the newest link is committed; the address changes after the page.
"""  # CN-40 … CN-46, CN-50

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.connection.addresses import joined, parsed, split_url
from liveview_testing.browser.connection.pushing.element_refs import Taking, take_ref
from liveview_testing.browser.connection.view_state import unpark
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.reaction import Reaction

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
    """A page is loaded over HTTP; `again`: the one that is there."""

    href: str
    how: How = "push"
    flash: str | None = None
    again: bool = False


@frozen
class Enter:
    """The browser wants to join the view at `url`, in the place of the one that it has left."""  # CN-50

    url: str
    flash: str | None
    referer: str
    commit: Then
    how: How = "push"
    after: tuple[Then, ...] = ()
    """What follows the frame of its join, in the same moment."""
    soon: tuple[Then, ...] = ()
    """What waits for the end of all that."""


def is_live(reaction: Reaction) -> bool:
    """Whether the client takes links at all: it is connected, and has not left the page."""  # CE-22
    return reaction.browser.online and not reaction.browser.network.unloaded


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
    if split_url(href).scheme in ("mailto", "tel"):
        return
    url = joined(reaction.browser.url, href)
    here, there = split_url(reaction.browser.url), split_url(url)
    if there.scheme not in ("http", "https") or (here[:4] == there[:4] and "#" in url):
        return
    reaction.client.unload(reaction)


def follow(reaction: Reaction, link: DomNode, *, trusted: bool, after: Then | None = None) -> None:
    """A live link is followed; `after`: its `phx-click`, which runs then."""
    href = joined(reaction.browser.url, parsed(link.get("href") or ""))
    if reaction.browser.link == href:
        return
    patch = link.get("data-phx-link") == "patch"
    how: How = "replace" if link.get("data-phx-link-state") == "replace" else "push"
    reaction.emit("phx:before-navigate", {"href": href, "patch": patch, "pop": False, "direction": "forward"})
    when_free(reaction, Follow(href, how, patch, reaction.number(link), trusted, after))


@frozen
class Follow:
    """A link's step, once no transition blocks it."""

    href: str
    how: How
    patch: bool
    link: int
    trusted: bool
    after: Then | None = None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        link = reaction.node(self.link)
        if self.patch:
            push_patch(reaction, self.href, self.how, link, trusted=self.trusted, gone=link is None)
        else:
            navigate(reaction, self.href, self.how, link, trusted=self.trusted)
        if self.after is not None:
            when_free(reaction, self.after)


def push_patch(
    reaction: Reaction, href: str, how: How, source: DomNode | None, *, trusted: bool, gone: bool = False
) -> None:
    """The view is asked to show another URL of its own. `gone`: its link is not on the page any more."""  # CN-40
    if not is_live(reaction):
        reaction.ask(Load(href))
        return
    detail = {"to": href, "kind": "patch"}
    reaction.emit("phx:page-loading-start", detail)
    ask_for(reaction, href, source, PatchDone(href, how, detail), trusted=trusted, gone=gone)


def ask_for(
    reaction: Reaction, href: str, source: DomNode | None, done: Then, *, trusted: bool, gone: bool = False
) -> None:
    """The main view is asked for another URL, by the newest link; `done` is what follows its answer."""
    view = reaction.browser.root
    number = reaction.browser.links + 1
    reaction.keep(link=href, links=number)
    if reaction.view(view).state != "joined":
        load(reaction, Load(reaction.browser.url, again=True))
        return
    ref = None
    if source is not None or gone:
        taking = [] if source is None else [Taking(source, loading=trusted, lock=True)]
        ref = take_ref(reaction, view, taking, "click", None)
    url = joined(reaction.browser.url, href)
    reaction.push(
        view, "live_patch", {"url": url}, Awaited(ref, None, Committed(view, href, number, done), NotPatched())
    )


@frozen
class Committed:
    """The answer to a link's patch."""  # CN-41 … CN-43

    view: str
    href: str
    number: int
    done: Then

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        response: dict[str, Any] = answer or {}
        if "link_redirect" in response:
            when_free(reaction, Elsewhere(self.href, self.number, self.done))
        elif "redirect" not in response:
            when_free(reaction, Commit(self.view, self.href, self.number, self.done))


@frozen
class Commit:
    """The page that was asked for is there: what was kept back shows, then the address is another."""

    view: str
    href: str
    number: int
    done: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if reaction.browser.links == self.number:
            reaction.keep(link=None)
            reaction.set_channel(self.view, url=self.href)
        unpark(reaction, self.view)
        self.done(reaction, self.number)


@frozen
class Elsewhere:
    """The URL that was asked for is another view's."""  # CN-45

    href: str
    number: int
    done: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.client.replace_main(reaction, self.href, None, self.done, self.number)


@frozen
class NotPatched:
    """The answer was an error, or silence: the page is loaded again where it is."""  # CN-45

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        load(reaction, Load(reaction.browser.url, again=True))


@frozen
class PatchDone:
    """The address of a link's patch is recorded, if no newer link was followed meanwhile."""  # CN-43

    href: str
    how: How
    detail: Any

    def __call__(self, reaction: Reaction, number: Any = None, /) -> None:
        if reaction.browser.links == number:
            record(reaction, self.href, self.how)
        reaction.emit("phx:page-loading-stop", self.detail)


def record(reaction: Reaction, href: str, how: How) -> None:
    """The address is another: history and `phx:navigate`."""  # CN-41, CN-42
    _moved(reaction, href, how, "patch")
    reaction.emit("phx:navigate", {"patch": True, "href": href, "pop": False, "direction": "forward"})


def _moved(reaction: Reaction, href: str, how: How, kind: Literal["patch", "redirect"]) -> None:
    """History is written, unless that is the whole address that is there; in the next frame the page is scrolled to what it names.

    A path is never the whole address: whoever patches to it where he is has one place more in his history.
    """  # CN-42, PA-22
    before = reaction.browser.url
    url = joined(before, href)
    reaction.moved(url, how, kind, same=href == before)
    fragment = split_url(url).fragment
    if href != before and (fragment or kind == "redirect"):
        reaction.next_frame(ScrolledTo(kind == "redirect"))


# --- live navigation --------------------------------------------------------------------------------------------------


def navigate(
    reaction: Reaction, href: str, how: How, source: DomNode | None, *, trusted: bool, flash: str | None = None
) -> None:
    """The old view goes at once, what it showed stays until the new one has joined."""  # CN-50
    loading = source is not None and trusted
    if source is not None and loading:
        reaction.add_class(source.key, "phx-click-loading")
    if not is_live(reaction):
        reaction.ask(Load(href, flash=flash))
        return
    url = joined(reaction.browser.url, href)
    detail = {"to": url, "kind": "redirect"}
    reaction.emit("phx:page-loading-start", detail)
    busy = reaction.number(source) if source is not None and loading else None
    reaction.client.replace_main(reaction, url, flash, RedirectDone(url, how, detail, busy))


@frozen
class RedirectDone:
    """The new view stands in the place of the old one: its address is recorded."""  # CN-51

    href: str
    how: How
    detail: Any
    busy: int | None = None

    def __call__(self, reaction: Reaction, number: Any = None, /) -> None:
        if reaction.browser.links == number:
            _moved(reaction, self.href, self.how, "redirect")
            reaction.emit("phx:navigate", {"href": self.href, "patch": False, "pop": False, "direction": "forward"})
        if self.busy is not None:
            reaction.remove_class(self.busy, "phx-click-loading")
        reaction.emit("phx:page-loading-stop", self.detail)


def load(reaction: Reaction, wanted: Load) -> None:
    """The client leaves, and a page is loaded."""  # CN-56
    reaction.client.unload(reaction)
    reaction.ask(wanted)


# --- back and forward -------------------------------------------------------------------------------------------------


def popped(reaction: Reaction, by: int) -> None:
    """The browser has gone back or forward, to a place on the same document."""  # CN-47 … CN-49
    before = reaction.browser.history
    history = before.moved(by)
    if history is None:
        return
    reaction.keep(history=history)
    here, left = split_url(history.here.url), split_url(before.here.url)
    if (here.path, here.query) == (left.path, left.query):
        return
    entry = history.here
    forward = entry.kind != "load" and entry.position > before.position
    kind = entry.kind if forward else entry.back_kind or entry.kind
    direction = "forward" if forward else "backward"
    detail = {"href": entry.url, "patch": kind == "patch", "pop": True, "direction": direction}
    reaction.emit("phx:before-navigate", detail)
    reaction.keep(history=evolve(history, position=0 if entry.kind == "load" else entry.position))
    reaction.emit("phx:navigate", detail)
    known = entry.kind != "load"  # of a place that an ordinary link made the client knows no view
    when_free(reaction, Popped(entry.url, kind == "patch" and known, entry.scroll if known else None))


@frozen
class Popped:
    """The page of another place in the history is asked for."""

    href: str
    patch: bool
    scroll: int | None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        main = reaction.browser.root
        done = ScrollBack(self.scroll)
        if self.patch and reaction.browser.online and reaction.view(main).state == "joined":
            ask_for(reaction, self.href, None, done, trusted=False)
        else:
            reaction.client.replace_main(reaction, self.href, None, done)


@frozen
class ScrollBack:
    """The page is scrolled in a frame to where it was left."""  # CN-49

    to: int | None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if self.to is not None:
            reaction.next_frame(Scrolled(self.to))


@frozen
class ScrolledTo:
    """The page is scrolled to what its address names; a page that was navigated to, and has no such thing, to its top."""

    # PA-22
    top: bool

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        fragment = split_url(reaction.browser.url).fragment
        node = _named(reaction, fragment) if fragment else None
        if node is not None:
            reaction.emit("scroll", {"to": f"#{fragment}"}, node)
        elif self.top:
            reaction.emit("scroll", {"to": 0})


def _named(reaction: Reaction, fragment: str) -> DomNode | None:
    """The element that a fragment of an address names: by its id, or an anchor by its name."""
    anchor: DomNode | None = None
    for node in root(reaction.document).iter():
        if node.id == fragment:
            return node
        if anchor is None and node.tag == "a" and node.get("name") == fragment:
            anchor = node
    return anchor


@frozen
class Scrolled:
    """The page was scrolled to a place."""

    to: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.emit("scroll", {"to": self.to})
