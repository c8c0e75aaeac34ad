"""The pytest plugin: loaded in every pytest run of whoever installs us, so it must cost almost nothing.

Law: nothing of ours (nor syrupy, nor hypothesis) is imported until a test uses one of these fixtures, and then as Python itself
imports it, from its bytecode; the cyclic collector pauses meanwhile, as nothing of a module that is imported is garbage.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from syrupy.assertion import SnapshotAssertion

    from liveview_core.views.router import Router
    from liveview_testing import Page, Simulation
    from liveview_testing.user.opening import Live


class _AsTheyAre:
    """Finds our packages before pytest does, which rewrites the `assert`s of everything that is installed beside a plugin.

    Ours are of no use to a test that fails; rewriting them costs a second at every start where no bytecode may be written.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] not in ("liveview_core", "liveview_testing"):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Uncollected(name, spec.loader.path)
        return spec


class _Uncollected(SourceFileLoader):
    """Runs a module, and all that it imports, while the cyclic collector pauses.

    pytest has filled the heap before: importing us had the collector walk through all of it, a fifth of what we cost a run.
    """

    def exec_module(self, module: ModuleType) -> None:
        if not gc.isenabled():
            super().exec_module(module)
            return
        gc.disable()
        try:
            super().exec_module(module)
        finally:
            if gc.get_freeze_count() == 0:  # what was made is kept: by this it is old at once, and not walked through
                gc.freeze()
                gc.unfreeze()
            gc.enable()


if _AsTheyAre not in sys.meta_path:
    sys.meta_path.insert(0, _AsTheyAre)


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """A failed `==` or `in` about html, pages or assigns: where they differ, and what is there."""
    html = sys.modules.get("liveview_testing.user.html.html")
    if html is None:
        return None
    told: list[str] | None = html.explained(op, left, right)
    if told is None and op == "==" and (_is_outline(left, right) or _is_assigns(left, right)):
        from liveview_testing.record import comparing

        told = comparing.explained(left, right)
    return told


def _is_outline(left: object, right: object) -> bool:
    return isinstance(left, str) and isinstance(right, str) and left.lstrip("\n").startswith("- ")


def _is_assigns(left: object, right: object) -> bool:
    return "Assigns" in (type(left).__name__, type(right).__name__)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """The worlds that are made from here on are this test's."""
    law: Any = sys.modules.get("liveview_testing.world.simulation.page_law")
    around = None
    if law is not None:
        around, law.current = law.current, law.Ending()
    if recording:
        module: Any = sys.modules.get("liveview_testing.world.simulation.delivering.message_recording")
        if module is not None:
            module.asked.clear()
    try:
        return (yield)
    finally:
        law = sys.modules.get("liveview_testing.world.simulation.page_law")
        if law is not None:
            law.current = around


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that went well is held to the patch law, for every view of every world it made."""
    __tracebackhide__ = True
    _tell_what_is_idle(item)
    result = yield
    law: Any = sys.modules.get("liveview_testing.world.simulation.page_law")
    if law is not None and law.current is not None:
        law.current.hold()
    return result


_read: set[str] = set()


def _tell_what_is_idle(item: pytest.Item) -> None:
    """Once a module: statements that name an act or an assertion of ours, and have no brackets."""
    file = getattr(getattr(item, "module", None), "__file__", None)
    if file is None or file in _read or "liveview_testing.user.simulation" not in sys.modules:
        return
    _read.add(file)
    from liveview_testing.user import uncalled_statements

    uncalled_statements.tell(file)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """An error is shown where the test, or the view, made it; our frames between are there with `--full-trace`.

    With `--liveview-report` the run is written down, step by step.
    """
    if call.excinfo is not None:
        _advise(call.excinfo)
        _hide(call.excinfo, item.config)
    if call.excinfo is not None and call.excinfo.errisinstance(AssertionError):
        _explain(call.excinfo)
    report = yield
    if recording and "liveview_testing.world.simulation.delivering.message_recording" in sys.modules:
        from liveview_testing.record.timelines import reporting

        reporting.report(item, call, report)
    if call.excinfo is not None and report.failed and call.excinfo.errisinstance(AssertionError):
        _tell_of_pages(call.excinfo.value, report)
    return report


deviations: int | None = None
"""`--liveview-deviations`, for who explores worlds."""

recording = False
"""Whether timelines are asked for; read by the kit when it is imported."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("liveview")
    group.addoption(
        "--liveview-report",
        metavar="DIR",
        help="write the run of each failing test into DIR, as a page to step through; DIR=all: of each test",
    )
    group.addoption(
        "--liveview-deviations",
        metavar="N",
        type=int,
        help="explore only schedules with up to N choices that are not the usual ones, where a test does not say how many",
    )
    group.addoption("--liveview-css", metavar="FILE", help="the style sheet that these pages are shown with")
    group.addoption(
        "--liveview-browser",
        choices=("simulation", "chromium"),
        default="simulation",
        help="where the fixture live_page is: in the simulation, or in a real Chromium",
    )
    group.addoption("--liveview-client", metavar="DIR", help="where phoenix and phoenix_live_view are (node_modules)")
    group.addoption("--liveview-chromium", metavar="FILE", help="the Chromium to start (default: one on the path)")


