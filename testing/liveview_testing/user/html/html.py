"""Html as a test reads it: text when it is searched, structure when it is compared.

`Html` owns one law: `in` and `str()` are about the exact text that the page has, `==` is about what the text means. It is
lazy, because most events of a test are never looked at: the text is built when first asked for. `pretty` is the form that
snapshots have. Both read html with a tokenizer of their own (no parser's rules apply, nothing is corrected): what is written is
what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, cast

from attrs import field

from liveview_core.errors import BadOption, LiveViewError, printable, shown
from liveview_core.tracebacks import shorten
from liveview_core.values.declaring import frozen
from liveview_testing.failures.exceptions import LeftPage, excerpt, failure
from liveview_testing.failures.handles import HTML, missing
from liveview_testing.user.html.start_tags import Ends

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
VERBATIM = frozenset(("pre", "textarea", "script", "style"))  # whitespace is content here

Kind: TypeAlias = 'Literal["redirect", "live_redirect"]'


class NoString(LiveViewError, AttributeError):
    """Html was used as if it were a str."""


class Html:
    r"""The html of a page or an element, as text built on demand.

    `in` and `str()` are exact. `==`, against another `Html` or a `str`, ignores whitespace between tags, the order of
    attributes and the order of classes. Not hashable, as equal values may differ in text.

    >>> page = Html('<p id="a" class="x y">\n  <b>1</b>\n</p>')
    >>> "<b>1</b>" in page, page == '<p class="y x" id="a"><b>1</b></p>'
    (True, True)
    """

    __slots__ = ("_make", "_text")

    _make: Callable[[], str] | None
    _text: str | None

    def __init__(self, text: str | Callable[[], str]) -> None:
        if isinstance(text, str):
            self._text, self._make = text, None
        elif callable(text):
            self._text, self._make = None, text
        else:
            wrong = BadOption("Html is made of text", expected="a str", got=shown(text), cure="Html('<p>hi</p>')")
            shorten(wrong)
            raise wrong

    def __str__(self) -> str:
        text = self._text
        if text is None:
            assert self._make is not None
            text = self._text = self._make()
            self._make = None  # what it closes over (a page) is not kept longer than needed
        return text

    def _repr_html_(self) -> str:
        """In a notebook: what it looks like."""
        from liveview_testing.user.html.framed import framed

        text = str(self)
        return framed(text, f"{len(text):,} characters of html")

    def __contains__(self, part: str) -> bool:
        return part in str(self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Redirected):
            return NotImplemented
        if not isinstance(other, (Html, str)):
            return NotImplemented
        mine, theirs = str(self), str(other)
        return mine == theirs or said(mine) == said(theirs)

    __hash__ = None  # type: ignore[assignment]

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            if name in HTML:
                missing(self, name, HTML)
            if name.startswith("_") or not hasattr(str, name):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            raise NoString(
                f"Html has no {name!r}: it is text when it is searched with `in`, structure when it is compared",
                cure=f"its text has: str(html).{name}(…); for an element ask the view: view.element(selector).text",
            )

    def __repr__(self) -> str:
        return printable(f"<Html {excerpt(str(self), 200)}>")


class Redirected(Html):
    """What an event returns when the view has left the page: where to, how, and with which flash. It has no text.

    Reading it (`str`, `in`, `==` with text) raises `PageLeft`, which names `follow_redirect()`. Two `Redirected` are equal
    when they lead to the same place in the same way with the same flash.
    """

    __slots__ = ("flash", "kind", "to")

    to: str
    kind: Kind
    flash: Mapping[str, object]

    def __init__(self, to: str, kind: Kind = "redirect", flash: Mapping[str, object] | None = None) -> None:
        super().__init__(self._refuse)
        self.to = to
        self.kind = kind
        self.flash = MappingProxyType(dict(flash or {}))

    def _refuse(self) -> NoReturn:
        raise failure(LeftPage(self.to, self.kind))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Redirected):
            return (self.to, self.kind, dict(self.flash)) == (other.to, other.kind, dict(other.flash))
        if isinstance(other, (Html, str)):
            self._refuse()
        return NotImplemented

    __hash__ = None

    def _repr_html_(self) -> str:
        """In a notebook: where the view has gone."""
        from liveview_testing.user.html.framed import told

        return told(repr(self), "the view has left its page")

    def __repr__(self) -> str:
        flash = f", flash={dict(self.flash)!r}" if self.flash else ""
        return f"<Redirected by {self.kind} to {self.to!r}{flash}>"


# --- reading html -----------------------------------------------------------------------------------------------------------


@frozen
class Tag:
    """An element as written: its start tag's text, and its attributes read."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    written: str
    children: list[Tag | Text] = field(factory=list["Tag | Text"])


