"""The README's code runs, and what it shows of the demo is what the demo prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from liveview_testing import live
from tests.goldens.replay import TRACES, traces

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_counter_of_the_readme() -> None:
    """The first block defines the counter and its test, and the test passes."""
    space: dict[str, Any] = {"__name__": "readme"}
    exec(compile(blocks("python")[0], "README.md", "exec"), space)

    space["test_counts"]()


def test_the_widget_of_the_readme(monkeypatch: Any) -> None:
    """The two lines that a view needs for the chat widget are enough."""
    monkeypatch.syspath_prepend(str(ROOT / "scenarios"))
    from widgets import chat

    space: dict[str, Any] = {"__name__": "readme", "chat": chat}
    exec(compile("from liveview_core import LiveView, heex\n" + blocks("python")[2], "README.md", "exec"), space)
    view = live(space["DashboardLive"])
    view.form("#chat_left-form", {"message": "hi"}).render_submit()

    assert view.has_element("#chat_left li", "hi")


def test_the_two_people_of_the_readme(pytester: pytest.Pytester) -> None:
    """The block with fixtures is a test that runs, and its snapshot holds in the run after."""
    prelude = f"import sys\nsys.path.insert(0, {str(ROOT / 'scenarios')!r})\nfrom widgets import chat\n"
    view = "from liveview_core import LiveView, heex\n" + blocks("python")[2] + "\nChatLive = DashboardLive\n"
    pytester.path.joinpath("test_block.py").write_text(prelude + view + blocks("python")[1], encoding="utf-8")

    for arguments in (["--snapshot-update"], []):
        pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", *arguments).assert_outcomes(
            passed=1
        )


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
