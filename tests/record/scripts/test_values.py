"""Values in acts: written down, read back, and made smaller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import Script, Simulation, replay
from liveview_testing.record.scripts.literals import NoLiteral
from liveview_testing.record.scripts.shrinking.delta import plainer
from tests.record.scripts.test_written import ran


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


@frozen
class Attrs:
    name: str


class Part(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex('<i class="part" id="part" phx-click="p" phx-target={@myself}>p</i>')


class ValuesLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told=None).subscribe("all")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(told=msg)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(told=params)

    render = heex("""
    <p>{repr(@told)}</p>
    <.live_component module={Part} id="one" />
    <form id="f" phx-change="c" phx-submit="s"><input name="a" />
      <button name="go" value="1">go</button><button name="go" value="2" id="two">two</button></form>
    <ul id="list"><li>one <b>1</b></li><li>two <b>2</b></li></ul>
    """)


VALUES: list[Any] = [
    Colour.RED,
    Path("a/b"),
    Fraction(1, 3),
    Decimal("1.50"),
    timedelta(days=1, seconds=2),
    datetime(2026, 1, 2, tzinfo=UTC),
    datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001 - a value
    Point(1, 2),
    Attrs("a"),
    {"nested": [Point(1), (Colour.RED, b"\x00")]},
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_written_and_read_back(value: Any) -> None:
    """The written test, and what comes back from JSON, give the same run."""
    sim = Simulation()
    sim.page(ValuesLive)
    sim.broadcast("all", value)
    assert ran(sim.script.to_test()).trace == sim.trace
    again = Script.from_json(sim.script.to_json())
    assert again == sim.script
    assert replay(again).trace == sim.trace


def test_a_time_zone_alone_is_written_as_it_is() -> None:
    sim = Simulation()
    sim.page(ValuesLive)
    sim.broadcast("all", timezone(timedelta(hours=2)))
    assert ran(sim.script.to_test()).trace == sim.trace


def test_a_time_of_another_zone_has_no_literal() -> None:
    """It is named; in the text of a script it stands as it shows itself."""
    sim = Simulation()
    sim.page(ValuesLive)
    sim.broadcast("all", datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=2))))
    with pytest.raises(NoLiteral, match="UTC, or no time zone"):
        sim.script.to_test()
    assert "timedelta(seconds=7200)" in str(sim.script)


def test_every_way_to_point_at_something_is_written() -> None:
    """LiveViewTest's handles and Playwright's locators, one in the other."""
    sim = Simulation()
    page = sim.page(ValuesLive)
    view = page.view
    view.with_target(".part").render_click("p")
    view.form("#f", {"a": "x"}).put_submitter("#two").render_submit()
    rows = page.locator("li")
    rows.filter(has=page.get_by_text("1")).click()
    rows.and_(page.locator("ul > li").first).click()
    page.locator("#list").locator(rows).last.click()
    page.locator("p").or_(page.locator("video")).click()
    page.locator('li:has-text("two")').click()
    view.locator("li").first.click()
    text = sim.script.to_test()
    assert ".with_target('.part')" in text or '.with_target(".part")' in text
    assert '.put_submitter("#two")' in text
    assert ran(text).trace == sim.trace
    again = Script.from_json(sim.script.to_json())
    assert replay(again).trace == sim.trace
    assert sim.script.people == ("Ann",)


# --- smaller ----------------------------------------------------------------------------------------------------------

PLAINER: list[tuple[Any, list[Any]]] = [
    (9, [0, 1, 4, 8]),
    (-9, [0, 1, -4, -8, 9]),
    (1, [0]),
    (0, []),
    (2.5, [0.0, 1.0, 2.0]),
    (True, []),
    ("", []),
    ((3,), [(0,), (1,), (2,)]),
]


@pytest.mark.parametrize(("value", "less"), PLAINER)
def test_values_that_say_less(value: Any, less: list[Any]) -> None:
    """The plainest first, and none of them says more: so shrinking ends."""
    assert [repr(each) for each in plainer(value)] == [repr(each) for each in less]
