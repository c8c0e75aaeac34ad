"""How deep a template, a page and a value may be: it works, or one error of ours says what is too deep."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, heex, slot
from liveview_core.errors import TooDeep
from liveview_core.heex import TemplateSyntaxError
from liveview_core.heex.compile.compiler import ASSIGNMENTS, DEPTH
from liveview_core.heex.syntax.parser import CLAUSES
from liveview_core.rendering.html import text
from liveview_core.rendering.rendered import rendered_to_text
from tests.harness.stage import Stage

REC = heex("<b><.REC n={@n - 1} :if={@n} /></b>")
BOX = heex("{render_slot(@inner_block)}", slot("inner_block"), slot("inner"))
NESTED = {
    "tags": ("<i>", "</i>"),
    "ifs": ("<%= if @x: %>", "<% end %>"),
    "loops": ("<%= for y in [1]: %>", "<% end %>"),
    "special": ("<i :for={y in [1]}>", "</i>"),
    "matches": ("<%= match @x: %><% case v: %>", "<% end %>"),
    "components": ("<.box>", "</.box>"),
    "slots": ("<.box><:inner>", "</:inner></.box>"),
}


@pytest.mark.parametrize("kind", NESTED)
def test_nesting(kind: str) -> None:
    """Sixty levels always work; more than the limit is refused at its place, and between them nothing else can come."""
    before, after = NESTED[kind]
    assert text(heex(before * 60 + "{@x}" + after * 60, names={"box": BOX})(x=1)).strip("<i>/") in ("1", "")
    if kind == "tags":
        heex(before * (DEPTH - 1) + "text" + after * (DEPTH - 1))  # as deep as may be
    for levels in (DEPTH + 1, 5 * DEPTH):
        with pytest.raises(TemplateSyntaxError, match=rf"more than {DEPTH} tags and blocks|nested too deeply"):
            heex(before * levels + "{@x}" + after * levels, names={"box": BOX})


def test_clauses_and_assignments() -> None:
    """Both have a limit that says itself."""
    source = "<%= if @x == 0: %>a" + "<% elif @x == 1: %>b" * (CLAUSES - 1) + "<% else: %>c<% end %>"
    assert text(heex(source)(x=2)) == "c"
    with pytest.raises(TemplateSyntaxError, match=f"more than {CLAUSES} clauses in one block"):
        heex("<%= if @x == 0: %>a" + "<% elif @x == 1: %>b" * (CLAUSES + 1) + "<% end %>")
    with pytest.raises(TemplateSyntaxError, match=f"more than {CLAUSES} clauses in one block"):
        heex("<%= match @x: %>" + "<% case 1: %>b" * 1000 + "<% end %>")
    names = [f"<% v{number} = @x %>" for number in range(ASSIGNMENTS)]
    assert text(heex("".join(names) + "{v0}{v89}")(x=1)) == "11"
    with pytest.raises(TemplateSyntaxError, match=f"more than {ASSIGNMENTS} assignments"):
        heex("".join(names) + "<% w = 1 %>")


@pytest.mark.parametrize("expression", ["@a" + "['k']" * 1000, " + ".join(["@a"] * 2000), "(" * 300 + "@a" + ")" * 300])
def test_deep_expressions(expression: str) -> None:
    """An expression that Python or our own walk of it cannot follow."""
    with pytest.raises(TemplateSyntaxError, match=r"nested too deeply|too many nested parentheses"):
        heex(f"{{{expression}}}")


def test_a_component_that_calls_itself() -> None:
    """It may, a hundred times; without end it is told, on the whole page and in a diff."""
    assert text(REC(n=60)).count("<b>") == 61
    with pytest.raises(TooDeep, match="nested too deeply"):
        text(REC(n=-1))
    with pytest.raises(TooDeep, match="nested too deeply"):
        Stage(REC, n=-1)


@pytest.mark.parametrize("source", ["{@x}", "<p class={@x}></p>", "<p data={@x}></p>", "<p {@x}></p>", '{f"{@x}"}'])
def test_values_that_contain_themselves(source: str) -> None:
    """The template and its line are named."""
    value: list[Any] = []
    value.append(("data", value) if source in ("<p data={@x}></p>", "<p {@x}></p>") else value)
    with pytest.raises(TooDeep, match=r"what the template at .* line \d+ shows is nested too deeply"):
        text(heex(source)(x=value))


def test_a_page_of_pages_without_end() -> None:
    """A view in a root layout that mounts others without end: it is ours to say that it was too deep."""

    def place(ref: Any) -> str:
        return place(ref)

    page = heex("<.live_render view={View} id='a' />", names={"View": LiveView})
    with pytest.raises(TooDeep, match=r"what the template at .*test_depth.py, line \d+ shows is nested too deeply"):
        rendered_to_text(page(), place)


@pytest.mark.parametrize(
    "source",
    [
        "<p>\ud800</p>",
        '{"\ud800"}',
        '<p title="\udfff"></p>',
        "{@\ud800}",
        "<p {\ud800}></p>",
        "<.\ud800 />",
        "<!-- \ud800 -->",
    ],
)
def test_half_a_character(source: str) -> None:
    """A lone surrogate is no text: refused where it stands, in a message that can be printed."""
    with pytest.raises(TemplateSyntaxError, match=r"the lone surrogate \\ud[8f]") as caught:
        heex(source)
    str(caught.value).encode()
    assert caught.value.template_column == next(i for i, char in enumerate(source, 1) if "\ud800" <= char <= "\udfff")
