"""A locator at work: the one element that is meant, waited for, read or acted on.

Owns `Located`: resolving strictly, waiting until something can be done, doing it where it was true, and keeping the world as it
was where it never is.

Law: an act happens in the world in which its checks held, and in no other; what fails changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from liveview_testing.failures import recursion_depth
from liveview_testing.user.locators import failure_texts, options
from liveview_testing.user.locators.acting import actionability
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.get_by import HasQuery
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Pending, Waiting
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement
    from liveview_testing.user.locators.finding.query import Query
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.simulation.acting import Acting

T = TypeVar("T")


class Located(HasQuery):
    """A query in a scene."""

    __slots__ = ("_query", "_scene")

    def __init__(self, scene: Scene, query: Query) -> None:
        self._scene = scene
        self._query = query

    def _asked(self) -> tuple[Acting, Asked]:
        """What is looked for, and in which tab: what an act is put down with."""
        return cast("Acting", self._scene._world), ("locator", self._scene._memory, self._query)

    @property
    def query(self) -> Query:
        """What is looked for, as a value."""
        return self._query

    @property
    def scene(self) -> Scene:
        """The tab in which it is looked for."""
        return self._scene

    def found(self, verb: str = "Locator.all") -> list[DomElement]:
        """The elements that are meant now."""
        return self._found(self._scene, verb)

    def counted(self, verb: str) -> int:
        """How many elements are meant now."""
        try:
            return self._query.count(self._scene.reading)
        except Error as error:
            raise failure_texts.unread(verb, error) from None

    def _found(self, scene: Scene, verb: str) -> list[DomElement]:
        try:
            return self._query.find(scene.reading)
        except Error as error:
            raise failure_texts.unread(verb, error) from None

    # --- one element ------------------------------------------------------------------------------------------------

    def sought(self, scene: Scene, verb: str) -> DomElement | Pending:
        """The one element that is meant in a scene. Raises `Error` where there are several."""
        found = self._found(scene, verb)
        if len(found) == 1:
            return found[0]
        if found:
            raise failure_texts.strict(verb, self._query, found, scene)
        return Pending("nothing was found")

    def reading_once(self, verb: str, timeout: object, read: Callable[[DomElement], T]) -> T:
        """What one element says, once it is there."""
        waiting = Waiting(self._scene, self.patience(timeout))
        found = waiting.until(lambda scene: self.sought(scene, verb))
        if isinstance(found, Pending):
            raise shorten(failure_texts.not_found(verb, self._query, waiting))
        try:
            value = read(found)
        except Error as error:
            raise shorten(failure_texts.of(verb, error)) from None
        except RecursionError as error:
            raise recursion_depth.told(error) or error from None
        waiting.adopt()
        return value

    def patience(self, timeout: object) -> float:
        """How long an act waits, in simulated milliseconds."""
        default = self._scene.memory.acts
        return options.milliseconds(timeout, options.ACT_TIMEOUT if default is None else default)

    def acting(
        self,
        verb: str,
        checks: tuple[str, ...],
        timeout: object,
        do: Callable[[Scene, DomElement], T],
        *,
        force: object = None,
        trial: object = None,
        ready: Callable[[DomElement], DomElement | Pending] | None = None,
        kept: bool = True,
    ) -> T | None:
        """Do something to the one element once the checks hold.

        `kept` False: what is done is tried in a fork first, so that it leaves nothing where it raises.
        """
        forced = force is not None and options.flag(force, "force")
        tried = trial is not None and options.flag(trial, "trial")

        def look(scene: Scene) -> DomElement | Pending:
            element = self.sought(scene, verb)
            if isinstance(element, Pending):
                return element
            try:
                if checks and not forced:
                    in_the_way = actionability.obstacle(element, checks, actionability.Seen(scene.reading, scene.state))
                    if in_the_way is not None:
                        return Pending(str(in_the_way), element, 1)
                return element if ready is None else ready(element)
            except Error as error:
                raise failure_texts.of(verb, error) from None

        waiting = Waiting(self._scene, self.patience(timeout))
        element = look(self._scene)
        if isinstance(element, Pending):
            element = waiting.until(look)
            if isinstance(element, Pending):
                if element.element is None:
                    raise failure_texts.not_found(verb, self._query, waiting)
                raise failure_texts.in_the_way(verb, self._query, waiting)
        if tried:
            waiting.adopt()
            return None
        if not kept and waiting.there is self._scene:
            waiting.there = self._scene.elsewhere(self._scene.world.ahead())
        try:
            value = do(waiting.there, element)
        except Error as error:
            raise failure_texts.of(verb, error) from None
        waiting.adopt()
        return value
