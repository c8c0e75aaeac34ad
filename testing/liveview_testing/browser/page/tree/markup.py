"""The page as text: what was sent, and what the browser has.

`wire_text` is the tree as the server's statics and values spell it. `markup` is the same with what the browser adds: stream
rows accumulated in their containers and marked `data-phx-stream`, component roots marked `data-phx-component`, ignored
elements as they were.

Law: the text of a subtree is made once and kept on it, as *pieces*: text, and the places of components. Components change
without their surroundings, so their text is put in last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TypeAlias, cast

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.page.templates.skeleton import RAW, VOID, Comment, Element, Hole, Kid, Spot
from liveview_testing.browser.page.tree.instance import attributes, grafted
from liveview_testing.browser.page.tree.ropes.leaves import Branch, Leaf, Tree
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Graft, Item, Keyed, Root, Row, Template, Value


class Mark:
    """Where a component's text goes, and attributes that its surroundings put on its root."""

    __slots__ = ("attributes", "cid")

    def __init__(self, cid: int, attributes: str = "") -> None:
        self.cid = cid
        self.attributes = attributes


Piece: TypeAlias = "str | Mark"
Pieces: TypeAlias = "tuple[Piece, ...]"
Components: TypeAlias = "Callable[[int], Root | None]"


class Writer:
    """Collects pieces. Short text is joined; what is already pieces stays pieces, so that a long list is not copied.

    `Parts` (`parts`) is written to in the same way, and keeps what is below as what it is.
    """

    __slots__ = ("_text", "pieces")

    def __init__(self) -> None:
        self._text: list[str] = []
        self.pieces: list[Piece] = []

    def text(self, text: str) -> None:
        """Adds text."""
        self._text.append(text)

    def value(self, value: Value) -> None:
        """Adds what stands in a slot."""
        self.all(pieces_of(value))

    def rows(self, rope: Rope[Template | Fixed] | Rope[Item] | Rope[Template], holder: Template | None) -> None:
        """Adds the rows of a list; `holder` is the template whose container they are in."""
        self.all(_rope(rope, holder))

    def all(self, pieces: Pieces) -> None:
        """Adds pieces."""
        if len(pieces) == 1 and type(pieces[0]) is str:
            self._text.append(pieces[0])
            return
        self.pieces.append("".join(self._text))
        self._text.clear()
        self.pieces.extend(pieces)

    def done(self) -> Pieces:
        """All pieces in order."""
        if not self.pieces:
            return ("".join(self._text),)
        return (*self.pieces, "".join(self._text)) if self._text else tuple(self.pieces)


# --- as sent ----------------------------------------------------------------------------------------------------------------


def wire_text(value: Value, components: Components) -> str:
    """Statics interleaved with values; integers are components' texts."""  # DF-33
    out: list[str] = []
    _wire(value, components, out)
    return "".join(out)


def _wire(value: Value, components: Components, out: list[str]) -> None:
    if type(value) is str:
        out.append(value)
    elif isinstance(value, Template):
        statics = value.skeleton.statics
        out.append(statics[0])
        for at, slot in enumerate(value.slots):
            _wire(slot, components, out)
            out.append(statics[at + 1])
    elif isinstance(value, Keyed):
        for row in value.rows:
            _wire(row, components, out)
    elif isinstance(value, int):
        root = components(value)
        if root is not None:
            _wire(root, components, out)


# --- as the browser has it --------------------------------------------------------------------------------------------------

ROOT_TAG = late_pattern(r"\s*(?:<!--.*?-->\s*)*<[a-zA-Z][^\s/>]*", re.DOTALL)


def marked(pieces: Pieces, attributes: str) -> Pieces:
    """With attributes put on the first tag, after leading comments."""  # DF-34
    for at, piece in enumerate(pieces):
        if isinstance(piece, Mark):
            return (*pieces[:at], Mark(piece.cid, piece.attributes + attributes), *pieces[at + 1 :])
        match = ROOT_TAG.match(piece)
        if match is not None:
            return (*pieces[:at], f"{piece[: match.end()]}{attributes}{piece[match.end() :]}", *pieces[at + 1 :])
        if piece.strip():
            break
    return pieces


