"""A counterexample is told by the acts that it takes: what else people did is left out, what they wrote is plain, time is short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import (
    Counterexample,
    Exploration,
    Faults,
    Simulation,
    always,
    eventually,
    explore,
    outcomes,
)
from liveview_testing.properties.exploring import reporting
from liveview_testing.properties.exploring.choices import Failed, Taken
from liveview_testing.properties.exploring.counterexamples.fewer_acts import Reducing
from liveview_testing.properties.exploring.counterexamples.reports import Failure
from liveview_testing.properties.exploring.counterexamples.searching_again import Again, Found, _counted
from liveview_testing.properties.exploring.people import deeds_of
from liveview_testing.properties.exploring.schedules import choices_of
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import Player
from liveview_testing.properties.exploring.world_checks import Asking
from tests.properties.exploring.test_explore import fails_as_printed


class ShopLive(LiveView):
    """One ticket, a note that is kept, a bell that rings after ten seconds, and buttons that count for nothing."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(left=1, note="", rung=False, open=False).subscribe("shop")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "look":
                return socket.assign(left=self.store["left"])
            case "buy":
                return socket.start_async("buy", self._left).assign(open=True)
            case "note":
                self.store["note"] = params["note"]
                return socket.broadcast("shop", params["note"])
            case "bell":
                return socket.send_after("ring", 10)
            case "raise" if socket.assigns.rung:
                raise LookupError("rung")
            case _:
                return socket

    def _left(self) -> int:
        left: int = self.store["left"]
        return left

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        if result.value:
            self.store["left"] = result.value - 1
            self.store["sold"] = self.store["sold"] + 1
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(rung=True) if msg == "ring" else socket.assign(note=msg)

    render = heex("""
    <button phx-click="look">Look</button>
    <button phx-click="buy">Buy</button>
    <button phx-click="bell">Bell</button>
    <button phx-click="raise">Raise</button>
    <button :if={@open} phx-click="thanks">Thanks</button>
    <form id="note" phx-change="note"><input name="note" aria-label="Note" /></form>
    <p>{@note}</p>
    """)


def shop(people: int = 2) -> tuple[Simulation, list[Any]]:
    sim = Simulation()
    sim.store["left"], sim.store["sold"], sim.store["note"] = 1, 0, ""
    return sim, [sim.page(ShopLive(sim.store)) for _ in range(people)]


def click(page: Any, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name).click()


def failure_of(sim: Simulation, acts: Any, *asked: Any, **options: Any) -> tuple[Failure, Exploration]:
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, *asked, **options)
    return raised.value.failure, raised.value.exploration


def acts_in(test: str) -> list[str]:
    """What people do in a printed test, after the world is made."""
    inside = test.partition("with sim.in_order() as order:")[2].splitlines()
    return [line.strip() for line in inside if ".get_by_" in line and "always" not in line and "eventually" not in line]


def once(sim: Simulation) -> bool:
    return bool(sim.store["sold"] <= 1)


def test_what_others_do_meanwhile_is_left_out() -> None:
    sim, (ann, ben, cyd) = shop(3)
    with sim.concurrently() as acts:
        click(ann, "Look", "Buy")
        click(cyd, "Look")
        click(ben, "Buy", "Thanks")
    failure, found = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False)
    assert acts_in(failure.test) == [
        'ann.get_by_role("button", name="Buy").click()',
        'ben.get_by_role("button", name="Buy").click()',
    ]
    assert (failure.acts, failure.left) == (5, 2)
    assert "    of 5 acts it takes 2\n" in str(found)
    assert len(failure.schedule) == len(failure.rows)
    assert sum(map(bool, failure.schedule)) == failure.deviations
    fails_as_printed(failure)
    told = found.timeline()
    assert len(told.data["choices"]) == len(failure.schedule)


