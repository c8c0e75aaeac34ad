"""Whether something is on a page, and what is said where it should be and is not, or should not be and is.

Owns the falsy answer of `has_element` and `exists`, and what `assert_has` and `refute_has` raise. Law: an answer says of the page
what was true when it was asked; it is worded only when somebody reads it, so asking costs the search alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from opcode import opmap
from typing import TYPE_CHECKING, Any, cast

from liveview_core.errors import BadOption, shown
from liveview_testing.browser.page.finding.select import find, missed, sketch, sketch_name
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import KitFailure, TextFilter, Unwanted, WrongCount, failure
from liveview_testing.user.locators.exceptions import ExpectationFailed
from liveview_testing.user.locators.expecting import misspelled
from liveview_testing.world.page_checks import MISSPELLED, Checks, PageWarning
from liveview_testing.world.tracebacks import warn

if TYPE_CHECKING:
    from types import FrameType

    from liveview_testing.user.locators.expecting.misspelled import Asked

__all__ = ["NotThere", "absent", "demand", "refuse"]


class NotThere(int):
    """A `False` that says why: equal to it, falsy as it, and its repr is what `view.element(…).text` would raise.

    `.failure` is that error. Only `is False` tells it from `False`.
    """

    _page: Page
    _selector: str
    _text: TextFilter
    _closer: Callable[[], None] | None

    def __bool__(self) -> bool:
        if self._closer is not None and _is_negated(sys._getframe(1)):
            closer, self._closer = self._closer, None
            closer()
        return False

    @property
    def failure(self) -> KitFailure:
        """What is not there, what comes nearest, and what to do: as an error, not raised."""
        return failure(missed(self._page, self._selector, self._text))

    def __repr__(self) -> str:
        # One line: this is what pytest shows of a value that an assertion was about.
        error = self.failure
        near = f"; nearest: {', '.join(error.nearest)}" if error.nearest else ""
        return f"<False: {error.happened}{near}>"

    def __reduce__(self) -> tuple[type[bool], tuple[int]]:
        return bool, (0,)  # elsewhere, without the page, it is what it is equal to


_NOT, _TO_BOOL = opmap["UNARY_NOT"], opmap.get("TO_BOOL")


def _is_negated(frame: FrameType) -> bool:
    """Whether the value of a `not` is asked for, as `assert not …` does under pytest: that it is not there is what is meant."""
    code, at = frame.f_code.co_code, frame.f_lasti
    if code[at] == _TO_BOOL:
        at += 2
        while at < len(code) and not code[at]:  # what the interpreter remembers behind it
            at += 2
    return at < len(code) and code[at] == _NOT


def absent(page: Page, selector: str, text: TextFilter, closer: Callable[[], None] | None = None) -> bool:
    """The falsy answer about a page; `closer` looks closer where it is meant to be false."""
    answer = NotThere(0)
    answer._page, answer._selector, answer._text, answer._closer = page, selector, text, closer
    return cast("bool", answer)  # as good as one, so that whoever passes it on may call it so


def counted(count: object) -> None:
    """A number of elements, or none given. Raises `BadOption`."""
    if count is not None and (type(count) is not int or count < 0):
        raise BadOption(
            "elements are counted in whole numbers",
            expected="count=3, or no count for one at least",
            got=shown(count),
            cure="refute_has(selector) where there must be none",
        )


def demand(found: Sequence[Node], where: Page | Node, selector: str, text: TextFilter, count: int | None) -> None:
    """There is one at least, or as many as `count` says. Raises the failure that says what is there instead."""
    if len(found) == count or (count is None and found):
        return
    if not found:
        raise failure(missed(where, selector, text))
    assert count is not None
    raise failure(WrongCount(selector, count, len(found), tuple(map(sketch, found[:5])), text, _where(where)))


def refuse(found: Sequence[Node], scope: Node | None, selector: str, text: TextFilter, count: int | None) -> None:
    """There is none, or not as many as `count` says. Raises the failure that shows what is there."""
    if found if count is None else len(found) == count:
        raise failure(Unwanted(selector, len(found), tuple(map(sketch, found[:5])), text, count, _where(scope)))


def look_closer(
    sim: Any, checks: Checks, scope: Node, selector: str, text: TextFilter, asked_by: str = "refute_has"
) -> None:
    """Say that what is rightly not there has never been there, and something of nearly that name is."""
    policy = checks.get(MISSPELLED, "ignore")
    if policy == "ignore":
        return
    has_selector = isinstance(text, str) and bool(find(scope, selector, limit=1))

    def texts() -> Iterator[str]:  # read only where a word of the text is nearly one that was sent
        for each in islice(find(scope, selector), misspelled.LOOKED_AT):
            yield each.text

    asked: Iterable[Asked]
    if isinstance(text, str) and has_selector:
        asked = [(text, misspelled.parts(text, texts(), exact=False), False)]
    else:
        asked = misspelled.selected(selector, lambda: islice(scope.iter(), misspelled.LOOKED_AT))
    found = misspelled.surely(
        asked, sim, lambda wanted, near: has_selector or bool(find(scope, selector.replace(wanted, near, 1), limit=1))
    )
    if found is None:
        return
    code = f"{asked_by}({selector!r})" if text is None else f"{asked_by}({selector!r}, {text!r})"
    said = misspelled.told("refuted in vain", found, code)
    if policy == "raise":
        raise ExpectationFailed(said)
    warn(said, PageWarning)


def _where(where: Page | Node | None) -> str:
    return sketch_name(where) if isinstance(where, Node) else "the page"