def pytest_configure(config: pytest.Config) -> None:
    global deviations, recording
    deviations = config.getoption("--liveview-deviations")
    recording = _is_reported(config.getoption("--liveview-report"))
    module: Any = sys.modules.get("liveview_testing.world.simulation.delivering.message_recording")
    if module is not None:
        module.asked.record = recording
    if config.getoption("fulltrace") and "LIVEVIEW_FULL_TRACEBACK" not in os.environ:
        os.environ["LIVEVIEW_FULL_TRACEBACK"] = "1"  # an act would take our frames out before pytest sees the error
        config.add_cleanup(_forget_full_tracebacks)


def _is_reported(folder: str | None) -> bool:
    """Whether timelines are asked for, of failing tests or of all. Raises `UsageError` where it is not said where they go."""
    if folder is None:
        return False
    from difflib import get_close_matches  # only who asks for them pays for it

    place, _, which = folder.rpartition("=")
    if folder and which == "all" and place:
        return True
    if not folder or (folder.count("=") and (not place or get_close_matches(which.lower(), ["all"]) or not which)):
        raise pytest.UsageError(
            f"--liveview-report={folder} names no folder as DIR or DIR=all does\n"
            "  expected: --liveview-report=DIR, for failing tests; --liveview-report=DIR=all, for each test"
        )
    return True


def _forget_full_tracebacks() -> None:
    os.environ.pop("LIVEVIEW_FULL_TRACEBACK", None)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Where the timelines are."""
    if not recording:
        return
    reports = [each for every in terminalreporter.stats.values() for each in every]
    paths = {
        value for each in reports for name, value in getattr(each, "user_properties", ()) if name == "liveview_report"
    }
    if paths:
        folder = str(config.getoption("--liveview-report")).removesuffix("=all")
        terminalreporter.write_line(f"liveview: {len(paths)} timeline{'s' if len(paths) > 1 else ''} in {folder}")


def pytest_collectstart(collector: pytest.Collector) -> None:
    """The same for what fails while a module is imported: a template, a view, a router."""
    told = collector.repr_failure

    def repr_failure(excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        _hide(excinfo, collector.config)
        return told(excinfo)

    collector.repr_failure = repr_failure  # type: ignore[method-assign]


def _advise(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Say how what the test called, or read, is called here; of a kit that nobody has imported nothing was called."""
    advice: Any = sys.modules.get("liveview_testing.failures.advice")
    if advice is not None and isinstance(excinfo.value, (TypeError, AttributeError)):
        advice.advise(excinfo.value)


def _hide(excinfo: pytest.ExceptionInfo[BaseException], config: pytest.Config) -> None:
    core = sys.modules.get("liveview_core.tracebacks")
    if core is not None and not config.getoption("fulltrace") and _is_the_author_s(excinfo):
        core.without_ours(excinfo.tb)


