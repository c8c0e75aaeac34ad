"""One patch going into the marks of a document: who keeps his, what is held back, what leaves, what a control holds then.

Owns `Work`, the steps of a patch. Which steps a patch takes is said in `patching`.

Law: what was not marked costs nothing; a part of the page that the client skips (an unchanged component, an ignored element) keeps
everything.
"""  # FI-8 … FI-13, LK-10

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve
from immutables import Map

from liveview_testing.browser.dom.document import Document, Held, Patch, with_marks
from liveview_testing.browser.dom.mark import PLAIN, Again, Clone, Key, Mark, Path, Stale
from liveview_testing.browser.dom.patching.focus_after_patch import has_twin, outlasts
from liveview_testing.browser.dom.patching.node_matching import followed, is_in, is_of_a_join, is_stub
from liveview_testing.browser.dom.patching.patched_element import (
    copied_attributes,
    inner_text,
    is_in_ignored,
    is_in_triggered,
    is_multiple,
    is_protected,
    is_single,
    retyped,
    visited,
    visits,
)
from liveview_testing.browser.dom.patching.phx_remove import leave, still_leaving, taken_away
from liveview_testing.browser.dom.stream_rows import rows_in
from liveview_testing.browser.page.controls import CONTROLS
from liveview_testing.browser.page.forms.forms import rendered_value
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.tree.stream_operations import placings, put_anew, put_in
from liveview_testing.browser.page.tree.tree import Diff

NO_DIFF: Diff = {}


