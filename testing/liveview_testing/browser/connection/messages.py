"""What a tab does with what its views are sent: answers, diffs, patches of the address, redirects.

Owns the client's reading of messages, in its order: events that come before, refs undone, the page
patched, events that come after, new views, then what waited for the answer.

Law: a message is applied whole, or waits whole: for a blocking transition, a link under way or a join.
"""  # LK-19, HK-24, PA-40, JC-25, CN-24

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from liveview_core.errors import add_note
from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.connection.addresses import joined
from liveview_testing.browser.connection.pushing.element_refs import acked
from liveview_testing.browser.connection.view_end import attach, detach
from liveview_testing.browser.connection.view_state import waits
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.patching.focus_after_patch import Fate, focus_fate, halfway, lost_with
from liveview_testing.browser.dom.patching.node_matching import origin
from liveview_testing.browser.dom.patching.patched_element import visits
from liveview_testing.browser.dom.patching.patching import patched
from liveview_testing.browser.events.focus import doubt, lose, regain
from liveview_testing.browser.events.links import Load, Navigate, load, navigate, record
from liveview_testing.browser.lifecycle.hidden_clone import as_cloned, rows_return, take_rows
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.page import Event, Page, Patched
from liveview_testing.browser.page.tree.stream_operations import taken_out
from liveview_testing.browser.page.tree.tree import WireError
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
    page: Page | None = None
    """The page that an answer to a join brings, where somebody has made it already."""


def arrived(reaction: Reaction, message: Arrived) -> None:
    """A message is read."""
    if reaction.view(message.view).state == "destroyed":
        return  # its channel was closed as it was left
    payload = message.payload
    match message.event:
        case "phx_reply":
            _reply(reaction, message)
        case "diff":
            order = reaction.view(message.view).channel.order
            when_free(reaction, Apply(message.view, order, payload, read=message.read))
        case "live_patch" if reaction.view(message.view).channel.pending:
            joining(reaction, message.view, Patch(payload["to"], payload["kind"], message.view))
        case "live_patch":
            when_free(reaction, Patch(payload["to"], payload["kind"], message.view))
        case "redirect":
            when_free(reaction, GoTo(Load(payload["to"], flash=payload.get("flash"))))
        case "live_redirect":
            to = Navigate(payload["to"], payload.get("kind", "push"), payload.get("flash"))
            when_free(reaction, GoTo(to))
        case "phx_error":
            reaction.client.crashed(reaction, message.view)
        case "phx_close":
            reaction.client.ended(reaction, message.view)
        case _:
            return


def joining(reaction: Reaction, view: str, then: Then) -> None:
    """What comes before a view has joined waits for that: with all views of the page, the first time."""  # CN-24
    state = reaction.view(view)
    keeper = view if state.joins > 1 else root_of(reaction, view)
    reaction.set_channel(keeper, operations=(*reaction.view(keeper).channel.operations, (view, then)))


def root_of(reaction: Reaction, view: str) -> str:
    """The root view around a view."""
    while True:
        parent = reaction.view(view).channel.parent
        if parent is None:
            return view
        view = parent


def _reply(reaction: Reaction, message: Arrived) -> None:
    state = reaction.view(message.view)
    awaited = None if message.push is None else state.awaited.get(message.push)
    if message.push is not None and awaited is not None:
        reaction.set_view(message.view, awaited=state.awaited.delete(message.push))
        reaction.call_off(awaited.timer)
        if awaited.reader is not None:
            awaited.reader(reaction, message)
            return
    awaited = awaited or Awaited()
    response: Mapping[str, Any] = message.payload.get("response") or {}
    if message.payload.get("status") != "ok":
        _failed(reaction, awaited, response)
        return
    if "diff" in response:
        order = reaction.view(message.view).channel.order
        when_free(reaction, Apply(message.view, order, response["diff"], awaited, response, message.read))
        return
    if awaited.ref is not None:
        acked(reaction, message.view, awaited.ref, awaited.event)
    _finish(reaction, awaited, response, None)


def _failed(reaction: Reaction, awaited: Awaited, response: Mapping[str, Any]) -> None:
    """An error undoes nothing."""  # LK-18, CN-27
    if awaited.loading is not None:
        reaction.emit("phx:page-loading-stop", awaited.loading)
    if awaited.failed is not None:
        awaited.failed(reaction, f"failed with reason: {json.dumps(dict(response), separators=(',', ':'))}")
    elif awaited.ref is not None:
        reaction.note(
            "CN-27",
            f"the push of {awaited.event!r} was answered with an error: {dict(response)!r}; its element stays locked",
            "a later answer of the view unlocks it",
        )


