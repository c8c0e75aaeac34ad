"""`tracebacks`: of what fails while a module is imported, or a template runs, the author's lines are shown, whoever runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

import liveview_core
from liveview_core import (
    JS,
    Changeset,
    LiveComponent,
    LiveView,
    Route,
    Socket,
    attr,
    heex,
    raw,
    slot,
    to_form,
    tracebacks,
)
from liveview_core import frames as frames_module
from liveview_core.errors import BadOption, LiveViewError, MissingAssign
from liveview_core.heex import TemplateSyntaxError, TemplateWarning, embed_templates
from liveview_core.rendering.html import text
from liveview_testing import Simulation, render_component

IMPORTED = {
    "syntax": (
        'from liveview_core import heex\n\nPAGE = heex("""\n<p>{@x +}</p>\n""")\n',
        3,
        "page.py:4:9: not a Python expression",
    ),
    "tags": (
        'from liveview_core import heex\n\nPAGE = heex("""\n<p>{@x}</b>\n""")\n',
        3,
        "page.py:4:8: unmatched closing tag",
    ),
    "f-string": (
        'from liveview_core import heex\n\nPAGE = heex("""\n<p>{f"{@x +}"}</p>\n""")\n',
        3,
        "page.py:4:12: not a Python",
    ),
    "data": ("from liveview_core import heex\n\nPAGE = heex(5)\n", 3, "heex takes the text of a template"),
    "file": ('from liveview_core import heex\n\nPAGE = heex.file("no.heex")\n', 3, "there is no template"),
    "folder": (
        'from liveview_core import embed_templates\n\nPAGES = embed_templates("no")\n',
        3,
        "there is no template in",
    ),
    "attribute": ('from liveview_core import attr\n\nN = attr("n", 5)\n', 3, "attr('n', …)"),
    "no attribute": ("from liveview_core import attr\n\nN = attr()\n", 3, "missing 1 required positional argument"),
    "slot": ('from liveview_core import slot\n\nN = slot("n", 5)\n', 3, "slot('n', …) takes attr(…) declarations"),
    "route": (
        'from liveview_core import LiveView, Route\n\nclass V(LiveView):\n    pass\n\nR = Route("x", V)\n',
        6,
        "a route's path begins with '/'",
    ),
    "route's view": (
        "from liveview_core import LiveView, Route\n\nclass V(LiveView):\n    def __init__(self, repo):\n        self.r = repo\n\n"
        'R = Route("/x", V)\n',
        7,
        "cure: pass the object: V(…)",
    ),
    "router": ("from liveview_core import Router\n\nR = Router(5)\n", 3, "a router takes routes"),
    "live session": (
        'from liveview_core import LiveSession\n\nR = LiveSession("", [])\n',
        3,
        "a live session needs a name",
    ),
    "opened": (
        "from liveview_core import LiveView\nfrom liveview_testing import Simulation\n\nclass V(LiveView):\n"
        "    def __init__(self, repo):\n        self.r = repo\n\nSimulation().live(V)\n",
        8,
        "cure: pass the object: V(…)",
    ),
    "opened as a page": (
        "from liveview_core import LiveView\nfrom liveview_testing import Simulation\n\nclass V(LiveView):\n"
        "    def __init__(self, repo):\n        self.r = repo\n\nSimulation().page(V)\n",
        8,
        "cure: pass the object: V(…)",
    ),
    "opened alone": (
        "from liveview_core import LiveView\nfrom liveview_testing import Simulation\n\nclass V(LiveView):\n"
        "    def __init__(self, repo):\n        self.r = repo\n\nSimulation().live_isolated(V)\n",
        8,
        "cure: pass the object: V(…)",
    ),
    "nowhere": (
        'from liveview_core import Router\nfrom liveview_testing import Simulation\n\nSimulation(Router([])).page("/x")\n',
        4,
        "/x",
    ),
    "render": (
        'from liveview_core import LiveView\n\nclass V(LiveView):\n    render = "<p>hi</p>"\n',
        3,
        "cure: compile it: render = heex('<p>hi</p>')",
    ),
}
"""A module's text, the line that is shown of it, and what is said."""
ALIKE = (
    "no attribute",
    "slot",
    "route's view",
    "router",
    "live session",
    "opened as a page",
    "opened alone",
    "nowhere",
)
"""What is told by the way that another is: tried as a script only."""
RUNNERS = {
    "unittest": ["-m", "unittest", "discover", "-p", "test_page_*.py"],
    "pytest": ["-m", "pytest", "-q", "-p", "no:cacheprovider"],
}


