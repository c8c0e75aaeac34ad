"""What a person points at in a real page, found in a simulated one, and how they would name it.

Owns `Spot`, an element by its place in a page, and the locators for what is asserted of one. Law: what is not of the same kind at
the same place is not found; a text that is asserted is never a part of the locator that finds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import DomElement, role
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.roles import NO_ROLE
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.record.scripts.choosing import candidates
from liveview_testing.user.locators.finding.css_reader import read_css
from liveview_testing.user.locators.finding.query import ByRole, BySelector, Query
from liveview_testing.user.locators.finding.reading import Reading

__all__ = ["NotThere", "Spot", "all_like", "best", "listed", "text_of", "without_text"]

MADE = late_pattern(r"phx-")
DEEPEST = 500
SAID = 200


class NotThere(LiveViewError, LookupError):
    """What was pointed at is not in the simulated page."""


def listed(value: object) -> list[Any] | None:
    """A list that came as JSON; None: it is none."""
    return list(value) if isinstance(value, list) else None  # pyright: ignore[reportUnknownArgumentType]


@frozen
class Spot:
    """A place in a page: from the element with an id, from the view's container ("main"), or from the body, child by child.

    The id may have been drawn, and be another one in the test: then the element that had it is the one at its own place
    (`within`), if it `says` the same.
    """

    tag: str
    path: tuple[int, ...]
    id: str | None = None
    main: bool = False
    says: str | None = None
    within: Spot | None = None

    @staticmethod
    def read(given: Any) -> Spot:
        """A spot as the page tells it. Raises `NotThere`."""
        told: list[Any] = []
        while type(given) is dict and len(told) <= DEEPEST:
            told.append(given)
            given = cast("dict[str, Any]", given).get("within")
        spot = None
        for each in reversed(told or [given]):
            spot = Spot._one(each, spot)
        return cast("Spot", spot)

    @staticmethod
    def _one(given: Any, within: Spot | None) -> Spot:
        data = cast("dict[str, Any]", given) if type(given) is dict else dict[str, Any]()
        tag: Any = data.get("tag")
        path, dom_id, says = listed(data.get("path")), data.get("id"), data.get("says")
        fits = type(tag) is str and path is not None and len(path) <= DEEPEST
        if not fits or path is None or not all(type(each) is int and each >= 0 for each in path):
            raise NotThere(
                "that is no place in a page", expected="tag, path, id, main", got=shown(cast("object", given))
            )
        return Spot(
            tag,
            tuple(path),
            dom_id if isinstance(dom_id, str) else None,
            data.get("main") is True,
            says if isinstance(says, str) else None,
            within,
        )

    def find(self, reading: Reading) -> DomElement:
        """The element there. Raises `NotThere`."""
        found = self._top(reading)
        for at in self.path:
            found = None if found is None else next((kid for n, kid in enumerate(found.elements()) if n == at), None)
        if found is None or found.tag != self.tag:
            raise NotThere(
                "the page of the test is not the page that was pointed at",
                expected=f"<{self.tag}> there",
                got="nothing" if found is None else f"<{found.tag}>",
            )
        return found

    def _top(self, reading: Reading) -> DomElement | None:
        every = reading.root.iter()
        if self.id is not None:
            known = next((each for each in every if each.get("id") == self.id), None)
            return known if known is not None or self.within is None else self._at_its_place(self.within, reading)
        if self.main:
            return next((each for each in every if each.has("data-phx-main")), None)
        return reading.body

    def _at_its_place(self, within: Spot, reading: Reading) -> DomElement:
        """What stands where the element with the id stood."""
        found = within.find(reading)
        said = " ".join(found.content.split())[:SAID]
        if self.says != said:
            raise NotThere(
                f"nothing in the page of the test has the id {shown(self.id)}, and what stands in its place says something else",
                expected=shown(self.says),
                got=shown(said),
                cure="an id that is the same each time, not one that is drawn",
            )
        return found


def best(element: DomElement, reading: Reading) -> Query:
    """The locator that a person would write for an element."""
    return next(candidates(element, reading))


def text_of(element: DomElement) -> str:
    """What an element says."""
    return norm(full_text(element))


def without_text(element: DomElement, reading: Reading, text: str) -> Query:
    """The best locator that does not say `text`, nor a part of it that would go with it."""
    inside = json.dumps(text, ensure_ascii=False)[1:-1]
    for query in candidates(element, reading):
        if not inside or (inside not in query.code and not _says_part(query, text)):
            found = query.find(reading)
            if len(found) == 1 and found[0] is element:
                return query
    for selector in _by_place(element):
        query = Query((_css(selector),))
        found = query.find(reading)
        if len(found) == 1 and found[0] is element:
            return query
    raise NotThere("nothing but its text tells this element from others", expected="an id, or a role", got=shown(text))


def _says_part(query: Query, text: str) -> bool:
    """Whether a text in a locator is a part of one that is asserted: "Count" of "Count: 2" would do, "2" would not hold."""
    quoted: list[str] = re.findall(r'(?:name=|get_by_text\(|has_text=)("(?:[^"\\]|\\.)*")', query.code)
    return any(json.loads(each) in text for each in quoted)


def _by_place(element: DomElement) -> Iterator[str]:
    """CSS by the place: from the nearest element with an id of its own, or from the top."""
    steps: list[str] = []
    for each in (element, *element.ancestors()):
        dom_id = each.get("id")
        if steps and dom_id and not MADE.match(dom_id) and re.fullmatch(r"[A-Za-z][\w-]*", dom_id):
            yield " > ".join((f"#{dom_id}", *steps))
        parent = next(iter(each.ancestors()), None)
        kids = [] if parent is None else list(parent.elements())
        at = next((number for number, kid in enumerate(kids, 1) if kid is each), 1)
        steps.insert(0, f"{each.tag}:nth-child({at})" if len(kids) > 1 else each.tag)
        yield " > ".join(steps)


def all_like(element: DomElement, reading: Reading) -> Query:
    """The elements that are of one kind with this one, around it: its role, or its tag, in what has an id, or in the page."""
    its_role = role(element)
    own = ByRole(its_role, {}) if its_role is not None and its_role not in NO_ROLE else _css(element.tag)
    for around in element.ancestors():
        dom_id = around.get("id")
        if dom_id and not MADE.match(dom_id) and re.fullmatch(r"[A-Za-z][\w-]*", dom_id):
            query = Query((_css(f"#{dom_id}"), own))
            if len(query.find(reading)) > 1:
                return query
    return Query((own,))


def _css(text: str) -> BySelector:
    return BySelector(read_css(text), text)
