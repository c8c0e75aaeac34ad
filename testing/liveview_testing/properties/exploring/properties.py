"""What is asked of the worlds of a search.

Owns `always`, `sometimes`, `eventually` and `outcomes`. Law: a property only looks; what it raises, or a falsy answer, says that it
does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from attrs import field

from liveview_core.errors import BadOption, LiveViewError, add_note, shown
from liveview_core.values.declaring import frozen
from liveview_testing.failures.misuse.answers import truth, unanswered
from liveview_testing.failures.misuse.asked_functions import takes, written
from liveview_testing.failures.misuse.misused_handles import NoSuchName, NotAValue
from liveview_testing.properties.exploring.simulations import glance
from liveview_testing.user.uncalled_statements import tell_if_idle
from liveview_testing.world.tracebacks import shortened

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation

Predicate: TypeAlias = "Callable[[Simulation], object]"
Kind: TypeAlias = Literal["always", "sometimes", "eventually", "outcomes"]
When: TypeAlias = Literal["quiet"]

P = TypeVar("P", bound=Predicate)


@frozen
class Property:
    """One thing that is asked: of every world, of at least one, or of one on each schedule."""

    kind: Kind
    name: str
    holds: Predicate = field(eq=False, repr=False)
    when: When | None = None
    expected: frozenset[Any] | None = None

    @shortened
    def check(self, sim: Simulation) -> None:
        """Ask it of a world as it is now, in which no time passes. Raises what it raises, or that it does not hold."""
        error: Any = verdict(self, glance(sim, sim.world))
        if error is not None:
            error.asked = self.name
            add_note(error, "\n".join(f"{view!r}: {shown(view.assigns)}" for view in sim.views))
            raise error

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r}"


@shortened
def always(holds: Predicate, name: str | None = None, *, when: When | None = None) -> Property:
    """`holds(sim)` in every world that is reached, also between two messages; `when="quiet"`: in those in which nothing is
    under way.
    """
    if when not in (None, "quiet"):
        raise BadOption(
            "always(…, when=…) says when a property is asked",
            expected='"quiet": when nothing is under way; or nothing, for every world',
            got=shown(when),
            cure='always(…, when="quiet")',
        )
    return Property("always", _named(holds, name), holds, when)


@shortened
def sometimes(holds: Predicate, name: str | None = None) -> Property:
    """`holds(sim)` in at least one world of the whole search: it says that the search got there."""
    return Property("sometimes", _named(holds, name), holds)


@shortened
def eventually(holds: Predicate, name: str | None = None) -> Property:
    """On every schedule there is a world in which `holds(sim)`, at or before its end."""
    return Property("eventually", _named(holds, name), holds)


@shortened
def outcomes(expected: Iterable[Any], observe: Predicate | None = None, name: str | None = None) -> Property:
    """The set of outcomes is this one, whatever their order; an outcome is what `observe(sim)` sees where a schedule ends.

    Without `observe` it is that of `explore(observe=…)`.
    """
    try:
        wanted = frozenset(expected)
    except TypeError as error:
        raise BadOption(
            "outcomes are compared as a set", expected="values that can be hashed: tuples, str, int", got=str(error)
        ) from None
    if observe is not None:
        _takes_the_world("what is observed", observe)
    return Property("outcomes", name or "the outcomes are these", observe or nothing, None, wanted)


def nothing(sim: Simulation) -> None:
    """The outcome is what the search observes."""


def observed(wanted: Property) -> Predicate | None:
    """How the outcomes of a property are seen, if it says so."""
    return None if wanted.holds is nothing else wanted.holds


def _named(holds: Any, name: str | None) -> str:
    if not callable(holds):
        raise BadOption(
            "a property is a function of the world",
            expected="lambda sim: …",
            got=shown(holds),
            cure="always(lambda sim: …)",
        )
    _takes_the_world("a property", holds)
    tell_if_idle(f"the property {getattr(holds, '__name__', '')}", holds)
    if name is not None:
        return name
    own = str(getattr(holds, "__name__", "a property"))
    return own.replace("_", " ") if own != "<lambda>" else f"the lambda at line {holds.__code__.co_firstlineno}"


def _takes_the_world(what: str, function: Predicate) -> None:
    if not takes(function, 1):
        raise BadOption(
            f"{what} is a function of the world",
            expected="one argument, the simulation: lambda sim: …",
            got=written(function),
            cure="what it does not need it need not use",
        )


def verdict(wanted: Property, sim: Simulation) -> Exception | None:
    """Why a property does not hold in a world; None if it does. Raises what is said of a question that means nothing."""
    try:
        answer = wanted.holds(sim)
    except (NotAValue, NoSuchName):
        raise
    except (AssertionError, LiveViewError) as error:
        return error
    if wanted.expected is not None:
        return None if answer in wanted.expected else PropertyBroken(f"the outcomes are others: {shown(answer)}")
    what = f"the property {wanted.name!r}"
    try:
        holds = truth(what, wanted.holds, answer)
    except AssertionError as error:  # an answer that explains itself
        return error
    if holds is None and wanted.kind == "always":
        raise unanswered(what, wanted.holds)
    return None if holds else PropertyBroken(f"{wanted.name}: {shown(answer)}")


class PropertyBroken(AssertionError):
    """A property answered that it does not hold."""

    says_all = True
    """No line of ours says more."""