@frozen
class Text:
    """A run of text as written; `plain` is what it says. A comment or declaration keeps its marks."""

    written: str
    plain: str


_MARKED = r"""(?P<comment><!--)
      | <(?P<mark>[!?][^>]*)>
      | </(?P<end>[a-zA-Z][^\s/>]*)[^>]*>
      | """
_TOKEN = re.compile(
    _MARKED + r"""<(?P<start>[a-zA-Z][^\s/>]*+)(?P<inside>(?:[^>"']|"[^"]*"|'[^']*')*+)(?P<closed>>)?""",
    re.DOTALL | re.VERBOSE,
)
_BEGUN = re.compile(_MARKED + r"<(?P<start>[a-zA-Z])", re.DOTALL | re.VERBOSE)  # where the tag ends is looked up
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_NO_TAGS = re.compile(
    r"(?i:script|style|textarea|title|xmp|iframe|noembed|noframes)"
)  # what is inside is text up to the end tag
_NO_ENTITIES = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))  # as it is written


class _Reader:
    """Builds the tree of what is written, in order; an end tag without a start is kept as text."""

    def __init__(self) -> None:
        self.root = Tag("", (), "")
        self.open = [self.root]
        self.named: dict[str, int] = {}  # how many of a name are open
        self.pending: list[tuple[str, str]] = []

    def read(self, text: str) -> list[Tag | Text]:
        at, comments = 0, True
        stop = text.rfind(">") + 1  # nothing ends behind it: what begins there is not looked for again and again
        token_of, ends, since = _TOKEN, None, 0
        while (token := token_of.search(text, since, stop)) is not None:
            start = token.start()
            name, inside, after = "", "", token.end()
            if token["start"] is not None:
                if ends is None and token["closed"] is None:
                    token_of, ends = _BEGUN, Ends(text, start, stop)
                if ends is None:
                    name, inside = token["start"], token["inside"]
                else:
                    name_end, end = ends.of(start)
                    if end < 0:  # nothing closes it: it is text
                        since = start + 1
                        continue
                    name, inside, after = text[start + 1 : name_end], text[name_end:end], end + 1
            self._text(text[at:start])
            at = after
            if name:
                name = name.lower()
                if self._start(name, inside, text[start:at]) and _NO_TAGS.fullmatch(name):
                    closed = re.compile(rf"(?i:</{name}(?=[\s/>]))").search(text, at)
                    end = len(text) if closed is None else closed.start()
                    self._text(text[at:end], entities=name not in _NO_ENTITIES)
                    at = end
            elif token["end"] is not None:
                self._end(token["end"].lower(), token[0])
            else:
                if token["comment"] is not None:
                    end = text.find("-->", at) if comments else -1
                    comments = end >= 0
                    at = end + 3 if comments else text.index(">", at) + 1
                self._flush()
                written = text[start:at]
                self.open[-1].children.append(Text(written, written))
            since = at
        self._text(text[at:])
        self._flush()
        return self.root.children

    def _text(self, written: str, *, entities: bool = True) -> None:
        if written:
            self.pending.append((written, unescape(written) if entities else written))

    def _flush(self) -> None:
        if self.pending:
            written = "".join(part for part, _ in self.pending)
            plain = "".join(said for _, said in self.pending)
            self.pending.clear()
            self.open[-1].children.append(Text(written, plain))

    def _start(self, name: str, inside: str, written: str) -> bool:
        """Whether it is open now."""
        self._flush()
        pairs: list[tuple[str, str]] = []
        at = 0
        for found in _ATTRIBUTE.finditer(inside):
            value = next((value for value in found.group(2, 3, 4) if value is not None), "")
            pairs.append((found[1].lower(), unescape(value)))
            at = found.end()
        element = Tag(name, tuple(pairs), written)
        self.open[-1].children.append(element)
        if name in VOID or inside[at:].rstrip().endswith("/"):
            return False
        self.open.append(element)
        self.named[name] = self.named.get(name, 0) + 1
        return True

    def _end(self, name: str, written: str) -> None:
        if self.named.get(name):  # else none of the open ones is asked
            self._flush()
            last = ""
            while last != name:
                last = self.open.pop().name
                self.named[last] -= 1
        elif name not in VOID:
            self.pending.append((written, written))


