"""The locator that a person would write for an element.

Owns `suggestion`: of all that can be said of an element (test id, role and name, placeholder, label, text, title, …), on its own or
below something around it, the cheapest that finds it alone. The costs are Playwright's.

Law: a suggestion finds exactly the element; it is looked for only when somebody reads a failure.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement, name, role
from liveview_testing.browser.accessibility.queries import full_text, label_texts
from liveview_testing.browser.accessibility.roles import NO_ROLE
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.user.locators.finding.css_reader import read_css
from liveview_testing.user.locators.finding.query import (
    ByRole,
    BySelector,
    ByTestId,
    ByWords,
    Filtered,
    LocatorStep,
    Nth,
    Query,
)
from liveview_testing.user.locators.finding.reading import Reading

MOST_NUMBERED = 5  # of so many, one is told by its place

EXACT = 5
TEST_ID, OTHER_TEST_ID = 1, 2
NAMED, PLACEHOLDER, LABEL, ALT, TEXT, TITLE, PATTERN = 100, 120, 140, 160, 180, 200, 250
CSS_ID, ROLE, INPUT_TYPE, TAG = 500, 510, 520, 530
NTH = 10_000
PENALIZED = range(51, 300)
"""Costs to which the length of what is written adds."""

WITH_NAMES = frozenset(
    ("button", "form", "fieldset", "iframe", "input", "object", "output", "select", "textarea", "map")
)


@frozen
class Token:
    """A step, and what it costs to read."""

    step: LocatorStep
    cost: int


Tokens: TypeAlias = "tuple[Token, ...]"


def suggestion(element: DomElement, reading: Reading) -> Query:
    """A locator that finds this element and no other."""  # LC-5
    found = _Suggesting(element, reading).of(element, True)
    return Query(tuple(token.step for token in found)) if found else Query((_path(element),))


def _cost(tokens: Sequence[Token]) -> int:
    return sum(token.cost * (len(tokens) - at) for at, token in enumerate(tokens))


class _Suggesting:
    """One search for the cheapest locator."""

    def __init__(self, target: DomElement, reading: Reading) -> None:
        self.target = target
        self.reading = reading
        self.known: dict[tuple[DomElement, bool], Tokens | None] = {}

    def of(self, element: DomElement, texts: bool) -> Tokens | None:
        key = (element, texts)
        if key not in self.known:
            self.known[key] = self._of(element, texts)
        return self.known[key]

    def _of(self, element: DomElement, texts: bool) -> Tokens | None:
        is_target = element is self.target
        by_text = list(_by_text(element, is_target)) if texts else []
        others: list[Tokens] = [(token,) for token in _by_itself(element)]
        best = self._first(self.reading.root, element, [*by_text, *others], is_target)
        best = self._inside(element, by_text, others, best, texts and not by_text)
        if is_target and by_text:
            best = self._inside(element, [], others, best, texts)
        return best

    def _inside(
        self, element: DomElement, by_text: list[Tokens], others: list[Tokens], best: Tokens | None, texts: bool
    ) -> Tokens | None:
        """Something cheaper: below one of the elements around it."""
        candidates = [each for each in (*by_text, *others) if best is None or _cost(each) < _cost(best)]
        if not candidates:
            return best
        least = candidates[0]
        for around in element.ancestors():
            outer = self.of(around, texts)
            if not outer:
                continue
            if best is not None and _cost((*outer, *least)) >= _cost(best):
                continue
            inner = self._first(around, element, candidates, element is self.target)
            if inner is None:
                return best
            least = inner
            combined = (*outer, *least)
            if best is None or _cost(combined) < _cost(best):
                best = combined
        return best

    def _first(self, scope: DomElement, element: DomElement, candidates: list[Tokens], numbered: bool) -> Tokens | None:
        by_place: Tokens | None = None
        for tokens in sorted(candidates, key=_cost):
            found = Query(tuple(token.step for token in tokens)).find(self.reading, scope)
            if len(found) == 1 and found[0] is element:
                return tokens
            if numbered and by_place is None and element in found and len(found) <= MOST_NUMBERED:
                by_place = (*tokens, Token(Nth(found.index(element)), NTH))
        return by_place


# --- what can be said of an element -----------------------------------------------------------------------------------


def _by_itself(element: DomElement) -> Iterator[Token]:
    tag = element.tag
    for attribute in ("data-test-id", "data-test"):
        if value := element.get(attribute):
            yield _css(f'[{attribute}="{_quoted(value)}"]', OTHER_TEST_ID)
    dom_id = _own_id(element)
    if dom_id is not None:
        yield _css(f"#{_escaped(dom_id)}", CSS_ID)
    yield _css(tag, TAG)
    if test_id := element.get("data-testid"):
        yield Token(ByTestId(test_id), TEST_ID)
    if tag in ("input", "textarea") and (value := element.get("placeholder")):
        yield from _words("get_by_placeholder", value, PLACEHOLDER, len("[placeholder=]"))
    for label in label_texts(element):
        if text := norm(label):
            yield from _words("get_by_label", text, LABEL)
    its_role = role(element)
    if its_role is not None and its_role not in NO_ROLE:
        yield Token(ByRole(its_role, {}), ROLE)
    if (value := element.get("name")) and tag in WITH_NAMES:
        yield _css(f'{tag}[name="{_quoted(value)}"]', INPUT_TYPE)
    if tag in ("input", "textarea", "select") and element.get("type") != "hidden":
        if tag != "select" and (value := element.get("type")):
            yield _css(f'{tag}[type="{_quoted(value)}"]', INPUT_TYPE)
        yield _css(tag, INPUT_TYPE + 1)


def _by_text(element: DomElement, is_target: bool) -> Iterator[Tokens]:
    tag = element.tag
    if tag == "select":
        return
    if value := element.get("title"):
        yield from ((token,) for token in _words("get_by_title", value, TITLE, len("[title=]")))
    if tag in ("area", "img", "input") and (value := element.get("alt")):
        yield from ((token,) for token in _words("get_by_alt_text", value, ALT, len("[alt=]")))
    text = norm(full_text(element))
    alternatives = _alternatives(text) if text else []
    if text:
        if is_target:
            yield from ((token,) for token in _words("get_by_text", text, TEXT) if len(text) <= 80 or not _exact(token))
        for shorter, bonus in alternatives:
            yield _css(tag, TAG), _having(shorter, bonus)
        if is_target and len(text) <= 80:
            yield _css(tag, TAG), _exactly(text)
    its_role = role(element)
    if its_role is None or its_role in NO_ROLE:
        return
    named = norm(name(element))
    if named and not all(unicodedata.category(each) == "Co" for each in named):
        for token, words in ((True, named), *((False, each) for each, _ in _alternatives(named))):
            bonus = 0 if token else dict(_alternatives(named))[words]
            written = f"{its_role}[name={json.dumps(words, ensure_ascii=False)}i]"
            step = ByRole(its_role, {"name": words, "exact": True} if token else {"name": words})
            yield (Token(step, _penalized(NAMED + (EXACT if token else -bonus), written)),)
        return
    for shorter, bonus in alternatives:
        yield Token(ByRole(its_role, {}), ROLE), _having(shorter, bonus)
    if is_target and text and len(text) <= 80:
        yield Token(ByRole(its_role, {}), ROLE), _exactly(text)


def _exact(token: Token) -> bool:
    return isinstance(token.step, ByWords) and token.step.exact


def _words(verb: str, text: str, cost: int, around: int = 0) -> Iterator[Token]:
    yield Token(ByWords(verb, text, True), _penalized(cost + EXACT, json.dumps(text, ensure_ascii=False), around + 1))
    for shorter, bonus in _alternatives(text):
        written = json.dumps(shorter, ensure_ascii=False)
        yield Token(ByWords(verb, shorter), _penalized(cost - bonus, written, around + 1))


def _having(text: str, bonus: int) -> Token:
    return Token(Filtered(has_text=text), _penalized(TEXT - bonus, json.dumps(text, ensure_ascii=False), 1))


def _exactly(text: str) -> Token:
    escaped = re.sub(r"([.*+?^>${}()|\[\]\\])", r"\\\1", text)
    return Token(Filtered(has_text=re.compile(f"^{escaped}$")), _penalized(PATTERN, f"/^{escaped}$/"))


def _penalized(cost: int, written: str, around: int = 0) -> int:
    return cost + min(10, (len(written) + around) // 10) if cost in PENALIZED else cost


def _alternatives(text: str) -> list[tuple[str, int]]:
    """Shorter texts that may be told better, each with what it saves: without numbers at its ends, cut at a word."""
    found: list[tuple[str, int]] = []
    if leading := re.match(r"([\d.,]+)[^.,\w]", text):
        found.append(_shorter(text[leading.end(1) :].lstrip()))
    if trailing := re.search(r"[^.,\w]([\d.,]+)\Z", text):
        found.append(_shorter(text[: trailing.start(1)].rstrip()))
    if len(text) <= 30:
        found.append((text, 0))
    else:
        found.extend(((_cut(text, 80), 0), (_cut(text, 30), 1)))
    return [each for each in found if each[0]] or [(text[:80], 0)]


def _shorter(text: str) -> tuple[str, int]:
    text = _cut(text, 80)
    return text, 2 if len(text) <= 30 else 1


def _cut(text: str, most: int) -> str:
    """A text that is too long ends where a word does."""
    if len(text) <= most:
        return text
    found = re.match(r"(.*)\b(.+?)\Z", text[:most], re.DOTALL)
    return found[1].rstrip() if found else ""


# --- by place ---------------------------------------------------------------------------------------------------------


def _path(element: DomElement) -> LocatorStep:
    """Tags and places: finds the element whatever it is."""
    parts: list[str] = []
    for each in element.chain():
        dom_id = _own_id(each)
        if dom_id is not None and each.document.by_id(dom_id) is each:
            parts.append(f"#{_escaped(dom_id)}")
            break
        siblings = [] if each.parent is None else list(each.parent.elements())
        parts.append(f"{each.tag}:nth-child({siblings.index(each) + 1})" if len(siblings) > 1 else each.tag)
    return _css(" > ".join(reversed(parts)), 0).step


def _css(text: str, cost: int) -> Token:
    return Token(BySelector(read_css(text), text), cost)


def _own_id(element: DomElement) -> str | None:
    """The id that somebody has given it: no machine, and not the server, whose views are called otherwise the next time."""
    dom_id = element.get("id")
    return dom_id if dom_id and not _is_guid(dom_id) and element.get("data-phx-session") is None else None


def _is_guid(dom_id: str) -> bool:
    """Whether an id looks as if a machine had made it: kinds of characters by turns."""
    last, changes = "", 0
    for each in dom_id:
        if each in "-_":
            continue
        kind = (
            "lower"
            if "a" <= each <= "z"
            else "upper"
            if "A" <= each <= "Z"
            else "digit"
            if each.isdecimal()
            else "other"
        )
        if kind == "lower" and last == "upper":
            last = kind
            continue
        if last and kind != last:
            changes += 1
        last = kind
    return changes >= len(dom_id) / 4


def _quoted(value: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", value).replace("\n", "\\a ")


def _escaped(dom_id: str) -> str:
    escaped = re.sub(r"([^\w-])", r"\\\1", dom_id)
    return f"\\3{escaped[0]} {escaped[1:]}" if escaped[:1].isdigit() else escaped
