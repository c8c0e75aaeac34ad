"""An overtaken search: the answer to what was typed first comes last, and stays.

Each search is a task of its own, so that nobody waits for one that is not wanted any more; but then both answers come, in any
order. `LatestSuggestionsLive` gives all of them one name: a new search takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Step

WORDS = ("tea", "tent", "ten")


class SuggestionsLive(LiveView):
    """Shows what begins like what is typed."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(text="", found=(), of="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        text = params["text"]
        return socket.assign(text=text).start_async(
            self.name(text), lambda: (text, tuple(w for w in WORDS if w.startswith(text)))
        )

    def name(self, text: str) -> str:
        return f"search {text}"

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        of, found = result.value
        return socket.assign(of=of, found=found)

    render = heex("""
    <form id="search" phx-change="search"><input name="text" aria-label="Search" value={@text} /></form>
    <p id="of">{@of}</p>
    <li :for={word in @found}>{word}</li>
    """)


class LatestSuggestionsLive(SuggestionsLive):
    """One search at a time."""

    def name(self, text: str) -> str:
        return "search"


def story(sim: Simulation) -> Iterator[Step]:
    """Ann looks for tea."""
    ann = sim.live(LatestSuggestionsLive)
    ann.form("#search", {"text": "te"}).render_change()
    yield Step("Three begin like that", Ann=ann)
    ann.form("#search", {"text": "tea"}).render_change()
    yield Step("One is left", Ann=ann)
    assert ann.element("#of").text == "tea"


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
