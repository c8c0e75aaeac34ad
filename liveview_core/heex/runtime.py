"""What compiled templates call: component calls, slots and loops.

Law: every function here is a question that generated code could not answer when it was compiled; nothing here looks at the
text of a template. Change tracking is passed in (`changed` is None where nothing is tracked), never looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any, ClassVar, NoReturn

from liveview_core.errors import BadReturn, LiveViewError, MissingAssign, article, nearest_names, shown
from liveview_core.rendering.attributes import pairs_of
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Comprehension, Dynamic, Part, Rendered
from liveview_core.values.assigns import Assigns, Changed, Steps, same, stored
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.values.streams import Stream, StreamOps

__all__ = [
    "LetMismatch",
    "Site",
    "SlotEntry",
    "SlotError",
    "StaticBlock",
    "component_of",
    "entries",
    "nothing",
    "old_at",
    "render_slot",
    "slot_content",
    "spread",
    "tag",
    "tuples",
]

_EMPTY: Changed = {}
InnerBlock = Callable[[Changed | None, Any], Rendered]


class SlotError(LiveViewError, RuntimeError):
    """A slot entry that cannot be rendered."""  # FC-9


class LetMismatch(LiveViewError, ValueError):
    """What `render_slot` was given does not match the `:let` of the slot."""  # FC-10


class NotAComponent(LiveViewError, TypeError):
    """A component tag names something that is no function component."""  # FC-1

    def __init__(self, name: str, value: object, *, hides: bool = False) -> None:
        self.name = name
        self.value = value
        if hides:
            cure = f"rename it: here it hides the library's own component {tag(name)}"
        elif hasattr(value, "render"):  # a class, or an object that is one configured
            cure = f'a live component is called <.live_component module={{{name}}} id="…" />'
        else:
            cure = "rename one of them, or import the component under another name"
        got = shown(value)
        if isinstance(value, FunctionType):
            import inspect  # only for an error

            got = f"a function that takes {inspect.signature(value)}, in {value.__module__}"
        super().__init__(
            f"{tag(name)} names something that is not a function component",
            expected="a template made by heex(…), or a function from assigns to what one returns",
            got=got,
            cure=cure,
        )


def tag(name: str) -> str:
    """A component as a template writes it."""
    return f"<{name}>" if "." in name else f"<.{name}>"


# --- slots ----------------------------------------------------------------------------------------------------------------


@frozen(weakref_slot=False)
class SlotEntry:
    """One entry of a slot: its attributes, and its content as something to render.

    `entry["label"]` is the attribute, or None if the entry does not have it (as `entry[:label]` in Phoenix);
    `entry.label` must be there. `inner_block` is None for a self-closed entry. Two entries with the same attributes and the
    same static content are the same value.
    """  # FC-5

    _name: str
    _attributes: dict[str, Any]
    inner_block: InnerBlock | None

    _shown_by: ClassVar[str] = "show its content, `{render_slot(@inner_block)}`, or an attribute of it, `{entry.label}`"

    def __getitem__(self, name: str) -> Any:
        return self._attributes.get(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The attribute *name*, or *default*."""
        return self._attributes.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._attributes

    def same_item(self, other: SlotEntry, name: str) -> bool:
        """Whether `entry[name]` is the same in both: entries are walked as maps are."""  # EN-8, EN-9
        return same(self._attributes.get(name), other._attributes.get(name))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._attributes[name]
        except KeyError:
            known = ", ".join(self._attributes) or "none at all"
            raise MissingAssign(
                f"this entry of slot <:{self._name}> has no attribute {name!r}",
                got=f"its attributes are: {known}",
                cure=f"give it one, <:{self._name} {name}=…>, or read `entry[{name!r}]`, which is None without it",
                nearest=nearest_names(name, self._attributes),
            ) from None

    def __repr__(self) -> str:
        shown_attributes = "".join(f" {name}={value!r}" for name, value in self._attributes.items())
        return f"<slot :{self._name}{shown_attributes}{'' if self.inner_block else ' /'}>"


new_entry: Callable[[str, dict[str, Any], InnerBlock | None], SlotEntry] = maker(SlotEntry)
"""A slot entry, made the fast way: templates make one for each slot at each call."""


class StaticBlock:
    """The content of a slot without any dynamics: one value for all calls."""  # EN-21

    __slots__ = ("rendered",)

    def __init__(self, part: Part) -> None:
        self.rendered = Rendered(part, nothing)

    def __call__(self, changed: Changed | None, argument: Any) -> Rendered:
        return self.rendered


def nothing(track: bool) -> dict[str, Dynamic]:
    """The dynamics of a body that has none."""
    return {}


# Their fingerprints are drawn once for all: no compiler gives them, and they are like no other.
_ENTRIES = Part(("", ""), 6983335694195892126)
_ENTRY = Part(("", ""), 13947881916030086251)


