"""What people do in real pages, done again in a world of a test's own, act by act.

Owns `Recorder`. What comes from the pages is data of a few shapes. Each act is done at once in a plain simulation, by the locator
that the test will have; what is asserted is read there, not in the real page. Panel acts that a test can do are done too.

Law: a step that is kept has passed in the world of the test; what could not be done is kept with why, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from attrs import evolve, field

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.declaring import define, frozen
from liveview_testing.record.scripts.act import TEST, Act
from liveview_testing.record.scripts.literals import Spelling, where_is
from liveview_testing.record.scripts.player import Player
from liveview_testing.record.scripts.targets import OnLocator, OnPage, OnWorld, Target, target_code
from liveview_testing.showing.recording import pointing
from liveview_testing.showing.recording.pointing import Spot
from liveview_testing.showing.recording.reported_acts import NoAct, page_call, panel_acts
from liveview_testing.user.locators.expecting.expect import expect
from liveview_testing.user.locators.scene import NAMES
from liveview_testing.user.simulation import Simulation
from liveview_testing.world.log.happening import SECOND

if TYPE_CHECKING:
    from liveview_testing.showing.targets import Person, Shown

__all__ = ["Assertion", "Failed", "NoAct", "Raw", "RecordedStep", "Recorder"]

ACTS = ("click", "fill", "select", "check", "uncheck", "press", "files")
LOOKS = ("text", "visible", "value", "checked", "count", "url", "aria")


@frozen
class Assertion:
    """What somebody pointed at, and what is to be so."""

    who: str
    on: Target
    method: str
    args: tuple[Any, ...] = ()

    def spelled(self, spelling: Spelling) -> str:
        """The line of Python."""
        spelling.uses("liveview_testing", "expect")
        target = target_code(self.who, "page", self.on, spelling)
        return f"expect({target}).{self.method}({', '.join(map(spelling.of, self.args))})"


@frozen
class Failed:
    """What could not be done, and why."""

    what: str
    why: str


RecordedStep: TypeAlias = "Act | Assertion | Failed"


@frozen
class Raw:
    """What came: from whom, what, when on the world's clock, and how long the journal was then."""

    who: str
    data: Mapping[str, Any]
    at: int
    entries: int = 0


