"""Every scenario's story, act by act, in Chromium beside the simulation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chromium.judging import Differs, Judge

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.mark.parametrize(
    ("scenario", "planted", "told"),
    [
        ("counter", "document.querySelector('h1').setAttribute('title', 'x')", "/h1"),
        ("counter", "document.querySelector('h1').textContent = 'Count: 7'", "Count: 7"),
        ("counter", "document.querySelector('button').focus()", "the focus of element 2"),
        ("todos", "document.querySelector('input').value = 'milk'", "the value of element 2"),
        ("todos", "document.querySelector('[type=checkbox]').checked = true", "the checked, or chosen of element"),
        (
            "counter",
            "document.head.append(Object.assign(document.createElement('style'), {textContent: 'h1{display:none}'}))",
            "the visible",
        ),
    ],
)
def test_a_planted_difference_is_found(serve: Serve, chromium: Browser, scenario: str, planted: str, told: str) -> None:
    server = serve(f"scenarios/{scenario}.py")

    def plant(judge: Judge, act: Act) -> None:
        page = next(iter(judge.people.values())).page
        if not act.opens and page.locator("input[type=checkbox], h1").count() > ("checked" in planted):
            page.evaluate(f"{planted}; 0")

    with pytest.raises(Differs) as differs:
        Judge(server.room.shown, server, chromium, plant).play()
    assert told in str(differs.value)


def test_files_that_are_read_slowly_are_waited_for(serve: Serve, chromium: Browser) -> None:
    """A browser reads a file when it finds the time: on a busy machine, long after everything that is sent and due."""
    server = serve("scenarios/avatar.py")
    slow = """() => {
      if (window.slowly) return;
      window.slowly = FileReader.prototype.readAsArrayBuffer;
      const later = window.__pwClock?.builtins?.setTimeout ?? setTimeout;
      FileReader.prototype.readAsArrayBuffer = function (blob) { later(() => window.slowly.call(this, blob), 60); };
    }"""

    def slow_down(judge: Judge, act: Act) -> None:
        for each in judge.people.values():
            each.page.evaluate(slow)

    judge = Judge(server.room.shown, server, chromium, slow_down)
    judge.play()
    assert judge.passed_over == []


@pytest.mark.parametrize("which", ["not sent", "another answer"])
def test_another_frame_is_found(serve: Serve, chromium: Browser, which: str) -> None:
    server = serve("scenarios/counter.py")

    def plant(judge: Judge, act: Act) -> None:
        wire = server.room.links.wire
        if which == "not sent":
            wire[:] = [each for each in wire if not (each.up and each.event == "event")]
        elif wire[-1].payload["response"].get("diff"):
            wire[-1].payload = {"status": "ok", "response": {"diff": {"0": "77"}}}

    with pytest.raises(Differs, match="on the wire of Ann: frame "):
        Judge(server.room.shown, server, chromium, plant).play()
