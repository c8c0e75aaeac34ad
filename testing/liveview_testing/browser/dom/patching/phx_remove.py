"""Elements that a patch takes away and that are there until their `phx-remove` is over.

Owns which removed elements those are, where they stand among what came, and their end: the whole batch
at once. An element that is leaving is a part of its own, its node that of the page before.

Law: a page without `phx-remove` costs nothing; no patch comes while the transition of the batch runs, so where they stand is
settled once.
"""  # PA-42, PA-44, PA-9, PA-10

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from liveview_testing.browser.dom.document import Document, Held, with_marks
from liveview_testing.browser.dom.mark import PLAIN, Key
from liveview_testing.browser.dom.patching.node_matching import TEXT, Children, followed, is_of_a_join, key_of, seen
from liveview_testing.browser.page.difference import difference
from liveview_testing.browser.page.finding.select import find, found_in
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.tree.stream_operations import Placing
from liveview_testing.browser.page.tree.tree import Row

ATTRIBUTE = "phx-remove"
LEAVES = f"[{ATTRIBUTE}]"


def taken_away(before: PageOfNodes, after: PageOfNodes) -> list[tuple[Node, Node | None]]:
    """The elements with `phx-remove` that the next page does not keep, each with the element of it that they stay in.

    None: what is around is gone at once, and the element with it; its commands run all the same, if it has a key.
    """
    found: list[tuple[Node, Node | None]] = []
    if before is after:
        return found
    known = difference(before, after)
    for node in find(before, LEAVES) if known is None else found_in(known.went, LEAVES):
        if followed(node, after) is not None:
            continue
        around = node.parent
        there = None if around is None else followed(around, after)
        if there is not None:
            found.append((node, there))
        elif key_of(node) is not None and _is_noted(node, after):
            found.append((node, None))
    return found


def leaves(
    document: Document, view: str, part: int, before: PageOfNodes, after: PageOfNodes
) -> list[tuple[Node, Node | None]]:
    """The same for a part of a document: what is held back has the `phx-remove` that it shows."""  # LK-10
    found = taken_away(before, after)
    for key, mark in document.marks.items() if document.held else ():
        node = before.node_at(key[2]) if mark.held and key[:2] == (view, part) else None
        if node is None or followed(node, after) is not None:
            continue
        found = [each for each in found if each[0] != node]
        around = None if node.parent is None else followed(node.parent, after)
        if around is not None and document.held[mark.held].node.get(ATTRIBUTE) is not None:
            found.append((node, around))
            order = {each.path: at for at, each in enumerate(before.root.iter())}
            found.sort(key=lambda each: order[each[0].path])
    return found


def _is_noted(node: Node, after: PageOfNodes) -> bool:
    """Whether all that is around a keyed element, up to what is kept, goes without a key: then the element is noted."""  # PA-9
    for each in node.ancestors():
        if followed(each, after) is not None:
            return True
        if key_of(each) is not None or each.get(ATTRIBUTE) is not None:
            return False
    return True


def leave(
    document: Document,
    view: str,
    part: int,
    into: int,
    gone: list[tuple[Node, Node | None]],
    streams: Mapping[str, Placing],
    known: Sequence[tuple[str, str, int]] = (),
) -> tuple[Document, list[Key]]:
    """The document in which these elements of `view` are leaving, and their keys, in the order of `gone`.

    They were in the part `part`, and stand among what is in `into`. `streams`: what the message asks of streams;
    `known`: where rows of them stand, if it is known: in which container, by which id, behind how many of those that stay.

    `document` shows the next page already, and still has the marks of what goes, by its keys in the page before.
    """
    keys: list[Key] = []
    held, parts, marks, focus, leaving = (
        document.held,
        document.parts,
        dict(document.marks),
        document.focus,
        document.leaving,
    )
    by_parent: dict[Key, list[tuple[Node, int, Node]]] = {}
    for node, around in gone:
        parts += 1
        there = None if around is None else element_at(document, view, into, around)
        held = held.set(parts, Held(node, None, there))
        keys.append((view, parts, node.path))
        if around is not None and there is not None:
            by_parent.setdefault(there, []).append((node, parts, around))
        for key in [
            each for each in (*marks, *(() if focus is None else (focus,))) if each[0] == view and each[1] == part
        ]:
            inside = node.page.node_at(key[2])
            if inside is None or not any(each.path == node.path for each in (inside, *inside.ancestors())):
                continue
            new: Key = (view, parts, key[2])
            if key in marks:
                mark = marks.pop(key)
                marks[new] = mark
                if mark.held in held:
                    held = held.set(mark.held, evolve(held[mark.held], owner=new))
            if focus == key:
                focus = new
    for there, nodes in by_parent.items():
        leaving = leaving.set(there, _places(nodes, streams, known))
    document = with_marks(evolve(document, leaving=leaving), marks, held, focus, parts)
    return document, keys


