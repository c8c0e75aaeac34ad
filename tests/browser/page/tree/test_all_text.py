"""What is quick about new instances says what the slow way says: rows that are all text, and the ids that are read in them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding.fast_ids import all_different
from liveview_testing.browser.page.finding.problems import problems
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.templates.statics_reader import skeleton
from liveview_testing.browser.page.tree.instance import attribute, id_of, with_ids
from liveview_testing.browser.page.tree.merging import merge
from liveview_testing.browser.page.tree.merging.all_text import all_text
from liveview_testing.browser.page.tree.tree import Row, Template, WireError

ROWS = (
    ('<tr id="row-', '">', "</tr>"),
    ("<tr", "><td", ">", "</td></tr>"),
    ("<li", ' id="', '">', '</li><b id="b">', "</b>"),
    ("<p>", "</p><p", "></p>"),
    ('<ul id="u" phx-update="', '">', "</ul>"),
    ("<p", " x=", "></p>"),
    ('<i id="', "-", '"></i>'),
)
"""Statics of rows: ids that a slot makes with texts around it, that a slot is, that a slot may bring, or that are always there."""

SPREADS = st.sampled_from(
    [
        "",
        ' id="a"',
        ' id="b"',
        " id='b'",
        ' ID="b"',
        " id=b",
        ' id=""',
        " id",
        ' id="a&amp;b"',
        ' class="id"',
        ' phx-value-id="7"',
        ' title="the id"',
        ' x="1" id="a"',
        ' x="1"id="a"',
        ' x="\n id="',
        'id="c"',
        "/id=a",
        ' idx="a"',
        ' data-id="a" id="a" ',
        ' phx-update="stream"',
        ' PHX-UPDATE="ignore"',
    ]
)
TEXTS = st.sampled_from(["", "a", "b", "&amp;", "<b>", "phx-update", "a\nb", "é"])
VALUES: st.SearchStrategy[Any] = st.one_of(SPREADS, TEXTS, st.sampled_from([1, True, None, {"s": ["x"]}]))


@given(
    st.sampled_from(ROWS),
    st.dictionaries(st.sampled_from(["0", "1", "2", "r", "s"]), VALUES),
    st.sampled_from([Template, Row]),
)
@example(ROWS[1], {"0": ' id="a"', "1": "", "2": "x"}, Row)
def test_rows_that_are_all_text(statics: tuple[str, ...], diff: dict[str, Any], kind: type[Template]) -> None:
    """Made at once or slot by slot, an instance is the same; what is no such row is left to the merge."""
    shape = skeleton(statics)
    quick = all_text(shape, diff, kind)
    if quick is None:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "all_text", lambda *given: None)
        slow = merge.Merge({}, {}, lambda *given: pytest.fail("something to settle")).template(shape, diff, None, kind)
    assert type(quick) is type(slow) is kind
    assert quick.slots == slow.slots
    assert (quick.skeleton, quick.known_shape, quick.grafts, quick.rooted) == (shape, shape, None, slow.rooted)
    assert slow.known_shape is shape


@pytest.mark.parametrize(
    ("statics", "diff"),
    [
        (ROWS[0], {"0": "1", "1": "<b>"}),  # raw html
        (ROWS[0], {"0": "1"}),  # a value is missing
        (ROWS[0], {"0": "1", "1": "2", "r": 1}),  # it has one root
        (ROWS[0], {"0": "1", "1": 3}),  # a component
        (ROWS[1], {"0": ' phx-update="ignore"', "1": "", "2": ""}),
        (ROWS[4], {"0": "stream", "1": ""}),
    ],
)
def test_what_is_no_such_row(statics: tuple[str, ...], diff: dict[str, Any]) -> None:
    """Left to the merge, which settles what has to be, and says what is wrong."""
    assert all_text(skeleton(statics), diff, Template) is None
    if len(diff) == 1:
        with pytest.raises(WireError, match="lacks values"):
            merge.Merge({}, diff, lambda _, new, __: new).template(skeleton(statics), diff, None)


@given(st.sampled_from(ROWS), st.lists(st.one_of(SPREADS, TEXTS), min_size=4, max_size=4))
def test_ids(statics: tuple[str, ...], values: list[str]) -> None:
    """An id that is cut out of its slot is the one that the attributes of the element have."""
    shape = skeleton(statics)
    node = Template(shape, tuple(values[: len(statics) - 1]), None, shape)
    for element in shape.elements:
        assert id_of(node, element) == attribute(node, element, "id")


@given(
    st.lists(st.tuples(st.sampled_from(ROWS), st.lists(st.one_of(SPREADS, TEXTS), min_size=4, max_size=4)), max_size=5)
)
@example([(ROWS[0], ["a", "", "", ""]), (ROWS[1], [' id="row-a"', "", "", ""])])
@example([(ROWS[0], ["a", "", "", ""]), (ROWS[0], ["a", "x", "", ""])])
@example([(ROWS[1], [' id="a"', ' id="a"', "", ""])])
def test_different_ids(instances: list[tuple[tuple[str, ...], list[str]]]) -> None:
    """Where all are said to be different, no id is found twice one by one."""
    made: list[Template] = []
    for statics, values in instances:
        shape = skeleton(statics)
        made.append(Template(shape, tuple(values[: len(statics) - 1]), None, shape))
    found = Counter(id_of(each, element) for each in made for element in with_ids(each.shape))
    del found[None], found[""]
    if all_different(made):
        assert not [dom_id for dom_id, times in found.items() if times > 1]


def _table(count: int, *, twice: bool = False) -> dict[str, Any]:
    rows: dict[str, Any] = {str(at): {"0": str(at), "1": f"text {at}"} for at in range(count)}
    rows[str(count - 1)] = {"0": "0" if twice else str(count - 1), "1": "last"}
    return {"0": {"s": [*ROWS[0]], "k": {**rows, "kc": count}}, "s": ["<table>", "</table>"]}


def test_a_table() -> None:
    """Of rows with ids of their own nothing is said, and none is looked at by itself; of one with another's it is told."""
    page = Page.join(_table(100))
    assert all_different(page.brought.made)
    assert not list(problems(None, page.page, page.brought))
    page = Page.join(_table(100, twice=True))
    assert not all_different(page.brought.made)
    (problem,) = problems(None, page.page, page.brought)
    assert (problem.check, problem.about, len(problem.elements)) == ("duplicate id", "row-0", 2)
