"""Elements whose children the template does not own: stream containers and ignored elements.

`phx-update="stream"`: the server sends a stream's rows once and forgets them; the container keeps them (in the
browser's order). `phx-update="ignore"`: the element keeps what it had; only its data-* attributes follow.

Law: the children of a container are a rope, so adding a row to ten thousand costs what adding one to ten costs; an element
that left the page takes its children along (a stream hidden by `:if` comes back empty).
"""  # ST-26, ST-30, ST-29

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from liveview_testing.browser.page.templates.skeleton import Comment, Element, Hole, Kid
from liveview_testing.browser.page.tree.component_index import HELD
from liveview_testing.browser.page.tree.instance import (
    attribute,
    element_by_id,
    id_of,
    may_update,
    root_attribute,
    root_id,
)
from liveview_testing.browser.page.tree.merging.filled import filled
from liveview_testing.browser.page.tree.merging.merge import Merge
from liveview_testing.browser.page.tree.ropes.leaves import Index
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import FIXED, cids, is_row
from liveview_testing.browser.page.tree.tree import (
    Fixed,
    Frozen,
    Graft,
    Item,
    Keyed,
    MissingId,
    Operation,
    Row,
    Template,
)

Earlier: TypeAlias = "Callable[[str], tuple[Template, Element] | None]"
"""The element with a DOM id in the page before this message."""

BY_KEY: Index[Item] = Index("dom id", lambda item: (item.key,))
NOT_ROW: Index[Item] = Index("no stream item", lambda item: () if is_row(item) else (True,), few=True)


def settle(earlier: Earlier) -> Callable[[Merge, Template, Template | None], Template]:
    """The part of a merge that looks after containers: given a new template and what it replaces."""

    def one(merge: Merge, new: Template, old: Template | None) -> Template:
        grafts: dict[str, Graft] = {}
        special = False
        for element in may_update(new.shape):
            mode = attribute(new, element, "phx-update")
            dom_id = id_of(new, element)
            if mode != "stream" and mode != "ignore":
                # The browser asks the element that is there: one that was ignored keeps its phx-update, too.
                frozen = (
                    None if old is None or old.grafts is None else _frozen(earlier, new, old, element, dom_id or "")
                )
                if frozen is not None:
                    special, grafts[dom_id or ""] = True, frozen
                continue
            special = True
            if not dom_id:  # ST-26
                raise MissingId(
                    f'<{element.tag} phx-update="{mode}"> has no id',
                    expected="an id: the browser finds the element of the page before by it",
                    got=element,
                )
            graft = None if old is None or old.grafts is None else old.grafts.get(dom_id)
            frozen = graft if isinstance(graft, Frozen) else _frozen(earlier, new, old, element, dom_id)
            if mode == "ignore" or frozen is not None:
                graft = frozen
            else:
                if not isinstance(graft, Rope) or old is None or not _same_content(old, new, element):
                    if not isinstance(graft, Rope):
                        graft = _stream_before(earlier, dom_id)
                    now = None if len(graft) else filled(merge, new, element)
                    graft = _Container(merge, new, old, element, graft).children if now is None else now
            if graft is not None:
                grafts[dom_id] = graft
        new.grafts = grafts if special else None  # still ours alone
        return new

    return one


def _same_content(old: Template, new: Template, element: Element) -> bool:
    return old.shape is new.shape and all(old.slots[i] is new.slots[i] for i in element.inside)


def _stream_before(earlier: Earlier, dom_id: str) -> Rope[Item]:
    """A container that another template had before keeps its children: elements are the same if their ids are."""
    found = earlier(dom_id)
    if found is not None:
        node, _ = found
        graft = None if node.grafts is None else node.grafts.get(dom_id)
        if isinstance(graft, Rope):
            kept = [item for item in graft if isinstance(item, Row)]
            return graft if len(kept) == len(graft) else Rope[Item].of(kept)
    return Rope()


