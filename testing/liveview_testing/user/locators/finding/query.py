"""What a locator is: steps from the page to the elements that are meant, as a value.

Owns `Query` and its steps: a role, a label, a text, CSS, filters, one of several, both, either. A step is given the elements so far
and says which elements are meant then.

Law: a query is immutable and finds nothing by itself; the same query on the same reading finds the same elements, each once. Its
text is the Python that a person would write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import DomElement, is_visible
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.text import Test, Wanted, attribute_test, text_test
from liveview_testing.browser.dom.querying import find
from liveview_testing.failures import recursion_depth
from liveview_testing.user.locators.finding import TEST_ID
from liveview_testing.user.locators.finding.as_python import called, spelled
from liveview_testing.user.locators.finding.css import Css, is_heard, is_text
from liveview_testing.user.locators.finding.fast import many
from liveview_testing.user.locators.finding.fast.by_text import innermost
from liveview_testing.user.locators.finding.fast.candidates import labelled, with_attribute, with_role
from liveview_testing.user.locators.finding.reading import Reading, in_order, node_of


class LocatorStep(Protocol):
    """One part of a locator."""

    @property
    def code(self) -> str:
        """The step as Python."""
        ...

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        """What is meant, given what was meant so far; `top` is where the whole query began."""
        ...


@frozen
class Query:
    """Steps, one after the other; `view`: only what is inside the container of this view."""

    steps: tuple[LocatorStep, ...]
    view: str | None = None

    @property
    def code(self) -> str:
        """The query as Python, without what it is called on."""
        return ".".join(step.code for step in self.steps)

    def find(self, reading: Reading, top: DomElement | None = None) -> list[DomElement]:
        """The elements that are meant; inside of `top`, if it is given."""
        if top is None:
            top = reading.root if self.view is None else reading.view(self.view)
            if top is None:
                return []
        found = [top]
        chosen = False
        try:
            for at, step in enumerate(self.steps):
                if chosen:  # together with the step before
                    chosen = False
                    continue
                one = self._one_of_many(at, found, reading)
                if one is not None:
                    found, chosen = one, True
                elif isinstance(step, ByRole | BySelector) and (text := self._text_after(at)) is not None:
                    found = list(step.having(found, reading, text))
                else:
                    found = list(step.below(found, reading, top))
        except RecursionError as error:
            raise recursion_depth.told(error) or error from None
        return found

    def count(self, reading: Reading) -> int:
        """How many elements are meant."""
        last = self.steps[-1] if self.steps else None
        if isinstance(last, ByRole | BySelector):
            scopes = Query(self.steps[:-1], self.view).find(reading)
            try:
                sought = last.sought(scopes[0], reading) if len(scopes) == 1 else None
                number = None if sought is None else many.counted(scopes[0], sought, reading)
            except RecursionError as error:
                raise recursion_depth.told(error) or error from None
            if number is not None:
                return number
        return len(self.find(reading))

    def _one_of_many(self, at: int, scopes: list[DomElement], reading: Reading) -> list[DomElement] | None:
        """What a step and a number after it mean, without the others; None if that has to be found step by step."""
        step, after = self.steps[at], self.steps[at + 1] if at + 1 < len(self.steps) else None
        if not isinstance(after, Nth) or not isinstance(step, ByRole | BySelector) or len(scopes) != 1:
            return None
        sought = step.sought(scopes[0], reading)
        return None if sought is None else many.numbered(scopes[0], sought, after.index, reading)

    def _text_after(self, at: int) -> str | None:
        """The text that the next step wants of what this one finds, so that it need not be looked for elsewhere."""
        after = self.steps[at + 1] if at + 1 < len(self.steps) else None
        text = after.has_text if isinstance(after, Filtered) else None
        return text if isinstance(text, str) else None


def once(found: Iterator[DomElement]) -> list[DomElement]:
    """Each element once, in the order of its first appearance."""
    return list(dict.fromkeys(found))


# --- by what a person sees --------------------------------------------------------------------------------------------


@frozen
class ByRole:
    """Elements with a role, a name, states."""

    role: str
    options: Mapping[str, Any] = field(factory=dict[str, Any], hash=False)

    @property
    def code(self) -> str:
        options = dict(self.options)
        parts = [spelled(self.role)]
        for key in ("name", "description"):
            if (wanted := options.pop(key, None)) is not None:
                parts.append(f"{key}={spelled(wanted)}")
        if options.pop("exact", False):
            parts.append("exact=True")
        parts.extend(f"{key}={value!r}" for key, value in options.items() if value is not None)
        return f"get_by_role({', '.join(parts)})"

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        return self.having(scopes, reading, None)

    def sought(self, scope: DomElement, reading: Reading) -> many.Sought | None:
        """What is to be counted inside of a scope, if that needs no list of them."""
        return many.by_role(scope, self.role, self.options, reading)

    def having(self, scopes: list[DomElement], reading: Reading, text: str | None) -> Iterable[DomElement]:
        """As `below`; those may be missing that do not have a text."""
        named, by = self.options.get("name"), accessibility.by_role

        def inside(scope: DomElement) -> list[DomElement]:
            candidates = with_role(scope, self.role, named, text, reading)
            if candidates is None:
                return by(scope, self.role, **self.options)
            among, ordered = candidates
            found = by(scope, self.role, **self.options, among=among)
            return found if ordered else in_order(found)

        found = (each for scope in scopes for each in inside(scope))
        return once(found) if len(scopes) > 1 else found


Finder: TypeAlias = Callable[..., "list[DomElement]"]

_BY_WORDS: Mapping[str, Finder] = {
    "get_by_text": accessibility.by_text,
    "get_by_label": accessibility.by_label,
    "get_by_placeholder": accessibility.by_placeholder,
    "get_by_title": accessibility.by_title,
    "get_by_alt_text": accessibility.by_alt_text,
}

_ATTRIBUTES = {"get_by_placeholder": "placeholder", "get_by_title": "title", "get_by_alt_text": "alt"}


@frozen
class ByWords:
    """Elements by a text, a label, a placeholder, a title, an alternative text."""

    verb: str
    wanted: Wanted
    exact: bool = False

    @property
    def code(self) -> str:
        exact = self.exact and isinstance(self.wanted, str)
        return called(self.verb, self.wanted, exact=exact or None)

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        found = (each for scope in scopes for each in self._inside(scope, reading))
        return once(found) if len(scopes) > 1 else found

    def _inside(self, scope: DomElement, reading: Reading) -> Iterable[DomElement]:
        by, wanted, exact = _BY_WORDS[self.verb], self.wanted, self.exact
        if self.verb == "get_by_text":
            nodes = innermost(node_of(scope), wanted, exact=exact) if isinstance(wanted, str) else None
            return by(scope, wanted, exact=exact) if nodes is None else map(reading.element, nodes)
        attribute = _ATTRIBUTES.get(self.verb)
        if attribute is None:
            return in_order(by(scope, wanted, exact=exact, among=labelled(scope, wanted, reading)))
        return by(scope, wanted, exact=exact, among=with_attribute(scope, attribute, reading))


@frozen
class ByTestId:
    """Elements with a test id, which is asked of the page's own index."""

    wanted: Wanted
    attribute: str = TEST_ID
    engine: bool = False
    """Whether it was written as a selector, `id=save`."""

    @property
    def code(self) -> str:
        return (
            called("locator", f"{self.attribute}={self.wanted}")
            if self.engine
            else called("get_by_test_id", self.wanted)
        )

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        names = [each.strip() for each in self.attribute.split(",") if each.strip()]
        if isinstance(self.wanted, str):
            quoted = re.sub(r'(["\\])', r"\\\1", self.wanted)
            selector = ", ".join(f'[{name}="{quoted}"]' for name in names)
            if "\n" not in selector:
                found = (reading.element(node) for scope in scopes for node in find(node_of(scope), selector))
                return once(found) if len(scopes) > 1 else found
        wanted = self.wanted
        by = accessibility.by_test_id
        return once(each for scope in scopes for each in by(scope, wanted, attribute=self.attribute))


