"""Acts in few words, as the list of a timeline has them; and the element that an act was done to.

Owns `said`, `meant` and `test_lines`. Law: words are made of what the test asked for; where nothing short can be
said the line of code is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liveview_core.values.patterns import late_pattern
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.record.scripts.targets import (
    OnComponents,
    OnElement,
    OnFiles,
    OnLocator,
    OnOrder,
    OnPage,
    OnView,
    OnWorld,
)
from liveview_testing.record.timelines.steps.client import address
from liveview_testing.user.locators.finding.reading import Reading, node_of

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser
    from liveview_testing.record.scripts.act import Act
    from liveview_testing.record.scripts.script import Script

__all__ = ["meant", "said", "test_lines"]

_RENDER = late_pattern(r"^render_")


def said(act: Act) -> str:
    """What somebody did, in few words: `click "Add"`, `submit #new {'title': 'milk'}`, `open /todos`."""
    verb = _RENDER.sub("", act.verb).replace("_", " ")
    values = " ".join(_short(each) for each in (*act.args, *act.options.values()) if each is not None)
    match act.on:
        case OnWorld(part):
            if verb == "in order":
                return "from here on messages wait"
            if act.opens:
                return f"open {_view(act.args[0]) if act.args else ''}".strip()
            if part == "clock":
                return f"{values} s pass" if verb == "advance" else f"clock: {verb} {values}".strip()
            return f"{part + ': ' if part else ''}{verb} {values}".strip()
        case OnOrder():
            return "what still waits arrives" if verb == "end" else f"{verb} {values}".strip()
        case OnElement(_, selector, text, data):
            on = selector + ("" if text is None else f" {_short(text)}")
            return f"{verb} {on}{f' {_short(dict(data))}' if data else ''} {values}".strip()
        case OnLocator(query):
            return f"{verb} {_located(query)} {values}".strip()
        case OnFiles(_, form, name):
            return f"{verb} {name} of {form} {values}".strip()
        case OnPage(part):
            return f"{part + ': ' if part else ''}{verb} {values}".strip()
        case OnComponents(_, selector):
            return f"{verb} {values} at {selector}".strip()
        case OnView():
            return f"{verb} {values}".strip()


def _located(query: Any) -> str:
    """A query as one would say it: `button "Add"`."""
    code: str = query.code
    role = re.fullmatch(
        r"get_by_role\('(\w+)'(?:, name=(.+?))?(?:, exact=True)?\)|get_by_role\(\"(\w+)\"(?:, name=(.+?))?(?:, exact=True)?\)",
        code,
    )
    if role is not None:
        return " ".join(each for each in (role[1] or role[3], role[2] or role[4]) if each)
    plain = re.fullmatch(r"(?:locator|get_by_\w+)\((['\"].*['\"])\)", code)
    return plain[1] if plain is not None else code


def _short(value: Any) -> str:
    text = Spelling(strict=False).of(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _view(target: Any) -> str:
    if isinstance(target, str):
        return target
    kind: Any = target if isinstance(target, type) else type(target)
    return str(kind.__name__)


def meant(act: Act, browser: Browser | None, styles: Any) -> str | None:
    """The element that an act was done to, by its address on the page before it, or by its selector."""
    match act.on:
        case OnElement(_, selector):
            return selector
        case OnFiles(_, form):
            return form
        case OnComponents(_, selector):
            return selector
        case OnLocator(query, within) if browser is not None and not within:
            try:
                found = query.find(Reading(browser.document, styles))
            except Exception:  # what cannot be found now was not there before, either
                return None
            return address(node_of(found[0])) if len(found) == 1 else None
        case _:
            return None


def test_lines(script: Script, numbers: list[Act | None], codes: list[str]) -> dict[str, Any] | None:
    """A test in pieces: what it begins with, and the lines of each act; None where the world cannot be written down.

    An act that sent nothing is no act of the timeline: its line stands before those of the next one.
    """
    spelling = Spelling()
    spelling.uses("liveview_testing", "Simulation")
    given = {name: each for name, each in script.world.items() if each is not None and name not in ("record", "css")}
    try:
        words = [spelling.of(given.pop("router"))] if "router" in given else []
        words.extend(f"{name}={spelling.of(each)}" for name, each in given.items())
    except NoLiteral:
        return None
    lines: list[list[str]] = []
    places = {id(act): at for at, act in enumerate(script.acts)}
    indent, written = "    ", 0
    for act, code in zip(numbers, codes, strict=True):
        here = written if act is None else places[id(act)]
        mine: list[str] = []
        for each in (*script.acts[written:here], act):
            try:
                text = code if each is None else each.spelled(spelling)
            except NoLiteral:
                text = code if each is act else f"# {said(each)}" if each is not None else code
            ends = each is not None and isinstance(each.on, OnOrder) and each.verb == "end"
            mine.append(f"{indent}pass  {text}" if ends else f"{indent}{text}")
            if each is not None and (ends or each.verb == "in_order"):
                indent = "    " if ends else " " * 8
        lines.append(mine)
        written = max(written, here + (act is not None))
    imports = [
        f"from {module} import {', '.join(sorted(names))}" if names else f"import {module}"
        for module, names in sorted(spelling.imports.items())
    ]
    head = [*imports, "", "", "def test_again():", f"    sim = Simulation({', '.join(words)})"]
    return {"head": head, "lines": lines}
