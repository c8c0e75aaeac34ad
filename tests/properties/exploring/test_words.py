"""Choices in words: everything that can happen, and everything that two of them can have in common."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_testing import Simulation
from liveview_testing.properties.exploring.choices import Choice, Crash, Deliver, Drop, Fail, Finish, Footprint, Pass
from liveview_testing.properties.exploring.counterexamples.describing import Words
from liveview_testing.world.mailboxes import Letter

WORDS = Words({1: "Ann", 2: "Ben"}, Simulation().world)


def letter(
    origin: str, *, sender: str | None = None, frame: bool = False, event: str = "", payload: Any = "hi"
) -> Letter:
    return Letter(1, 1, frame, payload, origin, event, payload, sender, 0, None)


TO_BEN = Deliver(("test",), ("phx-2", 1))
THINGS: list[tuple[Choice, Any, str, str]] = [
    (Pass(), None, "the passing of time", "time passes"),
    (Pass(2), None, "the passing of time", "time passes, 2 messages still under way"),
    (Drop("phx-1"), None, "the loss of Ann's connection", "Ann's connection is lost, and comes back"),
    (Crash("phx-2"), None, "the death of Ben's process", "Ben's process dies"),
    (Finish("phx-1", "r", ("load",)), None, 'Ann\'s "load"', 'Ann\'s task "load" runs'),
    (Fail("phx-1", "r", "load"), None, 'the failure of Ann\'s "load"', 'Ann\'s task "load" fails'),
    (TO_BEN, letter("exit"), "the end of what is around Ben's view", "the end of what is around Ben's view arrives"),
    (TO_BEN, letter("info", sender="phx-1"), "Ann's 'hi' to Ben", "Ann's 'hi' to Ben arrives"),
    (TO_BEN, letter("info", sender="phx-2"), "Ben's 'hi' to itself", "Ben's 'hi' to itself arrives"),
    (TO_BEN, letter("info"), "the message 'hi' to Ben", "the message 'hi' to Ben arrives"),
    (TO_BEN, letter("broadcast"), "the broadcast 'hi' to Ben", "the broadcast 'hi' to Ben arrives"),
    (TO_BEN, letter("task", event="load"), 'the result of Ben\'s "load"', 'the result of Ben\'s "load" reaches Ben'),
    (TO_BEN, letter("client", frame=True, event="phx_join"), "Ben's load", "Ben's load arrives"),
]


@pytest.mark.parametrize(("choice", "about", "thing", "event"), THINGS)
def test_what_happens(choice: Choice, about: Any, thing: str, event: str) -> None:
    assert WORDS.thing(choice, about) == thing
    assert WORDS.event(choice, about) == event


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (("store", "n"), "store['n']"),
        (("store",), "the whole store"),
        (("process", "phx-1"), "Ann's process"),
        (("life", "phx-2"), "whether Ben is there"),
        (("mail", "phx-2"), "Ben's mailbox"),
        (("topic", "t"), "who listens to 't'"),
        (("tab", 1), "Ann's tab"),
        (("tab", 7), "tab 7's tab"),
        (("task", "phx-1", "r"), "a task of Ann"),
        (("person", "Ann"), "Ann's hands"),
        (("clock",), "the clock"),
        (("fault", "drops"), "how many drops may be"),
        (("test",), "the test"),
    ],
)
def test_what_two_have_in_common(name: Any, words: str) -> None:
    assert WORDS.name(name) == words


def test_whoever_changes_the_store_meets_whoever_reads_all_of_it() -> None:
    writes = Footprint(frozenset(), frozenset({("store", "n")}))
    reads = Footprint(frozenset({("store",)}), frozenset())
    assert writes.shared(reads) == reads.shared(writes) == [("store",)]
    assert writes.shared(Footprint(frozenset({("store", "m")}), frozenset())) == []
