"""Rows are denied together only where no element in them matches one by one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding.fast_denial import denial
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.tree import Keyed

ROWS: list[list[str]] = [
    ["<li", ">", "</li>"],
    ['<li phx-hook="Own"', "><b", "></b></li>"],
    ['<li><i phx-click="', '">', "</i></li>"],
    ['<li phx-update="ignore" id="i"', ">", "</li>"],
]
VALUES = [
    *(
        "",
        "text",
        "phx-hook",
        ' phx-hook="H"',
        " PHX-HOOK=H",
        ' class="phx-hook"',
        ' phx-click="go"',
        ' phx-click="" phx-hook',
    ),
    *(' title="&quot; phx-hook=&quot;"', "/phx-hook", ' data-phx-stream="0"', "<i phx-hook='raw'>r</i>", ' id="x"'),
]
SELECTORS = [
    *(
        "[phx-hook]",
        "[phx-click], [phx-hook]",
        "li[phx-hook=H]",
        "[phx-hook][phx-click]",
        "[PHX-Hook]",
        "li [phx-click='go']",
    ),
    *("[phx-hook], #x", ":not([phx-hook])", "[data-phx-stream]", "li", "[phx-hook]:first-child", "[class*=phx]"),
]

rows = st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), min_size=1, max_size=4)


def joined(statics: list[str], values: list[tuple[str, str]]) -> Page:
    entries: dict[str, Any] = {str(at): {"0": first, "1": second} for at, (first, second) in enumerate(values)}
    return Page.join({"s": ["<ul>", "</ul>"], "0": {"s": statics, "k": {**entries, "kc": len(values)}}}).page


@given(st.sampled_from(ROWS), rows, st.sampled_from(SELECTORS))
@example(ROWS[0], [(" PHX-HOOK=H", "")], "[phx-hook]")
@example(ROWS[1], [("", "")], "[phx-hook]")
@example(ROWS[0], [("", "<i phx-hook='raw'>r</i>")], "[phx-hook]")
def test_nothing_is_missed(statics: list[str], values: list[tuple[str, str]], selector: str) -> None:
    """What is found is what each element says by itself."""
    page = joined(statics, values)
    options = plan(selector).options
    held = [node for node in page.root.iter() if node.tag]
    wanted = {each.path for each in held if any(option.last.accepts(each.tag, each.attributes) for option in options)}
    found = {node.path for node in find(page, selector)}
    assert found <= wanted
    denied = denial([option.last.needs for option in options])
    keyed = page.tree.slots[0]
    assert isinstance(keyed, Keyed)
    if denied is not None and denied(list(keyed.rows)):
        assert not [each for each in held if each.path in wanted and each.tag != "ul"]
    if all(len(option.compounds) == 1 and not option.last.positional for option in options):
        assert found == wanted


@pytest.mark.parametrize(
    ("statics", "values", "expected"),
    [
        (ROWS[0], [(' class="a"', "text"), ("", "")], True),
        (ROWS[0], [(' class="a"', "text"), (' phx-hook="H"', "")], False),
        (ROWS[0], [("", "what is a phx-hook?")], False),  # it has to be looked at
        (ROWS[1], [("", "")], False),  # the template writes it
        (ROWS[2], [("go", "text")], True),
        (ROWS[3], [("", "text")], False),  # an ignored element has attributes of another time
        (ROWS[0], [("", "<i>raw</i>")], False),
    ],
)
def test_what_is_denied(statics: list[str], values: list[tuple[str, str]], expected: bool) -> None:
    """Rows that need not be looked at for a hook."""
    denied = denial([plan("[phx-hook]").options[0].last.needs])
    keyed = joined(statics, values).tree.slots[0]
    assert denied is not None and isinstance(keyed, Keyed)
    assert denied(list(keyed.rows)) is expected


def test_what_needs_nothing() -> None:
    """Of a selector that may match an element without attributes, or by a mark that a browser puts there, no row is denied."""
    for selector in ("li", "#x", ":not([a])", "[data-phx-stream]", "[phx-hook], li"):
        assert denial([option.last.needs for option in plan(selector).options]) is None
    assert plan("a[b][c=d]").options[0].last.needs == ("b", "c")
