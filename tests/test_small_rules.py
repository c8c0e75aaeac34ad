"""Rules that no other file is about: small ones, and what follows from how things are made here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from liveview_core import JS, Assigns, LiveComponent, LiveSession, LiveView, Route, Router, Socket, attr, heex, slot
from liveview_core.components import link
from liveview_core.declarations.attribute_types import DeclarationError
from liveview_core.errors import BadOption, LiveViewError, NavigationError, StreamError
from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.rendering.rendered import ComponentRef, Comprehension, Rendered, rendered_to_text
from liveview_core.values.assigns import assigns_to_attributes
from liveview_core.values.streams import Streams
from liveview_testing import Simulation, live
from liveview_testing.browser.page.page import Page
from tests.harness.client import Client, joined
from tests.harness.stage import Stage


@frozen
class Row:
    id: int


def streams_of(socket: Socket) -> Streams:
    found: Streams = socket.assigns.streams
    return found


# --- socket and assigns ---------------------------------------------------------------------------------------------------


def test_connected() -> None:
    """SK-3: only where a client holds the line."""
    seen: list[bool] = []

    class View(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            seen.append(socket.connected)
            return socket

        render = heex("<p></p>")

    joined(View)
    assert seen == [False, True]
    assert (Socket().connected, Socket(connected=True).connected) == (False, True)


def test_only_assigning_marks() -> None:
    """AS-10: a value that is changed in place has not changed for anybody."""

    class View(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(rows=[1])

        def handle_info(self, msg: Any, socket: Socket) -> Any:
            return msg(socket)

        render = heex("<p>{len(@rows)}</p>")

    client = joined(View)
    rows = client.assigns.rows
    rows.append(2)
    assert client.info(lambda socket: socket) == []
    assert client.info(lambda socket: socket.assign(rows=rows)) == []  # the same list: nothing to compare it with
    assert client.info(lambda socket: socket.assign(rows=[*rows])) == []  # equal to what is held by now
    assert client.info(lambda socket: socket.assign(rows=[*rows, 3])) == [("diff", {"0": "3"})]


def test_assigns_as_attributes() -> None:
    """AS-25: what is LiveView's own, and what the caller names, is no attribute; of assigns, or of an entry of a slot."""
    button = heex('<button {assigns_to_attributes(assigns, ["label"])}>{@label}</button>')
    assert text(button, label="Save", inner_block=[], **{"class": "big"}) == '<button class="big">Save</button>'
    entry = {"__slot__": "col", "inner_block": None, "label": "Name", "width": 5}
    assert assigns_to_attributes(entry, ["label"]) == {"width": 5}


# --- streams --------------------------------------------------------------------------------------------------------------


def test_where_streams_live() -> None:
    """ST-1, ST-2, ST-3: one assign holds all, by name; pending operations are all they have, the newest first."""
    socket = Socket().stream("a", [Row(1)], limit=5).stream("b", []).stream_delete("a", Row(9))
    socket = socket.stream_insert("a", Row(2), at=0).stream_delete_by_dom_id("a", "x")
    streams = streams_of(socket)
    a = streams.a
    assert ("a" in streams, "c" in streams, a.name, a.ref, streams.b.ref) == (True, False, "a", "0", "1")
    assert list(a.inserts) == [("a-2", 0, Row(2), None, False), ("a-1", -1, Row(1), 5, None)]
    assert list(a.deletes) == ["x", "a-9"]
    assert socket.changed("streams")


def test_inserting_and_deleting() -> None:
    """ST-8, ST-9: defaults of an insert; a delete by item or by DOM id, verbatim; newest first on the wire."""
    stage = Stage(
        heex("<ul id='u' phx-update='stream'><li :for={id, row in @streams.rows} id={id}>{row.id}</li></ul>"),
        setup=lambda socket: socket.stream("rows", []),
    )
    diff = stage.do(
        lambda socket: (
            socket.stream_insert("rows", Row(1))
            .stream_insert("rows", Row(2), at=0, limit=-3, update_only=True)
            .stream_delete("rows", Row(7))
            .stream_delete_by_dom_id("rows", "any thing")
        )
    )
    assert diff["0"]["stream"] == ["0", [["rows-2", 0, -3, True], ["rows-1", -1, None, False]], ["any thing", "rows-7"]]


