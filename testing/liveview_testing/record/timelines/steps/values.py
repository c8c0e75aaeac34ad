"""Values as a timeline shows them: short, the same in every run, and never the reason why there is no report.

Owns `brief`, a value in at most so many characters, and `changes`, where two versions of a value differ. Laws: what is the same
object is not looked into; nothing of the author's decides whether two values differ, and a `repr` that raises is told as what it
raised; sets are in order of their text, and no address is shown.
"""  # looking 2.2

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count, islice
from operator import is_not
from typing import Any, TypeAlias

from liveview_core.values.patterns import late_pattern

__all__ = ["GONE", "PLACES", "Change", "Secret", "brief", "changes"]

WIDTH = 200
"""Characters of a value that are shown."""

ITEMS = 8
"""Items of a container that are shown."""

MANY = 100
"""Of a larger set only the size is shown: its order is that of its texts."""

DEEP = 4
"""Containers in one another that are shown."""

DEEPEST = 20
"""Containers in one another that are looked into for what changed."""

PLACES = 8
"""Places of a value whose changes are told."""

_ADDRESS = late_pattern(r" at 0x[0-9a-fA-F]+")

Change: TypeAlias = "tuple[str, str | None, str | None]"
"""A place, and what is shown of it before and after; None where nothing was."""


class _Gone:
    """Stands for what is not there."""


GONE = _Gone()


class Secret:
    """Says which names hold secrets; nothing does by default."""

    def named(self, name: str) -> bool:
        """Whether what has that name is not to be shown."""
        return False

    def keep(self, value: object) -> str:
        """What is shown of a secret, which is remembered so that it is nowhere shown."""
        return repr(value)


_OPEN = Secret()


_kind: Callable[[object], Any] = type  # the exact type, and nothing for a checker to narrow


def brief(value: Any, secret: Secret = _OPEN, width: int = WIDTH) -> str:
    """A value as text, cut where it grows long; a text says how long it is."""
    try:
        text = _spelled(value, secret, DEEP)
    except Exception as error:
        text = f"<{type(value).__name__}: its repr raised {type(error).__name__}>"
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _spelled(value: Any, secret: Secret, deep: int) -> str:
    kind = _kind(value)
    whole = value  # not narrowed, so that its parts stay `Any`
    if kind is str or kind is bytes:
        if len(value) <= WIDTH:
            return repr(value)
        return f"{value[: WIDTH // 2]!r}… ({len(value)} {'characters' if kind is str else 'bytes'})"
    if value is None or kind in (int, float, bool):
        return repr(value)
    if isinstance(value, type):
        return value.__qualname__
    if deep == 0:
        return "…"
    if isinstance(value, Mapping):
        return _mapping(whole, secret, deep)
    if isinstance(value, AbstractSet):
        if len(value) > MANY:  # pyright: ignore[reportUnknownArgumentType]
            return f"<{kind.__qualname__} of {len(value)}>"  # pyright: ignore[reportUnknownArgumentType]
        every = sorted(_spelled(each, secret, deep - 1) for each in whole)
        return _joined("{", every[:ITEMS], len(every), "}") if every else "set()"
    if kind is list or (isinstance(value, tuple) and not hasattr(kind, "_fields")):
        shown = [_spelled(each, secret, deep - 1) for each in islice(whole, ITEMS)]
        return _joined("[" if kind is list else "(", shown, len(whole), "]" if kind is list else ")")
    names = fields(whole)
    if names:
        shown = [f"{name}={_held(name, getattr(whole, name, GONE), secret, deep)}" for name in names[:ITEMS]]
        return f"{kind.__qualname__}{_joined('(', shown, len(names), ')')}"
    return _ADDRESS.sub("", repr(whole))


def _mapping(value: Mapping[Any, Any], secret: Secret, deep: int) -> str:
    shown = [
        f"{_spelled(key, secret, deep - 1)}: {_held(key, each, secret, deep)}"
        for key, each in islice(value.items(), ITEMS)
    ]
    return _joined("{", shown, len(value), "}")


def _held(name: object, value: Any, secret: Secret, deep: int) -> str:
    if isinstance(name, str) and secret.named(name):
        return secret.keep(value)
    return _spelled(value, secret, deep - 1)


def _joined(start: str, shown: list[str], count: int, end: str) -> str:
    more = [f"… {count - len(shown)} more"] if count > len(shown) else []
    return f"{start}{', '.join(shown + more)}{end}"


def fields(value: object) -> tuple[str, ...]:
    """The names of what a value of attrs, a dataclass or a named tuple holds."""
    kind = type(value)
    for source in ("__attrs_attrs__", "__dataclass_fields__"):
        found: Any = getattr(kind, source, None)
        if found is not None:
            every: Any = found.values() if hasattr(found, "values") else found
            return tuple(str(each.name) for each in every if getattr(each, "repr", True))
    named: tuple[str, ...] = getattr(kind, "_fields", ())
    return named if isinstance(value, tuple) else ()


# --- differences ------------------------------------------------------------------------------------------------------------


def changes(before: Mapping[str, Any], after: Mapping[str, Any], secret: Secret = _OPEN) -> list[Change]:
    """Where the assigns differ, up to so many places of each."""
    found: list[Change] = []
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name, GONE), after.get(name, GONE)
        if old is not new:
            found.extend(_of(name, old, new, secret))
    return found


def _of(name: str, old: Any, new: Any, secret: Secret) -> list[Change]:
    if secret.named(name):
        return [(name, None if old is GONE else secret.keep(old), None if new is GONE else secret.keep(new))]
    places: list[Change] = []
    todo: list[tuple[str, str, Any, Any, int]] = [(name, "", old, new, 0)]
    while todo and len(places) < PLACES:
        place, step, was, now, deep = todo.pop()
        hidden = secret.named(step.strip(".[]'\""))
        inside = None if hidden or deep > DEEPEST else _pairs(was, now)
        if inside is None:
            one, two = (
                None if each is GONE else secret.keep(each) if hidden else brief(each, secret) for each in (was, now)
            )
            if one != two or "…" in (one or ""):
                places.append((place, one, two))
        else:
            every = list(islice(inside, PLACES + 1))
            todo.extend((f"{place}{step}", step, one, two, deep + 1) for step, one, two in reversed(every))
    if todo:
        places.append((name, None, f"… more of {name} changed"))
    return places


def _pairs(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]] | None:
    """The parts of two values that differ, if they are of one kind that has parts."""
    kind = _kind(new)
    one, two = old, new  # not narrowed
    if type(old) is not kind or kind in (str, bytes, int, float, bool, type(None)):
        return None
    try:
        if isinstance(new, Mapping):
            return _of_mappings(one, two)
        names = fields(new)
        if names:
            pairs = [(f".{name}", getattr(old, name, GONE), getattr(new, name, GONE)) for name in names]
            return iter([pair for pair in pairs if pair[1] is not pair[2]])
        if kind is list or kind is tuple:
            return _of_sequences(old, new)
    except Exception:  # of the author's: then the whole is told
        return None
    return None


def _of_sequences(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[str, Any, Any]]:
    for at in compress(count(), map(is_not, old, new)):
        yield f"[{at}]", old[at], new[at]
    for at in range(min(len(old), len(new)), max(len(old), len(new))):
        yield f"[{at}]", old[at] if at < len(old) else GONE, new[at] if at < len(new) else GONE


def _of_mappings(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in [*old, *(key for key in new if key not in old)]:
        one, two = old.get(key, GONE), new.get(key, GONE)
        if one is not two:
            yield f"[{key!r}]", one, two
