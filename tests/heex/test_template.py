"""`heex`, `heex.file`, `embed_templates`: names (N3.1), errors of a running template, steps, counting."""

from __future__ import annotations

import builtins
import linecache
import traceback
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from liveview_core.declarations.attributes import attr, slot
from liveview_core.declarations.function_component import component
from liveview_core.errors import BadReturn, LiveViewError, MissingAssign
from liveview_core.heex import (
    HeexDuringStep,
    Template,
    TemplateSyntaxError,
    UndefinedComponent,
    heex,
    render_slot,
)
from liveview_core.heex.compile.compilation import Counted
from liveview_core.heex.heex_in_callbacks import step_code
from liveview_core.heex.runtime import LetMismatch, NotAComponent, SlotError
from liveview_core.heex.syntax.location import Location
from liveview_core.protocol.async_result import AsyncResult
from liveview_core.rendering.html import NotText
from liveview_core.rendering.rendered import Rendered, rendered_to_text
from liveview_core.values.assigns import Assigns
from tests.harness.stage import Stage


def text(template: Template, /, **assigns: Any) -> str:
    return rendered_to_text(template(assigns))


# --- calling --------------------------------------------------------------------------------------------------------------


def test_what_a_template_is_called_with() -> None:
    """Assigns, a mapping, keywords, or a mapping and keywords."""
    template = heex("{@a}{@b}")
    for rendered in (
        template(Assigns({"a": 1, "b": 2})),
        template({"a": 1, "b": 2}),
        template(a=1, b=2),
        template({"a": 1}, b=2),
    ):
        assert isinstance(rendered, Rendered)
        assert rendered_to_text(rendered) == "12"


def test_a_template_is_no_descriptor() -> None:
    """N3.3: `view.render(assigns)` takes no self."""

    class View:
        render = heex("{@a}")

    assert text(View().render, a=1) == "1"
    assert View.render is View().render
    assert repr(View.render).startswith("<Template test_a_template_is_no_descriptor.<locals>.View.render ")


def test_nothing_is_evaluated_before_it_is_asked_for() -> None:
    """A `Rendered` holds no text."""
    template = heex("{@missing}")
    rendered = template(a=1)
    with pytest.raises(MissingAssign):
        rendered.evaluate(False)


# --- names ----------------------------------------------------------------------------------------------------------------

LATE: Any = None
WORD = "module"


def test_globals_are_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """N3.1: what the module's names mean now, not when the template was made."""
    template = heex("{WORD}")
    assert text(template) == "module"
    monkeypatch.setitem(globals(), "WORD", "changed")
    assert text(template) == "changed"


def test_locals_are_copied() -> None:
    """N3.1: the locals of the defining frame, as they are at the call."""
    word = "local"
    template = heex("{word}{WORD}")
    word = "later"
    assert text(template) == "localmodule"
    assert word == "later"


def test_names_that_need_no_import() -> None:
    """What Phoenix imports into every view is there, after everything of the author's own."""
    namespace: dict[str, Any] = {"heex": heex}
    exec('t = heex(\'{raw("<b>")}<.link href="/a">x</.link>\')', namespace)
    assert text(namespace["t"]) == '<b><a href="/a">x</a>'
    exec("raw = lambda text: 'mine'\nlink = heex('<hr>')\nt = heex('{raw(1)}<.link />')", namespace)
    assert text(namespace["t"]) == "mine<hr>"


def test_names_come_first() -> None:
    """N3.1: template variables, `names`, locals, globals, builtins."""
    WORD = "local"  # noqa: F841  # pyright: ignore[reportUnusedVariable]
    assert text(heex("{WORD}")) == "local"
    assert text(heex("{WORD}", names={"WORD": "given"})) == "given"
    assert text(heex("<p :for={WORD in @xs}>{WORD}</p>", names={"WORD": "given"}), xs=[1]) == "<p>1</p>"
    assert text(heex("{len(@xs)}"), xs=[1]) == "1"
    assert text(heex("{len(@xs)}", names={"len": lambda xs: "mine"}), xs=[1]) == "mine"


