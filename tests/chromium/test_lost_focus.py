"""When an element that cannot have the focus any more loses it: what the kit is held to is what this Chromium does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.examples import THOROUGH
from tests.harness.lost_focus import CASES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ASK = """async cases => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const found = [];
  for (const { before, after } of cases) {
    document.body.innerHTML = before + "<input id=z>";
    const a = document.getElementById("a"), has = () => document.activeElement === a, heard = [];
    a.focus();
    await frame();
    for (const type of ["blur", "focusout"]) a.addEventListener(type, () => heard.push(type));
    for (const each of new DOMParser().parseFromString(after, "text/html").querySelectorAll("[id]")) {
      const now = document.getElementById(each.id);
      for (const { name } of [...now.attributes]) if (!each.hasAttribute(name)) now.removeAttribute(name);
      for (const { name, value } of each.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
    }
    const kept = has();
    await frame();
    await frame();
    found.push([has() ? "stays" : kept ? "next frame" : "at once", heard.join()]);
  }
  return found;
}"""


def test_when_the_focus_is_lost(tab: Page) -> None:
    """PF-12."""
    cases = CASES if THOROUGH else CASES[::3]
    answers = tab.evaluate(ASK, [{"before": each.before, "after": each.after} for each in cases])
    found = [(each.after, *answer) for each, answer in zip(cases, answers, strict=True)]
    assert found == [(each.after, each.when, "" if each.when == "stays" else "blur,focusout") for each in cases]
