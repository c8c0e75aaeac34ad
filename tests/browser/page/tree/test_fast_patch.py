"""Small messages go in as a merge would have put them in, and bring nothing that anybody would have to look at."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, heex
from liveview_testing import View, live
from liveview_testing.browser.page.finding.problems import problems
from liveview_testing.browser.page.page import Page, Patched
from liveview_testing.browser.page.tree.tree import WireError
from tests.browser.page import test_traces


def agree(page: Page, diff: dict[str, Any]) -> bool:
    """Whether the message is brief; then the page is the one that a merge makes, of which nothing else comes."""
    brief = page.patch_briefly(diff)
    if brief is None:
        return False
    merged = page.merge(diff)
    assert (brief.html(), brief.wire_text(), brief.title) == (merged.page.html(), merged.page.wire_text(), page.title)
    assert brief.present() == merged.page.present()
    assert brief.registry() == merged.page.registry()
    assert merged[1:6] == ((), None, False, False, ())
    assert merged.page.templates is page.templates
    assert not list(problems(page, merged.page, merged.brought))
    for dom_id in {node.id for node in merged.page.root.iter() if node.id}:
        assert [node.path for node in brief.by_id(dom_id)] == [node.path for node in merged.page.by_id(dom_id)]
    return True


def test_what_phoenix_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every recorded message that is brief; a good part of them is."""
    brief: list[bool] = []
    original = Page.patch

    def patch(page: Page, diff: dict[str, Any]) -> Patched:
        brief.append(agree(page, diff))
        return original(page, diff)

    monkeypatch.setattr(Page, "patch", patch)
    for name in test_traces.NAMES:
        list(test_traces.played(name))
    for run in range(0, 150, 10):
        test_traces.test_random_templates(run)
    for run in range(24):
        test_traces.test_stateful_views(run)
    assert brief.count(True) > 300 and brief.count(False) > 300, (brief.count(True), brief.count(False))


class Part(LiveComponent):
    """A component with a number, in an element that may be ignored."""

    render = heex("""<p id={f"p-{@id}"} {@attrs}>{@n}</p>""")


class Everything(LiveView):
    """Lists, streams, components, ignored elements and attributes, all of which a message can change."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(
            n=0, rows=tuple({"id": i, "n": 0} for i in range(12)), attrs={}, part={}, name="a", note="x", more=True
        ).stream("items", [{"id": i, "n": 0} for i in range(3)])

    def handle_info(self, msg: Any, socket: Any) -> Any:
        kind, at, n = msg
        rows = socket.assigns.rows
        match kind:
            case "text":
                return socket.assign(n=n, note=f"{n}")
            case "raw":
                return socket.assign(note="<i id='raw'>raw</i>" if n % 2 else "&lt;")
            case "row":
                changed = {**rows[at % len(rows)], "n": n}
                return socket.assign(rows=(*rows[: at % len(rows)], changed, *rows[at % len(rows) + 1 :]))
            case "rows":
                return socket.assign(rows=tuple({"id": i, "n": n} for i in range(at + 1)))
            case "item":
                return socket.stream_insert("items", {"id": at, "n": n})
            case "item first":
                return socket.stream_insert("items", {"id": at, "n": n}, at=0, limit=4)
            case "item gone":
                return socket.stream_delete("items", {"id": at})
            case "attrs":
                return socket.assign(attrs={"phx-update": "ignore"} if n % 2 else {"data-n": n})
            case "part":
                return socket.assign(part={"phx-update": "ignore"} if n % 2 else {"id": f"part-{n}"})
            case "name":
                return socket.assign(name=f"name-{n}")
            case _:
                return socket.assign(more=not socket.assigns.more)

    render = heex("""
    <main>
      <h1 title={@n}>{@n}</h1>
      <div id="maybe" {@attrs}><b>{@n}</b></div>
      <i id={f"i-{@name}"}>{@note}</i>
      <ul><li :for={row in @rows} :key={row["id"]} id={f"row-{row['id']}"} data-n={row["n"]}>{row["n"]}</li></ul>
      <section :if={@more}><p>{@n}</p><em :for={row in @rows}>{row["n"]}</em></section>
      <ol id="items" phx-update="stream">
        <li :for={dom_id, item in @streams.items} id={dom_id} data-n={item["n"]}>{item["n"]}</li>
      </ol>
      <.live_component module={Part} id="one" n={@n} attrs={@part} />
      <div id="ignored" phx-update="ignore">{@n}</div>
    </main>
    """)


KINDS = ["text", "raw", "row", "rows", "item", "item first", "item gone", "attrs", "part", "name", "more"]
HAPPENINGS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 14), st.integers(0, 3)), min_size=1, max_size=10)


@given(HAPPENINGS)
def test_any_messages(happenings: list[tuple[str, int, int]]) -> None:
    """Whatever changes, on a page with all that a message can change."""
    view = live(Everything, checks="ignore")
    for happening in happenings:
        before = view.dom
        seen = len(view.wire)
        view.send(happening)
        for frame in view.wire[seen:]:
            if frame.event == "diff":
                agree(before, frame.payload)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each message from here on was brief."""
    found: list[bool] = []
    original = Page.patch_briefly

    def counting(page: Page, diff: Any, elsewhere: Any = None) -> Page | None:
        brief = original(page, diff, elsewhere)
        found.append(brief is not None)
        return brief

    monkeypatch.setattr(Page, "patch_briefly", counting)
    return found


