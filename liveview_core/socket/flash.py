"""The flash of a socket: messages that are shown until they are cleared or the page is left.

Law: what was put goes along with a redirect of the same message; what was cleared does not.
"""  # FL-1, FL-2

from __future__ import annotations

from typing import Any, Self

from liveview_core.errors import BadOption, expect_name, shown
from liveview_core.socket.assigns import AssignMethods
from liveview_core.socket.socket_state import make_cycle

__all__ = ["FlashMethods"]


class FlashMethods(AssignMethods):
    """The part of `Socket` that is about the flash."""

    __slots__ = ()

    def put_flash(self, kind: str, message: Any) -> Self:
        """Show *message* under *kind*, until it is cleared, or the page is left."""  # FL-1
        if not isinstance(kind, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "the kind of a flash message is a str", expected="a str such as 'info' or 'error'", got=shown(kind)
            )
        cycle = make_cycle(self._cycle.events, self._cycle.reply, {**self._cycle.flash, kind: message})
        return self._put("flash", {**self._assigns.get("flash", {}), kind: message})._with_cycle(cycle)

    def clear_flash(self, kind: str | None = None) -> Self:
        """Take the message of *kind* away; without a kind all of them, except from this message's own redirect."""  # FL-2
        if kind is None:
            return self._put("flash", {})
        expect_name(kind, "the kind of a flash message")
        cycle = self._cycle
        kept = {key: value for key, value in cycle.flash.items() if key != kind}
        shown_ = {key: value for key, value in self._assigns.get("flash", {}).items() if key != kind}
        return self._put("flash", shown_)._with_cycle(make_cycle(cycle.events, cycle.reply, kept))