def run_in(folder: Path, *command: str) -> str:
    """What a Python prints."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=folder, check=False)
    return done.stdout + done.stderr


def of_ours(told: str) -> list[str]:
    """The lines of a traceback that are nobody's business."""
    hidden = ("liveview_core/", "liveview_testing/", "contextlib")
    return [line for line in told.splitlines() if any(each in line for each in hidden)]


@pytest.mark.parametrize("what", IMPORTED)
def test_at_import(what: str, tmp_path: Path) -> None:
    """The line of the module that calls, the place in the template in the text, and nothing of ours."""
    source, line, said = IMPORTED[what]
    (tmp_path / "page.py").write_text(source)
    told = run_in(tmp_path, "page.py")
    assert said in told
    assert f'page.py", line {line}, in <module>' in told
    assert of_ours(told) == []


def test_at_import_by_a_test_that_is_named(tmp_path: Path) -> None:
    """Where unittest does not look for tests itself, nobody catches the error."""
    source, line, said = IMPORTED["render"]
    (tmp_path / "page.py").write_text(source)
    (tmp_path / "test_page.py").write_text("import page\n")
    told = run_in(tmp_path, "-m", "unittest", "test_page.py")
    assert f'page.py", line {line}, in <module>' in told
    assert said in told
    assert of_ours(told) == []


@pytest.mark.parametrize("runner", RUNNERS)
def test_at_import_by_a_test(runner: str, tmp_path: Path) -> None:
    """The same of modules that tests import, in one run."""
    asked = {f"page_{number}": each for number, (what, each) in enumerate(IMPORTED.items()) if what not in ALIKE}
    for name, (source, _, _) in asked.items():
        (tmp_path / f"{name}.py").write_text(source)
        (tmp_path / f"test_{name}.py").write_text(f"import {name}\n")
    told = run_in(tmp_path, *RUNNERS[runner])
    for name, (_, line, said) in asked.items():
        place = f"{name}.py:{line}: in <module>" if runner == "pytest" else f'{name}.py", line {line}, in <module>'
        assert place in told
        assert said.replace("page.py", f"{name}.py") in told.partition(place)[2].partition("test_page_")[0]
    assert of_ours(told) == []


CORE = """
from liveview_core import Changeset, JS, Socket, heex

def boom(value):
    return 1 // value

def run():
    {call}

run()
"""


@pytest.mark.parametrize(
    ("call", "names", "said"),
    [
        ("Socket(connected=True).assign(5)", ["<module>", "run"], "BadOption: assign takes names and values"),
        ("Socket().stream('rows', [5])", ["<module>", "run"], "StreamError: an item of stream 'rows' has no id"),
        ("JS.push(5)", ["<module>", "run"], "BadOption: the event of JS.push is not text"),
        ("Changeset.cast(5, {}, [])", ["<module>", "run"], "BadOption: a changeset is about an attrs class"),
        ("heex('<p>{boom(@n)}</p>')({'n': 0}).__html__()", ["<module>", "run", "__b1", "boom"], "ZeroDivisionError"),
        ("Socket().assign(n=0).update('n', boom)", ["<module>", "run", "boom"], "ZeroDivisionError"),
        ("boom(0)", ["<module>", "run", "boom"], "ZeroDivisionError"),
    ],
)
def test_a_script_without_the_kit(call: str, names: list[str], said: str, tmp_path: Path) -> None:
    """The core alone shows no line of its own either, unless all are asked for."""
    script = tmp_path / "page.py"
    script.write_text(CORE.replace("{call}", call))

    def shown(**more: str) -> list[str]:
        environment = {**os.environ, "PYTHONPATH": str(Path(liveview_core.__file__).parent.parent), **more}
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 1
        assert said in done.stderr
        return [line for line in done.stderr.splitlines() if line.startswith("  File ")]

    assert [line.rpartition(" in ")[2] for line in shown()] == names
    every = shown(LIVEVIEW_FULL_TRACEBACK="1")
    assert any("liveview_core" in line for line in every) == (call != "boom(0)")


