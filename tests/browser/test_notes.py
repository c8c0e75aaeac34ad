"""What a page notes: everything that the browser swallowed of what a person did, word for word, with the cure.

Each note has a neighbour: nearly the same acts, by which nothing is lost, and of which nothing is said.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, heex
from liveview_core.components import portal
from liveview_testing import ClientHook, Page, Simulation
from tests.harness.counting_pages import Box, page

Notes = list[tuple[str, str]]


class Other(LiveView):
    """Where links lead to."""

    render = heex("""<h1>Other</h1><.link id="back" navigate="/">back</.link>""")


class Kid(LiveView):
    """A nested view with a form."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, v="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "bad":
            raise ValueError("bad")
        return socket.update("n", lambda n: n + 1).assign(v=params["k"])

    render = heex("""<u>{@n}</u><form id="kf" phx-change="c"><input id="ki" name="k" value={@v}></form>
    <form phx-change="c" phx-ignore-missing-id><input id="kn" name="k"></form><button id="bad" phx-click="bad">x</button>
    <s phx-disconnected={JS.add_class("off")} id="s">s</s>""", names={"JS": JS})  # fmt: skip


def opened(
    template: str, state: dict[str, Any] | None = None, names: dict[str, Any] | None = None, /, **options: Any
) -> Page:
    """A page of a view that counts its events; `handlers` do what they say for an event of their name."""
    handlers = options.pop("handlers", {})
    view = page(
        template, {"JS": JS, "Box": Box, "Kid": Kid, "portal": portal, **(names or {})}, state=state, **handlers
    )
    return Simulation(Router([Route("/", view), Route("/b", view), Route("/other", Other)]), **options).page("/")


def notes(there: Page) -> Notes:
    return [(each.text, each.cure) for each in there.notes]


def tell(there: Page, **changes: Any) -> None:
    there.view.send(changes)


def told(there: Page) -> list[str]:
    """The events that the server has been sent."""
    return [each.payload["event"] for each in there.view.wire if each.direction == "client" and each.event == "event"]


# --- clicks and links -------------------------------------------------------------------------------------------------

MENU = """<p>{@n}</p><div id="menu" phx-click-away="away"><.link id="in" patch="/b?i">in</.link></div>
<.link id="patch" patch="/b">b</.link><.link id="go" navigate="/other">o</.link>"""


def test_a_patch_link_keeps_its_click_from_click_away() -> None:  # CE-10
    there = opened(MENU)
    there.locator("#patch").click()
    assert notes(there) == [
        (
            "phx-click-away of <div#menu> did not run: the click followed <a#patch>, and the client tells nobody of such a click",
            "close it in handle_params, or by the link's own phx-click, a JS command",
        )
    ]
    assert told(there) == []


@pytest.mark.parametrize("link", ["#in", "#go"])
def test_a_link_inside_or_to_another_view_keeps_nothing(link: str) -> None:  # CE-10
    there = opened(MENU)
    there.locator(link).click()
    assert notes(there) == []


def test_what_is_not_on_view_is_not_clicked_away() -> None:  # CE-10, CE-19
    there = opened('<div id="menu" hidden phx-click-away="away">m</div><.link id="patch" patch="/b">b</.link>')
    there.locator("#patch").click()
    assert notes(there) == []


BLANK = """<.link id="l" patch="/b" target="_blank"><b id="in">b</b> text</.link>"""


def test_a_link_to_another_tab_is_followed_in_this_one() -> None:  # CE-24
    there = opened(BLANK)
    there.locator("#in").click()
    assert notes(there) == [
        (
            "<a#l> was followed in this tab: the click was on <b#in> inside it, which has no target of its own",
            "an <a href> that is no live link, or no element inside the link",
        )
    ]
    assert there.url.endswith("/b")


def test_a_link_to_another_tab_that_is_clicked_itself() -> None:  # CE-24
    there = opened(BLANK)
    there.locator("#l").click()
    assert (notes(there), there.url) == ([], "http://www.example.com/")


