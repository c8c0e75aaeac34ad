"""What a person does to an element that can be acted on: each act as what happens to the tab.

Owns one function for each act, from the element to the stimuli of the browser, and what can never be done to it (`Error`, at
once). Law: nothing here waits, and nothing here looks for elements; a dialog that an act opens is answered before the act is
done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from liveview_core.errors import BadOption, shown
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import DomElement, role
from liveview_testing.browser.accessibility.dom import controlled
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.served import options
from liveview_testing.browser.accessibility.states import CHECKED, Mixed, checked, is_editing_host
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.browser.page.controls import CHECKABLE, input_type
from liveview_testing.browser.page.forms.numbers import natural
from liveview_testing.browser.stimuli import Choose, Clear, Click, Fill, Press, SetTo, Stimulus
from liveview_testing.user.locators.acting.actionability import retargeted
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.preview import preview
from liveview_testing.user.locators.finding.reading import node_of
from liveview_testing.world.page_checks import PageWarning
from liveview_testing.world.tracebacks import warn

SET_AT_ONCE = frozenset(("date", "time", "datetime-local", "month", "week", "color", "range"))
UNWRITTEN = frozenset(("checkbox", "radio", "button", "submit", "reset", "image", "file", "hidden"))
_NUMBER = late_pattern(r"\s*-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*", re.ASCII)


# --- clicking ---------------------------------------------------------------------------------------------------------


def clicks(element: DomElement, count: int, button: str, modifiers: frozenset[str], refused: bool) -> list[Stimulus]:
    """A click, or several, with keys held down meanwhile."""
    key = node_of(element).key
    names = sorted(modifiers)
    held: list[Stimulus] = [Press(each, "down", frozenset(names[: at + 1])) for at, each in enumerate(names)]
    freed: list[Stimulus] = [Press(each, "up", frozenset(names[at + 1 :])) for at, each in enumerate(names)]
    mouse = cast("Any", button)
    acts = [Click(key, at, modifiers, mouse, refused) for at in range(1, count + 1)]
    return [*held, *acts, *freed]


def asks(element: DomElement) -> str | None:
    """The question that a click on an element asks first: `data-confirm` of it, or of what is around it."""
    for each in element.chain():
        said = each.get("data-confirm")
        if said:
            return said
    return None


# --- writing ----------------------------------------------------------------------------------------------------------


def filling(element: DomElement, text: str) -> list[Stimulus]:
    """A field is given a text. Raises `Error` where it takes none."""  # AC-3
    target = retargeted(element)
    key = node_of(target).key
    if target.tag == "input":
        kind = input_type(target)
        if kind in UNWRITTEN:
            raise Error(
                f'Input of type "{kind}" cannot be filled',
                expected="a field that is written into",
                got=preview(target),
                cure={"checkbox": "check() or uncheck()", "radio": "check()", "file": "set_input_files(…)"}.get(
                    kind, "click()"
                ),
            )
        if kind in SET_AT_ONCE:
            return [SetTo(key, text.strip())]
        if kind == "number" and text and not _NUMBER.fullmatch(text):
            raise Error(
                "Cannot type text into input[type=number]",
                expected="a number",
                got=shown(text),
                cure="press_sequentially(…) types what a person would",
            )
    elif target.tag != "textarea" and not is_editing_host(target):
        raise Error(
            "Element is not an <input>, <textarea> or [contenteditable] element",
            expected="a field that is written into",
            got=preview(target),
            cure="select_option(…)" if target.tag == "select" else None,
        )
    if not text:
        return [Clear(key)]
    return [Fill(key, _fitting(target, text))]


def _fitting(target: DomElement, text: str) -> str:
    if target.tag == "input":
        text = re.sub(r"\r\n|\r|\n", " ", text)
        if input_type(target) == "number":
            text = text.strip()
    return text[: natural(target.get("maxlength"))]


# --- ticking ----------------------------------------------------------------------------------------------------------


def tick_of(element: DomElement) -> bool:
    """Whether a box is ticked. Raises `Error` where there is none."""
    target = retargeted(element)
    said: bool | Mixed | None = checked(target)
    is_box = target.tag == "input" and input_type(target) in CHECKABLE
    if said is None or not (is_box or role(target) in CHECKED):
        raise Error(
            "Not a checkbox or radio button",
            expected="a checkbox, a radio, a switch …",
            got=preview(target),
            cure="click() it"
            if role(target) in ("button", "link", "tab", "option")
            else "the box itself, or its label",
        )
    return said is True


def warn_of_late_tick(verb: str, element: DomElement) -> None:
    """A box that is none of the browser's is ticked by the answer of the server, for which a browser does not wait."""  # AC-4
    target = retargeted(element)
    if target.tag == "input" or (target.get("phx-click") or "[").startswith("["):
        return
    text = (
        f"{verb}: {preview(target)} is ticked by the answer of the server; in a browser the state is read before that comes,"
        " and the act fails: click(), then expect(…).to_be_checked()"
    )
    warn(text, PageWarning)


