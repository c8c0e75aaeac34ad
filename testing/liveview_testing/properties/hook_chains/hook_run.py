"""A chain of hooks, run: who saw the message, who halted it, what each changed.

Owns `run_hooks` and its answer, `HookRun`. Law: the chain is run by the core itself, in one pass, as a step would; what is
recorded is looked at from outside, and the hooks see the very socket that they would see.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field

from liveview_core import Socket
from liveview_core.errors import BadOption, add_note, nearest_names, shown
from liveview_core.process.signatures import misfit
from liveview_core.socket import hooks
from liveview_core.socket.hooks import Cont, Halt
from liveview_core.socket.socket_state import NO_REPLY, STAGES, Hook, Instant
from liveview_core.socket.streams import Prune
from liveview_core.values.declaring import frozen
from liveview_testing.properties.hook_chains.socket_changes import Change, changes
from liveview_testing.world.timers import START, instant
from liveview_testing.world.tracebacks import shortened

TAKES: Final = {
    "handle_params": ("params", "uri"),
    "handle_event": ("event", "params"),
    "handle_info": ("message",),
    "handle_async": ("name", "result"),
    "after_render": (),
}
"""What the hooks of a stage get before the socket."""


@frozen(repr=False)
class HookStep:
    """What one hook did: whether it halted the message, and each of its changes; and the socket before and after it."""

    id: Hashable
    halted: bool
    changes: tuple[Change, ...]
    before: Socket = field(eq=False)
    after: Socket = field(eq=False)

    @property
    def changed(self) -> bool:
        """Whether it changed anything."""
        return bool(self.changes)

    def __repr__(self) -> str:
        verb = "halted it" if self.halted else "let it go on"
        return f"{self.id!r} {verb}{''.join(f'; {each}' for each in self.changes)}"


@frozen(repr=False)
class HookRun:
    """What a chain of hooks came to. Its repr tells it hook by hook.

    `socket` is the socket afterwards, `steps` what each hook that saw the message did, in order; `unseen` are the ids of those
    that did not get to see it.
    """

    stage: str
    arguments: tuple[object, ...]
    socket: Socket
    steps: tuple[HookStep, ...]
    unseen: tuple[Hashable, ...]

    @property
    def seen(self) -> tuple[Hashable, ...]:
        """The ids of the hooks that saw the message, in the order in which they did."""
        return tuple(step.id for step in self.steps)

    @property
    def halted(self) -> bool:
        """Whether a hook halted the message: then the view does not hear it."""
        return any(step.halted for step in self.steps)

    @property
    def halted_by(self) -> Hashable | None:
        """The id of the hook that halted the message; None if it went on to the view."""
        return next((step.id for step in self.steps if step.halted), None)

    @property
    def reply(self) -> Mapping[str, object] | None:
        """What the client is answered with, or None."""
        return None if self.socket.reply is NO_REPLY else self.socket.reply

    @property
    def changes(self) -> dict[Hashable, tuple[Change, ...]]:
        """What each hook changed, by its id; hooks that changed nothing are left out."""
        return {step.id: step.changes for step in self.steps if step.changes}

    def __getitem__(self, id: Hashable) -> HookStep:
        for step in self.steps:
            if step.id == id:
                return step
        told = "did not see the message" if id in self.unseen else f"is not on {self.stage}"
        raise BadOption(
            f"the hook {id!r} {told}",
            expected=f"one of {', '.join(map(repr, self.seen)) or 'no hook at all'}",
            got=repr(id),
            nearest=nearest_names(id, self.seen),
        )

    def __repr__(self) -> str:
        lines = [f"<HookRun {self.stage}({', '.join(map(shown, self.arguments))}): {self._ended()}"]
        for number, step in enumerate(self.steps, 1):
            lines.append(f"  {number}. {step.id!r} {'halted it' if step.halted else 'let it go on'}")
            lines += [f"       {each}" for each in step.changes]
        lines += [f"  -. {id!r} did not see it" for id in self.unseen]
        return "\n".join(lines) + ">"

    def _ended(self) -> str:
        if not self.steps:
            return "no hook is attached"
        if self.halted:
            return f"halted by {self.halted_by!r}"
        return "done" if self.stage == "after_render" else "goes on to the view"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # how hypothesis shows it
        printer.text(repr(self))


@shortened
def run_hooks(socket: Socket, stage: str, *arguments: object, seed: int | str = 0, now: datetime = START) -> HookRun:
    """Run the hooks of a stage on a message, without any view: `run_hooks(socket, "handle_event", "save", {"id": "1"})`.

    `arguments` are what hooks of that stage get before the socket. `seed` and `now` are what `socket.random` and `socket.now`
    answer to a socket that is in no step. Nothing happens outside: effects are in the socket that comes out, and in the changes.
    """
    if not isinstance(socket, Socket):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "run_hooks runs the hooks of a socket",
            expected="a Socket with hooks attached",
            got=shown(socket),
            cure="run_hooks(Socket(connected=True).attach_hook(…), 'handle_info', message), or view.socket",
        )
    check_message(stage, arguments)
    run = attempt(socket, stage, arguments, Instant(instant(now), seed))
    if isinstance(run, Raised):
        add_note(run.error, f"in the hook {run.id!r} on {stage}")
        raise run.error
    return run


@frozen
class Raised:
    """A hook raised an error: nothing has changed. `before` are the ids of the hooks that had run."""

    id: Hashable
    error: Exception = field(eq=False)
    before: tuple[Hashable, ...]


def attempt(socket: Socket, stage: str, arguments: tuple[Any, ...], at: Instant) -> HookRun | Raised:
    """The chain on a message: what it came to, or which hook raised what."""
    start = socket if socket._instant is not None else socket.at(at)
    chain = tuple(hook for hook in start.hooks_of(stage) if type(hook.fn) is not Prune)
    steps: list[HookStep] = []
    # The core runs a chain that stands in a socket of its own: each link calls the real hook with the real socket.
    carrier = start.with_hooks(stage, tuple(_recorded(hook, stage, start, steps) for hook in chain))
    try:
        if not chain:
            after = start
        elif stage == "after_render":
            after = hooks.run_after_render(carrier)
        else:
            after = hooks.run(carrier, stage, *arguments).socket
    except Exception as error:
        ran = tuple(step.id for step in steps)
        told = misfit(error) if isinstance(error, TypeError) else None
        return Raised(chain[min(len(ran), len(chain) - 1)].id, told or error, ran)
    if steps and after.reply is not NO_REPLY:  # the core keeps it once the hook has answered
        steps[-1] = evolve(steps[-1], changes=changes(steps[-1].before, after), after=after)
    return HookRun(stage, arguments, after, tuple(steps), tuple(hook.id for hook in chain[len(steps) :]))


def _recorded(hook: Hook, stage: str, start: Socket, steps: list[HookStep]) -> Hook:
    def fn(*given: Any) -> Any:
        *arguments, handed = given
        before: Socket = handed if steps else start
        answer = hook.fn(*arguments, before)
        after = answer if stage == "after_render" else answer.socket if isinstance(answer, (Cont, Halt)) else None
        if isinstance(after, Socket):  # else the core says what is wrong with it
            steps.append(HookStep(hook.id, isinstance(answer, Halt), changes(before, after), before, after))
        return answer

    return Hook(hook.id, fn)


def check_message(stage: str, arguments: tuple[Any, ...]) -> None:
    """There is such a stage, and its hooks take so many arguments. Raises `BadOption`."""
    if stage not in TAKES:
        raise BadOption(
            f"there is no stage {shown(stage)}",
            expected=f"one of {', '.join(STAGES)}",
            got=shown(stage),
            nearest=nearest_names(stage, STAGES),
        )
    takes = TAKES[stage]
    if len(arguments) != len(takes):
        signature = f"({', '.join((*takes, 'socket'))})"
        example = ", ".join(("socket", repr(stage), *takes))
        raise BadOption(
            f"hooks on {stage} are functions of {signature}",
            expected=f"{len(takes)} arguments after the stage: {', '.join(takes) or 'none'}",
            got=f"{len(arguments)}: {', '.join(map(shown, arguments)) or 'none'}",
            cure=f"run_hooks({example})",
        )


__all__ = ["HookRun", "HookStep", "Raised", "attempt", "run_hooks"]
