"""`unhandled_messages`: messages that Phoenix drops in silence are told, once they were sent in vain; what is usual is not."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from liveview_core import Cont, Halt, LiveComponent, LiveView, Socket, heex
from liveview_testing import PageError, PageWarning, Simulation, View, live
from liveview_testing.world.page_checks import Policy


class Deaf(LiveView):
    """Listens to a topic, and has no handle_info."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.subscribe("todos").subscribe("room:7") if socket.connected else socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast(event, "hi")

    render = heex("<p>x</p>")


class Hears(Deaf):
    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket


class Hooked(Deaf):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.attach_hook("all", "handle_info", lambda msg, socket: Cont(socket))


def quiet(act: Any) -> None:
    """Nothing is said."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        act()


def text(act: Any) -> str:
    """What is said."""
    with pytest.warns(PageWarning) as caught:
        act()
    (one,) = caught
    assert one.filename == __file__
    return str(one.message)


def test_a_message_to_a_view_without_handle_info() -> None:
    """CB-6: dropped, and told; as a message, a broadcast, a timer."""
    view = live(Deaf)
    before = view.html
    said = text(lambda: view.send("hi"))
    assert said == (
        "Deaf got the message 'hi', and has no handle_info: it is dropped\n"
        "  cure: `def handle_info(self, msg, socket): return socket`, or a hook; else do not send it, do not subscribe"
    )
    assert text(lambda: view.sim.broadcast("todos", "hi")) == said
    assert view.html == before
    quiet(lambda: live(Hears).send("hi"))


class Sending(LiveView):
    """Sends where it is told to."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.send("hi", to=params["to"])

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p></p>")


def test_a_message_to_nobody_who_ever_was() -> None:
    """Dropped, as there, and told; who has ended is no slip."""
    sim = Simulation()
    ended, view = sim.live(Sending), sim.live(Sending)
    ended.drop()
    quiet(lambda: view.render_click("send", {"to": view.id}))
    quiet(lambda: view.render_click("send", {"to": ended.id}))
    assert text(lambda: view.render_click("send", {"to": "phx-99"})) == (
        "phx-2 sent the message 'hi' to 'phx-99', which no process ever was: it is dropped\n"
        "  cure: the id of a process, `socket.id` in its own callbacks; without `to` a view sends to itself"
    )


def test_a_hook_may_have_heard_it() -> None:
    """HK-20: what hooks see is theirs, whatever they do with it."""
    quiet(lambda: live(Hooked).send("hi"))

    class Halts(Deaf):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.attach_hook("all", "handle_info", lambda msg, socket: Halt(socket))

    quiet(lambda: live(Halts).send("hi"))


def test_a_broadcast_to_nearly_a_topic() -> None:
    """To one that somebody else listens to under nearly that name; from a view, and from outside."""
    view = live(Hears)
    said = (
        "the message 'hi' was broadcast to 'todo', where nobody listens\n"
        "  cure: one name for both, a constant or a function\n"
        "  nearest: todos"
    )
    assert text(lambda: view.render_click("todo")) == said
    assert text(lambda: view.sim.broadcast("todo", "hi")) == said
    assert "nearest: room:7" in text(lambda: view.sim.broadcast("rooms:7", "hi"))
    assert "nearest: room:7" in text(lambda: view.sim.broadcast("room/7", "hi"))


@pytest.mark.parametrize("topic", ["room:8", "users", "todos", "room", "r"])
def test_a_broadcast_that_nobody_waits_for(topic: str) -> None:
    """That nobody listens is usual: another room, another thing."""
    view = live(Hears)
    quiet(lambda: view.render_click(topic))
    quiet(lambda: Simulation().broadcast(topic, "hi"))


class Part(LiveComponent):
    render = heex("<i>{@id}</i>")


class Cart(LiveComponent):
    render = heex("<b>{@id}</b>")


class Updates(LiveView):
    """Two components, and updates by whatever id the event says."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        kind, id = params["kind"], params["id"]
        return socket.send_update({"part": Part, "cart": Cart}[kind], id=id)

    render = heex(
        '<.live_component module={Part} id={1} /><.live_component module={Part} id="total-price" />',
        names={"Part": Part},
    )


def update(kind: str, id: Any) -> Any:
    view = live(Updates)
    return lambda: view.event("click", "update", {"kind": kind, "id": id})


def test_an_update_for_nearly_a_component() -> None:
    """CP-21: an id of another type, or with a slip."""
    assert text(update("part", "1")) == (
        "send_update(Part, id='1') found no component: nothing is updated\n"
        "  cure: the id that the component has in its template, of the same type\n"
        "  nearest: 1"
    )
    assert "nearest: 'total-price'" in text(update("part", "total_price"))
    assert "nearest: 'total-price'" in text(update("part", "total-pric"))
    for kind, id in (("part", 1), ("part", 2), ("cart", 1), ("part", "total-price"), ("part", "total")):
        quiet(update(kind, id))


class Loads(LiveView):
    """Work that returns what the session says."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign_async(["sum", "count"], lambda: session["gives"])

    render = heex("<p>{@sum.result}</p>")


def test_an_async_result_that_can_never_be_used() -> None:
    """AY-7: the assigns are failed, as in Phoenix, and whoever started it is told."""
    said = text(lambda: live(Loads, session={"gives": {"sum": 1, "cuont": 2}}))
    assert said == (
        "the function of assign_async for sum, count did not return count: @sum is failed\n"
        "  expected: a mapping with the keys 'sum', 'count'\n"
        "  got: the keys sum, cuont\n"
        "  cure: return {'sum': …, 'count': …}"
    )
    assert "returned no mapping" in text(lambda: live(Loads, session={"gives": 3}))
    quiet(lambda: live(Loads, session={"gives": {"sum": 1, "count": 2}}))
    held = live(Loads, session={"gives": {}}, tasks="hold")
    assert "did not return sum, count" in text(lambda: held.sim.tasks.resolve("sum", {}))
    quiet(lambda: live(Loads, session={}, tasks="hold").sim.tasks.fail("sum"))  # that is the world's


class Streams(LiveView):
    """A component whose work gives no items."""

    class Rows(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            return socket.stream_async("rows", lambda: 3)

        render = heex("<i>{@rows.ok}</i>")

    render = heex("<.live_component module={Rows} id='rows' />", names={"Rows": Rows})


def test_an_async_result_of_a_component() -> None:
    """Also of its streams."""
    assert "stream_async('rows') returned no items: @rows is failed" in text(lambda: live(Streams))


@pytest.mark.parametrize("policy", ["raise", "ignore"])
def test_policies(policy: Policy) -> None:
    """What is wrong may raise, and then has not happened, or be passed over."""
    view: View = live(Deaf, checks={"unheard message": policy})
    before = view.sim.world
    for act in (lambda: view.send("hi"), lambda: view.sim.broadcast("todo", "hi")):
        if policy == "raise":
            with pytest.raises(PageError) as raised:
                act()
            assert raised.value.problem.check == "unheard message"
            assert view.sim.world is before
        else:
            quiet(act)
