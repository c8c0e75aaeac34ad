"""What goes wrong on a connection: crashes, losses, silence; and what the client does until all is well again.

Owns the errors of views, the return of the connection, reloads with their jitter and failsafe, pushes that are never answered,
and what ends with a view.

Law: how long the client waits follows from the exact schedules and the seed; while a line is whole nothing here has a timer.
"""  # CN-10 … CN-19, CN-20 … CN-23, CN-15, CN-28, CN-29, HK-15

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.connection import view_state
from liveview_testing.browser.connection.addresses import joined, split_url
from liveview_testing.browser.connection.error_display import display_error
from liveview_testing.browser.connection.view_end import destroy, forget_join
from liveview_testing.browser.connection.view_state import children, is_main_view, views
from liveview_testing.browser.dom.document import FRAME
from liveview_testing.browser.events.links import Load
from liveview_testing.browser.lifecycle import hooks
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import channels, external

RECONNECT = (10, 50, 100, 150, 200, 250, 500, 1000, 2000, 5000)
"""Milliseconds until the client tries to connect again: the first time, the second, …; the last one from then on."""

REJOIN = (1000, 2000, 5000, 10000)
"""Milliseconds until a view whose process has crashed joins again."""

PUSH_TIMEOUT, JOIN_TIMEOUT, HEARTBEAT = 30_000, 10_000, 30_000
JITTER = (5_000, 10_000)
RELOADS, FAILSAFE = 10, 30_000


def after(schedule: tuple[int, ...], tries: int) -> int:
    """How long try number `tries`, from 1, waits."""
    return schedule[min(tries, len(schedule)) - 1]


# --- errors -----------------------------------------------------------------------------------------------------------


def crashed(reaction: Reaction, view: str, reason: Any = None) -> None:
    """The channel of a view has an error: its process crashed, or the connection is gone."""  # CN-10, CN-12
    state = reaction.view(view)
    if state.state not in ("joining", "joined", "error"):
        return
    forget_join(reaction, view)
    reaction.set_view(view, state="error")
    _rejoin_later(reaction, view)
    overdue(reaction, view)
    _let_go(reaction, view)
    if not reaction.browser.network.unloaded:
        display_error(reaction, view, {} if reason is None else reason)
    if reaction.browser.uploads.entries:  # UPL-24, UPL-26
        external.view_failed(reaction, view)
        channels.lost(reaction, view)


def ended(reaction: Reaction, view: str) -> None:
    """The process of a view has ended as it wanted: nothing is to be seen of that."""  # CN-19
    if reaction.view(view).state not in ("joining", "joined", "error"):
        return
    forget_join(reaction, view)
    reaction.set_view(view, state="closed")
    reaction.call_off(reaction.view(view).channel.rejoin)
    overdue(reaction, view)
    _let_go(reaction, view)


def _let_go(reaction: Reaction, view: str) -> None:
    """What ends with the channel of a view: its nested views, or the page, if a link was under way."""  # CN-18
    if is_main_view(reaction, view) and reaction.browser.link is not None:
        reaction.note(
            "CN-18",
            f"the connection was lost on the way to {reaction.browser.link}: the page there is loaded anew after a while,"
            " with nothing of what was typed",
            "let the link be answered before the connection is lost, or time pass until the page is loaded",
        )
        reload_later(reaction, view)
        return
    for each in children(reaction, view):
        destroy(reaction, each)


# --- the end of a view ------------------------------------------------------------------------------------------------


def unload(reaction: Reaction) -> None:
    """The client leaves the page: every view is let go, and nothing is heard or sent any more."""  # CN-31
    if reaction.browser.network.unloaded:
        return
    reaction.set_network(unloaded=True)
    for view in views(reaction):
        if reaction.view(view).channel.parent is None:
            destroy(reaction, view)
    for number, _ in hooks.hooked(reaction, FRAME):
        node = reaction.node(number)
        if node is not None:
            hooks.destroy(reaction, number, node)
    disconnect(reaction)


# --- the connection ---------------------------------------------------------------------------------------------------


def lost(reaction: Reaction, *, again: bool = True) -> None:
    """The connection is gone."""  # CN-20
    if not reaction.browser.online:
        return
    reaction.call_off(reaction.browser.network.heartbeat)
    reaction.keep(online=False)
    _closed(reaction)
    if again and not reaction.browser.network.intended:
        _connect_later(reaction)


def _closed(reaction: Reaction) -> None:
    """All views that have joined, or try to, hear that there is no connection."""
    known = list(views(reaction))
    # CN-18: the main view closes the connection itself: the others hear that first
    if reaction.browser.link is not None:
        known.sort(key=lambda view: is_main_view(reaction, view))
    for view in known:
        if reaction.view(view).state in ("joining", "joined"):
            crashed(reaction, view, {"source": "transport", "reason": "connection_closed"})


