"""Comprehensions: a loop is one dynamic, one part for all its rows, and one call of a function for each.

Law: a row is looked at again only where its own variables changed, or where something outside that it uses did.
"""  # EN-22, EN-23

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from attrs import fields, has

from liveview_core.heex.compile.bodies import Body
from liveview_core.heex.compile.compilation import Compilation, guarded
from liveview_core.heex.compile.generated_code import Line
from liveview_core.heex.compile.scopes import Scope, Terms
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import Code, Generators, Node, Pattern, Special

__all__ = ["loop", "loop_source"]


def loop(
    compiler: Compilation, body: Body, head: Generators, nodes: Sequence[Node], special: Special, at: Location
) -> None:
    """`for`, and `:for` on a tag."""
    position, level = body.slot(), compiler.number()
    names = tuple(dict.fromkeys(head.names))
    first = head.first.names
    tracked = [name for name in first if not name.startswith("_")]
    inside = body.scope.binding(names, level, tracked)
    outside, terms = loop_source(compiler, head, special, body.scope, inside)
    iterable, comprehension = outside
    taints = _taints(head, (nodes, special), body.scope)
    # EN-12: not tracked, so it taints the row, read or not
    if any(name.startswith("_") and name != "_" for name in first):
        taints |= {level}
    row = Body(inside.within(f"__c{level}", taints))
    compiler.nodes(row, nodes)
    part = compiler.part(row.statics)
    terms.update(row.terms)
    lines = [Line(0, f"__n{level}, __m{level} = __entries({iterable})", at)]
    if comprehension:
        if _takes_all_of_a_tuple(head, special):
            comprehension = f"__tuples({{0}}, {len(names)}) or {comprehension}"
        lines.append(Line(0, f"__n{level} = {comprehension.format(f'__n{level}', tuple_of(names))}", at))
    parameters = "".join(f"{name}, " for name in names)
    defining = [
        Line(0, f"def __r{level}({parameters}__c{level}, __v{level}):", at),
        *guarded(row.lines(at, compiler.group), at),
    ]
    lines.append(compiler.writer.block(defining, at))
    key = "None"
    if special.key is not None:
        key = f"__y{level}"
        keyed = compiler.expression(special.key, inside)
        terms.add(special.key.deps, inside)
        lines.append(Line(0, f"def {key}({', '.join(names)}):", special.key.at))
        lines += guarded([Line(0, f"return {keyed}", special.key.at)], special.key.at)
    changed = body.scope.changed
    seen = Terms()  # what makes an entry worth a look although its variables are the same
    seen.update(row.terms)
    if special.key is not None:
        seen.add(special.key.deps, inside)
    outer = seen.leaving(level, tainted=True).condition(body.scope)
    touched = outer if outer == "True" else f"{changed} is None or {outer}" if outer else f"{changed} is None"
    follow = tuple(name if name in tracked else None for name in names)
    lines.append(
        Line(
            0,
            f'__o["{position}"] = __L({part}, __n{level}, {follow!r}, {len(names) == 1}, __r{level}, {key}, '
            f"{touched}, {changed}, __m{level})",
            at,
        )
    )
    compiler.nested(body, position, lines, terms.leaving(level), at)


def loop_source(
    compiler: Compilation, head: Generators, special: Special, outside: Scope, inside: Scope
) -> tuple[tuple[str, str], Terms]:
    """What a loop runs over: the first iterable, and the comprehension that makes the entries of it, if one is needed.

    The comprehension is a format with the places of the iterable and of what an entry is.
    """
    compiler.writer.check(head.names, head.at)
    first = head.first
    terms = Terms.of(first.iterable.deps, outside)
    iterable = compiler.expression(first.iterable, outside)
    filters: list[str] = []
    for index, clause in enumerate(head.clauses):
        if index:
            terms.add(clause.iterable.deps, inside)
            target = compiler.writer.target(clause.target, inside)
            filters.append(f"for {target} in {compiler.expression(clause.iterable, inside)}")
        for each in clause.filters:
            terms.add(each.deps, inside)
            filters.append(f"if {compiler.expression(each, inside)}")
    if special.if_ is not None:  # TG-37: a filter
        terms.add(special.if_.deps, inside)
        filters.append(f"if {compiler.expression(special.if_, inside)}")
    if not filters and isinstance(first.target, ast.Name):
        return (iterable, ""), terms
    target = compiler.writer.target(first.target, inside)
    return (iterable, f"[{{1}} for {target} in {{0}} {' '.join(filters)}]"), terms


def _takes_all_of_a_tuple(head: Generators, special: Special) -> bool:
    """Whether what an entry holds is what was taken apart: `for n, votes in @rows`, where the rows are tuples of two."""
    target, names = head.first.target, list(head.names)
    if len(head.clauses) > 1 or head.first.filters or special.if_ is not None or not isinstance(target, ast.Tuple):
        return False
    return (
        1 < len(names) == len(target.elts) and [each.id for each in target.elts if isinstance(each, ast.Name)] == names
    )


def _taints(head: Generators, parts: object, scope: Scope) -> frozenset[int]:
    """The tainting variables of outside that a loop uses anywhere: they taint the dynamics of its rows."""  # EN-12
    tainting = {name: each.level for name, each in scope.variables.items() if not each.tracked}
    if not tainting:
        return scope.taints
    used = head.first.iterable.names | (_names(head) | _names(parts)).difference(head.names)
    return scope.taints.union(tainting[name] for name in used if name in tainting)


def _names(value: Any) -> frozenset[str]:
    """The ordinary names that the expressions anywhere in a piece of tree read."""
    if isinstance(value, Code):
        return value.names
    found = frozenset[str]()
    if isinstance(value, tuple):
        return found.union(*map(_names, value))  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, Pattern):
        found = frozenset(path.name for path in value.deps.paths if path.root == "name")
    kind: Any = type(value)  # pyright: ignore[reportUnknownVariableType]
    if has(kind):
        found = found.union(*(_names(getattr(value, each.name)) for each in fields(kind)))
    return found


def tuple_of(names: Sequence[str]) -> str:
    """What an entry of a loop holds: the bare value of one name, else the tuple."""
    return names[0] if len(names) == 1 else f"({', '.join(names)})"
