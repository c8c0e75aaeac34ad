"""Dialogs that a page opens: the question of `data-confirm`, and who answers it.

Owns `Dialog` and `accepted`. Law: a dialog that nobody listens for is dismissed, as Playwright does; one that a listener leaves
open is an error, because the page would wait for ever.
"""

from __future__ import annotations

from typing import Literal

from liveview_testing.browser.stimuli import Unanswered
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.scene import Scene
from liveview_testing.world.log.act_records import tell


class Dialog:
    """A dialog that is open: `accept()` or `dismiss()` it."""

    __slots__ = ("_answer", "default_value", "message", "page", "type")

    def __init__(self, page: Scene, message: str, type: Literal["alert", "confirm", "prompt"] = "confirm") -> None:
        self.page = page
        self.message = message
        self.type = type
        self.default_value = ""
        self._answer: bool | None = None

    def __repr__(self) -> str:
        return f"<Dialog type={self.type} message={self.message!r}>"

    def accept(self, prompt_text: str | None = None) -> None:
        """Answer yes."""
        del prompt_text
        self._said(True)

    def dismiss(self) -> None:
        """Answer no."""
        self._said(False)

    def _said(self, answer: bool) -> None:
        if self._answer is not None:
            raise Error("Cannot accept dialog which is already handled!", got=repr(self), cure="answer it once")
        self._answer = answer

    @property
    def answer(self) -> bool | None:
        """What was answered; None: nothing yet."""
        return self._answer


def accepted(scene: Scene, message: str) -> bool:
    """Whether a question of the page is answered with yes."""
    listeners = scene.memory.listeners.get("dialog", [])
    if not listeners:
        scene.do(Unanswered(message))
        return False
    dialog = Dialog(scene, message)
    for listener, once in list(listeners):
        if once:
            listeners.remove((listener, once))
        listener(dialog)
    if dialog.answer is None:
        raise Error(
            f"nobody has answered the dialog {message!r}",
            expected="a listener that accepts or dismisses it",
            got="one that only looks",
            cure='page.on("dialog", lambda dialog: dialog.accept())',
        )
    sim = scene._asked()[0]
    tell(sim._current, answers=(*(sim._current.told or {}).get("answers", ()), dialog.answer))
    return dialog.answer
