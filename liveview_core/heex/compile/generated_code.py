"""Generated Python: scaffolding as text, the author's expressions as the `ast` they were parsed to.

Law: every node of the result has a place in the author's file. Expressions keep their own line and column; scaffolding has the
place of the construct it serves. Placeholders (`__X7`) stand for expressions in the text; each is replaced once parsed.
"""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, NoReturn

from liveview_core.heex.compile.scopes import Scope
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.python.dependencies import dependencies, pattern_dependencies
from liveview_core.heex.syntax.source import Source
from liveview_core.heex.syntax.tree import MARK

__all__ = ["Line", "Origin", "Writer", "indented"]


class Line(NamedTuple):
    """One line of scaffolding."""

    indent: int
    text: str
    at: Location


def indented(lines: Iterable[Line], by: int = 1) -> list[Line]:
    """The lines, deeper."""
    return [Line(indent + by, text, at) for indent, text, at in lines]


class Origin:
    """Where the lines of a template are in a file that a traceback can show: the author's own, if its text is there.

    The call's line is known; where the text begins is tried, and compared with the file. Otherwise (an escape, `exec`, a
    prompt) the template gets a file name of its own, which `linecache` knows.
    """

    def __init__(self, source: Source) -> None:
        self.file = source.file
        lines = source.text.split("\n")
        self._shift = [0] * len(lines)
        self._lines = None if source.text.isascii() else lines
        first = self._first(source)
        if first is None:
            self.file = (
                f"<template {source.file}>" if source.call is None else f"<template {source.file}:{source.call.line}>"
            )
            text = [f"{line}\n" for line in lines]
            linecache.cache[self.file] = (len(source.text), None, text, self.file)
            self._offset = 0
            return
        self._offset = first - 1
        for row, removed in enumerate(source.removed):
            self._shift[row] = removed

    def _first(self, source: Source) -> int | None:
        """The line of the file that holds the first line of the template, or None."""
        if source.call is None:
            return 1 if source.file not in ("template", "") else None
        given = source.original.split("\n")
        last = len(given) - 1
        for start in range(source.call.line, source.call.line + 3):
            head = linecache.getline(source.file, start).rstrip("\r\n")
            tail = linecache.getline(source.file, start + last)
            fits = head.endswith(given[0]) if last else given[0] in head
            if fits and head and tail.startswith(given[-1]) | (last == 0):
                middle = last // 2
                if (
                    not 0 < middle < last
                    or linecache.getline(source.file, start + middle).rstrip("\n") == given[middle]
                ):
                    if not source.dropped:
                        self._shift[0] = head.rfind(given[0])
                    return start + source.dropped
        return None

    def location(self, line: int) -> Location:  # pragma: no cover - for what another version of Python refuses
        """The beginning of a line of the file, in template coordinates."""
        return Location(min(max(line - self._offset, 1), len(self._shift)), 1)

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Line and column (bytes, as `ast` counts) in the file, from template line (from 1) and column (from 0)."""
        row = min(line, len(self._shift)) - 1
        if self._lines is not None:
            column = len(self._lines[row][:column].encode())
        return line + self._offset, column + self._shift[row]


class Writer:
    """Collects expressions under placeholders, and makes the module of the text that uses them.

    `reads`, if it is wanted, is filled with the names that are read from outside of the template, and where.
    """

    def __init__(self, source: Source, reads: dict[str, Location] | None = None) -> None:
        self.source = source
        self.reads = reads
        self.origin = Origin(source)
        self.own_slot = False  # `render_slot` is a function of the author's
        self.assigns: set[str] = set()
        self.free: set[str] = set()
        self._nodes: dict[str, Any] = {}
        self._blocks: dict[str, list[ast.stmt]] = {}

    def expression(
        self, node: ast.expr, scope: Scope, *, own: bool = False, within: ast.JoinedStr | None = None
    ) -> str:
        """A placeholder for *node*; `own`: what it binds by walrus is local to it."""  # N1.8
        if self.reads is not None:
            self._note(dependencies(node)[1], within or node, scope)
        inside = None if within is None else self.origin.place(within.lineno, within.col_offset)
        copy = self._copied(node, scope, inside)
        if own:
            nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
            copy = ast.copy_location(ast.Call(ast.copy_location(ast.Lambda(nothing, copy), copy), [], []), copy)
        return self._placed(copy)

    def shared(self, code: str, at: Location) -> str:
        """A placeholder for the conversion of an expression, which is written twice and made once; any other text as it is."""
        found = _CONVERSION.fullmatch(code)
        if found is None:
            return code
        table, value, function, name, argument = found.groups()
        where = _cell(self.origin.place(at.line, at.column - 1))
        if table is None:
            arguments: list[ast.expr] = [self._nodes[argument]]
            if name is not None:
                arguments.insert(0, _at(ast.Constant(name), where))
            return self._placed(_at(ast.Call(_at(ast.Name(function, _LOAD), where), arguments, []), where))
        walrus = _at(ast.NamedExpr(_at(ast.Name("__y", _STORE), where), self._nodes[value]), where)
        kind = _at(ast.Call(_at(ast.Name("__type", _LOAD), where), [walrus], []), where)
        entry = _at(ast.Subscript(_at(ast.Name(table, _LOAD), where), kind, _LOAD), where)
        return self._placed(_at(ast.Call(entry, [_at(ast.Name("__y", _LOAD), where)], []), where))

    def pattern(self, node: ast.pattern, scope: Scope) -> str:
        """A placeholder for a match pattern: it stands where a capture can."""
        if self.reads is not None:
            self._note(pattern_dependencies(node)[1], node, scope)
        return self._placed(self._copied(node, scope, None))

    def target(self, node: ast.expr, scope: Scope) -> str:
        """A placeholder for what a loop or an assignment binds."""
        return self._placed(self._copied(node, scope, None))

    def _note(self, names: frozenset[str], node: ast.expr | ast.pattern, scope: Scope) -> None:
        assert self.reads is not None
        for name in sorted(names - scope.variables.keys() - {"assigns"}):
            at = node
            for each in ast.walk(node):
                if isinstance(each, ast.JoinedStr):  # 3.11 has no usable places inside an f-string (tree.py)
                    break
                if isinstance(each, ast.Name) and each.id == name:
                    at = each
                    break
            self.reads.setdefault(name, Location(at.lineno, at.col_offset + 1))

    def _placed(self, node: ast.AST) -> str:
        name = f"__X{len(self._nodes)}"
        self._nodes[name] = node
        return name

    def _copied(self, node: Any, scope: Scope, inside: tuple[int, int] | None) -> Any:
        """A copy in the file's coordinates, assigns read from `__a`, `render_slot` given the changed set."""  # EN-20
        kind: type[ast.AST] = type(node)  # pyright: ignore[reportUnknownVariableType]
        if kind is ast.Constant:
            copy: Any = ast.Constant(node.value, node.kind)
        elif kind is ast.Name:
            name: str = node.id
            if name.startswith(MARK):
                name = name[len(MARK) :]
                self.assigns.add(name)
                copy = ast.Subscript(ast.Name("__a", _LOAD), ast.Constant(name), _LOAD)
                where = inside or self.origin.place(node.lineno, node.col_offset)
                end = inside or self.origin.place(node.end_lineno, node.end_col_offset)
                for each in (copy.value, copy.slice):
                    _locate(each, where, end)
            else:
                if name.startswith("__") and not name.endswith("__"):
                    self.refuse(name, Location(node.lineno, node.col_offset + 1))
                if name not in scope.variables:
                    self.free.add(name)
                copy = ast.Name(name, node.ctx)
        else:
            if kind is ast.arg and node.arg.startswith("__"):
                self.refuse(node.arg, Location(node.lineno, node.col_offset + 1))
            below, fields = inside, dict[str, Any]()
            if below is None and kind is ast.JoinedStr:
                # 3.11 has no usable places inside an f-string (tree.py).
                below = self.origin.place(node.lineno, node.col_offset)
            for name in kind._fields:
                value: Any = getattr(node, name, None)
                if isinstance(value, list):
                    value = [
                        self._copied(each, scope, below) if isinstance(each, ast.AST) else each
                        for each in value  # pyright: ignore[reportUnknownVariableType]
                    ]
                elif isinstance(value, ast.AST) and value._fields + value._attributes:
                    value = self._copied(value, scope, below)
                fields[name] = value
            copy = kind(**fields)
            if (
                kind is ast.Call
                and type(node.func) is ast.Name
                and node.func.id == "render_slot"
                and not self.own_slot
                and "render_slot" not in scope.variables
            ):
                copy.func = ast.Name("__slot", _LOAD)
                changed = ast.Name(scope.changed, _LOAD)
                place = inside or self.origin.place(node.lineno, node.col_offset)
                line = ast.Constant(f"{self.origin.file}, line {place[0]}")
                copy.args = [changed, line, *copy.args]
                for each in (copy.func, changed, line):
                    _locate(each, place, place)
        if kind._attributes:
            start = inside or self.origin.place(node.lineno, node.col_offset)
            end = inside or self.origin.place(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
            _locate(copy, start, end)
        return copy

    def refuse(self, name: str, at: Location) -> NoReturn:
        """The names of generated code begin with two underscores; the author's must not."""
        raise self.source.error(
            f"{name!r} begins with two underscores, which is reserved in templates", at, "use another name"
        )

    def check(self, names: Iterable[str], at: Location) -> None:
        """Refuse reserved names among those that a construct binds."""
        for name in names:
            if name.startswith("__"):
                self.refuse(name, at)

    def block(self, lines: Sequence[Line], at: Location) -> Line:
        """A line that stands for these: they are parsed on their own, as Python allows no 100 levels of indentation."""
        name = f"__F{len(self._blocks)}"
        self._blocks[name] = self.module(lines).body
        return Line(0, name, at)

    def module(self, lines: Sequence[Line]) -> ast.Module:
        """The module of the scaffolding, with all expressions in their places."""
        text = "\n".join(["    " * indent + text for indent, text, _ in lines])
        module = ast.parse(text)
        self._place(module, [_cell(self.origin.place(at.line, at.column - 1)) for _, _, at in lines])
        return module

    def _place(self, module: ast.Module, places: list[dict[str, int]]) -> None:
        nodes, blocks, children = self._nodes, self._blocks, _children
        stack: list[Any] = [module]
        while stack:
            node = stack.pop()
            if node._attributes:
                node.__dict__.update(places[node.lineno - 1])
            for name in children(node.__class__):
                value = getattr(node, name)
                found: type[Any] = type(value)  # pyright: ignore[reportUnknownVariableType]
                if found is list:
                    spliced = False
                    for index, each in enumerate(value):
                        if type(each) is ast.Name and each.id in nodes:
                            value[index] = nodes[each.id]
                        elif type(each) is ast.Expr and type(each.value) is ast.Name and each.value.id in blocks:
                            value[index] = blocks[each.value.id]
                            spliced = True
                        elif each is not None:  # a key of a dict is, before `**`
                            stack.append(each)
                    if spliced:
                        value[:] = _flat(value)
                elif found is ast.Name and value.id in nodes:
                    setattr(node, name, nodes[value.id])
                elif found is ast.MatchAs and value.name in nodes:
                    setattr(node, name, nodes[value.name])
                elif value is not None:
                    stack.append(value)


_CONVERSION = re.compile(r"(__[txq])\[__type\(__y := (__X\d+)\)\]\(__y\)|(__[a-z]+)\((?:'([^'\\]*)', )?(__X\d+)\)")


@cache
def _children(kind: Any) -> tuple[str, ...]:
    """The fields of a node that hold nodes with a place in the text."""
    return tuple(name for name in kind._fields if name not in _NO_NODES) if kind is not ast.Constant else ()


_NO_NODES = frozenset(
    {"arg", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "module"}
) | {*("name", "names", "op", "ops", "rest", "simple", "tag", "type_comment", "type_ignores")}


def _cell(place: tuple[int, int]) -> dict[str, int]:
    """One character, as a node's place."""
    line, column = place
    return {"lineno": line, "col_offset": column, "end_lineno": line, "end_col_offset": column + 1}


def _at(node: Any, where: dict[str, int]) -> Any:
    node.__dict__.update(where)
    return node


_STORE = ast.Store()
_LOAD = ast.Load()


def _flat(values: list[Any]) -> list[Any]:
    flat: list[Any] = []
    for each in values:
        if type(each) is list:
            flat += each
        else:
            flat.append(each)
    return flat


def _locate(node: Any, start: tuple[int, int], end: tuple[int, int]) -> None:
    node.lineno, node.col_offset = start
    node.end_lineno, node.end_col_offset = max(start, end)
