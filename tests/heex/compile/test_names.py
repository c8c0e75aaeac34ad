"""No name of the author's reaches the compiler's own, and none of the compiler's hides the author's (N3.1)."""

from __future__ import annotations

import ast
import builtins
import keyword
from types import ModuleType
from typing import Any

import pytest

from liveview_core import attr, heex, slot
from liveview_core.errors import BadReturn
from liveview_core.heex import TemplateWarning
from liveview_core.heex.runtime import NotAComponent
from liveview_core.rendering.html import text

BOX = heex("<u {@rest}>{@n}{render_slot(@inner_block, @n)}</u>", attr("n"), attr("rest", "global"), slot("inner_block"))

# Every construct of a template, each of which calls what generated code calls.
EVERY = """
<p {{"title": f"{NAME}", **{}}} class={[NAME, None]} style={NAME} id={f"i-{NAME}"} data={[("x", NAME)]} hidden={NAME}
 {[("k", NAME)]}>
{NAME}{f"{NAME}-{NAME!s:>1}"}{"a" + NAME}<b :if={NAME}>{NAME}</b><%= if (w := NAME): %>{w}<% end %>
<i :for={a, b in [(NAME, 1)]} :key={NAME} title={"x" + NAME}>{a}{b}{NAME}</i><% q, r = (NAME, 1) %>{q}{r}
<%= match NAME: %><% case str() as s if NAME: %>{s}{NAME}<% end %>
<.box n={NAME} data-x={NAME}>{NAME}</.box><.box n={f"{NAME}"} :let={v}>{v}{NAME}</.box></p>{@a}{@d["k"]}
"""


def shown(source: str, **names: Any) -> str:
    return text(heex(source, names={"box": BOX, **names})(a="A", d={"k": "K"}, xs=["v"]))


EXPECTED = shown(EVERY.replace("NAME", "plain"), plain="v")


def generated() -> set[str]:
    """The names in the code of a template that uses everything, apart from the author's."""
    tree = heex(EVERY.replace("NAME", "@a"), names={"box": BOX}).python_ast
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return names | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


BUILTINS = set(dir(builtins)) - {"type", "Exception", "dict", "print"}
SOFT = {
    "match",
    "case",
    "type",
    "_",
    "assigns",
    "self",
    "render",
    "changed",
    "socket",
    "form",
    "render_slot",
    "raw",
    "JS",
}
NAMES = sorted(
    name
    for name in {*dir(builtins), *generated(), *SOFT}
    if name.isidentifier() and not name.startswith("__") and not keyword.iskeyword(name) and name not in "abqrswv"
)


def test_what_generated_code_uses_begins_with_two_underscores() -> None:
    """All but `assigns`, the parameter, and the author's own names."""
    own = {"a", "b", "q", "r", "s", "v", "w", "str"}
    assert {name for name in generated() if not name.startswith("__")} - own == {"assigns"}


@pytest.mark.parametrize("name", NAMES)
def test_an_author_may_use_any_name(name: str) -> None:
    """As a variable of each kind, as a name given, and as a global of the module."""
    body = EVERY.replace("NAME", name).strip()
    if name == "str":  # the class pattern in the template is the author's own use of it
        body = body.replace("str() as s", "s")
    ways = [f"<%= for {name} in @xs: %>{body}<% end %>"]
    if name not in BUILTINS:
        ways += [
            f"<%= for n, {name} in enumerate(@xs) if {name} for m in {name}: %>{body}<% end %>",
            f'<% {name} = "v" %>{body}',
            f"<%= match @xs: %><% case [{name}]: %>{body}<% end %>",
            f"<%= if ({name} := @xs[0]): %>{body}<% end %>",
        ]
    if name != "_":
        for source in ways:
            assert shown(source).strip() == EXPECTED.strip(), source
    if name != "assigns":
        module = ModuleType("theirs")
        vars(module).update({name: "v", "heex": heex, "BODY": body, "BOX": BOX})
        exec('TEMPLATE = heex(BODY, names={"box": BOX})', vars(module))
        assert text(vars(module)["TEMPLATE"](a="A", d={"k": "K"})).strip() == EXPECTED.strip()
    if name != "_":
        let = heex("{render_slot(@inner_block, @x)}", attr("x"), slot("inner_block"))
        assert shown(f'<.outer :let={{{name}}} x="v">{body}</.outer>', outer=let).strip() == EXPECTED.strip()
        assert shown(f"<.{name} />", **{name: heex("<p>own</p>")}) == "<p>own</p>"


