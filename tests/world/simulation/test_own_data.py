"""What a process is sent is its own: what one does to it is done to no other, to no log, and to nothing that a test holds."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Reply, Route, Router, Socket, heex
from liveview_testing import Simulation, View, laws, replay


class Part(LiveComponent):
    """Writes into what it is given."""

    def update(self, assigns: dict[str, Any], socket: Socket) -> Socket:
        if "told" in assigns:
            assigns["told"].append("part")
        return socket.assign(assigns)

    render = heex("<i>{len(assigns.get('told') or ())}</i>", names={"len": len})


class Rude(LiveView):
    """Writes into all that it is handed, and remembers what that was."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        session["cart"].append(1)
        session["deep"]["in"][0].add("x")
        return socket.assign(heard=(), cart=tuple(session["cart"])).subscribe("t")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        given = msg[1] if isinstance(msg, tuple) else msg
        given.append(socket.id)
        return socket.assign(heard=tuple(given))

    handle_cast = handle_info

    def handle_call(self, msg: Any, sender: Any, socket: Socket) -> Any:
        msg["seen"] = True
        return Reply(socket, len(msg))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        sent: list[Any] = ["mine"]
        match event:
            case "send":
                socket = socket.send(sent)
            case "after":
                socket = socket.send_after(sent, 1)
            case "every":
                socket = socket.send_interval(sent, 1)
            case "broadcast":
                socket = socket.broadcast("t", sent)
            case _:
                socket = socket.send_update(Part, id="p", told=sent)
        return socket.assign(sent=sent)

    render = heex(
        "<main>{len(@heard)}<.live_component module={Part} id='p' /></main>", names={"len": len, "Part": Part}
    )


ROUTER = Router([Route("/", Rude)])


def opened(**options: Any) -> tuple[Simulation, dict[str, Any], View, View]:
    sim = Simulation(ROUTER, **options)
    session: dict[str, Any] = {"cart": [], "deep": {"in": ({"a"},)}}
    return sim, session, sim.live("/", session=session), sim.live("/", session=session)


def test_sessions() -> None:
    """Each mount reads it anew, as from the token."""
    _, session, one, other = opened()
    assert session == {"cart": [], "deep": {"in": ({"a"},)}}
    assert one.assigns.cart == other.assigns.cart == (1,)


@pytest.mark.parametrize("message", [["m"], ("m", ["m"])], ids=repr)
def test_broadcasts_of_a_test(message: Any) -> None:
    """Nobody sees what another has written into it; the log, and the script, have what was sent."""
    sim, _, one, other = opened()
    before = repr(message)
    sim.broadcast("t", message)
    assert one.assigns.heard[-1] == one.id and other.assigns.heard[-1] == other.id
    assert len(one.assigns.heard) == len(other.assigns.heard) == 2
    assert repr(message) == before
    assert [repr(each.payload) for each in sim.history if each.origin == "broadcast"] == [before, before]
    assert f'sim.broadcast("t", {message!r})'.replace("'", '"') in sim.script.to_test(names={"ROUTER": ROUTER})
    assert replay(sim.script, Simulation(ROUTER)).digest == sim.digest
    laws.hold(sim)


def test_what_a_test_changes_later_was_not_sent() -> None:
    """The list that it goes on with is its own."""
    sim, _, one, _ = opened()
    message: list[Any] = []
    for number in range(3):
        message.append(number)
        sim.broadcast("t", message)
    told = [each.payload for each in sim.history if each.origin == "broadcast" and each.process == one.id]
    assert told == [[0], [0, 1], [0, 1, 2]]


@pytest.mark.parametrize("how", ["tell", "cast", "call"])
def test_messages_of_a_test(how: str) -> None:
    """To one process."""
    sim, _, one, _ = opened()
    message: Any = {"a": 1} if how == "call" else ["m"]
    before = repr(message)
    getattr(sim, how)(one.id, message)
    assert repr(message) == before
    assert repr(sim.history[-1].payload) == before


@pytest.mark.parametrize("event", ["send", "after", "every", "broadcast", "update"])
def test_messages_of_processes(event: str) -> None:
    """What a view has sent it still has as it sent it; what comes again comes as it was."""
    sim, _, one, _ = opened()
    one.render_click(event)
    sim.clock.advance(2)
    assert one.assigns.sent == ["mine"]
    told = [each.payload for each in sim.history if each.origin in ("info", "timer", "broadcast", "send_update")]
    assert told
    assert all(each in (["mine"], {"told": ["mine"]}) for each in told)
