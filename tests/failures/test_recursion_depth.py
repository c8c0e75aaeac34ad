"""What nests too deep, has no end, or is no text: errors of ours, before anything has happened."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import JS, Assigns, LiveView, Reply, Socket, component, heex, raw
from liveview_core.errors import BadOption, NotData, TooDeep
from liveview_core.protocol.params import BadQuery, decode
from liveview_core.rendering.rendered import Rendered
from liveview_testing import Html, Simulation, TextNotFound, View, expect, live

ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


class Plain(LiveView):
    """Shows what it is sent."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(t="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "deep":
                return socket.assign(t=raw("<b>" * 2000 + "</b>" * 2000))
            case "loop":
                return self.handle_event(event, params, socket)
            case _:
                return socket.assign(t=str(params.get("t")))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket

    render = heex("""<p>{@t}</p><form id="f" phx-change="c"><input type="text" name="t" /></form>""")


def test_a_page_that_is_too_deep() -> None:
    """Nothing has happened; what a callback does to itself stays its own error."""
    view = live(Plain)
    before = view.sim.world
    with pytest.raises(TooDeep, match="a page, or a value, is nested too deeply"):
        view.render_click("deep")
    with pytest.raises(RecursionError) as own:
        view.render_click("loop")
    assert type(own.value) is RecursionError
    assert view.sim.world is before


def test_values_without_an_end() -> None:
    """Refused where they would be sent; in a transcript they are cut."""
    view = live(Plain)
    for act in (
        lambda: view.render_click("c", {"t": ENDLESS}),
        lambda: view.render_change("c", {"t": ENDLESS}),
        lambda: view.form("#f", {"t": ENDLESS}),
        lambda: view.form("#f").render_change({"t": ENDLESS}),
        lambda: view.assert_push_event("x", ENDLESS),
    ):
        with pytest.raises((BadOption, NotData), match=r"a value contains itself|as JSON: it contains itself"):
            act()
    view.send(ENDLESS)
    assert "…]]]" in view.sim.trace.decode()


@pytest.mark.parametrize("inside", [":not(", ":is(", ":has("])
def test_selectors_and_outlines_without_an_end(inside: str) -> None:
    """Where they are read."""
    selector = "p" + inside * 500 + "p" + ")" * 500
    page = Simulation().page(Plain)
    for act in (
        lambda: live(Plain).has_element(selector),
        lambda: page.locator(selector).count(),
        lambda: expect(page).to_match_aria_snapshot("\n".join(f"{'  ' * each}- list:" for each in range(500))),
    ):
        with pytest.raises(TooDeep, match="is nested too deeply"):
            act()


def test_names_nest_a_hundred_levels() -> None:
    """No further: each level costs more than the text it is written with."""
    assert "a" in decode("a" + "[b]" * 100 + "=1")
    with pytest.raises(BadQuery, match="the name of a param nests too deep"):
        decode("a" + "[b]" * 101 + "=1")


def test_html_of_any_depth_is_compared() -> None:
    """And in time: marks that never end are not looked for again and again."""
    deep = "<b>" * 5000 + "x" + "</b>" * 5000
    assert Html(deep) == deep + " "
    assert Html(deep) != deep.replace("x", "y")
    began = time.process_time()
    for mark in ("<!--", "<!", "<a ", "</a ", "<!-- a -->"):
        assert Html(mark * 20_000) != mark * 20_000 + "<b>"
    assert time.process_time() - began < 10


def test_half_a_surrogate_pair() -> None:
    """A form sends U+FFFD for it, as a browser does; a transcript escapes it."""
    view = live(Plain)
    view.form("#f", {"t": "\ud800"}).render_change()
    assert view.element("p").text == "\ufffd"
    view.render_click("c", {"t": "\ud800"})
    assert b"\\ud800" in view.sim.trace
    assert view.steps[-1].bytes > 0


def test_half_a_character_passes() -> None:
    """In values of every kind; what is shown to people can be printed."""
    view = live(Plain)
    html = view.render_click("c", {"t": "\ud800"})
    assert "\ud800" in html
    assert "a\ufffd\ufffd" in view.form("#f", {"t": "a\udfff\ud800"}).render_change()  # as a browser encodes a form
    html = view.render_click("c", {"t": "\ud800"})
    repr(html).encode()
    assert "\\ud800" in repr(html)
    assert view.has_element("p", "\ud800")
    with pytest.raises(TextNotFound) as caught:
        view.element("p", "\udbff").render_click()
    str(caught.value).encode()
    assert b"phx_join" in view.sim.trace
    assert len(view.sim.digest) == 32
    str(BadOption("a", got="\udfff")).encode()


