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
from liveview_testing.properties.exploring.counterexamples.signatures import signature, tried
from liveview_testing.properties.exploring.properties import Property, verdict
from liveview_testing.properties.exploring.simulations import glance
from liveview_testing.properties.exploring.transitions import quiet
from liveview_testing.properties.soaking.running import CANNOT, Ran, Sizes
from liveview_testing.properties.soaking.target import Target
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.literals import Spelling
from liveview_testing.record.scripts.ordering import NotUnderWay
from liveview_testing.record.scripts.player import NotReplayed, Player
from liveview_testing.record.scripts.shrinking.passes import of_order
from liveview_testing.record.scripts.shrinking.shrinking import IMPOSSIBLE, DoesNotFail, shrink_from
from liveview_testing.record.scripts.targets import OnLocator, variable
from liveview_testing.record.scripts.writing import blocks
from liveview_testing.user.locators.finding.suggesting import suggestion
from liveview_testing.user.simulation import Simulation

MOST = 500


def smallest(target: Target, seed: int, sizes: Sizes, ran: Ran, wanted: tuple[str, ...]) -> tuple[int, str] | None:
    """How many acts are left, and the test; None if what was done does not show the failure when it is done again."""
    least = _Least(target, seed, sizes, ran, wanted)
    whole = ran.sim.script.with_failed()
    script = evolve(whole, acts=whole.acts[least.begin()[1] :])
    try:
        script = shrink_from(
            least.begin,
            script,
            least.never if least.asked is not None and least.asked.kind == "eventually" else None,
            MOST,
            (*IMPOSSIBLE, *CANNOT, NotUnderWay),
            after=least.ask,
            sign=_sign,
        )
    except DoesNotFail:
        return None
    acts = script.with_failed().acts
    if least.failing(acts) != wanted:  # it is another one that the acts come to
        return None
    count = sum(not of_order(act) for act in acts)
    return count, _test(target, seed, sizes, _as_written(target, seed, sizes, acts), ran, wanted)


class _Least:
    """What is asked while a run is made smaller: what was broken in it."""

    def __init__(self, target: Target, seed: int, sizes: Sizes, ran: Ran, wanted: tuple[str, ...]) -> None:
        self.target = target
        self.seed = seed
        self.sizes = sizes
        self.wanted = wanted
        broken = getattr(ran.error, "soaked", None)
        self.asked = next((each for each in target.invariants if each.name == broken), None)
        self.law = isinstance(ran.error, LawBroken)

    def begin(self) -> tuple[Any, int]:
        """A fresh world, and how many acts made it."""
        sim, _ = self.target.world(self.seed, self.sizes.people, None)
        return sim, len(sim.script.acts)

    def ask(self, sim: Any) -> None:
        """Whether it is broken in a world: raises what it raised."""
        asked = self.asked
        if asked is not None and asked.kind == "always":
            if asked.when is None or quiet(sim.world):
                _expect(asked, sim)
        if self.law:
            laws.hold(sim)

    def never(self, sim: Any) -> bool:
        """Whether what should come about did not, though it does if nothing is lost and all is in the usual order.

        Who is left out of a story cannot bring it about: that alone is no failure.
        """
        assert self.asked is not None
        acts = sim.script.acts[self.begin()[1] :]
        plain = [each for each in acts if not of_order(each)]
        if len(plain) < len(acts) and self._comes_about(plain):
            _expect(self.asked, sim)
        return False

    def _comes_about(self, acts: Sequence[Act]) -> bool:
        sim, _ = self.begin()
        hands = Player(sim)
        for act in acts:
            with suppress(Exception):
                hands.do(act)
        return self.asked is not None and verdict(self.asked, glance(sim, sim.world)) is None

    def failing(self, acts: Sequence[Act]) -> tuple[str, ...] | None:
        """How a world fails in which these acts are done; what cannot be done is left out."""
        sim, _ = self.begin()
        hands = Player(sim)
        try:
            for act in acts:
                with suppress(*CANNOT, NotReplayed, NotUnderWay):
                    hands.do(act)
                self.ask(sim)
            hands.end()
            self.ask(sim)
            if self.asked is not None and self.asked.kind == "eventually":
                _expect(self.asked, sim)
        except Exception as error:
            return _sign(error)
        return None


def _sign(error: BaseException) -> tuple[str, ...]:
    return signature(error, getattr(error, "soaked", None))


def _expect(asked: Property, sim: Any) -> None:
    error: Any = verdict(asked, glance(sim, sim.world))
    if error is not None:
        error.soaked = asked.name
        raise error


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


def _test(target: Target, seed: int, sizes: Sizes, acts: Sequence[Act], ran: Ran, wanted: tuple[str, ...]) -> str:
    """A module: the world as the target makes it, the acts, and in the end what they do not raise themselves."""
    spelling = Spelling(strict=False)
    spelling.uses("liveview_testing", "Simulation")
    names = ["world"]
    last: list[str] = []
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
        if target.asked[number].startswith("always("):
            spelling.uses("liveview_testing", "always")
        last.append(f"{target.asked[number]}.check(sim)  # {broken}")
    elif isinstance(ran.error, LawBroken):
        spelling.uses("liveview_testing.laws", "hold")
        last.append("hold(sim)")
    done = [(act, [act.spelled(spelling)]) for act in acts]
    asked = next((each for each in target.invariants if each.name == broken), None)
    if asked is not None and asked.kind == "eventually":  # once what still waits has arrived
        code = [*blocks(done), *last]
    else:
        code = blocks(done, last)
    lines = [
        f"from {module} import {', '.join(sorted(each))}" for module, each in sorted(spelling.imports.items()) if each
    ]
    lines += [f"import {module}" for module, each in sorted(spelling.imports.items()) if not each]
    lines += [_world_of(target, sorted(names)), "", "", f"def test_soak_seed_{seed}():"]
    lines += [f'    """{type(ran.error).__name__}"""', f"    sim = Simulation({given})"]
    text = "\n".join([*lines, f"    {_people(target, seed, sizes, ran)}", *(f"    {each}" for each in code)])
    told = tried(text, f"test_soak_seed_{seed}", wanted)
    return text if told is None else f"# {told}\n{text}"


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
