"""What a timeline tells of a run, beside its pages: acts and causes, values, time, what went wrong, what is hidden."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from liveview_core import LiveView, Socket, heex
from liveview_testing import (
    NoTimeline,
    NotRecorded,
    Simulation,
    Timeline,
    always,
    explore,
    read_timeline,
    replay,
    timeline,
)
from liveview_testing.record.timelines.html_file import fit
from liveview_testing.record.timelines.steps.values import brief, changes
from tests.harness.places import SCENARIOS as FOLDER
from tests.harness.playing import scenario
from tests.harness.timeline_schema import broken


@frozen
class Said:
    text: str


class Room(LiveView):
    """Everybody hears what is said; a bell rings a second later; "boom" is too much."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said=(), rung=0, password="").subscribe("room")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "say":
                return socket.broadcast("room", Said(params["text"])).send_after("bell", 1)
            case "sign":
                return socket.assign(password=params["user"]["password"])
            case "alone":
                return socket.broadcast("nowhere", Said("hello?"))
            case _:
                raise ValueError(f"too much: {event}")

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        if message == "bell":
            return socket.update("rung", lambda count: count + 1)
        return socket.assign(said=(*socket.assigns.said, message))

    render = heex("""
    <p :for={each in @said}>{each.text}</p>
    <b id="rung">{@rung}</b>
    <form id="sign" phx-submit="sign">
      <input type="password" name="user[password]" />
      <input name="pin" type="password" value="98765" />
    </form>
    <i>{@password}</i>
    """)


def told(run: Timeline) -> list[str]:
    """The steps in short: kind, whose, origin, event, and the step that caused it."""
    text = run.text
    return [
        " ".join(
            str(each)
            for each in (
                step["kind"],
                text(run.data["processes"][text(step["process"])]["who"]) if "process" in step else "",
                text(step["origin"]) if "origin" in step else "",
                text(step["handles"]) if "handles" in step else text(step["event"]) if "event" in step else "",
                f"by {step['cause']}" if "cause" in step else "",
            )
            if each
        )
        for step in run.steps
    ]


def test_acts_and_what_they_caused() -> None:
    sim = Simulation(record=True)
    ann, ben = sim.live(Room), sim.live(Room)
    ann.render_click("say", {"text": "hello"})
    sim.clock.advance(1)
    run = timeline(sim, title="two")
    assert told(run) == [
        "message Ann client phx_join",
        "message Ben client phx_join",
        "message Ann client say",
        "message Ann broadcast Said by 3",
        "message Ben broadcast Said by 3",
        "message Ann timer str by 3",
    ]
    assert [step["act"] for step in run.steps] == [0, 1, 2, 2, 2, 3]
    assert run.steps[-1]["t"] == 1_000_000
    assert [run.data["sources"][run.text(act["file"])].splitlines()[act["line"] - 1].strip() for act in run.acts][
        2:
    ] == [
        'ann.render_click("say", {"text": "hello"})',
        "sim.clock.advance(1)",
    ]
    assert [[run.text(each) for each in change if each is not None] for change in run.steps[4]["assigns"]] == [
        ["said[0]", "Said(text='hello')"]
    ]
    assert broken(run.data) == []
    assert ben.id in run.data["processes"]


def test_what_went_wrong_is_there() -> None:
    """A crash that is contained, a message to nobody, an act that failed: none of them is silent."""
    sim = Simulation(record=True, crashes="restart")
    ann = sim.live(Room)
    ann.render_click("alone")
    ann.render_click("boom")
    run = timeline(sim)
    kinds = [step["kind"] for step in run.steps]
    assert kinds[:4] == ["message", "message", "lost", "crash"]
    assert "to 'nowhere'" in run.text(run.steps[2]["event"])
    assert run.text(run.steps[3]["error"]).startswith("ValueError: too much: boom\n  in Room.handle_event")
    assert broken(run.data) == []


