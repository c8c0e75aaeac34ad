"""`liveview show` in Chromium, through Phoenix's own client: everything that the client does works."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from liveview_testing.world.world import connected

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from liveview_testing.showing.server import Server
    from tests.chromium.conftest import People, Serve

pytestmark = pytest.mark.browser


def told(page: Page, selector: str) -> str:
    """The text of an element."""
    return page.locator(selector).inner_text()


def command(server: Server, **data: Any) -> None:
    """What a press in the panel does."""
    answer = server.in_loop(lambda: server.panel.command(json.dumps(data)))
    assert answer is None, answer


def test_a_click(serve: Serve, people: People) -> None:
    """There and back; the frames are those of the simulation, and a click costs the server little."""
    server = serve("scenarios/counter.py")
    ann = people.sit(server, "Ann")
    ann.get_by_role("button", name="+").click()
    ann.get_by_text("Count: 1").wait_for()
    wire = [(each.up, each.event, each.payload) for each in server.room.links.wire]
    assert wire[-2:] == [
        (True, "event", {"type": "click", "event": "increment", "value": {"value": ""}}),
        (False, "phx_reply", {"status": "ok", "response": {"diff": {"0": "1"}}}),
    ]
    from liveview_testing.showing.connections.serializer import Message

    (link,) = server.room.links.links
    times: list[float] = []
    for ref in range(1000, 1050):
        message = Message(link.channels["lv:phx-1"].join_ref, str(ref), "lv:phx-1", "event", dict(wire[-2][2]))
        begun = process_time()
        server.in_loop(partial(server.room.receive, link, message))
        times.append(process_time() - begun)
    assert sorted(times)[25] < 0.005


def test_several_people(serve: Serve, people: People) -> None:
    """Each tab is a person with a session of their own."""
    server = serve("scenarios/chat.py")
    ann, ben = people.sit(server, "Ann"), people.sit(server, "Ben")
    form = ann.locator("form").first
    form.get_by_role("textbox").fill("hello, Ben")
    form.get_by_role("textbox").press("Enter")
    ben.get_by_text("hello, Ben").first.wait_for()
    assert ben.locator("li").first.inner_text().startswith("Ann")
    assert [seat.person.name for seat in server.room.seats.values()] == ["Ann", "Ben"]


def test_live_navigation_and_redirects(serve: Serve, people: People) -> None:
    """Patches, the back button, redirects while mounting, another view of the live session with a flash, a page load."""
    server = serve("scenarios/wizard.py")
    ann = people.sit(server, "Ann", "/signup/mail")
    assert ann.url == f"{server.origin}/signup/who"
    ann.locator("select").select_option("person")
    ann.get_by_role("button", name="Next").click()
    ann.wait_for_url("**/signup/person")
    ann.go_back()
    ann.locator("select").wait_for()  # the URL is the old one's at once, its page when the server has answered
    ann.wait_for_url("**/signup/who")
    ann.go_forward()
    ann.get_by_placeholder("name").fill("Ann")
    ann.get_by_placeholder("birthday").fill("May 4")
    ann.get_by_role("button", name="Next").click()
    ann.get_by_placeholder("email").fill("ann@example.org")
    ann.get_by_role("button", name="Next").click()
    ann.get_by_role("button", name="Finish").click()
    ann.get_by_text("Welcome!").wait_for()
    assert ann.url == f"{server.origin}/"
    ann.reload()
    ann.get_by_text("Home").wait_for()
    assert [seat.person.name for seat in server.room.seats.values()] == ["Ann"]


def test_nested_views_crash_alone(serve: Serve, people: People) -> None:
    """The child is told, joins again by itself, and the page around it goes on; two tabs have a view of the same DOM id."""
    server = serve("scenarios/sidebar.py")
    people.expected = ["unable to join", "view crashed"]
    ann, ben = people.sit(server, "Ann"), people.sit(server, "Ben")
    ann.get_by_role("heading", name="Dice").click()
    for page, text in ((ann, "hello"), (ben, "hi")):
        page.locator("#say input").fill(text)
        page.locator("#say input").press("Enter")
    ann.get_by_text("Ben hi").wait_for()
    ann.locator("#say input").fill("/roll dice")
    ann.locator("#say input").press("Enter")
    ann.locator("#chat.phx-error, #chat:has-text('0 messages')").first.wait_for()
    ann.get_by_text("0 messages since you came").wait_for(timeout=10_000)
    assert told(ann, "#sidebar p") == "Say /roll 6."
    assert told(ben, "#chat p") == "2 messages since you came"
    (crash,) = server.room.world.crashes
    assert "ValueError" in server.panel.state()["crashes"][0]["text"]
    assert crash.view == "ChatLive"


def test_uploads(serve: Serve, people: People) -> None:
    """Refused, sent in three chunks over binary frames, saved; two tabs use the same refs."""
    server = serve("scenarios/avatar.py")
    ann, ben = people.sit(server, "Ann"), people.sit(server, "Ben", "/profile")
    picture = b"\x89PNG" + bytes(range(200)) * 4
    ann.locator("input[type=file]").set_input_files(
        {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"I was born"}
    )
    ann.get_by_text("is no picture").wait_for()
    ann.get_by_role("button", name="Take back").click()
    ann.locator("figure").wait_for(state="detached")  # else the client empties the field that was just filled
    people.expected = ["Failed to load resource"]  # the picture is kept nowhere
    for page in (ann, ben):
        page.locator("input[type=file]").set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": picture})
        page.locator("figure").wait_for()
        page.get_by_role("button", name="Save").click()
        page.locator("img[alt=me]").wait_for(state="attached")
        page.locator("figure").wait_for(state="detached")
    chunks = [each for each in server.room.links.wire if each.event == "chunk"]
    assert [(each.topic, each.payload) for each in chunks[:3]] == [
        ("lvu:1", f"<{size} bytes>") for size in (400, 400, 4)
    ]
    assert len(chunks) == 6


def test_hooks_of_the_user(serve: Serve, people: People, tmp_path: Path) -> None:
    """A module that exports hooks is handed to the client, under the content policy."""
    hooks = tmp_path / "app.js"
    hooks.write_text(
        "export const Chart = { mounted() { this.handleEvent('chart:set', ({points}) => {"
        " this.el.textContent = points.join(' '); }) } };"
    )
    server = serve("scenarios/chart.py", hooks=hooks)
    ann = people.sit(server, "Ann")
    ann.get_by_text("3 5 4").wait_for()


def test_reconnects(serve: Serve, people: People) -> None:
    """The network goes and comes back: the client joins again, and what was typed into a form is sent again."""
    server = serve("scenarios/registration.py")
    ann = people.sit(server, "Ann", "/register")
    first = ann.locator("form input").first
    first.fill("a")
    people.expected = ["WebSocket connection", "Failed to load"]
    command(server, do="offline", offline=True)
    ann.locator("[data-phx-main].phx-loading, [data-phx-main].phx-client-error").first.wait_for()
    command(server, do="offline", offline=False)
    ann.locator("[data-phx-main].phx-connected").wait_for(timeout=10_000)
    assert first.input_value() == "a"


def test_latency_is_of_the_worlds_time(serve: Serve, people: People) -> None:
    """With a clock that stands still a frame stays on its way; a step brings it there, another the answer."""
    server = serve("scenarios/counter.py")
    ann = people.sit(server, "Ann")
    command(server, do="latency", seconds=0.5)
    ann.get_by_role("button", name="+").click()
    ann.locator("button.phx-click-loading").wait_for()
    ann.evaluate("() => new Promise((done) => liveSocket.socket.ping(() => done()))")  # the frame has come, too
    assert told(ann, "h1") == "Count: 0"
    command(server, do="advance", seconds=0.5)
    command(server, do="step")
    ann.get_by_text("Count: 1").wait_for()


def test_the_panel_broadcasts_and_lets_time_pass(serve: Serve, people: People) -> None:
    server = serve("scenarios/counter.py")
    ann = people.sit(server, "Ann")
    now = server.panel.state()["clock"]["now"]
    command(server, do="advance", seconds=60)
    assert server.panel.state()["clock"]["now"] != now
    command(server, do="broadcast", topic="nobody", message='{"x": 1}')
    assert told(ann, "h1") == "Count: 0"


def test_going_back(serve: Serve, people: People) -> None:
    """The world is as it was, streams and components and all; every page goes on from there, and what came later is cut off."""
    server = serve("scenarios/todos.py")
    people.expected = ["WebSocket connection"]
    ann, ben = people.sit(server, "Ann"), people.sit(server, "Ben")
    for text in ("milk", "bread", "tea"):
        ann.get_by_placeholder("What is there to do?").fill(text)
        ann.get_by_placeholder("What is there to do?").press("Enter")
        ben.get_by_text(text).wait_for()
    ben.locator("#todos-1").get_by_role("checkbox").check()
    ann.locator("#todos-1 .done").wait_for()
    moments = server.panel.state()["moments"]
    bread = next(each["number"] for each in moments if each["title"].startswith("add") and "bread" in each["title"])
    command(server, do="back", number=bread)
    for page in (ann, ben):
        page.locator("#todos:not(:has(#todos-3))").wait_for(timeout=10_000)
        page.locator("[data-phx-main].phx-connected").wait_for(timeout=10_000)
        assert page.locator("#todos li span").all_inner_texts() == ["milk", "bread"]
        assert told(page, "#open") == "2 to do"
    ann.get_by_placeholder("What is there to do?").fill("jam")
    ann.get_by_placeholder("What is there to do?").press("Enter")
    ben.locator("#todos-3").get_by_text("jam").wait_for()


def test_the_time_travel_page_of_a_session(serve: Serve, people: People) -> None:
    """What happened so far, by the names of the people, under the page's own content policy."""
    server = serve("scenarios/counter.py")
    ann = people.sit(server, "Ann")
    ann.get_by_role("button", name="+").click()
    ann.get_by_text("Count: 1").wait_for()
    ann.goto(f"{server.origin}/_show/timeline")
    ann.get_by_role("option").first.wait_for()
    assert "Ann" in ann.get_by_role("listbox").first.inner_text()


