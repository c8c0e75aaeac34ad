"""The handles: what a test can ask of a view and an element, do to them, and assert."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, heex
from liveview_core.errors import LiveViewError
from liveview_core.process.step import new_process
from liveview_testing import (
    ANY,
    Happened,
    Html,
    NotHappened,
    Redirected,
    Simulation,
    View,
    ViewGone,
    live,
    live_isolated,
)
from liveview_testing.failures.exceptions import (
    ElementDisabled,
    ElementNotFound,
    FieldNotFound,
    FormExpected,
    ManyElements,
    SelectorError,
)
from liveview_testing.world.browsing import navigation
from liveview_testing.world.browsing.visits import CannotOpen
from liveview_testing.world.simulation.delivering.delivery import Run
from tests.harness.views import ROUTER, CounterLive, PageLive


def page(path: str = "/page", **options: Any) -> View:
    return live(path, router=ROUTER, **options)


# --- finding and reading


def test_a_view_reads_from_its_world() -> None:
    """Everything a handle answers is the state at the moment it is asked."""
    view = live(CounterLive)
    button = view.element("#up")
    html = button.render_click()
    assert isinstance(html, Html)
    assert "Count: 1" in html
    assert html == view.html == view.render()
    assert view.assigns.count == view.socket.assigns["count"] == 1
    assert button.text == "+"
    assert button.attributes == {"id": "up", "phx-click": "increment"}
    assert button.exists
    assert not view.element("#down").exists
    assert str(button.render()) == '<button id="up" phx-click="increment">+</button>'
    assert repr(view) == "<View phx-1 of CounterLive at />"
    assert repr(view.element("button", "+")) == "<Element 'button' with text '+' of phx-1>"


def test_html_is_that_of_its_moment() -> None:
    """What an event returned stays true to that moment, however much happens before it is read."""
    view = live(CounterLive)
    one = view.element("#up").render_click()
    two = view.element("#up").render_click()
    assert "Count: 1" in one
    assert "Count: 2" in two


def test_bad_elements_change_nothing() -> None:
    """Missing, ambiguous, disabled and unbound elements are errors of their own, and nothing was sent."""
    view = live(CounterLive)
    world = view.sim.world
    with pytest.raises(ElementNotFound):
        view.element("#nope").render_click()
    with pytest.raises(ManyElements):
        view.element("button").render_click()
    with pytest.raises(ElementDisabled):
        view.element("#off").render_click()
    with pytest.raises(FormExpected):
        view.element("#up").render_submit()
    with pytest.raises(FormExpected):
        view.form("#up", {"a": 1}).render_click()
    assert view.sim.world is world


def test_what_travelled_stays_what_it_was() -> None:
    """A callback that changes its params changes neither the wire nor what the test gave."""

    class Greedy(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(n=0)

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            params["deep"]["list"].append(params.pop("gone"))
            return socket.assign(n=1)

        render = heex("<p>{@n}</p>")

    view = live(Greedy)
    given = {"gone": 1, "deep": {"list": []}}
    view.render_click("x", given)
    assert view.wire[-2].payload["value"] == given == {"gone": 1, "deep": {"list": []}}


# --- forms


def test_form_data_is_checked_and_sent() -> None:
    """A field that is not there is refused; what is typed stays typed, and counts as used, until the server says otherwise."""

    class FormLive(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(got="", name="")

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            if event == "rename":
                return socket.assign(name="server")
            return socket.assign(got=repr(params))

        render = heex("""
        <form id="f" phx-change="changed" phx-submit="saved">
          <input type="text" name="name" value={@name} /><input type="text" name="mail" />
          <button name="go" value="1">Go</button>
        </form>
        <p>{@got}</p>
        """)

    view = live(FormLive)
    with pytest.raises(FieldNotFound):
        view.form("#f", {"nam": "x"}).render_change()
    view.form("#f", {"name": "ann"}).render_change()
    assert view.wire[-2].payload == {
        "type": "form",
        "event": "changed",
        "value": "name=ann&_unused_mail=&mail=",
        "meta": {"_target": "name"},
        "uploads": {},
    }
    view.form("#f", {"mail": "a@b"}).put_submitter("button").render_submit()
    assert view.wire[-2].payload["value"] == "name=ann&mail=a%40b&go=1"
    view.render_click("rename")
    view.form("#f").render_submit({"extra": "e"})
    assert view.wire[-2].payload["value"] == "name=server&mail=a%40b&extra=e"
    view.render_change("changed", {"a": {"b": 1}, "_target": ["a", "b"]})
    assert view.wire[-2].payload == {
        "type": "form",
        "event": "changed",
        "value": "a%5Bb%5D=1",
        "meta": {"_target": ["a", "b"]},
        "uploads": {},
    }


def test_a_button_submits_its_form() -> None:
    """Clicking a submit button is a submit, with that button's name."""

    class Buttons(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(got="")

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            return socket.assign(got=f"{event} {params}")

        render = heex("""
        <form id="f" phx-submit="save" phx-change="change"><input type="checkbox" name="ok" value="yes" />
        <button name="b" value="1">one</button><button type="reset">clear</button></form><p>{@got}</p>
        """)

    view = live(Buttons)
    view.element("input").render_click()
    assert view.assigns.got == "change {'ok': 'yes', '_target': ['ok']}"
    view.element("button", "one").render_click()
    assert view.assigns.got == "save {'ok': 'yes', 'b': '1'}"
    view.element("button", "clear").render_click()
    view.element("button", "one").render_click()
    assert view.assigns.got == "save {'b': '1'}"


# --- events by name and targets


def test_events_by_name() -> None:
    """By name no element is looked at; keys become text, values stay."""
    view = live(CounterLive)
    for send in (view.render_blur, view.render_focus, view.render_keydown, view.render_keyup, view.render_hook):
        send("increment", {"n": {1: 2}})
    assert [frame.payload for frame in view.wire if frame.direction == "client"][1:] == [
        {"type": kind, "event": "increment", "value": {"n": {"1": 2}}}
        for kind in ("blur", "focus", "keydown", "keyup", "hook")
    ]
    assert view.assigns.count == 5


class Part(LiveComponent):
    """A counter in a component."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<div id={@id} class="part"><b>{@n}</b><i phx-click="inc" phx-target={@myself}>+</i></div>""")


