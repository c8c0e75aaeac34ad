"""Pushes of bindings: who they are for, what they carry, which elements wait for them.

Owns the way from "this binding's event is pushed" to the frame, as the official client builds it: targets, payloads, refs.
Nothing is sent by a view that is not connected: it is dropped, and noted.

Law: what is sent follows from the DOM as it is when the push is made.
"""  # CE-59 … CE-62, CE-56 … CE-58, js-client.md 6, CE-63

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.connection.pushing.element_refs import (
    Taking,
    disable_form,
    take_ref,
    undo_refs,
    when_unlocked,
)
from liveview_testing.browser.connection.pushing.pushes import (
    Json,
    Push,
    cid_of,
    dom_values,
    note_lost_cid,
    phx_values,
    value_property,
)
from liveview_testing.browser.connection.pushing.targeting import connected, is_cid, main, nearest_cid, owner, targets
from liveview_testing.browser.dom.forms import controls, form_of, serialize
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find, near
from liveview_testing.browser.events.focus import blur, focus
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import files
from liveview_testing.browser.uploads.preflight import upload_files
from liveview_testing.browser.uploads.scheduled import cancel_submit, run_submit, schedule

# --- sending ----------------------------------------------------------------------------------------------------------


def push(reaction: Reaction, view: str, wanted: Push) -> None:
    """Push an event to every view that it is for."""  # CE-59
    asked = wanted.dispatcher if wanted.kind == "change" and wanted.dispatcher is not None else wanted.source
    target = wanted.target or asked.get("phx-target")
    for there, found in list(targets(reaction, view, target, asked)):
        if not connected(reaction, there):
            _dropped(reaction, wanted)
            continue
        if wanted.kind == "change":
            _push_input(reaction, there, wanted, found)
        elif wanted.kind == "submit":
            submit_form(reaction, there, wanted, found)
        else:
            _push_event(reaction, there, wanted, found)


def _dropped(reaction: Reaction, wanted: Push) -> None:
    reaction.note(
        "CE-63",
        f"{wanted.event!r} of {wanted.source!r} was not sent: its view is not connected, and the client queues nothing",
        "wait until the page is connected again, or tell the user that it is not",
    )


def _send(
    reaction: Reaction,
    view: str,
    wanted: Push,
    ref: int | None,
    payload: Json,
    cid: int | None,
    first: DomNode | None = None,
) -> None:
    """Send it. `first` is the first element of its ref, of which page loading is told: the source, if it is not given."""  # CE-64
    if cid is not None:
        payload["cid"] = cid
    loading = None
    if wanted.page_loading:
        target = wanted.source if first is None else first
        loading = {"kind": "element", "target": target.id or target.tag}
        reaction.emit("phx:page-loading-start", loading)
    reaction.push(view, "event", payload, Awaited(ref, wanted.event, wanted.then, wanted.failed, loading))


def _push_event(reaction: Reaction, view: str, wanted: Push, target: DomNode | int) -> None:
    source = reaction.again(wanted.source)
    value = {**wanted.data, **dom_values(source)}
    if source.tag == "input" and value_property(source) is None:
        value.pop("value", None)
    value.update(wanted.value)
    # CE-56: it is extended in place, so the next push of the same list brings it as well
    if isinstance(wanted.data, dict):
        data: Json = wanted.data
        data.clear()
        data.update(value)
    cid = cid_of(wanted, source, target)
    taking = [Taking(source), *_also_loading(reaction, wanted)]
    ref = take_ref(reaction, view, taking, wanted.kind, wanted.event)
    _send(reaction, view, wanted, ref, {"type": wanted.kind, "event": wanted.event, "value": value}, cid)


def _also_loading(reaction: Reaction, wanted: Push) -> list[Taking]:
    """The elements that `loading:` names look busy too."""  # LK-4
    if not wanted.loading:
        return []
    found = find(root(reaction.document), wanted.loading)
    if not found:
        others = near(reaction.document, wanted.loading)
        cure = f"nearest: {', '.join(others)}" if others else "a selector of an element that is there"
        text = f"loading={wanted.loading!r} of {wanted.source!r} shows nothing: no element of the page matches"
        reaction.note("LK-4", text, cure, once=True)
    return [Taking(each) for each in found]


