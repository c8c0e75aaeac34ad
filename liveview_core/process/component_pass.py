"""The components' part of one message: the order in which it mounts, updates and renders them.

Laws:

* the tree is rendered level by level, and within a level module by module, so `update_many` sees all at once;
* a component without changes is not rendered and sends nothing;
* a message costs the components that it touches, not those that there are.
"""  # CP-9, CP-14, ER-4

from __future__ import annotations

import sys
from bisect import insort
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from liveview_core.errors import BadReturn, LiveViewError, TooDeep, add_note, shown
from liveview_core.process.components import Components, Identity, Instance, identity, make_instance
from liveview_core.rendering.diff import Diff, Print, Traversal
from liveview_core.rendering.rendered import ChildRef, ComponentRef, came_through
from liveview_core.socket.hooks import run_after_render
from liveview_core.socket.socket import Socket
from liveview_core.socket.socket_state import Instant
from liveview_core.values.assigns import Assigns
from liveview_core.views.live_component import LiveComponent, Module, canonical, module_of, name_of
from liveview_core.views.view import apply_mount_result, expect_socket, inside_layout, render_of

__all__ = ["BadComponentRoot", "ComponentPass", "DuplicateComponent", "RedirectOnUpdate", "in_component", "update"]


class DuplicateComponent(LiveViewError):
    """The same module and id stand twice in one render."""  # CP-12

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
    """A component's template is not one static tag."""  # CP-13

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
    """A component redirected where it only takes in what the page gives it: `where` is its callback."""  # NV-18

    def __init__(self, where: str, redirected: object) -> None:
        self.where = where
        self.redirected = redirected
        super().__init__(
            f"cannot redirect socket on update: {where} ran for a page that is being rendered",
            expected="a socket without a redirect",
            got=shown(redirected),
            cure="redirect in the callback that changes the assigns, or send a message and redirect in handle_info",
        )


def _term_order(id: object) -> tuple[int, Any]:
    """Numbers before names before text, as small maps are ordered on the BEAM; what has no order comes last."""  # DF-24
    kind = type(id)
    if kind is int or kind is float:
        return 0, id
    if kind is str:
        return 2, id
    return (1, repr(id)) if kind is bool else (3, "")


# DF-24: so many are examined; of a module with more instances the first ones, so that no chain of links gets longer.
_CANDIDATES = 32

_INNER = 50_000
"""So many components may stand on levels below the first of their module: where each shows two of its kind, memory ends before
Python's limit of recursion is met."""


