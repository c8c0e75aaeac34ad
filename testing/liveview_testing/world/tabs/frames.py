"""Frames on their way between a tab and the processes of its views: sent at once, or waiting on a link.

Owns `Flight`, a frame that is under way, and the sending of both directions. Law: frames of one direction never overtake each
other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import evolve

from liveview_core.uploads.transfers import channels
from liveview_core.values.declaring import frozen
from liveview_testing.browser.uploads.frame_of_file import FrameOfFile
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.world import Line, TabDue, Timer

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld

Direction: TypeAlias = Literal["client", "server"]


@frozen(eq=False)
class Flight:
    """A frame on a link: in which direction, from or to which view, and what it is. `due` None: it is held."""

    number: int
    direction: Direction
    view: str
    event: str
    payload: Any
    push: int | None = None
    due: int | None = None
    happening: Happening | None = None
    """The step that sent it, if a process did."""
    cause: int = 0


def delayed(run: OpenWorld, number: int) -> bool:
    """Whether frames of a tab take time, or wait."""
    browser = run.browsers[number]
    return browser.latency > 0 or browser.holding or bool(browser.flights)


def sent_later(run: OpenWorld, pid: str, event: str, payload: dict[str, Any]) -> bool:
    """Whether a frame that is no answer of the tab itself has to wait on its link, and now does."""
    number = run.lines[pid].tab.number
    if number not in run.browsers or not delayed(run, number):
        return False
    fly(run, number, "client", pid, event, payload)
    return True


def send_down(run: OpenWorld, line: Line, happening: Happening, push: int | None) -> None:
    """What a process has sent is on its way to the tab."""
    for sent in happening.sent:
        number = push if sent.event == "phx_reply" else None
        fly(run, line.tab.number, "server", line.id, sent.event, sent.payload, number, happening)
    for closed in files_closed(run, line):
        fly(run, line.tab.number, "server", line.id, "phx_close", closed)


def files_closed(run: OpenWorld, line: Line) -> list[FrameOfFile]:
    """The channels of files that a process has ended, though the tab has them open."""
    browser = run.browsers[line.tab.number]
    known = browser.uploads
    mine = [each for each in known.open if known.views.get(each.uploader) == line.id]
    if not mine or line.process is None:
        return []
    there = uploading(line)
    flying = {each.payload.entry for each in browser.flights if each.event == "phx_close"}
    return [
        FrameOfFile(each.upload, each.ref, {})
        for each in mine
        if (each.upload, each.ref) not in there and each.ref not in flying
    ]


def uploading(line: Line) -> set[tuple[str, str]]:
    """The files whose channels a view has: the refs of their uploads, and their own."""
    process = line.process
    if process is None:
        return set()
    sockets = (process.socket, *(instance.socket for instance in process.components))
    return {file for socket in sockets for file in channels(socket)}


def fly(
    run: OpenWorld,
    tab: int,
    direction: Direction,
    view: str,
    event: str,
    payload: Any,
    push: int | None = None,
    happening: Happening | None = None,
) -> None:
    browser = run.browsers[tab]
    due = None if browser.holding else run.now + browser.latency
    if due is not None:  # frames of one direction keep their order, whatever the latency was
        due = max(
            [due, *(each.due for each in browser.flights if each.direction == direction and each.due is not None)]
        )
    flight = Flight(run.next(), direction, view, event, payload, push, due, happening, run.cause)
    run.browsers = run.browsers.set(tab, evolve(browser, flights=(*browser.flights, flight)))
    if due is not None:
        landing = TabDue(tab, flight.number, True)
        run.schedule(Timer(run.next(), due, f"tab-{tab}", landing, own=True, cause=run.cause))


def land(run: OpenWorld, tab: int, flight: Flight) -> None:
    """A frame of a tab reaches the server now, if its view is there still."""
    browser = run.browsers[tab]
    run.browsers = run.browsers.set(tab, evolve(browser, flights=tuple(e for e in browser.flights if e is not flight)))
    for seq, timer in list(run.timers.items()):
        message = timer.message
        if type(message) is TabDue and message.tab == tab and message.frame and message.number == flight.number:
            run.timers = run.timers.delete(seq)
    if run.alive(flight.view):
        run.push, run.cause = flight.push, flight.cause
        run.arrive(flight.view, flight.event, own_payload(flight.payload))
        run.push = None


def own_payload(payload: Any) -> Any:
    """A frame's payload, to be changed by nobody else."""
    return payload if isinstance(payload, FrameOfFile) else dict(payload)


def part_of(flight: Flight) -> Happening:
    """The step that sent a frame, as if it had sent nothing else."""
    whole = flight.happening
    assert whole is not None
    return whole._replace(sent=[sent for sent in whole.sent if sent.payload is flight.payload])
