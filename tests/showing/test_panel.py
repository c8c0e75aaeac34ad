"""The panel's commands: a closed list, told by their shape."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing.showing.pages import Shape
from liveview_testing.showing.panel import Panel
from liveview_testing.showing.panel_commands import COMMANDS, Advance, BadCommand, HoldTasks, read_command
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.showing.targets import Person, Shown
from liveview_testing.world.simulation.page_law import LawBroken
from tests.showing.test_served import Browser


def test_a_command_is_a_value() -> None:
    assert read_command('{"do": "advance", "seconds": 1}') == Advance(1)
    assert read_command('{"do": "hold", "hold": true}') == HoldTasks(True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "the command is no JSON"),
        ("[]", "a command is an object"),
        ('{"do": "eval", "code": "1"}', "there is no such command"),
        ('{"do": "advanc", "seconds": 1}', "nearest: advance"),
        ('{"do": "advance"}', "the command 'advance' does not fit"),
        ('{"do": "advance", "seconds": "1"}', "the command 'advance' does not fit"),
        ('{"do": "advance", "seconds": true}', "the command 'advance' does not fit"),
        ('{"do": "hold", "hold": 1}', "the command 'hold' does not fit"),
        ('{"do": "step", "more": 1}', "the command 'step' does not fit"),
        ('{"do": ["step"]}', "there is no such command"),
    ],
)
def test_what_is_no_command(text: str, told: str) -> None:
    with pytest.raises(BadCommand) as refused:
        read_command(text)
    assert told in str(refused.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["do", "seconds", "hold", "number", "name"]), json_values | st.sampled_from([*COMMANDS])
    )
)
def test_a_command_or_a_refusal(data: dict[str, object]) -> None:
    try:
        read: object = read_command(json.dumps(data))
    except BadCommand as error:
        read = error
    assert type(read) in (BadCommand, *COMMANDS.values())


# --- what they do -----------------------------------------------------------------------------------------------------


class TaskLive(LiveView):
    """Has a task, a timer and a row that answers to nothing."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(bad=Bad(), odd=Odd())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "break":
            raise ZeroDivisionError("broken on purpose")
        return socket.start_async("sum", lambda: 3)

    def handle_async(self, name: str, result: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>{@bad and 1}</p>")


class Bad:
    """A value of somebody's whose repr does not work."""

    def __repr__(self) -> str:
        raise ValueError("no")


Odd = type("array", (), {})


def seated() -> tuple[Showroom, Panel, Browser]:
    """Ann at a page, and a panel beside it."""
    shown = [Shown(name, "", Router([Route("/", TaskLive)]), (Person("Ann"),)) for name in ("one", "two")]
    room = Showroom(shown, mode="paused")
    panel = Panel(room)
    room.begin(lambda: 0.0)
    room.open("/", "a", {}, Shape("csrf"))
    browser = Browser(room, "a")
    browser.join()
    return room, panel, browser


REFUSED = {
    '{"do": "mode", "mode": "fast"}': "time passes by itself, or it stands still",
    '{"do": "advance", "seconds": -1}': "time goes forward, by a year at most",
    '{"do": "step"}': "nothing is due",
    '{"do": "run", "seq": 99}': "that task waits no more",
    '{"do": "broadcast", "topic": "t", "message": "{"}': "the value is no JSON",
    '{"do": "latency", "seconds": 61}': "a frame takes from no time to a minute",
    '{"do": "back", "number": 99}': "there is no such moment",
    '{"do": "choose", "name": "three"}': "there is no such scenario",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_not_fit_is_told_and_changes_nothing(text: str) -> None:
    room, panel, _ = seated()
    world, entries = room.world.world, len(room.links.journal.entries)
    answer = panel.command(text)
    assert answer is not None
    assert (answer["kind"], str(answer["text"]).partition("\n")[0]) == ("refused", REFUSED[text])
    assert room.world.world is world
    assert len(room.links.journal.entries) == entries


def test_time_and_scenarios_and_failures() -> None:
    room, panel, browser = seated()
    assert panel.command('{"do": "mode", "mode": "real"}') is None
    assert panel.state()["clock"]["mode"] == "real"
    browser.send("lv:phx-1", "event", {"type": "click", "event": "break", "value": {}})
    room.failed("it broke")
    room.links.notes.append("a note")
    assert (panel.state()["failures"], panel.state()["notes"][-1]) == (["it broke"], "a note")
    assert panel.command('{"do": "dismiss"}') is None
    assert (panel.state()["failures"], panel.state()["notes"]) == ([], [])
    assert panel.command('{"do": "choose", "name": "two"}') is None
    assert panel.state()["shown"]["name"] == "two"


def test_a_value_without_a_repr_is_named() -> None:
    _, panel, _ = seated()
    (view,) = panel.state()["views"]
    shown = dict(view["assigns"])
    assert shown["bad"].startswith("<Bad instance at 0x")
    assert shown["odd"] == "<AttributeError in its repr>"  # its name is that of something else


def test_a_story_that_cannot_be_played_has_no_steps() -> None:
    """And a check that cannot look says nothing; a law that is broken is a finding."""
    room, panel, _ = seated()
    module = ModuleType("broken_story")
    module.story = lambda sim: 1 / 0  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    room.shown = evolve(room.shown, module=module, story=True)
    assert panel.state()["stages"] == []


def test_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    room, panel, _ = seated()

    def broken(view: Any) -> None:
        raise LawBroken("patch", "the page is not what was sent", expected="a", got="b")

    def blind(view: Any) -> None:
        raise KeyError("cannot look")

    monkeypatch.setattr("liveview_testing.showing.panel.CHECKS", (broken, blind))
    room.world.broadcast("t", 1)
    assert [each["name"] for each in panel.state()["findings"]] == ["broken"]
    assert "the page is not what was sent" in panel.state()["findings"][0]["text"]
