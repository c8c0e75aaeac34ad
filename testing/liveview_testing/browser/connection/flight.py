"""Pushes under way: which elements wait for an answer, how that shows, and what its arrival undoes.

Owns refs. A push that elements took part in marks them with its number; while it is not answered they are locked (patches are kept
back from them) and look busy (loading classes, `phx-disable-with`, read-only fields). The answer undoes all marks up to its number.

Law: acks are cumulative (LK-18), an element knows only its newest refs (LK-2), and an error or silence undoes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from liveview_testing.browser.browser import Then
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.dom.patching import LOADING, released
from liveview_testing.browser.forms.controls import kind_of
from liveview_testing.browser.reaction import Reaction

SRC, LOADING_REF, LOCK_REF = "data-phx-ref-src", "data-phx-ref-loading", "data-phx-ref-lock"
DISABLED, READONLY, RESTORE = "data-phx-disabled", "data-phx-readonly", "data-phx-disable-with-restore"

HAS_DISABLED = frozenset(("button", "fieldset", "input", "optgroup", "option", "select", "textarea"))


@frozen
class Taking:
    """An element that takes part in a push, and how."""

    node: DomNode
    loading: bool = True
    lock: bool = True


def take_ref(
    reaction: Reaction,
    view: str,
    elements: Sequence[Taking],
    kind: str,
    event: str | None,
    *,
    submitter: DomNode | None = None,
    form: DomNode | None = None,
) -> int:
    """Mark the elements of a push of `view` with its next ref, which is returned (LK-2 … LK-7)."""
    state = reaction.view(view)
    ref = state.refs
    reaction.set_view(view, refs=ref + 1)
    dom_id = reaction.document.views[view].dom_id
    for each in elements:
        key = each.node.key
        reaction.write(key, SRC, dom_id)
        if each.loading:
            reaction.write(key, LOADING_REF, str(ref))
        if each.lock:
            reaction.write(key, LOCK_REF, str(ref))
        changes = {"loading": ref} if each.loading else {}
        reaction.set_mark(key, view=view, **changes, **({"lock": ref} if each.lock else {}))
        # LK-24: with a submitter only it and the form look busy.
        chosen = submitter is None or each.node == submitter or each.node == form
        if not each.loading or not chosen:
            continue
        reaction.add_class(key, f"phx-{kind}-loading")
        _disable_with(reaction, each.node)
        detail = {"event": event, "ref": ref, "isLoading": each.loading, "isLocked": each.lock, "eventType": kind}
        target = reaction.node(key)
        reaction.emit("phx:push", detail, target)
        if event:
            reaction.emit(f"phx:push:{event}", detail, target)
    return ref


def _disable_with(reaction: Reaction, node: DomNode) -> None:
    """LK-7: the element says what is going on, and cannot be used meanwhile."""
    key = node.key
    text = reaction.read(key, "phx-disable-with")
    if text is None:
        return
    now = at(reaction.document, key)
    assert now is not None
    if not reaction.read(key, RESTORE):
        reaction.write(key, RESTORE, now.content)
    if text:
        reaction.set_mark(key, text=text)
    before = str(reaction.read(key, "disabled") is not None).lower() if node.tag in HAS_DISABLED else ""
    reaction.write(key, DISABLED, reaction.read(key, DISABLED) or before)
    reaction.write(key, "disabled", "")


def disable_form(reaction: Reaction, form: DomNode, controls: Iterable[DomNode]) -> list[Taking]:
    """The elements of a submit, made unusable until its answer (LK-22, LK-23): those of the form, then the form itself."""
    listed = list(controls)
    buttons = [each for each in listed if each.tag == "button"]
    fields = [each for each in listed if each.tag in ("input", "textarea")]
    for each in buttons:
        reaction.write(each.key, DISABLED, _flag(reaction, each, "disabled"))
        reaction.write(each.key, "disabled", "")
    for each in fields:
        reaction.write(each.key, READONLY, _flag(reaction, each, "readonly"))
        reaction.write(each.key, "readonly", "")
        if kind_of(each.source) == "file":
            reaction.write(each.key, DISABLED, _flag(reaction, each, "disabled"))
            reaction.write(each.key, "disabled", "")
    texts = [each for each in listed if reaction.read(each.key, "phx-disable-with") is not None]
    taking = [Taking(form, loading=True, lock=False), *(Taking(each) for each in (*texts, *buttons, *fields))]
    return list(reversed(taking))


def _flag(reaction: Reaction, node: DomNode, name: str) -> str:
    return str(reaction.read(node.key, name) is not None).lower()


# --- the answer -------------------------------------------------------------------------------------------------------


def acked(reaction: Reaction, view: str, ref: int, event: str | None) -> None:
    """An `ok` for ref `ref`: everything that this view marked up to it is undone, in document order (LK-18)."""
    reaction.set_view(view, acked=ref)
    for key in _marked(reaction, view):
        undo(reaction, key, ref, event)


def undo_refs(reaction: Reaction, view: str, ref: int, event: str | None, within: DomNode | None = None) -> None:
    """What waits for `ref` waits no more, though no answer says so: `within` one element, if it is given."""
    if view not in reaction.document.views or reaction.view(view).state != "joined":
        return
    keys = _marked(reaction, view)
    if within is not None:
        around = within.key
        inside = {each.key for each in reaction.again(within).iter()}
        keys = [*(key for key in keys if key in inside), *(key for key in keys if key == around)]
    for key in keys:
        undo(reaction, key, ref, event)


def when_unlocked(reaction: Reaction, node: DomNode, then: Then) -> None:
    """Do something once neither an element nor any around it is locked: now, if none is."""
    locked = next((each for each in (node, *node.ancestors()) if each.get(LOCK_REF) is not None), None)
    if locked is None:
        then(reaction)
    else:
        reaction.set_mark(locked.key, unlocked=(*reaction.mark(locked.key).unlocked, then))


def _marked(reaction: Reaction, view: str) -> list[Key]:
    """The elements that a view has marked, in the order in which they were: document order is asked for by the caller."""
    return [key for key, mark in reaction.document.marks.items() if mark.view == view]


def undo(reaction: Reaction, key: Key, ref: int, event: str | None) -> None:
    """LK-20: what the answer to `ref` means to one element."""
    mark = reaction.mark(key)
    if mark.view is None:
        return
    loading, lock = mark.loading, mark.lock
    if loading is not None and loading > ref and lock is not None and lock > ref:
        return
    if lock is not None and lock <= ref:
        patch = released(reaction.document, key)
        reaction.document = patch.document
        reaction.write(key, LOCK_REF, None)
        reaction.set_mark(key, lock=None)
        reaction.emit(f"phx:undo-lock:{lock}", {"ref": ref, "event": event}, reaction.node(key))
        waiting = reaction.mark(key).unlocked
        if waiting:
            reaction.set_mark(key, unlocked=())
            for then in waiting:
                then(reaction)
    _undo_loading(reaction, key, ref, event, loading, lock)
    if (loading is None or loading <= ref) and (lock is None or lock <= ref):
        reaction.write(key, SRC, None)
        reaction.set_mark(key, view=None, loading=None, lock=None)


def _undo_loading(
    reaction: Reaction, key: Key, ref: int, event: str | None, loading: int | None, lock: int | None
) -> None:
    node = reaction.node(key)
    if node is None:
        return
    open = lock is None or lock <= ref
    if loading is None or loading > ref:
        if open and "phx-submit-loading" in (node.get("class") or "").split():
            reaction.remove_class(key, "phx-change-loading")
        return
    if open:
        reaction.write(key, LOADING_REF, None)
        _restore(reaction, key, node)
        reaction.set_mark(key, loading=None)
        reaction.emit(f"phx:undo-loading:{loading}", {"ref": ref, "event": event}, reaction.node(key))
    names = [name for name in LOADING if name != "phx-submit-loading" or open]
    reaction.remove_class(key, *names, drop=True)


def _restore(reaction: Reaction, key: Key, node: DomNode) -> None:
    """The element can be used again, and says what it said before."""
    readonly, disabled, text = (node.get(name) for name in (READONLY, DISABLED, RESTORE))
    if readonly is not None and node.tag in ("input", "textarea"):
        reaction.write(key, "readonly", "" if readonly == "true" else None)
        reaction.write(key, READONLY, None)
    if disabled is not None and node.tag in HAS_DISABLED:
        reaction.write(key, "disabled", "" if disabled == "true" else None)
        reaction.write(key, DISABLED, None)
    if text is not None:
        reaction.set_mark(key, text=None if reaction.mark(key).held == 0 and text == node.source.content else text)
        reaction.write(key, RESTORE, None)


def forget_refs(reaction: Reaction, view: str) -> None:
    """The view has joined again: nobody waits any more (LK-28). What shows is corrected by the patch that follows."""
    for key in _marked(reaction, view):
        for name in (SRC, LOADING_REF, LOCK_REF):
            reaction.write(key, name, None)
        reaction.put_mark(key, evolve(reaction.mark(key), view=None, loading=None, lock=None))
