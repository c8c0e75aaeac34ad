"""A draft that outlives a lost connection: the server forgets, the browser does not, and says it again.

When the line is cut the process of the view ends, and what it knew is gone. The client joins again as soon as it can and sends each
form with `phx-change` and an id as it was, so that the new view is where the old one has been. What is typed while the line is cut
is not sent later, letter by letter; it comes with the form. What only the client knows, that the line is cut, it shows by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


class DraftLive(LiveView):
    """A letter that is being written."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(to="", text="", looks=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "written", {"to": str(to), "text": str(text)}:
                return socket.assign(to=to, text=text)
            case "look", _:
                return socket.update("looks", lambda looks: looks + 1)
            case _:
                return socket

    render = heex(
        """
    <main>
      <p
        id="offline"
        role="alert"
        style="display: none"
        phx-disconnected={JS.show()}
        phx-connected={JS.hide()}
      >The connection is lost. Go on writing.</p>
      <form id="letter" phx-change="written">
        <label>To <input name="to" value={@to} /></label>
        <label>Text <textarea name="text">{@text}</textarea></label>
      </form>
      <p id="words">{len(@text.split())} words to {@to or "nobody"}</p>
      <button phx-click="look">Looked {@looks} times</button>
    </main>
    """,
        names={"JS": JS},
    )


ROUTER = Router([Route("/draft", DraftLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann writes, the line is cut, she goes on, and it is there again."""
    page = sim.page("/draft")
    to, text, words = page.get_by_label("To"), page.get_by_label("Text"), page.locator("#words")
    to.fill("Ben")
    text.fill("Dear Ben")
    page.locator("button").click()
    yield Step("The server has counted the words", Ann=page)
    assert words.text_content() == "2 words to Ben"

    page.network.drop()
    text.fill("Dear Ben, I am on a train")
    sim.clock.advance(0.6)
    assert page.get_by_role("alert").is_visible()
    assert words.text_content() == "2 words to Ben"
    assert "was not sent" in page.notes[-1].text

    page.network.restore()
    sim.clock.advance(2)
    yield Step("The line was cut, and is there again: the form came once more, and all of it is counted", Ann=page)
    assert not page.get_by_role("alert").is_visible()
    assert (words.text_content(), text.input_value()) == ("7 words to Ben", "Dear Ben, I am on a train")
    assert page.locator("button").text_content() == "Looked 0 times", "what was in no form is forgotten"


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
