"""What PhoenixTest's verbs are here: the table of the guide, each row with the test that does it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Page, Simulation, expect
from tests.harness.places import ROOT

ROW = re.compile(r"^\| (.+) \| (.+) \| `(\w+)` \|$", re.MULTILINE)
GUIDE = (ROOT / "docs/coming-from/phoenix-test.md").read_text(encoding="utf-8")
VERBS = (
    *("visit", "click_link", "click_button", "within", "fill_in", "select", "choose", "check", "uncheck", "upload"),
    *("submit", "assert_has", "refute_has", "assert_path", "refute_path", "open_browser", "unwrap"),
)
"""PhoenixTest's functions, as its documentation lists them."""


class Shop(LiveView):
    """A page with one of everything that the verbs act on."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said="").allow_upload("avatar", accept=(".png",))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "later":
            return socket.send_after("said", 0.05)
        if event == "validate":
            return socket
        given = " ".join(f"{name}={value}" for name, value in sorted(params.items()) if not name.startswith("_"))
        return socket.assign(said=f"{event}: {given}")

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.assign(said="later")

    render = heex("""
      <h1>Shop</h1>
      <a href="/home">Home</a>
      <button phx-click="later">Later</button>
      <section aria-label="Cart"><button phx-click="cart">Empty</button></section>
      <section aria-label="List"><button phx-click="list">Empty</button></section>
      <form id="f" phx-submit="save" phx-change="validate">
        <label>Name <input name="name" /></label>
        <label>Colour <select name="colour"><option value="r">red</option><option value="g">green</option></select></label>
        <label><input type="radio" name="size" value="l" /> Large</label>
        <label><input type="checkbox" name="mails" value="yes" /> Mails</label>
        <label for={@uploads.avatar.ref}>Avatar</label><.live_file_input upload={@uploads.avatar} />
      </form>
      <ul><li>One</li><li>Two</li></ul>
      <p role="status">{@said}</p>
    """)


class Home(LiveView):
    render = heex("<h1>Home</h1>")


def opened() -> Page:
    return Simulation(Router([Route("/", Shop), Route("/home", Home)])).page("/")


def test_visit() -> None:
    page = opened()
    page.goto("/home")
    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def test_links_and_buttons() -> None:
    page = opened()
    page.get_by_role("region", name="Cart").get_by_role("button", name="Empty").click()
    expect(page.get_by_role("status")).to_have_text("cart: value=")
    page.get_by_role("link", name="Home").click()
    expect(page).to_have_url("/home")


def test_fields() -> None:
    page = opened()
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("Colour").select_option("green")
    page.get_by_label("Large").check()
    page.get_by_label("Mails").check()
    page.get_by_label("Mails").uncheck()
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_role("status")).to_have_text("save: colour=g name=Ann size=l")


def test_files(tmp_path: Path) -> None:
    page = opened()
    picture = tmp_path / "me.png"
    picture.write_bytes(b"png")
    page.get_by_label("Avatar").set_input_files(str(picture))
    assert [entry.client_name for entry in page.view.assigns["uploads"].avatar.entries] == ["me.png"]


def test_what_is_there_and_what_is_not() -> None:
    page = opened()
    expect(page.get_by_role("heading", name="Shop")).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_text("Error")).to_have_count(0)
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_role("status")).to_have_text("later", timeout=100)
    page.view.assert_has("li", "One")
    page.view.refute_has("p", "Error")
    with pytest.raises(AssertionError, match="Error"):
        page.view.assert_has("p", "Error")


def test_where_the_page_is() -> None:
    page = opened()
    expect(page).to_have_url("/")
    expect(page).not_to_have_url("/home")


def test_looking_at_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import webbrowser

    seen: list[str] = []
    monkeypatch.setattr(webbrowser, "open", seen.append)
    page = opened()
    page.view.open_browser()
    page.debug()
    assert len(seen) == 1 and 'heading "Shop"' in capsys.readouterr().out


def test_the_view_itself() -> None:
    page = opened()
    page.view.render_click("direct", {"a": 1})
    expect(page.get_by_role("status")).to_have_text("direct: a=1")


def test_every_verb_has_a_row_and_every_row_a_test_that_does_it() -> None:
    rows = [row for row in ROW.findall(GUIDE) if row[2].startswith("test_")]
    named = {verb for said, _, _ in rows for verb in re.findall(r"(\w+)\(", said)}
    assert set(VERBS) - named == set()
    source = Path(__file__).read_text(encoding="utf-8")
    bodies = {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    for said, here, test in rows:
        assert test in bodies, (said, test)
        done = [name for name in re.findall(r"\.(\w+)\(", here) if name not in ("page", "get_by_")]
        missing = [name for name in done if f".{name}(" not in bodies[test] and f".{name}(" not in bodies["opened"]]
        assert missing == [], (said, test, missing)
