"""What waits, by the call that lets it arrive: `order.deliver(ann, to=ben)`.

Owns `delivery`, `ending` and `firing`. Law: the call that is given lets just that arrive, of all that waits in the world as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from liveview_testing.record.scripts.ordering import Order
from liveview_testing.world.mailboxes import Box, Letter
from liveview_testing.world.world import TabDue, Timer, Work


class Of(NamedTuple):
    """The process of somebody, or a timer of his browser: by whom it is called depends on who calls."""

    pid: str


class Call(NamedTuple):
    """A call of `order`. Where an argument is `Of` somebody is meant."""

    verb: str
    args: tuple[Any, ...]
    options: dict[str, Any]

    def made(self, who: Callable[[str], Any]) -> Call:
        """The call with somebody in the place of his process."""

        def there(value: Any) -> Any:
            return who(value.pid) if type(value) is Of else value

        return Call(self.verb, tuple(map(there, self.args)), {name: there(each) for name, each in self.options.items()})


def delivery(order: Order, box: Box, letter: Letter, nth: int = 0) -> Call:
    """How a message arrives; `nth` in its box."""
    sender, (receiver, _) = box
    wanted = box, nth
    if letter.frame:
        return Call("deliver", (Of(receiver),), _which(order._letters(handle_of(order, receiver), None), wanted))
    to = handle_of(order, receiver)
    if sender[0] == "task":
        name = letter.event
        return Call("deliver_result", (name, Of(receiver)), _which(order._results(name, to), wanted))
    if sender == ("test",):
        return Call("deliver", ("test",), {"to": Of(receiver), **_which(order._letters("test", to), wanted)})
    found = order._letters(handle_of(order, sender[1]), to)
    return Call("deliver", (Of(sender[1]),), {"to": Of(receiver), **_which(found, wanted)})


def ending(order: Order, verb: str, work: Work) -> Call:
    """How a task runs (`finish`), or fails (`fail`)."""
    name: Any = work.name
    if isinstance(name, tuple) and len(name) == 1:  # pyright: ignore[reportUnknownArgumentType]
        name = name[0]  # pyright: ignore[reportUnknownVariableType]
    refs = [each.task.ref for each in order._tasks(name, handle_of(order, work.process))]
    return Call(verb, (name, Of(work.process)), _which(refs, work.task.ref))


def firing(order: Order, timer: Timer, what: str) -> Call:
    """How a timer fires that is due."""
    named = None if type(timer.message) is TabDue else what
    found = [id(each) for each in order._due(handle_of(order, timer.process), named)]
    return Call("fire", (Of(timer.process), *(() if named is None else (named,))), _which(found, id(timer)))


def _which(found: Sequence[Any], wanted: Any) -> dict[str, Any]:
    nth = next((at for at, one in enumerate(found) if one == wanted), 0)
    return {"nth": nth} if nth else {}


def handle_of(order: Order, pid: str) -> Any:
    """The handle of whom a process belongs to: his page or view, or a view that is nested in it."""
    sim = order._sim
    if pid.startswith("tab-"):
        return sim._handle_of(int(pid.removeprefix("tab-")))
    line = sim.world.lines.get(pid)
    if line is None:
        return sim._handle_of(int(pid.removeprefix("phx-").partition("~")[0].partition(":")[0].partition("-")[0]))
    around = sim._handle_of(line.tab.number)
    if line.tab.parent is None:
        return around
    view = around if hasattr(around, "id") else around.view
    return type(view)(sim, pid)
