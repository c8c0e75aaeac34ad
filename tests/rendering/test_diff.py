"""The diff: what travels, under which key, and what is remembered of it (DF-1…20, DF-28…32; components: test_component)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_core import LiveComponent, Reply, Socket, attr, heex
from liveview_core.components import live_component
from liveview_core.process.step import render_full, step
from liveview_core.protocol.messages import Event, Info
from liveview_core.rendering.diff import DuplicateKey, Traversal, UnhashableKey
from liveview_core.values.assigns import Assigns
from tests.harness import played
from tests.harness.examples import THOROUGH
from tests.harness.random_pages import Page as Generated
from tests.harness.random_pages import seeded_pages
from tests.harness.stage import ENV, Stage

# A generated page is compiled with all its components; the judges of tests/official_client play more of them.
GENERATED = 2_000 if THOROUGH else 25


@frozen
class Row:
    id: Any
    n: int = 0


def rows(*pairs: tuple[Any, int]) -> list[Row]:
    return [Row(id, n) for id, n in pairs]


# --- keys and fingerprints ------------------------------------------------------------------------------------------------


def test_df_1_positions_are_text() -> None:
    """DF-1, DF-2: string, number of a component, nested node; what did not change is absent."""

    class Part(LiveComponent):
        render = heex("<b></b>")

    page = heex("<p>{@a}<i :if={@on}>{@b}</i><.live_component module={Part} id={@id} /></p>", names={"Part": Part})
    stage = Stage(page, a="x", b="y", on=True, id=1)
    assert {key: stage.join[key] for key in "012"} == {"0": "x", "1": {"0": "y", "s": 0}, "2": 1}
    assert stage.set(on=1) == {}
    assert stage.set(on=2, a="z") == {"0": "z"}


def test_df_4_another_template_is_sent_whole() -> None:
    """DF-3, DF-4, DF-5: text forgets the template that stood there; nothing said keeps it."""
    page = heex("<p>{@x}{@z}</p>")
    bold, italic = heex("<b>{@w}</b>"), heex("<i>{@w}</i>")
    stage = Stage(page, x=bold(w=1), z=1)
    assert stage.join["0"] == {"0": "1", "s": 0, "r": 1}
    assert stage.set(x=bold(w=2)) == {"0": {"0": "2"}}
    assert stage.set(z=2) == {"1": "2"}
    assert stage.set(x=italic(w=3)) == {"0": {"0": "3", "s": 0, "r": 1}, "p": {"0": ["<i>", "</i>"]}}
    assert stage.set(x="text") == {"0": "text"}
    assert stage.set(x=italic(w=4)) == {"0": {"0": "4", "s": 0, "r": 1}, "p": {"0": ["<i>", "</i>"]}}


def test_df_5_a_component_forgets_the_template_that_stood_there() -> None:
    """DF-5: what comes back after a live component is sent whole."""

    class Part(LiveComponent):
        render = heex("<i></i>")

    bold = heex("<b>{@w}</b>")

    def pick(assigns: Assigns) -> Any:
        return live_component(Assigns({"module": Part, "id": 1})) if assigns.on else bold(w=1)

    stage = Stage(heex("<p><.pick on={@on} /></p>", names={"pick": pick}), on=False)
    whole = {"0": {"0": "1", "s": 0, "r": 1}, "p": {"0": ["<b>", "</b>"]}}
    assert stage.join["0"] == whole["0"]
    assert stage.set(on=True)["0"] == 1
    assert stage.set(on=False) == whole


def test_df_7_tracking_also_without_changes() -> None:
    """DF-7: rendering once more with nothing changed evaluates what has no dependencies it knows, and sends nothing else."""
    template = heex("<p>{@a}{1}<b :if={@a}>{@a}</b><i :for={x in @xs}>{x}</i></p>")
    first = Traversal(lambda ref: 1, shared=True)
    assigns = {"a": 1, "xs": [1]}
    _, prints = first.rendered(template(Assigns(assigns, None)), None, True)
    again = Traversal(lambda ref: 1, shared=True)
    diff, after = again.rendered(template(Assigns(assigns, {})), prints, True)
    assert (diff, again.evaluated, after is prints, again.templates) == ({}, 0, True, {})


def test_df_8_one_number_for_one_template() -> None:
    """DF-8, DF-9: numbers where templates are complete: children first, left to right; only what is sent has one."""
    leaf = heex("<u>{@n}</u>", attr("n", "any"))
    page = heex(
        "<p><.leaf n={1} /><b :if={@on}><.leaf n={@n} /><i :if={@n}>{@n}</i></b><.leaf n={@n} /></p>",
        names={"leaf": leaf},
    )
    stage = Stage(page, on=True, n=1)
    assert stage.join == {
        "0": {"0": "1", "s": 0, "r": 1},
        "1": {"0": {"0": "1", "s": 0, "r": 1}, "1": {"0": "1", "s": 1}, "s": 2},
        "2": {"0": "1", "s": 0, "r": 1},
        "s": 3,
        "r": 1,
        "p": {"0": ["<u>", "</u>"], "1": ["<i>", "</i>"], "2": ["<b>", "", "</b>"], "3": ["<p>", "", "", "</p>"]},
    }
    assert "p" not in stage.set(n=2)
    stage.set(on=False)
    assert stage.set(on=True)["p"] == {"0": ["<u>", "</u>"], "1": ["<i>", "</i>"], "2": ["<b>", "", "</b>"]}


def test_df_10_statics_inside_components() -> None:
    """DF-10, DF-11: inline; below the outermost list of a component numbers into a table of that list's own."""

    class Lists(LiveComponent):
        render = heex(
            "<div><b :if={@on}>x</b><p :for={r in @rs}>{r}<i :for={q in [r]}>{q}<u :if={q}>{q}</u></i></p></div>"
        )

    stage = Stage(
        heex("<.live_component module={Lists} id='x' on={@on} rs={@rs} />", names={"Lists": Lists}), on=True, rs=[1]
    )
    assert stage.join["c"]["1"] == {
        "0": {"s": ["<b>x</b>"]},
        "1": {
            "k": {"0": {"0": "1", "1": {"k": {"0": {"0": "1", "1": {"0": "1", "s": 0}}, "kc": 1}, "s": 1}}, "kc": 1},
            "p": {"0": ["<u>", "</u>"], "1": ["<i>", "", "</i>"]},
            "s": ["<p>", "", "</p>"],
        },
        "s": ["<div>", "", "</div>"],
        "r": 1,
    }
    assert "p" not in stage.set(rs=[2])["c"]["1"]["1"]


