"""In which order a patch comes to elements: that of the message, where rows of streams stand elsewhere than they were sent.

Owns three orders. Rows are added and updated in the order in which a message has them, wherever they are put; those that it deletes
go before all else, in the order in which it names them; and each row that a limit counts makes it take away again what is beyond
it, and is still leaving.

Law: a message that puts one row in, or none, and deletes one row, or none, has no order of its own.
"""  # HK-5, PA-23, PA-28

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.tree.stream_operations import placings

T = TypeVar("T")


def as_sent(nodes: Sequence[DomNode], diff: Mapping[str, Any]) -> Sequence[DomNode]:
    """Elements that stand in document order, in the order of the message."""
    if len(nodes) < 2 or not diff:
        return nodes
    ranks: dict[str, int] = {}
    for _, placing in placings(dict(diff)):
        if len(placing.at) > 1:  # the newest is named first, and sent last
            ranks.update((dom_id, rank) for rank, dom_id in enumerate(reversed(list(placing.at))))
    if not ranks:
        return nodes
    lists: dict[object, list[tuple[int, int]]] = {}
    for at, each in enumerate(nodes):
        row = _row(each.node, ranks)
        if row is not None:
            around = row.parent
            lists.setdefault(None if around is None else around.path, []).append((ranks[row.id or ""], at))
    found = list(nodes)
    for rows in lists.values():
        for place, (_, at) in zip(sorted(at for _, at in rows), sorted(rows), strict=True):
            found[place] = nodes[at]
    return found


def _row(node: Node, ranks: Mapping[str, int]) -> Node | None:
    return next((each for each in (node, *node.ancestors()) if each.id in ranks), None)


def removed(keyed: Sequence[tuple[str, T]], diff: Mapping[str, Any], limited: Sequence[str] = ()) -> list[T]:
    """What goes, given with its DOM ids in document order, as the client takes it away: deleted rows of streams first, those that a
    limit takes away in the order of `limited`.
    """
    ranks: dict[str, tuple[int, int]] = {}
    for number, (_, placing) in enumerate(placings(dict(diff)) if len(keyed) > 1 else ()):
        if not placing.reset:
            ranks.update((dom_id, (number, rank)) for rank, dom_id in enumerate(placing.deletes))
    last = (len(ranks), 0)
    found = sorted(keyed, key=lambda each: ranks.get(each[0], last))
    if limited and len(found) > 1:
        order = {dom_id: at for at, dom_id in reversed(list(enumerate(limited))) if dom_id not in ranks}
        places = [at for at, (dom_id, _) in enumerate(found) if dom_id in order]
        for at, each in zip(places, sorted((found[at] for at in places), key=lambda each: order[each[0]]), strict=True):
            found[at] = each
    return [each for _, each in found]


def twice(keyed: Sequence[tuple[str, T]], diff: Mapping[str, Any], rows: int) -> list[T]:
    """What leaves, given with its DOM ids in the order in which it is taken away, the first `rows` of them rows of streams: one
    that a reset takes away and that is deleted as well is still there, and is taken away twice.
    """  # PA-23, PA-42
    named = dict(keyed[:rows])
    asked = [placing for _, placing in placings(dict(diff)) if placing.reset] if rows else []
    again = [named[dom_id] for placing in asked for dom_id in placing.deletes if dom_id in named]
    return [*(each for _, each in keyed[:rows]), *again, *(each for _, each in keyed[rows:])]


def repeated(keyed: Sequence[tuple[str, T]], limited: Sequence[str]) -> list[T]:
    """What goes, each as often as the client takes it away: `limited` are the ids of rows, once for each time."""
    named = dict(keyed)
    again = [named[dom_id] for dom_id in limited if dom_id in named]
    first = next((at for at, (dom_id, _) in enumerate(keyed) if dom_id in limited), len(keyed))
    rest = [(at, each) for at, (dom_id, each) in enumerate(keyed) if dom_id not in limited]
    return [*(each for at, each in rest if at < first), *again, *(each for at, each in rest if at > first)]
