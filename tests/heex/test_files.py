"""Template files: `heex.file`, `embed_templates`, trimming (WS-3), and that an installed package finds its own (FC-13a)."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import traceback
from pathlib import Path
from typing import Any

import pytest

from liveview_core.declarations.attributes import attr, slot
from liveview_core.errors import LiveViewError
from liveview_core.heex import Template, TemplateSyntaxError, TemplateWarning, embed_templates, heex
from liveview_core.rendering.rendered import rendered_to_text


def text(template: Template, /, **assigns: Any) -> str:
    return rendered_to_text(template(assigns))


# --- trimming -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "statics"),
    [
        # around EEx tags: to the left, blanks and newlines become one newline; to the right too
        ("<p>\n\n  <%= @a %>\n\n\n</p>", ("<p>\n", "\n</p>")),
        ("a\n\n\n<%= @a %>\nb", ("a\n", "\nb")),
        # a tag that shares its line with text is not touched on that side
        ("a  <%= @a %>  b", ("a  ", "  b")),
        ("a  <%= @a %>  \n  b", ("a  ", "\n  b")),
        ("a\n  <%= @a %>  b", ("a\n", "  b")),
        # nothing is left where only the end of the file follows
        ("a\n<%= @a %>\n", ("a\n", "")),
        ("a\n<%= @a %>  \n\n  \n", ("a\n", "")),
        # WS-4: not around braces
        ("<p>\n\n  {@a}\n\n</p>", ("<p>\n\n  ", "\n\n</p>")),
        # WS-7: line ends are kept
        ("<p>\r\n  {@a}\r\n</p>", ("<p>\r\n  ", "\r\n</p>")),
    ],
)
def test_trimming(tmp_path: Path, source: str, statics: tuple[str, ...]) -> None:
    """WS-3, WS-4, WS-7: of files, never of templates in Python."""
    path = tmp_path / "page.html.heex"
    path.write_bytes(source.encode())
    assert heex.file(path)(a=1).part.statics == statics
    inline = "".join(heex(source)(a=1).part.statics)
    assert inline.rstrip() == source.replace("<%= @a %>", "").replace("{@a}", "").rstrip()


def test_trimming_of_blocks(tmp_path: Path) -> None:
    """WS-3: the lines that blocks stand on leave no blank lines."""
    path = tmp_path / "page.html.heex"
    path.write_text("<ul>\n  <%= for x in @xs: %>\n    <li>{x}</li>\n  <% end %>\n</ul>\n")
    assert text(heex.file(path), xs=[1, 2]) == "<ul>\n\n    <li>1</li>\n\n    <li>2</li>\n\n</ul>"


def test_the_same_text_in_a_file_and_in_python_are_two_templates(tmp_path: Path) -> None:
    """N3.4: they have different statics, so they have different fingerprints."""
    path = tmp_path / "page.html.heex"
    path.write_text("a\n\n\n<%= @a %>")
    from_file, inline = heex.file(path)(a=1).part, heex("a\n\n\n<%= @a %>")(a=1).part
    assert from_file.statics != inline.statics
    assert from_file.fingerprint != inline.fingerprint


# --- files ----------------------------------------------------------------------------------------------------------------


def test_a_file(tmp_path: Path) -> None:
    """Declarations, names and a docstring, as in Python; a traceback shows the file's own line (VX-21)."""
    path = tmp_path / "page.html.heex"
    path.write_text("<p>{shout(@a)}</p>")
    template = heex.file(path, attr("a", str, default="x"), names={"shout": str.upper}, doc="A page.")
    assert text(template) == "<p>X</p>"
    assert template.__doc__ == "A page.\n\n## Attributes\n\n* `a` (`str`) - Defaults to `'x'`."
    path.write_text("{1 // @n}")
    with pytest.raises(ZeroDivisionError) as caught:
        text(heex.file(path), n=0)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (last.filename, last.line) == (str(path), "{1 // @n}")


