"""What an element brings to an event by itself: its `phx-value-*` attributes and its `value` property.

Law: the property is the browser's, not the attribute: a button has one ("" if need be), an unchecked box has none, a `li`
has a number.
"""  # CH-3

from __future__ import annotations

from typing import TypeAlias

from liveview_testing.browser.page.controls import CHECKABLE
from liveview_testing.browser.page.forms.forms import (
    NOTHING,
    Overlay,
    control_of,
    controls,
    current_value,
    form_of,
    is_checked,
)
from liveview_testing.browser.page.forms.numbers import floating, integer
from liveview_testing.browser.page.node import Node

Json: TypeAlias = "dict[str, object]"


def dom_values(node: Node, overlay: Overlay = NOTHING) -> Json:
    """What an element itself brings: every `phx-value-*`, then its `value` property, which wins over `phx-value-value`."""
    values = phx_values(node)
    own = value_property(node, overlay)
    if own is not None:
        values["value"] = own
    elif node.tag == "input":
        values.pop("value", None)  # an unchecked box has no value at all
    return values


def phx_values(node: Node) -> Json:
    return {
        name.removeprefix("phx-value-"): value
        for name, value in node.attributes.items()
        if name.startswith("phx-value-")
    }


def value_property(node: Node, overlay: Overlay = NOTHING) -> str | int | float | None:
    """`el.value` as the client reads it: text for controls, a number for li, progress and meter, None where there is none."""
    match node.tag:
        case "button":
            return node.get("value") or ""
        case "input" | "select" | "textarea":
            control = control_of(node, ())
            if control.kind in CHECKABLE:
                # Only radios depend on others: of one name one is checked.
                form = form_of(node) if control.kind == "radio" else None
                group = (control,) if form is None else controls(form)
                if not is_checked(control, group, overlay):
                    return None
            return current_value(control, overlay)
        case "option":
            value = node.get("value")
            return node.text if value is None else value
        case "li":
            return integer(node.get("value")) or 0
        case "progress":
            most = _number(node.get("max"), 1.0)
            most = most if most > 0 else 1.0
            return _plain(min(max(_number(node.get("value"), 0.0), 0.0), most))
        case "meter":
            low = _number(node.get("min"), 0.0)
            high = max(low, _number(node.get("max"), 1.0))
            return _plain(min(max(_number(node.get("value"), 0.0), low), high))
        case "output":
            return node.content
        case "data" | "param":
            return node.get("value") or ""
        case _:
            return None


def _number(text: str | None, otherwise: float) -> float:
    number = floating(text)
    return otherwise if number is None else number


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number
