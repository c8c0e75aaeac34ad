"""Chains of hooks, drawn: hooks with different ids that note that they ran, any of which may halt.

Law: a link changes nothing but its note, so that what a chain came to says who ran.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from liveview_core import Cont, Halt, Socket
from liveview_core.values.declaring import frozen


@frozen
class HookLink:
    """One hook of a chain: it notes that it ran (in the assign `ran`), and halts or goes on."""

    id: str
    halts: bool = False

    def hook(self, stage: str) -> Callable[..., Any]:
        """The function to attach."""

        def run(*arguments: Any) -> Any:
            socket: Socket = arguments[-1]
            socket = socket.assign(ran=(*socket.assigns.get("ran", ()), self.id))
            if stage == "after_render":
                return socket
            return Halt(socket) if self.halts else Cont(socket)

        return run


def hook_chains(max_size: int = 6) -> SearchStrategy[list[HookLink]]:
    """Chains of hooks with different ids, any of which may halt."""
    link = st.builds(HookLink, st.sampled_from("abcdefgh"), st.booleans())
    return st.lists(link, max_size=max_size, unique_by=lambda link: link.id)


def attached(socket: Socket, stage: str, chain: Sequence[HookLink]) -> Socket:
    """The socket with a chain attached."""
    for link in chain:
        socket = socket.attach_hook(link.id, stage, link.hook(stage))
    return socket
