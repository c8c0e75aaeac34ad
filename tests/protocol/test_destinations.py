"""`destinations`: what may be gone to, and what may not (NV-3…5, NV-40, NV-41)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS, Assigns, Socket, heex, raw
from liveview_core.errors import NavigationError
from liveview_core.protocol.destinations import checked_external, checked_href, checked_link, checked_path, scheme_of
from liveview_core.rendering.rendered import rendered_to_text


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("http://x", "http"), ("JavaScript:x", "javascript"), ("/a:b", None), ("a/b:c", None), ("?a:b", None), ("#a:b", None),
        ("", None), ("abc", None), (" javascript:x", " javascript"), ("\u212ailo:x", "\u212ailo"), (":x", ""),
    ],
)  # fmt: skip
def test_scheme_of(url: str, scheme: str | None) -> None:
    """NV-5: ASCII-lowercased, nothing trimmed."""
    assert scheme_of(url) == scheme


@given(st.text())
def test_a_passed_path_stays_on_the_host(to: str) -> None:
    """The law of NV-3: whatever passes has neither scheme nor host, however a browser reads backslashes and tabs."""
    try:
        passed = checked_path(to, "redirect")
    except NavigationError:
        return
    for read in (passed, passed.replace("\\", "/"), "".join(c for c in passed if c not in "\t\r\n")):
        assert not read.startswith("//")
    assert urlsplit(passed).netloc == ""


@pytest.mark.parametrize(
    "url", ["http://x", "https:x", "mailto:a@b", "tel:1", "xmpp:a", "/path", "path", "?q", "", "//x"]
)
def test_external_urls_that_pass(url: str) -> None:
    """NV-4: the listed schemes, or none."""
    assert checked_external(url, "redirect") == url


@pytest.mark.parametrize("url", ["javascript:x", "HTTP://x", "data:x", "ssh://x", "file:///etc"])
def test_external_urls_that_do_not(url: str) -> None:
    """NV-4: prefixes are case-sensitive; the cure is a pair, which is not checked."""
    with pytest.raises(NavigationError, match="give a pair"):
        checked_external(url, "redirect")
    scheme, _, rest = url.partition(":")
    assert checked_external((scheme, rest), "redirect") == url


@pytest.mark.parametrize("url", [None, 5, ("a",), ("a", 5), ["a", "b"]])
def test_external_urls_that_are_none(url: Any) -> None:
    """NV-4."""
    with pytest.raises(NavigationError, match="no URL"):
        checked_external(url, "redirect")


def test_links() -> None:
    """NV-40: http, https, or no scheme; the context is named."""
    for good in ("/a", "a", "?x=a:b", "http://x", "HTTPS://x"):
        assert checked_link(good, "<.link patch>") == good
    for bad in ("mailto:x", "javascript:x"):
        with pytest.raises(NavigationError, match=r"<\.link patch>"):
            checked_link(bad, "<.link patch>")
    with pytest.raises(NavigationError, match="not text"):
        checked_link(None, "<.link patch>")


def test_hrefs() -> None:
    """NV-41: text, pairs, URL objects; safe text is checked and stays safe."""
    safe = raw("/a?b&amp;c")
    assert checked_href(safe) is safe
    assert checked_href(("javascript", "x()")) == "javascript:x()"
    assert checked_href(urlsplit("https://x/y")) == "https://x/y"
    for bad in ("javascript:x", raw("javascript:x"), urlsplit("javascript:x"), None, 5):
        with pytest.raises(NavigationError, match=r"<\.link>"):
            checked_href(bad)


UNSAFE = [
    "/a\\b",
    "/\\example.com", "/%09/example.com", "/\t/example.com", "/a\tb", "/example.com\r", "/a\nb", "/\r\n/example.com", "/a?q=\n",
]  # fmt: skip
WAYS: list[Any] = [
    lambda to: Socket().redirect(to),
    lambda to: Socket().push_patch(to),
    lambda to: Socket().push_navigate(to, replace=True),
    lambda to: Socket().navigation_type(to),
    lambda to: JS.patch(to),
    lambda to: JS.navigate(to),
    lambda to: live_link(patch=to),
    lambda to: live_link(navigate=to),
    lambda to: live_link(href=to),
    lambda to: live_link(href=raw(to)),
    lambda to: live_link(href=urlsplit(to) if not set(to) & set("\t\r\n") else to),
]  # fmt: skip


def live_link(**given: Any) -> Any:
    template = heex("<.link {@given}>x</.link>")
    return rendered_to_text(template(Assigns({"given": given})))


@pytest.mark.parametrize("to", UNSAFE)
@pytest.mark.parametrize("way", WAYS)
def test_a_local_path_that_a_browser_reads_otherwise(way: Any, to: str) -> None:
    """NV-3, NV-40: a backslash is a slash to it, and tabs and line breaks are nothing; refused wherever a path may stand."""
    with pytest.raises(NavigationError, match="unsafe characters"):
        way(to)


def test_an_external_url_in_a_header() -> None:
    """NV-4: it has one line; a pair too, whose scheme nobody asks for."""
    for url in ("https://example.org\r\nSet-Cookie: a=b", ("https", "//example.org\nx")):
        with pytest.raises(NavigationError, match="unsafe characters"):
            Socket().redirect(external=url)
