"""Finding as a person does: by role and name, label, text, placeholder, title, alternative text, test id; by selector at last.

Owns `Finds`, which pages, locators and views have in common.

Law: nothing is looked up here. What is no value to look for, and no role, is refused at once; a selector that cannot be read is
refused by whoever uses the locator, as in a browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from attrs import evolve

from liveview_core.errors import BadOption, shown
from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import served
from liveview_testing.user.locators import options
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding import invalid_selector, selector_engines
from liveview_testing.user.locators.finding import query as queries
from liveview_testing.user.locators.finding.as_python import called
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement
    from liveview_testing.browser.accessibility.text import Wanted
    from liveview_testing.user.locators.finding.query import LocatorStep, Query

L = TypeVar("L")


class _Nothing:
    """A document in which nothing is: what a question is tried on."""

    tag = ""
    attributes: Mapping[str, str] = {}
    children: tuple[()] = ()
    path = ()


@cache
def _nowhere() -> DomElement:
    return accessibility.Document(_Nothing(), served.AS_SERVED).root


class Finds(Generic[L]):
    """Where elements are looked for: a page, a view, an element."""

    __slots__ = ()

    def _made(self, *steps: LocatorStep) -> L:
        """A locator that goes these steps from here."""
        raise NotImplementedError

    def _test_id(self) -> str:
        """The attribute that has the test ids."""
        raise NotImplementedError

    def get_by_role(
        self,
        role: str,
        *,
        checked: bool | Literal["mixed"] | None = None,
        description: Wanted | None = None,
        disabled: bool | None = None,
        exact: bool | None = None,
        expanded: bool | None = None,
        include_hidden: bool | None = None,
        level: int | None = None,
        name: Wanted | None = None,
        pressed: bool | Literal["mixed"] | None = None,
        selected: bool | None = None,
    ) -> L:
        """Elements by their role, and their name as assistive technology says it: `get_by_role("button", name="Save")`.

        `name` is found anywhere in it, whatever the case; `exact` compares it whole. The states are asked only if they are given.
        """
        given: dict[str, Any] = {}
        if name is not None:
            given["name"] = options.wanted(name, "a name")
        if description is not None:
            given["description"] = options.wanted(description, "a description")
        if exact:
            given["exact"] = options.flag(exact, "exact")
        states = {
            "checked": checked,
            "disabled": disabled,
            "expanded": expanded,
            "include_hidden": include_hidden,
            "level": level,
            "pressed": pressed,
            "selected": selected,
        }
        asked = {key: value for key, value in states.items() if value is not None}
        wanted = options.role(role)
        if not wanted.strip():
            empty = "Error while parsing selector `` - selector cannot be empty"
            happened = "Error: Role must not be empty" if given else f"InvalidSelectorError: {empty}"
            return self._made(
                invalid_selector.Unread(
                    called("get_by_role", role), happened, "a role", repr(role), 'get_by_role("button")'
                )
            )
        if asked:
            for key, value in asked.items():
                if key == "level":
                    options.whole(value, "a level")
                elif value != "mixed" or key not in ("checked", "pressed"):
                    options.flag(value, key)
            given.update(asked)
            try:
                accessibility.by_role(_nowhere(), wanted, **given)
            except accessibility.QueryError as error:
                found = invalid_selector.Unread.of(queries.ByRole(wanted, given).code, error)
                return self._made(evolve(found, happened=f"Error: {found.happened}"))
        return self._made(queries.ByRole(wanted, given))

    def get_by_text(self, text: Wanted, *, exact: bool | None = None) -> L:
        """The innermost elements with a text."""
        return self._by("get_by_text", text, exact)

    def get_by_label(self, text: Wanted, *, exact: bool | None = None) -> L:
        """Fields by the text of their label, and whatever else is labelled."""
        return self._by("get_by_label", text, exact)

    def get_by_placeholder(self, text: Wanted, *, exact: bool | None = None) -> L:
        """Fields by what stands in them while they are empty."""
        return self._by("get_by_placeholder", text, exact)

    def get_by_title(self, text: Wanted, *, exact: bool | None = None) -> L:
        """Elements by their title."""
        return self._by("get_by_title", text, exact)

    def get_by_alt_text(self, text: Wanted, *, exact: bool | None = None) -> L:
        """Pictures by the text that stands for them."""
        return self._by("get_by_alt_text", text, exact)

    def get_by_test_id(self, test_id: Wanted) -> L:
        """Elements by their test id, letter by letter."""
        return self._made(queries.ByTestId(options.wanted(test_id, "a test id"), self._test_id()))

    def locator(
        self,
        selector_or_locator: Any,
        *,
        has: Any = None,
        has_not: Any = None,
        has_not_text: Wanted | None = None,
        has_text: Wanted | None = None,
    ) -> L:
        """Elements by a selector, or what another locator finds inside of here."""
        inner = query_in(selector_or_locator)
        if inner is not None:
            steps: tuple[LocatorStep, ...] = (queries.Inside(inner),)
        else:
            if not isinstance(selector_or_locator, str):
                raise BadOption(
                    "an element is located by a selector, or by another locator",
                    expected='a str such as "#save", or a Locator',
                    got=shown(selector_or_locator),
                    cure='page.locator("#save")',
                )
            try:
                steps = selector_engines.steps_of(selector_or_locator)
            except Error as error:
                steps = (invalid_selector.Unread.of(called("locator", selector_or_locator), error),)
        filtered = filters(has, has_not, has_not_text, has_text)
        made = self._made(*steps, *filtered)
        same_frame(
            made, (selector_or_locator, "Locators"), (has, _INNER.format("has")), (has_not, _INNER.format("has_not"))
        )
        return made

    def _by(self, verb: str, text: Wanted, exact: object) -> L:
        if exact is not None:
            options.flag(exact, "exact")
        return self._made(queries.ByWords(verb, options.wanted(text, "a text"), bool(exact)))


class HasQuery:
    """What has a query, and the tab where it is asked: a locator."""

    __slots__ = ()

    @property
    def query(self) -> Query:
        """What is looked for."""
        raise NotImplementedError

    @property
    def scene(self) -> Any:
        """The tab, in its world."""
        raise NotImplementedError


_INNER = 'Inner "{}" locator'


def same_frame(made: Any, *inner: tuple[Any, str]) -> None:
    """The locators that one is made of are about one tab of one world. Raises `Error`."""
    for each, words in inner:
        if isinstance(each, HasQuery) and isinstance(made, HasQuery) and each.scene != made.scene:
            raise shorten(
                Error(
                    f"{words} must belong to the same frame",
                    expected=f"a locator of {_place(made.scene)}",
                    got=f"{shown(each)} of {_place(each.scene)}"
                    + ("" if each.scene.world is made.scene.world else ", in another world"),
                    cure="a page in another world is sim.view(page); what two pages show is asked of each",
                )
            )


def _place(scene: Any) -> str:
    return f"{scene.memory.name}'s page"


def query_in(given: object) -> Query | None:
    """The query of a locator; None where it is none."""
    return given.query if isinstance(given, HasQuery) else None


def filters(
    has: Any, has_not: Any, has_not_text: object, has_text: object, visible: object = None
) -> tuple[LocatorStep, ...]:
    """The filters that were given: a step for all of them, or none."""
    step = queries.Filtered(
        _query("has", has),
        _query("has_not", has_not),
        options.maybe(has_text, "has_text") or None,  # an empty text filters nothing
        options.maybe(has_not_text, "has_not_text") or None,
        options.maybe_flag(visible, "visible"),
    )
    return () if step == queries.Filtered() else (step,)


def _query(option: str, given: object) -> Query | None:
    if given is None:
        return None
    found = query_in(given)
    if found is None:
        raise BadOption(
            f"the option {option} is a locator",
            expected="a Locator",
            got=shown(given),
            cure=f'{option}=page.locator("b")',
        )
    return found