class PartsLive(LiveView):
    """Components that come and go."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(ids=("a", "b"), hits=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "drop":
            return socket.assign(ids=("a",))
        return socket.update("hits", lambda n: n + 1)

    render = heex("""<main><u>{@hits}</u><.live_component :for={id in @ids} module={Part} id={id} /></main>""")


def test_with_target_reaches_components() -> None:
    """An event by name goes once to each component that owns what is matched, to the view if none does (CP-17)."""
    view = live(PartsLive)
    view.with_target(".part").render_click("inc")
    assert [view.element(f"#{id} b").text for id in "ab"] == ["1", "1"]
    view.with_target("#b b").render_click("inc")
    assert [view.element(f"#{id} b").text for id in "ab"] == ["1", "2"]
    view.with_target("main").render_click("anything")
    assert view.element("u").text == "1"
    view.element("#a i").render_click()
    assert view.with_target("#a b").render() == "<b>2</b>"


def test_a_target_that_is_not_there_gets_nothing() -> None:
    """A selector that matches nothing fails as `element` does, and nothing has happened."""
    view = live(PartsLive)
    world = view.sim.world
    with pytest.raises(ElementNotFound) as click:
        view.with_target("#aa").render_click("inc")
    with pytest.raises(ElementNotFound) as submit:
        view.with_target("#aa").render_submit("inc", {"x": 1})
    with pytest.raises(ElementNotFound) as element:
        view.element("#aa").render_click()
    assert str(click.value) == str(submit.value) == str(element.value)
    assert str(click.value) == (
        'no element matches "#aa"\n'
        "  expected: one element in the page\n"
        "  got: none\n"
        '  nearest: div#a  <div data-phx-component="1" id="a" class="part"><b>0</b>'
        '<i phx-click="inc" phx-target="1">+</i></div>\n'
        "  cure: take the nearest, or look at the page: print(view.render())"
    )
    assert view.sim.world is world
    with pytest.raises(SelectorError):
        view.with_target("#a[").render_click("inc")


def test_components_that_vanish_are_reported() -> None:
    """MG-5, CP-23: the browser says which components are gone, then that it forgot them; the server drops their state."""
    view = live(PartsLive)
    before = len(view.wire)
    view.render_click("drop")
    frames = [(frame.direction, frame.event, frame.payload) for frame in view.wire[before:]]
    assert [each for each in frames if each[0] == "client"][1:] == [
        ("client", "cids_will_destroy", {"cids": [2]}),
        ("client", "cids_destroyed", {"cids": [2]}),
    ]
    assert frames[-1] == ("server", "phx_reply", {"status": "ok", "response": {"cids": [2]}})
    assert sorted(view.dom.components) == [1]


# --- navigation


def test_patches_from_all_sides() -> None:
    """A link, render_patch and push_patch move the URL and leave a note each."""
    view = page()
    assert "3" in view.element("#three").render_click()
    assert view.wire[-2].payload == {"url": "http://www.example.com/page?page=3"}
    assert view.assert_patch("/page?page=3") == "/page?page=3"
    assert view.url == "/page?page=3"
    view.element("#next").render_click()
    assert view.page_title == "Page 2"
    assert view.line.tab.history == ("/page", "/page?page=3", "/page?page=2")
    view.render_patch("/page?page=old")
    assert (view.url, view.element("h1").text) == ("/page?page=new", "new")
    assert view.assert_patch() == "/page?page=2"
    view.refute_patched("/page?page=old")
    with pytest.raises(Happened) as raised:
        view.refute_patched()
    assert str(raised.value) == "the view did patch\n  expected: no patch\n  got: patch to '/page?page=new'"
    assert view.assert_patch() == "/page?page=new"
    with pytest.raises(NotHappened) as missing:
        view.assert_patch("/page?page=new")
    assert str(missing.value) == (
        "the view did not patch to '/page?page=new'\n"
        "  expected: a patch to '/page?page=new'\n"
        "  got: nothing (the browser is at '/page?page=new')\n"
        "  cure: an assertion consumes the patch it found; was it asserted before?"
    )


def test_push_navigate_is_a_value_and_can_be_followed() -> None:
    """A view that left gives a Redirected; the flash travels."""
    view = page(session={"user": "ann"})
    html = view.element("#away").render_click()
    assert isinstance(html, Redirected)
    assert (html.to, html.kind, dict(html.flash)) == ("/login", "live_redirect", {"info": "bye"})
    with pytest.raises(ViewGone) as raised:
        view.element("#next").render_click()
    assert str(raised.value) == (
        "the view phx-1 has left its page: live_redirect to '/login'\n"
        "  expected: a view that is connected\n"
        "  cure: assert_redirect() to check where it went, follow_redirect() to go there"
    )
    there = view.follow_redirect("/login")
    assert there.element("#user").text == "ann"
    assert there.element("p.info").text == "bye"
    assert there.flash == {"info": "bye"}
    assert there.wire[-2].payload["redirect"] == "http://www.example.com/login"
    assert view.assert_redirect("/login") == html
    view.refute_redirected()
    assert view.browser == there.browser
    with pytest.raises(ViewGone):
        view.send("anybody there?")


def test_redirects_load_a_page() -> None:
    """A plain redirect is followed by a disconnected mount and a join."""
    view = page()
    html = view.element("#out").render_click()
    assert isinstance(html, Redirected)
    assert html.kind == "redirect"
    there = view.follow_redirect()
    assert there.wire[-2].payload["url"] == "http://www.example.com/login"
    assert there.element("p.info").text == "out"


def test_links_leave_the_view() -> None:
    """A navigate link and an ordinary one lead away; the process is told."""
    for selector, kind in (("#login", "live_redirect"), ("#plain", "redirect")):
        view = page()
        html = view.element(selector).render_click()
        assert isinstance(html, Redirected)
        assert (html.to, html.kind) == ("/login", kind)
        assert view.wire[-2].event == "phx_leave"
        assert view.line.process is None
        assert view.follow_redirect().element("#user").text == "nobody"


def test_live_redirect_goes_at_once() -> None:
    """`live_redirect` is a navigate link that is followed; across live sessions the page is loaded (RT-8)."""
    view = page(session={"user": "ann"})
    there = view.live_redirect("/members")
    assert there.element("h1").text == "Count: 0"
    assert there.wire[-2].payload["url"] == "http://www.example.com/members"


@pytest.mark.parametrize(("guard", "kind"), [("mount", "redirect"), ("join", "live_redirect")])
def test_a_mount_that_redirects_is_a_value(guard: str, kind: str) -> None:
    """live() gives a view that has left, in either mount."""
    view = page("/page", params={"guard": guard})
    html = view.render()
    assert isinstance(html, Redirected)
    assert (html.to, html.kind) == ("/login", kind)
    assert view.assert_redirect("/login").kind == kind
    assert view.follow_redirect().has_element("#user", "nobody")


def test_on_mount_guards() -> None:
    """A hook that halts the mount redirects."""
    assert live("/members", router=ROUTER).assert_redirect().to == "/login"
    assert live("/members", router=ROUTER, session={"user": "u"}).has_element("h1", "Count: 0")


def test_params_and_paths() -> None:
    """Params become the query; a path needs a router; an unknown path names the routes."""
    assert page("/page", params={"page": "7"}).element("h1").text == "7"
    assert page("/page?x=1", params={"page": "8"}).url == "/page?x=1&page=8"
    assert live(PageLive, params={"page": "9"}).element("i").text == "http://www.example.com/?page=9"
    with pytest.raises(CannotOpen) as raised:
        live("/page")
    assert str(raised.value) == (
        "cannot open the path '/page': there is no router\n"
        "  expected: a router that says which view is there\n"
        "  cure: live(path, router=ROUTER), Simulation(ROUTER), or the fixture liveview_router in a conftest"
    )
    with pytest.raises(LiveViewError, match="no route matches '/pag'"):
        page("/pag")
    with pytest.raises(CannotOpen, match="what is opened is a path or a view"):
        live(42)  # type: ignore[arg-type]


def test_a_refused_join_is_an_error() -> None:
    """A client that joins a view which is not mounted at its URL is refused (LC-17), and nothing has happened."""
    view = page()
    world = view.sim.world

    def join(run: Run) -> None:
        line = run.lines[view.id].copy()
        process = new_process("phx-9", PageLive, router=ROUTER, match=ROUTER.resolve("http://www.example.com/page"))
        line.id = "phx-9"
        navigation.join(run, line, process, {"url": "http://www.example.com/login"})

    with pytest.raises(navigation.Refused) as raised:
        view.sim.act(join)
    assert str(raised.value) == (
        "the join of PageLive was refused: unauthorized\n"
        "  expected: a view that is mounted at this URL\n"
        "  got: http://www.example.com/login"
    )
    assert view.sim.world is world


def test_isolated_views_have_no_router() -> None:
    """live_isolated mounts a view alone; there is nowhere to follow to."""

    class Alone(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(name=session["name"], params=repr(params))

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            return socket.push_navigate("/x")

        render = heex("<p>{@name}</p>")

    view = live_isolated(Alone, session={"name": "ann"})
    assert view.html == "<p>ann</p>"
    assert "url" not in view.wire[0].payload
    view.render_click("go")
    with pytest.raises(CannotOpen, match="this view is isolated, it has no router"):
        view.follow_redirect()


# --- asserting


def test_push_events() -> None:
    """Pushed events are asserted once each, by name and payload."""
    view = live(CounterLive)
    view.refute_push_event("chart")
    view.render_click("chart")
    with pytest.raises(Happened):
        view.refute_push_event("chart")
    with pytest.raises(NotHappened) as raised:
        view.assert_push_event("chart", {"points": []})
    assert str(raised.value) == (
        "no event 'chart' was pushed with that payload\n"
        "  expected: push_event 'chart' {'points': []}\n"
        "  got: push_event 'chart' {'points': [1, 2], 'at': 0}"
    )
    assert view.assert_push_event("chart", {"points": ANY, "at": 0}) == {"points": [1, 2], "at": 0}
    with pytest.raises(NotHappened) as gone:
        view.assert_push_event("chart")
    assert str(gone.value) == (
        "no event 'chart' was pushed\n"
        "  expected: push_event 'chart' ANY\n"
        "  got: nothing\n"
        "  cure: an assertion consumes the event it found; was it asserted before?"
    )
    with pytest.raises(NotHappened) as other:
        view.assert_push_event("map")
    assert str(other.value) == (
        f"no event 'map' was pushed\n  expected: push_event 'map' ANY\n  got: nothing\n  cure: {PUSHES}"
    )


def test_replies() -> None:
    """A reply to a hook's event is asserted like an event."""
    view = live(CounterLive)
    view.render_hook("ask", {"question": "why"})
    assert view.assert_reply({"answer": "why"}) == {"answer": "why"}
    with pytest.raises(NotHappened) as raised:
        view.assert_reply()
    assert str(raised.value) == (
        "no such reply was given\n"
        "  expected: reply ANY\n"
        "  got: nothing\n"
        "  cure: an assertion consumes the reply it found; was it asserted before?"
    )


