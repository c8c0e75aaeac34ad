"""What the test kit gives, in the hands of somebody whose checker allows no `Any`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import assert_type

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from shop import ROUTER, CartLive, assign_votes
from syrupy.assertion import SnapshotAssertion

from liveview_core import Socket
from liveview_testing import (
    HookRun,
    LiveViewMachine,
    Locator,
    Page,
    Script,
    Simulation,
    View,
    assert_isolated,
    assert_never_halts,
    assert_routes,
    expect,
    run_hooks,
)
from liveview_testing.strategies import HookMessage, PersonAct, acts, events, widget_chains, widget_messages


def test_a_chain() -> None:
    """Hook chains alone."""
    run = run_hooks(assign_votes(Socket(connected=True)), "handle_event", "votes:up", {})
    assert_type(run, HookRun)
    assert_type(run.socket, Socket)
    assert_type(run.halted, bool)
    assert_type(run.halted_by, Hashable | None)
    assert_type(run.seen, tuple[Hashable, ...])
    assert_type(run.reply, Mapping[str, object] | None)
    for step in run.steps:
        assert_type(step.halted, bool)
        for change in step.changes:
            assert_type(change.now, object)
    assert_isolated(assign_votes, assign_votes, owns=["flash"], examples=10)
    assert_never_halts(assign_votes, "handle_info", examples=10)
    assert_routes(assign_votes, ["votes:up"], examples=10)


def test_a_page(sim: Simulation) -> None:
    """A person at a page."""
    page = sim.page(CartLive)
    assert_type(page, Page)
    button = page.get_by_role("button", name="Clear")
    assert_type(button, Locator)
    page.once("dialog", lambda dialog: dialog.accept())
    button.click()
    expect(page.get_by_role("listitem")).to_have_count(0)
    assert_type(page.view, View)
    page.view.assert_has("li", "Tea", count=1)
    page.view.refute_has("li")
    assert_type(page.view.has_element("li"), bool)
    assert_type(page.aria_snapshot(), str)
    assert_type(sim.script, Script)


def check_properties(data: st.DataObject, socket: Socket, message: HookMessage) -> None:
    """What is drawn: the body of a property (`given` itself speaks of `Any`)."""
    assert_type(message.run(socket), HookRun)
    page = Simulation(ROUTER).page("/cart")
    act = data.draw(acts(page))
    assert_type(act, PersonAct)
    act.perform(page)
    data.draw(events(page.view)).perform(page.view)


def drawn() -> None:
    """The strategies."""
    assert_type(widget_chains(assign_votes), SearchStrategy[Socket])
    assert_type(widget_messages(assign_votes), SearchStrategy[HookMessage])


def few_items(page: Page) -> bool:
    """An invariant of a page."""
    return page.get_by_role("listitem").count() < 10


def nobody_is_lost(sim: Simulation) -> None:
    """An invariant of the world."""
    assert sim.views


Machine = LiveViewMachine.for_view(
    "/cart",
    router=ROUTER,
    people=2,
    broadcasts={"cart": ["hi"], "other": st.text()},
    invariants=[few_items, nobody_is_lost],
)
TestCart = Machine.TestCase
TestCart.settings = settings(TestCart.settings, max_examples=5, stateful_step_count=10)
assert_type(TestCart.settings.max_examples, int)


def test_snapshots(
    live_page: Page,
    html_snapshot: SnapshotAssertion,
    aria_snapshot: SnapshotAssertion,
    state_snapshot: SnapshotAssertion,
    script_snapshot: SnapshotAssertion,
) -> None:
    """The fixtures."""
    assert html_snapshot == live_page.view
    assert aria_snapshot == live_page
    assert state_snapshot == live_page.view
    assert script_snapshot == live_page.sim
