"""`liveview show`: what it says, and how it ends. Nothing is served: the server is told to at once."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from liveview_testing.command_line.main import main
from liveview_testing.showing import command, reloading
from liveview_testing.showing.server import Server
from tests.harness.places import ROOT
from tests.showing.test_targets import LEFT_OUT, NEEDING, client

COUNTER = str(ROOT / "scenarios" / "counter.py")


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[Result, list[Server]]]:
    """The command, and the servers that it would have run."""
    served: list[Server] = []

    def serve(server: Server) -> None:
        async def main() -> None:
            server.room.begin(lambda: 0.0)

        asyncio.run(main())
        served.append(server)

    monkeypatch.setattr(Server, "serve", serve)
    monkeypatch.setattr(command, "supervise", lambda serve: serve())
    monkeypatch.delenv(reloading.ENVIRONMENT, raising=False)

    def run(*words: str, given: Path | None = None) -> tuple[Result, list[Server]]:
        place = client(tmp_path / "vendor", flat=True) if given is None else given
        return CliRunner().invoke(main, ["show", *words, "--client", str(place)]), served

    return run


def test_it_says_where_to_look(show: Any) -> None:
    said, (server,) = show(COUNTER, "--seed", "7", "--paused", "--session", '{"user": 1}', "--port", "4002")
    assert said.output.splitlines() == [
        f"liveview show, for development: http://localhost:4002/_show?token={server.token}",
        "  a page alone: http://localhost:4002/",
        "  Ctrl-C ends it; when a file is saved, what you did is done again",
    ]
    assert said.exit_code == 0
    assert (server.room.seed, server.room.pacer.mode) == (7, "paused")
    assert [dict(person.session) for person in server.room.shown.people][:1] == [{"user": 1}]
    assert server.watch is not None


def test_without_reloading(show: Any) -> None:
    said, (server,) = show(COUNTER, "--no-reload", "--seed", "abc")
    assert said.output.splitlines()[-1] == "  Ctrl-C ends it"
    assert (server.watch, server.room.seed) == (None, "abc")


def test_what_was_recorded_is_said_at_the_end(show: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve = Server.serve

    def recorded(server: Server) -> None:
        serve(server)
        server.room.saved = "test_it.py: test_counter, it passes"

    monkeypatch.setattr(Server, "serve", recorded)
    said, _ = show(COUNTER, "--record", str(tmp_path / "test_it.py"))
    assert said.output.splitlines()[-1] == "test_it.py: test_counter, it passes"


def test_what_is_not_shown_is_said(show: Any, tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(NEEDING)
    said, _ = show(str(tmp_path / "shop.py"))
    assert said.output.splitlines()[-1] == f"  not shown: {LEFT_OUT}"


def test_nothing_was_recorded(show: Any, tmp_path: Path) -> None:
    file = tmp_path / "test_it.py"
    said, _ = show(COUNTER, "--record", str(file))
    assert said.output.splitlines()[-1] == f"nothing was done, so nothing was recorded: {file} is as it was"
    assert not file.exists()


def test_a_port_that_is_taken(show: Any) -> None:
    """It is said before anything else."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said, served = show(COUNTER, "--port", str(port))
    assert said.output.splitlines() == [
        f"Error: the port {port} cannot be had: Address already in use",
        "  expected: a port that nobody listens at",
        "  cure: another --port, or none: then a free one is taken",
    ]
    assert (said.exit_code, served) == (1, [])


def test_what_is_missing_is_said_in_a_line(show: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the command fails: nothing was shown."""
    said, _ = show(COUNTER, "--session", "{")
    assert (said.exit_code, "--session is no JSON: {" in said.output) == (2, True)
    empty = tmp_path / "empty"
    empty.mkdir()
    said, _ = show(COUNTER, given=empty)
    assert (said.exit_code, said.output.partition("\n")[0]) == (2, "Phoenix's own client is not there")
    said, served = show("no_such_module")
    assert (said.exit_code, said.output.startswith("Error: ")) == (1, True)
    assert served == []
    monkeypatch.setattr(
        command, "supervise", lambda serve: missing("liveview show needs its extra (uvicorn is missing)")
    )
    said, _ = show(COUNTER)
    assert (said.exit_code, said.output) == (2, "liveview show needs its extra (uvicorn is missing)\n")
    monkeypatch.setattr(command, "supervise", lambda serve: missing("something of ours"))
    said, _ = show(COUNTER)
    assert isinstance(said.exception, ImportError)


def missing(text: str) -> None:
    raise ImportError(text)


def test_a_server_goes_on_where_the_one_before_was(show: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Port, tokens, scenario, the mode of time, the journal and what was recorded are those; it says nothing again."""
    words = (str(ROOT / "scenarios"), "--record", str(tmp_path / "test_it.py"))
    _, servers = show(*words)
    before = servers[0]
    before.room.choose("counter")
    before.room.sit_down("frame-Ann", "Ann")
    before.room.acted("frame-Ann", '{"act": "open", "url": "/"}')
    kept = tmp_path / "kept.json"
    monkeypatch.setenv(reloading.ENVIRONMENT, str(kept))
    monkeypatch.setenv(reloading.SUPERVISED, "1")
    monkeypatch.setattr(os, "_exit", lambda code: None)
    monkeypatch.setattr(os, "execv", lambda *how: None)
    reloading.hand_on(before)
    said, (_, after) = show(*words)
    assert (said.output, said.exit_code) == ("", 0)
    assert (after.port, after.token, after.csrf) == (before.port, before.token, before.csrf)
    assert after.room.shown.name == "counter"
    assert after.journal.to_json() == before.room.links.journal.to_json()
    assert after.room.recorder.lines() == before.room.recorder.lines() == ["ann = sim.page(CounterLive)"]
