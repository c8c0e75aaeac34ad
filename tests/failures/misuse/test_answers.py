"""What is asked whether something holds: each answer, by everybody who asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import hypothesis
import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadReturn
from liveview_testing import LiveViewMachine, Simulation, always, eventually, expect, explore, laws, sometimes
from liveview_testing.failures.misuse.answers import truth
from liveview_testing.failures.misuse.misused_handles import NoSuchName, NotAValue
from liveview_testing.properties.exploring.properties import PropertyBroken
from liveview_testing.properties.invariants import InvariantBroken


class CountLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<main><p>{@n}</p><button phx-click="inc">inc</button></main>""")


def run(invariant: Any) -> type[LiveViewMachine]:
    """The machine with the invariant; it is asked as soon as the page is open."""
    machine = LiveViewMachine.for_view(CountLive, invariants=[invariant])
    case = machine.TestCase("runTest")
    case.settings = hypothesis.settings(case.settings, max_examples=1, stateful_step_count=1, database=None)  # type: ignore[misc]
    case.runTest()
    return machine


FALSY: list[tuple[Any, str]] = [
    (lambda view: view.has_element("h7"), '<False: no element matches "h7">'),
    (lambda view: [*view.assigns.flash], "[]"),
    (lambda page: page.get_by_role("heading").count(), "0"),
    (lambda assigns: "", "''"),
]


@pytest.mark.parametrize(("invariant", "answer"), FALSY)
def test_an_invariant_breaks_by_any_falsy_answer(invariant: Any, answer: str) -> None:
    with pytest.raises(InvariantBroken) as caught:
        run(invariant)
    assert caught.value.got is not None
    assert caught.value.got.startswith(f"{answer}, from lambda(")
    assert "\n    assert (lambda " in "\n".join(caught.value.__notes__)


@pytest.mark.parametrize(
    "invariant",
    [
        lambda page: page.get_by_text("0").is_visible,
        lambda page: page.get_by_text("0"),
        lambda view: view.element("p"),
    ],
)
def test_a_handle_is_no_answer(invariant: Any) -> None:
    with pytest.raises(NotAValue):
        run(invariant)


def gives(assigns: Any) -> Any:
    yield assigns.n == 0


def sees(sim: Any) -> Any:
    return re.search("h7", str(sim.views[0].html))


def unsure(sim: Any) -> Any:
    return True if sim.views[0].assigns.n > 5 else None


WRONG: list[tuple[Any, str]] = [
    (
        lambda sim: (view.has_element("p") for view in sim.views),
        "all(…) or any(…) of it: what only can be gone through",
    ),
    (lambda sim: map(bool, sim.views), "all(…) or any(…) of it: what only can be gone through is always true"),
    (lambda sim: gives(sim.views[0].assigns), "all(…) or any(…) of it: what only can be gone through is always true"),
    (lambda sim: sim.views[0], "a question about it: what it names is always true"),
    (lambda sim: sim, "a question about it: what it names is always true"),
    (lambda sim: sim.store.get, "get(…), with its brackets: a function is always true"),
    (
        lambda sim: re.search("h7", str(sim.views[0].html)),
        "an expression always has an answer: … is None, … is not None",
    ),
    (lambda sim: sees(sim), "an expression always has an answer: … is None, … is not None, or bool(…)"),
    (sees, "a function that answers does so at its every end: return True, return False"),
    (unsure, "a function that answers does so at its every end: return True, return False"),
]


@pytest.mark.parametrize(("asked", "cure"), WRONG)
def test_what_can_be_neither_true_nor_false(asked: Any, cure: str) -> None:
    """Refused in a machine, and in a search."""
    with pytest.raises(BadReturn, match=r"^invalid return from the invariant ") as caught:
        run(asked)
    assert caught.value.expected == "True or False"
    assert caught.value.cure is not None
    assert caught.value.cure.startswith(cure)
    assert ") in (True, False)" in caught.value.__notes__[-1] or "(sim) in (True, False)" in caught.value.__notes__[-1]
    sim = Simulation()
    sim.page(CountLive)
    with pytest.raises(
        BadReturn, match=r"^invalid return from the property 'x'\n  expected: True or False\n"
    ) as searched:
        explore(sim, (), always(asked, "x"))
    assert searched.value.cure == caught.value.cure


def there(sim: Any) -> None:
    assert sim.views[0].has_element("p")


def hands_on(sim: Any) -> Any:
    return there(sim)


def objects(assigns: Any) -> Any:
    if assigns.n > 5:
        return False
    return None


class Asked:
    def __call__(self, sim: Any) -> None:
        assert sim.views[0].has_element("p")


ASSERTS: list[Any] = [
    there,
    hands_on,
    partial(there),
    Asked(),
    lambda sim: there(sim),
    lambda sim: laws.hold(sim),
    lambda sim: sim.views[0].assert_has("p") and None,
    lambda sim: expect(sim.views[0].page.get_by_text("0")).to_be_visible(),
]


@pytest.mark.parametrize("asked", ASSERTS)
def test_none_of_what_asserts_says_that_it_holds(asked: Any) -> None:
    sim = Simulation()
    sim.page(CountLive)
    assert truth("it", asked, asked(sim)) is True
    assert explore(sim, (), always(asked, "a"), sometimes(asked, "s"), eventually(asked, "e")).exhaustive


def test_none_of_what_only_objects() -> None:
    assert truth("it", objects, None) is True


@pytest.mark.parametrize("asked", [lambda sim: None, sees, lambda sim: re.search("h7", str(sim.views[0].html))])
def test_none_is_not_seen(asked: Any) -> None:
    sim = Simulation()
    sim.page(CountLive)
    missing = explore(sim, (), sometimes(asked, "x"), raising=False)
    assert 'sometimes "x"   not seen' in str(missing)
    late = explore(sim, (), eventually(asked, "x"), raising=False)
    assert [type(each.error) for each in late.failures] == [PropertyBroken]
    assert str(late.failures[0].error) == "x: None"


@pytest.mark.parametrize("ask", [always, sometimes, eventually])
@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (lambda sim: sim.vews, NoSuchName),
        (lambda sim: not sim.views[0].element("p"), NotAValue),
        (lambda sim: (each for each in sim.views), BadReturn),
    ],
)
def test_what_means_nothing_is_told_and_not_called_unseen(
    ask: Callable[..., Any], asked: Any, error: type[Exception]
) -> None:
    sim = Simulation()
    sim.page(CountLive)
    with pytest.raises(error):
        explore(sim, (), ask(asked, "x"))
