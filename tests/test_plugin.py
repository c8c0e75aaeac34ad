"""The pytest plugin, in test runs of its own; and that it costs nothing until a test asks."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

VIEW = """
    import pytest
    from liveview_core import LiveView, Route, Router, heex

    class Hello(LiveView):
        def mount(self, params, session, socket):
            return socket.assign(n=0)

        def handle_event(self, event, params, socket):
            return socket.update("n", lambda n: n + 1)

        render = heex("<p><b>{@n}</b></p><button phx-click='up'>+</button>")

    @pytest.fixture
    def liveview_router():
        return Router([Route("/hello", Hello)])
"""


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # Without the plugins of others that change what runs, or in which order: pytest-randomly would shuffle the inner tests.
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", *arguments)


def test_sim_and_live(pytester: pytest.Pytester) -> None:
    """`live` mounts in the test's own `sim`; paths are resolved by the fixture liveview_router."""
    pytester.makepyfile(
        VIEW
        + """
    def test_world(sim, live):
        ann, ben = live("/hello"), sim.live(Hello)
        assert ann.sim is ben.sim is sim
        assert "<b>1</b>" in ann.element("button").render_click()
        assert "<b>0</b>" in ben.html
        assert [view.id for view in sim.views] == [ann.id, ben.id]

    def test_another_world(sim):
        assert sim.views == []
    """
    )
    run(pytester).assert_outcomes(passed=2)


