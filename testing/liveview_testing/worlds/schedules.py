"""A schedule followed again: from the beginning, choice by choice.

Owns `follow` and `Followed`. Law: what is told of a schedule was seen while it was followed again, never taken from the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from liveview_core.errors import LiveViewError
from liveview_testing.simulation.in_flight import Name
from liveview_testing.world.world import World
from liveview_testing.worlds.choices import Choice, Do, Footprint
from liveview_testing.worlds.playing import Player, Situation
from liveview_testing.worlds.searching import Taken
from liveview_testing.worlds.stages import stage

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation


@frozen(eq=False)
class Followed:
    """A step of a schedule: the choice, what it was about, the worlds around it; what would have been usual, and what they
    share.
    """

    choice: Choice
    about: Any
    before: Situation
    after: World
    values: tuple[tuple[str, str, Any], ...]
    done: Any = None
    usual: tuple[Choice, Any] | None = None
    shared: tuple[Name, ...] = ()
    error: BaseException | None = None
    then: Situation | None = None


class Astray(LiveViewError):
    """A schedule does not fit the world that it is followed in."""


def follow(sim: Simulation, player: Player, steps: Sequence[Taken]) -> list[Followed]:
    """Follow a schedule from the beginning; the last step may raise."""
    made = stage(sim, player.guests)
    player.sim = made
    here = player.start(made.world)
    found: list[Followed] = []
    for at, step in enumerate(steps):
        options = choices_of(player, here)
        about = next((each for choice, each in options if choice == step.choice), None)
        if about is None and step.choice not in [choice for choice, _ in options]:
            raise Astray(
                f"step {at + 1} of a schedule is not possible where it was before: {step.choice}",
                expected="code that does the same each time",
                got=", ".join(str(choice) for choice, _ in options) or "nothing",
                cure="laws.replay_law finds what differs",
            )
        try:
            result = player.make(here, step.choice, about)
        except Exception as error:
            if at + 1 < len(steps):
                raise
            found.append(
                Followed(step.choice, about, here, here.world, (), error=error, **_instead(player, here, step, None))
            )
            return found
        assert result is not None
        there, footprint, noted = result
        deed = player.chosen
        extra = _instead(player, here, step, footprint)
        found.append(Followed(step.choice, about, here, there.world, tuple(noted.values), deed, then=there, **extra))
        here = there
    return found


def choices_of(player: Player, here: Situation) -> list[tuple[Choice, Any]]:
    """Everything that may happen in a situation, and what people may try, as the search goes through it."""
    found = list(player.offers(here))
    alone = all(type(choice) is Do and player.make(here, choice, about) is None for choice, about in found)
    passing = player.passing(here, alone=alone)
    if passing is not None:
        found.append((passing, None))
    return [*found, *player.faults(here)]


def _instead(player: Player, here: Situation, step: Taken, footprint: Footprint | None) -> dict[str, Any]:
    """What would have been usual."""
    if not step.place:
        return {}
    for choice, about in player.offers(here):
        try:
            made = player.make(here, choice, about)
        except Exception:
            return {"usual": (choice, about)}
        if made is not None:
            shared = () if footprint is None else tuple(footprint.shared(made[1]))
            return {"usual": (choice, about), "shared": _telling(shared)}
    passing = player.passing(here, alone=True)
    return {} if passing is None else {"usual": (passing, None)}


def _telling(names: tuple[Name, ...]) -> tuple[Name, ...]:
    for kinds in (("store",), ("topic",), ("task",), ("process",)):
        some = tuple(name for name in names if name[0] in kinds)
        if some:
            return some
    return names
