"""What has no scenario of its own in browser.md 11: orders, first and last times, names that are no commands."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, heex
from liveview_testing.browser.dom.node import root
from liveview_testing.browser.dom.querying import find
from tests.harness.counting_pages import Box, events, page, routed
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep


def test_ce1_the_order_of_what_a_mouse_and_a_key_do(judges: Judges) -> None:  # CE-1, CE-9, PF-1
    """The focus moves with the mousedown; of one click what is clicked away comes before what is clicked."""
    both = Lockstep.of(
        judges,
        page("""<p>{@n}</p><div id="w" phx-click-away="away"></div><input id="a" phx-focus="fa" phx-blur="ba" phx-window-keydown="k">
        <div id="t" tabindex="0" phx-focus="ft" phx-blur="bt" phx-click="ct"><b id="in">x</b></div>
        <button id="btn" phx-click="cb" phx-focus="fb">b</button><p id="plain">plain</p>"""),
    )
    both.click("#a").click("#in").click("#btn", count=2).click("#plain").click("#a").type("x")
    pressed = ["fa", "away", "ba", "ft", "away", "bt", "fb", "away", "away", "fa", "away", "k"]
    assert [each for each in events(both) if each not in ("ct", "cb")] == pressed


def test_ce10_a_link_that_is_followed_is_no_click_away(judges: Judges) -> None:  # CE-10, CE-31
    """Nor a click of what is around it; and the next click starts where the mouse went down for the link."""
    view = page("""<p>{@n}</p><div id="menu" phx-click-away="away">menu</div><div phx-click="around">
    <.link id="l" patch="/a?x=1"><b id="in">l</b></.link></div><p id="plain">p</p>""")
    both = Lockstep.of(judges, routed(view))
    both.click("#in").click("#plain").click("#menu").click("#l").click("#plain")
    assert events(both) == ["live_patch", "away", "live_patch", "away"]


def test_ce4_the_focus_that_a_patch_gives_back_is_heard_by_nobody(judges: Judges) -> None:  # CE-4, PA-21
    view = page(
        """<p>{@n}</p><div id="w"><div :for={r in @rows} id={f"d{r}"}><input id={f"i{r}"} phx-focus="f" phx-blur="b"></div></div>""",
        state={"rows": [1, 2, 3]},
    )
    both = Lockstep.of(judges, view)
    both.focus("#i1").type("x").tell({"rows": [3, 2, 1]}).tell({"rows": [2, 1]}).type("y").tell({"rows": [2]})
    both.tell({"rows": [1, 2]})
    assert events(both).count("f") == 1


def test_jc1_names_and_lists_of_commands(judges: Judges) -> None:  # JC-1, JC-2, MD-5, MD-7
    """A name is one push where an event brings it about; where a command runs it, it stops the list, and the page goes on."""
    view = page(
        """<p>{@n}</p><button id="a" phx-click="plain">a</button><button id="b" phx-click={@js}>b</button>
        <button id="m" data-run="bare" phx-click={@ex}>m</button>""",
        state={"js": JS.push("one").push("two"), "ex": JS.push("before").exec("data-run").push("after")},
    )
    both = Lockstep.of(judges, view, logs=("is not a function",))
    both.click("#a").click("#b").click("#m").click("#a")
    assert events(both) == ["plain", "one", "two", "before", "plain"]


@pytest.mark.parametrize("hidden", [False, True])
def test_jc22_show_hide_and_toggle_of_what_leaves(judges: Judges, hidden: bool) -> None:  # JC-22, PA-43
    style = ' style="display: none"' if hidden else ""
    for js in (
        JS.hide(time=40),
        JS.hide(transition="o", time=40),
        JS.show(transition="o", time=40),
        JS.toggle(in_="i", out="o", time=40),
        JS.toggle(),
    ):
        template = f'<p>{{@n}}</p><div id="d" :if={{@on}} phx-remove={{@js}}{style}>d</div>'
        both = Lockstep.of(judges, page(template, state={"on": True, "js": js}))
        both.tell({"on": False}).advance(20).advance(20).advance(30).tell({"on": True}).advance(50)
        both.close()


def test_hk2_a_hook_that_nobody_has(judges: Judges) -> None:  # HK-1, HK-2
    """Nothing happens but for a word in the log; ours has one note."""
    template = """<p>{@n}</p><div :if={@on} id="d" phx-hook="Nobody">{@n}</div><i id="ok" phx-hook="Log">{@n}</i>"""
    both = Lockstep.of(judges, page(template, state={"on": False}), logs=("unknown hook",))
    both.tell({"on": True}).tell({"n": 2}).tell({"on": False})


def test_hk21_a_hook_that_pushes_while_the_line_is_cut(judges: Judges) -> None:  # HK-21, CN-25
    view = page(
        """<p>{@n}</p><div id="u" phx-hook="OnUpdate">{@last}</div><div id="r" :if={@on} phx-hook="Reply"></div>""",
        state={"on": False},
    )
    both = Lockstep.of(judges, view, logs=("unable to push",))
    both.tell({"last": "x"}).latency(20).tell({"on": True}).advance(10).drop().advance(50).restore().advance(1_000)
    both.advance(31_000)


def test_hk26_events_of_a_diff_that_waits_for_a_link(judges: Judges) -> None:  # HK-26, CN-24
    """They are heard with the diff."""
    view = page("""<p>{@n} {@last}</p><.link id="l" patch="/a?x=1">l</.link><i id="h" phx-hook="Listen"></i>""")
    both = Lockstep.of(judges, routed(view)).latency(20).click("#l").advance(5)
    both.tell(lambda socket: socket.push_event("told", {"a": 1}).assign(last="x")).advance(25)
    assert "phx:told" not in [name for name, *_ in both.events]
    both.advance(100)
    assert "phx:told" in [name for name, *_ in both.events]


ONE = heex('<p>{@n}</p><section><input id="i"></section>')
OTHER = heex('<b>{@n}</b><input id="i"><i>x</i>')


class Either(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(on=False, n=0)

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(**message)

    def render(self, assigns: Any) -> Any:
        return ONE(assigns) if assigns.on else OTHER(assigns)


def test_pa18_other_statics_at_the_root(judges: Judges) -> None:  # PA-18
    """An ordinary patch: a field with an id goes along, with what was typed."""
    both = Lockstep.of(judges, Either)
    both.fill("#i", "typed").tell({"on": True}).tell({"n": 1}).tell({"on": False})


def test_pa29_rows_know_their_stream(judges: Judges) -> None:  # PA-29
    view = page(
        """<p>{@n}</p><ul id="l" phx-update="stream"><li :for={id, i in @streams.items} id={id}>{i["n"]}</li></ul>""",
        begin=lambda socket: socket.stream("items", [{"id": 1, "n": 0}]),
    )
    both = Lockstep.of(judges, view)
    both.tell(lambda socket: socket.stream_insert("items", {"id": 2, "n": 5})).tell({"n": 1})
    assert [each.get("data-phx-stream") for each in find(root(both.browser.document), "li")] == ["0", "0"]


def test_fi24_a_form_that_was_triggered_is_left_alone(judges: Judges) -> None:  # FI-24
    """The page is gone by then."""
    template = """<form id="f" action="/else" method="post" phx-trigger-action={@on}><input name="a" value={@n}></form><p>{@n}</p>"""
    both = Lockstep.of(judges, page(template, state={"on": False}))
    both.tell({"on": True}).tell({"n": 2})
    assert both.left == [["submit", "/else", [["a", "0"]]]]


def test_md4_kinds_of_later(judges: Judges) -> None:  # MD-4, MD-1
    """A microtask before the next message, a frame before a timer of as much, a timer at its instant; what is private is in no attribute."""
    view = page(
        """<p>{@n}</p><div :if={@on} id="h" phx-hook="Reply">{@n}</div><button id="b" phx-click={@js}>b</button>
        <form id="f" phx-change="c"><input id="i" name="i" phx-debounce="16"></form>""",
        state={"on": False, "js": JS.hide(to="#p")},
    )
    both = Lockstep.of(judges, view)
    both.hold().tell({"on": True}).tell({"n": 5}).release().fill("#i", "x").click("#b").advance(15).advance(1).advance(
        1
    )
    assert "has-focused" not in root(both.browser.document).html()


LIST = """<p>{@n}</p><ul id="rows" phx-update="stream" phx-viewport-top="up" phx-viewport-bottom="down">
<li :for={id, i in @streams.items} id={id}><b id={f"b-{id}"}>{i["n"]}</b></li></ul>"""


def test_ce49_scrolling_to_the_ends_of_a_list(judges: Judges) -> None:  # CE-49, CE-50, CE-52, CE-54, CE-55
    """Each end at once, then what was kept back first at the end of half a second."""
    items = [{"id": each, "n": each} for each in range(3)]
    both = Lockstep.of(judges, page(LIST, begin=lambda socket: socket.stream("items", items)))
    both.scroll("#b-items-2").advance(20).scroll("#b-items-1").scroll("#b-items-0").advance(100).scroll("#b-items-2")
    both.advance(100).scroll("#b-items-2").advance(600).advance(600).scroll("#b-items-2").advance(20)
    assert events(both) == ["down", "up", "down", "down"]


def test_ce53_while_a_push_is_unanswered_nothing_is_pushed(judges: Judges) -> None:  # CE-53
    items = [{"id": each, "n": each} for each in range(3)]
    view = page(
        LIST,
        begin=lambda socket: socket.stream("items", items),
        down=lambda socket, _: socket.stream_insert("items", {"id": 9, "n": 9}),
    )
    both = Lockstep.of(judges, view)
    both.latency(50).scroll("#b-items-2").advance(20).scroll("#b-items-2").advance(200).scroll("#b-items-9")
    both.advance(300).advance(600)


def test_hk28_commands_of_a_hook(judges: Judges) -> None:  # HK-28, JC-35
    template = """<p>{@n}</p><div id="d" :if={@on} phx-hook="Js">d</div>"""
    both = Lockstep.of(judges, page(template, state={"on": False}))
    both.tell({"on": True}).advance(20).advance(20).advance(30).tell({"n": 3})


def test_hk22_a_hook_pushes_to_what_a_selector_means(judges: Judges) -> None:  # HK-22
    """To each match, with the component that it is in."""
    template = """<p>{@n}</p><.live_component module={Box} id="1" /><.live_component module={Box} id="2" />
    <div id="d" :if={@on} phx-hook="To">d</div>"""
    both = Lockstep.of(judges, page(template, {"Box": Box}, state={"on": False}))
    both.tell({"on": True}).latency(20).tell({"on": False}).advance(50).tell({"on": True}).advance(100)
    assert events(both) == ["to"] * 4


def test_hk30_the_focus_goes_round_in_a_focus_wrap(judges: Judges) -> None:  # HK-30, PF-10
    template = """<p>{@n}</p><button id="out">o</button><.focus_wrap id="w" :if={@on}><input id="a"><button id="b">b</button>
    </.focus_wrap><button id="end">e</button>"""
    both = Lockstep.of(judges, page(template, state={"on": False}))
    both.click("#out").tell({"on": True}).advance(40)
    for _ in range(4):
        both.press("Tab").advance(40)
    for _ in range(4):
        both.press("Tab", "Shift").advance(40)
    both.click("#end").press("Tab", "Shift").advance(40).tell({"on": False})


def test_pa15_what_can_be_edited_and_what_has_files(judges: Judges) -> None:  # PA-15, FI-15
    """Text in `contenteditable` is patched like any other; the value of a file input is never written."""
    template = """<p>{@n}</p><div id="c" contenteditable>{@last}<b>x</b></div>
    <form id="f"><input type="file" id="file" name="file" value={@last}></form>"""
    both = Lockstep.of(judges, page(template))
    both.tell({"last": "y"}).tell({"last": "z"})
