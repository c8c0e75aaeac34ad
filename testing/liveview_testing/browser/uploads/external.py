"""Uploaders of the app: files that go elsewhere, and of which the server hears the progress alone.

Owns `ExternalEntry`, the handle that a stand-in is given for a file, and when its callbacks are called. Which stand-in a
name means is the test's to say.

Law: what a stand-in remembers of a file is a value in the browser; what it waits for is on the browser's clock.
"""  # UPL-25

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from liveview_core.values.declaring import frozen
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import entries
from liveview_testing.browser.uploads.state import Entry
from liveview_testing.failures import stand_ins


class Definition(Protocol):
    """An uploader as a test defines it; see `liveview_testing.client_hooks.ExternalUploader`."""

    def start(self, uploads: Sequence[ExternalEntry], response: Mapping[str, Any]) -> None: ...
    def cancelled(self, upload: ExternalEntry) -> None: ...
    def view_failed(self, upload: ExternalEntry) -> None: ...


class ExternalEntry:
    """A file that goes elsewhere, as the stand-in of its uploader sees it.

    Valid while the callback runs that it was given to.
    """

    __slots__ = ("_number", "_reaction")

    def __init__(self, reaction: Reaction, number: int) -> None:
        self._reaction = reaction
        self._number = number

    @property
    def _entry(self) -> Entry:
        found = entries.entry(self._reaction, self._number)
        if found is None:
            raise LookupError("the page of this upload is gone")
        return found

    @property
    def file(self) -> Any:
        """The file: its `name`, `content`, `size`."""
        return self._entry.file

    @property
    def ref(self) -> str:
        """The ref of its entry."""
        return self._entry.ref

    @property
    def meta(self) -> Any:
        """What the view's function has answered for it: where it goes."""
        return self._entry.meta

    @property
    def is_done(self) -> bool:
        """Whether it was sent whole, or cancelled."""
        return self._entry.done

    @property
    def is_cancelled(self) -> bool:
        """Whether it is not to be sent."""
        return self._entry.cancelled

    @property
    def state(self) -> Any:
        """What the stand-in remembers of this file; None at first."""
        return self._entry.state

    def set_state(self, value: Any) -> None:
        """Remember a value: give an immutable one, because forks share it."""
        entries.change(self._reaction, self._number, state=value)

    def progress(self, percent: float) -> None:
        """So much of it has gone: the server is told of whole percents, each once; 100 ends it."""
        entries.progress(self._reaction, self._number, percent)

    def error(self, reason: Any = "failed") -> None:
        """It could not be sent."""
        entries.failed(self._reaction, self._number, stand_ins.data(reason, "the reason of upload.error"))

    def cancel(self) -> None:
        """It is not to be sent."""
        entries.cancel(self._reaction, self._number)

    def after(self, milliseconds: float, method: str) -> None:
        """Call a method of the stand-in, with this file, once so much time has passed."""
        stand_ins.time(milliseconds, "upload.after")
        definition = None if self._entry.external is None else self._reaction.env.uploaders.get(self._entry.external)
        stand_ins.method(definition, method, "upload.after")
        self._reaction.later(milliseconds, Called(self._number, method))

    def __repr__(self) -> str:
        return f"<ExternalEntry {self._entry.ref} {self._entry.file.name!r}>"


def begin(reaction: Reaction, name: str, group: Sequence[int], response: Mapping[str, Any]) -> bool:
    """The uploader of that name is called with its files; whether there is one."""  # UPL-27
    definition: Definition | None = reaction.env.uploaders.get(name)
    if definition is None:
        reaction.note(
            "UPL-27",
            f"nobody stands in for the uploader {name}: the upload hangs, as in a browser whose app has no such uploader",
            f"Simulation(uploaders={{{name!r}: …}}), an ExternalUploader",
        )
        return False
    for number in group:
        entries.change(reaction, number, external=name, on_cancel=Called(number, "cancelled"))
    given = [ExternalEntry(reaction, number) for number in group]
    call(definition, name, "start", given, response)
    return True


def call(definition: Definition, name: str, method: str, *arguments: Any) -> None:
    """A method of an uploader, which has that name."""
    try:
        getattr(definition, method)(*arguments)
    except Exception as error:
        stand_ins.happened_in(error, f"the uploader {name}", method)
        raise


@frozen
class Called:
    """A method of a stand-in is called, with one of its files."""

    entry: int
    method: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        now = entries.entry(reaction, self.entry)
        if now is None or now.external is None:
            return
        definition: Definition | None = reaction.env.uploaders.get(now.external)
        if definition is not None:
            call(definition, now.external, self.method, ExternalEntry(reaction, self.entry))


def view_failed(reaction: Reaction, view: str) -> None:
    """The channel of a view has an error: uploaders that still send files of it are told."""  # UPL-26
    known = reaction.browser.uploads
    for number, each in known.ordered:
        if each.external is not None and not each.done and known.views.get(each.uploader) == view:
            Called(number, "view_failed")(reaction)
