"""Templates seen from outside: which there are in a module, what is declared (DC-26), what is wrong, what a view uses (N3.2)."""

from __future__ import annotations

import functools
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from liveview_core import LiveView, component, heex
from liveview_core.declarations.attributes import attr, slot
from liveview_core.heex import TemplateWarning, UndefinedComponent
from liveview_core.heex.inspection import components, findings, findings_in_file, templates, verify_all
from liveview_core.rendering.rendered import Rendered
from liveview_core.values.assigns import Assigns

Make = Callable[[str], ModuleType]


@pytest.fixture
def module(tmp_path: Path) -> Iterator[Make]:
    """Makes a module of a text; its templates have a file."""
    made: list[str] = []

    def make(source: str) -> ModuleType:
        name = f"inspected_{len(made)}"
        file = tmp_path / f"{name}.py"
        file.write_text(textwrap.dedent(source))
        found = ModuleType(name)
        found.__file__ = str(file)
        sys.modules[name] = found
        made.append(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", TemplateWarning)
            exec(compile(file.read_text(), str(file), "exec"), vars(found))
        return found

    yield make
    for name in made:
        del sys.modules[name]


# --- which there are ------------------------------------------------------------------------------------------------------


def test_templates_of_a_module(module: Make, tmp_path: Path) -> None:
    """Names, classes and classes in them, collections, functions' closures and defaults; each once, in the order of the file."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.heex").write_text("file")
    found = module(
        """
        import functools
        from liveview_core import component, embed_templates, heex
        from liveview_core.components import focus_wrap  # not of this module

        first = again = heex("1")

        class Page:
            render = heex("2")

            class Inner:
                render = heex("3")

            @property
            def shown(self, held=heex("4")):
                return held

            @staticmethod
            def made(held=heex("5")):
                return held

        table = {"a": [heex("6"), (heex("7"),)]}

        def closure():
            inner = heex("8")
            empty = None

            @component()
            def shown(assigns):
                return inner(assigns), empty, later

            if empty:
                later = 1
            return shown

        shown = closure()
        partly = functools.partial(print, heex("9"), end=heex("10"))

        def keyword(*, held=heex("11")):
            return heex("not made")

        parts = embed_templates("parts")
        itself = [table]
        itself.append(itself)
        """
    )
    statics = [each._root.source.text for each in templates(found)]
    assert statics == [*(str(number) for number in range(1, 12)), "file"]


def test_two_templates_on_one_line(module: Make) -> None:
    """In the order of the line."""
    found = module("from liveview_core import heex\nb, a = heex('b'), heex('a')\n")
    assert [each.source.text for each in templates(found)] == ["b", "a"]


# --- DC-26 ----------------------------------------------------------------------------------------------------------------


def test_components_of_a_module(module: Make) -> None:
    """Name, kind, attributes and slots by name, lines; not what declares nothing, and not what is imported."""
    found = module(
        """
        from liveview_core import attr, component, heex, slot
        from liveview_core.components import link

        plain = heex("x")
        card = heex(
            "x",
            attr("b", int, default=1),
            attr("a", str, required=True),
            slot("col", attr("label", str)),
        )

        @component(attr("n"))
        def _hidden(assigns):
            return plain(assigns)

        imported = link
        number = 1
        """
    )
    found_components = components(found)
    assert list(found_components) == ["_hidden", "card"]
    card, hidden = found_components["card"], found_components["_hidden"]
    assert (card.name, card.public, hidden.public) == ("card", True, False)
    assert (card.line, hidden.line) == (6, 13)
    assert [(each.name, each.type, each.required, each.line, each.slot) for each in card.attrs] == [
        ("a", str, True, 9, None),
        ("b", int, False, 8, None),
    ]
    assert [(each.name, each.line) for each in card.slots] == [("col", 10)]
    assert [(each.name, each.slot) for each in card.slots[0].attrs] == [("label", "col")]


# --- what is wrong --------------------------------------------------------------------------------------------------------


def told(source: str, **names: Any) -> list[tuple[str, int, int, str]]:
    """The findings of a template: kind, place in it, what."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TemplateWarning)
        template = heex(source, names=names)
    return [
        (each.kind, each.what.template_line, each.what.template_column, each.what.happened)
        for each in findings(template)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{@a}{len(@a)}{raw('x')}{__name__}", []),
        ("{nope}", [("error", 1, 2, "the name 'nope' is not defined where the template is")]),
        ("\n  {1 + nope}{nope}", [("error", 2, 8, "the name 'nope' is not defined where the template is")]),
        ("{f'{nope}'}", [("error", 1, 2, "the name 'nope' is not defined where the template is")]),
        ("<p a={f'{nope}'} b={[nope2 for x in @xs]}></p>", [
            ("error", 1, 7, "the name 'nope' is not defined where the template is"),
            ("error", 1, 22, "the name 'nope2' is not defined where the template is")]),
        # what the template itself binds is defined
        ("{[x for x in @xs]}{(lambda y: y)(1)}{(z := 1) + z}<% w = 1 %>{w}", []),
        ("<p :for={(a, b) in @xs} :if={a} :key={b}>{a}{b}</p>", []),
        ("<%= for a in @xs for b in a if b: %>{b}<% end %>", []),
        ("<%= match @x: %><% case {'k': k, **rest} if k: %>{k}{rest}<% end %>", []),
        ("<.box :let={item}>{item}</.box>", []),
        ("<p :for={a in @xs}></p>{a}", [("error", 1, 25, "the name 'a' is not defined where the template is")]),
        ("<%= match @x: %><% case Nope(): %>x<% end %>", [
            ("error", 1, 25, "the name 'Nope' is not defined where the template is")]),
        # components
        ("<.nope />", [("error", 1, 1, "component <.nope> is not defined here")]),
        ("<sys.nope />", [("error", 1, 1, "component <sys.nope> is not defined: 'sys' has no 'nope'")]),
        ("<.three /><.kind />", [
            ("error", 1, 1, "<.three> names something that is not a function component"),
            ("error", 1, 11, "<.kind> names something that is not a function component")]),
        ("<.box /><.box b='1' />", [("warning", 1, 15, "undefined attribute 'b' for component <.box>")]),
        # what the parser warns of, in its place among the others
        ("<.nope /><p><div></div></p>{x}", [
            ("error", 1, 1, "component <.nope> is not defined here"),
            ("warning", 1, 13, "<div> inside <p>: a browser closes the <p> first; the page would not be what is written"),
            ("error", 1, 29, "the name 'x' is not defined where the template is")]),
    ],
)  # fmt: skip
def test_findings(source: str, expected: list[Any]) -> None:
    """Names and components that are not there, and warnings, in the order of the template."""
    box = heex("x", attr("a"), slot("inner_block"))
    assert told(source, box=box, three=3, kind=int) == expected