def test_a_helper_with_the_name_of_a_component() -> None:
    """A function called `form` is not taken for `<.form>` in silence; who means a component says so."""
    helpers = ModuleType("helpers")
    vars(helpers)["heex"] = heex

    def template(code: str) -> Any:
        exec(f"{code}\nT = heex('<.form for={{{{}}}}>x</.form>')", vars(helpers))
        return vars(helpers)["T"]

    with pytest.warns(TemplateWarning, match=r"<\.form> is the function 'form' of helpers, which hides the library's"):
        page = template("def form(socket, params): return socket")
    with pytest.raises(NotAComponent) as caught:
        text(page())
    assert str(caught.value).startswith("<.form> names something that is not a function component")
    assert caught.value.cure == "rename it: here it hides the library's own component <.form>"
    with pytest.warns(TemplateWarning, match="rename the function"):
        page = template("def form(params): return params")
    with pytest.raises(BadReturn, match=r"the component <\.form>.*(\n.*)*hides the library's component"):
        text(page())
    with pytest.warns(TemplateWarning, match=r"<\.form> is 'a value', which hides the library's component <\.form>"):
        template("form = 'a value'")
    own = template(
        "from liveview_core import component\nform = component()(lambda assigns: heex('<p>own</p>')(assigns))"
    )
    assert text(own()) == "<p>own</p>"
    assert text(heex("<.form />", names={"form": lambda assigns: FORM(assigns)})()) == "own"


FORM = heex("own")


SHOWS = heex("<p>{raw(@x)} {JS.hide()}</p>", doc="Names that are offered, and defined below.")
HOLDS = heex("{render_slot(@inner_block)}", slot("inner_block"))
HOLDER = heex("<.HOLDS>a</.HOLDS>")


def test_own_names_below_the_template() -> None:
    """The module's own stand before what is offered, wherever they are defined; a template that was never shown waits for them."""
    space: dict[str, Any] = {"heex": heex, "slot": slot}
    exec(
        "A = heex('<p>{raw(@x)} {JS.hide()}</p>')\n"
        "B = heex('{render_slot(@inner_block)}', slot('inner_block'))\nC = heex('<.B>a</.B>')\n"
        "def raw(x): return f'[{x}]'\n"
        "class JS:\n    hide = staticmethod(lambda: 'own')\n"
        "def render_slot(slot): return f'{len(slot)} own'\n",
        space,
    )
    for _ in range(2):
        assert text(space["A"](x="<")) == "<p>[&lt;] own</p>"
        assert text(space["C"]()) == "1 own"
        assert text(SHOWS(x="<")) == "<p>< [[&quot;hide&quot;,{}]]</p>"
        assert text(HOLDER()) == "a"
    assert "render_slot(__a['inner_block'])" in space["B"].python
    assert "render_slot" not in HOLDS.python.partition("\n")[2]


@pytest.mark.parametrize("where", ["names", "local"])
def test_an_own_render_slot(where: str) -> None:
    """Of `names=`, or of the place that calls."""

    def own(slot: list[Any]) -> str:
        return f"{len(slot)} own"

    if where == "names":
        box = heex("{render_slot(@inner_block)}", slot("inner_block"), names={"render_slot": own})
    else:
        render_slot = own  # noqa: F841  # pyright: ignore[reportUnusedVariable] - the template reads it
        box = heex("{render_slot(@inner_block)}", slot("inner_block"))
    assert text(heex("<.box>a</.box>", names={"box": box})()) == "1 own"
