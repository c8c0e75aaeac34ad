"""Who listens to which topic.

Owns `Topic`, the immutable list of subscriptions of one topic, and the functions that change a map of topics.
Law: deliveries come in order of subscription; subscribing twice delivers twice; `unsubscribe` removes all of a
process's subscriptions to the topic. Adding and removing cost the same however many listen.
"""

from __future__ import annotations

from collections.abc import Iterator

from immutables import Map


class Topic:
    """The subscriptions of one topic, by sequence number. Immutable; remembers its order once somebody asked."""

    __slots__ = ("_members", "_order")

    def __init__(self, members: Map[int, str]) -> None:
        self._members = members
        self._order: tuple[str, ...] | None = None

    def order(self) -> tuple[str, ...]:
        """The subscribers, oldest subscription first; a process that subscribed twice is there twice."""
        if self._order is None:
            self._order = tuple(process for _, process in sorted(self._members.items()))
        return self._order

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[str]:
        return iter(self.order())

    def __repr__(self) -> str:
        return f"Topic({list(self.order())!r})"

    def add(self, seq: int, process: str) -> Topic:
        return Topic(self._members.set(seq, process))

    def remove(self, seqs: list[int]) -> Topic:
        members = self._members
        for seq in seqs:
            members = members.delete(seq)
        return Topic(members)


NOBODY = Topic(Map())


def subscribe(topics: Map[str, Topic], topic: str, seq: int, process: str) -> Map[str, Topic]:
    """`process` listens to `topic` once more."""
    return topics.set(topic, topics.get(topic, NOBODY).add(seq, process))


def unsubscribe(topics: Map[str, Topic], topic: str, seqs: list[int]) -> Map[str, Topic]:
    """The subscriptions numbered `seqs` end; a topic nobody listens to is forgotten."""
    found = topics.get(topic)
    if found is None or not seqs:
        return topics
    rest = found.remove(seqs)
    return topics.set(topic, rest) if len(rest) else topics.delete(topic)


def listeners(topics: Map[str, Topic], topic: str) -> tuple[str, ...]:
    """Who gets a broadcast on `topic`, in order."""
    found = topics.get(topic)
    return () if found is None else found.order()


def double_subscriptions(topics: Map[str, Topic]) -> list[tuple[str, str, int]]:
    """(topic, process, times) for every process that listens more than once to the same topic, in a fixed order."""
    found: list[tuple[str, str, int]] = []
    for name in sorted(topics):
        counts: dict[str, int] = {}
        for process in topics[name]:
            counts[process] = counts.get(process, 0) + 1
        found += [(name, process, times) for process, times in counts.items() if times > 1]
    return found
