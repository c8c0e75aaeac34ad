"""Declarations: DC-1…DC-27, at definition, at run time, and as warnings of the calling template."""

from __future__ import annotations

import pydoc
import warnings
from collections.abc import Callable
from typing import Any, Literal

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.declarations.attribute_types import DeclarationError
from liveview_core.declarations.attributes import Attr, attr, slot
from liveview_core.declarations.declarations import Declarations, WrongArgument
from liveview_core.declarations.documentation import docs
from liveview_core.declarations.function_component import FunctionComponent, component
from liveview_core.errors import BadOption
from liveview_core.heex import Template, TemplateWarning, heex, render_slot
from liveview_core.rendering.rendered import Rendered, rendered_to_text
from liveview_core.values.assigns import Assigns


@frozen
class User:
    name: str


def ANYTHING(value: Any) -> Any:
    """A value whose type the type checker does not see: here wrong arguments are given on purpose."""
    return value


# --- at definition --------------------------------------------------------------------------------------------------------


# DC-2, DC-3, DC-4, DC-5, DC-6, DC-7, DC-8, DC-9: what a declaration may say.
@pytest.mark.parametrize(
    ("declare", "told"),
    [
        (lambda: attr("inner_block"), """\
attr('inner_block', …): inner_block is not an attribute
  cure: declare it as a slot: slot("inner_block")"""),
        (lambda: attr("a", "strng"), """\
attr('a', …): 'strng' is no type of an attribute
  expected: str, bool, int, float, list, dict, tuple, a class, Callable, a union of them, "any", "global", "fun"
  got: 'strng'
  cure: use "any" if nothing can be said about it"""),
        (lambda: attr("a", "globl"), """\
attr('a', …): 'globl' is no type of an attribute
  expected: str, bool, int, float, list, dict, tuple, a class, Callable, a union of them, "any", "global", "fun"
  got: 'globl'
  cure: use "any" if nothing can be said about it
  nearest: global"""),
        (lambda: attr("", str), """\
attr('', …): a declaration needs a name
  expected: a non-empty str
  got: ''"""),
        (lambda: attr("a", str, required=ANYTHING(1)), """\
attr('a', …): 'required' is a bool
  expected: True or False
  got: 1
  cure: write True or False"""),
        (lambda: attr("a", str, doc=True), """\
attr('a', …): 'doc' is a text, or False to hide the entry
  expected: a str or False
  got: True"""),
        (lambda: attr("a", str, required=True, default="x"), """\
attr('a', …): a required attribute has no default
  got: required=True, default='x'
  cure: leave out one of them"""),
        (lambda: attr("a", str, values=["x"], examples=["x"]), """\
attr('a', …): values and examples exclude each other
  cure: leave out one of them"""),
        (lambda: attr("a", str, values=[]), """\
attr('a', …): 'values' must list something
  expected: a list that is not empty
  got: []
  cure: leave out values, or fill it"""),
        (lambda: attr("a", str, values=["info", "error"], default="inf"), """\
attr('a', …): the default is none of the values
  expected: one of 'info', 'error'
  got: 'inf'
  cure: add it to values, or choose another default
  nearest: info"""),
        (lambda: attr("a", int, default="1"), """\
attr('a', …): '1' is not of the declared type
  expected: int
  got: '1', a str
  cure: correct the value or the type"""),
        (lambda: attr("a", int, values=[1, True]), """\
attr('a', …): True is not of the declared type
  expected: int
  got: True, a bool
  cure: correct the value or the type"""),
        (lambda: attr("rest", "global", include="form"), """\
attr('rest', …): 'include' is a list of names
  expected: a list of names
  got: 'form'
  cure: include=['form']"""),
        (lambda: attr("a", str, include=["x"]), """\
attr('a', …): only a global attribute has 'include'
  cure: declare attr("rest", "global", include=[…])"""),
        (lambda: attr("rest", "global", required=True), """\
attr('rest', …): a global attribute has no 'required'
  expected: at most default, doc and include
  cure: leave out required"""),
        (lambda: attr("rest", "global", default="x"), """\
attr('rest', …): the default of a global attribute is a mapping of attributes
  expected: a dict such as {"role": "note"}
  got: 'x'
  cure: write a dict"""),
        (lambda: slot("col", attr("a", str, default="x")), """\
slot('col', …): the attribute 'a' of a slot has no default
  cure: leave it out, and read `entry.get("a", …)`"""),
        (lambda: slot("col", attr("rest", "global")), """\
slot('col', …): a slot has no global attribute
  cure: declare the attributes by name"""),
        (lambda: slot("col", attr("a"), attr("a")), """\
slot('col', …): the attribute 'a' is declared twice
  cure: remove one"""),
        (lambda: slot("inner_block", attr("a")), """\
slot('inner_block', …): inner_block has no attributes
  cure: declare them on the component, or name the slot"""),
        (lambda: heex("x", attr("a"), attr("a")), """\
'a' is declared twice: as an attribute and as an attribute
  cure: remove one, or rename it"""),
        (lambda: heex("x", attr("a"), slot("a")), """\
'a' is declared twice: as an attribute and as a slot
  cure: remove one, or rename it"""),
        (lambda: heex("x", attr("a", "global"), attr("b", "global")), """\
'b' is a second global attribute
  got: 'a' is one already
  cure: keep one of them"""),
        (lambda: heex("x", ANYTHING("attr")), """\
a component is declared by attr(…) and slot(…)
  got: 'attr'
  cure: write attr(…) or slot(…)"""),
        (lambda: component(attr("a"))(ANYTHING(lambda: None)), """\
test_declarations.<lambda>.<locals>.<lambda> cannot be a component: it takes 0 arguments
  expected: one argument, the assigns
  got: test_declarations.<lambda>.<locals>.<lambda>()
  cure: write def <lambda>(assigns): …"""),
        (lambda: component(ANYTHING(len)), """\
@component takes declarations, not the function
  got: <built-in function len>
  cure: write @component(…) with parentheses: @component(attr(…))"""),
    ],
)  # fmt: skip
def test_wrong_declarations(declare: Callable[[], Any], told: str) -> None:
    """Each wrong declaration is an error where it is made, with its full text."""
    with pytest.raises(DeclarationError) as caught:
        declare()
    assert str(caught.value).replace("test_declarations.", "") == told.replace("test_declarations.", "")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (str, ["x", None], [1]),
        (bool, [True], ["x"]),
        (int, [1], [True, 1.0]),
        (float, [1.5], [1]),
        (list, [[1]], [(1,)]),
        (list[int], [[1]], [{}]),
        (dict, [{}], [[]]),
        (User, [User("a")], ["a"]),
        (str | None, ["x", None], [1]),
        (Literal["a", "b"], ["a"], [1]),
        ("fun", [len], [1]),
        (Callable[..., str], [len], [1]),
        ("any", [1, "x"], []),
        (object, [1, "x"], []),
        (Any, [1], []),
    ],
)
def test_types(kind: Any, good: list[Any], bad: list[Any]) -> None:
    """DC-2, DC-5: what is of a type, and what is not; None always is."""
    made = attr("a", kind)
    assert all(made.accepts(value) for value in good)
    assert not any(made.accepts(value) for value in bad)


