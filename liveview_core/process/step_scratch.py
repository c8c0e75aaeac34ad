"""What one step has got so far, as the only thing here that changes: rendering, sending, going elsewhere.

Laws: a scratch never outlives its step, and what it makes are values; callback → render → diff → after_render hooks → prune,
always in that order.
"""  # LC-42, LC-43

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from liveview_core.errors import LiveViewError, NotMounted, refuse_coroutine
from liveview_core.process.component_pass import ComponentPass, in_component
from liveview_core.process.components import Components, Instance, make_instance
from liveview_core.process.process import DiffReply, Env, Process, Sent, Step, child_process, container, make_process
from liveview_core.protocol import messages
from liveview_core.protocol.effects import Effect, Redirect, Send, Spawn
from liveview_core.protocol.tokens import flash_token
from liveview_core.rendering.diff import Diff, Traversal
from liveview_core.rendering.js import encodable
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Rendered
from liveview_core.socket import hooks
from liveview_core.socket.socket import Socket, component_socket
from liveview_core.socket.socket_state import NO_REPLY, RESTING, Instant
from liveview_core.values.log import EMPTY
from liveview_core.views.live_component import module_of
from liveview_core.views.router import Match, patch_target
from liveview_core.views.urls import full_uri
from liveview_core.views.view import LiveView, callback, expect_socket, inside_layout, name_of, render_of

__all__ = ["PatchLoop", "StepScratch", "close_writers", "redirect_options", "render_view"]

PATCH_LIMIT = 20  # NV-15


class PatchLoop(LiveViewError, RuntimeError):
    """handle_params patched to somewhere again and again."""  # NV-15

    def __init__(self, view: str, live_action: object, to: str) -> None:
        self.view = view
        super().__init__(
            f"too many redirects for {view} on action {live_action!r}: "
            f"handle_params ran {PATCH_LIMIT} times without a render",
            expected="handle_params to settle on one URL",
            got=f"one more push_patch({to!r})",
            cure="patch only where the URL is not yet the wanted one",
        )


