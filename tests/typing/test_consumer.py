"""A project of somebody else, as strict as pyright and mypy can be: no `Any` of ours comes through, and mistakes are found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "consumer"
ROOT = Path(__file__).parents[2]


def told(file: str) -> set[int]:
    """The lines of a file that say of themselves that they are wrong."""
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}


def test_pyright() -> None:
    """Strict: what it does not know would be an error; and it finds each mistake, and no more."""
    ran = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(HERE)],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE,
    )
    found = json.loads(ran.stdout)["generalDiagnostics"]
    errors = [each for each in found if each["severity"] == "error"]
    wrong = {each["range"]["start"]["line"] + 1 for each in errors if each["file"].endswith("wrong.py")}
    assert [f"{each['file']}:{each['message']}" for each in errors if not each["file"].endswith("wrong.py")] == []
    assert wrong == told("wrong.py")


def test_mypy(tmp_path: Path) -> None:
    """The same, and no expression of the consumer's has the type `Any`."""
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary"),
            *("--cache-dir", str(ROOT / ".mypy_cache" / "consumer"), "--no-pretty", "shop.py", "uses.py", "wrong.py"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=shutil.copytree(HERE, tmp_path / "consumer"),  # here it would be a part of our own tests
    )
    errors = [line for line in ran.stdout.splitlines() if ": error: " in line]
    wrong = {int(line.split(":")[1]) for line in errors if line.startswith("wrong.py:")}
    assert [line for line in errors if not line.startswith("wrong.py:")] == []
    assert wrong == told("wrong.py")
