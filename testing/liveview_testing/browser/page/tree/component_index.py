"""Which component holds which DOM ids, and which components: so that a look-up asks the right one, not all.

It saves the walk: with 300 components an id is found in 0.5 µs, where asking each costs 70; a message that changes one of them
costs the index 2 µs, where making it anew costs 800.

Law: a registry follows from the components alone; after a message it is the old one with the changed components looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.tree.instance import below, id_of, is_flat, named
from liveview_testing.browser.page.tree.ropes.leaves import Index
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Graft, Item, Keyed, Root, Row, Template


def all_ids(node: Template) -> tuple[str, ...]:
    """DOM ids in a subtree, components left out."""
    always, depends = named(node.shape)
    found = list(always)
    for element in depends:
        dom_id = id_of(node, element)
        if dom_id:
            found.append(dom_id)
    if not is_flat(node):
        for _, each in below(node):
            found.extend(_ids_below(each))
    return tuple(found)


def _ids_below(each: Template | Keyed | Graft | int) -> Iterator[str]:
    if isinstance(each, Template):
        yield from all_ids(each)
    elif isinstance(each, Keyed):
        for row in each.rows:
            yield from all_ids(row)
    elif isinstance(each, Rope):
        for item in each:
            yield from item_ids(item)
    elif isinstance(each, Frozen):
        yield from all_ids(each.node)


def item_ids(item: Item) -> tuple[str, ...]:
    if isinstance(item, Row):
        return all_ids(item)
    return () if item.node is None else all_ids(item.node)


def _held(item: Item) -> Iterable[object]:
    if type(item) is Row:
        always, depends = named(item.shape)
        if not always and len(depends) == 1 and id_of(item, depends[0]) == item.key and is_flat(item):
            return (item.key,)  # nearly always: half the time
        return dict.fromkeys((item.key, *all_ids(item)))
    return dict.fromkeys((item.key, Fixed, *item_ids(item)))


IDS: Index[Template] = Index("ids", all_ids)
ITEM_IDS: Index[Item] = Index("ids of items", item_ids)
HELD: Index[Item] = Index("what a container holds", _held)
"""Everything that a child of a container can be asked for by name: its key, the ids in it, and `Fixed` if it is one."""
CIDS: Index[Template] = Index("components", cids)
ITEM_CIDS: Index[Item] = Index("components of items", lambda item: cids(item) if isinstance(item, Row) else ())


def few_ids(node: Template) -> frozenset[str] | None:
    """The ids in a subtree without components; None if it holds lists, which have tables of their own."""
    found = node.memo.get("ids")
    if found is None:
        found = node.memo["ids"] = frozenset(all_ids(node)) if _is_small(node) else False
    return None if found is False else cast("frozenset[str]", found)


def may_hold(subtree: Template | Keyed, dom_id: str) -> bool:
    """Whether an element in a subtree, components left out, may have the id."""
    if isinstance(subtree, Keyed):
        return bool(subtree.rows.positions(IDS, dom_id))
    ids = few_ids(subtree)
    return ids is None or dom_id in ids


def _is_small(node: Template) -> bool:
    for _, each in below(node):
        if isinstance(each, Keyed | Rope) or (isinstance(each, Template) and few_ids(each) is None):
            return False
    return True


@frozen
class Registry:
    """`ids`: DOM id → components that hold it; `large`: those with lists, to be asked; `owners`: component → those it is in."""

    ids: Map[str, tuple[int, ...]]
    owners: Map[int, tuple[int, ...]]
    large: frozenset[int]

    @staticmethod
    def of(components: Mapping[int, Root]) -> Registry:
        """All components looked at."""
        nothing = Registry(Map(), Map(), frozenset())
        return nothing.changed({}, {cid: components[cid] for cid in sorted(components)})

    def changed(self, before: Mapping[int, Root], after: Mapping[int, Root]) -> Registry:
        """With these components as they are now."""
        ids, owners, large = self.ids, self.owners, self.large
        for cid, new in after.items():
            old = before.get(cid)
            had = (frozenset[str](), ()) if old is None else (few_ids(old), cids(old))
            has = (few_ids(new), cids(new))
            if had == has:
                continue
            ids = _moved(ids, cid, had[0] or (), has[0] or ())
            owners = _moved(owners, cid, had[1], has[1])
            large = large | {cid} if has[0] is None else large - {cid}
        return Registry(ids, owners, large)

    def holding(self, dom_id: str) -> list[int]:
        """Components that hold the id, or may."""
        return sorted({*self.ids.get(dom_id, ()), *self.large})


K = TypeVar("K")


def _moved(table: Map[K, tuple[int, ...]], cid: int, had: Iterable[K], has: Iterable[K]) -> Map[K, tuple[int, ...]]:
    """The table without the component under its old keys, and with it under its new ones."""
    changing = table.mutate()
    for key in had:
        left = tuple(each for each in changing.get(key, ()) if each != cid)
        if left:
            changing[key] = left
        elif key in changing:
            del changing[key]
    for key in has:
        changing[key] = tuple(sorted({*changing.get(key, ()), cid}))
    return changing.finish()
