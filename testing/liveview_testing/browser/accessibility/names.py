"""Accessible names, descriptions and error messages: what an element is called by somebody who does not see it.

Owns the computation of a text alternative: what refers to an element (labels, `aria-labelledby`), what it says of itself, what is
in it. Law: each element speaks once in one computation, and what is hidden speaks only where something refers to it that is
hidden itself, or where hidden things were asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from liveview_testing.browser.accessibility.display import IGNORED, display, is_drawn, is_hidden
from liveview_testing.browser.accessibility.dom import DomElement, remembered
from liveview_testing.browser.accessibility.roles import NO_ROLE, role
from liveview_testing.browser.accessibility.served import chosen_now, options
from liveview_testing.browser.accessibility.states import invalid
from liveview_testing.browser.accessibility.text import TRIM, flat
from liveview_testing.browser.page.controls import input_type

UNNAMEABLE = frozenset(
    (
        *("caption", "code", "definition", "deletion", "emphasis", "generic", "insertion", "mark", "paragraph"),
        *("presentation", "strong", "subscript", "superscript", "term", "time"),
    )
)
_FROM_CONTENT = (
    "button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option "
    "radio row rowheader switch tab tooltip treeitem"
)
FROM_CONTENT = frozenset(_FROM_CONTENT.split(" "))
FROM_CONTENT_BELOW = FROM_CONTENT | frozenset(
    (
        *("", "caption", "code", "contentinfo", "definition", "deletion", "emphasis", "insertion", "list", "listitem"),
        *("mark", "none", "paragraph", "presentation", "region", "row", "rowgroup", "strong", "subscript"),
        *("superscript", "table", "term", "time"),
    )
)
WITH_PLACEHOLDER = frozenset(("text", "password", "number", "search", "tel", "email", "url"))
RANGES = frozenset(("progressbar", "scrollbar", "slider", "spinbutton", "meter"))


class Around(NamedTuple):
    """From where an element is asked to speak. A reference says whether its root is hidden; None: not inside of one."""

    spoken: set[DomElement]
    hidden_too: bool = False
    place: str = ""  # "self": the name is its own; "below": it is inside of that element; "": inside of a reference
    labelled_by: bool | None = None
    described_by: bool | None = None
    label: bool | None = None
    native: bool | None = None

    def inside(self) -> Around:
        """For what is in the element."""
        return self._replace(place="below") if self.place == "self" else self

    def is_hidden_reference(self) -> bool:
        """Whether what is referred to is hidden, so that hidden things in it count."""
        return bool(self.labelled_by or self.described_by or self.native or self.label)

    def is_reference(self) -> bool:
        """Whether all content counts."""
        references = (self.labelled_by, self.described_by, self.native, self.label)
        return any(each is not None for each in references)


@remembered
def name(element: DomElement) -> str:
    """The accessible name."""
    return _name(element, False)


@remembered
def name_with_hidden(element: DomElement) -> str:
    """The accessible name, with what is hidden counted in."""
    return _name(element, True)


def _name(element: DomElement, hidden_too: bool) -> str:
    if role(element) in UNNAMEABLE:
        return ""
    return flat(_alternative(element, Around(set(), hidden_too, "self")))


@remembered
def description(element: DomElement) -> str:
    """The accessible description."""
    return _description(element, False)


@remembered
def description_with_hidden(element: DomElement) -> str:
    """The accessible description, with what is hidden counted in."""
    return _description(element, True)


def _description(element: DomElement, hidden_too: bool) -> str:
    if element.has("aria-describedby"):
        return flat(" ".join(_described(element, "aria-describedby", hidden_too)))
    said = element.get("aria-description")
    return flat((element.get("title") or "") if said is None else said)


def error_message(element: DomElement) -> str:
    """The error message that an invalid element refers to."""
    if invalid(element) is False and not element.document.state.invalid(element):
        return ""
    return " ".join(flat(part) for part in _described(element, "aria-errormessage", False)).strip(TRIM)


def _described(element: DomElement, attribute: str, hidden_too: bool) -> list[str]:
    found = element.document.by_ids(element.get(attribute))
    return [_alternative(each, Around(set(), hidden_too, described_by=is_hidden(each))) for each in found]


# --- the text alternative -----------------------------------------------------------------------------------------------------


def _alternative(element: DomElement, around: Around) -> str:
    if element in around.spoken:
        return ""
    if not around.hidden_too:
        if element.tag in IGNORED or (not around.is_hidden_reference() and is_hidden(element)):
            around.spoken.add(element)
            return ""
    labelling = element.document.referred(element.get("aria-labelledby"))
    if around.labelled_by is None:
        referred = [
            _alternative(each, Around(around.spoken, around.hidden_too, labelled_by=is_hidden(each)))
            for each in labelling
        ]
        text = " ".join(referred)
        if text:
            return text
    own = role(element) or ""
    if (around.label is not None or around.labelled_by is not None or around.place == "below") and (
        element not in labelling
    ):
        value = _embedded(element, own, around)
        if value is not None:
            around.spoken.add(element)
            return value
    said = element.get("aria-label") or ""
    if said.strip(TRIM):
        around.spoken.add(element)
        return said
    if own not in NO_ROLE:
        rule = _NATIVE.get(element.tag) or (_drawing if element.tag == "svg" or is_drawn(element) else None)
        if rule is not None and not (labelling and element.tag in _UNLESS_LABELLED):
            around.spoken.add(element)
            native = rule(element, around)
            if native is not None:
                return native
    content = _from_content(element, own, around)
    if content:
        return content
    around.spoken.add(element)
    title = element.get("title") or ""
    return title if title.strip(TRIM) and (own not in NO_ROLE or element.tag == "iframe") else ""


def _from_content(element: DomElement, own: str, around: Around) -> str:
    allowed = FROM_CONTENT_BELOW if around.place == "below" else FROM_CONTENT
    if not (own in allowed or (element.tag == "summary" and own not in NO_ROLE) or around.is_reference()):
        return ""
    around.spoken.add(element)
    text = _content(element, around.inside())
    return text if (text.strip(TRIM) if around.place == "self" else text) else ""


def _content(element: DomElement, around: Around) -> str:
    parts: list[str] = []
    skips_text = (
        element.tag == "details"
        and not element.document.state.open(element)
        and not around.hidden_too
        and not around.is_hidden_reference()
    )
    for kid in (*element.children, *element.document.by_ids(element.get("aria-owns"))):
        if isinstance(kid, str):
            if not skips_text:
                parts.append(kid)
            continue
        text = _alternative(kid, around)
        parts.append(text if is_inline(kid) else f" {text} ")
    return "".join(parts)


def is_inline(element: DomElement) -> bool:
    """Whether its text runs on with what is around it."""
    return display(element) in ("inline", "") and element.tag != "br"


def _embedded(element: DomElement, own: str, around: Around) -> str | None:
    """What a control says inside of another's name: its value."""
    state, tag = element.document.state, element.tag
    if own in ("textbox", "searchbox"):
        return state.value(element) if tag in ("input", "textarea") else element.content
    if own in ("combobox", "listbox"):
        around.spoken.add(element)
        found = _chosen(element, own)
        if not found and tag == "input":
            return state.value(element)
        return " ".join(_alternative(option, around.inside()) for option in found)
    if own in RANGES:
        said = (element.get(each) for each in ("aria-valuetext", "aria-valuenow", "value"))
        return next((each for each in said if each is not None), "")
    return "" if own == "menu" else None