def element_at(document: Document, view: str, part: int, node: Node) -> Key:
    """The key of an element of a part: the root of one that is held back is the element that holds it."""
    held = document.held.get(part)
    return (
        held.owner
        if held is not None and held.owner is not None and held.node.path == node.path
        else (view, part, node.path)
    )


def _places(
    nodes: list[tuple[Node, int, Node]], streams: Mapping[str, Placing], known: Sequence[tuple[str, str, int]]
) -> tuple[tuple[int, int], ...]:
    """Where elements that are leaving stand among the children of what is around: after how many of them."""
    first, _, around = nodes[0]
    was = first.parent
    assert was is not None
    old, new = was.children, around.children
    numbers: dict[int, int] = {}
    for node, number, _ in nodes:
        at = next((at for at, each in enumerate(old) if isinstance(each, Node) and each.path == node.path), None)
        if at is not None:
            numbers[at] = number
    if around.get("phx-update") == "stream":
        stands = {dom_id: before for container, dom_id, before in known if container == around.id}
        if all(node.id in stands for node, _, _ in nodes):
            return tuple((stands[node.id or ""], number) for node, number, _ in nodes)
        return tuple(_among_rows(old, new, numbers, streams))
    before = 0
    places: list[tuple[int, int]] = []
    joins = is_of_a_join(around.page)
    for is_new, at in arranged(seen(old, joins=joins), seen(new, joins=joins), frozenset(numbers)):
        if is_new:
            before += 1
        else:
            places.append((before, numbers[at]))
    return tuple(places)


def _among_rows(
    old: Sequence[Node | str], new: Sequence[Node | str], numbers: Mapping[int, int], streams: Mapping[str, Placing]
) -> Iterator[tuple[int, int]]:
    """The same in a stream's container: its rows stand still, but those that a reset takes out and puts in again."""  # ST-27
    known = {each.id: each for each in old if isinstance(each, Node)}
    still: dict[str | None, int] = {}
    first = 0  # how many come before all that was there
    for at, each in enumerate(new):
        if not isinstance(each, Node):
            continue
        row = _row(each)
        placing = None if row is None else streams.get(row.ref or "")
        if row is not None and placing is not None and row.key in placing.at:
            if placing.reset or row.key not in known:
                first += placing.at[row.key] == 0
                continue
        still[each.id] = at
    before = first
    for at, each in enumerate(old):
        if at in numbers:
            yield before, numbers[at]
        elif isinstance(each, Node) and each.id in still:
            before = max(before, still[each.id] + 1)


def _row(node: Node) -> Row | None:
    """The row of a stream that an element is the root of."""
    here = node.place.node
    return here if isinstance(here, Row) and node.id == here.key else None


def arranged(old: Children, new: Children, stays: frozenset[int]) -> Iterator[tuple[bool, int]]:
    """The children of an element after the client's morph, in order: `(True, n)` the new child n, `(False, n)` the old child n of
    those that stay although they are not kept.

    >>> from liveview_testing.browser.dom.patching.node_matching import Child
    >>> p, b = Child("p", "p"), Child("b", "b")
    >>> list(arranged([p, b], [b, Child("i")], frozenset([0])))
    [(False, 0), (True, 0), (True, 1)]
    """
    keys = {child.key: at for at, child in enumerate(old) if child.key is not None}
    dom: list[tuple[bool, int]] = [(False, at) for at in range(len(old))]
    matched: set[int] = set()
    at = 0  # where the morph is, in the list of what stands here
    for number, child in enumerate(new):
        placed = False
        while at < len(dom):
            is_new, index = dom[at]
            if is_new:
                at += 1
                continue
            other = old[index]
            fits = (other.tag == TEXT) == (child.tag == TEXT)
            if fits and child.tag != TEXT:
                if child.key is not None and child.key != other.key:
                    here = keys.get(child.key)
                    if here is None or here in matched:
                        fits = False
                    elif dom[at + 1 : at + 2] == [(False, here)]:
                        fits = False
                    else:
                        dom.remove((False, here))
                        at = dom.index((False, index))
                        dom.insert(at, (False, here))
                        given = index
                        if other.key is None and index not in stays:
                            dom.remove((False, index))
                        index = here
                        fits = old[here].tag == child.tag
                        if fits:
                            dom[at] = (True, number)
                            matched.add(here)
                            placed = True
                            at += 1  # the one that is given up is behind the morph, where it stays
                            if dom[at : at + 1] == [(False, given)]:
                                at += 1
                            break
                        at += 1
                        continue
                elif child.key is None and other.key is not None:
                    fits = False
                fits = fits and other.tag == child.tag
            if fits:
                dom[at] = (True, number)
                matched.add(index)
                placed = True
                at += 1
                break
            if other.key is None and index not in stays:
                del dom[at]
            else:
                at += 1
        if not placed:
            here = keys.get(child.key) if child.key is not None else None
            if here is not None and here not in matched and old[here].tag == child.tag and (False, here) in dom:
                if dom.index((False, here)) < at:
                    at -= 1
                dom.remove((False, here))
                matched.add(here)
            dom.append((True, number))
            at = len(dom)
    return iter([each for each in dom if each[0] or each[1] in stays])


