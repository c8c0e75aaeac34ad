"""`<.link>` (BC-20…23): what it is, the tag for it, and where it may not lead (NV-40, NV-41)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from liveview_core import LiveView, Socket, heex, raw
from liveview_core.errors import NavigationError
from liveview_core.heex import Template
from liveview_core.heex.verification import TemplateWarning
from liveview_core.protocol.tokens import csrf_token
from liveview_core.rendering.rendered import rendered_to_text
from liveview_testing import live
from tests.harness.stage import Stage

ANY = heex("<.link {@given}>x</.link>")
PUSHED = 'data-phx-link="redirect" data-phx-link-state="push"'


def shown(template: Template = ANY, **given: Any) -> str:
    return rendered_to_text(template(given=given))


@pytest.mark.parametrize(
    ("given", "html"),
    [
        ({"navigate": "/a", "patch": "/b", "href": "/c"}, f'<a href="/a" {PUSHED}>x</a>'),
        ({"patch": "/b", "href": "/c"}, '<a href="/b" data-phx-link="patch" data-phx-link-state="push">x</a>'),
        ({"href": "/c"}, '<a href="/c">x</a>'),
        ({"navigate": None, "patch": None, "href": "/c"}, '<a href="/c">x</a>'),
        ({"navigate": "/a?b=1&c=2"}, f'<a href="/a?b=1&amp;c=2" {PUSHED}>x</a>'),
        ({"navigate": ""}, f'<a href="" {PUSHED}>x</a>'),
        ({"navigate": "/a", "replace": True, "class": "k", "phx-x": 1},
         '<a href="/a" data-phx-link="redirect" data-phx-link-state="replace" class="k" phx-x="1">x</a>'),
        ({"patch": "/b", "replace": True}, '<a href="/b" data-phx-link="patch" data-phx-link-state="replace">x</a>'),
        ({"navigate": "/a", "method": "delete"}, f'<a href="/a" {PUSHED}>x</a>'),
    ],
)  # fmt: skip
def test_the_first_that_is_given_decides(given: dict[str, Any], html: str) -> None:
    """BC-20, BC-21: navigate, patch, href; the rest after what the link itself says."""
    assert shown(**given) == html


@pytest.mark.parametrize(
    ("given", "html"),
    [
        ({}, '<a href="#">x</a>'),
        ({"href": None}, '<a href="#">x</a>'),
        ({"href": "#"}, '<a href="#">x</a>'),
        ({"href": "#", "method": "delete", "csrf_token": "t", "id": "i"}, '<a href="#" id="i">x</a>'),
        ({"href": "#top"}, '<a href="#top">x</a>'),
    ],
)
def test_nowhere(given: dict[str, Any], html: str) -> None:
    """BC-23: without a destination `#`, whatever the method."""
    assert shown(**given) == html


@pytest.mark.parametrize(
    ("given", "html"),
    [
        ({"method": "get"}, '<a href="/c">x</a>'),
        ({"method": "delete"}, f'<a href="/c" data-method="delete" data-csrf="{csrf_token("/c")}" data-to="/c">x</a>'),
        ({"method": "delete", "csrf_token": "t"}, '<a href="/c" data-method="delete" data-csrf="t" data-to="/c">x</a>'),
        ({"method": "put", "csrf_token": False}, '<a href="/c" data-method="put" data-to="/c">x</a>'),
        ({"method": "GET", "csrf_token": False}, '<a href="/c" data-method="GET" data-to="/c">x</a>'),
        ({"method": "post", "csrf_token": "t", "target": "_blank"},
         '<a href="/c" data-method="post" data-csrf="t" data-to="/c" target="_blank">x</a>'),
    ],
)  # fmt: skip
def test_other_methods(given: dict[str, Any], html: str) -> None:
    """BC-22: everything but exactly "get" goes by a form that the client makes; its token."""
    assert shown(href="/c", **given) == html


def test_destinations() -> None:
    """NV-41: URLs of other libraries, safe text, and a pair that is trusted."""
    assert shown(href=urlsplit("https://a.b/c?d")) == '<a href="https://a.b/c?d">x</a>'
    assert shown(href=("javascript", "alert(1)")) == '<a href="javascript:alert(1)">x</a>'
    assert shown(href=raw("/a&amp;b")) == '<a href="/a&amp;b">x</a>'
    assert shown(href="mailto:a@b.c") == '<a href="mailto:a@b.c">x</a>'
    assert shown(navigate="https://a.b/c") == f'<a href="https://a.b/c" {PUSHED}>x</a>'


@pytest.mark.parametrize(
    ("given", "context"),
    [
        ({"navigate": "javascript:alert(1)"}, "<.link navigate>"),
        ({"patch": "mailto:a@b.c"}, "<.link patch>"),
        ({"href": "javascript:alert(1)"}, "<.link>"),
        ({"href": raw("javascript:alert(1)")}, "<.link>"),
    ],
)
def test_no_link_runs_script(given: dict[str, Any], context: str) -> None:
    """NV-40, NV-41: the scheme and the place are told."""
    with pytest.raises(NavigationError, match=f"unsupported scheme '[a-z]+' in the destination of {context}"):
        shown(**given)


def test_the_text_of_a_refused_link() -> None:
    """In full, with the cure."""
    with pytest.raises(NavigationError) as caught:
        shown(navigate="tel:1")
    assert str(caught.value) == (
        "unsupported scheme 'tel' in the destination of <.link navigate>\n"
        "  expected: a path, or a URL with http or https\n"
        "  got: 'tel:1'\n"
        "  cure: to link to other schemes, use <.link href={…}>"
    )


def test_only_what_changed_is_sent() -> None:
    """EN-16: the address, the rest (always, DC-15), the content."""
    stage = Stage(heex('<p><.link navigate={@to} class="k">{@text}</.link></p>'), to="/a", text="x")
    assert stage.set(to="/b") == {"0": {"0": ' href="/b"', "2": ' class="k"'}}
    assert stage.set(text="y") == {"0": {"2": ' class="k"', "3": {"0": "y"}}}


def test_what_a_link_takes() -> None:
    """BC-20: attributes of links that are no globals are declared; slips are reported."""
    heex(
        '<.link href="/a" download="f" hreflang="de" referrerpolicy="no" rel="x" target="y" type="z" phx-click="c">x</.link>'
    )
    with pytest.warns(TemplateWarning, match=r"undefined attribute 'naviate' for component <.link>"):
        heex('<.link naviate="/a">x</.link>')
    with pytest.warns(TemplateWarning, match=r"missing required slot 'inner_block' for component <.link>"):
        heex('<.link href="/a" />')


class Spoken(str):
    """Says something else than it is."""

    __slots__ = ()

    def __str__(self) -> str:
        return "other"

    def __format__(self, spec: str) -> str:
        return "other"


def test_a_token_is_for_the_text_that_is_written() -> None:
    """BC-7, BC-22: of a link and of a form."""

    class Page(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(to=Spoken("/ok"))

        render = heex('<.link href={@to} method="delete">x</.link><.form for={{}} action={@to}>y</.form>')

    html = str(live(Page).html)
    assert html.count("csrf-/ok") == 2
    assert "other" not in html