def test_nothing_of_what_is_left_can_be_left_out() -> None:
    """And what is left fails as all of it did, after no more surprises."""
    sim, (ann, ben) = shop()
    doing: dict[str, Callable[[], None]] = {
        "look": lambda: click(ann, "Look"),
        "buy": lambda: click(ann, "Buy"),
        "bell": lambda: click(ben, "Bell"),
        "buy too": lambda: click(ben, "Buy"),
    }

    def of(*names: str, **options: Any) -> Exploration:
        with sim.concurrently() as acts:
            for name in names:
                doing[name]()
        return explore(sim, acts, always(once, "no ticket is sold twice"), raising=False, laws=False, **options)

    whole, least = of(*doing, shrink=False), of(*doing)
    assert whole.failure is not None
    assert least.failure is not None
    assert (whole.failure.left, least.failure.left) == (4, 2)
    assert least.failure.deviations <= whole.failure.deviations
    assert least.failure.signature == whole.failure.signature
    assert of("buy", "buy too").failure is not None
    assert of("buy").failure is None
    assert of("buy too").failure is None


def test_what_is_written_is_plain_and_time_is_short() -> None:
    """As far as it fails still: the note has to be as long as that."""
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ben, "Bell")
        sim.clock.advance(7)
        ann.get_by_label("Note").fill("buy some milk")
        sim.clock.advance(23)
        ben.get_by_label("Note").fill("and tea")

    def agree(sim: Simulation) -> bool:
        shown = sim.view(ann).view.assigns.note
        return bool(len(shown) < 3 or shown == sim.store["note"])

    failure, _ = failure_of(sim, acts, always(agree, "everybody reads the last note"))
    assert acts_in(failure.test) == ['ann.get_by_label("Note").fill("aaa")', 'ben.get_by_label("Note").fill("")'] or (
        len(acts_in(failure.test)) <= 2 and "milk" not in failure.test
    )
    assert "pass_time" not in failure.test
    fails_as_printed(failure)


def test_time_that_it_takes_is_just_as_long_as_it_has_to_be() -> None:
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ben, "Look")
        click(ann, "Bell")
        sim.clock.advance(45)
        click(ann, "Raise")
        click(ben, "Look")
    failure, _ = failure_of(sim, acts)
    assert failure.signature == ("LookupError", "test_fewer_acts.py", "ShopLive.handle_event")
    assert acts_in(failure.test) == [
        'ann.get_by_role("button", name="Bell").click()',
        'ann.get_by_role("button", name="Raise").click()',
    ]
    assert [line.strip() for line in failure.test.splitlines() if "pass_time" in line] == ["order.pass_time(10)"]
    names: dict[str, Any] = {}
    exec(failure.test, names)
    with pytest.raises(LookupError, match="rung"):
        next(each for name, each in names.items() if name.startswith("test_"))()


def test_what_should_come_about_is_not_made_to_fail_by_leaving_it_out() -> None:
    """Who never writes is not read: that is no race. A connection that is lost before he is heard is one."""
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ann, "Look")
        ben.get_by_label("Note").fill("hello")
    read = eventually(lambda sim: sim.view(ann).view.assigns.note == "hello", "Ann reads it")
    failure, _ = failure_of(sim, acts, read, faults=Faults(drops=1, on=[ann]))
    assert acts_in(failure.test) == ['ben.get_by_label("Note").fill("hello")']
    assert failure.deviations == 1
    assert "order.drop(ann)" in failure.test
    fails_as_printed(failure)
    with sim.concurrently() as acts:
        click(ann, "Look")
        click(ben, "Look")
    failure, _ = failure_of(sim, acts, read)
    assert (failure.deviations, failure.left) == (0, 2), "it fails in the usual order: nothing is known to be too much"


def test_outcomes_that_are_not_expected_take_what_leads_there() -> None:
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ann, "Buy")
        click(ben, "Look", "Buy", "Look")
    wanted = outcomes([(0, 1)], observe=lambda sim: (sim.store["left"], sim.store["sold"]))
    failure, _ = failure_of(sim, acts, wanted, laws=False)
    assert (failure.what, failure.left) == ("outcomes", 2)
    fails_as_printed(failure)