def still_leaving(
    places: tuple[tuple[int, int], ...], old: Node, new: Node, anew: frozenset[str] = frozenset()
) -> tuple[tuple[int, int], ...]:
    """Where elements that are leaving stand among the children of what is around, once a patch has come: behind what they stood
    behind, but for rows that are taken out, and put in `anew`.
    """
    was, now = old.children, new.children
    paths = {each.path: at for at, each in enumerate(now) if isinstance(each, Node)}
    found: list[tuple[int, int]] = []
    for before, number in places:
        after = 0
        for each in was[:before]:
            kept = followed(each, new.page) if isinstance(each, Node) and each.id not in anew else None
            after = max(after, paths.get(kept.path, -1) + 1) if kept is not None else after
        found.append((after, number))
    return tuple(found)


def left(document: Document, part: int) -> Document:
    """The document once an element is not leaving any more, but gone, with what is held back inside, or was leaving there."""
    held, goes = document.held, {part}
    while more := {number for number, each in held.items() if (each.owner or each.around or ("", 0))[1] in goes} - goes:
        goes |= more
    for number in goes:
        held = held.delete(number)
    marks = {key: mark for key, mark in document.marks.items() if key[1] not in goes}
    leaving = document.leaving
    for key, places in document.leaving.items():
        kept = tuple(each for each in places if each[1] not in goes)
        leaving = leaving.set(key, kept) if kept else leaving.delete(key)
    focus = None if document.focus is not None and document.focus[1] in goes else document.focus
    return with_marks(evolve(document, leaving=leaving), marks, held, focus, document.parts)


def emptied(document: Document, key: Key) -> Document:
    """The document once a script has written a text over all that is in an element: what was there is gone, and nobody was told.

    Its hooks go on, out of sight, until their view ends.
    """  # LK-7
    view, part, path = key
    inside = [each for each in document.marks if each[:2] == (view, part) and each != key]
    page = document.page(view) if not part else document.held[part].node.page
    lost: list[Key] = []
    for each in inside:
        node = page.node_at(each[2])
        if node is not None and any(around.path == path for around in node.ancestors()):
            lost.append(each)
    if not lost:
        return document
    marks, held, parts = dict(document.marks), document.held, document.parts
    root = page.node_at(path)
    if root is not None and any(marks[each].hook is not None for each in lost):
        parts += 1
        held = held.set(parts, Held(root, None))
    for each in lost:
        mark = marks.pop(each)
        if mark.held:
            held = held.delete(mark.held)
            marks = {other: its for other, its in marks.items() if other[1] != mark.held}
        if mark.hook is not None:
            marks[view, parts, each[2]] = evolve(PLAIN, number=mark.number, hook=mark.hook)
    focus = None if document.focus in lost else document.focus
    return with_marks(document, marks, held, focus, parts)


def unseen(document: Document, view: str) -> Document:
    """The document in which the hooks of a view that goes, and that nobody has told of it, go on out of sight."""  # CN-54
    hooked = [key for key, mark in document.marks.items() if key[0] == view and not key[1] and mark.hook is not None]
    if not hooked:
        return document
    parts = document.parts + 1
    marks = dict(document.marks)
    for key in hooked:
        mark = marks.pop(key)
        marks[view, parts, key[2]] = evolve(PLAIN, number=mark.number, hook=mark.hook)
    held = document.held.set(parts, Held(document.page(view).root, None))
    return with_marks(document, marks, held, document.focus, parts)
