"""What has no changed dependency is not evaluated: evaluations are counted, dynamic by dynamic (EN-3…23).

A dynamic is named by how it begins in the template: `{@a}`, an attribute's name, `<li` for what stands under a special attribute.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import frozen

from liveview_core import LiveComponent, Socket, attr, heex, slot
from liveview_core.heex import Template
from tests.harness.stage import Stage

_NAME = re.compile(r"\{[^}]*\}|<%=[^%]*%>|<\.?[\w.]+|[\w-]+")


@frozen
class User:
    name: str
    age: int = 1


@frozen
class Row:
    id: int
    n: int = 0


class Change:
    """Count what one change evaluates in *template*; the page is compared with a render from scratch elsewhere."""

    def __init__(self, template: Template, stage: Stage) -> None:
        self.template = template
        self.stage = stage

    def __call__(self, **assigns: Any) -> dict[str, int]:
        with self.template.counting() as counts:
            self.stage.set(**assigns)
        text = self.template.source.text.split("\n")
        found: dict[str, int] = {}
        for counted, number in counts.items():
            match = _NAME.match(text[counted.at.line - 1], counted.at.column - 1)
            assert match is not None
            found[match[0]] = found.get(match[0], 0) + number
        return found


def on_a_page(template: Template, **assigns: Any) -> Change:
    return Change(template, Stage(template, compare=False, **assigns))


ATTRIBUTES = """<p id={@id} class={["k", @c]} style={@s} title={f"{@id}-{@c}"} {@m} data-x={@u.name}>{1}</p>"""
TEXTS = "{@a}{@b}{@a + @b}{@u.name}{@u.age}{str(@u)}{len(@u.name)}{now()}{1}"
BLOCKS = (
    "<%= if @on: %>{@a}{@b}<% else: %>{@c}<% end %><b :if={@on}>{@a}</b>"
    "<%= match @k: %><% case 1: %>{@a}<% case x: %>{x}{@b}<% end %>"
)


@pytest.mark.parametrize(
    ("source", "changed", "expected"),
    [
        (TEXTS, {"a": 2}, {"{@a}": 1, "{@a + @b}": 1}),
        (TEXTS, {"b": 9}, {"{@b}": 1, "{@a + @b}": 1}),
        (TEXTS, {"u": User("ann", 2)}, {"{@u.age}": 1, "{str(@u)}": 1}),
        (TEXTS, {"u": User("ben", 1)}, {"{@u.name}": 1, "{str(@u)}": 1, "{len(@u.name)}": 1}),
        (TEXTS, {"unknown": 1}, {}),
        (TEXTS, {"a": 1}, {}),
        (ATTRIBUTES, {"id": "i2"}, {"id": 1, "title": 1}),
        (ATTRIBUTES, {"c": "c2"}, {"class": 1, "title": 1}),
        (ATTRIBUTES, {"s": "color:red"}, {"style": 1}),
        (ATTRIBUTES, {"m": {"hidden": False}}, {"{@m}": 1}),
        (ATTRIBUTES, {"u": User("ann", 2)}, {}),
        (ATTRIBUTES, {"u": User("ben", 1)}, {"data-x": 1}),
        (BLOCKS, {"a": 2}, {"<%= if @on: %>": 1, "{@a}": 3, "<b": 1, "<%= match @k: %>": 1}),
        (BLOCKS, {"c": 5}, {"<%= if @on: %>": 1}),
        (BLOCKS, {"on": False}, {"<%= if @on: %>": 1, "{@c}": 1, "<b": 1}),
        (BLOCKS, {"on": 1}, {"<%= if @on: %>": 1, "<b": 1}),
        (BLOCKS, {"k": 3}, {"<%= match @k: %>": 1, "{x}": 1, "{@b}": 1}),
    ],
)
def test_text_attributes_and_blocks(source: str, changed: dict[str, Any], expected: dict[str, int]) -> None:
    """EN-4…EN-15: a block is one dynamic, in it each dynamic decides for itself; a new branch is evaluated whole."""
    assigns: dict[str, Any] = {
        "a": 1,
        "b": 4,
        "c": 3,
        "u": User("ann"),
        "id": "i",
        "s": "",
        "m": {},
        "on": True,
        "k": 1,
    }
    template = heex(source, names={"now": lambda: 0})
    assert on_a_page(template, **assigns)(**changed) == expected


LIST = """<ul><li :for={r in @rows}>{r.n}{r.id}{@a}<b :if={r.n > 1}>{r.n}</b></li></ul>"""
KEYED = LIST.replace("rows}>", "rows} :key={r.id}>")
MANY = [Row(id) for id in range(1_000)]


@pytest.mark.parametrize("source", [LIST, KEYED])
def test_one_row_of_a_thousand(source: str) -> None:
    """EN-22, EN-23, DF-16: of the row that changed, what changed in it; of the others nothing."""
    change = on_a_page(heex(source), rows=MANY, a=1)
    assert change(rows=[*MANY[:500], Row(500, 1), *MANY[501:]]) == {"<li": 1, "{r.n}": 1, "<b": 1}
    assert change(rows=[*MANY[:-1], Row(999)]) == {"<li": 1, "{r.n}": 1, "<b": 1}  # row 500 back; 999 is equal
    assert change(rows=list(MANY)) == {}
    assert change(rows=[*MANY, Row(1_000)]) == {"<li": 1, "{r.n}": 1, "{r.id}": 1, "{@a}": 1, "<b": 1}
    assert change(rows=MANY) == {"<li": 1}


def test_moved_rows() -> None:
    """DF-16: with keys a move evaluates nothing; without, the rows at the two places."""
    swapped = [MANY[1], MANY[0], *MANY[2:]]
    assert on_a_page(heex(KEYED), rows=MANY, a=1)(rows=swapped) == {"<li": 1}
    assert on_a_page(heex(LIST), rows=MANY, a=1)(rows=swapped) == {"<li": 1, "{r.id}": 2}
    assert on_a_page(heex(KEYED), rows=MANY, a=1)(rows=MANY[1:]) == {"<li": 1}


def test_what_a_row_takes_from_outside() -> None:
    """EN-23: an assign that changed is evaluated in every row, and nothing else of them."""
    assert on_a_page(heex(KEYED), rows=MANY, a=1)(a=2) == {"<li": 1, "{@a}": 1_000}


INNER = heex("<i>{@u.name}{@u.age}{@n}{@c}{@d}</i>", *(attr(name, "any") for name in "unc"), attr("d", int, default=4))
OUTER = heex('<.INNER u={@u} n={@a + 1} c="x" /><.INNER u={@u} n={3} c={@c} />')


def test_arguments_of_components() -> None:
    """EN-16: a call is evaluated if an argument may have changed, and in it what depends on that argument."""
    stage = Stage(OUTER, u=User("ann"), a=1, c=1, compare=False)
    outer, inner = Change(OUTER, stage), Change(INNER, stage)
    assert outer(a=2) == {"<.INNER": 1}
    assert inner(a=3) == {"{@n}": 1}
    assert outer(u=User("ann", 2)) == {"<.INNER": 2}
    assert inner(u=User("ann", 3)) == {"{@u.age}": 2}
    assert inner(c=9) == {"{@c}": 1}
    assert inner(other=1) == {}


PANEL = heex(
    "<div>{render_slot(@inner_block)}{@t}<i :for={e in @col}>{render_slot(e)}{e.k}</i></div>",
    attr("t", "any"),
    slot("inner_block"),
    slot("col", attr("k", "any")),
)
CALLER = heex("<p><.PANEL t={@t}>{@x}{@y}<:col k={@k}>{@z}</:col><:col k={1}>still</:col></.PANEL></p>")


def test_slots() -> None:
    """EN-20, EN-21: content is evaluated only where its own dependencies changed."""
    assigns: dict[str, Any] = dict.fromkeys("txyzk", 1)
    caller = on_a_page(CALLER, **assigns)
    assert caller(t=2) == {"<.PANEL": 1}
    assert caller(x=2) == {"<.PANEL": 1, "{@x}": 1}
    assert caller(z=2) == {"<.PANEL": 1, "{@z}": 1}
    panel = Change(PANEL, Stage(CALLER, compare=False, **assigns))
    assert panel(t=3) == {"{@t}": 1}
    assert panel(x=3) == {"{render_slot(@inner_block)}": 1}
    assert panel(k=3) == {"<i": 1, "{render_slot(e)}": 1, "{e.k}": 1}
    assert panel(other=1) == {}


class Live(LiveComponent):
    """Has state of its own."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("<b>{@n}{@x}{@id}</b>")


