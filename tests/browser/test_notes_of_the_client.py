"""What a page notes of the client's own work: commands, hooks, portals, dialogs, connections, uploads; see `test_notes`."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveComponent, LiveView, Route, Router, heex
from liveview_testing import ClientHook, Page, Simulation, TimeoutError, expect
from tests.browser.test_notes import notes, opened, tell, told
from tests.harness.upload_tab import Docs

# --- commands ---------------------------------------------------------------------------------------------------------


def test_what_holds_no_commands() -> None:  # JC-2, JC-31
    template = """<p>{@n}</p><div id="d" data-name="bare" data-js={JS.push("run")}>d</div>
    <button id="ok" phx-click={JS.exec("data-js", to="#d").push("after")}>o</button>
    <button id="none" phx-click={JS.exec("data-none", to="#d").push("after")}>n</button>
    <button id="bare" phx-click={JS.exec("data-name", to="#d").push("after")}>b</button>"""
    there = opened(template)
    there.locator("#ok").click()
    assert (notes(there), told(there)) == ([], ["run", "after"])
    there.locator("#none").click()
    there.locator("#bare").click()
    assert notes(there) == [
        (
            "<button#none>: JS.exec expects data-none of <div#d> to hold JS commands; the commands after it did not run",
            "data-none={JS.…} on <div#d>",
        ),
        (
            "<button#bare>: only JS commands can stand here, not the name of an event ('bare'); the commands after it did not run",
            "JS.push('bare')",
        ),
    ]
    assert told(there) == ["run", "after"]


@pytest.mark.parametrize("binding", ["phx-mounted", "phx-connected"])
def test_the_name_of_an_event_where_only_commands_may_stand(binding: str) -> None:  # JC-1
    there = opened(f"""<p>{{@n}}</p><div id="d" {binding}="bare">d</div><b {binding}={{JS.add_class("on")}}>b</b>""")
    assert notes(there) == [
        (
            "<div#d>: only JS commands can stand here, not the name of an event ('bare'); the commands after it did not run",
            "JS.push('bare')",
        )
    ]
    assert told(there) == []


def test_a_selector_that_nobody_here_knows() -> None:  # JC-3
    template = """<p>{@n}</p><div id="d" :if={@on} phx-remove={JS.hide(to=@to)}>d</div>"""
    there = opened(template, {"on": True, "to": "#d:nth-fancy(2)"})
    with pytest.raises(Exception, match="nth-fancy"):
        tell(there, on=False)


TOGGLES = """<p>{@n}</p><button id="c" phx-click={JS.toggle_class("x", to="#d")}>c</button>
<button id="t" phx-click={JS.toggle(to="#d")}>t</button><div id="d">d</div>"""


def test_two_toggles_in_one_frame() -> None:  # JC-9
    there = opened(TOGGLES)
    for name in ("#c", "#c", "#t", "#t"):
        there.locator(name).click()
    assert notes(there) == [
        (
            "toggle_class of x at <div#d> counts once: it came in the frame of another one, and both find the same state",
            "a frame between two clicks: page.wait_for_timeout(16)",
        ),
        (
            "toggle of <div#d> does what the one before does: it came in the same frame, and both find the same state",
            "a frame between two clicks: page.wait_for_timeout(16)",
        ),
    ]


def test_two_toggles_in_two_frames() -> None:  # JC-9
    there = opened(TOGGLES)
    for name in ("#c", "#c", "#t", "#t"):
        there.locator(name).click()
        there.wait_for_timeout(32)
    assert (notes(there), there.locator("#d").get_attribute("class")) == ([], "")


# --- hooks ------------------------------------------------------------------------------------------------------------


class Asks(ClientHook):
    """A hook that asks the server at both ends of a loss."""

    def disconnected(self, el: Any) -> None:
        el.push_event("asked", {}, reply="heard")

    def reconnected(self, el: Any) -> None:
        el.push_event("asked again", {}, reply="heard")

    def heard(self, el: Any, reply: Any, ref: int) -> None:
        el.set_state(reply)


def test_a_hook_without_an_id_and_one_that_nobody_stands_in_for() -> None:  # HK-2
    template = """<b {@given}>{@n}</b><i id="i" phx-hook="Chart">{@n}</i><i id="j" phx-hook="Chart">j</i>
    <u id="u" phx-hook="Asks"></u>"""
    there = opened(template, {"given": {"phx-hook": "Asks"}}, hooks={"Asks": Asks})
    assert notes(there) == [
        ("the hook Asks of <b> was not made: its element has no id", "give it an id"),
        (
            "nobody stands in for the hook Chart of <i#i>: nothing happens there",
            "Simulation(hooks={'Chart': …}), a ClientHook",
        ),
    ]


def test_a_hook_that_asks_while_the_line_is_cut() -> None:  # HK-21
    there = opened("""<div id="h" phx-hook="Asks">{@n}</div>""", hooks={"Asks": Asks})
    there.network.drop()
    there.network.restore()
    there.sim.clock.advance(1)
    assert notes(there) == [
        (
            "'asked' of the hook of <div#h> was not sent, and 'heard' is never called: its view is not connected",
            "push it again in reconnected(el)",
        )
    ]
    assert told(there) == ["asked again"]


# --- portals and dialogs ----------------------------------------------------------------------------------------------

PORTAL = """<p>{@n}</p><.portal id="one" target={@to} :if={@on}><b id="b">{@last}</b></.portal><div id="there"></div>"""


def test_a_portal_without_a_target() -> None:  # PA-30
    there = opened(PORTAL, {"on": False, "to": "#there"})
    tell(there, on=True)
    assert notes(there) == []
    tell(there, to="#nowhere")
    assert notes(there) == [
        (
            "there is no element '#nowhere' to put the content of <template#one> into: after such a patch the client tells no hook"
            " and no event",
            "a target that is on the page before, one element with an id in the portal",
        )
    ]


DIALOG = """<button commandfor="d" command="show-modal">Open</button><input id="i" aria-label="behind"><dialog id="d" aria-label="D"
data-n={@n}><input id="in" aria-label="inside"><button phx-click="more">More</button></dialog>"""


def test_what_is_typed_behind_a_dialog() -> None:  # AC-10
    there = opened(DIALOG)
    there.get_by_role("button", name="Open").click()
    there.locator("#in").fill("in")
    assert notes(there) == []
    there.locator("#i").fill("x")
    assert notes(there) == [
        (
            "<input#i> is behind an open modal dialog: what was typed for it went to what has the focus",
            "close the dialog first",
        )
    ]


def test_a_patch_that_takes_open_from_a_dialog() -> None:  # AC-12
    there = opened(DIALOG)
    there.get_by_role("button", name="Open").click()
    tell(there, last="x")
    assert notes(there) == []
    there.get_by_role("button", name="More").click()
    assert notes(there) == [
        (
            "a patch took `open` from <dialog#d>, which was shown as a modal dialog: it is not seen any more,"
            " and everything else on"
            " the page is still out of reach, as in a browser",
            'phx-mounted={JS.ignore_attributes(["open"])} on the dialog',
        )
    ]


# --- what is leaving --------------------------------------------------------------------------------------------------

LEAVING = """<p>{@n}</p><form id="f" :if={@on} phx-submit="s" phx-remove={JS.hide(transition="fade", time=100)}>
<input id="i" name="i"><button id="go">go</button></form>"""


def test_a_submit_of_what_is_leaving() -> None:  # PA-46
    there = opened(LEAVING, {"on": True})
    there.locator("#go").click()
    assert (notes(there), told(there)) == ([], ["s"])
    tell(there, on=False)
    there.locator("#go").click(force=True)
    assert notes(there) == [
        (
            "the submit of <form#f> sent nothing: it is leaving the page, and its phx-remove is still running",
            "submit it before it is taken away",
        )
    ]


# --- the connection ---------------------------------------------------------------------------------------------------

LINE = """<p>{@n}</p><button id="b" phx-click="go">b</button><button id="bad" phx-click="bad">x</button>
<form id="a" phx-change="c"><input id="i" name="i" value={@i}></form><form phx-change="c" phx-ignore-missing-id>
<input id="j" name="j"></form><input id="o">
<.link id="l" patch="/b">l</.link>"""


def typed(socket: Any, params: Any) -> Any:
    return socket.assign(i=params.get("i", socket.assigns.i))


def bad(socket: Any, params: Any) -> Any:
    raise ValueError("bad")


def test_what_is_pushed_while_the_line_is_cut() -> None:  # CE-63
    there = opened(LINE, {"i": ""}, handlers={"c": typed})
    there.network.drop()
    there.locator("#b").click()
    assert notes(there) == [
        (
            "'go' of <button#b> was not sent: its view is not connected, and the client queues nothing",
            "wait until the page is connected again, or tell the user that it is not",
        )
    ]


def test_what_needs_no_line_while_it_is_cut() -> None:  # CE-63
    """A command that pushes nothing says nothing, nor does a field that nobody asks after; nor what is pushed once it is back."""
    template = """<button id="b" phx-click={@js}>b</button><p id="p" hidden>p</p><input id="o">
    <button id="go" phx-click="go">go</button>"""
    there = opened(template, {"js": JS.remove_attribute("hidden", to="#p")})
    there.network.drop()
    there.locator("#b").click()
    there.locator("#o").fill("x")
    assert there.locator("#p").is_visible()
    there.network.restore()
    there.sim.clock.advance(1)
    there.locator("#go").click()
    assert (notes(there), told(there)) == ([], ["go"])


def test_what_is_typed_before_the_line_is_cut() -> None:  # FI-30
    there = opened(LINE, {"i": ""}, handlers={"c": typed})
    there.locator("#i").fill("kept")
    there.locator("#j").fill("lost")
    there.locator("#o").focus()
    there.network.drop()
    there.network.restore()
    there.sim.clock.advance(2)
    assert notes(there) == [
        (
            "what was typed into <input#j> is lost: its view has joined again, and <form> is not filled in again: it has no id",
            "an id and phx-change on the form",
        )
    ]
    assert (there.locator("#i").input_value(), there.locator("#j").input_value()) == ("kept", "")


def test_a_link_on_whose_way_the_line_is_cut() -> None:  # CN-18
    there = opened(LINE, {"i": ""}, handlers={"c": typed})
    there.network.latency(0.1)
    there.locator("#l").click()
    there.network.drop()
    assert notes(there) == [
        (
            "the connection was lost on the way to http://www.example.com/b: the page there is loaded anew after a while, with"
            " nothing of what was typed",
            "let the link be answered before the connection is lost, or time pass until the page is loaded",
        )
    ]


FAILING: dict[str, int] = {}


class Shaky(LiveView):
    """A view whose next connected mounts fail, as many as FAILING says."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        if socket.connected and FAILING.get("mounts", 0):
            FAILING["mounts"] -= 1
            raise ValueError("no")
        return socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        raise ValueError("bad")

    render = heex("""<button id="bad" phx-click="bad">x</button>""")


