"""An expectation while it waits: asked now, then played forward, then told.

Owns `Expecting`, which both kinds of assertions are made of, and the text of a failure. Law: the first line says what was
expected; nothing is worded where it holds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from types import CodeType
from typing import TYPE_CHECKING, Any, NoReturn

from liveview_core.errors import add_note
from liveview_core.tracebacks import is_of_the_call, shorten
from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.failures.misuse.arguments import called_so
from liveview_testing.failures.misuse.misused_handles import Named, NotAValue
from liveview_testing.failures.misuse.misused_handles import missing as missing_name
from liveview_testing.user.locators import failure_texts, options
from liveview_testing.user.locators.acting import hints
from liveview_testing.user.locators.exceptions import Error, ExpectationFailed
from liveview_testing.user.locators.expecting.misspelled import misspelled
from liveview_testing.user.locators.expecting.misspelled import told as told_misspelled
from liveview_testing.user.locators.finding.nearest_misses import missing
from liveview_testing.user.locators.finding.preview import preview
from liveview_testing.user.locators.finding.query import Query
from liveview_testing.user.locators.last_acts import last_acts
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import Pending, Waiting
from liveview_testing.world.page_checks import MISSPELLED, VACUOUS, PageWarning
from liveview_testing.world.tracebacks import warn

LINE = 100
"""Characters of a value that has several lines, in the log of a wait."""


@frozen(eq=False)
class Told:
    """What did not hold: about which element, what was there."""

    received: object = None
    element: DomElement | None = None
    found: int = 1
    near: Callable[[DomElement], str | None] | None = None


class Expecting(Named):
    """What is expected of a scene."""

    __slots__ = ("_asked", "_default", "_made", "_message", "_scene")

    def __init__(self, scene: Scene, message: str | None, timeout: float | None, made: CodeType) -> None:
        self._made = made
        self._scene = scene
        self._message = message
        self._default = timeout
        self._asked = False

    def __init_subclass__(cls) -> None:
        """Each assertion puts down that it was asked."""
        for name, function in [*vars(cls).items()]:
            if name.startswith(("to_", "not_to_")):
                setattr(cls, name, _asking(function))

    def __del__(self) -> None:
        """Who forgets the assertion, or its brackets, has tested nothing.

        It is said where the statement is that drops it: the code that made it. Whoever collects garbage later is not to blame.
        """
        if not self._asked and self._made is sys._getframe(1).f_code:
            warn(
                f"{self._called} was asked nothing, so nothing was tested\n"
                "  cure: expect(…).to_be_visible(): an assertion, with its brackets",
                PageWarning,
            )

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __bool__(self) -> NoReturn:
            self._asked = True  # it fails
            raise shorten(
                NotAValue(
                    f"{self._called} was asked nothing: it is neither true nor false",
                    got="the truth of it, as in `assert expect(…)`",
                    cure="an assertion, with its brackets: expect(…).to_be_visible(); it needs no `assert` before it",
                )
            )

        def __getattr__(self, name: str) -> NoReturn:
            self._asked = True  # it fails
            meant = name.replace("to_not_", "not_to_", 1)
            missing_name(
                self, name, {name: f".{meant}(…)"} if hasattr(type(self), meant) else self._names, self._called
            )

    def waited(
        self,
        kind: str,
        verb: str,
        expected: object,
        negated: bool,
        timeout: object,
        ask: Callable[[Scene], Told | None],
        query: Query | None = None,
    ) -> None:
        """Wait until `ask` has nothing to tell. `kind` is what it is about: "Locator", "Page title"."""
        patience = self.patience(timeout)
        try:
            told = ask(self._scene)
        except Error as error:
            raise shorten(self._at_once(kind, verb, expected, negated, error)) from None
        if told is None:
            if _is_negative(verb, expected, negated):
                self._look_ahead(kind, verb, expected, negated, patience, ask)
                if query is not None and not verb.endswith(" text"):
                    self._look_closer(self._first(kind, verb, expected, negated), query)
            return
        last = [told]

        def look(scene: Scene) -> bool | Pending:
            said = ask(scene)
            if said is None:
                return True
            last[0] = said
            return Pending(_state(said), said.element, said.found)

        waiting = Waiting(self._scene, patience)
        try:
            found = waiting.until(look)
        except Error as error:
            raise shorten(self._at_once(kind, verb, expected, negated, error)) from None
        if isinstance(found, Pending):
            raise shorten(self._failed(kind, verb, expected, negated, waiting, last[0], query, ask))
        waiting.adopt()

    def _look_ahead(
        self,
        kind: str,
        verb: str,
        expected: object,
        negated: bool,
        patience: float,
        ask: Callable[[Scene], Told | None],
    ) -> None:
        """Say, where that is asked for, that what is not there now will be within the time."""
        policy = self._scene.policy(VACUOUS)
        if policy == "ignore":
            return

        def look(scene: Scene) -> Told | Pending:
            found = ask(scene)
            return Pending("it is still not there") if found is None else found

        waiting = Waiting(self._scene, patience)
        if isinstance(waiting.until(look), Pending):
            return
        text = (
            f"{self._first(kind, verb, expected, negated)}: it holds now, and no more {waiting.passed:.10g} ms later, when"
            " what was not there has come; wait for what the act leads to first"
        )
        if policy == "warn":
            warn(text, PageWarning)
            return
        raise shorten(
            ExpectationFailed(text, more="\n".join(("Call log:", *(f"  {each}" for each in waiting.happened))))
        )

    def _look_closer(self, first: str, query: Query) -> None:
        """Say that what is not there has never been there, and something of nearly that name is."""
        policy = self._scene.policy(MISSPELLED)
        found = None if policy == "ignore" else misspelled(self._scene, query)
        if found is None:
            return
        text = told_misspelled(first, found, query.code)
        if policy == "warn":
            warn(text, PageWarning)
            return
        raise shorten(ExpectationFailed(text))

    def patience(self, timeout: object) -> float:
        """How long it waits."""
        memory = self._scene.memory.expects
        default = memory if memory is not None else options.EXPECT_TIMEOUT if self._default is None else self._default
        return options.milliseconds(timeout, default)

    def _first(self, kind: str, verb: str, expected: object, negated: bool) -> str:
        said = "" if expected is None else f" {quoted(expected)}"
        first = f"{kind} expected {'not ' if negated else ''}to {verb}{said}"
        return first if self._message is None else f"{self._message}\nExpected value: {quoted(expected)}\n{first}"

    def _at_once(self, kind: str, verb: str, expected: object, negated: bool, error: Error) -> ExpectationFailed:
        """What fails however long it waits."""
        more = error.happened if error.happened.startswith(("Error: ", "SyntaxError: ")) else f"Error: {error.happened}"
        parts = (("expected", error.expected), ("got", error.got), ("cure", error.cure))
        lines = [more, *(f"  {name}: {said}" for name, said in parts if said), error.more]
        return ExpectationFailed(self._first(kind, verb, expected, negated), more="\n".join(filter(None, lines)))

    def _failed(
        self,
        kind: str,
        verb: str,
        expected: object,
        negated: bool,
        waiting: Waiting[Scene],
        told: Told,
        query: Query | None,
        ask: Callable[[Scene], Told | None],
    ) -> ExpectationFailed:
        lines: list[str] = []
        left: Any = expected
        right: Any = told.received
        scene = waiting.there
        nothing = query is not None and told.found == 0
        if nothing and told.received is None:
            lines.append("Error: element(s) not found")
        else:
            lines.append(f"Actual value: {_plain(told.received)}")
            if verb == "match Aria snapshot" and not negated:
                lines.extend(failure_texts.outlines(str(expected), str(told.received)))
            elif isinstance(expected, str) and isinstance(told.received, str) and not negated:
                lines.extend(failure_texts.compared(expected, told.received))
                lines.extend(hints.meant(expected, told.received, verb))
            elif _is_list(expected) and _is_list(told.received):
                lines.extend(_listed(left, right))
        if told.near is not None and told.element is not None and not negated and (near := told.near(told.element)):
            lines.append(f"  {near}")
        lines.extend(hints.whose(scene, lambda other: ask(other) is None))
        if kind == "Page URL" and isinstance(expected, str) and "*" in expected and not negated:
            lines.append(
                '  a text is the whole URL, its stars too; page.wait_for_url("**/…") and re.compile(…) take a part'
            )
        asked = _ASKED.get(kind, _ASKED.get(verb, verb)).replace(" ", "_").lower()
        name = f'Expect "{"not_" if negated else ""}to_{asked}" with timeout {waiting.timeout:.10g}ms'
        if query is not None:
            lines.extend(failure_texts.call_log(query, waiting, name))
        else:
            lines.extend(("Call log:", f"  - {name}"))
            lines.extend(f"      - {stage.state} (from {stage.at:.10g} ms on)" for stage in waiting.log)
            lines.append(f"  - {failure_texts.how_far(waiting)}")
            lines.extend(f"      {each}" for each in waiting.happened)
        around: list[DomElement] = []
        if nothing and query is not None:
            lack = missing(query, scene.reading)
            lines.extend(("", f"{query.code}: {lack.sentence}", *failure_texts.lacking(lack, scene)))
            around = [each.element for each in lack.near]
        elif told.element is not None:
            around = [told.element]
        lines.extend(
            (
                "",
                *failure_texts.region(scene, around),
                *hints.stale(scene),
                *failure_texts.notes(scene),
                *last_acts(scene),
            )
        )
        return ExpectationFailed(self._first(kind, verb, expected, negated), more="\n".join(lines))


def _asking(assertion: Callable[..., None]) -> Callable[..., None]:
    @wraps(assertion)
    def asked(self: Expecting, *args: Any, **options: Any) -> None:
        self._asked = True  # pyright: ignore[reportPrivateUsage]
        try:
            return assertion(self, *args, **options)
        except TypeError as error:
            if is_of_the_call(error):  # the arguments do not fit
                add_note(error, called_so(assertion))
                shorten(error)
            raise

    return asked


def _is_negative(verb: str, expected: object, negated: bool) -> bool:
    """Whether it is expected that something is not there."""
    if verb in ("be visible", "be attached", "have text", "contain text"):
        return negated
    return (verb in ("be hidden", "be detached") and not negated) or (
        verb == "have count" and (expected == 0) is not negated
    )


_ASKED = {
    "Page URL": "have url",
    "Page title": "have title",
    "have accessible role": "have role",
    "contain class names": "contain class",
    "be indeterminate": "be checked",
    "be unchecked": "be checked",
    "be detached": "be attached",
}


def quoted(expected: object) -> str:
    """What was expected, in the first line."""
    whole: Any = expected
    if isinstance(expected, list):
        return f"'{whole!r}'"
    return f"'{whole!r}'" if isinstance(expected, re.Pattern) else f"'{whole}'"


def _is_list(received: object) -> bool:
    return isinstance(received, list)


def _plain(received: object) -> str:
    return str(received)


def _state(told: Told) -> str:
    if told.found == 0 and told.received is None:
        return "nothing was found"
    return f"unexpected value {_value(told.received)}" + (
        "" if told.element is None else f" of {preview(told.element)}"
    )


def _value(received: object) -> str:
    if not isinstance(received, str):
        return repr(received)
    if "\n" not in received:
        return f'"{received}"'
    line = norm(received)
    return f'"{line}"' if len(line) <= LINE else f'"{line[: LINE - 1]}…"'


def _listed(expected: Sequence[object], received: Sequence[object]) -> list[str]:
    """Two lists, a line for each place where they differ."""
    lines: list[str] = []
    for at in range(max(len(expected), len(received))):
        left = quoted(expected[at]) if at < len(expected) else "nothing"
        right = repr(received[at]) if at < len(received) else "nothing"
        lines.append(f"  {at}: expected {left}, received {right}")
        if len(lines) > 20:
            lines.append(f"  … {max(len(expected), len(received)) - 21} more")
            break
    return lines
