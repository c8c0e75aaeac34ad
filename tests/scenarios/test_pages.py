"""What the scenarios of whole pages teach: wizard, siblings, chart, registration, article."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, View, lints, live
from liveview_testing.laws import hold, untouched_law
from liveview_testing.strategies import events
from liveview_testing.watching import watch
from tests.harness.playing import scenario, texts

wizard, siblings, chart, registration, article = (
    scenario(name) for name in ("wizard", "siblings", "chart", "registration", "article")
)


# --- wizard -----------------------------------------------------------------------------------------------------------------


def begun() -> View:
    """Somebody signs up."""
    return live("/signup", router=wizard.ROUTER)


def answer(view: View, **data: str) -> None:
    """They fill in a step and go on."""
    view.form("form", data).render_submit()


@pytest.mark.parametrize("step", ["mail", "company", "person", "summary", "nonsense"])
def test_a_url_ahead_of_what_was_said_leads_back(step: str) -> None:
    """Opened or patched to: the first step that is missing."""
    assert live(f"/signup/{step}", router=wizard.ROUTER).assert_redirect().to == "/signup/who"
    view = begun()
    view.render_patch(f"/signup/{step}")
    assert view.url == "/signup/who"


def test_the_browser_s_back_is_the_step_before() -> None:
    """Nothing that was said is lost by going there."""
    view = begun()
    answer(view, kind="company")
    answer(view, name="Tea & Co", number="7")
    view.render_patch("/signup/company")
    assert view.element("input[name=number]").attributes["value"] == "7"
    view.render_patch("/signup/mail")
    assert view.has_element("input[name=email]")


def test_another_branch_keeps_what_both_share() -> None:
    """The mail that was given as a company is still given as a person; the company's number is no part of the summary."""
    view = begun()
    answer(view, kind="company")
    answer(view, name="Tea & Co", number="7")
    answer(view, email="tea@example.org")
    view.render_patch("/signup/who")
    answer(view, kind="person")
    answer(view, name="Ann", birthday="May 4")
    view.render_patch("/signup/summary")
    assert texts(view, "dd") == ["person", "Ann", "May 4", "tea@example.org"]


@given(st.data())
def test_the_way_is_never_left(data: st.DataObject) -> None:
    """Whatever is clicked, typed and skipped: the step that is shown is one that has been reached."""
    view = begun()
    for _ in range(data.draw(st.integers(1, 6))):
        event = data.draw(events(view))
        event.perform(view)
        if view.line.tab.left is not None:
            return
        steps = wizard.way(view.assigns.said)
        assert steps.index(view.assigns.step) <= steps.index(wizard.reached(view.assigns.said))
        assert view.url in ("/signup", f"/signup/{view.assigns.step}")
    hold(view.sim)


# --- siblings ---------------------------------------------------------------------------------------------------------------


def test_only_the_basket_is_woken() -> None:
    """Story 20: not the page, not the shelf, not the basket of somebody else."""
    sim = Simulation(siblings.ROUTER)
    ann, ben = (sim.live("/shop", session={"visitor": name}) for name in ("ann", "ben"))
    shelf, basket = siblings.child(ann, "shelf"), siblings.child(ann, "basket")

    def take(it: View) -> None:
        it.element("button", "tea").render_click()

    lints.audience(shelf, take)
    assert [each.process for each in watch(shelf, take)] == [shelf.id, basket.id]
    take(shelf)
    assert basket.has_element("li", "1 x tea")
    assert ann.has_element("li", "1 x tea")
    assert not ben.has_element("li")


def test_a_forged_item_is_not_taken() -> None:
    """What is not on the shelf cannot be taken from it."""
    ann = Simulation(siblings.ROUTER).live("/shop", session={"visitor": "ann"})
    shelf = siblings.child(ann, "shelf")
    shelf.render_click("take", {"item": "gold"})
    assert siblings.child(ann, "basket").assigns["items"] == {}


# --- chart ------------------------------------------------------------------------------------------------------------------


def test_points_travel_once() -> None:
    """Story 23: as events, with nothing inside of what the hook owns; the element says that it is the hook's."""
    view = live("/chart", router=chart.ROUTER)
    view.element("button", "Run").render_click()
    lints.hooked_elements(view)
    lints.ignored(view, lambda it: it.sim.clock.advance(2))
    lints.growth(view, lambda it: it.sim.clock.advance(1))
    view.sim.clock.advance(1)
    assert sorted(view.wire[-1].payload) == ["1", "e"]


def test_the_first_html_pushes_nothing() -> None:
    """The disconnected mount has nobody to push to; the join brings the points once."""
    view = live("/chart", router=chart.ROUTER)
    assert view.assert_push_event("chart:set") == {"points": [3, 5, 4]}
    view.refute_push_event("chart:set")


def test_two_clicks_start_one_clock() -> None:
    """The second is forged: the button is gone. One point a second all the same."""
    view = live("/chart", router=chart.ROUTER)
    for _ in range(2):
        view.render_click("run")
    assert len(watch(view, lambda it: it.sim.clock.advance(3))) == 3
    view.render_click("stop")
    assert watch(view, lambda it: it.sim.clock.advance(3)) == []


