"""What an act keeps of what it was given."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import NoLiteral, Simulation, replay


class Taking(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>x</p>")


def test_values_are_kept_as_they_were() -> None:
    """Whatever is done to them later, however deep: containers are copied, each of its own kind."""
    sim = Simulation()
    view = sim.live(Taking)
    given: dict[str, Any] = {"a": {"b": [1, {"c": 2}]}, "d": (3, [4]), "e": {5}}
    view.render_hook("go", {"a": given["a"]})
    view.send(given)
    given["a"]["b"][1]["c"] = "changed"
    given["a"]["b"].append("changed")
    given["d"][1].append("changed")
    given["e"].add("changed")
    pushed, sent = sim.script[-2], sim.script[-1]
    assert pushed.args == ("go", {"a": {"b": [1, {"c": 2}]}})
    assert sent.args == ({"a": {"b": [1, {"c": 2}]}, "d": (3, [4]), "e": {5}},)


def test_a_value_without_an_end_stays_itself() -> None:
    """Nobody can write it down: whoever asks for it is told so."""
    sim = Simulation()
    endless: list[Any] = []
    endless.append(endless)
    sim.live(Taking).send(endless)
    assert sim.script[-1].args[0] is endless
    assert str(sim.script).endswith("ann.send([[...]])")
    with pytest.raises(NoLiteral, match=r"act 2 .*a value has no form in JSON"):
        sim.script.to_json()
    with pytest.raises(NoLiteral, match=r"act 2 .*has no literal"):
        sim.script.to_test()
    assert replay(sim.script).script[-1].args[0] is endless
