"""A real Chromium, for tests that ask it: started once a run, and only when the first test wants it.

Law: where Chromium or playwright is missing these tests are skipped and say what is missing; where `CI` is set they fail instead.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from liveview_testing.showing.server import Server

Serve: TypeAlias = "Callable[..., Server]"

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
        if os.environ.get("CI") and not os.environ.get("LIVEVIEW_NO_BROWSER"):
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


CLIENT = Path(__file__).parent.parent / "official_client" / "node_modules"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a file of the project (or a folder, or module:View) for this test; time stands still unless told otherwise."""
    from liveview_testing.showing.command import made

    if not (CLIENT / "phoenix").is_dir():
        if os.environ.get("CI"):
            pytest.fail("phoenix's client is not installed (make setup)", pytrace=False)
        pytest.skip("phoenix's client is not installed (make setup)")
    servers: list[Server] = []

    def start(what: str, **options: Any) -> Server:
        place = str(ROOT / what) if (ROOT / what).exists() else what
        options.setdefault("paused", True)
        server = made(place, client=CLIENT, **options)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def people(chromium: Browser) -> Iterator[People]:
    """Open pages for people at a server, each in a browser of their own; what their consoles complain of fails the test."""
    sitting = People(chromium)
    yield sitting
    sitting.close()
    assert sitting.errors == []


class People:
    """Who sits at a server in this test."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []
        self.expected: list[str] = []
        """Beginnings of what consoles may complain of."""

    def sit(self, server: Server, name: str, path: str | None = None) -> Page:
        """A person's page, once its view has joined."""
        context = self.chromium.new_context(reduced_motion="reduce")
        self.contexts.append(context)
        address = f"{server.origin}/_show"
        context.add_cookies([{"name": "liveview_show", "value": server.token, "url": address}])
        page = context.new_page()
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        query = {"name": name} if path is None else {"name": name, "to": path}
        page.goto(f"{address}/as/window-{name}?{urlencode(query)}")
        page.locator("[data-phx-main].phx-connected").wait_for()
        return page

    def _said(self, kind: str, text: str) -> None:
        if self.contexts and kind == "error" and not text.startswith(tuple(self.expected)):
            self.errors.append(text)

    def close(self) -> None:
        """Everybody leaves."""
        contexts, self.contexts = self.contexts, []  # what a page says while it closes is no complaint
        for context in contexts:
            context.close()
