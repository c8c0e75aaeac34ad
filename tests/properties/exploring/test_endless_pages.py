"""`explore` where pages send browsers on without end, or cannot be joined again: it ends, and says which page it was."""

from __future__ import annotations

from typing import Any, cast

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Exploration, Faults, Simulation, TooManyRedirects, always, explore


class To(LiveView):
    """It sends the browser on."""

    def __init__(self, to: str) -> None:
        self.to = to

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.push_navigate(self.to)

    render = heex("<p>never seen</p>")


class Again(LiveView):
    """The second time that a browser joins it, it does what it is told to."""

    def __init__(self, store: Any, how: str) -> None:
        self.store = store
        self.how = how

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        if socket.connected:
            joins = self.store.get("joins", 0)
            self.store["joins"] = joins + 1
            if joins and self.how == "navigates":
                return socket.push_navigate("/")
            if joins and self.how == "redirects":
                return socket.redirect("/")
            if joins and self.how in ("raises", "404"):
                error = ValueError("it cannot be joined again")
                if self.how == "404":
                    error.status = 404  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
                raise error
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "navigate":
                return socket.push_navigate("/a")
            case "redirect":
                return socket.redirect("/a")
            case _:
                return socket.update("n", lambda n: n + 1)

    render = heex("""
    <button id="count" phx-click="count">{@n}</button>
    <button id="navigate" phx-click="navigate">navigate</button>
    <button id="redirect" phx-click="redirect">redirect</button>
    <.link id="live" navigate="/a">live</.link>
    <a id="plain" href="/a">plain</a>
    <form action="/a"><button id="form">form</button></form>
    """)


def explored(how: str, press: str, faults: Faults) -> Exploration:
    """All orders of one click."""
    sim = Simulation()
    sim.router = Router([Route("/", Again(sim.store, how)), Route("/a", To("/b")), Route("/b", To("/a"))])
    page = sim.page("/")
    with sim.concurrently() as acts:
        page.locator(press).click()
    return explore(sim, acts, always(lambda sim: True), faults=faults, unfinished="allow", raising=False, worlds=2_000)


FAULTS = [Faults(), Faults(drops=1), Faults(crashes=1)]


@pytest.mark.parametrize("faults", FAULTS, ids=["none", "drops", "crashes"])
@pytest.mark.parametrize("press", ["#navigate", "#redirect", "#live", "#plain", "#form"])
def test_redirects_without_end(press: str, faults: Faults) -> None:
    """Each message is one of many that may come next; where tabs went is counted over all of them."""
    found = explored("stays", press, faults)
    assert found.exhaustive
    assert found.failures
    for failure in found.failures:
        assert isinstance(failure.error, TooManyRedirects)
        assert failure.error.got == "/b -> /a -> /b -> /a"
        assert "ERR_TOO_MANY_REDIRECTS" in str(failure)


@pytest.mark.parametrize("faults", FAULTS[1:], ids=["drops", "crashes"])
@pytest.mark.parametrize("how", ["raises", "404", "navigates", "redirects"])
def test_what_cannot_be_joined_again(how: str, faults: Faults) -> None:
    found = explored(how, "#count", faults)
    assert found.exhaustive
    expected = TooManyRedirects if how in ("navigates", "redirects") else ValueError
    assert [type(each.error) for each in found.failures] == [expected]


def test_going_about_is_no_redirecting() -> None:
    """What somebody does at one instant begins anew each time."""
    sim = Simulation()
    sim.router = Router([Route("/", Again(sim.store, "stays")), Route("/there", Again({}, "stays"))])
    page = sim.page("/")
    with sim.concurrently() as acts:
        for _ in range(25):
            page.goto("/there")
    found = explore(sim, acts, always(lambda sim: True), deviations=0, unfinished="allow", raising=False)
    assert found.failures == cast("Any", ())
