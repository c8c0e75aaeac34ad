"""The generated traces: 150 random templates under random state changes, 24 runs of streams and components."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from liveview_core import LiveView, attr, heex, render_slot, slot
from liveview_testing.browser.page.page import Page
from tests.goldens import dom
from tests.goldens.comparing import Difference, equal
from tests.goldens.departures import STATEFUL_DEPARTURES
from tests.goldens.names import Names, canonical, canonical_message
from tests.goldens.replay import TRACES, named_frame, recorded_frame
from tests.goldens.stateful import build, terms
from tests.goldens.transport import World

TYPES: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "list": list, "any": "any", "global": "global"}


@cache
def cases(file: str) -> list[dict[str, Any]]:
    lines = (TRACES / "random" / file).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def declared(component: dict[str, Any]) -> list[Any]:
    """The declarations of a recorded component."""
    found: list[Any] = []
    for a in component["attrs"]:
        options: dict[str, Any] = {"default": a["default"]} if "default" in a else {}
        if a["required"]:
            options["required"] = True
        found.append(attr(a["name"], TYPES[a["type"]], **options))
    for s in component["slots"]:
        inner = [attr(a["name"], TYPES[a["type"]], required=a["required"]) for a in s["attrs"]]
        found.append(slot(s["name"], *inner))
    return found


def random_view(case: dict[str, Any]) -> Any:
    """The view of a random case: it does nothing but assign."""
    names: dict[str, Any] = {"render_slot": render_slot}
    for component in case["components"]:
        names[component["name"]] = heex(component["python"], *declared(component), names=dict(names))

    class Random(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(terms(case["state"]))

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            return socket.assign(terms(params))

        render = heex(case["python"], names=names)

    return Random


@pytest.mark.filterwarnings("ignore::liveview_core.heex.verification.TemplateWarning")  # random tags in random tags
@pytest.mark.parametrize("index", range(150))
def test_random_template(index: int) -> None:
    """A random template: the same rendered tree, the same diff after each change, and the page as text."""
    case = cases("random.jsonl")[index]
    names = Names()
    world = World.of(random_view(case))
    response = world.join()
    assert_same(case, "join", canonical_message(case["join"]["rendered"]), names.message(response["rendered"]))
    page = Page.join(response["rendered"]).page
    assert_same(case, "join: text", canonical(case["join"]["raw_html"]), canonical(page.wire_text()))
    for number, step in enumerate(case["steps"]):
        response = world.event("set", step["set"])
        diff = response.get("diff")
        assert_same(case, f"step {number}: {step['set']}", canonical_message(step["diff"]), names.message(diff))
        if diff is not None:
            page = page.patch(diff).page
        assert_same(case, f"step {number}: text", canonical(step["raw_html"]), canonical(page.wire_text()))


def assert_same(case: dict[str, Any], what: str, recorded: Any, ours: Any) -> None:
    if isinstance(recorded, str) or recorded is None or ours is None:
        same = recorded == ours
    else:
        same = equal(recorded, ours)
    if not same:
        components = "\n".join(f"<.{c['name']}> {c['python']}" for c in case.get("components", []))
        raise AssertionError(f"{Difference(what, recorded, ours)}\n{case.get('python', '')}\n{components}")


@pytest.mark.parametrize("index", range(24))
def test_stateful(index: int) -> None:
    """Streams and live components under random operations: the same frames, the same page, the same components held."""
    case = cases("stateful.jsonl")[index]
    view, _ = build(case)
    names = Names()
    world = World.of(view)
    response = world.join()
    assert_same(case, "join", canonical_message(case["join"]["rendered"]), names.message(response["rendered"]))
    page = Page.join(response["rendered"]).page
    assert_page(case, "join", case["join"], page, world)
    for number, step in enumerate(case["steps"]):
        what = f"step {number}: {json.dumps(step['do'])}"
        world.begin()
        for message in step["messages"]:
            if message["dir"] == "client":
                world.client(message)
        ours = []
        for _, event, payload in world.sent:
            diff = payload if event == "diff" else payload.get("response", {}).get("diff")
            page = page if diff is None else page.patch(diff).page
            ours.append(named_frame(names, event, payload))
        recorded = [recorded_frame(m) for m in step["messages"] if m["dir"] == "server"]
        assert_same(case, what, recorded, ours)
        assert_page(case, what, step, page, world)


def assert_page(case: dict[str, Any], what: str, step: dict[str, Any], page: Page, world: World) -> None:
    assert_same(case, f"{what}: text", canonical(step["raw_html"]), canonical(page.wire_text()))
    expected, got = dom.inner(step["html"]), dom.tree(page.html())
    if case["view"]["name"] in STATEFUL_DEPARTURES:
        expected, got = dom.blanked(expected, "cell-"), dom.blanked(got, "cell-")
    assert expected == got, str(Difference(f"{what}: page", repr(expected), repr(got)))
    held = [
        {
            "cid": i.cid,
            "id": i.id,
            "module": i.module.__name__,
            **{k: i.socket.assigns[k] for k in ("n", "open", "note")},
        }
        for i in world.held()
    ]
    assert_same(case, f"{what}: components", step["components"], held)
