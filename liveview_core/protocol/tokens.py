"""Tokens: what the server hands to the client and gets back, as text.

Law: a token says what it was made of, the same text for the same data. Nothing is signed here, and nothing expires: that
is a transport's business; between our own process and our own browser nobody forges.
"""  # LC-13, FL-8

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from liveview_core.values.safe import exact

__all__ = [
    "csrf_token",
    "flash_of",
    "flash_token",
    "recorded_in",
    "session_token",
    "static_token",
    "static_token_is_of",
]


def flash_token(flash: Mapping[str, Any]) -> str:
    """The flash of a redirect, for the page that follows.

    >>> flash_of(flash_token({"info": "saved"}))
    {'info': 'saved'}
    """  # FL-9
    return urlsafe_b64encode(json.dumps(flash, default=str, separators=(",", ":")).encode()).decode()


def flash_of(token: Any) -> dict[str, Any]:
    """What a flash token carries; anything else carries nothing."""  # LC-18
    try:
        flash = json.loads(urlsafe_b64decode(token))
    except (TypeError, ValueError, RecursionError):
        # not text, not base64, not JSON, or JSON that has no end of brackets
        return {}
    return flash if isinstance(flash, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def static_token_is_of(token: Any, id: str) -> bool:
    """Whether a static token was made for that view."""  # LC-15
    return isinstance(token, str) and token.split(":")[0] == static_token(id)


def session_token(id: str) -> str:
    """What stands in `data-phx-session` of a view's container."""  # LC-13
    return f"session-{id}"


def static_token(id: str, recorded: Iterable[str] = ()) -> str:
    """What stands in `data-phx-static`: the names that went through `assign_new` in the first mount.

    >>> recorded_in(static_token("child", ["user"]))
    ('user',)
    """  # LC-13, AS-22
    first = _quoted(f"static-{id}")
    return ":".join((first, *map(_quoted, recorded))) if recorded else first


@lru_cache(maxsize=64)  # asked several times in a mount, and the same names each time
def _quoted(part: str) -> str:
    return quote(part, safe="")


def recorded_in(token: Any) -> tuple[str, ...]:
    """The names in a static token; a page that was never served has none."""
    return tuple(unquote(part) for part in token.split(":")[1:]) if isinstance(token, str) else ()


def csrf_token(url: object) -> str:
    """The token of a form or a link that changes something."""  # BC-7, BC-22
    return f"csrf-{exact(url) if isinstance(url, str) else str(url)}"
