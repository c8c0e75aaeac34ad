"""The same walk over lines that break, files and links: ours and the official client's in lockstep (see `test_walks`)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, heex
from liveview_testing import Simulation
from tests.harness.counting_pages import Box, events, page
from tests.harness.upload_tab import Docs, text
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep, asleep

RECOVERED = """<p>{@n} {@last}</p><form :for={r in @order} id={f"f{r}"} phx-change="c" phx-auto-recover={@how}><input id={f"i{r}"} name="v">
</form><.live_component module={Box} id="1" /><form id="t" phx-change="t" phx-target=".box"><input id="ti" name="t"></form>
<div class="box"></div><div class="box"></div>"""


@pytest.mark.parametrize("pushes", [1, 2, 0])
def test_forms_in_another_order_and_with_several_pushes(
    judges: Judges, pushes: int
) -> None:  # FI-31, FI-33, FI-35, FI-37
    """As many answers as there are targets let a form be done, however many pushes it was sent with; without any it never is."""
    how: Any = JS.add_class("was", to="p")
    for at in range(pushes):
        how = how.push(f"again{at}")
    view = page(RECOVERED, {"Box": Box}, state={"order": (1, 2), "how": how})
    both = Lockstep.of(judges, view, crashes="restart")
    both.fill("#i1", "one").fill("#i2", "two").fill("#ti", "three").tell({"order": (2, 3, 1)}).fill(
        "#i3", "four"
    ).latency(20)
    both.drop().advance(50).restore().advance(60).tell({"last": "told"}).advance(1_000).fill("#i1", "later").advance(
        100
    )


class Bar(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex(
        """<b id="bar" phx-hook="Log">{@n}</b><.link id="bar-patch" patch="/two?bar" phx-click={JS.push("linked")}>p</.link>
        <.link id="bar-go" navigate="/one" phx-click={JS.push("went").add_class("x")}>g</.link>
        <button id="bar-js" phx-click={JS.push("a").navigate("/two").push("b")}>j</button>""",
        names={"JS": JS},
    )


class One(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(at="")

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(at=uri)

    render = heex(
        """<h1 id="one" phx-hook="Log">{@at}</h1><div phx-remove={JS.hide(transition="out", time=40)}>x</div>
        {live_render(@socket, Bar, id="sb", sticky=True)}<.link id="to-two" navigate="/two">2</.link>""",
        names={"Bar": Bar, "JS": JS},
    )


class Two(One):
    render = heex(
        """<h2 id="two" phx-hook="Log">{@at}</h2>{live_render(@socket, Bar, id="sb", sticky=True)}
        <.link id="to-one" navigate="/one" replace>1</.link>""",
        names={"Bar": Bar},
    )


ROUTER = Router([Route("/one", One), Route("/two", Two)])


@pytest.mark.parametrize("latency", [0, 30])
def test_links_of_a_sticky_view(judges: Judges, latency: int) -> None:  # CE-29, CN-58, CE-31
    """They are the main view's; what they do beside is done, because their own view stays."""
    both = Lockstep.of(judges, Simulation(ROUTER, crashes="restart").live("/one")).latency(latency)
    both.click("#to-two").advance(200).click("#bar-patch").advance(200).click("#bar-go").advance(200).click("#bar-js")
    both.advance(200).click("#to-one").advance(20).drop().advance(50).restore().advance(1_000).go(-1).advance(300)


def test_links_one_after_the_other_and_back(judges: Judges) -> None:  # CN-54, CN-43, CN-47
    both = Lockstep.of(judges, Simulation(ROUTER, crashes="restart").live("/one")).latency(30)
    both.click("#to-two").advance(10).click("#bar-go").advance(10).click("#to-two").advance(300)
    both.click("#bar-patch").advance(300).go(-1).advance(300).go(1).advance(300)