PUSHES = "do first what pushes: a callback that returns socket.push_event(event, payload)"


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (
            lambda view: view.assert_patch(),
            "the view did not patch\n"
            "  expected: a patch\n"
            "  got: nothing (the browser is at '/page')\n"
            "  cure: do first what patches: a patch link, render_patch(path), "
            "or a callback that returns socket.push_patch(path)",
        ),
        (
            lambda view: view.assert_redirect("/login"),
            "the view did not redirect to '/login'\n"
            "  expected: a redirect to '/login'\n"
            "  got: nothing (the browser is at '/page')\n"
            "  cure: do first what leaves: a link, "
            "or a callback that returns socket.redirect(...) or socket.push_navigate(path)",
        ),
        (
            lambda view: view.follow_redirect(),
            "the view did not redirect\n"
            "  expected: a redirect\n"
            "  got: nothing (the browser is at '/page')\n"
            "  cure: do first what leaves: a link, "
            "or a callback that returns socket.redirect(...) or socket.push_navigate(path)",
        ),
        (
            lambda view: view.assert_push_event("chart"),
            f"no event 'chart' was pushed\n  expected: push_event 'chart' ANY\n  got: nothing\n  cure: {PUSHES}",
        ),
        (
            lambda view: view.assert_reply({"ok": True}),
            "no such reply was given\n"
            "  expected: reply {'ok': True}\n"
            "  got: nothing\n"
            "  cure: do first what is replied to: an event that handle_event answers with Reply(socket, payload)",
        ),
    ],
)
def test_what_never_happened_says_how_it_would(ask: Callable[[View], object], text: str) -> None:
    """Where nothing happened at all the cure is what makes it happen."""
    with pytest.raises(NotHappened) as raised:
        ask(page())
    assert str(raised.value) == text


