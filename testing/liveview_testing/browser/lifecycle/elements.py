"""What elements do as they come and go: `phx-mounted`, `phx-remove`, and the components that left with them.

Owns the order of what follows a patch: added elements, updated ones, removals, then what the server is told of
components that are gone. Hooks are called from here in that order.

Law: an element's `phx-mounted` runs once for the node; one that goes takes its marks along.
"""  # PA-40, HK-5, HK-32

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.commands.running import Occasion, run, run_behind
from liveview_testing.browser.commands.transitions import when_free
from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.dom.patching.focus_after_patch import fate_at_unlock
from liveview_testing.browser.dom.patching.node_matching import followed, key_of, origin
from liveview_testing.browser.dom.patching.patching import put_back, released
from liveview_testing.browser.dom.patching.phx_remove import left
from liveview_testing.browser.dom.patching.returning_rows import come_back_in, taken_off
from liveview_testing.browser.dom.querying import in_order, is_behind
from liveview_testing.browser.dom.stream_rows import is_row_root
from liveview_testing.browser.events.focus import blur, lose, regain
from liveview_testing.browser.events.top_layer import after_patch
from liveview_testing.browser.lifecycle import hook_element, hooks, lost_input
from liveview_testing.browser.lifecycle.component_ends import tell_gone
from liveview_testing.browser.lifecycle.hidden_clone import brought_forward, first_copied
from liveview_testing.browser.lifecycle.patch_order import as_sent, removed, repeated, twice
from liveview_testing.browser.lifecycle.trigger_action import trigger
from liveview_testing.browser.page.difference import difference
from liveview_testing.browser.page.finding.watched import HOOKS, watched, watched_in
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.reaction import Change, Reaction

NO_DIFF: Mapping[str, Any] = {}
COMING = (*HOOKS, "phx-mounted")


def patched(reaction: Reaction, change: Change) -> None:
    """What follows a patch: what was added, then what was updated, then what is gone."""  # HK-5, PA-40
    if change.before.marks and not change.rejoined:
        lost_input.after_patch(reaction, change)
    filled, opened = change.patch.filled, () if change.rejoined else change.patch.opened
    page = change.result.page
    _came(reaction, change.view, 0, change.old, page, change.updating, diff=change.diff, filled=filled, opened=opened)
    leaving = change.patch.leaving if change.taken is None else (*change.taken[1].leaving, *change.patch.leaving)
    cids = _leave(reaction, change.view, leaving, change.result.gone, change.diff, change.result.brought.limited)
    run_behind(reaction, change.view, change.patch.behind)
    trigger(reaction, change.view, 0, change.old, change.result.page, whole=change.whole)
    if change.taken is not None:
        _went(reaction, change.taken[0], change.taken[1].gone, change.result.page, shown=change.taken[1].document)
    page, limited = change.result.page, change.result.brought.limited
    _went(reaction, change.before, change.patch.gone, page, rejoined=change.rejoined, diff=change.diff, limited=limited)
    if reaction.document.on_top:
        after_patch(reaction)
    if cids:
        tell_gone(reaction, change.view, cids)


def unlocked(reaction: Reaction, view: str, number: int, ref: int) -> None:
    """What was held back from an element is applied: a patch of its own, with all that follows one."""  # LK-20, HK-18
    key = reaction.key(number)
    if key is None:
        return
    if reaction.document.leaving:
        reaction.document = come_back_in(reaction.document, key)
    before = reaction.document = brought_forward(reaction.document, key, ref)
    owner = at(before, key)
    assert owner is not None
    part = before.mark(key).held
    if not part:
        _put_back(reaction, view, number, owner, ref)
        return
    held = before.held[part].node
    updating = hooks.before_unlock(reaction, number, held, owner.node, ref)
    fate = fate_at_unlock(before, key, ref)
    patch = released(lose(reaction, fate), key, ref)
    reaction.document = patch.document
    regain(reaction, fate)
    reaction.doubted = True
    reaction.emit("phx:update")
    reaction.document, copies = first_copied(reaction.document, key, ref)
    _came(reaction, view, key[1], held.page, owner.node.page, updating, owner.node, filled=patch.filled)
    for number, was, now in copies:
        for each in added(was, now, COMING):
            hooks.mount(reaction, DomNode(reaction.document, view, number, each))
    _leave(reaction, view, patch.leaving, ())
    trigger(reaction, view, key[1], held.page, owner.node.page, whole=True, within=owner.node)
    _went(reaction, before, patch.gone, owner.node.page)