@pytest.mark.parametrize("fails", [0, 1])
def test_a_view_that_cannot_join_again(fails: int) -> None:  # CN-13
    FAILING["mounts"] = 0
    there = Simulation(Router([Route("/", Shaky)]), crashes="restart").page("/")
    FAILING["mounts"] = fails
    there.locator("#bad").click()
    there.sim.clock.advance(2)
    said = (
        "the view could not join: join crashed; the client closes its connection, and loads the page anew after a while, with"
        " nothing of what was typed",
        "a connected mount that succeeds, and time for the page to be loaded: sim.clock.advance(10)",
    )
    assert notes(there) == [said] * fails
    there.sim.clock.advance(10)
    assert there.locator("#bad").is_visible()


@pytest.mark.parametrize("fails", [2, 3])
def test_a_nested_view_that_never_joins(fails: int) -> None:  # CN-5
    FAILING["mounts"] = 0
    there = opened("""<p>{@n}</p><.live_render view={Shaky} id="kid" />""", {}, {"Shaky": Shaky}, crashes="restart")
    FAILING["mounts"] = fails
    there.locator("#bad").click()
    there.sim.clock.advance(8)
    said = (
        "a nested view of the page failed to join three times: join crashed; the client gives it up",
        "a connected mount of the nested view that succeeds",
    )
    assert notes(there) == [said] * (fails == 3)


