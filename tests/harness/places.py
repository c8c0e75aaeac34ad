"""Where things lie that tests read, whatever folder a test is in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
"""The project."""

SCENARIOS: Final = ROOT / "scenarios"
"""The scenarios; `tests.harness.playing` loads them."""

TRACES: Final = ROOT / "tests" / "goldens" / "traces"
"""What the real Phoenix LiveView sent."""

PROBE_FILE: Final = ROOT / "tests" / "harness" / "probes.jsonl"
"""Small pages and what was measured of them in Chromium: a probe a line."""
