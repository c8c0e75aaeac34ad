"""What fails is made as small as it can be, in one order, and stays what it was."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption, BadReturn
from liveview_testing import Script, Simulation, replay, shrink
from liveview_testing.failures.misuse.misused_handles import NoSuchName, NotAValue
from liveview_testing.record.scripts.shrinking.shrinking import DoesNotFail, signature


class ListLive(LiveView):
    """A list with a planted bug: it needs a choice, ten seconds, a delete, a note, and a title longer than three letters."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.subscribe("list").assign(
            items=("i1", "i2", "i3"), chosen=None, ready=False, deleted=False, note=""
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        assigns = socket.assigns
        match event:
            case "select":
                return socket.assign(chosen=params["id"]).send_after("ready", 10)
            case "delete":
                return socket.assign(deleted=assigns.ready and assigns.chosen == params["id"])
            case "note":
                return socket.assign(note=params["note"])
            case "rename":
                if assigns.deleted and assigns.note and len(params["title"]) > 3:
                    raise LookupError(params["title"])
                return socket.broadcast_from("list", params["title"])
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(ready=True) if msg == "ready" else socket

    render = heex("""
    <main>
      <div :for={item in @items} id={item}>
        <button class="select" phx-click="select" phx-value-id={item}>select</button>
        <button class="delete" phx-click="delete" phx-value-id={item}>delete</button>
      </div>
      <form id="memo" phx-change="note"><input name="note" value={@note} /></form>
      <form id="rename" phx-submit="rename"><input name="title" /></form>
    </main>
    """)


ROUTER = Router([Route("/", ListLive)])


def at_random(seed: int, most: int) -> Script:
    """People who do anything, until one of them finds the bug."""
    rng = random.Random(seed)
    sim = Simulation(ROUTER)
    people = [sim.live("/") for _ in range(3)]
    try:
        while len(sim.script) < most:
            who = rng.choice(people)
            match rng.randrange(6):
                case 0 | 1:
                    kind = rng.choice(("select", "delete"))
                    who.element(f"#{rng.choice(('i1', 'i2', 'i3'))} button.{kind}").render_click()
                case 2:
                    who.form("#memo", {"note": rng.choice(("", "milk", "x"))}).render_change()
                case 3:
                    who.form("#rename", {"title": rng.choice(("ab", "tea pot", "<b>&"))}).render_submit()
                case _:
                    sim.clock.advance(rng.choice((0.5, 3, 30)))
    except LookupError:
        pass
    return sim.script.with_failed()


def failing(count: int, most: int = 400) -> list[Script]:
    found = (at_random(seed, most) for seed in range(200))
    return [script for script, _ in zip((each for each in found if each[-1].verb == "render_submit"), range(count))]


MINIMAL = [
    'ann = sim.live("/")',
    'ann.element("#i1 button.delete").render_click()',
    'ann.element("#i1 button.select").render_click()',
    'ann.form("#memo", {"note": "a"}).render_change()',
    'ann.form("#rename", {"title": "aaaa"}).render_submit()',
    "sim.clock.advance(10)",
]


def raised(script: Script) -> BaseException | None:
    try:
        replay(script)
    except Exception as error:
        return error
    return None


@pytest.mark.parametrize("script", failing(4), ids=lambda script: f"{len(script)} acts")
def test_a_failure_is_shrunk(script: Script) -> None:
    """To the six acts that it needs, the shortest values and exactly the time of the timer."""
    error = raised(script)
    assert isinstance(error, LookupError)
    small = shrink(script)
    codes = [act.code.replace("#i2", "#i1").replace("#i3", "#i1") for act in small]
    assert sorted({*codes}) == MINIMAL
    assert len(codes) <= len(MINIMAL) + 1  # a choice before the one that counts may start the clock
    again = raised(small)
    assert again is not None
    assert signature(again) == signature(error)
    for at in range(len(small)):  # nothing of it can be left out
        left = evolve(small, acts=(*small.acts[:at], *small.acts[at + 1 :]))
        assert not isinstance(raised(left), LookupError)
    assert shrink(small) == small


def test_what_is_asked_of_the_world_is_shrunk() -> None:
    """`fails(sim)` may answer, or raise."""
    sim = Simulation(ROUTER)
    ann, ben = sim.live("/"), sim.live("/")
    ann.form("#memo", {"note": "milk"}).render_change()
    ben.form("#memo", {"note": "bread"}).render_change()
    sim.clock.advance(7)
    assert str(shrink(sim.script, lambda sim: any(view.assigns.note for view in sim.views))) == (
        '    0.000  ann = sim.live("/")\n    0.000  ann.form("#memo", {"note": "a"}).render_change()'
    )

    def holds(sim: Simulation) -> None:
        assert all(view.assigns.note == "" for view in sim.views)

    assert len(shrink(sim.script, holds)) == 2