class Parts(LiveView):
    """A component of its own."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, attrs={})

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(msg)

    render = heex("""<div {@attrs}><.live_component module={Part} id="one" n={@n} attrs={{}} /></div>""")


def sent(view: View, message: Any) -> str:
    view.send(message)
    return str(view.html)


def test_what_is_brief(counted: list[bool]) -> None:
    """Text anywhere, a row's too, and a component's; a row at the end of a stream. Not what moves, names or comes anew."""
    view = live(Everything, checks="ignore")
    for happening, brief in [
        (("row", 3, 7), True),
        (("item", 9, 1), True),
        (("item", 9, 2), False),  # it is there
        (("item first", 10, 1), False),
        (("name", 0, 1), False),
        (("attrs", 0, 1), False),
        (("raw", 0, 1), False),
        (("rows", 1, 1), False),
    ]:
        counted.clear()
        view.send(happening)
        assert counted == [brief], happening
    counted.clear()
    parts = live(Parts)
    assert 'id="p-one">1</p>' in sent(parts, {"n": 1})
    assert counted == [True]
    assert '<div data-x="1">' in sent(parts, {"attrs": {"data-x": "1"}})
    assert '<div id="x">' in sent(parts, {"attrs": {"id": "x"}})
    assert counted == [True, True, False]


def test_an_element_that_is_ignored_by_a_value() -> None:
    """`phx-update` in a spread: what is inside stays, though the template does not know it."""
    view = live(Everything, checks="ignore")
    view.send(("text", 0, 1))
    view.send(("attrs", 0, 1))
    view.send(("text", 0, 2))
    assert view.element("#maybe b").text == "1"
    assert view.element("h1").text == "2"


# --- by hand ----------------------------------------------------------------------------------------------------------------

LI = ['<li id="', '">', "</li>"]


def rows(statics: list[str], *values: tuple[str, ...]) -> dict[str, Any]:
    """A list that is new."""
    return {"s": statics, "k": {**entries(*values), "kc": len(values)}}


def entries(*values: tuple[str, ...]) -> dict[str, Any]:
    """The rows of a list or of a stream, each with all its values."""
    return {str(at): {str(slot): text for slot, text in enumerate(row)} for at, row in enumerate(values)}


def inserted(*names: str, at: Any = -1, kc: Any = 1) -> dict[str, Any]:
    """What a stream sends for rows with these ids."""
    return {
        "k": {**entries(*((name, "new") for name in names)), "kc": kc},
        "stream": ["0", [[name, at, None, False] for name in names], []],
    }


CONTAINER: dict[str, Any] = {"s": ['<ol id="items" phx-update="stream">', "</ol>"], "0": {"s": LI, **inserted("i-1")}}
SPREAD = {"s": ["<ul>", "</ul>"], "0": rows(["<li", ">", "</li>"], ("", "a"), (' id="x"', "b"))}
MODE = {"s": ['<ul id="u" phx-update="', '">', "</ul>"], "0": "replace", "1": "a"}


@pytest.mark.parametrize("written", [' id="y"', "\tid=y", " ID='y'", ' id = "y"', "/id=y", ' class="a"id="y"', " id"])
def test_an_id_in_any_spelling(written: str) -> None:
    """A value that is all attribute: whoever may be named by it is not found by what was known."""
    page = Page.join(SPREAD).page
    assert [node.text for node in page.by_id("x")] == ["b"]
    diff = {"0": {"k": {"0": {"0": written}, "kc": 2}}}
    assert not agree(page, diff)
    assert [node.text for node in page.patch(diff).page.by_id("y")] == ([] if written == " id" else ["a"])


def test_an_id_that_goes() -> None:
    """What lost its id is not found by it: in a list, and in a component, whose ids are registered."""
    page = Page.join(SPREAD).page
    assert page.by_id("x")
    assert not agree(page, {"0": {"k": {"1": {"0": ""}, "kc": 2}}})
    page = Page.join({"s": ["", ""], "0": 1, "c": {"1": {"s": ["<p", "></p>"], "0": ' id="x"'}}}).page
    assert page.by_id("x")
    after = page.patch({"c": {"1": {"0": ' class="c"'}}}).page
    assert (
        after.registry()
        == Page.join({"s": ["", ""], "0": 1, "c": {"1": {"s": ["<p", "></p>"], "0": ""}}}).page.registry()
    )


def test_a_mode_that_is_part_of_a_value() -> None:
    """An element that a message makes an ignored one, or a container."""
    page = Page.join(MODE).page
    assert agree(page, {"1": "b"})
    assert not agree(page, {"0": "ignore"})
    ignored = page.patch({"0": "ignore"}).page
    assert ignored.patch({"1": "b"}).page.root.text == "a"


@pytest.mark.parametrize("spelled", [' phx-update="ignore"', " PHX-UPDATE=ignore"])
def test_a_mode_in_any_spelling(spelled: str) -> None:
    """An attribute's name is the same in upper case; with and without another element of the kind."""
    for other in ("", '<p id="o" phx-update="ignore"></p>'):
        page = Page.join({"s": [other + '<ul id="u"', ">", "</ul>"], "0": spelled, "1": "a"}).page
        assert not agree(page, {"1": "b"})
        assert page.patch({"1": "b"}).page.root.text == "a"


