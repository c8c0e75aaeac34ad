"""Every test of our own that uses `live_page` runs in Chromium as well, unchanged."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from liveview_core import LiveView, heex
from liveview_core.views.router import Route, Router
from liveview_testing.showing.chromium.live_page import page_of, world
from tests.chromium.conftest import CLIENT, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent


class Still(LiveView):
    render = heex("<p>here</p>")


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


def test_the_clock_of_a_page_is_the_worlds(chromium: Browser) -> None:
    """What time it is, and how long the page is there: to the millisecond, however long the browser takes."""
    sim = world(Router([Route("/", Still)]))
    with page_of(sim, chromium, str(CLIENT), ROOT) as page:
        page.goto("/")
        asked = "[Date.now(), performance.now()]"
        inside = cast("Any", page).playwright
        start = round(sim.clock.now.timestamp() * 1000)
        assert inside.evaluate(asked) == [start, 0]
        sim.clock.advance(1.5)
        assert inside.evaluate(asked) == [start + 1500, 1500]
