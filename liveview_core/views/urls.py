"""The URL of a page, as far as the server asks: where its server is.

Owns `taken_apart`, `host_uri` and `full_uri`. Law: what no parser takes, and what has no scheme and host, is refused; a path is
never read.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from liveview_core.errors import NavigationError, shown

__all__ = ["full_uri", "host_uri", "taken_apart"]

DEFAULT_PORTS = {"http": 80, "https": 443}


def taken_apart(url: str) -> SplitResult:
    """The parts of a URL or a path, the port among them; what is none is an error."""
    if isinstance(url, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        try:
            return _parts(url)
        except ValueError:
            pass
    raise NavigationError(
        "a URL that is none",
        expected="a str such as '/users?page=2', or 'http://localhost/users'",
        got=shown(url),
        cure="quote what comes from users: urllib.parse.quote(text, safe='')" if isinstance(url, str) else None,  # pyright: ignore[reportUnnecessaryIsInstance]
    )


@lru_cache(maxsize=256)  # each mount asks
def _parts(url: str) -> SplitResult:
    """Raises a ValueError for a bracket that does not close, and a port that is none."""
    split = urlsplit(url)
    _ = split.port
    return split


@lru_cache(maxsize=256)  # every mount asks, and a URL is dear to take apart
def host_uri(url: str) -> str:
    """Scheme, host and port of a page's URL, default ports left out.

    >>> host_uri("http://localhost:80/a?b"), host_uri("https://x.org:4000")
    ('http://localhost', 'https://x.org:4000')
    """  # SK-7, NV-14
    split = taken_apart(url)
    if not split.scheme or not split.hostname:
        raise NavigationError(
            "the client did not send a full URL",
            expected="a URL with scheme and host: 'http://localhost/path'",
            got=shown(url),
        )
    port = "" if split.port is None or split.port == DEFAULT_PORTS.get(split.scheme) else f":{split.port}"
    host = f"[{split.hostname}]" if ":" in split.hostname else split.hostname
    return f"{split.scheme}://{host}{port}"


def full_uri(page: str, to: str) -> str:
    """The URL that `handle_params` is told after a patch to *to*, a fragment included."""  # NV-14
    return host_uri(page) + to
