"""A ranking of players: components in a keyed comprehension, which move with all they hold and are not sent again.

`:key` says which entry is which. When the order changes, the wire says which entry goes where; no component is rendered for
it, and what a component holds (here: whether it is unfolded) goes along.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Player:
    """Somebody who plays."""

    id: str
    name: str
    points: int = 0


@frozen
class Scored:
    """Somebody made points."""

    id: str
    points: int


class PlayerRow(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(unfolded=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "unfold":
                return socket.update("unfolded", lambda unfolded: not unfolded)
            case "score":
                return socket.send(Scored(socket.assigns.player.id, 10))
            case _:
                return socket

    render = heex("""
    <tr id={@player.id}>
      <td phx-click="unfold" phx-target={@myself}>{@player.name}</td>
      <td>{@player.points}</td>
      <td><button phx-click="score" phx-target={@myself}>+10</button></td>
      <td :if={@unfolded}>scored {@player.points // 10} times</td>
    </tr>
    """)


class RankingLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(players=(Player("ann", "Ann", 30), Player("ben", "Ben", 20), Player("cem", "Cem", 20)))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Scored(id, points):
                return socket.update("players", lambda players: ranked(scored(players, id, points)))
            case _:
                return socket

    render = heex("""
    <table>
      <tbody>
        <.live_component
          :for={player in @players}
          :key={player.id}
          module={PlayerRow}
          id={player.id}
          player={player}
        />
      </tbody>
    </table>
    """)


def scored(players: tuple[Player, ...], id: str, points: int) -> tuple[Player, ...]:
    """The players, one of them with more points."""
    return tuple(evolve(each, points=each.points + points) if each.id == id else each for each in players)


def ranked(players: tuple[Player, ...]) -> tuple[Player, ...]:
    """The best first; who was first among equals stays."""
    return tuple(sorted(players, key=lambda player: -player.points))


def story(sim: Simulation) -> Iterator[Step]:
    """Ben unfolds his row and overtakes Ann."""
    ann = sim.live(RankingLive)
    yield Step("Three players: the template of a row goes over the wire once", Ann=ann)

    ann.element("#ben td", "Ben").render_click()
    yield Step("Ben's row is unfolded: his component alone", Ann=ann.element("#ben"))

    ann.element("#ben button").render_click()
    ann.element("#ben button").render_click()
    yield Step("Twice ten points: at the second Ben's row moves up, unfolded as it was", Ann=ann)
    assert [row.id for row in ann.element("tbody").node.elements()] == ["ben", "ann", "cem"]
    assert ann.has_element("#ben td", "scored 4 times")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