def frames(error: BaseException) -> list[tuple[str, int]]:
    """The functions of a traceback and their lines in this file, without the test itself."""
    shown = traceback.extract_tb(error.__traceback__)[1:]
    assert {frame.filename for frame in shown} <= {__file__}
    return [(frame.name, frame.lineno or 0) for frame in shown]


def test_in_one_process(tmp_path: Path) -> None:
    """Every way to define a template."""
    (tmp_path / "bad.heex").write_text("<p>")
    for define in (
        lambda: heex("{@x +}"),
        lambda: heex.file(tmp_path / "bad.heex"),
        lambda: embed_templates(tmp_path),
        lambda: heex.using(names={})("<p>"),
    ):
        with pytest.raises(TemplateSyntaxError) as caught:
            define()
        assert [name for name, _ in frames(caught.value)] == ["<lambda>"]
    assert sys.gettrace() is None


def boom(*_: object) -> Any:
    """What the author calls, or is called by us."""
    raise ZeroDivisionError("no")


def one_by_one() -> Iterator[dict[str, int]]:
    """Items that end badly."""
    yield {"id": 1}
    boom()


@attrs.frozen
class Seat:
    row: str = ""

    def __attrs_post_init__(self) -> None:
        if self.row == "13":
            boom()


class Shown:
    def __html__(self) -> str:
        return str(boom())


SOCKET = Socket(connected=True).assign(n=0)
SLOTTED = heex("<i>{render_slot(@inner_block)}</i>", slot("inner_block"))


def seats(row: str) -> Any:
    """A changeset."""
    return Changeset.cast(Seat(), {"row": row}, ["row"])


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: SOCKET.assign(cast("Any", {5: 5})), []),
        (lambda: SOCKET.assign(flash={}), []),
        (lambda: SOCKET.assigns.m, []),
        (lambda: SOCKET.assigns["m"], []),
        (lambda: setattr(SOCKET, "n", 1), []),
        (lambda: setattr(SOCKET.assigns, "n", 1), []),
        (lambda: SOCKET.update("m", boom), []),
        (lambda: SOCKET.stream("rows", [5]), []),
        (lambda: SOCKET.stream_insert("rows", {"id": 1}), []),
        (lambda: SOCKET.assign_async("a", cast("Any", 5)), []),
        (lambda: SOCKET.attach_hook("a", "no", boom), []),
        (lambda: SOCKET.push_patch("http://x"), []),
        (lambda: SOCKET.push_event("a", {"x": object()}), []),
        (lambda: SOCKET.allow_upload("a", accept=cast("Any", 5)), []),
        (lambda: SOCKET.send_after("x", -1), []),
        (lambda: SOCKET.now, []),
        (lambda: JS.push("a", value={"x": {"y": object()}}), []),
        (lambda: JS.add_class(cast("Any", 5)), []),
        (lambda: seats("1").validate_length("row", min=cast("Any", "x")), []),
        (lambda: seats("1").put_change("no", 1), []),
        (lambda: to_form({"a": 1})[cast("Any", 5)], []),
        (lambda: PAGE(n=1, xs=[1]).__html__(), ["__r3"]),
        # what the author's own function raises
        (lambda: SOCKET.update("n", boom), ["boom"]),
        (lambda: SOCKET.assign_new("m", boom), ["boom"]),
        (lambda: SOCKET.assigns.update("n", boom), ["boom"]),
        (lambda: SOCKET.assigns.assign_new("m", boom), ["boom"]),
        (lambda: SOCKET.stream("rows", one_by_one()), ["one_by_one", "boom"]),
        (lambda: SOCKET.stream("rows", [{"id": 1}], dom_id=boom), ["boom"]),
        (lambda: SOCKET.stream_configure("a", dom_id=boom).stream("a", []).stream_insert("a", 1), ["boom"]),
        (lambda: seats("1").validate_change("row", boom), ["boom"]),
        (lambda: seats("1").update_change("row", boom), ["boom"]),
        (lambda: seats("1").add_error("row", "no").traverse_errors(boom), ["boom"]),
        (lambda: seats("13").apply_changes(), ["__attrs_post_init__", "boom"]),
        (lambda: raw(Shown()), ["__html__", "boom"]),
        (lambda: heex("{@shown}")(shown=Shown()).__html__(), ["__b1", "__html__", "boom"]),
        (lambda: heex("<.SLOTTED>{boom()}</.SLOTTED>")().__html__(), ["__b3", "boom"]),
    ],
)
def test_the_core_called_directly(call: Callable[[], object], names: list[str]) -> None:
    """Whoever runs it: an error of ours, or of what we called, has no line of ours when it comes to the author."""
    with pytest.raises(Exception) as caught:
        call()
    shown = traceback.extract_tb(caught.value.__traceback__)[1:]
    assert [each.name for each in shown if each.filename == __file__] == ["<lambda>", *names]
    assert [each for each in shown if "liveview_" in each.filename or "contextlib" in each.filename] == []
    assert sys.gettrace() is None
    assert sys._getframe().f_trace is None


