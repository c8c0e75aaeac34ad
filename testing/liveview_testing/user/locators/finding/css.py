"""What a selector of `locator(…)` finds: CSS inside a scope, with what Playwright adds to it.

Owns `Css`, a selector that was read, and its matching: `:has-text()`, `:text()`, `:text-is()`, `:text-matches()`, `:visible`,
`:nth-match()`, states as the browser has them, and `:has()`, `:is()`, `:not()` with all of that inside. What is plain CSS about
one element is matched by the kit's own selectors.

Law: a selector is evaluated inside of its scope: nothing outside takes part, and the scope itself only as `:scope`. It is read by
`css_reader`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.queries import full_text, innermost, is_in_head
from liveview_testing.browser.accessibility.text import QueryError, as_script, norm, text_test
from liveview_testing.browser.dom.querying import find, matches
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.css_states import STATES, in_state
from liveview_testing.user.locators.finding.fast.candidates import with_selector
from liveview_testing.user.locators.finding.reading import Reading, node_of

Combinator: TypeAlias = Literal["", " ", ">", "+", "~"]


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

    def find(self, scope: DomElement, reading: Reading, text: str | None = None) -> list[DomElement]:
        """The elements inside the scope that match, in document order; those may be missing that do not have a text."""
        if self.is_plain_in(scope):
            with_text = None if text is None else with_selector(scope, self.text, text, reading)
            if with_text is not None:
                return with_text
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
            return is_heard(element) and norm(extra.text).lower() in norm(full_text(element)).lower()
        case "text":
            return element in _once(scope, extra, lambda: innermost(scope, text_test(extra.text)))
        case "text-is":
            return is_heard(element) and is_text(element, extra.text)
        case "text-matches":
            return element in _once(
                scope, extra, lambda: innermost(scope, text_test(_pattern(extra.text, extra.flags)))
            )
        case "nth-match":
            found = _once(scope, extra, lambda: (e for e in scope.iter() if _any(e, extra.inner, scope, reading)))
            return found.get(element) == extra.number - 1
        case "has":
            return any(
                _any(each, (option,), element, reading)
                for option in extra.inner
                if option.combinators[0] != ">" or (element.parent is not None and element.parent.tag)
                for each in _around(element, (option,))
            )
        case "not":
            return not _any(element, extra.inner, scope, reading)
        case _:  # is, where
            return _any(element, extra.inner, scope, reading)


def _once(scope: DomElement, extra: Extra, find: Callable[[], Iterable[DomElement]]) -> dict[DomElement, int]:
    """What a pseudo-class means in a scope, with numbers: not looked for again for each element that is asked."""
    key = (extra.name, extra.text, extra.flags, extra.inner)
    known: dict[DomElement, int] | None = scope.memo.get(key)
    if known is None:
        known = scope.memo[key] = {each: at for at, each in enumerate(find())}
    return known


def is_heard(element: DomElement) -> bool:
    """Whether its text is one that can be looked for."""
    return element.tag not in ("script", "style", "noscript") and not is_in_head(element)


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
    said = [norm(run) for run in runs if run]
    return wanted in said if said else not wanted


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
