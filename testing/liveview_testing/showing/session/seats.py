"""Who sits at which window, and so whose page a view is on.

Owns `Seat`, and what follows from all of them. Law: whoever sits down is somebody whom nobody is yet, as long as there are such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from liveview_core.values.declaring import define
from liveview_testing.showing.targets import Person
from liveview_testing.user.locators.scene import NAMES

if TYPE_CHECKING:
    from liveview_testing.world.world import Line

__all__ = ["Seat", "names_of_tabs", "next_person", "who"]


@define(eq=False)
class Seat:
    """A window, who sits at it, and the root view that it shows."""

    window: str
    person: Person
    root: str | None = None


def next_person(people: Sequence[Person], seats: Mapping[str, Seat], name: str | None) -> Person:
    """Who sits down now: somebody of that name, or the next one of those whom the page is made for."""
    taken = {seat.person.name for seat in seats.values()}
    known = [each for each in people if each.name not in taken]
    if name is not None:
        known = [each for each in people if each.name == name] or [Person(name)]
    if known:
        return known[0]
    first = people[0] if people else Person("Ann")
    return evolve(first, name=next((each for each in NAMES if each not in taken), f"browser {len(taken) + 1}"))


def who(seats: Mapping[str, Seat], lines: Mapping[str, Line], pid: str) -> str:
    """Who has the view of a process on their page."""
    root = pid
    while root in lines and (parent := lines[root].tab.parent) is not None:
        root = parent
    name = next((seat.person.name for seat in seats.values() if seat.root == root), None)
    if name is None:
        name = f"browser {lines[root].tab.number}" if root in lines else root
    return name if root == pid else f"{name} · {lines[pid].dom_id}"


def names_of_tabs(seats: Mapping[str, Seat], lines: Mapping[str, Line]) -> dict[int, str]:
    """By the numbers of tabs, who looks at them."""
    found = ((lines.get(seat.root or ""), seat.person.name) for seat in seats.values())
    return {line.tab.number: name for line, name in found if line is not None}
