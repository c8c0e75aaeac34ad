"""What `make cover` leaves out, each with its reason."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PRAGMA = re.compile(r"#\s*pragma: no cover(?P<why>.*)")


def test_what_is_not_counted_says_why() -> None:
    """`# pragma: no cover - …`: a line that no test reaches stands there with its reason, or not at all."""
    found = [
        (f"{path.relative_to(ROOT)}:{number}", pragma["why"])
        for folder in ("liveview_core", "testing")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (pragma := PRAGMA.search(line)) is not None
    ]
    assert found
    assert [where for where, why in found if re.fullmatch(r" - \w.{8,}", why) is None] == []