# --- by selector ------------------------------------------------------------------------------------------------------


@frozen
class BySelector:
    """Elements that a CSS selector finds."""

    css: Css
    text: str

    @property
    def code(self) -> str:
        return called("locator", self.text)

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        return self.having(scopes, reading, None)

    def having(self, scopes: list[DomElement], reading: Reading, text: str | None) -> Iterable[DomElement]:
        """As `below`; those may be missing that do not have a text."""
        found = (each for scope in scopes for each in self.css.find(scope, reading, text))
        return once(found) if len(scopes) > 1 else found

    def sought(self, scope: DomElement, reading: Reading) -> many.Sought | None:
        """What is to be counted inside of a scope, if that needs no list of them."""
        return many.by_selector(self.text) if self.css.is_plain_in(scope) else None


@frozen
class ByTextNode:
    """Elements of which one text, right inside of them, is exactly this one."""

    text: str

    @property
    def code(self) -> str:
        return called("locator", f'text="{self.text}"')

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        return once(
            each
            for scope in scopes
            for each in ((scope, *scope.iter()) if scope.tag else scope.iter())
            if is_text(each, self.text) and is_heard(each)
        )


@frozen
class Parents:
    """What is around each element."""

    @property
    def code(self) -> str:
        return 'locator("..")'

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        return once(each.parent for each in scopes if each.parent is not None and each.parent.tag)


