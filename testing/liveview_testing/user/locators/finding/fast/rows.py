"""Which rows of a list can hold what a person looks for: a look-up in a long list costs what changed since the last one.

Owns the sieves of texts (`Heard`), of names (`Named`) and of the controls that labels name (`Labelling`), and what is kept of each
row and leaf for them. Of 1,000 rows with a button each `get_by_role("button", name=…)` asked every button for its name (140 ms);
so it asks those whose row can say it.

Law: a sieve never denies a row that the rules would find something in. A name is made of pieces of the row, in their order: it is
in one of them, or it runs over a joint of two. What may be said from outside of the row, or is not read here, is never denied.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar, cast

from liveview_testing.browser.accessibility.queries import UNHEARD
from liveview_testing.browser.accessibility.text import NO_WIDTH, SPACES, norm
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.page.templates.skeleton import Element
from liveview_testing.browser.page.tree.instance import attribute
from liveview_testing.browser.page.tree.ropes.leaves import Leaf
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.text import TextReader
from liveview_testing.browser.page.tree.tree import Root, Template

_SESSION = "data-phx-session"
_SAYING = (
    "aria-label",
    "title",
    "alt",
    "value",
    "placeholder",
    "aria-valuetext",
    "aria-valuenow",
    "summary",
    "xlink:title",
)
"""The attributes that can be part of a name."""
_FROM_AFAR = ("aria-labelledby", "aria-owns", _SESSION)
"""With these something outside of the row may speak."""
_UNSAID = {"input": "\0Submit\0Reset\0Choose File\0"}
"""What a browser says of an element by itself."""
_MOST = 24  # pieces of a row; of more not every pair is looked at, the row is always asked

T = TypeVar("T")
_NOTHING: Any = object()  # nothing is kept: it is not the row's alone to say


class _Unknown(Exception):
    """The row's own content does not say it."""


def _no_component(cid: int) -> Root | None:  # pragma: no cover - in a row there is none
    return None


def even(text: str) -> str:
    """A text with its white space made even, at its ends too, where it may be one space."""
    return SPACES.sub(" ", text.translate(NO_WIDTH))


# --- texts ------------------------------------------------------------------------------------------------------------


class _Hearing(TextReader):
    """Reads what `full_text` reads."""

    def inside(self, node: Template, element: Element) -> None:
        if element.tag in UNHEARD:
            return
        if element.tag == "head" or attribute(node, element, _SESSION) is not None:
            raise _Unknown
        if element.tag != "input":
            super().inside(node, element)
        elif (attribute(node, element, "type") or "").lower() in ("submit", "button", "reset"):
            self.out.append(attribute(node, element, "value") or "")


def heard_row(row: object, low: bool) -> str | None:
    """The text of a row, evened out; None where it is not the row's alone to say."""
    return _kept_row(row, _HEARD[low], lambda row: _heard(row, low))


def heard_leaf(leaf: Leaf[Any], low: bool) -> str | None:
    """The text of all rows of a leaf, evened out; None where it is not theirs alone to say."""
    known = leaf.memo.get(_HEARD[low])
    if known is None:
        known = _keep(leaf, _HEARD[low], [heard_row(row, low) for row in leaf.rows], _heard_together)
    return None if known is _NOTHING else str(known)


def _heard_together(texts: list[str]) -> str:
    return even("".join(texts))


_HEARD = (("heard", False), ("heard", True))


def _heard(row: Template, low: bool) -> str:
    reader = _Hearing(_no_component, scripts=True)
    reader.kids(row, row.shape.kids)
    text = even("".join(reader.out))
    return text.lower() if low else text


class _Verbatim(TextReader):
    """Reads what `DomElement.content` reads."""

    def inside(self, node: Template, element: Element) -> None:
        if element.tag in ("template", "noscript") or attribute(node, element, _SESSION) is not None:
            raise _Unknown
        super().inside(node, element)


