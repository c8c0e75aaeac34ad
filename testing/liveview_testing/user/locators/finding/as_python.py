"""Words and calls as the Python that a person would write.

Owns `spelled` and `called`, of which the text of every locator is made. Law: what they give is Python, and says the same again.
"""

from __future__ import annotations

import json
import re
from typing import cast


def spelled(wanted: object) -> str:
    """A text or a pattern as Python.

    >>> spelled("Save"), spelled(re.compile("^a", re.I))
    ('"Save"', 're.compile(r"^a", re.IGNORECASE)')
    """
    if isinstance(wanted, re.Pattern):
        wanted = cast("re.Pattern[str]", wanted)
        pattern = wanted.pattern
        names = [name for name in ("IGNORECASE", "MULTILINE", "DOTALL") if wanted.flags & getattr(re, name)]
        flags = "".join(f", {' | '.join(f're.{name}' for name in names)}") if names else ""
        raw = (
            f'r"{pattern}"'
            if '"' not in pattern and not pattern.endswith("\\") and "\n" not in pattern
            else repr(pattern)
        )
        return f"re.compile({raw}{flags})"
    if isinstance(wanted, str):
        return json.dumps(wanted, ensure_ascii=False)
    return repr(wanted)


def called(name: str, *words: object, **options: object) -> str:
    """A call as Python; options that were not given are left out."""
    given = [spelled(word) for word in words]
    given.extend(
        f"{key}={spelled(value)}" for key, value in options.items() if value is not None and value is not False
    )
    return f"{name}({', '.join(given)})"
