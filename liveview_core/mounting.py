"""How a view comes to life: disconnected, for the first HTML, and connected, when the client joins.

Law: both run on_mount hooks → `mount` → `handle_params` → render, each from nothing; what the first assigned is gone when the
second begins (LC-1, LC-21). A redirect on the way ends it, and nothing is rendered (LC-8, LC-25).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from attrs import evolve, field, frozen

from liveview_core import hooks
from liveview_core.effects import Effect, Redirect
from liveview_core.errors import NotMounted
from liveview_core.facts import Facts, Mounting
from liveview_core.heex.template import step_code
from liveview_core.hooks import UNSET
from liveview_core.messages import Join
from liveview_core.rendered import ChildRef
from liveview_core.router import Match, full_uri
from liveview_core.socket import Socket, mounting_socket
from liveview_core.state import Env, Process, child_process, container, new_process
from liveview_core.tokens import flash_of, recorded_in, static_token
from liveview_core.turn import Turn, redirect_options, render_view
from liveview_core.view import (
    LiveView,
    apply_mount_result,
    callback,
    defines,
    expect_socket,
    name_of,
    on_mount_hooks,
)
from liveview_core.whole import html_of

__all__ = ["NOT_MOUNTED_AT_ROUTER", "VERSION", "Static", "join", "mount_disconnected", "new_process"]

VERSION = "1.2.10"  # of Phoenix LiveView, whose wire this is; the join reply carries it (LC-23)


_ENV = Env()


class _NotMountedAtRouter:
    """The params of a view without a route (LC-2)."""

    def __repr__(self) -> str:
        return "NOT_MOUNTED_AT_ROUTER"

    def __reduce__(self) -> str:
        return "NOT_MOUNTED_AT_ROUTER"


NOT_MOUNTED_AT_ROUTER: Any = _NotMountedAtRouter()


@frozen
class Static:
    """What a disconnected mount gave: the HTML of the first page, or where to go instead.

    `process` is what the client's join finds. `title` is the page's, if the view assigned one; `redirect` where to go,
    with the whole flash (LC-8).
    """

    process: Process
    html: str | None
    title: Any = None
    redirect: Redirect | None = None
    flash: dict[str, Any] = field(factory=dict[str, Any])
    effects: tuple[Effect, ...] = ()

    @property
    def status(self) -> int:
        """As HTTP has it: 200, or the redirect's own (LC-8)."""
        if self.redirect is None:
            return 200
        return self.redirect.status if self.redirect.kind == "redirect" else 302

    @property
    def location(self) -> str | None:
        """Where the redirect goes."""
        return None if self.redirect is None else self.redirect.to or self.redirect.external


@step_code
def mount_disconnected(
    process: Process,
    *,
    url: str,
    match: Match | None = None,
    flash: Mapping[str, Any] | None = None,
    info: Mapping[str, Any] | None = None,
    source: Mapping[str, Any] | None = None,
    env: Env = _ENV,
    shown_in: tuple[str, Mapping[str, Any]] | None = None,
) -> Static:
    """The first HTML of a page, made by a view that then is thrown away (LC-1…12)."""
    turn = Turn(process, env, replies=False)
    mounting = Mounting(params=None, info=dict(info or {}), source=dict(source or {}))
    socket = _mounting(turn, False, match, flash, mounting, url)
    params = NOT_MOUNTED_AT_ROUTER if match is None else match.params
    socket = _mount(turn, socket, params, {**process.connection, **process.session}, match)
    if socket.redirected is None and _wants_params(process.view, socket):  # LC-6
        socket = _mount_params(turn, socket, match, url)
    if socket.redirected is not None:
        turn.instant.close()
        return Static(process, None, None, socket.redirected, dict(socket._assigns["flash"]), socket.effects)
    turn.socket = socket
    turn.mount_child = partial(_mount_child, env)
    try:
        # LC-10: no after_render hook of the view, nothing pruned; its components do run theirs.
        inner = html_of(turn.diff(render_view(process.view, socket, root=not process.nested)))
    except _ChildRedirects as child:  # RT-12, FL-10: a child that goes elsewhere takes the page along
        return evolve(child.static, process=process)
    finally:
        turn.instant.close()
    recorded = () if socket._facts.mounting is None else socket._facts.mounting.recorded
    return Static(
        process,
        _static_container(process, inner, match, recorded, shown_in),
        socket._assigns.get("page_title"),
        None,
        dict(socket._assigns["flash"]),
        (*socket.effects, *turn.effects),
    )


def _static_container(
    process: Process, inner: str, match: Match | None, recorded: tuple[str, ...], shown_in: Any
) -> str:
    tag, attributes = shown_in or (match.route.container if match is not None else None) or ("div", {})
    # RT-12: a child's session is empty here, the connected parent will hand it out; a sticky child has its own.
    session = "" if process.nested and not process.sticky else None
    static = static_token(process.id, recorded)
    main = match is not None and not process.nested
    return container(process, inner, main=main, tag=tag, attributes=attributes, session=session, static=static)


class _ChildRedirects(Exception):
    """A child redirected while its parent's page was made; never leaves this module."""

    def __init__(self, static: Static) -> None:
        super().__init__()
        self.static = static


