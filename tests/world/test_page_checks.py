"""What a page is checked for, when, and what happens then (TK-1, test-client.md 1.7)."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, heex
from liveview_core.errors import LiveViewError
from liveview_testing import Simulation, View, lints, live
from liveview_testing.browser.page.finding import problems as looked
from liveview_testing.browser.page.page import Page as PageValue
from liveview_testing.laws import LawBroken
from liveview_testing.world import page_checks as checking
from liveview_testing.world.page_checks import DEFAULT, PageError, PageWarning, checks, told


class Part(LiveComponent):
    """Stands where it is put."""

    render = heex("""<b>{@id}</b>""")


class Page(LiveView):
    """Shows what it is told to."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        nothing = {"twice": False, "rows": (), "name": "x", "form": False, "part": False, "update": "", "n": 0}
        return socket.assign({**nothing, **session}).stream("items", [])

    def handle_info(self, msg: Any, socket: Any) -> Any:
        if "items" in msg:
            for item in msg["items"]:
                socket = socket.stream_insert("items", item)
            return socket
        return socket.assign(msg)

    render = heex("""
    <h1 id="a">{@n}</h1><p :if={@twice} id="a">again</p>
    <i id={@name}>named</i>
    <ol><li :for={row in @rows} id={f"row-{row}"}>{row}</li></ol>
    <form :if={@form} phx-change="type"><input name="q" /></form>
    <div :if={@part}><.live_component module={Part} id="p" /><.live_component module={Part} id="p" /></div>
    <div id="u" phx-update={@update or None}></div>
    <ul id="items" phx-update="stream">
      <li :for={dom_id, item in @streams.items} id={dom_id}><b id={item["inner"]}>{item["id"]}</b></li>
    </ul>
    """)


def refused(view: View, message: Any) -> str:
    """The text of the error, after which nothing has happened."""
    world = view.sim.world
    with pytest.raises(PageError) as raised:
        view.send(message)
    assert view.sim.world is world
    return str(raised.value)


def test_an_id_that_stands_twice() -> None:
    """At the first page and after every patch: in a branch, in rows, in an attribute, in a stream's rows."""
    view = live(Page)
    assert refused(view, {"twice": True}) == (
        "2 elements have the id 'a'\n"
        "  expected: an id that is there once: the browser patches the first one only\n"
        '  got: <h1 id="a">0</h1>\n'
        '    <p id="a">again</p>\n'
        '  cure: make it of what tells them apart: id={f"a-{item.id}"}'
    )
    assert "2 elements have the id 'row-1'" in refused(view, {"rows": (1, 2, 1)})
    view.send({"rows": tuple(range(100))})
    assert "2 elements have the id 'row-5'" in refused(view, {"rows": (*range(100), 5)})
    assert "2 elements have the id 'row-7'" in refused(view, {"name": "row-7", "rows": tuple(range(99))})
    view.send({"items": [{"id": 1, "inner": "in"}]})
    assert "2 elements have the id 'in'" in refused(view, {"items": [{"id": 2, "inner": "in"}]})
    view.send({"items": [{"id": 1, "inner": "in"}]})  # the same row again is one row
    with pytest.raises(PageError, match="2 elements have the id 'a'"):
        live(Page, session={"twice": True})


def test_an_attribute_alone() -> None:
    """An id that is text of the message is looked at when something else than text comes with it."""
    view = live(Page)
    assert "2 elements have the id 'a'" in refused(view, {"name": "a", "rows": (1,)})


def test_a_component_that_stands_twice() -> None:
    """The core refuses it first (CP-8); what the browser would say of such a page."""
    joined = PageValue.join({"0": 1, "1": 1, "s": ["<div>", "", "</div>"], "c": {"1": {"s": ["<b>x</b>"], "r": 1}}})
    (problem,) = looked.problems(None, joined.page, joined.brought)
    assert str(told(problem)) == (
        "the component 1 stands at more than one place\n"
        "  expected: each live_component with an id of its own\n"
        '  got: <b data-phx-component="1">x</b>\n'
        "  cure: give each an id of its own: components of one module and one id are one component"
    )


