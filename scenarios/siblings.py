"""Two widgets that do not know each other: the shelf says what was taken, the basket listens.

Both are views inside a view: each has a process, so each can subscribe and has a `handle_info` (a LiveComponent has neither: a
message would go to the parent). The topic names *this* visitor's basket: a topic of everybody's would wake every basket in
the shop for each tea that is taken, and show it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step, View

PRICES = {"tea": 4, "pot": 24}


@frozen
class Taken:
    """Something was taken from the shelf."""

    item: str


def topic(visitor: str) -> str:
    """Where this visitor's widgets meet."""
    return f"basket:{visitor}"


class ShelfLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(visitor=session["visitor"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "take", {"item": str(item)} if item in PRICES:
                return socket.broadcast(topic(socket.assigns.visitor), Taken(item))
            case _:
                return socket

    render = heex("""
    <button :for={item in PRICES} phx-click="take" phx-value-item={item}>{item}</button>
    """)


class BasketLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(items={}).subscribe(topic(session["visitor"]))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Taken(item):
                return socket.update("items", lambda items: {**items, item: items.get(item, 0) + 1})
            case _:
                return socket

    render = heex("""
    <ul>
      <li :for={item, count in @items.items()} :key={item}>{count} x {item}</li>
    </ul>
    <b>{sum(PRICES[item] * count for item, count in @items.items())}.00</b>
    """)


class ShopLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(visitor=session["visitor"])

    render = heex("""
    <main>
      <h1>Shop</h1>
      {live_render(@socket, ShelfLive, id="shelf", session={"visitor": @visitor})}
      {live_render(@socket, BasketLive, id="basket", session={"visitor": @visitor})}
    </main>
    """)


ROUTER = Router([Route("/shop", ShopLive)])


def child(view: View, id: str) -> View:
    """A widget of the page."""
    found = view.find_live_child(id)
    assert found is not None
    return found


def story(sim: Simulation) -> Iterator[Step]:
    """Ann and Ben shop at the same time."""
    ann, ben = (sim.live("/shop", session={"visitor": name}) for name in ("ann", "ben"))
    shelf, basket, other = child(ann, "shelf"), child(ann, "basket"), child(ben, "basket")
    yield Step("A page and two widgets: three processes for each visitor", Ann=ann, Ben=ben)

    shelf.element("button", "tea").render_click()
    shelf.element("button", "tea").render_click()
    shelf.element("button", "pot").render_click()
    yield Step("Ann takes three things: her basket hears of each, the page and Ben's basket of none", Ann=ann)
    assert basket.has_element("li", "2 x tea")
    assert basket.has_element("b", "32.00")
    assert not other.has_element("li")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
