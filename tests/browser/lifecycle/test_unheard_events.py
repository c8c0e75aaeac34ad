"""Events of the server that no hook hears: the page notes it once, with who would hear them."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation
from liveview_testing.client_hooks import ClientHook


class Chart(ClientHook):
    events = ("points", "scale")

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        el.set_state(event)


class Pushes(LiveView):
    """Pushes the event that its button is called by; the page has a hook where the session says so."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(hook=session.get("hook"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.push_event(event, {})

    render = heex("""
    <button :for={name in ("points", "piont", "other")} phx-click={name}>{name}</button>
    <p :if={@hook} id="p" phx-hook={@hook}>x</p>
    """)


def pushed(name: str, hook: str | None, times: int = 1) -> Page:
    """The page after the event."""
    page = Simulation(hooks={"Chart": Chart()}).page(Pushes, session={"hook": hook})
    for _ in range(times):
        page.get_by_role("button", name=name).click()
    return page


def test_what_nobody_hears() -> None:
    """Once for each name, and it can still be read in the page's events."""  # HK-23
    page = pushed("other", "Chart", times=2)
    (note,) = page.notes
    assert note.text == "the server's event 'other' was heard by no hook of the page"
    assert note.cure == "a hook with it among its events; who listens on the window reads page.events"
    assert [each.name for each in page.events].count("phx:other") == 2


def test_who_would_hear_it() -> None:
    """A hook that the page does not have, and a name with a slip."""
    (absent,) = pushed("points", None).notes
    assert absent.cure == 'phx-hook="Chart" on an element with an id: that hook hears it, and the page has none'
    (near,) = pushed("piont", "Chart").notes
    assert near.cure == "nearest: points"


def test_what_is_heard_or_may_be() -> None:
    """A hook that hears it; and one that is not told of here, of which nobody knows what it hears."""
    assert pushed("points", "Chart").notes == []
    assert [note.text for note in pushed("other", "Elsewhere").notes] == [
        "nobody stands in for the hook Elsewhere of <p#p>: nothing happens there"
    ]
