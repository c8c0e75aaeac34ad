"""A dashboard whose numbers come when they come: `assign_async` and `<.async_result>`.

Each box starts its own work and goes through its own states: loading, failed, there. The function returns a mapping with the
keys it was started for, or raises. A number that was there stays while a new one is fetched, also if that fails; only
`reset=True` shows "loading" again. A function gets what it needs, never the socket, which would be sent along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


def count_users(team: str) -> dict[str, int]:
    """Two numbers from one query."""
    return {"users": 1204, "online": 37}


def sum_revenue(team: str) -> dict[str, str]:
    """A slow one."""
    return {"revenue": "18,400"}


class DashboardLive(LiveView):
    """`users` and `revenue` are where the numbers come from."""

    def __init__(
        self,
        users: Callable[[str], Mapping[str, Any]] = count_users,
        revenue: Callable[[str], Mapping[str, Any]] = sum_revenue,
    ) -> None:
        self.users = users
        self.revenue = revenue

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        team = session.get("team", "all")
        return (
            socket.assign(team=team)
            .assign_async(["users", "online"], lambda: self.users(team))
            .assign_async("revenue", lambda: self.revenue(team))
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        team = socket.assigns.team
        match event:
            case "refresh":
                return socket.assign_async("revenue", lambda: self.revenue(team))
            case "start_over":
                return socket.assign_async("revenue", lambda: self.revenue(team), reset=True)
            case _:
                return socket

    render = heex("""
    <main>
      <section id="users">
        <.async_result :let={users} assign={@users}>
          <:loading>counting ...</:loading>
          <:failed :let={reason}>no number: {str(reason)}</:failed>
          <b>{users}</b> users, {@online.result} of them here
        </.async_result>
      </section>
      <section id="revenue">
        <.async_result :let={revenue} assign={@revenue}>
          <:loading>adding up ...</:loading>
          <:failed :let={reason}>no number: {str(reason)}</:failed>
          <b>{revenue}</b>
          <i :if={@revenue.loading}>fetching a newer one</i>
          <i :if={@revenue.failed}>this is an old number</i>
        </.async_result>
        <button id="refresh" phx-click="refresh">Refresh</button>
        <button id="start_over" phx-click="start_over">Start over</button>
      </section>
    </main>
    """)


ROUTER = Router([Route("/dashboard", DashboardLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """One box is there at once, the other fails first; then it is fetched twice more."""
    sim.tasks.hold()  # the story says what comes when
    ann = sim.live("/dashboard")
    yield Step("The page is there before its numbers", Ann=ann)
    assert ann.has_element("#users", "counting")
    assert ann.has_element("#revenue", "adding up")

    sim.tasks.run(["users", "online"])
    sim.tasks.fail("revenue", "the bank is closed")
    yield Step("One query gives both numbers of the first box; the second fails by itself", Ann=ann)
    assert ann.has_element("#users", "1204 users, 37 of them here")
    assert ann.has_element("#revenue", "no number: the bank is closed")

    ann.element("#refresh").render_click()
    sim.tasks.run("revenue")
    yield Step("Asked again, it answers", Ann=ann.element("#revenue"))
    assert ann.has_element("#revenue b", "18,400")

    ann.element("#refresh").render_click()
    yield Step("While a newer number is fetched the old one stays", Ann=ann.element("#revenue"))
    assert ann.has_element("#revenue i", "fetching")

    sim.tasks.fail("revenue", "the bank is closed again")
    yield Step("Also when that fails", Ann=ann.element("#revenue"))
    assert ann.has_element("#revenue b", "18,400")
    assert ann.has_element("#revenue i", "an old number")

    ann.element("#start_over").render_click()
    sim.tasks.resolve("revenue", {"revenue": "20,000"})
    yield Step("Starting over forgets it", Ann=ann.element("#revenue"))
    assert ann.has_element("#revenue b", "20,000")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