def test_beginning_at_a_step_of_the_story(serve: Serve, people: People) -> None:
    """The people of the story have their pages as they were then, and go on."""
    server = serve("scenarios/todos.py")
    people.expected = ["WebSocket connection"]
    ann = people.sit(server, "Ann")
    command(server, do="begin", step=4)
    ann.goto(f"{server.origin}/_show/resume/frame-Ann")
    ann.locator("[data-phx-main].phx-connected").wait_for()
    ann.get_by_text("buy oat milk").wait_for()
    assert ann.url == f"{server.origin}/"
    ann.locator("#todos-1 button").click()
    ann.locator("#todos:not(:has(#todos-1))").wait_for()
    assert [line.id for line in connected(server.room.world.world)] == ["phx-1", "phx-2"]


def test_errors_are_shown_as_in_a_test(serve: Serve, people: People, tmp_path: Path) -> None:
    """A page that cannot be made is one with the text, and the shell has it; one that is nowhere lists the routes."""
    file = tmp_path / "broken_view.py"
    file.write_text(
        "from liveview_core import LiveView, heex\n\n\nclass BrokenLive(LiveView):\n"
        "    def mount(self, params, session, socket):\n        return socket.assign(total=1 / 0)\n\n"
        '    render = heex("<p>{@total}</p>")\n'
    )
    server = serve(str(file))
    context = people.chromium.new_context()
    page = context.new_page()
    answer = page.goto(server.origin)
    assert answer is not None
    assert answer.status == 500
    text = told(page, "pre")
    assert "ZeroDivisionError: division by zero" in text
    assert "return socket.assign(total=1 / 0)" in text
    assert server.panel.state()["failures"] == [text]
    answer = page.goto(f"{server.origin}/nowhere")
    assert answer is not None
    assert answer.status == 404
    assert "one of: /" in told(page, "pre")
    context.close()


