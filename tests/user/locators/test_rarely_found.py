"""What is seldom looked for: views that have left, pages that change while somebody waits, and what failures say of them."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_core.errors import TooDeep
from liveview_testing import Page, Simulation, expect
from liveview_testing.user.locators.expecting import misspelled
from liveview_testing.user.locators.finding import suggesting
from tests.harness.html_pages import shown


def _said(failed: pytest.ExceptionInfo[BaseException]) -> list[str]:
    return str(failed.value).split("\n")


# --- views that are gone ----------------------------------------------------------------------------------------------


class Child(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<i>child</i>")


class Around(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(on=False)

    render = heex("""
    <p>text</p>
    <section :if={@on}>{live_render(@socket, Child, id="c")}</section>
    <button phx-click="off">Off</button>
    """)


def test_a_locator_of_a_view_that_has_left_the_page() -> None:
    """NV-12: it finds nothing, and says why."""
    page = Simulation().page(Around)
    found = page.view.live_children()[0].locator("i")  # pyright: ignore[reportOptionalMemberAccess]
    assert found.count() == 1
    page.get_by_role("button", name="Off").click()
    assert found.count() == 0
    expect(found).to_have_count(0)
    with pytest.raises(AssertionError) as failed:
        found.click()
    lines = _said(failed)
    assert lines[0] == 'locator("i"): no such element'
    assert lines[lines.index("What was asked for:") + 1] == "  ✗ the view has left this page"


def test_the_page_that_comes_nearest_speaks() -> None:
    """of a view, and of those nested in it"""
    view = Simulation().live(Around)
    child = view.live_children()[0]
    assert repr(view.has_element("ii")) == '<False: no element matches "ii"; nearest: i  <i>child</i>>'
    with pytest.raises(AssertionError, match=r'^no element matches "ii"\n'):
        view.assert_has("ii")
    assert child.has_element("i")


# --- while somebody waits ---------------------------------------------------------------------------------------------


class More(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=1)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.send_after(event, 0.1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<button phx-click="more">More</button><b :for={i in range(@n)}>{i}</b>""")


def test_a_locator_that_becomes_ambiguous_while_it_is_waited_for() -> None:
    page = Simulation().page(More)
    page.get_by_role("button").click()
    with pytest.raises(AssertionError) as failed:
        expect(page.locator("b")).to_have_text("1")
    assert _said(failed)[:4] == [
        "Locator expected to have text '1'",
        'Error: strict mode violation: locator("b") resolved to 2 elements:',
        '    1) <b>0</b> aka get_by_text("0")',
        '    2) <b>1</b> aka get_by_text("1")',
    ]


def test_a_page_of_another_on_which_it_cannot_be_asked() -> None:
    sim = Simulation()
    ann, bob = sim.page(More), sim.page(More)
    bob.get_by_role("button").click()
    sim.clock.advance(1)
    with pytest.raises(AssertionError) as failed:
        expect(ann.locator("b")).to_have_text("1")
    assert "  this is the page of Ann" in _said(failed)  # on Bob's there are two


def test_a_state_that_does_not_come() -> None:
    page = shown("<p>a</p>")
    with pytest.raises(AssertionError) as failed:
        page.locator("p").wait_for(state="hidden", timeout=5)
    assert _said(failed)[:5] == [
        "Locator.wait_for: Timeout 5ms exceeded.",
        "Call log:",
        '  - waiting for locator("p")',
        "    locator resolved to <p>a</p>",
        "      - element is visible, not hidden",
    ]


