"""Habits of other templates: each gets the cure of what was meant (one table, `heex/habits.py`)."""

from __future__ import annotations

import builtins

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.errors import MissingAssign
from liveview_core.heex import TemplateSyntaxError, TemplateWarning, heex
from liveview_core.heex.syntax.foreign import syntax
from liveview_core.heex.template_globals import UndefinedComponent
from liveview_core.rendering.html import text

EXPRESSIONS = {
    "{/snippet}": "a block is",
    "<%= f = form_for @c, '#', [] %>": "write `<.form for={@form}",
    "<%= live_patch 'a', to: '/a' %>": "<.link patch={…}>",
    # Jinja and Django
    "{{ @x }}": "one pair of braces",
    "{% if @x %}a{% endif %}": "<%= if @x: %>",
    "{% for x in @xs %}{x}{% endfor %}": "<%= for x in @xs: %>",
    "{% endfor %}": "<% end %>",
    "{% set x = 1 %}": "<% name",
    "{% include 'a' %}": "component",
    "{% csrf_token %}": "an assign",
    "{@x ~ 'a'}": "joins strings",
    "<%= if @x: %>a<% end if %>": "<% end %>",
    # Handlebars, EJS and PHP
    "{{#if @x}}a{{/if}}": ":if=",
    "{{> card}}": "component",
    "<% if (@x) { %>a<% } %>": "<%= if @x: %>",
    "{$x}": "@name",
    "{@x->y}": "@x.name",
    "{@x.0}": "@xs[0]",
    # JSX and JavaScript
    "{[...@xs, 1]}": "[*@xs]",
    "{/* a */}": "<%!--",
    "{// a}": "<%!--",
    "<%-- a --%>": "<%!--",
    "{@x instanceof Y}": "isinstance",
    "{@x as int}": "leave `as",
    "{@x!}": "leave the `!`",
    "{'${@x}'}": 'f"',
    "{'a {@x}'}": 'f"',
    "<p :class={@x}></p>": "write class={…}",
    "<p :else></p>": ":if={not",
    "<p :elif={@x}></p>": ":if={not",
    "<p :each={@x}></p>": ":for=",
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
    "{raw @x}": "f(@x)",
    "{'a' unless @x}": "if @x else",
    "<%= live_component Foo, id: 1 %>": "<.live_component",
    "{f(@x, id: 1)}": "name=",
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
    "{Map.get(@x, :a)}": "string",
    "{@x == :a}": "string",
    "{f(:a)}": "string",
    "{?a}": "character",
    # more of Django and Svelte
    "{% comment %}": "a comment is",
    "{% autoescape off %}": "escaped by itself",
    "{% blocktrans %}": "comes as an assign",
    "{{- @x -}}": "one pair of braces",
    "{@html @x}": "raw(@x)",
    "{@const x = 1}": "<% name = … %>",
    "{@render f()}": "render_slot",
    # Python where only an expression stands
    "{for x in @xs: x}": ":for=",
    "{'a' if @x}": "else None",
    "{@x!r}": "f-string",
    "{x = 1}": "<% name",
    # what was looked for afterwards
    "{@x|default:'a'}": "no filters: write `@x or",
    "{@x|date:'Y'}": "strftime",
    "{@x|add:1}": "@x + 1",
    "{@x eq 1}": "`==`",
    "{'a' if @x else}": 'if @x else "b"',
    "{'a' if @x, else 'b'}": 'if @x else "b"',
    "<%== @x %>": "raw(@x)",
    "<% {a, b} = @x %>": "a, b = @pair",
    "<%= render 'a.html' %>": "parentheses",
    "{render_slot inner_block}": "parentheses",
    "{yield}": "render_slot(@inner_block)",
    "{await @x}": "assign_async",
    "{~p'/a'}": "a path is text",
    "{~w(a b)}": 'list is `["a", "b"]`',
    "{@x =~ ~r/a/}": "re.search",
    "{@x.match(/a/)}": "re.search",
    "{{:ok, 1}}": "string",
    "{get_in(@x, [:a])}": "string",
    "{with {:ok, a} <- @x, do: a}": "match",
    "{@xs.each do |x| x end}": ":for=",
    "{@xs.map { |x| x }}": ":for=",
    "{@x&.y}": "and @x.name",
    "{Array.from(@xs)}": "list(",
    "<li :for={x of @xs}></li>": "`in`",
    "<p {@rest...}></p>": "{@rest}",
    "<p class={'a': @x}></p>": "class takes a list",
    "<p class={a: @x}></p>": "class takes a list",
    # Blade, Razor, Smarty, Mustache, Mako, PHP
    "{{ $x }}": "an assign is `@name`",
    "{!! $x !!}": "raw(@x)",
    "{{-- a --}}": "<%!--",
    "{{!-- a --}}": "<%!--",
    "{* a *}": "<%!--",
    "{&name}": "an assign is `@name`",
    "{&x.y}": "no `&`",
    "{{&x}}": "raw(@x)",
    "{^xs}a{/xs}": ":if={not @xs}",
    "{{^xs}}a{{/xs}}": ":if={not @xs}",
    "{#xs}a{/xs}": ":for=",
    "{{#xs}}a{{/xs}}": ":for=",
    "{{#let x}}a{{/let}}": ":for=",
    "{{else}}": "<% else: %>",
    "{else}": "<% else: %>",
    "{{yield}}": "render_slot",
    "{{component 'a'}}": "parentheses",
    "{foreach $xs as $x}a{/foreach}": ":for=",
    "{literal}a{/literal}": "&lbrace;",
    "{% assign x = 1 %}": "<% name",
    "{% capture x %}": "<% name",
    "{% case x %}": ":if=",
    "{% render 'a' %}": "component",
    "{% from 'a' import b %}": "component",
    "{% break %}": "filter the list",
    "<%def name='a()'>a</%def>": "component",
    "<%include file='a'/>": "component",
    "<?php echo $x ?>": "`{@x}`",
    "<?= $x ?>": "`{@x}`",
    "<?xml version='1.0'?>": "leave it out",
    "<%= content_tag :p, 'a' %>": "parentheses",
    # Blocks of Razor's and Angular's around what is no expression
    "@if (x) { <b>a</b> }": "<%= if @x: %>",
    "@foreach (var x in xs) { <b>a</b> }": "<%= for x in @xs: %>",
    "@for (let x of xs; track x) { <b>a</b> }": "<%= for x in @xs: %>",
    "@section Scripts { <b>a</b> }": "render_slot",
    "@switch (x) { case 1: a }": "<%= if @x: %>",
    # Svelte, JSX and Vue
    "{#await p}a{:then v}b{/await}": "<.async_result",
    "{:catch e}": "<.async_result",
    "{@attach f}": "phx-hook=",
    "<Link href='/a'>a</Link>": "<.link navigate=",
    "<NavLink to='/a'>a</NavLink>": "<.link navigate=",
    "<Fragment>a</Fragment>": "no root",
    "<React.Fragment>a</React.Fragment>": "no root",
    "<For each={@xs}>a</For>": ":for=",
    "<Show when={@x}>a</Show>": ":if=",
    "<Suspense>a</Suspense>": "<.async_result",
    "<Form>a</Form>": "<.form",
    "<Outlet />": "{@inner_content}",
}
ATTRIBUTES = {
    "className={@a}": "write class=",
    "htmlFor='a'": "write for=",
    "onClick={@f}": "phx-click=",
    "dangerouslySetInnerHTML={@a}": "raw(",
    "key={@a}": ":key=",
    "v-if='a'": ":if=",
    "v-on:click='a'": "phx-click=",
    "v-bind:href='a'": "write href=",
    "on:click={@a}": "phx-click=",
    "bind:value={@a}": "write value=",
    "class:active={@a}": 'class={["active" if',
    "*ngIf='a'": ":if=",
    "(click)='a'": "phx-click=",
    "phx_click='a'": "write phx-click=",
    "phx_value_user_id='a'": "write phx-value-user-id=",
    "aria_label='a'": "write aria-label=",
    "data_id={@a}": "write data-id=",
    "class_='a'": "write class=",
    "for_='a'": "write for=",
    "on_click='a'": "phx-click=",
    "on-click={@f}": "phx-click=",
    "on_key_down='a'": 'phx-keydown="name"',
    "onMouseEnter={@f}": "listen to mouseenter in a hook",
    "onDoubleClick={@f}": "listen to doubleclick in a hook",
    "onInput={@f}": 'phx-change="name"',
    "onLoad={@f}": 'phx-mounted="name"',
    "@onclick='a'": "phx-click=",
    "wire:click='a'": "phx-click=",
    "ng-click='a'": "phx-click=",
    "phx:click='a'": "phx-click=",
    "phxclick='a'": "phx-click=",
    "phxClick='a'": "phx-click=",
    "onclick='save'": 'phx-click="save", and handle_event("save", …)',
    "onchange='save-it'": 'phx-change="save-it"',
    "onmouseover='save'": "listen to mouseover in a hook",
    "onclick={JS.push('save')}": "write phx-click={JS…}",
    "defaultValue={@a}": "write value=",
    "[class]='a'": "write class=",
    'class="a ${@a}"': 'class={f"…{@a}…"}',
    'class="a ${a}"': 'class={f"…{a}…"}',
    'class="a {{ @a }}"': 'class={f"…{@a}…"}',
    'id="{{ a }}"': 'id={f"…{a}…"}',
    "if={@x}": "write :if=",
    "for={x in @xs}": "write :for=",
    "innerHTML={@x}": "raw(",
    "textContent={@x}": "inside the tag",
    "ariaLabel='a'": "write aria-label=",
    "dataUserId={@x}": "write data-user-id=",
    "classList={@x}": "write class=",
    "ng-if='a'": "write :if=",
    "ng-repeat='a in b'": "write :for=",
    "th:text='a'": "write {@text} inside the tag",
    "v-once": "leave it out",
    "v-slot:head": "<:head>…</:head>",
    "#head": "<:head>…</:head>",
    "style:font-size={@x}": 'write style={f"font-size: {@font_size}"}',
    "use:focus": 'write phx-hook="focus"',
    "let:item": "write :let={item}",
    "transition:fade": "phx-mounted={JS.transition(…)}",
    "in:fly": "phx-mounted={JS.transition(…)}",
    "disabled='false'": "disabled={False}",
    "phx-click='save(1)'": "phx-value-id=",
    'phx-click="JS.push(1)"': "phx-click={JS.push(1)}",
    "phx-target='@myself'": "phx-target={@myself}",
    "phx-confirm='sure?'": "data-confirm=",
    "phx-enter='a'": 'phx-key="Enter"',
    "phx-keydown.enter='a'": 'phx-key="Enter"',
    "phx-click.prevent='a'": "no modifiers",
    "phx-input='a'": "phx-change=",
    "phx-if={@x}": ":if=",
    "phx-patch='/a'": "<.link patch=",
    "phx-outside-click='a'": "phx-click-away=",
    "phx-vals='a'": "phx-value-name=",
    "phx-poll='1s'": "send_interval",
    "phx-live-link='/a'": "<.link patch=",
    "bind:this={@x}": "phx-hook=",
    "ref={@x}": "phx-hook=",
    "class:list={[@x]}": "class takes a list",
    "[class.active]='x'": 'class={["active" if',
    "[style.width.px]='x'": 'style={f"width: {@width}"}',
    "[attr.aria-label]='x'": "write aria-label=",
    "[ngClass]='x'": "class takes a list",
    "[ngStyle]='x'": "style takes text",
    "*ngSwitchCase='1'": "match @x",
    "(keyup.enter)='go()'": 'phx-keyup="name" phx-key="Enter"',
    "v-on:keyup.enter='x'": 'phx-keyup="name" phx-key="Enter"',
    "v-on:click.once='x'": "phx-click=",
    "on:click|preventDefault={@x}": "phx-click=",
    "v-model.trim='x'": "phx-change on the form",
    "v-model:title='x'": "phx-change on the form",
    "v-bind='x'": "{@rest}",
    "v-on='x'": "phx-click=",
    "hx-get='/a'": "phx-click=",
    "hx-post='/a'": "phx-submit=",
    "hx-on:click='x'": "phx-click=",
    "wire:model='a'": "phx-change on the form",
    "wire:click.prevent='a'": "phx-click=",
    "wire:loading": "phx-click-loading",
    "wire:ignore": 'phx-update="ignore"',
    "ng-show='x'": ":if=",
    "ng-bind='x'": "inside the tag",
    "ng-href='x'": "write href=",
    "ng-controller='x'": "leave it out",
    "th:href='x'": "write href=",
    "th:onclick='x'": "phx-click=",
    "t-foreach='xs'": ":for=",
    "tal:content='x'": "inside the tag",
    "py:if='x'": ":if=",
    "set:html={@x}": "raw(@html)",
    "client:load": "leave it out",
}
ELSEWHERE = {
    "<a patch='/a'>b</a>": "<.link patch=",
    "<a navigate='/a'>b</a>": "<.link navigate=",
    "<a to='/a'>b</a>": "href=",
    "<textarea value={@x}></textarea>": "<textarea>{…}",
    "<select value={@x}></select>": "selected=",
    "<.link to='/a'>b</.link>": "navigate={…}, patch={…} or href={…}",
    "<.form for={@d} let={f}></.form>": ":let=",
    "<.form for={@d} on_submit='a'></.form>": "phx-submit=",
    "<.form for={@d} onChange='a'></.form>": "phx-change=",
    "<.form form={@d}></.form>": "for=",
    "<.live_file_input field={@x} />": "upload={@uploads.name}",
    "@if($x) <b>a</b> @endif": "<%= if @x: %>",
    "<p>@if (x) { a } @else { b }</p>": "<%= if @x: %>",
    "a\n@endforeach": "<%= for x in @xs: %>",
    "@foreach($xs as $x) a": "<%= for x in @xs: %>",
    "@section('content')": "render_slot",
    "@yield('content')": "render_slot",
    "@RenderBody()": "render_slot",
    "@extends('a')": "component",
    "@include('a.b')": "component",
    "@livewire('a')": "component",
    "<form id='a' phx-change='b'>@csrf</form>": "need none",
    "<b>@Model.Name</b>": "`{@name}`",
    "@Html.Raw(x)": "raw(@html)",
    "@lang('a')": "names={…}",
    "% if x:\na\n% endif": "<%= if @x: %>",
    "% for x in xs:\na": "<%= for x in @xs: %>",
    "<ng-container>a</ng-container>": ":if=",
    "<ng-content></ng-content>": "render_slot",
    "<router-link to='/a'>b</router-link>": "<.link navigate=",
    "<teleport to='body'>a</teleport>": "<.portal",
    "<component is='a'></component>": "<.dynamic_tag",
    "<svelte:head>a</svelte:head>": "<.live_title>",
}
COMPONENTS = {
    "<.live_patch to='/a'>b</.live_patch>": "<.link patch=",
    "<.live_redirect to='/a'>b</.live_redirect>": "<.link navigate=",
    "<.button>a</.button>": "core_components",
    "<.simple_form></.simple_form>": "core_components",
    "<.if></.if>": ":if=",
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


@pytest.mark.parametrize("source", ELSEWHERE)
def test_attributes_of_other_tags_and_components(source: str) -> None:
    """A warning that names what does it here."""
    with pytest.warns(TemplateWarning) as caught:
        heex(source)
    assert any(ELSEWHERE[source] in str(each.message).partition("cure: ")[2] for each in caught)


@pytest.mark.parametrize("source", COMPONENTS)
def test_components_of_other_frameworks(source: str) -> None:
    """They are not here; the cure is what is."""
    with pytest.raises(UndefinedComponent) as caught:
        text(heex(source)())
    assert COMPONENTS[source] in (caught.value.cure or "")


NAMES = {
    "@user[:role]": 'an item is `["role"]`',
    "@a.user[:role]": 'an item is `["role"]`',
    "undefined": "None",
    "null": "None",
    "nil": "None",
    "true": "True",
    "JSON.stringify(@x)": "json.dumps",
    "Enum.count(@x)": "len",
    "this.x": "@name",
    "@x|upper": ".upper()",
    "@x | join(', ')": ".join(@xs)",
    "@x|length": "len(@x)",
    "@x|safe": "raw(@x)",
    "@x is none": "None",
    "@form[:name]": '["name"]',
    "@my_form[ :name ].value": '["name"]',
    "@flash[:info]": '["info"]',
}
RUNNING = {
    "push_event('a')": "a callback of the view does that",
    "xs": "there is an assign of that name: `@xs`",
    "len(none) + d": "there is an assign of that name: `@none`",
    "@xs ++ [1]": "with one `+`",
    "json.dumps(@d)": "import json",
    "elem(@xs, 0)": "@x[0]",
    "session['a']": "mount(params, session, socket)",
    "_('a')": "names={…}",
    "[a for a, b in @d]": "@d.items()",
    "[a for a, b in @xs]": "enumerate",
    "[x for x in @xs[0]]": "range(@n)",
    "[x for x in @none]": "@xs or []",
    "@d['zz']": '.get("zz")',
    "@d[:str]": 'an item is `["name"]`',
    "undefined": "None",
    "length(@xs)": "len(",
    "@x|upper": ".upper()",
    "@x|str": "no filters",
    "@xs.length": "len(",
    "@xs.map(str)": "for x in @xs",
    "@x.toUpperCase()": ".upper()",
    "@d.name": '["name"]',
    "@none.name": "@x and @x.name",
    "@x + 1": 'f"',
    "loop.index": "enumerate",
    "rem(@xs[0], 2)": "@n % 2",
    "@xs[0] is even": "@n % 2 == 0",
    "clsx('a')": "class takes a list",
    "inner_block": "render_slot(@inner_block)",
    "get_flash('info')": '@flash.get("info")',
    "socket.assigns.x": "a template sees assigns",
    "html_escape(@x)": "escaped by itself",
    "Keyword.get(@d, 'a')": '@x.get("key")',
    "@d.info": '.get("info")',
    "@xs.isEmpty()": "not @xs",
    "@x.padStart(3)": ".rjust(",
    "@x ++ 'a'": "one `+`",
    "@xs -- @xs": "not in @ys",
    "js.push('a')": "in capitals",
    "JS.push('a', @d)": "value={",
}


@pytest.fixture(autouse=True)
def _no_last_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doctests that ran before leave the value that they showed last as a builtin."""
    monkeypatch.delattr(builtins, "_", raising=False)


@pytest.mark.parametrize("code", NAMES)
def test_names(code: str) -> None:
    """A warning at its place, where nobody has defined such a name."""
    with pytest.warns(TemplateWarning, match=r":\d+:2: '\w+' is not defined here|:\d+:\d+: ") as caught:
        heex(f"{{{code}}}")
    assert NAMES[code] in str(caught[0].message).partition("cure: ")[2]


@pytest.mark.filterwarnings("ignore::liveview_core.heex.TemplateWarning")
@pytest.mark.parametrize("code", RUNNING)
def test_what_fails_when_it_runs(code: str) -> None:
    """A note under Python's own words."""
    with pytest.raises((NameError, AttributeError, TypeError, KeyError, ValueError)) as caught:
        text(heex(f"{{{code}}}")(x="a", xs=[1], d={"name": 1}, none=None))
    assert any(RUNNING[code] in note for note in caught.value.__notes__)


@pytest.mark.filterwarnings("error::liveview_core.heex.TemplateWarning")
@pytest.mark.parametrize(
    "source",
    [
        "{f'${@x}'}",
        "{@a | @b}",
        "{@a | title}",
        "{upper(@a)}",
        '<p onclick="save()" onsubmit="return" oninput={@f} onscroll="a = 1" on="a" one="b" data-on_click="c" phxx="d"></p>',
        '<p data-row="{{ name }}" onclick="f(`${x}`)" x-data="{a: {}}" @click="a" x-show="b" @click.prevent="d"></p>',
        '<p class="a{}"></p>',
        "{length(@a)}",
        "{@a.length}",
        "<slot name='a' />",
        "<%= for true in @x: %>{true}<% end %>",
        "{@xs[:n]}",
        "{'{a}'}",
        "{{'a': 1}['a']}",
        '<my-link patch="a" value="b" disabled="false"></my-link><a href="/a" data-to="b">c</a>',
        "<label for={@a in @b}></label><p phx-mine='a' phx-value-if='b' aria-hidden='false' contenteditable='false'></p>",
        "mail to a@if(b).org, @elixir, @jane.doe, @else-where or @media (min-width: 1px); 100 % if you like",
        "<style>@media (a) {}</style><script>@if (a) {}</script><pre>@if (a)</pre><code>@endif</code><!-- @if (a) -->",
        "<my-component></my-component><x-alert /><slot></slot><template></template><p data-bind='a' title.x='b' hx-ext='c'></p>",
        "<textarea>a</textarea><option value={@a}></option><p phx-click='save (all)' phx-target='#a' id='a' phx-hook='JS'></p>",
    ],
)
def test_silence(source: str) -> None:
    """What may well be meant."""
    title = 1
    heex(source, names={"title": title})


def test_streams_without_one() -> None:
    """It is no assign that somebody could assign."""
    page = heex('<ul id="a" phx-update="stream"><li :for={id, row in @streams.rows} id={id}>{row}</li></ul>')
    with pytest.raises(MissingAssign, match=r"there is no stream\n[^`]*`socket.stream\("):
        text(page(n=1))


def test_lines_are_those_of_the_listing() -> None:
    """In the sentence as in the lines below it: the file's."""
    with pytest.raises(TemplateSyntaxError) as caught:
        heex("""
        <p>
          <b>
        </p>
        """)
    assert f"expected </b> for <b> at line {caught.value.line - 1}, got </p>" in str(caught.value)


BEGINNINGS = (
    "",
    "on",
    "on-",
    "ng-",
    "ng-click",
    "phx",
    "phx-",
    "phxclick",
    "data",
    "aria-",
    "v-",
    "v-model",
    "class",
    "let",
)


@given(st.sampled_from(BEGINNINGS), st.text("abclikORT019-_:.|#[](@ßé", max_size=9))
def test_an_ordinary_name_is_no_habit(beginning: str, rest: str) -> None:
    """The fast path: what it lets pass, no sign would have fitted."""
    name = beginning + rest
    if syntax._is_ordinary(name):
        assert syntax._habit(name) is None


def test_the_names_of_html_are_ordinary() -> None:
    """Or the fast path would be none."""
    names = ("id", "class", "phx-click", "phx-value-id", "data-role", "aria-label", "http-equiv", "x1", "onclick", "h1")
    assert [name for name in names if not syntax._is_ordinary(name)] == []
    assert (
        not syntax._is_ordinary("on-click") and not syntax._is_ordinary("phxclick") and not syntax._is_ordinary("ng-if")
    )