def test_reflection() -> None:
    """DC-26: a component tells what it declares."""
    template = heex("x", attr("a", int, required=True), slot("col", attr("label", str)))
    declared = template.declarations
    assert [(each.name, each.type, each.required, each.has_default) for each in declared.attrs] == [
        ("a", int, True, False)
    ]
    assert [each.name for each in declared.slots] == ["col"]
    assert declared.slot("none") is None
    assert isinstance(declared.attr("a"), Attr)
    assert heex("x").declarations.attrs == ()


# --- at run time ----------------------------------------------------------------------------------------------------------


def assigned(*declared: Any, changed: Any = None, **passed: Any) -> Assigns:
    return Declarations.of(declared).assigns(passed, changed)


def test_defaults_come_under_what_is_passed() -> None:
    """DC-12: defaults, None included, and `[]` for slots that may be missing."""
    declared = (attr("a", int, default=1), attr("b", default=None), attr("c"), slot("s"), slot("t", required=True))
    assert dict(assigned(*declared)) == {"a": 1, "b": None, "s": []}
    assert dict(assigned(*declared, a=2, c=3, other=4)) == {"a": 2, "b": None, "s": [], "c": 3, "other": 4}


def test_given_are_the_passed_ones() -> None:
    """DC-12: AS-7 needs to know what a caller really passed; undeclared ones were moved away before."""
    made = assigned(attr("a", default=1), attr("rest", "global"), a=2, x=3)
    assert made._given == frozenset({"a"})
    assert assigned(attr("a", default=1))._given == frozenset()


