"""The statics of a template, read: its elements, and where each dynamic value stands.

Owns `skeleton`, from statics to the elements of a template, and the decoding of character references. Law: reading is linear in the
statics, and equal statics give the same object.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from html import unescape
from html.entities import html5
from types import MappingProxyType

from liveview_testing.browser.page.templates.skeleton import (
    ATTRIBUTE,
    DROPS_NEWLINE,
    EQUALS,
    FOREIGN,
    HOLE,
    NAME,
    PLAIN,
    RAW,
    REFERENCE,
    SPACE,
    TAG,
    UNQUOTED,
    VOID,
    Attribute,
    Comment,
    Element,
    Hole,
    Kid,
    Part,
    Skeleton,
    Spot,
    Spread,
    Value,
    skeletons,
)


def decode(text: str) -> str:
    """Text content with its character references resolved."""
    return unescape(text) if "&" in text else text


def decode_attribute(text: str) -> str:
    """An attribute's value: as `decode`, but `?a=1&copy=2` is no ©, as HTML says for attributes."""
    if "&" not in text:
        return text

    def one(match: re.Match[str]) -> str:
        found = match.group()
        if found[1] == "#":
            return unescape(found)
        name = found[1:]
        # without its semicolon a name must end here: `&copy=` and `&notit;` are left as they are
        if name not in html5 or (name[-1] != ";" and text[match.end() : match.end() + 1] == "="):
            return found
        return html5[name]

    return REFERENCE.sub(one, text)


@lru_cache(4096)
def read_attributes(text: str) -> tuple[tuple[str, str], ...]:
    """The attributes of a whole-attribute slot, in order, values decoded, a bare one as "".

    >>> read_attributes(' id="a&amp;b" disabled')
    (('id', 'a&b'), ('disabled', ''))
    """
    found: list[tuple[str, str]] = []
    for name, double, single, bare in ATTRIBUTE.findall(text):
        found.append((name.lower(), decode_attribute(double or single or bare)))
    return tuple(found)


class _Open:
    """An element whose close tag has not come yet."""

    __slots__ = ("attributes", "first_slot", "kids", "number", "open_end", "parent", "slots", "tag", "tag_end")

    def __init__(self, number: int, tag: str, parent: int, first_slot: int) -> None:
        self.number = number
        self.tag = tag
        self.parent = parent
        self.attributes: list[Attribute | Spread] = []
        self.kids: list[Kid] = []
        self.first_slot = first_slot
        self.slots = first_slot
        self.tag_end = self.open_end = 0


