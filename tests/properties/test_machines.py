"""The machine finds what is wrong with a view, makes it short, and prints a test; and finds nothing where nothing is."""

from __future__ import annotations

import re
from traceback import extract_tb
from typing import Any, cast

import pytest
from hypothesis import settings

from liveview_core import Assigns, LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption
from liveview_core.rendering.diff import DuplicateKey
from liveview_testing import LawBroken, LiveViewMachine, Page, Simulation
from liveview_testing.properties.invariants import InvariantBroken
from liveview_testing.properties.moves import Budget, Move, StoryRun
from tests.harness.shop_router import ROUTER
from tests.properties import mistakes as m

MISTAKES: list[tuple[type[LiveView], type[LiveView], type[Exception], dict[str, Any]]] = [
    (m.WrongKey, m.Shelf, DuplicateKey, {}),
    (m.HaltingHook, m.Bell, AssertionError, {"people": 2, "invariants": [m.each_ring_is_heard]}),
    (m.Leaking, m.Pair, AssertionError, {"invariants": [m.each_click_counts_once]}),
    (m.StaleStream, m.Lines, LawBroken, {}),
    (
        m.LostSubscription,
        m.Rooms,
        AssertionError,
        {"people": 2, "broadcasts": {"room:tea": ["hi"]}, "invariants": [m.who_is_in_the_room_listens]},
    ),
    (m.LateResult, m.Search, AssertionError, {"invariants": [m.found_is_what_was_asked]}),
    (m.DoubleSubmit, m.Order, LawBroken, {"invariants": [m.one_order]}),
    (m.LostChange, m.Draft, AssertionError, {"invariants": [m.what_was_sent_is_saved]}),
    (m.NotRecovered, m.Profile, LawBroken, {"invariants": [m.a_lost_connection_loses_nothing]}),
]
NAMES = [wrong.__name__ for wrong, *_ in MISTAKES]


def machine(view: type[LiveView], examples: int, options: dict[str, Any]) -> type[LiveViewMachine]:
    made = LiveViewMachine.for_view(view, **options)
    made.TestCase.settings = settings(made.TestCase.settings, max_examples=examples, derandomize=True, database=None)
    return made


@pytest.mark.parametrize(("wrong", "right", "error", "options"), MISTAKES, ids=NAMES)
def test_each_mistake_is_found(
    wrong: type[LiveView], right: type[LiveView], error: type[Exception], options: dict[str, Any]
) -> None:
    """Within 200 examples, in at most four acts; the test that is printed fails as the machine did."""
    made = machine(wrong, 200, options)
    with pytest.raises(error) as caught:
        made.TestCase().runTest()
    story = made.story
    assert story is not None
    assert 1 <= len(story.moves) <= 4, story.moves
    pasted = caught.value.__notes__[-1].removeprefix("as a test:\n\n")
    assert pasted == story.to_test() + "\n"
    space: dict[str, Any] = {}
    exec(pasted, space)
    with pytest.raises((error, AssertionError)):
        space["test_counterexample"]()


@pytest.mark.parametrize(("wrong", "right", "error", "options"), MISTAKES, ids=NAMES)
def test_the_same_without_the_mistake(
    wrong: type[LiveView], right: type[LiveView], error: type[Exception], options: dict[str, Any]
) -> None:
    """Nothing is found."""
    made = machine(right, 8, options)
    made.TestCase().runTest()
    assert made.story is None


