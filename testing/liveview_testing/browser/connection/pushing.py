"""Pushes of bindings: who they are for, what they carry, which elements wait for them.

Owns the way from "this binding's event is pushed" to the frame, as the official client builds it: targets, payloads, refs.
Nothing is sent by a view that is not connected: it is dropped, and noted.

Law: what is sent follows from the DOM as it is when the push is made.
"""  # CE-59 … CE-62, CE-56 … CE-58, js-client.md 6, CE-63

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from attrs import evolve, field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.connection.flight import Taking, disable_form, take_ref
from liveview_testing.browser.dom.document import FRAME
from liveview_testing.browser.dom.forms import controls, form_of, is_checked, kind_of, serialize, value_of
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.events.focus import blur, focus
from liveview_testing.browser.page.controls import CHECKABLE
from liveview_testing.browser.reaction import Reaction

Json: TypeAlias = "dict[str, Any]"

CID = re.compile(r"0|[1-9][0-9]*")

FORM_CONTROLS = frozenset(("input", "select", "textarea", "button"))


@frozen
class Push:
    """What a push was asked for: the kind of its event, its name, the element, and what the command says."""

    kind: str | None
    event: str | None
    source: DomNode
    value: Mapping[str, Any] = field(factory=dict[str, Any])
    target: Any = None
    loading: str | None = None
    page_loading: bool = False
    data: Mapping[str, Any] = field(factory=dict[str, Any])
    submitter: DomNode | None = None
    field_target: str | None = None
    """`_target`, where somebody else than the field says it."""
    dispatcher: DomNode | None = None
    """The element whose binding it is, if that is not the source (a form's change, pushed for its field)."""
    extra: Sequence[tuple[str, str]] = ()
    then: Then | None = None
    failed: Then | None = None


def owner(node: DomNode) -> str | None:
    """The view that an element belongs to: of a container, the view inside; outside of all, the main view."""  # MD-9
    views = node.document.views
    inside = node.document.inside(node.view, node.id or "") if node.id else None
    if inside is not None:
        return None if inside.dead else inside.id
    if node.view == FRAME:
        return main(node)
    shown = views.get(node.view)
    return None if shown is not None and shown.dead else node.view


def main(node: DomNode) -> str | None:
    """The main view of the page."""
    outer = node.document.within(FRAME)
    return next((shown.id for shown in outer if shown.main and not shown.dead), None)


def connected(reaction: Reaction, view: str | None) -> bool:
    """Whether a view's pushes are sent."""
    return view is not None and view in reaction.document.views and reaction.view(view).state == "joined"


# --- targets ----------------------------------------------------------------------------------------------------------


def is_cid(target: object) -> bool:
    """Whether a target is the number of a component."""
    return isinstance(target, int) or (isinstance(target, str) and CID.fullmatch(target) is not None)


def targets(reaction: Reaction, view: str, target: object, source: DomNode) -> Iterator[tuple[str, DomNode | int]]:
    """The views that a push goes to, each with the element or the component that is meant there."""  # CE-60
    if target is None or target == "":
        own = owner(source)
        if own is not None:
            yield own, source
    elif is_cid(target):
        cid = int(cast("int | str", target))
        if reaction.document.page(view).component(cid) is None:
            reaction.note("CE-60", f"nothing was sent: there is no component {cid} on the page", "phx-target={@myself}")
        else:
            yield view, cid
    else:
        found = find(root(reaction.document), str(target))
        if not found:
            reaction.note(
                "CE-60",
                f"nothing was sent: phx-target {str(target)!r} matches no element of the page",
                "a selector of an element that is there",
            )
        for each in found:
            own = owner(each)
            if own is not None:
                yield own, each


def cid_of(push: Push, asked: DomNode, target: DomNode | int, *, of_push: bool = True) -> int | None:
    """The component that a push is for: only where somebody asked for a target."""  # CE-61, CE-62
    if isinstance(target, int):
        return target
    named = (push.target if of_push else None) or asked.get("phx-target")
    if is_cid(named):
        return int(cast("int | str", named))
    return nearest_cid(target) if named is not None else None


