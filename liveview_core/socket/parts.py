"""What every area of a socket's methods reads and makes: the parts of a socket, and a socket with another of them.

Law: declarations only, nothing here runs. `Socket` has the parts and makes the copies; an area (`assigns`, `streams`, …) is a
class without state that knows no other class of sockets, so that the areas stand below `Socket` and cost it no look-up.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any, Self

from liveview_core.values.assigns import Changed

if TYPE_CHECKING:  # names for the type checker alone
    from liveview_core.protocol.effects import Effect, Redirect
    from liveview_core.socket.socket_state import Cycle, Facts, Instant, Standing
    from liveview_core.values.log import Log

__all__ = ["SocketParts"]


class SocketParts:
    """What `Socket` has, for the methods that stand in files of their own."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """An error about a call names the method as its author knows it: `Socket.assign_new() missing …`."""
        super().__init_subclass__()
        for name, value in vars(cls).items():
            if type(value) is FunctionType and not name.startswith("_"):
                value.__qualname__ = f"Socket.{name}"

    if TYPE_CHECKING:
        _assigns: dict[str, Any]
        _changed: Changed
        _effects: Log[Effect]
        _cycle: Cycle
        _redirected: Redirect | None
        _standing: Standing
        _facts: Facts
        _instant: Instant | None

        def _with_assigns(self, values: dict[str, Any], changed: Changed) -> Self: ...
        def _with_cycle(self, cycle: Cycle) -> Self: ...
        def _with_redirected(self, redirected: Redirect | None) -> Self: ...
        def _with_standing(self, standing: Standing) -> Self: ...
        def _with_facts(self, facts: Facts) -> Self: ...
        def effect(self, effect: Effect) -> Self: ...
