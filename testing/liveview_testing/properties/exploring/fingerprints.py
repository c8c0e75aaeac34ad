"""What a world is told from others by: equal only where the futures are equal.

Owns `Fingerprints`. Lines, tabs and messages are values, so their digests ride along from world to world, and a choice costs those
that it changed. Left out is what nothing depends on: the log, numbers of happenings, ages of messages (unless they are asked for,
where schedules are counted by what is usual), what the next number of anything will be.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NamedTuple, cast

from attrs import fields

from liveview_testing.browser.browser import Browser
from liveview_testing.browser.dom.document import Document
from liveview_testing.properties.exploring.value_bytes import Out, Prints
from liveview_testing.world.mailboxes import Box, Letter, Mailboxes
from liveview_testing.world.tabs.frames import Flight
from liveview_testing.world.world import Line, Tab, World

NOTHING = b"-"

_TAB_FIELDS = tuple(each.name for each in fields(Browser) if each.name not in ("clock", "flights", "document"))
_DOCUMENT_FIELDS = tuple(each.name for each in fields(Document) if each.name != "frame")

SHARED = 5_000
"""How many values that many worlds share are remembered with their digests."""


class Known(NamedTuple):
    """The digests of a world's parts, with the parts: what its children need not read again."""

    lines: dict[str, tuple[Line, bytes]]
    tabs: dict[int, tuple[Any, bytes]]
    parts: dict[str, tuple[Any, bytes]]


FRESH = Known({}, {}, {})


