"""The files that a person chooses, or a client hook gives to an input, as a test writes them: paths, contents, several of either.

Owns `chosen_files`. Law: a file that cannot be read is said before anything happens.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from liveview_core.errors import nearest_names, shown
from liveview_testing.world.page_state.files import FIELDS, File, NotAFile, files

Files: TypeAlias = (
    "str | os.PathLike[str] | Mapping[str, Any] | File | Sequence[str | os.PathLike[str] | Mapping[str, Any] | File]"
)


def chosen_files(given: object) -> tuple[File, ...]:
    """The files that were given, as a browser has them. Raises `NotAFile`."""
    listed = listed_of(given)
    found: list[Any] = []
    for each in listed:
        whole: Any = each
        if isinstance(each, str):
            found.append(_Path(each))
        elif isinstance(each, Mapping):
            _expect_a_file(whole)
            if not ("mimeType" in each or "buffer" in each):
                found.append(whole)
                continue
            entry: dict[Any, Any] = dict(whole)
            content = entry.pop("buffer") if "buffer" in entry else entry.pop("content")
            kind = entry.pop("mimeType", None)
            made = {**entry, "content": content, **({"type": kind} if kind is not None else {})}
            found.append(made)
        else:
            found.append(whole)
    try:
        return files(found)
    except OSError as error:
        raise NotAFile(
            f"the file cannot be read: {error}",
            expected="a file that is there",
            got=shown(listed),
            cure='a file need not be there: {"name": "me.png", "mimeType": "image/png", "buffer": b"…"}',
        ) from None


def _expect_a_file(given: Mapping[Any, Any]) -> None:
    """The parts of a file by the names that they have here. Raises `NotAFile`."""
    known = ("name", "mimeType", "buffer", *FIELDS)
    strange = [name for name in given if name not in known]
    missing = [] if "name" in given else ["name"]
    if "buffer" not in given and "content" not in given:
        missing.append("buffer")
    if strange or missing:
        raise NotAFile(
            f"a file without {' and '.join(missing)}" if missing else f"a file has no {shown(strange[0])}",
            expected='at least "name" and "buffer"; also mimeType, size, last_modified, relative_path, meta',
            got=shown(given),
            nearest=nearest_names(strange[0], known) if strange else (),
        )


def listed_of(given: object) -> list[Any]:
    """A list of what was given, be it one or several."""
    if isinstance(given, (list, tuple)):
        return list(cast("Sequence[Any]", given))
    return [given]


class _Path(os.PathLike[str]):
    """A path that was given as text."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return self._path