def test_snapshots(pytester: pytest.Pytester) -> None:
    """A view and its wire are snapshotted, on either side of `==`; a changed page fails and shows the line."""
    pytester.makepyfile(
        VIEW
        + """
    import os

    def test_page(live, html_snapshot, diff_snapshot):
        view = live(Hello)
        for _ in range(int(os.environ["CLICKS"])):
            view.element("button").render_click()
        assert view == html_snapshot
        assert html_snapshot == view.element("b").render()
        assert view.wire[-1] == diff_snapshot
    """
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLICKS", "1")
        run(pytester, "--snapshot-update").assert_outcomes(passed=1)
        run(pytester).assert_outcomes(passed=1)
        patch.setenv("CLICKS", "2")
        failed = run(pytester)
    failed.assert_outcomes(failed=1)
    failed.stdout.fnmatch_lines(["*<b>2</b>*"])
    (file,) = pytester.path.rglob("*.ambr")
    text = file.read_text(encoding="utf-8")
    assert "# name: test_page[html]\n  <p>\n    <b>1</b>\n  </p>\n  <button phx-click='up'>+</button>\n# ---" in text
    assert "# name: test_page.1[html]\n  <b>1</b>\n# ---" in text
    assert "# name: test_page[diff]\n  <- phx_reply {" in text
    assert '"0": "1"' in text


def test_failed_assertions_about_html(pytester: pytest.Pytester) -> None:
    """They show where the html differs, and what is there instead."""
    pytester.makepyfile(
        VIEW
        + """
    def test_same(live):
        assert live(Hello).render() == "<p><b>1</b></p><button phx-click='up'>+</button>"

    def test_inside(live):
        assert "<b>1</b>" in live(Hello).element("p").render()
    """
    )
    ran = run(pytester)
    ran.assert_outcomes(failed=2)
    ran.stdout.fnmatch_lines(
        [
            "E * assert the html is not the same",
            "E           <p>",
            "E         -   <b>1</b>",
            "E         +   <b>0</b>",
            "E           </p>",
            "E           <button phx-click='up'>+</button>",
            "E       AssertionError: assert '<b>1</b>' in the html",
            "E         nearest: <b>0</b>",
            "E         <p>",
            "E           <b>0</b>",
        ],
        consecutive=False,
    )


def test_errors_are_shown_where_the_test_made_them(pytester: pytest.Pytester) -> None:
    """No frames of ours around an error; those of the user's callbacks are. All of them with --full-trace."""
    pytester.makepyfile(
        VIEW
        + """
    class Wrong(Hello):
        def handle_event(self, event, params, socket):
            if event == "bug":
                raise ValueError("a bug")
            return socket.assign(flash={})

    def test_no_element(live):
        live(Hello).element("i").render_click()

    def test_callback(live):
        live(Wrong).render_click("reserved")

    def test_bug(live):
        live(Wrong).render_click("bug")
    """
    )
    ran = run(pytester, "--tb=short")
    ran.assert_outcomes(failed=3)
    shown = [line.strip() for line in ran.outlines if ": in " in line]
    assert [line.partition(".py:")[2].split(" ", 1)[1] for line in shown] == [
        "in test_no_element",
        "in test_callback",
        "in handle_event",
        "in test_bug",
        "in handle_event",
    ]
    full = run(pytester, "--tb=short", "--full-trace", "-k", "no_element")
    assert any("element.py:" in line for line in full.outlines)


def test_what_does_not_render_is_refused(pytester: pytest.Pytester) -> None:
    """html_snapshot says what it takes."""
    pytester.makepyfile(
        """
    def test_number(html_snapshot):
        assert html_snapshot == 42
    """
    )
    run(pytester, "--snapshot-update").stdout.fnmatch_lines(
        ["*html_snapshot compares what renders: a View, an Element, Html or a str, not int*"]
    )


def test_the_plugin_is_lazy() -> None:
    """Loading the plugin imports nothing of ours, nor what we stand on."""
    code = (
        "import sys, _liveview_pytest\n"
        "ours = [n for n in sys.modules if n.split('.')[0] in ('liveview_core', 'liveview_testing', 'syrupy', 'hypothesis')]\n"
        "print(ours)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_collector_pauses_while_the_kit_is_imported(pytester: pytest.Pytester) -> None:
    """It looks at nothing meanwhile, and is afterwards as it was: running or not, with what somebody froze."""
    pytester.makepyfile(
        """
    import gc
    import inspect
    import pytest
    import sys

    @pytest.mark.parametrize("running, frozen", [(True, False), (False, False), (True, True)])
    def test_import(running, frozen):
        for name in [each for each in sys.modules if each.startswith(("liveview_core", "liveview_testing"))]:
            del sys.modules[name]
        gc.collect()
        if frozen:
            gc.freeze()
        seen = []
        if not running:
            gc.disable()
        told = lambda phase, info: seen.append(phase)
        gc.callbacks.append(told)
        try:
            import liveview_core
            import liveview_testing
        finally:
            gc.callbacks.remove(told)
            now = gc.isenabled()
            gc.enable()
        assert seen.count("start") <= 3
        assert (now, gc.get_freeze_count() > 1000) == (running, frozen)
        gc.unfreeze()
        assert "class Element" in inspect.getsource(sys.modules["liveview_testing.user.handles.element"])

    def test_a_module_that_raises(tmp_path, monkeypatch):
        import liveview_core
        (tmp_path / "raising.py").write_text("1 / 0")
        monkeypatch.setattr(liveview_core, "__path__", [*liveview_core.__path__, str(tmp_path)])
        with pytest.raises(ZeroDivisionError):
            import liveview_core.raising
        assert gc.isenabled()
    """
    )
    run(pytester).assert_outcomes(passed=4)


def test_a_kit_without_its_extra_says_so() -> None:
    """One line with the cure."""
    code = "import sys\nsys.modules['immutables'] = None\nimport liveview_testing"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1] == (
        "ImportError: liveview_testing needs its extra: pip install 'liveview-core[testing]'"
    )


def test_an_assert_on_has_element_explains_itself(pytester: pytest.Pytester) -> None:
    """The nearest candidates, as the element itself would say them; also of a name, and nothing for asserts on other things."""
    pytester.makepyfile(
        VIEW
        + """
    def test_direct(live):
        assert live("/hello").has_element("buton")

    def test_by_name(live):
        there = live("/hello").element("b", "1").exists
        assert there, "the count"

    def test_of_another_thing(live):
        there = live("/hello").has_element("i")
        assert 1 == 2
    """
    )
    result = run(pytester)
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(
        [
            'E*assert <False: no element matches "buton"; nearest: button *',
            'E*no element matches "buton"',
            "E*expected: one element in the page",
            "E*nearest: button*<button phx-click='up'>+</button>",
        ]
    )
    result.stdout.fnmatch_lines(["E*AssertionError: the count", 'E*the element "b" does not have the text "1"'])
    result.stdout.no_fnmatch_line('*no element matches "i"*')


def test_the_patch_law_is_held_at_the_end_of_each_test(pytester: pytest.Pytester) -> None:
    """A list that was mutated in place is found by no click; for every world, unless a world asks otherwise."""
    pytester.makepyfile(
        """
    import pytest
    from liveview_core import LiveView, heex
    from liveview_testing import Simulation, live
    from liveview_testing.laws import LawBroken, patch_law

    class Sneaky(LiveView):
        def mount(self, params, session, socket):
            return socket.assign(items=[])

        def handle_event(self, event, params, socket):
            socket.assigns.items.append("one")
            return socket

        render = heex("<ul><li :for={item in @items}>{item}</li></ul><button phx-click='add'>+</button>")

    def test_in_place():
        live(Sneaky).element("button").render_click()

    def test_of_the_fixture(sim):
        sim.live(Sneaky)
        sim.live(Sneaky).element("button").render_click()

    def test_a_fork():
        live(Sneaky).fork().element("button").render_click()

    def test_one_that_fails_itself():
        live(Sneaky).element("button").render_click()
        assert False, "itself"

    def test_nothing_happened():
        live(Sneaky)

    def test_ignored():
        live(Sneaky, checks={"patch law": "ignore"}).element("button").render_click()

    def test_warned():
        live(Sneaky, checks={"patch law": "warn"}).element("button").render_click()

    def test_told_already():
        view = live(Sneaky)
        view.element("button").render_click()
        with pytest.raises(LawBroken):
            patch_law(view)

    def test_every_act():
        sim = Simulation(checks={"patch law": "every act"})
        view = sim.live(Sneaky)
        with pytest.raises(LawBroken) as caught:
            view.element("button").render_click()
        assert caught.value.__notes__ == [f"after the click event 'add' of {view.id}"]
        assert sim.world.count == 1
    """
    )
    result = run(pytester, "-rA")
    result.assert_outcomes(failed=4, passed=5, warnings=1)
    result.stdout.fnmatch_lines(
        ["E*the patch law is broken: the page of <View * of Sneaky at />*", "*mutated in place*"]
    )
    result.stdout.fnmatch_lines(["*AssertionError: itself"])
    result.stdout.no_fnmatch_line("*_liveview_pytest.py*")


def test_a_plain_assert_is_told_what_its_pages_noted_and_what_waits(pytester: pytest.Pytester) -> None:
    """It knows no page; the section beside it does, and is there only if there is something to tell."""
    pytester.makepyfile(
        """
    from liveview_core import LiveView, heex
    from liveview_testing import Simulation, expect

    class Slow(LiveView):
        def mount(self, params, session, socket):
            return socket.assign(n=0)

        def handle_event(self, event, params, socket):
            return socket.update("n", lambda n: n + 1)

        render = heex('<b>{@n}</b><form id="f" phx-change="c"><input id="i" name="i" phx-debounce="200"></form>')

    def test_waits(sim):
        page = sim.page(Slow)
        page.locator("#i").fill("x")
        assert page.locator("b").inner_text() == "1"

    def test_nothing_waits(sim):
        assert sim.page(Slow).locator("b").inner_text() == "1"

    def test_says_it_itself(sim):
        page = sim.page(Slow)
        page.locator("#i").fill("x")
        page.view.assert_has("b", "1")

    def test_nothing_at_all():
        assert Simulation is None
    """
    )
    result = run(pytester)
    result.assert_outcomes(failed=4)
    out = result.stdout.str()
    assert out.count("- liveview: pages -") == 1
    assert (
        "Ann at http://www.example.com/:\n\nState of the page:\n"
        "  - input of <input#i> waits for its debounce, 200 ms more: page.wait_for_timeout(200)\n"
    ) in out
    failures, _, _ = out.partition("short test summary")  # where CI is set the summary has the whole text again
    assert failures.count("view.page.wait_for_timeout(200)") == 1


def test_acts_that_were_put_down_and_never_done_are_told(pytester: pytest.Pytester) -> None:
    """At the line of the block; in a test that fails beside its failure."""
    pytester.makepyfile(
        VIEW
        + """
    from liveview_testing import always, explore

    def test_idle(sim):
        page = sim.page(Hello)
        with sim.concurrently():
            page.get_by_role("button").click()
            page.get_by_role("button").click()

    def test_explored(sim):
        page = sim.page(Hello)
        with sim.concurrently() as acts:
            page.get_by_role("button").click()
        explore(sim, acts, always(lambda sim: True))

    def test_fails(sim):
        page = sim.page(Hello)
        with sim.concurrently():
            page.get_by_role("button").click()
        page.view.assert_has("b", "1")

    def test_empty(sim):
        page = sim.page(Hello)
        with sim.concurrently() as acts:
            pass
        explore(sim, acts, always(lambda sim: True))
    """
    )
    result = run(pytester)
    result.assert_outcomes(passed=3, failed=1, warnings=2)
    out = result.stdout.str()
    assert (
        "PageWarning: what was put down in sim.concurrently() was never done: 2 acts\n"
        "    expected: explore(sim, acts, …), which does them in every order\n"
        "    got: nothing that asked for them\n"
        "    cure: explore(sim, acts); or leave sim.concurrently() out: then each is done at once\n"
        "    with sim.concurrently():"
    ) in out
    assert "- liveview: never done -" in out
    assert "what was put down in sim.concurrently() was never done: 1 act\n" in out
    assert (
        "PageWarning: nothing was put down in sim.concurrently(): there is one world to explore, the one that is there\n"
        "    expected: what people do, inside the block\n"
        "    got: an empty block\n"
    ) in out


@pytest.mark.parametrize("folder", ["", "rep=al", "rep=", "=all", "rep=ALL"])
def test_a_report_that_goes_nowhere(pytester: pytest.Pytester, folder: str) -> None:
    """It would be written nowhere, or into a folder that is called so."""
    result = run(pytester, f"--liveview-report={folder}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            f"*--liveview-report={folder} names no folder as DIR or DIR=all does",
            "  expected: --liveview-report=DIR, for failing tests; --liveview-report=DIR=all, for each test",
        ]
    )


def test_a_router_that_is_none(pytester: pytest.Pytester) -> None:
    """The fixture is the author's: no line of ours is shown of it."""
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def liveview_router():
            return 5

        def test_it(sim):
            pass
        """
    )
    result = run(pytester)
    result.stdout.fnmatch_lines(["the fixture liveview_router: paths are resolved by a router", "  got: 5"])
    result.stdout.no_fnmatch_line("*_liveview_pytest.py*")
