"""Pages: streams, ignored elements, components, nodes and paths, and what it all costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from liveview_testing.browser.dom.patching.node_matching import is_of_a_join
from liveview_testing.browser.page.node import Node, Wanted
from liveview_testing.browser.page.page import Event, Page
from liveview_testing.browser.page.tree.tree import WireError
from tests.browser.page import documents

ITEM = ["<li", ">", "</li>"]
EVERY = Wanted("test:every", lambda shape: tuple(range(len(shape.elements))), lambda element, attributes: True)


def rows(*items: str) -> dict[str, Any]:
    """Entries of a stream: `id` or `id=text`."""
    entries: dict[str, Any] = {"kc": len(items)}
    for at, item in enumerate(items):
        name, _, text = item.partition("=")
        entries[str(at)] = {"0": f' id="{name}"', "1": text or name}
    return entries


def stream(*items: str, delete: tuple[str, ...] = (), reset: bool = False, **options: Any) -> dict[str, Any]:
    """A stream's diff: inserts newest first, all with the same options."""
    at, limit, update_only = options.get("at", -1), options.get("limit"), options.get("update_only", False)
    inserts = [[item.partition("=")[0], at, limit, update_only] for item in reversed(items)]
    operations: list[Any] = [options.get("ref", "0"), inserts, list(delete)]
    return {"k": rows(*items), "stream": [*operations, True] if reset else operations}


def container(*items: str, before: str = "", after: str = "") -> Page:
    statics = [f'<ul id="l" phx-update="stream">{before}', f"{after}</ul>"]
    return Page.join({"0": {**stream(*items), "s": ITEM}, "s": statics}).page


def ids(page: Page) -> list[str | None]:
    return [node.id for node in page.by_id("l")[0].elements()]


def after(page: Page, *diffs: dict[str, Any]) -> Page:
    for diff in diffs:
        page = page.patch({"0": diff}).page
    return page


# --- streams ----------------------------------------------------------------------------------------------------------------


def test_rows_stay_although_the_server_forgets_them() -> None:
    """MG-4: what was sent once is there until it is deleted; the tree itself shows the last message only."""
    page = after(container("a", "b"), stream("c"))
    assert ids(page) == ["a", "b", "c"]
    assert page.wire_text() == '<ul id="l" phx-update="stream"><li id="c">c</li></ul>'
    assert page.html() == (
        '<ul id="l" phx-update="stream"><li data-phx-stream="0" id="a">a</li><li data-phx-stream="0" id="b">b</li>'
        '<li data-phx-stream="0" id="c">c</li></ul>'
    )


@pytest.mark.parametrize(
    ("diff", "expected"),
    [
        (stream("n"), ["a", "b", "c", "n"]),
        (stream("n", "m"), ["a", "b", "c", "n", "m"]),
        (stream("n", at=0), ["n", "a", "b", "c"]),
        (stream("n", "m", at=0), ["m", "n", "a", "b", "c"]),
        (stream("n", at=2), ["a", "b", "n", "c"]),
        (stream("n", at=9), ["a", "b", "c", "n"]),
        (stream("b=B"), ["a", "b", "c"]),
        (stream("b=B", at=0), ["a", "b", "c"]),
        (stream("n", update_only=True), ["a", "b", "c"]),
        (stream(delete=("a", "z")), ["b", "c"]),
        (stream("a=A", delete=("a",)), ["b", "c", "a"]),
        (stream(reset=True), []),
        (stream("c=C", "x", reset=True), ["c", "x"]),
        (stream("n", limit=2), ["a", "b"]),
        (stream("n", limit=-2), ["c", "n"]),
        (stream("n", at=0, limit=2), ["n", "a"]),
        (stream("n", "m", at=0, limit=-3), ["a", "b", "c"]),
    ],
)
def test_stream_operations(diff: dict[str, Any], expected: list[str]) -> None:
    """ST-27 … ST-30, one by one."""
    assert ids(after(container("a", "b", "c"), diff)) == expected


