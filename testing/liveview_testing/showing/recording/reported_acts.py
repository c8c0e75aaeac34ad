"""What pages and the panel tell of what was done, as acts of a test.

Owns `page_call`, the method of a locator for what was done in a page; `panel_acts`, what was done in the panel; and `task_told`,
how a task is named so that it is found in another world. Law: what cannot be an act is refused by name.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from liveview_core.errors import LiveViewError, shown
from liveview_testing.record.scripts.act import TEST, Act
from liveview_testing.record.scripts.player import Player
from liveview_testing.record.scripts.targets import Handed, OnPage, OnView, OnWorld
from liveview_testing.showing.recording.pointing import listed

if TYPE_CHECKING:
    from liveview_testing.world.world import World

__all__ = ["LARGEST", "NoAct", "page_call", "panel_acts", "task_told"]

LARGEST = 16_000_000
"""Of larger files there is no stand-in in a test."""


class NoAct(LiveViewError, ValueError):
    """What came from a page is nothing that can be recorded."""


# --- pages ------------------------------------------------------------------------------------------------------------


def page_call(kind: str, data: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The method of a locator, and its arguments. Raises `NoAct`."""
    value: Any = data.get("value")
    several = listed(value)
    match kind:
        case "fill" | "press" if isinstance(value, str):
            return kind, (value,)
        case "select" if several is not None:
            values = [str(each) for each in several]
            return "select_option", (values[0] if len(values) == 1 else values,)
        case "files" if several is not None:
            files = [_file(cast("Mapping[str, Any]", each)) for each in several]
            return "set_input_files", (files[0] if len(files) == 1 else files,)
        case "click" | "check" | "uncheck":
            return kind, ()
        case _:
            raise NoAct(f"{kind} needs a value", got=shown(value))


def _file(given: Mapping[str, Any]) -> dict[str, Any]:
    """A file as Playwright takes it; one whose content did not come is as large, and empty of sense."""
    content, size = given.get("content"), given.get("size")
    if isinstance(content, str):
        buffer = b64decode(content)
    elif type(size) is int and 0 <= size <= LARGEST:
        buffer = bytes(size)
    else:
        raise NoAct(
            f"the file {given.get('name')!r} is too large to be written into a test",
            expected=f"at most {LARGEST} bytes",
            got=str(size),
            cure="choose a smaller one, or write the line by hand",
        )
    return {"name": str(given.get("name")), "mimeType": str(given.get("type") or ""), "buffer": buffer}


# --- the panel --------------------------------------------------------------------------------------------------------


def panel_acts(data: Mapping[str, Any], player: Player) -> Iterator[Act]:
    """What the panel did. Raises `NoAct`."""
    match data.get("do"):
        case "hold":
            yield _of_test("tasks", "hold" if data.get("hold") else "release")
        case "broadcast":
            yield _of_test("", "broadcast", data.get("topic"), json.loads(str(data.get("message"))))
        case "run":
            yield _answer(player, data, "run")
        case "resolve":
            yield _answer(player, data, "resolve", json.loads(str(data.get("value"))))
        case "fail":
            yield _answer(player, data, "fail", str(data.get("reason")))
        case "latency":
            for who in player.people:
                yield Act(who, "page", OnPage("network"), "latency", (data.get("seconds"),))
        case "offline":
            for who in player.people:
                yield Act(who, "page", OnPage("network"), "drop" if data.get("offline") else "restore")
        case other:
            raise NoAct(
                f"the panel's {other!r} is not recorded",
                expected="time, tasks, broadcasts, the network",
                cure="write it by hand",
            )


def _of_test(part: str, verb: str, *args: Any) -> Act:
    return Act(TEST, "page", OnWorld(part), verb, args)


def task_told(world: World, seq: int, who: Callable[[str], str]) -> dict[str, Any]:
    """A task that waits, by its name, whose it is, and its place among those of one name. `who` has the view of a process."""
    work = world.tasks.get(seq)
    if work is None:
        return {}
    line = world.lines[work.process]
    alike = [
        at for at in sorted(world.tasks) if (world.tasks[at].process, world.tasks[at].name) == (line.id, work.name)
    ]
    return {
        "task": repr(work.name),
        "whose": who(work.process).partition(" · ")[0],
        "inside": None if line.tab.parent is None else line.dom_id,
        "nth": alike.index(seq),
    }


def _answer(player: Player, data: Mapping[str, Any], verb: str, *value: Any) -> Act:
    """An answer to the task that was told."""
    who, inside, nth = str(data.get("whose")), data.get("inside"), data.get("nth")
    tasks = player.sim.tasks
    pid = player.view(who, inside).id
    alike = [each for each in tasks.pending if each.process == pid and repr(each.name) == data.get("task")]
    if type(nth) is not int or nth >= len(alike):
        raise NoAct(
            f"the task {data.get('task')} does not wait in the test",
            expected="a task that was started there, and is held",
            got=", ".join(repr(each.name) for each in tasks.pending) or "no task",
            cure="hold tasks before they are started",
        )
    work = alike[nth]
    name = work.task.keys[0] if len(work.task.keys) == 1 else work.name
    named = [each for each in tasks.pending if each.name == name or name in each.task.keys]
    options: dict[str, Any] = {} if len(named) == 1 else {"view": Handed(who, "page", OnView(inside))}
    own = [each for each in named if each.process == pid]
    if len(own) > 1:
        options["nth"] = own.index(work)
    return Act(TEST, "page", OnWorld("tasks"), verb, (name, *value), options)
