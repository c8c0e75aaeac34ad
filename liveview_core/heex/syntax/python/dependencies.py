"""What an expression reads: paths of assigns and of names, scope by scope.

Law: a dependency is never forgotten. What cannot be followed statically ends the path earlier, at a prefix of it: that
evaluates too often, never too seldom.
"""  # N2, EN-5, EN-10, EN-11

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from liveview_core.heex.syntax.tree import Deps, Path, Step, assign_name

__all__ = ["bare_path", "bound_by_walrus", "dependencies", "pattern_dependencies", "pattern_names", "target_names"]

_Comprehension = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def dependencies(
    node: ast.expr, bound: Iterable[str] = (), walrus: Iterable[str] | None = None
) -> tuple[Deps, frozenset[str]]:
    """The dependencies of an expression, and the ordinary names it reads from outside; `bound` names are inside.

    `walrus` is what its walrus operators bind, where somebody knows that.
    """
    reader = _Reader()
    reader.read(node, frozenset(bound) | frozenset(bound_by_walrus(node) if walrus is None else walrus))
    return reader.result()


def pattern_dependencies(node: ast.pattern) -> tuple[Deps, frozenset[str]]:
    """What the value and class patterns in a pattern read."""
    reader = _Reader()
    reader.read(node, frozenset())
    return reader.result()


def bare_path(node: ast.expr) -> Path | None:
    """The path that the expression is, and nothing besides."""  # N2.5
    base, steps, dynamic = _descend(node)
    return None if dynamic else _path(base, steps)


def bound_by_walrus(node: ast.AST) -> tuple[str, ...]:
    """The names that walrus operators bind in the scope of the expression itself: comprehensions let them through."""
    names: dict[str, None] = {}
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, ast.Lambda):
            stack.extend(_defaults(each))
            continue
        if isinstance(each, ast.NamedExpr):
            names[each.target.id] = None
        stack.extend(reversed(list(ast.iter_child_nodes(each))))
    return tuple(names)


def target_names(target: ast.expr) -> tuple[str, ...]:
    """The names in an assignment target, in order of appearance."""
    return tuple(dict.fromkeys(node.id for node in _in_order(target) if isinstance(node, ast.Name)))


def pattern_names(pattern: ast.pattern) -> tuple[str, ...]:
    """The names that a pattern binds, in order of appearance."""
    names: dict[str, None] = {}
    for node in _in_order(pattern):
        name = node.rest if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if isinstance(node, ast.MatchAs | ast.MatchStar | ast.MatchMapping) and name is not None:
            names[name] = None
    return tuple(names)


def _in_order(node: ast.AST) -> list[ast.AST]:
    """The node and all below it, parents last (so that `[a, *b] as c` gives a, b, c)."""
    before: list[ast.AST] = []
    stack = [node]
    while stack:
        each = stack.pop()
        before.append(each)
        stack.extend(ast.iter_child_nodes(each))
    return before[::-1]


def _descend(node: ast.expr) -> tuple[ast.expr, list[Step], list[ast.expr]]:
    """Down the `.a` and `[k]` of a node: what stands below, the static steps from it, the dynamic keys on the way.

    A dynamic key ends the path: the steps above it do not count.
    """  # N2.1
    steps: list[Step] = []
    dynamic: list[ast.expr] = []
    while True:
        if isinstance(node, ast.Attribute):
            steps.append((".", node.attr))
        elif isinstance(node, ast.Subscript):
            key = node.slice
            # A bool is an int, but no static key: `@d[True]` and `@d[1]` are the same item.
            if isinstance(key, ast.Constant) and isinstance(key.value, str | int) and not isinstance(key.value, bool):
                steps.append(("[]", key.value))
            else:
                steps.clear()
                dynamic.append(key)
        else:
            steps.reverse()
            return node, steps, dynamic
        node = node.value


def _path(base: ast.expr, steps: Sequence[Step]) -> Path | None:
    """The path from a name; None if `base` is none, or is `assigns` as a whole."""  # EN-11
    if not isinstance(base, ast.Name):
        return None
    assign = assign_name(base.id)
    if assign is not None:
        return Path("assign", assign, tuple(steps))
    if base.id != "assigns":
        return Path("name", base.id, tuple(steps))
    if steps and isinstance(steps[0][1], str):
        return Path("assign", steps[0][1], tuple(steps[1:]))
    return None


def _defaults(node: ast.Lambda) -> list[ast.expr]:
    return [*node.args.defaults, *(default for default in node.args.kw_defaults if default is not None)]


class _Reader:
    """Walks an expression with the names bound around each node."""

    def __init__(self) -> None:
        self.always = False
        self.paths: set[Path] = set()

    def result(self) -> tuple[Deps, frozenset[str]]:
        names = frozenset(path.name for path in self.paths if path.root == "name")
        if self.always:
            names |= {"assigns"}
        return Deps(self.always, _without_extensions(self.paths)), names

    def read(self, node: ast.AST, bound: frozenset[str]) -> None:
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            self.read_path(node, bound)
        elif isinstance(node, ast.Call):
            # The last attribute of a callee is a method, not a value that was read: no step (N2.1).
            self.read(node.func.value if isinstance(node.func, ast.Attribute) else node.func, bound)
            for argument in (*node.args, *node.keywords):
                self.read(argument, bound)
        elif isinstance(node, _Comprehension):
            self.read_comprehension(node, bound)
        elif isinstance(node, ast.Lambda):
            for default in _defaults(node):
                self.read(default, bound)
            arguments = (each for each in ast.walk(node.args) if isinstance(each, ast.arg))
            inner = {argument.arg for argument in arguments} | set(bound_by_walrus(node.body))
            self.read(node.body, bound | inner)
        else:
            for child in ast.iter_child_nodes(node):
                self.read(child, bound)

    def read_path(self, node: ast.expr, bound: frozenset[str]) -> None:
        base, steps, dynamic = _descend(node)
        for key in dynamic:
            self.read(key, bound)
        if not isinstance(base, ast.Name):
            self.read(base, bound)
        elif base.id not in bound:
            path = _path(base, steps)
            if path is None:
                self.always = True
            else:
                self.paths.add(path)

    def read_comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, bound: frozenset[str]
    ) -> None:
        first = True
        inner = bound | {name for clause in node.generators for name in target_names(clause.target)}
        for clause in node.generators:
            self.read(clause.iter, bound if first else inner)  # the first iterable sees the outside (N2.2)
            first = False
            for condition in clause.ifs:
                self.read(condition, inner)
        for result in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self.read(result, inner)


def _order(path: Path) -> tuple[object, ...]:
    steps = tuple((kind, type(key).__name__, str(key)) for kind, key in path.steps)
    return path.root, path.name, steps


def _without_extensions(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Sorted, and only those of which no prefix is there too."""  # EN-10
    kept: list[Path] = []
    for path in sorted(paths, key=_order):  # a prefix sorts directly before all its extensions
        last = kept[-1] if kept else None
        if last is None or last[:2] != path[:2] or path.steps[: len(last.steps)] != last.steps:
            kept.append(path)
    return tuple(kept)
