"""What was done lately, for the text of a failure: the last acts of the world's record, and what they changed on the page.

Owns `last_acts` (each act as the line of code that does it, when, and the frames with their bytes that it came to) and `changed`,
which marks the lines of an outline that were not there before the last act. Law: the record is read and nothing is replayed; an
act that nobody put down is told by its frames.
"""  # ER-4

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from liveview_core.errors import shown
from liveview_testing.browser.accessibility import DomElement, aria_snapshot
from liveview_testing.user.locators.finding.as_python import called, spelled
from liveview_testing.user.locators.finding.query import Query
from liveview_testing.user.locators.finding.reading import Reading, node_of
from liveview_testing.user.locators.scene import Scene
from liveview_testing.world.log.act_records import Meant
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.simulation.page_report import clock

if TYPE_CHECKING:
    from liveview_testing.world.log.happening import Happening

LAST_ACTS = 5
MOST_FRAMES = 4
LOOKED_AT = 500
MOST_SAID = 60  # characters of what an act was given


def last_acts(scene: Scene) -> list[str]:
    """The last acts in a world, and what each came to for this tab."""
    lines = list(_acts(scene)) or list(_frames_alone(scene))
    return ["", f"Last acts (now it is {clock(scene.now)}):", *reversed(lines)] if lines else []


def _acts(scene: Scene) -> Iterator[str]:
    world = scene.world
    entry: Any = world._current.acts if isinstance(world, Acting) else None
    for _ in range(LAST_ACTS):
        if entry is None:
            return
        before, verb, asked, args, options, at, last, then, *_ = entry
        if verb.startswith("_"):  # our own, of which nobody has heard
            entry = before
            continue
        sent = list(_sent(scene, then, last))
        frames = f" -> {'; '.join(sent)}" if sent else ""
        yield f"  - at {clock(at)}: {_code(asked, _call(verb, args, options))}{frames}"
        entry = before


def _code(asked: tuple[Any, ...], call: str) -> str:
    """An act as Python."""
    match asked:
        case ("locator", memory, Query() as query):
            return f"{memory.name}: {query.code}.{call}"
        case ("page", memory, str(part)):
            return f"{memory.name}: {part}.{call}" if part else f"{memory.name}: page.{call}"
        case ("element", _, str(selector), text, *_):
            said = called("element", selector) if text is None else called("element", selector, text)
            return f"view.{said}.{call}"
        case ("view", *_):
            return f"view.{call}"
        case ("target", _, str(selector)):
            return f"view.{called('with_target', selector)}.{call}"
        case ("world", str(part)) if part:
            return f"sim.{part}.{call}"
        case _:
            return f"sim.{call}"


class _Said:
    """A value as a failure says it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _given(value: Any) -> Any:
    if isinstance(value, Meant):
        query = value.asked[2] if len(value.asked) > 2 else None
        return _Said(query.code if isinstance(query, Query) else "…")
    if isinstance(value, str) and len(value) <= MOST_SAID:
        return value
    text = value.__name__ if isinstance(value, type) else shown(value)
    return _Said(text if len(text) <= MOST_SAID else f"{text[: MOST_SAID - 1]}…")


def _call(verb: str, args: tuple[Any, ...], options: Any) -> str:
    given = [spelled(_given(value)) for value in args]
    named = cast("dict[str, Any]", options).items()
    given.extend(f"{name}={spelled(_given(value))}" for name, value in named if value is not None)
    return f"{verb}({', '.join(given)})"


def _sent(scene: Scene, then: Happening | None, last: Happening | None) -> Iterator[str]:
    """What views of this tab were sent, and answered, between two messages: each as a name, frames and bytes."""
    root = scene.state.root.partition(":")[0]
    found: list[str] = []
    step, looked = then, 0
    while step is not None and step is not last and looked < LOOKED_AT:
        looked += 1
        if step.process.startswith(root) and (step.origin == "client" or step.sent):
            found.append(_said(step))
        step = step.before
    found.reverse()
    yield from found[:MOST_FRAMES]
    if len(found) > MOST_FRAMES:
        yield f"… {len(found) - MOST_FRAMES} more"


def _said(step: Happening) -> str:
    if step.origin == "client":
        payload = step.payload.get("event", "") if step.event == "event" else step.payload.get("url", "")
        name = f"{step.event} {shown(payload)}"
    else:
        name = f"{step.origin} {step.event}".strip()
    if step.sent and step.sent[0].event == "phx_error":
        return f"{name}: crashed"
    return f"{name}: {len(step.sent)} frame{'' if len(step.sent) == 1 else 's'}, {step.bytes} bytes"


def _frames_alone(scene: Scene) -> Iterator[str]:
    """The last messages of a world whose acts are not known."""
    root = scene.state.root.partition(":")[0]
    step, looked, found = scene.world.world.last, 0, 0
    while step is not None and found < LAST_ACTS and looked < LOOKED_AT:
        looked += 1
        if step.origin == "client" and step.process.startswith(root):
            found += 1
            yield f"  - at {clock(step.at)}: {_said(step)}"
        step = step.before


# --- what changed -------------------------------------------------------------------------------------------------------

MARK = "    <- since the last act"
GONE = 3


def changed(scene: Scene, top: DomElement, lines: list[str]) -> list[str]:
    """The lines of an outline of a part of the page, those marked that were not there before the last act."""
    world = scene.world
    before = world._current.before if isinstance(world, Acting) else None
    browser = None if before is None else before.browsers.get(scene.tab)
    if browser is None or browser.document is scene.state.document:
        return lines
    reading = Reading(browser.document, top.document.styles)
    was: DomElement | None = reading.body if top is scene.reading.body else None
    if was is None:
        dom_id = top.get("id")
        was = reading.by_id(dom_id) if dom_id else _at(reading, top)
    if was is None or was.tag != top.tag:
        return lines
    outline = aria_snapshot(was).split("\n")
    found: list[str] = []
    gone: list[str] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, outline, lines, autojunk=False).get_opcodes():
        found.extend(line if kind == "equal" else f"{line}{MARK}" for line in lines[start:end])
        if kind != "equal":
            gone.extend(line.strip() for line in outline[first:last] if line.strip() not in map(str.strip, lines))
    if gone:
        more = f", and {len(gone) - GONE} more" if len(gone) > GONE else ""
        found.append(f"(gone since the last act: {', '.join(gone[:GONE])}{more})")
    return found


def _at(reading: Reading, top: DomElement) -> DomElement | None:
    """The element at the same place, in another version of the document."""
    from liveview_testing.browser.dom.node import at

    node = at(reading.document, node_of(top).key)
    return None if node is None else reading.element(node)
