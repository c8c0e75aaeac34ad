"""A playlist that is sorted by dragging: a client hook says which song goes where, and the server decides.

The browser's own events of a drag come to the hook on the list. It moves nothing itself: it tells which song was let go on which,
and what shows is what the view makes of it, keyed, so that no row is sent again. A song that somebody has taken away meanwhile
goes nowhere. `Sortable` stands in for the script in `playlist.js`, which does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import ClientHook, Simulation, Step

SONGS = ("Help", "Rain", "Girl", "Yesterday")


def moved(songs: tuple[str, ...], song: str, to: str) -> tuple[str, ...]:
    """The songs, one of them before another."""
    if song == to or song not in songs or to not in songs:
        return songs
    rest = [each for each in songs if each != song]
    rest.insert(rest.index(to), song)
    return tuple(rest)


class PlaylistLive(LiveView):
    """Songs in an order."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(songs=SONGS)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "move", {"song": str(song), "to": str(to)}:
                return socket.update("songs", lambda songs: moved(songs, song, to))
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case ("gone", str(song)):
                return socket.update("songs", lambda songs: tuple(each for each in songs if each != song))
            case _:
                return socket

    render = heex("""
    <main>
      <ol id="songs" aria-label="Songs" phx-hook="Sortable">
        <li :for={song in @songs} :key={song} id={song} draggable="true">{song}</li>
      </ol>
    </main>
    """)


class Sortable(ClientHook):
    """Remembers what is dragged, takes what is let go on a song, and tells the view."""

    dom_events = ("dragstart", "dragover", "drop", "dragend")

    def handle_dom_event(self, el: Any, event: Any) -> None:
        match event.type:
            case "dragstart":
                el.set_state(event.target.id)
            case "dragover" if el.state is not None:
                event.prevent_default()  # here it may be let go
            case "drop" if el.state is not None:
                event.prevent_default()
                el.push_event("move", {"song": el.state, "to": event.target.id})
            case "dragend":
                el.set_state(None)
            case _:
                pass


ROUTER = Router([Route("/playlist", PlaylistLive)])
HOOKS = {"Sortable": Sortable}


def story(sim: Simulation) -> Iterator[Step]:
    """Ann drags a song up, and another one that is gone by then."""
    page = sim.page("/playlist")
    songs = page.get_by_role("listitem")
    page.locator("#Yesterday").drag_to(page.locator("#Rain"))
    yield Step("It stands before the one that it was let go on", Ann=page)
    assert songs.all_text_contents() == ["Help", "Yesterday", "Rain", "Girl"]

    page.locator("#Help").drag_to(page.locator("#Girl"))
    yield Step("And down", Ann=page)
    assert songs.all_text_contents() == ["Yesterday", "Rain", "Help", "Girl"]

    page.network.latency(0.2)
    page.locator("#Girl").drag_to(page.locator("#Rain"))
    page.view.send(("gone", "Rain"))
    sim.clock.advance(1)
    yield Step("Somebody was quicker: there is no such place any more, and the song stays", Ann=page)
    assert songs.all_text_contents() == ["Yesterday", "Help", "Girl"]


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
