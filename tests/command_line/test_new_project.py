"""`liveview new`: what it makes passes, as it stands, and it overwrites nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from liveview_testing.command_line.main import main
from tests.harness.places import ROOT


def run(*command: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'testing'}", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def test_a_new_project_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its test, its property, and `liveview check --strict`; CI runs just these."""
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["new", "tea-shop"])
    assert made.exit_code == 0, made.output
    assert "tea-shop/tests/test_counter.py" in made.output
    home = tmp_path / "tea-shop"

    assert "2 passed" in run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=home)
    checked = run(sys.executable, "-m", "liveview_testing.command_line.main", "check", "--strict", "tea_shop", cwd=home)
    assert "1 template" in checked
    ci = (home / ".github/workflows/tests.yml").read_text()
    assert "python-version: ${{ matrix.python }}" in ci
    assert "liveview check --strict tea_shop" in ci


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("class", "'class' cannot be the name of a project"),
        ("two words", "'two words' cannot be the name of a project"),
        ("../up", "'../up' cannot be the name of a project"),
        ("tests", "'tests' is taken"),
        ("json", "'json' is taken"),
        ("there", "there is there already"),
    ],
)
def test_what_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str) -> None:
    """Nothing is written, and the command says why."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    made = CliRunner().invoke(main, ["new", name])
    assert made.exit_code == 1
    assert told in made.output
    assert sorted(each.name for each in tmp_path.iterdir()) == ["there"]
