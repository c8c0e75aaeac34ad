"""What an exploration has found, made a report.

Owns the way from a search to an `Exploration`. Law: the report never claims more than was done, and a failure is followed again
from the beginning before it is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.errors import shown
from liveview_testing.properties.exploring.choices import Failed, Taken
from liveview_testing.properties.exploring.counterexamples.branches import Shows, shown_of, timeline_of
from liveview_testing.properties.exploring.counterexamples.describing import Words
from liveview_testing.properties.exploring.counterexamples.fewer_acts import Reducing
from liveview_testing.properties.exploring.counterexamples.printing import test_of
from liveview_testing.properties.exploring.counterexamples.races import components, races
from liveview_testing.properties.exploring.counterexamples.reports import (
    Checked,
    Exploration,
    Failure,
    Row,
)
from liveview_testing.properties.exploring.counterexamples.searching_again import Again, Found, fewest, found_in
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.properties import Property, PropertyBroken, observed
from liveview_testing.properties.exploring.schedules import Followed, follow
from liveview_testing.properties.exploring.searching import Search
from liveview_testing.properties.exploring.simulations import Stage, stage
from liveview_testing.properties.exploring.transitions import Faults, Player
from liveview_testing.properties.exploring.world_checks import Asking, digest
from liveview_testing.world.log.happening import SECOND

if TYPE_CHECKING:
    from pathlib import Path

    from liveview_testing.record.timelines.failing import Failure as Shown
    from liveview_testing.record.timelines.run_timeline import Timeline
    from liveview_testing.user.simulation import Simulation


FEWEST = 200
"""So many worlds may be looked at, at least, to make counterexamples less; else as many as were looked at to find them, and twice
as many to know that no fewer surprises do."""


MOST_REDUCED = 5
"""So many failures of one search are made less."""


def told(
    sim: Simulation,
    search: Search,
    asked: Asking,
    faults: Faults,
    options: Mapping[str, Any],
    bound: int | None,
    worlds: int,
    seconds: float | None,
    *,
    shrink: bool = True,
) -> Exploration:
    words = Words(asked.names, sim.world)
    schedules = search.schedules()
    failed = list(search.failures)
    complete = search.whole
    distinct: dict[Any, Any] = {}
    for value in asked.ends.values():
        distinct.setdefault(digest(value), value)
    for each in asked.properties:
        if each.kind == "outcomes":
            failed += _other_outcomes(each, asked, complete=complete)
        elif each.kind == "sometimes" and complete and not asked.counts[each.name]:
            error = PropertyBroken(f"{each.name}: in none of {_worlds(search.visited)}, and there are no others")
            failed.append(Failed(0, 0, error, "missing", None, each.name))
    again = Again(sim, asked, faults, options, None if seconds is None else time.perf_counter() + seconds)
    found = [found_in(search, each) for each in _distinct(failed)]
    if bound is None:  # the surprises that are counted are those of one way to each world
        most = max(FEWEST, 2 * search.visited)
        found = [_fewest(again, each, most - again.looked_at, first_only=search.first_only) for each in found]
    checked = [
        _checked(each, next((one for one in found if one.failed.name == each.name), None), asked, complete=complete)
        for each in asked.properties
    ]
    reducing = Reducing(again, max(FEWEST, search.visited), max(20 * FEWEST, 4 * search.made)) if shrink else None
    unfinished = _unfinished_names(search)
    failures, looked = _failures(sim, found, asked, words, reducing)
    return Exploration(
        exhaustive=complete and not search.unfinished,
        worlds=search.visited,
        schedules=schedules,
        choices=search.made,
        deviations=None if complete else _complete_levels(search, bound, found),
        outcomes=tuple(distinct.values()),
        races=races(search, words, asked.parts),
        properties=tuple(checked),
        failures=failures,
        unfinished=unfinished,
        kept_apart=dict(search.prints.prints.apart.most_common()),
        seconds=search.spent,
        parts=components(search, search.player.people) if complete else (),
        look=_look(sim.fork(), search, looked, faults, options),
        bounds={
            "stopped": _stopped(search, bound),
            "whole": complete,
            "levels": dict(search.levels),
            "fewer": found[0].fewer if found else None,
            "worlds": worlds,
            "deviations": bound,
            "seconds": seconds,
            "left": _not_explored(search.player, faults, options),
        },
    )


def _fewest(again: Again, found: Found, worlds: int, *, first_only: bool) -> Found:
    """With as few surprises as there can be; what fails with fewer counts instead, where only the first failure is told."""
    mine = signature(found.failed.error, found.failed.name)
    return fewest(again, found, lambda each: first_only or signature(each.error, each.name) == mine, worlds)


def _failures(
    sim: Simulation, found: Sequence[Found], asked: Asking, words: Words, reducing: Reducing | None
) -> tuple[tuple[Failure, ...], Found | None]:
    """What failed, each made less if it can be; and the first of them, as it is told."""
    told: list[Failure] = []
    first: Found | None = None
    for at, each in enumerate(found):
        less = each if reducing is None or at >= MOST_REDUCED else reducing.reduced(each)
        failure = _failure(sim, less, asked, words, len(each.player.deeds), shrink=reducing is not None)
        if less is not each and failure.test.startswith("# Run by itself"):
            less, failure = each, _failure(sim, each, asked, words, len(each.player.deeds))
        told.append(failure)
        first = first or less
    return tuple(told), first


def _look(
    sim: Simulation, search: Search, found: Found | None, faults: Faults, options: Mapping[str, Any]
) -> Callable[..., Timeline]:
    """How to make the timeline of what failed first, or of the usual order."""
    if found is not None and found.failed.what != "missing":
        deeds, steps, error = found.player.deeds, list(found.steps), found.failed.error
        own = found.failed.name or type(error).__name__
    else:
        deeds, steps, own, error = search.player.deeds, _usual_way(search), "The usual order", None

    def player(made: Simulation) -> Player:
        where = made if isinstance(made, Stage) else stage(made, options["guests"])
        return Player(where, deeds, faults, **options)

    def look(*, title: str | None, css: str | Path | None, failure: Shown | None) -> Timeline:
        return timeline_of(sim, player, steps, title or own, Shows(css, failure or shown_of(error)))

    return look


def _usual_way(search: Search) -> list[Taken]:
    """The choices of the usual order, as far as it was followed."""
    steps: list[Taken] = []
    seen: set[int] = set()
    node = search.nodes[0] if search.nodes else None
    while node is not None and node.edges:
        choice, edge = next(iter(node.edges.items()))
        steps.append(Taken(choice, edge.place))
        node = None if edge.to in seen else search.nodes[edge.to]
        seen.add(edge.to)
    return steps


def _checked(each: Property, wrong: Found | None, asked: Asking, *, complete: bool) -> Checked:
    count = asked.counts[each.name]
    if wrong is not None and each.kind in ("always", "eventually"):
        after = f"FAILED after {wrong.failed.deviations} deviation{'' if wrong.failed.deviations == 1 else 's'}"
        sure = "" if wrong.fewer is None else " (none is possible with fewer)"
        return Checked(each.kind, each.name, f"{after}{sure}", count, wrong.failed.deviations)
    match each.kind:
        case "always":
            if each.when is not None and not count:
                return Checked(each.kind, each.name, "vacuous: it was asked in no world")
            return Checked(
                each.kind,
                each.name,
                f"held in {_worlds(count)}" if complete else f"no counterexample in {_worlds(count)}",
                count,
            )
        case "sometimes":
            if not count:
                return Checked(each.kind, each.name, "not seen" if complete else "not seen so far")
            first = asked.first[each.name]
            after = f"first after {first} deviation{'' if first == 1 else 's'}"
            return Checked(each.kind, each.name, f"seen in {_worlds(count)}, {after}", count, first)
        case "eventually":
            return Checked(
                each.kind, each.name, "on every schedule" if complete else f"on all {len(asked.ends):,} ends reached"
            )
        case "outcomes":
            seen, expected = _outcomes(each, asked)
            if wrong is not None:
                told = f"FAILED: {len(seen - expected)} more, {len(expected - seen)} fewer"
                return Checked(each.kind, each.name, told, len(seen))
            verdict = (
                "these and no others" if complete else f"{len(seen)} of {len(expected)} seen, and no others so far"
            )
            return Checked(each.kind, each.name, verdict, len(seen))


def _outcomes(each: Property, asked: Asking) -> tuple[set[Any], frozenset[Any]]:
    """The outcomes that were seen, and those that are expected."""
    assert each.expected is not None
    values = asked.special[each.name] if observed(each) is not None else asked.ends
    return set(values.values()), each.expected


def _other_outcomes(each: Property, asked: Asking, *, complete: bool) -> list[Failed]:
    """What is wrong with the outcomes."""
    seen, expected = _outcomes(each, asked)
    more, fewer = seen - expected, expected - seen
    if not more and not (fewer and complete):
        return []
    error = PropertyBroken(
        "the outcomes are others"
        + (f"\n  not expected: {', '.join(map(shown, sorted(more, key=repr)))}" if more else "")
        + (f"\n  not seen: {', '.join(map(shown, sorted(fewer, key=repr)))}" if fewer else "")
    )
    values = asked.special[each.name] if observed(each) is not None else asked.ends
    number = next((at for at, value in values.items() if value in more), 0)
    what = "outcomes" if more else "missing"
    return [Failed(number, asked.deviations_of(number), error, what, None, each.name)]


def _complete_levels(search: Search, bound: int | None, found: Sequence[Found]) -> int | None:
    """Up to how many deviations every schedule was followed."""
    if bound is None:
        # Without ages in the fingerprints the levels are those of the worlds, not of all schedules.
        return found[0].failed.deviations - 1 if found and found[0].fewer is not None and search.first_only else None
    if search.failures and search.first_only:
        return search.failures[0].deviations - 1 if search.failures[0].deviations else None
    if search.stopped is None:
        return bound
    left = [search.nodes[number].deviations for number in search.open_worlds()]
    lowest = min(left, default=0)
    return lowest - 1 if lowest else None


def _stopped(search: Search, bound: int | None) -> str | None:
    if search.failures and search.first_only:
        return "failure"
    if search.stopped is not None:
        return search.stopped
    return "deviations" if bound is not None and not search.whole else None


def _not_explored(player: Player, faults: Faults, options: Mapping[str, Any]) -> str:
    kinds = {"lost connections": faults.drops, "dead processes": faults.crashes, "failing tasks": faults.tasks}
    allowed = {kind: count for kind, count in kinds.items() if count}
    left = [f"{kind} (0)" for kind in kinds if kind not in allowed] if allowed else ["faults (0 allowed)"]
    left += [f"{kind} (more than {count})" for kind, count in allowed.items()]
    if allowed and faults.on is not None:
        left.append("faults of other pages")
    if not faults.slow:
        left.append("slow messages (0)")
    if not options["bags"]:
        left.append("order between nodes")
    if player.beyond is not None:
        left.append(f"what is due more than {(player.horizon - player.begin) / SECOND:g} s later (horizon)")
    left.append("what handles of views look at at once (patches, uploads)")
    return ", ".join(left)


def _worlds(count: int) -> str:
    return f"{count:,} world{'' if count == 1 else 's'}"


def _unfinished_names(search: Search) -> tuple[str, ...]:
    count = len(search.unfinished)
    return (f"{count} end{'' if count == 1 else 's'} at which somebody still waits",) if count else ()


def _distinct(failed: Sequence[Failed]) -> list[Failed]:
    """The first failure of each signature."""
    found: dict[tuple[str, ...], Failed] = {}
    for each in failed:
        found.setdefault(signature(each.error, each.name), each)
    return list(found.values())


def _failure(sim: Simulation, found: Found, asked: Asking, words: Words, acts: int, *, shrink: bool = False) -> Failure:
    failed, player = found.failed, found.player
    followed = follow(sim, player, found.steps)
    rows = _rows(followed, words)
    property_ = next((each for each in asked.properties if each.name == failed.name), None)
    if property_ is not None and property_.kind == "outcomes" and observed(property_) is None and asked.observe:
        property_ = evolve(property_, holds=asked.observe)
    last = followed[-1].then if followed else player.start(sim.world)
    never = player.unfinished(last) if last is not None and failed.what == "unfinished" else ()
    text = (
        ""
        if failed.what == "missing"
        else test_of(sim, followed, failed.error, property_, failed.what, never, asked.guests, shrink=shrink)
    )
    schedule = tuple(each.place for each in found.steps)
    return Failure(
        failed.error, failed.what, failed.deviations, rows, schedule, failed.name, text, acts, len(player.deeds)
    )


def _rows(followed: Sequence[Followed], words: Words) -> tuple[Row, ...]:
    rows: list[Row] = []
    for each in followed:
        text = words.event(each.choice, each.about)
        told = ", ".join(dict.fromkeys(_touched(each.values)))
        if told:
            text = f"{text}: {told}"
        if each.usual is None:
            rows.append(Row(text))
        else:
            over = ", ".join(words.name(name) for name in each.shared)
            rows.append(Row(text, words.event(*each.usual), f"over {over}" if over else None))
    return tuple(rows)


def _touched(values: Sequence[tuple[str, str, Any]]) -> list[str]:
    """What was read and written of the store, in words."""
    return [
        f"{verb} store[{name!r}] = {shown(value)}"
        for verb, name, value in values
        if not name.startswith("liveview_testing.")
    ]
