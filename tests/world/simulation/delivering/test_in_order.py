"""What is under way in a block `sim.in_order()`: what a process sends itself, what nested views ask for, what is seen at once."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_testing import Page, Simulation, View
from liveview_testing.laws import LawBroken, untouched_law
from liveview_testing.world.browsing.visits import CannotOpen


class Child(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.push_patch("/?q=1")

    render = heex('<button id="move" phx-click="go">child</button>')


class Desk(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=())

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(q=params.get("q"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "work":

            async def work() -> int:
                return 1

            return socket.start_async("work", lambda: work())
        return socket.send("sent").send_after("due", 0)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: (*heard, msg))

    render = heex("""<p>{" ".join(@heard)}</p><b>{@q}</b><button id="go" phx-click="go">go</button>
    <button id="work" phx-click="work">work</button><.link patch="/?q=2">two</.link>
    {live_render(@socket, Child, id="child")}""")


class Away(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if "far" in params:
            return socket.redirect(external="https://example.org/")
        return socket.put_flash("info", "moved").redirect("/")

    render = heex("<p>never seen</p>")


ROUTER = Router([Route("/", Desk), Route("/away", Away)])


def page() -> tuple[Simulation, Page]:
    sim = Simulation(ROUTER)
    return sim, sim.page("/")


def test_what_was_sent_before_a_timer_was_set_comes_before_it() -> None:
    """Both are due at once, at the end of the block."""
    sim, desk = page()
    with sim.in_order() as order:
        desk.locator("#go").click()
        order.deliver(desk)
        assert order.waiting == ["process phx-1 -> phx-1: 'sent'"]
    assert desk.locator("p").inner_text() == "sent due"


def test_a_task_that_is_a_coroutine_is_told_where_it_is_finished() -> None:
    sim, desk = page()
    with pytest.raises(LiveViewError) as told, sim.in_order() as order:
        desk.locator("#work").click()
        order.deliver(desk)
        order.finish("work", desk)
    assert str(told.value).splitlines() == [
        "the function of the task 'work' returned a coroutine, which nobody awaits",
        "  expected: a plain function, which returns its value",
        "  got: async def Desk.handle_event.<locals>.work",
        "  cure: lambda: asyncio.run(work())",
    ]


def test_a_nested_view_sends_the_page_on() -> None:
    """It asks the root view, by a message: which waits in a block as any other does."""  # NV-11
    sim, desk = page()
    desk.locator("#move").click()
    assert (desk.url, desk.locator("b").inner_text()) == ("http://www.example.com/?q=1", "1")
    sim, desk = page()
    with sim.in_order() as order:
        desk.locator("#move").click()
        order.deliver(desk)
        (waits,) = order.waiting
        assert waits.startswith("process phx-1:child -> phx-1: Forwarded(redirect=Redirect(kind='patch', to='/?q=1'")
        assert desk.url == "http://www.example.com/"
    assert (desk.url, desk.locator("b").inner_text()) == ("http://www.example.com/?q=1", "1")


def test_a_link_of_a_view_s_handle_is_answered_at_once() -> None:
    """Whoever follows it looks at where it leads."""
    sim = Simulation(ROUTER)
    view = sim.live("/")
    with sim.in_order() as order:
        assert "<b>2</b>" in view.element("a").render_click()
        assert order.waiting == []
    view.assert_patch("/?q=2")


def test_who_comes_in_a_block_and_is_sent_on() -> None:
    """The page is loaded where its redirects lead, with their flash; its join is under way."""
    sim, _ = page()
    with sim.in_order() as order:
        guest = sim.page("/away")
        assert guest.url == "http://www.example.com/"
        assert order.waiting == ["link phx-2-1 -> phx-2-1: phx_join"]
        with pytest.raises(CannotOpen) as told:
            sim.page("/away?far=1")
        assert str(told.value) == "cannot open '/away?far=1': it leads away from the simulated host"
    assert sim.view(guest).view.assigns.flash == {"info": "moved"}


class Holder(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(held=session["held"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        if event == "away":
            return socket.redirect("/elsewhere")
        held: Any = socket.assigns.held
        if event == "change":
            held.append(1) if hasattr(held, "append") else held.add(1)
        raise ValueError(event)

    render = heex('<p phx-click="change">{len(@held)}</p><b phx-click="leave">b</b>')


@pytest.mark.parametrize("kind", [list, set, bytearray])
def test_what_an_action_that_raised_has_changed_in_place(kind: type[Any]) -> None:
    """Also where another process of the world is gone by then."""
    sim = Simulation(checks={"patch law": "ignore"})
    other = sim.live(Holder, session={"held": []})
    other.render_hook("away")
    assert sim.world.lines[other.id].process is None
    view = sim.live(Holder, session={"held": kind()})

    def click(selector: str) -> Any:
        def act(there: View) -> None:
            there.element(selector).render_click()

        return act

    assert str(untouched_law(view, click("b"), ValueError)) == "leave"
    with pytest.raises(LawBroken) as told:
        untouched_law(view, click("p"), ValueError)
    assert f"got: another {view.id}: @held" in str(told.value)