LIVES = heex("<p>{@z}<.live_component :for={i in @ids} module={Live} id={i} x={@x} /></p>")


def test_live_components() -> None:
    """CP-11, CP-14: neither the call nor the component is evaluated for what they do not use; an event evaluates one."""
    stage = Stage(LIVES, ids=list(range(50)), x=1, z=1, compare=False)
    page, live = Change(LIVES, stage), Change(Live.render, stage)  # pyright: ignore[reportArgumentType]
    assert page(z=2) == {"{@z}": 1}
    assert live(z=3) == {}
    assert live(x=2) == {"{@x}": 50}
    with Live.render.counting() as counts:  # pyright: ignore[reportFunctionMemberAccess]
        stage.event(7)
    assert sum(counts.values()) == 1
    assert stage.evaluated == 1


def test_facts_count_the_same() -> None:
    """`Step.facts.evaluated` is the number of dynamics that were evaluated."""
    stage = Stage(heex(LIST), rows=MANY, a=1)
    stage.set(rows=[*MANY[:500], Row(500, 1), *MANY[501:]])
    assert stage.evaluated == 3


TOGETHER = (
    "".join(f"{{@a{n}}}" for n in range(30))
    + "{@a3 + @a29}{@u.name}{1}"
    + "".join(f"{{@b{n}.name}}" for n in range(14))
)


