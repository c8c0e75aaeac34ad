"""Whoever does acts again: the handles of the people who are in a world.

Owns `Player` and `NotReplayed`. Law: each act is done by the handle that a test would have in its hands, so that it waits, checks
and fails as it did.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from liveview_core.errors import LiveViewError, nearest_names
from liveview_testing.record.scripts.act import LEADING, Act
from liveview_testing.record.scripts.ordering import Order, settle, wait
from liveview_testing.record.scripts.targets import (
    Handed,
    OnComponents,
    OnElement,
    OnFiles,
    OnLocator,
    OnOrder,
    OnPage,
    OnView,
    OnWorld,
    Target,
)
from liveview_testing.user.locators.finding.query import Query
from liveview_testing.user.locators.page import Tab

if TYPE_CHECKING:
    from liveview_testing.user.locators.acting.dialogs import Dialog

_kind: Callable[[Any], Any] = type


class NotReplayed(LiveViewError, AssertionError):
    """An act of a script cannot be done in this world: what it was done to is not there."""


class Player:
    """Whoever does acts in a world: the handles of the people who are there."""

    def __init__(self, sim: Any) -> None:
        self.sim = sim
        self.people: dict[str, Any] = {}
        self.files: dict[tuple[Any, ...], Any] = {}
        self.order: Order | None = None

    def do(self, act: Act) -> Any:
        """Do an act, and put it down as written where it was."""
        sim = self.sim
        handle = self.handle(act.who, act.on)
        before = sim._current.acts
        with self.answering(act):
            result = self._call(handle, act)
        if sim._current.acts is not before and act.code_object is not None:
            entry = sim._current.acts
            sim._current.acts = (*entry[:8], act.code_object, act.offset, entry[10])
        if act.opens or (act.verb in LEADING and not self._is_page(act.who)):
            self.people[act.who] = result
        return result

    def end(self) -> None:
        """What still waits arrives, if an order was chosen."""
        if self.order is not None:
            self.order = None
            settle(self.sim)

    def _call(self, handle: Any, act: Act) -> Any:
        args = [self.value(each) for each in act.args]
        options = {name: self.value(each) for name, each in act.options.items()}
        match act.verb:
            case "put":
                handle[args[0]] = args[1]
                return None
            case "deploy":
                handle.static = args[0]
                return None
            case "release" if args:
                return handle.release([handle.in_flight[at] for at in args[0]])
            case "keep":
                return handle.page
            case "in_order":
                self.order = wait(handle)
                return self.order
            case "end" if handle is self.order:
                return self.end()
            case verb:
                return getattr(handle, verb)(*args, **options)

    @contextmanager
    def answering(self, act: Act) -> Generator[None]:
        """The dialogs that an act opens are answered as they were."""
        if not act.answers:
            yield
            return
        page = self.page(act.who)
        answers: list[bool] = list(act.answers)

        def answer(dialog: Dialog) -> None:
            if answers.pop(0) if answers else False:
                dialog.accept()
            else:
                dialog.dismiss()

        listeners = page.memory.listeners
        before = listeners.get("dialog", [])
        listeners["dialog"] = [(answer, False)]
        try:
            yield
        finally:
            listeners["dialog"] = before

    # --- who is there -----------------------------------------------------------------------------------------------

    def person(self, who: str) -> Any:
        """The handle of a person: a page, or a view. Raises `NotReplayed`."""
        found = self.people.get(who)
        if found is None:
            memory = next((each for each in self.sim.people if each.name == who and each.tab), None)
            if memory is None:
                names: list[str] = [each.name for each in self.sim.people]
                raise NotReplayed(
                    f"{who} is not in this world",
                    expected="somebody who came by an act of the script, or was there before",
                    got=", ".join(names) or "nobody",
                    nearest=nearest_names(who, names),
                )
            found = self.people[who] = self.sim._handle_of(memory.tab)
        return found

    def _is_page(self, who: str) -> bool:
        return isinstance(self.person(who), Tab)

    def page(self, who: str) -> Any:
        """The tab of a person."""
        person = self.person(who)
        return person if self._is_page(who) else person.page

    def view(self, who: str, inside: str | None) -> Any:
        """The view that a person's tab shows, or one that is nested in it. Raises `NotReplayed`."""
        person = self.person(who)
        if self._is_page(who):
            person = person.view
        elif person.browser in self.sim.world.browsers:
            person = person.page.view
        if inside is None:
            return person
        found = person.find_live_child(inside)
        if found is None:
            raise NotReplayed(
                f"{who} has no nested view {inside!r}",
                expected="the id of the container of a view in the page",
                got=", ".join(repr(each.line.dom_id) for each in person.live_children())
                or "a page without nested views",
            )
        return found

    # --- handles ----------------------------------------------------------------------------------------------------

    def handle(self, who: str, on: Target) -> Any:
        """What an act is done to, in this world."""
        match on:
            case OnWorld(part):
                return getattr(self.sim, part) if part else self.sim
            case OnOrder():
                if self.order is None:
                    raise NotReplayed(
                        "nothing waits here", expected="an act that begins a block: sim.in_order()", got="none"
                    )
                return self.order
            case OnPage(part):
                page = self.page(who)
                return getattr(page, part) if part else page
            case OnView(inside):
                return self.view(who, inside)
            case OnComponents(inside, selector):
                return self.view(who, inside).with_target(selector)
            case OnElement():
                return self._element(who, on)
            case OnFiles(inside, form, name, files):
                key = (who, inside, form, name, files)
                if key not in self.files:  # a file is itself, whatever its content
                    self.files[key] = self.view(who, inside).file_input(form, name, files)
                return self.files[key].on(self.view(who, inside))
            case OnLocator(query, within, inside):
                page = self.page(who)
                return page.located(Query(query.steps, self.view(who, inside).id) if within else query)

    def _element(self, who: str, on: OnElement) -> Any:
        view = self.view(who, on.inside)
        by = on.submitter
        submitter = self._element(who, by) if isinstance(by, OnElement) else by
        return view._described(on.selector, on.text, on.data, submitter, on.path)

    def value(self, value: Any) -> Any:
        """A value that is given to an act; containers are copied, as the act may keep them. What contains itself stays itself."""
        try:
            return self._value(value)
        except RecursionError:
            return value

    def _value(self, value: Any) -> Any:
        if isinstance(value, Handed):
            return self.handle(value.who, value.on)
        kind = _kind(value)
        if kind is dict:
            return {key: self._value(each) for key, each in value.items()}
        if kind is list or kind is tuple:
            return cast("Any", kind)([self._value(each) for each in value])
        return value
