"""The names of events in the templates of views and components, beside those that their `handle_event` can take.

Law: told is what surely nobody takes, and is nearly what somebody does. Where a hook may take it, where the class has bases of
other modules, where a template spreads attributes or says a target, nothing is said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from attrs import field

from liveview_core import LiveComponent, LiveView
from liveview_core.errors import nearest_names
from liveview_core.heex import TemplateError
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import Code, Component, Literal, tags
from liveview_core.heex.template import Template
from liveview_core.values.declaring import define
from liveview_testing.command_line.handled_events import attaches_hooks, handled
from liveview_testing.command_line.imported_modules import reached, text_of

__all__ = ["Events"]

_EVENTS = frozenset(
    f"phx-{name}"
    for name in str.split(
        "click click-away change submit blur focus window-blur window-focus keydown keyup window-keydown window-keyup "
        "viewport-top viewport-bottom"
    )
)


@define
class _Class:
    """A view or a component of a module that was looked at; `takes` is None where it may take anything."""

    kind: type[Any]
    module: ModuleType
    has_hooks: bool
    takes: frozenset[str] | None


@define
class Events:
    """The views and components that are looked at together: the events of one may go to another."""

    _classes: list[_Class] = field(factory=list[_Class])
    _texts: dict[str, str] = field(factory=dict[str, str])
    _hooked: dict[str, bool] = field(factory=dict[str, bool])
    _mounted: list[ModuleType] = field(factory=list[ModuleType])

    def module(self, module: ModuleType, text: str, kinds: Iterable[tuple[type[Any], ast.ClassDef]]) -> None:
        """Keep what a module says, for `found`."""
        self._texts[module.__name__] = text
        if re.search(r"\bon_mount\b", text) is not None:
            self._mounted.append(module)
        for kind, node in kinds:
            own = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "handle_event"]
            has = callable(getattr(kind, "handle_event", None))
            takes: frozenset[str] | None = None
            if len(own) == 1 and vars(kind).get("handle_event") is not None:
                takes = handled(own[0], module)
            elif not has:
                takes = frozenset()
            if not {*kind.__bases__} <= {LiveView, LiveComponent, object}:
                takes = None
            self._classes.append(_Class(kind, module, self._may_hook(module), takes))

    def found(self) -> Iterator[TemplateError]:
        """The names that nobody takes; known once all modules were looked at."""
        mounted = any(self._may_hook(each) for each in self._mounted)
        for each in self._classes:
            component = issubclass(each.kind, LiveComponent)
            for template in vars(each.kind).values():
                if type(template) is not Template or each.takes is None:
                    continue
                for name, at, targeted in _names(template):
                    near: tuple[str, ...] = ()
                    if component and not targeted:
                        happened, cure = self._parents(each, name), "add `phx-target={@myself}`"
                    else:
                        # A name that is like no other may be meant for nobody: `case _: return socket`.
                        near = nearest_names(
                            name, () if mounted or each.has_hooks or name in each.takes else each.takes
                        )
                        happened = (
                            f"no case of {each.kind.__name__}.handle_event takes the event {name!r}" if near else None
                        )
                        cure = f"add a case {name!r}"
                    if happened is None or component < targeted:
                        continue
                    told = template.source.failure(TemplateError, happened, at, cure)
                    told.nearest = near
                    yield told

    def _parents(self, component: _Class, name: str) -> str | None:
        """What is told of an event that goes to the view of a component, which alone takes it."""
        if component.takes is None or name not in component.takes:
            return None
        called = re.compile(rf"\b{re.escape(component.kind.__name__)}\b")
        views = [
            each
            for each in self._classes
            if issubclass(each.kind, LiveView) and called.search(self._texts[each.module.__name__]) is not None
        ]
        mounted = any(self._may_hook(each) for each in self._mounted)
        if not views or mounted or any(each.has_hooks or each.takes is None or name in each.takes for each in views):
            return None
        parents = " and ".join(each.kind.__name__ for each in views[:2])
        return f"the event {name!r} goes to {parents}, which cannot take it; {component.kind.__name__}.handle_event can"

    def _may_hook(self, module: ModuleType) -> bool:
        """Whether a module, or one that it has something of, attaches hooks."""
        return any(self._attaches(name) for name in reached(module))

    def _attaches(self, name: str) -> bool:
        if name not in self._hooked:
            text = text_of(name)
            try:
                self._hooked[name] = text is None or ("attach_hook" in text and attaches_hooks(ast.parse(text)))
            except SyntaxError:  # pragma: no cover - its file is another since it was imported
                self._hooked[name] = True
        return self._hooked[name]


def _names(template: Template) -> Iterator[tuple[str, Location, bool]]:
    """The literal events of a template, each with whether it goes to the component itself."""
    found: list[tuple[str, Location, bool]] = []
    for tag in tags(template._root.children):  # pyright: ignore[reportPrivateUsage]
        if isinstance(tag, Component) and (tag.remote or tag.name not in ("form", "link")):
            continue
        named = {each.name: each.value for each in tag.attributes}
        if None in named:
            continue
        target = named.get("phx-target")
        if "phx-target" in named and not (isinstance(target, Code) and target.source == "@myself"):
            continue
        for each in tag.attributes:
            if each.name in _EVENTS:
                found.extend((name, each.at, "phx-target" in named) for name in _said(each.value))
    yield from sorted(found, key=lambda one: (one[1].line, one[1].column))


def _said(value: Literal | Code | None) -> Iterator[str]:
    """The names in the value of a binding: as it stands, or pushed by a JS command without a target."""
    if isinstance(value, Literal):
        if re.fullmatch(r"[^\s{}\[\]<&]+", value.text) is not None:
            yield value.text
    elif isinstance(value, Code):
        for each in ast.walk(value.ast):
            match each:
                case ast.Constant(value=str(name)) if each is value.ast:
                    yield name
                case ast.Call(func=ast.Attribute(attr="push"), args=[ast.Constant(value=str(name))], keywords=keywords):
                    if all(one.arg not in (None, "target") for one in keywords) and ast.unparse(each).startswith("JS."):
                        yield name
                case _:
                    pass
