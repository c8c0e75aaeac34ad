"""`liveview soak`: what its end is where runs did not come to theirs, or are not the same twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from liveview_testing.command_line import soaking_command


def test_runs_that_did_not_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    report = SimpleNamespace(unfinished=(3,), failures=(), unseen=())

    def soak(module: str, **options: Any) -> object:
        options["progress"](1, 4, 0)
        return report

    monkeypatch.setattr(soaking_command, "soak", soak)
    assert soaking_command.run_seeds("a.module", (1, 2, 3), 1, 4, 1) == 3
    assert str(report) in capsys.readouterr().out


def test_seeds_that_are_not_run_the_same_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        soaking_command, "check", lambda module, seed, **options: f"seed {seed} parts" if seed == 2 else None
    )
    assert soaking_command.check_seeds("a.module", (1, 2), 1, 4) == 1
    assert capsys.readouterr().out == "seed 2 parts\n1 seeds are not run the same twice\n"