class Section(LiveView):
    container = ("section", {"class": "wide"})

    render = heex("""<h1>section</h1>""")


class Wide(Section):
    container = ("div", {"class": "wide"})


@pytest.mark.parametrize("to", ["section", "wide"])
def test_a_view_with_a_container_of_another_tag(to: str) -> None:  # CN-57a
    view = Router([Route("/", Links), Route("/section", Section), Route("/wide", Wide)])
    there = Simulation(view).page("/")
    there.locator(f"#{to}").click()
    said = (
        "the container of the view is to be <section>, and the page keeps its <div>: the attributes of the new one are lost",
        "the same tag for the containers of views that live links lead to",
    )
    assert notes(there) == ([said] if to == "section" else [])


class Links(LiveView):
    render = heex("""<.link id="section" navigate="/section">s</.link><.link id="wide" navigate="/wide">w</.link>""")


NESTED = """<p>{@n}</p><input id="o"><.live_render view={Kid} id="kid" />"""


def test_a_nested_view_that_crashes_alone() -> None:  # FI-40
    there = opened(NESTED, crashes="restart")
    there.locator("#ki").fill("typed")
    there.locator("#kn").fill("typed")
    there.locator("#bad").click()
    there.sim.clock.advance(2)
    assert notes(there) == [
        (
            "<form#kf> was not filled in again: its nested view has joined again alone, and the client recovers"
            " the forms of a nested"
            " view only with the view around it",
            "keep what must survive where a crash does not take it, or the form in the view around",
        ),
        (
            "what was typed into <input#kn> is lost: its view has joined again, and <form> is not filled in again: it has no id",
            "an id and phx-change on the form",
        ),
    ]


