"""What the races of these tests have in common."""

from __future__ import annotations

from typing import Any, TypeAlias

from liveview_core import LiveView, Socket
from liveview_testing import Simulation

Race: TypeAlias = "tuple[Simulation, Any, tuple[Any, ...], dict[str, Any]]"
"""A world, what people do in it, what should hold, and the options of the search."""


class Racing(LiveView):
    """A view of a race; `safe`: the mistake is mended."""

    safe = False

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket


def mended(view: type[Racing]) -> type[Racing]:
    """The same view without the mistake."""
    return type(f"Safe{view.__name__}", (view,), {"safe": True, "render": view.render, "__module__": view.__module__})
