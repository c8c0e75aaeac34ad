"""Mistakes that a type checker finds: each line that is one says so."""

from __future__ import annotations

from collections.abc import Mapping

from liveview_core import Cont, LiveView, Socket
from liveview_testing import LiveViewMachine, Page, assert_isolated


class WrongLive(LiveView):
    """Callbacks are plain functions that give a socket."""

    async def handle_event(self, event: str, params: Mapping[str, object], socket: Socket) -> Socket:  # wrong
        return socket

    def handle_info(self, msg: object, socket: Socket) -> Socket | None:  # wrong
        return socket if msg else None


async def later(message: object, socket: Socket) -> Cont:
    """A hook that nobody awaits."""
    return Cont(socket)


def forgets(message: object, socket: Socket) -> None:
    """A hook that ends without a return."""


def bare(message: object, socket: Socket) -> Cont | None:
    """A hook with one return too few."""
    return Cont(socket) if message else None


async def attach(socket: Socket) -> Socket:
    """A widget that nobody awaits."""
    return socket


def unattached(socket: Socket) -> None:
    """A widget that gives no socket."""


async def invariant(page: Page) -> bool:
    """An invariant that nobody awaits."""
    return True


def listen(page: Page, socket: Socket) -> None:
    """The rest."""
    socket.attach_hook("later", "handle_info", later)  # wrong
    socket.attach_hook("forgets", "handle_info", forgets)  # wrong
    socket.attach_hook("bare", "handle_info", bare)  # wrong
    assert_isolated(attach)  # wrong
    assert_isolated(unattached)  # wrong
    LiveViewMachine.for_view(WrongLive, invariants=[invariant])  # wrong
    page.on("dialog", answer)  # wrong


async def answer(dialog: object) -> None:
    """A listener that nobody awaits."""
