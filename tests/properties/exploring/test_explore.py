"""`explore` and what goes with it: what is asked, what is told, what is refused; and that what it tells is true."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_testing import (
    Counterexample,
    Exploration,
    Faults,
    Simulation,
    always,
    eventually,
    expect,
    explore,
    outcomes,
    sometimes,
)
from liveview_testing.properties.exploring import reporting
from liveview_testing.properties.exploring.choices import Footprint
from liveview_testing.properties.exploring.counterexamples import searching_again
from liveview_testing.properties.exploring.counterexamples.reports import Failure
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.fingerprints import FRESH, Fingerprints
from liveview_testing.properties.exploring.people import deeds_of
from liveview_testing.properties.exploring.schedules import choices_of
from liveview_testing.properties.exploring.searching import Search, StepsSeen
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import Player
from liveview_testing.record.scripts.concurrent_acts import NotNow
from liveview_testing.world.log.retention import limit
from liveview_testing.world.simulation.delivering.in_flight import concurrent
from tests.harness.playing import scenario
from tests.properties.exploring import races_of_processes
from tests.properties.exploring.systems import system
from tests.properties.exploring.test_planted import PLANTED

room = scenario("room")


def talk(people: int, each: int) -> tuple[Simulation, Any]:
    """Some people in one room, who say something."""
    sim = Simulation(room.ROUTER)
    views = [sim.live("/rooms/tea", session={"name": f"P{number}"}) for number in range(people)]
    with sim.concurrently() as acts:
        for number in range(each):
            for view in views:
                view.form("#say", {"text": f"{number}"}).render_submit()
    return sim, acts


def search(sim: Simulation, acts: Any, **options: Any) -> Search:
    made = stage(sim)
    player = Player(made, deeds_of(sim, acts))
    for steps in (False, True):
        found = Search(player, Fingerprints(steps=steps), lambda *given: [], lambda here: 0, **options)
        try:
            found.run(player.start(concurrent(sim.world)))
        except StepsSeen:
            continue
        return found
    raise AssertionError


@pytest.mark.parametrize(
    ("people", "each", "worlds", "choices", "schedules", "ends"),
    [(2, 1, 20, 26, 20, 3), (2, 2, 238, 434, 23_100, 20)],
)
def test_the_numbers_of_worlds_are_known(
    people: int, each: int, worlds: int, choices: int, schedules: int, ends: int
) -> None:
    whole = search(*talk(people, each), reduce=False)
    assert (len(whole.nodes), whole.made, whole.schedules(), len(list(whole.ends))) == (
        worlds,
        choices,
        schedules,
        ends,
    )
    less = search(*talk(people, each))
    assert (len(less.nodes), less.schedules()) == (worlds, schedules)
    assert less.made < choices


def test_following_the_usual_choice_is_the_plain_test() -> None:
    """The same trace, byte for byte, as if nothing had waited."""
    sim, acts = talk(2, 2)
    player = Player(stage(sim), deeds_of(sim, acts))
    here = player.start(player.sim.world)
    while options := choices_of(player, here):
        made = player.make(here, *options[0])
        assert made is not None
        here = made[0]
    plain = sim.fork()
    for act in acts:
        from liveview_testing.record.scripts.player import Player as Hands

        Hands(plain).do(act)
    stepped = sim.fork()
    stepped._current.world = here.world
    assert stepped.trace == plain.trace


def test_independent_choices_commute() -> None:
    """Both orders lead to the same fingerprint, whenever two choices are called independent."""
    pairs = 0
    for seed in range(6):
        given = system(seed)
        player = given.player()
        prints = Fingerprints()
        stack = [player.start(player.sim.world)]
        for _ in range(25):
            if not stack:
                break
            here = stack.pop()
            made = [
                (choice, result)
                for choice, about in choices_of(player, here)
                if (result := player.make(here, choice, about)) is not None
            ]
            for at, (mine, one) in enumerate(made):
                for other, two in made[at + 1 :]:
                    if not one[1].apart(two[1]):
                        continue
                    pairs += 1
                    there = player.make(one[0], other, dict(choices_of(player, one[0]))[other])
                    back = player.make(two[0], mine, dict(choices_of(player, two[0]))[mine])
                    assert there is not None
                    assert back is not None
                    first, _ = prints.of(there[0].world, FRESH, there[0][1:])
                    second, _ = prints.of(back[0].world, FRESH, back[0][1:])
                    assert first == second
            stack.extend(result[0] for _, result in made)
    assert pairs > 50


def test_footprints_know_what_they_share() -> None:
    def of(reads: set[Any], writes: set[Any]) -> Footprint:
        return Footprint(frozenset(reads), frozenset(writes))

    x, y = ("store", "x"), ("store", "y")
    assert of({x}, set()).apart(of({x}, set()))
    assert not of({x}, set()).apart(of(set(), {x}))
    assert of(set(), {x}).apart(of({y}, set()))
    assert not of({("store",)}, set()).apart(of(set(), {y})), "iterating reads every name"
    assert of({x}, {y}).shared(of({y}, {x})) == [x, y]


# --- what is told -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLANTED)
def test_a_printed_test_runs_and_fails_the_same_way(name: str) -> None:
    """As it is printed, without a word more."""
    planted = PLANTED[name]
    sim, acts, wanted = planted.make(planted.broken)
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, wanted, unfinished="allow")
    fails_as_printed(raised.value.failure)


def fails_as_printed(failure: Failure) -> None:
    names: dict[str, Any] = {}
    exec(failure.test, names)
    test = next(value for key, value in names.items() if key.startswith("test_"))
    with pytest.raises(AssertionError) as again:
        test()
    assert signature(again.value) == failure.signature


def test_an_act_that_was_never_possible_is_printed_as_one() -> None:
    sim = Simulation(room.ROUTER)
    ann = sim.page("/rooms/tea", session={"name": "Ann"})
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Nowhere").click()
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts)
    assert "with order.possible():" in raised.value.failure.test
    fails_as_printed(raised.value.failure)


def test_a_world_that_cannot_be_written_is_said() -> None:
    """A view of a function has no name to import it by."""

    class Hidden(Two): ...

    sim = Simulation()
    sim.store["who"] = ()
    ann = sim.page(Hidden(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Raise").click()
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts)
    assert "# It cannot be written here: " in raised.value.failure.test


def test_the_report_says_what_was_done() -> None:
    sim, acts = talk(2, 1)
    whole = explore(sim, acts)
    assert whole.exhaustive
    assert str(whole).startswith("exhaustive: 20 worlds, 20 schedules, 3 outcomes, ")
    some = explore(sim, acts, deviations=1)
    assert not some.exhaustive
    assert some.deviations == 1
    assert str(some).startswith("every schedule with up to 1 deviation (")
    cut = explore(sim, acts, worlds=5)
    assert not cut.exhaustive
    assert "stopped at 5 worlds; worlds=5, deviations=None are the knobs" in str(cut)
    assert all(race.visible for race in whole.races)
    assert {race.over for race in whole.races} == {("Ann's process",), ("Ben's process",)}


def test_a_report_never_claims_more_than_was_done() -> None:
    """Whatever the budget, and whatever was never seen, never possible, never due."""
    sim, acts = talk(2, 1)
    ann = sim.views[0]
    one = explore(sim, acts, always(lambda sim: True, "yes"), sometimes(lambda sim: False, "no"), worlds=1)
    assert str(one).startswith("a part of the schedules: 1 world; stopped at 1 world; worlds=1, deviations=None")
    assert [each.verdict for each in one.properties] == ["no counterexample in 1 world", "not seen so far"]
    assert one.parts == (), "that people have nothing in common is known in the end only"
    assert not one.exhaustive
    none = explore(sim, acts, always(lambda sim: True), seconds=1e-9)
    assert str(none).startswith("a part of the schedules: 0 worlds; stopped at 1e-09 s; ")
    usual = explore(sim, acts, deviations=0)
    assert str(usual).startswith("every schedule without a deviation (")
    assert not usual.exhaustive
    some = explore(sim, acts, eventually(lambda sim: True), deviations=0)
    assert some.properties[0].verdict == "on all 1 ends reached"
    cut = explore(sim, acts, worlds=15)
    assert "nobody sees it" not in str(cut)

    counted = outcomes([1, 2], observe=lambda sim: 1)
    assert explore(sim, acts, counted, worlds=12).properties[0].verdict == "1 of 2 seen, and no others so far"
    with pytest.raises(Counterexample, match="not seen: the outcomes are these"):
        explore(sim, acts, counted)
    with pytest.raises(Counterexample, match="in none of 20 worlds, and there are no others"):
        explore(sim, acts, sometimes(lambda sim: False, "no"))
    missing = explore(sim, acts, sometimes(lambda sim: False, "no"), raising=False)
    assert (missing.exhaustive, [each.holds for each in missing.properties]) == (True, [False])
    assert missing.timeline().data["title"] == "The usual order"

    crashed = str(explore(sim, acts, faults=Faults(crashes=1, on=[ann]), unfinished="allow", worlds=9))
    assert "lost connections (0), failing tasks (0), dead processes (more than 1), faults of other pages" in crashed


def test_what_is_due_later_than_it_was_followed_is_told() -> None:
    sim = Simulation()
    page = sim.page(AlarmsLive)
    with sim.concurrently() as acts:
        pass
    found = explore(sim, acts, horizon=5)
    assert "what is due more than 5 s later (horizon)" in str(found)
    assert "horizon" not in str(
        explore(sim, acts, eventually(lambda sim: sim.view(page).view.assigns.rung, "it rings"))
    )


def test_all_that_can_happen_is_not_all_that_was_wanted() -> None:
    sim, ann, _ = two()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Inside").click()
    found = explore(sim, acts, unfinished="allow")
    assert str(found).startswith(
        "all that can happen, but not all that somebody wanted to do: 1 world, 1 schedule, 1 outcome, "
    )
    assert "1 end at which somebody still waits" in str(found)
    assert not found.exhaustive


def test_the_fewest_surprises_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search merges worlds whatever is oldest in them, and may come to a failure with more surprises than it takes."""
    sim, acts, asked, _ = races_of_processes.locks(races_of_processes.LocksLive)
    found = explore(sim, acts, *asked, raising=False)
    assert found.failure is not None
    assert found.failure.deviations == 2
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, *asked)
    first = raised.value.exploration
    assert (first.exhaustive, first.deviations) == (False, 1)
    assert str(first).startswith("every schedule with up to 1 deviation (")
    assert "FAILED after 2 deviations (none is possible with fewer)" in str(first)
    little = lambda again, found, wanted, worlds: searching_again.fewest(again, found, wanted, 3)
    monkeypatch.setattr(reporting, "fewest", little)
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, *asked)
    cut = raised.value.exploration
    assert cut.deviations is None, "the search for fewer was cut"
    assert "none is possible" not in str(cut)
    assert str(cut).startswith("a part of the schedules: ")


