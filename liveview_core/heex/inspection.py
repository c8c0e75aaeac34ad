"""Templates seen from outside, without rendering them: which there are, what they declare, what is wrong with them.

Law: looking changes nothing. Nothing is rendered, no warning is issued, and what is found comes in the order of the files.
It is what `liveview check` prints, and what tools ask.
"""  # DC-26, N3.2

from __future__ import annotations

import builtins
import functools
import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any, Literal, cast

from liveview_core.declarations.attributes import Attr, SlotDeclaration
from liveview_core.declarations.declarations import Declarations
from liveview_core.declarations.function_component import FunctionComponent
from liveview_core.errors import LiveViewError, nearest_names
from liveview_core.heex.compile.compiler import Compiler
from liveview_core.heex.definition import TemplateFolder
from liveview_core.heex.runtime import component_of
from liveview_core.heex.syntax.errors import TemplateError
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.parser import parse
from liveview_core.heex.syntax.source import Source
from liveview_core.heex.template import Template
from liveview_core.values.declaring import frozen

__all__ = ["Finding", "Reflected", "components", "findings", "findings_in_file", "templates", "verify_all"]


# --- which there are ------------------------------------------------------------------------------------------------------


def templates(module: ModuleType) -> list[Template]:
    """The templates that are defined in a module: its names, those of its classes, and what its functions hold.

    A template that only a call of a function makes is none of them: it is not there yet.
    """
    namespace = vars(module)
    found = [each for each in _reachable(namespace, module.__name__) if each._globals is namespace]  # pyright: ignore[reportPrivateUsage]
    return sorted(found, key=_place)


def _place(template: Template) -> tuple[str, int, int]:
    source = template.source
    if source.call is None:
        return source.file, 1, 0
    return source.file, source.call.line, source.call.instruction


def _reachable(namespace: Mapping[str, Any], module: str) -> Iterator[Template]:
    """Every template below a namespace, once; only functions and classes of *module* are looked into."""
    seen: set[int] = set()
    stack: list[Any] = list(namespace.values())
    while stack:
        value = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if _is(value, Template):
            yield value
        else:
            stack.extend(_inside(value, module))


def _is(value: Any, *kinds: type[Any]) -> bool:
    """As `isinstance`, of the value itself: a proxy is not asked what it stands for, which may not be there."""
    return issubclass(type(value), kinds)


