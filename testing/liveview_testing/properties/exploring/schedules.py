"""A schedule followed again: from the beginning, choice by choice.

Owns `follow` and `Followed`. Law: what is told of a schedule was seen while it was followed again, never taken from the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.errors import LiveViewError
from liveview_core.values.declaring import frozen
from liveview_testing.properties.exploring.choices import Choice, Do, Footprint, Taken
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import Player, Situation
from liveview_testing.world.log.reads_and_writes import Name
from liveview_testing.world.world import World

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation


@frozen(eq=False)
class Followed:
    """A step of a schedule: the choice, what it was about, the worlds around it; what would have been usual (no choice at all:
    that nothing else happens), and what they share.
    """

    choice: Choice
    about: Any
    before: Situation
    after: World
    values: tuple[tuple[str, str, Any], ...]
    done: Any = None
    usual: tuple[Choice | None, Any] | None = None
    shared: tuple[Name, ...] = ()
    error: BaseException | None = None
    then: Situation | None = None
    touched: Footprint | None = None


class Astray(LiveViewError):
    """A schedule does not fit the world that it is followed in."""


def follow(sim: Simulation, player: Player, steps: Sequence[Taken]) -> list[Followed]:
    """Follow a schedule from the beginning; the last step may raise."""
    made = stage(sim, player.guests)
    player.sim = made
    here = player.start(made.world)
    found: list[Followed] = []
    offered: list[set[Choice]] = []
    for at, step in enumerate(steps):
        options = choices_of(player, here)
        offered.append({choice for choice, _ in options})
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
            return _with_reasons(found, offered)
        assert result is not None
        there, footprint, noted = result
        deed = player.chosen
        extra = _instead(player, here, step, footprint)
        found.append(
            Followed(
                step.choice, about, here, there.world, tuple(noted.values), deed, then=there, touched=footprint, **extra
            )
        )
        here = there
    return _with_reasons(found, offered)


def _with_reasons(found: list[Followed], offered: list[set[Choice]]) -> list[Followed]:
    """Each step that was not the usual one with what it shares with what it overtook.

    Where the two share nothing themselves, what came of them does: the results of two tasks meet, not the tasks.
    """
    return [
        evolve(each, shared=_shared_with_overtaken(found, offered, at))
        if each.usual is not None and not each.shared
        else each
        for at, each in enumerate(found)
    ]


def _shared_with_overtaken(found: list[Followed], offered: list[set[Choice]], at: int) -> tuple[Name, ...]:
    mine = _following(found, offered, at)
    for later in range(at + 1, len(found)):
        if found[later].choice not in offered[at]:
            continue
        for other in _following(found, offered, later):
            for one in mine:
                first, second = found[one].touched, found[other].touched
                if one != other and first is not None and second is not None and (names := first.shared(second)):
                    return _telling(tuple(names))
    return ()


def _following(found: list[Followed], offered: list[set[Choice]], at: int) -> list[int]:
    """A step, and those that it made possible, and so on."""
    family = [at]
    for later in range(at + 1, len(found)):
        choice = found[later].choice
        since = next((each for each in range(later, 0, -1) if choice not in offered[each - 1]), 0)
        if since - 1 in family:
            family.append(later)
    return family


def choices_of(player: Player, here: Situation) -> list[tuple[Choice, Any]]:
    """Everything that may happen in a situation, and what people may try, as the search goes through it."""
    found = list(player.offers(here))
    alone = all(in_vain(player, here, choice, about) for choice, about in found)
    passing = player.passing(here, alone=alone)
    if passing is not None:
        found.append((passing, None))
    return [*found, *player.faults(here)]


def in_vain(player: Player, here: Situation, choice: Choice, about: Any) -> bool:
    """Whether it is what somebody cannot do now. What raises is tried again, where it counts."""
    if not isinstance(choice, Do):
        return False
    try:
        return player.make(here, choice, about) is None
    except Exception:
        return False


def _instead(player: Player, here: Situation, step: Taken, footprint: Footprint | None) -> dict[str, Any]:
    """What would have been usual; and what the step shares with that, or with something else that it came before."""
    if not step.place:
        return {}
    usual: tuple[Choice | None, Any] | None = None
    for choice, about in player.offers(here):
        if choice == step.choice:
            continue
        try:
            made = player.make(here, choice, about)
        except Exception:
            usual = usual or (choice, about)
            continue
        if made is None:
            continue
        usual = usual or (choice, about)
        if footprint is not None and (shared := footprint.shared(made[1])):
            return {"usual": usual, "shared": _telling(tuple(shared))}
    return {"usual": usual or (player.passing(here, alone=True), None)}


def _telling(names: tuple[Name, ...]) -> tuple[Name, ...]:
    for kinds in (("store",), ("topic",), ("task",), ("process",)):
        some = tuple(name for name in names if name[0] in kinds)
        if some:
            return some
    return names