def disconnect(reaction: Reaction) -> None:
    """The client closes the connection itself, and does not try again."""  # CN-34
    network = reaction.browser.network
    reaction.call_off(network.timer)
    reaction.set_network(intended=True, timer=None, tries=0)
    if reaction.browser.online:
        reaction.ask(Closed())
    lost(reaction)


@frozen
class Closed:
    """The client has closed the connection: its processes end."""


def _connect_later(reaction: Reaction) -> None:
    tries = reaction.browser.network.tries + 1
    timer = reaction.later(after(RECONNECT, tries), Connect())
    reaction.set_network(tries=tries, timer=timer)


@frozen
class Connect:
    """The client tries to connect."""

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.call_off(reaction.browser.network.timer)
        if reaction.browser.network.unloaded or reaction.browser.online:
            return
        if reaction.browser.network.cut:
            _closed(reaction)
            if not reaction.browser.network.intended:
                _connect_later(reaction)
        else:
            opened(reaction)


def connect(reaction: Reaction) -> None:
    """The client connects now, and whatever had an error joins again: somebody has asked for it."""
    if reaction.browser.network.unloaded:
        return
    if not reaction.browser.online:
        Connect()(reaction)
        return
    for view in views(reaction):
        if reaction.view(view).state == "error":
            rejoin(reaction, view)


def opened(reaction: Reaction) -> None:
    """The connection is there: every view that had an error joins at once."""  # CN-20
    reaction.keep(online=True)
    reaction.set_network(tries=0, timer=None, intended=False, opened=reaction.env.now)
    if reaction.browser.holding:
        silent(reaction)
    queued = reaction.browser.network.queued
    reaction.set_network(queued=())
    for view, payload in queued:
        _join(reaction, view, payload)
    for view in views(reaction):
        state = reaction.view(view)
        reaction.call_off(state.channel.rejoin)
        reaction.set_channel(view, tries=0, rejoin=None)
        if state.state == "error":
            rejoin(reaction, view)


def silent(reaction: Reaction) -> None:
    """Nothing comes through any more: a heartbeat will not be answered."""  # CN-23
    network = reaction.browser.network
    if not reaction.browser.online:
        return
    if network.heartbeat is None:
        since = (reaction.env.now - network.opened) // 1000
        beat = HEARTBEAT - since % HEARTBEAT
        reaction.set_network(heartbeat=reaction.later(beat + HEARTBEAT, HeartbeatLost()))
    for view in views(reaction):
        overdue(reaction, view)


def audible(reaction: Reaction) -> None:
    """The line lets everything through again."""
    reaction.call_off(reaction.browser.network.heartbeat)
    reaction.set_network(heartbeat=None)


@frozen
class HeartbeatLost:
    """A heartbeat was not answered in time: the connection is given up, and made anew."""

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.set_network(heartbeat=None)
        reaction.ask(Closed())
        lost(reaction)


# --- joining again ----------------------------------------------------------------------------------------------------


def _rejoin_later(reaction: Reaction, view: str) -> None:
    if not reaction.browser.online:
        return
    channel = reaction.view(view).channel
    reaction.call_off(channel.rejoin)
    tries = channel.tries + 1
    reaction.set_channel(view, tries=tries, rejoin=reaction.later(after(REJOIN, tries), Rejoin(view)))


@frozen
class Rejoin:
    """A view joins again, if it can."""

    view: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if reaction.browser.online and reaction.view(self.view).state == "error":
            rejoin(reaction, self.view)


def rejoin(reaction: Reaction, view: str) -> None:
    """The frame of a join."""  # CN-9
    state = reaction.view(view)
    channel = state.channel
    reaction.call_off(channel.rejoin)
    params: dict[str, Any] = {"_mounts": state.joins, "_mount_attempts": channel.attempts}
    if channel.referer is not None:
        params["_live_referer"] = channel.referer
    payload: dict[str, Any] = {}
    if channel.url is not None:
        payload["redirect" if channel.redirect else "url"] = joined(reaction.browser.url, channel.url)
    payload["params"] = params
    if channel.flash is not None:
        payload["flash"] = channel.flash
    timer = reaction.later(JOIN_TIMEOUT, JoinTimeout(view))
    reaction.set_view(view, state="joining")
    reaction.set_channel(view, attempts=channel.attempts + 1, silence=timer, rejoin=None)
    if reaction.browser.online:
        _join(reaction, view, payload)
    else:  # it is sent as soon as there is a connection
        reaction.set_network(queued=(*reaction.browser.network.queued, (view, payload)))


def _join(reaction: Reaction, view: str, payload: Mapping[str, Any]) -> None:
    reaction.set_channel(view, join=reaction.view(view).pushes)
    reaction.push(view, "phx_join", payload, Awaited(reader=JoinAnswer(view)))


