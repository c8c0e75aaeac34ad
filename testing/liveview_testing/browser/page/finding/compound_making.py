"""A compound of a selector while it is read.

Owns `Making`, which both readers fill, and how ids and classes are written. Law: what is added in the same order is the same
compound, whoever read it.
"""

from __future__ import annotations

import re

from liveview_testing.browser.page.finding.element_tests import attribute_test, tag_test
from liveview_testing.browser.page.finding.selectors import Compound, Positional, Possible, Simple
from liveview_testing.browser.page.siblings import Spot

__all__ = ["Making"]


class Making:
    """A compound while it is read."""

    def __init__(self, tag: str | None) -> None:
        self.tag = tag
        self.ids: list[str] = []
        self.classes: list[str] = []
        self.values: list[tuple[str, str]] = []
        self.simple: list[tuple[Simple, Possible]] = []
        self.positional: list[Positional] = []
        self.needs: list[str] = []
        self.texts: list[str] = []
        self.keys: list[str] = []
        self.spot: Spot | None = None
        if tag is not None:
            self.add(tag, *tag_test(tag))

    def add_id(self, name: str) -> None:
        self.ids.append(name)
        self.add(f"#{_escaped(name)}", *attribute_test("id", "=", name))

    def add_class(self, name: str) -> None:
        self.classes.append(name)
        self.add(f".{_escaped(name)}", *attribute_test("class", "~=", name))

    def add(self, text: str, simple: Simple, possible: Possible) -> None:
        self.simple.append((simple, possible))
        self.texts.append(text)
        self.keys.append(text)

    def place(self, text: str, test: Positional) -> None:
        self.positional.append(test)
        self.texts.append(text)

    def compound(self) -> Compound:
        return Compound(
            "".join(self.texts) or "*",
            self.tag,
            tuple(self.ids),
            tuple(self.classes),
            tuple(self.values),
            tuple(self.simple),
            tuple(self.positional),
            "".join(self.keys) or "*",
            self.spot,
            self.ids[0] if self.ids and len(self.texts) == 1 else None,
            tuple(self.needs),
        )


def _escaped(name: str) -> str:
    r"""An id or a class as it is written: `.a\.b` is one class, `.a.b` are two. What is read as more is written by its number."""
    return re.sub(r"[^\w-]", lambda found: _by_number(found[0]) if found[0] in _READ_ON else f"\\{found[0]}", name)


def _by_number(character: str) -> str:
    return f"\\{ord(character):x} "


_READ_ON = frozenset("\\ \t\n\r\f\v\0")
