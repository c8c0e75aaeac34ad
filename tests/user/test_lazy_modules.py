"""Which modules wait until somebody asks for something of them, and that nobody can tell."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from types import ModuleType
from typing import Any

import pytest

from liveview_testing.user import lazy_modules
from liveview_testing.user.lazy_modules import LAZY, LazyModule, announce

A_TEST_OF_VIEWS = """
import sys
from liveview_core import LiveView, heex
from liveview_testing import live
from liveview_testing.user.lazy_modules import SELDOM, TABS, LazyModule

class CounterLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(count=0)

    def handle_event(self, event, params, socket):
        return socket.update("count", lambda n: n + 1)

    render = heex('<form id="f" phx-submit="up"><input name="a" /><button type="button" phx-click="up">{@count}</button></form>')

def waiting():
    return {each for each in (*TABS, *SELDOM) if type(sys.modules["liveview_testing." + each]) is LazyModule}

view = live(CounterLive)
assert "1</button>" in view.element("button", "0").render_click()
assert waiting() == {*TABS, *SELDOM}, {*TABS, *SELDOM} - waiting()
view.form("#f", {"a": "x"}).render_submit()
view.sim.clock.advance(1)
view.sim.fork()
assert view.has_element("button", "2")
assert waiting() >= set(TABS), set(TABS) - waiting()
rooms = ("liveview_testing.browser.dom.", "liveview_testing.browser.events.")
assert [name for name, each in sys.modules.items() if name.startswith(rooms) and type(each) is not LazyModule] == []
assert not {"liveview_core.uploads.transfers", "liveview_core.uploads.entries"} & set(sys.modules)
page = view.sim.page(CounterLive)
page.get_by_role("button").click()
assert not waiting() & {"browser.stimuli", "browser.accessibility", "world.tabs.tabs"}
"""


def test_views_alone_need_no_tab(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", A_TEST_OF_VIEWS], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("name", LAZY)
def test_each_is_a_module_like_others(name: str) -> None:
    module = import_module(f"liveview_testing.{name}")
    above, _, last = module.__name__.rpartition(".")
    assert getattr(import_module(above), last) is module
    assert [each for each in dir(module) if not each.startswith("__")]
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = module.nothing
    assert type(module) is ModuleType


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one module that waits."""
    package = tmp_path / "waiting_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "late.py").write_text("import sys\nfound = sys.ran\nsys.ran += 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(lazy_modules, "LAZY", ("late",))
    monkeypatch.setattr(sys, "ran", 0, raising=False)
    for name in ("waiting_package", "waiting_package.late"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import_module("waiting_package")
    announce("waiting_package")
    return package / "late.py"


def ran() -> int:
    """How often the module was run."""
    return sys.ran  # type: ignore[attr-defined,no-any-return]


def test_it_is_run_once_when_something_of_it_is_asked_for(waiting: Path) -> None:
    module = import_module("waiting_package.late")
    announce("waiting_package")
    assert type(module) is LazyModule
    assert not hasattr(module, "__wrapped__")  # who walks through all modules asks for such names
    assert module.__name__ == "waiting_package.late"
    assert module.__file__ == str(waiting)
    assert ran() == 0
    assert module.found == 0
    assert import_module("waiting_package.late") is module
    assert (ran(), module.found, type(module)) == (1, 0, ModuleType)


def test_it_is_run_when_a_name_of_it_is_imported(waiting: Path) -> None:
    assert waiting.exists()
    space: dict[str, object] = {}
    exec("from waiting_package import late", space)
    assert ran() == 0
    exec("from waiting_package.late import found", space)
    assert (ran(), space["found"]) == (1, 0)


def test_one_that_raises_waits_again(waiting: Path) -> None:
    good = waiting.read_text()
    waiting.write_text("1 / 0\n")
    module = import_module("waiting_package.late")
    with pytest.raises(ZeroDivisionError):
        _ = module.found
    assert type(module) is LazyModule
    waiting.write_text(f"{good}# another size\n")
    assert module.found == 0


def test_who_asks_meanwhile_waits(waiting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread sees no module half run."""
    entered, go, seen = Event(), Event(), list[Any]()
    monkeypatch.setattr(sys, "steps", (entered, go), raising=False)
    waiting.write_text("import sys\nsys.steps[0].set()\nassert sys.steps[1].wait(10)\nfound = 7\n")
    module = import_module("waiting_package.late")
    threads = [Thread(target=lambda: seen.append(getattr(module, "found", "nothing"))) for _ in range(2)]
    threads[0].start()
    assert entered.wait(10)
    threads[1].start()
    threads[1].join(0.05)
    assert seen == []
    go.set()
    for each in threads:
        each.join()
    assert seen == [7, 7]


def test_one_that_asks_for_itself_has_what_it_has_made(waiting: Path) -> None:
    """As any module that is being imported."""
    waiting.write_text(
        "from waiting_package import late\nfirst = 1\nagain = late.first\nlater = hasattr(late, 'last')\nlast = 2\n"
    )
    module = import_module("waiting_package.late")
    assert (module.again, module.later, module.last) == (1, False, 2)