def test_what_somebody_chose_on_the_spot_is_the_act_he_chose() -> None:
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ben, "Look", "Buy")
        acts.when(ann, lambda page: click(page, "Look"))
        acts.when(ann, lambda page: click(page, "Buy"))
    failure, _ = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False)
    assert failure.left == 2
    assert sorted(acts_in(failure.test)) == [
        'ann.get_by_role("button", name="Buy").click()',
        'ben.get_by_role("button", name="Buy").click()',
    ]
    fails_as_printed(failure)


def test_who_came_for_nothing_is_left_out() -> None:
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ann, "Buy")
        guest = sim.page(ShopLive(sim.store), name="Cyd")
        click(ben, "Buy")
        click(guest, "Look")
    failure, _ = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False, deviations=2)
    assert failure.left == 2
    assert "Cyd" not in failure.test
    fails_as_printed(failure)


def test_a_search_that_was_long_makes_it_less_all_the_same() -> None:
    """By the schedule that was found: what is searched besides is no more than what was searched to find it."""
    sim, _ = shop(0)
    ann, ben, cyd = (sim.live(ShopLive(sim.store)) for _ in range(3))
    with sim.concurrently() as acts:
        for view in (ann, ben, cyd):
            view.element("button", "Look").render_click()
        for view in (ann, ben):
            view.element("button", "Buy").render_click()
    failure, found = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False)
    assert found.worlds > 100
    assert (failure.acts, failure.left) == (5, 2)
    assert 'ann.element("button", "Buy").render_click()' in failure.test
    fails_as_printed(failure)


def test_each_failure_is_told_by_its_own_acts() -> None:
    """Two things are wrong, one of them sooner: neither stands in the other's way."""
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ann, "Buy", "Bell")
        click(ben, "Buy")
        sim.clock.advance(10)
        click(ann, "Raise")
    found = explore(sim, acts, always(once, "no ticket is sold twice"), raising=False, laws=False, unfinished="allow")
    by_kind = {each.signature[0]: each for each in found.failures}
    assert sorted(by_kind) == ["LookupError", "PropertyBroken"]
    assert by_kind["LookupError"].deviations < by_kind["PropertyBroken"].deviations
    twice = acts_in(by_kind["PropertyBroken"].test)
    assert twice == ['ann.get_by_role("button", name="Buy").click()', 'ben.get_by_role("button", name="Buy").click()']
    fails_as_printed(by_kind["PropertyBroken"])
    assert sorted(each.partition('name="')[2] for each in acts_in(by_kind["LookupError"].test)) == [
        'Bell").click()',
        'Raise").click()',
    ]


def test_surprises_are_counted_as_they_are_made() -> None:
    """Whatever was counted before."""
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ann, "Look")
        click(ben, "Look")
    player = Player(stage(sim), deeds_of(sim, acts))
    here = player.start(player.sim.world)
    steps: list[Taken] = []
    for place in (0, 1, 0, 0):
        choice, about = choices_of(player, here)[place]
        made = player.make(here, choice, about)
        assert made is not None
        here = made[0]
        steps.append(Taken(choice, 7))
    asked = Asking(sim, (), None, hold=False, unfinished=True)
    options = {"guests": (), "horizon": None, "impatient": False, "bags": False, "jitter": 0.0}
    again = Again(sim, asked, Faults(), options)
    found = _counted(again, Found(player, tuple(steps), Failed(0, 9, ValueError(), "always")))
    assert [each.place for each in found.steps] == [0, 1, 0, 0]
    assert found.failed.deviations == 1


