"""Sockets that are made and thrown away: a socket is never changed, and what its methods give must be returned.

Owns the reading of one function's code: which of its names hold sockets, and which values of theirs nobody reads any more. Law:
only what no way through the function can read is told; a name that an inner function sees, or that is read where an exception
leads, counts as read.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from attrs import field

from liveview_core import Socket
from liveview_core.values.declaring import define

__all__ = ["Habit", "thrown_away"]

Habit: TypeAlias = tuple[int, int, Literal["error", "warning"], str]
"""The line and the column, what kind of thing it is, and the text."""

_WITH_MORE = frozenset({"consume_uploaded_entries", "consume_uploaded_entry"})
"""Methods that give a socket and something else."""
_METHODS = (
    frozenset(
        name
        for name, value in inspect.getmembers(Socket, inspect.isfunction)
        if not name.startswith("_") and str(value.__annotations__.get("return")) in ("Self", "Socket")
    )
    | {"pipe"}
    | _WITH_MORE
)
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
_Live: TypeAlias = frozenset[str]
_NOTHING: _Live = frozenset()


def thrown_away(tree: ast.Module) -> Iterator[Habit]:
    """The sockets that a module's functions throw away."""
    functions = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
    helpers = _helpers(functions)
    found: dict[tuple[int, int], Habit] = {}
    for node in functions:
        for habit in _Reading(node, helpers).told():
            found.setdefault(habit[:2], habit)
    yield from sorted(found.values())


def _helpers(functions: list[_FUNCTIONS]) -> set[str]:
    """Functions of the module that give sockets and nothing else, by name; what two functions are called is nobody's."""
    names = [node.name for node in functions]
    alone = [node for node in functions if names.count(node.name) == 1]
    found: set[str] = set()
    number = -1
    while number != len(found):  # one may call another
        number = len(found)
        for node in alone:
            reading = _Reading(node, found)
            returned = [each.value for each in _own(node.body) if isinstance(each, ast.Return)]
            if returned and all(each is not None and reading.is_socket(each) for each in returned):
                found.add(node.name)
    return found


