"""What a locator says of its elements: how many, their texts and attributes, whether they are seen, ticked, enabled.

Owns `Reads`. Law: `count`, `all_…` and `is_visible` ask about now; the rest wait until the one element is there, and read it once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from liveview_core.errors import BadOption, shown
from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import states
from liveview_testing.browser.accessibility import text as texts
from liveview_testing.failures.misuse.uncalled_methods import question
from liveview_testing.user.locators import failure_texts, options
from liveview_testing.user.locators.acting import acting, actionability, element_reading
from liveview_testing.user.locators.acting.located import Located
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding import preview, reading
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Pending, Waiting

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement


class Reads(Located):
    """Reading methods."""

    __slots__ = ()

    # --- now ----------------------------------------------------------------------------------------------------------

    @question
    def count(self) -> int:
        """How many elements are meant now."""
        return self.counted("Locator.count")

    @question
    def all_text_contents(self) -> list[str]:
        """The texts of all elements, as they are."""
        return [each.content for each in self.found("Locator.all_text_contents")]

    @question
    def all_inner_texts(self) -> list[str]:
        """The texts of all elements, as they show."""
        return [element_reading.inner_text(each) for each in self.found("Locator.all_inner_texts")]

    @question
    def is_visible(self, *, timeout: object = None) -> bool:
        """Whether the one element can be seen now; False if there is none."""
        del timeout  # Playwright takes it, and does not wait either
        element = self.sought(self._scene, "Locator.is_visible")
        return not isinstance(element, Pending) and accessibility.is_visible(element)

    @question
    def is_hidden(self, *, timeout: object = None) -> bool:
        """Whether the one element cannot be seen now; True if there is none."""
        del timeout
        element = self.sought(self._scene, "Locator.is_hidden")
        return isinstance(element, Pending) or not accessibility.is_visible(element)

    # --- of one element -----------------------------------------------------------------------------------------------

    @question
    def text_content(self, *, timeout: object = None) -> str:
        """The text of the element, as it is."""
        return self.reading_once("Locator.text_content", timeout, lambda each: each.content)

    @question
    def inner_text(self, *, timeout: object = None) -> str:
        """The text of the element, as it shows."""
        return self.reading_once("Locator.inner_text", timeout, element_reading.inner_text)

    @question
    def inner_html(self, *, timeout: object = None) -> str:
        """What is inside of the element, as html."""
        return self.reading_once("Locator.inner_html", timeout, lambda each: reading.node_of(each).inner_html())

    @question
    def get_attribute(self, name: str, *, timeout: object = None) -> str | None:
        """An attribute of the element; None if it has none of that name."""
        wanted = options.text(name, "the name of an attribute").lower()
        return self.reading_once("Locator.get_attribute", timeout, lambda each: each.get(wanted))

    @question
    def input_value(self, *, timeout: object = None) -> str:
        """What the field holds."""
        return self.reading_once("Locator.input_value", timeout, element_reading.input_value)

    @question
    def is_checked(self, *, timeout: object = None) -> bool:
        """Whether the box is ticked."""
        return self.reading_once("Locator.is_checked", timeout, acting.tick_of)

    @question
    def is_enabled(self, *, timeout: object = None) -> bool:
        """Whether the element is enabled."""
        return self.reading_once(
            "Locator.is_enabled", timeout, lambda each: not states.disabled(actionability.retargeted(each))
        )

    @question
    def is_disabled(self, *, timeout: object = None) -> bool:
        """Whether the element is disabled."""
        return self.reading_once(
            "Locator.is_disabled", timeout, lambda each: states.disabled(actionability.retargeted(each))
        )

    @question
    def is_editable(self, *, timeout: object = None) -> bool:
        """Whether the field can be written into."""
        return self.reading_once("Locator.is_editable", timeout, editable)

    @question
    def aria_snapshot(self, *, depth: int | None = None, timeout: object = None) -> str:
        """The element as roles, names and texts, in Playwright's words."""
        if depth is not None and options.whole(depth, "a depth") < 0:
            raise BadOption("a depth is not below zero", expected="0 or more", got=shown(depth))
        return self.reading_once(
            "Locator.aria_snapshot", timeout, lambda each: accessibility.aria_snapshot(each, depth=depth)
        )

    @question
    def role(self, *, timeout: object = None) -> str | None:
        """The role of the element; None if it has none."""
        return self.reading_once("Locator.role", timeout, accessibility.role)

    @question
    def accessible_name(self, *, timeout: object = None) -> str:
        """The name of the element, as assistive technology says it."""
        return self.reading_once("Locator.accessible_name", timeout, lambda each: texts.flat(accessibility.name(each)))

    @question
    def accessible_description(self, *, timeout: object = None) -> str:
        """The description of the element."""
        return self.reading_once(
            "Locator.accessible_description", timeout, lambda each: texts.flat(accessibility.description(each))
        )

    def wait_for(
        self, *, state: Literal["attached", "detached", "hidden", "visible"] | None = None, timeout: object = None
    ) -> None:
        """Let time pass until the element is there, seen, or not."""
        wanted = "visible" if state is None else state
        if wanted not in ("attached", "detached", "hidden", "visible"):
            raise BadOption(
                "a state is one of four", expected="attached, detached, hidden or visible", got=shown(wanted)
            )
        waiting = Waiting(self._scene, self.patience(timeout))

        def look(scene: Scene) -> bool | Pending:
            element = self.sought(scene, "Locator.wait_for")
            there = not isinstance(element, Pending)
            seen = not isinstance(element, Pending) and accessibility.is_visible(element)
            holds = {"attached": there, "detached": not there, "visible": seen, "hidden": not seen}[wanted]
            if holds:
                return True
            if isinstance(element, Pending):
                return element
            return Pending(f"element is {'visible' if seen else 'attached'}, not {wanted}", element, 1)

        found = waiting.until(look)
        if isinstance(found, Pending):
            if found.element is None:
                raise failure_texts.not_found("Locator.wait_for", self._query, waiting)
            raise failure_texts.in_the_way("Locator.wait_for", self._query, waiting)
        waiting.adopt()


def editable(element: DomElement) -> bool:
    """Whether a field can be written into. Raises `Error` where it is none."""
    target = actionability.retargeted(element)
    only_read = states.readonly(target)
    if only_read is None:
        raise Error(
            "Element is not an <input>, <textarea>, <select> or [contenteditable] and does not have a role allowing"
            " [aria-readonly]",
            got=preview.preview(target),
        )
    return not only_read and not states.disabled(target)
