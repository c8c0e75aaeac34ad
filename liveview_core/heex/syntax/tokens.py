"""From a template's text to tokens: first the EEx tags are cut out, then the text between them is read as HTML.

Law: one pass each, linear time. The HTML reader carries its state (text, comment, script, braces off) from one piece of
text to the next, over the EEx tags between; a tag itself cannot be interrupted. Tokens come lazily, so that the first
mistake in the document is the one that is told.
"""  # TG-1, TG-16, WS-3

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal as OneOf
from typing import TypeAlias

from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.source import Excerpt, Source
from liveview_core.heex.syntax.tree import Literal, Warning
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

__all__ = ["VOID", "CloseTag", "Eex", "Interpolation", "OpenTag", "RawAttribute", "TextToken", "Token", "tokenize"]

VOID = frozenset(
    ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "command", "keygen", "source"]
)
"""The tags without content; embed, track and wbr are none of them."""  # TG-17

Kind: TypeAlias = OneOf["html", "local", "remote", "slot"]


@frozen
class TextToken:
    """Text of the page, verbatim."""

    text: str
    at: Location


@frozen
class Interpolation:
    """`{…}` in text."""

    code: Excerpt
    at: Location


@frozen
class Eex:
    """`<%= … %>` (`output`) or `<% … %>`."""

    output: bool
    code: Excerpt
    at: Location


@frozen
class RawAttribute:
    """An attribute whose expression has not been read yet; name None is a root attribute."""

    name: str | None
    value: Literal | Excerpt | None
    at: Location


@frozen
class OpenTag:
    """`<name …>` or `<name …/>`; `written` is the name with its prefix."""

    kind: Kind
    written: str
    attributes: tuple[RawAttribute, ...]
    self_closing: bool
    at: Location

    @property
    def name(self) -> str:
        """The name without `.` or `:`."""
        return self.written[1:] if self.kind in ("local", "slot") else self.written

    @property
    def void(self) -> bool:
        """An HTML tag that never has content."""  # TG-17
        return self.kind == "html" and self.written in VOID


@frozen
class CloseTag:
    """`</name>`."""

    written: str
    at: Location


Token: TypeAlias = TextToken | Interpolation | Eex | OpenTag | CloseTag


def tokenize(source: Source, warnings: list[Warning]) -> Iterator[Token]:
    """The tokens of a template; what is odd but not wrong is appended to `warnings`."""
    reader = _HtmlReader(source, warnings)
    for piece in _pieces(source, warnings):
        if isinstance(piece, Eex):
            yield piece
        else:
            yield from reader.read(*piece)
    reader.finish()


# ---------------------------------------------------------------------------------------------------------------------
# EEx

_BLANKS = late_pattern(r"[ \t\r\n]*")


def _pieces(source: Source, warnings: list[Warning]) -> Iterator[tuple[Excerpt, bool] | Eex]:
    """EEx tags, and the text between them with whether an EEx tag follows it. Comments are cut out."""  # TG-2
    text = source.text
    runs: list[tuple[int, int]] = []  # the text since the last tag, as spans of the source
    position = search = 0
    while (start := text.find("<%", search)) >= 0:
        if text.startswith("<%%", start):  # a literal `<%`
            runs.append((position, start + 2))
            position = search = start + 3
            continue
        tag, end = _eex_tag(source, start, warnings)
        left = start
        if source.trim:
            left = _trimmed_left(text, position, start)
            blanks = _BLANKS.match(text, end)
            after = blanks.end() if blanks else end
            newline = text.rfind("\n", end, after)
            if after == len(text):
                end = after
            elif newline >= 0:
                end = newline - 1 if newline > end and text[newline - 1] == "\r" else newline
        runs.append((position, left))
        yield _excerpt(source, runs), True
        runs = []
        if tag is not None:
            yield tag
        position = search = end
    runs.append((position, len(text)))
    yield _excerpt(source, runs), False


_MAKO = late_pattern(r"</?%(def|block|include|inherit|page|namespace|call)\b")


