"""Where elements with a role, a label or an attribute can be: what the rules are asked of, instead of every element.

Owns the candidates of each kind of question. Law: nothing that the rules would find is missing; what is too much, they refuse, and
what they find is put in order. So a question costs what can be meant, not what is on the page: among
1,000 rows a button by its name 1 ms instead of 160, a field by its label 0.7 instead of 550, a title 0.2 instead of 120.
"""

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.dom import LABELABLE, controlled
from liveview_testing.browser.accessibility.roles import tags_of
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.dom.querying import matches
from liveview_testing.browser.page.search import Sieve
from liveview_testing.user.locators.finding.fast.rows import AllOf, Heard, Labels, Named, rows_speak
from liveview_testing.user.locators.finding.reading import Reading, in_order

_MANY_MARKS = 50  # more elements than these that the client wrote on: what is around each of them is not looked at


def with_role(
    scope: DomElement, role: str, name: object, text: object, reading: Reading
) -> tuple[list[DomElement], bool] | None:
    """The elements that can have a role, and a name and a text where these are strings; whether in order. None: any can."""
    tags = tags_of(role.lower())
    if tags is None:
        return None
    selector = ", ".join((*sorted(tags), "[role]"))
    sieves: list[Named | Heard] = []
    if isinstance(name, str) and norm(name):
        sieves.append(Named(name))
    heard = heard_sieve(text, reading)
    if heard is not None:
        sieves.append(heard)
    written = _written(reading) if sieves else ()
    if written is None:
        sieves, written = [], ()
    sieve: Sieve | None = None if not sieves else sieves[0] if len(sieves) == 1 else AllOf(*sieves)
    found = reading.find(scope, selector, sieve)
    if sieve is None:
        return found, True
    more = [reading.element(node) for node in written]
    if tags & LABELABLE and isinstance(name, str):
        more.extend(_controls(scope, reading, Labels(name)))
    more = [each for each in more if each is not scope and scope.contains(each)]
    return [*found, *more], not more


def with_selector(scope: DomElement, selector: str, text: str, reading: Reading) -> list[DomElement] | None:
    """The elements that a selector of the kit's own finds, without some that do not have a text; None: all have to be asked."""
    heard = heard_sieve(text, reading)
    written = None if heard is None else _written(reading)
    if written is None:
        return None
    found = dict.fromkeys(reading.find(scope, selector, heard))
    more = [reading.element(node) for node in written if matches(node, selector)]
    more = [each for each in more if each not in found and each is not scope and scope.contains(each)]
    return in_order([*found, *more]) if more else list(found)


def heard_sieve(text: object, reading: Reading) -> Heard | None:
    """The rows that have a text, if only the page decides that."""
    if not isinstance(text, str):
        return None
    low = norm(text).lower()
    if not low or "σ" in low or "ς" in low:
        return None
    if not rows_speak(reading.document):
        return None
    return Heard(low, True)


def _written(reading: Reading) -> list[DomNode] | None:
    """The elements that the client wrote on or typed into, and those around them: their names are not what their rows say."""
    marks = reading.document.marks
    if len(marks) > _MANY_MARKS or reading.document.rearranged:
        return None
    found: dict[DomNode, None] = {}
    for key in marks:
        node = at(reading.document, key)
        while node is not None and node.tag and node not in found:
            found[node] = None
            node = node.parent
    return list(found)


def labelled(scope: DomElement, text: object, reading: Reading) -> list[DomElement] | None:
    """The elements that a label can name, by a reference, by `aria-label`, by a `<label>`, in any order; None: any."""
    if not isinstance(text, str) or reading.document.rearranged:
        return None
    low = norm(text).lower()
    written = _written(reading)
    sieve = None if not low or "σ" in low or "ς" in low or written is None else Named(text, upper=False)
    heard = None if sieve is None else heard_sieve(text, reading)
    found = reading.find(scope, "[aria-labelledby]")
    said = reading.find(scope, "[aria-label]", sieve)
    said.extend(reading.element(node) for node in written or () if node.get("aria-label") is not None)
    more = (*said, *_controls(scope, reading, heard))
    return [*found, *(each for each in more if each is not scope and scope.contains(each))]


def _controls(scope: DomElement, reading: Reading, sieve: Sieve | None) -> Iterator[DomElement]:
    """The controls of the labels that a sieve lets through; their labels may stand anywhere."""
    for label in reading.find(reading.root, "label", sieve):
        control = controlled(label)
        if control is not None and control is not scope:
            yield control


def with_attribute(scope: DomElement, attribute: str, reading: Reading) -> list[DomElement]:
    """The elements with an attribute."""
    return reading.find(scope, f"[{attribute}]")
