"""Who knows a page as its browser has it: what hides an element, what disables it, what it holds.

Owns `Visibility` and `Hider`, which events are given. Law: without one the page counts as it was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from liveview_testing.browser.page.controls import (
    disabled_by,
)
from liveview_testing.browser.page.forms.forms import Overlay
from liveview_testing.browser.page.node import Node

Hider: TypeAlias = "Callable[[Node], tuple[Node, str] | None]"


class Visibility:
    """Somebody who knows a page as its browser has it: more than was sent. Called with an element it says what hides it."""

    __slots__ = ()

    def __call__(self, node: Node) -> tuple[Node, str] | None:
        """The element that hides this one, and how."""
        raise NotImplementedError

    def disabled(self, node: Node) -> Node | None:
        """What disables an element."""
        raise NotImplementedError

    def values(self, node: Node) -> Mapping[str, Any] | None:
        """What an element brings to an event by itself; None: what was sent says it."""
        raise NotImplementedError

    def text(
        self,
        form: Node,
        overlay: Overlay,
        submitter: Node | None,
        only: str | None,
        extra: Iterable[tuple[str, str]],
    ) -> str | None:
        """What a form holds, as it is sent; None: what was sent, and typed, says it."""
        raise NotImplementedError


def disabled_as_seen(hidden: Hider, node: Node) -> Node | None:
    return hidden.disabled(node) if isinstance(hidden, Visibility) else disabled_by(node)
