"""What each expectation asks of the elements that are there now.

Owns the answers: what was expected, what is there, whether it agrees. Law: a check looks and changes nothing; what can never be
true (an assertion about the wrong kind of element) raises `Error`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.served import chosen_now
from liveview_testing.browser.accessibility.text import SPACES, Wanted, as_script, norm
from liveview_testing.browser.dom.forms import value_of
from liveview_testing.browser.page.controls import CHECKABLE, input_type
from liveview_testing.user.locators.acting.actionability import retargeted
from liveview_testing.user.locators.acting.element_reading import inner_text
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.preview import preview
from liveview_testing.user.locators.finding.reading import node_of


@frozen(eq=False)
class Answer:
    """What a check found: whether it holds, and what is there."""

    holds: bool
    received: object = None


Check = Callable[[DomElement], Answer]


def text_check(
    wanted: Wanted,
    *,
    inside: bool,
    ignore_case: bool | None,
    inner: bool,
    read: Callable[[DomElement], str] | None = None,
) -> Check:
    """The text of an element, whole or a part of it."""
    reader = read or (inner_text if inner else full_text)
    fits = string_test(wanted, inside=inside, ignore_case=ignore_case, normed=True)

    def check(element: DomElement) -> Answer:
        said = reader(element)
        return Answer(fits(said), said)

    return check


def string_test(
    wanted: Wanted, *, inside: bool = False, ignore_case: bool | None = None, normed: bool = False
) -> Callable[[str], bool]:
    """How a text is compared: a pattern is searched in it as it is."""
    if isinstance(wanted, re.Pattern):
        pattern = wanted
        if ignore_case is not None:
            flags = pattern.flags | re.IGNORECASE if ignore_case else pattern.flags & ~re.IGNORECASE
            pattern = re.compile(pattern.pattern, flags & ~re.UNICODE)
        search = as_script(pattern).search
        return lambda said: search(said) is not None
    even = norm(wanted) if normed else wanted
    even = even.lower() if ignore_case else even

    def fits(said: str) -> bool:
        told = norm(said) if normed else said
        told = told.lower() if ignore_case else told
        return even in told if inside else told == even

    return fits


def value_check(wanted: Wanted) -> Check:
    """What a field holds."""
    fits = string_test(wanted)

    def check(element: DomElement) -> Answer:
        target = retargeted(element)
        if target.tag not in ("input", "textarea", "select"):
            raise Error("Not an input element", got=preview(target))
        said = value_of(node_of(target)) if target.tag == "select" else target.document.state.value(target)
        return Answer(fits(said), said)

    return check


def values_check(wanted: Sequence[Wanted]) -> Check:
    """The options that are chosen of a select of several."""
    tests = [string_test(each) for each in wanted]

    def check(element: DomElement) -> Answer:
        target = retargeted(element)
        if target.tag != "select" or not target.has("multiple"):
            raise Error("Not a select element with a multiple attribute", got=preview(target))
        said = [
            full_text(each) if each.get("value") is None else each.get("value") or "" for each in chosen_now(target)
        ]
        return Answer(len(said) == len(tests) and all(test(each) for test, each in zip(tests, said, strict=True)), said)

    return check


def empty_check(element: DomElement) -> Answer:
    """Whether nothing is in it."""
    if element.tag in ("input", "textarea"):
        said = element.document.state.value(element)
        if element.tag == "input" and input_type(element) in CHECKABLE and not element.has("value"):
            said = "on"
        return Answer(said == "", "empty" if said == "" else "notEmpty")
    empty = SPACES.sub("", element.content) == ""
    return Answer(empty, "empty" if empty else "notEmpty")


def class_check(wanted: Wanted) -> Check:
    """The class attribute as it stands."""
    fits = string_test(wanted)

    def check(element: DomElement) -> Answer:
        said = element.get("class") or ""
        return Answer(fits(said), said)

    return check


def class_names_check(wanted: str) -> Check:
    """Names among the classes."""
    names = wanted.split()

    def check(element: DomElement) -> Answer:
        said = element.get("class") or ""
        return Answer(set(names) <= set(said.split()), said)

    return check


def attribute_check(name: str, wanted: Wanted | None, ignore_case: bool | None) -> Check:
    """An attribute: that it is there, or what it says."""
    fits = None if wanted is None else string_test(wanted, ignore_case=ignore_case)

    def check(element: DomElement) -> Answer:
        said = element.get(name)
        if fits is None:
            return Answer(said is not None, "attribute present" if said is not None else "attribute not present")
        return Answer(said is not None and fits(said), said)

    return check


# --- of several elements ----------------------------------------------------------------------------------------------


def in_order(checks: Sequence[Check], elements: Sequence[DomElement], *, some: bool) -> bool:
    """Whether the elements answer to the checks one by one; `some`: others may lie between."""
    if not some and len(checks) != len(elements):
        return False
    at = 0
    for element in elements:
        if at < len(checks) and checks[at](element).holds:
            at += 1
        elif not some:
            return False
    return at == len(checks)
