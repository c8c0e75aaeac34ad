"""DT: debounce and throttle, ours and the official client's in lockstep (browser.md 11, DT)."""

from __future__ import annotations

from liveview_core import JS
from tests.harness.counting_pages import events, page, routed
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

FORM = """<p>{@n} {@last}</p><form id="f" phx-change="changed" phx-submit="saved">
<input id="a" name="a" phx-debounce="200"><input id="b" name="b"><button id="s">Save</button></form>"""


def test_dt1_enter_inside_a_debounce(judges: Judges) -> None:
    both = Lockstep.of(judges, page(FORM))
    both.focus("#a").type("xy").advance(100).press("Enter").advance(300)
    assert events(both) == ["saved"]  # DT-11


def test_dt1_a_click_on_submit_inside_a_debounce(judges: Judges) -> None:  # DT-4
    both = Lockstep.of(judges, page(FORM))
    both.focus("#a").type("xy").advance(100).click("#s").advance(300)
    assert events(both) == ["changed", "saved"]


def test_dt1_a_debounce_that_runs_out(judges: Judges) -> None:
    both = Lockstep.of(judges, page(FORM))
    both.focus("#a").type("x").advance(150).type("y").advance(199).advance(1).type("z").press("Tab").advance(500)
    assert events(both) == ["changed", "changed"]  # DT-6, DT-8


BLUR = """<p>{@n} {@last}</p><form id="f" phx-change="changed" phx-submit="saved">
<input id="a" name="a" phx-debounce="blur" phx-blur="left"><input id="b" name="b"><button id="s">Save</button></form>"""


def test_dt2_debounce_until_blur(judges: Judges) -> None:
    for leave in ("Enter", "Tab"):
        both = Lockstep.of(judges, page(BLUR))
        both.focus("#a").type("xy").advance(1000).press(leave).advance(300)
        assert events(both)[0] == "changed"  # DT-9, DT-12
    both = Lockstep.of(judges, page(BLUR))
    both.click("#a").type("xy").click("#s").advance(300)
    both.click("#a").type("z").click("#b").advance(300)
    assert events(both) == ["changed", "left", "saved", "changed", "left"]


def test_dt3_throttled_clicks(judges: Judges) -> None:  # DT-14
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n}</p><button id="b" phx-click="go" phx-throttle="500">go</button><button id="c">x</button>
        <div id="d" phx-click="go" phx-throttle="">d</div>"""
        ),
    )
    both.click("#b").click("#b").advance(400).click("#b").advance(99).click("#b").advance(1).click("#b")
    both.click("#c").click("#b").advance(600).click("#b")  # DT-17: leaving it opened the gate
    both.click("#d").advance(299).click("#d").advance(1).click("#d")
    assert events(both).count("go") == 6


def test_dt4_throttled_keys(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page("""<p>{@n}</p><input id="a" phx-keydown="down" phx-keyup="up" phx-throttle="500">
        <input id="b" phx-keydown="down" phx-throttle="500">"""),
    )
    both.focus("#b").press("a").press("a").press("b").advance(100).press("b").press("c").advance(400).press("c")
    both.advance(99).press("c").advance(1).press("c").advance(900)  # DT-15, DT-16
    both.focus("#a").press("a").press("a").press("b").advance(400).press("b").advance(100).press("c").advance(900)


def test_dt5_focus_and_typing_share_one_cycle(judges: Judges) -> None:  # DT-5
    both = Lockstep.of(
        judges,
        page("""<p>{@n} {@last}</p><form id="f" phx-change="changed"><input id="a" name="a" phx-focus="focused"
        phx-debounce="200"></form>"""),
    )
    both.focus("#a").advance(100).type("x").advance(500)
    assert events(both) == ["changed"]


def test_dt6_what_is_written_in_the_attributes(judges: Judges) -> None:  # DT-1, DT-2
    both = Lockstep.of(
        judges,
        page("""<p>{@n}</p><form id="f" phx-change="changed"><input id="both" name="a" phx-debounce="200" phx-throttle="400">
        <input id="no" name="b" phx-debounce="abc"><input id="empty" name="c" phx-debounce=""><input id="zero" name="d"
        phx-debounce="0"><input id="unit" name="e" phx-debounce="30ms"><input id="bt" name="g" phx-debounce="blur"
        phx-throttle="50"><input id="tb" name="h" phx-throttle="blur"></form>"""),
    )
    both.focus("#both").type("xyz").advance(199).type("z").advance(1).type("z").advance(400)
    both.focus("#empty").type("x").advance(299).advance(1)
    both.focus("#zero").type("x").advance(0).advance(1)
    both.focus("#unit").type("x").advance(29).advance(1)
    both.focus("#bt").type("x").advance(100).type("x").advance(100).blur()
    both.focus("#tb").type("x").advance(100).type("x").advance(100).blur()


def test_dt6_no_number_is_lost(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page("""<form id="f" phx-change="changed"><input id="no" name="b" phx-debounce="abc"></form>"""),
        logs=("invalid throttle/debounce value: abc",),
    )
    both.focus("#no").type("x").advance(1000).blur()
    assert [note.rule for note in both.browser.notes] == ["DT-3"]


def test_dt7_the_element_goes_while_something_waits(judges: Judges) -> None:  # DT-7, DT-19
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n}</p><form id="f" phx-change="changed"><input :if={@on} id="a" name="a" phx-debounce="200">
        <input id="b" name="b"></form><button :if={@on} id="c" phx-click="go" phx-debounce="100">c</button>""",
            state={"on": True},
        ),
    )
    both.click("#c").focus("#a").type("x").focus("#b").tell({"on": False}).advance(300)
    both.tell({"on": True}).focus("#a").type("x").tell({"on": False}).advance(300)  # PF-12


