"""Submitting forms: by a button, by Enter, by a script; natively where no view takes it.

Owns the platform's way from "the form is to be submitted" to the submit event, and what a browser does if nobody prevents it.

Law: an invalid form is not submitted by a person: no submit event, the first invalid field has the focus, and the page notes it.
"""  # PF-4, PF-7, CE-44 … CE-47

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.connection.addresses import is_here
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import BLOCKING, controls, default_button, is_disabled, text_fields
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events.top_layer import close
from liveview_testing.browser.events.validation import report_validity
from liveview_testing.browser.lifecycle import unheard
from liveview_testing.browser.page.controls import SUBMITTERS, kind_of
from liveview_testing.browser.reaction import Reaction


@frozen
class NativeSubmit:
    """The browser submits a form over HTTP: the page is left. `scripted`: by `form.submit()`, no button says where to."""

    view: str
    form: DomNode
    submitter: DomNode | None = None
    scripted: bool = False

    @property
    def elsewhere(self) -> bool:
        """Whether the answer is for another tab: this one stays."""
        target = None if self.submitter is None or self.scripted else self.submitter.get("formtarget")
        return not is_here(self.form.get("target") if target is None else target)


@frozen
class NativeLink:
    """A link that asks the server with a method of its own: a form that is made for it is submitted."""  # PF-22

    to: str
    method: str
    fields: tuple[tuple[str, str], ...]


@frozen
class SubmitLater:
    """`form.submit()` in the next frame."""  # CE-45

    form: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        form = reaction.node(self.form)
        if form is not None:
            reaction.ask(NativeSubmit(form.view, form, None, scripted=True))


def follow_method(reaction: Reaction, event: DomEvent) -> None:
    """The script that apps load beside the client: a link with `data-method` is a form."""  # PF-22, PF-23
    node = event.target
    link = next((each for each in (node, *node.ancestors()) if each.get("data-method") and each.get("data-to")), None)
    if link is None:
        return
    event.prevented = True
    method = (link.get("data-method") or "").lower()
    fields = (("_csrf_token", link.get("data-csrf") or ""), ("_method", method))
    reaction.client.unload(reaction)  # it is heard first: what the client does with the click finds no view any more
    reaction.soon(AskLink(NativeLink(link.get("data-to") or "", "get" if method == "get" else "post", fields)))


@frozen
class AskLink:
    """The made form is submitted, once the click is over."""

    wanted: NativeLink

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.ask(self.wanted)


def request_submit(reaction: Reaction, form: DomNode, submitter: DomNode | None) -> None:
    """A form is submitted by a person, or by `form.requestSubmit()`."""
    form = reaction.again(form)
    novalidate = form.get("novalidate") is not None or (
        submitter is not None and submitter.get("formnovalidate") is not None
    )
    if not novalidate and not report_validity(reaction, form):
        return
    event = DomEvent("submit", reaction.again(form), submitter=submitter)
    if reaction.dispatch(event):
        submit_natively(reaction, form, submitter)


def submit_natively(reaction: Reaction, form: DomNode, submitter: DomNode | None) -> None:
    """What the browser does with a form that no script has taken."""
    method = (submitter.get("formmethod") if submitter is not None else None) or form.get("method") or "get"
    if method.lower() == "dialog":
        dialog = next((each for each in form.ancestors() if each.tag == "dialog"), None)
        if dialog is not None:
            close(reaction, dialog)
        return
    reaction.ask(NativeSubmit(form.view, reaction.again(form), submitter))


def implicit(
    reaction: Reaction, field: DomNode, form: DomNode, activate: Callable[[Reaction, DomNode], object]
) -> None:
    """Enter in a field: the default button is clicked (`activate`); without one, a form with one text field is submitted."""
    # PF-7
    if kind_of(field) not in BLOCKING:  # a box, a range, a date: the first button that can be pressed, or nothing
        button = next((each for each in controls(form) if kind_of(each) in SUBMITTERS and not is_disabled(each)), None)
        if button is not None:
            activate(reaction, button)
        else:
            unheard.enter(reaction, field, form, None)
        return
    button = default_button(form)
    if button is not None:
        if not is_disabled(button):
            activate(reaction, button)
        else:
            unheard.enter(reaction, field, form, button)
    elif len(text_fields(form)) <= 1:
        request_submit(reaction, form, None)
    else:
        unheard.enter(reaction, field, form, None)
