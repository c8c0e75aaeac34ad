"""The history of a tab as a value."""

from __future__ import annotations

import pytest

from liveview_testing.browser.connection import error_display, reconnecting
from liveview_testing.browser.connection.history import Entry, History
from liveview_testing.browser.connection.reconnecting import RECONNECT, REJOIN, after


def test_places_and_positions() -> None:
    """CN-41, CN-42: what is pushed says how one goes back; what is replaced forgets how one went on."""
    first = History((Entry("/a", "patch"),))
    second = first.pushed("/b", "patch")
    assert [(e.url, e.back_kind, e.position) for e in second.entries] == [("/a", "patch", 0), ("/b", None, 1)]
    back = second.moved(-1)
    assert back is not None
    assert (back.here.url, back.moved(-1)) == ("/a", None)
    other = back.pushed("/c", "redirect")
    assert [(e.url, e.kind) for e in other.entries] == [("/a", "patch"), ("/c", "redirect")]
    replaced = other.replaced("/d", "patch")
    assert [(e.url, e.position) for e in replaced.entries] == [("/a", 0), ("/d", 3)]
    assert replaced.counted().position == 4


def test_documents() -> None:
    """A page that is loaded again is another document for all its places."""
    both = History((Entry("/a", "patch"),)).pushed("/b", "patch")
    again = both.loaded("/b", "replace", here=True)
    assert [entry.page for entry in again.entries] == [1, 1]
    new = again.loaded("/c", "push")
    assert [entry.page for entry in new.entries] == [1, 1, 2]
    assert new.fragment("/c#x").here.page == 2


@pytest.mark.parametrize(
    ("schedule", "waits"),
    [
        (RECONNECT, [10, 50, 100, 150, 200, 250, 500, 1000, 2000, 5000, 5000]),
        (REJOIN, [1000, 2000, 5000, 10000, 10000]),
    ],
)
def test_schedules(schedule: tuple[int, ...], waits: list[int]) -> None:
    """CN-12, CN-20."""
    assert [after(schedule, tries) for tries in range(1, len(waits) + 1)] == waits


def test_how_long_the_client_waits() -> None:
    """MD-10, in milliseconds."""
    assert reconnecting.RECONNECT == (10, 50, 100, 150, 200, 250, 500, 1000, 2000, 5000)
    assert reconnecting.REJOIN == (1000, 2000, 5000, 10000)
    assert (reconnecting.PUSH_TIMEOUT, reconnecting.JOIN_TIMEOUT, reconnecting.HEARTBEAT) == (30_000, 10_000, 30_000)
    assert (error_display.DISCONNECTED_AFTER, reconnecting.JITTER, reconnecting.RELOADS, reconnecting.FAILSAFE) == (
        500,
        (5_000, 10_000),
        10,
        30_000,
    )
    assert [reconnecting.after(reconnecting.RECONNECT, tries) for tries in (1, 9, 10, 99)] == [10, 2000, 5000, 5000]


def test_the_address_that_is_noted() -> None:
    """CN-47, CN-50: none that differs by its fragment only; a document of its own notes where it is."""
    first = History((Entry("http://h/a#x", "patch"),))
    assert first.referer == "http://h/a#x"
    assert first.fragment("http://h/a#y").referer == first.pushed("http://h/a", "patch").referer == "http://h/a#x"
    assert first.fragment("http://h/a#y").pushed("http://h/b#z", "redirect").referer == "http://h/b#z"
    back = first.fragment("http://h/a#y").pushed("http://h/b", "patch").moved(-1)
    assert back is not None
    assert back.referer == "http://h/a#y"
    assert back.loaded("http://h/a#w", "push").referer == "http://h/a#w"
