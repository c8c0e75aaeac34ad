"""What is seldom done to locators: unusual keys, answers, options and refusals, each as Playwright has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation, expect
from tests.harness.html_pages import logged, shown


def _beginning(asked: Callable[[], object], *lines: str) -> None:
    """What it raises begins with these lines."""
    with pytest.raises(Exception, match=r"(?s)^.") as failed:
        asked()
    assert str(failed.value).split("\n")[: len(lines)] == list(lines)


# --- keys -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pressed", "heard"),
    [
        ("ShiftLeft", ['keydown #i "Shift"', 'keyup #i "Shift"']),
        ("\n", ['keydown #i "Enter"', 'keyup #i "Enter"']),
        ("\r", ['keydown #i "Enter"', 'keyup #i "Enter"']),
        ("\t", ['keydown #i "Tab"', "blur #i", "focusout #i", 'keyup body "Tab"']),
        ("+", ['keydown #i "+"', "input #i", 'keyup #i "+"']),
        ("Shift++", ['keydown #i "Shift"', 'keydown #i "+"', "input #i", 'keyup #i "+"', 'keyup #i "Shift"']),
        ("a+b", ['keydown #i "a"', "input #i", 'keydown #i "b"', "input #i", 'keyup #i "b"', 'keyup #i "a"']),
    ],
)
def test_unusual_keys(pressed: str, heard: list[str]) -> None:
    page = shown('<input id="i" />')
    page.locator("#i").focus()
    with logged() as log:
        page.locator("#i").press(pressed)
    assert log.lines == heard


@pytest.mark.parametrize(("pressed", "unknown"), [("a+", ""), ("Control+", ""), ("++", ""), ("", ""), ("a++b", "+b")])
def test_a_plus_behind_which_no_key_stands(pressed: str, unknown: str) -> None:
    """Playwright splits "Control+" into Control and a key without a name, which no keyboard has."""
    _beginning(lambda: shown("<input />").locator("input").press(pressed), f'Locator.press: Unknown key: "{unknown}"')


def test_what_a_keyboard_is_called() -> None:
    assert repr(shown("<p></p>").keyboard) == "<Keyboard of <Page Ann at http://www.example.com/>>"


# --- options ----------------------------------------------------------------------------------------------------------

OPTIONS: dict[str, tuple[Callable[[Page], object], list[str]]] = {
    "button": (
        lambda page: page.locator("p").click(button="x"),  # pyright: ignore[reportArgumentType]
        ["a mouse has three buttons", "  expected: left, middle or right", "  got: 'x'"],
    ),
    "modifiers": (
        lambda page: page.locator("p").click(modifiers=["Shif"]),  # pyright: ignore[reportArgumentType]
        [
            "'Shif' is no modifier",
            "  expected: Alt, Control, ControlOrMeta, Meta, Shift",
            "  got: 'Shif'",
            "  nearest: Shift",
        ],
    ),
    "event_init": (
        lambda page: page.locator("p").dispatch_event("x", 3),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ["event_init is a mapping", '  expected: {"detail": …}', "  got: 3"],
    ),
    "an option": (
        lambda page: page.locator("p").select_option(3),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ["an option's value or label is a str", "  expected: str", "  got: 3"],
    ),
    "an event": (
        lambda page: page.on("request", print),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ["the event 'request' is not made here", '  cure: page.on("dialog", …); page.events has the rest'],
    ),
    "a name": (
        lambda page: page.sim.page(name=" "),
        ["a name has letters", "  expected: a str", "  got: ' '", '  cure: name="Ann"'],
    ),
    "a pattern": (
        lambda page: page.get_by_text(re.compile(r"a\Z")),
        ["a pattern that a browser reads differently"],
    ),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_that_is_none(name: str) -> None:
    asked, lines = OPTIONS[name]
    page = shown("<p>a</p>")
    _beginning(lambda: asked(page), *lines)


def test_a_timeout_as_a_span_of_time() -> None:
    with pytest.raises(
        AssertionError, match=r"^locator\(\"b\"\): no such element\nLocator.click: Timeout 1500ms exceeded."
    ):
        shown("<p></p>").locator("b").click(timeout=timedelta(seconds=1.5))


# --- dialogs ----------------------------------------------------------------------------------------------------------


class Vanishing(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(there=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(there=False)

    render = heex("""
    <p :if={not @there}>gone</p>
    <div :if={@there}>
      <button phx-click="go" data-confirm="Sure?">Sure</button>
      <button phx-click="go">Go</button>
      <label><input type="checkbox" phx-click="go" />Tick</label>
    </div>
    """)


def test_a_dialog_is_answered_once() -> None:
    page = Simulation().page(Vanishing)

    def twice(dialog: Any) -> None:
        dialog.accept()
        dialog.dismiss()

    page.once("dialog", twice)
    _beginning(
        page.get_by_role("button", name="Sure").click,
        "Locator.click: Error: Cannot accept dialog which is already handled!",
        "  got: <Dialog type=confirm message='Sure?'>",
        "  cure: answer it once",
    )
    page.once("dialog", lambda dialog: None)
    _beginning(
        page.get_by_role("button", name="Sure").click,
        "Locator.click: Error: nobody has answered the dialog 'Sure?'",
        "  expected: a listener that accepts or dismisses it",
        "  got: one that only looks",
        '  cure: page.on("dialog", lambda dialog: dialog.accept())',
    )
    assert page.get_by_text("gone").is_hidden()


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.get_by_role("button", name="Go").dblclick(),
        lambda page: page.get_by_label("Tick").check(),
    ],
    ids=["the second click has nothing to hit", "the box has gone with the tick"],
)
def test_what_goes_with_the_act(act: Callable[[Page], object]) -> None:
    page = Simulation().page(Vanishing)
    act(page)
    assert page.get_by_text("gone").is_visible()
    assert page.get_by_role("button").count() == 0


def test_a_listener_that_changes_the_page_while_its_dialog_is_open() -> None:
    page = Simulation().page(Vanishing)

    def go(dialog: Any) -> None:
        page.get_by_role("button", name="Go").click()
        dialog.accept()

    page.once("dialog", go)
    _beginning(
        page.get_by_role("button", name="Sure").click,
        "Locator.click: Error: Element is not attached to the DOM",
        "  expected: the element as it was found",
        "  got: a page that has changed while its dialog was open",
        "  cure: let the listener answer the dialog; act on the page before, or after",
    )


class Late(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(late=False).send_after("late", 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(late=True)

    render = heex("""<input :if={@late} type="checkbox" checked phx-click="never" />""")


def test_a_box_that_comes_with_its_tick() -> None:
    page = Simulation().page(Late)
    page.locator("input").check()
    assert page.sim.clock.now.second == 1
    assert page.locator("input").is_checked()


# --- what is in the way -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "why"),
    [
        (".h b", "element is not visible: hidden by the class 'h' (styles=) of <div class=\"h\">"),
        ("#s", 'element is not visible: hidden by a style of the simulation (styles=) of <p id="s">'),
        ("script", "element is not visible: hidden by the tag of <script>"),
        ("canvas b", "element is not visible: it is not rendered"),
    ],
)
def test_what_hides_an_element(selector: str, why: str) -> None:
    page = shown(
        '<div class="h"><b>in</b></div><p id="s">y</p><script>1</script><canvas><b></b></canvas>',
        styles={"h": "hidden", "#s": "hidden"},
    )
    with pytest.raises(AssertionError) as failed:
        page.locator(selector).click()
    assert f"      - {why}" in str(failed.value).split("\n")


def test_several_that_are_meant_and_one_that_is_enabled() -> None:
    """ER-4"""
    page = shown("".join(f"<li><button{' disabled' if at else ''}>w</button></li>" for at in range(11)))
    with pytest.raises(
        Exception, match='strict mode violation: locator\\("button"\\) resolved to 11 elements'
    ) as failed:
        page.locator("button").click()
    lines = str(failed.value).split("\n")
    assert lines[10:12] == [
        '    10) <button disabled>w</button> aka locator("html > body:nth-child(2) > div > li:nth-child(10) > button")',
        "    ...",
    ]
    assert "    1) enabled, in li 'w'" in lines
    assert "    2) disabled, in li 'w'" in lines
    assert "  one of them is enabled: get_by_role(…, disabled=False) finds it" in lines


# --- waiting and expecting --------------------------------------------------------------------------------------------


def test_urls_that_are_waited_for() -> None:
    page = shown("<p>a</p>")
    page.wait_for_url("/")
    page.wait_for_url("http://www.example.com/*")
    page.wait_for_url(lambda url: url.endswith(".com/"))
    for url in ("/x", "http://www.example.com*", "/{a", lambda url: False):
        with pytest.raises(AssertionError, match=r"^Page.wait_for_url: Timeout 10ms exceeded.\n  expected: "):
            page.wait_for_url(url, timeout=10)


def test_a_tab_that_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    page = Simulation().page()
    assert page.title() == ""
    page.debug()
    assert capsys.readouterr().out == "nothing was opened in this tab\n"


def test_patterns_and_the_case_of_letters() -> None:
    """EX-5: what is said beside a pattern counts, and not the pattern's flag."""
    box = shown("<p>kg</p>").locator("p")
    assert repr(expect) == "expect"
    expect(box).to_have_text(re.compile("KG"), ignore_case=True)
    expect(box).not_to_have_text(re.compile("KG", re.IGNORECASE), ignore_case=False)


