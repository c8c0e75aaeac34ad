"""A timeline: a run as data, and the page that shows it.

Owns `Timeline`, a value that is written, read back and asked for its pages, and `timeline`, which makes it of a world that
recorded. Law: the same run makes the same bytes, in another process and with another hash seed; what the file says of a page is
what the page was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_testing.record.scripts.replaying import replay
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.timelines.choices import Choices
from liveview_testing.record.timelines.failing import Failure
from liveview_testing.record.timelines.html_file import css_text, fit, kit_version, packed, unpacked
from liveview_testing.record.timelines.pages import Pages
from liveview_testing.record.timelines.redaction import SECRETS, Hiding, Names
from liveview_testing.record.timelines.steps.act_summaries import meant, test_lines
from liveview_testing.record.timelines.steps.acts import Acts, shown_file
from liveview_testing.record.timelines.steps.encoding import Encoder
from liveview_testing.record.timelines.steps.people import People
from liveview_testing.record.timelines.steps.steps import Data, Telling
from liveview_testing.world.log.message_records import CSS, Record, chain, recorded
from liveview_testing.world.log.retention import forgotten, missing
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.tabs.tab_documents import SAID
from liveview_testing.world.timers import moment
from liveview_testing.world.tracebacks import shortened

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser
    from liveview_testing.user.simulation import Simulation

__all__ = ["SCHEMA", "NotRecorded", "Timeline", "read_timeline", "timeline"]

SCHEMA = "liveview-timeline/1"


class NotRecorded(LiveViewError, LookupError):
    """A world did not record, and its run cannot be played again."""


class Timeline:
    """A run that can be looked at: `write(path)` makes the page, `data` is what is in it.

    `data` is plain JSON data; the schema is described in the documentation, and its version is `data["schema"]`.
    """

    __slots__ = ("_choices", "_pages", "data")

    def __init__(self, data: Mapping[str, Any], choices: Choices | None = None) -> None:
        self.data = data
        self._choices = choices
        self._pages: Pages | None = None

    @property
    def steps(self) -> Sequence[Mapping[str, Any]]:
        """The steps, oldest first."""
        steps: Sequence[Mapping[str, Any]] = self.data["steps"]
        return steps

    @property
    def acts(self) -> Sequence[Mapping[str, Any]]:
        """The acts, oldest first."""
        acts: Sequence[Mapping[str, Any]] = self.data["acts"]
        return acts

    def text(self, number: int) -> str:
        """A text of the data, which stands there by its number."""
        text: str = self.data["strings"][number]
        return text

    def page(self, process: str, step: int) -> str | None:
        """The html of a view after a step, with the views that are nested in it; None if there was none yet."""
        return self.pages.html(process, step)

    @property
    def script(self) -> Script | None:
        """What was done, to be replayed or written as a test; None where it has no literal, or holds a secret.

        It imports the modules that it names: read only what you trust.
        """
        told: Mapping[str, Any] = self.data["script"] or {}
        return None if told.get("acts") is None else Script.from_json(told["acts"])

    @property
    def pages(self) -> Pages:
        """The versions of the pages."""
        if self._pages is None:
            self._pages = Pages(self.data)
        return self._pages

    def html(self) -> str:
        """The page that shows the run: one file, which needs no other and no network."""
        return packed(self.data)

    @shortened
    def write(self, path: str | Path) -> Path:
        """Write the page that shows the run; where it is. Beside one of an exploration are the worlds behind other choices."""
        if not isinstance(path, (str, PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "a page is written to a path",
                expected="a str or a Path",
                got=shown(path),
                cure='timeline(sim).write("run.html")',
            )
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        data = self.data
        if self._choices is not None and self._choices.beside:
            data = {**data, "behind": f"{file.stem}.worlds/"}
            self._choices.write(file)
        file.write_text(packed(data), encoding="utf-8", newline="\n")
        return file

    def _repr_html_(self) -> str:
        """In a notebook: the page that shows the run, in a frame of its own; a large one is told by its acts and steps."""
        from html import escape

        page = self.html()
        if len(page) > 1_000_000:
            return f"<p>{escape(repr(self))}: write it, timeline.write(path), and look at it there.</p>"
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(page, quote=True)}" '
            f'style="width: 100%; height: 640px; border: 1px solid #8884"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Timeline of {len(self.acts)} acts, {len(self.steps)} steps>"


@shortened
def timeline(
    sim: Simulation,
    *,
    title: str | None = None,
    names: Mapping[int, str] | None = None,
    css: str | Path | None = None,
    hide: Names = SECRETS,
    failure: Failure | None = None,
    choices: Choices | None = None,
) -> Timeline:
    """The run of a world so far, to be looked at: `timeline(sim).write("run.html")`.

    A world that was not made with `record=True` is played again, by its script, in one that is. `css` is the style sheet of the
    pages, as text or as a path. `names` says who sits at a tab, by its number. `hide` are names, or parts of names, of what is
    secret: the values of fields, assigns and parameters that are so called are hidden, wherever they stand. `choices` are those of
    an exploration, which has a timeline of its own: `explore(…, raising=False).timeline()`.
    """
    if not isinstance(sim, Acting):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "a timeline is of a world",
            expected="a Simulation",
            got=shown(sim),
            cure="timeline(sim), timeline(view.sim)",
        )
    sim = recording_of(sim)
    last = recorded(sim.world.store)
    world = sim.world
    assert last is not None
    hiding = Hiding(hide)
    encoder = Encoder()
    records = chain(last)
    if records and records[0].kind == "begin":  # what was before it is forgotten
        begin: Record | None = records.pop(0)
    else:
        begin = records[0].earlier if records else last
    started = begin.now if begin is not None else world.now
    people = People(encoder, {each.tab: each.name for each in sim.people if each.tab}, names or {})
    acts = Acts(encoder, people, sim)
    telling = Telling(encoder, people, hiding, started, world.store)
    gone = forgotten(world)
    if begin is not None and begin.number:
        _begun(telling, records, sim)
    counts = _told(telling, acts, _in_order(records), sim, 0 if begin is None else begin.number)
    left_out = ["Images, fonts and other files are not loaded."]
    sheet = css_text(world.store.get(CSS) if css is None else css)
    if sheet is None:
        left_out.append("Style sheets were not given: pages are shown in plain style.")
    if gone:
        left_out.append(f"The page begins later than the run: {missing(gone, world.kept)}.")
    failed = None if failure is None else _failure(failure, encoder, telling, acts)
    if hiding.count:
        left_out.append(f"{hiding.count} secret value{'s are' if hiding.count > 1 else ' is'} shown as •••.")
    data: Data = {
        "schema": SCHEMA,
        "title": title or "A run",
        "kit": kit_version(),
        "seed": world.seed,
        "started": moment(started).isoformat(),
        "ended": world.now - started,
        "strings": [],
        "nodes": encoder.nodes,
        "processes": people.processes,
        "steps": telling.steps,
        "acts": acts.told,
        "script": {
            "acts": _written(acts.script, hiding),
            "test": test_lines(acts.script, [acts.act(at) for at in range(len(acts.told))], _codes(encoder, acts)),
        },
        "sources": dict(sorted(acts.files.items())),
        "failure": failed,
        "css": sheet,
        "hidden": hiding.count,
        "left_out": left_out,
    }
    if choices is not None:
        data["choices"] = choices.told(encoder, counts)
        if choices.up is not None:
            data["up"] = choices.up
    data["strings"] = hiding.texts(encoder.strings)
    test = data["script"]["test"]
    if test is not None:
        test["lines"] = [hiding.texts(lines) for lines in test["lines"]]
    data["sources"] = dict(zip(data["sources"], hiding.texts(list(data["sources"].values())), strict=True))
    return Timeline(fit(data), choices)


def recording_of(sim: Simulation) -> Simulation:
    """The same run in a world that records: this one, if it does. Raises `NotRecorded`."""
    if recorded(sim.world.store) is not None:
        return sim
    script = sim.script
    cure = "Simulation(record=True), or pytest --liveview-report=DIR"
    expected = "a world that keeps each message with the page before and after it, or a run that can be played again"
    if script.gone:
        raise NotRecorded(
            "this world did not record what happened",
            expected=expected,
            got=f"a run of which the first {script.gone} acts are forgotten",
            cure=cure,
        )
    try:
        again = cast("Simulation", replay(evolve(script, world={**script.world, "record": True}, failed=None)))
    except Exception as error:
        where = next((note for note in getattr(error, "__notes__", ()) if note.startswith("in act ")), "its script")
        raise NotRecorded(
            f"this world did not record what happened, and cannot be played again: {where}",
            expected=expected,
            got=f"{type(error).__name__}: {str(error).partition(chr(10))[0]}",
            cure=cure,
        ) from error
    if again.digest != sim.digest:
        raise NotRecorded(
            "this world did not record what happened, and played again it is another run",
            expected=expected,
            got="callbacks or tasks that depend on more than the world: a clock, a file, chance",
            cure=cure,
        )
    return again


def records_of(sim: Simulation) -> int:
    """How much a world has recorded so far."""
    last = recorded(sim.world.store)
    return 0 if last is None else last.number


def read_timeline(path: str | Path) -> Timeline:
    """The timeline in a file that `Timeline.write` has written."""
    return Timeline(unpacked(Path(path).read_text(encoding="utf-8"), str(path)))


def _in_order(records: list[Record]) -> list[Record]:
    """The records as they began: what happened inside of a delivery comes after it."""
    return sorted(records, key=lambda record: (record.count, record.happening is None))


def _told(telling: Telling, acts: Acts, records: list[Record], sim: Simulation, begun: int) -> list[tuple[int, int]]:
    """Tell the records; after how many records there was which step."""
    counts: list[tuple[int, int]] = []
    crashed = sum(
        1
        for each in records
        if each.happening is not None and any(sent.event == "phx_error" for sent in each.happening.sent)
    )
    telling.expect_crashes(crashed)
    failed = sorted(sim.undone, key=lambda each: 0 if each.since is None else each.since.number)
    done = begun
    browsers: dict[int, Browser] = {}
    given: Mapping[str, Any] = sim.world.store.get(SAID) or {}
    styles: Mapping[str, str] = given.get("styles") or {}
    for record in [*records, None]:
        while failed and (record is None or (failed[0].since is not None and failed[0].since.number <= done)):
            each = failed.pop(0)
            act = acts.number(("undone", each.act, len(failed)), each.where)
            acts.first(act, telling.failed(each, act))
        if record is not None:
            act = acts.of(record)
            asked = acts.act(act)
            at = None if asked is None else meant(asked, browsers.get(record.tab), styles)
            acts.first(act, telling.tell(record, act), at)
            if record.browser is not None:
                browsers[record.tab] = record.browser
            done = max(done, record.number)
            counts.append((record.number, len(telling.steps)))
    return counts


def _written(script: Script, hiding: Hiding) -> str | None:
    """The script as JSON; None where it cannot be written, and where it holds what is hidden: it would do something else."""
    try:
        text = script.to_json()
    except LiveViewError:
        return None
    return text if hiding.texts([text]) == [text] else None


def _codes(encoder: Encoder, acts: Acts) -> list[str]:
    """Of each act the line that stands for it where it has none of its own."""
    return [f"# {encoder.strings[told['what']]}" if "what" in told else "pass" for told in acts.told]


def _begun(telling: Telling, records: list[Record], sim: Simulation) -> None:
    """What was there before the first record that is kept."""
    seen: set[str] = set()
    for record in records:
        if record.after is not None and record.after.id not in seen:
            seen.add(record.after.id)
            if record.before is not None:
                telling.begin(record.before, record.now)
    for pid in sorted(sim.world.lines):
        if pid not in seen:
            telling.begin(sim.world.lines[pid], sim.world.now)


def _failure(failure: Failure, encoder: Encoder, telling: Telling, acts: Acts) -> Data:
    told: Data = {"short": encoder.text(failure.short), "text": encoder.text(failure.text), "step": len(telling.steps)}
    if failure.file is not None and not failure.file.startswith("<"):
        told["file"] = encoder.text(shown_file(failure.file))
        told["line"] = failure.line
        acts.source(failure.file)
    if failure.tab is not None:
        told["tab"] = failure.tab
    if failure.at is not None:
        told["at"] = encoder.text(failure.at)
    return told
