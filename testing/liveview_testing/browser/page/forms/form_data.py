"""The rules of `FormData`, once: which box is ticked, which option is chosen, what is sent and with which markers.

Owns them over `FormReading`, by which whoever reads a form says what each of its controls is now: `forms` reads the page as it was
sent, with what was typed over it; `browser.dom.forms` the DOM as the client has it. Law: two readers that say the same of every
control send the same, to the byte.
"""  # FM-31, FM-37, PF-15

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol, TypeAlias, TypeVar

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.page.controls import BUTTONS, CHECKABLE, ElementLike
from liveview_testing.browser.page.forms.direction import DIRECTED, Directed, direction
from liveview_testing.browser.page.forms.numbers import natural

Pairs: TypeAlias = "list[tuple[str, str]]"

C = TypeVar("C")
C_in = TypeVar("C_in", contravariant=True)
T = TypeVar("T")


Field: TypeAlias = "tuple[str, str, C]"
"""A control with its name ("" if it has none) and its `type` property."""


class FormReading(Protocol[C_in]):
    """What a reader of a form says of one control as it is now."""

    def element(self, control: C_in, /) -> Directed:
        """Its element, to be asked for attributes."""
        raise NotImplementedError

    def is_submitter(self, control: C_in, /) -> bool:
        """Whether the form is submitted by it."""
        raise NotImplementedError

    def is_left_out(self, control: C_in, /) -> bool:
        """Whether it takes no part: it is disabled, or a suggestion."""
        raise NotImplementedError

    def is_checked(self, control: C_in, /) -> bool:
        """Whether a box or a radio button is checked."""
        raise NotImplementedError

    def is_used(self, control: C_in, /) -> bool:
        """Whether somebody has changed it, or submitted it."""
        raise NotImplementedError

    def values(self, control: C_in, /) -> Iterable[str]:
        """What a select or a field sends."""
        raise NotImplementedError


def clicked_at(name: str) -> Pairs:
    """What the browser sends of a picture that submits: where it was clicked, which nobody knows without a layout."""
    return [(f"{name}.{axis}" if name else axis, "0") for axis in "xy"]


def entries(form: FormReading[C], fields: Iterable[Field[C]], *, native: bool = False) -> Pairs:
    """The entry list of a form: (name, value) in the order of its controls, as the client has it, without files.

    The client puts the submitter at its place; no other button sends anything. `native`: as the browser sends it by itself: a
    submit without a value says what it shows.
    """  # PF-15, AC-7
    pairs: Pairs = []
    files: set[str] = set()
    for name, kind, control in fields:
        if kind in BUTTONS:
            if not form.is_submitter(control):
                if kind == "submit" and name and form.element(control).tag == "input" and not form.is_left_out(control):
                    _direct(pairs, form, control, kind)
                continue
            if native and kind == "image":
                pairs.extend(clicked_at(name))
            elif name:
                element = form.element(control)
                shows = "Submit" if native and kind == "submit" and element.tag == "input" else ""
                value = element.get("value")
                pairs.append((name, shows if value is None else value))
                if element.tag == "input":
                    _direct(pairs, form, control, kind)
        elif not name or form.is_left_out(control):
            continue
        elif kind == "file":
            files.add(name)
        elif kind == "hidden" and name.lower() == "_charset_":
            pairs.append((name, "UTF-8"))
        elif kind not in CHECKABLE:
            pairs.extend((name, value) for value in form.values(control))
            if kind in DIRECTED:
                _direct(pairs, form, control, kind)
        elif form.is_checked(control):
            value = form.element(control).get("value")
            pairs.append((name, "on" if value is None else value))
    # The client removes files by their name, and with them whatever else has it.
    return [pair for pair in pairs if pair[0] not in files] if files else pairs


def _direct(pairs: Pairs, form: FormReading[C], control: C, kind: str) -> None:
    """Where `dirname` asks for it, the direction of a field is sent after what it holds."""
    element = form.element(control)
    name = element.get("dirname")
    if name is not None:
        value = element.get("value") or "" if kind == "submit" else next(iter(form.values(control)), "")
        pairs.append((name, direction(element, value)))


# --- the text that is sent --------------------------------------------------------------------------------------------

_LAST_KEY = late_pattern(r"([^\[\]]+)(\]?$)")


_TO_QUOTE = late_pattern(r"[^A-Za-z0-9_.*\- ]+")


