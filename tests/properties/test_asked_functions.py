"""Functions that are asked: one that cannot be is refused where it is given, and what it raises is told by its own lines."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liveview_core import Cont, LiveView, Socket, heex
from liveview_core.errors import BadOption
from liveview_core.process.signatures import BadSignature
from liveview_testing import LiveViewMachine, Simulation, always, eventually, explore, outcomes, run_hooks, sometimes
from liveview_testing.properties.exploring.properties import PropertyBroken
from liveview_testing.user.uncalled_statements import idle, tell
from liveview_testing.world.page_checks import PageWarning
from tests.harness import silent_checks


class TicketLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(sold=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("sold", lambda sold: sold + 1)

    render = heex("""<p>{@sold}</p> <button phx-click="sell">Sell</button>""")


def sold_once(sim: Simulation) -> None:
    assert sim.views[0].assigns.sold == 1


def files(error: BaseException) -> set[str]:
    """The files that are shown of an error."""
    return {frame.filename for frame in traceback.extract_tb(error.__traceback__)}


def twice_sold() -> Simulation:
    sim = Simulation()
    page = sim.page(TicketLive)
    page.get_by_role("button").click()
    page.get_by_role("button").click()
    return sim


def test_a_property_that_is_asked_by_itself_shows_the_state() -> None:
    """As the test does that `explore` prints: the answer, what the views hold, and no line of ours."""
    with pytest.raises(PropertyBroken) as caught:
        always(lambda sim: sim.views[0].assigns.sold == 1, "sold once").check(twice_sold())
    assert str(caught.value) == "sold once: False"
    assert caught.value.__notes__ == ["<View phx-1 of TicketLive at />: Assigns(live_action=None, flash={}, sold=2)"]
    assert files(caught.value) == {__file__}
    with pytest.raises(AssertionError) as asserted:
        always(sold_once).check(twice_sold())
    assert files(asserted.value) == {__file__}
    assert traceback.extract_tb(asserted.value.__traceback__)[-1].name == "sold_once"
    assert asserted.value.__notes__[-1].endswith("sold=2)")


@pytest.mark.parametrize("ask", [always, sometimes, eventually, lambda holds: outcomes([1], holds)])
@pytest.mark.parametrize("holds", [lambda: True, lambda sim, more: True])
def test_a_property_takes_the_world(ask: Callable[[Any], Any], holds: Any) -> None:
    """What cannot be called with it is refused at once; the text says where it was written."""
    with pytest.raises(
        BadOption, match=r"^(a property|what is observed) is a function of the world\n  expected: one argument"
    ) as caught:
        ask(holds)
    assert caught.value.got is not None
    assert caught.value.got.endswith(f", in {__file__}, line {holds.__code__.co_firstlineno}")
    assert files(caught.value) == {__file__}


def test_a_property_that_looks_elsewhere_shows_its_own_line() -> None:
    """What `explore` raises is caused by the author's line, and nothing between."""
    sim = Simulation()
    ann = sim.page(TicketLive)
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
    with pytest.raises(AssertionError) as caught:
        explore(sim, acts, always(lambda sim: ann.view.has_element("p", "0")))
    assert caught.value.__cause__ is not None
    assert files(caught.value.__cause__) == {__file__}


@pytest.mark.parametrize(
    ("stage", "arguments", "hook", "expected"),
    [
        ("handle_info", ("m",), lambda socket: Cont(socket), "lambda msg, socket: …"),
        ("handle_event", ("e", {}), lambda event, socket: Cont(socket), "lambda event, params, socket: …"),
        ("after_render", (), lambda event, socket: socket, "lambda socket: …"),
    ],
)
def test_a_hook_that_takes_something_else(stage: Any, arguments: Any, hook: Any, expected: str) -> None:
    """As on a page: how it should begin, and no line of ours."""
    socket = Socket(connected=True).attach_hook("own", stage, hook)
    with pytest.raises(BadSignature, match=f"^hook 'own' on {stage} does not take what it is called with\n") as caught:
        run_hooks(socket, stage, *arguments)
    assert caught.value.expected == expected
    assert files(caught.value) == {__file__}


