"""What a failure says, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Error, ExpectationFailed, PageWarning, Simulation, TimeoutError, expect
from tests.harness.html_pages import shown

HTML = (
    "<h1>Todos</h1><ul><li>Milk <button>Delete</button></li></ul>"
    '<button disabled>Save</button><div hidden><button id="h">Send</button></div>'
)


def test_an_act_on_what_is_not_there() -> None:
    """ER-2, ER-5"""
    page = shown(HTML)
    with pytest.raises(TimeoutError) as failed:
        page.get_by_role("button", name="Sav").filter(has_text="x").click()
    assert str(failed.value).startswith('get_by_role("button", name="Sav").filter(has_text="x"): no such element')
    with pytest.raises(TimeoutError) as failed:
        page.get_by_role("button", name="Sve").click()
    assert str(failed.value) == (
        'get_by_role("button", name="Sve"): no such button; nearest: button "Save" [disabled]\n'
        "Locator.click: Timeout 30000ms exceeded.\n"
        "Call log:\n"
        '  - waiting for get_by_role("button", name="Sve")\n'
        "      - nothing was found\n"
        "  - nothing was due within 30000 ms of simulated time, so nothing could change\n"
        "\n"
        "What was asked for:\n"
        '  ✗ get_by_role("button", name="Sve"): nothing\n'
        "    ✓ role button: 3 elements\n"
        '    ✗ name "Sve": nothing\n'
        "Nearest:\n"
        '  ✓ role ✗ name  <button disabled>Save</button>  aka get_by_role("button", name="Save")\n'
        '  ✓ role ✗ name ✗ hidden  <button id="h">Send</button>  aka get_by_text("Send")\n'
        "      it is hidden: hidden by the attribute `hidden` of <div>\n"
        '  ✓ role ✗ name  <button>Delete</button>  aka get_by_role("button", name="Delete")\n'
        "\n"
        'Aria snapshot of <div id="phx-1">:\n'
        '- heading "Todos" [level=1]\n'
        "- list:\n"
        "  - listitem:\n"
        "    - text: Milk\n"
        '    - button "Delete"\n'
        '- button "Save" [disabled]\n'
        "\n"
        "Last acts (now it is 12:00:00.000):\n"
        "  - at 12:00:00.000: sim.page(Plain(html='<h1>Todos</h1><ul><li>Milk <button>Delete</butt…)"
        " -> phx_join 'http://www.example.com/': 1 frame, 238 bytes"
    )


def test_an_act_that_something_is_in_the_way_of() -> None:
    page = shown(HTML)
    with pytest.raises(TimeoutError) as failed:
        page.get_by_role("button", name="Save").click(timeout=100)
    said = str(failed.value)
    assert said.startswith("Locator.click: Timeout 100ms exceeded.\nCall log:\n")
    assert "element is not enabled: the attribute `disabled` of <button>" in said
    with pytest.raises(TimeoutError, match="element is not visible: hidden by the attribute `hidden` of <div>"):
        page.locator("#h").click()


def test_an_expectation() -> None:
    """EX-5, and both texts with the first difference."""
    page = shown(HTML)
    with pytest.raises(ExpectationFailed) as failed:
        expect(page.locator("h1")).to_have_text("TODOS", timeout=300)
    assert str(failed.value).startswith(
        "Locator expected to have text 'TODOS'\n"
        "Actual value: Todos\n"
        '  expected: "TODOS"\n'
        '  received: "Todos"\n'
        "              ^ the first difference\n"
        "  only the case of letters differs\n"
        "Call log:\n"
        '  - Expect "to_have_text" with timeout 300ms\n'
        '  - waiting for locator("h1")\n'
        "    locator resolved to <h1>Todos</h1>\n"
    )
    with pytest.raises(AssertionError, match=r"to be visible\nError: element\(s\) not found"):
        expect(page.get_by_text("Bread")).to_be_visible()
    with pytest.raises(AssertionError, match=r"^mine\nExpected value: 'x'\nLocator expected to have text 'x'"):
        expect(page.locator("h1"), "mine").to_have_text("x")


def test_roles_that_are_none() -> None:
    page = shown(HTML)
    with pytest.raises(Error, match=r"there is no role 'buton'[\s\S]*nearest: button"):
        page.get_by_role("buton")
    wrong = page.get_by_role("button", checked=True)
    said = r'^Locator\.count: Error: "checked" attribute is only supported for roles: "checkbox"'
    with pytest.raises(Error, match=said):
        wrong.count()


@pytest.mark.parametrize(
    ("html", "text", "said"),
    [
        ("<input id=i type=number>", "x", "Locator.fill: Error: Cannot type text into input[type=number]"),
        ("<input id=i type=checkbox>", "x", 'Locator.fill: Error: Input of type "checkbox" cannot be filled'),
        (
            "<select id=i></select>",
            "x",
            "Locator.fill: Error: Element is not an <input>, <textarea> or [contenteditable] element",
        ),
        (
            "<div id=i>x</div>",
            "x",
            "Locator.fill: Error: Element is not an <input>, <textarea>, <select> or [contenteditable] and does not have",
        ),
    ],
)
def test_what_cannot_be_filled(html: str, text: str, said: str) -> None:
    """AC-3.6"""
    with pytest.raises(Error) as failed:
        shown(html).locator("#i").fill(text)
    assert str(failed.value).startswith(said)


def test_strictness_says_what_would_leave_one() -> None:
    """ER-3"""
    page = shown("<p hidden>a</p><p>a</p>")
    with pytest.raises(Error, match=r"one of them is visible: add \.visible"):
        page.locator("p").click()
    page.locator("p").visible.click()


def test_selectors_that_cannot_be_read() -> None:
    page = shown("<p>a</p>")
    wrong = page.locator("li[")
    said = r'^Locator\.click: Unexpected token "" while parsing css selector "li\[". Did you mean to CSS.escape it\?'
    with pytest.raises(Error, match=said):
        wrong.click()
    assert repr(wrong) == 'locator("li[")'
    with pytest.raises(Error, match=r'^Locator\.all: Unknown engine "foo" while parsing selector foo=bar'):
        page.locator("foo=bar").all()
    with pytest.raises(Error, match=r"^Locator\.count: SyntaxError: Failed"):
        page.locator("p").filter(has=page.locator("p:nope")).count()
    with pytest.raises(NotImplementedError, match="needs layout"):
        getattr(page.locator("p"), "bounding_box")  # noqa: B009 - a checker knows that it is not there


def test_an_outline_is_told_line_by_line() -> None:
    """ER-2: a pattern that matched is no difference."""
    page = shown(HTML)
    with pytest.raises(AssertionError) as failed:
        expect(page).to_match_aria_snapshot('- heading /^To/ [level=1]\n- button "Safe" [disabled]')
    assert (
        '  ✓ - heading /^To/ [level=1]\n  ✗ - button "Safe" [disabled]    (there is: - button "Save" [disabled])'
        in str(failed.value)
    )


def test_a_url_with_stars_is_a_text() -> None:
    """What `wait_for_url` takes is no expectation, and the failure says which one is meant."""
    with pytest.raises(ExpectationFailed) as failed:
        expect(shown(HTML)).to_have_url("**/todos")
    assert str(failed.value).startswith(
        "Page URL expected to be 'http://www.example.com/**/todos'\nActual value: http://www.example.com/\n"
    )
    said = str(failed.value).splitlines()
    at = said.index("Call log:")
    assert said[at - 1] == (
        '  a text is the whole URL, its stars too; page.wait_for_url("**/…") and re.compile(…) take a part'
    )
    assert said[at + 1] == '  - Expect "to_have_url" with timeout 5000ms'


class Forgetful(LiveView):
    """A box whose template does not say what was ticked."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(sent=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("sent", lambda sent: sent + 1)

    render = heex("""
    <form id="f" phx-change="change">{@sent}<label>Mails <input type="checkbox" name="mails" /></label></form>
    """)


