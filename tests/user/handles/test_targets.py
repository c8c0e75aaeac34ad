"""Events of a component's elements that nobody in the view has a case for: the target is missing, and that is said."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import BadReturn, LiveComponent, LiveView, Socket, heex
from liveview_core.errors import UndefinedCallback
from liveview_testing import live

NOTE = "'{}' is in the component Cart (id 7); without phx-target={{@myself}} its events go to the view"


class Cart(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return None

    render = heex("""
    <form id="cart" phx-change="typed" phx-submit="buy">
      <input type="text" name="note" />
      <b phx-click="more"><i>more</i></b>
      <u phx-click="mine" phx-target={@myself}>mine</u>
      <s phx-click='[["push",{"event":"other","target":"#cart"}]]'>other</s>
    </form>
    """)


class ShopLive(LiveView):
    render = heex('<main><.live_component module={Cart} id={7} /><p id="outside" phx-click="more">more</p></main>')


class LooseLive(ShopLive):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.send("later") if event == "buy" else None

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return None


def notes(error: BaseException) -> list[str]:
    """What was added about the element."""
    return [note for note in error.__notes__ if "phx-target" in note]


@pytest.mark.parametrize(("view", "kind"), [(ShopLive, UndefinedCallback), (LooseLive, BadReturn)])
def test_a_missing_target(view: type[LiveView], kind: type[Exception]) -> None:
    """However the view says that it has no case for it."""
    it = live(view)
    with pytest.raises(kind) as clicked:
        it.element("b").render_click()
    assert notes(clicked.value) == [NOTE.format("b")]
    with pytest.raises(kind) as inside:
        it.element("i", "more").render_click()
    assert notes(inside.value) == [NOTE.format("i")]
    with pytest.raises(kind) as typed:
        it.form("#cart", {"note": "x"}).render_change()
    assert notes(typed.value) == [NOTE.format("#cart")]


def test_no_missing_target() -> None:
    """There is one; the element is the view's own; another callback is to blame."""
    it = live(LooseLive)
    for selector in ("u", "s", "#outside"):
        with pytest.raises(BadReturn) as caught:
            it.element(selector).render_click()
        assert notes(caught.value) == []
    with pytest.raises(BadReturn, match="handle_info") as submitted:
        it.form("#cart").render_submit()
    assert notes(submitted.value) == []
