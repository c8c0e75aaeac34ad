"""The viewer of timelines in Chromium: from a file and without a network, by keyboard, with links, search, and what was typed."""

# ruff: noqa: E501 - the script that measures contrast

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, always, explore, timeline
from liveview_testing.record.story import play
from liveview_testing.record.timelines.failing import Failure
from tests.harness.playing import scenario

pytest.importorskip("playwright")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.browser


class Looking:
    """A timeline as somebody looks at it: offline, and whatever its console complains of fails the test."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 860}, offline=True, **options)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def open(self, file: Path, hash: str = "") -> Page:
        self.page.goto("about:blank")
        self.page.goto(file.as_uri() + hash)
        expect(self.page.locator("#position")).not_to_be_empty()
        return self.page

    def at(self) -> int:
        """The number of the step that is looked at."""
        return int(self.page.locator("#position").inner_text().split(" ")[0])

    def sheet(self, name: str = "after") -> FrameLocator:
        return self.page.frame_locator(f'[data-sheet="{name}"] iframe')


@pytest.fixture
def looking(chromium: Browser) -> Iterator[Looking]:
    found = Looking(chromium)
    yield found
    found.context.close()
    assert found.errors == []


@pytest.fixture(scope="module")
def todos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three people and a list; it fails at the end, where Ben was asked."""
    module = scenario("todos")
    sim, names = Simulation(record=True), dict[int, str]()
    for _ in play(module, sim, names):
        pass
    failure = Failure(
        "AssertionError: no", "AssertionError: no\n  expected: <b>\n  got: nothing", None, None, 2, "#open"
    )
    run = timeline(sim, title="todos <b>", names=names, failure=failure)
    return run.write(tmp_path_factory.mktemp("todos") / "todos.html")


