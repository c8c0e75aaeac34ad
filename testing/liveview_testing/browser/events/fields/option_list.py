"""Selects under keys and the mouse: a list that is closed, one that is open over the page, one that is always there.

Owns what a key or a click chooses in each, and which of them open and close a list. A list that is open takes every key, and the
page hears nothing of it; what is marked there is chosen as it closes, by whatever closes it.

Law: rows are options, the names of their groups and lines between them, as they are seen; what is disabled or not shown is passed
over. Who chooses what is chosen already is not heard.
"""  # AC-2, AC-5, PF-8

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from attrs import evolve

from liveview_testing.browser.browser import ListPlace, OpenList
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import is_disabled, option_value, selected_options
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.options import is_option_disabled
from liveview_testing.browser.dom.visibility import display_of
from liveview_testing.browser.events.fields.editing import choose
from liveview_testing.browser.page.forms.form_data import display_size
from liveview_testing.browser.reaction import Reaction

SEEKING = 1_000_000
"""So many microseconds after a key the next one goes on with what was typed into a select."""

COMMANDS = frozenset(("Control", "Meta", "Alt"))
MENU_PAGE = 3
"""How many rows PageDown goes on in a list that is closed."""
OPEN_ROWS = 20
"""How many rows an open list shows."""
BOX_ROWS = 4
"""How many rows a select shows that takes several options, and does not say."""

Row = DomNode | None
"""An option; None for what can never be chosen: the name of a group, a line."""


def is_menu(select: DomNode) -> bool:
    """Whether a select shows one option, and the others in a list that opens."""
    return select.get("multiple") is None and display_size(select) <= 1


def rows_of(select: DomNode) -> list[Row]:
    """All that stands in the list of a select."""
    found: list[Row] = []
    for each in select.elements():
        if each.tag == "option":
            found.append(each)
        elif each.tag == "optgroup":
            found.append(None)
            found.extend(part if part.tag == "option" else None for part in each.elements())
        elif each.tag == "hr":
            found.append(None)
    return found


class _List:
    """The rows of a select, as keys go through them."""

    __slots__ = ("_styles", "rows", "select")

    def __init__(self, reaction: Reaction, select: DomNode) -> None:
        self.select = select
        self.rows = rows_of(select)
        self._styles = reaction.env.styles

    def can(self, at: int) -> bool:
        """Whether a row can be chosen by arrows."""
        row = self.rows[at]
        return row is not None and not is_option_disabled(row) and display_of(row, self._styles) != "none"

    def chosen(self) -> list[int]:
        """The rows that are chosen."""
        selected = selected_options(self.select)
        return [at for at, row in enumerate(self.rows) if row is not None and row in selected]

    def next(self, at: int) -> int | None:
        return next((each for each in range(at + 1, len(self.rows)) if self.can(each)), None)

    def before(self, at: int) -> int | None:
        return next((each for each in range(at - 1, -1, -1) if self.can(each)), None)

    def away(self, at: int, by: int) -> int | None:
        """The row so many rows further, or the first behind that can be chosen; else the last one there is. It is counted from the
        end of the list, whose own row no page leads to.
        """
        ways = range(1, len(self.rows)) if by > 0 else range(len(self.rows) - 2, -1, -1)
        last = None
        for each in ways:
            if self.can(each):
                last = each
                if (each >= at + by) if by > 0 else (each <= at + by):
                    break
        return last

    def to(self, key: str, at: int, page: int) -> int | None:
        """The row that a key leads to; -1 is no row; None of a key that leads nowhere."""
        match key:
            case "ArrowDown":
                return self.next(at)
            case "ArrowUp":
                return self.before(len(self.rows) if at < 0 else at)
            case "PageDown":
                return self.away(at, page)
            case "PageUp":
                return self.away(at, -page)
            case "Home":
                return self.next(-1)
            case "End":
                return self.before(len(self.rows))
            case _:
                return None


# --- letters ----------------------------------------------------------------------------------------------------------


def _seeks(reaction: Reaction, number: int) -> str | None:
    """What was typed into a select just now, if the next letter goes on with it."""
    sought = reaction.browser.sought
    goes_on = sought is not None and sought[0] == number and reaction.env.now - sought[2] < SEEKING
    return sought[1] if sought is not None and goes_on else None


def _typed(reaction: Reaction, listed: _List, at: int, key: str, modifiers: frozenset[str]) -> int | None:
    """The option whose text begins with what was typed; the same letter again and again goes from one to the next."""
    if len(key) > 1 or modifiers & COMMANDS:
        return None
    number = reaction.number(listed.select)
    before = _seeks(reaction, number)
    text = (before or "") + _folded(key)
    reaction.keep(sought=(number, text, reaction.env.now))
    cycles = len(set(text)) == 1
    wanted, start, count = text[0] if cycles else text, max(0, at) + cycles, len(listed.rows)
    for each in range(start, start + count):
        row = listed.rows[each % count]
        if row is not None and not is_option_disabled(row) and _folded(_says(row)).startswith(wanted):
            return each % count
    return None


