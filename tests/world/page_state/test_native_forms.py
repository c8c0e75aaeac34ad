"""Forms that a browser submits by itself: what it asks for, as Chromium does, and where it is then."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, heex
from liveview_testing import Simulation


class Sent(LiveView):
    """One form on every page."""

    def __init__(self, form: str) -> None:
        self.form = (
            form.replace("FIELD", '<input name="q" value="1">')
            .replace("BUTTON", '<button id="b">go</button>')
            .replace("LINES", '<textarea name="a">\nx\ny</textarea>')
        )

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(form=self.form)

    render = heex("<main>{raw(@form)}</main>")


def world(form: str) -> Simulation:
    """A host on which every path shows the form."""
    return Simulation(Router([Route("/*all", Sent(form))]))


# What is written, where the browser is, what Chromium asks the server for, and where it is then.
MEASURED: list[tuple[str, str, tuple[str, str, str] | None, str]] = [
    ('<form action="/t#top">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#top"),
    ('<form action="/t?old=1#top">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#top"),
    ('<form action="/t">BUTTON</form>', "/a?x=1", ("GET", "/t?", ""), "/t?"),
    ('<form action="/t#top">BUTTON</form>', "/a?x=1", ("GET", "/t?", ""), "/t?#top"),
    ('<form action="/t?old=1#top">BUTTON</form>', "/a?x=1", ("GET", "/t?", ""), "/t?#top"),
    ("<form>FIELDBUTTON</form>", "/a?x=1", ("GET", "/a?q=1", ""), "/a?q=1"),
    ("<form>BUTTON</form>", "/a?x=1", ("GET", "/a?", ""), "/a?"),
    ("<form>FIELDBUTTON</form>", "/a?x=1#here", ("GET", "/a?q=1", ""), "/a?q=1#here"),
    ("<form>BUTTON</form>", "/a?x=1#here", ("GET", "/a?", ""), "/a?#here"),
    ('<form action="#x">FIELDBUTTON</form>', "/a?x=1#here", ("GET", "/a?q=1", ""), "/a?q=1#x"),
    ('<form action="?z=2">FIELDBUTTON</form>', "/a?x=1#here", ("GET", "/a?q=1", ""), "/a?q=1"),
    ('<form method="post" action="/t?o=1#top">FIELDBUTTON</form>', "/a?x=1", ("POST", "/t?o=1", "q=1"), "/t?o=1#top"),
    ('<form method="post">FIELDBUTTON</form>', "/a?x=1#here", ("POST", "/a?x=1", "q=1"), "/a?x=1#here"),
    ('<form method="post" action="#top">BUTTON</form>', "/a?x=1", ("POST", "/a?x=1", ""), "/a?x=1#top"),
    (
        '<form action="/t#top">FIELD<button id="b" formaction="/u#v">go</button></form>',
        "/a?x=1",
        ("GET", "/u?q=1", ""),
        "/u?q=1#v",
    ),
    (
        '<form action="/t#top">FIELD<button id="b" formaction="">go</button></form>',
        "/a?x=1#here",
        ("GET", "/a?q=1", ""),
        "/a?q=1#here",
    ),
    (
        '<form action="/t#top" method="post">FIELD<button id="b" formmethod="">go</button></form>',
        "/a?x=1",
        ("GET", "/t?q=1", ""),
        "/t?q=1#top",
    ),
    (
        '<form action="/t#top" method="post">FIELD<button id="b" formmethod="foo">go</button></form>',
        "/a?x=1",
        ("GET", "/t?q=1", ""),
        "/t?q=1#top",
    ),
    ('<form action="/t#top" method="put">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#top"),
    ('<form action="/t#top" method=" post ">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#top"),
    ('<form action="  ">FIELDBUTTON</form>', "/a?x=1#here", ("GET", "/a?q=1", ""), "/a?q=1#here"),
    ('<form action="/tü#ö x">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t%C3%BC?q=1", ""), "/t%C3%BC?q=1#%C3%B6%20x"),
    ('<form action="/t?ü=1#ö">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#%C3%B6"),
    ('<form action="t/../u#v">FIELDBUTTON</form>', "/d/e/f?x=1#here", ("GET", "/d/e/u?q=1", ""), "/d/e/u?q=1#v"),
    ('<form action="./#v">FIELDBUTTON</form>', "/d/e/f", ("GET", "/d/e/?q=1", ""), "/d/e/?q=1#v"),
    ('<form action="\\t\\u#v">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t/u?q=1", ""), "/t/u?q=1#v"),
    ('<form action="/t&#9;u#v&#10;w">FIELDBUTTON</form>', "/a?x=1", ("GET", "/tu?q=1", ""), "/tu?q=1#vw"),
    ('<form action="//www.example.com/t#v">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#v"),
    ('<form action="http://www.example.com/t#v">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#v"),
    (
        '<form action="/t">LINES<input name="é b" value="ü &amp;=+~*()\'!"><button id="b" name="s">go</button></form>',
        "/a?x=1",
        ("GET", "/t?a=x%0D%0Ay&%C3%A9+b=%C3%BC+%26%3D%2B%7E*%28%29%27%21&s=", ""),
        "/t?a=x%0D%0Ay&%C3%A9+b=%C3%BC+%26%3D%2B%7E*%28%29%27%21&s=",
    ),
    (
        '<form method="post" action="/t">LINES<input name="é b" value="ü &amp;=+~*"><button id="b" name="s">go</button></form>',
        "/a?x=1",
        ("POST", "/t", "a=x%0D%0Ay&%C3%A9+b=%C3%BC+%26%3D%2B%7E*&s="),
        "/t",
    ),
    (
        '<form action="/t"><input name="q"><button id="b" name="s" value="">go</button></form>',
        "/a?x=1",
        ("GET", "/t?q=&s=", ""),
        "/t?q=&s=",
    ),
    ('<form action="/a?#x">BUTTON</form>', "/a?", None, "/a?#x"),
    ('<form action="#x">BUTTON</form>', "/a?", None, "/a?#x"),
    (
        '<form method="post" enctype="text/plain" action="/t#v">FIELD<input name="a b" value="c=d">BUTTON</form>',
        "/a?x=1",
        ("POST", "/t", "q=1\r\na b=c=d\r\n"),
        "/t#v",
    ),
    (
        '<form method="post" action="/t">FIELD<button id="b" formenctype="text/plain">go</button></form>',
        "/a?x=1",
        ("POST", "/t", "q=1\r\n"),
        "/t",
    ),
    ('<form action="/t?">BUTTON</form>', "/a?x=1", ("GET", "/t?", ""), "/t?"),
    ('<form action="/t#">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#"),
    ('<form action="#">FIELDBUTTON</form>', "/a?x=1#here", ("GET", "/a?q=1", ""), "/a?q=1#"),
    ('<form action="/t#v" target="_top">FIELDBUTTON</form>', "/a?x=1", ("GET", "/t?q=1", ""), "/t?q=1#v"),
    ('<form action="mailto:a@b.c">FIELDBUTTON</form>', "/a?x=1", None, "/a?x=1"),
    ('<form action="javascript:void(0)">FIELDBUTTON</form>', "/a?x=1", None, "/a?x=1"),
]


@pytest.mark.parametrize(("form", "here", "sent", "url"), MEASURED)
def test_what_chromium_asks_for(form: str, here: str, sent: tuple[str, str, str] | None, url: str) -> None:
    """Query, fragment, line breaks, and where a button leads that says nothing, or nonsense."""
    sim = world(form)
    page = sim.page(here)
    page.locator("#b").click()
    asked = [line.tab.left.request for line in sim.world.lines.values() if line.tab.left is not None]
    assert [(each.method.upper(), each.path, each.body) for each in asked if each is not None] == (
        [sent] if sent else []
    )
    if sent is None or sent[0] == "GET":
        assert page.url == sim.host + url
        return
    page.view.follow_request("/after")  # the server redirects
    assert page.url == f"{sim.host}/after{''.join(url.partition('#')[1:])}"


def test_a_place_on_the_page_that_a_redirect_names_counts() -> None:
    sim = world('<form method="post" action="/t#v">BUTTON</form>')
    page = sim.page("/a")
    page.locator("#b").click()
    page.view.follow_request("/after#w")
    assert page.url == f"{sim.host}/after#w"


@pytest.mark.parametrize(("name", "query"), [(' name="i"', "i.x=0&i.y=0"), ("", "x=0&y=0")])
def test_a_picture_that_submits(name: str, query: str) -> None:
    """Its coordinates: nothing is drawn, so they are those of a key that presses it."""
    page = world(
        f'<form action="/t"><input type="image" id="b" alt="go" style="width: 9px; height: 9px"{name}></form>'
    ).page("/a")
    page.locator("#b").click()
    assert page.url.endswith(f"/t?{query}")


@pytest.mark.parametrize(
    ("form", "here", "sent"),
    [each[:3] for each in MEASURED if each[2] and "<form action" in each[0] and "BUTTON" in each[0]],
)
def test_a_handle_asks_for_the_same(form: str, here: str, sent: tuple[str, str, str]) -> None:
    """`submit_form`, where no button says anything."""
    view = world(form).live(here.partition("#")[0])
    request = view.form("form").submit_form()
    assert (request.method.upper(), request.path, request.body) == sent
    view.follow_redirect()


def test_the_fragment_is_told_apart() -> None:
    """The server is never told it: two requests that differ in it are one."""
    request, other = (
        world(f'<form action="/t{to}">BUTTON</form>').live("/").form("form").submit_form() for to in ("#v", "")
    )
    assert (request.path, request.fragment) == ("/t?", "#v")
    assert request == other
    assert repr(request) == repr(other) == "Request(method='get', path='/t?', params={}, body='')"
