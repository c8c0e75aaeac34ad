"""URLs as they are waited for and expected: whole, by a pattern, by a glob, by a test.

Owns `url_test`. Law: a text is joined to where the page is, and compared whole unless it has stars in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from liveview_core.errors import BadOption, shown
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import text as texts
from liveview_testing.browser.connection.addresses import joined

_ABSOLUTE = late_pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*://|\*")


def url_test(wanted: object, here: str) -> Callable[[str], bool]:
    """Whether a URL is the one that is meant."""
    if isinstance(wanted, str):
        if any(mark in wanted for mark in "*{"):
            pattern = re.compile(_glob(wanted if _ABSOLUTE.match(wanted) else joined(here, wanted)))
            return lambda url: pattern.fullmatch(url) is not None
        whole = joined(here, wanted)
        return lambda url: url == whole
    if isinstance(wanted, re.Pattern):
        search = texts.as_script(cast("re.Pattern[str]", wanted)).search
        return lambda url: search(url) is not None
    if callable(wanted):
        return lambda url: bool(wanted(url))
    raise BadOption(
        "a URL is waited for as a str, a pattern or a test",
        expected='"/todos", "**/todos", re.compile("todos$")',
        got=shown(wanted),
    )


def _glob(text: str) -> str:
    r"""A glob as a regular expression.

    >>> _glob("**/a?b={1,2}")
    '.*/a\\?b=(?:1|2)'
    """
    found: list[str] = []
    for part in re.findall(r"\*\*|\*|\{|\}|,|\\.|.", text, re.DOTALL):
        match part:
            case "**":
                found.append(".*")
            case "*":
                found.append("[^/]*")
            case "{":
                found.append("(?:")
            case "}":
                found.append(")")
            case ",":
                found.append("|" if found.count("(?:") > found.count(")") else ",")
            case _:
                found.append(re.escape(part[-1]))
    if found.count("(?:") != found.count(")"):
        return re.escape(text)
    return "".join(found)
