"""Variables of a template, and what a dynamic depends on, as the compiler tracks them.

Law: a name means what it means where it stands. A variable is *tracked* (the variables of a loop's first generator: their changes
are known entry by entry) or *tainting* (every other one: what uses it is always evaluated). What a
construct binds never leaks as a dependency out of it.
"""  # EN-12, EN-13, EN-22, EN-23, N2.3

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import evolve, field

from liveview_core.heex.syntax.tree import Deps, Step
from liveview_core.values.declaring import frozen

__all__ = ["ALWAYS", "Scope", "Terms", "Variable"]

Steps: TypeAlias = tuple[Step, ...]

ALWAYS = 0
"""The level of what is always evaluated, whatever is left: the use of `assigns` as a whole."""  # EN-11


@frozen
class Variable:
    """A name bound by the construct number `level`; tracked by its `__v<level>`, or tainting."""

    level: int
    tracked: bool


@frozen
class Scope:
    """What names mean at one place, and the names of the changed sets there.

    `changed` is None where nothing is tracked; `raw` is what nested bodies start from: the template's own changed set, or the
    one that a slot was given. `in_slot`: a body of slot content can be tracked although the loop entry around it was new, so
    that the variables of that entry have no changed set (seen in upstream's traces: they count as changed).
    `taints`: in a loop that uses tainting variables of outside, the row's own dynamics are always evaluated, those of bodies
    nested in it are not (as seen in upstream's traces: such rows are sent whole).
    """  # EN-12

    changed: str
    raw: str
    variables: dict[str, Variable] = field(factory=dict[str, Variable])
    taints: frozenset[int] = frozenset()
    in_slot: bool = False

    def binding(self, names: Iterable[str], level: int, tracked: Iterable[str] = ()) -> Scope:
        """With more variables, which hide those of the same name."""
        follow = frozenset(tracked)
        new = {name: Variable(level, name in follow) for name in names}
        return evolve(self, variables={**self.variables, **new})

    def within(self, changed: str, taints: frozenset[int] = frozenset()) -> Scope:
        """The same names where another changed set counts: inside a nested body."""
        return Scope(changed, self.raw, self.variables, taints, self.in_slot)

    def slot(self, changed: str) -> Scope:
        """Inside the content of a slot, which is told which changed set counts."""  # EN-20
        return Scope(changed, changed, self.variables, in_slot=True)


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
        """Add what an expression of *scope* depends on. Names of the definition are no dependency."""  # EN-6
        self.taints |= scope.taints
        if deps.always:
            self.taints.add(ALWAYS)
        # Where a variable is called `assigns`, what looks like an assign may be an attribute of it.
        whole = scope.variables.get("assigns")
        if whole is not None and (deps.always or any(path.root == "assign" for path in deps.paths)):
            self.taints.add(whole.level)
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
        """Add all of *other*."""  # EN-13
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
        """Evaluated only when nothing is tracked."""  # EN-6
        return not self.taints and not self.paths

    @property
    def assigns(self) -> frozenset[str] | None:
        """The assigns of which one must have changed; None where something else may have."""
        if self.taints or any(kind != "assign" for kind, _, _ in self.paths):
            return None
        return frozenset(name for _, name, _ in self.paths)

    @property
    def key(self) -> object:
        """Equal for equal conditions."""
        if self.taints:
            return True
        return frozenset((root, steps) for root, paths in self.paths.items() for steps in paths)

    def condition(self, scope: Scope) -> str:
        """The Python text that says whether anything changed, where something is tracked; empty if nothing ever does."""
        if self.taints:
            return "True"
        changed = scope.changed
        parts: list[str] = []
        for (kind, name, level), paths in self.paths.items():
            steps = _shortest(paths)
            if kind == "assign":
                flagged, new, changed_in = f"{name!r} in {changed}", f"__a[{name!r}]", f"{changed}[{name!r}]"
            else:
                flagged, new, changed_in = f"{name!r} in __v{level}", name, f"__v{level}[{name!r}]"
            if steps == ((),):
                test = flagged
            else:
                tests = [f"__path({changed_in}, {new}, {each!r})" for each in steps]
                either = " or ".join(tests)
                test = f"{flagged} and ({either})"
            parts.append(f"__v{level} is None or {test}" if kind == "name" and scope.in_slot else test)
        return " or ".join(parts)


def _shortest(paths: Iterable[Steps]) -> tuple[Steps, ...]:
    """Without the extensions of others, in order of appearance."""  # EN-10
    every = list(paths)
    return tuple(path for path in every if not any(path != each and path[: len(each)] == each for each in every))
