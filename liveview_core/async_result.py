"""`AsyncResult`: the state of a value that is being fetched, and what a task that ended is called.

Law: `ok` and `result` of an earlier success survive later loading and failing (AY-11), so that a page keeps showing the old
value. Every operation gives a new value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, frozen

from liveview_core.errors import LiveViewError, shown

__all__ = ["AsyncExit", "AsyncOk", "AsyncResult", "BadAsyncReturn", "StreamItems", "checked_assigns", "checked_items"]


@frozen
class AsyncOk:
    """A task that returned *value* (AY-13)."""

    value: Any


@frozen
class AsyncExit:
    """A task that raised *reason*, or was cancelled for *reason* (AY-10, AY-20); its text is the reason's."""

    reason: Any

    def __str__(self) -> str:
        return str(self.reason)


class BadAsyncReturn(LiveViewError, TypeError):
    """What the function of `assign_async` or `stream_async` returned cannot be used (AY-7, AY-24)."""


@frozen
class AsyncResult:
    """The state of an async assign (AY-1): `ok` once there was a result, `loading`, `failed`, `result`.

    >>> AsyncResult.start().succeed(3).fail("down")
    AsyncResult(ok=True, loading=None, failed='down', result=3)
    """

    ok: bool = False
    loading: Any = None
    failed: Any = None
    result: Any = None

    @classmethod
    def start(cls, loading: Any = True) -> AsyncResult:
        """A fresh result in its loading state (AY-2)."""
        return cls(loading=loading)

    def load(self, loading: Any = True) -> AsyncResult:
        """This result, loading again: an earlier value stays, an earlier failure goes."""
        return evolve(self, loading=loading, failed=None)

    def succeed(self, value: Any) -> AsyncResult:
        """This result with a value."""
        return evolve(self, ok=True, loading=None, failed=None, result=value)

    def fail(self, reason: Any) -> AsyncResult:
        """This result, failed: an earlier value stays."""
        return evolve(self, loading=None, failed=reason)


@frozen
class StreamItems:
    """What the function of `stream_async` found: the items, and how to stream them (AY-24)."""

    items: list[Any]
    options: dict[str, Any]


def checked_assigns(value: Any, keys: Iterable[str]) -> dict[str, Any]:
    """The mapping that the function of `assign_async` returned, if it holds all *keys* (AY-7)."""
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


def checked_items(value: Any, name: str) -> StreamItems:
    """The items that the function of `stream_async` returned: an iterable, or a pair of one and stream options (AY-24)."""
    options: dict[str, Any] = {}
    match value:
        case (items, dict(given)) if given.keys() <= {"at", "reset", "limit"}:  # pyright: ignore[reportUnknownMemberType]
            value, options = items, given  # pyright: ignore[reportUnknownVariableType]
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
