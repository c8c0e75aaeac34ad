"""The ledger of rules is kept: every rule is cited by a test or left out with a reason, and nothing is said twice."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from tests.rules import BROWSER_NOT_TAKEN, BROWSER_OPEN, BROWSER_RULES, NOT_TAKEN, OPEN, RULES

HERE = Path(__file__).parent
OWN = {Path(__file__).name, "rules.py"}  # they speak of rules, they do not test any

_CITED = re.compile(r"\b([A-Z]{2,3})-(\d+)([a-z]?)(?:(?:…| to )(?:[A-Z]{2,3}-)?(\d+))?")
"""`LC-12`, `EN-10a`, a range `AT-2…6`, `AT-2…AT-6` or `AT-2 to AT-6`."""


def citations(text: str, rules: Collection[str] = RULES.keys()) -> set[str]:
    """The rules that a text cites, ranges written out.

    >>> sorted(citations("AT-2…4, FC-13a and XX-1"))
    ['AT-2', 'AT-3', 'AT-4', 'FC-13a']
    """
    found = set[str]()
    for section, first, letter, last in _CITED.findall(text):
        numbers = range(int(first), int(last) + 1) if last else [int(first)]
        found |= {f"{section}-{number}{letter}" for number in numbers}
    return found.intersection(rules)


@cache
def cited() -> dict[str, tuple[str, ...]]:
    """The test files that cite each rule: their docstring says what a file is about, so that it does not count."""
    where: dict[str, tuple[str, ...]] = {}
    for path in sorted(HERE.rglob("test_*.py")):
        if path.name not in OWN and "node_modules" not in path.parts:
            for rule in citations(without_docstring(path.read_text(encoding="utf-8"))):
                where[rule] = (*where.get(rule, ()), str(path.relative_to(HERE)))
    return where


OF_THE_BROWSER = ("browser", "user", "world", "official_client", "chromium")
"""The folders whose tests are about the browser: elsewhere HK- stands for the hooks of a process."""


@cache
def cited_of_the_browser() -> dict[str, tuple[str, ...]]:
    """The test files that cite each rule of the browser."""
    where: dict[str, tuple[str, ...]] = {}
    for folder in OF_THE_BROWSER:
        for path in sorted((HERE / folder).rglob("test_*.py")):
            if "node_modules" not in path.parts:
                for rule in citations(without_docstring(path.read_text(encoding="utf-8")), BROWSER_RULES.keys()):
                    where[rule] = (*where.get(rule, ()), str(path.relative_to(HERE)))
    return where


def without_docstring(source: str) -> str:
    """A module's text after its docstring."""
    body = ast.parse(source).body
    if not body or ast.get_docstring(ast.parse(source)) is None:
        return source
    return "\n".join(source.split("\n")[body[0].end_lineno :])


def test_every_rule_has_its_place() -> None:
    """Cited by a test, left out with a reason, or still open."""
    assert sorted(RULES.keys() - cited().keys() - NOT_TAKEN.keys() - OPEN) == []


def test_every_rule_of_the_browser_has_its_place() -> None:
    """The same, of what the official client does."""
    known = cited_of_the_browser().keys()
    assert sorted(BROWSER_RULES.keys() - known - BROWSER_NOT_TAKEN.keys() - BROWSER_OPEN) == []
    assert {rule: cited_of_the_browser()[rule] for rule in BROWSER_NOT_TAKEN if rule in known} == {}
    assert BROWSER_NOT_TAKEN.keys() <= BROWSER_RULES.keys() >= BROWSER_OPEN
    assert all(len(reason) > 20 for reason in BROWSER_NOT_TAKEN.values())
    assert len(BROWSER_RULES) == 402


def test_nothing_is_said_twice() -> None:
    """What is left out is not tested, what is open neither, and both are rules."""
    assert {rule: cited()[rule] for rule in NOT_TAKEN if rule in cited()} == {}
    assert {rule: cited()[rule] for rule in OPEN if rule in cited()} == {}
    assert NOT_TAKEN.keys() <= RULES.keys()
    assert RULES.keys() >= OPEN
    assert all(len(reason) > 20 for reason in NOT_TAKEN.values())


def test_the_list_is_complete() -> None:
    """All sections of the specification, with the number of rules that each has."""
    sections: dict[str, int] = {}
    for rule in RULES:
        section = rule.partition("-")[0]
        sections[section] = sections.get(section, 0) + 1
    lifecycle = {
        "SK": 11,
        "LC": 47,
        "CB": 11,
        "HK": 25,
        "AS": 17,
        "FL": 10,
        "PE": 7,
        "ST": 31,
        "AY": 25,
        "NV": 26,
        "RT": 14,
    }
    rendering = {
        "DC": 26,
        "FC": 16,
        "BC": 27,
        "CP": 30,
        "TG": 40,
        "WS": 7,
        "AT": 11,
        "ES": 4,
        "EN": 25,
        "DF": 35,
        "MG": 6,
    }
    rest = {"JS": 19, "FM": 29, "UP": 37, "CH": 6, "TK": 5, "ER": 6, "TM": 2, "DBG": 4, "VX": 43}
    assert sections == {**lifecycle, **rendering, **rest}
    assert all(RULES.values())


def test_what_counts_as_a_citation() -> None:
    """A range counts as written out; a module's docstring does not count; what is no rule is nothing."""
    assert citations("AT-2…AT-4 and (EN-10a, EN-10)") == {"AT-2", "AT-3", "AT-4", "EN-10a", "EN-10"}
    assert citations("UTF-8, N3.2, XX-1, LC-99, ALC-1") == set()
    assert citations(without_docstring('"""LC-1"""\n\ndef test() -> None:\n    """LC-2"""\n')) == {"LC-2"}
