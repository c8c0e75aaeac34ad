"""Variables of a template, and what a dynamic depends on, as the compiler tracks them.

Law: a name means what it means where it stands. A variable is *tracked* (the variables of a loop's first generator: their changes
are known entry by entry, EN-22, EN-23) or *tainting* (every other one: what uses it is always evaluated, EN-12, N2.3). What a
construct binds never leaks as a dependency out of it (EN-13).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import evolve, field, frozen

from liveview_core.heex.tree import Deps, Step

__all__ = ["ALWAYS", "Scope", "Terms", "Variable"]

Steps: TypeAlias = tuple[Step, ...]
Term: TypeAlias = tuple[str, Steps]
"""A dictionary expression's key that can be flagged, and the path below it: `("__c1|count", ())`."""

ALWAYS = 0
"""The level of what is always evaluated, whatever is left: the use of `assigns` as a whole (EN-11)."""


@frozen
class Variable:
    """A name bound by the construct number `level`; tracked by its `__v<level>`, or tainting."""

    level: int
    tracked: bool


@frozen
class Scope:
    """What names mean at one place, and the name of the changed set there.

    `taints`: in a loop that uses tainting variables of outside, the row's own dynamics are always evaluated, those of bodies
    nested in it are not (EN-12 as seen in upstream's traces: such rows are sent whole).
    """

    changed: str
    variables: dict[str, Variable] = field(factory=dict[str, Variable])
    taints: frozenset[int] = frozenset()

    def binding(self, names: Iterable[str], level: int, tracked: Iterable[str] = ()) -> Scope:
        """With more variables, which hide those of the same name."""
        follow = frozenset(tracked)
        new = {name: Variable(level, name in follow) for name in names}
        return evolve(self, variables={**self.variables, **new})

    def within(self, changed: str, taints: frozenset[int] = frozenset()) -> Scope:
        """The same names where another changed set counts: inside a nested body."""
        return Scope(changed, self.variables, taints)


class Terms:
    """The union of what a dynamic depends on: assigns and tracked variables with their paths, and taints by level."""

    __slots__ = ("paths", "taints")

    def __init__(self) -> None:
        # root -> its paths, in order of appearance; a root is ("assign", name, 0) or ("name", name, level)
        self.paths: dict[tuple[str, str, int], dict[Steps, None]] = {}
        self.taints: set[int] = set()

    @classmethod
    def of(cls, deps: Deps, scope: Scope) -> Terms:
        """The terms of one expression."""
        terms = cls()
        terms.add(deps, scope)
        return terms

    def add(self, deps: Deps, scope: Scope) -> None:
        """Add what an expression of *scope* depends on. Names of the definition are no dependency (EN-6)."""
        self.taints |= scope.taints
        if deps.always:
            self.taints.add(ALWAYS)
        for path in deps.paths:
            if path.root == "assign":
                self.paths.setdefault(("assign", path.name, 0), {})[path.steps] = None
                continue
            variable = scope.variables.get(path.name)
            if variable is None:
                continue
            if variable.tracked:
                self.paths.setdefault(("name", path.name, variable.level), {})[path.steps] = None
            else:
                self.taints.add(variable.level)

    def update(self, other: Terms) -> None:
        """Add all of *other* (EN-13)."""
        for root, paths in other.paths.items():
            self.paths.setdefault(root, {}).update(paths)
        self.taints |= other.taints

    def leaving(self, level: int, *, tainted: bool = False) -> Terms:
        """What is left outside of the construct that binds *level*; `tainted` keeps its taint, not its variables."""
        left = Terms()
        left.paths = {root: dict(paths) for root, paths in self.paths.items() if root[2] != level or not level}
        left.taints = set(self.taints) if tainted else self.taints - {level} if level else set(self.taints)
        return left

    @property
    def always(self) -> bool:
        """Evaluated whatever changed."""
        return bool(self.taints)

    @property
    def never(self) -> bool:
        """Evaluated only when nothing is tracked (EN-6)."""
        return not self.taints and not self.paths

    @property
    def key(self) -> object:
        """Equal for equal conditions."""
        if self.taints:
            return True
        return frozenset((root, steps) for root, paths in self.paths.items() for steps in paths)

    def condition(self, changed: str) -> str:
        """The Python text that says whether anything changed, *changed* not being None; empty if nothing ever does."""
        if self.taints:
            return "True"
        parts: list[str] = []
        for (kind, name, level), paths in self.paths.items():
            steps = _shortest(paths)
            if kind == "assign":
                flagged, new, changed_in = f"{name!r} in {changed}", f"__a[{name!r}]", f"{changed}[{name!r}]"
                function = "__path"
            else:
                flagged, new, changed_in = f"{name!r} in __v{level}", name, f"__v{level}[{name!r}]"
                function = "__vpath"
            if steps == ((),):
                parts.append(flagged)
                continue
            tests = [f"{function}({changed_in}, {new}, {each!r})" for each in steps]
            test = tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
            parts.append(f"{flagged} and {test}")
        return " or ".join(parts)


def _shortest(paths: Iterable[Steps]) -> tuple[Steps, ...]:
    """Without the extensions of others (EN-10), in order of appearance."""
    every = list(paths)
    return tuple(path for path in every if not any(path != each and path[: len(each)] == each for each in every))
