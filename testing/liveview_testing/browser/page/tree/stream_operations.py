"""What a message says of the rows of streams: which it takes away, and where it puts others.

Owns the reading of a diff for its streams. A client takes rows away before it patches anything, wherever they stand: also inside
of an element that waits for an answer, from which all else is held back.

Law: a diff without streams has nothing to say here; what it says of a template that is new is no removal.
"""  # ST-27, LK-10

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Diff, Graft, Keyed, Root, Row, Template


@frozen
class Placing:
    """What a message asks of one stream: where its rows go, and whether all that were there are taken out first."""

    at: Mapping[str, int]
    reset: bool
    deletes: tuple[str, ...] = ()


def placings(diff: Diff) -> Iterator[tuple[str, Placing]]:
    """The streams of a message, by their refs."""
    for name, value in diff.items():
        if name == "stream" and isinstance(value, list):
            ref, inserts, deletes, reset = _asked(value)
            yield ref, Placing({insert[0]: insert[1] for insert in inserts}, reset, tuple(deletes))
        elif isinstance(value, Mapping):
            yield from placings(cast("Diff", value))


def _asked(stream: Any) -> tuple[str, list[Any], list[str], bool]:
    """What stands under `stream` in a message: its ref, what is put in, the ids of what is deleted, whether it is reset."""
    return stream[0], stream[1], stream[2], len(stream) > 3 and bool(stream[3])


def removals(
    tree: Template,
    components: Mapping[int, Root],
    diff: Diff,
    vanishes: Callable[[str], bool],
    spared: frozenset[str] = frozenset(),
) -> Diff | None:
    """The part of a message that takes rows away; None if there is none.

    Of those that it puts in again at once only the ones that `vanishes` says of, by their ids, that they are not there meanwhile.
    Streams with the refs `spared` keep theirs.
    """
    found = dict(_removals(tree, diff, {}, vanishes, spared))
    inside: dict[str, Any] = {}
    changes: Diff = diff.get("c") or {}
    for cid, change in changes.items():
        root = components.get(int(cid))
        part = {} if root is None or "s" in change else dict(_removals(root, change, {}, vanishes, spared))
        if part:
            inside[cid] = part
    if inside:
        found["c"] = inside
    return found or None


def _removals(
    template: Template,
    diff: Diff,
    around: Mapping[str, Graft],
    vanishes: Callable[[str], bool],
    spared: frozenset[str],
) -> Iterator[tuple[str, Any]]:
    grafts = {**around, **(template.grafts or {})}
    slots = template.slots
    for name, change in diff.items():
        if not isinstance(change, Mapping) or not name.isdecimal() or int(name) >= len(slots):
            continue
        value = cast("Diff", change)
        had = slots[int(name)]
        if "stream" in value and isinstance(had, Keyed):
            ref, inserts, deletes, reset = _asked(value["stream"])
            if ref in spared:
                continue
            again = {insert[0] for insert in inserts}
            taken = [*(_rows(grafts, ref) if reset else ()), *deletes]
            gone = [dom_id for dom_id in dict.fromkeys(taken) if dom_id not in again or vanishes(dom_id)]
            if gone:
                yield name, {"k": {"kc": 0}, "stream": [ref, [], gone]}
        elif isinstance(had, Template) and "s" not in value:
            inside = dict(_removals(had, value, grafts, vanishes, spared))
            if inside:
                yield name, inside


def _rows(grafts: Mapping[str, Graft], ref: str) -> Iterator[str]:
    for graft in grafts.values():
        if isinstance(graft, Rope):
            for item in graft:
                if isinstance(item, Row) and item.ref == ref:
                    yield item.key


def put_anew(diff: Diff) -> frozenset[str]:
    """The ids of the rows that a message takes out with all of their stream, and puts in again."""
    return frozenset(dom_id for _, placing in placings(diff) if placing.reset for dom_id in placing.at)


def taken_out(diff: Diff) -> frozenset[str]:
    """The ids of the rows that a message takes out and puts in again: with all of their stream, or one by one."""
    asked = [placing for _, placing in placings(diff)]
    return frozenset(dom_id for each in asked for dom_id in each.at if each.reset or dom_id in each.deletes)


def put_in(diff: Diff) -> frozenset[str]:
    """The ids of all rows that a message puts into streams."""
    return frozenset(dom_id for _, placing in placings(diff) for dom_id in placing.at)
