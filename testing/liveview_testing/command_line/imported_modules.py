"""The modules that a module has something of, however far away, but for Python's own and ours.

Law: only what is imported already is looked at, and nothing is asked of a value but its module.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

__all__ = ["reached", "text_of"]

_OTHERS = frozenset({*sys.stdlib_module_names, "liveview_core", "liveview_testing"})


def reached(module: ModuleType) -> list[str]:
    """The names of a module and of those below it."""
    found = [module.__name__]
    for name in found:  # it grows meanwhile
        values: list[Any] = [*vars(sys.modules.get(name) or module).values()]
        for value in values:
            kind: Any = type(value)  # pyright: ignore[reportUnknownVariableType]
            is_module = issubclass(kind, ModuleType)
            other = value.__name__ if is_module else getattr(kind, "__module__", None)
            if issubclass(kind, type | FunctionType):
                other = getattr(value, "__module__", None)
            if isinstance(other, str) and other.partition(".")[0] not in _OTHERS and other not in found:
                found.append(other)
    return found


def text_of(name: str) -> str | None:
    """The text of a module that was imported; "" where it has none in Python, None where it cannot be read."""
    file = getattr(sys.modules.get(name), "__file__", None)
    return "" if file is None or not file.endswith(".py") else _read(file)


def _read(file: str) -> str | None:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # pragma: no cover - its file is gone since it was imported
        return None
