"""Blocks that choose: `if` and `match`, as one dynamic each with the union of what is inside.

Law: what a head binds is seen in its branches and nowhere else; a function around them keeps it there.
"""  # EN-13, EN-15

from __future__ import annotations

from collections.abc import Sequence

from liveview_core.heex.compile.bodies import Body
from liveview_core.heex.compile.compilation import Compilation
from liveview_core.heex.compile.generated_code import Line, indented
from liveview_core.heex.compile.scopes import Terms
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import Block, Clause, Code, Pattern

__all__ = ["branches", "match"]


def branches(compiler: Compilation, body: Body, clauses: Sequence[Clause], at: Location) -> None:
    """`if`, `elif`, `else`, and `:if` on a tag."""
    position = body.slot()
    scope, level, terms = body.scope, compiler.number(), Terms()
    shared = any(isinstance(clause.head, Code) and clause.head.binds for clause in clauses)
    lines: list[Line] = []
    for index, clause in enumerate(clauses):
        head = clause.head
        if head is None:
            lines.append(Line(0, "else:", at))
        else:
            assert isinstance(head, Code)
            terms.add(head.deps, scope)
            # EN-15: what a head binds is seen in the branches; the function around them keeps it there.
            condition = compiler.writer.expression(head.ast, scope)
            lines.append(Line(0, f"{'if' if index == 0 else 'elif'} {condition}:", head.at))
            scope = scope.binding(head.binds, level)
        inner, made = compiler.body(clause.body, scope, at)
        terms.update(made.terms)
        target = "return " if shared else f'__o["{position}"] = '
        lines += [*indented(inner), Line(1, f"{target}{made.made}", at)]
    if clauses[-1].head is not None:
        lines += [Line(0, 'return ""', at)] if shared else [
            Line(0, "else:", at),
            Line(1, f'__o["{position}"] = ""', at),
        ]  # fmt: skip
    if shared:
        lines = [
            Line(0, f"def __f{level}():", at),
            *indented(lines),
            Line(0, f'__o["{position}"] = __f{level}()', at),
        ]
    compiler.nested(body, position, lines, terms.leaving(level), at)


def match(compiler: Compilation, body: Body, node: Block) -> None:
    """`match` and its cases."""
    position = body.slot()
    number, terms = compiler.number(), Terms()
    assert isinstance(node.head, Code)
    terms.add(node.head.deps, body.scope)
    subject = compiler.expression(node.head, body.scope)
    lines = [Line(0, f"__s{number} = {subject}", node.head.at)]
    tried: list[str] = []
    for clause in node.clauses:
        # A function for each case: what a case binds is seen in it only.
        case = clause.head
        assert isinstance(case, Pattern)
        level = compiler.number()
        scope = body.scope.binding(case.names, level)
        found = Terms.of(case.deps, body.scope)
        guard = ""
        if case.guard is not None:
            found.add(case.guard.deps, scope)
            guard = f" if {compiler.expression(case.guard, scope)}"
        pattern = compiler.pattern(case, body.scope)
        inner, made = compiler.body(clause.body, scope, case.at)
        found.update(made.terms)
        terms.update(found.leaving(level))
        lines += [
            Line(0, f"def __f{level}():", case.at),
            Line(1, f"match __s{number}:", case.at),
            Line(2, f"case {pattern}{guard}:", case.at),
            *indented(inner, 3),
            Line(3, f"return {made.made}", case.at),
            Line(1, "return None", case.at),
        ]
        tried.append(f"__f{level}() or ")
    lines.append(Line(0, f'__o["{position}"] = {"".join(tried)}""', node.at))
    compiler.nested(body, position, lines, terms, node.at)
