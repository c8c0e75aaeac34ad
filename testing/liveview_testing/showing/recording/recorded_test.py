"""A recording as a test in a file.

Owns `RecordedTest`: the text of the function, and the file that it is put at the end of. Before it is written it is run,
twice: step by step in a fresh world, where a line that fails becomes a comment with its error; and then the text as it stands.

Law: what is in the file already stays, byte for byte; saved again, a recording takes the place of what it wrote before.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import field

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.declaring import define
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.record.scripts.targets import page_code
from liveview_testing.showing.recording.recorder import Failed, RecordedStep, Recorder, done

__all__ = ["NotWritten", "RecordedTest"]

SHORT = 256
"""What of a file's content is written into the test; longer ones are files beside it."""


class NotWritten(LiveViewError, ValueError):
    """The file of a recording cannot be added to."""


class WithFiles(Spelling):
    """As `Spelling`; the contents of larger files are in a folder beside it, each test's in its own, and are read there."""

    def __init__(self, folder: str, test: str) -> None:
        super().__init__()
        self.folder = folder
        self.test = test
        self.files: dict[str, bytes] = {}

    def of(self, value: Any) -> str:
        match value:
            case {"buffer": bytes(content), "name": str(name), "mimeType": str(kind)}:
                return f'{{"name": {self.of(name)}, "mimeType": {self.of(kind)}, "buffer": {self._content(name, content)}}}'
            case _:
                return super().of(value)

    def _content(self, name: str, content: bytes) -> str:
        if len(content) <= SHORT:
            return repr(content)
        if not any(content):
            return f"bytes({len(content)})"  # in the place of a file that was too large to be sent along
        self.uses("pathlib", "Path")
        where = ", ".join(map(self.of, (self.test, self._kept(name, content))))
        return f"Path(__file__).with_name({self.of(self.folder)}).joinpath({where}).read_bytes()"

    def _kept(self, name: str, content: bytes) -> str:
        """Under which name a content is kept."""
        stem, dot, end = (re.sub(r"[^\w.-]+", "_", name).lstrip(".") or "file").rpartition(".")
        number, plain = 1, f"{stem}{dot}{end}"
        while self.files.setdefault(plain, content) != content:
            number, plain = number + 1, f"{stem}_{number + 1}{dot}{end}" if dot else f"{end}_{number + 1}"
        return plain

    def write(self, beside: Path) -> None:
        """Put the files where the test looks for them."""
        for name, content in self.files.items():
            kept = beside.with_name(self.folder) / self.test / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)


