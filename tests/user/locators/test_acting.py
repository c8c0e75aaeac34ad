"""What a person does, in a world with a server: acts wait, keys go where the focus is, tabs follow."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.components import portal
from liveview_core.views.router import Route, Router
from liveview_testing import ANY, Error, Page, Simulation, TimeoutError, expect
from tests.harness.html_pages import logged, shown


class Todos(LiveView):
    """A list with a form, a button that comes alive later, and a way elsewhere."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(items=(), ready=False, said="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "add":
                return socket.assign(items=(*socket.assigns.items, params["title"]))
            case "soon":
                return socket.send_after("ready", 2.0)
            case "go":
                return socket.push_navigate("/about")
            case _:
                return socket.assign(said=str(params.get("title") or params.get("key") or event))

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.assign(ready=True)

    render = heex("""
      <form phx-submit="add" phx-change="typed" id="f">
        <label for="t">What is there to do?</label>
        <input id="t" name="title" phx-debounce="300">
        <button>Add</button>
      </form>
      <ul><li :for={item in @items}>{item}</li></ul>
      <button phx-click="soon">Soon</button>
      <button disabled={not @ready} phx-click="done">Late</button>
      <button phx-click="go">Go</button>
      <button phx-click="sure" data-confirm="Really?">Delete</button>
      <p role="status">{@said}</p>
    """)


class About(LiveView):
    render = heex("<h1>About</h1>")


ROUTER = Router([Route("/", Todos), Route("/about", About)])


def opened() -> Page:
    return Simulation(ROUTER).page("/")


def test_the_first_example() -> None:
    page = opened()
    page.get_by_label("What is there to do?").fill("buy milk")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("listitem").filter(has_text="milk")).to_be_visible()


def test_an_act_waits_in_simulated_time() -> None:
    page = opened()
    page.get_by_role("button", name="Soon").click()
    before = page.sim.clock.now
    page.get_by_role("button", name="Late").click()
    assert (page.sim.clock.now - before).total_seconds() == 2.0
    expect(page.get_by_role("status")).to_have_text("done")


def test_what_is_waited_for_in_vain_leaves_the_world_as_it_was() -> None:
    page = opened()
    page.get_by_role("button", name="Soon").click()
    world = page.sim.world
    with pytest.raises(TimeoutError, match="element is not enabled"):
        page.get_by_role("button", name="Late").click(timeout=1999)
    assert page.sim.world is world
    with pytest.raises(AssertionError):
        expect(page.get_by_role("status")).to_have_text("never")
    assert page.sim.world is world


def test_an_expectation_waits_for_a_debounce() -> None:
    page = opened()
    page.locator("#t").press_sequentially("ab")
    assert page.get_by_role("status").text_content() == ""
    expect(page.get_by_role("status")).to_have_text("ab")
    assert page.sim.clock.now.microsecond == 300_000


def test_typing_goes_where_the_caret_is() -> None:
    page = shown("<input id=i value=old>")
    field = page.locator("#i")
    field.press_sequentially("ab")
    assert field.input_value() == "abold"
    field.press("Control+a")
    page.keyboard.type("new")
    page.keyboard.press("Backspace")
    page.keyboard.press("Home")
    page.keyboard.insert_text("é")
    assert field.input_value() == "éne"


def test_a_field_filled_back_has_not_changed() -> None:
    page = shown("<input id=i value=old>")
    with logged() as log:
        page.locator("#i").fill("x")
        page.locator("#i").fill("old")
        page.locator("#i").blur()
    assert not [line for line in log.lines if line.startswith("change")]


