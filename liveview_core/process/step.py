"""The heart: one pure step.

    step(process, message, env) -> Step(process, sent, effects, facts)

A `Process` is everything a LiveView process would hold, as a value. A message happens to it; what comes back is the
process afterwards, what goes to the client, in order, and what the callbacks asked of the outside, as inert effects.
Laws:

* a step is a function: same process, same message, same env → the same step, bytes included;
* a step that raises changes nothing: the caller still holds the process it had;
* hooks → callback → render → diff → after_render hooks → prune, always in that order.
"""  # LC-42, LC-43

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liveview_core.errors import LiveViewError, shown
from liveview_core.heex.heex_in_callbacks import step_code
from liveview_core.process.component_pass import update
from liveview_core.process.mounting import Static, join, mount_disconnected
from liveview_core.process.process import Env, Process, Sent, Step, StepFacts, new_process
from liveview_core.process.signatures import misfit
from liveview_core.process.step_scratch import PatchLoop, StepScratch, close_writers, render_view
from liveview_core.process.unhandled_events import taken
from liveview_core.protocol import messages
from liveview_core.protocol.effects import expect_component
from liveview_core.protocol.messages import Message
from liveview_core.rendering.static_html import html_of
from liveview_core.socket.hooks import UNSET
from liveview_core.socket.socket import Socket
from liveview_core.socket.tasks import apply_async, take_task
from liveview_core.views.live_component import name_of as component_name
from liveview_core.views.view import callback, expect_call_reply, expect_reply, expect_socket, name_of

__all__ = [
    "Env",
    "NotRunning",
    "PatchLoop",
    "Process",
    "Sent",
    "Static",
    "Step",
    "StepFacts",
    "UnknownReservedEvent",
    "abandon",
    "mount_disconnected",
    "new_process",
    "render_full",
    "step",
]


class NotRunning(LiveViewError, RuntimeError):
    """A message for a process that has not joined, or has stopped."""


class UnknownReservedEvent(LiveViewError, ValueError):
    """An event whose name begins with `lv:` and is none of LiveView's own."""  # CB-8

    def __init__(self, event: str) -> None:
        self.event = event
        super().__init__(
            f"received unknown LiveView event {event!r}",
            expected="lv:clear-flash, the only event of that kind",
            got=repr(event),
            cure="choose a name for your event that does not begin with 'lv:'",
        )


@step_code
def step(process: Process, message: Message, env: Env) -> Step:
    """What *message* does to *process*; raises what the callbacks raise, and then nothing has happened."""
    kind = type(message)
    if process.stopped is not None or process.joined is (kind is messages.Join):
        raise _not_running(process, message)
    try:
        if kind is messages.Join:
            return join(process, message, env)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        handler = _HANDLERS.get(kind)
        if handler is None:
            raise LiveViewError(
                f"{process!r} cannot handle what is no message",
                expected="a message of liveview_core.protocol.messages",
                got=shown(message),
                cure="messages.Info(message), for handle_info",
            )
        scratch = StepScratch(process, env, kind in _ANSWERED)
        handler(scratch, message)
        return scratch.done()
    except TypeError as error:
        told = misfit(error)
        if told is None:
            raise
        raise told from None


def render_full(process: Process, *, update: bool = False) -> str:
    """The view's HTML rendered from scratch, for whoever wants to compare; nothing of the process changes.

    Components are rendered as they are; with `update` they are given their attributes once more, which is no comparison where
    an event changed what an attribute said. Streams show nothing: what they held is on the page.
    """  # ST-17
    scratch = StepScratch(process, Env(), replies=False)
    scratch.prints = None
    scratch.components = process.components.unrendered()
    scratch.level = scratch.pass_over_components()
    scratch.level.updating = update
    return html_of(scratch.diff(render_view(process.view, scratch.socket, root=not process.origin.nested)))


def abandon(process: Process, before: Process | None = None) -> None:
    """The process is gone without a last message: it has crashed. What it held open outside is closed: the writers of uploads.

    Those that it held *before* are left open, where it goes on as it was then.
    """
    kept = set[tuple[str, str]]()
    if before is not None:
        kept.update(before.socket._standing.uploads, *(each.socket._standing.uploads for each in before.components))
    close_writers(process.socket, process.components, kept)