def _finish(reaction: Reaction, awaited: Awaited, response: Mapping[str, Any], reply: Any) -> None:
    """Navigation of the answer, the end of its page loading, then whoever waited, in a microtask."""  # LK-19, MD-6
    if "redirect" in response:
        there = response["redirect"]
        GoTo(Load(there["to"], flash=there.get("flash")))(reaction)
    if "live_patch" in response:
        Patch(response["live_patch"]["to"], response["live_patch"]["kind"])(reaction)
    if "live_redirect" in response:
        there = response["live_redirect"]
        GoTo(Navigate(there["to"], there.get("kind", "push"), there.get("flash")))(reaction)
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
    view: str | None = None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.keep(links=reaction.browser.links + 1, link=None)
        if self.view is not None:
            reaction.set_channel(self.view, url=joined(reaction.browser.url, self.to))
        record(reaction, self.to, self.kind)


@frozen
class GoTo:
    """The server has sent the tab elsewhere."""

    where: Load | Navigate

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if isinstance(self.where, Navigate):
            navigate(reaction, self.where.href, self.where.how, None, trusted=False, flash=self.where.flash)
        else:
            load(reaction, self.where)


@frozen(eq=False)
class Apply:
    """A diff is applied, and the answer that it came with is finished. `order`: the channel that it came by."""

    view: str
    order: int
    diff: Mapping[str, Any]
    awaited: Awaited | None = None
    response: Mapping[str, Any] | None = None
    read: tuple[Page, Patched] | None = None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        there = self.view in reaction.document.views or reaction.view(self.view).state == "destroyed"
        if not there and not waits(reaction, self.view):
            return
        events = [Event(*each) for each in self.diff.get("e", ())]
        tell(reaction, [each for each in events if each.before])
        if self.order != reaction.view(self.view).channel.order:
            _of_before(reaction, self.view, self.diff, [each for each in events if not each.before])
            return
        if self.awaited is not None and self.awaited.ref is not None:
            acked(reaction, self.view, self.awaited.ref, self.awaited.event)
        if "t" in self.diff:
            reaction.next_frame(Title(self.diff["t"]))
        later = [each for each in events if not each.before]
        if waits(reaction, self.view):
            state = reaction.view(self.view)
            reaction.set_view(self.view, parked=(*state.parked, Parked(self.view, self.diff, later, self.read)))
        else:
            if reaction.view(self.view).parked:
                reaction.note("CN-24", OVERTAKEN, "answer a link with a page, not with a push_patch", once=True)
            try:
                update(reaction, self.view, self.diff, later, self.read)
            except WireError as error:
                for each in reaction.browser.notes:
                    if each.text == OVERTAKEN:
                        add_note(error, each.text)
                raise
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
        try:
            update(reaction, self.view, self.diff, self.events, self.read)
        except WireError as error:
            add_note(error, OVERTAKEN)
            raise


NO_ROWS: Mapping[str, Any] = {}

OVERTAKEN = (
    "an answer waited for a link; meanwhile the server's own push_patch ended the wait, and a later answer was shown before it: "
    "Phoenix's client does the same, and its page is wrong from then on"
)