@pytest.mark.parametrize(
    ("around", "slot", "message"),
    [
        (
            ["<main>", "</main>"],
            {"s": CONTAINER["s"], "k": {"0": {"0": CONTAINER["0"]}, "kc": 1}},
            {"0": inserted("i-2")},
        ),
        (
            ["<main>", "</main>"],
            {"s": ["<p>", "</p>"], "k": {"0": {"0": CONTAINER}, "kc": 1}},
            {"0": {"0": inserted("i-2")}},
        ),
    ],
)
def test_a_stream_in_a_row(around: list[str], slot: dict[str, Any], message: dict[str, Any]) -> None:
    """The list around it knows which of its rows holds an id."""
    page = Page.join({"s": around, "0": slot}).page
    assert page.by_id("i-1") and not page.by_id("i-2")
    diff = {"0": {"k": {"0": message, "kc": 1}}}
    assert not agree(page, diff)
    assert page.patch(diff).page.by_id("i-2")


def test_a_stream_in_an_ignored_element() -> None:
    """Nothing goes in."""
    page = Page.join({**CONTAINER, "s": ['<div id="ig" phx-update="ignore">' + CONTAINER["s"][0], "</ol></div>"]}).page
    assert not agree(page, {"0": inserted("i-2")})
    assert not page.patch({"0": inserted("i-2")}).page.by_id("i-2")


@pytest.mark.parametrize(
    ("slot", "message"),
    [({"s": LI, "0": "a", "1": "1"}, {"1": "2"}), (rows(LI, ("a", "1")), {"k": {"0": {"1": "2"}, "kc": 1}})],
)
def test_a_container_of_other_children(slot: dict[str, Any], message: dict[str, Any]) -> None:
    """What is no stream's item is kept by its container too, and changes there."""
    page = Page.join({"s": CONTAINER["s"], "0": slot}).page
    assert not agree(page, {"0": message})
    assert page.patch({"0": message}).page.root.text == "2"


def test_a_row_that_is_named_twice() -> None:
    """Of two ids the first counts."""
    streamed = {"stream": ["0", [], []], "k": {"kc": 0}}
    page = Page.join({"s": CONTAINER["s"], "0": {"s": ['<li id="s"', "></li>"], **streamed}}).page
    assert not agree(page, {"0": {**inserted("i"), "k": {"0": {"0": ' id="i"'}, "kc": 1}}})
    page = Page.join({"s": CONTAINER["s"], "0": {"s": ["<li", ' id="s"></li>'], **streamed}}).page
    assert agree(page, {"0": {**inserted("i"), "k": {"0": {"0": ' id="i"'}, "kc": 1}}})