# --- comprehensions -------------------------------------------------------------------------------------------------------

LIST = heex("<ul><li :for={r in @rows}>{r.n}{@z}</li></ul>")
KEYED = heex("<ul><li :for={r in @rows} :key={r.id}>{r.n}{@z}</li></ul>")


def test_df_13_nothing_for_a_list_that_is_the_same() -> None:
    """DF-13, DF-14: no entry changed and as many as before: nothing at all; empty after it was there: the count."""
    stage = Stage(LIST, rows=rows((1, 1)), z=1)
    assert stage.do(lambda socket: socket.assign(rows=[]).assign(rows=rows((1, 1)))) == {}
    assert stage.set(rows=[]) == {"0": {"k": {"kc": 0}}}
    assert stage.do(lambda socket: socket.assign(rows=[1]).assign(rows=[])) == {"0": {"k": {"kc": 0}}}


def test_df_15_keys() -> None:
    """DF-15: numbers of other types are other keys; the same key twice, and one that cannot be looked up, in full."""
    assert Stage(KEYED, rows=rows((1, 1), (1.0, 2), (True, 3), ("1", 4)), z=0).html.count("<li>") == 4
    with pytest.raises(DuplicateKey) as twice:
        Stage(KEYED, rows=rows(("a", 1), ("b", 1), ("a", 2)), z=0)
    assert str(twice.value) == (
        "found duplicate key 'a' in comprehension\n"
        "  expected: a :key that no other entry of the same comprehension has\n"
        "  got: entries 0 and 2 both have it\n"
        "  cure: use what identifies the item, such as :key={item.id}"
    )
    stage = Stage(KEYED, rows=rows(("a", 1), ("b", 1)), z=0)
    for now in (rows(("b", 2), ("b", 1)), rows(("a", 1), ("b", 1), ("b", 2))):
        with pytest.raises(DuplicateKey):
            stage.set(rows=now)
    with pytest.raises(UnhashableKey) as unhashable:
        Stage(KEYED, rows=rows(("a", 1), ([], 1)), z=0)
    assert str(unhashable.value) == (
        "the :key of entry 1 cannot be looked up\n"
        "  expected: something hashable that identifies the item: a string, a number, a tuple of them\n"
        "  got: [], a list\n"
        "  cure: use what identifies the item, such as :key={item.id}"
    )


