"""Forms that the client fills in again after it joined again.

Owns which forms are recovered and what is sent for each: the values that they had on the page before, to the event that the page
now names. Law: what is sent follows from the two pages and from what was typed; nothing is changed here.
"""  # FM-35

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_testing import typed
from liveview_testing.browser import payloads
from liveview_testing.browser.actions import Send
from liveview_testing.browser.controls import BUTTONS
from liveview_testing.browser.forms import Control, controls, serialize
from liveview_testing.browser.select import find

if TYPE_CHECKING:
    from liveview_testing.browser.element import Node
    from liveview_testing.browser.page import Page
    from liveview_testing.typed import Memory

__all__ = ["recovered"]


def recovered(before: Page, memory: Memory, after: Page) -> list[dict[str, Any]]:
    """The event payloads for every form of the page before that is on the page after, in document order."""
    frames: list[dict[str, Any]] = []
    for form in find(after, "form[id][phx-change]"):
        old = before.by_id(form.id or "")
        if len(old) == 1 and old[0].tag == "form" and old[0].get("phx-change") == form.get("phx-change"):
            frames.extend(_events(old[0], memory, form))
    return frames


def _events(old: Node, memory: Memory, form: Node) -> list[dict[str, Any]]:
    if "ignore" in (old.get("phx-auto-recover"), form.get("phx-auto-recover")):
        return []
    # Fields with an event of their own do not speak for the form.
    group = [
        each for each in controls(old) if each.name and each.kind not in BUTTONS and not each.node.get("phx-change")
    ]
    if not group:
        return []
    target = _first(group).name
    actions = payloads.change(form, (), None, {"_target": target}, hidden=_nobody_looks)
    value = serialize(old, typed.overlay(memory, old))
    event = form.get("phx-auto-recover")
    sent: list[dict[str, Any]] = []
    for action in actions:
        if isinstance(action, Send):
            payload: dict[str, Any] = {**action.payload, "value": value}
            sent.append({**payload, "event": event} if event else payload)
    return sent


def _first(group: list[Control]) -> Control:
    return next((each for each in group if each.kind != "hidden"), group[0])


def _nobody_looks(node: Node) -> None:
    """The client recovers hidden forms too."""
