"""One seed: a run of a world in which people do things at random.

Owns `run_seed` and `Run`. Laws: the seed says everything, through one stream of chance for each concern, so that faults that are
switched on change nothing of what people do; what is told of a run is plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any

from attrs import field

from liveview_core.values.declaring import define, frozen
from liveview_testing import laws
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.properties import verdict
from liveview_testing.properties.exploring.simulations import glance
from liveview_testing.properties.exploring.transitions import Faults, named, quiet
from liveview_testing.properties.soaking.drawing import KINDS, draw
from liveview_testing.properties.soaking.target import Target
from liveview_testing.record.scripts.delivery_calls import Call, delivery, ending, firing, handle_of
from liveview_testing.record.scripts.ordering import Order, settle, wait
from liveview_testing.user.handles.view_page import ViewGone
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.simulation.delivering.in_flight import usual, usual_again
from liveview_testing.world.world import Timer, Work

CANNOT = (KitFailure, Error, ViewGone)
FAULTS = ("drops", "crashes", "tasks", "slow")
EACH_ACTS = 10
"""The laws are held after so many acts, and at the end."""

HORIZON = 60
"""So many seconds are left to a world at the end, without faults."""


@frozen
class Sizes:
    """How large a run is, and what may happen in it."""

    people: int = 2
    acts: int = 200
    history: int | None = 1000
    faults: Faults | None = None
    swarm: bool = True
    hold: bool = True


@define
class Ran:
    """What came of a run: how many acts, the digest of its trace, what is wrong, which `sometimes` were seen."""

    seed: int
    acts: int = 0
    digest: str = ""
    signature: tuple[str, ...] | None = None
    error: BaseException | None = None
    seen: set[str] = field(factory=set[str])
    sim: Any = None
    pages: list[Any] = field(factory=list[Any])
    orderly: bool = True

    @property
    def told(self) -> tuple[int, int, str, tuple[str, ...] | None, tuple[str, ...], bool]:
        """As plain data."""
        return self.seed, self.acts, self.digest, self.signature, tuple(sorted(self.seen)), self.orderly


def run_seed(target: Target, seed: int, sizes: Sizes, *, each: Callable[[Ran], None] | None = None) -> Ran:
    """The run of a seed."""
    sim, pages = target.world(seed, sizes.people, sizes.history)
    ran = Ran(seed, sim=sim, pages=pages)
    try:
        _play(_Playing(target, seed, sizes, ran), each)
    except Exception as error:
        ran.error = error
        ran.signature = signature(error, getattr(error, "soaked", None))
    if sim.world.mailboxes is not None:
        sim._current.world = usual_again(sim.world)
    ran.digest = sim.digest
    return ran


class _Playing:
    """The streams of chance of a run, and what its swarm switched on."""

    def __init__(self, target: Target, seed: int, sizes: Sizes, ran: Ran) -> None:
        self.target = target
        self.sizes = sizes
        self.ran = ran
        self.sim = ran.sim
        self.chance = {name: Random(f"{seed}:{name}") for name in ("who", "what", "when", "order", "faults", "swarm")}
        swarm = self.chance["swarm"]
        self.kinds = tuple(kind for kind in KINDS if not sizes.swarm or swarm.random() < 0.5) or ("click",)
        self.weighted = tuple(kind for kind in self.kinds for _ in range(swarm.choice((1, 2, 4)) if sizes.swarm else 1))
        self.ran.orderly = swarm.random() >= 0.2
        faults = sizes.faults if sizes.faults is not None else target.faults
        on = {name: not sizes.swarm or swarm.random() < 0.5 for name in FAULTS}
        self.left = {name: getattr(faults, name) if on[name] else 0 for name in FAULTS}
        self.failing = False
        self.order: Order | None = None


def _play(run: _Playing, each: Callable[[Ran], None] | None) -> None:
    ran, sim = run.ran, run.sim
    if not ran.orderly:
        run.order = wait(sim)
    who, when = run.chance["who"], run.chance["when"]
    for number in range(1, run.sizes.acts + 1):
        _pass_time(run, when)
        page = ran.pages[who.randrange(len(ran.pages))]
        _fault(run)
        doing = _drawn(run, page)
        if doing is not None:
            with suppress(*CANNOT), _a_task_fails(run):
                doing()
        if not ran.orderly:
            _deliver_some(run)
        ran.acts = number
        _check(run, laws_too=number % EACH_ACTS == 0)
        if each is not None:
            each(ran)  # pragma: no cover - the benchmarks look at a run while it goes on
    if not ran.orderly:
        settle(sim)
    sim.clock.advance(HORIZON)
    _check(run, laws_too=True)
    for wanted in run.target.invariants:
        if wanted.kind == "eventually":
            _expect(wanted, sim)


def _drawn(run: _Playing, page: Any) -> Callable[[], Any] | None:
    if run.target.draw is not None:
        return _as_it_is(run.target.draw(page, run.chance["what"]))
    if page.tab not in run.sim.world.browsers:
        return None
    return draw(page, run.chance["what"], run.weighted)


def _as_it_is(given: Any) -> Callable[[], Any] | None:
    return given if callable(given) else None


def _pass_time(run: _Playing, when: Random) -> None:
    if when.random() < 0.7:
        return
    sim = run.sim
    due = sim.next_due(sim.world.now + 10 * SECOND)
    until = (due - sim.world.now) / SECOND if due is not None else 1.0
    by = max(0.0, until * when.choice((0.5, 1.0, 1.0, 1.5)))
    if run.ran.orderly:
        sim.clock.advance(by)
        return
    waiting = len(sim.world.mailboxes) + (0 if sim.world.hold else len(sim.world.tasks))
    if waiting <= run.left["slow"]:  # what is under way outlasts it
        run.left["slow"] -= waiting
        sim.clock.advance(by)


def _fault(run: _Playing) -> None:
    faults, left = run.chance["faults"], run.left
    for name in ("drops", "crashes"):
        if faults.random() < 2 / run.sizes.acts and left[name]:
            left[name] -= 1
            page = run.ran.pages[faults.randrange(len(run.ran.pages))]
            _let_fail(run, page, name)
    if left["tasks"] and faults.random() < 5 / run.sizes.acts:
        run.failing = True


@contextmanager
def _a_task_fails(run: _Playing) -> Generator[None]:
    """Of the tasks that an act begins, or that wait, the oldest fails, if it is to."""
    sim = run.sim
    if not run.failing or (run.ran.orderly and sim.world.hold):
        yield
        return
    if run.order is not None:
        yield
        work: Work | None = next((sim.world.tasks[seq] for seq in sorted(sim.world.tasks)), None)
        if work is not None:
            _called(run.order, ending(run.order, "fail", work))
            run.failing, run.left["tasks"] = False, run.left["tasks"] - 1
        return
    sim.tasks.hold()
    try:
        yield
    except CANNOT:
        sim.tasks.release()
        raise
    if sim.tasks.pending:
        run.failing, run.left["tasks"] = False, run.left["tasks"] - 1
        sim.tasks.fail()
    sim.tasks.release()


def _let_fail(run: _Playing, page: Any, name: str) -> None:
    sim = run.sim
    browser = sim.world.browsers.get(page.tab)
    if browser is None or not browser.online:
        return
    line = sim.world.lines.get(browser.root)
    if line is None or line.process is None or not line.joined:
        return
    order = run.order or wait(sim)
    try:
        order.drop(page) if name == "drops" else order.crash(page)
    finally:
        if run.order is None:
            settle(sim)


def _options(sim: Any) -> list[Any]:
    world = sim.world
    return list(usual(world.mailboxes.boxes, world.timers, world.tasks, world.now, world.hold))


def _deliver_some(run: _Playing) -> None:
    chance, order = run.chance["order"], run.order
    assert order is not None
    for _ in range(chance.randrange(4)):
        options = _options(run.sim)
        if not options:
            return
        _choose(order, chance.choice(options))


def _choose(order: Order, step: Any) -> None:
    """Something of what waits arrives, by the call that a test has for it."""
    match step:
        case Timer():
            _called(order, firing(order, step, named(step)))
        case Work():
            _called(order, ending(order, "finish", step))
        case box:
            _called(order, delivery(order, box, order._sim.world.mailboxes.boxes[box][0]))


def _called(order: Order, call: Call) -> None:
    verb, args, options = call.made(lambda pid: handle_of(order, pid))
    getattr(order, verb)(*args, **options)


def _check(run: _Playing, *, laws_too: bool) -> None:
    sim = run.sim
    if laws_too and run.sizes.hold:
        laws.hold(sim)
    rests = quiet(sim.world)
    for wanted in run.target.invariants:
        if wanted.kind == "always" and (wanted.when is None or rests):
            _expect(wanted, sim)
        elif (
            wanted.kind == "sometimes"
            and wanted.name not in run.ran.seen
            and verdict(wanted, glance(sim, sim.world)) is None
        ):
            run.ran.seen.add(wanted.name)


def _expect(wanted: Any, sim: Any) -> None:
    error: Any = verdict(wanted, glance(sim, sim.world))
    if error is not None:
        error.soaked = wanted.name
        raise error
