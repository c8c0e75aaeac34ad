"""Values at their edges: what they are as a truth, as a text, and when somebody else's code in them raises."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import heex
from liveview_core.errors import shown
from liveview_core.process.mounting import NOT_MOUNTED_AT_ROUTER, Static
from liveview_core.protocol.destinations import checked_href
from liveview_core.rendering.attributes import BadAttribute
from liveview_core.rendering.rendered import Comprehension, rendered_to_text
from liveview_core.uploads.allow_and_consume import reason_of
from liveview_core.values.assigns import Assigns, assigns_to_attributes


class Silent:
    """Its text raises."""

    def __repr__(self) -> str:
        raise RuntimeError("no text")


class Mute(Exception):
    """An error whose text raises."""

    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_what_raises_while_it_is_shown() -> None:
    assert shown(Silent()) == "<Silent, whose repr raises RuntimeError>"
    assert reason_of(Mute()) == "Mute"
    assert reason_of(ValueError()) == "ValueError"


def test_assigns_are_true_and_list_their_pairs() -> None:
    assert Assigns({})
    assert assigns_to_attributes({"label": "x", "class": "big"}, ["label"]) == {"class": "big"}


def test_params_of_a_view_without_a_route() -> None:
    import copy

    assert copy.deepcopy(NOT_MOUNTED_AT_ROUTER) is NOT_MOUNTED_AT_ROUTER
    assert repr(NOT_MOUNTED_AT_ROUTER) == "NOT_MOUNTED_AT_ROUTER"


def test_a_page_that_leads_nowhere_else_is_there() -> None:
    process: Any = None
    assert Static(process, "<p></p>").status == 200


def test_urls_of_other_libraries() -> None:
    class Url:
        def __str__(self) -> str:
            return "/there"

    assert checked_href(Url()) == "/there"


class Int(int): ...


class Float(float): ...


class List(list[Any]): ...


def test_numbers_and_lists_of_ones_own_kind() -> None:
    assert heex("{@a} {@b} {@c}")(a=Int(1), b=Float(1.5), c=List(["x", "<"])).__html__() == "1 1.5 x&lt;"


def test_names_of_attributes_are_text() -> None:
    with pytest.raises(BadAttribute):
        heex("<p {@rest}></p>")(rest={1: "x"}).__html__()


def test_what_templates_give_shows_its_statics() -> None:
    rendered = heex("<p>{@x}</p>")(Assigns({"x": 1}))
    assert repr(rendered) == "<Rendered ('<p>', '</p>')>"
    loop = heex("<i :for={x in @xs}>{x}</i>")(Assigns({"xs": (1, 2)})).evaluate(False)["0"]
    assert type(loop) is Comprehension
    assert repr(loop) == "<Comprehension of 2 ('<i>', '</i>')>"
    assert rendered_to_text(loop) == "<i>1</i><i>2</i>"
