"""The merge: MG-1 … MG-6, and what it refuses."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.tree import Keyed, Template, WireError

LIST = ["<li>", "", "</li>"]


def page(*messages: dict[str, Any]) -> Page:
    """The page of a join and some diffs."""
    first, *rest = messages
    made = Page.join(first).page
    for diff in rest:
        made = made.patch(diff).page
    return made


def joined(*items: str) -> dict[str, Any]:
    entries: dict[str, Any] = {str(i): {"0": item, "1": "."} for i, item in enumerate(items)}
    return {"0": {"k": {**entries, "kc": len(items)}, "s": 0}, "s": ["<ul>", "</ul>"], "p": {"0": LIST}}


def texts(made: Page) -> list[str]:
    return [node.text for node in next(made.root.elements()).elements()]


def test_values_replace_and_objects_go_inside() -> None:
    """MG-1: text replaces, an object without statics changes, one with statics replaces."""
    made = page({"0": "a", "1": {"0": "x", "s": ["<b>", "</b>"]}, "s": ["<p>", " ", "</p>"]})
    assert made.wire_text() == "<p>a <b>x</b></p>"
    assert made.patch({"0": "c"}).page.wire_text() == "<p>c <b>x</b></p>"
    assert made.patch({"1": {"0": "y"}}).page.wire_text() == "<p>a <b>y</b></p>"
    assert made.patch({"1": {"0": "z", "s": ["<i>", "</i>"]}}).page.wire_text() == "<p>a <i>z</i></p>"
    assert made.patch({"1": ""}).page.wire_text() == "<p>a </p>"
    assert made.patch({"0": "n", "s": ["<q>", "</q>"]}).page.wire_text() == "<q>n</q>"
    assert made.wire_text() == "<p>a <b>x</b></p>"


def test_template_numbers_belong_to_the_nearest_table() -> None:
    """A number in `s` is looked up in the nearest `p`, when it comes."""
    made = page(
        {
            "0": {"0": "i", "s": 0},
            "1": {"p": {"0": ["<u>", "</u>"]}, "s": ["<div>", "</div>"], "0": {"0": "j", "s": 0}},
            "s": 1,
            "p": {"0": ["<b>", "</b>"], "1": ["", "", ""]},
        },
        {"0": {"0": "k"}},
    )
    assert made.wire_text() == "<b>k</b><div><u>j</u></div>"


def test_keyed_vectors() -> None:
    """VX-5: moves by number, moved and changed as a pair, new ones in between."""
    made = page(joined("a", "b"))
    moved = made.patch({"0": {"k": {"0": {"0": "c", "1": "."}, "1": 0, "2": 1, "kc": 3, "km": True}}}).page
    assert texts(moved) == ["c.", "a.", "b."]
    again = moved.patch({"0": {"k": {"0": [2, {"0": "B"}], "1": {"0": "n"}, "kc": 2, "km": True}}}).page
    assert texts(again) == ["B.", "n."]
    assert texts(again.patch({"0": {"k": {"kc": 0}}}).page) == []
    assert texts(again.patch({"0": {"k": {"kc": 1}}}).page) == ["B."]
    assert texts(made) == ["a.", "b."]


@given(st.lists(st.lists(st.integers(0, 40), unique=True, max_size=90), min_size=2, max_size=6))
def test_any_reordering(versions: list[list[int]]) -> None:
    """Whatever a keyed list becomes: moves by old index, changed or not, and new entries give the list from scratch."""
    made = page(joined(*(f"{n}@0" for n in versions[0])))
    for turn, (old, new) in enumerate(pairwise(versions), start=1):
        entries: dict[str, Any] = {"kc": len(new)}
        for at, n in enumerate(new):
            changed = {"0": f"{n}@{turn}"}
            if n not in old:
                entries[str(at)] = {**changed, "1": "."}
            elif old.index(n) == at:
                entries[str(at)] = changed
            else:
                entries["km"] = True
                entries[str(at)] = [old.index(n), changed] if n % 2 else old.index(n)
        made = made.patch({"0": {"k": entries}}).page
        # an even entry that only moved keeps the text it had
        for got, n in zip(texts(made), new, strict=True):
            assert got.partition("@")[0] == str(n)
            if n % 2 or n not in old or old.index(n) == new.index(n):
                assert got == f"{n}@{turn}."
        assert [node.text for node in next(made.root.elements()).iter()] == texts(made)


def test_components_share_statics() -> None:
    """MG-3: a list is its own, a positive number is of this message, a negative one from before; values come along."""
    made = page(
        {
            "0": 1,
            "1": 2,
            "2": "",
            "s": ["<div>", "", "", "</div>"],
            "c": {"1": {"0": "a", "1": "x", "s": ["<b>", ":", "</b>"], "r": 1}, "2": {"0": "b", "1": "y", "s": 1}},
        }
    )
    assert made.wire_text() == "<div><b>a:x</b><b>b:y</b></div>"
    made = made.patch({"2": 3, "c": {"3": {"0": "c", "s": -2}, "2": {"1": "Y"}}}).page
    assert made.wire_text() == "<div><b>a:x</b><b>b:Y</b><b>c:y</b></div>"
    assert 'data-phx-component="3"' in made.html()
    assert made.patch({"c": {"1": {"0": "A"}}}).page.wire_text() == "<div><b>A:x</b><b>b:Y</b><b>c:y</b></div>"


def test_pointers_are_followed_through_the_message() -> None:
    """A component may point at one that points on, in any order of cids."""
    made = page(
        {
            "0": 1,
            "1": 2,
            "2": 3,
            "s": ["", "", "", ""],
            "c": {"1": {"0": "a", "s": 2}, "2": {"0": "b", "s": 3}, "3": {"0": "c", "s": ["<i>", "</i>"]}},
        }
    )
    assert made.wire_text() == "<i>a</i><i>b</i><i>c</i>"


def test_what_did_not_change_is_the_same_object() -> None:
    """A patch copies the path; sent-again equal values copy nothing."""
    made = page(joined("a", "b", "c"))
    after = made.patch({"0": {"k": {"1": {"0": "B"}, "kc": 3}}}).page
    before_rows, after_rows = rows(made), rows(after)
    assert [a is b for a, b in zip(before_rows, after_rows, strict=True)] == [True, False, True]
    assert made.patch({"0": {"k": {"1": {"0": "b"}, "kc": 3}}}).page.tree is made.tree
    assert made.patch({}).page.tree is made.tree


def rows(made: Page) -> list[Template]:
    keyed = made.tree.slots[0]
    assert isinstance(keyed, Keyed)
    return list(keyed.rows)


# --- what is refused --------------------------------------------------------------------------------------------------------

BASE = {"0": "a", "1": {"0": "x", "s": ["<b>", "</b>"]}, "s": ["<p>", " ", "</p>"]}


def refused(diff: Any, base: dict[str, Any] = BASE) -> str:
    made = page(base)
    text = made.wire_text()
    with pytest.raises(WireError) as caught:
        made.patch(diff)
    assert made.wire_text() == text
    return str(caught.value)


def test_no_statics() -> None:
    """A nested template at a place that has none needs `s`; the text in full."""
    assert refused({"0": {"0": "y"}}) == (
        "a template without statics, and none are known here\n"
        "  at: 0\n"
        "  expected: s (the client has seen nothing, or only text, at this place)\n"
        "  got: {'0': 'y'}\n"
        "  cure: a template that is new at its place is sent with s"
    )


def test_km_is_needed() -> None:
    """The official client throws without it; here it is said."""
    assert refused({"0": {"k": {"0": 1, "1": 0, "kc": 2}}}, joined("a", "b")) == (
        "an entry moves, but k has no km\n"
        "  at: 0 / k / 0\n"
        "  expected: km: true beside kc\n"
        "  got: 1\n"
        "  cure: the official client keeps the old entries only if km says that some move"
    )


@pytest.mark.parametrize(
    ("diff", "what", "where"),
    [
        ({"2": "x"}, "a slot that the template does not have", "the top of the message"),
        ({"x": "y"}, "unknown key", "the top of the message"),
        ({"0": None}, "not a dynamic value", "0"),
        ({"0": True}, "not a dynamic value", "0"),
        ({"1": {"0": ["y"]}}, "not a dynamic value", "1 / 0"),
        ({"1": {"0": {"0": "z", "s": 4}}}, "template 4 is not in this message", "1 / 0 / s"),
        ({"1": {"s": [], "0": "q"}}, "not statics", "1 / s"),
        ({"1": {"s": ["a", "b"]}}, "a new template lacks values", "1 / slot 0"),
        ({"1": {"k": {"kc": 0}}}, "entries without statics, and no comprehension is known here", "1"),
        ({"0": {"k": {"0": {}}, "s": ["", ""]}}, "a comprehension without its count", "0 / k"),
        ({"0": {"k": {"kc": 2, "0": {"0": "x"}}, "s": ["", ""]}}, "entries are missing", "0 / k"),
        ({"0": {"k": {"kc": 1, "1": {"0": "x"}}, "s": ["", ""]}}, "an entry beyond the count", "0 / k"),
        ({"0": {"k": {"kc": 1, "0": "x"}, "s": ["", ""]}}, "not an entry", "0 / k / 0"),
        (
            {"0": {"k": {"kc": 1, "0": 5, "km": True}, "s": ["", ""]}},
            "an entry moves from where there was none",
            "0 / k / 0",
        ),
        ({"0": {"k": {"kc": 0}, "s": [""], "stream": ["0", []]}}, "not a stream", "0 / k / stream"),
        ({"0": {"k": {"kc": 0}, "s": [""], "stream": ["0", [["a", -1, None]], []]}}, "not a stream", "0 / k / stream"),
        ({"c": {"7": {"0": "x"}}}, "a change of an unknown component", "c / 7"),
        ({"c": {"7": {"0": "x", "s": -3}}}, "statics of an unknown component", "c / 7 / s"),
        ({"c": {"7": {"s": 8}, "8": {"s": 7}}}, "components share statics in a circle", "c / 7 / c / 8"),
        ({"c": {"7": "x"}}, "not a component", "c / 7"),
    ],
)
def test_broken_messages(diff: dict[str, Any], what: str, where: str) -> None:
    """Each says what is wrong and where; the page stays."""
    lines = refused(diff).splitlines()
    assert lines[0] == what
    assert lines[1] == f"  at: {where}"


def test_a_join_needs_statics() -> None:
    """Nothing can be built without."""
    with pytest.raises(WireError, match="a join without statics"):
        Page.join({"0": "x"})
