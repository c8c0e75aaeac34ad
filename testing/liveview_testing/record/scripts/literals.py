"""Values as Python: what can be written down again, and what has to be imported for it.

Owns `Spelling` and `NoLiteral`. Law: what is written gives an equal value when it is run with the imports that are named; what
cannot be written is refused, not guessed.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import PurePath
from types import ModuleType
from typing import Any, cast

import attrs

from liveview_core.errors import LiveViewError, shown
from liveview_core.views.view import LiveView
from liveview_testing.record.scripts.targets import Handed
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.world.page_state.files import File, files
from liveview_testing.world.simulation.acting import Store

STANDARD = (date, datetime, time, timedelta, timezone, Decimal, Fraction)
_kind: Callable[[Any], Any] = type


class NoLiteral(LiveViewError, ValueError):
    """A value of a script cannot be written down."""


class Spelling:
    """How values are written; `imports` collects what the text needs: modules, with the names that are taken from each.

    `strict` False writes something to read in the place of what has no literal. `names` are expressions for objects that have none.
    """

    def __init__(self, *, strict: bool = True, names: Mapping[str, Any] | None = None) -> None:
        self.strict = strict
        self.imports: dict[str, set[str]] = {}
        self.names = dict(names or {})

    def uses(self, module: str, name: str | None = None) -> None:
        """The text needs this import."""
        if module == "builtins":
            return
        names = self.imports.setdefault(module, set())
        if name is not None:
            names.add(name)

    @property
    def lines(self) -> list[str]:
        """The imports that the text needs, in order."""
        found: list[str] = []
        for module in sorted(self.imports, key=lambda module: (bool(self.imports[module]), module)):
            taken = sorted(self.imports[module])
            found.append(f"from {module} import {', '.join(taken)}" if taken else f"import {module}")
        return found

    def of(self, value: Any) -> str:
        """A value as Python. Raises `NoLiteral`."""
        try:
            return self._of(value)
        except RecursionError:
            if not self.strict:
                return shown(value)
        raise NoLiteral(
            f"{shown(value)} has no literal",
            expected="a value with an end",
            got="one that contains itself, or nests too deep",
        )

    def _of(self, value: Any) -> str:
        kind = _kind(value)
        if kind is str:
            return spelled(value)
        if value is None or kind is bool or kind is int or kind is bytes:
            return repr(value)
        if kind is float:
            return repr(value) if value - value == 0 else f'float("{value}")'
        for name, each in self.names.items():
            if each is value:
                return name
        if kind is dict:
            return self._mapping(cast("dict[Any, Any]", value))
        if kind is list:
            return f"[{', '.join(map(self._of, value))}]"
        if kind is tuple:
            return f"({', '.join(map(self._of, value))}{',' if len(value) == 1 else ''})"
        if kind is set or kind is frozenset:
            inner = ", ".join(sorted(map(self._of, value)))
            return f"{{{inner}}}" if kind is set and value else f"{kind.__name__}({f'[{inner}]' if inner else ''})"
        return self._made(value, kind)

    def _mapping(self, value: Mapping[Any, Any]) -> str:
        return f"{{{', '.join(f'{self._of(key)}: {self._of(each)}' for key, each in value.items())}}}"

    def _made(self, value: Any, kind: Any) -> str:
        if isinstance(value, Handed):
            return value.spelled(self)
        if isinstance(value, Store):
            return "sim.store"
        if kind is re.Pattern:
            self.uses("re")
            return spelled(value)
        if isinstance(value, Enum):
            return f"{self.imported(kind)}.{value.name}"
        if isinstance(value, File):
            return self._file(value)
        if kind in STANDARD:
            return self._standard(value, kind)
        if isinstance(value, PurePath):
            self.uses("pathlib", "Path")
            return f"Path({spelled(str(value))})"
        if (found := where_is(value)) is not None:
            self.uses(*found)
            return found[1]
        if isinstance(value, type):
            return self.imported(value)
        if isinstance(value, BaseException) and where_is(kind) is not None and not vars(value):
            return f"{self.imported(kind)}({', '.join(map(self._of, value.args))})"
        if (fields := record_fields(value)) is not None and where_is(kind) is not None:
            return f"{self.imported(kind)}({', '.join(f'{name}={self._of(each)}' for name, each in fields)})"
        if not self.strict:
            return shown(value)
        raise NoLiteral(
            f"{shown(value)} has no literal",
            expected="numbers, texts, bytes, dates, containers of them, enums, attrs classes, what a module has by a name",
            got=f"a {kind.__qualname__}" + (" of a function" if "<locals>" in kind.__qualname__ else ""),
            cure="keep it in a module under a name of its own",
        )

    def imported(self, kind: type[Any]) -> str:
        """A class by its name, which is imported. Raises `NoLiteral` for one that is made in a function."""
        found = where_is(kind)
        if found is not None:
            self.uses(found[0], found[1].partition(".")[0])
            return found[1]
        if not self.strict:
            return kind.__name__
        raise NoLiteral(
            f"the class {kind.__qualname__} cannot be imported",
            expected="a class at the top of a module",
            got=f"{kind.__module__}.{kind.__qualname__}",
            cure="move it to the top of its module",
        )

    def _standard(self, value: Any, kind: Any) -> str:
        if kind in (Decimal, Fraction):
            self.uses(kind.__module__.lstrip("_").replace("pydecimal", "decimal"), kind.__name__)
            return repr(value)
        if kind is timezone and value is not UTC:
            self.uses("datetime")
            return repr(value)
        if getattr(value, "tzinfo", None) not in (None, UTC):
            return self._refused_zone(value)
        self.uses("datetime")
        return repr(value)

    def _refused_zone(self, value: Any) -> str:
        if not self.strict:
            return repr(value)
        raise NoLiteral(f"{value!r} has no literal", expected="UTC, or no time zone", got=repr(value.tzinfo))

    def _file(self, value: File) -> str:
        entry: dict[str, Any] = {"name": value.name, "content": value.content}
        if value.type != files([{"name": value.name, "content": b""}])[0].type:
            entry["type"] = value.type
        for name, plain in (("last_modified", None), ("relative_path", ""), ("meta", None)):
            if (each := getattr(value, name)) != plain:
                entry[name] = each
        return self.of(entry)


# --- where a value is at home -----------------------------------------------------------------------------------------


def where_is(value: Any) -> tuple[str, str] | None:
    """The module, and the name in it, by which a class, a function, or an object of a module can be imported."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if isinstance(module, str) and isinstance(name, str):
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is not value or module == "__main__":
            return None
        top = module.partition(".")[0]
        public = top in _OURS and getattr(sys.modules[top], name, None) is value
        return (top, name) if public else (module, name)
    if isinstance(value, ModuleType):
        return None
    near = _home(value, near=True)
    if near is not None or record_fields(value) is not None:  # what can be made again need not be looked for everywhere
        return near
    return _home(value, near=False)