def test_class_bodies() -> None:
    """N3.1: what the class binds before and after the template."""

    class View:
        before = "b"
        render = heex("{before}{after}<.item/>{WORD}")
        after = "a"
        item = heex("<i></i>")
        WORD = "class"

    assert text(View.render) == "ba<i></i>class"


def test_a_template_of_another_class_body_keeps_its_names() -> None:
    """`__set_name__` of a class that merely uses the template changes nothing."""
    shared = heex("{WORD}")

    class View:
        WORD = "not this"
        render = shared

    assert text(View.render) == "module"


def test_forward_references() -> None:
    """N3.2: a component may be defined after the template that uses it."""
    namespace: dict[str, Any] = {"heex": heex, "__name__": "forward"}
    exec("page = heex('<.later a={1} />')\nlater = heex('<b>{@a}</b>')", namespace)
    assert text(namespace["page"]) == "<b>1</b>"


def test_rebound_components() -> None:
    """A component that is a global is looked up at each call."""
    namespace: dict[str, Any] = {"heex": heex}
    exec("card = heex('one')\npage = heex('<.card />')", namespace)
    assert text(namespace["page"]) == "one"
    exec("card = heex('two')", namespace)
    assert text(namespace["page"]) == "two"


def test_dotted_components() -> None:
    """N1.9: attributes of what the first name is."""
    module = ModuleType("chat")
    module.render = heex("<b>{@n}</b>")  # type: ignore[attr-defined]
    module.inner = ModuleType("inner")  # type: ignore[attr-defined]
    setattr(module.inner, "row", heex("<i>{@n}</i>"))  # noqa: B010
    assert text(heex("<chat.render n={1} /><chat.inner.row n={2} />", names={"chat": module})) == "<b>1</b><i>2</i>"


def test_undefined_component() -> None:
    """The name, the place, and the nearest misses; at first use, as it may be defined later."""
    user_card = heex("x")
    source = "<p>\n  <.user_crad /></p>"
    template = heex(source, names={"user_card": user_card})
    with pytest.raises(UndefinedComponent) as caught:
        text(template)
    error = caught.value
    assert (error.template_line, error.template_column) == (2, 3)
    assert str(error).split(": ", 1)[1] == (
        """\
component <.user_crad> is not defined here
  cure: define it in this module, import it, or pass it with names={…}; a template looks names up where it is defined
  nearest: user_card
    |
"""
        f"{error.line - 1} | <p>\n{error.line} |   <.user_crad /></p>\n    |   ^"
    )


def test_undefined_dotted_component() -> None:
    """The part that is missing is named."""
    module = ModuleType("chat")
    module.render = heex("x")  # type: ignore[attr-defined]
    with pytest.raises(UndefinedComponent) as caught:
        text(heex("<chat.rendr />", names={"chat": module}))
    assert "component <chat.rendr> is not defined: 'chat' has no 'rendr'" in str(caught.value)
    assert caught.value.nearest == ("render",)


def test_builtins_are_no_components() -> None:
    """`<.input>` without a component of that name is not Python's `input`."""
    assert hasattr(builtins, "input")
    with pytest.raises(UndefinedComponent):
        text(heex("<.input />"))


def test_not_a_component() -> None:
    """A class or a plain value is told apart from a component."""

    class Cart:
        render = heex("x")

    for cart in (Cart, Cart()):
        with pytest.raises(NotAComponent) as caught:
            text(heex("<.cart />", names={"cart": cart}))
        assert str(caught.value).endswith('cure: a live component is called <.live_component module={cart} id="…" />')
    with pytest.raises(NotAComponent) as caught:
        text(heex("<.card />", names={"card": 3}))
    assert (caught.value.name, caught.value.value) == ("card", 3)
    assert (
        str(caught.value)
        == """\
<.card> names something that is not a function component
  expected: a template made by heex(…), or a function from assigns to what one returns
  got: 3
  cure: rename one of them, or import the component under another name"""
    )


