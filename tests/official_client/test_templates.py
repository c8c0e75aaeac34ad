"""Whole generated pages under both judges: the official client's page, our browser's and one rendered from scratch are equal."""

from __future__ import annotations

from hypothesis import Phase, event, given, settings

from tests.harness.examples import THOROUGH
from tests.harness.played import Played, play
from tests.harness.random_pages import Page, pages, seeded_pages
from tests.official_client.client import Judges, OfficialPage, canonical, judges, need

# Sequences for judge 1, and for the whole client in jsdom.
RENDERED, LIVE_SOCKET = (20_000, 2_000) if THOROUGH else (90, 24)
UNSHRUNK = tuple(phase for phase in Phase if phase is not Phase.shrink)


def describe(page: Page, played: Played) -> None:
    """Tell hypothesis what kind of page this was, for `--hypothesis-show-statistics`."""
    for kind in (":for", ":key", "<%= if", "<%= match", "<.card", "<.listing", "live_component", "phx-update"):
        if kind in page.template:
            event(f"holds {kind}")
    event(f"{len(played.steps)} messages")


@settings(max_examples=RENDERED, phases=UNSHRUNK)
@given(seeded_pages)
def test_rendered_agrees(page: Page) -> None:
    """Judge 1, on pages that have nothing in common."""
    rendered_agrees(page)


@settings(max_examples=RENDERED // 6)
@given(pages())
def test_rendered_agrees_small(page: Page) -> None:
    """Judge 1, on pages that hypothesis can make small: a failure here is short."""
    rendered_agrees(page)


def rendered_agrees(page: Page) -> None:
    """After every message three texts are one: the official tree's, our tree's, and a render from scratch."""
    need()
    played = play(page)
    describe(page, played)
    readings = judges().rendered(played.join, played.steps)
    assert [reading.error for reading in readings] == [None] * len(played.texts)
    assert [reading.full for reading in readings] == played.texts
    if not page.streams:  # a process holds no rows to render again (ST-17)
        assert played.texts == played.scratch


def same_page(official: Judges, dom: str, ours: str) -> None:
    """The page that the client shows is the one our browser has."""
    assert dom == canonical(official, ours)


@settings(max_examples=LIVE_SOCKET, phases=UNSHRUNK)
@given(seeded_pages)
def test_live_socket_agrees(page: Page) -> None:
    """Judge 2: the whole client, from the dead page on: the same DOM after every message, the same components forgotten."""
    need()
    official = judges()
    played = play(page)
    shown = OfficialPage.open(official, played.dead, "http://judge.test/")
    try:
        (join,) = shown.opened.frames
        ours, _, topic = join[0], join[1], join[2]
        reply = {"status": "ok", "response": {"rendered": played.join, "liveview_version": "1.2.10"}}
        seen = shown.deliver([ours, join[1], topic, "phx_reply", reply])
        same_page(official, seen.dom, played.pages[0])
        for happened, expected in zip(played.steps, played.pages[1:], strict=True):
            gone = happened.get("prune", ())
            if "diff" in happened:
                assert list(seen.frames) == []
                seen = shown.deliver([ours, None, topic, "diff", happened["diff"]])
            else:
                # The client noticed by itself which components left, and asks twice before it forgets them.
                for name, response in (("cids_will_destroy", {}), ("cids_destroyed", {"cids": gone})):
                    ((_, ref, _, asked, payload),) = seen.frames
                    assert asked == name
                    assert sorted(payload["cids"]) == sorted(gone)
                    seen = shown.deliver([ours, ref, topic, "phx_reply", {"status": "ok", "response": response}])
            assert list(seen.logged) == []
            same_page(official, seen.dom, expected)
    finally:
        shown.close()
