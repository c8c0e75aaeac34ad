"""`liveview check`, and the verification of a view's templates when a test first opens it: whole outputs, full texts."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from liveview_core import Assigns, LiveView, attr, component, heex
from liveview_core.heex import TemplateWarning, UndefinedComponent
from liveview_core.rendering.rendered import Rendered
from liveview_testing import Simulation
from liveview_testing.command_line.main import _changes, main
from liveview_testing.world.simulation.template_checks import first_use
from tests.harness.counter_scenario import SCENARIO

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to stand in; what is imported from it is forgotten."""
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    ours = ("liveview_core", "liveview_testing")  # imported when first asked for, and then known to others
    for name in set(sys.modules) - before:
        if name.partition(".")[0] not in ours:
            del sys.modules[name]


def test_a_template_that_is_computed_is_found_by_its_own_lines() -> None:
    """Its text is nowhere in the file as it is."""
    write(
        "computed.py",
        """
    from liveview_core import LiveView, heex

    class Page(LiveView):
        render = heex("<p>" + "\\n<b x={>" + "</b></p>")
    """,
    )
    ran = CliRunner().invoke(main, ["check", "computed", "--no-play"])
    assert ran.exit_code == 1
    assert "computed.py:5:6 (line 2, column 6 of the template): error: expected closing" in ran.output


def test_what_is_new_on_a_page_is_shown_with_what_stands_around_it() -> None:
    page = [f"line {at}" for at in range(12)]
    now = [*page[:2], "new", *page[3:9], "also new", *page[10:]]
    told = _changes("\n".join(now), "\n".join(page))
    assert told is not None
    assert told.plain.split("\n") == ["  …", "line 1", "new", "line 3", "  …", "line 8", "also new", "line 10", "  …"]


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")


def check(*what: str) -> tuple[int, str]:
    """Exit code and output of `liveview check`."""
    ran = CliRunner().invoke(main, ["check", *what])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.output


PACKAGE = {
    "app/__init__.py": "",
    "app/__main__.py": "raise SystemExit('importing this runs it')\n",
    "app/parts.py": """
        from liveview_core import attr, heex, slot

        card = heex("<b>{@title}{render_slot(@inner_block)}</b>", attr("title", str, required=True), slot("inner_block"))
        """,
    "app/pages/__init__.py": "",
    "app/pages/home.py": '''
        from app.parts import card
        from liveview_core import LiveView, component, embed_templates, heex

        TEMPLATES = embed_templates("templates")


        class HomeLive(LiveView):
            title = "Home"

            render = heex("""
            <p>
              {title} {helper(@x)}
              <.card titel="Hi">
                <.crad />
              </.card>
            </p>
            """)


        def made(word):
            inner = heex("<p><div>{word}</div></p>")

            @component()
            def shown(assigns):
                return inner(assigns)

            return shown


        shown = made("x")


        def helper(x):
            return x
        ''',
    "app/pages/templates/index.html.heex": "<.card title={1}>\n  {[y for y in @ys if y != z]}\n</.card>\n",
    "app/unused.heex": "<p>\n  <b>{@x</b>\n</p>\n",
}


def test_a_package(folder: Path) -> None:
    """Everything at once: each finding with its place, its lines and a caret; the order of the files; the sum at the end."""
    for name, text in PACKAGE.items():
        write(name, text)
    expected = """\
app/pages/home.py:13:7: warning: missing required attribute 'title' for component <.card>
  cure: add title={…}
   |
11 |     <p>
12 |       {title} {helper(@x)}
13 |       <.card titel="Hi">
   |       ^
app/pages/home.py:13:14: warning: undefined attribute 'titel' for component <.card>
  cure: did you mean title?
   |
11 |     <p>
12 |       {title} {helper(@x)}
13 |       <.card titel="Hi">
   |              ^
app/pages/home.py:14:9: error: component <.crad> is not defined here
  cure: define it in this module, import it, or pass it with names={…}; a template looks names up where it is defined
  nearest: card
   |
11 |     <p>
12 |       {title} {helper(@x)}
13 |       <.card titel="Hi">
14 |         <.crad />
   |         ^
app/pages/home.py:21:22: warning: <div> inside <p>: a browser closes the <p> first; the page would not be what is written
  cure: use a <div> for the outer one
   |
21 | <p><div>{word}</div></p>
   |    ^
app/pages/templates/index.html.heex:1:8: warning: attribute 'title' in component <.card> must be a str, got: {1}
  cure: pass a str
  |
1 | <.card title={1}>
  |        ^
app/pages/templates/index.html.heex:2:28: error: the name 'z' is not defined where the template is
  cure: define it in the module, or pass it with names={…}; an assign is written @z
  |
1 | <.card title={1}>
2 |   {[y for y in @ys if y != z]}
  |                            ^
app/unused.heex:2:6: error: expected closing `}` for expression
  cure: write `&lbrace;` or `<%= "{" %>` for a brace as text; `}` in a string is `\\}`
  |
1 | <p>
2 |   <b>{@x</b>
  |      ^
4 modules, 5 templates: 3 errors, 4 warnings
"""
    assert check("app") == (1, expected)