def _frozen(earlier: Earlier, new: Template, old: Template | None, element: Element, dom_id: str) -> Frozen | None:
    """What an ignored element was before; None if there was none, or if nothing in it changed."""
    node, before = old, None if old is None else element_by_id(old, dom_id)
    if old is not None and before is not None:
        if _same_content(old, new, element) and all(old.slots[i] is new.slots[i] for i in element.own):
            return None if old.grafts is None else _kept(old.grafts.get(dom_id), element)
    else:
        found = earlier(dom_id)
        if found is None:
            return None
        node, before = found
    assert node is not None
    graft = None if node.grafts is None else node.grafts.get(dom_id)
    if isinstance(graft, Frozen):
        return _kept(graft, element)
    if before.tag != element.tag or attribute(node, before, "phx-update") != "ignore":
        return None  # the element that was there was not ignored, or is another one
    return Frozen(node, before.number)


def outlives_joins(node: Template, element: Element, dom_id: str) -> bool:
    """Whether an element of a page keeps what it has when the view joins again: it is ignored. One that holds a component does not:
    the components of the page before are gone, and their numbers are given again.
    """
    graft = None if node.grafts is None else node.grafts.get(dom_id)
    if isinstance(graft, Frozen):
        node, element = graft.node, graft.node.shape.elements[graft.element]
    elif attribute(node, element, "phx-update") != "ignore":
        return False
    return not any(cids(value) for at in element.inside if not isinstance(value := node.slots[at], str))


def _kept(graft: Graft | None, element: Element) -> Frozen | None:
    if isinstance(graft, Frozen) and graft.node.shape.elements[graft.element].tag == element.tag:
        return graft
    return None


def _may_lose(old: Template, new: Template, element: Element) -> bool:
    """Whether a child of the template itself may be missing: only a component can be, or anything in an island."""
    if old.shape is not new.shape:
        return True
    return any(
        isinstance(kid, Hole) and type(old.slots[kid.slot]) is int and new.slots[kid.slot] != old.slots[kid.slot]
        for kid in element.kids
    )


