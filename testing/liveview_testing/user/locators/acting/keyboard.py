"""The keyboard of a tab: keys go to whatever has the focus.

Owns `Keyboard`. Law: a key is heard, has its effect, and everything that follows from it has happened before the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from liveview_testing.browser import stimuli
from liveview_testing.failures.misuse.handle_names import spelled_alike
from liveview_testing.failures.misuse.misused_handles import Named
from liveview_testing.user.locators import failure_texts, options
from liveview_testing.user.locators.acting import acting, dialogs, keys
from liveview_testing.user.locators.acting.writing_acts import typing
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.scene import Scene
from liveview_testing.world.log.act_records import Asked, recorded

if TYPE_CHECKING:
    from liveview_testing.world.simulation.acting import Acting


T = TypeVar("T")


class Keyboard(Named):
    """`page.keyboard`."""

    __slots__ = ("_scene",)
    _names = spelled_alike(
        ("press_sequentially write send_keys fill enter", "page.keyboard.type('tea')"),
        ("key_down", "page.keyboard.down('Shift')"),
        ("key_up", "page.keyboard.up('Shift')"),
        ("tab", "page.keyboard.press('Tab')"),
    )
    _called = "page.keyboard"

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return cast("Acting", self._scene.world), ("page", self._scene.memory, "keyboard")

    def __repr__(self) -> str:
        return f"<Keyboard of {self._scene!r}>"

    @recorded
    def press(self, key: str, *, delay: float | None = None) -> None:
        """A key goes down and up: `"Enter"`, `"Escape"`, `"Control+a"`."""
        del delay
        named = options.text(key, "a key")
        focused = self._scene.reading.focused if named in ("Enter", "Space", " ") else None
        question = None if focused is None else acting.asks(focused)
        refused = question is not None and not dialogs.accepted(self._scene, question)
        self._scene.do_each(_named("press", lambda: keys.presses(named, refused=refused)))

    @recorded
    def type(self, text: str, *, delay: float | None = None) -> None:
        """A text is typed key by key."""
        del delay
        self._scene.do_each(typing(options.text(text, "what is typed")))

    @recorded
    def insert_text(self, text: str) -> None:
        """A text comes into the field at once, without any key."""
        self._scene.do(stimuli.Type(options.text(text, "what is inserted"), False))

    @recorded
    def down(self, key: str) -> None:
        """A key goes down, and stays there."""
        self._scene.do(stimuli.Press(_named("down", lambda: keys.key_of(options.text(key, "a key"))), "down"))

    @recorded
    def up(self, key: str) -> None:
        """A key goes up."""
        self._scene.do(stimuli.Press(_named("up", lambda: keys.key_of(options.text(key, "a key"))), "up"))


def _named(verb: str, read: Callable[[], T]) -> T:
    """What was asked for; an error says by whom."""
    try:
        return read()
    except Error as error:
        raise failure_texts.unread(f"Keyboard.{verb}", error) from None