_FULL = (("verbatim",), ("heard in full",))


def full_row(row: object, heard: bool) -> str | None:
    """All text of a row as it is, or as it is `heard`; None where it is not the row's alone to say."""
    return _kept_row(row, _FULL[heard], lambda row: _full(row, heard))


def full_leaf(leaf: Leaf[Any], heard: bool) -> str | None:
    """All text of all rows of a leaf; None where it is not theirs alone to say."""
    known = leaf.memo.get(_FULL[heard])
    if known is None:
        known = _keep(leaf, _FULL[heard], [full_row(row, heard) for row in leaf.rows], "".join)
    return None if known is _NOTHING else str(known)


def _full(row: Template, heard: bool) -> str:
    reader = (_Hearing if heard else _Verbatim)(_no_component, scripts=True)
    reader.kids(row, row.shape.kids)
    return "".join(reader.out)


# --- who wrote into rows ----------------------------------------------------------------------------------------------


def in_row(key: Key) -> bool:
    """Whether an element stands in a row of a list."""
    return any(type(step) is tuple and step[0] != "@" for step in key[2])


def rows_speak(document: Document) -> bool:
    """Whether each row of a list says what was sent: the client has written no text into one."""
    return not any(
        (mark.text is not None or mark.inner is not None or "value" in mark.written) and in_row(key)
        for key, mark in document.marks.items()
    )


class Heard:
    """Rows with a text, evened out; `low`: in small letters, as the text asked for is."""

    __slots__ = ("key", "low", "wanted")

    def __init__(self, wanted: str, low: bool) -> None:
        self.wanted = wanted
        self.low = low
        self.key = f"heard {low} {wanted!r}"

    def leaf(self, leaf: Leaf[Any]) -> bool:
        text = heard_leaf(leaf, self.low)
        return text is None or self.wanted in text

    def row(self, row: object) -> bool:
        text = heard_row(row, self.low)
        return text is None or self.wanted in text


# --- names ------------------------------------------------------------------------------------------------------------


class Said(NamedTuple):
    """The pieces that names of a row are made of, their joints, the ids that its labels name; `afar`: some elsewhere."""

    pieces: str
    joints: frozenset[str]
    targets: str
    afar: bool


class _Naming(TextReader):
    """Reads every piece that a name may be made of, with a mark between pieces that are not one text."""

    def __init__(self) -> None:
        super().__init__(_no_component, scripts=True)
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def inside(self, node: Template, element: Element) -> None:
        if any(attribute(node, element, each) is not None for each in _FROM_AFAR):
            raise _Unknown
        self.out.append(_UNSAID.get(element.tag, "\0"))
        for each in _SAYING:
            value = attribute(node, element, each)
            if value:
                if "\n" in value or "\r" in value:  # a control drops them
                    raise _Unknown
                self.out.append(f"{value}\0")
        self.ids.add(attribute(node, element, "id") or "")
        if element.tag == "label":
            self.targets.append(attribute(node, element, "for") or "")
        super().inside(node, element)
        self.out.append("\0")


def said_row(row: object, upper: bool) -> Said | None:
    """What a row can say; None where it is not the row's alone to say."""
    return _kept_row(row, _SAID[upper], lambda row: _said(row, upper))


def said_leaf(leaf: Leaf[Any], upper: bool) -> Said | None:
    """What the rows of a leaf can say; None where it is not theirs alone to say."""
    known = leaf.memo.get(_SAID[upper])
    if known is None:
        known = _keep(leaf, _SAID[upper], [said_row(row, upper) for row in leaf.rows], _said_together)
    return None if known is _NOTHING else cast(Said, known)


_SAID = (("said", False), ("said", True))


def _said_together(rows: list[Said]) -> Said:
    pieces = "\0".join(each.pieces for each in rows)
    joints = frozenset[str]().union(*(each.joints for each in rows))
    return Said(pieces, joints, "".join(each.targets for each in rows), any(each.afar for each in rows))


