"""Who a socket is and what surrounds it: its ids, its connection, the time of the step, its private values.

Law: time and randomness come in with the step; what exists only while mounting says so when it is asked for later.
"""  # SK-3…9, NV-30…32

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from attrs import evolve

from liveview_core.errors import BadOption, NotMounted, OutsideStep, ReservedName, expect_name, shown
from liveview_core.protocol.destinations import checked_path
from liveview_core.socket.parts import SocketParts
from liveview_core.socket.socket_state import Instant, Mounting
from liveview_core.values.assigns import Assigns

if TYPE_CHECKING:
    import random

__all__ = ["ConnectionMethods"]

_RESERVED_PRIVATE: Final = frozenset(  # SK-4
    {
        "connect_params",
        "connect_info",
        "assign_new",
        "live_async",
        "live_layout",
        "live_temp",
        "lifecycle",
        "render_with",
        "root_view",
    }
)


class ConnectionMethods(SocketParts):
    """The part of `Socket` that says who it is."""

    __slots__ = ()

    @property
    def connected(self) -> bool:
        """False in the disconnected mount, the one that makes the page's first HTML."""  # SK-3
        return self._facts.connected

    @property
    def id(self) -> str:
        """The id of the view's element; None in a socket that was made by hand, where no callback reads it."""
        return self._facts.id  # type: ignore[return-value] # pyright: ignore[reportReturnType] # SK-9

    @property
    def view(self) -> Any:
        """The view object whose callbacks run."""
        return self._facts.view

    @property
    def router(self) -> Any:
        """The router that the view is mounted at, or None."""
        return self._facts.router

    @property
    def parent(self) -> Any:
        """The address of the parent view's process, for `send(message, to=socket.parent)`; None for a root view."""
        return self._facts.parent

    @property
    def cid(self) -> int | None:
        """The component's id in the page, `@myself`; None for a view."""
        return self._facts.cid

    @property
    def now(self) -> datetime.datetime:
        """The time of this step, as an aware UTC datetime; the same however often it is read."""
        return self._step("now").now

    @property
    def random(self) -> random.Random:
        """A random generator of this step: the same numbers in every replay."""
        return self._step("random").random

    def _step(self, what: str) -> Instant:
        instant = self._instant
        if instant is None or instant.closed:
            raise OutsideStep(
                f"socket.{what} exists only while a message is being handled",
                cure="read it inside a callback or hook and assign what you need; in a test of a function alone, pass "
                "`Socket(…).at(Instant(micros, seed))` (liveview_core.socket.socket_state)",
            )
        return instant

    def get_connect_params(self) -> Mapping[str, Any] | None:
        """The client's connect params, while mounting; None in the disconnected mount."""  # NV-30
        params = self._mounting("get_connect_params").params
        return params if self._facts.connected else None

    def get_connect_info(self, key: str) -> Any:
        """What is known of the connection under *key*, while mounting; None if nothing."""  # NV-31
        return self._mounting("get_connect_info").info.get(expect_name(key, "the key of get_connect_info"))

    def static_changed(self) -> bool:
        """Whether the client runs other static files than the server has now, while mounting."""  # NV-32
        mounting = self._mounting("static_changed")
        if not self._facts.connected or mounting.params is None or not mounting.manifest:
            return False
        latest = (*mounting.manifest, *mounting.manifest.values())
        tracked = mounting.params.get("_track_static")
        if not isinstance(tracked, (list, tuple)):  # it is what the client says
            return False
        texts = [each for each in tracked if isinstance(each, str)]  # pyright: ignore[reportUnknownVariableType]
        return any(not each.partition("?")[0].endswith(latest) for each in texts)

    def _mounting(self, function: str) -> Mounting:
        mounting = self._facts.mounting
        if mounting is None:
            if self._facts.parent is not None:
                raise NotMounted(
                    f"{function} was called on a child view",
                    cure="only the root view has access: hand it down in the session",
                )
            raise NotMounted(
                f"{function} was called outside mount: what it reads exists only while mounting",
                cure="call it in mount (or an on_mount hook) and assign what you need",
            )
        return mounting

    def navigation_type(self, to: str) -> Literal["patch", "navigate", "href"]:
        """How a link to the path *to* should go from here: a patch of this view, live navigation, or a page load.

        In a nested view always a page load ("href"): like every view that is not mounted at the router, it has no live session.
        """  # NV-21
        facts = self._facts
        path = checked_path(to, "navigation_type")
        if not facts.connected or facts.router is None or facts.live_session is None:
            return "href"
        kind: Literal["patch", "navigate", "href"] = facts.router.navigation_type(path, facts.view, facts.live_session)
        return kind

    @property
    def private(self) -> Mapping[str, Any]:
        """Values that belong to no template and are not tracked."""  # SK-4
        return MappingProxyType(self._standing.private)

    def put_private(self, key: str, value: Any) -> Self:
        """With *value* in `private`."""  # SK-4
        if expect_name(key, "the key of put_private") in _RESERVED_PRIVATE:
            raise ReservedName(f"the private key {key!r} is reserved for LiveView", cure="choose another name")
        return self._with_standing(evolve(self._standing, private={**self._standing.private, key: value}))

    def render_with(self, fn: Callable[[Assigns], Any]) -> Self:
        """Render with *fn* from now on instead of the view's `render`."""  # SK-10
        if not callable(fn):
            raise BadOption("render_with takes a function of assigns", expected="heex(…) or a function", got=shown(fn))
        return self._with_standing(evolve(self._standing, render=fn))