def test_mistakes_in_a_file(tmp_path: Path) -> None:
    """The place is in the file."""
    path = tmp_path / "page.html.heex"
    path.write_text("<p>\n  <b>\n</p>")
    with pytest.raises(TemplateSyntaxError) as caught:
        heex.file(path)
    assert (caught.value.file, caught.value.line, caught.value.column) == (str(path), 3, 1)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The nearest name in its folder."""
    (tmp_path / "index.html.heex").write_text("x")
    with pytest.raises(LiveViewError) as caught:
        heex.file(tmp_path / "indx.html.heex")
    assert (
        str(caught.value)
        == f"""\
there is no template {tmp_path / "indx.html.heex"}
  expected: a file, relative to the one that calls heex.file
  got: '{tmp_path / "indx.html.heex"}'
  cure: a template is a file of the package: see that it is there, and that the wheel has it
  nearest: index.html.heex"""
    )


# --- folders --------------------------------------------------------------------------------------------------------------


def test_a_folder(tmp_path: Path) -> None:
    """FC-13a: a component for each file, named after it; names and suffix for all of them."""
    (tmp_path / "index.html.heex").write_text("<.helper n={@n} />")
    (tmp_path / "user-card.heex").write_text("<b>{@n}</b>")
    (tmp_path / "notes.txt").write_text("<")
    helper = heex("<i>{@n}</i>")
    pages = embed_templates(tmp_path, names={"helper": helper})
    assert list(pages) == ["index", "user_card"]
    assert text(heex("<pages.index n={1} /><pages.user_card n={7} />", names={"pages": pages})) == "<i>1</i><b>7</b>"
    assert text(pages["user_card"], n=2) == "<b>2</b>"
    suffixed = embed_templates(tmp_path, suffix="_page", names={"helper": helper})
    assert [*suffixed] == ["index_page", "user_card_page"]
    assert len(suffixed) == 2
    assert "user_card_page" in dir(suffixed)
    assert repr(suffixed) == f"<TemplateFolder {tmp_path}: index_page, user_card_page>"


def test_declarations_of_a_folder(tmp_path: Path) -> None:
    """FC-13a: attributes and slots are attached by name; they count at run time and when callers are verified."""
    (tmp_path / "card.html.heex").write_text("<b>{@n}{render_slot(@inner_block)}</b>")
    parts = embed_templates(
        tmp_path, declarations={"card": (attr("n", int, default=7), slot("inner_block", required=True))}
    )
    assert [each.name for each in parts.card.declarations.attrs] == ["n"]
    assert text(heex("<parts.card>x</parts.card>", names={"parts": parts})) == "<b>7x</b>"
    with pytest.warns(TemplateWarning) as caught:
        heex("<parts.card m='1' />", names={"parts": parts})
    assert [str(each.message).split(": ", 1)[1].split("\n")[0] for each in caught] == [
        "undefined attribute 'm' for component <parts.card>",
        "missing required slot 'inner_block' for component <parts.card>",
    ]


def test_global_prefixes_of_a_folder(tmp_path: Path) -> None:
    """DC-25: for the templates of the folder, as callers."""
    (tmp_path / "page.heex").write_text("<.box hx-get='/' />")
    box = heex("<b {@rest}></b>", attr("rest", "global"))
    with pytest.warns(TemplateWarning, match="undefined attribute 'hx-get'"):
        embed_templates(tmp_path, names={"box": box})
    pages = embed_templates(tmp_path, names={"box": box}, global_prefixes=["hx-"])
    assert text(pages.page) == '<b hx-get="/"></b>'


def test_mistakes_with_folders(tmp_path: Path) -> None:
    """What is not there, what is twice, what is declared for nobody: full texts."""
    with pytest.raises(LiveViewError) as caught:
        embed_templates(tmp_path / "none")
    assert (
        str(caught.value)
        == f"""\
there is no template in {tmp_path / "none"}
  expected: files that end in .heex
  cure: the folder is taken relative to the file that calls embed_templates"""
    )
    (tmp_path / "index.html.heex").write_text("x")
    with pytest.raises(LiveViewError) as caught:
        embed_templates(tmp_path, declarations={"indx": ()})
    assert (
        str(caught.value)
        == f"""\
