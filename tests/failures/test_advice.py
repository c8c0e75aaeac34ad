"""`advice`: under an error of the author's code stands where it happened, and how what was called is called."""

from __future__ import annotations

import linecache
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import liveview_testing
from liveview_core import JS, LiveView, Reply, Socket, attr, heex
from liveview_testing import Simulation, live, render_component
from liveview_testing.failures.advice import advise

pytest_plugins = ["pytester"]


class Form:
    """Has a method that a socket has too."""

    def update(self, name: str) -> None:
        raise AssertionError


class Wrong(LiveView):
    """Does what the session says, in a mount of its choice."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected is session["connected"]:
            session["do"](socket)
        return socket.assign(count=1)

    render = heex("<p>x</p>")


def notes(do: Any, *, connected: bool) -> list[str]:
    with pytest.raises((AttributeError, TypeError, ZeroDivisionError)) as raised:
        live(Wrong, session={"do": do, "connected": connected})
    return raised.value.__notes__


@pytest.mark.parametrize(
    ("do", "note"),
    [
        (lambda socket: socket.assing(a=1), "the nearest that a socket has: assign, assigns, assign_new"),
        (lambda socket: socket.zzz, "assigns are read through socket.assigns"),
        (lambda socket: socket.push_redirect(to="/"), "a socket has no push_redirect: socket.push_navigate(to)"),
        (lambda socket: socket.setState({"a": 1}), "a socket has no setState: socket.assign(name=value)"),
        (lambda socket: socket.noreply(), "a socket has no noreply: return the socket itself: `return socket`"),
        (lambda socket: socket.navigation_typ, "assigns are read through socket.assigns"),
        (
            lambda socket: socket["count"],
            "assigns are read as socket.assigns.name, and changed by returning socket.assign(name=…)",
        ),
        (lambda socket: socket.connected(), "it is a fact, and no method: socket.connected, without the brackets"),
        (lambda socket: socket.now(), "it is a fact, and no method: socket.now, without the brackets"),
        (
            lambda socket: getattr({"id": 1}, socket.id and "name"),
            'an item of a dict is ["name"], or .get("name"); it has: \'id\'',
        ),
        (lambda socket: Reply(socket), "it is called so: Reply(socket, payload)"),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        (lambda socket: Form().update(), None),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        (lambda socket: socket.push_event(), "it is called so: socket.push_event(event, payload, *, dispatch='after')"),
        (
            lambda socket: socket.assign(**socket.assigns),
            "assigns are no mapping: `socket.assign(assigns)` takes them as they are, `**dict(assigns)` by their names",
        ),
        (
            lambda socket: socket.assign("count", 5),
            "it is called so: socket.assign(mapping=None, /, **assigns); an assign is named: socket.assign(count=5)",
        ),
        (lambda socket: 1 / 0, None),
    ],
)
def test_in_both_mounts(do: Any, note: str | None) -> None:
    """The first mount says as much as the second."""
    more = [] if note is None else [note]
    assert notes(do, connected=False) == ["in phx-1 (Wrong), in the first, disconnected mount at /", *more]
    assert notes(do, connected=True)[0].startswith("in phx-1 (Wrong), handling client phx_join: ")
    assert notes(do, connected=True)[1:] == more


@pytest.mark.parametrize(
    ("call", "note"),
    [
        (lambda view: view.assert_has("p", exact=True), "assert_has(selector, text=None, count=None)"),
        (lambda view: view.has_element("p", count=1), "has_element(selector, text=None)"),
        (lambda view: view.element("p", has_text="x"), "element(selector, text=None)"),
        (lambda view: view.element("p").render_click(id=1), "render_click(value=None)"),
        (lambda view: view.page.locator("p", text="x"), "locator(selector_or_locator, *, has=None, "),
        (lambda view: view.page.get_by_text("x", selector="p"), "get_by_text(text, *, exact=None)"),
        (lambda view: render_component(heex("x"), {"a": 1}), "render_component(component, /, **assigns)"),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        (lambda view: JS.push("a", values={}), "push(event, *, target=None, loading=None, page_loading=None, value=…)"),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        (lambda view: attr("a", str, requred=True), "attr(name, type='any', *, required=False, "),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        (lambda view: Simulation(None, 3), "Simulation(router=None, *, seed=0, "),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        (lambda view: Form().update(), None),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ],
)
def test_how_ours_is_called(call: Any, note: str | None) -> None:
    """Where an argument does not fit: functions and methods of the kit and of the core, nobody else's."""
    with pytest.raises(TypeError) as raised:
        call(live(Wrong, session={"do": print, "connected": None}))
    advise(raised.value)
    found = getattr(raised.value, "__notes__", [])
    assert [each.startswith(f"it is called so: {note}") for each in found] == ([] if note is None else [True])


def test_a_failed_test_says_so(pytester: pytest.Pytester) -> None:
    """In pytest, too."""
    pytester.makepyfile(
        "from liveview_core import LiveView, heex\n"
        "class Live(LiveView):\n    render = heex('<p>x</p>')\n"
        "def test_it(live):\n    live(Live).assert_has('p', exact=True)\n"
    )
    result = pytester.runpytest("-p", "no:randomly")
    result.stdout.fnmatch_lines(["E*it is called so: assert_has(selector, text=None, count=None)"])