@pytest.mark.parametrize("count", [True, 1.0, "1", None])
def test_a_count_that_is_none(count: object) -> None:
    """What the wire format forbids is the merge's to refuse."""
    page = Page.join({"s": ["<ul>", "</ul>"], "0": rows(["<li>", "</li>"], ("a",))}).page
    assert page.patch_briefly({"0": {"k": {"0": {"0": "b"}, "kc": 1}}}) is not None
    with pytest.raises(WireError):
        page.patch({"0": {"k": {"0": {"0": "b"}, "kc": count}}})
    page = Page.join(CONTAINER).page
    assert page.patch_briefly({"0": inserted("i-2")}) is not None
    with pytest.raises(WireError):
        page.patch({"0": inserted("i-2", kc=count)})


def test_a_stream_that_does_more() -> None:
    """Two rows, one at another place, one that is deleted besides: the merge's."""
    page = Page.join(CONTAINER).page
    assert agree(page, {"0": inserted("i-2")})
    for more in (inserted("i-2", "i-3", kc=2), inserted("i-2", at=0), inserted("i-1")):
        assert not agree(page, {"0": more})
    some = inserted("i-2")
    for stream in (["0", some["stream"][1], ["i-1"]], ["0", some["stream"][1], [], True], ["1", some["stream"][1], []]):
        assert not agree(page, {"0": {**some, "stream": stream}})


def streamed(statics: list[str], row: dict[str, Any], dom_id: Any = "i") -> bool:
    """Whether a row of a stream that was empty is brief."""
    page = Page.join({"s": CONTAINER["s"], "0": {"s": statics, "k": {"kc": 0}, "stream": ["0", [], []]}}).page
    stream = ["0", [[dom_id, -1, None, False]], []]
    return agree(page, {"0": {"k": {"0": row, "kc": 1}, "stream": stream}})


def test_a_template_without_values() -> None:
    """Around an ignored element, say: whatever comes for it is no value."""
    page = Page.join({"s": ['<div id="d" phx-update="ignore"></div>']}).page
    for diff in ({"e": [["ping", {}]]}, {"s": ["<p></p>"]}, {"t": "title"}):
        assert not agree(page, diff)
        page.patch(diff)


def test_rows_that_bring_more() -> None:
    """Another id than the insert says, one for what is inside, a form to be recovered, an element to be ignored: the merge's."""
    assert streamed(LI, {"0": "i", "1": ""})
    assert streamed(["<li", ">", "</li>"], {"0": ' id="i"', "1": "a"})
    assert streamed(['<li id="', '"><b', "></b></li>"], {"0": "i", "1": ' phx-value-id="3"'})
    assert not streamed(LI, {"0": "other", "1": ""})
    assert not streamed(["<li", ">", "</li>"], {"0": ' id="other"', "1": ""})
    assert not streamed(["<li", ">", "</li>"], {"0": ' id="i" phx-update="ignore"', "1": ""})
    assert not streamed(['<li id="', '"><b id="b">', "</b></li>"], {"0": "i", "1": ""})
    assert not streamed(['<li id="', '"><b id="', '"></b></li>'], {"0": "i", "1": "b"})
    assert not streamed(['<li id="', '"><b', "></b></li>"], {"0": "i", "1": ' id="b"'})
    assert not streamed(['<li id="', '"><form phx-change="', '"></form></li>'], {"0": "i", "1": "c"})
    assert not streamed(['<li id="', '"><form phx-change="c"></form>', "</li>"], {"0": "i", "1": "c"})
    assert not streamed(['<li id="', '">', "</li>"], {"0": "i", "1": "<b></b>"})
    assert not streamed(LI, {"0": "7", "1": ""}, 7)


