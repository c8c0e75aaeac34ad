"""A schedule to look at: its timeline, and at each choice what else could have come next.

Owns `timeline_of`. The schedule is followed again in a world that records; beside it the other choices of each world on the way,
each with the world behind it: that choice, and the usual order from there. Law: what is shown was followed, and a link leads to a
file that was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from liveview_testing.properties.exploring.choices import Choice, Taken
from liveview_testing.properties.exploring.counterexamples.describing import Words
from liveview_testing.properties.exploring.people import names_of
from liveview_testing.properties.exploring.schedules import choices_of, follow
from liveview_testing.properties.exploring.simulations import recording
from liveview_testing.properties.exploring.transitions import Player

if TYPE_CHECKING:
    from pathlib import Path

    from liveview_testing.record.timelines.failing import Failure
    from liveview_testing.record.timelines.run_timeline import Timeline
    from liveview_testing.user.simulation import Simulation

MOST_BRANCHES = 60
"""So many worlds behind other choices are written beside a timeline: those of the last steps."""

MOST_STEPS = 400

Make = Callable[[Any], Player]
"""A player as the search had it, on a stage of a simulation, or on the one that is given."""


class Shows(NamedTuple):
    """What a timeline has besides: the style sheet of its pages, and what failed."""

    css: str | Path | None = None
    failure: Failure | None = None


def shown_of(error: BaseException | None) -> Failure | None:
    """An error as a timeline shows it."""
    from liveview_testing.record.timelines.failing import failed

    return None if error is None else failed(error, str(error))


def timeline_of(
    sim: Simulation,
    player: Make,
    steps: Sequence[Taken],
    title: str,
    shows: Shows,
    *,
    branches: bool = True,
    up: str | None = None,
) -> Timeline:
    """The timeline of a schedule in the world that was explored; `up` is the file that links to this one."""
    from liveview_testing.record.timelines.choices import Choices, Offer
    from liveview_testing.record.timelines.run_timeline import recording_of, records_of, timeline

    plain = player(sim)
    followed = follow(sim, plain, steps)
    words = Words(names_of(sim, plain.guests), sim.world)
    again = recording(recording_of(sim), plain.guests)
    hands = player(again)
    here = hands.start(again.world)
    offered: list[tuple[int, list[Offer]]] = []
    every: list[tuple[str, int, Taken]] = []
    for at, each in enumerate(followed):
        options: list[Offer] = []
        for place, (choice, about) in enumerate(_possible(plain, each.before, each.choice)):
            name = f"{at + 1}-{place + 1}"
            taken = choice == each.choice
            options.append(Offer(words.event(choice, about), taken, place == 0, name))
            if not taken:
                every.append((name, at, Taken(choice, place)))
        offered.append((records_of(again), options))
        about = next(
            (one for choice, one in chain(hands.offers(here), hands.faults(here)) if choice == each.choice), None
        )
        try:
            made = hands.make(here, each.choice, about)
        except Exception:
            break  # as it did when it was found: the act is in the world, as one that failed
        assert made is not None
        here = made[0]
    near = every[-MOST_BRANCHES:] if branches else []
    beside = {
        name: partial(_behind, sim, player, [*steps[:at], choice], name, title, shows) for name, at, choice in near
    }
    choices = Choices(tuple(offered), beside, up)
    return timeline(again, title=title, css=shows.css, failure=shows.failure, choices=choices)


def _behind(
    sim: Simulation, player: Make, begun: Sequence[Taken], name: str, title: str, shows: Shows, up: str
) -> Timeline:
    """The world behind another choice: from there on all is usual."""
    plain = player(sim)
    steps = [*begun, *_usual(sim, plain, begun)]
    return timeline_of(sim, player, steps, f"{title}: instead, at {name}", Shows(shows.css), branches=False, up=up)


def _usual(sim: Simulation, player: Player, begun: Sequence[Taken]) -> Iterator[Taken]:
    followed = follow(sim, player, begun)
    here = followed[-1].then if followed else player.start(player.sim.world)
    for _ in range(MOST_STEPS):
        if here is None:
            return
        choice, about = next(iter(_possible(player, here, None)), (None, None))
        if choice is None:
            return
        try:
            made = player.make(here, choice, about)
        except Exception:
            made = None
        yield Taken(choice, 0)
        here = None if made is None else made[0]


def _possible(player: Player, here: Any, taken: Choice | None) -> list[tuple[Choice, Any]]:
    """What can happen in a situation, without what somebody cannot do now; faults only beside something else, or if one was."""
    found: list[tuple[Choice, Any]] = []
    faults = {choice for choice, _ in player.faults(here)}
    for choice, about in choices_of(player, here):
        if choice in faults and taken is None:
            continue
        try:
            possible = choice == taken or player.make(here, choice, about) is not None
        except Exception:
            possible = True
        if possible:
            found.append((choice, about))
    return found


__all__ = ["Shows", "shown_of", "timeline_of"]
