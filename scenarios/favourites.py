"""Favourites: a heart that is full at once, while the server is still being told, and empty again if it could not be kept.

`JS.toggle_class` shows it before anything has gone over the wire. What a command has done to an element outlasts every patch, and
ends with the element: so a heart that could not be kept is given another id, and comes anew, as the server has it. That takes the
focus from it, too; it is the price of undoing what only the browser knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Song:
    """A song, whether it is a favourite, and how often that could not be kept."""

    id: str
    title: str
    kept: bool = False
    failed: int = 0


SONGS = (Song("sun", "Here Comes the Sun"), Song("rain", "Rain"))
LIMIT = 1
TOGGLES = JS.toggle_class("full").push("toggle")


class FavouritesLive(LiveView):
    """Songs with hearts; one of them may be a favourite."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(songs=SONGS)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "toggle", {"song": str(id)}:
                return toggled(socket, id)
            case _:
                return socket

    render = heex(
        """
    <main>
      <p :for={kind, message in @flash.items()} class={kind}>{message}</p>
      <ul>
        <li :for={song in @songs} :key={song.id}>
          {song.title}
          <button
            id={f"{song.id}-{song.failed}"}
            class={"heart kept" if song.kept else "heart"}
            aria-label={f"Favourite: {song.title}"}
            phx-click={TOGGLES}
            phx-value-song={song.id}
          >♥</button>
        </li>
      </ul>
    </main>
    """,
        names={"TOGGLES": TOGGLES},
    )


def toggled(socket: Socket, id: str) -> Socket:
    """The song is a favourite, or none any more; or there are too many, and it comes anew."""
    songs: tuple[Song, ...] = socket.assigns.songs
    song = next(each for each in songs if each.id == id)
    full = not song.kept and sum(each.kept for each in songs) >= LIMIT
    new = evolve(song, failed=song.failed + 1) if full else evolve(song, kept=not song.kept)
    socket = socket.assign(songs=tuple(new if each is song else each for each in songs))
    return socket.put_flash("error", f"{song.title} would be one too many.") if full else socket.clear_flash()


ROUTER = Router([Route("/songs", FavouritesLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann likes one song, which is kept, and another one, which is not, over a slow line."""
    page = sim.page("/songs")
    sun, rain = page.get_by_label("Favourite: Here Comes the Sun"), page.get_by_label("Favourite: Rain")
    page.network.latency(0.3)
    sun.click()
    sim.clock.advance(0.05)
    yield Step("The heart is full at once; the server has not heard of it yet", Ann=page)
    assert sun.get_attribute("class") == "heart phx-click-loading full"
    assert page.view.assigns.songs == SONGS

    sim.clock.advance(0.6)
    yield Step("It is kept, and nothing changes any more", Ann=page)
    assert sun.get_attribute("class") == "heart kept full"

    rain.click()
    sim.clock.advance(0.35)
    assert rain.get_attribute("class") == "heart phx-click-loading full"
    sim.clock.advance(0.3)
    yield Step("A second one is one too many: its heart is empty again, and the page says why", Ann=page)
    assert rain.get_attribute("class") == "heart"
    assert page.locator(".error").text_content() == "Rain would be one too many."


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