def _put_back(reaction: Reaction, view: str, number: int, owner: DomNode, ref: int) -> None:
    """A hidden clone from before the connection was lost goes over what the join has brought."""  # LK-29
    before, clone = reaction.document, None if owner.mark.clone is None else owner.mark.clone.node
    if clone is None:
        return
    updating = hooks.before_unlock(reaction, number, owner.node, clone, ref)
    patch = put_back(before, owner.key, ref)
    reaction.document = patch.document
    if patch.focus_lost:
        reaction.document = before
        blur(reaction)
        patch = put_back(reaction.document, owner.key, ref)
        reaction.document = patch.document
    reaction.emit("phx:update")
    part = reaction.mark(number).held
    _came(reaction, view, part, owner.node.page, clone.page, updating, clone)
    _leave(reaction, view, patch.leaving, ())
    _went(reaction, before, patch.gone, clone.page)
    after = reaction.node(number)
    if after is not None and after.html() != owner.html():
        reaction.note(
            "LK-29",
            f"{after!r} shows what it was before the connection was lost: it waited for an answer then, and this answer, which"
            " changes nothing on the page, brings that back until the next patch comes to it",
            "a handler that changes something the element shows; later versions of the client do not do this",
        )


def _leave(
    reaction: Reaction,
    view: str,
    keys: Sequence[Key],
    cids: tuple[int, ...],
    diff: Mapping[str, Any] = NO_DIFF,
    limited: Sequence[str] = (),
) -> tuple[int, ...]:
    """The `phx-remove` of what is taken away runs; all of it goes once no transition blocks. The components gone by now."""
    # PA-42
    if not keys:
        return cids
    nodes = [node for key in keys if (node := reaction.node(key)) is not None]
    nodes = removed([(node.id or "", node) for node in nodes], diff)
    nodes.sort(key=lambda node: 0 if is_row_root(node.node) else 1 + (key_of(node.node) is not None))  # PA-9
    inside = {each.cid for node in nodes for each in (node, *node.iter())}
    keyed = [(node.id or "", reaction.number(node)) for node in nodes]
    rows = next((at for at, node in enumerate(nodes) if not is_row_root(node.node)), len(nodes))
    times = repeated(keyed, limited) if limited else twice(keyed, diff, rows)
    numbers = tuple(dict.fromkeys(times))
    for number in times:
        node = reaction.node(number)
        if node is not None:
            run(reaction, Occasion("remove", node, view, bare=False, trusted=False), node.get("phx-remove") or "")
    when_free(reaction, Gone(view, numbers, tuple(cid for cid in cids if cid in inside)))
    return tuple(cid for cid in cids if cid not in inside)


@frozen
class Gone:
    """Elements that were leaving are gone, all at once."""

    view: str
    numbers: tuple[int, ...]
    cids: tuple[int, ...] = ()

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        before = reaction.document
        hooked: list[list[DomNode]] = []
        # what was taken away once more meanwhile is not heard before that is over, too
        later = {number for each in reaction.browser.waiting if isinstance(each, Gone) for number in each.numbers}
        numbers = [number for number in self.numbers if number not in later]
        nodes = [node for number in numbers if (node := reaction.node(number)) is not None]
        reaction.going = frozenset(node.part for node in nodes)
        for node in nodes:
            if node.mark.leaving:  # they are heard again
                reaction.set_mark(node.key, leaving=False)
        for number in self.numbers:
            node = reaction.node(number)
            if node is None:
                continue
            focus = reaction.document.focus
            if (
                focus is not None
                and (found := at(reaction.document, focus)) is not None
                and node in (found, *found.ancestors())
            ):
                blur(reaction)
            before = reaction.document
            was = at(before, node.key)
            assert was is not None
            hooked.append([*(each for each in was.iter() if isinstance(each.mark.hook, hook_element.Hooked)), was])
            part = reaction.document.held.get(node.part)
            is_back = part is None or part.owner is not None
            reaction.document = taken_off(reaction.document, node) if is_back else left(reaction.document, node.part)
        reaction.going = frozenset()
        for taken in hooked:
            for each in taken:
                hooks.destroy(reaction, each.mark.number, each)
        if self.cids:
            tell_gone(reaction, self.view, self.cids)