def pieces_of(value: Value) -> Pieces:
    """The browser's text of a subtree."""
    if type(value) is str:
        return (value,)
    if isinstance(value, Template):
        found = value.markup
        if found is None:
            found = value.markup = _template(value)
        return cast(Pieces, found)
    if isinstance(value, Keyed):
        return _rope(cast("Rope[Template | Fixed]", value.rows), None)
    assert isinstance(value, int)
    return (Mark(value),)


def _template(template: Template) -> Pieces:
    if template.grafts is None:
        pieces = _interleaved(template)
    else:
        writer = Writer()
        write_template(template, writer)
        pieces = writer.done()
    attributes = row_attributes(template)
    return marked(pieces, attributes) if attributes else pieces


def row_attributes(template: Template) -> str:
    """What the browser writes on the root of a stream's row."""
    return (
        f' data-phx-stream="{escape(template.ref)}"' if isinstance(template, Row) and template.ref is not None else ""
    )


def write_template(template: Template, writer: Writer) -> None:
    """The text of an instance, as its slots and grafts have it."""
    _between(template, (0, 0), (len(template.slots), len(template.skeleton.statics[-1])), writer)


def _interleaved(template: Template) -> Pieces:
    statics = template.skeleton.statics
    out = [statics[0]]
    for at, slot in enumerate(template.slots):
        if type(slot) is str:
            out.append(slot)
        else:
            pieces = pieces_of(slot)
            first = pieces[0]
            if len(pieces) > 1 or type(first) is not str:
                writer = Writer()
                write_template(template, writer)
                return writer.done()
            out.append(first)
        out.append(statics[at + 1])
    return ("".join(out),)


def _rope(rope: Rope[Template | Fixed] | Rope[Item] | Rope[Template], holder: Template | None) -> Pieces:
    tree = cast("Tree[Template | Fixed] | None", rope.tree)
    return ("",) if tree is None else _tree(tree, holder)


def _tree(tree: Tree[Template | Fixed], holder: Template | None) -> Pieces:
    found = tree.markup
    if found is not None:
        return cast(Pieces, found)
    keep = True
    if isinstance(tree, Leaf):
        writer = Writer()
        for row in tree.rows:
            if isinstance(row, Fixed):
                keep = keep and row.node is not None  # a kid of the holder changes with it
                write_fixed(row, holder, writer)
            else:
                writer.all(pieces_of(row))
        pieces = writer.done()
    else:
        assert isinstance(tree, Branch)
        parts: list[Piece] = []
        for child in tree.children:
            parts.extend(_tree(child, holder))
            keep = keep and child.markup is not None
        pieces = tuple(parts)
    if keep:
        tree.markup = pieces
    return pieces


def write_fixed(item: Fixed, holder: Template | None, writer: Writer) -> None:
    """The text of a child of a container that is no row."""
    node = item.node if item.node is not None else holder
    assert node is not None
    if isinstance(item.kid, Hole):
        writer.value(node.slots[item.kid.slot])
    else:
        write_element(node, node.shape.elements[item.kid], writer)


def _between(template: Template, start: Spot, stop: Spot, writer: Writer) -> None:
    """The text from one spot to another, with the contents of grafted elements replaced."""
    grafts = grafted(template)
    if grafts and template.shape.island:
        for kid in template.shape.kids:
            _write_kid(template, kid, writer, "")
        return
    at = start
    for number in sorted(grafts):
        element = template.shape.elements[number]
        if element.tag_end is None or element.tag_end < at or element.tag_end >= stop:
            continue  # inside another graft, or outside of this text
        assert element.start is not None and element.after is not None
        _plain(template, at, element.start, writer)
        _write_grafted(template, element, grafts[number], writer)
        at = element.after
    _plain(template, at, stop, writer)


def _plain(template: Template, start: Spot, stop: Spot, writer: Writer) -> None:
    statics, slots = template.skeleton.statics, template.slots
    first, offset = start
    last, end = stop
    if first == last:
        writer.text(statics[first][offset:end])
        return
    writer.text(statics[first][offset:])
    for at in range(first, last):
        slot = slots[at]
        if type(slot) is str:
            writer.text(slot)
        else:
            writer.value(slot)
        writer.text(statics[at + 1] if at + 1 < last else statics[last][:end])


