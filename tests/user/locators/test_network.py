"""The network between a tab and the server, as a test steers it: slow, held, cut, and there again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadOption
from liveview_core.views.router import Route, Router
from liveview_testing import Error, Page, Simulation, expect
from liveview_testing.browser.connection.messages import OVERTAKEN
from liveview_testing.browser.page.tree.tree import WireError
from tests.harness.examples import examples


class Counter(LiveView):
    """A number, a button and a form."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, name="", at="0")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(at=params.get("p", "0"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "named":
            return socket.assign(name=params["name"])
        return socket.assign(n=socket.assigns.n + 1)

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.assign(n=message)

    render = heex("""
      <b id="n">{@n}</b><i id="at">{@at}</i><button phx-click="more">More</button><button phx-click="more">Again</button>
      <form id="f" phx-change="named"><label>Name <input name="name" value={@name} /></label></form>
      <.link patch="/?p=1">One</.link><.link navigate="/other">Other</.link><a href="/other">Plain</a>
    """)


class Other(LiveView):
    render = heex("<h1>Other</h1>")


ROUTER = Router([Route("/", Counter), Route("/other", Other)])


def opened() -> Page:
    return Simulation(ROUTER).page("/")


def flying(page: Page) -> list[tuple[str, str]]:
    return [(each.direction, each.event) for each in page.network.in_flight]


def container(page: Page) -> list[str]:
    """The classes of the view's container."""
    value = page.locator("[data-phx-main]").get_attribute("class")
    return [] if value is None else value.split()


# --- latency ----------------------------------------------------------------------------------------------------------


def test_a_frame_takes_as_long_as_the_latency_says_in_each_direction() -> None:
    page = opened()
    page.network.latency(0.1)
    page.get_by_role("button", name="More").click()
    assert flying(page) == [("client", "event")]
    assert page.view.assigns["n"] == 0
    page.sim.clock.advance(seconds=0.1)
    assert flying(page) == [("server", "phx_reply")]
    assert (page.view.assigns["n"], page.locator("#n").text_content()) == (1, "0")
    page.sim.clock.advance(seconds=0.1)
    assert (flying(page), page.locator("#n").text_content()) == ([], "1")


def test_frames_keep_their_order_when_the_latency_becomes_less() -> None:
    page = opened()
    page.network.latency(1)
    page.view.send(5)
    page.network.latency(0)
    page.view.send(6)
    assert [each.event for each in page.network.in_flight] == ["diff", "diff"]
    page.sim.clock.advance(seconds=1)
    assert page.locator("#n").text_content() == "6"


def test_the_page_that_is_read_by_names_is_what_has_arrived() -> None:
    """`render()` has the frames that are there, applied at once."""
    page = opened()
    page.network.latency(0.1)
    page.view.send(7)
    assert '<b id="n">0</b>' in page.view.render()
    page.sim.clock.advance(seconds=0.1)
    assert '<b id="n">7</b>' in page.view.render()


def test_nothing_arrives_before_it_is_sent() -> None:
    with pytest.raises(BadOption, match="frames arrive after they were sent"):
        opened().network.latency(-1)


# --- hold and release -------------------------------------------------------------------------------------------------


def test_what_is_held_arrives_in_order_once_it_is_released() -> None:
    page = opened()
    page.network.hold()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Again").click()
    page.sim.clock.advance(seconds=3)
    assert flying(page) == [("client", "event")] * 2
    page.network.release()
    assert (flying(page), page.locator("#n").text_content()) == ([], "2")


def test_single_frames_are_released_and_the_hold_goes_on() -> None:
    page = opened()
    page.network.hold()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Again").click()
    page.network.release(page.network.in_flight[:1])
    assert flying(page) == [("client", "event"), ("server", "phx_reply")]
    assert (page.view.assigns["n"], page.locator("#n").text_content()) == (1, "0")
    answer = [each for each in page.network.in_flight if each.direction == "server"]
    page.network.release(answer)
    assert (flying(page), page.locator("#n").text_content()) == ([("client", "event")], "1")


