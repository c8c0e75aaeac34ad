"""The shapes of what a client sends, field by field: what each may be, and the one error of what is not.

Law: a check looks at the shape alone, and at all of it: what passes here is never asked again whether it is text or a number.
What a frame *means* - whether there is such a component, such an upload - is asked where it is handled.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from liveview_core.errors import LiveViewError, shown

__all__ = [
    "BadFrame",
    "Check",
    "chosen",
    "cid",
    "cids",
    "data",
    "form_value",
    "is_mapping",
    "is_url",
    "mapping",
    "optional",
    "text",
    "uploads",
    "url",
]

Check: TypeAlias = "Callable[[Any, Any, Any], None]"
"""As attrs validates a field: `check(owner, field, value)`."""


class BadFrame(LiveViewError, ValueError):
    """A client message that no client sends."""


def _check(accepts: Callable[[Any], bool], expected: str) -> Check:
    def check(owner: object, field: Any, value: Any) -> None:
        if not accepts(value):
            raise BadFrame(
                f"the {field.name} of the client's message {type(owner).__name__} is wrong",
                expected=expected,
                got=shown(value),
                cure="what the client sends is JSON of a fixed shape: nothing has happened",
            )

    return check


def _is(*kinds: type) -> Callable[[Any], bool]:
    # The exact types that JSON has: a bool is no number here.
    return lambda value: type(value) in kinds


def is_mapping(value: Any) -> bool:
    """An object of JSON."""
    return type(value) is dict and all(type(name) is str for name in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def is_url(value: Any) -> bool:
    """Text that can be taken apart as a URL."""
    return type(value) is str and _taken_apart(value)


@lru_cache(maxsize=256)  # every join has one
def _taken_apart(url: str) -> bool:
    try:
        split = urlsplit(url)
        return split.port is None or bool(split.hostname)
    except ValueError:  # a port that is none, a bracket that does not close
        return False


def _is_ref(value: Any) -> bool:
    return type(value) in (str, _NONE) or (type(value) is int and abs(value) < 2**63)


def _is_file(value: Any) -> bool:
    """One chosen file; whether it has a ref and how large it says it is, is asked later."""  # UP-10, UP-12
    return (
        is_mapping(value)
        and _is_ref(value.get("ref"))
        and all(type(value.get(name)) in (str, _NONE) for name in ("name", "type", "relative_path"))
    )


_NONE = type(None)


def _all(accepts: Callable[[Any], bool], *kinds: type) -> Callable[[Any], bool]:
    return lambda value: type(value) in kinds and all(map(accepts, value))


def optional(check: Check) -> Check:
    """The same, or nothing."""

    def checked(owner: object, field: Any, value: Any) -> None:
        if value is not None:
            check(owner, field, value)

    return checked


text = _check(_is(str), "text")
data = _check(_is(bytes), "bytes")
cid = _check(_is(int), "the number of a component")
cids = _check(_all(_is(int), list, tuple), "a list of numbers of components")
url = _check(is_url, "a URL")
mapping = _check(is_mapping, "an object of JSON: names and values")
chosen = _check(
    _all(_is_file, list, tuple), "a list of files: {'ref': '0', 'name': 'a.txt', 'size': 5, 'type': 'text/plain'}"
)
uploads = _check(
    lambda value: is_mapping(value) and all(_all(_is_file, list)(files) for files in value.values()),
    "the chosen files by the refs of their uploads: {'phx-…': [{'ref': '0', 'name': …, 'size': …, 'type': …}]}",
)
form_value = _check(_is(str), "the fields of a form, URL-encoded")
