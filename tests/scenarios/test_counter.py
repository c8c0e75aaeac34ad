"""The counter: what a click costs, and that it costs nothing more."""

from __future__ import annotations

from liveview_testing import Simulation
from liveview_testing.laws import quiet_law, replay_law
from tests.harness.playing import scenario

counter = scenario("counter")


def test_a_click_sends_the_number_alone(sim: Simulation) -> None:
    """One dynamic travels, whatever else is on the page."""
    view = sim.live(counter.CounterLive)
    view.element("button", "+").render_click()
    click, reply = view.wire[-2:]
    assert click.payload == {"type": "click", "event": "increment", "value": {"value": ""}}
    assert reply.payload == {"status": "ok", "response": {"diff": {"0": "1"}}}


def test_a_reset_of_zero_is_quiet(sim: Simulation) -> None:
    """An assign that gets the value it has is no change (AS-3): the reply is empty."""
    view = sim.live(counter.CounterLive)
    quiet_law(view, lambda it: it.element("button", "Reset").render_click())
    view.element("button", "Reset").render_click()
    assert view.wire[-1].payload == {"status": "ok", "response": {}}


def test_the_page_is_snapshotted(sim: Simulation) -> None:
    """A page compares to html as a browser would read it."""
    view = sim.live(counter.CounterLive)
    assert view.element("h1").render() == "<h1>Count: 0</h1>"
    replay_law(view, lambda it: it.element("button", "+").render_click())
