"""LiveComponents: their identity, their life and their place in a diff.

A component is state inside the view's process: no mailbox, no process of its own (CP-4, ER-4). This module owns the
table of those a view holds and the order in which a message mounts, updates and renders them. Laws:

* (module, id) is the identity; a `cid` is never used twice in a view's life (CP-1, CP-2);
* the tree is rendered level by level, and within a level module by module (CP-9), so `update_many` sees all at once;
* a component without changes is not rendered and sends nothing (CP-14).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from attrs import evolve, field, frozen

from liveview_core.assigns import Assigns
from liveview_core.diff import Diff, Print, Traversal
from liveview_core.errors import LiveViewError, shown
from liveview_core.hooks import run_after_render
from liveview_core.persistent import PersistentMap
from liveview_core.rendered import ChildRef, ComponentRef, Rendered
from liveview_core.view import BadReturn, apply_mount_result, expect_socket, render_of

if TYPE_CHECKING:
    from liveview_core.socket import Socket

__all__ = [
    "BadComponentRoot",
    "ComponentPass",
    "Components",
    "DuplicateComponent",
    "Instance",
    "LiveComponent",
    "RedirectOnUpdate",
]


class LiveComponent:
    """A stateful component. Define what you need of it; what is not defined does not exist.

    * `mount(socket)`: once, when it first appears (CP-4). Its assigns are `myself` and an empty `flash` (CP-5).
    * `update(assigns, socket)`: each time the call's attributes change; without it they are simply assigned (CP-7).
    * `update_many([(assigns, socket), …])`: instead of `update`, once for all instances of a level (CP-8).
    * `handle_event(event, params, socket)`, `handle_async(name, result, socket)`.
    * `render`: a template with exactly one static HTML tag at its root (CP-13).

    Like a view it is a frozen object: its fields, if any, are configuration. Use it as
    `<.live_component module={Cart} id="cart" items={@items} />`.
    """

    render: Callable[[Assigns], Rendered]
    temporary_assigns: ClassVar[dict[str, object]] = {}


Module: TypeAlias = Any
"""A component's class, or a configured object of it; anything that is equal to itself and hashable."""
Identity: TypeAlias = tuple[Hashable, ...]
Siblings: TypeAlias = "tuple[tuple[Any, int], ...]"
"""The cids of one module, in the order in which small maps on the BEAM hold their ids (DF-24)."""


def module_of(given: Module) -> LiveComponent:
    """The object whose callbacks are called; a class stands for its only configuration."""
    component: LiveComponent = given() if isinstance(given, type) else given
    return component


def name_of(module: Module) -> str:
    """How a module is called in messages."""
    return module.__qualname__ if isinstance(module, type) else type(module).__qualname__


def identity(module: Module, id: object) -> Identity:
    """What an instance is known by (CP-1); `1`, `1.0` and `True` are three ids."""
    return module, type(id), id  # type: ignore[return-value]


class DuplicateComponent(LiveViewError):
    """The same module and id stand twice in one render (CP-12)."""

    def __init__(self, module: str, id: object) -> None:
        self.module = module
        self.id = id
        super().__init__(
            f"found duplicate ID {shown(id)} for component {module} when rendering template",
            expected=f"each {module} on the page to have an id of its own: module and id together are the instance",
            got=f"two places with id={shown(id)}",
            cure='give each its own id, for example id={f"item-{item.id}"}',
        )


class BadComponentRoot(LiveViewError):
    """A component's template is not one static tag (CP-13)."""

    def __init__(self, module: str, id: object, statics: tuple[str, ...]) -> None:
        self.module = module
        self.id = id
        super().__init__(
            f"error on {module}.render with id of {shown(id)}",
            expected="a template with a single static HTML tag at its root",
            got=shown("{…}".join(statics)),
            cure="put everything into one tag without :if, :for or :key, with no text and no component beside it",
        )


class RedirectOnUpdate(LiveViewError):
    """A component redirected while it was updated (NV-18)."""

    def __init__(self, module: str, redirected: object) -> None:
        self.module = module
        self.redirected = redirected
        super().__init__(
            f"cannot redirect socket on update: {module}.update ran while the page was being rendered",
            expected="a socket without a redirect",
            got=shown(redirected),
            cure="redirect in the callback that changes the assigns, or send a message and redirect in handle_info",
        )


class ComponentAssignsMissing(LiveViewError):
    """A `<.live_component>` without its module or its id (BC-1)."""


