"""Golden `switch_tpl`: a render with several templates, and a function that returns a Rendered in a body expression."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex

few = heex("<i>few: {@n}</i>")
more = heex("<b>more than three: {@n}</b>")


def inner(assigns: Any) -> Any:
    return more(assigns) if assigns.n > 3 else few(assigns)


listing = heex(r"""
<ul><li :for={i in range(1, @n + 1)}>{i} {@text}</li></ul>
""")
show = heex(r"""
<article>
  <h1>{@text}</h1>
  {inner(assigns)}
</article>
""")
multi = heex(r"""
<p>one</p>
<p>{@n}</p>
""")


class SwitchTpl(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(page="list", n=1, text="t")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "go", {"page": page}:
                return socket.assign(page=page)
            case "n", {"n": n}:
                return socket.assign(n=n)

    def render(self, assigns: Any) -> Any:
        return {"list": listing, "show": show, "multi": multi}[assigns.page](assigns)


view = SwitchTpl
