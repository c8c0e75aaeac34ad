"""Golden `fun_comp`: attributes with defaults, global rest, slots with :let and attributes, :for and :if on components."""

# ruff: noqa: E501 - the lines of the template are as recorded
# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from attrs import frozen

from liveview_core import LiveView, attr, heex, render_slot, slot
from tests.goldens.elixir import assign_all

__all__ = ["render_slot", "view"]


@frozen
class Row:
    id: Any
    n: Any


box = heex(
    r"""
    <div class={["box", @kind]} {@rest}>
      <span>{@count}</span>
      {render_slot(@inner_block)}
      <footer :if={@footer != []}>{render_slot(@footer)}</footer>
    </div>
    """,
    attr("kind", str, default="info"),
    attr("count", int, required=True),
    attr("rest", "global", include=["form"], default={"role": "note"}),
    slot("inner_block", required=True),
    slot("footer"),
)

table = heex(
    r"""
    <table id={@id}>
      <thead>
        <tr><th :for={col in @col} class={col["class"]}>{col["label"]}</th></tr>
      </thead>
      <tbody>
        <tr :for={row in @rows} id={f"{@id}-{row.id}"}>
          <td :for={i, col in enumerate(@col)} data-i={i}>{render_slot(col, row)}</td>
          <td :if={@action != []}>
            <%= for action in @action: %>
              {render_slot(action, row)}
            <% end %>
          </td>
        </tr>
      </tbody>
      <caption :if={@rows == []}>{render_slot(@empty) or "no rows"}</caption>
    </table>
    """,
    attr("rows", list, required=True),
    attr("id", str, required=True),
    slot("col", attr("label", str), attr("class", str)),
    slot("action"),
    slot("empty"),
)

hello = heex("<i>Hello {@name}</i>", attr("name", str))
remote = SimpleNamespace(hello=hello)

wrap = heex(
    r"""
    <%= if @if_true: %><section>{render_slot(@inner_block, {"v": 1})}</section><% else: %>{render_slot(@inner_block, {"v": 2})}<% end %>
    """,
    attr("if_true", bool, default=False),
    slot("inner_block"),
)


class FunComp(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(
            count=0,
            kind="warn",
            name="Bob",
            rows=[Row(1, "a"), Row(2, "b")],
            wrapped=False,
            show_footer=True,
            cols=True,
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                if "rows" in params:
                    params = {**params, "rows": [Row(id, n) for id, n in params["rows"]]}
                return assign_all(socket, params)

    render = heex(r"""
    <div>
      <.box count={@count} kind={@kind} id="b1" data-foo="bar" phx-click="set">
        Inside <b>{@name}</b>
        <:footer>Foot {@count}</:footer>
      </.box>
      <.box count={1}>static</.box>
      <.hello name={@name} />
      <.hello :for={n in ["x", "y"]} name={n + @name} />
      <.hello :if={@wrapped} name="conditional" />
      <remote.hello name="remote" />
      <.wrap :let={{"v": v}} if_true={@wrapped}>v={v} {@name}</.wrap>
      <.table id="t" rows={@rows}>
        <:col :let={r} label="Id" class="id">{r.id}</:col>
        <:col :let={Row(n=n)} label={"Name " + @kind}>{n} {@count}</:col>
        <:col :if={@cols} label="Opt">opt</:col>
        <:action :let={r}><button phx-value-id={r.id}>del</button></:action>
        <:empty>nothing for {@name}</:empty>
      </.table>
    </div>
    """)


view = FunComp
