"""Skeletons: the elements of a template, read once from its statics.

A template travels as its *statics*, the text around its dynamic values. They are the same for every row and every version
of a page, so they are parsed once: here. A skeleton knows each element's tag, attributes, parent and children, and for every
dynamic value (a *slot*) where it stands: between elements, inside a quoted attribute value, or as a whole attribute.

It saves that reading: a row of a list that is brought with its statics costs 0.2 µs here, where reading `<li …><b>…</b>…</li>`
anew costs 60.

Law: reading is linear in the statics, and equal statics give the same object. Statics come out of a HEEx compiler and are
well formed; those that are not (`loose`) are left to the library that reads raw islands (`raw_html`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

# TG-17 and HTML's own.
_VOID = "area base br col command embed hr img input keygen link meta param source track wbr"
VOID = frozenset(_VOID.split(" "))
RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})  # text without entities
PLAIN = frozenset({"textarea", "title"})  # text with entities
FOREIGN = frozenset(["svg", "math"])
DROPS_NEWLINE = frozenset(["textarea", "pre", "listing"])  # HTML drops one newline after the open tag

Part: TypeAlias = "str | int"
"""Of an attribute's value: decoded text, or the number of a slot."""

Value: TypeAlias = "str | tuple[Part, ...]"

Kid: TypeAlias = "str | Element | Hole | Comment"
"""A child: decoded text, an element, a slot in text position, or a comment."""

Spot: TypeAlias = "tuple[int, int]"
"""A position in the wire text: which static, and how far into it."""


@frozen
class Hole:
    """A slot in text position. `plain` is "" where markup may stand, else the tag whose text it is part of."""

    slot: int
    plain: str = ""
    first: bool = False  # right after <textarea> or <pre>: a leading newline is not content


@frozen
class Comment:
    """A comment; its slots (there may be some) are never content."""

    text: str


@frozen
class Spread:
    """A slot in whole-attribute position: `' id="a"'`, `' disabled'`, `''`."""  # AT-6, AT-9

    slot: int


@frozen
class Attribute:
    """`name="value"`; the value is text, or parts of which some are slots."""

    name: str
    value: Value


@frozen(eq=False, repr=False)
class Element:
    """One element of a skeleton. Numbers are preorder: its descendants are `number + 1 .. end - 1`."""

    number: int
    tag: str
    parent: int  # -1: top level
    attributes: tuple[Attribute | Spread, ...]
    kids: tuple[Kid, ...]
    end: int
    fixed: Mapping[str, str] | None  # all attributes, if none is dynamic
    own: range  # slots of its attributes
    inside: range  # slots of its content
    tag_end: Spot | None = None  # in the wire text: after `<tag`; None in islands
    open_end: Spot | None = None
    close: Spot | None = None  # before `</tag>`
    after: Spot | None = None

    @property
    def start(self) -> Spot | None:
        """In the wire text: before `<tag`."""
        return None if self.tag_end is None else (self.tag_end[0], self.tag_end[1] - len(self.tag) - 1)

    def __repr__(self) -> str:
        return f"<Element {self.number} {self.tag}>"

    def static(self, name: str) -> str | None:
        """The value of a static attribute; None if it is dynamic or missing."""
        if self.fixed is not None:
            return self.fixed.get(name)
        for attribute in self.attributes:
            if isinstance(attribute, Attribute) and attribute.name == name:
                return attribute.value if isinstance(attribute.value, str) else None
        return None

    def names(self, name: str) -> bool:
        """Whether the template itself writes the attribute, whatever its value."""
        if self.fixed is not None:
            return name in self.fixed
        return any(isinstance(a, Attribute) and a.name == name for a in self.attributes)

    def may_have(self, name: str) -> bool:
        """Whether some instance may carry the attribute."""
        if self.fixed is not None:
            return name in self.fixed
        return any(isinstance(a, Spread) or a.name == name for a in self.attributes)


@frozen(eq=False, repr=False)
class Skeleton:
    """The elements of one template. Compared by identity: equal statics give the same skeleton."""

    statics: tuple[str, ...]
    elements: tuple[Element, ...]
    kids: tuple[Kid, ...]  # top level
    holes: tuple[Hole, ...]  # every slot in text position where markup may stand
    spreads: tuple[int, ...]  # slots in whole-attribute position
    updating: tuple[int, ...]  # elements with a phx-update attribute, static or dynamic
    loose: bool = False  # not well formed by itself
    island: bool = False  # came from raw text
    memo: dict[object, Any] = field(factory=dict[object, Any], init=False)
    """What others compute once for a skeleton. Only facts: the skeleton stays a value."""

    @property
    def size(self) -> int:
        """How many slots an instance has."""
        return len(self.statics) - 1

    def __repr__(self) -> str:
        text = "…".join(self.statics)
        return f"<Skeleton {text if len(text) < 60 else text[:57] + '...'!r}>"


# --- character references ---------------------------------------------------------------------------------------------------

REFERENCE = late_pattern(r"&(?:#[xX]?[0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)")


# --- attributes of a whole-attribute slot -----------------------------------------------------------------------------------

ATTRIBUTE = late_pattern(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")


# --- the tokenizer ----------------------------------------------------------------------------------------------------------

HOLE = "\0"
TAG = re.compile(r"[^\s/>\0]+")
SPACE = re.compile(r"[\s/]*")
NAME = re.compile(r"[^\s/>=\0]+")
EQUALS = re.compile(r"\s*=\s*")
UNQUOTED = late_pattern(r"[^\s>]*")


skeletons: dict[tuple[str, ...], Skeleton] = {}


def walk(kids: tuple[Kid, ...]) -> Iterator[Element]:
    """The elements among these kids and below, in document order."""
    for kid in kids:
        if isinstance(kid, Element):
            yield kid
            yield from walk(kid.kids)
