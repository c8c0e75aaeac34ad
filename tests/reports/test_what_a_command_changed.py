"""After a click whose command toggles a class, an aria attribute or whether a menu is shown, a test can ask for it.

phoenixframework/phoenix_live_view#3214, #2004. The page that LiveViewTest reads stays what was sent.
"""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import live


class Menu(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    render = heex(
        """
    <nav><button id="b" aria-expanded="false"
        phx-click={JS.toggle(to="#menu").toggle_attribute(("aria-expanded", "true", "false")).toggle_class("open", to="#box")}
      >menu</button>
      <div id="box" class="box"><ul id="menu" style="display: none"><li>one</li></ul></div></nav>
    """,
        names={"JS": JS},
    )


def test_what_a_command_changed_can_be_asked_for() -> None:
    view = live(Menu)
    sent = str(view.html)
    for open in (True, False, True):
        view.element("#b").render_click()
        assert view.element("#b").attributes["aria-expanded"] == ("true" if open else "false")
        assert view.element("#box").attributes["class"] == ("box open" if open else "box")
        assert ("none" in view.element("#menu").attributes["style"]) is not open
    assert str(view.html) == sent
