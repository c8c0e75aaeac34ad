"""Golden `change_tracking`: paths, whole assigns, component arguments, spreads, local variables, assigning the same value."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from liveview_core import LiveView, attr, heex
from tests.goldens.elixir import inspect


@frozen
class Address:
    city: str
    zip: str


@frozen
class User:
    name: str
    address: Address

    def __len__(self) -> int:
        return 2


def maybe(read: Any) -> Any:
    """`assigns[:key]`, which is nil when the assign is missing (in Python a missing assign is an error)."""
    try:
        return read()
    except Exception:
        return None


whole = heex("<u>{@user.name}</u>")
city = heex("<em>{@city}{inspect(@extra)}</em>", attr("city", str), attr("extra", "any", default=None))
card = heex("<div><s>{@user.name}</s><s>{@user.address.city}</s><s>{@user.address.zip}</s></div>", attr("user", User))


class ChangeTracking(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(user=User("n", Address("c", "1")), a=1, b=2, list=[1, 2], opts={"x": 1})

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "user":
                return socket.update("user", lambda u: evolve(u, **params))
            case "addr":
                return socket.update("user", lambda u: evolve(u, address=evolve(u.address, **params)))
            case "a":
                return socket.assign(a=params["a"])
            case "touch_and_restore":
                return socket.assign(a=99).assign(a=socket.assigns.a)
            case "new":
                return socket.assign_new("fresh", lambda: "fresh")
            case "upd":
                return socket.update("b", lambda b: socket.assigns.a + b)

    render = heex(r"""
    <div>
      <p>{@user.name}</p>
      <p>{@user.address.city}</p>
      <p>{@user.name}</p>
      <p>{len(@user)}</p>
      <p>{@a + @b}</p>
      <p>{assigns.a}</p>
      <p>{maybe(lambda: @fresh)}</p>
      <p>{assigns.get("a")}</p>
      <p>{"constant"}</p>
      <.city city={@user.address.city} extra={@a} />
      <.city city={@user.address.city} />
      <.city city={"lit"} extra={[1, @b]} />
      <.card user={@user} />
      <.city {{"city": @user.address.zip}} />
      {whole(assigns)}
      <% x = @a * 2 %>
      <p>{x}</p>
      <p :for={l in @list}>{l} {@a}</p>
    </div>
    """)


view = ChangeTracking
__all__ = ["inspect", "view"]  # besides `view`: what only the template reads