def test_what_does_not_fail_is_not_shrunk() -> None:
    """The error says what would be a failure."""
    sim = Simulation(ROUTER)
    sim.live("/")
    with pytest.raises(DoesNotFail, match="the script does not fail"):
        shrink(sim.script)


def test_another_failure_is_not_followed() -> None:
    """The same error from another function is another one."""
    sim = Simulation(ROUTER)
    view = sim.live("/")
    view.form("#memo", {"note": "milk"}).render_change()

    def fails(sim: Simulation) -> None:
        def other() -> None:
            raise LookupError

        def this() -> None:
            raise LookupError

        (this if any(view.assigns.note for view in sim.views) else other)()

    assert len(shrink(sim.script, fails)) == 2


def test_shrinking_costs_few_replays() -> None:
    """A script of about eighty acts: at most three hundred."""
    script = max(failing(12), key=len)
    replays = 0
    make = Simulation.__init__

    def counted(self: Simulation, *args: Any, **options: Any) -> None:
        nonlocal replays
        replays += 1
        make(self, *args, **options)

    Simulation.__init__ = counted  # type: ignore[assignment, method-assign]
    try:
        shrink(script)
    finally:
        Simulation.__init__ = make  # type: ignore[method-assign]
    assert replays <= 300
    assert len(script) > 60


def test_what_is_left_is_written_as_a_test_that_fails_the_same_way() -> None:
    """Pasted as it is, it raises what the script raised."""
    (script,) = failing(1)
    text = shrink(script).to_test(name="test_small")
    space: dict[str, Any] = {}
    exec(compile(text, "written", "exec"), space)
    with pytest.raises(LookupError) as caught:
        space["test_small"]()
    assert signature(caught.value) == signature(raised(script) or caught.value)
    assert text.splitlines()[-1].endswith("# raises LookupError")
    assert len(text.splitlines()) == len(MINIMAL) + 6


class LateLive(LiveView):
    """Something happens five seconds after it was opened."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(late=False).send_after("tick", 5)

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.assign(late=True)

    render = heex("<p>{@late}</p>")


def test_time_that_was_given_as_a_timedelta() -> None:
    """It is made less as seconds are."""
    sim = Simulation()
    sim.live(LateLive)
    sim.clock.advance(timedelta(seconds=90))
    less = shrink(sim.script, lambda sim: sim.views[0].assigns.late)
    assert [(act.verb, act.args) for act in less] == [("live", (LateLive,)), ("advance", (5,))]


@pytest.mark.parametrize("fails", [lambda: True, lambda sim, more: True])
def test_what_fails_takes_the_world(fails: Any) -> None:
    sim, _ = a_story()
    with pytest.raises(BadOption, match=r"^what makes a script fail is a function of the world\n") as caught:
        shrink(sim.script, fails)
    assert str(caught.value.got).startswith("lambda")


def a_story() -> tuple[Simulation, Any]:
    sim = Simulation(ROUTER)
    view = sim.live("/")
    view.form("#memo", {"note": "x"}).render_change()
    return sim, view


@pytest.mark.parametrize(
    ("fails", "error"),
    [
        (lambda sim: sim.vews, NoSuchName),
        (lambda sim: sim.views[0].element("p") or True, NotAValue),
        (lambda sim: sim.views[0].has_element, NotAValue),
        (lambda sim: (each for each in sim.views), BadReturn),
    ],
)
def test_what_says_nothing_of_a_script_is_refused(fails: Any, error: type[Exception]) -> None:
    """It is its own error, and not one that the acts came to: every script would have it."""
    sim, _ = a_story()
    with pytest.raises(error):
        shrink(sim.script, fails)


@pytest.mark.parametrize(
    ("fails", "got"),
    [
        (lambda sim: undefined, "NameError: name 'undefined' is not defined"),  # type: ignore[name-defined]  # noqa: F821  # pyright: ignore[reportUndefinedVariable]
        (lambda sim: len(3), "TypeError: object of type 'int' has no len()"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ],
)
def test_what_raises_where_nothing_was_done_is_refused(fails: Any, got: str) -> None:
    sim, _ = a_story()
    with pytest.raises(DoesNotFail) as caught:
        shrink(sim.script, fails)
    assert str(caught.value) == (
        "fails(sim) raises where nothing was done, too: it says nothing of the script\n"
        f"  expected: what is true, or raises, after these acts, and not in the world as it begins\n  got: {got}"
    )
    assert caught.value.__cause__ is not None


def test_what_raises_after_the_acts_alone_is_followed() -> None:
    """In the world as it begins it raises another error: there is no view."""
    sim, _ = a_story()

    def fails(sim: Simulation) -> None:
        assert not sim.views[0].assigns.note

    assert len(shrink(sim.script, fails)) == 2
