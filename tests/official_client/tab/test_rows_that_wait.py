"""Rows of streams in hidden clones, in waits in waits, and while they are leaving; ours and the official client in lockstep."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from liveview_core import JS, LiveComponent, heex
from tests.harness.counting_pages import page
from tests.harness.happenings import Choices
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.generated import HANDLERS, ROWS, act
from tests.official_client.tab.test_stream_rows import item, several

LOGS = ("push", "Failed", "nothing found matching", "unable to")

IN_TWO = """<p>{@n} {@last}</p><div id="o" phx-click="none"><div id="q" phx-click="e0"><ul id="stream" phx-update="stream">
<li :for={id, item in @streams.items} id={id} phx-hook="Log">{item["n"]}<input id={id + "i"} name={id}></li></ul></div></div>"""

IN_A_FORM = """<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="e0"><input id="i" name="i"><ul id="stream" phx-update="stream">
<li :for={id, item in @streams.items} id={id} phx-hook="Log" phx-remove={@rm}>{item["n"]}<input id={id + "i"} name={id} value={item["n"]}>
<button id={id + "b"} phx-click="e1" type="button">b</button></li><li id="tail">t</li></ul><button id="s" phx-disable-with="w">s</button>
</form>"""

ROWS_PUSH = """<p>{@n}</p><div id="o" phx-click="none" class={@last}><ul id="stream" phx-update="stream">
<li :for={id, item in @streams.items} id={id} phx-hook="Log" phx-click="e0" phx-remove={@rm if item["n"] % 2 else None}>
<b id={id + "h"} phx-hook="Log">{item["n"]}</b><input id={id + "i"} name={id} phx-keydown="none"></li></ul></div>"""

FORMS_IN_ROWS = """<p>{@n} {@last}</p><ul id="stream" phx-update="stream" phx-click="none"><li :for={id, item in @streams.items} id={id}
 phx-hook="Log" phx-remove={@rm}>{item["n"]}<form id={id + "f"} phx-change="c" phx-submit="e0">
