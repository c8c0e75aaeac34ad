"""Timelines of tests and of stories: what pytest and the command line write, and say of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from liveview_testing import Timeline, read_timeline
from liveview_testing.command_line.main import main
from liveview_testing.record.timelines.reporting import safe
from tests.harness.timeline_schema import broken

pytest_plugins = ["pytester"]

TESTS = """
    import pytest
    from hypothesis import given, settings, strategies as st
    from liveview_core import LiveView, heex
    from liveview_testing import Simulation

    class Counter(LiveView):
        def mount(self, params, session, socket):
            return socket.assign(n=0)

        def handle_event(self, event, params, socket):
            if event == "boom":
                raise ValueError("too much")
            return socket.update("n", lambda n: n + 1)

        render = heex("<b>{@n}</b><button phx-click='up'>+</button><i phx-click='boom'>!</i>")

    def test_right(sim):
        sim.live(Counter).element("button").render_click()

    def test_wrong(sim):
        ann, ben = sim.live(Counter), sim.live(Counter)
        ann.element("button").render_click()
        ben.element("button").render_click()
        assert ann.has_element("b", "2")

    def test_crash(sim):
        ann = sim.live(Counter)
        ann.element("button").render_click()
        ann.element("i").render_click()

    @settings(max_examples=10, deadline=None, database=None)
    @given(st.integers(0, 20))
    def test_any(times):
        view = Simulation().live(Counter)
        for _ in range(times):
            view.element("button").render_click()
        assert times < 3

    def test_without_a_world():
        assert False

    @pytest.fixture
    def broken(sim):
        view = sim.live(Counter)
        yield view
        assert view.has_element("b", "9")

    def test_teardown(broken):
        pass
"""


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=TESTS)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", *arguments)


def named(pytester: pytest.Pytester, folder: str = "out") -> dict[str, Timeline]:
    files = sorted((pytester.path / folder).glob("*.html"))
    return {each.stem.removeprefix("test_it.py--"): read_timeline(each) for each in files}


def test_each_failing_test(pytester: pytest.Pytester) -> None:
    """One file a failing test, on the step it failed at; its path and the last acts stand in the failure, and in JUnit's report."""
    result = run(pytester, "--liveview-report=out", "--junitxml=junit.xml")
    result.assert_outcomes(failed=4, passed=2, errors=1)
    found = named(pytester)
    assert sorted(found) == ["test_any", "test_crash", "test_teardown", "test_wrong"]
    assert [broken(each.data) for each in found.values()] == [[]] * 4
    wrong = found["test_wrong"]
    failure = wrong.data["failure"]
    assert wrong.data["title"] == "test_it.py::test_wrong"
    assert 'the element "b" does not have the text "2"' in wrong.text(failure["text"])
    assert (failure["step"], failure["tab"], wrong.text(failure["at"])) == (4, 1, "b")
    source = wrong.data["sources"][wrong.text(failure["file"])].splitlines()
    assert source[failure["line"] - 1].strip() == 'assert ann.has_element("b", "2")'
    crash = found["test_crash"]
    assert crash.steps[-1]["kind"] == "failed" and crash.text(crash.steps[-1]["error"]).startswith(
        "ValueError: too much"
    )
    assert len(found["test_any"].steps) == 4  # the smallest example: opened, and three clicks
    text = result.stdout.str()
    path = re.search(r"the run, step by step: file://(\S*test_wrong\.html)#step=4", text)
    assert path is not None and Path(path[1]).is_file()
    assert "liveview: 4 timelines in out" in text
    assert "liveview_report" in (pytester.path / "junit.xml").read_text()


def test_each_test_with_a_style_sheet(pytester: pytest.Pytester) -> None:
    (pytester.path / "app.css").write_text("b { color: red }")
    result = run(pytester, "--liveview-report=out=all", "--liveview-css=app.css", "-k", "right or wrong")
    result.assert_outcomes(failed=1, passed=1)
    found = named(pytester)
    assert sorted(found) == ["test_right", "test_wrong"]
    assert found["test_right"].data["failure"] is None
    assert found["test_wrong"].data["css"] == "b { color: red }"


def test_a_report_that_cannot_be_written(pytester: pytest.Pytester) -> None:
    """Is said, and changes no outcome."""
    (pytester.path / "out").write_text("a file")
    result = run(pytester, "--liveview-report=out", "-k", "wrong or right")
    result.assert_outcomes(failed=1, passed=1)
    assert "no timeline could be written: " in result.stdout.str()


def test_nothing_is_written_unless_asked(pytester: pytest.Pytester) -> None:
    result = run(pytester, "-k", "wrong")
    assert "liveview:" not in result.stdout.str()
    assert not list(pytester.path.glob("**/*.html"))


def test_names_of_files() -> None:
    assert safe("tests/test_a.py::Test::test_b[é/x-1]") == "tests.test_a.py--Test--test_b_.x-1_"
    assert len(safe("x" * 500)) == 129
    assert safe("x" * 500) != safe("x" * 499 + "y")


