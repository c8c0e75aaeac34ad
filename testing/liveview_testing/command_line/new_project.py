"""`liveview new NAME`: a project to begin with, which passes.

Owns the files: a view behind a router, a test by locators, a property, and CI that runs them. Law: nothing is overwritten,
and what is written passes its own tests and `liveview check`.
"""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

from liveview_core.errors import LiveViewError, shown

PYPROJECT = """\
[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["liveview-core"]

[dependency-groups]
dev = ["liveview-core[testing]"]

[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["."]
filterwarnings = ["error"]
"""

README = """\
# {name}

A live view, tested in a simulated browser.

```console
$ python -m pip install -e . --group dev
$ pytest
$ liveview check {package}
```
"""

PACKAGE = '''\
"""{name}: its pages, and where they are."""

from liveview_core import Route, Router
from {package}.counter import CounterLive

ROUTER = Router([Route("/", CounterLive)])
'''

VIEW = '''\
"""A counter. `?step=5` counts in fives."""

from typing import Any

from liveview_core import LiveView, Socket, heex


class CounterLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        step = params.get("step", "1")
        return socket.assign(step=int(step) if step.isdecimal() else 1)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        step = socket.assigns.step
        match event:
            case "more":
                return socket.update("count", lambda count: count + step)
            case "reset":
                return socket.assign(count=0)
            case _:
                return socket

    render = heex("""
    <main>
      <h1>Count: {@count}</h1>
      <button phx-click="more">{@step} more</button>
      <button phx-click="reset" disabled={@count == 0}>Reset</button>
    </main>
    """)
'''

CONFTEST = '''\
"""What every test may use: the pages of the project, by their paths."""

import pytest

from liveview_core import Router
from {package} import ROUTER


@pytest.fixture
def liveview_router() -> Router:
    return ROUTER
'''

TESTS = '''\
"""What somebody does on the page, and what they see."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_testing import Simulation, expect, laws
from liveview_testing.strategies import events
from {package} import ROUTER


def test_it_counts(sim: Simulation) -> None:
    page = sim.page("/?step=5")
    page.get_by_role("button", name="5 more").click()
    page.get_by_role("button", name="5 more").click()
    expect(page.get_by_role("heading")).to_have_text("Count: 10")

    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("heading")).to_have_text("Count: 0")
    expect(page.get_by_role("button", name="Reset")).to_be_disabled()


@settings(deadline=None)  # the first example also reads the templates: on a busy machine that takes its time
@given(st.data())
def test_whatever_somebody_does(data: Any) -> None:
    """The count is a multiple of the step, and every law holds."""
    page = Simulation(ROUTER).page("/?step=3")
    for _ in range(data.draw(st.integers(0, 8), "acts")):
        data.draw(events(page.view)).perform(page.view)
    count = int(page.get_by_role("heading").inner_text().removeprefix("Count: "))
    assert count % 3 == 0
    laws.hold(page.sim)
'''

CI = """\
name: tests
on: [push, pull_request]
jobs:
  tests:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        python: ["3.11", "3.12", "3.13"]
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: ${{{{ matrix.python }}}}
      - run: python -m pip install --upgrade pip
      - run: python -m pip install -e . --group dev
      - run: python -m pytest
      - run: liveview check --strict {package}
"""

FILES = {
    "pyproject.toml": PYPROJECT,
    "README.md": README,
    ".gitignore": "__pycache__/\n.venv/\n.hypothesis/\n.pytest_cache/\n*.egg-info/\n",
    "{package}/__init__.py": PACKAGE,
    "tests/conftest.py": CONFTEST,
    "tests/test_counter.py": TESTS,
    ".github/workflows/tests.yml": CI,
}


class CannotBegin(LiveViewError, ValueError):
    """A project cannot be made under that name, or there."""


def new_project(name: str, where: Path) -> list[Path]:
    """Write the files of a project into a new folder of that name; which ones."""
    package = re.sub(r"[-.]", "_", name).lower()
    if not package.isidentifier() or keyword.iskeyword(package):
        raise CannotBegin(
            f"{shown(name)} cannot be the name of a project",
            expected="letters, digits, dashes; the first a letter, and no word of Python's own",
            got=shown(name),
        )
    if package in ("tests", "liveview_core", "liveview_testing") or package in sys.stdlib_module_names:
        raise CannotBegin(f"{shown(name)} is taken", cure="call the project by what it is about")
    home = where / name
    if home.exists():
        raise CannotBegin(f"{home} is there already", cure="another name, or another folder: nothing is overwritten")
    written: list[Path] = []
    for path, text in (*FILES.items(), ("{package}/counter.py", None)):
        file = home / path.format(package=package)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(VIEW if text is None else text.format(name=name, package=package), encoding="utf-8")
        written.append(file)
    return sorted(written)
