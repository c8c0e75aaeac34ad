"""Forms that the client fills in again after it joined again.

Owns which forms are recovered and what is sent for each: the values that they had on the page before, to the event that the page
now names. Law: what is sent follows from the two pages and from what was typed; nothing is changed here.
"""  # FM-35

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from liveview_testing.browser.bindings.bindings import cid_of, operations, selected, targets_of
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.forms.forms import controls, serialize
from liveview_testing.browser.page.forms.properties import phx_values
from liveview_testing.world.page_state import input_values

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.page.page import Page
    from liveview_testing.world.page_state.input_values import Memory

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
    # Fields with an event of their own do not speak for the form; buttons with a name do.
    group = [each for each in controls(old) if each.name and each.kind != "image" and not each.node.get("phx-change")]
    if not group:
        return []
    first = next((each for each in group if each.kind != "hidden"), group[0])
    submitter = first.node if first.node.tag == "button" else None
    text = serialize(old, input_values.overlay(memory, old), submitter)
    attribute = "phx-auto-recover" if form.get("phx-auto-recover") else "phx-change"
    sent: list[dict[str, Any]] = []
    for target in targets_of(form, form.get("phx-target")):
        cid = cid_of(form, target, None)
        for name, args in operations(form, attribute):
            if name != "push":
                continue
            for _ in selected(form, args.get("to")):
                values = cast("dict[str, Any]", args.get("value") or {})
                payload: dict[str, Any] = {
                    "type": "form",
                    "event": args.get("event") or form.get(attribute),
                    "value": text,
                    "meta": {"_target": first.name, **phx_values(old), **values},
                    "uploads": {},
                }
                own = cid if cid is not None else cid_of(old, target, args.get("target"))
                sent.append(payload if own is None else {**payload, "cid": own})
    return sent
