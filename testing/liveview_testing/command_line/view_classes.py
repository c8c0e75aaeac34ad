"""What `liveview check` finds in the class of a view as a whole: names that are nearly ours, what is defined twice, what changes
the socket's values in place, assigns that nobody reads; and routes that are never reached.

Law: only what is surely a slip is told, as in `view_code`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

from liveview_core import Socket
from liveview_core.errors import nearest_names
from liveview_core.views.route_paths import BadRoute, Segment, segments_of
from liveview_testing.command_line.unused_sockets import Habit
from liveview_testing.failures.close_matches import distance

__all__ = ["in_class", "in_statement", "routes"]

_OPTIONS = ("temporary_assigns", "on_mount", "container", "layout", "render")
_METHODS = frozenset(name for name in dir(Socket) if not name.startswith("_") and callable(getattr(Socket, name)))
_MUTATE = frozenset(
    str.split("append extend insert remove pop clear sort reverse update setdefault popitem add discard appendleft")
)


def in_statement(node: ast.stmt) -> Iterator[Habit]:
    """Statements that do nothing with a socket, or change what it holds behind its back."""
    place = node.lineno, node.col_offset + 1
    value = node.value if isinstance(node, ast.Expr) else None
    if isinstance(value, ast.Attribute) and value.attr in _METHODS and _root(value) == "socket":
        code = ast.unparse(value)
        yield (
            *place,
            "error",
            f"`{code}` does nothing: it names the method, and does not call it\n  cure: socket = {code}(…)",
        )
    lazy = isinstance(value, ast.GeneratorExp | ast.Lambda)
    if lazy or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("map", "filter")
    ):
        inside = (each for each in ast.walk(value) if isinstance(each, ast.Attribute))  # type: ignore[arg-type]
        if any(each.attr in _METHODS and _root(each) == "socket" for each in inside):
            text = f"`{ast.unparse(node)[:60]}` does nothing: nobody runs what is inside"
            yield *place, "error", f"{text}\n  cure: for each in …: socket = socket.…(…)"
    for target in _changed(node):
        if (name := _held(target)) is not None:
            text = f"`{ast.unparse(node)[:60]}` changes in place what the socket holds: nobody is told, and no page shows it"
            yield *place, "error", f'{text}\n  cure: socket.update("{name}", lambda {name}: …), with a new value'


def _root(value: ast.expr) -> str:
    """The name that a chain of attributes and calls begins with."""
    while isinstance(value, ast.Attribute | ast.Call | ast.Subscript):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value.id if isinstance(value, ast.Name) else ""


def _changed(node: ast.stmt) -> Iterator[ast.expr]:
    """What a statement changes in place."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=changed, attr=name))) if name in _MUTATE:
            yield changed
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            yield from (each.value for each in targets if isinstance(each, ast.Subscript | ast.Attribute))
        case ast.AugAssign(target=(ast.Subscript() | ast.Attribute()) as target):
            yield target.value
        case _:
            pass


def _held(value: ast.expr) -> str | None:
    """The assign that an expression is, or is in: `socket.assigns.name`, `socket.assigns["name"].more[0]`."""
    while True:
        match value:
            case (
                ast.Attribute(value=ast.Attribute(value=ast.Name(id="socket"), attr="assigns"), attr=name)
                | ast.Subscript(
                    value=ast.Attribute(value=ast.Name(id="socket"), attr="assigns"),
                    slice=ast.Constant(value=str(name)),
                )
            ):
                return name
            case ast.Attribute() | ast.Subscript():
                value = value.value
            case _:
                return None


def in_class(kind: type[Any], node: ast.ClassDef, text: str, callbacks: tuple[str, ...]) -> Iterator[Habit]:
    """What the class of a view or a component shows; *text* is that of its module."""
    seen: dict[str, int] = {}
    for each in node.body:
        for name in _defined(each):
            ours = name in callbacks or name in _OPTIONS
            if ours and name in seen and not _in_turn(each):
                told = f"{kind.__name__}.{name} is defined twice: the first one, at line {seen[name]}, is gone"
                cure = "one function, with `match event: case …`" if name.startswith("handle_") else "keep one of them"
                yield each.lineno, each.col_offset + 1, "error", f"{told}\n  cure: {cure}"
            seen.setdefault(name, each.lineno)
            if isinstance(each, ast.Assign | ast.AnnAssign) and not ours:
                yield from _option(kind, each, name, text)
    yield from _assigned(kind, node, text)


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    yield from (each.id for each in targets if isinstance(each, ast.Name))