@pytest.mark.parametrize(
    ("result", "cure"),
    [
        (None, "return the template, called with the assigns: `return TEMPLATE(assigns)`"),
        (heex("x"), "call it: `return TEMPLATE(assigns)`"),
        ("<b>", "give it to a template, or define the component as `heex(…)`"),
        (3, "a component is a function from assigns to what a template returns"),
    ],
)
def test_what_a_component_may_return(result: Any, cure: str) -> None:
    """FC-1, N3.3."""
    with pytest.raises(BadReturn) as caught:
        text(heex("<.card />", names={"card": lambda assigns: result}))
    assert (
        str(caught.value)
        == f"""\
invalid return from the component <.card>
  expected: what a template made by heex(…) gives or a live component
  got: {result!r}
  cure: {cure}"""
    )


# --- errors of a running template -----------------------------------------------------------------------------------------


def test_missing_assign() -> None:
    """The name, the place, what there is, and the nearest miss (DC-17)."""
    template = heex("<p>\n{@cuont}</p>")
    with pytest.raises(MissingAssign) as caught:
        text(template, count=1, name="x")
    line = template.source.call.line if template.source.call else 0
    place = caught.value.happened.split(" reads")[0]
    assert (
        str(caught.value)
        == f"""\
{place} reads @cuont, but there is no assign 'cuont'
  expected: an assign 'cuont'
  got: the assigns are: @count, @name
  cure: assign it in mount, `socket.assign(cuont=…)`, pass it, `<.component cuont={{…}}>`, or declare it with a default, `attr("cuont", …, default=…)`
  nearest: @count"""  # noqa: E501
    )
    assert place == f"the template at <template {__file__}:{line}>:2"  # the text has an escape: it is not in the file
    assert caught.value.__notes__ == [f"in {place}"]


def test_missing_assign_where_there_are_none() -> None:
    """The list of assigns says so."""
    with pytest.raises(MissingAssign) as caught:
        text(heex("{@count}"))
    assert caught.value.got == "the assigns are: none at all"
    assert caught.value.nearest == ()


def test_missing_assign_in_inner_scopes() -> None:
    """Also inside lambdas, comprehensions, keys, rows and slots."""
    box = heex("<b>{render_slot(@inner_block)}</b>", slot("inner_block"))
    for source in (
        "{[@gone for _ in range(1)]}",
        "{(lambda: @gone)()}",
        "<p :for={x in [1]}>{@gone}</p>",
        "<.box>{@gone}</.box>",
        "<p :if={@gone}></p>",
    ):
        with pytest.raises(MissingAssign, match="reads @gone"):
            text(heex(source, names={"box": box}), a=1)
    rendered = heex("<p :for={x in [1]} :key={@gone}>{x}</p>")(a=1)
    loop: Any = rendered.evaluate(False)["0"]
    with pytest.raises(MissingAssign, match="reads @gone"):
        loop.key(1)


def test_undefined_names() -> None:
    """Python's own error, and where a template looks."""
    with pytest.raises(NameError) as caught:
        text(heex("{undefined_name}"))
    assert caught.value.__notes__[0] == (
        "a template looks names up where it is defined: in the locals and globals of the place that calls heex(…);"
        " pass others with names={…}; an assign is written @name"
    )


@pytest.mark.filterwarnings("ignore::liveview_core.heex.TemplateWarning")
@pytest.mark.parametrize(("word", "python"), [("nil", "None"), ("null", "None"), ("true", "True"), ("false", "False")])
def test_words_of_elixir(word: str, python: str) -> None:
    """What they are called here."""
    with pytest.raises(NameError) as caught:
        text(heex(f"{{{word}}}"))
    assert caught.value.__notes__[0] == f"Python writes {python}"