@pytest.mark.parametrize("link", ["#bar-patch", "#to-two"])
def test_the_line_is_lost_while_a_link_is_under_way(judges: Judges, link: str) -> None:  # CN-18, HK-11
    """The hooks of a sticky view hear of it before those of the main one, which closes the connection for good."""
    both = Lockstep.of(judges, Simulation(ROUTER, crashes="restart").live("/one")).latency(30)
    both.click(link).advance(10).drop().advance(600)


def test_what_a_reset_does_to_what_waits(judges: Judges) -> None:  # CE-48, DT-8, FI-4
    template = """<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" value={@last} phx-debounce="100">
    <input id="b" name="b[]" type="checkbox" value="1" checked><input id="c" name="b[]" type="checkbox" value="2">
    <input id="n" type="number" name="n" value="3"><textarea id="t" name="t">{@last}</textarea>
    <button id="r" type="reset" name="r">r</button></form><button id="far" type="reset" form="f">far</button>"""
    both = Lockstep.of(judges, page(template))
    both.focus("#a").type("x").click("#r").advance(20).advance(100).click("#b").click("#c").focus("#n").type("4").click(
        "#far"
    )
    both.advance(20).tell({"last": "server"}).focus("#t").type("a\nb").latency(30).click("#r").advance(10).click(
        "#c"
    ).advance(200)


def uploading(judges: Judges, **session: Any) -> Lockstep:
    with asleep():
        view = Simulation().live(Docs, session=session)
    return Lockstep.of(judges, view)


def test_one_of_two_files_is_taken_back_while_both_are_sent(judges: Judges) -> None:  # UPL-6, UPL-15
    both = uploading(judges, upload={"auto_upload": True}).latency(30)
    both.attach("input[type=file]", text("a.txt", "abcdefghijklmnop")).advance(111)
    both.attach("input[type=file]", text("b.txt", "0123456789abcdef")).advance(177)
    both.click("#x-0")
    for _ in range(12):
        both.advance(60)
    both.click("#save").advance(300)
    assert both.view.element("#saved").text == "b.txt=0123456789abcdef"


def test_the_same_file_twice(judges: Judges) -> None:  # UPL-2, UPL-8
    file = text("a.txt", "abcdefgh")
    both = uploading(judges)
    both.attach("input[type=file]", file).attach("input[type=file]", text("a.txt", "abcdefgh")).click("#save").advance(
        200
    )
    assert both.view.element("#saved").text == "a.txt=abcdefgh,a.txt=abcdefgh"


def test_a_submit_that_waits_while_the_line_is_slow_and_the_page_goes_on(judges: Judges) -> None:  # UPL-20, LK-22
    both = uploading(judges).latency(25)
    both.attach("input[type=file]", text("a.txt", "abcdefghi")).advance(60).click("#save").advance(60).click("#tick")
    both.click("#save").advance(50).click("#tick")
    for _ in range(12):
        both.advance(50)
    assert both.view.element("#saved").text == "a.txt=abcdefghi"


def test_a_page_that_pushes_as_it_comes_and_goes(judges: Judges) -> None:  # HK-33, HK-34, JC-23, PA-42
    template = """<p>{@n} {@last}</p><div :if={@on} id="d" phx-mounted={@came} phx-remove={@went} phx-connected={@there}
    phx-disconnected={@gone}><form id="f" phx-change="c"><input id="i" name="i" phx-debounce="blur"></form></div>"""
    state = {
        "on": True,
        "came": JS.push("came").transition(("t", "s", "e"), time=40),
        "went": JS.push("went").hide(transition="out", time=40).focus_first(to="p"),
        "there": JS.push("there").show(to="p"),
        "gone": JS.push("gone").hide(to="p").set_attribute(("data-gone", "1")),
    }
    both = Lockstep.of(judges, page(template, state=state))
    both.advance(60).fill("#i", "x").tell({"on": False}).tell({"last": "waits"}).advance(20).tell({"on": True}).advance(
        100
    )
    both.fill("#i", "y").drop().advance(600).restore().advance(1_000).tell({"on": False}).advance(100)
    assert "gone" not in events(both)
