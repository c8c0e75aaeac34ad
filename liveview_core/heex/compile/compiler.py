"""From the tree of a template to the Python function that renders it.

Law: what the author wrote is kept as the `ast` it was parsed to, at its own line and column of its own file, so that a
traceback points into the template; around it stands generated text. One dynamic is evaluated exactly when what it depends on is
flagged; a block is one dynamic with the union of what is inside it, and what is bound inside stays inside.

The shape of what is generated (all internal names begin with two underscores; see `Template.python` for a real one):

    def __render(assigns):
        __a = assigns._values
        __c0 = assigns._changed
        def __b1(__k):                                  # a body; __k: is anything tracked?
            __c1 = __c0 if __k else None
            if __c1 is None:
                __o = {"0": text(__a["count"])}         # everything
            else:
                __o = {}
                if "count" in __c1:
                    __o["0"] = …                        # only what changed
            if __c1 is None or "show" in __c1:          # a block: one dynamic
                if __a["show"]:
                    def __b2(__k): …
                    __o["1"] = Rendered(P2, __b2)
                else:
                    __o["1"] = ""
            return __o
        return Rendered(P1, __b1)

Variables of the template are parameters and locals of nested functions, so that lambdas, comprehensions and slots see what
Python's own scopes show them; each loop entry and each assignment has a function of its own.
"""  # EN-4, EN-13, N3.5

from __future__ import annotations

import ast
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from attrs import evolve, has
from attrs import fields as attrs_fields

from liveview_core.heex.compile import calls
from liveview_core.heex.compile.bodies import Binding, Body, Statement
from liveview_core.heex.compile.elements import convert, element, fields
from liveview_core.heex.compile.scopes import Scope, Terms
from liveview_core.heex.compile.writing import Line, Writer, indented
from liveview_core.heex.syntax.habits import shown_habit
from liveview_core.heex.syntax.tree import (
    Assign,
    Block,
    Clause,
    Code,
    Component,
    Deps,
    Element,
    Expr,
    Generators,
    Location,
    Node,
    Pattern,
    Root,
    Run,
    Slot,
    Special,
    Text,
)
from liveview_core.rendering.html import escape
from liveview_core.rendering.rendered import Part
from liveview_core.values.declaring import frozen

__all__ = ["Compiled", "Compiler", "Counted"]

_NO_SPECIAL = Special()

DEPTH = 200
"""How many tags and blocks of one template may stand inside each other; further out Python's own limits come into sight."""

ASSIGNMENTS = 90
"""How many `<% name = … %>` one body may have: each is a function around what follows, and Python indents 100 times."""


@frozen
class Counted:
    """One dynamic of a template, as evaluations are counted: where it stands, and its position in its body."""

    at: Location
    position: int


@frozen
class Compiled:
    """A template as a module: one function that takes the runtime and the captured names, and gives `render`.

    `parameters` are the names of what is passed in besides the runtime: `__P…` parts, `__G…` groups of assigns, `__B…` static
    slot contents, `__K…` component calls, then `captured` names of the definition.
    """

    module: ast.Module
    file: str
    parts: dict[str, Part]
    groups: dict[str, frozenset[str]]
    static_blocks: dict[str, Part]
    components: dict[str, Component]
    assigns: frozenset[str]


