"""The judge judged: the official client must build, from the recorded diffs, the pages recorded beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liveview_testing.browser.page.page import Page
from tests.harness.played import Step
from tests.official_client.client import Judges, OfficialPage, canonical

TRACES = Path(__file__).parent.parent / "goldens" / "traces"
NAMES = sorted(path.stem for path in TRACES.glob("[!_]*.json"))


def steps_of(messages: list[dict[str, Any]], topic: str | None) -> Iterator[Step]:
    """What these messages bring to the client of the view on `topic` (nested views have topics of their own)."""
    for message in messages:
        payload = message["payload"]
        if message["dir"] != "server" or message.get("topic") != topic:
            continue
        if message["kind"] == "reply":
            if "diff" in payload:
                yield {"diff": payload["diff"]}
            if "cids" in payload:
                yield {"prune": payload["cids"]}
        elif message.get("event") == "diff":
            yield {"diff": payload}


def session_of(trace: dict[str, Any]) -> tuple[dict[str, Any], list[Step], list[tuple[int, str]]]:
    """The join, all steps, and (index of a reading, recorded page) for the join and each recorded step."""
    topic = trace["join"]["messages"][0]["topic"]
    join = next(message for message in trace["join"]["messages"] if message["kind"] == "join_reply")
    steps: list[Step] = []
    pages: list[tuple[int, str]] = []
    for part in (trace["join"], *trace["steps"]):
        steps += steps_of(part["messages"], topic)
        if part.get("raw_html") is not None:
            pages.append((len(steps), part["raw_html"]))
    return join["payload"]["rendered"], steps, pages


@pytest.mark.parametrize("name", NAMES)
def test_official_client_builds_the_recorded_page(judges: Judges, name: str) -> None:
    """`raw_html`, text for text, after every step of every golden."""
    join, steps, pages = session_of(json.loads((TRACES / f"{name}.json").read_text()))
    readings = judges.rendered(join, steps)
    assert [reading.error for reading in readings] == [None] * (len(steps) + 1)
    assert [(at, readings[at].full) for at, _ in pages] == pages
    assert len(pages) > 1


def our_pages(join: dict[str, Any], steps: list[Step]) -> list[str]:
    """What our browser makes of the same session, as the wire spells it."""
    page = Page.join(join).page
    texts = [page.wire_text()]
    for step in steps:
        page = page.patch(step["diff"]).page if "diff" in step else page.drop_components(step.get("prune", ()))
        texts.append(page.wire_text())
    return texts


@pytest.mark.parametrize("name", NAMES)
def test_our_browser_agrees(judges: Judges, name: str) -> None:
    """The simulated browser and the official client make one page of each recorded diff, also between two recorded pages."""
    join, steps, _ = session_of(json.loads((TRACES / f"{name}.json").read_text()))
    assert our_pages(join, steps) == [reading.full for reading in judges.rendered(join, steps)]


def lines(name: str) -> list[dict[str, Any]]:
    """The generated traces of one file."""
    return [json.loads(line) for line in (TRACES / "random" / f"{name}.jsonl").read_text().splitlines()]


def test_official_client_builds_the_recorded_pages_of_random_templates(judges: Judges) -> None:
    """150 generated templates: the page after every state change."""
    cases = lines("random")
    for case in cases:
        changed = [step for step in case["steps"] if step["diff"] is not None]
        readings = judges.rendered(case["join"]["rendered"], [{"diff": step["diff"]} for step in changed])
        pages = [case["join"]["raw_html"], *(step["raw_html"] for step in changed)]
        assert [reading.full for reading in readings] == pages, case["name"]
    assert len(cases) == 150


def test_official_client_builds_the_recorded_pages_of_streams_and_components(judges: Judges) -> None:
    """24 generated runs of live components and streams, with the pruning of components in between."""
    cases = lines("stateful")
    for case in cases:
        steps: list[Step] = []
        pages = [(0, case["join"]["raw_html"])]
        for step in case["steps"]:
            steps += steps_of(step["messages"], None)
            pages.append((len(steps), step["raw_html"]))
        readings = judges.rendered(case["join"]["rendered"], steps)
        assert [(at, readings[at].full) for at, _ in pages] == pages, case["name"]
        assert our_pages(case["join"]["rendered"], steps) == [reading.full for reading in readings]
    assert len(cases) == 24


# LiveViewTest's page and a browser's differ in these on purpose, or the trace holds more than one view.
NOT_THE_SAME_PAGE = {
    "nested_live": "children have topics of their own, and only the main view's frames are delivered here",
    "extra_sticky_live": "likewise",
    "extra_trigger_action": "a browser leaves the page: it submits the form",
    "stream_component": "a browser puts stream rows before an element that is no row (ST-29), LiveViewTest at the end",
}


def without_blank(dom: str) -> list[str]:
    """The lines of a canonical page, but for white space: LiveViewTest prints none."""
    lines = [line.strip() for line in dom.split("\n")]
    return [line for line in lines if not (line.startswith('"') and json.loads(line).strip() == "")]


@pytest.mark.parametrize("name", NAMES)
def test_whole_client_shows_the_recorded_page(judges: Judges, name: str) -> None:
    """LiveSocket in jsdom, fed the recorded diffs: the page that LiveViewTest printed after each step."""
    trace = json.loads((TRACES / f"{name}.json").read_text())
    topic = trace["join"]["messages"][0]["topic"]
    join = next(message for message in trace["join"]["messages"] if message["kind"] == "join_reply")
    main = re.search(r'<div id="phx-ID0" data-phx-main.*</div>', trace["static_html"], re.DOTALL)
    assert main is not None
    page = OfficialPage.open(judges, main.group(), f"http://www.example.com{trace['path']}")
    sent, *_ = page.opened.frames  # a sticky child of the dead page joins at once
    reply = {"status": "ok", "response": join["payload"]}
    seen = page.deliver([sent[0], sent[1], topic, "phx_reply", reply])
    pages: list[tuple[list[str], list[str]]] = []
    for step in trace["steps"]:
        for happened in steps_of(step["messages"], topic):
            if "diff" in happened:
                seen = page.deliver([sent[0], None, topic, "diff", happened["diff"]])
        if step.get("html"):
            recorded = canonical(judges, step["html"]).split("\n", 1)[1]  # without the view's own container
            pages.append((without_blank(seen.dom), without_blank(recorded)))
    page.close()
    same = all(ours == theirs for ours, theirs in pages)
    if name in NOT_THE_SAME_PAGE:
        assert not same, f"{name} needs its reason no longer: {NOT_THE_SAME_PAGE[name]}"
    else:
        assert [ours for ours, _ in pages] == [theirs for _, theirs in pages]
        assert pages