class Text(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(text=session.get("text", ""))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(text=params["text"])

    render = heex("""<form phx-change="typed" id="f"><input name="text" aria-label="Text" /></form><p>{@text}</p>""")


def nothing_is_typed(assigns: Assigns) -> bool:
    """Not so."""
    return not assigns.text


def test_values_are_made_plain() -> None:
    """What was typed is one letter in the end, and the test says what is not true."""
    made = machine(Text, 100, {"invariants": [nothing_is_typed]})
    with pytest.raises(LawBroken) as caught:
        made.TestCase().runTest()
    assert [note.replace("press_sequentially", "fill") for note in caught.value.__notes__] == [
        "as a test:\n\n"
        "from liveview_testing import Simulation\n"
        f"from {__name__} import Text, nothing_is_typed\n\n\n"
        "def test_counterexample():\n"
        '    sim = Simulation(tasks="hold")\n'
        "    ann = sim.page(Text)\n"
        '    ann.get_by_role("textbox", name="Text").fill("a")\n'
        "    assert nothing_is_typed(ann.view.assigns)\n"
        "    # InvariantBroken: the invariant law is broken: nothing_is_typed is not true of Assigns(live_action=None, flash={},"
        " text='a')\n"
    ]


class Cart(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(items=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("items", lambda items: items + (1 if event == "more" else -1))

    render = heex("""
    <button phx-click="less">Less</button> <output>{@items}</output> <button phx-click="more">More</button>
    """)


def fewer_than_four(assigns: Assigns) -> bool:
    items: int = assigns.items
    return items < 4


def test_a_story_gets_somewhere() -> None:
    """Four clicks on one button more than on the other, with nothing between that wipes the state."""
    made = machine(Cart, 100, {"people": 2, "invariants": [fewer_than_four]})
    with pytest.raises(LawBroken):
        made.TestCase().runTest()
    assert made.story is not None
    lines = [repr(move).partition(": ")[2] for move in made.story.moves]
    assert 2 <= len(lines) <= 4
    assert all(re.fullmatch(r'page\.get_by_role\("button", name="More"\)\.(dbl)?click\(\)', line) for line in lines), (
        lines
    )


class Shop(LiveView):
    """Takes any number of each thing, one by one or as it is typed."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(items={})

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        items: dict[str, int] = dict(socket.assigns.items)
        match event, params:
            case "add", {"thing": thing}:
                items[thing] = items.get(thing, 0) + 1
            case "set", _:
                items.update({thing: int(many) for thing, many in params.items() if thing in items and many.isdigit()})
            case _:
                pass
        return socket.assign(items=items)

    render = heex("""
    <main>
      <button :for={thing in ("tea", "cups")} phx-click="add" phx-value-thing={thing}>Add {thing}</button>
      <form id="items" phx-change="set">
        <input
          :for={thing, many in @items.items()}
          :key={thing}
          type="number"
          name={thing}
          aria-label={thing}
          value={many}
          min="0"
          max="99"
        />
      </form>
    </main>
    """)


def fewer_than_ten(page: Page) -> bool:
    return all(many < 10 for many in page.view.assigns.items.values())


def few_of_each(assigns: Assigns) -> None:
    for thing, many in assigns.items.items():
        assert many < 10, thing


@pytest.mark.parametrize(("invariant", "line"), [(fewer_than_ten, "fewer_than_ten"), (few_of_each, "few_of_each")])
def test_few_acts_with_rich_values_come_before_many(invariant: Any, line: str) -> None:
    """Not ten clicks: one, and a number. The invariant's own line is shown, and none of ours; and what the views hold."""
    made = machine(Shop, 50, {"invariants": [invariant]})
    made.TestCase.settings = settings(made.TestCase.settings, stateful_step_count=10)
    with pytest.raises(AssertionError) as caught:
        made.TestCase().runTest()
    assert made.story is not None
    assert made.story.script is not None
    assert len(made.story.script) == 2
    assert ").fill(" in made.story.to_test()
    frames = extract_tb(caught.value.__traceback__)
    assert {frame.filename for frame in frames} == {__file__}
    assert frames[-1].name == line
    assert "items={" in (caught.value.__notes__[0] if invariant is fewer_than_ten else "items={")


def test_a_false_answer_says_whose_it_is() -> None:
    made = machine(Shop, 50, {"invariants": [fewer_than_ten]})
    with pytest.raises(LawBroken) as caught:
        made.TestCase().runTest()
    number = fewer_than_ten.__code__.co_firstlineno
    assert caught.value.got == f"False, from def fewer_than_ten(page: 'Page') -> 'bool', in {__file__}, line {number}"
    assert extract_tb(caught.value.__traceback__)[-1].lineno == number


def test_so_much_is_done_to_make_a_story_small() -> None:
    """However long it is; what it comes to is told in the end."""
    made = machine(Shop, 1, {"invariants": [few_of_each]})
    done: list[Move] = []

    def added(number: int) -> Move:
        def do(sim: Simulation, people: Any) -> None:
            done.append(move)
            people[0].get_by_role("button", name="Add cups" if number % 9 else "Add tea").click()

        move = Move(lambda names: f"# {number}", do, str(number))
        return move

    opening, held = made._opening, made._held
    assert opening is not None
    story = StoryRun(opening, tuple(map(added, range(90))), held, AssertionError("tea"))
    story.error.invariant = "few_of_each"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    found = story.shortest(Budget(600))
    assert len(found.moves) < 15
    assert len(done) < 600 + 2 * 90
    done.clear()
    assert len(story.shortest(Budget(0)).moves) == 12  # what is not needed after it is left out, as it never happened
    assert len(done) == 12


class Closed(LiveView):
    """Nobody comes in."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        raise LookupError("no shop")

    render = heex("<p>Open</p>")


def test_a_view_that_cannot_be_opened() -> None:
    """It is that error, with a test that opens it."""
    made = machine(Closed, 1, {"people": 2})
    with pytest.raises(LookupError, match="no shop") as caught:
        made.TestCase().runTest()
    assert caught.value.__cause__ is None
    assert "    ben = sim.page(Closed)\n" in caught.value.__notes__[-1]


def never_more(assigns: Assigns) -> bool:
    more: int = assigns.n
    return more < 1


def test_what_is_imported_is_imported_from_where_it_is_defined() -> None:
    """Not from the module of the test, which has it from there: it may be a conftest."""
    made = LiveViewMachine.for_view("/", router=ROUTER, invariants=[never_more])
    made.TestCase.settings = settings(made.TestCase.settings, derandomize=True, database=None)
    with pytest.raises(LawBroken) as caught:
        made.TestCase().runTest()
    imports = caught.value.__notes__[-1].removeprefix("as a test:\n\n").split("\n\n\n")[0]
    assert imports.splitlines() == [
        "from liveview_testing import Simulation",
        "from tests.harness.shop_router import ROUTER",
        f"from {__name__} import never_more",
    ]


def test_the_test_asks_of_whom_it_is_not_true() -> None:
    """Not of the first of the people, of whom it may be true."""
    made = machine(Text, 1, {"people": 2, "session": [{}, {"text": "b"}], "invariants": [nothing_is_typed]})
    with pytest.raises(LawBroken) as caught:
        made.TestCase().runTest()
    assert "    assert nothing_is_typed(ben.view.assigns)\n" in caught.value.__notes__[-1]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"people": 0}, "a machine is for one person or more"),
        ({"invariants": [3]}, "an invariant is a function"),
        ({"invariants": [lambda thing: True]}, "it is not known what the invariant <lambda> is asked about"),
        ({"broadcasts": {"room": "hi"}}, "the messages of a topic are a list, or a strategy for them"),
    ],
)
def test_what_no_machine_is_made_of(options: dict[str, Any], text: str) -> None:
    """Each says what was expected."""
    with pytest.raises(BadOption, match=text):
        LiveViewMachine.for_view(Text, **options)


def test_a_machine_for_no_view() -> None:
    """It says how one is made."""
    with pytest.raises(BadOption, match="a LiveViewMachine is made for a view"):
        LiveViewMachine()


def test_a_machine_of_no_view() -> None:
    """It says what it takes."""
    with pytest.raises(BadOption) as raised:
        LiveViewMachine.for_view(cast("Any", 3))
    assert str(raised.value) == (
        "a machine is for a view\n  expected: a LiveView class, or a path of the router\n  got: 3\n"
        "  cure: LiveViewMachine.for_view(CounterLive)"
    )


class Working(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(done=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.start_async("work", lambda: 1)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.update("done", lambda done: done + 1)

    render = heex("""<button phx-click="work">work</button><b>{@done}</b>""")


WORKING = Router([Route("/", Working)])


def test_tasks_of_one_name_are_told_apart() -> None:
    """Of several people, and several of one: who begins a task anew has both."""
    answered: set[str] = set()
    made = LiveViewMachine.for_view("/", router=WORKING, people=2)

    class Watched(made):  # type: ignore[valid-type, misc]
        def move(self, move: Move) -> None:
            super().move(move)
            code = move.code(["ann", "ben"])
            if code.startswith("sim.tasks.run('work'"):
                answered.add(code.removeprefix("sim.tasks.run('work'"))

    Watched.TestCase.settings = settings(Watched.TestCase.settings, max_examples=60, derandomize=True, database=None)
    Watched.TestCase().runTest()
    assert ")" in answered
    assert any("view=" in each for each in answered)
    assert any(", nth=1)" in each for each in answered)


ROUTED_BELOW = 2


def _a_router() -> Router:
    return Router([Route("/", Text, action="write")])


def test_what_has_no_name_is_written_as_it_is_made() -> None:
    """A router that no module has, a lambda, and a function of a function: the printed test stands alone, and fails."""
    few: Any = lambda assigns: len(assigns.text) < ROUTED_BELOW

    def within(limit: int) -> Any:
        def shorter(assigns: Assigns) -> bool:
            return len(assigns.text) < limit

        return shorter

    for invariant in (few, within(2)):
        made = LiveViewMachine.for_view("/", router=_a_router(), invariants=[invariant], offline=False, time=False)
        made.TestCase.settings = settings(made.TestCase.settings, max_examples=50, derandomize=True, database=None)
        with pytest.raises(InvariantBroken) as caught:
            made.TestCase().runTest()
        (told,) = [note for note in caught.value.__notes__ if note.startswith("as a test:")]
        text = told.partition("\n\n")[2]
        assert "from liveview_core import Route, Router\n" in text
        assert (
            'Simulation(router=Router(entries=(Route(path="/", view=Text(), action="write"),)), tasks="hold")' in text
        )
        space: dict[str, Any] = {}
        exec(text, space)
        with pytest.raises(AssertionError):
            space["test_counterexample"]()