def test_foreign_requests(serve: Serve, people: People) -> None:
    """What the gate refuses is refused over the wire: another host, another origin, the shell without its token."""
    server = serve("scenarios/counter.py")
    context = people.chromium.new_context()
    request = context.request
    assert request.get(server.origin, headers={"Host": "evil.test"}).status == 403
    assert request.get(f"{server.origin}/_show").status == 403
    assert request.get(server.address).ok
    assert "frame-ancestors 'self'" in request.get(server.origin).headers["content-security-policy"]
    page = context.new_page()
    page.goto("data:text/html,<p>elsewhere</p>")
    said = page.evaluate(
        """url => new Promise(done => {
            const socket = new WebSocket(url); socket.onopen = () => done("open"); socket.onerror = () => done("refused") })""",
        f"ws://localhost:{server.port}/live/websocket?vsn=2.0.0",
    )
    assert said == "refused"
    context.close()


BAD_EVENT = 'JSON.stringify([liveSocket.main.channel.joinRef(), "9", "lv:phx-1", "event", {event: 5}])'


def test_malformed_frames_close_their_connection_only(serve: Serve, people: People) -> None:
    server = serve("scenarios/counter.py")
    ann, ben = people.sit(server, "Ann"), people.sit(server, "Ben")
    people.expected = ["WebSocket connection", "view crashed"]
    for number, frame in enumerate(("'[1]'", "new Uint8Array([0, 1, 1, 200, 5, 1])", BAD_EVENT), 1):
        ann.evaluate(f"liveSocket.socket.conn.send({frame})")
        for _ in range(200):  # until the server has it, however busy the machine is
            ann.wait_for_timeout(50)
            if len(server.panel.state()["notes"]) == number:
                break
        ann.wait_for_timeout(100)
        ann.locator("[data-phx-main].phx-connected").wait_for(timeout=10_000)
        ben.get_by_role("button", name="+").click()
    ben.get_by_text("Count: 3").wait_for()
    notes = server.panel.state()["notes"]
    assert [each.split("\n")[0] for each in notes] == [
        "refused: the frame is no message",
        "refused: the binary frame is shorter than it says",
        "refused: the event of the client's message Event is wrong",
    ]


