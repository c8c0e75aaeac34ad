"""What a machine has found, made as small as a script is, and printed."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Assigns, LiveView, Socket, heex
from liveview_testing import LawBroken
from liveview_testing.properties.invariants import check, held
from liveview_testing.properties.moves import Move, Opening, StoryRun, of_the_world


class Late(LiveView):
    """Spoilt three seconds after somebody has begun."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(spoilt=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.send_after("spoil", 3)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(spoilt=True)

    render = heex("""<button phx-click="begin">Begin</button>""")


def nothing_is_spoilt(assigns: Assigns) -> bool:
    """Not so."""
    return not assigns.spoilt


def test_what_is_printed_is_as_small_as_a_script_is_made() -> None:
    """As much time as it takes, to the instant, which no draw of times has."""
    opening = Opening(Late, 1, (), {"tasks": "hold"}, globals())
    begin = Move(lambda names: "", lambda sim, people: people[0].get_by_role("button").press("Enter"))
    moves = (begin, Move(lambda names: "", lambda sim, people: people[0].wait_for_timeout(60_000)))
    _, unspoilt = held([nothing_is_spoilt])
    sim, people = opening.open()
    for move in moves:
        move.do(sim, people)
    with pytest.raises(LawBroken) as caught:
        check(sim, people, (unspoilt,))
    story = StoryRun(opening, moves, (unspoilt,), caught.value).smallest()
    assert story.script is not None
    assert [act.verb for act in story.script] == ["press", "wait_for_timeout"]
    assert "    ann.wait_for_timeout(3000)\n" in story.to_test()
    space: dict[str, Any] = {}
    exec(story.to_test(), space)
    with pytest.raises(AssertionError):
        space["test_counterexample"]()


def test_a_story_with_moves_that_no_script_has_is_printed_by_its_moves() -> None:
    """What is done outside of the world is told by the code of the move."""
    done: list[Any] = []
    opening = Opening(Late, 1, (), {"tasks": "hold"}, globals())
    move = of_the_world("mark(sim)", done.append)
    _, unmarked = held([lambda sim: all(each is not sim for each in done)])
    sim, people = opening.open()
    move.do(sim, people)
    with pytest.raises(LawBroken) as caught:
        check(sim, people, (unmarked,))
    story = StoryRun(opening, (move,), (unmarked,), caught.value).smallest()
    assert story.script is None
    assert "    mark(sim)\n" in story.to_test()
