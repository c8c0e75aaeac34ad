"""Drag and drop: files that are dragged over a page, and let go on it.

Owns `phx-drop-target` and the event `track-uploads`, by which hooks give files to an input.

Law: a zone looks active from the first enter to the last leave, however many elements inside are crossed meanwhile.
"""  # UPL-30, UPL-31, UPL-32

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.commands.display import classes_next_frame
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import is_disabled
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.querying import with_id
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import files

TARGET, ACTIVE_CLASS = "phx-drop-target", "phx-drop-target-active"


@frozen
class Dragged:
    """What is dragged: files, or something else."""

    files: tuple[Any, ...] = ()
    holds_files: bool = True


def entered(reaction: Reaction, event: DomEvent, zone: DomNode | None) -> None:
    """Something is dragged over an element."""
    if zone is None or not (isinstance(event.detail, Dragged) and event.detail.holds_files):
        return
    depth = reaction.mark(zone.key).dragged + 1
    reaction.set_mark(zone.key, dragged=depth)
    if depth == 1:
        classes_next_frame(reaction, reaction.number(zone), (ACTIVE_CLASS,), ())


def left(reaction: Reaction, zone: DomNode | None) -> None:
    """… and out of it."""
    depth = 0 if zone is None else reaction.mark(zone.key).dragged
    if zone is None or not depth:
        return
    reaction.set_mark(zone.key, dragged=depth - 1)
    if depth == 1:
        classes_next_frame(reaction, reaction.number(zone), (), (ACTIVE_CLASS,))


def dropped(reaction: Reaction, event: DomEvent, zone: DomNode | None) -> None:
    """What was dragged is let go: files are given to the input that the zone names."""
    event.prevented = True
    if zone is None:
        heard = any("drop" in each.dom_events for each in reaction.env.hooks.values())  # then it is the hook's affair
        if isinstance(event.detail, Dragged) and event.detail.files and not heard:
            reaction.note(
                "UPL-31",
                f"what was dropped on {event.target!r} went nowhere: there is no {TARGET} around it",
                f"{TARGET}={{@uploads.….ref}} on the element that takes files",
            )
        return
    reaction.set_mark(zone.key, dragged=0)
    classes_next_frame(reaction, reaction.number(zone), (), (ACTIVE_CLASS,))
    given: Sequence[Any] = event.detail.files if isinstance(event.detail, Dragged) else ()
    wanted = zone.get(TARGET)
    node = with_id(reaction.document, wanted)
    if node is None or node.tag != "input" or kind_of(node) != "file":
        reaction.note(
            "UPL-31",
            f"what was dropped on {zone!r} went nowhere: {TARGET}={wanted!r} is no file input of the page",
            "phx-drop-target={@uploads.….ref}, the id of its <.live_file_input>",
        )
        return
    if given and not is_disabled(node):
        files.track(reaction, node, given, dropped=True)
        reaction.dispatch(DomEvent("input", reaction.again(node), trusted=False))


def tracked(reaction: Reaction, event: DomEvent) -> None:
    """`track-uploads`: a script gives files to an input."""
    node = reaction.again(event.target)
    if not files.is_upload(node):
        return
    detail: dict[str, Any] = event.detail or {}
    files.track(reaction, node, reaction.env.files(detail.get("files") or ()))
    reaction.dispatch(DomEvent("input", reaction.again(node), trusted=False))
