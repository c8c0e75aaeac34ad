"""Selectors read: a text becomes a plan.

Owns `plan`. Law: a text is read once. Tags, ids and classes, one inside another, are read here: tests ask for little else, and a
run that asks for nothing else imports no parser. `cssselect_reader` reads these too, and makes the same of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from liveview_core.errors import TooDeep
from liveview_testing.browser.page.finding.compound_making import Making
from liveview_testing.browser.page.finding.selectors import Complex, Compound, Plan

__all__ = ["plan"]

_COMPOUND = r"[a-zA-Z][\w-]*(?:[#.][a-zA-Z][\w-]*)*|(?:[#.][a-zA-Z][\w-]*)+"
_PLAIN = re.compile(rf"(?:{_COMPOUND})(?: (?:{_COMPOUND}))*", re.ASCII)
_PART = re.compile(r"[#.]?[\w-]+", re.ASCII)


@lru_cache(1024)
def plan(selector: str) -> Plan:
    """The plan of a selector. Raises SelectorError for one that cannot be read or matched."""
    if _PLAIN.fullmatch(selector):
        options = _plain(selector)
    else:
        from liveview_testing.browser.page.finding.cssselect_reader import read

        try:
            options = read(selector)
        except RecursionError:
            raise TooDeep("a selector") from None
    alone = len(options) == 1 and len(options[0].compounds) == 1
    return Plan(selector, options, lone_id=options[0].last.only_id if alone else None)


def _plain(selector: str) -> tuple[Complex, ...]:
    compounds = tuple(map(_compound, selector.split(" ")))
    return (Complex(compounds, ("", *(" " for _ in compounds[1:]))),)


def _compound(text: str) -> Compound:
    first, *others = _PART.findall(text)
    made = Making(None if first[0] in "#." else first)
    for part in others if made.tag is not None else (first, *others):
        if part[0] == "#":
            made.add_id(part[1:])
        else:
            made.add_class(part[1:])
    return made.compound()
