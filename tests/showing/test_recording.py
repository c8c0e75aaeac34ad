"""A session as a test: what comes from real pages, done again in the world of a test, and written down."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from immutables import Map

from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.targets import OnView
from liveview_testing.showing import targets
from liveview_testing.showing.pages import Shape
from liveview_testing.showing.recording.pointing import NotThere, Spot
from liveview_testing.showing.recording.recorded_test import NotWritten, RecordedTest, WithFiles, _imported
from liveview_testing.showing.recording.recorder import Failed, Raw, Recorder, raws_from
from liveview_testing.showing.recording.reported_acts import page_call
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.user.locators.finding.query import ByRole, Query
from tests.harness.places import ROOT
from tests.showing.test_served import Browser, pressed

BUTTON = {"tag": "button", "path": [0, 1], "main": True}
RESET = {"tag": "button", "path": [0, 2], "main": True}
TITLE = {"tag": "h1", "path": [0, 0], "main": True}


def recorder(scenario: str) -> Recorder:
    return Recorder(targets.find(str(ROOT / "scenarios" / f"{scenario}.py"))[0], 0)


def take(recording: Recorder, *told: dict[str, Any], who: str = "Ann") -> None:
    for each in told:
        recording.take(Raw(who, each, 0, len(recording.raw)))


def counted() -> Recorder:
    recording = recorder("counter")
    take(recording, {"act": "open", "url": "/"}, {"act": "click", "on": BUTTON}, {"act": "click", "on": BUTTON})
    take(recording, {"act": "expect", "what": "text", "on": TITLE})
    return recording


COUNTED = """\
from liveview_testing import Simulation
from liveview_testing import expect
from scenarios.counter import CounterLive


def test_counter():
    sim = Simulation()
    ann = sim.page(CounterLive)
    ann.get_by_role("button", name="+").click()
    ann.get_by_role("button", name="+").click()
    expect(ann.get_by_role("heading")).to_have_text("Count: 2")