def test_the_oldest_of_two_inserts_says_where() -> None:
    """ST-25, ST-27: content of the newest, options of the oldest."""
    page = container("s-1", "s-2")
    diff = {"k": rows("s-3=newest"), "stream": ["0", [["s-3", -1, None, False], ["s-3", 0, 5, False]], ["s-1"]]}
    page = after(page, diff)
    assert ids(page) == ["s-3", "s-2"]
    assert page.by_id("s-3")[0].text == "newest"


def test_updates_in_place_keep_the_row_and_take_the_content() -> None:
    """ST-28."""
    page = after(container("a", "b"), stream("a=new", at=1))
    assert [node.text for node in page.by_id("l")[0].elements()] == ["new", "b"]


def test_rows_come_before_children_that_are_no_items() -> None:
    """ST-29, where LiveViewTest differs: appended rows stand before the first other child, which is never removed."""
    page = container("a", after='<li id="end">end</li>')
    assert ids(page) == ["a", "end"]
    assert ids(after(page, stream("b"))) == ["a", "b", "end"]
    assert ids(after(page, stream("b", at=0), stream(reset=True))) == ["end"]
    assert ids(container("a", "b", before='<li id="start">start</li>')) == ["a", "b", "start"]


def test_a_conditional_child_stays_once_added() -> None:
    """ST-28: the browser adds and updates other children, and never removes them."""
    statics = ['<ul id="l" phx-update="stream">', "", "</ul>"]
    page = Page.join({"0": {**stream("a"), "s": ITEM}, "1": "", "s": statics}).page
    page = page.patch({"1": {"0": "1", "s": ['<li id="more">more ', "</li>"]}}).page
    assert ids(page) == ["a", "more"]
    page = page.patch({"1": {"0": "2"}}).page
    assert page.by_id("more")[0].text == "more 2"
    page = page.patch({"1": ""}).page
    assert ids(page) == ["a", "more"]
    assert ids(after(page, stream("b"))) == ["a", "b", "more"]
    assert documents.of_node(page.root) == documents.of_text(page.html())


def test_two_streams_in_one_container() -> None:
    """A reset takes the rows of its own stream only (ST-27)."""
    statics = ['<ul id="l" phx-update="stream">', "", "</ul>"]
    first, second = {**stream("a"), "s": ITEM}, {**stream("x", ref="1"), "s": ITEM}
    page = Page.join({"0": first, "1": second, "s": statics}).page
    page = page.patch({"0": stream("b")}).page
    assert ids(page) == ["a", "x", "b"]
    assert ids(page.patch({"0": stream("c", reset=True)}).page) == ["x", "c"]
    assert ids(page.patch({"1": stream(reset=True, ref="1")}).page) == ["a", "b"]


def test_a_hidden_container_comes_back_empty() -> None:
    """What leaves the page takes its rows along (the goldens' stream hidden by `:if`)."""
    shown = {"0": {**stream("a"), "s": ITEM}, "s": ['<ul id="l" phx-update="stream">', "</ul>"]}
    page = Page.join({"0": shown, "s": ["<div>", "</div>"]}).page
    hidden = page.patch({"0": ""}).page
    assert hidden.by_id("l") == []
    again = hidden.patch({"0": {"0": {**stream(), "s": ITEM}, "s": ['<ul id="l" phx-update="stream">', "</ul>"]}}).page
    assert ids(again) == []
    assert ids(page) == ["a"]


def test_another_template_with_the_same_container_keeps_the_rows() -> None:
    """Elements are the same if their ids are: the server's new branch sends no old rows, and the browser keeps them."""
    shown = {"0": {**stream("a"), "s": ITEM}, "s": ['<ul id="l" phx-update="stream">', "</ul>"]}
    page = Page.join({"0": shown, "s": ["<div>", "</div>"]}).page
    other = {"0": {**stream("b"), "s": ITEM}, "s": ['<ul class="x" id="l" phx-update="stream">', "</ul>"]}
    page = page.patch({"0": other}).page
    assert ids(page) == ["a", "b"]
    assert page.by_id("l")[0].get("class") == "x"


def test_outside_of_a_container_rows_are_just_rendered() -> None:
    """Without phx-update the browser has nothing but the last message's rows."""
    page = Page.join({"0": {**stream("a"), "s": ITEM}, "s": ['<ul id="l">', "</ul>"]}).page
    assert ids(after(page, stream("b"))) == ["b"]


