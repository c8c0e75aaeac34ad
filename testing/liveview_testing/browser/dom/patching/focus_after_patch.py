"""What becomes of the focus at a patch: it stays, goes along, or is lost.

Owns the fate of the one element that has the focus, decided before the patch, from the document as it is; and `halfway`, what
the page looks like as the focus is lost: a patch goes through it in order, so that the fields before that element hold what it
brings by then, those after it what they held.

Law: what is seen halfway is forgotten once that was heard.
"""  # PF-12, FI-12

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.document import Document, is_locked
from liveview_testing.browser.dom.forms import controls, form_of, is_checked, option_value, selected_options
from liveview_testing.browser.dom.mark import Key, Mark
from liveview_testing.browser.dom.node import DomNode, at, container
from liveview_testing.browser.dom.patching.node_matching import followed, key_of, moved_with
from liveview_testing.browser.dom.patching.patched_element import (
    is_changed_select,
    is_single,
    visits,
)
from liveview_testing.browser.dom.stream_rows import is_row_root
from liveview_testing.browser.page.controls import CHECKABLE, is_steady, kind_of
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.page import Page

Fate: TypeAlias = 'Literal["stays", "moves", "changes", "goes"]'
"""What becomes of the focus in a patch: what has it is not touched; is taken out and put in again; is a select that is patched all
the same; is gone."""


def focus_fate(
    document: Document, view: str, after: Page, *, whole: bool, taken_out: frozenset[str] = frozenset()
) -> Fate:
    """What becomes of the focus as `view` shows the page `after`. `taken_out`: rows that are put in again, by their ids."""
    # PF-12, FI-12, PA-23
    key = document.focus
    # in a view inside: what becomes of its container
    while key is not None and key[0] != view and key[0] in document.views:
        above = container(document, key[0])
        key = None if above is None else above.key
    if key is None or key[0] != view:
        return "stays"
    page, is_held = document.open_page(key), False
    while page is None:  # it is held back, and goes where what holds it back goes
        held = document.held.get(key[1])
        if held is None or held.owner is None:
            return "stays"
        key, is_held = held.owner, True
        page = document.open_page(key)
    node = page.node_at(key[2])
    fate = _fate(document, key, node, after, whole=whole)
    if fate in ("stays", "changes") and node is not None and taken_out:
        row = next((each for each in (node, *node.ancestors()) if is_row_root(each)), None)
        if row is not None and row.id in taken_out and not is_locked(document, view, row):
            return "moves"
    return "stays" if is_held and fate == "changes" else fate


def may_be_lost(document: Document, view: str) -> bool:
    """Whether a patch of `view`, which is in the document by now, can have hidden or disabled what has the focus."""
    key = document.focus
    while key is not None and key[0] != view and key[0] in document.views:
        above = container(document, key[0])
        key = None if above is None else above.key
    page = None if key is None or key[0] != view else document.open_page(key)
    node = None if key is None or page is None else page.node_at(key[2])
    return node is not None and not is_steady(node)


def lost_with(document: Document, view: str, after: Page) -> Node | None:
    """The element at which a patch of `view` takes the focus away: it has come to all that is around it and before it by then."""
    key = document.focus
    node = None if key is None or key[0] != view or key[1] else document.page(view).node_at(key[2])
    if node is None:
        return None
    there = followed(node, after)
    if there is not None:
        return moved_with(node, there) or node
    return next((each for each in reversed([node, *node.ancestors()]) if followed(each, after) is None), node)


def fate_at_unlock(document: Document, key: Key, ref: int) -> Fate:
    """The same as what was held back from an element is applied, because everything up to `ref` was answered."""  # LK-20
    owner, part, focus = at(document, key), document.mark(key).held, document.focus
    if owner is None or not part or focus is None or (focus != key and focus[1] != part):
        return "stays"
    held = document.held[part].node
    node = held if focus == key else held.page.node_at(focus[2])
    fate = _fate(document, focus, node, owner.node.page, whole=True, ref=ref, top=held)
    return "stays" if fate == "changes" and focus != key and has_twin(document.mark(focus)) else fate


def has_twin(mark: Mark) -> bool:
    """Whether it was held back in a part that is held back, too: it is released by itself, after what is around it."""  # LK-21
    return mark.again is not None and mark.again.cloned


def outlasts(mark: Mark, ref: int) -> bool:
    """Whether an element is still locked once everything up to `ref` was answered."""
    return mark.lock is not None and mark.lock > ref


