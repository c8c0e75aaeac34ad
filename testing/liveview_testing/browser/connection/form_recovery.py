"""Forms that are filled in again after a view has joined again.

Owns which forms are remembered, which are recovered, what is sent for each, and when the join goes
on.

Law: a form is remembered as it was, with all that the client knew of it: a cursor on the document of then, never a copy.
"""  # FI-30, FI-31, FI-32, FI-33, FI-35 … FI-37

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.commands.running import Occasion, Stopped, commands_of, meant, perform
from liveview_testing.browser.connection.pushing.pushes import phx_values
from liveview_testing.browser.connection.pushing.targeting import CID, is_cid, nearest_cid
from liveview_testing.browser.dom.document import FRAME, Document, Shown
from liveview_testing.browser.dom.forms import controls, serialize
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import inside_view
from liveview_testing.browser.page.finding.select import find as find_in_page
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import files

FORMS = "form[phx-change]"


def collected(reaction: Reaction, view: str) -> dict[str, DomNode]:
    """The forms in the container of a root view, nested views included, that may be recovered."""  # FI-30
    found: dict[str, DomNode] = {}
    for form in _forms(reaction.document, view):
        if form.id and form.get("phx-auto-recover") != "ignore" and any(True for _ in controls(form)):
            found[form.id] = form
    return found


def _forms(document: Document, view: str) -> Iterator[DomNode]:
    """The forms with a change event in a view and those inside it."""
    if view not in document.views:
        return
    if document.held:  # LK-10: a form that is held back is the one that is seen
        yield from inside_view(document, view, FORMS)
        return
    for node in find_in_page(document.page(view), FORMS):
        yield DomNode(document, view, 0, node)
    for shown in document.within(view):
        if not shown.sticky:
            yield from _forms(document, shown.id)


def recover(reaction: Reaction, view: str, page: Page, then: Then) -> None:
    """The forms that a view shows again are sent as they were; `then` follows once the last of them is answered."""
    forms = _remembered(reaction, view)
    pairs: list[tuple[DomNode, DomNode]] = []
    if forms:
        there = Document(reaction.document.frame, Map({view: Shown(view, "", FRAME, page)}))
        busy = reaction.view(view).channel.recovering
        for node in find_in_page(page, "form"):
            old = forms.get(node.id or "")
            if old is not None and node.id not in busy and old.get("phx-change") == node.get("phx-change"):
                pairs.append((old, DomNode(there, view, 0, node)))
    if not pairs:
        then(reaction)
        return
    for number, (old, new) in enumerate(pairs):
        last = number == len(pairs) - 1
        busy = reaction.view(view).channel.recovering
        reaction.set_channel(view, recovering=busy | {str(new.id)})
        _push(reaction, view, old, new, Recovered(view, str(new.id), then if last else None))


def filled_in(reaction: Reaction, view: str, page: Page) -> frozenset[str]:
    """The ids of the forms of a view's next page that are filled in again."""  # FI-31
    forms = _remembered(reaction, view)
    found = [node for node in find_in_page(page, FORMS) if (node.id or "") in forms] if forms else []
    return frozenset(str(each.id) for each in found if forms[str(each.id)].get("phx-change") == each.get("phx-change"))


def _remembered(reaction: Reaction, view: str) -> Mapping[str, DomNode]:
    while True:
        channel = reaction.view(view).channel
        if channel.parent is None:
            return channel.recovery
        view = channel.parent


@frozen(eq=False)
class Recovered:
    """One form is done: the last one lets the join go on."""  # FI-36

    view: str
    form: str
    then: Then | None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        busy = reaction.view(self.view).channel.recovering
        reaction.set_channel(self.view, recovering=busy - {self.form})
        if self.then is not None and reaction.view(self.view).state == "joined":
            self.then(reaction)


@frozen(eq=False)
class OneOf:
    """A form is done once there are as many answers as targets, however many pushes each was sent."""

    view: str
    form: str
    total: int
    then: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        channel = reaction.view(self.view).channel
        answers = channel.answers.get(self.form, 0) + 1
        reaction.set_channel(self.view, answers=channel.answers.set(self.form, answers))
        if answers == self.total:
            self.then(reaction)


