"""Values at their edges: what they are as a truth, as a text, and when somebody else's code in them raises."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from liveview_core import Socket, heex
from liveview_core.errors import shown
from liveview_core.process.mounting import NOT_MOUNTED_AT_ROUTER, Static
from liveview_core.protocol.destinations import checked_href
from liveview_core.rendering.attributes import BadAttribute
from liveview_core.rendering.html import NotText
from liveview_core.rendering.rendered import Comprehension, rendered_to_text
from liveview_core.uploads.allow_and_consume import reason_of
from liveview_core.values.assigns import Assigns, _broken, assigns_to_attributes


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


class Odd(datetime.date):
    """Its text is a number."""

    def isoformat(self) -> Any:
        return 5


def test_a_date_whose_text_is_none() -> None:
    with pytest.raises(NotText, match="Odd gave 5 for its text"):
        heex("{@day}")(day=Odd(2026, 1, 2)).__html__()


def test_paths_below_one_and_the_same_value() -> None:
    same = {"a": {"b": 1}}
    assert not _broken(same, (("[", "a"), ("[", "b")))
    assert _broken(same, (("[", "x"), ("[", "b")))
    assert _broken({"a": 1}, (("[", "a"), ("[", "b")))


def test_one_stream_of_several() -> None:
    streams = Socket().stream("items", [{"id": 1}]).assigns.streams
    assert streams.same_item(streams, "items")
    assert not streams.same_item(Socket().stream("items", []).assigns.streams, "items")
