"""The store: what is changed in place is found and named, as forks and failed acts would share it."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import LawBroken, Simulation, always, explore, laws


class Logging(LiveView):
    """Writes into the store that it was given: in place, or as it should."""

    def __init__(self, store: Any, in_place: bool = True) -> None:
        self.store = store
        self.in_place = in_place

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.in_place:
            self.store["log"].append(1)
        else:
            self.store["log"] = [*self.store["log"], 1]
        return socket.assign(n=len(self.store["log"]))

    render = heex("<button phx-click='x'>{@n}</button>")


def test_a_value_that_is_changed_in_place() -> None:
    """By a callback; the error says what it was, what it is, and what to write."""
    sim = Simulation(checks={"patch law": "ignore"})
    sim.store["log"] = []
    view = sim.live(Logging(sim.store))
    laws.hold(sim)
    view.element("button").render_click()
    with pytest.raises(LawBroken) as caught:
        laws.hold(sim)
    assert caught.value.law == "store"
    for part in (
        "sim.store['log'] was changed in place",
        "expected: what was put there, []",
        "got: [1]",
        "sim.store['log'] = …",
    ):
        assert part in str(caught.value)
    sim.store["log"] = ()
    laws.hold(sim)


@pytest.mark.parametrize("value", [[1], {"a": [1]}, {1}, ({"in": [1]},), bytearray(b"a")], ids=repr)
def test_each_kind(value: Any) -> None:
    """Also within others; and in a fork, which shares it."""
    sim = Simulation()
    sim.store["kept"] = value
    fork = sim.fork()
    laws.store_law(fork)
    inner = value[0] if isinstance(value, tuple) else value
    match inner:
        case list():
            inner.append(2)
        case dict():
            next(iter(inner.values())).append(2)
        case set():
            inner.add(2)
        case _:
            inner.extend(b"b")
    for world in (sim, fork):
        with pytest.raises(LawBroken, match="store law"):
            laws.store_law(world)
        world.store["kept"] = None


def test_what_is_put_anew_is_no_change() -> None:
    """A list that nobody writes into is as good as a tuple."""
    sim = Simulation()
    sim.store["log"] = []
    view = sim.live(Logging(sim.store, in_place=False))
    view.element("button").render_click()
    view.element("button").render_click()
    assert sim.store["log"] == [1, 1]
    laws.hold(sim)


def test_an_exploration_whose_worlds_were_not_apart() -> None:
    """Instead of a race that is none."""
    sim = Simulation(checks={"patch law": "ignore"})
    sim.store["log"] = []
    view = Logging(sim.store)
    ann, ben = sim.page(view), sim.page(view)
    with sim.concurrently() as both:
        ann.get_by_role("button").click()
        ben.get_by_role("button").click()
    with pytest.raises(LawBroken, match=r"sim\.store\['log'\] was changed in place"):
        explore(sim, both, always(lambda sim: len(sim.store["log"]) <= 2))
    sim.store["log"] = ()


def test_what_the_kit_keeps_there_is_not_among_the_names() -> None:
    """Neither in the list of them, nor in the text, nor where a name is not there."""
    sim = Simulation(crashes="restart", static={"a.js": "a-1.js"})
    sim.store["log"] = [1]
    assert list(sim.store) == ["log"]
    assert repr(sim.store) == "Store(log=[1])"
    with pytest.raises(KeyError) as caught:
        _ = sim.store["lg"]
    assert "  got: stored are log" in caught.value.__notes__
