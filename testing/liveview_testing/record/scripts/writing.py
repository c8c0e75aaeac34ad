"""A script as a test: a function of pytest to paste, which passes.

Owns `test_of`, and `world_of`, the beginning of a test that goes on otherwise. Law: the text is tried while it is written: the
script is replayed, and a locator is put in the place of another only if the run stays the same, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve

from liveview_core.errors import BadOption, LiveViewError, add_note, shown
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.choosing import candidates, is_a_person_s
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.record.scripts.player import Player
from liveview_testing.record.scripts.targets import (
    Handed,
    OnElement,
    OnFiles,
    OnLocator,
    OnOrder,
    OnWorld,
    page_code,
    target_code,
)
from liveview_testing.record.scripts.transcript import named
from liveview_testing.user.locators.waiting import Pending, Waiting
from liveview_testing.world.log.trace import transcript
from liveview_testing.world.simulation.acting import Acting

MOST_TRIED = 6
"""So many locators are tried for an act; the first that changes nothing is taken."""


def test_of(
    acts: tuple[Act, ...], world: Mapping[str, Any], name: str, about: str | None, names: Mapping[str, Any]
) -> str:
    """The script as the text of a module with one test. Raises `NoLiteral`."""
    if not name.isidentifier():
        raise BadOption("a test has a name of Python", expected="test_the_story", got=shown(name))
    writer = _Writer(world, names)
    body = [
        writer.world_code(),
        *blocks((act, writer.lines(act, number, len(acts))) for number, act in enumerate(acts, 1)),
    ]
    head = [f'    """{about}"""'] if about else []
    lines = [*writer.spelling.lines, "", "", f"def {name}():", *head, *(f"    {line}" for line in body)]
    return "\n".join(lines) + "\n"


def world_of(
    acts: tuple[Act, ...], world: Mapping[str, Any], people: list[str], spelling: Spelling
) -> tuple[list[str], Any]:
    """The text of a function `world()` that does the acts and gives the simulation and the people; and the world as it is then.

    Raises `NoLiteral`. `spelling` collects the imports.
    """
    writer = _Writer(world, {}, spelling)
    body = [
        writer.world_code(),
        *blocks((act, writer.lines(act, number, len(acts))) for number, act in enumerate(acts, 1)),
        f"return {', '.join(['sim', *people])}",
    ]
    return ["def world():", *(f"    {line}" for line in body)], writer.sim


def blocks(acts: Iterable[tuple[Act, list[str]]], last: Sequence[str] = ()) -> list[str]:
    """The lines of acts, those that are done while an order is chosen in its block; `last` are done after them all."""
    found: list[str] = []
    inside: list[str] | None = None
    for act, lines in acts:
        if inside is None:
            found.extend(lines)
            if act.verb == "in_order" and isinstance(act.on, OnWorld):
                inside = []
        elif act.verb == "end" and isinstance(act.on, OnOrder):
            found.extend(_indented(inside))
            found.extend(line for line in lines if "  # raises " in line)
            inside = None
        else:
            inside.extend(lines)
    if inside is not None:
        return [*found, *_indented([*inside, *last])]
    return [*found, *last]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in joined(lines) or ["pass"]]


def joined(lines: list[str]) -> list[str]:
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


class _Writer:
    """A script on its way to a text, replayed meanwhile."""

    def __init__(self, world: Mapping[str, Any], names: Mapping[str, Any], spelling: Spelling | None = None) -> None:
        self.options = world
        self.sim: Any = Acting._maker(world)
        self.player = Player(self.sim)
        self.spelling = spelling or Spelling(names=names)
        self.spelling.uses("liveview_testing", "Simulation")
        self.uploads: dict[OnFiles, str] = {}

    def world_code(self) -> str:
        """How the world is made."""
        given = dict(self.options)
        words = [self.spelling.of(given.pop("router"))] if given.get("router") is not None else []
        words.extend(f"{name}={self.spelling.of(each)}" for name, each in given.items() if each is not None)
        return f"sim = Simulation({', '.join(words)})"

    def lines(self, act: Act, number: int, of: int) -> list[str]:
        """An act as code, once it is done here too."""
        try:
            chosen = self._chosen(act)
            found = [*self._files(chosen), *self._answers(chosen), self._code(chosen)]
        except NoLiteral as error:
            raise named(error, act, number) from None
        except LiveViewError as error:
            add_note(error, f"in act {number} of {of} of the script: {act}")
            raise
        try:
            self.player.do(chosen)
        except Exception as error:
            if number < of:
                add_note(error, f"in act {number} of {of} of the script: {act}")
                raise
            found[-1] += f"  # raises {type(error).__name__}"
        return found

    def _code(self, act: Act) -> str:
        code = act.spelled(self.spelling)
        for files, variable in self.uploads.items():
            code = code.replace(target_code(act.who, act.seat, files, self.spelling), variable)
        return code

    def _answers(self, act: Act) -> list[str]:
        return [
            f'{page_code(act.who, act.seat)}.once("dialog", lambda dialog: dialog.accept())'
            for yes in act.answers
            if yes
        ]

    def _files(self, act: Act) -> list[str]:
        """Files are themselves, whatever they hold: what chose them once is kept in a variable."""
        lines: list[str] = []
        for each in (act.on, *(value.on for value in act.args if isinstance(value, Handed))):
            if isinstance(each, OnFiles) and each not in self.uploads:
                number = len(self.uploads) + 1
                self.uploads[each] = variable = "upload" if number == 1 else f"upload_{number}"
                lines.append(f"{variable} = {target_code(act.who, act.seat, each, self.spelling)}")
        return lines

    # --- choosing ---------------------------------------------------------------------------------------------------

    def _chosen(self, act: Act) -> Act:
        if isinstance(act.on, OnElement) and act.on.path is not None:
            return self._with_selector(act, act.on)
        if not isinstance(act.on, OnLocator) or is_a_person_s(act.on.query):
            return act
        page = self.player.page(act.who)
        located = self.player.handle(act.who, act.on)
        waiting: Waiting[Any] = Waiting(page, located.patience(None))
        element = waiting.until(lambda scene: located.sought(scene, act.verb))
        if isinstance(element, Pending):
            return act  # the act will say why
        wanted: bytes | None = None
        for tried, query in enumerate(candidates(element, waiting.there.reading)):
            if tried >= MOST_TRIED:
                break
            wanted = self._trace(act) if wanted is None else wanted
            better = evolve(act, on=OnLocator(query))
            if wanted is not None and self._trace(better) == wanted:
                return better
        return act

    def _trace(self, act: Act) -> bytes | None:
        """What comes of an act, in a fork; None if it raises."""
        fork = self.sim.ahead()
        player = Player(fork)
        player.people = {who: self._there(each, fork) for who, each in self.player.people.items()}
        try:
            player.do(act)
        except Exception:
            return None
        return transcript(fork.since(self.sim.world.count)) + str(fork.world.now).encode()

    @staticmethod
    def _there(handle: Any, fork: Any) -> Any:
        return handle.elsewhere(fork) if hasattr(handle, "elsewhere") else type(handle)(fork, handle.id)

    def _with_selector(self, act: Act, on: OnElement) -> Act:
        """An element that was meant by its place in the page, by a selector."""
        element = self.player.handle(act.who, on)
        try:
            view, node = element.found()
        except LiveViewError:
            return act  # the act will say why
        for selector, text in _selectors(node):
            there = evolve(on, selector=selector, text=text, path=None)
            try:
                found = self.player.handle(act.who, there).found()
            except (LiveViewError, ValueError):
                continue
            if found[0] == view and found[1].path == node.path:
                return evolve(act, on=there)
        return act  # pragma: no cover - its place, from the top of the page on, means it alone


def _selectors(node: Any) -> list[tuple[str, str | None]]:
    """Selectors that may find a node alone, those that say most first."""
    tag, found = node.tag, list[tuple[str, str | None]]()
    dom_id = node.get("id")
    if dom_id and re.fullmatch(r"[A-Za-z][\w-]*", dom_id):
        found.append((f"#{dom_id}", None))
    text = " ".join(node.text.split())
    if text and len(text) < 40:
        found.append((tag, text))
    own: list[str] = []
    for attribute in ("name", "phx-click", "phx-submit", "phx-change", "href", "value"):
        value = node.get(attribute)
        if value and '"' not in value and "\\" not in value and "\n" not in value:
            own.append(f'{tag}[{attribute}="{value}"]')
    found.extend((selector, None) for selector in own)
    path: list[str] = []
    for each in (node, *node.ancestors()):
        its_id = each.get("id")
        if path and its_id and re.fullmatch(r"[A-Za-z][\w-]*", its_id):
            found.extend((f"#{its_id} {selector}", None) for selector in (*own, tag))
            found.append((f"#{its_id} {tag}", text or None))
            found.append((" > ".join((f"#{its_id}", *reversed(path))), None))
        parent = next(iter(each.ancestors()), None)
        kids = list((each.page.root if parent is None else parent).elements())
        at = next((number for number, kid in enumerate(kids, 1) if kid.path == each.path), 1)
        path.append(f"{each.tag}:nth-child({at})" if len(kids) > 1 else each.tag)
    found.append((" > ".join(reversed(path)), None))
    found.append((" > ".join((":scope", *reversed(path))), None))
    return found


__all__ = ["blocks", "joined", "test_of", "world_of"]
