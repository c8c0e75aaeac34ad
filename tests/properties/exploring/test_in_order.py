"""Messages that wait until they are chosen, and forks of a world in which some do."""

from __future__ import annotations

import gc

import pytest

from liveview_core.errors import LiveViewError
from liveview_testing import explore
from tests.properties.exploring.test_explore import two


def test_messages_wait_until_they_are_chosen() -> None:
    sim, ann, ben = two()
    with sim.in_order() as order:
        ann.get_by_role("button", name="Open").click()
        ben.get_by_role("button", name="Open").click()
        assert len(order.waiting) == 2
        fork = sim.fork()
        fork.settle()
        assert len(order.waiting) == 2, "a fork in mid-flight disturbs nothing"
        assert fork.view(ann).get_by_role("button", name="Inside").is_visible()
        order.deliver(ben)
        assert ben.get_by_role("button", name="Inside").is_visible()
        assert not ann.get_by_role("button", name="Inside").is_visible()
        with pytest.raises(LiveViewError, match="a frame of Ben is not under way"):
            order.deliver(ben)
        with pytest.raises(LiveViewError, match="no pending task is named 'x'"):
            order.finish("x")
        with pytest.raises(LiveViewError, match="no timer of Ann is due"):
            order.fire(ann)
    assert ann.get_by_role("button", name="Inside").is_visible(), "what waits in the end arrives"


def test_a_view_is_somebody_too() -> None:
    """Who holds a view says whose process dies, and whose connection is lost, as who holds a page."""
    for by_view in (False, True):
        sim, ann, ben = two()
        sim.crashes.contain()
        with sim.in_order() as order:
            order.crash(ann.view if by_view else ann)
            order.drop(ben.view if by_view else ben)
            assert [crash.process for crash in sim.crashes] == [ann.view.id]
            assert [page.view.line.process is None for page in (ann, ben)] == [True, True]


def test_a_fork_is_no_cycle() -> None:
    """It is gone as soon as nobody has it, without the collector."""
    sim, _, _ = two()
    gc.collect()
    gc.disable()
    try:
        for _ in range(200):
            sim.fork()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_what_the_test_tells_arrives_in_order() -> None:
    """A broadcast, then a message: of one sender to one receiver nothing overtakes."""
    sim, ann, _ = two()
    with sim.in_order() as order:
        sim.tell(ann.view.id, "first")
        sim.tell(ann.view.id, "second")
        assert [each.rpartition(": ")[2] for each in order.waiting] == ["'first'"], "the first of each mailbox"
        assert not ann.get_by_text("1").is_visible()
        order.deliver("test", to=ann)
        assert ann.get_by_text("1").is_visible()
    assert ann.get_by_text("2").is_visible()


def test_a_connection_that_is_lost_in_order_comes_back() -> None:
    sim, ann, _ = two()
    with sim.in_order() as order:
        ann.get_by_role("button", name="Open").click()
        order.drop(ann)
    assert not ann.get_by_role("button", name="Inside").is_visible(), "the click was lost with it"
    sim.clock.advance(5)
    ann.get_by_role("button", name="Open").click()
    assert ann.get_by_role("button", name="Inside").is_visible()


def test_an_order_that_is_chosen_is_nothing_to_explore() -> None:
    sim, ann, _ = two()
    begun = len(sim.script)
    with sim.in_order() as order:
        ann.get_by_role("button", name="Open").click()
        order.deliver(ann)
    with pytest.raises(LiveViewError, match="explore finds the order in which messages arrive"):
        explore(sim, sim.script[begun:])
