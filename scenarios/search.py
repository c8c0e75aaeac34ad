"""Product search: the URL says what is searched for, the search itself is a task, and only the last one counts.

What is typed becomes `?q=...` by a patch that replaces the URL, so that a search can be shared and "back" leaves it. The work is
not done inside handle_event, which would make the page deaf meanwhile: `start_async` runs it, "searching" is really shown,
and a search that is overtaken is cancelled, so that its late answer is nobody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from attrs import frozen

from liveview_core import AsyncExit, AsyncOk, LiveView, Route, Router, Socket, heex, to_form
from liveview_testing import Simulation, Step


@frozen
class Product:
    """Something in the shop."""

    id: int
    name: str
    price: str


SHOP = (Product(1, "Tea pot", "24.00"), Product(2, "Tea", "4.50"), Product(3, "Toaster", "39.00"))


def find_products(text: str) -> tuple[Product, ...]:
    """What a shop's database would answer."""
    return tuple(product for product in SHOP if text.lower() in product.name.lower())


class SearchLive(LiveView):
    """`find` is what searches: the shop's database, or a test's fake."""

    def __init__(self, find: Callable[[str], tuple[Product, ...]] = find_products) -> None:
        self.find = find

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(results=None, loading=False)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        query = params.get("q", "").strip()
        socket = socket.assign(query=query, form=to_form({"q": query}), error=None)
        if socket.assigns.loading:
            socket = socket.cancel_async("search")
        if not query:
            return socket.assign(results=None, loading=False)
        find = self.find  # the task gets what it needs, never the socket
        return socket.assign(loading=True).start_async("search", lambda: find(query))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "search", {"q": str(text)}:
                query = text.strip()
                if query == socket.assigns.query:
                    return socket
                return socket.push_patch("/search" + (f"?{urlencode({'q': query})}" if query else ""), replace=True)
            case _:
                return socket

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        match result:
            case AsyncOk(results):
                return socket.assign(loading=False, results=results)
            case AsyncExit(("shutdown", "cancel")):
                return socket
            case _:
                return socket.assign(loading=False, results=None, error="The shop does not answer.")

    render = heex("""
    <main>
      <.form for={@form} id="search" phx-change="search" phx-submit="search">
        <input type="search" name="q" value={@form["q"].value} phx-debounce="300" />
      </.form>
      <p :if={@loading} class="loading">searching ...</p>
      <p :if={@error} class="error">{@error}</p>
      <ul :if={@results}>
        <li :for={product in @results} :key={product.id}>{product.name}: {product.price}</li>
      </ul>
      <p :if={@results == ()} class="nothing">Nothing is called “{@query}”.</p>
    </main>
    """)


ROUTER = Router([Route("/search", SearchLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann types; the second search overtakes the first; the third finds nothing; the fourth fails."""
    sim.tasks.hold()  # the story says when the shop answers
    ann = sim.live("/search")
    ann.form("#search", {"q": "te"}).render_change()
    yield Step("Ann types: the URL follows, and the page says that it is searching", Ann=ann)
    assert ann.url == "/search?q=te"
    assert ann.has_element(".loading")

    ann.form("#search", {"q": "tea"}).render_change()
    yield Step("She types on: the first search is cancelled, whatever it finds", Ann=ann)
    assert len(sim.tasks.pending) == 1

    sim.tasks.run("search")
    yield Step("The shop answers", Ann=ann)
    assert ann.has_element("li", "Tea pot: 24.00")
    assert not ann.has_element(".loading")

    ann.form("#search", {"q": "teapot"}).render_change()
    sim.tasks.run("search")
    yield Step("No such thing", Ann=ann)
    assert ann.has_element(".nothing", "teapot")

    ann.form("#search", {"q": "toaster"}).render_change()
    sim.tasks.fail("search", "no connection")
    yield Step("The shop is down: the page says so, and can be searched again", Ann=ann)
    assert ann.has_element(".error")

    ben = sim.live("/search?q=toaster")
    sim.tasks.run("search")
    yield Step("Ben follows Ann's link", Ben=ben)
    assert ben.has_element("li", "Toaster")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
