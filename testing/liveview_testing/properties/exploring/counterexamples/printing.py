"""A schedule as a test to paste.

Owns `test_of`. Law: what is printed does the same choices in the same order, and asks at the end what was asked there; it begins
where the search began.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liveview_testing.properties.exploring.choices import Crash, Deliver, Do, Drop, Fail, Finish, Fire, Pass
from liveview_testing.properties.exploring.people import names_of
from liveview_testing.properties.exploring.schedules import Followed
from liveview_testing.record.scripts.targets import variable
from liveview_testing.world.world import SECOND, TabDue, World

if TYPE_CHECKING:
    from liveview_testing.properties.exploring.properties import Property
    from liveview_testing.user.simulation import Simulation


def test_of(
    sim: Simulation, followed: Sequence[Followed], error: BaseException, failed: Property | None, what: str
) -> str:
    """The test: `sim` and the people are those of the world that was explored."""
    names = names_of(sim)
    lines = [line for each in followed for line in _lines(each, names)]
    lines = _joined(lines)
    people = ", ".join(["sim", *(variable(name) for name in names.values())])
    name = re.sub(r"\W+", "_", (failed.name if failed is not None else what).lower()).strip("_") or "counterexample"
    last = _asked(failed, names, sim) if failed is not None else []
    if what == "law":
        last = ["laws.hold(sim)"]
    title = failed.name if failed is not None else f"{type(error).__name__}"
    body = [f"        {line}" for line in [*lines, *last]] or ["        pass"]
    return "\n".join(
        [
            f"def test_{name}():",
            f'    """{title}"""',
            f"    {people} = world()  # the world that was explored, and who is in it",
            "    with sim.in_order() as order:",
            *body,
        ]
    )


def _lines(each: Followed, names: dict[int, str]) -> list[str]:
    choice, about = each.choice, each.about
    world = each.before.world

    def who(pid: str) -> str:
        return _person(pid, world, names)

    match choice:
        case Do():
            done = each.done if each.done is not None else about
            return [done.act.code if hasattr(done, "act") else str(done)]
        case Deliver(sender, (receiver, _)):
            if about.frame:
                return [f"order.deliver({who(receiver)})"]
            if sender[0] == "task":
                return [f"order.deliver_result({about.event!r}, {who(receiver)})"]
            if sender == ("test",):
                return [f'order.deliver("test", to={who(receiver)})']
            return [f"order.deliver({who(sender[1])}, to={who(receiver)})"]
        case Finish(process, _, name):
            return [f"order.finish({_name(name)}, {who(process)})"]
        case Fail(process, _, name):
            return [f"order.fail({_name(name)}, {who(process)})"]
        case Fire(process, _, what):
            named = "" if type(about.message) is TabDue else f", {what!r}"
            return [f"order.fire({who(process)}{named})"]
        case Pass():
            passed = (each.after.now - world.now) / SECOND
            return [f"order.pass_time({passed:g})"]
        case Drop(root):
            return [f"order.drop({who(root)})"]
        case Crash(process):
            return [f"order.crash({who(process)})"]


def _name(name: Any) -> str:
    if isinstance(name, tuple) and len(name) == 1:  # pyright: ignore[reportUnknownArgumentType]
        name = name[0]  # pyright: ignore[reportUnknownVariableType]
    return repr(name)  # pyright: ignore[reportUnknownArgumentType]


def _person(pid: str, world: World, names: dict[int, str]) -> str:
    if pid.startswith("tab-"):  # a timer of the browser
        return variable(names.get(int(pid.removeprefix("tab-")), pid))
    line = world.lines[pid]
    name = variable(names.get(line.tab.number, pid))
    if line.tab.parent is None:
        return name
    view = f"{name}.view" if line.tab.number in world.browsers else name
    return f"{view}.find_live_child({line.dom_id!r})"


def _joined(lines: list[str]) -> list[str]:
    """`order.deliver(ann)` twice is `order.deliver(ann, 2)`; a result that is delivered at once is delivered by its task."""
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        ended = re.fullmatch(r"order\.(?:finish|fail)\(('.*?'|\".*?\"), (.*)\)", before)
        result = re.fullmatch(r"order\.deliver_result\((.*?), (.*)\)", line)
        if ended and result and ended[1] == result[1] and ended[2] == result[2]:
            found[-1] = f"{before}.deliver()"
        else:
            found.append(line)
    return found


# --- what was asked -----------------------------------------------------------------------------------------------------


def _asked(failed: Property, names: dict[int, str], sim: Simulation) -> list[str]:
    """The property, as it is written where it was."""
    holds: Any = failed.holds
    source = source_of(holds)
    if source is None:
        return [f"# {failed}: ask it here"]
    given: list[str] = []
    code: Any = getattr(holds, "__code__", None)
    for name, cell in zip(code.co_freevars, holds.__closure__ or (), strict=True):
        number: Any = getattr(cell.cell_contents, "tab", None) or getattr(cell.cell_contents, "browser", None)
        known = names.get(number) if type(number) is int else None
        if known is not None and variable(known) != name:
            given.append(f"{name} = {variable(known)}")
    return [*given, f"assert {source}(sim) in (True, None)" if source.startswith("(") else f"assert {source}(sim)"]


def source_of(holds: Any) -> str | None:
    """A lambda as it is written, or the name of a function; None if there is no telling."""
    code: Any = getattr(holds, "__code__", None)
    if code is None:
        return None
    if code.co_name != "<lambda>":
        return None if "<locals>" in holds.__qualname__ else str(holds.__name__)
    lines = linecache.getlines(code.co_filename)
    if not lines:
        return None
    text = "".join(lines)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno and _is_it(node, code):
            segment = ast.get_source_segment(text, node)
            return None if segment is None else f"({' '.join(segment.split())})"
    return None


def _is_it(node: ast.Lambda, code: Any) -> bool:
    made: Any = compile(ast.fix_missing_locations(ast.Expression(node)), code.co_filename, "eval")
    inner = next(each for each in made.co_consts if inspect.iscode(each))
    return bool(inner.co_names == code.co_names and _plain(inner.co_consts) == _plain(code.co_consts))


def _plain(consts: tuple[Any, ...]) -> list[Any]:
    return [each for each in consts if not inspect.iscode(each)]


test_of.__test__ = False  # type: ignore[attr-defined]  # it writes one, it is none
