"""CN: answers that refuse something: joins, events, links; and the normal end of a process (browser.md 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, heex
from liveview_testing import Simulation
from tests.harness.counting_pages import page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.test_connection import home


def error(response: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with the status "error"."""
    return {"status": "error", "response": response}


HERE = "http://www.example.com/"


@pytest.mark.parametrize("reason", ["stale", "unauthorized", "reload"])
def test_cn16_a_join_that_sends_back_to_http(judges: Judges, reason: str) -> None:  # CN-16
    both = home(judges)
    both.click("#go").drop().advance(5).hold().restore().advance(30)
    both.hear("phx_reply", error({"reason": reason, "token": "t"}), -1, leaves=True)
    assert both.left == [HERE]
    assert both.browser.url == HERE
    assert both.browser.root != both.view.id, "our tab shows a page that was loaded anew"


def test_cn16_a_join_that_redirects(judges: Judges) -> None:  # CN-16
    both = home(judges)
    both.click("#go").drop().advance(5).hold().restore().advance(30)
    both.hear("phx_reply", error({"redirect": {"to": "/other", "flash": None}}), -1, leaves=True)
    assert both.left == ["/other"]
    assert both.browser.url == HERE + "other"


def test_cn16_a_join_with_another_error_is_tried_again_by_loading(judges: Judges) -> None:  # CN-13, CN-16
    both = home(judges, logs=("unable to join",))
    both.click("#go").drop().advance(5).hold().restore().advance(30).hear("phx_reply", error({"reason": "odd"}), -1)
    both.advance(600)
    assert both.browser.network.reload is not None


def test_cn19_the_normal_end_of_a_process_is_seen_by_nobody(judges: Judges) -> None:  # CN-19
    """No class, no hook, no rejoin; what is pushed from then on is dropped, and a link loads the page."""
    both = home(judges)
    both.click("#go").hear("phx_close", {}).advance(600).click("#go").fill("#v", "x").advance(2_000)
    assert [payload["event"] for _, payload in both.frames] == ["go"]


PUSHES = """<p id="p" phx-hook="Log">{@n}</p><button id="b" phx-click={@js}>go</button><i id="h" phx-hook="Log"></i>
<form id="f" phx-change="c" phx-submit="s"><input id="v" name="v"></form><button id="other" phx-click="go">o</button>"""


def test_cn27_an_event_that_is_answered_with_an_error(judges: Judges) -> None:  # CN-27, LK-18, CE-64, MD-7
    """Nothing is undone: the element stays as it is, until a later answer of the view undoes it, too."""
    view = page(PUSHES, state={"js": JS.push("go", page_loading=True)})
    both = Lockstep.of(judges, view, logs=("Failed to push",)).hold()
    both.click("#b").hear("phx_reply", error({"reason": "no"}), -1).click("#b")
    both.fill("#v", "x").hear("phx_reply", error({"reason": "no"}), -1)
    both.press("Enter").hear("phx_reply", error({}), -1)
    assert [note.rule for note in both.browser.notes] == ["CN-27", "CE-13", "CN-27", "CN-27"]
    both.click("#other").hear("phx_reply", {"status": "ok", "response": {}}, -1)


@pytest.mark.parametrize("answer", ["redirect", "error"])
def test_cn45_a_link_that_is_answered_otherwise(judges: Judges, answer: str) -> None:  # CN-45
    both = home(judges).hold().click("#to-1")
    match answer:
        case "redirect":
            said = {"status": "ok", "response": {"redirect": {"to": "/other"}}}
            both.hear("phx_reply", said, -1, leaves=True)
            assert both.left == ["/other"]
            assert both.browser.url == HERE + "other"
        case _:
            both.hear("phx_reply", error({"reason": "no"}), -1, leaves=True)
            assert both.left == [HERE]
            assert both.browser.root != both.view.id