<input id={id + "i"} name={id} value={item["n"]}></form></li></ul><div :if={@on} id="d"><u id="u" phx-click="e1">{@last}</u></div>"""

PAGES = (IN_TWO, IN_A_FORM, ROWS_PUSH, FORMS_IN_ROWS)

REMOVES: tuple[Any, ...] = (None, JS.transition("f", time=20), JS.hide(transition="o", time=30), JS.add_class("gone"))

Told = Callable[[Any], Any]


def opened(judges: Judges, template: str, *rows: int, rm: Any = None) -> Lockstep:
    state = {"on": False, "rows": ROWS[0], "rm": rm}
    view = page(
        template, {"JS": JS}, state=state, begin=lambda s: s.stream("items", [item(at) for at in rows]), **HANDLERS
    )
    return Lockstep.of(judges, view, crashes="restart", logs=LOGS)


def reset(*rows: int, n: int = 0) -> Told:
    return lambda s: s.stream("items", [item(at, n) for at in rows], reset=True)


def deleted(at: int) -> Told:
    return lambda s: s.stream_delete_by_dom_id("items", f"items-{at}")


def put(at: int, n: int = 0, where: int = -1) -> Told:
    return lambda s: s.stream_insert("items", item(at, n), at=where)


def all_of(*told: Told) -> Told:
    def message(socket: Any) -> Any:
        for each in told:
            socket = each(socket)
        return socket

    return message


@pytest.mark.parametrize("seed", range(40))
def test_rows_in_any_waits(judges: Judges, seed: int) -> None:  # LK-10, LK-20, LK-21, PA-23, PA-26, PA-27, PA-28, PA-42
    choices = Choices(Random(f"rows that wait {seed}").randrange)
    both = opened(judges, PAGES[seed % 4], 1, 2, 4, rm=REMOVES[choices.below(4)])
    for _ in range(14):
        match choices.below(8):
            case 0 | 1 | 2:
                both.tell(several(choices, None))
            case 3:
                both.advance(choices.pick((1, 16, 40)))
            case 4 if not both.browser.holding and not both.browser.flights:
                both.latency(choices.pick((5, 10, 20, 30)))
            case _:
                act(both, choices)
    if both.browser.holding:
        both.release()
    both.latency(0).advance(400)


@pytest.mark.parametrize("order", ["o", "q", "oq", "qo"])
def test_rows_at_places_in_a_clone(judges: Judges, order: str) -> None:  # PA-27, LK-10, LK-21
    """A reset takes none of them out, and those that come again go to their new places; no limit counts there."""
    messages: tuple[Told, ...] = (
        all_of(reset(1), put(8, 1, 0), put(4, 1, 0), put(13, 5, 1)),
        all_of(reset(4, 1), put(10, 7, 1), deleted(2)),
        all_of(put(9, 1, 0), deleted(4), put(1, 3)),
        all_of(put(9, 1, 2), put(2, 3, 0)),
        lambda s: s.stream_insert("items", item(9, 1), limit=-2),
    )
    for at, message in enumerate(messages):
        both = opened(judges, IN_TWO, 1, 2, 4, 10).latency(10)
        for each in order:
            both.dispatch(f"#{each}", "click").advance(2)
        both.tell({"last": "x"}).advance(1).tell(message).advance(1).tell(messages[at - 1])
        for _ in range(6):
            both.advance(5)
        both.tell(messages[at - 2]).advance(40)


@pytest.mark.parametrize("rm", REMOVES)
def test_a_row_that_comes_back_with_a_clone_is_as_it_was_copied(judges: Judges, rm: Any) -> None:  # LK-20, MD-2
    """What was typed there, and what waits there for an answer, is in the copy."""
    both = opened(judges, FORMS_IN_ROWS, 1, 2, 4, rm=rm).fill("#items-1i", "7").latency(10).click("#stream")
    both.tell({"last": "x"}).advance(10).fill("#items-2i", "8").tell(all_of(deleted(1), deleted(2)))
    for _ in range(8):
        both.advance(5)
    both.advance(100).tell(all_of(put(1, 3), deleted(2))).advance(100)

    both = opened(judges, IN_A_FORM, 1, 2, 4, rm=rm).latency(20)
    both.fill("#items-2i", "9").tell(all_of(put(2, 4), put(3, 3, 1))).tell(all_of(reset(13, 6), put(5, 3, 3)))
    for _ in range(10):
        both.advance(10)


@pytest.mark.parametrize("rm", REMOVES)
def test_what_waits_in_a_row_goes_with_it(judges: Judges, rm: Any) -> None:  # PA-42, LK-10
    both = opened(judges, FORMS_IN_ROWS, 1, 2, 4, rm=rm).latency(5)
    both.fill("#items-1i", "").press("Tab").tell(reset(2, 13)).tell(all_of(reset(1), put(14, 3, 1), put(4)))
    both.press("Backspace")
    for _ in range(12):
        both.advance(5)


@pytest.mark.parametrize("rm", REMOVES[1:3])
@pytest.mark.parametrize(
    "messages",
    [
        (reset(9, 12), all_of(deleted(12), put(14, 3)), deleted(12)),
        (
            all_of(put(10, 1), put(14, 5, 1)),
            deleted(10),
            all_of(reset(2, 13), deleted(12)),
            all_of(put(14, 0, 3), put(9, 4, 1)),
        ),
        (put(12), all_of(reset(6, 12, 9), put(7, 7), deleted(8), deleted(3)), put(2, 3, 1)),
        (
            all_of(reset(9), put(3, 5, 1)),
            all_of(deleted(9), put(2, 2, 7), put(4, 3, 1)),
            all_of(reset(3, 14), put(7, 3)),
        ),
        (all_of(put(13, 8, 0), put(1, 7, 1)), deleted(13), all_of(reset(3), put(1, 1, 1), deleted(2)), put(4, 7, 1)),
    ],
)
def test_a_row_that_is_put_in_while_it_is_leaving(judges: Judges, rm: Any, messages: tuple[Told, ...]) -> None:
    # PA-42, PA-25, PA-26, HK-17
    """It is patched where it stands, counts for the places of others, and goes all the same; the page says so."""
    for template in (FORMS_IN_ROWS, IN_A_FORM):
        both = opened(judges, template, 1, 2, 4, rm=rm)
        for message in messages:
            both.tell(message)
        for _ in range(20):
            both.advance(10)
        both.tell({"last": "x"}).tell(put(4, 1)).advance(50)


def test_a_field_that_is_left_by_a_row_that_goes_is_heard(judges: Judges) -> None:  # PA-46, PF-12
    both = opened(judges, FORMS_IN_ROWS, 1, 2, 4, rm=JS.transition("f", time=20)).latency(5)
    both.tell(deleted(2)).tell(all_of(reset(13, 5, 3), put(2, 1, 3), put(9, 1, 7))).tell(deleted(11)).advance(40)
    both.fill("#items-4i", "7").advance(16).advance(100)


LEAVES = """<p>{@n}</p><button id="b" phx-click={JS.transition("t", time=50, to="#b")}>b</button><div :if={not @on} id="d" phx-remove={@rm}><input id="x" name="x" phx-blur="e3"></div>"""


@pytest.mark.parametrize("again", [False, True])
def test_a_field_that_is_left_by_what_goes_twice(judges: Judges, again: bool) -> None:  # PA-46, PF-12, LK-19
    """As long as it is to be taken away once more, nobody hears of it."""
    both = opened(judges, LEAVES, rm=JS.transition("f", time=40)).click("#b").fill("#x", "1").tell({"on": True})
    if again:
        both.tell({"n": 7})
    for _ in range(16):
        both.advance(10)


@pytest.mark.parametrize("rm", REMOVES[1:3])
def test_rows_that_are_leaving_as_a_clone_is_released(judges: Judges, rm: Any) -> None:  # LK-20, PA-42, HK-18
    """They are in it as well, and are told; what a command has left of their attributes is not in the copy."""
    both = opened(judges, IN_A_FORM, 1, 2, 4, rm=rm).latency(10).focus("#i").tell(all_of(deleted(1), put(3, 2, 2)))
    both.tell(all_of(reset(11), put(7, 8))).type("1").tell(all_of(reset(), put(6, 2, 1)))
    for _ in range(30):
        both.advance(5)


def test_a_row_that_is_deleted_twice_by_one_message(judges: Judges) -> None:  # PA-23, PA-42
    """A reset takes it away, and it is still there as it is deleted: its phx-remove runs twice."""
    for template in (FORMS_IN_ROWS, IN_A_FORM):
        for message in (all_of(reset(3), deleted(2)), all_of(reset(3), put(1, 1, 1), deleted(2), deleted(4))):
            opened(judges, template, 1, 2, 4, rm=JS.hide(transition="o", time=30)).tell(message).advance(100)
            both = opened(judges, template, 1, 2, 4, rm=JS.hide(transition="o", time=30)).latency(10)
            both.click("#stream").tell(message).advance(200)


def test_a_row_that_waits_leaves_as_it_is_seen(judges: Judges) -> None:  # LK-10, PA-42, HK-10
    """Whether it stays a while, and who is told first, is asked of what is shown."""
    for was, n in ((7, 2), (2, 7)):
        both = opened(judges, ROWS_PUSH, 1, 2, 4, rm=JS.transition("f", time=20)).tell(put(1, was)).latency(20)
        both.click("#items-1").tell(put(1, n)).tell(all_of(reset(7), deleted(2)))
        for _ in range(12):
            both.advance(10)


BLURRED = """<p>{@n} {@last}</p><ul id="stream" phx-update="stream"><li :for={id, item in @streams.items} id={id} phx-hook="Log">{item["n"]}
<input id={id + "i"} name={id} value={item["n"]} phx-blur="e0" phx-focus="e1"><input type="checkbox" id={id + "c"}>
<button id={id + "b"} phx-click="e1" type="button" phx-blur="bb">b</button><select id={id + "s"}><option>1</option><option>2</option></select>
</li></ul>"""


@pytest.mark.parametrize("field", ["b", "i", "c", "s"])
@pytest.mark.parametrize("dropped", [False, True])
def test_the_focus_in_a_row_that_is_taken_out_and_put_in_again(judges: Judges, field: str, dropped: bool) -> None:
    # PF-12, PA-19, PA-23, PA-24
    both = opened(judges, BLURRED, 1, 2, 4).focus(f"#items-2{field}")
    if dropped:
        both.drop().restore().advance(50).press("a").advance(50)
    elif field == "i":
        both.type("7")
    both.tell(reset(2, 9)).press("a").tell(all_of(deleted(2), put(2, 5))).press("b").advance(50)


AROUND_ROWS = """<p>{@n}</p><div id="h" phx-hook="Log"><ul id="stream" phx-update="stream"><li :for={id, item in @streams.items} id={id}>
{item["n"]}</li><li id="tail" class={@last}>t</li></ul></div>"""


def test_a_hook_around_a_list_in_which_nothing_changes(judges: Judges) -> None:  # HK-7, PA-25
    """Rows are not sent again, and a list that has some is another than what is sent; what is no row is."""
    for rows in ((), (1, 2)):
        both = opened(judges, AROUND_ROWS, *rows).tell({"n": 3}).tell({"last": "x"}).tell({"last": "x", "n": 4})
        both.tell(put(1, 3)).tell(deleted(1)).tell(all_of(deleted(1), deleted(2))).tell({"n": 5})


class List(LiveComponent):
    """A component with a stream."""

    def mount(self, socket: Any) -> Any:
        return socket.stream("items", [item(at) for at in (1, 2, 4)])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return {
            "put": put(9, 1, 0),
            "del": deleted(2),
            "all": reset(4, 7, n=3),
            "three": all_of(put(8, 1, 1), deleted(1)),
        }[event](socket)

    render = heex("""<div id="l"><ul id="stream" phx-update="stream"><li :for={id, item in @streams.items} id={id} phx-hook="Log">
    {item["n"]}<input name={id}></li></ul><button :for={each in ("put", "del", "all", "three")} id={each} phx-click={each}
    phx-target={@myself}>b</button></div>""")


@pytest.mark.parametrize("around", ["", "p"])
@pytest.mark.parametrize("first", ["put", "del", "all", "three"])
def test_a_stream_in_a_component_while_all_around_it_waits(
    judges: Judges, first: str, around: str
) -> None:  # LK-10, PA-2
    """A message for the component alone goes to what is seen, if what waits around it has no clone yet, and to the clone if it has."""
    template = '<div id="o" phx-click="none"><p>{@n} {@last}</p><.live_component module={List} id="l" /></div>'
    for then in ("all", "three", "del"):
        both = Lockstep.of(judges, page(template, {"List": List}), logs=LOGS).latency(20)
        both.dispatch("#o", "click").advance(2)
        if around:
            both.tell({"last": "x"}).advance(2)
        both.dispatch(f"#{first}", "click").advance(5).dispatch(f"#{then}", "click")
        for _ in range(10):
            both.advance(7)
        both.dispatch("#put", "click").advance(60)


def test_a_row_that_is_copied_while_it_is_leaving(judges: Judges) -> None:  # LK-10, PA-42, MD-2
    """It comes back with the clone as it was then: with the classes of its transition."""
    both = opened(judges, FORMS_IN_ROWS, 1, 2, 4, rm=JS.transition("f", time=20)).tell(
        all_of(put(13, 7), put(5, 6, 2), put(7, 1))
    )
    both.latency(10).tell(all_of(deleted(7), put(6, 3))).tell(reset()).tell(put(5, 4, 1)).advance(40).click("#items-2")
    for _ in range(40):
        both.advance(10)
