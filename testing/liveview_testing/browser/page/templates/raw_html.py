"""Raw islands: the one place where html is parsed.

Escaped text never holds a "<", so a dynamic value in text position that does is raw html: a rendered markdown text, a dynamic
tag, a portal. Such an instance gets a skeleton of its own, read by lexbor (selectolax) from its statics and raw values
together, with the other slots kept as holes; it is remembered by those strings.

Law: everywhere else nothing is parsed, and slots keep their numbers, so values below an island are found as anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.page.templates.skeleton import (
    DROPS_NEWLINE,
    PLAIN,
    RAW,
    Attribute,
    Comment,
    Element,
    Hole,
    Kid,
    Part,
    Skeleton,
    Spread,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

MARK = "\ue000lv\ue001"  # private use: no template writes it
_MARK = late_pattern(MARK + r"(\d+)\ue001")
_TEMPLATE = "lv-island-template"  # lexbor shows no template content, so it is parsed under another name
_TEMPLATE_TAG = late_pattern(r"(</?)template(?=[\s/>])", re.IGNORECASE)
# Tags that a browser drops unless the right element is open around them.
_CONTEXT = {
    "tr": "tbody",
    "td": "tr",
    "th": "tr",
    "tbody": "table",
    "thead": "table",
    "tfoot": "table",
    "caption": "table",
    "colgroup": "table",
    "col": "colgroup",
}
_FIRST_TAG = late_pattern(r"\s*(?:<!--.*?-->\s*)*<([a-zA-Z][a-zA-Z0-9]*)", re.DOTALL)


def shape_of(base: Skeleton, slots: tuple[object, ...]) -> Skeleton:
    """The skeleton of an instance with these values: the template's own, unless a raw value changes it."""
    if not base.loose:
        for hole in base.holes:
            value = slots[hole.slot]
            if type(value) is str and "<" in value:
                break
        else:
            return base
    return _island(base.statics, tuple(value if type(value) is str else None for value in slots))


# --- where the next slot stands ---------------------------------------------------------------------------------------------

_STEP = {
    "text": late_pattern(r"<!--|<(/?[a-zA-Z][^\s/>]*)"),
    "tag": late_pattern(r"""["'>]"""),
    "comment": late_pattern(r"-->"),
    '"': late_pattern('"'),
    "'": late_pattern("'"),
}


class _Scanner:
    """The state of an html tokenizer, as far as a slot needs it: text, tag, inside quotes, comment, raw text."""

    def __init__(self) -> None:
        self.state = "text"
        self.tag = ""

    def read(self, text: str) -> None:
        at = 0
        while True:
            pattern = _STEP.get(self.state) or re.compile(f"</{self.state}", re.IGNORECASE)
            match = pattern.search(text, at)
            if match is None:
                return
            at, found = match.end(), match.group()
            if self.state == "text":
                self.state, self.tag = ("comment", "") if found == "<!--" else ("tag", found[1:].lower())
            elif self.state == "tag":
                if found == ">":
                    self.state = self.tag if self.tag in RAW or self.tag in PLAIN else "text"
                else:
                    self.state = found
            elif self.state == "comment":
                self.state = "text"
            elif self.state in ('"', "'"):
                self.state = "tag"
            else:  # the end tag of raw text
                self.state, self.tag = "tag", "/" + self.state


@lru_cache(4096)
def _island(statics: tuple[str, ...], values: tuple[str | None, ...]) -> Skeleton:
    """Only raw values matter for the shape; `_parsed` is keyed by them."""
    scanner = _Scanner()
    scanner.read(statics[0])
    text = [statics[0]]
    holes: dict[int, str] = {}
    for slot, static in enumerate(statics[1:]):
        value = values[slot]
        if value is not None and (scanner.state == "tag" or (scanner.state == "text" and "<" in value)):
            # in a tag that a raw value opened, or raw itself: its text decides what follows
            text.append(value)
            scanner.read(value)
        else:
            holes[slot] = scanner.state
            mark = f"{MARK}{slot}\ue001"
            if scanner.state == "text":
                mark = f"<!--{mark}-->"
            elif scanner.state == "tag":
                mark = f" {mark} "
            text.append(mark)
        text.append(static)
        scanner.read(static)
    return _parsed(statics, "".join(text))


