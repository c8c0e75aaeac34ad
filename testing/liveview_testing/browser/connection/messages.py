"""What a tab does with what its views are sent: answers, diffs, patches of the address, redirects.

Owns the client's reading of messages, in its order: events that come before, refs undone, the page
patched, events that come after, new views, then what waited for the answer.

Law: a message is applied whole, or waits whole: for a blocking transition, a link under way or a join.
"""  # LK-19, HK-24, PA-40, JC-25, CN-24

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.connection.flight import acked
from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.patching import focus_fate, patched
from liveview_testing.browser.events.focus import blur, takes_text
from liveview_testing.browser.events.links import Load, Navigate, record
from liveview_testing.browser.page.page import Event, Page, Patched
from liveview_testing.browser.reaction import Change, Reaction


@frozen(eq=False)
class Arrived:
    """A message has reached the tab. `push` is the number of the push that it answers; `read` what somebody has made of it
    already: of this page, that one.
    """

    view: str
    event: str
    payload: Mapping[str, Any]
    push: int | None = None
    read: tuple[Page, Patched] | None = None


def arrived(reaction: Reaction, message: Arrived) -> None:
    """A message is read."""
    payload = message.payload
    match message.event:
        case "phx_reply":
            _reply(reaction, message)
        case "diff":
            when_free(reaction, Apply(message.view, payload, read=message.read))
        case "live_patch":
            when_free(reaction, Patch(payload["to"], payload["kind"]))
        case "redirect":
            when_free(reaction, GoTo(Load(payload["to"])))
        case "live_redirect":
            when_free(reaction, GoTo(Navigate(payload["to"], payload.get("kind", "push"))))
        case _:
            return


def _reply(reaction: Reaction, message: Arrived) -> None:
    state = reaction.view(message.view)
    awaited = None if message.push is None else state.awaited.get(message.push)
    if message.push is not None and awaited is not None:
        reaction.set_view(message.view, awaited=state.awaited.delete(message.push))
    awaited = awaited or Awaited()
    response: Mapping[str, Any] = message.payload.get("response") or {}
    if message.payload.get("status") != "ok":
        _failed(reaction, awaited, response)
        return
    if "diff" in response:
        when_free(reaction, Apply(message.view, response["diff"], awaited, response, message.read))
        return
    if awaited.ref is not None:
        acked(reaction, message.view, awaited.ref, awaited.event)
    _finish(reaction, awaited, response, None)


def _failed(reaction: Reaction, awaited: Awaited, response: Mapping[str, Any]) -> None:
    """An error undoes nothing."""  # LK-18, CN-27
    if awaited.loading is not None:
        reaction.emit("phx:page-loading-stop", awaited.loading)
    if awaited.failed is not None:
        awaited.failed(reaction, response)
    elif awaited.ref is not None:
        reaction.note(
            "CN-27",
            f"the push of {awaited.event!r} was answered with an error: {dict(response)!r}; its element stays locked",
            "a later answer of the view unlocks it",
        )


def _finish(reaction: Reaction, awaited: Awaited, response: Mapping[str, Any], reply: Any) -> None:
    """Navigation of the answer, the end of its page loading, then whoever waited, in a microtask."""  # LK-19, MD-6
    if "redirect" in response:
        GoTo(Load(response["redirect"]["to"]))(reaction)
    if "live_patch" in response:
        Patch(response["live_patch"]["to"], response["live_patch"]["kind"])(reaction)
    if "live_redirect" in response:
        there = response["live_redirect"]
        GoTo(Navigate(there["to"], there.get("kind", "push")))(reaction)
    if awaited.loading is not None:
        reaction.emit("phx:page-loading-stop", awaited.loading)
    if awaited.then is not None:
        reaction.soon(Answer(awaited, response, reply))


@frozen(eq=False)
class Answer:
    """Who waited for an answer gets it: the response, and the reply that was in its diff."""

    awaited: Awaited
    response: Mapping[str, Any]
    reply: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if self.awaited.then is not None:
            self.awaited.then(reaction, {**self.response, "reply": self.reply, "ref": self.awaited.ref})


@frozen
class Patch:
    """The server has changed the address: at once, and a link under way will not."""  # CN-44

    to: str
    kind: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.keep(links=reaction.browser.links + 1, link=None)
        record(reaction, self.to, self.kind)
        reaction.unpark()


@frozen
class GoTo:
    """The server has sent the tab elsewhere."""

    where: Load | Navigate

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.ask(self.where)


