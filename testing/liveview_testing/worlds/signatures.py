"""What makes two failures the same.

Owns `signature`: the type of the error, the innermost place in the author's code, the law or the property. Law: values are not in
it, nor line numbers.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import liveview_core
import liveview_testing

_OURS = tuple(str(Path(str(each.__file__)).parent) for each in (liveview_core, liveview_testing))


def signature(error: BaseException, name: str | None = None) -> tuple[str, ...]:
    """The signature of an error; `name` is the property or law that it broke."""
    law = getattr(error, "law", None)
    kind = type(error).__qualname__
    if name is not None:
        return kind, name
    if law is not None:
        return kind, str(law)
    place = innermost(error.__traceback__)
    return (kind, *place)


def innermost(trace: TracebackType | None) -> tuple[str, ...]:
    """The file and the function of the innermost call of the author's."""
    place: tuple[str, ...] = ()
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith(_OURS) and not code.co_filename.startswith("<"):
            place = Path(code.co_filename).name, code.co_qualname if hasattr(code, "co_qualname") else code.co_name
        trace = trace.tb_next
    return place
