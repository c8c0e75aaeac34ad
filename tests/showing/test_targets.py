"""What a word of the command line stands for, and what is said where it stands for nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from attrs import evolve

from liveview_testing.showing import targets
from liveview_testing.showing.connections.client_files import NoClient, find_client
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.showing.targets import NothingToShow
from tests.harness.places import ROOT

VIEWS = """\
'''Two views.

More of them.'''
from liveview_core import LiveView, Router, Route, heex

class OneLive(LiveView):
    '''The first.'''
    render = heex("<p>one</p>")

class TwoLive(LiveView):
    render = heex("<p>two</p>")

instance = TwoLive()
number = 5
"""
ROUTED = (
    VIEWS + "router = Router([Route('/users/:id', OneLive), Route('/files/*path', OneLive), Route('/home', TwoLive)])\n"
)


@pytest.fixture(autouse=True)
def _modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """What is imported here is forgotten."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    known = set(sys.modules)
    yield
    for name in set(sys.modules) - known:
        del sys.modules[name]


def file(folder: Path, text: str, name: str = "shown_views") -> str:
    path = folder / f"{name}.py"
    path.write_text(text)
    return str(path)


def test_a_file_of_views(tmp_path: Path) -> None:
    (shown,) = targets.find(file(tmp_path, VIEWS))
    assert (shown.name, shown.text) == ("shown_views", "Two views.")
    assert [(person.name, person.path) for person in shown.people] == [("OneLive", "/OneLive")]
    assert [route.path for route, _ in shown.router.table] == ["/OneLive", "/TwoLive"]
    assert targets.stages(shown) == []
    with pytest.raises(NothingToShow, match="the story has no step 1"):
        targets.at_step(shown, 1)


def test_a_file_with_a_router(tmp_path: Path) -> None:
    """Who sits down first begins at the first path that says all by itself."""
    (shown,) = targets.find(file(tmp_path, ROUTED))
    assert [person.path for person in shown.people] == ["/home"]


@pytest.mark.parametrize(("name", "text"), [("OneLive", "The first."), ("instance", ""), ("router", "Two views.")])
def test_one_view_of_a_module(tmp_path: Path, name: str, text: str) -> None:
    path = file(tmp_path, ROUTED)
    for place in (path, "shown_views"):
        (shown,) = targets.find(f"{place}:{name}")
        assert (shown.name, shown.text, str(shown.file)) == (name, text, path)


def test_everybody_has_the_session_that_was_given() -> None:
    (shown,) = targets.find(str(ROOT / "scenarios" / "chat.py"))
    before = [dict(person.session) for person in shown.people]
    given = targets.with_session(shown, {"locale": "tr"})
    assert [dict(person.session) for person in given.people] == [{**each, "locale": "tr"} for each in before]


NOTHING = {
    "def f(): pass\n": "has no view to show",
    "def story(sim):\n    yield\n": "the story of shown_views opens no view",
    "raise SystemExit(3)\n": r"shown_views\.py.*exit",
}


@pytest.mark.parametrize("text", NOTHING)
def test_a_file_with_nothing_to_show(tmp_path: Path, text: str) -> None:
    with pytest.raises(NothingToShow, match=NOTHING[text]):
        targets.find(file(tmp_path, text))


def test_what_cannot_be_imported_is_its_own_error(tmp_path: Path) -> None:
    path = file(tmp_path, "1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        targets.find(path)
    with pytest.raises(ZeroDivisionError):
        targets.find(f"{path}:OneLive")


def test_words_that_stand_for_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, VIEWS)
    for word, told in {
        "no_such_module": "liveview show shop/chat.py",
        f"{path}:number": "is no view",
        f"{path}:ThreeLive": "has no 'ThreeLive'",
    }.items():
        with pytest.raises(NothingToShow, match=told):
            targets.find(word)