class ComponentPass:
    """The components' part of one message: places references, then updates and renders level by level.

    `new_socket(cid)` makes the socket of a component that is about to mount, `child(ref)` the container of a view in it,
    `instant` is the step's.
    `diffs` is the `c` of the message, `events` what components pushed, `effects` what their
    callbacks asked for, `rendered` the cids that were rendered, in order, `hooks` their after_render hooks (`StepFacts`).
    """

    def __init__(
        self,
        components: Components,
        new_socket: Callable[[int], Socket],
        child: Callable[[ChildRef], str],
        instant: Instant,
    ) -> None:
        self.before = components
        self.new_socket = new_socket
        self.instant = instant
        self.child = child
        self.diffs: Diff = {}
        self.events: list[Any] = []
        self.effects: list[Any] = []
        self.evaluated = 0
        self.rendered: list[int] = []
        self.hooks: list[tuple[str, Any, bool]] = []
        self.updating = True  # False: those that are there are rendered as they are
        self._pending: dict[Hashable, list[tuple[int, ComponentRef]]] = {}
        self._seen: set[int] = set()
        # What becomes of the table; gathered here, so that ten thousand that mount copy it once.
        self._instances: dict[int, Instance] = {}
        self._cids: dict[Identity, int] = {}
        self._siblings: dict[Hashable, list[tuple[Any, int]]] = {}
        self._next_cid = components.next_cid

    @property
    def components(self) -> Components:
        """The table after what was done."""
        before = self.before
        siblings = {module: tuple(kin) for module, kin in self._siblings.items()}
        return Components(
            before.instances.update(self._instances),
            before.cids.update(self._cids),
            before.siblings.update(siblings),
            self._next_cid,
        )

    def place(self, ref: ComponentRef | ChildRef) -> int | str:
        """The cid of a reference met in the tree; a new one is counted when it is met."""  # CP-2
        if type(ref) is ChildRef:
            return self.child(ref)
        assert type(ref) is ComponentRef
        module: Module = canonical(ref.module)
        key = identity(module, ref.id)
        cid = self.before.cids.get(key) or self._cids.get(key)
        if cid is None:
            cid = self._cids[key] = self._next_cid
            self._next_cid += 1
        self._pending.setdefault(module, []).append((cid, ref))
        return cid

    def settle(self) -> None:
        """Update and render what was placed, and what that places, until nothing is left."""  # CP-9
        depth, inner = 0, 0
        met: set[Hashable] = set()
        while self._pending:
            level, self._pending = self._pending, {}
            modules = sorted(level, key=name_of)
            depth += 1
            inner += sum(len(level[module]) for module in modules if module in met)
            if depth > sys.getrecursionlimit() or inner > _INNER:
                raise _endless(name_of(modules[0]), level[modules[0]][0][1], inner)
            for module in modules:
                self._module(module, level[module])
            met.update(modules)

    def _module(self, module: Module, references: list[tuple[int, ComponentRef]]) -> None:
        component, name = module_of(module), name_of(module)
        calls = getattr(component, "update", None) is not None or getattr(component, "update_many", None) is not None
        pairs: list[tuple[dict[str, object], Socket]] = []
        known: list[tuple[int, object, Print | None, bool]] = []
        for cid, ref in references:
            if cid in self._seen:
                error = DuplicateComponent(name, ref.id)
                came_through(ref, error)
                raise error
            self._seen.add(cid)
            instance = self.before.get(cid)
            if instance is None:
                socket, prints, fresh = self._mounted(component, name, cid, ref), None, True
            else:
                # CP-24: one that was marked renders in full; its state is kept and mount is not called
                socket, fresh = instance.socket, instance.marked
                if calls or socket._standing.hooks:  # somebody may ask what time it is
                    socket = socket.at(self.instant)
                prints = None if instance.marked else instance.prints
            pairs.append((ref.assigns, socket))
            known.append((cid, ref.id, prints, fresh))
        present = not self.updating and all(self.before.get(cid) for cid, _ in references)
        sockets = [socket for _, socket in pairs] if present else update(component, name, pairs, references)
        for socket, (cid, id, prints, fresh), (_, ref) in zip(sockets, known, references, strict=True):
            try:
                self._render(make_instance(module, id, cid, socket, prints, False), component, fresh)
            except Exception as error:
                in_component(error, name, id, ref)
                raise

    def _mounted(self, component: LiveComponent, name: str, cid: int, ref: ComponentRef) -> Socket:
        socket = self.new_socket(cid)
        mount = getattr(component, "mount", None)
        if mount is None:
            return socket
        where = f"{name}.mount"
        try:
            return _staying(where, apply_mount_result(where, mount(socket), socket))
        except Exception as error:
            in_component(error, name, ref.id, ref)
            raise

    def render(self, instance: Instance) -> None:
        """Render one component that a message reached by its cid; a mark stays."""  # CP-16, CP-20, CP-25
        self._seen.add(instance.cid)  # it cannot stand inside itself
        self._render(instance, module_of(instance.module), False)

    def _render(self, instance: Instance, component: LiveComponent, fresh: bool) -> None:
        """Render a component if it is new or changed, and remember it."""  # CP-14, CP-15, DF-22
        socket, prints, module, cid = instance.socket, instance.prints, instance.module, instance.cid
        diff: Diff = {}
        if fresh or socket.has_changed():
            rendered = render_of(component, socket)
            layout = socket._standing.layout
            if layout:  # CP-15: it can only come from mount
                rendered = inside_layout(component, rendered, layout, socket)
            if not rendered.part.root:
                raise BadComponentRoot(name_of(module), instance.id, rendered.part.statics)
            linked, tree = self._linked(instance, rendered.part.fingerprint)
            traversal = Traversal(self.place, shared=False)
            if linked is None:
                diff, prints = traversal.rendered(rendered, prints, True)
            else:
                diff, prints = traversal.rendered(rendered, tree, False)
                diff["s"] = linked
            self.evaluated += traversal.evaluated
            self.rendered.append(cid)
            after = run_after_render(socket, self.hooks)
            socket = after.settled()
        else:
            after, socket = socket, socket.quiet()
        self.effects.extend(after.effects)
        self.events.extend(after.pushed_events())  # PE-4; those of after_render hooks as a view's (LC-43)
        if diff or fresh:
            self.diffs[str(cid)] = diff
        self._instances[cid] = make_instance(module, instance.id, cid, socket, prints, instance.marked)
        if fresh and self.before.get(cid) is None:
            kin = self._kin(module)
            if len(kin) < _CANDIDATES:
                insort(kin, (_term_order(instance.id), cid))

    def _kin(self, module: Module) -> list[tuple[Any, int]]:
        kin = self._siblings.get(module)
        if kin is None:
            kin = self._siblings[module] = list(self.before.siblings.get(module, ()))
        return kin

    def _linked(self, instance: Instance, fingerprint: int) -> tuple[int | None, Print | None]:
        """A sibling whose statics the client has already: `-cid` before this message, `cid` in it."""  # DF-23, DF-24
        if instance.prints is not None and instance.prints.fingerprint == fingerprint:
            return None, None
        for _, cid in self._kin(instance.module):
            old, new = self.before.get(cid), self._instances.get(cid)
            if old is not None and not old.marked and old.prints is not None and old.prints.fingerprint == fingerprint:
                return -cid, old.prints
            if new is not None and not new.marked and new.prints is not None and new.prints.fingerprint == fingerprint:
                return cid, new.prints
        return None, None


