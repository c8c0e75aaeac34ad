"""What goes to the browser from a socket beside the page: pushed events, and where to go next (patch, navigate, redirect).

Law: what was pushed in one message goes with that message; of two ways to go the second is an error.
"""  # PE-1, NV-1

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_core.protocol import navigation
from liveview_core.protocol.effects import Redirect
from liveview_core.rendering.js import encodable
from liveview_core.socket.flash import FlashMethods
from liveview_core.socket.socket_state import PushEvent, make_cycle
from liveview_core.values.safe import exact

__all__ = ["ClientMethods"]


class ClientMethods(FlashMethods):
    """The part of `Socket` that is about the browser: events, navigation."""

    __slots__ = ()

    def push_event(
        self, event: str, payload: Mapping[str, Any], *, dispatch: Literal["after", "before"] = "after"
    ) -> Self:
        """Send the client an event with this message; dispatched after the page is patched, or before."""  # PE-1
        if not isinstance(event, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the name of a pushed event is a str", expected="a str such as 'chart'", got=shown(event))
        if not isinstance(payload, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                f"the payload of push_event({event!r}, …) is not a mapping",
                expected="a dict of JSON data",
                got=shown(payload),
                cure=f"socket.push_event({event!r}, {{'value': …}})",
            )
        if dispatch not in ("after", "before"):
            raise BadOption(
                f"the option dispatch of push_event({event!r}, …) is wrong",
                expected="'after' or 'before'",
                got=shown(dispatch),
                nearest=nearest_names(dispatch, ("after", "before")),
            )
        cycle = self._cycle
        sent = encodable(payload, f"the payload of push_event({event!r}, …)")
        pushed = cycle.events.append(PushEvent(exact(event), sent, dispatch == "before"))
        return self._with_cycle(make_cycle(pushed, cycle.reply, cycle.flash))

    def push_patch(self, to: str, *, replace: bool = False) -> Self:
        """Go to another URL of the same view: `handle_params` runs, nothing is mounted anew."""  # NV-2, NV-10
        return self._with_redirected(navigation.patch(self._redirected, to, replace))

    def push_navigate(self, to: str, *, replace: bool = False) -> Self:
        """Go to another view of the same live session, without loading the page anew."""  # NV-2, NV-9
        return self._with_redirected(navigation.navigate(self._redirected, to, replace))

    def redirect(
        self, to: str | None = None, *, external: str | tuple[str, str] | None = None, status: int = 302
    ) -> Self:
        """Leave: load the page of a path on this host, or of an *external* URL."""  # NV-1, NV-8
        return self._with_redirected(navigation.redirect(self._redirected, to, external, status))

    @property
    def redirected(self) -> Redirect | None:
        """Where the socket wants to go, if anywhere."""  # SK-6
        return self._redirected
