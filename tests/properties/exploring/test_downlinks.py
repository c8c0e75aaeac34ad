"""Frames down a link are heard at once, and nothing is lost by that.

What a person does depends on what he has heard; but a person who hears late and acts is, for everybody else, a person who hears at
once and whose frame is late. So the outcomes are the same where each page waits until it is heard.
"""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from liveview_testing.properties.exploring.choices import Do
from liveview_testing.properties.exploring.fingerprints import FRESH, Fingerprints
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import Player, Situation
from tests.harness.examples import THOROUGH
from tests.properties.exploring.systems import Passing, System, outcome
from tests.properties.exploring.test_complete import systems

Heard = tuple[tuple[bool, ...], ...]
"""Of each view whether the button is on the page as it was heard, then on those that are still on their way down."""

KINDS: list[dict[str, Any]] = [
    {"guards": 0.2},
    {"guards": 0.5, "kind": Passing},
    {"guards": 0.5, "failing": True, "kind": Passing},
]
COUNT = 500 if THOROUGH else 50


def pages(given: System, here: Situation) -> tuple[bool, ...]:
    """Whether the button is on each page as the server has it."""
    lines = here.world.lines
    return tuple('id="go"' in lines[view.id].page.html() for view in dict.fromkeys(each.view for each in given.deeds))


def sent(before: Heard, now: tuple[bool, ...]) -> Heard:
    """A page that is another is on its way."""
    return tuple(each if each[-1] == there else (*each, there) for each, there in zip(before, now, strict=True))


def with_queues(given: System, *, instant: bool = False) -> tuple[set[Any], int]:
    """The outcomes where what goes down a link waits until somebody chooses that it is heard; how often it was acted on a page
    that was another one by then.
    """
    late = 0
    clicks = {at for at, each in enumerate(given.deeds) if each.event == "click"}
    free = tuple(evolve(each, event="guarded") if each.event == "click" else each for each in given.deeds)
    player = Player(stage(given.sim), free, given.faults)
    views = list(dict.fromkeys(each.view for each in given.deeds))
    prints, known = Fingerprints(), set[Any]()
    begun = player.start(player.sim.world)
    stack: list[tuple[Situation, Heard]] = [(begun, tuple((each,) for each in pages(given, begun)))]
    found: set[Any] = set()
    while stack:
        here, heard = stack.pop()
        key = prints.of(here.world, FRESH, here[1:])[0], heard
        if key in known:
            continue
        known.add(key)
        children: list[tuple[Situation, Heard]] = []

        def follow(
            choice: Any, about: Any, here: Situation = here, heard: Heard = heard, children: Any = children
        ) -> bool:
            made = player.make(here, choice, about)
            if made is not None:
                now = sent(heard, pages(given, made[0]))
                children.append((made[0], tuple(each[-1:] for each in now) if instant else now))
            return made is not None

        for choice, about in player.offers(here):
            if isinstance(choice, Do) and player.deeds.index(about) in clicks:
                if not heard[views.index(about.view)][0]:
                    continue
                late += not heard[views.index(about.view)][-1]
            follow(choice, about)
        for at, each in enumerate(heard):
            if len(each) > 1:
                children.append((here, (*heard[:at], each[1:], *heard[at + 1 :])))
        passing = player.passing(here, alone=not children)
        if passing is not None:
            follow(passing, None)
        if not children:
            found.add(outcome(here))
        for choice, about in player.faults(here):
            follow(choice, about)
        stack.extend(children)
    return found, late


@pytest.mark.parametrize("options", KINDS, ids=["stays", "passes", "fails"])
def test_what_waits_on_its_way_down_changes_no_outcome(options: dict[str, Any]) -> None:
    acted_late = 0
    for given, every, _ in systems(COUNT if "kind" in options else COUNT // 5, **options):
        queued, late = with_queues(given)
        assert queued == every
        acted_late += late
    assert bool(acted_late) is ("kind" in options), (
        "where a button goes away, somebody clicks it who has not heard that"
    )


def test_the_model_without_queues_is_ours() -> None:
    """The canary for the model itself: heard at once, it is the same as what the search does."""
    for given, every, _ in systems(5, guards=0.2):
        assert with_queues(given, instant=True) == (every, 0)
