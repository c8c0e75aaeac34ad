"""Component calls and slots: what is passed, and what of it changed.

Law: a component hears of a change exactly where one of the argument's own dependencies is flagged; a nested old value is
passed on only where the argument *is* a path, so that what is compared below is what was there. Slot content belongs
to the caller: it sees the caller's assigns and variables, and is told only whether anything of it may have changed.
"""  # EN-16, EN-21, FC-2, FC-11, N2.5, EN-20

from __future__ import annotations

import ast
from collections.abc import Sequence

from liveview_core.heex.compile.bodies import Body
from liveview_core.heex.compile.compilation import Compilation
from liveview_core.heex.compile.elements import joined
from liveview_core.heex.compile.generated_code import Line, indented
from liveview_core.heex.compile.loops import loop_source
from liveview_core.heex.compile.scopes import ALWAYS, Scope, Terms
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import Attribute, Code, Component, Literal, Node, Path, Pattern, Slot
from liveview_core.values.declaring import frozen

__all__ = ["component_call"]


@frozen
class _Argument:
    """One assign of a call: its Python, what it depends on, and the path that it is."""

    code: str
    terms: Terms
    path: Path | None = None


def component_call(compiler: Compilation, body: Body, node: Component) -> None:
    """`<.card …>`: one dynamic."""  # EN-16
    position, scope, at = body.slot(), body.scope, node.at
    site = f"__K{len(compiler.components)}"
    compiler.components[site] = node
    lines: list[Line] = []
    spreads, arguments = _arguments(compiler, scope, node.attributes)
    if not node.self_closing:  # FC-4: present even when empty
        defining, made, terms = _content(compiler, scope, "inner_block", node.children, node.special.let, at)
        lines += defining
        arguments["inner_block"] = _Argument(f'[__S("inner_block", {{}}, {made})]', terms)
    for name in dict.fromkeys(slot.name for slot in node.slots):
        entries: list[str] = []
        terms = Terms()
        for slot in node.slots:
            if slot.name == name:
                defining, entry, found = _slot(compiler, scope, slot)
                lines += defining
                entries.append(entry)
                terms.update(found)
        arguments[name] = _Argument(f"[{', '.join(entries)}]", terms)
    total = Terms()
    total.taints |= scope.taints
    for each in [*spreads, *arguments.values()]:
        total.update(each.terms)
    values = ", ".join(
        [
            *(f"**__spread({each.code})" for each in spreads),
            *(f"{name!r}: {each.code}" for name, each in arguments.items()),
        ]
    )
    changes, given = _changes(compiler, scope, spreads, arguments, total, at)
    seen = compiler.seen(at, position)
    lines += [
        *changes,
        *([Line(0, f"{seen}None)", at)] if seen else []),
        Line(0, f'__o["{position}"] = __call({site}, {{{values}}}, {given})', at),
    ]
    body.nested(position, lines, total, at)


def _arguments(
    compiler: Compilation, scope: Scope, attributes: Sequence[Attribute]
) -> tuple[list[_Argument], dict[str, _Argument]]:
    """Root attributes, which are merged first, and the others, of which the last of a name wins."""  # FC-3
    spreads: list[_Argument] = []
    named: dict[str, _Argument] = {}
    for each in attributes:
        value = each.value
        if each.name is None:
            assert isinstance(value, Code)
            spreads.append(_Argument(compiler.expression(value, scope), Terms.of(value.deps, scope)))
        elif value is None:
            named[each.name] = _Argument("True", Terms())
        elif isinstance(value, Literal):
            named[each.name] = _Argument(repr(value.text), Terms())
        else:
            if isinstance(value.ast, ast.JoinedStr):  # N4
                code = joined(compiler, value.ast, scope, "__p", own=bool(value.binds))
            else:
                code = compiler.expression(value, scope)
            named[each.name] = _Argument(code, Terms.of(value.deps, scope), value.path)
    return spreads, named


