"""Streams that nothing on the page would keep, and questions that a stream cannot answer: reported, never refused.

Law: only what is sure. A stream is sent once and forgotten; it stays on the page because its container, the tag around its
comprehension, says `phx-update="stream"`. Where that tag is in another template, or has a `{…}` root attribute, nothing is said. On
the server a stream is what is still to be sent: it is always true, and its length is no number of rows.
"""  # ST-26, ST-17

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from liveview_core.heex.syntax.tree import (
    MARK,
    Assign,
    Block,
    Code,
    Component,
    Element,
    Expr,
    Node,
    Run,
    Slot,
    Warning,
    tags,
)
from liveview_core.values.patterns import late_pattern

__all__ = ["asked", "unkept"]

_STREAM = late_pattern(r"\bin\s+@streams\b")


def unkept(children: Sequence[Node]) -> list[Warning]:
    """The comprehensions over a stream whose container would lose it."""
    warnings: list[Warning] = []
    for tag in tags(children):
        if isinstance(tag, Element) and not any(each.name in (None, "phx-update") for each in tag.attributes):
            warnings.extend(_lost(tag))
    return warnings


def _lost(container: Element) -> Iterator[Warning]:
    for child in _direct(container.children):
        loop = child.special.for_
        if loop is not None and _STREAM.search(loop.source):
            happened = (
                f'a stream in a <{container.name}> without phx-update="stream": the next message takes its items away'
            )
            yield Warning(
                happened, child.special.for_at or child.at, f'write <{container.name} id="…" phx-update="stream">'
            )


def _direct(nodes: Sequence[Node]) -> Iterator[Element | Component]:
    """The tags that are children of the one around, those of EEx blocks too."""
    for node in nodes:
        if isinstance(node, Block):
            for clause in node.clauses:
                yield from _direct(clause.body)
        elif isinstance(node, (Element, Component)):
            yield node


# --- what is asked ----------------------------------------------------------------------------------------------------


def asked(children: Sequence[Node]) -> list[Warning]:
    """The expressions that ask whether a stream has rows, or how many."""
    warnings: list[Warning] = []
    for code, decides in _codes(children):
        if "@streams" in code.source:
            told = dict.fromkeys(_questions(code.ast, decides))
            warnings.extend(Warning(happened, code.at, cure) for happened, cure in told)
    return warnings


def _codes(nodes: Sequence[Node | Slot]) -> Iterator[tuple[Code, bool]]:
    """Every expression below, and whether its truth decides."""
    for node in nodes:
        if isinstance(node, (Expr, Assign, Run)):
            yield node.code, False
        elif isinstance(node, Block):
            heads = (node.head, *(clause.head for clause in node.clauses))
            yield from ((head, node.kind == "if") for head in heads if isinstance(head, Code))
            for clause in node.clauses:
                yield from _codes(clause.body)
        elif isinstance(node, (Element, Component, Slot)):
            yield from ((each.value, False) for each in node.attributes if isinstance(each.value, Code))
            if node.special.if_ is not None:
                yield node.special.if_, True
            yield from _codes(node.children)
            if isinstance(node, Component):
                yield from _codes(node.slots)


def _questions(node: ast.expr, decides: bool) -> Iterator[tuple[str, str]]:
    """What an expression asks of streams; *decides* says whether its own truth is asked."""
    for each in ast.walk(node):
        match each:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield from _truth(operand)
            case ast.BoolOp(values=[*values, _]):
                for value in values:
                    yield from _truth(value)
            case ast.IfExp(test=test):
                yield from _truth(test)
            case ast.Call(func=ast.Name(id="bool"), args=[only], keywords=[]):
                yield from _truth(only)
            case ast.Call(func=ast.Name(id="len"), args=[only], keywords=[]) if name := _stream(only):
                yield f"len({name}) is how many of its rows are still to be sent, not how many the page has", _CURE
            case ast.Compare(left=left, comparators=[ast.List() | ast.Tuple()]) if name := _stream(left):
                yield f"{name} is a stream, which is equal to no list", _CURE
            case _:
                pass
    if decides:
        last = node
        while isinstance(last, ast.BoolOp):
            last = last.values[-1]
        yield from _truth(last)


_CURE = 'keep a number in an assign, `socket.update("count", lambda n: n + 1)`, and ask that: `:if={@count == 0}`'


def _truth(node: ast.expr) -> Iterator[tuple[str, str]]:
    if name := _stream(node):
        yield f"{name} is a stream, which is always true: it does not know what rows the page has", _CURE


def _stream(node: ast.expr) -> str | None:
    """How a stream is written, if the expression is one."""
    match node:
        case ast.Attribute(value=ast.Name(id=streams), attr=name) if streams == f"{MARK}streams":
            return f"@streams.{name}"
        case ast.Subscript(value=ast.Name(id=streams), slice=ast.Constant(value=str(name))) if (
            streams == f"{MARK}streams"
        ):
            return f"@streams[{name!r}]"
        case _:
            return None
