"""One act of the world each: what fails has not happened, and what has happened does not fail afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, Reply, Route, Router, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_core.views.router import NoRoute
from liveview_testing import Element, FileInput, Rejected, Simulation, View, live
from liveview_testing.failures.exceptions import ElementNotFound
from liveview_testing.user.handles.events_by_name import Targeted
from liveview_testing.user.handles.view import NoAnswer
from liveview_testing.user.handles.view_page import ViewGone
from liveview_testing.world.simulation.acting import Store
from liveview_testing.world.simulation.clock import Clock
from liveview_testing.world.simulation.tasks import Tasks
from tests.harness.examples import examples


class Broken(Exception):
    """What fails here."""


class Faults:
    """Where callbacks fail: names of places, chosen by a test."""

    places: frozenset[str] = frozenset()

    @classmethod
    def at(cls, place: str) -> None:
        if place in cls.places:
            raise Broken(place)


class Part(LiveComponent):
    def update(self, assigns: Any, socket: Socket) -> Socket:
        Faults.at("part update")
        return socket.assign(assigns)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        Faults.at("part event")
        return socket

    render = heex("""<p id="part"><b id="in-part" phx-click="up" phx-target={@myself}>{@n}</b></p>""")


class Inner(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        Faults.at("inner mount")
        return socket.assign(n=0).subscribe("news")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        Faults.at("inner event")
        return socket.update("n", lambda n: n + 1).broadcast("news", "from inside")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        Faults.at("inner info")
        return socket

    render = heex("""<i id="inside" phx-click="up">{@n}</i>""")


class Page(LiveView):
    """Does a little of everything, and fails where it is told to."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        Faults.at("mount")
        socket = socket.assign(n=0, form=True, inner=True, trigger=False).subscribe("news").send_interval("tick", 60)
        return socket.allow_upload(
            "file", accept=[".txt"], max_file_size=9, chunk_size=3, progress=self.progress, max_entries=2
        )

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        Faults.at("params")
        return socket

    def progress(self, name: str, entry: Any, socket: Socket) -> Socket:
        Faults.at("progress")
        return socket.assign(form="form" not in Faults.places) if entry.done else socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        Faults.at("event")
        match event:
            case "later":
                Faults.at("start")
                return socket.start_async("work", self.work)
            case "away":
                return socket.push_navigate("/other")
            case "trigger":
                return socket.assign(trigger=True)
            case _:
                return socket.update("n", lambda n: n + 1).send("own").broadcast("news", "x")

    def work(self) -> int:
        return 1

    def handle_async(self, name: str, result: Any, socket: Socket) -> Socket:
        Faults.at("async")
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        Faults.at("info")
        return socket.assign(inner=not socket.assigns.inner) if msg == "own" else socket

    def handle_call(self, message: Any, sender: Any, socket: Socket) -> Any:
        Faults.at("call")
        return Reply(socket, message) if message != "silent" else socket.assign(n=-1)

    def handle_cast(self, message: Any, socket: Socket) -> Socket:
        Faults.at("cast")
        return socket

    def terminate(self, reason: Any, socket: Socket) -> None:
        Faults.at("terminate")

    render = heex("""
      <button id="go" phx-click="go" phx-click-away="go" phx-focus="go" phx-blur="go" phx-keydown="go" phx-keyup="go"
        phx-hook="Hook">{@n}</button>
      <button id="later" phx-click="later">later</button>
      <.link id="patch" patch="/?page=2">2</.link>
      <.link id="leave" navigate="/other">other</.link>
      <a id="plain" href="/other">plain</a>
      <form :if={@form} id="f" action="/other" method="get" phx-change="go" phx-submit="trigger"
        phx-trigger-action={@trigger}>
        <input type="text" name="title" />
        <.live_file_input upload={@uploads.file} />
        <button name="by" value="this">Go</button>
      </form>
      <.live_component module={Part} id="part" n={@n} />
      <div :if={@inner}>{live_render(@socket, Inner, id="inner")}</div>
    """)