def _mount_child(env: Env, turn: Turn, ref: ChildRef) -> str:
    """A child of a page that is being made mounts at once, inside it (RT-12)."""
    parent = turn.process
    inherited = turn.socket._assigns  # AS-22: also of a sticky child
    process = child_process(parent, ref, inherited)
    static = mount_disconnected(process, url=turn.uri, source=inherited, env=env, shown_in=ref.container)
    if static.html is None:
        raise _ChildRedirects(static)
    turn.effects.extend(static.effects)
    return static.html


def join(process: Process, message: Join, env: Env) -> Turn:
    """The client joins: mount again, connected, and send everything (LC-14…28)."""
    turn = Turn(process, env, replies=True)
    match: Match | None = None
    if process.router is not None and process.live_session is not None and message.url is not None:
        match = process.router.match(message.url)
        if match is None or not match.same_root(process.view, process.live_session):
            turn.reply({"reason": "unauthorized"}, "error")  # LC-16, LC-17
            turn.stopped = ("shutdown", "unauthorized")
            return turn
    flash = flash_of(message.flash) if message.flash is not None else process.socket._assigns["flash"]
    if message.flash is None and (message.redirect or message.params.get("_mounts", 0) != 0):  # LC-18
        flash = {}
    recorded = recorded_in(message.static)
    source = {name: process.inherited[name] for name in recorded if name in process.inherited}  # AS-22
    mounting = Mounting(params=message.params, source=source)
    url = message.url or process.uri
    socket = _mounting(turn, True, match, flash, mounting, url)
    params = NOT_MOUNTED_AT_ROUTER if match is None else match.params
    socket = _mount(turn, socket, params, {**process.connection, **process.session}, match)
    patch: Redirect | None = None
    if socket.redirected is None and _wants_params(process.view, socket):
        socket = _mount_params(turn, socket, match, url)
        while socket.redirected is not None and socket.redirected.kind == "patch":  # LC-26
            patch = socket.redirected
            assert patch.to is not None
            target = turn.patch_target(patch.to)
            socket = socket.without_redirect().merge_assigns({"live_action": target.action})
            socket = turn.params(socket, target.params, full_uri(turn.uri, patch.to))
    turn.socket = socket
    if socket.redirected is not None:  # LC-25
        _refuse(turn, socket, socket.redirected)
        return turn
    diff = turn.render(force=True)
    turn.socket = turn.socket.mounted()
    response: dict[str, Any] = {"rendered": diff, "liveview_version": VERSION}
    if patch is not None:
        response["live_patch"] = {"to": patch.to, "kind": patch.history}
    turn.reply(response)
    turn.joined = True
    return turn


def _refuse(turn: Turn, socket: Socket, redirected: Redirect) -> None:
    options = redirect_options(redirected, socket._assigns["flash"])
    if redirected.external is not None:
        del options["status"]
    key = "live_redirect" if redirected.kind == "navigate" else "redirect"
    turn.reply({key: options, "events": socket.pushed_events()}, "error")
    turn.effects.extend(socket.effects)
    turn.stopped = ("shutdown", (key, options))


def _mounting(
    turn: Turn,
    connected: bool,
    match: Match | None,
    flash: Mapping[str, Any] | None,
    mounting: Mounting,
    url: str,
) -> Socket:
    process = turn.process
    turn.uri = url
    facts = Facts(
        id=process.id,
        view=process.view,
        connected=connected,
        routed=match is not None,
        router=process.router,
        uri=url,
        live_session=process.live_session,
        parent=process.parent,
        mounting=mounting,
    )
    action = None if match is None else match.action
    return mounting_socket(facts, live_action=action, flash=flash).at(turn.instant)


def _mount(turn: Turn, socket: Socket, params: Any, session: dict[str, Any], match: Match | None) -> Socket:
    """on_mount hooks, then mount, each with its options (LC-20, LC-29…33)."""
    view = turn.process.view
    name = name_of(view)
    before = on_mount_hooks(view) if match is None else match.on_mount
    verdict = hooks.run_on_mount(socket, before, params, session, name)
    turn.hooks.extend(("on_mount", *each) for each in verdict.ran)
    socket = verdict.socket
    if verdict.halted:
        return socket
    if match is not None and match.live_session.layout is not UNSET:
        socket = socket.with_layout(match.live_session.layout)  # LC-41
    mount = getattr(view, "mount", None)
    if mount is not None:
        socket = apply_mount_result(f"{name}.mount", mount(params, session, socket))
    if view.temporary_assigns:
        socket = socket.with_temporary(view.temporary_assigns)
    return socket


def _wants_params(view: LiveView, socket: Socket) -> bool:
    return defines(view, "handle_params") or bool(socket.hooks_of("handle_params"))


def _mount_params(turn: Turn, socket: Socket, match: Match | None, url: str) -> Socket:
    """handle_params at mount: here a missing callback is nothing to complain of (CB-7)."""
    view = turn.process.view
    if match is None:  # LC-7, LC-27, HK-25
        raise NotMounted(
            f"cannot invoke handle_params on {name_of(view)}, because it is not mounted at the router",
            expected="a view with handle_params to be the root view of a route",
            got="a nested or isolated view",
            cure="mount it with Route(…), or read the parent's params there and hand them down in the session",
        )
    verdict = turn.hooked(socket, "handle_params", match.params, url)
    if verdict.halted or not defines(view, "handle_params"):
        return verdict.socket
    handle_params = callback(view, "handle_params", "mount calls")
    return expect_socket(f"{name_of(view)}.handle_params", handle_params(match.params, url, verdict.socket))
