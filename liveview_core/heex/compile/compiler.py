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
from typing import Any

from attrs import evolve

from liveview_core.heex.compile.blocks import branches, match
from liveview_core.heex.compile.bodies import Binding, Body, Made, Statement
from liveview_core.heex.compile.calls import component_call
from liveview_core.heex.compile.compilation import Compilation, guarded
from liveview_core.heex.compile.elements import convert, element, joined
from liveview_core.heex.compile.generated_code import Line, indented
from liveview_core.heex.compile.loops import loop
from liveview_core.heex.compile.scopes import Scope, Terms
from liveview_core.heex.syntax.foreign.syntax import shown_habit
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import (
    Assign,
    Block,
    Clause,
    Component,
    Element,
    Expr,
    Generators,
    Node,
    Root,
    Run,
    Slot,
    Special,
    Text,
)
from liveview_core.rendering.rendered import Part
from liveview_core.values.declaring import frozen

__all__ = ["Compiled", "Compiler"]

_NO_SPECIAL = Special()

DEPTH = 200
"""How many tags and blocks of one template may stand inside each other; further out Python's own limits come into sight."""

ASSIGNMENTS = 90
"""How many `<% name = … %>` one body may have: each is a function around what follows, and Python indents 100 times."""


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


class Compiler(Compilation):
    """Compiles one template, node by node in document order."""

    def __init__(
        self,
        root: Root,
        *,
        count: bool = False,
        reads: dict[str, Location] | None = None,
        own_slot: bool = False,
    ) -> None:
        super().__init__(root, count=count, reads=reads)
        self.writer.own_slot = own_slot
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

    # -- bodies

    def body(self, nodes: Sequence[Node], outer: Scope, at: Location, *, root: bool = False) -> tuple[list[Line], Made]:
        """A body as a function of one flag; the lines that define it, and how to make its `Rendered`."""  # EN-1
        number = self.number()
        body = Body(outer.within(f"__c{number}"))
        self.nodes(body, nodes)
        part = self.part(body.statics, root=root)
        terms = body.terms.leaving(number)
        if not body.items:
            return [], Made(f"__R({part}, __nothing)", part, terms, static=True)
        lines = [
            Line(0, f"def __b{number}(__k):", at),
            Line(1, f"__c{number} = {outer.raw} if __k else None", at),
            *guarded(body.lines(at, self.group), at),
        ]
        made = Made(f"__R({part}, __b{number})", part, terms, static=False)
        return [self.writer.block(lines, at)], made

    def nodes(self, body: Body, nodes: Sequence[Node]) -> None:
        """Add nodes to a body, in order."""
        for node in nodes:
            if isinstance(node, Text):
                body.text(node.text)
            elif isinstance(node, Element | Component):
                if node.special.for_ is not None:
                    loop(self, body, node.special.for_, (without(node),), node.special, node.at)
                elif node.special.if_ is not None:
                    branches(self, body, (Clause(node.special.if_, (without(node),)),), node.at)
                elif isinstance(node, Element):
                    element(self, body, node)
                else:
                    component_call(self, body, node)
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
            given = joined(self, code.ast, body.scope, "__x", own=bool(code.binds))
        else:
            given = convert("text", self.expression(code, body.scope), "__t")
        self.dynamic(body, given, code.deps, node.at)

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
            loop(self, body, node.head, node.clauses[0].body, _NO_SPECIAL, node.at)
        elif node.kind == "if":
            branches(self, body, node.clauses, node.at)
        else:
            match(self, body, node)


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


def without(node: Any) -> Any:
    """An element or component without `:for`, `:if` and `:key`; `:let` stays."""
    special = node.special
    return evolve(node, special=Special(let=special.let, let_at=special.let_at))
