"""Destinations: which text may be a path or a URL to go to, and which may not.

Law: what passes here cannot run as script and cannot leave the host by accident. Every check returns the
destination as text or raises a `NavigationError` that names the function it was meant for.
"""  # NV-3, NV-4, NV-40

from __future__ import annotations

import re
from typing import Any, cast

from liveview_core.errors import NavigationError, shown
from liveview_core.values.patterns import late_pattern
from liveview_core.values.safe import Safe, exact

__all__ = ["checked_external", "checked_header", "checked_href", "checked_link", "checked_path", "scheme_of"]

_EXTERNAL = (
    "http:", "https:", "ftp:", "ftps:", "mailto:", "news:", "irc:", "gopher:", "nntp:", "feed:", "telnet:", "mms:", "rtsp:",
    "svn:", "tel:", "fax:", "xmpp:",
)  # fmt: skip
_UNSAFE_PATH = late_pattern(
    r"\\|/%09|[\t\n\r]"
)  # to a browser `\` is a `/`, and of tabs and line breaks there is nothing: `/⇥/host`
_BREAK = late_pattern(r"[\t\n\r]")
_SCHEME_END = late_pattern(r"[:/?#]")


def scheme_of(url: str) -> str | None:
    """What stands before a `:` that comes before any `/`, `?` or `#`, in lower case; else None.

    >>> scheme_of("HTTP://x"), scheme_of("/a:b"), scheme_of("a?b:c"), scheme_of(" javascript:x")
    ('http', None, None, ' javascript')
    """  # NV-5
    found = _SCHEME_END.search(url)
    if found is None or found.group() != ":":
        return None
    # ASCII only, as upstream: str.lower would turn the Kelvin sign into a k.
    return re.sub("[A-Z]+", lambda upper: upper.group().lower(), url[: found.start()])


def checked_path(to: Any, function: str) -> str:
    """A path on this host, for `redirect`, `push_patch` and `push_navigate`."""  # NV-3
    to = exact(to) if isinstance(to, str) else to
    if not isinstance(to, str) or not to.startswith("/") or to.startswith("//"):
        cure = "begin it with one slash: to='/users'"
        if isinstance(to, str) and (scheme_of(to) is not None or to.startswith("//")):
            cure = f"for a URL of another host: redirect(external={to!r})"
        raise NavigationError(
            f"the destination of {function} is not a path",
            expected="a str that begins with one '/' and not with '//'",
            got=shown(to),
            cure=cure,
        )
    _check_safe(to, function)
    return to


def _check_safe(path: str, function: str, unsafe: re.Pattern[str] = _UNSAFE_PATH) -> None:
    """A browser reads the path as it is written, and stays on this host."""
    if unsafe.search(path):
        raise NavigationError(
            f"the destination of {function} has unsafe characters",
            expected="a path without backslashes, tabs and line breaks",
            got=shown(path),
            cure="quote what comes from users: urllib.parse.quote(text, safe='')",
        )


def checked_external(url: Any, function: str) -> str:
    """A URL anywhere, with a scheme that browsers open safely; a pair `(scheme, rest)` is not checked."""  # NV-4
    match url:
        case str(given):
            text = exact(given)
            if text.startswith(_EXTERNAL) or scheme_of(text) is None:
                return text
            raise NavigationError(
                f"unsupported scheme {scheme_of(text)!r} in the destination of {function}",
                expected=f"one of {' '.join(_EXTERNAL)} (or no scheme)",
                got=shown(text),
                cure=f"if you mean it and trust it, give a pair: ({text.partition(':')[0]!r}, {text.partition(':')[2]!r})",
            )
        case (str(scheme), str(rest)) if type(url) is tuple:  # never a list: that may be a user's JSON
            return f"{exact(scheme)}:{exact(rest)}"
        case _:
            raise NavigationError(
                f"the destination of {function} is no URL", expected="a str, or a pair (scheme, rest)", got=shown(url)
            )


def checked_link(to: Any, context: str) -> str:
    """The destination of `<.link patch|navigate>`, `JS.patch` or `JS.navigate`: no scheme, http or https."""  # NV-40
    if not isinstance(to, str):
        raise NavigationError(f"the destination of {context} is not text", expected="a str", got=shown(to))
    text: str = exact(to)
    scheme = scheme_of(text)
    if scheme not in (None, "http", "https"):
        raise NavigationError(
            f"unsupported scheme {scheme!r} in the destination of {context}",
            expected="a path, or a URL with http or https",
            got=shown(text),
            cure="to link to other schemes, use <.link href={…}>",
        )
    if scheme is None:
        _check_safe(text, context)
    return text


def checked_header(url: str, function: str) -> str:
    """A checked URL that will stand in an HTTP header: it has one line."""
    _check_safe(url, function, _BREAK)
    return url


def checked_href(href: Any) -> str:
    """The destination of `<.link href>`: a URL, or an object whose text is one; a path as any path.

    Safe-marked text (`__html__`) stays safe: what is checked is what it means, and that very markup is returned.
    """
    if hasattr(type(href), "__html__"):  # pyright: ignore[reportUnknownArgumentType]
        given: Any = href.__html__()
        if not isinstance(given, str):
            raise NavigationError(
                "the destination of <.link> is no URL: its markup is no text", expected="a str", got=shown(given)
            )
        from html import unescape  # rarely: its table of entities costs more than this module

        markup = exact(given)
        _checked_href(unescape(markup))
        return cast(str, href) if isinstance(href, Safe) else Safe(markup)
    if isinstance(href, str):
        return _checked_href(exact(href))
    if hasattr(href, "geturl"):  # the results of urllib.parse, which are tuples as well
        return _checked_href(href.geturl())
    if href is None or isinstance(href, (bool, int, float, bytes, list, dict, tuple)):
        return _checked_href(href)
    return _checked_href(str(href))  # other libraries' URL classes


def _checked_href(href: Any) -> str:
    url = checked_external(href, "<.link>")
    if scheme_of(url) is None:
        _check_safe(url, "<.link>")
    return url