class StepScratch:
    """What one step has got so far."""

    __slots__ = (
        "answer",
        "changed",
        "components",
        "effects",
        "evaluated",
        "instant",
        "joined",
        "level",
        "mount_child",
        "patches",
        "prints",
        "process",
        "ran",
        "removed",
        "rendered",
        "replies",
        "sent",
        "socket",
        "stopped",
        "touched",
        "uri",
    )

    def __init__(self, process: Process, env: Env, replies: bool, mounts: bool = False) -> None:
        self.process = process
        self.uri = process.uri
        self.joined = process.joined
        self.components = process.components
        self.prints = process.prints
        self.patches = process.patches
        self.instant = instant = Instant(env.now, env.seed, process.origin.id, process.steps)
        self.socket = process.socket if mounts else process.socket.at(instant)  # a mount makes another one
        self.replies = replies
        self.sent: list[Sent] = []
        self.effects: list[Effect] = []
        # What most steps leave as it is.
        self.answer: Any = NO_REPLY
        self.changed: tuple[str, ...] = ()
        self.evaluated = 0
        self.level: ComponentPass | None = None
        self.mount_child: Callable[[StepScratch, ChildRef], str] | None = None
        self.ran: tuple[tuple[str, Any, bool], ...] = ()  # hooks
        self.removed: tuple[Instance, ...] = ()
        self.rendered: tuple[int, ...] = ()
        self.stopped: Any = None
        self.touched: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    # What goes out

    def reply(self, response: dict[str, Any], status: str = "ok") -> None:
        """Answer the client's message; nobody asked, nobody is answered."""
        if self.replies:
            self.replies = False
            self.sent.append(Sent("phx_reply", {"status": status, "response": response}))

    def push(self, event: str, payload: dict[str, Any]) -> None:
        """Send the client a message of our own."""
        self.sent.append(Sent(event, payload))

    def send_diff(self, diff: Diff, answering: bool = True) -> None:
        """An empty diff is a bare answer, or nothing; another is in the answer, or pushed."""  # LC-44
        if answering and self.replies:
            if not diff:
                self.reply({})
                return
            self.replies = False
            self.sent.append(DiffReply(diff))
        elif diff:
            self.push("diff", diff)

    def send_diff_with(self, diff: Diff, extra: dict[str, Any]) -> None:
        """As `send_diff`, with more than the diff in the answer."""
        if extra and self.replies:
            self.reply({**({"diff": diff} if diff else {}), **extra})
        else:
            self.send_diff(diff)

    # Rendering

    def render(self, force: bool = False) -> Diff:
        """The diff of the view's present state; afterwards nothing is changed and nothing pending."""  # LC-42, LC-43
        socket = self.socket
        diff: Diff = {}
        changed = socket._changed
        if changed or force:
            self.changed = tuple(changed)
            origin = self.process.origin
            rendered = render_view(origin.view, socket, root=not origin.nested)
            diff = self.diff(rendered)
            if "page_title" in changed:  # DF-28, DF-29
                diff["t"] = encodable(socket._assigns["page_title"], "@page_title")
            if socket._standing.hooks:
                ran: list[tuple[str, Any, bool]] = []
                socket = hooks.run_after_render(socket, ran)
                if ran:
                    self.ran += tuple(ran)
            self.socket = socket.settled()
        else:
            self.socket = socket.quiet()
        if socket._cycle is not RESTING:
            self._finish(diff, socket)
        if socket._effects is not EMPTY:
            self.effects.extend(socket.effects)
        return diff

    def _finish(self, diff: Diff, socket: Socket) -> None:
        """Events and reply, from the socket that the after_render hooks returned."""  # LC-43, PE-4, CB-11
        cycle = socket._cycle
        if cycle.events:
            diff["e"] = [*diff.get("e", ()), *socket.pushed_events()]
        if cycle.reply is not NO_REPLY:
            diff["r"] = cycle.reply

    def diff(self, rendered: Rendered) -> Diff:
        """The diff of *rendered* with all components in it, against what the client has."""
        prints = self.prints
        if prints is not None and prints.fingerprint != rendered.part.fingerprint:  # DF-6, CP-27
            prints = None
            self.removed += tuple(self.components)
            self.components = self.components.restarted()
        traversal = Traversal(self.place, shared=True)
        diff, self.prints = traversal.rendered(rendered, prints, True)
        if traversal.templates:
            diff["p"] = traversal.templates
        self.evaluated += traversal.evaluated
        if self.level is not None:
            self.settle_components(self.level, diff)
        return diff

    def place(self, ref: ComponentRef | ChildRef) -> int | str:
        """The cid of a component that the view's own template shows, or a child's container; most views show neither."""
        if type(ref) is ChildRef:
            return self.child(ref)
        if self.level is None:
            self.level = self.pass_over_components()
        return self.level.place(ref)

    def child(self, ref: ChildRef) -> str:
        """The container of a child view; connected it is empty, and its client joins it by itself."""  # RT-13
        if self.mount_child is not None:
            return self.mount_child(self, ref)
        process = child_process(self.process, ref, {} if ref.sticky else self.socket._assigns)
        self.effects.append(Spawn(ref.id, process))
        return container(process, "", ref.container)

    def pass_over_components(self) -> ComponentPass:
        """A pass over the components as they are now."""
        socket = self.socket
        return ComponentPass(self.components, lambda cid: component_socket(socket, cid), self.child, self.instant)

    def settle_components(self, level: ComponentPass, diff: Diff) -> None:
        """Render what was placed, and put it and its events into *diff*."""  # DF-21, PE-4
        level.settle()
        self.level = None
        self.components = level.components
        self.evaluated += level.evaluated
        self.rendered += tuple(level.rendered)
        self.ran += tuple(level.hooks)
        self.effects.extend(level.effects)
        if level.events:
            diff["e"] = [*diff.get("e", ()), *level.events]
        if level.diffs:
            diff["c"] = level.diffs

    # After a callback

    def settle(self, socket: Socket, announce: Redirect | None = None) -> None:
        """What follows every callback of the view: go where it wants to go, or render."""  # LC-42
        self.socket = socket
        if socket._redirected is not None:
            self.redirect(socket._redirected, socket.cycle_flash)
            return
        diff = self.render()
        self.patches = 0
        if announce is not None:  # NV-10: before the diff, even where the diff is empty
            self.push("live_patch", {"to": announce.to, "kind": announce.history})
        self.send_diff(diff)

    def redirect(self, redirected: Redirect, flash: dict[str, Any]) -> None:
        """Carry a redirect out."""  # NV-8…11
        process, socket = self.process, self.socket
        if redirected.kind == "patch":
            self._patch(redirected, flash)
            return
        self.push("diff", {"e": socket.pushed_events()})  # PE-5, the empty list too
        options = redirect_options(redirected, flash)
        key = "redirect" if redirected.kind == "redirect" else "live_redirect"
        if self.replies:
            self.reply({key: options})
        else:
            self.push(key, options)
        self.effects.extend(socket.effects)
        self.socket = socket.without_redirect().quiet()
        if not (process.origin.sticky and redirected.kind == "navigate"):  # NV-9
            self.stop(("shutdown", (key, options)))

    def stop(self, reason: Any) -> None:
        """The process ends; `terminate` may still ask something of the world."""  # LC-45
        terminate = getattr(self.process.view, "terminate", None)
        if callable(terminate):
            where, given = f"{name_of(self.process.view)}.terminate", self.socket.at(self.instant)
            last = terminate(reason, given)
            refuse_coroutine(where, last)
            if isinstance(last, Socket):  # whatever else it returns, nobody is there to care
                last = expect_socket(where, last, given)
                self.socket = last.quiet()
                self.effects.extend(last.effects)
        self.stopped = reason

    def _patch(self, redirected: Redirect, flash: dict[str, Any]) -> None:
        process = self.process
        if process.origin.parent is not None:  # NV-11: the root view's business
            self.effects.append(Send(messages.Forwarded(redirected, dict(flash)), "root"))
            self.socket = self.socket.without_redirect()
            self.send_diff(self.render())
            return
        self.settle(self.patched(self.socket.with_flash(flash), redirected), redirected)

    def patched(self, socket: Socket, redirected: Redirect) -> Socket:
        """The socket after a patch: handle_params with the new URL, which must be the root view's."""  # NV-10, NV-12, LC-26
        process, to = self.process, redirected.to
        assert to is not None
        target = patch_target(
            process.origin.router, self.uri, to, process.origin.root_view, process.origin.live_session
        )
        if self.patches == PATCH_LIMIT:
            raise PatchLoop(name_of(process.view), socket._assigns.get("live_action"), to)
        self.patches += 1
        socket = socket.without_redirect().merge_assigns({"live_action": target.action})
        return self.params(socket, target.params, full_uri(self.uri, to))

    def own_target(self, url: str) -> Match | None:
        """What the client's own patch shows; None where it is another view's."""  # NV-16
        process = self.process
        if process.origin.router is None or process.origin.live_session is None:
            raise NotMounted(
                f"cannot patch {name_of(process.view)} to {url!r}: it is not mounted at the router",
                cure="mount it with a Route; only root views have a URL",
            )
        match = process.origin.router.resolve(url)
        return match if match.same_root(process.origin.root_view, process.origin.live_session) else None

    def params(self, socket: Socket, params: dict[str, Any], uri: str) -> Socket:
        """handle_params hooks, then the callback, which must exist now."""  # CB-7
        verdict = self.hooked(socket, "handle_params", params, uri)
        if verdict.halted:
            return verdict.socket
        view = self.process.view
        handle_params = callback(view, "handle_params", "a patch calls after its hooks let the message go on")
        socket = verdict.socket
        return expect_socket(f"{name_of(view)}.handle_params", handle_params(params, uri, socket), socket)

    def hooked(self, socket: Socket, stage: str, *arguments: Any) -> hooks.Verdict:
        """Run the hooks of a stage, and note which ran."""
        verdict = hooks.run(socket, stage, *arguments)
        if verdict.ran:
            self.ran += tuple([(stage, *each) for each in verdict.ran])
        if verdict.touched:
            self.touched += verdict.touched
        return verdict

    # Components

    def component(
        self, cid: int, handle: Callable[[Any, Socket], Socket], extra: Callable[[], dict[str, Any]] = dict
    ) -> None:
        """Let *handle* change the socket of one component; only that component and what it places is sent."""  # DF-25
        instance = self.components.get(cid)
        if instance is None:  # CP-16: it was removed while the message was under way
            self.reply({})
            return
        try:
            socket = handle(module_of(instance.module), instance.socket.at(self.instant))
        except Exception as error:
            in_component(error, name_of(instance.module), instance.id)
            raise
        redirected, flash = socket.redirected, socket._assigns["flash"]
        if redirected is not None:  # FL-6
            socket = socket.clear_flash().without_redirect()
        diff: Diff = {} if socket.reply is NO_REPLY else {"r": socket.reply}
        level = self.pass_over_components()
        try:
            level.render(make_instance(instance.module, instance.id, cid, socket, instance.prints, instance.marked))
        except Exception as error:
            in_component(error, name_of(instance.module), instance.id)
            raise
        self.settle_components(level, diff)
        if redirected is None:
            self.send_diff_with(diff, extra())
        else:  # NV-17
            self.send_diff(diff, answering=False)
            self.redirect(redirected, flash)

    def done(self) -> Step:
        """The step, and the end of this scratch: nothing fails any more, and what it held open outside may be closed."""
        self.instant.close()
        for instance in self.removed:  # UP-37
            self.effects.extend(_released(instance.socket, ()).effects)
        if self.stopped is not None:
            close_writers(self.socket, self.components)
        if self.socket._instant is not None:  # nothing became of this message
            self.socket = self.socket.quiet()
        old = self.process
        process = make_process(
            old.origin,
            self.socket,
            self.components,
            self.prints,
            self.uri,
            old.steps + 1,
            self.patches,
            self.joined,
            self.stopped,
        )
        facts = (self.evaluated, self.changed, self.rendered, self.ran, self.touched)
        return Step(process, self.sent, tuple(self.effects), self.answer, facts)