class Fingerprints:
    """Reads worlds. `steps`: views may see how many messages they had (`socket.random`); `ages`: the order of messages counts."""

    __slots__ = ("_same", "ages", "bags", "prints", "steps")

    def __init__(self, *, steps: bool = False, ages: bool = False, bags: bool = False) -> None:
        self.prints = Prints()
        self.steps = steps
        self.ages = ages
        self.bags = bags
        self._same: dict[int, tuple[Any, bytes]] = {}

    def of(self, world: World, known: Known, more: Any = ()) -> tuple[bytes, Known]:
        """A world's fingerprint, and the digests of its parts; `more` counts with it."""
        out: Out = []
        lines: dict[str, tuple[Line, bytes]] = {}
        for pid in sorted(world.lines):
            line = world.lines[pid]
            before = known.lines.get(pid)
            entry = before if before is not None and before[0] is line else (line, self._line(line))
            lines[pid] = entry
            out.append(entry[1])
        tabs: dict[int, tuple[Any, bytes]] = {}
        for number in sorted(world.browsers):
            browser = world.browsers[number]
            seen = known.tabs.get(number)
            there = seen if seen is not None and seen[0] is browser else (browser, self._tab(browser))
            tabs[number] = there
            out.append(there[1])
        parts: dict[str, tuple[Any, bytes]] = {}
        for name in ("store", "topics", "tasks", "timers"):
            value: Any = getattr(world, name)
            old = known.parts.get(name)
            part = (
                old if old is not None and old[0] is value else (value, cast(bytes, getattr(self, f"_{name}")(value)))
            )
            parts[name] = part
            out.append(part[1])
        mailboxes = world.mailboxes
        if mailboxes is not None:
            self._mailboxes(world, mailboxes, out)
        out.append(repr((world.now, world.hold, more)).encode())
        return blake2b(b"".join(out), digest_size=16).digest(), Known(lines, tabs, parts)

    # --- lines ------------------------------------------------------------------------------------------------------

    def _line(self, line: Line) -> bytes:
        feed, out = self.prints.feed, cast(Out, [])
        feed(line.id, out)
        feed(line.title, out)
        self._process(line.process, out)
        tab: Tab = line.tab
        self._process(tab.waiting, out)
        out.append(self._once(tab, self._cold))
        for note in line.notes:
            if note.number not in tab.asserted:
                feed((note.kind, note.name, note.payload, note.how), out)
        out.append(b"|")
        if line.last is not None or line.process is not None:
            feed(line.page, out)
        return blake2b(b"".join(out), digest_size=16).digest()

    def _once(self, value: Any, spelled: Callable[[Any], Any]) -> bytes:
        """The digest of a value that many worlds share."""
        found = self._same.get(id(value))
        if found is None:
            if len(self._same) > SHARED:
                self._same.clear()
            found = self._same[id(value)] = (value, self.prints.digest(spelled(value)))
        return found[1]

    def _cold(self, tab: Tab) -> Any:
        return (
            (tab.number, tab.url, tab.history, tab.left, tab.typed, tab.files, tab.chosen, tab.parent),
            (tab.dom_id, tab.children, tab.outside, tab.tracked, tab.brought, tab.joins, tab.failed, tab.reloads),
            sorted(topic for topic, _ in tab.subscriptions),
        )

    def _origin(self, origin: Any) -> Any:
        return (
            origin.id,
            origin.view,
            origin.session,
            origin.connection,
            origin.inherited,
            origin.sticky,
            origin.nested,
        )

    def _standing(self, standing: Any) -> Any:
        hooks, private, uploads = standing.hooks, standing.private, standing.uploads
        tasks = standing.tasks, standing.started
        return hooks, private, standing.render, standing.layout, standing.temporary, uploads, tasks

    def _process(self, process: Any, out: Out) -> None:
        if process is None:
            out.append(NOTHING)
            return
        feed = self.prints.feed
        out.append(self._once(process.origin, self._origin))
        out.append(b"%d %d;" % (process.patches, process.joined))
        feed(process.uri, out)
        if process.stopped is not None:
            out.append(b"!")
            feed(process.stopped, out)
        if self.steps:
            feed(process.steps, out)
        self._socket(process.socket, out)
        components = process.components
        out.append(b"%d;" % components.next_cid)
        for instance in sorted(components, key=lambda each: cast(int, each.cid)):
            feed((instance.module, instance.id, instance.cid, instance.marked), out)
            self._socket(instance.socket, out)

    def _socket(self, socket: Any, out: Out) -> None:
        self.prints.feed(socket._assigns, out)
        out.append(self._once(socket._standing, self._standing))
        if socket._redirected is not None:
            self.prints.feed(socket._redirected, out)

    # --- tabs -------------------------------------------------------------------------------------------------------

    def _tab(self, browser: Any) -> bytes:
        feed, out = self.prints.feed, cast(Out, [])
        for name in _TAB_FIELDS:
            value = getattr(browser, name)
            feed(list(value) if name in ("events", "notes") else value, out)
        document = browser.document
        for name in _DOCUMENT_FIELDS:
            feed(getattr(document, name), out)
        for flight in cast("tuple[Flight, ...]", browser.flights):
            feed((flight.direction, flight.view, flight.event, dict(flight.payload), flight.push, flight.due), out)
        return blake2b(b"".join(out), digest_size=16).digest()

    # --- the rest of the world --------------------------------------------------------------------------------------

    def _store(self, store: Any) -> bytes:
        return self.prints.digest({name: store[name] for name in sorted(store)})

    def _topics(self, topics: Any) -> bytes:
        return self.prints.digest({name: sorted(topics[name].order()) for name in sorted(topics)})

    def _tasks(self, tasks: Any) -> bytes:
        digest = self.prints.digest
        return b"".join(sorted(digest((work.process, work.task, work.fn)) for work in tasks.values()))

    def _timers(self, timers: Any) -> bytes:
        digest = self.prints.digest
        found = sorted(timers.values(), key=lambda timer: (timer.due, timer.seq))
        return b"".join(
            sorted(digest((each.due, each.process, each.message, each.name, each.every, each.own)) for each in found)
        )

    def _mailboxes(self, world: World, mailboxes: Mailboxes, out: Out) -> None:
        boxes = mailboxes.boxes
        if not boxes:
            out.append(NOTHING)
            self._lives(mailboxes, out)
            return
        for box in sorted(boxes):
            self.prints.feed(box, out)
            letters = [self._letter(each) for each in boxes[box]]
            if self.bags and box[0][0] == "process" and box[0][1] != box[1][0]:
                letters.sort()
            out.extend(letters)
        own = [box for box in sorted(boxes) if box[0] == ("process", box[1][0], str(box[1][1]))]
        if self.ages:
            self.prints.feed([box for _, box in sorted((each.age, box) for box in boxes for each in boxes[box])], out)
        else:
            for box in own:
                self._overtaking(mailboxes, box, out)
        for box in own:
            first, pid = boxes[box][0].seq, box[1][0]
            due = [timer for timer in world.timers.values() if timer.process == pid and timer.due <= world.now]
            self.prints.feed(sorted((timer.due, timer.seq < first) for timer in due), out)
        self._lives(mailboxes, out)

    def _lives(self, mailboxes: Mailboxes, out: Out) -> None:
        """Which processes are not the first of their name."""
        lives = [(pid, life) for pid, (_, life) in mailboxes.lives.items() if life > 1]
        if lives:
            out.append(b"L")
            self.prints.feed(sorted(lives), out)

    def _overtaking(self, mailboxes: Mailboxes, box: Box, out: Out) -> None:
        """Where a process has written to itself, how much of that was there before what else is for it."""
        boxes = mailboxes.boxes
        own = [letter.age for letter in boxes[box]]
        for other in sorted(boxes):
            if other[1] == box[1] and other != box:
                ahead = [sum(1 for age in own if age < letter.age) for letter in boxes[other]]
                self.prints.feed((other, ahead), out)

    def _letter(self, letter: Letter) -> bytes:
        found = letter.print
        if found is None:
            found = letter.print = self.prints.digest(
                (letter.frame, letter.origin, letter.event, letter.payload, letter.sender, letter.push)
            )
        return found
