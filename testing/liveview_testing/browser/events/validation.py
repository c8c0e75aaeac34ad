"""Native validation: which fields of a form a browser would not submit, and why.

Owns the constraints that a browser checks before a person's submit: required, pattern, type e-mail, URL and
number, min, max, step, minlength and maxlength of what was typed.

Law: it decides as Chromium does; a field that is disabled, read-only, hidden as a type, or a button is never asked.
"""  # PF-18, LO-8

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import (
    controls,
    is_checked,
    is_disabled,
    option_value,
    radios,
    selected_options,
    value_of,
)
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events.focus import focus, is_focusable
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.forms.numbers import natural
from liveview_testing.browser.page.forms.url_syntax import is_url
from liveview_testing.browser.page.forms.values import counted, step_of
from liveview_testing.browser.page.forms.values import number as number_of
from liveview_testing.browser.reaction import Reaction

_EMAIL = late_pattern(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
_PATTERNED = frozenset(("text", "search", "url", "tel", "email", "password"))
_LIMITED = _PATTERNED | {"textarea"}
_NUMBERED = frozenset(("number", "range"))
_DATED = frozenset(("date", "month", "week", "time", "datetime-local"))


def report_validity(reaction: Reaction, form: DomNode) -> bool:
    """Whether a form may be submitted; if not, its invalid fields hear so, and the first that can has the focus."""
    invalid = [(each, why) for each in controls(form) if (why := problem(each)) is not None]
    if not invalid:
        return True
    untold: list[DomNode] = []
    for each, _ in invalid:
        field = reaction.again(each)
        reaction.emit("invalid", None, field)
        if reaction.dispatch(DomEvent("invalid", field, bubbles=False)):  # else a script shows what is wrong
            untold.append(field)
    first = next((each for each in untold if is_focusable(reaction.again(each), reaction)), None)
    if first is not None:
        focus(reaction, first)
    reaction.note(
        "CE-46",
        f"{named(form)} was not submitted, because the browser found it invalid: {_said(invalid)}",
        "fill in what is asked for; render_submit() and novalidate skip the browser's own validation",
    )
    return False


def note_validity(reaction: Reaction, form: DomNode) -> None:
    """A form was submitted as no person could have: what the browser would have said is noted."""
    invalid = [(each, why) for each in controls(form) if (why := problem(each)) is not None]
    if invalid:
        reaction.note(
            "CE-46",
            f"{named(form)} was submitted although a browser finds it invalid: {_said(invalid)}",
            "a person cannot submit it so: fill in what is asked for, or submit it by its button",
        )


def _said(invalid: Iterable[tuple[DomNode, str]]) -> str:
    return "; ".join(f"{named(each)}: {why}" for each, why in invalid)


def named(node: DomNode) -> str:
    """A short name for an element, for people."""
    name = node.get("name")
    return f"{node.tag}#{node.id}" if node.id else f'{node.tag}[name="{name}"]' if name else node.tag


Get: TypeAlias = "Callable[[str], str | None]"
"""What says the attributes of a control."""


def problem(node: DomNode) -> str | None:
    """Why a control is invalid; None if it is valid, or is not asked."""
    kind = kind_of(node)
    return None if kind == "submit" or not is_asked(node) else next(_problems(node, kind), None)


def is_asked(node: DomNode) -> bool:
    """Whether a browser asks if it is valid (`willValidate`): Chromium asks no input that is read-only, a ticked one neither."""
    if node.tag not in ("input", "select", "textarea", "button") or kind_of(node) in _NOT_ASKED or is_disabled(node):
        return False
    if node.tag in ("input", "textarea") and node.get("readonly") is not None:
        return False
    return not any(each.tag == "datalist" for each in node.ancestors())


_NOT_ASKED = frozenset(("hidden", "reset", "button", "image"))


def _problems(node: DomNode, kind: str) -> Iterator[str]:
    required = node.get("required") is not None
    if kind == "checkbox":
        if required and not is_checked(node):
            yield "it must be checked"
        return
    if kind == "radio":
        group = radios(node) if node.get("name") else []  # without a name it is in none, and misses nothing
        if any(each.get("required") is not None for each in group) and not any(map(is_checked, group)):
            yield "one of them must be chosen"
        return
    if kind.startswith("select"):
        chosen = selected_options(node)
        if required and not any(option_value(each) for each in chosen):
            yield "an option must be chosen"
        return
    if kind == "file":
        # The input of an upload is not required while the server knows of files (its hook takes the attribute away).
        known = node.get("data-phx-active-refs") or node.get("data-phx-error-refs")
        if required and not node.mark.files and not known:
            yield "a file must be chosen"
        return
    value = value_of(node)
    if not value:
        if node.mark.bad_input:
            yield (
                "what was typed is no number"
                if kind == "number"
                else "what was typed is not all of it, or there is no such"
            )
        if required:
            yield "it is required"
        return
    yield from value_problems(node.get, kind, value, typed=node.mark.value is not None)


def is_bad(node: DomNode) -> bool:
    """Whether what a control holds is nothing that it takes (`validity.valid`), though it may not be asked."""
    if problem(node) is not None:
        return True
    if node.tag != "input" or kind_of(node) in ("checkbox", "radio", "file"):
        return False
    value = node.value
    return bool(value) and any(value_problems(node.get, kind_of(node), value, typed=node.mark.value is not None))


def value_problems(get: Get, kind: str, value: str, *, typed: bool) -> Iterator[str]:
    """What is wrong with the text that a control holds, given its attributes; `typed`: by a person."""
    yield from _text_problems(get, kind, value, typed)
    if kind in _NUMBERED:
        yield from _number_problems(get, value)
    elif kind in _DATED:
        yield from _range_problems(get, kind, value)
        yield from _step_problems(get, kind, value)


def _text_problems(get: Get, kind: str, value: str, typed: bool) -> Iterator[str]:
    if kind == "email":
        texts = [each.strip() for each in value.split(",")] if get("multiple") is not None else [value]
        if not all(_EMAIL.fullmatch(each) for each in texts):
            yield f"{value!r} is no e-mail address"
    if kind == "url" and not is_url(value):
        yield f"{value!r} is no URL"
    pattern = get("pattern")
    if pattern and kind in _PATTERNED and not _fits(pattern, value):
        yield f"{value!r} does not match the pattern {pattern}"
    if kind in _LIMITED and typed:  # only what was typed is measured
        least, most = natural(get("minlength")), natural(get("maxlength"))
        if least is not None and len(value) < least:
            yield f"it has {len(value)} characters, at least {least} are asked for"
        if most is not None and len(value) > most:
            yield f"it has {len(value)} characters, at most {most} are allowed"


def _fits(pattern: str, value: str) -> bool:
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:
        return True  # a browser ignores a pattern that it cannot read


def _number_problems(get: Get, value: str) -> Iterator[str]:
    number = number_of(value)
    if number is None:
        return
    least, most = number_of(get("min")), number_of(get("max"))
    if least is not None and number < least:
        yield f"{value} is below the least, {get('min')}"
    if most is not None and number > most:
        yield f"{value} is above the most, {get('max')}"
    steps = step_of(get)
    if steps is None:
        return
    base, width = steps
    way = abs(number - base)
    if way / 2**53 > width:  # so far away a browser's numbers are too coarse to tell
        return
    off, slack = way % width, width / 2**24
    if slack < off < width - slack:
        yield f"{value} is no step of {get('step') or 1} from {base:g}"


def within_limits(get: Get, kind: str, value: str) -> bool | None:
    """Whether a value is neither below `min` nor above `max`, as no value is; None where there are no such limits."""
    if kind in _NUMBERED:
        least, most = number_of(get("min")), number_of(get("max"))
        if kind == "range":
            least, most = Decimal(0) if least is None else least, Decimal(100) if most is None else most
        number = number_of(value)
        if least is None and most is None and number is not None:
            return None
        return number is None or not ((least is not None and number < least) or (most is not None and number > most))
    limited = kind in _DATED and any(counted(get(name) or "", kind) is not None for name in ("min", "max"))
    if kind not in _DATED or (value and not limited):
        return None
    return not value or next(_range_problems(get, kind, value), None) is None


def _range_problems(get: Get, kind: str, value: str) -> Iterator[str]:
    number, least, most = (counted(text or "", kind) for text in (value, get("min"), get("max")))
    if number is None:
        return
    early, late = least is not None and number < least, most is not None and number > most
    if kind == "time" and least is not None and most is not None and least > most:  # over midnight
        early, late = early and late, False
    if early:
        yield f"{value} is before the earliest, {get('min')}"
    if late:
        yield f"{value} is after the latest, {get('max')}"


def _step_problems(get: Get, kind: str, value: str) -> Iterator[str]:
    step, number = get("step") or "", counted(value, kind)
    if step.lower() == "any" or number is None:
        return
    given = number_of(step)
    width = given if given is not None and given > 0 else Decimal(60 if kind in _IN_SECONDS else 1)
    width = width * 1_000 if kind in _IN_SECONDS else max(Decimal(1), width.to_integral_value(ROUND_HALF_UP))
    base, begins = Decimal(0), "the first"
    for name in ("value", "min"):
        given_base = counted(get(name) or "", kind)
        if given_base is not None:
            base, begins = given_base, get(name) or ""
    if (number - base) % width:
        yield f"{value} is no step of {step or 60} from {begins}"


_IN_SECONDS = frozenset(("time", "datetime-local"))
