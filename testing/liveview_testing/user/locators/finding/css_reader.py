"""Reading the selectors of `locator(…)` from text: CSS, and what Playwright adds to it.

Owns `read_css` and the errors of a selector that cannot be read. Law: what a browser would not read is refused in Playwright's
words; what is read there and not evaluated here (layout, the pointer) is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from liveview_core.errors import TooDeep, nearest_names, shown
from liveview_core.values.patterns import late_pattern
from liveview_testing.failures.exceptions import SelectorError
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.css import Combinator, Complex, Css, Extra, Part
from liveview_testing.user.locators.finding.css_states import NOT_KNOWN, STATES

LAYOUT = frozenset(("right-of", "left-of", "above", "below", "near", "light"))
TEXTS = frozenset(("has-text", "text", "text-is", "text-matches"))
SELECTING = frozenset(("has", "is", "where", "not", "nth-match"))


@lru_cache(512)
def read_css(text: str) -> Css:
    """A selector that is CSS. Raises `Error` where it cannot be read."""
    try:
        return Css(text, _Reader(text).options())
    except RecursionError:
        raise TooDeep("a selector") from None


_CASE_SENSITIVE = late_pattern(r"""\[[^\]=]*=\s*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\]\s]+)\s*\b[sS]\s*\]""")
"""`[name="x" s]`, which Chromium does not know."""


class _Reader:
    """Reads one selector from left to right."""

    def __init__(self, text: str, *, relative: bool = True) -> None:
        self.text = text
        self.relative = relative

    def options(self) -> tuple[Complex, ...]:
        return tuple(self.complex(each) for each in split(self.text, ","))

    def complex(self, text: str) -> Complex:
        text = text.strip()
        if text[:1] in ("'", '"'):
            raise self.unreadable()
        parts: list[Part] = []
        combinators: list[Combinator] = []
        pending: Combinator = ""
        at = 0
        while at < len(text):
            char = text[at]
            if char.isspace():
                pending = pending or " "
                at += 1
            elif char in ">+~":
                if pending.strip():
                    raise self.refused(char)
                pending = ">" if char == ">" else "+" if char == "+" else "~"
                at += 1
            else:
                end = self.end(text, at)
                parts.append(self.part(text[at:end]))
                combinators.append("" if pending == " " and not parts[1:] else pending)
                pending = ""
                at = end
        if not parts or pending.strip():
            raise self.refused("")
        return Complex(tuple(parts), tuple(combinators))

    def end(self, text: str, at: int) -> int:
        """Where the compound that begins here ends."""
        for here, sign, depth in _signs(text, at):
            if depth == 0 and (not sign or sign.isspace() or sign in ">+~"):
                return here
        raise self.refused("")

    def part(self, text: str) -> Part:
        if re.search(r"#\d", re.sub(r"\[[^\]]*\]|\([^)]*\)", "", text)):
            raise self.invalid()
        if text[0].isdigit():
            raise self.unreadable()
        if "::" in re.sub(r"\"[^\"]*\"|'[^']*'", "", text):
            raise self.refused(":", cure="what a pseudo-element shows is not in the document")
        plain: list[str] = []
        extras: list[Extra] = []
        at = 0
        for found in re.finditer(r"\\.|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\[[^\]]*\]|:([-\w]+)(\()?", text):
            name = found.group(1)
            if found.start() < at or name is None:
                continue
            name = name.lower()
            end = found.end()
            inside = ""
            if found.group(2):
                end = self.close(text, found.end())
                inside = text[found.end() : end - 1].strip()
            extra = self.extra(name, inside)
            if extra is not None:
                plain.append(text[at : found.start()])
                extras.append(extra)
                at = end
            else:
                plain.append(text[at:end])
                at = end
        plain.append(text[at:])
        said = "".join(plain)
        if said:
            self.check(said)
        return Part(said, tuple(extras))

    def close(self, text: str, at: int) -> int:
        """Behind the bracket that closes the one before here."""
        for here, sign, depth in _signs(text, at, "()"):
            if sign == ")" and depth < 0:
                return here + 1
        raise self.refused("")

    def extra(self, name: str, inside: str) -> Extra | None:
        if name in LAYOUT:
            raise Error(
                f":{name}() needs layout, which is not computed",
                expected="a selector about elements, texts and states",
                got=shown(self.text),
                cure="name what the element is: its role, label, text or test id",
            )
        if name == "scope" or name in STATES:
            return Extra(name)
        if name in NOT_KNOWN:
            raise Error(
                f":{name} is not known: {NOT_KNOWN[name]}",
                expected="a selector about elements, texts and states",
                got=shown(self.text),
                cure="name what the element is: its role, label, text or test id",
            )
        if name in TEXTS:
            texts = [_unquoted(each) for each in split(inside, ",")]
            if not inside:
                raise self.refused(")", cure=f':{name}("text")')
            return Extra(name, texts[0], texts[1] if len(texts) > 1 else "")
        if name in SELECTING:
            if name == "nth-match":
                *selectors, number = split(inside, ",")
                if not selectors or not number.strip().isdecimal():
                    raise Error(
                        'Error: "nth-match" engine expects non-empty selector list and an index argument',
                        got=shown(self.text),
                        cure=":nth-match(li, 2)",
                    )
                return Extra(name, inner=_Reader(",".join(selectors)).options(), number=int(number))
            if not inside:
                raise self.refused(")")
            options = _Reader(inside).options()
            if name == "has":
                options = tuple(_relative(option) for option in options)
            return Extra(name, inner=options)
        return None

    def check(self, plain: str) -> None:
        if _CASE_SENSITIVE.search(plain):
            raise self.invalid()
        from liveview_testing.browser.page.finding.selector_reader import plan

        try:
            plan(plain)
        except SelectorError as error:
            raise self.invalid(error) from None

    def invalid(self, why: SelectorError | None = None) -> Error:
        said = f"Failed to execute 'querySelectorAll' on 'Document': '{self.text}' is not a valid selector."
        if why is None:
            return Error(f"SyntaxError: {said}", expected="a CSS selector", got=shown(self.text), cure='[id="1"]')
        expected, got, cure, near = why.expected, why.got, why.cure, why.nearest
        return Error(f"SyntaxError: {said}", expected=expected, got=got, cure=cure, nearest=near)

    def unreadable(self) -> Error:
        said = f'Error while parsing css selector "{self.text}". Did you mean to CSS.escape it?'
        return Error(said, expected="a CSS selector", got=shown(self.text))

    def refused(self, token: str, *, cure: str | None = None) -> Error:
        return Error(
            f'Unexpected token "{token}" while parsing css selector "{self.text}". Did you mean to CSS.escape it?',
            expected="a CSS selector",
            got=shown(self.text),
            cure=cure,
        )


def _relative(option: Complex) -> Complex:
    first, *others = option.combinators
    return Complex(option.parts, (first or " ", *others))


def split(text: str, mark: str) -> list[str]:
    """The parts between a mark, outside of brackets and quotes."""
    parts: list[str] = []
    start = 0
    for here, _, depth in _signs(text, 0):
        if depth == 0 and here >= start and text.startswith(mark, here):
            parts.append(text[start:here])
            start = here + len(mark)
    return [*parts, text[start:]]


def _signs(text: str, at: int, brackets: str = "([)]") -> Iterator[tuple[int, str, int]]:
    """The signs from here on that are not quoted, and how many brackets are open behind each; "" for the end, a quote's too."""
    depth, quote, half = 0, "", len(brackets) // 2
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign in brackets[:half]) - (sign in brackets[half:])
            yield at, sign, depth
        at += 1
    yield len(text), "", depth or len(quote)


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text[1:-1])
    return text


_ESCAPE = late_pattern(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


def near_engine(name: str) -> tuple[str, ...]:
    """Engines that are spelled like this one."""
    return nearest_names(name, ("css", "text", "id", "data-testid", "role", "visible", "nth"))
