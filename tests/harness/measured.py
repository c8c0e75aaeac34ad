"""What Playwright answers in Chromium about small pages, measured once and kept in `measured.jsonl`.

Owns the reading of that file, and how a page's answers are taken from the kit so that they can be compared. A line is a page, the
steps of a person on it (Python, with `page`, `expect` and `re`), and what was answered: the value or the error of each step, the
events that the page heard, what has the focus, what is open, what the fields hold, and the aria snapshot of the body.

Law: both sides are asked the same, with the same timeouts; what only one of them can know is left out on both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from liveview_testing import Error, Page, expect
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import option_value, selected_options
from liveview_testing.browser.reaction import Reaction
from liveview_testing.user.locators.exceptions import ExpectationFailed
from liveview_testing.user.locators.finding.reading import node_of
from tests.harness.html_pages import logged, shown

FILE = Path(__file__).parent / "measured.jsonl"
TIMEOUT = 250
"""Milliseconds that acts and expectations wait, on both sides."""
HEARD = frozenset(
    (
        *("focus", "blur", "click", "dblclick", "auxclick", "invalid", "reset", "cancel", "command"),
        *("keydown", "keyup", "input", "change", "submit"),
    )
)
"""The events that are compared in order. `close` comes when the browser finds time for it; so it is compared by itself."""
CHECKS = (
    *("element is not visible", "element is not enabled", "element is not editable", "element is inert"),
    *("intercepts pointer events", "did not find some options", "option being selected is not enabled"),
)


_UNSAID = re.compile(r"(accessible (?:role|name|description|error message)) '.*")
"""What a person could have expected of these, Playwright does not print; the kit does."""


def known() -> list[dict[str, Any]]:
    """All that was measured."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def said(error: BaseException) -> str:
    """What is compared of a failure: its kind, its first line, the checks that failed."""
    before, _, log = str(error).partition("Call log:")
    line = next(iter(before.strip().splitlines()), "")
    line = _UNSAID.sub(r"\1", line)
    kind = "AssertionError" if isinstance(error, ExpectationFailed) else type(error).__name__
    return f"{kind}: {line} | {'; '.join(check for check in CHECKS if check in log)}"


def answer(step: str, names: Mapping[str, Any], failures: tuple[type[BaseException], ...]) -> Any:
    """What a step comes to."""
    try:
        try:
            code = compile(step, "<step>", "eval")
        except SyntaxError:
            exec(step, dict(names))
            return None
        value = eval(code, dict(names))
    except failures as error:
        return said(error)
    return value if isinstance(value, str | int | float | list | type(None)) else type(value).__name__


def ours(html: str, steps: list[str]) -> dict[str, Any]:
    """What the kit answers."""
    page = shown(html)
    page.set_default_timeout(TIMEOUT)
    expect.set_options(timeout=TIMEOUT)
    try:
        with _everything_logged() as lines:
            names = {"page": page, "expect": expect, "re": re}
            answers = [
                answer(step, names, (Error, AssertionError, ValueError, TypeError, NotImplementedError))
                for step in steps
            ]
    finally:
        expect.set_options(timeout=5_000)
    return {
        "answers": answers,
        "log": [line for line in lines if line.split(" ")[0] in HEARD],
        "closed": [line for line in lines if line.startswith("close ")],
        "state": _state(page),
        "snapshot": page.aria_snapshot(),
    }


@contextmanager
def _everything_logged() -> Generator[list[str]]:
    """What is heard, events that do not bubble among them."""
    dispatch: Callable[[Reaction, DomEvent], bool] = Reaction.dispatch
    with logged() as log:

        def hear(reaction: Reaction, event: DomEvent) -> bool:
            if not event.bubbles:
                command = f" {event.detail['command']}" if event.type == "command" else ""
                log.lines.append(f"{event.type} {_named(event.target)}{command}")
            return dispatch(reaction, event)

        with mock.patch.object(Reaction, "dispatch", hear):
            yield log.lines


def _named(element: Any) -> str:
    return f"#{element.get('id')}" if element.get("id") else str(element.tag)


def _state(page: Page) -> dict[str, Any]:
    reading = page.reading
    elements = list(reading.body.iter())
    focused = reading.focused
    return {
        "focus": None if focused is None or focused.tag == "body" else _named(focused),
        "open": [[_named(each), each.has("open")] for each in elements if each.tag in ("dialog", "details")],
        "shown": [[_named(each), node_of(each).mark.popover] for each in elements if each.has("popover")],
        "values": [[_named(each), _value(each)] for each in elements if each.tag in ("input", "select", "textarea")],
    }


def _value(control: DomElement) -> str | bool:
    state = control.document.state
    if control.tag == "select":
        chosen = selected_options(node_of(control))
        return option_value(chosen[0]) if chosen else ""
    kind = (control.get("type") or "").lower()
    return state.checked(control) if kind in ("checkbox", "radio") else state.value(control)