def test_a_click_on_what_waits_for_an_answer() -> None:  # CE-13
    there = opened("""<p>{@n}</p><button id="a" phx-click="go">a</button><button id="b" phx-click="go">b</button>""")
    there.network.hold()
    there.locator("#a").click()
    there.locator("#b").click()
    assert notes(there) == []
    there.locator("#a").click()
    assert notes(there) == [
        (
            "a click on <button#a> did nothing: its last push has not been answered",
            "wait for the answer; that is the client's protection against double clicks",
        )
    ]


def test_the_click_of_a_navigate_link_never_runs() -> None:  # CE-29
    template = """<.link id="go" navigate="/other" phx-click={JS.push("never")}>o</.link>
    <.link id="patch" patch="/b" phx-click={JS.push("runs")}>b</.link>"""
    there = opened(template)
    there.locator("#patch").click()
    assert (notes(there), told(there)) == ([], ["runs"])
    there.locator("#go").click()
    assert notes(there) == [
        (
            "phx-click of <a#go> did not run: the view is gone once its navigate link is followed",
            "do it before, in the event that leads to the navigation, or in the view that comes",
        )
    ]


def test_the_name_of_an_event_on_a_patch_link() -> None:  # CE-28, JC-1
    there = opened("""<.link id="l" patch="/b" phx-click="bare">b</.link>""")
    there.locator("#l").click()
    assert notes(there) == [
        (
            "<a#l>: only JS commands can stand here, not the name of an event ('bare'); the commands after it did not run",
            "JS.push('bare')",
        )
    ]


SAVE = """<p>{@n}</p><form id="f" phx-submit="s"><button id="a" phx-click="pressed" phx-disable-with="…">a</button>
<button id="b" phx-click="pressed">b</button></form>"""


def test_a_submit_button_that_its_own_click_disables() -> None:  # PF-4
    there = opened(SAVE)
    there.locator("#b").click()
    assert (notes(there), told(there)) == ([], ["pressed", "s"])
    there.locator("#a").click()
    assert notes(there) == [
        (
            "<form#f> was not submitted: its button <button#a> is disabled since it was clicked",
            "phx-disable-with shows while the submit is answered, too: leave out the phx-click",
        )
    ]
    assert told(there) == ["pressed", "s", "pressed"]


# --- targets ----------------------------------------------------------------------------------------------------------

TARGETS = """<p>{@n}</p><.live_component module={Box} id="one" /><button id="gone" phx-click="go" phx-target="#nowhere">g</button>
<button id="cid" phx-click="go" phx-target="9">c</button><button id="ok" phx-click="go" phx-target="#box-one">o</button>
<input id="i" phx-change="c"><form id="f"><input id="j" name="j" phx-change="c"></form>"""


def test_a_target_that_is_not_there() -> None:  # CE-60
    there = opened(TARGETS)
    there.locator("#ok").click()
    assert notes(there) == []
    there.locator("#gone").click()
    there.locator("#cid").click()
    assert notes(there) == [
        (
            "nothing was sent: phx-target '#nowhere' matches no element of the page",
            "a selector of an element that is there",
        ),
        ("nothing was sent: there is no component 9 on the page", "phx-target={@myself}"),
    ]
    assert told(there) == ["go"]


def test_a_change_outside_of_any_form() -> None:  # CE-40
    there = opened(TARGETS)
    there.locator("#j").fill("x")
    assert (notes(there), told(there)) == ([], ["c"])
    there.locator("#i").fill("x")
    assert notes(there) == [("nothing was sent: a change needs a form around its control", "put it into a <form>")]


# --- forms ------------------------------------------------------------------------------------------------------------

CHANGES = """<form id="f" action="/there" phx-change="c"><input id="i" name="q"><button id="named" name="by" value="x">n</button>
<button id="plain">p</button></form>"""