def test_a_container_made_by_an_attribute_slot() -> None:
    """`phx-update={@mode}` is a whole-attribute slot, and a container all the same."""
    statics = ['<ul id="l"', ">", "</ul>"]
    page = Page.join({"0": ' phx-update="stream"', "1": {**stream("a"), "s": ITEM}, "s": statics}).page
    assert ids(page.patch({"1": stream("b")}).page) == ["a", "b"]


@pytest.mark.parametrize(
    ("statics", "entry", "what"),
    [
        (['<ul phx-update="stream">', "</ul>"], ' id="a"', '<ul phx-update="stream"> has no id'),
        (['<ul id="l" phx-update="stream">', "</ul>"], "", 'a child of <ul phx-update="stream"> has no id'),
    ],
)
def test_ids_are_required(statics: list[str], entry: str, what: str) -> None:
    """ST-26."""
    diff = {"k": {"0": {"0": entry, "1": "x"}, "kc": 1}, "stream": ["0", [["a", -1, None, None]], []], "s": ITEM}
    with pytest.raises(WireError) as caught:
        Page.join({"0": diff, "s": statics})
    assert str(caught.value).startswith(what)


def test_rows_whose_root_is_a_component() -> None:
    """The row's id is the component's; the component changes by itself, as in the browser."""
    made = {
        "0": {"k": {"0": {"0": 1}, "kc": 1}, "stream": ["0", [["c-1", -1, None, None]], []], "s": ["", ""]},
        "s": ['<ul id="l" phx-update="stream">', "</ul>"],
        "c": {"1": {"0": "one", "s": ['<li id="c-1">', "</li>"], "r": 1}},
    }
    page = Page.join(made).page
    assert page.html() == (
        '<ul id="l" phx-update="stream"><li data-phx-component="1" data-phx-stream="0" id="c-1">one</li></ul>'
    )
    page = page.patch({"c": {"1": {"0": "two"}}}).page
    assert [node.text for node in page.by_id("l")[0].elements()] == ["two"]
    gone = page.patch({"0": {"k": {"kc": 0}, "stream": ["0", [], ["c-1"]]}})
    assert gone.gone == (1,)


# --- ignored elements -------------------------------------------------------------------------------------------------------


def test_ignored_elements_keep_everything_but_data() -> None:
    """phx-update="ignore": children and attributes stay, data-* follows."""
    statics = ["<p>", '</p><div id="i" phx-update="ignore" class="', '" data-n="', '"><b>', "</b></div>"]
    page = Page.join({"0": "a", "1": "old", "2": "1", "3": "x", "s": statics}).page
    page = page.patch({"0": "b", "1": "new", "2": "2", "3": "y"}).page
    page = page.patch({"3": "z"}).page
    (node,) = page.by_id("i")
    assert dict(node.attributes) == {"id": "i", "phx-update": "ignore", "class": "old", "data-n": "2"}
    assert node.html() == '<div id="i" phx-update="ignore" class="old" data-n="2"><b>x</b></div>'
    assert page.html() == f"<p>b</p>{node.html()}"
    (b,) = node.elements()
    assert (b.text, b.parent) == ("x", node)
    assert page.node_at(b.path) == b
    assert documents.of_node(page.root) == documents.of_text(page.html())


# --- messages ---------------------------------------------------------------------------------------------------------------


def test_what_comes_along_with_a_diff() -> None:
    """Events, also those before the patch; a reply; a title, which may be None (DF-27 … DF-32)."""
    page = Page.join({"0": "a", "s": ["<p>", "</p>"], "r": 1, "t": "T"})
    assert (page.retitled, page.page.title, page.replied) == (True, "T", False)
    patched = page.page.patch({"0": "b", "e": [["x", {"n": 1}], ["y", {}, True]], "r": {"ok": 1}, "t": None})
    assert patched.events == (Event("x", {"n": 1}), Event("y", {}, before=True))
    assert (patched.replied, patched.reply) == (True, {"ok": 1})
    assert (patched.retitled, patched.page.title) == (True, None)
    only = patched.page.patch({"r": {"n": 2}})
    assert (only.replied, only.reply, only.page.tree) == (True, {"n": 2}, patched.page.tree)


