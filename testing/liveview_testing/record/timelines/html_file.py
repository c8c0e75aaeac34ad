"""The file: data and viewer in one html page, and the data read back out of it.

Owns the packing (JSON, gzip, base64: no bytes that mean anything to an html parser), the policy that lets nothing but the viewer's
own script run, and the limit of its size. Laws: the file needs no other file and no network; equal data makes equal bytes; nothing
of the run is ever html of the file, its title aside, which is escaped.
"""  # looking 2.2, 2.5

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from liveview_core.errors import LiveViewError
from liveview_core.values.patterns import late_pattern
from liveview_testing.record.timelines.minify import lean_script, lean_style

__all__ = ["NoTimeline", "css_text", "fit", "kit_version", "packed", "unpacked"]

LARGEST = 3_000_000
"""Bytes of a file, about; what would make it larger is left out, and said."""

_DATA = late_pattern(r'<script type="text/plain" id="data">\s*([A-Za-z0-9+/=\s]*)</script>')
_SLOT = late_pattern(r"\{\{(\w+)\}\}")


class NoTimeline(LiveViewError, ValueError):
    """A file that is no timeline, or one of a later kit."""


@cache
def _asset(name: str) -> str:
    return files("liveview_testing.record.timelines").joinpath(name).read_text(encoding="utf-8")


@cache
def _lean_assets() -> tuple[str, str]:
    return lean_script(_asset("viewer/viewer.js")), lean_style(_asset("viewer/viewer.css"))


def packed(data: Mapping[str, Any]) -> str:
    """The whole file."""
    script, style = _lean_assets()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    slots = {
        "title": escape(str(data["title"]).encode(errors="replace").decode()),
        "policy": f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "form-action 'none'; base-uri 'none'; frame-src 'none'",
        "style": style,
        "script": script,
        "data": _encoded(data),
    }
    return _SLOT.sub(
        lambda slot: slots[slot[1]], _asset("viewer/viewer.html")
    )  # in one go: what is put in is not looked at again


def _encoded(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("ascii"), 6, mtime=0)).decode()


def unpacked(text: str, path: str) -> dict[str, Any]:
    """The data in a file. Raises `NoTimeline`."""
    found = _DATA.search(text)
    if found is None:
        raise NoTimeline(
            f"there is no timeline in {path}", expected="a file that timeline(sim).write(path) has written"
        )
    try:
        data = cast("dict[str, Any]", json.loads(gzip.decompress(base64.b64decode(found[1]))))
    except (ValueError, EOFError, OSError) as error:
        raise NoTimeline(f"the data in {path} cannot be read: {error}", cure="write it anew") from None
    schema = str(data.get("schema"))
    if schema != "liveview-timeline/1":
        raise NoTimeline(
            f"the timeline in {path} is of another kind", expected="liveview-timeline/1", got=schema, cure="a later kit"
        )
    return data


def css_text(css: str | Path | None) -> str | None:
    """The style sheet of the pages: text as it is, of a path what is in the file."""
    if css is None:
        return None
    if isinstance(css, Path) or (len(css) < 1000 and "{" not in css and css.strip().endswith(".css")):
        return Path(css).read_text(encoding="utf-8")
    return css


def kit_version() -> str:
    """The version of the kit."""
    try:
        return version("liveview-core")
    except PackageNotFoundError:  # pragma: no cover - a copy that nobody has installed
        return "unknown"


def fit(data: dict[str, Any], largest: int = LARGEST) -> dict[str, Any]:
    """The data, without the oldest frames and then the oldest assigns where the file would be too large: never without a page."""
    for what, names in (("frames", ("frames",)), ("assigns", ("assigns", "components"))):
        for share in (0.5, 1.0):
            if len(_encoded(data)) <= largest:
                return data
            steps = data["steps"]
            until = int(len(steps) * share)
            cut = [
                {name: value for name, value in step.items() if at >= until or name not in names}
                for at, step in enumerate(steps)
            ]
            note = f"To keep the file small the {what} of the first {until:,} steps were left out."
            kept = [each for each in data["left_out"] if f"the {what} of" not in each]
            data = _without_unused({**data, "steps": cut, "left_out": [*kept, note]})
    return data


_kind: Callable[[object], object] = type  # the exact type, and nothing for a checker to narrow


def _without_unused(data: dict[str, Any]) -> dict[str, Any]:
    """Strings that nothing names any more are empty."""
    used: set[int] = set()
    todo: list[Any] = [data.get(name) for name in ("nodes", "processes", "steps", "acts", "failure", "choices")]
    while todo:
        each = todo.pop()
        kind = _kind(each)
        if kind is dict:
            todo.extend(each.values())
        elif kind is list:
            todo.extend(each)
        elif kind is int and each >= 0:
            used.add(each)  # or a number that is no string's: then one is kept for nothing
    return {**data, "strings": [text if at in used else "" for at, text in enumerate(data["strings"])]}