def test_what_was_done_before_is_left_out_where_it_is_not_needed() -> None:
    """Who is not needed does not come, what was set and typed for nothing is not set; what makes the usual order right stays."""
    sim, (ann, ben, cyd) = shop(3)
    sim.store["weather"] = "fair"
    cyd.get_by_label("Note").fill("hello")
    click(ann, "Look")
    sim.clock.advance(3)
    with sim.concurrently() as acts:
        click(cyd, "Look")
        click(ann, "Buy")
        click(ben, "Buy")
    failure, _ = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False)
    world = failure.test.partition("def world():\n")[2].partition("\n\n")[0].splitlines()
    assert [line.strip() for line in world] == [
        "sim = Simulation()",
        'sim.store["left"] = 1',
        'sim.store["sold"] = 0',
        "ann = sim.page(ShopLive(store=sim.store))",
        "ben = sim.page(ShopLive(store=sim.store))",
        "return sim, ann, ben",
    ]
    assert "    sim, ann, ben = world()" in failure.test
    fails_as_printed(failure)
    whole, _ = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False, shrink=False)
    assert "cyd.get_by_label" in whole.test


def test_what_makes_the_usual_order_right_stays() -> None:
    """Without it all would fail, and there were no race to be seen."""
    sim, (ann, ben) = shop()
    click(ann, "Look")
    ben.get_by_label("Note").fill("x")
    with sim.concurrently() as acts:
        click(ann, "Buy")
        click(ben, "Buy")

    def noted_once(sim: Simulation) -> bool:
        return bool(sim.store["note"] == "x" and sim.store["sold"] <= 1)

    failure, _ = failure_of(sim, acts, always(noted_once, "noted, and sold once"), laws=False)
    assert 'ben.get_by_label("Note").fill("x")' in failure.test.partition("return sim")[0]
    assert '"Look"' not in failure.test
    fails_as_printed(failure)


def test_a_property_is_written_with_what_it_reads() -> None:
    """A function that was made in a test: what it has of the one around it is written before it."""
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        for page in (ann, ben):
            click(page, "Buy")

    most, first = 1, ann

    def few(sim: Simulation) -> bool:
        return bool(sim.store["sold"] <= most) and first is not None

    failure, _ = failure_of(sim, acts, always(few, "few are sold"))
    before = failure.test.partition("    def few(")[0].splitlines()
    assert [line.strip() for line in before[-3:-1]] == ["first = ann", "most = 1"]
    fails_as_printed(failure)


class LateLive(ShopLive):
    """Its result must not come late."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.start_async("look", self._left) if event == "look" else socket.assign(open=True)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        if socket.assigns.open:
            raise LookupError("late")
        return socket


def test_what_somebody_would_have_chosen_later_is_left_out() -> None:
    """It was never his turn: there is no act of his."""
    sim, _ = shop(0)
    ann, ben = (sim.page(LateLive(sim.store)) for _ in range(2))
    with sim.concurrently() as acts:
        click(ann, "Look", "Buy")
        acts.when(ben, lambda page: click(page, "Look"))
        acts.when(ben, lambda page: click(page, "Look"))
    failure, _ = failure_of(sim, acts)
    assert (failure.deviations, failure.acts, failure.left) == (1, 4, 2)
    assert acts_in(failure.test) == [
        'ann.get_by_role("button", name="Look").click()',
        'ann.get_by_role("button", name="Buy").click()',
    ]


def test_nothing_is_tried_where_nothing_may_be_followed() -> None:
    """What was found is told as it was found."""
    sim, (ann, ben) = shop()
    with sim.concurrently() as acts:
        click(ann, "Look", "Buy")
        click(ben, "Buy")
    with pytest.MonkeyPatch.context() as patch:
        made: list[Reducing] = []

        def reducing(again: Again, worlds: int, choices: int) -> Reducing:
            made.append(Reducing(again, 0, 0))
            return made[-1]

        patch.setattr(reporting, "Reducing", reducing)
        failure, _ = failure_of(sim, acts, always(once, "no ticket is sold twice"), laws=False)
    assert len(made) == 1
    assert (failure.acts, failure.left) == (3, 3)
    fails_as_printed(failure)
