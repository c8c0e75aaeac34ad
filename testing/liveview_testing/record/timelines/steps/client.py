"""What the client has done to a page: values typed, focus, attributes that commands wrote, parts that are held back.

Owns `overlay`, what has to be done to the page as it was sent so that it is the page that its browser shows, and `state`, the
same in words. Law: a tab without a state of its own has neither; an element is named by the nearest id around it and the way from
there, so that whoever builds the page from its text finds it.
"""  # looking 2.2

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from liveview_testing.browser.dom.document import FRAME
from liveview_testing.browser.dom.node import SESSION, DomNode, at, container

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser
    from liveview_testing.browser.dom.mark import Mark
    from liveview_testing.record.timelines.redaction import Hiding

__all__ = ["Laid", "overlay", "state"]

Laid: TypeAlias = "tuple[str, str, str, str | None]"
"""Of which view, which element, what of it, and what that is: an attribute (None: taken away), or a property with a colon."""


def address(node: DomNode) -> str:
    """Where an element stands in its view: `#id`, or the numbers of elements from there, or from the view's container."""
    steps: list[str] = []
    while True:
        if node.id:
            return "/".join([f"#{node.id}", *reversed(steps)])
        parent = node.parent
        if parent is None or not parent.tag:
            return "/".join(["", *reversed(steps)])
        number = next((number for number, each in enumerate(parent.elements()) if each.key == node.key), 0)
        steps.append(str(number))
        if parent.get(SESSION) is not None and parent.view != node.view:
            return "/".join(["", *reversed(steps)])
        node = parent


def overlay(browser: Browser, hiding: Hiding) -> list[Laid]:
    """What the client has laid over the pages of a tab, in the order of views and places."""
    document = browser.document
    found: list[Laid] = []
    for key in sorted(document.marks, key=repr):
        view, part, _ = key
        node = at(document, key)
        if node is None or part or view == FRAME:
            continue  # what is held back is told as a whole
        mark = node.mark
        where = address(node)
        found.extend(
            (view, where, name, _shown(node, name, value, hiding)) for name, value in sorted(mark.written.items())
        )
        found.extend((view, where, name, value) for name, value in _properties(node, mark, hiding))
        if mark.held:
            found.append((view, where, ":html", node.html()))
    for key, leaving in sorted(document.leaving.items(), key=lambda pair: repr(pair[0])):
        around = at(document, key) or (container(document, key[0]) if key[0] in document.views else None)
        if around is not None:
            for index, number in leaving:
                left = DomNode(document, key[0], number, document.held[number].node)
                found.append((key[0], address(around), ":leaving", json.dumps([index, left.html()])))
    if document.focus is not None and (node := at(document, document.focus)) is not None:
        found.append((node.view, address(node), ":focus", ""))
    return found


def _shown(node: DomNode, name: str, value: str | None, hiding: Hiding) -> str | None:
    return hiding.keep(value) if value and name == "value" and is_secret(node, hiding) else value


def is_secret(node: DomNode, hiding: Hiding) -> bool:
    """Whether a control holds a secret, by its type or its name."""
    if hiding.nothing:
        return False
    return (node.get("type") or "").lower() == "password" or any(
        hiding.named(name) for name in (node.get("name"), node.id) if name
    )


def _properties(node: DomNode, mark: Mark, hiding: Hiding) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if mark.value is not None:
        found.append((":value", hiding.keep(mark.value) if is_secret(node, hiding) else mark.value))
    if mark.checked is not None:
        found.append((":checked", "true" if mark.checked else "false"))
    if mark.selected is not None:
        found.append((":selected", json.dumps(list(mark.selected))))
    if mark.text is not None:
        found.append((":text", mark.text))
    if mark.popover:
        found.append((":popover", ""))
    return found


def state(browser: Browser, laid: list[Laid]) -> list[tuple[str, str]]:
    """The client's state in words: what, and where it is so."""
    found: list[tuple[str, str]] = []
    for _, where, name, value in laid:
        place = where or "the view"
        match name:
            case ":focus":
                found.append(("focus", place))
            case ":value":
                found.append(("typed", f"{place}: {value}"))
            case ":checked":
                found.append(("checked" if value == "true" else "unchecked", place))
            case ":selected":
                found.append(("selected", f"{place}: {value}"))
            case ":html":
                found.append(("held back while it is locked", place))
            case ":leaving":
                found.append(("leaving", place))
            case ":text" | ":popover":
                found.append((name[1:], f"{place} {value}".strip()))
            case _:
                found.append(("attribute", f"{place} {name}" + (" taken away" if value is None else f'="{value}"')))
    document = browser.document
    for key in sorted(document.marks, key=repr):
        mark = document.marks[key]
        if mark.pending and not key[1] and (node := at(document, key)) is not None:
            kind = "locked" if mark.lock is not None else "loading"
            found.append(
                (kind, f"{address(node)} waits for push {mark.lock if mark.lock is not None else mark.loading}")
            )
        if mark.hook is not None and not key[1] and (node := at(document, key)) is not None:
            found.append(("hook", f"{address(node)} {node.get('phx-hook') or ''}".strip()))
    for shown in sorted(document.views.values(), key=lambda each: each.id):  # a map's own order is that of hashes
        if shown.classes != ("phx-connected",):
            found.append(("connection", f"{shown.dom_id}: {' '.join(shown.classes) or 'none yet'}"))
    if not browser.online:
        found.append(("connection", "offline"))
    if browser.latency:
        found.append(("latency", f"{browser.latency / 1_000_000:g} s each way"))
    for flight in browser.flights:
        found.append(("in flight", f"{'to' if flight.direction == 'client' else 'from'} the server: {flight.event}"))
    return found
