"""`forms`: names, ids, values and errors of fields (FM-1…FM-15), nested forms (FM-20…23), used inputs (FM-30…33)."""

from __future__ import annotations

import copy
import datetime
import pickle
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, heex, to_form, used_input
from liveview_core.errors import BadOption, MissingAssign
from liveview_core.forms.form import (
    PARAMS,
    Form,
    FormField,
    input_changed,
    input_id,
    input_name,
    input_validations,
    register_form_data,
)
from liveview_core.forms.inputs import normalize_value, options_for_select
from liveview_testing import live

# --- the form and its fields


def test_the_record() -> None:
    """What a form of params holds, and its defaults (FM-1, FM-10)."""
    form = to_form({"a": "1"})
    assert (form.source, form.impl, form.id, form.name) == ({"a": "1"}, PARAMS, None, None)
    assert (form.data, form.action, form.hidden, form.params) == ({}, None, (), {"a": "1"})
    assert (form.errors, form.options, form.index) == ((), {}, None)


def test_a_field_never_fails() -> None:
    """Every name is a field (FM-2); its errors are those under exactly this name (FM-3)."""
    form = to_form({"a": "1"}, as_="u", errors=[("a", "one"), ("b", "two"), ("a", "three")])
    field = form["a"]
    assert (field.id, field.name, field.value, field.field) == ("u_a", "u[a]", "1", "a")
    assert field.errors == ("one", "three")
    assert field.form is form
    assert (form["nope"].value, form["nope"].errors) == (None, ())
    assert form["A"].errors == ()


def test_names_of_fields_are_text() -> None:
    """Anything else is an error (FM-2)."""
    with pytest.raises(BadOption) as raised:
        to_form({})[1]  # type: ignore[index] # pyright: ignore[reportArgumentType]
    assert str(raised.value) == ('the name of a form\'s field is a str\n  expected: form["email"]\n  got: 1')


def test_attributes_that_are_not_there() -> None:
    """What a field or a form does not have is an error that says what there is (FM-2)."""
    form = to_form({}, as_="user")
    with pytest.raises(AttributeError) as raised:
        form["email"].valeu  # pyright: ignore[reportUnknownMemberType]
    assert isinstance(raised.value, MissingAssign)
    assert str(raised.value) == (
        "a form's field has no attribute 'valeu'\n"
        "  expected: one of id, name, value, errors, field, form\n"
        "  nearest: value"
    )
    with pytest.raises(AttributeError) as raised:
        form.email  # pyright: ignore[reportUnknownMemberType]
    assert str(raised.value) == "a form has no attribute 'email'\n  expected: the field: form[\"email\"]"
    assert not hasattr(form, "__html__")


def test_ids_and_names() -> None:
    """With and without a name of the form (FM-4); and for one of several values (FM-5)."""
    assert (input_id(to_form({}), "a"), input_name(to_form({}), "a")) == ("a", "a")
    named = to_form({}, as_="u", id="f")
    assert (input_id(named, "a"), input_name(named, "a")) == ("f_a", "u[a]")
    assert input_id(named, "role", "<x> y-1") == "f_role__lt_x_gt__y_1"
    assert input_id(named, "role", None) == "f_role_"


@pytest.mark.parametrize(
    ("options", "params"),
    [
        ({"as_": "v"}, {"a": "1"}),
        ({"id": "other"}, {"a": "1"}),
        ({"action": "validate"}, {"a": "1"}),
        ({"errors": {"a": "bad"}}, {"a": "1"}),
        ({}, {"a": "2"}),
        ({}, {"a": 1}),
        ({}, {}),
    ],
)
def test_a_field_changed(options: Any, params: Any) -> None:
    """Id, name, action, errors or value of the field differ (FM-6)."""
    old = to_form({"a": "1"}, as_="u", id="u")
    new = to_form(params, **{"as_": "u", "id": "u", **options})
    assert input_changed(old, new, "a")
    assert not input_changed(old, to_form({"a": "1", "b": "2"}, as_="u", id="u", errors={"b": "bad"}), "a")
    assert input_changed(old, copy.copy(old), "a") is False


def test_another_kind_of_form_changes_its_fields() -> None:
    """The implementation counts as well (FM-6)."""
    form = to_form({"a": "1"})
    assert input_changed(form, to_form(Tone("1")), "pitch")


def test_a_form_survives_pickling() -> None:
    """Its implementation stays the one that there is, so nothing has changed (FM-6)."""
    form = to_form({"a": "1"}, as_="u")
    again = pickle.loads(pickle.dumps(form))
    assert again == form
    assert not input_changed(form, again, "a")


def test_same_item_asks_for_use_as_well() -> None:
    """A field of a form is the same also in whether it was used (EN-9)."""
    old, new = to_form({"a": "1", "_unused_a": ""}), to_form({"a": "1"})
    assert not input_changed(old, new, "a")
    assert not new.same_item(old, "a")
    assert new.same_item(to_form({"a": "1"}), "a")


