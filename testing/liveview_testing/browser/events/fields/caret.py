"""Writing into a field: the caret, what is selected, and the keys that change or move them.

Owns what a character, Backspace, Delete, Home, End and the arrows do in a text, and the keys that step a number or a range. The
caret is the browser's, of the field that has the focus; a field nobody has moved it in has it at its end.

Law: what a key writes goes where the caret is, and is heard as one input; a key that changes nothing is heard by nobody.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, cast

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.browser import OpenList
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import TEXT_LIKE, is_disabled
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events.fields.date_parts import IN_PARTS, press
from liveview_testing.browser.events.fields.editing import WRITTEN, enter
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.forms.number_text import read, taken
from liveview_testing.browser.page.forms.numbers import natural
from liveview_testing.browser.page.forms.values import cleaned, number, step_of, written
from liveview_testing.browser.reaction import Reaction

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node

COMMANDS = frozenset(("Control", "Meta", "Alt"))
_CONTROL = frozenset(("Control",))


def is_text(node: DomNode) -> bool:
    """Whether keys write into an element."""
    if is_disabled(node) or node.get("readonly") is not None:
        return False
    if node.tag in WRITTEN:
        return node.tag == "textarea" or kind_of(node) in TEXT_LIKE
    return (node.get("contenteditable") or "false").lower() in ("true", "plaintext-only") or node.get(
        "contenteditable"
    ) == ""


def text_of(node: DomNode) -> str:
    """The text that keys write into: what was typed, while the field has what that is read as."""
    if node.tag not in WRITTEN:
        return node.content
    value, mark = node.value, node.mark
    if mark.shown is None:
        return value
    if (kind := kind_of(node)) == "number":
        return mark.shown if read(mark.shown) == value and (value or mark.bad_input) else value
    return mark.shown if cleaned(mark.shown, kind, cast("Node", node)) == value else value


def selection(reaction: Reaction, node: DomNode) -> tuple[int, int]:
    """What is selected, from where to where."""
    caret, length = reaction.browser.caret, len(text_of(node))
    if caret is None:
        return length, length
    start, end = sorted(caret)
    return min(start, length), min(end, length)


def resting(node: DomNode) -> tuple[int, int]:
    """Where the caret of a field is that has not the focus: nobody remembers it of an element that is no control."""
    length = len(text_of(node))
    if node.tag not in WRITTEN:
        return 0, 0
    mark = node.mark
    if mark.caret is not None:
        return min(mark.caret[0], length), min(mark.caret[1], length)
    return (0, 0) if mark.value is None and not mark.detached else (length, length)


def come(node: DomNode) -> tuple[int, int] | None:
    """The caret of a field as it gets the focus."""
    if not is_text(node):
        return None
    there = resting(node)
    return None if there == (len(text_of(node)),) * 2 else there


def left(reaction: Reaction, node: DomNode) -> None:
    """The field is left: it remembers where its caret was."""
    if node.tag in WRITTEN and is_text(node) and (there := selection(reaction, node)) != resting(node):
        reaction.set_mark(node.key, caret=there)


def write(reaction: Reaction, node: DomNode, key: str, modifiers: frozenset[str]) -> None:
    """What a key does in a text."""
    if node.tag == "input" and kind_of(node) in IN_PARTS:
        if key in (" ", "Space", "F4") or (key == "ArrowDown" and "Alt" in modifiers):
            reaction.keep(open_list=OpenList(reaction.number(node), -1))
            return
        if not modifiers & COMMANDS or len(key) > 1:
            press(reaction, node, key)
        return
    start, end = selection(reaction, node)
    if modifiers & COMMANDS:
        if modifiers & COMMANDS == _CONTROL:
            _commanded(reaction, node, key, extends="Shift" in modifiers)
        return
    if key in _MOVES:
        _move(reaction, node, key, "Shift" in modifiers)
    elif key == "Backspace":
        replace(reaction, node, "", start - 1 if start == end else start, end)
    elif key == "Delete" and (start < end or "Shift" not in modifiers):  # with Shift it cuts
        replace(reaction, node, "", start, end + 1 if start == end else end)
    elif len(key) == 1 or key == "Space":
        text = " " if key == "Space" else key
        has = text_of(node)
        if kind_of(node) != "number" or taken(has[:start], has[end:], text):
            replace(reaction, node, text, start, end)


def replace(reaction: Reaction, node: DomNode, text: str, start: int, end: int) -> None:
    """A part of a text gives way to another; nothing happens where nothing changes, or there is no room."""
    value = text_of(node)
    start, end = max(0, start), min(end, len(value))
    if not text and start >= end:
        return
    most = natural(node.get("maxlength"))
    if most is not None:
        text = text[: max(0, most - len(value) + (end - start))]
        if not text and start == end:
            return
    enter(reaction, node, value[:start] + text + value[end:])
    caret = start + len(text)
    after = reaction.again(node)
    reaction.keep(caret=None if caret >= len(text_of(after)) else (caret, caret))


def _commanded(reaction: Reaction, node: DomNode, key: str, *, extends: bool) -> None:
    """A key with Control: words at once, all of the text, cutting."""
    text, (start, end) = text_of(node), selection(reaction, node)
    if key in ("a", "A"):
        reaction.keep(caret=(0, len(text)))
    elif key in _MOVES:
        _move(reaction, node, key, extends, words=True)
    elif key in ("Backspace", "Delete", "x", "X") and start < end:
        replace(reaction, node, "", start, end)
    elif key == "Backspace":
        replace(reaction, node, "", _line(text, start)[0] if extends else _before(node, text, start), end)
    elif key == "Delete" and not extends:
        replace(reaction, node, "", start, _behind(node, text, end))


_MOVES = frozenset(("Home", "End", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"))


def _move(reaction: Reaction, node: DomNode, key: str, extends: bool, *, words: bool = False) -> None:
    """The caret goes elsewhere; with Shift what it passes is selected; with Control it goes further."""
    text = text_of(node)
    anchor, head = (min(each, len(text)) for each in reaction.browser.caret or (len(text), len(text)))
    start, end = sorted((anchor, head))
    column = None
    match key:
        case "Home":
            there = 0 if words else _line(text, head)[0]
        case "End":
            there = len(text) if words else _line(text, head)[1]
        case "ArrowUp" | "ArrowDown":
            goal = reaction.browser.column
            at = head if extends else start if key == "ArrowUp" else end
            column = goal[1] if goal is not None and goal[0] == reaction.browser.caret else at - _line(text, at)[0]
            there = _beyond(text, at, column, up=key == "ArrowUp")
        case "ArrowLeft" if words:
            there = _before(node, text, head)
        case "ArrowRight" if words:
            there = _behind(node, text, head)
        case "ArrowLeft":
            there = max(0, head - 1) if extends or start == end else start
        case _:
            there = min(len(text), head + 1) if extends or start == end else end
    caret = (anchor if extends else there, there)
    reaction.keep(caret=caret, column=None if column is None else (caret, column))


def _line(text: str, at: int) -> tuple[int, int]:
    """Where the line begins and ends that a place is in."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _beyond(text: str, at: int, column: int, *, up: bool) -> int:
    """The place in the line above or below; from the first one the start of the text, from the last one its end."""
    begin, end = _line(text, at)
    if begin == 0 if up else end == len(text):
        return 0 if up else len(text)
    low, high = _line(text, begin - 1 if up else end + 1)
    return min(low + column, high)


