"""Html as a test reads it: text when it is searched, structure when it is compared.

`Html` owns one law: `in` and `str()` are about the exact text that the page has, `==` is about what the text means. It is
lazy, because most events of a test are never looked at: the text is built when first asked for. `pretty` is the form that
snapshots have. Both read html with a tokenizer of their own (no parser's rules apply, nothing is corrected): what is written is
what is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, cast

from liveview_core.errors import BadOption, LiveViewError, printable, shown
from liveview_core.tracebacks import shorten
from liveview_testing.failures import wording
from liveview_testing.failures.exceptions import LeftPage, failure
from liveview_testing.failures.misuse.handle_names import HTML
from liveview_testing.failures.misuse.misused_handles import missing
from liveview_testing.user.html.html_reader import _END, VERBATIM, Tag, Text, read
from liveview_testing.user.html.pretty_html import pretty

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
            raise shorten(
                BadOption("Html is made of text", expected="a str", got=shown(text), cure="Html('<p>hi</p>')")
            )

    def __str__(self) -> str:
        return _text_of(self)

    def _repr_html_(self) -> str:
        """In a notebook: what it looks like."""
        from liveview_testing.user.html.notebook_frame import framed

        text = str(self)
        return framed(text, f"{len(text):,} characters of html")

    def __contains__(self, part: str) -> bool:
        return part in _text_of(self)

    def __eq__(self, other: object) -> bool:
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
            raise shorten(
                NoString(
                    f"Html has no {name!r}: it is text when it is searched with `in`, structure when it is compared",
                    cure=f"its text has: str(html).{name}(…); for an element ask the view: view.element(selector).text",
                )
            )

    def __reduce__(self) -> tuple[type[Html], tuple[str]]:
        return Html, (_text_of(self),)  # without the page that it is of

    def __repr__(self) -> str:
        return printable(f"<Html {wording.excerpt(str(self), 200)}>")


def _text_of(html: Html) -> str:
    text = html._text
    if text is None:
        make = html._make
        assert make is not None
        text = html._text = make()
        html._make = None  # what it closes over (a page) is not kept longer than needed
    return text


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

    def __reduce__(self) -> Any:
        return Redirected, (self.to, self.kind, dict(self.flash))

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
        from liveview_testing.user.html.notebook_frame import told

        return told(repr(self), "the view has left its page")

    def __repr__(self) -> str:
        flash = f", flash={dict(self.flash)!r}" if self.flash else ""
        return f"<Redirected by {self.kind} to {self.to!r}{flash}>"


# --- reading html -----------------------------------------------------------------------------------------------------------


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
