"""One tab of one world, as everything in this room asks for it.

Owns `Scene`: where a tab is (a world and a number), what it shows, read once for each version of its document, and how something
is done to it. `Worlds` is the little that is asked of a simulation.

Law: a scene holds nothing that belongs to the world; the same tab in a fork is another scene, and what happens there is not seen
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast

from liveview_core.errors import BadOption, shown
from liveview_testing.browser import react
from liveview_testing.user.locators import options
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding import TEST_ID, reading
from liveview_testing.world.tabs import tab_documents, tabs
from liveview_testing.world.world import NOTHING

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser
    from liveview_testing.browser.stimuli import Stimulus
    from liveview_testing.user.locators.finding.reading import Reading
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.simulation.acting import Acting
    from liveview_testing.world.simulation.delivering.delivery import Run
    from liveview_testing.world.world import World

T = TypeVar("T")


class Worlds(Protocol):
    """A simulation, as far as a tab needs it."""

    @property
    def world(self) -> World: ...

    def act(self, cause: Callable[[Run], T]) -> T: ...

    def ahead(self) -> Worlds: ...

    def next_due(self, until: int) -> int | None: ...

    def pass_time(self, by: int) -> None: ...

    def adopt(self, other: Worlds) -> None: ...


class Memory:
    """What the test told about a tab, whichever world it is looked at in: timeouts, and who answers its dialogs."""

    __slots__ = ("absent", "acts", "expects", "listeners", "name", "opening", "tab", "test_id")

    def __init__(self, name: str) -> None:
        self.name = name
        self.absent: dict[object, object] = {}  # what was said not to be there, and on which page that was looked at
        self.acts: float | None = None
        self.expects: float | None = None
        self.listeners: dict[str, list[tuple[Callable[..., Any], bool]]] = {}
        self.opening: Mapping[str, Any] = NOTHING
        self.test_id = TEST_ID
        self.tab = 0

    def copy(self) -> Memory:
        """The same, to be changed apart."""
        other = Memory(self.name)
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        return other


NAMES: Sequence[str] = (
    *("Ann", "Ben", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Leo", "Mia", "Ned", "Ora", "Pip"),
    *("Quin", "Ray", "Sue", "Tom", "Una", "Vic", "Wes", "Xia", "Yan", "Zoe"),
)


class People(list[Memory]):
    """What is remembered of each tab of a world, in order of opening; by its tab and its name none of the others is asked.

    Who opens his first page later has no tab before: whoever gives him one says so by `seat`. A fork's is a list like any other
    until it is asked: most forks never are.
    """

    __slots__ = ("_names", "_tabs", "_told")

    _told: int
    _names: set[str]
    _tabs: dict[int, Memory]

    def at(self, tab: int) -> Memory | None:
        """Who sits at a tab."""
        self._look()
        return self._tabs.get(tab)

    def has(self, name: str) -> bool:
        """Whether somebody is called so."""
        self._look()
        return name in self._names

    def seat(self, memory: Memory, tab: int) -> None:
        """This is his tab."""
        self._look()
        memory.tab = tab
        self._tabs[tab] = memory

    def _look(self) -> None:
        """At those who came since it was asked last."""
        try:
            if self._told == len(self):
                return
        except AttributeError:
            self._told, self._names, self._tabs = 0, set(), {}
        for each in self[self._told :]:
            self._names.add(each.name)
            if each.tab:
                self._tabs.setdefault(each.tab, each)
        self._told = len(self)


def new_memory(people: People, name: object) -> Memory:
    """What is remembered of the tab of the next person: the next name that nobody has, unless one is given."""
    if name is not None:
        if not options.text(name, "a name").strip():
            raise BadOption("a name has letters", expected="a str", got=shown(name), cure='name="Ann"')
        return Memory(cast(str, name))
    number = len(people)
    while True:
        again, at = divmod(number, len(NAMES))
        next_name = NAMES[at] + (f" {again + 1}" if again else "")
        if not people.has(next_name):
            return Memory(next_name)
        number += 1


class Scene:
    """A tab in a world."""

    __slots__ = ("_memory", "_read", "_tab", "_world")

    def __init__(self, world: Worlds, tab: int, memory: Memory) -> None:
        self._world = world
        self._tab = tab
        self._memory = memory
        self._read: Reading | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scene):
            return NotImplemented  # a snapshot on the other side knows how to compare
        return self._world is other._world and self._memory is other._memory

    def __hash__(self) -> int:
        return hash((id(self._world), self._tab))

    def _asked(self) -> tuple[Acting, Asked]:
        """The tab, as what acts are done to."""
        return cast("Acting", self._world), ("page", self._memory, "")

    @property
    def world(self) -> Worlds:
        """The world that it is in."""
        return self._world

    @property
    def memory(self) -> Memory:
        """What the test told about it."""
        return self._memory

    @property
    def tab(self) -> int:
        """The number of the tab; 0 before anything was opened in it."""
        return self._tab

    def policy(self, check: str) -> str:
        """What the world does about a check."""
        checks: Mapping[str, str] = getattr(self._world, "checks", {})
        return checks.get(check, "ignore")

    def elsewhere(self, world: Worlds) -> Self:
        """The same tab in another world."""
        return type(self)(world, self._tab, self._memory)

    @property
    def state(self) -> Browser:
        """The tab as a value."""
        browser = self._world.world.browsers.get(self._tab)
        if browser is None:
            raise Error(
                "nothing was opened in this tab" if not self._tab else "this tab is closed",
                expected="a tab that shows a page",
                cure='page.goto("/"), or sim.page("/")',
            )
        return browser

    @property
    def now(self) -> int:
        """The instant, in microseconds."""
        return self._world.world.now

    @property
    def reading(self) -> Reading:
        """The page as it is read now: once for each version of the document."""
        document = self.state.document
        found = self._read
        if found is None or found.document is not document:
            given: Mapping[str, Any] = self._world.world.store.get(tab_documents.SAID) or {}
            found = self._read = reading.Reading(document, given.get("styles") or {})
        return found

    def do(self, *stimuli: Stimulus) -> None:
        """Things happen to the tab, at once, and then everything that follows from them."""
        tab = self._tab

        def cause(run: Run) -> None:
            for number, stimulus in enumerate(stimuli):
                try:
                    tabs.react(run, tab, stimulus)
                except react.Gone:
                    if not number:
                        raise Error(
                            "Element is not attached to the DOM",
                            expected="the element as it was found",
                            got="a page that has changed while its dialog was open",
                            cure="let the listener answer the dialog; act on the page before, or after",
                        ) from None
                    # What happened before took the element away: the second click of two has nothing to hit.

        self._world.act(cause)

    def do_each(self, stimuli: Iterable[Stimulus]) -> None:
        """Things happen to the tab one after the other: what follows from one has happened before the next."""
        tab = self._tab

        def cause(run: Run) -> None:
            for stimulus in stimuli:
                tabs.react(run, tab, stimulus)
                run.settle()

        self._world.act(cause)