class Other(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        Faults.at("other mount")
        return socket

    render = heex("""<p>other</p>""")


ROUTER = Router([Route("/", Page), Route("/other", Other)])

Act = Callable[[View, FileInput], Any]

ACTS: dict[str, Act] = {
    "View.event": lambda v, _: v.event("click", "go"),
    "View.render_click": lambda v, _: v.render_click("away"),
    "View.render_submit": lambda v, _: v.render_submit("trigger"),
    "View.render_change": lambda v, _: v.render_change("go"),
    "View.render_blur": lambda v, _: v.render_blur("go"),
    "View.render_focus": lambda v, _: v.render_focus("go"),
    "View.render_keydown": lambda v, _: v.render_keydown("go"),
    "View.render_keyup": lambda v, _: v.render_keyup("go"),
    "View.render_hook": lambda v, _: v.render_hook("go"),
    "View.send": lambda v, _: v.send("own"),
    "View.call": lambda v, _: v.call("silent"),
    "View.cast": lambda v, _: v.cast("x"),
    "View.render_async": lambda v, _: v.render_async(),
    "View.drop": lambda v, _: v.drop(),
    "View.rejoin": lambda v, _: v.rejoin(),
    "View.go_back": lambda v, _: v.go_back(),
    "View.go_forward": lambda v, _: v.go_forward(),
    "View.render_patch": lambda v, _: v.render_patch("/?page=1"),
    "View.render_patch elsewhere": lambda v, _: v.render_patch("/nowhere"),
    "View.live_redirect": lambda v, _: v.live_redirect("/other"),
    "View.live_redirect nowhere": lambda v, _: v.live_redirect("/nowhere"),
    "View.live_redirect away": lambda v, _: v.live_redirect("https://elsewhere.example/"),
    "View.follow_redirect": lambda v, _: v.follow_redirect(),
    "View.follow_request": lambda v, _: v.follow_request("/nowhere"),
    "View.assert_patch": lambda v, _: v.assert_patch(),
    "View.assert_redirect": lambda v, _: v.assert_redirect(),
    "View.assert_push_event": lambda v, _: v.assert_push_event("x"),
    "View.assert_reply": lambda v, _: v.assert_reply(),
    "View.open_browser": lambda v, _: v.open_browser(lambda url: Faults.at("browser")),
    "Element.render_click": lambda v, _: v.element("#go").render_click(),
    "Element.render_click later": lambda v, _: v.element("#later").render_click(),
    "Element.render_click patch": lambda v, _: v.element("#patch").render_click(),
    "Element.render_click leave": lambda v, _: v.element("#leave").render_click(),
    "Element.render_click plain": lambda v, _: v.element("#plain").render_click(),
    "Element.render_click submit": lambda v, _: v.element("#f button").render_click(),
    "Element.render_click nested": lambda v, _: v.element("#inside").render_click(),
    "Element.render_click part": lambda v, _: v.element("#in-part").render_click(),
    "Element.render_click_away": lambda v, _: v.element("#go").render_click_away(),
    "Element.render_focus": lambda v, _: v.element("#go").render_focus(),
    "Element.render_blur": lambda v, _: v.element("#go").render_blur(),
    "Element.render_keydown": lambda v, _: v.element("#go").render_keydown({"key": "a"}),
    "Element.render_keyup": lambda v, _: v.element("#go").render_keyup({"key": "a"}),
    "Element.render_hook": lambda v, _: v.element("#go").render_hook("go"),
    "Element.render_change": lambda v, _: v.form("#f", {"title": "x"}).render_change(),
    "Element.render_submit": lambda v, _: v.form("#f", {"title": "x"}).put_submitter("#f button").render_submit(),
    "Element.submit_form": lambda v, _: v.form("#f").submit_form(),
    "Element.follow_trigger_action": lambda v, _: v.form("#f").follow_trigger_action(),
    "FileInput.render_change": lambda _, f: f.render_change(),
    "FileInput.render_upload": lambda _, f: f.render_upload("a.txt", 50),
    "FileInput.render_upload whole": lambda _, f: f.render_upload("a.txt"),
    "FileInput.render_upload refused": lambda v, _: upload(v, "big.txt", "x" * 20).render_upload("big.txt"),
    "FileInput.render_upload empty": lambda v, _: upload(v, "no.txt", "").render_upload("no.txt"),
    "FileInput.fail_upload": lambda _, f: f.fail_upload("a.txt"),
    "FileInput.preflight_upload": lambda _, f: f.preflight_upload(),
    "Targeted.event": lambda v, _: v.with_target("#part").event("click", "up"),
    "Targeted.render_click": lambda v, _: v.with_target("#part, #inside").render_click("up"),
    "Targeted.render_submit": lambda v, _: v.with_target("#part").render_submit("up"),
    "Targeted.render_change": lambda v, _: v.with_target("#part").render_change("up"),
    "Targeted.render_blur": lambda v, _: v.with_target("#part").render_blur("up"),
    "Targeted.render_focus": lambda v, _: v.with_target("#part").render_focus("up"),
    "Targeted.render_keydown": lambda v, _: v.with_target("#part").render_keydown("up"),
    "Targeted.render_keyup": lambda v, _: v.with_target("#part").render_keyup("up"),
    "Targeted.render_hook": lambda v, _: v.with_target("#part").render_hook("up"),
    "Simulation.act": lambda v, _: v.sim.act(lambda run: run.broadcast("news", "x")),
    "Simulation.settle": lambda v, _: v.sim.settle(),
    "Simulation.pass_time": lambda v, _: v.sim.pass_time(1),
    "Simulation.broadcast": lambda v, _: v.sim.broadcast("news", "x"),
    "Simulation.client": lambda v, _: v.sim.client(v.id, "event", {"type": "click", "event": "go", "value": {}}),
    "Simulation.tell": lambda v, _: v.sim.tell(v.id, "own"),
    "Simulation.call": lambda v, _: v.sim.call(v.id, "x"),
    "Simulation.cast": lambda v, _: v.sim.cast(v.id, "x"),
    "Simulation.replace": lambda v, _: v.sim.replace(v.line),
    "Simulation.keep": lambda v, _: v.sim.keep("a", 1),
    "Simulation.live": lambda v, _: v.sim.live("/"),
    "Simulation.live crashing": lambda v, _: v.sim.live("/nowhere", crashes="restart"),
    "Simulation.live held": lambda v, _: v.sim.live("/", tasks="hold"),
    "Simulation.live_isolated": lambda v, _: v.sim.live_isolated(Other),
    "Clock.advance": lambda v, _: v.sim.clock.advance(60),
    "Tasks.hold": lambda v, _: v.sim.tasks.hold(),
    "Tasks.release": lambda v, _: v.sim.tasks.release(),
    "Tasks.run": lambda v, _: v.sim.tasks.run("work"),
    "Tasks.resolve": lambda v, _: v.sim.tasks.resolve("work", 2),
    "Tasks.fail": lambda v, _: v.sim.tasks.fail("work"),
    "Store.update": lambda v, _: v.sim.store.update("a", lambda a: a + 1),
}  # fmt: skip

LOOKING = {
    View: "id sim line here browser page process socket assigns flash html render outcome page_title document url wire crash "
    "steps fork element form file_input at has_element with_target live_children find_live_child request refute_patched "
    "refute_redirected refute_push_event assert_has refute_has dom debug locator get_by_role get_by_text get_by_label "
    "get_by_placeholder get_by_title get_by_alt_text get_by_test_id",
    Element: "view selector browser node found exists text attributes render put_submitter assert_has refute_has",
    FileInput: "view selector browser node found exists text attributes render put_submitter assert_has refute_has "
    "files form name on change_in "
    # inherited, and of no use for a file input
    "render_click render_click_away render_focus render_blur render_keydown render_keyup render_hook render_submit "
    "submit_form follow_trigger_action",
    Targeted: "render",
    Simulation: "router static checks world clock tasks crashes store stored history trace digest since views "
    "host view fork page pages handle_on people script undone concurrently in_order tab open_tab remember ahead adopt next_due",
    Clock: "now pending",
    Tasks: "pending find",
    Store: "get",
}
PLACES = [
    "mount", "params", "event", "info", "call", "cast", "async", "start", "progress", "form", "terminate", "browser",
    "part update", "part event", "inner mount", "inner event", "inner info", "other mount",
]  # fmt: skip


def upload(view: View, name: str = "a.txt", content: str = "abcdef") -> FileInput:
    return view.file_input("#f", "file", [{"name": name, "content": content}])


def test_every_method_is_among_the_acts_or_only_looks() -> None:
    """Whoever adds a method to a handle says which it is."""
    for kind, looking in LOOKING.items():
        public = {name for name in dir(kind) if not name.startswith("_")}
        acting = {each.split()[0].partition(".")[2] for each in ACTS if each.startswith(f"{kind.__name__}.")}
        assert public - acting == set(looking.split()), kind


@examples(120)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sets(st.sampled_from(PLACES), max_size=3)), max_size=6),
    st.booleans(),
)
def test_what_fails_has_not_happened(acts: list[tuple[str, set[str]]], crashing: bool) -> None:
    """Whatever an act raises, after it the world is the one before it, and a fork of that one is not disturbed."""
    Faults.places = frozenset()
    view = live("/", router=ROUTER, crashes="restart" if crashing else "raise")
    files = upload(view)
    try:
        for name, places in acts:
            before, pending = view.sim.world, view.sim.clock.pending
            Faults.places = frozenset(places)
            try:
                answer = ACTS[name](view, files)
            except (LiveViewError, Broken, KeyError):
                assert view.sim.world is before, name
                assert view.sim.clock.pending == pending
            else:
                if isinstance(answer, View):
                    view = answer
                    files = upload(view)
    finally:
        Faults.places = frozenset()


