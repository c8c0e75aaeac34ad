"""Small pages measured in Chromium: the other side of `tests.harness.measured`.

Owns the scripts that listen, and `measured`, one page asked. Run as a module it reads cases (`id`, `html`, `steps`) as JSON lines
from standard input and writes them with Chromium's answers.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from tests.harness.measured import HEARD, TIMEOUT, answer

if TYPE_CHECKING:
    from playwright.sync_api import Page

LISTEN = """heard => {
  window.__log = [];
  const name = node => node && node.localName ? (node.id ? "#" + node.id : node.localName) : "document";
  const on = (type, say) => document.addEventListener(type, event => {
    __log.push(type + " " + name(event.target) + (say ? say(event) : ""));
  }, true);
  const say = {
    keydown: e => ` "${e.key}"`, keyup: e => ` "${e.key}"`, command: e => " " + e.command,
    click: e => { if (e.target.localName === "a") e.preventDefault(); return " detail=" + e.detail; },
    dblclick: e => " detail=" + e.detail, auxclick: e => " detail=" + e.detail,
    input: e => e.isTrusted ? "" : " - untrusted", change: e => e.isTrusted ? "" : " untrusted",
    submit: e => {
      e.preventDefault();
      const by = e.submitter, data = new URLSearchParams(new FormData(e.target, by)).toString();
      return ` submitter=${by ? "#" + by.id : "none"} data=${data}`;
    },
  };
  for (const type of heard) on(type, say[type]);
}"""

STATE = """() => {
  const name = node => node.id ? "#" + node.id : node.localName, all = query => [...document.body.querySelectorAll(query)];
  const value = e => ["checkbox", "radio"].includes(e.type) ? e.checked : e.value, active = document.activeElement;
  return {
    focus: active === document.body ? null : name(active),
    open: all("dialog,details").map(e => [name(e), e.open]),
    shown: all("[popover]").map(e => [name(e), e.matches(":popover-open")]),
    values: all("input,select,textarea").map(e => [name(e), value(e)]),
  };
}"""


def measured(tab: Page, html: str, steps: list[str]) -> dict[str, Any]:
    """What Playwright answers."""
    from playwright.sync_api import Error, expect

    tab.set_default_timeout(TIMEOUT)
    expect.set_options(timeout=TIMEOUT)
    tab.goto("about:blank", timeout=20_000)
    tab.set_content(f"<!doctype html>{html}", timeout=20_000)
    tab.evaluate(LISTEN, [*sorted(HEARD), "close"])
    names = {"page": tab, "expect": expect, "re": re}
    try:
        answers = [
            answer(step, names, (Error, AssertionError, ValueError, TypeError, NotImplementedError)) for step in steps
        ]
    finally:
        expect.set_options(timeout=5_000)  # it is everybody's
    tab.wait_for_timeout(30)
    log: list[str] = tab.evaluate("__log")
    found = {
        "answers": answers,
        "log": [line for line in log if not line.startswith("close ")],
        "closed": [line for line in log if line.startswith("close ")],
        "state": tab.evaluate(STATE),
        "snapshot": tab.locator("body").aria_snapshot(timeout=20_000),
    }
    for key in ("Shift", "Control", "Alt", "Meta"):
        tab.keyboard.up(key)
    return found


def warm(tab: Page) -> None:
    """The first click of a browser takes longer than any other."""
    tab.set_content("<button>a</button>")
    tab.get_by_role("button").click(timeout=20_000)


def main() -> None:
    from playwright.sync_api import sync_playwright

    from tests.chromium.conftest import executable

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        tab = browser.new_page()
        warm(tab)
        for line in sys.stdin:
            case = json.loads(line)
            case.update(measured(tab, case["html"], case["steps"]))
            sys.stdout.write(json.dumps(case, ensure_ascii=False) + "\n")
        browser.close()


if __name__ == "__main__":
    main()