def test_by_name_and_by_file(folder: Path) -> None:
    """A package is found by its dotted name too; a file of a package is imported under its own."""
    for name, text in PACKAGE.items():
        write(
            name, text.replace("<.crad />", "").replace("titel", "title").replace("!= z", "").replace("{@x<", "{@x}<")
        )
    assert check("app.parts") == (0, "1 module, 1 template: nothing is wrong\n")
    assert "app.parts" in sys.modules
    code, output = check("app/pages/home.py")
    assert code == 0
    assert output.splitlines()[-1] == "1 module, 3 templates: 2 warnings"
    assert check("--strict", "app/pages/home.py")[0] == 1
    assert check("app/unused.heex") == (0, "0 modules, 1 template: nothing is wrong\n")


def test_what_cannot_be_imported(folder: Path) -> None:
    """A broken module is an error at the line that is to blame, and hides nothing else."""
    write("a.py", 'from liveview_core import heex\n\nx = heex("<p>{1 +}</p>")\n')
    write("b.py", "def f():\n    return 1 / 0\n\n\nf()\n")
    write("c.py", "x = (\n")
    write("d.py", 'from liveview_core import attr\n\nattr("a", required=True, default=1)\n')
    write("e.py", "import not_there\n")
    write("f.py", 'from liveview_core import heex\n\nx = heex("<.b />")\n')
    write(".venv/lib/g.py", "1 / 0\n")
    write("_private.py", "1 / 0\n")
    code, output = check(".")
    assert code == 1
    assert (
        output
        == """\
a.py:3:18: error: not a Python expression: invalid syntax
  |
3 | <p>{1 +}</p>
  |        ^
b.py:2: error: b.py cannot be imported: ZeroDivisionError: division by zero
c.py:1: error: c.py cannot be imported: SyntaxError: '(' was never closed
d.py:3: error: d.py cannot be imported: DeclarationError: attr('a', …): a required attribute has no default
  got: required=True, default=1
  cure: leave out one of them
e.py:1: error: e.py cannot be imported: ModuleNotFoundError: No module named 'not_there'
f.py:3:11: error: component <.b> is not defined here
  cure: define it in this module, import it, or pass it with names={…}; a template looks names up where it is defined
  |
3 | <.b />
  | ^
6 modules, 1 template: 6 errors
"""
    )


def test_what_is_not_there(folder: Path) -> None:
    """A word that names nothing, and no word at all."""
    assert check("nowhere") == (1, "Error: there is no file, folder or module 'nowhere'\n")
    write("notes.txt", "")
    assert check("notes.txt") == (1, "Error: notes.txt is neither a Python file nor a template\n")
    code, output = check()
    assert code == 2
    assert output.splitlines()[-1] == (
        "Error: say what to check: a package, a folder, a file (there is no folder scenarios/ here)"
    )


