"""Unusual and legitimate: a stranger's walk through everything, ours and the official client's in lockstep."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveComponent, LiveView, Reply, heex
from liveview_core.components import portal
from tests.harness.counting_pages import Box, events, page, routed
from tests.harness.upload_tab import named, text
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep


class Inner(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, v="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1).assign(v=str(params))

    render = heex(
        """<p>{@n} {@v}</p><label id="il" for="iq">q</label><form id="if" phx-change="c" phx-submit="s"><input id="iq" name="q">
        <input id="ib" type="checkbox" name="b"></form><button id="ibtn" form="of" name="by" value="inner">outer's</button>
        <.portal id="ip" target="body"><b id="ipb" phx-click="up" phx-hook="Log">{@n}</b></.portal>""",
        names={"portal": portal},
    )


AROUND = """<p>{@n} {@last}</p><label id="ol" for="ib">box</label><form id="of" phx-change="oc" phx-submit="os"><input id="oq" name="q">
<select id="m" name="m[]" multiple><optgroup label="a"><option>1</option><option disabled>2</option></optgroup><optgroup label="b" disabled>
<option>3</option></optgroup><option value="">4</option></select></form><input id="far" form="of" name="far"><.live_render view={Inner} id="in" />
<output form="of" name="o">x</output>"""


def test_labels_and_controls_over_the_borders_of_views(judges: Judges) -> None:
    both = Lockstep.of(judges, page(AROUND, {"Inner": Inner}))
    both.click("#ol").click("#il").fill("#iq", "x").fill("#far", "y").choose("#m", "1", "").choose("#m")
    both.click("#ibtn").latency(20).fill("#oq", "a").press("Enter").click("#ol").advance(100).click("#ibtn").advance(
        100
    )


def test_a_portal_of_a_nested_view(judges: Judges) -> None:
    both = Lockstep.of(judges, page(AROUND, {"Inner": Inner}), crashes="restart")
    both.click("#ipb").tell({"last": "x"}).click("#ipb").drop().advance(50).restore().advance(1_000).click("#ipb")


class Picker(LiveComponent):
    """An upload of its own, with a zone to drop on."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(saved=()).allow_upload("docs", accept="any", max_entries=2, chunk_size=4)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "save":
            socket, saved = socket.consume_uploaded_entries("docs", named)
            return socket.assign(saved=saved)
        return socket

    render = heex(
        """<section id="pick" phx-drop-target={@uploads.docs.ref}><form id="pf" phx-change="c" phx-submit="save" phx-target={@myself}>
        <.live_file_input upload={@uploads.docs} /><button id="save">s</button></form><b id="saved">{",".join(@saved)}</b>
        <i :for={e in @uploads.docs.entries}>{e.client_name} {e.progress}</i></section>"""
    )


def test_a_drop_target_in_a_component(judges: Judges) -> None:
    both = Lockstep.of(judges, page("""<p>{@n}</p><.live_component module={Picker} id="p" />""", {"Picker": Picker}))
    both.drag("#pick", "enter").advance(20).drag("#pick", "drop", text("a.txt", "abcdefgh")).advance(20)
    both.click("#save").advance(100).latency(20).drag("#saved", "drop", text("b.txt", "xy")).advance(100).click(
        "#save"
    ).advance(400)
    assert both.view.element("#saved").text == "b.txt=xy"


PLACES = """<p id="top">{@n} {@last}</p><.link id="one" patch="/b?1#top">1</.link><.link id="two" patch="/b?2" replace>2</.link>
<a id="hash" href="#end">h</a><.link id="three" patch="/a?3#end">3</.link><p id="end">e</p><button id="go" phx-click={@js}>go</button>"""


def test_back_and_forward_over_places_on_the_page(judges: Judges) -> None:
    both = Lockstep.of(judges, routed(page(PLACES, state={"js": JS.patch("/a?js#end").push("after")})))
    for link in ("#one", "#two", "#three", "#go", "#go"):
        both.click(link).advance(20)
    for by in (-1, -1, 1, -1, 1, 1, -1):
        both.go(by).advance(20)
    both.click("#two").advance(20).go(-1).advance(20).go(1).advance(20)


def test_back_while_a_link_is_under_way_and_while_offline(judges: Judges) -> None:
    both = Lockstep.of(judges, routed(page(PLACES, state={"js": JS.patch("/a?js", replace=True)})), crashes="restart")
    both.click("#one").advance(20).latency(30).click("#three").advance(10).go(-1).advance(100)
    both.click("#go").advance(10).tell({"last": "parked"}).advance(100)
    both.latency(0).drop().advance(5).restore().advance(200).go(1).advance(50)


def test_a_form_that_moves_while_it_waits(judges: Judges) -> None:
    template = """<div :for={r in @rows} id={f"w{r}"}><form id={f"f{r}"} phx-change="c"><input id={f"i{r}"} name="v" phx-debounce="50"
    value={@v}></form></div><p>{@n}</p>"""
    both = Lockstep.of(judges, page(template, state={"rows": (1, 2, 3), "v": ""}))
    both.latency(40).fill("#i2", "x").tell({"rows": (3, 2, 1)}).advance(60).fill("#i1", "y").tell(
        {"rows": (2, 4, 1)}
    ).advance(200)
    both.tell({"v": "server"}).advance(100).focus("#i2").type("z").tell({"rows": (2,), "v": "again"}).advance(300)


