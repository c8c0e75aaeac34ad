"""Making a script less, in one fixed order, whatever runs it.

Owns `Passes`. Laws: what is kept was run, and fails as the first did; each step is less in one well-founded order: fewer acts, then
fewer steps of a chosen order, fewer people, less time, plainer verbs, plainer values; so it ends, and begun again it stays so.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.record.scripts.act import TEST, Act
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.scripts.shrinking.delta import plainer, size_of, smaller
from liveview_testing.record.scripts.targets import Handed, OnElement, OnOrder, OnWorld
from liveview_testing.world.log.happening import SECOND

PLAINER = {"press_sequentially": "fill", "type": "fill", "dblclick": "click", "render_submit": "render_submit"}
FEW = 8
"""Of so few acts all pairs and triples are tried that have the last."""

WRITING = ("fill", "press_sequentially", "type", "insert_text")
WAITING = {"advance": 1.0, "wait_for_timeout": 0.001, "pass_time": 1.0}


@frozen
class Ran:
    """What came of a run: the acts that were done, and how it failed; None: it did not."""

    script: Script
    failed: Hashable | None


class Passes:
    """`run` does acts, and says what came of it; `due` says how long it may be, before an act that waits, to what is due next."""

    def __init__(
        self, first: Ran, run: Callable[[list[Act]], Ran], due: Callable[[Script, int], Iterable[float]], runs: int
    ) -> None:
        self.signature = first.failed
        self.best = first.script
        self.left = runs
        self._run = run
        self._due = due
        self._known: dict[str, Script | None] = {}

    def least(self) -> Script:
        """All passes, until nothing changes."""
        while True:
            before = self.best
            for each in (self._orders, self._people, self._acts, self._renamed, self._values, self._times, self._verbs):
                each()
                if self.left <= 0:
                    return self.best
            if self.best is before:
                return self.best

    def _try(self, acts: list[Act]) -> Script | None:
        """What is left of these acts, if they fail still, as they should, and are less than the best so far."""
        key = repr([(each.who, each.on, each.verb, each.args, each.options, each.answers) for each in acts])
        if key not in self._known:
            if self.left <= 0:
                return None
            self.left -= 1
            ran = self._run(acts)
            self._known[key] = ran.script if ran.failed == self.signature else None
        found = self._known[key]
        if found is None or not measure(found) < measure(self.best):
            return None
        self.best = found
        return found

    # --- passes -----------------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """Whole people are left out."""
        for who in reversed(people_of(self.best)):
            self._try([each for each in self.best if each.who != who])

    def _orders(self) -> None:
        """Messages arrive in the usual order."""
        plain = [each for each in self.best if not of_order(each)]
        if len(plain) < len(self.best):
            self._try(plain)

    def _acts(self) -> None:
        """Acts are left out, in large parts first."""

        def holds(acts: list[Act]) -> list[Act] | None:
            found = self._try(acts)
            return None if found is None else list(found)

        self._last_alone()
        smaller(list(self.best), holds)
        if len(self.best) <= FEW:
            self._few()

    def _last_alone(self) -> None:
        """The last acts alone: where they fail, what came before only stood in their way."""
        size = 1
        while size < len(self.best) and self._try(list(self.best)[-size:]) is None:
            size *= 2

    def _few(self) -> None:
        """One or two acts and the last one, where no single one can be left out because another is in the way."""
        acts = list(self.best)
        for size in range(3):
            for some in itertools.combinations(acts[:-1], size):
                if size + 1 < len(acts) and self._try([*some, acts[-1]]) is not None:
                    return

    def _renamed(self) -> None:
        """What one person does another does as well; names are the usual ones."""
        people = people_of(self.best)
        for at, who in enumerate(people[1:], 1):
            for other in people[:at]:
                acts = [_by(each, who, other) for each in self.best if not (each.who == who and each.opens)]
                if self._try(acts) is not None:
                    return
        for at, act in enumerate(self.best):
            if act.opens and "name" in act.options:
                options = {name: each for name, each in act.options.items() if name != "name"}
                self._instead(at, evolve(act, options=options))

    def _values(self) -> None:
        """Values say less."""
        at = 0
        while at < len(self.best):
            changed = next((True for each in _less(self.best[at]) if self._instead(at, each)), False)
            at += not changed

    def _times(self) -> None:
        """Time passes until exactly the next thing that is due, or not at all."""
        while self._waited_at_once():
            pass
        for at in range(len(self.best)):
            if at >= len(self.best) or self.best[at].verb not in WAITING:
                continue
            for seconds in self._due(self.best, at):
                if self._instead(at, _lasting(self.best[at], seconds)):
                    break

    def _waited_at_once(self) -> bool:
        """Time that passes in two parts passes in one, here or there."""
        waits = [at for at, act in enumerate(self.best) if act.verb in WAITING and act.args]
        for first, then in itertools.pairwise(waits):
            acts = list(self.best)
            seconds = seconds_of(acts[first]) + seconds_of(acts[then])
            for stays, goes in ((first, then), (then, first)):
                there = [*acts]
                there[stays] = _lasting(acts[stays], seconds)
                del there[goes]
                if self._try(there) is not None:
                    return True
        return False

    def _verbs(self) -> None:
        """Plainer verbs."""
        for at in range(len(self.best)):
            if at < len(self.best):
                verb = PLAINER.get(self.best[at].verb)
                if verb is not None and verb != self.best[at].verb:
                    self._instead(at, evolve(self.best[at], verb=verb, options={}))

    def _instead(self, at: int, act: Act) -> bool:
        acts = list(self.best)
        acts[at] = act
        return self._try(acts) is not None


# --- measuring --------------------------------------------------------------------------------------------------------


def seconds_of(act: Act) -> float:
    unit = WAITING.get(act.verb)
    if unit is None or not act.args:
        return 0.0
    given: Any = act.args[0]
    return float(given.total_seconds() if hasattr(given, "total_seconds") else given) * unit


def whole(passed: float) -> Iterator[float]:
    """Whole seconds that are less."""
    if passed != int(passed):
        yield float(int(passed))
    number = 1
    while number < passed:
        yield float(number)
        number *= 2


def _lasting(act: Act, seconds: float) -> Act:
    amount = round(seconds / WAITING[act.verb], 6)
    return evolve(act, args=(int(amount) if amount == int(amount) else amount, *act.args[1:]))


def measure(script: Script) -> tuple[Any, ...]:
    """The order in which scripts are less: well-founded, so that shrinking ends."""
    sizes = [size_of(each) for act in script for each in _values_of(act)]
    return (
        sum(not of_order(act) for act in script),
        len(script),
        len(people_of(script)),
        round(sum(seconds_of(act) for act in script) * SECOND),
        sum(act.verb in PLAINER for act in script),
        sum("name" in act.options for act in script if act.opens),
        sum(length for length, _ in sizes),
        [text for _, text in sizes],
        [act.who for act in script],
    )


def people_of(script: Script) -> tuple[str, ...]:
    """Who acts, in the order in which they come."""
    return tuple(dict.fromkeys(act.who for act in script if act.who != TEST))


def of_order(act: Act) -> bool:
    """Whether an act chooses what arrives next, or begins or ends that."""
    return isinstance(act.on, OnOrder) or (act.verb == "in_order" and isinstance(act.on, OnWorld))


def _by(act: Act, who: str, other: str) -> Act:
    """An act of one person as another's; and what it says of the one as of the other."""

    def said(value: Any) -> Any:
        return evolve(value, who=other) if isinstance(value, Handed) and value.who == who else value

    args, options = tuple(map(said, act.args)), {name: said(each) for name, each in act.options.items()}
    return evolve(act, who=other if act.who == who else act.who, args=args, options=options)