_WORD = late_pattern(r"\w+(?:(?:(?<=\d)[.,](?=\d)|['’](?=\w))\w+)*|[^\w\s]|\n")
"""What Control goes over at once: a word, a number, a sign, the end of a line; with the spaces before it."""


_PIECE = late_pattern(rf"{_WORD.pattern}|\s+")


def clicked(reaction: Reaction, node: DomNode, count: int) -> None:
    """A field was clicked behind its text: the caret is there; a second click takes the last word, a third the last line."""
    if not is_text(node) or kind_of(node) in IN_PARTS:
        return
    text, written = text_of(node), node.tag in WRITTEN
    begin = len(text)
    if count > 2:
        begin = _line(text, len(text))[0] if written else 0
    elif count == 2 and written and kind_of(node) != "number":
        whole = kind_of(node) == "password"
        begin = 0 if whole else max((each.start() for each in _PIECE.finditer(text)), default=0)
    reaction.keep(caret=None if begin == len(text) else (begin, len(text)))


def _before(node: DomNode, text: str, at: int) -> int:
    if node.tag == "input" and kind_of(node) == "password":
        return 0
    return next((each.start() for each in reversed(list(_WORD.finditer(text))) if each.start() < at), 0)


def _behind(node: DomNode, text: str, at: int) -> int:
    if node.tag == "input" and kind_of(node) == "password":
        return len(text)
    return next((each.end() for each in _WORD.finditer(text) if each.end() > at), len(text))


