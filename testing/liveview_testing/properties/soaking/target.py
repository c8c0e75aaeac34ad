"""What is soaked: a module that makes a world.

Owns `Target`, read from a file or a module: `world(sim)` opens the pages and gives them back; besides, if the module has them,
`ROUTER`, `OPTIONS` of the simulation, `INVARIANTS`, `FAULTS`, and `acts(page, chance)`, which draws what somebody does. Law: a
target is known by where it is, so that any process can read it again.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any

from liveview_core.errors import BadOption, BadReturn, LiveViewError, shown
from liveview_core.tracebacks import cause
from liveview_core.values.declaring import frozen
from liveview_core.views.router import Router
from liveview_testing.failures.close_matches import distance
from liveview_testing.failures.misuse.asked_functions import takes, written
from liveview_testing.failures.misuse.imports import not_imported
from liveview_testing.properties.exploring.properties import Property, always
from liveview_testing.properties.exploring.transitions import NONE, Faults


@frozen(eq=False)
class Target:
    """A module that makes worlds."""

    place: str
    make: Callable[..., Any]
    router: Any = None
    options: Mapping[str, Any] = {}
    invariants: tuple[Property, ...] = ()
    faults: Faults = NONE
    draw: Callable[..., Any] | None = None
    asked: tuple[str, ...] = ()
    """The properties of the module as a test has them."""

    def world(self, seed: int, people: int, history: int | None) -> tuple[Any, list[Any]]:
        """A fresh world of a seed, and the pages in it."""
        from liveview_testing.user.simulation import Page, Simulation, View

        sim = Simulation(self.router, seed=seed, history=history, **self.options)
        several = len(inspect.signature(self.make).parameters) > 1
        pages: Any = self.make(sim, people) if several else self.make(sim)
        whole = pages  # not narrowed
        found: list[Any] = [*pages] if isinstance(pages, (tuple, list)) else [pages]
        if not found or not all(isinstance(each, Page) for each in found):
            cure = "return sim.page(…), sim.page(…)"
            if any(isinstance(each, View) for each in found):
                cure = "view.page is the page of a view"
            raise BadReturn("world", ["a page, or a list of them"], whole, cure)
        for page in found:
            page.memory.acts = 1.0  # who cannot do now what he wants does something else
        return sim, found

    @property
    def code(self) -> str:
        """What the code of the target is told from other code by."""
        path = Path(self.place)
        text = path.read_bytes() if path.is_file() else self.place.encode()
        return blake2b(text, digest_size=8).hexdigest()


def load(target: Any) -> Target:
    """The target in a file, in a module, or one that is a function already. Raises `BadOption`."""
    if callable(target):
        return Target(f"{target.__module__}.{target.__qualname__}", target)
    if not isinstance(target, (str, Path)):
        raise BadOption(
            "soak takes a module that makes a world",
            expected="a path, the name of a module, or a function world(sim)",
            got=shown(target),
            cure='soak("shop/soak.py")',
        )
    module = _imported(str(target))
    make: Any = getattr(module, "world", None)
    if not callable(make) or not (takes(make, 1) or takes(make, 2)):
        raise BadOption(
            f"{target} has no function world",
            expected="def world(sim): … return the pages",
            got=", ".join(name for name in vars(module) if not name.startswith("_")) or "an empty module"
            if make is None
            else written(make),
            cure="def world(sim):\n    return sim.page('/'), sim.page('/')",
        )
    told = {name: value for name in _KNOWN if (value := getattr(module, name, None)) is not None}
    _expect_spelled(str(target), module)
    for name, value in told.items():
        _expect(name, value)
    given: list[Any] = [*told.get("INVARIANTS", ())]
    invariants = tuple(each if isinstance(each, Property) else always(each) for each in given)
    return Target(
        str(target),
        make,
        told.get("ROUTER"),
        dict(told.get("OPTIONS", {})),
        invariants,
        told.get("FAULTS", NONE),
        told.get("acts"),
        tuple(
            f"INVARIANTS[{number}]" if isinstance(each, Property) else f"always(INVARIANTS[{number}])"
            for number, each in enumerate(given)
        ),
    )


_KNOWN: Mapping[str, tuple[tuple[type, ...], str, str]] = {
    "ROUTER": ((Router,), "a Router", 'ROUTER = Router([Route("/chat/:room", ChatLive)])'),
    "OPTIONS": ((Mapping,), "options of Simulation", 'OPTIONS = {"hooks": {…}}'),
    "INVARIANTS": ((list, tuple), "a list of properties, or of functions of the world", "INVARIANTS = [always(…)]"),
    "FAULTS": ((Faults,), "how many faults there may be", "FAULTS = Faults(drops=1)"),
    "acts": ((FunctionType, MethodType), "a function of a page and a Random", "def acts(page, chance): …"),
}
"""What a module may have: the kinds of the value, what is expected, an example."""


def _expect(name: str, value: Any) -> None:
    kinds, expected, example = _KNOWN[name]
    fits = callable(value) and takes(value, 2) if name == "acts" else isinstance(value, kinds)
    if not fits:
        raise BadOption(
            f"{name} of a module that is soaked is something else", expected=expected, got=shown(value), cure=example
        )


def _expect_spelled(target: str, module: ModuleType) -> None:
    """No name of a value that would be one of those we know, but for its spelling. Raises `BadOption`."""
    for name, value in vars(module).items():
        if name in _KNOWN or name.startswith("_"):
            continue
        for known, (kinds, _, example) in _KNOWN.items():
            own = known != "acts" or getattr(value, "__module__", None) == module.__name__
            meant = isinstance(value, kinds) or (known == "INVARIANTS" and isinstance(value, Property))
            if meant and own and not hasattr(module, known) and _is_nearly(name, known):
                raise BadOption(
                    f"{name} in {target} is a name that nobody asks for",
                    expected=f"world(sim), and if need be {', '.join(_KNOWN)}",
                    got=f"{name} = {shown(value)}" if known != "acts" else f"{name}(…)",
                    cure=example,
                    nearest=(known,),
                )


def _is_nearly(name: str, known: str) -> bool:
    return name.upper() == known.upper() or (
        name.isupper() == known.isupper() and distance(name, known) <= (2 if len(known) > 6 else 1)
    )


def _imported(place: str) -> ModuleType:
    """The module; one that exits while it is imported does not end the soak as if all were well."""
    try:
        return _module(place)
    except (LiveViewError, KeyboardInterrupt):
        raise
    except BaseException as error:
        what, why, cure = not_imported(place, error)
        told = BadOption(what, expected="a module with a function world(sim)", got=why, cure=cure)
        raise told from (None if isinstance(error, SyntaxError) else cause(error))


def _module(place: str) -> ModuleType:
    path = Path(place)
    if path.suffix != ".py":
        return importlib.import_module(place)
    if not path.is_file():
        raise BadOption(f"there is no file {place}", expected="a module with a function world(sim)", got=place)
    name = "_soaked_" + "_".join(path.with_suffix("").parts[-3:]).replace(".", "_").replace("-", "_")
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    module = sys.modules[name] = ModuleType(name)
    module.__file__ = str(path)
    exec(compile(path.read_bytes(), path, "exec"), module.__dict__)  # as it is now: bytecode may be of the same second
    return module
