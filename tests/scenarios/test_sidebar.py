"""What the sidebar scenario teaches: a crash that stays inside."""

from __future__ import annotations

import pytest

from liveview_testing import Simulation, View
from liveview_testing.laws import hold, untouched_law
from liveview_testing.watching import watch
from tests.harness.playing import listeners, scenario, texts

sidebar = scenario("sidebar")


def page(sim: Simulation, name: str) -> View:
    """Somebody opens the page."""
    return sim.live("/", session={"me": name})


def say(view: View, text: str) -> None:
    """They say something in their chat."""
    sidebar.chat_of(view).form("#say", {"text": text}).render_submit()


@pytest.fixture
def sim() -> Simulation:
    """A world at the scenario's router."""
    return Simulation(sidebar.ROUTER)


def test_a_message_wakes_chats_not_pages(sim: Simulation) -> None:
    """The page around a chat is not rendered for what is said in it."""
    ann, ben = page(sim, "Ann"), page(sim, "Ben")
    seen = watch(sidebar.chat_of(ann), lambda it: it.form("#say", {"text": "hi"}).render_submit())
    chats = {sidebar.chat_of(view).id for view in (ann, ben)}
    assert {each.process for each in seen} == chats


def test_usually_the_error_reaches_the_test(sim: Simulation) -> None:
    """With the world untouched: that is how it is found."""
    ann = page(sim, "Ann")
    error = untouched_law(ann, lambda it: say(it, "/roll dice"))
    assert isinstance(error, ValueError)


def test_one_chat_ends_and_the_rest_goes_on(sim: Simulation) -> None:
    """The page's process is the very same value; Ben's chat keeps its list; Ann's listens once again."""
    sim.crashes.contain()
    ann, ben = page(sim, "Ann"), page(sim, "Ben")
    ann.element("#sidebar h2", "Rules").render_click()
    say(ben, "hello")
    before = ann.process
    say(ann, "/roll dice")
    assert ann.process is before
    assert texts(ann, "#sidebar p") == ["Be kind."]
    assert ben.has_element("li", "hello")
    assert not ann.has_element("li", "hello")
    assert listeners(sim)["chat"] == [sidebar.chat_of(ben).id, sidebar.chat_of(ann).id]
    say(ben, "again")
    assert texts(sidebar.chat_of(ann), "li") == ["Ben again"]
    hold(sim)
