"""The rules against what was measured in Chromium: a probe a line, of those that find, name or show and neither act nor wait."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import Document, DomElement
from tests.harness.places import PROBE_FILE
from tests.harness.trees import read_html

PROBES = [json.loads(line) for line in PROBE_FILE.read_text(encoding="utf-8").splitlines()]
KINDS = ("find", "role", "name", "description", "visible", "snapshot", "match")


class Asked:
    """`page` in a probe's query: its `get_by_…` are ours."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __getattr__(self, verb: str) -> Any:
        query = getattr(accessibility, verb.removeprefix("get_"))
        return lambda *words, **options: query(self.document.root, *words, **options)


def ours(probe: dict[str, Any]) -> bool:
    """Whether a probe is about what this room owns: chains of locators are built on it."""
    return probe["kind"] in KINDS and "locator(" not in probe["query"]


@pytest.mark.parametrize("probe", [pytest.param(each, id=each["id"]) for each in PROBES if ours(each)])
def test_probe(probe: dict[str, Any]) -> None:
    document, query = read_html(probe["html"]), probe["query"]
    assert answered(document, probe["kind"], query) == probe["expected"]


def answered(document: Document, kind: str, query: str) -> object:
    """Our answer to a probe."""
    if kind == "find":
        found: list[DomElement] = eval(query, {"page": Asked(document), "re": re})
        return [f"#{each.get('id')}" if each.get("id") else each.tag for each in found]
    if kind == "match":
        return accessibility.matches(accessibility.aria_tree(document.root), accessibility.parse(query))
    element = document.root if query == "body" else document.by_id(query[1:])
    assert element is not None
    rule = {"visible": "is_visible", "snapshot": "aria_snapshot"}.get(kind, kind)
    return getattr(accessibility, rule)(element)


def test_there_are_probes() -> None:
    """What is left out acts, waits or chains."""
    assert len(PROBES) == 60
    assert sum(map(ours, PROBES)) == 32