def test_frames_of_one_direction_do_not_overtake_each_other() -> None:
    page = opened()
    page.network.hold()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Again").click()
    before = page.network.in_flight
    with pytest.raises(Error, match="never overtake each other"):
        page.network.release(before[1:])
    with pytest.raises(BadOption, match=r"some of page\.network\.in_flight"):
        page.network.release("all")
    assert page.network.in_flight == before
    page.network.release(before)
    with pytest.raises(Error, match="not in flight"):
        page.network.release(before)


@examples(25)
@given(st.lists(st.sampled_from(["More", "Again", "told", "first", "time"]), max_size=10))
def test_however_frames_are_let_through_the_page_ends_as_if_they_had_not_been_held(acts: list[str]) -> None:
    slow, fast = opened(), opened()
    slow.network.hold()
    for act in acts:
        match act:
            case "told":
                for page in (slow, fast):
                    page.view.send(len(act))
            case "first":
                slow.network.release(slow.network.in_flight[:1])
            case "time":
                slow.sim.clock.advance(seconds=1)
            case _ if "phx-click-loading" not in (slow.get_by_role("button", name=act).get_attribute("class") or ""):
                for page in (slow, fast):  # what waits for its answer is not clicked again
                    page.get_by_role("button", name=act).click()
            case _:
                pass
    if "told" not in acts:  # what the server says by itself comes before what waits on the way to it
        slow.network.release()
        assert slow.locator("#n").text_content() == fast.locator("#n").text_content()
    slow.network.release()
    assert slow.locator("#n").text_content() == str(slow.view.assigns["n"])


# --- loss and return --------------------------------------------------------------------------------------------------


def test_what_is_in_flight_is_lost_with_the_connection() -> None:
    page = opened()
    page.network.latency(0.5)
    page.get_by_role("button", name="More").click()
    page.network.drop()
    assert flying(page) == []
    page.sim.clock.advance(seconds=2)
    page.network.restore()
    page.sim.clock.advance(seconds=10)
    assert (page.locator("#n").text_content(), container(page)) == ("0", ["phx-connected"])


