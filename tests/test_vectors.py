"""The vectors of section 28 that concern templates, diffs and components: what release 1.2.10 sent, key for key.

VX-1…23, 37 and 43; the others are tested where the lifecycle is. Templates are the recorded ones with Python in the braces;
where a vector speaks of symbols or of a map's order, the test says what it does instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from liveview_core import Assigns, LiveComponent, Socket, attr, component, heex, slot
from liveview_core.forms.form import to_form, used_input
from liveview_core.heex.syntax.errors import TemplateSyntaxError
from tests.harness.stage import Stage


@frozen
class Item:
    """`i` of the vectors."""

    n: int
    id: int = 0


def keyed(*pairs: tuple[int, int]) -> list[Item]:
    """`[1:1, 2:2]`: items by id and number."""
    return [Item(n, id) for id, n in pairs]


# --- templates ------------------------------------------------------------------------------------------------------------


def test_vx_1_attributes_and_a_branch() -> None:
    """VX-1: what of a tag is dynamic, and in which order templates are numbered (AT-1…6, DF-8)."""
    page = heex("""<div id={@id} class={@c} title={f"x{@id}"} a="b" c='d' e><b :if={@c}>{@c}</b></div>""")
    assert Stage(page, id="i", c="cc").join == {
        "0": ' id="i"',
        "1": "cc",
        "2": "i",
        "3": {"0": "cc", "s": 0},
        "p": {"0": ["<b>", "</b>"], "1": ["<div", ' class="', '" title="x', '" a="b" c=\'d\' e>', "</div>"]},
        "r": 1,
        "s": 1,
    }


def test_vx_2_whitespace_at_the_ends() -> None:
    """VX-2: blank text at the ends goes, other text stays (WS-2)."""
    one = Stage(heex("\n  <p> a </p>  \n  "))
    assert one.join == {"s": 0, "p": {"0": ["<p> a </p>"]}, "r": 1}
    # A blank before the first newline: with the newline alone N0 would take the text for a heredoc, and remove it.
    two = Stage(heex(" \n  hi {@a}\n"), a=1)
    assert two.join == {"0": "1", "s": 0, "p": {"0": [" \n  hi ", ""]}}


def test_vx_3_comments() -> None:
    """VX-3: braces are text in a comment, EEx tags are not; a comment is no root (TG-5, TG-30)."""
    stage = Stage(heex("<!-- {@a} <%= @a %> <b> -->{@a}"), a=1)
    assert stage.join == {"0": "1", "1": "1", "s": 0, "p": {"0": ["<!-- {@a} ", " <b> -->", ""]}}


def test_vx_4_a_list_without_keys() -> None:
    """VX-4: empty, filled, the same again, shorter, another assign, emptied, refilled (DF-12…14)."""
    stage = Stage(heex("<ul><li :for={i in @items}>{i.n}{@z}</li></ul>"), items=[], z=1)
    assert stage.join["0"] == ""
    assert stage.set(items=[Item(1), Item(2)]) == {
        "0": {"k": {"0": {"0": "1", "1": "1"}, "1": {"0": "2", "1": "1"}, "kc": 2}, "s": 0},
        "p": {"0": ["<li>", "", "</li>"]},
    }
    assert stage.set(items=[Item(1), Item(2)]) == {}
    assert stage.set(items=[Item(2)]) == {"0": {"k": {"0": {"0": "2"}, "kc": 1}}}
    assert stage.set(z=4) == {"0": {"k": {"0": {"1": "4"}, "kc": 1}}}
    assert stage.set(items=[]) == {"0": {"k": {"kc": 0}}}
    assert stage.set(items=[Item(7)]) == {"0": {"k": {"0": {"0": "7", "1": "4"}, "kc": 1}}}


def test_vx_5_a_list_with_keys() -> None:
    """VX-5: moves by old index, alone or with changes, and new ones with their statics (DF-16, DF-17)."""
    page = heex("<ul><li :for={i in @items} :key={i.id}>{i.n}{@z}<b :if={i.n > 1}>{i.n}</b></li></ul>")
    stage = Stage(page, items=keyed((1, 1), (2, 2)), z=0)
    rows = stage.join["0"]["k"]
    assert rows["0"] == {"0": "1", "1": "0", "2": ""}
    assert rows["1"] == {"0": "2", "1": "0", "2": {"0": "2", "s": 0}}
    assert stage.set(items=keyed((3, 3), (1, 1), (2, 2))) == {
        "0": {"k": {"0": {"0": "3", "1": "0", "2": {"0": "3", "s": 0}}, "1": 0, "2": 1, "kc": 3, "km": True}},
        "p": {"0": ["<b>", "</b>"]},
    }
    assert stage.set(items=keyed((2, 9), (1, 5))) == {
        "0": {
            "k": {
                "0": [2, {"0": "9", "2": {"0": "9"}}],
                "1": {"0": "5", "2": {"0": "5", "s": 0}},
                "kc": 2,
                "km": True,
            }
        },
        "p": {"0": ["<b>", "</b>"]},
    }


def test_vx_6_branches() -> None:
    """VX-6: a branch that stays sends what changed in it; another branch is sent whole (EN-13, DF-4)."""
    page = heex("<div><%= if @a: %>A{@z}<% else: %>B{@z}<% end %></div>")
    stage = Stage(page, a=True, z=1)
    assert stage.join["0"] == {"0": "1", "s": 0}
    assert stage.set(a=5) == {}
    assert stage.set(a=None) == {"0": {"0": "1", "s": 0}, "p": {"0": ["B", ""]}}
    assert stage.set(z=4) == {"0": {"0": "4"}}
    assert stage.set(a=1) == {"0": {"0": "4", "s": 0}, "p": {"0": ["A", ""]}}


def test_vx_7_paths() -> None:
    """VX-7: an expression is evaluated if the end of its path changed; the whole assign, if anything did (EN-5, EN-8)."""
    whole = Stage(heex('{@u["n"]}{@u["m"]}{len(@u)}'), u={"n": 1, "m": 1})
    assert sorted(whole.set(u={"n": 1, "m": 2})) == ["1", "2"]
    paths = Stage(heex('{@u["n"]}{@u["m"]}'), u={"n": 1, "m": 1})
    assert paths.set(u={"n": 1, "m": 2}) == {"1": "2"}
    assert paths.set(u={"n": 1, "m": 2, "x": 3}) == {}


def test_vx_8_variables_of_a_match() -> None:
    """VX-8: what uses a variable of a case is sent whenever the branch is evaluated (EN-12)."""
    stage = Stage(heex("<p><%= match @x: %><% case v: %>{v}{@z}<% end %></p>"), x=1, z=1)
    assert stage.set(x=5) == {"0": {"0": "5"}}
    assert stage.set(z=9) == {"0": {"0": "5", "1": "9"}}


RESTING = heex(
    "<i {@rest}>{@a}{render_slot(@inner_block, @a)}</i>",
    attr("a", "any", default=1),
    attr("rest", "global", default={"class": "z"}, include=["foo"]),
    slot("inner_block"),
)


def test_vx_9_rest() -> None:
    """VX-9: the global attribute is sent whenever the component is called (DC-15). In upstream it is a map, sorted by name."""
    stage = Stage(heex('<.RESTING a={@x} data-k={@y} foo="q">s{@z}</.RESTING>'), x=1, y=2, z=3)
    assert stage.join["0"]["0"] == ' class="z" data-k="2" foo="q"'
    assert stage.set(z=9) == {"0": {"0": ' class="z" data-k="2" foo="q"', "2": {"0": "9"}}}
    assert stage.set(y=5) == {"0": {"0": ' class="z" data-k="5" foo="q"'}}
    assert stage.set(x=7) == {"0": {"0": ' class="z" data-k="5" foo="q"', "1": "7"}}


def test_vx_10_a_root_attribute_with_dependencies() -> None:
    """VX-10: the component is evaluated in full, static content of a slot is not (EN-17, EN-21)."""
    stage = Stage(heex("<.RESTING {@m}>s</.RESTING>"), m={"a": 1, "data-k": 2})
    assert stage.set(m={"a": 1, "data-k": 3}) == {"0": {"0": ' class="z" data-k="3"', "1": "1"}}


BOX = heex("<div>{@u.name}{@n}</div>")


@frozen
class User:
    name: str
    z: int = 0


def test_vx_11_arguments() -> None:
    """VX-11: nested comparison goes on in the component; a computed argument changed if anything in it did (EN-16, EN-10a)."""
    page = Stage(heex("<.BOX u={@user} n={1} />"), user=User("a"))
    assert page.set(user=User("a", 1)) == {}
    assert page.set(user=User("b", 1)) == {"0": {"0": "b"}}
    sums = Stage(heex("<.BOX u={@user} n={@a + @b} />"), user=User("a"), a=1, b=2)
    assert sums.set(b=3) == {"0": {"1": "4"}}
    assert sums.set(a=3, b=1) == {"0": {"1": "4"}}


WRAP = heex("<div>{render_slot(@inner_block)}{@t}</div>", attr("t", "any"), slot("inner_block"))


def test_vx_12_slots() -> None:
    """VX-12: slot content and component send each its own changes (EN-20)."""
    stage = Stage(heex("<p><.WRAP t={@t}><b>{@x}</b></.WRAP></p>"), t=1, x=1)
    assert stage.set(t=2) == {"0": {"1": "2"}}
    assert stage.set(x=2) == {"0": {"0": {"0": "2"}}}


class C(LiveComponent):
    """The component of VX-13."""

    render = heex("<div>{@x}<i :if={@x > 1}>{@id}</i></div>")


def test_vx_13_live_components_in_a_loop() -> None:
    """VX-13: cids at the places, nodes under `c`, statics shared by number (DF-21…25)."""
    stage = Stage(
        heex("<p>{@z}<.live_component :for={i in @items} module={C} id={i} x={@x} /></p>"),
        items=[1, 2],
        x=1,
        z=1,
    )
    assert stage.join["1"] == {"k": {"0": {"0": 1}, "1": {"0": 2}, "kc": 2}, "s": 0}
    assert stage.join["c"] == {
        "1": {"0": "1", "1": "", "r": 1, "s": ["<div>", "", "</div>"]},
        "2": {"0": "1", "1": "", "s": 1},
    }
    assert stage.set(z=2) == {"0": "2"}
    assert stage.set(x=5) == {
        "1": {"k": {"0": {"0": 1}, "1": {"0": 2}, "kc": 2}},
        "c": {
            "1": {"0": "5", "1": {"0": "1", "s": ["<i>", "</i>"]}},
            "2": {"0": "5", "1": {"0": "2", "s": ["<i>", "</i>"]}},
        },
    }
    assert stage.set(items=[2, 3]) == {
        "1": {"k": {"0": {"0": 2}, "1": {"0": 3}, "kc": 2}},
        "c": {"3": {"0": "5", "1": {"0": "3"}, "s": -1}},
    }
    assert stage.set(x=5) == {}


def test_vx_14_streams() -> None:
    """VX-14: the operations of a stream as they travel, newest first; `reset` alone (ST-21, ST-25)."""
    page = heex('<ul id="u" phx-update="stream"><li :for={id, i in @streams.s} id={id}>{i.n}</li></ul>')
    stage = Stage(page, setup=lambda socket: socket.stream("s", [Item(1, 1), Item(2, 2)]))
    assert stage.join["0"] == {
        "k": {"0": {"0": ' id="s-1"', "1": "1"}, "1": {"0": ' id="s-2"', "1": "2"}, "kc": 2},
        "s": 0,
        "stream": ["0", [["s-2", -1, None, None], ["s-1", -1, None, None]], []],
    }

    def change(socket: Socket) -> Socket:
        socket = socket.stream_insert("s", Item(3, 3), at=0, limit=5).stream_delete("s", Item(1, 1))
        return socket.stream_insert("s", Item(33, 3))

    assert stage.do(change) == {
        "0": {
            "k": {"0": {"0": ' id="s-3"', "1": "33"}, "kc": 1},
            "stream": ["0", [["s-3", -1, None, False], ["s-3", 0, 5, False]], ["s-1"]],
        }
    }
    assert stage.do(lambda socket: socket.stream("s", [], reset=True)) == {
        "0": {"k": {"kc": 0}, "stream": ["0", [], [], True]}
    }


def test_vx_15_another_root() -> None:
    """VX-15: a new root template sends everything again (DF-6)."""
    one, two = heex("<p>{@x}</p>"), heex("<q>{@x}</q>")
    stage = Stage(lambda assigns: (two if assigns.two else one)(assigns), x=1, two=False)
    assert stage.set(two=True) == {"0": "1", "s": 0, "r": 1, "p": {"0": ["<q>", "</q>"]}}
    assert stage.set(x=2) == {"0": "2"}


def test_vx_16_link() -> None:
    """VX-16: the dynamics of an ordinary link (BC-22)."""
    stage = Stage(heex('<.link href="/a">x</.link>'))
    node = {key: value for key, value in stage.join["0"].items() if key.isdigit()}
    assert list(node) == ["0", "1", "2", "3", "4", "5"]
    assert [node[position] for position in "01234"] == [' href="/a"', "", "", "", ""]
    assert stage.join["p"][str(stage.join["0"]["s"])] == ["<a", "", "", "", "", ">", "</a>"]
    assert stage.html == '<a href="/a">x</a>'


def test_vx_17_intersperse() -> None:
    """VX-17: all separator slots between two items, one after the other (BC-33)."""
    page = heex(
        "<.intersperse :let={i} enum={@items}><:separator>,</:separator><:separator>;</:separator>{i}</.intersperse>"
    )
    assert Stage(page, items=[1, 2]).html == "1,;2"


# --- forms ----------------------------------------------------------------------------------------------------------------


def test_vx_18_forms() -> None:
    """VX-18: names and ids of a form and its fields. Symbols are strings here, so the field's errors are found."""
    form = to_form({"a": "x"}, as_="u", id="fid", errors={"a": ["bad"]}, action="validate")
    assert (form.name, form.id) == ("u", "fid")
    assert (form["a"].id, form["a"].name, list(form["a"].errors)) == ("fid_a", "u[a]", ["bad"])
    assert list(form["b"].errors) == []