class Compiler:
    """Compiles one template; the state is what was met so far, in document order.

    `count` adds `__seen(index)` around every dynamic; `reads` is filled with the names read from outside, and where.
    """

    def __init__(self, root: Root, *, count: bool = False, reads: dict[str, Location] | None = None) -> None:
        self.root = root
        self.source = root.source
        self.writer = Writer(root.source, reads)
        self.parts: dict[str, Part] = {}
        self.groups: dict[str, frozenset[str]] = {}
        self.static_blocks: dict[str, Part] = {}
        self.components: dict[str, Component] = {}
        self.counted: list[Counted] | None = [] if count else None
        self._digest = blake2b(root.source.text.encode(), digest_size=16).digest()
        self._number = 0
        _refuse_depth(root)
        self._lines = self._render()

    def compiled(self, free: Sequence[str], runtime: Sequence[str]) -> Compiled:
        """The module, with the names that it takes."""
        start = Location(1, 1)
        names = [*runtime, *self.parts, *self.groups, *self.static_blocks, *self.components, *free]
        lines = [
            Line(0, f"def __factory({', '.join(names)}):", start),
            *indented(self._lines),
            Line(1, "return __render", start),
        ]
        return Compiled(
            self.writer.module(lines),
            self.writer.origin.file,
            self.parts,
            self.groups,
            self.static_blocks,
            self.components,
            frozenset(self.writer.assigns),
        )

    @property
    def free(self) -> tuple[str, ...]:
        """The names that the template reads from its definition, sorted."""
        return tuple(sorted(self.writer.free))

    def _render(self) -> list[Line]:
        start = Location(1, 1)
        lines, made = self.body(self.root.children, Scope("__c0", "__c0"), start, root=self.root.single_root)
        return [
            Line(0, "def __render(assigns):", start),
            Line(1, "__a = assigns._values", start),
            Line(1, "__c0 = assigns._changed", start),
            *indented(lines),
            Line(1, f"return {made.made}", start),
        ]

    # -- numbers and names

    def number(self) -> int:
        """A number for a generated name, a level or a part; from 1."""
        self._number += 1
        return self._number

    def part(self, statics: tuple[str, ...], *, root: bool = False) -> str:
        """The name of the part with these statics; its fingerprint is a digest of the source and the place in it.

        The same source has other statics as a file, and in another module: they count too.
        """  # N3.4, WS-3, TG-32
        name = f"__P{len(self.parts)}"
        if len(statics) == 1:
            # Without dynamics the text is all there is: equal text is the same template wherever it stands, as upstream.
            digest = blake2b(statics[0].encode(), digest_size=8).digest()
        else:
            place = f"{len(self.parts)}\0{chr(0).join(statics)}"
            digest = blake2b(place.encode(), digest_size=8, key=self._digest).digest()
        self.parts[name] = Part(statics, int.from_bytes(digest, "big"), root)
        return name

    def group(self, names: frozenset[str]) -> str:
        """The name of these names of assigns."""
        name = f"__G{len(self.groups)}"
        self.groups[name] = names
        return name

    # -- expressions

    def expression(self, code: Code, scope: Scope) -> str:
        """A placeholder for an expression."""
        return self.writer.expression(code.ast, scope, own=bool(code.binds))

    def piece(self, node: ast.expr, scope: Scope, within: ast.JoinedStr | None = None) -> str:
        """A placeholder for a piece of one; `within` the f-string it stands in."""
        return self.writer.expression(node, scope, within=within)

    def pattern(self, pattern: Pattern, scope: Scope) -> str:
        """A placeholder for a match pattern."""
        self.writer.check(pattern.names, pattern.at)
        return self.writer.pattern(pattern.ast, scope)

    def dynamic(self, body: Body, code: str, deps: Deps, at: Location) -> None:
        """Add a dynamic of one expression."""
        seen = self.seen(at, body.dynamics)
        body.simple(f"{seen}{code})" if seen else code, Terms.of(deps, body.scope), at)

    def seen(self, at: Location, position: int) -> str:
        """The beginning of a call that counts an evaluation, if evaluations are counted."""
        if self.counted is None:
            return ""
        self.counted.append(Counted(at, position))
        return f"__seen({len(self.counted) - 1}, "

    # -- bodies

    def body(
        self, nodes: Sequence[Node], outer: Scope, at: Location, *, root: bool = False
    ) -> tuple[list[Line], calls.Made]:
        """A body as a function of one flag; the lines that define it, and how to make its `Rendered`."""  # EN-1
        number = self.number()
        body = Body(outer.within(f"__c{number}"))
        self.nodes(body, nodes)
        part = self.part(body.statics, root=root)
        terms = body.terms.leaving(number)
        if not body.items:
            return [], calls.Made(f"__R({part}, __nothing)", part, terms, static=True)
        lines = [
            Line(0, f"def __b{number}(__k):", at),
            Line(1, f"__c{number} = {outer.raw} if __k else None", at),
            *guarded(body.lines(at, self.group), at),
        ]
        made = calls.Made(f"__R({part}, __b{number})", part, terms, static=False)
        return [self.writer.block(lines, at)], made

    def nodes(self, body: Body, nodes: Sequence[Node]) -> None:
        """Add nodes to a body, in order."""
        for node in nodes:
            if isinstance(node, Text):
                body.text(node.text)
            elif isinstance(node, Element | Component):
                if node.special.for_ is not None:
                    self._loop(body, node.special.for_, (without(node),), node.special, node.at)
                elif node.special.if_ is not None:
                    self._branches(body, (Clause(node.special.if_, (without(node),)),), node.at)
                elif isinstance(node, Element):
                    element(self, body, node)
                else:
                    calls.component(self, body, node)
            elif isinstance(node, Expr):
                self._expr(body, node)
            elif isinstance(node, Block):
                self._block(body, node)
            elif isinstance(node, Run):
                body.statement(
                    Statement(self.expression(node.code, body.scope), node.at), Terms.of(node.code.deps, body.scope)
                )
            else:
                self._assign(body, node)

    def _expr(self, body: Body, node: Expr) -> None:
        code = node.code
        habit = shown_habit(code.ast, None)
        if habit is not None:
            raise self.source.error("a dict or a set cannot be shown", node.at, habit)
        if isinstance(code.ast, ast.JoinedStr):  # N4: `{e}` in it is converted as text is
            given = self.joined(code.ast, body.scope, "__x", own=bool(code.binds))
        else:
            given = convert("text", self.expression(code, body.scope), "__t")
        self.dynamic(body, given, code.deps, node.at)

    def joined(self, node: ast.JoinedStr, scope: Scope, table: str, *, own: bool = False) -> str:
        """The Python that makes one text of an f-string, its fields converted by *table*; `own`: they share names."""  # N1.8
        parts: list[str] = []
        for each in fields(node):
            if isinstance(each, str):
                parts.append(repr(each if table == "__p" else escape(each)))
            else:
                kind, value, within = each
                parts.append(convert(kind, self.piece(value, scope, within), table))
        text = f"__join(({', '.join(parts)},))" if parts else "''"
        return f"(lambda: {text})()" if own else text

    def _assign(self, body: Body, node: Assign) -> None:
        # EN-12: such a variable makes what uses it always evaluated, up to the end of the body that binds it (EN-13).
        level = int(body.scope.changed[3:])
        number = self.number()
        body.assignments += 1
        if body.assignments > ASSIGNMENTS:
            happened = f"more than {ASSIGNMENTS} assignments in one body of a template"
            raise self.source.error(happened, node.at, "compute them in the view, or in a component")
        self.writer.check(node.names, node.at)
        simple = isinstance(node.target_ast, ast.Name)
        code = self.expression(node.code, body.scope)
        target = node.names[0] if simple else self.writer.target(node.target_ast, body.scope)
        body.statement(Binding(number, target, simple, code, node.at), Terms.of(node.code.deps, body.scope))
        body.scope = body.scope.binding(node.names, level)

    # -- blocks (EN-13): one dynamic each

    def _block(self, body: Body, node: Block) -> None:
        if node.kind == "for":
            assert isinstance(node.head, Generators)
            self._loop(body, node.head, node.clauses[0].body, _NO_SPECIAL, node.at)
        elif node.kind == "if":
            self._branches(body, node.clauses, node.at)
        else:
            self._match(body, node)

    def _branches(self, body: Body, clauses: Sequence[Clause], at: Location) -> None:
        position = body.slot()
        scope, level, terms = body.scope, self.number(), Terms()
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
                condition = self.writer.expression(head.ast, scope)
                lines.append(Line(0, f"{'if' if index == 0 else 'elif'} {condition}:", head.at))
                scope = scope.binding(head.binds, level)
            inner, made = self.body(clause.body, scope, at)
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
        self._nested(body, position, lines, terms.leaving(level), at)

    def _nested(self, body: Body, position: int, lines: list[Line], terms: Terms, at: Location) -> None:
        seen = self.seen(at, position)
        body.nested(position, [*([Line(0, f"{seen}None)", at)] if seen else []), *lines], terms, at)

    def _match(self, body: Body, node: Block) -> None:
        position = body.slot()
        number, terms = self.number(), Terms()
        assert isinstance(node.head, Code)
        terms.add(node.head.deps, body.scope)
        subject = self.expression(node.head, body.scope)
        lines = [Line(0, f"__s{number} = {subject}", node.head.at)]
        tried: list[str] = []
        for clause in node.clauses:
            # A function for each case: what a case binds is seen in it only.
            case = clause.head
            assert isinstance(case, Pattern)
            level = self.number()
            scope = body.scope.binding(case.names, level)
            found = Terms.of(case.deps, body.scope)
            guard = ""
            if case.guard is not None:
                found.add(case.guard.deps, scope)
                guard = f" if {self.expression(case.guard, scope)}"
            pattern = self.pattern(case, body.scope)
            inner, made = self.body(clause.body, scope, case.at)
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
        self._nested(body, position, lines, terms, node.at)

    # -- comprehensions (EN-22, EN-23)

    def _loop(self, body: Body, head: Generators, nodes: Sequence[Node], special: Special, at: Location) -> None:
        position, level = body.slot(), self.number()
        names = tuple(dict.fromkeys(head.names))
        first = head.first.names
        tracked = [name for name in first if not name.startswith("_")]
        inside = body.scope.binding(names, level, tracked)
        outside, terms = self.loop_source(head, special, body.scope, inside)
        iterable, comprehension = outside
        row = Body(inside.within(f"__c{level}", _taints(head, (nodes, special), body.scope)))
        self.nodes(row, nodes)
        part = self.part(row.statics)
        terms.update(row.terms)
        lines = [Line(0, f"__n{level}, __m{level} = __entries({iterable})", at)]
        if comprehension:
            lines.append(Line(0, f"__n{level} = {comprehension.format(f'__n{level}', tuple_of(names))}", at))
        parameters = "".join(f"{name}, " for name in names)
        defining = [
            Line(0, f"def __r{level}({parameters}__c{level}, __v{level}):", at),
            *guarded(row.lines(at, self.group), at),
        ]
        lines.append(self.writer.block(defining, at))
        key = "None"
        if special.key is not None:
            key = f"__y{level}"
            keyed = self.expression(special.key, inside)
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
        self._nested(body, position, lines, terms.leaving(level), at)

    def loop_source(
        self, head: Generators, special: Special, outside: Scope, inside: Scope
    ) -> tuple[tuple[str, str], Terms]:
        """What a loop runs over: the first iterable, and the comprehension that makes the entries of it, if one is needed.

        The comprehension is a format with the places of the iterable and of what an entry is.
        """
        self.writer.check(head.names, head.at)
        first = head.first
        terms = Terms.of(first.iterable.deps, outside)
        iterable = self.expression(first.iterable, outside)
        filters: list[str] = []
        for index, clause in enumerate(head.clauses):
            if index:
                terms.add(clause.iterable.deps, inside)
                target = self.writer.target(clause.target, inside)
                filters.append(f"for {target} in {self.expression(clause.iterable, inside)}")
            for each in clause.filters:
                terms.add(each.deps, inside)
                filters.append(f"if {self.expression(each, inside)}")
        if special.if_ is not None:  # TG-37: a filter
            terms.add(special.if_.deps, inside)
            filters.append(f"if {self.expression(special.if_, inside)}")
        if not filters and isinstance(first.target, ast.Name):
            return (iterable, ""), terms
        target = self.writer.target(first.target, inside)
        return (iterable, f"[{{1}} for {target} in {{0}} {' '.join(filters)}]"), terms