def test_a_tab_follows_navigation_and_goes_back_and_forward() -> None:
    page = opened()
    page.get_by_role("button", name="Go").click()
    expect(page).to_have_url("/about")
    expect(page.get_by_role("heading", name="About")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Add")).to_be_visible()
    page.go_forward()
    page.wait_for_url("**/about")
    page.reload()
    assert page.url == "http://www.example.com/about"
    page.goto("/")
    assert page.view.url == "/"


def test_a_dialog_is_dismissed_unless_somebody_accepts_it() -> None:
    page = opened()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_have_text("")
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("button", name="Delete").click()
    assert asked == ["Really?"]
    expect(page.get_by_role("status")).to_have_text("sure")


def test_frames_that_are_held() -> None:
    page = opened()
    page.network.hold()
    page.get_by_label("What is there to do?").fill("x")
    page.get_by_role("button", name="Add").click()
    assert page.get_by_role("listitem").count() == 0
    assert [frame.direction for frame in page.network.in_flight][:1] == ["client"]
    page.network.release()
    expect(page.get_by_role("listitem")).to_have_text(["x"])


def test_choosing_and_ticking() -> None:
    page = shown(
        '<label>Size <select name=s><option value="s">Small<option value="l">Large</select></label>'
        "<label><input type=checkbox> Agree</label><input type=radio id=r>"
    )
    assert page.get_by_label("Size").select_option("Large") == ["l"]
    expect(page.get_by_label("Size")).to_have_value("l")
    page.get_by_label("Agree").check()
    expect(page.get_by_label("Agree")).to_be_checked()
    page.get_by_text("Agree").uncheck()
    expect(page.get_by_label("Agree")).not_to_be_checked()
    page.locator("#r").set_checked(True)
    with pytest.raises(Error, match="Cannot uncheck radio button"):
        page.locator("#r").uncheck()


def test_a_page_of_a_view_and_a_view_s_own_locators() -> None:
    sim = Simulation(ROUTER)
    view = sim.live("/")
    view.get_by_label("What is there to do?").fill("milk")
    view.get_by_role("button", name="Add").click()
    assert view.locator("li").all_text_contents() == ["milk"]
    assert view.page is view.page
    assert view.page.view == view
    assert [page.name for page in (sim.page("/"), sim.page("/about"))] == ["Ben", "Cyd"]


def test_a_fork_of_a_page_is_a_world_of_its_own() -> None:
    page = opened()
    other = page.fork()
    other.get_by_label("What is there to do?").fill("milk")
    other.get_by_role("button", name="Add").click()
    assert (page.get_by_role("listitem").count(), other.get_by_role("listitem").count()) == (0, 1)


class Linked(LiveView):
    """A link of the client's."""

    render = heex('<a href="/about" data-phx-link="redirect" data-phx-link-state="push">About</a>')


@pytest.mark.parametrize("key", ["Control", "Shift", "Meta", None])
def test_a_key_that_is_held_down_is_seen_by_the_client(key: str | None) -> None:
    """With one of them a link is for a new tab, which the client leaves to the browser."""
    page = Simulation(Router([Route("/", Linked), Route("/about", About)])).page("/")
    if key is not None:
        page.keyboard.down(key)
    page.get_by_role("link").click()
    assert page.url.endswith("/about") is (key is None)
    if key is not None:
        page.keyboard.up(key)
        page.get_by_role("link").click()
        assert page.url.endswith("/about")


def test_offline_and_back() -> None:
    page = opened()
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Add")).to_be_visible()


def test_the_fixture(live_page: Page) -> None:
    assert live_page.url == "about:blank"
    with pytest.raises(Error, match="nothing was opened"):
        live_page.locator("p").count()


def test_a_page_can_be_opened_at_what_another_one_says_it_is_at() -> None:
    sim = Simulation(Router([Route("/todos", Todos)]))
    page = sim.page("/todos?q=1")
    assert page.url == "http://www.example.com/todos?q=1"
    assert sim.page(page.url).url == page.url


class SignIn(LiveView):
    """A form that is checked live, and then sent over HTTP."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(go=False, user=session.get("user"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(go=bool(params["name"]))

    render = heex("""
      <p role="status">{@user}</p>
      <form id="f" method="post" action="/login" phx-submit="check" phx-trigger-action={@go}>
        <input name="name" aria-label="Name" /><button name="by" value="x" formaction="/elsewhere">Sign in</button>
      </form>
    """)


def test_a_form_is_sent_over_http_once_its_view_says_so() -> None:
    """FI-22, FI-23: with the button that it was submitted by, whose formaction a script does not heed."""
    page = Simulation(Router([Route("/", SignIn)])).page("/")
    page.get_by_role("button", name="Sign in").click()
    assert page.url == "http://www.example.com/" and page.view.assigns["go"] is False
    page.get_by_label("Name").fill("Ann")
    page.get_by_role("button", name="Sign in").click()
    view = page.view
    assert (view.request.path, dict(view.request.params)) == ("/login", {"name": "Ann", "by": "x"})
    view.follow_request("/", session={"user": "Ann"})
    expect(page.get_by_role("status")).to_have_text("Ann")
    assert page.get_by_label("Name").input_value() == ""


class Dialog(LiveView):
    """A dialog that is made in one place, and shown in another."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(open=False, said="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(open=event == "open", said=event)

    render = heex(
        """
      <div hidden><.portal :if={@open} id="top" target="#layer">
        <div role="dialog" aria-label="Sure?"><button phx-click="yes">Yes</button></div>
      </.portal></div>
      <button phx-click="open">Ask</button><p role="status">{@said}</p><div id="layer"></div>
    """,
        names={"portal": portal},
    )


def test_what_a_portal_shows_is_where_it_shows_it() -> None:
    """PA-30, PA-32, PA-33: seen at its target, not at its template, which is hidden here."""
    page = Simulation(Router([Route("/", Dialog)])).page("/")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("dialog", name="Sure?")).to_be_visible()
    assert page.locator("#layer button").count() == page.locator("button", has_text="Yes").count() == 1
    assert 'data-phx-teleported-src="top"' in page.content()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("status")).to_have_text("yes")
    assert page.get_by_role("dialog").count() == page.locator("#layer *").count() == 0


def test_tab_selects_what_is_in_an_input_and_not_what_is_in_a_textarea() -> None:
    """Measured in Chromium: in a textarea the caret is where it was, at first at the start."""
    page = shown("<input id=a value=aa><textarea id=t>Tea.</textarea><input id=b value=bb>")
    page.locator("#a").focus()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("X")
    assert page.locator("#t").input_value() == "XTea."
    page.locator("#t").fill("Tea.")
    page.locator("#b").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.insert_text(" Z")
    assert page.locator("#t").input_value() == "Tea. Z"
    page.keyboard.press("Tab")
    page.keyboard.insert_text("B")
    assert page.locator("#b").input_value() == "B"


def test_what_is_no_page_says_itself_whether_it_is_equal() -> None:
    """`page == aria_snapshot`: the snapshot compares."""
    page = shown("<main></main>")
    assert page == ANY
    assert page.get_by_role("main") == ANY
    assert page != object()
    assert page.get_by_role("main") != page.get_by_role("banner")