def test_a_redirect_is_asserted_once() -> None:
    """As every note: the second assertion is told that the first consumed it."""
    view = page()
    view.element("#out").render_click()
    view.assert_redirect("/login")
    with pytest.raises(NotHappened) as raised:
        view.assert_redirect("/login")
    assert str(raised.value) == (
        "the view did not redirect to '/login'\n"
        "  expected: a redirect to '/login'\n"
        "  got: nothing (the browser is at '/page')\n"
        "  cure: an assertion consumes the redirect it found; was it asserted before?"
    )


def test_asserting_is_part_of_the_world() -> None:
    """What one side of a fork asserted, the other has still to assert."""
    view = live(CounterLive)
    view.render_click("chart")
    other = view.fork()
    view.assert_push_event("chart")
    other.assert_push_event("chart")


def test_open_browser_writes_the_page() -> None:
    """The page goes to a file, whose address goes to whoever shows it."""
    shown: list[str] = []
    view = live(CounterLive)
    assert view.open_browser(shown.append) is view
    file = Path(shown[0].removeprefix("file://"))
    text = file.read_text(encoding="utf-8")
    file.unlink()
    assert text.startswith("<!doctype html>")
    assert "Count: 0" in text


def test_handles_are_values() -> None:
    """Two handles on the same view are equal; the same browser in a fork is another one."""
    view = live(CounterLive)
    assert View(view.sim, view.id) == view
    assert {view: 1}[View(view.sim, view.id)] == 1
    assert view.fork() != view
    assert isinstance(Simulation().views, list)


def test_a_call_of_a_view_that_is_gone() -> None:
    """CB-4: as of everything else that is asked of it."""
    view = live(CounterLive)
    view.drop()
    with pytest.raises(ViewGone):
        view.call("anything")
