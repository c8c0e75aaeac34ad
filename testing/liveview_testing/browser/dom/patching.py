"""What a patch does to the marks of a document: who keeps his, which typed values go, what is held back.

Owns `patched`: a view's page is another now. Every element that the client knows something of is followed to the element it is
kept as (`following`); if the patch *visits* it, its attributes are what was sent plus what is sticky, and its value is the
server's again, unless it has the focus. An element that waits for an answer is not visited: it stays as it is, with
all that is inside, until its ack.

Law: what was not marked costs nothing; a part of the page that the client skips (an unchanged component, an ignored element) keeps
everything.
"""  # FI-8 … FI-13, LK-10

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.document import Document, Held, with_marks
from liveview_testing.browser.dom.following import followed
from liveview_testing.browser.dom.mark import PLAIN, Key, Mark, classes
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.forms.forms import chosen, rendered_value
from liveview_testing.browser.page.controls import CHECKABLE, kind_of
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.place import Place
from liveview_testing.browser.tree.tree import Frozen, Root

LOADING = tuple(
    f"phx-{kind}-loading" for kind in ("click", "change", "submit", "keydown", "keyup", "blur", "focus", "hook")
)
"""The loading classes that acks take off, and that patches carry over."""  # LK-9

REFS = ("data-phx-ref-loading", "data-phx-ref-lock", "data-phx-ref-src")

EDITABLE = frozenset(("select", "textarea"))
"""Beside inputs: the controls that a patch leaves alone while they have the focus."""  # FI-10


@frozen
class Patch:
    """A document after a patch, and which marked elements were taken away by it."""

    document: Document
    gone: tuple[Key, ...] = ()
    focus_lost: bool = False
    moved: dict[Key, Key] = field(factory=dict[Key, Key])
    """Where marked elements stand now, of those whose key is another."""


def focus_goes(document: Document, view: str, after: Page) -> bool:
    """Whether the element that has the focus is taken away as `view` shows the page `after`."""
    key = document.focus
    if key is None or key[0] != view or key[1]:
        return False
    node = document.page(view).node_at(key[2])
    if node is None or followed(node, after) is not None:
        return False
    around = [(view, 0, each.path) for each in node.ancestors()]
    return not any(document.mark(each).lock is not None for each in around)  # what is held back stays (LK-10)


def patched(document: Document, view: str, after: Page, *, whole: bool = False, since: int | None = None) -> Patch:
    """The document once `view` shows the page `after`. `whole`: the message was for all of it, even if nothing changed.

    `since`: refs from this one on were taken in the middle of the patch, so they hold nothing of it back.
    """
    shown = document.views[view]
    before = shown.page
    views = document.views.set(view, evolve(shown, page=after))
    for child in document.views.values():
        if child.around == view and child.classes and _reaches(document, view, child.dom_id, before, after, whole):
            views = views.set(child.id, evolve(child, classes=()))  # PA-16
    there = evolve(document, views=views)
    if before is after and not whole:
        return Patch(there)
    if document.plain:
        return Patch(there)
    work = _Work(document, there, view, before, after, whole, since=since)
    work.hold()
    work.reach()
    work.follow()
    return work.done()


def _reaches(document: Document, view: str, dom_id: str, before: PageOfNodes, after: PageOfNodes, whole: bool) -> bool:
    """Whether a patch comes to the container of a nested view."""
    for node in before.by_id(dom_id):
        new = followed(node, after)
        locked = (document.mark((view, 0, each.path)).lock is not None for each in node.ancestors())
        if new is not None and node.get("data-phx-sticky") is None and visits(node, new, whole=whole):
            return not any(locked)
    return False


class _Work:
    """One patch going into the marks of a view: of what shows `before`, in the part number `part`, which shows `after` then.

    `ref`: what is locked up to it is patched, not held back (an unlock, LK-20).
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
        self.marks = dict(document.marks)
        self.held = document.held
        self.focus = document.focus
        self.parts = document.parts
        self.gone: list[Key] = []
        self.moved: dict[Key, Key] = {}

    def done(self) -> Patch:
        lost = self.focus is None and self.old.focus is not None
        document = with_marks(self.new, self.marks, self.held, self.focus, self.parts)
        return Patch(document, tuple(self.gone), lost, self.moved)

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
        """Locked elements that the patch reaches are kept as they are (LK-10), outer ones first."""
        locked = [(key, node) for key, node in self._mine() if self._locks(self.marks.get(key, PLAIN))]
        for key, node in sorted(locked, key=lambda each: sum(1 for _ in each[1].ancestors())):
            mark = self.marks.get(key)
            if mark is None or mark.held:
                continue  # held already, or in a part that just was
            new = followed(node, self.after)
            if new is None or not visits(node, new, whole=self.whole):
                continue
            self.parts += 1
            self.held = self.held.set(self.parts, Held(node, key))
            self.marks[key] = evolve(mark, held=self.parts)
            self._take_along(node, key)
            for inside, its in list(self.marks.items()):
                if inside[1] == self.parts and its.lock is not None:
                    self.marks[inside] = evolve(its, twice=1)

    def _locks(self, mark: Mark) -> bool:
        lock = mark.lock
        if lock is None or (self.ref is not None and lock <= self.ref):
            return False
        return self.since is None or mark.view != self.view or lock < self.since

    def _take_along(self, root: Node, owner: Key) -> None:
        """What is known of the elements inside a part that is held from now on belongs to that part."""
        for key, node in list(self._mine()):
            if key != owner and any(each.path == root.path for each in node.ancestors()):
                self._rename(key, (key[0], self.parts, key[2]))

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

    def reach(self) -> None:
        """What was locked inside a part before that was held back is held back once more, as soon as a patch comes to it there."""
        for key, mark in list(self.marks.items()):
            if mark.twice != 1 or key[0] != self.view or key[1] not in self.held:
                continue
            part = self.held[key[1]]
            node = part.node.page.node_at(key[2])
            old = None if node is None else followed(node, self.before)
            new = None if old is None else followed(old, self.after)
            if old is not None and new is not None and visits(old, new, whole=self.whole):
                self.marks[key] = evolve(mark, twice=2)

    # --- who is kept ------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Every marked element is where the client keeps it, or gone."""
        found = [(key, node, followed(node, self.after)) for key, node in self._mine()]
        marks = {key: self.marks.pop(key, PLAIN) for key, _, _ in found}
        focus = self.focus
        for key, node, new in found:
            mark = marks[key]
            if new is None:
                self._lose(key, mark)
                continue
            there: Key = (self.view, self.into, new.path)
            if not mark.held and visits(node, new, whole=self.whole):
                mark = visited(mark, node, new, focused=focus == key)
            if mark != PLAIN:
                self.marks[there] = mark
            if there != key:
                self.moved[key] = there
                if focus == key:
                    self.focus = there
                if mark.held:
                    self.held = self.held.set(mark.held, evolve(self.held[mark.held], owner=there))

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


