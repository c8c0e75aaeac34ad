"""`components.forms`: the tags of `<.form>` (BC-3…BC-8) and of `<.inputs_for>` (BC-10…BC-14)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import field, frozen

from liveview_core import heex, to_form
from liveview_core.errors import BadOption
from liveview_core.forms.changeset import Changeset
from liveview_testing import render_component


def html(template: Any, **assigns: Any) -> str:
    """The component's page, its layout aside."""
    return re.sub(r"\s*\n\s*", "", str(render_component(template, **assigns)))


# --- <.form>


def test_what_a_form_is_made_of() -> None:
    """`for` may be None, then there are no params; the inner block gets the form (BC-3)."""
    assert html(heex('<.form :let={f} for={@x}>{f["a"].value}.</.form>'), x=None) == "<form>.</form>"
    assert html(heex('<.form :let={f} for={@x}>{f["a"].value}.</.form>'), x={"a": "1"}) == "<form>1.</form>"


def test_options_are_those_of_to_form() -> None:
    """as, errors, id and the rest go to `to_form`; the id is the prefix of the fields' ids (BC-4)."""
    template = heex(
        '<.form :let={f} for={@x} as="u" errors={@e} id="fid" phx-change="c">{f["a"].id} {f["a"].name} {f["a"].errors[0]}</.form>'
    )
    assert html(template, x={}, e={"a": "bad"}) == '<form id="fid" phx-change="c">fid_a u[a] bad</form>'


def test_attributes_are_the_options() -> None:
    """Also those of an earlier `to_form`; multipart is an enctype (BC-5)."""
    made = to_form({}, as_="u", class_="x", autocomplete="off")
    assert html(heex('<.form for={@f} id="g">x</.form>'), f=made) == (
        '<form id="g" class_="x" autocomplete="off">x</form>'
    )
    assert html(heex("<.form for={@f} multipart>x</.form>"), f={}) == '<form enctype="multipart/form-data">x</form>'
    assert html(heex("<.form for={@f} multipart={False}>x</.form>"), f={}) == "<form>x</form>"


def test_without_an_action_nothing_is_hidden() -> None:
    """A method and a token are ordinary attributes then (BC-5)."""
    template = heex('<.form for={@f} method="get" csrf_token="1">x</.form>')
    assert html(template, f={}) == '<form csrf_token="1" method="get">x</form>'


@pytest.mark.parametrize(
    ("given", "method", "hidden"),
    [
        (None, "post", ""),
        ("POST", "post", ""),
        ("Get", "get", ""),
        ("put", "post", '<input name="_method" type="hidden" hidden value="put">'),
        ("DELETE", "post", '<input name="_method" type="hidden" hidden value="DELETE">'),
    ],
)
def test_methods(given: Any, method: str, hidden: str) -> None:
    """What HTML does not know is sent in a hidden input, as it was given (BC-6)."""
    page = html(heex('<.form for={@f} action="/x" method={@m} csrf_token={False}>x</.form>'), f={}, m=given)
    assert page == f'<form action="/x" method="{method}">{hidden}x</form>'


@pytest.mark.parametrize(
    ("attributes", "token"),
    [
        ("", "csrf-/x"),
        ('csrf_token="mine"', "mine"),
        ("csrf_token={False}", None),
        ('method="put"', "csrf-/x"),
        ('method="get"', None),
        ('method="get" csrf_token="mine"', "mine"),
    ],
)
def test_tokens(attributes: str, token: str | None) -> None:
    """For a post, generated unless given or refused; for a get only if given (BC-7)."""
    page = html(heex(f'<.form for={{@f}} action="/x" {attributes}>x</.form>'), f={})
    found = re.search(r'<input name="_csrf_token" type="hidden" hidden value="([^"]*)">', page)
    assert (found and found[1]) == token


def test_order_inside() -> None:
    """The method, the token, the block, each on a line of its own (BC-8); action and method stand first (BC-5)."""
    page = str(render_component(heex('<.form for={@f} id="f" action="/x" method="put">x</.form>'), f={}))
    assert page == (
        '<form action="/x" method="post" id="f">\n'
        '  <input name="_method" type="hidden" hidden value="put">\n'
        '  <input name="_csrf_token" type="hidden" hidden value="csrf-/x">\n'
        "  x\n</form>"
    )


# --- <.inputs_for>


def rows(source: Any, attributes: str, **options: Any) -> str:
    template = heex(
        f'<.inputs_for :let={{n}} field={{@f["l"]}} {attributes}>[{{n.id}} {{n.name}} {{n.index}} {{n["a"].value}}]</.inputs_for>'
    )
    return html(template, f=to_form(source, **{"as_": "u", **options}))


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{value}">'