def test_properties_have_verdicts() -> None:
    sim, acts = talk(2, 1)
    ann = sim.views[0]
    found = explore(
        sim,
        acts,
        always(lambda sim: True, "yes"),
        sometimes(lambda sim: False, "no"),
        sometimes(lambda sim: len(sim.view(ann).dom.html()) > 0, "something"),
        eventually(lambda sim: "0" in sim.view(ann).dom.html(), "she reads it"),
        raising=False,
    )
    told = {each.name: each.verdict for each in found.properties}
    assert told["yes"] == "held in 20 worlds"
    assert told["no"] == "not seen"
    assert told["something"] == "seen in 20 worlds, first after 0 deviations"
    assert told["she reads it"] == "on every schedule"


class Two(LiveView):
    """Writes down who came first."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(open=False, count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "open":
                return socket.assign(open=True)
            case "later":
                return socket.send_after("tick", 5)
            case "raise":
                raise LookupError("raised")
            case _:
                self.store["who"] = (*self.store["who"], params["value"])
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1)

    render = heex("""
    <button phx-click="open">Open</button>
    <button phx-click="later">Later</button>
    <button phx-click="raise">Raise</button>
    <button :if={@open} phx-click="who" value="me">Inside</button>
    <p>{@count}</p>
    """)


def two() -> tuple[Simulation, Any, Any]:
    sim = Simulation()
    sim.store["who"] = ()
    return sim, sim.page(Two(sim.store)), sim.page(Two(sim.store))


def test_outcomes_are_a_set() -> None:
    sim, ann, ben = two()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Open").click()
        ben.get_by_role("button", name="Open").click()
    assert explore(sim, acts, outcomes([((),)], observe=lambda sim: (sim.store["who"],))).exhaustive
    with pytest.raises(Counterexample, match="the outcomes are others"):
        explore(sim, acts, outcomes(["something else"], observe=lambda sim: "this"))


def test_people_wait_until_they_can_and_react_to_what_they_see() -> None:
    sim, ann, _ = two()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Open").click()
        acts.when(ann, lambda page: page.get_by_role("button", name="Inside").click())
    found = explore(sim, acts, eventually(lambda sim: sim.store["who"] == ("me",), "she was inside"))
    assert found.exhaustive
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Inside").click()
    with pytest.raises(Counterexample, match="this was never possible: Ann clicks 'Inside'"):
        explore(sim, acts)
    assert not explore(sim, acts, unfinished="allow").exhaustive
    assert explore(sim, acts, patience="now").exhaustive, "now or never"


def test_pages_are_opened_while_other_things_happen() -> None:
    """The page is loaded, then joined: what is told in between is not heard."""
    sim, ann, _ = two()
    with sim.concurrently() as acts:
        cyd = sim.page(Two(sim.store), name="Cyd")
        ann.get_by_role("button", name="Open").click()
        cyd.get_by_role("button", name="Open").click()
    assert str(acts).splitlines()[0] == 'cyd = sim.page(Two(store=sim.store), name="Cyd")'
    found = explore(
        sim,
        acts,
        sometimes(lambda sim: sim.view(cyd).url == "about:blank", "nothing is there yet"),
        sometimes(lambda sim: sim.view(cyd).get_by_role("button", name="Inside").is_visible(), "she has opened it"),
    )
    assert found.exhaustive
    assert len(found.outcomes) == 2, "who clicks before the page is joined clicks in vain"
    assert sim.people == [ann.memory, sim.people[1]], "nobody came into the world that is explored"
    dan = sim.page(name="Dan")
    with sim.concurrently() as acts:
        dan.open(Two(sim.store))
        ann.get_by_role("button", name="Open").click()
    assert explore(sim, acts).exhaustive
    with sim.concurrently() as acts:
        view = sim.live(Two(sim.store))
        view.element("button", "Open").render_click()
    assert explore(sim, acts, eventually(lambda sim: sim.view(view).has_element("button", "Inside"), "open")).exhaustive
    sim.page(Two(sim.store))
    with pytest.raises(LiveViewError, match="pages were opened in this world since"):
        explore(sim, acts)


def test_time_passes_when_nothing_else_can_happen() -> None:
    sim, ann, _ = two()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Later").click()
        sim.clock.advance(10)
        ann.get_by_role("button", name="Open").click()
    found = explore(sim, acts, eventually(lambda sim: expect(sim.view(ann).get_by_text("1")).to_be_visible(), "a tick"))
    assert found.exhaustive
    assert found.schedules == 1


def test_what_raises_is_a_counterexample() -> None:
    sim, ann, _ = two()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Raise").click()
    with pytest.raises(Counterexample, match="LookupError: raised") as raised:
        explore(sim, acts)
    assert raised.value.failure.signature == ("LookupError", "test_explore.py", "Two.handle_event")
    assert sim.world.mailboxes is None, "the world that is explored is not touched"


def test_faults_are_choices_like_any_other() -> None:
    sim, ann, _ = two()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Open").click()
    plain = explore(sim, acts)
    for faults in (Faults(drops=1, on=[ann]), Faults(crashes=1, on=[ann])):
        found = explore(sim, acts, faults=faults, unfinished="allow")
        assert found.worlds > plain.worlds
        assert len(found.outcomes) == 2, "lost with the click, or not"


def test_what_cannot_be_asked_is_told() -> None:
    sim, ann, _ = two()
    with pytest.raises(NotNow, match="a page was read inside"), sim.concurrently():
        ann.content()
    assert ann.content()
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Open").click()
    assert str(acts) == 'ann.get_by_role("button", name="Open").click()'
    with pytest.raises(Counterexample, match="looked at the world of the test"):
        explore(sim, acts, always(lambda s: ann.content()))
    with pytest.raises(Counterexample, match="a property acted on the world"):
        explore(sim, acts, always(lambda s: s.view(ann).get_by_role("button", name="Open").click()))
    wrong: tuple[dict[str, Any], ...] = (
        *({"deviations": -1}, {"worlds": 0}, {"order": "any"}, {"unfinished": "x"}, {"patience": "x"}),
    )
    for options in wrong:
        with pytest.raises(LiveViewError, match=r"the option .* of explore is wrong"):
            explore(sim, acts, **options)
    with pytest.raises(LiveViewError, match="explore takes what people do"):
        explore(sim, 3)
    with pytest.raises(LiveViewError, match="Faults"):
        Faults(drops=-1)


def test_a_world_that_forgets_is_explored_like_any_other() -> None:
    """The log is cut while a schedule is followed: that is no state."""

    def all_of(history: int | None) -> Exploration:
        sim = Simulation(history=history)
        ann, ben = sim.page(TalkLive), sim.page(TalkLive)
        while sim.world.count < 62:  # the next cut is at 65
            sim.broadcast("talk", "hello")
        with sim.concurrently() as acts:
            ann.get_by_role("button").click()
            ben.get_by_role("button").click()
        return explore(sim, acts)

    assert limit(1, 0) == 65
    some, whole = all_of(1), all_of(None)
    assert some.exhaustive
    assert (some.worlds, some.schedules, some.outcomes) == (whole.worlds, whole.schedules, whole.outcomes)


class TalkLive(LiveView):
    """Tells all that there are."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=0).subscribe("talk")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("talk", "hello")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: heard + 1)

    render = heex("""<button phx-click="talk">{@heard}</button>""")


