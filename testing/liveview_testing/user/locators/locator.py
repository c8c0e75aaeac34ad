"""What a locator is made of: narrowing what is meant, and everything that is done, read and refused.

Owns `TabLocator`, of which `Locator` is made: whoever works with any locator asks for this one. Law: a locator is a query and a
tab, and is looked up anew at each use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn, Self

from liveview_core.errors import BadOption, shown
from liveview_core.tracebacks import shorten
from liveview_testing.failures.misuse.misused_handles import DATA, NotAValue, unequal
from liveview_testing.failures.misuse.uncalled_methods import question
from liveview_testing.user.locators import options, unsupported
from liveview_testing.user.locators.acting.acts import Acts
from liveview_testing.user.locators.acting.reads import Reads
from liveview_testing.user.locators.finding import query as queries
from liveview_testing.user.locators.finding import suggesting
from liveview_testing.user.locators.finding.get_by import filters, query_in, same_frame
from liveview_testing.user.locators.scene import Scene

if TYPE_CHECKING:
    from liveview_testing.user.locators.finding.query import LocatorStep, Query


class TabLocator(Acts, Reads):
    """What is looked for, described; looked up anew at each use."""

    __slots__ = ("_said",)

    def __init__(self, scene: Scene, query: Query, said: str | None = None) -> None:
        super().__init__(scene, query)
        self._said = said

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            unsupported.name(self, name, unsupported.LOCATOR)

        def __bool__(self) -> bool:
            raise shorten(
                NotAValue(
                    f"{self!r} is neither true nor false: it describes elements, there or not",
                    cure="expect(locator).to_be_visible(), locator.is_visible(), locator.count()",
                )
            )

        def __iter__(self) -> NoReturn:
            raise shorten(self._no_list("a loop over it"))

        def __len__(self) -> NoReturn:
            raise shorten(self._no_list("len() of it"))

        def __getitem__(self, key: object) -> NoReturn:
            raise shorten(self._no_list(f"[{shown(key)}] of it"))

        def _no_list(self, got: str) -> NotAValue:
            return NotAValue(f"{self!r} is no list", got=got, cure="locator.all(), locator.nth(0), locator.count()")

        def __contains__(self, part: object) -> NoReturn:
            raise shorten(
                NotAValue(
                    f"{self!r} holds no text itself: it describes elements",
                    got=f"{shown(part)} in the locator",
                    cure=f"expect(locator).to_contain_text({shown(part)}), or {shown(part)} in locator.inner_text()",
                )
            )

        def __call__(self, *args: object, **options: object) -> NoReturn:
            raise shorten(
                NotAValue(
                    f"{self!r} is not called: it describes elements",
                    got=f"({', '.join(map(shown, args))}) after it",
                    cure="leave the brackets out: locator.first, locator.last, locator.visible; then .click()",
                )
            )

    def __repr__(self) -> str:
        return self._said or self._query.code

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TabLocator):
            if isinstance(other, DATA):
                cure = (
                    f"expect(locator).to_have_text({shown(other)}), or locator.inner_text() == {shown(other)}"
                    if isinstance(other, str)
                    else "locator.is_visible(), locator.count(), or a number read from locator.inner_text()"
                )
                raise shorten(unequal(self, other, "it describes elements", cure))
            return NotImplemented  # a snapshot on the other side knows how to compare
        return (self._scene, self._query) == (other._scene, other._query)

    def __hash__(self) -> int:
        return hash((TabLocator.__name__, self._query.code))  # not that of a text, which it is not compared with

    def _narrowed(self, *steps: LocatorStep) -> Self:
        return type(self)(self._scene, queries.Query((*self._query.steps, *steps), self._query.view))

    def _test_id(self) -> str:
        return self._scene.memory.test_id

    @property
    def description(self) -> str | None:
        """What `describe` called it."""
        return self._said

    def describe(self, description: str) -> Self:
        """The same under a name of its own, which failures print."""
        return type(self)(self._scene, self._query, options.text(description, "a description"))

    def normalize(self) -> Self:
        """The locator that a person would write for the one element that is meant."""
        code = self.reading_once(
            "Locator.normalize", None, lambda each: suggesting.suggestion(each, self._scene.reading)
        )
        return type(self)(self._scene, code)

    def filter(
        self,
        *,
        has: TabLocator | None = None,
        has_not: TabLocator | None = None,
        has_not_text: str | re.Pattern[str] | None = None,
        has_text: str | re.Pattern[str] | None = None,
        visible: bool | None = None,
    ) -> Self:
        """Those of the elements that have a text, or something inside; or have not; or can be seen."""
        made = self._narrowed(*filters(has, has_not, has_not_text, has_text, visible))
        same_frame(made, (has, 'Inner "has" locator'), (has_not, 'Inner "has_not" locator'))
        return made

    def nth(self, index: int) -> Self:
        """One of the elements, from 0; from the end below that."""
        return self._narrowed(queries.Nth(options.whole(index, "an index")))

    @property
    def first(self) -> Self:
        """The first of the elements."""
        return self._narrowed(queries.Nth(0))

    @property
    def last(self) -> Self:
        """The last of the elements."""
        return self._narrowed(queries.Nth(-1))

    @property
    def visible(self) -> Self:
        """Those of the elements that can be seen."""
        return self._narrowed(queries.Filtered(visible=True))

    @question
    def all(self) -> list[Self]:
        """A locator for each of the elements that are there now."""
        return [self.nth(at) for at in range(len(self.found("Locator.all")))]

    def and_(self, locator: TabLocator) -> Self:
        """The elements that another locator means too."""
        return self._narrowed(queries.Both(self._other("and_", locator)))

    def or_(self, locator: TabLocator) -> Self:
        """The elements of both, as they stand on the page."""
        return self._narrowed(queries.Either(self._other("or_", locator)))

    def within(self, locator: TabLocator) -> Self:
        """The same, looked for inside of another locator's elements."""
        other = self._other("within", locator)
        return type(self)(self._scene, queries.Query((*other.steps, queries.Inside(self._query)), other.view))

    def _other(self, verb: str, given: object) -> Query:
        found = query_in(given)
        if found is None:
            raise shorten(
                BadOption(
                    f"{verb} takes a locator",
                    expected="a Locator",
                    got=shown(given),
                    cure=f"{verb}(page.get_by_text({shown(given)}))" if isinstance(given, str) else None,
                )
            )
        same_frame(self, (given, "Locators"))
        return found
