"""What is shown now: a world, its people at their windows, its time, and what has happened so far.

Owns `Showroom`: it opens pages for people, lets frames in, keeps each moment so that one can go back to it, and begins anew with
another scenario or at a step of a story. It knows nothing of HTTP.

Law: what reaches the world is in its journal, in order; a moment that was kept is a value, so going back costs nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve, field

from liveview_core.values.declaring import define
from liveview_testing.showing import pages, targets
from liveview_testing.showing.connections import joining
from liveview_testing.showing.connections.connection import Link
from liveview_testing.showing.connections.connections import Links
from liveview_testing.showing.connections.journal import Entry, Journal
from liveview_testing.showing.connections.real_time import Mode, Pacer
from liveview_testing.showing.connections.serializer import Message
from liveview_testing.showing.connections.served import REAL, ServedWorld
from liveview_testing.showing.pages import Served, Shape
from liveview_testing.showing.recording import divergence
from liveview_testing.showing.recording.recorded_test import RecordedTest
from liveview_testing.showing.recording.recorder import Raw, Recorder
from liveview_testing.showing.session.moments import MOST_MOMENTS, Moment, title
from liveview_testing.showing.session.seats import Seat, names_of_tabs, next_person, who
from liveview_testing.showing.targets import Person, Shown
from liveview_testing.world.browsing import visits
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.simulation.delivering.delivery import LIMIT
from liveview_testing.world.simulation.template_checks import first_use

__all__ = ["Showroom"]


@define(eq=False)
class Showroom:
    """What is shown."""

    all: Sequence[Shown]
    seed: int | str = 0
    mode: Mode = "real"
    given: ServedWorld | None = None
    """The world, if it is there already."""
    shown: Shown = field(init=False)
    links: Links = field(init=False)
    pacer: Pacer = field(init=False)
    seats: dict[str, Seat] = field(factory=dict[str, Seat], init=False)
    moments: list[Moment] = field(factory=list[Moment], init=False)
    listeners: list[Callable[[], None]] = field(factory=list[Callable[[], None]], init=False)
    failures: list[str] = field(factory=list[str], init=False)
    errors: list[Exception] = field(factory=list[Exception], init=False)
    reloads: int = field(default=0, init=False)
    """How often the pages were put back: the shell loads its frames anew when it changes."""
    stopped_at: str | None = field(default=None, init=False)
    """Why a replay ended before its end."""
    repeaters: list[Callable[[str], object]] = field(factory=list[Callable[[str], object]], init=False)
    """Who does again what the panel did."""
    record: RecordedTest | None = None
    """Where what people do is written down as a test."""
    recorder: Recorder | None = field(default=None, init=False)
    saved: str = field(default="", init=False)
    """What there is to say about the test that was written."""
    _repeating: bool = field(default=False, init=False)
    _written: int = field(default=0, init=False)
    _now: Callable[[], float] = field(default=lambda: 0.0, init=False)
    _coming: str | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        if self.given is None:
            self._show(self.all[0])
        else:
            self.shown = self.all[0]
            self._serve(self.given)

    def begin(self, now: Callable[[], float]) -> None:
        """The server runs: time may pass."""
        self._now = now
        self.pacer = Pacer(self.links, now, self.mode)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        world = ServedWorld(shown.router, seed=self.seed, record=True)
        if shown.store:
            store = world.world.store.update(shown.store)
            world.become(evolve(world.world, store=store))
        self._serve(world)

    def _serve(self, world: ServedWorld) -> None:
        if hasattr(self, "links"):
            self.save()
            self.close_all()
        self.links = Links(world)
        self.links.changed = self._changed
        self.seats = {}
        self.moments = []
        self.failures = []
        self.stopped_at = None
        if self.record is not None:
            self.record, self._written = RecordedTest(self.record.file, self.record.folder), 0
            self.recorder = Recorder(self.shown, self.world.world.now, self.seed)
        if hasattr(self, "pacer"):
            self.pacer = self.pacer_of(self.links)

    def pacer_of(self, links: Links) -> Pacer:
        """The clock goes on with other links."""
        self.pacer.links = links
        return self.pacer

    @property
    def first_path(self) -> str:
        """Where the first person begins."""
        return self.shown.people[0].path if self.shown.people else "/"

    @property
    def world(self) -> ServedWorld:
        """The world that is shown."""
        return self.links.world

    def choose(self, name: str) -> None:
        """Another scenario, from its beginning."""
        self._show(next(each for each in self.all if each.name == name))
        self.put_back()

    def begin_at(self, step: int) -> None:
        """The scenario as it is after a step of its story; its people have their pages."""
        world, names = targets.at_step(self.shown, step)
        shown = self.shown
        self._serve(ServedWorld.of(world, shown.router, self.world.checks, LIMIT))
        self.links.journal.base = step
        if self.record is not None:
            self.recorder, self.saved = None, "a session that begins at a step of a story is not recorded"
        tabs = {line.tab.number for line in world.lines.values()}
        self.world.become(evolve(world, store=world.store.set(REAL, frozenset(tabs))))
        for pid, line in world.lines.items():
            if line.tab.parent is None and line.process is not None:
                self.links.resumed.add(pid)
                name = names.get(line.tab.number, f"browser {line.tab.number}")
                visit = line.tab.visit
                person = Person(name, line.tab.url, visit.session, visit.connect_params, visit.connect_info)
                window = _window(name)
                self.seats[window] = Seat(window, person, pid)
                self.links.people[window] = name
        self.put_back()

    # --- people -------------------------------------------------------------------------------------------------------

    def person_of(self, window: str | None) -> Person | None:
        """Who sits at a window."""
        seat = self.seats.get(window or "")
        return None if seat is None else seat.person

    def seated(self, window: str) -> Seat:
        """The seat of a window; whoever sits down now is the next one."""
        seat = self.seats.get(window)
        if seat is None:
            seat = self.seats[window] = Seat(window, next_person(self.shown.people, self.seats, None))
            self.links.people[window] = seat.person.name
        return seat

    def sit_down(self, window: str, name: str | None) -> Person:
        """A window is taken, by somebody of that name."""
        seat = self.seats.get(window)
        if seat is None:
            seat = self.seats[window] = Seat(window, next_person(self.shown.people, self.seats, name))
            self.links.people[window] = seat.person.name
            self.links.journal.add(self.world.world.now, "sit", window=window, name=name)
        return seat.person

    # --- pages --------------------------------------------------------------------------------------------------------

    def open(
        self, url: str, window: str | None, flash: Mapping[str, Any], shape: Shape, at: str | None = None
    ) -> Served:
        """A page is loaded in a window, if it is known in which. Raises what its view raises, or that there is none.

        `at`: where the page is to be, if it is loaded from elsewhere.
        """
        self.pacer.catch_up()
        who = self.person_of(window) or (self.shown.people[0] if self.shown.people else Person("Ann"))
        visit = visits.resolve(url, self.world.router, None, who.session, who.connect_params, who.connect_info, {})
        first_use(type(visit.view))
        self.links.journal.add(self.world.world.now, "open", url=url, window=window, flash=dict(flash))
        page = pages.open_page(self.links, visit, self.world.checks, flash, evolve(shape, path=at, window=window))
        self.pacer.wake()
        return page

    def resume(self, window: str, shape: Shape) -> str | None:
        """The page of a window as it is; None if there is nothing to go on with."""
        seat = self.seats.get(window)
        root = None if seat is None else seat.root
        line = None if root is None else self.world.world.lines.get(root)
        if line is None or line.process is None or not line.process.joined or root is None:
            return None
        self.links.load_again(root)
        return pages.resumed_page(line, line.page.html(), evolve(shape, path=line.tab.url, window=window))

    # --- frames -------------------------------------------------------------------------------------------------------

    def receive(self, link: Link, message: Message) -> None:
        """A frame has come."""
        self.pacer.catch_up()
        self._coming = self.links.who(link)
        if message.event == "phx_join" and message.topic.startswith("lv:"):
            self._coming = self.seated(link.window).person.name
        self.links.receive(link, message)
        if message.event == "phx_join":
            self._sits(link)
        self._coming = None
        self.pacer.wake()

    def _sits(self, link: Link) -> None:
        """A window shows what it has joined; what it showed before is over."""
        root = self.links.root_of(link)
        seat = self.seats.get(link.window)
        if root is None or seat is None or seat.root == root:
            return
        before, seat.root = seat.root, root
        if before is not None and not any(each.root == before for each in self.seats.values()):
            self.world.act(lambda run: joining.over(run, before))

    def disconnect(self, link: Link) -> None:
        """A connection is gone."""
        self.pacer.catch_up()
        self.links.disconnect(link)
        self.notify()

    def failed(self, text: str, error: Exception | None = None) -> None:
        """Something went wrong outside of a process: a page could not be made."""
        if error is not None:
            self.errors.append(error)
        self.failures.append(text)
        self.notify()

    # --- what has happened --------------------------------------------------------------------------------------------

    def _changed(self, happenings: list[Happening]) -> None:
        if happenings:
            first = happenings[0]
            entries = len(self.links.journal.entries)
            who = self._coming or self.who(first.process)
            self.moments.append(Moment(self.world.world, title(first), who, first.at, entries))
            del self.moments[:-MOST_MOMENTS]
        self.notify()

    def notify(self) -> None:
        """Whoever watches may look again."""
        for listener in self.listeners:
            listener()

    def who(self, pid: str) -> str:
        """Who has the view of a process on their page."""
        return who(self.seats, self.world.world.lines, pid)

    def go_back(self, number: int) -> None:
        """The world is again as it was after a moment; what came later is cut off."""
        moment = self.moments[number]
        del self.moments[number + 1 :]
        del self.links.journal.entries[moment.entries :]
        if self.recorder is not None:
            self.recorder.cut(moment.entries)
            self._written = -1
        self.close_all()
        self.world.become(moment.world)
        self.links.flights.clear()
        self._everybody_goes_on()
        for seat in self.seats.values():  # a later page of a window is not there any more
            if seat.root not in moment.world.lines:
                seat.root = None
        self.put_back()

    def put_back(self) -> None:
        """All pages are to be loaded again, where they are now."""
        self.reloads += 1
        self.notify()

    def close_all(self) -> None:
        """Every connection is closed; what is on them stays as it is."""
        for link in list(self.links.links):
            link.open = False
            link.channels.clear()
            link.close()
        self.links.links.clear()
        self.links.forget()

    def timeline(self) -> str:
        """The time-travel page of the session so far."""
        from liveview_testing.record.timelines.run_timeline import timeline  # only who looks needs it

        names = names_of_tabs(self.seats, self.world.world.lines)
        return timeline(self.world, title=f"{self.shown.name}, the session so far", names=names).html()

    # --- recording ----------------------------------------------------------------------------------------------------

    def acted(self, window: str, text: str) -> None:
        """Somebody did something in their page, or pointed at something, as the page tells it in JSON."""
        recorder, seat = self.recorder, self.seats.get(window)
        if recorder is None or seat is None:
            return
        given: Any = json.loads(text)
        data: dict[str, Any] = dict(given) if isinstance(given, dict) else {}  # pyright: ignore[reportUnknownArgumentType]
        if data.get("act") == "panel":
            return
        self.take(data, seat.person.name)

    def take(self, data: Mapping[str, Any], who: str = "test") -> None:
        """Something is to be in the test."""
        if self.recorder is not None and not self._repeating:
            known = {each.name: each for each in self.shown.people}
            person = known.get(who) or next(
                (seat.person for seat in self.seats.values() if seat.person.name == who), None
            )
            now, entries = self.world.world.now, len(self.links.journal.entries)
            self.recorder.take(Raw(who, data, now, entries), person)

    def save(self) -> None:
        """What was recorded is written, if there is something new."""
        if self.record is None or self.recorder is None or len(self.recorder.steps) == self._written:
            return
        self._written = len(self.recorder.steps)
        try:
            self.saved = self.record.save(self.recorder)
            if not self.links.flights:
                roots = [(seat.person.name, seat.root) for seat in self.seats.values()]
                self.saved += divergence.told(self.world.world, roots, self.recorder)
        except Exception as error:  # the person at the panel is told, and the file is as it was
            self.saved = f"not written: {error}"

    # --- again --------------------------------------------------------------------------------------------------------

    def again(self, journal: Journal, shape: Shape) -> None:
        """Let a journal happen again, in a fresh world; the first entry that does not fit ends it, and is told."""
        if journal.base is not None:
            self.begin_at(journal.base)
        self._repeating = True  # what was recorded of it is known
        links: dict[int, Link] = {}
        for number, entry in enumerate(journal.entries):
            wait = entry.at - self.world.world.now
            if wait > 0:
                self.pacer.advance(wait)
            try:
                refused = self._happen(entry, links, shape)
            except Exception as error:
                refused = f"{type(error).__name__}: {error}"
            if refused is not None:
                self.stopped_at = (
                    f"{number} of {len(journal.entries)} things that had happened fit the code as it is now; this one does not:"
                    f"\n\n{entry.kind} {_told(entry)}\n{refused}"
                )
                break
        self._repeating = False
        self._everybody_goes_on()

    def _everybody_goes_on(self) -> None:
        """No process has a connection now; who comes back is told what they were told."""
        for link in self.links.links:
            link.open = False
            link.channels.clear()
        self.links.links.clear()
        self.links.forget()
        self.links.journal.add(self.world.world.now, "everybody goes on")
        for pid, line in self.world.world.lines.items():
            if line.tab.parent is None and line.process is not None:
                self.links.resumed.add(pid)

    def _happen(self, entry: Entry, links: dict[int, Link], shape: Shape) -> str | None:
        """One entry; why it does not fit, if it does not."""
        data = entry.data
        match entry.kind:
            case "open":
                self.open(data["url"], data["window"], data["flash"], shape)
            case "connect":
                link = links[data["link"]] = Link(_nowhere, data["window"], tuple(data["origins"]))
                self.links.connect(link)
            case "disconnect":
                self.links.disconnect(links[data["link"]])
            case "frame":
                link, crashes = links[data["link"]], len(self.world.crashes)
                link.refused = None
                self.receive(link, data["message"])
                if len(self.world.crashes) > crashes:
                    return "" if link.refused is None else link.refused
                return link.refused
            case "resume":
                self.links.load_again(data["root"])
            case "everybody goes on":
                self._everybody_goes_on()
            case "sit":
                self.sit_down(data["window"], data["name"])
            case "panel":
                for listener in self.repeaters:
                    listener(data["text"])
            case _:
                return "nobody knows what this is"
        return None


def _nowhere(text: str) -> None:
    """Nobody hears what is said while a journal happens again."""


def _told(entry: Entry) -> str:
    message = entry.data.get("message")
    return f"{message.event} {message.payload}"[:300] if isinstance(message, Message) else str(entry.data)[:300]


def _window(name: str) -> str:
    return "frame-" + re.sub(r"[^A-Za-z0-9]+", "-", name)