class Tracking(LiveView):
    """Whatever is clicked here is counted by who listens."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("clicks", event)

    render = heex("""
      <a href="/other" phx-click="plain">Plain</a>
      <form id="asked" action="/other"><input name="q" /><button>Go</button></form><b phx-click="bare">Bare</b>
    """)


class Listening(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=()).subscribe("clicks")

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: (*heard, message))

    render = heex("<h1 :for={each in @heard}>{each}</h1>")


@pytest.mark.parametrize("latency", [0, 0.5])
@pytest.mark.parametrize("way", ["plain", "goto", "reload", "form"])
def test_what_went_over_the_line_before_its_page_was_left_is_heard(way: str, latency: float) -> None:
    """The browser closes the connection with the page: what it had sent by then is there already, as is known of TCP."""
    sim = Simulation(Router([Route("/", Tracking), Route("/other", Other), Route("/listens", Listening)]))
    listener, page = sim.page("/listens"), sim.page("/")
    page.network.latency(latency)
    page.get_by_text("Bare").click()
    match way:
        case "plain":
            page.get_by_role("link", name="Plain").click()
        case "goto":
            page.goto("/other")
        case "reload":
            page.reload()
        case _:
            page.get_by_role("button", name="Go").click()
    page.sim.clock.advance(seconds=2)
    heard = listener.view.assigns["heard"]
    assert heard == (("bare", "plain") if way == "plain" else ("bare",))


@pytest.mark.parametrize("how", ["hold", "drop"])
def test_what_did_not_go_over_the_line_is_lost_with_the_page(how: str) -> None:
    sim = Simulation(Router([Route("/", Tracking), Route("/other", Other), Route("/listens", Listening)]))
    listener, page = sim.page("/listens"), sim.page("/")
    page.network.latency(0.5)
    if how == "hold":
        page.network.hold()
    page.get_by_text("Bare").click()
    if how == "drop":
        page.network.drop()
        page.network.restore()
    page.goto("/other")
    page.sim.clock.advance(seconds=2)
    assert listener.view.assigns["heard"] == ()


def test_the_client_tries_by_its_schedule_and_joins_when_a_try_goes_well() -> None:
    page = opened()
    page.locator("input").fill("Ann")
    page.network.drop()
    assert container(page) == ["phx-loading", "phx-error", "phx-client-error"]
    page.sim.clock.advance(seconds=0.4)  # tries at 10, 60, 160, 310, 510 ms
    page.network.restore()
    page.sim.clock.advance(seconds=0.1)
    assert "phx-error" in container(page)
    page.sim.clock.advance(seconds=0.02)
    assert container(page) == ["phx-connected"]
    assert (page.view.assigns["name"], page.locator("input").input_value()) == ("Ann", "Ann")


def test_a_click_while_offline_is_lost_and_the_page_says_so() -> None:
    page = opened()
    page.network.drop()
    page.get_by_role("button", name="More").click()
    (note,) = page.notes
    assert "not connected" in note.text
    page.network.restore()
    page.sim.clock.advance(seconds=1)
    with pytest.raises(AssertionError, match="not connected"):
        expect(page.locator("#n")).to_have_text("1", timeout=10)


def test_offline_is_every_tab_of_the_browser() -> None:
    sim = Simulation(ROUTER)
    ann, ben = sim.page("/"), sim.page("/other")
    ann.context.set_offline(True)
    assert container(ann)[-1] == container(ben)[-1] == "phx-client-error"
    ann.context.set_offline(False)
    sim.clock.advance(seconds=0.01)
    assert container(ann) == container(ben) == ["phx-connected"]


@pytest.mark.parametrize("go", ["goto", "reload", "back"])
def test_without_a_network_no_page_is_loaded(go: str) -> None:
    page = opened()
    page.goto("/other")
    page.network.drop()
    before = page.content()
    with pytest.raises(Error, match="net::ERR_INTERNET_DISCONNECTED") as caught:
        {"goto": lambda: page.goto("/"), "reload": page.reload, "back": page.go_back}[go]()
    assert "page.network.restore()" in str(caught.value)
    assert (page.content(), page.url) == (before, "http://www.example.com/other")


def test_a_link_out_of_the_page_leads_to_an_error_page_until_there_is_a_network() -> None:
    page = opened()
    page.network.drop()
    page.get_by_role("link", name="Plain").click()
    assert page.locator("body > *").count() == 0
    assert "could not be loaded" in page.notes[-1].text
    page.network.restore()
    expect(page.get_by_role("heading", name="Other")).to_be_visible()


def test_a_fork_is_offline_for_itself() -> None:
    page = opened()
    fork = page.fork()
    fork.network.drop()
    page.get_by_role("button", name="More").click()
    assert (page.locator("#n").text_content(), fork.locator("#n").text_content()) == ("1", "0")


# --- back and forward -------------------------------------------------------------------------------------------------


def test_back_and_forward_over_patches_navigation_and_loads() -> None:
    page = opened()
    page.get_by_role("link", name="One").click()
    page.get_by_role("link", name="Other").click()
    page.goto("/?p=3")
    where = [page.url]
    for _ in range(4):
        page.go_back()
        where.append(page.url)
    host = "http://www.example.com"
    assert where == [f"{host}/?p=3", f"{host}/other", f"{host}/?p=1", f"{host}/", f"{host}/"]
    assert page.locator("#at").text_content() == "0"
    for _ in range(3):
        page.go_forward()
    assert (page.url, page.locator("#at").text_content()) == (f"{host}/?p=3", "3")


def test_where_somebody_goes_anew_there_is_no_forward() -> None:
    page = opened()
    page.get_by_role("link", name="One").click()
    page.go_back()
    page.get_by_role("link", name="Other").click()
    page.go_forward()
    assert page.url == "http://www.example.com/other"
    page.go_back()
    assert page.locator("#at").text_content() == "0"


def test_what_the_scripts_of_a_page_hear_when_it_is_navigated() -> None:
    page = opened()
    page.get_by_role("link", name="One").click()
    names = [each.name for each in page.events if not each.name.startswith(("phx:push", "phx:undo"))]
    assert names == [
        "phx:before-navigate",
        "phx:page-loading-start",
        "phx:update",
        "phx:navigate",
        "phx:page-loading-stop",
    ]
    assert page.events[-1].detail == {"to": "http://www.example.com/?p=1", "kind": "patch"}


def test_a_join_that_is_not_answered() -> None:
    """CN-14: after ten seconds it is given up, and the page is loaded again after five to ten more."""
    page = opened()
    page.network.hold()
    page.reload()
    page.sim.clock.advance(seconds=9.9)
    assert flying(page) == [("client", "phx_join")]
    page.sim.clock.advance(seconds=0.2)
    assert container(page)[-1] == "phx-server-error"
    page.sim.clock.advance(seconds=10)
    assert flying(page) == [("client", "phx_join")]
    page.network.release()
    assert container(page) == ["phx-connected"]


class StepsLive(LiveView):
    """Steps, one of which the server sends back from."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(step="a", name="")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        step = params.get("step", "a")
        return socket.push_patch("/steps?step=b", replace=True) if step == "c" else socket.assign(step=step)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(name=params["name"])

    render = heex("""
    <div>
      <section :if={@step == "a"}>
        <form id="f" phx-change="name"><input name="name" /></form>
        <p :if={@name}>{@name}</p>
      </section>
      <b :if={@step == "b"}>B</b>
      <.link patch="/steps?step=c">C</.link>
    </div>
    """)


