"""What a template can use without importing it: some names of the core, and the library's own components.

Law: the library is imported when a name of it is asked for, not before; while it is being imported itself, it offers nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from liveview_core.errors import nearest_names
from liveview_core.heex.syntax.errors import TemplateError

MISSING: Any = object()
"""No such name."""

OFFERED = frozenset({"JS", "live_render", "raw", "render_slot", "upload_errors", "used_input"})
LIBRARY = "liveview_core.components"


def offered(name: str) -> Any:
    found = getattr(importlib.import_module("liveview_core"), name, MISSING)
    return built_in(name) if found is MISSING else found


def built_in_names() -> tuple[str, ...]:
    return tuple(getattr(importlib.import_module(LIBRARY), "__all__", ()))


def built_in(name: str) -> Any:
    """The library's own component of that name; while it is being imported itself it is not there."""
    module = importlib.import_module(LIBRARY)
    return getattr(module, name, MISSING) if name in built_in_names() else MISSING


class UndefinedComponent(TemplateError, NameError):
    """A component tag whose name is not defined where the template is."""  # FC-2, N3.2


def undefined(name: str, there: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """What is said of a component that is not `there`: what happened, the cure, and what comes nearest."""
    from liveview_core.heex.syntax.foreign.names import foreign_component  # rarely

    scopes = {**{each: built_in(each) for each in built_in_names()}, **there}
    root, *steps = name.split(".")
    if steps and root in scopes:
        known = [each for each in dir(scopes[root]) if not each.startswith("_")]
        near = nearest_names(steps[-1], known)
        happened = f"component <{name}> is not defined: {root!r} has no {'.'.join(steps)!r}"
    else:
        known = [each for each, value in scopes.items() if callable(value) and not each.startswith("_")]
        near = nearest_names(root, known)
        happened = f"component <{'' if steps else '.'}{name}> is not defined here"
    cure = foreign_component(name) or (
        "define it in this module, import it, or pass it with names={…}; a template looks names up where it is defined"
    )
    return happened, cure, near
