"""What a person does costs what it touches, and not what is on the page: counted in calls, with ten times the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import Page, Simulation
from tests.harness.calls import calls


class Desk(LiveView):
    """A table of rows with fields and buttons, a stream of messages, a form, a menu."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        count = session["rows"]
        messages = [{"id": n, "text": f"message {n}."} for n in range(count)]
        rows = tuple((n, 0) for n in range(count))
        return socket.assign(rows=rows, q="", open=False).stream("messages", messages)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        rows: tuple[tuple[int, int], ...] = socket.assigns.rows
        match event:
            case "vote":
                at = int(params["id"])
                return socket.assign(rows=(*rows[:at], (at, rows[at][1] + 1), *rows[at + 1 :]))
            case "say":
                return socket.stream_insert("messages", {"id": 10**6 + len(params["text"]), "text": params["text"]})
            case "open":
                return socket.assign(open=not socket.assigns.open)
            case _:
                return socket.assign(q=params.get("q", ""))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.stream_insert("messages", msg)

    render = heex(
        """
        <form id="search" phx-change="search" phx-submit="search"><label for="q">Query</label><input id="q" name="q" value={@q}>
        </form>
        <form id="say" phx-submit="say"><input name="text"><input type="checkbox" name="loud"><button>Say</button></form>
        <button id="menu" phx-click={JS.push("open").toggle(to="#hint")}>menu</button><p id="hint" hidden>hint</p>
        <ul :if={@open} id="items" phx-click-away="open"><li>one</li></ul>
        <table><tr :for={row in @rows} :key={row[0]} id={f"row-{row[0]}"}><td>{row[0]}</td><td>{row[1]}</td><td>
          <input name={f"note-{row[0]}"} phx-blur="search"><button phx-click="vote" phx-value-id={row[0]}>vote</button></td></tr>
        </table>
        <ol id="messages" phx-update="stream"><li :for={id, each in @streams.messages} id={id}>{each["text"]}</li></ol>
        """,
        names={"JS": JS},
    )


def say(page: Page) -> None:
    page.locator("#say [name=text]").fill("hello")
    page.get_by_role("button", name="Say").click()


ACTS: dict[str, Callable[[Page], object]] = {
    "a button in a row": lambda page: page.locator("#row-50 button").click(),
    "by role, in a row": lambda page: page.locator("#row-50").get_by_role("button").click(),
    "again, with the focus there": lambda page: page.locator("#row-51 button").dblclick(),
    "a field in a row": lambda page: page.locator("#row-50 input").fill("note"),
    "a key in a row": lambda page: page.locator("#row-50 input").press("a"),
    "the pointer comes": lambda page: page.locator("#row-50 td").first.hover(),
    "a field": lambda page: page.locator("#q").fill("what"),
    "by label": lambda page: page.get_by_label("Query").press_sequentially("w"),
    "Enter": lambda page: page.locator("#q").press("Enter"),
    "a box": lambda page: page.locator("[name=loud]").check(),
    "a menu": lambda page: page.locator("#menu").click(),
    "a click away": lambda page: page.locator("#row-50 td").first.click(),
    "a message": say,
    "a message by the server": lambda page: page.view.send({"id": -1, "text": "server"}),
    "the focus": lambda page: page.locator("#row-52 input").focus(),
    "a look": lambda page: page.locator("#row-50 td").nth(1).inner_text(),
    "a row by its text": lambda page: page.locator("li", has_text="message 50.").inner_text(),
    "time": lambda page: page.wait_for_timeout(1_000),
}


@pytest.mark.parametrize("name", ACTS)
def test_ten_times_the_rows(name: str) -> None:
    """The third time, when what is kept of the page is known: what an act looks at is what it touches."""
    act, costs = ACTS[name], list[int]()
    for count in (128, 1280):
        page = Simulation().page(Desk, session={"rows": count})
        for _ in range(2):
            act(page)
        costs.append(calls(lambda page=page: act(page)))  # type: ignore[misc]
    assert costs[1] <= 1.25 * costs[0] + 200, costs
