"""The errors of a running template: where in it they happened, and what was meant.

Law: an error of the author's keeps its kind and its frames; what is added are the lines of templates that it passed, and the
cure of a habit that another language left. A missing assign is a `MissingAssign`.
"""  # DC-17

from __future__ import annotations

from types import CodeType, TracebackType
from typing import Any

from liveview_core.errors import MissingAssign, TooDeep, add_note, nearest_names
from liveview_core.rendering.rendered import noted
from liveview_core.tracebacks import full_tracebacks, is_told, without_ours

__all__ = ["failed", "missing"]

_OURS = __file__.rpartition("heex")[0]
_FOREIGN = (NameError, AttributeError, TypeError, KeyError, ValueError)


def failed(error: Exception, values: dict[str, Any], wanted: frozenset[str]) -> None:
    """Say where in a template *error* happened, and make a missing assign a `MissingAssign`."""  # DC-17
    traceback = error.__traceback__
    assert traceback is not None  # it was caught
    if not full_tracebacks() and is_told(error):
        without_ours(traceback)
    code = traceback.tb_frame.f_code
    if type(error) is RecursionError:
        raise TooDeep(f"what the template at {code.co_filename}, line {traceback.tb_lineno} shows") from None
    if type(error) is KeyError and error.args and error.args[0] in wanted and error.args[0] not in values:
        inner = _innermost(traceback)
        if _within(code, inner.tb_frame.f_code):
            where = f"{code.co_filename}:{inner.tb_lineno}"
            raise missing(error.args[0], values, where).with_traceback(traceback) from None
    if type(error) in _FOREIGN and _within(code, _innermost(traceback).tb_frame.f_code):
        _meant(error, values)
    if not isinstance(error, RecursionError):
        noted(error, f"{code.co_filename}, line {traceback.tb_lineno}")


def _meant(error: Exception, values: dict[str, Any]) -> None:
    """Note what was meant by an expression that failed by itself."""
    if isinstance(error, NameError) and error.name in values:
        add_note(error, f"there is an assign of that name: `@{error.name}`")
        return
    from liveview_core.heex.syntax.foreign.names import running_habit  # rarely

    if (habit := running_habit(error)) is not None and habit not in getattr(error, "__notes__", ()):
        add_note(error, habit)
    if type(error) is NameError:
        add_note(
            error,
            "a template looks names up where it is defined: in the locals and globals of the place that calls heex(…);"
            " pass others with names={…}; an assign is written @name",
        )


def missing(name: str, values: dict[str, Any], where: str) -> MissingAssign:
    """The error for a template that reads an assign which is not there."""
    from liveview_core.heex.syntax.foreign.names import assign_cure  # rarely

    known = ", ".join(f"@{each}" for each in sorted(values)) or "none at all"
    if name == "streams":
        error = MissingAssign(
            f"the template at {where} reads @streams, but there is no stream",
            expected="a stream, created before the page is rendered",
            got=f"the assigns are: {known}",
            cure='create it in mount: `socket.stream("name", [])`; a function component is passed it, `rows={@streams.name}`',
        )
        noted(error, where)
        return error
    if _OURS in where:  # whose call it is, the lines of templates say that are noted on the way
        return MissingAssign(
            f"a component of the library reads @{name}, which its call does not give",
            expected=f"the attribute {name!r} in the call",
            got=f"what it has: {known}",
            cure=f"{name}={{…}} in its tag",
        )
    error = MissingAssign(
        f"the template at {where} reads @{name}, but there is no assign {name!r}",
        expected=f"an assign {name!r}",
        got=f"the assigns are: {known}",
        cure=assign_cure(name, values.get("streams") or ()),
        nearest=[f"@{each}" for each in nearest_names(name, values)],
    )
    noted(error, where)
    return error


def _innermost(traceback: TracebackType) -> TracebackType:
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback


def _within(code: CodeType, target: CodeType) -> bool:
    return code is target or any(
        _within(constant, target) for constant in code.co_consts if isinstance(constant, type(code))
    )
