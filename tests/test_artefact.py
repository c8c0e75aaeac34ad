"""The thing we ship: the wheel made from the sdist, what is in it, and that it works where nothing of this checkout is.

Law: exactly three names at the top of the wheel. Built through the sdist, as a release is (a file that the sdist lacks
is missing here too), with the hatchling of this environment: no network. The clean environment sees the libraries of
this one through a .pth that names a folder of links to them, not the site directory: that holds the editable one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

TEST = '''
from liveview_core import LiveView, heex
from liveview_testing import live as mount


class CounterLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(count=0)

    def handle_event(self, event, params, socket):
        return socket.update("count", lambda n: n + 1)

    render = heex("""<button id="up" phx-click="up">{@count}</button>""")


def test_by_hand():
    view = mount(CounterLive)
    assert "1</button>" in view.element("#up").render_click()


def test_by_fixture(live, sim):
    assert live(CounterLive).has_element("#up", "0")
    assert sim.live(CounterLive).has_element("button", "0")
'''


def run(*command: str | Path, cwd: Path) -> str:
    """The output of a command that must succeed, run without this checkout's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COVERAGE"))}
    ran = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{' '.join(map(str, command))}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the unpacked sdist."""
    folder = tmp_path_factory.mktemp("artefact")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    unpacked = folder / sdist.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=unpacked)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def clean_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with our wheel installed and the libraries of this environment in reach."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, symlinks=True)
    here = Path(sysconfig.get_path("purelib"))
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    libraries = home / "libraries"
    libraries.mkdir()
    for entry in here.iterdir():
        # Everything but .pth files and what is ours: the editable install and its entry points.
        if entry.suffix != ".pth" and not entry.name.lower().startswith(("liveview_core", "_liveview", "__editable__")):
            (libraries / entry.name).symlink_to(entry)
    with zipfile.ZipFile(wheel) as archive:  # a wheel of pure Python is installed by unpacking it
        archive.extractall(site)
    (site / "libraries.pth").write_text(str(libraries))
    return home / "bin" / "python"


def test_wheel_holds_exactly_our_names(wheel: Path) -> None:
    """The core, the kit and the plugin; both packages typed; no test, no scenario, no JavaScript."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    top = {name.split("/")[0] for name in names}
    ours = {"liveview_core", "liveview_testing", "_liveview_command.py", "_liveview_pytest.py"}
    assert top == {*ours, "liveview_core-0.1.0.dist-info"}
    assert {"liveview_core/py.typed", "liveview_testing/py.typed"} <= set(names)
    sources = {
        str(path.relative_to(root))
        for root, package in ((ROOT, "liveview_core"), (ROOT / "testing", "liveview_testing"))
        for path in (root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.split("/")[0] in {"liveview_core", "liveview_testing"}} == sources


def test_sdist_is_whole(wheel: Path) -> None:
    """Documentation, scenarios and tests come along, the licence and what changed too."""
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "LICENSE",
        "CHANGELOG.md",
        "README.md",
        "docs/testing.md",
        "docs/cookbook/cart.md",
        "mkdocs.yml",
        "scenarios/chat.py",
        "tests/conftest.py",
    } <= names


def test_wheel_says_its_licence(wheel: Path) -> None:
    """MIT, with the text."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("liveview_core-0.1.0.dist-info/METADATA").decode()
        assert "liveview_core-0.1.0.dist-info/licenses/LICENSE" in archive.namelist()
    assert "License-Expression: MIT\n" in metadata


def test_wheel_says_where_it_is_at_home(wheel: Path) -> None:
    """By the name of the project, and nobody else's."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("liveview_core-0.1.0.dist-info/METADATA").decode()
    urls = dict(
        line.removeprefix("Project-URL: ").split(", ")
        for line in metadata.splitlines()
        if line.startswith("Project-URL")
    )
    assert list(urls) == ["Homepage", "Documentation", "Changelog", "Issues"]
    assert all(url.startswith("https://github.com/liveview-core/liveview-core") for url in urls.values())