def test_an_act_that_failed() -> None:
    """Nothing of it is in the world; that it was tried, and how far it came, is in the timeline."""
    sim = Simulation(record=True)
    ann = sim.live(Room)
    with pytest.raises(ValueError, match="too much"):
        ann.render_click("boom")
    ann.render_click("say", {"text": "still here"})
    run = timeline(sim)
    assert [step["kind"] for step in run.steps] == ["message", "failed", "message", "message"]
    assert run.text(run.steps[1]["error"]).startswith("ValueError: too much: boom")
    assert run.data["acts"][1]["line"] == run.data["acts"][0]["line"] + 2
    assert broken(run.data) == []


def test_a_fork_goes_on_by_itself() -> None:
    sim = Simulation(record=True)
    ann = sim.live(Room)
    other = ann.fork()
    other.render_click("say", {"text": "there"})
    ann.render_click("say", {"text": "here"})
    assert other.sim.fork() is not None
    mine, theirs = timeline(sim), timeline(other.sim)
    assert [len(mine.steps), len(theirs.steps)] == [3, 3]
    assert "here" in (mine.page(ann.id, 3) or "") and "there" in (theirs.page(ann.id, 3) or "")


def test_what_is_kept_of_a_long_run() -> None:
    """With `history=n` the page begins where the log does, and says so; what was there before is shown."""
    sim = Simulation(record=True, history=20)
    ann, ben = sim.live(Room), sim.live(Room)
    for number in range(300):
        ann.render_click("say", {"text": str(number)})
    run = timeline(sim, hide=())
    assert run.steps[0]["kind"] == "begin"
    assert len(run.steps) < 200
    assert any("history=20" in each for each in run.data["left_out"])
    assert run.page(ben.id, len(run.steps)) == str(ben.html)
    assert broken(run.data) == []


def test_a_world_that_did_not_record() -> None:
    """Is played again, by its script, in one that does; where that is impossible the error says which act, and the cure."""

    def run(**options: Any) -> Simulation:
        sim = Simulation(**options)
        ann = sim.live(Room)
        ann.render_click("say", {"text": "hello"})
        sim.clock.advance(1)
        return sim

    assert timeline(run()).data["steps"] == timeline(run(record=True)).data["steps"]
    with pytest.raises(NotRecorded) as raised:
        timeline(forgetful())
    assert "acts are forgotten" in str(raised.value) and "Simulation(record=True)" in str(raised.value)
    chance = iter(range(100))

    class Chance(Room):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.assign(rung=next(chance))

    sim = Simulation()
    sim.live(Chance).render_click("any")
    with pytest.raises(NotRecorded) as raised:
        timeline(sim)
    assert "another run" in str(raised.value)


def forgetful() -> Simulation:
    sim = Simulation(history=5)
    ann = sim.live(Room)
    for _ in range(200):
        ann.render_click("say", {"text": "again"})
    return sim


def test_acts_are_said_as_one_would() -> None:
    """Who, what, and which element; the test up to a step is in the page, in pieces."""
    sim = Simulation(record=True)
    ann = sim.page(Room, name="Zoe")
    ann.locator("#sign").get_by_role("button").count()
    view = ann.view
    assert view is not None
    view.form("#sign", {"pin": "1234"}).render_submit()
    ann.locator("[name=pin]").fill("22222")
    sim.broadcast("room", Said("to all"))
    run = timeline(sim, hide=())
    acts = [
        (run.text(act["who"]), run.text(act["what"]), run.text(act["at"]) if "at" in act else None) for act in run.acts
    ]
    assert acts == [
        ("Zoe", "open Room", None),
        ("Zoe", 'submit #sign {"pin": "1234"}', "#sign"),
        ("Zoe", 'fill "[name=pin]" "22222"', "#sign/1"),
        ("test", 'broadcast "room" Said(text="to all")', None),
    ]
    script = run.script
    assert script is not None
    assert script.acts == sim.script.acts
    assert replay(script).digest == sim.digest
    compile(script.to_test(), "test_again.py", "exec")
    assert timeline(sim, hide=["pin"]).script is None  # it would do something else
    test = run.data["script"]["test"]
    assert test["head"][-1] == "    sim = Simulation()"
    assert test["lines"][2] == ['    zoe.locator("[name=pin]").fill("22222")']


