"""`PersistentMap` is a dictionary, except that it never changes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from time import process_time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from liveview_core.values.persistent import PersistentMap

KEYS = st.one_of(st.integers(-3, 60), st.text(max_size=2), st.tuples(st.integers(0, 5), st.booleans()), st.none())
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), KEYS, st.integers()),
        st.tuples(st.just("remove"), KEYS, st.none()),
        st.tuples(st.just("update"), st.dictionaries(KEYS, st.integers(), max_size=80), st.none()),
    ),
    max_size=30,
)


@given(CHANGES)
def test_every_version_stays_what_it_was(changes: list[tuple[str, Any, Any]]) -> None:
    """The model is a dict that is copied at each change; all versions are compared at the end."""
    current: PersistentMap[Any, int] = PersistentMap()
    model: dict[Any, int] = {}
    versions = [(current, model)]
    for kind, key, value in changes:
        if kind == "put":
            current, model = current.put(key, value), {**model, key: value}
        elif kind == "update":
            current, model = current.update(key), {**model, **key}
        else:
            current, model = current.remove(key), {k: v for k, v in model.items() if k != key}
        versions.append((current, model))
    every = {key for _, known in versions for key in known}
    for version, expected in versions:
        assert len(version) == len(expected)
        assert {key: version.get(key) for key in every if key in version} == expected
        assert all(version.get(key, "none") == "none" for key in every if key not in expected)


def test_what_changes_nothing_is_the_same_map() -> None:
    """Removing what is not there and adding nothing copy nothing."""
    one = PersistentMap[str, int]().put("a", 1)
    assert one.remove("b") is one
    assert one.update({}) is one


def test_it_grows_and_keeps_what_it_held() -> None:
    """Through all numbers of buckets, by `put` and by `update`."""
    single: PersistentMap[int, int] = PersistentMap()
    for number in range(5_000):
        single = single.put(number, -number)
    together = PersistentMap[int, int]().update({number: -number for number in range(5_000)})
    for grown in (single, together):
        assert len(grown) == 5_000
        assert all(grown.get(number) == -number for number in range(5_000))
    assert repr(single) == "<PersistentMap of 5000>"


def test_pickled_it_is_found_under_another_hash_seed() -> None:
    """A str has another hash in another process."""
    pickled = pickle.dumps(PersistentMap[str, int]().update({f"key-{number}": number for number in range(500)}))
    read = (
        "import pickle, sys; m = pickle.loads(sys.stdin.buffer.read());"
        "print(len(m), all(m.get(f'key-{n}') == n for n in range(500)))"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", read],
            input=pickled,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout.split() == [b"500", b"True"]


def test_one_change_costs_a_bucket_and_not_the_table() -> None:
    """Sixteen times the entries: at most four times the cost of a change, as the square root grows (measured: 1.9)."""
    small, large = (PersistentMap[int, int]().update(dict.fromkeys(range(n), 0)) for n in (1_000, 16_000))

    def timed(table: PersistentMap[int, int]) -> float:
        started = process_time()
        for number in range(500):
            table.put(number, 1)
        return process_time() - started

    assert min(min(timed(large) for _ in range(5)) / min(timed(small) for _ in range(5)) for _ in range(3)) <= 4