def test_the_innermost_place_is_noted_first() -> None:
    """An error that passes through templates says where it happened, then where it passed, each once."""
    inner = heex("<b>\n{1 // @n}</b>")
    outer = heex("<.inner n={@n} :for={_ in [1]} />", names={"inner": inner})
    with pytest.raises(ZeroDivisionError) as caught:
        text(outer, n=0)
    note, _ = caught.value.__notes__
    assert note.startswith("in the template at ")
    assert inner.source.call is not None
    assert note.endswith(f"{__file__}:{inner.source.call.line}>, line 2")


def test_undefined_names_of_others() -> None:
    """A NameError of a function that the template calls is that function's."""

    def fails() -> Any:
        return undefined_name  # type: ignore[name-defined]  # noqa: F821  # pyright: ignore[reportUndefinedVariable]

    with pytest.raises(NameError) as caught:
        text(heex("{fails()}", names={"fails": fails}))
    assert [note for note in caught.value.__notes__ if "looks names up" in note] == []


@pytest.mark.parametrize(
    "source",
    ["{__x}", "{lambda __a: 1}", "<% __o = 1 %>", "<p :for={__c in @xs}></p>", "{[0 for __v in ()]}", "{(__y := 1)}"],
)
def test_reserved_names(source: str) -> None:
    """Names of generated code cannot be hidden by the author's."""
    with pytest.raises(TemplateSyntaxError, match="begins with two underscores, which is reserved in templates"):
        heex(source)
    for block in ("<%= match @x: %><% case [__s]: %><% end %>", "<.box :let={__w}>x</.box>"):
        with pytest.raises(TemplateSyntaxError, match="begins with two underscores"):
            heex(block)
    assert text(heex("{__name__}")) == __name__


def test_verify() -> None:
    """N3.2: a tool may look everything up before anything is rendered."""
    template = heex("<.undefined_component />")
    with pytest.raises(UndefinedComponent):
        template.verify()
    heex("<.box />", names={"box": heex("x")}).verify()


def test_key_errors_of_the_author_stay() -> None:
    """A KeyError of an expression's own is not taken for a missing assign."""

    def fails(key: str) -> None:
        raise KeyError(key)

    for source in ('{@d["gone"]}', '{fails("gone")}{@gone}'):
        with pytest.raises(KeyError) as caught:
            text(heex(source, names={"fails": fails}), d={"gone_too": 1}) if "d[" in source else text(
                heex(source, names={"fails": fails})
            )
        assert type(caught.value) is KeyError


def test_tracebacks_show_the_template() -> None:
    """The line of this very file, and the expression under it."""
    template = heex("""
        <p>
          {@name.upper()}
        </p>
        """)
    with pytest.raises(AttributeError) as caught:
        text(template, name=3)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert last.filename == __file__
    assert last.line == "{@name.upper()}"
    assert last.colno is not None
    assert linecache.getline(__file__, last.lineno or 0)[last.colno :].startswith("@name.upper")
    assert caught.value.__notes__ == [f"in the template at {__file__}, line {last.lineno}"]


def test_tracebacks_of_templates_without_a_file() -> None:
    """`exec`, a prompt: the lines come from the template itself."""
    namespace: dict[str, Any] = {"heex": heex}
    exec(compile("t = heex('<p>\\n{1 // @n}</p>')", "<string>", "exec"), namespace)
    with pytest.raises(ZeroDivisionError) as caught:
        text(namespace["t"], n=0)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (last.filename, last.lineno, last.line) == ("<template <string>:1>", 2, "{1 // @n}</p>")


def test_values_that_cannot_be_shown_name_the_place() -> None:
    """N4: the cure of the value, and where it stands."""
    with pytest.raises(NotText) as caught:
        text(heex("<p>{@pair}</p>"), pair=(1, 2))
    assert caught.value.__notes__[0].startswith(f"in the template at {__file__}, line ")


def test_slot_without_content() -> None:
    """FC-9."""
    box = heex("{render_slot(@item)}", slot("item"))
    with pytest.raises(SlotError) as caught:
        text(heex("<.box><:item /></.box>", names={"box": box}))
    assert (
        str(caught.value)
        == """\
attempted to render slot <:item> but the slot has no inner content
  got: <:item />
  cure: give it content, <:item>…</:item>, or only read its attributes"""
    )


