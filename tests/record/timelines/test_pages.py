"""What a timeline says of a page is what the page was, to the byte; and versions share what they share in memory."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Timeline, View, timeline
from liveview_testing.browser.page.page import Page
from liveview_testing.record.story import play, world_of
from liveview_testing.record.timelines.pages import Pages
from liveview_testing.record.timelines.steps.encoding import Encoder
from liveview_testing.world.log.message_records import recorded
from tests.harness.examples import examples
from tests.harness.playing import SCENARIOS, scenario
from tests.harness.timeline_schema import broken
from tests.record.timelines.pages_of_all_kinds import EVENTS, Everything


class Looked:
    """The pages of a world as they are at some steps, to be held against its timeline."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim
        self.seen: list[tuple[int, str, str]] = []

    def look(self) -> None:
        last = recorded(self.sim.world.store)
        assert last is not None
        self.seen.extend((last.number, view.id, self._html(view)) for view in self.sim.views)

    def _html(self, view: View) -> str:
        """What its tab shows, if that is behind: while a transition runs no patch is applied."""
        browser = self.sim.world.browsers.get(view.browser)
        shown = None if browser is None or not browser.blocking else browser.document.views.get(view.id)
        return str(view.html) if shown is None else shown.page.html()

    def hold(self) -> Timeline:
        told = timeline(self.sim, hide=())
        assert self.seen
        for number, process, html in self.seen:
            assert told.page(process, number) == html
        return told


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios(path: Any) -> None:
    """Every page of every story, nested views and components too; and the data is what the schema says."""
    module = scenario(path.stem)
    looked = Looked(world_of(module, record=True))
    for _ in play(module, looked.sim):
        looked.look()
    assert broken(looked.hold().data) == []


@given(st.lists(st.sampled_from((*EVENTS, "child", "component")), max_size=30))
@examples(25)
def test_any_run(events: list[str]) -> None:
    """Streams with limits, ignored elements, components, dynamic tags, raw html, portals, nested views."""
    looked = Looked(Simulation(record=True, checks="ignore"))
    view = looked.sim.live(Everything)
    looked.look()
    for event in events:
        if event == "child":
            child = view.find_live_child("child")
            assert isinstance(child, View)
            child.element("button").render_click()
        elif event == "component":
            for each in view.dom.by_id("items")[:1]:
                if each.text and view.has_element("#items b"):
                    number = next(iter(view.dom.present()))
                    view.event("click", "row", cid=number)
        else:
            view.render_click(event)
        looked.look()
    looked.hold()


def test_freed_objects() -> None:
    """An id names an object only as long as it is there: pages that are gone are no pages of later ones."""
    encoder = Encoder()
    versions: list[tuple[Any, str]] = []
    for number in range(300):
        page = Page.join({"s": ["<p>", "</p>"], "0": {"s": [f"<b>{number}</b>"]}}).page
        versions.append((encoder.version("one", page), page.html()))
        del page
        gc.collect(0)
    steps = [{"n": at + 1, "pages": {"one": version}} for at, (version, _) in enumerate(versions)]
    pages = Pages({"strings": encoder.strings, "nodes": encoder.nodes, "processes": {}, "steps": steps})
    assert [pages.html("one", at + 1) for at in range(300)] == [html for _, html in versions]


def test_deep_and_long_pages() -> None:
    """A thousand templates in one another and a hundred thousand rows are no reason to recurse."""
    deep: dict[str, Any] = {"s": ["bottom"]}
    for _ in range(1000):
        deep = {"s": ["<i>", "</i>"], "0": deep}
    encoder = Encoder()
    page = _built(deep)
    pages = Pages(
        {
            "strings": encoder.strings,
            "nodes": encoder.nodes,
            "processes": {},
            "steps": [{"n": 1, "pages": {"one": encoder.version("one", page)}}],
        }
    )
    assert pages.html("one", 1) == "<i>" * 1000 + "bottom" + "</i>" * 1000
    rows = {
        "s": ["", ""],
        "0": {"s": ["<li>", "</li>"], "k": {str(at): {"0": str(at)} for at in range(100_000)} | {"kc": 100_000}},
    }
    long = Page.join(rows).page
    encoder = Encoder()
    first = encoder.version("one", long)
    size = len(encoder.nodes)
    changed = long.patch({"0": {"k": {"77": {"0": "new"}, "kc": 100_000}}}).page
    second = encoder.version("one", changed)
    assert len(encoder.nodes) - size < 8  # the row, and the leaf and the branches above it
    steps = [{"n": 1, "pages": {"one": first}}, {"n": 2, "pages": {"one": second}}]
    pages = Pages({"strings": encoder.strings, "nodes": encoder.nodes, "processes": {}, "steps": steps})
    assert [pages.html("one", 1) == long.html(), pages.html("one", 2) == changed.html()] == [True, True]


def _built(rendered: dict[str, Any]) -> Page:
    """A page whose join would recurse, built from the inside."""
    from liveview_testing.browser.page.tree.template_index import TemplateIndex
    from liveview_testing.browser.page.tree.tree import Template

    chain: list[dict[str, Any]] = []
    each: Any = rendered
    while "0" in each:
        chain.append(each)
        each = each["0"]
    bottom = Page.join(each).page.tree
    shell = Page.join({"s": ["<i>", "</i>"], "0": ""}).page.tree
    tree: Template = bottom
    for _ in chain:
        tree = shell.with_slots((tree,))
    made = object.__new__(Page)
    made.tree, made.components, made.title = tree, Page.join(each).page.components, None
    made.templates = TemplateIndex.of(bottom, Page.join(each).brought, None)
    return made


class Rows(LiveView):
    """A table of which one row changes at a time."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.stream("rows", [{"id": str(at), "n": 0} for at in range(500)]).assign(changes=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.stream_insert("rows", {"id": event, "n": 1}).update("changes", lambda count: count + 1)

    render = heex("""
    <h1>{@changes}</h1>
    <ul id="rows" phx-update="stream"><li :for={dom_id, row in @streams.rows} id={dom_id}>{row["id"]} {row["n"]}</li></ul>
    """)


def test_versions_share_what_did_not_change() -> None:
    """A changed row of a stream costs a few nodes, whatever stands beside the container."""
    sim = Simulation(record=True)
    view = sim.live(Rows)
    for number in range(0, 500, 50):
        view.render_click(str(number))
    told = timeline(sim)
    fresh = [version[0] for step in told.steps for version in step.get("pages", {}).values()]
    assert len(fresh) == 11
    assert len(told.data["nodes"]) - fresh[1] < 10 * 8
