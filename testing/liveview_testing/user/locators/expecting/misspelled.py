"""What is said not to be there, under a name that is nearly the name of what is there.

Owns the look at an absence that holds: `expect(page.get_by_text("faild")).to_have_count(0)` holds for ever, whatever the page says.
Law: it is told where the page has, now, a name of the same kind that differs by a slip of the pen, and nothing that was ever sent
has the name that was written; any other absence is what it seems to be. Nothing is looked at twice on one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from liveview_testing.browser.accessibility import DomElement, by_role
from liveview_testing.browser.accessibility.names import name_with_hidden
from liveview_testing.browser.accessibility.queries import full_text, label_texts
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.failures.close_matches import Words, slips
from liveview_testing.failures.exceptions import SelectorError
from liveview_testing.user.locators.finding.query import (
    ByRole,
    BySelector,
    ByTestId,
    ByWords,
    Filtered,
    LocatorStep,
    Query,
)
from liveview_testing.user.locators.finding.reading import node_of
from liveview_testing.world.log.happening import history
from liveview_testing.world.page_checks import MISSPELLED

if TYPE_CHECKING:
    from liveview_testing.user.locators.scene import Scene
    from liveview_testing.world.log.happening import Happening
    from liveview_testing.world.world import World

LOOKED_AT = 1000

Asked: TypeAlias = "tuple[str, Iterable[str], bool]"
"""A name that is asked for, those of its kind that are there, and whether its case counts."""


def misspelled(scene: Scene, query: Query) -> tuple[str, str] | None:
    """The name that is written in a query that finds nothing, and the one that is surely meant; None where there is none."""
    reading = scene.reading
    seen = scene.memory.absent
    key = query.code, query.view
    if seen.get(key) is reading.document:
        return None
    seen[key] = reading.document
    top = reading.root if query.view is None else reading.view(query.view)
    if top is None:
        return None
    found = [top]
    for step in query.steps:
        after = list(step.below(found, reading, top))
        if not after:
            return surely(_names(step, found), scene.world, partial(_fits, step, found))
        found = after
    return None


class SentWords:
    """The words that were ever sent in one simulation: what came since it was asked last is read, what was cut off is forgotten."""

    def __init__(self) -> None:
        self._last: Happening | None = None
        self._words = Words()

    def of(self, world: World) -> Words:
        """Of all pages of a world."""
        last = world.last
        if last is None or last is self._last:
            return self._words
        new = history(last, 0 if self._last is None else self._last.number)
        # another log, or one that was cut: copies stay
        if self._last is None or not new or new[0].before is not self._last:
            self._words, new = Words(), history(last)
        for each in new:
            for sent in each.sent:
                self._words.add(repr(sent.payload))
        self._last = last
        return self._words


def words_sent(sim: Any) -> Words:
    """The words that were ever sent in the world of a simulation, which keeps them."""
    known: SentWords | None = sim._current.sent_words
    if known is None:
        known = sim._current.sent_words = SentWords()
    return known.of(sim.world)


def was_there(world: World, wanted: str, *, exactly: bool = False) -> bool:
    """Whether any of the pages was ever sent this, in whatever case."""
    said = repr(wanted if exactly else wanted.lower())[1:-1]
    sent = (repr(each.payload) for happening in history(world.last) for each in happening.sent)
    return any(said in (text if exactly else text.lower()) for text in sent)


def _fits(step: LocatorStep, scopes: list[DomElement], wanted: str, near: str) -> bool:
    """Whether a selector finds something with the other name in it; of what is looked for by one name alone that is so."""
    if not isinstance(step, BySelector):
        return True
    css = step.text.replace(wanted, near, 1)
    return any(find(node_of(scope), css, limit=1) for scope in scopes)


def _names(step: LocatorStep, scopes: list[DomElement]) -> Iterator[Asked]:
    """The texts that a step asks for, each with those of its kind that are there."""
    match step:
        case ByRole(role, {"name": str(wanted), **rest}):
            named = (name_with_hidden(each) for scope in scopes for each in islice(by_role(scope, role), LOOKED_AT))
            yield wanted, parts(wanted, named, exact=bool(rest.get("exact"))), bool(rest.get("exact"))
        case ByWords(verb, str(wanted), exact):
            texts = (text for each in _all(scopes) for text in _texts(verb, each))
            yield wanted, parts(wanted, texts, exact=exact), exact
        case ByTestId(str(wanted), attribute):
            yield wanted, (each.get(attribute) or "" for each in _all(scopes)), False
        case Filtered(has_text=str(wanted)):
            yield wanted, parts(wanted, (full_text(each) for each in scopes), exact=False), False
        case BySelector(_, text):
            yield from selected(text, lambda: _all(scopes))
        case _:
            return


def _all(scopes: list[DomElement]) -> Iterator[DomElement]:
    return islice((each for scope in scopes for each in scope.iter()), LOOKED_AT)


def _texts(verb: str, element: DomElement) -> list[str]:
    match verb:
        case "get_by_label":
            return label_texts(element)
        case "get_by_text":
            return (
                [] if any(True for _ in element.elements()) and len(full_text(element)) > 200 else [full_text(element)]
            )
        case _:
            attribute = {"get_by_placeholder": "placeholder", "get_by_title": "title", "get_by_alt_text": "alt"}[verb]
            return [element.get(attribute) or ""]


def parts(wanted: str, texts: Iterable[str], *, exact: bool) -> Iterator[str]:
    """What of each text could be meant: as many words as are wanted, or the whole of it."""
    number = len(norm(wanted).split())
    for text in texts:
        words = norm(text).split()
        if exact:
            yield " ".join(words)
            continue
        for at in range(len(words) - number + 1):
            part = " ".join(words[at : at + number])
            if part.lower() != norm(wanted).lower():
                yield part


class Named(Protocol):
    """An element, as far as its name and its attributes go."""

    @property
    def tag(self) -> str: ...

    def get(self, name: str, /) -> str | None: ...


def selected(selector: str, elements: Callable[[], Iterable[Named]]) -> Iterator[Asked]:
    """The names that a selector asks for, each with those of its kind that the elements have."""
    try:
        options = plan(selector).options
    except SelectorError:
        return
    for compound in (each for option in options for each in option.compounds):
        if compound.tag is not None:
            yield compound.tag, (each.tag for each in elements()), False
        for id in compound.ids:
            yield id, (each.get("id") or "" for each in elements()), False
        for name in compound.classes:
            yield name, (word for each in elements() for word in (each.get("class") or "").split()), False
        for name, value in compound.values:
            yield value, (each.get(name) or "" for each in elements()), False


def surely(asked: Iterable[Asked], sim: Any, fits: Callable[[str, str], bool]) -> tuple[str, str] | None:
    """The first name that is meant to be another, which is there and fits in its place, and was itself never sent."""
    try:
        for wanted, names, exact in asked:
            if not exact and not words_sent(sim).may_slip(wanted):
                continue
            near = next((each for each in slips(wanted, names) if fits(wanted, each)), None)
            if near is not None and not was_there(sim.world, wanted, exactly=wanted.lower() == near.lower()):
                return wanted, near
    except RecursionError:
        pass  # what is too deep to be looked at says nothing
    return None


def told(first: str, found: tuple[str, str], code: str) -> str:
    """What is said of it."""
    return (
        f"{first}: it holds, as there is no {found[0]!r} and never was: {code}\n"
        f"  nearest: {found[1]!r}\n"
        f"  cure: the name that the page has; if {found[0]!r} is right, checks={{{MISSPELLED!r}: 'ignore'}}"
    )