declarations are given for 'indx', but {tmp_path} has no such template
  got: the templates are: index
  cure: name the file without its suffixes
  nearest: index"""
    )
    with pytest.raises(AttributeError) as wrong:
        _ = embed_templates(tmp_path).indx
    assert str(wrong.value) == f"there is no template 'indx' in {tmp_path}; it has: index; nearest: index"
    (tmp_path / "index.text.heex").write_text("x")
    with pytest.raises(LiveViewError) as caught:
        embed_templates(tmp_path)
    assert (
        str(caught.value)
        == f"""\
two templates in {tmp_path} have the name 'index'
  got: index.html.heex and index.text.heex
  cure: rename one of them: a component is named after its file, up to the first dot"""
    )


# --- installed ------------------------------------------------------------------------------------------------------------

PROJECT = {
    "pyproject.toml": """
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "tiny-pages"
        version = "1"
        """,
    "tiny_pages/__init__.py": """
        from liveview_core import attr, embed_templates, heex

        home = heex.file("home.html.heex", attr("who", str, default="you"))
        parts = embed_templates("parts", declarations={"card": (attr("title", str, required=True),)})
        """,
    "tiny_pages/inner/__init__.py": "",
    "tiny_pages/inner/deep.py": """
        from liveview_core import heex

        page = heex.file("../parts/card.html.heex")
        own = heex.file("own.heex")
        """,
    "tiny_pages/home.html.heex": '<main>\n\n  <%= @who %>\n\n  <parts.card title="Hi" />\n</main>\n',
    "tiny_pages/parts/card.html.heex": "<b>{@title}</b>",
    "tiny_pages/inner/own.heex": "{1 // @n}",
}
SHOW = """
import traceback
import tiny_pages
from liveview_core.rendering.rendered import rendered_to_text
print(repr(rendered_to_text(tiny_pages.home())))
print(tiny_pages.__file__)
from tiny_pages.inner import deep
try:
    rendered_to_text(deep.own(n=0))
except ZeroDivisionError as error:
    print(traceback.extract_tb(error.__traceback__)[-1].line)
print(rendered_to_text(deep.page(title="up")))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with template files, built as its users would build it; no network."""
    project = tmp_path_factory.mktemp("project")
    for name, content in PROJECT.items():
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(content).lstrip("\n"))
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", project / "dist", cwd=project)
    (made,) = (project / "dist").glob("*.whl")
    return made


def run(*command: str | Path, cwd: Path) -> str:
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def show(where: Path, cwd: Path) -> list[str]:
    code = f"import sys; sys.path.insert(0, {str(where)!r})\n{SHOW}"
    return run(sys.executable, "-c", code, cwd=cwd).splitlines()


HOME = "'<main>\\nyou\\n  <b>Hi</b>\\n</main>'"


def test_an_installed_package_has_its_templates(wheel: Path, tmp_path: Path) -> None:
    """From site-packages: templates are found beside the module that asks, and `liveview check` finds them by name."""
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    run(*pip, "--target", target, wheel, cwd=tmp_path)
    shown = show(target, tmp_path)
    assert shown == [HOME, str(target / "tiny_pages/__init__.py"), "{1 // @n}", "<b>up</b>"]
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r}); "
        "from liveview_testing.command_line.main import main; main(['check', 'tiny_pages'])"
    )
    assert run(sys.executable, "-c", code, cwd=tmp_path) == "3 modules, 4 templates: nothing is wrong\n"


def test_a_package_in_an_archive_has_its_templates(wheel: Path, tmp_path: Path) -> None:
    """A wheel on the path, not unpacked: what importlib.resources gives."""
    assert show(wheel, tmp_path) == [HOME, str(wheel / "tiny_pages/__init__.py"), "{1 // @n}", "<b>up</b>"]


def test_code_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a console: it is found from where the program is."""
    (tmp_path / "card.html.heex").write_text("<p>{@a}</p>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec("from liveview_core import heex\nCARD = heex.file('card.html.heex')", names)
    assert text(names["CARD"], a=1) == "<p>1</p>"