def _inside(value: Any, module: str) -> Iterable[Any]:
    if _is(value, TemplateFolder):
        return [value[name] for name in value]
    if _is(value, type):
        kind: type[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return vars(kind).values() if kind.__module__ == module else ()
    if _is(value, FunctionComponent):
        return (value.function,)
    if _is(value, FunctionType):
        if value.__module__ != module:
            return ()
        cells = [cell.cell_contents for cell in value.__closure__ or () if _filled(cell)]
        return [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
    if _is(value, staticmethod, classmethod):
        return [value.__func__]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if _is(value, property):
        return (value.fget,)
    if _is(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if _is(value, dict, MappingProxyType):
        return [*value.values()]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if _is(value, list, tuple):
        return [*value]
    return ()


def _filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


# --- what they declare (DC-26) --------------------------------------------------------------------------------------------


@frozen
class Reflected:
    """A component of a module, as it is declared; `public` unless its name begins with an underscore."""

    name: str
    public: bool
    attrs: tuple[Attr, ...]
    slots: tuple[SlotDeclaration, ...]
    line: int


def components(module: ModuleType) -> dict[str, Reflected]:
    """The components that a module declares, by name; their attributes and slots by name too."""  # DC-26
    found: dict[str, Reflected] = {}
    for name, value in sorted(vars(module).items()):
        if not _is(value, Template, FunctionComponent):
            continue
        declared = getattr(value, "declarations", None)
        if not isinstance(declared, Declarations) or not declared:
            continue
        if isinstance(value, Template):
            own, call = value._globals is vars(module), value.source.call  # pyright: ignore[reportPrivateUsage]
            line = 1 if call is None else call.line
        else:
            function = cast(FunctionComponent, value).function
            own, line = function.__module__ == module.__name__, inspect.unwrap(function).__code__.co_firstlineno
        if own:
            attrs = tuple(sorted(declared.attrs, key=lambda each: each.name))
            slots = tuple(sorted(declared.slots, key=lambda each: each.name))
            found[name] = Reflected(name, not name.startswith("_"), attrs, slots, line)
    return found


# --- what is wrong with them ----------------------------------------------------------------------------------------------


@frozen
class Finding:
    """One thing that is wrong with a template: an error, or a warning; `what` has its place, its cure, and its lines."""

    kind: Literal["error", "warning"]
    what: TemplateError


def findings(template: Template) -> list[Finding]:
    """What is wrong with a template, in its order: components and names that are not there, and all warnings."""
    source = template.source
    found: list[tuple[Location, Finding]] = []

    def add(kind: Literal["error", "warning"], at: Location, what: TemplateError) -> None:
        found.append((at, Finding(kind, what)))

    warnings = list(template._root.warnings)  # pyright: ignore[reportPrivateUsage]
    for site, node in template.calls():
        try:
            function = component_of(site.name, site.lookup(), hides=site.hides)
        except TemplateError as error:
            add("error", node.at, error)
        except LiveViewError as error:
            what = source.failure(TemplateError, error.happened, node.at, error.cure)
            what.expected, what.got = error.expected, error.got
            add("error", node.at, what)
        else:
            warnings += template.verified(node, function)
    for each in warnings:
        add("warning", each.at, source.failure(TemplateError, each.message, each.at, each.cure))
    for name, at in _undefined(template):
        happened = f"the name {name!r} is not defined where the template is"
        cure = f"define it in the module, or pass it with names={{…}}; an assign is written @{name}"
        what = source.failure(TemplateError, happened, at, cure)
        what.nearest = nearest_names(name, [*template.known_names(), *dir(builtins)])
        add("error", at, what)
    return [each for _, each in sorted(found, key=lambda pair: (pair[0].line, pair[0].column))]


def findings_in_file(path: Path) -> list[Finding]:
    """What is wrong with a template file that no module uses: it is compiled, but its names are nobody's."""
    try:
        root = parse(Source.of_file(path))
        Compiler(root)
    except TemplateError as error:
        return [Finding("error", error)]
    return [
        Finding("warning", root.source.failure(TemplateError, each.message, each.at, each.cure))
        for each in root.warnings
    ]


def _undefined(template: Template) -> Iterator[tuple[str, Location]]:
    reads: dict[str, Location] = {}
    Compiler(template._root, reads=reads)  # pyright: ignore[reportPrivateUsage]
    known = template.known_names()
    for name, at in reads.items():
        if name not in known and not hasattr(builtins, name):
            yield name, at


def verify_all(start: type[Any]) -> None:
    """Verify the templates of a view, or of any class, and of the components that they call, now.

    What a call has wrong is a `TemplateWarning`; a component that is not there is an error. The components themselves
    are followed, whatever module they are of; what a function does before its template is known by its names only.
    """  # N3.2
    seen: set[int] = set()
    kinds: tuple[type[Any], ...] = start.__mro__
    own = [kind for kind in kinds if not f"{kind.__module__}.".startswith("liveview_core.")]
    stack: list[Any] = [each for kind in reversed(own) for each in vars(kind).values()]
    while stack:
        value = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if _is(value, Template):
            stack.extend(value.verify())
        elif _is(value, FunctionComponent):
            stack.append(value.function)
        elif _is(value, FunctionType):
            named = (value.__globals__.get(name) for name in value.__code__.co_names)
            stack.extend(each for each in named if _is(each, Template, FunctionComponent))
