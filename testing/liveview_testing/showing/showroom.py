"""What is shown now: a world, its people at their windows, its time, and what has happened so far.

Owns `Showroom`: it opens pages for people, lets frames in, keeps each moment so that one can go back to it, and begins anew with
another scenario or at a step of a story. It knows nothing of HTTP.

Law: what reaches the world is in its journal, in order; a moment that was kept is a value, so going back costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from attrs import define, evolve, field, frozen

from liveview_testing.browsing import navigation
from liveview_testing.person.page import NAMES
from liveview_testing.showing import joining, pages, targets
from liveview_testing.showing.codec import Message
from liveview_testing.showing.journal import Entry, Journal
from liveview_testing.showing.links import Link, Links
from liveview_testing.showing.pacing import Mode, Pacer
from liveview_testing.showing.pages import Page, Shape
from liveview_testing.showing.served import ServedWorld
from liveview_testing.showing.targets import Person, Shown
from liveview_testing.simulation.delivery import LIMIT
from liveview_testing.simulation.template_checks import first_use
from liveview_testing.world.world import Happening, World

__all__ = ["Moment", "Seat", "Showroom"]

MOST_MOMENTS = 1_000


@define(eq=False)
class Seat:
    """A window, who sits at it, and the root view that it shows."""

    window: str
    person: Person
    root: str | None = None


@frozen(eq=False)
class Moment:
    """The world after something has happened, and how many entries the journal had."""

    world: World
    title: str
    who: str
    at: int
    entries: int


@define(eq=False)
class Showroom:
    """What is shown."""

    all: Sequence[Shown]
    seed: int | str = 0
    mode: Mode = "real"
    shown: Shown = field(init=False)
    links: Links = field(init=False)
    pacer: Pacer = field(init=False)
    seats: dict[str, Seat] = field(factory=dict[str, Seat], init=False)
    moments: list[Moment] = field(factory=list[Moment], init=False)
    listeners: list[Callable[[], None]] = field(factory=list[Callable[[], None]], init=False)
    failures: list[str] = field(factory=list[str], init=False)
    reloads: int = field(default=0, init=False)
    """How often the pages were put back: the shell loads its frames anew when it changes."""
    stopped_at: str | None = field(default=None, init=False)
    """Why a replay ended before its end."""
    _now: Callable[[], float] = field(default=lambda: 0.0, init=False)
    _coming: str | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._show(self.all[0])

    def begin(self, now: Callable[[], float]) -> None:
        """The server runs: time may pass."""
        self._now = now
        self.pacer = Pacer(self.links, now, self.mode)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        world = ServedWorld(shown.router, seed=self.seed)
        if shown.store:
            store = world.world.store.update(shown.store)
            world.become(evolve(world.world, store=store))
        self._serve(world)

    def _serve(self, world: ServedWorld) -> None:
        if hasattr(self, "links"):
            self.close_all()
        self.links = Links(world)
        self.links.changed = self._changed
        self.seats = {}
        self.moments = []
        self.failures = []
        self.stopped_at = None
        if hasattr(self, "pacer"):
            self.pacer = self.pacer_of(self.links)

    def pacer_of(self, links: Links) -> Pacer:
        """The clock goes on with other links."""
        self.pacer.links = links
        return self.pacer

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
            seat = self.seats[window] = Seat(window, self._next_person(None))
            self.links.people[window] = seat.person.name
        return seat

    def sit_down(self, window: str, name: str | None) -> Person:
        """A window is taken, by somebody of that name."""
        seat = self.seats.get(window)
        if seat is None:
            seat = self.seats[window] = Seat(window, self._next_person(name))
            self.links.people[window] = seat.person.name
        return seat.person

    def _next_person(self, name: str | None) -> Person:
        taken = {seat.person.name for seat in self.seats.values()}
        known = [each for each in self.shown.people if each.name not in taken]
        if name is not None:
            known = [each for each in self.shown.people if each.name == name] or [Person(name)]
        if known:
            return known[0]
        first = self.shown.people[0] if self.shown.people else Person("Ann")
        return evolve(first, name=next((each for each in NAMES if each not in taken), f"browser {len(taken) + 1}"))

    # --- pages --------------------------------------------------------------------------------------------------------

    def open(
        self, url: str, person: Person | None, flash: Mapping[str, Any], shape: Shape, at: str | None = None
    ) -> Page:
        """A page is loaded. Raises what its view raises, or that there is none."""
        self.pacer.catch_up()
        who = person or (self.shown.people[0] if self.shown.people else Person("Ann"))
        router = self.world.router
        visit = navigation.resolve(url, router, None, who.session, who.connect_params, who.connect_info, {})
        first_use(type(visit.view))
        self.links.journal.add(self.world.world.now, "open", url=url, who=who.name, flash=dict(flash))
        page = pages.open_page(self.links, visit, self.world.checks, flash, shape)
        self.pacer.wake()
        if at is not None and page.location is None:
            meta = f'<meta name="liveview-path" content="{at.replace(chr(34), "&quot;")}">'
            page = evolve(page, html=page.html.replace('<meta name="csrf-token"', f'{meta}<meta name="csrf-token"', 1))
        return page

    def resume(self, window: str, shape: Shape) -> str | None:
        """The page of a window as it is; None if there is nothing to go on with."""
        seat = self.seats.get(window)
        root = None if seat is None else seat.root
        line = None if root is None else self.world.world.lines.get(root)
        if line is None or line.process is None or not line.process.joined or root is None:
            return None
        self.links.resumed.add(root)
        return pages.resumed_page(line, line.page.html(), shape)

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

    def failed(self, text: str) -> None:
        """Something went wrong outside of a process: a page could not be made."""
        self.failures.append(text)
        self.notify()

    # --- what has happened --------------------------------------------------------------------------------------------

    def _changed(self, happenings: list[Happening]) -> None:
        if happenings:
            first = happenings[0]
            entries = len(self.links.journal.entries)
            who = self._coming or self.who(first.process)
            self.moments.append(Moment(self.world.world, _title(first), who, first.at, entries))
            if len(self.moments) > MOST_MOMENTS:
                del self.moments[0]
        self.notify()

    def notify(self) -> None:
        """Whoever watches may look again."""
        for listener in self.listeners:
            listener()

    def who(self, pid: str) -> str:
        """Who has the view of a process on their page."""
        lines = self.world.world.lines
        root = pid
        while root in lines and (parent := lines[root].tab.parent) is not None:
            root = parent
        name = next((seat.person.name for seat in self.seats.values() if seat.root == root), None)
        if name is None:
            name = f"browser {lines[root].tab.number}" if root in lines else root
        return name if root == pid else f"{name} · {lines[pid].dom_id}"

    def go_back(self, number: int) -> None:
        """The world is again as it was after a moment; what came later is cut off."""
        moment = self.moments[number]
        del self.moments[number + 1 :]
        del self.links.journal.entries[moment.entries :]
        self.close_all()
        self.world.become(moment.world)
        self.links.flights.clear()
        lines = moment.world.lines
        for pid, line in lines.items():
            if line.tab.parent is None and line.process is not None:
                self.links.resumed.add(pid)
        for seat in self.seats.values():  # a later page of a window is not there any more
            if seat.root not in lines:
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
        return "<!DOCTYPE html><title>nothing yet</title>"

    # --- again --------------------------------------------------------------------------------------------------------

    def replay(self, entries: Sequence[Entry]) -> int:
        """Let a journal happen again, here; how many of its entries did. The first that does not fit ends it."""
        return replay(self, entries)


def replay(room: Showroom, entries: Sequence[Entry]) -> int:
    """See `Showroom.replay`."""
    raise NotImplementedError


def _title(happening: Happening) -> str:
    payload = happening.payload
    if happening.origin == "client" and happening.event == "event" and isinstance(payload, dict):
        value: Any = payload.get("value")  # pyright: ignore[reportUnknownMemberType]
        said = f" {value}" if value not in ({}, None, "") else ""
        return f"{payload.get('event')}{said}"[:120]  # pyright: ignore[reportUnknownMemberType]
    if happening.origin == "client":
        return {"phx_join": "joins", "phx_leave": "leaves", "live_patch": "goes to"}.get(happening.event, happening.event) + (
            f" {urlsplit(payload['url']).path}" if happening.event == "live_patch" else ""
        )
    return f"{happening.origin}: {happening.event}"


def _window(name: str) -> str:
    return "frame-" + re.sub(r"[^A-Za-z0-9]+", "-", name)


_ = Journal
