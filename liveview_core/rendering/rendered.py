"""What a template gives: the tree of dynamics, as values that have not been evaluated yet.

Law: nothing here is text of a page. A `Part` is the shape of one template body (its statics, once and for all);
`Rendered`, `Comprehension` and `ComponentRef` say how to get the dynamics of such a body *if somebody asks*. Who asks,
and with change tracking on or off, is the business of `liveview_core.rendering.diff`.
"""  # EN-1, EN-4, DF-4

from __future__ import annotations

from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn, TypeAlias

from attrs import field

from liveview_core.errors import LiveViewError, TooDeep, add_note
from liveview_core.tracebacks import told
from liveview_core.values.assigns import Changed
from liveview_core.values.declaring import frozen
from liveview_core.values.safe import Safe
from liveview_core.values.streams import StreamOps

__all__ = [
    "ChildRef",
    "ComponentRef",
    "Comprehension",
    "Dynamic",
    "Part",
    "Rendered",
    "came_through",
    "noted",
    "rendered_to_text",
    "template_line",
]


@frozen
class Part:
    """The shape of one template body: `len(statics) == number of dynamics + 1`.

    `fingerprint` is equal iff the template source and the place in it are; it is a digest, never `hash()` or `id()`.
    `root` is True where the body is exactly one static HTML tag.
    """  # EN-1, TG-30

    statics: tuple[str, ...]
    fingerprint: int
    root: bool = False
    wire_statics: list[str] = field(init=False, repr=False, eq=False)
    frame: list[str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        # A list, because the wire is JSON; one for all messages, never mutated.
        object.__setattr__(self, "wire_statics", list(self.statics))
        # The statics with a place for each dynamic between them; copied, never mutated.
        object.__setattr__(self, "frame", [each for static in self.statics for each in (static, "")][:-1])


class Rendered:
    """A template body with its values bound: `evaluate(track)` gives the dynamics by position ("0", "1", …).

    `evaluate(False)` evaluates every dynamic; `evaluate(True)` only those whose dependencies are flagged.
    """  # EN-3, EN-4

    __slots__ = ("caller", "evaluate", "part")

    caller: str
    """The template and the line of the component call or the slot that gave it; unset where none did. For errors only."""

    def __init__(self, part: Part, evaluate: Callable[[bool], dict[str, Dynamic]]) -> None:
        self.part = part
        self.evaluate = evaluate

    @told
    def __html__(self) -> Safe:
        """The whole HTML, for pages of other libraries: `{{ card(title="x") }}` in Jinja."""
        return Safe(rendered_to_text(self))

    def __repr__(self) -> str:
        return f"<Rendered {self.part.statics!r}>"


class Comprehension:
    """A `for` whose body is a template: one `Part` for all entries, and one call of `row` for each.

    `entries` holds what the loop binds, as references: the bare value where one name is bound (`single`), else the tuple of
    values in the order of `names` (a None name is bound but not tracked). `row(*values, changed, variables)` gives the
    dynamics of one entry; with `changed` None all of them. `touched` False promises that an entry whose variables did
    not change renders the same, so that nobody needs to look at it.
    """  # EN-22

    __slots__ = ("changed", "entries", "key", "names", "part", "row", "single", "stream", "touched")

    def __init__(
        self,
        part: Part,
        entries: list[Any],
        names: tuple[str | None, ...],
        single: bool,
        row: Callable[..., dict[str, Dynamic]],
        key: Callable[..., object] | None,
        touched: bool,
        changed: Changed | None,
        stream: StreamOps | None = None,
    ) -> None:
        self.part = part
        self.entries = entries
        self.names = names
        self.single = single
        self.row = row
        self.key = key
        self.touched = touched
        self.changed = changed
        self.stream = stream

    def __repr__(self) -> str:
        return f"<Comprehension of {len(self.entries)} {self.part.statics!r}>"


class ComponentRef:
    """A place where a LiveComponent stands: its identity (module and id) and what the call passed."""  # CP-1, CP-10

    __slots__ = ("assigns", "caller", "id", "module")

    caller: str
    """As a `Rendered`'s."""

    def __init__(self, module: Any, id: object, assigns: dict[str, object]) -> None:
        self.module = module
        self.id = id
        self.assigns = assigns

    def __repr__(self) -> str:
        kind: type[Any] = self.module if isinstance(self.module, type) else type(self.module)
        return f"<ComponentRef {kind.__qualname__} id={self.id!r}>"


class ChildRef:
    """A place where another live view stands, with a process of its own: its id, and what its mount gets."""  # RT-11…13

    __slots__ = ("caller", "container", "id", "session", "sticky", "view")

    caller: str
    """As a `Rendered`'s."""

    def __init__(
        self,
        view: Any,
        id: str,
        session: dict[str, Any],
        container: tuple[str, dict[str, Any]] | None,
        sticky: bool,
    ) -> None:
        self.view = view
        self.id = id
        self.session = session
        self.container = container
        self.sticky = sticky

    def __repr__(self) -> str:
        return f"<ChildRef {type(self.view).__name__} id={self.id!r}>"


Dynamic: TypeAlias = "str | Rendered | Comprehension | ComponentRef | ChildRef"


IN_TEMPLATE = "in the template at "
_OURS = __file__.rpartition("rendering")[0]


def came_through(rendered: Rendered | ComponentRef | ChildRef, error: Exception) -> None:
    """Note on an error below *rendered* which component call or slot gave it: every template line on the way is named."""
    caller = getattr(rendered, "caller", None)
    if type(error) is RecursionError:
        raise TooDeep("the page" if caller is None else f"what the template at {caller} shows") from None
    if caller is not None and not isinstance(error, RecursionError):
        noted(error, caller)


def template_line(frame: FrameType | None) -> str | None:
    """The line of the author's template that *frame* is called from, or None outside of one."""
    while frame is not None:
        name, file = frame.f_code.co_name, frame.f_code.co_filename
        if name.startswith("__") and not name.endswith("__") and not file.startswith(_OURS):
            return f"{file}, line {frame.f_lineno}"
        frame = frame.f_back
    return None


def noted(error: Exception, where: str) -> None:
    """Say that *error* passed this place in a template of the author's; once for each place."""
    note = f"{IN_TEMPLATE}{where}"
    if not where.startswith(_OURS) and note not in getattr(error, "__notes__", ()):
        add_note(error, note)


Place: TypeAlias = "Callable[[ComponentRef | ChildRef], str]"


def rendered_to_text(rendered: Rendered | Comprehension, component: Place | None = None) -> str:
    """The whole HTML: statics interleaved with all dynamics, nothing tracked.

    `component(ref)` gives the HTML of a live component or view; without it such a place is an error.
    """  # FC-14
    try:
        if type(rendered) is Comprehension:
            return _entries(rendered, component)
        assert type(rendered) is Rendered
        return _body(rendered.part, rendered.evaluate(False), component)
    except RecursionError as error:
        if type(error) is not RecursionError:
            raise
        raise TooDeep("the page") from None  # pragma: no cover - where the stack has ended nobody is told of lines


def _body(part: Part, values: dict[str, Dynamic], component: Place | None) -> str:
    pieces: list[Any] = part.frame.copy()
    pieces[1::2] = values.values()
    return _joined(pieces, component)


def _joined(pieces: list[Any], component: Place | None) -> str:
    try:
        return "".join(pieces)
    except TypeError:  # a template, a loop or a component is among them
        pass  # and if one fails, this is no part of its story
    return "".join([each if type(each) is str else _text(each, component) for each in pieces])


def _text(value: Dynamic, component: Place | None) -> str:
    if type(value) is Rendered:
        try:
            return _body(value.part, value.evaluate(False), component)
        except Exception as error:
            came_through(value, error)
            raise
    if type(value) is Comprehension:
        return _entries(value, component)
    assert type(value) is ComponentRef or type(value) is ChildRef
    return _no_component(value) if component is None else component(value)


def _entries(loop: Comprehension, component: Place | None) -> str:
    # One list for all entries and one join: of 1,000 rows a fifth less than a text for each.
    frame, row, single = loop.part.frame, loop.row, loop.single
    pieces: list[Any] = []
    for entry in loop.entries:
        values = row(entry, None, None) if single else row(*entry, None, None)
        mine: list[Any] = frame.copy()
        mine[1::2] = values.values()
        pieces += mine
    return _joined(pieces, component)


def _no_component(value: ComponentRef | ChildRef) -> NoReturn:
    what = "component" if type(value) is ComponentRef else "view"
    raise LiveViewError(
        f"a live {what} cannot be converted to text",
        expected="a template of tags and function components",
        got=repr(value),
        cure=f"a live {what} stands on a page: let the kit render the view, or call a function component",
    )
