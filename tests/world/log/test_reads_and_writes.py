"""`reads_and_writes`: the store of a world that is looked at is the store."""

from __future__ import annotations

from immutables import Map

from liveview_testing.world.log.reads_and_writes import Noted, NotedStore


def test_a_store_that_is_looked_at() -> None:
    """Its answers are those of what it stands for, and each question is noted."""
    noted = Noted()
    store = NotedStore(Map({"a": 1}), noted)
    assert "a" in store
    assert "b" not in store
    assert store.get("b", 7) == 7
    assert noted.reads == {("store", "a"), ("store", "b")}
    assert noted.writes == set()
    assert "b" in store.set("b", 2)
    assert "a" not in store.delete("a")
    assert noted.writes == {("store", "a"), ("store", "b")}
