"""What a browser takes for an absolute URL, as a `url` field holds it.

Law: as Chromium's parser says; no address is looked up or changed.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address

from liveview_core.values.patterns import late_pattern

__all__ = ["is_url"]

_AROUND = "".join(map(chr, range(0x21)))
_LEFT_OUT = late_pattern(r"[\t\n\r]")
_SCHEME = late_pattern(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.DOTALL)
_SPECIAL = frozenset(("http", "https", "ws", "wss", "ftp"))
_OF_A_HOST = late_pattern(r"[/\\]{2}(?![/\\])")
_NO_HOST = late_pattern(r"[\x00-\x1f\x7f#%/:<>?@\[\\\]^|]")
_ESCAPED = late_pattern(r"%([0-9a-fA-F]{2})")
_OPAQUE = late_pattern(r"[\x00\t\n\r #/:<>?@\[\\\]^|]")
_NUMBER = late_pattern(r"0[xX][0-9a-fA-F]*|[0-9]+")


def is_url(text: str) -> bool:
    """Whether it is one.

    >>> [is_url(each) for each in ("http://a.b/c d", "mailto:ann", "http://", "http://a:x", "/a")]
    [True, True, False, False, False]
    """
    found = _SCHEME.fullmatch(_LEFT_OUT.sub("", text.strip(_AROUND)))
    if found is None:
        return False
    scheme, rest = found[1].lower(), found[2]
    if scheme in _SPECIAL:
        host, ok = _host(re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0])
        return ok and bool(host) and _is_host(host)
    if scheme == "file":
        if not _OF_A_HOST.match(rest):
            return True
        host = re.split(r"[/\\]", rest[2:], maxsplit=1)[0]
        return not host or _is_host(host)
    if not rest.startswith("//"):
        return True
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    host, ok = _host(authority)
    if host.startswith("["):
        return ok and _is_six(host)
    return ok and not _OPAQUE.search(host) and (bool(host) or not authority)


def _host(authority: str) -> tuple[str, bool]:
    """The host between a user and a port, and whether the port is one."""
    place = authority.rpartition("@")[2]
    if place.startswith("["):
        host, bracket, port = place.partition("]")
        host += bracket
        if port and not port.startswith(":"):
            return host, False
        port = port[1:]
    else:
        host, _, port = place.partition(":")
    return host, not port or (port.isascii() and port.isdecimal() and int(port[-40:]) <= 65535)


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return _is_six(host)
    name = _ESCAPED.sub(lambda each: chr(int(each[1], 16)), host)
    if not name or _NO_HOST.search(name):
        return False
    parts = name.split(".")
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    return not _NUMBER.fullmatch(parts[-1]) or _is_four(parts)


def _is_six(host: str) -> bool:
    try:
        IPv6Address(host[1:-1] if host.endswith("]") else "")
    except (AddressValueError, ValueError):
        return False
    return "%" not in host


def _is_four(parts: list[str]) -> bool:
    """Whether numbers with dots between them are an address: the last one has all bytes that the others have not."""
    if len(parts) > 4:
        return False
    numbers: list[int] = []
    for each in parts:
        if not _NUMBER.fullmatch(each) or len(each) > 40:
            return False
        if each[:2] in ("0x", "0X"):
            numbers.append(int(each[2:] or "0", 16))
        elif len(each) > 1 and each.startswith("0"):
            if not set(each) <= set("01234567"):
                return False
            numbers.append(int(each, 8))
        else:
            numbers.append(int(each))
    return all(each <= 255 for each in numbers[:-1]) and numbers[-1] < 256 ** (5 - len(numbers))