class Plain(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<h1 id="h" phx-hook="Log">{@n}</h1><button id="go" phx-click="go">go</button>
    <.link :for={to in ("plain", "dressed", "section")} id={to} navigate={"/" + to}>{to}</.link>""")


class Dressed(Plain):
    container = ("div", {"class": "wide", "data-kind": "dressed"})


class Section(Plain):
    container = ("section", {"class": "section"})


ROUTES = [Route("/plain", Plain), Route("/dressed", Dressed), Route("/section", Section)]
CONTAINERS = Router(ROUTES)


@pytest.mark.parametrize("first", ["/plain", "/dressed"])
def test_cn57a_containers(judges: Judges, first: str) -> None:  # CN-57a
    """The same tag: its attributes are the next view's; another: tag and attributes are lost."""
    both = Lockstep.of(judges, Simulation(CONTAINERS).live(first))
    for to in ("dressed", "plain", "section", "dressed"):
        both.click(f"#{to}").advance(20).click("#go").advance(20)


class Leaving(Plain):
    """A view with a patch link to another one."""

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket

    render = heex("""<h1 id="l" phx-hook="Log">{@n}</h1><button id="go" phx-click="go">go</button>
    <.link id="patch" patch="/plain">patch</.link>""")


ELSEWHERE = Router([Route("/leaving", Leaving), *ROUTES])


def test_cn45_a_patch_to_a_page_of_another_view(judges: Judges) -> None:  # CN-45
    both = Lockstep.of(judges, Simulation(ELSEWHERE).live("/leaving"))
    both.latency(20).click("#patch").advance(30).advance(100).click("#go").advance(100)
    assert both.browser.url == HERE + "plain"


# --- navigation that comes to nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["unauthorized", "stale"])
def test_cn55_a_navigation_that_is_not_allowed(judges: Judges, reason: str) -> None:  # CN-55, CN-16
    """The page that was asked for is loaded over HTTP."""
    both = home(judges).hold().click("#nav").advance(5).discard()
    both.hear("phx_reply", error({"reason": reason}), -1, leaves=True, root=True)
    assert both.left == [f"{HERE}other"]
    assert both.browser.url == f"{HERE}other"


def test_cn55_a_navigation_whose_view_crashes(judges: Judges) -> None:  # CN-55, CN-13
    """The page before stays as it is, dead, until the one that was asked for is loaded."""
    both = home(judges, logs=("unable to join",)).hold().click("#nav").advance(5).discard()
    both.hear("phx_reply", error({"reason": "join crashed"}), -1, root=True).click("#go").advance(600).advance(3_000)
    assert both.browser.network.reload is not None


@pytest.mark.parametrize("kind", ["push", "replace"])
def test_cn57_a_join_that_leads_elsewhere(judges: Judges, kind: str) -> None:  # CN-57
    """Live navigation from there, whether the view was joined for the first time or again."""
    both = home(judges).hold().click("#nav").advance(5).discard()
    both.hear("phx_reply", error({"live_redirect": {"to": "/?p=9", "kind": kind}}), -1, root=True).release().advance(
        100
    )
    both.click("#go").advance(20)
    assert both.browser.url == f"{HERE}?p=9"


def test_cn57_a_join_that_leads_elsewhere_after_a_loss(judges: Judges) -> None:  # CN-57
    both = home(judges)
    both.click("#go").drop().advance(5).hold().restore().advance(30).discard()
    both.hear("phx_reply", error({"live_redirect": {"to": "/other", "kind": "push"}}), -1).release().advance(100)
    both.click("#go").advance(20)
    assert both.browser.url == f"{HERE}other"


def test_cn26_what_an_old_join_is_still_told(judges: Judges) -> None:  # CN-26, LK-30
    """Diffs and answers of the join before are nobody's."""
    both = home(judges)
    before = both.joined()
    both.fill("#v", "x").drop().advance(5).restore().advance(100)
    both.hear("diff", {"0": "old"}, of=before).click("#go").advance(20)
    assert "old" not in both.dom()


def test_cn23_a_heartbeat_that_is_not_answered(judges: Judges) -> None:  # CN-23
    """Half a minute until the next one, half a minute for its answer; then the line is made anew."""
    both = home(judges, logs=("Failed to push event",)).click("#go").advance(7_000).silence()
    both.advance(22_000).click("#go").advance(15_000).advance(16_000).advance(600)
    both.sound().advance(100).click("#go").advance(1_000)


def test_cn8_events_while_forms_are_recovered(judges: Judges) -> None:  # CN-8, CN-3, FI-35
    """They are sent, and show with the page of the join."""
    both = home(judges).fill("#v", "typed").latency(50).drop().advance(5).restore().advance(160)
    both.click("#go").advance(30).click("#go").tell("told").advance(400)
