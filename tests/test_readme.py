"""The README's code runs, and what it shows of the demo is what the demo prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from liveview_testing import Simulation
from tests import guides
from tests.goldens.replay import TRACES, traces

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_code_of_the_readme_runs() -> None:
    """Every block, and its tests: a widget, a property, a race."""
    made = {"sim": lambda scope: Simulation()}
    space = guides.run(ROOT / "README.md", made, name="readme")

    assert len([name for name in space if name.startswith("test_")]) == 3


def test_the_readme_is_short() -> None:
    """It says what this is, and where to read on."""
    assert README.count("\n") < 150


def test_the_goldens_are_as_many_as_the_readme_says() -> None:
    """Recorded views, and generated cases, one a line."""
    cases = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in (TRACES / "random").glob("*.jsonl"))
    assert f"{len(traces())} views and {cases} generated cases" in README


def test_the_demo_prints_what_the_readme_shows() -> None:
    """The excerpt is the demo's own output, line for line."""
    command = [sys.executable, "-m", "liveview_testing.command_line.main", "run", "scenarios/chat.py"]
    environment = {
        "COLUMNS": "80",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'testing'}",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
    }
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    printed = [line.rstrip() for line in ran.stdout.splitlines()]
    shown = [line.rstrip() for line in blocks("")[0].splitlines()]
    start = printed.index(shown[0])

    assert shown == printed[start : start + len(shown)]
