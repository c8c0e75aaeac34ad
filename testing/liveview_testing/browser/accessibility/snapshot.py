"""The aria snapshot: a part of a page as roles, names, states and texts, in the very words that Playwright writes.

Owns the tree (`aria_tree`), its text (`aria_snapshot`), and which templates match it (`matches`). Law: character for character
Playwright's text; every element is visited once; what is hidden for assistive technology is not there, with all that is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility.boxes import is_inline_box
from liveview_testing.browser.accessibility.display import is_hidden
from liveview_testing.browser.accessibility.dom import DomElement
from liveview_testing.browser.accessibility.names import is_inline, name
from liveview_testing.browser.accessibility.roles import NO_ROLE, role
from liveview_testing.browser.accessibility.states import (
    CHECKED,
    DISABLED,
    EXPANDED,
    INVALID,
    LEVEL,
    PRESSED,
    SELECTED,
    Mixed,
    checked,
    disabled,
    expanded,
    invalid,
    level,
    pressed,
    selected,
)
from liveview_testing.browser.accessibility.text import SPACE, QueryError, as_script, js_number, norm
from liveview_testing.browser.page.controls import input_type

MOST = 900  # characters of a name that is written

Piece: TypeAlias = "AriaNode | str"


@frozen
class AriaNode:
    """An element with a role, as assistive technology has it. A state is None where the role has no such state."""

    role: str
    name: str = ""
    children: tuple[Piece, ...] = ()
    checked: bool | Mixed | None = None
    disabled: bool | None = None
    expanded: bool | None = None
    invalid: bool | Literal["grammar", "spelling"] | None = None
    level: int | None = None
    pressed: bool | Mixed | None = None
    selected: bool | None = None
    url: str | None = None
    placeholder: str | None = None
    said_hidden: bool = False
    """It has `aria-hidden`, and is shown all the same."""
    element: DomElement | None = None

    def key(self) -> str:
        """The node as one line has it: role, name and marks."""
        parts = [self.role]
        if self.name and _units(self.name) <= MOST:
            parts.append(json.dumps(self.name, ensure_ascii=False))
        parts.extend(f"[{mark}]" for mark in self.marks())
        return " ".join(parts)

    def marks(self) -> Iterator[str]:
        """The states that are worth a mark."""
        if self.checked:
            yield "checked=mixed" if self.checked == "mixed" else "checked"
        if self.disabled:
            yield "disabled"
        if self.expanded:
            yield "expanded"
        if self.invalid:
            yield "invalid" if self.invalid is True else f"invalid={self.invalid}"
        if self.level:
            yield f"level={self.level}"
        if self.pressed:
            yield "pressed=mixed" if self.pressed == "mixed" else "pressed"
        if self.selected:
            yield "selected"
        if self.said_hidden:
            yield "aria-hidden"


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


# --- the tree -----------------------------------------------------------------------------------------------------------------


def aria_tree(element: DomElement) -> AriaNode:
    """What assistive technology has of an element: a nameless node (`fragment`) around the element's own."""
    if not element.tag:
        element = next((each for each in element.iter() if each.tag == "body"), element)
    pieces: list[Piece] = []
    _visit(element, _Above("fragment"), pieces, set())
    return AriaNode("fragment", children=_merged(pieces, ""), element=element)


class _Above:
    """The node that a part of the page belongs to: its role and name, and what elements without a node add to it."""

    __slots__ = ("name", "placeholder", "role", "url")

    def __init__(self, role: str, name: str = "") -> None:
        self.role = role
        self.name = name
        self.url: str | None = None
        self.placeholder: str | None = None


def _visit(element: DomElement, above: _Above, pieces: list[Piece], visited: set[DomElement]) -> None:
    if element in visited:
        return
    visited.add(element)
    if is_hidden(element):
        return
    own = _node_role(element)
    if own is None:
        _fill(element, above, pieces, visited)
        return
    into: list[Piece] = []
    if element.tag in ("input", "textarea"):
        if element.tag == "textarea" or input_type(element) not in ("checkbox", "radio", "file"):
            into.append(element.document.state.value(element))
    here = _Above(own, "" if own == "iframe" else norm(name(element)))
    _fill(element, here, into, visited)
    node = _node(element, here, into)
    if node is not None:
        pieces.append(node)


