"""Lists whose rows are all text come at once: what one by one would come of the same messages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding.fast_ids import all_different
from liveview_testing.browser.page.finding.problems import nowhere, problems
from liveview_testing.browser.page.page import Page, Patched
from liveview_testing.browser.page.templates.statics_reader import skeleton
from liveview_testing.browser.page.tree import text_rows as quick
from liveview_testing.browser.page.tree.merging import containers, merge
from liveview_testing.browser.page.tree.merging.brought import Listed
from liveview_testing.browser.page.tree.ropes.leaves import LazyLeaf
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Keyed, Row, Template, WireError

ROWS = (
    ['<tr id="row-', '">', "</tr>"],
    ["<li", ">", "</li>"],
    ["text <li", ">", "</li>"],
    ['<form phx-change="c"', '">', "</form>"],
    ["<li", " x=", "></li>"],
    ['<i id="', "-", '"></i>'],
    ["<li>", "", "</li>"],
    ['<li id="same">', "", "</li>"],
    ["", "<li", "></li>"],
)
FIRST = st.sampled_from(
    [
        "{}",
        "{}",
        ' id="r-{}"',
        ' id="r-{}"',
        " id='r-{}'",
        ' id="r&amp;{}"',
        ' class="a" id="r-{}"',
        ' data-id="r-{}"',
        " id",
    ]
)
SECOND = st.sampled_from(["text", "text", "", "a\nb", ' id="x"', "<b>", ' phx-update="ignore"', "phx-", "update"])
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 1, {}, {"0": "a"}, {"0": "a", "1": 5}, {"0": "a", "2": "b"}, 7, ["x"]]
)


@st.composite
def messages(draw: st.DrawFn) -> dict[str, Any]:
    """The join of a page with one list: of a comprehension, or of a stream in its container."""
    statics = draw(st.sampled_from(ROWS))
    count = draw(st.sampled_from([2, quick.FEW, 70, 140]))
    first, second = draw(FIRST), draw(SECOND)
    numbers = [*range(count)]
    for _ in range(draw(st.integers(0, 2))):  # one that stands twice, or whose text is another
        numbers[draw(st.integers(0, count - 1))] = draw(st.sampled_from([0, 1, 999]))
    rows: dict[str, Any] = {str(at): {"0": first.format(n), "1": second} for at, n in enumerate(numbers)}
    if draw(st.integers(0, 3)) == 0:
        rows[str(draw(st.sampled_from([0, count - 1, count])))] = draw(ODD)
    if draw(st.integers(0, 3)) == 0:
        rows = dict(reversed(rows.items()))
    listed: dict[str, Any] = {"s": statics, "k": {**rows, "kc": count}}
    if draw(st.booleans()):
        return {"0": listed, "s": ["<table>", "</table>"]}
    at, limit, only = (
        draw(st.sampled_from([-1, -1, -1, 0, 1])),
        draw(st.sampled_from([None, None, None, 5])),
        draw(st.booleans()),
    )
    sent = draw(st.sampled_from(["r-{}", "r-{}", "row-{}", "{}"]))
    inserts = [[sent.format(n), at, limit, only and draw(st.booleans())] for n in reversed(range(count))]
    listed["stream"] = [
        "0",
        inserts,
        draw(st.sampled_from([[], [], ["r-0"]])),
        *draw(st.sampled_from([[], [], [True]])),
    ]
    return {
        "0": listed,
        "s": ['<ul id="u" phx-update="stream">', draw(st.sampled_from(["", '<li id="last"></li>'])) + "</ul>"],
    }


EMPTY = Page.join({"s": [""]}).page


def _slowly(diff: dict[str, Any], before: Page | None = None) -> Patched:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "text_rows", lambda *given: None)
        patch.setattr(containers, "filled", lambda *given: None)
        return Page.join(diff, before)


def _rows(page: Page) -> list[Any]:
    """All that rows have, those of the list and those in the container."""
    (value,) = page.tree.slots
    assert isinstance(value, Keyed)
    ropes: list[Rope[Any]] = [
        value.rows,
        *(each for each in (page.tree.grafts or {}).values() if isinstance(each, Rope)),
    ]
    return [
        [
            (type(row), getattr(row, "key", ""), getattr(row, "ref", ""), *_of(row))
            if isinstance(row, Template)
            else row.key
            for row in rope
        ]
        for rope in ropes
    ]


def _of(row: Template) -> tuple[Any, ...]:
    return row.skeleton, row.slots, row.known_shape, row.grafts, row.rooted


def _told(patched: Patched) -> Any:
    page, brought = patched.page, patched.brought
    # (in which order a message names its rows is nothing to anybody)
    ways: Any = [(None, nowhere), (EMPTY, nowhere), (None, lambda dom_id: ()), (EMPTY, lambda dom_id: ())]
    found = [
        sorted(
            (each.check, each.about, len(each.elements), each.meant)
            for each in problems(before, page, brought, elsewhere)
        )
        for before, elsewhere in ways
    ]
    made = sorted(repr((type(each), *_of(each))) for each in brought.instances() if each is not page.tree)
    index = page.templates
    rest = brought._replace(made=())
    known = (index.root, index.others, index.raw, index.naming)
    return page.html(), _rows(page), found, made, known, repr(rest)


def _either(join: Any, diff: dict[str, Any]) -> Any:
    try:
        return _told(join(diff))
    except WireError as error:
        return str(error)


@given(messages())
@example(
    {"0": {"s": ROWS[0], "k": {**{str(n): {"0": str(n), "1": ""} for n in range(70)}, "kc": 70}}, "s": ["<p>", "</p>"]}
)
def test_as_one_by_one(diff: dict[str, Any]) -> None:
    """The rows, the page, what is wrong with it, and what is known of its templates."""  # MG-2, ST-28, TK-1
    assert _either(Page.join, diff) == _either(_slowly, diff)


def _stream(count: int) -> dict[str, Any]:
    rows = {str(n): {"0": f' id="r-{n}"', "1": f"text {n}"} for n in range(count)}
    inserts = [[f"r-{n}", -1, None, False] for n in reversed(range(count))]
    listed = {"s": ROWS[1], "k": {**rows, "kc": count}, "stream": ["0", inserts, []]}
    return {"0": listed, "s": ['<ul id="u" phx-update="stream">', "</ul>"]}


def _leaves(page: Page) -> list[LazyLeaf[Any]]:
    (value,) = page.tree.slots
    assert isinstance(value, Keyed)
    return [leaf for leaf in value.rows.leaves() if isinstance(leaf, LazyLeaf)]


def test_nobody_looks() -> None:
    """A page that comes makes no row of its list, and its checks none; who looks for one makes those beside it, once."""
    patched = Page.join(_stream(200))
    assert all_different(patched.brought.made)
    assert not list(problems(None, patched.page, patched.brought))
    page = patched.page
    assert page.tree.grafts is not None
    children = page.tree.grafts["u"]
    (value,) = page.tree.slots
    assert isinstance(value, Keyed)
    assert children is value.rows  # the container's children are those that came: nothing is held twice
    assert [leaf.size for leaf in _leaves(page)] == [64, 64, 64, 8]
    with pytest.raises(AttributeError, match="'LazyLeaf' object has no attribute 'more'"):
        _ = _leaves(page)[0].more  # pyright: ignore[reportUnusedVariable, reportUnknownMemberType, reportUnknownVariableType]
    row = value.rows.at(70)
    assert isinstance(row, Row)
    assert (row.key, row.ref, row.slots) == ("r-70", "0", (' id="r-70"', "text 70"))
    assert value.rows.at(70) is row
    assert (
        _leaves(page)[1].__getattr__("rows") is _leaves(page)[1].rows
    )  # whoever asked at the same time has the same rows


def test_the_message_is_not_held() -> None:
    """What somebody does to a message afterwards changes no page that it went into."""
    diff = _stream(20)
    page = Page.join(diff).page
    diff["0"]["k"]["3"]["1"] = "changed"
    diff["0"]["k"].clear()
    assert "text 3" in page.html()
    assert "changed" not in page.html()


def test_in_its_own_way() -> None:
    """The quick way is taken for what it is meant for, and for nothing else."""
    shape = skeleton(tuple(ROWS[1]))
    entries: dict[str, Any] = {**{str(n): {"0": "", "1": "x"} for n in range(quick.FEW)}, "kc": quick.FEW}
    assert isinstance(quick.text_rows(shape, entries, Template), Listed)
    for odd in ({"0": "", "1": "<b>"}, {"0": "", "1": 4}, {"0": ' PHX-Update="ignore"', "1": ""}, {"0": ""}, None):
        assert quick.text_rows(shape, {**entries, "1": odd}, Template) is None
    assert quick.text_rows(shape, {**entries, "kc": quick.FEW + 1}, Template) is None
    assert quick.text_rows(shape, {**entries, "km": True}, Template) is None
