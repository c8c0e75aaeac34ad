"""From tokens to the tree: what closes what, blocks, slots, whitespace.

Law: the tree that comes out is right by the grammar, or a `TemplateSyntaxError` comes out; nothing else. An explicit stack,
no recursion: markup may be nested as deeply as its author likes; what can be compiled is the compiler's to say.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Literal as OneOf

from attrs import field

from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.heex.syntax.foreign.attributes import directives
from liveview_core.heex.syntax.form_fields import unsent
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.nesting import rearranged
from liveview_core.heex.syntax.python import expression
from liveview_core.heex.syntax.repeated_attributes import repeated
from liveview_core.heex.syntax.source import Excerpt, Source
from liveview_core.heex.syntax.special_attributes import read_attributes
from liveview_core.heex.syntax.stream_containers import asked, unkept
from liveview_core.heex.syntax.tokens import VOID, CloseTag, Eex, Interpolation, OpenTag, TextToken, Token, tokenize
from liveview_core.heex.syntax.tree import (
    Assign,
    Attribute,
    Block,
    Clause,
    Code,
    Component,
    Element,
    Expr,
    Generators,
    Node,
    Pattern,
    Root,
    Run,
    Slot,
    Special,
    Text,
    Warning,
)
from liveview_core.values.declaring import define
from liveview_core.values.patterns import late_pattern

__all__ = ["parse"]

_END = late_pattern(r"\s*end\s*(?:#[^\n]*\s*)?")


def parse(source: Source) -> Root:
    """The tree of a template.

    >>> parse(Source.verbatim("<p>{@a}</p>")).single_root
    True
    """
    _refuse_surrogates(source)
    parser = _Parser(source)
    for token in tokenize(source, parser.warnings):
        parser.take(token)
    children = parser.finish()
    only = children[0] if len(children) == 1 else None
    single = isinstance(only, Element) and only.special.if_ is None and only.special.for_ is None
    single = single and isinstance(only, Element) and only.special.key is None
    warnings = [*parser.warnings, *rearranged(children), *repeated(children)]
    if "@streams" in source.text:
        warnings.extend((*unkept(children), *asked(children)))
    if "phx-change" in source.text or "phx-submit" in source.text:
        warnings.extend(unsent(children))
    return Root(children, single, source, tuple(sorted(warnings, key=lambda each: each.at)))


_VERBATIM = ("script", "style", "code", "pre", "textarea", "kbd", "samp")
_SHOWN = (ast.Name, ast.Attribute, ast.Subscript, ast.JoinedStr, ast.BinOp, ast.UnaryOp, ast.IfExp)
"""Expressions that can only be meant to be shown: they do nothing."""
CLAUSES = 500
"""How many clauses a block may have."""


def _refuse_surrogates(source: Source) -> None:
    try:
        source.text.encode()
    except UnicodeEncodeError as error:
        code = ord(source.text[error.start])
        happened = f"half a character stands in the template: the lone surrogate \\u{code:04x}"
        raise source.error(
            happened, source.location(error.start), "write the whole character; see how it was read"
        ) from None


@define(eq=False)
class _Tag:
    """An open tag on the stack, and its content so far."""

    token: OpenTag
    attributes: tuple[Attribute, ...]
    special: Special
    children: list[Node] = field(factory=list[Node])
    slots: list[Slot] = field(factory=list[Slot])


@define(eq=False)
class _Block:
    """An open EEx block: the clauses that are finished, and the head and content of the current one."""

    kind: OneOf["if", "for", "match"]
    head: Code | Generators
    at: Location
    current: Code | Pattern | None
    clauses: list[Clause] = field(factory=list[Clause])
    children: list[Node] = field(factory=list[Node])
    clause_open: bool = True  # False: a match before its first case
    last: bool = False  # the else of an if, a case that takes all


class _Parser:
    """The stack of what is open. `children` of its top is where nodes go."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.warnings: list[Warning] = []
        self.top: list[Node] = []
        self.stack: list[_Tag | _Block] = []
        self.tags = 0  # how many tags are on the stack
        self.after_slot = False  # the token before ended a slot (WS-5)

    def error(self, happened: str, at: Location, cure: str | None = None) -> TemplateSyntaxError:
        return self.source.error(happened, at, cure)

    def line(self, at: Location) -> int:
        """The line as the listing below an error counts: in the file."""
        return self.source.where(at).line

    def add(self, node: Node) -> None:
        if not self.stack:
            self.top.append(node)
            return
        parent = self.stack[-1]
        if isinstance(parent, _Block) and not parent.clause_open:
            if isinstance(node, Text) and not node.text.strip():
                return  # between the head of a match and its first case (TG-3)
            raise self.error("content before the first case of a match", node.at, "write `<% case …: %>` before it")
        parent.children.append(node)

    def take(self, token: Token) -> None:
        """One token."""
        after_slot, self.after_slot = self.after_slot, False
        if isinstance(token, TextToken):
            self.text(token, after_slot)
        elif isinstance(token, Interpolation):
            self.add(Expr(expression.expression(token.code), token.at))
        elif isinstance(token, Eex):
            self.eex(token)
        elif isinstance(token, OpenTag):
            self.open(token)
        else:
            self.close(token)

    def text(self, token: TextToken, after_slot: bool) -> None:
        text, at = token.text, token.at
        if after_slot:
            text = text.lstrip()  # WS-5
            gone = token.text[: len(token.text) - len(text)]
            if gone:
                lines = gone.count("\n")
                column = len(gone) - gone.rfind("\n") if lines else at.column + len(gone)
                at = Location(at.line + lines, column)
        if text:
            self.add(Text(text, at))
            if ("@" in text or "%" in text) and not self.verbatim():
                self.directive(text, at)

    def verbatim(self) -> bool:
        """Whether what is open shows text as somebody wrote it, such as code."""
        return any(isinstance(each, _Tag) and each.token.written in _VERBATIM for each in self.stack)

    def directive(self, text: str, at: Location) -> None:
        """A word of another template language: text, where somebody meant to do something."""
        found = directives(text)
        if found is not None:
            happened, cure, index = found
            before = text[:index]
            lines = before.count("\n")
            column = len(before) - before.rfind("\n") if lines else at.column + len(before)
            self.warnings.append(Warning(happened, Location(at.line + lines, column), cure))

    def finish(self) -> tuple[Node, ...]:
        """What is there at the end of the template."""
        if self.stack:
            top = self.stack[-1]
            if isinstance(top, _Block):
                raise self.error(
                    f"`<% end %>` is missing for the `{top.kind}` block", top.at, "close it with `<% end %>`"
                )
            name = top.token.written
            cure = f"write `</{name}>`, or `<{name} … />`"
            raise self.error(f"end of template reached without closing tag for <{name}>", top.token.at, cure)
        return _stripped(self.top)

    # -- tags

    def open(self, token: OpenTag) -> None:
        attributes, special = read_attributes(self.source, token, self.warnings)
        tag = _Tag(token, attributes, special)
        if token.kind == "slot":
            parent = self.stack[-1] if self.stack else None
            if not isinstance(parent, _Tag) or parent.token.kind not in ("local", "remote"):
                cure = (
                    "a slot stands directly inside `<.component> … </.component>`; use :if and :for on the slot itself"
                )
                happened = f"invalid slot entry <{token.written}>, must be a direct child of a component"
                raise self.error(happened, token.at, cure)
        if token.self_closing or token.void:
            self.done(tag)
        else:
            self.stack.append(tag)
            self.tags += 1

    def close(self, token: CloseTag) -> None:
        top = self.stack[-1] if self.stack else None
        name = token.written
        note = f"; <{name}> is a void tag: it has no content and no closing tag" if name in VOID else ""
        if isinstance(top, _Block) and self.tags:
            happened = f"closing tag </{name}> inside the `{top.kind}` block that began at line {self.line(top.at)}"
            cure = f"open and close <{name}> in the same branch"
            raise self.error(f"{happened}, for a tag that was opened outside{note}", token.at, cure)
        if not isinstance(top, _Tag):
            cure = f"leave it out, or write <{name}> before it"
            raise self.error(f"missing opening tag for </{name}>{note}", token.at, f"write <{name}>" if note else cure)
        if top.token.written != name:
            opened = top.token
            happened = f"unmatched closing tag, expected </{opened.written}> for <{opened.written}>"
            cure = f"close <{opened.written}> first"
            raise self.error(f"{happened} at line {self.line(opened.at)}, got </{name}>{note}", token.at, cure)
        self.stack.pop()
        self.tags -= 1
        self.done(top)

    def done(self, tag: _Tag) -> None:
        """A tag is complete."""
        token, children = tag.token, tuple(tag.children)
        if token.kind == "slot":
            component = self.stack[-1]
            assert isinstance(component, _Tag)
            slot = Slot(token.name, tag.attributes, tag.special, children, token.self_closing, token.at)
            component.slots.append(slot)
            self.after_slot = True
        elif token.kind == "html":
            closing: OneOf["block", "void", "self"] = (
                "void" if token.void else "self" if token.self_closing else "block"
            )
            self.add(Element(token.name, tag.attributes, tag.special, children, closing, token.at))
        else:
            remote, slots = token.kind == "remote", tuple(tag.slots)
            shape = (tag.attributes, tag.special, children, slots, token.self_closing, token.at)
            self.add(Component(token.name, remote, *shape))

    # -- EEx

    def eex(self, token: Eex) -> None:
        head = expression.block_head(token.code)
        word = head[0] if head else ""
        if head and word in ("if", "for", "match"):
            if not token.output:
                raise self.error(f"`<% {word} … %>` outputs nothing", token.at, f"write `<%= {word} … : %>`")
            self.begin(word, head[1], token.at)
        elif head:
            if token.output:
                raise self.error(f"`<%= {word}` is no output", token.at, f"write `<% {word} … : %>`")
            self.clause(word, head[1], token.at)
        elif _END.fullmatch(token.code.text):
            if token.output:
                raise self.error("`<%= end` is no output", token.at, "write `<% end %>`")
            self.end(token.at)
        elif token.output:
            self.add(Expr(expression.expression(token.code), token.at))
        else:
            node = expression.statement(token.code, token.at)
            if not isinstance(node, Assign) and isinstance(node.ast, _SHOWN) and node.source.strip():
                what = node.source.lstrip("-_ ")  # as EJS has them
                self.warnings.append(
                    Warning(f"`<% {node.source} %>` shows nothing", token.at, f"write `<%= {what} %>`")
                )
            self.add(node if isinstance(node, Assign) else Run(node, token.at))

    def begin(self, word: str, rest: Excerpt, at: Location) -> None:
        if word == "for":
            self.stack.append(_Block("for", expression.generators(rest), at, None))
            return
        if not rest.text.strip():
            raise self.error(f"`{word}` needs an expression", at, f"write `<%= {word} @x: %>`")
        code = expression.expression(rest)
        if word == "if":
            self.stack.append(_Block("if", code, at, code))
        else:
            self.stack.append(_Block("match", code, at, None, clause_open=False))

    def clause(self, word: str, rest: Excerpt, at: Location) -> None:
        """`<% elif … : %>`, `<% else: %>`, `<% case … : %>`."""
        block = self.stack[-1] if self.stack else None
        if isinstance(block, _Tag):
            # TG-21a; the block may be further out.
            opened = block.token
            happened = f"`<% {word} %>` while <{opened.written}>, opened at line {self.line(opened.at)}, is not closed"
            raise self.error(happened, at, f"write </{opened.written}> before it: a branch closes what it opens")
        wanted = "match" if word == "case" else "if"
        if block is None or block.kind != wanted:
            where = "outside a block" if block is None else f"in a `{block.kind}` block"
            cure = (
                "write `<% case _: %>`"
                if block and block.kind == "match"
                else f"it belongs into `<%= {wanted} … : %> … <% end %>`"
            )
            raise self.error(f"`<% {word} %>` {where}", at, cure)
        if block.last:
            happened = "a clause after the `else`" if wanted == "if" else "a case after one that takes everything"
            raise self.error(happened, at, "it would never be shown: move it up, or leave it out")
        if word == "else" and rest.text.strip():
            raise self.error("`else` takes no expression", at, "write `<% else: %>`, or `<% elif … : %>`")
        if word == "elif" and not rest.text.strip():
            raise self.error("`elif` needs an expression", at, "write `<% elif @x: %>`")
        if len(block.clauses) >= CLAUSES:
            raise self.error(f"more than {CLAUSES} clauses in one block", at, "look the value up in a dict in the view")
        if block.clause_open:
            block.clauses.append(Clause(block.current, tuple(block.children)))
        block.children, block.clause_open = [], True
        if word == "case":
            pattern = expression.pattern(rest, guard=True)
            block.current, block.last = pattern, pattern.irrefutable
        else:
            block.current = expression.expression(rest) if word == "elif" else None
            block.last = word == "else"

    def end(self, at: Location) -> None:
        top = self.stack[-1] if self.stack else None
        if isinstance(top, _Tag) and len(self.stack) > self.tags:
            name = top.token.written
            happened = f"end of block reached without closing tag for <{name}>"
            raise self.error(
                happened, top.token.at, f"write `</{name}>` before the `<% end %>` at line {self.line(at)}"
            )
        if not isinstance(top, _Block):
            raise self.error(
                "`<% end %>` closes nothing", at, "leave it out, or open a block as `<%= if @x: %>` before it"
            )
        if not top.clause_open:
            raise self.error("a match without a case", top.at, "write `<% case …: %>` in it")
        self.stack.pop()
        clauses = (*top.clauses, Clause(top.current, tuple(top.children)))
        self.add(Block(top.kind, None if top.kind == "if" else top.head, clauses, top.at))


def _stripped(children: Sequence[Node]) -> tuple[Node, ...]:
    """Without the blank texts at both ends."""  # WS-2
    start, end = 0, len(children)
    while start < end and _blank(children[start]):
        start += 1
    while end > start and _blank(children[end - 1]):
        end -= 1
    return tuple(children[start:end])


def _blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.text.strip()