def test_normalized_values() -> None:
    """What inputs of a type show (FM-7)."""
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, 6)  # noqa: DTZ001 - as a form has it
    assert normalize_value("datetime-local", moment) == "2026-01-02T03:04"
    assert normalize_value("datetime-local", "2026") == "2026"
    assert str(normalize_value("textarea", "a<b")) == "\na&lt;b"
    assert str(normalize_value("textarea", None)) == "\n"
    assert [normalize_value("checkbox", each) for each in (True, "true", False, "on", None, 1)] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert normalize_value("text", 5) == 5


@pytest.mark.parametrize(
    ("options", "selected", "html"),
    [
        (["a", "b"], "b", '<option value="a">a</option><option selected value="b">b</option>'),
        ([("A", 1), ("B", 2)], "2", '<option value="1">A</option><option selected value="2">B</option>'),
        ({"A": 1}, None, '<option value="1">A</option>'),
        ([1, 2], [1, 2], '<option selected value="1">1</option><option selected value="2">2</option>'),
        (
            [{"key": "<A>", "value": '"', "disabled": True, "hidden": False, "class": "c"}],
            None,
            '<option disabled class="c" value="&quot;">&lt;A&gt;</option>',
        ),
        (["a", "hr", ("hr", None)], None, '<option value="a">a</option><hr/><hr/>'),
        (
            {"Group": ["a"], "Other": {"B": "b"}},
            "b",
            '<optgroup label="Group"><option value="a">a</option></optgroup>'
            '<optgroup label="Other"><option selected value="b">B</option></optgroup>',
        ),
        ([None], "", '<option selected value=""></option>'),
    ],
)
def test_options_of_a_select(options: Any, selected: Any, html: str) -> None:
    """Values, pairs, mappings, groups and separators; what is selected is compared as text (FM-8)."""
    assert str(options_for_select(options, selected)) == html


def test_extra_attributes_come_first() -> None:
    """The order is extra, selected, value (FM-8)."""
    assert str(options_for_select(["a"], "a", {"class": "k"})) == '<option class="k" selected value="a">a</option>'


@pytest.mark.parametrize(("entry", "missing"), [({"value": 1}, "key"), ({"key": "a"}, "value")])
def test_an_option_without_key_or_value(entry: Any, missing: str) -> None:
    """Both are needed (FM-8)."""
    with pytest.raises(BadOption) as raised:
        options_for_select([entry], None)
    assert str(raised.value) == (
        f"an option of options_for_select has no {missing!r}\n"
        f"  expected: {{'key': label, 'value': value}}\n  got: {entry!r}"
    )


# --- to_form


def test_options_of_to_form() -> None:
    """`as`, errors and action are consumed, the others stay, the id among them (FM-10, VX-18)."""
    form = to_form({}, as_="u", id="fid", errors={"a": "bad", "b": ["x", "y"]}, action="validate", foo=1)
    assert (form.name, form.id, form.action, form.options) == ("u", "fid", "validate", {"id": "fid", "foo": 1})
    assert form.errors == (("a", "bad"), ("b", "x"), ("b", "y"))
    assert (form["a"].id, form["a"].name) == ("fid_a", "u[a]")
    assert to_form({}, as_="u").id == "u"
    assert to_form({}, as_="u", id=None).id == "u"
    assert to_form({}, id="f").name is None


