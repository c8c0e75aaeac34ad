"""The world while an action works on it.

Owns `OpenWorld`: a copy of a `World` with the messages under way in it, and what can be done to it without delivering any of them:
mailboxes, timers, subscriptions, lines. Who moves browsers about knows no more than this; what delivers is built on it
(`world.simulation.delivering`). Law: nothing of it is seen outside before `publish`; a copy that is dropped has changed nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from liveview_core.process.step import Env, Step
from liveview_core.protocol import messages
from liveview_testing.world import pubsub, unhandled_messages
from liveview_testing.world.log import retention
from liveview_testing.world.log.happening import Happening, history
from liveview_testing.world.mailboxes import NO_TRIPS, Trips
from liveview_testing.world.world import STATIC, Manifest, Timer, World, change_tab, make_world

if TYPE_CHECKING:
    from collections.abc import Mapping

    from immutables import Map

    from liveview_testing.browser.bindings.actions import Command, Kind
    from liveview_testing.browser.bindings.visibility import Hider
    from liveview_testing.browser.page.node import Node
    from liveview_testing.world.timers import Agenda
    from liveview_testing.world.world import Line


class OpenWorld(ABC):
    """An open copy of a world, and the messages under way in it."""

    __slots__ = (
        "agenda",
        "answers",
        "around",
        "browsers",
        "cause",
        "cut",
        "delivered",
        "digest",
        "env",
        "hold",
        "kept",
        "last",
        "limit",
        "lines",
        "mailboxes",
        "now",
        "number",
        "push",
        "queue",
        "seed",
        "seq",
        "store",
        "tabs",
        "tasks",
        "timers",
        "topics",
        "trips",
        "until",
    )

    def __init__(self, world: World, agenda: Agenda, limit: int) -> None:
        self.now = world.now
        self.seed = world.seed
        self.seq = world.seq
        self.tabs = world.tabs
        self.lines = world.lines.mutate()  # ours alone until `publish`: set in place, not copied
        self.topics = world.topics
        self.timers = world.timers
        self.tasks = world.tasks
        self.hold = world.hold
        self.last = last = world.last
        self.number = 0 if last is None else last.number
        self.store = world.store
        self.kept = world.kept
        self.cut = world.cut
        self.digest = world.digest
        self.browsers = world.browsers
        self.mailboxes = world.mailboxes
        self.push: int | None = None  # the push of a tab that is being answered
        self.cause = 0  # the number of the happening that what happens now follows from
        self.until = retention.limit(world.kept, world.cut) if world.kept else 0
        self.around: OpenWorld | None = None  # the action that this one is done inside of, of another world
        self.agenda = agenda
        self.limit = limit
        self.delivered = 0
        self.queue: deque[tuple[tuple[str, ...], Any, str, str, Any, str | None, int]] = deque()
        # Frames of browsers, still on their way.
        self.answers: deque[tuple[str, str, Any, int | None, int]] = deque()
        self.env: Env | None = None
        self.trips: Trips = NO_TRIPS  # where tabs went, and when (`tabs.redirects`)

    def publish(self) -> World:
        """The world as it is now, closed."""
        if self.until and self.number >= self.until:
            self._cut()
        return make_world(
            self.now,
            self.seed,
            self.seq,
            self.tabs,
            self.lines.finish(),
            self.topics,
            self.timers,
            self.tasks,
            self.hold,
            self.last,
            self.store,
            self.kept,
            self.cut,
            self.digest,
            self.browsers,
            self.mailboxes,
        )

    def every_line(self) -> Map[str, Line]:
        """All lines as they are now, closed: what is open cannot be walked over."""
        lines = self.lines.finish()
        self.lines = lines.mutate()
        return lines

    def next(self) -> int:
        """The next sequence number: the order of creation of everything in a world."""
        self.seq = seq = self.seq + 1
        return seq

    def alive(self, pid: str) -> bool:
        """Whether there is such a process."""
        line = self.lines.get(pid)
        return line is not None and line.process is not None

    def retab(self, pid: str, **changes: Any) -> None:
        """Change the cold half of a line."""
        line = self.lines[pid].copy()
        line.tab = change_tab(line.tab, **changes)
        self.lines[pid] = line

    # --- what delivers ----------------------------------------------------------------------------------------------

    @abstractmethod
    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """One message to one process."""

    @abstractmethod
    def settle(self) -> None:
        """Deliver everything due at this instant, in order, until nothing is."""

    @abstractmethod
    def send_client(self, pid: str, event: str, payload: dict[str, Any]) -> None:
        """A frame the user caused: it is next, nothing else is under way."""

    @abstractmethod
    def arrive(self, pid: str, event: str, payload: Any) -> None:
        """A frame reaches its process: on the view's channel, or on that of a file."""

    # --- tabs that know more than was sent ----------------------------------------------------------------------------

    @abstractmethod
    def keep_tab(self, pid: str) -> int:
        """The tab of a view is more than its pages from now on; its number."""

    @abstractmethod
    def shown(self, number: int, root: str) -> None:
        """A tab is at another page."""

    @abstractmethod
    def visibility(self, pid: str) -> Hider:
        """What is hidden and disabled on the page of a view, as its tab has it."""

    @abstractmethod
    def named(self, pid: str, commands: Mapping[int, Command]) -> dict[int, int]:
        """What commands are about to be run: their elements are found again, wherever patches move them meanwhile."""

    @abstractmethod
    def command(self, pid: str, source: int, command: Command) -> None:
        """A JS command is carried out in the tab of a view."""

    @abstractmethod
    def held_back(self, pid: str, form: Node, submitter: Node | None) -> bool:
        """Whether the browser does not let a person submit a form, because it finds it invalid."""

    # --- mailboxes --------------------------------------------------------------------------------------------------

    def post(
        self, process: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> None:
        """Put a message into a mailbox; it is delivered when its turn comes."""
        self.queue.append(((process,), message, origin, event, payload, sender, self.cause))

    def broadcast(self, topic: str, message: Any, sender: str | None = None, but: str | None = None) -> None:
        """Into the mailbox of every subscriber, in order of subscription; not of the process `but`."""
        processes = pubsub.listeners(self.topics, topic)
        if but in processes:
            processes = tuple(process for process in processes if process != but)
        if processes:
            name = type(message).__name__
            self.queue.append((processes, messages.Info(message), "broadcast", name, message, sender, self.cause))
        elif but is None and self.topics:
            unhandled_messages.broadcast(self.lines, self.topics, topic, message)

    def post_client(self, pid: str, event: str, payload: dict[str, Any]) -> None:
        """A frame the browser sends by itself: it takes a while, so that it finds every mailbox empty when it comes."""
        self.answers.append((pid, event, payload, None, self.cause))

    # --- the instant ------------------------------------------------------------------------------------------------

    def environment(self) -> Env:
        """What a step knows of the outside, at this instant."""
        store = self.store
        env = self.env = _environment(self.now, self.seed, store.get(STATIC) if store else None)
        return env

    def schedule(self, timer: Timer) -> None:
        """Put a timer onto the clock."""
        self.timers = self.timers.set(timer.seq, timer)
        self.agenda.put(timer)

    def start_timer(
        self, pid: str, after: int, message: Any, name: Any, every: int | None = None, *, own: bool = False
    ) -> None:
        """A new timer of a process; one of the same name is replaced."""
        timer = Timer(self.next(), self.now + after, pid, message, name, every, own, self.cause)
        if name is not None:
            named = self.lines[pid].tab.timers
            before = named.get(name)
            if before is not None:
                self.timers = self.timers.delete(before)
            self.retab(pid, timers=named.set(name, timer.seq))
        self.schedule(timer)

    def cancel_timer(self, pid: str, name: Any) -> None:
        """A named timer, if it is still to fire, will not."""
        named = self.lines[pid].tab.timers
        seq = named.get(name)
        if seq is not None:
            self.timers = self.timers.delete(seq)
            self.retab(pid, timers=named.delete(name))

    def _unname(self, pid: str, timer: Timer) -> None:
        named = self.lines[pid].tab.timers
        if timer.name is not None and named.get(timer.name) == timer.seq:
            self.retab(pid, timers=named.delete(timer.name))

    # --- the page around a process ----------------------------------------------------------------------------------

    def stands(self, child: str) -> bool:
        """Whether a child view's container is on the page around it."""
        line = self.lines[child]
        assert line.tab.parent is not None
        if line.tab.outside:
            return True  # the document stays
        containers = self.lines[line.tab.parent].page.by_id(line.dom_id)
        return any(each.get("data-phx-sticky") is not None for each in containers) if line.sticky else bool(containers)

    def keeps(self, number: int) -> bool:
        """Whether a tab is a person's: then its own heart says what it sends, and where it goes."""
        return bool(self.browsers) and (browser := self.browsers.get(number)) is not None and browser.follows

    @abstractmethod
    def follow_link(self, number: int, kind: Literal["patch", "redirect"], href: str, how: Kind) -> None:
        """A kept tab follows a live link that a handle has clicked."""
        ...

    @abstractmethod
    def offer(self, parent: str, pid: str, *, outside: bool) -> None:
        """The kept tab of a nested view hears that it can be joined."""
        ...

    def sticky_in(self, children: tuple[str, ...]) -> Iterator[str]:
        """The sticky views among these, and in those that are not."""
        for child in children:
            if self.lines[child].sticky:
                yield child
            else:
                yield from self.sticky_in(self.lines[child].tab.children)

    def root(self, pid: str) -> str:
        """The root view of the page a process is on."""
        parent = self.lines[pid].tab.parent
        return pid if parent is None else self.root(parent)

    # --- the log ----------------------------------------------------------------------------------------------------

    def _cut(self) -> None:
        """Let go of all but the last messages, wherever they are held."""
        every = history(self.last)
        gone, stay = every[: -self.kept], every[-self.kept :]
        self.digest = retention.rolled(self.digest, gone)
        self.cut = stay[0].number - 1
        copies: dict[int, Happening] = {}
        newest: dict[str, Happening] = {}
        last: Happening | None = None
        for each in stay:
            copies[each.number] = last = each._replace(before=last, older=newest.get(each.process))
            newest[each.process] = last
        self.last = last
        lost = Counter(each.process for each in gone)
        for pid, line in self.every_line().items():
            if line.last is None or (line.last.number <= self.cut and line.last.before is None and pid not in lost):
                continue
            new = line.copy()
            # A line has to know its last one, be it that one alone.
            new.last = (
                copies[line.last.number] if line.last.number > self.cut else line.last._replace(before=None, older=None)
            )
            if lost[pid]:
                new.tab = change_tab(line.tab, forgotten=line.tab.forgotten + lost[pid])
            self.lines[pid] = new
        self.browsers = retention.of_tabs(self.browsers, self.kept)
        self.until = retention.limit(self.kept, self.cut)


@lru_cache(maxsize=64)
def _environment(now: int, seed: int | str, manifest: Manifest | None) -> Env:
    return Env(now, str(seed), None if manifest is None else manifest.files)
