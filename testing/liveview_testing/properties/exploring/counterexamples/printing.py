"""A schedule as a test to paste.

Owns `test_of`. Law: what is printed begins with the world that was explored, or with as little of it as it takes, does the same
choices in the same order, and asks at the end what was asked there. It was run before it is shown; where it does not fail as the
schedule did, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError
from liveview_testing.properties.exploring.choices import Crash, Deliver, Do, Drop, Fail, Finish, Fire, Pass
from liveview_testing.properties.exploring.counterexamples.asking import Asking, asking
from liveview_testing.properties.exploring.counterexamples.signatures import passes, signature, tried
from liveview_testing.properties.exploring.people import names_of
from liveview_testing.properties.exploring.schedules import Followed
from liveview_testing.record.scripts.delivery_calls import Call, Of, delivery, ending, firing
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.record.scripts.ordering import Order
from liveview_testing.record.scripts.shrinking.delta import smaller
from liveview_testing.record.scripts.targets import variable
from liveview_testing.record.scripts.writing import joined, world_of
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.world import World

if TYPE_CHECKING:
    from liveview_testing.properties.exploring.properties import Property
    from liveview_testing.record.scripts.act import Act
    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.user.simulation import Simulation


MOST_TRIED = 40
"""So many beginnings are tried, to find one with fewer acts."""


def test_of(
    sim: Simulation,
    followed: Sequence[Followed],
    error: BaseException,
    failed: Property | None,
    what: str,
    never: Sequence[Any],
    guests: Sequence[Memory],
    *,
    shrink: bool,
) -> str:
    """The test, as a module of its own. `never` are the acts that were not possible at the end; `shrink`: what was done before the
    world was explored is left out, as far as it is not needed.
    """
    writer = _Writer(sim, followed, error, failed, what, never, guests)
    try:
        acts = sim.script._whole("printed").acts
        text, made = writer.text(acts)
        cannot = None if made.digest == sim.digest else "done again, its acts come to another world"
    except (LiveViewError, AssertionError) as refused:
        return writer.without_world(str(refused).splitlines()[0])
    if cannot is not None:
        return writer.without_world(cannot)
    told = tried(text, writer.name, writer.signature)
    if told is not None:
        return f"# {told}\n{text}"
    return writer.least(acts, text) if shrink else text


class _Writer:
    """Writes one test, with more or fewer of the acts that it begins with."""

    def __init__(
        self,
        sim: Simulation,
        followed: Sequence[Followed],
        error: BaseException,
        failed: Property | None,
        what: str,
        never: Sequence[Any],
        guests: Sequence[Memory],
    ) -> None:
        self.sim = sim
        self.followed = followed
        self.failed = failed
        self.what = what
        self.never = never
        self.everybody = names_of(sim, guests)
        self.signature = signature(error, None if failed is None else failed.name)
        title = failed.name if failed is not None else what
        self.name = "test_" + (re.sub(r"\W+", "_", title.lower()).strip("_") or "counterexample")
        self.title = failed.name if failed is not None else type(error).__name__
        self.surprising = any(each.usual is not None for each in followed)

    # --- the whole ----------------------------------------------------------------------------------------------------

    def text(self, acts: Sequence[Act], *, plain: bool = False) -> tuple[str, Any]:
        """The module that begins with these acts, and the world as it is then; `plain`: all happens in the usual order. Raises."""
        spelling = Spelling()
        spelling.uses("liveview_testing", "Simulation")
        there = self._people(acts)
        head, made = world_of(tuple(acts), self.sim._made, there, spelling)
        before, body = self._body(spelling, plain=plain)
        test = self._test([*before, *body], there)
        imports = ["from __future__ import annotations", "", *spelling.lines] if before else spelling.lines
        return "\n".join(line.rstrip() for line in (*imports, "", "", *head, "", "", *test)), made

    def without_world(self, why: str) -> str:
        """The test alone, where the world cannot be written."""
        spelling = Spelling(strict=False)
        spelling.uses("liveview_testing", "Simulation")
        there = [variable(each) for each in names_of(self.sim).values()]
        before, body = self._body(spelling, plain=False)
        return "\n".join(
            [
                *spelling.lines,
                "",
                "",
                f"# world() makes the world that was explored, and gives {', '.join(['sim', *there])}.",
                f"# It cannot be written here: {why}",
                *self._test([*before, *body], there),
            ]
        )

    def _test(self, body: Sequence[str], there: Sequence[str]) -> list[str]:
        people = ", ".join(["sim", *there])
        lines = [_docstring(self.title), f"{people} = world()", *body]
        return [f"def {self.name}():", *(f"    {line}" for line in lines)]

    def _people(self, acts: Sequence[Act]) -> list[str]:
        """Who is there after these acts."""
        come = {act.who for act in acts if act.opens}
        every = {act.who for act in self.sim.script if act.opens}
        return [variable(each) for each in names_of(self.sim).values() if each in come or each not in every]

    def _body(self, spelling: Spelling, *, plain: bool) -> tuple[list[str], list[str]]:
        asked = _asked(self.failed, self.what, self.never, self.everybody, spelling)
        if plain:
            return asked.before, self._plainly(asked, spelling)
        steps = joined([line for each in self.followed for line in _lines(self.sim, each, self.everybody, spelling)])
        inside = _block([*steps, *asked.lines])
        return asked.before, ["with sim.in_order() as order:", *(f"    {line}" for line in inside)]

    def _plainly(self, asked: Asking, spelling: Spelling) -> list[str]:
        """What people do, one after the other; what should hold always is asked after each."""
        each_time = asked.lines if self.what in ("always", "law") else []
        lines = [*each_time]
        for each in self.followed:
            match each.choice:
                case Do():
                    lines += [*_lines(self.sim, each, self.everybody, spelling), *each_time]
                case Pass():
                    lines += [f"sim.clock.advance({(each.after.now - each.before.world.now) / SECOND:g})", *each_time]
                case _:
                    pass
        if self.what == "unfinished":
            return _block([*lines, *(each.act.spelled(spelling) for each in self.never if hasattr(each, "act"))])
        return _block([*lines, *([] if each_time else asked.lines)])

    # --- less of it ---------------------------------------------------------------------------------------------------

    def least(self, acts: Sequence[Act], text: str) -> str:
        """The test with as little as it takes of what was done before: it fails as it did, and in the usual order it is right."""
        if not self.surprising or not self._is_right(acts):
            return text
        found = text
        left = MOST_TRIED

        def holds(some: list[Act]) -> list[Act] | None:
            nonlocal found, left
            left -= 1
            if left < 0 or not self._is_right(some):
                return None
            try:
                less, _ = self.text(some)
            except Exception:  # what is left does not even come so far
                return None
            if tried(less, self.name, self.signature) is not None:
                return None
            found = less
            return some

        smaller(list(acts), holds)
        return found

    def _is_right(self, acts: Sequence[Act]) -> bool:
        """Whether nothing is wrong after these acts where all happens in the usual order."""
        try:
            plain, _ = self.text(acts, plain=True)
        except Exception:  # what is left does not even come so far
            return False
        return passes(plain, self.name)


def _docstring(text: str) -> str:
    words = " ".join(text.split()).replace("\\", "\\\\").replace('"', "'")
    return f'"""{words}"""'


# --- the steps ----------------------------------------------------------------------------------------------------------


def _lines(sim: Simulation, each: Followed, names: dict[int, str], spelling: Spelling) -> list[str]:
    choice, about = each.choice, each.about
    world = each.before.world
    there: Any = sim.ahead()
    there._current.world = world
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


def _block(lines: list[str]) -> list[str]:
    """Lines that are a block: comments alone are none."""
    return lines if any(not line.lstrip().startswith("#") for line in lines) else [*lines, "pass"]


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
