"""What a template can use without importing it: some names of the core, and the library's own components.

Law: the library is imported when a name of it is asked for, not before; while it is being imported itself, it offers nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

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
