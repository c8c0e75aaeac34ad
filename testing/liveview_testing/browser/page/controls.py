"""The state an element is in for a user: what kind of control it is, what disables it, what hides it.

Law: an answer depends on the element, its ancestors and, for a fieldset, its legend; never on the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, Protocol, Self, TypeVar, cast

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.place import attributes_of
from liveview_testing.browser.page.templates.skeleton import Skeleton

INPUT_TYPES = frozenset(
    (
        *("hidden", "text", "search", "tel", "url", "email", "password", "date", "month", "week", "time"),
        *(
            "datetime-local",
            "number",
            "range",
            "color",
            "checkbox",
            "radio",
            "file",
            "submit",
            "image",
            "reset",
            "button",
        ),
    )
)
BUTTONS = frozenset(("submit", "image", "reset", "button"))
SUBMITTERS = frozenset(("submit", "image"))
CHECKABLE = frozenset(("checkbox", "radio"))
CONTROLS = frozenset(("input", "select", "textarea", "button"))
CAN_BE_DISABLED = CONTROLS | {"fieldset", "option", "optgroup"}


class ElementLike(Protocol):
    """What is asked of an element to know what kind of control it is: of a page as it was sent, or of the DOM."""

    @property
    def tag(self) -> str: ...

    def get(self, name: str, /) -> str | None:
        """One attribute."""
        raise NotImplementedError


class Inside(ElementLike, Protocol):
    """And to know what is around it, and in that."""

    @property
    def path(self) -> Any: ...

    def elements(self) -> Iterator[Self]: ...


E = TypeVar("E", bound=Inside)


def input_type(node: ElementLike) -> str:
    """The `type` property of an input: an unknown one is text."""
    kind = (node.get("type") or "text").lower()
    return kind if kind in INPUT_TYPES else "text"


def kind_of(node: ElementLike) -> str:
    """The `type` property of a control, by the browser's rules: an unknown type of input is `text`, of a button `submit`.

    A button that commands submits nothing unless its type says so.
    """
    tag = node.tag
    if tag == "input":
        return input_type(node)
    if tag == "button":
        kind = (node.get("type") or "").lower()
        if kind in ("submit", "reset", "button"):
            return kind
        return "submit" if node.get("command") is None and node.get("commandfor") is None else "button"
    if tag == "select":
        return "select-multiple" if node.get("multiple") is not None else "select-one"
    return tag


# --- what is around an element ----------------------------------------------------------------------------------------------

TAGS = frozenset(
    ("a", "area", "button", "input", "select", "textarea", "option", "label", "form", "fieldset", "legend", "template")
)
NAMES = ("phx-click", "data-phx-link", "hidden", "style")


def around(node: Node) -> tuple[Node, ...]:
    """The element and those of its ancestors that can matter to an event on it, nearest first.

    Which can is a fact about the template: most wrappers are passed over without being asked anything. What is in a portal is
    shown elsewhere: the last that matters is in it.
    """
    found = (each for each in node.ancestors() if _is_notable(each))
    return (node, *takewhile(lambda each: not _is_portal(each), found))


def _is_portal(node: Node) -> bool:
    return node.tag == "template" and node.get("data-phx-portal") is not None


def _is_notable(node: Node) -> bool:
    place = node.place
    if place.node.grafts is not None:
        return True  # an ignored element keeps attributes that its template does not have
    return notable(place.shape)[node.number]


def notable(shape: Skeleton) -> tuple[bool, ...]:
    """For each element of a template, whether it can matter to an event below it; found out once."""
    found = shape.memo.get(NAMES)
    if found is None:
        found = shape.memo[NAMES] = tuple(
            element.tag in TAGS or any(element.may_have(name) for name in NAMES) for element in shape.elements
        )
    return cast("tuple[bool, ...]", found)


_HIDING = ("hidden", "style", "inert", "open", "popover", "disabled")
_BORN = frozenset(("input", "select", "textarea", "button", "iframe"))
"""What can have the focus by its tag."""
_OPENED = frozenset(("details", "dialog"))


def is_steady(node: Node) -> bool:
    """Whether nothing that a patch has brought hides or disables an element: no attribute of that kind is on it, or around it."""
    place, number = node.place, node.number
    if number < 0 or node.tag not in _BORN or node.get("type") == "hidden":
        return False
    while True:
        if place.floor >= 0 or place.node.grafts is not None:
            return False
        elements, steady = place.shape.elements, _steady_in(place.shape)
        while number >= 0 and not steady[number]:
            element = elements[number]
            attributes = attributes_of(place.node, element)
            if element.tag in _OPENED or any(name in attributes for name in _HIDING):
                return False
            number = element.parent
        if place.above is None:
            return True
        number, place = place.host, place.above


def _steady_in(shape: Skeleton) -> tuple[bool, ...]:
    """For each element of a template, whether neither it nor one around it there can have such an attribute; found out once."""
    found = shape.memo.get(_HIDING)
    if found is None:
        steady: list[bool] = []
        for element in shape.elements:  # parents come before their children
            around = element.parent < 0 or steady[element.parent]
            steady.append(around and element.tag not in _OPENED and not any(map(element.may_have, _HIDING)))
        found = shape.memo[_HIDING] = tuple(steady)
    return cast("tuple[bool, ...]", found)


def disabled_by(node: Node) -> Node | None:
    """What disables an element: itself, or a disabled fieldset around it (not around its first legend).

    Only form controls can be disabled; on any other element the attribute means nothing to a browser.
    """
    return disabled_in(around(node)) if node.tag in CAN_BE_DISABLED else None


def disabled_in(chain: Sequence[E]) -> E | None:
    """What disables the first of these, the others being around it, nearest first: all of them, or those that `around` found."""
    node = chain[0]
    if node.tag in CAN_BE_DISABLED and node.get("disabled") is not None:
        return node
    return fieldset_in(chain) if node.tag in CONTROLS else None


def fieldset_of(node: Node) -> Node | None:
    """The nearest disabled fieldset that reaches this element."""
    return fieldset_in(around(node))


def fieldset_in(chain: Sequence[E]) -> E | None:
    """The nearest disabled fieldset that reaches the first of these."""
    for at in range(1, len(chain)):
        each = chain[at]
        if each.tag == "fieldset" and each.get("disabled") is not None:
            # Inside of its first legend nothing is disabled; a legend is notable, so it comes right before.
            legend = next((part for part in each.elements() if part.tag == "legend"), None)
            if legend is None or legend.path != chain[at - 1].path:
                return each
    return None


def hidden_by(node: Node) -> tuple[Node, str] | None:
    """The element that hides this one (itself, or one around it), and how; None when a user can see it.

    No geometry is guessed, no stylesheet is read: the `hidden` attribute, `<template>`, and `display: none` or
    `visibility: hidden` in a style attribute.
    """
    return hidden_in(around(node))


def hidden_in(chain: Sequence[Node]) -> tuple[Node, str] | None:
    """`hidden_by` of the first of what `around` found."""
    return next(hidings(chain), None)


def hidings(chain: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    """All elements that hide the first of what `around` found, nearest first, and how."""
    for each in chain:
        why = _hides(each)
        if why is not None:
            yield each, why


def _hides(node: Node) -> str | None:
    if node.tag == "template":
        return "a <template> is not shown"
    if node.get("hidden") is not None:
        return "the attribute hidden"
    style = node.get("style")
    if style:
        match = _NOT_SHOWN.search(style)
        if match is not None:
            return f"the style {' '.join(match.group(1).split())}"
    return None


_NOT_SHOWN = late_pattern(r"(?:^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