def test_scenarios_hold_the_laws(folder: Path) -> None:
    """A scenario is played, and fails where a law breaks; by default those in scenarios/."""
    write("scenarios/counting.py", SCENARIO)
    fine = "scenarios/counting.py: 3 steps, every law holds\n1 module, 1 template, 1 scenario: nothing is wrong\n"
    assert check() == check("scenarios") == check("scenarios/counting.py") == (0, fine)
    assert check("--no-play") == (0, "1 module, 1 template: nothing is wrong\n")
    broken = SCENARIO.replace('.subscribe("n")', '.subscribe("n").subscribe("n")')
    write("scenarios/counting.py", broken)
    code, output = check()
    assert code == 1
    assert output.startswith("scenarios/counting.py: error: step 1: the subscription law is broken")
    assert output.splitlines()[-1] == "1 module, 1 template, 1 scenario: 1 error"
    write("scenarios/counting.py", broken + 'BREAKS = "subscription"\n')
    told = "scenarios/counting.py: 1 step, breaks the subscription law, as it says\n"
    assert check() == (0, told + "1 module, 1 template, 1 scenario: nothing is wrong\n")
    write("scenarios/counting.py", SCENARIO + 'BREAKS = "stream"\n')
    told = "scenarios/counting.py: error: step 3: the stream law holds, but BREAKS says otherwise\n"
    assert check() == (1, told + "1 module, 1 template, 1 scenario: 1 error\n")


def test_a_scenario_that_fails(folder: Path) -> None:
    """An error of the story's own has its line, and the other scenarios are played."""
    write("scenarios/a.py", SCENARIO.replace('    yield Step("Nobody does anything")\n', "    assert 1 == 2, 'no'\n"))
    write("scenarios/b.py", SCENARIO)
    code, output = check()
    assert code == 1
    assert (
        output
        == """\
scenarios/a.py:27: error: scenarios/a.py, after 2 steps: AssertionError: no
scenarios/b.py: 3 steps, every law holds
2 modules, 2 templates, 2 scenarios: 1 error
"""
    )


def test_a_module_that_another_imports(folder: Path) -> None:
    """Loaded twice under two names, told once."""
    write("own_widgets.py", 'from liveview_core import heex\n\ncard = heex("<p><div></div></p>")\n')
    write("page.py", "import own_widgets\n\nfrom liveview_core import heex\n\npage = heex('<own_widgets.card />')\n")
    code, output = check(".", "own_widgets.py")
    assert code == 0
    assert output.count("warning") == 2  # itself, and in the sum
    assert output.splitlines()[-1] == "3 modules, 2 templates: 1 warning"


# --- at first use ---------------------------------------------------------------------------------------------------------

HELPER = heex("<.row_of a='1' />", attr("x"))
row_of = heex("<b></b>", attr("b"))


@component(attr("y"))
def panel(assigns: Assigns) -> Rendered:
    return HELPER(assigns)


def test_a_view_is_verified_when_it_is_first_opened() -> None:
    """N3.2: also what the test does not show, through components, and once."""

    class Page(LiveView):
        render = heex("<p><.panel :if={False} y='1' /></p>")

    sim = Simulation()
    with pytest.warns(TemplateWarning) as caught:
        sim.live(Page)
    told = [str(each.message).split(": ", 1)[1].split("\n")[0] for each in caught]
    assert told == ["undefined attribute 'a' for component <.row_of>"]
    sim.live(Page)
    first_use(Page)


def test_a_component_that_is_not_there() -> None:
    """N3.2: an error when the view is opened, although the branch is not shown."""

    class Page(LiveView):
        render = heex("<p><.gone :if={False} /></p>")

    for _ in range(2):
        with pytest.raises(UndefinedComponent, match=r"component <\.gone> is not defined here"):
            Simulation().live_isolated(Page)


def test_the_plugin_verifies_views(pytester: pytest.Pytester) -> None:
    """In a test run: warnings in the summary, with the place in the template; an error where a component is missing."""
    pytester.makepyfile(
        test_pages='''
        from liveview_core import LiveView, attr, heex

        later = heex("<.card titel='x' />")
        card = heex("<b>{@title}</b>", attr("title", default=""))

        class Warned(LiveView):
            render = heex("""
              <p>
                <.later :if={False} />
              </p>
            """)

        class Broken(LiveView):
            render = heex("<.gone :if={False} />")

        def test_warned(live):
            assert "<p>" in live(Warned).html
            live(Warned)

        def test_broken(live):
            live(Broken)
        '''
    )
    ran = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly")
    ran.assert_outcomes(passed=1, failed=1, warnings=1)
    ran.stdout.fnmatch_lines(
        [
            "E*UndefinedComponent: *test_pages.py:14:*: component <.gone> is not defined here",
            "*test_pages.py:3: TemplateWarning: *test_pages.py:3:*: undefined attribute 'titel' for component <.card>",
            "*cure: did you mean title?",
        ]
    )


