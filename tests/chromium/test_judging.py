"""Every scenario's story, act by act, in Chromium beside the simulation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liveview_testing.showing.chromium.synchronizing import SETTLE, WATCH
from tests.chromium.judging import Differs, Judge

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from liveview_testing import Simulation
    from liveview_testing.record.scripts.act import Act
    from tests.chromium.conftest import Serve

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent.parent.parent / "scenarios"
SCENARIOS = sorted(path.stem for path in FOLDER.glob("*.py"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_story(serve: Serve, chromium: Browser, name: str) -> None:
    hooks = FOLDER / f"{name}.js"
    server = serve(f"scenarios/{name}.py", hooks=hooks if hooks.exists() else None)
    judge = Judge(server.room.shown, server, chromium)
    judge.play()
    assert judge.mirrored > 0
    assert judge.frames > 0
    assert judge.passed_over == []


HIDING = "Object.assign(document.createElement('style'), {textContent: 'h1{display:none}'})"

PLANTED = {
    "counter": [
        ("document.querySelector('h1')", "it.setAttribute('title', 'x')", "it.removeAttribute('title')", "/h1"),
        ("document.querySelector('h1').firstChild", "was = it.data; it.data = 'Count: 7'", "it.data = was", "Count: 7"),
        ("document.querySelector('button')", "it.focus()", "it.blur()", "the focus of element 2"),
        (HIDING, "document.head.append(it)", "it.remove()", "the visible"),
    ],
    "todos": [
        (
            *("document.querySelector('input')", "was = it.value; it.value = 'milk'", "it.value = was"),
            "the value of element 2",
        ),
        (
            *("document.querySelector('[type=checkbox]')", "it.checked = !it.checked", "it.checked = !it.checked"),
            "the checked, or chosen of element",
        ),
    ],
}
"""By scenario: in what of a page something is changed, how, how that is taken back, and what must be told of it."""


@pytest.mark.parametrize("scenario", PLANTED)
def test_a_planted_difference_is_found(serve: Serve, chromium: Browser, scenario: str) -> None:
    server = serve(f"scenarios/{scenario}.py")
    found: list[str] = []

    def plant(judge: Judge, sim: Simulation, act: Act) -> None:
        sitting = next(iter(judge.people.values()))
        if act.opens or found or sitting.page.locator("input[type=checkbox], h1").count() < 1 + (scenario == "todos"):
            return
        for each in judge.people.values():
            each.together.settle()
        for where, planted, undone, told in PLANTED[scenario]:
            sitting.page.evaluate(f"{{ let was; const it = {where}; window.undo = () => {{ {undone} }}; {planted} }}")
            with pytest.raises(Differs) as differs:
                judge.compare(sim, act)
            assert told in str(differs.value)
            sitting.page.evaluate("undo()")
            judge.compare(sim, act)
            found.append(told)

    Judge(server.room.shown, server, chromium, plant).play()
    assert found == [told for *_, told in PLANTED[scenario]]


SLOWED = """
  const later = window.__pwClock?.builtins?.setTimeout ?? setTimeout;
  const slowed = (go) => function (...given) { later(() => go.apply(this, given), 60); };"""
SLOW = {
    "files are read": """
      const read = FileReader.prototype.readAsArrayBuffer;
      FileReader.prototype.readAsArrayBuffer = slowed(function (blob) { read.call(this, blob); });""",
    "frames go": """
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = slowed(function (data) { send.call(this, data); });""",
    "frames come": """
      const conn = window.liveSocket.socket.conn;
      conn.onmessage = slowed(conn.onmessage);""",
}
"""By what a busy machine is slow at: how a page is made as slow, each time by more than everything else takes."""


@pytest.mark.parametrize("slow", [[each] for each in SLOW] + [["frames go", "frames come"], [*SLOW]], ids=" and ".join)
def test_what_takes_a_browser_long_is_waited_for(serve: Serve, chromium: Browser, slow: list[str]) -> None:
    """A browser does things when it finds the time: on a busy machine, long after everything that is sent and due."""
    server = serve("scenarios/avatar.py")
    parts = "".join(f"{{ {SLOW[each]} }}" for each in slow)
    slowed = set[str]()

    def slow_down(judge: Judge, sim: Simulation, act: Act) -> None:
        for who in judge.people.keys() - slowed:
            page = judge.people[who].page
            page.evaluate(f"() => {{ {SLOWED} {parts} delete window.liveviewWatch; }}")
            page.evaluate(WATCH)  # what is slow is the browser: around it is what we put around a browser
            slowed.add(who)

    judge = Judge(server.room.shown, server, chromium, slow_down)
    judge.play()
    assert judge.passed_over == []
    assert slowed == {"Ann"}


@pytest.mark.parametrize(("state", "said"), [(0, "open"), (0, "close"), (2, "close")])
def test_a_line_that_opens_or_closes_slowly_is_waited_for(tab: Page, state: int, said: str) -> None:
    tab.evaluate(WATCH)
    tab.evaluate(
        """([state, said]) => {
          const conn = Object.assign(new EventTarget(), { readyState: state });
          const open = () => conn.readyState === 1;
          const socket = { conn, ping: (answer) => { window.pinged = open(); setTimeout(answer, 1); return open(); } };
          window.liveSocket = { socket, main: {}, isConnected: open };
          setTimeout(() => {
            conn.readyState = said === "open" ? 1 : 3;
            window.told = true;
            conn.dispatchEvent(new Event(said));
          }, 60);
        }""",
        [state, said],
    )
    assert tab.evaluate(SETTLE) is False
    assert tab.evaluate("window.told === true")
    assert tab.evaluate("window.pinged === true") is (said == "open")


LINE = """
  const conn = Object.assign(new EventTarget(), { readyState: 1 });
  const socket = { conn, ping: (answer) => { if (window.answers !== false) setTimeout(answer, 1); return true; } };
  window.liveSocket = { socket, main: {}, isConnected: () => true };"""
BEGUN = {
    "Window.fetch": "fetch('/x').then(told)",
    "Blob.arrayBuffer": "new Blob(['x']).arrayBuffer().then(told)",
    "Blob.bytes": "new Blob(['x']).bytes().then(told)",
    "Blob.text": "new Blob(['x']).text().then(told)",
    "XMLHttpRequest.send": "{ const asked = new XMLHttpRequest(); asked.onloadend = told; asked.send(); }",
    "FileReader.readAsText": "{ const reader = new FileReader(); reader.onloadend = told; reader.readAsText(new Blob(['x'])); }",
}


@pytest.mark.parametrize("name", BEGUN)
def test_what_a_page_asks_a_browser_for_is_waited_for(tab: Page, name: str) -> None:
    owner, _, asked = name.partition(".")
    tab.evaluate(
        """([owner, asked]) => {
          const slow = () => new Promise((done) => setTimeout(done, 60));
          const ended = function () { slow().then(() => this.dispatchEvent(new Event("loadend"))); };
          if (owner === "Window") window[asked] = slow;
          else window[owner].prototype[asked] = owner === "Blob" ? slow : ended;
        }""",
        [owner, asked],
    )
    tab.evaluate(WATCH)
    begin = f"{LINE} const told = () => {{ window.told = true; }}; {BEGUN[name]};"
    assert tab.evaluate(f"() => {{ {begin} return [...liveviewWatch.underWay.values()]; }}") == [name]
    assert tab.evaluate(SETTLE) is False
    assert tab.evaluate("window.told === true")


@pytest.mark.parametrize(
    ("never", "what"),
    [
        ("window.fetch = () => new Promise(() => {}); fetch('/x')", "Window.fetch"),
        ("window.answers = false", "an answer of the server"),
        ("liveSocket.socket.conn.readyState = 2", "its line: close"),
    ],
)
def test_what_never_ends_is_told_and_not_passed_over(tab: Page, never: str, what: str) -> None:
    hurried = (
        "setTimeout: (go, after) => setTimeout(go, after === 30000 ? 0 : after), clearTimeout: (it) => clearTimeout(it)"
    )
    fetch, _, begun = never.rpartition("; ")
    tab.evaluate(f"() => {{ window.__pwClock = {{ builtins: {{ {hurried} }} }}; {LINE} {fetch} }}")
    tab.evaluate(WATCH)
    tab.evaluate(f"() => {{ {begun}; }}")
    with pytest.raises(Exception, match=f"Error: the browser has waited 30 seconds of a real clock for {what}\n"):
        tab.evaluate(SETTLE)


@pytest.mark.parametrize("which", ["not sent", "another answer"])
def test_another_frame_is_found(serve: Serve, chromium: Browser, which: str) -> None:
    server = serve("scenarios/counter.py")

    def plant(judge: Judge, sim: Simulation, act: Act) -> None:
        wire = server.room.links.wire
        if which == "not sent":
            wire[:] = [each for each in wire if not (each.up and each.event == "event")]
        elif wire[-1].payload["response"].get("diff"):
            wire[-1].payload = {"status": "ok", "response": {"diff": {"0": "77"}}}

    with pytest.raises(Differs, match="on the wire of Ann: frame "):
        Judge(server.room.shown, server, chromium, plant).play()