def test_a_component_that_goes_with_its_waiting_form(judges: Judges) -> None:
    template = """<p>{@n} {@last}</p><div :if={@on} id="d"><.live_component module={Box} id="one" /><form id="f" phx-change="c"
    phx-target="#box-one"><input id="i" name="v"></form></div><button id="t" phx-click={@js}>t</button>"""
    view = page(
        template,
        {"Box": Box},
        state={"on": True, "js": JS.push("go", target="#box-one", loading="#d", page_loading=True)},
    )
    both = Lockstep.of(judges, view, logs=("nothing found matching",))
    both.latency(30).fill("#i", "x").click("#t").tell({"on": False}).advance(20).click("#t").advance(100)
    both.tell({"on": True}).advance(50).click("#t").fill("#i", "z").advance(100)


TOGGLES = """<p>{@n} {@last}</p><button id="b" phx-click={@all}>b</button><div id="a" class="x" data-in={@inner}><u>u</u></div>
<table><tbody><tr id="r" hidden><td>t</td></tr></tbody></table><details id="d" open><summary>s</summary><i id="deep">deep</i></details>"""


def test_commands_on_commands(judges: Judges) -> None:
    inner = JS.toggle(to=("inner", "u")).add_class("in", to="#r").push("inner", value={"a": {"b": [1, None]}})
    every = (
        JS.exec("data-in", to="#a")
        .toggle(to="#r", display="table-row")
        .hide(to="#d")
        .toggle_attribute(("aria-busy", "true", "false"), to="#a, #r")
        .remove_attribute("open", to="#d")
        .transition(("t", "s", "e"), to="#a", time=40)
        .dispatch("app:done", to=("closest", "body"))
        .focus(to="#b")
    )
    both = Lockstep.of(judges, page(TOGGLES, state={"all": every, "inner": inner}))
    for last in ("one", "two", "three"):
        both.click("#b").advance(16).tell({"last": last}).advance(16).advance(60).advance(16)


def test_keys_that_leave_and_come_back(judges: Judges) -> None:
    template = """<p>{@n} {@last}</p><div :if={@on} id="k" phx-window-keydown="w" phx-key="x" phx-throttle="100" phx-value-on="1"></div>
    <div id="box" tabindex="0" phx-keydown="own" phx-keyup="up" phx-blur="left" phx-focus="came"><input id="i" phx-keydown={@js}></div>"""
    both = Lockstep.of(judges, page(template, state={"on": True, "js": JS.push("k").hide(to="#box")}))
    both.press("x").press("X").advance(100).press("x").focus("#box").press("x").press("Tab").press("q").tell(
        {"on": False}
    )
    both.press("x").advance(50).tell({"on": True}).press("x").press("x", "Shift")


def test_a_select_that_is_told_what_it_had(judges: Judges) -> None:
    template = """<form id="f" phx-change="c"><select id="s" name="s"><option :for={o in @opts} value={o} selected={o == @sel}>{o}</option>
    </select><select id="m" name="m[]" multiple size="3"><option :for={o in @opts} value={o} selected={o in @many}>{o}</option></select></form>
    <p>{@n}</p>"""

    def chosen(socket: Any, params: Any) -> Any:
        return socket.assign(sel=params.get("s"), many=tuple(params.get("m", ())))

    both = Lockstep.of(judges, page(template, state={"opts": ("a", "b", "c"), "sel": "b", "many": ()}, c=chosen))
    both.choose("#s", "c").choose("#m", "a", "c").tell({"opts": ("c", "b", "a", "d")}).choose("#m", "d").choose(
        "#s", "a"
    )
    both.latency(30).choose("#s", "d").tell({"opts": ("d", "a")}).advance(100).choose("#m").advance(100)


class Asking(LiveView):
    """Answers every push of a hook with what it has heard so far."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        socket = socket.update("heard", lambda heard: (*heard, params.get("id", event)))
        return Reply(
            socket.push_event("told", {"n": len(socket.assigns.heard)}), {"so far": list(socket.assigns.heard)}
        )

    render = heex(
        """<div id="o" phx-hook="Reply">{len(@heard)}<div :for={at in range(min(len(@heard), 4))} id={f"h{at}"} phx-hook="Reply">
        <i id={f"l{at}"} phx-hook="Listen">{at}</i></div></div><button id="b" phx-click="b">b</button>"""
    )


@pytest.mark.parametrize("latency", [0, 20])
def test_hooks_in_hooks_that_ask(judges: Judges, latency: int) -> None:
    both = Lockstep.of(judges, Asking).latency(latency)
    both.click("#b").advance(50).advance(50).click("#b").advance(200).advance(200)


def test_a_stream_in_a_component_in_a_locked_form(judges: Judges) -> None:
    template = """<form id="f" phx-change="c" phx-submit="s"><input id="i" name="v"><ul id="l" phx-update="stream">
    <li :for={dom_id, row in @streams.rows} id={dom_id}>{row["n"]}<input name={dom_id}></li></ul><button id="b">b</button></form><p>{@n}</p>"""
    view = page(template, begin=lambda s: s.stream("rows", [{"id": 1, "n": 1}, {"id": 2, "n": 2}]))
    both = Lockstep.of(judges, view)
    both.hold().fill("#i", "x").tell(lambda s: s.stream_insert("rows", {"id": 3, "n": 3})).fill(
        "[name=rows-1]", "typed"
    )
    both.click("#b")
    for _ in range(9):
        both.release(1)
    both.release()
    assert events(both)[-1] == "s"
