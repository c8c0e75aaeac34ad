"""The page as a person reads it: the accessibility rules over the DOM as one tab has it now.

Owns `Reading`, one version of a tab's document with what the rules have found out about it, and `LiveState`, the state that the
rules ask for: values typed, boxes ticked, what is open, what has the focus.

Law: a reading belongs to one version of the document and is thrown away with it; it walks only as far as it is asked. An element
that a selector found is reached from its own parents, not from the top of the page; what an id or a label names is asked of the
pages' own searches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, cast

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import AS_SERVED, DomElement, State, Structure
from liveview_testing.browser.accessibility import Document as Rules
from liveview_testing.browser.accessibility.dom import controlled
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.forms import is_checked, selected_options
from liveview_testing.browser.dom.node import DomNode, at, container, root
from liveview_testing.browser.dom.querying import APART, find
from liveview_testing.browser.events.validation import is_bad
from liveview_testing.browser.page.search import Sieve
from liveview_testing.user.locators.finding.fast.full_texts import FullTexts
from liveview_testing.user.locators.finding.fast.rows import Labelling, rows_speak


def node_of(element: DomElement) -> DomNode:
    """The element in the DOM."""
    return cast(DomNode, element.node)


class LiveState:
    """What the user and the client have made of the page."""

    def value(self, control: DomElement) -> str:
        node = node_of(control)
        if control.tag == "input" and (control.get("type") or "").lower() == "file":
            files = node.mark.files
            return f"C:\\fakepath\\{files[0].name}" if files else ""
        value = node.mark.value
        return AS_SERVED.value(control) if value is None else value

    def checked(self, control: DomElement) -> bool:
        node = node_of(control)
        return is_checked(node) if node.document.marks else AS_SERVED.checked(control)

    def selected(self, option: DomElement) -> bool:
        select = option.closest("select")
        if select is None or node_of(select).mark.selected is None:
            return AS_SERVED.selected(option)
        return node_of(option) in selected_options(node_of(select))

    def disabled(self, control: DomElement) -> bool:
        return control.has("disabled")

    def invalid(self, control: DomElement) -> bool:
        node = node_of(control)
        return control.tag in ("input", "select", "textarea") and is_bad(node)

    def open(self, element: DomElement) -> bool:
        return element.tag in ("details", "dialog") and element.has("open")

    def popped(self, element: DomElement) -> bool:
        return node_of(element).mark.popover

    def focused(self, element: DomElement) -> bool:
        return node_of(element).focused

    def display(self, element: DomElement) -> str | None:
        return None  # commands write the inline style, which is read as it is


_LIVE: State = LiveState()


class Reading:
    """One version of a tab's document, as it is read."""

    __slots__ = ("_known", "_named", "_told", "document", "rules")

    def __init__(self, document: Document, styles: Mapping[str, str]) -> None:
        self.document = document
        top = root(document)

        def select(selector: str) -> Collection[Hashable]:
            return [node.key for node in find(top, selector)]

        self.rules = Rules(cast(Structure, top), _LIVE, styles, select if styles else None, self)
        self._named: dict[str, DomElement | None] = {}
        self._told: bool | None = None
        self._known: dict[Hashable, DomElement] = self.rules.known

    @property
    def root(self) -> DomElement:
        """The document itself, above its elements."""
        return self.rules.root

    @property
    def body(self) -> DomElement:
        """The body."""
        return next(each for html in self.root.elements() for each in html.elements() if each.tag == "body")

    def element(self, node: DomNode) -> DomElement:
        """The element at a node of this document."""
        if not node.tag:
            return self.root
        path = node.path
        found = self._known.get(path)
        if found is None:
            parent = node.parent
            around = self.root if parent is None else self.element(parent)
            found = self.rules.reached(cast(Structure, node), around)
        return found

    def find(self, scope: DomElement, selector: str, sieve: Sieve | None = None) -> list[DomElement]:
        """The elements inside of another that a selector finds, in document order; without those in denied rows."""
        return [self.element(node) for node in find(node_of(scope), selector, sieve=sieve)]

    def by_id(self, dom_id: str) -> DomElement | None:
        """The first element with a DOM id."""
        if dom_id not in self._named:
            selector = f"#{dom_id}" if _PLAIN_ID.fullmatch(dom_id) else f'[id="{quoted(dom_id)}"]'
            self._named[dom_id] = next(iter(self.find(self.root, selector)), None) if dom_id else None
        return self._named[dom_id]

    def labels(self, control: DomElement) -> Sequence[DomElement]:
        """The labels of a control, in document order."""
        found = [each for each in control.ancestors() if each.tag == "label" and controlled(each) is control]
        dom_id = control.get("id")
        if not dom_id:
            return found
        named = self.find(self.root, f'label[for="{quoted(dom_id)}"]', Labelling(dom_id))
        return in_order((*found, *(each for each in named if controlled(each) is control)))

    def text(self, element: DomElement, rule: Callable[[DomElement], str], heard: bool) -> str | None:
        """All text in an element, if a long list is right inside of it; what the client did not touch in it is not read again."""
        if self._told is None:
            self._told = not self.document.rearranged and rows_speak(self.document)
        if not self._told or element.tag in APART:
            return None
        return FullTexts(self.element, rule, heard).of(node_of(element))

    def view(self, view: str) -> DomElement | None:
        """The container of a view; None if the view is not on the page."""
        if view not in self.document.views:
            return None
        node = container(self.document, view)
        return None if node is None else self.element(node)

    @property
    def focused(self) -> DomElement | None:
        """What has the focus."""
        key = self.document.focus
        node = None if key is None else at(self.document, key)
        return None if node is None else self.element(node)


_PLAIN_ID = late_pattern(r"[A-Za-z_][-\w]*", re.ASCII)


def quoted(text: str) -> str:
    """A text as it stands between double quotes in a selector."""
    return "".join(f"\\{ord(each):x} " if each in '"\\' or ord(each) < 32 else each for each in text)


def in_order(found: Iterable[DomElement]) -> list[DomElement]:
    """Each of these once, as they stand on the page. Siblings are listed once: to count each of thousands costs more."""
    each_once = list(dict.fromkeys(found))
    return each_once if len(each_once) < 2 else sorted(each_once, key=_place)


def _place(element: DomElement) -> list[int]:
    """Where an element stands: its number among its siblings, and that of each element around it, outermost first."""
    found: list[int] = []
    each = element
    while each.parent is not None:
        numbers: Any = each.parent.memo.get(_NUMBERS)
        if numbers is None:
            numbers = each.parent.memo[_NUMBERS] = {kid: at for at, kid in enumerate(each.parent.elements())}
        found.append(numbers[each])
        each = each.parent
    return found[::-1]


_NUMBERS = object()