def test_a_form_without_a_submit_loses_its_button() -> None:  # CE-45
    there = opened(CHANGES)
    there.locator("#named").click()
    assert notes(there) == [
        (
            "the form <form#f> was submitted without its button <button#named>: it has phx-change and no phx-submit",
            "a hidden field for what the button says, or phx-submit with phx-trigger-action",
        )
    ]


def test_a_button_without_a_name_has_nothing_to_lose() -> None:  # CE-45
    there = opened(CHANGES)
    there.locator("#plain").click()
    assert notes(there) == []


def test_a_second_submit_before_the_first_is_answered() -> None:  # LK-25
    there = opened("""<p>{@n}</p><form id="f" phx-submit="s"><input id="i" name="i"></form>""")
    there.locator("#i").press("Enter")
    there.locator("#i").press("Enter")
    assert (notes(there), told(there)) == ([], ["s", "s"])
    there.network.hold()
    there.locator("#i").press("Enter")
    there.locator("#i").press("Enter")
    assert notes(there) == [
        (
            "the submit of <form#f> sent nothing: its last submit has not been answered",
            "wait for the answer; that is the client's protection against double submits",
        )
    ]


def test_a_number_that_is_none() -> None:  # CE-41
    there = opened("""<form id="f" phx-change="c"><input id="n" type="number" name="n"></form>""")
    there.locator("#n").focus()
    there.keyboard.type("-5")
    there.locator("#n").blur()
    assert (notes(there), told(there)) == ([], ["c"])
    there.locator("#n").focus()
    there.keyboard.type("e")
    there.locator("#n").blur()
    assert notes(there) == [
        (
            "what was typed into <input#n> was never sent: it is no number, so that the field has no value",
            'a number, or type="text" with inputmode="numeric"',
        )
    ]


# --- debounce and throttle --------------------------------------------------------------------------------------------

PACED = """<p>{@n}</p><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" phx-debounce="200">
<input id="both" name="b" phx-debounce="200" phx-throttle="400"><input id="no" name="no" phx-debounce="soon">
<input id="focus" name="c" value={@form.get("c")} phx-focus="focused" phx-debounce="200"><button id="go">go</button></form>
<input id="keys" phx-keydown="down" phx-keyup="up" phx-throttle="500">"""


def test_enter_drops_a_change_that_waits() -> None:  # DT-11
    there = opened(PACED)
    there.locator("#a").focus()
    there.keyboard.type("x")
    there.locator("#go").click()
    assert (notes(there), told(there)) == ([], ["c", "s"])
    there.locator("#a").focus()
    there.keyboard.type("y")
    there.keyboard.press("Enter")
    assert notes(there) == [
        (
            "input of <input#a> was never sent: the form was submitted while it waited for its debounce",
            "read the field from the submit, or leave the field before (a click on the button does)",
        )
    ]


def test_what_is_no_time() -> None:  # DT-3
    there = opened(PACED)
    there.locator("#no").fill("x")
    assert notes(there) == [
        (
            "input of <input#no> is lost: 'soon' is no time for phx-debounce or phx-throttle",
            'a number of milliseconds, or phx-debounce="blur"',
        )
    ]


@pytest.mark.parametrize("time", ["300ms", " 200", "", "0", "-1", "0x10", "blur", "1e3"])
def test_what_is_a_time(time: str) -> None:  # DT-3
    """A number at its beginning is enough, and what is empty is the default: nothing is lost, and nothing said."""
    there = opened(
        f"""<form id="f" phx-change="c"><input id="a" name="a" phx-debounce="{time}"><input id="b" name="b"></form>"""
    )
    there.locator("#a").fill("x")
    there.locator("#b").focus()
    assert (notes(there), told(there)) == ([], ["c"])


def test_both_times_at_once() -> None:  # DT-2
    """What comes too early is dropped: said once, and not of the first."""
    there = opened(PACED)
    there.locator("#both").focus()
    there.keyboard.type("x")
    assert (notes(there), told(there)) == ([], ["c"])
    there.keyboard.type("yz")
    assert notes(there) == [
        (
            "input of <input#both> was never sent: with phx-debounce and phx-throttle both, the time of phx-debounce is that of"
            " a throttle, which drops what comes too early",
            "one of the two: phx-debounce sends the last event",
        )
    ]


