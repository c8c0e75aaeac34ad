"""Addresses as a browser's URL parser makes them.

Law: what is written in an `href` is spelled as the browser sends it: percent-encoded where it has to be, without the characters
that a parser leaves out; an address that is spelled so already stays as it is, and what no parser takes too: it leads nowhere here.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from liveview_core.values.patterns import late_pattern

__all__ = ["is_here", "joined", "parsed", "same_document", "split_url"]

_CONTROLS = "".join(map(chr, range(0x21)))
_LEFT_OUT = late_pattern(r"[\t\n\r]")
_SURROGATE = late_pattern(r"[\ud800-\udfff]")
_SCHEME = late_pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PATH = late_pattern(r"""[^!$-;=@-_a-z|~]""")  # what is encoded: C0, space, " # < > ? ` { }, and what is no ASCII
_QUERY = late_pattern(r"""[^!$-&(-;=?-~]""")  # C0, space, " # < > ', and what is no ASCII
_FRAGMENT = late_pattern(r"""[^!#-;=?-_a-~]""")  # C0, space, " < > `, and what is no ASCII


def parsed(href: str) -> str:
    """An address, absolute or relative, as the URL parser spells its path, query and fragment."""
    text = _SURROGATE.sub("\ufffd", _LEFT_OUT.sub("", href.strip(_CONTROLS)))
    scheme = _SCHEME.match(text)
    if scheme is not None and scheme[0].lower() not in ("http:", "https:"):
        return text
    text, hash_, fragment = text.partition("#")
    text, question, query = text.partition("?")
    start, path = "", text.replace("\\", "/")  # the parser of http takes one for the other
    if scheme is not None or path.startswith("//"):
        at = path.find("/", path.find("//") + 2)
        start, path = (path, "") if at < 0 else (path[:at], path[at:])
    path, query, fragment = _PATH.sub(_encoded, path), _QUERY.sub(_encoded, query), _FRAGMENT.sub(_encoded, fragment)
    return f"{start}{path}{question}{query}{hash_}{fragment}"


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


_HERE = ("", "_self", "_parent", "_top")


def is_here(target: str | None) -> bool:
    """Whether a `target` names this very tab: no page of ours is in a frame."""
    return (target or "").lower() in _HERE


def joined(here: str, href: str) -> str:
    """A spelled address as seen from an absolute one. A `?` with nothing behind it is a query too, and a `#` a place: the top."""
    if href.startswith("#"):
        return here.partition("#")[0] + href
    rest, hash_, fragment = href.partition("#")
    try:
        url = urljoin(here, rest)
    except ValueError:  # a bracket that does not close, a host that is none
        return f"{here.partition('//')[0]}{href}" if href.startswith("//") else href
    return f"{url}{'?' if rest.endswith('?') and '?' not in url else ''}{hash_}{fragment}"


def split_url(url: str) -> SplitResult:
    """The parts of an address; what no parser takes has none but its text."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def same_document(url: str, here: str) -> bool:
    """Whether going to an absolute address only goes to a place in the document that is at `here`."""
    return "#" in url and _document(url) == _document(here)


def _document(url: str) -> str:
    """An absolute address without its fragment; a `?` with nothing behind it counts."""
    whole = url.partition("#")[0]
    parts = split_url(whole)
    start = f"{parts.scheme}://{parts.netloc}"
    return whole if parts.path else f"{start}/{whole[len(start) :]}"