def slot_content(changed: Changed | None, where: str, slot: Any, argument: Any = None) -> Rendered | None:
    """`render_slot` with the component's changed set and its place, as compiled templates call it."""  # FC-8, EN-20
    rendered = _slot(changed, slot, argument)
    if rendered is not None:
        rendered.caller = where
    return rendered


def _slot(changed: Changed | None, slot: Any, argument: Any) -> Rendered | None:
    if type(slot) is list:
        found: list[Any] = slot  # pyright: ignore[reportUnknownVariableType]
        if len(found) == 1:
            return _content(found[0], changed, argument)
        if not found:
            return None
        return _many(found, changed, argument)
    if type(slot) is SlotEntry:
        return _content(slot, changed, argument)
    if slot is None:
        return None
    raise SlotError(
        "render_slot takes a slot",
        expected="a slot such as @inner_block, or one entry of it",
        got=shown(slot),
        cure="declare the slot with slot(…), and pass it as <:name>…</:name>",
    )


def render_slot(slot: Any, argument: Any = None) -> Rendered | None:
    """Render a slot: all its entries, or one entry. An empty slot is None, so that `or` gives a default.

    Written as `{render_slot(@inner_block)}` in a template, the component's changes are known, and only what changed is sent;
    called from Python everything is rendered.
    """  # FC-8
    return _slot(None, slot, argument)


def _content(entry: Any, changed: Changed | None, argument: Any) -> Rendered:
    if type(entry) is not SlotEntry:
        raise SlotError(
            "render_slot takes a slot", expected="a slot entry", got=shown(entry), cure="pass the slot as it came"
        )
    block = entry.inner_block
    if block is None:
        name = entry._name  # pyright: ignore[reportPrivateUsage]
        raise SlotError(
            f"attempted to render slot <:{name}> but the slot has no inner content",
            got=f"<:{name} />",
            cure=f"give it content, <:{name}>…</:{name}>, or only read its attributes",
        )
    return block(changed, argument)


def _many(slot: list[Any], changed: Changed | None, argument: Any) -> Rendered:
    # FC-8: as the template `<%= for entry in @entries: %>{…}<% end %>`, untracked: what the loop knows of its changes is
    # not asked, what changed inside of an entry is told by the component's own set.
    def row(entry: Any, _changed: Changed | None, _variables: Changed | None) -> dict[str, Dynamic]:
        return {"0": _content(entry, changed, argument)}

    def evaluate(track: bool) -> dict[str, Dynamic]:
        return {"0": Comprehension(_ENTRY, list(slot), ("entry",), True, row, None, True, None)}

    return Rendered(_ENTRIES, evaluate)


def let_mismatch(pattern: str, value: Any) -> NoReturn:
    """What the component gets as assigns of the call."""  # FC-10
    raise LetMismatch(
        "cannot match arguments sent from render_slot against the pattern in :let",
        expected=f"a value that matches `{pattern}`",
        got=shown(value),
        cure="use a name, `:let={value}`, or pass what the pattern wants: `render_slot(@inner_block, …)`",
    )


# --- loops ----------------------------------------------------------------------------------------------------------------


def entries(iterable: Any) -> tuple[Sequence[Any], StreamOps | None]:
    """What a `for` of the template runs over; a stream is consumed, and only here."""  # ST-15
    if type(iterable) is Stream:
        return iterable.consume()
    if type(iterable) is tuple:  # nobody can change it later: no copy (4 µs for 1,000 rows)
        return iterable, None  # pyright: ignore[reportUnknownVariableType]
    try:
        return list(iterable), None
    except TypeError:
        given: Any = iterable  # pyright: ignore[reportUnknownVariableType]
        if hasattr(given, "__iter__") or hasattr(given, "__getitem__"):  # the error is of what it gives
            raise
        raise NotIterable(iterable) from None


class NotIterable(LiveViewError, TypeError):
    """A `for` of a template runs over what is no list."""

    def __init__(self, value: object) -> None:
        cure = "call it: `:for={row in rows()}`" if callable(value) else "a number of rows: `:for={n in range(@count)}`"
        super().__init__(
            f"a for of a template cannot run over {article(type(value).__name__) if value is not None else 'None'}",
            expected="a list, a tuple, a stream, or what else can be looped over",
            got=shown(value),
            cure="where there may be none: `:for={row in @rows or ()}`" if value is None else cure,
        )


def tuples(items: Sequence[Any], size: int) -> Sequence[Any] | None:
    """The very items, where all of them are tuples of that size: an entry that holds its values is the item that had them.

    So what is the same tuple as in the last render is not looked into: one row of 1,000 `for n, votes in @rows` costs 0.1 ms, where
    comparing all values costs 1.
    """
    return items if {*map(type, items)} == _TUPLES and {*map(len, items)} == {size} else None


_TUPLES = {tuple}