def _not_running(process: Process, message: Message) -> NotRunning:
    what = type(message).__name__
    if process.stopped is not None:
        return NotRunning(
            f"{process!r} cannot handle {what}: it has stopped",
            expected="a process that runs",
            got=f"one that stopped with {shown(process.stopped)}",
            cure="mount the view again",
        )
    if process.joined:
        return NotRunning(f"{process!r} has joined already", expected="one Join in the life of a process", got=what)
    return NotRunning(f"{process!r} cannot handle {what} yet", expected="a Join first", got=what)


# Events


def _event(scratch: StepScratch, message: messages.Event) -> None:
    if message.cid is not None:
        scratch.component(message.cid, lambda component, socket: _component_event(scratch, component, socket, message))
        return
    socket, view, event = scratch.socket, scratch.process.origin.view, message.event
    if message.uploads:  # CB-10
        from liveview_core.uploads import transfers  # rarely

        socket = transfers.apply_chosen(socket, message.uploads)
    if event.startswith("lv:"):
        scratch.settle(_reserved(event, message.params, socket))
        return
    params = message.params if message.type == "form" else message.value
    if socket.hooks_of("handle_event"):
        verdict = scratch.hooked(socket, "handle_event", event, params)
        if verdict.halted:
            scratch.settle(verdict.socket)
            return
        socket = verdict.socket
    handle_event: Any = getattr(view, "handle_event", None)
    if not callable(handle_event):
        taken(event, lambda: callback(view, "handle_event", f"the event {event!r} needs"), view, scratch.components)
    result: Any = handle_event(event, params, socket)
    if (
        type(result) is not Socket or result._instant is not scratch.instant
    ):  # the border's texts cost more than the callback
        where, came = f"{name_of(view)}.handle_event", result
        result = taken(event, lambda: expect_reply(where, came, socket, event, handle_event), view, scratch.components)
    scratch.settle(result)


def _component_event(scratch: StepScratch, component: Any, socket: Socket, message: messages.Event) -> Socket:
    event, params = message.event, message.params
    if message.uploads:
        from liveview_core.uploads import transfers  # rarely

        socket = transfers.apply_chosen(socket, message.uploads)
    if event.startswith("lv:"):
        return _reserved(event, params, socket)
    verdict = scratch.hooked(socket, "handle_event", event, params)
    if verdict.halted:
        return verdict.socket
    where = f"{type(component).__qualname__}.handle_event"

    def reply() -> Socket:
        handle_event = callback(component, "handle_event", f"the event {event!r} needs")
        return expect_reply(where, handle_event(event, params, verdict.socket), socket, event, handle_event)

    return taken(event, reply, scratch.process.view, scratch.components, message.cid)


def _reserved(event: str, params: Any, socket: Socket) -> Socket:
    """LiveView's own events; hooks and callbacks do not see them."""  # CB-8
    if event != "lv:clear-flash":
        raise UnknownReservedEvent(event)
    match params:
        case {"key": str(kind)}:
            return socket.clear_flash(kind)
        case _:
            return socket.clear_flash()


def _live_patch(scratch: StepScratch, message: messages.LivePatch) -> None:
    target = scratch.own_target(message.url)
    if target is None:  # NV-16
        scratch.reply({"link_redirect": True})
        return
    socket = scratch.socket.merge_assigns({"live_action": target.action}).clear_flash()  # FL-4
    scratch.settle(scratch.params(socket, target.params, message.url))


# Components that are gone from the page


def _cids_will_destroy(scratch: StepScratch, message: messages.CidsWillDestroy) -> None:
    for cid in message.cids:
        scratch.components = scratch.components.mark(cid)
    scratch.reply({})


def _cids_destroyed(scratch: StepScratch, message: messages.CidsDestroyed) -> None:
    deleted: list[int] = []
    for cid in message.cids:
        instance = scratch.components.get(cid)
        gone, scratch.components = scratch.components.delete(cid)
        if gone and instance is not None:
            deleted.append(cid)
            scratch.removed += (instance,)
    scratch.reply({"cids": deleted})


# Messages of the world


def _info(scratch: StepScratch, message: messages.Info) -> None:
    view, socket = scratch.process.origin.view, scratch.socket
    if socket.hooks_of("handle_info"):
        verdict = scratch.hooked(socket, "handle_info", message.message)
        if verdict.halted:
            scratch.settle(verdict.socket)
            return
        socket = verdict.socket
    handle_info: Any = getattr(view, "handle_info", None)
    if callable(handle_info):  # CB-6: else it is dropped
        result = handle_info(message.message, socket)
        if type(result) is not Socket or result._instant is not scratch.instant:
            result = expect_socket(f"{name_of(view)}.handle_info", result, socket, f"message {shown(message.message)}")
        socket = result
    scratch.settle(socket)