def test_an_error_that_is_made_and_caught_by_us() -> None:
    """Nobody is traced longer than until the next line."""
    assert getattr(SOCKET.assigns, "m", 7) == 7
    assert sys.gettrace() is None
    assert [getattr(SOCKET.assigns, name, None) for name in ("m", "n")] == [None, 0]
    assert sys.gettrace() is None
    with pytest.raises(MissingAssign) as caught:
        getattr(SOCKET.assigns, "m", SOCKET.assigns.k)
    assert frames(caught.value) == []


def test_an_error_that_somebody_of_ours_catches_is_not_looked_for() -> None:
    """Law: what goes on after it is not traced, however long it is until the author is there again."""
    traced: list[object] = []
    ours: dict[str, Any] = {"__name__": "liveview_core.test", "tracebacks": tracebacks, "E": LiveViewError}
    ours.update(look=lambda: None, watch=lambda: traced.append(sys.gettrace()))
    exec(
        """
def fail():
    try:
        raise E("made")
    except E as error:
        look()  # handled: still on its way
        watch()
        try:
            raise ValueError
        except ValueError:
            look()  # what comes meanwhile is no end of it
            watch()
        raise tracebacks.shorten(error)

def caught():
    try:
        fail()
    except E:
        look()
        watch()
    look()  # and here it is over
    watch()

def made():
    E("and never raised")
    for _ in range(2_000):
        look()
    watch()
""",
        ours,
    )
    ours["caught"]()
    on_its_way, meanwhile, handled, over = traced
    assert None not in (on_its_way, meanwhile, handled)
    assert over is None
    ours["made"]()
    assert traced[4] is None
    with pytest.raises(LiveViewError) as raised:
        ours["fail"]()
    assert [each.name for each in traceback.extract_tb(raised.value.__traceback__)] == [
        "test_an_error_that_somebody_of_ours_catches_is_not_looked_for"
    ]


def test_who_traces_in_python_hears_all_and_sees_the_same_error() -> None:
    """As Hypothesis, which tells failures apart by where they were raised, and traces only some runs of a test."""
    heard: list[str] = []

    def listen(frame: Any, event: str, argument: Any) -> Any:
        if frame.f_code.co_name == "calling":
            heard.append(event)
        return listen

    def calling() -> list[tuple[str, int]]:
        try:
            Socket(connected=True).assign(5)  # type: ignore[arg-type]
        except LiveViewError as error:
            return frames(error)
        return []

    plain = calling()
    before = sys.gettrace()
    sys.settrace(listen)
    try:
        traced = calling()
        still = sys.gettrace()
    finally:
        sys.settrace(before)
    assert traced == plain
    assert still is listen
    assert heard[:2] == ["call", "line"]
    assert heard.count("exception") == 1
    assert heard[-1] == "return"


TESTED = """
import unittest
from liveview_core import Socket

def boom(value):
    return 1 // value

class T(unittest.TestCase):
    def test_ours(self):
        Socket(connected=True).assign(5)

    def test_a_function(self):
        Socket().assign(n=0).update("n", boom)

unittest.main()
"""


