"""Soaking a world: what many seeds found, and what it comes down to.

Owns `soak` and `SoakReport`. Law: the report is sorted by seed and says what was run; a failure is told by the least that still
fails, or by its seed where that is all there is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.values.declaring import frozen
from liveview_testing.failures.misuse.asked_functions import takes
from liveview_testing.properties.exploring.transitions import Faults
from liveview_testing.properties.soaking.batches import KILLED, Spread, Told
from liveview_testing.properties.soaking.running import Ran, Sizes, run_seed
from liveview_testing.properties.soaking.target import Target, load
from liveview_testing.world.simulation.delivering.message_recording import asked
from liveview_testing.world.tracebacks import shortened

MOST_TRIED = 3
"""So many seeds of a kind are tried, until one is made smaller."""


@frozen
class Kind:
    """One kind of failure: its signature, the seeds that show it, and a test that does."""

    signature: tuple[str, ...]
    seeds: tuple[int, ...]
    error: str = ""
    acts: int = 0
    shrunk: int | None = None
    test: str = ""
    why: str = ""
    """Why it was not made smaller."""


@frozen(eq=False)
class SoakReport:
    """What a soak has found. `digests` are those of the traces, by seed; `sometimes` has how many seeds saw what."""

    target: str
    seeds: int
    acts: int
    kinds: tuple[Kind, ...]
    digests: Mapping[int, str]
    sometimes: Mapping[str, int]
    lost: int = 0
    unfinished: tuple[int, ...] = ()
    seconds: float = field(default=0.0, eq=False)
    _scripts: Callable[[int], Any] | None = field(default=None, alias="scripts", repr=False)

    @property
    def failures(self) -> int:
        """How many seeds failed."""
        return sum(len(kind.seeds) for kind in self.kinds)

    @property
    def unseen(self) -> tuple[str, ...]:
        """The `sometimes` that no seed has seen."""
        return tuple(name for name, count in self.sometimes.items() if not count)

    @property
    def scripts(self) -> Mapping[int, Any]:
        """The script of each seed, made again from it when it is asked for."""
        return _Scripts(tuple(self.digests), self._scripts)

    def text(self) -> str:
        """The report without anything that depends on the clock: the same for any number of workers."""
        seen = len(self.sometimes) - len(self.unseen)
        kinds = f" ({len(self.kinds)} kind{'' if len(self.kinds) == 1 else 's'})" if self.kinds else ""
        told = f" · sometimes: {seen} of {len(self.sometimes)} seen" if self.sometimes else ""
        failures = f"{self.failures} failure{'' if self.failures == 1 else 's'}"
        lines = [f"{self.seeds:,} seed{'' if self.seeds == 1 else 's'} · {self.acts:,} acts · {failures}{kinds}{told}"]
        lines += [f"not seen: {name}" for name in self.unseen]
        if self.unfinished:
            lines.append(f"not run, as the executor broke: seeds {_listed(self.unfinished)}")
        for kind in self.kinds:
            shrunk = "" if kind.shrunk is None else f"; shrunk from {kind.acts} acts to {kind.shrunk}"
            lines.append(
                f"\n{' '.join(kind.signature[:1])} {_place(kind.signature)}, seeds {_listed(kind.seeds)}{shrunk}:"
            )
            if kind.error:
                lines.append("    " + kind.error.replace("\n", "\n    "))
            if kind.why:
                lines.append(f"    not made smaller: {kind.why}")
            if kind.test:
                lines.append("\n" + kind.test)
            lines.append(f"again: liveview soak {self.target} --seed {kind.seeds[0]}")
        return "\n".join(lines)

    def __str__(self) -> str:
        rate = f"{self.seconds:.1f} s · {self.acts / self.seconds:,.0f} acts/s" if self.seconds else ""
        first, _, rest = self.text().partition("\n")
        return f"{first} · {rate}\n{rest}" if rest else f"{first} · {rate}"


class _Scripts(Mapping[int, Any]):
    def __init__(self, seeds: tuple[int, ...], make: Callable[[int], Any] | None) -> None:
        self._seeds = seeds
        self._make = make

    def __getitem__(self, seed: int) -> Any:
        if seed not in self._seeds or self._make is None:
            raise KeyError(seed)
        return self._make(seed)

    def __iter__(self) -> Any:
        return iter(self._seeds)

    def __len__(self) -> int:
        return len(self._seeds)


class NotImportable(LiveViewError):
    """Workers cannot import the program that soaks."""


@shortened
def soak(
    target: Any,
    seeds: Iterable[int] = range(100),
    *,
    people: int = 2,
    acts: int = 200,
    faults: Faults | None = None,
    workers: int = 1,
    executor: Any = None,
    history: int = 1000,
    swarm: bool = True,
    laws: bool = True,
    shrink: bool = True,
    progress: Callable[[int, int, int], None] | None = None,
) -> SoakReport:
    """Run a world with many seeds; in each, people do things at random, and the laws and invariants are held.

    `target` is a module, by its path or name, with `world(sim)` that opens the pages and gives them back; if it has `ROUTER`,
    `INVARIANTS`, `FAULTS` or `acts(page, chance)`, they are used. `executor`: any of `concurrent.futures`, or Dask's
    (`client.get_executor(pure=False)`); `workers`: so many processes of our own. `history` is how many messages a world
    remembers. `swarm=False`: every kind of act in each run. `progress` is told how many seeds are done, how many acts, how many
    failed.
    """
    listed = _listed_seeds(seeds)
    if faults is not None and not isinstance(faults, Faults):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "the option faults of soak is wrong", expected="Faults(drops=1)", got=shown(faults), cure="Faults(drops=1)"
        )
    if progress is not None and not (callable(progress) and takes(progress, 3)):
        raise BadOption(
            "the option progress of soak is wrong",
            expected="a function of how many seeds are done, how many acts, how many failed",
            got=shown(progress),
        )
    for name, value in (("people", people), ("acts", acts), ("workers", workers), ("history", history)):
        if type(value) is not int or value < 1:
            raise BadOption(f"the option {name} of soak is wrong", expected="an int, 1 or more", got=shown(value))
    sizes = Sizes(people, acts, history, faults, swarm, laws)
    made = load(target)
    begun = time.perf_counter()
    counts = [0, 0, 0]

    def count(told: Told) -> None:
        counts[0] += 1
        counts[1] += told[1]
        counts[2] += told[3] is not None
        if progress is not None:
            progress(*counts)

    if executor is None and workers == 1:
        found: list[Told] = []
        for seed in listed:
            with asked.aside():
                told = run_seed(made, seed, sizes).told
            found.append(told)
            count(told)
        spread = None
    else:
        _expect_importable(target, executor)
        spread = Spread(str(target), listed, sizes, executor, workers, count)
        found = spread.run()
    sometimes = {each.name: 0 for each in made.invariants if each.kind == "sometimes"}
    for told in found:
        for name in told[4]:
            sometimes[name] = sometimes.get(name, 0) + 1
    with asked.aside():
        kinds = _kinds(made, sizes, found, shrink=shrink)
    return SoakReport(
        str(made.place),
        len(found),
        sum(told[1] for told in found),
        kinds,
        {told[0]: told[2] for told in found},
        sometimes,
        0 if spread is None else spread.lost,
        () if spread is None else tuple(spread.unfinished),
        time.perf_counter() - begun,
        scripts=lambda seed: script_of(made, seed, sizes),
    )


def _listed_seeds(seeds: Any) -> tuple[int, ...]:
    whole = seeds  # not narrowed
    listed: tuple[Any, ...] = tuple(whole) if isinstance(seeds, Iterable) and not isinstance(seeds, str) else ()
    if not listed or not all(type(each) is int for each in listed):
        raise BadOption(
            "a soak runs one seed at least",
            expected="seeds, as whole numbers: range(100), [7]",
            got=shown(whole),
            cure=f"soak(…, seeds=range({whole}))" if type(whole) is int and whole > 0 else None,
        )
    return listed


def _expect_importable(target: Any, executor: Any) -> None:
    if not isinstance(target, str):
        raise BadOption(
            "workers read the target by its place",
            expected="a path, or the name of a module",
            got=shown(target),
            cure='soak("shop/soak.py", workers=4)',
        )
    main: Any = sys.modules.get("__main__")
    own = executor is None or type(executor).__name__ == "ProcessPoolExecutor"
    file = getattr(main, "__file__", None)
    if own and getattr(main, "__spec__", None) is None and file is not None and not Path(file).is_file():
        raise NotImportable(
            "worker processes cannot import the program that soaks",
            expected="a module, or a script in a file",
            got="a program from standard input",
            cure="liveview soak MODULE --workers 4; or put it into a file",
        )


def script_of(target: Target, seed: int, sizes: Sizes) -> Any:
    """What was done in the run of a seed, as a script."""
    return again(target, seed, sizes).sim.script


def again(target: Target, seed: int, sizes: Sizes) -> Ran:
    """The run of a seed, with all that it did remembered."""
    whole = Sizes(sizes.people, sizes.acts, None, sizes.faults, sizes.swarm, sizes.hold)
    return run_seed(target, seed, whole)


def _kinds(target: Target, sizes: Sizes, found: list[Told], *, shrink: bool) -> tuple[Kind, ...]:
    seeds: dict[tuple[str, ...], list[Told]] = {}
    for told in found:
        if told[3] is not None:
            seeds.setdefault(tuple(told[3]), []).append(told)
    return tuple(_kind(target, sizes, name, tolds, shrink=shrink) for name, tolds in sorted(seeds.items()))


def _kind(target: Target, sizes: Sizes, name: tuple[str, ...], tolds: list[Told], *, shrink: bool) -> Kind:
    seeds = tuple(told[0] for told in tolds)
    if name == KILLED:
        return Kind(name, seeds, "the process that ran it died; run it at home to see how")
    plainest = sorted(tolds, key=lambda told: (not told[5], told[1], told[0]))
    ran = again(target, plainest[0][0], sizes)
    error = str(ran.error)
    acts = plainest[0][1]
    if shrink:
        from liveview_testing.properties.soaking.minimizing import smallest

        for told in plainest[:MOST_TRIED]:
            ran = ran if told is plainest[0] else again(target, told[0], sizes)
            less = smallest(target, told[0], sizes, ran, name)
            if less is not None:
                return Kind(name, seeds, str(ran.error), told[1], less[0], less[1])
    why = "done again, less of it fails otherwise, or not at all" if shrink else ""
    return Kind(name, seeds, error, acts, why=why)


def check(target: Any, seed: int, *, people: int = 2, acts: int = 200, faults: Faults | None = None) -> str | None:
    """Run a seed twice and compare; where the traces part, in words, or None if they are the same byte for byte."""
    made = load(target)
    sizes = Sizes(people, acts, 1000, faults)
    first, second = run_seed(made, seed, sizes), run_seed(made, seed, sizes)
    if first.digest == second.digest:
        return None
    one, other = again(made, seed, sizes), again(made, seed, sizes)
    mine, theirs = one.sim.trace.decode().splitlines(), other.sim.trace.decode().splitlines()
    for number, (here, there) in enumerate(zip(mine, theirs, strict=False), 1):
        if here != there:
            return f"two runs of seed {seed} part at line {number} of their traces:\n  {here}\n  {there}"
    return f"two runs of seed {seed} part, and not in two further ones: something outside of the world is asked"


def _place(signature: tuple[str, ...]) -> str:
    if len(signature) == 3:
        return f"in {signature[2]} ({signature[1]})"
    return f"({', '.join(signature[1:])})" if len(signature) > 1 else ""


def _listed(seeds: Iterable[int]) -> str:
    some = list(seeds)
    return ", ".join(map(str, some[:8])) + (f" … ({len(some)})" if len(some) > 8 else "")