@frozen(eq=False)
class Apply:
    """A diff is applied, and the answer that it came with is finished."""

    view: str
    diff: Mapping[str, Any]
    awaited: Awaited | None = None
    response: Mapping[str, Any] | None = None
    read: tuple[Page, Patched] | None = None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        shown = reaction.document.views.get(self.view)
        if shown is None:
            return
        events = [Event(*each) for each in self.diff.get("e", ())]
        _tell(reaction, [each for each in events if each.before])
        if self.awaited is not None and self.awaited.ref is not None:
            acked(reaction, self.view, self.awaited.ref, self.awaited.event)
        if "t" in self.diff:
            reaction.next_frame(Title(self.diff["t"]))
        later = [each for each in events if not each.before]
        if reaction.browser.link is not None or reaction.view(self.view).state == "joining":
            state = reaction.view(self.view)
            reaction.set_view(self.view, parked=(*state.parked, Parked(self.view, self.diff, later, self.read)))
        else:
            update(reaction, self.view, self.diff, later, self.read)
        if self.awaited is not None:
            _finish(reaction, self.awaited, self.response or {}, self.diff.get("r"))


@frozen(eq=False)
class Parked:
    """A diff that waits for a link or a join."""

    view: str
    diff: Mapping[str, Any]
    events: Sequence[Event]
    read: tuple[Page, Patched] | None = None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        update(reaction, self.view, self.diff, self.events, self.read)


@frozen
class Title:
    """The title changes in the frame after."""  # PA-1

    title: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.keep(title=self.title)


def update(
    reaction: Reaction,
    view: str,
    diff: Mapping[str, Any],
    events: Sequence[Event],
    read: tuple[Page, Patched] | None = None,
) -> None:
    """The page is patched, and the events are heard after it."""
    shown = reaction.document.views.get(view)
    if shown is None:
        return
    before = shown.page
    result = read[1] if read is not None and read[0] is before else before.patch(diff)
    rest = [name for name in diff if name not in ("e", "r", "t")]
    if rest:
        components = rest == ["c"]
        updating = reaction.client.patching(reaction, view, before, result.page, whole=not components)
        since = reaction.view(view).refs
        focused = reaction.document.focus
        spared = _around(reaction, view) if focused is not None else frozenset[Key]()
        fate = focus_fate(reaction.document, view, result.page, whole=not components)
        if fate != "stays" and focused is not None:
            mark = reaction.mark(focused)
            blur(reaction)  # PF-12: before it leaves, in the middle of the patch
            if (
                fate == "changes"
            ):  # what comes for it was given its pending refs before: those taken now are overwritten
                reaction.set_mark(focused, view=mark.view, loading=mark.loading, lock=mark.lock, written=mark.written)
        document = reaction.document
        if fate in (
            "moves",
            "changes",
        ):  # it is patched as what has the focus, and has it again in the end, if it takes text (PA-19)
            document = reaction.document = document.focused(focused)
        patch = patched(document, view, result.page, whole=not components, since=since, spared=spared)
        reaction.document = patch.document
        if fate in ("moves", "changes") and not takes_text(reaction):
            reaction.document = reaction.document.focused(None)
        for _ in range(_outermost(reaction.document, before, result.page, diff["c"]) if components else 1):
            reaction.emit("phx:update")
        reaction.client.patched(reaction, Change(view, document, before, result, patch, updating))
    _tell(reaction, events)


def _outermost(document: Document, before: Page, after: Page, changes: Mapping[str, Any]) -> int:
    """How many components a diff of nothing but components patches: those on the page, one for those inside."""  # PA-2, PA-3
    count = 0
    for name in changes:
        node = before.component(int(name))
        if node is None or after.component(int(name)) is None:
            continue
        around = {each.cid for each in node.ancestors()} - {int(name)}
        count += not any(str(cid) in changes for cid in around if cid is not None)
    return count


def _around(reaction: Reaction, view: str) -> frozenset[Key]:
    """What is around the element that has the focus: a patch has come to it before it comes to that one."""
    key = reaction.document.focus
    node = None if key is None else reaction.node(key)
    return frozenset() if node is None else frozenset(each.key for each in node.ancestors() if each.view == view)


def _tell(reaction: Reaction, events: Sequence[Event]) -> None:
    """Events of the server are heard on the window."""  # MD-11
    for event in events:
        reaction.emit(f"phx:{event.name}", event.payload)
        reaction.client.told(reaction, event.name, event.payload)


__all__ = ["FRAME", "Arrived", "arrived", "update"]