def read(text: str) -> list[Tag | Text]:
    """The tree of html as it is written: nothing is moved, added or corrected."""
    return _Reader().read(text)


Meaning: TypeAlias = "tuple[object, ...]"


def meaning(text: str) -> Meaning:
    """What html says, as nested tuples: without whitespace between tags, attributes and classes in a fixed order.

    >>> meaning('<br/>  <i class="b  a" id=x>1</i>') == meaning('<br><i id="x" class="a b">1</i>')
    True
    """
    open: list[list[object]] = [[]]
    for each in said(text):
        if each is _END:
            whole = tuple(open.pop())
            if not open:
                return whole
            open[-1].append(whole)
        elif isinstance(each, tuple):
            open.append([*cast("tuple[object, ...]", each)])
        else:
            open[-1].append(each)
    raise AssertionError("what is said ends")


def said(text: str) -> Meaning:
    """The meaning flat, so that html of any depth can be compared."""
    said: list[object] = []
    open: list[tuple[Iterator[Tag | Text], bool]] = [(iter(read(text)), False)]
    while open:
        nodes, verbatim = open[-1]
        node = next(nodes, None)
        if node is None:
            open.pop()
            said.append(_END)
        elif isinstance(node, Tag):
            attributes = tuple(sorted((name, _attribute(name, value)) for name, value in node.attributes))
            said.append((node.name, attributes))
            open.append((iter(_content(node)), verbatim or node.name in VERBATIM))
        elif verbatim or node.plain.strip(" \t\n\r\f"):
            said.append(node.plain)
    return tuple(said)


_END: tuple[object, ...] = ()
"""Where an element ends."""


def _attribute(name: str, value: str) -> str:
    return " ".join(sorted(set(value.split()))) if name == "class" else value


def _content(node: Tag) -> list[Tag | Text]:
    """The children, without the one newline that an html parser drops at the start of these elements."""
    if node.name in ("pre", "textarea") and node.children:
        first = node.children[0]
        if isinstance(first, Text) and first.plain.startswith("\n"):
            rest = Text(first.written.removeprefix("\n"), first.plain[1:])
            return [rest, *node.children[1:]] if rest.plain else node.children[1:]
    return node.children


# --- snapshots --------------------------------------------------------------------------------------------------------------


def pretty(html: str, width: int | None = None) -> str:
    """Html for a snapshot: one element a line, indented, attributes as written; the same text always gives the same lines.

    A start tag that does not fit into the `width` has one attribute a line.

    >>> print(pretty('<ul><li class="a">one</li><li><b>two</b> three</li></ul>'))
    <ul>
      <li class="a">one</li>
      <li>
        <b>two</b>
        three
      </li>
    </ul>
    """
    return "\n".join(_lines(read(html), width))


def _lines(nodes: list[Tag | Text], width: int | None = None) -> list[str]:
    lines: list[str] = []
    open: list[tuple[Iterator[Tag | Text], str]] = [(iter(nodes), "")]
    while open:
        indent = "  " * (len(open) - 1)
        node = next(open[-1][0], None)
        if node is None:
            end = open.pop()[1]
            if end:
                lines.append(f"{indent[2:]}</{end}>")
        elif isinstance(node, Text):
            text = " ".join(node.written.split())
            if text:
                lines.append(indent + text)
        elif node.name in VOID:
            lines += _opened(node, indent, width)
        elif node.name in VERBATIM:
            # Moving this text would change it: it stays as it is, whatever the indentation.
            lines.append(f"{indent}{_start(node)}{_written(node.children)}</{node.name}>")
        elif all(isinstance(child, Text) for child in node.children):
            text = " ".join("".join(child.written for child in node.children if isinstance(child, Text)).split())
            lines += _opened(node, indent, width)
            lines[-1] += f"{text}</{node.name}>"
        else:
            lines += _opened(node, indent, width)
            open.append((iter(node.children), node.name))
    return lines


