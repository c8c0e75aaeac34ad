"""What waits while a page is coming: for a transition, for nested views, for forms that are filled in again; and where it is scrolled
to. Ours and the official client in lockstep.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, heex
from liveview_testing import Simulation
from tests.harness.counting_pages import page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep, asleep

DETAILS = """<p>{@n}</p><form id="f" phx-change="c"><input id="k" name="k"></form><details id="d"><summary id="s">s</summary>
<p>{@last}</p><input id="i" name="i"></details>"""


@pytest.mark.parametrize("filled", [False, True])
def test_a_join_that_has_waited_for_forms_takes_the_focus(judges: Judges, filled: bool) -> None:  # PF-12, FI-35, PA-13
    """It closes what a person has opened, and what has the focus in there is not to be seen any more."""
    both = Lockstep.of(judges, page(DETAILS), crashes="restart", logs=("push", "Failed"))
    if filled:
        both.fill("#k", "x")
    both.drop().click("#s").click("#i").restore().advance(400).press("a")


class Nested(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    render = heex('<b id="vb" phx-hook="Log">{@n}</b>')


LINKED = """<p id="p">{@n}</p><h1 id="h" phx-hook="Log">{@n}</h1><button id="go" phx-click={JS.navigate("/b").push("e0")}>go</button>
<div id="w" phx-click-away={JS.hide(to="#x", transition=("r", "s", "e"), time=60)}>w</div><i id="x">x</i>%s"""


@pytest.mark.parametrize("wait", [0, 30, 100])
def test_a_message_for_a_page_that_waits_for_a_transition(judges: Judges, wait: int) -> None:  # CN-24, JC-25, HK-26
    """It waits with that page for its nested views, and is not lost."""
    inside = '<div><.live_render view={Nested} id="inside" /></div>'
    views = [page(LINKED % each, {"JS": JS, "Nested": Nested}) for each in ("", inside)]
    sim = Simulation(Router([Route("/a", views[0]), Route("/b", views[1])]), crashes="restart")
    with asleep():
        shown = sim.live("/a")
    both = Lockstep.of(judges, shown, logs=("push", "Failed"))
    both.click("#go").click("#go").advance(wait)
    both.tell(lambda s: s.push_event("told", {"n": 7}).update("n", lambda n: n + 1), both.browser.root)
    both.advance(200).tell({"n": 9}, both.browser.root)


PLACES = """<p>{@n}</p><.link :for={to in ("/a?1#end", "/a#gone", "/a", "/b#name", "/b#end", "/b", "/b#gone")} id={to} patch={to}>p</.link>
<.link :for={to in ("/b#end", "/b", "/b#gone", "/a#name")} id={"go " + to} navigate={to}>n</.link><i id="end">e</i><a name="name">n</a>"""


@pytest.mark.parametrize("first", ["/a?1#end", "/a#gone", "/a", "/b#name", "go /b", "go /b#end", "go /b#gone"])
@pytest.mark.parametrize("then", ["/a#gone", "/b#end", "go /b", "go /b#gone", "go /a#name"])
def test_what_a_page_is_scrolled_to(judges: Judges, first: str, then: str) -> None:  # PA-22
    """To what the address names, if it is there; to the top of a page that was navigated to."""
    view = page(PLACES)
    sim = Simulation(Router([Route("/a", view), Route("/b", view)]))
    with asleep():
        shown = sim.live("/a")
    both = Lockstep.of(judges, shown, logs=("push", "Failed"))
    both.advance(20).scrolls = True  # the first frame, in which the client looks as well
    for each in (first, then):
        both.click(f'[id="{each}"]').advance(20)
    both.go(-1).advance(50)