def test_every_act_with_every_fault() -> None:
    """Each act, in a world that is ready for it, with each place that may fail: it fails as a whole or not at all."""
    Faults.places = frozenset()
    view = live("/", router=ROUTER, tasks="hold")
    view.element("#later").render_click()
    view.sim.keep("a", 0)
    upload(view).render_upload("a.txt", 50)
    failed: set[str] = set()
    try:
        for name, act in ACTS.items():
            for place in PLACES:
                Faults.places = frozenset()
                there = view.fork()
                files = upload(there)
                before = there.sim.world
                Faults.places = frozenset([place])
                try:
                    act(there, files)
                except (LiveViewError, Broken):
                    assert there.sim.world is before, (name, place)
                    failed.add(place)
    finally:
        Faults.places = frozenset()
    assert failed >= set(PLACES) - {"start", "form"}


def test_navigation_that_leads_nowhere_leads_nowhere() -> None:
    """The view is still there, and at its URL."""
    view = live("/", router=ROUTER)
    before = view.sim.world
    with pytest.raises(NoRoute):
        view.live_redirect("/nowhere")
    assert view.sim.world is before
    assert view.url == "/"
    assert view.live_redirect("/other").element("p").text == "other"


def test_an_upload_whose_progress_fails_was_not_begun() -> None:
    """Neither chosen nor asked for."""
    view = live("/", router=ROUTER)
    files, before = upload(view), view.sim.world
    Faults.places = frozenset(["progress"])
    try:
        with pytest.raises(Broken):
            files.render_upload("a.txt")
    finally:
        Faults.places = frozenset()
    assert view.sim.world is before
    files.render_upload("a.txt")
    assert [entry.progress for entry in view.assigns.uploads.file.entries] == [100]


