"""Components in what leaves by a transition: the server is told of their end once they are gone."""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveComponent, LiveView, Socket, heex
from liveview_testing import Page, Simulation


class Part(LiveComponent):
    render = heex("<p>{@id}</p>")


class Parts(LiveView):
    """One component in a box that fades away, one that goes at once."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(on=False)

    render = heex(
        """
        <button phx-click="off">Off</button>
        <section :if={@on} id="box" phx-remove={JS.hide(transition="fade", time=200)}>
          <.live_component module={Part} id="fades" />
        </section>
        <section :if={@on} id="other"><.live_component module={Part} id="goes" /></section>
        """,
        names={"JS": JS, "Part": Part},
    )


def told(page: Page) -> list[tuple[str, list[int]]]:
    """What the server was told of components."""
    return [(each.event, each.payload["cids"]) for each in page.view.wire if each.event.startswith("cids_")]


def test_the_server_is_told_once_they_are_gone() -> None:
    """PA-41, PA-42: of each by itself, and that it is destroyed."""
    page = Simulation().page(Parts())
    fades, goes = (
        int(page.locator(f"p:text-is('{name}')").get_attribute("data-phx-component") or 0) for name in ("fades", "goes")
    )
    page.get_by_role("button").click()
    assert told(page) == [("cids_will_destroy", [goes])]  # all else waits for the transition
    page.sim.clock.advance(seconds=1)
    assert sorted(told(page)[1:]) == [
        ("cids_destroyed", [fades]),
        ("cids_destroyed", [goes]),
        ("cids_will_destroy", [fades]),
    ]
