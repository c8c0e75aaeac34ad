"""What we find, name and show on random pages against Playwright in Chromium.

Law: everything is equal, but for visibility, which is guessed from markup and may be wrong for one element in two hundred.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from liveview_testing.browser import accessibility
from tests.chromium import oracle
from tests.chromium.differing import Difference, compare
from tests.chromium.pages import Pages
from tests.chromium.selectors import Selectors, WordyPages
from tests.harness.examples import THOROUGH
from tests.harness.html_pages import shown
from tests.harness.places import PROBE_FILE
from tests.harness.trees import read_html, read_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = range(100_000, 105_000) if THOROUGH else range(200)


def test_random_pages(tab: Page) -> None:
    """RN, GB, AS, VI: roles, names, descriptions, states, values, hiddenness, every query, the snapshot of each page."""
    oracle.load(tab)
    wrong: list[tuple[int, Difference]] = []
    elements = 0
    for seed in PAGES:
        compared = compare(tab, Pages(seed))
        elements += compared.elements
        wrong.extend((seed, each) for each in compared.differences)
    strict = [(seed, each) for seed, each in wrong if each.kind != "visible"]
    assert strict == []
    assert len(wrong) <= elements * 0.005, Counter(seed for seed, _ in wrong).most_common(5)


def test_random_selectors(tab: Page) -> None:
    """LC-1, LC-2: CSS with Playwright's pseudo-classes, engines, chains: the same elements in the same order."""
    oracle.load(tab)
    wrong: list[tuple[object, ...]] = []
    found = 0
    for seed in range(50_000, 52_000) if THOROUGH else range(40):
        source, page = Selectors(seed), shown(WordyPages(seed).page())
        selectors = [source.selector() for _ in range(40)]
        answers = oracle.ask(tab, page.content().removeprefix("<!DOCTYPE html>"), selectors)["found"]
        at = {each.path: number for number, each in enumerate(page.reading.root.iter())}
        for selector, theirs in zip(selectors, answers, strict=True):
            ours = [at.get(each.path) for each in page.locator(selector).found()]
            found += bool(theirs)
            if ours != theirs:
                wrong.append((seed, selector, ours, theirs))
    assert wrong == []
    assert found >= 400


# AS-6: templates that hold, that do not, and what Playwright says of those that are none.
TEMPLATES = (
    '- heading "Todos" [level=1]',
    "- list:\n  - listitem: Bread",
    "- list:\n  - /children: equal\n  - listitem: Bread",
    "- list:\n  - /children: deep-equal\n  - listitem:\n    - text: Milk\n    - link\n  - listitem: Bread",
    "- listitem: /Mi/",
    "- text: Milk",
    "- paragraph: 5",
    "- paragraph: true",
    "- paragraph: 1.50",
    "- button [pressed=mixed] [disabled]",
    "- button [pressed]",
    '- link "go":\n  - /url: /^.m$/',
    "- 'heading \"Todos\"'\n- list",
    "- list\n- heading",
    "- heading [checked=false]",
    "- heading: ''",
    "- listitem: |\n    Bread",
    "- listitem: >-\n    Bread",
    "- listitem:\n    Bread",
)
PAGE = (
    '<h1>Todos</h1><ul><li>Milk <a href="/m">go</a></li><li>Bread</li></ul><p>5</p><p>true</p><p>1.5</p>'
    "<button disabled aria-pressed=mixed>x</button>"
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates(tab: Page, template: str) -> None:
    """Each is judged by Playwright's own assertion."""
    from playwright.sync_api import expect

    tab.set_content(PAGE)
    try:
        expect(tab.locator("body")).to_match_aria_snapshot(template, timeout=1)
        theirs = True
    except AssertionError:
        theirs = False
    ours = accessibility.matches(accessibility.aria_tree(read_html(PAGE).root), accessibility.parse(template))
    assert ours is theirs


@pytest.mark.parametrize(
    "template", ["heading", "- button [nope]", '- button "Sav', "- button /Sav", "- heading /x/i", "- - button"]
)
def test_template_errors(tab: Page, template: str) -> None:
    """In Playwright's words."""
    from playwright.sync_api import Error, expect

    with pytest.raises(accessibility.QueryError) as ours:
        accessibility.parse(template)
    with pytest.raises((Error, AssertionError)) as theirs:
        expect(tab.locator("body")).to_match_aria_snapshot(template, timeout=1)
    assert str(ours.value).split("\n  expected:")[0].strip() in str(theirs.value)


PROBED: list[dict[str, Any]] = [json.loads(line) for line in PROBE_FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("probe", [pytest.param(each, id=each["id"]) for each in PROBED if each["kind"] == "snapshot"])
def test_snapshot_probes_still_hold(tab: Page, probe: dict[str, Any]) -> None:
    """What was measured is what this Chromium says."""
    oracle.load(tab)
    answer = oracle.ask(tab, probe["html"], [])
    assert answer["snapshot"] == probe["expected"]
    assert accessibility.aria_snapshot(read_tree(answer["tree"]).root) == probe["expected"]
