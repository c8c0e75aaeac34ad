"""What `liveview check` finds: wrong templates, slips in the code of views, broken modules, scenarios that break a law.

Law: everything that can be looked at is looked at: one broken module hides nothing else. What is found comes in the order of what
was asked for, each thing once.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeAlias

from attrs import field

from liveview_core.errors import LiveViewError
from liveview_core.heex import TemplateError, TemplateWarning
from liveview_core.heex.inspection import findings, findings_in_file, templates
from liveview_core.values.declaring import define
from liveview_testing.command_line.left_running import LeftRunning
from liveview_testing.command_line.template_slips import in_tags
from liveview_testing.command_line.view_code import Habit, Package, in_template
from liveview_testing.record.loading import Broken, modules, shown_path, template_files, where

__all__ = ["Check", "Told"]

Kind: TypeAlias = Literal["error", "warning", "fine"]
Told: TypeAlias = tuple[str, Kind, str]
"""The place, what kind of thing it is, and the text."""


@define
class Check:
    """One run of `liveview check`: what it looked at, and how much it found."""

    modules: int = 0
    templates: int = 0
    scenarios: int = 0
    errors: int = 0
    warnings: int = 0
    _seen: set[object] = field(factory=set[object], init=False)
    _files: set[str] = field(factory=set[str], init=False)
    _package: Package = field(factory=Package, init=False)
    _running: LeftRunning = field(factory=LeftRunning, init=False)

    def run(self, what: Sequence[str], *, play: bool) -> Iterator[Told]:
        """Everything that is wrong in these packages, folders and files; `play` also plays the scenarios among them."""
        for told in self._all(what, play):
            if told not in self._seen:
                self._seen.add(told)
                self.errors += told[1] == "error"
                self.warnings += told[1] == "warning"
                yield told

    def _all(self, what: Sequence[str], play: bool) -> Iterator[Told]:
        for each in what:
            # Warnings are found below, in all modules: also in those that were imported before.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", TemplateWarning)
                loaded = [(name, module, self._running.new()) for name, module in modules(each)]
            for name, module, running in loaded:
                self.modules += 1
                for told in running:
                    yield name, "error", told
                if isinstance(module, Broken):
                    yield _broken(module)
                    continue
                yield from self._templates(module)
                for habit in self._package.module(module):
                    yield _habit(str(module.__file__), habit)
                if play and callable(getattr(module, "story", None)):
                    yield self._scenario(name, module)
                    for told in self._running.new():
                        yield name, "error", told
        for path, habit in self._package.topics():
            yield _habit(path, habit)
        for error in (*self._package.events.found(), *self._package.assigned.found()):
            yield _told("warning", error)
        for each in what:
            for file in template_files(each):
                if str(file.resolve()) not in self._files:
                    self._files.add(str(file.resolve()))
                    self.templates += 1
                    yield from (_told(found.kind, found.what) for found in findings_in_file(file))

    def _templates(self, module: ModuleType) -> Iterator[Told]:
        for template in templates(module):
            source = template.source
            # A module that another one imports under its own name is there twice, its templates are not.
            place = (source.file, None if source.call is None else (source.call.line, source.call.instruction))
            if place in self._seen:
                continue
            self._seen.add(place)
            if source.call is None:
                self._files.add(str(Path(source.file).resolve()))
            self.templates += 1
            yield from (_told(found.kind, found.what) for found in findings(template))
            for happened, at, cure in (*in_template(template), *in_tags(template)):
                yield _told("warning", source.failure(TemplateError, happened, at, cure))

    def _scenario(self, name: str, module: ModuleType) -> Told:
        """A scenario holds every law after every step, or breaks the one that it is there to break: BREAKS = "stream"."""
        from liveview_testing.laws import LawBroken, hold
        from liveview_testing.record.story import play, world_of

        self.scenarios += 1
        on_purpose: Any = getattr(module, "BREAKS", None)
        steps, broken = 0, None
        try:
            sim = world_of(module)
            for _ in play(module, sim):
                steps += 1
                hold(sim)
        except LawBroken as error:
            broken = error
        except (Exception, SystemExit) as error:
            place, text = where(error), f"{name}, after {_count(steps, 'step')}: {type(error).__name__}: {error}"
            return name if place == "?" else place, "error", text
        if (None if broken is None else broken.law) == on_purpose:
            held = "every law holds" if broken is None else f"breaks the {broken.law} law, as it says"
            return name, "fine", f"{_count(steps, 'step')}, {held}"
        return name, "error", f"step {steps}: {broken or f'the {on_purpose} law holds, but BREAKS says otherwise'}"

    def __str__(self) -> str:
        looked = [_count(self.modules, "module"), _count(self.templates, "template")]
        if self.scenarios:
            looked.append(_count(self.scenarios, "scenario"))
        found = [_count(self.errors, "error")] if self.errors else []
        found += [_count(self.warnings, "warning")] if self.warnings else []
        return f"{', '.join(looked)}: {', '.join(found) or 'nothing is wrong'}"


def _habit(path: str, habit: Habit) -> Told:
    line, column, kind, text = habit
    return f"{shown_path(path)}:{line}:{column}", kind, text


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _told(kind: Kind, error: TemplateError) -> Told:
    place = f"{shown_path(error.file)}:{error.line}:{error.column}"
    if not error.exact:
        place += f" (line {error.template_line}, column {error.template_column} of the template)"
    return place, kind, f"{LiveViewError.__str__(error)}\n{error.snippet}"


def _broken(module: Broken) -> Told:
    error = module.error
    if isinstance(error, TemplateError):
        return _told("error", error)
    return module.where, "error", module.told
