"""How a view comes to life: disconnected, for the first HTML, and connected, when the client joins.

Law: both run on_mount hooks → `mount` → `handle_params` → render, each from nothing; what the first assigned is gone when the
second begins. A redirect on the way ends it, and nothing is rendered.
"""  # LC-1, LC-21, LC-8, LC-25

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import evolve, field

from liveview_core.errors import BadOption, NavigationError, NotMounted
from liveview_core.heex.heex_in_callbacks import step_code
from liveview_core.process.process import (
    VERSION,
    Env,
    JoinReply,
    Process,
    ReloadStep,
    Step,
    change_origin,
    change_process,
    child_process,
    container,
    container_json,
    new_process,
)
from liveview_core.process.signatures import misfit
from liveview_core.process.step_scratch import StepScratch, redirect_options, render_view
from liveview_core.protocol.effects import Effect, Redirect
from liveview_core.protocol.messages import Join
from liveview_core.protocol.tokens import flash_of, recorded_in, session_token, static_token, static_token_is_of
from liveview_core.rendering.html import raw
from liveview_core.rendering.rendered import ChildRef, ComponentRef, noted, rendered_to_text
from liveview_core.rendering.static_html import html_of
from liveview_core.socket import hooks
from liveview_core.socket.hooks import UNSET
from liveview_core.socket.socket import Socket, mounting_socket
from liveview_core.socket.socket_state import Mounting, make_facts, make_mounting
from liveview_core.values.assigns import Assigns
from liveview_core.values.copies import own
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.views.live_component import name_of as component_name
from liveview_core.views.router import Match
from liveview_core.views.urls import host_uri
from liveview_core.views.view import (
    LiveView,
    apply_mount_result,
    callback,
    defines,
    expect_rendered,
    expect_socket,
    name_of,
    on_mount_hooks,
)

__all__ = ["NOT_MOUNTED_AT_ROUTER", "VERSION", "Static", "join", "mount_disconnected", "new_process"]

_ENV = Env()


class _NotMountedAtRouter:
    """The params of a view without a route."""  # LC-2

    def __repr__(self) -> str:
        return "NOT_MOUNTED_AT_ROUTER"

    def __reduce__(self) -> str:
        return "NOT_MOUNTED_AT_ROUTER"


NOT_MOUNTED_AT_ROUTER: Any = _NotMountedAtRouter()


@frozen(weakref_slot=False)
class Static:
    """What a disconnected mount gave: the HTML of the first page, or where to go instead.

    `process` is what the client's join finds. `title` is the page's, if the view assigned one; `document` the whole page,
    where its live session has a root layout; `redirect` where to go, with the whole flash. `statics` are
    the static tokens of all views on the page, by their ids: what their clients join with. `outside` are the sticky views
    that the root layout shows, each with its HTML: nobody but the client makes them join.
    """  # LC-39, LC-41, LC-8, LC-13

    process: Process
    html: str | None
    title: Any = None
    redirect: Redirect | None = None
    flash: dict[str, Any] = field(factory=dict[str, Any])
    effects: tuple[Effect, ...] = ()
    document: str | None = None
    statics: dict[str, str] = field(factory=dict[str, str])
    outside: tuple[tuple[Process, str], ...] = ()

    @property
    def status(self) -> int:
        """As HTTP has it: 200, or the redirect's own."""  # LC-8
        if self.redirect is None:
            return 200
        return self.redirect.status if self.redirect.kind == "redirect" else 302

    @property
    def location(self) -> str | None:
        """Where the redirect goes."""
        return None if self.redirect is None else self.redirect.to or self.redirect.external


_make_static: Callable[..., Static] = maker(Static)


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
    """The first HTML of a page, made by a view that then is thrown away."""  # LC-1…12
    try:
        return _disconnected(process, url, match, flash, info, source, env, shown_in)
    except TypeError as error:
        told = misfit(error)
        if told is None:
            raise
        raise told from None