@frozen(eq=False)
class Instance:
    """One component that the view holds (CP-28)."""

    module: Module
    id: object
    cid: int
    socket: Socket
    prints: Print | None = None
    marked: bool = False


@frozen(eq=False)
class Components:
    """All components of a view, by cid and by identity; a value, changed by copying a little."""

    instances: PersistentMap[int, Instance] = field(factory=PersistentMap[int, Instance])
    cids: PersistentMap[Identity, int] = field(factory=PersistentMap[Identity, int])
    siblings: PersistentMap[Hashable, Siblings] = field(factory=PersistentMap[Hashable, Siblings])
    next_cid: int = 1

    def get(self, cid: int) -> Instance | None:
        """The instance with that cid, or None."""
        return self.instances.get(cid)

    def find(self, module: Module, id: object) -> Instance | None:
        """The instance of that identity, or None."""
        cid = self.cids.get(identity(module, id))
        return None if cid is None else self.instances.get(cid)

    def put(self, instance: Instance) -> Components:
        """With one instance replaced or added."""
        known = instance.cid in self.instances
        changed = evolve(self, instances=self.instances.put(instance.cid, instance))
        if known:
            return changed
        kin = list(self.siblings.get(instance.module, ()))
        insort(kin, (_term_order(instance.id), instance.cid))
        return evolve(
            changed,
            cids=self.cids.put(identity(instance.module, instance.id), instance.cid),
            siblings=self.siblings.put(instance.module, tuple(kin)),
        )

    def mark(self, cid: int) -> Components:
        """Marked as gone from the client's page; it stays until `delete` (CP-23)."""
        instance = self.instances.get(cid)
        return self if instance is None else self.put(evolve(instance, marked=True))

    def delete(self, cid: int) -> tuple[bool, Components]:
        """Without the instance, if it is still marked (CP-23)."""
        instance = self.instances.get(cid)
        if instance is None or not instance.marked:
            return False, self
        kin = tuple(entry for entry in self.siblings.get(instance.module, ()) if entry[1] != cid)
        return True, evolve(
            self,
            instances=self.instances.remove(cid),
            cids=self.cids.remove(identity(instance.module, instance.id)),
            siblings=self.siblings.put(instance.module, kin),
        )

    def restarted(self) -> Components:
        """Nothing but the counter: what a new root template leaves of them (CP-27, DF-6)."""
        return Components(next_cid=self.next_cid)

    def __iter__(self) -> Iterator[Instance]:
        """The instances in order of their cids."""
        for cid in range(1, self.next_cid):
            instance = self.instances.get(cid)
            if instance is not None:
                yield instance


def _term_order(id: object) -> tuple[int, Any]:
    """Numbers before names before text, as small maps are ordered on the BEAM (DF-24)."""
    if type(id) is int or type(id) is float:
        return 0, id
    if type(id) is str:
        return 2, id
    return 1, repr(id)


_CANDIDATES = 32  # DF-24


