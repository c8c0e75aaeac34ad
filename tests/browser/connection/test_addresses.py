"""Addresses as a browser's URL parser makes them. What is right was asked of node's `URL`, which is the standard's."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import CannotOpen, Simulation
from liveview_testing.browser.connection.addresses import parsed, same_document


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("/x?q=a b&r=ü", "/x?q=a%20b&r=%C3%BC"),
        ("/ä/b c?d'e#f g`h", "/%C3%A4/b%20c?d%27e#f%20g%60h"),
        ('/<"{}`>|^[]%7e%zz', "/%3C%22%7B%7D%60%3E|^[]%7e%zz"),
        ('/x?a="<>`{}|^\\', "/x?a=%22%3C%3E`{}|^\\"),
        (" /t\tr\nim ", "/trim"),
        ("/a\\b?c\\d", "/a/b?c\\d"),
        ("//other.com/ä", "//other.com/%C3%A4"),
        ("http://www.example.com/ü?ö#ß", "http://www.example.com/%C3%BC?%C3%B6#%C3%9F"),
        ("mailto:a b", "mailto:a b"),
        ("/😀\ud800", "/%F0%9F%98%80%EF%BF%BD"),
        ("?only=é", "?only=%C3%A9"),
        ("", ""),
    ],
)
def test_an_address_is_spelled_as_it_is_sent(written: str, spelled: str) -> None:
    """And stays as it is then."""
    assert parsed(written) == spelled
    assert parsed(spelled) == spelled


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://a.b/x#h", True),
        ("http://a.b/x#", True),
        ("http://a.b/x", False),
        ("http://a.b/x?q#h", False),
        ("http://a.b/y#h", False),
        ("https://a.b/x#h", False),
    ],
)
def test_a_place_in_the_same_document(url: str, same: bool) -> None:
    """Nothing is loaded."""
    assert same_document(url, "http://a.b/x") is same


class Linked(LiveView):
    """A link of each kind to where the session says."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(to=session.get("to", "/"), uri="")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(uri=uri)

    render = heex(
        "<.link patch={@to}>patch</.link><.link navigate={@to}>navigate</.link><a href={@to}>load</a>",
    )


@pytest.mark.parametrize("kind", ["patch", "navigate", "load"])
@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("/x?q=a b&r=ü", "/x?q=a%20b&r=%C3%BC"),
        ("/x#h i", "/x#h%20i"),
        ("/ä/b c", "/%C3%A4/b%20c"),
        ("/x?q=%20+", "/x?q=%20+"),
    ],
)
def test_a_link_is_spelled_as_a_browser_spells_it(kind: str, written: str, spelled: str) -> None:
    """In the tab and on the server, whichever handle follows it."""
    router = Router([Route("/", Linked), Route("/x", Linked), Route("/:a/:b", Linked)])
    page = Simulation(router).page("/", session={"to": written})
    page.get_by_role("link", name=kind).click()
    there = f"http://www.example.com{spelled}"
    assert page.url in ((there, there.partition("#")[0]) if kind == "load" else (there,))
    view = Simulation(router).live("/", session={"to": written})
    view.element("a", kind).render_click()
    went = view.line.tab.left
    assert (view.url if went is None else went.to) in (spelled, spelled.partition("#")[0])
    assert page.view.assigns.uri in (page.url, page.url.partition("#")[0])


class Away(LiveView):
    """A way of each kind to where the session says."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(to=session["to"], js=JS.navigate(session["to"]))

    render = heex("""
    <a href={@to}>load</a><a href={@to} data-phx-link="redirect" data-phx-link-state="push">navigate</a>
    <button phx-click={@js}>command</button><form action={@to}><button>ask</button></form>
    <link phx-track-static href={@to} />
    """)


@pytest.mark.parametrize(
    "to", ["http://[", "//[::1", "http://h:x/", "http://\u2100/", "https://other.org/x", "http://h%00/"]
)
def test_an_address_that_is_none_of_ours(to: str) -> None:
    """One of another host, and one that no parser takes: the page stays, and a note says so."""
    for name, role in {"load": "link", "navigate": "link", "command": "button", "ask": "button"}.items():
        page = Simulation(Router([Route("/", Away)])).page("/", session={"to": to})
        page.get_by_role(role, name=name).click()
        assert page.url == "http://www.example.com/"
        # Of an action that no parser takes a browser asks nothing, as of a mail.
        assert name == "ask" or any("leaves the simulated host" in note.text for note in page.notes)
    view = Simulation(Router([Route("/", Away)])).live("/", session={"to": to})
    for name in ("load", "navigate"):
        left = view.fork()
        left.element("a", name).render_click()
        with pytest.raises(CannotOpen, match="it leaves the simulated host") as raised:
            left.follow_redirect()
        assert str(raised.value).endswith("\n  cure: stop at assert_redirect()")


def test_an_address_in_a_query() -> None:
    """A path is of this host, whatever its query says."""
    to = "/?return_to=https://other.org/"
    page = Simulation(Router([Route("/", Away)])).page("/", session={"to": to})
    page.get_by_role("link", name="navigate").click()
    page.get_by_role("link", name="load").click()
    assert page.url == f"http://www.example.com{to}"
    view = Simulation(Router([Route("/", Away)])).live(to, session={"to": to})
    for name in ("load", "navigate"):
        left = view.fork()
        left.element("a", name).render_click()
        assert left.follow_redirect().url == to
