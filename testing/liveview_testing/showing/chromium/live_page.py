"""The fixture `live_page` in Chromium: a browser for the run, and for each test a server around its world.

Law: what is missing (playwright, a Chromium, Phoenix's client, the extra) is told with the line that installs it; nothing of a
test is left when it ends.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from liveview_core.errors import LiveViewError
from liveview_core.views.router import Router
from liveview_testing.showing.chromium.chromium import ChromiumPage
from liveview_testing.showing.connections.client_files import find_client
from liveview_testing.showing.connections.served import ServedWorld
from liveview_testing.showing.targets import Person, Shown
from liveview_testing.user.simulation import Simulation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from liveview_testing.user.simulation import Page

__all__ = ["NoChromium", "chromium", "page_of", "world"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What a Chromium may be called on the path."""


class NoChromium(LiveViewError, RuntimeError):
    """There is no real browser to run a test in."""


def world(router: Router | None) -> Simulation:
    """A world that can be served; an error in a callback reaches the test."""
    sim = ServedWorld(router)
    sim.lenient = False
    return sim


@contextmanager
def chromium(named: str | None) -> Generator[Browser]:
    """A Chromium without a window. Raises `NoChromium`."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:  # pragma: no cover - an environment without the driver
        raise NoChromium(
            "a real browser needs playwright",
            expected="--liveview-browser=chromium with it",
            cure="pip install playwright",
        ) from None
    executable = named or next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        raise NoChromium(
            "there is no Chromium",
            expected=f"{', '.join(NAMES)} on the path, or --liveview-chromium=FILE",
            cure="apt-get install chromium",
        )
    with sync_playwright() as playwright:
        # Without a sandbox of its own, as it may run as root; only pages of the test's own server are opened.
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def page_of(sim: Simulation, browser: Browser, client: str | None, root: Path) -> Generator[Page]:
    """A page at a served world, for one test."""
    from liveview_testing.showing.server import Server, free_port, new_token
    from liveview_testing.showing.session.showroom import Showroom

    assert isinstance(sim, ServedWorld)
    files = find_client(root, None if client is None else Path(client), "--liveview-client")
    shown = Shown("the test", "", sim.router or Router([]), (Person("Ann"),))
    server = Server(Showroom([shown], mode="paused", given=sim), files, free_port(), new_token(), new_token())
    server.start()
    context = browser.new_context(
        base_url=server.origin, reduced_motion="reduce", viewport={"width": 1280, "height": 720}, bypass_csp=True
    )
    try:
        yield cast("Page", ChromiumPage(server, context))
    finally:
        sim.bind(None)
        context.close()
        server.stop()
