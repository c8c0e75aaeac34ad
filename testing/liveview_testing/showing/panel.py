"""The panel beside the pages: what it shows, and the few things it can do.

Owns the state that the shell draws, and what each command does. Law: one command, one act; looking changes nothing.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import Callable, Iterable
from reprlib import Repr
from typing import TYPE_CHECKING, Any

from attrs import asdict

from liveview_core.errors import shown
from liveview_testing import lints
from liveview_testing.showing import targets
from liveview_testing.showing.connections.journal import Entry
from liveview_testing.showing.panel_commands import (
    RECORDED,
    REPEATED,
    Acted,
    Advance,
    BadCommand,
    BeginAt,
    Broadcast,
    Choose,
    Command,
    DismissFailures,
    FailTask,
    GoBack,
    HoldTasks,
    ResolveTask,
    RunTask,
    Save,
    SetLatency,
    SetMode,
    SetOffline,
    StepOn,
    read_command,
)
from liveview_testing.showing.recording.reported_acts import task_told
from liveview_testing.user.simulation import View
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.simulation.page_law import LawBroken, patch_law
from liveview_testing.world.timers import moment
from liveview_testing.world.world import connected

if TYPE_CHECKING:
    from liveview_testing.showing.session.showroom import Showroom

__all__ = ["Panel"]


_short = Repr()
_short.maxstring = _short.maxother = 200
_short.maxdict = _short.maxlist = _short.maxtuple = 8


class Panel:
    """What a panel sees and does."""

    def __init__(self, room: Showroom) -> None:
        self.room = room
        self._watchers: set[asyncio.Event] = set()
        self._looked: tuple[Any, list[dict[str, str]]] = (None, [])
        room.listeners.append(self._wake)
        room.repeaters.append(self.command)

    def _wake(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    def watch(self) -> asyncio.Event:
        """An event that is set when there is something new."""
        watcher = asyncio.Event()
        watcher.set()
        self._watchers.add(watcher)
        return watcher

    def forget(self, watcher: asyncio.Event) -> None:
        """Nobody looks any more."""
        self._watchers.discard(watcher)

    # --- doing --------------------------------------------------------------------------------------------------------

    def command(self, text: str) -> dict[str, Any] | None:
        """Do what a text says; what went wrong, if something did."""
        room = self.room
        try:
            command = read_command(text)
            at, entries = room.world.world.now, room.links.journal.entries
            task: dict[str, Any] = {}
            if isinstance(command, RunTask | FailTask | ResolveTask):
                task = task_told(room.world.world, command.seq, room.who)
            self.do(command)
            if isinstance(command, REPEATED):
                entries.append(Entry(at, "panel", {"text": text}))
            if isinstance(command, RECORDED):
                room.take({"act": "panel", **json.loads(text), **task})
        except Exception as error:  # the person at the panel is told
            return {"kind": "refused", "text": str(error)}
        finally:
            self.room.notify()
        return None

    def do(self, command: Command) -> None:
        """One command, one act."""
        room, world = self.room, self.room.world
        room.pacer.catch_up()
        match command:
            case SetMode(mode):
                if mode not in ("real", "paused"):
                    raise BadCommand("time passes by itself, or it stands still", expected="real, paused", got=mode)
                room.pacer.turn("real" if mode == "real" else "paused")
            case Advance(seconds):
                if not 0 <= seconds <= 366 * 86_400:
                    raise BadCommand("time goes forward, by a year at most", got=str(seconds))
                room.pacer.advance(round(seconds * SECOND))
            case StepOn():
                if not room.pacer.step():
                    raise BadCommand("nothing is due")
            case HoldTasks(hold):
                (world.tasks.hold if hold else world.tasks.release)()
            case RunTask(seq):
                work = self._task(seq)
                world.act(lambda run: run.work(work))
            case FailTask(seq, reason):
                from liveview_core.protocol.async_result import AsyncExit

                work = self._task(seq)
                world.act(lambda run: run.answer(work, AsyncExit(reason)))
            case ResolveTask(seq, value):
                from liveview_core.protocol.async_result import AsyncOk

                work, given = self._task(seq), _json(value)
                world.act(lambda run: run.answer(work, AsyncOk(given)))
            case Broadcast(topic, message):
                world.broadcast(topic, _json(message))
            case SetLatency(seconds):
                if not 0 <= seconds <= 60:
                    raise BadCommand("a frame takes from no time to a minute", got=str(seconds))
                room.links.latency = round(seconds * SECOND)
            case SetOffline(offline):
                room.links.offline = offline
                if offline:
                    for link in list(room.links.links):
                        link.close()
            case GoBack(number):
                if not 0 <= number < len(room.moments):
                    raise BadCommand("there is no such moment", got=str(number))
                room.go_back(number)
            case Choose(name):
                if name not in [each.name for each in room.all]:
                    raise BadCommand("there is no such scenario", got=name)
                room.choose(name)
            case BeginAt(step):
                room.begin_at(step)
            case Acted(window, data):
                room.acted(window, data)
            case Save():
                room.save()
            case DismissFailures():
                room.failures.clear()
                room.links.notes.clear()
        room.pacer.wake()

    def _task(self, seq: int) -> Any:
        work = self.room.world.world.tasks.get(seq)
        if work is None:
            raise BadCommand("that task waits no more", got=str(seq))
        return work

    # --- looking ------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Everything that the shell draws."""
        room, world = self.room, self.room.world
        now = world.world
        lines = now.lines
        due = room.pacer.next_due()
        return {
            "kind": "state",
            "shown": {"name": room.shown.name, "text": room.shown.text},
            "all": [{"name": each.name, "text": each.text} for each in room.all],
            "stages": self._stages(),
            "people": [{"name": each.name, "path": each.path} for each in room.shown.people],
            "seats": [self._seat(seat) for seat in room.seats.values()],
            "clock": {
                "now": moment(now.now).isoformat(),
                "mode": room.pacer.mode,
                "due": None if due is None else (due - now.now) / SECOND,
                "timers": [
                    {
                        "in": (timer.due - now.now) / SECOND,
                        "who": room.who(timer.process),
                        "what": _short.repr(timer.message),
                    }
                    for timer in sorted(now.timers.values(), key=lambda each: (each.due, each.seq))[:20]
                ],
            },
            "tasks": {
                "hold": now.hold,
                "pending": [
                    {"seq": seq, "name": _short.repr(now.tasks[seq].name), "who": room.who(now.tasks[seq].process)}
                    for seq in sorted(now.tasks)
                ],
            },
            "topics": [
                {"topic": topic, "who": [room.who(pid) for pid in _listeners(entry)]}
                for topic, entry in sorted(now.topics.items())
            ],
            "network": {
                "latency": room.links.latency / SECOND,
                "offline": room.links.offline,
                "flying": len(room.links.flights),
            },
            "views": [
                {
                    "pid": line.id,
                    "who": room.who(line.id),
                    "view": type(line.tab.visit.view).__name__,
                    "assigns": _assigns(line.process),
                    "components": [
                        {
                            "cid": each.cid,
                            "name": each.module.__name__,
                            "id": _short.repr(each.id),
                            "assigns": _assigns(each),
                        }
                        for each in line.process.components
                    ],
                }
                for line in connected(now)
                if line.process is not None and line.process.joined
            ],
            "wire": [
                {
                    "at": (each.at - self._start()) / SECOND,
                    "who": each.who,
                    "up": each.up,
                    "event": each.event,
                    "topic": each.topic,
                    "payload": _text(each.payload),
                }
                for each in room.links.wire[-80:]
            ],
            "moments": [
                {"number": number, "title": each.title, "who": each.who, "at": (each.at - self._start()) / SECOND}
                for number, each in enumerate(room.moments)
            ][-200:],
            "findings": self._findings(),
            "crashes": [
                {"who": room.who(each.process), "what": each.what, "text": _told(each.error)} for each in world.crashes
            ],
            "failures": room.failures[-5:],
            "notes": room.links.notes[-20:],
            "reloads": room.reloads,
            "recording": self._recording(),
            "stopped": room.stopped_at,
            "views_count": len(lines),
        }

    def _recording(self) -> dict[str, Any] | None:
        room = self.room
        if room.record is None:
            return None
        lines = [] if room.recorder is None else room.recorder.lines()[-200:]
        return {"file": str(room.record.file), "lines": lines, "saved": room.saved}

    def _start(self) -> int:
        return self.room.moments[0].at if self.room.moments else self.room.world.world.now

    def _stages(self) -> list[dict[str, Any]]:
        shown_now = self.room.shown
        if getattr(self, "_staged", None) is not shown_now:
            self._staged = shown_now
            try:
                self._told_stages = [asdict(each) for each in targets.stages(shown_now)]
            except Exception:  # a story that cannot be played has no steps to begin at
                self._told_stages = []
        return self._told_stages

    def _seat(self, seat: Any) -> dict[str, Any]:
        line = None if seat.root is None else self.room.world.world.lines.get(seat.root)
        return {
            "window": seat.window,
            "name": seat.person.name,
            "url": None if line is None else line.tab.url,
            "title": None if line is None else line.title,
            "connected": any(link.window == seat.window for link in self.room.links.links),
        }

    def _findings(self) -> list[dict[str, str]]:
        """What laws and lints say of the pages as they are now; looked at once for each state of the world."""
        now = self.room.world.world
        if self._looked[0] is now:
            return self._looked[1]
        ahead = self.room.world.ahead()
        found: list[dict[str, str]] = []
        for line in connected(now):
            if line.process is None or not line.process.joined:
                continue
            view = View(ahead, line.id)
            for check in CHECKS:
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        check(view)
                except LawBroken as broken:
                    found.append({"who": self.room.who(line.id), "name": check.__name__, "text": str(broken)})
                except Exception:  # a lint that cannot look here says nothing
                    continue
        self._looked = (now, found)
        return found


CHECKS: tuple[Callable[[View], None], ...] = (
    patch_law,
    lints.async_results,
    lints.callbacks,
    lints.copies,
    lints.hooked_elements,
    lints.stream_rows,
)


def _listeners(entry: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(entry))


def _told(error: BaseException) -> str:
    from liveview_testing.showing.pages import told

    return told(error)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadCommand("the value is no JSON", expected='{"text": "hello"}', got=shown(text)) from error


def _text(payload: Any) -> str:
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"), default=str)
    return text if len(text) <= 600 else text[:600] + "…"


def _assigns(owner: Any) -> list[list[str]]:
    found: list[list[str]] = []
    for name, value in owner.socket._assigns.items():
        if name in ("flash", "uploads", "streams", "live_action", "myself", "socket") and not value:
            continue
        try:
            found.append([str(name), _short.repr(value)])
        except Exception as error:
            found.append([str(name), f"<{type(error).__name__} in its repr>"])
    return found
