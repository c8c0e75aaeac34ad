"""What made a test fail, as the timeline opens on it.

Owns `Failure`, and `failed`, which reads one off an exception: its text, the line of the test, and whom the test was asking, which
is found by the names on that line. Law: reading asks nothing of a world and changes none.
"""  # looking 2.1

from __future__ import annotations

import ast
import linecache
from types import FrameType, TracebackType
from typing import Any

from attrs import field

from liveview_core.tracebacks import ours
from liveview_core.values.declaring import frozen

__all__ = ["Failure", "failed"]


@frozen
class Failure:
    """A failure: in a line, whole, and where it was; `tab` and `at` are the tab and the element that the test asked for."""

    short: str
    text: str
    file: str | None = None
    line: int | None = None
    tab: int | None = None
    at: str | None = None
    world: Any = field(default=None, eq=False, repr=False)
    """The simulation that was asked, if one was."""


def failed(error: BaseException, text: str | None = None) -> Failure:
    """What is to be said of an error that reached its test. `text` is what the terminal says, if that is known."""
    frame, line = _of_the_test(error.__traceback__)
    told = str(error)
    first = told.strip().partition("\n")[0]
    short = f"{type(error).__name__}: {first}" if first else type(error).__name__
    whole = (
        text if text is not None else "\n".join([f"{type(error).__name__}: {told}", *getattr(error, "__notes__", ())])
    )
    if frame is None:
        return Failure(short, whole)
    tab, at, world = _asked(frame, line)
    return Failure(short, whole, frame.f_code.co_filename, line, tab, at, world)


def _of_the_test(traceback: TracebackType | None) -> tuple[FrameType | None, int]:
    """The frame that called us last: the line of the test, or of what it called."""
    found: FrameType | None = None
    line = 0
    while traceback is not None:
        if found is None or not ours(traceback.tb_frame):
            if found is not None and _is_pytest(found):
                found = None
            found, line = traceback.tb_frame, traceback.tb_lineno
        elif not _is_pytest(found):
            break
        traceback = traceback.tb_next
    return found, line


def _is_pytest(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__")).partition(".")[0] in ("_pytest", "pluggy", "hypothesis")


def _asked(frame: FrameType, line: int) -> tuple[int | None, str | None, Any]:
    """The tab, the selector and the world of the handle that is named on the failing line."""
    text = linecache.getline(frame.f_code.co_filename, line).strip()
    names = _names(text)
    values = {**frame.f_globals, **frame.f_locals}
    for name in names:
        handle: Any = values.get(name)
        if not str(type(handle).__module__).startswith("liveview_testing."):
            continue
        number = getattr(handle, "browser", None) or getattr(handle, "tab", None)
        if isinstance(number, int):
            return number, _selector(text), getattr(handle, "sim", None) or getattr(handle, "world", None)
    return None, _selector(text), None


def _names(text: str) -> list[str]:
    tree = _parsed(text)
    return [] if tree is None else [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _selector(text: str) -> str | None:
    """The first text that is given to a call which looks for an element by a selector."""
    tree = _parsed(text)
    for node in () if tree is None else ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first = node.args[0]
            if node.func.attr in _SELECTING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                return first.value
    return None


_SELECTING = frozenset(("has_element", "element", "form", "locator", "assert_has", "refute_has"))


def _parsed(text: str) -> ast.AST | None:
    for source in (text, text.rstrip(":") + ": pass", text + ")"):
        try:
            return ast.parse(source)
        except SyntaxError:
            continue
    return None
