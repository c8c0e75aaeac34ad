"""HTML tags: which of their attributes are text of the template, and which are dynamics.

Law: the statics are Phoenix's, character for character. Literal parts of an attribute never become dynamics; of `class` and
`style` the value is the dynamic, of an f-string its fields, of anything else the whole attribute.
"""  # AT-1, AT-11

from __future__ import annotations

import ast
from typing import TypeAlias

from liveview_core.heex.compile.bodies import Body
from liveview_core.heex.compile.compilation import Compilation
from liveview_core.heex.compile.scopes import Scope
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.python.dependencies import dependencies
from liveview_core.heex.syntax.tree import Attribute, Code, Element, Literal
from liveview_core.rendering.attributes import BadAttribute, checked_name
from liveview_core.rendering.html import escape

__all__ = ["convert", "element", "fields", "joined"]


def element(compiler: Compilation, body: Body, node: Element) -> None:
    """The tag, its attributes and its content; special attributes are the compiler's."""
    body.text(f"<{node.name}")
    for each in node.attributes:
        _attribute(compiler, body, each)
    body.text(">")
    if node.closing != "void":
        compiler.nodes(body, node.children)
        body.text(f"</{node.name}>")


def _attribute(compiler: Compilation, body: Body, node: Attribute) -> None:
    value = node.value
    if node.name is None:
        assert isinstance(value, Code)
        _root(compiler, body, value, node.at)
    elif value is None:
        body.text(f" {node.name}")
    elif isinstance(value, Literal):
        # TG-32: `phx-hook=".Name"` is a hook of the module that the template is defined in.
        own = compiler.source.module if node.name == "phx-hook" and value.text.startswith(".") else ""
        body.text(f" {node.name}={value.quote}{own}{value.text}{value.quote}")
    else:
        _dynamic(compiler, body, node.name, value, value.ast, node.at)


def _root(compiler: Compilation, body: Body, code: Code, at: Location) -> None:
    pairs = None if code.binds else _literal_pairs(code.ast)
    if pairs is None:
        compiler.dynamic(body, f"__root({compiler.expression(code, body.scope)})", code.deps, at)
        return
    for name, value in pairs:
        try:
            checked_name(name)
        except BadAttribute as error:
            raise compiler.source.error(error.happened, at, error.cure) from None
        _dynamic(compiler, body, name, code, value, at)


def _literal_pairs(node: ast.expr) -> list[tuple[str, ast.expr]] | None:
    """A literal dict or list of pairs with constant names is read now."""  # AT-9
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(node, ast.Dict):
        pairs = list(zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.List):
        for item in node.elts:
            if not (isinstance(item, ast.Tuple) and len(item.elts) == 2):
                return None
            pairs.append((item.elts[0], item.elts[1]))
    else:
        return None
    named = [(key.value, value) for key, value in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return named if len(named) == len(pairs) else None


def _dynamic(compiler: Compilation, body: Body, name: str, code: Code, node: ast.expr, at: Location) -> None:
    """`name={…}` on a tag; *node* is *code* or a piece of it."""

    def placed(piece: ast.expr) -> str:
        return compiler.expression(code, body.scope) if piece is code.ast else compiler.piece(piece, body.scope)

    deps = code.deps if node is code.ast else dependencies(node)[0]
    if name == "class":
        body.text(' class="')
        static, rest = ([], node) if code.binds else _class_list(node)
        if static:  # AT-3
            body.text(" ".join(escape(each) for each in static))
            if rest is not None:
                body.text(" ")
        if isinstance(rest, ast.JoinedStr):  # N4
            compiler.dynamic(body, joined(compiler, rest, body.scope, "__q", own=bool(code.binds)), deps, at)
        elif rest is not None:
            compiler.dynamic(body, f"__class({placed(rest)})", deps, at)
        body.text('"')
    elif name == "style":
        body.text(' style="')
        if isinstance(node, ast.JoinedStr):
            compiler.dynamic(body, joined(compiler, node, body.scope, "__q", own=bool(code.binds)), deps, at)
        else:
            compiler.dynamic(body, f"__style({placed(node)})", deps, at)
        body.text('"')
    elif (pieces := None if code.binds else _pieces(node)) is not None:  # AT-5
        body.text(f' {name}="')
        for piece in pieces:
            if isinstance(piece, str):
                body.text(escape(piece))
            else:
                kind, value, within = piece
                given = compiler.piece(value, body.scope, within)
                compiler.dynamic(body, convert(kind, given), dependencies(value)[0], at)
        body.text('"')
    elif code.binds and isinstance(node, ast.JoinedStr):  # its fields share names: one dynamic
        body.text(f' {name}="')
        compiler.dynamic(body, joined(compiler, node, body.scope, "__q", own=True), deps, at)
        body.text('"')
    else:  # AT-6
        compiler.dynamic(body, f"__attribute({name!r}, {placed(node)})", deps, at)


def _class_list(node: ast.expr) -> tuple[list[str], ast.expr | None]:
    """The literal strings that a list begins with, and a list of the others."""  # AT-3
    if not isinstance(node, ast.List):
        return [], node
    static: list[str] = []
    for item in node.elts:
        if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
            break
        static.append(item.value)
    if not static:
        return [], node
    rest = node.elts[len(static) :]
    return static, ast.copy_location(ast.List(rest, ast.Load()), node) if rest else None


Piece: TypeAlias = "tuple[str, ast.expr, ast.JoinedStr | None]"
"""How to convert, what, and the f-string it stands in."""


def _pieces(node: ast.expr) -> list[str | Piece] | None:
    """The literal and dynamic parts of a string that is written out: a literal, an f-string, or `"a" + …`."""  # AT-5
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return fields(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _pieces(node.left), _pieces(node.right)
        if left is None and right is None:
            return None
        return [
            *([("string", node.left, None)] if left is None else left),
            *([("string", node.right, None)] if right is None else right),
        ]
    return None


def fields(node: ast.JoinedStr) -> list[str | Piece]:
    """The parts of an f-string; a field with `!r` or a format is Python's to convert."""  # N4
    parts: list[str | Piece] = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            assert isinstance(value, ast.FormattedValue)
            if value.conversion == -1 and value.format_spec is None:
                parts.append(("text", value.value, node))
            else:
                parts.append(("format", ast.copy_location(ast.JoinedStr([value]), node), node))
    return parts


def convert(kind: str, code: str, table: str = "__q") -> str:
    """The Python that makes text of a part: a value, a formatted string, or the operand of a concatenation."""
    if kind == "format":
        return code if table == "__p" else f"__escape({code})"
    if kind == "string":
        return f"__string({code})"
    return f"{table}[__type(__y := {code})](__y)"


def joined(compiler: Compilation, node: ast.JoinedStr, scope: Scope, table: str, *, own: bool = False) -> str:
    """The Python that makes one text of an f-string, its fields converted by *table*; `own`: they share names."""  # N1.8
    parts: list[str] = []
    for each in fields(node):
        if isinstance(each, str):
            parts.append(repr(each if table == "__p" else escape(each)))
        else:
            kind, value, within = each
            parts.append(convert(kind, compiler.piece(value, scope, within), table))
    text = f"__join(({', '.join(parts)},))" if parts else "''"
    return f"(lambda: {text})()" if own else text
