"""What goes wrong when a person acts: the two names under which Playwright's users catch it.

Owns `Error` (what cannot work: no such role, several elements where one is meant, a field that takes no text) and `TimeoutError`
(what did not come true in time). Law: each is one of the kit's errors too, and an `AssertionError`, so that pytest shows a failed
test; nothing has happened when one is raised.
"""

from __future__ import annotations

from collections.abc import Iterable

from liveview_core.errors import LiveViewError


class Error(LiveViewError, AssertionError):
    """A person cannot do this here. `text` is the whole message, where it is longer than its parts."""

    def __init__(
        self,
        happened: str,
        *,
        expected: str | None = None,
        got: str | None = None,
        cure: str | None = None,
        nearest: Iterable[str] = (),
        more: str = "",
    ) -> None:
        super().__init__(happened, expected=expected, got=got, cure=cure, nearest=nearest)
        self.more = more
        """What is said below: the log, the page around, its notes."""

    def __str__(self) -> str:
        said = super().__str__()
        return f"{said}\n{self.more}" if self.more else said


class TimeoutError(Error):
    """What was waited for did not come true within the time."""


class ExpectationFailed(LiveViewError, AssertionError):
    """What `expect` was told did not come true."""

    def __init__(self, happened: str, *, more: str = "", cure: str | None = None) -> None:
        super().__init__(happened, cure=cure)
        self.more = more

    def __str__(self) -> str:
        said = super().__str__()
        return f"{said}\n{self.more}" if self.more else said


class NotHere(LiveViewError, NotImplementedError):
    """Something of Playwright's that needs layout, a script engine or a network, which are not simulated."""
