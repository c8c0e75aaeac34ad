"""A schedule as a test to paste.

Owns `test_of`. Law: what is printed begins with the world that was explored, does the same choices in the same order, and asks at
the end what was asked there. It was run before it is shown; where it does not fail as the schedule did, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError
from liveview_testing.properties.exploring.choices import Crash, Deliver, Do, Drop, Fail, Finish, Fire, Pass
from liveview_testing.properties.exploring.counterexamples.signatures import signature, tried
from liveview_testing.properties.exploring.counterexamples.sources import Asking, asking
from liveview_testing.properties.exploring.people import names_of
from liveview_testing.properties.exploring.schedules import Followed
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.record.scripts.naming import Call, Of, delivery, ending, firing
from liveview_testing.record.scripts.ordering import Order
from liveview_testing.record.scripts.targets import variable
from liveview_testing.record.scripts.writing import joined, world_of
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.world import World

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
    steps = joined([line for each in followed for line in _lines(sim, each, everybody, spelling)])
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
    told = tried(text, f"test_{name}", signature(error, None if failed is None else failed.name))
    return text if told is None else f"# {told}\n{text}"


def _docstring(text: str) -> str:
    words = " ".join(text.split()).replace("\\", "\\\\").replace('"', "'")
    return f'"""{words}"""'


# --- the steps ----------------------------------------------------------------------------------------------------------


def _lines(sim: Simulation, each: Followed, names: dict[int, str], spelling: Spelling) -> list[str]:
    choice, about = each.choice, each.about
    world = each.before.world
    there: Any = sim.ahead()
    there._world = world
    order = Order(there)

    def who(pid: str) -> str:
        return _person(pid, world, names)

    def said(call: Call) -> str:
        """A call of `order`, as it is written."""
        words = [who(each.pid) if type(each) is Of else spelling.of(each) for each in call.args]
        for name, each in call.options.items():
            words.append(f"{name}={who(each.pid) if type(each) is Of else spelling.of(each)}")
        return f"order.{call.verb}({', '.join(words)})"

    match choice:
        case Do():
            done = each.done if each.done is not None else about
            return [done.act.spelled(spelling) if hasattr(done, "act") else str(done)]
        case Deliver(sender, receiver, nth):
            return [said(delivery(order, (sender, receiver), about, nth))]
        case Finish():
            return [said(ending(order, "finish", about))]
        case Fail():
            return [said(ending(order, "fail", about))]
        case Fire(_, _, what):
            return [said(firing(order, about, what))]
        case Pass():
            passed = (each.after.now - world.now) / SECOND
            return [f"order.pass_time({passed:g})"]
        case Drop(root):
            return [f"order.drop({who(root)})"]
        case Crash(process):
            return [f"order.crash({who(process)})"]


def _person(pid: str, world: World, names: dict[int, str]) -> str:
    if pid.startswith("tab-"):  # a timer of the browser
        return variable(names.get(int(pid.removeprefix("tab-")), pid))
    line = world.lines[pid]
    name = variable(names.get(line.tab.number, pid))
    if line.tab.parent is None:
        return name
    view = f"{name}.view" if line.tab.number in world.browsers else name
    return f"{view}.find_live_child({spelled(line.dom_id)})"


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
