"""The options that a world is made with, checked where they are given.

Law: what a world takes means the same on every machine. A seed with an address in its repr, or a limit that compares with nothing,
is refused before there is a world.
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import cast

from liveview_core.errors import BadOption, shown
from liveview_core.tracebacks import shorten

__all__ = ["check", "manifest"]


def check(*, seed: object, limit: object, record: object, css: object, static: object) -> None:
    """Each as `Simulation` takes it. Raises `BadOption`, which names the option."""
    if type(seed) is not int and type(seed) is not str:
        raise _wrong("seed", "an int or a str", seed, "seed=7")
    if type(limit) is not int or limit < 1:
        raise _wrong("limit", "how many messages one act may cause, 1 or more", limit, "limit=10_000")
    if record is not None and type(record) is not bool:
        raise _wrong("record", "True, False, or None: as the test run is asked to", record, "record=True")
    if css is not None and not isinstance(css, (str, PathLike)):
        raise _wrong("css", "a style sheet as text, or the path of one", css, 'css=Path("app.css")')
    if static is not None:
        manifest(static)


def manifest(files: object) -> None:
    """The static files that a server has, by the names in a page. Raises `BadOption`."""
    cure = 'static={"app.js": "app-1a2b.js"}'
    if not isinstance(files, Mapping):
        raise _wrong("static", "a dict", files, cure)
    for name, given in cast("Mapping[object, object]", files).items():
        if not isinstance(name, str):
            raise _wrong("static", "str keys, the names of files", name, cure)
        if not isinstance(given, str):
            raise _wrong("static", f"for {name!r} the name that the file has now, a str", given, cure)


def _wrong(option: str, expected: str, got: object, cure: str) -> BadOption:
    return shorten(
        BadOption(
            f"the option {option} of a Simulation is wrong",
            expected=expected,
            got=shown(got),
            cure=f"Simulation({cure})",
        )
    )