def _push(reaction: Reaction, view: str, old: DomNode, new: DomNode, done: Recovered) -> None:
    """One form is sent as it was, to where it belongs on the new page."""  # FI-33
    inside = list(controls(old))
    ordered = [*(each for each in inside if not each.get("form")), *(each for each in inside if each.get("form"))]
    named = [each for each in ordered if each.get("name") and each.get("phx-change") is None and each.tag != "fieldset"]
    if not named:
        done(reaction)
        return
    for each in named:
        if files.is_upload(each):
            files.clear(reaction, each.key)  # FI-34
    first = next((each for each in named if each.get("type") != "hidden"), named[0])
    text = new.get("phx-auto-recover") or new.get("phx-change") or ""
    where = list(_targets(reaction, new))
    commands = _commands(reaction, new, text)
    if where and commands != () and not any(name == "push" for name, _ in commands):
        _never_done(reaction, new, "what recovers it pushes nothing", "JS.push(…) among its commands")
    whole = OneOf(view, done.form, len(where), done)
    answers = reaction.view(view).channel.answers
    reaction.set_channel(view, answers=answers.set(done.form, 0))
    for target in where:
        for name, args in commands:
            if name != "push":
                _other(reaction, view, first, name, args)
            elif reaction.view(view).state != "joined":  # CE-63
                _never_done(reaction, new, "the line is lost again", "wait until the page is connected")
            else:
                payload = _payload(old, new, first, target, args, text)
                ref = reaction.view(view).refs
                reaction.set_view(view, refs=ref + 1)
                reaction.push(view, "event", payload, Awaited(ref, str(payload["event"]), whole, Abandoned(done.form)))


def _commands(reaction: Reaction, new: DomNode, text: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
    try:
        return commands_of(Occasion("change", new, new.view), text)
    except (Stopped, json.JSONDecodeError):
        reaction.note(
            "FI-33",
            f"{new!r} was not recovered, and its view stays in error: its binding is {text!r}",
            "the name of an event, or JS commands",
        )
        return ()


def _targets(reaction: Reaction, new: DomNode) -> Iterator[DomNode | int]:
    """Who is meant, on the new page alone."""  # FI-33, FI-37
    wanted = new.get("phx-target")
    if not wanted:
        yield new
    elif CID.fullmatch(wanted):
        if new.document.page(new.view).component(int(wanted)) is not None:
            yield int(wanted)
        else:
            _never_done(reaction, new, f"there is no component {wanted} on the new page")
    else:
        found = _on_page(new, wanted)
        if not found:
            _never_done(reaction, new, f"phx-target {wanted!r} matches nothing on the new page")
        yield from found


def _never_done(
    reaction: Reaction, new: DomNode, why: str, cure: str = "a target that is there as soon as the view has joined"
) -> None:
    """The client waits for the recovery of a form, for ever."""  # FI-37
    reaction.note("FI-37", f"{new!r} was not recovered, and its view stays in error: {why}", cure)


def _on_page(new: DomNode, selector: str) -> list[DomNode]:
    """What a selector matches on the page of a join."""
    page = new.document.page(new.view)
    return [DomNode(new.document, new.view, 0, node) for node in find_in_page(page, selector)]


def _payload(
    old: DomNode, new: DomNode, first: DomNode, target: DomNode | int, args: Mapping[str, Any], text: str
) -> dict[str, Any]:
    button = first if first.tag == "button" else None
    values: Mapping[str, Any] = args.get("value") or {}
    payload: dict[str, Any] = {
        "type": "form",
        "event": args.get("event") or text,
        "value": serialize(old, button, None, ()),
        "meta": {"_target": first.get("name"), **phx_values(old), **values},
        "uploads": {},
    }
    cid = _cid(new, target, None)
    if cid is None:
        cid = _cid(old, target, args.get("target"))
    return payload if cid is None else {**payload, "cid": cid}


def _cid(form: DomNode, target: DomNode | int, of_push: Any) -> int | None:
    """The component that is meant."""  # CE-61
    if isinstance(target, int):
        return target
    named = of_push or form.get("phx-target")
    if named is not None and is_cid(named):
        return int(named)
    return nearest_cid(target) if named is not None else None


def _other(reaction: Reaction, view: str, source: DomNode, name: str, args: Mapping[str, Any]) -> None:
    """Another command of the binding: only one that names elements of the page does anything that shows."""
    if not isinstance(args.get("to"), str):
        return
    occasion = Occasion("change", source, view, trusted=False)
    for each in meant(reaction, root(reaction.document), name, args):
        try:
            perform(reaction, occasion, name, args, each)
        except Stopped as stopped:
            reaction.note("JC-2", f"a command of {source!r}: {stopped}", stopped.cure)


@frozen
class Abandoned:
    """The recovery of a form was answered with an error, or not at all: the view stays as it is."""  # FI-37

    form: str

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        reaction.note(
            "FI-37",
            f"form#{self.form} was not recovered, and its view stays in error: {answer}",
            "answer the event that recovers it",
        )
