"""What came of the messages that were drawn for a widget: whether its hooks got through one, and what they raised at the others.

Owns `Heard`. Law: the error that is told is the one that came most often; of several the one that came first.
"""

from __future__ import annotations

from collections import Counter

from attrs import field

from liveview_core.errors import BadReturn, MissingAssign, shown
from liveview_core.process.signatures import BadSignature
from liveview_core.tracebacks import cause
from liveview_core.values.declaring import define
from liveview_testing.properties.hook_chains.hook_run import HookRun, Raised
from liveview_testing.properties.hook_chains.widget_messages import HookMessage

WRITTEN_WRONG = (BadReturn, BadSignature)
"""Errors that say how a hook is written, whatever it heard."""


@define
class Heard:
    """What came of messages."""

    went: bool = False
    """Whether one was heard without an error."""
    _raised: Counter[tuple[str, str]] = field(factory=Counter[tuple[str, str]], init=False)
    _first: dict[tuple[str, str], tuple[HookMessage, Exception]] = field(
        factory=dict[tuple[str, str], tuple[HookMessage, Exception]], init=False
    )

    def note(self, message: HookMessage, run: HookRun | Raised) -> None:
        """One more."""
        if isinstance(run, HookRun):
            self.went = True
            return
        key = type(run.error).__qualname__, str(run.id)
        self._raised[key] += 1
        self._first.setdefault(key, (message, run.error))

    def told(self, otherwise: str) -> str:
        """The commonest error, and a message at which it came."""
        found = self._commonest
        if found is None:
            return otherwise
        message, error = found
        text = (str(error).splitlines() or [""])[0]
        return f"{otherwise}, most often {type(error).__name__}: {text or shown(error)}, at {message!r}"

    def cure(self, otherwise: str) -> str:
        """What to do about it."""
        found = self._commonest
        if found is not None and isinstance(found[1], MissingAssign):
            return "give it a view's socket that has what it reads: socket=Socket(connected=True).assign(…)"
        return otherwise

    @property
    def cause(self) -> BaseException | None:
        """The commonest error, from the author's first line on."""
        found = self._commonest
        return None if found is None else cause(found[1])

    @property
    def _commonest(self) -> tuple[HookMessage, Exception] | None:
        return self._first[self._raised.most_common(1)[0][0]] if self._raised else None
