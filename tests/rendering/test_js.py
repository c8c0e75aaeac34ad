"""`js`: every command encodes as Phoenix's, against the recorded page; commands are values."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS
from liveview_core.errors import BadOption, NavigationError
from liveview_core.rendering.html import text
from liveview_core.rendering.js import NotData, encodable
from tests.goldens.views.js_cmds import COMMANDS

TRACE = Path(__file__).parent.parent / "goldens" / "traces" / "js_cmds.json"
GOLDEN = json.loads(TRACE.read_text(encoding="utf-8"))
RECORDED = {entry["__tuple__"][0]: entry["__tuple__"][2]["ops"] for entry in GOLDEN["join"]["state"]["assigns"]["cmds"]}


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_recorded_command(name: str, command: JS) -> None:
    """JS-1, JS-10…20: the same operations, and the same text in the attribute."""
    assert command.to_encodable() == RECORDED[name]
    assert f'<button id="{name}" phx-click="{text(command)}">' in GOLDEN["static_html"]


def test_all_recorded_commands_are_covered() -> None:
    """No recorded command is left out."""
    assert {name for name, _ in COMMANDS} == set(RECORDED)


def shows() -> JS:
    """Type-checked as written: what a command is called, is a type."""
    return JS.show(to="#a")


def hides(js: JS = JS()) -> JS:  # noqa: B008 - a value
    """Goes on with another command."""
    return js.hide(to="#a")


def test_the_class_is_the_empty_command() -> None:
    """Wherever a command can stand; asked for a method, it answers as an empty command does."""
    assert isinstance(shows(), JS)
    assert not isinstance(shows(), type)
    assert hides(shows()) == JS.show(to="#a").hide(to="#a")
    assert JS() == JS
    assert JS.hide() != JS
    assert hash(JS) == hash(JS())
    assert JS.to_encodable() == JS().to_encodable() == []
    assert text(JS) == text(JS()) == "[]"
    assert markupsafe.escape(JS) == markupsafe.escape(JS()) == "[]"
    assert encodable({"then": JS}) == {"then": []}
    assert JS.hide().concat(JS) == JS.concat(JS.hide()) == JS().concat(JS.hide())
    assert pickle.loads(pickle.dumps(JS)) is JS
    assert JS.push.__doc__ == JS().push.__doc__ != JS.__doc__


def test_chains_are_new_values() -> None:
    """JS-2: chaining appends, `concat` joins, the empty command stays empty."""
    hide = JS.hide()
    both = hide.push("a")
    assert JS.ops == ()
    assert str(JS) == "[]"
    assert hide.to_encodable() == [["hide", {}]]
    assert both == JS.hide().concat(JS.push("a"))
    assert hash(both) == hash(JS.hide().push("a"))
    assert pickle.loads(pickle.dumps(both)) == both
    assert repr(both) == 'JS[["hide",{}],["push",{"event":"a"}]]'
    both.to_encodable()[0][1]["to"] = "#x"
    assert both == JS.hide().push("a")


steps: list[Callable[[JS], JS]] = [
    lambda js: js.push("a", value={"<": "&\"'"}),
    lambda js: js.show(to="#a", transition="x y"),
    lambda js: js.toggle_attribute(("a", "b", "c")),
    lambda js: js.navigate("/x"),
]


@given(st.lists(st.sampled_from(steps), max_size=6))
def test_text_is_json_of_the_operations(chain: list[Callable[[JS], JS]]) -> None:
    """JS-1: the text parses back to the operations; escaped, it holds no markup."""
    command = JS()
    for step in chain:
        command = step(command)
    assert json.loads(str(command)) == command.to_encodable()
    assert not set(command.__html__()) & set("<>\"'")


def test_none_is_omitted_false_and_zero_are_kept() -> None:
    """JS-3."""
    assert JS.hide(to=None, time=0, blocking=False).to_encodable() == [["hide", {"time": 0, "blocking": False}]]
    assert JS.dispatch("e", bubbles=False, blocking=False).to_encodable() == [
        ["dispatch", {"event": "e", "bubbles": False}]
    ]


def test_scopes() -> None:
    """JS-4."""
    encodings: list[tuple[Any, Any]] = [
        ("#a", "#a"),
        (("inner", "p"), {"inner": "p"}),
        ({"inner": "p"}, {"inner": "p"}),
        ({"closest": "p"}, {"closest": "p"}),
        ({"document": "p"}, "p"),
        (("closest", "p"), {"closest": "p"}),
        (("document", "p"), "p"),
    ]
    for to, encoded in encodings:
        assert JS.focus(to=to).to_encodable() == [["focus", {"to": encoded}]]


def test_class_names_are_split() -> None:
    """JS-6: on spaces, empty parts dropped."""
    assert JS.add_class("  a  b ").to_encodable() == [["add_class", {"names": ["a", "b"]}]]
    assert JS.transition("").to_encodable() == [["transition", {"transition": [[], [], []]}]]


def test_commands_inside_values() -> None:
    """PE-7: as their operations, at any depth; a component's id is an integer (JS-10)."""
    assert encodable([{"a": (JS.hide(),)}]) == [{"a": [[["hide", {}]]]}]
    assert JS.push("a", target=3, value={"then": JS.hide()}).to_encodable() == [
        ["push", {"event": "a", "target": 3, "value": {"then": [["hide", {}]]}}]
    ]