def test_an_upload_may_take_its_form_away() -> None:
    """The page as it is then is the answer."""
    view = live("/", router=ROUTER)
    Faults.places = frozenset(["form"])
    try:
        html = upload(view).render_upload("a.txt")
    finally:
        Faults.places = frozenset()
    assert 'id="f"' not in html
    assert 'id="go"' in html
    assert not isinstance(html, Rejected)


class Closing(LiveView):
    """A child that asks to be closed."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("close", socket.id)

    render = heex("""<b phx-click="close">close</b>""")


class Around(LiveView):
    """Shows a child until it asks to be closed."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(open=True).subscribe("close")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(open=False)

    render = heex("""<div :if={@open}>{live_render(@socket, Closing, id="closing")}</div><i>page</i>""")


def test_a_view_that_closes_itself_answers_with_its_last_page() -> None:
    """The click went well; only what is asked afterwards finds nobody."""
    acts: list[Callable[[View], Any]] = [
        lambda child: child.render_click("close"),
        lambda child: child.element("b").render_click(),
        lambda child: child.with_target("b").render_click("close"),
    ]
    for act in acts:
        view = live(Around)
        (child,) = view.live_children()
        assert "close</b>" in act(child)
        assert view.live_children() == []
        with pytest.raises(ViewGone):
            child.render()
        with pytest.raises(ViewGone):
            act(child)


