"""Templates as users hold them: compiled where they are defined, and called as function components are.

Law: a mistake in a template is an error where it is defined. Names are those of the definition: `names`, then the
locals of the defining frame as they are at the call, then, in a class body, what the class gets afterwards, then the
module's globals, live, and the builtins. A template has no state and no self: `view.render(assigns)` is `Template(assigns)`.
"""  # N3.1

from __future__ import annotations

import builtins
import inspect
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.declarations.attributes import Declaration
from liveview_core.declarations.declarations import Declarations
from liveview_core.declarations.documentation import with_docs
from liveview_core.errors import BadOption, shown
from liveview_core.heex import render_errors, runtime
from liveview_core.heex.template_globals import (
    LIBRARY,
    MISSING,
    OFFERED,
    UndefinedComponent,
    built_in,
    built_in_names,
    offered,
    undefined,
)
from liveview_core.rendering import attributes
from liveview_core.rendering.html import ATTRIBUTE, DYNAMIC, PLAIN, TEXT, escape
from liveview_core.rendering.rendered import Comprehension, Rendered
from liveview_core.values.assigns import Assigns, Changed, path_changed

if TYPE_CHECKING:  # the compiler is imported for the first template
    from ast import Module

    from liveview_core.heex.compile.compilation import Counted
    from liveview_core.heex.compile.compiler import Compiler
    from liveview_core.heex.syntax.location import Location
    from liveview_core.heex.syntax.source import Source
    from liveview_core.heex.syntax.tree import Component, Root, Warning

__all__ = ["Template"]

_RUNTIME: dict[str, Any] = {
    "__type": type,
    "__Exception": Exception,
    "__t": DYNAMIC,
    "__x": TEXT,
    "__q": ATTRIBUTE,
    "__p": PLAIN,
    "__R": Rendered,
    "__L": Comprehension,
    "__S": runtime.new_entry,
    "__call": runtime.call,
    "__spread": runtime.spread,
    "__nothing": runtime.nothing,
    "__none": {},
    "__entries": runtime.entries,
    "__tuples": runtime.tuples,
    "__path": path_changed,
    "__old": runtime.old_at,
    "__slot": runtime.slot_content,
    "__nolet": runtime.let_mismatch,
    "__root": attributes.root,
    "__class": attributes.class_names,
    "__style": attributes.style,
    "__attribute": attributes.attribute,
    "__string": attributes.concatenated,
    "__escape": escape,
    "__join": "".join,
}
_NAMES = (*_RUNTIME, "__failed", "__seen")