def _disconnected(
    process: Process,
    url: str,
    match: Match | None,
    flash: Mapping[str, Any] | None,
    info: Mapping[str, Any] | None,
    source: Mapping[str, Any] | None,
    env: Env,
    shown_in: tuple[str, Mapping[str, Any]] | None,
) -> Static:
    if info is not None and (info or process.origin.info):
        # its connected mount knows it too (NV-31)
        process = change_process(process, origin=change_origin(process.origin, info=dict(info)))
    origin, view = process.origin, process.origin.view
    scratch = StepScratch(process, env, replies=False, mounts=True)
    mounting = make_mounting(None, origin.info, dict(source or {}), (), env.manifest)
    socket = _mounting(scratch, False, match, flash, mounting, url)
    params = NOT_MOUNTED_AT_ROUTER if match is None else match.params
    socket = _mount(scratch, socket, params, own({**origin.connection, **origin.session}), match)
    if socket._redirected is None and _wants_params(view, socket):  # LC-6
        socket = _mount_params(scratch, socket, match, url)
    if socket._redirected is not None:
        scratch.instant.close()
        return Static(process, None, None, socket._redirected, dict(socket._assigns["flash"]), socket.effects)
    scratch.socket = socket
    statics = {origin.id: static_token(origin.id, _recorded(socket))}
    scratch.mount_child = mount_child = partial(_mount_child, env, statics)
    try:
        # LC-10: no after_render hook of the view, nothing pruned; its components do run theirs.
        inner = html_of(scratch.diff(render_view(view, socket, root=not origin.nested)))
        html = _static_container(process, inner, match, statics[origin.id], shown_in)
        outside: list[tuple[Process, str]] = []
        document = None if match is None else _document(scratch, mount_child, match, socket, html, outside)
    except _ChildRedirects as child:  # RT-12, FL-10: a child that goes elsewhere takes the page along
        effects = (*socket.effects, *scratch.effects, *child.static.effects)
        return evolve(child.static, process=process, effects=effects)
    finally:
        scratch.instant.close()
    title, shown_flash = socket._assigns.get("page_title"), dict(socket._assigns["flash"])
    effects = (*socket.effects, *scratch.effects)
    return _make_static(process, html, title, None, shown_flash, effects, document, statics, tuple(outside))


def _recorded(socket: Socket) -> tuple[str, ...]:
    mounting = socket._facts.mounting
    return () if mounting is None else mounting.recorded


def _static_container(process: Process, inner: str, match: Match | None, static: str, shown_in: Any) -> str:
    return container(
        process,
        inner,
        shown_in if match is None else match.route.container,
        main=match is not None and not process.origin.nested,
        # RT-12: a child's session is empty here, the connected parent will hand it out; a sticky child has its own.
        session="" if process.origin.nested and not process.origin.sticky else None,
        static=static,
    )


def _document(
    scratch: StepScratch,
    mount_child: Callable[[StepScratch, ChildRef], str],
    match: Match,
    socket: Socket,
    html: str,
    outside: list[tuple[Process, str]],
) -> str | None:
    """The view's HTML inside the root layout, which knows the view's assigns and is never rendered again."""  # LC-39, LC-41
    layout = match.live_session.root_layout
    if layout is UNSET or layout is False:
        return None
    where = f"the root layout of the live session {match.live_session.name!r}"
    assigns = socket.rendering().assign(inner_content=raw(html))
    rendered = expect_rendered(where, layout(Assigns(assigns._values, None)))

    def place(ref: ComponentRef | ChildRef) -> str:
        if isinstance(ref, ComponentRef):
            raise BadOption(
                f"{where} shows a LiveComponent",
                expected="function components, and live_render with sticky=True",
                got=component_name(ref.module),
                cure="put it into the view or its layout: a root layout is rendered once, outside of any live view",
            )
        try:
            child = mount_child(scratch, ref)
        except _ChildRedirects as away:  # RT-10
            raise NavigationError(
                f"cannot redirect from a child view of {where}",
                expected=f"{name_of(ref.view)} to mount",
                got="" if away.static.redirect is None else away.static.redirect.describe(),
                cure="redirect in the page's own view, before the page is made",
            ) from None
        if ref.sticky:
            outside.append((child_process(scratch.process, ref, {}), child))
        return child

    return rendered_to_text(rendered, place)