@frozen
class Inside:
    """What another query finds below each element."""

    query: Query

    @property
    def code(self) -> str:
        return f"locator({self.query.code})"

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        return once(each for scope in scopes for each in self.query.find(reading, scope))


# --- choosing among what was found ------------------------------------------------------------------------------------


@frozen
class Filtered:
    """The elements that have a text, or not, or something inside, or not, or that can be seen, or not."""

    has: Query | None = None
    has_not: Query | None = None
    has_text: Wanted | None = None
    has_not_text: Wanted | None = None
    visible: bool | None = None

    @property
    def code(self) -> str:
        parts: list[str] = []
        for name in ("has_text", "has_not_text"):
            wanted = getattr(self, name)
            if wanted is not None:
                parts.append(f"filter({name}={spelled(wanted)})")
        for name in ("has", "has_not"):
            query: Query | None = getattr(self, name)
            if query is not None:
                parts.append(f"filter({name}={query.code})")
        if self.visible is not None:
            parts.append(f"filter(visible={self.visible})")
        return ".".join(parts) or "filter()"

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        found = scopes
        if self.has_text is not None:
            test = filter_test(self.has_text)
            found = [each for each in found if test(full_text(each))]
        if self.has_not_text is not None:
            refused = filter_test(self.has_not_text)
            found = [each for each in found if not refused(full_text(each))]
        has, has_not = self.has, self.has_not
        if has is not None:
            found = [each for each in found if has.find(reading, each)]
        if has_not is not None:
            found = [each for each in found if not has_not.find(reading, each)]
        if self.visible is not None:
            found = [each for each in found if is_visible(each) == self.visible]
        return found


def filter_test(wanted: Wanted) -> Test:
    """How the text of an element is filtered."""
    return text_test(wanted)


@frozen
class Nth:
    """One of the elements: from the end, if it is below zero."""

    index: int

    @property
    def code(self) -> str:
        return {0: "first", -1: "last"}.get(self.index, f"nth({self.index})")

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        at = self.index
        return [scopes[at]] if -len(scopes) <= at < len(scopes) else []


@frozen
class Both:
    """The elements that another query finds too."""

    query: Query

    @property
    def code(self) -> str:
        return f"and_({self.query.code})"

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        other = set(self.query.find(reading, top))
        return [each for each in scopes if each in other]


@frozen
class Either:
    """These elements and those of another query, as they stand on the page."""

    query: Query

    @property
    def code(self) -> str:
        return f"or_({self.query.code})"

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        other = self.query.find(reading, top)
        if not scopes or not other:
            return scopes or other
        wanted = {*scopes, *other}
        found = [top] if top in wanted else []
        for each in top.iter():
            if each in wanted:
                found.append(each)
                if len(found) == len(wanted):
                    break
        return found


__all__ = [
    "Both",
    "ByRole",
    "BySelector",
    "ByTestId",
    "ByTextNode",
    "ByWords",
    "Either",
    "Filtered",
    "Inside",
    "LocatorStep",
    "Nth",
    "Parents",
    "Query",
    "attribute_test",
]
