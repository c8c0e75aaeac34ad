"""Uploads: files on their way from a form to whoever consumes them.

Owns the entries of an upload and their errors, what callbacks may do with them, and what each message of the client's does to
them.

Law: a client gets exactly the bytes in that it was allowed; a writer that has opened is closed once; what was consumed leaves
after the callback.

Read `entries` (the values), `media_types` (what `accept` means), `holder` (what uploads know of a socket), `allow_and_consume`
(what callbacks ask for), `transfers` (what the client does).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # at run time when they are asked for: who asks for the types of media takes no files
    from liveview_core.uploads.entries import Postpone, UploadConfig, UploadEntry, UploadWriter, upload_errors

__all__ = ["Postpone", "UploadConfig", "UploadEntry", "UploadWriter", "upload_errors"]

FACE = ("allow_and_consume", "entries", "media_types", "transfers")
"""The modules that other rooms import, beside the names above."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    from liveview_core.uploads import entries

    found = globals()[name] = getattr(entries, name)
    return found