class Moving(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(js=JS)

    render = heex("""<div id="d"><a phx-click={@js.transition("shake", to="#d", time=300)}>shake</a></div>""")


def test_what_moves_is_waited_for() -> None:
    """AC-10"""
    page = Simulation().page(Moving)
    page.locator("a").click()
    with pytest.raises(AssertionError) as failed:
        page.locator("a").click(timeout=10)
    assert '      - element is not stable: a transition of <div id="d"> is running' in _said(failed)
    page.locator("a").click()
    assert page.sim.clock.now.microsecond == 300_000


class Acting(LiveView):
    def __init__(self, act: Any) -> None:
        self.act = act

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.send_after("later", 1)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        self.act()
        return socket

    render = heex("""<p>a</p><button phx-click="x">x</button>""")


@pytest.mark.parametrize("waits", [True, False], ids=["it looks ahead", "it takes over what it has waited for"])
def test_a_callback_that_waits_for_its_own_page(waits: bool) -> None:
    """One act at a time: within one, no time passes."""
    pages: list[Page] = []
    sim = Simulation()

    def act() -> None:
        if waits:
            pages[0].wait_for_url("/elsewhere")
        else:
            sim.adopt(sim)

    pages.append(sim.page(Acting(act)))
    with pytest.raises(Exception, match=r"^this world is in the middle of an action\n"):
        pages[0].get_by_role("button").click()


def test_what_is_too_deep_for_a_reading() -> None:
    page = shown("<i>" * 150 + "deep" + "</i>" * 150)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        with pytest.raises(TooDeep, match=r"^a page, or a value, is nested too deeply\n"):
            page.locator("body").inner_text()
    finally:
        sys.setrecursionlimit(limit)
    assert page.locator("body").inner_text() == "deep"


def test_what_is_too_deep_has_no_name_that_was_meant() -> None:
    def names() -> Iterator[misspelled.Asked]:
        raise RecursionError
        yield

    assert misspelled.surely(names(), Simulation(), lambda wanted, near: True) is None


def test_the_last_acts_of_a_view() -> None:
    """ER-7: whoever did them, and how many frames they came to."""
    page = Simulation().page(More)
    view = page.view
    assert view is not None
    view.render_click("more")
    view.with_target("button").render_click("more")
    for _ in range(3):
        view.element("button").render_click()
    page.sim.clock.advance(1)
    with pytest.raises(AssertionError) as failed:
        page.locator("i").click()
    lines = _said(failed)
    frame, clicked = "timer str: 1 frame, 34 bytes", "event 'more': 1 frame, 29 bytes"
    assert lines[lines.index("Last acts (now it is 12:00:01.000):") + 1 :] == [
        f'  - at 12:00:00.000: view.with_target("button").render_click("more") -> {clicked}',
        *[f'  - at 12:00:00.000: view.element("button").render_click() -> {clicked}'] * 3,
        f"  - at 12:00:00.000: sim.clock.advance(1) -> {'; '.join([frame] * 4)}; … 1 more",
    ]
    view.render_click("more")
    with pytest.raises(AssertionError, match=r'\n  - at 12:00:01.000: view.render_click\("more"\) -> event '):
        page.locator("i").click()


class Tags(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <section :if={@n == 0} id="s"><b>a</b><b>b</b><button phx-click="n">n</button></section>
    <article :if={@n} id="s"><p :for={_ in range(6)}>a</p><b>a</b><b>b</b></article>
    """)


def test_what_is_not_what_it_was_is_shown_without_what_changed() -> None:
    page = Simulation().page(Tags)
    page.get_by_role("button").click()
    with pytest.raises(Exception, match="strict mode violation") as failed:
        page.locator("b").click()
    lines = _said(failed)
    start = lines.index('Aria snapshot of <article id="s">:')
    assert lines[start + 1 : start + 9] == ["- article:", *["  - paragraph: a"] * 6, "  - text: ab"]


# --- texts ------------------------------------------------------------------------------------------------------------


def test_a_small_sigma_depends_on_what_stands_beside_it() -> None:
    page = shown("<p>ΟΔΟΣ</p><p>οδος x</p>")
    for text in ("οδος", "ΟΔΟΣ"):
        assert page.get_by_text(text).count() == 2, text
    assert page.get_by_text("οδοσ").get_attribute("id") is not None  # around both, where it ends no word


@pytest.mark.parametrize("written", ["/a(/", "/[/i"])
def test_a_text_that_looks_like_a_pattern_and_is_none(written: str) -> None:
    with pytest.raises(AssertionError) as failed:
        expect(shown("<p>a</p>").locator("p")).to_have_text(written)
    assert not any("as a pattern" in line for line in _said(failed))


def test_a_line_of_an_outline_that_is_no_pattern() -> None:
    with pytest.raises(AssertionError) as failed:
        expect(shown("<p>a</p>")).to_match_aria_snapshot("- text: /a(/")
    assert "  ✗ - text: /a(/" in _said(failed)


def test_a_long_page_is_cut_in_a_failure() -> None:
    page = shown("".join(f"<p>{at}</p>" for at in range(300)))
    with pytest.raises(AssertionError) as failed:
        page.locator("b").click()
    lines = _said(failed)
    start = lines.index("Aria snapshot:") + 1
    end = next(at for at in range(start, len(lines)) if not lines[at].startswith("- "))
    assert lines[end] == f"… {300 - (end - start)} more lines: page.debug() prints the whole page"


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<b title="Save it"></b>', 'get_by_title("Save it")'),
        ('<input type="image" alt="A cat" />', 'get_by_role("button", name="A cat")'),
        ('<map><area alt="North" /></map>', 'get_by_alt_text("North")'),
        ("<p>12 bottles of milk</p>", 'get_by_text("bottles of milk")'),
        (f"<p>{'long ' * 20}</p>", f'get_by_text("{("long " * 6).strip()}")'),
        ("<p>bottle no. 12</p>", 'get_by_text("bottle no.")'),
        ('<ul id="Start">' + "<li><b></b></li>" * 11 + "</ul>", 'locator("#Start > li:nth-child(1) > b")'),
        ('<div id="aB1cD2eF3"><b></b></div><p><b></b></p>', 'locator("b").first'),
    ],
)
def test_suggestions(html: str, code: str) -> None:
    page = shown(html)
    target = next(each for each in page.reading.body.iter() if each.tag in ("b", "input", "area", "p"))
    assert suggesting.suggestion(target, page.reading).code == code


def test_scopes_of_what_playwright_adds_to_css() -> None:
    box = shown("<div><b>x</b></div>").locator("div")
    found = {
        each: box.locator(each).count()
        for each in (":scope > b:visible", "div > b:visible", "i:visible b", "b:visible + b", "p :scope > b:visible")
    }
    assert found == {
        ":scope > b:visible": 1,
        "div > b:visible": 1,
        "i:visible b": 0,
        "b:visible + b": 0,
        "p :scope > b:visible": 0,
    }


def test_brackets_that_close_each_other() -> None:
    with pytest.raises(
        Exception, match=r'^Locator.count: Unexpected token "" while parsing css selector ":is\(b\]". Did you mean'
    ):
        shown("<b></b>").locator(":is(b]").count()


# --- Playwright's own objects -----------------------------------------------------------------------------------------


def test_what_is_playwrights_is_asked_of_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    class Theirs:
        pass

    asked: list[tuple[object, object]] = []
    module = SimpleNamespace(
        Page=Theirs, Locator=Theirs, APIResponse=Theirs, expect=lambda actual, message: asked.append((actual, message))
    )
    monkeypatch.setitem(sys.modules, "playwright.sync_api", module)
    theirs = Theirs()
    expect(theirs, "mine")
    assert asked == [(theirs, "mine")]
    with pytest.raises(Exception, match=r"^Unsupported type: <class 'int'>\n"):
        expect(3)