def test_let_mismatch() -> None:
    """FC-10."""
    box = heex("{render_slot(@inner_block, 5)}", slot("inner_block"))
    with pytest.raises(LetMismatch) as caught:
        text(heex("<.box :let={(a, b)}>{a}</.box>", names={"box": box}))
    assert (
        str(caught.value)
        == """\
cannot match arguments sent from render_slot against the pattern in :let
  expected: a value that matches `(a, b)`
  got: 5
  cure: use a name, `:let={value}`, or pass what the pattern wants: `render_slot(@inner_block, …)`"""
    )


def test_render_slot_of_something_else() -> None:
    """What is no slot is named."""
    with pytest.raises(SlotError, match="render_slot takes a slot"):
        render_slot("x")
    assert render_slot([]) is None
    assert render_slot(None) is None


def test_slot_attribute_that_is_missing() -> None:
    """`entry.label` must be there, `entry["label"]` need not."""
    box = heex("<p :for={e in @item}>{e['labl']}{e.labl}</p>", slot("item", attr("label", str)))
    with pytest.raises(MissingAssign) as caught:
        text(heex('<.box><:item label="x" /></.box>', names={"box": box}))
    assert (
        str(caught.value)
        == """\
this entry of slot <:item> has no attribute 'labl'
  got: its attributes are: label
  cure: give it one, <:item labl=…>, or read `entry['labl']`, which is None without it
  nearest: label"""
    )


def test_slot_entry_has_no_hidden_names() -> None:
    """Who looks for a method of Python's, as a notebook or `copy` does, is told that there is none, and nothing about slots."""
    box = heex("<p :for={e in @item}>{getattr(e, '_repr_html_', 'none')}</p>", slot("item"))
    assert text(heex("<.box><:item /></.box>", names={"box": box})) == "<p>none</p>"


def test_braces_that_put_nothing_in() -> None:
    """`{@` in a string is text, if no name follows; with a name something was meant to be put in."""
    assert text(heex('<p>{"{@}"}</p>')) == "<p>{@}</p>"


# --- steps ----------------------------------------------------------------------------------------------------------------


def test_heex_during_a_step() -> None:
    """N3.3: the habit of `return heex("…")` in a callback."""

    def render() -> Any:
        return heex("<p></p>")

    @step_code
    def step(callback: Any) -> Any:
        return callback()

    with pytest.raises(HeexDuringStep) as caught:
        step(render)
    line = render.__code__.co_firstlineno + 1
    assert (
        str(caught.value)
        == f"""\
heex(…) was called while a message is handled, in {render.__qualname__}
  expected: templates defined once, at module or class level
  got: a call at {__file__}:{line}
  cure: define it once, `CARD = heex(…)`, and call it: `return CARD(assigns)`; to compute before it, write a function with @component that ends in `return CARD(assigns.assign(…))`"""  # noqa: E501
    )
    assert isinstance(render(), Template)  # outside of a step it may be called anywhere


def test_an_import_during_a_step() -> None:
    """A module that is imported lazily may define its templates."""

    @step_code
    def step() -> Any:
        namespace: dict[str, Any] = {"heex": heex}
        exec(compile("t = heex('x')", "lazy.py", "exec"), namespace)
        return namespace["t"]

    assert text(step()) == "x"


def test_only_text_is_compiled() -> None:
    """A path is not a source."""
    with pytest.raises(LiveViewError, match="heex takes the text of a template"):
        heex(Path("x"))  # type: ignore[arg-type]


# --- counting -------------------------------------------------------------------------------------------------------------


