"""Views that join: what is sent, what the answer brings, in which order it shows.

Owns the first join of a page with its nested views, joins that come later and again, and the joining of
nested views whose containers are new on a page.

Law: the first time all views of a page show at once, parents first, when the last has joined; afterwards each as soon as it can.
"""  # CN-1 … CN-5, CN-6, CN-7, PA-17

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve
from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Channel, Offer
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.connection import error_display, reconnecting, view_end, view_state
from liveview_testing.browser.connection.form_recovery import collected, filled_in, recover
from liveview_testing.browser.connection.messages import Arrived, Patch, Title, lose_focus, root_of, tell
from liveview_testing.browser.connection.pushing.element_refs import forget_refs
from liveview_testing.browser.dom.document import FRAME, Shown
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import container
from liveview_testing.browser.dom.patching.focus_after_patch import focus_fate
from liveview_testing.browser.dom.patching.patching import patched
from liveview_testing.browser.events.focus import regain
from liveview_testing.browser.events.links import Load, load, navigate
from liveview_testing.browser.lifecycle import elements, hooks, lost_input
from liveview_testing.browser.lifecycle.rejoined_page import joined_over
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.page import Event, Page, Patched
from liveview_testing.browser.page.tree.stream_operations import put_in
from liveview_testing.browser.reaction import Change, Reaction

LOADER_AFTER = 1


def begin(reaction: Reaction, view: str, channel: Channel, *, shown: Shown | None = None) -> None:
    """A view is joined for the first time. `shown`: what is to be seen of it so far."""
    order = reaction.browser.network.channels + 1
    reaction.set_network(channels=order)
    if shown is not None:
        document = reaction.document
        reaction.document = evolve(document, views=document.views.set(view, shown))
    mounts = 0 if channel.parent is None else max(reaction.view(channel.parent).joins - 1, 0)
    joining = evolve(channel, order=order, pending=True)
    reaction.set_view(view, joins=mounts, refs=0, acked=None, awaited=Map(), parked=(), channel=joining)
    reaction.set_channel(view, loader=reaction.later(LOADER_AFTER, error_display.ShowLoader(view)))
    if view_state.is_main_view(reaction, view):
        detail = {"to": view_state.url_of(reaction, view), "kind": "initial"}
        reaction.emit("phx:page-loading-start", detail)
        reaction.set_channel(view, loading=detail)
    reconnecting.rejoin(reaction, view)


def known(reaction: Reaction, views: Sequence[str], rendered: Mapping[str, Mapping[str, Any]]) -> None:
    """Views that have joined before the tab was looked at: what their hooks and `phx-mounted` do is done now."""
    url = reaction.browser.url
    for view in views:
        shown = reaction.document.views.get(view)
        if shown is None:
            continue
        order = reaction.browser.network.channels + 1
        reaction.set_network(channels=order, opened=reaction.env.now)
        parent = None if shown.around == FRAME or shown.sticky else shown.around
        main = view_state.is_main_view(reaction, view)
        loading = {"to": url, "kind": "initial"} if main else None
        at = None if parent is not None or shown.sticky else url
        reaction.set_view(view, channel=Channel(parent=parent, order=order, url=at, loading=loading))
    if reaction.browser.title is None and views and next(iter(find(reaction.document.frame, "title")), None) is None:
        reaction.keep(title="undefined")  # PA-1
    for view in views:
        if view in reaction.document.views:
            reaction.teleport(view, None, whole=True)
            elements.joined(reaction, view, rendered.get(view, elements.NO_DIFF))
            error_display.RunBinding(view, "phx-connected")(reaction)


# --- the answer -------------------------------------------------------------------------------------------------------


