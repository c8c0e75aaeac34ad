"""Commands whose target matches nothing: the client is silent, the page notes it once, with what comes near."""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import Page, Simulation
from liveview_testing.client_hooks import ClientHook


class Menus(LiveView):
    """A click does what the session says."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on_click=session["on_click"], n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <button id="b" phx-click={@on_click}>Go</button>
    <div id="main-menu" class="menu open" data-more={JS.hide(to="#other")}>{@n}</div>
    """)


def clicked(on_click: Any, times: int = 1, **options: Any) -> Page:
    """The page after a click, or several."""
    page = Simulation(**options).page(Menus, session={"on_click": on_click})
    for _ in range(times):
        page.get_by_role("button").click()
    return page


def told(on_click: Any) -> list[tuple[str, str]]:
    """The notes, each with its cure."""
    return [(note.text, note.cure) for note in clicked(on_click).notes]


def test_the_target_of_a_command() -> None:
    """JC-3: by id, by class, by a name without its sign; in the element, around it."""
    assert told(JS.show(to="#main-mneu")) == [
        (
            "JS.show(to='#main-mneu') of <button#b> did nothing: there is no such element on the page",
            "nearest: div#main-menu",
        )
    ]
    assert told(JS.add_class("x", to=".menus"))[0][1] == "nearest: div#main-menu"
    assert told(JS.hide(to="main-menu"))[0][1] == "nearest: #main-menu"
    assert told(JS.toggle(to="open"))[0][1] == "nearest: .open"
    assert told(JS.set_attribute(("a", "b"), to=("inner", ".icon"))) == [
        (
            "JS.set_attribute(to=('inner', '.icon')) of <button#b> did nothing: there is no such element in <button#b>",
            "a selector of an element that is there by then",
        )
    ]
    assert told(JS.remove_class("x", to=("closest", "form")))[0][0] == (
        "JS.remove_class(to=('closest', 'form')) of <button#b> did nothing: there is no such element around <button#b>"
    )


def test_every_command_with_a_target() -> None:
    """One after the other, each once; those that find theirs are done."""
    commands = (
        JS.show(to="#a").hide(to="#a").toggle(to="#a").add_class("x", to="#a").remove_class("x", to="#a")
        .toggle_class("x", to="#a").transition("x", to="#a").set_attribute(("a", "b"), to="#a").remove_attribute("a", to="#a")
        .toggle_attribute(("a", "b"), to="#a").focus(to="#a").focus_first(to="#a").push_focus(to="#a")
        .dispatch("x", to="#a").exec("data-a", to="#a").add_class("done", to="#main-menu")
    )  # fmt: skip
    page = clicked(commands, times=2)
    names = [note.text.partition("(")[0] for note in page.notes]
    assert len(names) == len({*names}) == 15
    assert all(each.startswith("JS.") and hasattr(JS, each[3:]) for each in names)
    page.sim.clock.advance(0.1)
    assert "done" in (page.locator("#main-menu").get_attribute("class") or "")


def test_commands_of_commands_and_of_hooks() -> None:
    """What stands in an attribute, and what a hook carries out."""
    assert told(JS.exec("data-more", to="#main-menu"))[0][0] == (
        "JS.hide(to='#other') of <div#main-menu> did nothing: there is no such element on the page"
    )

    class Shows(ClientHook):
        def mounted(self, el: Any) -> None:
            el.js("show", {"to": "#nothing"})

    class Page(LiveView):
        render = heex('<p id="p" phx-hook="Shows">x</p>')

    page = Simulation(hooks={"Shows": Shows()}).page(Page)
    assert [note.text for note in page.notes] == [
        "JS.show(to='#nothing') of <p#p> did nothing: there is no such element on the page"
    ]


def test_what_a_push_names() -> None:
    """CE-60, LK-4: its target, and what looks busy meanwhile."""
    assert told(JS.push("x", target="#main-mneu")) == [
        ("nothing was sent: phx-target '#main-mneu' matches no element of the page", "nearest: div#main-menu")
    ]
    assert told(JS.push("x", loading="#main-mneu")) == [
        ("loading='#main-mneu' of <button#b> shows nothing: no element of the page matches", "nearest: div#main-menu")
    ]
    assert told(JS.push("x", target="#main-menu", loading="#main-menu")) == []
    assert len(clicked(JS.push("x", loading="#main-mneu"), times=3).notes) == 1


def test_what_finds_its_target_is_not_noted() -> None:
    """Nor is a command that has none."""
    assert told(JS.hide(to="#main-menu").show().push("x")) == []
