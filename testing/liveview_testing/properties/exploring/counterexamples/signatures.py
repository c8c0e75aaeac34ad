"""What makes two failures the same.

Owns `signature`: the type of the error, and the name of the property or law that it broke, or where in the author's code it was
raised; and `tried`, which runs a test that was written and says whether it fails so. Law: never what the error says, which has
values in it.
"""

from __future__ import annotations

import sysconfig
from pathlib import Path
from types import TracebackType
from typing import Any

import liveview_core

_OURS = (
    str(Path(str(liveview_core.__file__)).parent),
    str(Path(__file__).parents[1]),
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
)


def signature(error: BaseException, name: str | None = None) -> tuple[str, ...]:
    """The signature of an error; `name` is the property or law that it broke."""
    given: Any = error
    kind = type(error).__qualname__
    name = name or getattr(given, "asked", None)
    if name is not None:
        return kind, name
    law = getattr(given, "law", None)
    if law is not None:
        return kind, str(law)
    return (kind, *innermost(error.__traceback__))


def innermost(trace: TracebackType | None) -> tuple[str, ...]:
    """The file and the function of the innermost call of the author's."""
    place: tuple[str, ...] = ()
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith(_OURS) and not code.co_filename.startswith("<"):
            place = Path(code.co_filename).name, code.co_qualname if hasattr(code, "co_qualname") else code.co_name
        trace = trace.tb_next
    return place


def tried(text: str, name: str, wanted: tuple[str, ...]) -> str | None:
    """Why a test does not do what it should; None if it fails as it should."""
    error = _run(text, name)
    if error is None:
        return "Run by itself it passes: something outside of the world was asked."
    got = signature(error)
    return None if got == wanted else f"Run by itself it fails otherwise: {' '.join(got)}"


def passes(text: str, name: str) -> bool:
    """Whether a test passes."""
    return _run(text, name) is None


def _run(text: str, name: str) -> BaseException | None:
    names: dict[str, Any] = {"__name__": "liveview_printed"}
    try:
        exec(compile(text, "<printed>", "exec"), names)
        names[name]()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        return error
    return None