def _push_input(reaction: Reaction, view: str, wanted: Push, target: DomNode | int) -> None:
    field_ = reaction.again(wanted.source)
    form = form_of(field_)
    if form is None:
        reaction.note("CE-40", "nothing was sent: a change needs a form around its control", "put it into a <form>")
        return
    cid = cid_of(wanted, form, target)
    note_lost_cid(reaction, wanted, form, target, cid)
    own = bool(field_.get("phx-change"))
    button = field_ if field_.tag == "button" else None
    text = serialize(form, button, (field_.get("name") or "") if own else None, wanted.extra)
    named = wanted.field_target if wanted.field_target is not None else field_.get("name")
    if field_.tag in WRITABLE and not field_.get("name"):
        _nameless(reaction, field_)
    meta = {"_target": named or "undefined", **phx_values(form), **wanted.value}
    if files.is_upload(field_) and field_.mark.files:
        files.track(reaction, field_, field_.mark.files)
    uploads = files.serialize(reaction, reaction.again(field_))
    payload: Json = {"type": "form", "event": wanted.event, "value": text, "meta": meta, "uploads": uploads}
    ref = take_ref(
        reaction, view, [Taking(field_), Taking(form), *_also_loading(reaction, wanted)], "change", wanted.event
    )
    if files.is_upload(field_) and files.is_auto(field_):
        chosen = Chosen(view, reaction.number(field_), wanted.event, cid, upload_cid(form, target), wanted.then)
        wanted = evolve(wanted, then=chosen)
    _send(reaction, view, wanted, ref, payload, cid)


WRITABLE = frozenset(("input", "select", "textarea"))


def _nameless(reaction: Reaction, control: DomNode) -> None:
    """What somebody has put into a control without a name is in no frame: the client says nothing."""
    label = control.get("aria-label") or control.get("placeholder")
    called = f"{control!r}" if label is None else f"{control!r} ({label})"
    text = f"what was put into {called} is not sent: a form sends only what has a name"
    reaction.note("PF-8", text, 'name="…"', once=True)


def upload_cid(form: DomNode, target: DomNode | int) -> int | None:
    """The component that the preflight of a form is for."""  # UPL-12
    named = form.get("phx-target")
    if isinstance(target, int):
        return target
    return None if named is None else int(named) if is_cid(named) else nearest_cid(target)


@frozen
class Chosen:
    """The server knows what was chosen at an input that sends by itself: its files are asked for once nothing locks it."""

    # UPL-10

    view: str
    field: int
    event: str | None
    cid: int | None
    upload_cid: int | None
    then: Then | None

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        node = reaction.node(self.field)
        if node is not None:
            when_unlocked(reaction, node, SendChosen(self))


@frozen
class SendChosen:
    """The files of an input that sends by itself are asked for."""

    chosen: Chosen

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        mine = self.chosen
        node = reaction.node(mine.field)
        form = None if node is None else form_of(node)
        if node is None or form is None or not files.awaiting(reaction.browser.uploads, node):
            return
        ref = take_ref(reaction, mine.view, [Taking(node), Taking(form)], "change", mine.event)
        undo_refs(reaction, mine.view, ref, mine.event, within=form)
        then = ChosenSent(mine, reaction.number(reaction.again(form)), ref)
        upload_files(reaction, reaction.again(form), mine.view, mine.event, ref, mine.upload_cid, then)


@frozen
class ChosenSent:
    """All files of the form are there: a submit that waited for them begins again."""  # UPL-21

    chosen: Chosen
    form: int
    ref: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        mine = self.chosen
        if mine.then is not None:
            mine.then(reaction)
        form = reaction.node(self.form)
        if form is not None:
            run_submit(reaction, form, mine.event)
        undo_refs(reaction, mine.view, self.ref, mine.event)


@frozen
class FocusAgain:
    """The field that had the focus before the last submit gets it back."""  # FI-20

    then: Then | None = None

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        before = reaction.browser.active_before
        node = None if before is None else reaction.node(before)
        if node is not None:
            focus(reaction, node)
        if self.then is not None:
            self.then(reaction, answer)


def submit_form(reaction: Reaction, view: str, wanted: Push, target: DomNode | int) -> None:
    """Every field counts as used, the field in use is left, the form is sent, and the focus comes back with the answer."""
    # FI-20
    form = reaction.again(wanted.source)
    for each in (form, *controls(form)):
        reaction.set_mark(each.key, submitted=True)
        if each.tag in WRITABLE and each.mark.dirty and not each.get("name"):
            _nameless(reaction, each)
    key = reaction.document.focus
    had = None if key is None else reaction.node(key)
    reaction.keep(active_before=None if had is None else reaction.number(had))
    blur(reaction)
    wanted = evolve(wanted, then=FocusAgain(wanted.then))
    push_submit(reaction, view, wanted, target)


def push_submit(reaction: Reaction, view: str, wanted: Push, target: DomNode | int) -> None:
    """The form's event, once the form may be submitted."""  # LK-22 … LK-25
    form = reaction.again(wanted.source)
    reaction.set_mark(
        form.key, submitter=None if wanted.submitter is None else reaction.number(reaction.again(wanted.submitter))
    )
    form = reaction.again(form)
    if files.inputs(form) and _waits_for_files(reaction, view, wanted, target, form):
        return
    classes = (form.get("class") or "").split()
    if form.get("data-phx-ref-src") is not None and "phx-submit-loading" in classes:
        reaction.note(
            "LK-25",
            f"the submit of {form!r} sent nothing: its last submit has not been answered",
            "wait for the answer; that is the client's protection against double submits",
        )
        return
    cid = cid_of(wanted, form, target, of_push=False)
    note_lost_cid(reaction, wanted, form, target, cid)
    payload = _submitted(wanted, form)
    ref, first = _disable(reaction, view, wanted, form)
    _send(reaction, view, wanted, ref, payload, cid, first)


