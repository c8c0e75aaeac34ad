"""Texts and how they are matched: white space as a browser's script has it, wanted texts, regular expressions.

Owns the three ways to match: a text loosely (white space made even, case aside, anywhere in it), a text exactly (white space made
even), a regular expression (searched).

Law: a regular expression decides as a browser's would, since the same test runs there; one that a browser reads as something
else, or not at all, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias, cast

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.patterns import late_pattern

Wanted: TypeAlias = "str | re.Pattern[str]"
Test: TypeAlias = "Callable[[str], bool]"

SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"  # the class \s of JavaScript
ASCII_SPACES = late_pattern("[ \t\n\f\r]+")
SPACES = late_pattern(f"[{SPACE}]+")
TRIM = SPACE.replace("\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B))))  # the same, each by itself
NO_WIDTH = {0x200B: None, 0x00AD: None}


class QueryError(LiveViewError, ValueError):
    """A question that cannot be asked: a state that the role does not have, a regular expression that no browser reads so."""


def norm(text: str) -> str:
    r"""A text with its white space made even: trimmed, every run of it one space; soft hyphens and zero-width spaces dropped.

    >>> norm("  Sa\u00advel\u00a0 it ")
    'Savel it'
    """
    return SPACES.sub(" ", text.translate(NO_WIDTH).strip(TRIM))


def flat(text: str) -> str:
    """As `norm`, but a no-break space inside stays what it is."""
    parts = text.translate(NO_WIDTH).split("\u00a0")
    return "\u00a0".join(SPACES.sub(" ", part) for part in parts).strip(TRIM)


def text_test(wanted: Wanted, *, exact: bool = False) -> Test:
    """How a text of the page is matched: evened out; a regular expression is searched in the raw text."""
    if not isinstance(wanted, str):
        return _searched(wanted)
    even = norm(wanted)
    if exact:
        return lambda raw: norm(raw) == even
    low = even.lower()
    return lambda raw: low in norm(raw).lower()


def name_test(wanted: Wanted, *, exact: bool = False) -> Test:
    """How an accessible name or description is matched: evened out, also for a regular expression."""
    if not isinstance(wanted, str):
        found = _searched(wanted)
        return lambda name: found(norm(name))
    even = norm(wanted)
    if exact:
        return lambda name: norm(name) == even
    # By capitals, as the browser's driver does here: "ß" finds "SS".
    high = even.upper()
    return lambda name: high in norm(name).upper()


def attribute_test(wanted: Wanted, *, exact: bool = False) -> Test:
    """How an attribute is matched: as it stands."""
    if not isinstance(wanted, str):
        return _searched(wanted)
    if exact:
        return lambda value: value == wanted
    high = wanted.upper()
    return lambda value: high in value.upper()


def _searched(pattern: re.Pattern[str]) -> Test:
    search = as_script(pattern).search
    return lambda raw: search(raw) is not None


_DECIMAL = late_pattern(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_BASED = late_pattern(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")


def js_number(text: str) -> float | None:
    """What JavaScript's `Number(text)` is; None where it is not a number.

    >>> js_number(" 1e3 "), js_number("0x10"), js_number(""), js_number("1_0")
    (1000.0, 16.0, 0.0, None)
    """
    text = text.strip(TRIM)
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text)
    return float(int(text, 0)) if _BASED.fullmatch(text) and len(text) < 200 else None


# --- regular expressions ------------------------------------------------------------------------------------------------------

FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL
_LINE_ENDS = "\n\r\u2028\u2029"
_WORD = "A-Za-z0-9_"
_START, _END = f"(?<![{_WORD}])(?=[{_WORD}])", f"(?<=[{_WORD}])(?![{_WORD}])"
_BOUNDARY = f"(?-i:(?:{_START}|{_END}))"
_NO_BOUNDARY = f"(?-i:(?!{_START}|{_END}))"
_OUTSIDE = {
    "w": f"(?-i:[{_WORD}])",
    "W": f"(?-i:[^{_WORD}])",
    "d": "[0-9]",
    "D": "[^0-9]",
    "s": f"[{SPACE}]",
    "S": f"[^{SPACE}]",
    "b": _BOUNDARY,
    "B": _NO_BOUNDARY,
    "/": "/",
}
_INSIDE = {"w": _WORD, "d": "0-9", "s": SPACE, "/": "/"}
_GROUP = r"\(\?(?:[:=!]|<[=!]|[ims]*(?:-[ims]+)?:)"
_TOKEN = late_pattern(rf"\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|.)|{_GROUP}|\(\?|\[\^?\]?|.", re.DOTALL)
_NOT_THERE = {
    "A": r"\A is the letter A there: write ^",
    "Z": r"\Z is the letter Z there: write $",
    "N": r"\N{…} is not known there",
    "U": r"\U… is not known there",
    "a": r"\a is the letter a there",
}
_CURE = "a browser reads it as JavaScript does: use what both languages have in common"


@lru_cache(512)
def as_script(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern that decides as JavaScript would read this one; what it cannot read is refused."""
    source = cast(object, pattern.pattern)
    if not isinstance(source, str):
        raise QueryError("a pattern of bytes", expected="a pattern of text", got=shown(source), cure="drop the b")
    if pattern.flags & ~(FLAGS | re.UNICODE):
        what = "Unexpected re.Pattern flag, only MULTILINE, IGNORECASE and DOTALL are supported."
        raise QueryError(what, expected="a pattern that a browser can read too", got=shown(pattern), cure=_CURE)
    return re.compile(_translated(pattern), pattern.flags & FLAGS)