def _came(
    reaction: Reaction,
    view: str,
    part: int,
    old: PageOfNodes | None,
    new: PageOfNodes,
    updating: Any,
    within: Node | None = None,
    diff: Mapping[str, Any] = NO_DIFF,
    filled: Sequence[Key] = (),
    opened: Sequence[Node] = (),
) -> None:
    coming = [DomNode(reaction.document, view, part, node) for node in added(old, new, COMING, within)]
    coming = list(as_sent(coming, diff))
    for held in opened:  # to what was shown of it more may be new than to the page before
        kept = followed(held, new)
        come = () if kept is None else added(held.page, new, COMING, kept)
        more = [DomNode(reaction.document, view, part, node) for node in come]
        coming = list(in_order([*coming, *(each for each in more if each not in coming)]))
    if filled:  # a script had written a text over what is in them: that is new
        around = [found for key in filled if (found := at(reaction.document, key)) is not None]
        inside = [
            each for found in around for each in found.iter() if any(each.get(name) is not None for name in COMING)
        ]
        coming = list(in_order([*coming, *(each for each in inside if each not in coming)]))
    # they are filled when all else is patched, and may not have been for want of a target
    if reaction.document.portals:
        inside = [each for each in _watched_in_portals(reaction, view, new) if each not in coming]
        coming = [*sorted(coming, key=lambda each: each.template is not None), *inside]
    for there in coming:
        node = there.node
        if within is None:
            arrived(reaction, there)
            continue
        hooks.mount(reaction, there)
        # it came to the hidden clone, which nobody owns
        if node.get("phx-mounted") and not reaction.mark(there.key).mounted:
            reaction.set_mark(there.key, mounted=True)
            reaction.note(
                "LK-10",
                f"phx-mounted of {there!r} did not run: it came while what is around it waited for an answer",
                "do it in the event that adds the element, or add it outside of the form or element that pushes",
            )
    if updating is not None:
        hooks.after_patch(reaction, updating)


def _watched_in_portals(reaction: Reaction, view: str, page: PageOfNodes) -> list[DomNode]:
    nodes = (DomNode(reaction.document, view, 0, node) for node in watched(page, *COMING))
    return [each for each in nodes if each.template is not None]


def _went(
    reaction: Reaction,
    before: Document,
    gone: Sequence[Key],
    after: PageOfNodes,
    *,
    rejoined: bool = False,
    diff: Mapping[str, Any] = NO_DIFF,
    limited: Sequence[str] = (),
    shown: Document | None = None,
) -> None:
    """Hooks of what a patch took away are told, what is inside before what is around; `rejoined`: those of rows first. `shown`: the
    document that shows what is left where the rest is held back.
    """
    # HK-10, PA-24
    nodes = [
        node
        for key in gone
        if (node := at(before, key)) is not None and isinstance(node.mark.hook, hook_element.Hooked)
    ]
    tops: dict[Key, list[DomNode]] = {}
    for node in in_order(nodes):
        tops.setdefault(_taken_with(node, after, shown), []).append(node)
    in_rows = {top for top, (first, *_) in tops.items() if rejoined and _is_in_a_row(first)}
    listed = sorted(tops.items(), key=lambda each: each[0] not in in_rows)
    for top, (first, *inside) in removed([(_id_of(before, each[0]), each) for each in listed], diff, limited):
        for node in (*inside, first) if first.key == top else (first, *inside):
            hooks.destroy(reaction, node.mark.number, node)