def test_rest_takes_everything_undeclared() -> None:
    """DC-12, DC-13, DC-16: also what is no HTML global; over its default; without a global everything stays."""
    declared = (attr("a"), attr("rest", "global", default={"role": "note", "x": 1}), slot("s"))
    assert dict(assigned(*declared, a=1, x=2, y=3, inner_block=["b"])) == {
        "a": 1, "s": [], "inner_block": ["b"], "rest": {"role": "note", "x": 2, "y": 3},
    }  # fmt: skip


def test_rest_passed_by_name() -> None:
    """DC-14: used as it is; the other undeclared ones are gone."""
    assert dict(assigned(attr("rest", "global", default={"a": 1}), rest={"b": 2}, c=3)) == {"rest": {"b": 2}}


def test_rest_always_counts_as_changed() -> None:
    """DC-15; defaults never do (EN-19)."""
    declared = (attr("a", default=1), attr("rest", "global"))
    changed: dict[str, object] = {}
    assert assigned(*declared, changed=changed)._changed == {"rest": True}
    assert changed == {}
    assert assigned(*declared)._changed is None


@given(st.dictionaries(st.sampled_from("abcxyz"), st.integers()))
def test_nothing_is_lost(passed: dict[str, int]) -> None:
    """Everything passed is found again: under its name, or in the rest."""
    made = assigned(attr("a"), attr("b", default=9), attr("rest", "global"), **passed)
    rest = made["rest"]
    assert {name: value for name, value in {**rest, **dict(made)}.items() if name in passed} == passed
    assert set(rest) == {name for name in passed if name not in ("a", "b")}


def test_classes_of_required_attributes() -> None:
    """DC-18: a required attribute of a class refuses another; anything else is never checked (DC-11)."""
    card = heex("{@user.name}", attr("user", User, required=True), attr("n", int))
    assert rendered_to_text(card(user=User("ann"), n="no int")) == "ann"
    with pytest.raises(WrongArgument) as caught:
        card(user="ann")
    assert (
        str(caught.value)
        == """\
the attribute 'user' takes a User
  expected: an instance of User
  got: 'ann'
  cure: pass one, or declare the attribute without required=True and guard against None"""
    )


def test_missing_required_is_no_error_at_the_call() -> None:
    """DC-17: only reading it is."""
    assert rendered_to_text(heex("x{@a if False else ''}", attr("a", required=True))()) == "x"


# --- functions ------------------------------------------------------------------------------------------------------------


def test_function_components() -> None:
    """A function with declarations is called with what a template is called with."""
    template = heex("{@a}{@b}")

    @component(attr("a", int, default=1))
    def card(assigns: Assigns) -> Rendered:
        """A card."""
        return template(assigns.assign(b=assigns.a + 1))

    assert isinstance(card, FunctionComponent)
    assert card.__name__ == "card"
    texts = [card(), card(a=2), card({"a": 3}), card(Assigns({"a": 4})), card({"a": 5}, z=1)]
    assert [rendered_to_text(each) for each in texts if isinstance(each, Rendered)] == ["12", "23", "34", "45", "56"]
    assert repr(card) == "<component test_function_components.<locals>.card>"
    assert card.__doc__ == "A card.\n\n## Attributes\n\n* `a` (`int`) - Defaults to `1`."


def test_components_declare_once() -> None:
    """DC-7: a template takes its declarations itself."""
    with pytest.raises(DeclarationError, match="is a component already"):
        component(attr("a"))(heex("x"))


def test_docs() -> None:
    """DC-27: the list, hidden entries left out, the global last, slots with their attributes."""
    declared = Declarations.of(
        [
            attr("rest", "global", include=["form"], doc="Goes to the tag"),
            attr("kind", str, default="info", values=["info", "error"], doc="What it is."),
            attr("user", User, required=True),
            attr("hidden", doc=False),
            attr("size", int, examples=[1, 2]),
            slot("col", attr("label", str), required=True, doc="A column"),
            slot("inner_block"),
        ]
    )
    assert (
        docs(declared)
        == """\
## Attributes

* `kind` (`str`) - What it is. Defaults to `'info'`. Must be one of `'info'` or `'error'`.
* `user` (`User`) (required)
* `size` (`int`) - Examples include `1` or `2`.
* `rest` - Goes to the tag. Global attributes are accepted. Supports all globals plus: `form`.

## Slots

* `col` (required) - A column. Accepts attributes:

  * `label` (`str`)
* `inner_block`"""
    )