class AlarmsLive(LiveView):
    """Two timers, a millisecond apart."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.assign(rung=())
        return socket.send_after("first", 10.0).send_after("second", 10.001) if socket.connected else socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(rung=(*socket.assigns.rung, msg))

    render = heex("""<p>{" ".join(@rung)}</p>""")


def test_timers_that_are_nearly_due_at_once_may_fire_in_any_order() -> None:
    sim = Simulation()
    page = sim.page(AlarmsLive)
    with sim.concurrently() as acts:
        pass

    def rung(sim: Simulation) -> Any:
        return sim.view(page).view.assigns.rung

    assert explore(sim, acts, observe=rung).outcomes == (("first", "second"),)
    found = explore(sim, acts, observe=rung, jitter=0.05)
    assert set(found.outcomes) == {("first", "second"), ("second", "first")}
    with pytest.raises(Counterexample) as raised:
        explore(
            sim, acts, always(lambda sim: sim.view(page).view.assigns.rung[:1] != ("second",), "in turn"), jitter=0.05
        )
    names: dict[str, Any] = {}
    assert raised.value.failure.deviations == 1
    assert "order.pass_time(10.001)" in raised.value.failure.test
    exec(raised.value.failure.test, names)
    with pytest.raises(AssertionError):
        next(each for name, each in names.items() if name.startswith("test_"))()


def test_a_search_tells_how_far_it_is() -> None:
    sim = Simulation()
    people = [sim.page(TalkLive) for _ in range(2)]
    with sim.concurrently() as acts:
        for each in people * 2:
            each.get_by_role("button").click()
    told: list[tuple[int, int, int]] = []
    found = explore(sim, acts, worlds=600, laws=False, progress=lambda *so_far: told.append(so_far))
    assert [worlds for worlds, _, _ in told] == [256, 512]
    assert all(waiting and deviations for _, waiting, deviations in told)
    assert found.worlds >= 512


class Stopping(LiveView):
    """Somebody stops the program."""

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        raise KeyboardInterrupt

    render = heex("<button phx-click='stop'>Stop</button>")


def test_who_stops_the_program_stops_it() -> None:
    """It is no failure of a schedule."""
    sim = Simulation()
    ann, ben = sim.page(Stopping), sim.page(Stopping)
    with sim.concurrently() as acts:
        for page in (ann, ben):
            page.get_by_role("button", name="Stop").click()
    with pytest.raises(KeyboardInterrupt):
        explore(sim, acts)
