"""`tracebacks`: an error of the author's code shows the author's lines only, whoever runs it."""

from __future__ import annotations

import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from liveview_core import Changeset, LiveComponent, LiveView, Socket, heex, to_form
from liveview_core.errors import LiveViewError
from liveview_testing import (
    Faults,
    Html,
    LiveViewMachine,
    Script,
    Simulation,
    View,
    always,
    assert_isolated,
    assert_never_halts,
    assert_routes,
    expect,
    explore,
    laws,
    lints,
    live,
    rendered_to_string,
    replay,
    run_hooks,
    shrink,
    soak,
    strategies,
    timeline,
)
from liveview_testing.browser.page.tree.tree import MissingId
from liveview_testing.watching import watch
from liveview_testing.world.page_checks import PageWarning
from liveview_testing.world.tracebacks import is_the_author_s


class NotFoundError(Exception):
    """As the author has them."""

    status = 404


def find() -> int:
    """What fails."""
    raise NotFoundError("no such page: 7")


class Mounting(LiveView):
    """It fails when it is joined."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=find()) if socket.connected else socket

    render = heex("<p>x</p>")


class Rendering(LiveView):
    """Its template fails when it is joined."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(on=socket.connected)

    render = heex("""
    <p>
      {find() if @on else 1}
    </p>
    """)


class Plain(LiveView):
    """It does nothing."""

    render = heex("<p>x</p>")


class Child(LiveView):
    """A view in it fails when it is joined."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket

    render = heex("<div>{live_render(@socket, Mounting, id='a')}</div>")


def frames(error: BaseException) -> list[str]:
    """The functions of a traceback, without the test itself."""
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)[1:]]


@pytest.mark.parametrize(
    ("view", "names"), [(Mounting, ["mount", "find"]), (Rendering, ["__b1", "find"]), (Child, ["mount", "find"])]
)
def test_an_error_with_a_status_reaches_the_test(view: type[LiveView], names: list[str]) -> None:
    """LC-28: a browser loads the page anew and knows a number; a test is told all, the line of a template too."""
    with pytest.raises(NotFoundError, match="no such page: 7") as caught:
        live(view)
    assert frames(caught.value) == names
    assert "404" in caught.value.__notes__[-1]
    if view is Rendering:
        assert caught.value.__notes__[0].startswith("in the template at ")


class Part(LiveComponent):
    """A component that fails."""

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        return socket.assign(n=find())

    render = heex('<b phx-click="part" phx-target={@myself}>x</b>')


class Failing(LiveView):
    """It fails at whatever happens to it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        def hook(event: Any, params: Any, socket: Socket) -> Any:
            find()

        return socket.assign(on=False).attach_hook("h", "handle_event", hook)

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        match msg:
            case "async":
                return socket.start_async("a", list)
            case "timer":
                return socket.send_after("now", 1)
            case "update":
                return socket.update("on", lambda on: find())
            case _:
                return socket.assign(n=find())

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.assign(n=find())

    def handle_params(self, params: Any, uri: Any, socket: Socket) -> Any:
        return socket.assign(n=find()) if params else socket

    def handle_call(self, msg: Any, sender: Any, socket: Socket) -> Any:
        return socket.assign(n=find())

    handle_cast = handle_info

    def terminate(self, reason: Any, socket: Socket) -> Any:
        find()

    render = heex('<p phx-click="x">y</p><.live_component module={Part} id="p" />')


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (lambda v: v.element("p").render_click(), "hook"),
        (lambda v: v.element("b").render_click(), "handle_event"),
        (lambda v: v.send("go"), "handle_info"),
        (lambda v: v.send("async"), "handle_async"),
        (lambda v: v.send("update"), "<lambda>"),
        (lambda v: (v.send("timer"), v.sim.clock.advance(5)), "handle_info"),
        (lambda v: v.render_patch("/?a=1"), "handle_params"),
        (lambda v: v.sim.call(v.id, 1), "handle_call"),
        (lambda v: v.sim.cast(v.id, 1), "handle_info"),
        (lambda v: v.live_redirect("/"), "terminate"),
    ],
)
def test_frames(act: Callable[[View], Any], name: str) -> None:
    """Of every callback: the test's line, and the author's, whatever is between."""
    view = live(Failing)
    with pytest.raises(NotFoundError) as caught:
        act(view)
    names = frames(caught.value)
    assert names[0] == "<lambda>"  # the test's own
    assert [each for each in names[1:] if each not in ("handle_info", name)] == ["find"]
    assert name in names
    assert sys.gettrace() is None


