"""How the elements of a locator are asked, now and again until the time is over.

Owns the three questions that all assertions about a locator are made of: about the one element, about a state of it, about all of
them. Law: about one element is strict; about none fails, unless it is about absence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import CodeType

from liveview_testing.browser.accessibility import DomElement
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.expecting import checks
from liveview_testing.user.locators.expecting.checks import Check
from liveview_testing.user.locators.expecting.expecting import Expecting, Told
from liveview_testing.user.locators.failure_texts import strict_more, violation
from liveview_testing.user.locators.locator import TabLocator
from liveview_testing.user.locators.scene import Scene


class AboutElements(Expecting):
    """What is asked of the elements of a locator."""

    __slots__ = ("_locator",)

    def __init__(self, locator: TabLocator, message: str | None, timeout: float | None, made: CodeType) -> None:
        super().__init__(locator.scene, message, timeout, made)
        self._locator = locator

    def _one(
        self,
        verb: str,
        expected: object,
        negated: bool,
        timeout: object,
        check: Check,
        near: Callable[[DomElement], str | None] | None = None,
    ) -> None:
        """About the one element; `near` is what may have been meant of one that fails."""

        def ask(element: DomElement) -> Told | None:
            answer = check(element)
            return None if answer.holds is not negated else Told(answer.received, element, near=near)

        self._strictly(verb, expected, negated, timeout, ask)

    def _state(
        self,
        verb: str,
        negated: bool,
        timeout: object,
        holds: Callable[[DomElement], bool],
        names: tuple[str, str],
        absent: bool | None = None,
    ) -> None:
        """A state of the one element; `absent` is what the answer is where there is none (None: a failure either way)."""

        def ask(element: DomElement) -> Told | None:
            answer = holds(element)
            return None if answer is not negated else Told(names[0] if answer else names[1], element)

        self._strictly(verb, None, negated, timeout, ask, absent=absent is not None and absent is not negated)

    def _strictly(
        self,
        verb: str,
        expected: object,
        negated: bool,
        timeout: object,
        ask: Callable[[DomElement], Told | None],
        *,
        absent: bool = False,
    ) -> None:
        """Whatever is asked of the one element; `absent`: where there is none it is as it should be."""
        query = self._locator.query

        def ask_one(scene: Scene) -> Told | None:
            found = query.find(scene.reading)
            if not found:
                return None if absent else Told(None, None, 0)
            if len(found) > 1:
                raise Error(violation(query, found, scene), more=strict_more(query, found, scene))
            return ask(found[0])

        self.waited("Locator", verb, expected, negated, timeout, ask_one, query)

    def _listed(
        self,
        verb: str,
        wanted: Sequence[object],
        negated: bool,
        timeout: object,
        tests: Sequence[Check],
        some: bool,
        read: Callable[[DomElement], object],
    ) -> None:
        """About all elements, one by one."""
        query = self._locator.query

        def ask(scene: Scene) -> Told | None:
            found = query.find(scene.reading)
            if checks.in_order(tests, found, some=some) is not negated:
                return None
            return Told([read(each) for each in found], None, len(found))

        self.waited("Locator", verb, list(wanted), negated, timeout, ask, query)
