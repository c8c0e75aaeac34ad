"""Hooks at work: the chain of functions that sees a message before the view does.

Law: a chain is a snapshot, run in the order of attaching; `Halt` hides the message from later hooks and the
view; whatever else a hook returns is an error that names it, and nothing changed.
"""  # HK-13, HK-16, HK-15

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import field

from liveview_core.errors import BadOption, BadReturn, NavigationError, NotMounted, shown
from liveview_core.socket.socket import Socket
from liveview_core.socket.socket_state import NO_REPLY
from liveview_core.socket.streams import Prune
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging

__all__ = ["Cont", "Halt", "Verdict", "current", "mount_options", "run", "run_after_render", "run_on_mount"]

UNSET: Final[Any] = NO_REPLY  # one mark for "not given"; None is a layout and a reply


def given(answer: Any) -> str:
    """The repr of an answer: its socket, and the options that were given."""
    parts = [repr(answer.socket)]
    for option in answer.__attrs_attrs__[1:]:
        value = getattr(answer, option.name)
        if value is not option.default:
            parts.append(f"{option.name}={value!r}")
    return f"{type(answer).__qualname__}({', '.join(parts)})"


@unchanging("Cont(socket, {name}=…)")
@frozen
class Cont:
    """A hook's "go on": later hooks and the callback see the message. Options are for on_mount hooks only."""  # HK-3

    socket: Socket
    temporary_assigns: Any = field(default=None, kw_only=True)
    layout: Any = field(default=UNSET, kw_only=True)

    def __repr__(self) -> str:
        return given(self)


@unchanging("Halt(socket, {name}=…)")
@frozen
class Halt:
    """A hook's "stop here": as if the callback had returned *socket*, with a *reply* on handle_event."""  # HK-15

    socket: Socket
    reply: Any = UNSET

    def __repr__(self) -> str:
        return given(self)


@frozen
class Verdict:
    """What a chain came to. `ran` are the ids of the hooks that ran, each with whether it changed the socket.

    `touched` are those that did, each with the names of the assigns that it changed.
    """

    socket: Socket
    halted: bool
    ran: tuple[tuple[Any, bool], ...] = ()
    touched: tuple[tuple[Any, tuple[str, ...]], ...] = ()


def current(where: str, before: Socket, returned: Socket) -> Socket:
    """The socket that *where* returned, if it comes from that *before*: all sockets of a step share its instant.

    One of an earlier message would take back, without a word, all that came since.
    """
    if returned._instant is before._instant and (returned._facts.view is not None or before._facts.view is None):
        return returned
    wanted = "the socket that it was given, changed"
    if (
        returned._facts.view is None
    ):  # nobody's: taken for the view's own, it would be a view that has lost all that it was
        cure = "return the socket that was given, or what its methods give: `return socket.assign(…)`"
        raise BadReturn(where, [wanted], returned, cure)
    name = where.rpartition(" on ")[2].rpartition(".")[2]
    cure = "work on the socket that was given now, not on one that was kept"
    if (parameters := _PARAMETERS.get(name)) is not None:
        hook, answer = name != where.rpartition(".")[2], "return socket.assign(…)"
        if hook:
            name, answer = "hook", answer if name == "after_render" else "return Cont(socket.assign(…)), or Halt(…)"
        own = "" if hook else "self, "
        cure += f": `def {name}({own}{parameters}): {answer}`"
    error = BadReturn(where, [wanted], returned, cure)
    error.got = f"the socket of an earlier message: {error.got}"
    raise error


_PARAMETERS: Final = {
    "mount": "params, session, socket",
    "handle_params": "params, uri, socket",
    "handle_event": "event, params, socket",
    "handle_info": "message, socket",
    "handle_async": "name, result, socket",
    "handle_call": "message, sender, socket",
    "handle_cast": "message, socket",
    "after_render": "socket",
    "update": "assigns, socket",
    "update_many": "assigns_and_sockets",
    "terminate": "reason, socket",
}


def touched_by(before: Socket, after: Socket) -> tuple[str, ...]:
    """The assigns that became others on the way from one socket to the next."""
    was, now = before._assigns, after._assigns
    if was is now:
        return ()
    return tuple(name for name, value in now.items() if name not in was or was[name] is not value)


def run(socket: Socket, stage: str, *arguments: Any) -> Verdict:
    """Run the hooks of *stage* with `(*arguments, socket)`; a reply is kept in the socket."""  # HK-13…16, CB-11
    ran: list[tuple[Any, bool]] = []
    touched: list[tuple[Any, tuple[str, ...]]] = []
    for hook in socket.hooks_of(stage):
        before = socket
        match hook.fn(*arguments, socket):
            case Cont(Socket() as socket, temporary_assigns=None) as verdict if verdict.layout is UNSET:
                ran.append((hook.id, socket is not before))
                if socket is not before:
                    current(f"hook {hook.id!r} on {stage}", before, socket)
                    touched.append((hook.id, touched_by(before, socket)))
            case Halt(Socket() as socket) as verdict if _may_reply(stage, verdict.reply):
                ran.append((hook.id, socket is not before))
                if socket is not before:
                    current(f"hook {hook.id!r} on {stage}", before, socket)
                    touched.append((hook.id, touched_by(before, socket)))
                if verdict.reply is not UNSET:
                    socket = socket.with_reply(verdict.reply)
                return Verdict(socket, True, tuple(ran), tuple(touched))
            case other:
                raise BadReturn(f"hook {hook.id!r} on {stage}", _permitted(stage), other, _cure(other, stage))
    return Verdict(socket, False, tuple(ran), tuple(touched))