def answered(reaction: Reaction, view: str, message: Arrived) -> None:
    """A join was answered: well, with an error, or with another place to go to."""  # CN-13, CN-16
    response: Mapping[str, Any] = message.payload.get("response") or {}
    if message.payload.get("status") == "ok":
        channel = reaction.view(view).channel
        reaction.call_off(channel.silence)
        reaction.call_off(channel.rejoin)
        reaction.set_view(view, state="joined")
        reaction.set_channel(view, join=None, silence=None, rejoin=None, tries=0, answered=True)
        when_free(reaction, Joined(view, response, message.page))
        return
    if "events" in response:
        tell(reaction, [Event(*each) for each in response["events"]])
    reason = response.get("reason")
    if reason in ("reload", "unauthorized", "stale"):
        reaction.set_view(view, state="error")
        main = reaction.browser.root
        flash = reaction.view(view).channel.flash if reason != "reload" else None
        load(reaction, Load(view_state.url_of(reaction, main), flash=flash))
        return
    if "redirect" in response or "live_redirect" in response:
        reaction.push(view, "phx_leave", {})  # and once more as it is let go
    if "redirect" in response:
        view_end.destroy(reaction, view)
        to = response["redirect"]
        load(reaction, Load(to["to"], flash=to.get("flash")))
        return
    if "live_redirect" in response:
        reaction.set_channel(view, pending=False)
        to = response["live_redirect"]
        navigate(reaction, to["to"], to.get("kind", "push"), None, trusted=False, flash=to.get("flash"))
        return
    reconnecting.join_failed(reaction, view, dict(response))


@frozen(eq=False)
class Joined:
    """What a join brings is read: refs are forgotten, forms recovered, then it shows."""  # CN-7

    view: str
    response: Mapping[str, Any]
    page: Page | None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        view, response = self.view, self.response
        left = reaction.view(view).state == "destroyed"
        if left and reaction.view(view).channel.commit is None:
            return
        rendered: Mapping[str, Any] = response["rendered"]
        channel = reaction.view(view).channel
        main = view_state.is_main_view(reaction, view)
        reaction.set_channel(view, children=0, pending=True, flash=None, answered=False)
        if "container" in response:
            _contained(reaction, view, *response["container"])
        if channel.parent is None:
            forms = collected(reaction, view) if reaction.view(view).joins else {}
            reaction.set_channel(view, recovery=Map(forms))
        history = reaction.browser.history
        if main and history.here.kind == "load" and history.here.back_kind is None:
            reaction.keep(history=history.written(kind="patch", position=history.position))
        reconnecting.joined_well(reaction)
        events = [Event(*each) for each in rendered.get("e", ())]
        tell(reaction, [each for each in events if each.before])
        page = self.page if self.page is not None else Page.join(dict(rendered)).page
        forget_refs(reaction, view, None if channel.commit is None else reaction.browser.network.outgoing)
        reaction.set_view(view, joins=reaction.view(view).joins + 1)
        reaction.set_channel(view, attempts=0)
        later = [each for each in events if not each.before]
        done = Complete(view, Show(view, page, later, response.get("live_patch"), rendered))
        recover(reaction, view, page, done)
        if main or "t" in rendered:
            reaction.next_frame(Title(rendered.get("t")))


def _contained(reaction: Reaction, view: str, tag: str, attributes: Mapping[str, Any]) -> None:
    """The container gets the attributes of the new view; with another tag they are lost."""  # CN-57a
    document = reaction.document
    seen = reaction.browser.network.outgoing or view
    now = container(document, seen) if seen in document.views else None
    if now is None:
        return
    if now.tag.lower() != tag.lower():
        reaction.note(
            "CN-57a",
            f"the container of the view is to be <{tag}>, and the page keeps its <{now.tag}>: the attributes of the new one"
            " are lost",
            "the same tag for the containers of views that live links lead to",
        )
        return
    given = tuple((name, spelled(value)) for name, value in attributes.items())
    if seen == view:
        shown = evolve(document.views[view], attributes=given, classes=())  # of how it stands with its view, too
        reaction.document = evolve(document, views=document.views.set(view, shown))
    else:
        reaction.set_channel(view, attributes=given)


def spelled(value: object) -> str:
    """A value as `setAttribute` makes text of it."""
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)


@frozen(eq=False)
class Complete:
    """The forms of a join are recovered: it shows now, or with the others of its page."""  # CN-4

    view: str
    show: Show

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        view = self.view
        state = reaction.view(view)
        parent, commit = state.channel.parent, state.channel.commit
        if state.state == "destroyed":  # CN-54: it was left before it was there
            if commit is not None:
                alone = not offered(reaction, view, self.show.page)
                reaction.set_channel(view, operations=((view, self.show),) if alone else ())
                commit(reaction, Operations(view, alone))
            return
        if state.joins > 1 or (parent is not None and not reaction.view(parent).channel.pending):
            self.show(reaction)
            return
        root = root_of(reaction, view)
        new = [each for each in offered(reaction, view, self.show.page) if not each.sticky]
        reaction.set_channel(root, operations=(*reaction.view(root).channel.operations, (view, self.show)))
        if new:
            reaction.set_channel(view, children=len(new))
            for each in new:
                join_child(reaction, each, there=False)
        elif parent is not None:
            _acknowledged(reaction, parent)
        else:
            _all_joined(reaction, root, alone=True)