def _said(row: Template, upper: bool) -> Said:
    if row.grafts is not None:
        raise _Unknown  # a part that is kept has other attributes than the template gives it
    reader = _Naming()
    reader.kids(row, row.shape.kids)
    pieces = [piece for each in "".join(reader.out).split("\0") if (piece := norm(each))]
    if len(pieces) > _MOST:
        raise _Unknown
    pieces = [each.upper() if upper else each.lower() for each in pieces]
    joints = frozenset(a[-1] + b[0] for at, a in enumerate(pieces) for b in pieces[at + 1 :])
    targets = "".join(f"\0{each}\0" for each in reader.targets)
    return Said("\0".join(pieces), joints, targets, any(each not in reader.ids for each in reader.targets if each))


def _joints_of(wanted: str) -> frozenset[str]:
    """Every pair of letters between which a text may be put together."""
    pairs = {a + b for a, b in pairwise(wanted)}
    pairs.update(wanted[at - 1] + wanted[at + 1] for at, each in enumerate(wanted) if each == " ")
    return frozenset(pairs)


class Named:
    """Rows in which a name can have a text. `upper`: compared in capitals, as names are; else in small letters."""

    __slots__ = ("_joints", "key", "upper", "wanted")

    def __init__(self, wanted: str, upper: bool = True) -> None:
        self.wanted = norm(wanted).upper() if upper else norm(wanted).lower()
        self.upper = upper
        self.key = f"named {upper} {self.wanted!r}"
        self._joints = _joints_of(self.wanted)

    def leaf(self, leaf: Leaf[Any]) -> bool:
        return self._may(said_leaf(leaf, self.upper))

    def row(self, row: object) -> bool:
        return self._may(said_row(row, self.upper))

    def _may(self, said: Said | None) -> bool:
        return said is None or self.wanted in said.pieces or not self._joints.isdisjoint(said.joints)


class Labelling:
    """Rows in which a label names the control with an id."""

    __slots__ = ("_target", "key")

    def __init__(self, dom_id: str) -> None:
        self._target = f"\0{dom_id}\0"
        self.key = f"labelling {dom_id!r}"

    def leaf(self, leaf: Leaf[Any]) -> bool:
        said = said_leaf(leaf, True)
        return said is None or self._target in said.targets

    def row(self, row: object) -> bool:
        said = said_row(row, True)
        return said is None or self._target in said.targets


class Labels(Named):
    """Rows in which a label can say a text, or a part of one: of a control elsewhere, which other labels name too."""

    __slots__ = ()

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.key = f"labels {self.wanted!r}"

    def _may(self, said: Said | None) -> bool:
        return said is None or said.afar or super()._may(said)


class AllOf:
    """Rows that all of several sieves let through."""

    __slots__ = ("_sieves", "key")

    def __init__(self, *sieves: Named | Heard) -> None:
        self._sieves = sieves
        self.key = " and ".join(each.key for each in sieves)

    def leaf(self, leaf: Leaf[Any]) -> bool:
        return all(each.leaf(leaf) for each in self._sieves)

    def row(self, row: object) -> bool:
        return all(each.row(row) for each in self._sieves)


# --- what is kept -----------------------------------------------------------------------------------------------------


def _kept_row(row: object, key: object, read: Callable[[Template], T]) -> T | None:
    if not isinstance(row, Template):
        return None
    known = row.memo.get(key)
    if known is None:
        try:
            known = _NOTHING if cids(row) else read(row)
        except _Unknown:
            known = _NOTHING
        row.memo[key] = known
    return None if known is _NOTHING else cast(T, known)


def _keep(leaf: Leaf[Any], key: object, rows: list[Any], together: Callable[[list[Any]], Any]) -> Any:
    known = leaf.memo[key] = _NOTHING if any(each is None for each in rows) else together(rows)
    return known
