"""What is shown: a file, a view of a module, or a package.

Owns `Shown`: the routes, the world's first values, the people with their sessions, and the story if there is one. A scenario is
rehearsed for it in a world of its own: who opens what, with which session, is read from there, so that nothing is said twice.

Law: what cannot be imported is an error with its text, never a silent gap in a gallery.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, cast

from attrs import evolve, field
from immutables import Map

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.values.declaring import frozen
from liveview_core.views.router import Route, Router
from liveview_core.views.view import LiveView
from liveview_testing.record.loading import Broken, NoSuchModule, modules
from liveview_testing.record.story import Step, tab_of, world_of
from liveview_testing.user.simulation import Simulation
from liveview_testing.world.world import World

__all__ = ["NothingToShow", "Person", "Shown", "Told", "find", "rehearsed", "stages"]


class NothingToShow(LiveViewError, ValueError):
    """There is no view where one was looked for."""


@frozen
class Person:
    """Somebody who sits at a browser: where they begin, and with what."""

    name: str
    path: str = "/"
    session: Mapping[str, Any] = field(factory=dict[str, Any])
    connect_params: Mapping[str, Any] = field(factory=dict[str, Any])
    connect_info: Mapping[str, Any] = field(factory=dict[str, Any])


@frozen
class Told:
    """A step of a story, as a place to begin at."""

    number: int
    title: str


@frozen(eq=False)
class Shown:
    """Something to show."""

    name: str
    text: str
    router: Router
    people: tuple[Person, ...]
    store: Map[str, Any] = field(factory=Map[str, Any])
    module: ModuleType | None = None
    story: bool = False
    file: Path | None = None
    left_out: tuple[str, ...] = ()
    """The first of a gallery has the views that are not shown, each with the reason: nothing is missing in silence."""


Opening: TypeAlias = "tuple[Any, Mapping[str, Any], Map[str, Any]]"
"""A page that was opened: the target, the options, what the world kept then."""


class _Rehearsal(Simulation):
    """A world in which a story is played to see who opens what."""

    __slots__ = ("opened",)
    opened: list[Opening]

    def live(self, view_or_path: Any, **options: Any) -> Any:
        """Open a page, and remember who did."""
        self._remember(view_or_path, options)
        return super().live(view_or_path, **options)

    def page(self, target: Any = None, **options: Any) -> Any:
        """Open a tab, and remember who did."""
        if target is not None:
            self._remember(target, options)
        return super().page(target, **options)

    def _remember(self, target: Any, options: Mapping[str, Any]) -> None:
        self.opened.append((target, dict(options), self.world.store))


def rehearsed(name: str, module: ModuleType, file: Path | None) -> Shown:
    """A scenario: its routes, and its people as its story has them."""
    sim = _Rehearsal(getattr(module, "ROUTER", None), hooks=getattr(module, "HOOKS", None))
    sim.opened = []
    names: dict[int, str] = {}
    try:
        for step in module.story(sim):
            if isinstance(step, Step):
                for who, handle in step.shows.items():
                    names.setdefault(tab_of(handle), who)
    except Exception:  # the story's own trouble: what it opened before is known
        pass
    router: Router | None = getattr(module, "ROUTER", None)
    people: list[Person] = []
    extra: list[Route] = []
    for number, (target, options, _) in enumerate(sim.opened, 1):
        path = target if isinstance(target, str) else "/"
        if not isinstance(target, str):
            router = options.get("router") or router
            known = next((route for route in extra if route.view is target or type(route.view) is target), None)
            if known is None and router is None:
                path = "/" if not extra else f"/{len(extra) + 1}"
                extra.append(Route(path, target))
            elif known is not None:
                path = known.path
        people.append(
            Person(
                names.get(number, f"browser {number}"),
                path,
                options.get("session") or {},
                options.get("connect_params") or {},
                options.get("connect_info") or {},
            )
        )
    if router is None:
        if not extra:
            raise NothingToShow(f"the story of {name} opens no view", expected="sim.live(…) in it")
        router = Router(extra)
    store = Map(
        {key: each for key, each in (sim.opened[0][2] if sim.opened else Map[str, Any]()).items() if not _ours(key)}
    )
    return Shown(name, _first_line(module), router, tuple(people), store, module, True, file)


def _ours(key: str) -> bool:
    return key.startswith("liveview_testing.crashes")


def _first_line(module: object) -> str:
    """What something says of itself; what it inherits is said of another."""
    return inspect.cleandoc(getattr(module, "__doc__", None) or "").partition("\n")[0]


def _needs(view: type[LiveView]) -> str | None:
    """What somebody must give a view for there to be one; None: nothing."""
    try:
        needed = [
            each.name
            for each in [*inspect.signature(view.__init__).parameters.values()][1:]
            if each.default is each.empty and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
        ]
    except (TypeError, ValueError):
        return None
    return ", ".join(needed) or None


def _left_out(view: type[LiveView], needs: str) -> str:
    route = f'ROUTER = Router([Route("/", {view.__name__}({needs}))])'
    return f"{view.__name__} is made with {needs}: a module with {route} is shown"


def _of_module(name: str, module: ModuleType, file: Path | None) -> Shown | None:
    if callable(getattr(module, "story", None)):
        return rehearsed(name, module, file)
    views = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, LiveView) and each.__module__ == module.__name__
    ]
    router = getattr(module, "ROUTER", None) or getattr(module, "router", None)
    if isinstance(router, Router):
        first = next((route.path for route, _ in router.table if ":" not in route.path and "*" not in route.path), "/")
        return Shown(name, _first_line(module), router, (Person("Ann", first),), module=module, file=file)
    needing = [(each, needs) for each in views if (needs := _needs(each)) is not None]
    left_out = tuple(_left_out(*each) for each in needing)
    views = [each for each in views if all(each is not view for view, _ in needing)]
    if not views:
        return Shown(name, "", Router([]), (), left_out=left_out) if left_out else None
    routes = [Route("/" if len(views) == 1 else f"/{view.__name__}", view) for view in views]
    people = tuple(
        Person("Ann" if len(views) == 1 else view.__name__, route.path) for view, route in zip(views, routes)
    )
    return Shown(name, _first_line(module), Router(routes), people[:1], module=module, file=file, left_out=left_out)


def find(what: str) -> list[Shown]:
    """What a word of the command line stands for, each by its name. Raises `NothingToShow`, or what an import raises."""
    place, colon, name = what.rpartition(":")
    if colon and name.isidentifier() and not Path(what).exists():
        return [_view(place, name)]
    found: list[Shown] = []
    for each, module in _modules(what):
        file = getattr(module, "__file__", None)
        shown_one = _of_module(_short(each), module, None if file is None else Path(file))
        if shown_one is not None:
            found.append(shown_one)
    left_out = tuple(text for each in found for text in each.left_out)
    there = [each for each in found if each.people]
    if not there:
        raise NothingToShow(
            f"{what} has no view to show",
            expected="a LiveView, a ROUTER, or a story(sim) in it",
            got="; ".join(left_out) or "none of them",
        )
    return [evolve(there[0], left_out=left_out), *there[1:]]


def _modules(what: str) -> list[tuple[str, ModuleType]]:
    """The modules that a word stands for. Raises `NothingToShow`, or what an import raises."""
    found: list[tuple[str, ModuleType]] = []
    try:
        for name, module in list(modules(what)):
            if isinstance(module, Broken):
                raise _broken(module)
            found.append((name, module))
    except NoSuchModule as error:
        raise NothingToShow(
            str(error),
            expected="a file, a folder, a package, or module:View",
            cure="liveview show shop/chat.py, or liveview show shop.chat:ChatLive",
        ) from None
    return found


def _broken(module: Broken) -> Exception:
    """What is raised of a module that cannot be imported; one that exits does not end the command as if all were well."""
    if isinstance(module.error, Exception):
        return module.error
    return NothingToShow(f"{module.where}: {module.told}")


def _short(name: str) -> str:
    return Path(name).stem if name.endswith(".py") else name.rpartition(".")[2]


def _view(place: str, name: str) -> Shown:
    names: list[str] = []
    for _, module in _modules(place):
        names.extend(key for key, value in vars(module).items() if isinstance(value, Router) or _is_view(value))
        given = getattr(module, name, None)
        if given is None:
            continue
        file = getattr(module, "__file__", None)
        path = None if file is None else Path(file)
        if isinstance(given, Router):
            return Shown(name, _first_line(module), given, (Person("Ann"),), module=module, file=path)
        if _is_view(given):
            if isinstance(given, type) and (needs := _needs(given)) is not None:
                raise NothingToShow(
                    f"{place}:{name} cannot be shown by itself",
                    expected="a view that is made without arguments, an object of it, or a Router",
                    got=_left_out(given, needs),
                )
            router = Router([Route("/", given)])
            return Shown(name, _first_line(given), router, (Person("Ann"),), module=module, file=path)
        raise NothingToShow(
            f"{place}:{name} is no view", expected="a LiveView, or a Router", got=shown(cast("object", given))
        )
    raise NothingToShow(
        f"{place} has no {name!r}",
        expected="module:View",
        got=f"{place}:{name}",
        nearest=nearest_names(name, dict.fromkeys(names)),
    )


def _is_view(given: object) -> bool:
    return isinstance(given, LiveView) or (
        isinstance(given, type) and issubclass(given, LiveView) and given is not LiveView
    )


def stages(target: Shown) -> list[Told]:
    """The steps of a story."""
    return [Told(number, step.title) for number, step, _ in _played(target)]


def at_step(target: Shown, number: int) -> tuple[World, dict[int, str]]:
    """The world after a step of a story, and who sits where."""
    for each, _, (sim, names) in _played(target):
        if each == number:
            return sim.world, names
    raise NothingToShow(f"the story has no step {number}")


def _played(target: Shown) -> Iterator[tuple[int, Step, tuple[Simulation, dict[int, str]]]]:
    if target.module is None or not target.story:
        return
    sim = world_of(target.module, record=True)
    names: dict[int, str] = {}
    for number, step in enumerate(target.module.story(sim), 1):
        for who, handle in step.shows.items():
            names.setdefault(tab_of(handle), who)
        yield number, step, (sim, names)


def with_session(target: Shown, session: Mapping[str, Any]) -> Shown:
    """The same, where everybody has this session."""
    return evolve(target, people=tuple(evolve(each, session={**each.session, **session}) for each in target.people))
