"""The state of a generated page, and what happens to it: values made by choices, and new values made from old ones.

Law: everything comes from one source of choices (`Choices`), so that hypothesis can draw and shrink it, and a plain seed can make
many pages that have nothing in common. The vocabulary of assigns is fixed; what varies is the template around them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from attrs import evolve, frozen

T = TypeVar("T")

LABELS = ("", "a", "b & c", "<b>bold</b>", '"q"', "it's", "é日", "{x}", "  ")
MARKUP = ("", "plain", "<b>raw</b>", "<i>a</i>&amp;<u>c</u>", "x<br>y")


@frozen
class Choices:
    """A source of choices: `below(n)` gives a number from 0 to n - 1. Smaller is simpler."""

    below: Callable[[int], int]

    def pick(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[self.below(len(choices))]

    def chance(self, one_in: int) -> bool:
        """True once in a while."""
        return self.below(one_in) == one_in - 1

    def between(self, least: int, most: int) -> int:
        """A number, both ends included."""
        return least + self.below(most - least + 1)

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The same values in some order."""
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in values]


@frozen
class Sub:
    """An item of an item."""

    id: int
    text: str


@frozen
class Row:
    """An item of a list or a stream."""

    id: int
    label: str
    n: int
    done: bool
    subs: tuple[Sub, ...] = ()


@frozen
class User:
    """A value with attributes, read by paths."""

    name: str
    tag: str | None


def label(choices: Choices) -> str:
    """A text, often one that has to be escaped."""
    return choices.pick(LABELS)


def label_or_none(choices: Choices) -> str | None:
    """A text, or nothing."""
    return None if choices.chance(3) else label(choices)


def small(choices: Choices) -> int:
    """A number that conditions can tell from others."""
    return choices.below(4)


def flag(choices: Choices) -> bool:
    """A truth."""
    return choices.chance(2)


def subs(choices: Choices) -> tuple[Sub, ...]:
    """Up to three items, ids unique."""
    return tuple(Sub(id, label(choices)) for id in choices.shuffled(range(4))[: choices.below(4)])


def row(choices: Choices, id: int | None = None) -> Row:
    """A row; its id is one of nine."""
    return Row(choices.below(9) if id is None else id, label(choices), small(choices), flag(choices), subs(choices))


def row_list(choices: Choices) -> list[Row]:
    """Up to six rows, ids unique."""
    return [row(choices, id) for id in choices.shuffled(range(9))[: choices.below(7)]]


VALUES: Mapping[str, Callable[[Choices], Any]] = {
    "s": label,
    "n": small,
    "flag": flag,
    "other": flag,
    "maybe": label_or_none,
    "user": lambda choices: User(label(choices), label_or_none(choices)),
    "markup": lambda choices: choices.pick(MARKUP),
    "items": row_list,
    "more": row_list,
    "words": lambda choices: [label(choices) for _ in range(choices.below(5))],
}


def state(choices: Choices) -> dict[str, Any]:
    """A value for every assign."""
    return {name: make(choices) for name, make in VALUES.items()}


@frozen
class Chronicler:
    """Writes what happens to a page: changes of the assigns that it reads, made from what they are now, so that lists are
    reordered, edited and cut rather than replaced; stream operations; clicks on live components.
    """

    choices: Choices
    used: Sequence[str]
    streams: Sequence[str]
    hidden: Sequence[str]  # streams whose container an `:if` may take away and bring back
    live: bool

    def steps(self, state: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
        """Up to twelve events, each doing one thing to three."""
        now = dict(state)
        return [self.step(now) for _ in range(self.choices.between(3, 12))]

    def step(self, now: dict[str, Any]) -> list[dict[str, Any]]:
        """One event; `now` follows."""
        if self.live and self.choices.chance(4):
            return [{"op": "click", "nth": self.choices.below(10)}]
        made: list[dict[str, Any]] = []
        for _ in range(self.choices.between(1, 3)):
            if self.streams and (not self.used or self.choices.chance(2)):
                made.append(self.stream(self.choices.pick(self.streams)))
            elif self.used:
                name = self.choices.pick(self.used)
                now[name] = self.changed(name, now[name])
                made.append({"op": "assign", "set": {name: now[name]}})
        return made

    def changed(self, name: str, value: Any) -> Any:
        """Another value, for lists one that comes of this one."""
        choices = self.choices
        if name in ("items", "more") and value:
            at = choices.below(len(value))
            match choices.pick(("order", "order", "edit", "edit", "drop", "add", "both", "new")):
                case "order":
                    return choices.shuffled(value)
                case "edit":
                    return [*value[:at], self.edited(value[at]), *value[at + 1 :]]
                case "drop":
                    return [*value[:at], *value[at + 1 :]]
                case "add":
                    free = [id for id in range(9) if id not in {other.id for other in value}]
                    return [*value[:at], row(choices, choices.pick(free)), *value[at:]] if free else value
                case "both":
                    order = choices.shuffled(value)
                    return [*order[:at], self.edited(order[at]), *order[at + 1 :]]
                case _:
                    pass
        return not value if isinstance(value, bool) else VALUES[name](choices)

    def edited(self, old: Row) -> Row:
        """The same row with one thing about it changed."""
        match self.choices.below(4):
            case 0:
                return evolve(old, label=label(self.choices))
            case 1:
                return evolve(old, n=small(self.choices))
            case 2:
                return evolve(old, done=not old.done)
            case _:
                return evolve(old, subs=subs(self.choices))

    def stream(self, name: str) -> dict[str, Any]:
        """An operation on a stream.

        The client loses its way where rows with a limit come in the same patch as the container itself: it walks on from a
        row that the limit has just removed, and leaves the rest unmarked; and it does not ask there whether a row only
        updates. So neither where an `:if` may bring the container.
        """
        choices, hidden = self.choices, name in self.hidden
        at = choices.pick((-1, -1, 0) if hidden else (-1, -1, 0, 1, 2))
        limit = None if hidden else choices.pick((None, None, None, 2, -2, -3))
        match choices.pick(("insert", "insert", "delete", "many", "reset")):
            case "insert":
                only, item = choices.chance(4) and not hidden, row(choices)
                return {
                    "op": "stream_insert",
                    "name": name,
                    "item": item,
                    "at": at,
                    "limit": limit,
                    "update_only": only,
                }
            case "delete":
                return {"op": "stream_delete", "name": name, "item": row(choices)}
            case how:
                items, reset = row_list(choices), how == "reset"
                return {"op": "stream", "name": name, "items": items, "at": at, "limit": limit, "reset": reset}