def test_a_nested_view_on_a_line_that_is_cut() -> None:  # HK-34, PA-16a
    there = opened(NESTED)
    there.locator("#ki").fill("kept")
    there.locator("#kn").fill("lost")
    there.locator("#o").focus()
    there.network.drop()
    there.sim.clock.advance(0.6)
    dead = "its view is nested, and is let go when the view around it loses its connection"
    assert notes(there) == [
        (
            f"phx-disconnected of <s#s> did not run: {dead}",
            "phx-disconnected on an element of the view around it",
        )
    ]
    there.network.restore()
    there.sim.clock.advance(2)
    assert notes(there)[1:] == [
        (
            "what was typed into <input#kn> is lost: its nested view makes room for a new one, and <form> is not"
            " filled in again: it"
            " has no id",
            "an id and phx-change on the form",
        )
    ]


def test_a_nested_view_on_a_line_that_is_there_again_soon() -> None:  # HK-34
    there = opened(NESTED)
    there.network.drop()
    there.network.restore()
    there.sim.clock.advance(2)
    assert notes(there) == []


RECOVERED = (
    """<p>{@n}</p><form id="f" phx-change="c" phx-auto-recover={@how} phx-target={@to}><input id="i" name="i"></form>"""
)


TARGET = "a target that is there as soon as the view has joined"


@pytest.mark.parametrize(
    ("how", "to", "why", "cure"),
    [
        (None, "#nowhere", "phx-target '#nowhere' matches nothing on the new page", TARGET),
        (None, "7", "there is no component 7 on the new page", TARGET),
        (JS.add_class("x"), None, "what recovers it pushes nothing", "JS.push(…) among its commands"),
    ],
)  # fmt: skip
def test_a_form_whose_recovery_never_ends(how: Any, to: str | None, why: str, cure: str) -> None:  # FI-37
    there = opened(RECOVERED, {"how": how, "to": to})
    there.network.drop()
    there.network.restore()
    there.sim.clock.advance(1)
    assert notes(there) == [(f"<form#f> was not recovered, and its view stays in error: {why}", cure)]


def test_a_form_that_is_recovered() -> None:  # FI-37
    there = opened(RECOVERED, {"how": JS.push("again").push("more"), "to": None})
    there.network.drop()
    there.network.restore()
    there.sim.clock.advance(1)
    assert (notes(there), told(there)) == ([], ["again", "more"])


def test_a_page_that_cannot_be_loaded() -> None:  # CN-15
    there = opened("""<a id="a" href="/other">o</a>""")
    there.network.drop()
    there.locator("#a").click()
    assert notes(there) == [
        (
            "http://www.example.com/other could not be loaded: there is no network",
            "page.network.restore(), and the browser loads it",
        )
    ]


@pytest.mark.parametrize("href", ["/other", "#here"])
def test_a_page_that_can_be_loaded(href: str) -> None:  # CN-15
    """With a network any can; without one a place on the page that is there."""
    there = opened(f"""<a id="a" href="{href}">o</a><p id="here">p</p>""")
    there.network.drop()
    if href == "/other":
        there.network.restore()
    there.locator("#a").click()
    assert there.url == f"http://www.example.com{'' if href == '/other' else '/'}{href}"
    assert notes(there) == []


