"""Commands that move the focus: focus, focus_first, push_focus, pop_focus.

Owns which elements can have the focus and the page's stack of focus. A command tries at once, and again two frames
later, because what it is for may only be shown by then.

Law: focus moves by `liveview_testing.browser.focus`, so it is heard like any other.
"""  # JC-27, JC-29

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.commands.transitions import in_frames
from liveview_testing.browser.dom.forms import is_disabled
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events.focus import focus
from liveview_testing.browser.page.controls import CONTROLS
from liveview_testing.browser.page.forms.numbers import integer
from liveview_testing.browser.reaction import Reaction


def is_candidate(node: DomNode, *, interactive: bool = False) -> bool:
    """Whether the client tries to focus an element."""
    if node.tag == "a" and node.get("rel") != "ignore":
        return True
    if (node.tag == "area" and node.get("href") is not None) or node.tag == "iframe":
        return True
    if node.tag in CONTROLS and node.get("disabled") is None:
        return True
    if node.get("aria-hidden") == "true":
        return False
    if not interactive and node.get("tabindex") is not None:
        return True
    index = integer(node.get("tabindex"))
    if index is None:  # what has a place in the order of Tab by itself
        return node.tag == "summary" or (node.tag == "a" and node.get("href") is not None)
    return index >= 0


def attempt(reaction: Reaction, node: DomNode, *, interactive: bool = False) -> bool:
    """Focus an element if it can be; whether it has the focus then."""
    now = reaction.again(node)
    if is_candidate(now, interactive=interactive) and not is_disabled(now):
        focus(reaction, now)
    return reaction.document.focus == node.key


def focus_first(reaction: Reaction, node: DomNode) -> bool:
    """The first interactive element inside, else the first that takes the focus at all."""  # JC-28
    inside = list(reaction.again(node).iter())
    return any(attempt(reaction, each, interactive=True) for each in inside) or any(
        attempt(reaction, each) for each in inside
    )


@frozen
class Focus:
    key: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        node = reaction.node(self.key)
        if node is not None:
            attempt(reaction, node)


@frozen
class FocusFirst:
    key: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        node = reaction.node(self.key)
        if node is not None:
            focus_first(reaction, node)


def _focus(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    attempt(reaction, target)
    in_frames(reaction, 2, Focus(reaction.number(target)))


def _focus_first(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    focus_first(reaction, target)
    in_frames(reaction, 2, FocusFirst(reaction.number(target)))


def _push_focus(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    reaction.keep(focus_stack=(*reaction.browser.focus_stack, reaction.number(target)))


def _pop_focus(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    stack = reaction.browser.focus_stack
    if not stack:
        return
    reaction.keep(focus_stack=stack[:-1])
    node = reaction.node(stack[-1])
    if node is not None:
        focus(reaction, node)
        in_frames(reaction, 2, Focus(stack[-1]))


COMMANDS = {"focus": _focus, "focus_first": _focus_first, "push_focus": _push_focus, "pop_focus": _pop_focus}
