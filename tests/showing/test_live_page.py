"""What is written for `live_page` runs in the simulation, and in Chromium (`--liveview-browser=chromium`), the same."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import Error, Page, expect


class TodosLive(LiveView):
    """A list with a form, a button that comes alive later, a clock, and ways elsewhere."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(items=(), ready=False, said="", title="", page_title="Todos").subscribe("todos")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(filter=params.get("filter", "all"), uri=uri)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "add":
                return socket.assign(items=(*socket.assigns.items, params["title"]), title="")
            case "soon":
                return socket.send_after("ready", 2.0)
            case "go":
                return socket.push_navigate("/about")
            case "break":
                raise ZeroDivisionError("broken on purpose")
            case _:
                said = str(params.get("title") or params.get("key") or event)
                return socket.assign(said=said, title=params.get("title", socket.assigns.title))

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        if message == "ready":
            return socket.assign(ready=True)
        return socket.assign(items=(*socket.assigns.items, message))

    render = heex("""
      <form phx-submit="add" phx-change="typed" id="f">
        <label for="t">What is there to do?</label>
        <input id="t" name="title" value={@title} phx-debounce="300">
        <button>Add</button>
      </form>
      <ul><li :for={item in @items}>{item}</li></ul>
      <button phx-click="soon">Soon</button>
      <button disabled={not @ready} phx-click="done">Late</button>
      <button phx-click="go">Go</button>
      <button phx-click="break">Break</button>
      <button phx-click="sure" data-confirm="Really?">Delete</button>
      <.link patch="/?filter=done">Done</.link>
      <p role="status">{@said}</p>
      <p id="where">{@filter} {@uri}</p>
    """)


class AboutLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(page_title="About")

    render = heex("<h1>About</h1>")


@pytest.fixture
def liveview_router() -> Router:
    return Router([Route("/", TodosLive), Route("/about", AboutLive)])


def test_filling_and_clicking(live_page: Page) -> None:
    live_page.goto("/")
    live_page.get_by_label("What is there to do?").fill("buy milk")
    live_page.get_by_role("button", name="Add").click()
    expect(live_page.get_by_role("listitem")).to_have_count(1)
    expect(live_page.get_by_role("listitem").filter(has_text="milk")).to_be_visible()
    assert live_page.get_by_role("listitem").all_text_contents() == ["buy milk"]


def test_an_act_waits_in_simulated_time(live_page: Page) -> None:
    live_page.goto("/")
    live_page.get_by_role("button", name="Soon").click()
    before = live_page.sim.clock.now
    live_page.get_by_role("button", name="Late").click()
    assert (live_page.sim.clock.now - before).total_seconds() == 2.0
    expect(live_page.get_by_role("status")).to_have_text("done")


def test_time_stands_still_until_a_test_lets_it_pass(live_page: Page) -> None:
    live_page.goto("/")
    before = live_page.sim.clock.now
    live_page.get_by_role("button", name="Soon").click()
    expect(live_page.get_by_role("button", name="Late")).to_be_disabled()
    assert live_page.sim.clock.now == before
    live_page.sim.clock.advance(1.999)
    assert live_page.get_by_role("button", name="Late").is_disabled()
    live_page.wait_for_timeout(1)
    assert live_page.get_by_role("button", name="Late").is_enabled()


def test_a_debounce_is_waited_for(live_page: Page) -> None:
    live_page.goto("/")
    live_page.locator("#t").press_sequentially("ab")
    assert live_page.get_by_role("status").text_content() == ""
    before = live_page.sim.clock.now
    expect(live_page.get_by_role("status")).to_have_text("ab")
    assert (live_page.sim.clock.now - before).total_seconds() == pytest.approx(0.3)


def test_a_tab_follows_navigation(live_page: Page) -> None:
    live_page.goto("/")
    assert live_page.title() == "Todos"
    live_page.get_by_role("link", name="Done").click()
    expect(live_page).to_have_url("/?filter=done")
    assert live_page.url == "http://www.example.com/?filter=done"
    expect(live_page.locator("#where")).to_have_text("done http://www.example.com/?filter=done")
    live_page.get_by_role("button", name="Go").click()
    expect(live_page).to_have_url("/about")
    expect(live_page).to_have_title("About")
    expect(live_page.get_by_role("heading", name="About")).to_be_visible()
    live_page.go_back()
    expect(live_page.get_by_role("button", name="Add")).to_be_visible()
    live_page.go_forward()
    live_page.wait_for_url("**/about")
    live_page.reload()
    assert live_page.url == "http://www.example.com/about"


def test_dialogs(live_page: Page) -> None:
    live_page.goto("/")
    live_page.get_by_role("button", name="Delete").click()
    expect(live_page.get_by_role("status")).to_have_text("")
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept()

    live_page.on("dialog", answer)
    live_page.get_by_role("button", name="Delete").click()
    assert asked == ["Really?"]
    expect(live_page.get_by_role("status")).to_have_text("sure")


def test_frames_that_are_held(live_page: Page) -> None:
    live_page.goto("/")
    live_page.network.hold()
    live_page.get_by_label("What is there to do?").fill("x")
    live_page.get_by_role("button", name="Add").click()
    assert live_page.get_by_role("listitem").count() == 0
    assert [frame.direction for frame in live_page.network.in_flight][:1] == ["client"]
    live_page.network.release()
    expect(live_page.get_by_role("listitem")).to_have_text(["x"])


def test_somebody_else_broadcasts(live_page: Page) -> None:
    live_page.goto("/")
    live_page.sim.broadcast("todos", "from elsewhere")
    expect(live_page.get_by_role("listitem")).to_have_text(["from elsewhere"])
    ben = live_page.sim.live("/")  # a simulated person in the same world
    live_page.sim.broadcast("todos", "again")
    expect(live_page.get_by_role("listitem")).to_have_count(2)
    assert ben.has_element("li", "again")


def test_an_error_in_a_callback_reaches_the_test(live_page: Page) -> None:
    live_page.goto("/")
    with pytest.raises(ZeroDivisionError, match="broken on purpose"):
        live_page.get_by_role("button", name="Break").click()


def test_a_failure_says_what_was_there(live_page: Page) -> None:
    live_page.goto("/")
    with pytest.raises(AssertionError, match="never"):
        expect(live_page.get_by_role("status")).to_have_text("never", timeout=500)


def test_nothing_is_opened_yet(live_page: Page) -> None:
    assert live_page.url == "about:blank"
    with pytest.raises(Error, match="nothing was opened"):
        live_page.locator("p").count()
