"""Who does what: the acts of a script as what people do in a search.

Owns `deeds_of` and `names_of`, and the deeds: an act, and what somebody chooses when he sees his page. Law: what somebody does is a
value, so that it can be done in any world, as often as wanted; what he chose is the act that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.errors import BadOption, shown
from liveview_core.values.declaring import frozen
from liveview_testing.record.scripts.act import TEST, Act
from liveview_testing.record.scripts.concurrent_acts import GIVEN, Together, When
from liveview_testing.record.scripts.player import Player as Hands
from liveview_testing.record.scripts.reading import Reading
from liveview_testing.record.scripts.shrinking.passes import of_order
from liveview_testing.record.scripts.targets import OnElement, OnLocator
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.world.log.act_records import Recorded
from liveview_testing.world.simulation.acting import Acting

if TYPE_CHECKING:
    from liveview_testing.properties.exploring.simulations import Stage
    from liveview_testing.properties.exploring.transitions import Deed
    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.user.simulation import Simulation


@frozen(eq=False)
class ActDeed:
    """Somebody does an act."""

    act: Act
    at: int
    tab: int

    @property
    def who(self) -> str:
        return self.act.who

    def do(self, sim: Stage) -> ActDeed:
        """Do it, as the handle that a test has in its hands would."""
        act = self.act
        if not act.opens:
            Hands(sim).do(act)
        elif act.verb == "page":
            page = sim.tab(self.tab)
            page.memory.opening = {name: act.options.get(name) or {} for name in GIVEN}
            page.open(act.args[0] if act.args else act.options["target"])
        else:
            tabs = sim.world.tabs
            sim._current.world = evolve(sim.world, tabs=self.tab - 1)
            Hands(sim).do(act)
            sim._current.world = evolve(sim.world, tabs=tabs)
        return self

    @property
    def thing(self) -> str:
        """As what may race: "Ann's click 'Buy'"."""
        if self.act.opens:
            return f"{self.who}'s join of {self._opened}"
        verb = self.act.verb.removeprefix("render_").replace("_", " ")
        return f"{self.who}'s {verb}{self._at_what}"

    @property
    def event(self) -> str:
        """As what happens: "Ann clicks 'Buy'"."""
        if self.who == TEST:
            return f"the test: {self.act}"
        if self.act.opens:
            return f"{self.who} opens {self._opened}"
        words = self.act.verb.removeprefix("render_").split("_")
        first = words[0] + ("es" if words[0].endswith(("s", "sh", "ch", "x", "o")) else "s")
        return f"{self.who} {' '.join([first, *words[1:]])}{self._at_what}"

    @property
    def _opened(self) -> str:
        """The page that is opened: its path, or its view."""
        args: tuple[Any, ...] = self.act.args or (*self.act.options.values(), None)
        target = args[0]
        kind: Any = target if isinstance(target, type) else type(target)
        return repr(target) if isinstance(target, str) else str(kind.__name__)

    @property
    def _at_what(self) -> str:
        on, args = self.act.on, self.act.args
        given = "".join(f" {each!r}" for each in args if isinstance(each, (str, int)))
        name = None
        if isinstance(on, OnLocator):
            named = re.findall(r'name="([^"]*)"|get_by_\w+\("([^"]*)"', on.query.code)
            name = next((each for pair in reversed(named) for each in pair if each), on.query.code)
        elif isinstance(on, OnElement):
            name = on.text or on.selector
        return (f" {name!r}" if isinstance(name, str) else "") + given

    def __str__(self) -> str:
        return str(self.act)


@frozen(eq=False)
class WhenDeed:
    """Somebody does what he chooses when he sees his page."""

    when: When
    tab: int

    @property
    def who(self) -> str:
        return self.when.who

    @property
    def at(self) -> int:
        return self.when.at

    def do(self, sim: Stage) -> ActDeed:
        """Ask what is to be done, in the world as it is; the act that was chosen."""
        sim._current.acts = None
        self.when.choose(sim.tab(self.tab))
        if sim._current.acts is None:
            raise Error("nothing was chosen", expected="an act at the page", got="a function that does nothing")
        reading = Reading(sim, sim.people).later(sim)
        return ActDeed(reading.act(Recorded._make(sim._current.acts)), self.at, self.tab)

    @property
    def thing(self) -> str:
        return f"{self.who}'s choice"

    @property
    def event(self) -> str:
        return f"{self.who} does what is to be done"


def guests_of(sim: Simulation, script: Any) -> tuple[Memory, ...]:
    """Who comes while a script is done. Raises `BadOption` where their tabs have other numbers by now."""
    guests = tuple(script.guests) if isinstance(script, Together) else ()
    if guests and guests[0].tab != sim.world.tabs + 1:
        raise BadOption(
            "pages were opened in this world since the acts were written down",
            expected=f"a world with {guests[0].tab - 1} tabs",
            got=f"one with {sim.world.tabs}",
            cure="explore before anything else happens, or open the pages before sim.concurrently()",
        )
    return guests


def deeds_of(sim: Simulation, script: Any) -> list[Deed]:
    """What people do, in the order in which it was written."""
    if not isinstance(sim, Acting):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "explore begins with a world",
            expected="a Simulation, and what was done inside sim.concurrently()",
            got=shown(sim),
            cure="with sim.concurrently() as acts: …; explore(sim, acts)",
        )
    begun = sim.world.now
    tabs = {name: number for number, name in names_of(sim, guests_of(sim, script)).items()}
    if isinstance(script, Iterable) and not isinstance(script, (str, bytes)):
        found: list[Deed] = []
        whole: Any = script  # pyright: ignore[reportUnknownVariableType]
        for each in whole:
            if isinstance(each, When):
                found.append(WhenDeed(each, tabs[each.who]))
            elif isinstance(each, Act):
                _expect_possible(each, tabs)
                found.append(ActDeed(each, max(0, each.at - begun), tabs.get(each.who, 0)))
            elif hasattr(each, "who") and hasattr(each, "do"):
                found.append(each)
            else:
                raise _no_acts(each)
        return found
    raise _no_acts(script)


def _no_acts(given: object) -> BadOption:
    return BadOption(
        "explore takes what people do",
        expected="what sim.concurrently() gave",
        got=shown(given),
        cure="with sim.concurrently() as acts: …; what depends on what somebody sees: acts.when(page, lambda page: …)",
    )


def _expect_possible(act: Act, tabs: dict[str, int]) -> None:
    if of_order(act):
        raise BadOption(
            "explore finds the order in which messages arrive",
            expected="what people do, without sim.in_order()",
            got=str(act),
            cure="with sim.concurrently() as acts: …; replay(script) follows the order that a script has",
        )
    if act.who not in tabs and act.who != TEST:
        raise BadOption(
            f"{act.who} is not in this world",
            expected=", ".join(tabs) or "somebody",
            got=str(act),
            cure="explore the world in which the acts were written down",
        )


def names_of(sim: Simulation, guests: Sequence[Memory] = ()) -> dict[int, str]:
    """Who sits at which tab."""
    return {memory.tab: memory.name for memory in (*sim.people, *guests) if memory.tab}
