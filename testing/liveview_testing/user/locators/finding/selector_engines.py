"""The text that `locator(…)` takes, read into steps: CSS, and the engines that Playwright's users write before `=`.

Owns `steps_of`. Law: a text means what it means to Playwright; what needs a script engine or layout is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from liveview_core.errors import shown
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import QueryError
from liveview_testing.browser.accessibility.text import as_script, norm
from liveview_testing.user.locators.exceptions import Error, NotHere
from liveview_testing.user.locators.finding.css_reader import near_engine, read_css, split
from liveview_testing.user.locators.finding.query import (
    ByRole,
    BySelector,
    ByTestId,
    ByTextNode,
    ByWords,
    Filtered,
    LocatorStep,
    Nth,
    Parents,
)

_ENGINE = late_pattern(r"\s*([a-zA-Z_][-\w:+*]*)\s*=(.*)\Z", re.DOTALL)
_ROLE = late_pattern(r"\s*([-\w]+)\s*((?:\[[^\]]*\]\s*)*)\Z")
_STATE = late_pattern(
    r"\[\s*([-\w]+)\s*(?:=\s*(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/(?:\\.|[^/\\])*/\w*|[^\]\s]+)\s*([is])?\s*)?\]"
)


@lru_cache(512)
def steps_of(selector: str) -> tuple[LocatorStep, ...]:
    """The steps that a selector stands for. Raises `Error` where it cannot be read."""
    return tuple(step for part in split(selector, ">>") for step in _steps(part.strip(), selector))


def _steps(part: str, whole: str) -> Iterator[LocatorStep]:
    if not part:
        raise Error(
            'Unexpected token "" while parsing css selector "". Did you mean to CSS.escape it?', got=shown(whole)
        )
    if part == "..":
        yield Parents()
        return
    if part.startswith(("//", "..", "(//")):
        raise _no_xpath(whole)
    if len(part) > 1 and part[0] in "\"'" and part[-1] == part[0]:
        yield ByTextNode(_unescaped(part[1:-1]))
        return
    found = _ENGINE.match(part)
    if found is None or not re.fullmatch(r"[a-zA-Z_0-9-+:*]+", found[1]):
        yield BySelector(read_css(part), part)
        return
    yield from _engine(found[1], found[2].strip(), whole)


def _engine(name: str, body: str, whole: str) -> Iterator[LocatorStep]:
    match name:
        case "css":
            yield BySelector(read_css(body), body)
        case "text":
            yield _text(body)
        case "id" | "data-testid" | "data-test-id" | "data-test":
            yield ByTestId(_unquoted(body), name, engine=True)
        case "visible":
            yield Filtered(visible=body.lower() == "true")
        case "nth":
            if not re.fullmatch(r"-?\d+", body):
                raise Error(f"nth takes a whole number, not {body!r}", got=shown(whole), cure="nth=0")
            yield Nth(int(body))
        case "role":
            yield _role(body, whole)
        case "xpath":
            raise _no_xpath(whole)
        case _:
            raise Error(
                f'Unknown engine "{name}" while parsing selector {whole}',
                expected="css=, text=, id=, data-testid=, role=, visible=, nth=, or CSS alone",
                got=shown(whole),
                cure="quote it, if it is meant as text",
                nearest=near_engine(name),
            )


def _text(body: str) -> LocatorStep:
    if len(body) > 1 and body[0] in "\"'" and body[-1] == body[0]:
        return ByTextNode(_unescaped(body[1:-1]))
    if len(body) > 1 and body[0] == "/" and (end := body.rfind("/")) > 0:
        return ByWords("get_by_text", pattern(body[1:end], body[end + 1 :]))
    return ByWords("get_by_text", body)


def _role(body: str, whole: str) -> LocatorStep:
    if not body:
        raise Error(
            "InvalidSelectorError: Error while parsing selector `` - selector cannot be empty", got=shown(whole)
        )
    found = _ROLE.match(body)
    if found is None:
        raise Error(f"{whole!r} is no role selector", expected='role=button[name="Save"]', got=shown(whole))
    options: dict[str, Any] = {}
    for state in _STATE.finditer(found[2]):
        name, value, flag = state[1].replace("-", "_"), state[2], state[3]
        if name not in _NAMES:
            known = ", ".join(f'"{each}"' for each in sorted(each.replace("_", "-") for each in _NAMES))
            raise Error(f'Error: Unknown attribute "{state[1]}", must be one of {known}.', got=shown(whole))
        options[name] = True if value is None else _value(name, value)
        if name == "name" and isinstance(options[name], str):
            if flag == "i":  # the whole name, in large letters or small
                options[name] = re.compile(f"^{re.escape(norm(options[name]))}$", re.IGNORECASE)
            else:
                options["exact"] = True
    return ByRole(found[1], options)


_NAMES = frozenset(
    ("name", "description", "checked", "disabled", "expanded", "include_hidden", "level", "pressed", "selected")
)


def _value(name: str, text: str) -> Any:
    if text[0] in "\"'":
        return _unescaped(text[1:-1])
    if text[0] == "/":
        end = text.rfind("/")
        return pattern(text[1:end], text[end + 1 :])
    if text in ("true", "false"):
        return text == "true"
    if name == "level" and text.isdecimal():
        return int(text)
    return text


_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL} | dict.fromkeys("dguvy", re.RegexFlag(0))
"""What JavaScript's flags are to Python; some ask for nothing that decides whether a text is found."""


def pattern(source: str, flags: str = "") -> re.Pattern[str]:
    """A regular expression as it is written in a selector. Raises `Error` where it is none."""
    value = re.RegexFlag(0)
    for flag in flags:
        if flag not in _FLAGS:
            raise Error(
                f"/{source}/{flags} cannot be read",
                expected="a regular expression with JavaScript's flags",
                got=f"the flag {flag!r}",
            )
        value |= _FLAGS[flag]
    try:
        made = re.compile(source, value)
        as_script(made)
    except (re.error, QueryError) as error:
        raise Error(f"/{source}/{flags} cannot be read", expected="a regular expression", got=str(error)) from None
    return made


def _unquoted(text: str) -> str:
    return _unescaped(text[1:-1]) if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0] else text


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _no_xpath(whole: str) -> NotHere:
    return NotHere(
        "XPath is not evaluated",
        expected="CSS, a role, a label, a text, a test id",
        got=shown(whole),
        cure='get_by_role("button", name="Save"), locator("li").filter(has_text="milk"); locator("..") is the parent',
    )
