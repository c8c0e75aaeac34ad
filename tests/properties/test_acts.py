"""`acts`: everything that a person could do, each the line of code that does it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import ClientHook, Page, Simulation
from liveview_testing.strategies import PersonAct, acts


class Chart(ClientHook):
    """A hook that does nothing by itself."""


class EverythingLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0).allow_upload("notes", accept=[".txt"], max_entries=2)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + (10 if event == "points" else 1))

    render = heex("""
    <main>
      <button phx-click="up">Up {@n}</button>
      <button phx-click="drop" data-confirm="Sure?">Drop</button>
      <button phx-click="never" disabled>Never</button>
      <button phx-click="hidden" style="display: none">Hidden</button>
      <.link patch="/all?tab=2">Tab</.link>
      <form id="all" phx-change="change" phx-submit="save">
        <input name="title" aria-label="Title" phx-debounce="300" />
        <input type="number" name="count" aria-label="Count" min="1" max="3" />
        <input type="date" name="day" aria-label="Day" />
        <input name="fixed" aria-label="Fixed" readonly />
        <input type="checkbox" name="sure" aria-label="Sure" />
        <select name="size" aria-label="Size"><option>S</option><option>M</option><option disabled>L</option></select>
        <textarea name="text" aria-label="Text"></textarea>
        <.live_file_input upload={@uploads.notes} />
        <button>Save</button> <button type="reset">Undo</button>
      </form>
      <div id="chart" phx-hook="Chart" phx-window-keyup="key" phx-key="F2" phx-click-away={JS.push("away")}>{@n}</div>
    </main>
    """)


ROUTER = Router([Route("/all", EverythingLive)])


def opened() -> Page:
    return Simulation(ROUTER, hooks={"Chart": Chart()}).page("/all")


def test_each_act_is_its_code() -> None:
    """The line that it shows does what it does; nothing that is drawn fails, or waits."""

    @settings(max_examples=40, database=None, derandomize=True, deadline=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        page = opened()
        for _ in range(2):
            act, now = data.draw(acts(page)), page.now
            there = page.fork()
            act.perform(page)
            exec(repr(act), {"page": there, "re": re})
            assert there.sim.trace == page.sim.trace
            assert there.content() == page.content()
            if "wait_for_timeout" not in repr(act):
                assert page.now == now

    look()


def test_everything_is_offered() -> None:
    """Each kind of act; two that differ have different lines; nothing that a person could not do."""
    drawn: dict[str, PersonAct] = {}
    page = opened()

    @settings(max_examples=700, database=None, derandomize=True, deadline=None)
    @given(acts(page))
    def look(act: PersonAct) -> None:
        drawn[pretty(act)] = act

    look()
    assert len({*drawn.values()}) == len(drawn)
    kinds = (
        'page.get_by_role("button", name="Up").click()',
        'page.get_by_role("button", name="Up").dblclick()',
        'page.once("dialog", lambda dialog: dialog.accept()); page.get_by_role("button", name="Drop").click()',
        'page.get_by_role("button", name="Undo").click()',
        'page.get_by_role("link", name="Tab").click()',
        'page.locator("body").click()',
        'page.get_by_role("textbox", name="Title").fill(',
        'page.get_by_role("textbox", name="Title").press_sequentially("',
        'page.get_by_role("textbox", name="Title").press("Enter")',
        'page.get_by_role("textbox", name="Title").focus()',
        'page.get_by_role("spinbutton", name="Count").fill("2")',
        'page.get_by_role("textbox", name="Day").fill("2024-02-29")',
        '.select_option("M")',
        'page.get_by_role("checkbox", name="Sure").click()',
        "set_input_files([{'name': ",
        'page.view.element("#chart").render_hook("points", ',
        'page.keyboard.press("F2")',
        'page.keyboard.press("Tab")',
        "page.wait_for_timeout(300)",
        "page.context.set_offline(True)",
        "page.reload()",
    )
    assert [kind for kind in kinds if not any(kind in code for code in drawn)] == []
    for wrong in ("Never", "Hidden", '"Fixed").fill', '"L"', "set_offline(False)"):
        assert not any(wrong in code for code in drawn if "once" not in code), wrong


def drawn_at(page: Page, *, examples: int = 300, **options: bool) -> set[str]:
    """The lines of what is drawn at a page."""
    found: set[str] = set()

    @settings(max_examples=examples, database=None, derandomize=True, deadline=None)
    @given(acts(page, **options))
    def look(act: PersonAct) -> None:
        found.add(repr(act))

    look()
    return found


def test_what_is_offered_follows_the_page() -> None:
    """Back where the tab came from somewhere, forward after that; online where it is offline; what is due is waited for."""
    page = opened()
    assert not {"page.go_back()", "page.go_forward()"} & drawn_at(page)
    page.get_by_role("link", name="Tab").click()
    assert "page.go_back()" in drawn_at(page)
    page.go_back()
    assert "page.go_forward()" in drawn_at(page)
    page.get_by_role("textbox", name="Title").fill("x")
    page.wait_for_timeout(123)
    assert "page.wait_for_timeout(177)" in drawn_at(page)
    page.context.set_offline(True)
    offline = drawn_at(page)
    assert "page.context.set_offline(False)" in offline
    assert not any("render_hook" in code or "reload" in code for code in offline)


def test_the_clock_and_the_network_can_be_left_alone() -> None:
    """Nothing of them is drawn then."""
    found = drawn_at(opened(), offline=False, time=False)
    assert not any("wait_for_timeout" in code or "set_offline" in code for code in found)


class CounterLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + (1 if event == "more" else -1))

    render = heex("""
    <button phx-click="less">Less</button> <output>{@n}</output> <button phx-click="more">More</button>
    <input aria-label="Note" /> <p style="display: none"><button>Hidden</button></p>
    """)


def shares(page: Page) -> Counter[str]:
    """How often each thing is drawn at a page, of a hundred: by the line that it is, without what is typed."""
    found: Counter[str] = Counter()

    @settings(max_examples=20, phases=[Phase.generate], database=None, derandomize=True, deadline=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        drawn = [
            re.sub(r"\((?!True|False|\)|\"(Less|More|Note|button|textbox)).*", "", repr(data.draw(acts(page))))
            for _ in range(100)
        ]
        if len({*drawn}) > 1:  # the simplest example is a hundred times the same
            found.update(drawn)

    look()
    total = sum(found.values())
    return Counter({each: 100 * times // total for each, times in found.items()})


def test_what_people_do_often_is_drawn_often() -> None:
    """Clicks and typing; each element as often as another; a page is not loaded again and again, nor long offline."""
    page = Simulation().page(CounterLive)
    found = shares(page)
    of = {
        name: sum(times for act, times in found.items() if f'name="{name}"' in act) for name in ("Less", "More", "Note")
    }
    assert sum(of.values()) > 75
    assert all(20 <= each <= 32 for each in of.values()), of
    assert found['page.get_by_role("button", name="Less").click()'] > 15
    assert found['page.get_by_role("button", name="More").click()'] > 15
    assert found['page.get_by_role("textbox", name="Note").fill'] > 10
    assert found["page.reload()"] <= 2
    assert found["page.context.set_offline(True)"] <= 2
    page.context.set_offline(True)
    assert 40 <= shares(page)["page.context.set_offline(False)"] <= 60


class BareLive(LiveView):
    render = heex("""<main><h1>Nothing here</h1></main>""")


def test_a_page_that_offers_nothing() -> None:
    """There is always a key to press."""
    found = drawn_at(Simulation().page(BareLive), offline=False, time=False)
    assert "page.reload()" in found
    assert all(code.startswith(("page.keyboard.press(", "page.reload(")) for code in found)


def test_an_act_at_a_page_of_another_name() -> None:
    """Only the page is renamed, not what was typed."""
    page = opened()
    page.get_by_role("textbox", name="Title").fill("page.goto")
    act = PersonAct(
        ("", '.get_by_label("Title").fill("page.x")'), lambda page: page.get_by_label("Title").fill("page.x")
    )
    assert act.code("ann") == 'ann.get_by_label("Title").fill("page.x")'
    act.perform(page)
    assert page.get_by_label("Title").input_value() == "page.x"
