"""The texts and classes of a function: what it may be called with, read from its code."""

from __future__ import annotations

from functools import partial
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Socket
from liveview_testing.properties.code_words import handled_events, spoken


@frozen
class Bought:
    """A message."""

    name: str


def handler(event: str, kind: Any = None) -> Any:
    """A docstring is no text of it."""
    return {"buy": Bought("tea")}.get(event) if event in {"buy", "sell"} else ("one two", event == "drop")


class Called:
    """Called as a function is."""

    def __call__(self, event: str) -> bool:
        return event == "call"

    def method(self, event: str) -> bool:
        return event == "method"


def texts(given: Any) -> set[Any]:
    return set(spoken(given))


def test_what_a_function_says() -> None:
    """Constants, also those inside others, and classes by their names; no docstring."""
    assert texts(handler) == {"buy", "sell", "tea", "one two", "drop", Bought}


def test_what_stands_for_a_function() -> None:
    """A method, an object that can be called, and one whose arguments are given in part: those are said, too."""
    assert texts(Called().method) == {"method"}
    assert texts(Called()) == {"call"}
    assert texts(partial(handler, kind=("half", Bought))) == {*texts(handler), "half", Bought}
    assert texts(len) == texts(None) == set()


def test_a_variable_that_has_no_value_yet() -> None:
    def asks(event: str) -> Any:
        return event == "asked" and later

    assert texts(asks) == {"asked"}
    later = "later"
    assert texts(asks) == {"asked", "later"}


class PressedLive(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(said="a sentence") if event == "press" else socket


def test_events_of_a_view_are_single_words() -> None:
    assert handled_events(PressedLive()) == ["press"]
    assert handled_events(None) == []
