"""Async work of a socket: starting it, calling it off, and taking in what it brought.

Law: a result counts only while its reference is the one registered under its name; a newer task of the same name
makes an older one's result void. Nothing runs here: `StartAsync` is an effect, and who runs it sends the process an
`AsyncDone` with `AsyncOk(fn())`, or with `AsyncExit` of what it raised.
"""  # AY-15, AY-14

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from types import CellType, FrameType, FunctionType, MethodType
from typing import Any, Self, TypeVar, cast

from attrs import evolve

from liveview_core.errors import AsyncMissing, BadOption, expect_hashable, expect_name, shown
from liveview_core.protocol.async_result import AsyncExit, AsyncOk, AsyncResult, outcome
from liveview_core.protocol.effects import CancelAsync, Dropped, StartAsync, Task, TaskKind
from liveview_core.socket.messages import MessageMethods
from liveview_core.socket.parts import SocketParts
from liveview_core.socket.streams import StreamMethods

__all__ = ["TaskMethods", "TaskWarning", "apply_async", "assign_async", "cancelled", "started", "take_task"]

S = TypeVar("S", bound="TaskMethods")


class TaskMethods(StreamMethods, MessageMethods):
    """The part of `Socket` that is about async work."""

    __slots__ = ()

    def assign_async(
        self, keys: str | list[str] | tuple[str, ...], fn: Callable[[], Any], *, reset: bool | Iterable[str] = False
    ) -> Self:
        """Run *fn* as a task; the mapping that it returns fills the *keys*, which are AsyncResults meanwhile.

        `reset`, for all keys or for some, shows the loading state again instead of the last result.
        """  # AY-3…11
        return assign_async(self, keys, fn, reset)

    def start_async(self, name: Hashable, fn: Callable[[], Any]) -> Self:
        """Run *fn* as a task; `handle_async(name, AsyncOk | AsyncExit, socket)` gets the result."""  # AY-12…15
        return started(self, name, "start", (), fn)

    def cancel_async(
        self, name_or_result: Hashable | list[str] | AsyncResult, reason: Any = ("shutdown", "cancel")
    ) -> Self:
        """Stop a task by its name (for `assign_async` the list of its keys), or by its AsyncResult."""  # AY-19…22
        return cancelled(self, name_or_result, reason)

    def stream_async(self, name: str, fn: Callable[[], Any], *, reset: bool = False) -> Self:
        """Run *fn* as a task and stream the items that it returns; `@name` is an AsyncResult meanwhile.

        With `(items, {"at": 0, "reset": True})` they are streamed with these options of `stream`.
        """  # AY-23
        current = self._assigns.get(expect_name(name, "the name of a stream"))
        if not isinstance(reset, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "the option reset of stream_async is wrong",
                expected="True or False: whether @name is loading again",
                got=shown(reset),
                cure="options of the stream are returned with the items: (items, {'reset': True})",
            )
        keep = isinstance(current, AsyncResult) and current.ok and not reset
        socket = self.assign({name: current.to_loading() if keep else AsyncResult(loading=True)})  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
        if name not in (self._assigns.get("streams") or ()):
            socket = socket.stream(name, [])
        return started(socket, name, "stream", (name,), fn)


def started(socket: S, name: Hashable, kind: TaskKind, keys: tuple[str, ...], fn: Any) -> S:
    """With a task asked for and registered; in a disconnected mount it is dropped."""  # AY-5, AY-12
    function = {"start": "start_async", "assign": "assign_async", "stream": "stream_async"}[kind]
    if not callable(fn) or _wants(fn):
        raise BadOption(
            f"{function}({_label(name)}, …) takes a function without arguments",
            expected="a function, called later",
            got=shown(fn),
            cure=f"socket.{function}({_label(name)}, lambda: …)",
        )
    expect_hashable(name, f"the name of {function}")
    if _holds_socket(fn):
        _warn_of_socket(f"{function}({_label(name)}, …)")
    standing, cid = socket._standing, socket._facts.cid
    number = str(standing.started)
    task = Task(name, number if cid is None else f"{cid}-{number}", kind, keys, cid)
    start = StartAsync(task, fn)
    if not socket._facts.connected:
        return socket.effect(Dropped(start))
    registered = evolve(standing, tasks={**standing.tasks, name: task}, started=standing.started + 1)
    return socket._with_standing(registered).effect(start)


def _wants(fn: Any) -> bool:
    """Whether a plain function asks for an argument: it gets none."""
    plain = fn.__func__ if isinstance(fn, MethodType) else fn
    if not isinstance(plain, FunctionType):
        return False
    code = plain.__code__
    needed = code.co_argcount - len(plain.__defaults__ or ()) - (plain is not fn)
    return needed > 0 or code.co_kwonlyargcount > len(plain.__kwdefaults__ or ())


class TaskWarning(UserWarning):
    """The function of a task holds a socket: the one that there was when it started, with all that is in it."""