def _fate(
    document: Document,
    key: Key,
    node: Node | None,
    after: PageOfNodes,
    *,
    whole: bool,
    ref: int = -1,
    top: Node | None = None,
) -> Fate:
    """What becomes of the element with the focus. `ref`: what is locked up to it is patched; `top`: it alone, with all inside."""
    if node is None:
        return "stays"
    above = [node, *node.ancestors()]
    marks = [document.mark((key[0], key[1], each.path)) for each in above]
    if ref >= 0 and any(has_twin(mark) for mark in marks[1:]):
        return "stays"
    locked = [at for at, mark in enumerate(marks) if at and outlasts(mark, ref)]
    there = None if locked else followed(node, after)
    if there is None:  # what is held back stays (LK-10), if what is around it does
        outer = above[locked[-1]] if locked else None
        kept = None if outer is None else followed(outer, after)
        if outer is not None and kept is not None and moved_with(outer, kept, top) is not None:
            return "moves"
        gone = [each for each in above[locked[-1] if locked else 0 :] if followed(each, after) is None]
        return "goes" if gone and gone[-1].get("phx-remove") is None else "stays"
    if moved_with(node, there, top) is not None:
        return "moves"
    mark = document.mark(key)
    if visits(node, there, whole=whole) and is_single(node) and there.get("phx-patch-focused") is None:
        return "changes" if is_changed_select(mark, node, there, released=ref >= 0) else "stays"
    return "stays"


# --- the middle of a patch ---------------------------------------------------------------------------------------------


@frozen
class Halfway:
    """A document in the middle of a patch, with the marks that fields had before."""

    document: Document
    had: tuple[tuple[Key, Mark], ...] = ()

    def undone(self, document: Document) -> Document:
        """The document as it has become since, with what the fields held before."""
        if document.midway is not None:
            document = evolve(document, midway=None)
        for key, had in self.had:
            mark = document.mark(key)
            document = document.marked(
                key,
                evolve(
                    mark,
                    value=had.value,
                    checked=had.checked,
                    selected=had.selected,
                    bad_input=had.bad_input,
                    shown=had.shown,
                ),
            )
        return document


def halfway(document: Document, after: Document, view: str, at: Node) -> Halfway:
    """The document `document` of which a patch will make `after`, once it has come to the element `at` in the page of `view`."""
    field = None if document.focus is None else at.page.node_at(document.focus[2])
    form = None if field is None else form_of(DomNode(document, view, 0, field))
    if form is None or form.view != view or form.part:
        return Halfway(document)
    if key_of(at) is not None and followed(at, after.page(view)) is None and form.node not in [*at.iter(), at]:
        known = _with_what_came(after, form, at)
        if known is not None:
            return Halfway(evolve(document, midway=(form.key, *known)))
    had: list[tuple[Key, Mark]] = []
    there = document
    for control in controls(form):
        if control.node == at or at in control.node.ancestors():
            break
        new = None if control.view != view or control.part else followed(control.node, after.page(view))
        now = None if new is None else DomNode(after, view, 0, new)
        if now is None or now.tag != control.tag:
            continue
        mark = document.mark(control.key)
        held = _held(now)
        if held != _held(control):
            value, checked, selected = held
            had.append((control.key, mark))
            mark = evolve(mark, bad_input=False, value=value, checked=checked, selected=selected)
            there = there.marked(control.key, mark)
    return Halfway(there, tuple(had))


def _with_what_came(
    after: Document, form: DomNode, at: Node
) -> tuple[Sequence[DomNode], Sequence[DomNode], Sequence[DomNode]] | None:
    """The controls of a form as what goes from it is taken out, by its key: at the end, when all of the patch is in. Those of the
    page after, those that go between them, and again those of the page after. None: the form goes, too.
    """  # PA-9
    there = followed(form.node, after.page(form.view))
    if there is None:
        return None
    now = controls(DomNode(after, form.view, 0, there))
    old = controls(form)
    inside = [each for each in old if each.node == at or at in each.node.ancestors()]
    place = 0
    for each in old[: old.index(inside[0])] if inside else ():
        kept = followed(each.node, after.page(form.view)) if each.view == form.view and not each.part else None
        place = max(place, *(number + 1 for number, other in enumerate(now) if other.node == kept), 0)
    return now[:place], inside, now[place:]


def _held(control: DomNode) -> tuple[str | None, bool | None, tuple[str, ...] | None]:
    """What a control holds, as its mark would say it: a text, whether it is checked, which options are selected."""
    if control.tag == "select":
        return None, None, tuple(option_value(each) for each in selected_options(control))
    if kind_of(control) in CHECKABLE:
        return None, is_checked(control), None
    return (None if control.tag == "button" else control.value), None, None