def test_long_lists_that_differ() -> None:
    with pytest.raises(AssertionError) as failed:
        expect(shown("<p>kg</p>").locator("p")).to_have_text([str(at) for at in range(40)])
    lines = str(failed.value).split("\n")
    assert lines[2:4] == ["  0: expected '0', received 'kg'", "  1: expected '1', received nothing"]
    assert lines[22:24] == ["  20: expected '20', received nothing", "  … 19 more"]


# --- finding ----------------------------------------------------------------------------------------------------------


def test_test_ids_inside_of_test_ids() -> None:
    page = shown('<div data-testid="a"><b data-testid="b">x</b></div><b data-testid="b">y</b>')
    assert page.get_by_test_id("a").get_by_test_id("b").inner_text() == "x"
    assert page.view is not None
    assert page.view.get_by_test_id("a").get_by_test_id("b").inner_text() == "x"


def test_how_locators_are_written() -> None:
    page = shown("<p>x</p>")
    assert repr(page.locator("text='x'")) == 'locator("text=\\"x\\"")'
    assert repr(page.locator("p").locator("..")) == 'locator("p").locator("..")'
    assert repr(page.locator("p").within(page.locator("div"))) == 'locator("div").locator(locator("p"))'


def test_selectors_of_roles() -> None:
    page = shown("<button>Save all</button>")
    assert page.locator("role=button[name=/SAVE.ALL/isg]").count() == 1
    assert page.locator("role=button[name=Save]").count() == 0
    _beginning(
        page.locator("role=button[name=/SAVE/ix]").count,
        "Locator.count: /SAVE/ix cannot be read",
        "  expected: a regular expression with JavaScript's flags",
        "  got: the flag 'x'",
    )
