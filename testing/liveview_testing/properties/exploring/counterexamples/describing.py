"""Choices in words, with people's names.

Owns `Words`, which says what a choice is ("the result of Ann's 'load'") and what happened by it ("Ann's task 'load' runs"). Law:
what is said depends on what is known when somebody reads it, never on counters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liveview_core.errors import shown
from liveview_testing.properties.exploring.choices import Choice, Crash, Deliver, Do, Drop, Fail, Finish, Fire, Pass
from liveview_testing.world.log.reads_and_writes import Name
from liveview_testing.world.log.trace import stable
from liveview_testing.world.mailboxes import Letter
from liveview_testing.world.world import TabDue, World


class Words:
    """Says things about the choices of one search. `people` are the names of tabs, by their numbers."""

    __slots__ = ("_people", "_tabs")

    def __init__(self, people: Mapping[int, str], world: World) -> None:
        self._people = people
        self._tabs = {pid: line.tab.number for pid, line in world.lines.items()}

    def who(self, pid: str) -> str:
        """Who sits at the page that a process belongs to."""
        number = self._tabs.get(pid)
        if number is None:
            head = pid.removeprefix("phx-").removeprefix("tab-").partition("~")[0].partition(":")[0].partition("-")[0]
            number = int(head) if head.isdecimal() else 0
        return self._people.get(number, pid)

    # --- as a thing -------------------------------------------------------------------------------------------------

    def thing(self, choice: Choice, about: Any) -> str:
        """What a choice is about, as what two may race with: "Ann's click 'Buy'"."""
        match choice:
            case Deliver():
                return self._letter(about, choice.receiver[0])
            case Finish(process, _, name):
                return f"{self.who(process)}'s {_quoted(name)}"
            case Fail(process, _, name):
                return f"the failure of {self.who(process)}'s {_quoted(name)}"
            case Fire():
                return self._timer(about)
            case Do():
                return str(getattr(about, "thing", about))
            case Pass():
                return "the passing of time"
            case Drop(root):
                return f"the loss of {self.who(root)}'s connection"
            case Crash(process):
                return f"the death of {self.who(process)}'s process"

    def _letter(self, letter: Letter, receiver: str) -> str:
        who = self.who(receiver)
        if letter.frame:
            if letter.by is not None:
                return str(getattr(letter.by, "thing", letter.by))
            return f"{who}'s load" if letter.event == "phx_join" else f"{who}'s {_quoted(letter.event)}"
        said = _short(letter.payload)
        match letter.origin:
            case "broadcast":
                return f"the broadcast {said} to {who}"
            case "task":
                return f"the result of {who}'s {_quoted(letter.event)}"
            case "exit":
                return f"the end of what is around {who}'s view"
            case _ if letter.sender == receiver:
                return f"{who}'s {said} to itself"
            case _ if letter.sender is not None:
                return f"{self.who(letter.sender)}'s {said} to {who}"
            case _:
                return f"the message {said} to {who}"

    def _timer(self, timer: Any) -> str:
        who = self.who(timer.process)
        if type(timer.message) is TabDue:
            return f"a frame on {who}'s link" if timer.message.frame else f"a timer of {who}'s tab"
        return f"{who}'s timer {_short(timer.message if timer.name is None else timer.name)}"

    # --- as what happens --------------------------------------------------------------------------------------------

    def event(self, choice: Choice | None, about: Any) -> str:
        """What happens by a choice: "Ann's task 'load' runs"."""
        match choice:
            case None:
                return "nothing more happens"
            case Deliver():
                thing = self._letter(about, choice.receiver[0])
                if about.frame:
                    return f"{thing} arrives"
                if about.origin == "task":
                    return f"{thing} reaches {self.who(choice.receiver[0])}"
                return f"{thing} arrives"
            case Finish(process, _, name):
                return f"{self.who(process)}'s task {_quoted(name)} runs"
            case Fail(process, _, name):
                return f"{self.who(process)}'s task {_quoted(name)} fails"
            case Fire():
                return f"{self._timer(about)} fires"
            case Do():
                return str(getattr(about, "event", about))
            case Pass(slow):
                late = f", {slow} message{'s' if slow > 1 else ''} still under way" if slow else ""
                return f"time passes{late}"
            case Drop(root):
                return f"{self.who(root)}'s connection is lost, and comes back"
            case Crash(process):
                return f"{self.who(process)}'s process dies"

    def name(self, name: Name) -> str:
        """Something that choices have in common."""
        match name:
            case ("store", key):
                return f"store[{key!r}]"
            case ("store",):
                return "the whole store"
            case ("process", pid):
                return f"{self.who(str(pid))}'s process"
            case ("life", pid):
                return f"whether {self.who(str(pid))} is there"
            case ("mail", pid):
                return f"{self.who(str(pid))}'s mailbox"
            case ("topic", topic):
                return f"who listens to {topic!r}"
            case ("tab", number):
                return f"{self._people.get(number, f'tab {number}')}'s tab"
            case ("task", pid, _):
                return f"a task of {self.who(str(pid))}"
            case ("person", who):
                return f"{who}'s hands"
            case ("clock",):
                return "the clock"
            case ("fault", kind):
                return f"how many {kind} may be"
            case _:
                return "the test"


def _quoted(name: Any) -> str:
    if isinstance(name, tuple) and len(name) == 1:  # pyright: ignore[reportUnknownArgumentType]
        name = name[0]  # pyright: ignore[reportUnknownVariableType]
    text = str(name)  # pyright: ignore[reportUnknownArgumentType]
    return f'"{text}"'


def _short(value: Any) -> str:
    text = stable(value)
    return text if len(text) <= 60 else shown(text[:57] + "…")