def _acknowledged(reaction: Reaction, view: str) -> None:
    """One of the nested views of a view has joined."""
    left = reaction.view(view).channel.children - 1
    reaction.set_channel(view, children=left)
    if left == 0:
        parent = reaction.view(view).channel.parent
        if parent is not None:
            _acknowledged(reaction, parent)
        else:
            _all_joined(reaction, view)


def _all_joined(reaction: Reaction, root: str, *, alone: bool = False) -> None:
    """Every view of a page has joined: what waited for that happens, in the order in which it came. `alone`: it is only one."""
    reaction.set_channel(root, recovering=frozenset(), recovery=Map())
    commit = reaction.view(root).channel.commit
    if commit is None:
        Operations(root)(reaction)
    else:
        commit(reaction, Operations(root, alone))


@frozen
class Operations:
    """What waited for all views of a page; `alone`: for its main view, and there is no other."""

    root: str
    alone: bool = False

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        waiting = reaction.view(self.root).channel.operations
        reaction.set_channel(self.root, operations=())
        for view, then in waiting:
            if self.alone or reaction.view(view).state != "destroyed":
                then(reaction)


# --- showing it -------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Show:
    """The patch of a join, and all that follows it, in its order."""  # CN-7

    view: str
    page: Page
    events: Sequence[Event]
    live_patch: Mapping[str, Any] | None
    rendered: Mapping[str, Any]

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        view = self.view
        state = reaction.view(view)
        if state.joins > 1:
            mine = state.channel.operations
            reaction.set_channel(view, operations=())
            for _view, then in mine:
                then(reaction)
        if not self._patch(reaction):
            return
        nested(reaction, view)
        elements.joined(reaction, view, self.rendered)
        reaction.set_channel(view, pending=False)
        tell(reaction, self.events)
        view_state.unpark(reaction)
        if self.live_patch is not None:
            Patch(self.live_patch["to"], self.live_patch["kind"])(reaction)
        error_display.hide_loader(reaction, view)
        if reaction.view(view).joins > 1:
            hooks.reconnected(reaction, view)
        loading = reaction.view(view).channel.loading
        if loading is not None:
            reaction.emit("phx:page-loading-stop", loading)

    def _patch(self, reaction: Reaction) -> bool:
        """The page of the join stands where the view's was; whether there is a place for it."""
        view = self.view
        for each in reaction.document.within(view):  # containers of views that were let go are new ones (PA-16a)
            if each.dead and not each.sticky:
                lost_input.with_nested(
                    reaction, each.id, frozenset(reaction.view(root_of(reaction, view)).channel.recovery)
                )
                view_end.remove(reaction, each.id)
        shown = reaction.document.views.get(view)
        if shown is None or (shown.dead and reaction.view(view).state != "destroyed"):
            shown = _place_of(reaction, view)
            if shown is None:
                view_end.destroy(reaction, view)
                return False
            document = reaction.document
            reaction.document = evolve(document, views=document.views.set(view, shown))
        before = shown.page
        page = joined_over(self.page, self.rendered, before)
        updating = reaction.client.patching(reaction, view, before, page, whole=True, diff=self.rendered)
        fate = focus_fate(reaction.document, view, page, whole=True, taken_out=put_in(dict(self.rendered)))
        spared = frozenset[Key]()
        if fate != "stays":
            _, spared = lose_focus(reaction, fate, view, page, whole=True)
        document = reaction.document
        patch = patched(document, view, page, whole=True, spared=spared, diff=dict(self.rendered))
        reaction.document = patch.document
        nested(reaction, view, sticky=True)
        regain(reaction, fate)
        reaction.doubted = True
        reaction.teleport(view, before, whole=True)
        reaction.emit("phx:update")
        if document.marks and reaction.view(view).joins > 1:
            known, alone = filled_in(reaction, view, page), reaction.view(view).channel.parent is not None
            lost_input.after_rejoin(reaction, document, view, patch.moved, alone=alone, recovered=known)
        again = reaction.view(view).joins > 1
        reaction.client.patched(
            reaction, Change(view, document, before, Patched(page), patch, updating, rejoined=again, diff=self.rendered)
        )
        return True


