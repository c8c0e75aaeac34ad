"""Files as a user chooses them, and what can be wrong with that.

Owns `File` (a name and its bytes, with what a browser says of them) and `Chosen` (a file that a file input tracks, and how far it
is). Law: a file is itself, not its content: the same file chosen twice is one entry, two files of the same bytes are two, as in a
browser.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from attrs import field

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.uploads.media_types import media_type_of
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_testing.user.html.html import Html

FIELDS = ("name", "content", "size", "type", "last_modified", "relative_path", "meta")


class NotAFile(LiveViewError, AssertionError):
    """What was given to `file_input` is no file that a user could choose."""


class NoUpload(LiveViewError, AssertionError):
    """The page takes no such upload."""


class NotSent(LiveViewError, AssertionError):
    """The browser would not send this file."""


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen(eq=False)
class File:
    """A file of the user's disk: its name, its bytes, and what a browser tells of it.

    `type` is by default the media type of the extension, empty text where that is unknown. `last_modified` is in milliseconds
    since 1970, by default the time of the simulation. `meta` is what a client's own script adds to it.
    """

    name: str
    content: bytes = field(repr=False)
    type: str = ""
    last_modified: int | None = None
    relative_path: str = ""
    meta: Any = None

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return len(self.content)

    def told(self, ref: str, now: int) -> dict[str, Any]:
        """What the client tells the server of it."""
        said: dict[str, Any] = {
            "last_modified": now // 1000 if self.last_modified is None else self.last_modified,
            "name": self.name,
            "relative_path": self.relative_path,
            "size": self.size,
            "type": self.type,
            "ref": ref,
        }
        return said if self.meta is None else {**said, "meta": self.meta}


FileLike: TypeAlias = "File | Mapping[str, Any] | os.PathLike[str]"
"""`{"name": "me.png", "content": b"…"}`, a path whose file is read, or a `File`."""


def files(given: Iterable[FileLike]) -> tuple[File, ...]:
    """The files that entries describe. Raises `NotAFile`."""
    if isinstance(given, Mapping | str | bytes | os.PathLike | File) or not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NotAFile(
            "file_input takes a list of files",
            expected='[{"name": "me.png", "content": b"…"}]',
            got=shown(cast("object", given)),
            cure="put it into a list",
        )
    return tuple(_file(each) for each in given)


def _file(given: FileLike) -> File:
    if isinstance(given, File):
        return given
    if isinstance(given, os.PathLike):
        path = Path(given)
        return File(path.name, path.read_bytes(), _type(path.name))
    if not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NotAFile(
            "this is no file",
            expected='{"name": "me.png", "content": b"…"}, a path, or a File',
            got=shown(given),
        )
    entry = dict(given)
    strange = [name for name in entry if name not in FIELDS]
    missing = [name for name in ("name", "content") if name not in entry]
    if strange or missing:
        raise NotAFile(
            f"a file without {' and '.join(missing)}" if missing else f"a file has no {strange[0]!r}",
            expected='at least "name" and "content"; also size, type, last_modified, relative_path, meta',
            got=shown(given),
            nearest=nearest_names(strange[0], FIELDS) if strange else (),
        )
    name, content = entry["name"], entry["content"]
    content = content.encode() if isinstance(content, str) else content
    if not isinstance(name, str) or not name or not isinstance(content, bytes | bytearray):
        raise NotAFile(
            "a file has a name and its bytes", expected="a str, and bytes (or the text of them)", got=shown(given)
        )
    size = entry.get("size", len(content))
    if size != len(content):
        raise NotAFile(
            f"the size of {name!r} is not that of its content",
            expected=f"{len(content)}, or no size at all",
            got=shown(size),
            cure='to be too large it has to be: {"content": b"x" * size}',
        )
    return File(
        name,
        bytes(content),
        entry.get("type", _type(name)),
        cast("int | None", entry.get("last_modified")),
        entry.get("relative_path", ""),
        entry.get("meta"),
    )


def _type(name: str) -> str:
    return media_type_of(os.path.splitext(name)[1].lower()) or ""


@frozen(eq=False)
class Chosen:
    """A file that the browser tracks for an upload: under which ref, what the preflight gave, how much was sent.

    `upload` is the ref of the upload, `where` the token of the preflight, or the metadata of an external one, `refused` why there
    is none; `told` the progress that the server was told last. `channel` is open while chunks may be sent.
    """

    file: File
    ref: str
    upload: str
    where: Any = None
    chunk_size: int = 0
    sent: int = 0
    told: int = -1
    channel: bool = False
    failed: bool = False
    refused: tuple[tuple[str, Any], ...] = ()

    @property
    def external(self) -> bool:
        """Whether the bytes go elsewhere, and only the progress comes here."""  # UP-19
        return isinstance(self.where, Mapping)

    @property
    def done(self) -> bool:
        """Whether it was sent whole, and the server knows."""
        return self.told >= 100


@frozen
class Preflight:
    """What the server answered to the question whether it may have these files.

    `entries` has the token, or the metadata, of each accepted file by its name; `errors` are pairs of a file's name, or the
    upload's, and the reason.
    """  # UP-16, UP-17

    ref: str
    config: Mapping[str, Any]
    entries: Mapping[str, Any]
    errors: tuple[tuple[str, Any], ...]

    @property
    def ok(self) -> bool:
        """Whether all files were accepted."""
        return not self.errors


class Rejected(Html):
    """What `render_upload` returns when the server refuses the file: the page, which may say so, and the reasons.

    `errors` are pairs of a file's name, or the upload's, and the reason: `("me.png", "too_large")`.
    """

    __slots__ = ("errors",)

    def __init__(self, html: Html, errors: tuple[tuple[str, Any], ...]) -> None:
        super().__init__(html.__str__)
        self.errors = errors

    def __repr__(self) -> str:
        return f"<Rejected {self.errors!r} {super().__repr__()}>"