PAIRS = 'for each topic its messages, {"room:tea": ["hi", "bye"]}; or pairs, [("room:tea", "hi")]'


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"broadcasts": ["x"]},
            f"broadcasts say what is sent, and on which topic\n  expected: {PAIRS}\n  got: 'x'\n  cure: broadcasts={{'x': […]}}",
        ),
        (
            {"broadcasts": "x"},
            f"broadcasts say what is sent, and on which topic\n  expected: {PAIRS}\n  got: 'x'\n  cure: broadcasts={{'x': […]}}",
        ),
        (
            {"broadcasts": [("a", "b", "c")]},
            f"broadcasts say what is sent, and on which topic\n  expected: {PAIRS}\n  got: ('a', 'b', 'c')",
        ),
        ({"broadcasts": 5}, f"broadcasts say what is sent, and on which topic\n  expected: {PAIRS}\n  got: 5"),
        ({"broadcasts": {3: ["a"]}}, 'a topic is a text\n  expected: broadcasts={"room:tea": ["hi"]}\n  got: 3'),
        ({"broadcasts": [(3, "a")]}, 'a topic is a text\n  expected: broadcasts={"room:tea": ["hi"]}\n  got: 3'),
        (
            {"broadcasts": {"a": []}},
            "nothing is broadcast to 'a'\n  expected: one message or more, or a strategy for them\n  got: []\n"
            "  cure: leave the topic out",
        ),
        (
            {"invariants": sold_once},
            "invariants are a list\n  expected: functions of a page, a view, its assigns, or the sim\n"
            "  got: <function sold_once>\n  cure: invariants=[sold_once]",
        ),
        (
            {"session": 3},
            "the option session is no mapping\n  expected: everybody's, session={'user': 'ann'}, or one for each:"
            " [{'user': 'ann'}, {'user': 'ben'}]\n  got: 3",
        ),
        (
            {"session": [{}, 4]},
            "the option session is no mapping\n  expected: everybody's, session={'user': 'ann'}, or one for each:"
            " [{'user': 'ann'}, {'user': 'ben'}]\n  got: 4",
        ),
    ],
)
def test_what_a_machine_is_given(options: dict[str, Any], text: str) -> None:
    """Each is refused where it is given, by its own name."""
    with pytest.raises(BadOption) as caught:
        LiveViewMachine.for_view(TicketLive, **options)
    assert str(caught.value) == text
    assert files(caught.value) == {__file__}


@pytest.mark.parametrize("invariant", [lambda: True, lambda page, view: True])
def test_an_invariant_is_asked_about_one_thing(invariant: Any) -> None:
    with pytest.raises(BadOption, match=r"^the invariant <lambda> is asked about one thing\n") as caught:
        LiveViewMachine.for_view(TicketLive, invariants=[invariant])
    assert caught.value.expected == "one argument: page, view, assigns or sim"
    assert files(caught.value) == {__file__}


def lets_others_say(page: Any) -> None:
    page.view.assert_has("p")


def says_false(assigns: Any) -> bool | None:
    if assigns.sold > 5:
        return False
    return None


@pytest.mark.parametrize(
    ("silent", "cure"),
    [
        (silent_checks.compares, "assert assigns.sold == 5"),
        (silent_checks.asks, "assert what is to be true, or return it"),
    ],
)
def test_an_invariant_that_says_nothing(silent: Any, cure: str) -> None:
    """It is said once, at its own line."""
    with pytest.warns(PageWarning) as told:
        LiveViewMachine.for_view(TicketLive, invariants=[silent, silent])
    (warning,) = told
    assert str(warning.message) == (
        f"the invariant {silent.__name__} asserts nothing: it answers None, and nothing in it can raise\n  cure: {cure}"
    )
    assert (warning.filename, warning.lineno) == (silent_checks.__file__, silent.__code__.co_firstlineno)


def test_a_property_that_says_nothing() -> None:
    """A property, too."""
    with pytest.warns(PageWarning, match=r"^the property sold_five asserts nothing"):
        assert always(silent_checks.sold_five).kind == "always"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("says", [lets_others_say, says_false, lambda page: None])
def test_what_may_say_something_is_left_alone(says: Any) -> None:
    LiveViewMachine.for_view(TicketLive, invariants=[says])


@pytest.mark.filterwarnings("error")
def test_it_is_not_said_a_second_time_of_its_statement() -> None:
    """Where the module is one of tests, which is read for statements that do nothing."""
    file = silent_checks.__file__
    assert any("assigns.sold == 5" in words for _, _, words in idle(Path(file).read_text(encoding="utf-8")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        LiveViewMachine.for_view(TicketLive, invariants=[silent_checks.compares, silent_checks.asks])
        assert always(silent_checks.sold_five).kind == "always"
    tell(file)
