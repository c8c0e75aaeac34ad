"""Declarations that are seldom seen: types of every spelling, functions that say nothing of themselves, mistakes."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any

import pytest

from liveview_core import attr, component, heex, slot
from liveview_core.declarations.attribute_types import DeclarationError, _takes, types_of
from liveview_core.declarations.function_component import FunctionComponent
from liveview_core.values.assigns import Assigns


@pytest.mark.parametrize(
    ("given", "kinds"),
    [(None, (types.NoneType,)), (Mapping[str, int], (dict,)), (int | Any, ()), (list[int], (list,))],
)
def test_types(given: Any, kinds: tuple[type, ...]) -> None:
    assert types_of(given, "attr 'x'") == kinds


def test_a_function_that_does_not_say_what_it_takes_is_believed() -> None:
    assert _takes(dict.fromkeys, 7) is False
    assert _takes(type, 7) is True  # written in C, without a signature


def test_a_component_that_does_not_say_what_it_takes() -> None:
    silent: Any = type
    made = component()(silent)
    assert isinstance(made, FunctionComponent)


def test_an_undeclared_component_is_its_function() -> None:
    template = heex("<b>{@x}</b>")
    made: Any = component()(lambda assigns: template(assigns))
    given = Assigns({"x": 1})
    assert made(given).part is template(given).part


def test_attributes_of_a_slot_are_declared() -> None:
    wrong: Any = ["title"]
    with pytest.raises(DeclarationError) as raised:
        slot("row", *wrong)
    assert "takes attr(…) declarations" in str(raised.value)
    assert "cure: write attr(…)" in str(raised.value)


def test_what_declarations_show() -> None:
    made: Any = component(attr("title", str), slot("row"))(lambda assigns: heex("<i></i>")(assigns))
    assert repr(made.declarations) == "<Declarations title, row>"
    assert not made.declarations.attrs[0].default
