"""One act: who did what, to what, with which values, and when.

Owns `Act`, and the line of code that does it again. Law: an act is what was asked for; two are equal if they ask for the same
at the same instant, wherever that was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar, cast

from attrs import field

from liveview_core.errors import TooDeep, shown
from liveview_core.values.declaring import frozen
from liveview_testing.record.scripts.literals import Spelling
from liveview_testing.record.scripts.targets import OnOrder, OnWorld, Target, target_code, variable
from liveview_testing.world.tracebacks import shorten

K = TypeVar("K")

TEST = "test"
"""Who turns the clock, answers tasks, broadcasts: nobody at a page."""

_kind: Callable[[Any], Any] = type

OPENING = ("page", "live", "live_isolated")
LEADING = ("follow_redirect", "live_redirect", "follow_request")


def _compared(value: Any) -> Any:
    """What of a value is compared: errors are equal that say the same."""
    kind = _kind(value)
    if isinstance(value, BaseException):
        return (kind, _compared(value.args))
    if kind is dict:
        return {key: _compared(each) for key, each in value.items()}
    if kind is tuple or kind is list:
        return tuple(map(_compared, cast("tuple[Any, ...]", value)))
    return value


def _written(value: Any) -> str:
    try:
        return repr(value)
    except RecursionError:
        return shown(value)


def with_an_end(kind: type[K]) -> type[K]:
    """A class of values that hold what tests gave: what has no end, or nests too deep to be compared, is said to."""

    def ending(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def ended(*args: Any) -> Any:
            try:
                return method(*args)
            except RecursionError as error:
                if isinstance(error, TooDeep):
                    raise
            raise shorten(TooDeep("what an act was given"))

        return ended

    for name in ("__eq__", "__ne__", "__hash__"):
        setattr(kind, name, ending(getattr(kind, name)))
    return kind


@with_an_end
@frozen
class Act:
    """One act of a person, or of the test (`who` is "test" then).

    `on` is what it was done to, `verb` the method, `args` and `options` what that was given; `at` is the simulated instant in
    microseconds; `answers` is what dialogs were answered. `happenings` are the numbers of the messages that it caused. `file` and
    `line` say where it was written.
    """

    who: str
    seat: str
    """How the person's tab was opened: "page", or "view"; "kept" is a view's whose tab was asked for since."""
    on: Target
    verb: str
    args: tuple[Any, ...] = field(default=(), eq=_compared, repr=_written)
    options: Mapping[str, Any] = field(factory=dict[str, Any], eq=_compared, hash=False, repr=_written)
    at: int = 0
    answers: tuple[bool, ...] = ()
    happenings: range = field(default=range(0), eq=False)
    code_object: CodeType | None = field(default=None, eq=False, repr=False)
    offset: int = field(default=0, eq=False, repr=False)

    def __reduce__(self) -> tuple[type[Act], tuple[Any, ...]]:
        """Where it was written stays at home: code is not pickled."""
        given = (
            self.who,
            self.seat,
            self.on,
            self.verb,
            self.args,
            self.options,
            self.at,
            self.answers,
            self.happenings,
        )
        return Act, given

    def __deepcopy__(self, memo: object) -> Act:
        return self

    # --- where it was written ---------------------------------------------------------------------------------------

    @property
    def file(self) -> Path | None:
        """The file that it was written in; None if it was not: read from JSON, or made."""
        return None if self.code_object is None else Path(self.code_object.co_filename)

    @property
    def line(self) -> int | None:
        """The line that it was written on."""
        if self.code_object is None:
            return None
        positions = list(self.code_object.co_positions())
        at = self.offset // 2
        return positions[at][0] if at < len(positions) else self.code_object.co_firstlineno

    # --- as code ----------------------------------------------------------------------------------------------------

    @property
    def opens(self) -> bool:
        """Whether it opens a tab: from then on its person is there."""
        return self.verb in OPENING and isinstance(self.on, OnWorld)

    @property
    def code(self) -> str:
        """The line of Python that does it. Raises `NoLiteral` where a value cannot be written."""
        return self.spelled(Spelling())

    def spelled(self, spelling: Spelling) -> str:
        """The line of Python that does it, values as `spelling` writes them."""
        target, verb = target_code(self.who, self.seat, self.on, spelling), self.verb
        if isinstance(self.on, OnWorld) and self.on.part == "store":
            return f"sim.store[{spelling.of(self.args[0])}] = {spelling.of(self.args[1])}"
        if verb == "deploy":
            return f"sim.static = {spelling.of(self.args[0])}"
        if verb == "in_order":
            return "with sim.in_order() as order:"
        if verb == "end" and isinstance(self.on, OnOrder):
            return "# what still waits arrives"
        if verb == "keep":
            return f"_ = {target}.page  # from here on a browser with a state of its own"
        if verb == "release" and self.args:
            words = [f"[{', '.join(f'{target}.in_flight[{at}]' for at in self.args[0])}]"]
            return f"{target}.release({words[0]})"
        words = [spelling.of(each) for each in self.args]
        words.extend(f"{name}={spelling.of(each)}" for name, each in self.options.items())
        call = f"{target}.{verb}({', '.join(words)})"
        if self.opens:
            return f"{variable(self.who)} = {call}"
        return f"{variable(self.who)} = {call}" if self.leads else call

    @property
    def leads(self) -> bool:
        """Whether the person has another view in hand from then on."""
        return self.verb in LEADING and self.seat == "view"

    def __str__(self) -> str:
        return self.spelled(Spelling(strict=False))
