"""Commands that reach beyond the element: dispatch, patch, navigate.

Owns `JS.dispatch` and the commands that change the address.

Law: a dispatched event is heard as any other, but nobody trusted did it; a dispatched click does what a click does.
"""  # JC-26, PF-20, JC-32, JC-33

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.commands.transitions import flush
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events.links import How, navigate, push_patch
from liveview_testing.browser.events.pointer import activate
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Reaction

HEARD = frozenset(("input", "change", "submit", "reset", "keydown", "keyup", "focusin", "focusout", "track-uploads"))
"""Events that the client listens to, whoever dispatches them."""


def _dispatch(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    event = str(args.get("event", ""))
    given: dict[str, Any] = args.get("detail") or {}
    detail: dict[str, Any] = {**given, "dispatcher": occasion.source.id or occasion.source.tag}
    now = reaction.again(target)
    if args.get("blocking"):
        number = reaction.browser.begun + 1
        reaction.keep(begun=number, blocking=(*reaction.browser.blocking, number))
        detail["done"] = Done(number)
    reaction.emit(event, detail, now)
    bubbles = args.get("bubbles")
    if bubbles is None:  # a dialog of files is not to be opened by the client's own answer
        bubbles = event != "click" or not (now.tag == "input" and kind_of(now) == "file")
    if not bubbles and event != "click":
        if event in reaction.env.listened:
            reaction.dispatch(DomEvent(event, now, detail=detail, trusted=False, bubbles=False))
        return
    if event == "click":
        activate(reaction, now, trusted=False, bubbles=bool(bubbles))
    elif event in HEARD or event in reaction.env.listened:
        reaction.dispatch(DomEvent(event, now, detail=detail, trusted=False))


@frozen
class Done:
    """What a blocking dispatch waits for: patches go on once it is called."""  # JC-26

    number: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.keep(blocking=tuple(each for each in reaction.browser.blocking if each != self.number))
        flush(reaction)


def _patch(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    source = reaction.again(occasion.source)
    how: How = "replace" if args.get("replace") else "push"
    push_patch(reaction, str(args.get("href", "")), how, source, trusted=occasion.trusted)


def _navigate(reaction: Reaction, occasion: Any, args: Mapping[str, Any], target: DomNode) -> None:
    source = reaction.again(occasion.source)
    how: How = "replace" if args.get("replace") else "push"
    navigate(reaction, str(args.get("href", "")), how, source, trusted=occasion.trusted)


COMMANDS = {"dispatch": _dispatch, "patch": _patch, "navigate": _navigate}