def _cast(scratch: StepScratch, message: messages.Cast) -> None:
    view = scratch.process.view
    handle_cast = callback(view, "handle_cast", f"the cast {shown(message.message)} needs")
    socket = scratch.socket
    scratch.settle(expect_socket(f"{name_of(view)}.handle_cast", handle_cast(message.message, socket), socket))


def _call(scratch: StepScratch, message: messages.Call) -> None:
    view = scratch.process.view
    handle_call = callback(view, "handle_call", f"the call {shown(message.message)} needs")
    result = handle_call(message.message, message.sender, scratch.socket)
    socket, answer = expect_call_reply(f"{name_of(view)}.handle_call", result, scratch.socket)
    scratch.settle(socket)  # CB-4: rendered and pushed before the answer is delivered
    if answer is not UNSET:
        scratch.answer = answer


def _async_done(scratch: StepScratch, message: messages.AsyncDone) -> None:
    cid = message.cid
    if cid is None:
        socket = _async_result(scratch, scratch.process.view, scratch.socket, message)
        if socket is not None:
            scratch.settle(socket)
        return
    instance = scratch.components.get(cid)
    if instance is not None:  # AY-16
        scratch.component(cid, lambda component, socket: _async_result(scratch, component, socket, message) or socket)


def _async_result(scratch: StepScratch, owner: Any, socket: Socket, message: messages.AsyncDone) -> Socket | None:
    """The socket with the result taken in; None where nobody waits for it any more."""  # AY-14, AY-15
    taken = take_task(socket, message.ref)
    if taken is None:
        return None
    socket, task = taken
    if task.kind != "start":  # HK-21
        return apply_async(socket, task, message.result)
    verdict = scratch.hooked(socket, "handle_async", task.name, message.result)
    if verdict.halted:
        return verdict.socket
    handle_async = callback(owner, "handle_async", f"the result of start_async({task.name!r}) needs")
    result = handle_async(task.name, message.result, verdict.socket)
    return expect_socket(f"{type(owner).__qualname__}.handle_async", result, socket, f"name {task.name!r}")


def _send_update(scratch: StepScratch, message: messages.SendUpdate) -> None:
    components = scratch.components
    found = components.find(message.module, message.id) if message.cid is None else components.get(message.cid)
    if found is None:  # CP-21
        if message.cid is None:
            expect_component(message.module, "send_update")  # a message that was made by hand
        return
    assigns = message.assigns if message.cid is not None else {"id": message.id, **message.assigns}
    name = component_name(found.module)

    def updated(component: Any, socket: Socket) -> Socket:
        return update(component, name, [(assigns, socket)])[0]

    scratch.component(found.cid, updated)


def _forwarded(scratch: StepScratch, message: messages.Forwarded) -> None:
    scratch.redirect(message.redirect, message.flash)


def _reload(scratch: StepScratch, _: messages.Reload) -> None:
    """All is rendered anew, as the code has it now."""  # LC-47
    scratch.settle(scratch.socket.with_everything_changed())


# The end


def _leave(scratch: StepScratch, _: messages.Leave) -> None:
    scratch.reply({})
    scratch.stop(("shutdown", "left"))  # LC-46


def _stop(scratch: StepScratch, message: messages.Stop) -> None:
    scratch.stop(message.reason)


def _upload(scratch: StepScratch, message: Message) -> None:
    from liveview_core.process import upload_messages  # when a view takes files

    upload_messages.HANDLERS[type(message)](scratch, message)


_HANDLERS: dict[type[Any], Callable[[StepScratch, Any], None]] = {
    messages.Event: _event,
    messages.LivePatch: _live_patch,
    messages.CidsWillDestroy: _cids_will_destroy,
    messages.CidsDestroyed: _cids_destroyed,
    messages.Info: _info,
    messages.Cast: _cast,
    messages.Call: _call,
    messages.AsyncDone: _async_done,
    messages.SendUpdate: _send_update,
    messages.Forwarded: _forwarded,
    **dict.fromkeys(messages.OF_UPLOADS, _upload),
    messages.Leave: _leave,
    messages.Reload: _reload,
    messages.Stop: _stop,
}

_ANSWERED = {
    messages.Event,
    messages.LivePatch,
    messages.CidsWillDestroy,
    messages.CidsDestroyed,
    messages.Leave,
    messages.AllowUpload,
    messages.RegisterUpload,
    messages.Chunk,
    messages.CloseUpload,
    messages.Progress,
}
