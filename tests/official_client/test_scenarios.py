"""Every scenario under judge 1: what went over each wire, read by the official client, is the page that our browser shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liveview_testing import Frame, View
from liveview_testing.record.story import load, world_of
from tests.harness.played import Step
from tests.official_client.client import Judges

SCENARIOS = sorted((Path(__file__).parent.parent.parent / "scenarios").glob("[!_]*.py"))


def session_of(wire: list[Frame]) -> tuple[dict[str, Any], list[Step]]:
    """The last join on a wire and what came after it."""
    join: dict[str, Any] | None = None
    steps: list[Step] = []
    for frame in wire:
        if frame.direction == "client":
            continue
        response = frame.payload["response"] if frame.event == "phx_reply" else {}
        if "rendered" in response:
            join, steps = response["rendered"], []
        elif "cids" in response:
            steps.append({"prune": response["cids"]})
        elif frame.event == "diff" or "diff" in response:
            steps.append({"diff": response.get("diff", frame.payload)})
    assert join is not None
    return join, steps


def views_of(shows: dict[str, Any]) -> Iterator[View]:
    """The views that a step shows, whole or by an element of theirs."""
    for shown in shows.values():
        yield shown if isinstance(shown, View) else shown.view


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_official_client_reads_the_story(judges: Judges, scenario: Path) -> None:
    """After every step of the story, for everybody it shows."""
    module = load(scenario)
    sim = world_of(module)
    compared = 0
    for step in module.story(sim):
        for view in views_of(step.shows):
            join, steps = session_of(view.wire)
            *_, last = judges.rendered(join, steps)
            assert last.error is None
            assert last.full == view.dom.wire_text(), step.title
            compared += 1
    assert compared > 1
