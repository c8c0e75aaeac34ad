"""What LiveViewTest has, function by function: the table of the guide, and that the tests that it names are there and do it."""

from __future__ import annotations

import ast
import re
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation
from tests.harness.places import ROOT

ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| `(tests/[\w/]+\.py)::(\w+)` \|$", re.MULTILINE)
TABLE = (ROOT / "docs/coming-from/phoenix.md").read_text(encoding="utf-8")


class PageLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        info = socket.get_connect_info("peer_data") if socket.connected else None
        given = socket.get_connect_params() if socket.connected else None
        return socket.assign(said="", params=given, info=info)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("said", lambda said: f"{said} {event} {params.get('key', '')}".strip())

    render = heex("""
    <h1>{@said}</h1>
    <button phx-click="clicked">Click</button>
    <input name="text" phx-focus="focused" phx-blur="blurred" phx-keydown="down" phx-keyup="up" />
    """)


ROUTER = Router([Route("/", PageLive)])


def test_a_path_is_opened() -> None:
    """`sim.live("/")`, and what is on the page: `view.render()`."""
    assert "<h1></h1>" in Simulation(ROUTER).live("/").render()


def test_a_click() -> None:
    """By an element, and by the name of the event."""
    view = Simulation(ROUTER).live("/")
    assert "<h1>clicked</h1>" in view.element("button", "Click").render_click()
    assert "<h1>clicked clicked</h1>" in view.render_click("clicked")


def test_focus_and_blur() -> None:
    """`render_focus`, `render_blur`: by element and by name."""
    view = Simulation(ROUTER).live("/")
    view.element("input").render_focus()
    view.element("input").render_blur()
    view.render_focus("focused")
    assert "<h1>focused blurred focused blurred</h1>" in view.render_blur("blurred")


def test_keys() -> None:
    """`render_keydown`, `render_keyup`: by element and by name."""
    view = Simulation(ROUTER).live("/")
    view.element("input").render_keydown({"key": "a"})
    view.element("input").render_keyup({"key": "a"})
    view.render_keydown("down", {"key": "b"})
    assert "<h1>down a up a down b up b</h1>" in view.render_keyup("up", {"key": "b"})


def test_connect_params_and_info() -> None:
    """They are given to `live`: `connect_params={…}`, `connect_info={…}`."""
    view = Simulation(ROUTER).live("/", connect_params={"tz": "utc"}, connect_info={"peer_data": "here"})
    assert view.assigns.params["tz"] == "utc"
    assert view.assigns.info == "here"


def test_every_row_names_a_test_that_does_it() -> None:
    """The test exists, and its text has one of the verbs of the row."""
    rows = ROW.findall(TABLE)
    wrong: list[str] = []
    for function, ours, file, name in rows:
        path = ROOT / file
        source = path.read_text(encoding="utf-8") if path.exists() else ""
        found = [
            ast.get_source_segment(source, node) or ""
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef) and node.name == name
        ]
        verbs = re.findall(r"(\w+)(?=\()|(?<=\.)(page_title)|(\w+=)", ours)
        if not found or not any(verb in found[0] for group in verbs for verb in group if verb):
            wrong.append(f"{function}: {file}::{name}")
    assert wrong == []
    assert len(rows) >= 40
