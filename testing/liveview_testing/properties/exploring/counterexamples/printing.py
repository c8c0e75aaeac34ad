"""A schedule as a test to paste.

Owns `test_of`. Law: what is printed begins with the world that was explored, does the same choices in the same order, and asks at
the end what was asked there. It was run before it is shown; where it does not fail as the schedule did, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError
from liveview_testing.properties.exploring.choices import Crash, Deliver, Do, Drop, Fail, Finish, Fire, Pass
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.counterexamples.sources import Asking, asking
from liveview_testing.properties.exploring.people import names_of
from liveview_testing.properties.exploring.schedules import Followed
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.record.scripts.ordering import Order
from liveview_testing.record.scripts.targets import variable
from liveview_testing.record.scripts.writing import world_of
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.mailboxes import Box
from liveview_testing.world.world import TabDue, World

if TYPE_CHECKING:
    from liveview_testing.properties.exploring.properties import Property
    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.user.simulation import Simulation


def test_of(
    sim: Simulation,
    followed: Sequence[Followed],
    error: BaseException,
    failed: Property | None,
    what: str,
    never: Sequence[Any],
    guests: Sequence[Memory],
) -> str:
    """The test, as a module of its own. `never` are the acts that were not possible at the end."""
    names = names_of(sim)
    spelling = Spelling()
    spelling.uses("liveview_testing", "Simulation")
    try:
        head, made = world_of(
            sim.script._whole("printed").acts, sim._made, [variable(each) for each in names.values()], spelling
        )
        cannot = None if made.digest == sim.digest else "done again, its acts come to another world"
    except (LiveViewError, AssertionError) as refused:
        head, cannot = [], str(refused).splitlines()[0]
        spelling = Spelling(strict=False)
    everybody = names_of(sim, guests)
    steps = _joined([line for each in followed for line in _lines(sim, each, everybody, spelling)])
    asked = _asked(failed, what, never, everybody, spelling)
    body = [
        *asked.before,
        "with sim.in_order() as order:",
        *(f"    {line}" for line in [*steps, *asked.lines] or ["pass"]),
    ]
    name = re.sub(r"\W+", "_", (failed.name if failed is not None else what).lower()).strip("_") or "counterexample"
    title = failed.name if failed is not None else type(error).__name__
    people = ", ".join(["sim", *(variable(each) for each in names.values())])
    test = [
        f"def test_{name}():",
        f"    {_docstring(title)}",
        f"    {people} = world()",
        *(f"    {line}" for line in body),
    ]
    if cannot is not None:
        return "\n".join(
            [
                *spelling.lines,
                "",
                "",
                f"# world() makes the world that was explored, and gives {people}.",
                f"# It cannot be written here: {cannot}",
                *test,
            ]
        )
    imports = ["from __future__ import annotations", "", *spelling.lines] if asked.before else spelling.lines
    text = "\n".join(line.rstrip() for line in (*imports, "", "", *head, "", "", *test))
    told = _tried(text, f"test_{name}", signature(error, None if failed is None else failed.name))
    return text if told is None else f"# {told}\n{text}"


def _docstring(text: str) -> str:
    words = " ".join(text.split()).replace("\\", "\\\\").replace('"', "'")
    return f'"""{words}"""'


def _tried(text: str, name: str, wanted: tuple[str, ...]) -> str | None:
    """Why a test does not do what it should; None if it fails as it should."""
    names: dict[str, Any] = {"__name__": "liveview_printed"}
    try:
        exec(compile(text, "<printed>", "exec"), names)
        names[name]()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        got = signature(error)
        return None if got == wanted else f"Run by itself it fails otherwise: {' '.join(got)}"
    return "Run by itself it passes: something outside of the world was asked."


# --- the steps ----------------------------------------------------------------------------------------------------------


def _lines(sim: Simulation, each: Followed, names: dict[int, str], spelling: Spelling) -> list[str]:
    choice, about = each.choice, each.about
    world = each.before.world
    there: Any = sim.ahead()
    there._world = world
    order = Order(there)

    def who(pid: str) -> str:
        return _person(pid, world, names)

    def which(found: Sequence[Any], wanted: Callable[[Any], bool]) -> str:
        nth = next((at for at, one in enumerate(found) if wanted(one)), 0)
        return f", nth={nth}" if nth else ""

    def letter(found: Sequence[tuple[Box, int]], deliver: Deliver) -> str:
        return which(found, lambda one: one == ((deliver.sender, deliver.receiver), deliver.nth))

    match choice:
        case Do():
            done = each.done if each.done is not None else about
            return [done.act.spelled(spelling) if hasattr(done, "act") else str(done)]
        case Deliver(sender, (receiver, _)):
            to = _handle(there, receiver)
            if about.frame:
                return [f"order.deliver({who(receiver)}{letter(order._letters(to, None), choice)})"]
            if sender[0] == "task":
                nth = letter(order._results(about.event, to), choice)
                return [f"order.deliver_result({spelled(about.event)}, {who(receiver)}{nth})"]
            if sender == ("test",):
                return [f'order.deliver("test", to={who(receiver)}{letter(order._letters("test", to), choice)})']
            nth = letter(order._letters(_handle(there, sender[1]), to), choice)
            return [f"order.deliver({who(sender[1])}, to={who(receiver)}{nth})"]
        case Finish(process, ref, name) | Fail(process, ref, name):
            nth = which(order._tasks(_plain(name), _handle(there, process)), lambda one: one.task.ref == ref)
            verb = "finish" if isinstance(choice, Finish) else "fail"
            return [f"order.{verb}({spelling.of(_plain(name))}, {who(process)}{nth})"]
        case Fire(process, _, what):
            named = None if type(about.message) is TabDue else what
            nth = which(order._due(_handle(there, process), named), lambda one: one is about)
            return [f"order.fire({who(process)}{'' if named is None else f', {spelled(named)}'}{nth})"]
        case Pass():
            passed = (each.after.now - world.now) / SECOND
            return [f"order.pass_time({passed:g})"]
        case Drop(root):
            return [f"order.drop({who(root)})"]
        case Crash(process):
            return [f"order.crash({who(process)})"]


def _plain(name: Any) -> Any:
    return name[0] if isinstance(name, tuple) and len(name) == 1 else name  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _handle(there: Any, pid: str) -> Any:
    """The handle that `_person` names, in a world."""
    if pid.startswith("tab-"):
        return there._handle_of(int(pid.removeprefix("tab-")))
    line = there.world.lines.get(pid)
    if line is None:
        return there._handle_of(int(pid.removeprefix("phx-").partition("~")[0].partition(":")[0].partition("-")[0]))
    from liveview_testing.user.simulation import View

    return there._handle_of(line.tab.number) if line.tab.parent is None else View(there, pid)


def _person(pid: str, world: World, names: dict[int, str]) -> str:
    if pid.startswith("tab-"):  # a timer of the browser
        return variable(names.get(int(pid.removeprefix("tab-")), pid))
    line = world.lines[pid]
    name = variable(names.get(line.tab.number, pid))
    if line.tab.parent is None:
        return name
    view = f"{name}.view" if line.tab.number in world.browsers else name
    return f"{view}.find_live_child({spelled(line.dom_id)})"


def _joined(lines: list[str]) -> list[str]:
    """`order.deliver(ann)` twice is `order.deliver(ann, 2)`; a result that is delivered at once is delivered by its task."""
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        ended = re.fullmatch(r"order\.(?:finish|fail)\(('.*?'|\".*?\"), (.*)\)", before)
        result = re.fullmatch(r"order\.deliver_result\((.*?), (.*)\)", line)
        again = re.fullmatch(r"order\.deliver\((\w+)(?:, (\d+))?\)", before)
        if ended and result and ended[1] == result[1] and ended[2] == result[2] and "nth=" not in line:
            found[-1] = f"{before}.deliver()"
        elif again and line == f"order.deliver({again[1]})":
            found[-1] = f"order.deliver({again[1]}, {int(again[2] or 1) + 1})"
        else:
            found.append(line)
    return found


# --- what was asked -----------------------------------------------------------------------------------------------------


def _asked(
    failed: Property | None, what: str, never: Sequence[Any], names: dict[int, str], spelling: Spelling
) -> Asking:
    """What is asked at the end."""
    if failed is not None:
        try:
            return asking(failed, {variable(name): number for number, name in names.items()}, spelling)
        except NoLiteral as error:
            return Asking([], [f"# {failed}: ask it here ({str(error).splitlines()[0]})"])
    if what == "law":
        spelling.uses("liveview_testing", "laws")
        return Asking([], ["laws.hold(sim)"])
    if what == "unfinished" and never:
        acts = [each.act.spelled(spelling) for each in never if hasattr(each, "act")]
        return Asking(
            [], ["with order.possible():", *(f"    {each}" for each in acts)] if acts else [f"# never: {never[0]}"]
        )
    return Asking([], [])


test_of.__test__ = False  # type: ignore[attr-defined]  # it writes one, it is none
