"""What a person does with the mouse: click, hover, drag, scroll.

Owns these acts. Law: the mouse reaches what is seen, at rest, and not covered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from liveview_core.errors import BadOption, shown
from liveview_testing.browser import stimuli
from liveview_testing.user.locators import options
from liveview_testing.user.locators.acting import acting, actionability, dialogs
from liveview_testing.user.locators.acting.located import Located
from liveview_testing.user.locators.finding import reading
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Pending
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.page_state import chosen_files

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement


class MouseActs(Located):
    """The mouse."""

    __slots__ = ()

    @recorded
    def click(
        self,
        *,
        button: str | None = None,
        click_count: int | None = None,
        delay: float | None = None,
        force: bool | None = None,
        modifiers: Sequence[str] | None = None,
        no_wait_after: bool | None = None,
        position: Any = None,
        scroll: Any = None,
        steps: int | None = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Click the element, once it can be seen, is enabled and at rest."""
        del delay, no_wait_after, position, scroll, steps
        count = 1 if click_count is None else options.whole(click_count, "click_count")
        if count < 1:
            raise BadOption(
                "a click is made once at least",
                expected="click_count=1, or more",
                got=f"click_count={count}",
                cure="locator.hover(), where nothing is to be clicked",
            )
        self._click("Locator.click", count, button, modifiers, force, timeout, trial)

    @recorded
    def dblclick(
        self,
        *,
        button: str | None = None,
        delay: float | None = None,
        force: bool | None = None,
        modifiers: Sequence[str] | None = None,
        no_wait_after: bool | None = None,
        position: Any = None,
        scroll: Any = None,
        steps: int | None = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Click the element twice, with no time between."""
        del delay, no_wait_after, position, scroll, steps
        self._click("Locator.dblclick", 2, button, modifiers, force, timeout, trial)

    def _click(
        self,
        verb: str,
        count: int,
        button: object,
        modifiers: object,
        force: object,
        timeout: object,
        trial: object,
    ) -> None:
        if button is None and modifiers is None:
            mouse, held = "left", frozenset[str]()
        else:
            mouse, held = options.button(button), options.modifiers(modifiers)

        def do(scene: Scene, element: DomElement) -> None:
            question = acting.asks(element)
            refused = question is not None and mouse == "left" and not dialogs.accepted(scene, question)
            scene.do(*acting.clicks(element, count, mouse, held, refused))

        self.acting(verb, actionability.CLICK, timeout, do, force=force, trial=trial)

    @recorded
    def hover(
        self,
        *,
        force: bool | None = None,
        modifiers: Sequence[str] | None = None,
        no_wait_after: bool | None = None,
        position: Any = None,
        scroll: Any = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Move the mouse over the element."""
        del no_wait_after, position, scroll
        options.modifiers(modifiers)

        def do(scene: Scene, element: DomElement) -> None:
            scene.do(stimuli.Hover(reading.node_of(element).key))

        self.acting("Locator.hover", actionability.HOVER, timeout, do, force=force, trial=trial)

    @recorded
    def drag_to(
        self,
        target: Located,
        *,
        force: bool | None = None,
        no_wait_after: bool | None = None,
        scroll: Any = None,
        source_position: Any = None,
        steps: int | None = None,
        target_position: Any = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Drag the element onto another, and drop it there."""
        del no_wait_after, scroll, source_position, steps, target_position
        if not isinstance(target, Located):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("an element is dragged onto a locator", expected="a Locator", got=shown(target))

        def do(scene: Scene, element: DomElement) -> None:
            def drop(there: Scene, onto: DomElement) -> None:
                source = Located(there, self.query).sought(there, "Locator.drag_to")
                if not isinstance(source, Pending):
                    there.do(stimuli.Drag(reading.node_of(source).key, reading.node_of(onto).key))

            Located(scene, target.query).acting("Locator.drag_to", actionability.HOVER, timeout, drop, force=force)

        self.acting("Locator.drag_to", actionability.HOVER, timeout, do, force=force, trial=trial, kept=False)

    @recorded
    def drop(self, payload: Mapping[str, Any], *, position: Any = None, timeout: object = None) -> None:
        """Drag something in from outside, and let it go on the element: `{"files": …}`, as `set_input_files` takes them, or
        `{"data": {"text/plain": …}}`. Inside of `phx-drop-target` files go to its input.
        """
        del position
        given: Any = payload if hasattr(payload, "keys") else None  # what is no mapping is told with what is
        unknown = sorted(set(given or {}) - {"files", "data"})
        if not given or unknown:
            raise BadOption(
                "what is dropped has files, data, or both",
                expected='{"files": …}, {"data": {"text/plain": …}}',
                got=shown(payload),
                cure='drop({"files": "me.png"})',
            )
        dropped = () if given.get("files") is None else chosen_files.chosen_files(given["files"])

        def do(scene: Scene, element: DomElement) -> None:
            key = reading.node_of(element).key
            scene.do(stimuli.DragFiles(key, "enter", (), bool(dropped)))
            scene.do(stimuli.DragFiles(key, "drop", dropped, bool(dropped)))

        self.acting("Locator.drop", actionability.HOVER, timeout, do)

    @recorded
    def scroll_into_view_if_needed(self, *, timeout: object = None) -> None:
        """Wait until the element can be seen and is at rest, and scroll to it.

        There is no layout, so the element is taken to come into view: what `phx-viewport-bottom` around it hears if it is in the
        last child there, and `phx-viewport-top` if it is in the first.
        """

        def do(scene: Scene, element: DomElement) -> None:
            scene.do(stimuli.Scroll(reading.node_of(element).key))

        self.acting("Locator.scroll_into_view_if_needed", actionability.SCROLL, timeout, do)
