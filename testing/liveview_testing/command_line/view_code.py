"""What `liveview check` finds in the code of views: calls that do nothing, callbacks that nobody calls, messages that nobody gets.

Law: only what is surely a slip is told. What cannot be known from the text, a topic that is computed, a name that somebody else
may call, is passed over in silence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import field

from liveview_core import JS, Changeset, LiveComponent, LiveView
from liveview_core.errors import nearest_names
from liveview_core.heex.syntax.foreign.attributes import binding_habit
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.special_attributes import BINDINGS
from liveview_core.heex.syntax.tree import Block, Component, Element, Slot
from liveview_core.heex.template import Template
from liveview_core.process.signatures import ARGUMENTS
from liveview_core.values.declaring import define
from liveview_core.views.view import CALLBACKS
from liveview_testing.command_line.unused_sockets import Habit, thrown_away
from liveview_testing.command_line.view_assigns import Assigned
from liveview_testing.command_line.view_classes import in_class, in_statement, routes
from liveview_testing.command_line.view_events import Events
from liveview_testing.failures.close_matches import distance
from liveview_testing.user.uncalled_statements import idle

__all__ = ["Habit", "Package", "in_template"]

_COMPONENT_S = ("mount", "update", "update_many", "handle_event", "handle_async", "render")
_MOMENTS = {"send_after": 1, "send_interval": 1, "send_update_after": None}
"""Methods that take seconds, and where."""


@define
class Package:
    """The modules that are looked at together: what one broadcasts another may hear."""

    heard: list[str | None] = field(factory=list[str | None])
    said: list[tuple[str, int, int, str]] = field(factory=list[tuple[str, int, int, str]])
    events: Events = field(factory=Events)
    assigned: Assigned = field(factory=Assigned)
    _trees: dict[str, ast.Module] = field(factory=dict[str, ast.Module])

    def module(self, module: ModuleType) -> Iterator[Habit]:
        """What one module shows by itself. Its topics are kept for `topics`."""
        file = getattr(module, "__file__", None)
        if file is None or not file.endswith(".py") or file in self._trees:
            return
        try:
            text = Path(file).read_text(encoding="utf-8")
            tree = self._trees[file] = ast.parse(text)
        except (
            OSError,
            SyntaxError,
            UnicodeDecodeError,
        ):  # pragma: no cover - its file is another since it was imported
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr):
                yield from _dropped(node)
            if isinstance(node, ast.stmt):
                yield from in_statement(node)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield from _milliseconds(node, node.func.attr)
                self._topic(file, module, node, node.func.attr)
        yield from thrown_away(tree)
        for line, column, words in idle(text):
            yield line, column, "warning", words
        yield from _classes(module, tree, text)
        yield from routes(tree)
        self.events.module(module, text, _views(module, tree))
        self.assigned.module(module, _views(module, tree))

    def topics(self) -> Iterator[tuple[str, Habit]]:
        """Broadcasts that nobody hears, each with its file; known once all modules were looked at."""
        if None in self.heard:  # somebody listens to what is computed
            return
        for file, line, column, topic in self.said:
            if not any(_meet(topic, each) for each in self.heard if each is not None):
                known = nearest_names(topic, self.heard)
                near = f"\n  nearest: {', '.join(known)}" if known else ""
                text = f"nobody here subscribes to the topic {_shown(topic)}\n  cure: socket.subscribe(…) where it is to be heard"
                yield file, (line, column, "warning", text + near)

    def _topic(self, file: str, module: ModuleType, call: ast.Call, name: str) -> None:
        if name not in ("subscribe", "broadcast", "broadcast_from") or not call.args:
            return
        topic = _text(call.args[0], module)
        if name == "subscribe":
            self.heard.append(topic)
        elif topic is not None and len(call.args) == 2:
            self.said.append((file, call.lineno, call.col_offset + 1, topic))


_ANY = "\0"  # what stands in a topic for a value


def _text(node: ast.expr, module: ModuleType) -> str | None:
    """A topic, with a mark where a value is put in; None where nothing of it can be read."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        value = getattr(module, node.id, None)
        return value if isinstance(value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [str(each.value) if isinstance(each, ast.Constant) else _ANY for each in node.values]
        return "".join(parts) if any(part != _ANY for part in parts) else None
    return None


def _meet(said: str, heard: str) -> bool:
    """Whether one topic may be the other."""
    one, other = (".*".join(map(re.escape, each.split(_ANY))) for each in (said, heard))
    plain = said.replace(_ANY, "x"), heard.replace(_ANY, "x")
    return re.fullmatch(one, plain[1]) is not None or re.fullmatch(other, plain[0]) is not None


def _shown(topic: str) -> str:
    return repr(topic.replace(_ANY, "{…}"))


# --- code -----------------------------------------------------------------------------------------------------------------


def _milliseconds(call: ast.Call, name: str) -> Iterator[Habit]:
    """Seconds that look like milliseconds: a round number of halves of thousands, which hours and minutes are not."""
    if name not in _MOMENTS:
        return
    at = _MOMENTS[name]
    given = [each.value for each in call.keywords if each.arg in ("seconds", "after")]
    if at is not None and len(call.args) > at:
        given.append(call.args[at])
    for each in given:
        value = each.value if isinstance(each, ast.Constant) else None
        if type(value) is int and value >= 500 and value % 500 == 0:
            text = f"{name} takes seconds: {value} are {value / 3600:.1f} hours\n  cure: {value / 1000:g}, if it is milliseconds"
            yield each.lineno, each.col_offset + 1, "warning", text


_OF_CHANGESETS = frozenset(
    name
    for name in dir(Changeset)
    if name.startswith(("validate_", "put_", "cast_", "add_error", "delete_change", "update_change"))
)


def _dropped(node: ast.Expr) -> Iterator[Habit]:
    """Changesets and JS commands that are made and thrown away: they are values too."""
    call = node.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return
    root: ast.expr = call
    while isinstance(root, ast.Call | ast.Attribute):
        root = root.func if isinstance(root, ast.Call) else root.value
    named = root.id if isinstance(root, ast.Name) else "changeset"
    place = node.lineno, node.col_offset + 1
    if call.func.attr in _OF_CHANGESETS:
        text = f"what .{call.func.attr}(…) gives is thrown away: a changeset is never changed"
        yield *place, "error", f"{text}\n  cure: {named} = {named}.{call.func.attr}(…)"
    elif named == "JS" and hasattr(JS, call.func.attr):
        text = f"JS.{call.func.attr}(…) does nothing here: it is a value, which an attribute carries to the client"
        yield *place, "error", f"{text}\n  cure: phx-click={{JS.{call.func.attr}(…)}} in the template"


def _classes(module: ModuleType, tree: ast.Module, text: str) -> Iterator[Habit]:
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for kind, node in _views(module, tree):
        yield from _callbacks(kind, node, used)
        yield from _patches(module, kind, node, tree)
        yield from _signatures(kind, node)
        yield from in_class(kind, node, text, _COMPONENT_S if issubclass(kind, LiveComponent) else CALLBACKS)


def _views(module: ModuleType, tree: ast.Module) -> Iterator[tuple[type[Any], ast.ClassDef]]:
    """The views and components of a module, each with its code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            kind = _class_of(module, node)
            if kind is not None and issubclass(kind, LiveView | LiveComponent):
                yield kind, node


def _class_of(module: ModuleType, node: ast.ClassDef) -> type[Any] | None:
    found = getattr(module, node.name, None)
    own = isinstance(found, type) and found.__module__ == module.__name__ and found.__qualname__ == node.name
    return found if own else None


def _callbacks(kind: type[Any], node: ast.ClassDef, used: Iterable[str]) -> Iterator[Habit]:
    callbacks = _COMPONENT_S if issubclass(kind, LiveComponent) else CALLBACKS
    for each in node.body:
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        place = each.lineno, each.col_offset + 1
        if each.name in callbacks:
            if isinstance(each, ast.AsyncFunctionDef):
                text = f"{kind.__name__}.{each.name} is `async def`, and nobody awaits it\n  cure: a plain function, `def`; "
                yield *place, "error", text + "what takes its time is a task: socket.start_async(name, function)"
            continue
        near = nearest_names(each.name, callbacks, 1)
        if near and _is_slip(each.name, near[0]) and each.name not in used and not each.decorator_list:
            text = f"{kind.__name__}.{each.name} is no callback, and nobody here calls it\n  nearest: {near[0]}"
            yield *place, "warning", text


_COMPONENT_TAKES = {
    **{name: ARGUMENTS[name] for name in ("handle_event", "handle_async", "render")},
    "mount": "socket",
    "update": "assigns, socket",
    "update_many": "assigns_sockets",
}


def _signatures(kind: type[Any], node: ast.ClassDef) -> Iterator[Habit]:
    """Callbacks that cannot be called with what they are called with, and those that a component does not have."""
    component = issubclass(kind, LiveComponent)
    takes = _COMPONENT_TAKES if component else ARGUMENTS
    for each in node.body:
        if not isinstance(each, ast.FunctionDef) or each.decorator_list:
            continue
        place = each.lineno, each.col_offset + 1
        if component and each.name in ("handle_info", "handle_params", "handle_call", "handle_cast", "terminate"):
            text = f"{kind.__name__}.{each.name} is never called: messages come to the view"
            yield *place, "warning", f"{text}\n  cure: the view hears of it, and send_update(…)s the component"
        if each.name not in takes:
            continue
        wanted = takes[each.name].split(", ")
        given = each.args.posonlyargs + each.args.args
        least = len(given) - len(each.args.defaults)
        unnamed = [
            name for name, default in zip(each.args.kwonlyargs, each.args.kw_defaults, strict=True) if default is None
        ]
        enough = len(given) > len(wanted) or each.args.vararg is not None
        if not enough or least > len(wanted) + 1 or unnamed:
            text = f"{kind.__name__}.{each.name} does not take what it is called with"
            yield *place, "error", f"{text}\n  cure: def {each.name}(self, {', '.join(wanted)})"


def _is_slip(name: str, callback: str) -> bool:
    """Whether a name is surely meant to be the other: the same but for two letters, or its words, or its case."""
    plain, wanted = name.lower().replace("_", ""), callback.replace("_", "")
    if len(wanted) <= 6:  # mount and render are the beginning of other good names
        return sorted(plain) == sorted(wanted) or (len(plain) < len(wanted) and distance(plain, wanted) == 1)
    return distance(plain, wanted) <= 2


def _patches(module: ModuleType, kind: type[Any], node: ast.ClassDef, tree: ast.Module) -> Iterator[Habit]:
    """`push_patch` where nobody handles params; a nested view may, as the page's own view gets it."""
    if not issubclass(kind, LiveView) or callable(getattr(kind, "handle_params", None)):
        return
    if any(isinstance(each, ast.Constant) and each.value == "handle_params" for each in ast.walk(tree)):
        return  # a hook handles them
    for template in vars(module).values():
        if re.search(rf"live_render\([^)]*\b{node.name}\b", _source(template)) is not None:
            return
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "push_patch":
            text = (
                f"{node.name} patches, and has no handle_params to hear of it\n"
                "  cure: add `def handle_params(self, params, uri, socket): return socket`, or push_navigate"
            )
            yield each.lineno, each.col_offset + 1, "error", text


def _source(value: object) -> str:
    is_class = issubclass(type(value), type)  # a proxy is not asked what it stands for
    found: Any = vars(value).get("render") if is_class else value
    return found.source.text if type(found) is Template else ""


# --- templates ------------------------------------------------------------------------------------------------------------

_READ = {*BINDINGS, "ignore-missing-id", "portal", "skip"}


def in_template(template: Template) -> Iterator[tuple[str, Location, str]]:
    """Bindings that the client does not have, and rows of streams without an id: what, where, and the cure."""
    waiting: list[Any] = list(template._root.children)  # pyright: ignore[reportPrivateUsage]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Block):
            waiting.extend(each for clause in node.clauses for each in clause.body)
        elif isinstance(node, Element | Component | Slot):
            waiting.extend(node.children)
            if isinstance(node, Component):
                waiting.extend(node.slots)
            if isinstance(node, Element):
                yield from _element(node)


def _element(node: Element) -> Iterator[tuple[str, Location, str]]:
    names = {each.name for each in node.attributes}
    for each in node.attributes:
        rest = (each.name or "").removeprefix("phx-")
        if rest == each.name or not rest or rest in _READ or rest.startswith("value"):
            continue
        if binding_habit(rest) is None and (not nearest_names(rest, BINDINGS, 1) or rest in _EVENTS):
            cure = "listen to it in a hook, phx-hook, and push an event from there"
            yield f"the client has no binding {each.name}", each.at, cure
    loop = node.special.for_
    if loop is not None and loop.first.iterable.source.startswith("@streams") and not names & {None, "id"}:
        first = loop.first.names[0] if loop.first.names else "dom_id"
        yield f"the rows of {loop.first.iterable.source} have no id", node.at, f"write id={{{first}}}"


_EVENTS = {
    *(
        "mouseenter",
        "mouseleave",
        "mouseover",
        "mouseout",
        "mousedown",
        "mouseup",
        "mousemove",
        "dblclick",
        "contextmenu",
    ),
    *("input", "keypress", "scroll", "load", "touchstart", "touchend", "pointerdown", "pointerup", "wheel", "resize"),
    *("paste", "copy", "drag", "drop", "select", "toggle"),
}