@define(eq=False)
class RecordedTest:
    """A file, and what was recorded for it."""

    file: Path
    folder: Path = field(factory=Path.cwd)
    """Where tests are run: modules are imported from there."""
    before: str | None = field(default=None, init=False)
    """What the file held before this was written, and what it held then."""
    after: str | None = field(default=None, init=False)

    def save(self, recorder: Recorder) -> str:
        """Write what was recorded; what there is to say about it. Raises `NotWritten`."""
        if not any(isinstance(step, Act) and not step.opens for step in recorder.steps):
            return "nothing was done yet"
        old = self.file.read_text(encoding="utf-8") if self.file.exists() else ""
        if self.before is not None and old == self.after:
            old = self.before
        name = free_name(
            f"test_{re.sub(r'[^a-z0-9]+', '_', recorder.shown.name.lower()).strip('_')}", _functions(old, self.file)
        )
        text, failed = self.text(recorder, name, old)
        why = self._run(text, name, old)
        if why is not None:
            text = text.replace(
                f"def {name}():\n", f"def {name}():\n    # It did not pass when it was written:\n{_comment(why)}", 1
            )
        new = text if not old else f"{old}{'' if old.endswith(chr(10)) else chr(10)}\n\n{text}"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(new, encoding="utf-8")
        self.before, self.after = old, new
        told = "it passes" if why is None else f"it does not pass: {why.partition(chr(10))[0]}"
        left = f", {failed} {'line' if failed == 1 else 'lines'} left as comments" if failed else ""
        return f"{self.file}: {name}, {told}{left}"

    # --- the text -----------------------------------------------------------------------------------------------------

    def text(self, recorder: Recorder, name: str, old: str = "") -> tuple[str, int]:
        """The function, with the imports that the file lacks; and how many lines failed."""
        spelling = WithFiles(f"{self.file.stem}_files", name)
        spelling.uses("liveview_testing", "Simulation")
        _, player = recorder.fresh()
        body: list[str] = []
        failed = 0
        for step in recorder.steps:
            if isinstance(step, Failed):
                failed += 1
                body.extend(_refused(step.what, step.why))
                continue
            try:
                lines = [*_answers(step), step.spelled(spelling)]
            except NoLiteral as error:
                failed += 1
                body.extend(_refused(shown(step), str(error)))
                continue
            try:
                done(player, step)
            except Exception as error:
                failed += 1
                body.extend(_refused("\n".join(lines), f"{type(error).__name__}: {error}"))
            else:
                body.extend(lines)
        spelling.write(self.file)
        words = [] if recorder.router is None else [spelling.of(recorder.router)]
        if recorder.seed != 0:
            words.append(f"seed={spelling.of(recorder.seed)}")
        made = f"sim = Simulation({', '.join(words)})"
        imports = self._imports(spelling, recorder)
        if not old:
            lines = [*imports, "", "", f"def {name}():", *_indented([made, *body])]
        else:
            known = _imported(old)
            lacking = [each for each in imports if each not in known]
            lines = [f"def {name}():", *_indented([*lacking, *([""] if lacking else []), made, *body])]
        return "\n".join(lines) + "\n", failed

    def _imports(self, spelling: Spelling, recorder: Recorder) -> list[str]:
        module = recorder.shown.module
        own = None if module is None else module.__name__
        found: list[str] = []
        for each, names in spelling.imports.items():
            at = self._module(recorder) if each == own and each.startswith("scenario_") else each
            found.extend(f"from {at} import {name}" for name in sorted(names))
            if not names:
                found.append(f"import {at}")
        return sorted(found, key=lambda line: (line.startswith("from"), line))

    def _module(self, recorder: Recorder) -> str:
        """How a test imports a file that belongs to no package."""
        file = recorder.shown.file
        if file is None:
            return "__main__"
        path = file.resolve().with_suffix("")
        parts = path.relative_to(self.folder.resolve()).parts if path.is_relative_to(self.folder.resolve()) else ()
        return ".".join(parts) if parts and all(each.isidentifier() for each in parts) else path.name

    def _run(self, text: str, name: str, old: str) -> str | None:
        """Run it, as it stands; why it failed."""
        places = [str(self.folder.resolve()), str(self.file.resolve().parent)]  # what pytest looks in, as it is set up
        sys.path[:0] = places
        try:
            namespace: dict[str, Any] = {"__name__": "recorded", "__file__": str(self.file)}
            exec(compile(_head(old) + text, str(self.file), "exec"), namespace)
            namespace[name]()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        finally:
            for each in places:
                sys.path.remove(each)
        return None


def _head(old: str) -> str:
    """The imports of a module, which a function at its end has."""
    found = [each for each in ast.parse(old).body if isinstance(each, (ast.Import, ast.ImportFrom))]
    return "".join(f"{ast.unparse(each)}\n" for each in found)


def _answers(step: RecordedStep) -> list[str]:
    if not isinstance(step, Act):
        return []
    page = page_code(step.who, step.seat)
    return [f'{page}.once("dialog", lambda dialog: dialog.accept())' for yes in step.answers if yes]


def _refused(code: str, why: str) -> list[str]:
    """A line that failed, as a comment with its error."""
    return [f"# {line}".rstrip() for line in (*code.splitlines(), *(f"  {each}" for each in why.splitlines()))]


def _comment(why: str) -> str:
    return "".join(f"    #   {line}\n" for line in why.splitlines())


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}".rstrip() for line in lines]


def _functions(old: str, file: Path) -> set[str]:
    try:
        tree = ast.parse(old)
    except SyntaxError as error:
        raise NotWritten(f"{file} is no Python", got=str(error), cure="mend it, and save again") from None
    return {each.name for each in tree.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}


def _imported(old: str) -> set[str]:
    """What a module imports at its top, a name a line."""
    found: set[str] = set()
    for each in ast.parse(old).body:
        if isinstance(each, ast.ImportFrom) and each.level == 0:
            found.update(f"from {each.module} import {one.name}" for one in each.names if one.asname is None)
        elif isinstance(each, ast.Import):
            found.update(f"import {one.name}" for one in each.names if one.asname is None)
    return found


def free_name(name: str, taken: set[str]) -> str:
    """A name that the file does not have yet."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
