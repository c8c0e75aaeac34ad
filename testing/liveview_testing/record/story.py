"""Stories: a scenario played step by step, with what went over the wire and what the pages show then.

A scenario is a module with a `ROUTER` (or none), stand-ins for its client hooks in `HOOKS` (or none), and a generator
`story(sim)` that acts through views and pages and yields a `Step` after each thing that happened, naming whom it shows:

    def story(sim):
        ann, ben = sim.live("/chat"), sim.live("/chat")
        yield Step("Ann and Ben open the chat", Ann=ann, Ben=ben)
        ann.form("form", {"message": "hello"}).render_submit()
        yield Step("Ann says hello", Ben=ben.element("ul"))

A view or an element shows its HTML, as it was sent; a page shows what a person perceives of it, with what the client did.

`play` turns it into scenes: plain values that a terminal prints and a test compares. Law: a scene's frames are those of
the browsers' own wires since the scene before; nothing is counted twice, nothing left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.declaring import frozen
from liveview_testing.user.html.pretty_html import pretty
from liveview_testing.world.log.wire import Frame, frames

if TYPE_CHECKING:
    from liveview_testing.user.handles.element import Element
    from liveview_testing.user.simulation import Page, Simulation, View

    Looked: TypeAlias = View | Element | Page


class NoStory(LiveViewError, TypeError):
    """What stands for a story is none."""


class Step:
    """One titled step of a story and what to look at now: views, elements or pages, each under the name of who sees it."""

    __slots__ = ("shows", "title")

    def __init__(self, title: str, **shows: Looked) -> None:
        self.title = title
        self.shows = shows

    def __repr__(self) -> str:
        return f"Step({self.title!r}, {', '.join(self.shows)})"


@frozen
class Said:
    """A frame and whose line it was on."""

    who: str
    frame: Frame


@frozen
class Scene:
    """What one step of a story came to: the frames since the step before, and the pages as they are now."""

    title: str
    said: tuple[Said, ...]
    pages: tuple[tuple[str, str], ...]

    @property
    def bytes(self) -> int:
        """Bytes that went over all wires, both directions, in this scene."""
        return sum(said.frame.bytes for said in self.said)

    def text(self) -> str:
        """The scene as plain text: the same run always gives the same text."""
        lines = [self.title, "=" * len(self.title)]
        for said in self.said:
            arrow = "->" if said.frame.direction == "client" else "<-"
            lines.append(f"{said.who} {arrow} {said.frame.event} {said.frame.bytes} B {excerpt(said.frame)}".rstrip())
        for who, page in self.pages:
            lines += [f"-- {who} sees --", page]
        return "\n".join(lines)


def excerpt(frame: Frame, width: int = 100) -> str:
    """The beginning of a frame's payload."""
    text = frame.text
    return text if len(text) <= width else text[: width - 1] + "…"


def load(path: str | Path) -> ModuleType:
    """The scenario module in a file, imported as a script's modules are: its own folder is on the path.

    Raises ValueError when there is no such file or it has no `story`.
    """
    from liveview_testing.record.loading import imported, load_file

    file = Path(path)
    if not file.is_file():
        raise ValueError(f"there is no scenario {str(path)!r}")
    with imported(str(path)):
        module = load_file(file)
    if not callable(getattr(module, "story", None)):
        raise ValueError(f"{str(path)!r} is not a scenario: it has no function story(sim) that yields Steps")
    return module


def tab_of(handle: Looked) -> int:
    """The number of the tab that a step shows something of."""
    seen: Any = handle
    return cast("int", seen.browser if _is_html(handle) else seen.view.browser)


def _is_html(handle: Looked) -> bool:
    """Whether it is a view or an element of one, which shows what was sent; a page shows what is seen."""
    kind: type[object] = type(handle)
    return hasattr(kind, "browser")


def _seen(handle: Looked) -> str:
    """What a step shows, as text."""
    seen: Any = handle
    return pretty(str(seen.render())) if _is_html(handle) else str(seen.aria_snapshot())


def world_of(scenario: ModuleType, **options: Any) -> Simulation:
    """A fresh world at the routes of a scenario, with its stand-ins for client hooks."""
    from liveview_testing.user.simulation import Simulation

    hooks: Any = getattr(scenario, "HOOKS", None)
    return Simulation(getattr(scenario, "ROUTER", None), hooks=hooks, **options)


def play(scenario: ModuleType, sim: Simulation | None = None, names: dict[int, str] | None = None) -> Iterator[Scene]:
    """Play a scenario's story in `sim` (default: a fresh world at its ROUTER), one scene at a time.

    `names` is filled with what the story calls whoever sits at a tab.
    """
    world = world_of(scenario) if sim is None else sim
    names = {} if names is None else names
    heard = world.world.count
    given: Any = scenario.story(world)
    if not isinstance(given, Iterator):
        raise NoStory(
            "story(sim) is no generator",
            expected='a function that yields: yield Step("Ann opens it", Ann=ann)',
            got=shown(given),
        )
    story = cast("Iterator[object]", given)
    for step in story:
        if not isinstance(step, Step):
            raise NoStory(f"story(sim) yields Step(title, Name=view, ...), got {shown(step)}")
        for who, handle in step.shows.items():
            names.setdefault(tab_of(handle), who)
        happenings = world.since(heard)
        heard += len(happenings)
        lines = world.world.lines
        tabs = [lines[each.process].tab.number for each in happenings]
        said = tuple(
            Said(names.get(tab, f"browser {tab}"), frame)
            for tab, each in zip(tabs, happenings, strict=True)
            for frame in frames([each])
        )
        pages = tuple((who, _seen(handle)) for who, handle in step.shows.items())
        yield Scene(step.title, said, pages)