def _eex_tag(source: Source, start: int, warnings: list[Warning]) -> tuple[Eex | None, int]:
    """The EEx tag at `start` (None: a comment) and the index after it."""
    text, at = source.text, source.location(start)
    if text.startswith("<%!--", start):
        end = text.find("--%>", start + 5)
        if end < 0:
            raise source.error("expected closing '--%>' for the template comment", at, "close it with `--%>`")
        return None, end + 4
    end = text.find("%>", start + 2)
    if end < 0:
        cure = 'close it with `%>`, or write "&lt;%" for the text'
        if _MAKO.match(text, start) is not None:
            cure = "a part of its own is a component: `<.name …>`"
        raise source.error("expected closing '%>' for the EEx tag", at, cure)
    marker = text[start + 2 : start + 3]
    if marker == "#":
        warnings.append(Warning("`<%# … %>` is deprecated", at, "write `<%!-- … --%>`"))
        return None, end + 2
    if marker in ("|", "/"):
        raise source.error(f"`<%{marker}` is not supported", at, "write `<%= … %>` or `<% … %>`")
    output = marker == "="
    first = start + 3 if output else start + 2
    return Eex(output, Excerpt(source, text[first:end], ((0, first),)), at), end + 2


def _trimmed_left(text: str, begin: int, start: int) -> int:
    """Where the text before an EEx tag ends: blanks and newlines collapse to the first newline."""  # WS-3
    solid = start
    while solid > begin and text[solid - 1] in " \t\r\n":
        solid -= 1
    newline = text.find("\n", solid, start)
    return start if newline < 0 else newline + 1


def _excerpt(source: Source, runs: list[tuple[int, int]]) -> Excerpt:
    marks: list[tuple[int, int]] = []
    length = 0
    for begin, end in runs:
        marks.append((length, begin))
        length += end - begin
    return Excerpt(source, "".join(source.text[begin:end] for begin, end in runs), tuple(marks))


# ---------------------------------------------------------------------------------------------------------------------
# HTML

_SPACE = re.compile(r"[ \t\f\r\n]*")
_NAME = re.compile(r"[^ \t\f\r\n>/=\"']*")  # TG-10, TG-13
_TEXT_END = re.compile(r"[<{]")
_BRACES = re.compile(r"\\[{}]|[{}]")
_DOCTYPES = ("<!doctype", "<!DOCTYPE")
_NO_CURLY = "phx-no-curly-interpolation"