def _id_of(document: Document, key: Key) -> str:
    node = at(document, key)
    return "" if node is None else node.id or ""


def _is_in_a_row(node: DomNode) -> bool:
    return any(each.get("phx-update") == "stream" for each in node.ancestors())


def _taken_with(node: DomNode, after: PageOfNodes, shown: Document | None) -> Key:
    """The element that a patch took away with this one inside: the outermost that the client knows by itself."""  # PA-9
    top = node
    for each in node.ancestors():
        held = None if shown is None or not each.part else shown.held.get(each.part)
        if each.view != node.view or followed(each.node, after if held is None else held.node.page) is not None:
            break
        if key_of(each.node) is not None:
            top = each
    return top.key


def joined(reaction: Reaction, view: str, rendered: Mapping[str, Any] = NO_DIFF) -> None:
    """What follows the first patch of a join: hooks, then all `phx-mounted` that have not run, in document order.

    What that patch has put there anew comes before, element by element: the rows of streams, what portals have put elsewhere.
    """  # HK-4
    page = reaction.document.page(view)
    for there in as_sent([DomNode(reaction.document, view, 0, node) for node in watched(page, *COMING)], rendered):
        if there.template is not None or any(each.get("phx-update") == "stream" for each in there.node.ancestors()):
            arrived(reaction, there)
    for each in _as_they_stand(hooks.new_hooks(view, reaction, page)):
        hooks.mount(reaction, each)
    for each in _as_they_stand(DomNode(reaction.document, view, 0, node) for node in watched(page, "phx-mounted")):
        mounted(reaction, each)


def _as_they_stand(nodes: Iterable[DomNode]) -> Iterable[DomNode]:
    """Elements of a page in document order, those in portals where they are to be seen."""
    known = list(nodes)
    return in_order(known) if known and known[0].document.portals else known


def around_views(reaction: Reaction) -> None:
    """What is outside of all views has its hooks, and its `phx-mounted` run, in the frame after the page has come."""
    # HK-9, CE-3
    if next(iter(watched(reaction.document.page(FRAME), *COMING)), None) is not None:
        reaction.next_frame(AroundViews())


@frozen
class AroundViews:
    """The page has come: hooks outside of all views are mounted, then all `phx-mounted` there run."""

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if reaction.browser.network.unloaded:
            return
        page = reaction.document.page(FRAME)
        for each in list(hooks.new_hooks(FRAME, reaction, page)):
            hooks.mount(reaction, each)
        for node in list(watched(page, "phx-mounted")):
            mounted(reaction, DomNode(reaction.document, FRAME, 0, node))


def arrived(reaction: Reaction, node: DomNode) -> None:
    """An element has come: its hook is mounted, then its `phx-mounted` runs."""
    hooks.mount(reaction, node)
    mounted(reaction, node)


def added(
    old: PageOfNodes | None, new: PageOfNodes, names: tuple[str, ...], within: Node | None = None
) -> Iterator[Node]:
    """The elements of the new page with one of the attributes that no element of the old one is kept as.

    `within` one of them, or anywhere.
    """
    if old is new:
        return
    known = None if old is None else difference(old, new)
    for node in watched(new, *names) if known is None else watched_in(known.came, *names):
        if within is not None and not any(each.path == within.path for each in node.ancestors()):
            continue
        if old is None or origin(node, old) is None:
            yield node


def mounted(reaction: Reaction, node: DomNode) -> None:
    """An element has come: its `phx-mounted` runs."""
    now = reaction.node(node.key)
    if now is None or now.mark.mounted or is_behind(now):
        return
    text = now.get("phx-mounted")
    if not text:
        return
    reaction.set_mark(now.key, mounted=True)
    run(reaction, Occasion(None, reaction.again(now), now.view, bare=False, trusted=False), text)
