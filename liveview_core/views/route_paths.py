"""The path of a route as it is written, taken apart.

Owns `Segment` and what a path may be. Law: what no URL can match, and what other frameworks write for a param, is refused where the
route is made.
"""

from __future__ import annotations

import re

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

__all__ = ["BadRoute", "Segment", "segments_of"]


class BadRoute(LiveViewError, ValueError):
    """A route or live session that cannot be declared like that."""  # RT-2, RT-4, RT-5


@frozen
class Segment:
    """One part of a path: *text*, followed by the param *name* if there is one; a *glob* takes all that is left."""

    text: str
    name: str | None = None
    glob: bool = False


_FOREIGN_PARAM = late_pattern(r"<(?:\w+:)?(\w+)>|\{(\w+)(?::\w+)?\}|\[(?:\.\.\.)?(\w+)\]|\$\{?(\w+)\}?")
"""Params as Flask, FastAPI, Django, Next and others write them."""


def segments_of(path: str) -> tuple[Segment, ...]:
    """The parts of a path. Raises `BadRoute`."""
    if not isinstance(path, str) or not path.startswith("/"):  # pyright: ignore[reportUnnecessaryIsInstance]
        cure = f"'/{path}'" if isinstance(path, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadRoute("a route's path begins with '/'", expected="'/users/:id'", got=shown(path), cure=cure)
    if path.startswith("//") or set(path) & set("?#\\"):
        raise BadRoute(
            f"no URL has the path {path!r}",
            expected="one '/' at the beginning, and no '?', '#' or backslash",
            got=shown(path),
            cure="a query and a fragment are no part of a route: handle_params gets them",
        )
    parsed: list[Segment] = []
    parts = [part for part in path.split("/") if part]
    for number, part in enumerate(parts):
        foreign = _FOREIGN_PARAM.fullmatch(part)
        if foreign is not None:
            raise BadRoute(
                f"the route {path!r} has {part!r} as it stands, and no param",
                expected="':name'",
                got=shown(part),
                cure=f"{path.replace(part, ':' + next(filter(None, foreign.groups())))!r}",
            )
        found = re.fullmatch(r"([^:*]*)(?:([:*])(.*))?", part)
        text, mark, name = found.groups() if found else (part, None, None)
        if found is None or (mark and not str(name).isidentifier()):
            raise BadRoute(
                f"the route {path!r} has a param without a name",
                expected="':name', 'prefix-:name' or a last '*name', each name an identifier",
                got=shown(part),
            )
        if mark == "*" and number != len(parts) - 1:
            raise BadRoute(f"in the route {path!r} something follows the glob {part!r}", cure="a glob comes last")
        parsed.append(Segment(text, name, mark == "*"))
    names = [segment.name for segment in parsed if segment.name]
    for name in names:
        if names.count(name) > 1:
            raise BadRoute(f"the route {path!r} has the param {name!r} twice", cure="give each a name of its own")
    return tuple(parsed)
