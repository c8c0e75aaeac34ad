"""What a locator does: click, fill, check, choose, press, drag, and the rest of what a person's hands can.

Owns `Acts`: the mouse (`mouse_acts`), writing (`writing_acts`), and here choosing, files, focus. Law: each act waits until it can
be done, as a person would, in simulated time; then it is exactly the events that a browser makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from liveview_testing.browser import stimuli
from liveview_testing.user.locators import failure_texts, options
from liveview_testing.user.locators.acting import acting, actionability, dialogs
from liveview_testing.user.locators.acting.located import Located
from liveview_testing.user.locators.acting.mouse_acts import MouseActs
from liveview_testing.user.locators.acting.writing_acts import WritingActs
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding import reading
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Pending
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.page_state import chosen_files

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement


class Acts(MouseActs, WritingActs):
    """Acting methods. What Playwright takes and what needs no layout here is taken, and does nothing."""

    __slots__ = ()

    @recorded
    def check(
        self,
        *,
        force: bool | None = None,
        no_wait_after: bool | None = None,
        position: Any = None,
        scroll: Any = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Tick the box, if it is not ticked."""
        del no_wait_after, position, scroll
        self._tick("Locator.check", True, force, timeout, trial)

    @recorded
    def uncheck(
        self,
        *,
        force: bool | None = None,
        no_wait_after: bool | None = None,
        position: Any = None,
        scroll: Any = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Untick the box, if it is ticked."""
        del no_wait_after, position, scroll
        self._tick("Locator.uncheck", False, force, timeout, trial)

    @recorded
    def set_checked(
        self,
        checked: bool,
        *,
        force: bool | None = None,
        no_wait_after: bool | None = None,
        position: Any = None,
        scroll: Any = None,
        timeout: object = None,
        trial: bool | None = None,
    ) -> None:
        """Tick the box or untick it."""
        del no_wait_after, position, scroll
        self._tick("Locator.set_checked", options.flag(checked, "checked"), force, timeout, trial)

    def _tick(self, verb: str, wanted: bool, force: object, timeout: object, trial: object) -> None:
        state = self.sought(self._scene, verb)
        if not isinstance(state, Pending):
            try:
                if acting.tick_of(state) == wanted:
                    return
                if not wanted:
                    acting.refuse_untick(state, verb)
            except Error as error:
                raise failure_texts.of(verb, error) from None

        def do(scene: Scene, element: DomElement) -> None:
            if acting.tick_of(element) == wanted:
                return
            if not wanted:
                acting.refuse_untick(element, verb)
            question = acting.asks(element)
            refused = question is not None and not dialogs.accepted(scene, question)
            scene.do(*acting.clicks(element, 1, "left", frozenset(), refused))
            after = Located(scene, self.query)
            now = after.sought(scene, verb)
            if isinstance(now, Pending):
                return
            if acting.tick_of(now) != wanted:
                raise failure_texts.left_behind(
                    verb, self.query, scene, "Clicking the checkbox did not change its state", now
                )
            acting.warn_of_late_tick(verb, now)

        self.acting(verb, actionability.CLICK, timeout, do, force=force, trial=trial, kept=False)

    @recorded
    def select_option(
        self,
        value: str | Sequence[str] | None = None,
        *,
        force: bool | None = None,
        index: int | Sequence[int] | None = None,
        label: str | Sequence[str] | None = None,
        no_wait_after: bool | None = None,
        timeout: object = None,
    ) -> list[str]:
        """Choose options of a select, by value or label, by label alone, by place; the values that are chosen then."""
        del no_wait_after
        wanted = acting.wanted_options(value, index, label)
        verb = "Locator.select_option"
        options_found: list[DomElement] = []
        first = self.sought(self._scene, verb)
        if not isinstance(first, Pending):
            try:
                acting.select_of(first)
            except Error as error:
                raise failure_texts.of(verb, error) from None

        def ready(element: DomElement) -> DomElement | Pending:
            select = acting.select_of(element)
            found = acting.chosen(select, wanted)
            if isinstance(found, str):
                return Pending(found, element, 1)
            options_found[:] = found
            return select

        def do(scene: Scene, select: DomElement) -> list[str]:
            scene.do(*acting.choosing(select, options_found))
            return [acting.value_of(each) for each in options_found]

        return self.acting(verb, actionability.SELECT, timeout, do, force=force, ready=ready) or []

    @recorded
    def set_input_files(
        self, files: chosen_files.Files, *, no_wait_after: bool | None = None, timeout: object = None
    ) -> None:
        """Choose files: paths, or `{"name": …, "mimeType": …, "buffer": b"…"}`; an empty list clears the input."""
        del no_wait_after
        chosen = chosen_files.chosen_files(files)

        def do(scene: Scene, element: DomElement) -> None:
            target = acting.file_input_of(element)
            if len(chosen) > 1 and not target.has("multiple"):
                raise Error("Non-multiple file input can only accept single file", got=f"{len(chosen)} files")
            scene.do(stimuli.Attach(reading.node_of(target).key, chosen))

        self.acting("Locator.set_input_files", (), timeout, do)

    # --- the rest -----------------------------------------------------------------------------------------------------

    @recorded
    def focus(self, *, timeout: object = None) -> None:
        """Give the element the focus, if it can have it."""
        self.acting(
            "Locator.focus", (), timeout, lambda scene, each: scene.do(stimuli.Focus(reading.node_of(each).key))
        )

    @recorded
    def blur(self, *, timeout: object = None) -> None:
        """Take the focus from the element, if it has it."""

        def do(scene: Scene, element: DomElement) -> None:
            if element.document.state.focused(element):
                scene.do(stimuli.Blur())

        self.acting("Locator.blur", (), timeout, do)

    @recorded
    def dispatch_event(self, type: str, event_init: Mapping[str, Any] | None = None, *, timeout: object = None) -> None:
        """Let a script dispatch an event at the element."""
        kind = options.text(type, "the type of an event")
        detail = options.plain(event_init, "event_init")
        given = None if detail is None else detail.get("detail")
        self.acting(
            "Locator.dispatch_event",
            (),
            timeout,
            lambda scene, each: scene.do(stimuli.Dispatch(reading.node_of(each).key, kind, given)),
        )
