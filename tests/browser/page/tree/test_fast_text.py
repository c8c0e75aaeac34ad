"""Texts that are kept by leaf: a search for a text finds what asking every element finds, after any changes of a list."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding.select import exists, find
from liveview_testing.browser.page.page import Page

ROW = ["<li><b>", "</b> ", "<script>", "</script></li>"]
PLAIN = ["<li> <b>", "</b>", " </li>"]

texts = st.text(alphabet="ab \n\t", max_size=4)
rows = st.lists(st.tuples(texts, texts), min_size=1, max_size=150)
changes = st.lists(st.tuples(st.integers(0, 149), texts), max_size=4)


def entries(statics: list[str], given_rows: list[tuple[str, str]]) -> dict[str, Any]:
    slots = len(statics) - 1
    found: dict[str, Any] = {
        str(at): {str(slot): row[slot % 2] for slot in range(slots)} for at, row in enumerate(given_rows)
    }
    return {**found, "kc": len(given_rows)}


@given(st.sampled_from((ROW, PLAIN)), rows, changes, texts)
def test_search_for_a_text(
    statics: list[str], given_rows: list[tuple[str, str]], changed: list[tuple[int, str]], needle: str
) -> None:
    """The same elements as by asking each for its text, before a change and after each: whatever was kept."""
    page = Page.join({"s": ["<ul>", "</ul>"], "0": {"s": statics, "k": entries(statics, given_rows)}}).page
    for at, text in [(-1, ""), *changed]:
        if 0 <= at < len(given_rows):
            page = page.patch({"0": {"k": {str(at): {"0": text}, "kc": len(given_rows)}}}).page
        for selector in ("li", "b", "script", "ul"):
            wanted = [node.path for node in page.root.iter() if node.tag == selector and needle in naive(node)]
            assert [node.path for node in find(page, selector, needle)] == wanted
            assert exists(page, selector, needle) is bool(wanted)
        for node in page.root.iter():
            assert node.text == naive(node)


def naive(node: Any) -> str:
    """The text of an element, read child by child."""
    return " ".join(_raw(node).split())


def _raw(node: Any) -> str:
    return "".join(
        kid if isinstance(kid, str) else "" if kid.tag in ("script", "style") else _raw(kid) for kid in node.children
    )
