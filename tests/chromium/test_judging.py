"""Every scenario's story, act by act, in Chromium beside the simulation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chromium.judging import Differs, Judge

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from liveview_testing.record.scripts.act import Act
    from tests.chromium.conftest import Serve

pytestmark = pytest.mark.browser

NOT_TO_THE_END = {"attachments", "avatar"}
"""Their stories have an act that is not mirrored: half of a file is sent, the network gets slow. They are judged up to there."""

SCENARIOS = sorted(path.stem for path in (Path(__file__).parent.parent.parent / "scenarios").glob("*.py"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_story(serve: Serve, chromium: Browser, name: str) -> None:
    server = serve(f"scenarios/{name}.py")
    judge = Judge(server.room.shown, server, chromium)
    judge.play()
    assert judge.mirrored > 0
    assert bool(judge.passed_over) is (name in NOT_TO_THE_END), judge.passed_over


@pytest.mark.parametrize(
    "planted",
    [
        "document.querySelector('h1').setAttribute('title', 'x')",
        "document.querySelector('h1').textContent = 'Count: 7'",
    ],
)
def test_a_planted_difference_is_found(serve: Serve, chromium: Browser, planted: str) -> None:
    server = serve("scenarios/counter.py")

    def plant(judge: Judge, act: Act) -> None:
        if not act.opens:
            next(iter(judge.people.values())).page.evaluate(planted)

    with pytest.raises(Differs):
        Judge(server.room.shown, server, chromium, plant).play()


def test_a_frame_that_was_not_sent_is_found(serve: Serve, chromium: Browser) -> None:
    server = serve("scenarios/counter.py")

    def plant(judge: Judge, act: Act) -> None:
        wire = server.room.links.wire
        wire[:] = [each for each in wire if not (each.up and each.event == "event")]

    with pytest.raises(Differs, match="sent other frames"):
        Judge(server.room.shown, server, chromium, plant).play()
