"""Regular expressions that are compiled when they are first used.

Owns `late_pattern`. Law: what it gives does what a `re.Pattern` does, and for a type checker it is one. Compiling takes 50 to 300
times as long as reading the module it is in, and most patterns are about what a run never meets: a slip, another language's
template, an upload. What every run needs is compiled at once, `re.compile`: a name that is asked of a late one costs 15 ns more.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["late_pattern"]


class LatePattern:
    """A pattern that nobody has used yet; what has been asked of it is its own from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self._made = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copying and pickling ask for such names; a pattern has none of its own
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        found = self.__dict__[name] = getattr(re.compile(*self._made), name)
        return found

    def __repr__(self) -> str:
        return repr(re.compile(*self._made))


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later."""
    return cast("re.Pattern[str]", LatePattern(source, flags))