class Work:
    """One patch going into the marks of a view: of what shows `before`, in the part number `part`, which shows `after` then.

    `ref`: what is locked up to it is patched, not held back (an unlock).
    """

    def __init__(
        self,
        document: Document,
        there: Document,
        view: str,
        before: PageOfNodes,
        after: PageOfNodes,
        whole: bool,
        *,
        part: int = 0,
        into: int = 0,
        ref: int | None = None,
        since: int | None = None,
        spared: frozenset[Key] = frozenset(),
    ) -> None:
        self.old = document
        self.new = there
        self.view = view
        self.before = before
        self.after = after
        self.whole = whole
        self.part = part
        self.into = into
        self.ref = ref
        self.since = since
        self.spared = spared
        self.left: list[Key] = []
        self.marks: dict[Key, Mark] = dict(document.marks)
        self.held: Map[int, Held] = document.held
        self.focus: Key | None = document.focus
        self.parts: int = document.parts
        self.gone: list[Key] = []
        self.moved: dict[Key, Key] = {}
        self.filled: list[Key] = []
        self.diff: Diff = NO_DIFF
        self.leaving: Sequence[tuple[str, str, int]] = ()
        self.rows: Mapping[str, Any] = NO_DIFF
        self.owner = document.held.get(part) if part else None
        self.through = False
        """Whether it takes rows of streams away, and does nothing else: that is not held back."""

    def done(self) -> Patch:
        lost = self.focus is None and self.old.focus is not None
        document = with_marks(self.new, self.marks, self.held, self.focus, self.parts)
        return Patch(document, tuple(self.gone), lost, tuple(self.left), moved=self.moved, filled=tuple(self.filled))

    def _mine(self) -> Iterator[tuple[Key, Node]]:
        """The marked elements of the part, with their nodes before."""
        keys = dict.fromkeys(self.marks)
        if self.focus is not None:
            keys[self.focus] = None
        for key in keys:
            if key[0] == self.view and key[1] == self.part:
                node = self.before.node_at(key[2])
                if node is not None:
                    yield key, node

    # --- what is held back ------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Locked elements that the patch reaches are kept as they are, outer ones first."""  # LK-10
        locked = [
            (key, node) for key, node in self._mine() if self._locks(key) or (key == self.focus and is_multiple(node))
        ]
        for key, node in sorted(locked, key=lambda each: sum(1 for _ in each[1].ancestors())):
            mark = self.marks.get(key)
            if mark is None and key == self.focus:
                mark = PLAIN
            had = None if mark is None or mark.held not in self.held else self.held[mark.held]
            back = had is not None and (had.put_back or (had.lost and self.ref is None))
            held = mark is None or (mark.held and not back)
            if mark is None or held or "ignore" in (node.get("phx-update"), node.get("data-phx-update")):
                continue  # held already, or in a part that just was; LK-13: what is ignored is never held back
            new = followed(node, self.after)
            if new is None or not (self._visits(node, new) or (mark.clone is None and self._passes(node, new))):
                continue  # LK-29: what passes an element by passes its clone by
            if had is not None and back:
                # LK-29: from now on it is held back; LK-21: what was lost comes with what visits it.
                lost = had.lost and not self._visits(node, new)
                self.held = self.held.set(mark.held, evolve(had, put_back=False, lost=lost))
                continue
            if mark.again is not None and node.tag in CONTROLS and is_in_triggered(new):
                self.marks[key] = evolve(mark, again=evolve(mark.again, cloned=False))
                continue  # FI-14: what is held back from it by itself is forgotten
            if (
                self.focus == key
                and is_protected(node)
                and not is_multiple(node)
                and new.get("phx-patch-focused") is None
                and not (self.ref is not None and has_twin(mark) and not outlasts(mark, self.ref))
            ):
                if mark.stale is None:  # LK-14: it is patched in place, and what it was comes back with the ack
                    was = dict(mark.attributes(node.attributes))
                    self.marks[key] = evolve(mark, stale=Stale(was, mark.value, mark.checked))
                continue
            self.parts += 1
            lost = self.ref is not None and has_twin(mark) and outlasts(mark, self.ref)
            self.held = self.held.set(self.parts, Held(node, key, copied=self._known(node), lost=lost))
            self.marks[key] = evolve(mark, held=self.parts, stale=None, clone=None)
            self.take_along(node, key)
            if self.new.leaving:
                self._take_leaving_along(node)
            for inside, its in list(self.marks.items()):
                if inside[1] == self.parts and its.lock is not None:
                    cloned = self.ref is not None and has_twin(its)  # LK-21: it is in a clone of a clone
                    self.marks[inside] = evolve(its, again=Again(its.loading, its.lock, cloned))

    def _is_left(self, key: Key | None) -> bool:
        """Whether no patch comes to the clone of an element any more: it waits for nothing, or not once this unlock is done."""
        mark = PLAIN if key is None else self.marks.get(key, PLAIN)  # LK-28, LK-21
        left = mark.lock is None and mark.again is None if self.ref is None else not outlasts(mark, self.ref)
        return key is not None and left

    def _visits(self, node: Node, new: Node) -> bool:
        """Whether the patch comes to an element; in a hidden clone nothing is skipped, so that an unlock comes to all."""
        return visits(node, new, whole=self.whole) if self.ref is None else not is_in_ignored(node)

    def _passes(self, node: Node, new: Node) -> bool:
        """Whether the patch comes to an element as to a stub, and leaves it as it is: that it waits matters all the same."""
        # PA-12
        if self.ref is not None or not is_stub(new) or visits(node, new, whole=self.whole):
            return False
        around, there = node.parent, new.parent
        if around is None or there is None:
            return self.whole and not is_in_ignored(node)
        return visits(around, there, whole=self.whole) and not is_in_ignored(node)

    def _known(self, root: Node) -> dict[Path, Mark]:
        """What is known of an element, and of those inside."""
        mine = ((key, node) for key, node in self._mine() if key in self.marks)
        return {key[2]: self.marks[key] for key, node in mine if node == root or is_in(node, root)}

    def _locks(self, key: Key) -> bool:
        mark = self.marks.get(key, PLAIN)
        lock = mark.lock
        if self.ref is not None and has_twin(mark):
            return True
        if lock is None or (self.ref is not None and lock <= self.ref):
            return False
        return self.since is None or key not in self.spared or mark.view != self.view or lock < self.since

    def take_along(self, root: Node, owner: Key) -> None:
        """What is known of the elements inside a part that is held from now on belongs to that part."""
        for key, node in list(self._mine()):
            if key != owner and any(each.path == root.path for each in node.ancestors()):
                self._rename(key, (key[0], self.parts, key[2]))

    def _take_leaving_along(self, root: Node) -> None:
        for key in list(self.new.leaving):
            node = self.before.node_at(key[2]) if key[0] == self.view and key[1] == self.part else None
            if node is not None and any(each.path == root.path for each in node.ancestors()):
                self._leaving_goes(key, (key[0], self.parts, key[2]), self.new.leaving[key])

    def _leaving_goes(self, key: Key, new: Key, places: tuple[tuple[int, int], ...]) -> None:
        """What is leaving stands in an element with another key."""
        self.new = evolve(self.new, leaving=self.new.leaving.delete(key).set(new, places))
        for _, part in places:
            self.held = self.held.set(part, evolve(self.held[part], around=new))

    def stay(self) -> None:
        """What was leaving before the patch stands where it stood, if what is around it is kept; else it is gone with that."""
        for key, places in list(self.old.leaving.items()):
            owned = self.owner is not None and key == self.owner.owner
            if key not in self.new.leaving or not (owned or key[:2] == (self.view, self.part)):
                continue
            node = self.owner.node if owned and self.owner is not None else self.before.node_at(key[2])
            new = None if node is None else followed(node, self.after)
            if node is not None and new is not None:
                if self.marks.get(key, PLAIN).held in self.held and not owned:  # what is seen of it is not patched
                    self._leaving_goes(key, (self.view, self.into, new.path), places)
                    continue
                anew = put_in(self.diff) if is_of_a_join(self.after) else put_anew(self.diff)
                now = still_leaving(places, node, new, anew)
                more = [each for each in self.new.leaving[key] if each not in places]  # which leave by this very patch
                if more:
                    now = tuple(sorted((*now, *more), key=lambda each: each[0]))
                self._leaving_goes(key, key if owned else (self.view, self.into, new.path), now)
                comes = self.ref is None and not self.through and visits(node, new, whole=self.whole)
                # LK-19: with the answer that brought them, it goes once more
                if comes and new.get("phx-update") != "stream":
                    self.left.extend((self.view, part, self.held[part].node.path) for _, part in places)
                continue
            self.new = evolve(self.new, leaving=self.new.leaving.delete(key))
            for _, part in places:
                for each in [each for each in self.marks if each[1] == part]:
                    self._lose(each, self.marks.pop(each))
                self.held = self.held.delete(part) if part in self.held else self.held

    def _rename(self, key: Key, new: Key) -> None:
        mark = self.marks.pop(key, None)
        if mark is not None:
            self.marks[new] = mark
        if self.focus == key:
            self.focus = new
        for part, held in self.held.items():
            if held.owner == key:
                self.held = self.held.set(part, evolve(held, owner=new))
        self.moved[key] = new

    def reach(self, since: int = 0) -> None:
        """What was locked inside a part before that was held back is held back once more, as soon as a patch comes to it there.

        `since`: the number of the last part that the patch does not come to.
        """
        for key, mark in list(self.marks.items()):
            again = mark.again
            if again is None or again.cloned or key[0] != self.view or key[1] not in self.held or key[1] <= since:
                continue
            if self._is_left(self.held[key[1]].owner) or (self.ref is not None and not (again.lock or 0) > self.ref):
                continue
            part = self.held[key[1]]
            node = part.node.page.node_at(key[2])
            old = None if node is None else followed(node, self.before)
            new = None if old is None else followed(old, self.after)
            if old is not None and new is not None and (self._visits(old, new) or self._passes(old, new)):
                inside = {name: self.rows.get(name, rows) for name, rows in rows_in(old).items()}
                self.marks[key] = evolve(mark, again=evolve(again, cloned=True, rows=inside))

    def leave(self, going: list[tuple[Node, Node | None]]) -> None:
        """What has `phx-remove` and is taken away stays a while."""  # PA-42
        if not going:
            return
        now = with_marks(self.new, self.marks, self.held, self.focus, self.parts)
        streams = dict(placings(self.diff)) if self.diff else {}
        if is_of_a_join(self.after):  # PA-24: it takes all rows out
            streams = {ref: evolve(placing, reset=True) for ref, placing in streams.items()}
        after, keys = leave(now, self.view, self.part, self.into, going, streams, self.leaving)
        self.new = evolve(self.new, leaving=after.leaving)
        self.marks, self.held, self.focus, self.parts = dict(after.marks), after.held, after.focus, after.parts
        self.left = [*self.left, *keys]

    def opened(self) -> list[tuple[Node, int, Node]]:
        """The elements that the patch comes to and that nothing holds back any more, with the parts and what they show."""
        # LK-28: what waited as the connection was lost; FI-12: what had the focus
        found: list[tuple[Node, int, Node]] = []
        for key, node in self._mine() if self.held else ():
            mark = self.marks.get(key, PLAIN)
            if mark.held and mark.lock is None and mark.again is None and not (self.focus == key and is_multiple(node)):
                new = followed(node, self.after)
                if new is not None and visits(node, new, whole=self.whole):
                    found.append((node, mark.held, self.held[mark.held].node))
        return found

    def open(self, opened: list[tuple[Node, int, Node]]) -> None:
        """What is inside such elements goes on from what it shows to what comes; they themselves do as all others."""
        for _, part, held in opened:
            work = Work(self.old, self.new, self.view, held.page, self.after, self.whole, part=part, into=self.into)
            work.since, work.spared, work.diff = self.since, self.spared, self.diff
            work.moved, work.gone, work.left, work.filled = self.moved, self.gone, self.left, self.filled
            work.marks, work.held, work.focus, work.parts = self.marks, self.held, self.focus, self.parts
            for key, mark in [each for each in self.marks.items() if each[0][1] == part and each[1].again is not None]:
                self.marks[key] = evolve(mark, again=None)
            inner = work.opened()
            gone = [each for each in taken_away(held.page, self.after) if is_in(each[0], held)]
            work.leave([each for each in gone if not any(is_in(each[0], node) for node, _, _ in inner)])
            work.follow()
            work.open(inner)
            self.new, self.marks, self.held, self.focus, self.parts, self.left = (
                *(work.new, work.marks, work.held, work.focus, work.parts),
                work.left,
            )

    # --- who is kept ------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Every marked element is where the client keeps it, or gone."""
        if self.old.leaving:
            self.stay()
        found = [(key, node, followed(node, self.after)) for key, node in self._mine()]
        marks = {key: self.marks.pop(key, PLAIN) for key, _, _ in found}
        focus = self.focus
        for key, node, new in found:
            mark = marks[key]
            if new is None:
                self._lose(key, mark)
                continue
            there: Key = (self.view, self.into, new.path)
            is_left = mark.held and mark.lock is None and mark.again is None and not self.through
            if is_left and not (focus == key and is_multiple(node)) and visits(node, new, whole=self.whole):
                forgotten = is_multiple(node) or self.held[mark.held].put_back
                had = self.held[mark.held]
                clone = None
                if not forgotten:  # LK-29
                    clone = Clone(node, tuple(self._waiting(mark.held)), had.node, had.copied)
                node = had.node  # FI-12, LK-28: it had the focus, or waited, and was not patched since
                self.held = self.held.delete(mark.held)
                mark = evolve(mark, held=0, clone=clone)
            if not mark.held and not self.through and visits(node, new, whole=self.whole):
                sent = is_in_triggered(new)  # FI-14: what is about to be sent stays as it is
                has_focus = focus == key and not sent
                now = visited(mark, node, new, focused=has_focus, released=self.ref is not None)
                if sent and mark.dirty:
                    now = evolve(now, value=mark.value, checked=mark.checked, selected=mark.selected)
                if mark.text is not None and now.text is None:
                    self.fill(new)
                mark = now
            if mark != PLAIN:
                self.marks[there] = mark
            if there != key:
                self.moved[key] = there
                if focus == key:
                    self.focus = there
                if mark.held:
                    self.held = self.held.set(mark.held, evolve(self.held[mark.held], owner=there))

    def fill(self, node: Node) -> None:
        """An element shows what is in it again, which is new: no patch has come to its selects."""  # FI-9
        self.filled.append((self.view, self.into, node.path))
        for each in node.iter():
            if is_single(each):
                self._know(each, option=-1)

    def _waiting(self, part: int) -> Iterator[tuple[Node, Again]]:
        """What elements inside a part waited for as that began to be held back, with those that they are in its clone."""
        page = self.held[part].node.page
        for key, mark in self.marks.items():
            node = page.node_at(key[2]) if key[1] == part and mark.again is not None else None
            there = None if node is None else followed(node, self.before)
            if there is not None and mark.again is not None:
                yield there, mark.again

    def retype(self, held: Held) -> None:
        """Where no patch came to the hidden clone, fields without the focus hold what they held as it was made; ticks and choices
        are as they were sent.
        """  # FI-8, LK-20
        copied = held.copied
        for key, node in list(self._mine()):
            mark = self.marks.get(key, PLAIN)
            was = copied.get(key[2], PLAIN)
            is_steady = node.tag not in CONTROLS and mark.written == was.written
            if is_steady or not is_in(node, held.node) or is_in_ignored(node):
                continue
            new = followed(node, self.after)
            above = (self.marks.get((key[0], key[1], each.path), PLAIN) for each in (node, *node.ancestors()))
            if new is None or visits(node, new, whole=True) or any(has_twin(each) for each in above):
                continue
            if mark.written != was.written and not (key == self.focus and is_protected(node)):
                mark = mark.with_attributes(node.attributes, copied_attributes(mark, was, node))
            if node.tag in CONTROLS:
                mark = retyped(mark, was.value, focused=key == self.focus)
            self.marks[key] = mark

    def write(self, texts: list[tuple[Node, Node]]) -> None:
        """Textareas of which nothing was known hold a text that is not in them, if they were empty at first."""
        for was, node in texts:
            inner = inner_text(PLAIN, was, node, focused=False)
            if inner is not None and self._comes_to(was, node):
                self._know(node, inner=inner, value=rendered_value(node, "textarea"))

    def empty(self, selects: list[tuple[Node, Node]]) -> None:
        """Selects of which nothing was known have no option that is chosen, if that would be one that is new in them."""
        for was, node in selects:
            if self._comes_to(was, node):
                self._know(node, option=-2)

    def _comes_to(self, was: Node, node: Node) -> bool:
        held = any(self.marks.get((self.view, self.into, each.path), PLAIN).held for each in node.ancestors())
        return not held and visits(was, node, whole=self.whole)

    def _know(self, node: Node, **changes: Any) -> None:
        key = (self.view, self.into, node.path)
        self.marks[key] = evolve(self.marks.get(key, PLAIN), **changes)

    def _lose(self, key: Key, mark: Mark) -> None:
        self.gone.append(key)
        if self.focus == key:
            self.focus = None
        if mark.held:
            part = mark.held
            self.held = self.held.delete(part)
            for each in [each for each in self.marks if each[1] == part]:
                self._lose(each, self.marks.pop(each))
            if self.focus is not None and self.focus[1] == part:
                self.focus = None