def _says(option: DomNode) -> str:
    return option.get("label") or option.text


def _folded(text: str) -> str:
    """A text without case and accents."""
    parts = unicodedata.normalize("NFD", text.lstrip() or text)
    return "".join(each for each in parts if not unicodedata.combining(each)).casefold()


# --- a list that opens ------------------------------------------------------------------------------------------------


def _opens(reaction: Reaction, select: DomNode, key: str, modifiers: frozenset[str]) -> bool:
    """Whether a key opens the list of a select."""
    match key:
        case "F4":
            return not modifiers & {"Control", "Alt"}
        case "ArrowUp" | "ArrowDown":
            return "Alt" in modifiers
        case "Enter" | "NumpadEnter":
            return not modifiers & COMMANDS
        case " " | "Space":
            return not modifiers & COMMANDS and _seeks(reaction, reaction.number(select)) is None
        case _:
            return False


def _open(reaction: Reaction, select: DomNode) -> None:
    chosen = _List(reaction, select).chosen()
    reaction.keep(open_list=OpenList(reaction.number(select), chosen[0] if chosen else -1), sought=None)


def close(reaction: Reaction, *, taken: bool = False) -> DomNode | None:
    """The list that is open closes, and what is marked there is chosen: its select. `taken`: by Enter or Tab."""
    opened = reaction.browser.open_list
    if opened is None:
        return None
    reaction.keep(open_list=None, sought=None)
    select = reaction.node(opened.select)
    if select is None or select.tag != "select":
        return select
    if opened.moved or taken:
        _choose_row(reaction, _List(reaction, select), opened.at)
    if taken and (now := reaction.node(opened.select)) is not None:
        reaction.dispatch(DomEvent("mouseup", now))
        if (now := reaction.node(opened.select)) is not None:
            reaction.dispatch(DomEvent("click", now))
    return reaction.node(opened.select)


def _choose_row(reaction: Reaction, listed: _List, at: int) -> None:
    """Of a select that takes one option, the option in a row is chosen."""
    row = listed.rows[at] if 0 <= at < len(listed.rows) else None
    if row is not None and listed.chosen() != [at]:
        choose(reaction, listed.select, [option_value(row)])


def in_open_list(reaction: Reaction, key: str, modifiers: frozenset[str]) -> bool:
    """A key goes to the list that is open; whether there is one."""
    opened = reaction.browser.open_list
    select = None if opened is None else reaction.node(opened.select)
    if opened is None or select is None or (select.tag == "select" and not is_menu(select)):
        close(reaction)
        return False
    if select.tag != "select":
        _in_picker(reaction, select, key)
        return True
    if key == "Escape" or ("Alt" in modifiers and key in ("ArrowUp", "ArrowDown")):
        close(reaction)
    elif key in ("Enter", "NumpadEnter", "Tab"):
        close(reaction, taken=True)
    else:
        listed = _List(reaction, select)
        there = listed.to(key, opened.at, OPEN_ROWS - 1)
        if there is None:
            there = _typed(reaction, listed, opened.at, key, modifiers)
        if there is not None:
            reaction.keep(open_list=OpenList(opened.select, there, moved=True))
    return True


def _in_picker(reaction: Reaction, field: DomNode, key: str) -> None:
    """A key goes to the picker of a date or time field."""
    if key in ("Escape", "Enter", "NumpadEnter"):
        close(reaction)
    elif key not in ("Shift", "Control", "Alt", "Meta"):
        reaction.note(
            "AC-9",
            f"{key!r} did nothing: the picker of {field!r} is open, which takes all keys and is not simulated",
            "press Escape first; Space, F4 and Alt+ArrowDown open it, digits and arrows write into the field",
        )


def pressed(reaction: Reaction, select: DomNode, shut: DomNode | None, button: str) -> None:
    """The mouse was pressed on a select: its list opens; `shut` is the one whose list that has closed, and stays so."""
    if button == "left" and select != shut and is_menu(select) and not is_disabled(select):
        _open(reaction, select)


# --- keys -------------------------------------------------------------------------------------------------------------


def press_in_select(reaction: Reaction, select: DomNode, key: str, modifiers: frozenset[str]) -> None:
    """What a key does in a select whose list is not open."""
    if is_disabled(select):
        return
    if not is_menu(select):
        _press_in_box(reaction, select, key, modifiers)
        return
    if _opens(reaction, select, key, modifiers):
        _open(reaction, select)
        return
    listed = _List(reaction, select)
    chosen = listed.chosen()
    at = chosen[0] if chosen else -1
    there = None
    if not modifiers & (COMMANDS | {"Shift"}):
        there = listed.to(_SIDEWAYS.get(key, key), at, MENU_PAGE)
    if there is None:
        there = _typed(reaction, listed, at, key, modifiers)
    if there is not None:
        _choose_row(reaction, listed, there)


_SIDEWAYS = {"ArrowRight": "ArrowDown", "ArrowLeft": "ArrowUp"}


# --- a list that is always there --------------------------------------------------------------------------------------


