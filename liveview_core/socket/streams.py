"""Streams of a socket: `stream`, `stream_insert`, `stream_delete` and their kin.

Law: a stream's items are sent and forgotten: after each render a hook of the stream's own name empties it.
"""  # ST-5…19

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from liveview_core.errors import expect_name
from liveview_core.socket.assigns import AssignMethods
from liveview_core.socket.attach_hook import HookMethods
from liveview_core.values.declaring import frozen
from liveview_core.values.streams import DomId, Streams, checked_at, no_stream

__all__ = ["Prune", "StreamMethods"]

S = TypeVar("S", bound=AssignMethods)


class StreamMethods(HookMethods, AssignMethods):
    """The part of `Socket` that is about streams."""

    __slots__ = ()

    def stream(
        self,
        name: str,
        items: Iterable[Any],
        *,
        at: int = -1,
        reset: bool = False,
        limit: int | None = None,
        update_only: bool = False,
        dom_id: DomId | None = None,
    ) -> Self:
        """Create the stream *name* with *items*, or insert them all into it.

        `at` and `reset` are for a stream that exists; `dom_id` for one that does not. A first use attaches the hook
        that empties the stream after each render.
        """  # ST-5, ST-7, ST-6, ST-19
        streams: Streams = self._assigns.get("streams") or Streams()
        if expect_name(name, "the name of a stream") in streams:
            return self._with_streams(streams.extended(name, items, at, limit, update_only, reset))
        checked_at(at)  # it says nothing yet, and is not to be wrong later
        new = streams.created(name, items, limit, update_only, dom_id, self._facts.cid)
        return self._with_streams(new).attach_hook(name, "after_render", Prune(name))

    def stream_insert(
        self, name: str, item: Any, *, at: int = -1, limit: int | None = None, update_only: bool = False
    ) -> Self:
        """Insert *item*, or update it where it is; `at` 0 is the start, -1 the end."""  # ST-8
        return self._with_streams(self._streams(name).inserted(name, item, at, limit, update_only))

    def stream_delete(self, name: str, item: Any) -> Self:
        """Remove *item* from the page."""  # ST-9
        return self._with_streams(self._streams(name).deleted(name, item))

    def stream_delete_by_dom_id(self, name: str, dom_id: str) -> Self:
        """Remove the item with that DOM id from the page."""  # ST-9
        return self._with_streams(self._streams(name).deleted_by_dom_id(name, dom_id))

    def stream_configure(self, name: str, *, dom_id: DomId) -> Self:
        """Choose how items of *name* get their DOM ids; before its first use."""  # ST-12
        streams: Streams = self._assigns.get("streams") or Streams()
        return self._with_streams(streams.configured(expect_name(name, "the name of a stream"), dom_id))

    def _streams(self, name: str) -> Streams:
        if type(name) is not str:
            expect_name(name, "the name of a stream")
        streams = self._assigns.get("streams")
        if streams is None:
            raise no_stream(name, ())
        found: Streams = streams
        return found

    def _with_streams(self, streams: Streams) -> Self:
        assigns = self._assigns
        old = assigns.get("streams")
        if old is streams:
            return self
        changed = self._changed
        if "streams" not in changed:
            changed = {**changed, "streams": True if old is None else old}
        assigns = assigns.copy()
        assigns["streams"] = streams
        return self._with_assigns(assigns, changed)


@frozen
class Prune:
    """The after_render hook of a stream: nothing of it is pending once it was rendered."""  # ST-17…19

    name: str

    def __call__(self, socket: S) -> S:
        streams: Streams = socket._assigns["streams"]
        pruned = streams.pruned(self.name)
        # Not a change: what was sent is on the page, and a later render has nothing to say about it.
        if pruned is streams:
            return socket
        assigns = socket._assigns.copy()
        assigns["streams"] = pruned
        return socket._with_assigns(assigns, socket._changed)