def released(document: Document, key: Key, ref: int) -> Patch:
    """The document once an element is locked no more: what was held back is applied to what is there (LK-20)."""
    mark = document.mark(key)
    owner = at(document, key)
    if not mark.held or owner is None:
        return Patch(document)
    part, held, after = mark.held, document.held[mark.held], owner.node
    work = _Work(
        document,
        document,
        key[0],
        held.node.page,
        after.page,
        whole=True,
        part=part,
        into=key[1],
        ref=ref,
    )
    work.held = work.held.delete(part)
    work.marks[key] = visited(evolve(mark, held=0), held.node, after, focused=document.focus == key)
    work.hold()
    work.follow()
    return work.done()


def visits(before: Node, after: Node, *, whole: bool) -> bool:
    """Whether the client's morph looks at an element: not where what is around it is skipped, or ignored."""  # PA-5, PA-12
    old: Place = before.place
    new: Place = after.place
    while True:
        same = old.node is new.node
        if isinstance(old.node, Root):
            return not same
        if old.node.rooted and same:
            return False
        if old.above is None or new.above is None:
            return whole or not same
        if isinstance(old.step, tuple) and old.step[0] == "ignore":
            return False
        old, new = old.above, new.above


def is_ignored(node: Node) -> bool:
    """Whether the element keeps what it had (`phx-update="ignore"`)."""
    grafts = node.place.node.grafts
    return grafts is not None and isinstance(grafts.get(node.id or ""), Frozen)


def visited(mark: Mark, before: Node, after: Node, *, focused: bool) -> Mark:
    """What is known of an element once a patch has visited it."""
    sent, had = after.attributes, mark.attributes(before.attributes)
    if mark.bad_input:
        return mark.with_attributes(sent, had)  # FI-13: bad input is not touched at all
    wanted = mark.sticky.over(sent)
    for name in mark.ignored:
        _ignored(wanted, had, name)
    if mark.pending:
        _pending(wanted, had)
    if focused and _is_editable(after):
        return _protected(mark, before, after, wanted, had)
    return evolve(mark, value=None, checked=None, selected=None, text=None).with_attributes(sent, wanted)


def _is_editable(node: Node) -> bool:
    kind = kind_of(node)
    return node.tag in EDITABLE or (
        node.tag == "input" and kind not in (*CHECKABLE, "button", "hidden", "submit", "reset", "image")
    )


def _protected(mark: Mark, before: Node, after: Node, wanted: dict[str, str], had: object) -> Mark:
    """A control that has the focus: the attributes follow, what the user sees in it stays."""  # FI-10, FI-12
    if after.tag == "select":
        selected = mark.selected
        if selected is None:
            selected = tuple(option.value for option in chosen(before))
        if _count(before) != _count(after):
            return evolve(mark, selected=None).with_attributes(after.attributes, wanted)
        return evolve(mark, selected=selected).with_attributes(after.attributes, wanted)
    kind = kind_of(after)
    value = mark.value if mark.value is not None else rendered_value(before, kind)
    if after.tag == "input" and after.get("value", "") != value:
        old = mark.attributes(before.attributes).get("value")
        if old is None:
            wanted.pop("value", None)
        else:
            wanted["value"] = old
    kept = None if mark.value is None and rendered_value(after, kind) == value else value
    return evolve(mark, value=kept).with_attributes(after.attributes, wanted)


def _count(select: Node) -> int:
    return sum(1 for each in select.iter() if each.tag == "option")


def _pending(wanted: dict[str, str], had: object) -> None:
    """An element that waits for an answer keeps the signs of it."""  # LK-12
    attributes: dict[str, str] = dict(had)  # type: ignore[call-overload]
    kept = [name for name in classes(attributes.get("class")) if name in LOADING]
    if kept:
        wanted["class"] = " ".join(
            (*classes(wanted.get("class")), *(name for name in kept if name not in classes(wanted.get("class"))))
        )
    for name in REFS:
        if name in attributes:
            wanted[name] = attributes[name]


def _ignored(wanted: dict[str, str], had: object, pattern: str) -> None:
    """Attributes that a patch leaves alone."""  # JC-12, JC-13
    attributes: dict[str, str] = dict(had)  # type: ignore[call-overload]
    for name in {*wanted, *attributes}:
        if pattern == "*" or (pattern.replace("*", "") in name if "*" in pattern else name == pattern):
            if name in attributes:
                wanted[name] = attributes[name]
            else:
                wanted.pop(name, None)


__all__ = ["LOADING", "REFS", "DomNode", "Patch", "is_ignored", "patched", "released", "visited", "visits"]
