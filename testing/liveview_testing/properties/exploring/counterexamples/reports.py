"""What a search has found, as a value that says exactly what was done.

Owns `Exploration`, its text, and `Counterexample`. Law: it never claims more than was done: what was cut, left unfinished or not
tried is said, and then nothing is exhaustive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.properties.exploring.counterexamples.races import Race
from liveview_testing.properties.exploring.counterexamples.signatures import signature

if TYPE_CHECKING:
    from liveview_testing.record.timelines.failing import Failure as Shown
    from liveview_testing.record.timelines.run_timeline import Timeline

MOST_ROWS = 24
MOST_NAMES = 6


@frozen
class Checked:
    """A property after the search: its verdict in words, in how many worlds it was asked or seen, after how many deviations
    first.
    """

    kind: str
    name: str
    verdict: str
    worlds: int = 0
    deviations: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.verdict.startswith(("FAILED", "not seen", "vacuous"))

    def __str__(self) -> str:
        return f"{self.kind:<9} {chr(34)}{self.name}{chr(34):<3} {self.verdict}"


@frozen
class Row:
    """A step of the schedule that failed: what happened; where it was not the usual one, instead of what, and what they share."""

    text: str
    usual: str | None = None
    why: str | None = None


@frozen(eq=False)
class Failure:
    """What went wrong, on which schedule."""

    error: BaseException
    what: str
    deviations: int
    rows: tuple[Row, ...]
    schedule: tuple[int, ...]
    """The place of each choice among those that there were; 0 is the usual one."""
    name: str | None = None
    """The property that does not hold."""
    test: str = ""
    acts: int = 0
    """So many acts were explored."""
    left: int = 0
    """So many of them it takes."""

    @property
    def signature(self) -> tuple[str, ...]:
        """What makes two failures the same: the type of the error, where in the author's code, and the name of the property."""
        return signature(self.error, self.name)


@frozen(eq=False)
class Exploration:
    """What was found. `worlds` were looked at, on `schedules` ways through them; `choices` were made for that.

    `deviations`: every schedule with up to so many choices that were not the usual ones was followed; None where all were.
    """

    exhaustive: bool
    worlds: int
    schedules: int | None
    choices: int
    deviations: int | None
    outcomes: tuple[Any, ...]
    races: tuple[Race, ...]
    properties: tuple[Checked, ...]
    failures: tuple[Failure, ...]
    unfinished: tuple[str, ...]
    kept_apart: Mapping[str, int]
    seconds: float
    parts: tuple[tuple[str, ...], ...] = ()
    _bounds: Mapping[str, Any] = field(factory=dict[str, Any], alias="bounds", repr=False)
    _look: Callable[..., Timeline] | None = field(default=None, alias="look", eq=False, repr=False)

    def timeline(
        self, *, title: str | None = None, css: str | Path | None = None, failure: Shown | None = None
    ) -> Timeline:
        """The first failure to look at, or the usual order where nothing failed: `found.timeline().write("race.html")`.

        A tab says at each choice what else could have come next, and links to the worlds behind. `title`, `css` and `failure` are
        those of `timeline(sim)`.
        """
        assert self._look is not None
        return self._look(title=title, css=css, failure=failure)

    @property
    def failure(self) -> Failure | None:
        """The first failure: none has fewer deviations among those that were come to."""
        return self.failures[0] if self.failures else None

    def __str__(self) -> str:
        lines = [self._head()]
        lines += [str(each) for each in self.properties]
        for race in self.races[:MOST_NAMES]:
            seen = f"seen by: {', '.join(_possessive(who) for who in race.seen_by)}"
            if not race.visible:
                seen = "nobody sees it" if self._bounds.get("whole") else "seen by nobody so far"
            lines.append(f"races     {race.first} / {race.second}, over {', '.join(race.over)}   {seen}")
        if len(self.races) > MOST_NAMES:
            lines.append(f"          … and {len(self.races) - MOST_NAMES} more: .races")
        lines.append(self._limits())
        if len(self.parts) > 1:
            groups = " and ".join(", ".join(group) for group in self.parts)
            lines.append(
                f"apart     {groups} have nothing in common: explore them apart, and their worlds add up instead"
            )
        failure = self.failure
        if failure is not None:
            less = (
                f"    of {_many(failure.acts, 'act')} it takes {failure.left}" if failure.left < failure.acts else None
            )
            lines += [
                "",
                *([less] if less else []),
                *(_table(failure) if failure.rows else []),
                *([""] if failure.rows else []),
            ]
            lines.append(f"    {_said(failure)}")
            if failure.test:
                lines += ["", failure.test]
        return "\n".join(lines)

    def _head(self) -> str:
        many = "endless schedules" if self.schedules is None else _many(self.schedules, "schedule")
        counts = f"{_many(self.worlds, 'world')}, {many}, {_many(len(self.outcomes), 'outcome')}"
        if self.exhaustive:
            return f"exhaustive: {counts}, {self.seconds:.3f} s"
        bounds = self._bounds
        if bounds.get("whole") and bounds.get("stopped") is None:
            return f"all that can happen, but not all that somebody wanted to do: {counts}, {self.seconds:.3f} s"
        stopped, levels = bounds.get("stopped"), bounds.get("levels", {})
        parts: list[str] = []
        if self.deviations is not None:
            besides = bounds.get("fewer")
            upto = (
                sum(count for level, count in levels.items() if level <= self.deviations)
                if besides is None
                else besides
            )
            some = f"with up to {_many(self.deviations, 'deviation')}" if self.deviations else "without a deviation"
            parts.append(f"every schedule {some} ({_many(upto, 'world')})")
            partly = self.deviations + 1
            if besides is not None:
                parts.append(f"a part of the others: {_many(self.worlds, 'world')}")
            elif levels.get(partly) and stopped:
                parts.append(f"of those with {partly}, {_many(levels[partly], 'world')}")
        else:
            parts.append(f"a part of the schedules: {_many(self.worlds, 'world')}")
        why = {
            "worlds": f"stopped at {_many(self.worlds, 'world')}",
            "seconds": f"stopped at {bounds.get('seconds')} s",
            "failure": "stopped at the first failure",
            "deviations": f"stopped at deviations={bounds.get('deviations')}",
            "horizon": "stopped at the horizon",
        }.get(str(stopped), "")
        knobs = f"worlds={bounds.get('worlds'):_}, deviations={bounds.get('deviations')} are the knobs"
        return "; ".join([*parts, *([why] if why else []), knobs]) + f"; {self.seconds:.3f} s"

    def _limits(self) -> str:
        unfinished = "; ".join(self.unfinished) or "none"
        apart = ", ".join(f"{name} ({count})" for name, count in list(self.kept_apart.items())[:3]) or "none"
        lines = f"unfinished {unfinished}          kept apart by identity: {apart}"
        left = self._bounds.get("left", "")
        return f"{lines}          not explored: {left}" if left else lines


