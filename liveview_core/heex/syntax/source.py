"""The text of a template, and where it stands in a file.

Law: everything after this module speaks of *template coordinates* (1-based line and column of `Source.text`, columns
count characters). Only `Source.where` knows files, and only a failure asks it: finding the call costs a parse of the file, so
that a template without mistakes pays nothing.
"""  # N0

from __future__ import annotations

import ast
import linecache
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from attrs import Factory, field

from liveview_core.errors import printable
from liveview_core.heex.syntax.errors import TemplateError, TemplateSyntaxError
from liveview_core.heex.syntax.location import Location
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

_E = TypeVar("_E", bound=TemplateError)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from types import CodeType, FrameType

__all__ = ["CallSite", "Excerpt", "Place", "Source"]


@frozen
class Place:
    """A place in a file. `exact` False: the template's text is not in the file as it is; line: the best known."""  # N0

    file: str
    line: int
    column: int
    exact: bool = True


@frozen
class CallSite:
    """Where `heex(…)` was called: enough to find the call in its source later, without keeping the frame."""  # N3.1

    file: str
    line: int
    code: CodeType = field(repr=False)
    instruction: int = field(repr=False)

    @classmethod
    def of(cls, frame: FrameType) -> CallSite:
        """The call that `frame` is executing now."""
        return cls(frame.f_code.co_filename, frame.f_lineno, frame.f_code, frame.f_lasti)

    def literal(self, text: str) -> tuple[int, int] | None:
        """Line and 0-based column (characters) of the first character of `text`, written as one literal in this call.

        None if there is no source, no position, or if the literal's characters are not `text` itself (escapes,
        concatenation, a variable).
        """
        source = "".join(linecache.getlines(self.file))
        try:
            span = list(self.code.co_positions())[self.instruction // 2]
            module = ast.parse(source)
        except (IndexError, SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and span == (
                node.lineno,
                node.end_lineno,
                node.col_offset,
                node.end_col_offset,
            ):
                given = node.args[:1] or [keyword.value for keyword in node.keywords if keyword.arg == "source"]
                return _literal(source, given[0], text) if given else None
        return None


_OPENING = late_pattern(r"[rRuU]?(?:\"\"\"|'''|\"|')")


def _literal(source: str, node: ast.expr, text: str) -> tuple[int, int] | None:
    if not (isinstance(node, ast.Constant) and node.value == text):
        return None
    segment = ast.get_source_segment(source, node) or ""
    opening = _OPENING.match(segment)
    assert opening is not None  # a text, written out
    quote = opening[0].lstrip("rRuU")
    if segment[opening.end() : -len(quote)] != text:
        return None
    line = source.split("\n")[node.lineno - 1]
    column = len(line.encode()[: node.col_offset].decode())
    return node.lineno, column + opening.end()


def _line_starts(source: Source) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", source.text))]


@frozen
class Source:
    """A template's text, and how to speak of places in it.

    text      what is parsed: without its indentation for an inline template, verbatim for a file.
    file      a file's name, or a name to show.
    trim      EEx trimming is on: template files.
    original  the text as given; `dropped` is 1 if its first newline was removed, `removed` counts the characters of
              indentation that every line of `text` lost.
    module    the Python module that it is defined in: what a hook of its own is named after.
    """  # N0, WS-3, TG-32

    text: str
    file: str = "template"
    trim: bool = False
    call: CallSite | None = field(default=None, repr=False)
    original: str = field(default="", repr=False)
    dropped: int = field(default=0, repr=False)
    removed: tuple[int, ...] = field(default=(), repr=False)
    module: str = field(default="", repr=False)
    _starts: list[int] = field(init=False, repr=False, eq=False, default=Factory(_line_starts, takes_self=True))

    @classmethod
    def inline(cls, text: str, frame: FrameType | None = None) -> Source:
        r"""The text given to `heex(…)`; `frame` is the caller's. Indentation is removed as an Elixir heredoc does.

        >>> Source.inline('''
        ...     <p>
        ...       hi
        ...     </p>
        ...     ''').text
        '<p>\n  hi\n</p>\n'
        """  # N0
        call = None if frame is None else CallSite.of(frame)
        file = "template" if call is None else call.file
        lead = 2 if text.startswith("\r\n") else 1 if text.startswith("\n") else 0
        last = text[text.rfind("\n") + 1 :]
        if not lead or last.strip(" \t"):
            return cls(text, file, call=call, original=text)
        lines = text[lead:].split("\n")
        removed = tuple(min(len(last), len(line) - len(line.lstrip(" \t"))) for line in lines)
        body = "\n".join(line[count:] for line, count in zip(lines, removed, strict=True))
        return cls(body, file, call=call, original=text, dropped=1, removed=removed)

    @classmethod
    def verbatim(cls, text: str, file: str = "template", *, trim: bool = False) -> Source:
        """Text that is the template as it stands: a file's (`trim=True`), or a test's."""  # WS-3
        return cls(text, file, trim, original=text)

    @classmethod
    def of_file(cls, path: Traversable) -> Source:
        """A template file: verbatim, with trimming; newlines are kept as they are."""  # N0, WS-3, WS-7
        from pathlib import Path as FilePath

        text, name = path.read_bytes().decode("utf-8"), str(path)
        if not isinstance(path, FilePath):  # in an archive, where a traceback would not find its lines
            linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        return cls.verbatim(text, name, trim=True)

    # -- places

    def location(self, offset: int) -> Location:
        """Line and column of a character of `text`."""
        line = bisect_right(self._starts, offset)
        return Location(line, offset - self._starts[line - 1] + 1)

    def where(self, at: Location) -> Place:
        """The place in the file, indentation added back."""  # N0
        row = at.line - 1 + self.dropped
        column = at.column + (self.removed[at.line - 1] if at.line <= len(self.removed) else 0)
        if self.call is None:
            return Place(self.file, row + 1, column)
        found = self.call.literal(self.original)
        if found is None:
            return Place(self.file, self.call.line + row, column, exact=False)
        line, first = found
        return Place(self.file, line + row, column + (first if row == 0 else 0))

    def _snippet(self, at: Location, place: Place) -> str:
        """Up to four lines of the template that end with the one of `at`, and a caret under its column."""
        row = at.line - 1 + self.dropped
        lines = [line.removesuffix("\r") for line in self.original.split("\n")]
        first = max(row - 3, self.dropped)
        width = len(str(place.line))
        shown = [f"{place.line - row + number:>{width}} | {lines[number]}".rstrip() for number in range(first, row + 1)]
        column = at.column + (self.removed[at.line - 1] if at.line <= len(self.removed) else 0)
        # Tabs before the caret stay tabs, or it would not stand under its column.
        pad = "".join("\t" if char == "\t" else " " for char in lines[row][: column - 1]).ljust(column - 1)
        bar = " " * width + " |"
        text = "\n".join([bar, *shown, f"{bar} {pad}^"])
        return printable(text)

    def error(self, problem: str, at: Location, cure: str | None = None) -> TemplateSyntaxError:
        """The error to raise for a mistake at `at`."""
        return self.failure(TemplateSyntaxError, problem, at, cure)

    def failure(self, kind: type[_E], problem: str, at: Location, cure: str | None = None) -> _E:
        """A template error of another kind (an unknown name, a value that cannot be shown), at `at`."""
        place = self.where(at)
        return kind(
            problem,
            cure=cure,
            file=place.file,
            line=place.line,
            column=place.column,
            exact=place.exact,
            template_line=at.line,
            template_column=at.column,
            snippet=self._snippet(at, place),
        )


@frozen
class Excerpt:
    """A piece of a source, of which some characters may have been left out (a backslash, trimmed blanks, `%` of `<%%`).

    `marks` are pairs (offset in `text`, offset in the source), ascending, from (0, …): the text between two marks is
    contiguous in the source.
    """

    source: Source = field(repr=False)
    text: str
    marks: tuple[tuple[int, int], ...]

    def offset(self, index: int) -> int:
        """The offset in the source of a character of `text`."""
        marks = self.marks
        here, there = marks[0 if len(marks) == 1 else bisect_right(marks, (index, len(self.source.text) + 1)) - 1]
        return there + index - here

    def location(self, index: int) -> Location:
        """The place of a character of `text`."""
        return self.source.location(self.offset(index))

    def cut(self, start: int, end: int | None = None) -> Excerpt:
        """The piece `text[start:end]`."""
        stop = len(self.text) if end is None else end
        if len(self.marks) == 1:
            return Excerpt(self.source, self.text[start:stop], ((0, self.marks[0][1] + start),))
        low = bisect_right(self.marks, (start, len(self.source.text) + 1))
        high = bisect_right(self.marks, (stop, len(self.source.text) + 1))
        rest = tuple((here - start, there) for here, there in self.marks[low:high])
        return Excerpt(self.source, self.text[start:stop], ((0, self.offset(start)), *rest))

    def error(self, problem: str, index: int, cure: str | None = None) -> TemplateSyntaxError:
        """The error to raise for a mistake at a character of `text`."""
        return self.source.error(problem, self.location(index), cure)