def test_attributes_of_inputs_for() -> None:
    """id, as, default, prepend, append and options reach the nested forms (BC-10, BC-11)."""
    page = rows(
        {},
        'default={[{"a": "2"}]} prepend={[{"a": "1"}]} append={[{"a": "3"}]} id="i" as="n" skip_hidden options={{"action": "x"}}',
    )
    assert page == "[i_l_0 n[0] 0 1][i_l_1 n[1] 1 2][i_l_2 n[2] 2 3]"


def test_the_field_is_needed() -> None:
    """Anything but a field is an error (BC-10)."""
    with pytest.raises(BadOption) as raised:
        render_component(heex('<.inputs_for field={"tags"}>x</.inputs_for>'))
    assert str(raised.value) == (
        "<.inputs_for> expects field={…}\n  expected: a field: {@form[\"tags\"]}\n  got: 'tags'"
    )


def test_multipart_goes_down() -> None:
    """The parent's option is the nested form's (BC-11)."""
    form = to_form({}, as_="u", multipart=True, other=1)
    template = heex('<.inputs_for :let={n} field={@f["l"]} skip_hidden>{list(n.options)}</.inputs_for>')
    assert html(template, f=form) == "multipart"


def test_persistent_ids() -> None:
    """Kept where they were sent; else the smallest number from the count of those known that is free (BC-12, FM-24, VX-19)."""
    sent = {"0": {"a": "x", "_persistent_id": "3"}, "1": {"a": "y"}, "2": {"a": "z", "_persistent_id": "2"}}
    assert rows({"l": sent}, "default={[]}") == (
        hidden("u[l][0][_persistent_id]", "3")
        + "[u_l_3 u[l][0] 0 x]"
        + hidden("u[l][1][_persistent_id]", "4")
        + "[u_l_4 u[l][1] 1 y]"
        + hidden("u[l][2][_persistent_id]", "2")
        + "[u_l_2 u[l][2] 2 z]"
    )
    sent = {"0": {"a": "x"}, "10": {"a": "y"}, "2": {"a": "z"}}
    assert re.findall(r'value="(\d)">\[u_l_(\d) u\[l\]\[(\d)\]', rows({"l": sent}, "default={[]}")) == [
        (n, n, n) for n in "012"
    ]


def test_a_forged_persistent_id() -> None:
    """What is no text under that name counts as not sent (BC-12): a client may send anything."""
    assert rows({"l": {"0": {"a": "x", "_persistent_id": {"y": ["z"]}}}}, "default={[]}") == (
        hidden("u[l][0][_persistent_id]", "0") + "[u_l_0 u[l][0] 0 x]"
    )


def test_without_persistent_ids() -> None:
    """The forms stay as they were made (BC-12)."""
    assert rows({}, "default={[{}]} skip_persistent_id") == "[u_l_0 u[l][0] 0 ]"


def test_hidden_inputs() -> None:
    """One for each pair, one for each value of a list; or none (BC-13)."""
    options = 'options={{"hidden": [("k", ["1", "2"])]}}'
    first = hidden("u[l][_persistent_id]", "0")
    assert rows({}, options) == (first + hidden("u[l][k][]", "1") + hidden("u[l][k][]", "2") + "[u_l_0 u[l] 0 ]")
    assert rows({}, f"{options} skip_hidden") == "[u_l_0 u[l] 0 ]"


def test_one_form_has_a_persistent_id_as_well() -> None:
    """Index 0, and a name without an index (BC-14)."""
    assert rows({"l": {"a": "x"}}, "") == hidden("u[l][_persistent_id]", "0") + "[u_l_0 u[l] 0 x]"


@frozen
class Line:
    """A child with a key."""

    a: str
    id: int | None = None


@frozen
class Bill:
    """A parent."""

    l: list[Line] = field(factory=list)  # noqa: E741 - the name of the tests above


def test_the_keys_of_a_changesets_children() -> None:
    """They are hidden inputs, so that what comes back finds its child (BC-13, FM-16)."""
    changeset = Changeset.change(Bill([Line("x", 7), Line("y")]))
    assert rows(changeset, "") == (
        hidden("u[l][0][_persistent_id]", "0")
        + hidden("u[l][0][id]", "7")
        + "[u_l_0 u[l][0] 0 x]"
        + hidden("u[l][1][_persistent_id]", "1")
        + "[u_l_1 u[l][1] 1 y]"
    )