def components() -> Page:
    inner = {"0": "x", "1": 3, "s": ["<div>", "", "</div>"], "r": 1}
    made = {"0": 1, "1": 2, "s": ["<main>", "", "</main>"]}
    leaf = {"0": "leaf", "s": ['<i id="leaf">', "</i>"], "r": 1}
    return Page.join({**made, "c": {"1": inner, "2": {"0": "y", "s": ["<b>", "</b>"], "r": 1}, "3": leaf}}).page


def test_components_that_left_are_told() -> None:
    """CP-23, MG-5: with everything inside them; moved ones are not gone; the state stays until it is dropped."""
    page = components()
    patched = page.patch({"0": ""})
    assert patched.gone == (1, 3)
    assert set(patched.page.components) == {1, 2, 3}
    assert set(patched.page.drop_components([1, 3, 9]).components) == {2}
    assert page.patch({"0": 2, "1": 1}).gone == ()
    assert page.patch({"c": {"1": {"1": ""}}}).gone == (3,)
    assert patched.page.patch({"0": 1}).page.html() == page.html()


def test_nodes_of_components() -> None:
    """A node knows its component; a component's address does not depend on where it is."""
    page = components()
    (leaf,) = page.by_id("leaf")
    assert (leaf.cid, leaf.parent is not None and leaf.parent.cid, leaf.path) == (3, 1, (("@", 3), 0))
    assert leaf.get("data-phx-component") == "3"
    moved = page.patch({"0": 2, "1": 1}).page
    assert moved.node_at(leaf.path) == moved.by_id("leaf")[0]
    assert [node.tag for node in leaf.ancestors()] == ["div", "main"]
    found = page.component(1)
    assert found is not None
    assert found.html() == '<div data-phx-component="1">x<i data-phx-component="3" id="leaf">leaf</i></div>'
    assert page.component(9) is None


def test_unknown_components_are_refused() -> None:
    """The official client throws on them; dropped ones are unknown."""
    page = components()
    with pytest.raises(WireError) as caught:
        page.patch({"0": 7})
    assert str(caught.value).splitlines()[0] == "component 7 is not known"
    with pytest.raises(WireError, match="component 1 is not known"):
        page.patch({"0": ""}).page.drop_components([1, 3]).patch({"0": 1})


def test_events_have_a_shape() -> None:
    """A broken event is told, not guessed."""
    with pytest.raises(WireError) as caught:
        components().patch({"e": [["name"]]})
    assert str(caught.value) == (
        "not an event\n  at: e\n  expected: [name, payload] or [name, payload, true]\n  got: ['name']"
    )


def test_two_elements_with_one_id() -> None:
    """All are found, in document order, in components too."""
    statics = ['<i id="x">1</i>', '<i id="x">3</i>', ""]
    component = {"0": "2", "s": ['<b id="x">', "</b>"]}
    page = Page.join({"0": 1, "1": {"s": ['<p id="x">4</p>']}, "s": statics, "c": {"1": component}}).page
    assert [node.text for node in page.by_id("x")] == ["1", "2", "3", "4"]


# --- nodes ------------------------------------------------------------------------------------------------------------------


def board(size: int = 3, stream_rows: bool = False) -> Page:
    """A heading, a list of rows, a form."""
    row = ["<li", "><b>", '</b><button phx-click="go" phx-value-n="', '">go</button></li>']
    entries: dict[str, Any] = {str(i): {"0": f' id="row-{i}"', "1": f"n{i} &amp;", "2": str(i)} for i in range(size)}
    keyed: dict[str, Any] = {"k": {**entries, "kc": size}, "s": 0}
    if stream_rows:
        keyed["stream"] = ["0", [[f"row-{i}", -1, None, None] for i in reversed(range(size))], []]
    statics = [
        "<h1>",
        "</h1>\n<ul",
        ">",
        "</ul>\n<form id='f'><input name='q' value=\"",
        '"><textarea>',
        "</textarea></form>",
    ]
    attributes = ' id="l" phx-update="stream"' if stream_rows else ' id="l"'
    made = {"0": "T", "1": attributes, "2": keyed, "3": "&quot;v&quot;", "4": "\n t\n"}
    return Page.join({**made, "s": statics, "p": {"0": row}}).page


