"""What differs between two states, or two pages as roles and names: the lines that pytest shows below a failed `==`.

Owns `explained`. Law: what is the same is left out, but for what stands around a difference; `+` is what the left side says,
`-` what the right one does, as in pytest's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, cast

from liveview_core.values.assigns import Assigns
from liveview_core.values.patterns import late_pattern
from liveview_testing.record.state_text import state_text, value_lines

_ITEM: Final = late_pattern(r"( *)- \S")


def explained(left: object, right: object) -> list[str] | None:
    """Why two assigns, or two aria snapshots, are not equal; None about anything else."""
    if isinstance(left, Assigns) or isinstance(right, Assigns):
        return _assigns(left, right)
    if isinstance(left, str) and isinstance(right, str) and _is_outline(left) and _is_outline(right):
        mine, theirs = left.strip("\n").splitlines(), right.strip("\n").splitlines()
        return ["the pages are not the same", *_changes(mine, theirs)]
    return None


def _assigns(left: object, right: object) -> list[str] | None:
    if isinstance(left, Assigns) and isinstance(right, Assigns):
        return ["the assigns are not the same", *_changes(_lines(left), _lines(right))]
    for assigns, other in ((left, right), (right, left)):
        if isinstance(assigns, Assigns) and isinstance(other, Mapping):
            there = dict(cast("Mapping[str, Any]", other))
            some = Assigns({name: value for name, value in assigns if name in there})
            mine, theirs = _lines(some), _lines(Assigns(there))
            changes = _changes(mine, theirs) if assigns is left else _changes(theirs, mine)
            cure = "  cure: compare the one that is meant, `view.assigns.count == 1`, or all of them: dict(view.assigns) == {…}"
            return ["assigns are never equal to a mapping", cure, *changes]
    return None


def _lines(assigns: Assigns) -> list[str]:
    return [line for name, value in sorted(assigns, key=lambda pair: pair[0]) for line in _named(name, value)]


def _named(name: str, value: Any) -> list[str]:
    first, *rest = value_lines(value) if name != "streams" else state_text(Assigns({name: value})).splitlines() or [""]
    return [first if name == "streams" else f"{name}: {first}", *rest]


def _is_outline(text: str) -> bool:
    """Whether it is what `aria_snapshot` gives."""
    lines = text.strip("\n").splitlines()
    return bool(lines) and lines[0].startswith("- ") and all(_ITEM.match(line) for line in lines)


def _changes(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """The lines that differ, below those that they belong to."""
    told: set[int] = set()
    last = 0
    for what, start, end, other, until in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        around = [at for at in _around(mine, other) if at not in told]
        if last and other > last:
            yield "  …"
        yield from (f"  {mine[at]}" for at in around)
        told.update(around, range(other, until))
        yield from (f"- {line}" for line in theirs[start:end])
        yield from (f"+ {line}" for line in mine[other:until])
        last = until


def _around(lines: Sequence[str], at: int) -> list[int]:
    """The lines above that this one is inside of, outermost first."""
    found: list[int] = []
    depth = _depth(lines[at]) if at < len(lines) else _depth(lines[-1]) if lines else 0
    for number in range(min(at, len(lines)) - 1, -1, -1):
        if _depth(lines[number]) < depth:
            depth = _depth(lines[number])
            found.append(number)
    return found[::-1]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