NEEDING = """
from liveview_core import LiveView, heex

class CounterLive(LiveView):
    render = heex("<p>1</p>")

class CheckoutLive(LiveView):
    def __init__(self, store, *, limit):
        self.store = store

    render = heex("<p>1</p>")
"""
LEFT_OUT = (
    "CheckoutLive is made with store, limit: "
    'a module with ROUTER = Router([Route("/", CheckoutLive(store, limit))]) is shown'
)


def test_a_view_that_somebody_must_make_is_left_out_and_said(tmp_path: Path) -> None:
    """The others are shown. A view without words of its own has none: what it inherits is said of another."""
    file = tmp_path / "shop.py"
    file.write_text(NEEDING)
    (found,) = targets.find(str(file))
    assert (found.left_out, [route.path for route, _ in found.router.table], found.text) == ((LEFT_OUT,), ["/"], "")
    (one,) = targets.find(f"{file}:CounterLive")
    assert one.text == ""


def test_only_views_that_somebody_must_make(tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    file.write_text(NEEDING.replace("class CounterLive(LiveView)", "class Counter"))
    for what in (str(file), f"{file}:CheckoutLive"):
        with pytest.raises(NothingToShow) as caught:
            targets.find(what)
        assert caught.value.got == LEFT_OUT


def test_names_of_views_that_are_nearly_right(tmp_path: Path) -> None:
    """And a module that is not there is no traceback."""
    file = tmp_path / "shop.py"
    file.write_text(NEEDING)
    with pytest.raises(NothingToShow, match="nearest: CounterLive"):
        targets.find(f"{file}:CuonterLive")
    with pytest.raises(NothingToShow, match=r"no file, folder or module 'shop\.crt'"):
        targets.find("shop.crt:CartLive")


def test_a_story_that_fails_shows_what_it_had_opened(tmp_path: Path) -> None:
    """The people are those of its steps so far."""
    story = "def story(sim):\n    sim.page(OneLive)\n    yield\n    1 / 0\n"
    (shown,) = targets.find(file(tmp_path, VIEWS + story))
    assert [person.path for person in shown.people] == ["/"]


# --- Phoenix's client -------------------------------------------------------------------------------------------------


def client(folder: Path, *, flat: bool = False) -> Path:
    """Its two files, as the packages have them, or side by side."""
    for package, name in (("phoenix", "phoenix.mjs"), ("phoenix_live_view", "phoenix_live_view.esm.js")):
        place = folder if flat else folder / package / "priv" / "static"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("")
    return folder


def test_the_client_is_looked_for_upwards(tmp_path: Path) -> None:
    modules = client(tmp_path / "node_modules")
    below = tmp_path / "app" / "views"
    below.mkdir(parents=True)
    found = find_client(below)
    assert found == find_client(tmp_path, modules) == find_client(below, tmp_path)
    assert found["phoenix.js"] == modules / "phoenix" / "priv" / "static" / "phoenix.mjs"


def test_the_client_in_a_folder_of_its_own(tmp_path: Path) -> None:
    flat = client(tmp_path / "vendor", flat=True)
    assert find_client(tmp_path, flat)["phoenix_live_view.js"] == flat / "phoenix_live_view.esm.js"


def test_where_the_client_is_missing(tmp_path: Path) -> None:
    with pytest.raises(
        NoClient, match=r"cure: npm install phoenix@1\.8 phoenix_live_view@1\.2\.10   \(or --client DIR\)"
    ):
        find_client(tmp_path, tmp_path / "vendor")
    with pytest.raises(NoClient, match=r"a node_modules of .* or of a folder above it"):
        find_client(tmp_path)


def test_where_a_show_begins(tmp_path: Path) -> None:
    """Where the first of its people does."""
    (shown,) = targets.find(file(tmp_path, VIEWS))
    ben = evolve(shown.people[0], name="Ben", path="/TwoLive")
    room: Any = SimpleNamespace(shown=evolve(shown, people=(*shown.people, ben)))
    assert cast("Any", Showroom.first_path).fget(room) == "/OneLive"
    room.shown = evolve(shown, people=())
    assert cast("Any", Showroom.first_path).fget(room) == "/"