@frozen
class Title:
    """The title changes in the frame after, between what the page's own `<title>` puts around it."""  # PA-1

    title: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        element = next(iter(find(reaction.document.frame, "title")), None)
        blank = not isinstance(self.title, str) or not self.title.strip()
        if element is None:  # whatever comes first is written, and so is what does not come
            if not blank or reaction.browser.title is None:
                reaction.keep(title="undefined" if self.title is None else str(self.title))
            return
        default = element.get("data-default")
        if blank and default is None:
            return
        prefix, suffix = element.get("data-prefix") or "", element.get("data-suffix") or ""
        reaction.keep(title=f"{prefix}{default if blank else self.title}{suffix}")


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
        _unseen(reaction, view, diff, events)
        return
    if reaction.document.leaving:
        rows_return(reaction, view, diff)
    before = base = reaction.document.page(view)
    asked, seen, begin = diff, diff, NO_ROWS
    waiting = any(key[0] == view and mark.lock is not None for key, mark in reaction.document.marks.items())
    if waiting:
        cloned = as_cloned(reaction, view, asked)
        diff, seen, base, begin = cloned.page, cloned.seen, cloned.base, cloned.rows
    known = read is not None and read[0] is base and diff is asked and not read[1].brought.beside
    result = read[1] if read is not None and known else base.patch(dict(diff), stays=True)
    rest = [name for name in diff if name not in ("e", "r", "t")]
    if rest:
        components = rest == ["c"]
        updating = reaction.client.patching(reaction, view, before, result.page, whole=not components, diff=diff)
        since = reaction.view(view).refs
        taken = take_rows(reaction, view, seen, asked, result.page) if waiting else None
        rows = frozenset[str]() if reaction.document.focus is None else taken_out(dict(asked))
        fate = focus_fate(reaction.document, view, result.page, whole=not components, taken_out=rows)
        spared = frozenset[Key]()
        if fate == "stays":
            document = reaction.document
        else:
            document, spared = lose_focus(reaction, fate, view, result.page, whole=not components)
        kept = frozenset[str]() if taken is None else taken[1].kept
        patch = patched(
            document,
            view,
            result.page,
            whole=not components,
            since=since,
            spared=spared,
            diff=diff,
            kept=kept,
            leaving=result.brought.leaving,
            rows=begin,
        )
        reaction.document = patch.document
        if reaction.browser.network.offers:
            reaction.client.nested(reaction, view, sticky=True)
        regain(reaction, fate)
        if reaction.document.focus is not None:
            doubt(reaction, view)
        wrong = reaction.teleport(view, before, whole=not components)
        if wrong is not None:
            return  # the client's code stops there: nothing that follows a patch is done
        for _ in range(_outermost(before, result.page, diff["c"]) if components else 1):
            reaction.emit("phx:update")
        reaction.client.patched(
            reaction, Change(view, document, before, result, patch, updating, not components, taken, diff=asked)
        )
    tell(reaction, events)
    if rest and reaction.browser.network.offers:
        state = reaction.view(view)
        alive = state.state == "joined" and not state.channel.answered
        if alive or _comes_to_nested(reaction, view, before, result.page, rest != ["c"]):
            reaction.client.nested(reaction, view)


def _comes_to_nested(reaction: Reaction, view: str, before: Page, after: Page, whole: bool) -> bool:
    """Whether a patch comes to the container of a nested view: of a view that has lost its connection those are made anew."""
    for offer in reaction.browser.network.offers.values():
        for node in after.by_id(offer.dom_id) if offer.around == view else ():
            was = origin(node, before)
            if was is None or visits(was, node, whole=whole):
                return True
    return False


def _unseen(reaction: Reaction, view: str, diff: Mapping[str, Any], events: Sequence[Event]) -> None:
    """A diff of a view that was left is applied to what is not on the page any more."""
    if attach(reaction, view):
        update(reaction, view, diff, events)
        detach(reaction, view)
        return
    if reaction.view(view).state == "destroyed" and any(name not in ("e", "r", "t") for name in diff):
        reaction.emit("phx:update")
    tell(reaction, events)


def _of_before(reaction: Reaction, view: str, diff: Mapping[str, Any], events: Sequence[Event]) -> None:
    """A diff waited for a transition while a nested view was let go and is joined anew: it is for what nobody sees any more."""
    # PA-17, JC-25
    now = reaction.document.views.get(view)
    if now is not None:
        reaction.document = evolve(reaction.document, views=reaction.document.views.delete(view))
    if attach(reaction, view):
        update(reaction, view, diff, events)
        detach(reaction, view)
    if now is not None:
        reaction.document = evolve(reaction.document, views=reaction.document.views.set(view, now))


def _outermost(before: Page, after: Page, changes: Mapping[str, Any]) -> int:
    """How many components a diff of nothing but components patches: those on the page, one for those inside."""  # PA-2, PA-3
    count = 0
    for name in changes:
        node = before.component(int(name))
        if node is None or after.component(int(name)) is None:
            continue
        around = {each.cid for each in node.ancestors()} - {int(name)}
        count += not any(str(cid) in changes for cid in around if cid is not None)
    return count


def lose_focus(
    reaction: Reaction, fate: Fate, view: str, after: Page, *, whole: bool
) -> tuple[Document, frozenset[Key]]:
    """The focus is lost in the middle of a patch: the document that is patched, and what the patch had come to by then."""
    top = lost_with(reaction.document, view, after)
    if top is None:
        return lose(reaction, fate), frozenset()
    patch = patched(reaction.document, view, after, whole=whole).document
    before = halfway(reaction.document, patch, view, top)
    reaction.document = before.document
    lose(reaction, fate)
    reaction.document = before.undone(reaction.document)
    return reaction.document, frozenset((view, 0, each.path) for each in top.ancestors())


def tell(reaction: Reaction, events: Sequence[Event]) -> None:
    """Events of the server are heard on the window."""  # MD-11
    for event in events:
        reaction.emit(f"phx:{event.name}", event.payload)
        reaction.client.told(reaction, event.name, event.payload)


__all__ = ["Arrived", "arrived", "lose_focus", "update"]