def test_the_pages_timers_stand_still_with_the_world(serve: Serve, tab: Page) -> None:
    """Beside the panel a debounced field sends nothing while time stands still; a step goes to where it does, a second over it."""
    server = serve("scenarios/search.py")
    tab.goto(server.address)
    ann = tab.frame_locator('iframe[name="frame-Ann"]')
    ann.locator("[data-phx-main].phx-connected").wait_for()
    links, begun = server.room.links, server.room.world.world.now

    def sent() -> list[int]:
        return [(each.at - begun) // 1000 for each in links.wire if each.up and each.event == "event"]

    def until(what: str) -> None:
        tab.wait_for_function("what => document.getElementById('pane').textContent.includes(what)", arg=what)

    tab.get_by_role("tab", name="Wire").click()
    ann.locator("input[name=q]").fill("lee")
    tab.get_by_role("button", name="Step", exact=True, disabled=False).wait_for()
    assert sent() == []
    tab.get_by_role("button", name="Step", exact=True).click()
    until("q=lee")
    assert sent() == [300]
    ann.locator("input[name=q]").fill("leek")
    tab.get_by_role("button", name="Step", exact=True, disabled=False).wait_for()
    tab.get_by_role("button", name="+1 s").click()
    until("q=leek")
    assert sent() == [300, 600]
    assert server.room.world.world.now - begun == 1_300_000


def test_what_is_pressed_in_the_panel_is_there_when_it_is_let_go(serve: Serve, tab: Page) -> None:
    """The world goes on between a press and its release, and while a tab of the panel has the focus."""
    server = serve("scenarios/counter.py")
    tab.goto(server.address)
    ann = tab.frame_locator('iframe[name="frame-Ann"]')
    ann.locator("[data-phx-main].phx-connected").wait_for()

    def go_on(count: int) -> None:
        ann.get_by_role("button", name="+").evaluate("each => each.click()")
        ann.get_by_text(f"Count: {count}").wait_for()
        for _ in range(3):  # what the panel hears over its own socket has come, too
            tab.evaluate("() => new Promise((done) => setTimeout(done, 30))")

    world = tab.get_by_role("tab", name="World")
    box = world.bounding_box()
    assert box is not None
    tab.get_by_role("tab", name="Wire").focus()
    tab.mouse.move(box["x"] + 5, box["y"] + 5)
    tab.mouse.down()
    go_on(1)
    tab.mouse.up()
    tab.get_by_role("tab", name="World", selected=True).wait_for()
    tab.keyboard.press("ArrowLeft")
    wire = tab.get_by_role("tab", name="Wire", selected=True)
    wire.wait_for()
    before = wire.inner_text()
    go_on(2)
    tab.wait_for_function("before => document.activeElement.innerText !== before", arg=before)
    assert tab.evaluate("document.activeElement.id") == "tab-wire"