@pytest.mark.parametrize("stream_rows", [False, True])
def test_nodes_say_what_a_parser_would(stream_rows: bool) -> None:
    """Tags, attributes, text and order are those of the page's text, parsed."""
    page = board(stream_rows=stream_rows)
    assert documents.of_node(page.root) == documents.of_text(page.html())
    nodes = list(page.root.iter())
    assert [node.tag for node in nodes].count("button") == 3
    assert list(page.root.search(EVERY)) == nodes
    assert [page.node_at(node.path) for node in nodes] == nodes
    assert len({node.path for node in nodes}) == len(nodes)
    for node in nodes:
        assert [kid.parent for kid in node.elements()] == [node] * len(list(node.elements()))
        assert list(node.search(EVERY)) == list(node.iter())
        (parsed,) = documents.of_text(node.html())
        assert parsed == (node.tag, tuple(sorted(node.attributes.items())), documents.of_node(node))
        assert node.inner_html() in node.html()


def test_attributes_and_text() -> None:
    """Unescaped values, collapsed text, verbatim content; the whole page below the root."""
    page = board()
    (button,) = page.by_id("row-1")[0].search(Wanted("test:b", lambda s: (2,) if len(s.elements) == 3 else (), accept))
    assert dict(button.attributes) == {"phx-click": "go", "phx-value-n": "1"}
    assert (button.get("phx-click"), button.get("nope"), button.get("nope", "-")) == ("go", None, "-")
    assert page.by_id("row-1")[0].text == "n1 &go"
    (form,) = page.by_id("f")
    field, area = form.elements()
    assert field.get("value") == '"v"'
    assert (area.content, area.text) == (" t\n", "t")
    assert (page.root.tag, page.root.parent, page.root.html()) == ("", None, page.html())
    assert repr(form) == "<Node form#f>"
    assert repr(page.root) == "<Node root>"


def accept(*_: object) -> bool:
    return True


def test_paths_follow_ids_and_else_positions() -> None:
    """As in a browser: a row with an id is found where it moved, a row without by its position."""
    page = board()
    path = page.by_id("row-2")[0].path
    moved = page.patch({"2": {"k": {"0": 2, "2": 0, "kc": 3, "km": True}}}).page
    found = moved.node_at(path)
    assert found is not None
    assert found.id == "row-2"
    assert [node.id for node in moved.by_id("l")[0].elements()] == ["row-2", "row-1", "row-0"]
    plain = Page.join(
        {"0": {"k": {"0": {"0": "a"}, "1": {"0": "b"}, "kc": 2}, "s": ["<i>", "</i>"]}, "s": ["<p>", "</p>"]}
    )
    second = list(plain.page.root.iter())[2]
    swapped = plain.page.patch({"0": {"k": {"0": 1, "1": 0, "kc": 2, "km": True}}}).page
    again = swapped.node_at(second.path)
    assert again is not None
    assert (second.text, again.text) == ("b", "a")
    assert page.patch({"2": {"k": {"kc": 1}}}).page.node_at(path) is None


def test_raw_html_is_part_of_the_page() -> None:
    """Raw values are elements too, to find and to leave again."""
    page = Page.join({"0": "<b id='x'>bold <i>i</i></b> t", "1": "u", "s": ["<p>", " ", "</p>"]}).page
    assert documents.of_node(page.root) == documents.of_text(page.html())
    assert page.by_id("x")[0].text == "bold i"
    page = page.patch({"0": "plain &lt;b&gt;"}).page
    assert page.by_id("x") == []
    assert page.root.text == "plain <b> u"


def test_pages_are_values() -> None:
    """A patch leaves the page as it was, whatever was asked of it in between."""
    page = board(200)
    html, before = page.html(), page.by_id("row-150")[0]
    changed = page.patch({"0": "U", "2": {"k": {"150": {"1": "other"}, "kc": 200}}}).page
    assert page.html() == html
    assert before.text == "n150 &go"
    assert changed.by_id("row-150")[0].text == "othergo"
    assert changed.html() == html.replace("<h1>T", "<h1>U").replace("n150 &amp;", "other")


# --- costs ------------------------------------------------------------------------------------------------------------------