def test_df_15_keys_belong_to_one_list() -> None:
    """DF-15: each inner list has keys of its own."""
    page = heex("<p :for={g in @groups}><i :for={r in g} :key={r.id}>{r.n}</i></p>")
    stage = Stage(page, groups=[rows((1, 1), (2, 2)), rows((1, 3))])
    assert stage.set(groups=[rows((2, 2), (1, 1)), rows((1, 3))]) == {
        "0": {"k": {"0": {"0": {"k": {"0": 1, "1": 0, "kc": 2, "km": True}}}, "kc": 2}}
    }


def test_df_19_examples() -> None:
    """DF-16…19: swapped with keys and without; moved with a change outside."""
    one, two = Row(1, 1), Row(2, 2)
    assert Stage(KEYED, rows=[one, two], z=1).set(rows=[two, one]) == {
        "0": {"k": {"0": 1, "1": 0, "kc": 2, "km": True}}
    }
    assert Stage(LIST, rows=[one, two], z=1).set(rows=[two, one]) == {
        "0": {"k": {"0": {"0": "2"}, "1": {"0": "1"}, "kc": 2}}
    }
    assert Stage(KEYED, rows=[two, one], z=1).set(rows=[one, Row(3, 3)]) == {
        "0": {"k": {"0": 1, "1": {"0": "3", "1": "1"}, "kc": 2, "km": True}}
    }
    assert Stage(KEYED, rows=[two, one], z=1).set(rows=[one, two], z=5) == {
        "0": {"k": {"0": [1, {"1": "5"}], "1": [0, {"1": "5"}], "kc": 2, "km": True}}
    }


def test_df_17_new_entries_bring_their_statics() -> None:
    """DF-17: a new key is sent whole, with the statics of what is nested in it; an old one that moved is not."""
    page = heex("<li :for={r in @rows} :key={r.id}><b :if={r.n}>{r.n}</b></li>")
    stage = Stage(page, rows=rows((1, 1), (2, 2)))
    assert stage.set(rows=rows((2, 2), (3, 3), (1, 5)))["0"]["k"] == {
        "0": 1,
        "1": {"0": {"0": "3", "s": 0}},
        "2": [0, {"0": {"0": "5"}}],
        "kc": 3,
        "km": True,
    }


def test_a_key_may_depend_on_more_than_the_row() -> None:
    """The key is asked again for all rows if an assign in it changed."""
    page = heex("<li :for={r in @rows} :key={(r.id + @shift) % 3}>{r.n}</li>")
    stage = Stage(page, rows=rows((0, 0), (1, 1), (2, 2)), shift=0)
    assert stage.set(shift=1)["0"]["k"]["kc"] == 3
    assert stage.html == "<li>0</li><li>1</li><li>2</li>"


ROWS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2)), unique_by=lambda pair: pair[0], max_size=7)
NESTED = "<li :for={r in @rows}KEY>{r.n}<b :if={r.n}>{@z}{r.id}</b><i :for={k in range(r.n)}>{k}{@z}</i></li>"


@pytest.mark.parametrize("key", ["", " :key={r.id}"])
def test_lists_of_any_kind(key: str) -> None:
    """DF-12…18 by the patch law: rows come, go, move and change in every way; unchanged objects may stay or be equal."""
    page = heex(f"<ul>{NESTED.replace('KEY', key)}</ul>")

    @given(st.lists(st.tuples(ROWS, st.integers(0, 1), st.booleans()), min_size=1, max_size=6))
    def play(steps: list[tuple[list[tuple[int, int]], int, bool]]) -> None:
        stage = Stage(page, rows=[], z=0)
        for pairs, z, same_objects in steps:
            known = {row.id: row for row in stage.process.socket.assigns.rows} if same_objects else {}
            now = [known[id] if id in known and known[id].n == n else Row(id, n) for id, n in pairs]
            stage.set(rows=now, z=z)

    play()


