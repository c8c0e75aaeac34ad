"""`view_assigns`: assigns, streams and uploads that a template reads and nobody gives, and what is passed over."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.harness.checked_package import checked

HEAD = "from liveview_core import LiveComponent, LiveView, heex\n\n\n"


pytestmark = pytest.mark.usefixtures("fresh_folder")


check = partial(checked, "given")


def view(template: str, gives: str = "socket.assign(count=0)", more: str = "") -> str:
    mount = f"    def mount(self, params, session, socket):\n        return {gives}\n"
    return f"{HEAD}class Page(LiveView):\n{mount}{more}\n    render = heex('''{template}''')\n"


def test_a_library_that_knows_liveview_may_give_anything(fresh_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not, gives nothing: its words are not those of templates."""
    home = fresh_folder / "site-packages"
    home.mkdir()
    (home / "knowing.py").write_text("import liveview_core\n\ndef give(socket):\n    return socket\n")
    (home / "unknowing.py").write_text("def give(socket):\n    return socket\n")
    monkeypatch.syspath_prepend(str(home))
    text = view("<p>{@misspelt}</p>", "give(socket)")
    assert check(f"from knowing import give\n{text}") == ""
    assert "nobody assigns misspelt" in checked("other", f"from unknowing import give\n{text}")


def test_an_assign_that_nobody_gives() -> None:
    assert check(view("<p :if={@conut > 1}>{@count}</p><b>{@conut}</b>")) == (
        "given/page.py:8:30: warning: nobody assigns conut, which the template of Page reads\n"
        "  cure: socket = socket.assign(conut=…) in mount\n"
        "  nearest: count\n"
        "  |\n"
        "8 | <p :if={@conut > 1}>{@count}</p><b>{@conut}</b>\n"
        "  |         ^"
    )


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<p class={@misspelt}></p>", "nobody assigns misspelt"),
        ("<p><%= for x in @misspelt: %>{x}<% end %></p>", "nobody assigns misspelt"),
        ("<p><%= if @misspelt: %>x<% end %></p>", "nobody assigns misspelt"),
        ("<p :for={x in @misspelt}>{x}</p>", "nobody assigns misspelt"),
        ('<.link href="/">{@misspelt.name}</.link>', "nobody assigns misspelt"),
        (
            '<ul id="a" phx-update="stream"><li :for={id, x in @streams.rwos} id={id}>{x}</li></ul>',
            'no stream is called rwos, which the template of Page reads\n  cure: socket.stream("rwos", …) in mount\n'
            "  nearest: rows",
        ),
        (
            "<p>{@uploads.pcitures.name}</p>",
            'cure: socket.allow_upload("pcitures", accept=…) in mount\n  nearest: pictures',
        ),
    ],
)
def test_each_place_where_it_is_read(template: str, told: str) -> None:
    assert told in check(
        view(template, "socket.assign({'count': 0}).stream('rows', []).allow_upload('pictures', accept='*')")
    )


@pytest.mark.parametrize(
    "text",
    [
        view("{@count}{@flash}{@live_action}{@streams}{@socket.id}"),
        view("{@total}", "socket.assign(**session)"),
        view("{@total}", "socket.assign(session)"),
        view("{@total}", "socket.assign_new(params['n'], dict)"),
        view("{@total}", "socket.assign(count=0)", "    names = ['total']\n"),
        view("{@total}", "socket.assign_new('total', dict)"),
        view("{@total}")
        .replace("(LiveView)", "(Base)")
        .replace("class Page", "class Base(LiveView):\n    pass\n\n\nclass Page"),
        view("<p>{[total for total in @rows]}</p>", "socket.assign(rows=[])"),
    ],
)
def test_what_somebody_may_give(text: str) -> None:
    assert check(text) == ""


@pytest.mark.parametrize("body", ["socket.assign(total=1)", "socket.assign(f(socket))"])
def test_what_another_module_gives(body: str) -> None:
    text = view("{@total}", "other.load(socket)").replace("from liveview", "from given import other\nfrom liveview", 1)
    assert check(text, f"def load(socket):\n    return {body}\n") == ""


def test_a_session_may_give_what_is_computed() -> None:
    hook = "def on_mount(name, params, session, socket):\n    return socket.assign(session)\n"
    assert check(view("{@total}"), hook) == ""


PART = HEAD + "class Part(LiveComponent):\n    render = heex('<p>{@title}</p>')\n\n\n"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ('<.live_component module={Part} id="a" title="x" />', ""),
        ('<.live_component module={Part} id="a" {@count} />', ""),
        ("<p></p>", ""),  # who has one is somewhere else
        (
            '<.live_component module={Part} id="a" titel="x" />',
            "nobody assigns title, which the template of Part reads",
        ),
    ],
)
def test_what_a_component_is_given(call: str, told: str) -> None:
    found = check(PART + view(call)[len(HEAD) :])
    assert told in found and bool(told) == bool(found)