def _endless(name: str, ref: ComponentRef, inner: int) -> TooDeep:
    """Components are rendered level by level, so that no stack ends where one shows itself for ever."""
    caller = getattr(ref, "caller", None)
    what = f"the component {name}" + ("" if caller is None else f", which the template at {caller} shows,")
    return TooDeep(what, f"at most {_INNER:,} components below others of their module" if inner > _INNER else None)


def in_component(error: Exception, name: str, id: object, ref: ComponentRef | None = None) -> None:
    """Note on an error of a component's which one it is, and the template line of the call that placed it."""
    if not isinstance(error, RecursionError):
        note = f"in the component {name}, id {shown(id)}"
        if note not in getattr(error, "__notes__", ()):
            add_note(error, note)
    if ref is not None:
        came_through(ref, error)


def update(
    component: LiveComponent,
    name: str,
    pairs: list[tuple[dict[str, object], Socket]],
    placed: Sequence[tuple[int, ComponentRef]] = (),
) -> list[Socket]:
    """The sockets after `update_many`, `update`, or plain assignment; `placed` are the references they come from."""  # CP-7, CP-8
    many = getattr(component, "update_many", None)
    if many is not None:
        where = f"{name}.update_many"
        given: object = many([(Assigns(assigns), socket) for assigns, socket in pairs])
        sockets: list[Any] = given if isinstance(given, list) else []  # pyright: ignore[reportUnknownVariableType]
        listed = [
            _staying(where, expect_socket(where, socket, given))
            for socket, (_, given) in zip(sockets, pairs, strict=False)
        ]
        if [socket.cid for socket in listed] != [socket.cid for _, socket in pairs]:
            wanted = f"a list of {len(pairs)} sockets, one for each pair, in order"
            cure = "return [socket.assign(…) for assigns, socket in pairs]"
            raise BadReturn(where, [wanted], given, cure)  # pyright: ignore[reportUnknownArgumentType]
        return listed
    one = getattr(component, "update", None)
    if one is None:
        return [socket.merge_assigns(assigns) for assigns, socket in pairs]
    where = f"{name}.update"
    updated: list[Socket] = []
    try:
        for assigns, socket in pairs:
            updated.append(_staying(where, expect_socket(where, one(Assigns(assigns), socket), socket)))
    except Exception as error:
        if placed:  # how many are done says whose it is
            ref = placed[len(updated)][1]
            in_component(error, name, ref.id, ref)
        raise
    return updated


def _staying(where: str, socket: Socket) -> Socket:
    """Upstream forgets a redirect of `mount` and `update_many` silently; here it is an error as in `update`."""  # NV-18
    if socket.redirected is not None:
        raise RedirectOnUpdate(where, socket.redirected.describe())
    return socket