class _HtmlReader:
    """Reads text pieces; its fields are what is carried over from piece to piece."""

    def __init__(self, source: Source, warnings: list[Warning]) -> None:
        self.source = source
        self.warnings = warnings
        self.comment: Location | None = None  # inside `<!-- …`, which began there
        self.raw: str | None = None  # inside "script" or "style" (TG-8)
        self.plain: str | None = None  # inside an element with phx-no-curly-interpolation (TG-5), of this name …
        self.plain_depth = 0  # … as often

    def finish(self) -> None:
        if self.comment is not None:
            raise self.source.error("expected closing `-->` for comment", self.comment, "close it with `-->`")

    def read(self, piece: Excerpt, followed: bool) -> Iterator[Token]:
        """The tokens of a piece; `followed`: an EEx tag comes after it."""
        text, index = piece.text, 0
        begin = 0  # of the text that is not yet a token
        while index < len(text):
            if self.comment is not None:
                end = text.find("-->", index)
                index = len(text) if end < 0 else end + 3
                self.comment = self.comment if end < 0 else None
                continue
            if self.raw is not None:
                end = text.find(f"</{self.raw}>", index)
                index = len(text) if end < 0 else end
                self.raw = self.raw if end < 0 else None
                if end < 0:
                    continue
            else:
                found = _TEXT_END.search(text, index) if self.plain is None else None
                index = text.find("<", index) if self.plain is not None else found.start() if found else -1
                if index < 0:
                    break
            if text.startswith("<!--", index):
                self.comment = piece.location(index)
                index += 4
                continue
            if text.startswith(_DOCTYPES, index):
                end = text.find(">", index)
                if end < 0:
                    raise piece.error("unexpected end of string inside tag", len(text), "close the doctype with `>`")
                index = end + 1
                continue
            if begin < index:
                yield TextToken(text[begin:index], piece.location(begin))
            if text[index] == "{":
                code, end = self.braces(piece, index)
                yield Interpolation(code, piece.location(index))
            elif text.startswith("</", index):
                closed, end = self.close_tag(piece, index)
                yield closed
            else:
                opened, end = self.open_tag(piece, index, followed)
                yield opened
            begin = index = end
        if begin < len(text):
            yield TextToken(text[begin:], piece.location(begin))

    def braces(self, piece: Excerpt, start: int) -> tuple[Excerpt, int]:
        """The code of `{…}` and the index after it: braces are counted, nothing else is understood."""  # TG-4, N1.1
        depth, runs, begin = 0, list[tuple[int, int]](), start + 1
        for found in _BRACES.finditer(piece.text, start):
            sign = found[0]
            if len(sign) == 2:  # `\{` loses its backslash and does not count
                runs.append((begin, found.start()))
                begin = found.start() + 1
                continue
            depth += 1 if sign == "{" else -1
            if depth == 0:
                runs.append((begin, found.start()))
                return _joined(piece, runs), found.end()
        cure = 'write `&lbrace;` or `<%= "{" %>` for a brace as text; `}` in a string is `\\}`'
        raise piece.error("expected closing `}` for expression", start, cure)

    def close_tag(self, piece: Excerpt, start: int) -> tuple[CloseTag, int]:
        name = self.name(piece, start + 2)
        end = start + 2 + len(name)
        if not name:
            raise piece.error("expected tag name after </", end, "write `&lt;/` for the text")
        if piece.text[end : end + 1] != ">":
            raise piece.error(f"expected closing `>` after </{name}", end, f"write `</{name}>`")
        if name == self.plain:
            self.plain_depth -= 1
            self.plain = self.plain if self.plain_depth else None
        return CloseTag(name, piece.location(start)), end + 1

    def open_tag(self, piece: Excerpt, start: int, followed: bool) -> tuple[OpenTag, int]:
        name = self.name(piece, start + 1)
        if not name:
            cure = (
                "leave `<>` out, a template needs no root"
                if piece.text[start + 1 : start + 2] == ">"
                else "write `&lt;` for the text"
            )
            raise piece.error("expected tag name after <", start + 1, cure)
        if name.startswith("?"):
            cure = "leave it out" if name == "?xml" else "a value is shown as `{@x}`, code is `<% name = … %>`"
            raise piece.error(f"<{name} is no tag" if name == "?xml" else f"<{name} … ?> is PHP's", start, cure)
        kind = _kind(piece, name, start)
        attributes: list[RawAttribute] = []
        text, index = piece.text, start + 1 + len(name)
        while True:
            before, index = index, self.space(piece, index)
            if index == len(text):
                cure = (
                    "an EEx tag cannot stand inside an HTML tag: write `name={…}`" if followed else "close it with `>`"
                )
                raise piece.error(f"expected closing `>` or `/>` for <{name}", index, cure)
            if text[index] == ">" or text.startswith("/>", index):
                break
            if attributes and attributes[-1].value is not None and before == index:
                warning = "no whitespace between an attribute value and the next attribute"
                self.warnings.append(Warning(warning, piece.location(index), "put a space between them"))  # TG-16
            attribute, index = self.attribute(piece, index, followed)
            attributes.append(attribute)
        self_closing = text[index] == "/"
        token = OpenTag(kind, name, tuple(attributes), self_closing, piece.location(start))
        if not self_closing and not token.void:
            self.opened(token)
        return token, index + (2 if self_closing else 1)

    def opened(self, tag: OpenTag) -> None:
        """What the content of a tag is read as."""  # TG-5, TG-8
        if tag.kind == "html" and tag.written in ("script", "style"):
            self.raw = tag.written
        if tag.written == self.plain:
            self.plain_depth += 1
        elif self.plain is None and any(attribute.name == _NO_CURLY for attribute in tag.attributes):
            self.plain, self.plain_depth = tag.written, 1

    def attribute(self, piece: Excerpt, index: int, followed: bool) -> tuple[RawAttribute, int]:
        text, at = piece.text, piece.location(index)
        if text[index] == "{":
            code, end = self.braces(piece, index)
            return RawAttribute(None, code, at), end
        name = self.name(piece, index)
        if "}" in name:
            cure = "attributes are `name={…}`; write `\\}` for a brace in a string"
            raise piece.error("expected attribute, but found end of interpolation", index + name.index("}"), cure)
        end = index + len(name)
        if text[end : end + 1] in ('"', "'"):
            raise piece.error(f"invalid character in attribute name: {text[end]}", end, "write `name=…` before a value")
        if not name:
            raise piece.error(f"expected attribute name, got {text[end]}", end, "write `name=…`, or `{…}`")
        if end == len(text):
            raise piece.error("unexpected end of string inside tag", end, _inside(followed))
        equals = self.space(piece, end)
        if text[equals : equals + 1] != "=":
            return RawAttribute(name, None, at), end
        begin = self.space(piece, equals + 1)
        quote = text[begin : begin + 1]
        if quote == "{":
            code, end = self.braces(piece, begin)
            return RawAttribute(name, code, at), end
        if quote not in ('"', "'") or not quote:
            cure = "write `\"…\"`, `'…'` or `{…}`"
            raise piece.error(
                "invalid attribute value after `=`", begin, _inside(followed, cure) if not quote else cure
            )
        end = text.find(quote, begin + 1)
        if end < 0:
            raise piece.error(
                "expected closing quote for attribute value", len(text), _inside(followed, f"close it with `{quote}`")
            )
        return RawAttribute(name, Literal(text[begin + 1 : end], quote), at), end + 1

    @staticmethod
    def name(piece: Excerpt, index: int) -> str:
        found = _NAME.match(piece.text, index)
        return found[0] if found else ""

    @staticmethod
    def space(piece: Excerpt, index: int) -> int:
        found = _SPACE.match(piece.text, index)
        return found.end() if found else index


