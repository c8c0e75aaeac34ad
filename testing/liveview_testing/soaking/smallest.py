"""The least of a run that still fails.

Owns `smallest`: of the acts of a seed those without which its failure does not happen, as a test. Laws: what is left fails with the
same signature; without any one of its acts it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from liveview_testing import laws
from liveview_testing.scripts.act import Act
from liveview_testing.scripts.player import NotReplayed, Player
from liveview_testing.soaking.running import CANNOT, Ran, Sizes
from liveview_testing.soaking.target import Target
from liveview_testing.worlds.properties import verdict
from liveview_testing.worlds.reports import signature
from liveview_testing.worlds.stages import glance

MOST = 500


def smallest(target: Target, seed: int, sizes: Sizes, ran: Ran, wanted: tuple[str, ...]) -> tuple[int, str] | None:
    """How many acts are left, and the test; None if the acts alone do not show the failure."""
    opened = len(target.world(seed, sizes.people, None)[0].script.acts)
    script = ran.sim.script.with_failed()
    acts = list(script.acts[opened:])
    tries = [0]

    def fails(some: Sequence[Act]) -> bool:
        tries[0] += 1
        return tries[0] <= MOST and _signature(target, seed, sizes, some) == wanted

    if not fails(acts):
        return None
    acts = _less(acts, fails)
    return len(acts), _test(target, seed, acts, ran)


def _less(acts: list[Act], fails: Any) -> list[Act]:
    """Halves, quarters, … and in the end single acts are left out, while it still fails."""
    size = max(1, len(acts) // 2)
    while True:
        at, smaller = 0, False
        while at < len(acts):
            rest = acts[:at] + acts[at + size :]
            if fails(rest):
                acts, smaller = rest, True
            else:
                at += size
        if size == 1 and not smaller:
            return acts
        size = max(1, size // 2)


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


def _ask(target: Target, sizes: Sizes, sim: Any) -> None:
    for each in target.invariants:
        if each.kind == "always":
            error: Any = verdict(each, glance(sim, sim.world))
            if error is not None:
                error.soaked = each.name
                raise error
    if sizes.hold:
        laws.hold(sim)


def _test(target: Target, seed: int, acts: Sequence[Act], ran: Ran) -> str:
    from liveview_testing.scripts.targets import variable

    people = ", ".join(variable(page.memory.name) for page in ran.pages)
    lines = [f"def test_soak_seed_{seed}():", f'    """{type(ran.error).__name__}"""']
    router = "" if target.router is None else "ROUTER, "
    lines.append(f"    sim = Simulation({router}seed={seed})")
    lines.append(f"    {people} = world(sim)  # of {target.place}")
    lines += [f"    {act.code}" for act in acts]
    return "\n".join(lines)