def test_events_of_two_kinds_share_a_debounce() -> None:  # DT-5
    there = opened(PACED)
    there.locator("#focus").focus()
    there.sim.clock.advance(0.3)
    there.keyboard.type("x")
    there.keyboard.type("y")
    there.locator("#focus").blur()
    assert (notes(there), told(there)) == ([], ["focused", "c"])
    there.locator("#focus").focus()
    there.keyboard.type("z")
    assert notes(there) == [
        (
            "focus of <input#focus> was never sent: change came while it waited, and an element has one debounce"
            " for all its events",
            "phx-debounce on an element whose other events need not wait",
        )
    ]


def test_events_of_two_kinds_share_a_throttle() -> None:  # DT-5
    there = opened(PACED)
    there.locator("#keys").press("a")
    assert notes(there) == [
        (
            "keyup of <input#keys> was never sent: keydown of <input#keys> had closed the element's one phx-throttle",
            "phx-throttle on an element whose other events need not be kept back",
        )
    ]


def test_a_throttle_that_drops_what_it_is_for_says_nothing() -> None:
    there = opened("""<p>{@n}</p><button id="b" phx-click="go" phx-throttle="500">b</button>""")
    there.locator("#b").click()
    there.locator("#b").click()
    assert (notes(there), told(there)) == ([], ["go"])


WAITS = """<p>{@n}</p><div id="b" :if={@on} phx-click="go" phx-debounce="100">b</div><.link id="go" navigate="/other">o</.link>
<form id="f" phx-change="c"><input :if={@on} id="i" name="i" phx-debounce="200"></form>"""


def test_an_element_that_goes_while_its_event_waits() -> None:  # DT-7
    there = opened(WAITS, {"on": True})
    there.locator("#b").click()
    tell(there, on=False)
    there.sim.clock.advance(1)
    assert (notes(there), told(there)) == (
        [
            (
                "click of <div#b> was never sent: the element was taken away while it waited for its debounce",
                "keep the element until the event was sent, or a shorter debounce",
            )
        ],
        [],
    )


def test_a_view_that_is_left_while_an_event_waits() -> None:  # DT-7
    there = opened(WAITS, {"on": True})
    there.locator("#b").click()
    there.locator("#go").click()
    assert notes(there) == [
        (
            "click of <div#b> was never sent: its view was left while it waited for its debounce",
            "leave the field before (phx-debounce ends then), or a shorter debounce",
        )
    ]


def test_a_field_that_goes_is_left_and_its_event_sent() -> None:  # DT-7, PF-12
    there = opened(WAITS, {"on": True})
    there.locator("#i").fill("x")
    tell(there, on=False)
    assert (notes(there), told(there)) == ([], ["c"])
    there.locator("#go").click()
    assert notes(there) == []


# --- what patches take ------------------------------------------------------------------------------------------------

FIELDS = """<p>{@n} {@last}</p><form id="f" phx-submit="s"><input id="i" name="i" value="v"><input id="x" type="checkbox" name="x">
<select id="s" name="s"><option>1</option><option>2</option></select><textarea id="t" name="t"></textarea>
<input id="o" {{}}><button>save</button></form>
<form id="g" phx-change="c"><input id="j" name="j" value={@form.get("j")}></form><input id="k" phx-keyup="k">"""


def fill_all(there: Page, prefix: str = "") -> None:
    there.locator("#i").fill("typed")
    there.locator("#x").check()
    there.locator("#s").select_option("2")
    there.locator("#t").fill("text")
    there.locator("#o").focus()


CURE = 'phx-change on its form, so that the server knows it; or phx-update="ignore" around the field'


