"""Saving over a slow line: a form that says what it does, cannot be sent twice, and loses nothing meanwhile.

`phx-disable-with` is what the button says until the answer is there. Fields and buttons are held meanwhile: they cannot be used,
and keep what is in them, whatever comes from elsewhere; the rest of the form goes on. None of that is a line of the view. That
the button is off is the browser's doing, too: a second click is no click.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


class NameLive(LiveView):
    """A name that can be changed, and who else is looking at it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(name="Ann", saved=0, others=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "save", {"name": str(name)} if name.strip():
                return socket.assign(name=name.strip(), saved=socket.assigns.saved + 1)
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case str(who):
                return socket.assign(others=(*socket.assigns.others, who))
            case _:
                return socket

    render = heex("""
    <main>
      <form id="name" phx-submit="save">
        <label>Name <input name="name" value={@name} required /></label>
        <button phx-disable-with="Saving …">Save</button>
        <p :for={who in @others} class="in">{who} is looking at this, too</p>
      </form>
      <p id="saved">saved {@saved} times</p>
    </main>
    """)


ROUTER = Router([Route("/name", NameLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann changes her name, impatiently, while Ben comes to look."""
    page = sim.page("/name")
    name, button = page.get_by_label("Name"), page.locator("form button")
    page.network.latency(0.4)
    page.view.send("Ben")
    sim.clock.advance(0.2)
    name.fill("Anna")
    button.click()
    sim.clock.advance(0.3)
    yield Step("The button says what is going on; that Ben is here shows, and the field keeps what is in it", Ann=page)
    assert (button.text_content(), button.is_disabled(), name.is_editable()) == ("Saving …", True, False)
    assert page.locator(".in").all_text_contents() == ["Ben is looking at this, too"]
    assert name.input_value() == "Anna"

    sim.clock.advance(0.6)
    yield Step("Saved, once: the button is on again, the field too, and all is up to date", Ann=page)
    assert (button.text_content(), button.is_disabled(), name.is_editable()) == ("Save", False, True)
    assert (page.locator("#saved").text_content(), name.input_value()) == ("saved 1 times", "Anna")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
