"""What `<.focus_wrap>` does with the focus: it stays inside.

Owns the two sentinels, the first and the last element inside: whichever gets the focus passes it on, to the other end if it
came from inside, to the nearest end if it came from outside.

Law: a sentinel keeps the focus only where nothing inside could have it.
"""  # HK-30

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.browser.commands.focusing import attempt
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.lifecycle.hook_element import Hooked
from liveview_testing.browser.reaction import Reaction

NAME = "Phoenix.FocusWrap"


def heard(reaction: Reaction, event: DomEvent) -> None:
    """Something has got the focus."""
    around = reaction.again(event.target).parent
    if around is None or not isinstance(around.mark.hook, Hooked) or around.mark.hook.name != NAME:
        return
    inside = list(around.elements())
    came_from_inside = event.related is not None and around in event.related.ancestors()
    if event.target == inside[0]:
        each = _backward(around) if came_from_inside else _forward(inside[1])
    elif event.target == inside[-1]:
        each = _forward(around) if came_from_inside else _backward(inside[-2])
    else:
        return
    any(attempt(reaction, node) for node in each)


def _forward(node: DomNode) -> Iterator[DomNode]:
    yield node
    for kid in node.elements():
        yield from _forward(kid)


def _backward(node: DomNode) -> Iterator[DomNode]:
    yield node
    for kid in reversed(list(node.elements())):
        yield from _backward(kid)