def test_findings_have_cures_and_nearest_names() -> None:
    """As errors have."""
    template = heex("{lenght}{WRD}<.three />", names={"length": 1, "WORD": 2, "three": 3})
    length, word, three = (each.what for each in findings(template))
    assert length.cure == ("define it in the module, or pass it with names={…}; an assign is written @lenght")
    assert length.nearest == ("length", "len")
    assert word.nearest == ("WORD",)
    assert (three.expected, three.got) == (
        "a template made by heex(…), or a function from assigns to what one returns",
        "3",
    )
    assert three.snippet.endswith("^")


def test_looking_issues_no_warning_and_renders_nothing() -> None:
    """Warnings are errors in this suite; and looking twice gives the same."""
    with pytest.warns(TemplateWarning):
        template = heex("<.box b={1 / 0} />", names={"box": heex("x", attr("a"))})
    first, again = ([(each.kind, str(each.what)) for each in findings(template)] for _ in range(2))
    assert first == again != []


def test_a_file_alone(tmp_path: Path) -> None:
    """Compiled and looked at; its names are nobody's."""
    path = tmp_path / "page.heex"
    path.write_text("<p>{nobody}<.nobody /></p>")
    assert findings_in_file(path) == []
    path.write_text("<p><div></div></p>")
    ((kind, error),) = [(each.kind, each.what) for each in findings_in_file(path)]
    assert (kind, error.file, error.line, error.column) == ("warning", str(path), 1, 4)
    path.write_text("<p>\n  {1 +}</p>")
    ((kind, error),) = [(each.kind, each.what) for each in findings_in_file(path)]
    assert (kind, error.file, error.line) == ("error", str(path), 2)


# --- what a view uses -----------------------------------------------------------------------------------------------------

DEEP = heex("<.wrong_later b='1' />", names={})
wrong_later = heex("x", attr("a"))


@component(attr("x"))
def middle(assigns: Assigns) -> Rendered:
    return DEEP(assigns)


def test_verify_all_follows_components() -> None:
    """A view's templates, base classes', methods', and those of the components that they call; not the library's."""

    class Base(LiveView):
        part = heex("<.gone_missing />")

    class Page(Base):
        render = heex("x")

    with pytest.raises(UndefinedComponent, match="gone_missing"):
        verify_all(Page)

    class Fine(LiveView):
        def render(self, assigns: Assigns) -> Rendered:
            return OUTER(assigns)

    with pytest.warns(TemplateWarning, match="undefined attribute 'b' for component <.wrong_later>"):
        verify_all(Fine)
    verify_all(Fine)  # once


OUTER = heex("<.middle :if={False} /><.link href='/'>x</.link>")


def test_verify_gives_the_components() -> None:
    """What the template calls, in its order."""
    box = heex("x")
    template = heex("<.box /><.middle /><.box />", names={"box": box})
    assert template.verify() == (box, middle, box)
    assert functools.reduce(lambda count, _: count + 1, template.calls(), 0) == 3


class Proxy:
    """As libraries have them for what is not there yet: whatever it is asked, it fails."""

    @property
    def __class__(self) -> Any:
        raise RuntimeError("not configured")

    @__class__.setter
    def __class__(self, kind: Any) -> None:
        raise RuntimeError("not configured")

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("not configured")


def configured(event: str, params: Any, socket: Any) -> Any:
    """Reads one that is among its names: pytest, which asks what stands in a module, is not shown it."""
    return socket.assign(x=proxy.debug)  # type: ignore[name-defined]  # pyright: ignore[reportUndefinedVariable]  # noqa: F821


def test_proxies_are_not_asked() -> None:
    """Neither where a view is verified nor where a module is looked through."""
    names: dict[str, Any] = {"proxy": Proxy(), "heex": heex, "LiveView": LiveView}
    handler = FunctionType(configured.__code__, names)
    verify_all(type("Configured", (LiveView,), {"handle_event": staticmethod(handler), "held": names["proxy"]}))
    module = ModuleType("proxied")
    module.__dict__.update(names, kept=[names["proxy"], {"a": names["proxy"]}], card=heex("<b>x</b>"))
    assert templates(module) == []
    assert components(module) == {}
