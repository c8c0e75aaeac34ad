"""Stories and the command line: scenes, what they count, what is printed."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from liveview_testing import Simulation, Step
from liveview_testing.command_line.main import main
from liveview_testing.record.loading import load_file
from liveview_testing.record.story import load, play
from tests.harness.counter_scenario import SCENARIO


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "counting.py"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


def test_scenes_are_what_went_over_the_wires(scenario: Path) -> None:
    """Each frame is in exactly one scene, under the name of whose line it was on; bytes are those of `view.wire`."""
    module = load(scenario)
    sim = Simulation(module.ROUTER)
    opened, counted, idle = list(play(module, sim))
    assert [(said.who, said.frame.direction, said.frame.event) for said in counted.said] == [
        ("Ann", "client", "event"),
        ("Ann", "server", "phx_reply"),
        ("Ben", "server", "diff"),
    ]
    assert counted.pages == (("Ben", "<p>1</p>"),)
    assert (idle.said, idle.bytes) == ((), 0)
    assert opened.bytes + counted.bytes == sum(frame.bytes for view in sim.views for frame in view.wire)
    assert counted.text() == (
        "Ann counts\n"
        "==========\n"
        'Ann -> event 50 B {"type":"click","event":"up","value":{"value":""}}\n'
        'Ann <- phx_reply 45 B {"status":"ok","response":{"diff":{"0":"1"}}}\n'
        'Ben <- diff 9 B {"0":"1"}\n'
        "-- Ben sees --\n"
        "<p>1</p>"
    )


def test_run_prints_the_story(scenario: Path) -> None:
    """`liveview run` prints each step, its frames with bytes, and the pages."""
    result = CliRunner().invoke(main, ["run", str(scenario)])
    assert result.exit_code == 0, result.output
    for part in ("A counter and its story.", "2. Ann counts", "phx_reply", "45 B", "Ben sees", "<p>1</p>"):
        assert part in result.output
    assert "nothing went over the wire" in result.output
    total = sum(scene.bytes for scene in play(load(scenario)))
    assert f"3 steps, 7 frames, {total} bytes over the wire" in result.output
    plain = CliRunner().invoke(main, ["run", "--plain", str(scenario)])
    assert "Ann -> event 50 B" in plain.output


def test_what_is_no_scenario_is_refused(tmp_path: Path) -> None:
    """A file that is missing, or has no story, says so."""
    with pytest.raises(ValueError, match="there is no scenario"):
        load(tmp_path / "none.py")
    file = tmp_path / "plain.py"
    file.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"it has no function story\(sim\) that yields Steps"):
        load(file)
    assert CliRunner().invoke(main, ["run", str(file)]).exit_code == 1
    file.write_text("def story(sim):\n    yield 'a title'\n", encoding="utf-8")
    with pytest.raises(TypeError, match="story\\(sim\\) yields Step"):
        list(play(load(file)))


def test_a_file_runs_as_it_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where bytecode is kept, and the file was written again within the second, as long as before."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "again.py"
    for title in ("one", "two"):
        file.write_text(f"def story(sim):\n    sim.store['is'] = {title!r}\n    raise KeyError({title!r})\n    yield\n")
        os.utime(file, (1_000_000_000, 1_000_000_000))
        with pytest.raises(KeyError, match=title):
            list(play(load(file)))
    assert [each.name for each in tmp_path.iterdir()] == ["again.py"]
    (other := tmp_path / "again.txt").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"again\.txt' is not a Python file"):
        load_file(other)


def test_names_of_people_stay(scenario: Path) -> None:
    """A browser that no step has named yet is called by its number."""
    file = scenario.with_name("unnamed.py")
    file.write_text(SCENARIO.replace("Ann=ann, Ben=ben", "Ann=ann"), encoding="utf-8")
    opened, *_ = play(load(file))
    assert [said.who for said in opened.said] == ["Ann", "Ann", "browser 2", "browser 2"]


def test_the_command_says_its_version() -> None:
    """That of the distribution."""
    result = CliRunner().invoke(main, ["--version"])
    assert (result.exit_code, result.output) == (0, f"liveview, version {version('liveview-core')}\n")


def test_a_step_shows_itself_by_what_it_shows() -> None:
    assert repr(Step("Ann comes", Ann=Simulation().page())) == "Step('Ann comes', Ann)"
