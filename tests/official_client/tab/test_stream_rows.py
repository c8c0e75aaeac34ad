"""Rows of streams where all is not at rest: what waits for an answer around them, what is leaving, what a join brings."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from liveview_core import JS, heex, slot
from tests.harness.counting_pages import page
from tests.harness.happenings import Choices
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

FRAME = heex('<article class="frame">{render_slot(@inner_block)}</article>', slot("inner_block"))


def item(at: int, n: int = 0) -> dict[str, int]:
    return {"id": at, "n": n}


IN_A_LOCK = """<div id="o" phx-click="none"><ul id="stream" phx-update="stream"><li :for={id, item in @streams.items} id={id}
 phx-hook="Log" class={item["n"]}>{item["n"]}<input id={id + "i"} name={id} value={item["n"]}><b id={id + "b"} phx-hook="Log"
 phx-click="e3" phx-disable-with="w">{item["n"]}<u id={id + "u"} phx-hook="Log">{item["n"]}<input id={id + "j"} name={id}></u></b>
 <select id={id + "s"}><option>1</option><option>2</option></select><textarea id={id + "t"}>{item["n"]}</textarea>
 <input type="checkbox" id={id + "x"} checked={item["n"] == 7}></li></ul></div>"""


MESSAGES: tuple[Callable[[Any], Any], ...] = (
    lambda s: s.stream("items", [item(3, 1), item(1, 7)], reset=True),
    lambda s: s.stream("items", [item(3, 1), item(1, 0)], reset=True),
    lambda s: s.stream_delete_by_dom_id("items", "items-1").stream_insert("items", item(1, 3)),
)


@pytest.mark.parametrize("order", ["", "ob", "bo", "o"])
def test_a_row_is_taken_out_and_put_in_while_all_around_it_waits(
    judges: Judges, order: str
) -> None:  # LK-10, PA-23, LK-21
    """Its node is patched, and hears of it, though it waits in the hidden clone; what it waits for itself is undone with that."""
    for message in MESSAGES:
        both = Lockstep.of(judges, page(IN_A_LOCK, begin=lambda s: s.stream("items", [item(1), item(2), item(4)])))
        both.fill("#items-1i", "typed").fill("#items-1t", "typed").choose("#items-1s", "2").click("#items-1x")
        both.fill("#items-1j", "q").latency(10)
        for each in order:
            both.click("#o" if each == "o" else "#items-1b").advance(3)
        both.tell(message)
        for _ in range(8):
            both.advance(5)
        both.advance(100).fill("#items-1i", "again").tell({"n": 3}).advance(100)


def test_two_messages_for_a_row_in_a_hidden_clone(judges: Judges) -> None:  # LK-10, FI-9
    both = Lockstep.of(judges, page(IN_A_LOCK, begin=lambda s: s.stream("items", [item(1), item(2), item(4)])))
    both.fill("#items-1i", "typed").latency(10).click("#o").advance(3).tell(MESSAGES[0]).advance(1)
    both.tell(lambda s: s.stream("items", [item(3, 1), item(1, 8), item(5, 1)], reset=True))
    for _ in range(8):
        both.advance(5)
    both.tell({"last": "later"}).advance(100)


OVER_A_TEXT = """<p>{@n}</p><b id="b" phx-click={@event} phx-disable-with="w">{@last}<u id="u" phx-hook="Listen">{@last}
<input id="j" name="j"></u><input id="k"><select id="s"><option>1</option><option>2</option></select></b>"""


@pytest.mark.parametrize("latency", [0, 10])
@pytest.mark.parametrize("event", ["e0", "none"])
def test_what_a_text_was_written_over_is_new_afterwards(judges: Judges, event: str, latency: int) -> None:  # LK-7, HK-9
    """Its hooks are mounted again; those from before go on unseen: they hear of events, losses and joins."""
    view = page(OVER_A_TEXT, state={"event": event}, e0=lambda s, _: s.assign(last=f"l{s.assigns.n}"))
    both = Lockstep.of(judges, view, crashes="restart", logs=("push", "Failed"))
    both.fill("#j", "q").fill("#k", "z").latency(latency).focus("#k").click("#b").advance(5).tell({"n": 5}).advance(5)
    both.tell({"last": "zz"})
    for _ in range(4):
        both.advance(5)
    both.tell({"last": "xx"}).tell(lambda s: s.push_event("told", {})).advance(20)
    both.drop().advance(600).restore().advance(1_000).tell(lambda s: s.push_event("told", {})).advance(30)


ROWS = """<div id="o" phx-click="none"><p>{@last}</p><ul id="stream" phx-update="stream"><li :for={id, item in @streams.items}
 id={id} phx-hook="Log" phx-remove={@rm}>{item["n"]}<input name={id}></li>%s</ul></div>"""

CHANGES: dict[str, Callable[[Any], Any]] = {
    "first": lambda s: s.stream_insert("items", item(9, 1), at=0),
    "second": lambda s: s.stream_insert("items", item(9, 1), at=1),
    "last": lambda s: s.stream_insert("items", item(9, 1)),
    "delete": lambda s: s.stream_delete_by_dom_id("items", "items-1"),
    "else": lambda s: s.assign(last="x"),
    "reset": lambda s: s.stream("items", [item(3), item(1, 5)], reset=True),
    "limit": lambda s: s.stream_insert("items", item(8, 1), limit=-2),
    "update": lambda s: s.stream_insert("items", item(1, 7)),
}


@pytest.mark.parametrize("removed", [False, True])
@pytest.mark.parametrize("tail", ["", '<li id="tail">tail</li>'])
@pytest.mark.parametrize("first", CHANGES)
def test_a_stream_in_what_waits_for_an_answer(judges: Judges, first: str, tail: str, removed: bool) -> None:
    # LK-10, LK-20, PA-23, PA-25, PA-26, PA-28, PA-42
    """What comes to the hidden clone stands at the end; what is deleted is looked for in the document, and comes back with the clone;
    no limit counts there.
    """
    names = list(CHANGES)
    place = names.index(first)
    for then in (None, names[(place + 3) % len(names)], "reset" if tail else "delete"):
        state = {"rm": JS.transition("f", time=20) if removed else None}
        view = page(ROWS % tail, begin=lambda s: s.stream("items", [item(1), item(2), item(4)]), state=state)
        both = Lockstep.of(judges, view).latency(20).click("#o").advance(2).tell(CHANGES[first]).advance(2)
        if then is not None:
            both.tell(CHANGES[then]).advance(2)
        both.advance(100).tell(CHANGES["last"]).advance(60)


@pytest.mark.parametrize("place", ["in a component", "in a condition"])
def test_streams_in_hidden_clones_wherever_they_are(judges: Judges, place: str) -> None:  # LK-10, LK-21
    rows = """<ul id="stream" phx-update="stream"><li :for={id, item in @streams.items} id={id} phx-hook="Log">{item["n"]}</li></ul>"""
    templates = {
        "in a component": f'<section id="o" phx-click="none"><.frame>{rows}</.frame></section>',
        "in a condition": f'<section id="o" phx-click="none"><p>{{@n}}</p><div :if={{@last == ""}}>{rows}</div></section>',
    }
    view = page(
        templates[place],
        {"frame": FRAME},
        begin=lambda s: s.stream("items", [item(1), item(2), item(4)]),
        state={"rows": [1]},
    )
    for change in ("first", "delete", "limit", "reset"):
        both = Lockstep.of(judges, view).latency(20)
        both.dispatch("#o", "click").advance(2).tell(CHANGES["first"]).advance(2).tell(CHANGES[change]).advance(2)
        both.advance(100).tell(CHANGES["last"]).advance(60)


LEAVING = """<ul id="stream" phx-update="stream"><li :for={id, item in @streams.items} id={id} phx-hook="Log" phx-remove={@rm}>
{item["n"]}<input name={id}></li>%s</ul>"""


@pytest.mark.parametrize("tail", ["", '<li id="tail">t</li>'])
@pytest.mark.parametrize("at", [0, 1, -1])
def test_rows_that_leave_as_a_view_joins_again(judges: Judges, at: int, tail: str) -> None:  # PA-24, PA-42
    """They stand before those that the join brings: it takes all out, and puts its own in again."""
    fade = JS.transition("fade", time=40)
    begins: tuple[Callable[[Any], Any], ...] = (
        lambda s: s.stream("items", [item(1), item(2)]).stream_insert("items", item(5), at=0),
        lambda s: s.stream("items", [item(1), item(2)], at=0),
    )
    for begin in begins:
        view = page(LEAVING % tail, begin=begin, state={"rm": fade})
        both = Lockstep.of(judges, view, crashes="restart", logs=("push", "Failed"))
        both.tell(lambda s: s.stream_insert("items", item(3, 7), at=at).stream_insert("items", item(9, 7), at=0))
        both.drop().advance(5).restore().advance(20).advance(3)
        both.tell(lambda s: s.stream_insert("items", item(8, 7), at=0))
        both.tell(lambda s: s.stream_delete_by_dom_id("items", "items-1")).advance(100).tell({"last": "x"})


PLACED = """<ul id="stream" phx-update="stream">%s<li :for={id, item in @streams.items} id={id} phx-hook="Log"
phx-remove={@rm if item["n"] %% 2 else None}>{item["n"]}</li>%s</ul><p>{@n}</p>"""


def several(choices: Choices, limit: int | None) -> Callable[[Any], Any]:
    """Rows that are put in and deleted by one message."""
    rows, acts = list(range(1, 15)), list[Callable[[Any], Any]]()

    def put_in(new: dict[str, int], at: int) -> Callable[[Any], Any]:
        return lambda s: s.stream_insert("items", new, at=at, limit=limit)

    def deleted(gone: str) -> Callable[[Any], Any]:
        return lambda s: s.stream_delete_by_dom_id("items", gone)

    def row() -> int:
        return rows.pop(choices.below(len(rows)))

    if choices.below(6) == 0:
        again = [item(row()) for _ in range(choices.below(4))]
        acts.append(lambda s: s.stream("items", again, reset=True))
    for _ in range(choices.between(1, 4)):
        at = choices.pick((-1, -1, 0, 1, 2, 3, 7)) if limit is None else -1 if limit < 0 else choices.pick((0, 1))
        new, gone = item(row(), choices.below(9)), f"items-{row()}"
        if choices.below(2):
            acts.append(put_in(new, at))
        elif len(acts) == 0 or len(rows) % 2:
            acts.append(deleted(gone))

    def told(socket: Any) -> Any:
        for each in acts:
            socket = each(socket)
        return socket

    return told


@pytest.mark.parametrize("seed", range(8))
def test_rows_beside_those_that_leave(judges: Judges, seed: int) -> None:  # PA-25, PA-26, PA-28, PA-42, ST-29, ST-30
    """By numbers they are placed among what is still leaving, and limits count that, too; what is new goes where it stood."""
    choices = Choices(Random(f"rows {seed}").randrange)
    limit = (None, None, None, -4, 4)[seed % 5]
    ends = ("", "") if limit else choices.pick((("", ""), ('<li id="head">h</li>', ""), ("", '<li id="tail">t</li>')))
    remove = choices.pick((JS.transition("f", time=20), JS.add_class("gone"), JS.hide(transition="o", time=30)))
    view = page(
        PLACED % ends,
        state={"rm": remove},
        begin=lambda s: s.stream("items", [item(1, 1), item(2), item(3, 1), item(4)]),
    )
    both = Lockstep.of(judges, view, logs=("push",))
    for _ in range(6):
        both.tell(several(choices, limit)).advance(1).advance(60)