def _in_turn(node: ast.stmt) -> bool:
    """Whether a definition makes something of the one before: a property's setter, an overload, `render = wrap(render)`."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return bool(node.decorator_list)
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    return bool(names & set(_defined(node)))


def _option(kind: type[Any], node: ast.stmt, name: str, text: str) -> Iterator[Habit]:
    """A class attribute that is nearly one of ours."""
    near = nearest_names(name, _OPTIONS, 1)
    if not near or name.startswith("_") or len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1:
        return
    plain, wanted = name.lower().replace("_", ""), near[0].replace("_", "")
    if plain == wanted or sorted(plain) == sorted(wanted) or distance(plain, wanted) <= 1 + (len(wanted) > 8):
        told = f"{kind.__name__}.{name} is read by nobody\n  nearest: {near[0]}"
        yield node.lineno, node.col_offset + 1, "warning", told


def _assigned(kind: type[Any], node: ast.ClassDef, text: str) -> Iterator[Habit]:
    """`assign(cuont=…)`, where `count` is assigned and read, and `cuont` stands nowhere else."""
    given: dict[str, ast.keyword] = {}
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "assign":
            given |= {each.arg: each for each in call.keywords if each.arg is not None}
    source = getattr(getattr(vars(kind).get("render"), "source", None), "text", "")
    read = set(re.findall(r"@([a-z_]\w*)", source))
    for name, keyword in given.items():
        if len(name) < 4 or name in read or len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1:
            continue
        known = sorted(read & set(given) - {name})
        slips = [each for each in known if distance(name, each) == 1 or sorted(name) == sorted(each)]
        if slips:
            told = f"the assign {name} of {kind.__name__} is read by nobody\n  nearest: {slips[0]}"
            yield keyword.lineno, keyword.col_offset + 1, "warning", told


def routes(tree: ast.Module) -> Iterator[Habit]:
    """Routes of one list whose URLs all go to one before them: the first that fits wins."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.List | ast.Tuple):
            continue
        seen: list[tuple[str, tuple[Segment, ...], int]] = []
        for call, path in _routes_in(node):
            try:
                segments = segments_of(path)
            except BadRoute:
                continue  # told where it is made
            for first, before, line in seen:
                if not _takes_all(before, segments):
                    continue
                same = _takes_all(segments, before)
                which = "the one" if same else first
                told = f"the route {path} is never reached: {which} at line {line} takes its URLs"
                cure = "leave one of them out" if same else "put it first: the special one before the general"
                yield call.lineno, call.col_offset + 1, "warning", f"{told}\n  cure: {cure}"
                break
            seen.append((path, segments, call.lineno))


def _routes_in(node: ast.List | ast.Tuple) -> Iterator[tuple[ast.Call, str]]:
    """The routes of a list, those of its live sessions among them, as they are tried."""
    for each in node.elts:
        match each:
            case ast.Call(func=ast.Name(id="Route"), args=[ast.Constant(value=str(path)), *_]):
                yield each, path
            case ast.Call(func=ast.Name(id="LiveSession"), args=[_, ast.List() | ast.Tuple() as inner, *_]):
                yield from _routes_in(inner)
            case _:
                pass


def _takes_all(first: Sequence[Segment], second: Sequence[Segment]) -> bool:
    """Whether every URL of the second route is one of the first."""
    for at, mine in enumerate(first):
        its = second[at] if at < len(second) else None
        if mine.glob:
            return not mine.text or (its is not None and its.text.startswith(mine.text))
        if its is None or its.glob or not its.text.startswith(mine.text):
            return False
        if mine.name is None and (its.name is not None or its.text != mine.text):
            return False
        if mine.name is not None and its.name is None and its.text == mine.text:
            return False  # a param is not empty
    return len(first) == len(second)