def test_secrets_are_hidden() -> None:
    """By name wherever it is a name, and by value everywhere else; the page says how many there were."""
    sim = Simulation(record=True)
    ann = sim.live(Room)
    ann.form("#sign", {"user[password]": "hunter&2"}).render_submit()
    run = timeline(sim)
    text = "\n".join(run.data["strings"])
    assert "hunter" not in text and "98765" not in text
    assert "•••" in text
    assert run.data["hidden"] == 2
    assert any("2 secret values" in each for each in run.data["left_out"])
    assert "hunter&amp;2" in "\n".join(timeline(sim, hide=()).data["strings"])
    # What is typed into a field for passwords is one, whatever it is called.
    assert "hunter" not in "\n".join(timeline(sim, hide=[re.compile("^pin$")]).data["strings"])


def test_written_and_read(tmp_path: Path) -> None:
    """What is in the file is what was put in; the same run makes the same bytes."""

    def run() -> Timeline:
        sim = Simulation(record=True)
        sim.live(Room).render_click("say", {"text": "</script><!--\u2028\x00 {{data}}"})
        return timeline(sim, title="</title>{{style}}")

    first = run()
    path = first.write(tmp_path / "deep" / "run.html")
    again = read_timeline(path)
    assert again.data == first.data
    assert repr(again) == "<Timeline of 2 acts, 3 steps>"
    assert path.read_bytes() == run().html().encode()
    page = path.read_text(encoding="utf-8")
    assert page.count("<script") == 2 and "http" not in page.replace("http-equiv", "")


def test_what_is_no_timeline(tmp_path: Path) -> None:
    path = tmp_path / "other.html"
    path.write_text("<p>hello</p>")
    with pytest.raises(NoTimeline, match="there is no timeline in"):
        read_timeline(path)
    good = timeline(Simulation(record=True)).html()
    path.write_text(re.sub(r'id="data">....', 'id="data">AAAA', good))
    with pytest.raises(NoTimeline, match="cannot be read"):
        read_timeline(path)
    Timeline({**timeline(Simulation(record=True)).data, "schema": "liveview-timeline/9"}).write(path)
    with pytest.raises(NoTimeline) as raised:
        read_timeline(path)
    assert "liveview-timeline/9" in str(raised.value)


def test_too_much_is_cut_and_said() -> None:
    """Frames go first, then assigns, the oldest first; pages stay."""
    sim = Simulation(record=True)
    ann = sim.live(Room)
    for number in range(40):
        ann.render_click("say", {"text": f"{number:x}" * 50})
    run = timeline(sim)
    small = fit(dict(run.data), 1)
    assert all("frames" not in step and "assigns" not in step for step in small["steps"])
    assert [each for each in small["left_out"] if "left out" in each] == [
        "To keep the file small the frames of the first 81 steps were left out.",
        "To keep the file small the assigns of the first 81 steps were left out.",
    ]
    cut = Timeline(small)
    assert [cut.page(ann.id, step["n"]) for step in run.steps] == [run.page(ann.id, step["n"]) for step in run.steps]
    assert broken(small) == []


MAKE = """
import sys
from pathlib import Path
from liveview_testing import Simulation, timeline
from liveview_testing.record.story import load, play
module = load(Path(sys.argv[1]))
sim = Simulation(getattr(module, "ROUTER", None), record=True)
for scene in play(module, sim):
    pass
sys.stdout.write(timeline(sim, title="again").html())
"""