# --- uploads ----------------------------------------------------------------------------------------------------------

A = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abcdefgh"}
EMPTY = {"name": "e.txt", "mimeType": "text/plain", "buffer": b""}


def uploading(**session: Any) -> Page:
    return Simulation(Router([Route("/", Docs)]), **session.pop("world", {})).page("/", session=session)


def test_an_empty_file() -> None:  # UPL-3
    there = uploading()
    there.locator("input[type=file]").set_input_files([A])
    assert notes(there) == []
    there.locator("input[type=file]").set_input_files([EMPTY])
    assert notes(there) == [
        (
            "the file 'e.txt' is empty, and is left out without a word",
            "a file with content; tell the user that empty files are not sent",
        )
    ]


def test_what_is_dropped_on_a_zone_without_an_input() -> None:  # UPL-31
    there = opened("""<div id="zone" phx-drop-target="nowhere">z</div><div id="none">n</div>""")
    there.locator("#none").drop({"files": [A]})
    there.locator("#zone").drop({"files": [A]})
    assert notes(there) == [
        (
            "what was dropped on <div#none> went nowhere: there is no phx-drop-target around it",
            "phx-drop-target={@uploads.….ref} on the element that takes files",
        ),
        (
            "what was dropped on <div#zone> went nowhere: phx-drop-target='nowhere' is no file input of the page",
            "phx-drop-target={@uploads.….ref}, the id of its <.live_file_input>",
        ),
    ]


def test_the_line_is_lost_in_the_middle_of_a_file() -> None:  # UPL-24
    there = uploading(upload={"auto_upload": True})
    there.network.latency(0.04)
    there.locator("input[type=file]").set_input_files([A])
    there.sim.clock.advance(1)
    assert notes(there) == []
    there.locator("input[type=file]").set_input_files([{**A, "name": "b.txt"}])
    there.sim.clock.advance(0.25)
    there.network.drop()
    assert notes(there)[-1] == (
        "the server was not told how far 'b.txt' is: its view is not connected, or its form is gone",
        "the file has to be chosen again",
    )


def external(entry: Any, socket: Any) -> Any:
    raise ValueError("no bucket")


def test_a_preflight_that_is_not_answered() -> None:  # UPL-11
    there = uploading(upload={"external": external}, world={"crashes": "restart"})
    there.locator("input[type=file]").set_input_files([A])
    there.locator("#save").click()
    assert notes(there) == []
    there.sim.clock.advance(31)
    assert notes(there)[-1] == (
        "the preflight of an upload failed: 'push timeout'",
        "a view that answers it: its callback external= must not raise",
    )


# --- who is told ------------------------------------------------------------------------------------------------------


def test_a_failed_assertion_tells_the_notes_of_its_page() -> None:
    """Of locators, of expectations, and of handles; of another page nothing is said."""
    there = opened("""<p>{@n}</p><button id="b" phx-click="go" phx-target="#nowhere">b</button>""")
    other = there.sim.page("/")
    there.locator("#b").click()
    line = "nothing was sent: phx-target '#nowhere' matches no element of the page; cure: a selector of an element that is there"
    asked: list[tuple[type[Exception], Any]] = [
        (AssertionError, lambda page: expect(page.locator("p")).to_have_text("1")),
        (TimeoutError, lambda page: page.locator("#none").click(timeout=100)),
        (AssertionError, lambda page: page.view.assert_has("p", "1")),
        (AssertionError, lambda page: page.view.refute_has("p")),
        (AssertionError, lambda page: page.view.assert_push_event("x")),
        (AssertionError, lambda page: page.view.assert_patch("/x")),
        (AssertionError, lambda page: page.view.assert_reply()),
    ]
    for kind, ask in asked:
        with pytest.raises(kind) as failed:
            ask(there)
        told_all = "\n".join((str(failed.value), *getattr(failed.value, "__notes__", ())))
        assert line in told_all
        with pytest.raises(kind) as failed:
            ask(other)
        assert "Notes of the page" not in "\n".join((str(failed.value), *getattr(failed.value, "__notes__", ())))


# --- targets ----------------------------------------------------------------------------------------------------------


class Part(LiveComponent):
    def mount(self, socket: Any) -> Any:
        return socket.assign(got=())

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("got", lambda got: (*got, event))

    render = heex("""<div id="part"><i>{", ".join(@got)}</i></div>""")


