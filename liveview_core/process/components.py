"""The LiveComponents that a view holds: a table by cid and by identity, as a value.

Law: a `cid` is never used twice in a view's life; a change copies a little, never the table.
"""  # CP-1, CP-2, CP-23

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final, TypeAlias

from attrs import evolve, field

from liveview_core.rendering.diff import Print
from liveview_core.socket.socket import Socket
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.values.persistent import PersistentMap
from liveview_core.views.live_component import Module, canonical

__all__ = ["NO_COMPONENTS", "Components", "Identity", "Instance", "identity", "make_instance"]

Identity: TypeAlias = tuple[Hashable, ...]
Siblings: TypeAlias = "tuple[tuple[Any, int], ...]"
"""Some cids of one module, in the order in which small maps on the BEAM hold their ids."""  # DF-24


def identity(module: Module, id: object) -> Identity:
    """What an instance is known by; `1`, `1.0` and `True` are three ids."""  # CP-1
    return module, type(id), id  # type: ignore[return-value]


@frozen(eq=False, weakref_slot=False)
class Instance:
    """One component that the view holds."""  # CP-28

    module: Module
    id: object
    cid: int
    socket: Socket
    prints: Print | None = None
    marked: bool = False


make_instance: Callable[..., Instance] = maker(Instance)


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
        cid = self.cids.get(identity(canonical(module), id))
        return None if cid is None else self.instances.get(cid)

    def mark(self, cid: int) -> Components:
        """Marked as gone from the client's page; it stays until `delete`."""  # CP-23
        instance = self.instances.get(cid)
        if instance is None:
            return self
        return evolve(self, instances=self.instances.put(cid, evolve(instance, marked=True)))

    def delete(self, cid: int) -> tuple[bool, Components]:
        """Without the instance, if it is still marked."""  # CP-23
        instance = self.instances.get(cid)
        if instance is None or not instance.marked:
            return False, self
        siblings = self.siblings
        kin = siblings.get(instance.module, ())
        left = tuple(entry for entry in kin if entry[1] != cid)
        if len(left) < len(kin):
            siblings = siblings.put(instance.module, left) if left else siblings.remove(instance.module)
        return True, evolve(
            self,
            instances=self.instances.remove(cid),
            cids=self.cids.remove(identity(instance.module, instance.id)),
            siblings=siblings,
        )

    def with_socket(self, instance: Instance, socket: Socket) -> Components:
        """With another socket for an instance that is there."""
        return evolve(self, instances=self.instances.put(instance.cid, evolve(instance, socket=socket)))

    def unrendered(self) -> Components:
        """All of them marked: what is marked renders in full, and keeps its state."""  # CP-24
        return evolve(self, instances=self.instances.update({each.cid: evolve(each, marked=True) for each in self}))

    def restarted(self) -> Components:
        """Nothing but the counter: what a new root template leaves of them."""  # CP-27, DF-6
        return Components(next_cid=self.next_cid)

    def __iter__(self) -> Iterator[Instance]:
        """The instances in order of their cids."""
        for cid in range(1, self.next_cid):
            instance = self.instances.get(cid)
            if instance is not None:
                yield instance


NO_COMPONENTS: Final = Components()
"""What every process begins with."""
