"""`view_events` and `handled_events`: events in templates that nobody takes, and what is passed over."""

from __future__ import annotations

import ast
from functools import partial
from types import ModuleType

import pytest

from liveview_testing.command_line.handled_events import handled
from tests.harness.checked_package import checked

HEAD = "from liveview_core import JS, LiveComponent, LiveView, heex\n\n\n"


pytestmark = pytest.mark.usefixtures("fresh_folder")


BASE = "class Base(LiveView):\n    pass\n\n\nclass Page"
ANY = "\n    def handle_event(self, event, params, socket):\n        return socket\n"
HOOK = "\n\ndef hook(socket):\n    return socket.attach_hook('h', 'handle_event', hook)\n"
MOUNT = "    def mount(self, p, s, socket):\n        return hook(socket)\n"


check = partial(checked, "names")


COUNTS = """
    def handle_event(self, event, params, socket):
        match event:
            case "inc" | "dec":
                return socket.put_flash("info", event)
            case _:
                return socket
"""


def view(template: str, code: str = COUNTS, base: str = "LiveView") -> str:
    return f"{HEAD}class Page({base}):{code}\n    render = heex('''{template}''')\n"


def test_a_name_that_no_case_has() -> None:
    assert check(view('<button phx-click="icn">+</button>')) == (
        "names/page.py:12:30: warning: no case of Page.handle_event takes the event 'icn'\n"
        "  cure: add a case 'icn'\n"
        "  nearest: inc\n"
        "   |\n"
        '12 | <button phx-click="icn">+</button>\n'
        "   |         ^"
    )


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ('<b phx-click={JS.hide(to="#a").push("icn")}>+</b>', "icn"),
        ('<b phx-click={"icn"}>+</b>', "icn"),
        ('<b phx-window-keydown="decc">+</b>', "decc"),
        ('<.form for={{}} phx-submit="nic"><b>+</b></.form>', "nic"),
        ('<form phx-change="icn"></form>', "icn"),
    ],
)
def test_each_way_to_say_it(template: str, name: str) -> None:
    assert f"no case of Page.handle_event takes the event {name!r}" in check(view(template))


@pytest.mark.parametrize(
    "text",
    [
        view('<b phx-click="inc">+</b><b phx-click={JS.push("dec")}>-</b>'),
        view('<b phx-click={JS.push("icn", target="#part")}>+</b>'),
        view('<b phx-click="icn" phx-target="#part">+</b>'),
        view('<b phx-click="icn" {@flash}>+</b>'),
        view('<form phx-change="choose"></form>'),  # an upload's form needs one
        view('<b phx-click="thanks">+</b><b phx-click="lv:clear-flash">x</b>'),  # like no other: meant for nobody
        view("<b phx-click={@event}>+</b>"),
        view('<.part phx-click="icn" />') + "\n\ndef part(assigns):\n    return None\n",
        view('<b phx-click="icn">+</b>', COUNTS + MOUNT) + HOOK,
        view('<b phx-click="icn">+</b>', ANY, "Base").replace("class Page", BASE),
    ],
)
def test_what_somebody_may_take(text: str) -> None:
    assert check(text) == ""


def test_a_hook_of_another_module_may_take_it() -> None:
    hooks = "def on_mount(name, params, session, socket):\n    return socket.attach_hook('h', 'handle_event', print)\n"
    assert check(view('<b phx-click="icn">+</b>'), hooks) == ""


PART = (
    HEAD
    + """class Part(LiveComponent):
    def handle_event(self, event, params, socket):
        if event == "toggle":
            return socket.put_flash("info", "x")
        return socket

    render = heex('<b phx-click="toggle"TARGET>x</b>')


class Page(LiveView):CODE
    render = heex('<.live_component module={Part} id="p" />')
"""
)


@pytest.mark.parametrize("code", [COUNTS, ""])
def test_an_event_of_a_component_that_goes_to_the_view(code: str) -> None:
    assert check(PART.replace("TARGET", "").replace("CODE", code)) == (
        "names/page.py:10:23: warning: the event 'toggle' goes to Page, which cannot take it; Part.handle_event can\n"
        "  cure: add `phx-target={@myself}`\n"
        "   |\n"
        '10 | <b phx-click="toggle">x</b>\n'
        "   |    ^"
    )


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (" phx-target={@myself}", COUNTS),
        ("", COUNTS.replace('"dec"', '"toggle"')),
        (
            "",
            COUNTS.replace(
                "case _:\n                return socket", "case _:\n                return other(event, socket)"
            ),
        ),
    ],
)
def test_an_event_of_a_component_that_somebody_takes(target: str, code: str) -> None:
    assert check(PART.replace("TARGET", target).replace("CODE", code)) == ""


