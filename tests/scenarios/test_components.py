"""What the scenarios of components teach: counters, todo item, user profile, ranking."""

from __future__ import annotations

from typing import Any

from liveview_testing import Simulation, View, lints
from liveview_testing.watching import watch
from tests.harness.playing import scenario, texts

counters, todo_item, user_profile, ranking = (
    scenario(name) for name in ("counters", "todo_item", "user_profile", "ranking")
)


# --- counters ---------------------------------------------------------------------------------------------------------------


def test_instances_share_a_template_and_nothing_else(sim: Simulation) -> None:
    """The second instance refers to the first one's statics; a click in one says nothing of the other (DF-22, DF-23)."""
    view = sim.live(counters.CountersLive)
    components = view.wire[1].payload["response"]["rendered"]["c"]
    assert (len(components["1"]["s"]) > 1, components["2"]["s"]) == (True, 1)
    view.element("#eggs button").render_click()
    reply = view.wire[-2].payload["response"]["diff"]
    assert reply == {"c": {"2": {"1": "6"}}}


def test_the_parent_hears_after_the_reply(sim: Simulation) -> None:
    """The click is answered first; what the component sent to its view is a message of its own (story 22)."""
    view = sim.live(counters.CountersLive)
    seen = watch(view, lambda it: it.element("#apples button").render_click())
    assert [(each.origin, [sent.event for sent in each.sent]) for each in seen] == [
        ("client", ["phx_reply"]),
        ("info", ["diff"]),
    ]
    assert [each.evaluated for each in seen] == [1, 1]


def test_the_parent_s_render_leaves_components_alone(sim: Simulation) -> None:
    """The sum changes; no counter is rendered for it (CP-14)."""
    view = sim.live(counters.CountersLive)
    view.element("#apples button").render_click()
    (_, heard) = watch(view, lambda it: it.element("#apples button").render_click())
    assert heard.facts.components == ()
    assert heard.facts.changed == ("counts",)


def test_send_update_of_nobody_is_nothing(sim: Simulation) -> None:
    """An id that no component has: dropped without a word (CP-21)."""
    view = sim.live(counters.CountersLive)
    frames = len(view.wire)
    view.sim.act(lambda run: run.interpret(view.id, _update(counters.Counter, "pears")))
    assert len(view.wire) == frames


def _update(module: Any, id: str) -> Any:
    from liveview_core.protocol.effects import SendUpdate

    return SendUpdate(module, id, {"count": 0}, None, None)


# --- todo item --------------------------------------------------------------------------------------------------------------


def todos(sim: Simulation) -> View:
    """Three todos."""
    return sim.live(todo_item.TodosLive)


def test_an_edit_is_the_component_s_alone(sim: Simulation) -> None:
    """Going into editing touches one component; the view is not rendered."""
    (seen,) = watch(todos(sim), lambda it: it.element("#todo-2 span").render_click())
    assert (seen.facts.components, seen.facts.changed) == ((2,), ())


def test_nothing_is_lost_when_an_earlier_todo_goes(sim: Simulation) -> None:
    """Story 24: toggled, renamed and being edited stay with their todos; ids are the todos', and entries move."""
    view = todos(sim)
    view.element("#todo-2 .toggle").render_click()
    view.element("#todo-3 span").render_click()
    lints.identity(view, lambda it: it.element("#todo-1 .remove").render_click())
    lints.copies(view)
    view.element("#todo-1 .remove").render_click()
    assert view.has_element("#todo-2.done")
    assert view.has_element("#todo-3 form")
    (moved,) = [frame for frame in view.wire[-6:] if frame.event == "diff"]
    assert moved.payload == {"0": {"k": {"0": 1, "1": 2, "kc": 2, "km": True}}}


def test_an_error_goes_with_the_next_attempt(sim: Simulation) -> None:
    """Story 22: also when editing begins anew."""
    view = todos(sim)
    view.element("#todo-1 span").render_click()
    view.form("#todo-1 form", {"title": ""}).render_submit()
    assert view.has_element("#todo-1 em")
    view.element("#todo-1 [name=cancel]").render_click()
    view.element("#todo-1 span").render_click()
    assert not view.has_element("#todo-1 em")


def test_one_item_s_change_renders_one_item(sim: Simulation) -> None:
    """Of three todos one is toggled: its component alone is rendered, by the parent's message."""
    seen = watch(todos(sim), lambda it: it.element("#todo-3 .toggle").render_click())
    assert [each.facts.components for each in seen if each.evaluated] == [(3,)]
    assert sum(each.bytes for each in seen) < 150


# --- user profile -----------------------------------------------------------------------------------------------------------


def test_the_first_render_has_no_user_yet(sim: Simulation) -> None:
    """Story 21: `mount` says what there is before anything came, `update` takes what comes."""
    view = sim.live(user_profile.ProfileLive, session={"user_id": 7})
    joined = view.wire[1].text
    assert "loading ..." in joined
    assert view.element("#profile p").text == "Ann, Bonn"


def test_the_same_user_again_is_quiet(sim: Simulation) -> None:
    """Equal is unchanged: neither a diff nor a notice."""
    view = sim.live(user_profile.ProfileLive, session={"user_id": 7})
    frames = len(view.wire)
    sim.broadcast("user:7", user_profile.UserSaved(user_profile.User(7, "Ann", "Bonn")))
    assert len(view.wire) == frames
    assert sim.clock.pending == []


def test_another_user_s_change_wakes_nobody(sim: Simulation) -> None:
    """The topic is this user's."""
    view = sim.live(user_profile.ProfileLive, session={"user_id": 7})
    assert (
        watch(view, lambda it: it.sim.broadcast("user:8", user_profile.UserSaved(user_profile.User(8, "Ben", "Rom"))))
        == []
    )


# --- ranking ----------------------------------------------------------------------------------------------------------------


def test_an_overtaking_sends_places_not_rows(sim: Simulation) -> None:
    """The order changes by four numbers; the component that scored sends its points."""
    view = sim.live(ranking.RankingLive)
    view.element("#ben button").render_click()
    view.element("#ben td", "Ben").render_click()
    view.element("#ben button").render_click()
    diff = view.wire[-1].payload
    assert diff["0"]["k"]["km"] is True
    assert list(diff["c"]) == ["2"]
    assert view.wire[-1].bytes < 100
    assert texts(view, "tr")[0].startswith("Ben 40 +10")


def test_a_click_that_changes_no_order_moves_nothing(sim: Simulation) -> None:
    """The first scores: no `km`, no other entry."""
    view = sim.live(ranking.RankingLive)
    view.element("#ann button").render_click()
    assert view.wire[-1].payload == {"0": {"k": {"0": {"0": 1}, "kc": 3}}, "c": {"1": {"3": "40", "5": ""}}}