@define(eq=False)
class Recorder:
    """A recording: what came, and the steps that were made of it, in a world of its own."""

    shown: Shown
    begun: int
    seed: int | str = 0
    raw: list[Raw] = field(factory=list[Raw])
    people: dict[str, Person] = field(factory=dict[str, "Person"])
    steps: list[RecordedStep] = field(factory=list["RecordedStep"], init=False)
    sim: Simulation = field(init=False)
    player: Player = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.again(self.raw)

    # --- worlds -------------------------------------------------------------------------------------------------------

    @property
    def router(self) -> Any:
        """The router, if a test can import it."""
        return self.shown.router if where_is(self.shown.router) is not None else None

    def fresh(self) -> tuple[Simulation, Player]:
        """The world of the test, as it begins."""
        sim = Simulation(self.router, seed=self.seed)
        return sim, Player(sim)

    def again(self, raw: list[Raw]) -> None:
        """Begin anew, with what came so far."""
        self.sim, self.player = self.fresh()
        self.steps, self.raw = [], []
        for name, value in sorted(self.shown.store.items()):
            self._keep(Act(TEST, "page", OnWorld("store"), "put", (name, value)))
        for each in raw:
            self.take(each)

    def cut(self, entries: int) -> None:
        """What came later than so many entries of the journal did not happen."""
        self.again([each for each in self.raw if each.entries <= entries])

    def raws(self) -> list[Any]:
        """What came so far, as JSON can have it."""
        return [[each.who, each.data, each.at, each.entries] for each in self.raw]

    def lines(self) -> list[str]:
        """The steps so far, to be read."""
        spelling = Spelling(strict=False)
        return [f"# {each.what}" if isinstance(each, Failed) else each.spelled(spelling) for each in self.steps]

    # --- taking -------------------------------------------------------------------------------------------------------

    def take(self, raw: Raw, person: Person | None = None) -> None:
        """Something has come, from somebody; what could not be done is kept as such."""
        self.raw.append(raw)
        if person is not None:
            self.people[raw.who] = person
        try:
            self._pass(raw.at)
            self._take(raw.who, raw.data)
        except (LiveViewError, AssertionError, LookupError) as error:
            what = f"{raw.who} {raw.data.get('act')} {raw.data.get('value', '')}".rstrip()
            self.steps.append(Failed(what, str(error)))

    def _pass(self, at: int) -> None:
        """Time goes on in the test's world too, if something is due in it meanwhile."""
        wait = self._wait(at)
        if wait:
            self._keep(Act(TEST, "page", OnWorld("clock"), "advance", (wait,)))

    def _wait(self, at: int) -> float:
        """How many seconds have to pass up to an instant of the session; 0 if nothing is due."""
        now = self.sim.world.now
        wanted = self.sim_begun + (at - self.begun)
        due = self.sim.next_due(wanted) if wanted > now else None
        return -(-(wanted - now) // 1000) * 1000 / SECOND if due is not None and due <= wanted else 0

    def as_of(self, at: int) -> Player:
        """The world of the test at an instant of the session, to look at."""
        fork, wait = self.sim.fork(), self._wait(at)
        if wait:
            fork.clock.advance(wait)
        return Player(fork)

    @property
    def sim_begun(self) -> int:
        """When the test's world begins."""
        return self.sim._begun

    def _take(self, who: str, data: Mapping[str, Any]) -> None:
        kind = data.get("act")
        if kind == "panel":
            self._panel(data)
            return
        if kind == "open" and not (data.get("how") == "travel" and who in self.player.people):
            self._opened(who, str(data.get("url")), data.get("how") == "reload", self._person(who))
            return
        if who not in self.player.people:
            raise NoAct(f"{who} has no page", expected="a page that was opened while this is recorded")
        if kind in ("travel", "open"):
            self._travelled(who, str(data.get("url")))
        elif kind in ACTS:
            self._acted(who, str(kind), data)
        elif kind == "expect":
            self._asserted(who, str(data.get("what")), data)
        else:
            raise NoAct(
                "nobody knows what this is", expected=", ".join((*ACTS, "open", "travel", "expect")), got=shown(kind)
            )

    def _keep(self, act: Act) -> None:
        self.player.do(act)
        self.steps.append(evolve(act, code_object=None))

    def _person(self, who: str) -> Person | None:
        return self.people.get(who) or next((each for each in self.shown.people if each.name == who), None)

    # --- pages --------------------------------------------------------------------------------------------------------

    def _opened(self, who: str, url: str, reload: bool, person: Person | None) -> None:
        if who not in self.player.people:
            options = {} if person is None else _options(person)
            if NAMES[len(self.player.people) % len(NAMES)] != who:
                options["name"] = who
            self._keep(Act(who, "page", OnWorld(), "page", (self._target(url),), options))
        elif reload:
            self._keep(Act(who, "page", OnPage(), "reload"))
        elif self._path(who) != url:
            self._keep(Act(who, "page", OnPage(), "goto", (url,)))

    def _target(self, url: str) -> Any:
        if self.router is not None:
            return url
        path = url.partition("?")[0].partition("#")[0]
        view = next((route.view for route, _ in self.shown.router.table if route.path == path), None)
        if view is None:
            raise NoAct(
                f"the test cannot open {url}",
                expected="a router that a module has by a name",
                cure="ROUTER = Router([…])",
            )
        return view if isinstance(view, type) or vars(view) else type(view)

    def _path(self, who: str) -> str:
        url = str(self.player.page(who).url)
        return "/" + url.partition("://")[2].partition("/")[2]

    def _travelled(self, who: str, url: str) -> None:
        """Back or forward: whichever leads there."""
        if self._path(who) == url:
            return
        for verb in ("go_back", "go_forward"):
            fork = self.player.page(who).fork()
            getattr(fork, verb)()
            if "/" + str(fork.url).partition("://")[2].partition("/")[2] == url:
                self._keep(Act(who, "page", OnPage(), verb))
                return
        self._keep(Act(who, "page", OnPage(), "goto", (url,)))

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _acted(self, who: str, kind: str, data: Mapping[str, Any]) -> None:
        page = self.player.page(who)
        reading = page.reading
        query = pointing.best(Spot.read(data.get("on")).find(reading), reading)
        verb, args = page_call(kind, data)
        answers = tuple(each is True for each in data.get("answers") or ())
        act = Act(who, "page", OnLocator(query), verb, args, answers=answers)
        last = self.steps[-1] if self.steps else None
        before = self._seen(who)
        self._keep(act)
        if kind in ("click", "press") and self._seen(who) == before:
            self.steps.pop()  # it caused nothing
        elif kind == "fill" and isinstance(last, Act) and (last.who, last.on, last.verb) == (who, act.on, "fill"):
            del self.steps[-2]  # the same field, typed into again

    def _seen(self, who: str) -> tuple[Any, ...]:
        page = self.player.page(who)
        return self.sim.world.count, page.content(), page.url

    def _panel(self, data: Mapping[str, Any]) -> None:
        """What the panel did."""
        for act in list(panel_acts(data, self.player)):
            self._keep(act)

    # --- assertions ---------------------------------------------------------------------------------------------------

    def _asserted(self, who: str, what: str, data: Mapping[str, Any]) -> None:
        page = self.player.page(who)
        if what == "url":
            self._hold(Assertion(who, OnPage(), "to_have_url", (page.url,)))
            return
        reading = page.reading
        element = Spot.read(data.get("on")).find(reading)
        text = pointing.text_of(element)
        looks: dict[str, Callable[[], tuple[Any, str, tuple[Any, ...]]]] = {
            "text": lambda: (pointing.without_text(element, reading, text), "to_have_text", (text,)),
            "visible": lambda: (pointing.best(element, reading), "to_be_visible", ()),
            "value": lambda: self._read(who, pointing.best(element, reading), "input_value", "to_have_value"),
            "checked": lambda: self._ticked(who, pointing.best(element, reading)),
            "count": lambda: _counted(pointing.all_like(element, reading), reading),
            "aria": lambda: self._read(
                who, pointing.without_text(element, reading, text), "aria_snapshot", "to_match_aria_snapshot"
            ),
        }
        if what not in looks:
            raise NoAct("that cannot be asserted", expected=", ".join(LOOKS), got=shown(what))
        query, method, args = looks[what]()
        self._hold(Assertion(who, OnLocator(query), method, args))

    def _read(self, who: str, query: Any, reads: str, method: str) -> tuple[Any, str, tuple[Any, ...]]:
        return query, method, (getattr(self.player.handle(who, OnLocator(query)), reads)(),)

    def _ticked(self, who: str, query: Any) -> tuple[Any, str, tuple[Any, ...]]:
        ticked = self.player.handle(who, OnLocator(query)).is_checked()
        return query, "to_be_checked" if ticked else "not_to_be_checked", ()

    def _hold(self, assertion: Assertion) -> None:
        done(self.player, assertion)
        self.steps.append(assertion)


def raws_from(given: list[Any]) -> list[Raw]:
    """What came, as `Recorder.raws` told it."""
    return [Raw(who, data, at, entries) for who, data, at, entries in given]


def done(player: Player, step: Act | Assertion) -> None:
    """Do a step in a world. Raises what it raises there."""
    if isinstance(step, Act):
        player.do(step)
    else:
        handle: Any = player.handle(step.who, step.on)
        expected = cast("Any", expect)(handle)
        getattr(expected, step.method)(*step.args)


def _counted(query: Any, reading: Any) -> tuple[Any, str, tuple[Any, ...]]:
    return query, "to_have_count", (len(query.find(reading)),)


def _options(person: Person) -> dict[str, Any]:
    given = {"session": person.session, "connect_params": person.connect_params, "connect_info": person.connect_info}
    return {name: dict(each) for name, each in given.items() if each}