def _refuse_depth(root: Root) -> None:
    stack: list[tuple[Node | Slot, int]] = [(node, 1) for node in root.children]
    while stack:
        node, depth = stack.pop()
        if depth > DEPTH:
            happened = f"more than {DEPTH} tags and blocks inside each other"
            raise root.source.error(happened, node.at, "make components of the inner ones")
        if isinstance(node, Block):
            stack.extend((child, depth + 1) for clause in node.clauses for child in clause.body)
        elif isinstance(node, Element | Slot):
            stack.extend((child, depth + 1) for child in node.children)
        elif isinstance(node, Component):
            stack.extend((child, depth + 1) for child in (*node.children, *node.slots))


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
        found = found.union(*(_names(getattr(value, each.name)) for each in attrs_fields(kind)))
    return found


def tuple_of(names: Sequence[str]) -> str:
    """What an entry of a loop holds: the bare value of one name, else the tuple."""
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def without(node: Any) -> Any:
    """An element or component without `:for`, `:if` and `:key`; `:let` stays."""
    special = node.special
    return evolve(node, special=Special(let=special.let, let_at=special.let_at))


def guarded(lines: list[Line], at: Location) -> list[Line]:
    """The statements of a function, with errors told where they happened; costs nothing while there are none."""
    return [
        Line(1, "try:", at),
        *indented(lines, 2),
        Line(1, "except __Exception as __e:", at),
        Line(2, "__failed(__e, __a)", at),
        Line(2, "raise", at),
    ]
