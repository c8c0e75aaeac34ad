"""The page of a test in Chromium, held in this process: what it says of itself, what it refuses, and whom it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Error, expect
from liveview_testing.showing.chromium import live_page
from liveview_testing.showing.chromium.chromium import ChromiumPage
from liveview_testing.showing.connections.served import NotInChromium
from tests.chromium.conftest import CLIENT, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


class Home(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "crash":
            raise ValueError("broken")
        return socket.redirect("/away") if event == "away" else socket.update("n", lambda n: n + 1)

    render = heex("""<h1>Count {@n}</h1>
    <button :for={each in ("more", "crash", "away")} phx-click={each}>{each}</button>""")


class Away(LiveView):
    render = heex("<h1>Away</h1>")


class Broken(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        raise ValueError("not today")

    render = heex("<p>x</p>")


@pytest.fixture
def page(chromium: Browser) -> Iterator[ChromiumPage]:
    if not (CLIENT / "phoenix").is_dir():
        pytest.skip("phoenix's client is not installed (make setup)")
    sim = live_page.world(Router([Route("/", Home), Route("/away", Away), Route("/broken", Broken)]))
    with live_page.page_of(sim, chromium, str(CLIENT), ROOT) as found:
        yield cast("ChromiumPage", found)


def test_what_it_says_of_itself(page: ChromiumPage) -> None:
    with pytest.raises(Error, match="nothing was opened in this tab"):
        _ = page.view
    page.goto("http://www.example.com/")
    assert repr(page) == "<Page Ann at http://www.example.com/, in Chromium>"
    assert page.playwright.url.startswith("http://localhost:")
    button = page.locator("button").first
    assert repr(button) == repr(button.playwright)
    assert not hasattr(button, "__wrapped__")
    assert not hasattr(expect(button), "__wrapped__")
    assert page.view.has_element("h1", "Count 0")
    expect(cast("Any", page)).to_have_url(re.compile("/$"))
    expect(cast("Any", page)).to_have_url("http://www.example.com/")


def test_what_it_refuses(page: ChromiumPage) -> None:
    with pytest.raises(Error, match=r"'https://x.org/' leaves the simulated host"):
        page.goto("https://x.org/")
    with pytest.raises(ValueError, match="not today"):
        page.goto("/broken")
    page.goto("/")
    with pytest.raises(NotInChromium, match="a page in a real browser cannot be forked"):
        page.fork()
    with pytest.raises(Exception, match=r"p\["):
        page.locator("p[").click(timeout=200)


def test_the_network_is_gone_and_there_again(page: ChromiumPage) -> None:
    page.goto("/")
    assert page.context.pages == [page]
    page.context.set_offline(True)
    page.wait_for_timeout(100)
    page.context.set_offline(False)
    page.wait_for_timeout(10_000)
    page.locator("button").first.click()
    expect(cast("Any", page.locator("h1"))).to_have_text("Count 1")


@pytest.mark.parametrize("lenient", [True, False])
def test_an_error_in_a_callback_reaches_the_test_unless_it_contains_crashes(page: ChromiumPage, lenient: bool) -> None:
    page.goto("/")
    page.sim.lenient = lenient
    crash = page.locator("button").nth(1)
    if lenient:
        crash.click()
        assert len(page.sim.crashes) == 1
    else:
        with pytest.raises(ValueError, match="broken"):
            crash.click()


def test_a_page_that_is_left_for_another_is_waited_for(page: ChromiumPage) -> None:
    page.goto("/")
    page.locator("button").nth(2).click()
    expect(cast("Any", page.locator("h1"))).to_have_text("Away")
    page.wait_for_timeout(1_000)
    assert page.url == "http://www.example.com/away"


def test_what_never_ends_is_named(page: ChromiumPage) -> None:
    page.goto("/")
    page.playwright.evaluate("""() => {
      const builtins = window.__pwClock.builtins, later = builtins.setTimeout;
      builtins.setTimeout = (go, after) => later(go, after === 30000 ? 0 : after);
      window.liveviewWatch.underWay.set(-1, "what never ends");
    }""")
    with pytest.raises(Exception, match="the browser has waited 30 seconds of a real clock for what never ends"):
        page.locator("h1").text_content()


def test_between_two_pages_nothing_is_due_in_the_browser(page: ChromiumPage) -> None:
    page.goto("/")
    page.playwright.close()
    assert page._together.next_due() is None


def test_without_a_chromium_there_is_a_line_that_installs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> None:
        return None

    monkeypatch.setattr(live_page.shutil, "which", nowhere)  # type: ignore[attr-defined]
    with pytest.raises(live_page.NoChromium) as missing, live_page.chromium(None):
        pass
    assert str(missing.value) == (
        "there is no Chromium\n"
        "  expected: chromium, chromium-browser, google-chrome on the path, or --liveview-chromium=FILE\n"
        "  cure: apt-get install chromium"
    )