def test_counting_evaluations() -> None:
    """EN-4: per dynamic, how often it was evaluated; nothing is counted outside."""
    template = heex("{@a}<b :if={@b}>{@a}{@b}</b><i :for={x in @xs}>{x}</i><.c v={@a} />", names={"c": heex("{@v}")})
    assigns = {"a": 1, "b": 2, "xs": [1, 2]}
    with template.counting() as counts:
        rendered_to_text(template(assigns))
        first = Counter(counts)
        counts.clear()
        template(Assigns(assigns, {"a": True})).evaluate(True)
        second = Counter(counts)
    names = {Counted(Location(1, column), position): name for column, position, name in (
        (1, 0, "a"), (5, 1, "if"), (17, 0, "if a"), (21, 1, "if b"), (29, 2, "for"), (48, 0, "x"), (55, 3, "c"),
    )}  # fmt: skip
    assert {names[key]: count for key, count in first.items()} == {
        "a": 1,
        "if": 1,
        "if a": 1,
        "if b": 1,
        "for": 1,
        "x": 2,
        "c": 1,
    }
    assert {names[key]: count for key, count in second.items()} == {"a": 1, "if": 1, "c": 1}
    rendered_to_text(template(assigns))
    assert sum(second.values()) == 3


def test_python_of_a_template() -> None:
    """What was generated can be read, and compiles."""
    assert "def __render(assigns):" in heex("{@a}").python
    compile(heex("<p :for={x in @xs}>{x}</p>").python, "x", "exec")


def test_components_with_work_before_the_template() -> None:
    """api, section 3: a function with declarations that ends in a template."""
    total_template = heex("<b>{@sum}</b>")

    @component(attr("items", list, required=True))
    def total(assigns: Assigns) -> Rendered:
        return total_template(assigns.assign(sum=sum(assigns["items"])))

    assert text(heex("<.total items={@xs} />", names={"total": total}), xs=[1, 2]) == "<b>3</b>"


INNER = heex("""
    <b>
      {1 // @n}
    </b>
    """)
OUTER = heex("""
    <i :for={n in @ns}>
      <.INNER n={n} />
    </i>
    """)


def test_every_template_line_on_the_way_is_named() -> None:
    """The place of the mistake, and each component call that led to it; on the whole page and in a diff."""
    page = heex("<p><.OUTER ns={@ns} /></p>")
    for render in (
        lambda: text(page, ns=[1, 0]),
        lambda: Stage(page, ns=[1, 0]),
        lambda: Stage(page, ns=[1]).set(ns=[1, 0]),
    ):
        with pytest.raises(ZeroDivisionError) as caught:
            render()
        lines = [
            int(note.rpartition(" ")[2]) for note in caught.value.__notes__ if note.startswith("in the template at ")
        ]
        source = Path(__file__).read_text().split("\n")
        assert [source[line - 1].strip() for line in lines] == [
            "{1 // @n}",
            "<.INNER n={n} />",
            'page = heex("<p><.OUTER ns={@ns} /></p>")',
        ]


BOX = heex("""
    <section>
      {render_slot(@inner_block)}
      {render_slot(@note)}
    </section>
    """)


def test_the_line_that_shows_a_slot_is_named() -> None:
    """Between what fails in a slot and the call it stands in; lines of the library's own templates are not the author's."""
    page = heex("""
    <main>
      <.BOX>
        <:note><.INNER n={@a} /></:note>
        <.async_result :let={n} assign={@b}>
          <.INNER n={n} />
        </.async_result>
      </.BOX>
    </main>
    """)
    source = Path(__file__).read_text().split("\n")
    for given, lines in (
        ((0, 1), ["{1 // @n}", "<:note><.INNER n={@a} /></:note>", "{render_slot(@note)}", "<.BOX>"]),
        (
            (1, 0),
            [
                "{1 // @n}",
                "<.INNER n={n} />",
                "<.async_result :let={n} assign={@b}>",
                "{render_slot(@inner_block)}",
                "<.BOX>",
            ],
        ),
    ):
        with pytest.raises(ZeroDivisionError) as caught:
            text(page, a=given[0], b=AsyncResult.ok(given[1]))
        notes = [note for note in caught.value.__notes__ if note.startswith("in the template at ")]
        assert [source[int(note.rpartition(" ")[2]) - 1].strip() for note in notes] == lines
