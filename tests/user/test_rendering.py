"""Components rendered alone."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, attr, component, heex
from liveview_testing import render_component, rendered_to_string
from liveview_testing.user.rendering import NotRendered

CARD = heex("<b>{@name}</b>", attr("name", str, default="nobody"))


@component(attr("n", int, required=True))
def double(assigns: Any) -> Any:
    """Work before the template."""
    return NUMBER(assigns.assign(n=assigns.n * 2))


NUMBER = heex("<i>{@n}</i>")


class HomeLive(LiveView):
    render = heex("<b>{@name}</b>")


class Cart(LiveComponent):
    """A stateful component."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(items=0)

    def update(self, assigns: Any, socket: Any) -> Any:
        return socket.assign(assigns).assign(items=len(assigns["things"]))

    render = heex("""<div id={@id}>{@items} <u phx-target={@myself}>x</u></div>""")


def test_function_components() -> None:
    """Templates with their defaults, declared components, plain functions."""
    assert render_component(CARD) == "<b>nobody</b>"
    assert render_component(CARD, name="<ann>") == "<b>&lt;ann&gt;</b>"
    assert render_component(double, n=2) == "<i>4</i>"
    assert render_component(lambda assigns: NUMBER(assigns.assign(n=assigns.n + 1)), n=1) == "<i>2</i>"


def test_live_components() -> None:
    """Mounted, updated and rendered once."""
    assert render_component(Cart, id="cart", things=[1, 2]) == '<div id="cart">2 <u phx-target="1">x</u></div>'
    with pytest.raises(NotRendered, match="needs an id"):
        render_component(Cart, things=[])


def test_rendered_to_string() -> None:
    """A template's value as text; what is not one is refused with the cure."""
    assert rendered_to_string(CARD(name="a")) == "<b>a</b>"
    with pytest.raises(NotRendered) as raised:
        rendered_to_string(CARD)
    assert "call it: rendered_to_string(template(name='ann'))" in str(raised.value)
    with pytest.raises(NotRendered, match="render_component takes a component"):
        render_component(42)


def test_a_view_is_no_component() -> None:
    """The cure is to mount it."""
    with pytest.raises(NotRendered) as raised:
        render_component(HomeLive)
    assert str(raised.value) == (
        "render_component takes a component, not a view\n"
        "  expected: a template, a function of assigns, or a LiveComponent\n"
        "  got: <class 'tests.user.test_rendering.HomeLive'>\n"
        "  cure: a view is mounted: live(HomeLive); its template alone: render_component(HomeLive.render, …)"
    )
    with pytest.raises(NotRendered, match="not a view"):
        render_component(HomeLive())
    assert render_component(HomeLive.render, name="a") == "<b>a</b>"
