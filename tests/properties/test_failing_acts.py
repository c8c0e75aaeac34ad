"""A drawn act that fails under Hypothesis: the shortest test that fails so is printed, and the error stays the same one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_testing import Script, Simulation, shrink
from liveview_testing.strategies import acts, events


class CartLive(LiveView):
    """Cannot be paid for with a name and two things in it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, name="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "add":
                return socket.update("n", lambda n: n + 1)
            case "name":
                return socket.assign(name=params["name"])
            case "pay" if socket.assigns.n > 1 and socket.assigns.name:
                raise LookupError("nobody knows how")
            case _:
                return socket

    render = heex("""
    <b>{@n}</b><button phx-click="add">Add</button><button phx-click="pay">Pay</button><button phx-click="x">Look</button>
    <form id="f" phx-change="name"><input name="name" aria-label="Name" /></form>
    """)


class OnceLive(LiveView):
    """Has a button that does not work."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return None

    render = heex("""<button phx-click="x">Look</button><p>Here</p>""")


BY_ACTS = """
from liveview_testing import Simulation
from tests.properties.test_failing_acts import CartLive


def test_story():
    sim = Simulation()
    ann = sim.page(CartLive)
    ann.get_by_role("button", name="Add").click()
    ann.get_by_role("button", name="Add").click()
    ann.get_by_role("textbox", name="Name").fill("a")
    ann.get_by_role("button", name="Pay").click()  # raises LookupError

"""


BY_EVENTS = """
from liveview_testing import Simulation
from tests.properties.test_failing_acts import CartLive


def test_story():
    sim = Simulation()
    ann = sim.live(CartLive)
    ann.element("button", "Add").render_click()
    ann.element("button", "Add").render_click()
    ann.form("#f", {"name": "a"}).render_change()
    ann.element("button", "Pay").render_click()  # raises LookupError

"""


def by_acts(data: st.DataObject) -> None:
    page = Simulation().page(CartLive)
    for _ in range(10):
        data.draw(acts(page)).perform(page)


def by_events(data: st.DataObject) -> None:
    view = Simulation().live(CartLive)
    for _ in range(10):
        data.draw(events(view)).perform(view)


def failed(test: Callable[[st.DataObject], None], error: type[Exception], **options: Any) -> Exception:
    """What Hypothesis reports of a test; it makes nothing shorter itself, which takes it long."""
    options.setdefault("phases", (Phase.generate,))
    ran = settings(max_examples=300, database=None, derandomize=True, **options)(given(st.data())(test))
    with pytest.raises(error) as raised:
        ran()
    return raised.value


def printed(error: Exception) -> list[str]:
    """The tests that were printed with an error."""
    notes = getattr(error, "__notes__", ())
    return [each.removeprefix("as a test:\n") for each in notes if each.startswith("as a test:")]


@pytest.mark.parametrize(("test", "expected"), [(by_acts, BY_ACTS), (by_events, BY_EVENTS)])
def test_the_shortest_test_is_printed_and_fails_so(test: Callable[[st.DataObject], None], expected: str) -> None:
    (code,) = printed(failed(test, LookupError))
    assert sorted(code.splitlines()) == sorted(expected.splitlines())  # what is drawn first is Hypothesis's
    names: dict[str, Any] = {}
    exec(code, names)
    with pytest.raises(LookupError, match="nobody knows how"):
        names["test_story"]()


def test_what_hypothesis_traces_fails_in_the_same_way() -> None:
    """It tells failures apart by where they were raised, and traces those that it explains."""

    def test(data: st.DataObject) -> None:
        page = Simulation().page(OnceLive)
        data.draw(acts(page, offline=False)).perform(page)

    with_and_without = [
        failed(test, Exception, phases=phases) for phases in (tuple(Phase), (Phase.generate, Phase.shrink))
    ]
    assert [type(each).__name__ for each in with_and_without] == ["BadReturn", "BadReturn"]
    assert [len(printed(each)) for each in with_and_without] == [1, 1]


class LateLive(LiveView):
    """Fails by what no world holds, and once."""

    broken: ClassVar = [True]

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if LateLive.broken:
            raise LookupError("nobody knows how")
        return socket

    render = heex("""<button phx-click="x">Look</button>""")


def test_what_does_not_fail_again_says_why_it_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the act's own error arrives."""

    def mended(script: Script) -> Script:
        monkeypatch.setattr(LateLive, "broken", [])
        return shrink(script)

    monkeypatch.setattr("liveview_testing.properties.failing_acts.shrink", mended)

    def test(data: st.DataObject) -> None:
        view = Simulation().live(LateLive)
        data.draw(events(view)).perform(view)

    error = failed(test, LookupError)
    assert printed(error) == []
    (note,) = [each for each in error.__notes__ if "as a test" in each]
    assert note.splitlines()[0] == "it cannot be written as a test: the script does not fail"


def test_nothing_is_printed_where_no_act_fails() -> None:
    def test(data: st.DataObject) -> None:
        page = Simulation().page(CartLive)
        data.draw(acts(page)).perform(page)
        raise KeyError("of the test's own")

    assert printed(failed(test, KeyError)) == []
