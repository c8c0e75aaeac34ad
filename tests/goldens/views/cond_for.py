"""Golden `cond_for`: `:if` and `:for`, EEx blocks (if, case, cond, unless), nested conditionals, nested field access."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, heex


@frozen
class User:
    name: Any
    age: Any


class CondFor(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(show=False, deep=False, items=[], mode="a", user=None, n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        for key, value in params.items():
            match key:
                case "user":
                    socket = socket.assign(user=value and User(value.get("name"), value.get("age")))
                case "value":
                    pass
                case _:
                    socket = socket.assign({key: value})
        return socket

    render = heex(r"""
    <main>
      <p :if={@show} id="shown">Shown {@n} <em :if={@deep}>deep {@n}</em></p>
      <ul>
        <li :for={i in @items} :if={i != "skip"} class={f"item-{i}"}>{i}<b :if={@deep}>!</b></li>
      </ul>
      <%= if @mode == "a": %>
        <span>A {@n}</span>
      <% else: %>
        <strong>not A</strong>
      <% end %>
      <%= match @mode: %>
        <% case "a": %>
          <i>case a</i>
        <% case "b": %>
          <i>case b {@n}</i>
        <% case other: %>
          <i>case other {other}</i>
      <% end %>
      <%= if @n > 10: %>
          <u>big</u>
        <% elif @n > 5: %>
          <u>medium {@n}</u>
        <% else: %>
          <u>small</u>
      <% end %>
      <%= if not @show: %>
        <small>hidden</small>
      <% end %>
      <p>{@user.name if @user else "nobody"}</p>
      <p :if={@user}>{@user.name} / {@user.age}</p>
      {@n}
    </main>
    """)


view = CondFor