def test_a_tick_that_the_answer_takes_back() -> None:
    """A patch puts a control back to what its template says, and the failure says so."""
    page = Simulation().page(Forgetful)
    with pytest.raises(Error) as failed:
        page.get_by_label("Mails").check()
    assert str(failed.value).splitlines()[:3] == [
        "Locator.check: Clicking the checkbox did not change its state",
        '  got: <input name="mails" type="checkbox"/>',
        "  cure: if the answer of the server put it back, let its template say so: checked={…}, from what was sent",
    ]


class Adding(LiveView):
    """Items that come at once, and one that comes later."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(items=("Milk",), late=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "later":
            return socket.send_after("late", 1.0)
        return socket.assign(items=(*socket.assigns.items[1:], "Bread", "Eggs"))

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.assign(late=True)

    render = heex("""
      <ul><li :for={item in @items}>{item}</li></ul>
      <button phx-click="add">Add</button><button phx-click="later">Later</button>
      <p :if={@late} role="alert">Late</p>
      <div role="checkbox" aria-checked={str(@late).lower()} phx-click="later" tabindex="0">Box</div>
    """)


def test_lines_that_the_last_act_has_changed_are_marked() -> None:
    """ER-4: and the last acts are those of the script, with frames and bytes."""
    page = Simulation().page(Adding, name="Zoe")
    page.get_by_role("button", name="Add").click()
    with pytest.raises(TimeoutError) as failed:
        page.get_by_role("button", name="Save").click(timeout=10)
    said = str(failed.value)
    assert (
        "- list:\n"
        "  - listitem: Bread    <- since the last act\n"
        "  - listitem: Eggs    <- since the last act\n"
        '- button "Add"\n'
        '- button "Later"\n'
        '- checkbox "Box"\n'
        "(gone since the last act: - listitem: Milk)\n"
    ) in said
    assert said.splitlines()[-3:-1] == [
        "Last acts (now it is 12:00:00.000):",
        "  - at 12:00:00.000: sim.page(Adding, name=\"Zoe\") -> phx_join 'http://www.example.com/': 1 frame, 367 bytes",
    ]
    assert said.splitlines()[-1].startswith(
        '  - at 12:00:00.000: Zoe: get_by_role("button", name="Add").click() -> event \'add\': 1 frame, '
    )


def test_candidates_that_differ_in_nothing_are_not_compared() -> None:
    page = shown("<button>a</button><button>b</button>")
    with pytest.raises(Error, match="strict mode violation") as failed:
        page.get_by_role("button").click()
    assert "How they differ" not in str(failed.value)


def test_what_is_not_there_yet_is_told_where_that_is_asked_for() -> None:
    """EX-4.4"""
    page = Simulation(checks={"vacuous negative": "warn"}).page(Adding)
    alert = page.get_by_role("alert")
    expect(alert).not_to_be_visible()
    page.get_by_role("button", name="Later").click()
    later = "it holds now, and no more 1000 ms later"
    with pytest.warns(PageWarning, match=later):
        expect(alert).not_to_be_visible()
    with pytest.warns(PageWarning, match=later):
        expect(alert).to_be_hidden()
    with pytest.warns(PageWarning, match=later):
        expect(alert).to_have_count(0)
    assert page.sim.clock.now.second == 0
    expect(alert).not_to_be_visible(timeout=900)
    strict = Simulation(checks={"vacuous negative": "raise"}).page(Adding)
    strict.get_by_role("button", name="Later").click()
    with pytest.raises(ExpectationFailed, match="it holds now, and no more 1000 ms later"):
        expect(strict.get_by_role("alert")).to_be_hidden()
    lax = Simulation(checks="raise").page(Adding)
    lax.get_by_role("button", name="Later").click()
    expect(lax.get_by_role("alert")).to_be_hidden()


class Ticked(LiveView):
    """A box of the page's own, which the server ticks."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(on=True)

    render = heex('<div role="checkbox" aria-checked={str(@on).lower()} phx-click="tick" tabindex="0">Box</div>')


def test_a_box_that_the_server_ticks_is_ticked_too_late_in_a_browser() -> None:
    """AC-4.3"""
    page = Simulation().page(Ticked)
    with pytest.warns(PageWarning, match="is ticked by the answer of the server"):
        page.get_by_role("checkbox").check()
    expect(page.get_by_role("checkbox")).to_be_checked()
