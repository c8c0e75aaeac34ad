"""`phx-update` that changes after the join: the browser asks the element that is there, not the one that comes."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Simulation
from tests.official_client.client import Judges
from tests.official_client.side_by_side import Twin

ACTS = ("mode", "other", "n", "data", "part", "items")


class Changing(LiveView):
    """Elements that are ignored at times: by a value, by a group of attributes, with elements and a list inside."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(mode=session["mode"], other="replace", n=0, data=0, part={}, items=(1, 2))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "mode" | "other":
                return socket.update(event, lambda mode: None if mode == "ignore" else "ignore")
            case "part":
                return socket.update("part", lambda part: {} if part else {"phx-update": "ignore", "title": "x"})
            case "items":
                return socket.update("items", lambda items: (*items[1:], items[-1] + 1))
            case _:
                return socket.update(event, lambda n: n + 1)

    render = heex("""
    <div id="a" phx-update={@mode} class={f"c{@n}"} data-n={@data}><b>{@n}</b>{@n}</div>
    <div id="b" {@part} data-d={@data}><ul id="list" phx-update={@other}><li :for={i in @items}>{i} {@n}</li></ul></div>
    <button :for={act in ("mode", "other", "n", "data", "part", "items")} id={f"do-{act}"} phx-click={act}>x</button>
    """)


@pytest.mark.parametrize("mode", ["ignore", None])
@pytest.mark.parametrize("seed", range(6))
def test_the_element_that_is_there_is_asked(judges: Judges, mode: str | None, seed: int) -> None:
    """What was ignored stays so, its phx-update with it; what was not is patched once more before it is."""
    choices = Random(seed)
    twin = Twin.of(judges, Simulation(checks={"patch law": "ignore"}).live(Changing, session={"mode": mode}))
    for _ in range(25):
        twin.click(f"#do-{choices.choice(ACTS)}")
