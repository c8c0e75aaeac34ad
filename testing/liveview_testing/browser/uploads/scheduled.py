"""Submits that wait for uploads: a form is submitted while its files are still being sent.

Owns the schedule: one submit a form, run when the uploads of its last choice are done, called off by an error.

Law: a submit that is called off is never sent, and its form can be used again.
"""  # UPL-20, UPL-21

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.connection.pushing.element_refs import undo_refs
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.reaction import Reaction


@frozen
class Scheduled:
    """A submit that waits: of which view, what its elements wait for, and what submits the form then."""

    view: str
    ref: int
    then: Any


def schedule(reaction: Reaction, form: DomNode, view: str, ref: int, then: Any) -> None:
    """The form is submitted once its files are there; one that waits already stays the one."""
    if reaction.mark(form.key).scheduled is None:
        reaction.set_mark(form.key, scheduled=Scheduled(view, ref, then))


def cancel_submit(reaction: Reaction, form: DomNode, event: str | None) -> None:
    """A submit that waits will not be sent."""
    waits = _taken(reaction, form, event)
    if waits is not None:
        reaction.note(
            "UPL-21",
            f"the submit of {form!r} was called off, because its upload has failed: it will not be sent",
            "show the error, and let the user cancel the file and submit again",
        )


def run_submit(reaction: Reaction, form: DomNode, event: str | None) -> None:
    """The files are there: a submit that waits begins again."""
    waits = _taken(reaction, form, event)
    if waits is not None:
        waits.then(reaction)


def _taken(reaction: Reaction, form: DomNode, event: str | None) -> Scheduled | None:
    waits = reaction.mark(form.key).scheduled
    if not isinstance(waits, Scheduled):
        return None
    reaction.set_mark(form.key, scheduled=None)
    undo_refs(reaction, waits.view, waits.ref, event)
    return waits