# --- values -----------------------------------------------------------------------------------------------------------


def _values_of(act: Act) -> Iterator[Any]:
    if isinstance(act.on, OnElement) and act.on.data:
        yield dict(act.on.data)
    for at in _places(act):
        yield act.args[at]
    for each in act.options.values():
        if isinstance(each, (str, int, float, dict, list, tuple)):
            yield each


def _places(act: Act) -> range | tuple[int, ...]:
    """The places among the arguments where values stand, not names."""
    if act.opens or isinstance(act.on, OnOrder) or (isinstance(act.on, OnWorld) and act.on.part != "store"):
        return ()
    if isinstance(act.on, OnWorld):
        return (1,)
    if act.verb in WRITING:
        return (0,)
    if act.verb in ("send", "call", "cast"):
        return range(len(act.args))
    if act.verb.startswith("render_"):
        return tuple(at for at, each in enumerate(act.args) if isinstance(each, Mapping))
    return ()


def _less(act: Act) -> Iterator[Act]:
    if isinstance(act.on, OnElement) and act.on.data:
        for data in plainer(dict(act.on.data)):
            yield evolve(act, on=evolve(act.on, data=data))
    for at in _places(act):
        for each in plainer(act.args[at]):
            yield evolve(act, args=(*act.args[:at], each, *act.args[at + 1 :]))
    for name, value in act.options.items():
        if isinstance(value, dict) and not act.opens:
            for each in plainer(value):
                yield evolve(act, options={**act.options, name: each})


__all__ = ["WAITING", "Passes", "Ran", "measure", "of_order", "people_of", "seconds_of", "whole"]
