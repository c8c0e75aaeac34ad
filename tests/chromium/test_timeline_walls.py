"""Nothing from a page under test runs in its timeline: no script, no request, no popup, no way out, nothing over the viewer.

The same list with the walls taken down is the control: there scripts run and requests leave, so that the test can fail.
"""  # looking 2.5

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from liveview_core import LiveView, Socket, heex, raw
from liveview_testing import Simulation, timeline
from liveview_testing.record.timelines.failing import Failure
from tests.chromium.hostile import HOSTILE, RAN

pytest.importorskip("playwright")
from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class Guest(LiveView):
    """Shows whatever it is sent."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(html="<p>hello</p>", page_title=f"<script>{RAN}</script>")

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.assign(html=message)

    render = heex("<main>{raw(@html)}</main>")


_ = raw  # the template calls it by name


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The timeline of a guest who is sent all that is hostile, one thing a step; its texts are hostile, too."""
    sim = Simulation(record=True, checks="ignore")
    page = sim.page(Guest, name=f"<img src=x onerror={RAN}>")
    for html in HOSTILE.values():
        view = page.view
        assert view is not None
        view.send(html)
    text = f"</pre><script>{RAN}</script>"
    made = timeline(sim, title=f"<script>{RAN}</script>", failure=Failure(text, text), hide=())
    return made.write(tmp_path_factory.mktemp("walls") / "hostile.html")


class Watched:
    """A page, and what it did that it should not."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(viewport={"width": 1200, "height": 800})
        self.did: list[str] = []
        self.steps: set[str] = set()
        self.context.on("page", lambda page: self.did.append("popup") if len(self.context.pages) > 1 else None)
        self.context.route(
            re.compile("^(?!file:|data:|blob:|about:)"), self._asked
        )  # what the policy stops never comes here
        self.page = self._new_page()
        self.address = ""

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda said: self.did.append("script") if "RAN" in said.text else None)
        page.on("dialog", self._asks)
        page.on("framenavigated", self._moved)
        return page

    def _asked(self, route: Any) -> None:
        self.did.append(f"request {route.request.url}")
        route.abort()

    def _asks(self, dialog: Any) -> None:
        self.did.append("dialog")
        dialog.dismiss()

    def _moved(self, frame: Any) -> None:
        if frame == frame.page.main_frame and frame.url.partition("?")[0].partition("#")[0] != self.address:
            self.did.append("navigation")

    def look(self, file: Path, *, anew: bool = False) -> None:
        """Every step, before and after, clicked all over. `anew`: in a page of its own for each, as one may have led away."""
        self.address = file.as_uri()
        if anew:
            self._look_anew()
            return
        self._open(1)
        while not self.page.locator("#forth").is_disabled():
            self._step(wait=15)
        if self.page.evaluate("window.RAN"):
            self.did.append("script")

    def _look_anew(self) -> None:
        for step in sorted(range(1, len(HOSTILE) + 1), key=lambda step: not self._asks_first(step)):
            if self.enough():
                return
            self.page.close()  # with every navigation that it is still about
            self.page = self._new_page()
            self.page.set_default_timeout(2_000)
            try:
                self._open(step)
                self._step(wait=40, timeout=250)  # the viewer may be gone
            except Error:
                self.did.append("navigation")  # the viewer is gone

    def _asks_first(self, step: int) -> bool:
        """Whether what comes after a step asks for something that nothing before it asks for: those are looked at first."""
        asked = [set(re.findall(r"away\.test/[\w.]*", html)) for html in [*HOSTILE.values()][:step]]
        return bool(asked[-1] - set().union(*asked[:-1]))

    def enough(self) -> bool:
        """Whether so much got through that there is no doubt."""
        return "script" in self.did and len({each for each in self.did if each.startswith("request")}) >= 6

    def _step(self, wait: int, timeout: float = 10_000) -> None:
        was = self.page.locator("#position").inner_text(timeout=timeout)
        self.page.locator("#forth").click(timeout=timeout)
        moved = "(was) => document.getElementById('position').innerText !== was"
        self.page.wait_for_function(moved, arg=was, timeout=timeout)
        self.page.wait_for_timeout(wait)
        self.steps.add(self.page.locator("#position").inner_text(timeout=timeout))
        self._click_all_over()
        self._is_uncovered()

    def _open(self, step: int) -> None:
        self.page.goto(f"{self.address}?{step}#step={step}")
        self.page.wait_for_selector("#row-1")
        self.page.get_by_role("button", name="Both").click()

    def _click_all_over(self) -> None:
        for sheet in self.page.locator(".sheet iframe").all():
            box = sheet.bounding_box()
            assert box is not None
            for x, y in ((25, 20), (60, 20), (25, 40), (110, 30), (180, 24)):
                self.page.mouse.click(box["x"] + x, box["y"] + y)

    def _is_uncovered(self) -> None:
        covered = self.page.evaluate(
            """() => ["head", "left", "right"].filter((id) => {
                const box = document.getElementById(id).getBoundingClientRect();
                const there = document.elementFromPoint(box.x + box.width / 2, box.y + 8);
                return !document.getElementById(id).contains(there);
            })"""
        )
        if covered:
            self.did.append(f"cover {covered}")


def test_nothing_gets_through(chromium: Browser, run: Path) -> None:
    watched = Watched(chromium)
    watched.look(run)
    assert watched.did == []
    assert len(watched.steps) >= len(HOSTILE)
    shown = watched.page.evaluate("document.querySelectorAll('iframe[sandbox=\"allow-same-origin\"]').length")
    assert shown == watched.page.locator("iframe").count() == 2
    watched.context.close()


def test_control_without_walls(chromium: Browser, run: Path, tmp_path: Path) -> None:
    """No sandbox, no policy, nothing taken out: then the same list does what it wants to."""
    text = run.read_text(encoding="utf-8")
    for wall, opened in (
        (r'<meta http-equiv="Content-Security-Policy" content="default-src[^>]*>\n<meta name', "<meta name"),
        (r'node\.setAttribute\("sandbox", ?"allow-same-origin"\);', ""),
        (r'const POLICY ?= ?"[^"]*"', 'const POLICY = ""'),
        (r"(function harmless\(html\) ?\{\n?)", r'\1  return new DOMParser().parseFromString(html, "text/html");\n'),
        (r"body\.inert ?= ?true;", "body.inert = false;"),
        (r"<body inert>", "<body>"),
    ):
        text, count = re.subn(wall, opened, text)
        assert count == 1, wall
    open_file = tmp_path / "open.html"
    open_file.write_text(text, encoding="utf-8")
    watched = Watched(chromium)
    watched.look(open_file, anew=True)
    assert watched.enough()
    watched.context.close()


def test_the_policy_names_one_script(chromium: Browser, run: Path, tmp_path: Path) -> None:
    """The viewer with one character changed is refused: nobody else's script runs in the page itself."""
    text = run.read_text(encoding="utf-8")
    assert "allow-scripts" not in text.replace("// never with allow-scripts", "")
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace('"use strict";', '"use strict" ;', 1), encoding="utf-8")
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda each: said.append(each.text))
    page.goto(changed.as_uri())
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in each for each in said)
    assert page.locator("#row-1").count() == 0
    page.close()