class _Reader:
    """One pass over the statics, joined by a marker for each slot."""

    def __init__(self, statics: tuple[str, ...]) -> None:
        self.statics = statics
        clean = [s.replace(HOLE, "\ufffd") for s in statics] if any(HOLE in s for s in statics) else statics
        self.text = HOLE.join(clean)
        self.starts: list[int] = []
        at = 0
        for static in statics:
            self.starts.append(at)
            at += len(static) + 1
        self.slot = 0
        self.elements: list[Element | None] = []
        self.top: list[Kid] = []
        self.stack: list[_Open] = []
        self.holes: list[Hole] = []
        self.spreads: list[int] = []
        self.updating: list[int] = []
        self.loose = False
        self.foreign = 0  # how many svg or math elements are open

    def skeleton(self) -> Skeleton:
        self._read()
        if self.stack:
            self.loose = True
        while self.stack:
            self._close(self.stack[-1], len(self.text), len(self.text))
        elements = tuple(e for e in self.elements if e is not None)
        return Skeleton(
            self.statics,
            elements,
            tuple(self.top),
            tuple(self.holes),
            tuple(self.spreads),
            tuple(sorted(self.updating)),
            self.loose,
        )

    # text

    def _kids(self) -> list[Kid]:
        return self.stack[-1].kids if self.stack else self.top

    def _text(self, text: str, plain: str = "", *, verbatim: bool = False) -> None:
        """Text with markers in it becomes text and holes."""
        if not text:
            return
        kids = self._kids()
        opened = self.stack[-1] if self.stack else None
        first = opened is not None and opened.tag in DROPS_NEWLINE and not kids
        for number, piece in enumerate(text.split(HOLE)):
            if number:
                hole = Hole(self.slot, plain, first)
                self.slot += 1
                first = False
                kids.append(hole)
                if not plain:
                    self.holes.append(hole)
            if piece:
                if "\r" in piece:
                    piece = piece.replace("\r\n", "\n").replace("\r", "\n")
                if first and piece[0] == "\n":
                    piece = piece[1:]
                first = False
                if piece:
                    kids.append(piece if verbatim else decode(piece))

    # markup

    def _read(self) -> None:
        text, at, end = self.text, 0, len(self.text)
        while at < end:
            less = text.find("<", at)
            if less < 0:
                self._text(text[at:])
                return
            self._text(text[at:less])
            follows = text[less + 1 : less + 2]
            if text.startswith("<!--", less):
                at = self._comment(less + 4)
            elif follows == "!" or follows == "?":
                at = self._bogus(less + 1)
            elif follows == "/":
                at = self._end_tag(less)
            elif follows.isascii() and follows.isalpha():
                at = self._start_tag(less)
            else:
                self._text("<", verbatim=True)
                at = less + 1

    def _comment(self, at: int) -> int:
        stop = self.text.find("-->", at)
        if stop < 0:
            self.loose = True
            stop = len(self.text)
        self._kids().append(Comment(self.text[at:stop]))
        self.slot += self.text.count(HOLE, at, stop)
        return stop + 3

    def _bogus(self, at: int) -> int:
        """A doctype, or something a browser reads as a comment."""
        stop = self.text.find(">", at)
        stop = len(self.text) if stop < 0 else stop
        self.slot += self.text.count(HOLE, at, stop)
        return stop + 1

    def _end_tag(self, less: int) -> int:
        stop = self.text.find(">", less)
        if stop < 0:
            self.loose = True
            stop = len(self.text)
        name = self.text[less + 2 : stop].strip()
        inner = self.stack[-1] if self.stack else None
        if inner is not None and (inner.tag == name or inner.tag == name.lower()):
            self._close(inner, less, stop + 1)
        elif name.lower() not in VOID:
            self.loose = True
            self.slot += name.count(HOLE)
        return stop + 1

    def _start_tag(self, less: int) -> int:
        text = self.text
        match = TAG.match(text, less + 1)
        assert match is not None  # a letter follows
        tag = match.group() if self.foreign else match.group().lower()
        if tag in FOREIGN:
            self.foreign += 1
        foreign = self.foreign > 0
        opened = _Open(len(self.elements), tag, self.stack[-1].number if self.stack else -1, self.slot)
        self.elements.append(None)
        opened.tag_end = match.end()
        at, closed = self._attributes(opened, match.end(), foreign)
        opened.slots = self.slot
        opened.open_end = at
        self.stack.append(opened)
        if tag in VOID and not foreign:
            self._close(opened, at, at)
        elif closed:
            if foreign:
                self._close(opened, at, at)
            else:
                self.loose = True  # HTML ignores the slash: `<div/>` stays open
        elif (tag in RAW or tag in PLAIN) and not foreign:
            stop = re.compile(f"</{re.escape(tag)}", re.IGNORECASE).search(text, at)
            end = stop.start() if stop else len(text)
            self._text(text[at:end], tag, verbatim=tag in RAW)
            return end
        return at

    def _attributes(self, opened: _Open, at: int, foreign: bool) -> tuple[int, bool]:
        """Reads up to and including `>`; whether it was `/>`."""
        text, end = self.text, len(self.text)
        seen: set[str] = set()
        value_end = at
        while True:
            space = SPACE.match(text, at)
            assert space is not None  # it may be empty
            at = space.end()
            if at >= end:
                self.loose = True
                return end, False
            char = text[at]
            if char == ">":
                return at + 1, text[at - 1] == "/" and at > value_end
            if char == HOLE:
                opened.attributes.append(Spread(self.slot))
                self.spreads.append(self.slot)
                self.slot += 1
                at += 1
                continue
            match = NAME.match(text, at)
            if match is None:  # a stray "=": HTML takes it into the name
                at += 1
                continue
            name = match.group() if foreign else match.group().lower()
            at = match.end()
            value: Value = ""
            equals = EQUALS.match(text, at)
            if equals is not None:
                at, value = self._value(equals.end())
                value_end = at  # a slash inside `href=a/` closes nothing
            if name not in seen:  # the first of a name wins (AT-11)
                seen.add(name)
                opened.attributes.append(Attribute(name, value))
                if name == "phx-update":
                    self.updating.append(opened.number)

    def _value(self, at: int) -> tuple[int, Value]:
        text = self.text
        quote = text[at : at + 1]
        if quote in ('"', "'"):
            stop = text.find(quote, at + 1)
            if stop < 0:
                self.loose = True
                stop = len(text)
            raw, after = text[at + 1 : stop], stop + 1
        else:
            match = UNQUOTED.match(text, at)
            assert match is not None  # it may be empty
            raw, after = match.group(), match.end()
        if HOLE not in raw:
            return after, decode_attribute(raw)
        parts: list[Part] = []
        for number, piece in enumerate(raw.split(HOLE)):
            if number:
                parts.append(self.slot)
                self.slot += 1
            if piece:
                parts.append(decode_attribute(piece))
        return after, tuple(parts)

    def _close(self, opened: _Open, close: int, after: int) -> None:
        self.stack.pop()
        if opened.tag in FOREIGN:
            self.foreign -= 1
        attributes = tuple(opened.attributes)
        fixed: dict[str, str] | None = {}
        for attribute in attributes:
            if isinstance(attribute, Attribute) and isinstance(attribute.value, str):
                if fixed is not None:
                    fixed[attribute.name] = attribute.value
            else:
                fixed = None
        element = Element(
            number=opened.number,
            tag=opened.tag,
            parent=opened.parent,
            attributes=attributes,
            kids=tuple(opened.kids),
            end=len(self.elements),
            fixed=None if fixed is None else MappingProxyType(fixed),
            own=range(opened.first_slot, opened.slots),
            inside=range(opened.slots, self.slot),
            tag_end=self._spot(opened.tag_end),
            open_end=self._spot(opened.open_end),
            close=self._spot(close),
            after=self._spot(after),
        )
        self.elements[opened.number] = element
        self._kids().append(element)

    def _spot(self, at: int) -> Spot:
        """The static that a position of the joined text falls into."""
        static = bisect_right(self.starts, at) - 1
        return static, min(at - self.starts[static], len(self.statics[static]))


def skeleton(statics: tuple[str, ...]) -> Skeleton:
    """The skeleton of these statics; equal statics give the same object.

    >>> shape = skeleton(('<p id="', '">', "</p>"))
    >>> shape.elements[0].attributes
    (Attribute(name='id', value=(0,)),)
    >>> shape is skeleton(('<p id="', '">', "</p>"))
    True
    """
    found = skeletons.get(statics)
    if found is None:
        found = skeletons[statics] = _Reader(statics).skeleton()
    return found