def _translated(pattern: re.Pattern[str]) -> str:
    source, flags = pattern.pattern, pattern.flags
    out: list[str] = []
    in_class = False
    for found in _TOKEN.finditer(source):
        token = found.group()
        if token.startswith("\\") and len(token) > 1:
            name = token[1]
            if name in _NOT_THERE and not (in_class and name in "AZ"):
                raise _refused(pattern, _NOT_THERE[name])
            if in_class and name in "WDS":
                out.append({"W": r"\W", "D": r"\D", "S": r"\S"}[name])
            else:
                out.append((_INSIDE if in_class else _OUTSIDE).get(name, token) if len(token) == 2 else token)
        elif in_class:
            in_class = token != "]"
            # What is one token outside of a class is several characters in it.
            if len(token) > 1 and "]" in token:
                in_class = False
            out.append(token.replace("[", r"\["))
        elif token.startswith("["):
            if token.endswith("]"):
                raise _refused(pattern, "a ] right after [ ends the class there")
            in_class = True
            out.append(token)
        elif token == "(?":
            if re.match(r"\(\?[aiLmsux]+\)", source[found.start() :]):
                raise _refused(pattern, "flags for the whole pattern are not known there: give them to re.compile")
            raise _refused(pattern, f"{source[found.start() : found.start() + 4]} is not known there")
        elif token == "$":
            out.append(f"(?=[{_LINE_ENDS}]|\\Z)" if flags & re.MULTILINE else r"\Z")
        elif token == "^" and flags & re.MULTILINE:
            out.append(f"(?<![^{_LINE_ENDS}])")
        elif token == "." and not flags & re.DOTALL:
            out.append(f"[^{_LINE_ENDS}]")
        elif token == "+" and _is_possessive(source, found.start()):
            raise _refused(pattern, "possessive quantifiers are not known there")
        else:
            out.append(token)
    return "".join(out)


def _is_possessive(source: str, at: int) -> bool:
    """Whether the + at a place stands after a quantifier."""
    return re.search(r"(?<!\\)(?:\\\\)*[^\\](?:[+*?]|\{\d*,?\d*\})\Z", source[:at]) is not None


def _refused(pattern: re.Pattern[str], why: str) -> QueryError:
    return QueryError("a pattern that a browser reads differently", expected=why, got=shown(pattern), cure=_CURE)
