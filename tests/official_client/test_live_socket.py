"""Level 2: scenarios under the whole official client, in lockstep with ours: same page after each step, same payloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from liveview_core import LiveView, heex
from liveview_testing import Simulation
from liveview_testing.record.story import load
from tests.official_client.client import Judges
from tests.official_client.side_by_side import Twin

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"


def test_counter(judges: Judges) -> None:
    """Every act of the counter's story."""
    module = load(SCENARIOS / "counter.py")
    twin = Twin.of(judges, Simulation().live(module.CounterLive))
    for name in ("increment", "increment", "reset", "reset", "increment"):
        twin.click(f'button[phx-click="{name}"]')
    assert twin.view.has_element("h1", "Count: 1")
    assert [payload["event"] for _, payload in twin.events] == ["increment", "increment", "reset", "reset", "increment"]


def test_chat(judges: Judges) -> None:
    """The chat's story, both people: messages, broadcasts, rooms by URL, a pane closed and opened."""
    module = load(SCENARIOS / "chat.py")
    sim = Simulation(module.ROUTER)
    ann, ben = (Twin.of(judges, sim.live("/dashboard", session={"name": name})) for name in ("Ann", "Ben"))

    def both() -> None:
        ann.heard()
        ben.heard()

    ann.submit("#chat_left-form", {"message": "hello, room"})
    both()
    ben.submit("#chat_right-form", {"message": "  "})
    for twin in (ann, ben):
        twin.click('nav a[href="/dashboard?topic=chat:elixir"]')
    ann.submit("#chat_right-form", {"message": "<b>both</b> & panes"})
    both()
    assert ben.view.has_element("#chat_right li", "<b>both</b> & panes")
    ben.click("#likes")
    ben.click("#close")
    ann.click('nav a[href="/dashboard"]')
    ann.submit("#chat_left-form", {"message": "anybody home?"})
    both()
    ben.click('nav a[href="/dashboard"]')
    ben.click("#open")
    ann.submit("#chat_left-form", {"message": "there you are"})
    both()
    assert ben.view.has_element("#chat_left li", "there you are")
    kinds = [payload.get("type", event) for event, payload in ann.events]
    assert kinds == ["form", "live_patch", "form", "live_patch", "form", "form"]
    assert [payload.get("event", event) for event, payload in ben.events] == [
        "chat-widget:send",
        "live_patch",
        "likes:add",
        "close",
        "live_patch",
        "open",
    ]


class FormLive(LiveView):
    """A form with every kind of field; the server keeps what it was sent, as a form's server does."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(seen="", name="", agree="no", size="l", colour="g", tags=[], text="some")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        kept = {name: params[name] for name in ("name", "agree", "size", "colour", "text") if name in params}
        return socket.assign(kept, seen=f"{event} {sorted(params.items())}", tags=params.get("tags", []))

    render = heex("""
    <form id="f" phx-change="validate" phx-submit="save" phx-value-of="form">
      <input type="hidden" name="k" value="1">
      <input name="name" value={@name}>
      <input type="hidden" name="agree" value="no"><input type="checkbox" name="agree" value="yes" checked={@agree == "yes"}>
      <input :for={size in ("s", "l")} type="radio" name="size" value={size} checked={@size == size}>
      <select name="colour"><option :for={c in ("r", "g")} value={c} selected={@colour == c}>{c}</option></select>
      <select name="tags[]" multiple><option :for={t in ("1", "2")} value={t} selected={t in @tags}>{t}</option></select>
      <textarea name="text">{@text}</textarea>
      <input name="off" value="x" disabled>
      <button name="act" value="save">Save</button>
    </form>
    <p id="seen">{@seen}</p>
    <button id="b" phx-click="go" phx-value-n="1" value="2">go</button>
    """)


def test_form(judges: Judges) -> None:
    """Changes and submits: what is filled in, what is left out, what counts as unused."""
    twin = Twin.of(judges, Simulation().live(FormLive))
    twin.change("#f", {"name": "Ann & <Ben>"})
    twin.change("#f", {"text": "two\nlines"})
    twin.change("#f", {"agree": "yes"})
    twin.change("#f", {"size": "s"})
    twin.change("#f", {"colour": "r"})
    twin.change("#f", {"tags[]": ["1", "2"]})
    twin.submit("#f", {"name": "é"})
    twin.change("#f", {"name": "after"})
    twin.click("#b")
    assert len(twin.events) == 9
    assert all(payload["meta"]["of"] == "form" for _, payload in twin.events[:8])
