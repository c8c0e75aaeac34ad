"""Uploads of a socket: `allow_upload`, `consume_uploaded_entries` and their kin.

Law: signatures only; what they do is `liveview_core.uploads`, imported when a view takes files for the first time.
"""  # UP-1…4, UP-30…36

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, Self

from liveview_core.socket.connection import ConnectionMethods
from liveview_core.socket.push import ClientMethods

if TYPE_CHECKING:  # at run time when a view takes files
    from liveview_core.uploads.entries import UploadEntry, UploadWriter

__all__ = ["UploadMethods"]


class UploadMethods(ClientMethods, ConnectionMethods):
    """The part of `Socket` that is about uploads."""

    __slots__ = ()

    def allow_upload(
        self,
        name: str,
        *,
        accept: str | Iterable[str],
        max_entries: int = 1,
        max_file_size: int = 8_000_000,
        chunk_size: int = 64_000,
        auto_upload: bool = False,
        external: Callable[..., Any] | None = None,
        progress: Callable[..., Any] | None = None,
        max_entries_mode: Literal["selected", "total"] = "selected",
        chunk_timeout: int = 10_000,
        validator: Callable[..., Any] | None = None,
        writer: UploadWriter | None = None,
    ) -> Self:
        """Take files under *name*: `@uploads.name` is the upload, for `<.live_file_input>`.

        *accept* is `"any"`, or extensions and media types. *progress* is `(name, entry, socket) -> socket`, *external*
        `(entry, socket) -> (meta, socket)`, *validator* `(entry) -> None | ("error", reason)`.
        """  # UP-1…3
        options = {
            "accept": accept,
            "max_entries": max_entries,
            "max_file_size": max_file_size,
            "chunk_size": chunk_size,
            "auto_upload": auto_upload,
            "external": external,
            "progress": progress,
            "max_entries_mode": max_entries_mode,
            "chunk_timeout": chunk_timeout,
            "validator": validator,
            "writer": writer,
        }
        from liveview_core.uploads import allow_and_consume

        return allow_and_consume.allow(self, name, options)

    def disallow_upload(self, name: str) -> Self:
        """Take no more files under *name*; it must have no entries."""  # UP-4
        from liveview_core.uploads import allow_and_consume

        return allow_and_consume.disallow(self, name)

    def cancel_upload(self, name: str, ref: str) -> Self:
        """Drop an entry, and stop its transfer."""  # UP-36
        from liveview_core.uploads import allow_and_consume

        return allow_and_consume.cancel(self, name, ref)

    def uploaded_entries(self, name: str) -> tuple[list[UploadEntry], list[UploadEntry]]:
        """The entries that are done, and those under way; each list with the last chosen first."""  # UP-30
        from liveview_core.uploads import allow_and_consume

        return allow_and_consume.uploaded(self, name)

    def consume_uploaded_entries(self, name: str, fn: Callable[[Any, UploadEntry], Any]) -> tuple[Self, list[Any]]:
        """Take all files of an upload: `fn(content, entry)` for each, whose values are the results.

        A value `Postpone(value)` keeps the entry for later. The entries leave after the callback.
        """  # UP-33, UP-35
        from liveview_core.uploads import allow_and_consume

        return allow_and_consume.consume(self, name, fn)

    def consume_uploaded_entry(self, entry: UploadEntry, fn: Callable[[Any], Any]) -> tuple[Self, Any]:
        """Take one file: `fn(content)`, whose value is the result."""  # UP-32
        from liveview_core.uploads import allow_and_consume

        return allow_and_consume.consume_one(self, entry, fn)
