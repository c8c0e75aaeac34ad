"""How a view comes to life: disconnected, for the first HTML, and connected, when the client joins.

Law: both run on_mount hooks → `mount` → `handle_params` → render, each from nothing; what the first assigned is gone when the
second begins (LC-1, LC-21). A redirect on the way ends it, and nothing is rendered (LC-8, LC-25).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from liveview_core import hooks
from liveview_core.component import Components
from liveview_core.effects import Effect, Redirect
from liveview_core.errors import NotMounted
from liveview_core.facts import Facts, Mounting
from liveview_core.heex.template import step_code
from liveview_core.html import escape
from liveview_core.messages import Join
from liveview_core.router import Match, Router, full_uri
from liveview_core.socket import Socket, mounting_socket
from liveview_core.tokens import flash_of, session_token, static_token
from liveview_core.turn import Env, Process, Turn, redirect_options, render_view
from liveview_core.view import (
    UNSET,
    LiveView,
    apply_mount_result,
    as_view,
    callback,
    defines,
    expect_socket,
    name_of,
    on_mount_hooks,
)
from liveview_core.whole import html_of

__all__ = ["NOT_MOUNTED_AT_ROUTER", "VERSION", "Static", "join", "mount_disconnected", "new_process"]

VERSION = "1.2.10"  # of Phoenix LiveView, whose wire this is; the join reply carries it (LC-23)


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


def new_process(
    id: str,
    view: Any,
    *,
    router: Router | None = None,
    match: Match | None = None,
    session: Mapping[str, Any] | None = None,
    uri: str = "http://localhost/",
    parent: Any = None,
    root_view: Any = None,
    sticky: bool = False,
    assign_new: Mapping[str, Any] | None = None,
    flash: Mapping[str, Any] | None = None,
) -> Process:
    """A process that nothing has happened to: what the session token of a page says (LC-13).

    `match` is the route that it is mounted at; without one it is a child, or isolated, and has no params (LC-17).
    """
    view = as_view(view)
    facts = Facts(id=id, view=view, routed=match is not None, router=router, parent=parent)
    return Process(
        id=id,
        view=view,
        socket=mounting_socket(facts, flash=flash),
        components=Components(),
        prints=None,
        router=router,
        root_view=view if root_view is None else as_view(root_view),
        live_session=match.live_session.name if match is not None else None,
        uri=uri,
        parent=parent,
        sticky=sticky,
        session=dict(session or {}),
        steps=0,
        patches=0,
        joined=False,
        stopped=None,
    )


@step_code
def mount_disconnected(
    process: Process,
    *,
    url: str,
    match: Match | None = None,
    session: Mapping[str, Any] | None = None,
    flash: Mapping[str, Any] | None = None,
    info: Mapping[str, Any] | None = None,
    source: Mapping[str, Any] | None = None,
    env: Env = Env(),
) -> Static:
    """The first HTML of a page, made by a view that then is thrown away (LC-1…12)."""
    turn = Turn(process, env, replies=False)
    mounting = Mounting(params=None, info=dict(info or {}), source=dict(source or {}))
    socket = _mounting(turn, False, match, flash, mounting, url)
    params = NOT_MOUNTED_AT_ROUTER if match is None else match.params
    socket = _mount(turn, socket, params, {**(session or {}), **process.session}, match)
    if socket.redirected is None and _wants_params(process.view, socket):  # LC-6
        socket = _mount_params(turn, socket, match, url)
    if socket.redirected is not None:
        turn.instant.close()
        return Static(process, None, None, socket.redirected, dict(socket._assigns["flash"]), socket.effects)
    turn.socket = socket
    # LC-10: no after_render hook of the view, nothing pruned; its components do run theirs.
    html = html_of(turn.diff(render_view(process.view, socket, root=process.parent is None)))
    turn.instant.close()
    return Static(
        process,
        container(process, html, routed=match is not None),
        socket._assigns.get("page_title"),
        None,
        dict(socket._assigns["flash"]),
        (*socket.effects, *turn.effects),
    )


def container(process: Process, inner: str, *, routed: bool) -> str:
    """The view's element around its HTML (LC-11, LC-12)."""
    main = " data-phx-main" if routed else ""
    session, static = escape(session_token(process.id)), escape(static_token(process.id))
    return f'<div id="{escape(process.id)}"{main} data-phx-session="{session}" data-phx-static="{static}">{inner}</div>'


def join(process: Process, message: Join, env: Env, session: Mapping[str, Any] | None = None) -> Turn:
    """The client joins: mount again, connected, and send everything (LC-14…28)."""
    turn = Turn(process, env, replies=True)
    match: Match | None = None
    if process.router is not None and process.parent is None and message.url is not None:
        match = process.router.match(message.url)
        if match is None or not match.same_root(process.view, process.live_session):
            turn.reply({"reason": "unauthorized"}, "error")  # LC-16, LC-17
            turn.stopped = ("shutdown", "unauthorized")
            return turn
    flash = flash_of(message.flash) if message.flash is not None else process.socket._assigns["flash"]
    if message.flash is None and (message.redirect or message.params.get("_mounts", 0) != 0):  # LC-18
        flash = {}
    mounting = Mounting(params=message.params)
    url = message.url or process.uri
    socket = _mounting(turn, True, match, flash, mounting, url)
    params = NOT_MOUNTED_AT_ROUTER if match is None else match.params
    socket = _mount(turn, socket, params, {**(session or {}), **process.session}, match)
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
