"""An event of the DOM, on its way from its element to the window.

Owns `DomEvent`. Law: it belongs to one dispatch; only whether its default was prevented changes on the way.
"""

from __future__ import annotations

from typing import Any

from liveview_testing.browser.dom.node import DomNode


class DomEvent:
    """An event of the DOM on its way: what it is, where, and whether what the browser would do by itself was prevented."""

    __slots__ = (
        "bubbles",
        "count",
        "detail",
        "key",
        "modifiers",
        "prevented",
        "related",
        "submitter",
        "target",
        "trusted",
        "type",
    )

    def __init__(
        self,
        type: str,
        target: DomNode,
        *,
        count: int = 0,
        key: str | None = None,
        modifiers: frozenset[str] = frozenset(),
        submitter: DomNode | None = None,
        detail: Any = None,
        trusted: bool = True,
        bubbles: bool = True,
        related: DomNode | None = None,
    ) -> None:
        self.type = type
        self.target = target
        self.count = count
        """Of a click: the platform's `detail`, 0 where a key or a script did it."""
        self.key = key
        self.modifiers = modifiers
        self.submitter = submitter
        self.detail = detail
        self.trusted = trusted
        self.bubbles = bubbles
        self.related = related
        """Of a focus: the element that had it before."""
        self.prevented = False
