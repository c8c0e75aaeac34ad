"""Which element of the next page an element is (PA-8 … PA-11)."""

from __future__ import annotations

import pytest

from liveview_testing.browser.dom.patching.node_matching import Child, followed, kept_as, moved_with, origin, placed_as
from liveview_testing.browser.page.page import Page

TEXT = Child("#text")


def children(*names: str) -> list[Child]:
    """`p` has no key, `p#a` has one."""
    return [Child(tag, key or None) for tag, _, key in (name.partition("#") for name in names)]


@pytest.mark.parametrize(
    ("old", "new", "wanted", "found"),
    [
        (["p", "li"], ["p", "li"], 1, 1),
        (["p", "li"], ["b", "p", "li"], 1, None),  # PA-11: all that follows an unkeyed newcomer is made anew
        (["p", "li"], ["b#x", "p", "li"], 1, None),
        (["p#a", "li"], ["li"], 1, 0),
        (["p#a", "p#b", "p"], ["p#b", "p#a", "p"], 2, None),  # given up for `a`, which is put in again before it
        (["p#a", "i", "p#b", "p"], ["p#b", "p"], 1, None),  # given up for the one that is moved to its place
    ],
)
def test_kept_as(old: list[str], new: list[str], wanted: int, found: int | None) -> None:
    assert kept_as(children(*old), children(*new), wanted) == found


def test_what_is_elsewhere_on_the_page_takes_the_place_of_one() -> None:
    old, new = children("p", "i"), children("p#far", "p", "i")
    assert kept_as(old, new, 0) is None
    assert kept_as(old, new, 1) is None
    assert kept_as(old, new, 1, lambda key: "p") is None  # `p` was given up for it, and `i` for the `p` that follows


@pytest.mark.parametrize(
    ("old", "new", "wanted", "placed"),
    [
        (["p#a", "p#b"], ["p#b", "p#a"], 0, (1, True)),  # noted as given up, and put in again
        (["p#a", "p#b"], ["p#b", "p#a"], 1, (0, False)),
        (["p#a", "p#b", "p#c"], ["p#c", "p#a", "p#b"], 2, (0, True)),
        (["p#a", "p#b", "p#c"], ["p#a", "p#b", "p#c"], 2, (2, False)),
    ],
)
def test_placed_as(old: list[str], new: list[str], wanted: int, placed: tuple[int, bool]) -> None:
    assert placed_as(children(*old), children(*new), wanted) == placed


def test_a_rooted_template_is_kept_wherever_it_moves_among_its_siblings() -> None:
    def entry(text: str) -> dict[str, object]:
        return {"0": {"s": ["<div>", "</div>"], "r": 1, "0": text}}

    before = Page.join({"s": ["", ""], "0": {"s": ["", ""], "k": {"0": entry("a"), "1": entry("b"), "kc": 2}}}).page
    after = before.patch({"0": {"k": {"0": 1, "1": 0, "kc": 2, "km": True}}}).page
    first, second = before.root.elements()
    assert followed(first, after) == list(after.root.elements())[1]
    assert origin(next(iter(after.root.elements())), before) == second
    assert moved_with(first, list(after.root.elements())[1]) == first


def test_a_rooted_template_is_kept_wherever_it_moves() -> None:
    def entry(text: str) -> dict[str, object]:
        return {"0": {"s": ["<i>", "</i>"], "r": 1, "0": text}}

    rows = {"s": ["", ""], "k": {"0": entry("a"), "1": entry("b"), "kc": 2}}
    before = Page.join({"s": ["", "<p>", "</p>"], "0": {"s": ["<p></p>"]}, "1": rows}).page
    after = before.patch({"0": ""}).page  # the first <p> is the second one's now, and the rows go along
    _, second = before.root.elements()
    (paragraph,) = after.root.elements()
    assert [followed(row, after) for row in second.elements()] == list(paragraph.elements())
    assert [origin(row, before) for row in paragraph.elements()] == list(second.elements())
    longer = after.patch({"1": {"k": {"2": entry("c"), "kc": 3}}}).page
    assert [origin(row, after) is None for row in longer.root.iter() if row.tag == "i"] == [False, False, True]


def test_new_statics_are_another_element() -> None:
    before = Page.join({"s": ["", ""], "0": {"s": ["<div>", "</div>"], "r": 1, "0": "a"}}).page
    after = before.patch({"0": {"s": ["<div>", "</div>"], "r": 1, "0": "a"}}).page
    (node,) = before.root.elements()
    assert followed(node, after) is None
