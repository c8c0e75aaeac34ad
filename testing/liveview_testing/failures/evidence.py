"""What a simulated user could not do, as evidence: frozen values of plain text and numbers.

Owns the kinds of failures, and the search for what comes near to a name that is not there. A failure is found deep inside the
browser (a selector without a match, an option that does not exist), where its evidence is at hand. Law: a value holds all that
its text needs (`wording`), and nothing of the page but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from liveview_core.values.declaring import frozen

TextFilter: TypeAlias = "str | re.Pattern[str] | None"


@frozen
class Sketch:
    """An element as evidence: a short name (`button#save.primary`) and its outer html."""

    name: str
    html: str


Bindings: TypeAlias = "tuple[tuple[str, str], ...]"  # (("phx-click", "save"), ...)


# --- the failures -----------------------------------------------------------------------------------------------------------


@frozen
class NoMatch:
    """A selector (with or without a text) matched nothing. `reached` is its longest beginning that does match."""

    selector: str
    text: TextFilter = None
    reached: str | None = None
    near: tuple[Sketch, ...] = ()
    where: str = "the page"


@frozen
class NoTextMatch:
    """The selector matched `count` elements, but none of them has the text."""

    selector: str
    text: str | re.Pattern[str]
    count: int
    elements: tuple[Sketch, ...]
    near: tuple[str, ...] = ()  # texts that come close


@frozen
class ManyMatches:
    """One element was expected, `count` were found (of `total` that the selector alone matches)."""

    selector: str
    count: int
    elements: tuple[Sketch, ...]
    text: TextFilter = None
    total: int | None = None


@frozen
class WrongCount:
    """`expected` elements were to match, `count` do."""

    selector: str
    expected: int
    count: int
    elements: tuple[Sketch, ...]
    text: TextFilter = None
    where: str = "the page"


@frozen
class Unwanted:
    """What was to be on no page, or (with `refused`) not so many times, is there."""

    selector: str
    count: int
    elements: tuple[Sketch, ...]
    text: TextFilter = None
    refused: int | None = None
    where: str = "the page"


@frozen
class NotAForm:
    """Form data, or a submit, for an element that is no form. `near` is the form it belongs to, if any."""

    selector: str
    element: Sketch
    action: str
    near: Sketch | None = None


@frozen
class Disabled:
    """The element, or a fieldset around it (`by`), is disabled."""

    selector: str
    element: Sketch
    action: str
    by: Sketch | None = None


@frozen
class Hidden:
    """The element cannot be seen, because of `why` on itself or on `by`."""

    selector: str
    element: Sketch
    action: str
    why: str
    by: Sketch | None = None


@frozen
class NoBinding:
    """The element does nothing on this event. `around` names ancestors that have bindings, nearest first."""

    selector: str
    element: Sketch
    action: str
    wanted: tuple[str, ...]
    bindings: Bindings = ()
    around: tuple[tuple[Sketch, Bindings], ...] = ()
    note: str | None = None


@frozen
class UnknownField:
    """Data for a name that no fillable control of the form has. `controls` are (name, kind) in document order."""

    form: Sketch
    name: str
    controls: tuple[tuple[str, str], ...]
    disabled: bool = False


@frozen
class UnknownOption:
    """A value that a select, radio, checkbox or hidden control cannot have."""

    form: Sketch
    name: str
    kind: str
    value: str
    options: tuple[str, ...]
    disabled: bool = False


@frozen
class Unfillable:
    """A control that exists, but that a user cannot set to this value: file, submit, hidden, read-only, a wrong count."""

    form: Sketch
    name: str
    kind: str
    why: str
    cure: str


@frozen
class NoText:
    """A value given for a field that is nothing a user could type."""

    kind: str
    value: str


@frozen
class InvalidSubmitter:
    """The element given to `put_submitter` cannot submit this form."""

    form: Sketch
    selector: str
    why: str
    submitters: tuple[Sketch, ...] = ()


@frozen
class NoTarget:
    """`phx-target` leads nowhere: the client logs an error and sends nothing."""  # CP-17

    element: Sketch
    target: str
    near: tuple[Sketch, ...] = ()


@frozen
class LeftPage:
    """The text of a page that the view has left was asked for."""

    to: str
    kind: str


@frozen
class BadSelector:
    """A selector that cannot be read, or that uses what the kit does not match."""

    selector: str
    problem: str
    cure: str


@frozen
class BadCommand:
    """A binding whose value the client cannot run."""

    element: Sketch
    attribute: str
    value: str
    problem: str
    cure: str


Failure: TypeAlias = (
    NoMatch
    | NoTextMatch
    | ManyMatches
    | WrongCount
    | Unwanted
    | NotAForm
    | Disabled
    | Hidden
    | NoBinding
    | UnknownField
    | UnknownOption
    | Unfillable
    | NoText
    | InvalidSubmitter
    | NoTarget
    | LeftPage
    | BadSelector
    | BadCommand
)


# --- nearest misses ---------------------------------------------------------------------------------------------------------


def nearest(wanted: str, names: Iterable[str], most: int = 3, at_least: float = 0.55) -> tuple[str, ...]:
    """The names most like `wanted`, best first; ties in the order given, so that the answer is always the same.

    >>> nearest("#sav", ["#save", "#cancel", "#slave"])
    ('#save', '#slave')
    """
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted.lower())
    scored: list[tuple[float, int, str]] = []
    for order, name in enumerate(dict.fromkeys(names)):
        matcher.set_seq1(name.lower())
        if matcher.real_quick_ratio() >= at_least and matcher.quick_ratio() >= at_least:
            ratio = matcher.ratio()
            if ratio >= at_least:
                scored.append((-ratio, order, name))
    return tuple(name for _, _, name in sorted(scored)[:most])
