"""A modal dialog of the client's: it comes and goes in steps, holds the focus, and gives it back.

The server knows nothing of it until something was decided. Opening remembers who has the focus (`push_focus`), shows the dialog
in a transition and gives the focus to the first that takes it; `<.focus_wrap>` keeps Tab inside. All ways out, the button, Escape
and a click beside it, are one command in `data-cancel`. While a transition runs no patch is applied: what the server says
meanwhile waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step

OPENS = JS.push_focus().show(to="#sure", transition=("fade", "pale", "clear"), time=500).focus_first(to="#sure-inside")
CLOSES = JS.hide(to="#sure", transition=("fade", "clear", "pale"), time=500).pop_focus()
CANCELS = JS.exec("data-cancel", to="#sure")


class AccountLive(LiveView):
    """An account that can be deleted, after a question."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(there=True, visitors=1)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(there=False) if event == "delete" else socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(visitors=msg) if isinstance(msg, int) else socket

    render = heex(
        """
    <main>
      <h1>{"Your account" if @there else "Your account is gone"}</h1>
      <p id="visitors">{@visitors} here</p>
      <button :if={@there} id="ask" phx-click={OPENS}>Delete …</button>
      <div
        id="sure"
        role="dialog"
        aria-modal="true"
        aria-label="Delete your account?"
        style="display: none"
        data-cancel={CLOSES}
        phx-window-keydown={CANCELS}
        phx-key="Escape"
        phx-click-away={CANCELS}
      >
        <.focus_wrap id="sure-inside">
          <p>All that you have written goes with it.</p>
          <button id="keep" phx-click={CANCELS}>Keep it</button>
          <button id="delete" phx-click={JS.push("delete").exec("data-cancel", to="#sure")}>Delete it</button>
        </.focus_wrap>
      </div>
    </main>
    """,
        names={"JS": JS, "OPENS": OPENS, "CLOSES": CLOSES, "CANCELS": CANCELS},
    )


ROUTER = Router([Route("/account", AccountLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann opens the dialog four times, and leaves it in four ways."""
    page = sim.page("/account")
    ask, sure = page.get_by_role("button", name="Delete …"), page.get_by_role("dialog")
    ask.click()
    sim.clock.advance(0.1)
    page.view.send(2)
    yield Step("It is coming: the focus is in it, and what the server says waits", Ann=page)
    assert (sure.is_visible(), sure.get_attribute("class")) == (True, "fade clear")
    assert page.locator(":focus").get_attribute("id") == "keep"
    assert page.locator("#visitors").text_content() == "1 here"

    sim.clock.advance(0.5)
    yield Step("It is there, and what waited shows", Ann=page)
    assert (sure.get_attribute("class"), page.locator("#visitors").text_content()) == ("", "2 here")

    page.locator("#keep").press("Tab")
    page.locator("#delete").press("Tab")
    assert page.locator(":focus").get_attribute("id") == "keep"
    page.locator("#keep").press("Escape")
    sim.clock.advance(0.6)
    yield Step("Tab goes round in it; Escape leaves it, and the focus is where it was", Ann=page)
    assert (sure.is_visible(), page.locator(":focus").get_attribute("id")) == (False, "ask")

    ask.click()
    sim.clock.advance(0.6)
    page.get_by_role("heading").click()
    sim.clock.advance(0.6)
    yield Step("A click beside it leaves it, too", Ann=page)
    assert not sure.is_visible()

    ask.click()
    sim.clock.advance(0.6)
    page.locator("#delete").click()
    sim.clock.advance(0.6)
    yield Step("Deleted: the one thing of all this that the server was told", Ann=page)
    assert page.get_by_role("heading").text_content() == "Your account is gone"
    assert [frame.payload["event"] for frame in page.view.wire if frame.event == "event"] == ["delete"]


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
