"""Selectors as plans, and what a plan says about an element.

Owns `Plan`, its `Complex` selectors and their `Compound` parts from left to right (`selector_reader` reads them from text). What a
compound says about an element by itself (tag, id, classes, attributes) can be asked of a template's skeleton; what it says about
neighbours (combinators, `:nth-child`, `:has`) is asked of a node.

Law: a plan accepts what `Element.matches` accepts, and `possible` never denies an element that some instance makes match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.fast_text_rows import TextSieve
from liveview_testing.browser.page.finding.fast_denial import denial
from liveview_testing.browser.page.node import Node, Same, Wanted, same
from liveview_testing.browser.page.search import Sieve
from liveview_testing.browser.page.siblings import Spot
from liveview_testing.browser.page.templates.skeleton import Element, Skeleton
from liveview_testing.failures.exceptions import TextFilter

Simple: TypeAlias = "Callable[[str, Mapping[str, str]], bool]"  # (tag, attributes of the instance)
Possible: TypeAlias = "Callable[[Element], bool]"  # may some instance of the element match?
Positional: TypeAlias = "Callable[[Node, Looking], bool]"


class Looking:
    """One search: its scope, and the siblings looked at so far (positions are counted once, not once a candidate)."""

    __slots__ = ("families", "scope")

    def __init__(self, scope: Node) -> None:
        self.scope = scope
        self.families: dict[Same, tuple[list[Node], dict[Same, int]]] = {}

    def family(self, node: Node) -> tuple[list[Node], int]:
        """The element's siblings, itself included, and its place among them."""
        parent = node.parent
        if parent is None:
            return [node], 0
        known = self.families.get(same(parent))
        if known is None:
            siblings = list(parent.elements())
            known = self.families[same(parent)] = siblings, {same(each): at for at, each in enumerate(siblings)}
        return known[0], known[1][same(node)]


# --- plans ------------------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Compound:
    """What a selector says about one element: by itself (`simple`), and among its neighbours (`positional`)."""

    text: str
    tag: str | None
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]  # attributes with a given value, for near misses
    simple: tuple[tuple[Simple, Possible], ...] = field(repr=False)
    positional: tuple[Positional, ...] = field(repr=False)
    key: str = ""  # the simple part as text
    spot: Spot | None = None  # where it must stand among its siblings, if a test says so
    only_id: str | None = None  # the id, if that is all it says
    needs: tuple[str, ...] = ()  # attributes that it must have, and that come with a template or a value

    def accepts(self, tag: str, attributes: Mapping[str, str]) -> bool:
        for test, _ in self.simple:  # noqa: SIM110 - all() with a generator costs twice as much
            if not test(tag, attributes):
                return False
        return True

    def possible(self, element: Element) -> bool:
        return all(possible(element) for _, possible in self.simple)

    def matches(self, node: Node, looking: Looking) -> bool:
        """The whole compound, on a node that may be any; the virtual root is nothing but `:scope`."""
        if not node.tag:
            return self.text == ":scope" and self.placed(node, looking)
        return self.accepts(node.tag, node.attributes) and self.placed(node, looking)

    def placed(self, node: Node, looking: Looking) -> bool:
        return not self.positional or all(test(node, looking) for test in self.positional)


@frozen(eq=False)
class Complex:
    """Compounds from left to right; `combinators[i]` stands before `compounds[i]` (`lead` before the first, in `:has`)."""

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]  # "" first, or the leading one of a relative selector

    @property
    def last(self) -> Compound:
        return self.compounds[-1]

    @property
    def alone(self) -> bool:
        return len(self.compounds) == 1 and not self.combinators[0] and not self.last.positional

    def text(self, upto: int | None = None) -> str:
        out = ""
        for combinator, compound in list(zip(self.combinators, self.compounds, strict=True))[:upto]:
            between = "" if not combinator else " " if combinator == " " else f" {combinator} "
            out += between + compound.text
        return out.strip()

    def reaches(self, node: Node, looking: Looking, at: int | None = None, anchor: Node | None = None) -> bool:
        """Whether what stands before compound `at` holds for a node that compound itself accepts."""
        at = len(self.compounds) - 1 if at is None else at
        combinator = self.combinators[at]
        if at == 0:
            return not combinator or (anchor is not None and _related(combinator, anchor, node, looking))
        before = self.compounds[at - 1]
        for candidate in _candidates(combinator, node, looking):
            if before.matches(candidate, looking) and self.reaches(candidate, looking, at - 1, anchor):
                return True
        return False


