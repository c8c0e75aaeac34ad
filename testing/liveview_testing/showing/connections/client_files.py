"""Phoenix's own client, from where the user has it.

Owns the search for `phoenix` and `phoenix_live_view`: the nearest `node_modules` from a folder upwards, or the folder that is
named. Law: nothing is shipped and nothing fetched; where it is missing, one line says how to get it.
"""

from __future__ import annotations

from pathlib import Path

from liveview_core.errors import LiveViewError

__all__ = ["FILES", "INSTALL", "NoClient", "find_client"]

FILES = {
    "phoenix.js": ("phoenix", "priv/static/phoenix.mjs"),
    "phoenix_live_view.js": ("phoenix_live_view", "priv/static/phoenix_live_view.esm.js"),
}
"""What a page imports, and where the packages have it."""

INSTALL = "npm install phoenix@1.8 phoenix_live_view@1.2.10"


class NoClient(LiveViewError, FileNotFoundError):
    """Phoenix's client is not there."""


def find_client(start: Path, named: Path | None = None, option: str = "--client") -> dict[str, Path]:
    """The files of the client, by the names under which they are served. Raises `NoClient`."""
    if named is not None:
        folders = [named, named / "node_modules"]
    else:
        here = start.resolve()
        folders = [each / "node_modules" for each in (here, *here.parents)]
    for folder in folders:
        found = {name: folder / package / path for name, (package, path) in FILES.items()}
        if all(each.is_file() for each in found.values()):
            return found
        flat = {name: folder / Path(path).name for name, (_, path) in FILES.items()}
        if named is not None and all(each.is_file() for each in flat.values()):
            return flat
    raise NoClient(
        "Phoenix's own client is not there",
        expected="phoenix and phoenix_live_view in "
        + (f"{named}" if named is not None else f"a node_modules of {start} or of a folder above it"),
        cure=f"{INSTALL}   (or {option} DIR)",
    )
