"""Modules named on a command line: a package, a folder, or a file, imported as their own programs import them.

Law: a file of a package is imported under its dotted name, with the package's parent folder on the path; any other file as a
script's modules are, its own folder on the path. What cannot be imported is a value, told apart from what is not there.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import sys
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import liveview_core
from liveview_core.errors import LiveViewError
from liveview_core.values.declaring import frozen
from liveview_testing.failures.misuse.imports import not_imported

__all__ = [
    "Broken",
    "NoSuchModule",
    "NotImported",
    "imported",
    "load_file",
    "modules",
    "shown_path",
    "template_files",
    "where",
]

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


class NoSuchModule(ValueError):
    """Neither a file or folder, nor a module that can be found."""


@frozen
class Broken:
    """A module that raised while it was imported; `where` is the line that is to blame."""

    name: str
    where: str
    error: BaseException

    @property
    def told(self) -> str:
        """Why it cannot be imported: to exit is not to be fine."""
        what, why, cure = not_imported(self.name, self.error)
        return f"{what}: {why}" + (f"\n  cure: {cure}" if cure else "")


class NotImported(ValueError):
    """What a command is for cannot be imported; its text says where and why."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(f"{broken.where}: {broken.told}")


@contextmanager
def imported(name: str) -> Generator[None]:
    """While the author's code is imported: of what it raises only our own errors go on as they are. Raises `NotImported`."""
    try:
        yield
    except LiveViewError:
        raise
    except BaseException as error:
        raise NotImported(_broken(name, error)) from None


def load_file(file: Path) -> ModuleType:
    """The module in a file that belongs to no package, imported anew."""
    if file.suffix != ".py":
        raise ValueError(f"{str(file)!r} is not a Python file")
    name = f"scenario_{file.stem}"
    module = ModuleType(name)
    module.__file__ = str(file)
    folder = str(file.resolve().parent)
    sys.path.insert(0, folder)
    sys.modules[name] = module  # templates look names up where they are defined
    try:
        # As it is now: bytecode may be of what stood there in the same second.
        with _undisturbed():
            exec(compile(file.read_bytes(), file, "exec"), module.__dict__)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    finally:
        _off_path(folder)
    return module


@contextmanager
def _undisturbed() -> Generator[None]:
    """What a module does to its program while it is imported, it has not done to who looks at it: where output goes, where the
    program is, what is found on its path, and its end.
    """
    out, err, limit, path, leave = sys.stdout, sys.stderr, sys.getrecursionlimit(), [*sys.path], os._exit
    here = Path.cwd()
    os._exit = sys.exit  # type: ignore[assignment]
    try:
        yield
    finally:
        os._exit = leave
        sys.stdout, sys.stderr = out, err
        sys.setrecursionlimit(max(limit, sys.getrecursionlimit()))
        sys.path.extend(each for each in path if each not in sys.path)
        os.chdir(here)


def _off_path(folder: str) -> None:
    if folder in sys.path:
        sys.path.remove(folder)


def modules(what: str) -> Iterator[tuple[str, ModuleType | Broken]]:
    """The modules that a word of the command line stands for, each with the name to show for it."""
    path = Path(what)
    if path.is_dir():
        for file in _python_files(path):
            yield from _of_file(file)
    elif path.is_file():
        if path.suffix == ".py":
            yield from _of_file(path)
        elif path.suffix != ".heex":
            raise NoSuchModule(f"{what} is neither a Python file nor a template")
    else:
        yield from _of_name(what)


def template_files(what: str) -> list[Path]:
    """The template files in what a word of the command line stands for."""
    path = Path(what)
    if path.is_file():
        return [path] if path.suffix == ".heex" else []
    if path.is_dir():
        return _below(path, "*.heex")
    package = sys.modules.get(what)
    return [file for folder in getattr(package, "__path__", ()) for file in _below(Path(folder), "*.heex")]


def _below(folder: Path, pattern: str) -> list[Path]:
    def ours(file: Path) -> bool:
        parts = file.relative_to(folder).parts[:-1]
        return not any(part in _SKIPPED or part.startswith(".") for part in parts) and not any(
            (folder.joinpath(*parts[: count + 1]) / "pyvenv.cfg").exists() for count in range(len(parts))
        )

    return sorted(file for file in folder.rglob(pattern) if ours(file))


def _python_files(folder: Path) -> list[Path]:
    """A package's files first its `__init__`, others' without those that begin with an underscore."""
    return [file for file in _below(folder, "*.py") if _package(file) or not file.name.startswith("_")]


def _package(file: Path) -> tuple[Path, str] | None:
    """The folder above the package that a file belongs to, and its dotted name in it."""
    folder, parts = file.resolve().parent, [file.stem]
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    if len(parts) == 1:
        return None
    return folder, ".".join(parts).removesuffix(".__init__")


def _of_file(file: Path) -> Iterator[tuple[str, ModuleType | Broken]]:
    found = _package(file)
    if found is None:
        try:
            yield str(file), load_file(file)
        except BaseException as error:
            yield str(file), _broken(str(file), error)
        return
    folder, name = found
    if name.endswith(".__main__"):  # importing it would run it
        return
    with _on_path(str(folder)):
        yield str(file), _imported(name)


def _of_name(name: str) -> Iterator[tuple[str, ModuleType | Broken]]:
    with _on_path(""):
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            spec = None
        except BaseException as error:  # of a package around it
            yield name, _broken(name, error)
            return
        if spec is None:
            raise NoSuchModule(f"there is no file, folder or module {name!r}")
        module = _imported(name)
        yield name, module
        if isinstance(module, Broken) or not hasattr(module, "__path__"):
            return
        yield from _below_name(name, module)


def _below_name(name: str, package: ModuleType) -> Iterator[tuple[str, ModuleType | Broken]]:
    for each in pkgutil.iter_modules(package.__path__, f"{name}."):
        if each.name.endswith(".__main__"):  # importing it would run it
            continue
        module = _imported(each.name)
        yield each.name, module
        if each.ispkg and not isinstance(module, Broken):
            yield from _below_name(each.name, module)


def _imported(name: str) -> ModuleType | Broken:
    try:
        with _undisturbed():
            return importlib.import_module(name)
    except BaseException as error:
        return _broken(name, error)


def _broken(name: str, error: BaseException) -> Broken:
    """What came of importing a module: to exit is not to be fine. Only the user's own interruption goes on its way."""
    if isinstance(error, KeyboardInterrupt):
        raise error
    return Broken(name, where(error), error)


class _on_path:
    """A folder at the beginning of the path meanwhile."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        sys.path.insert(0, self.folder)

    def __exit__(self, *_: object) -> None:
        _off_path(self.folder)


def where(error: BaseException) -> str:
    """The innermost line of an error that is neither the import system's nor this library's own."""
    if isinstance(error, SyntaxError) and error.filename is not None:
        return f"{shown_path(error.filename)}:{error.lineno}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not frame.filename.startswith(("<frozen", _CORE, _KIT, _IMPORT)):
            return f"{shown_path(frame.filename)}:{frame.lineno}"
    return "?"


_CORE, _IMPORT = (str(Path(module.__file__ or "").parent) for module in (liveview_core, importlib))
_KIT = str(Path(__file__).parents[1])


def shown_path(path: str) -> str:
    """A path as it is shown: relative to here, where it lies below."""
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except ValueError:
        return path