def refuse_untick(element: DomElement, verb: str) -> None:
    """A radio that is chosen cannot be unchosen: Playwright's own refusal, which is none of the page's errors."""
    target = retargeted(element)
    if target.tag == "input" and input_type(target) == "radio":
        raise Error(
            f"{verb}: Cannot uncheck radio button. Radio buttons can only be unchecked by selecting another radio button in"
            " the same group.",
            got=preview(target),
            cure="check() another of its group",
        )


# --- choosing ---------------------------------------------------------------------------------------------------------


@frozen
class Wanted:
    """Options to choose: each by a value or label, a label alone, or a place."""

    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


def wanted_options(value: object, index: object, label: object) -> Wanted:
    """What was asked for, checked."""
    words = tuple(_each(value, str, "an option's value or label"))
    labels = tuple(_each(label, str, "an option's label"))
    places = tuple(_each(index, int, "an option's place"))
    return Wanted(words, labels, places)


def _each(given: object, kind: type[Any], what: str) -> Iterable[Any]:
    if given is None:
        return
    listed = cast("Iterable[object]", given) if isinstance(given, (list, tuple)) else [given]
    for each in listed:
        if type(each) is not kind:
            raise BadOption(
                f"{what} is {'a str' if kind is str else 'an int'}", expected=kind.__name__, got=shown(each)
            )
        yield each


def select_of(element: DomElement) -> DomElement:
    """The select that is meant. Raises `Error` where it is none."""
    target = retargeted(element)
    if target.tag != "select":
        raise Error(
            "Element is not a <select> element",
            expected="a <select>",
            got=preview(target),
            cure="fill('…') writes into a field; a listbox of its own is clicked: get_by_role('option', name='…').click()",
        )
    return target


def label_of(option: DomElement) -> str:
    """What an option says."""
    return option.get("label") or full_text(option)


def value_of(option: DomElement) -> str:
    """What an option stands for."""
    value = option.get("value")
    return norm(full_text(option)) if value is None else value


def chosen(select: DomElement, wanted: Wanted) -> list[DomElement] | str:
    """The options that were asked for; or why they cannot be chosen now."""  # AC-5
    known = list(options(select))
    asked = [*(("word", each) for each in wanted.words), *(("label", each) for each in wanted.labels)]
    tests: list[tuple[str, str | int]] = [*asked, *(("place", each) for each in wanted.places)]
    found: list[DomElement] = []
    missing = list(tests)
    many = select.has("multiple")
    for at, option in enumerate(known):
        hit = [test for test in tests if _is_meant(option, at, test)]
        if not hit:
            continue
        if many or not found:
            found.append(option)
        missing = [test for test in missing if test not in hit]
    if tests and (not found or (many and missing)):
        listed = ", ".join(repr(norm(label_of(option))) for option in known[:12]) or "no option"
        return f"did not find some options: {', '.join(repr(test[1]) for test in missing)}; there are {listed}"
    for option in found:
        if option.document.state.disabled(option) or (
            option.parent is not None and option.parent.tag == "optgroup" and option.parent.has("disabled")
        ):
            return f"option being selected is not enabled: {preview(option)}"
    return found


def _is_meant(option: DomElement, at: int, test: tuple[str, str | int]) -> bool:
    kind, wanted = test
    if kind == "place":
        return at == wanted
    said = label_of(option)
    by_label = said == wanted or norm(said) == norm(str(wanted))
    return by_label or (kind == "word" and value_of(option) == wanted)


def choosing(select: DomElement, found: Sequence[DomElement]) -> list[Stimulus]:
    """The options are chosen, all others are not."""
    return [Choose(node_of(select).key, tuple(value_of(option) for option in found))]


# --- files ------------------------------------------------------------------------------------------------------------


def file_input_of(element: DomElement) -> DomElement:
    """The file input that is meant: it, or the control of its label. Raises `Error` where it is none."""  # AC-13
    target = element
    if target.tag != "input":
        label = element.closest("label")
        control = None if label is None else controlled(label)
        target = element if control is None else control
    if target.tag != "input":
        raise Error(
            "Node is not an HTMLInputElement",
            expected='<input type="file">, or its label',
            got=preview(element),
            cure="in a template: <label for={@uploads.name.ref}>…</label> <.live_file_input upload={@uploads.name} />",
        )
    if input_type(target) != "file":
        raise Error(
            f'Input of type "{input_type(target)}" takes no files',
            expected='<input type="file">',
            got=preview(target),
            cure="fill('…') writes into a field; <.live_file_input upload={@uploads.name} /> takes files",
        )
    return target
