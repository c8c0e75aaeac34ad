"""In which direction a field is written: what a browser sends for it beside its value, where `dirname` asks for that.

Owns the directionality of controls. Law: it follows from `dir` of the field and of what is around it, and from text where that is
`auto`; nothing is asked of a field that has no `dirname`.
"""  # PF-15

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, Self

from liveview_testing.browser.page.controls import kind_of

DIRECTED = frozenset(("text", "search", "tel", "url", "email", "password", "hidden", "submit", "textarea"))
"""The controls that `dirname` counts of."""
_RIGHT = frozenset(("R", "AL"))
_SILENT = frozenset(("bdi", "script", "style", "textarea"))
"""What has no part in the direction of the text around it."""
_SAID = ("ltr", "rtl", "auto")


class Directed(Protocol):
    """A control, or what is around it."""

    @property
    def tag(self) -> str: ...

    @property
    def children(self) -> Sequence[Any]: ...

    def get(self, name: str, /) -> str | None: ...

    def ancestors(self) -> Iterator[Self]: ...


def direction(control: Directed, value: str) -> str:
    """`ltr` or `rtl`: as it is spelled in an attribute of the control's own, as Chromium sends it."""
    own = control.get("dir") or ""
    match own.lower():
        case "ltr" | "rtl":
            return own
        case "auto":
            return _of_texts([value])
        case _ if kind_of(control) == "tel":
            return "ltr"
        case _:
            return next(filter(None, map(_around, control.ancestors())), "ltr")


def _around(element: Directed) -> str | None:
    said = (element.get("dir") or "").lower()
    return None if said not in _SAID else said if said != "auto" else _of_texts(_texts(element))


def _texts(element: Directed) -> Iterator[str]:
    for each in element.children:
        if isinstance(each, str):
            yield each
        elif each.tag not in _SILENT and (each.get("dir") or "").lower() not in _SAID:
            yield from _texts(each)


def _of_texts(texts: Iterator[str] | list[str]) -> str:
    """The direction of the first letter that has one."""
    for text in texts:
        for each in text:
            kind = unicodedata.bidirectional(each)
            if kind == "L" or kind in _RIGHT:
                return "rtl" if kind in _RIGHT else "ltr"
    return "ltr"
