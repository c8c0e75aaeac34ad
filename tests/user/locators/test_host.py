"""Where the simulated server is: what URLs begin with, for whoever asks."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption
from liveview_testing import Error, Simulation, expect


class Shop(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(uri=uri)

    render = heex('<p>{@uri}</p><.link patch="/shop?page=2">Next</.link><.link navigate="/other">Other</.link>')


class Other(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(uri=uri)

    render = heex("<h1>{@uri}</h1>")


ROUTER = Router([Route("/shop", Shop), Route("/other", Other)])


def test_urls_begin_with_the_host() -> None:
    sim = Simulation(ROUTER, host="https://shop.test:4000")
    page = sim.page("/shop")
    assert (page.url, sim.host) == ("https://shop.test:4000/shop", "https://shop.test:4000")
    expect(page.get_by_text("https://shop.test:4000/shop")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url("https://shop.test:4000/shop?page=2")
    expect(page.get_by_text("https://shop.test:4000/shop?page=2")).to_be_visible()
    page.get_by_role("link", name="Other").click()
    expect(page.get_by_role("heading")).to_have_text("https://shop.test:4000/other")
    page.go_back()
    expect(page.get_by_text("https://shop.test:4000/shop?page=2")).to_be_visible()
    page.goto("https://shop.test:4000/other")
    assert page.fork().url == "https://shop.test:4000/other"
    page.view.drop()
    page.view.rejoin()
    assert page.view.url == "/other"
    with pytest.raises(Error, match="leaves the simulated host"):
        page.goto("http://www.example.com/shop")


def test_views_hear_the_host() -> None:
    view = Simulation(ROUTER, host="http://a.b").live("/shop")
    assert "http://a.b/shop" in view.render()
    view.element("a", "Next").render_click()
    assert "http://a.b/shop?page=2" in view.render()


@pytest.mark.parametrize("host", ["shop.test", "https://shop.test/", "ftp://x", "", 3, "http://A.b"])
def test_a_host_is_no_path(host: Any) -> None:
    with pytest.raises(BadOption, match="the host is where every URL"):
        Simulation(host=host)
