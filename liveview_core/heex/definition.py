"""Where templates are defined: `heex("…")`, `heex.file(path)`, `embed_templates(folder)`, and what a project sets for all of them.

Law: a template belongs to the place that calls: its names are looked up there, and a relative path starts at that
file, wherever the package is: in a checkout, installed from a wheel, or in an archive on the path. The compiler is imported
for the first template.
"""  # N3.1

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from liveview_core.declarations.attributes import Declaration
from liveview_core.errors import BadOption, LiveViewError, nearest_names, shown
from liveview_core.heex.heex_in_callbacks import refuse_during_step
from liveview_core.heex.template import Template
from liveview_core.tracebacks import shorten

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import PurePath
    from types import FrameType

    from liveview_core.heex.syntax.source import Source

__all__ = ["TemplateFolder", "embed_templates", "heex"]


class _Heex:
    """`heex(source, *declarations)` compiles a template, `heex.file(path, …)` one from a file.

    `heex.using(…)` is a `heex` with settings of a project's own.
    """

    __slots__ = ("_names", "_prefixes")

    def __init__(self, names: Mapping[str, Any], prefixes: tuple[str, ...]) -> None:
        self._names = dict(names)
        self._prefixes = prefixes

    def __call__(
        self,
        source: str,
        /,
        *declarations: Declaration,
        names: Mapping[str, Any] | None = None,
        doc: str | None = None,
    ) -> Template:
        """Compile a template.

        If the text starts with a newline and ends with a blank line, its indentation is removed. `names` are extra
        names for its expressions and components; `doc` is its docstring, to which what it takes is added. Errors:
        `TemplateError` for what is wrong in the text, `DeclarationError` for a declaration, `HeexDuringStep` while a
        message is handled.
        """  # N0, DC-27
        __tracebackhide__ = True
        try:
            return self._inline(source, declarations, sys._getframe(1), names, doc)
        except (LiveViewError, Warning) as error:
            shorten(error)
            raise

    def _inline(
        self,
        source: object,
        declarations: tuple[Declaration, ...],
        frame: FrameType,
        names: Mapping[str, Any] | None,
        doc: str | None,
    ) -> Template:
        refuse_during_step(frame)
        if not isinstance(source, str):
            raise LiveViewError(
                "heex takes the text of a template",
                expected="a string",
                got=shown(source),
                cure='write heex("<p>…</p>"), or heex.file("page.html.heex")',
            )
        from liveview_core.heex.syntax.source import Source

        return self._template(Source.inline(source, frame), declarations, frame, names, doc)

    def file(
        self,
        path: str | PurePath,
        /,
        *declarations: Declaration,
        names: Mapping[str, Any] | None = None,
        doc: str | None = None,
    ) -> Template:
        """Compile a template file, verbatim, with EEx trimming; a relative path starts at the caller's file."""  # N0, WS-3
        __tracebackhide__ = True
        try:
            return self._file(path, declarations, sys._getframe(1), names, doc)
        except (LiveViewError, Warning) as error:
            shorten(error)
            raise

    def _file(
        self,
        path: str | PurePath,
        declarations: tuple[Declaration, ...],
        frame: FrameType,
        names: Mapping[str, Any] | None,
        doc: str | None,
    ) -> Template:
        refuse_during_step(frame)
        from pathlib import PurePath

        from liveview_core.heex.syntax.source import Source

        place = _beside(path, frame)
        if not place.is_file():
            raise LiveViewError(
                f"there is no template {place}",
                expected="a file, relative to the one that calls heex.file",
                got=shown(str(path)),
                cure="a template is a file of the package: see that it is there, and that the wheel has it",
                nearest=nearest_names(place.name, _names_in(_beside(PurePath(path).parent, frame))),
            )
        return self._template(Source.of_file(place), declarations, frame, names, doc)

    def using(self, *, names: Mapping[str, Any] | None = None, global_prefixes: Iterable[str] = ()) -> _Heex:
        """A `heex` for a project: its templates know more *names*, and global attributes that begin with one of these prefixes.

        A prefix ends with a dash; attributes that begin with it are accepted by global attributes as `data-…` is. What is
        given here is added to what `heex` itself was made with.

        >>> html = heex.using(global_prefixes=["hx-"])
        """
        given: Any = global_prefixes
        several = isinstance(global_prefixes, Iterable) and not isinstance(global_prefixes, str)  # pyright: ignore[reportUnnecessaryIsInstance]
        prefixes: tuple[Any, ...] = tuple(given) if several else (given,)
        for each in prefixes:
            if not isinstance(each, str) or not each.endswith("-") or each == "-":  # pyright: ignore[reportUnnecessaryIsInstance]
                raise BadOption(
                    "a global prefix ends with a dash",
                    expected="prefixes of attribute names, such as 'hx-'",
                    got=shown(each),
                    cure=f"write {each.rstrip('-') + '-'!r}" if isinstance(each, str) and each.strip("-") else None,  # pyright: ignore[reportUnnecessaryIsInstance]
                )
        return _Heex({**self._names, **_named(names)}, (*self._prefixes, *prefixes))

    def folder(
        self,
        folder: str | PurePath,
        frame: FrameType,
        suffix: str,
        declarations: Mapping[str, tuple[Declaration, ...]],
    ) -> TemplateFolder:
        """What `embed_templates` gives, with these settings."""
        refuse_during_step(frame)
        from liveview_core.heex.syntax.source import Source

        place = _beside(folder, frame)
        templates: dict[str, Template] = {}
        named: dict[str, str] = {}
        for file in _names_in(place):
            name = file.split(".")[0].replace("-", "_") + suffix
            if name in named:
                raise LiveViewError(
                    f"two templates in {place} have the name {name!r}",
                    got=f"{named[name]} and {file}",
                    cure="rename one of them: a component is named after its file, up to the first dot",
                )
            named[name] = file
            templates[name] = self._template(
                Source.of_file(place / file), declarations.get(name, ()), frame, None, None
            )
        if not templates:
            raise LiveViewError(
                f"there is no template in {place}",
                expected="files that end in .heex",
                cure="the folder is taken relative to the file that calls embed_templates",
            )
        unknown = [name for name in declarations if name not in templates]
        if unknown:
            raise LiveViewError(
                f"declarations are given for {unknown[0]!r}, but {place} has no such template",
                got=f"the templates are: {', '.join(templates)}",
                cure="name the file without its suffixes",
                nearest=nearest_names(unknown[0], templates),
            )
        return TemplateFolder(str(place), templates)

    def _template(
        self,
        source: Source,
        declarations: tuple[Declaration, ...],
        frame: FrameType,
        names: Mapping[str, Any] | None,
        doc: str | None,
    ) -> Template:
        known = {**self._names, **_named(names)}
        return Template(source, declarations, frame, names=known, prefixes=self._prefixes, doc=doc)

    def __repr__(self) -> str:
        return "heex"


