"""A field without a value, in a function component or a component that a patch comes to, is empty again, as in a browser.

What was typed into a password field, which no server sends back, is lost as soon as the form is checked and the field has not the
focus; also where the patch says for it just what was there before. `phx-update="ignore"` keeps it.
"""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import Page, Simulation

secret = heex("""<label>{@label} <input type="password" name={@label} /> <i>{@checked * 0}</i></label>""")
kept = heex("""
<p>
  <span id="kept" phx-update="ignore"><label>Kept <input type="password" name="kept" /></label></span> <i>{@checked * 0}</i>
</p>
""")


class Fields(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("checked", lambda n: n + 1)

    render = heex("""
    <p><label>Inside <input name="inside" /></label> <button phx-click="it" phx-target={@myself}>it</button> {@checked * 0}</p>
    """)


class SignUp(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(checked=0, counted=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("checked" if event == "check" else "counted", lambda n: n + 1)

    render = heex("""
    <main>
      <.secret label="One" checked={@checked} />
      <.secret label="Two" checked={0} />
      <.kept checked={@checked} />
      <.live_component module={Fields} id="fields" checked={0} />
      <button phx-click="check">check</button> <button phx-click="count">count</button> <b>{@counted}</b>
    </main>
    """)


FIELDS = ("One", "Two", "Kept", "Inside")


def typed_then(button: str) -> list[str]:
    """What the fields hold after a click, which sends of its part of the page what was there."""
    page: Page = Simulation().page(SignUp)
    for label in FIELDS:
        page.get_by_label(label).fill("typed")
    page.get_by_role("button", name=button).click()
    return [label for label in FIELDS if page.get_by_label(label).input_value() == "typed"]


def test_what_the_patch_does_not_come_to_keeps_what_was_typed() -> None:
    assert typed_then("count") == ["One", "Two", "Kept", "Inside"]


def test_where_the_patch_comes_it_is_empty() -> None:
    assert typed_then("check") == ["Two", "Kept", "Inside"]
    assert typed_then("it") == ["One", "Two", "Kept"]
