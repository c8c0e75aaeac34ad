"""The recorded pages: every diff that Phoenix sent, merged by the kit's browser.

`raw_html` is the server's tree as text and must be equal to the letter. `html` was printed by LiveViewTest's client after its
own DOM work; it must be the same document. Where that client and a browser differ, the difference is listed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import html5lib
import pytest

from liveview_testing.browser.page.node import Wanted
from liveview_testing.browser.page.page import Page
from tests.browser.page import documents
from tests.harness.places import TRACES

MAIN = "lv:phx-ID0"
EVERY = Wanted("test:every", lambda shape: tuple(range(len(shape.elements))), lambda element, attributes: True)

NAMES = sorted(path.stem for path in TRACES.glob("*.json") if not path.stem.startswith("_"))

# LiveViewTest appends a stream's row after a child that is no item, a browser puts it before (ST-29).
ORDER = {("stream_component", step) for step in (0, 1, 2, 4, 5)}
# A component in a stream's row gets a diff of its own: LiveViewTest keeps the row as first sent, a browser patches it.
STALE = {("StreamComps", 0, step) for step in (2, 3, 4, 5)}


def trace(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TRACES / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TRACES / "random" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def server(pages: dict[str, Page], messages: list[dict[str, Any]]) -> tuple[list[int], list[int]]:
    """Plays the server's messages into the pages by topic; the cids that left the page, and those the client announced."""
    joining: list[str] = []
    gone: list[int] = []
    told: list[int] = []
    for message in messages:
        topic = message.get("topic") or (joining[-1] if joining else MAIN)
        payload = message.get("payload") or {}
        if message["dir"] == "client":
            if message["kind"] == "join":
                joining.append(topic)
            if message.get("event") == "cids_will_destroy":
                told += payload["cids"]
            continue
        diff = None
        if message["kind"] == "join_reply" and "rendered" in payload:
            topic = message.get("topic") or joining.pop(0)
            pages[topic] = Page.join(payload["rendered"]).page
        elif message["kind"] == "reply":
            diff = payload.get("diff")
            if "cids" in payload:
                pages[topic] = pages[topic].drop_components(payload["cids"])
        elif message.get("event") == "diff":
            diff = payload
        if diff is not None:
            patched = pages[topic].patch(diff)
            pages[topic] = patched.page
            gone += patched.gone
    return gone, told


def parses_as_written(html: str) -> bool:
    """Whether an html parser changes nothing (a <p> in a <table> moves out, for instance, which skeletons do not do)."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parseFragment(f"<div>{html}</div>")
    return not parser.errors


def check_nodes(page: Page) -> None:
    """Nodes, search, paths and look-ups agree with each other and with a parser."""
    nodes = list(page.root.iter())
    assert list(page.root.search(EVERY)) == nodes
    assert [page.node_at(node.path) for node in nodes] == nodes
    for node in nodes:
        assert all(kid.parent == node for kid in node.elements())
        if node.id:
            assert node in page.by_id(node.id)
    for cid in page.present():
        found = page.component(cid)
        assert found is not None
        assert found.cid == cid
    if parses_as_written(page.html()):
        assert documents.of_node(page.root) == documents.of_text(page.html())


def played(name: str) -> Iterator[tuple[int, dict[str, Any], dict[str, Page]]]:
    recorded = trace(name)
    pages: dict[str, Page] = {}
    for number, step in enumerate([recorded["join"], *recorded["steps"]], start=-1):
        gone, told = server(pages, step["messages"])
        if MAIN in pages:
            assert gone == sorted(told)
            yield number, step, pages


@pytest.mark.parametrize("name", NAMES)
def test_goldens(name: str) -> None:
    """Text to the letter, document as printed, nodes in agreement, at every step."""
    steps = 0
    for number, step, pages in played(name):
        page = pages[MAIN]
        if step.get("raw_html") is not None:  # None: the step ended the view
            steps += 1
            assert page.wire_text() == step["raw_html"]
        printed = step.get("html") or step.get("render_html")
        if printed and len(pages) == 1:  # nested views are printed inside their parent
            same = documents.of_text(page.html()) == documents.of_view(printed)
            assert same != ((name, number) in ORDER)
        check_nodes(page)
    assert steps


@pytest.mark.parametrize("run", range(0, 150, 10))
def test_random_templates(run: int) -> None:
    """Ten generated templates each: the text after every step."""
    for case in lines("random")[run : run + 10]:
        page = Page.join(case["join"]["rendered"]).page
        assert page.wire_text() == case["join"]["raw_html"]
        for step in case["steps"]:
            if step["diff"] is not None:
                page = page.patch(step["diff"]).page
            assert page.wire_text() == step["raw_html"]
            assert page.html() == step["raw_html"]
        check_nodes(page)


@pytest.mark.parametrize("run", range(24))
def test_stateful_views(run: int) -> None:
    """Streams and components under random operations: text, document, and the components that left."""
    case = lines("stateful")[run]
    name = case["view"]["name"]
    pages = {MAIN: Page.join(case["join"]["rendered"]).page}
    for number, step in enumerate([case["join"], *case["steps"]], start=-1):
        gone, told = server(pages, step.get("messages", []))
        page = pages[MAIN]
        assert sorted(gone) == sorted(told)
        assert page.wire_text() == step["raw_html"]
        same = documents.of_text(page.html()) == documents.of_view(step["html"])
        assert same != ((name, run % 4, number) in STALE)
        check_nodes(page)
