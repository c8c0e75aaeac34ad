"""The HTML of a whole diff (DF-33): statics interleaved with dynamics, lists entry by entry, components by their numbers."""

from __future__ import annotations

import pytest

from liveview_core import LiveComponent, heex
from liveview_core.rendering.static_html import html_of
from tests.harness.stage import Stage


@pytest.mark.parametrize(
    ("diff", "html"),
    [
        ({"s": ["<p></p>"]}, "<p></p>"),
        ({"0": "a", "1": "", "s": ["<p>", "-", "</p>"]}, "<p>a-</p>"),
        ({"0": {"0": "x", "s": 0}, "s": 1, "p": {"0": ["<b>", "</b>"], "1": ["[", "]"]}}, "[<b>x</b>]"),
        (
            {"0": {"k": {"0": {"0": "1"}, "1": {"0": "2"}, "kc": 2}, "s": ["<i>", "</i>"]}, "s": ["", ""]},
            "<i>1</i><i>2</i>",
        ),
        (
            {
                "0": {
                    "k": {
                        "0": {"0": "1", "1": "2"},
                        "1": {"0": {"0": "n", "s": 0}, "1": "3"},
                        "2": {"1": 1, "0": "4"},
                        "3": {"0": "5", "1": "6"},
                        "kc": 4,
                    },
                    "s": ["<i>", "-", "</i>"],
                },
                "p": {"0": ["<b>", "</b>"]},
                "s": ["", ""],
                "c": {"1": {"s": ["<u></u>"]}},
            },
            "<i>1-2</i><i><b>n</b>-3</i><i>4-<u></u></i><i>5-6</i>",
        ),
        ({"0": {"k": {"0": {}, "1": {}, "kc": 2}, "s": ["<hr>"]}, "s": ["", ""]}, "<hr><hr>"),
        ({"0": {"k": {"kc": 0}, "s": ["<i>", "</i>"], "stream": ["0", [], []]}, "s": ["", ""]}, ""),
        ({"0": 1, "s": ["", ""], "c": {"1": {"0": 2, "s": ["<a>", "</a>"]}, "2": {"s": ["<b>"]}}}, "<a><b></a>"),
    ],
)
def test_interleaved(diff: dict[str, object], html: str) -> None:
    """DF-33: each kind of node."""
    assert html_of(diff) == html


def test_links_between_components() -> None:
    """DF-23, DF-33: a link is followed to its end; what the linking one has of its own replaces what is linked."""
    nested = {"0": "1", "1": {"0": "n", "s": ["<i>", "</i>"]}, "s": ["<b>", "", "</b>"]}
    diff = {
        "0": 3,
        "1": 2,
        "2": 1,
        "s": ["", "", "", ""],
        "c": {"1": nested, "2": {"0": "2", "1": {"0": "m"}, "s": 1}, "3": {"0": "3", "1": "", "s": 2}},
    }
    before = repr(diff)
    assert html_of(diff) == "<b>3</b><b>2<i>m</i></b><b>1<i>n</i></b>"
    assert repr(diff) == before


def test_lists_in_linked_components() -> None:
    """DF-10, DF-23: the list of a linked component has entries of its own, and uses the table that came with them."""

    class Listing(LiveComponent):
        render = heex("<div><p :for={n in @ns}>{n}<b :if={n > 1}>{n}</b></p></div>")

    page = heex(
        "<.live_component :for={ns in @lists} module={Listing} id={len(ns)} ns={ns} />", names={"Listing": Listing}
    )
    stage = Stage(page, lists=[[1, 2], [3], [], [1, 1, 1]])
    two = "<div><p>1</p><p>2<b>2</b></p></div>"
    assert html_of(stage.join) == f"{two}<div><p>3<b>3</b></p></div><div></div><div>{'<p>1</p>' * 3}</div>"


def test_a_long_chain_of_links() -> None:
    """No recursion: a chain may be as long as there are components."""
    components: dict[str, object] = {"1": {"0": "1", "s": ["<b>", "</b>"]}}
    components.update({str(cid): {"0": str(cid), "s": cid - 1} for cid in range(2, 3_000)})
    assert html_of({"0": 2_999, "s": ["", ""], "c": components}) == "<b>2999</b>"


@pytest.mark.parametrize("count", [0, 1, 3, 4_096, 4_097, 5_000])
def test_entries_have_names(count: int) -> None:
    """DF-11: entries go by their place, of short lists and of long ones, where the names are nobody else's."""
    page = heex("<i :for={n in @ns}>{n}-{n}</i>")
    diff = Stage(page, ns=range(count)).join
    entries = diff["0"]["k"] if count else {"kc": 0}
    assert list(entries) == [*map(str, range(count)), "kc"] and entries["kc"] == count
    assert all(entries[str(at)] == {"0": str(at), "1": str(at)} for at in range(count))
    assert html_of(diff) == "".join(f"<i>{at}-{at}</i>" for at in range(count))
