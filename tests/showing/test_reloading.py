"""A file is saved: the server starts anew, and what was handed on is there. The server is a stand-in, and nobody waits."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from liveview_testing.showing import reloading
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.targets import find

VIEW = """\
from liveview_core import LiveView, heex

class {name}(LiveView):
    render = heex("<p>{text}</p>")
"""


@pytest.fixture
def saved_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of a view that was imported to be shown."""
    file = tmp_path / "watched_view.py"
    file.write_text(VIEW.format(name="WatchedLive", text="one"))
    (tmp_path / "watched_view.heex").write_text("<p></p>")
    known = set(sys.modules)
    monkeypatch.setattr(sys, "path", list(sys.path))
    find(str(file))
    yield file
    for name in set(sys.modules) - known:
        del sys.modules[name]


def server(journal: Journal | None = None, recorder: Any = None, record: Any = None) -> Any:
    """What of a server is handed on."""
    told: list[str] = []
    room = SimpleNamespace(
        shown=SimpleNamespace(name="chat"),
        pacer=SimpleNamespace(mode="paused"),
        links=SimpleNamespace(journal=journal or Journal()),
        recorder=recorder,
        record=record,
        failed=told.append,
        told=told,
    )
    return SimpleNamespace(port=4001, token="t", csrf="c", room=room)


def test_the_files_of_what_is_shown_are_watched(saved_view: Path, tmp_path: Path) -> None:
    """The module, templates beside it, and what was named; neither the kit nor the standard library."""
    css = tmp_path / "not_there.css"
    found = reloading.watched([css, None])
    beside = saved_view.with_suffix(".heex")
    assert found[saved_view] == saved_view.stat().st_mtime
    assert found[beside] == beside.stat().st_mtime
    assert found[css] == 0.0
    assert Path(reloading.__file__) not in found
    assert Path(json.__file__) not in found


@pytest.mark.filterwarnings("ignore:This process")
def test_what_cannot_be_imported_any_more_is_told(saved_view: Path) -> None:
    """It is asked of a copy of the process: this one has its modules still."""
    assert reloading.wrong(str(saved_view)) is None
    saved_view.write_text("1 / 0\n")
    why = reloading.wrong(str(saved_view))
    assert why is not None
    assert "ZeroDivisionError: division by zero" in why
    assert "watched_view.py" in why


def test_without_copies_of_a_process_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert reloading.wrong("nowhere.py") is None
    served: list[str] = []
    reloading.supervise(lambda: served.append("served"))
    assert served == ["served"]


def watching(monkeypatch: pytest.MonkeyPatch, saved_view: Path, why: str | None) -> tuple[list[str], Any]:
    """The file is saved at the second look; what has happened by the fourth."""
    happened: list[str] = []
    looks = iter(range(4))

    async def sleep(seconds: float) -> None:
        look = next(looks, None)
        if look is None:
            raise asyncio.CancelledError
        happened.append(f"look {look}")
        if look == 1:
            os.utime(saved_view, (1, 1))

    monkeypatch.setattr(asyncio, "sleep", sleep)
    monkeypatch.setattr(reloading, "wrong", lambda what: why)
    monkeypatch.setattr(reloading, "hand_on", lambda server: happened.append("handed on"))
    it = server()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(reloading.watch(it, str(saved_view), []))
    return happened, it


def test_a_file_that_was_saved_starts_the_server_anew(monkeypatch: pytest.MonkeyPatch, saved_view: Path) -> None:
    happened, it = watching(monkeypatch, saved_view, None)
    assert happened == ["look 0", "look 1", "handed on", "look 2", "look 3"]
    assert it.room.told == []


def test_a_file_that_is_wrong_leaves_all_as_it_is(monkeypatch: pytest.MonkeyPatch, saved_view: Path) -> None:
    happened, it = watching(monkeypatch, saved_view, "SyntaxError: invalid syntax")
    assert happened == ["look 0", "look 1", "look 2", "look 3"]
    assert it.room.told == ["SyntaxError: invalid syntax"]


class Ended(BaseException):
    """The process would have ended here."""


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """How the process would have ended."""
    seen: list[Any] = []

    def end(*how: Any) -> None:
        seen.append(how)
        raise Ended

    monkeypatch.setattr(os, "execv", end)
    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.delenv(reloading.ENVIRONMENT, raising=False)
    monkeypatch.delenv(reloading.SUPERVISED, raising=False)
    return seen


def test_what_is_handed_on_is_inherited_once(ended: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert reloading.inherited() == {}
    journal = Journal(base=2)
    journal.add(1_000_000, "panel", text='{"do": "step"}')
    recorder = SimpleNamespace(raws=lambda: [["Ann", {"act": "click"}, 1, 1]])
    with pytest.raises(Ended):
        reloading.hand_on(server(journal, recorder, SimpleNamespace(before="was", after="is")))
    assert ended == [(sys.executable, [sys.executable, *sys.orig_argv[1:]])]
    kept = reloading.inherited()
    assert {**kept, "journal": None} == {
        "port": 4001,
        "token": "t",
        "csrf": "c",
        "shown": "chat",
        "mode": "paused",
        "journal": None,
        "recorded": [[["Ann", {"act": "click"}, 1, 1]], "was", "is"],
    }
    assert Journal.from_json(kept["journal"]).to_json() == journal.to_json()
    assert reloading.inherited() == {}


def test_under_a_supervisor_the_copy_ends_and_asks_for_another(
    ended: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.json"
    monkeypatch.setenv(reloading.ENVIRONMENT, str(kept))
    monkeypatch.setenv(reloading.SUPERVISED, "1")
    with pytest.raises(Ended):
        reloading.hand_on(server())
    assert ended == [(reloading.ANEW,)]
    assert reloading.inherited()["shown"] == "chat"


def interrupted() -> None:
    raise KeyboardInterrupt


def exits(code: Any) -> Callable[[], None]:
    def end() -> None:
        raise SystemExit(code)

    return end


def fails() -> None:
    raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize(
    ("serve", "code"),
    [(lambda: None, 0), (exits(None), 0), (exits(3), 3), (exits("why"), 1), (interrupted, 130), (fails, 1)],
)
def test_the_command_ends_as_the_server_did(
    serve: Callable[[], None], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with pytest.raises(SystemExit) as ended:
        reloading.supervise(serve)
    assert ended.value.code == code


@pytest.mark.filterwarnings("ignore:This process")
def test_a_server_that_asks_for_it_is_served_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The second copy has what the first one handed on; neither has changed this process."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    log = tmp_path / "log"

    def serve() -> None:
        kept = reloading.inherited()
        with log.open("a") as file:
            file.write(f"{kept.get('port')}\n")
        if not kept:
            reloading.hand_on(server())

    with pytest.raises(SystemExit) as ended:
        reloading.supervise(serve)
    assert ended.value.code == 0
    assert log.read_text() == "None\n4001\n"