def clear(reaction: Reaction, node: DomNode) -> None:
    """All is selected and deleted: a key is heard, and input if there was anything."""
    reaction.keep(caret=None)
    reaction.dispatch(DomEvent("keydown", node, key="Delete"))
    again = reaction.again(node)
    if text_of(again) or again.mark.bad_input:
        enter(reaction, again, "")
    reaction.dispatch(DomEvent("keyup", reaction.again(node), key="Delete"))


# --- numbers ----------------------------------------------------------------------------------------------------------


def step(reaction: Reaction, node: DomNode, key: str) -> bool:
    """Whether a key steps the number of a control, and now has."""
    kind = kind_of(node)
    if node.tag != "input" or kind not in ("number", "range") or is_disabled(node):
        return False
    if kind == "number" and key not in ("ArrowUp", "ArrowDown"):
        return False
    if node.get("readonly") is not None and kind == "number":
        return True
    text = _stepped(node, kind, key)
    if text is None:
        return False
    if text != node.value:
        enter(reaction, node, text)
        reaction.keep(edited=False, entered=text, caret=None)
        reaction.dispatch(DomEvent("change", reaction.again(node)))
    return True


def _stepped(node: DomNode, kind: str, key: str) -> str | None:
    """The value that a key leads to; None of a key that steps nothing."""
    low, high = number(node.get("min")), number(node.get("max"))
    if kind == "range":
        low = Decimal(0) if low is None else low
        high = max(low, Decimal(100) if high is None else high)
    base, width = step_of(node.get) or (Decimal(0), Decimal(1))
    now = number(node.value) or (low if kind == "range" and low is not None else Decimal(0))
    match key:
        case "ArrowUp" | "ArrowRight" | "ArrowDown" | "ArrowLeft":
            up = key in ("ArrowUp", "ArrowRight")
            if (high is not None and now > high) if up else (low is not None and now < low):
                return node.value
            there = (
                _next(now, base, width, up=up)
                if kind == "number" and step_of(node.get)
                else now + (width if up else -width)
            )
        case "PageUp" | "PageDown" if low is not None and high is not None:
            wide = max(width, (high - low) / 10)
            there = now + (wide if key == "PageUp" else -wide)
        case "Home" if low is not None:
            there = low
        case "End" if high is not None:
            there = high
        case _:
            return None
    if high is not None and there > high:
        there = base + (high - base) // width * width
    if low is not None and there < low:
        there = low
    return cleaned(written(there), kind, node)


def _next(now: Decimal, base: Decimal, width: Decimal, *, up: bool) -> Decimal:
    """The next step above or below a number, which may be at none."""
    steps = (now - base) / width
    whole = steps.to_integral_value(ROUND_FLOOR)
    if whole == steps:
        return now + (width if up else -width)
    return base + (whole + 1 if up else whole) * width
