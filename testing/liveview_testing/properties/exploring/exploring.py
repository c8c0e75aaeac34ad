"""Exploring: every order in which what people do can happen, and what is wrong with any of them.

Owns `explore`, which puts a search together: the people and what they do, what is asked of each world, what is told in the end.
Laws:
the world that is explored is not touched; the answer depends on the world, the script and the properties, and on nothing else,
unless `seconds` is given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from liveview_core.errors import BadOption, shown
from liveview_testing import laws
from liveview_testing.properties.exploring.counterexamples.describing import Words
from liveview_testing.properties.exploring.counterexamples.printing import test_of
from liveview_testing.properties.exploring.counterexamples.races import components, races
from liveview_testing.properties.exploring.counterexamples.reports import (
    Checked,
    Counterexample,
    Exploration,
    Failure,
    Row,
)
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.fingerprints import Fingerprints, Known
from liveview_testing.properties.exploring.people import deeds_of, guests_of, names_of
from liveview_testing.properties.exploring.playing import NONE, Deed, Faults, Player, Situation
from liveview_testing.properties.exploring.properties import Property, PropertyBroken, observed, verdict
from liveview_testing.properties.exploring.schedules import Followed, follow
from liveview_testing.properties.exploring.searching import Failed, Search, StepsSeen
from liveview_testing.properties.exploring.stages import Glance, another_world, glance, hidden, stage
from liveview_testing.record.scripts.ordering import Unfinished
from liveview_testing.user.simulation import View
from liveview_testing.world.tracebacks import shortened
from liveview_testing.world.world import World, connected

if TYPE_CHECKING:
    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.user.simulation import Simulation

WORLDS = 20_000
ALL = "all"


@shortened
def explore(
    sim: Simulation,
    script: Any,
    *properties: Property,
    observe: Callable[[Simulation], Any] | None = None,
    faults: Faults | None = None,
    deviations: int | Literal["all"] | None = None,
    seconds: float | None = None,
    worlds: int = WORLDS,
    horizon: float | None = None,
    order: Literal["pairs", "none"] = "pairs",
    unfinished: Literal["fail", "allow"] = "fail",
    patience: Literal["until possible", "now"] = "until possible",
    laws: bool = True,
    raising: bool = True,
) -> Exploration:
    """Follow every order in which what people do, and all that follows from it, can happen; say what is wrong, and what races.

    `script` is what was done inside `sim.concurrently()`. `properties` are `always`, `sometimes`, `eventually`, `outcomes`; the
    laws
    are held as well (`laws=False`: they are not). `deviations`: only schedules with up to so many choices that are not the usual
    ones; `worlds` and `seconds` end it early, and the report says so. `observe(sim)` is what an outcome is; by default the pages,
    the store, and what was never possible. `faults` may happen besides. `horizon` is how many seconds after the last act are
    followed. `order="none"`: messages between processes in any order, as between several nodes. `unfinished="allow"`: an act that
    was
    never possible is no failure; `patience="now"`: who cannot do at once what he wants does it never. Raises `Counterexample` at
    the first failure; `raising=False` collects them.
    """
    _check_options(deviations, worlds, seconds, order, unfinished, patience, properties)
    if deviations is None:
        deviations = getattr(sys.modules.get("_liveview_pytest"), "deviations", None)  # --liveview-deviations
    bound = deviations if isinstance(deviations, int) else None
    deeds, guests = deeds_of(sim, script), guests_of(sim, script)
    asked = _Asking(sim, properties, observe, guests, hold=laws, unfinished=unfinished == "fail")
    faults = faults or NONE
    options: dict[str, Any] = {
        "horizon": horizon,
        "impatient": patience == "now",
        "bags": order == "none",
        "guests": guests,
    }
    steps = False
    while True:
        made = stage(sim, guests)
        player = Player(made, deeds, faults, **options)
        prints = Fingerprints(steps=steps, ages=bound is not None, bags=options["bags"])
        asked.begin(player)
        search = Search(
            player,
            prints,
            asked.look,
            asked.seen,
            worlds,
            bound,
            seconds,
            reduce=not asked.eventually and bound is None,
            first_only=raising,
        )
        asked.search = search
        try:
            search.run(player.start(made.world))
        except StepsSeen:
            steps = True
            continue
        break
    exploration = _told(sim, search, asked, faults, options, bound, worlds, seconds)
    if raising and exploration.failures:
        raise Counterexample(exploration) from exploration.failures[0].error
    return exploration


def _check_options(
    deviations: Any,
    worlds: Any,
    seconds: Any,
    order: Any,
    unfinished: Any,
    patience: Any,
    properties: Sequence[Any],
) -> None:
    for name, value, fits, expected in (
        (
            "deviations",
            deviations,
            deviations in (None, ALL) or (type(deviations) is int and deviations >= 0),
            'an int, "all" or None',
        ),
        ("worlds", worlds, type(worlds) is int and worlds > 0, "an int, 1 or more"),
        (
            "seconds",
            seconds,
            seconds is None or (isinstance(seconds, (int, float)) and seconds > 0),
            "a number, or None",
        ),
        ("order", order, order in ("pairs", "none"), '"pairs" or "none"'),
        ("unfinished", unfinished, unfinished in ("fail", "allow"), '"fail" or "allow"'),
        ("patience", patience, patience in ("until possible", "now"), '"until possible" or "now"'),
    ):
        if not fits:
            raise BadOption(f"the option {name} of explore is wrong", expected=expected, got=shown(value))
    for each in properties:
        if not isinstance(each, Property):
            raise BadOption(
                "explore takes properties",
                expected="always(…), sometimes(…), eventually(…), outcomes(…)",
                got=shown(each),
                cure="always(lambda sim: …)",
            )


class _Asking:
    """What is asked of each world of a search, and what was answered."""

    def __init__(
        self,
        sim: Simulation,
        properties: Sequence[Property],
        observe: Callable[[Simulation], Any] | None,
        guests: Sequence[Memory],
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
        self.parts[number] = {name: _digest(value) for name, value in parts.items()}
        if self.observe is None:
            self.ends[number] = tuple(parts.items())
        else:
            self.ends[number] = self._observed(self.observe, here.world)
            self.parts[number] = {"observe": _digest(self.ends[number])}
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


def _digest(value: Any) -> bytes:
    return blake2b(repr(value).encode(errors="surrogatepass"), digest_size=16).digest()


# --- telling ----------------------------------------------------------------------------------------------------------


def _told(
    sim: Simulation,
    search: Search,
    asked: _Asking,
    faults: Faults,
    options: Mapping[str, Any],
    bound: int | None,
    worlds: int,
    seconds: float | None,
) -> Exploration:
    words = Words(asked.names, sim.world)
    schedules = search.schedules()
    failed = list(search.failures)
    complete = search.whole
    distinct: dict[Any, Any] = {}
    for value in asked.ends.values():
        distinct.setdefault(_digest(value), value)
    checked: list[Checked] = []
    for each in asked.properties:
        wrong = next((one for one in failed if one.name == each.name), None)
        checked.append(_checked(each, wrong, asked, complete=complete, ends=distinct, failed=failed))
    unfinished = _unfinished_names(search, asked)
    failures = tuple(_failure(sim, search, asked, one, words) for one in _distinct(failed))
    return Exploration(
        exhaustive=complete and not search.unfinished,
        worlds=search.visited,
        schedules=schedules,
        choices=search.made,
        deviations=None if complete else _complete_levels(search, bound),
        outcomes=tuple(distinct.values()),
        races=races(search, words, asked.parts),
        properties=tuple(checked),
        failures=failures,
        unfinished=unfinished,
        kept_apart=dict(search.prints.prints.apart.most_common()),
        seconds=search.spent,
        parts=components(search, search.player.people),
        bounds={
            "stopped": _stopped(search, bound),
            "levels": dict(search.levels),
            "worlds": worlds,
            "deviations": bound,
            "seconds": seconds,
            "left": _not_explored(faults, options),
        },
    )


def _checked(
    each: Property,
    wrong: Failed | None,
    asked: _Asking,
    *,
    complete: bool,
    ends: Mapping[Any, Any],
    failed: list[Failed],
) -> Checked:
    count = asked.counts[each.name]
    if wrong is not None:
        after = f"FAILED after {wrong.deviations} deviation{'' if wrong.deviations == 1 else 's'}"
        return Checked(each.kind, each.name, after, count, wrong.deviations)
    match each.kind:
        case "always":
            if each.when is not None and not count:
                return Checked(each.kind, each.name, "vacuous: it was asked in no world")
            return Checked(
                each.kind,
                each.name,
                f"held in {count:,} worlds" if complete else f"no counterexample in {count:,} worlds",
                count,
            )
        case "sometimes":
            if not count:
                return Checked(each.kind, each.name, "not seen" if complete else "not seen so far")
            first = asked.first[each.name]
            after = f"first after {first} deviation{'' if first == 1 else 's'}"
            return Checked(each.kind, each.name, f"seen in {count:,} worlds, {after}", count, first)
        case "eventually":
            return Checked(
                each.kind, each.name, "on every schedule" if complete else f"on all {len(asked.ends):,} ends reached"
            )
        case "outcomes":
            seen = set(asked.special[each.name].values()) if observed(each) is not None else set(asked.ends.values())
            assert each.expected is not None
            more, fewer = seen - each.expected, each.expected - seen
            if more or (fewer and complete):
                error = PropertyBroken(
                    "the outcomes are others"
                    + (f"\n  not expected: {', '.join(map(shown, sorted(more, key=repr)))}" if more else "")
                    + (f"\n  not seen: {', '.join(map(shown, sorted(fewer, key=repr)))}" if fewer else "")
                )
                values = asked.special[each.name] if observed(each) is not None else asked.ends
                number = next((at for at, value in values.items() if value in more), 0)
                what = "outcomes" if more else "missing"
                failed.append(Failed(number, asked.deviations_of(number), error, what, None, each.name))
                return Checked(each.kind, each.name, f"FAILED: {len(more)} more, {len(fewer)} fewer", len(seen))
            verdict_ = "these and no others" if complete else f"{len(seen)} of {len(each.expected)} seen, and no others"
            return Checked(each.kind, each.name, verdict_, len(seen))


def _complete_levels(search: Search, bound: int | None) -> int | None:
    """Up to how many deviations every schedule was followed."""
    if search.failures and search.first_only:
        return search.failures[0].deviations - 1 if search.failures[0].deviations else None
    if bound is not None and search.stopped is None:
        return bound
    if bound is None:
        return None  # without ages in the fingerprints the levels are those of the worlds, not of all schedules
    left = [search.nodes[number].deviations for number in search.open_worlds()]
    lowest = min(left, default=0)
    return lowest - 1 if lowest else None


def _stopped(search: Search, bound: int | None) -> str | None:
    if search.failures and search.first_only:
        return "failure"
    if search.stopped is not None:
        return search.stopped
    return "deviations" if bound is not None and not search.whole else None


def _not_explored(faults: Faults, options: Mapping[str, Any]) -> str:
    left: list[str] = []
    if not (faults.drops or faults.crashes or faults.tasks):
        left.append("faults (0 allowed)")
    if not faults.slow:
        left.append("slow messages (0)")
    if not options["bags"]:
        left.append("order between nodes")
    left.append("what handles of views look at at once (patches, uploads)")
    return ", ".join(left)


def _unfinished_names(search: Search, asked: _Asking) -> tuple[str, ...]:
    del asked
    return tuple(sorted({f"{len(search.unfinished)} ends at which somebody still waits"} if search.unfinished else ()))


def _distinct(failed: Sequence[Failed]) -> list[Failed]:
    """The first failure of each signature."""
    found: dict[tuple[str, ...], Failed] = {}
    for each in failed:
        found.setdefault(signature(each.error, each.name), each)
    return list(found.values())


def _failure(sim: Simulation, search: Search, asked: _Asking, failed: Failed, words: Words) -> Failure:
    steps = search.path(failed.node)
    if failed.last is not None:
        steps = [*steps, failed.last]
    followed = follow(sim, search.player, steps)
    rows = _rows(followed, words)
    property_ = next((each for each in asked.properties if each.name == failed.name), None)
    if property_ is not None and property_.kind == "outcomes" and observed(property_) is None and asked.observe:
        property_ = evolve(property_, holds=asked.observe)
    last = followed[-1].then if followed else search.player.start(sim.world)
    never = search.player.unfinished(last) if last is not None and failed.what == "unfinished" else ()
    text = (
        ""
        if failed.what == "missing"
        else test_of(sim, followed, failed.error, property_, failed.what, never, asked.guests)
    )
    schedule = tuple(each.place for each in steps)
    return Failure(failed.error, failed.what, failed.deviations, rows, schedule, failed.name, text)


def _rows(followed: Sequence[Followed], words: Words) -> tuple[Row, ...]:
    rows: list[Row] = []
    for each in followed:
        text = words.event(each.choice, each.about, each.after)
        told = ", ".join(dict.fromkeys(_touched(each.values)))
        if told:
            text = f"{text}: {told}"
        if each.usual is None:
            rows.append(Row(text))
        else:
            over = ", ".join(words.name(name) for name in each.shared)
            rows.append(Row(text, words.event(*each.usual, each.after), f"over {over}" if over else None))
    return tuple(rows)


def _touched(values: Sequence[tuple[str, str, Any]]) -> list[str]:
    """What was read and written of the store, in words."""
    return [
        f"{verb} store[{name!r}] = {shown(value)}"
        for verb, name, value in values
        if not name.startswith("liveview_testing.")
    ]


__all__ = ["Unfinished", "explore"]
