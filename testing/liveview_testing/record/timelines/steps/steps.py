"""Steps: each thing that was recorded, as data.

Owns `Telling`, which goes through the records of a world once, in order, and writes down of each what changed: page versions,
frames, assigns, hooks, effects, timers, what the client did. Law: a step tells only what is not as it was; so a run of a thousand
steps is as large as what happened in it, and not as what was there.
"""  # looking 2.3

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from liveview_testing.browser.page.page import Page
from liveview_testing.record.timelines.redaction import Hiding
from liveview_testing.record.timelines.steps.client import Laid, overlay, state
from liveview_testing.record.timelines.steps.encoding import Encoder
from liveview_testing.record.timelines.steps.people import People
from liveview_testing.record.timelines.steps.values import brief, changes
from liveview_testing.world.log.happening import SECOND, Happening
from liveview_testing.world.log.message_records import Record, Undone, chain
from liveview_testing.world.log.wire import frames
from liveview_testing.world.simulation.crashing import Crash, crashes
from liveview_testing.world.world import Line, Timer

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser
    from liveview_testing.browser.dom.document import Shown

__all__ = ["Data", "Telling"]

Data = dict[str, Any]

LISTED = 12
"""So many timers, tasks and messages that wait are told one by one."""


class Telling:
    """The steps of one world, as they are told."""

    def __init__(
        self, encoder: Encoder, people: People, hiding: Hiding, started: int, store: Mapping[str, Any]
    ) -> None:
        self.steps: list[Data] = []
        self._encoder = encoder
        self._people = people
        self._hiding = hiding
        self._started = started
        self._of_happening: dict[int, int] = {}
        self._families: dict[str, tuple[str, ...]] = {}
        self._urls: dict[str, str] = {}
        self._titles: dict[str, str | None] = {}
        self._laid: dict[int, list[Laid]] = {}
        self._client: dict[int, list[tuple[str, str]]] = {}
        self._timers: object = None
        self._tasks: object = None
        self._heard: dict[int, tuple[int, int]] = {}
        self._crashes: list[Crash] = list(crashes(store))

    def expect_crashes(self, count: int) -> None:
        """So many crashes are among the records: of those that the world knows, these are the last."""
        self._crashes = self._crashes[len(self._crashes) - count :] if count else []

    def tell(self, record: Record, act: int | None) -> Data:
        """One more step."""
        step: Data = {"n": len(self.steps) + 1, "kind": record.kind, "t": record.now - self._started}
        self.steps.append(step)
        if act is not None:
            step["act"] = act
        happening, line = record.happening, record.after
        if line is not None:
            self._people.meet(line)
            step["tab"], step["process"] = line.tab.number, self._text(line.id)
        elif record.process is not None and record.tab:
            step["tab"], step["process"] = record.tab, self._text(record.process)
        if record.name:
            step["event"] = self._text(record.name)
        if happening is not None:
            self._message(step, record, happening)
        if line is not None and line.process is None:
            step["ended"] = True
        if line is not None:
            self._page(step, record, line)
            self._world(step, record)
        if record.notes:
            step["notes"] = [[self._text(kind), self._text(text)] for kind, text in record.notes]
        return step

    def begin(self, line: Line, now: int) -> None:
        """A page that was there before what is told."""
        self._people.meet(line)
        step: Data = {"n": len(self.steps) + 1, "kind": "begin", "t": now - self._started}
        self.steps.append(step)
        step["tab"], step["process"] = line.tab.number, self._text(line.id)
        record = Record(None, "page", 0, now, line.id)
        record.family = ((line.id, line.tab.children),) if line.tab.children else ()
        self._page(step, record, line)

    def failed(self, undone: Undone, act: int) -> Data:
        """An act that failed, so that nothing of it is in the world: what had happened by then, and the error."""
        step: Data = {"n": len(self.steps) + 1, "kind": "failed", "t": undone.now - self._started, "act": act}
        self.steps.append(step)
        if undone.error is not None:
            step["error"] = self._text(_told(undone.error))
        since = 0 if undone.since is None else undone.since.number
        happened = [each.happening for each in chain(undone.last, since) if each.happening is not None]
        if happened:
            step["undone"] = [
                self._text(f"{each.process}: {each.origin} {each.event} {brief(each.payload, self._hiding, 80)}")
                for each in happened[:LISTED]
            ]
        return step

    def _text(self, text: str) -> int:
        return self._encoder.text(text)

    def _brief(self, value: object) -> int:
        return self._text(brief(value, self._hiding))

    # --- the message --------------------------------------------------------------------------------------------------

    def _message(self, step: Data, record: Record, happening: Happening) -> None:
        self._of_happening[happening.number] = step["n"]
        step["t"] = happening.at - self._started
        step["origin"], step["event"] = self._text(happening.origin), self._text(happening.event)
        cause = self._of_happening.get(happening.cause)
        if cause is not None:
            step["cause"] = cause
        if happening.origin == "client":
            self._frame_from_the_client(step, happening)
        else:
            step["message"] = self._brief(happening.payload)
        self._frames(step, happening)
        facts = happening.facts
        if facts.evaluated:
            step["evaluated"] = facts.evaluated
        if facts.components:
            step["rendered"] = list(facts.components)
        if facts.hooks:
            touched = {id: list(names) for id, names in facts.touched}
            step["hooks"] = [
                [self._text(str(stage)), self._brief(id), changed, [self._text(name) for name in touched.get(id, ())]]
                for stage, id, changed in facts.hooks
            ]
        if record.effects:
            step["effects"] = [self._brief(effect) for effect in record.effects]
        self._assigns(step, record)
        if any(sent.event == "phx_error" for sent in happening.sent) and self._crashes:
            crash = self._crashes.pop(0)
            step["kind"] = "crash"
            step["error"] = self._text(_told(crash.error))

    def _frame_from_the_client(self, step: Data, happening: Happening) -> None:
        payload: Any = happening.payload
        if not isinstance(payload, dict):
            return  # a chunk of a file
        frame = cast("dict[str, Any]", payload)
        if happening.event == "live_patch" and isinstance(url := frame.get("url"), str):
            step["to"] = self._text("/" + url.partition("://")[2].partition("/")[2])
        if isinstance(event := frame.get("event"), str):
            step["handles"], step["gesture"] = self._text(event), self._text(str(frame.get("type")))
            if frame.get("cid") is not None:
                step["cid"] = frame["cid"]

    def _frames(self, step: Data, happening: Happening) -> None:
        told: list[list[Any]] = []
        size = 0
        for frame in frames([happening]):
            client = frame.direction == "client"
            clean = self._hiding.data(frame._sent)
            text = (
                frame.text
                if clean is frame._sent
                else type(frame)(frame.direction, frame.event, clean, frame.topic).text
            )
            entry = [0 if client else 1, self._text(frame.event), self._text(text), frame.bytes]
            told.append(entry if frame.topic is None else [*entry, self._text(frame.topic)])
            size += 0 if client else frame.bytes
        if told:
            step["frames"], step["bytes"] = told, size

    def _assigns(self, step: Data, record: Record) -> None:
        before = None if record.before is None else record.before.process
        after = None if record.after is None else record.after.process
        if after is None or before is after:
            return
        begins = before is None or not before.joined
        old = {} if begins or before is None else before.socket.assigns._values
        found = self._changes(old, after.socket.assigns._values)
        if found:
            step["assigns"] = found
        if before is not None and before.components is after.components:
            return
        told: dict[str, list[Any]] = {}
        cids = record.happening.facts.components if record.happening is not None else ()
        for cid in sorted(set(cids)):
            new = after.components.get(cid)
            was = None if begins or before is None else before.components.get(cid)
            if new is None or new is was:
                continue
            entry = [
                self._text(_component_name(new.module)),
                self._brief(new.id),
                self._changes({} if was is None else was.socket.assigns._values, new.socket.assigns._values),
            ]
            told[str(cid)] = entry
        if told:
            step["components"] = told

    def _changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[list[Any]]:
        return [
            [self._text(place), *(None if each is None else self._text(each) for each in shown)]
            for place, *shown in changes(old, new, self._hiding)
        ]

    # --- the page -----------------------------------------------------------------------------------------------------

    def _page(self, step: Data, record: Record, line: Line) -> None:
        browser = record.browser
        versions: dict[str, Any] = {}
        views: Mapping[str, Shown] = {} if browser is None else browser.document.views
        shown = {pid: views[pid].page for pid in sorted(views)}  # a map's own order is that of hashes
        pages = {line.id: line.page} if line.id not in shown else {}
        for pid, page in {**pages, **shown}.items():
            if isinstance(page, Page):  # pyright: ignore[reportUnnecessaryIsInstance] - its client has not joined yet
                version = self._encoder.version(pid, page)
                if version is not None:
                    versions[pid] = version
                    self._hiding.look_at(page, self._encoder.shapes)
        if versions:
            step["pages"] = versions
        family = {pid: children for pid, children in record.family if self._families.get(pid, ()) != children}
        if family:
            self._families.update(family)
            step["views"] = {pid: [self._text(child) for child in children] for pid, children in family.items()}
        if line.tab.parent is None:
            if self._urls.get(line.id) != line.tab.url:
                self._urls[line.id] = line.tab.url
                step["url"] = self._text(line.tab.url)
            title = line.title
            if line.tab.document is not None and line.tab.document.title is not None:
                title = line.tab.document.title.becomes(line.title)
            if self._titles.get(line.id) != title and title is not None:
                self._titles[line.id] = title
                step["title"] = self._text(title)
            if line.tab.left is not None and record.happening is not None:
                step["left"] = [self._text(line.tab.left.kind), self._text(line.tab.left.to)]
        if browser is not None:
            self._browser(step, line.tab.number, browser)

    def _browser(self, step: Data, tab: int, browser: Browser) -> None:
        laid = overlay(browser, self._hiding)
        if laid != self._laid.get(tab, []):
            self._laid[tab] = laid
            step["overlay"] = [
                [self._text(view), self._text(place), self._text(name), None if value is None else self._text(value)]
                for view, place, name, value in laid
            ]
        client = state(browser, laid)
        if client != self._client.get(tab, []):
            self._client[tab] = client
            step["client"] = [[self._text(what), self._text(value)] for what, value in client]
        events, notes = (
            max(0, each - gone) for each, gone in zip(self._heard.get(tab, (0, 0)), browser.gone, strict=True)
        )
        heard = [["heard", f"{each.name} {brief(each.detail, self._hiding)}"] for each in list(browser.events)[events:]]
        heard += [["note", f"{each.text}; cure: {each.cure}"] for each in list(browser.notes)[notes:]]
        if heard:
            self._heard[tab] = len(browser.events) + browser.gone[0], len(browser.notes) + browser.gone[1]
            step["page_events"] = [[self._text(kind), self._text(text)] for kind, text in heard]

    # --- the world ----------------------------------------------------------------------------------------------------

    def _world(self, step: Data, record: Record) -> None:
        told: Data = {}
        if record.timers is not None and record.timers is not self._timers:
            self._timers = record.timers
            timers = sorted(record.timers.values(), key=lambda timer: (timer.due, timer.seq))
            told["timers"] = _listed([self._text(self._timer(timer)) for timer in timers])
        if record.tasks is not None and record.tasks is not self._tasks:
            self._tasks = record.tasks
            works = [record.tasks[seq] for seq in sorted(record.tasks)]
            told["tasks"] = _listed([self._text(f"{brief(each.name)} of {each.process}") for each in works])
        if record.waiting:
            told["waiting"] = [
                self._text(f"{', '.join(processes)}: {origin} {event}") for *processes, origin, event in record.waiting
            ]
        if told and (told.get("timers") or told.get("tasks") or told.get("waiting") or len(self.steps) > 1):
            step["world"] = told

    def _timer(self, timer: Timer) -> str:
        due = (timer.due - self._started) / SECOND
        every = "" if timer.every is None else f", every {timer.every / SECOND:g} s"
        what = "the client's own" if timer.own else brief(timer.message, self._hiding, 60)
        named = "" if timer.name is None else f" ({brief(timer.name, self._hiding, 40)})"
        return f"{due:.3f} s{every}: {timer.process} {what}{named}"


def _listed(every: list[int]) -> list[int]:
    return every[:LISTED]


def _component_name(module: Any) -> str:
    kind = module if isinstance(module, type) else type(module)
    return str(getattr(kind, "__name__", kind))


def _told(error: BaseException) -> str:
    """An error in short: its type and text, and the author's line that raised it."""
    where = ""
    at = error.__traceback__
    while at is not None:
        if not str(at.tb_frame.f_globals.get("__name__")).startswith(("liveview_core.", "liveview_testing.")):
            code = at.tb_frame.f_code
            where = f"\n  in {code.co_qualname}, {code.co_filename.rpartition('/')[2]}:{at.tb_lineno}"
        at = at.tb_next
    return f"{type(error).__name__}: {error}{where}"