def test_wheel_declares_what_it_needs(wheel: Path) -> None:
    """attrs, and the rest on request."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("liveview_core-0.1.0.dist-info/METADATA").decode()
    needed = [
        line.removeprefix("Requires-Dist: ") for line in metadata.splitlines() if line.startswith("Requires-Dist")
    ]
    assert [name for name in needed if "extra ==" not in name] == ["attrs>=23.2"]
    assert {name.split("extra == ")[1].strip("'") for name in needed if "extra ==" in name} == {
        "testing",
        "show",
        "soak",
        "forms",
        "pydantic",
    }


def test_wheel_works_alone(clean_python: Path, tmp_path: Path) -> None:
    """A view is mounted and clicked, by hand and through the plugin's fixtures, from the installed files."""
    (tmp_path / "test_counter.py").write_text(TEST)
    out = run(clean_python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path)
    assert "2 passed" in out
    where = run(
        clean_python, "-c", "import liveview_core, liveview_testing; print(liveview_core.__file__)", cwd=tmp_path
    )
    assert not Path(where.strip()).is_relative_to(ROOT)


def test_core_needs_attrs_alone(wheel: Path, tmp_path: Path) -> None:
    """In an environment that has attrs and nothing else a view is defined and rendered; the kit says which extra it needs."""
    home = tmp_path / "alone"
    venv.create(home, symlinks=True)
    here = Path(sysconfig.get_path("purelib"))
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    for name in ("attr", "attrs"):
        (site / name).symlink_to(here / name)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = (
        "from liveview_core import LiveView, Route, Router, heex\n"
        "class Hello(LiveView):\n"
        "    def mount(self, params, session, socket): return socket.assign(name='Ann')\n"
        "    render = heex('<b>{@name}</b>')\n"
        "Router([Route('/', Hello)])\n"
        "print(heex('<b>{@name}</b>')(name='Ann').__html__())\n"
        "try:\n"
        "    import liveview_testing\n"
        "except ImportError as error:\n"
        "    print(error)\n"
    )
    out = run(home / "bin" / "python", "-c", code, cwd=tmp_path)
    assert "<b>Ann</b>" in out
    assert "liveview_testing needs its extra: pip install 'liveview-core[testing]'" in out


def test_plugin_costs_nothing_until_used(clean_python: Path, tmp_path: Path) -> None:
    """A pytest run whose tests use no fixture of ours imports nothing of ours but the plugin."""
    (tmp_path / "test_other.py").write_text(
        "import sys\n\n\ndef test_other():\n"
        "    assert '_liveview_pytest' in sys.modules\n"
        "    assert not {'liveview_core', 'liveview_testing', 'hypothesis.core'} & set(sys.modules)\n"
    )
    assert "1 passed" in run(clean_python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path)


def test_our_modules_are_not_rewritten(clean_python: Path, tmp_path: Path) -> None:
    """pytest marks what is installed beside a plugin for the rewriting of asserts; ours come from their bytecode all the same."""
    (tmp_path / "test_loaders.py").write_text(
        "import sys\nfrom importlib.machinery import SourceFileLoader\n\n\ndef test_loaders(live):\n"
        "    ours = [each for name, each in sys.modules.items() if name.partition('.')[0] in"
        " ('liveview_core', 'liveview_testing')]\n"
        "    assert len(ours) > 50\n"
        "    assert all(isinstance(each.__loader__, SourceFileLoader) for each in ours)\n"
    )
    assert "1 passed" in run(clean_python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path)


def test_command_is_installed(clean_python: Path, tmp_path: Path) -> None:
    """`liveview --help`, by its entry point."""
    code = (
        "import sys; from importlib.metadata import entry_points; sys.argv = ['liveview', '--help'];"
        "(found,) = entry_points(group='console_scripts', name='liveview'); found.load()()"
    )
    assert "run" in run(clean_python, "-c", code, cwd=tmp_path)