def test_bad_options_of_to_form() -> None:
    """Ids and names are text, params have text as keys, errors are pairs, and not everything is a source (FM-10, FM-14, FM-15)."""
    with pytest.raises(BadOption) as raised:
        to_form({}, id=5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    assert str(raised.value) == "'id' of a form is text\n  expected: a str, or None\n  got: 5\n  cure: str(5)"
    with pytest.raises(BadOption, match="'as' of a form is text"):
        to_form({}, as_=Tone)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(BadOption) as raised:
        to_form({1: "a"})
    assert str(raised.value) == (
        'the params of a form have str keys\n  expected: {"email": …}, as they come from the client\n  got: 1'
    )
    with pytest.raises(BadOption) as raised:
        to_form({}, errors=["name"])
    assert str(raised.value) == (
        "the errors of a form are pairs of a field and a message\n"
        '  expected: {"name": "can\'t be blank"}, or [("name", "can\'t be blank")]\n'
        "  got: 'name'"
    )
    with pytest.raises(BadOption) as raised:
        to_form("user")
    assert str(raised.value) == (
        "to_form cannot make a form of a str\n"
        "  expected: a mapping of params, a Form, a Changeset, or an object whose class has a FormData\n"
        "  got: 'user'\n"
        "  cure: liveview_core.forms.form.register_form_data(str, …)"
    )


def test_values_of_params() -> None:
    """What was sent, also nothing and None; else the data (FM-11)."""
    form = to_form({"a": None, "b": ""})
    assert (form["a"].value, form["b"].value, form["c"].value) == (None, "", None)
    (nested,) = PARAMS.nested({}, to_form({"n": {"a": ""}}, as_="u"), "n", {"default": {"a": "1", "b": "2"}})
    assert (nested["a"].value, nested["b"].value) == ("", "2")


def test_errors_of_params_always_show() -> None:
    """Whatever the action is; `used_input` is the filter (FM-12)."""
    assert to_form({}, errors={"a": "bad"})["a"].errors == ("bad",)
    assert to_form({}, errors={"a": "bad"}, action="ignore")["a"].errors == ("bad",)


def test_a_form_of_a_form() -> None:
    """Without options the same one; names, ids, errors and action are replaced, other options come in front (FM-13)."""
    form = to_form({"a": "1"}, as_="u", id="f", foo=1, bar=2)
    assert to_form(form) is form
    assert (to_form(form, as_="v").name, to_form(form, as_="v").id) == ("v", "v")
    assert (to_form(form, as_="v", id="g").id, to_form(form, as_=None).name) == ("g", None)
    only_id = to_form(form, id="g")
    assert (only_id.name, only_id.id, only_id.options) == ("u", "g", {"id": "g", "foo": 1, "bar": 2})
    changed = to_form(form, errors={"a": "bad"}, action="save", bar=3)
    assert (changed.errors, changed.action) == ((("a", "bad"),), "save")
    assert list(changed.options.items()) == [("bar", 3), ("foo", 1), ("id", "f")]
    assert changed["a"].value == "1"


@frozen
class Tone:
    """A source of another kind."""

    pitch: str


class ToneFormData:
    """The least that joins in."""

    def to_form(self, source: Tone, options: dict[str, Any]) -> Form:
        name = options.pop("as", "tone")
        return Form(source, self, options.get("id", name), name, source, options.pop("action", None), options=options)

    def nested(self, source: Tone, parent: Form, name: str, options: dict[str, Any]) -> list[Form]:
        return []

    def value(self, source: Tone, form: Form, name: str) -> Any:
        return getattr(source, name, None)

    def validations(self, source: Tone, form: Form, name: str) -> dict[str, Any]:
        return {"required": True}


register_form_data(Tone, ToneFormData())


def test_the_extension_point() -> None:
    """A registered class is a source, for fields and for what a browser can check (FM-15)."""
    form = to_form(Tone("a'"), id="t", action="save", step=2)
    assert (form.name, form.id, form.action, form.options) == ("tone", "t", "save", {"id": "t", "step": 2})
    assert form["pitch"] == FormField("t_pitch", "tone[pitch]", "a'", (), "pitch", form)
    assert input_validations(form, "pitch") == {"required": True}
    assert input_validations(to_form({}), "pitch") == {}


# --- nested forms of params


def nested(params: Any, options: Any, **form: Any) -> list[Form]:
    parent = to_form(params, **{"as_": "u", **form})
    return parent.impl.nested(parent.source, parent, "l", options)


def test_nested_options() -> None:
    """Ids, names, hidden and action have defaults from the parent; the params are the field's (FM-20)."""
    (one,) = nested({"l": {"a": "1"}}, {}, action="save")
    assert (one.id, one.name, one.params, one.action, one.hidden) == ("u_l", "u[l]", {"a": "1"}, "save", ())
    (one,) = nested({}, {"id": "i", "as": "n", "hidden": [("k", "v")], "action": "other", "multipart": True})
    assert (one.id, one.name, one.hidden, one.action) == ("i", "n", (("k", "v"),), "other")
    assert one.options == {"multipart": True}


def test_a_nested_form_needs_a_named_parent() -> None:
    """Or an id and a name of its own (FM-21)."""
    with pytest.raises(BadOption) as raised:
        nested({}, {}, as_=None)
    assert str(raised.value) == (
        "the nested forms of 'l' need a parent that has a name\n"
        "  expected: to_form(params, as_=…), or as_ and id given to inputs_for\n"
        "  got: a form with the name None and the id None\n"
        '  cure: to_form(params, as_="user")'
    )
    with pytest.raises(BadOption):
        nested({}, {"as": "n"}, as_=None)
    (one,) = nested({}, {"as": "n", "id": "i"}, as_=None)
    assert (one.id, one.name) == ("i", "n")


def test_one_nested_form() -> None:
    """A mapping as default is one form without an index (FM-22)."""
    (one,) = nested({}, {"default": {"a": "1"}})
    assert (one.data, one.params, one.index, one["a"].value) == ({"a": "1"}, {}, None, "1")


def test_many_nested_forms_of_the_defaults() -> None:
    """Without params: prepend, default, append (FM-23)."""
    forms = nested({}, {"default": [{"a": "2"}], "prepend": [{"a": "1"}], "append": [{"a": "3"}]})
    assert [(form.index, form.id, form.name, form["a"].value, form.params) for form in forms] == [
        (0, "u_l_0", "u[l][0]", "1", {}),
        (1, "u_l_1", "u[l][1]", "2", {}),
        (2, "u_l_2", "u[l][2]", "3", {}),
    ]


def test_many_nested_forms_of_what_was_sent() -> None:
    """By the text of their keys, numbered anew; the defaults do not matter (FM-23, VX-19)."""
    sent = {"l": {"2": {"a": "c"}, "10": {"a": "b"}, "0": {"a": "a"}}}
    forms = nested(sent, {"default": [{"a": "x"}], "prepend": [{}], "append": [{}]})
    assert [(form.name, form["a"].value, form.data) for form in forms] == [
        ("u[l][0]", "a", None),
        ("u[l][1]", "b", None),
        ("u[l][2]", "c", None),
    ]
    assert nested({"l": {}}, {"default": [{"a": "x"}]}) == []


def test_a_default_that_is_neither() -> None:
    """One is a mapping, many are a list (FM-22, FM-23)."""
    with pytest.raises(BadOption) as raised:
        nested({}, {"default": "x"})
    assert str(raised.value) == (
        "the default of inputs_for('l') is neither one nor many\n"
        "  expected: a mapping for one form, a list of mappings for many\n"
        "  got: 'x'\n"
        "  cure: default={[]}, if there is none at first"
    )


# --- used inputs


@pytest.mark.parametrize(
    ("params", "used"),
    [
        ({"a": ""}, True),
        ({"a": "", "_unused_a": ""}, False),
        ({}, False),
        ({"a": {}}, False),
        ({"a": {"b": "", "_unused_b": ""}}, False),
        ({"a": {"b": "", "_unused_b": "", "c": ""}}, True),
        ({"a": []}, True),
        ({"_unused_a": ""}, False),
        ({"a": {"b": {"c": "", "_unused_c": ""}}}, False),
        ({"a": {1: ""}}, False),
        ({"a": Tone("x")}, True),
    ],
)
def test_used_inputs(params: Any, used: bool) -> None:
    """The vectors of FM-30 and VX-20, and nested ones."""
    assert used_input(to_form(params)["a"]) is used


def test_a_marker_is_never_used() -> None:
    """(a) of FM-30: not even where it was sent itself."""
    assert not used_input(to_form({"_unused_a": ""})["_unused_a"])


VALUES = st.recursive(
    st.sampled_from(["", "x"]), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=5
)


@given(VALUES)
def test_marking_everything_leaves_nothing_used(value: Any) -> None:
    """FM-30, FM-31: a group of inputs is used exactly if one of them is."""

    def marked(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        found: dict[str, Any] = {}
        for key, each in value.items():
            found[key] = marked(each)
            if not isinstance(each, dict):
                found[f"_unused_{key}"] = ""
        return found

    def leaves(value: Any) -> int:
        return sum(map(leaves, value.values())) if isinstance(value, dict) else 1

    assert used_input(to_form({"a": value})["a"]) is (leaves(value) > 0)
    if isinstance(value, dict):
        assert not used_input(to_form({"a": marked(value)})["a"])


class SignUp(LiveView):
    """Shows an error of a field once somebody has been in it."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(form=to_form({}, as_="user"), target=None)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        user = params["user"]
        blank = {name: "can't be blank" for name in ("email", "name") if not user.get(name)}
        return socket.assign(form=to_form(user, as_="user", errors=blank), target=repr(params.get("_target")))

    render = heex("""
    <.form for={@form} id="f" phx-change="validate" phx-submit="save">
      <%= for field in (@form["email"], @form["name"]): %>
        <input type="text" name={field.name} id={field.id} value={field.value} />
        <p :if={used_input(field)} :for={error in field.errors}>{field.field} {error}</p>
      <% end %>
    </.form>
    <i>{@target}</i>
    """)


def test_errors_appear_where_the_user_has_been() -> None:
    """Inputs nobody was in are marked (FM-31), the target is the input that changed (FM-33), and a submit uses all (FM-32)."""
    view = live(SignUp)
    view.form("#f", {"user": {"email": ""}}).render_change()
    assert view.wire[-2].payload["value"] == "user[email]=&user[_unused_name]=&user[name]=".replace("[", "%5B").replace(
        "]", "%5D"
    )
    assert view.has_element("p", "email can't be blank")
    assert not view.has_element("p", "name can't be blank")
    assert view.element("i").text == "['user', 'email']"
    view.form("#f", {"user": {"email": "a@b"}}).render_submit()
    assert not view.has_element("p", "email")
    assert view.has_element("p", "name can't be blank")
