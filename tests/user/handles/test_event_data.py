"""What the events of a test carry is what a client can send: JSON data, exact; all else is refused, and nothing happens."""  # PE-7

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import NotData
from liveview_testing import Simulation, live, timeline

HEARD: list[Any] = []


class Hearing(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        HEARD.append(params)
        return socket.update("n", lambda n: n + 1)

    render = heex("<p id='p' phx-click='x' phx-keydown='x' phx-hook='H'>{@n}</p>")


BAD = [{"a": {1, 2}}, {"a": object()}, {"a": [float("nan")]}, {"a": b"x"}, {(1,): 2}]


@pytest.mark.parametrize("value", BAD)
def test_what_no_client_can_send(value: Any) -> None:
    """By name, at an element, at a target, of a hook: refused at the act."""
    sim = Simulation()
    view = sim.live(Hearing)
    element, before = view.element("#p"), sim.digest
    acts: list[Callable[[], Any]] = [
        lambda: view.render_click("x", value),
        lambda: view.render_keydown("x", value),
        lambda: view.render_hook("x", value),
        lambda: view.with_target("#p").render_click("x", value),
        lambda: element.render_click(value),
        lambda: element.render_keydown(value),
        lambda: element.render_hook("x", value),
        lambda: sim.live(Hearing, connect_params=value),
    ]
    HEARD.clear()
    for number, act in enumerate(acts):
        with pytest.raises((NotData, ValueError)) as caught:
            act()
        assert isinstance(caught.value, NotData) or number == len(acts) - 1
    assert HEARD == []
    assert sim.digest == before
    assert timeline(sim) is not None


def test_what_arrives_is_what_travels() -> None:
    """Dates, Decimals and tuples have a form as JSON, as in `JS.push`; the view gets that."""
    view = live(Hearing)
    HEARD.clear()
    given: dict[Any, Any] = {"day": datetime.date(2025, 1, 2), "price": decimal.Decimal("1.50"), "at": (1, 2), 3: None}
    sent = {"day": "2025-01-02", "price": "1.50", "at": [1, 2], "3": None}
    view.render_click("x", given)
    view.element("#p").render_hook("x", given)
    assert [sent, sent] == HEARD
    assert view.sim.trace is not None
