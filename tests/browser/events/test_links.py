"""Links and values at their edges: what a browser sends, and what it keeps to itself."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, heex
from liveview_testing import View, live


class Edges(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(seen=None, uri="")

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(uri=uri, given=params)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(seen=(event, params))

    render = heex("""
    <form id="f" phx-submit="s" phx-change="c" phx-value-foo="attr" phx-value-user="u" phx-value-more="m">
      <input name="foo" value="1" /><input name="user[name]" />
    </form>
    <a class="here" href="/a#h">h</a><a class="here" href="#h">h</a><a class="here" href="/a?x=1" target="WIN">n</a>
    <a class="here" href="/b" target="_Blank">b</a><a class="here" href="/b" download>d</a>
    <.link class="here" patch="/a?y" target="_blank">p</.link><.link class="here" navigate="/b" download>d</.link>
    <.link class="here" navigate="/b" target="other">o</.link>
    <div phx-click="outer"><button class="here" phx-click="">e</button></div>
    <a id="top" href="/b" target="_top">t</a><a id="other" href="/a?x=1#h">x</a><a id="again" href="/a">a</a>
    <.link id="patch" patch="/a?q=a b&r=ü">p</.link><.link id="go" navigate="/b/ä?q='">g</.link><a id="plain" href="/b?z=ä b">o</a>
    <.link id="inner" patch="/a?in" target="_blank"><b>i</b></.link>
    """)


ROUTER = Router([Route("/a", Edges), Route("/b", Edges), Route("/b/:x", Edges)])


@pytest.fixture
def view() -> View:
    return live("/a", router=ROUTER)


def test_what_a_test_gives_wins(view: View) -> None:
    """Over `phx-value-*` of the form, however it is named; what is not given stays as the browser sends it."""
    view.element("#f").render_submit({"foo": "other", "user[name]": "x"})
    assert view.assigns.seen == ("s", {"foo": "other", "user": {"name": "x"}, "more": "m"})
    view.element("#f").render_change({"foo": "other", "_target": ""})
    assert view.assigns.seen == ("c", {"foo": "other", "user": "u", "more": "m", "_target": []})
    view.form("#f", {"foo": "typed"}).render_submit()
    assert view.assigns.seen == ("s", {"foo": "attr", "user": "u", "more": "m"})
    view.render_change("c", {"_target": ""})
    assert view.assigns.seen == ("c", {"_target": []})


@pytest.mark.parametrize("number", range(1, 10))
def test_no_frame_of_this_tab(view: View, number: int) -> None:
    """A place in the document, another tab, a download, an event without a name."""
    nodes = [node for node in view.dom.root.iter() if node.get("class") == "here"]
    assert len(nodes) == 9
    view.at(nodes[number - 1]).render_click()
    assert [frame.event for frame in view.wire] == ["phx_join", "phx_reply"]
    assert view.url == "/a"
    view.refute_redirected()


def test_links_that_stay_in_this_tab(view: View) -> None:
    """`_top` is this tab; another query, and the page itself without a place in it, are loaded."""
    for selector, to in (("#top", "/b"), ("#other", "/a?x=1"), ("#again", "/a")):
        there = view.fork()
        there.element(selector).render_click()
        assert there.assert_redirect(to).kind == "redirect"
    view.element("#inner b").render_click()  # the client asks the very element that was clicked
    assert view.assert_patch() == "/a?in"


def test_urls_are_what_a_parser_makes_of_them(view: View) -> None:
    """Percent-encoded in the address, read again on the server."""
    view.element("#patch").render_click()
    assert view.url == "/a?q=a%20b&r=%C3%BC"
    assert view.assigns.uri == "http://www.example.com/a?q=a%20b&r=%C3%BC"
    assert view.assigns.given == {"q": "a b", "r": "ü"}
    view.render_patch("/a?q=c d")
    assert view.url == "/a?q=c%20d"
    there = view.fork()
    there.element("#plain").render_click()
    assert (there.request.path, there.request.params) == ("/b?z=%C3%A4%20b", {"z": "ä b"})
    view.element("#go").render_click()
    next_one = view.follow_redirect("/b/%C3%A4?q=%27")
    assert next_one.assigns.given == {"x": "ä", "q": "'"}
