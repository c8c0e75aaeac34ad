"""Between a piece of a template and Python's parser: there the text goes, from there nodes and positions come back.

Law: a position in an `ast` that leaves here is the template's (line 1-based, `col_offset` 0-based in characters), never
that of the text that was parsed; a mistake that Python finds, while parsing or while compiling, is a
`TemplateSyntaxError` at its place, in words that show `@`.
"""  # N1.4, TG-36

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_left
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.heex.syntax.foreign.attributes import directive_before
from liveview_core.heex.syntax.foreign.syntax import expression_habit, text_habit
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.python.scanner import Scan, ScanError, scan
from liveview_core.heex.syntax.source import Excerpt
from liveview_core.heex.syntax.tree import MARK

__all__ = ["Fragment"]


def _habit(excerpt: Excerpt) -> str | None:
    """The cure of what the code, or all of the block that it is the body of, was meant to be."""
    start = excerpt.marks[0][1] if excerpt.marks else 0
    return directive_before(excerpt.source.text[max(0, start - 200) : start].removesuffix("{")) or expression_habit(
        excerpt.text
    )


class Fragment:
    """One piece of Python: scanned at once, then parsed, then checked.

    Between `parse` and `check` nodes have the positions of the parsed text; `check` gives them the template's.
    """

    def __init__(self, excerpt: Excerpt) -> None:
        self.excerpt = excerpt
        try:
            self.scan: Scan = scan(excerpt.text)
        except ScanError as error:
            raise excerpt.error(error.happened, error.index, error.cure or _habit(excerpt)) from None
        except RecursionError:
            raise excerpt.error("the expression is nested too deeply", 0) from None
        self.first = self.scan.first or 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", excerpt.text))]
        self._above = 1  # lines of what was put before the text for the parser
        self._columns: dict[int, list[int] | None] = {}  # row -> character index of each byte; None for ASCII

    # -- places

    def location(self, index: int) -> Location:
        """The place in the template of an index of the text."""
        return self.excerpt.location(index)

    def error(self, happened: str, index: int, cure: str | None = None) -> TemplateSyntaxError:
        """A mistake at an index of the text."""
        return self.excerpt.error(happened, index, cure)

    def index(self, line: int, column: int) -> int:
        """The index of one of the parser's positions; columns count UTF-8 bytes. What is around the text is at its ends."""
        row = line - 1 - self._above
        if not 0 <= row < len(self._starts):
            return 0 if row < 0 else len(self.scan.marked)
        if row not in self._columns:
            end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.scan.marked)
            text = self.scan.marked[self._starts[row] : end]
            self._columns[row] = None if text.isascii() else _bytewise(text)
        table = self._columns[row]
        if table is not None:
            column = table[min(column, len(table) - 1)]
        return min(self._starts[row] + column, len(self.scan.marked))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """First index and last index + 1 of a node that is not yet checked; of all where a node has no position."""
        if not isinstance(node, ast.expr | ast.pattern | ast.arg | ast.keyword):
            return self.first, self.scan.last
        start = self.index(node.lineno, node.col_offset)
        assert node.end_lineno is not None  # it was parsed
        assert node.end_col_offset is not None
        return start, max(start, self.index(node.end_lineno, node.end_col_offset))

    # -- Python

    def parse(self, before: str, after: str, cure: str | None = None) -> ast.expr:
        """The expression `before + text + after`; `before` is one line. `cure`: if there is no better one."""
        with self.python(cure):
            return ast.parse(before + self.scan.marked + after, mode="eval").body

    def parse_pattern(self) -> ast.pattern:
        """The text as the pattern of a case."""
        self._above = 2
        with self.python():  # the parentheses let the text have any lines and indentation
            statement = ast.parse(f"match 0:\n case (\n{self.scan.marked}\n): pass").body[0]
        assert isinstance(statement, ast.Match)
        return statement.cases[0].pattern

    @contextmanager
    def python(self, cure: str | None = None) -> Generator[None]:
        """What Python refuses in here is the author's mistake."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an invalid escape is no reason to fail where warnings are errors
                yield
        except TemplateSyntaxError:  # a ValueError too
            raise
        except SyntaxError as error:
            raise self._refused(error, cure) from None
        except (RecursionError, MemoryError):
            raise self.error("the expression is nested too deeply", self.first) from None
        except ValueError as error:  # null bytes, lone surrogates
            raise self.error(f"not a Python expression: {error}", self.first) from None

    def _refused(self, error: SyntaxError, cure: str | None) -> TemplateSyntaxError:
        message = error.msg.replace(MARK, "@")
        if message.startswith("f-string"):
            # Python 3.11 has no useful columns inside f-strings: ask field by field.
            for start, end in self.scan.fields:
                piece = self.excerpt.cut(start, end)
                field = Fragment(piece.cut(0, len(piece.text.rstrip().rstrip("="))))
                if field.scan.first is None:
                    return self.error("the braces of an f-string are empty", start, "write `{{}}` for braces as text")
                field.parse("(\n", "\n)")
            return self.error(f"not a Python expression: {message}", self.first)
        index = self.first
        if error.lineno is not None and error.offset is not None and error.lineno > self._above:
            row = error.lineno - 1 - self._above
            index = self.scan.last
            if row < len(self._starts):
                index = min(self._starts[row] + max(error.offset - 1, 0), self.scan.last)
        if self.scan.equals is not None:
            cure = "a template assigns in `<% name = … %>` only"
        cure = _habit(self.excerpt) or cure
        return self.error(f"not a Python expression: {message}", index, cure)

    def check(self, node: ast.expr | ast.pattern) -> None:
        """Refuse what a template cannot have, and move the node to the template's coordinates.

        Afterwards `span` means nothing for this node.
        """  # N1.5, N1.6
        suspect = False  # could Python's compiler refuse what its parser took?
        stack: list[tuple[ast.AST, int | None]] = [(node, None)]
        while stack:
            each, inside = stack.pop()
            kind: Any = type(each)
            start, end = self.span(each) if inside is None else (inside, inside)
            fields, placed, names, doubtful = _kind(kind)
            if names:
                self._refuse(each, start)
            suspect = suspect or doubtful
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                each.value = each.value.replace(MARK, "@")  # `f"{@x=}"` makes a constant of the source (N1.4)
                if inside is None and "{@" in each.value and (habit := text_habit(each.value)) is not None:
                    raise self.error(habit[0], start, habit[1])
            if isinstance(each, ast.JoinedStr) and inside is None:
                stack.extend(self._fields(each, start, end))
            else:
                for field in fields:
                    value: Any = getattr(each, field)
                    if isinstance(value, list):
                        children = cast("list[object]", value)
                        stack.extend((child, inside) for child in children if isinstance(child, ast.AST))
                    elif isinstance(value, ast.AST):
                        stack.append((value, inside))
            if placed:
                where: Any = each
                here, there = self.location(start), self.location(end)
                where.lineno, where.col_offset = here.line, here.column - 1
                where.end_lineno, where.end_col_offset = there.line, there.column - 1
        if suspect:
            self._compile(node)

    def _fields(self, node: ast.JoinedStr, start: int, end: int) -> list[tuple[ast.AST, int | None]]:
        """The parts of an f-string with the index of the field that each stands in."""
        low = bisect_left(self.scan.fields, (start, 0))
        starts = [begin for begin, _ in self.scan.fields[low : low + len(node.values)] if begin < end]
        places = iter(starts)
        return [
            (value, next(places, start) if isinstance(value, ast.FormattedValue) else start) for value in node.values
        ]

    def _refuse(self, node: ast.AST, index: int) -> None:
        if isinstance(node, ast.Yield | ast.YieldFrom | ast.Await):
            word = "await" if isinstance(node, ast.Await) else "yield"
            cure = "what stands inside a component is {render_slot(@inner_block)}"
            if word == "await":
                cure = 'what takes its time is a task: `socket.assign_async("name", function)` in mount'
            raise self.error(f"`{word}` is not available in a template", index, cure)
        if isinstance(node, ast.comprehension) and node.is_async:
            raise self.error("`async` is not available in a template", self.span(node.target)[0])
        if isinstance(node, ast.Name):
            bound: list[object] = [node.id] if isinstance(node.ctx, ast.Store) else []
        elif isinstance(node, ast.MatchClass):
            bound = [*node.kwd_attrs]
        else:
            bound = [getattr(node, name, None) for name in ("arg", "attr", "name", "rest")]
        for name in bound:
            if isinstance(name, str) and name.startswith(MARK):
                plain = name[len(MARK) :]
                cure = f"write `{plain}=`" if isinstance(node, ast.keyword) else f"bind another name, as `{plain}`"
                raise self.error("an assign cannot be bound", index, cure)

    def _compile(self, node: ast.expr | ast.pattern) -> None:
        """Let Python's compiler say now what it would say later, without the template's place."""
        code: ast.Expression | ast.Module
        if isinstance(node, ast.expr):
            code = ast.Expression(node)
        else:
            match = ast.Match(ast.Constant(0), [ast.match_case(node, None, [ast.Pass()])])
            code = ast.fix_missing_locations(ast.Module([match], []))
        with self.python():
            try:
                compile(code, "template", "eval" if isinstance(code, ast.Expression) else "exec")
            except SyntaxError as error:
                at = Location(error.lineno or 1, error.offset or 1)  # the nodes have the template's positions by now
                raise self.excerpt.source.error(f"not Python: {error.msg.replace(MARK, '@')}", at) from None


@cache
def _kind(kind: Any) -> tuple[tuple[str, ...], bool, bool, bool]:
    """Of nodes of a kind: their fields with nodes in them; whether they have a place, may bind an assign or not be in a template
    at all, and whether Python's compiler could refuse what its parser took.
    """
    fields = tuple(name for name in kind._fields if name not in ("ctx", "op", "ops"))
    placed = issubclass(kind, (ast.expr, ast.pattern, ast.arg, ast.keyword))
    plain = (
        ast.Constant,
        ast.Subscript,
        ast.Call,
        ast.BinOp,
        ast.BoolOp,
        ast.Compare,
        ast.UnaryOp,
        ast.IfExp,
        ast.Tuple,
        ast.List,
    )
    doubtful = issubclass(kind, (ast.comprehension, ast.Lambda, ast.NamedExpr, ast.keyword, ast.pattern))
    return fields, placed, kind not in plain, doubtful


def _bytewise(text: str) -> list[int]:
    """The index of the character that each byte belongs to, and the end."""
    return [*(index for index, char in enumerate(text) for _ in char.encode("utf-8", "surrogatepass")), len(text)]