def _home(value: Any, *, near: bool) -> tuple[str, str] | None:
    """The module that defines an object; else the first that has it: one that only imports it may be no module for others."""
    first: tuple[str, str] | None = None
    for module, name in _homes(value, near=near):
        if defines(module, name):
            return module, name
        first = first or (module, name)
    return first


def defines(module: str, name: str) -> bool:
    """Whether a module gives a value its name itself, and does not import it; true, too, of what has no text to read."""
    named = _defined(module)
    return named is None or name in named


@cache
def _defined(module: str) -> frozenset[str] | None:
    """The names that the text of a module gives to values."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError, SyntaxError):
        return None
    return frozenset(_bound(tree))


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that are bound in a text, but for those inside of functions and classes."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield each.name
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id
        elif not isinstance(each, ast.Lambda):
            yield from _bound(each)


def _homes(value: Any, *, near: bool) -> Iterator[tuple[str, str]]:
    """The modules that have an object under a name, those of the user first.

    `near`: only those, and those of the package its class is from: what is installed beside them has fifty thousand names.
    """
    own = _kind(value).__module__.partition(".")[0]
    if own == "builtins":
        return
    found: list[tuple[bool, str, dict[str, Any]]] = []
    for module_name, module in list(sys.modules.items()):
        top = module_name.partition(".")[0]
        if top == "__main__" or top in sys.stdlib_module_names:
            continue
        ours = top in _OURS
        if near and top != own and (ours or "-packages" in (getattr(module, "__file__", None) or "")):
            continue
        found.append((ours, module_name, cast("dict[str, Any]", getattr(module, "__dict__", {}))))
    for _, module_name, names in sorted(found, key=lambda each: each[:2]):
        for name, each in list(names.items()):
            if each is value and name.isidentifier() and not name.startswith("_"):
                yield module_name, name


_OURS = ("liveview_core", "liveview_testing")


def record_fields(value: Any) -> list[tuple[str, Any]] | None:
    """The fields of an attrs class or a dataclass as its constructor takes them, but for plain ones that it has by itself.

    None of anything else.
    """
    kind = _kind(value)
    if attrs.has(kind):
        held = [(each, getattr(value, each.name)) for each in attrs.fields(kind) if each.init]
        return [(each.alias or each.name, held) for each, held in held if not _is_plain(held, each.default)]
    known: Any = getattr(kind, "__dataclass_fields__", None)
    if known is not None:
        held = [(each, getattr(value, each.name)) for each in known.values() if each.init]
        return [
            (each.name, held)
            for each, held in held
            if not _is_plain(held, each.default) and not _is_plain(held, each.default_factory)
        ]
    if isinstance(value, LiveView):
        return _given(value, kind)
    names: Any = getattr(kind, "_fields", None)
    return None if names is None else [(name, getattr(value, name)) for name in names]


def _given(view: LiveView, kind: Any) -> list[tuple[str, Any]] | None:
    """What a view was made with, where it keeps just that under the same names: made again it is seen to be the same."""
    held = vars(view)
    names = [name for name in inspect.signature(kind.__init__).parameters if name in held]
    if len(names) != len(held):
        return None
    try:
        made: Any = kind(**held)
        same: dict[str, Any] = made.__dict__
    except Exception:
        return None
    return [(name, held[name]) for name in names] if all(same.get(name) is held[name] for name in held) else None


_EMPTY = (dict, list, tuple, set, frozenset)


def _is_plain(value: Any, default: Any) -> bool:
    """Whether a field holds what its class gives it anyway: the very object, an equal atom, or an empty container."""
    if value is default:
        return True
    factory = getattr(default, "factory", default)  # of attrs; dataclasses have the function itself
    factory = getattr(factory, "__origin__", factory)  # `dict[str, Any]`
    if factory in _EMPTY:
        return _kind(value) is factory and not value
    return _kind(value) is _kind(default) and _kind(value) in (str, int, float, bool, bytes) and value == default
