"""Acts: what somebody did, with all that followed from it.

Owns `Acts`, which gives each record the act that it belongs to and says of an act who did what, in which line of the test. Law: an
act counts once, whatever it caused; one that nothing came of is an act all the same.
"""

from __future__ import annotations

import linecache
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.timelines.steps.act_summaries import said
from liveview_testing.world.log.act_records import chain

if TYPE_CHECKING:
    from liveview_testing.record.timelines.steps.encoding import Encoder
    from liveview_testing.record.timelines.steps.people import People
    from liveview_testing.record.timelines.steps.steps import Data
    from liveview_testing.user.simulation import Simulation
    from liveview_testing.world.log.message_records import Record

__all__ = ["Acts", "shown_file"]

LONGEST = 200_000
"""A file of more characters is not put into the timeline."""


class Acts:
    """The acts of a timeline, as they are met."""

    def __init__(self, encoder: Encoder, people: People, sim: Simulation) -> None:
        self.told: list[Data] = []
        self.files: dict[str, str] = {}
        self.script: Script = sim.script
        self._encoder = encoder
        self._people = people
        self._numbers: dict[object, int] = {}
        self._scripted: dict[int, Act] = {}
        """The act of each number that the script has."""
        self._after = {id(entry[0]): at for at, entry in enumerate(chain(sim._current.acts))}
        self._by_message = {number: at for at, act in enumerate(self.script.acts) for number in act.happenings}

    def of(self, record: Record) -> int:
        """The number of the act that a record belongs to."""
        at = self._after.get(id(record.done))
        if record.happening is not None:
            at = self._by_message.get(record.happening.number, at)
        return self.number(("run", record.act) if at is None else at, None)

    def number(self, key: object, where: tuple[str, int] | None) -> int:
        """The number of an act, told from its first record on."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.told)
            if isinstance(key, int):
                self._scripted[number] = act = self.script.acts[key]
                if act.file is not None and act.line is not None:
                    where = str(act.file), act.line
            self.told.append(self._where(where))
        return number

    def act(self, number: int) -> Act | None:
        """The act of the script that has this number here, if one has."""
        return self._scripted.get(number)

    def first(self, number: int, step: Data, at: str | None = None) -> None:
        """Of the first step of an act: who, and what it was. `at` is the element that was meant."""
        told = self.told[number]
        if "what" in told:
            return
        text, act = self._encoder.text, self._scripted.get(number)
        if act is None:
            told["what"] = text(self._what(step))
            if "tab" in step and _by_a_person(self._word(step.get("origin"))):
                told["who"] = text(self._people.who(step["tab"]))
            return
        told["what"] = text(said(act))
        who = act.who
        if act.opens and "tab" in step:
            who = self._people.who(step["tab"])
        told["who"] = text(self._people.renamed(who))
        told["act"] = text(str(act))
        if at is not None:
            told["at"] = text(at)

    def _word(self, number: int | None) -> str:
        return "" if number is None else self._encoder.strings[number]

    def _what(self, step: Data) -> str:
        event, origin = self._word(step.get("event")), self._word(step.get("origin"))
        match step["kind"]:
            case "time":
                return "time passes"
            case "page":
                return "the page alone"
            case "lost":
                return event
            case "failed":
                return "an act that failed"
            case _:
                pass
        if origin == "client":
            if event == "phx_join":
                return f"open {self._word(step.get('url')) or '/'}"
            if "to" in step:
                return f"patch {self._word(step['to'])}"
            if "handles" in step:
                return f"{self._word(step['gesture'])} {self._word(step['handles'])}"
            return event
        verbs = {"info": "send", "broadcast": "broadcast", "cast": "cast", "call": "call", "timer": "time passes:"}
        return f"{verbs.get(origin, origin)} {event}"

    def _where(self, where: tuple[str, int] | None) -> Data:
        if where is None or where[0].startswith("<"):
            return {}
        file, line = where
        shown = self.source(file)
        code = linecache.getline(file, line).strip()
        told: dict[str, Any] = {"file": self._encoder.text(shown), "line": line}
        if code:
            told["code"] = self._encoder.text(code)
        return told

    def source(self, file: str) -> str:
        """Put a file of the test into the timeline; what it is called there."""
        shown = shown_file(file)
        if shown not in self.files:
            text = "".join(linecache.getlines(file))
            self.files[shown] = text if len(text) <= LONGEST else ""
        return shown


def _by_a_person(origin: str) -> bool:
    return origin in ("client", "")


@cache
def shown_file(file: str) -> str:
    """A file as it is shown: its way from here, or its name alone."""
    path = Path(file)
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return path.name
