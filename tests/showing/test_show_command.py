"""`liveview show` as it is typed: a process of its own that says where to look, serves, starts anew after a save, and ends."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

VIEW = """
from liveview_core import LiveView, heex


class Greeting(LiveView):
    render = heex("<h1>hello</h1>")
"""
PATIENCE = 30.0
"""Seconds: another process starts, on a machine that is not ours alone."""

Show = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Show]:
    """Type `liveview show …`; what still runs at the end of the test is ended."""
    client = tmp_path / "client"
    client.mkdir()
    for name in ("phoenix.mjs", "phoenix_live_view.esm.js"):  # nobody runs them here: the tests of Chromium do
        (client / name).touch()
    started: list[subprocess.Popen[str]] = []

    def typed(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "_liveview_command", "show", *words, "--client", str(client)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield typed
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate()


def read(address: str, holds: str) -> str:
    """A page, as soon as it is there and holds a text."""
    found = ""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                found = answer.read().decode()
        except (OSError, HTTPException):  # between two servers
            found = ""
        if holds in found:
            break
        time.sleep(0.02)
    return found


@pytest.mark.parametrize(
    ("sent", "options"),
    [(signal.SIGINT, ()), (signal.SIGTERM, ()), (signal.SIGHUP, ()), (signal.SIGTERM, ("--no-reload",))],
    ids=("SIGINT", "SIGTERM", "SIGHUP", "not reloading"),
)
def test_it_serves_and_ends(show: Show, tmp_path: Path, sent: signal.Signals, options: tuple[str, ...]) -> None:
    """The three lines that it says; the page that they name. Ctrl-C, a signal and the end of the terminal end it in peace."""
    file = tmp_path / "greeting.py"
    file.write_text(VIEW)
    process = show(str(file), "--paused", *options)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(3)]
    assert re.fullmatch(r"liveview show, for development: http://\S+\n", said[0]), process.communicate()
    assert said[2].strip() == (
        "Ctrl-C ends it" if options else "Ctrl-C ends it; when a file is saved, what you did is done again"
    )
    address = said[1].split()[-1]
    assert "<h1>hello</h1>" in read(address, "<h1>")
    process.send_signal(sent)
    out, err = process.communicate(timeout=PATIENCE)
    assert (out, err, process.returncode) == ("", "", 0)


def test_a_saved_file_is_served_anew(show: Show, tmp_path: Path) -> None:
    """At the same address, without a word more on the terminal. What cannot be imported leaves the old page there."""
    file = tmp_path / "greeting.py"
    file.write_text(VIEW)
    process = show(str(file), "--paused")
    assert process.stdout is not None
    address = [process.stdout.readline() for _ in range(3)][1].split()[-1]
    assert "<h1>hello</h1>" in read(address, "<h1>")
    file.write_text(VIEW.replace("hello", "good evening"))
    assert "<h1>good evening</h1>" in read(address, "evening")
    assert process.poll() is None


def test_what_cannot_be_shown(show: Show, tmp_path: Path) -> None:
    """A file without a view: one line, and no server."""
    file = tmp_path / "nothing.py"
    file.write_text("x = 1\n")
    out, err = show(str(file)).communicate(timeout=PATIENCE)
    assert out == ""
    assert err.startswith("Error: ")
    assert "nothing.py" in err
    assert "Traceback" not in err
