"""Scrolling: what `phx-viewport-top` and `phx-viewport-bottom` hear when somebody scrolls to an end of their element.

Owns the hook `Phoenix.InfiniteScroll`. There is no layout, so scrolling is said: an element is scrolled into view, and where it is
in the last child of such an element its bottom has come into view, where it is in the first child its top.

Law: while a push is unanswered nothing is pushed, and at each end nothing within 500 ms, after which the first that was kept
back is.
"""  # CE-49 … CE-55

from __future__ import annotations

from typing import Any, Literal

from attrs import evolve
from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_testing.browser.connection.pushing.pushes import Push
from liveview_testing.browser.connection.pushing.pushing import push
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.lifecycle.hook_element import Hooked
from liveview_testing.browser.reaction import Reaction

NAME = "Phoenix.InfiniteScroll"
THROTTLE = 500

End = Literal["top", "bottom"]


@frozen
class Scrolled:
    """What the hook remembers: whether a push is unanswered, and of each end that heard something lately what was kept back."""

    waiting: bool = False
    closed: Map[str, str | None] = Map()


@frozen
class Opens:
    """An end hears again."""

    element: int
    end: End

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        state = _state(reaction, self.element)
        if state is None:
            return
        kept = state.closed.get(self.end)
        _keep(reaction, self.element, evolve(state, closed=state.closed.delete(self.end)))
        if kept is not None:
            _push(reaction, self.element, self.end, kept)


@frozen
class Answered:
    """A push was answered."""

    element: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        state = _state(reaction, self.element)
        if state is not None:
            _keep(reaction, self.element, evolve(state, waiting=False))


def scroll(reaction: Reaction, node: DomNode) -> None:
    """Somebody scrolls to an element."""
    chain = (node, *node.ancestors())
    for around in chain:
        if not (isinstance(around.mark.hook, Hooked) and around.mark.hook.name == NAME):
            continue
        children = list(around.elements())
        ends: tuple[tuple[End, DomNode], ...] = (("bottom", children[-1]), ("top", children[0])) if children else ()
        for end, child in ends:
            if child in chain and around.get(f"phx-viewport-{end}"):
                _reached(reaction, reaction.number(around), end, child.id or "")
                return


def _reached(reaction: Reaction, number: int, end: End, child: str) -> None:
    state = _state(reaction, number)
    if state is None or state.waiting:
        return
    if end not in state.closed:
        _push(reaction, number, end, child)
    elif state.closed[end] is None:
        _keep(reaction, number, evolve(state, closed=state.closed.set(end, child)))


def _push(reaction: Reaction, number: int, end: End, child: str) -> None:
    state, node = _state(reaction, number), reaction.node(number)
    if state is None or node is None:
        return
    reaction.later(THROTTLE, Opens(number, end))
    _keep(reaction, number, Scrolled(True, state.closed.set(end, None)))
    event = node.get(f"phx-viewport-{end}")
    push(reaction, node.view, Push("js", event, node, {"id": child}, then=Answered(number)))


def _state(reaction: Reaction, number: int) -> Scrolled | None:
    hook = reaction.mark(number).hook
    if not isinstance(hook, Hooked):
        return None
    return hook.state if isinstance(hook.state, Scrolled) else Scrolled()


def _keep(reaction: Reaction, number: int, state: Scrolled) -> None:
    hook = reaction.mark(number).hook
    if isinstance(hook, Hooked):
        reaction.set_mark(number, hook=evolve(hook, state=state))
