"""Every test of our own that uses `live_page` runs in Chromium as well, unchanged."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chromium.conftest import CLIENT, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent


def users() -> list[str]:
    """The files whose tests use the fixture."""
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if re.search(r"def test_\w+\([^)]*\blive_page\b", path.read_text(encoding="utf-8"))
    ]
    assert "tests/showing/test_live_page.py" in found
    return found


def test_in_chromium(chromium: Browser) -> None:
    """In a run of its own: it starts a browser itself."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *users()),
            *("--liveview-browser=chromium", f"--liveview-client={CLIENT}", f"--liveview-chromium={executable()}"),
            *("-k", "live_page or the_fixture"),
        ],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    assert re.search(r"\b1[2-9] passed|[2-9]\d passed", ran.stdout), ran.stdout[-500:]