class _ChildRedirects(Exception):
    """A child redirected while its parent's page was made; never leaves this module."""

    def __init__(self, static: Static) -> None:
        super().__init__()
        self.static = static


def _mount_child(env: Env, statics: dict[str, str], scratch: StepScratch, ref: ChildRef) -> str:
    """A child of a page that is being made mounts at once, inside it."""  # RT-12
    parent = scratch.process
    inherited = scratch.socket._assigns  # AS-22: also of a sticky child
    process = child_process(parent, ref, inherited)
    try:
        static = mount_disconnected(process, url=scratch.uri, source=inherited, env=env, shown_in=ref.container)
    except Exception as error:
        _shown_by(process, error)
        raise
    if static.html is None:
        raise _ChildRedirects(static)
    scratch.effects.extend(static.effects)
    statics.update(static.statics)
    return static.html


def join(process: Process, message: Join, env: Env) -> Step:
    """The client joins: mount again, connected, and send everything."""  # LC-14…28
    if _stale(process, message):
        return _refused(process, env, "stale").done()
    match: Match | None = None
    url = message.url or process.uri
    if process.origin.router is not None and process.origin.live_session is not None:
        match = process.origin.router.match(url)
        view = match.view if match is not None and message.redirect else process.view
        if match is None or not match.same_root(view, process.origin.live_session):  # LC-16, LC-17
            return _refused(process, env, "unauthorized").done()
        if view != process.view:
            process = change_process(process, origin=change_origin(process.origin, view=view, root_view=view))
    try:
        return _joined(StepScratch(process, env, True, mounts=True), message, match, url, env.manifest).done()
    except Exception as error:
        _shown_by(process, error)
        status = getattr(error, "status", None)
        if type(status) is not int or not 400 <= status <= 499:
            raise
        told = _refused(process, env, "reload", status=status, token=session_token(process.id))  # LC-28
        return ReloadStep(told.done(), error)


def _shown_by(process: Process, error: Exception) -> None:
    """Which templates show the view that does not mount."""
    for line in process.origin.callers:
        noted(error, line)


def _stale(process: Process, message: Join) -> bool:
    """Whether the tokens of the page are another's. None of them: the caller knows whose join it is."""  # LC-14, LC-15
    session, static = message.session, message.static
    if session is not None and session != session_token(process.id):
        return True
    return bool(static) and not message.redirect and not static_token_is_of(static, process.id)


def _refused(process: Process, env: Env, reason: str, **more: Any) -> StepScratch:
    scratch = StepScratch(process, env, replies=True)
    scratch.reply({"reason": reason, **more}, "error")
    scratch.stopped = ("shutdown", reason)
    return scratch


def _joined(
    scratch: StepScratch, message: Join, match: Match | None, url: str, manifest: Mapping[str, str] | None
) -> StepScratch:
    process, origin = scratch.process, scratch.process.origin
    recorded = () if message.redirect else recorded_in(message.static)  # AS-24
    source = {name: origin.inherited[name] for name in recorded if name in origin.inherited}  # AS-22
    mounting = make_mounting(message.params, origin.info, source, (), manifest)
    socket = _mounting(scratch, True, match, _flash(process, message), mounting, url)
    params = NOT_MOUNTED_AT_ROUTER if match is None else match.params
    socket = _mount(scratch, socket, params, own({**origin.connection, **origin.session}), match)
    patch: Redirect | None = None
    if socket._redirected is None and _wants_params(origin.view, socket):
        socket = _mount_params(scratch, socket, match, url)
        while socket._redirected is not None and socket._redirected.kind == "patch":  # LC-26
            patch = socket._redirected
            socket = scratch.patched(socket, patch)
    scratch.socket = socket
    if socket._redirected is not None:  # LC-25
        _refuse(scratch, socket, socket._redirected)
        return scratch
    diff = scratch.render(force=True)
    scratch.patches = 0
    scratch.socket = scratch.socket.mounted()
    scratch.joined = True
    if patch is None and not message.redirect:
        scratch.sent.append(JoinReply(diff))
        return scratch
    response: dict[str, Any] = {"rendered": diff, "liveview_version": VERSION}
    if patch is not None:
        response["live_patch"] = {"to": patch.to, "kind": patch.history}
    if message.redirect and match is not None:  # LC-23
        response["container"] = container_json(process.view, match.route.container)
    scratch.reply(response)
    return scratch


