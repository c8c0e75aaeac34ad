"""What a person writes: filling a field, pressing keys, selecting text.

Owns these acts, and `typing`, a text as keys. Law: a field takes what a browser lets a person put into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveview_testing.browser import stimuli
from liveview_testing.user.locators import failure_texts, options
from liveview_testing.user.locators.acting import acting, actionability, dialogs, keys
from liveview_testing.user.locators.acting.located import Located
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding import reading
from liveview_testing.user.locators.scene import Scene
from liveview_testing.world.log.act_records import recorded

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement
    from liveview_testing.browser.stimuli import Stimulus


class WritingActs(Located):
    """The keyboard, in a field."""

    __slots__ = ()

    @recorded
    def fill(
        self, value: str, *, force: bool | None = None, no_wait_after: bool | None = None, timeout: object = None
    ) -> None:
        """Give the field this text, instead of what it holds."""
        del no_wait_after
        self._fill("Locator.fill", options.text(value, "what is filled in"), force, timeout)

    @recorded
    def clear(self, *, force: bool | None = None, no_wait_after: bool | None = None, timeout: object = None) -> None:
        """Empty the field."""
        del no_wait_after
        self._fill("Locator.clear", "", force, timeout)

    def _fill(self, verb: str, value: str, force: object, timeout: object) -> None:
        stimuli: list[Stimulus] = []

        def ready(element: DomElement) -> DomElement:
            stimuli[:] = acting.filling(element, value)
            return element

        self.acting(verb, actionability.FILL, timeout, lambda scene, _: scene.do(*stimuli), force=force, ready=ready)

    @recorded
    def press(
        self, key: str, *, delay: float | None = None, no_wait_after: bool | None = None, timeout: object = None
    ) -> None:
        """Give the element the focus, and press a key: `"Enter"`, `"Control+a"`, `"x"`."""
        del delay, no_wait_after
        named = options.text(key, "a key")
        try:
            keys.presses(named)
        except Error as error:
            raise failure_texts.unread("Locator.press", error) from None

        def do(scene: Scene, element: DomElement) -> None:
            asked = acting.asks(element) if named in ("Enter", "Space", " ") else None
            refused = asked is not None and not dialogs.accepted(scene, asked)
            scene.do_each([stimuli.Focus(reading.node_of(element).key, True), *keys.presses(named, refused=refused)])

        self.acting("Locator.press", (), timeout, do)

    @recorded
    def press_sequentially(
        self, text: str, *, delay: float | None = None, no_wait_after: bool | None = None, timeout: object = None
    ) -> None:
        """Give the element the focus, and type a text key by key."""
        del delay, no_wait_after
        typed = options.text(text, "what is typed")

        def do(scene: Scene, element: DomElement) -> None:
            scene.do_each([stimuli.Focus(reading.node_of(element).key, True), *typing(typed)])

        self.acting("Locator.press_sequentially", (), timeout, do)

    @recorded
    def type(
        self, text: str, *, delay: float | None = None, no_wait_after: bool | None = None, timeout: object = None
    ) -> None:
        """As `press_sequentially`, which is its newer name."""
        self.press_sequentially(text, delay=delay, no_wait_after=no_wait_after, timeout=timeout)

    @recorded
    def select_text(self, *, force: bool | None = None, timeout: object = None) -> None:
        """Select all text of the field."""

        def do(scene: Scene, element: DomElement) -> None:
            node = reading.node_of(actionability.retargeted(element))
            scene.do(stimuli.Focus(node.key), stimuli.Select((0, len(node.value))))

        self.acting("Locator.select_text", actionability.SEE, timeout, do, force=force)


def typing(text: str) -> list[Stimulus]:
    """A text as keys; what the keyboard does not have is inserted."""
    found: list[Stimulus] = []
    for char in text.replace("\r\n", "\n"):
        key = {"\n": "Enter", "\t": "Tab"}.get(char, char)
        found.append(stimuli.Press(key) if keys.is_typed(char) else stimuli.Type(char, False))
    return found
