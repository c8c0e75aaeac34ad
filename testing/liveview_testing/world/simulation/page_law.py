"""The patch law: the page that the diffs built is the page that a render from scratch gives.

Owns the comparison, and when it is made without being asked for: at the end of each pytest test, for every view of the worlds that
the test made (`Ending`), or after every act of a world that says so (`checks={"patch law": "every act"}`). Law: it looks, and
changes nothing.
"""

from __future__ import annotations

import sys
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Protocol

from liveview_core.errors import LiveViewError
from liveview_core.process.step import render_full
from liveview_testing.user.html.html_reader import Tag, Text, read
from liveview_testing.world.browsing.visits import described
from liveview_testing.world.mutable_assigns import store_changes
from liveview_testing.world.page_checks import PageWarning
from liveview_testing.world.world import connected

if TYPE_CHECKING:
    from liveview_core.process.step import Process
    from liveview_testing.browser.page.page import Page
    from liveview_testing.world.log.happening import Happening
    from liveview_testing.world.world import Line, World

CHECK = "patch law"


class LawBroken(LiveViewError, AssertionError):
    """A law does not hold. `.law` is its name."""

    def __init__(self, law: str, happened: str, *, expected: str, got: str, cure: str | None = None) -> None:
        self.law = law
        super().__init__(f"the {law} law is broken: {happened}", expected=expected, got=got, cure=cure)


class OnPage(Protocol):
    """A view whose page is compared."""

    @property
    def line(self) -> Line: ...

    @property
    def dom(self) -> Page: ...


def patch_law(view: OnPage) -> None:
    """The page that the diffs built is the page that a render from scratch gives.

    Not compared is what the server does not hold: the children of streams, what is inside `phx-update="ignore"`, and the
    whitespace between tags.
    """
    _compare(view.line, view.dom.html())


def _compare(line: Line, built: str) -> None:
    process = line.process
    assert process is not None
    try:
        fresh = render_full(process)
    except Exception as error:
        _tell(line)
        raise LawBroken(
            "patch",
            f"the page of {described(line)} cannot be rendered from scratch",
            expected="a template that depends on the assigns alone",
            got=repr(error),
            cure="what the template reads was changed without assign (mutated in place?)",
        ) from error
    if built == fresh:
        return
    found = difference(read(built), read(fresh))
    if found is not None:
        where, mine, theirs = found
        _tell(line)
        raise LawBroken(
            "patch",
            f"the page of {described(line)} is not what the server would render{where and ' in ' + where}",
            expected=theirs,
            got=mine,
            cure=_cure(process.socket._assigns),
        )


def _cure(assigns: Mapping[str, Any]) -> str:
    """What may have made the difference: what is read once, else what was changed in place."""
    once = next((name for name, value in assigns.items() if isinstance(value, Iterator)), None)
    if once is not None:
        kind = type(assigns[once]).__name__
        return f"@{once} is a {kind}, which is empty once it was read: assign a tuple, or a list, of what it gives"
    cure = "an assign was changed without assign (mutated in place?), or a message was lost on the way"
    if "streams" in assigns:
        cure += "; or a stream was counted (len): there is only in it what is to be sent"
    return cure


def _tell(line: Line) -> None:
    if current is not None:
        current.told(line)


_MARKS = ("data-phx-component", "data-phx-stream", "data-phx-parent-id")


def difference(built: list[Tag | Text], fresh: list[Tag | Text], where: str = "") -> tuple[str, str, str] | None:
    """The first place where two pages differ, and what is there in each; the children of streams do not count."""
    for mine, theirs in zip_longest(_said(built), _said(fresh)):
        if isinstance(mine, Tag) and isinstance(theirs, Tag):
            update = dict(mine.attributes).get("phx-update")  # a browser asks the element that is there
            ignored = update == "ignore"
            if mine.name != theirs.name or _attributes(mine, ignored) != _attributes(theirs, ignored):
                return where, mine.written, theirs.written
            here = f"{where} {mine.name}".strip()
            if update not in ("stream", "ignore"):
                found = difference(mine.children, theirs.children, here)
                if found is not None:
                    return found
        elif isinstance(mine, Text) and isinstance(theirs, Text):
            if mine.plain.split() != theirs.plain.split():
                return where, mine.plain.strip(), theirs.plain.strip()
        elif mine is not theirs:
            return where, _written(mine), _written(theirs)
    return None


def _said(nodes: list[Tag | Text]) -> list[Tag | Text]:
    return [node for node in nodes if isinstance(node, Tag) or node.plain.strip()]


def _attributes(tag: Tag, ignored: bool) -> list[tuple[str, str]]:
    pairs = [(name, value) for name, value in tag.attributes if not name.startswith(_MARKS)]
    return sorted(pair for pair in pairs if not ignored or pair[0].startswith("data-"))


def _written(node: Tag | Text | None) -> str:
    return "nothing" if node is None else node.written.strip()


# --- without being asked for ------------------------------------------------------------------------------------------------


class _World(Protocol):
    @property
    def world(self) -> World: ...