class Counterexample(AssertionError):
    """A schedule on which something is wrong: `exploration` is all that was found, `failure` what is wrong, and how it comes
    to it.
    """

    says_all = True
    """No frame of ours says more than its text."""

    def __init__(self, exploration: Exploration) -> None:
        self.exploration = exploration
        failure = exploration.failure
        assert failure is not None
        self.failure: Failure = failure
        self.timeline = exploration.timeline
        super().__init__(f"{_title(failure)}\n\n{exploration}")


def _title(failure: Failure) -> str:
    if failure.name is not None:
        return f"{'not seen' if failure.what == 'missing' else failure.what}: {failure.name}"
    first = str(failure.error).splitlines() or [""]
    return f"{type(failure.error).__name__}: {first[0]}"


def _said(failure: Failure) -> str:
    text = str(failure.error).strip() or type(failure.error).__name__
    return text.replace("\n", "\n    ")


def _table(failure: Failure) -> list[str]:
    """The schedule that fails beside the usual one: where they part, and why that counts."""
    rows = _folded(failure.rows)
    shown = rows if len(rows) <= MOST_ROWS else [*rows[: MOST_ROWS - 4], (0, Row("…")), *rows[-3:]]
    left = max([len(row.usual or "") for _, row in shown] + [20])
    lines = [f"    {'usual':<{left}}  here"]
    parted = False
    for number, row in shown:
        parted_here = row.usual is not None
        usual = row.usual or ("…" if parted else "")
        why = f"   ← {row.why}" if row.why else ""
        mark = f"{number:>2}" if number else "  "
        lines.append(f"{mark}  {usual:<{left}}  {row.text}{why}".rstrip())
        parted = parted_here
    return lines


def _folded(rows: tuple[Row, ...]) -> list[tuple[int, Row]]:
    """Runs of usual steps in one line, but for those next to a deviation and the last."""
    found: list[tuple[int, Row]] = []
    run: list[tuple[int, Row]] = []

    def close() -> None:
        if len(run) > 4:
            found.append(run[0])
            found.append((0, Row(f"… {len(run) - 2} more, as usual")))
            found.append(run[-1])
        else:
            found.extend(run)
        run.clear()

    for number, row in enumerate(rows, 1):
        if row.usual is None:
            run.append((number, row))
        else:
            close()
            found.append((number, row))
    close()
    return found


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _possessive(who: str) -> str:
    return {"observe": "what is observed"}.get(who, who) if who in ("store", "acts", "observe") else f"{who}'s page"
