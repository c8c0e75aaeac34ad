"""Acts, dialogs, popovers, finding and failing on small pages, against what was measured in Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness.measured import known, ours

CASES = known()


@pytest.mark.parametrize("case", [pytest.param(each, id=each["id"]) for each in CASES])
def test_it_is_as_it_was_measured(case: dict[str, Any]) -> None:
    """AC, GB, LC, EX, VI: a rule's name is the beginning of the case's."""
    answered = ours(case["html"], case["steps"])
    for part in ("answers", "log", "closed", "state", "snapshot"):
        assert answered[part] == case[part], part