def _joined(piece: Excerpt, runs: list[tuple[int, int]]) -> Excerpt:
    """Parts of a piece as one."""
    if len(runs) == 1:
        return piece.cut(*runs[0])
    marks: list[tuple[int, int]] = []
    length = 0
    for begin, end in runs:
        marks.extend((here + length, there) for here, there in piece.cut(begin, end).marks)
        length += end - begin
    return Excerpt(piece.source, "".join(piece.text[begin:end] for begin, end in runs), tuple(marks))


def _inside(followed: bool, cure: str = "close it with `>`") -> str:
    return "an EEx tag cannot stand inside an HTML tag: write `name={…}`" if followed else cure


def _kind(piece: Excerpt, name: str, start: int) -> Kind:
    """What a tag is, by its name."""  # TG-10, TG-33, N1.9
    if name.startswith("."):
        if name == ".":
            raise piece.error("a component name is required after .", start + 1, "write `<.name …>`")
        return "local"
    if name.startswith(":"):
        if name == ":":
            raise piece.error("a slot name is required after :", start + 1, "write `<:name …>`")
        if name == ":inner_block":
            raise piece.error(
                "the slot name :inner_block is reserved", start + 1, "it is the content that stands in no slot"
            )
        return "slot"
    segments = name.split(".")
    remote = len(segments) > 1 and all(segment.isidentifier() for segment in segments)
    if (remote or "A" <= name[0] <= "Z") and "-" not in name:
        if not remote or not "a" <= segments[-1][0] <= "z":
            from liveview_core.heex.syntax.foreign.attributes import invalid_tag_habit  # rarely

            raise piece.error(f"invalid tag <{name}>", start, invalid_tag_habit(name))
        return "remote"
    return "html"