class Rows(LiveView):
    """The rows of its stream have no id."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.stream("rows", [{"id": 1}])

    render = heex('<ul id="rows" phx-update="stream"><li :for={id, row in @streams.rows}>{row["id"]}</li></ul>')


class Unnamed(Rows):
    """The container itself has none."""

    render = heex('<ul id={None} phx-update="stream"><li :for={id, row in @streams.rows} id={id}>{row["id"]}</li></ul>')


@pytest.mark.parametrize("view", [Rows, Unnamed])
def test_a_stream_without_ids(view: type[LiveView]) -> None:
    """ST-26: what is wrong is the page, and the text says all."""
    with pytest.raises(MissingId, match=r"has no id\n  expected: an id") as caught:
        live(view)
    assert frames(caught.value) == []


SCRIPT = """
import sys
from liveview_core import LiveView, heex
from liveview_testing import live


class Counter(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(count=0)

    def handle_event(self, event, params, socket):
        return socket.assign(count=1 // 0)

    render = heex("<b phx-click='inc'>{@count}</b>")

"""
RUNS = {
    "script": SCRIPT + 'live(Counter).element("b").render_click()\n',
    "unittest": SCRIPT
    + "import unittest\n\nclass T(unittest.TestCase):\n    def test_it(self):\n"
    + '        live(Counter).element("b").render_click()\n\nunittest.main()\n',
    "pytest": SCRIPT + 'def test_it():\n    live(Counter).element("b").render_click()\n',
    "traced": "import sys\nsys.settrace(lambda *a: None)\n" + SCRIPT + 'live(Counter).element("b").render_click()\n',
}


@pytest.mark.parametrize("how", RUNS)
def test_runners(how: str, tmp_path: Path) -> None:
    """Nothing of ours under any of them; where somebody traces, what is between the test and us stays."""
    file = tmp_path / "test_counter.py"
    file.write_text(RUNS[how])
    command = [
        sys.executable,
        *(["-m", "pytest", "-p", "no:cacheprovider", "-q"] if how == "pytest" else []),
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    told = done.stdout + done.stderr
    assert "ZeroDivisionError" in told
    assert "count=1 // 0" in told
    ours = [line for line in told.splitlines() if "liveview_core/" in line or "liveview_testing/" in line]
    assert [line for line in ours if "process.py" in line or "turn.py" in line] == []
    assert bool(ours) == (how == "traced")


def test_our_own_errors_keep_their_frames() -> None:
    """What our code raises by mistake is found by its frames."""
    with pytest.raises(AttributeError) as caught:
        View(None, "x").line  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportUnusedExpression]
    assert not is_the_author_s(caught.value)


def test_full_tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """For whoever looks for a mistake of ours."""
    monkeypatch.setenv("LIVEVIEW_FULL_TRACEBACK", "1")
    with pytest.raises(NotFoundError) as caught:
        live(Mounting)
    assert "deliver" in frames(caught.value)


class Warned(LiveView):
    """Its form has no id, from the beginning or after a click."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(on=bool(session))

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        return socket.assign(on=True)

    render = heex('<div><b phx-click="x">y</b><form :if={@on} phx-change="c"></form></div>')


@pytest.mark.parametrize(
    "act",
    [
        lambda: live(Warned, session={"a": 1}),
        lambda: live(Warned).element("b").render_click(),
        lambda: live(Warned).render_click("x"),
        lambda: live(Warned).sim.views[0].element("b").render_click(),
    ],
)
def test_warnings_point_at_the_test(act: Callable[[], Any]) -> None:
    """However deep the page was looked at."""
    code = act.__code__
    with pytest.warns(PageWarning, match="has no id") as caught:
        act()
    assert (caught[0].filename, caught[0].lineno) == (__file__, code.co_firstlineno)


CALLS: dict[str, tuple[Callable[[], Any], str]] = {
    "seed": (lambda: Simulation(seed=cast("Any", object())), "the option seed of a Simulation is wrong"),
    "limit": (lambda: Simulation(limit=0), "the option limit of a Simulation is wrong"),
    "record": (lambda: Simulation(record=cast("Any", "yes")), "the option record of a Simulation is wrong"),
    "css": (lambda: Simulation(css=cast("Any", 3)), "the option css of a Simulation is wrong"),
    "static": (lambda: Simulation(static=cast("Any", {"app.css": 3})), "the option static of a Simulation is wrong"),
    "deployed": (lambda: setattr(Simulation(), "static", {"app.js": 3}), "the option static of a Simulation is wrong"),
    "checks": (lambda: Simulation(checks=cast("Any", 3)), "the checks of a world are given by name"),
    "check": (lambda: Simulation(checks=cast("Any", {"no": "raise"})), "there is no check 'no'"),
    "history": (lambda: Simulation(history=-1), "the option history is wrong"),
    "name": (lambda: cast("Any", Simulation()).mount(Rows), "Simulation has no 'mount'"),
    "replay": (lambda: replay(cast("Any", 3)), "replay takes a script"),
    "shrink": (lambda: shrink(cast("Any", 3)), "shrink takes a script"),
    "fails": (lambda: shrink(Simulation().script, cast("Any", 3)), "what makes a script fail is a function"),
    "passes": (lambda: shrink(Simulation().script), "the script does not fail"),
    "json": (lambda: Script.from_json("{"), "the text is no JSON"),
    "explore": (lambda: explore(cast("Any", 3), 3), "explore"),
    "soak": (lambda: soak(3), "soak takes a module"),
    "run_hooks": (lambda: run_hooks(cast("Any", 3), "handle_info"), "run_hooks runs the hooks of a socket"),
    "assert_isolated": (lambda: assert_isolated(cast("Any", 3)), "a widget is"),
    "assert_never_halts": (lambda: assert_never_halts(cast("Any", 3)), "a widget is"),
    "assert_routes": (lambda: assert_routes(cast("Any", 3), []), "a widget is"),
    "timeline": (lambda: timeline(cast("Any", 3)), "a timeline is of a world"),
    "write": (lambda: timeline(Simulation(record=True)).write(cast("Any", 3)), "a page is written to a path"),
    "expect": (lambda: expect(cast("Any", 3)), "Unsupported type: <class 'int'>"),
    "faults": (lambda: Faults(drops=-1), "Faults(drops=…)"),
    "machine": (lambda: LiveViewMachine.for_view(cast("Any", 3)), "a machine is for a view"),
    "form": (lambda: to_form(3), "to_form cannot make a form"),
    "html": (lambda: Html(cast("Any", 3)), "Html is made of text"),
    "assert_has": (lambda: live(Plain).assert_has("#no"), 'no element matches "#no"'),
    "refute_has": (lambda: live(Plain).refute_has("p"), "there was to be none"),
    "inside": (lambda: live(Plain).element("p").assert_has("#no"), 'no element matches "#no"'),
    "assert_patch": (lambda: live(Plain).assert_patch("/z"), "did not patch"),
    "assert_redirect": (lambda: live(Plain).assert_redirect(), "did not redirect"),
    "assert_push_event": (lambda: live(Plain).assert_push_event("x"), "no event 'x' was pushed"),
    "assert_reply": (lambda: live(Plain).assert_reply({}), "no such reply"),
    "text": (lambda: live(Plain).element("#no").text, 'no element matches "#no"'),
    "attributes": (lambda: live(Plain).element("#no").attributes, 'no element matches "#no"'),
    "exists": (lambda: live(Plain).element("p[").exists, "cannot use the selector"),
    "has_element": (lambda: live(Plain).has_element("p["), "cannot use the selector"),
    "element": (lambda: live(Plain).element(cast("Any", 3)), "described by a selector"),
    "file_input": (lambda: live(Plain).file_input("#f", "a", [cast("Any", 3)]), "this is no file"),
    "truth": (lambda: bool(live(Plain).element("p")), "neither true nor false"),
    "length": (lambda: len(cast("Any", live(Plain).element("p"))), "not a list of them"),
    "text of html": (lambda: cast("Any", live(Plain).render()).find("x"), "Html has no 'find'"),
    "other world": (lambda: Simulation().view(cast("Any", 3)), "is not in this world"),
    "gone": (lambda: View(Simulation(), "phx-9").assigns, "nothing was opened as phx-9"),
    "task": (lambda: Simulation().tasks.find("no"), "no pending task is named 'no'"),
    "inner_text": (lambda: Simulation().page(Plain).get_by_role("link").inner_text(timeout=1), "no such link"),
    "listener": (lambda: Simulation().page(Plain).on("dialog", cast("Any", 3)), "a listener is called"),
    "release": (lambda: Simulation().page(Plain).network.release(cast("Any", 3)), "frames that are released"),
    "always": (lambda: always(cast("Any", 3)), "a property is a function"),
    "to_test": (lambda: Simulation().script.to_test(name="a b"), "a test has a name of Python"),
    "rendered": (lambda: rendered_to_string(3), "takes what a template returns"),
    "hold": (lambda: laws.hold(cast("Any", 3)), "hold cannot use its argument 'sim'"),
    "patch_law": (lambda: laws.patch_law(cast("Any", 3)), "patch_law cannot use its argument 'view'"),
    "quiet_law": (lambda: laws.quiet_law(live(Plain), cast("Any", 3)), "quiet_law cannot use its argument 'act'"),
    "growth": (lambda: lints.growth(live(Plain), cast("Any", 3)), "growth cannot use its argument 'act'"),
    "watch": (lambda: watch(cast("Any", 3), print), "watch cannot use its argument 'view'"),
    "events": (lambda: strategies.events(cast("Any", 3)), "events cannot use its argument 'view'"),
    "acts": (lambda: strategies.acts(cast("Any", 3)), "acts cannot use its argument 'page'"),
    "cast": (lambda: Changeset.cast(3, {}, []), "a changeset is about an attrs class"),
}


@pytest.mark.parametrize("what", CALLS)
def test_what_is_no_act_of_a_world(what: str) -> None:
    """Whoever is called, the author's lines are all that is shown, and the text says what was wrong."""
    call, said = CALLS[what]
    with pytest.raises(LiveViewError) as caught:
        call()
    assert said in str(caught.value)
    assert frames(caught.value) == ["<lambda>"]


@pytest.mark.parametrize("line", ['page.get_by_text("x").wait_for()', 'page.view.assert_has("p", "x")', "Socket().now"])
def test_what_ends_a_script_shows_the_line_of_the_script(line: str, tmp_path: Path) -> None:
    """An error that no act raised is cut by what shows it."""
    file = tmp_path / "story.py"
    file.write_text(
        "from liveview_core import LiveView, Socket, heex\n"
        "from liveview_testing import Simulation\n"
        "class Live(LiveView):\n"
        "    render = heex('<p>y</p>')\n"
        "page = Simulation().page(Live)\n"
        f"{line}\n"
    )
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert [said for said in done.stderr.splitlines() if said.lstrip().startswith('File "')] == [
        f'  File "{file}", line 6, in <module>'
    ]
    assert done.stderr.splitlines()[2].strip() == line


class Stubborn(LiveComponent):
    """It fails where its call says."""

    def mount(self, socket: Socket) -> Any:
        return socket.assign(n=1)

    def update(self, assigns: Any, socket: Socket) -> Any:
        if assigns.fails == "update":
            raise ValueError("no update")
        return socket.assign(n=0 if assigns.fails == "render" else 1)

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        return socket.assign(n=0)

    render = heex("""
    <b phx-click="zero" phx-target={@myself}>
      {1 // @n}
    </b>
    """)


class Placing(LiveView):
    """It places the component."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(fails="")

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return socket.assign(fails=msg)

    render = heex("""
    <main>
      <.live_component module={Stubborn} id="fine" fails="" />
      <.live_component module={Stubborn} id="bad" fails={@fails} />
    </main>
    """)


def test_an_error_of_a_component_names_it() -> None:
    """Which one, and the line that placed it; the line of its own template where that is what failed."""
    source = Path(__file__).read_text().split("\n")

    def told(error: BaseException) -> list[str]:
        return [
            source[int(note.rpartition(" ")[2]) - 1].strip() if note.startswith("in the template at ") else note
            for note in error.__notes__[:-1]
        ]

    placed = '<.live_component module={Stubborn} id="bad" fails={@fails} />'
    view = live(Placing)
    with pytest.raises(ValueError, match="no update") as caught:
        view.send("update")
    assert told(caught.value) == ["in the component Stubborn, id 'bad'", placed]
    with pytest.raises(ZeroDivisionError) as failed:
        view.send("render")
    assert told(failed.value) == ["{1 // @n}", "in the component Stubborn, id 'bad'", placed]
    with pytest.raises(ZeroDivisionError) as failed:
        view.element("b:last-child").render_click()
    assert told(failed.value) == ["{1 // @n}", "in the component Stubborn, id 'bad'"]


class Shows(LiveView):
    """A view in it that fails is shown at once, or later; by the tag, or the function."""

    def __init__(self, failing: type[LiveView], at_once: bool) -> None:
        self.failing = failing
        self.at_once = at_once

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(view=self.failing, on=self.at_once)

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return socket.assign(on=True)

    render = heex("""
    <div :if={@on}>
      <.live_render
        view={@view} id="a" />
    </div>
    """)


class Calls(Shows):
    """The same, by the function; in a component."""

    PART = heex("""
    <div :if={@on}>
      {live_render(@socket, @view, id="a")}
    </div>
    """)
    render = heex("""
    <.PART on={@on} view={@view} socket={@socket} />
    """)


class Around(LiveView):
    """A view around it."""

    def __init__(self, inner: Shows) -> None:
        self.inner = inner

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(inner=self.inner)

    render = heex("""
    <.live_render view={@inner} id="around" />
    """)


class Dead(LiveView):
    """It fails in the first mount too."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=find())

    render = heex("<p>x</p>")


def lines(*calls: str) -> list[str]:
    """Where in this file that is written, as notes say it."""
    written = Path(__file__).read_text().splitlines()
    return [f"in the template at {__file__}, line {written.index(each) + 1}" for each in calls]


TAG, FUNCTION, AROUND = (
    "      <.live_render",
    '      {live_render(@socket, @view, id="a")}',
    '    <.live_render view={@inner} id="around" />',
)


@pytest.mark.parametrize("failing", [Mounting, Rendering, Dead])
@pytest.mark.parametrize(("shows", "call"), [(Shows, TAG), (Calls, FUNCTION)])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_line_that_shows_a_view(failing: type[LiveView], shows: type[Shows], call: str, at_once: bool) -> None:
    """Of a nested view that does not mount, the lines of all templates that show it are named, connected or not."""
    view = shows(failing, at_once)
    for opened, expected in ((view, lines(call)), (Around(view), lines(call, AROUND))):
        with pytest.raises(NotFoundError) as caught:
            shown = live(opened)
            inner = shown if opened is view else shown.find_live_child("around")
            assert inner is not None
            inner.send("on")
        notes = [each for each in caught.value.__notes__ if each.startswith("in the template")]
        assert [each for each in notes if each in lines(TAG, FUNCTION, AROUND)] == expected


@dataclass(frozen=True)
class Refused(Exception):
    """It cannot be changed: no note can be put on it."""

    code: int


class Refusing(LiveView):
    """Raises it in a callback, in its template and in a component of it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(where="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        raise Refused(1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(where=msg)

    render = heex("""<p>{refuse() if @where == "template" else ""}</p>
    <.live_component :if={@where == "part"} module={RefusingPart} id="p" />""")


class RefusingPart(LiveComponent):
    def update(self, assigns: Any, socket: Socket) -> Socket:
        raise Refused(3)

    render = heex("<b>x</b>")


def refuse() -> None:
    raise Refused(2)


def test_an_error_that_cannot_be_changed() -> None:
    """It arrives as the one that it is, and is what a crash says; only what would be noted on it is missing."""
    view = live(Refusing)
    acts: list[Callable[[], object]] = [
        lambda: view.render_hook("go"),
        lambda: view.send("template"),
        lambda: view.send("part"),
    ]
    for code, act in enumerate(acts, 1):
        with pytest.raises(Refused) as raised:
            act()
        assert raised.value == Refused(code)
    crashing = live(Refusing, crashes="restart")
    crashing.render_hook("go")
    assert crashing.crash is not None
    assert crashing.crash.error == Refused(1)
