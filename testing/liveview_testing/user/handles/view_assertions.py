"""What a test asserts of a view: elements, patches, redirects, pushed events, replies.

Owns `Asserting`, the methods; what is searched and said is `has_element`'s and `assertion_failures`'. Law: an assertion that fails
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from liveview_testing.failures.misuse import arguments
from liveview_testing.user.handles import assertion_failures, has_element, nested_views
from liveview_testing.user.handles.assertion_failures import ANY, NAVIGATION
from liveview_testing.user.handles.view_page import Looking, S, TextFilter
from liveview_testing.user.html.html import Redirected
from liveview_testing.world.tracebacks import shortened

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.world.world import Note


E = TypeVar("E", bound=BaseException)


class Asserting(Looking[S]):
    """Assertions about a view, and about what it sent to its client."""

    __slots__ = ()

    # --- asserting --------------------------------------------------------------------------------------------------

    @shortened
    def assert_has(self, selector: str, text: TextFilter = None, count: int | None = None) -> None:
        """At least one element matches, here or in a nested view; with `count`, so many do. Else an error says what is there."""
        arguments.description(selector, text)
        has_element.counted(count)
        with self._telling():
            has_element.demand(self._matching(selector, text), nested_views.scene(self), selector, text, count)

    @shortened
    def refute_has(self, selector: str, text: TextFilter = None, count: int | None = None) -> None:
        """No element matches, here or in a nested view; with `count`, not so many do. Else an error shows them."""
        arguments.description(selector, text)
        has_element.counted(count)
        with self._telling():
            has_element.refuse(self._matching(selector, text), None, selector, text, count)
        if count is None:
            has_element.look_closer(self.sim, self.line.tab.checks, nested_views.scene(self).root, selector, text)

    def _told(self, error: E) -> E:
        assertion_failures.with_notes(error, self.sim.world, self.id)
        return error

    @contextmanager
    def _telling(self) -> Generator[None]:
        """An assertion that fails in here tells what else may be why."""
        try:
            yield
        except AssertionError as error:
            self._told(error)
            raise

    def _matching(self, selector: str, text: TextFilter) -> list[Node]:
        return [node for _, node in nested_views.everywhere(self, selector, text)]

    @shortened
    def assert_patch(self, to: str | None = None) -> str:
        """The view patched its URL (to `to`); consumes the oldest such patch and returns its path."""
        arguments.destination(to)
        note = self._consume(lambda note: note.kind == "patch" and to in (None, note.name))
        if note is None:
            raise self._told(assertion_failures.navigation_missing(self.line, "patch", to))
        return note.name

    @shortened
    def refute_patched(self, to: str | None = None) -> None:
        """The view did not patch its URL (to `to`), as far as nothing asserted it."""
        arguments.destination(to)
        found = assertion_failures.find(self.line, lambda note: note.kind == "patch" and to in (None, note.name))
        if found is not None:
            raise self._told(assertion_failures.navigation_found(found[1], "patch"))

    @shortened
    def assert_redirect(self, to: str | None = None) -> Redirected:
        """The view was sent elsewhere (to `to`), by redirect or by live navigation; says where to, how and with which flash."""
        arguments.destination(to)
        note = self._consume(lambda note: note.kind in NAVIGATION and to in (None, note.name))
        if note is None:
            raise self._told(assertion_failures.navigation_missing(self.line, "redirect", to))
        return Redirected(note.name, cast("Literal['redirect', 'live_redirect']", note.kind), note.payload)

    @shortened
    def refute_redirected(self, to: str | None = None) -> None:
        """The view was not sent elsewhere (to `to`)."""
        arguments.destination(to)
        found = assertion_failures.find(self.line, lambda note: note.kind in NAVIGATION and to in (None, note.name))
        if found is not None:
            raise self._told(assertion_failures.navigation_found(found[1], "redirect"))

    @shortened
    def assert_push_event(self, event: str, payload: Any = ANY) -> Any:
        """The view, or one nested in it, pushed this event to its client (with that payload); consumes it, returns its payload.

        `ANY` inside a payload equals everything; a tuple or a date equals what it is on the wire, a list or text.
        """
        arguments.event_name(event)
        payload = arguments.payload(payload)
        note = self._consume_in_all(_is_event(event, payload))
        if note is None:
            raise self._told(assertion_failures.event_missing(self.sim.world.lines, self.id, event, payload))
        return note.payload

    @shortened
    def refute_push_event(self, event: str, payload: Any = ANY) -> None:
        """No such event was pushed, as far as nothing asserted it."""
        arguments.event_name(event)
        payload = arguments.payload(payload)
        found = assertion_failures.find_in_all(self.sim.world.lines, self.id, _is_event(event, payload))
        if found is not None:
            raise self._told(assertion_failures.event_found(found[2]))

    @shortened
    def assert_reply(self, payload: Any = ANY) -> Any:
        """The view, or one nested in it, replied this to an event of its client; consumes it and returns it."""
        payload = arguments.payload(payload)
        note = self._consume_in_all(lambda note: note.kind == "reply" and payload == note.payload)
        if note is None:
            raise self._told(assertion_failures.reply_missing(self.sim.world.lines, self.id, payload))
        return note.payload

    def _consume(self, fits: Callable[[Note], bool]) -> Note | None:
        line = self.line
        found = assertion_failures.find(line, fits)
        if found is None:
            return None
        self.sim.replace(assertion_failures.consume(line, found[0]))
        return found[1]

    def _consume_in_all(self, fits: Callable[[Note], bool]) -> Note | None:
        lines = self.sim.world.lines
        found = assertion_failures.find_in_all(lines, self.id, fits)
        if found is None:
            return None
        self.sim.replace(assertion_failures.consume(lines[found[0]], found[1]))
        return found[2]


def _is_event(event: str, payload: Any) -> Callable[[Note], bool]:
    return lambda note: note.kind == "push_event" and note.name == event and payload == note.payload