def test_docs_of_templates() -> None:
    """DC-27: of a template too, as its docstring; `help` shows it, and the class keeps its own."""
    card = heex("x", attr("title", str, required=True, doc="Stands above"), doc="A card.")
    assert card.__doc__ == "A card.\n\n## Attributes\n\n* `title` (`str`) (required) - Stands above."
    shown = [line.rstrip() for line in pydoc.render_doc(card, renderer=ANYTHING(pydoc).plaintext).split("\n")]
    assert "\n".join(shown).endswith(
        """
    A card.

    ## Attributes

    * `title` (`str`) (required) - Stands above.
"""
    )
    assert heex("x").__doc__ is None
    assert heex("x", doc="Says x.").__doc__ == "Says x."
    assert heex("x", slot("inner_block")).__doc__ == "## Slots\n\n* `inner_block`"
    assert (Template.__doc__ or "").startswith("A compiled template, and a function component")


def test_docs_at_the_marker() -> None:
    """DC-27."""

    @component(attr("a"))
    def card(assigns: Assigns) -> Rendered:
        """Before.

        [INSERT LVATTRDOCS]

        After.
        """
        raise AssertionError

    assert card.__doc__ == "Before.\n\n## Attributes\n\n* `a` (`any`)\n\nAfter."


# --- verification ---------------------------------------------------------------------------------------------------------

CARD = heex(
    "<b {@rest}>{@kind}{render_slot(@inner_block)}</b>",
    attr("kind", str, values=["info", "error"]),
    attr("user", User, required=True),
    attr("n", int | float),
    attr("on", bool),
    attr("items", list),
    attr("call", "fun"),
    attr("rest", "global", include=["form"]),
    slot("inner_block", required=True),
    slot("col", attr("label", str, required=True), attr("n", int)),
)
PLAIN = heex("<b></b>", attr("a", str))
BARE = heex("<b></b>")
BOX = heex(
    "{render_slot(@head)}",
    slot("head", attr("size", int, values=[1, 2]), attr("user", User), required=True),
    slot("free", validate_attrs=False),
    slot("strict"),
)


