"""As little of a script as still fails.

Owns `shrink`, and what makes two failures the same. Laws: what comes out fails as what went in; nothing of it can be left out, and
shrinking it again gives itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from types import TracebackType
from typing import Any, TypeAlias

from attrs import evolve

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.tracebacks import cause
from liveview_core.values.declaring import frozen
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.failures.misuse.answers import truth
from liveview_testing.failures.misuse.asked_functions import takes, written
from liveview_testing.failures.misuse.misused_handles import NoSuchName, NotAValue
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.player import NotReplayed, Player
from liveview_testing.record.scripts.reading import script_in
from liveview_testing.record.scripts.script import Script, a_script
from liveview_testing.record.scripts.shrinking.passes import Passes, Ran, seconds_of, whole
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.world.page_state.files import NotSent, NoUpload
from liveview_testing.world.page_state.requests import NoRequest
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.simulation.delivering.message_recording import asked
from liveview_testing.world.simulation.tasks import NoSuchTask
from liveview_testing.world.tracebacks import shortened

Fails: TypeAlias = Callable[[Any], object]
Begun: TypeAlias = "tuple[Any, int]"
"""A fresh world, and how many acts were done in it when it was made."""

IMPOSSIBLE: tuple[type[Exception], ...] = (KitFailure, Error, NotReplayed, NoSuchTask, NoUpload, NotSent, NoRequest)
"""What says that an act cannot be done in this world: it is left out, and is no failure."""

MOST_REPLAYS = 2_000


class DoesNotFail(LiveViewError, ValueError):
    """A script was to be shrunk that does not fail, or fails whatever is done."""


@frozen
class Signature:
    """What makes two failures the same: the kind of the error, and the innermost function of the user that it came from."""

    kind: str
    where: tuple[str, str] | None


@shortened
def shrink(script: Script, fails: Fails | None = None, *, replays: int = MOST_REPLAYS) -> Script:
    """As little of a script as still fails: fewer acts, fewer people, less time, plainer values.

    `fails(sim)` is asked of the world that a replay comes to: it fails where the answer is true, or where it raises. Without it
    the failure is the error that one of the acts raises, as `sim.script.with_failed()` has it. A failure of another kind, or from
    another function, is another one, and is not followed. An act that is not possible any more is left out. After `replays`
    replays the best so far is the answer.
    """
    a_script(script, "shrink")._whole("made smaller")
    if fails is not None and not (callable(fails) and takes(fails, 1)):
        raise BadOption(
            "what makes a script fail is a function" + (" of the world" if callable(fails) else ""),
            expected="fails(sim), which is true, or raises, where the replay failed",
            got=written(fails) if callable(fails) else shown(fails),
            cure="shrink(script, lambda sim: not sim.view(view).has_element('#total', '3'))",
        )
    return shrink_from(lambda: (Acting._maker(script.world), 0), script, fails, replays)


def shrink_from(
    begin: Callable[[], Begun],
    script: Script,
    fails: Fails | None,
    replays: int,
    impossible: tuple[type[Exception], ...] = IMPOSSIBLE,
    *,
    after: Callable[[Any], None] | None = None,
    sign: Callable[[BaseException], Hashable] | None = None,
) -> Script:
    """As `shrink`, in worlds that something else begins: the script is of what was done in them afterwards.

    `after` is asked of the world after each act, and raises where that failed; `sign` says what two errors have in common.
    """
    with asked.aside():
        return _Replays(begin, fails, impossible, after, sign or signature).least(script, replays)


def signature(error: BaseException) -> Signature:
    """What an error has in common with others of the same cause."""
    where: tuple[str, str] | None = None
    at: TracebackType | None = error.__traceback__
    while at is not None:
        code, module = at.tb_frame.f_code, str(at.tb_frame.f_globals.get("__name__"))
        if module.partition(".")[0] not in ("liveview_core", "liveview_testing"):
            where = (code.co_filename, code.co_qualname if hasattr(code, "co_qualname") else code.co_name)
        at = at.tb_next
    return Signature(type(error).__qualname__, where)


class _Replays:
    """Scripts done again, each in a fresh world."""

    def __init__(
        self,
        begin: Callable[[], Begun],
        fails: Fails | None,
        impossible: tuple[type[Exception], ...],
        after: Callable[[Any], None] | None,
        sign: Callable[[BaseException], Hashable],
    ) -> None:
        self.begin = begin
        self.impossible = impossible
        self.fails = fails
        self.after = after
        self.sign = sign
        self.wanted: Hashable | None = None
        self.raised: Exception | None = None
        """What `fails` raised last."""

    def least(self, script: Script, replays: int) -> Script:
        """As little of a script as still fails. Raises `DoesNotFail`."""
        first = self.run(list(script.with_failed()))
        if first.failed is None:
            raise DoesNotFail(
                "the script does not fail",
                expected="an act that raises, or fails(sim) that is true or raises, once it is replayed",
                got=shown(str(script)),
                cure="sim.script.with_failed() has the act that raised as its last",
            )
        if (raised := self.raised) is not None and self.run([]).failed == first.failed:
            raise DoesNotFail(
                "fails(sim) raises where nothing was done, too: it says nothing of the script",
                expected="what is true, or raises, after these acts, and not in the world as it begins",
                got=f"{type(raised).__name__}: {raised}",
            ) from cause(raised)
        self.wanted = first.failed
        return Passes(first, self.run, self.due, replays).least()

    def run(self, acts: list[Act]) -> Ran:
        """What comes of acts."""
        sim, begun = self.begin()
        player = Player(sim)
        failed: Hashable | None = None
        raised = False
        for act in acts:
            try:
                player.do(act)
            except Exception as error:
                said = self.sign(error)
                if (
                    isinstance(error, self.impossible)
                    and said != self.wanted
                    and (act is not acts[-1] or self.wanted is not None or self.fails)
                ):
                    continue
                failed, raised = said, True
                break
            if self.after is not None:
                try:
                    self.after(sim)
                except Exception as error:
                    failed = self.sign(error)
                    break
        script = script_in(sim)
        script = evolve(script, acts=script.acts[begun:])
        if failed is not None:
            return Ran(script.with_failed() if raised else evolve(script, failed=None), failed)
        script = evolve(script, failed=None)
        self.raised = None
        if self.fails is None:
            return Ran(script, None)
        try:
            player.end()
            answer = self.fails(sim)
        except (NotAValue, NoSuchName):
            raise
        except Exception as error:
            self.raised = error
            return Ran(script, self.sign(error))
        return Ran(script, Signature("fails", None) if truth("fails(sim)", self.fails, answer) else None)

    def due(self, script: Script, at: int) -> Iterator[float]:
        """How long it is, before an act that waits, to what is due next; then whole seconds."""
        passed = seconds_of(script[at])
        sim, _ = self.begin()
        player = Player(sim)
        try:
            for each in script.acts[:at]:
                player.do(each)
        except Exception:
            return
        yield from sorted({each.seconds for each in sim.clock.pending if 0 <= each.seconds < passed})
        yield from whole(passed)


__all__ = ["DoesNotFail", "Signature", "shrink", "shrink_from", "signature"]
