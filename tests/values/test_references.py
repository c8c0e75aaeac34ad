"""`references`: what is read of a tuple are the ids of its items, or nothing is read at all."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from liveview_core.values import differences as module
from liveview_core.values.differences import differences
from liveview_core.values.references import WIDTH, references, verified


def test_what_is_read() -> None:
    """The ids of the items, in order, of a tuple of any length."""
    read = references()
    if read is None:
        pytest.skip("this Python shows no references")
    for length in (0, 1, 2, 20, 1000, 20_000):
        items = tuple(object() for _ in range(length))
        assert read(items) == b"".join(id(item).to_bytes(WIDTH, sys.byteorder) for item in items)


def test_a_reader_that_reads_something_else_is_not_used() -> None:
    """Whatever is different in a Python to come: the self-check finds it, and the objects are asked."""
    assert verified(None) is None
    assert verified(lambda items: b"") is None
    assert verified(lambda items: bytes(len(items) * WIDTH)) is None
    if (read := references()) is not None:
        assert verified(read) is read


def test_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only CPython is read."""
    monkeypatch.setattr(sys.implementation, "name", "pypy")
    assert verified(references()) is None


def test_without_references_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few differences in long tuples, and many."""
    one = tuple(object() for _ in range(1000))
    every: list[tuple[Any, ...]] = [
        tuple(object() if index % step == 0 else item for index, item in enumerate(one))
        for step in (1, 3, 130, 400, 999)
    ]
    every += [one, one[:-1], (*one[:999], 0), (0, *one[1:])]
    found = [list(differences(one, other)) for other in every]
    monkeypatch.setattr(module, "references", lambda: None)
    assert [list(differences(one, other)) for other in every] == found


def test_only_exact_tuples_are_read() -> None:
    """A subclass may hold its items as it likes."""

    class Mine(tuple[object, ...]):
        __slots__ = ()

    items = [object() for _ in range(200)]
    other = [*items[:100], 0, *items[101:]]
    for kind in (list, Mine, tuple):
        assert list(differences(kind(items), kind(other))) == [100]
        assert list(differences(kind(items), tuple(other))) == [100]