def _place(reaction: Reaction, listed: _List) -> ListPlace:
    """Where keys go on from: what is chosen first, in a list that nobody has used."""
    found = reaction.browser.list_places.get(reaction.number(listed.select))
    if found is not None and found.rows != len(listed.rows):
        found = None
    if found is not None and listed.select.get("multiple") is not None:
        return found
    chosen = listed.chosen()
    first = chosen[0] if chosen else -1
    return ListPlace(first, first, heard=found is not None and found.heard, rows=len(listed.rows))


def _keep(reaction: Reaction, listed: _List, place: ListPlace) -> None:
    number = reaction.number(listed.select)
    reaction.keep(list_places=reaction.browser.list_places.set(number, place))


def _hear(reaction: Reaction, listed: _List, wanted: Iterable[int]) -> None:
    """These rows are chosen, and no others; that is heard, if others were."""
    rows = sorted(set(wanted))
    if rows != listed.chosen():
        options: Sequence[Row] = [listed.rows[at] for at in rows]
        choose(reaction, listed.select, [option_value(each) for each in options if each is not None])


def _spanned(listed: _List, place: ListPlace, *, alone: bool, chosen: Iterable[int]) -> set[int]:
    """The rows from the anchor to the end, with those that were chosen beside them, if they are not `alone`."""
    low, high = sorted((place.anchor, place.end))
    span = {at for at in range(low, high + 1) if listed.can(at)}
    fixed = {at for at in chosen if not listed.can(at)}
    return span | fixed | (set() if alone else {at for at in place.kept if at < low or at > high})


def _press_in_box(reaction: Reaction, select: DomNode, key: str, modifiers: frozenset[str]) -> None:
    listed, many = _List(reaction, select), select.get("multiple") is not None
    place, shift, control = _place(reaction, listed), "Shift" in modifiers, "Control" in modifiers
    if many and key in ("a", "A") and control:
        _keep(reaction, listed, evolve(place, heard=True))
        _hear(reaction, listed, [at for at in range(len(listed.rows)) if listed.can(at)])
        return
    if many and key in (" ", "Space") and place.end >= 0 and (control or place.spread):
        _toggle(reaction, listed, place, place.end)
        return
    page = (display_size(select) if display_size(select) > 1 else BOX_ROWS) - 1
    there = listed.to(key, place.end, page)
    if there is None:
        _letter(reaction, listed, place, key, modifiers)
        return
    place = evolve(place, end=there, heard=True)
    chooses = not many or shift or not control
    alone = not many or (not shift and chooses)
    chosen = listed.chosen()
    if place.anchor < 0 or alone:
        place = evolve(place, anchor=there, kept=frozenset() if alone else frozenset(chosen))
    place = evolve(place, spread=not chooses)
    _keep(reaction, listed, place)
    if chooses:
        _hear(reaction, listed, _spanned(listed, place, alone=alone, chosen=() if alone else chosen))


def _letter(reaction: Reaction, listed: _List, place: ListPlace, key: str, modifiers: frozenset[str]) -> None:
    chosen = listed.chosen()
    there = _typed(reaction, listed, chosen[0] if chosen else -1, key, modifiers)
    if there is None:
        return
    _keep(reaction, listed, evolve(place, anchor=there, end=there, kept=frozenset()))
    if place.heard:
        _hear(reaction, listed, [there])
        return
    row = listed.rows[there]
    if row is not None:
        reaction.set_mark(listed.select.key, selected=(option_value(row),))
        reaction.dispatch(DomEvent("change", reaction.again(listed.select)))


def _toggle(reaction: Reaction, listed: _List, place: ListPlace, at: int) -> None:
    """One row is chosen beside the others, or no more."""
    chosen = set(listed.chosen()) ^ {at}
    _keep(reaction, listed, evolve(place, anchor=at, end=at, kept=frozenset(chosen), heard=True))
    _hear(reaction, listed, chosen)


def pick(reaction: Reaction, option: DomNode, modifiers: frozenset[str]) -> None:
    """The mouse was let go on an option of a list that is always there: it is chosen, before anybody hears of the click."""
    select = next((each for each in option.ancestors() if each.tag == "select"), None)
    if select is None or is_disabled(select) or is_option_disabled(option) or is_menu(select):
        return
    listed, many = _List(reaction, select), select.get("multiple") is not None
    at = listed.rows.index(option)
    place = _place(reaction, listed)
    chosen = listed.chosen()
    if many and "Shift" in modifiers:
        place = evolve(
            place, anchor=place.anchor if place.anchor >= 0 else chosen[0] if chosen else at, end=at, heard=True
        )
        _keep(reaction, listed, place)
        _hear(reaction, listed, _spanned(listed, place, alone=True, chosen=()))
    elif many and "Control" in modifiers:
        _toggle(reaction, listed, place, at)
    else:
        _keep(reaction, listed, evolve(place, anchor=at, end=at, kept=frozenset((at,)), spread=False, heard=True))
        _hear(reaction, listed, [at])