SENT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.decimals(allow_nan=False)
    | st.uuids(),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(), inner)
        | st.dictionaries(st.integers(), inner)
    ),
    max_leaves=8,
)


@given(SENT)
def test_what_travels_is_json_and_stays_so(value: Any) -> None:
    """Law: what travels is what it is after the way through JSON text, and travels again as it is."""
    sent = encodable(value)
    assert json.loads(json.dumps(sent, allow_nan=False)) == sent
    assert encodable(sent) == sent


def test_what_travels_is_not_the_original() -> None:
    """A payload that its sender changes afterwards was sent as it was."""
    points = [1, 2]
    sent = encodable({"points": points})
    points.append(3)
    assert sent == {"points": [1, 2]}


@pytest.mark.parametrize(
    "value", [{1}, b"x", object(), float("nan"), float("inf"), 1j, {None: 1}, {True: 1}, [{"a": {(1,): 2}}]]
)
def test_what_cannot_travel(value: Any) -> None:
    """Refused when it is given, with the place of it."""
    with pytest.raises(NotData, match="cannot travel as JSON"):
        encodable(value)
    with pytest.raises(NotData):
        JS.push("a", value={"x": value})


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        (lambda: JS.push("a", value=None), "JS.push"),  # type: ignore[arg-type]
        (lambda: JS.push("a", value=[1]), "JS.push"),  # type: ignore[arg-type]
        (lambda: JS.push(5), "JS.push"),  # type: ignore[arg-type]
        (lambda: JS.dispatch("a", bubbles="yes"), "JS.dispatch"),  # type: ignore[arg-type]
        (lambda: JS.dispatch("a", detail=5), "JS.dispatch"),  # type: ignore[arg-type]
        (lambda: JS.dispatch("click", detail={}), "click events cannot have details"),
        (lambda: JS.dispatch("a", detail={"done": 1}, blocking=True), "blocking JS.dispatch"),
        (lambda: JS.focus(to=("outer", "#a")), "JS.focus"),
        (lambda: JS.hide(to=5), "JS.hide"),  # type: ignore[arg-type]
        (lambda: JS.show(transition=("a", "b")), "JS.show"),  # type: ignore[arg-type]
        (lambda: JS.toggle(in_=5), "JS.toggle"),  # type: ignore[arg-type]
        (lambda: JS.add_class(["a"]), "JS.add_class"),  # type: ignore[arg-type]
        (lambda: JS.set_attribute(("a", "b", "c")), "JS.set_attribute"),  # type: ignore[arg-type]
        (lambda: JS.toggle_attribute(("a",)), "JS.toggle_attribute"),  # type: ignore[arg-type]
        (lambda: JS.remove_attribute(None), "JS.remove_attribute"),  # type: ignore[arg-type]
        (lambda: JS.concat([]), "JS.concat"),  # type: ignore[arg-type]
        (lambda: JS.ignore_attributes(5), "JS.ignore_attributes"),  # type: ignore[arg-type]
        (lambda: JS.ignore_attributes(["a", 5]), "JS.ignore_attributes"),  # type: ignore[list-item]
        (lambda: JS.show(time="200"), "the option time of JS.show is wrong"),  # type: ignore[arg-type]
        (lambda: JS.hide(time=-1), "the option time of JS.hide is wrong"),
        (lambda: JS.toggle(time=True), "the option time of JS.toggle is wrong"),
        (lambda: JS.show(blocking="yes"), "the option blocking of JS.show"),  # type: ignore[arg-type]
        (lambda: JS.show(display=3), "the option display of JS.show"),  # type: ignore[arg-type]
        (lambda: JS.push("a", loading=3), "the option loading of JS.push"),  # type: ignore[arg-type]
        (lambda: JS.push("a", page_loading="x"), "the option page_loading of JS.push"),  # type: ignore[arg-type]
        (lambda: JS.ignore_attributes(3), "the names of JS.ignore_attributes"),  # type: ignore[arg-type]
        (lambda: JS.ignore_attributes([]), "the names of JS.ignore_attributes"),
    ],
)
def test_wrong_arguments_name_the_function(wrong: Callable[[], Any], names: str) -> None:
    """JS-4, JS-6, JS-10, JS-11."""
    with pytest.raises((BadOption, NotData), match=names):
        wrong()


def test_a_target_is_data() -> None:
    """A selector, or @myself; not found out when the page is written."""
    with pytest.raises(NotData, match=r"the option target of JS\.push"):
        JS.push("a", target=object())


def test_unknown_options_are_type_errors() -> None:
    """JS-5: Python's own error names the function and the option."""
    with pytest.raises(TypeError, match="tooo"):
        JS.hide(tooo="#a")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "mailto:x", "JavaScript:x", " javascript:x", "data:text/html,x"]
)
def test_destinations(href: str) -> None:
    """NV-40: http, https or no scheme; the error names the command."""
    with pytest.raises(NavigationError, match=r"JS\.navigate"):
        JS.navigate(href)
    with pytest.raises(NavigationError, match=r"JS\.patch"):
        JS.patch(href)
    assert JS.patch("?a=b:c", replace=True).to_encodable() == [["patch", {"href": "?a=b:c", "replace": True}]]
    assert JS.navigate("https://x").to_encodable()[0][1]["replace"] is False