# --- what changed ---------------------------------------------------------------------------------------------------------


_WALKED = frozenset[type[Any]]({dict, SlotEntry})


def old_at(old: Any, steps: Steps) -> object:
    """What a component is told of the old value at the end of a path that changed.

    Below an item of what is no dict (a form, a list) nothing is known: that it changed is all that is told.
    """  # EN-9, EN-16, N2.5
    try:
        for kind, key in steps:
            if kind == ".":
                old = getattr(old, key)
            elif type(old) in _WALKED:
                old = old[key]
            else:
                return True
    except Exception:  # a property of the user's; then all that is known is that it changed
        return True
    return stored(old)


# --- component calls ------------------------------------------------------------------------------------------------------


def spread(value: Any) -> dict[str, Any]:
    """The assigns in a root attribute `{…}` of a component or a slot."""  # FC-3
    return value if type(value) is dict else dict(pairs_of(value, "a root attribute"))  # pyright: ignore[reportUnknownVariableType]


class Site:
    """One component call in one template: finds the function, once verified calls it.

    A name of the module stays live: rebinding it is seen at the next call. `lookup()` gives the function or raises;
    `verify(function)` is called for each function that is new here. `found` is what cannot change: a name captured at the
    definition, or a component of the library; `hides`: it stands in the place of one of the library's.
    """

    __slots__ = ("found", "function", "hides", "invoke", "key", "lookup", "name", "namespace", "verify", "where")

    def __init__(self, name: str, lookup: Callable[[], Any], verify: Callable[[Any], None]) -> None:
        self.name = name
        self.lookup = lookup
        self.verify = verify
        self.function: Any = None
        self.found: Any = None
        self.hides = False
        self.invoke: Callable[[dict[str, Any], Changed | None], Any] = _unbound
        self.namespace: dict[str, Any] = _EMPTY
        self.key = ""
        self.where = ""

    def live(self, namespace: dict[str, Any]) -> None:
        """The function is a global of this module (and not a dotted name): look there at each call."""
        self.namespace, self.key = namespace, self.name

    def bind(self, function: Any) -> None:
        """Take *function* as the one to call."""
        self.verify(component_of(self.name, function, hides=self.hides))
        self.function = function
        invoke: Any = getattr(function, "invoke", None)  # pyright: ignore[reportUnknownArgumentType]
        self.invoke = _plain(function) if invoke is None else invoke  # pyright: ignore[reportUnknownArgumentType]


def component_of(name: str, value: Any, *, hides: bool = False) -> Any:
    """What the tag of that name calls, if it can be called with assigns; a class cannot.

    *hides*: the library has a component of that name, which is another one.
    """  # FC-1
    if isinstance(value, type) or not callable(value) or (isinstance(value, FunctionType) and not _takes_one(value)):
        raise NotAComponent(name, value, hides=hides)
    return value  # pyright: ignore[reportUnknownVariableType]


def _takes_one(function: FunctionType) -> bool:
    import inspect  # a component is looked at once

    try:
        inspect.signature(function).bind(None)
    except TypeError:
        return False
    return True


def _unbound(values: dict[str, Any], changed: Changed | None) -> NoReturn:
    raise AssertionError


def _plain(function: Callable[[Assigns], Any]) -> Callable[[dict[str, Any], Changed | None], Any]:
    def invoke(values: dict[str, Any], changed: Changed | None) -> Any:
        return function(Assigns(values, changed))

    return invoke


def call(site: Site, values: dict[str, Any], changed: Changed | None) -> Rendered | ComponentRef | ChildRef:
    """Call the component of *site* with these assigns."""  # FC-1
    function = site.namespace.get(site.key)
    if function is None and (function := site.found) is None:
        function = site.lookup()
    if function is not site.function:
        site.bind(function)
    result = site.invoke(values, changed)
    kind: type[Any] = type(result)  # pyright: ignore[reportUnknownVariableType]
    if kind is Rendered:
        result.caller = site.where
        return result  # type: ignore[no-any-return]
    if kind is ComponentRef or kind is ChildRef:
        result.caller = site.where
        return result  # type: ignore[no-any-return]
    raise bad_return(f"the component {tag(site.name)}", result, hides=site.hides)


def bad_return(who: str, result: object, *, hides: bool = False) -> BadReturn:
    """What to raise for a component that returned no template."""  # FC-1, N3.3
    if hides:
        cure = "rename the function: it hides the library's component of that name"
    elif result is None:
        cure = "return the template, called with the assigns: `return TEMPLATE(assigns)`"
    elif hasattr(type(result), "invoke"):
        cure = "call it: `return TEMPLATE(assigns)`"
    elif isinstance(result, str):
        cure = "give it to a template, or define the component as `heex(…)`"
    else:
        cure = "a component is a function from assigns to what a template returns"
    return BadReturn(who, ["what a template made by heex(…) gives", "a live component"], result, cure)
