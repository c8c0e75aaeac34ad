"""A body of a template while it is compiled: its statics, and what stands between them.

Law: `len(statics) == len(dynamics) + 1`, adjacent dynamics are separated by "", and the dynamics are written in their
order. Simple dynamics exist twice in the generated text, once for "everything" and once behind their condition, so that
neither pays for the other; what defines functions exists once. Where many stand together, one question passes over a dozen.
"""  # EN-1

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from liveview_core.heex.compile.generated_code import Line, indented
from liveview_core.heex.compile.scopes import Scope, Terms
from liveview_core.heex.syntax.location import Location
from liveview_core.values.declaring import frozen

__all__ = ["Binding", "Body", "Item", "Made", "Nested", "Simple", "Statement"]


@frozen
class Simple:
    """A dynamic that is one expression; `code` is its Python."""

    position: int
    code: str
    terms: Terms
    at: Location


@frozen
class Nested:
    """A dynamic that takes statements; they end by assigning to `__o["<position>"]`."""

    position: int
    lines: list[Line]
    terms: Terms
    at: Location


@frozen
class Statement:
    """What runs at every render and gives nothing."""  # TG-2

    code: str
    at: Location


@frozen
class Binding:
    """`<% T = E %>`: all that follows stands in a function that takes the value."""  # N1.8

    number: int
    target: str
    simple: bool
    code: str
    at: Location


@frozen
class Made:
    """A body as compiled: the Python that makes its `Rendered`, its part, what it depends on, and whether it is static."""

    made: str
    part: str
    terms: Terms
    static: bool


Item: TypeAlias = "Simple | Nested | Statement | Binding"
Group: TypeAlias = Callable[[frozenset[str]], str]
"""Gives the name under which generated code finds these names of assigns."""

GROUP = 12  # a set asked about one changed name costs what three `in` do; of 60 dynamics 0.8 µs are left of 1.3


class Body:
    """Collects a body; `scope` changes where the template assigns variables."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.items: list[Item] = []
        self.terms = Terms()
        self.dynamics = 0
        self.assignments = 0
        self._statics: list[list[str]] = [[]]

    @property
    def statics(self) -> tuple[str, ...]:
        """The texts around the dynamics."""
        return tuple("".join(pieces) for pieces in self._statics)

    def text(self, text: str) -> None:
        """Static text."""
        self._statics[-1].append(text)

    def slot(self) -> int:
        """The position of the dynamic that comes next."""
        self._statics.append([])
        self.dynamics += 1
        return self.dynamics - 1

    def simple(self, code: str, terms: Terms, at: Location) -> None:
        """A dynamic of one expression."""
        self.items.append(Simple(self.slot(), code, terms, at))
        self.terms.update(terms)

    def nested(self, position: int, lines: list[Line], terms: Terms, at: Location) -> None:
        """A dynamic of statements, at a position taken before with `slot()`."""
        self.items.append(Nested(position, lines, terms, at))
        self.terms.update(terms)

    def statement(self, item: Statement | Binding, terms: Terms) -> None:
        """Something that runs."""
        self.items.append(item)
        self.terms.update(terms)

    def lines(self, at: Location, group: Group) -> list[Line]:
        """The statements that fill and return `__o`, where the scope's changed set is bound."""
        lines = _written(self.items, self.scope, group, first=True)
        if not self.items:
            return [Line(0, "return {}", at)]
        return [*lines, Line(0, "return __o", at)]


def _written(items: Sequence[Item], scope: Scope, group: Group, *, first: bool) -> list[Line]:
    lines: list[Line] = []
    index = 0
    while index < len(items):
        item = items[index]
        if isinstance(item, Simple):
            run = [item]
            for each in items[index + 1 :]:
                if not isinstance(each, Simple):
                    break
                run.append(each)
            lines += _simple(run, scope, group, first=first)
            index += len(run)
        else:
            if first:
                lines.append(Line(0, "__o = {}", item.at))
            if isinstance(item, Nested):
                lines += _nested(item, scope)
            elif isinstance(item, Statement):
                lines.append(Line(0, item.code, item.at))
            else:
                parameter = item.target if item.simple else f"__w{item.number}"
                lines.append(Line(0, f"def __rest{item.number}({parameter}):", item.at))
                if not item.simple:
                    lines.append(Line(1, f"{item.target} = {parameter}", item.at))
                lines += indented(_written(items[index + 1 :], scope, group, first=False))
                lines.append(Line(1, "return None", item.at))
                lines.append(Line(0, f"__rest{item.number}({item.code})", item.at))
                return lines
            index += 1
        first = False
    return lines


def _nested(item: Nested, scope: Scope) -> list[Line]:
    changed, condition = scope.changed, item.terms.condition(scope)
    if condition == "True":
        return item.lines
    test = f"{changed} is None or {condition}" if condition else f"{changed} is None"
    return [Line(0, f"if {test}:", item.at), *indented(item.lines)]


def _simple(run: list[Simple], scope: Scope, group: Group, *, first: bool) -> list[Line]:
    changed, at = scope.changed, run[0].at
    lines: list[Line] = []
    if all(item.terms.always for item in run) or (len(run) == 1 and not first):
        if first:
            lines.append(Line(0, "__o = {}", at))
        for item in run:
            condition = item.terms.condition(scope)
            write = f'__o["{item.position}"] = {item.code}'
            if condition == "True":
                lines.append(Line(0, write, item.at))
            else:
                test = f"{changed} is None or {condition}" if condition else f"{changed} is None"
                lines += [Line(0, f"if {test}:", item.at), Line(1, write, item.at)]
        return lines
    lines.append(Line(0, f"if {changed} is None:", at))
    if first:
        lines.append(Line(1, "__o = {", at))
        lines += [Line(2, f'"{item.position}": {item.code},', item.at) for item in run]
        lines.append(Line(1, "}", at))
    else:
        lines += [Line(1, f'__o["{item.position}"] = {item.code}', item.at) for item in run]
    lines.append(Line(0, "else:", at))
    if first:
        lines.append(Line(1, "__o = {}", at))
    asked = [item for item in run if not item.terms.never]
    lines += indented(_grouped(asked, scope, group)) if asked else [] if first else [Line(1, "pass", at)]
    return lines


def _grouped(items: list[Simple], scope: Scope, group: Group) -> list[Line]:
    """Each behind its condition; a dozen that hang on assigns alone behind one more, which most messages answer for all."""
    if len(items) < 2 * GROUP:
        return _asked(items, scope)
    lines: list[Line] = []
    for start in range(0, len(items), GROUP):
        some = items[start : start + GROUP]
        roots = [item.terms.assigns for item in some]
        if None in roots:
            lines += _asked(some, scope)
        else:
            names = frozenset[str]().union(*(each for each in roots if each))
            lines.append(Line(0, f"if not {group(names)}.isdisjoint({scope.changed}):", some[0].at))
            lines += indented(_asked(some, scope))
    return lines


def _asked(items: list[Simple], scope: Scope) -> list[Line]:
    lines: list[Line] = []
    before: object = None
    for item in items:
        write = f'__o["{item.position}"] = {item.code}'
        key = item.terms.key
        if key is True:
            lines.append(Line(0, write, item.at))
        else:
            # Neighbours with the same dependencies share one question.
            if key != before:
                lines.append(Line(0, f"if {item.terms.condition(scope)}:", item.at))
            lines.append(Line(1, write, item.at))
        before = key
    return lines
