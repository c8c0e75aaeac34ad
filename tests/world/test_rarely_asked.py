"""What is seldom asked of a world: its options, its store, its log and the frames that are under way."""

from __future__ import annotations

from typing import Any

import pytest
from immutables import Map

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption, LiveViewError
from liveview_testing import Simulation, live_isolated
from liveview_testing.user.html.html import Html
from liveview_testing.world.log.reads_and_writes import Noted, NotedStore
from liveview_testing.world.mutable_assigns import changed, contents
from liveview_testing.world.page_state.files import Rejected


class PlainLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex('<button phx-click="more">{@n}</button>')


# --- options ----------------------------------------------------------------------------------------------------------

OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"styles": {"hidden": "purple"}}, "the style 'hidden' does nothing that is known"),
    ({"styles": ["hidden"]}, "the option styles is a mapping of names"),
    ({"styles": {1: "hidden"}}, "the option styles is a mapping of names"),
    ({"hooks": {"Chart": 5}}, "the hook 'Chart' is no stand-in"),
]


@pytest.mark.parametrize(("options", "told"), OPTIONS, ids=[told for _, told in OPTIONS])
def test_options_of_another_kind(options: dict[str, Any], told: str) -> None:
    with pytest.raises(BadOption) as wrong:
        Simulation(**options).page(PlainLive)
    assert told in str(wrong.value)


def test_params_that_no_url_can_have() -> None:
    with pytest.raises(LiveViewError, match="half a surrogate pair"):
        Simulation(Router([Route("/", PlainLive)])).live("/", params={"q": "\ud800"})


def test_what_is_mounted_alone_is_a_view() -> None:
    with pytest.raises(LiveViewError, match="live_isolated mounts a view"):
        live_isolated("not a view")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# --- the store --------------------------------------------------------------------------------------------------------


def test_a_name_that_is_not_stored_says_what_is_like_it() -> None:
    sim = Simulation()
    sim.store["books"] = ()
    with pytest.raises(KeyError) as missing:
        sim.store["boks"]
    assert "  nearest: books" in missing.value.__notes__


def test_who_looks_at_all_of_a_store_depends_on_all_of_it() -> None:
    """Not who asks for one name, or whether there is anything."""
    for look in (
        list,
        len,
        lambda store: list(store.keys()),
        lambda store: list(store.items()),
        lambda store: list(store.values()),
    ):
        noted = Noted()
        look(NotedStore(Map(a=1), noted))
        assert noted.reads == {("store",)}
    noted = Noted()
    store = NotedStore(Map(a=1), noted)
    assert store
    assert "a" in store
    assert store.delete("a").get("a") is None
    assert noted.reads == {("store", "a")}
    assert noted.writes == {("store", "a")}


# --- the log ----------------------------------------------------------------------------------------------------------


def test_the_same_message_twice_is_two_happenings() -> None:
    """They are told apart by being two; so a log can be a set, or the keys of a dict."""
    sim = Simulation()
    view = sim.live(PlainLive)
    for _ in range(2):
        view.render_click("more")
    one, other = list(sim.history)[-2:]
    assert one == one
    assert (one == other) is False
    assert one != other
    assert len({one, other, one._replace()}) == 3


# --- the network ------------------------------------------------------------------------------------------------------


def test_a_line_that_is_cut_can_be_cut_once() -> None:
    sim = Simulation()
    page = sim.page(PlainLive)
    page.network.drop()
    world = sim.world
    page.network.drop()
    assert sim.world.browsers[1] == world.browsers[1]
    page.network.restore()
    sim.clock.advance(10)
    page.get_by_role("button").click()
    assert page.get_by_role("button").text_content() == "1"


# --- what was changed in place ----------------------------------------------------------------------------------------


def test_bytes_and_views_that_have_left_are_looked_at_too() -> None:
    """Nothing is left of a process that has ended."""
    sim = Simulation(Router([Route("/", PlainLive)]))
    view = sim.live("/")
    sim.store["raw"] = bytearray(b"ab")
    view.drop()
    before = contents(sim.world)
    assert [place for place, *_ in before.values()] == ["store['raw']"]
    sim.store["raw"].append(99)
    assert changed(before) == ["store['raw']"]
    sim.store["raw"] = b"abc"  # else the end of the test tells of it


def test_a_refused_file_shows_its_reasons() -> None:
    refused = Rejected(sim_html(), (("a.txt", "too_large"),))
    assert repr(refused) == "<Rejected (('a.txt', 'too_large'),) <Html <p>x</p>>>"


def sim_html() -> Html:
    return Html(lambda: "<p>x</p>")
