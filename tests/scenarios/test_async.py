"""What the scenarios of work beside the view teach: search, dashboard, report, toggle."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_testing import PageWarning, View, lints, live
from liveview_testing.laws import LawBroken, quiet_law
from tests.harness.playing import scenario, texts

search, dashboard, report, toggle = (scenario(name) for name in ("search", "dashboard", "report", "toggle"))


def held(module: Any, path: str) -> View:
    """A page whose tasks wait for the test."""
    return live(path, router=module.ROUTER, tasks="hold")


# --- search -----------------------------------------------------------------------------------------------------------------


def test_the_page_says_that_it_is_searching() -> None:
    """Story 25: `loading` is really shown, and set and set back in no callback."""

    def typing(it: View) -> None:
        it.form("#search", {"q": "tea"}).render_change()

    view = held(search, "/search")
    lints.progress(view, typing)
    lints.unseen(view, typing)
    lints.waiting(view, typing)
    typing(view)
    assert view.has_element(".loading")


def test_only_the_last_search_counts() -> None:
    """The earlier search is cancelled: no answer of it can come, early or late."""
    view = held(search, "/search")
    for text in ("toaster", "tea"):
        view.form("#search", {"q": text}).render_change()
    lints.overtaken(view.sim)
    (last,) = view.sim.tasks.pending
    assert last.fn() == search.SHOP[:2]
    view.sim.tasks.run("search")
    assert texts(view, "li") == ["Tea pot: 24.00", "Tea: 4.50"]


def test_the_url_is_the_search() -> None:
    """Opened or typed, a search is the same page; emptied, it is the first page again."""
    view = live("/search", router=search.ROUTER)
    view.form("#search", {"q": "tea"}).render_change()
    assert view.url == "/search?q=tea"
    assert live("/search?q=tea", router=search.ROUTER).html == view.html
    view.form("#search", {"q": ""}).render_change()
    assert (view.url, texts(view, "li")) == ("/search", [])
    lints.stays(view)


def test_the_same_words_again_search_nothing() -> None:
    """A blank more is the same search."""
    view = live("/search?q=tea", router=search.ROUTER)
    view.form("#search", {"q": "tea "}).render_change()
    view.refute_patched()


# --- dashboard --------------------------------------------------------------------------------------------------------------


def test_boxes_are_apart() -> None:
    """One fails, the other does not notice; neither holds the page up."""
    view = held(dashboard, "/dashboard")
    view.sim.tasks.fail("revenue", "closed")
    assert view.has_element("#users", "counting")
    assert view.has_element("#revenue", "closed")
    view.sim.tasks.release()
    assert view.has_element("#users", "1204 users")


def test_the_function_returns_its_keys() -> None:
    """Story 17: one that does not is a failure that the lint knows from the world's."""
    good = live(dashboard.DashboardLive)
    lints.async_results(good)
    with pytest.warns(PageWarning, match="assign_async for revenue did not return revenue: @revenue is failed"):
        bad = live(dashboard.DashboardLive(revenue=lambda team: {"sum": 3}))
    assert bad.has_element("#revenue", "no number")
    with pytest.raises(LawBroken, match="the assign 'revenue'"):
        lints.async_results(bad)


def test_the_first_page_waits_for_nothing() -> None:
    """The disconnected mount starts no work: it shows the loading state, and the connected one starts each task once."""
    calls = list[str]()

    def count(team: str) -> dict[str, int]:
        calls.append(team)
        return {"users": 1, "online": 1}

    view = live(dashboard.DashboardLive(users=count))
    assert calls == ["all"]
    assert view.has_element("#users", "1 users")


def test_an_old_number_outlives_a_failure() -> None:
    """Loading and failing leave the result where it is (AY-11); the page shows that it is old."""
    view = live("/dashboard", router=dashboard.ROUTER)
    view.sim.tasks.hold()
    view.element("#refresh").render_click()
    view.sim.tasks.fail("revenue")
    assert texts(view, "#revenue b") == ["18,400"]
    assert texts(view, "#revenue i") == ["this is an old number"]


# --- report -----------------------------------------------------------------------------------------------------------------


def test_generating_is_true_while_it_is() -> None:
    """Story 18: the page shows it, and the button cannot be clicked a second time."""
    view = held(report, "/report")
    lints.progress(view, lambda it: it.element("#generate").render_click())
    view.element("#generate").render_click()
    with pytest.raises(AssertionError, match="disabled"):
        view.element("#generate").render_click()
    view.render_click("generate")  # forged: nothing is started twice
    lints.overtaken(view.sim)


def test_an_old_error_goes() -> None:
    """Story 18: with the next start, not only with the next success."""
    view = held(report, "/report")
    view.element("#generate").render_click()
    view.sim.tasks.fail("report", "no paper")
    assert view.has_element(".error", "The report failed: no paper")
    view.element("#generate").render_click()
    assert not view.has_element(".error")
    view.sim.tasks.run("report")
    assert texts(view, "pre") == ["Sales of May: 1,280"]


def test_what_was_cancelled_says_nothing_later() -> None:
    """The report that is under way when Ann changes her mind is nobody's."""
    view = held(report, "/report")
    view.element("#generate").render_click()
    view.element("#cancel").render_click()
    assert view.sim.tasks.pending == []
    assert not view.has_element("pre")
    assert not view.has_element(".error")


# --- toggle -----------------------------------------------------------------------------------------------------------------


def pressed(view: View, id: int) -> str:
    """What the button of a task says."""
    return view.element(f"#task-{id} button").attributes["aria-pressed"]


def test_a_second_toggle_is_the_other_way() -> None:
    """Story 19: it starts from what the page shows, saved or not."""
    view = live(toggle.TasksLive, tasks="hold")
    click = view.element("#task-1 button").render_click
    click()
    view.sim.tasks.run(("save", 1))
    click()
    assert pressed(view, 1) == "false"
    view.sim.tasks.run(("save", 1))
    assert (pressed(view, 1), view.assigns.tasks[1].saved) == ("false", False)


def test_saving_fails_by_raising() -> None:
    """Story 19: it is rolled back to what is saved, whichever way it was going."""

    def refuse(id: int, done: bool) -> bool:
        raise ConnectionError("no connection")

    view = live(toggle.TasksLive(refuse))
    view.element("#task-2 button").render_click()
    assert pressed(view, 2) == "false"
    assert view.flash["error"] == "“call Ben” could not be saved: no connection"


def test_tasks_are_apart() -> None:
    """Two saves under way, one fails: the other is not touched."""
    view = live(toggle.TasksLive, tasks="hold")
    for id in (1, 2):
        view.element(f"#task-{id} button").render_click()
    lints.overtaken(view.sim)
    view.sim.tasks.fail(("save", 1), "no")
    view.sim.tasks.run(("save", 2))
    assert (pressed(view, 1), pressed(view, 2)) == ("false", "true")


def test_a_toggle_of_nothing_is_nothing() -> None:
    """An id that is forged, or gone."""
    view = live(toggle.TasksLive)
    for id in ("9", "x", ""):
        quiet_law(view, lambda it, id=id: it.render_click("toggle", {"id": id}))  # type: ignore[misc]
        view.render_click("toggle", {"id": id})
    assert view.sim.tasks.pending == []
