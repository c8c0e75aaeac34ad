"""What is seldom in a run: root layouts and sticky views, files, popovers, orders, what leaves; and values that cannot be read."""

from __future__ import annotations

import linecache
from typing import Any

import pytest
from attrs import frozen

from liveview_core import JS, LiveComponent, LiveSession, LiveView, Route, Router, Socket, heex
from liveview_testing import NotRecorded, Simulation, Timeline, timeline
from liveview_testing.record.timelines.failing import failed
from liveview_testing.record.timelines.steps.values import Secret, brief, changes
from tests.harness.timeline_schema import broken


@frozen
class Card:
    number: str
    password: str


class Sticky(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    render = heex("<i>sticky</i>")


class Cell(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(n=9)

    render = heex("<b id={@id}>{@n}</b>")


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.assign(n=0, cells=(1, 2), big=frozenset[int](), card=Card("1", "secret"), page_title="First")
        return socket.allow_upload("docs", accept="any", chunk_size=2)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "talk":
                return socket.send("hello").assign(n=5)
            case "gone":
                return socket.assign(cells=(1,), big=frozenset(range(500)), card=Card("2", "hunter"))
            case "more":
                return socket.update("n", lambda n: n + 1)
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        raise ValueError(f"too much: {msg}")

    render = heex(
        """<p>{@n}</p><div :for={c in @cells}><.live_component module={Cell} id={f"c{c}"} n={@n} /></div>
        <div id="pop" popover>pop</div><button id="open" popovertarget="pop">open</button>
        <ul><li :if={@n < 2} id="leaves" phx-remove={JS.hide(transition="fade", time=300)}>leaving</li></ul>
        <form id="f" phx-change="c"><.live_file_input upload={@uploads.docs} /></form><.link id="patch" patch="/?a=1">p</.link>
        <button :for={event in ("more", "gone", "talk")} id={event} phx-click={event}>{event}</button>""",
        names={"JS": JS, "Cell": Cell},
    )


LAYOUT = heex(
    """<html><head><title>Base</title></head><body>{live_render(@socket, Sticky, id="st", sticky=True)}
    <main>{@inner_content}</main></body></html>""",
    names={"Sticky": Sticky},
)
ROUTER = Router([LiveSession("main", [Route("/", Page)], root_layout=LAYOUT)])


@pytest.fixture
def run() -> Timeline:
    """Ann does what is seldom done."""
    sim = Simulation(ROUTER, record=True, css="b { color: red }")
    ann = sim.page("/")
    for dom_id in ("open", "more", "more"):
        ann.locator(f"#{dom_id}").click()
    view = ann.view
    assert view is not None
    view.file_input("#f", "docs", [{"name": "a", "content": b"abcd"}]).render_upload("a")
    view.with_target("b").render_click("more")
    for dom_id in ("patch", "gone"):
        ann.locator(f"#{dom_id}").click()
    sim.clock.advance(1)
    with pytest.raises(ValueError, match="too much: hello"):
        ann.locator("#talk").click()
    with sim.in_order() as order:
        ann.locator("#more").click()
        order.deliver(ann)
    return timeline(sim)


def test_acts_that_are_seldom_done(run: Timeline) -> None:
    text = run.text
    assert [(text(act["what"]), text(act["at"]) if "at" in act else None) for act in run.acts] == [
        ("open /", None),
        ('click "#open"', "#open"),
        ('click "#more"', "#more"),
        ('click "#more"', "#more"),
        ('upload docs of #f "a"', "#f"),
        ('click "more" at b', "b"),
        ('click "#patch"', "#patch"),
        ('click "#gone"', "#gone"),
        ("1 s pass", None),
        ("an act that failed", None),
        ('click "#more"', "#more"),
        ("deliver ann", None),
    ]
    assert [line for lines in run.data["script"]["test"]["lines"][9:] for line in lines] == [
        "    # an act that failed",
        "    with sim.in_order() as order:",
        '        ann.locator("#more").click()',
        "        order.deliver(ann)",
    ]
    assert broken(run.data) == []


def test_what_a_page_has_around_it(run: Timeline) -> None:
    """The root layout, with its sticky view; the title as the layout makes it, the style sheet as it was given."""
    assert run.data["css"] == "b { color: red }"
    text, processes = run.text, run.data["processes"]
    before, after = map(text, processes["phx-1"]["document"])
    assert before.startswith("<html><head><title>Base</title></head><body>")
    assert after.endswith("</main></body></html>")
    assert processes["phx-1~st"]["sticky"] is True
    assert text(run.steps[0]["title"]) == "First"


def test_what_the_client_laid_over_the_page(run: Timeline) -> None:
    laid = [{run.text(kind) for _, _, kind, _ in step.get("overlay") or ()} for step in run.steps]
    assert any(":popover" in kinds for kinds in laid)
    assert any(":leaving" in kinds for kinds in laid)
    said = {run.text(what) for step in run.steps for what, _ in step.get("client") or ()}
    assert {"popover", "leaving"} <= said


def test_what_changed_and_what_had_happened_before_it_failed(run: Timeline) -> None:
    gone = next(step for step in run.steps if "handles" in step and run.text(step["handles"]) == "gone")
    changed = {
        run.text(name): [None if each is None else run.text(each) for each in was] for name, *was in gone["assigns"]
    }
    assert changed["big"] == ["set()", "<frozenset of 500>"]
    assert changed["card.number"] == ["'1'", "'2'"]
    assert "card.password" not in changed  # both are hidden, and look alike
    (undone,) = next(step for step in run.steps if step["kind"] == "failed")["undone"]
    assert run.text(undone).startswith("phx-1: client event ")


@frozen
class Unreadable:
    number: int
    said: Any = None

    def __getattribute__(self, name: str) -> Any:
        if name == "said":
            raise RuntimeError("not to be asked")
        return object.__getattribute__(self, name)

    def __repr__(self) -> str:
        return f"Unreadable({self.number})"


def test_values_whose_parts_cannot_be_read() -> None:
    """Shown alike: there is nothing to tell apart."""
    assert changes({"a": Unreadable(1)}, {"a": Unreadable(2)}) == []


class Named(Secret):
    def named(self, name: str) -> bool:
        return name == "pin"


def test_a_secret_that_nobody_hides_is_itself() -> None:
    assert brief({"pin": 1234, "a": {"pin": 5}}, Named()) == "{'pin': 1234, 'a': {'pin': 5}}"


# --- runs that cannot be told -----------------------------------------------------------------------------------------


class Once(LiveView):
    """Can be made once."""

    made = 0

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        type(self).made += 1
        if type(self).made > 2:
            raise RuntimeError("once")
        return socket

    render = heex("<p>x</p>")


def test_a_run_that_cannot_be_played_again() -> None:
    sim = Simulation(record=False)
    sim.live(Once)
    with pytest.raises(NotRecorded) as refused:
        timeline(sim)
    assert str(refused.value) == (
        "this world did not record what happened, and cannot be played again: in act 1 of 1 of the script: ann = sim.live(Once)\n"
        "  expected: a world that keeps each message with the page before and after it, or a run that can be played again\n"
        "  got: RuntimeError: once\n"
        "  cure: Simulation(record=True), or pytest --liveview-report=DIR"
    )


def test_a_line_that_is_no_code_names_no_element() -> None:
    """Of an error that was raised by code without a file there is no line to read."""
    names: dict[str, Any] = {}
    exec(compile("def f():\n    raise ValueError('x')\n", "nowhere.txt", "exec"), names)
    with pytest.raises(ValueError, match="x") as raised:
        names["f"]()
    assert failed(raised.value).short == "ValueError: x"


def test_a_line_that_is_the_end_of_a_longer_one_names_no_element() -> None:
    text = "def f(view):\n    return [view.element('#a'),\n        1 / 0]\n"
    lines: list[str] = [*text.splitlines(keepends=True)]
    linecache.cache["half.py"] = (len(text), None, lines, "half.py")
    names: dict[str, Any] = {}
    exec(compile(text, "half.py", "exec"), names)
    view = Simulation().live(Sticky)
    with pytest.raises(ZeroDivisionError) as raised:
        names["f"](view)
    assert failed(raised.value).short == "ZeroDivisionError: division by zero"


def test_a_process_that_is_not_there_has_no_page(run: Timeline) -> None:
    assert run.page("phx-9", 1) is None


class Long(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(text="".join(f"{at} " for at in range(200_000)))

    render = heex("<p>{@text}</p>")


def test_a_large_run_is_told_in_a_notebook_and_not_shown() -> None:
    sim = Simulation(record=True)
    sim.live(Long)
    told = timeline(sim)._repr_html_()
    assert told == ("<p>&lt;Timeline of 1 acts, 1 steps&gt;: write it, timeline.write(path), and look at it there.</p>")


class Moving(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(q=params.get("q"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(q=msg)

    render = heex('<p>{@q}</p><.link patch="/?q=1">one</.link><button phx-click="press">press</button>')


def test_acts_that_are_forgotten_are_told_by_what_came_of_them() -> None:
    """A world that remembers little has the messages still."""
    sim = Simulation(Router([Route("/", Moving)]), record=True, history=4)
    view = sim.live("/")
    for _ in range(20):
        view.element("a").render_click()
        view.element("button").render_click()
        sim.clock.advance(5)
        view.send("message")
        view.drop()
        view.rejoin()
    told = timeline(sim)
    assert broken(told.data) == []
    forgotten = [each for each in told.data["acts"] if "act" not in each]
    assert {(told.text(each["what"]), told.text(each["who"]) if "who" in each else None) for each in forgotten} == {
        ("open /", "Ann"),
        ("patch /?q=1", "Ann"),
        ("click press", "Ann"),
        ("time passes", None),
        ("send str", None),
        ("exit closed", None),
    }
    assert told.text(told.data["acts"][-1]["act"]) == "ann.view.rejoin()"


def test_before_it_is_opened_there_is_no_page() -> None:
    sim = Simulation(Router([Route("/", Moving)]), record=True)
    view = sim.live("/")
    told = timeline(sim)
    assert [told.page(view.id, 0), told.page(view.id, 1), told.page("nobody", 1)] == [None, str(view.html), None]


def test_the_end_of_a_block_is_told_where_the_block_is() -> None:
    sim = Simulation(Router([Route("/", Moving)]), record=True)
    page = sim.page("/")
    with sim.in_order():
        page.locator("button").click()
    told = timeline(sim)
    (end,) = [each for each in told.data["acts"] if told.text(each["what"]) == "what still waits arrives"]
    assert told.text(end["who"]) == "test"
    assert told.text(end["code"]) == "with sim.in_order():"