@pytest.mark.parametrize(
    ("changed", "evaluated"),
    [
        ({}, set[str]()),
        *(({f"a{n}": n + 1}, {f"{{@a{n}}}"}) for n in (0, 11, 12, 24, 28)),
        ({"a29": 0}, {"{@a29}", "{@a3 + @a29}"}),
        ({"a2": 0, "a13": 0, "a27": 0}, {"{@a2}", "{@a13}", "{@a27}"}),
        ({"u": User("bob")}, {"{@u.name}"}),
        ({"u": User("ann", 2)}, set[str]()),
        ({"b0": User("bob")}, {"{@b0.name}"}),
        ({"b13": User("bob"), "b12": User("ann", 2)}, {"{@b13.name}"}),
    ],
)
def test_many_dynamics_together(changed: dict[str, Any], evaluated: set[str]) -> None:
    """Where one question passes over a dozen dynamics, each of them is still evaluated exactly when it must be."""
    assigns = {f"a{n}": n for n in range(30)} | {f"b{n}": User("ann") for n in range(14)}
    change = on_a_page(heex(TOGETHER), **assigns, u=User("ann"))
    assert change(**changed) == dict.fromkeys(evaluated, 1)


def test_many_dynamics_of_a_row() -> None:
    """A row asks each of its own, and together those that only outside can change."""
    texts = "".join(f"{{row.n + {n}}}" for n in range(24)) + "".join(f"{{@a{n}}}" for n in range(24))
    assigns = {f"a{n}": n for n in range(24)}
    change = on_a_page(heex(f"<i :for={{row in @rows}}>{texts}</i>"), **assigns, rows=[Row(1), Row(2)])
    assert change(a7=0) == {"<i": 1, "{@a7}": 2}
    assert change(rows=[Row(1), Row(2, 1)]) == {"<i": 1} | {f"{{row.n + {n}}}": 1 for n in range(24)}
