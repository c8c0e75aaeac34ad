"""What a stand-in for a client hook gives to its element: refused in its own line, with whose hook it is, and nothing happens."""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadOption, FrozenError, LiveViewError, NotData
from liveview_testing import ClientHook, Simulation


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=[])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: [*heard, params])

    render = heex("<p id='h' phx-hook='Acting'>x</p>{str(@heard)}")


def opened(act: Callable[[Any, Any], object]) -> Simulation:
    """A page whose hook does that when it is mounted."""

    class Acting(ClientHook):
        def mounted(self, el: Any) -> None:
            act(self, el)

        def later(self, el: Any, n: int) -> None:
            el.set_text(f"later {n}")

    sim = Simulation(hooks={"Acting": Acting})
    sim.page(Page)
    return sim


def remembers(hook: Any, el: Any) -> None:
    hook.count = 1


REFUSED: list[tuple[Callable[[Any, Any], object], type[LiveViewError], str]] = [
    (
        lambda hook, el: el.push_event("x", {"a": {1}}),
        NotData,
        "the payload of 'x' cannot travel as JSON: it holds a set",
    ),
    (lambda hook, el: el.push_event("x", {"a": [float("nan")]}), NotData, "got: nan"),
    (lambda hook, el: el.push_event("x", {(1, 2): 3}), NotData, "it holds a dict with a key that is no text"),
    (lambda hook, el: el.push_event(5), BadOption, "el.push_event takes text"),
    (lambda hook, el: el.push_event("x", {}, reply="laterr"), BadOption, "nearest: later"),
    (lambda hook, el: el.push_event_to(None, "x"), BadOption, "cure: el.push_event_to('#cart', 'added', {'id': 1})"),
    (lambda hook, el: el.set_text(5), BadOption, "cure: el.set_text(str(…))"),
    (lambda hook, el: el.set_attribute("data-n", 5), BadOption, "cure: el.set_attribute('data-n', str(…))"),
    (lambda hook, el: el.remove_attribute(None), BadOption, "el.remove_attribute takes text"),
    (lambda hook, el: el.after("200", "later"), BadOption, "el.after waits for a time that is none"),
    (lambda hook, el: el.after(-1, "later"), BadOption, "a number from 0 on"),
    (lambda hook, el: el.after(float("inf"), "later"), BadOption, "got: inf"),
    (lambda hook, el: el.after(200, "latr", 1), BadOption, "nearest: later"),
    (lambda hook, el: el.after(200, hook.later, 1), BadOption, "cure: 'later', its name"),
    (lambda hook, el: el.done(5), BadOption, "el.done ends an event that the hook has heard"),
    (remembers, FrozenError, "cure: el.set_state(…) remembers a value for this element, el.state reads it"),
]


@pytest.mark.parametrize(("act", "kind", "said"), REFUSED)
def test_what_a_hook_may_not_give(act: Callable[[Any, Any], object], kind: type[LiveViewError], said: str) -> None:
    """The hook and its element are named, and only the author's lines are shown."""
    with pytest.raises(kind) as caught:
        opened(act)
    assert said in str(caught.value)
    assert "in the hook Acting of #h: mounted" in caught.value.__notes__
    assert {frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)} == {__file__}


def test_an_error_of_the_authors_in_a_hook() -> None:
    """Whatever it is, it says where it happened."""
    with pytest.raises(ZeroDivisionError) as caught:
        opened(lambda hook, el: 1 / 0)
    assert "in the hook Acting of #h: mounted" in caught.value.__notes__


def test_what_a_hook_gives_travels_as_json() -> None:
    """Dates are text and tuples lists, as everywhere; nothing is left that a trace could not write down."""
    sim = opened(lambda hook, el: el.push_event("x", {"day": datetime.date(2025, 1, 2), "at": (1, None), 3: "k"}))
    page = sim.live(Page)
    assert "{&#39;day&#39;: &#39;2025-01-02&#39;, &#39;at&#39;: [1, None], &#39;3&#39;: &#39;k&#39;}" in str(
        sim.views[0].html
    )
    assert page.sim is sim
    assert sim.digest
    assert sim.trace is not None