def test_vx_19_inputs_for() -> None:
    """VX-19: nested params in the order of their keys as text; persistent ids (BC-12, BC-13)."""
    params = {"l": {"0": {"v": "a"}, "10": {"v": "b"}, "2": {"v": "c"}}}
    page = heex(
        '<.inputs_for :let={f} field={@form["l"]} default={[]}>'
        '<b>{f["v"].name}={f["v"].value}/{f.params["_persistent_id"]}</b></.inputs_for>'
    )
    html = Stage(page, form=to_form(params, as_="u")).html
    shown = [part.split("</b>")[0] for part in html.split("<b>")[1:]]
    assert shown == ["u[l][0][v]=a/0", "u[l][1][v]=b/1", "u[l][2][v]=c/2"]


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
    ],
)
def test_vx_20_used_inputs(params: dict[str, Any], used: bool) -> None:
    """VX-20: whether the user has been at an input (FM-35)."""
    assert used_input(to_form(params)["a"]) is used


# --- texts and mistakes ---------------------------------------------------------------------------------------------------


def test_vx_21_trimming(tmp_path: Path) -> None:
    """VX-21: template files are trimmed around EEx tags, texts in code are not, braces never (WS-3, WS-4)."""
    text = "<p>\n  <%= @a %>\n\n\n</p>\n<%= @a %>  \nb"
    braces = text.replace("<%= @a %>", "{@a}")
    (tmp_path / "a.html.heex").write_text(text)
    (tmp_path / "b.html.heex").write_text(braces)
    assert heex.file(tmp_path / "a.html.heex")(a=1).part.statics == ("<p>\n", "\n</p>\n", "\nb")
    assert heex(text)(a=1).part.statics == ("<p>\n  ", "\n\n\n</p>\n", "  \nb")
    assert heex.file(tmp_path / "b.html.heex")(a=1).part.statics[0] == "<p>\n  "


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a < b", (1, 4)),
        ("<p></ p>", (1, 6)),
        ("<p></p x>", (1, 7)),
        ("<p a=b />", (1, 6)),
        ("<p =b />", (1, 4)),
        ("<p a} />", (1, 5)),
        ("<p a={b", (1, 6)),
        ('<p a="b', (1, 8)),
        ("<!doctype html", (1, 15)),
        ("<. />", (1, 2)),
        ("<.link><:inner_block/></.link>", (1, 9)),
        ("<:foo/>", (1, 1)),
        ("<Foo />", (1, 1)),
        ("<div><b></div>", (1, 9)),
        ("<div>\n  <p>", (2, 3)),
        ('{"{"}', (1, 1)),
        ("<p :if={True} :if={False}>", (1, 15)),
    ],
)
def test_vx_22_places_of_mistakes(text: str, place: tuple[int, int]) -> None:
    """VX-22: line and column of each mistake."""
    with pytest.raises(TemplateSyntaxError) as caught:
        heex(text)
    assert (caught.value.template_line, caught.value.template_column) == place


