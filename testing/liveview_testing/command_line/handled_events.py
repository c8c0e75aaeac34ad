"""Which events a `handle_event` can take, read from its code.

Law: an answer is given only where it is sure: each name is a literal, and what is done with any other changes nothing, as
`case _: return socket`, or raises. Whatever else is done with the name of the event, or before it is looked at, gives None.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from types import ModuleType
from typing import Any

__all__ = ["attaches_hooks", "handled"]

_PLAIN = frozenset({"int", "str", "float", "bool", "len"})


class _Anything(Exception):
    """The callback may take whatever comes."""


def handled(function: ast.FunctionDef, module: ModuleType) -> frozenset[str] | None:
    """The names that a `handle_event` takes; None where it may take others too."""
    given = function.args.posonlyargs + function.args.args
    if len(given) < 4 or function.args.vararg is not None or function.args.kwarg is not None or function.decorator_list:
        return None
    reading = _Reading(given[1].arg, given[2].arg, given[3].arg, module)
    try:
        reading.body(function.body)
    except _Anything:
        return None
    return frozenset(reading.names)


class _Reading:
    """The way through a callback of an event that none of its literals names."""

    def __init__(self, event: str, params: str, socket: str, module: ModuleType) -> None:
        self.event, self.params, self.socket, self.module = event, params, socket, module
        self.names: set[str] = set()

    def body(self, statements: Sequence[ast.stmt]) -> bool:
        """Whether the way ends here."""
        return any(self._statement(each) for each in statements)

    def _statement(self, node: ast.stmt) -> bool:
        match node:
            case ast.Raise():
                return True
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                return False
            case ast.Return(value=ast.Name(id=name)) if name == self.socket:
                return True
            case ast.Return(value=value) if value is not None and self._looked_up(value):
                return True
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._is_plain(name, value):
                return False
            case ast.If(test=test, body=body, orelse=otherwise):
                holds = self._test(test)
                ends = [self.body(each) for each, way in ((body, True), (otherwise, False)) if holds is not (not way)]
                return all(ends)
            case ast.Match(subject=subject, cases=cases):
                return self._match(subject, cases)
            case _:
                raise _Anything

    def _is_plain(self, name: str, value: ast.expr) -> bool:
        """Whether a value is only taken from the params."""
        if name in (self.socket, self.event):
            return False
        for each in ast.walk(value):
            if isinstance(each, ast.Call):
                function = each.func
                reads = (
                    isinstance(function, ast.Attribute)
                    and function.attr == "get"
                    and self._is(function.value, self.params)
                )
                if not reads and not (isinstance(function, ast.Name) and function.id in _PLAIN):
                    return False
            if isinstance(each, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom) or self._is(each, self.event):
                return False
        return True

    def _is(self, node: ast.AST, name: str) -> bool:
        return isinstance(node, ast.Name) and node.id == name

    def _reads_event(self, node: ast.AST) -> bool:
        return any(self._is(each, self.event) for each in ast.walk(node))

    def _looked_up(self, value: ast.expr) -> bool:
        """`TABLE[event]`, called or used: there is a KeyError where the table has no such name."""
        tables = [
            each for each in ast.walk(value) if isinstance(each, ast.Subscript) and self._is(each.slice, self.event)
        ]
        if not tables or any(isinstance(each, ast.Lambda | ast.IfExp | ast.BoolOp) for each in ast.walk(value)):
            return False
        known = self._several(tables[0].value)
        if known is None:
            return False
        self.names |= known
        return True

    def _several(self, node: ast.expr) -> set[str] | None:
        """The names in a collection: literal, or the value of a name of the module."""
        match node:
            case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items) | ast.Dict(keys=items):
                names = {each.value for each in items if isinstance(each, ast.Constant) and isinstance(each.value, str)}
                return names if len(names) == len(items) else None
            case ast.Name(id=name):
                value: Any = vars(self.module).get(name)
                if type(value) in (dict, list, tuple, set, frozenset):
                    return {each for each in value if type(each) is str}
                return None
            case _:
                return None

    def _test(self, node: ast.expr) -> bool | None:
        """What a condition says of the event that no literal names; None where that depends on something else."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self._test(inner)
                return None if found is None else not found
            case ast.BoolOp(op=op, values=values):
                ways = [self._test(each) for each in values]
                decides = isinstance(op, ast.Or)
                return decides if decides in ways else None if None in ways else not decides
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as op], comparators=[right]):
                value = right if self._is(left, self.event) else left if self._is(right, self.event) else None
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    self.names.add(value.value)
                    return isinstance(op, ast.NotEq)
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[right]) if self._is(
                left, self.event
            ):
                if (several := self._several(right)) is not None:
                    self.names |= several
                    return isinstance(op, ast.NotIn)
            case _:
                pass
        if self._reads_event(node):
            raise _Anything
        return None

    def _match(self, subject: ast.expr, cases: Sequence[ast.match_case]) -> bool:
        if self._is(subject, self.event):
            at = None
        elif isinstance(subject, ast.Tuple) and subject.elts and self._is(subject.elts[0], self.event):
            at = len(subject.elts)
            if any(self._reads_event(each) for each in subject.elts[1:]):
                raise _Anything
        else:
            raise _Anything
        for case in cases:
            pattern, otherwise = case.pattern, False
            if at is not None:
                otherwise = isinstance(pattern, ast.MatchAs) and pattern.pattern is None
                if isinstance(pattern, ast.MatchSequence) and len(pattern.patterns) == at:
                    pattern = pattern.patterns[0]
                elif not otherwise:
                    raise _Anything
            names = _literals(pattern)
            if names is not None:
                self.names |= names
                continue
            bound = pattern.name if isinstance(pattern, ast.MatchAs) and pattern.pattern is None else ""
            if bound == "" or (bound is not None and any(self._is(each, bound) for each in ast.walk(case))):
                raise _Anything
            if case.guard is not None:
                if self._test(case.guard) is False:
                    continue
                raise _Anything
            ends = self.body(case.body)
            if at is None or otherwise or not ends:
                return ends
        return False


def _literals(pattern: ast.pattern) -> set[str] | None:
    match pattern:
        case ast.MatchValue(value=ast.Constant(value=str(name))):
            return {name}
        case ast.MatchAs(pattern=inner) if inner is not None:
            return _literals(inner)
        case ast.MatchOr(patterns=patterns):
            found = [_literals(each) for each in patterns]
            return None if None in found else {name for each in found if each is not None for name in each}
        case _:
            return None


def attaches_hooks(tree: ast.AST) -> bool:
    """Whether the code attaches a hook that may take events."""
    return any(isinstance(each, ast.Attribute) and each.attr == "attach_hook" for each in ast.walk(tree))