def _flash(process: Process, message: Join) -> dict[str, Any]:
    """The token of a redirect; else what the page was served with, the first time it joins."""  # LC-18
    if message.flash is not None:
        return flash_of(message.flash)
    if message.redirect or message.params.get("_mounts", 0) != 0:
        return {}
    flash: dict[str, Any] = process.socket._assigns["flash"]
    return flash


def _refuse(scratch: StepScratch, socket: Socket, redirected: Redirect) -> None:
    options = redirect_options(redirected, socket._assigns["flash"])
    if redirected.external is not None:
        del options["status"]
    key = "live_redirect" if redirected.kind == "navigate" else "redirect"
    scratch.reply({key: options, "events": socket.pushed_events()}, "error")
    scratch.effects.extend(socket.effects)
    scratch.stopped = ("shutdown", (key, options))


def _mounting(
    scratch: StepScratch,
    connected: bool,
    match: Match | None,
    flash: Mapping[str, Any] | None,
    mounting: Mounting,
    url: str,
) -> Socket:
    origin = scratch.process.origin
    if match is not None:
        host_uri(url)  # SK-7
    scratch.uri = url
    among = origin.router, url, origin.live_session, origin.parent
    facts = make_facts(origin.id, origin.view, connected, match is not None, *among, None, mounting)
    return mounting_socket(facts, None if match is None else match.route.action, flash, scratch.instant)


def _mount(scratch: StepScratch, socket: Socket, params: Any, session: dict[str, Any], match: Match | None) -> Socket:
    """on_mount hooks, then mount, each with its options."""  # LC-20, LC-29…33
    view = scratch.process.origin.view
    if match is not None and match.live_session.layout is not UNSET:
        socket = socket.with_layout(
            match.live_session.layout
        )  # LC-41; options of hooks and of mount are over it (LC-32)
    before = on_mount_hooks(view) if match is None else match.on_mount
    if before:
        verdict = hooks.run_on_mount(socket, before, params, session, name_of(view))
        scratch.ran += tuple(("on_mount", *each) for each in verdict.ran)
        socket = verdict.socket
        if verdict.halted:
            return socket
    mount = getattr(view, "mount", None)
    if mount is not None:
        result = mount(params, session, socket)
        if type(result) is Socket and result._instant is scratch.instant and result._redirected is None:
            socket = result  # nearly always
        else:
            socket = apply_mount_result(f"{name_of(view)}.mount", result, socket)
    if view.temporary_assigns:
        socket = socket.with_temporary({**view.temporary_assigns, **socket._standing.temporary})
    return socket


def _wants_params(view: LiveView, socket: Socket) -> bool:
    return defines(view, "handle_params") or bool(socket.hooks_of("handle_params"))


def _mount_params(scratch: StepScratch, socket: Socket, match: Match | None, url: str) -> Socket:
    """handle_params at mount: here a missing callback is nothing to complain of."""  # CB-7
    view = scratch.process.view
    if match is None:  # LC-7, LC-27, HK-25
        raise NotMounted(
            f"cannot invoke handle_params on {name_of(view)}, because it is not mounted at the router",
            expected="a view with handle_params to be the root view of a route",
            got="a nested or isolated view",
            cure="mount it with Route(…), or read the parent's params there and hand them down in the session",
        )
    verdict = scratch.hooked(socket, "handle_params", match.params, url)
    if verdict.halted or not defines(view, "handle_params"):
        return verdict.socket
    handle_params = callback(view, "handle_params", "mount calls")
    socket = verdict.socket
    return expect_socket(f"{name_of(view)}.handle_params", handle_params(match.params, url, socket), socket)