@lru_cache(4096)
def _parsed(statics: tuple[str, ...], text: str) -> Skeleton:
    first = _FIRST_TAG.match(text)
    context = _CONTEXT.get(first.group(1).lower(), "div") if first else "div"
    text = _TEMPLATE_TAG.sub(rf"\1{_TEMPLATE}", text)
    from selectolax.lexbor import LexborHTMLParser  # most pages have no raw island

    parser = LexborHTMLParser(text, is_fragment=True, fragment_tag=context)
    return _Builder(statics).skeleton(parser.root)


def _siblings(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.next


class _Builder:
    """lexbor's tree as a skeleton."""

    def __init__(self, statics: tuple[str, ...]) -> None:
        self.statics = statics
        self.elements: list[Element | None] = []
        self.holes: list[Hole] = []
        self.spreads: list[int] = []
        self.updating: list[int] = []

    def skeleton(self, first: LexborNode | None) -> Skeleton:
        kids = self._kids(first, -1, "")
        elements = tuple(e for e in self.elements if e is not None)
        return Skeleton(
            self.statics,
            elements,
            kids,
            tuple(self.holes),
            tuple(self.spreads),
            tuple(self.updating),
            island=True,
        )

    def _kids(self, first: LexborNode | None, parent: int, tag: str) -> tuple[Kid, ...]:
        kids: list[Kid] = []
        for node in _siblings(first):
            if node.tag == "-text":
                plain = tag if tag in RAW or tag in PLAIN else ""
                for number, piece in enumerate(_MARK.split(node.text_content or "")):
                    if number % 2:
                        kids.append(Hole(int(piece), plain, not kids and self._first(tag, int(piece))))
                    elif piece:
                        kids.append(piece)
            elif node.tag == "-comment":
                text = node.comment_content or ""
                mark = _MARK.fullmatch(text.strip())
                if mark is None:
                    kids.append(Comment(text))
                else:
                    hole = Hole(int(mark.group(1)), "", not kids and self._first(tag, int(mark.group(1))))
                    self.holes.append(hole)
                    kids.append(hole)
            elif node.tag and node.tag[0] not in "-!":
                kids.append(self._element(node, parent))
        return tuple(kids)

    def _first(self, tag: str, slot: int) -> bool:
        """Whether a newline that the slot starts with is dropped: unless lexbor has dropped one before it."""
        return tag in DROPS_NEWLINE and not self.statics[slot].endswith("\n")

    def _element(self, node: LexborNode, parent: int) -> Element:
        number = len(self.elements)
        self.elements.append(None)
        attributes: list[Attribute | Spread] = []
        slots: list[int] = []
        for name, text in node.attributes.items():
            mark = _MARK.fullmatch(name)
            if mark is not None:
                slots.append(int(mark.group(1)))
                self.spreads.append(slots[-1])
                attributes.append(Spread(slots[-1]))
                continue
            value = _value(text or "")
            if isinstance(value, tuple):
                slots.extend(part for part in value if isinstance(part, int))
            attributes.append(Attribute(name, value))
            if name == "phx-update":
                self.updating.append(number)
        tag = "template" if node.tag == _TEMPLATE else node.tag or ""
        before = len(self.elements)
        kids = self._kids(node.child, number, tag)
        fixed = {a.name: a.value for a in attributes if isinstance(a, Attribute) and isinstance(a.value, str)}
        inside = [k.slot for k in kids if isinstance(k, Hole)]
        for below in self.elements[before:]:
            if below is not None:
                inside.extend((*below.own, *below.inside))
        element = Element(
            number=number,
            tag=tag,
            parent=parent,
            attributes=tuple(attributes),
            kids=kids,
            end=len(self.elements),
            fixed=fixed if len(fixed) == len(attributes) else None,
            own=range(min(slots), max(slots) + 1) if slots else range(0),
            inside=range(min(inside), max(inside) + 1) if inside else range(0),
        )
        self.elements[number] = element
        return element


def _value(text: str) -> Value:
    if MARK not in text:
        return text
    parts: list[Part] = []
    for number, piece in enumerate(_MARK.split(text)):
        if number % 2:
            parts.append(int(piece))
        elif piece:
            parts.append(piece)
    return tuple(parts)
