"""PubSub, story, trace and snapshots: the small parts of the world."""

from __future__ import annotations

from attrs import asdict
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from liveview_core.views.view import LiveView
from liveview_testing import Simulation
from liveview_testing.world.log.trace import stable
from liveview_testing.world.page_checks import Checks
from liveview_testing.world.pubsub import Topic, double_subscriptions, listeners, subscribe, unsubscribe
from liveview_testing.world.world import Tab, Visit, World, new_tab, new_world


@given(st.lists(st.tuples(st.sampled_from(["sub", "unsub"]), st.sampled_from("ab"), st.sampled_from("pq"))))
def test_pubsub_is_a_list_of_subscriptions(script: list[tuple[str, str, str]]) -> None:
    """Against the plainest model: a list of (topic, process), in order."""
    topics, model = Map[str, Topic](), list[tuple[int, str, str]]()
    for seq, (what, topic, process) in enumerate(script):
        if what == "sub":
            topics = subscribe(topics, topic, seq, process)
            model.append((seq, topic, process))
        else:
            mine = [number for number, each, who in model if (each, who) == (topic, process)]
            topics = unsubscribe(topics, topic, mine)
            model = [entry for entry in model if entry[0] not in mine]
        for each in "ab":
            assert list(listeners(topics, each)) == [who for _, named, who in model if named == each]
    doubles = {(topic, who): times for topic, who, times in double_subscriptions(topics)}
    for topic in "ab":
        for who in "pq":
            times = sum(1 for _, named, process in model if (named, process) == (topic, who))
            assert doubles.get((topic, who), 1) == max(times, 1)


def test_stable_texts() -> None:
    """What goes into a trace is the same in every run: no addresses, no order of hashes."""

    class Plain:
        pass

    assert "0x" not in stable(Plain())
    assert stable({"b", "a"}) == "{'a', 'b'}"
    assert stable([1, (2, {"k": None})]) == "[1, (2, {'k': None})]"
    assert stable(World(1_000_000, 0)).startswith("World(now=1000000, seed=0")


def test_what_begins_is_made_as_the_class_makes_it() -> None:
    """A world in which nothing has happened, and a tab at its first page: field by field."""
    store = Map({"orders": ()})
    assert _fields(new_world(5, "seed", True, store, 9)) == _fields(World(5, "seed", hold=True, store=store, kept=9))
    visit = Visit(LiveView(), "/a", None, None, {}, {}, {})
    checks: Checks = {"duplicate id": "warn"}
    assert _fields(new_tab(3, visit, checks)) == _fields(Tab(3, visit, "/a", ("/a",), checks=checks))


def _fields(value: World | Tab) -> dict[str, object]:
    return asdict(value, recurse=False)


def test_a_world_says_what_it_is() -> None:
    """Reprs are short, whatever is inside."""
    assert repr(Simulation()) == "Simulation(World(now=1735732800.000s, 0 views, 0 happenings))"
    assert repr(Topic(Map({2: "b", 1: "a"}))) == "Topic(['a', 'b'])"