def test_a_form_without_an_id() -> None:
    """A warning, once for each form that comes; not for one that need not be recovered."""
    view = live(Page)
    with pytest.warns(PageWarning) as warned:
        view.send({"form": True})
    (warning,) = warned
    assert str(warning.message) == (
        "a form with phx-change='type' has no id\n"
        "  expected: an id, by which the client fills it in again after it has joined again\n"
        '  got: <form phx-change="type"><input name="q"></form>\n'
        '  cure: id="…"; or phx-auto-recover="ignore", or phx-ignore-missing-id, if it need not be'
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        view.send({"rows": (1,)})

    class Exempt(LiveView):
        render = heex("""
        <form phx-change="x" phx-ignore-missing-id></form><form phx-change="x" phx-auto-recover="ignore"></form>
        <form phx-submit="x"></form>
        """)

    live(Exempt, checks="raise")


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        ("append", "  cure: stream, with an id and @streams, is what 'append' and 'prepend' were"),
        (
            "steam",
            "  cure: ignore keeps what a client hook put there, stream keeps what was sent before\n  nearest: stream",
        ),
    ],
)
def test_an_update_that_means_nothing(value: str, cure: str) -> None:
    """phx-update is stream, ignore or replace (CH-6)."""
    with pytest.raises(PageError) as raised:
        live(Page, session={"update": value})
    assert str(raised.value) == (
        f"phx-update={value!r} means nothing\n"
        "  expected: 'stream', 'ignore' or 'replace'\n"
        f'  got: <div id="u" phx-update="{value}"></div>\n' + cure
    )
    view = live(Page)
    assert f"phx-update={value!r} means nothing" in refused(view, {"update": value})
    view.send({"update": "replace"})
    assert f"phx-update={value!r} means nothing" in refused(view, {"update": value})


def test_policies() -> None:
    """For a world, for a browser; for all checks, for some; kept by forks and by the views one goes to."""
    assert live(Page, session={"twice": True}, checks="ignore").has_element("#a", "again")
    sim = Simulation(checks={"duplicate id": "warn"})
    view = sim.live(Page)
    with pytest.warns(PageWarning, match="2 elements have the id 'a'"):
        view.fork().send({"twice": True})
    with pytest.raises(PageError):
        sim.live(Page, session={"twice": True}, checks={"duplicate id": "raise"})
    assert checks(None) == DEFAULT
    with pytest.raises(LiveViewError) as unknown:
        Simulation(checks={"duplicate ids": "warn"})
    assert str(unknown.value) == (
        "there is no check 'duplicate ids'\n"
        "  expected: one of 'duplicate id', 'duplicate component', 'form without id', 'phx-update', 'stream id', 'patch law',"
        " 'vacuous negative', 'misspelled negative', 'unheard message'\n"
        "  got: 'duplicate ids'\n"
        "  nearest: duplicate id, duplicate component"
    )
    with pytest.raises(LiveViewError) as policy:
        Simulation(checks={"duplicate id": "error"})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    assert str(policy.value) == (
        "the check 'duplicate id' cannot be 'error'\n  expected: 'raise', 'warn' or 'ignore'\n  got: 'error'"
    )


def test_checks_cost_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand rows, one that changes is looked at alone: as many templates as of a hundred."""
    counted: list[int] = []
    original = looked.problems

    def counting(before: Any, after: Any, brought: Any, elsewhere: Any) -> Any:
        counted[-1] += len(brought.made) + len(brought.changed)
        return original(before, after, brought, elsewhere)

    monkeypatch.setattr(checking, "problems", counting)
    for size in (100, 10_000):
        counted.append(0)
        view = live(Page, session={"rows": tuple(range(size))})
        counted[-1] = 0
        view.send({"rows": (*range(size - 1), "last")})
    assert counted[0] == counted[1] <= 3


class Boards(LiveView):
    """Two streams whose items are named alike, and one that is alone but for an element that may have the id of an item."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        for name in session.get("streams", ("todo",)):
            socket = socket.stream_configure(name, dom_id=lambda task: f"task-{task}").stream(name, [])
        return socket.assign(last=0, two="done" in socket.assigns.streams)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        kind, task = msg
        return socket.assign(last=task) if kind == "last" else socket.stream_insert(kind, task)

    render = heex("""
    <p id={f"task-{@last}"}></p>
    <ul id="todo" phx-update="stream"><li :for={dom_id, task in @streams.todo} id={dom_id}>{task}</li></ul>
    <ul :if={@two} id="done" phx-update="stream"><li :for={dom_id, task in @streams.done} id={dom_id}>{task}</li></ul>
    """)


