"""Statements that do nothing: `page.get_by_role("button").click`, without its brackets; `view.has_element("p")`, without `assert`.

Owns the look for them in the text of a test. Law: it costs one search in a text where there is none, and a statement that is
nothing but the name of a method of ours does nothing, whatever it is asked of.
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import cache
from pathlib import Path

from liveview_testing.world.page_checks import PageWarning

__all__ = ["idle", "tell"]

_SURE = re.compile(r"(?:assert|refute|to|not_to|render|follow)_\w+|has_element")
"""Names that nobody gives to a value: as an assertion they are idle too."""
_ASKED = re.compile(r"has_element|is_(?:visible|hidden|enabled|disabled|checked|editable)")
_UNHEARD = re.compile(rf"^[ \t]+[A-Za-z_][\w.]*(?:\(.*\))?[\w.]*\.(?:{_ASKED.pattern})\(", re.MULTILINE)


def idle(text: str) -> list[tuple[int, int, str]]:
    """The line, the column and the words for each statement of a module that only names a method, or asserts one."""
    if _pattern().search(text) is None and _UNHEARD.search(text) is None:
        return []
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return []
    methods = _of_handles() | _of_expectations()
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Expr) else node.test if isinstance(node, ast.Assert) else None
        if isinstance(node, ast.Expr) and (words := _unheard(node.value)) is not None:
            found.append((node.lineno, node.col_offset + 1, words))
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not):
            value = value.operand
        if not isinstance(value, ast.Attribute) or value.attr not in methods:
            continue
        if isinstance(node, ast.Assert) and _SURE.fullmatch(value.attr) is None:
            continue
        code = ast.unparse(value)
        said = f"…{code[-60:]}" if len(code) > 60 else code
        done = "does nothing" if isinstance(node, ast.Expr) else "asserts nothing, as a method is always true"
        words = (
            f"`{said}` {done}: it names the method, and does not call it\n  cure: .{value.attr}(…), with its brackets"
        )
        found.append((value.end_lineno or value.lineno, value.col_offset + 1, words))
    return sorted(found)


def _unheard(value: ast.expr) -> str | None:
    """A question whose answer nobody takes."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    name = value.func.attr
    if _ASKED.fullmatch(name) is None:
        return None
    code = ast.unparse(value)
    said = f"…{code[-60:]}" if len(code) > 60 else code
    return f"`{said}` asserts nothing: it asks, and nobody takes the answer\n  cure: assert {said.removeprefix('…')}"


def tell(file: str) -> None:
    """Warn of the idle statements of a module, each at its own line."""
    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for line, _, words in idle(text):
        if words.startswith("`expect(") and " does nothing: " in words:
            continue  # it says so itself when it is dropped
        warnings.warn_explicit(words, PageWarning, file, line)


@cache
def _of_handles() -> frozenset[str]:
    """The names of what is done with a page, a view, a world."""
    from liveview_testing.user.handles.element import Element
    from liveview_testing.user.handles.file_input import FileInput
    from liveview_testing.user.locators.acting.keyboard import Keyboard
    from liveview_testing.user.locators.network import Network
    from liveview_testing.user.simulation import Locator, Page, Simulation, View
    from liveview_testing.world.simulation.clock import Clock
    from liveview_testing.world.simulation.tasks import Tasks

    return _methods(Locator, Page, View, Element, FileInput, Simulation, Keyboard, Network, Clock, Tasks)


@cache
def _of_expectations() -> frozenset[str]:
    """The names of what is expected of a page: their modules, which read pages, are run for a text that seems to have one."""
    from liveview_testing.user.locators.expecting.expect import LocatorAssertions, PageAssertions

    return _methods(LocatorAssertions, PageAssertions)


def _methods(*kinds: type) -> frozenset[str]:
    found: dict[str, bool] = {}
    for kind in kinds:
        for name in dir(kind):
            if not name.startswith("_"):
                found[name] = found.get(name, True) and callable(getattr(kind, name))
    return frozenset(name for name, always in found.items() if always)


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(_of_handles(), key=len, reverse=True))
    return re.compile(rf"\.(?:{names}|(?:not_)?to_\w+)[ \t]*(?:#.*|[;)].*)?$", re.MULTILINE)
