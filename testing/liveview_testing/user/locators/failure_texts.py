"""What is said when it could not be done: the errors of acts and waits, with the page around, its notes and the last acts.

Owns the texts. The first line holds alone; then what was asked for, criterion by criterion; what comes nearest; the log of the
wait; the outline of the part of the page that is meant; what the page has noted; what was done last.

Law: texts are made when somebody reads a failure, never before; nothing is cut silently; making them raises nothing.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from liveview_core.errors import shown
from liveview_testing.browser.accessibility import DomElement, aria_snapshot, is_visible
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.states import disabled
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.user.locators.acting import hints
from liveview_testing.user.locators.acting.actionability import short
from liveview_testing.user.locators.exceptions import Error, TimeoutError
from liveview_testing.user.locators.finding.nearest_misses import CROSS, TICK, Missing, missing, suggested
from liveview_testing.user.locators.finding.preview import preview
from liveview_testing.user.locators.finding.query import Query
from liveview_testing.user.locators.finding.suggesting import suggestion
from liveview_testing.user.locators.last_acts import changed, last_acts
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Waiting
from liveview_testing.world.simulation import page_report

MOST_CANDIDATES = 10
MOST_LINES = 40


# --- errors -----------------------------------------------------------------------------------------------------------


def of(verb: str, error: Error) -> Error:
    """The same error, of an act: said once."""
    if type(error) is Error and not error.happened.startswith("Locator."):
        error.happened = f"{verb}: Error: {error.happened}"
    return error


def unread(verb: str, error: Error) -> Error:
    """The same error, of what cannot be read: said once."""
    if type(error) is Error and not error.happened.startswith(("Locator.", "Keyboard.")):
        error.happened = f"{verb}: {error.happened}"
    return error


def strict(verb: str, query: Query, found: Sequence[DomElement], scene: Scene) -> Error:
    """Several elements where one is meant."""  # LC-5, ER-3
    return Error(f"{verb}: Error: {violation(query, found, scene)}", more=strict_more(query, found, scene))


def violation(query: Query, found: Sequence[DomElement], scene: Scene) -> str:
    """The sentence and the candidates, as Playwright says them."""
    lines = [f"strict mode violation: {query.code} resolved to {len(found)} elements:"]
    for at, each in enumerate(found[:MOST_CANDIDATES], 1):
        lines.append(f"    {at}) {preview(each)} aka {suggestion(each, scene.reading).code}")
    if len(found) > MOST_CANDIDATES:
        lines.append("    ...")
    return "\n".join(lines)


def strict_more(query: Query, found: Sequence[DomElement], scene: Scene) -> str:
    """How the candidates differ, and what would leave one of them."""
    lines = ["", "Call log:", f"  - waiting for {query.code}"]
    seen = [each for each in found if is_visible(each)]
    able = [each for each in found if not disabled(each)]
    differ: list[str] = []
    for at, each in enumerate(found[:MOST_CANDIDATES], 1):
        state = [] if len(seen) in (0, len(found)) else ["visible" if each in seen else "hidden"]
        if len(able) not in (0, len(found)):
            state.append("enabled" if each in able else "disabled")
        around = next((a for a in each.ancestors() if a.tag in ("li", "tr", "section", "article", "form", "nav")), None)
        if around is not None:
            state.append(f"in {around.tag} {shown(_cut(norm(full_text(around)), 60))}")
        differ.append(f"    {at}) {', '.join(state) or 'nothing that the others have not'}")
    if any(not line.endswith("have not") for line in differ):
        lines.extend(("", "How they differ:", *differ))
    if len(seen) == 1 and len(found) > 1:
        lines.append(f"  one of them is visible: add .visible: {query.code}.visible")
    elif len(able) == 1 and len(found) > 1:
        lines.append("  one of them is enabled: get_by_role(…, disabled=False) finds it")
    lines.extend(("", *_context(scene, list(found[:2]))))
    return "\n".join(lines)


def not_found(verb: str, query: Query, waiting: Waiting[Any]) -> TimeoutError:
    """Nothing was found within the time."""
    scene: Scene = waiting.there
    lack = missing(query, scene.reading)
    return TimeoutError(
        f"{query.code}: {lack.sentence}",
        more="\n".join(
            (
                f"{verb}: Timeout {waiting.timeout:.10g}ms exceeded.",
                *hints.whose(scene, lambda other: bool(query.find(other.reading))),
                *call_log(query, waiting),
                "",
                *lacking(lack, scene),
                "",
                *_context(scene, [each.element for each in lack.near]),
            )
        ),
    )


def in_the_way(verb: str, query: Query, waiting: Waiting[Any]) -> TimeoutError:
    """The element was there, and could not be acted on within the time."""
    pending, scene = waiting.last, waiting.there
    element = None if pending is None else pending.element
    return TimeoutError(
        f"{verb}: Timeout {waiting.timeout:.10g}ms exceeded.",
        more="\n".join((*call_log(query, waiting), "", *_context(scene, [] if element is None else [element]))),
    )


def left_behind(verb: str, query: Query, scene: Scene, why: str, element: DomElement) -> Error:
    """The act was done, and had no effect."""
    return Error(
        f"{verb}: {why}",
        got=preview(element),
        cure="if the answer of the server put it back, let its template say so: checked={…}, from what was sent",
        more="\n".join(("Call log:", f"  - waiting for {query.code}", "", *_context(scene, [element]))),
    )


# --- parts ------------------------------------------------------------------------------------------------------------


def call_log(query: Query, waiting: Waiting[Any], first: str | None = None) -> list[str]:
    """What the wait saw, a line for each state, with the simulated time at which it began."""
    lines = ["Call log:"]
    if first is not None:
        lines.append(f"  - {first}")
    lines.append(f"  - waiting for {query.code}")
    pending = waiting.last
    if pending is not None and pending.element is not None:
        lines.append(f"    locator resolved to {preview(pending.element)}")
    for stage in waiting.log:
        at = "" if len(waiting.log) == 1 else f" (from {stage.at:.10g} ms on)"
        lines.append(f"      - {stage.state}{at}")
    lines.append(f"  - {how_far(waiting)}")
    lines.extend(f"      {each}" for each in waiting.happened)
    return lines


def how_far(waiting: Waiting[Any]) -> str:
    """How far the clock was played, and why no further."""
    if waiting.there is waiting.scene:
        later = hints.due_later(waiting)
        return f"nothing was due within {waiting.timeout:.10g} ms of simulated time, so nothing could change{later}"
    return (
        f"the clock was played {waiting.passed:.10g} of {waiting.timeout:.10g} ms ahead, and the world is left as it was;"
        f" what happened on the way:{'' if waiting.happened else ' nothing that reached a view'}"
    )


def lacking(lack: Missing, scene: Scene) -> list[str]:
    """What was asked for, with what held and what did not, and what comes nearest."""
    lines = ["What was asked for:", *(f"  {line}" for line in lack.lines)]
    near = suggested(lack.near, scene.reading)
    if near:
        lines.extend(("Nearest:", *(f"  {line}" for line in near)))
    return lines


def _context(scene: Scene, around: Iterable[DomElement]) -> list[str]:
    """The page around, its notes, what was done last, and where the rest is."""
    return [*region(scene, list(around)), *hints.stale(scene), *notes(scene), *last_acts(scene)]


def region(scene: Scene, around: Sequence[DomElement]) -> list[str]:
    """The outline of the part of the page that is meant."""
    reading = scene.reading
    top = _common(around) if around else reading.body
    text = aria_snapshot(top)
    if text.count("\n") < 5 and around:
        wider = top
        while wider.parent is not None and wider.parent.tag not in ("", "html") and text.count("\n") < 5:
            wider = wider.parent
            text = aria_snapshot(wider)
        top = wider
    lines = text.split("\n") if text else ["(nothing that assistive technology would say)"]
    lines = changed(scene, top, lines)
    cut = len(lines) - MOST_LINES
    if cut > 0:
        lines = [*lines[:MOST_LINES], f"… {cut} more lines: page.debug() prints the whole page"]
    return [f"Aria snapshot{'' if top is reading.body else f' of {short(top)}'}:", *lines]


def _common(elements: Sequence[DomElement]) -> DomElement:
    first, *others = elements
    if first.tag in ("html", "body"):
        return first
    top = first.parent if first.parent is not None and first.parent.tag else first
    for each in others:
        while not top.contains(each) and top.parent is not None and top.parent.tag:
            top = top.parent
    return top


def notes(scene: Scene) -> list[str]:
    """What has crashed, what the page swallowed, and what waits."""
    return page_report.told(scene.world.world, scene.state)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


# --- differences ------------------------------------------------------------------------------------------------------


def outlines(expected: str, received: str) -> list[str]:
    """An outline that was expected, line by line: what is there in this order, and what is not, with what comes nearest."""
    there = [line.strip() for line in received.split("\n")]
    at = 0
    lines: list[str] = []
    for line in filter(str.strip, expected.split("\n")):
        wanted = line.strip()
        fits = _line_test(wanted.rstrip(":"))
        found = next((i for i in range(at, len(there)) if fits(there[i].rstrip(":"))), None)
        if found is not None:
            at = found + 1
            lines.append(f"  {TICK} {line}")
            continue
        near = difflib.get_close_matches(wanted, there, n=1, cutoff=0.5)
        lines.append(f"  {CROSS} {line}{f'    (there is: {near[0]})' if near else ''}")
    return lines


def _line_test(wanted: str) -> Callable[[str], bool]:
    """Whether a line of an outline is the one that is wanted; what is between slashes is a pattern."""
    parts = re.split(r"/((?:\\.|[^/\\])+)/", wanted)
    if len(parts) != 3:
        return lambda line: line == wanted
    before, source, after = parts
    try:
        pattern = re.compile(source)
    except re.error:
        return lambda line: line == wanted
    least = len(before) + len(after)

    def fits(line: str) -> bool:
        if len(line) < least or not line.startswith(before) or not line.endswith(after):
            return False
        return pattern.search(line[len(before) : len(line) - len(after)].strip('"')) is not None

    return fits


def compared(expected: str, received: str) -> list[str]:
    """Two texts, one below the other, with a caret at the first difference; white space made visible."""
    left, right = _visible(expected), _visible(received)
    lines = [f"  expected: {left}", f"  received: {right}"]
    at = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    if left != right:
        lines.append(f"            {' ' * at}^ the first difference")
    if expected != received:
        if norm(expected) == norm(received):
            lines.append("  only the white space differs")
        elif norm(expected).lower() == norm(received).lower():
            lines.append("  only the case of letters differs")
    return lines


def _visible(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False).replace("\u00a0", "\\u00a0").replace("\u200b", "\\u200b")
    return written if len(written) <= 400 else f"{written[:399]}…"