# --- the message ----------------------------------------------------------------------------------------------------------


def test_df_20_streams_are_whole_every_time() -> None:
    """DF-20, ST-22: with nested statics again, and nothing remembered of the rows."""
    page = heex(
        '<ul id="u" phx-update="stream"><li :for={id, r in @streams.s} id={id}><b :if={r.n}>{r.n}</b></li></ul>'
    )
    stage = Stage(page, setup=lambda socket: socket.stream("s", rows((1, 1))))
    diff = stage.do(lambda socket: socket.stream_insert("s", Row(1, 2)))
    assert diff["0"]["k"] == {"0": {"0": ' id="s-1"', "1": {"0": "2", "s": 0}}, "kc": 1}
    assert diff["p"] == {"0": ["<b>", "</b>"]}
    assert "s" not in diff["0"]


def test_df_28_the_title() -> None:
    """DF-28…30: the raw assign, whenever it is in the changed set at a render; not used by the template, it may be None."""
    stage = Stage(heex("<p>{@x}</p>"), x=1, page_title="a <b>")
    assert stage.join["t"] == "a <b>"
    assert stage.set(x=2) == {"0": "2"}
    assert stage.set(page_title="c") == {"t": "c"}
    assert stage.set(page_title=None, x=3) == {"0": "3", "t": None}

    class Titled(LiveComponent):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.assign(page_title="not mine")

        render = heex("<b></b>")

    component = Stage(heex("<.live_component module={Titled} id='x' />", names={"Titled": Titled}))
    assert component.event(1) == {}


def test_df_32_reply_and_root_flag() -> None:
    """DF-32: both are `r`; at the top a reply wins."""
    one, two = heex("<p>{@x}</p>"), heex("<q>{@x}</q>")
    stage = Stage(lambda assigns: (two if assigns.x > 1 else one)(assigns), x=1)
    diff = stage.do(lambda socket: Reply(socket.assign(x=2), {"ok": True}))  # type: ignore[arg-type,return-value]  # pyright: ignore[reportArgumentType]
    assert diff == {"0": "2", "s": 0, "p": {"0": ["<q>", "</q>"]}, "r": {"ok": True}}


# --- laws -----------------------------------------------------------------------------------------------------------------


def test_prints_are_values() -> None:
    """Whatever happened later, an old process answers the same message with the same frames."""
    page = heex("<ul><li :for={r in @rows} :key={r.id}>{r.n}<b :if={r.n}>{@z}</b></li></ul>")
    stage = Stage(page, rows=rows((1, 1), (2, 0)), z=1)
    old = stage.process
    messages = [
        Event("do", "click", {"change": partial(_assigned, rows=rows((2, 1), (1, 1)))}),
        Event("do", "click", {"change": partial(_assigned, rows=rows((1, 0)), z=5)}),
        Event("do", "click", {"change": partial(_assigned, rows=[])}),
    ]
    first = [step(old, message, ENV).sent for message in messages]
    for message in messages:
        stage.tell(message)
    assert [step(old, message, ENV).sent for message in messages] == first


def _assigned(socket: Socket, **assigns: Any) -> Socket:
    return socket.assign(assigns)


@settings(max_examples=GENERATED)
@given(seeded_pages)
def test_whole_generated_pages(page: Generated) -> None:
    """Patch law, quiet law and replay of every process of a generated page: what the diffs built is a render from scratch."""
    run = played.Played.start(page)
    processes = [run.process]
    for operations in page.steps:
        run.do(operations)
        processes.append(run.process)
    if not page.streams:
        assert run.texts == run.scratch
    for process in processes:
        quiet = step(process, Info("nobody hears this"), ENV)
        assert (quiet.sent, quiet.process.prints) == ([], process.prints)
        once, twice = (step(process, Event("ops", "click", {"ops": []}), ENV) for _ in range(2))
        assert once.sent == twice.sent
        assert once.sent[0].payload == {"status": "ok", "response": {}}
    again = played.play(page)
    assert (again.texts, again.steps) == (run.texts, run.steps)
    assert render_full(processes[-1]) == render_full(again.process)


