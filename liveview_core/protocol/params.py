"""Params: what a query string, a form body or a field name says, as nested dicts and lists.

Law: `decode` gives what Plug's decoder gives for the same text: `a[b]=1` nests, `a[]=1` collects, the last one wins. A `Field`
name and a `_target` are read by the same rules.
"""  # CB-9

from __future__ import annotations

import re
from typing import Any, TypeAlias

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.patterns import late_pattern

__all__ = ["BadQuery", "Params", "decode", "decode_form", "target_path"]

Params: TypeAlias = dict[str, Any]

_BAD_PERCENT = late_pattern(r"%(?![0-9A-Fa-f]{2})")
_QUOTED = late_pattern(r"(?:%[0-9A-Fa-f]{2})+")


DEPTH = 100
"""How deep the brackets of a name may nest: a name of 10,000 would cost a hundred megabytes."""


class BadQuery(LiveViewError, ValueError):
    """Text that is not URL-encoded, or a name that nests too deep."""


class _Nested:
    """Stands for the entries of a level until all pairs are read."""

    __slots__ = ("level",)

    def __init__(self, level: str) -> None:
        self.level = level


def unquoted(text: str, plus: bool = True) -> str:
    """URL-decoded text; a stray `%` or bytes that are not UTF-8 are an error."""
    if plus:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    if _BAD_PERCENT.search(text):
        raise BadQuery("a '%' in a URL is not followed by two hex digits", got=shown(text), cure="write %25 for a '%'")
    try:
        # A run at once: urllib goes byte by byte, and a long text that is not ASCII costs 40 times as much.
        return _QUOTED.sub(_bytes_as_text, text)
    except UnicodeDecodeError:
        raise BadQuery("the bytes of a URL are not UTF-8", got=shown(text)) from None


def _bytes_as_text(run: re.Match[str]) -> str:
    return bytes.fromhex(run[0].replace("%", "")).decode()


def decode(query: str) -> Params:
    """The params of a query string or of a form's body.

    >>> decode("a=1&b[c]=2&l[]=3&l[]=4&flag")
    {'a': '1', 'b': {'c': '2'}, 'l': ['3', '4'], 'flag': ''}
    """
    levels: dict[str, list[tuple[str | None, Any]]] = {"": []}
    for pair in query.split("&"):
        if pair:
            key, _, value = pair.partition("=")
            _insert(levels, unquoted(key), unquoted(value))
    return _mapping(levels, levels[""])


def _insert(levels: dict[str, list[tuple[str | None, Any]]], key: str, value: Any) -> None:
    # A level is the text of the key so far; "x[]" is one level however often it comes, so `x[][a]=1&x[][b]=2` is one item.
    steps: list[tuple[str, str | None]] = [("", key)]
    opening = key.find("[")
    if opening >= 0 and key.endswith("]"):
        steps = [("", key[:opening])]
        level = "." + key[:opening]  # "." tells the level of an empty name from the root
        if key.count("][", opening) >= DEPTH:
            raise BadQuery(
                "the name of a param nests too deep",
                expected=f"at most {DEPTH} pairs of brackets",
                got=shown(key),
                cure="send what is nested deeper as JSON text",
            )
        for part in key[opening + 1 : -1].split("]["):
            steps.append((level, part or None))
            level += f"[{part}]"
    for level, name in reversed(steps):
        entries = levels.get(level)
        if entries is not None:
            entries.append((name, value))
            return
        levels[level] = [(name, value)]
        value = _Nested(level)


def _mapping(levels: dict[str, list[tuple[str | None, Any]]], entries: list[tuple[str | None, Any]]) -> Params:
    return {name: _value(levels, value) for name, value in entries if name is not None}


def _value(levels: dict[str, list[tuple[str | None, Any]]], value: Any) -> Any:
    if not isinstance(value, _Nested):
        return value
    entries = levels[value.level]
    if entries[-1][0] is None:  # the last entry decides what it is; entries of the other kind are lost
        return [_value(levels, each) for name, each in entries if name is None]
    return _mapping(levels, entries)


def target_path(name: str) -> list[str]:
    """The keys that lead to a field: "user[name]" is ["user", "name"], a trailing "[]" adds nothing, no name has none.

    >>> target_path("user[tags][]"), target_path("q")
    (['user', 'tags'], ['q'])
    """  # CB-9
    opening = name.find("[")
    if opening < 0 or not name.endswith("]"):
        return [name] if name else []
    return [name[:opening], *(part for part in name[opening + 1 : -1].split("][") if part)]


def decode_form(body: str, meta: dict[str, Any] | None = None) -> Params:
    """The params of a form event: its body, *meta* merged over it, a text `_target` as a list of keys.

    >>> decode_form("user[name]=ann&_target=user%5Bname%5D")
    {'user': {'name': 'ann'}, '_target': ['user', 'name']}
    """  # CB-9
    params = {**decode(body), **(meta or {})}
    target = params.get("_target")
    if isinstance(target, str):
        params["_target"] = target_path(target)
    return params
