"""Snapshots: each kind's lines, the same under any hash seed, found when unused."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

import pytest
from attrs import define, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import Simulation, live
from liveview_testing.record.script_snapshots import story_text
from liveview_testing.record.snapshots import aria_text, frame_text, page_text
from liveview_testing.record.state_text import state_text
from liveview_testing.user.html.html import meaning
from liveview_testing.user.html.pretty_html import pretty

pytest_plugins = ["pytester"]

# --- html -----------------------------------------------------------------------------------------------------------------


def test_a_long_start_tag_has_an_attribute_a_line() -> None:
    """So that one attribute that changed is one line; a short one stays as it is."""
    html = f'<ul><li class="a" id="x">one</li><li class="{"long " * 20}" id="y" data-x=\'"\'>two</li></ul>'
    assert page_text(html) == (
        "<ul>\n"
        '  <li class="a" id="x">one</li>\n'
        "  <li\n"
        f'    class="{"long " * 20}"\n'
        '    id="y"\n'
        "    data-x='\"'\n"
        "  >two</li>\n"
        "</ul>"
    )


WORDS = st.text("ab <&\"'", max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["id", "class", "title", "data-x"]), WORDS), max_size=4), WORDS)
def test_the_lines_mean_what_the_html_means(attributes: list[tuple[str, str]], text: str) -> None:
    """Whatever the width."""
    given = "".join(f' {name}="{value.replace("&", "&amp;").replace(chr(34), "&quot;")}"' for name, value in attributes)
    html = f"<p{given}><b{given}>{text.replace('&', '&amp;').replace('<', '&lt;').strip()}</b></p>"
    assert meaning(pretty(html, 20)) == meaning(pretty(html))


# --- state ----------------------------------------------------------------------------------------------------------------


@frozen
class User:
    name: str
    secret: str = field(default="s", repr=False)


@define
class Cart:
    owner: User
    items: list[Any]


@dataclass
class Point:
    x: int
    y: int


class Pair(NamedTuple):
    a: str
    b: int


class Colour(Enum):
    RED = 1


def test_state_is_told_part_by_part() -> None:
    """What fits is on one line; what does not is a line for each part; what has no order is sorted."""
    socket = Socket(
        point=Point(1, 2),
        pair=Pair("a", 1),
        tags={"b", "a", "c"},
        none=set[str](),
        one=(1,),
        call=len,
        fn=test_state_is_told_part_by_part,
        thing=object(),
        colour=Colour.RED,
        cart=Cart(User("Ann"), [{"id": n, "title": f"a rather long title, number {n}"} for n in range(3)]),
    ).stream("rows", [{"id": 1}])
    assert state_text(socket) == (
        "call: <function len>\n"
        "cart: Cart(\n"
        "  owner=User(name='Ann')\n"
        "  items=[\n"
        "    {'id': 0, 'title': 'a rather long title, number 0'}\n"
        "    {'id': 1, 'title': 'a rather long title, number 1'}\n"
        "    {'id': 2, 'title': 'a rather long title, number 2'}\n"
        "  ]\n"
        ")\n"
        "colour: <Colour.RED: 1>\n"
        "fn: <function test_state_is_told_part_by_part>\n"
        "none: set()\n"
        "one: (1,)\n"
        "pair: Pair(a='a', b=1)\n"
        "point: Point(x=1, y=2)\n"
        "streams.rows: + rows-1\n"
        "tags: {'a', 'b', 'c'}\n"
        "thing: <object object>"
    )


def test_state_of_what_cannot_be_shown() -> None:
    """Values that contain themselves, and whose repr fails."""

    class Rude:
        def __repr__(self) -> str:
            raise ValueError("no")

    loop: list[Any] = []
    loop.append(loop)
    assert "…" in state_text(Socket(loop=loop))
    assert state_text(Socket(rude=Rude())) == "rude: <Rude, whose repr raises ValueError>"


class CountLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0, tags={"x", "yy", "zzz"})

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1)

    render = heex("""<h1>Count: {@count}</h1><button phx-click="up">+</button>""")


def test_of_a_view_and_of_a_tab() -> None:
    """The same of both."""
    page = Simulation().page(CountLive)
    assert (
        state_text(page)
        == state_text(page.view)
        == ("count: 0\nflash: {}\nlive_action: None\ntags: {'x', 'yy', 'zzz'}")
    )
    assert aria_text(page) == aria_text(page.view) == '- \'heading "Count: 0" [level=1]\'\n- button "+"'
    assert aria_text(page.get_by_role("button")) == '- button "+"'
    assert page_text(page) == page_text(page.view)


def test_what_is_no_page() -> None:
    """Each kind says what it takes, and which one to take."""
    with pytest.raises(TypeError, match="aria_snapshot compares what a person can see: a Page, a Locator, a View or a"):
        aria_text(3)
    with pytest.raises(TypeError, match="html_snapshot compares what renders"):
        page_text(3)


# --- in pytest ------------------------------------------------------------------------------------------------------------


def test_a_story_is_told_act_by_act() -> None:
    """Each act as its line, the frames that it caused, and everybody's page in the end; of a world, a tab, a view, a script."""
    sim = Simulation()
    ann, ben = sim.page(CountLive), sim.page(CountLive)
    ann.get_by_role("button", name="+").click()
    told = story_text(sim)
    assert told == story_text(ann) == story_text(ben.view)
    lines = told.splitlines()
    assert lines[0] == "ann = sim.page(CountLive)"
    at = lines.index('ann.get_by_role("button", name="+").click()')
    assert lines[at + 1].startswith("  Ann -> event ")
    assert lines[at + 2] == '  Ann <- phx_reply 45 B {"status":"ok","response":{"diff":{"0":"1"}}}'
    assert lines[at + 3 :] == [
        "-- Ann sees --",
        "- 'heading \"Count: 1\" [level=1]'",
        '- button "+"',
        "-- Ben sees --",
        "- 'heading \"Count: 0\" [level=1]'",
        '- button "+"',
    ]
    assert story_text(sim.script) == told
    with pytest.raises(TypeError, match="script_snapshot compares what happened"):
        story_text("x")