@pytest.mark.parametrize("levels", [300, 600, 5000])
def test_raw_islands(levels: int) -> None:
    """They are read, or told to be too deep; nothing between."""

    class Island(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(n=levels)

        render = heex("<div id='r'>{raw('<i>' * @n + 'x' + '</i>' * @n)}</div>")

    try:
        view = live(Island)
    except TooDeep as error:
        assert levels > 300
        assert "nested too deeply" in str(error)  # noqa: PT017
    else:
        assert view.element("#r").text == "x"


@component()
def branch(assigns: Assigns) -> Rendered:
    return BRANCH(assigns)


BRANCH = heex("<i>.<b :if={@n > 0}><.branch n={@n - 1} /></b></i>")


class Tree(LiveView):
    """A component that calls itself."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=session["n"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex('<p id="p" phx-click="grow"><.branch n={@n} /></p>')


READS: list[Callable[[View], object]] = [
    lambda view: view.element("p").text,
    lambda view: view.has_element("i i b i"),
    lambda view: view.has_element("i", "zz"),
    lambda view: view.refute_has("#zz"),
    lambda view: view.render(),
    lambda view: view.document,
    lambda view: view.element("p").render_click(),
    lambda view: view.fork().element("p").render_click(),
    lambda view: view.page.content(),
    lambda view: view.page.aria_snapshot(),
    lambda view: view.page.get_by_role("paragraph").count(),
    lambda view: view.page.get_by_text("zz").count(),
    lambda view: view.page.get_by_label("zz").count(),
    lambda view: view.page.locator("i >> b").count(),
    lambda view: view.page.locator("p").inner_text(),
    lambda view: view.page.locator("p").click(),
    lambda view: expect(view.page.locator("p")).to_be_visible(),
    lambda view: expect(view.page.get_by_text("zz")).to_have_count(0),
]


@pytest.mark.parametrize("n", [60, 110, 190])
def test_who_reads_a_deep_page(n: int) -> None:
    """A page that can be rendered is read, or is too deep to be read: never an error of ours by mistake."""
    told = set[str]()
    for read in READS:
        try:
            read(live(Tree, session={"n": n}))
        except TooDeep as error:
            told.add(error.happened)
    assert told <= {"a page, or a value, is nested too deeply", "the page is nested too deeply"}
    assert n > 60 or not told


class Says(LiveView):
    """Pushes, and answers, what it was told to."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(says=session["says"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket | Reply:
        says = socket.assigns.says
        return Reply(socket, says) if event == "reply" else socket.push_event("x", says)

    render = heex("<p>x</p>")


def test_data_without_an_end() -> None:
    """What travels as JSON ends somewhere."""
    deep: dict[str, Any] = {}
    for _ in range(3000):
        deep = {"a": deep}
    for value in (ENDLESS, deep, {"a": ENDLESS}):
        with pytest.raises(NotData, match="it contains itself, or nests too deep") as raised:
            JS.push("x", value={"a": value})
        assert raised.value.cure == "send a part of it, or a flat list"
        with pytest.raises(NotData, match="it contains itself, or nests too deep"):
            live(Says, session={"says": {"a": value}}).render_click("push")
        with pytest.raises((NotData, TooDeep), match="nest"):
            live(Says, session={"says": {"a": value}}).render_click("reply")


def nested(levels: int) -> list[Any]:
    """A list in a list in a list …"""
    found: list[Any] = []
    for _ in range(levels):
        found = [found]
    return found


MUTUAL: dict[str, Any] = {}
MUTUAL["pair"] = (MUTUAL, [MUTUAL])
ERROR = ValueError()
ERROR.args = (ERROR,)


@pytest.mark.parametrize("value", [ENDLESS, MUTUAL, ERROR, nested(5000)], ids=["itself", "mutual", "error", "deep"])
def test_a_script_with_a_value_that_has_no_end(value: Any) -> None:
    """Two scripts that hold it cannot be compared, and it says so; the world goes on, and the script is shown."""
    views = [live(Plain), live(Plain)]
    for view in views:
        view.send(value)
    one, other = (view.sim.script for view in views)
    comparisons: list[Callable[[], object]] = [
        lambda: one == other,
        lambda: one != other,
        lambda: one[-1] == other[-1],
        lambda: other[-1] in one,
        lambda: hash(one),
        lambda: hash(one[-1]),
    ]
    for compare in comparisons:
        with pytest.raises(TooDeep, match=r"^what an act was given is nested too deeply"):
            compare()
    assert one[:1] == other[:1]
    assert "send" in str(one)
    assert "Act(" in repr(one)
    views[0].send(1)
