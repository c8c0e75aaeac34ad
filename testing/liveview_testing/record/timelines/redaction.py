"""Secrets: what a page under test may hold and a file that is passed around must not.

Owns `Hiding`: which names hold secrets, and their values, as they are met. Laws: the value of a secret name is hidden in frames,
assigns and fields, whatever it is; a value of four characters or more then is hidden wherever else it stands, in pages and in the
script too; the timeline says how many there were.
"""  # looking 2.8

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

from liveview_testing.browser.page.finding.select import everywhere
from liveview_testing.browser.page.templates.skeleton import Attribute
from liveview_testing.record.timelines.steps.values import Secret

if TYPE_CHECKING:
    from collections.abc import Collection

    from liveview_testing.browser.page.page import Page
    from liveview_testing.browser.page.templates.skeleton import Skeleton

__all__ = ["DOTS", "SECRETS", "Hiding", "Names"]

DOTS = "•••"
SECRETS = ("password", "token", "secret")
"""What is part of the names that hold secrets, if nothing else is said."""

SHORTEST = 4
"""A shorter value is not looked for elsewhere: it would be found in everything."""

Names: TypeAlias = "Iterable[str | re.Pattern[str]]"


class Hiding(Secret):
    """What is hidden in one timeline."""

    def __init__(self, names: Names = SECRETS) -> None:
        self._patterns = [
            re.compile(re.escape(each), re.IGNORECASE) if isinstance(each, str) else each for each in names
        ]
        self._known: dict[str, bool] = {}
        self._values: dict[str, None] = {}
        self._shapes: dict[Skeleton, bool] = {}
        self._looked = 0
        self._asks = False
        self.count = 0
        """How many different values were hidden."""

    @property
    def nothing(self) -> bool:
        """Whether nothing was to be hidden."""
        return not self._patterns

    def named(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = any(pattern.search(name) for pattern in self._patterns)
        return known

    def keep(self, value: object) -> str:
        text = value if isinstance(value, str) else "" if value is None else str(value)
        if not text:
            return "''" if isinstance(value, str) else repr(value)
        if text != DOTS and text not in self._values:
            self._values[text] = None
            self.count += 1
        return DOTS

    # --- data ---------------------------------------------------------------------------------------------------------

    def data(self, data: Any) -> Any:
        """JSON data without secrets."""
        if not self._patterns:
            return data
        if isinstance(data, dict):
            whole: dict[str, Any] = data  # pyright: ignore[reportUnknownVariableType]
            form = whole.get("type") == "form" and isinstance(whole.get("value"), str)
            return {
                name: self._fields(each)
                if form and name == "value"
                else self.keep(each)
                if self.named(str(name)) and isinstance(each, str | int | float) and each != ""
                else self.data(each)
                for name, each in whole.items()
            }
        if isinstance(data, list):
            return [self.data(each) for each in data]  # pyright: ignore[reportUnknownVariableType]
        return data

    def _fields(self, encoded: str) -> str:
        pairs = parse_qsl(encoded, keep_blank_values=True)
        if not any(self.named(name) and value for name, value in pairs):
            return encoded
        return urlencode(
            [(name, self.keep(value) if value and self.named(name) else value) for name, value in pairs], safe=DOTS
        )

    # --- pages --------------------------------------------------------------------------------------------------------

    def look_at(self, page: Page, shapes: Collection[Skeleton]) -> None:
        """Learn what a page has in fields for passwords, and their names. `shapes` are the templates that were met so far."""
        if not self._patterns:
            return
        if len(shapes) > self._looked:
            self._looked = len(shapes)
            self._asks = any(self._may_ask(shape) for shape in shapes)
        if not self._asks:
            return
        for field in everywhere(page, "input[type=password]"):
            name = field.get("name")
            if name:
                self._known[name] = True
            if value := field.get("value"):
                self.keep(value)

    def _may_ask(self, shape: Skeleton) -> bool:
        found = self._shapes.get(shape)
        if found is None:
            found = self._shapes[shape] = any(
                element.tag == "input"
                and any(
                    not isinstance(each, Attribute)
                    or (each.name == "type" and (not isinstance(each.value, str) or each.value.lower() == "password"))
                    for each in element.attributes
                )
                for element in shape.elements
            )
        return found

    # --- the end ------------------------------------------------------------------------------------------------------

    def texts(self, strings: list[str]) -> list[str]:
        """The strings of a timeline without the secrets that were met."""
        values = sorted((each for each in self._values if len(each) >= SHORTEST), key=lambda each: (-len(each), each))
        if not values:
            return strings
        spellings = dict.fromkeys(
            spelled
            for value in values
            for spelled in (value, quote(value, safe=""), quote_plus(value), _escaped(value), repr(value)[1:-1])
        )
        pattern = re.compile("|".join(map(re.escape, sorted(spellings, key=lambda each: (-len(each), each)))))
        return [pattern.sub(DOTS, each) for each in strings]


def _escaped(value: str) -> str:
    return (
        value.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )
