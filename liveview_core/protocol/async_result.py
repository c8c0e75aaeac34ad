"""`AsyncResult`: the state of a value that is being fetched, and what a task that ended is called.

Law: `ok` and `result` of an earlier success survive later loading and failing, so that a page keeps showing the old
value. Every operation gives a new value.
"""  # AY-11

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, overload

from attrs import evolve, field

from liveview_core.errors import BadOption, LiveViewError, nearest_names, shown
from liveview_core.protocol.effects import Task
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging

__all__ = ["AsyncExit", "AsyncOk", "AsyncResult", "BadAsyncReturn", "StreamItems", "outcome"]


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class AsyncOk:
    """A task that returned *value*."""  # AY-13

    value: Any


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class AsyncExit:
    """A task that raised *reason*, or was cancelled for *reason*; its text is the reason's."""  # AY-10, AY-20

    reason: Any

    def __str__(self) -> str:
        return str(self.reason)


class BadAsyncReturn(LiveViewError, TypeError):
    """What the function of `assign_async` or `stream_async` returned cannot be used."""  # AY-7, AY-24


class _State:
    """A name that is two things, as in Phoenix: `result.ok` is a field, `AsyncResult.ok(…)` makes a result."""

    def __init__(self, slot: str, make: Callable[..., AsyncResult]) -> None:
        self.slot = slot
        self.make = make

    @overload
    def __get__(self, instance: None, owner: type[AsyncResult]) -> Callable[..., AsyncResult]: ...
    @overload
    def __get__(self, instance: AsyncResult, owner: type[AsyncResult]) -> Any: ...
    def __get__(self, instance: AsyncResult | None, owner: type[AsyncResult]) -> Any:
        return self.make if instance is None else getattr(instance, self.slot)


@unchanging("result.to_ok(value), result.to_failed(reason) or result.to_loading() makes another")
@frozen(repr=False)
class AsyncResult:
    """The state of an async assign: `.ok` once there was a result, `.loading`, `.failed`, `.result`.

    On the class, the names of states make one, as in Phoenix: `AsyncResult.loading()`, `AsyncResult.loading(result)`,
    `AsyncResult.ok(value)`, `AsyncResult.ok(result, value)`, `AsyncResult.failed(result, reason)`.

    >>> AsyncResult.loading().to_ok(3).to_failed("down")
    AsyncResult(ok=True, loading=None, failed='down', result=3)
    """  # AY-1, AY-2

    _shown_by: ClassVar[str] = (
        "show what it has, `{@name.result}`, or take `<.async_result :let={value} assign={@name}>`"
    )

    _ok: bool = field(default=False, alias="ok")
    _loading: Any = field(default=None, alias="loading")
    _failed: Any = field(default=None, alias="failed")
    result: Any = None

    if TYPE_CHECKING:
        ok: ClassVar[_State]
        loading: ClassVar[_State]
        failed: ClassVar[_State]

    def to_loading(self, state: Any = True) -> AsyncResult:
        """This result, loading again: an earlier value stays, an earlier failure goes."""
        return evolve(self, loading=state, failed=None)

    def to_ok(self, value: Any) -> AsyncResult:
        """This result with a value."""
        return evolve(self, ok=True, loading=None, failed=None, result=value)

    def to_failed(self, reason: Any) -> AsyncResult:
        """This result, failed: an earlier value stays."""
        return evolve(self, loading=None, failed=reason)

    def __repr__(self) -> str:
        return (
            f"AsyncResult(ok={self._ok!r}, loading={self._loading!r}, failed={self._failed!r}, result={self.result!r})"
        )


_UNSET: Any = object()


def _loading(first: Any = True, state: Any = _UNSET) -> AsyncResult:
    if isinstance(first, AsyncResult):
        return first.to_loading(True if state is _UNSET else state)
    return AsyncResult(loading=first)


