"""Races of many kinds: each is found as soon as can be, is told by what it is over, is printed as a test that fails the same way,
and is gone where it is mended.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_testing import Counterexample, explore
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from tests.properties.exploring import races_of_absence as absence
from tests.properties.exploring import races_of_messages as messages
from tests.properties.exploring import races_of_pages as pages
from tests.properties.exploring import races_of_parts as parts
from tests.properties.exploring import races_of_processes as processes
from tests.properties.exploring import races_of_tabs as tabs
from tests.properties.exploring.racing import Racing, mended

RACES: dict[Any, tuple[type[Racing], int, int, str]] = {
    messages.counter: (messages.CounterLive, 2, 25, "over store['n']"),
    messages.claim: (messages.ClaimLive, 2, 37, "over Ben's process"),
    messages.item: (messages.ItemLive, 2, 39, "over Ann's process"),
    messages.stream: (messages.StreamLive, 4, 60, "over Ann's process"),
    messages.gift: (messages.GiftLive, 1, 22, "over whether Ben is there"),
    messages.undo: (messages.UndoLive, 2, 10, "over Ann's process"),
    messages.importing: (messages.ImportLive, 1, 14, "over Ann's process"),
    messages.presence: (messages.HereLive, 2, 45, "over who listens to 'presence'"),
    pages.pausing: (pages.PausedLive, 1, 47, "over Ann's process"),
    pages.box: (pages.BoxHostLive, 1, 102, "over Ann's process"),
    pages.pages: (pages.PagesLive, 1, 11, "over Ann's process"),
    pages.document: (pages.DocLive, 1, 17, "over Ann's process"),
    pages.session: (pages.SessionLive, 1, 7, "over Ann's process"),
    processes.rooms: (processes.RoomsLive, 3, 27, "over Ann's process"),
    processes.spinner: (processes.SpinLive, 1, 6, "over a task of Ann"),
    processes.cart: (processes.CartLive, 1, 28, ""),
    processes.nodes: (processes.NodeLive, 1, 6, "over Ben's process"),
    processes.locks: (processes.LocksLive, 2, 67, "over store['x']"),
    processes.vanishing: (processes.VanishLive, 1, 21, "over Ben's process"),
    processes.timeout: (processes.TimeoutLive, 1, 6, "over the clock"),
    processes.payment: (processes.PayLive, 1, 6, "over Ann's process"),
    absence.giving_up: (absence.ReportLive, 1, 14, "over Ann's process"),
    absence.coming_back: (absence.BoardLive, 1, 22, "over Ann's process"),
    absence.nested: (absence.ParentLive, 2, 27, "over Ann's tab"),
    tabs.present: (tabs.PresentLive, 1, 39, "over Ann 1's process"),
    tabs.basket: (tabs.BasketLive, 2, 26, "over store['basket']"),
    tabs.watching: (tabs.WatchLive, 3, 27, "over Ann's process"),
    tabs.account: (tabs.AccountLive, 2, 16, "over Ann 2's process"),
    parts.likes: (parts.LikeHostLive, 4, 50, "over Ann's process"),
    parts.rows: (parts.RowsLive, 1, 38, "over Ann's process"),
    parts.mail: (parts.MailLive, 1, 12, "over store['mail']"),
    parts.notice: (parts.NoticeLive, 1, 12, "over Ann's process"),
    parts.drawing: (parts.DrawingLive, 1, 163, "over store['version']"),
    parts.album: (parts.AlbumLive, 1, 26, "over Ann's process"),
}
"""Of each: the view, after how many deviations it fails, within how many choices, and over what."""


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_a_race_is_found(race: Any) -> None:
    view, deviations, choices, over = RACES[race]
    sim, acts, asked, options = race(view)
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, *asked, **options)
    failure, found = raised.value.failure, raised.value.exploration
    assert failure.deviations == deviations
    assert found.choices <= choices
    assert ([row.why for row in failure.rows if row.why] or [""])[-1] == over
    names: dict[str, Any] = {}
    exec(failure.test, names)
    test = next(value for name, value in names.items() if name.startswith("test_"))
    with pytest.raises((AssertionError, LookupError)) as again:
        test()
    assert signature(again.value) == failure.signature


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_it_takes_as_many_surprises_as_are_told(race: Any) -> None:
    """Every schedule with fewer is right."""
    view, deviations, _, _ = RACES[race]
    sim, acts, asked, options = race(view)
    found = explore(sim, acts, *asked, **options, deviations=deviations - 1, raising=False)
    assert found.failure is None
    assert found.deviations == deviations - 1 or found.exhaustive


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_it_is_gone_where_it_is_mended(race: Any) -> None:
    """Every order was followed, and nothing is wrong in any."""
    sim, acts, asked, options = race(mended(RACES[race][0]))
    found = explore(sim, acts, *asked, **options)
    assert found.exhaustive
    assert found.failure is None