def _changes(
    compiler: Compilation,
    scope: Scope,
    spreads: list[_Argument],
    arguments: dict[str, _Argument],
    total: Terms,
    at: Location,
) -> tuple[list[Line], str]:
    """The statements that make the component's changed set, and the expression that it is then."""  # EN-16, EN-17
    changed = scope.changed
    tainted = total.taints - {ALWAYS}  # what one argument uses taints all of them, constants too (EN-16)
    if any(tainted or not each.terms.never for each in spreads):
        return [], "None"
    if tainted:
        return [], f"None if {changed} is None else {dict.fromkeys(arguments, True)!r}"
    name = f"__h{compiler.number()}"
    lines: list[Line] = []
    for key, each in arguments.items():
        condition = each.terms.condition(scope)
        if not condition:
            continue
        if condition == "True":
            lines.append(Line(1, f"{name}[{key!r}] = True", at))
            continue
        old = "True"
        if each.path is not None:
            variable = scope.variables.get(each.path.name) if each.path.root == "name" else None
            root = changed if variable is None else f"__v{variable.level}"
            old = f"{root}[{each.path.name!r}]"
            if each.path.steps:
                old = f"__old({old}, {each.path.steps!r})"
            if variable is not None and scope.in_slot:
                old = f"True if {root} is None else {old}"
        lines += [Line(1, f"if {condition}:", at), Line(2, f"{name}[{key!r}] = {old}", at)]
    if not lines:
        return [], f"None if {changed} is None else {{}}"
    return [
        Line(0, f"if {changed} is None:", at),
        Line(1, f"{name} = None", at),
        Line(0, "else:", at),
        Line(1, f"{name} = {{}}", at),
        *lines,
    ], name


def _slot(compiler: Compilation, scope: Scope, node: Slot) -> tuple[list[Line], str, Terms]:
    """One slot entry: the statements that define it, its expression inside the list of entries, its dependencies."""
    special, at = node.special, node.at
    level = compiler.number()
    inner = scope if special.for_ is None else scope.binding(special.for_.names, level)  # EN-24: an ordinary loop
    spreads, named = _arguments(compiler, inner, node.attributes)
    terms = Terms()
    for each in [*spreads, *named.values()]:
        terms.update(each.terms)
    made = "None"
    lines: list[Line] = []
    if not node.self_closing:
        lines, made, found = _content(compiler, inner, node.name, node.children, special.let, at)
        terms.update(found)
    values = ", ".join(
        [*(f"**__spread({each.code})" for each in spreads), *(f"{name!r}: {each.code}" for name, each in named.items())]
    )
    entry = f"__S({node.name!r}, {{{values}}}, {made})"
    if special.for_ is None and special.if_ is None:
        return lines, entry, terms
    names: tuple[str, ...] = () if special.for_ is None else tuple(dict.fromkeys(special.for_.names))
    lines = [
        Line(0, f"def __e{level}({', '.join(names)}):", at),
        *indented(lines),
        Line(1, f"return {entry}", at),
    ]
    made = f"__e{level}({', '.join(names)})"
    if special.for_ is None:
        assert special.if_ is not None
        terms.add(special.if_.deps, scope)
        return lines, f"*([{made}] if {compiler.expression(special.if_, scope)} else [])", terms
    (iterable, comprehension), found = loop_source(compiler, special.for_, special, scope, inner)
    terms.update(found)
    comprehension = comprehension or f"[{{1}} for {special.for_.first.names[0]} in {{0}}]"
    return lines, f"*{comprehension.format(iterable, made)}", terms.leaving(level)


def _content(
    compiler: Compilation, scope: Scope, name: str, nodes: Sequence[Node], let: Pattern | None, at: Location
) -> tuple[list[Line], str, Terms]:
    """The content of a slot: statements, the expression of its inner block, what it depends on outside of itself."""
    number = compiler.number()
    names = () if let is None else let.names
    pattern = "" if let is None else compiler.pattern(let, scope)
    inside = scope.binding(names, number).slot(f"__c{number}")
    lines, made = compiler.body(nodes, inside, at)
    terms = made.terms.leaving(number)
    simple = let is None or ((let.name is not None or not names) and isinstance(let.ast, ast.MatchAs))
    if made.static and simple:  # EN-21
        block = f"__B{len(compiler.static_blocks)}"
        compiler.static_blocks[block] = compiler.parts[made.part]
        return [], block, terms
    argument = let.name if let is not None and let.name is not None else "__w"
    head = [Line(0, f"def __s{number}(__u, {argument}):", at)]
    # EN-20: told that nothing of this slot changed, the caller's assigns count as unchanged in it.
    head.append(Line(1, f"__c{number} = {scope.raw} if __u is None or {name!r} in __u else __none", at))
    if not simple:
        assert let is not None
        terms.add(let.deps, scope)
        head += [
            Line(1, "__g = False", let.at),
            Line(1, "match __w:", let.at),
            Line(2, f"case {pattern}:", let.at),
            Line(3, "__g = True", let.at),
            Line(1, "if not __g:", let.at),
            Line(2, f"__nolet({let.source!r}, __w)", let.at),
        ]
    defining = [*head, *indented(lines), Line(1, f"return {made.made}", at)]
    return [compiler.writer.block(defining, at)], f"__s{number}", terms