def _explain(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Under a failed `assert view.has_element(…)`, all that the answer has to say: pytest shows one short line of a value."""
    asked = sys.modules.get("liveview_testing.user.handles.has_element")
    if asked is None:
        return
    told = str(excinfo.value)
    answers = [value for value in excinfo.traceback[-1].frame.f_locals.values() if isinstance(value, asked.NotThere)]
    for text in dict.fromkeys(str(answer.failure) for answer in answers):
        if text.partition("\n")[0] in told:
            excinfo.value.add_note(text)


def _tell_of_pages(error: BaseException, report: pytest.TestReport) -> None:
    """A plain `assert` knows no page: what the pages of the test noted, and what waits there, is told beside it."""
    law: Any = sys.modules.get("liveview_testing.world.simulation.page_law")
    core: Any = sys.modules.get("liveview_core.errors")
    if law is None or law.current is None:
        return
    idle = [text for told in law.current.idle.values() if (text := told())]
    if idle:
        report.sections.append(("liveview: never done", "\n".join(idle)))
    if isinstance(error, core.LiveViewError):
        return
    told: Any = sys.modules.get("liveview_testing.world.simulation.page_report")
    text = "" if told is None else told.of_worlds(law.current.made)
    if text:
        report.sections.append(("liveview: pages", text))


def _is_the_author_s(excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
    tracebacks = sys.modules.get("liveview_testing.world.tracebacks")
    if tracebacks is not None:
        return bool(tracebacks.is_the_author_s(excinfo.value))
    core = sys.modules.get("liveview_core.tracebacks")  # the core alone is tested
    return core is not None and bool(core.is_told(excinfo.value))


@pytest.fixture
def liveview_router() -> Router | None:
    """The router of `sim` and `live`. Override it in a conftest, so that paths can be mounted: `sim.live("/chat")`."""
    return None


@pytest.fixture
def sim(liveview_router: Router | None, request: pytest.FixtureRequest) -> Simulation:
    """A fresh simulated world."""
    if "live_page" in request.fixturenames and request.config.getoption("--liveview-browser") == "chromium":
        from liveview_testing.showing.chromium.live_page import world

        return world(liveview_router)
    from liveview_core.errors import BadOption
    from liveview_testing import Simulation

    try:
        return Simulation(liveview_router)
    except BadOption as error:  # of the fixture, which is the author's; no line of ours says more
        pytest.fail(f"the fixture liveview_router: {error}", pytrace=False)


@pytest.fixture
def live(sim: Simulation) -> Live:
    """`sim.live`: mount a view, or open a path, in the test's own world."""
    return sim.live


@pytest.fixture(scope="session")
def _liveview_chromium(request: pytest.FixtureRequest) -> Generator[Any, None, None]:
    """The Chromium of a whole run."""
    from liveview_testing.showing.chromium.live_page import chromium

    with chromium(request.config.getoption("--liveview-chromium")) as browser:
        yield browser


@pytest.fixture
def live_page(sim: Simulation, request: pytest.FixtureRequest) -> Generator[Page, None, None]:
    """A tab of the test's own world, as Playwright's users know it: `live_page.goto("/")`.

    With `--liveview-browser=chromium` it is Playwright's own page, in a real Chromium, at the same world behind a server.
    """
    if request.config.getoption("--liveview-browser") != "chromium":
        yield sim.page()
        return
    from liveview_testing.showing.chromium.live_page import page_of

    browser = request.getfixturevalue("_liveview_chromium")
    with page_of(sim, browser, request.config.getoption("--liveview-client"), request.config.rootpath) as page:
        yield page


@pytest.fixture
def html_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """`assert html_snapshot == view`: the page, pretty."""
    from liveview_testing.record.snapshots import HtmlExtension

    return snapshot.use_extension(HtmlExtension)


@pytest.fixture
def diff_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """`assert diff_snapshot == view.wire`: what went over the wire."""
    from liveview_testing.record.snapshots import DiffExtension

    return snapshot.use_extension(DiffExtension)


@pytest.fixture
def aria_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """`assert aria_snapshot == page`: the page as roles, names and texts."""
    from liveview_testing.record.snapshots import AriaExtension

    return snapshot.use_extension(AriaExtension)


@pytest.fixture
def state_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """`assert state_snapshot == view`: what the view holds, one assign a line."""
    from liveview_testing.record.snapshots import StateExtension

    return snapshot.use_extension(StateExtension)


@pytest.fixture
def script_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """`assert script_snapshot == sim`: what was done, what went over the wires, what everybody sees in the end."""
    from liveview_testing.record.script_snapshots import ScriptExtension

    return snapshot.use_extension(ScriptExtension)
