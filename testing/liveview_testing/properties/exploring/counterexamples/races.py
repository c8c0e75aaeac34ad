"""Races: two choices that were possible in the same world, whose two orders lead to different worlds.

Owns `Race`, and how they are read off the graph of a search. Laws: only what was followed in both orders is called a race; it is
visible if the ends that can be come to afterwards are not the same for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.properties.exploring.choices import Choice, Deliver, Do, Edge, Fail, Finish, Fire
from liveview_testing.properties.exploring.counterexamples.describing import Words
from liveview_testing.properties.exploring.searching import Search


@frozen
class Race:
    """Two things whose order counts: which, over what they share, and who sees it. `worlds` is in how many worlds they meet."""

    first: str
    second: str
    over: tuple[str, ...]
    seen_by: tuple[str, ...] = ()
    worlds: int = field(default=1, eq=False)

    @property
    def visible(self) -> bool:
        """Whether anybody can see in the end which came first."""
        return bool(self.seen_by)

    def __str__(self) -> str:
        return f"{self.first} and {self.second}, over {', '.join(self.over)}"


def races(search: Search, words: Words, observed: Mapping[int, Mapping[str, Any]]) -> tuple[Race, ...]:
    """The races of a search. `observed` is what everybody sees in its ends."""
    reach = _reachable(search, observed)
    found: dict[tuple[str, str, tuple[str, ...]], tuple[set[str], int]] = {}
    nodes = search.nodes
    for node in nodes:
        edges = [(choice, edge) for choice, edge in (node.edges or {}).items() if _counts(choice)]
        for at, (mine, one) in enumerate(edges):
            for other, two in edges[at + 1 :]:
                hand = isinstance(mine, Do) or isinstance(other, Do)
                if one.footprint.apart(two.footprint) or (isinstance(mine, Do) and isinstance(other, Do)):
                    continue
                ends = _orders(search, mine, one, other, two)
                if ends is None or ends[0] == ends[1]:
                    continue
                first, second = sorted((words.thing(mine, one.about), words.thing(other, two.about)))
                over = tuple(words.name(name) for name in _telling(one, two))
                seen = {who for who in reach if reach[who][ends[0]] != reach[who][ends[1]]}
                if hand and not seen:  # what somebody does and what arrives at his page: told if it makes a difference
                    continue
                key = first, second, over
                known = found.get(key)
                found[key] = (seen, 1) if known is None else (known[0] | seen, known[1] + 1)
    return tuple(
        sorted(
            (Race(*key, tuple(sorted(seen)), count) for key, (seen, count) in found.items()),
            key=lambda race: (not race.visible, -race.worlds, str(race)),
        )
    )


def _counts(choice: Choice) -> bool:
    return isinstance(choice, (Deliver, Finish, Fail, Fire, Do))


def _orders(search: Search, mine: Choice, one: Edge, other: Choice, two: Edge) -> tuple[int, int] | None:
    """The two worlds that two choices lead to, one first and the other first; None if that is not known."""
    after_one, after_two = search.nodes[one.to].edges, search.nodes[two.to].edges
    if after_one is None or after_two is None:
        return None
    there, back = after_one.get(other), after_two.get(mine)
    return (one.to if there is None else there.to), (two.to if back is None else back.to)


def _telling(one: Edge, two: Edge) -> Sequence[Any]:
    """What two choices share, the more telling names alone: a value of the store rather than the process that holds it."""
    shared = one.footprint.shared(two.footprint)
    for kinds in (("store",), ("topic",), ("task",), ("process",), ("tab",)):
        some = [name for name in shared if name[0] in kinds]
        if some:
            return some
    return shared


def _reachable(search: Search, observed: Mapping[int, Mapping[str, Any]]) -> dict[str, list[int]]:
    """For everybody, of each world, the ends that can still be seen, as a set of bits."""
    whos = sorted({who for seen in observed.values() for who in seen})
    order = _children_first(search)
    reach: dict[str, list[int]] = {}
    for who in whos:
        bits: dict[Any, int] = {}
        masks = [0] * len(search.nodes)
        for number in order:
            node = search.nodes[number]
            mask = 0
            if number in observed:
                mask |= 1 << bits.setdefault(observed[number].get(who), len(bits))
            for edge in (node.edges or {}).values():
                mask |= masks[edge.to]
            masks[number] = mask
        reach[who] = masks
    return reach


def _children_first(search: Search) -> list[int]:
    order: list[int] = []
    done = [False] * len(search.nodes)
    entered = [False] * len(search.nodes)
    stack = [0] if search.nodes else []
    while stack:
        number = stack[-1]
        if not entered[number]:
            entered[number] = True
            edges = search.nodes[number].edges or {}
            stack.extend(edge.to for edge in edges.values() if not entered[edge.to])
            continue
        stack.pop()
        if not done[number]:
            done[number] = True
            order.append(number)
    return order


def components(search: Search, people: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """People who have nothing in common that anybody writes: independent worlds in one."""
    edges = [pair for node in search.nodes for pair in (node.edges or {}).items() if not pair[1].footprint.everything]
    written = {name for _, edge in edges for name in edge.footprint.writes}
    leader: dict[Any, Any] = {}

    def find(name: Any) -> Any:
        while (above := leader.setdefault(name, name)) != name:
            leader[name] = name = leader.setdefault(above, above)
        return name

    for choice, edge in edges:
        names = [*edge.footprint.writes, *(edge.footprint.reads & written)]
        if isinstance(choice, Deliver) and choice.sender[0] == "process":
            names.append(("process", choice.sender[1]))
        for name in names:
            leader[find(name)] = find(names[0])
    groups: dict[Any, list[str]] = {}
    for who in people:
        groups.setdefault(find(("person", who)), []).append(who)
    return tuple(tuple(group) for group in groups.values())
