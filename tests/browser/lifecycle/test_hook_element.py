"""`HookElement`: what a client hook reads of its element, and what it does to it."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadOption
from liveview_testing import ClientHook, File, Simulation, expect
from liveview_testing.browser.lifecycle.hook_element import HookElement
from liveview_testing.client_hooks import ExternalUploader


class Everything(ClientHook):
    """Reads all that there is, and does what it is told."""

    def mounted(self, el: HookElement) -> None:
        el.set_state((repr(el), el.dataset, el.attributes["title"], el.text.strip()))

    dom_events = ("do",)

    def handle_dom_event(self, el: HookElement, event: Any) -> None:
        match event.detail["what"]:
            case "tell":
                el.push_event("told", {"state": list(el.state), "event": repr(event)})
            case "plain":
                el.remove_attribute("title")
            case "dialog":
                el.show()
            case "popover":
                el.show_popover()
            case _:
                el.hide_popover()


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(told=params)

    render = heex("""
    <p id="p" phx-hook="Everything" title="t" data-row-id="7" data-x="y">text</p>
    <dialog id="d" phx-hook="Everything" title="d">in a dialog</dialog>
    <div id="o" popover phx-hook="Everything" title="o">in a popover</div>
    <button :for={what in ("tell", "plain")} id={what} phx-click={JS.dispatch("do", to="#p", detail={"what": what})}>{what}</button>
    <button id="dialog" phx-click={JS.dispatch("do", to="#d", detail={"what": "dialog"})}>dialog</button>
    <button :for={what in ("popover", "away")} id={what} phx-click={JS.dispatch("do", to="#o", detail={"what": what})}>
      {what}
    </button>
    """)


def test_what_a_hook_reads_and_does() -> None:
    page = Simulation(hooks={"Everything": Everything()}).page(Page)
    page.locator("#tell").click()
    assert page.view is not None
    told = page.view.assigns.told
    assert told["state"] == ["<HookElement <p#p>>", {"rowId": "7", "x": "y"}, "t", "text"]
    assert told["event"] == "<HeardEvent do at <p#p>>"
    page.locator("#plain").click()
    assert page.locator("#p").get_attribute("title") is None
    page.locator("#dialog").click()
    expect(page.get_by_text("in a dialog")).to_be_visible()
    page.locator("#popover").click()
    expect(page.get_by_text("in a popover")).to_be_visible()
    page.locator("#away").click()
    expect(page.get_by_text("in a popover")).to_be_hidden()


async def _awaited(self: Any, el: HookElement) -> None:
    """Nobody does."""


def _yielding(self: Any, el: HookElement) -> Any:
    yield el


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no element": ({"mounted": lambda self: None}, "def mounted(self, el)"),
    "too much": ({"destroyed": lambda self, el, why: None}, "def destroyed(self, el)"),
    "an event alone": ({"handle_event": lambda self, event: None}, "def handle_event(self, el, event, payload)"),
    "a coroutine": ({"updated": _awaited}, "a plain function, `def updated(self, el)`"),
    "a generator": ({"updated": _yielding}, "a plain function, `def updated(self, el)`"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_callbacks_that_cannot_be_called(case: tuple[dict[str, Any], str]) -> None:
    """Said where the class is made, with the way it begins; what is only nearly a callback, too."""
    body, expected = case
    with pytest.raises(BadOption) as raised:
        type("Chart", (ClientHook,), body)
    assert raised.value.expected == expected
    with pytest.raises(BadOption, match="start does not take"):
        type("S3", (ExternalUploader,), {"start": lambda self, uploads: None})
    with pytest.warns(UserWarning, match="call it mounted"):
        type("Chart", (ClientHook,), {"mountd": lambda self, el: None})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        type("Chart", (ClientHook,), {"mounted": lambda self, *given: None, "updated": lambda self, el, more=1: None})


class Passing(ClientHook):
    """Does to another element what a script does with one that it was given."""

    dom_events = ("do",)

    def handle_dom_event(self, el: HookElement, event: Any) -> None:
        match event.detail["what"]:
            case "push":
                el.push_event_to(el, "told", {"by": "itself"})
            case "upload":
                el.upload_to(el, "docs", [File("a.txt", b"a", "text/plain", 0)])
            case "upload by selector":
                el.upload_to("#f", "docs", [File("b.txt", b"b", "text/plain", 0)])
            case _:
                el.js("nonsense", {})


class Passed(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told="").allow_upload("docs", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(told=params["by"]) if event == "told" else socket

    render = heex("""
    <form id="f" phx-change="c" phx-hook="Passing"><.live_file_input upload={@uploads.docs} /></form>
    <b>{@told}</b><i :for={entry in @uploads.docs.entries}>{entry.client_name}</i>
    <button :for={what in ("push", "upload", "upload by selector", "js")}
            phx-click={JS.dispatch("do", to="#f", detail={"what": what})}>{what}</button>
    """)


def test_what_a_hook_does_to_an_element_that_it_has() -> None:
    """HK-22"""
    page = Simulation(hooks={"Passing": Passing()}).page(Passed)
    page.get_by_role("button", name="push").click()
    assert page.locator("b").inner_text() == "itself"
    page.get_by_role("button", name="upload", exact=True).click()
    assert page.locator("i").inner_text() == "a.txt"
    page.get_by_role("button", name="upload by selector").click()
    assert page.locator("i").inner_text() == "b.txt"


def test_a_command_that_there_is_not_is_noted() -> None:
    page = Simulation(hooks={"Passing": Passing()}).page(Passed)
    page.get_by_role("button", name="js").click()
    (note,) = page.notes
    assert note.text.startswith("a command of the hook of <form#f>: ")