def test_of_views_that_nobody_sees_in_a_tab() -> None:
    """A view that was opened by `live` is somebody's, too; what a broadcast caused is told below it."""
    view = live(CountLive)
    view.element("button").render_click()
    told = story_text(view)
    assert "sees --\n- 'heading \"Count: 1\" [level=1]'" in told
    assert not view.sim.world.browsers  # looking makes no tab
    assert story_text(view) == told


TESTS = """
    from liveview_core import LiveView, heex

    class Count(LiveView):
        def mount(self, params, session, socket):
            return socket.assign(count=0, tags={"x", "yy", "zzz"}, names=frozenset(["ann", "ben"]))

        def handle_event(self, event, params, socket):
            return socket.update("count", lambda count: count + 1).push_event("tags", {"tags": sorted(socket.assigns.tags)})

        render = heex('<h1>Count: {@count}</h1><button phx-click="up">+</button>')

    def test_all(live_page, html_snapshot, diff_snapshot, aria_snapshot, state_snapshot, script_snapshot):
        live_page.open(Count)
        live_page.get_by_role("button").click()
        assert aria_snapshot == live_page
        assert live_page.view == html_snapshot
        assert state_snapshot == live_page.view
        assert live_page.view.wire == diff_snapshot
        assert script_snapshot == live_page
"""


def run(pytester: pytest.Pytester, *arguments: str, seed: str = "0") -> pytest.RunResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONHASHSEED", seed)
        for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
            patch.delenv(name, raising=False)  # syrupy leaves what is unused to the process that began it
        return pytester.runpytest_subprocess(
            "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", *arguments
        )


def test_every_kind_under_another_hash_seed(pytester: pytest.Pytester) -> None:
    """What one run wrote the next one finds; and one that nobody uses is found."""
    pytester.makepyfile(TESTS)
    run(pytester, "--snapshot-update", seed="1").assert_outcomes(passed=1)
    (file,) = pytester.path.rglob("*.ambr")
    text = file.read_text(encoding="utf-8")
    names = [line.removeprefix("# name: ") for line in text.splitlines() if line.startswith("# name")]
    assert sorted(names) == [f"test_all[{kind}]" for kind in ("aria", "diff", "html", "script", "state")]
    assert '# name: test_all[aria]\n  - \'heading "Count: 1" [level=1]\'\n  - button "+"\n# ---' in text
    assert "  names: {'ann', 'ben'}\n  tags: {'x', 'yy', 'zzz'}\n# ---" in text
    run(pytester, seed="2").assert_outcomes(passed=1)
    file.write_text(text + "# name: test_all[html].old\n  <p></p>\n# ---\n", encoding="utf-8")
    unused = run(pytester)
    assert unused.ret != 0
    unused.stdout.fnmatch_lines(["*1 snapshot unused*"])


def test_frames_are_told_without_addresses() -> None:
    """Nothing of a run."""
    code = (
        "from liveview_testing.record.snapshots import frame_text\n"
        "print(frame_text({'a': {'x', 'y', 'z'}, 'b': object(), 'c': len}))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1
    assert "object object" in texts.pop()
    assert frame_text(live(CountLive).wire[0]).startswith("-> phx_join {")


# --- state of what is inside ------------------------------------------------------------------------------------------


class RowPart(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(open=False)

    render = heex("<b>{@open}</b>")


class StreamedLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said="x" * 30).stream("rows", [])

    render = heex(
        "<ul id='rows' phx-update='stream'><li :for={id, row in @streams.rows} id={id}>{row.id}</li></ul>"
        "<.live_component module={RowPart} id='one' />"
    )


def test_the_state_of_components_is_below_their_names() -> None:
    lines = state_text(live(StreamedLive)).splitlines()
    at = lines.index("component RowPart 'one':")
    assert lines[at + 1 :] == ["  flash: {}", "  id: 'one'", "  myself: 1", "  open: False"]


def test_values_that_are_long_have_a_line_for_each_part() -> None:
    """Assigns inside of a value too; a text with lines of its own keeps them; a stream says what is pending."""
    socket = Socket(inner=Socket(a="x" * 80, b=1).assigns, one=Socket(a=1).assigns)
    assert state_text(socket).splitlines() == [
        *("inner: Assigns(", f"  a={'x' * 80!r}", "  b=1", ")"),
        "one: Assigns(a=1)",
    ]
    stream = Socket().stream("rows", []).assigns.streams["rows"]
    assert state_text(Socket(a=1, b=2).assigns).splitlines() == ["a: 1", "b: 2"]
    assert state_text(Socket(rows=[stream])) == "rows: [<Stream 'rows': nothing pending>]"


def test_a_text_is_its_own_snapshot() -> None:
    assert aria_text("\n- button\n") == "- button"
