"""As little of a script as still fails.

Owns `shrink`, and what makes two failures the same. Laws: what comes out fails as what went in; nothing of it can be left out, and
shrinking it again gives itself; it is smaller in one fixed order: fewer acts, then fewer people, less time, plainer verbs, plainer
values.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, TypeAlias

from attrs import evolve, frozen

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.player import NotReplayed, Player
from liveview_testing.record.scripts.reading import script_in
from liveview_testing.record.scripts.script import Script, a_script
from liveview_testing.record.scripts.shrinking.delta import plainer, size_of, smaller
from liveview_testing.record.scripts.targets import OnElement, OnWorld
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.page_state.files import NotSent, NoUpload
from liveview_testing.world.page_state.requests import NoRequest
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.simulation.tasks import NoSuchTask
from liveview_testing.world.tracebacks import shortened

Fails: TypeAlias = Callable[[Any], object]
Begun: TypeAlias = "tuple[Any, int]"
"""A fresh world, and how many acts were done in it when it was made."""

IMPOSSIBLE: tuple[type[Exception], ...] = (KitFailure, Error, NotReplayed, NoSuchTask, NoUpload, NotSent, NoRequest)
"""What says that an act cannot be done in this world: it is left out, and is no failure."""

MOST_REPLAYS = 2_000
PLAINER = {"press_sequentially": "fill", "type": "fill", "dblclick": "click", "render_submit": "render_submit"}
WRITING = ("fill", "press_sequentially", "type", "insert_text")
WAITING = {"advance": 1.0, "wait_for_timeout": 0.001}


class DoesNotFail(LiveViewError, ValueError):
    """A script was to be shrunk that does not fail."""


@frozen
class Signature:
    """What makes two failures the same: the kind of the error, and the innermost function of the user that it came from."""

    kind: str
    where: tuple[str, str] | None


@shortened
def shrink(script: Script, fails: Fails | None = None, *, replays: int = MOST_REPLAYS) -> Script:
    """As little of a script as still fails: fewer acts, fewer people, less time, plainer values.

    `fails(sim)` is asked of the world that a replay comes to: it fails where the answer is true, or where it raises. Without it
    the failure is the error that one of the acts raises, as `sim.script.with_failed()` has it. A failure of another kind, or from
    another function, is another one, and is not followed. An act that is not possible any more is left out. After `replays`
    replays the best so far is the answer.
    """
    a_script(script, "shrink")
    if fails is not None and not callable(fails):
        raise BadOption(
            "what makes a script fail is a function",
            expected="fails(sim), which is true, or raises, where the replay failed",
            got=shown(fails),
            cure="shrink(script, lambda sim: not sim.view(view).has_element('#total', '3'))",
        )
    return shrink_from(lambda: (Acting._maker(script.world), 0), script, fails, replays)


def shrink_from(
    begin: Callable[[], Begun],
    script: Script,
    fails: Fails | None,
    replays: int,
    impossible: tuple[type[Exception], ...] = IMPOSSIBLE,
) -> Script:
    """As `shrink`, in worlds that something else begins: the script is of what was done in them afterwards."""
    return _Shrinking(begin, script, fails, replays, impossible).run()


def signature(error: BaseException) -> Signature:
    """What an error has in common with others of the same cause."""
    where: tuple[str, str] | None = None
    at: TracebackType | None = error.__traceback__
    while at is not None:
        code, module = at.tb_frame.f_code, str(at.tb_frame.f_globals.get("__name__"))
        if module.partition(".")[0] not in ("liveview_core", "liveview_testing"):
            where = (code.co_filename, code.co_qualname if hasattr(code, "co_qualname") else code.co_name)
        at = at.tb_next
    return Signature(type(error).__qualname__, where)


@frozen
class _Run:
    """What came of a replay: the acts that were done, and how it failed."""

    script: Script
    failed: Signature | None


class _Shrinking:
    def __init__(
        self,
        begin: Callable[[], Begun],
        script: Script,
        fails: Fails | None,
        replays: int,
        impossible: tuple[type[Exception], ...],
    ) -> None:
        self.begin = begin
        self.impossible = impossible
        self.fails = fails
        self.left = replays
        self.known: dict[str, Script | None] = {}
        first = self._replay(list(script.with_failed()))
        if first.failed is None:
            raise DoesNotFail(
                "the script does not fail",
                expected="an act that raises, or fails(sim) that is true or raises, once it is replayed",
                got=shown(str(script)),
                cure="sim.script.with_failed() has the act that raised as its last",
            )
        self.signature = first.failed
        self.best = first.script

    def run(self) -> Script:
        """All passes, until nothing changes."""
        while True:
            before = self.best
            for each in (self._people, self._acts, self._renamed, self._values, self._times, self._verbs):
                each()
                if self.left <= 0:
                    return self.best
            if self.best is before:
                return self.best

    # --- asking -----------------------------------------------------------------------------------------------------

    def _replay(self, acts: list[Act]) -> _Run:
        sim, begun = self.begin()
        player = Player(sim)
        failed: Signature | None = None
        wanted: Signature | None = getattr(self, "signature", None)
        for act in acts:
            try:
                player.do(act)
            except Exception as error:
                said = signature(error)
                if (
                    isinstance(error, self.impossible)
                    and said != wanted
                    and (act is not acts[-1] or wanted is not None or self.fails)
                ):
                    continue
                failed = said
                break
        script = script_in(sim)
        script = evolve(script, acts=script.acts[begun:])
        if failed is not None:
            return _Run(script.with_failed(), failed)
        script = evolve(script, failed=None)
        if self.fails is None:
            return _Run(script, None)
        try:
            return _Run(script, Signature("fails", None) if self.fails(sim) else None)
        except Exception as error:
            return _Run(script, signature(error))

    def _try(self, acts: list[Act]) -> Script | None:
        """What is left of these acts, if they fail still, as they should, and are less than the best so far."""
        key = repr([(each.who, each.on, each.verb, each.args, each.options, each.answers) for each in acts])
        if key not in self.known:
            if self.left <= 0:
                return None
            self.left -= 1
            run = self._replay(acts)
            self.known[key] = run.script if run.failed == self.signature else None
        found = self.known[key]
        if found is None or not _measure(found) < _measure(self.best):
            return None
        self.best = found
        return found

    # --- passes -----------------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """Whole people are left out."""
        for who in reversed(self.best.people):
            self._try([each for each in self.best if each.who != who])

    def _acts(self) -> None:
        """Acts are left out, in large parts first."""

        def holds(acts: list[Act]) -> list[Act] | None:
            found = self._try(acts)
            return None if found is None else list(found)

        smaller(list(self.best), holds)

    def _renamed(self) -> None:
        """What one person does another does as well; names are the usual ones."""
        people = self.best.people
        for at, who in enumerate(people[1:], 1):
            for other in people[:at]:
                acts = [
                    evolve(each, who=other) if each.who == who else each
                    for each in self.best
                    if not (each.who == who and each.opens)
                ]
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
            for seconds in self._due(at):
                if self._instead(at, _lasting(self.best[at], seconds)):
                    break

    def _waited_at_once(self) -> bool:
        """Time that passes in two parts passes in one, here or there."""
        waits = [at for at, act in enumerate(self.best) if act.verb in WAITING and act.args]
        for first, then in itertools.pairwise(waits):
            acts = list(self.best)
            seconds = _seconds(acts[first]) + _seconds(acts[then])
            for stays, goes in ((first, then), (then, first)):
                there = [*acts]
                there[stays] = _lasting(acts[stays], seconds)
                del there[goes]
                if self._try(there) is not None:
                    return True
        return False

    def _due(self, at: int) -> Iterator[float]:
        act = self.best[at]
        passed = _seconds(act)
        sim, _ = self.begin()
        player = Player(sim)
        try:
            for each in self.best.acts[:at]:
                player.do(each)
        except Exception:
            return
        yield from sorted({each.seconds for each in sim.clock.pending if 0 <= each.seconds < passed})
        if passed != int(passed):
            yield float(int(passed))
        whole = 1
        while whole < passed:
            yield float(whole)
            whole *= 2

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


def _seconds(act: Act) -> float:
    unit = WAITING.get(act.verb)
    if unit is None or not act.args:
        return 0.0
    given: Any = act.args[0]
    return float(given.total_seconds() if hasattr(given, "total_seconds") else given) * unit


def _lasting(act: Act, seconds: float) -> Act:
    amount = round(seconds / WAITING[act.verb], 6)
    return evolve(act, args=(int(amount) if amount == int(amount) else amount, *act.args[1:]))


def _measure(script: Script) -> tuple[Any, ...]:
    """The order in which scripts are less: well-founded, so that shrinking ends."""
    sizes = [size_of(each) for act in script for each in _values_of(act)]
    return (
        len(script),
        len(script.people),
        round(sum(_seconds(act) for act in script) * SECOND),
        sum(act.verb in PLAINER for act in script),
        sum("name" in act.options for act in script if act.opens),
        sum(length for length, _ in sizes),
        [text for _, text in sizes],
        [act.who for act in script],
    )


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
    if act.opens or (isinstance(act.on, OnWorld) and act.on.part != "store"):
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


__all__ = ["DoesNotFail", "Signature", "shrink", "shrink_from", "signature"]