TARGETS = """<.live_component module={Part} id="1" /><form id="f" phx-change="c" phx-submit={@js}>
<input id="a" name="a" phx-change="own" phx-target="#part"><button id="go">go</button></form>
<form id="g" phx-change="c" phx-target="#part"><input id="b" name="b" phx-change="own" phx-target="#part"></form>"""


def test_a_forms_event_that_misses_its_component() -> None:  # CE-62
    """Said once; a form that has the target itself is heard by the component, and nothing is said."""
    there = opened(TARGETS, {"js": JS.push("s", target="#part")}, {"Part": Part})
    there.locator("#b").fill("x")
    assert (notes(there), there.locator("#part").inner_text()) == ([], "own")
    there.locator("#a").fill("x")
    there.locator("#a").fill("y")
    there.locator("#go").click()
    lost = "the client sends the component only if it is asked for by phx-target of the form"
    cure = "phx-target={@myself}, or the selector as phx-target of the form"
    assert notes(there) == [
        (f"{event} reached the view, not the component of <div#part>: of a form's event {lost}", cure)
        for event in ("'own' of <input#a>", "'s' of <form#f>")
    ]
    assert there.locator("#part").inner_text() == "own"


def test_a_pattern_that_ignores_nothing() -> None:  # JC-13
    template = """<button id="b" phx-click={@js}>b</button><button id="c" phx-click={@fine}>c</button>"""
    state = {"js": JS.ignore_attributes("*-a"), "fine": JS.ignore_attributes(["*", "data-*"])}
    there = opened(template, state)
    there.locator("#c").click()
    assert notes(there) == []
    there.locator("#b").click()
    assert notes(there) == [
        (
            "JS.ignore_attributes('*-a') ignores nothing of <button#b>: the client reads it as a regular expression",
            "names of attributes, '*' for all, or a pattern that ends with *",
        )
    ]


def test_an_id_that_a_command_changes() -> None:  # JC-11
    """The client makes such an element anew; an element that has no id of the server's is the same, and nothing is said of it."""
    template = """<p>{@n} {@last}</p><div id="d"><input id="i" name="i"></div><div class="bare"><input name="j"></div>
    <button id="b" phx-click={JS.set_attribute(("id", "e"), to="#d").set_attribute(("id", "f"), to=".bare")}>b</button>
    <button id="same" phx-click={JS.set_attribute(("id", "d"), to="#d")}>s</button>"""
    there = opened(template)
    there.locator("#same").click()
    assert notes(there) == []
    there.locator("#b").click()
    there.locator("[name=j]").fill("typed")
    there.locator("[name=i]").fill("typed")
    assert notes(there) == [
        (
            "<div#d> is given another id: the client makes it anew with the next patch that comes to it, with the id that it had,"
            " and what elements without an id hold in it is lost; here all of it stays",
            "another attribute, or an id that the server sends",
        )
    ]
    tell(there, last="x")
    assert there.locator("#e [name=i]").input_value() == "typed"


TWICE = """<p>{@n}</p><div id="o" phx-click="none"><div id="q" phx-click="none"><ul id="l" phx-update="stream">
<li :for={id, row in @streams.rows} id={id}>{row["id"]}</li></ul></div></div>"""


@pytest.mark.parametrize(
    ("clicked", "deleted", "noted"), [("q", 0, 0), ("q", 1, 1), ("qo", 1, 1), ("qo", 0, 0), ("", 1, 0)]
)
def test_rows_that_go_while_what_is_around_waits(clicked: str, deleted: int, noted: int) -> None:  # LK-10
    """Those that a message puts in stand where the client has them; one that it deletes may come back, and that is said."""
    there = opened(TWICE, handlers={"begin": lambda s: s.stream("rows", [{"id": 1}, {"id": 2}])})
    there.network.hold()
    for each in clicked:
        there.locator(f"#{each}").dispatch_event("click")
    there.view.send(lambda s: s.stream_insert("rows", {"id": 3}, at=1).stream_insert("rows", {"id": 4}, at=0))
    if deleted:
        there.view.send(lambda s: s.stream_delete("rows", {"id": 2}))
    there.network.release()
    found = [each for each in there.notes if each.rule == "LK-10"]
    assert len(found) == noted
    assert all(
        "#rows-2 was deleted from <ul#l> while what is around it waits for an answer" in each.text for each in found
    )
