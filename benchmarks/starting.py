"""What starting costs: importing core and kit, and a run of pytest whose one test uses the kit, each beside its yardstick.

Each side runs in a Python of its own, in turn; what counts is the processor time of the least disturbed run of each. An import
is what it adds to a Python that imports nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from benchmarks.yardstick import Measured, Result

__all__ = ["results"]

ROUNDS = 9

BARE = """def test_counts():
    assert "1" in "12"
"""

OURS = '''from liveview_core import LiveView, heex


class CounterLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(count=0)

    def handle_event(self, event, params, socket):
        return socket.update("count", lambda n: n + 1)

    render = heex("""<button id="up" phx-click="up">{@count}</button>""")


def test_counts(live):
    assert "1</button>" in live(CounterLive).element("#up").render_click()
'''


def processor_time(command: list[str], folder: Path, *, bytecode: bool = True) -> float:
    """µs of a command that succeeds."""
    names = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTEST_ADDOPTS")
    settings = {name: value for name, value in os.environ.items() if name not in names}
    if not bytecode:
        settings["PYTHONDONTWRITEBYTECODE"] = "1"
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=settings, check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e6


def in_turn(*commands: list[str], folder: Path, bytecode: bool = True) -> list[float]:
    """The least time of each; a first round, which may write bytecode, does not count."""
    rounds = [[processor_time(command, folder, bytecode=bytecode) for command in commands] for _ in range(ROUNDS + 1)]
    return [min(times) for times in zip(*rounds[1:])]


def imports(ours: str, yardstick: str, folder: Path) -> Measured:
    """What importing one module costs beside another."""
    bare, mine, theirs = in_turn(
        *([sys.executable, "-c", code] for code in ("pass", f"import {ours}", f"import {yardstick}")), folder=folder
    )
    return Measured(mine - bare, theirs - bare)


def templates(folder: Path, count: int = 200) -> Measured:
    """What importing a module of many templates costs beside as many of jinja2's, compiler and all not counted."""
    card = '<article id="card-{n}"><h2>{title}</h2><p class="{kind}">{text}</p><a href="/x/{id}">{more}</a></article>'
    values = {name: f"{{@{name}}}" for name in ("title", "text", "id", "more")} | {"kind": "x"}
    ours = card.replace('"/x/{id}"', "{id}")
    theirs = {name: f"{{{{ {name} }}}}" for name in ("title", "text", "id", "more")} | {"kind": "x"}
    lines = [f'CARD_{n} = heex("""{ours.format(n=n, **values)}""")' for n in range(count)]
    (folder / "ours.py").write_text("\n".join(["from liveview_core import heex", *lines]))
    lines = [f'CARD_{n} = made("""{card.format(n=n, **theirs)}""")' for n in range(count)]
    (folder / "theirs.py").write_text(
        "\n".join(["from jinja2 import Environment", "made = Environment(autoescape=True).from_string", *lines])
    )
    without, mine, bare, other = in_turn(
        *([sys.executable, "-c", f"import {name}"] for name in ("liveview_core", "ours", "jinja2", "theirs")),
        folder=folder,
    )
    return Measured(mine - without, other - bare)


def runs(folder: Path, *, bytecode: bool) -> Measured:
    """What a run of pytest costs whose test uses the kit, beside one whose test uses nothing."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    bare, ours = in_turn([*pytest, "test_bare.py"], [*pytest, "test_ours.py"], folder=folder, bytecode=bytecode)
    return Measured(ours, bare)


def results() -> list[Result]:
    """Start-up beside its yardsticks."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_bare.py").write_text(BARE)
        (folder / "test_ours.py").write_text(OURS)
        (folder / "pytest.ini").write_text("[pytest]\n")
        return [
            Result("import of the core, beside attrs", imports("liveview_core", "attrs", folder), 2.2),
            Result(
                "import of core and kit, beside pytest", imports("liveview_testing", "pytest", folder), 1.35, goal=1.2
            ),
            Result("pytest: one test of the kit, beside none", runs(folder, bytecode=True), 1.6),
            Result("pytest: the same without bytecode", runs(folder, bytecode=False), 1.6),
            Result("import of 200 templates, beside jinja2's", templates(folder), 3.2),
        ]
