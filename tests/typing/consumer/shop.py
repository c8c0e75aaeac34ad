"""An application as somebody writes it who checks everything: a view, a widget, a router."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liveview_core import Cont, Halt, LiveView, Reply, Route, Router, Socket, heex


@dataclass(frozen=True)
class Item:
    """Something in the cart."""

    id: str
    title: str


def assign_votes(socket: Socket) -> Socket:
    """A widget of hooks."""
    return (
        socket.assign(votes=0)
        .attach_hook("votes", "handle_event", _on_event)
        .attach_hook("votes", "handle_info", _on_info)
    )


def _on_event(event: str, params: Mapping[str, object], socket: Socket) -> Cont | Halt:
    return Halt(socket.assign(votes=1)) if event == "votes:up" else Cont(socket)


def _on_info(message: object, socket: Socket) -> Cont:
    return Cont(socket)


class CartLive(LiveView):
    """A cart."""

    def mount(self, params: object, session: object, socket: Socket) -> Socket:
        return assign_votes(socket.assign(items=[Item("1", "Tea")]))

    def handle_event(self, event: str, params: Mapping[str, object], socket: Socket) -> Socket | Reply:
        return Reply(socket, {"ok": True}) if event == "ask" else socket.assign(items=list[Item]())

    def handle_info(self, msg: object, socket: Socket) -> Socket:
        return socket

    render = heex("""<ul><li :for={item in @items}>{item.title}</li></ul><button phx-click="clear">Clear</button>""")


ROUTER = Router([Route("/cart", CartLive)])
