"""The least of a run that still fails.

Owns `smallest`: the least of what was done in the world of a seed that fails as its run did, as a test. Laws: what is left fails
with the same signature; without any one of its acts it does not; the test runs as it is.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import evolve

from liveview_testing import laws
from liveview_testing.laws import LawBroken
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.properties import verdict
from liveview_testing.properties.exploring.stages import glance
from liveview_testing.properties.soaking.running import CANNOT, Ran, Sizes
from liveview_testing.properties.soaking.target import Target
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.literals import Spelling
from liveview_testing.record.scripts.player import NotReplayed, Player
from liveview_testing.record.scripts.shrinking.shrinking import IMPOSSIBLE, DoesNotFail, shrink_from
from liveview_testing.record.scripts.targets import OnLocator, variable
from liveview_testing.user.locators.finding.suggesting import suggestion
from liveview_testing.user.simulation import Simulation

MOST = 500


def smallest(target: Target, seed: int, sizes: Sizes, ran: Ran, wanted: tuple[str, ...]) -> tuple[int, str] | None:
    """How many acts are left, and the test; None if the acts alone do not show the failure."""

    def begin() -> tuple[Any, int]:
        sim, _ = target.world(seed, sizes.people, None)
        return sim, len(sim.script.acts)

    whole = ran.sim.script.with_failed()
    script = evolve(whole, acts=whole.acts[begin()[1] :])
    try:
        script = shrink_from(
            begin, script, lambda sim: _asked(target, sizes, sim) == wanted, MOST, (*IMPOSSIBLE, *CANNOT)
        )
    except DoesNotFail:
        return None
    acts = script.with_failed().acts
    if _signature(target, seed, sizes, acts) != wanted:  # it is another one that the acts alone come to
        return None
    return len(acts), _test(target, seed, sizes, _as_written(target, seed, sizes, acts), ran)


def _signature(target: Target, seed: int, sizes: Sizes, acts: Sequence[Act]) -> tuple[str, ...] | None:
    """How a world fails in which these acts are done; what cannot be done is left out."""
    sim, _ = target.world(seed, sizes.people, None)
    hands = Player(sim)
    try:
        for act in acts:
            with suppress(*CANNOT, NotReplayed):
                hands.do(act)
            _ask(target, sizes, sim)
    except Exception as error:
        return signature(error, getattr(error, "soaked", None))
    return None


def _as_written(target: Target, seed: int, sizes: Sizes, acts: Sequence[Act]) -> list[Act]:
    """The acts with the locators that a person would write."""
    sim, _ = target.world(seed, sizes.people, None)
    hands = Player(sim)
    found: list[Act] = []
    for act in acts:
        with suppress(*CANNOT, NotReplayed):
            act = _said(hands, act)
        found.append(act)
        with suppress(Exception):
            hands.do(act)
    return found


def _said(hands: Player, act: Act) -> Act:
    if not isinstance(act.on, OnLocator):
        return act
    page = hands.page(act.who)
    meant = act.on.query.find(page.reading)
    return evolve(act, on=evolve(act.on, query=suggestion(meant[0], page.reading))) if len(meant) == 1 else act


def _asked(target: Target, sizes: Sizes, sim: Any) -> tuple[str, ...] | None:
    """How a world fails when it is asked."""
    try:
        _ask(target, sizes, sim)
    except Exception as error:
        return signature(error, getattr(error, "soaked", None))
    return None


def _ask(target: Target, sizes: Sizes, sim: Any) -> None:
    for each in target.invariants:
        if each.kind == "always":
            error: Any = verdict(each, glance(sim, sim.world))
            if error is not None:
                error.soaked = each.name
                raise error
    if sizes.hold:
        laws.hold(sim)


def _test(target: Target, seed: int, sizes: Sizes, acts: Sequence[Act], ran: Ran) -> str:
    """A module: the world as the target makes it, the acts, and in the end what they do not raise themselves."""
    spelling = Spelling(strict=False)
    spelling.uses("liveview_testing", "Simulation")
    names = ["world"]
    code = [act.spelled(spelling) for act in acts]
    given = f"seed={seed}"
    if target.router is not None:
        names.append("ROUTER")
        given = f"ROUTER, {given}"
    if target.options:
        names.append("OPTIONS")
        given = f"{given}, **OPTIONS"
    broken = getattr(ran.error, "soaked", None)
    if broken is not None and target.asked:
        number = next(number for number, each in enumerate(target.invariants) if each.name == broken)
        names.append("INVARIANTS")
        code.append(f"assert {target.asked[number]}(sim) in (None, True)  # {broken}")
    elif isinstance(ran.error, LawBroken):
        spelling.uses("liveview_testing.laws", "hold")
        code.append("hold(sim)")
    lines = [
        f"from {module} import {', '.join(sorted(each))}" for module, each in sorted(spelling.imports.items()) if each
    ]
    lines += [f"import {module}" for module, each in sorted(spelling.imports.items()) if not each]
    lines += [_world_of(target, sorted(names)), "", "", f"def test_soak_seed_{seed}():"]
    lines += [f'    """{type(ran.error).__name__}"""', f"    sim = Simulation({given})"]
    return "\n".join([*lines, f"    {_people(target, seed, sizes, ran)}", *(f"    {each}" for each in code)])


def _world_of(target: Target, names: Sequence[str]) -> str:
    """The import of what makes the world."""
    path = Path(target.place)
    if path.suffix == ".py":
        return f"from {path.stem} import {', '.join(names)}  # of {target.place}"
    if target.asked or target.place in sys.modules:
        return f"from {target.place} import {', '.join(names)}"
    module, _, name = target.place.rpartition(".")
    return f"from {module} import {name} as world"


def _people(target: Target, seed: int, sizes: Sizes, ran: Ran) -> str:
    """The line that has the world made, and takes the pages of those who are in it."""
    names = ", ".join(variable(page.memory.name) for page in ran.pages)
    given = ("sim", f"{sizes.people}") if len(inspect.signature(target.make).parameters) > 1 else ("sim",)
    sim = Simulation(target.router, seed=seed, **target.options)
    made = target.make(sim, sizes.people) if len(given) > 1 else target.make(sim)
    alone = len(ran.pages) == 1 and isinstance(made, (tuple, list))
    return f"{f'({names},)' if alone else names} = world({', '.join(given)})"
