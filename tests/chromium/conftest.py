"""A real Chromium, for tests that ask it: started once a run, and only when the first test wants it.

Law: where Chromium or playwright is missing these tests are skipped and say what is missing; where `CI` is set they fail instead.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str | None:
    """What keeps these tests from running here; None: nothing."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed (make setup installs it)"
    if executable() is None:
        return f"no Chromium on the path ({', '.join(NAMES)}; on Debian: apt-get install chromium)"
    return None


def executable() -> str | None:
    """The browser to start."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium without a window."""
    why = missing()
    if why is not None:
        if os.environ.get("CI"):
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """An empty page of it."""
    page = chromium.new_page()
    yield page
    page.close()