@pytest.mark.parametrize(
    "diff",
    [
        {"0": {"k": {"0": {"0": "i-2"}, "kc": 1}, "stream": ["0", [["i-2", -1, None, False]], []]}},
        {"0": {"k": [], "stream": ["0", [["i-2", -1, None, False]], []]}},
        {"0": {"k": {"0": [], "kc": 1}, "stream": ["0", [["i-2", -1, None, False]], []]}},
        {"0": {"k": {"0": {"0": "i-2", "1": "", "2": ""}, "kc": 1}, "stream": ["0", [["i-2", -1, None, False]], []]}},
        {"1": {"k": {"x": {"0": "b"}, "kc": 1}}},
        {"1": {"k": {"1": {"0": "b"}, "kc": 1}}},
        {"1": {"k": {"0": "b", "kc": 1}}},
        {"2": {"0": "b"}},
        {"2": True},
        {"3": "b"},
    ],
)
def test_what_breaks_the_wire_format(diff: dict[str, Any]) -> None:
    """The merge says why."""
    more = {"s": [CONTAINER["s"][0], "</ol><ul>", "</ul>", ""], "1": rows(["<li>", "</li>"], ("a",)), "2": "text"}
    page = Page.join({**CONTAINER, **more}).page
    assert page.patch_briefly(diff) is None
    with pytest.raises(WireError):
        page.patch(diff)


@pytest.mark.parametrize(
    ("element", "values"),
    [
        ('<p id="x"></p>', {}),
        ('<p id="i"></p>', {}),
        ("<p{}></p>", {"1": ' class="c"'}),
        ("<p{}></p>", {"1": ' id="x"'}),
        ("<p{}></p>", {"1": ' id="i"'}),
        ('<p{} id="x"></p>', {"1": ""}),
        ('<p{} id="i"></p>', {"1": ""}),
        ('<p{} id=""></p>', {"1": ""}),
        ('<p id="x-{}"></p>', {"1": "i"}),
        ('<p id="{}-x"></p>', {"1": "i"}),
        ('<p id="{}"></p>', {"1": "x"}),
        ('<p id="{}"></p>', {"1": "i"}),
        ('<p><b id="i{}"></b></p>', {"1": "x"}),
        ('<p><b id="i{}"></b></p>', {"1": ""}),
        ('<ol id="other" phx-update="stream"></ol>', {}),
        ('<ol id="other" phx-update="stream"><li id="i"></li></ol>', {}),
        ('<ol id="other" phx-update="ignore"></ol>', {}),
    ],
)
def test_an_item_whose_id_another_element_may_have(element: str, values: dict[str, str]) -> None:
    """It is brief where no element has it, and a problem where one does. `i` is the item's."""
    before, *after = f'{element}<ol id="items" phx-update="stream">'.split("{}")
    statics = ["<main>", before, *after, "</ol></main>"]
    at = str(len(statics) - 2)
    stream = {"s": LI, "k": {"kc": 0}, "stream": ["0", [], []]}
    page = Page.join({"s": statics, "0": "", **values, at: stream}).page
    diff = {at: inserted("i")}
    merged = page.merge(diff)
    twice = any(problems(page, merged.page, merged.brought))
    assert twice == (len(merged.page.by_id("i")) > 1)
    assert (page.patch_briefly(diff) is None) == twice


def test_two_items_of_one_message_with_one_id() -> None:
    """In two containers: neither is on the page before, and together they are a problem."""
    statics = ['<main><ol id="a" phx-update="stream">', '</ol><ol id="b" phx-update="stream">', "</ol></main>"]
    streams = {str(n): {"s": LI, "k": {"kc": 0}, "stream": [str(n), [], []]} for n in range(2)}
    page = Page.join({"s": statics, **streams}).page
    for first, second, brief in [("i", "j", True), ("i", "i", False)]:
        diff = {"0": inserted(first), "1": {**inserted(second), "stream": ["1", *inserted(second)["stream"][1:]]}}
        merged = page.merge(diff)
        assert (page.patch_briefly(diff) is not None) == brief
        assert any(problems(page, merged.page, merged.brought)) != brief


@pytest.mark.parametrize(("item", "twice"), [("i", True), ("x", False), ("k", False)])
def test_an_item_whose_id_stays_in_what_is_ignored(item: str, twice: bool) -> None:
    """What is ignored keeps the ids that it came with, whatever the server says since."""
    statics = ['<main><div id="ig" phx-update="ignore"><p id="', '"></p></div><ol id="items" phx-update="stream">']
    stream = {"s": LI, "k": {"kc": 0}, "stream": ["0", [], []]}
    page = Page.join({"s": [*statics, "</ol></main>"], "0": "i", "1": stream}).page.patch({"0": "x"}).page
    diff = {"1": inserted(item)}
    merged = page.merge(diff)
    assert any(problems(page, merged.page, merged.brought)) is twice
    assert (page.patch_briefly(diff) is None) is twice