def _holds_socket(fn: object, deep: int = 3) -> bool:
    """Whether a function carries a socket along: in a variable around it, in a default, or as the object that it is a method of."""
    if isinstance(fn, SocketParts):
        return True
    if not deep:
        return False
    if isinstance(fn, partial):
        held: list[Any] = [fn.func, *fn.args, *fn.keywords.values()]
    elif isinstance(fn, MethodType):
        held = [fn.__self__, fn.__func__]
    elif isinstance(fn, FunctionType):
        cells = [cell.cell_contents for cell in fn.__closure__ or () if not _is_empty(cell)]
        held = [*cells, *(fn.__defaults__ or ()), *(fn.__kwdefaults__ or {}).values()]
    else:
        return False
    return any(_holds_socket(each, deep - 1) for each in held)


def _is_empty(cell: CellType) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:  # a variable that has no value yet
        return True
    return False


def _warn_of_socket(call: str) -> None:
    """At the line of whoever asked for the task."""
    frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    level = 2
    while frame is not None and frame.f_globals.get("__name__", "").startswith("liveview_core."):
        frame, level = frame.f_back, level + 1
    warnings.warn(
        f"the function of {call} holds the socket: it would see it as it is now, and keep all of it until it ends\n"
        "  expected: a function that takes along the values it needs\n"
        "  cure: read them first: user_id = socket.assigns.user_id, then lambda: fetch(user_id)",
        TaskWarning,
        stacklevel=level,
    )


def assign_async(
    socket: S, keys: str | list[str] | tuple[str, ...], fn: Callable[[], Any], reset: bool | Iterable[str]
) -> S:
    """`Socket.assign_async`."""  # AY-3…6
    names = (keys,) if isinstance(keys, str) else tuple(keys) if isinstance(keys, (list, tuple)) else ()  # pyright: ignore[reportUnnecessaryIsInstance]
    if not names or not all(isinstance(name, str) for name in names):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("assign_async takes a key or a list of keys", expected="a str, or strs", got=shown(keys))
    resets: Any = (reset,) if isinstance(reset, str) else reset  # a name is iterable too
    again: Any = names if resets is True else tuple(resets) if isinstance(resets, Iterable) else ()  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if not all(each in names for each in again) or not isinstance(resets, (bool, Iterable)):
        raise BadOption(
            "the option reset of assign_async names keys that are not assigned",
            expected=f"True, False, or some of {', '.join(names)}",
            got=shown(reset),
        )
    states: dict[str, AsyncResult] = {}
    for name in names:
        current = socket._assigns.get(name)
        keep = isinstance(current, AsyncResult) and current.ok and name not in again
        # All keys, also for a single one: it is what cancel_async finds the task by (AY-4, AY-21).
        states[name] = current.to_loading(names) if keep else AsyncResult(loading=names)  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    return started(socket.assign(states), names, "assign", names, fn)


def cancelled(socket: S, target: Any, reason: Any) -> S:
    """`Socket.cancel_async`."""  # AY-19…22
    name: Any = target
    if isinstance(target, AsyncResult):
        if type(target.loading) is not tuple:
            return socket
        keys = cast("tuple[str, ...]", target.loading)  # pyright: ignore[reportUnknownMemberType]
        name = keys
        socket = socket.assign({key: target.to_failed(AsyncExit(reason)) for key in keys})
    elif isinstance(target, list):
        name = tuple(target)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    expect_hashable(name, "the name of cancel_async")
    task = socket._standing.tasks.get(name)
    return socket if task is None else socket.effect(CancelAsync(task, reason))


def take_task(socket: S, ref: str) -> tuple[S, Task] | None:
    """The task of that reference, and the socket without it; None where the result is void."""  # AY-14, AY-15
    standing = socket._standing
    for name, task in standing.tasks.items():
        if task.ref == ref:
            left = {key: each for key, each in standing.tasks.items() if key != name}
            return socket._with_standing(evolve(standing, tasks=left)), task
    return None


def apply_async(socket: S, task: Task, result: AsyncOk | AsyncExit) -> S:
    """With the result of an `assign` or `stream` task in its assigns; `start` is `handle_async`'s.

    What the function returned is checked here, as part of the task: a wrong value is a failure of the task, not of the view.
    """  # AY-7…11, AY-25
    if isinstance(result, AsyncOk):
        result = outcome(task, result.value)
    if isinstance(result, AsyncExit):
        return socket.assign({key: _current(socket, key).to_failed(result) for key in task.keys})
    if task.kind == "assign":
        values: dict[str, Any] = result.value
        return socket.assign({key: _current(socket, key).to_ok(value) for key, value in values.items()})
    items = result.value
    done = socket.assign({task.name: _current(socket, task.name).to_ok(True)})
    return done.stream(task.name, items.items, **items.options)


def _current(socket: TaskMethods, key: str) -> AsyncResult:
    if key not in socket._assigns:
        raise AsyncMissing(
            f"an async result came for {key!r}, which is not assigned",
            expected=f"an assign {key!r}, as assign_async and stream_async make one",
            got=f"the assigns are: {', '.join(socket._assigns) or 'none at all'}",
            cure="return only the keys that you named, or assign the others in mount",
        )
    current = socket._assigns[key]
    return current if isinstance(current, AsyncResult) else AsyncResult()


def _label(name: Any) -> str:
    return shown(name[0] if isinstance(name, tuple) and len(name) == 1 else name)  # pyright: ignore[reportUnknownArgumentType]
