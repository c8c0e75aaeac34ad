"""What date and time fields are held to under keys is what this Chromium does: all of them on one page."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from liveview_testing.browser.events.validation import value_problems, within_limits
from liveview_testing.browser.page.forms.values import cleaned
from tests.harness.examples import THOROUGH

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FILE = Path(__file__).parent.parent / "harness" / "date_parts.txt"
STEP = 1 if THOROUGH else 160
SAYS = """() => {
  const { value, validity } = document.getElementById("d"), active = document.activeElement;
  return `${value || "-"}${validity.valid ? "" : "!"}@${active.id}`;
}"""


def test_what_was_measured_still_holds(tab: Page) -> None:
    """AC-9: of fields that got the focus by a script; the year was 2026."""
    tab.goto("about:blank")
    known = [line for line in FILE.read_text().splitlines() if " focus  " in line and "-@d ArrowUp" not in line]
    other: list[tuple[str, str]] = []
    for line in known[::STEP]:
        spec, keys = line.split(" focus  ")
        first, *more = spec.split(" ")
        kind, _, value = first.partition("=")
        attributes = " ".join([f"type={kind}", *([f"value={value}"] if value else []), *more])
        tab.evaluate("html => { document.body.innerHTML = html }", f"<input id=a><input id=d {attributes}><input id=z>")
        tab.locator("#d").focus()
        found: list[str] = []
        for each in keys.split(" "):
            key = each.partition(">")[0]
            tab.keyboard.press(key)
            found.append(f"{key}>{tab.evaluate(SAYS)}")
        if " ".join(found) != keys:
            other.append((line, " ".join(found)))
    assert other == []


TEXTS = {
    "date": (
        "2024-03-05",
        "1970-01-01",
        "1969-12-28",
        "2000-02-29",
        "12024-01-01",
        "0001-01-01",
        "2024-03-12",
        "x",
        "",
    ),
    "month": ("2024-03", "1969-11", "1970-01", "2024-06", "12024-01", "x"),
    "week": ("2024-W10", "1970-W01", "1969-W52", "2020-W53", "2024-W12", "x"),
    "time": ("10:20", "10:20:30", "10:20:30.5", "00:00", "23:59:59.999", "09:00", "17:30", "x"),
    "datetime-local": ("2024-03-05T10:20", "2024-03-05T10:20:30", "1969-12-31T23:59:59.5", "1970-01-01T00:00", "x"),
}
STEPS = (
    *("any", "ANY", "1", "2", "7", "0.5", "30", "60", "90", "3600", "86400"),
    *("x", "0", "-1", "1.4", "1.6", "0.001", "1e1", " 2"),
)
ASK = """all => all.map(([type, attributes, value]) => {
  const input = document.createElement("input");
  input.type = type;
  for (const name in attributes) input.setAttribute(name, attributes[name]);
  input.value = value;
  document.body.replaceChildren(input);
  return [input.value, input.validity.valid, input.matches(":in-range") ? true : input.matches(":out-of-range") ? false : null];
})"""


def test_random_limits_and_steps(tab: Page) -> None:
    """PF-18: what a field holds, whether that is valid, and whether it is within limits."""
    random = Random(1)
    asked: list[tuple[str, dict[str, str], str]] = []
    for _ in range(20_000 if STEP == 1 else 400):
        kind = random.choice(list(TEXTS))
        attributes = {name: random.choice(TEXTS[kind]) for name in ("min", "max", "value") if random.random() < 0.4}
        if random.random() < 0.6:
            attributes["step"] = random.choice(STEPS)
        asked.append((kind, attributes, random.choice(TEXTS[kind])))
    ours: list[object] = []
    for kind, attributes, text in asked:
        value = cleaned(text, kind)
        wrong = bool(value) and any(value_problems(attributes.get, kind, value, typed=True))
        ours.append([value, not wrong, within_limits(attributes.get, kind, value)])
    theirs = tab.evaluate(ASK, asked)
    assert [each for each in zip(asked, ours, theirs, strict=True) if each[1] != each[2]] == []
