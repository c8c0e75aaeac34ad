"""What a failure tells of a page beside the page itself: what has crashed, what the browser swallowed, what waits, what is due.

Owns `told`, whoever was asking: a locator, the handle of a view, or a plain `assert`. Law: it reads a world, when somebody reads a
failure, and changes nothing; each line is so, and where nothing is to be said there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from liveview_core.errors import shown
from liveview_core.tracebacks import ours
from liveview_testing.browser.events import debounce
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.simulation.crashing import Crash, crashes
from liveview_testing.world.world import TabDue

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser
    from liveview_testing.world.world import Timer, World


class _Asked(Protocol):
    """A simulation, as far as a report reads it."""

    @property
    def world(self) -> World: ...

    @property
    def people(self) -> Any: ...


MOST_NOTES = 8
MOST_CRASHES = 5
MOST_WAITING = 5


def told(world: World, browser: Browser | None, *, asked: str = "page", due: bool = False) -> list[str]:
    """The lines, in parts with a heading each. `asked` is how the test calls the page; `due`: also what the clock brings next."""
    lines = [*_crashes(world), *_notes(browser, asked)]
    state = _state(world, browser, asked)
    if due and (dues := [each.due for each in world.timers.values() if not _is_debounce(world, each)]):
        after = min(dues) - world.now
        state.append(f"the next is due after {after / 1000:.10g} ms: sim.clock.advance({after / SECOND:.10g})")
    if state:
        lines.extend(("", "State of the page:", *(f"  - {each}" for each in state)))
    return lines


def of_worlds(worlds: Iterable[_Asked]) -> str:
    """The same of every page of some worlds, where a test failed that asked them; empty if there is nothing to tell."""
    parts: list[str] = []
    for each in worlds:
        world = each.world
        for tab, browser in sorted(world.browsers.items()):
            lines = told(world, browser, due=True)
            memory = each.people.at(tab)
            if lines:
                parts.append("\n".join((f"{'' if memory is None else f'{memory.name} '}at {browser.url}:", *lines)))
    return "\n\n".join(parts)


def clock(at: int) -> str:
    """An instant, as the texts of failures say it."""
    seconds = at // SECOND % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{at % SECOND // 1000:03}"


def _is_debounce(world: World, timer: Timer) -> bool:
    """Whether it ends the wait of an event, of which a line tells, or did before another event came."""
    of_tab = timer.message
    browser = world.browsers.get(of_tab.tab) if isinstance(of_tab, TabDue) and not of_tab.frame else None
    later = None if browser is None else browser.timers.get(of_tab.number)
    return later is not None and isinstance(later.then, debounce.Trigger)


# --- crashes ----------------------------------------------------------------------------------------------------------


def _crashes(world: World) -> list[str]:
    """Which processes have ended by an error that the test has not seen."""
    found = crashes(world.store)
    if not found:
        return []
    lines = ["", "Crashes (sim.crashes has the errors):"]
    if len(found) > MOST_CRASHES:
        lines.append(f"  … {len(found) - MOST_CRASHES} earlier ones")
    lines.extend(f"  - {crashed(each)}" for each in found[-MOST_CRASHES:])
    return lines


def crashed(crash: Crash) -> str:
    """A crash in a line: whose, when, by what and where."""
    error = crash.error
    first = str(error).partition("\n")[0]
    said = f"{type(error).__name__}: {first}" if first else type(error).__name__
    what = f"{crash.what} {crash.name!r}" if crash.name else crash.what
    return f"{crash.process} ({crash.view}) crashed at {clock(crash.at)}, {what}: {said}{_place(error)}"


def _place(error: BaseException) -> str:
    """The line of the author's code that raised, or called us last."""
    found = None
    traceback = error.__traceback__
    while traceback is not None:
        if not ours(traceback.tb_frame):
            found = traceback
        traceback = traceback.tb_next
    if found is None:
        return ""
    path = Path(found.tb_frame.f_code.co_filename)
    name = path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.name
    return f", {name}:{found.tb_lineno}"


# --- notes ------------------------------------------------------------------------------------------------------------


def _notes(browser: Browser | None, asked: str) -> list[str]:
    """What the browser swallowed."""
    found = [] if browser is None else list(browser.notes)
    if not found:
        return []
    lines = ["", "Notes of the page:"]
    if len(found) > MOST_NOTES:
        lines.append(f"  … {len(found) - MOST_NOTES} earlier ones: {asked}.notes")
    lines.extend(
        f"  - at {clock(round(each.at * SECOND))}: {each.text}; cure: {each.cure}" for each in found[-MOST_NOTES:]
    )
    return lines


# --- what waits -------------------------------------------------------------------------------------------------------


def _state(world: World, browser: Browser | None, asked: str) -> list[str]:
    """What waits for a time, an answer, or the test."""
    state: list[str] = []
    if browser is not None and not browser.online:
        state.append("the browser is offline")
    if browser is not None and (flights := browser.flights):
        number = "1 frame is" if len(flights) == 1 else f"{len(flights)} frames are"
        kept = any(each.due is None for each in flights)
        let_go = f"; {asked}.network.release() lets go" if kept else ""
        state.append(f"{number} in flight: {asked}.network.in_flight{let_go}")
    state.extend(_tasks(world))
    if browser is None:
        return state
    state.extend(_events(world, browser, asked))
    if browser.document.held:
        state.append(f"{len(browser.document.held)} parts of the page are held back until the server has answered")
    if browser.blocking:
        state.append("a transition is running: no patch is applied until it ends")
    return state


def _tasks(world: World) -> list[str]:
    tasks = world.tasks
    waits = [tasks[seq] for seq in sorted(tasks)]
    if not waits:
        return []
    names = ", ".join(_called(each.name) for each in waits[:MOST_WAITING])
    name = _called(waits[0].name)
    return [
        f"tasks wait for their answer: {names}{', …' if len(waits) > MOST_WAITING else ''};"
        f" sim.tasks.run({name}), .resolve({name}, …) or .fail({name}, …) gives it"
    ]


def _called(name: object) -> str:
    """The name of a task, of `assign_async` one of its keys, as it is given to `sim.tasks`."""
    text = shown(name)
    return text[1:-2] if isinstance(name, tuple) and text.endswith(",)") else text


def _events(world: World, browser: Browser, asked: str) -> list[str]:
    """Events that wait for their debounce."""
    lines: list[str] = []
    for described, due in debounce.waiting(browser)[:MOST_WAITING]:
        if due is None:
            lines.append(f'{described} is sent once the field is left (phx-debounce="blur")')
        else:
            after: Any = (due - world.now) / 1000
            lines.append(
                f"{described} waits for its debounce, {after:.10g} ms more: {asked}.wait_for_timeout({after:.10g})"
            )
    return lines
