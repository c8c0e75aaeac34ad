"""Golden `dyn_attrs`: attribute values of every kind, class and style, spread, escaping, script and style, comments."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex, raw
from tests.goldens.elixir import assign_all

__all__ = ["raw", "view"]


class DynAttrs(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(
            disabled=True,
            checked=False,
            nilattr=None,
            cls=["a", None, False, "b", ["c", None]],
            style="color: red",
            num=3,
            float=1.5,
            atom="hello",
            str="plain",
            body="<b>&\"'</b>",
            raw="<b>raw</b>",
            rest={"data-x": "1", "id": "r"},
            list=["x", "y"],
            charlist="chars",
            url="/p?a=1&b=2",
            iodata=["io", ["d", "ata"]],
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                return assign_all(socket, params)

    render = heex(r"""
    <div id="d" class={@cls} style={@style} data-num={@num} data-float={@float} data-atom={@atom} data-str={@str}>
      <input type="checkbox" disabled={@disabled} checked={@checked} title={@nilattr} value={@str} />
      <a href={@url} title={@body} class="fixed">{@body}</a>
      <p {@rest} class="after">{@num} {@float} {@atom} {@list} {@charlist} {@iodata}</p>
      <p>{raw(@raw)} {None} {True} {False} {""}</p>
      <p class={f"a {@str} b"} data-list={@list} hidden={False} data-true={True} data-nil={None}></p>
      <p class={["x", @disabled and "is-disabled", @checked and "is-checked"]} style={"opacity: 0.5" if @disabled else None}></p>
      <p class={None} style={None} id={@nilattr}></p>
      <p class={False}></p>
      <p class=""></p>
      <p class={@nilattr is not None and "never"} data-a={"q\"q'q<q>q&q"}></p>
      <img src="x.png" alt={@body} /><br /><hr />
      <textarea name="t">{@body}</textarea>
      <select><option value="1" selected={@checked}>1</option></select>
      <script>{"not interpolated"}; let x = "<%= @str %>";</script>
      <style>.a { color: red }</style>
      <p phx-no-curly-interpolation>{not interpolated} <%= @str %></p>
      <p>escaped <%!-- hidden comment --%> &lbrace; <%= "{" %> &amp; &copy;</p>
      <!-- html comment {@str} -->
    </div>
    """)


view = DynAttrs
untranslated = {"charlist", "iodata"}  # lists of code points, which Python has no need of