def test_an_item_that_stands_elsewhere_too() -> None:
    """In another stream, or as an element of the template; also where the message is brief."""
    view = live(Boards, session={"streams": ("todo", "done")})
    for task in (1, 2, 1):
        view.send(("todo", task))
    view.send(("done", 3))
    assert "2 elements have the id 'task-1'" in refused(view, ("done", 1))
    assert "2 elements have the id 'task-3'" in refused(view, ("todo", 3))
    alone = live(Boards)
    alone.send(("todo", 1))
    assert "2 elements have the id 'task-0'" in refused(alone, ("todo", 0))
    assert "2 elements have the id 'task-1'" in refused(alone, ("last", 1))
    alone.send(("todo", 2))


class Search(LiveView):
    """A form that a message makes one to be recovered."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(attrs={}, n=0)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(msg)

    render = heex("""<form {@attrs}><input name="q" />{@n}</form>""")


def test_a_form_that_is_bound_later() -> None:
    """Said when it comes, with an attribute alone; and not again."""
    view = live(Search, checks={"form without id": "raise"})
    assert "a form with phx-change='type' has no id" in refused(view, {"attrs": {"phx-change": "type"}})
    view.send({"attrs": {"phx-change": "type", "id": "f"}})
    quiet = live(Search, checks={"form without id": "warn"})
    with pytest.warns(PageWarning, match="no id"):
        quiet.send({"attrs": {"phx-change": "type"}})
    quiet.send({"n": 1})


def test_a_form_that_was_there_is_not_said_again() -> None:
    """Of two forms without an id the one that came."""
    one, two = ({"s": [f'<form phx-change="{name}"></form>']} for name in ("one", "two"))
    before = PageValue.join({"s": ["<div>", "", "</div>"], "0": one, "1": ""}).page
    patched = before.patch({"1": two})
    assert [problem.about for problem in looked.problems(before, patched.page, patched.brought)] == ["two"]


class Pane(LiveComponent):
    """A container with an id of its own, whose items have not."""

    def mount(self, socket: Any) -> Any:
        return socket.stream("items", [])

    def update(self, assigns: Any, socket: Any) -> Any:
        socket = socket.assign(id=assigns["id"])
        return socket.stream_insert("items", {"id": 1}) if assigns["into"] == assigns["id"] else socket

    render = heex("""
    <ul id={f"pane-{@id}"} phx-update="stream"><li :for={dom_id, item in @streams.items} id={dom_id}>{item["id"]}</li></ul>
    """)


class Panes(LiveView):
    """One component shown twice."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(into="")

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(into=msg)

    render = heex("""
    <.live_component module={Pane} id="a" into={@into} /><.live_component module={Pane} id="b" into={@into} />
    """)


def test_an_item_in_two_containers_of_one_template() -> None:
    """Streams of one name in two components give their items the same ids."""
    view = live(Panes)
    view.send("a")
    with pytest.raises(PageError, match="2 elements have the id 'items-1'"):
        view.send("b")


class Misnamed(LiveView):
    """Rows under ids of their own."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.stream("bills", [{"id": 1}, {"id": 2}])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.stream("bills", [{"id": 3}], reset=event == "reset")

    render = heex("""
    <ul id="t" phx-update="stream"><li :for={dom_id, b in @streams.bills} id={f"row-{b['id']}"}>{b["id"]}</li></ul>
    """)


def test_rows_of_a_stream_under_other_ids() -> None:
    """A reset leaves them, as with Phoenix; here that is said, when they come and by a lint."""
    with pytest.warns(PageWarning, match="rows of the stream in #t have ids that are not the stream's") as warned:
        view = live(Misnamed)
    assert "such as 'bills-" in str(warned[0].message)
    with pytest.warns(PageWarning, match="bills-3"):
        view.render_click("reset")
    assert view.element("#t").text == "123"
    with pytest.raises(LawBroken, match="'row-1', 'row-2', 'row-3'"):
        lints.stream_rows(view)
    with pytest.raises(PageError, match="'bills-"):
        live(Misnamed, checks={"stream id": "raise"})
    quiet = live(Misnamed, checks="ignore")
    quiet.render_click("more")
