"""Pushes under way: which elements wait for an answer, how that shows, and what its arrival undoes.

Owns refs. A push that elements took part in marks them with its number; while it is not answered they are locked (patches are kept
back from them) and look busy (loading classes, `phx-disable-with`, read-only fields). The answer undoes all marks up to its number.

Law: acks are cumulative, an element knows only its newest refs, and an error or silence undoes nothing.
"""  # LK-18, LK-2

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Then
from liveview_testing.browser.dom.mark import Key, classes
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.dom.patching.patched_element import LOADING, put_back
from liveview_testing.browser.dom.querying import in_order, is_behind
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Reaction

SRC, LOADING_REF, LOCK_REF = "data-phx-ref-src", "data-phx-ref-loading", "data-phx-ref-lock"
DISABLED, READONLY, RESTORE = "data-phx-disabled", "data-phx-readonly", "data-phx-disable-with-restore"

SIGNS = (SRC, LOADING_REF, LOCK_REF, DISABLED, READONLY, RESTORE)
"""What says that an element waits for an answer."""

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
    kind: str | None,
    event: str | None,
    *,
    submitter: DomNode | None = None,
    form: DomNode | None = None,
) -> int:
    """Mark the elements of a push of `view` with its next ref, which is returned."""  # LK-2 … LK-7
    state = reaction.view(view)
    ref = state.refs
    reaction.set_view(view, refs=ref + 1)
    shown = reaction.document.views
    seen = view if view in shown else reaction.browser.network.outgoing or ""  # it is joined out of sight
    dom_id = shown[seen].dom_id if seen in shown else view
    for each in elements:
        key = each.node.key
        written: dict[str, str | None] = {SRC: dom_id}
        changes: dict[str, Any] = {"view": view}
        if each.loading:
            written[LOADING_REF], changes["loading"] = str(ref), ref
        if each.lock:
            written[LOCK_REF], changes["lock"] = str(ref), ref
        reaction.write_all(key, written, **changes)
        # LK-24: with a submitter only it and the form look busy.
        chosen = submitter is None or each.node == submitter or each.node == form
        if not each.loading or not chosen:
            continue
        reaction.add_class(key, f"phx-{'null' if kind is None else kind}-loading")
        _disable_with(reaction, each.node)
        detail = {"event": event, "ref": ref, "isLoading": each.loading, "isLocked": each.lock, "eventType": kind}
        target = reaction.node(key)
        reaction.emit("phx:push", detail, target)
        if event:
            reaction.emit(f"phx:push:{event}", detail, target)
    return ref


def _disable_with(reaction: Reaction, node: DomNode) -> None:
    """The element says what is going on, and cannot be used meanwhile."""  # LK-7
    key = node.key
    text = reaction.read(key, "phx-disable-with")
    if text is None:
        return
    now = at(reaction.document, key)
    assert now is not None
    if not reaction.read(key, RESTORE):
        reaction.write(key, RESTORE, now.content)
    if text:
        reaction.write_text(key, text)
    before = str(reaction.read(key, "disabled") is not None).lower() if node.tag in HAS_DISABLED else ""
    reaction.write(key, DISABLED, reaction.read(key, DISABLED) or before)
    reaction.write(key, "disabled", "")


def disable_form(reaction: Reaction, form: DomNode, controls: Iterable[DomNode]) -> list[Taking]:
    """The elements of a submit, made unusable until its answer: those of the form, then the form itself."""  # LK-22, LK-23
    listed = [each for each in controls if kind_of(each.source) != "image"]  # which `form.elements` leaves out
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
    """An `ok` for ref `ref`: everything that this view marked up to it is undone, in document order."""  # LK-18
    if reaction.view(view).state != "joined":
        return  # it waited for a transition, and the connection was lost meanwhile
    reaction.set_view(view, acked=ref)
    for number in _marked(reaction, view):
        undo(reaction, view, number, ref, event)


def undo_refs(reaction: Reaction, view: str, ref: int, event: str | None, within: DomNode | None = None) -> None:
    """What waits for `ref` waits no more, though no answer says so: `within` one element, that one last, if it is given."""
    if view not in reaction.document.views or reaction.view(view).state != "joined":
        return
    numbers = _marked(reaction, view)
    if within is not None:
        around = reaction.number(within)
        inside = {each.mark.number for each in reaction.again(within).iter()}
        numbers = [each for each in numbers if each in inside and each != around] + [
            each for each in numbers if each == around
        ]
    for number in numbers:
        undo(reaction, view, number, ref, event)


