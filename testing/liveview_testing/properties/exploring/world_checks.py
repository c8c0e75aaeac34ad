"""What is asked of each world that an exploration comes to: the laws, the properties, what an outcome is.

Owns the asking. Law: a world is looked at in a fork, and what is asked of it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from liveview_testing import laws
from liveview_testing.properties.exploring.choices import Failed
from liveview_testing.properties.exploring.fingerprints import Known
from liveview_testing.properties.exploring.people import names_of
from liveview_testing.properties.exploring.properties import Property, PropertyBroken, observed, verdict
from liveview_testing.properties.exploring.searching import Search
from liveview_testing.properties.exploring.simulations import Glance, another_world, glance, hidden
from liveview_testing.properties.exploring.transitions import Deed, Player, Situation
from liveview_testing.record.scripts.ordering import Unfinished
from liveview_testing.user.simulation import View
from liveview_testing.world.world import World, connected

if TYPE_CHECKING:
    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.user.simulation import Simulation


class Asking:
    """What is asked of each world of a search, and what was answered."""

    def __init__(
        self,
        sim: Simulation,
        properties: Sequence[Property],
        observe: Callable[[Simulation], Any] | None,
        guests: Sequence[Memory] = (),
        *,
        hold: bool,
        unfinished: bool,
    ) -> None:
        self.sim = sim
        self.properties = properties
        self.always = [each for each in properties if each.kind == "always"]
        self.sometimes = [each for each in properties if each.kind == "sometimes"]
        self.eventually = [each for each in properties if each.kind == "eventually"]
        self.observe = observe
        self.hold = hold
        self.fails_unfinished = unfinished
        self.guests = guests
        self.names = names_of(sim, guests)

    search: Search

    def begin(self, player: Player) -> None:
        self.player = player
        self.counts: dict[str, int] = {each.name: 0 for each in self.properties}
        self.first: dict[str, int] = {}
        self.held: set[bytes] = set()
        self.ends: dict[int, Any] = {}
        self.parts: dict[int, dict[str, Any]] = {}
        self.special: dict[str, dict[int, Any]] = {each.name: {} for each in self.properties if each.kind == "outcomes"}

    def glance(self, world: World) -> Glance:
        return glance(self.sim, world, self.guests)

    def seen(self, here: Situation) -> int:
        """Which `eventually` is true in a world."""
        bits = 0
        for at, each in enumerate(self.eventually):
            if not here.seen >> at & 1 and self._verdict(each, here.world) is None:
                bits |= 1 << at
        return here.seen | bits

    def _verdict(self, each: Property, world: World) -> Exception | None:
        there = self.glance(world)
        with hidden(self.sim, another_world(str(each))):
            return verdict(each, there)

    def look(self, number: int, here: Situation, known: Known, end: bool, quiet: bool) -> Sequence[Failed]:
        """What is wrong in a world."""
        found: list[Failed] = []
        world = here.world
        deviations = self.deviations_of(number)
        for each in self.always:
            if each.when == "quiet" and not quiet:
                continue
            self.counts[each.name] += 1
            error = self._verdict(each, world)
            if error is not None:
                found.append(Failed(number, deviations, error, "always", None, each.name))
        if self.hold and not found:
            error = self._laws(world, known)
            if error is not None:
                found.append(Failed(number, deviations, error, "law"))
        for each in self.sometimes:
            if self._verdict(each, world) is None:
                self.counts[each.name] += 1
                self.first.setdefault(each.name, deviations)
        if end:
            self._end(number, here, found, deviations)
        return found

    def deviations_of(self, number: int) -> int:
        return self.search.nodes[number].deviations

    def _laws(self, world: World, known: Known) -> Exception | None:
        """The laws, for each view as it was not seen before."""
        fresh = [pid for pid, (_, print) in known.lines.items() if print not in self.held]
        if not fresh:
            return None
        self.held.update(known.lines[pid][1] for pid in fresh)
        sim = self.glance(world)
        try:
            for pid in fresh:
                if world.lines[pid].joined:
                    laws.hold_view(View(sim, pid))
            laws.subscription_law(sim)
        except AssertionError as error:
            return error
        return None

    def _end(self, number: int, here: Situation, found: list[Failed], deviations: int) -> None:
        for at, each in enumerate(self.eventually):
            if not here.seen >> at & 1:
                error = self._verdict(each, here.world) or PropertyBroken(f"{each.name}: never")
                found.append(Failed(number, deviations, error, "eventually", None, each.name))
        never = self.player.unfinished(here)
        if never and self.fails_unfinished:
            found.append(Failed(number, deviations, _unfinished(never), "unfinished"))
        parts = self._parts(here, never)
        self.parts[number] = {name: digest(value) for name, value in parts.items()}
        if self.observe is None:
            self.ends[number] = tuple(parts.items())
        else:
            self.ends[number] = self._observed(self.observe, here.world)
            self.parts[number] = {"observe": digest(self.ends[number])}
        for each in self.properties:
            if each.kind == "outcomes" and (own := observed(each)) is not None:
                self.special[each.name][number] = self._observed(own, here.world)

    def _observed(self, observe: Callable[[Simulation], Any], world: World) -> Any:
        there = self.glance(world)
        with hidden(self.sim, another_world("observe")):
            return observe(there)

    def _parts(self, here: Situation, never: Sequence[Deed]) -> dict[str, Any]:
        """What can be seen in the end: each page, the store, what was never possible."""
        world = here.world
        parts: dict[str, Any] = {}
        for line in connected(world):
            who = self.names.get(line.tab.number, line.id)
            if line.joined:
                parts[who] = parts.get(who, "") + f"{line.tab.url}\n{line.page.html()}"
        stored = {name: value for name, value in world.store.items() if not name.startswith("liveview_testing.")}
        if stored:
            parts["store"] = tuple(sorted(stored.items()))
        if never:
            parts["acts"] = tuple(str(each) for each in never)
        return parts


def _unfinished(never: Sequence[Deed]) -> Unfinished:
    waiting = "; ".join(str(getattr(each, "event", each)) for each in never)
    return Unfinished(
        f"this was never possible: {waiting}",
        expected="a schedule on which everybody can do all that he wants to",
        got="an end at which somebody still waits",
        cure='unfinished="allow" if that is right; a longer horizon=… if he had to wait longer',
    )


def digest(value: Any) -> bytes:
    return blake2b(repr(value).encode(errors="surrogatepass"), digest_size=16).digest()