def warned(source: str) -> list[str]:
    """The warnings of a template, without their places' file."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        heex(source, names={"card": CARD, "plain": PLAIN, "bare": BARE, "box": BOX, "ui": UI})
    assert all(each.category is TemplateWarning for each in caught)
    return [str(each.message).split(".py:", 1)[1].split(":", 1)[1] for each in caught]


OK = "user={@u}"


class UI:
    """A name with components in it."""

    plain = PLAIN


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"<.card {OK}>x</.card>", []),
        ("<.card>x</.card>", ["missing required attribute 'user' for component <.card>"]),
        ("<.card {@all}>x</.card>", []),
        (f"<.card {OK} />", ["missing required slot 'inner_block' for component <.card>"]),
        (f"<.card {OK} phx-click='a' aria-label='b' data-x='c' class='d' form='e' xml:lang='f'>x</.card>", []),
        (f"<.card {OK} href='a'>x</.card>", ["undefined attribute 'href' for component <.card>"]),
        ("<.plain a='1' class='x' />", ["undefined attribute 'class' for component <.plain>"]),
        (f"<.card {OK} rest={{@r}}>x</.card>", ["global attribute 'rest' in component <.card> may not be provided directly"]),
        (f"<.card {OK} kind='warn'>x</.card>", ["attribute 'kind' in component <.card> must be one of 'info', 'error', got: 'warn'"]),  # noqa: E501
        (f"<.card {OK} kind={{@kind}}>x</.card>", []),
        (f"<.card {OK} kind={{1}}>x</.card>", ["attribute 'kind' in component <.card> must be a str, got: {1}"]),
        (f"<.card {OK} kind={{f'{{@a}}'}} n={{-1}} on items={{[@a]}} call={{lambda: 1}}>x</.card>", []),
        (f"<.card {OK} n='1'>x</.card>", ["attribute 'n' in component <.card> must be a int | float, got: '1'"]),
        (f"<.card {OK} n={{True}}>x</.card>", ["attribute 'n' in component <.card> must be a int | float, got: {True}"]),
        (f"<.card {OK} items>x</.card>", ["attribute 'items' in component <.card> must be a list, got: True (no value is given)"]),
        (f"<.card {OK} n={{None}} items={{None}}>x</.card>", []),
        (f"<.card {OK} call={{{{}}}}>x</.card>", ["attribute 'call' in component <.card> must be a fun, got: {{}}"]),
        (f"<.card {OK}>x<:foo>y</:foo></.card>", ["undefined slot 'foo' for component <.card>"]),
        ("<.plain>x</.plain>", ["undefined slot 'inner_block' for component <.plain>"]),
        ("<.bare x='1'>x<:y /></.bare>", []),
        (f"<.card {OK}>x<:col /></.card>", ["missing required attribute 'label' in slot 'col' of component <.card>"]),
        (f"<.card {OK}>x<:col {{@a}} /></.card>", []),
        (f"<.card {OK}>x<:col label='a' m='b' /></.card>", ["undefined attribute 'm' for slot 'col' of component <.card>"]),
        (f"<.card {OK}>x<:col label={{2}} n={{@n}} /></.card>", ["attribute 'label' in slot 'col' of component <.card> must be a str, got: {2}"]),  # noqa: E501
        ("<.box><:head>x</:head></.box>", []),
        ("<.box><:head size={2} user={@u} :if={@x}>x</:head><:free any='1' /></.box>", []),
        ("<.box />", ["missing required slot 'head' for component <.box>"]),
        ("<.box>text</.box>", ["missing required slot 'head' for component <.box>"]),
        ("<.box {@all} />", ["missing required slot 'head' for component <.box>"]),
        ("<.box><:head size={3} /></.box>", ["attribute 'size' in slot 'head' of component <.box> must be one of 1, 2, got: {3}"]),
        ("<.box><:head size={@n} user={@u} /></.box>", []),
        ("<.box><:head user='ann' /></.box>", ["attribute 'user' in slot 'head' of component <.box> must be a User, got: 'ann'"]),
        ("<.box><:head /><:strict any='1' /></.box>", ["undefined attribute 'any' for slot 'strict' of component <.box>"]),
        ("<.box><:head /><:strct /></.box>", ["undefined slot 'strct' for component <.box>"]),
        ("<ui.plain b='1' />", ["undefined attribute 'b' for component <ui.plain>"]),
        ("<ui.plain>x</ui.plain>", ["undefined slot 'inner_block' for component <ui.plain>"]),
        (f"<.card {OK} on='yes'>x</.card>", ["attribute 'on' in component <.card> must be a bool, got: 'yes'"]),
        (f"<.card {OK} items={{(1, 2)}}>x</.card>", ["attribute 'items' in component <.card> must be a list, got: {(1, 2)}"]),
        (f"<.card {OK} items={{list(@xs)}} n={{@n or 1}} kind={{'a' + @b}}>x</.card>", []),
        ("<.card user={@u} user={1} kind='x'>x</.card>", [
            "the attribute 'user' stands twice in one tag: only the last one counts",
            "attribute 'user' in component <.card> must be a User, got: {1}",
            "attribute 'kind' in component <.card> must be one of 'info', 'error', got: 'x'"]),
    ],
)  # fmt: skip
def test_verification(source: str, expected: list[str]) -> None:
    """DC-20…DC-24: what is reported, and what is not."""
    found = [each.split("\n")[0].split(": ", 1)[1] for each in warned(source)]
    assert found == expected


def test_warnings_have_a_place_and_a_cure() -> None:
    """The place in this file, the nearest miss."""
    with pytest.warns(TemplateWarning) as caught:
        made = heex("""
          <p>
            <.card user={1} knd="info">x</.card>
          </p>
        """, names={"card": CARD})  # fmt: skip
    assert made.source.call is not None
    line = made.source.call.line + 2
    texts = [str(each.message) for each in caught]
    assert (
        texts
        == [
            f"{__file__}:{line}:29: undefined attribute 'knd' for component <.card>\n  cure: did you mean kind?",
            f"{__file__}:{line}:20: attribute 'user' in component <.card> must be a User, got: {{1}}\n  cure: pass a User",
        ][::-1]
    )
    assert (caught[0].filename, caught[0].lineno) == (__file__, line)


def test_forward_references_are_verified_at_first_use() -> None:
    """N3.2: with the place of the template; and once."""
    namespace: dict[str, Any] = {"heex": heex, "attr": attr}
    exec("page = heex('<.later />')\nlater = heex('x', attr('a', required=True))", namespace)
    page: Template = namespace["page"]
    with pytest.warns(TemplateWarning, match="missing required attribute 'a' for component <.later>"):
        rendered_to_text(page())
    rendered_to_text(page())


def test_global_prefixes() -> None:
    """DC-21, DC-25: those that the caller's project accepts; only where the component has a global attribute."""
    html = heex.using(global_prefixes=["hx-", "x-"]).using(global_prefixes=["v-"])
    assert repr(html) == "heex"
    html("<.card user={@u} hx-get='/' x-on='1' v-if='2'>x</.card>", names={"card": CARD})
    with pytest.warns(TemplateWarning, match="undefined attribute 'hx-get' for component <.plain>"):
        html("<.plain hx-get='/' />", names={"plain": PLAIN})
    with pytest.warns(TemplateWarning, match="undefined attribute 'hx-get' for component <.card>"):
        heex("<.card user={@u} hx-get='/'>x</.card>", names={"card": CARD})
    rest = heex("<b {@rest}></b>", attr("rest", "global"))
    assert rendered_to_text(html("<.rest hx-get='/' />", names={"rest": rest})()) == '<b hx-get="/"></b>'