# --- registration -------------------------------------------------------------------------------------------------------------


GOOD = {
    "name": "Ann",
    "email": "ann@example.org",
    "age": "34",
    "password": "correct horse",
    "password_confirmation": "correct horse",
}


def registering() -> View:
    """An empty form."""
    return live("/register", router=registration.ROUTER)


def test_nobody_is_reproached_for_what_he_has_not_come_to() -> None:
    """Errors show field by field, as they are used; all of them after a submit (FM-30)."""
    view = registering()
    view.form("#registration", {"user": {"name": ""}}).render_change()
    assert texts(view, "em") == ["can't be blank"]
    view.form("#registration", {"user": {"password": "x"}}).render_change()
    assert texts(view, "em") == ["can't be blank", "should be at least 8 character(s)"]
    view.form("#registration").render_submit()
    assert len(texts(view, "em")) > 3


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "x" * 41, "should be at most 40 character(s)"),
        ("email", "nowhere", "has invalid format"),
        ("age", "17", "must be greater than or equal to 18"),
        ("age", "old", "is invalid"),
        ("password_confirmation", "something else", "does not match confirmation"),
        ("email", "ben@example.org", "has already been taken"),
    ],
)
def test_each_mistake_is_told(field: str, value: str, error: str) -> None:
    """One wrong field, one error, no user."""
    view = registering()
    view.element("#registration").render_submit({"user": {**GOOD, field: value}})
    assert texts(view, "em") == [error]
    view.refute_redirected()


def test_a_good_form_is_saved_once_and_welcomed_elsewhere() -> None:
    """The flash comes along with the navigation, and is gone with the next."""
    saved = list[Any]()

    def save(changeset: Any) -> Any:
        user = changeset.apply_action("insert")
        saved.append(user)
        return user

    view = live(registration.RegistrationLive(save))
    view.form("form", {"user": GOOD}).render_submit()
    assert view.assert_redirect("/").flash == {"info": "Welcome, Ann!"}
    assert saved == [registration.User("Ann", "ann@example.org", 34, "correct horse")]


def test_a_password_is_on_no_page() -> None:
    """Not in the html, not in the repr of the user; it is typed again after a mistake only because the browser kept it."""
    view = registering()
    view.form("#registration", {"user": {**GOOD, "age": "3"}}).render_submit()
    assert "correct horse" not in view.html
    assert "correct horse" not in repr(registration.User("Ann", "a@b", 3, "correct horse"))
    view.form("#registration", {"user": {"age": "34"}}).render_submit()
    view.assert_redirect("/")


def test_a_form_that_is_forged_changes_nothing() -> None:
    """Params of another shape: refused, and the view goes on."""
    view = registering()
    assert untouched_law(view, lambda it: it.render_submit("save", {"user": "x"}))
    view.render_submit("save", {"other": "x"})
    assert texts(view, "em") == []


# --- article ----------------------------------------------------------------------------------------------------------------


def one_more(view: View) -> None:
    """Another row."""
    view.element("[id^=one_more]").render_click()


def test_rows_come_and_go_without_losing_what_was_typed() -> None:
    """Typing, adding and removing in any order: each row keeps its own."""
    view = live(article.ArticleLive)
    one_more(view)
    view.form("#article", {"article": {"tags": {"2": {"name": "weekend"}}}}).render_change()
    one_more(view)
    assert article.tags(view) == ["glue", "wood", "weekend", None]
    view.element("#article_tags_1_drop").render_click()
    assert article.tags(view) == ["glue", "weekend", ""]
    view.form("#article", {"article": {"title": "Chairs"}}).render_change()
    assert article.tags(view) == ["glue", "weekend", ""]


def test_an_empty_row_is_told_when_it_is_sent() -> None:
    """Not while it is new; a submit uses every field."""
    view = live(article.ArticleLive)
    one_more(view)
    assert texts(view, "em") == []
    view.form("#article").render_submit()
    assert texts(view, "em") == ["can't be blank"]
    assert view.assigns.article.tags == (article.Tag("glue"), article.Tag("wood"))


def test_all_tags_can_go() -> None:
    """The hidden empty `tags_drop[]` says that there is a list, even if it is empty now."""
    view = live(article.ArticleLive)
    for _ in range(2):
        view.element(".tag:nth-of-type(1) [id$=_drop]").render_click()
    view.form("#article").render_submit()
    assert view.assigns.article == article.Article("Mending a chair", ())


class Drawer(LiveView):
    """A form that is put away and taken out again."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(open=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("open", lambda open: not open) if event == "drawer" else socket

    render = heex("""
    <form :if={@open} id="f" phx-change="typed"><input type="text" name="a" /><input type="checkbox" name="b" /></form>
    <button phx-click="drawer">open or shut</button>
    """)


def test_what_was_typed_goes_with_its_control() -> None:
    """A control that is gone takes along what was typed into it; one that comes later is another one."""
    view = live(Drawer)
    view.form("#f", {"a": "typed", "b": True}).render_change()
    assert view.wire[-2].payload["value"] == "a=typed&b=on"
    for _ in range(2):
        view.element("button").render_click()
    view.element("#f").render_change()
    assert view.wire[-2].payload["value"] == "_unused_a=&a="
