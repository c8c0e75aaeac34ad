"""Golden `whitespace`: what the compiler keeps and drops; several roots, void elements, comments, blocks."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

import warnings
from typing import Any

from liveview_core import LiveView, heex
from liveview_core.heex.verification import TemplateWarning
from tests.goldens.elixir import assign_all


class Whitespace(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(a="A", b=None, show=True)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                return assign_all(socket, params)

    with warnings.catch_warnings():
        # The recorded text has an EEx comment, which is deprecated upstream, too.
        warnings.simplefilter("ignore", TemplateWarning)
        render = heex(r"""
          <p>  two   spaces {@a}   </p>


        text {@a}{@b} text
        <%= if @show: %>

          <b> x </b>

        <% end %>
        <% y = 1 %>
        <%# eex comment %>
        <%!-- heex comment --%>
        <%= y %>
        <pre>
          pre {@a}
        </pre>
        <input value={@a}><br>
        <span
          class="a"
          id={@b}
          data-x='single "q"'
          hidden
        >x</span>
        <p :if={@show}>if</p><p :for={i in [1, 2]}>{i}</p>
        <svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
        &nbsp;&amp;<custom-element some-attr={@a}></custom-element>
        """)


view = Whitespace