def _submitted(wanted: Push, form: DomNode) -> Json:
    """What a submit carries."""
    return {
        "type": "form",
        "event": wanted.event,
        "value": serialize(form, wanted.submitter, None, wanted.extra),
        "meta": {**phx_values(form), **wanted.value},
    }


def _disable(reaction: Reaction, view: str, wanted: Push, form: DomNode) -> tuple[int, DomNode]:
    """The form cannot be used until its submit is answered: the ref that says so, and the first of its elements."""
    taking = disable_form(reaction, form, [each for each in controls(form) if not _is_ignored(each, form)])
    ref = take_ref(
        reaction,
        view,
        [*taking, *_also_loading(reaction, wanted)],
        "submit",
        wanted.event,
        submitter=wanted.submitter,
        form=form,
    )
    return ref, taking[0].node


def _waits_for_files(reaction: Reaction, view: str, wanted: Push, target: DomNode | int, form: DomNode) -> bool:
    """Whether a submit is not sent now, because of the form's files: never, later, or once they are sent."""  # UPL-20
    if files.has_errors(form):
        reaction.note(
            "UPL-20",
            f"the submit of {form!r} sent nothing: its upload has errors",
            "show upload_errors(...), and let the user cancel the entry",
        )
        cancel_submit(reaction, form, wanted.event)
        return True
    scheduled, waiting = files.in_progress(form), files.waiting_inputs(reaction, form)
    if not scheduled and not waiting:
        return False
    ref, _ = _disable(reaction, view, wanted, form)
    again = _waiting_submit(reaction, view, wanted, target, form, ref)
    if scheduled:
        schedule(reaction, reaction.again(form), view, ref, again)
    else:
        cid = upload_cid(form, target)
        upload_files(reaction, reaction.again(form), view, wanted.event, ref, cid, SubmitSent(again))
    return True


def _waiting_submit(
    reaction: Reaction, view: str, wanted: Push, target: DomNode | int, form: DomNode, ref: int
) -> WaitingSubmit:
    return WaitingSubmit(
        view,
        reaction.number(form),
        wanted.event,
        wanted.value,
        wanted.target,
        None if wanted.submitter is None else reaction.number(reaction.again(wanted.submitter)),
        target if isinstance(target, int) else None,
        None if isinstance(target, int) else reaction.number(reaction.again(target)),
        tuple(wanted.extra),
        wanted.then,
        ref,
    )


@frozen
class WaitingSubmit:
    """A submit that waits for files: all that is needed to begin it again, wherever its elements are then."""

    view: str
    form: int
    event: str | None
    value: Mapping[str, Any]
    asked: Any
    submitter: int | None
    cid: int | None
    target: int | None
    extra: tuple[tuple[str, str], ...]
    then: Then | None
    ref: int

    def push(self, reaction: Reaction) -> tuple[Push, DomNode | int] | None:
        """The push as it would be made now; None if its form is gone."""
        form = reaction.node(self.form)
        target = self.cid if self.target is None else reaction.node(self.target)
        if form is None or target is None:
            return None
        submitter = None if self.submitter is None else reaction.node(self.submitter)
        wanted = Push("submit", self.event, form, self.value, self.asked, submitter=submitter, extra=self.extra)
        return evolve(wanted, then=self.then), target

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        found = self.push(reaction)
        if found is not None:
            push_submit(reaction, self.view, *found)


@frozen
class SubmitSent:
    """The files of a form are there: its event is pushed, for the elements that wait since it was submitted."""

    submit: WaitingSubmit

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        mine = self.submit
        found = mine.push(reaction)
        if found is None:
            return
        wanted, target = found
        form = wanted.source
        if files.waiting_inputs(reaction, form):
            undo_refs(reaction, mine.view, mine.ref, mine.event)
            return
        cid = cid_of(wanted, form, target, of_push=False)
        _send(reaction, mine.view, wanted, mine.ref, _submitted(wanted, form), cid)


def disable(reaction: Reaction, view: str, form: DomNode, event: str) -> None:
    """A form is made unusable as by a submit, though nothing is pushed."""  # CE-45
    taking = disable_form(reaction, form, [each for each in controls(form) if not _is_ignored(each, form)])
    take_ref(reaction, view, taking, "submit", event, form=form)


def _is_ignored(control: DomNode, form: DomNode) -> bool:
    """Whether a control is in a part of the form that patches leave alone."""  # LK-22
    for each in (control, *control.ancestors()):
        if each == form:
            return False
        if "ignore" in (each.get("phx-update"), each.get("data-phx-update")):
            return True
    return False


# --- what an element brings by itself ---------------------------------------------------------------------------------


__all__ = ["Json", "Push", "connected", "main", "owner", "push", "push_submit", "targets"]