def run_after_render(socket: Socket, ran: list[tuple[str, Any, bool]] | None = None) -> Socket:
    """Run the after_render hooks, streams' own among them; each returns a bare socket.

    *ran* takes `("after_render", id, whether it changed the socket)` of each; streams' own are no one's hooks, and not in it.
    """  # HK-14, HK-22, ST-18
    for hook in socket._standing.hooks.get("after_render", ()):
        result = hook.fn(socket)
        if not isinstance(result, Socket):
            cure = "return the socket itself, without Cont" if isinstance(result, Cont) else "return the socket"
            raise BadReturn(f"hook {hook.id!r} on after_render", ["the socket"], result, cure)
        if result is not socket:
            current(f"hook {hook.id!r} on after_render", socket, result)
        if ran is not None and type(hook.fn) is not Prune:
            ran.append(("after_render", hook.id, result is not socket))
        socket = result
    return socket


def run_on_mount(
    socket: Socket, hooks: Iterable[Callable[..., Any]], params: Any, session: Mapping[str, Any], view: str
) -> Verdict:
    """Run on_mount hooks with `(params, session, socket)`; halted means that `mount` is not called."""  # HK-1…9
    ran: list[tuple[Any, bool]] = []
    for hook in hooks:
        name = hook_name(hook)
        before = socket
        match hook(params, session, socket):
            case Cont(Socket() as socket, temporary_assigns=temporary, layout=layout):
                current(f"the on_mount hook {name} of {view}", before, socket)
                if socket.redirected is not None:  # HK-4
                    raise NavigationError(
                        f"the on_mount hook {name} of {view} attempted to redirect without halting",
                        expected="Halt(socket) with a redirect, or Cont(socket) without one",
                        got=f"Cont with {socket.redirected.describe()}",
                        cure="return Halt(socket.redirect(…))",
                    )
                socket = mount_options(f"the on_mount hook {name} of {view}", socket, temporary, layout)
                ran.append((name, socket is not before))
            case Halt(Socket() as socket, reply) if reply is UNSET:
                current(f"the on_mount hook {name} of {view}", before, socket)
                if socket.redirected is None:  # HK-6
                    raise NavigationError(
                        f"the on_mount hook {name} of {view} attempted to halt without redirecting",
                        expected="Halt(socket) with a redirect: a view that is not mounted has nothing to show",
                        got="Halt with no redirect",
                        cure="return Halt(socket.redirect('/login')), or Cont(socket)",
                    )
                check_mount_redirect(socket, f"the on_mount hook {name} of {view}")
                return Verdict(socket, True, (*ran, (name, socket is not before)))
            case other:
                permitted = ["Cont(socket)", "Cont(socket, temporary_assigns={…}, layout=…)", "Halt(socket)"]
                raise BadReturn(f"the on_mount hook {name} of {view}", permitted, other, _cure(other, "on_mount"))
    return Verdict(socket, False, tuple(ran))


def mount_options(where: str, socket: Socket, temporary: Any, layout: Any) -> Socket:
    """With the options of `Ok(…)` or of an on_mount hook's `Cont(…)`."""  # LC-31…33
    if temporary is not None:
        if not isinstance(temporary, Mapping) or not all(isinstance(name, str) for name in temporary):  # pyright: ignore[reportUnknownVariableType]
            raise BadOption(
                f"the option temporary_assigns of {where} is wrong",
                expected="a mapping from assigns to their values after each render",
                got=shown(temporary),  # pyright: ignore[reportUnknownArgumentType]
                cure="temporary_assigns={'messages': []}",
            )
        socket = socket.with_temporary(temporary)  # pyright: ignore[reportUnknownArgumentType]
    if layout is UNSET:
        return socket
    if layout is not False and not callable(layout):
        raise BadOption(
            f"the option layout of {where} is wrong",
            expected="a template (heex(…) with {@inner_content}), or False for none",
            got=shown(layout),
        )
    return socket.with_layout(layout)


def check_mount_redirect(socket: Socket, where: str) -> None:
    """A patch needs a mounted view."""  # LC-24, HK-9
    redirected = socket.redirected
    if redirected is not None and redirected.kind == "patch":
        raise NotMounted(
            f"{where} attempted to live patch while mounting",
            expected="push_navigate or redirect",
            got=redirected.describe(),
            cure="a view cannot be patched before it is mounted: do it in handle_params, or socket.push_navigate(…)",
        )


def hook_name(hook: Any) -> str:
    """How an on_mount hook is called in messages."""
    return (
        getattr(hook, "__qualname__", None) or getattr(getattr(hook, "func", None), "__qualname__", None) or shown(hook)
    )


def _may_reply(stage: str, reply: Any) -> bool:
    return reply is UNSET or (stage == "handle_event" and isinstance(reply, Mapping))


def _permitted(stage: str) -> list[str]:
    shapes = ["Cont(socket)", "Halt(socket)"]
    return [*shapes, "Halt(socket, reply={…})"] if stage == "handle_event" else shapes


def _cure(value: Any, stage: str) -> str:
    match value:
        case None:
            return "the function ended without a return: end it with `return Cont(socket)`"
        case Socket():
            return "wrap it: Cont(socket) lets the message go on, Halt(socket) stops it here"
        case Cont(Socket()):
            return "options of Cont are for on_mount hooks only"
        case Halt(Socket()) if stage == "handle_event":
            return "a reply is a mapping: Halt(socket, reply={'value': …})"
        case Halt(Socket()):
            return "only handle_event hooks may reply"
        case Cont() | Halt():
            return "put the socket into it: Cont(socket)"
        case _:
            return "end the function with `return Cont(socket)`"