class _Container:
    """The children of one container after a message. `children` is the result."""

    def __init__(
        self, merge: Merge, template: Template, old: Template | None, element: Element, children: Rope[Item]
    ) -> None:
        self.merge = merge
        self.template = template
        self.element = element
        self.children = children
        self.again: set[str] = set()  # taken out by this message; an insert brings it back, also one that only updates
        self.leaving: set[str] = set()  # rows that stay among the children until all of the message is in
        given: list[Row | Fixed] = []
        operations: list[Operation] = []
        options: dict[int, Operation] = {}
        for child in self._given(None, template, element.kids):
            if isinstance(child, Keyed):
                operation = merge.operations.pop(id(child), None)
                if operation is not None:
                    operations.append(operation)
                    sent = operation.names
                    for row in child.rows:
                        assert isinstance(row, Row)
                        dom_id = root_id(row, merge.component)
                        row.key = sent.get(dom_id, dom_id)
                        self._named(row.key, row)
                        options[id(row)] = operation
                        given.append(row)
            else:
                self._named(child.key, child)
                given.append(child)
        self.inserts = frozenset[str]()
        self._count(operations)
        for operation in operations:
            self._remove(operation)
        self._keep(old, template, element, given)
        self._place(given, options)
        if self.leaving:
            self._leave()

    def _count(self, operations: Sequence[Operation]) -> None:
        """Whether what leaves makes a difference to what comes: by where others are placed, or how many there may be."""  # PA-28
        self.counted = self.placed = ends = limits = taken = False
        for operation in operations:
            taken = taken or operation.reset or bool(operation.deletes)
            for where, limit, _ in operation.inserts.values():
                self.placed = self.placed or where > 0
                ends = ends or where == -1
                limits = limits or limit is not None
        if not limits and not taken:
            return
        if ends and not self.placed:  # before or behind what is no row
            self.placed = bool(self.children.positions(NOT_ROW, True))
        self.counted = self.placed or limits
        if self.counted:
            self.inserts = frozenset(key for operation in operations for key in operation.inserts)

    def _named(self, key: str, child: Row | Fixed) -> None:
        if not key:  # ST-26
            raise MissingId(
                f'a child of <{self.element.tag} phx-update="stream"> has no id',
                expected="an id on every child: the browser keeps, moves and removes them by it",
                got=child,
                cure="in a stream's comprehension: :for={dom_id, item in @streams.items} id={dom_id}",
            )

    def _given(self, node: Template | None, template: Template, kids: Sequence[Kid]) -> Iterator[Fixed | Keyed]:
        """The children the template brings, in order; for a stream its comprehension."""
        for kid in kids:
            if isinstance(kid, str | Comment):
                continue
            if isinstance(kid, Element):
                yield Fixed(id_of(template, kid) or "", node, kid.number)
                continue
            value = template.slots[kid.slot]
            if isinstance(value, int):
                root = self.merge.component(value)
                yield Fixed("" if root is None else root_id(root, self.merge.component), node, kid)
            elif isinstance(value, Template):
                yield from self._given(value, value, value.shape.kids)
            elif isinstance(value, Keyed):
                if value.stream is not None:
                    yield value
                else:
                    for row in value.rows:
                        yield from self._given(row, row, row.shape.kids)

    def _position(self, key: str) -> int:
        children = self.children
        # Which ids there are is kept and costs nothing to ask; nearly always the answer is that this one is new.
        found = children.positions(BY_KEY, key) if children.holds(HELD, key) else ()
        return found[0] if found else -1

    def _remove(self, operation: Operation) -> None:
        """A reset takes this stream's children, then the deletes go; what is inserted again in the same message was here."""
        # ST-27
        if operation.reset:
            kept: list[Item] = []
            for item in self.children:
                if isinstance(item, Row) and item.ref == operation.ref:
                    if self._stays(item):
                        kept.append(item)
                        continue
                    self.merge.lost.append(item)
                    self.again.add(item.key)
                else:
                    kept.append(item)
            self.children = Rope.of(kept)
        for key in operation.deletes:
            at = self._position(key)
            if at >= 0 and not self._stays(self.children.at(at)):
                self._forget(self.children.at(at))
                self.children = self.children.delete(at)
                self.again.add(key)

    def _stays(self, item: Item, *, limited: bool = False) -> bool:
        """Whether what is taken away counts as long as the message is not all in. `limited`: a limit takes it away."""  # PA-28
        if not self.counted or not isinstance(item, Row) or item.key in self.inserts:
            return False
        if item.key in self.leaving:
            if not limited:  # PA-23: a reset has taken it away by now
                self.merge.limited.append(item.key)
            return True
        if root_attribute(item, self.merge.component, "phx-remove") is None:
            return False
        if not self.merge.stays:
            # the rows that a limit takes away are those that it would take away again
            self.merge.beside = self.merge.beside or not limited or self.placed
            return False
        self.leaving.add(item.key)
        if not limited:
            self.merge.limited.append(item.key)
        return True

    def _leave(self) -> None:
        """What was leaving goes, and where it stood is known."""
        container = id_of(self.template, self.element) or ""
        stay: list[Item] = []
        for item in self.children:
            if item.key in self.leaving:
                self._forget(item)
                self.merge.leaving.append((container, item.key, len(stay)))
            else:
                stay.append(item)
        self.children = Rope.of(stay)

    def _forget(self, item: Item) -> None:
        if isinstance(item, Row):
            self.merge.lost.append(item)

    def _keep(self, old: Template | None, template: Template, element: Element, given: list[Row | Fixed]) -> None:
        """A child that the template no longer brings stays as it was: it now belongs to the old version."""  # ST-28
        if old is None or not _may_lose(old, template, element):
            return
        positions = self.children.positions(FIXED, True)
        keys = {child.key for child in given}
        before = element_by_id(old, id_of(template, element) or "")
        for at in positions:
            item = self.children.at(at)
            if isinstance(item, Fixed) and item.node is None and item.key not in keys:
                floor = -1 if before is None else before.number
                self.children = self.children.set(at, Fixed(item.key, old, item.kid, floor))

    def _place(self, given: list[Row | Fixed], options: dict[int, Operation]) -> None:
        """Child by child; a run of plain appends goes in at once.

        As the official client has it where LiveViewTest differs: a limit is applied after a child that is new, not after one
        that was updated in place, and a child that an earlier one's limit pushed out in this very message stays out.
        """  # ST-28, ST-30
        out: set[str] = set()
        leaving: list[str] = []
        run: list[Item] = []
        running: set[str] = set()
        for child in given:
            operation = options.get(id(child))
            insert = None if operation is None else operation.inserts.get(child.key)
            if run and child.key in running:
                self.children = self.children.extend(run)
                run, running = [], set[str]()
            if child.key in out:
                continue
            at = self._position(child.key)
            if operation is not None and insert is None:
                self._stray(child.key, operation)
            where, limit = -2, None  # a child that is no stream item goes to the end
            if isinstance(child, Row) and operation is not None and insert is not None:
                child.ref = operation.ref
                where, limit, update_only = insert
                if at < 0 and update_only and child.key not in self.again:
                    continue
                if at < 0 and where == -1 and limit is None and (run or not self._ends_fixed()):
                    run.append(child)
                    running.add(child.key)
                    continue
            if run:
                self.children = self.children.extend(run)
                run, running = [], set[str]()
            if at >= 0:
                self._replace(at, child)
                if where >= 0 and operation is not None and operation.moves:  # PA-27
                    self._move(at, where)
            else:
                self.children = self.children.insert(self._index(where), child)
                if limit is not None:
                    gone = self._limit(limit)
                    out.update(gone)
                    # PA-28: one with `phx-remove` stays a while, and is found again by the next row
                    if self.merge.stays:
                        self.merge.limited.extend(key for key in gone if key not in self.inserts)
                    elif operation is not None:
                        now = [key for key in gone if key not in operation.inserts]
                        leaving = [*now, *leaving] if limit >= 0 else [*leaving, *now]
                        self.merge.limited.extend(leaving)
        if run:
            self.children = self.children.extend(run)

    def _stray(self, key: str, operation: Operation) -> None:
        """A row with an id that the stream does not know: neither a reset nor a delete will ever find it."""
        container = id_of(self.template, self.element) or ""
        self.merge.strays.append((container, key, next(iter(operation.inserts), "")))

    def _ends_fixed(self) -> bool:
        size = len(self.children)
        return size > 0 and not is_row(self.children.at(size - 1))

    def _index(self, where: int) -> int:
        size = len(self.children)
        if where == -1 and self._ends_fixed():  # ST-29: before the first child that is no stream item
            return self.children.positions(NOT_ROW, True)[0]
        return min(where, size) if where >= 0 else size

    def _replace(self, at: int, child: Row | Fixed) -> None:
        had = self.children.at(at)
        if isinstance(had, Fixed) and isinstance(child, Fixed) and had.node is child.node and had.kid == child.kid:
            return
        self._forget(had)
        self.children = self.children.set(at, child)

    def _move(self, at: int, where: int) -> None:
        """A child goes to another place."""
        child = self.children.at(at)
        rest = self.children.delete(at)
        self.children = rest.insert(min(where, len(rest)), child)

    def _limit(self, limit: int) -> Sequence[str]:
        """The first n children, or the last; who had to go."""  # ST-30
        size = len(self.children)
        if size <= abs(limit):
            return ()
        gone = self.children.drop(limit) if limit >= 0 else self.children.take(size + limit)
        kept = self.children.take(limit) if limit >= 0 else self.children.drop(size + limit)
        leaving = [item for item in gone if self._stays(item, limited=True)]
        for item in gone:
            if item.key not in self.leaving:
                self._forget(item)
        if leaving:
            kept = Rope.of([*kept, *leaving]) if limit >= 0 else Rope.of([*leaving, *kept])
        self.children = kept
        return [item.key for item in gone]