def _chosen(element: DomElement, own: str) -> list[DomElement]:
    if element.tag == "select":
        return chosen_now(element) or list(options(element))[:1]
    listbox: DomElement | None = element
    if own == "combobox":
        listbox = next((each for each in _owned(element) if role(each) == "listbox"), None)
    return [
        each
        for each in (() if listbox is None else _owned(listbox))
        if (each.get("aria-selected") or "").lower() == "true" and role(each) == "option"
    ]


def _owned(element: DomElement) -> Iterable[DomElement]:
    yield from element.iter()
    for each in element.document.by_ids(element.get("aria-owns")):
        yield each
        yield from each.iter()


# --- by tag -------------------------------------------------------------------------------------------------------------------


def _labels(element: DomElement, around: Around) -> str | None:
    """What its labels say; None without any."""
    labels = element.document.labels(element)
    if not labels:
        return None
    texts = [_alternative(label, Around(around.spoken, around.hidden_too, label=is_hidden(label))) for label in labels]
    return " ".join(text for text in texts if text)


def _input(element: DomElement, around: Around) -> str | None:
    kind = input_type(element)
    title = element.get("title") or ""
    if kind in ("button", "submit", "reset"):
        value = element.document.state.value(element)
        if value.strip(TRIM):
            return value
        return {"submit": "Submit", "reset": "Reset"}.get(kind, title)
    if kind in ("file", "image"):
        if around.labelled_by is None:
            labelled = _labels(element, around)
            if labelled is not None:
                return labelled
        if kind == "file":
            return "Choose File"
        alt = element.get("alt") or ""
        return alt if alt.strip(TRIM) else title if title.strip(TRIM) else "Submit"
    if element.document.referred(element.get("aria-labelledby")):
        return None
    labelled = _labels(element, around)
    if labelled is not None:
        return labelled
    return title or (element.get("placeholder") or "" if kind in WITH_PLACEHOLDER else "")


def _control(element: DomElement, around: Around) -> str | None:
    labelled = _labels(element, around)
    if labelled is not None:
        return labelled
    title = element.get("title") or ""
    return title or (element.get("placeholder") or "" if element.tag == "textarea" else "")


def _titled_by(tag: str) -> Callable[[DomElement, Around], str | None]:
    """For an element that a child of this tag names."""

    def rule(element: DomElement, around: Around) -> str | None:
        named = _referred(element, around, tag)
        return (element.get("title") or "") if named is None else named

    return rule


def _referred(element: DomElement, around: Around, tag: str) -> str | None:
    child = next((each for each in element.elements() if each.tag == tag), None)
    return None if child is None else _alternative(child, around.inside()._replace(native=is_hidden(child)))


def _table(element: DomElement, around: Around) -> str | None:
    named = _referred(element, around, "caption")
    return (element.get("summary") or None) if named is None else named


def _image(element: DomElement, around: Around) -> str | None:
    alt = element.get("alt") or ""
    return alt if alt.strip(TRIM) else (element.get("title") or "")


def _drawing(element: DomElement, around: Around) -> str | None:
    child = next((each for each in element.elements() if each.tag == "title"), None)
    if child is not None and element.tag != "foreignobject":  # there it is html, and names nothing
        return _alternative(child, around.inside()._replace(labelled_by=is_hidden(child)))
    title = element.get("xlink:title") or ""
    return title if element.tag == "a" and title.strip(TRIM) else None


_NATIVE: dict[str, Callable[[DomElement, Around], str | None]] = {
    "area": _image,
    "button": _labels,
    "fieldset": _titled_by("legend"),
    "figure": _titled_by("figcaption"),
    "img": _image,
    "input": _input,
    "meter": _control,
    "output": _control,
    "progress": _control,
    "select": _control,
    "table": _table,
    "textarea": _control,
}
_UNLESS_LABELLED = frozenset(("button", "fieldset", "figure", "meter", "output", "progress", "select", "textarea"))