def test_streams_are_never_inherited() -> None:
    """ST-13: `streams` is no name for assign_new."""
    with pytest.raises(ValueError, match="the assign 'streams' is reserved"):
        Socket().assign_new("streams", Streams)


def test_the_join_sends_all_again() -> None:
    """ST-20, ST-31: what the first HTML showed, without its limit, is in the join once more."""

    class View(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.stream("rows", [Row(1), Row(2), Row(3)], limit=2)

        render = heex("<ul id='u' phx-update='stream'><li :for={id, row in @streams.rows} id={id}>{row.id}</li></ul>")

    client = Client(View)
    rows = "".join(f'<li id="rows-{n}">{n}</li>' for n in (1, 2, 3))
    assert f"<ul id='u' phx-update='stream'>{rows}</ul>" in client.html
    ((_, response),) = client.join()
    kept = response["rendered"]["0"]
    assert kept["k"]["kc"] == 3
    assert kept["stream"] == ["0", [[f"rows-{n}", -1, 2, None] for n in (3, 2, 1)], []]


def test_an_empty_stream_is_there() -> None:
    """ST-23: unlike another empty comprehension it is sent, with its statics, which then are known."""
    stage = Stage(
        heex("<ul id='u' phx-update='stream'><li :for={id, row in @streams.rows} id={id}>{row.id}</li></ul>"),
        setup=lambda socket: socket.stream("rows", []),
    )
    assert stage.join["0"] == {"k": {"kc": 0}, "s": 0, "stream": ["0", [], []]}
    assert "s" not in stage.do(lambda socket: socket.stream_insert("rows", Row(1)))["0"]


def test_a_stream_is_walked_in_one_place() -> None:
    """ST-10, ST-15: by a comprehension of its own; anything else says so."""
    socket = Socket().stream("rows", [Row(1)])
    walks: dict[str, Callable[[Any], object]] = {
        "iterated": list,
        "indexed or sliced": lambda rows: rows[0],
        "searched": lambda rows: 1 in rows,
    }
    for what, walk in walks.items():
        with pytest.raises(StreamError) as error:
            walk(streams_of(socket).rows)
        assert str(error.value) == (
            f"stream 'rows' cannot be {what}: its items are on the page, not on the server\n"
            "  expected: the stream itself in a template's `:for={dom_id, item in @streams.rows}`\n"
            "  cure: put what you need into the items before you insert them, or keep a list of your own in an assign"
        )
    with pytest.raises(StreamError):
        socket.stream_insert("other", Row(1))


# --- navigation and routes ------------------------------------------------------------------------------------------------


def test_links_are_looser() -> None:
    """NV-7: a link may be relative, where push_navigate may not."""
    assert 'href="next?x=1"' in text(link, navigate="next?x=1", inner_block=[])
    assert JS.navigate("next") is not None
    with pytest.raises(NavigationError):
        Socket().push_navigate("next")


def test_a_session_of_the_request() -> None:
    """RT-7: a live session's session may be a function of the connection's."""

    class View(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(session=session)

        render = heex("<p></p>")

    extra = lambda connection: {"role": f"{connection['user']}'s"}
    router = Router([LiveSession("s", [Route("/", View)], session=extra)])
    client = joined(View, router=router, connection={"user": "ann"})
    assert client.assigns.session == {"user": "ann", "role": "ann's"}


# --- templates ------------------------------------------------------------------------------------------------------------


def text(template: Any, **assigns: Any) -> str:
    rendered = template(Assigns(assigns, None))
    assert isinstance(rendered, Rendered)
    return rendered_to_text(rendered)


class Part(LiveComponent):
    def update(self, assigns: Any, socket: Socket) -> Any:
        return socket.assign(given=sorted(name for name, _ in assigns), label=assigns.label)

    render = heex("<i>{@label} {' '.join(@given)}</i>")


def test_what_a_dynamic_gives() -> None:
    """EN-1, EN-2, EN-3: text, a template, a comprehension, the place of a component; all of them where nothing is tracked."""
    template = heex(
        "<p>{@a}{@a and shown(assigns)}<b :for={x in @xs}>{x}</b>"
        "<.live_component module={Part} id='p' label='l' /></p>",
        names={"shown": heex("<q></q>"), "Part": Part},
    )
    whole = template(Assigns({"a": "t", "xs": [1]}, {}))
    assert isinstance(whole, Rendered)
    kinds = [type(value) for value in whole.evaluate(False).values()]
    assert kinds == [str, Rendered, Comprehension, ComponentRef]
    assert len(whole.part.statics) == len(kinds) + 1
    assert list(whole.evaluate(True)) == ["1"]  # only what reads the whole of assigns (EN-11)


def test_a_live_component_gets_all_of_its_arguments() -> None:
    """EN-18, CP-10: no marks of change go along; update gets everything whenever anything changed."""
    stage = Stage(
        heex("<p><.live_component module={Part} id='p' label={@label} other={@other} /></p>"), label="a", other=1
    )
    assert "<i>a id label other</i>" in stage.html
    assert stage.set(other=2) == {"0": 1}  # evaluated and placed again; the component itself shows nothing else
    assert stage.set(label="b")["c"] == {"1": {"0": "b"}}


def test_pieces_are_templates_of_their_own() -> None:
    """TG-38, TG-39: under :if, :for and in blocks, each with its own statics; without else and untrue it is empty text."""
    stage = Stage(
        heex("<p><b :if={@on}>x</b><i :for={n in @ns}>{n}</i><%= if @on: %>y{@on}<% end %></p>"), on=False, ns=[]
    )
    assert (stage.join["0"], stage.join["1"], stage.join["2"]) == ("", "", "")
    diff = stage.set(on=True, ns=[1])
    assert diff["p"] == {"0": ["<b>x</b>"], "1": ["<i>", "</i>"], "2": ["y", ""]}


def test_what_a_client_may_skip() -> None:
    """MG-6: a diff of nothing leaves the page as it was."""
    page = Stage(heex("<p>{@n}</p>"), n=1).page
    assert isinstance(page, Page)
    assert page.patch({}).page.wire_text() == page.wire_text() == "<p>1</p>"


def test_defaults_are_the_clients() -> None:
    """JS-7: what was not said is not sent."""
    commands = JS.show(to="#a").hide(to="#a").toggle(to="#a").dispatch("e").transition("fade")
    assert [sorted(args) for _, args in commands.ops] == [["to"], ["to"], ["to"], ["event"], ["transition"]]


def test_declarations_belong_to_their_component() -> None:
    """DC-1, DC-10: they are given to it, and to no other; a slot may declare attributes, which no global may be."""
    row = heex("<td>{@n}</td>", attr("n", int, default=7), slot("col", attr("label", str)))
    assert text(row) == "<td>7</td>"
    with pytest.raises(KeyError):
        text(heex("<td>{@n}</td>"))
    with pytest.raises(DeclarationError):
        slot("col", attr("rest", "global"))
    assert slot("col", attr("label", str)).name == "col"


def test_prefixes_of_globals() -> None:
    """DC-25, DC-21: a project's own; each ends with a dash."""
    mine = heex.using(global_prefixes=["hx-"])
    assert text(mine("<p {@rest}></p>", attr("rest", "global")), **{"hx-get": "/a"}) == '<p hx-get="/a"></p>'
    with pytest.raises(BadOption) as error:
        heex.using(global_prefixes=["hx"])
    assert str(error.value) == (
        "a global prefix ends with a dash\n  expected: prefixes of attribute names, such as 'hx-'\n"
        "  got: 'hx'\n  cure: write 'hx-'"
    )


def test_a_template_with_a_mistake_is_never_made() -> None:
    """ER-6: while a suspicion is only told."""
    with pytest.raises(TemplateSyntaxError):
        heex("<p>")
    with pytest.warns(Warning, match="id"):
        suspicious = heex("<input name='id'>")
    assert text(suspicious) == "<input name='id'>"


# --- the browser's side ---------------------------------------------------------------------------------------------------


class Shown(LiveView):
    """What a browser sends, kept in `@log`."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(log=(), n=0, mounts=(socket.get_connect_params() or {}).get("_mounts"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.assign(log=(*socket.assigns.log, (event, params)), n=socket.assigns.n + 1)

    render = heex(
        "<div><button id='b' phx-click='go' phx-value-a='1' phx-value-b-c='2' value='v'>+</button>"
        "<div id='kept' phx-update='ignore' data-n={@n} class={f'c{@n}'}><i>{@n}</i></div>"
        "<div id='put' phx-update='replace' class={f'c{@n}'}>{@n}</div>"
        "<p phx-focus='f' phx-blur='l' phx-keydown='k' phx-key='Enter' id='p' tabindex='0'></p></div>"
    )


def test_values_of_an_element() -> None:
    """CH-3: what stands in phx-value-…, under the name after the prefix, and the element's own value."""
    view = live(Shown)
    view.element("#b").render_click()
    assert view.assigns.log == (("go", {"a": "1", "b-c": "2", "value": "v"}),)


def test_bindings() -> None:
    """CH-4: an event binding names its event; phx-key says which key."""
    view = live(Shown)
    view.element("#p").render_focus()
    view.element("#p").render_keydown({"key": "Enter"})
    view.element("#p").render_blur()
    assert [name for name, _ in view.assigns.log] == ["f", "k", "l"]


def test_what_is_ignored_and_what_is_replaced() -> None:
    """CH-5, CH-6: an ignored element keeps its children and attributes, but for `data-…`; replacing is what else happens."""
    view = live(Shown)
    view.element("#b").render_click()
    kept = view.element("#kept")
    assert kept.attributes == {"id": "kept", "phx-update": "ignore", "data-n": "1", "class": "c0"}
    assert kept.text == "0"
    put = view.element("#put")
    assert (put.attributes["class"], put.text) == ("c1", "1")


def test_what_a_page_may_not_be() -> None:
    """TK-1, TK-2: ids that stand twice are found; a selector that fits many elements is refused."""
    view = live(Shown)
    with pytest.raises(LiveViewError):
        view.element("div").render_click()
    assert view.assigns.log == ()


def test_after_live_navigation() -> None:
    """TK-4, TK-5, CH-2: the container of the new view, its mounts counted from 0 again."""

    class There(Shown):
        container = ("section", {"class": "there"})

    router = Router([Route("/", Shown), Route("/there", There)])
    view = live("/", router=router)
    assert view.assigns.mounts == 0
    there = view.live_redirect("/there")
    (join, *_) = [frame for frame in there.wire if frame.event == "phx_join"]
    (reply, *_) = [frame for frame in there.wire if frame.event == "phx_reply"]
    assert (join.payload["redirect"], join.payload["params"]["_mounts"]) == ("http://www.example.com/there", 0)
    assert reply.payload["response"]["container"] == ["section", {"class": "there"}]
    there.element("#b").render_click()
    assert {frame.event for frame in (*view.wire, *there.wire) if frame.direction == "server"} == {"phx_reply"}


class Inner(Shown):
    render = heex("<button id='inner' phx-click='inner'></button>")


class Outer(Shown):
    render = heex("<div><button id='outer' phx-click='outer'></button>{live_render(@socket, Inner, id='in')}</div>")


def test_scopes() -> None:
    """TK-3: what is clicked in a child is the child's, which sees nothing of its parent."""
    view = live(Outer)
    child = view.find_live_child("in")
    assert child is not None
    child.element("#inner").render_click()
    assert (child.assigns.log, view.assigns.log) == ((("inner", {"value": ""}),), ())
    assert not child.has_element("#outer")


def test_what_survives_a_crash(sim: Simulation) -> None:
    """ER-5: the client joins again; of the old assigns nothing is left."""

    class Fragile(Shown):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            if params and params.get("a") == "1" and socket.assigns.n == 1:
                raise ZeroDivisionError
            return super().handle_event(event, params, socket)

    sim.crashes.contain()
    view = sim.live(Fragile)
    view.element("#b").render_click()
    assert view.assigns.n == 1
    view.element("#b").render_click()
    assert (len(sim.crashes), view.assigns.n, view.assigns.mounts) == (1, 0, 1)
