"""Assigns, streams and uploads that a view's template reads and that nobody gives.

Law: told is a name that stands nowhere in the code: not in the modules that are looked at, nor in one that the view's module has
something of. Where assigns come from a mapping, from `**`, from a name that is computed or from a library, nothing is said.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from attrs import field

from liveview_core import LiveComponent, LiveView
from liveview_core.errors import nearest_names
from liveview_core.heex import TemplateError
from liveview_core.heex.inspection import templates
from liveview_core.heex.syntax.tree import Assign, Block, Code, Component, Element, Expr, Node, Run, Slot, tags
from liveview_core.heex.template import Template
from liveview_core.values.declaring import define
from liveview_testing.command_line.imported_modules import reached, text_of

__all__ = ["Assigned"]

_GIVEN = frozenset(
    {"flash", "live_action", "myself", "socket", "inner_block", "inner_content", "id", "streams", "uploads"}
)
_ASSIGNS = frozenset({"assign", "merge_assigns"})
_NAMED = frozenset(
    {
        "assign_new",
        "update",
        "assign_async",
        "stream",
        "stream_configure",
        "stream_insert",
        "stream_async",
        "allow_upload",
    }
)
_UPDATES = frozenset({"send_update", "send_update_after"})
_HOW = {
    "streams": ("no stream is called", 'socket.stream("{}", …) in mount'),
    "uploads": ("no upload is called", 'socket.allow_upload("{}", accept=…) in mount'),
}


@define
class Assigned:
    """The views and components that are looked at together: a component's assigns come from others."""

    _classes: list[tuple[type[Any], ModuleType, ast.ClassDef]] = field(
        factory=list[tuple[type[Any], ModuleType, ast.ClassDef]]
    )
    _modules: list[ModuleType] = field(factory=list[ModuleType])
    _words: dict[str, frozenset[str] | None] = field(factory=dict[str, frozenset[str] | None])

    def module(self, module: ModuleType, kinds: Iterable[tuple[type[Any], ast.ClassDef]]) -> None:
        """Keep a module, for `found`."""
        self._modules.append(module)
        self._classes.extend((kind, module, node) for kind, node in kinds)

    def found(self) -> Iterator[TemplateError]:
        """What is read and never given; known once all modules were looked at."""
        given = self._given()
        everywhere: set[str] = set()
        mounts = False  # a live_session may give any view what is computed
        for module in self._modules:
            known = self._said([module])
            everywhere |= known or set()
            mounts = mounts or (
                known is None and re.search(r"\bon_mount\b", text_of(module.__name__) or "") is not None
            )
        for kind, module, node in self._classes:
            template: Any = vars(kind).get("render")
            component = issubclass(kind, LiveComponent)
            if type(template) is not Template or mounts or not {*kind.__bases__} <= {LiveView, LiveComponent, object}:
                continue
            said = self._said([module], deep=True)
            if said is None or (component and given is None):
                continue
            known = said | everywhere | (given or set()) | _GIVEN
            told: set[str] = set()
            for kind_of, name, code in _read(template):
                if name not in known and name not in told:
                    told.add(name)
                    happened, cure = _HOW.get(kind_of, ("nobody assigns", "socket = socket.assign({}=…) in mount"))
                    shown = f"{happened} {name}, which the template of {kind.__name__} reads"
                    error = template.source.failure(TemplateError, shown, code.at, cure.format(name))
                    error.nearest = nearest_names(name, _assigned(node))
                    yield error

    def _given(self) -> set[str] | None:
        """What templates give to components; None where that cannot be read, or nobody here has one."""
        names: set[str] = set()
        for module in self._modules:
            for template in templates(module):
                for tag in tags(template._root.children):  # pyright: ignore[reportPrivateUsage]
                    if isinstance(tag, Component) and tag.name == "live_component":
                        if any(each.name is None for each in tag.attributes):
                            return None
                        names |= {each.name for each in tag.attributes if each.name is not None}
                        names |= {each.name for each in tag.slots}
        return names or None

    def _said(self, modules: list[ModuleType], *, deep: bool = False) -> set[str] | None:
        """Every word of the code of modules; None where some assigns have names that are not written there."""
        names = [name for module in modules for name in (reached(module) if deep else [module.__name__])]
        found: set[str] = set()
        for name in names:
            if name not in self._words:
                self._words[name] = _words_of(name)
            words = self._words[name]
            if words is None:
                return None
            found |= words
        return found


