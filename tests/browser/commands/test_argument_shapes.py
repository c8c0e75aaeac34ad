"""Commands that somebody wrote by hand, in an attribute: what is none is noted, and refused by the handles."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import CommandError, Simulation, live
from liveview_testing.browser.commands.argument_shapes import misfit


class Page(LiveView):
    """Runs what its session says, at several moments."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(commands=session["commands"], there=True, heard=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(there=False, heard=socket.assigns.heard + 1)

    render = heex("""
    <button id="click" phx-click={@commands}>a</button><button id="gone" phx-click="gone">b</button>
    <p :if={@there} phx-mounted={@commands} phx-remove={@commands}>c</p>
    <form id="f" phx-change={@commands}><input name="q" /></form>
    <p id="held" data-do={@commands}>d</p><button id="exec" phx-click={JS.exec("data-do", to="#held")}>e</button>
    """)


WRONG = {
    "[": "is no JSON",
    "[" * 3000: "is no JSON",
    "[1]": "1 is no [name, arguments]",
    '["hide",{}]': "is no [name, arguments]",
    "[[]]": "[] is no [name, arguments]",
    '[["hide",null]]': "the arguments of hide are an object, not None",
    '[["hide",[]]]': "the arguments of hide are an object",
    '[["hide",{"to":5}]]': "the to of hide is a selector",
    '[["focus",{"to":{"zz":"a"}}]]': "the to of focus is a selector",
    '[["show",{"time":"x"}]]': "the time of show is a number",
    '[["add_class",{"names":"x"}]]': "the names of add_class is a list of texts",
    '[["transition",{"transition":[["a"]]}]]': "the transition of transition is three lists of class names",
    '[["set_attr",{}]]': "set_attr has no attr",
    '[["set_attr",{"attr":["a"]}]]': "the attr of set_attr is a name and a value",
    '[["toggle_attr",{"attr":[]}]]': "the attr of toggle_attr is a name and one or two values",
    '[["ignore_attrs",{"attrs":5}]]': "the attrs of ignore_attrs is a list of texts",
    '[["push",{"event":5}]]': "the event of push is a text",
    '[["push",{"event":"x","value":[1]}]]': "the value of push is an object",
    '[["push",{"event":"x","loading":5}]]': "the loading of push is a text",
    '[["navigate",{}]]': "navigate has no href",
    '[["exec",{"attr":5}]]': "the attr of exec is a text",
    '[["dispatch",{}]]': "dispatch has no event",
}


@pytest.mark.parametrize(("commands", "told"), WRONG.items())
def test_commands_that_are_none(commands: str, told: str) -> None:
    """In a tab the client throws, and goes on with the next thing that happens; a handle is told."""
    page = Simulation().page(Page, session={"commands": commands})
    page.locator("#click").click()
    page.locator("[name=q]").fill("x")
    page.locator("#exec").click()
    page.locator("#gone").click()
    assert page.view.assigns.heard == 1
    assert any(told in note.text for note in page.notes)
    view = live(Page, session={"commands": commands})
    with pytest.raises(CommandError):
        view.element("#click").render_click()


def test_what_js_writes_fits() -> None:
    """Every command, with all that it can be given."""
    move: Any = ("a b", "c", "d")
    made = (
        JS.push("a", target="#t", loading="#l", page_loading=True, value={"b": 1}).push("a", target=1)
        .dispatch("a", to="#t", detail={"b": 1}, bubbles=False, blocking=True)
        .toggle(to=("inner", "#t"), in_=move, out="x", display="flex", time=1, blocking=False)
        .show(to=("closest", "#t"), transition=move, display="flex", time=1).hide(to=("document", "#t"), transition="x", time=1)
        .add_class("a b", transition=move, time=1).remove_class("a").toggle_class("a", transition="x").transition(move, time=1)
        .set_attribute(("a", "b")).remove_attribute("a").toggle_attribute(("a", "b")).toggle_attribute(("a", "b", "c"))
        .ignore_attributes(["a", "b*"]).focus().focus_first(to="#t").push_focus().pop_focus().exec("a", to="#t")
        .navigate("/a").patch("/a", replace=True)
    )  # fmt: skip
    assert [misfit(name, arguments) for name, arguments in made.to_encodable() if misfit(name, arguments)] == []
    assert misfit("nobody's", {"a": 1}) is None


def test_arguments_are_any_mapping() -> None:
    """Frozen ones too."""
    assert misfit("hide", MappingProxyType({"to": "#a"})) is None
    assert misfit("hide", [("to", "#a")]) == "the arguments of hide are an object, not [('to', '#a')]"