class Ending:
    """The worlds that a test made, to be held to the law when it is over."""

    MANY = 200  # worlds that are kept until then: of a property's thousands the oldest are looked at earlier
    FORKS = 100  # that are kept; who makes more explores
    TOLD = 5  # of those made last a failure tells

    def __init__(self) -> None:
        self._worlds: deque[_World] = deque()
        self._broken: LawBroken | None = None
        self._told: list[Line] = []
        self.made: deque[_World] = deque(maxlen=self.TOLD)
        """The worlds that the test made last, no forks."""
        self.idle: dict[tuple[str, int], Callable[[], str]] = {}
        """What may have been done in vain, by file and line: the text that says so at the end, empty if it was not."""

    def told(self, line: Line) -> None:
        """The test was told that this page is wrong, in the state that it is in: it knows."""
        self._told.append(line)

    def knows(self, line: Line) -> bool:
        """Whether it was told so."""
        return any(each is line for each in self._told)

    def add(self, world: _World, *, fork: bool = False) -> None:
        """A world was made."""
        if fork and len(self._worlds) >= self.FORKS:
            return
        self._worlds.append(world)
        if not fork:
            self.made.append(world)
        if len(self._worlds) > self.MANY:
            self._look(self._worlds.popleft())

    def hold(self) -> None:
        """The test is over: raises `LawBroken` of the first page that is not what it should be."""
        while self._worlds and self._broken is None:
            self._look(self._worlds.popleft())
        broken, self._broken = self._broken, None
        self._worlds.clear()
        self._told.clear()
        if broken is not None:
            broken.add_note(
                'at the end of the test; Simulation(checks={"patch law": "every act"}) names the act that did it'
            )
            raise broken.with_traceback(None)
        idle, self.idle = self.idle, {}
        for (file, line), told in idle.items():
            if text := told():
                warnings.warn_explicit(text, PageWarning, file, line)

    def _look(self, world: _World) -> None:
        try:
            _held(world.world, ("raise", "warn"))
        except LawBroken as broken:
            self._broken = self._broken or broken


current: Ending | None = Ending() if "_liveview_pytest" in sys.modules else None
"""Who is told of new worlds; the plugin puts one here for each test."""


@contextmanager
def aside() -> Generator[None]:
    """Worlds that are made meanwhile are no test's: something is tried in them."""
    global current
    before, current = current, None
    try:
        yield
    finally:
        current = before


def after_act(world: World, happened: list[Happening]) -> None:
    """Hold the law after an act, for the views that ask for it; the error names the act."""
    try:
        _held(world, ("every act",))
    except LawBroken as broken:
        broken.add_note(f"after {_told(happened)}")
        raise


def store_law(world: World) -> None:
    """What is in the store is what was put there: forks share it, and an act that fails leaves it as it was."""
    for name, was, now in store_changes(world):
        raise LawBroken(
            "store",
            f"sim.store[{name!r}] was changed in place",
            expected=f"what was put there, {was}",
            got=now,
            cure=f"put another: sim.store[{name!r}] = …, or sim.store.update({name!r}, lambda value: …); forks and failed acts"
            " would share what is changed in place",
        )


def _held(world: World, policies: tuple[str, ...]) -> None:
    store_law(world)
    for line in connected(world):
        policy = line.tab.checks.get(CHECK, "ignore")
        if policy not in policies or not line.joined or (current is not None and current.knows(line)):
            continue
        if not comparable(world, line):
            continue
        try:
            _compare(line, line.page.html())
        except RecursionError:
            continue  # it is too deep to be compared, as it is to be read
        except LawBroken as broken:
            if policy != "warn":
                raise
            warnings.warn(str(broken), PageWarning, stacklevel=2)


def broken_in(world: World, tab: int) -> LawBroken | None:
    """The first page in a tab that is not what the server would render, for the text of another failure."""
    for line in connected(world):
        if line.tab.number != tab or not line.joined or not comparable(world, line):
            continue
        try:
            _compare(line, line.page.html())
        except LawBroken as broken:
            return broken
    return None


def comparable(world: World, line: Line) -> bool:
    """Whether a page has to be what its process would render now: it knows all that it has shown, and nothing is on its way."""
    return line.process is not None and not _forgets(line.process) and not _lags(world, line)


def _lags(world: World, line: Line) -> bool:
    """Whether something that the server has sent is still on its way to the page."""
    browser = world.browsers.get(line.tab.number) if world.browsers else None
    return browser is not None and any(each.direction == "server" and each.view == line.id for each in browser.flights)


def _forgets(process: Process) -> bool:
    """Whether it has temporary assigns: then the page shows what the process no longer knows."""
    sockets = (process.socket, *(each.socket for each in process.components))
    return any(socket._standing.temporary for socket in sockets)


def _told(happened: list[Happening]) -> str:
    if not happened:
        return "an act that sent no message"
    first = happened[0]
    if first.origin == "client" and first.event == "event":
        return f"the {first.payload.get('type')} event {first.payload.get('event')!r} of {first.process}"
    return f"{first.origin} {first.event!r} to {first.process}"
