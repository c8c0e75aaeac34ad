"""Habits of other templates: each gets the cure of what was meant (one table, `heex/habits.py`)."""

from __future__ import annotations

import pytest

from liveview_core.heex import TemplateSyntaxError, TemplateWarning, heex

EXPRESSIONS = {
    # Jinja and Django
    "{{ @x }}": "one pair of braces",
    "{% if @x %}a{% endif %}": "<%= if @x: %>",
    "{% for x in @xs %}{x}{% endfor %}": "<%= for x in @xs: %>",
    "{% endfor %}": "<% end %>",
    "{% set x = 1 %}": "<% name",
    "{% include 'a' %}": "component",
    # JSX and JavaScript
    "{x && <p/>}": ":if=",
    "{@x ? 'a' : 'b'}": "if @x else",
    "{items.map(x => <li>{x}</li>)}": ":for=",
    "<p {...props}></p>": "{@rest}",
    "<p class={{'a': True}}></p>": "class takes a list",
    "<p style={{'color': 'red'}}></p>": "style takes text",
    "{`a${@x}`}": 'f"',
    "{${@x}}": 'f"',
    "{@a === 1}": "==",
    "{@a && @b}": "and",
    "{@a || @b}": "or",
    "{!@a}": "not",
    "{@x ?? 1}": "is not None",
    "{@x?.y}": "and @x.name",
    "{const y = 1}": "<% name",
    "<><p/></>": "leave `<>` out",
    # Svelte
    "{#if @x}a{/if}": ":if=",
    "{#each @xs as x}a{/each}": ":for=",
    # Elixir
    "{@x |> f}": "f(x)",
    "{&f/1}": "lambda",
    "{fn x -> x end}": "lambda",
    "{%{a: 1}}": "dict",
    "{:ok}": "string",
    "{if @x do 'a' end}": "<%= if @x: %>",
    "{if @x, do: 'a'}": "if @x else",
    "<%= for x <- @xs do %>{x}<% end %>": "<%= for x in @xs: %>",
    "<%= if @x do %>a<% end %>": "ends with `:`",
    "<%= unless @x do %>a<% end %>": "not",
    "<%= case @x do %><% end %>": "match",
    "{@foo.bar?}": "no names with `?`",
    "{~H'a'}": "heex(",
    "<p :if='@x'></p>": ":if={@x}",
    # Python where only an expression stands
    "{for x in @xs: x}": ":for=",
    "{'a' if @x}": "else None",
    "{@x!r}": "f-string",
    "{x = 1}": "<% name",
}
ATTRIBUTES = {
    "className={@a}": "write class=",
    "htmlFor='a'": "write for=",
    "onClick={@f}": "phx-click=",
    "dangerouslySetInnerHTML={@a}": "raw(",
    "key={@a}": ":key=",
    "v-if='a'": ":if=",
    "v-on:click='a'": "phx-click=",
}


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_expressions(source: str) -> None:
    """An error whose cure is what was meant."""
    with pytest.raises(TemplateSyntaxError) as caught:
        heex(source)
    assert EXPRESSIONS[source] in (caught.value.cure or "")


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_attributes(attribute: str) -> None:
    """A warning: the browser does nothing with it."""
    with pytest.warns(TemplateWarning) as caught:
        heex(f"<p {attribute}></p>")
    assert any(ATTRIBUTES[attribute] in str(each.message) for each in caught)


def test_lines_are_those_of_the_listing() -> None:
    """In the sentence as in the lines below it: the file's."""
    with pytest.raises(TemplateSyntaxError) as caught:
        heex("""
        <p>
          <b>
        </p>
        """)
    assert f"expected </b> for <b> at line {caught.value.line - 1}, got </p>" in str(caught.value)