def seconds(run: Callable[[int], object], times: int = 200) -> float:
    best = 1e9
    for _ in range(7):
        start = time.process_time()
        for turn in range(times):
            run(turn)
        best = min(best, time.process_time() - start)
    return best / times


def ratio(small: Callable[[int], object], large: Callable[[int], object]) -> float:
    return seconds(large) / seconds(small)


def test_a_change_beside_a_long_list_is_flat() -> None:
    """One text on a page: the list beside it does not count."""
    small, large = board(10), board(10_000)
    assert ratio(lambda i: small.patch({"0": str(i)}), lambda i: large.patch({"0": str(i)})) < 2


def test_a_changed_row_costs_its_path() -> None:
    """One row of 10,000 against one of 100; and with the look-up of the row by its id after it."""

    def change(page: Page, size: int) -> Callable[[int], Page]:
        return lambda i: page.patch({"2": {"k": {str(i * 37 % size): {"1": str(i)}, "kc": size}}}).page

    small, large = board(100), board(10_000)
    assert ratio(change(small, 100), change(large, 10_000)) < 3

    def find(page: Page, size: int) -> Callable[[int], Node]:
        return lambda i: change(page, size)(i).by_id(f"row-{i % size}")[0]

    assert ratio(find(small, 100), find(large, 10_000)) < 4


def test_a_stream_grows_at_one_price() -> None:
    """A row more for 10,000 rows costs what one more for 1,000 costs."""

    def grow(size: int) -> Callable[[int], object]:
        pages = [board(size, stream_rows=True)]
        count = [size]

        def run(_: int) -> None:
            count[0] += 1
            entry = {"0": f' id="row-{count[0]}"', "1": "x", "2": "y"}
            operations = ["0", [[f"row-{count[0]}", -1, None, False]], []]
            pages[0] = pages[0].patch({"2": {"k": {"0": entry, "kc": 1}, "stream": operations}}).page

        return run

    assert ratio(grow(1_000), grow(10_000)) < 3


def test_a_second_search_costs_what_changed() -> None:
    """A heading above 10,000 rows is found as quickly as above 10, also after a row changed."""
    heading = Wanted(
        "test:h1",
        lambda shape: tuple(e.number for e in shape.elements if e.tag == "h1"),
        lambda element, attributes: True,
    )

    def search(page: Page) -> Callable[[int], list[Node]]:
        return lambda i: list(page.root.search(heading))

    small, large = board(10), board(10_000)
    list(large.root.search(heading))
    assert ratio(search(small), search(large)) < 2


def test_a_component_beside_the_rows_stays_once_added() -> None:
    """A component that is a container's child: shown, kept when the template drops it, as the browser does."""
    made = {
        "0": {**stream("a"), "s": ITEM},
        "1": 1,
        "s": ['<ul id="l" phx-update="stream">', "", "</ul>"],
        "c": {"1": {"0": "c", "s": ['<li id="c">', "</li>"], "r": 1}},
    }
    page = Page.join(made).page
    assert ids(page) == ["a", "c"]
    assert ids(page.patch({"0": stream("b")}).page) == ["a", "b", "c"]
    patched = page.patch({"1": ""})
    assert ids(patched.page) == ["a", "c"]
    assert patched.gone == ()
    (node,) = patched.page.by_id("c")
    assert node.parent == patched.page.by_id("l")[0]
    assert patched.page.node_at(node.path) == node


def many(size: int) -> Page:
    """A list of components."""
    entries: dict[str, Any] = {str(i): {"0": i + 1} for i in range(size)}
    first = {"0": "0", "1": "v", "s": ['<li id="c-', '">', "</li>"], "r": 1}
    others = {str(i + 1): {"0": str(i), "1": "v", "s": 1} for i in range(1, size)}
    keyed = {"k": {**entries, "kc": size}, "s": ["", ""]}
    return Page.join({"0": keyed, "s": ["<ul>", "</ul>"], "c": {"1": first, **others}}).page