def _candidates(combinator: str, node: Node, looking: Looking) -> Iterable[Node]:
    """The elements that can stand before `node` and the combinator."""
    if combinator == " ":
        return _above(node)
    if combinator == ">":
        parent = node.parent
        return () if parent is None else (parent,)
    siblings, place = looking.family(node)
    return siblings[max(place - 1, 0) : place] if combinator == "+" else reversed(siblings[:place])


def _above(node: Node) -> Iterator[Node]:
    """Everything around a node, the virtual root included."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _related(combinator: str, anchor: Node, node: Node, looking: Looking) -> bool:
    return any(same(candidate) == same(anchor) for candidate in _candidates(combinator, node, looking))


ASKED = 256
"""How many different texts a selector is remembered with."""


@frozen(eq=False)
class Plan:
    """A selector list, ready to be searched for."""

    selector: str
    options: tuple[Complex, ...]
    wanted: dict[object, Wanted] = field(factory=dict[object, Wanted], repr=False)
    lone_id: str | None = None  # the selector is `#id` and nothing else

    def seek(self, text: TextFilter, *, last_first: bool = False, sieve: Sieve | None = None) -> Wanted:
        """What is asked of the page: the right-most compounds, and the text if one is given."""
        key = (text, last_first, None if sieve is None else sieve.key)
        found = self.wanted.get(key)
        if found is None:
            if len(self.wanted) == ASKED:
                self.wanted.clear()
            compounds = [option.last for option in self.options]
            found = self.wanted[key] = wanted_by(compounds, text, last_first=last_first, sieve=sieve)
        return found


def wanted_by(
    compounds: Sequence[Compound], text: TextFilter, *, last_first: bool = False, sieve: Sieve | None = None
) -> Wanted:
    keyed = ", ".join(dict.fromkeys(compound.key for compound in compounds))
    if text is not None:
        keyed = f"{keyed} with {_text_key(text)}"
    if sieve is None and isinstance(text, str):
        sieve = TextSieve(text)
    elif sieve is not None:
        keyed = f"{keyed} in {sieve.key}"

    def candidates(skeleton: Skeleton) -> tuple[int, ...]:
        return tuple(
            element.number for element in skeleton.elements if any(compound.possible(element) for compound in compounds)
        )

    if len(compounds) == 1:
        only = compounds[0]

        def accepts(element: Element, attributes: Mapping[str, str]) -> bool:
            return only.accepts(element.tag, attributes)

    else:

        def accepts(element: Element, attributes: Mapping[str, str]) -> bool:
            return any(compound.accepts(element.tag, attributes) for compound in compounds)

    spot = compounds[0].spot if len(compounds) == 1 else None
    test = None if text is None else text_test(text)
    denied = denial([compound.needs for compound in compounds]) if test is None and sieve is None else None
    return Wanted(keyed, candidates, accepts, test, spot, sieve, last_first, denied)


def text_test(text: str | re.Pattern[str]) -> Callable[[str], bool]:
    """A text filter as a test: a substring, or a pattern found somewhere, in the collapsed text."""
    if isinstance(text, str):
        return lambda content: text in content
    return lambda content: text.search(content) is not None


def _text_key(text: str | re.Pattern[str]) -> str:
    return f"text {text!r}" if isinstance(text, str) else f"pattern {text.pattern!r} {text.flags}"