def test_opens_on_the_failure(looking: Looking, todos: Path) -> None:
    """The last step, whom the test asked, the text of the failure; *Before* is one key away."""
    page = looking.open(todos)
    assert looking.at() == 24
    expect(page.get_by_role("tab", name="Ben")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#failure")).to_contain_text("expected: <b>")
    expect(page.get_by_role("heading", level=1)).to_have_text("todos <b>")
    expect(page.locator("#verdict")).to_have_text("failed")
    expect(looking.sheet().locator("#open")).to_have_text("1 to do")
    expect(looking.sheet().locator("#open")).to_have_attribute("data-timeline-at", "")
    page.keyboard.press("b")
    page.keyboard.press("b")
    expect(looking.sheet("before").locator("#open")).to_have_text("1 to do")


def test_keys(looking: Looking, todos: Path) -> None:
    page = looking.open(todos, "#step=1")
    for key, step in (
        ("ArrowRight", 2),
        ("ArrowRight", 3),
        ("ArrowDown", 6),
        ("ArrowUp", 3),
        ("ArrowLeft", 2),
        ("End", 24),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        expect(page.locator("#position")).to_contain_text(f"{step} / 24")
    for key, name in (
        ("2", "Assigns"),
        ("3", "Wire"),
        ("4", "Server"),
        ("5", "Test"),
        ("6", "World"),
        ("1", "Changes"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("7")  # nothing was chosen in this run: there is no such tab
    expect(page.get_by_role("tab", name="Changes")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("p")
    expect(page.get_by_role("tab", name="Ben")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.locator(".sheet iframe").click(position={"x": 30, "y": 30})  # swallows no key
    page.keyboard.press("End")
    expect(page.locator("#position")).to_contain_text("24 / 24")


def test_the_list_tells_the_story(looking: Looking, todos: Path) -> None:
    """A list of options that reads by itself; what client and server settle among themselves is folded."""
    page = looking.open(todos, "#step=1")
    rows = page.get_by_role("listbox", name="Steps").get_by_role("option")
    shown = [row for row in rows.all() if row.is_visible()]
    assert len(shown) == 21  # and the failure
    assert shown[0].inner_text().split("\n")[0].strip() == "1"
    assert "Ann" in shown[0].inner_text() and "583 B" in shown[0].inner_text()
    page.get_by_role("button", name="bookkeeping 4").click()
    assert len([row for row in rows.all() if row.is_visible()]) == 25
    page.get_by_role("button", name="Ann").click()
    assert all("Ann" not in row.inner_text() for row in rows.all() if row.is_visible())


def test_a_link_to_a_step(looking: Looking, todos: Path) -> None:
    page = looking.open(todos, "#step=8&tab=wire&person=Ben")
    assert looking.at() == 8
    expect(page.get_by_role("tab", name="Wire")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#position")).to_contain_text("9 / 24")
    assert page.evaluate("location.hash") == "#step=9&tab=wire&person=Ann"


def test_search(looking: Looking, todos: Path) -> None:
    """Over acts, frames, assigns and pages; Enter goes on, Escape leaves."""
    page = looking.open(todos, "#step=1")
    page.keyboard.press("/")
    page.keyboard.type("oat milk")
    expect(page.locator("#found")).to_have_text(re.compile("^[1-9] of 24$"))
    page.keyboard.press("Enter")
    expect(page.locator("#position")).not_to_have_text(re.compile("^1 "))
    first = looking.at()
    page.keyboard.press("Enter")
    expect(page.locator("#position")).not_to_have_text(re.compile(f"^{first} "))
    assert looking.at() > first > 1
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_empty()
    assert page.evaluate("document.activeElement.id") == "steps"


def test_changes_are_marked(looking: Looking, todos: Path) -> None:
    """New and changed in *After*, gone in *Before*; the same in words."""
    page = looking.open(todos, "#step=8&tab=changes&person=Ben")
    expect(looking.sheet().locator("#todos-2")).to_have_attribute("data-timeline-mark", "new")
    expect(looking.sheet().locator("#open")).to_have_attribute("data-timeline-mark", "changed")
    expect(page.locator("#panel .card")).to_have_count(2)
    expect(page.locator("#panel")).to_contain_text("− 1 to do")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(page.locator("#panel")).to_contain_text("first page")


def test_copy(looking: Looking, todos: Path) -> None:
    """The test up to here, and the link."""
    page = looking.open(todos, "#step=8")
    page.get_by_role("button", name="Copy as test").click()
    expect(page.locator("#said")).to_have_text("Copied the test up to this step.")
    copied: str = page.evaluate("timeline.copied")
    assert (
        "\ndef test_again():\n    sim = Simulation(" in copied
        and "water the plants" in copied
        and "oat milk" not in copied
    )
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("Copied the link to this step.")


class Typing(LiveView):
    """A page on which the client does more than it is sent."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <form id="f"><label>Name <input name="name" /></label>
      <label>Ready <input type="checkbox" name="ready" /></label>
      <select name="size" aria-label="Size"><option>small</option><option>large</option></select></form>
    <p>{@n}</p>
    """)


def test_what_the_client_did(looking: Looking, tmp_path: Path) -> None:
    """Typed values, ticks, choices and the focus are on the page as the person's browser had them."""
    sim = Simulation(record=True)
    page = sim.page(Typing)
    page.get_by_label("Name").fill("Ann & Ben")
    page.get_by_label("Ready").check()
    page.get_by_label("Size").select_option("large")
    shown = looking.open(timeline(sim).write(tmp_path / "typing.html"), "#step=999")
    sheet = looking.sheet()
    expect(sheet.locator("[name=name]")).to_have_value("Ann & Ben")
    expect(sheet.locator("[name=ready]")).to_be_checked()
    expect(sheet.locator("select")).to_have_value("large")
    expect(sheet.locator("[data-timeline-focus]")).to_have_count(1)
    shown.keyboard.press("6")
    expect(shown.locator("#panel")).to_contain_text("typed #f/0/0: Ann & Ben")


def test_empty_states(looking: Looking, tmp_path: Path) -> None:
    looking.page.goto(timeline(Simulation(record=True)).write(tmp_path / "none.html").as_uri())
    expect(looking.page.locator("#steps")).to_contain_text("Nothing happened: no view was opened.")


def test_data_that_cannot_be_read(chromium: Browser, todos: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    text = todos.read_text(encoding="utf-8")
    broken.write_text(text.replace('id="data">H4sI', 'id="data">AAAA'), encoding="utf-8")
    page = chromium.new_page()
    page.goto(broken.as_uri())
    expect(page.locator("#steps")).to_contain_text("This page could not read its data:")
    page.close()


CONTRAST = """
() => {
  const probe = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => { probe.clearRect(0, 0, 1, 1); probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1); return [...probe.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (node) => { for (let at = node; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor); if (c[3] > 250) return c; } return [255, 255, 255, 255]; };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim()) || !node.checkVisibility() || node.disabled) continue;
    if (["SCRIPT", "STYLE"].includes(node.tagName) || node.closest(".unseen, #said, canvas")) continue;
    const one = light(rgb(getComputedStyle(node).color)), two = light(ground(node));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName} ${node.className} ${node.textContent.slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return poor;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 420])
def test_everything_can_be_read(chromium: Browser, todos: Path, scheme: Any, width: int) -> None:
    """Contrast of 4.5 : 1 and more, light and dark, wide and narrow; nothing wider than the window; controls have names."""
    looking = Looking(chromium, color_scheme=scheme)
    looking.page.set_viewport_size({"width": width, "height": 860})
    page = looking.open(todos, "#step=8")
    for panel in "123456":
        page.keyboard.press(panel)
        assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("scrollY") == 0
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, canvas, [role=tab], [role=separator], iframe")].filter(
            (node) => !(node.textContent.trim() || node.getAttribute("aria-label") || node.title || node.labels?.length)
        ).map((node) => node.outerHTML)"""
    )
    assert nameless == []
    looking.context.close()
    assert looking.errors == []


def test_what_else_could_have_come_next(looking: Looking, tmp_path: Path) -> None:
    """A world that was explored: a tab has the choices at each point, and links to the worlds behind them, and back."""
    tickets = scenario("tickets")
    sim = Simulation()
    sim.store["left"], sim.store["sold"] = 1, 0
    ann, ben = sim.page(tickets.TicketsLive(sim.store)), sim.page(tickets.TicketsLive(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Buy").click()
        ben.get_by_role("button", name="Buy").click()
    once = always(lambda sim: sim.store["sold"] <= 1, "no ticket is sold twice")
    file = explore(sim, acts, once, raising=False).timeline().write(tmp_path / "race.html")
    page = looking.open(file, "#step=7&tab=else")
    expect(page.locator("#verdict")).to_contain_text("failed")
    panel = page.get_by_role("tabpanel")
    expect(page.get_by_role("tab", name="What else")).to_have_attribute("aria-selected", "true")
    expect(panel.get_by_role("heading")).to_have_text("What else could have come next, at choice 3 of 7")
    expect(panel.locator("b")).to_have_text("Ben clicks 'Buy'")
    link = panel.get_by_role("link", name='Ann\'s task "pay" runs')
    expect(panel.get_by_role("listitem").filter(has_text="runs")).to_contain_text("the usual")
    link.click()
    expect(page.locator("#title")).to_contain_text("instead, at 3-1")
    page.get_by_role("tab", name="What else").click()
    page.get_by_role("link", name="Back to the schedule that this one leaves").click()
    expect(page.locator("#title")).to_have_text("no ticket is sold twice")


def test_a_run_that_was_not_explored_has_no_such_tab(looking: Looking, tmp_path: Path) -> None:
    sim = Simulation(record=True)
    sim.page(scenario("counter").CounterLive)
    page = looking.open(timeline(sim).write(tmp_path / "run.html"))
    expect(page.get_by_role("tab", name="World")).to_be_visible()
    expect(page.get_by_role("tab", name="What else")).to_be_hidden()
