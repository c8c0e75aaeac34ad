"""Attaching hooks: which hook may stand where, and under which id.

Law: an id is unique on its stage; hooks stand in the order they were attached.
"""  # HK-11, HK-13

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol, Self, TypeAlias

from attrs import evolve

from liveview_core.errors import BadOption, DuplicateHook, NotMounted, nearest_names, shown
from liveview_core.socket.parts import SocketParts
from liveview_core.socket.socket_state import COMPONENT_STAGES, STAGES, Hook

__all__ = ["HookMethods"]

_SIGNATURES = {  # HK-12
    "handle_params": "(params, uri, socket)",
    "handle_event": "(event, params, socket)",
    "handle_info": "(msg, socket)",
    "handle_async": "(name, result, socket)",
    "after_render": "(socket)",
}


class Answering(Protocol):
    """What a hook answers with, `Cont` or `Halt`, as far as a type checker asks: no coroutine is one, nor is None."""

    @property
    def socket(self) -> Any: ...


HookAnswer: TypeAlias = "Answering | SocketParts"
"""Or, of an `after_render` hook, the socket itself."""


class HookMethods(SocketParts):
    """The part of `Socket` that is about hooks."""

    __slots__ = ()

    def attach_hook(self, id: Hashable, stage: str, fn: Callable[..., HookAnswer]) -> Self:
        """Run *fn* at *stage*, after the hooks that are there and before the callback."""  # HK-10…13
        return self.with_hooks(stage, _attached(self, id, stage, fn))

    def detach_hook(self, id: Hashable, stage: str) -> Self:
        """Take the hook *id* away from *stage*; nothing happens if there is none."""  # HK-17
        hooks = _detached(self, id, stage)
        return self if hooks is None else self.with_hooks(stage, hooks)

    # --- for the process and the components

    def hooks_of(self, stage: str) -> tuple[Hook, ...]:
        """The hooks of a stage in the order they run."""  # HK-13
        return self._standing.hooks.get(stage, ())

    def with_hooks(self, stage: str, hooks: tuple[Hook, ...]) -> Self:
        """With exactly these hooks on *stage*."""
        return self._with_standing(evolve(self._standing, hooks={**self._standing.hooks, stage: hooks}))


def _attached(socket: HookMethods, id: Hashable, stage: str, fn: Any) -> tuple[Hook, ...]:
    """The hooks of *stage* with one more at the end."""  # HK-10…12
    # HK-18, before anything else
    if stage == "handle_params" and not socket._facts.routed and socket._facts.cid is None:
        raise NotMounted(
            f"cannot attach the hook {shown(id)} on handle_params: the view is not mounted at the router",
            cure="mount it with a Route, or attach the hook in the root view",
        )
    _check_stage(socket, stage, f"cannot attach the hook {shown(id)}")
    if not callable(fn):
        raise BadOption(
            f"the hook {shown(id)} on {stage} is not a function",
            expected=f"a function of {_SIGNATURES[stage]}",
            got=shown(fn),
            cure="pass the function itself, without calling it",
        )
    hooks = socket.hooks_of(stage)
    if any(hook.id == id for hook in hooks):
        raise DuplicateHook(
            f"a hook with the id {shown(id)} is already attached on {stage}",
            expected="an id that is unique on its stage",
            got=f"the hooks of {stage} are: {', '.join(shown(hook.id) for hook in hooks)}",
            cure=f"attach it once, or socket.detach_hook({shown(id)}, {stage!r}) first"
            + ("; a stream takes its own name as a hook id on after_render" if stage == "after_render" else ""),
        )
    return (*hooks, Hook(id, fn))


def _detached(socket: HookMethods, id: Hashable, stage: str) -> tuple[Hook, ...] | None:
    """The hooks of *stage* without *id*; None where it is not there."""  # HK-17
    _check_stage(socket, stage, f"cannot detach the hook {shown(id)}")
    hooks = socket.hooks_of(stage)
    kept = tuple(hook for hook in hooks if hook.id != id)
    return None if len(kept) == len(hooks) else kept


def _stage_cure(stage: object, happened: str) -> str | None:
    if stage in ("mount", "on_mount"):
        return "what happens before mount is told in the class: on_mount = (require_user,)"
    if any(repr(each) in happened for each in STAGES):
        return "the id comes first, then the stage: socket.attach_hook('my-hook', 'handle_event', fn)"
    return None


def _check_stage(socket: HookMethods, stage: str, happened: str) -> None:
    if stage not in STAGES:
        raise BadOption(
            f"{happened}: there is no stage {shown(stage)}",
            expected=f"one of {', '.join(STAGES)}",
            got=shown(stage),
            cure=_stage_cure(stage, happened),
            nearest=nearest_names(stage, STAGES),
        )
    if socket._facts.cid is not None and stage not in COMPONENT_STAGES:  # HK-19
        raise BadOption(
            f"{happened}: {stage} hooks are not supported on components",
            expected=f"one of {', '.join(COMPONENT_STAGES)}",
            got=shown(stage),
            cure="attach it on the view's socket",
        )
