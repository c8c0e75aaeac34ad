"""A view's handle goes back and forward: over its own URLs, and to other views of the router."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import CannotOpen, Simulation


class Pages(LiveView):
    """One URL for each number."""

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return socket.assign(n=params.get("n", "none"))

    render = heex("<p>{@n}</p>")


class Other(Pages):
    """Another view."""


ROUTER = Router([Route("/", Pages), Route("/other", Other)])


def test_over_the_urls_of_a_view() -> None:
    view = Simulation(ROUTER).live("/")
    view.render_patch("/?n=1")
    view.render_patch("/?n=2")
    assert "1" in view.go_back()
    assert (view.url, "none" in view.go_back(), view.url) == ("/?n=1", True, "/")
    with pytest.raises(CannotOpen, match="there is no place to go back to"):
        view.go_back()
    assert "1" in view.go_forward()
    assert "2" in view.go_forward()
    with pytest.raises(CannotOpen, match="there is no place to go forward to"):
        view.go_forward()


def test_to_another_view() -> None:
    """It is left, as by a link."""
    view = Simulation(ROUTER).live("/").live_redirect("/other")
    view.go_back()
    assert view.follow_redirect().url == "/"