def test_vx_23_attributes() -> None:
    """VX-23: class and style are always there on a tag, and left out where a root attribute has None (AT-2…9)."""
    page = heex("<p class={@v} style={@v} id={@v} hidden={@v}></p>")
    assert Stage(page, v=None).html == '<p class="" style=""></p>'
    assert Stage(page, v=True).html == '<p class="" style="" id hidden></p>'
    assert Stage(heex("<p {@pairs}></p>"), pairs=[("class", None), ("style", None)]).html == "<p></p>"
    assert Stage(heex('<p {[("class", @x)]}></p>'), x=None).html == '<p class=""></p>'


# --- components -----------------------------------------------------------------------------------------------------------

COUNTED = heex("<u>{@a}{@b}</u>")


@component(attr("a", int, default=1), attr("b", int))
def assigning(assigns: Assigns) -> Any:
    """Assigns what is the default already."""
    return COUNTED(assigns.assign(a=1))


def test_vx_37_assign_of_a_default() -> None:
    """VX-37: an attribute that was not passed counts as new when the component assigns it (AS-7)."""
    stage = Stage(heex("<.assigning b={@b} />"), b=1)
    assert stage.set(b=2) == {"0": {"0": "1", "1": "2"}}
    assert stage.set(b=3) == {"0": {"0": "1", "1": "3"}}


