"""The memory behind forms: which button a form was submitted with last."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import live


class Ordering(LiveView):
    """Its second submit goes on over HTTP."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(sent=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("sent", lambda sent: sent + 1)

    render = heex("""
    <form id="f" action="/order" method="post" phx-submit="order" phx-trigger-action={@sent == 2}>
      <input name="a" value="" /><input name="b" value="" />
      <button name="op" value="save">Save</button>
    </form>
    """)


def test_a_submit_without_a_button_forgets_the_one_before() -> None:
    """FI-22: what is sent over HTTP is the last submit's, and what was typed stays."""
    view = live(Ordering)
    view.form("#f", {"a": "1"}).put_submitter("button").render_submit()
    view.form("#f", {"b": "2"}).render_submit()
    assert view.form("#f").follow_trigger_action().params == {"a": "1", "b": "2"}


def test_the_button_of_the_last_submit_goes_along() -> None:
    """FI-22."""
    view = live(Ordering)
    view.form("#f", {"a": "1"}).render_submit()
    view.form("#f", {"b": "2"}).put_submitter("button").render_submit()
    assert view.form("#f").follow_trigger_action().params == {"a": "1", "b": "2", "op": "save"}