@pytest.mark.parametrize("code", ["0", "3", "'not today'"])
def test_a_module_that_exits(folder: Path, code: str) -> None:
    """To exit is not to be fine: the others are looked at, and the command says so and fails."""
    write("app/__init__.py", "")
    write("app/early.py", f"import sys\nsys.exit({code})\n")
    write("app/late.py", "X = 1\n")
    write("alone.py", "raise SystemExit\n")
    for what in ("app", "./app"):
        status, text = check(what)
        assert status == 1
        assert "early.py:2: error: " in text
        assert "exits while it is imported: SystemExit" in text
        assert "3 modules" in text
    status, text = check("alone.py")
    assert (status, "exits while it is imported" in text) == (1, True)
    ran = CliRunner().invoke(main, ["run", "alone.py"])
    assert ran.exit_code == 1
    assert "exits while it is imported" in ran.output


BROKEN = {
    "exits": ("raise SystemExit(0)", "exits while it is imported", "SystemExit: 0"),
    "syntax": ("x = (", "cannot be imported", "SyntaxError: '(' was never closed"),
    "missing": ("import no_such_module", "cannot be imported", "ModuleNotFoundError: No module named"),
    "raises": ("def f():\n    1 / 0\n\nf()", "cannot be imported", "ZeroDivisionError: division by zero"),
    "deep": ("raise BaseException('b')", "cannot be imported", "BaseException: b"),
}


@pytest.mark.parametrize("command", ["run", "soak", "check"])
@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_imported_is_told_by_every_command(folder: Path, command: str, what: str) -> None:
    """It is an error, with its reason; to exit is not to be fine."""
    code, happened, reason = BROKEN[what]
    Path("x.py").write_text(code)
    ran = CliRunner().invoke(main, [command, "x.py"])
    assert ran.exit_code == 1
    assert f"x.py {happened}" in ran.output
    assert reason in ran.output
    assert ("cure: what runs belongs under" in ran.output) is (what == "exits")


STORIES = {
    "exits": ("    raise SystemExit(0)\n    yield", "SystemExit: 0"),
    "no generator": ("    return 3", "story(sim) is no generator"),
    "no step": ("    yield 3", "story(sim) yields Step(title, Name=view, ...), got 3"),
    "raises": ("    raise ValueError('x')\n    yield", "ValueError: x"),
}


@pytest.mark.parametrize("what", STORIES)
def test_a_story_that_is_none(folder: Path, what: str) -> None:
    """It has not been played, and says so."""
    body, told = STORIES[what]
    Path("x.py").write_text(f"def story(sim):\n{body}\n")
    ran = CliRunner().invoke(main, ["run", "x.py"])
    assert ran.exit_code == 1
    assert told in f"{ran.output}{type(ran.exception).__name__}: {ran.exception}"
    checked = CliRunner().invoke(main, ["check", "x.py"])
    assert checked.exit_code == 1
    assert checked.output.startswith("x.py")
    assert told in checked.output


def test_a_scenario_whose_routes_are_none(folder: Path) -> None:
    """The world is made while it is played, too."""
    Path("x.py").write_text("ROUTER = 3\ndef story(sim):\n    yield\n")
    ran = CliRunner().invoke(main, ["check", "x.py"])
    assert ran.exit_code == 1
    assert "x.py, after 0 steps: BadOption: paths are resolved by a router" in ran.output


def test_a_package_that_exits(folder: Path) -> None:
    """Also the package around what was asked for."""
    write("app/__init__.py", "raise SystemExit(0)\n")
    write("app/part.py", "X = 1\n")
    for what in ("app", "app.part", "app/part.py"):
        status, text = check(what)
        assert (status, "exits while it is imported" in text) == (1, True)