class Template:
    """A compiled template, and a function component: called with assigns it gives `Rendered`.

    Law: equal assigns give equal pages; nothing is evaluated before the `Rendered` is asked. `template(assigns)` takes the
    `Assigns` of a callback, a mapping, or keywords.

    >>> from liveview_core import heex
    >>> from liveview_core.rendering.html import text
    >>> text(heex("<p>{@n}</p>")(n=1))
    '<p>1</p>'
    """

    __slots__ = (
        "_class_scope",
        "_compiled",
        "_components",
        "_declared",
        "_doc",
        "_free",
        "_globals",
        "_locals",
        "_names",
        "_render",
        "_root",
        "_sites",
        "_verified",
        "name",
        "prefixes",
        "source",
    )

    def __init__(
        self,
        source: Source,
        declarations: tuple[Declaration, ...],
        frame: FrameType,
        *,
        names: Mapping[str, Any] | None = None,
        prefixes: tuple[str, ...] = (),
        doc: str | None = None,
    ) -> None:
        self.source = source = evolve(source, module=str(frame.f_globals.get("__name__", "")))
        self.name: str | None = None
        self._declared = Declarations.of(declarations) if declarations else None
        self._names: dict[str, Any] = dict(names or {})
        self.prefixes = prefixes
        self._doc = doc
        self._globals: dict[str, Any] = frame.f_globals
        from liveview_core.heex.syntax.location import Location
        from liveview_core.heex.verification import report

        try:
            self._define(source, frame)
        except RecursionError:
            raise source.error(
                "the template is nested too deeply", Location(1, 1), "make components of its inner parts"
            ) from None
        report(self.source, [*self._root.warnings, *self._foreign()])
        for site, node in self.calls():
            function = self._resolve(node.name)
            if function is not MISSING:
                site.verify(function)

    def _define(self, source: Source, frame: FrameType) -> None:
        from liveview_core.heex.compile.compiler import Compiler
        from liveview_core.heex.syntax.parser import parse

        self._root: Root = parse(source)
        self._verified: dict[Location, Any] = {}
        code = frame.f_code
        optimized = bool(code.co_flags & inspect.CO_OPTIMIZED)
        local: dict[str, Any] = {} if frame.f_locals is frame.f_globals else frame.f_locals
        # A class body: names it binds later are found when the class is there (N3.1).
        self._class_scope: tuple[Any, Any] | None = None
        if local and not optimized and "__qualname__" in local:
            self._class_scope = (local.get("__module__"), local["__qualname__"])
        compiler = Compiler(self._root)
        wanted = {*compiler.free, *(node.name.split(".")[0] for node in compiler.components.values())}
        self._locals = {name: local[name] for name in sorted(wanted) if name in local}
        self._free = compiler.free
        if "render_slot" in self._free and self._own_slot():
            compiler = self._compiler()
        self._sites: dict[str, runtime.Site] = {}
        self._render: Callable[[Assigns], Rendered] = self._first
        self._prepare(compiler)

    def _foreign(self) -> list[Warning]:
        """Names of other languages that nobody has defined here."""
        unknown = [name for name in self._free if not hasattr(builtins, name) and name not in self.known_names()]
        if not unknown:
            return []
        from liveview_core.heex.compile.compiler import Compiler
        from liveview_core.heex.syntax.foreign.names import foreign_names
        from liveview_core.heex.syntax.tree import Warning

        found = list(foreign_names(unknown, self.source.text))
        if not found:
            return []
        places: dict[str, Location] = {}
        Compiler(self._root, reads=places)
        return [Warning(f"{name!r} is not defined here", places[name], cure) for name, cure in found]

    # -- compiling

    def _prepare(self, compiler: Compiler) -> None:
        """Take over what a compiler found; the Python is made at the first render, so that an import does not pay for it."""
        self._compiled: Compiler | None = compiler
        self._components = compiler.components
        self._sites = {key: self._site(node) for key, node in compiler.components.items()}
        origin = compiler.writer.origin
        for site, node in self.calls():
            line, _ = origin.place(node.at.line, node.at.column - 1)
            site.where = f"{origin.file}, line {line}"

    def _first(self, assigns: Assigns) -> Rendered:
        """The first render. What the module has by now under a name that we offer is meant, also if defined below the template."""
        compiler, self._compiled = self._compiled, None
        if compiler is None or compiler.writer.own_slot != self._own_slot():
            compiler = self._compiler()
        self._render = self._function(compiler)
        return self._render(assigns)

    def _function(
        self, compiler: Compiler, seen: Callable[[int, Any], Any] | None = None
    ) -> Callable[[Assigns], Rendered]:
        captured = self._captures(compiler)
        compiled = compiler.compiled(tuple(captured), _NAMES)
        try:
            code = compile(compiled.module, compiled.file, "exec", dont_inherit=True)
        except SyntaxError as error:  # pragma: no cover - TG-36: only another version of Python refuses what is left
            at = compiler.writer.origin.location(error.lineno or 1)
            raise self.source.error(f"Python cannot compile this template: {error.msg}", at) from None
        scope: dict[str, Any] = {}
        exec(code, self._globals, scope)
        wanted = compiled.assigns

        def failed(error: Exception, values: dict[str, Any]) -> None:
            render_errors.failed(error, values, wanted)

        render: Callable[[Assigns], Rendered] = scope["__factory"](
            *_RUNTIME.values(),
            failed,
            seen,
            *compiled.parts.values(),
            *compiled.groups.values(),
            *(runtime.StaticBlock(part) for part in compiled.static_blocks.values()),
            *self._sites.values(),
            *captured.values(),
        )
        return render

    def _compiler(self, *, count: bool = False) -> Compiler:
        from liveview_core.heex.compile.compiler import Compiler

        return Compiler(self._root, count=count, own_slot=self._own_slot())

    def _own_slot(self) -> bool:
        """Whether `render_slot` is a function of the author's here; ours is told what changed."""
        for scope in (self._names, self._locals, self._globals):
            if "render_slot" in scope:
                return scope["render_slot"] is not runtime.render_slot
        return False

    def _captures(self, compiler: Compiler) -> dict[str, Any]:
        return {name: value for name in compiler.free if (value := self._captured(name)) is not MISSING}

    def _captured(self, name: str) -> Any:
        for scope in (self._names, self._locals):
            if name in scope:
                return scope[name]
        if name in OFFERED and name not in self._globals and not hasattr(builtins, name):
            return offered(name)
        return MISSING

    def __set_name__(self, owner: type, name: str) -> None:
        if self._class_scope != (owner.__module__, owner.__qualname__):
            return
        self.name = f"{owner.__qualname__}.{name}"
        self._class_scope = None
        later = {
            each: value
            for each in (*self._free, *(node.name.split(".")[0] for node in self._components.values()))
            if each not in self._names and each not in self._locals
            if (value := inspect.getattr_static(owner, each, MISSING)) is not MISSING
        }
        if later:
            self._locals = {**self._locals, **{each: getattr(owner, each) for each in later}}
            self._prepare(self._compiled or self._compiler())
            self._render = self._first

    # -- components

    def _site(self, node: Component) -> runtime.Site:
        def lookup() -> Any:
            function = self._resolve(node.name)
            if function is MISSING:
                raise self._undefined(node)
            if node.name not in self._globals and "." not in node.name:
                site.found = function  # one of the library's own
            return function

        def check(function: Any) -> None:
            if self._verified.get(node.at) is not function:  # once for each call and function
                from liveview_core.heex.verification import report

                self._verified[node.at] = function
                report(self.source, self.verified(node, function))

        site = runtime.Site(node.name, lookup, check)
        if "." not in node.name:
            site.hides = not self.source.module.startswith(LIBRARY) and node.name in built_in_names()
            for scope in (self._names, self._locals):
                if node.name in scope:
                    site.found = scope[node.name]
                    return site
            site.live(self._globals)
        return site

    def verified(self, node: Component, function: Any) -> list[Warning]:
        """What is surely not meant in the call *node*, where *function* is what it calls."""
        from liveview_core.heex.verification import hidden, verify

        found = verify(node, function, self.prefixes)
        kind: Any = type(function)  # pyright: ignore[reportUnknownVariableType]
        meant = "." in node.name or node.name in self._names or hasattr(kind, "invoke")
        if not meant and built_in(node.name) not in (MISSING, function):
            found.insert(0, hidden(node, function))
        return found

    def _resolve(self, name: str) -> Any:
        root, *steps = name.split(".")
        for scope in (self._names, self._locals, self._globals):
            if root in scope:
                found = scope[root]
                for step in steps:
                    found = getattr(found, step, MISSING)
                return found
        return MISSING if steps else built_in(root)

    def _undefined(self, node: Component) -> UndefinedComponent:
        scopes = {**self._globals, **self._locals, **self._names}
        happened, cure, near = undefined(node.name, scopes)
        error = self.source.failure(UndefinedComponent, happened, node.at, cure)
        error.nearest = near
        return error

    # -- rendering

    def invoke(self, values: dict[str, Any], changed: Changed | None) -> Rendered:
        """Render with given assigns, as a component call does."""  # DC-12
        declared = self._declared
        return self._render(Assigns(values, changed) if declared is None else declared.assigns(values, changed))

    def __call__(self, assigns: Assigns | Mapping[str, Any] | None = None, /, **more: Any) -> Rendered:
        if type(assigns) is Assigns and not more:
            if self._declared is None:
                return self._render(assigns)
            return self._render(self._declared.assigns(assigns._values, assigns._changed))  # pyright: ignore[reportPrivateUsage]
        try:
            values: dict[str, Any] = {} if assigns is None else dict(assigns)
        except (TypeError, ValueError):
            raise BadOption(
                "a template is called with its assigns",
                expected="assigns, a mapping, or names: template(name='ann')",
                got=shown(assigns),
            ) from None
        return self.invoke({**values, **more}, None)

    def verify(self) -> tuple[Any, ...]:
        """Find and verify every component that the template calls, now instead of at first use; they are returned.

        The first that is not there, or is no component, is an error; what a call has wrong is a `TemplateWarning`.
        """  # N3.2
        for site in self._sites.values():
            site.bind(site.lookup())
        return tuple(site.function for site in self._sites.values())

    def calls(self) -> list[tuple[runtime.Site, Component]]:
        """The component calls of the template, and where each stands."""
        return list(zip(self._sites.values(), self._components.values(), strict=True))

    def known_names(self) -> set[str]:
        """The names that its expressions can read, Python's own apart."""  # N3.1
        return {*OFFERED, *self._globals, *self._locals, *self._names}

    @property
    def declarations(self) -> Declarations:
        """What the template declares: attributes and slots."""  # DC-26
        return self._declared or Declarations.of(())

    @property
    def python_ast(self) -> Module:
        """The Python that this template was compiled to, made once more: kept, it would be three quarters of a template."""
        compiler = self._compiler()
        return compiler.compiled(tuple(self._captures(compiler)), _NAMES).module

    @property
    def python(self) -> str:
        """The Python that this template was compiled to, for reading."""
        import ast

        return ast.unparse(self.python_ast)

    @contextmanager
    def counting(self) -> Generator[Counter[Counted]]:
        """Count evaluations of each dynamic meanwhile, by its place in the template; costs nothing outside.

        Only of what is rendered inside: a `Rendered` made before is not counted.
        """
        compiler = self._compiler(count=True)
        counts: Counter[Counted] = Counter()
        places = compiler.counted or []

        def seen(index: int, value: Any) -> Any:
            counts[places[index]] += 1
            return value

        render, self._render = self._render, self._function(compiler, seen)
        try:
            yield counts
        finally:
            self._render = render

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        line = "" if self.source.call is None else f":{self.source.call.line}"
        return f"<Template{name} {self.source.file}{line}>"


class _Documentation:
    """The docstring of the class; of a template what it says of itself and of what it takes, for `help(card)`."""  # DC-27

    def __init__(self, of_class: str | None) -> None:
        self._of_class = of_class

    def __get__(self, template: Template | None, owner: type[Template]) -> str | None:
        if template is None:
            return self._of_class
        return with_docs(template._doc, template.declarations)  # pyright: ignore[reportPrivateUsage]


Template.__doc__ = _Documentation(Template.__doc__)  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
