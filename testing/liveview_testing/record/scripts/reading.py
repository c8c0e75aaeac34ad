"""The record of a world, read as a script.

Owns `script_of`. Law: what the record says by numbers of processes and tabs is said here by people, and by what a person would have
to name again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_testing.record.scripts.act import OPENING, TEST, Act
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.scripts.targets import (
    Handed,
    OnComponents,
    OnElement,
    OnFiles,
    OnLocator,
    OnOrder,
    OnPage,
    OnView,
    OnWorld,
    Target,
)
from liveview_testing.user.locators.finding.query import Query
from liveview_testing.world.log.act_records import Meant, Recorded, chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.world.simulation.acting import Acting

TOLD = {"tell": "send", "call": "call", "cast": "cast"}


def script_of(sim: Acting, people: Sequence[Memory], world: Mapping[str, Any], begun: int) -> Script:
    """What was done in a world so far."""
    reading = Reading(sim, people)
    entries = chain(sim._current.acts)
    acts = tuple(reading.act(each) for each in entries)
    failed = sim._current.failed
    last = None if failed is None or failed[0] is not sim._current.acts else reading.act(Recorded._make(failed))
    return Script(acts, world, last, sim._current.forgotten, begun)


def script_in(sim: Any) -> Script:
    """What was done in a whole simulation so far."""
    return script_of(sim, sim._people, sim._made, sim._begun)


class Reading:
    """One record, from its first entry on."""

    def __init__(self, sim: Acting, people: Sequence[Memory]) -> None:
        self.lines = sim.world.lines
        self.names = {each.tab: each.name for each in people if each.tab}
        self.seats: dict[str, str] = {}
        self.coming: dict[str, str] = {}

    def later(self, sim: Acting, guests: Sequence[Memory] = ()) -> Reading:
        """For acts of people who are there already, and of some who come."""
        browsers = sim.world.browsers
        self.seats = {name: "page" if tab in browsers else "view" for tab, name in self.names.items()}
        for each in guests:
            del self.seats[each.name]
            self.coming[f"phx-{each.tab}"] = each.name
        return self

    def act(self, entry: Recorded) -> Act:
        """An entry as an act."""
        told = entry.told or {}
        first = 0 if entry.last is None else entry.last.number
        last = 0 if entry.then is None else entry.then.number
        who, on = self.target(entry.asked)
        act = Act(
            who,
            self.seats.get(who, "page"),
            on,
            entry.verb.lstrip("_"),
            tuple(self.value(each) for each in entry.args),
            {name: self.value(each) for name, each in entry.options.items()},
            entry.at,
            told.get("answers", ()),
            range(first + 1, last + 1),
            entry.code,
            entry.offset,
        )
        return self._as_it_is_said(act, entry, told)

    def _as_it_is_said(self, act: Act, entry: Recorded, told: Mapping[str, Any]) -> Act:
        verb = act.verb
        if isinstance(act.on, OnWorld) and verb in OPENING:
            who = self.names.get(told.get("tab", 0), TEST)
            self.seats[who] = seat = "page" if verb == "page" else "view"
            return evolve(act, who=who, seat=seat)
        if isinstance(act.on, OnPage) and verb in ("goto", "open") and act.who not in self.seats:
            memory: Memory = entry.asked[1]
            self.seats[act.who] = "page"
            given = {name: each for name, each in memory.opening.items() if each}
            return evolve(
                act, on=OnWorld(), verb="page", seat="page", args=act.args[:1], options={**act.options, **given}
            )
        if isinstance(act.on, OnWorld) and verb in TOLD:
            who, on = self.target(("view", act.args[0]))
            return evolve(act, who=who, seat=self.seats.get(who, "view"), on=on, verb=TOLD[verb], args=act.args[1:])
        if verb == "keep" and self.seats.get(act.who) == "view":
            self.seats[act.who] = "kept"
            return evolve(act, args=(), on=OnView(None))
        return act

    def value(self, value: Any) -> Any:
        """A value that was given to an act; a handle as what it names."""
        try:
            return self._value(value)
        except RecursionError:  # it contains itself: whoever writes it down is told so
            return value

    def _value(self, value: Any) -> Any:
        if type(value) is Meant:
            who, on = self.target(value.asked)
            return Handed(who, self.seats.get(who, "page"), on)
        if type(value) in (tuple, list):
            return type(value)(map(self._value, value))
        if type(value) is dict:
            return {key: self._value(each) for key, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
        return value

    def target(self, asked: tuple[Any, ...]) -> tuple[str, Target]:
        """Who acts, and on what."""
        match asked:
            case ("world", part):
                return TEST, OnWorld(part)
            case ("order",):
                return TEST, OnOrder()
            case ("page", memory, part):
                return memory.name, OnPage(part)
            case ("view", pid):
                who, inside = self.view(pid)
                return who, OnView(inside)
            case ("target", pid, selector):
                who, inside = self.view(pid)
                return who, OnComponents(inside, selector)
            case ("element", pid, selector, text, data, submitter, path):
                who, inside = self.view(pid)
                by: Any = self.target(submitter.asked)[1] if type(submitter) is Meant else submitter
                return who, OnElement(inside, selector, text, data, by, path)
            case ("files", pid, form, name, files):
                who, inside = self.view(pid)
                return who, OnFiles(inside, form, name, files)
            case _:
                kind, memory, query = asked
                assert kind == "locator"
                if query.view is None:
                    return memory.name, OnLocator(query)
                return memory.name, OnLocator(Query(query.steps), True, self.view(query.view)[1])

    def view(self, pid: str) -> tuple[str, str | None]:
        """Whose tab a view is in, and, if it is nested, the id of its container."""
        if pid in self.coming:
            return self.coming[pid], None
        tab = self.lines[pid].tab
        return self.names.get(tab.number, f"browser {tab.number}"), None if tab.parent is None else self.lines[
            pid
        ].dom_id