def test_a_component_that_is_asked_itself() -> None:
    text = PART.replace("TARGET", " phx-target={@myself}").replace('"toggle":', '"togle":').replace("CODE", COUNTS)
    assert (
        "no case of Part.handle_event takes the event 'toggle'\n  cure: add a case 'toggle'\n  nearest: togle"
        in check(text)
    )


def takes(body: str) -> list[str] | None:
    """What a callback of these lines takes."""
    module = ModuleType("one")
    vars(module)["TABLE"] = {"a": 1, "b": 2}
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    function = ast.parse(f"def handle_event(self, event, params, socket):\n{lines}").body[0]
    assert isinstance(function, ast.FunctionDef)
    found = handled(function, module)
    return None if found is None else sorted(found)


PAIR = "match event, params:\n    case 'a', {'n': n}:\n        return n\n"
MATCH = "match event:\n    case 'a' | 'b' if params:\n        return 1\n    case ('c' as name):\n        return name\n"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (MATCH + "return socket", ["a", "b", "c"]),
        (MATCH + "    case _:\n        return socket", ["a", "b", "c"]),
        (MATCH + "    case _:\n        raise ValueError(event)", ["a", "b", "c"]),
        (MATCH + "    case other:\n        return socket", ["a", "b", "c"]),
        ("if event == 'a':\n    return socket.assign(n=event)\nreturn socket", ["a"]),
        (
            "if 'a' == event:\n    return 1\nelif event in ('b', 'c'):\n    return 2\nelse:\n    return socket",
            ["a", "b", "c"],
        ),
        ("if event != 'a':\n    return socket\nreturn socket.assign(n=1)", ["a"]),
        ("if not event == 'a' or event not in {'b'}:\n    return socket\nreturn 1", ["a", "b"]),
        ("if event == 'a' and params:\n    return 1\nreturn socket", ["a"]),
        ("key = int(params.get('k', 0))\nif event == 'a':\n    return key\nreturn socket", ["a"]),
        ("if event in TABLE:\n    return TABLE[event]\nreturn socket", ["a", "b"]),
        ("return socket.assign(n=TABLE[event])", ["a", "b"]),
        (PAIR + "    case _:\n        return socket", ["a"]),
        (
            "match event, params:\n    case 'a', _:\n        return 1\n    case _, {}:\n        return socket",
            ["a"],
        ),
        ("if params:\n    return socket\nraise ValueError", []),
        ("'a docstring'\nif event == 'a':\n    return 1\nreturn socket", ["a"]),
        ("pass\nif event == 'a':\n    return 1\nreturn socket", ["a"]),
        (
            MATCH + "    case _ if event == 'd':\n        return 2\n    case _:\n        return socket",
            ["a", "b", "c", "d"],
        ),
        (MATCH + "    case _ if params:\n        return 2\n    case _:\n        return socket", None),
        ("n = [event]\nreturn socket", None),
        ("return socket.assign(n=OTHER[event])", None),
        ("if event in OTHER:\n    return 1\nreturn socket", None),
        ("match event, event:\n    case 'a', _:\n        return 1", None),
        ("match event, params:\n    case {}:\n        return 1", None),
        (MATCH + "    case _:\n        return socket.assign(n=2)", None),
        (MATCH + "    case other:\n        return self.more(other, socket)", None),
        (MATCH + "    case other if other.startswith('x'):\n        return 1", None),
        (MATCH + "    case str():\n        return 1", None),
        (MATCH + "return socket.assign(n=2)", None),
        ("match event.split(':'):\n    case ['a']:\n        return 1", None),
        ("if event.startswith('a'):\n    return 1\nreturn socket", None),
        ("if event == NAME:\n    return 1\nreturn socket", None),
        ("if event in names():\n    return 1\nreturn socket", None),
        ("if params:\n    return socket.assign(n=1)\nreturn socket", None),
        ("socket = socket.assign(n=1)\nif event == 'a':\n    return 1\nreturn socket", None),
        ("log(event)\nreturn socket", None),
        ("return getattr(self, event)(socket)", None),
        ("n = store()\nreturn socket", None),
        ("return [TABLE[event] if event in TABLE else 1]", None),
        (
            PAIR + "    case _, {'x': 1}:\n        return 2\n    case _:\n        pass",
            None,
        ),
    ],
)
def test_what_a_callback_takes(body: str, names: list[str] | None) -> None:
    assert takes(body) == names


@pytest.mark.parametrize(
    "head", ["(self, event)", "(self, event, params, *rest)", "(self, event, params, socket, **more)"]
)
def test_a_callback_with_other_parameters_may_take_anything(head: str) -> None:
    function = ast.parse(f"def handle_event{head}:\n    raise ValueError\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert handled(function, ModuleType("written")) is None