def test_under_unittest(tmp_path: Path) -> None:
    """It lays out tracebacks itself: what is not in them any more is not shown."""
    script = tmp_path / "test_page.py"
    script.write_text(TESTED)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    shown = [line.rpartition(" in ")[2] for line in done.stderr.splitlines() if line.startswith("  File ")]
    assert shown == ["test_a_function", "boom", "test_ours"]
    assert "BadOption: assign takes names and values" in done.stderr


@pytest.mark.filterwarnings("error::liveview_core.heex.TemplateWarning")
def test_a_warning_that_is_an_error() -> None:
    """It is one of the author's line, too."""
    with pytest.raises(TemplateWarning) as caught:
        heex('<p className="a"></p>')
    assert frames(caught.value) == []


def test_data_for_a_function() -> None:
    """Told where the class is made, of views and components."""
    for kind in (LiveView, LiveComponent):
        with pytest.raises(BadOption, match=r"V\.render is a str.*\n.*\n.*\n  cure: compile it") as caught:
            type("V", (kind,), {"render": "<p>hi</p>"})
        assert frames(caught.value) == []
    with pytest.raises(BadOption, match="cure: give the template itself"):
        type("V", (LiveView,), {"render": heex("<p></p>")()})
    with pytest.raises(BadOption, match=r"cure: write a method: def handle_event\(self, …\)"):
        type("V", (LiveView,), {"handle_event": {"inc": len}})


def test_a_cause_is_the_author_s() -> None:
    """What a view that is made by its class says itself is shown from its own line on."""

    class Told(LiveView):
        def __init__(self) -> None:
            raise TypeError("no repo")

    with pytest.raises(BadOption, match="got: no repo") as caught:
        Route("/", Told)
    assert frames(caught.value) == []
    made = caught.value.__cause__
    assert isinstance(made, TypeError)
    assert [frame.name for frame in traceback.extract_tb(made.__traceback__)] == ["__init__"]
    assert {frame.filename for frame in traceback.extract_tb(made.__traceback__)} == {__file__}


INNER = heex("""
<b>
  {1 // @n}
</b>
""", attr("n", int))  # fmt: skip
PAGE: Any = heex("""
<div>
  <.INNER n={@n} />
  <p :for={x in @xs}>
    {x}
    {@gone}
  </p>
</div>
""")
LINE = INNER.source.call.line if INNER.source.call else 0


def test_a_running_template() -> None:
    """The line of the template that failed, once; what was tried before it failed is no part of it."""
    with pytest.raises(ZeroDivisionError) as caught:
        render_component(PAGE, n=0, xs=[])
    assert frames(caught.value) == [("__b1", LINE + 2)]
    assert caught.value.__context__ is None
    with pytest.raises(MissingAssign) as missing:
        render_component(PAGE, n=1, xs=[1])
    assert frames(missing.value) == [("__r3", LINE + 10)]


def test_our_own_mistakes_keep_their_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """And all do where they are asked for."""
    with pytest.raises(AttributeError) as caught:
        tracebacks.without_ours(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert not tracebacks.is_told(caught.value)
    monkeypatch.setenv("LIVEVIEW_FULL_TRACEBACK", "1")
    with pytest.raises(LiveViewError) as full:
        heex("<p>")
    assert len(traceback.extract_tb(full.value.__traceback__)) > 4
    with pytest.raises(ZeroDivisionError) as running:
        text(INNER(n=0))
    assert len(traceback.extract_tb(running.value.__traceback__)) > 2
    with pytest.raises(LiveViewError) as wrong:
        Simulation().live(NeedsOne)
    cause = wrong.value.__cause__
    assert cause is not None
    assert tracebacks.ours(cause.__traceback__.tb_frame)  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]


class NeedsOne(LiveView):
    """Cannot be made without an argument."""

    def __init__(self, one: int) -> None:
        self.one = one


def test_nobody_is_waited_for_where_nobody_called() -> None:
    """As at the end of the interpreter, where what is left is called by Python itself."""
    before = sys.gettrace()
    frames_module.arrive(ValueError(), None)
    assert sys.gettrace() is before
