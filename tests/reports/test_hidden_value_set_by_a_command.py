"""A click sets the value of a hidden input and dispatches "input": the form's change and submit carry the value.

phoenixframework/phoenix_live_view#1868, #1873, and the star rating that many apps build of it.
"""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import View, live


class Rating(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(seen=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        seen = (event, params.get("stars"), params.get("text"))
        return socket.update("seen", lambda before: (*before, seen))

    render = heex(
        """
    <form id="rate" phx-change="changed" phx-submit="rated">
      <input type="hidden" id="stars" name="stars" value="0" />
      <input type="text" name="text" />
      <button :for={n in (1, 2, 3)} type="button" id={f"star-{n}"}
        phx-click={JS.set_attribute(("value", str(n)), to="#stars").dispatch("input", to="#stars")}>{n}</button>
      <button type="button" id="shut" phx-click={JS.set_attribute(("disabled", ""), to="#stars")}>shut</button>
      <button id="send">Rate</button>
    </form>
    """,
        names={"JS": JS},
    )


def rated() -> View:
    view = live(Rating)
    view.form("#rate", {"text": "good"}).render_change()
    view.element("#star-3").render_click()
    assert view.assigns.seen[-1] == ("changed", "3", "good")
    return view


def test_the_change_and_the_submit_carry_it() -> None:
    view = rated()
    view.element("#send").render_click()
    assert view.assigns.seen[-1] == ("rated", "3", "good")


def test_every_way_to_submit_carries_it() -> None:
    view = rated()
    view.form("#rate").render_submit()
    assert view.assigns.seen[-1] == ("rated", "3", "good")
    view.form("#rate", {"text": "better"}).render_change()
    assert view.assigns.seen[-1] == ("changed", "3", "better")
    view.form("#rate", {"text": "best"}).render_submit()
    assert view.assigns.seen[-1] == ("rated", "3", "best")


def test_a_field_that_a_command_disabled_is_not_sent() -> None:
    view = rated()
    view.element("#shut").render_click()
    view.element("#send").render_click()
    assert view.assigns.seen[-1] == ("rated", None, "good")