@pytest.mark.parametrize("name", ["chat", "sidebar"])
def test_equal_runs_make_equal_bytes(name: str) -> None:
    """In another process, with another hash seed."""

    def made(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", MAKE, str(FOLDER / f"{name}.py")]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    assert made("1") == made("4242")


# --- values -----------------------------------------------------------------------------------------------------------------


class Awkward:
    def __repr__(self) -> str:
        raise RuntimeError("no")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("not to be asked")

    __hash__ = None  # type: ignore[assignment]


def test_brief_values() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert brief({3, 1, 2}) == "{1, 2, 3}"
    assert brief("x" * 500) == repr("x" * 100) + "… (500 characters)"
    assert brief(object()) == "<object object>"
    assert brief(Awkward()) == "<Awkward: its repr raised RuntimeError>"
    assert brief(Said("a")) == "Said(text='a')"
    assert brief(loop) == "[[[[…]]]]"
    assert brief(list(range(20))) == "[0, 1, 2, 3, 4, 5, 6, 7, … 12 more]"
    assert len(brief({str(at): "x" * 90 for at in range(30)})) == 200


def test_where_values_differ() -> None:
    row = {"price": 1, "name": "a"}
    rows = tuple({"n": at} for at in range(100))
    before = {"rows": rows, "one": row, "same": rows, "gone": 1}
    after = {"rows": (*rows[:37], {"n": -1}, *rows[38:]), "one": {**row, "price": 2}, "same": rows, "new": Said("x")}
    assert changes(before, after) == [
        ("rows[37]['n']", "37", "-1"),
        ("one['price']", "1", "2"),
        ("gone", "1", None),
        ("new", None, "Said(text='x')"),
    ]
    assert changes({"a": Awkward()}, {"a": Awkward()}) == []  # shown alike: nothing to tell apart
    many = changes({"a": list(range(50))}, {"a": [each + 1000 for each in range(50)]})
    assert len(many) == 9 and many[-1] == ("a", None, "… more of a changed")


def test_a_world_that_records_is_explored_as_any_other() -> None:
    """What was recorded tells no worlds apart."""

    def found(*, record: bool) -> tuple[int, int | None]:
        sim = Simulation(record=record)
        ann, ben = sim.live(Room), sim.live(Room)
        with sim.concurrently() as acts:
            ann.render_click("say", {"text": "a"})
            ben.render_click("say", {"text": "b"})
        done = explore(sim, acts, always(lambda sim: True))
        return done.worlds, done.schedules

    assert found(record=True) == found(record=False)


def test_messages_that_wait_are_put_down_when_they_arrive() -> None:
    """Inside `in_order` as well: who was asked first is who the test chose, each with the page before and after."""
    sim = Simulation(record=True)
    ann, ben = sim.page(scenario("counter").CounterLive), sim.page(scenario("counter").CounterLive)
    with sim.in_order() as order:
        for page in (ann, ben):
            page.get_by_role("button", name="+").click()
        order.deliver(ben)
        order.deliver(ann)
    run = timeline(sim)
    strings = run.data["strings"]
    shown = [strings[step["process"]] for step in run.data["steps"] if step.get("pages")][2:]  # after the two mounts
    assert shown == ["phx-2", "phx-1"]
    assert "Count: 1" in (run.page("phx-2", 7) or "")


def test_a_run_of_which_the_first_part_is_forgotten() -> None:
    """It begins with the pages as they were then, whether or not something happened on them since."""
    sim = Simulation(record=True, history=2)
    ann, ben = sim.live(Room), sim.live(Room)
    for said in (*map(str, range(70)), "three"):  # what is old is cut off now and then
        ann.render_click("say", {"text": said})
    run = timeline(sim)
    begun = [step for step in run.steps if step["kind"] == "begin"]
    assert [run.text(step["process"]) for step in begun] == [ann.id, ben.id]
    assert run.steps[: len(begun)] == begun
    assert broken(run.data) == []
    assert "text='three'" in " ".join(run.data["strings"])