def test_a_call_that_crashes_its_view_fails() -> None:
    """Who calls a process that crashes crashes too, so nothing has happened; a cast crashes the view alone."""
    view = live("/", router=ROUTER, crashes="restart")
    before = view.sim.world
    Faults.places = frozenset(["call", "cast"])
    try:
        with pytest.raises(NoAnswer, match="handle_call of Page crashed at 'x': who calls then crashes too"):
            view.call("x")
        assert view.sim.world is before
        view.cast("x")
    finally:
        Faults.places = frozenset()
    assert [crash.what for crash in view.sim.crashes] == ["cast str"]


def test_the_button_goes_with_the_form_that_is_submitted_over_http() -> None:
    """`phx-trigger-action`: the button of the submit before is sent in its place (FI-22, FI-23)."""
    ways: list[Callable[[View], Any]] = [
        lambda view: view.element("#f button").render_click(),
        lambda view: view.form("#f").put_submitter("#f button").render_submit(),
    ]
    for way in ways:
        view = live("/", router=ROUTER)
        way(view)
        assert view.form("#f", {"title": "x"}).follow_trigger_action().params == {"title": "x", "by": "this"}
        view = live("/", router=ROUTER)
        way(view)
        view.form("#f").render_submit()  # the last one counts, and had none
        assert view.form("#f").follow_trigger_action().params == {"title": ""}


class Login(LiveView):
    """Its button would lead elsewhere, if it were clicked without any script."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(ready=False, button=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(ready=True, button=params.get("by") != "gone")

    render = heex("""
      <form id="f" action="/here" method="post" phx-submit="go" phx-trigger-action={@ready}>
        <input type="hidden" name="a" value="1" />
        <button id="stays" name="by" value="stays" formaction="/there" formmethod="get">Go</button>
        <button :if={@button} id="gone" name="by" value="gone">Go</button>
        <input type="hidden" name="z" value="2" />
      </form>
    """)


def test_what_the_button_says_of_where_and_how_counts_only_without_a_script() -> None:
    """The client calls the form's `submit()`: name and value are sent at the button's place, `formaction` is not asked."""
    view = live(Login)
    view.element("#stays").render_click()
    request = view.form("#f").follow_trigger_action()
    assert (request.method, request.path, request.body) == ("post", "/here", "a=1&by=stays&z=2")


def test_a_button_that_left_the_form_is_not_sent() -> None:
    """It has to be in the form still."""
    view = live(Login)
    view.element("#gone").render_click()
    assert view.form("#f").follow_trigger_action().body == "a=1&z=2"


class Previews(LiveView):
    """Shows what was chosen before the input, and a plain input of the same name."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.allow_upload("pic", accept=[".txt"], max_entries=2, max_file_size=5, auto_upload=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex("""
      <img :for={e in @uploads.pic.entries} id={f"p{e.ref}"} data-phx-upload-ref={@uploads.pic.ref} data-phx-entry-ref={e.ref} />
      <form id="f" phx-change="go">
        <input type="file" name="pic" {{}} />
        <.live_file_input upload={@uploads.pic} />
      </form>
    """)


def test_the_input_of_an_upload_is_found_wherever_it_stands() -> None:
    """A preview has its ref too, and another input its name."""
    view = live(Previews)
    files = view.file_input("#f", "pic", [{"name": "a.txt", "content": "a"}, {"name": "b.txt", "content": "too long"}])
    files.render_change()
    assert [entry.progress for entry in view.assigns.uploads.pic.entries] == [100, 0]
    refused = files.render_upload("b.txt")
    assert isinstance(refused, Rejected)
    assert refused.errors == (("b.txt", "too_large"),)


def test_a_file_that_is_one_too_many_says_so() -> None:
    """With auto_upload the others are sent; this one has the reason that the upload has."""
    view = live(Previews)
    files = view.file_input("#f", "pic", [{"name": f"{n}.txt", "content": "a"} for n in range(3)])
    files.render_change()
    refused = files.render_upload("2.txt")
    assert isinstance(refused, Rejected)
    assert refused.errors == (("pic", "too_many_files"),)


def test_a_form_that_is_gone_is_not_found() -> None:
    """Before anything is done."""
    view = live("/", router=ROUTER)
    Faults.places = frozenset(["form"])
    try:
        files = upload(view)
        files.render_upload("a.txt")
        with pytest.raises(ElementNotFound):
            files.render_change()
    finally:
        Faults.places = frozenset()