def test_dt8_a_box_behind_its_hidden_twin(judges: Judges) -> None:  # DT-10
    both = Lockstep.of(
        judges,
        page("""<p>{@n}</p><form id="f" phx-change="changed" phx-submit="saved"><input type="hidden" name="on" value="false">
        <input id="a" type="checkbox" name="on" value="true" phx-debounce="300"><button id="s">s</button></form>"""),
    )
    both.click("#a").advance(100).click("#s").advance(400)
    both.click("#a").press("Enter").advance(400)  # DT-13


def test_dt9_two_fields_one_debounced(judges: Judges) -> None:  # DT-20
    both = Lockstep.of(judges, page(FORM))
    both.focus("#a").type("x").advance(50)
    both.focus("#b").type("q").advance(300)


def test_a_debounced_click_is_pushed_even_if_the_element_was_locked_meanwhile(judges: Judges) -> None:
    both = Lockstep.of(judges, page("""<p>{@n}</p><button id="b" phx-click="go" phx-debounce="50">go</button>"""))
    both.latency(40).click("#b").advance(30).click("#b").advance(40).click("#b").advance(200)  # DT-21


def test_throttled_and_debounced_commands(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page(
            """<p id="p">{@n}</p><button id="b" phx-click={@js} phx-throttle="100">go</button>
        <button id="c" phx-click={@js} phx-debounce="100">go</button>""",
            state={"js": JS.push("go").toggle_attribute(("data-on", "1"), to="#p")},
        ),
    )
    both.click("#b").click("#b").advance(100).click("#b").click("#c").click("#c").advance(99).advance(20)


AWAY = """<p>{@n}</p><div id="d" phx-click="go" phx-debounce="100">d</div><.link id="l" navigate="/b">l</.link>
<form id="f" phx-change="changed"><input id="a" name="a" phx-debounce="100"><input id="b" name="b"></form>"""


def test_dt7_the_view_is_left_while_something_waits(judges: Judges) -> None:  # DT-7
    both = Lockstep.of(judges, routed(page(AWAY)))
    both.focus("#a").type("x").click("#d").advance(20).focus("#l").press("Enter").advance(300)
    assert events(both) == ["changed"]  # the field was left


def test_dt7_the_line_is_lost_while_something_waits(judges: Judges) -> None:  # DT-18
    """What comes due meanwhile is lost, and the field counts as used all the same; what comes due later is sent."""
    both = Lockstep.of(judges, routed(page(AWAY)), crashes="restart")
    both.focus("#a").type("x").drop().advance(150).restore().advance(1_000).focus("#b").type("y").advance(20)
    both.click("#d").drop().advance(5).restore().advance(60).advance(60)
    assert "a=x&b=y" in [payload["value"] for _, payload in both.frames if payload["event"] == "changed"]


def test_dt3_a_number_as_parse_int_reads_it(judges: Judges) -> None:  # DT-3
    """In the notation of sixteen, too; what is below nothing is nothing."""
    template = """<form id="f" phx-change="c"><input id="a" name="a" phx-debounce="0x20"><input id="b" name="b" phx-debounce="-5">
    <input id="c" name="c" phx-debounce=" +20.9ms"></form>"""
    both = Lockstep.of(judges, page(template))
    for name in "abc":
        both.fill(f"#{name}", "1").advance(0).advance(19).advance(1).advance(11).advance(1)


def test_pf12_a_field_that_gives_way_to_another_of_its_name(judges: Judges) -> None:  # PF-12, DT-8
    """What was typed is sent as the field is taken out, at the end of the patch: the one that comes is in the form by then."""
    template = """<form id="f" phx-change="c"><input name="z" value={@last}><input id={@id} name="b" value={@v} phx-debounce="100">
    <input id="t" name="t" value={@last}></form>"""
    both = Lockstep.of(judges, page(template, state={"id": "one", "v": ""}))
    both.focus("#one").type("y").tell({"id": "two", "v": "n", "last": "k"}).advance(200)
    assert next(payload["value"] for _, payload in both.frames).count("b=") == 2
    both.focus("#two").type("q").tell({"id": "three", "v": ""}).advance(200)