# --- what it costs --------------------------------------------------------------------------------------------------------

ROW = heex('<ul><li :for={r in @rows} :key={r.id} id={f"r-{r.id}"}><b>{r.id}</b> {r.n}<i :if={r.n}>x</i></li></ul>')


@pytest.mark.parametrize(
    ("change", "evaluated", "entries"),
    [
        (lambda all: [Row(0, 1), *all[1:]], 3, 1),
        (lambda all: [all[1], all[0], *all[2:]], 1, 2),
        (lambda all: [*all[:5_000], *all[5_001:], all[5_000]], 1, 5_000),
        (lambda all: all[:-1], 1, 0),
        (lambda all: [*all, Row(-1)], 5, 1),
        (lambda all: all[1:], 1, 9_999),
    ],
    ids=["change", "swap", "to the end", "drop last", "append", "drop first"],
)
def test_ten_thousand_rows(change: Callable[[list[Row]], list[Row]], evaluated: int, entries: int) -> None:
    """With keys nothing of a row is evaluated that stayed as it was, and sent is what must be: numbers of what moved."""
    all_rows = [Row(id) for id in range(10_000)]
    stage = Stage(ROW, rows=all_rows, compare=False)
    diff = stage.set(rows=change(all_rows))
    assert stage.evaluated == evaluated
    assert len([key for key in diff["0"]["k"] if key.isdigit()]) == entries


def test_a_move_in_a_long_list_is_linear() -> None:
    """Ten times the rows: at most fifteen times the cost of a swap."""

    def swapping(count: int) -> Callable[[], object]:
        all_rows = [Row(id) for id in range(count)]
        stage = Stage(ROW, rows=all_rows, compare=False)
        message = Event("do", "click", {"change": partial(_assigned, rows=[all_rows[1], all_rows[0], *all_rows[2:]])})
        return partial(step, stage.process, message, ENV)

    def timed(run: Callable[[], object]) -> float:
        started = process_time()
        for _ in range(5):
            run()
        return process_time() - started

    few, many = swapping(1_000), swapping(10_000)
    times = [(timed(few), timed(many)) for _ in range(9)]
    assert min(many for _, many in times) / min(few for few, _ in times) <= 15


# --- what is remembered ---------------------------------------------------------------------------------------------------


def test_rows_that_come_bring_their_templates() -> None:
    """DF-12: a new row's own templates are known afterwards, also where no row before had any: only what changes travels."""
    stage = Stage(heex("<p :for={x in @xs}>{x}<b :if={x > 1}>{x}{@a}</b></p>"), xs=[1], a=1)
    stage.set(xs=[1, 2])
    assert stage.set(a=2) == {"0": {"k": {"0": {"1": ""}, "1": {"1": {"1": "2"}}, "kc": 2}}}


def test_a_traversal_changes_nothing_that_it_was_given() -> None:
    """What is remembered is a value: two futures of one state see the same past."""
    page = heex("<p :for={x in @xs}><b :if={x}>{x}{@a}</b></p><i :for={y in @ys} :key={y}><b :if={@on}>{y}{@a}</b></i>")

    def rendered(prints: Any, changed: Any, **assigns: Any) -> tuple[Any, Any]:
        return Traversal(lambda _: 0, shared=True).rendered(
            page(Assigns(assigns, changed)), prints, changed is not None
        )

    _, first = rendered(None, None, xs=[1, 2, 3], ys=[1, 2, 3], a=1, on=True)
    futures = [
        ({"xs": True}, {"xs": [1, 0, 3], "ys": [1, 2, 3], "a": 1, "on": True}),
        ({"ys": True, "a": True}, {"xs": [1, 2, 3], "ys": [3, 1, 4], "a": 2, "on": True}),
        ({"on": True}, {"xs": [1, 2, 3], "ys": [1, 2, 3], "a": 1, "on": False}),
        ({"a": True}, {"xs": [1, 2, 3], "ys": [1, 2, 3], "a": 3, "on": True}),
    ]
    alone = [rendered(copy.deepcopy(first), changed, **assigns)[0] for changed, assigns in futures]
    assert [rendered(first, changed, **assigns)[0] for changed, assigns in futures] == alone
