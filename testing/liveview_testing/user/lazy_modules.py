"""Modules that are run when something of them is asked for: a test that opens no tab pays for no browser, one that goes well for no
text about what fails.

Owns the list of them, and `announce`, which puts each into `sys.modules` before anybody imports it. Whoever uses one imports the
module, not names from it (`from … import stimuli`, then `stimuli.Focus`): importing a name runs it. Law: what runs is the same
code, once; only when is another.

Measured on CPython 3.11: `import liveview_testing` costs what `import pytest` does, core included; a test of tabs pays the rest
when it opens its first.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

TABS = (
    "browser.accessibility",
    "browser.accessibility.served",
    "browser.accessibility.states",
    "browser.accessibility.text",
    "browser.dom.node",
    "browser.events.debounce",
    "browser.events.links",
    "browser.react",
    "browser.stimuli",
    "browser.uploads.hooks",
    "user.locators.acting.acting",
    "user.locators.acting.actionability",
    "user.locators.acting.dialogs",
    "user.locators.acting.element_reading",
    "user.locators.acting.keys",
    "user.locators.expecting.misspelled",
    "user.locators.failure_texts",
    "user.locators.finding.invalid_selector",
    "user.locators.finding.preview",
    "user.locators.finding.query",
    "user.locators.finding.reading",
    "user.locators.finding.selector_engines",
    "user.locators.finding.suggesting",
    "user.locators.last_acts",
    "user.locators.options",
    "world.tabs.frames",
    "world.tabs.handle_acts",
    "world.tabs.handle_visibility",
    "world.tabs.joins_and_loads",
    "world.tabs.network",
    "world.tabs.page_facts",
    "world.tabs.receiving",
    "world.tabs.redirects",
    "world.tabs.tab_documents",
    "world.tabs.tabs",
)
"""Doors to rooms that only tabs need, by their names in the kit; what they import themselves is run with them."""

SELDOM = (
    "browser.page.forms.filling",
    "browser.page.forms.values",
    "failures.advice",
    "failures.close_matches",
    "failures.wording",
    "world.browsing.uploader",
    "world.page_state.chosen_files",
    "world.simulation.page_report",
)
"""What a test needs that fills a form, chooses files, or fails."""

LAZY = (*TABS, *SELDOM)
"""All of them."""

_WHERE = ("__spec__", "__loader__", "__package__", "__file__", "__cached__", "__path__")
"""What a module says of where it is: looked for when somebody asks, as that costs half of what importing it does."""

_running = RLock()
_under_way: list[ModuleType] = []  # by the thread that holds the lock: they may ask for one another
_PLAIN: Any = ModuleType  # what a checker does not let the class of another be


class LazyModule(ModuleType):
    """A module that has not been run yet."""

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("__"):  # who walks through all modules asks for such names
            run(self)
        elif name in _WHERE:
            _find(self)
        if name in vars(self):
            return vars(self)[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name, obj=self)

    def __dir__(self) -> list[str]:
        run(self)
        return sorted(vars(self))


def _find(module: ModuleType) -> None:
    """It says where it is; what it would do is not done."""
    here = vars(module)
    with _running:
        if "__spec__" not in here:
            name, path = module.__name__, sys.modules[module.__name__.rpartition(".")[0]].__path__
            spec = next(spec for each in sys.meta_path if (spec := each.find_spec(name, path)) is not None)
            here.update({name: value for name, value in vars(module_from_spec(spec)).items() if name in _WHERE})


def run(module: ModuleType) -> None:
    """Run a module, if it waits; one that raises waits again. Another thread that asks for it meanwhile waits until it has run."""
    with _running:
        if type(module) is not LazyModule or module in _under_way:
            return
        spec = module.__spec__
        assert spec is not None
        assert spec.loader is not None
        _under_way.append(module)
        try:
            spec.loader.exec_module(module)
            module.__class__ = _PLAIN
        finally:
            _under_way.remove(module)


def announce(package: str) -> None:
    """The lazy modules of the kit are there, and wait."""
    for name in LAZY:
        full = f"{package}.{name}"
        if full not in sys.modules:
            sys.modules[full] = module = LazyModule(full)
            for each in _WHERE:
                vars(module).pop(each, None)
            above, _, last = full.rpartition(".")
            setattr(sys.modules.get(above) or import_module(above), last, module)


__all__ = ["LAZY", "SELDOM", "TABS", "LazyModule", "announce", "run"]