def urlencode(pairs: Iterable[tuple[str, str]]) -> str:
    r"""`application/x-www-form-urlencoded`, byte for byte as `URLSearchParams` writes it.

    >>> urlencode([("u[name]", "a b~*\n"), ("é", "")])
    'u%5Bname%5D=a+b%7E*%0A&%C3%A9='
    """
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs)


def _encoded(text: str) -> str:
    try:
        # A run at once: `quote_plus` goes byte by byte, and a long text that is not ASCII costs 30 times as much.
        return _TO_QUOTE.sub(_quoted, text).replace(" ", "+")
    except UnicodeEncodeError:
        return _encoded(scalar(text))


def _quoted(run: re.Match[str]) -> str:
    return f"%{run[0].encode().hex('%').upper()}"


def scalar(text: str) -> str:
    """Text as it leaves a browser: half a surrogate pair is U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unused_name(name: str) -> str:
    """The marker's name: `_unused_` goes before the last key of the name.

    >>> unused_name("user[tags][]"), unused_name("user[name]"), unused_name("q")
    ('user[_unused_tags][]', 'user[_unused_name]', '_unused_q')
    """  # FM-31
    base = name.removesuffix("[]")
    return _LAST_KEY.sub(r"_unused_\1\2", base, count=1) + name[len(base) :]


def unused_names(form: FormReading[C], of: ElementLike, fields: Iterable[Field[C]]) -> frozenset[str]:
    """The names that get a marker: none of their controls was used, and not all of them are hidden inputs."""  # FI-2
    if of.get("phx-no-unused-field") is not None:
        return frozenset()
    used: set[str] = set()
    seen: set[str] = set()
    for name, kind, control in fields:
        if not name or kind == "image":
            continue
        if form.is_used(control) or form.element(control).get("phx-no-unused-field") is not None:
            used.add(name)
        if kind != "hidden":
            seen.add(name)
    return frozenset(seen - used)


def serialize(
    form: FormReading[C],
    of: ElementLike,
    fields: Sequence[Field[C]],
    submitter: ElementLike | None = None,
    only: str | None = None,
    extra: Iterable[tuple[str, str]] = (),
) -> str:
    """The `value` of a form event, urlencoded with markers. `only`: the one name that is sent. `extra`: pairs of the test, never
    refused, which replace what the form has under their names.
    """  # FM-34
    unused = unused_names(form, of, fields)
    own = submitter.get("name") if submitter is not None else None
    added = list(extra)
    replaced = {name for name, _ in added}
    pairs: Pairs = []
    for name, value in entries(form, fields):
        if (only is not None and name != only) or name in replaced:
            continue
        if name in unused and name != own:
            pairs.append((unused_name(name), ""))
        pairs.append((name, value))
    return urlencode([*pairs, *added])


# --- choices ----------------------------------------------------------------------------------------------------------


def display_size(select: ElementLike) -> int:
    """The `size` of a select; 0 if it has none."""
    return natural(select.get("size")) or 0


Rival: TypeAlias = "tuple[bool | None, bool, bool]"
"""A radio button of a group: what was done to it (None: nothing), whether it is rendered as checked, whether it is the one that is
asked for."""


def is_checked(rivals: Sequence[Rival]) -> bool:
    """Whether a radio button that is rendered as checked, and that nobody touched, is so: of those of one name only one can be, the
    last that is rendered so.
    """
    if any(done for done, _, _ in rivals):
        return False
    rendered = [this for _, sent, this in rivals if sent]
    return not rendered or rendered[-1]


def chosen_by_default(
    select: ElementLike, options: Sequence[T], marked: Callable[[T], bool], off: Callable[[T], bool]
) -> list[T]:
    """The options of a select that are selected as it is rendered: those that say so; of a single one the last of them, else the
    first that can be, unless it shows several at once.
    """
    found = [each for each in options if marked(each)]
    if select.get("multiple") is not None:
        return found
    if found:
        return found[-1:]
    if display_size(select) > 1:
        return []
    return [each for each in options if not off(each)][:1]


def picked(
    select: ElementLike, options: Iterable[T], value: Callable[[T], str], values: Collection[str]
) -> list[T] | None:
    """The options that somebody picked by their values; None where none of them is there any more, and one has to be."""
    multiple = select.get("multiple") is not None
    found: list[T] = []
    for each in options:
        if value(each) in values and (multiple or not found):
            found.append(each)
    return found if found or multiple or not values else None
