"""What can be seen and used of a page by a handle of LiveViewTest's: judged by the DOM, as the browser has it.

Owns `AsShown`, which answers for elements of a view's page what commands and hooks have made of them in their tab: whether they are
hidden or disabled, what they bring to an event, what their form holds. Law: a page that its client left as it was sent is asked
itself; it costs one look-up to know that.
"""  # JS-12, JS-13, JS-16

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.bindings.visibility import Visibility
from liveview_testing.browser.browser import Browser
from liveview_testing.browser.connection.pushing import pushes
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.forms import is_disabled, serialize
from liveview_testing.browser.dom.mark import PLAIN
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.page.controls import around, fieldset_in
from liveview_testing.browser.page.forms.forms import Overlay, controls
from liveview_testing.browser.reaction import Surroundings
from liveview_testing.world.tabs.settling import is_touched, next_animation, settled

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node

_DISPLAY = late_pattern(r"(?:^|;)\s*display\s*:\s*([\w-]+)", re.IGNORECASE)
_NOT_VISIBLE = late_pattern(r"(?:^|;)\s*visibility\s*:\s*hidden\b", re.IGNORECASE)


def visibility_of(browser: Browser | None, view: str, env: Surroundings) -> AsShown | None:
    """How the page of a view looks in its tab; None if it is as it was sent."""
    if browser is None or not (browser.document.marks or browser.timers):
        return None
    if next_animation(browser) is not None:
        browser = settled(browser, env)
    return AsShown(browser.document, view) if is_touched(browser) else None


class AsShown(Visibility):
    """The page of a view, with what its client made of it."""

    __slots__ = ("document", "view")

    def __init__(self, document: Document, view: str) -> None:
        self.document = document
        self.view = view

    def element(self, node: Node) -> DomNode | None:
        """The element of the DOM that an element of the page is."""
        return at(self.document, (node.page.owner or self.view, 0, node.path))

    def __call__(self, node: Node) -> tuple[Node, str] | None:
        for each in (node, *node.ancestors()):
            shown = self.element(each)
            if shown is None:
                return None  # the tab has another page by now
            why = _hides(shown)
            if why is not None:
                return each, why
        return None

    def disabled(self, node: Node) -> Node | None:
        shown = self.element(node)
        if shown is None or not is_disabled(shown):
            return None
        if shown.get("disabled") is not None:
            return node
        fieldsets = (each for each in node.ancestors() if each.tag == "fieldset")
        return fieldset_in(around(node)) or next(fieldsets, node)

    def values(self, node: Node) -> Mapping[str, Any] | None:
        shown = self.element(node)
        return None if shown is None or not shown.mark.written else pushes.dom_values(shown)

    def text(
        self,
        form: Node,
        overlay: Overlay,
        submitter: Node | None,
        only: str | None,
        extra: Iterable[tuple[str, str]],
    ) -> str | None:
        shown = self.element(form)
        parts = [form, *(control.node for control in controls(form))]
        if shown is None or not any(self._is_touched(each) for each in parts):
            return None
        document = typed_into(self.document, self.view, form, overlay)
        there = DomNode(document, shown.view, shown.part, shown.node)
        by = None if submitter is None else self.element(submitter)
        by = None if by is None else DomNode(document, by.view, by.part, by.node)
        return serialize(there, by, only, extra)

    def _is_touched(self, node: Node) -> bool:
        return any(shown is not None and shown.mark.written for shown in map(self.element, (node, *node.ancestors())))


def typed_into(document: Document, view: str, form: Node, overlay: Overlay) -> Document:
    """A document in whose form a user has done what an overlay says."""
    for control in controls(form):
        typed = overlay.get(control.key)
        if typed is None:
            continue
        key = (control.node.page.owner or view, 0, control.node.path)
        mark = evolve(document.mark(key), used=typed.used)
        for name in ("value", "checked", "selected"):
            given = getattr(typed, name)
            if given is not None:
                mark = evolve(mark, **{name: given})
        if mark != PLAIN:
            document = document.marked(key, mark)
    return document


def _hides(shown: DomNode) -> str | None:
    """How an element hides itself, and what is in it."""
    if shown.tag == "template" and shown.get("data-phx-portal") is None:
        return "a <template> is not shown"
    style = shown.get("style") or ""
    display = _DISPLAY.findall(style)
    if display and display[-1].lower() == "none":
        return "the style display: none"
    if shown.get("hidden") is not None and not display:
        return "the attribute hidden"
    return "the style visibility: hidden" if _NOT_VISIBLE.search(style) else None
