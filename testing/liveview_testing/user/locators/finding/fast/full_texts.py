"""The text of an element with a long list right inside of it: what has not changed is not read again.

Owns `FullTexts`. In a list of 1,000 rows `expect(page.locator("#messages")).to_contain_text(…)` took 30 ms after each message.

Law: what is said is what the rules say (`accessibility.queries.full_text`, `DomElement.content`); None: they are to be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.dom.node import DomNode, DomRows
from liveview_testing.browser.page.finding.fast_counting import SHORT
from liveview_testing.browser.page.tree.ropes.leaves import Leaf
from liveview_testing.user.locators.finding.fast.rows import full_leaf, full_row


class FullTexts:
    """One way to read elements: `element` is the element at a node, `rule` what the rules say of one; `heard`: as it is heard."""

    __slots__ = ("_element", "_heard", "_rule")

    def __init__(
        self, element: Callable[[DomNode], DomElement], rule: Callable[[DomElement], str], heard: bool
    ) -> None:
        self._element = element
        self._rule = rule
        self._heard = heard

    def of(self, node: DomNode) -> str | None:
        """What is in an element; None if no long list is right inside of it."""
        place = node.source.place
        if not place.shape.holes and place.node.grafts is None:
            return None
        segments = list(node.segments())
        if not any(isinstance(each, DomRows) and len(each.rope) >= SHORT for each in segments):
            return None
        parts: list[str] = []
        for each in segments:
            self._segment(each, parts)
        return "".join(parts)

    def _segment(self, each: DomNode | str | DomRows, parts: list[str]) -> None:
        if isinstance(each, str):
            parts.append(each)
        elif isinstance(each, DomNode):
            parts.append(self._rule(self._element(each)))
        else:
            at = 0
            for leaf in each.rope.leaves():
                text = full_leaf(leaf, self._heard)
                if text is None:
                    self._leaf(each, leaf, at, parts)
                else:
                    parts.append(text)
                at += len(leaf.rows)

    def _leaf(self, rows: DomRows, leaf: Leaf[Any], at: int, parts: list[str]) -> None:
        for offset, row in enumerate(leaf.rows):
            text = full_row(row, self._heard)
            if text is None:
                for each in rows.inside(at + offset, row):
                    self._segment(each, parts)
            else:
                parts.append(text)