def test_one_of_many_components_costs_one() -> None:
    """A component's diff, and the look-up of its root by id after it: 2,000 components against 20."""

    def change(page: Page, size: int) -> Callable[[int], Node]:
        page.by_id("c-0")
        return lambda i: page.patch({"c": {str(i % size + 1): {"1": str(i)}}}).page.by_id(f"c-{i % size}")[0]

    assert change(many(20), 20)(7).html() == '<li data-phx-component="8" id="c-7">7</li>'
    assert ratio(change(many(20), 20), change(many(2_000), 2_000)) < 3


def test_ids_follow_components() -> None:
    """What the registry carried on from page to page is what a new one says."""
    page = components()
    assert len(page.by_id("leaf")) == 1
    page = page.patch({"c": {"3": {"s": ['<i id="other">', "</i>"], "0": "x"}}}).page
    assert (page.by_id("leaf"), len(page.by_id("other"))) == ([], 1)
    page = page.patch({"1": 4, "c": {"4": {"0": "n", "1": 5, "s": -1}, "5": {"0": "z", "s": -3}}}).page
    assert [node.path for node in page.by_id("other")] == [(("@", 3), 0), (("@", 5), 0)]
    assert page.registry() == Page(page.tree, page.components, None, page.templates).registry()


def test_what_an_ignored_element_was_part_of_is_not_shown() -> None:
    """An ignored element keeps its template as it was, of which nothing else is on the page: no row, no component."""
    statics = ["<main><ul>", '</ul><div id="ig" phx-update="ignore"><i id="in">', "</i></div><p>", "</p></main>"]
    rows = {"s": ['<li id="', '"></li>'], "k": {"0": {"0": "row-1"}, "1": {"0": "row-2"}, "kc": 2}}
    inner = {"s": ["<b>", "</b>"], "0": 2}
    components = {str(cid): {"s": [f'<em id="part-{cid}"></em>']} for cid in (1, 2)}
    page = Page.join({"s": statics, "0": rows, "1": inner, "2": 1, "c": components}).page
    page = page.patch({"1": ""}).page
    assert [len(page.by_id(each)) for each in ("in", "row-1", "row-2", "part-1", "part-2")] == [1] * 5
    page = page.patch({"0": {"k": {"kc": 1}}, "2": ""}).page
    assert [len(page.by_id(each)) for each in ("in", "row-1", "row-2", "part-1", "part-2")] == [1, 1, 0, 0, 1]
    assert page.component(1) is None
    assert page.component(2) is not None
    assert page.present() == {2}


def test_raw_html_in_a_child_of_a_container() -> None:
    """Found by its ids, like the child itself."""
    statics = ['<ol id="o" phx-update="stream"><li id="fixed">', "</li></ol>"]
    page = Page.join({"s": statics, "0": '<b id="raw"></b>'}).page
    assert [len(page.by_id(each)) for each in ("o", "fixed", "raw")] == [1] * 3


def test_an_id_that_a_container_shares_by_mistake() -> None:
    """What keeps its children is the container, not every element with its id."""
    page = Page.join({"s": ['<nav id="a"><b', '>x</b></nav><p id="p">', "</p>"], "0": "", "1": ""}).page
    page = page.patch({"0": ' id="a" phx-update="ignore"'}).page
    assert [node.tag for node in page.by_id("a")] == ["nav", "b"]


def test_a_component_in_the_place_of_another_in_a_container() -> None:
    """The one that was there stays, as all children of a container do (ST-28); it is not shown as the other."""
    parts = {str(cid): {"s": [f'<li id="part-{cid}"></li>']} for cid in (1, 2)}
    page = Page.join({"s": ['<ol id="o" phx-update="stream">', "</ol>"], "0": 1, "c": parts}).page
    page = page.patch({"0": 2}).page
    assert [node.id for node in page.root.iter()] == ["o", "part-1", "part-2"]
    assert page.present() == {1, 2}


def test_only_what_a_join_brings_is_of_a_join() -> None:
    """PA-7: every diff, however brief, makes a page of its own: elements are known by their magic ids again."""
    first = Page.join({"s": ["<p>", "</p>"], "0": "a"}).page
    assert is_of_a_join(first)
    for diff in ({"0": "b"}, {}, {"0": {"s": ["<b>x</b>"]}}):
        assert not is_of_a_join(first.patch(diff).page)
    assert not is_of_a_join(first.patch({"0": "b"}).page.patch({"0": "c"}).page)
