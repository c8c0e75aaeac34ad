"""The Python side of the judges: one node process, spoken to in JSON lines.

Law: a judge is the official client, pinned in package.json, and nothing of ours: this file carries JSON there and back.
Where node or the client is not installed the tests are skipped with the reason; under `CI` they fail.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import frozen

from tests.harness.played import Step

HERE = Path(__file__).parent

Diff = Mapping[str, Any]


@frozen
class Reading:
    """What judge 1 makes of a step.

    `patch` is the text that goes to the DOM patcher (unchanged roots are stubs); `full` is the same tree rendered
    whole, where a stream shows the rows it received last. `error` is what the client threw; the session ended there.
    """

    patch: str = ""
    full: str = ""
    title: str | None = None
    reply: Any = None
    events: Sequence[Any] = ()
    error: str | None = None


class JudgeFailure(AssertionError):
    """The node process itself failed: a mistake in the judge or in how it was called, not a verdict."""


@frozen
class Judges:
    """The running node process; see judges.mjs for what it can be asked."""

    process: subprocess.Popen[str]

    def call(self, name: str, **arguments: Any) -> Any:
        """Ask `name` of the process and wait for its answer."""
        return next(self.calls([{"call": name, **arguments}]))

    def calls(self, requests: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
        """Answers in order. One request at a time is in the pipe, so neither side can fill it and block."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        for request in requests:
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()
            line = stdout.readline()
            if not line:
                raise JudgeFailure(f"the judges' process ended (exit {self.process.wait()}) on {request!r:.300}")
            answer = json.loads(line)
            if "failure" in answer:
                raise JudgeFailure(answer["failure"])
            yield answer["value"]

    def rendered(self, join: Diff, steps: Sequence[Step]) -> list[Reading]:
        """Judge 1: the readings after the join and each step (fewer, the last with `error`, if the client threw)."""
        answer = self.call("rendered", session={"join": join, "steps": steps})
        return [Reading(**cast("dict[str, Any]", step)) for step in answer]


def missing() -> str | None:
    """Why the judges cannot run here, or None."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (HERE / "node_modules" / "phoenix_live_view").is_dir():
        return "the official client is not installed: run `make setup`"
    return None


def need() -> None:
    """Skip the test where the judges cannot run; fail it where they must (CI)."""
    if (reason := missing()) is not None:
        if os.environ.get("CI"):
            pytest.fail(f"the official client's tests must run in CI, but {reason}")
        pytest.skip(reason)


@cache
def judges() -> Judges:
    """The one process of this run, started on first use; it ends when this process closes the pipe."""
    return Judges(
        subprocess.Popen(
            ["node", str(HERE / "judges.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
    )


@frozen
class Seen:
    """What the client shows, and did since the last look: frames it sent, where it went, what it logged."""

    dom: str
    frames: Sequence[Sequence[Any]]
    left: Sequence[str]
    logged: Sequence[str]
    title: str
    url: str


@frozen
class OfficialPage:
    """Judge 2: a page under the whole official client, with a server made of whoever calls `deliver`."""

    judges: Judges
    page: int
    opened: Seen

    @classmethod
    def open(cls, judges: Judges, html: str, url: str, params: Mapping[str, Any] | None = None) -> OfficialPage:
        """A browser arrives at `url` and is given `html` as the body; its first frame is the join."""
        answer = judges.call("page", op="open", html=html, url=url, params=params or {"_csrf_token": "csrf"})
        page = answer.pop("page")
        assert answer.pop("version").startswith("1.2.")
        return cls(judges, page, Seen(**answer))

    def act(self, kind: str, selector: str, **details: Any) -> Seen:
        """Do what a user does: click, submit, change (`data=`, `target=`), keydown, keyup (`key=`), focus, blur."""
        return Seen(**self.judges.call("page", op="act", page=self.page, kind=kind, selector=selector, **details))

    def deliver(self, *frames: Sequence[Any]) -> Seen:
        """Frames from the server, `[join_ref, ref, topic, event, payload]`, each followed by quiet."""
        return Seen(**self.judges.call("page", op="deliver", page=self.page, frames=frames))

    def advance(self, milliseconds: int) -> Seen:
        """Let the client's clock run."""
        return Seen(**self.judges.call("page", op="advance", page=self.page, milliseconds=milliseconds))

    def close(self) -> None:
        """Forget the page."""
        self.judges.call("page", op="close", page=self.page)


def canonical(judges: Judges, html: str) -> str:
    """`html` as the canonical text that `Seen.dom` is in."""
    answer: str = judges.call("page", op="canon", html=html)
    return answer
