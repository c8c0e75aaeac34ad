"""Html read: from text to tags and texts, as a test means them.

Owns `read`. Law: any text can be read, in time that grows with it alone.
"""

from __future__ import annotations

import re
from html import unescape

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.user.html.start_tags import Ends

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
VERBATIM = frozenset(("pre", "textarea", "script", "style"))  # whitespace is content here
_MARKED = r"""(?P<comment><!--)
      | <(?P<mark>[!?][^>]*)>
      | </(?P<end>[a-zA-Z][^\s/>]*)[^>]*>
      | """
TOKEN = late_pattern(
    _MARKED + r"""<(?P<start>[a-zA-Z][^\s/>]*+)(?P<inside>(?:[^>"']|"[^"]*"|'[^']*')*+)(?P<closed>>)?""",
    re.DOTALL | re.VERBOSE,
)
BEGUN = late_pattern(_MARKED + r"<(?P<start>[a-zA-Z])", re.DOTALL | re.VERBOSE)  # where the tag ends is looked up
ATTRIBUTE = late_pattern(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
NO_TAGS = late_pattern(
    r"(?i:script|style|textarea|title|xmp|iframe|noembed|noframes)"
)  # what is inside is text up to the end tag
NO_ENTITIES = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))  # as it is written
_END: tuple[object, ...] = ()
"""Where an element ends."""


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
        token_of, ends, since = TOKEN, None, 0
        while (token := token_of.search(text, since, stop)) is not None:
            start = token.start()
            name, inside, after = "", "", token.end()
            if token["start"] is not None:
                if ends is None and token["closed"] is None:
                    token_of, ends = BEGUN, Ends(text, start, stop)
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
                if self._start(name, inside, text[start:at]) and NO_TAGS.fullmatch(name):
                    closed = re.compile(rf"(?i:</{name}(?=[\s/>]))").search(text, at)
                    end = len(text) if closed is None else closed.start()
                    self._text(text[at:end], entities=name not in NO_ENTITIES)
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
        for found in ATTRIBUTE.finditer(inside):
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
