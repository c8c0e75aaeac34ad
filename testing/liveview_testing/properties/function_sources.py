"""A function as it is written where it was, for a test that stands alone.

Owns `FunctionSources`. Law: what is written does the same; what a function uses of its surroundings is written with it, or refused.
"""

from __future__ import annotations

import ast
import builtins
import dis
import inspect
import linecache
import textwrap
from collections.abc import Mapping
from typing import Any

from liveview_testing.record.scripts.literals import NoLiteral, Spelling, where_is
from liveview_testing.user.simulation import Page, View


class FunctionSources:
    """The functions of one test, in which people have these variables; `before` are the lines that must come before them."""

    def __init__(self, people: Mapping[str, int], spelling: Spelling) -> None:
        self.people = people
        self.spelling = spelling
        self.before: list[str] = []
        self._done: dict[str, Any] = {}

    def code(self, holds: Any) -> str:
        """A function as an expression; what it needs is written before. Raises `NoLiteral`."""
        found = where_is(holds) if inspect.isfunction(holds) or isinstance(holds, type) else None
        if found is not None and "." not in found[1] and "<" not in found[1]:
            self.spelling.uses(*found)
            return found[1]
        if not inspect.isfunction(holds):
            return self.spelling.of(holds)
        if holds.__code__.co_name == "<lambda>":
            text = lambda_of(holds)
            if text is None:
                raise NoLiteral("the source of a lambda is not known", got=repr(holds))
            self._surroundings(holds)
            return text
        return self._function(holds)

    def _function(self, holds: Any) -> str:
        try:
            text = textwrap.dedent(inspect.getsource(holds))
        except (OSError, TypeError):
            raise NoLiteral(f"the source of {holds.__name__} is not known", got=repr(holds)) from None
        self._surroundings(holds)
        self.before += ["", *text.rstrip().splitlines(), ""]
        return str(holds.__name__)

    def _surroundings(self, holds: Any) -> None:
        code = holds.__code__
        used: dict[str, Any] = {}
        for name, cell in zip(code.co_freevars, holds.__closure__ or (), strict=True):
            try:
                used[name] = cell.cell_contents
            except ValueError:
                raise NoLiteral(f"{name} has no value yet", got=holds.__qualname__) from None
        for name in sorted(_names(code)):
            if name in holds.__globals__ and name not in used and not hasattr(builtins, name):
                used[name] = holds.__globals__[name]
        for name, value in used.items():
            self._uses(name, value)

    def _uses(self, name: str, value: Any) -> None:
        """The test has this value by this name."""
        if name in self._done:
            if self._done[name] is not value:
                raise NoLiteral(f"{name} means two things", got=name)
            return
        self._done[name] = value
        if isinstance(value, (Page, View)):
            number = value.tab if isinstance(value, Page) else int(value.id.removeprefix("phx-").partition("-")[0])
            person = next((each for each, tab in self.people.items() if tab == number), None)
            if person is None:
                raise NoLiteral(f"{name} is nobody of this world", got=name)
            if person != name:
                self.before.append(f"{name} = {person}")
            return
        if inspect.ismodule(value):
            self._import(name, value.__name__)
            return
        if inspect.isfunction(value) and (where_is(value) is None or "<" in value.__qualname__):
            code = self.code(value)
        else:
            code = self.spelling.of(value)
        if code != name:
            self.before.append(f"{name} = {code}")

    def _import(self, name: str, module: str) -> None:
        above, _, own = module.rpartition(".")
        if name == module:
            self.spelling.uses(module)
        elif name == own:
            self.spelling.uses(above, own)
        else:
            self.before.append(f"import {module} as {name}")


def _names(code: Any) -> set[str]:
    """The names that code uses which are not its own, with those of functions in it."""
    found = {each.argval for each in dis.get_instructions(code) if each.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    for each in code.co_consts:
        if inspect.iscode(each):
            found |= _names(each)
    return found


def lambda_of(holds: Any) -> str | None:
    """A lambda as it is written, on one line; None if there is no telling which it is."""
    code: Any = holds.__code__
    lines = linecache.getlines(code.co_filename, holds.__globals__)
    if not lines:
        return None
    text = "".join(lines)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    found: list[ast.Lambda] = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno and _is_it(node, code)
    ]
    if not found:
        return None
    written = {ast.dump(node) for node in found}
    if len(written) > 1:  # two that look alike to the compiler, on one line
        found = [node for node in found if _holds(node.body, code)]
        if not found:
            return None
    segment = ast.get_source_segment(text, found[-1])
    one = None if segment is None else " ".join(segment.split())
    try:
        same = one is not None and ast.dump(ast.parse(f"({one})", mode="eval").body) == ast.dump(found[-1])
    except SyntaxError:
        same = False
    return one if same else ast.unparse(found[-1])


def _is_it(node: ast.Lambda, code: Any) -> bool:
    made: Any = compile(ast.fix_missing_locations(ast.Expression(node)), code.co_filename, "eval")
    inner = next(each for each in made.co_consts if inspect.iscode(each))
    names = {*inner.co_names, *inner.co_freevars}
    return bool(names == {*code.co_names, *code.co_freevars} and _plain(inner.co_consts) == _plain(code.co_consts))


def _holds(body: ast.expr, code: Any) -> bool:
    """Whether code was made of this expression: all of it stands there. The first instruction stands for the whole line."""
    start, end = (body.lineno, body.col_offset), (body.end_lineno or 0, body.end_col_offset or 0)
    places = [each for each in code.co_positions() if None not in each and each[2:] != (0, 0)]
    return bool(places) and all(
        start <= (line, column) and (last, until) <= end for line, last, column, until in places
    )


def _plain(consts: tuple[Any, ...]) -> list[Any]:
    return [each for each in consts if not inspect.iscode(each)]