def _write_grafted(template: Template, element: Element, graft: Graft, writer: Writer) -> None:
    if isinstance(graft, Frozen):
        _open_tag(element.tag, frozen_attributes(template, element, graft), writer)
        _write_inside(graft.node, graft.node.shape.elements[graft.element], writer)
        writer.text(f"</{element.tag}>")
        return
    if element.open_end is not None and element.start is not None:
        _plain(template, element.start, element.open_end, writer)
    else:
        _open_tag(element.tag, attributes(template, element).items(), writer)
    # The container's own whitespace stays around its children.
    kids = element.kids
    writer.text(_blank(kids[0]) if kids else "")
    writer.rows(graft, template)
    writer.text(_blank(kids[-1]) if len(kids) > 1 else "")
    writer.text(f"</{element.tag}>")


def _blank(kid: Kid) -> str:
    return kid if isinstance(kid, str) and kid.isspace() else ""


def frozen_attributes(template: Template, element: Element, graft: Frozen) -> list[tuple[str, str]]:
    """An ignored element has its old attributes, but the data-* of today."""
    old = attributes(graft.node, graft.node.shape.elements[graft.element])
    kept = [(name, value) for name, value in old.items() if not name.startswith("data-")]
    new = [(name, value) for name, value in attributes(template, element).items() if name.startswith("data-")]
    return kept + new


# --- one element ------------------------------------------------------------------------------------------------------------


def write_element(template: Template, element: Element, writer: Writer) -> None:
    """The outer text of an element."""
    graft = grafted(template).get(element.number)
    if graft is not None:
        _write_grafted(template, element, graft, writer)
    elif element.start is not None and element.after is not None:
        _between(template, element.start, element.after, writer)
    else:
        _open_tag(element.tag, attributes(template, element).items(), writer)
        if element.tag not in VOID:
            _write_inside(template, element, writer)
            writer.text(f"</{element.tag}>")


def write_inside(template: Template, element: Element, writer: Writer) -> None:
    """The inner text of an element."""
    graft = grafted(template).get(element.number)
    if graft is None:
        _write_inside(template, element, writer)
    elif isinstance(graft, Frozen):
        _write_inside(graft.node, graft.node.shape.elements[graft.element], writer)
    else:
        writer.rows(graft, template)


def _write_inside(template: Template, element: Element, writer: Writer) -> None:
    if element.open_end is not None and element.close is not None:
        _between(template, element.open_end, element.close, writer)
        return
    for kid in element.kids:
        _write_kid(template, kid, writer, element.tag)


def _write_kid(template: Template, kid: Kid, writer: Writer, tag: str) -> None:
    if isinstance(kid, str):
        writer.text(kid if tag in RAW else escape(kid, quote=False))
    elif isinstance(kid, Comment):
        writer.text(f"<!--{kid.text}-->")
    elif isinstance(kid, Hole):
        writer.value(template.slots[kid.slot])
    else:
        write_element(template, kid, writer)


def _open_tag(tag: str, pairs: Iterable[tuple[str, str]], writer: Writer) -> None:
    writer.text(f"<{tag}")
    for name, value in pairs:
        writer.text(f' {name}="{escape(value)}"' if value else f" {name}")
    writer.text(">")


# --- with components --------------------------------------------------------------------------------------------------------


def spelled(pieces: Pieces, components: Components, within: tuple[int, ...] = ()) -> str:
    """The pieces with every component's text in its place."""
    if len(pieces) == 1 and type(pieces[0]) is str:
        return pieces[0]  # nearly always
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        root = components(piece.cid)
        if root is not None and piece.cid not in within:
            out.append(_component(root, piece, components, within))
    return "".join(out)


def _component(root: Root, mark: Mark, components: Components, within: tuple[int, ...]) -> str:
    if not mark.attributes and root.text is not None:
        return root.text
    pieces = marked(pieces_of(root), f' data-phx-component="{mark.cid}"{mark.attributes}')
    text = spelled(pieces, components, (*within, mark.cid))
    if not mark.attributes and len(pieces) == 1 and isinstance(pieces[0], str):
        root.text = text  # no component inside: it changes with this one only
    return text