@pytest.mark.parametrize("missing", ["click", "immutables"])
def test_the_command_without_its_extra(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two lines, and no traceback."""
    script = (
        f"import sys\nsys.modules[{missing!r}] = None\n"
        "import builtins\nreal = builtins.__import__\n"
        "def refuse(name, *rest, **more):\n"
        f"    if name.partition('.')[0] == {missing!r}:\n"
        f"        raise ModuleNotFoundError('No module named ' + name, name={missing!r})\n"
        "    return real(name, *rest, **more)\n"
        "builtins.__import__ = refuse\n"
        "from _liveview_command import main\nsys.argv = ['liveview', '--help']\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"liveview needs its extra ({missing} is missing)\n  cure: pip install 'liveview-core[testing]'\n"
    )


AMBUSHES = {
    "leaves": "import os\nos._exit(0)\n",
    "takes the output": "import sys\nsys.stdout = sys.stderr = None\n",
    "goes elsewhere": "import os\nos.chdir('/')\n",
    "clears the path": "import sys\nsys.path.clear()\n",
    "is a proxy's": "class Lazy:\n    @property\n    def __class__(self):\n        raise RuntimeError\n\nLAZY = Lazy()\n",
}


@pytest.mark.parametrize("what", AMBUSHES)
@pytest.mark.parametrize("place", ["app", "alone.py"])
def test_what_a_module_does_to_its_program(folder: Path, what: str, place: str) -> None:
    """It has not done to the command, which looks at all, and says so."""
    write("app/__init__.py", "")
    name = "app/early.py" if place == "app" else "alone.py"
    write(name, AMBUSHES[what])
    write("app/late.py", "from liveview_core import heex\n\nPAGE = heex('<.nobody />')\n")
    status, text = check(place)
    assert status == (1 if place == "app" or what == "leaves" else 0)
    assert ("exits while it is imported" in text) is (what == "leaves")
    assert ("component <.nobody> is not defined here" in text) is (place == "app")
    assert Path.cwd() == folder


LEFT = {
    "a thread": (
        "import threading\nthreading.Thread(target=threading.Event().wait, name='ticker').start()\n",
        "the thread 'ticker' runs on",
    ),
    "a timer": (
        "import threading\nclock = threading.Timer(600, print)\nclock.name = 'clock'\nclock.start()\n",
        "the thread 'clock' runs on",
    ),
    "a pool at work": (
        "import threading\nfrom concurrent.futures import ThreadPoolExecutor\nbegun = threading.Event()\n"
        "def work():\n    begun.set()\n    threading.Event().wait()\n"
        "ThreadPoolExecutor(1, 'pool').submit(work)\nbegun.wait()\n",
        "the thread 'pool_0' runs on",
    ),
    "a process": (
        "import multiprocessing, time\nfork = multiprocessing.get_context('fork')\n"
        "fork.Process(target=time.sleep, args=[600], name='child').start()\n",
        "the process 'child' runs on",
    ),
    "a daemon": ("import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n", None),
    "an idle pool": (
        "from concurrent.futures import ThreadPoolExecutor\nPOOL = ThreadPoolExecutor(1)\nPOOL.submit(int).result()\n",
        None,
    ),
}


@pytest.mark.parametrize("what", LEFT)
@pytest.mark.parametrize("place", ["module", "story"])
def test_what_is_left_running(folder: Path, what: str, place: str) -> None:
    """The command says what it has found, what still runs, and ends; importing is not for that."""
    code, told = LEFT[what]
    if place == "story":
        code = f"{SCENARIO}\n\n_told = story\n\n\ndef story(sim):\n{textwrap.indent(code, '    ')}    yield from _told(sim)\n"
    write("app/__init__.py", "")
    write("app/early.py", code)
    write("app/late.py", "from liveview_core import heex\n\nPAGE = heex('<.nobody />')\n")
    ran = subprocess.run(
        [sys.executable, "-m", "_liveview_command", "check", "app"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 1
    assert ran.stderr == ""
    assert "component <.nobody> is not defined here" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("3 modules, ")
    assert ("runs on, and a program that imports this does not end" in ran.stdout) is (told is not None)
    assert told is None or f"{told}, and a program that imports this does not end\n  cure: start it" in ran.stdout
