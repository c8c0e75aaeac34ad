"""Guides, read as programs: the fenced blocks of a Markdown file, run one after the other in one namespace.

Owns what a fence says:

    ```python          runs; its test functions run too, with the fixtures that a guide may use
    ```python fails    runs, and its test functions (or itself) must fail; a ```text block right after it is in what they say
    ```python broken   is not run: it shows what cannot be written

Law: what stands in a guide is what was run, with its line in the guide. The build of the site draws its pictures from the same run:
`before(line, namespace)` is called for each `<!-- picture: … -->` as it comes.
"""

from __future__ import annotations

import inspect
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any

from attrs import frozen

FENCE = re.compile(r"^```(?P<kind>[a-z]*)(?P<how>[^\n]*)\n(?P<text>.*?)^```$", flags=re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"^<!-- (?P<kind>picture|terminal|timeline): (?P<text>[^\n]*) -->$", flags=re.MULTILINE)


@frozen
class Block:
    """A fenced block, or a comment that asks for a picture."""

    kind: str
    how: str
    text: str
    line: int


class GuideWrong(AssertionError):
    """A guide says what is not so."""


def blocks(text: str) -> list[Block]:
    """What is in a guide, in order."""
    found = [
        Block(each["kind"], each["how"].strip(), each["text"], text.count("\n", 0, each.start(3)))
        for each in FENCE.finditer(text)
    ]
    fenced = [(each.start(), each.end()) for each in FENCE.finditer(text)]
    for each in COMMENT.finditer(text):
        if not any(start < each.start() < end for start, end in fenced):
            found.append(Block(each["kind"], "", each["text"], text.count("\n", 0, each.start())))
    return sorted(found, key=lambda block: block.line)


def run(
    guide: Path,
    fixtures: Mapping[str, Callable[[dict[str, Any]], Any]],
    *,
    name: str,
    before: Callable[[Block, dict[str, Any]], None] | None = None,
    tests: bool = True,
) -> dict[str, Any]:
    """Run a guide; its namespace, in the end.

    `fixtures` makes what tests ask for beside the guide's own fixtures; `tests=False` leaves the tests out.
    """
    module = types.ModuleType(name)
    module.__file__ = str(guide)
    space = module.__dict__
    sys.modules[name] = module  # dataclasses, attrs and pickle look a class up by its module
    try:
        found = blocks(guide.read_text(encoding="utf-8"))
        for block, following in zip(found, [*found[1:], None], strict=False):
            if block.kind in ("picture", "terminal", "timeline"):
                if before is not None:
                    before(block, space)
            elif block.kind == "python" and block.how != "broken":
                _run(block, following, guide, space, fixtures, tests=tests)
    finally:
        del sys.modules[name]
    return space


def _run(
    block: Block,
    following: Block | None,
    guide: Path,
    space: dict[str, Any],
    fixtures: Mapping[str, Callable[[dict[str, Any]], Any]],
    *,
    tests: bool,
) -> None:
    known = dict(space)
    code = compile("\n" * block.line + block.text, str(guide), "exec")
    if block.how != "fails":
        exec(code, space)
        for test in _new_tests(space, known) if tests else ():
            for arguments in _cases(test, space, fixtures):
                test(**arguments)
        return
    if not tests:
        return
    said = _failure(code, space, known, fixtures)
    if said is None:
        raise GuideWrong(f"{guide}:{block.line}: the block is said to fail, and does not")
    if following is not None and following.kind == "text":
        wanted, got = _lines(following.text), _lines(said)
        missing = [line for line in wanted if line not in got and line != "…"]
        if missing:
            raise GuideWrong(f"{guide}:{following.line}: not in what was said: {missing}\n{said}")


def _failure(code: types.CodeType, space: dict[str, Any], known: dict[str, Any], fixtures: Any) -> str | None:
    try:
        exec(code, space)
        for test in _new_tests(space, known):
            for arguments in _cases(test, space, fixtures):
                test(**arguments)
    except Exception as error:
        return "\n".join((f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())))
    return None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _new_tests(space: dict[str, Any], known: dict[str, Any]) -> list[Callable[..., Any]]:
    return [
        value
        for name, value in list(space.items())
        if name.startswith("test_") and known.get(name) is not value and inspect.isfunction(value)
    ]


def _cases(test: Callable[..., Any], space: dict[str, Any], fixtures: Any) -> Iterator[dict[str, Any]]:
    """The arguments of each run of a test: its parameters, and those of the guide's fixtures, each with each."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    given: list[list[dict[str, Any]]] = []
    for mark in marks:
        names = [each.strip() for each in mark.args[0].split(",")]
        rows = [getattr(row, "values", row) if len(names) > 1 else (row,) for row in mark.args[1]]
        given.append([dict(zip(names, row, strict=True)) for row in rows])
    wanted = list(inspect.signature(test).parameters)
    params = [(name, each) for name in _all_wanted(wanted, space) for each in [_params(space.get(name))] if each]
    for combined in product(*given, *([(name, value) for value in values] for name, values in params)):
        direct = {key: value for each in combined if isinstance(each, dict) for key, value in each.items()}
        chosen: dict[str, Any] = dict(each for each in combined if isinstance(each, tuple))
        made: dict[str, Any] = {"test": test.__name__}  # what a fixture may name its things after
        with ExitStack() as made["ends"]:
            yield {
                name: direct[name] if name in direct else _fixture(name, space, fixtures, made, chosen)
                for name in wanted
            }


def _all_wanted(names: list[str], space: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name in names:
        own = space.get(name)
        if own is not None and hasattr(own, "__wrapped__"):
            found += [name, *_all_wanted(list(inspect.signature(inspect.unwrap(own)).parameters), space)]
    return list(dict.fromkeys(found))


def _params(own: Any) -> list[Any]:
    marker = getattr(own, "_fixture_function_marker", None) or getattr(own, "_pytestfixturefunction", None)
    return list(marker.params) if marker is not None and marker.params else []


def _fixture(name: str, space: dict[str, Any], fixtures: Any, made: dict[str, Any], chosen: dict[str, Any]) -> Any:
    """The value of a fixture: the guide's own one, or one that it may use."""
    if name in made:
        return made[name]
    own = space.get(name)
    if own is not None and hasattr(own, "__wrapped__"):
        function = inspect.unwrap(own)
        asked = [each for each in inspect.signature(function).parameters if each != "request"]
        arguments = {each: _fixture(each, space, fixtures, made, chosen) for each in asked}
        if "request" in inspect.signature(function).parameters:
            arguments["request"] = types.SimpleNamespace(param=chosen.get(name))
        value = function(**arguments)
        made[name] = next(value) if inspect.isgenerator(value) else value
        if inspect.isgenerator(value):  # what is behind its `yield` comes after the test
            made["ends"].callback(next, value, None)
    else:
        scope = {**space, "made": made, "fixture": lambda each: _fixture(each, space, fixtures, made, chosen)}
        made[name] = fixtures[name](scope)
    return made[name]
