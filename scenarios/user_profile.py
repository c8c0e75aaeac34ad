"""A user's profile, kept up to date by `send_update`: the component is on the page before its user is there.

A component's `update` sees what its place in the template gives it *and* what `send_update` brings, so it takes whichever
came and keeps the rest: `mount` says what there is before anything came. The notice that something changed goes away by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import Assigns, LiveComponent, LiveView, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class User:
    """Who somebody is."""

    id: int
    name: str
    city: str


@frozen
class UserSaved:
    """Told on `user:<id>`, to whoever shows that user."""

    user: User


class Profile(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(user=None, notice=None)

    def update(self, assigns: Assigns, socket: Socket) -> Socket:
        before = socket.assigns.user
        socket = socket.assign(assigns)
        if before is None or socket.assigns.user == before:
            return socket
        return socket.assign(notice="just changed").send_update_after(
            Profile, id=socket.assigns.id, after=3, notice=None
        )

    render = heex("""
    <section id={@id} class="profile">
      <p :if={@user is None}>loading ...</p>
      <p :if={@user}><b>{@user.name}</b>, {@user.city}</p>
      <em :if={@notice}>{@notice}</em>
    </section>
    """)


class ProfileLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        id = session["user_id"]
        return socket.subscribe(f"user:{id}").send(("load", id))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case ("load", id):
                return socket.send_update(Profile, id="profile", user=User(id, "Ann", "Bonn"))
            case UserSaved(user):
                return socket.send_update(Profile, id="profile", user=user)
            case _:
                return socket

    render = heex("""
    <main>
      <h1>Account</h1>
      <.live_component module={Profile} id="profile" />
    </main>
    """)


def story(sim: Simulation) -> Iterator[Step]:
    """Ann's profile is loaded; elsewhere her address changes; the notice lasts three seconds."""
    ann = sim.live(ProfileLive, session={"user_id": 7})
    yield Step("The page comes at once, the user a message later", Ann=ann)
    assert ann.has_element("#profile b", "Ann")

    sim.broadcast("user:7", UserSaved(User(7, "Ann", "Berlin")))
    yield Step("Her address changes elsewhere: the component alone is sent", Ann=ann)
    assert ann.has_element("#profile p", "Ann, Berlin")
    assert ann.has_element("#profile em", "just changed")

    sim.clock.advance(3)
    yield Step("Three seconds later the notice is gone", Ann=ann.element("#profile"))
    assert not ann.has_element("#profile em")

    sim.broadcast("user:7", UserSaved(User(7, "Ann", "Berlin")))
    yield Step("The same again: nothing changed, nothing is sent", Ann=ann.element("#profile"))


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
