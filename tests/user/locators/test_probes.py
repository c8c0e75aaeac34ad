"""Every probe that was measured in Chromium, through the names that a test uses: finding, acting, waiting, failing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from liveview_testing import Error, Page, expect
from liveview_testing.user.locators.finding.reading import Reading
from tests.harness.html_pages import logged, shown
from tests.harness.places import PROBE_FILE

PROBES: list[dict[str, Any]] = [json.loads(line) for line in PROBE_FILE.read_text(encoding="utf-8").splitlines()]
UNHEARD = ("pointer", "mouse", "beforeinput", "keypress", "focusin", "focusout", "navigate", "toggle")


@pytest.mark.parametrize("probe", [pytest.param(each, id=each["id"]) for each in PROBES])
def test_probe(probe: dict[str, Any]) -> None:
    page, query, expected = shown(probe["html"]), probe["query"], probe["expected"]
    names = {"page": page, "re": re, "expect": expect}
    match probe["kind"]:
        case "find":
            found = eval(query, names).found()
            assert [f"#{each.get('id')}" if each.get("id") else each.tag for each in found] == expected
        case "expect":
            assert holds(query, names) == expected
        case "error":
            with pytest.raises(Error) as failed:
                exec(query, names)
            assert failure(failed.value, expected) == expected
        case "events":
            with logged() as log:
                exec(query, names)
            assert heard(log.lines) == [_plain(line) for line in heard(expected)]
        case "match":
            assert (
                holds(
                    "expect(page.locator('body')).to_match_aria_snapshot(query, timeout=1)", {**names, "query": query}
                )
                == expected
            )
        case "snapshot":
            assert snapshot(page, query) == expected
        case "visible":
            assert page.locator(query).is_visible() == expected
        case kind:
            read = {"role": "role", "name": "accessible_name", "description": "accessible_description"}[kind]
            assert getattr(page.locator(query), read)() == expected


def holds(code: str, names: dict[str, Any]) -> bool:
    try:
        exec(code, names)
    except AssertionError:
        return False
    return True


def failure(error: Error, expected: str) -> str:
    """What is said before the log, and the check that failed."""
    before, _, log = str(error).partition("Call log:")
    said = f"{type(error).__name__}: {before.strip()}"
    check = expected.partition(" | ")[2]
    return f"{said} | {check}" if check and check in log else said


def heard(lines: list[str]) -> list[str]:
    """The events that the kit models."""
    return [line for line in lines if not line.startswith(UNHEARD)]


def _plain(line: str) -> str:
    """The kind of an input is not modelled."""
    kind, target, *rest = line.split(" ")
    if kind == "input":
        return " ".join((kind, target, *(("-", "untrusted") if "untrusted" in rest else ())))
    return line


def snapshot(page: Page, query: str) -> str:
    return page.aria_snapshot() if query == "body" else page.locator(query).aria_snapshot()


def test_a_page_is_read_once_for_each_version() -> None:
    page = shown("<button>a</button>")
    first: Reading = page.reading
    assert page.get_by_role("button").count() == page.get_by_text("a").count() == 1
    assert page.reading is first
    page.get_by_role("button").click()
    assert page.get_by_role("button").count() == 1