"""


def test_the_counter_is_written_as_a_test(tmp_path: Path) -> None:
    written = RecordedTest(tmp_path / "test_counter.py", ROOT)
    said = written.save(counted())
    assert said == f"{tmp_path / 'test_counter.py'}: test_counter, it passes"
    assert written.file.read_text() == COUNTED


def test_it_is_put_at_the_end_of_a_file_which_stays(tmp_path: Path) -> None:
    """Byte for byte; what the file does not import is imported in the function; saved again, it takes its own place."""
    file = tmp_path / "test_mine.py"
    old = "from liveview_testing import Simulation\n\n\ndef test_counter():\n    assert Simulation( )   # mine"
    file.write_text(old)
    written, recording = RecordedTest(file, ROOT), counted()
    for _ in range(2):
        assert "test_counter_2, it passes" in written.save(recording)
        text = file.read_text()
        assert text.startswith(old + "\n\n\ndef test_counter_2():\n    from liveview_testing import expect\n")
        assert text.count("def test_counter_2") == 1
        assert text.count("import Simulation") == 1
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in run.stdout, run.stdout + run.stderr


def test_a_file_that_is_no_python_stays(tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text("def broken(:\n")
    with pytest.raises(NotWritten, match="is no Python"):
        RecordedTest(file, ROOT).save(counted())
    assert file.read_text() == "def broken(:\n"


def test_what_fails_is_a_comment_with_its_error(tmp_path: Path) -> None:
    recording = counted()
    take(
        recording,
        {"act": "click", "on": {**BUTTON, "path": [0, 9]}},
        {"act": "dance", "on": BUTTON},
        {"act": "fill", "on": TITLE},
    )
    assert [type(each) for each in recording.steps[-3:]] == [Failed] * 3
    file = tmp_path / "test_counter.py"
    assert RecordedTest(file, ROOT).save(recording).endswith("it passes, 3 lines left as comments")
    assert "    # Ann click\n    #   the page of the test is not the page that was pointed at\n" in file.read_text()
    assert file.read_text().startswith(COUNTED)


def test_an_act_that_causes_nothing_is_left_out() -> None:
    recording = counted()
    take(recording, {"act": "press", "on": TITLE, "value": "Escape"})
    assert len(recording.steps) == 4


def test_what_is_asserted() -> None:
    recording = counted()
    for what in ("visible", "count", "url", "aria"):
        take(recording, {"act": "expect", "what": what, "on": BUTTON})
    assert recording.lines()[4:] == [
        'expect(ann.get_by_role("button", name="+")).to_be_visible()',
        'expect(ann.get_by_role("button")).to_have_count(2)',
        'expect(ann).to_have_url("http://www.example.com/")',
        recording.lines()[-1],
    ]
    assert ".to_match_aria_snapshot(" in recording.lines()[-1]
    take(recording, {"act": "expect", "what": "soul", "on": BUTTON})
    assert isinstance(recording.steps[-1], Failed)


def test_going_back_cuts_and_a_reload_goes_on() -> None:
    recording = counted()
    again = recorder("counter")
    again.again(raws_from(json.loads(json.dumps(recording.raws()))))
    assert again.lines() == recording.lines()
    again.cut(1)
    assert again.lines() == recording.lines()[:2]


def test_what_a_test_cannot_do_is_told() -> None:
    """One who has no page in it, a file too large, a page no test can open, what only the panel does."""
    recording = counted()
    large = {"act": "files", "on": BUTTON, "value": [{"name": "film.mp4", "size": 10**9}]}
    take(recording, {"act": "click", "on": BUTTON}, who="Ben")
    take(recording, large, {"act": "panel", "do": "dance"}, {"act": "open", "url": "/nowhere"}, who="Ann")
    take(recording, {"act": "open", "url": "/nowhere"}, who="Cara")
    told = [each.why.partition("\n")[0] for each in recording.steps if isinstance(each, Failed)]
    assert told[0] == "Ben has no page"
    assert told[1].startswith("the file 'film.mp4' is too large to be written into a test")
    assert told[2] == "the panel's 'dance' is not recorded"
    assert told[-1] == "the test cannot open /nowhere"


def test_the_panel_s_broadcast_and_another_seed_and_store() -> None:
    """They are in the test as a test says them."""
    shown = evolve(targets.find(str(ROOT / "scenarios" / "counter.py"))[0], store=Map(limit=3))
    recording = Recorder(shown, 0, 7)
    recording.again([])
    take(recording, {"act": "open", "url": "/"}, {"act": "click", "on": BUTTON})
    take(recording, {"act": "panel", "do": "broadcast", "topic": "all", "message": '{"n": 1}'}, who="test")
    assert recording.lines()[0] == 'sim.store["limit"] = 3' or 'put("limit", 3)' in recording.lines()[0]
    text, failed = RecordedTest(Path("test_it.py"), ROOT).text(recording, "test_it")
    assert "sim = Simulation(seed=7)" in text
    assert failed == 0 or 'sim.broadcast("all", {"n": 1})' in text


def test_nothing_was_done_yet(tmp_path: Path) -> None:
    written = RecordedTest(tmp_path / "test_counter.py", ROOT)
    assert written.save(recorder("counter")) == "nothing was done yet"
    assert not written.file.exists()


def test_two_files_of_one_name_are_kept_apart() -> None:
    spelling = WithFiles("test_it", "test_it")
    given = [("a.txt", b"1"), ("a.txt", b"2"), ("a.txt", b"1"), ("a", b"1"), ("a", b"2")]
    names = [spelling._kept(name, content) for name, content in given]
    assert names == ["a.txt", "a_2.txt", "a.txt", "a", "a_2"]


@pytest.mark.parametrize(
    "given", [None, [], {}, {"tag": "b", "path": [-1]}, {"tag": "b", "path": [True]}, {"tag": 1, "path": []}]
)
def test_what_is_no_place(given: object) -> None:
    with pytest.raises(NotThere, match="that is no place in a page"):
        Spot.read(given)


def test_an_id_that_is_drawn() -> None:
    """What is pointed at stands where it stood, if it says the same there; else it is told whose id is not known."""
    recording = recorder("chat")
    take(recording, {"act": "open", "url": "/dashboard"})
    page = recording.player.page("Ann")
    page.get_by_role("textbox").first.fill("hello")
    page.get_by_role("textbox").first.press("Enter")
    row = next(each for each in page.reading.root.iter() if each.tag == "li")
    said = page.locator("li").text_content() or ""
    drawn = {"tag": "b", "path": [0], "id": "chat_left-4242", "says": " ".join(said.split()), "within": placed(row)}
    take(recording, {"act": "expect", "what": "text", "on": drawn})
    assert recording.lines()[-1].startswith("expect(ann.locator(") and "to_have_text" in recording.lines()[-1]
    take(recording, {"act": "expect", "what": "text", "on": {**drawn, "says": "someone else"}})
    last = recording.steps[-1]
    assert isinstance(last, Failed)
    assert last.why.startswith(
        "nothing in the page of the test has the id 'chat_left-4242', and what stands in its place says something else\n"
    )


def placed(element: Any) -> dict[str, Any]:
    """The place of an element that has an id, as a page tells it for one whose id may be another in the test."""
    parent = next(iter(element.ancestors()))
    at = [each.node.key for each in parent.elements()].index(element.node.key)
    around = spot(parent)
    return {**around, "tag": element.tag, "path": [*around["path"], at]}


def test_several_people_typing_and_time(tmp_path: Path) -> None:
    """Two people with their sessions; a field typed into twice is one line; the text of a row is asserted by its place."""
    recording = recorder("chat")
    for who in ("Ann", "Ben"):
        take(recording, {"act": "open", "url": "/dashboard"}, who=who)
    page = recording.player.page("Ann")
    box = next(each for each in page.reading.root.iter() if each.tag == "input" and each.get("type") != "hidden")
    on = spot(box)
    for text in ("he", "hello"):
        take(recording, {"act": "fill", "on": on, "value": text})
    take(recording, {"act": "press", "on": on, "value": "Enter"})
    row = next(each for each in recording.player.page("Ben").reading.root.iter() if each.tag == "li")
    take(recording, {"act": "expect", "what": "text", "on": spot(row)}, who="Ben")
    assert not [each for each in recording.steps if isinstance(each, Failed)], recording.steps
    lines = recording.lines()
    assert [line.partition(".")[0] for line in lines] == ["ann = sim", "ben = sim", "ann", "ann", "expect(ben"]
    assert '.fill("hello")' in lines[2] and '.press("Enter")' in lines[3]
    assert "hello" not in lines[4].partition("to_have_text")[0] and "hello" in lines[4]
    assert RecordedTest(tmp_path / "test_chat.py", ROOT).save(recording).endswith("it passes")


def spot(element: Any) -> dict[str, Any]:
    """The place of an element as a page tells it."""
    path: list[int] = []
    at = element
    while at.tag != "body" and not at.has("data-phx-main") and (not at.get("id") or at.get("id").startswith("phx-")):
        parent = next(iter(at.ancestors()))
        path.insert(0, [each.node.key for each in parent.elements()].index(at.node.key))
        at = parent
    main = at.has("data-phx-main")
    return {"tag": element.tag, "path": path, "main": main, "id": None if main or at.tag == "body" else at.get("id")}


def test_a_showroom_records_who_sits_there(tmp_path: Path) -> None:
    """By their window; what the panel does that a test can do is in it; nothing new, nothing written."""
    shown = targets.find(str(ROOT / "scenarios" / "counter.py"))
    room = Showroom(shown, mode="paused", record=RecordedTest(tmp_path / "test_it.py", ROOT))
    room.begin(lambda: 0.0)
    room.sit_down("frame-Ann", "Ann")
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    room.acted("nobody", '{"act": "click"}')
    room.acted("frame-Ann", json.dumps({"act": "click", "on": RESET}))
    room.acted("frame-Ann", json.dumps({"act": "click", "on": BUTTON}))
    room.take({"act": "panel", "do": "hold", "hold": True})
    assert room.recorder is not None
    assert room.recorder.lines()[1:] == [
        'ann.get_by_role("button", name="Reset").click()',
        'ann.get_by_role("button", name="+").click()',
        "sim.tasks.hold()",
    ]
    room.save()
    assert room.saved.endswith("it passes")
    room.saved = ""
    room.save()
    assert room.saved == ""


def test_back_and_forward_reload_and_another_page() -> None:
    recording = recorder("registration")
    take(recording, {"act": "open", "url": "/"})
    link = next(each for each in recording.player.page("Ann").reading.root.iter() if each.tag == "a")
    take(recording, {"act": "click", "on": spot(link)})
    for url in ("/", "/register", "/register"):
        take(recording, {"act": "travel", "url": url})
    take(recording, {"act": "open", "url": "/register"}, {"act": "open", "url": "/register", "how": "reload"})
    take(recording, {"act": "open", "url": "/"})
    assert recording.lines() == [
        'ann = sim.page("/")',
        'ann.get_by_role("link", name="Register").click()',
        "ann.go_back()",
        "ann.go_forward()",
        "ann.reload()",
        'ann.goto("/")',
    ]


def test_another_scenario_is_another_test(tmp_path: Path) -> None:
    """What was recorded before is written first; at a step of a story nothing is recorded, and that is said."""
    shown = [targets.find(str(ROOT / "scenarios" / f"{name}.py"))[0] for name in ("counter", "registration")]
    room = Showroom(shown, mode="paused", record=RecordedTest(tmp_path / "test_it.py", ROOT))
    room.begin(lambda: 0.0)
    room.sit_down("frame-Ann", "Ann")
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    room.acted("frame-Ann", json.dumps({"act": "click", "on": BUTTON}))
    room.choose("registration")
    room.sit_down("frame-Ann", "Ann")
    room.acted("frame-Ann", '{"act": "open", "url": "/register"}')
    page = room.recorder.player.page("Ann") if room.recorder is not None else None
    assert page is not None
    field = next(each for each in page.reading.root.iter() if each.get("name") == "user[name]")
    room.acted("frame-Ann", json.dumps({"act": "fill", "on": spot(field), "value": "Ann"}))
    room.save()
    text = (tmp_path / "test_it.py").read_text()
    assert text.index("def test_counter():") < text.index("def test_registration():")
    assert 'ann.get_by_role("textbox", name="Name").fill("Ann")' in text
    room.begin_at(1)
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    assert room.recorder is None
    assert "is not recorded" in room.saved
    assert (tmp_path / "test_it.py").read_text() == text


def test_what_a_module_imports() -> None:
    """By the names that it uses: another name is another thing."""
    old = "import os, sys as system\nfrom a.b import c, d as e\nfrom . import f\n"
    assert _imported(old) == {"import os", "from a.b import c"}


# --- what seldom happens ----------------------------------------------------------------------------------------------


def opened_room(tmp_path: Path, scenario: str = "counter") -> Showroom:
    room = Showroom(
        targets.find(str(ROOT / "scenarios" / f"{scenario}.py")),
        mode="paused",
        record=RecordedTest(tmp_path / "test_it.py", ROOT),
    )
    room.begin(lambda: 0.0)
    room.sit_down("frame-Ann", "Ann")
    return room


def test_what_the_panel_s_own_frame_says_is_no_act(tmp_path: Path) -> None:
    room = opened_room(tmp_path)
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    room.acted("frame-Ann", '{"act": "panel", "do": "hold", "hold": true}')
    assert room.recorder is not None
    assert len(room.recorder.lines()) == 1


def test_going_back_to_a_moment_takes_later_acts_along(tmp_path: Path) -> None:
    room = opened_room(tmp_path)
    room.open("/", "frame-Ann", {}, Shape("csrf"))
    browser = Browser(room, "frame-Ann")
    browser.join()
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    for _ in range(2):
        room.acted("frame-Ann", json.dumps({"act": "click", "on": BUTTON}))
        pressed(room, browser)
    room.save()
    assert "it passes" in room.saved
    assert room.recorder is not None
    assert len(room.recorder.lines()) == 3
    room.go_back(0)
    assert len(room.recorder.lines()) == 2


def test_what_cannot_be_written_is_told_at_the_panel(tmp_path: Path) -> None:
    """The file is as it was."""
    room = opened_room(tmp_path)
    (tmp_path / "test_it.py").write_text("def broken(:\n")
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    room.acted("frame-Ann", json.dumps({"act": "click", "on": BUTTON}))
    room.save()
    assert room.saved.startswith("not written: ")
    assert (tmp_path / "test_it.py").read_text() == "def broken(:\n"


def test_whose_page_says_something_else_in_the_test(tmp_path: Path) -> None:
    room = opened_room(tmp_path)
    room.open("/", "frame-Ann", {}, Shape("csrf"))
    browser = Browser(room, "frame-Ann")
    browser.join()
    room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    room.acted("frame-Ann", json.dumps({"act": "click", "on": BUTTON}))  # which in the session nobody heard
    room.save()
    assert room.saved.endswith("; but there Ann's page says 'Count: 1 + Reset', and here 'Count: 0 + Reset'")


def test_a_test_that_does_not_pass_says_so(tmp_path: Path) -> None:
    """And a line that cannot be done again is a comment."""
    recording = counted()
    act = next(each for each in recording.steps if isinstance(each, Act) and each.verb == "click")
    on: Any = act.on
    recording.steps.append(evolve(act, on=evolve(on, query=Query((ByRole("button", {"name": "Nothing"}),)))))
    recording.steps.append(evolve(act, verb="send", on=OnView(None), args=(object(),)))
    said = RecordedTest(tmp_path / "test_counter.py", ROOT).save(recording)
    assert said.endswith("it passes, 2 lines left as comments")
    text = (tmp_path / "test_counter.py").read_text()
    assert 'get_by_role("button", name="Nothing").click()' in text


def test_several_options_at_once() -> None:
    assert page_call("select", {"value": ["a", "b"]}) == ("select_option", (["a", "b"],))
    assert page_call("select", {"value": ["a"]}) == ("select_option", ("a",))
