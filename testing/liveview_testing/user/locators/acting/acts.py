"""What a locator does: click, fill, check, choose, press, drag, and the rest of what a person's hands can.

Owns `Acts`. Law: each act waits until it can be done, as a person would, in simulated time; then it is exactly the events that a
browser makes of it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from liveview_core.errors import BadOption, shown
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.stimuli import Attach, Blur, Dispatch, Drag, Focus, Hover, Press, Scroll, Select, Stimulus
from liveview_testing.browser.stimuli import Type as Typed
from liveview_testing.user.locators import options, telling
from liveview_testing.user.locators.acting import acting, actionability
from liveview_testing.user.locators.acting.dialogs import accepted
from liveview_testing.user.locators.acting.keys import is_typed, presses
from liveview_testing.user.locators.acting.located import Located
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.reading import node_of
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Pending
from liveview_testing.world.log.recording import recorded
from liveview_testing.world.page_state.files import File, NotAFile, files

Files: TypeAlias = (
    "str | os.PathLike[str] | Mapping[str, Any] | File | Sequence[str | os.PathLike[str] | Mapping[str, Any] | File]"
)


class Acts(Located):
    """Acting methods. What Playwright takes and what needs no layout here is taken, and does nothing."""

    __slots__ = ()

    # --- the mouse ----------------------------------------------------------------------------------------------------

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
            refused = question is not None and mouse == "left" and not accepted(scene, question)
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
            scene.do(Hover(node_of(element).key))

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
                    there.do(Drag(node_of(source).key, node_of(onto).key))

            Located(scene, target.query).acting("Locator.drag_to", actionability.HOVER, timeout, drop, force=force)

        self.acting("Locator.drag_to", actionability.HOVER, timeout, do, force=force, trial=trial, kept=False)

    @recorded
    def scroll_into_view_if_needed(self, *, timeout: object = None) -> None:
        """Wait until the element can be seen and is at rest, and scroll to it.

        There is no layout, so the element is taken to come into view: what `phx-viewport-bottom` around it hears if it is in the
        last child there, and `phx-viewport-top` if it is in the first.
        """

        def do(scene: Scene, element: DomElement) -> None:
            scene.do(Scroll(node_of(element).key))

        self.acting("Locator.scroll_into_view_if_needed", actionability.SCROLL, timeout, do)

    # --- writing ------------------------------------------------------------------------------------------------------

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
        presses(named)

        def do(scene: Scene, element: DomElement) -> None:
            asked = acting.asks(element) if named in ("Enter", "Space", " ") else None
            refused = asked is not None and not accepted(scene, asked)
            scene.do_each([Focus(node_of(element).key, True), *presses(named, refused=refused)])

        self.acting("Locator.press", (), timeout, do)

    @recorded
    def press_sequentially(
        self, text: str, *, delay: float | None = None, no_wait_after: bool | None = None, timeout: object = None
    ) -> None:
        """Give the element the focus, and type a text key by key."""
        del delay, no_wait_after
        typed = options.text(text, "what is typed")

        def do(scene: Scene, element: DomElement) -> None:
            scene.do_each([Focus(node_of(element).key, True), *typing(typed)])

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
            node = node_of(actionability.retargeted(element))
            scene.do(Focus(node.key), Select((0, len(node.value))))

        self.acting("Locator.select_text", actionability.SEE, timeout, do, force=force)

    # --- choosing -----------------------------------------------------------------------------------------------------

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
            if acting.tick_of(state) == wanted:
                return
            if not wanted:
                acting.refuse_untick(state)

        def do(scene: Scene, element: DomElement) -> None:
            if acting.tick_of(element) == wanted:
                return
            if not wanted:
                acting.refuse_untick(element)
            question = acting.asks(element)
            refused = question is not None and not accepted(scene, question)
            scene.do(*acting.clicks(element, 1, "left", frozenset(), refused))
            after = Located(scene, self.query)
            now = after.sought(scene, verb)
            if not isinstance(now, Pending) and acting.tick_of(now) != wanted:
                raise telling.left_behind(
                    verb, self.query, scene, "Clicking the checkbox did not change its state", now
                )

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
            acting.select_of(first)

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
    def set_input_files(self, files: Files, *, no_wait_after: bool | None = None, timeout: object = None) -> None:
        """Choose files: paths, or `{"name": …, "mimeType": …, "buffer": b"…"}`; an empty list clears the input."""
        del no_wait_after
        chosen = chosen_files(files)

        def do(scene: Scene, element: DomElement) -> None:
            target = acting.file_input_of(element)
            if len(chosen) > 1 and not target.has("multiple"):
                raise Error("Non-multiple file input can only accept single file", got=f"{len(chosen)} files")
            scene.do(Attach(node_of(target).key, chosen))

        self.acting("Locator.set_input_files", (), timeout, do)

    # --- the rest -----------------------------------------------------------------------------------------------------

    @recorded
    def focus(self, *, timeout: object = None) -> None:
        """Give the element the focus, if it can have it."""
        self.acting("Locator.focus", (), timeout, lambda scene, each: scene.do(Focus(node_of(each).key)))

    @recorded
    def blur(self, *, timeout: object = None) -> None:
        """Take the focus from the element, if it has it."""

        def do(scene: Scene, element: DomElement) -> None:
            if element.document.state.focused(element):
                scene.do(Blur())

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
            lambda scene, each: scene.do(Dispatch(node_of(each).key, kind, given)),
        )


def typing(text: str) -> list[Stimulus]:
    """A text as keys; what the keyboard does not have is inserted."""
    found: list[Stimulus] = []
    for char in text.replace("\r\n", "\n"):
        key = {"\n": "Enter", "\t": "Tab"}.get(char, char)
        found.append(Press(key) if is_typed(char) else Typed(char, False))
    return found


def chosen_files(given: object) -> tuple[File, ...]:
    """The files that were given, as a browser has them. Raises `NotAFile`."""
    listed = listed_of(given)
    found: list[Any] = []
    for each in listed:
        whole: Any = each
        if isinstance(each, str):
            found.append(_Path(each))
        elif isinstance(each, Mapping) and ("mimeType" in each or "buffer" in each):
            entry: dict[Any, Any] = dict(whole)
            content = entry.pop("buffer", None)
            kind = entry.pop("mimeType", None)
            made = {**entry, "content": content, **({"type": kind} if kind is not None else {})}
            found.append(made)
        else:
            found.append(whole)
    try:
        return files(found)
    except OSError as error:
        raise NotAFile(
            f"the file cannot be read: {error}", expected="a file that is there", got=shown(listed)
        ) from None


def listed_of(given: object) -> list[Any]:
    """A list of what was given, be it one or several."""
    if isinstance(given, (list, tuple)):
        return list(cast("Sequence[Any]", given))
    return [given]


class _Path(os.PathLike[str]):
    """A path that was given as text."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return self._path


__all__ = ["Acts", "Files", "typing"]