def _ok(first: Any, value: Any = _UNSET) -> AsyncResult:
    if value is _UNSET:
        return AsyncResult().to_ok(first)
    return _based(first, "ok").to_ok(value)


def _failed(first: Any, reason: Any) -> AsyncResult:
    return _based(first, "failed").to_failed(reason)


def _based(given: Any, name: str) -> AsyncResult:
    if not isinstance(given, AsyncResult):
        raise BadOption(
            f"AsyncResult.{name} with two arguments takes a result first", expected="an AsyncResult", got=shown(given)
        )
    return given


for _name, _make in (("ok", _ok), ("loading", _loading), ("failed", _failed)):
    setattr(AsyncResult, _name, _State("_" + _name, _make))


@frozen
class StreamItems:
    """What the function of `stream_async` found: the items, and how to stream them."""  # AY-24

    items: list[Any]
    options: dict[str, Any]


def _checked_assigns(value: Any, keys: Iterable[str]) -> dict[str, Any]:
    """The mapping that the function of `assign_async` returned, if it holds all *keys*."""  # AY-7
    wanted = list(keys)
    expected = f"a mapping with the keys {', '.join(map(repr, wanted))}"
    example = ", ".join(f"{key!r}: …" for key in wanted)
    if not isinstance(value, Mapping):
        raise BadAsyncReturn(
            f"the function of assign_async for {', '.join(wanted)} returned no mapping",
            expected=expected,
            got=shown(value),
            cure=f"return {{{example}}}; to fail, raise",
        )
    found: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
    missing = [key for key in wanted if key not in found]
    if missing:
        raise BadAsyncReturn(
            f"the function of assign_async for {', '.join(wanted)} did not return {', '.join(missing)}",
            expected=expected,
            got=f"the keys {', '.join(map(str, found)) or '(none)'}",
            cure=f"return {{{example}}}",
        )
    return found


_STREAM_OPTIONS = ("at", "reset", "limit", "update_only")


def _are_items(items: Any) -> bool:
    """Whether the first of a pair are the items: two rows that are dicts are a pair too, without options."""
    return isinstance(items, Iterable) and not isinstance(items, str | bytes | Mapping)


def _checked_items(value: Any, name: str) -> StreamItems:
    """The items that the function of `stream_async` returned: an iterable, or a pair of one and stream options."""  # AY-24
    options: dict[str, Any] = {}
    match value:
        case tuple((items, dict() as given)) if _are_items(items) or given.keys() & set(_STREAM_OPTIONS):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            value, options = items, given  # pyright: ignore[reportUnknownVariableType]
            if unknown := [each for each in options if each not in _STREAM_OPTIONS]:
                raise BadAsyncReturn(
                    f"the function of stream_async({name!r}) returned options that stream does not take",
                    expected=f"some of {', '.join(_STREAM_OPTIONS)}",
                    got=", ".join(map(shown, unknown)),
                    cure="return (items, {'at': …, 'reset': …}), or a list, if the dict is an item",
                    nearest=[near for each in unknown for near in nearest_names(each, _STREAM_OPTIONS)],
                )
        case _:
            pass
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise BadAsyncReturn(
            f"the function of stream_async({name!r}) returned no items",
            expected="an iterable of items, or (items, {'at': …, 'reset': …, 'limit': …})",
            got=shown(value),  # pyright: ignore[reportUnknownArgumentType]
            cure="return a list; to fail, raise",
        )
    return StreamItems(list(value), options)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def outcome(task: Task, value: Any) -> AsyncOk | AsyncExit:
    """What the view is told when the function of *task* returned *value*: a wrong one is a failure of the task."""  # AY-7
    try:
        if task.kind == "assign":
            return AsyncOk(_checked_assigns(value, task.keys))
        return AsyncOk(_checked_items(value, task.name))
    except Exception as error:  # also what iterating a lazy iterable raises: it is part of the work
        return AsyncExit(error)
