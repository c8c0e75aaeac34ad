"""What a test may assert about the line: patches, redirects, pushed events, replies.

Owns the search in a line's notes, and what is said when nothing fits. Law: an assertion consumes the note it found, so
that asserting twice needs two; a refutation consumes nothing; a failure changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.values.log import Log
from liveview_testing.world.simulation import page_report
from liveview_testing.world.world import Line, Note, change_tab

if TYPE_CHECKING:
    from liveview_testing.world.world import World


class _Anything:
    """Equal to everything: the payload that does not matter."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "ANY"


ANY: Any = _Anything()
"""Compares equal to everything: `view.assert_push_event("chart", {"points": ANY})`."""

NAVIGATION = ("redirect", "live_redirect")


class NotHappened(LiveViewError, AssertionError):
    """What the test says happened on the line did not."""


class Happened(LiveViewError, AssertionError):
    """What the test says did not happen on the line did."""


def with_notes(error: BaseException, world: World, pid: str) -> None:
    """An assertion about a view that fails tells what else may be why: crashes, notes, what waits."""
    browser = next((each for each in world.browsers.values() if pid in each.document.views), None)
    lines = page_report.told(world, browser, asked="view.page", due=True)
    if lines:
        error.add_note("\n".join(lines).strip("\n"))


def unasserted(line: Line) -> Iterator[tuple[int, Note]]:
    """The notes that no assertion has consumed, oldest first, numbered."""
    cells: list[tuple[int, Note]] = []
    log: Log[Note] | None = line.notes
    asserted = line.tab.asserted
    while log is not None and log.size:
        if log.size not in asserted:
            cells.append((log.size, log.item))
        log = log.older
    return reversed(cells)


def consume(line: Line, number: int) -> Line:
    """The line with one note asserted."""
    new = line.copy()
    new.tab = change_tab(line.tab, asserted=line.tab.asserted | {number})
    return new


def find(line: Line, fits: Callable[[Note], bool]) -> tuple[int, Note] | None:
    """The oldest unasserted note that fits."""
    return next((pair for pair in unasserted(line) if fits(pair[1])), None)


def find_in_all(lines: Mapping[str, Line], pid: str, fits: Callable[[Note], bool]) -> tuple[str, int, Note] | None:
    """The oldest unasserted note that fits, of a view or of one that is or was nested in it, with whose it is."""
    found: tuple[str, int, Note] | None = None
    for each in _all(lines, pid):
        mine = find(lines[each], fits)
        if mine is not None and (found is None or mine[1].number < found[2].number):
            found = (each, *mine)
    return found


def _all(lines: Mapping[str, Line], pid: str) -> Iterator[str]:
    yield pid
    for child in lines[pid].tab.nested:
        yield from _all(lines, child)


def unasserted_in_all(lines: Mapping[str, Line], pid: str, kind: str) -> list[Note]:
    """The notes of a kind that no assertion has consumed, of a view and of those nested in it, oldest first."""
    found = [note for each in _all(lines, pid) for _, note in unasserted(lines[each]) if note.kind == kind]
    return sorted(found, key=lambda note: note.number)


def told(note: Note) -> str:
    """A note in words."""
    match note.kind:
        case "push_event":
            return f"push_event {note.name!r} {shown(note.payload)}"
        case "reply":
            return f"reply {shown(note.payload)}"
        case kind:
            return f"{kind} to {note.name!r}"


def _listed(notes: list[Note]) -> str:
    if not notes:
        return "nothing"
    lines = [told(note) for note in notes[-5:]]
    if len(notes) > 5:
        lines.insert(0, f"({len(notes) - 5} earlier)")
    return "; ".join(lines)


_CAUSES = {
    "patch": "do first what patches: a patch link, render_patch(path), or a callback that returns socket.push_patch(path)",
    "redirect": "do first what leaves: a link, or a callback that returns socket.redirect(...) or socket.push_navigate(path)",
    "event": "do first what pushes: a callback that returns socket.push_event(event, payload)",
    "reply": "do first what is replied to: an event that handle_event answers with Reply(socket, payload)",
}


def _cure(line: Line, what: str, fits: Callable[[Note], bool]) -> str:
    """What to do where nothing is left to assert: one that fits was asserted before, or it is still to be caused."""
    log: Log[Note] | None = line.notes
    while log is not None and log.size:
        if fits(log.item):
            return f"an assertion consumes the {what} it found; was it asserted before?"
        log = log.older
    return _CAUSES[what]


def _cure_of_all(lines: Mapping[str, Line], pid: str, what: str, fits: Callable[[Note], bool]) -> str:
    cures = [_cure(lines[each], what, fits) for each in _all(lines, pid)]
    return next((cure for cure in cures if cure != _CAUSES[what]), _CAUSES[what])


def navigation_missing(line: Line, what: str, to: str | None) -> NotHappened:
    """No patch or redirect (to that place)."""
    notes = [note for _, note in unasserted(line) if note.kind in ("patch", *NAVIGATION)]
    near = nearest_names(to, [note.name for note in notes]) if to is not None else ()
    wrong_kind = (
        any(note.kind != "patch" for note in notes) if what == "patch" else any(n.kind == "patch" for n in notes)
    )
    cure = f"use assert_{'redirect' if what == 'patch' else 'patch'}" if wrong_kind else None
    if not notes:
        kinds = ("patch",) if what == "patch" else NAVIGATION
        cure = _cure(line, what, lambda note: note.kind in kinds and to in (None, note.name))
    return NotHappened(
        f"the view did not {what}" + (f" to {shown(to)}" if to is not None else ""),
        expected=f"a {what}" + (f" to {shown(to)}" if to is not None else ""),
        got=_listed(notes) + f" (the browser is at {line.tab.url!r})",
        cure=cure,
        nearest=near,
    )


def navigation_found(note: Note, what: str) -> Happened:
    """A patch or redirect that should not be."""
    return Happened(f"the view did {what}", expected=f"no {what}", got=told(note))


def event_missing(lines: Mapping[str, Line], pid: str, event: str, payload: Any) -> NotHappened:
    """The event was not pushed (with that payload)."""
    notes = unasserted_in_all(lines, pid, "push_event")
    same = [note for note in notes if note.name == event]
    return NotHappened(
        f"no event {event!r} was pushed" + (" with that payload" if same else ""),
        expected=f"push_event {event!r} {shown(payload)}",
        got=_listed(same or notes),
        nearest=() if same else nearest_names(event, [note.name for note in notes]),
        cure=None
        if notes
        else _cure_of_all(lines, pid, "event", lambda note: note.kind == "push_event" and note.name == event),
    )


def event_found(note: Note) -> Happened:
    """An event that should not have been pushed."""
    return Happened(f"the event {note.name!r} was pushed", expected="no such event", got=told(note))


def reply_missing(lines: Mapping[str, Line], pid: str, payload: Any) -> NotHappened:
    """No such reply."""
    notes = unasserted_in_all(lines, pid, "reply")
    return NotHappened(
        "no such reply was given",
        expected=f"reply {shown(payload)}",
        got=_listed(notes),
        cure=None if notes else _cure_of_all(lines, pid, "reply", lambda note: note.kind == "reply"),
    )
