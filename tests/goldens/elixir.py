"""What the recorded views say in Elixir and Python cannot: atoms, `inspect`, and a few functions of Elixir's library.

Only the goldens' views use this. Tuples are tuples, lists are lists, maps are dicts, `nil` is None. An atom is an `Atom`,
a string that `inspect` prints without quotes; where nothing prints it, the views use plain strings. The law: `inspect(x)` is
the text that Elixir's `inspect/1` gives for the same term (one line, small maps in the order of their keys).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from liveview_core.protocol.async_result import AsyncExit


class Atom(str):
    """An Elixir atom: equal to the string of its name, but printed as `:name` by `inspect`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Atom({str(self)!r})"


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_@]*[?!]?\Z")
_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\x00": "\\0",
    "\x1b": "\\e",
    "\x7f": "\\d",
}


def _string(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c, c) for c in text).replace("#{", "\\#{") + '"'


def _atom(name: str) -> str:
    return name if _PLAIN.match(name) else _string(name)


def _key(key: object) -> tuple[int, Any]:
    """Erlang's term order, as far as map keys here need it: numbers, atoms, strings."""
    if isinstance(key, Atom):
        return (1, str(key))
    if isinstance(key, str):
        return (2, key.encode())
    return (0, key)


def inspect(term: object) -> str:
    """The text of `inspect/1`.

    >>> inspect({"b": [1, None], "a": (Atom("ok"), "x")})
    '%{"a" => {:ok, "x"}, "b" => [1, nil]}'
    """
    if term is None:
        return "nil"
    if term is True or term is False:
        return "true" if term else "false"
    if isinstance(term, Atom):
        return ":" + _atom(term)
    if isinstance(term, str):
        return _string(term)
    if isinstance(term, (int, float)):
        return repr(term)
    if isinstance(term, (AsyncExit, BaseException)):
        return inspect(reason(term))
    if isinstance(term, list):
        return "[" + ", ".join(map(inspect, term)) + "]"
    if isinstance(term, tuple):
        return "{" + ", ".join(map(inspect, term)) + "}"
    if isinstance(term, dict):
        keys = sorted(term, key=_key)
        if keys and all(isinstance(k, Atom) for k in keys):
            return "%{" + ", ".join(f"{_atom(k)}: {inspect(term[k])}" for k in keys) + "}"
        return "%{" + ", ".join(f"{inspect(k)} => {inspect(term[k])}" for k in keys) + "}"
    raise TypeError(f"elixir.inspect cannot print {type(term).__name__}: {term!r}")


class Exit(Exception):
    """`exit(reason)` in a task."""

    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self.reason = reason


class ErrorTuple(Exception):
    """`{:error, reason}` as the result of a task: in Python a task raises instead of returning it."""

    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self.reason = reason


def slow(work: Callable[[], Any]) -> Callable[[], Any]:
    """A task that slept when it was recorded (`Process.sleep`): its result came after the step, not within it."""

    def sleeping() -> Any:
        return work()

    return sleeping


def sleeps(work: Callable[[], Any]) -> bool:
    return work.__qualname__.startswith("slow.")


def exit(reason: str) -> Any:
    """`exit(:reason)`."""
    raise Exit(Atom(reason))


def error(reason: object) -> Any:
    """The result `{:error, reason}` of a task."""
    raise ErrorTuple(reason)


def reason(value: object) -> object:
    """The Elixir term for what a failed task left: `{:exit, reason}`, `{:error, reason}`, an exit's reason, or the value."""
    if isinstance(value, AsyncExit):
        inside = reason(value.reason)
        return inside if isinstance(value.reason, ErrorTuple) else (Atom("exit"), inside)
    if isinstance(value, Exit):
        return value.reason
    if isinstance(value, ErrorTuple):
        return (Atom("error"), value.reason)
    return value


def message(term: list[Any]) -> object:
    """The message of a recorded `info` step: `["tick"]` is `:tick`, `["stop", "v"]` is `{:stop, "v"}`."""
    head, *rest = term
    return (Atom(head), *rest) if rest else Atom(head)


def assign_all(socket: Any, params: dict[str, Any]) -> Any:
    """The `Enum.reduce(params, socket, …assign(String.to_existing_atom(k), v))` of many recorded views."""
    for key, value in params.items():
        if key != "value":
            socket = socket.assign({key: value})
    return socket
