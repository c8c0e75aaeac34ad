"""What is true after every move: the laws, and what the author says of pages, views and the world.

Owns `Held` and `check`. Law: an invariant is asked, never acts; it breaks by an error, or by a falsy answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field

from liveview_core.errors import BadOption, add_note, shown
from liveview_core.values.assigns import Assigns
from liveview_core.values.declaring import frozen
from liveview_testing.failures.misuse.answers import truth, unanswered
from liveview_testing.failures.misuse.asked_functions import raise_at, takes, written
from liveview_testing.laws import LawBroken, hold
from liveview_testing.user.simulation import Simulation, View
from liveview_testing.user.uncalled_statements import tell_if_idle

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Page

OfPage: TypeAlias = "Callable[[Page], bool | None]"
OfView: TypeAlias = Callable[[View], bool | None]
OfAssigns: TypeAlias = Callable[[Assigns], bool | None]
OfSim: TypeAlias = Callable[[Simulation], bool | None]
Invariant: TypeAlias = "OfPage | OfView | OfAssigns | OfSim"
"""What is true after every move, of each `page`, each `view`, each view's `assigns`, or of the whole `sim`: told by the name of the
parameter. It raises an error, as an assertion does, or its answer is falsy."""

ABOUT: Final = ("page", "view", "assigns", "sim")


class InvariantBroken(LawBroken):
    """Something that is to be true after every move is not. `.invariant` is its name, `.person` whom it was asked about."""

    def __init__(self, name: str, about: object, asked: Callable[[Any], Any], answer: object) -> None:
        self.invariant = name
        super().__init__(
            "invariant",
            f"{name} is not true of {shown(about)}",
            expected="True, or no error, after every move",
            got=f"{shown(answer)}, from {written(asked)}",
        )


@frozen
class Held:
    """One invariant: its name, whom it is asked about, the function."""

    name: str
    about: str
    fn: Callable[[Any], Any] = field(repr=False)

    def code(self, function: str, name: str) -> str:
        """Asked in a test, by this expression for the function, of the person whose page goes by this name."""
        of = {"sim": "sim", "view": f"{name}.view", "assigns": f"{name}.view.assigns"}.get(self.about, name)
        return f"{function}({of})"


LAWS: Final = Held("hold", "sim", hold)


def held(invariants: Iterable[Any]) -> tuple[Held, ...]:
    """The laws, and what was given."""
    if not isinstance(invariants, Iterable) or isinstance(invariants, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "invariants are a list",
            expected="functions of a page, a view, its assigns, or the sim",
            got=shown(invariants),
            cure=f"invariants=[{getattr(invariants, '__name__', '…') if callable(invariants) else '…'}]".replace(
                "<lambda>", "lambda page: …"
            ),
        )
    return (LAWS, *map(_held, invariants))


def _held(given: Any) -> Held:
    if not callable(given):
        raise BadOption(
            "an invariant is a function",
            expected="a function of a page, a view, its assigns, or the sim",
            got=shown(given),
            cure='lambda page: page.locator("li").count() < 10',
        )
    name: str = getattr(given, "__name__", type(given).__name__)
    try:
        parameters = [*inspect.signature(given).parameters]
    except (TypeError, ValueError):
        parameters = ["page"]
    first = parameters[0] if parameters else "page"
    if first not in ABOUT:
        raise BadOption(
            f"it is not known what the invariant {name} is asked about",
            expected=f"a function whose parameter is called {', '.join(ABOUT[:-1])} or {ABOUT[-1]}",
            got=f"one whose parameter is called {first}",
        )
    if not takes(given, 1):
        raise BadOption(
            f"the invariant {name} is asked about one thing",
            expected=f"one argument: {', '.join(ABOUT[:-1])} or {ABOUT[-1]}",
            got=written(given),
            cure="one that is about several asks the sim: sim.pages, sim.views",
        )
    tell_if_idle(f"the invariant {name}", given)
    return Held("invariant" if name == "<lambda>" else name, first, given)


def check(sim: Simulation, people: Sequence[Page], invariants: Iterable[Held]) -> None:
    """Ask all of them."""
    for each in invariants:
        for person, about in _subjects(each.about, sim, people):
            try:
                answer = each.fn(about)
                if each is LAWS:
                    continue
                what = f"the invariant {each.name}"
                holds = truth(what, each.fn, answer)
                if holds is None:
                    raise_at(each.fn, unanswered(what, each.fn))
                if holds is False:
                    raise_at(each.fn, InvariantBroken(each.name, about, each.fn, answer))
            except Exception as error:
                broken: Any = error
                broken.invariant, broken.person = each.name, person
                if each.about != "assigns" and each is not LAWS:
                    add_note(error, "\n".join(f"{view!r}: {shown(view.assigns)}" for view in sim.views))
                raise


def _subjects(about: str, sim: Simulation, people: Sequence[Page]) -> Iterator[tuple[int, Any]]:
    """Whom it is asked about, and which of the people that is."""
    if about == "sim":
        yield 0, sim
        return
    for person, page in enumerate(people):
        if about == "page":
            yield person, page
        elif page.view.line.process is not None:
            yield person, page.view if about == "view" else page.view.assigns
