"""Keys in a date or time field: it is written part by part, as Chromium does in American English.

Owns what the parts of such a field are (month, day, year; hour, minute, AM or PM), which one keys go to, and what they do to it;
how far arrows turn a part is `date_limits`' to say. Law: the field has a value only if all parts together are a date, or a time,
that there is; until then it is a bad input, and every change of the value is heard by both events at once.
"""

from __future__ import annotations

import datetime
from calendar import monthrange

from liveview_testing.browser.browser import DatePart
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import is_disabled
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events.fields.date_limits import LIMITS, fine, limits_of, parts_of
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.forms.values import cleaned
from liveview_testing.browser.reaction import Reaction

__all__ = ["IN_PARTS", "at_last", "clicked", "press", "tabbed"]

IN_PARTS = frozenset(("date", "datetime-local", "month", "time", "week"))
"""Inputs that are written part by part."""

TYPING = 1_000_000
"""So many microseconds after a letter the next one goes on with the same word."""

_MONTHS = str.split("january february march april may june july august september october november december")
_DATE, _TIME = ("month", "day", "year"), ("hour", "minute")
_WORDS = {"name": _MONTHS, "half": ["am", "pm"]}

Values = dict[str, "int | None"]


def _names(node: DomNode) -> tuple[str, ...]:
    """The parts of a field, in the order of American English; of seconds those that it had as its parts were written."""
    kind, held = kind_of(node), node.mark.parts
    if held is not None and kind in _TIMED:
        names = _of(kind, len(held) - len(_of(kind, 0)))
        if len(names) == len(held) and _is_current(node, dict(zip(names, held, strict=True))):
            return names
    return _of(kind, fine(node, kind))


_TIMED = frozenset(("time", "datetime-local"))


def _of(kind: str, finer: int) -> tuple[str, ...]:
    """The parts of a kind of field; `finer`: 1 with seconds, 2 with milliseconds, too."""
    time = (*_TIME, *("second", "milli")[: max(0, finer)], "half")
    match kind:
        case "date":
            return _DATE
        case "month":
            return ("name", "year")
        case "week":
            return ("week", "year")
        case "time":
            return time
        case _:
            return (*_DATE, *time)


def _is_current(node: DomNode, values: Values) -> bool:
    """Whether these parts are what the field has: nobody has written into it since."""
    return _text(kind_of(node), values) == node.value and bool(node.value or node.mark.bad_input)


def _read(node: DomNode, names: tuple[str, ...]) -> Values:
    """What the parts hold: what was typed into them, if that is what the field has; else what its value says."""
    held = node.mark.parts
    if held is not None and len(held) == len(names):
        values: Values = dict(zip(names, held, strict=True))
        if _is_current(node, values):
            return values
    found = parts_of(node.value, kind_of(node))
    return {name: found.get(name) for name in names}


_OPTIONAL = frozenset(("second", "milli"))


def _text(kind: str, values: Values) -> str:
    """The value of a field whose parts are these; empty where they are none, or not all there."""
    given = {name: value for name, value in values.items() if value is not None}
    if any(name not in given and name not in _OPTIONAL for name in values):
        return ""
    year, half = given.get("year", 0), given.get("half", 0)
    month = given.get("month", given.get("name", 1))
    hour = given.get("hour", 0) % 12 + 12 * half
    time = f"{hour:02}:{given.get('minute', 0):02}"
    if "milli" in given:
        time += f":{given.get('second', 0):02}.{given['milli']:03}"
    elif "second" in given:
        time += f":{given['second']:02}"
    match kind:
        case "time":
            return time
        case "month":
            return f"{year:04}-{month:02}"
        case "week":
            return f"{year:04}-W{given['week']:02}" if given["week"] <= _weeks(year) else ""
        case _:
            same = 2000 + year % 400  # the calendar repeats itself
            if given["day"] > monthrange(same, month)[1]:
                return ""
            date = f"{year:04}-{month:02}-{given['day']:02}"
            return date if kind == "date" else cleaned(f"{date}T{time}", kind)


def _weeks(year: int) -> int:
    return datetime.date(2000 + year % 400, 12, 28).isocalendar()[1]


# --- which part -------------------------------------------------------------------------------------------------------


def _place(reaction: Reaction, node: DomNode) -> DatePart:
    field, place = reaction.number(node), reaction.browser.part
    return place if place is not None and place.field == field else DatePart(field)


def _go(reaction: Reaction, node: DomNode, part: int) -> None:
    reaction.keep(part=DatePart(reaction.number(node), part))


def _stops(node: DomNode) -> int:
    """How often Tab stops in a field: at its parts, and at the button that opens the picker."""
    return len(_names(node)) + (node.get("readonly") is None)


def tabbed(reaction: Reaction, node: DomNode, *, back: bool) -> bool:
    """Whether Tab only goes to another part of the field that has the focus, and now has."""
    if node.tag != "input" or kind_of(node) not in IN_PARTS:
        return False
    there = _place(reaction, node).part + (-1 if back else 1)
    if not 0 <= there < _stops(node):
        return False
    _go(reaction, node, there)
    return True


