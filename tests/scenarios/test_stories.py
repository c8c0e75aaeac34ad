"""Every scenario: its story runs, every law holds after every step, and its transcript is the one on record.

A transcript holds what each person's line carried and what their page shows: a change of the wire, of a template's
whitespace or of a widget's behaviour is a diff of a text file under `__snapshots__`.
"""

from __future__ import annotations

import ast
import html.parser
import json
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from liveview_testing import lints
from liveview_testing.browser.page.templates import raw_html
from liveview_testing.command_line.main import main
from liveview_testing.laws import LawBroken, hold, patch_law
from liveview_testing.record.story import Scene, play
from tests.harness.places import SCENARIOS as FOLDER
from tests.harness.playing import SCENARIOS, scenario, world


class Transcript(SingleFileSnapshotExtension):
    """One text file for each story."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


def transcript(scenes: list[Scene]) -> str:
    """All scenes as one text."""
    return "\n\n".join(scene.text() for scene in scenes) + "\n"


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_story(path: Path, snapshot: SnapshotAssertion) -> None:
    """The story's own asserts hold, laws and lints hold after each step, and the transcript is the recorded one."""
    module = scenario(path.stem)
    sim = world(module)
    scenes: list[Scene] = []
    broken = set[str]()
    for scene in play(module, sim):
        try:
            hold(sim)
        except LawBroken as error:
            broken.add(error.law)
        lints.overtaken(sim)
        for view in sim.views:
            lints.callbacks(view)
            lints.copies(view)
            lints.async_results(view)
            lints.hooked_elements(view)
        scenes.append(scene)
    on_purpose = getattr(module, "BREAKS", None)
    assert broken == ({on_purpose} if on_purpose else set())
    assert len(scenes) > 1
    assert transcript(scenes) == snapshot.use_extension(Transcript)


class Parsed(Exception):
    """An HTML parser was called."""


# The stories with raw html in a text's place, which only a parser can read; here it is the container of a nested view.
RAW = frozenset({"siblings", "sidebar"})


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_no_html_parser_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole story, its laws and what it prints, with every HTML parser at hand raising."""

    def parser(*args: object, **options: object) -> None:
        raise Parsed

    for cached in (raw_html._island, raw_html._parsed):
        cached.cache_clear()
    monkeypatch.setattr("selectolax.lexbor.LexborHTMLParser", parser)
    for known in (html5lib.HTMLParser, html.parser.HTMLParser):
        monkeypatch.setattr(known, "__init__", parser)
    module = scenario(path.stem)
    sim = world(module)

    def run() -> None:
        for scene in play(module, sim):
            assert scene.text()
            for view in sim.views:
                assert view.html == str(view.html) + " "
                patch_law(view)

    if path.stem in RAW:
        with pytest.raises(Parsed):
            run()
    else:
        run()


def test_every_byte_of_the_demo_is_on_a_wire() -> None:
    """What the scenes of the chat count is what the two browsers' wires hold: recomputed from each frame's JSON."""
    module = scenario("chat")
    sim = world(module)
    counted = sum(scene.bytes for scene in play(module, sim))
    payloads = [frame.payload for view in sim.views for frame in view.wire]
    texts = [json.dumps(payload, ensure_ascii=False, separators=(",", ":")) for payload in payloads]
    assert counted == sum(len(text.encode()) for text in texts) > 5_000


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_reads_as_documentation(path: Path) -> None:
    """It opens with what it shows, its story says what happens, each step has a title, and it runs as a script."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert len(ast.get_docstring(tree) or "") > 40
    (story,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "story"]
    assert ast.get_docstring(story)
    assert "tell(__file__)" in path.read_text(encoding="utf-8").rstrip().splitlines()[-1]


def test_liveview_check_agrees() -> None:
    """The command plays the whole folder: every law holds, but the one that a scenario breaks on purpose."""
    result = CliRunner().invoke(main, ["check", str(FOLDER)])
    assert result.exit_code == 0, result.output
    *lines, total = result.output.splitlines()
    assert len(lines) == len(SCENARIOS)
    assert [line for line in lines if not line.endswith("every law holds")] == [
        f"{FOLDER / 'stale_stream.py'}: 1 step, breaks the stream law, as it says"
    ]
    assert total.endswith(f"{len(SCENARIOS)} scenarios: nothing is wrong")


def test_a_scenario_runs_as_a_script() -> None:
    """`python scenarios/counter.py` prints its story."""
    (path,) = [each for each in SCENARIOS if each.stem == "counter"]
    ran = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert "Count: 2" in ran.stdout
