"""Autocomplete: what is typed is told after a pause, keys go through what was found, and Enter takes it.

`phx-debounce` is the field's, for all its events: so the keys are heard elsewhere, each by an element of its own with `phx-key`,
which is there as long as there is something to go through; letters are told to nobody. Enter is the form's. It does not wait for
the pause: what was typed last comes with the submit, and the change that waited is never sent. The page notes that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step

TOWNS = ("Bergen", "Berlin", "Bern", "Bonn", "Brno")


def towns(text: str) -> tuple[str, ...]:
    """The towns that begin like that."""
    return tuple(town for town in TOWNS if text and town.lower().startswith(text.lower()))


class AutocompleteLive(LiveView):
    """Asks where to go to."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(text="", found=(), at=0, chosen=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        assigns = socket.assigns
        found: tuple[str, ...] = assigns.found
        match event, params:
            case "typed", {"town": str(text)}:
                return socket.assign(text=text, found=towns(text), at=0)
            case "go", {"by": str(by)} if found:
                return socket.assign(at=(assigns.at + int(by)) % len(found))
            case "close", _:
                return socket.assign(found=())
            case "pick", {"town": str(text)}:
                known = found or towns(text)
                return self.chosen(socket, known[int(assigns.at)] if known else None)
            case "choose", {"town": str(town)} if town in TOWNS:
                return self.chosen(socket, town)
            case _:
                return socket

    def chosen(self, socket: Socket, town: str | None) -> Socket:
        """A town is taken, if there is one: the field says it."""
        return socket if town is None else socket.assign(chosen=town, text=town, found=(), at=0)

    render = heex("""
    <main>
      <form id="where" phx-change="typed" phx-submit="pick">
        <input
          id="town"
          name="town"
          role="combobox"
          aria-label="Town"
          aria-expanded={str(@found != ()).lower()}
          aria-controls="found"
          aria-activedescendant={f"found-{@at}" if @found else None}
          value={@text}
          phx-debounce="300"
        />
      </form>
      <ul id="found" role="listbox" aria-label="Found" hidden={@found == ()}>
        <li
          :for={at, town in enumerate(@found)}
          id={f"found-{at}"}
          role="option"
          aria-selected={str(at == @at).lower()}
          phx-click="choose"
          phx-value-town={town}
        >{town}</li>
      </ul>
      <div :if={@found}>
        <i :for={key, by in (("ArrowDown", 1), ("ArrowUp", -1))} phx-window-keydown="go" phx-key={key} phx-value-by={by}></i>
        <i phx-window-keydown="close" phx-key="Escape"></i>
      </div>
      <p :if={@chosen} id="chosen">To {@chosen}</p>
    </main>
    """)


ROUTER = Router([Route("/travel", AutocompleteLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann types, goes down and up with keys, takes one; then she is too quick for the pause."""
    page = sim.page("/travel")
    town, options = page.get_by_label("Town"), page.get_by_role("option")
    town.press_sequentially("ber")
    sim.clock.advance(0.1)
    assert options.count() == 0
    sim.clock.advance(0.2)
    yield Step("One event for three letters, once she has paused", Ann=page)
    assert options.all_text_contents() == ["Bergen", "Berlin", "Bern"]

    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        town.press(key)
    yield Step("Keys go through what was found; letters are not told", Ann=page)
    assert page.get_by_role("option", selected=True).text_content() == "Berlin"

    town.press("Enter")
    yield Step("Enter takes it, and the field says it", Ann=page)
    assert (page.locator("#chosen").text_content(), town.input_value()) == ("To Berlin", "Berlin")

    town.fill("bo")
    town.press("Enter")
    sim.clock.advance(1)
    yield Step("Enter before the pause is over: one submit, with what was typed, and no change", Ann=page)
    assert page.locator("#chosen").text_content() == "To Bonn"
    assert [note.text for note in page.notes] == [
        "input of <input#town> was never sent: the form was submitted while it waited for its debounce"
    ]

    town.fill("b")
    sim.clock.advance(0.3)
    town.press("Escape")
    yield Step("Escape leaves the list, and the text", Ann=page)
    assert (options.count(), town.input_value()) == (0, "b")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