@frozen
class JoinAnswer:
    """The answer to a join is read."""

    view: str

    def __call__(self, reaction: Reaction, message: Any = None, /) -> None:
        reaction.client.join_answered(reaction, self.view, message)


@frozen
class JoinTimeout:
    """A join was not answered."""  # CN-14

    view: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if reaction.view(self.view).state != "joining":
            return
        if reaction.browser.online:
            reaction.push(self.view, "phx_leave", {})
        join_failed(reaction, self.view, {"reason": "timeout"})


def join_failed(reaction: Reaction, view: str, reason: Any) -> None:
    """A join came to nothing: the page is loaded again, or the nested view tries again."""  # CN-13, CN-17, CN-5
    forget_join(reaction, view)
    reaction.set_view(view, state="error")
    _rejoin_later(reaction, view)
    if is_main_view(reaction, view):
        display_error(reaction, view, reason, refused=True)
        if reaction.browser.online:
            reaction.note(
                "CN-13",
                f"the view could not join: {_said(reason)}; the client closes its connection, and loads the page anew after a"
                " while, with nothing of what was typed",
                "a connected mount that succeeds, and time for the page to be loaded: sim.clock.advance(10)",
            )
            reload_later(reaction, view)
        return
    channel = reaction.view(view).channel
    if channel.attempts >= 3:
        root = channel.parent
        while root is not None and reaction.view(root).channel.parent is not None:
            root = reaction.view(root).channel.parent
        if root is not None:
            first = reaction.view(root).joins == 1 and reaction.view(root).channel.pending
            reaction.note(
                "CN-5",
                f"a nested view of the page failed to join three times: {_said(reason)}; the client gives it up"
                + (", and never shows what the page around it has joined with" if first else ""),
                "a connected mount of the nested view that succeeds",
            )
            display_error(reaction, root, reason, refused=True)
        destroy(reaction, view)
        return
    display_error(reaction, view, reason, refused=True)


def _said(reason: Any) -> str:
    told: Any = reason
    said = told.get("reason") if isinstance(reason, dict) else None
    return str(said) if said else repr(told)


# --- loading the page again -------------------------------------------------------------------------------------------


def reload_later(reaction: Reaction, view: str) -> None:
    """The connection is closed, and the page loaded again after a while that the seed says."""  # CN-15
    network = reaction.browser.network
    reaction.call_off(network.reload)
    disconnect(reaction)
    path = split_url(reaction.browser.url).path
    tries = network.reloads[path] + 1 if path in network.reloads else 0
    wait = Random(f"{reaction.env.seed}:{view}:{reaction.env.now}").randint(*JITTER)
    timer = reaction.later(FAILSAFE if tries >= RELOADS else wait, Reload(view))
    reloads = reaction.browser.network.reloads.set(path, tries)
    reaction.set_network(reloads=reloads, reload=timer)


@frozen
class Reload:
    """The page is loaded again, unless the view has come back by itself."""

    view: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.set_network(reload=None)
        state = reaction.view(self.view).state
        if state == "destroyed" or (state == "joined" and reaction.browser.online):
            return
        destroy(reaction, self.view)
        link = reaction.browser.link
        reaction.ask(Load(reaction.browser.url, again=True) if link is None else Load(link))


def joined_well(reaction: Reaction) -> None:
    """Any join that goes well ends the count of reloads of this page."""
    path = split_url(reaction.browser.url).path
    reloads = reaction.browser.network.reloads
    if path in reloads:
        reaction.set_network(reloads=reloads.delete(path))


# --- pushes without an answer -----------------------------------------------------------------------------------------


def overdue(reaction: Reaction, view: str) -> None:
    """What a view has pushed may never be answered now: its time begins to count."""  # CN-29
    waits = reaction.view(view).awaited
    for number, each in sorted(waits.items()):
        if each.timer is None and each.reader is None:
            timer = reaction.later(PUSH_TIMEOUT, PushTimeout(view, number, reaction.view(view).joins))
            waits = waits.set(number, evolve(each, timer=timer))
    reaction.set_view(view, awaited=waits)


@frozen
class PushTimeout:
    """A push was not answered for half a minute: whoever waits for it is told, and the page is loaded again."""  # CN-28

    view: str
    number: int
    joins: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        state = reaction.view(self.view)
        awaited = state.awaited.get(self.number)
        if awaited is None:
            return
        reaction.set_view(self.view, awaited=state.awaited.delete(self.number))
        if awaited.loading is not None:
            reaction.emit("phx:page-loading-stop", awaited.loading)
        if awaited.failed is not None:
            awaited.failed(reaction, "push timeout")
        elif awaited.event is not None:
            reaction.note("CN-28", *view_state.overdue(reaction, self.view, awaited.event, self.joins))
        if state.joins == self.joins and state.state != "destroyed":
            reload_later(reaction, self.view)
