"""Worlds with people in them: what may happen next, and the world in which it has.

Owns `Situation` (a world, how far everybody has come in his script, how many faults may still happen) and `Player`, who offers the
choices of a situation, the usual one first, and makes one. Laws: following the first choice for ever is the plain test; a choice
changes no situation, it makes another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from attrs import field

from liveview_core.errors import BadOption, shown
from liveview_core.protocol.async_result import AsyncExit
from liveview_core.values.declaring import frozen
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.properties.exploring.choices import (
    Choice,
    Crash,
    Deliver,
    Do,
    Drop,
    Fail,
    Finish,
    Fire,
    Footprint,
    Pass,
)
from liveview_testing.record.scripts.ordering import Killed, TaskFailed, kill, lose
from liveview_testing.user.handles.view_page import ViewGone
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.world.browsing.no_page import NoPageYet
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.log.reads_and_writes import Name, Noted
from liveview_testing.world.log.trace import stable
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.in_flight import WaitingRun, usual
from liveview_testing.world.timers import microseconds
from liveview_testing.world.tracebacks import shorten
from liveview_testing.world.world import TabDue, Timer, Work, World

if TYPE_CHECKING:
    from liveview_testing.properties.exploring.simulations import Stage

AFTER = 60 * SECOND
"""How long a world is followed after the last act, unless a horizon is given."""

IMPOSSIBLE = (KitFailure, Error, ViewGone, NoPageYet)
"""What an act raises that cannot be done now."""


class Deed(Protocol):
    """Something that somebody does: who, how long after the beginning at the earliest (microseconds), and in which tab (0:
    in none).
    """

    @property
    def who(self) -> str: ...

    @property
    def at(self) -> int: ...

    @property
    def tab(self) -> int: ...

    def do(self, sim: Stage) -> Deed:
        """Do it; what was done is answered, which is another deed where it was chosen on the spot."""
        ...


@frozen
class Faults:
    """How many faults a schedule may have: lost connections, dead processes, failed tasks, and messages that outlast a passing of
    time.

    `on` restricts them to some pages. A soak takes them as how many there may be in a run.
    """

    drops: int = 0
    crashes: int = 0
    tasks: int = 0
    slow: int = 0
    on: Sequence[Any] | None = field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        for name in ("drops", "crashes", "tasks", "slow"):
            value = getattr(self, name)
            if type(value) is not int or value < 0:
                raise shorten(
                    BadOption(
                        f"Faults({name}=…) is how many a schedule may have",
                        expected="an int, 0 or more",
                        got=shown(value),
                        cure=f"Faults({name}=1)",
                    )
                )


NONE = Faults()


class Left(NamedTuple):
    """The faults that may still happen."""

    drops: int = 0
    crashes: int = 0
    tasks: int = 0
    slow: int = 0


class Situation(NamedTuple):
    """A world, and what is not in it: how many acts everybody has done, which faults are left, which `eventually` was true."""

    world: World
    done: tuple[int, ...]
    left: Left
    seen: int = 0


class Player:
    """Offers and makes choices. `impatient`: who cannot do now what he wants does it never."""

    def __init__(
        self,
        sim: Stage,
        deeds: Sequence[Deed],
        faults: Faults = NONE,
        *,
        horizon: float | None = None,
        impatient: bool = False,
        bags: bool = False,
        guests: Sequence[Any] = (),
        jitter: float = 0.0,
    ) -> None:
        self.sim = sim
        self.jitter = microseconds(jitter)
        self.guests = guests
        self.deeds = deeds
        self.impatient = impatient
        self.bags = bags
        self.people: tuple[str, ...] = tuple(dict.fromkeys(each.who for each in deeds))
        self._place = {who: at for at, who in enumerate(self.people)}
        self._scripts = [[at for at, each in enumerate(deeds) if each.who == who] for who in self.people]
        self.begin = sim.world.now
        last = max((each.at for each in deeds), default=0)
        self.horizon = self.begin + last + (AFTER if horizon is None else microseconds(horizon))
        self.left = Left(faults.drops, faults.crashes, faults.tasks, faults.slow)
        self._on = None if faults.on is None else {_tab_of(each) for each in faults.on}
        self.chosen: Deed | None = None
        self.beyond: int | None = None
        """When something is due that was not followed, as it is beyond the horizon."""

    def start(self, world: World) -> Situation:
        """The situation in which nobody has done anything yet."""
        return Situation(world, (0,) * len(self.people), self.left)

    # --- what may happen --------------------------------------------------------------------------------------------

    def offers(self, here: Situation) -> Iterator[tuple[Choice, Any]]:
        """What may happen by itself at this instant, then what people may try, the usual first; each with what it is about."""
        world = here.world
        mailboxes = world.mailboxes
        assert mailboxes is not None
        alike: dict[tuple[str, int, str], int] = {}
        for step in usual(mailboxes.boxes, world.timers, world.tasks, world.now, world.hold):
            if type(step) is tuple:
                sender, receiver = step
                yield Deliver(sender, receiver), mailboxes.boxes[step][0]
                if self.bags and sender[0] == "process" and sender[1] != receiver[0]:
                    for nth, letter in enumerate(mailboxes.boxes[step][1:], 1):
                        yield Deliver(sender, receiver, nth), letter
            elif type(step) is Timer:
                key = step.process, step.due, named(step)
                nth = alike[key] = alike.get(key, -1) + 1
                yield Fire(*key, nth), step
            else:
                assert type(step) is Work
                yield Finish(step.process, step.task.ref, step.name), step
        for at, deed in self.next_deeds(here):
            yield Do(self.people[at]), deed

    def next_deeds(self, here: Situation) -> list[tuple[int, Deed]]:
        """What everybody does next, if its instant has come, in the order in which it was written."""
        found: list[tuple[int, int, Deed]] = []
        for person, (done, script) in enumerate(zip(here.done, self._scripts, strict=True)):
            if done < len(script):
                deed = self.deeds[script[done]]
                if self.begin + deed.at <= here.world.now:
                    found.append((script[done], person, deed))
        if len(found) > 1:
            found.sort(key=lambda each: each[0])
        return [(person, deed) for _, person, deed in found]

    def faults(self, here: Situation) -> Iterator[tuple[Choice, Any]]:
        """The faults that may happen now."""
        left, world = here.left, here.world
        if not any(left):
            return
        if left.tasks and not world.hold:
            for seq in sorted(world.tasks):
                work = world.tasks[seq]
                if self._concerns(world, work.process):
                    yield Fail(work.process, work.task.ref, work.name), work
        for pid in sorted(world.lines):
            line = world.lines[pid]
            if line.process is None or not line.joined or not self._concerns(world, pid):
                continue
            if left.drops and line.tab.parent is None:
                yield Drop(pid), pid
            if left.crashes:
                yield Crash(pid), pid

    def _concerns(self, world: World, pid: str) -> bool:
        return self._on is None or world.lines[pid].tab.number in self._on

    def passing(self, here: Situation, *, alone: bool) -> Pass | None:
        """Time may pass: because nothing else can happen, or what is under way is slow."""
        if self.next_instant(here) is None:
            return None
        if alone:
            return Pass()
        world = here.world
        assert world.mailboxes is not None
        if not here.left.slow:
            return None
        waiting = len(world.mailboxes) + (0 if world.hold else len(world.tasks))
        due = any(timer.due <= world.now for timer in world.timers.values())
        return Pass(waiting) if 0 < waiting <= here.left.slow and not due else None

    def next_instant(self, here: Situation) -> int | None:
        """When something is due next, up to the horizon."""
        world = here.world
        instants = [timer.due for timer in world.timers.values() if timer.due > world.now]
        for person, script in enumerate(self._scripts):
            done = here.done[person]
            if done < len(script):
                at = self.begin + self.deeds[script[done]].at
                if at > world.now:
                    instants.append(at)
        soonest = min(instants, default=None)
        if soonest is None:
            return None
        if soonest > self.horizon:
            self.beyond = soonest
            return None
        if not self.jitter:
            return soonest
        return min(self.horizon, max(each for each in instants if each <= soonest + self.jitter))

    # --- making one happen ------------------------------------------------------------------------------------------

    def make(self, here: Situation, choice: Choice, about: Any) -> tuple[Situation, Footprint, Noted] | None:
        """The situation after a choice, and what the choice touched; None if somebody cannot do what he wants."""
        sim, before = self.sim, here.world
        noted = sim.set(before)
        done, left = here.done, here.left
        everything = False
        self.chosen = None
        match choice:
            case Deliver(sender, receiver, nth):
                sim.deliver((sender, receiver), nth)
            case Fire():
                sim.act(lambda run: run.fire(about))
            case Finish():
                sim.act(lambda run: _waiting(run).end_task(about))
            case Do(person):
                try:
                    self.chosen = about.do(sim)
                except IMPOSSIBLE:
                    if not self.impatient:
                        return None
                    noted = sim.set(before)
                else:
                    _sign(before, sim.world, self.chosen)
                done = _one_more(done, self._place[person])
                noted.writes.add(("person", person))
                if about.tab:
                    noted.writes |= _of_tab(before, about.tab)
                else:
                    noted.writes.add(("test",))
            case Pass(slow):
                instant = self.next_instant(here)
                assert instant is not None
                sim.act(lambda run: _waiting(run).go_to(instant))
                everything = True
                left = left._replace(slow=left.slow - slow)
            case Fail():
                failed = AsyncExit(TaskFailed("the task failed"))
                sim.act(lambda run: _waiting(run).end_task(about, failed))
                left = left._replace(tasks=left.tasks - 1)
                noted.writes.add(("fault", "tasks"))
            case Drop(root):
                sim.act(lambda run: lose(_waiting(run), root))
                left = left._replace(drops=left.drops - 1)
                noted.writes |= {("fault", "drops"), *_of_tab(before, before.lines[root].tab.number)}
            case Crash(process):
                sim.act(lambda run: kill(_waiting(run), process))
                left = left._replace(crashes=left.crashes - 1)
                noted.writes |= {("fault", "crashes"), *_of_tab(before, before.lines[process].tab.number)}
        after = sim.world
        footprint = _footprint(before, after, noted, choice, everything)
        return Situation(after, done, left, here.seen), footprint, noted

    def finished(self, here: Situation) -> bool:
        """Whether everybody has done all that he wanted to."""
        return all(done == len(script) for done, script in zip(here.done, self._scripts, strict=True))

    def unfinished(self, here: Situation) -> list[Deed]:
        """What was never possible: of everybody the act that he waits to do."""
        pairs = zip(here.done, self._scripts, strict=True)
        return [self.deeds[script[done]] for done, script in pairs if done < len(script)]

    def quiet(self, here: Situation) -> bool:
        """Whether nothing is under way."""
        return quiet(here.world)


def quiet(world: World) -> bool:
    """Whether nothing is under way in a world."""
    if (world.mailboxes is not None and world.mailboxes.boxes) or (world.tasks and not world.hold):
        return False
    return not any(timer.due <= world.now for timer in world.timers.values())


def _one_more(done: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*done[:place], done[place] + 1, *done[place + 1 :])


def _sign(before: World, after: World, deed: Any) -> None:
    """The frames that an act has sent are known by it."""
    assert before.mailboxes is not None
    assert after.mailboxes is not None
    if after.mailboxes.put == before.mailboxes.put:
        return
    for letter in after.mailboxes:
        if letter.age >= before.mailboxes.put and letter.by is None:
            letter.by = deed


def _waiting(run: Run) -> WaitingRun:
    assert isinstance(run, WaitingRun)
    return run


def named(timer: Timer) -> str:
    """A timer by its name, or by its message."""
    if type(timer.message) is TabDue:
        return (
            f"tab {timer.message.tab} {timer.message.number}" if not timer.message.frame else f"tab {timer.message.tab}"
        )
    return stable(timer.message if timer.name is None else timer.name)


def _tab_of(page: Any) -> int:
    number: Any = getattr(page, "tab", None) or getattr(page, "browser", None)
    if type(number) is not int:
        raise BadOption("Faults(on=…) names pages", expected="pages or views of this world", got=shown(page))
    return number


def _of_tab(world: World, number: int) -> set[Name]:
    """All that a tab is made of."""
    names: set[Name] = {("process", pid) for pid, line in world.lines.items() if line.tab.number == number}
    names.add(("tab", number))
    return names


def _footprint(before: World, after: World, noted: Noted, choice: Choice, everything: bool) -> Footprint:
    reads, writes = noted.reads, noted.writes
    if isinstance(choice, (Deliver, Fire)):
        pid = choice.receiver[0] if isinstance(choice, Deliver) else choice.process
        writes.add(("process", pid))
        if pid.startswith("tab-"):  # a timer of the browser
            reads.add(("tab", int(pid.removeprefix("tab-"))))
        line = before.lines.get(pid)
        if line is not None and before.browsers and line.tab.number in before.browsers:
            reads.add(("tab", line.tab.number))
    elif isinstance(choice, (Finish, Fail)):
        writes.add(("task", choice.process, choice.ref))
        reads.add(("life", choice.process))
    if after.lines is not before.lines:
        for pid in noted.lines:
            line, old = after.lines[pid], before.lines.get(pid)
            if old is line:
                continue
            writes.add(("process", pid))
            if old is None or (old.process is None) is not (line.process is None):
                writes.add(("life", pid))
            elif line.process is not None and old.process is not None and line.process.origin is not old.process.origin:
                writes.add(("life", pid))
    if after.topics is not before.topics:
        names = {*before.topics, *after.topics}
        writes |= {("topic", name) for name in names if before.topics.get(name) is not after.topics.get(name)}
    if after.tasks is not before.tasks:
        for seq, work in before.tasks.items():
            if seq not in after.tasks:
                writes.add(("task", work.process, work.task.ref))
    if after.browsers is not before.browsers:
        numbers = {*before.browsers, *after.browsers}
        writes |= {("tab", each) for each in numbers if before.browsers.get(each) is not after.browsers.get(each)}
    return Footprint(reads, writes, everything=everything)


__all__ = ["NONE", "Deed", "Faults", "Killed", "Left", "Player", "Situation", "TaskFailed", "named", "quiet"]