def _own(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All that is in a function, without what is in inner ones."""
    waiting = [*body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*_FUNCTIONS.__args__, ast.Lambda, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(node))


@define
class _Reading:
    """One function: its sockets, and what is read of its names, from its end to its beginning."""

    function: _FUNCTIONS
    helpers: set[str]
    sockets: set[str] = field(factory=set[str])
    shared: set[str] = field(factory=set[str])
    found: list[Habit] = field(factory=list[Habit])
    _telling: bool = False
    _loops: list[tuple[_Live, _Live]] = field(factory=list[tuple[_Live, _Live]])

    def __attrs_post_init__(self) -> None:
        arguments = self.function.args
        for taken in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            written = "" if taken.annotation is None else ast.unparse(taken.annotation).strip("'\"")
            if taken.arg == "socket" or taken.arg.endswith("_socket") or written.rpartition(".")[2] == "Socket":
                self.sockets.add(taken.arg)
        assigned = [node for node in _own(self.function.body) if isinstance(node, ast.Assign | ast.AnnAssign)]
        number = -1
        while number != len(self.sockets):
            number = len(self.sockets)
            for each in assigned:
                self.sockets.update(name for name, value in _pairs(each) if self.is_socket(value))
        for node in _own(self.function.body):
            if isinstance(node, (*_FUNCTIONS.__args__, ast.Lambda, ast.ClassDef)):
                self.shared |= _read(node)
            elif isinstance(node, ast.Global | ast.Nonlocal):
                self.shared.update(node.names)

    # --- sockets ------------------------------------------------------------------------------------------------------

    def is_socket(self, node: ast.expr) -> bool:
        """Whether an expression is a socket."""
        if isinstance(node, ast.Name):
            return node.id in self.sockets
        if isinstance(node, ast.IfExp):
            return self.is_socket(node.body) and self.is_socket(node.orelse)
        return self.changed(node) is not None and _method(node) not in _WITH_MORE

    def changed(self, node: ast.expr) -> str | None:
        """How another socket is made here: `socket.assign(…)`; None where none is."""
        if isinstance(node, ast.IfExp):
            return self.changed(node.body) or self.changed(node.orelse)
        if not isinstance(node, ast.Call):
            return None
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in _METHODS and self.is_socket(called.value):
            return f"{_root(called.value)}.{called.attr}(…)"
        name = called.id if isinstance(called, ast.Name) else ""
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "self":
            name = called.attr
        if name in self.helpers and any(self.is_socket(each) for each in node.args):
            return f"{ast.unparse(called)}(…)"
        return None

    # --- what is told -------------------------------------------------------------------------------------------------

    def told(self) -> list[Habit]:
        """All that the function throws away."""
        if self.sockets:
            self._telling = True
            self._before(self.function.body, _NOTHING, _NOTHING)
        return self.found

    def _tell(self, node: ast.AST, what: str, happened: str, cure: str) -> None:
        if self._telling:
            text = f"what {what} gives is {happened}: a socket is never changed\n  cure: {cure}"
            self.found.append((getattr(node, "lineno", 0), getattr(node, "col_offset", 0) + 1, "error", text))

    def _dropped(self, node: ast.expr) -> None:
        """A statement that is nothing but another socket, or makes some on its way."""
        match node:
            case ast.IfExp():
                self._dropped(node.body)
                self._dropped(node.orelse)
            case ast.BoolOp():
                for each in node.values:
                    self._dropped(each)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                self._dropped(node.elt)
            case _:
                what = self.changed(node)
                if what is not None:
                    more = ", …" if _method(node) in _WITH_MORE else ""
                    cure = f"socket{more} = {what}, and return socket at the end"
                    self._tell(node, what, "thrown away", cure)

    def _stored(self, node: ast.Assign | ast.AnnAssign, after: _Live) -> None:
        for name, value in _pairs(node):
            what = self.changed(value)
            if what is not None and name not in after and name not in self.shared:
                cure = f"return {name}" if name != "socket" else "return socket at the end"
                if name != "socket":
                    cure += f", or write socket = {what}"
                self._tell(value, what, f"put into {name!r}, which is not read after that", cure)

    # --- backwards ----------------------------------------------------------------------------------------------------

    def _before(self, body: list[ast.stmt], after: _Live, raised: _Live) -> _Live:
        """The names that are read after the beginning of these statements, if those of `after` are after their end."""
        for node in reversed(body):
            after = self._statement(node, after | raised, raised)
        return after

    def _statement(self, node: ast.stmt, after: _Live, raised: _Live) -> _Live:
        match node:
            case ast.Expr():
                self._dropped(node.value)
                return after | _read(node)
            case ast.Assign() | ast.AnnAssign():
                self._stored(node, after)
                names = {target.id for target in _targets(node) if isinstance(target, ast.Name)}
                return (after - names) | _read(node)
            case ast.Return():
                return raised | _read(node)
            case ast.Raise():
                return raised | self.sockets | _read(node)
            case ast.Break():
                return self._loops[-1][0] if self._loops else after
            case ast.Continue():
                return self._loops[-1][1] if self._loops else after
            case ast.If():
                both = self._before(node.body, after, raised) | self._before(node.orelse, after, raised)
                return both | _read(node.test)
            case ast.Match():
                found = after
                for case in node.cases:
                    found |= self._before(case.body, after, raised) | _read(case.pattern)
                    found |= _NOTHING if case.guard is None else _read(case.guard)
                return found | _read(node.subject)
            case ast.For() | ast.AsyncFor() | ast.While():
                return self._loop(node, after, raised)
            case ast.With() | ast.AsyncWith():
                telling, self._telling = self._telling, self._telling and not any(map(_expects_failure, node.items))
                inner = self._before(node.body, after, raised)
                self._telling = telling
                return inner.union(*(_read(each) for each in node.items))
            case ast.Try() | ast.TryStar():
                return self._try(node, after, raised)
            case _:
                return after | _read(node)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, after: _Live, raised: _Live) -> _Live:
        head = node.test if isinstance(node, ast.While) else node.iter
        leaving = self._before(node.orelse, after, raised)
        begin = leaving | _read(head)
        telling, self._telling = self._telling, False
        while True:
            self._loops.append((after, begin))
            again = begin | self._before(node.body, begin, raised)
            self._loops.pop()
            if again == begin:
                break
            begin = again
        self._telling = telling
        self._loops.append((after, begin))
        self._before(node.body, begin, raised)
        self._loops.pop()
        self._rounds(node, after)
        return begin

    def _rounds(self, node: ast.For | ast.AsyncFor | ast.While, after: _Live) -> None:
        """A name that each round of a loop makes anew, of a socket that no round changes: only the last is kept."""
        inside = list(_own(node.body))
        if any(isinstance(each, ast.Break | ast.Return) for each in inside):
            return
        assigned = [each for each in inside if isinstance(each, ast.Assign | ast.AnnAssign)]
        names = {name for each in assigned for name, _ in _pairs(each)}
        read = frozenset[str]().union(*(_read(each) for each in node.body))
        for each in assigned:
            for name, value in _pairs(each):
                root, what = _root(value), self.changed(value)
                if what is not None and name in after and name not in read and root not in names | self.shared:
                    happened = f"lost in the next round, which begins with {root!r} again"
                    self._tell(value, what, happened, f"{root} = {what} in the loop, and go on with {root}")

    def _try(self, node: ast.Try | ast.TryStar, after: _Live, raised: _Live) -> _Live:
        last = self._before(node.finalbody, after, raised)
        handled = last | raised
        for handler in node.handlers:
            handled |= self._before(handler.body, last, last | raised)
            handled |= _NOTHING if handler.type is None else _read(handler.type)
        inner = self._before(node.orelse, last, last | raised)
        return self._before(node.body, inner, handled)


def _expects_failure(item: ast.withitem) -> bool:
    """Whether what stands inside is there to fail: `with pytest.raises(…)`."""
    called = item.context_expr.func if isinstance(item.context_expr, ast.Call) else item.context_expr
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in ("raises", "warns", "suppress") or name.startswith(("assertRaises", "assertWarns"))


def _read(node: ast.AST) -> _Live:
    return frozenset(
        each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load | ast.Del)
    )


def _targets(node: ast.Assign | ast.AnnAssign) -> Iterator[ast.expr]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target] if node.value else []:
        yield from target.elts if isinstance(target, ast.Tuple | ast.List) else [target]


def _pairs(node: ast.Assign | ast.AnnAssign) -> Iterator[tuple[str, ast.expr]]:
    """The names that are assigned, each with its value; of what gives a socket and more, the first."""
    if node.value is None:
        return
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, ast.Name):
            if _method(node.value) not in _WITH_MORE:
                yield target.id, node.value
        elif isinstance(target, ast.Tuple | ast.List):
            values = node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else []
            if len(values) == len(target.elts):
                pairs = zip(target.elts, values, strict=True)
                yield from ((each.id, value) for each, value in pairs if isinstance(each, ast.Name))
            elif _method(node.value) in _WITH_MORE and isinstance(target.elts[0], ast.Name):
                yield target.elts[0].id, node.value


def _method(node: ast.expr) -> str:
    """The method whose call an expression is."""
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def _root(node: ast.expr) -> str:
    """The name with which a chain of calls begins."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.IfExp):
        return _root(node.body)
    return node.id if isinstance(node, ast.Name) else ""