def _opened(node: Tag, indent: str, width: int | None) -> list[str]:
    """The start tag on one line, or with one attribute a line."""
    whole = indent + _start(node)
    if width is None or len(whole) <= width:
        return [whole]
    written = [each[0] for each in _ATTRIBUTE.finditer(node.written[1 + len(node.name) : -1])]
    if len(written) < 2:
        return [whole]
    return [f"{indent}<{node.name}", *(f"{indent}  {each}" for each in written), f"{indent}>"]


def _start(node: Tag) -> str:
    """The start tag in one spelling: `<br/>` and `<br >` are both `<br>`; line breaks between attributes are one space."""
    inner = node.written.removeprefix("<").removesuffix(">")
    if inner.endswith("/") and not inner.endswith("=/"):
        inner = inner[:-1]
    return f"<{_joined(inner)}>"


def _joined(inner: str) -> str:
    """Whitespace between attributes as one space; inside quotes it stays."""
    parts: list[str] = []
    quote = ""
    space = False
    for character in inner:
        if quote:
            parts.append(character)
            if character == quote:
                quote = ""
        elif character.isspace():
            space = True
        else:
            if space:
                parts.append(" ")
                space = False
            if character in "\"'":
                quote = character
            parts.append(character)
    return "".join(parts)


def _written(nodes: list[Tag | Text]) -> str:
    parts: list[str] = []
    left: list[Tag | Text | str] = [*reversed(nodes)]
    while left:
        node = left.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Text):
            parts.append(node.written)
        else:
            parts.append(_start(node))
            if node.name not in VOID:
                left += [f"</{node.name}>", *reversed(node.children)]
    return "".join(parts)


# --- failed assertions ------------------------------------------------------------------------------------------------------


def explained(op: str, left: object, right: object) -> list[str] | None:
    r"""The lines that pytest shows below a failed assertion about html; None about anything else.

    As pytest's own: `+` is what stands on the left of the comparison, `-` what stands on the right.

    >>> print("\n".join(explained("==", Html('<p class="b a">1</p><i>2</i>'), '<p class="a b">1</p><i>3</i>') or ()))
    the html is not the same
      <p class="b a">1</p>
    - <i>3</i>
    + <i>2</i>
    """
    if isinstance(left, Redirected) or isinstance(right, Redirected):
        return None
    if op in ("in", "not in") and isinstance(left, str) and isinstance(right, Html):
        from difflib import get_close_matches

        lines = pretty(str(right)).splitlines()
        near = get_close_matches(left, map(str.strip, lines), n=1, cutoff=0.3) if op == "in" else ()
        return [f"{left!r} {op} the html", *(f"nearest: {each}" for each in near), *lines]
    if op == "==" and (isinstance(left, Html) or isinstance(right, Html)):
        if isinstance(left, (Html, str)) and isinstance(right, (Html, str)):
            return ["the html is not the same", *_changes(str(left), str(right))]
    return None


def _changes(left: str, right: str) -> Iterator[str]:
    from difflib import SequenceMatcher

    theirs, mine = pretty(right).splitlines(), pretty(left).splitlines()
    same = SequenceMatcher(None, [said(line) for line in theirs], [said(line) for line in mine], autojunk=False)
    blocks = list(same.get_grouped_opcodes(2))
    if not blocks:
        for one, other in zip(_texts(said(right)), _texts(said(left)), strict=False):
            if one != other:
                yield "only in the white space of a text"
                yield f"- {one!r}"
                yield f"+ {other!r}"
                return
    for number, block in enumerate(blocks):
        if number:
            yield "  …"
        for what, from_, to, start, end in block:
            if what == "equal":
                yield from (f"  {line}" for line in mine[start:end])
            else:
                yield from (f"- {line}" for line in theirs[from_:to])
                yield from (f"+ {line}" for line in mine[start:end])


def _texts(said: object) -> Iterator[str]:
    """The texts in a meaning, those of attributes too."""
    if isinstance(said, tuple):
        for each in cast("tuple[object, ...]", said):
            yield from _texts(each)
    else:
        yield str(said)


__all__ = ["Html", "Redirected", "explained", "meaning", "pretty"]