STORY = '''
"""A counter."""
from liveview_core import LiveView, heex
from liveview_testing import Step


class Counter(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(n=0)

    def handle_event(self, event, params, socket):
        return socket.update("n", lambda n: n + 1)

    render = heex("<b>{@n}</b><button phx-click='up'>+</button>")


def story(sim):
    zoe = sim.live(Counter)
    yield Step("Zoe opens it", Zoe=zoe)
    zoe.element("button").render_click()
    yield Step("and clicks", Zoe=zoe)
    assert zoe.has_element("b", RIGHT)
'''


def test_a_story(tmp_path: Path) -> None:
    """`liveview run FILE --html OUT`: the story's own names; a story that fails is written, too."""
    file, out = tmp_path / "counter.py", tmp_path / "out.html"
    file.write_text(STORY.replace("RIGHT", "'1'"))
    result = CliRunner().invoke(main, ["run", str(file), "--plain", "--html", str(out)])
    assert result.exit_code == 0, result.output
    assert f"the run, step by step: {out.as_uri()}" in result.output
    told = read_timeline(out)
    assert told.data["title"] == "counter · A counter."
    assert [told.text(each["who"]) for each in told.data["processes"].values()] == ["Zoe"]
    assert told.data["failure"] is None
    file.write_text(STORY.replace("RIGHT", "'2'"))
    result = CliRunner().invoke(main, ["run", str(file), "--plain", "--html", str(out)])
    assert isinstance(result.exception, AssertionError)
    assert read_timeline(out).data["failure"]["step"] == 2


EXPLORING = """
    from liveview_core import LiveView, heex
    from liveview_testing import Simulation, always, explore

    class Tickets(LiveView):
        def __init__(self, store):
            self.store = store

        def mount(self, params, session, socket):
            return socket.assign(n=0)

        def handle_event(self, event, params, socket):
            if event == "look":
                return socket.assign(n=self.store["left"])
            self.store["left"], self.store["sold"] = socket.assigns.n - 1, self.store["sold"] + 1
            return socket

        render = heex("<b>{@n}</b><button phx-click='look'>Look</button><button phx-click='buy'>Buy</button>")

    def two():
        sim = Simulation()
        sim.store["left"], sim.store["sold"] = 2, 0
        ann, ben = sim.page(Tickets(sim.store)), sim.page(Tickets(sim.store))
        with sim.concurrently() as acts:
            for page in (ann, ben):
                page.get_by_role("button", name="Look").click()
                page.get_by_role("button", name="Buy").click()
        return sim, acts

    def right(sim):
        return sim.store["left"] + sim.store["sold"] == 2

    RIGHT = always(right, "there are two tickets")

    def test_raised():
        sim, acts = two()
        sim.store["more"] = 1
        explore(sim, acts, RIGHT)

    def test_collected():
        sim, acts = two()
        found = explore(sim, acts, RIGHT, raising=False)
        assert found.exhaustive and not found.failures

    def test_went_on():
        sim, acts = two()
        explore(sim, acts)
        sim.page(Tickets(sim.store)).get_by_role("button", name="Look").click()
        assert sim.store["left"] == 1

    def test_silent():
        sim, acts = two()
        assert explore(sim, acts).exhaustive
"""


def test_a_world_that_was_explored_has_what_else_could_have_come_next(pytester: pytest.Pytester) -> None:
    """Where the test failed by it, that is its page: on the schedule that fails, with links to the worlds behind."""
    pytester.makepyfile(test_it=EXPLORING)
    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", "--liveview-report=out=all"
    )
    result.assert_outcomes(failed=3, passed=1)
    found = named(pytester)
    assert sorted(found) == ["test_collected", "test_raised", "test_silent", "test_went_on", "test_went_on-explored-1"]
    assert [broken(each.data) for each in found.values()] == [[]] * 5
    for name in ("test_raised", "test_collected", "test_silent", "test_went_on-explored-1"):
        told = found[name]
        assert told.data["behind"] == f"test_it.py--{name}.worlds/"
        behind = {each["behind"] for choice in told.data["choices"] for each in choice["options"] if "behind" in each}
        assert behind
        for each in behind:
            there = read_timeline(pytester.path / "out" / told.data["behind"] / f"{each}.html")
            assert there.data["up"] == f"../test_it.py--{name}.html"
    raised = found["test_raised"]
    assert "choices" not in found["test_went_on"].data
    assert raised.data["title"] == "test_it.py::test_raised: what fails"
    assert "there are two tickets" in raised.text(raised.data["failure"]["short"])
    assert "def test_there_are_two_tickets():" in raised.text(raised.data["failure"]["text"])
    source = raised.data["sources"][raised.text(raised.data["failure"]["file"])].splitlines()
    assert source[raised.data["failure"]["line"] - 1].strip() == "explore(sim, acts, RIGHT)"
    surprises = [
        each
        for choice in raised.data["choices"]
        for each in choice["options"]
        if "taken" in each and "usual" not in each
    ]
    assert surprises
    text = result.stdout.str()
    assert "the run, step by step, with what else could have come next: file://" in text
    assert "what was explored, with what else could have come next: file://" in text
    assert "another world of it" not in text, "what was tried to print a test is no world of it"
    assert "liveview: 5 timelines in out" in text
