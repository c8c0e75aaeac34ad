"""What uploads stand in: as much of a socket as they read and make anew.

Law: uploads know no more of a socket than this, so that a socket may know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, Self, TypeVar

from liveview_core.protocol.effects import Effect, Redirect

__all__ = ["Holder", "UploadHolder"]


class UploadHolder(Protocol):
    """A socket, as uploads see it."""

    @property
    def _assigns(self) -> dict[str, Any]: ...
    @property
    def _standing(self) -> Any: ...
    @property
    def id(self) -> str: ...
    @property
    def cid(self) -> int | None: ...
    @property
    def redirected(self) -> Redirect | None: ...
    def merge_assigns(self, assigns: Mapping[str, Any]) -> Self: ...
    def _with_standing(self, standing: Any) -> Self: ...
    def effect(self, effect: Effect) -> Self: ...


Holder = TypeVar("Holder", bound=UploadHolder)
"""Who gives a socket to a function here gets one of its own kind."""
