"""`liveview show --record` in Chromium: what is done in a page of the shell becomes a test that passes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from tests.chromium.conftest import Serve

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent


def shell(tab: Page, address: str, name: str = "Ann") -> FrameLocator:
    """The shell, and the page of somebody in it, which has joined."""
    tab.goto(address)
    frame = tab.frame_locator(f'iframe[name="frame-{name}"]')
    frame.locator("[data-phx-main].phx-connected").wait_for()
    tab.get_by_role("tab", name="Recording").click()
    return frame


def saved(tab: Page, file: Path) -> str:
    """The test, once it is written; it is run by pytest, as its own program."""
    tab.get_by_role("button", name="Save the test").click()
    tab.get_by_text(f"{file}: ").wait_for()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    text = file.read_text()
    assert "1 passed" in run.stdout, f"{text}\n{run.stdout}{run.stderr}"
    return text.partition("():\n")[2]


def test_the_counter(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """Clicks, and two assertions by pointing: the page and its client do not see that click."""
    file = tmp_path / "test_counter.py"
    server = serve("scenarios/counter.py", record=file)
    ann = shell(tab, server.address)
    for _ in range(2):
        ann.get_by_role("button", name="+").click()
    ann.get_by_text("Count: 2").wait_for()
    for what, which in (
        ("its text", ann.get_by_role("heading")),
        ("it is visible", ann.get_by_role("button", name="Reset")),
    ):
        tab.get_by_role("button", name="Assert …").click()
        which.click()
        tab.get_by_role("button", name=what).click()
        tab.get_by_role("button", name=what).wait_for(state="detached")
    assert ann.get_by_role("heading").inner_text() == "Count: 2"
    assert saved(tab, file).splitlines() == [
        "    sim = Simulation()",
        "    ann = sim.page(CounterLive)",
        '    ann.get_by_role("button", name="+").click()',
        '    ann.get_by_role("button", name="+").click()',
        '    expect(ann.get_by_role("heading")).to_have_text("Count: 2")',
        '    expect(ann.get_by_role("button", name="Reset")).to_be_visible()',
    ]


def test_a_form(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """Over a link into a form: each field one line, Enter sends it, once; the address is asserted."""
    file = tmp_path / "test_registration.py"
    server = serve("scenarios/registration.py", record=file)
    ann = shell(tab, server.address)
    ann.get_by_role("link", name="Register").click()
    ann.get_by_label("Name").press_sequentially("Ann")
    ann.get_by_label("E-mail").fill("ann@example.org")
    ann.get_by_label("Age").fill("30")
    ann.get_by_label("Age").press("Enter")
    ann.locator("em").first.wait_for()
    tab.get_by_role("button", name="Assert …").click()
    ann.locator("em").first.click()
    tab.get_by_role("button", name="the address").click()
    tab.get_by_role("button", name="the address").wait_for(state="detached")
    text = saved(tab, file)
    assert "#" not in text, text
    assert text.count(".fill(") == 3
    assert text.count('.press("Enter")') == 1
    assert text.count(".click()") == 1
    assert 'ann.get_by_label("Name").fill("Ann")' in text or 'name="Name").fill("Ann")' in text
    assert text.endswith('expect(ann).to_have_url("http://www.example.com/register")\n')