class ComponentPass:
    """The components' part of one message: places references, then updates and renders level by level.

    `new_socket(cid)` makes the socket of a component that is about to mount, `child(ref)` the container of a view in it.
    `diffs` is the `c` of the message, `events` what components pushed while they were updated, `effects` what their
    callbacks asked for.
    """

    def __init__(
        self, components: Components, new_socket: Callable[[int], Socket], child: Callable[[ChildRef], str]
    ) -> None:
        self.before = components
        self.components = components
        self.new_socket = new_socket
        self.child = child
        self.diffs: Diff = {}
        self.events: list[Any] = []
        self.effects: list[Any] = []
        self.evaluated = 0
        self.rendered: list[int] = []
        self._pending: dict[Hashable, list[tuple[int, ComponentRef]]] = {}
        self._seen: set[int] = set()

    def place(self, ref: ComponentRef | ChildRef) -> int | str:
        """The cid of a reference met in the tree; a new one is counted when it is met (CP-2)."""
        if type(ref) is ChildRef:
            return self.child(ref)
        assert type(ref) is ComponentRef
        module: Module = ref.module
        key = identity(module, ref.id)
        cid = self.components.cids.get(key)
        if cid is None:
            cid = self.components.next_cid
            components = evolve(self.components, next_cid=cid + 1, cids=self.components.cids.put(key, cid))
            self.components = components
        self._pending.setdefault(module, []).append((cid, ref))
        return cid

    def settle(self) -> None:
        """Update and render what was placed, and what that places, until nothing is left (CP-9)."""
        while self._pending:
            level, self._pending = self._pending, {}
            for module in sorted(level, key=name_of):
                self._module(module, level[module])

    def _module(self, module: Module, references: list[tuple[int, ComponentRef]]) -> None:
        component = module_of(module)
        pairs: list[tuple[dict[str, object], Socket]] = []
        known: list[tuple[int, ComponentRef, Print | None, bool]] = []
        for cid, ref in references:
            if cid in self._seen:
                raise DuplicateComponent(name_of(module), ref.id)
            self._seen.add(cid)
            instance = self.before.get(cid)
            if instance is None:
                socket, prints, fresh = self._mounted(component, cid), None, True
            else:
                # CP-24: one that was marked renders in full; its state is kept and mount is not called
                socket, fresh = instance.socket, instance.marked
                prints = None if instance.marked else instance.prints
            pairs.append((ref.assigns, socket))
            known.append((cid, ref, prints, fresh))
        sockets = update(component, name_of(module), pairs)
        for socket, (cid, ref, prints, fresh) in zip(sockets, known, strict=True):
            self.events.extend(socket.pushed_events())
            self.render(Instance(module, ref.id, cid, socket, prints), fresh)

    def _mounted(self, component: LiveComponent, cid: int) -> Socket:
        socket = self.new_socket(cid)
        mount = getattr(component, "mount", None)
        if mount is None:
            return socket
        return apply_mount_result(f"{type(component).__qualname__}.mount", mount(socket), socket)

    def render(self, instance: Instance, fresh: bool) -> None:
        """Render one component if it is new or changed, and remember it (CP-14, CP-15, DF-22)."""
        socket, prints, module = instance.socket, instance.prints, instance.module
        diff: Diff = {}
        if fresh or socket.has_changed():
            component = module_of(module)
            rendered = render_of(component, socket)
            if not rendered.part.root:
                raise BadComponentRoot(name_of(module), instance.id, rendered.part.statics)
            linked, tree = self._linked(instance, rendered)
            traversal = Traversal(self.place, shared=False)
            if linked is None:
                diff, prints = traversal.rendered(rendered, prints, True)
            else:
                diff, prints = traversal.rendered(rendered, tree, False)
                diff["s"] = linked
            self.evaluated += traversal.evaluated
            self.rendered.append(instance.cid)
            socket = run_after_render(socket)
            self.effects.extend(socket.effects)
            socket = socket.settled()
        else:
            self.effects.extend(socket.effects)
            socket = socket.quiet()
        if diff or fresh:
            self.diffs[str(instance.cid)] = diff
        # CP-25: an event or an update does not remove the mark; being placed does
        marked = instance.marked and not fresh
        self.components = self.components.put(Instance(module, instance.id, instance.cid, socket, prints, marked))

    def _linked(self, instance: Instance, rendered: Rendered) -> tuple[int | None, Print | None]:
        """A sibling whose statics the client has already: `-cid` before this message, `cid` in it (DF-23, DF-24)."""
        fingerprint = rendered.part.fingerprint
        if instance.prints is not None and instance.prints.fingerprint == fingerprint:
            return None, None
        for _, cid in self.components.siblings.get(instance.module, ())[:_CANDIDATES]:
            old = self.before.get(cid)
            if old is not None and old.prints is not None and old.prints.fingerprint == fingerprint:
                if old.marked:
                    continue
                return -cid, old.prints
            new = self.components.get(cid)
            if new is not None and new.prints is not None and new.prints.fingerprint == fingerprint:
                return cid, new.prints
        return None, None


def update(component: LiveComponent, name: str, pairs: list[tuple[dict[str, object], Socket]]) -> list[Socket]:
    """The sockets after `update_many`, `update`, or plain assignment (CP-7, CP-8)."""
    many = getattr(component, "update_many", None)
    if many is not None:
        given: Any = many([(Assigns(assigns), socket) for assigns, socket in pairs])
        sockets = _listed(given)
        if len(sockets) != len(pairs):
            raise BadReturn(
                f"{name}.update_many", [f"a list of {len(pairs)} sockets, one for each pair, in order"], given
            )
        return [expect_socket(f"{name}.update_many", socket) for socket in sockets]
    one = getattr(component, "update", None)
    updated: list[Socket] = []
    for assigns, socket in pairs:
        if one is None:
            updated.append(socket.merge_assigns(assigns))
            continue
        result = expect_socket(f"{name}.update", one(Assigns(assigns), socket))
        if result.redirected is not None:
            raise RedirectOnUpdate(name, result.redirected)
        updated.append(result)
    return updated


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []  # pyright: ignore[reportUnknownVariableType]