def at_last(reaction: Reaction, node: DomNode) -> None:
    """Tab has come to the field from behind."""
    if node.tag == "input" and kind_of(node) in IN_PARTS:
        _go(reaction, node, _stops(node) - 1)


def clicked(reaction: Reaction, node: DomNode) -> None:
    """The middle of a field was clicked: in a date of its own width the year stands there, elsewhere the first part is taken."""
    if node.tag == "input" and kind_of(node) == "date" and not is_disabled(node):
        _go(reaction, node, 2)


# --- keys -------------------------------------------------------------------------------------------------------------


def press(reaction: Reaction, node: DomNode, key: str) -> None:
    """What a key does in a field that is written part by part."""
    names, place = _names(node), _place(reaction, node)
    if key in ("ArrowLeft", "ArrowRight"):
        there = place.part + (1 if key == "ArrowRight" else -1)
        if place.part < len(names) and 0 <= there < len(names):
            _go(reaction, node, there)
        return
    if place.part >= len(names):
        return  # the picker's button: what it opens is the browser's own
    name, values = names[place.part], _read(node, names)
    if key in ("Backspace", "Delete"):
        values[name] = None
        reaction.keep(part=DatePart(place.field, place.part))
    elif key in ("ArrowUp", "ArrowDown"):
        _turn(reaction, node, values, name, 1 if key == "ArrowUp" else -1)
        reaction.keep(part=DatePart(place.field, place.part))
    elif len(key) == 1 and ((key.isdigit() and key.isascii()) or name in _WORDS):
        width = len(str(limits_of(node, kind_of(node), name).high if name == "year" else LIMITS[name][1]))
        if name in _WORDS:
            _letter(reaction, place, values, name, key)
        else:
            _digit(reaction, place, values, name, key, width)
        if place.part == len(names) - 1 and reaction.browser.part == DatePart(place.field, place.part + 1):
            typed = (place.typed + key)[-width:]
            reaction.keep(part=DatePart(place.field, place.part, typed, reaction.env.now))  # there is no next one
    else:
        return
    if values != _read(node, names):
        _hold(reaction, node, names, values)


def _hold(reaction: Reaction, node: DomNode, names: tuple[str, ...], values: Values) -> None:
    """The parts are these now, and what the field says is heard if it is something else than before."""
    text, before = _text(kind_of(node), values), node.value
    bad = not text and any(each is not None for each in values.values())
    parts = tuple(values[name] for name in names)
    if text == before:
        reaction.set_mark(node.key, parts=parts, bad_input=bad)
        return
    reaction.set_mark(node.key, value=text, parts=parts, bad_input=bad)
    reaction.keep(edited=False, entered=text, caret=None)
    reaction.dispatch(DomEvent("input", reaction.again(node)))
    reaction.dispatch(DomEvent("change", reaction.again(node)))


def _digit(reaction: Reaction, place: DatePart, values: Values, name: str, key: str, width: int) -> None:
    """A digit goes behind those that were typed; a part that can take no more gives way to the next one."""
    low, high = LIMITS[name]
    typed = (place.typed + key)[-width:]
    given = int(typed)
    if name == "hour" and len(typed) == width and (given == 0 or given > high):  # as a clock of 24 hours has it
        if given:
            values["half"] = 1
        given = given % 12 or 12
    values[name] = min(max(given, low), high) if given >= low or len(typed) == width else None
    goes_on = len(typed) >= width or int(typed) * 10 > high
    reaction.keep(part=DatePart(place.field, place.part + 1) if goes_on else DatePart(place.field, place.part, typed))


def _letter(reaction: Reaction, place: DatePart, values: Values, name: str, key: str) -> None:
    """A part that has names is found by their beginnings; the same letter again and again goes from one to the next."""
    now, words, low = reaction.env.now, _WORDS[name], LIMITS[name][0]
    typed = (place.typed if now - place.at < TYPING else "") + key.lower()
    if typed.isdigit() and name == "name" and 1 <= int(typed) <= len(words):
        values[name] = int(typed)
    elif (found := _found(words, typed, held := values[name], low)) is not None:
        values[name] = found
    elif len(typed) > 1 and (found := _found(words, key.lower(), held, low)) is not None:
        # what fits nothing is forgotten
        typed, values[name] = key.lower(), found
    reaction.keep(part=DatePart(place.field, place.part, typed, now))


def _found(words: list[str], typed: str, held: int | None, low: int) -> int | None:
    cycles = len(set(typed)) == 1
    start = (0 if held is None else held - low) + cycles
    wanted = typed[0] if cycles else typed
    order = [(start + each) % len(words) for each in range(len(words))]
    return next((each + low for each in order if words[each].startswith(wanted)), None)


def _turn(reaction: Reaction, node: DomNode, values: Values, name: str, by: int) -> None:
    """One step up or down, and around at the ends; a part that has nothing begins at an end, a year with this one."""
    limits, held, half = limits_of(node, kind_of(node), name), values[name], values.get("half")
    year = datetime.datetime.fromtimestamp(reaction.env.now / 1_000_000, datetime.UTC).year
    there = values[name] = limits.turned(held, by, year)
    if name == "hour" and held is not None and there != held and (there if by > 0 else held) == 12:
        values["half"] = 0 if half is None else 1 - half