class Lives(LiveComponent):
    """Counts what happens to it."""

    mounts = 0

    def mount(self, socket: Socket) -> Socket:
        type(self).mounts += 1
        return socket

    render = heex("<b>{@id}</b>")


LIVES = heex('<p>{@z}<.live_component :if={@on} module={Lives} id="x" /></p>')


def test_vx_43_revival_of_a_marked_component() -> None:
    """VX-43: marked and shown again: the same instance, sent in full (CP-24)."""
    Lives.mounts = 0
    stage = Stage(LIVES, z=1, on=True)
    assert stage.set(on=False) == {"1": ""}
    stage.will_destroy(1)
    assert stage.set(on=True) == {
        "1": {"0": 1, "s": 0},
        "p": {"0": ["", ""]},
        "c": {"1": {"0": "x", "r": 1, "s": ["<b>", "</b>"]}},
    }
    assert Lives.mounts == 1
    assert stage.destroyed(1) == []


def test_vx_43_a_deleted_component_mounts_anew() -> None:
    """VX-43: marked and deleted: another instance with another cid (CP-26)."""
    Lives.mounts = 0
    stage = Stage(LIVES, z=1, on=True)
    stage.set(on=False)
    stage.will_destroy(1)
    assert stage.destroyed(1) == [1]
    assert stage.set(on=True)["c"] == {"2": {"0": "x", "r": 1, "s": ["<b>", "</b>"]}}
    assert Lives.mounts == 2


def test_vx_43_hidden_only() -> None:
    """VX-43: without the mark nothing of the component is sent; deleting what is not marked deletes nothing."""
    stage = Stage(LIVES, z=1, on=True)
    stage.set(on=False)
    assert stage.destroyed(1) == []
    assert stage.set(on=True) == {"1": {"0": 1, "s": 0}, "p": {"0": ["", ""]}}