def _fill(element: DomElement, above: _Above, into: list[Piece], visited: set[DomElement]) -> None:
    around = "" if is_inline(element) else " "
    into.append(around)
    keeps = element.tag != "details" or element.document.state.open(element)
    for kid in element.children:
        if not isinstance(kid, str):
            _visit(kid, above, into, visited)
        elif keeps and above.role != "textbox":
            into.append(kid)
    for each in element.document.by_ids(element.get("aria-owns")):
        _visit(each, above, into, visited)
    into.append(around)
    if above.role == "link" and (url := element.get("href")) is not None:
        above.url = _short(url)
    elif above.role == "textbox" and (said := element.get("placeholder")) is not None and said != above.name:
        above.placeholder = said


def _node_role(element: DomElement) -> str | None:
    """The role of the node that an element becomes; None if it becomes none."""
    if element.tag in ("iframe", "frame"):
        return "iframe"
    own = role(element)
    if own is None or own in NO_ROLE:
        return None
    kids = element.children
    if own == "generic" and len(kids) == 1 and isinstance(kids[0], str) and is_inline_box(element):
        return None
    return own


def _node(element: DomElement, here: _Above, pieces: list[Piece]) -> AriaNode | None:
    own, named = here.role, here.name
    children = _merged(pieces, named)
    if own == "generic" and not named and not children:
        return None
    return AriaNode(
        role=own,
        name=named,
        children=children,
        checked=(checked(element) or False) if own in CHECKED else None,
        disabled=disabled(element) if own in DISABLED else None,
        expanded=expanded(element) if own in EXPANDED else None,
        invalid=invalid(element) if own in INVALID else None,
        level=level(element) if own in LEVEL else None,
        pressed=pressed(element) if own in PRESSED else None,
        selected=selected(element) if own in SELECTED else None,
        url=here.url,
        placeholder=here.placeholder,
        said_hidden=(element.get("aria-hidden") or "").lower() == "true",
        element=element,
    )


def _short(url: str) -> str:
    """A link's target; of one that holds its data, without the data."""
    return url[: url.index(",") + 1] + "…" if url.startswith("data:") and "," in url else url


def _merged(pieces: list[Piece], named: str) -> tuple[Piece, ...]:
    """Neighbouring texts as one, evened out; a text that only repeats the name is not said twice."""
    found: list[Piece] = []
    texts: list[str] = []
    for piece in (*pieces, None):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        text = norm("".join(texts))
        texts.clear()
        if text:
            found.append(text)
        if piece is not None:
            found.append(piece)
    return () if found == [named] else tuple(found)


# --- its text -----------------------------------------------------------------------------------------------------------------


def aria_snapshot(element: DomElement, *, depth: int | None = None) -> str:
    """The aria snapshot of an element; of the root: of the body. Nodes at `depth` do not show what is in them."""
    return written(aria_tree(element), depth=depth)


def written(tree: AriaNode, *, depth: int | None = None) -> str:
    """The text of a tree (of its children, for `fragment`)."""
    lines: list[str] = []
    for piece in tree.children if tree.role == "fragment" else (tree,):
        _write(piece, 0, depth, lines)
    return "\n".join(lines)


def _write(piece: Piece, at: int, depth: int | None, lines: list[str]) -> None:
    margin = "  " * at
    if isinstance(piece, str):
        lines.append(f"{margin}- text: {quoted_value(piece)}")
        return
    line = f"{margin}- {quoted_key(piece.key())}"
    props = [
        (key, value) for key, value in (("url", piece.url), ("placeholder", piece.placeholder)) if value is not None
    ]
    children = piece.children
    only = children[0] if len(children) == 1 and isinstance(children[0], str) else None
    if only is None and depth and at == depth:
        children = ()
    if only is not None and not props:
        lines.append(f"{line}: {quoted_value(only)}")
    elif not children and not props:
        lines.append(line)
    else:
        lines.append(f"{line}:")
        lines.extend(f"{margin}  - /{key}: {quoted_value(value)}" for key, value in props)
        for child in children:
            _write(child, at + 1, depth, lines)


