"""Selectors inside selectors: `:not(.a, .b)`, `:has(> p)`, `:nth-child(2 of .a)`, however deep.

The parser of selectors reads one level; this takes the inner ones out before, and leaves a mark where each was. Law: strings,
brackets, escapes and comments are passed over as CSS reads them; what is not closed is left to the parser, which says so.
"""

from __future__ import annotations

import re

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

__all__ = ["Inner", "relative", "taken_apart"]


@frozen
class Inner:
    """A function that takes selectors: its name, them as text, and the `2n+1` before `of`."""

    name: str
    selectors: str
    series: str = ""


_FUNCTION = late_pattern(r":(not|is|where|matches|has|nth-child|nth-last-child)\(", re.IGNORECASE)
_OF = late_pattern(r"\s*(.*?)\s+of\s+(.*)", re.IGNORECASE | re.DOTALL)
_PASSED = late_pattern(
    r"""\\. | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | /\*.*?\*/ | \[(?:[^\]"'\\]|\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\]""",
    re.DOTALL | re.VERBOSE,
)
_TAKING = frozenset("\\\"'/[(,")  # without one of these a selector is one, and nothing is in it


def taken_apart(text: str) -> tuple[list[str], dict[str, Inner]]:
    """The selectors of a list, and what was taken out of them, by the names of the pseudo-classes that stand for it."""
    if _TAKING.isdisjoint(text):
        return [text], {}
    pieces, piece, inner = list[str](), "", dict[str, Inner]()
    at = 0
    while at < len(text):
        passed = _PASSED.match(text, at)
        if passed is not None:
            piece += passed[0]
            at = passed.end()
            continue
        found = _taken(text, at)
        if found is not None:
            name = f"-inner-{len(inner)}"
            inner[name], at = found
            piece += f":{name}"
        elif text[at] == ",":
            pieces.append(piece)
            piece = ""
            at += 1
        elif text[at] == "(":  # of another function: a comma in it is its own
            end = _closing(text, at + 1)
            piece += text[at:end]
            at = end
        else:
            piece += text[at]
            at += 1
    return [*pieces, piece], inner


def _taken(text: str, at: int) -> tuple[Inner, int] | None:
    found = _FUNCTION.match(text, at)
    if found is None:
        return None
    name, end = found[1].lower(), _closing(text, found.end())
    inside = text[found.end() : end - 1]
    if text[end - 1 : end] != ")":
        return None
    if not name.startswith("nth"):
        return Inner(name, inside), end
    of = _OF.fullmatch(inside)
    return None if of is None else (Inner(name, of[2], of[1]), end)


def _closing(text: str, at: int) -> int:
    """Where what stands after a parenthesis was closed; the end of the text if it was not."""
    depth = 1
    while at < len(text):
        passed = _PASSED.match(text, at)
        if passed is not None:
            at = passed.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            return at
    return len(text)


def relative(selector: str) -> tuple[str, str]:
    """The combinator that a selector of `:has()` begins with, a blank if none, and the rest."""
    text = selector.lstrip()
    return (text[0], text[1:].lstrip()) if text[:1] in (">", "+", "~") else (" ", text)