def test_a_diff_that_waited_for_a_link_which_the_server_ended_comes_too_late_and_that_is_said() -> None:
    """Phoenix's client applies it after what came later, too, and stops; the soak of the wizard found it."""  # CN-44, CN-24
    page = Simulation(Router([Route("/steps", StepsLive)])).page("/steps")
    page.network.hold()
    page.locator("input").fill("hi")
    page.get_by_role("link").click()
    with pytest.raises(WireError) as raised:
        page.network.release()
    assert raised.value.__notes__ == [OVERTAKEN]


class SentBackLive(LiveView):
    """A page whose third step may be none: then it is sent back."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(step="a", name="", back=session.get("back"))

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        step = params.get("step", "a")
        if step == "c" and socket.assigns.back:
            return socket.push_patch(f"/back?step={socket.assigns.back}", replace=True)
        return socket.assign(step=step)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(name=params["name"])

    render = heex("""
    <form id="f" phx-change="name"><input name="name" value={@name} /></form>
    <p>{@step}</p>
    <ul :if={@step == "a"}><li :for={each in ("x", "y")} title={@name}>{each}</li></ul>
    <.link patch="/back?step=c">C</.link>
    <.link patch="/back?step=b">B</.link>
    """)


def twice_away(back: str | None) -> Page:
    """Two links at once, the second of which leads back, or does not."""
    page = Simulation(Router([Route("/back", SentBackLive)])).page("/back?step=a", session={"back": back})
    page.network.hold()
    page.get_by_role("link", name="B").click()
    page.get_by_role("link", name="C").click()
    page.network.release()
    return page


def test_what_overtakes_an_answer_that_waits_is_noted() -> None:
    """The page is wrong from then on, which shows later, or never; what fails because of it tells it again."""  # CN-24
    page = twice_away("a")
    assert [(each.text, each.cure) for each in page.notes] == [
        (OVERTAKEN, "answer a link with a page, not with a push_patch")
    ]
    assert page.locator("p").text_content() == "b"  # the server is at a
    with pytest.raises(WireError) as raised:
        page.locator("input").fill("hi")
    assert raised.value.__notes__ == [OVERTAKEN]


def test_what_no_patch_of_the_server_overtakes_comes_in_order() -> None:
    page = twice_away(None)
    assert list(page.notes) == []
    assert page.locator("p").text_content() == "c"
