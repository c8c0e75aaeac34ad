"""A kanban board: columns and cards are keyed, so a card that moves inside its column is not sent again.

Cards are dragged by a client hook, which says only what it knows: which card, to which column, before which place. The board
is one immutable value and a move is a function on it; a card or column that does not exist (somebody else was quicker)
changes nothing. Colleagues hear of a move, not of a board.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Card:
    """A piece of work."""

    id: str
    title: str


@frozen
class Move:
    """A card goes to a place in a column."""

    card: str
    column: str
    at: int


Board = dict[str, tuple[Card, ...]]

BOARD: Board = {
    "todo": (Card("c1", "Draw the plan"), Card("c2", "Order bricks"), Card("c3", "Ask the neighbours")),
    "doing": (Card("c4", "Dig"),),
    "done": (),
}


def moved(board: Board, move: Move) -> Board:
    """The board after a move; the very same if there is no such card or column."""
    found = [card for cards in board.values() for card in cards if card.id == move.card]
    if not found or move.column not in board:
        return board
    without = {column: tuple(card for card in cards if card is not found[0]) for column, cards in board.items()}
    cards = without[move.column]
    return {**without, move.column: (*cards[: move.at], found[0], *cards[move.at :])}


class BoardLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(board=BOARD).subscribe("board")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "dropped", {"card": str(card), "column": str(column), "at": int(at)}:
                move = Move(card, column, max(at, 0))
            case "next", {"card": str(card)}:  # the same without a mouse
                move = Move(card, next_column(socket.assigns.board, card), 0)
            case _:
                return socket
        return socket.update("board", lambda board: moved(board, move)).broadcast_from("board", move)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Move():
                return socket.update("board", lambda board: moved(board, msg))
            case _:
                return socket

    render = heex("""
    <main>
      <section :for={column, cards in @board.items()} :key={column} id={column}>
        <h2>{column} ({len(cards)})</h2>
        <ol id={f"{column}-cards"} phx-hook="Sortable" data-column={column}>
          <li :for={card in cards} :key={card.id} id={card.id}>
            {card.title} <button phx-click="next" phx-value-card={card.id}>next</button>
          </li>
        </ol>
      </section>
    </main>
    """)


def next_column(board: Board, card: str) -> str:
    """The column after the one the card is in; the last column's is itself, a card's that is nowhere is none."""
    columns = list(board)
    for place, column in enumerate(columns):
        if card in [each.id for each in board[column]]:
            return columns[min(place + 1, len(columns) - 1)]
    return ""


ROUTER = Router([Route("/board", BoardLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann sorts a column, Ben takes a card on, and a card that is gone is not moved."""
    ann, ben = sim.live("/board"), sim.live("/board")
    yield Step("A board, and two who work on it", Ann=ann, Ben=ben.element("#doing"))

    ann.element("#todo-cards").render_hook("dropped", {"card": "c3", "column": "todo", "at": 0})
    yield Step(
        "Ann drags a card to the top of its column: where the entries go is all that travels", Ben=ben.element("#todo")
    )
    assert [card.id for card in ben.element("#todo-cards").node.elements()] == ["c3", "c1", "c2"]

    ben.element("#c4 button").render_click()
    yield Step("Ben takes his card on to the next column: there it is new", Ann=ann)
    assert ann.has_element("#done li", "Dig")

    ann.element("#todo-cards").render_hook("dropped", {"card": "c9", "column": "done", "at": 0})
    yield Step("There is no such card: nothing happens", Ann=ann.element("#done"))


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
