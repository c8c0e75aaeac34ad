"""Values that cannot be meant, given to handles, worlds and laws: refused in words, with a cure that does what was meant."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_testing import Html, Redirected, Script, Simulation, expect, explore, laws, lints, strategies, timeline
from liveview_testing.world.simulation.current import InsideStep


class V(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0).allow_upload("docs", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.redirect("/away") if event == "go" else socket.update("n", lambda n: n + 1)

    render = heex("""<main><p>{@n}</p><.live_file_input upload={@uploads.docs} />
    <input id="t"><button phx-click="inc">inc</button><a phx-click="go" href="#">go</a></main>""")


Given = Callable[[Any, Any, Any], Any]
IS_ONE = (
    'a text is one, or a list of them, one for each element\n  expected: ["Tea", "Milk"], in the order of the page\n'
)
FILE = '  expected: at least "name" and "buffer"; also mimeType, size, last_modified, relative_path, meta\n'
CALENDAR = "\n  expected: seconds, fewer than there are until the year 9999\n  got: "

REFUSED: dict[str, tuple[Given, str]] = {
    "no click": (
        lambda sim, page, view: page.get_by_role("button", name="inc").click(click_count=0),
        "a click is made once at least\n  expected: click_count=1, or more\n  got: click_count=0\n"
        "  cure: locator.hover(), where nothing is to be clicked",
    ),
    "progress": (
        lambda sim, page, view: explore(sim, (), progress=5),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "the option progress of explore is wrong\n  expected: a function of how many worlds were looked at, how many wait,"
        " and after how many deviations\n  got: 5",
    ),
    "no acts": (
        lambda sim, page, view: explore(sim, [lambda: 1]),
        "explore takes what people do\n  expected: what sim.concurrently() gave\n  got: <function <lambda>.<locals>.<lambda>>\n"
        "  cure: with sim.concurrently() as acts: …; what depends on what somebody sees: acts.when(page, lambda page: …)",
    ),
    "waiting for nothing": (
        lambda sim, page, view: page.wait_for_timeout(None),
        "a timeout is a number of milliseconds\n  expected: an int, a float or a timedelta; 0 for no limit\n  got: None\n"
        "  cure: timeout=5000",
    ),
    "at": (
        lambda sim, page, view: view.at(None),
        "an element is at a node of the page\n  expected: a node, as view.element(…).node, or those of view.dom\n  got: None\n"
        "  cure: view.element(selector)",
    ),
    "a law of nothing": (
        lambda sim, page, view: laws.hold(None),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "hold cannot use its argument 'sim'\n  expected: a Simulation\n  got: None",
    ),
    "a law of no act": (
        lambda sim, page, view: lints.growth(view, None),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "growth cannot use its argument 'act'\n  expected: a function: a lambda, or the name of one\n  got: None",
    ),
    "acts of nobody": (
        lambda sim, page, view: strategies.acts(None),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "acts cannot use its argument 'page'\n  expected: a Page\n  got: None",
    ),
    "json": (
        lambda sim, page, view: Script.from_json(None),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "a script is read from text\n  expected: what to_json() gave\n  got: None",
    ),
    "update": (
        lambda sim, page, view: sim.store.update("x", [3]),
        "sim.store.update('x', …) takes a function of the current value\n  expected: a function\n  got: [3]\n"
        "  cure: a value is put: sim.store['x'] = …",
    ),
    "fill": (
        lambda sim, page, view: page.locator("#t").fill(None),
        "what is filled in is a str\n  expected: a str\n  got: None",
    ),
    "fill 5": (
        lambda sim, page, view: page.locator("#t").fill(5),
        "what is filled in is a str\n  expected: a str\n  got: 5\n  cure: str(5)",
    ),
    "role": (lambda sim, page, view: page.get_by_role(None), "a role is a str\n  expected: a str\n  got: None"),
    "text": (
        lambda sim, page, view: page.get_by_text(len),
        'a text is a str or a pattern\n  expected: "Save", or re.compile("^Save")\n  got: <built-in function len>',
    ),
    "url": (lambda sim, page, view: page.goto(None), "a URL is a str\n  expected: a str\n  got: None"),
    "texts in a set": (
        lambda sim, page, view: expect(page.locator("p")).to_have_text({"2", "1"}),
        IS_ONE + "  got: {'1', '2'}\n  cure: a list, in the order of the page: a set has none",
    ),
    "texts to come": (
        lambda sim, page, view: expect(page.locator("p")).to_contain_text(map(str, [1])),
        IS_ONE + "  got: <map object>\n  cure: a list of it: list(…)",
    ),
    "count": (
        lambda sim, page, view: expect(page.locator("p")).to_have_count([1]),
        "a count is a whole number\n  expected: an int\n  got: [1]",
    ),
    "index": (
        lambda sim, page, view: page.locator("p").nth(None),
        "an index is a whole number\n  expected: an int\n  got: None",
    ),
    "index 1.0": (
        lambda sim, page, view: page.locator("p").nth(1.0),
        "an index is a whole number\n  expected: an int\n  got: 1.0\n  cure: 1",
    ),
    "offline": (
        lambda sim, page, view: page.context.set_offline("no"),
        "offline is True or False\n  expected: a bool\n  got: 'no'\n  cure: False",
    ),
    "offline perhaps": (
        lambda sim, page, view: page.context.set_offline("perhaps"),
        "offline is True or False\n  expected: a bool\n  got: 'perhaps'",
    ),
    "timeline": (
        lambda sim, page, view: timeline(5),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "a timeline is of a world\n  expected: a Simulation\n  got: 5\n  cure: timeline(sim), timeline(view.sim)",
    ),
    "pop": (
        lambda sim, page, view: sim.store.pop("x"),
        "sim.store has no 'pop'\n"
        "  cure: value = sim.store[name], then sim.store[name] = None: what is stored is replaced, and not taken out",
    ),
    "items": (
        lambda sim, page, view: sim.store.items(),
        "sim.store has no 'items'\n  cure: [(name, sim.store[name]) for name in sim.store]",
    ),
    "no method": (
        lambda sim, page, view: sim.store.orders,
        "sim.store has no 'orders'\n  cure: sim.store['orders']",
    ),
    "longer than the calendar": (
        lambda sim, page, view: sim.clock.advance(1e20),
        f"a duration is shorter than the calendar{CALENDAR}1e+20",
    ),
    "a timer that nobody sees": (
        lambda sim, page, view: Socket(connected=True).send_after("never", 2**63),
        f"the argument seconds is longer than the calendar{CALENDAR}9223372036854775808\n"
        "  cure: what is never to come needs no timer",
    ),
    "an update that nobody sees": (
        lambda sim, page, view: Socket(connected=True).send_interval("never", 10**12),
        f"the argument seconds is longer than the calendar{CALENDAR}1000000000000\n"
        "  cure: what is never to come needs no timer",
    ),
    "an interval of nothing": (
        lambda sim, page, view: Socket(connected=True).send_interval("t", 1e-7),
        "an interval of no time would never let time pass\n  expected: a millionth of a second at least: nothing is shorter here\n"
        "  got: 1e-07",
    ),
    "a file's content": (
        lambda sim, page, view: page.locator("[type=file]").set_input_files({"name": "a.png", "bufer": b"1"}),
        f"a file without buffer\n{FILE}  got: {{'name': 'a.png', 'bufer': b'1'}}\n  nearest: buffer",
    ),
    "a file's type": (
        lambda sim, page, view: page.locator("[type=file]").set_input_files(
            [{"name": "a.png", "mimetype": "image/png", "buffer": b"1"}]
        ),
        f"a file has no 'mimetype'\n{FILE}  got: {{'name': 'a.png', 'mimetype': 'image/png', 'buffer': b'1'}}\n"
        "  nearest: mimeType, type",
    ),
    "a file's name": (
        lambda sim, page, view: page.locator("[type=file]").set_input_files({"mimeType": "image/png"}),
        f"a file without name and buffer\n{FILE}  got: {{'mimeType': 'image/png'}}",
    ),
}


@pytest.mark.parametrize("given", REFUSED)
def test_what_cannot_be_meant_is_told(given: str) -> None:
    act, text = REFUSED[given]
    sim = Simulation()
    page = sim.page(V)
    before = sim.world
    with pytest.raises(LiveViewError) as caught:
        act(sim, page, page.view)
    assert str(caught.value) == text
    assert {frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)} == {__file__}
    assert sim.world is before


def test_a_timer_at_the_end_of_the_calendar_is_pending() -> None:
    class Late(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.send_after("late", 249_999_999_999)

        render = heex("<p>.</p>")

    sim = Simulation()
    sim.live(Late)
    assert [each.due.year for each in sim.clock.pending] == [9947]


def test_files_by_the_names_of_both_kits() -> None:
    sim = Simulation()
    page = sim.page(V)
    for given in ({"name": "a", "content": b"1"}, {"name": "a", "buffer": b"1", "mimeType": "text/plain"}):
        page.locator("[type=file]").set_input_files(given)


def test_html_is_sent_about_as_its_text() -> None:
    """Without the page that it is of, or the way to it."""
    sim = Simulation()
    page = sim.page(V)
    html = page.view.render()
    again = pickle.loads(pickle.dumps(html))
    assert type(again) is Html
    assert str(again) == str(html)
    left = sim.live(V).element("a").render_click()
    assert isinstance(left, Redirected)
    back = pickle.loads(pickle.dumps(left))
    assert (type(back), back == left) == (Redirected, True)


def test_a_second_thread_is_told_of_the_first() -> None:
    """And a callback that acts on its own world of itself."""
    told: list[InsideStep] = []

    class Slow(LiveView):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            def click() -> None:
                try:
                    page.get_by_role("button").click()
                except InsideStep as error:
                    told.append(error)

            if event == "thread":
                other = threading.Thread(target=click)
                other.start()
                other.join()
            else:
                try:
                    sim.clock.advance(1)
                except InsideStep as error:
                    told.append(error)
            return socket

        render = heex("""<button phx-click="thread">go</button><a phx-click="own" href="#">own</a>""")

    sim = Simulation()
    page = sim.page(Slow)
    page.view.element("button").render_click()
    page.view.element("a").render_click()
    assert [each.got for each in told] == ["a second thread", "a callback that acted on the simulation itself"]
    assert str(told[0]) == (
        "this world is in the middle of an action, of another thread\n"
        "  expected: one thread that acts on a world, as the order of acts would else be another in each run\n"
        "  got: a second thread\n"
        "  cure: a simulation for each thread; what happens at the same time: sim.concurrently(), and explore"
    )


SETS = """
from dataclasses import dataclass
from liveview_core import Socket
from liveview_core.errors import BadOption, shown
@dataclass(frozen=True)
class Note:
    tags: frozenset
words = {"tea", "milk", "bread", "salt"}
try:
    Socket().send_after("x", words)
except BadOption as error:
    print(error)
socket = Socket(connected=True).assign(words=words, deep=[{"a": (words,)}], note=Note(frozenset(words))).send_after(words, 1)
print(socket, socket.assigns, shown([words]))
"""


def test_sets_are_shown_in_order() -> None:
    """The text of an error, and how a socket is shown, follow no hash seed."""
    said = {
        subprocess.run(
            [sys.executable, "-c", SETS],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(said) == 1
    assert "got: {'bread', 'milk', 'salt', 'tea'}\n" in said.pop()