def _place_of(reaction: Reaction, view: str) -> Shown | None:
    """Where a view that has joined is to be seen: its container, on the page around it."""
    offer = reaction.browser.network.offers.get(view)
    if offer is None:
        return None
    if offer.around != FRAME:
        around = reaction.document.views.get(offer.around)
        if around is None or around.dead or not around.page.by_id(offer.dom_id):
            return None
    return Shown(view, offer.dom_id, offer.around, EMPTY, error_display.LOADING, sticky=offer.sticky)


EMPTY = Page.join({"s": [""]}).page


# --- nested views -----------------------------------------------------------------------------------------------------


def offer(reaction: Reaction, new: Offer) -> None:
    """The server has made a nested view, and waits to be joined: at once, if its container is there."""
    offers = reaction.browser.network.offers
    reaction.set_network(offers=offers.set(new.id, new))
    if new.around == FRAME:
        return
    shown = reaction.document.views.get(new.around)
    state = reaction.view(new.around)
    if shown is not None and not shown.dead and state.state == "joined" and not view_state.waits(reaction, new.around):
        nested(reaction, new.around)


def offered(reaction: Reaction, view: str, page: Page) -> list[Offer]:
    """The nested views that can be joined, whose containers are on a page, in document order."""
    found = [
        each for each in reaction.browser.network.offers.values() if each.around == view and not held(reaction, each)
    ]
    if not found:
        return []
    places = {node.id: at for at, node in enumerate(find(page, "[data-phx-session]"))}
    there = [each for each in found if each.dom_id in places]
    return sorted(there, key=lambda each: places[each.dom_id])


def held(reaction: Reaction, offer: Offer) -> bool:
    """Whether the client holds on to that view already."""
    if offer.id in reaction.document.views and not reaction.document.views[offer.id].dead:
        return True
    return offer.id in reaction.browser.views and reaction.view(offer.id).state in ("joining", "joined", "error")


def nested(reaction: Reaction, view: str, *, sticky: bool = False) -> None:
    """Nested views that are new on a view's page are joined; `sticky`: those, as they are put in, before hooks are mounted."""
    # PA-17, HK-5
    shown = reaction.document.views.get(view)
    if shown is None or shown.dead or reaction.view(view).state == "closed":
        return
    for each in offered(reaction, view, shown.page):
        if each.sticky or not sticky:
            join_child(reaction, each, there=True)


def join_child(reaction: Reaction, offer: Offer, *, there: bool) -> None:
    """A nested view is joined; a sticky one is a root of its own. `there`: its container is on the document already."""
    parent = None if offer.sticky else offer.around
    if offer.id in reaction.document.views:
        view_end.remove(reaction, offer.id)
    shown = Shown(offer.id, offer.dom_id, offer.around, EMPTY, (), sticky=offer.sticky) if there else None
    begin(reaction, offer.id, Channel(parent=parent), shown=shown)


def gone(reaction: Reaction, view: str, closed: Sequence[str] = ()) -> None:
    """Nested views whose containers left the page are let go, before what else was removed."""  # PA-17
    page = reaction.document.page(view)
    for shown in reaction.document.within(view):
        if shown.id in closed or not (page.by_id(shown.dom_id) or _is_held(reaction, view, shown.dom_id)):
            view_end.destroy(reaction, shown.id)
            view_end.remove(reaction, shown.id)
    for each in view_state.children(reaction, view):  # one that has not joined yet
        if each not in reaction.document.views and each in reaction.browser.network.offers:
            if not page.by_id(reaction.browser.network.offers[each].dom_id):
                view_end.destroy(reaction, each)


def _is_held(reaction: Reaction, view: str, dom_id: str) -> bool:
    """Whether an element that has left the page is still to be seen, because what is around it waits for an answer."""  # LK-10
    for held in reaction.document.held.values():
        if held.owner is not None and held.owner[0] == view:
            for node in held.node.page.by_id(dom_id):
                if any(each.path == held.node.path for each in node.ancestors()):
                    return True
    return False
