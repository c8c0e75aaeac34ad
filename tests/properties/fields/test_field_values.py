"""`field_values`: what is drawn for a field is something that a person can put into it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.properties.fields.field_values import values_for

KINDS = (
    *("text", "number", "range", "date", "time", "datetime-local", "month", "week"),
    *("color", "email", "url", "tel", "search", "password"),
)


class FieldsLive(LiveView):
    render = heex("""
    <form id="f">
      <input :for={kind in @kinds} type={kind} id={kind} name={kind} />
      <input type="number" id="limited" min="3" max="5" /><input type="number" id="badly" min="x" max="1e999" />
      <textarea id="area"></textarea>
    </form>
    """)

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(kinds=KINDS)


PAGE = Simulation().page(FieldsLive)


@pytest.mark.parametrize("kind", [*KINDS, "limited", "badly", "area"])
@given(data=st.data())
@settings(max_examples=12)
def test_everything_that_is_drawn_can_be_filled_in(kind: str, data: st.DataObject) -> None:
    page = PAGE.fork()
    field = page.locator(f"#{kind}")
    value = data.draw(values_for(page.reading.find(page.reading.body, f"#{kind}")[0]))
    field.fill(value)
    if kind in ("date", "time", "month", "week", "color", "tel"):
        assert field.input_value() == value