@pytest.mark.parametrize(
    ("given", "got", "cure"),
    [
        (["hx"], "'hx'", "\n  cure: write 'hx-'"),
        ("hx", "'hx'", "\n  cure: write 'hx-'"),
        (["x-", "-"], "'-'", ""),
        ([""], "''", ""),
        ([1], "1", ""),
    ],
)
def test_wrong_global_prefixes(given: Any, got: str, cure: str) -> None:
    """DC-25: a prefix ends with a dash."""
    with pytest.raises(BadOption) as caught:
        heex.using(global_prefixes=given)
    assert (
        str(caught.value)
        == f"""\
a global prefix ends with a dash
  expected: prefixes of attribute names, such as 'hx-'
  got: {got}{cure}"""
    )
    with pytest.raises(TypeError, match="unexpected keyword argument 'global_prefix'"):
        ANYTHING(heex.using)(global_prefix=["x-"])


def test_names_of_a_project() -> None:
    """`heex.using(names=…)`: what all its templates know; a template's own names come before."""
    html = heex.using(names={"icon": heex("<i></i>"), "word": "ours"})
    assert rendered_to_text(html("<.icon />{word}")()) == "<i></i>ours"
    assert rendered_to_text(html("{word}", names={"word": "mine"})()) == "mine"


def test_slots_without_declared_attributes() -> None:
    """DC-24: `validate_attrs=False` lets a slot's entries have any."""
    box = heex("{render_slot(@a)}", slot("a", validate_attrs=False))
    heex("<.box><:a x='1' /></.box>", names={"box": box})
    assert render_slot([]) is None


def test_functions_of_so_many_arguments() -> None:
    """DC-2, DC-5: a default is asked; what does not say how it is called is believed."""
    one = attr("f", Callable[[int], int], default=abs)
    assert one.accepts(lambda a: a)
    assert one.accepts(lambda a, b=1: a)
    assert one.accepts(lambda *rest: 1)
    assert not one.accepts(lambda: 1)
    assert not one.accepts(lambda a, b: 1)
    assert not one.accepts(lambda a, *, b: 1)
    assert not one.accepts(5)
    assert attr("f", Callable[..., int]).accepts(lambda a, b: 1)
    assert attr("f", Callable[[], int]).accepts(lambda: 1)
    assert attr("f", Callable[[int], int] | str).accepts("text")
    with pytest.raises(DeclarationError, match="is not of the declared type"):
        attr("f", Callable[[int], int], default=lambda: 1)


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("lambda a: a", True), ("lambda *r: r", True), ("lambda a, b=1: a", True), ("lambda: 1", False), ("lambda a, b: 1", False),
        ("lambda a, *, b: 1", False), ("'text'", False), ("shown", True),
    ],
)  # fmt: skip
def test_a_function_that_is_written_out(written: str, fits: bool) -> None:
    """DC-23: of another arity it is surely not meant; whatever an expression gives is not asked, here or at run time (DC-18)."""
    inner = heex("<p>{1}</p>", attr("f", Callable[[int], int], required=True))
    template = "<.inner f={" + written + "} />"
    names = {"inner": inner, "shown": lambda: 1}
    if fits:
        assert "<p>1</p>" in rendered_to_text(heex(template, names=names)(Assigns({})))
        return
    with pytest.warns(TemplateWarning, match="attribute 'f' in component <.inner> must be a"):
        heex(template, names=names)
