"""An environment for each kit, in `.peers/` (`make clean` removes it): what `versions/` says, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.peers.kits import OURS, Kit
from benchmarks.peers.one_test import BARE, ONE_TEST, SETTINGS
from benchmarks.starting import processor_time

__all__ = ["Environment", "NotInstalled", "version"]

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


class NotInstalled(Exception):
    """A kit could not be installed: the installer's last word."""


def version(kit: Kit) -> str:
    """Which version of it is measured."""
    if kit == OURS:
        return "this one"
    return (HERE / "versions" / f"{kit.name}.txt").read_text().split()[0].replace("==", " ")


class Environment:
    """Where one kit is installed, and measured."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.folder = ROOT / ".peers" / kit.name
        self.python = str(self.folder / "bin" / "python")

    def _pip(self, *arguments: str) -> None:
        command = [self.python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
            raise NotInstalled(said[-1].removeprefix("ERROR: "))

    def install(self) -> None:
        """Install what is pinned, unless it is there."""
        pinned = ROOT / "constraints.txt" if self.kit == OURS else HERE / "versions" / f"{self.kit.name}.txt"
        stamp = self.folder / ".stamp"
        if stamp.exists() and stamp.read_text() == pinned.read_text():
            return
        subprocess.run([sys.executable, "-m", "venv", str(self.folder)], check=True)
        if self.kit == OURS:
            self._pip("--constraint", str(pinned), "hatchling")
            self._pip("--constraint", str(pinned), "--no-build-isolation", "--editable", ".[testing]")
        else:
            self._pip("--requirement", str(pinned))
        stamp.write_text(pinned.read_text())

    def measure(self, what: str) -> dict[str, dict[str, Any]]:
        """One run of its script: "times" or "memory"."""
        script = HERE / "apps" / f"with_{self.kit.name}.py"
        with TemporaryDirectory() as folder:  # some write files where they run
            done = subprocess.run(
                [self.python, str(script), what], cwd=folder, capture_output=True, text=True, check=False
            )
        if done.returncode:
            raise RuntimeError(f"{script.name} failed: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
        found: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
        return found

    def start(self, *, bytecode: bool, used: bool = True) -> float:
        """Processor time of a run of pytest with one test that uses the kit, or nothing."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "pytest.ini").write_text(SETTINGS)
            (folder / "test_one.py").write_text(ONE_TEST[self.kit.name] if used else BARE)
            command = [self.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_one.py"]
            return processor_time(command, folder, bytecode=bytecode)
