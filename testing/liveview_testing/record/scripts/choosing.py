"""The locator that a person would write for what an act was done to.

Owns `candidates`, in the order in which a reader would want them: role and name, label, placeholder, test id, text; the same within
the nearest thing around that is one of its kind; an id, CSS; a place among others at last. Law: each of them finds the element
alone; an id that the framework made, and the value that a field holds, are never part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from liveview_core.values.patterns import late_pattern
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
from liveview_testing.user.locators.finding.suggesting import suggestion

MOST_TEXT = 60
_MADE = late_pattern(r"phx-|lv-|.*[0-9a-f]{8}|.*\d{5}")
_AROUND = ("listitem", "row", "dialog", "form", "region", "article", "group", "navigation", "main")


def is_a_person_s(query: Query) -> bool:
    """Whether a locator is one that a person would write: what was asked for then stays."""
    return bool(query.steps) and all(_plain(step) for step in query.steps)


def _plain(step: LocatorStep) -> bool:
    match step:
        case ByRole():
            return True
        case ByWords() | ByTestId():
            return True
        case Filtered():
            return step.has_text is not None and step.has is None and step.has_not is None
        case _:
            return False


def candidates(element: DomElement, reading: Reading) -> Iterator[Query]:
    """Locators that find this element alone, the best first."""
    seen: set[str] = set()
    for steps in _ways(element, reading):
        query = Query(steps)
        if query.code not in seen:
            seen.add(query.code)
            found = query.find(reading)
            if len(found) == 1 and found[0] is element:
                yield query
    yield suggestion(element, reading)


def _ways(element: DomElement, reading: Reading) -> Iterator[tuple[LocatorStep, ...]]:
    own = list(_by_words(element))
    for step in own:
        yield (step,)
    for around in _containers(element, reading):
        for step in own:
            yield (*around, step)
    dom_id = element.get("id")
    if dom_id and not _MADE.match(dom_id) and re.fullmatch(r"[A-Za-z][\w-]*", dom_id):
        yield (_css(f"#{dom_id}"),)
    its_role = role(element)
    if its_role is not None and its_role not in NO_ROLE:
        for around in _containers(element, reading):
            yield (*around, ByRole(its_role, {}))
        yield (ByRole(its_role, {}),)
    for attribute in ("name", "phx-click", "phx-submit", "phx-change"):
        value = element.get(attribute)
        if value and '"' not in value and "\\" not in value and not value.startswith("["):
            yield (_css(f'{element.tag}[{attribute}="{value}"]'),)
            for around in _containers(element, reading):
                yield (*around, _css(f'{element.tag}[{attribute}="{value}"]'))
    for step in own:
        found = Query((step,)).find(reading)
        if element in found:
            yield (step, Nth(found.index(element)))


def _by_words(element: DomElement) -> Iterator[LocatorStep]:
    its_role = role(element)
    held = {norm(element.get("value") or "")} - {""} if element.tag in ("input", "textarea") else set[str]()
    if its_role is not None and its_role not in NO_ROLE:
        named = norm(name(element))
        if named and len(named) <= MOST_TEXT and named not in held:
            yield ByRole(its_role, {"name": named})
            yield ByRole(its_role, {"name": named, "exact": True})
    for label in label_texts(element):
        if text := norm(label):
            yield ByWords("get_by_label", text)
            yield ByWords("get_by_label", text, True)
    if placeholder := element.get("placeholder"):
        yield ByWords("get_by_placeholder", placeholder)
        yield ByWords("get_by_placeholder", placeholder, True)
    if test_id := element.get("data-testid"):
        yield ByTestId(test_id)
    text = norm(full_text(element))
    if text and len(text) < MOST_TEXT and element.tag not in ("select", "form", "html", "body"):
        yield ByWords("get_by_text", text)
        yield ByWords("get_by_text", text, True)


def _containers(element: DomElement, reading: Reading) -> Iterator[tuple[LocatorStep, ...]]:
    """Things around the element that are one of their kind, the nearest first."""
    for around in element.ancestors():
        if not around.tag or around.tag in ("html", "body"):
            return
        if test_id := around.get("data-testid"):
            yield (ByTestId(test_id),)
        its_role = role(around)
        if its_role in _AROUND:
            named = norm(name(around))
            ways: list[tuple[LocatorStep, ...]] = []
            if named and len(named) <= MOST_TEXT:
                ways.append((ByRole(its_role, {"name": named}),))
            if its_role in ("listitem", "row", "article"):
                for text in _texts(around):
                    ways.append((ByRole(its_role, {}), Filtered(has_text=text)))
            for way in ways:
                found = Query(way).find(reading)
                if len(found) == 1 and found[0] is around:
                    yield way
        dom_id = around.get("id")
        if dom_id and not _MADE.match(dom_id) and re.fullmatch(r"[A-Za-z][\w-]*", dom_id):
            yield (_css(f"#{dom_id}"),)


def _texts(around: DomElement) -> Iterator[str]:
    """What may tell a row from others: what one of its parts says, but no button; else all that it says."""
    for each in around.iter():
        if each.tag not in ("button", "input", "textarea", "select", "option") and not any(each.elements()):
            text = norm(full_text(each))
            if text and len(text) < MOST_TEXT:
                yield text
    text = norm(full_text(around))
    if text and len(text) < MOST_TEXT:
        yield text


def _css(text: str) -> LocatorStep:
    return BySelector(read_css(text), text)
