"""`unhandled_events`: an event that reached the wrong one is told with who takes it."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_core.errors import BadReturn, UndefinedCallback
from liveview_testing import live


class Lost(LiveComponent):
    """Its button forgets the target."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket if event in ("inc", "dec") else None

    render = heex("<button phx-click={@event}>x</button>")


class Misled(Lost):
    """Its button has one too much."""

    render = heex("<button phx-click={@event} phx-target={@myself}>x</button>")


class Other(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket

    render = heex("<i>x</i>")


class Base(LiveView):
    part: type[LiveComponent] = Lost

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(part=self.part, **session)

    render = heex(
        "<div><.live_component module={@part} id='c' event={@event} /><.live_component :if={@two} module={Other} id='o' /></div>",
        names={"Other": Other},
    )


class Takes(Base):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:  # pyright: ignore[reportMatchNotExhaustive]
            case "save":
                return socket


class TakesMisled(Takes):
    part = Misled


def cure(view: type[LiveView], event: str, kind: type[Exception], *, two: bool = False) -> str | None:
    """What is said of an event that nobody takes."""
    page = live(view, session={"event": event, "two": two}).page
    with pytest.raises(kind) as raised:
        page.get_by_role("button").click()
    said: str | None = getattr(raised.value, "cure", None)
    return said


ADD = "add `def handle_event(self, event, params, socket): return socket`"


def test_a_component_takes_it() -> None:
    """The view has no handle_event, or one without a case for it."""
    target = "phx-target={@myself} on the element: the component Lost (id 'c') takes it; else "
    assert cure(Base, "inc", UndefinedCallback) == target + ADD
    assert cure(Base, "inc", UndefinedCallback, two=True) == target + ADD
    assert cure(Takes, "dec", BadReturn) == f"{target}no case for event 'dec'? End the function with `return socket`"


def test_only_a_component_takes_events() -> None:
    """Nobody knows this one; where the view takes none at all, it can only be the component's."""
    only = "phx-target={@myself} on the element: the only handle_event is that of the component Lost; else "
    assert cure(Base, "other", UndefinedCallback) == only + ADD
    assert cure(Base, "other", UndefinedCallback, two=True) == ADD
    assert cure(Takes, "other", BadReturn) == "no case for event 'other'? End the function with `return socket`"


def test_the_view_takes_it() -> None:
    """A target too much."""
    assert cure(TakesMisled, "save", BadReturn) == (
        "no phx-target on the element: TakesMisled takes it; else no case for event 'save'? End the function with `return socket`"
    )
    assert cure(TakesMisled, "other", BadReturn) == "no case for event 'other'? End the function with `return socket`"


def test_a_view_alone() -> None:
    """Nothing more is said than before."""

    class Alone(LiveView):
        render = heex('<button phx-click="x">x</button>')

    with pytest.raises(UndefinedCallback) as raised:
        live(Alone).page.get_by_role("button").click()
    assert raised.value.cure == ADD
