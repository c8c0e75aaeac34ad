"""The selector language of `locator(…)`: CSS inside a scope, with what Playwright adds to it.

Owns `Css`, a selector that was read, and its matching: `:has-text()`, `:text()`, `:text-is()`, `:text-matches()`, `:visible`,
`:nth-match()`, states as the browser has them, and `:has()`, `:is()`, `:not()` with all of that inside. What is plain CSS about
one element is matched by the kit's own selectors.

Law: a selector is evaluated inside of its scope: nothing outside takes part, and the scope itself only as `:scope`. What needs
layout is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

from attrs import frozen

from liveview_core.errors import nearest_names, shown
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.queries import full_text, innermost
from liveview_testing.browser.accessibility.text import QueryError, as_script, norm, text_test
from liveview_testing.browser.dom.querying import find, matches
from liveview_testing.failures.exceptions import SelectorError
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.css_states import STATES, in_state
from liveview_testing.user.locators.finding.reading import Reading, node_of

Combinator: TypeAlias = Literal["", " ", ">", "+", "~"]

LAYOUT = frozenset(("right-of", "left-of", "above", "below", "near", "light"))
TEXTS = frozenset(("has-text", "text", "text-is", "text-matches"))
SELECTING = frozenset(("has", "is", "where", "not", "nth-match"))


@frozen
class Extra:
    """A pseudo-class that is looked at here: its name, and what stands in its brackets."""

    name: str
    text: str = ""
    flags: str = ""
    inner: tuple[Complex, ...] = ()
    number: int = 0


@frozen
class Part:
    """A compound: what is plain CSS, and the rest."""

    plain: str
    extras: tuple[Extra, ...] = ()


@frozen
class Complex:
    """Compounds with what stands before each; the first has a combinator only in a relative selector."""

    parts: tuple[Part, ...]
    combinators: tuple[Combinator, ...]

    @property
    def is_plain(self) -> bool:
        return not any(part.extras for part in self.parts)


@frozen
class Css:
    """A selector that was read."""

    text: str
    options: tuple[Complex, ...]

    def find(self, scope: DomElement, reading: Reading) -> list[DomElement]:
        """The elements inside the scope that match, in document order."""
        if self.is_plain_in(scope):
            return [reading.element(node) for node in find(node_of(scope), self.text)]
        candidates = self._candidates(scope, reading)
        return [each for each in candidates if _any(each, self.options, scope, reading)]

    def is_plain_in(self, scope: DomElement) -> bool:
        """Whether the kit's own selectors find the same there."""
        plain = all(option.is_plain and not option.combinators[0] for option in self.options)
        return plain and (not scope.tag or all(len(option.parts) == 1 for option in self.options))

    def _candidates(self, scope: DomElement, reading: Reading) -> Iterable[DomElement]:
        last = ", ".join(dict.fromkeys(option.parts[-1].plain or "*" for option in self.options))
        if last == "*":
            return scope.iter()
        return [reading.element(node) for node in find(node_of(scope), last)]


# --- matching ---------------------------------------------------------------------------------------------------------


def _any(element: DomElement, options: tuple[Complex, ...], scope: DomElement, reading: Reading) -> bool:
    return any(_reaches(element, option, len(option.parts) - 1, scope, reading) for option in options)


def _reaches(element: DomElement, option: Complex, at: int, scope: DomElement, reading: Reading) -> bool:
    if not _accepts(element, option.parts[at], scope, reading):
        return False
    combinator = option.combinators[at]
    if at == 0:
        return combinator == "" or scope in _before(element, combinator, scope)
    return any(
        _reaches(each, option, at - 1, scope, reading) for each in _before(element, combinator, scope) if each.tag
    )


def _before(element: DomElement, combinator: Combinator, scope: DomElement) -> Iterator[DomElement]:
    """The elements that the left side of a combinator may be, inside of the scope and the scope itself."""
    if element is scope:
        return
    if combinator in (" ", ">"):
        each = element.parent
        while each is not None:
            yield each
            if each is scope or combinator == ">":
                return
            each = each.parent
    elif element.parent is not None:
        siblings = list(element.parent.elements())
        before = siblings[: siblings.index(element)]
        yield from before[-1:] if combinator == "+" else reversed(before)


def _accepts(element: DomElement, part: Part, scope: DomElement, reading: Reading) -> bool:
    if element is scope and not any(extra.name == "scope" for extra in part.extras):
        return False
    if part.plain and not (element.tag and matches(node_of(element), part.plain)):
        return False
    return all(_holds(element, extra, scope, reading) for extra in part.extras)


def _holds(element: DomElement, extra: Extra, scope: DomElement, reading: Reading) -> bool:
    match extra.name:
        case "scope":
            return element is scope
        case name if name in STATES:
            return in_state(element, name, reading)
        case "has-text":
            return (
                element.tag not in ("script", "style", "noscript")
                and norm(extra.text).lower() in norm(full_text(element)).lower()
            )
        case "text":
            return element in set(innermost(scope, text_test(extra.text)))
        case "text-is":
            return is_text(element, extra.text)
        case "text-matches":
            return element in set(innermost(scope, text_test(_pattern(extra.text, extra.flags))))
        case "nth-match":
            found = [each for each in scope.iter() if _any(each, extra.inner, scope, reading)]
            return 0 < extra.number <= len(found) and found[extra.number - 1] is element
        case "has":
            return any(_any(each, extra.inner, element, reading) for each in _around(element, extra.inner))
        case "not":
            return not _any(element, extra.inner, scope, reading)
        case _:  # is, where
            return _any(element, extra.inner, scope, reading)


def _around(element: DomElement, options: tuple[Complex, ...]) -> Iterator[DomElement]:
    """Where `:has()` looks: below the element, and among those after it if the selector begins with a sibling."""
    yield from element.iter()
    if any(option.combinators[0] in ("+", "~") for option in options) and element.parent is not None:
        siblings = list(element.parent.elements())
        for each in siblings[siblings.index(element) + 1 :]:
            yield each
            yield from each.iter()


def is_text(element: DomElement, text: str) -> bool:
    """Whether one of the texts directly in an element is this one."""
    wanted = norm(text)
    if element.tag == "input":
        return norm(full_text(element)) == wanted
    runs: list[str] = [""]
    for kid in element.children:
        if isinstance(kid, str):
            runs[-1] += kid
        else:
            runs.append("")
    return any(norm(run) == wanted for run in (*runs, *([full_text(element)] if len(runs) > 1 else [])) if run)


def _pattern(source: str, flags: str) -> re.Pattern[str]:
    named = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
    value = re.RegexFlag(0)
    for each in flags:
        value |= named.get(each, re.RegexFlag(0))
    try:
        made = re.compile(source, value)
        as_script(made)
    except (re.error, QueryError) as error:
        raise Error(f"the pattern {source!r} cannot be read", expected="a regular expression", got=str(error)) from None
    return made


# --- reading ----------------------------------------------------------------------------------------------------------


@lru_cache(512)
def read_css(text: str) -> Css:
    """A selector that is CSS. Raises `Error` where it cannot be read."""
    return Css(text, _Reader(text).options())


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
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def near_engine(name: str) -> tuple[str, ...]:
    """Engines that are spelled like this one."""
    return nearest_names(name, ("css", "text", "id", "data-testid", "role", "visible", "nth"))