def render_view(view: LiveView, socket: Socket, *, root: bool) -> Rendered:
    """The view's template, inside its layout if it has one."""  # LC-36…38
    rendered = render_of(view, socket)
    layout = socket._standing.layout
    if layout is None and root:  # LC-37: a child has none but by a mount option
        layout = type(view).layout  # from the class: a function must not become a method
    return inside_layout(view, rendered, layout, socket) if layout else rendered


def close_writers(socket: Socket, components: Components, kept: Collection[tuple[str, str]] = ()) -> None:
    """The process is gone, and with it every upload under way in its view and its components, but those that are *kept*."""
    _released(socket, kept)
    for instance in components:
        _released(instance.socket, kept)


def _released(socket: Socket, kept: Collection[tuple[str, str]]) -> Socket:
    if not socket._standing.uploads:
        return socket
    from liveview_core.uploads.transfers import released  # rarely

    return released(socket, kept)


def redirect_options(redirected: Redirect, flash: dict[str, Any]) -> dict[str, Any]:
    """What the client is told of a redirect."""  # LC-25, NV-8, NV-9
    options: dict[str, Any]
    if redirected.kind == "navigate":
        options = {"to": redirected.to, "kind": redirected.history}
    else:
        options = {"to": redirected.to or redirected.external, "status": redirected.status}
    if flash:
        options["flash"] = flash_token(flash)
    return options