def when_unlocked(reaction: Reaction, node: DomNode, then: Then) -> None:
    """Do something once neither an element nor any around it is locked: now, if none is."""
    locked = next((each for each in (node, *node.ancestors()) if each.get(LOCK_REF) is not None), None)
    if locked is None:
        then(reaction)
    else:
        reaction.set_mark(locked.key, unlocked=(*reaction.mark(locked.key).unlocked, then))


def _marked(reaction: Reaction, view: str) -> list[int]:
    """The numbers of the elements that a view has marked, in document order; what waits in a hidden clone is not found."""
    found = [reaction.node(key) for key, mark in reaction.document.marks.items() if mark.view == view]
    there = [node for node in found if node is not None and not is_behind(node)]
    return [reaction.number(node) for node in in_order(there)]


def undo(reaction: Reaction, view: str, number: int, ref: int, event: str | None, *, inside: bool = False) -> None:
    """What the answer to `ref` means to one element; `inside` one that was just released."""  # LK-20
    mark = reaction.mark(number)
    again = mark.again if inside else None
    if inside:
        reaction.set_mark(number, again=None)
    if mark.view != view and again is None:
        return
    loading, lock = mark.loading, mark.lock
    if again is not None:  # what it waits for goes over what its twin in the clone waits for
        own = mark.view == view
        loading = loading if own and loading is not None else again.loading
        lock = lock if own and lock is not None else again.lock
    if loading is not None and loading > ref and lock is not None and lock > ref:
        reaction.set_mark(number, refs=(*mark.refs, ref))  # told once the newer one is answered
        return
    if lock is not None and lock <= ref:
        held = reaction.document.held[mark.held] if mark.held else None
        if held is not None and held.lost and _differs(reaction, number):
            _keep(reaction, view, number, ref, event)
        elif (held is not None and not held.put_back) or mark.clone is not None:
            _release(reaction, view, number, ref, event)
        elif mark.stale is not None:
            key = reaction.key(number)
            assert key is not None
            _put_back(reaction, key)
            reaction.emit("phx:update")
        elif again is not None and again.cloned:  # LK-29
            reaction.emit("phx:update")
        reaction.write_all(number, {LOCK_REF: None}, lock=None)
        reaction.emit(f"phx:undo-lock:{lock}", {"ref": ref, "event": event}, reaction.node(number))
        waiting = reaction.mark(number).unlocked
        if waiting:
            reaction.set_mark(number, unlocked=())
            for then in waiting:
                then(reaction)
    _undo_loading(reaction, number, ref, event, loading, lock)
    _undo_older(reaction, number, ref, event, loading, lock)
    if (loading is None or loading <= ref) and (lock is None or lock <= ref):
        reaction.write_all(number, {SRC: None}, view=None, loading=None, lock=None)


def _put_back(reaction: Reaction, key: Key) -> None:
    """A field that was patched in place, because it has the focus, is what it was before its push."""  # LK-14
    before = at(reaction.document, key)
    reaction.document = put_back(reaction.document, key)
    after = at(reaction.document, key)
    if before is None or after is None:
        return
    if _lasting(before) != _lasting(after):  # a diff that comes with the answer may bring it at once
        reaction.soon(PutBack(reaction.number(after), _lasting(before)))


def _lasting(node: DomNode) -> dict[str, object]:
    """The attributes of an element, but for those that say that it waits."""
    found: dict[str, object] = {name: value for name, value in node.attributes.items() if name not in SIGNS}
    found["class"] = set(classes(node.get("class"))) - set(LOADING)
    return found


@frozen
class PutBack:
    """What the answer has put back is noted, if it is there still once all of the answer was applied."""

    number: int
    had: Mapping[str, object]

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        after = reaction.node(self.number)
        if after is None or (now := _lasting(after)) == self.had:
            return
        lost = [name for name in {**now, **self.had} if now.get(name) != self.had.get(name)]
        reaction.note(
            "LK-14",
            f"{', '.join(sorted(lost))} of {after!r} is what it was before: it had the focus while its push was answered, and"
            " the answer puts back what was there then, until the next patch comes to it",
            "put the field into a form with phx-change, or the binding around it",
        )


def _differs(reaction: Reaction, number: int) -> bool:
    """Whether what is held back from an element is not what it shows."""
    node = reaction.node(number)
    return node is not None and node.source.inner_html() != node.node.inner_html()


