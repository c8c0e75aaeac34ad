"""Plain selectors are read without a parser: as the parser would have it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding import selector_reader
from liveview_testing.browser.page.finding.cssselect_reader import read
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.finding.selectors import Complex, Compound
from liveview_testing.failures.exceptions import SelectorError

NAMES = st.from_regex(r"[a-zA-Z][\w-]{0,3}", fullmatch=True)
PARTS = st.lists(st.tuples(st.sampled_from("#."), NAMES).map("".join), max_size=3).map("".join)
COMPOUNDS = st.tuples(NAMES | st.just(""), PARTS).map("".join).filter(bool)
SELECTORS = st.lists(COMPOUNDS, min_size=1, max_size=3).map(" ".join)
ELEMENTS = [
    (tag, {name: value for name, value in (("id", name), ("class", classes)) if value})
    for tag in ("a", "B", "li", "")
    for name in ("", "a", "A", "b-c", "_")
    for classes in ("", "a", "a b-c", "x A")
]


def said(compound: Compound) -> object:
    """All that a compound is, its tests by what they answer."""
    values = (
        *(compound.text, compound.tag, compound.ids, compound.classes, compound.values, compound.positional),
        *(compound.key, compound.spot, compound.only_id, compound.needs, len(compound.simple)),
    )
    return values, [compound.accepts(tag, attributes) for tag, attributes in ELEMENTS]


def shape(options: Sequence[Complex]) -> object:
    return [([said(each) for each in option.compounds], option.combinators) for option in options]


@given(SELECTORS | st.text("aB#._- é1>,*[", min_size=1, max_size=6))
@example("li")
@example("#a.b-c")
@example("#row-1 button")
def test_a_plain_selector_is_what_the_parser_makes_of_it(selector: str) -> None:
    if selector_reader._PLAIN.fullmatch(selector) is not None:
        assert shape(plan(selector).options) == shape(read(selector))


@given(SELECTORS.filter(str.isascii))
def test_tags_ids_and_classes_are_plain(selector: str) -> None:
    assert selector_reader._PLAIN.fullmatch(selector) is not None


@pytest.mark.parametrize(
    "selector", ["", " ", "a  b", "a > b", "a,b", "#", "a#", "#1", ".1a", "*", "a:empty", "-a", "é", "[a]", "a "]
)
def test_all_others_are_left_to_the_parser(selector: str) -> None:
    assert selector_reader._PLAIN.fullmatch(selector) is None


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(SelectorError, match="Expected selector"):
        plan("a#")


def test_a_run_of_plain_selectors_imports_no_parser() -> None:
    code = (
        "import sys\nfrom liveview_testing.browser.page.finding.selector_reader import plan\n"
        "assert plan('#a').lone_id == 'a' and plan('li.b #c')\nassert 'cssselect' not in sys.modules\n"
        "plan('a > b')\nassert 'cssselect' in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
