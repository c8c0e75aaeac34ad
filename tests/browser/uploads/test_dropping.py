"""Drag and drop, and files given by hooks (browser.md 9.6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.browser import stimuli
from liveview_testing.client_hooks import ClientHook
from liveview_testing.world.page_state.files import NotAFile
from tests.harness.upload_tab import UploadTab, text

A, B = text("a.txt", "abcdefgh"), text("b.txt", "123456")


def active(tab: UploadTab) -> bool:
    tab.sim.clock.advance(0.016)
    return "phx-drop-target-active" in (tab.node("#zone").get("class") or "")


def test_a_zone_looks_active_while_files_are_over_it() -> None:
    """From the first enter to the last leave, whatever is crossed inside; other things leave it cold."""  # UPL-30
    tab = UploadTab.of()
    tab.drag("#zone", "enter", holds_files=False)
    assert not active(tab)
    tab.drag("#zone", "enter").drag("#in-zone", "enter").drag("#zone", "leave")
    assert active(tab)
    tab.drag("#too", "enter").drag("#in-zone", "leave")
    assert active(tab)
    tab.click("#tick")
    assert active(tab)  # it outlives patches
    tab.drag("#too", "leave")
    assert not active(tab)
    tab.drag("#too", "leave")
    assert not active(tab)


def test_files_dropped_on_a_zone_are_chosen_at_its_input() -> None:
    tab = UploadTab.of()  # UPL-31
    tab.drag("#in-zone", "enter").drag("#in-zone", "drop", A, B)
    assert not active(tab)
    assert tab.frames() == [("event", "validate", "a.txt", "b.txt")]
    tab.drag("#tick", "drop", A)
    tab.drag("#zone", "drop")
    assert tab.frames() == []
    tab = UploadTab.of(upload={"max_entries": 1}).choose(A).drag("#zone", "drop", B)
    assert tab.frames() == [("event", "validate", "a.txt"), ("event", "validate", "b.txt")]
    assert tab.node("input[type=file]").mark.files == (B,)


def test_files_dropped_without_a_change_binding_are_asked_for_at_the_submit() -> None:
    tab = UploadTab.of(change=None).drag("#zone", "drop", A)  # UPL-4
    assert tab.frames() == []
    tab.click("#save")
    assert tab.frames()[0] == ("allow_upload", "a.txt")
    assert tab.node("#saved").text == "a.txt=abcdefgh"


class Paste(ClientHook):
    events = ("paste", "paste_to")

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        if event == "paste":
            el.upload(payload["name"], [A])
        else:
            el.upload_to("#f", payload["name"], [B])


class Pasting(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.allow_upload("docs", accept="any", max_entries=2)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket if event == "validate" else socket.push_event(event, {"name": params["value"]})

    render = heex("""
    <main id="main"><div id="paste" phx-hook="Paste"></div>
    <form id="f" phx-change="validate"><.live_file_input upload={@uploads.docs} /></form>
    <button id="one" phx-click="paste" value="docs">1</button>
    <button id="two" phx-click="paste_to" value="docs">2</button>
    <button id="none" phx-click="paste" value="pictures">3</button></main>
    """)


def test_a_hook_gives_files_to_an_input() -> None:
    tab = UploadTab.of(Pasting, sim=Simulation(hooks={"Paste": Paste()}))  # UPL-32, HK-27
    tab.click("#one")
    assert tab.frames() == [("event", "paste"), ("event", "validate", "a.txt")]
    tab.click("#two").click("#none")
    assert tab.frames() == [("event", "paste_to"), ("event", "validate", "a.txt", "b.txt"), ("event", "paste")]
    assert tab.notes == ["UPL-32"]


@pytest.mark.parametrize(
    "given",
    [
        [{"name": "c.txt", "content": "abc"}],
        [{"name": "c.txt", "mimeType": "text/plain", "buffer": b"abc"}],
        {"name": "c.txt", "content": b"abc", "type": "text/plain"},
    ],
)
def test_a_hook_gives_what_any_file_input_takes(given: Any) -> None:
    class Gives(ClientHook):
        events = ("paste",)

        def handle_event(self, el: Any, event: str, payload: Any) -> None:
            el.upload(payload["name"], given)

    sim = Simulation(hooks={"Paste": Gives()})
    page = sim.page(Pasting)
    page.locator("#one").click()
    (entry,) = sim.views[0].assigns.uploads.docs.entries
    assert (entry.client_name, entry.client_type, entry.client_size) == ("c.txt", "text/plain", 3)


def test_what_a_hook_gives_may_be_a_path(tmp_path: Path) -> None:
    """One that is not there is told, at the line of the hook; and nothing has happened."""
    there = tmp_path / "d.txt"
    there.write_text("abcd")

    class Gives(ClientHook):
        events = ("paste",)

        def handle_event(self, el: Any, event: str, payload: Any) -> None:
            el.upload(payload["name"], str(there))

    sim = Simulation(hooks={"Paste": Gives()})
    page = sim.page(Pasting)
    page.locator("#one").click()
    (entry,) = sim.views[0].assigns.uploads.docs.entries
    assert (entry.client_name, entry.client_size) == ("d.txt", 4)
    there.unlink()
    before = sim.world
    with pytest.raises(NotAFile, match=r"^the file cannot be read: ") as raised:
        page.locator("#one").click()
    assert raised.traceback[-1].path == Path(__file__)
    assert sim.world is before


def test_a_script_gives_files_by_an_event() -> None:
    tab = UploadTab.of()
    target = tab.node("input[type=file]")
    tab.react(stimuli.Dispatch(target.key, "track-uploads", {"files": (A,)}))
    tab.react(stimuli.Dispatch(tab.node("#zone").key, "track-uploads", {"files": (B,)}))
    assert tab.frames() == [("event", "validate", "a.txt")]


@pytest.mark.parametrize("heard", [False, True])
def test_files_that_are_dropped_where_nobody_takes_them(heard: bool) -> None:
    """UPL-31: noted; not where a hook hears the event itself."""

    class Plain(LiveView):
        render = heex("<p id='p' phx-hook='Drops'>here</p>")

    class Drops(ClientHook):
        dom_events = ("drop",) if heard else ()

    page = Simulation(hooks={"Drops": Drops}).page(Plain)
    page.locator("#p").drop({"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}})
    noted = [f"{each.text}; {each.cure}" for each in page.notes]
    told = "what was dropped on <p#p> went nowhere: there is no phx-drop-target around it; phx-drop-target={@uploads.….ref} on"
    assert [each[: len(told)] for each in noted] == ([] if heard else [told])