def test_params_say_what_they_have() -> None:
    """A key that the client did not send."""

    class Asks(LiveView):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.assign(found=params["idd"])

        render = heex("<p>x</p>")

    with pytest.raises(KeyError) as raised:
        live(Asks).render_click("go", {"id": "1"})
    assert raised.value.__notes__[1:] == ["params has: 'id'; what may be missing is read by .get('idd')"]


def test_a_session_says_what_it_has_and_who_gives_it() -> None:
    """Whatever `mount` calls it; another dict that lacks a key is Python's own error."""

    class Asks(LiveView):
        def mount(self, params: Any, given: Any, socket: Socket) -> Socket:
            return socket.assign(user=given["user"] if params is not None else {"a": 1}["b"])

        render = heex("<p>{@user}</p>")

    with pytest.raises(KeyError) as raised:
        live(Asks, session={"id": 1})
    assert raised.value.__notes__[1:] == [
        "given has: 'id'; a test gives it: live(View, session={'user': …}), and so do sim.live and sim.page"
    ]

    class Other(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(user={"a": 1}["b"])

        render = heex("<p>{@user}</p>")

    with pytest.raises(KeyError) as raised:
        live(Other)
    assert raised.value.__notes__[1:] == []


def test_a_method_is_the_socket_s() -> None:
    """Its name in Python's own errors is the one that its author knows."""
    with pytest.raises(TypeError, match=r"^Socket\.assign_new\(\) missing 1 required positional argument: 'fn'$"):
        Socket().assign_new("x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("Socket().push_event()", "it is called so: socket.push_event(event, payload, *, dispatch='after')"),
        ("Socket().asign(a=1)", "the nearest that a socket has: assign, assigns, assign_new"),
    ],
)
def test_in_a_script(tmp_path: Path, line: str, last: str) -> None:
    """At the end of a plain script too."""
    script = tmp_path / "script.py"
    script.write_text(f"import liveview_testing\nfrom liveview_core import Socket\n{line}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == last
    assert done.stderr.count("File ") == 1


class Plain(LiveView):
    """It has a paragraph."""

    render = heex("<p>x</p>")


def fails(line: str) -> Exception:
    """What a line of a test raises, with advice."""
    view = live(Plain)
    source = f"async def test():\n    {line}\n" if "await" in line else f"def test():\n    {line}\n"
    name = f"<test {line}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names: dict[str, Any] = {"view": view, "page": Simulation().page(Plain), "other": None}
    exec(compile(source, name, "exec"), names)
    with pytest.raises(TypeError) as caught:
        if "await" in line:
            names["test"]().send(None)
        else:
            names["test"]()
    advise(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("await page.get_by_role('paragraph').click()", "nothing is awaited: leave out `await`"),
        ("await page.goto('/')", "nothing is awaited: leave out `await`"),
        ("await other", None),
        ("page.url()", "it is no method: page.url, without the brackets"),
        ("view.element('p').text()", "it is no method: element('p').text, without the brackets"),
        ("view.element('p').exists()", "it is no method: element('p').exists, without the brackets"),
        ("len(view.render())", "its text is str(html)"),
        ("view.render()[0]", "its text is str(html)"),
        ("view.render() + 'a'", "its text is str(html)"),
        ("'a' + view.render()", "its text is str(html)"),
        ("list(view.render())", "its text is str(html)"),
        ("f'{view.render():>9}'", "its text is str(html)"),
        ("__import__('re').search('a', view.render())", "its text is str(html)"),
        ("__import__('json').dumps(view.render())", "its text is str(html)"),
        ("other()", None),
    ],
)
def test_other_dialects(line: str, note: str | None) -> None:
    """Playwright's async one, and kits in which facts are methods."""
    notes = getattr(fails(line), "__notes__", [])
    assert [each for each in notes if note is not None and each.startswith(note)] == notes[:1]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("screen", "page.get_by_role(…)"),
        ("userEvent", ".click()"),
        ("waitFor", "waits, in simulated time"),
        ("render", "page = sim.page(MyLive)"),
        ("sync_playwright", "`live_page` is a real browser"),
        ("TestClient", "sim.live(path)"),
        ("render_click", "a method of the view: view.render_click(…)"),
        ("click_button", 'page.get_by_role("button"'),
        ("get_by_text", "a method of the page: page.get_by_text(…)"),
        ("cy", "`sim`, a fixture"),
    ],
)
def test_names_of_other_kits(name: str, cure: str) -> None:
    """Told to who imports them, and to who asks the module."""
    asked: dict[str, type[Exception]] = {
        f"from liveview_testing import {name}": ImportError,
        f"import liveview_testing; liveview_testing.{name}": AttributeError,
    }
    for line, kind in asked.items():
        with pytest.raises(kind) as caught:
            exec(line)
        assert str(caught.value).startswith(f"liveview_testing has no {name!r}\n  cure: ")
        assert cure in str(caught.value)
    assert not hasattr(liveview_testing, name)
    assert getattr(liveview_testing, name, None) is None


def test_other_names_are_python_s_own_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Simulaton'") as caught:
        eval("liveview_testing.Simulaton", {"liveview_testing": liveview_testing})
    assert caught.value.__notes__ == ["  nearest: Simulation, NotSimulated"]
    with pytest.raises(ImportError, match="cannot import name 'Simulaton'"):
        exec("from liveview_testing import Simulaton")