_QUOTED = late_pattern(
    "|".join(
        (
            rf"\A\Z|\A[{SPACE}]|[{SPACE}]\Z",
            r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\n\r{}`]",
            rf":(?:[{SPACE}]|\Z)|[{SPACE}]#",
            r"""\A[-&*\],?!>|@"'#%\[]""",
            r"\A(?i:y|n|yes|no|true|false|on|off|null|~|[-+]?\.(?:inf|nan))\Z",
        )
    )
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def needs_quotes(text: str) -> bool:
    """Whether YAML would read a text as something else."""
    return _QUOTED.search(text) is not None or js_number(text) is not None


def quoted_key(text: str) -> str:
    """A key as YAML has it."""
    return "'" + text.replace("'", "''") + "'" if needs_quotes(text) else text


def quoted_value(text: str) -> str:
    """A value as YAML has it."""
    if not needs_quotes(text):
        return text
    return '"' + re.sub(r'[\\"\x00-\x1f\x7f-\x9f]', _escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\x{ord(match[0]):02x}"


# --- templates -----------------------------------------------------------------------------------------------------------------

Mode = Literal["contain", "equal", "deep-equal"]


@frozen
class TextValue:
    """A text that is expected: as written, which may be a regular expression between slashes, and evened out."""

    raw: str
    even: str
    pattern: re.Pattern[str] | None

    @staticmethod
    def of(raw: str) -> TextValue:
        """A value as it is written."""
        pattern = _pattern(raw[1:-1]) if len(raw) > 1 and raw.startswith("/") and raw.endswith("/") else None
        return TextValue(raw, norm(raw), pattern)

    def matches(self, text: str | None) -> bool:
        """Whether a text is the expected one; an empty expectation takes any."""
        if not self.even:
            return True
        if not text:
            return False
        return text in (self.even, self.raw) or (self.pattern is not None and self.pattern.search(text) is not None)


def _pattern(source: str) -> re.Pattern[str] | None:
    try:
        return as_script(re.compile(source))
    except (re.error, QueryError, OverflowError):
        return None


@frozen
class NodeTemplate:
    """A node that is expected. What it does not say is not compared."""

    role: str
    name: str | re.Pattern[str] = ""
    marks: Mapping[str, object] = {}
    props: Mapping[str, TextValue] = {}
    children: tuple[Template, ...] = ()
    mode: Mode | None = None


Template: TypeAlias = "NodeTemplate | TextValue"


def matches(tree: AriaNode, template: Template) -> bool:
    """Whether a template is found anywhere in a tree."""
    return found_in(tree, template) is not None


def found_in(piece: Piece, template: Template) -> Piece | None:
    """The first piece of a tree that a template matches, in document order."""
    if _agrees(piece, template, False):
        return piece
    if isinstance(piece, str):
        return None
    for child in piece.children:
        found = found_in(child, template)
        if found is not None:
            return found
    return None


def _agrees(piece: Piece, template: Template, deep: bool) -> bool:
    if isinstance(template, TextValue):
        return isinstance(piece, str) and template.matches(piece)
    if isinstance(piece, str) or template.role not in ("fragment", piece.role):
        return False
    if any(getattr(piece, mark) != value for mark, value in template.marks.items()):
        return False
    if template.name and not _is_named(piece.name, template.name):
        return False
    if any(not value.matches(getattr(piece, name)) for name, value in template.props.items()):
        return False
    if template.mode == "contain":
        return _holds(piece.children, template.children)
    if template.mode == "equal":
        return _equals(piece.children, template.children, False)
    if template.mode == "deep-equal" or deep:
        return _equals(piece.children, template.children, True)
    return _holds(piece.children, template.children)


def _is_named(name: str, wanted: str | re.Pattern[str]) -> bool:
    if isinstance(wanted, str):
        return name == wanted
    return bool(name) and wanted.search(name) is not None


def _equals(pieces: Sequence[Piece], templates: Sequence[Template], deep: bool) -> bool:
    if len(pieces) != len(templates):
        return False
    return all(_agrees(piece, template, deep) for piece, template in zip(pieces, templates))


def _holds(pieces: Sequence[Piece], templates: Sequence[Template]) -> bool:
    """Whether the templates are met in order, others may lie between."""
    rest = iter(pieces)
    return all(any(_agrees(piece, template, False) for piece in rest) for template in templates)