def nearest_cid(node: DomNode) -> int | None:
    """The component nearest around an element."""
    return node.cid


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
    if isinstance(
        wanted.data, dict
    ):  # CE-56: it is extended in place, so the next push of the same list brings it as well
        data: Json = wanted.data
        data.clear()
        data.update(value)
    cid = cid_of(wanted, source, target)
    taking = [Taking(source), *_also_loading(reaction, wanted)]
    ref = take_ref(reaction, view, taking, wanted.kind, wanted.event)
    _send(reaction, view, wanted, ref, {"type": wanted.kind, "event": wanted.event, "value": value}, cid)


def _also_loading(reaction: Reaction, wanted: Push) -> list[Taking]:
    """The elements that `loading:` names look busy too."""  # LK-4
    return [Taking(each) for each in find(root(reaction.document), wanted.loading)] if wanted.loading else []


def _push_input(reaction: Reaction, view: str, wanted: Push, target: DomNode | int) -> None:
    field_ = reaction.again(wanted.source)
    form = form_of(field_)
    if form is None:
        reaction.note("CE-40", "nothing was sent: a change needs a form around its control", "put it into a <form>")
        return
    cid = cid_of(wanted, form, target)
    own = bool(field_.get("phx-change"))
    button = field_ if field_.tag == "button" else None
    text = serialize(form, button, (field_.get("name") or "") if own else None, wanted.extra)
    named = wanted.field_target if wanted.field_target is not None else field_.get("name")
    meta = {"_target": named or "undefined", **phx_values(form), **wanted.value}
    uploads = serialize_uploads(reaction, field_)
    payload: Json = {"type": "form", "event": wanted.event, "value": text, "meta": meta, "uploads": uploads}
    ref = take_ref(
        reaction, view, [Taking(field_), Taking(form), *_also_loading(reaction, wanted)], "change", wanted.event
    )
    _send(reaction, view, wanted, ref, payload, cid)


def serialize_uploads(reaction: Reaction, field_: DomNode) -> Json:
    """The active files of an upload input, as a change tells of them."""  # UPL-3
    return {}


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
    key = reaction.document.focus
    had = None if key is None else reaction.node(key)
    reaction.keep(active_before=None if had is None else reaction.number(had))
    blur(reaction)
    wanted = evolve(wanted, then=FocusAgain(wanted.then))
    push_submit(reaction, view, wanted, target)


def push_submit(reaction: Reaction, view: str, wanted: Push, target: DomNode | int) -> None:
    """The form's event, once the form may be submitted."""  # LK-22 … LK-25
    form = reaction.again(wanted.source)
    classes = (form.get("class") or "").split()
    if form.get("data-phx-ref-src") is not None and "phx-submit-loading" in classes:
        reaction.note(
            "LK-25",
            f"the submit of {form!r} sent nothing: its last submit has not been answered",
            "wait for the answer; that is the client's protection against double submits",
        )
        return
    reaction.set_mark(
        form.key, submitter=None if wanted.submitter is None else reaction.number(reaction.again(wanted.submitter))
    )
    form = reaction.again(form)
    cid = cid_of(wanted, form, target, of_push=False)
    text = serialize(form, wanted.submitter, None, wanted.extra)
    payload: Json = {
        "type": "form",
        "event": wanted.event,
        "value": text,
        "meta": {**phx_values(form), **wanted.value},
    }
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
    _send(reaction, view, wanted, ref, payload, cid, taking[0].node)


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


def phx_values(node: DomNode) -> Json:
    """The `phx-value-*` attributes of an element."""
    return {
        name.removeprefix("phx-value-"): value
        for name, value in node.attributes.items()
        if name.startswith("phx-value-")
    }


def dom_values(node: DomNode) -> Json:
    """What an element adds to its push: `phx-value-*`, then its `value` property."""  # CE-56, CE-57
    values = phx_values(node)
    value = value_property(node)
    if value is not None:
        values["value"] = value
    elif node.tag == "input":
        values.pop("value", None)
    return values


def value_property(node: DomNode) -> str | int | float | None:
    """`el.value`; None where there is none, and of a box that is not checked."""
    if node.tag in FORM_CONTROLS:
        if node.tag == "input" and kind_of(node) in CHECKABLE and not is_checked(node):
            return None
        return value_of(node)
    from liveview_testing.browser.forms.properties import value_property as of_page

    return of_page(node.source)


__all__ = ["Json", "Push", "connected", "main", "owner", "push", "push_submit", "targets"]