def test_a_patch_takes_what_the_server_does_not_know() -> None:  # FI-8
    there = opened(FIELDS)
    fill_all(there)
    tell(there, last="x")
    why = "a patch came to it, and gives a field what the server says of it"
    assert notes(there) == [
        (f"what was typed into <input#i> is lost: {why}", CURE),
        (f"the tick of <input#x> is lost: {why}", CURE),
        (f"what was chosen in <select#s> is lost: {why}", CURE),
        (f"what was typed into <textarea#t> is lost: {why}", CURE),
    ]
    assert there.locator("#i").input_value() == "v"


def test_a_patch_takes_what_the_server_knows() -> None:  # FI-8, FI-21
    """What a change, a key or a submit has told is not lost; nor is what has the focus; nor what was only looked at."""
    there = opened(FIELDS)
    fill_all(there)
    there.locator("#o").press("Enter")
    there.locator("#j").fill("told")
    there.locator("#k").focus()
    there.keyboard.type("told")
    there.locator("#i").focus()
    tell(there, last="x")
    there.locator("#o").focus()
    tell(there, last="y")
    there.locator("#t").fill("again")
    tell(there, last="z")
    assert notes(there) == []


def test_a_focused_box_is_read_again() -> None:  # FI-11
    there = opened(FIELDS)
    there.locator("#x").check()
    tell(there, last="x")
    why = "a patch came to it, and gives a box what the server says of it even while it has the focus"
    assert notes(there) == [(f"the tick of <input#x> is lost: {why}", CURE)]


def test_what_a_hook_may_have_told_is_not_lost() -> None:  # FI-8
    template = """<p>{@last}</p><div id="h" phx-hook="Quiet"><input id="i" name="i"></div><input id="o">"""
    there = opened(template, hooks={"Quiet": ClientHook})
    there.locator("#i").fill("x")
    there.locator("#o").focus()
    tell(there, last="x")
    assert (notes(there), there.locator("#i").input_value()) == ([], "")


ANEW = """<form phx-change="c" phx-ignore-missing-id><h2 :if={@on}>h</h2><input name="a">
<input id="b" name="b"></form><p>{@last}</p><input id="o">"""


def test_a_field_without_an_id_is_made_anew() -> None:  # PA-11
    there = opened(ANEW, {"on": False})
    there.locator("[name=a]").fill("typed")
    there.locator("#b").fill("kept")
    tell(there, on=True)
    assert notes(there) == [
        (
            "what was typed into <input> is lost: a patch has made the field anew, because it has no id and others came before it",
            "an id for the field, or for what comes before it",
        )
    ]


def test_a_field_with_an_id_is_kept_and_one_that_is_taken_away_is_meant() -> None:  # PA-11
    template = """<form phx-change="c" phx-ignore-missing-id><h2 :if={@on}>h</h2><input id="b" name="b"></form>
    <input :if={not @on} name="a">"""
    there = opened(template, {"on": False})
    there.locator("#b").fill("kept")
    there.locator("[name=a]").fill("gone")
    there.locator("#b").focus()
    tell(there, on=True)
    assert (notes(there), there.locator("#b").input_value()) == ([], "kept")


KEYED = """<input id="i" phx-keydown="k" class={@cls}><form id="f" phx-change="c"><input id="j" name="j" class={@cls}></form>"""


def test_an_answer_puts_old_attributes_back() -> None:  # LK-14
    there = opened(KEYED, {"cls": "old"})
    there.network.hold()
    there.locator("#i").focus()
    there.keyboard.press("x")
    tell(there, cls="new")
    there.network.release()
    assert notes(there) == [
        (
            "class of <input#i> is what it was before: it had the focus while its push was answered, and the answer puts back"
            " what was there then, until the next patch comes to it",
            "put the field into a form with phx-change, or the binding around it",
        )
    ]
    assert there.locator("#i").get_attribute("class") == "old"


def test_an_answer_in_a_form_puts_nothing_back() -> None:  # LK-14
    there = opened(KEYED, {"cls": "old"})
    there.network.hold()
    there.locator("#j").fill("x")
    tell(there, cls="new")
    there.network.release()
    assert (notes(there), there.locator("#j").get_attribute("class")) == ([], "new")