def _words_of(name: str) -> frozenset[str] | None:
    text = text_of(name)
    file = getattr(sys.modules.get(name), "__file__", None) or ""
    if text is None or ("site-packages" in file and "liveview_core" in text):
        return None
    if "site-packages" in file:
        return frozenset()
    try:
        tree = ast.parse(text)
    except SyntaxError:  # pragma: no cover - its file is another since it was imported
        return None
    found: set[str] = set()
    of_templates: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if _is_computed(node):
                return None
            if _called(node) == "heex":
                of_templates |= {id(each) for each in node.args}
        for value in (getattr(node, each, None) for each in ("id", "attr", "arg", "name", "asname", "rest")):
            if isinstance(value, str):
                found.add(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in of_templates:
            found |= {*re.findall(r"\w+", node.value)}
    return frozenset(found)


def _called(call: ast.Call) -> str:
    function = call.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _is_computed(call: ast.Call) -> bool:
    """Whether a call may give assigns whose names do not stand in it."""
    name = _called(call)
    if name not in _ASSIGNS | _NAMED | _UPDATES:
        return False
    if any(each.arg is None for each in call.keywords):
        return True
    first = call.args[0] if call.args else None
    if name in _ASSIGNS:
        literal = isinstance(first, ast.Dict) and all(isinstance(each, ast.Constant) for each in first.keys)
        return not literal and bool(call.args)
    if name in _UPDATES:
        return len(call.args) > 2
    # a dict or a set has an update, too: of what is no name
    return isinstance(first, ast.JoinedStr | ast.BinOp | ast.Name | ast.Attribute | ast.Subscript | ast.Call)


def _assigned(node: ast.ClassDef) -> Iterator[str]:
    """What the code of a class gives by name."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and _called(each) in _ASSIGNS | _NAMED:
            if _called(each) == "assign":
                yield from (one.arg for one in each.keywords if one.arg is not None)
            first = each.args[0] if each.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
            if isinstance(first, ast.Dict):
                yield from (
                    one.value for one in first.keys if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def _read(template: Template) -> Iterator[tuple[str, str, Code]]:
    """The assigns, streams and uploads that a template reads: of what kind, the name, and where."""
    codes = [*_codes(template._root.children)]  # pyright: ignore[reportPrivateUsage]
    for code in sorted(codes, key=lambda each: (each.at.line, each.at.column)):
        for path in code.deps.paths:
            if path.root != "assign":
                continue
            if path.name in _HOW and path.steps and isinstance(path.steps[0][1], str):
                yield path.name, path.steps[0][1], code
            else:
                yield "", path.name, code


def _codes(nodes: Iterable[Node | Slot]) -> Iterator[Code]:
    waiting: list[Any] = [*nodes]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Expr | Run | Assign):
            yield node.code
        elif isinstance(node, Block):
            heads: list[Any] = [node.head, *(clause.head for clause in node.clauses)]
            yield from (each for each in heads if isinstance(each, Code))
            if node.kind == "for":
                yield from (clause.iterable for clause in heads[0].clauses)
            waiting.extend(child for clause in node.clauses for child in clause.body)
        elif isinstance(node, Element | Component | Slot):
            yield from (each.value for each in node.attributes if isinstance(each.value, Code))
            special = node.special
            yield from (each for each in (special.if_, special.key) if each is not None)
            if special.for_ is not None:
                yield special.for_.first.iterable
            waiting.extend(node.children)
            if isinstance(node, Component):
                waiting.extend(node.slots)