heex = _Heex({}, ())


def _named(names: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if names is not None and not isinstance(names, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("the names of a template are a mapping", expected='{"shown": shown}', got=shown(names))
    return names or {}


# --- files ----------------------------------------------------------------------------------------------------------------


def _beside(path: str | PurePath, frame: FrameType) -> Traversable:
    """The file or folder at *path*, seen from the file that *frame* runs."""
    from pathlib import Path, PurePath

    if not isinstance(path, (str, PurePath)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("a template is found by its path", expected="a str, or a Path", got=shown(path))
    module = frame.f_globals
    file: str | None = module.get("__file__")
    if file is None or PurePath(path).is_absolute():
        return Path(path)
    folder = Path(file).parent
    package: str | None = module.get("__package__")
    if folder.is_dir() or not package:
        return folder / path
    from importlib.resources import files  # the package is in an archive, where there is no `..`

    top, *inner = package.split(".")
    return files(top).joinpath(*normpath("/".join([*inner, *PurePath(path).parts])).split("/"))


def _names_in(place: Traversable) -> list[str]:
    """The template files of a folder, sorted."""
    if not place.is_dir():
        return []
    return sorted(each.name for each in place.iterdir() if each.name.endswith(".heex"))


class TemplateFolder:
    """The templates of a folder: `pages.index` is `index.html.heex`, usable as `<pages.index … />`."""  # FC-13a

    def __init__(self, folder: str, templates: dict[str, Template]) -> None:
        self._folder = folder
        self._templates = templates

    def __getattr__(self, name: str) -> Template:
        if name.startswith("__") or name in ("_folder", "_templates"):
            raise AttributeError(name)
        try:
            return self._templates[name]
        except KeyError:
            near = nearest_names(name, self._templates)
            raise AttributeError(
                f"there is no template {name!r} in {self._folder}; it has: {', '.join(self._templates) or 'none'}"
                + (f"; nearest: {', '.join(near)}" if near else "")
            ) from None

    def __getitem__(self, name: str) -> Template:
        return self._templates[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._templates)

    def __len__(self) -> int:
        return len(self._templates)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._templates]

    def __repr__(self) -> str:
        return f"<TemplateFolder {self._folder}: {', '.join(self._templates)}>"


def embed_templates(
    folder: str | PurePath,
    *,
    suffix: str = "",
    names: Mapping[str, Any] | None = None,
    global_prefixes: Iterable[str] = (),
    declarations: Mapping[str, tuple[Declaration, ...]] | None = None,
) -> TemplateFolder:
    """Compile every `*.heex` file of a folder into a component named after the file.

    `index.html.heex` becomes `index`, with `suffix="_page"` `index_page`; dashes become underscores. `declarations` gives
    attributes and slots to a template by its name. `names` and `global_prefixes` as for `heex.using`.
    """  # FC-13a
    __tracebackhide__ = True
    try:
        settings = heex.using(names=names, global_prefixes=global_prefixes) if names or global_prefixes else heex
        return settings.folder(folder, sys._getframe(1), suffix, declarations or {})
    except (LiveViewError, Warning) as error:
        shorten(error)
        raise