def _keep(reaction: Reaction, view: str, number: int, ref: int, event: str | None) -> None:
    """What was held back from an element is lost: it shows what it showed, until the next patch comes to it."""  # LK-21
    document, part = reaction.document, reaction.mark(number).held
    held = document.held.set(part, evolve(document.held[part], lost=False, put_back=True))
    reaction.document = evolve(document, held=held)
    reaction.emit("phx:update")
    _undo_inside(reaction, view, number, ref, event)
    around = reaction.node(number)
    if around is not None:
        reaction.note(
            "LK-21",
            f"{around!r} shows what it was before it was acted on: what came meanwhile came while what is around it waited as well,"
            " and is lost until the next patch comes to it",
            "a handler that changes something the element shows; or one binding, not two, one inside the other",
        )


def _release(reaction: Reaction, view: str, number: int, ref: int, event: str | None) -> None:
    """What was held back from an element is applied, then what is inside is undone, for what the hidden clone has of it."""
    # LK-21
    reaction.client.unlocked(reaction, view, number, ref)
    _undo_inside(reaction, view, number, ref, event)


def _undo_inside(reaction: Reaction, view: str, number: int, ref: int, event: str | None) -> None:
    around = reaction.node(number)
    found = [
        node
        for key, mark in reaction.document.marks.items()
        if (mark.view == view or mark.again is not None) and (node := reaction.node(key)) is not None
    ]
    within = [node for node in found if any(each == around for each in node.ancestors())]
    numbers = [reaction.number(node) for node in in_order(within)]
    for inside in numbers:
        key = reaction.key(inside)  # what is in another part is as it was: that part is released by itself
        there = key is not None and around is not None and key[1] == (around.mark.held or around.part)
        undo(reaction, view, inside, ref, event, inside=there)


def _undo_older(
    reaction: Reaction, number: int, ref: int, event: str | None, loading: int | None, lock: int | None
) -> None:
    """Answers that came while a newer ref was there are told of with the newer one's."""  # LK-20
    older = reaction.mark(number).refs
    for each in older:
        detail = {"ref": each, "event": event}
        if loading and loading > each:
            reaction.emit(f"phx:undo-loading:{each}", detail, reaction.node(number))
        if lock and lock > each:
            reaction.emit(f"phx:undo-lock:{each}", detail, reaction.node(number))
    if older:
        reaction.set_mark(number, refs=tuple(each for each in older if each > ref))


def _undo_loading(
    reaction: Reaction, key: int, ref: int, event: str | None, loading: int | None, lock: int | None
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
        reaction.write_all(key, {LOADING_REF: None}, loading=None)
        _restore(reaction, key, node)
        reaction.emit(f"phx:undo-loading:{loading}", {"ref": ref, "event": event}, reaction.node(key))
    names = [name for name in LOADING if name != "phx-submit-loading" or open]
    reaction.remove_class(key, *names, drop=True)


def _restore(reaction: Reaction, key: int, node: DomNode) -> None:
    """The element can be used again, and says what it said before."""
    readonly, disabled, text = (node.get(name) for name in (READONLY, DISABLED, RESTORE))
    if readonly is not None and node.tag in ("input", "textarea"):
        reaction.write(key, "readonly", "" if readonly == "true" else None)
        reaction.write(key, READONLY, None)
    if disabled is not None and node.tag in HAS_DISABLED:
        reaction.write(key, "disabled", "" if disabled == "true" else None)
        reaction.write(key, DISABLED, None)
    if text is not None:
        same = reaction.mark(key).held == 0 and text == node.source.content
        same = same and all(isinstance(each, str) for each in node.source.children)
        reaction.set_mark(key, text=None if same else text)
        reaction.write(key, RESTORE, None)


def forget_refs(reaction: Reaction, view: str, outgoing: str | None = None) -> None:
    """The view has joined again: nobody waits any more. What shows is corrected by the patch that follows.

    `outgoing`: the view in whose place it has joined: on the document both have the same id.
    """  # LK-28
    for number in (*_marked(reaction, view), *(() if outgoing is None else _marked(reaction, outgoing))):
        for name in (SRC, LOADING_REF, LOCK_REF):
            reaction.write(number, name, None)
        reaction.put_mark(number, evolve(reaction.mark(number), view=None, loading=None, lock=None))
