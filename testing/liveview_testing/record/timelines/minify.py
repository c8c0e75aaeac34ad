"""Scripts and styles without what only their readers need: comments, indentation, blanks beside signs.

Owns `lean_script` and `lean_style`, for the viewer's own files. Law: what is left means the same, token for token; text in quotes,
templates and regular expressions stay as they are, and where a line's end may end a statement it stays. A library
would have to be installed by everybody who writes a timeline; this is run once a process, for two files of our own.
"""

from __future__ import annotations

import re

from liveview_core.values.patterns import late_pattern

__all__ = ["lean_script", "lean_style"]

_NESTED = r"`(?:[^`\\]|\\.)*`"
_TOKEN = late_pattern(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<blank>\s+)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    rf"|`(?:[^`\\$]|\\.|\$(?!\{{)|\$\{{(?:[^{{}}`]|{_NESTED}|\{{(?:[^{{}}`]|{_NESTED})*\}})*\}})*`)"
    r"|(?P<word>[\w$]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_PATTERN = late_pattern(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_A_PATTERN = frozenset("(,=:[!&|?{};+-*%<>~^")


def lean_script(text: str) -> str:
    """A script.

    >>> lean_script("const a = 1; f( /[/]  x/g, `${ a }  b`); // then it ends")
    'const a=1;f(/[/]  x/g,`${ a }  b`);'
    """
    out: list[str] = []
    at, gap = 0, ""
    while at < len(text):
        last = out[-1] if out else ""
        found = (
            _PATTERN.match(text, at)
            if text[at] == "/" and (not last or last[-1] in _BEFORE_A_PATTERN or last == "return")
            else None
        )
        found = found or _TOKEN.match(text, at)
        assert found is not None
        at = found.end()
        if found.lastgroup in ("comment", "blank"):
            gap = "\n" if "\n" in gap + found[0] else " "
            continue
        if gap and last and _is_needed(gap, last[-1], found[0][0]):
            out.append(gap)
        gap = ""
        out.append(found[0])
    return "".join(out)


def _is_needed(gap: str, before: str, after: str) -> bool:
    if gap == "\n":
        return before not in "{;,([=&|?:" and after not in "}).,]?:&|;"
    return (_is_word(before) and _is_word(after)) or (before == after and before in "+-")


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign in "_$"


def lean_style(text: str) -> str:
    """A style sheet, in which no text in quotes has a semicolon or a brace.

    >>> lean_style("/* all */ p > a, b { color: red; width: calc(1px + 2px); }")
    'p > a,b{color:red;width:calc(1px + 2px)}'
    """
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", text))
    return re.sub(r"(?<=[\w-]): (?=[^{}]*[;}])", ":", text).replace(";}", "}").strip()
