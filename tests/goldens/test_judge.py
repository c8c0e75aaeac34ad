"""The judge judges: what a trace says differently is reported, and what is named accidental is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.goldens import dom
from tests.goldens.comparing import equal
from tests.goldens.elixir import Atom, inspect
from tests.goldens.names import canonical, same_order
from tests.goldens.replay import Replay, golden


def falsified(name: str, change: Callable[[dict[str, Any]], None]) -> list[str]:
    """The differences of a golden whose trace was changed."""
    replay = Replay.of(name)
    replay.trace = copy.deepcopy(golden(name))
    change(replay.trace)
    return [f"{index}: {difference.what}" for index, _, differences in replay.steps() for difference in differences]


def set_diff(trace: dict[str, Any]) -> None:
    trace["steps"][0]["messages"][1]["payload"]["diff"]["1"] = "2"


def add_key(trace: dict[str, Any]) -> None:
    trace["steps"][0]["messages"][1]["payload"]["diff"]["0"] = "Count"


def drop_message(trace: dict[str, Any]) -> None:
    del trace["steps"][0]["messages"][1]


def number_for_text(trace: dict[str, Any]) -> None:
    trace["join"]["messages"][1]["payload"]["rendered"]["1"] = 0


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (set_diff, "0: server message 0"),
        (add_key, "0: server message 0"),
        (drop_message, "0: server message 0"),
        (number_for_text, "-1: server message 0"),
        (lambda t: t["steps"][1].update(raw_html=t["steps"][0]["raw_html"]), "1: raw_html"),
        (lambda t: t["steps"][1].update(html=t["steps"][0]["html"]), "1: html"),
        (lambda t: t["steps"][1].update(op_html=t["steps"][0]["op_html"]), "1: op_html"),
        (lambda t: t["steps"][1]["state"]["assigns"].update(count=7), "1: assigns"),
        (lambda t: t["steps"][1]["renders"].clear(), "1: assigns rendered"),
        (lambda t: t.update(static_html=t["static_html"].replace("Count", "count")), "-1: static html"),
        (lambda t: t.update(static_status=302), "-1: static status"),
    ],
)
def test_a_false_trace_is_found(change: Callable[[dict[str, Any]], None], found: str) -> None:
    """One thing changed in the trace is one difference, at its step, under its name."""
    assert falsified("counter", change) == [found]


def test_a_crash_that_was_recorded_must_happen() -> None:
    """A step that ended the process upstream has to end ours."""

    def change(trace: dict[str, Any]) -> None:
        trace["steps"][0]["result"] = {"ended": "ArgumentError"}

    assert falsified("counter", change)[0] == "0: the process ends"


def test_names_are_the_only_leniency() -> None:
    """Tokens and the order of JS keys and of spread attributes are read by name; nothing else is."""
    assert canonical('<a data-csrf="abc">') == '<a data-csrf="TOKEN">'
    assert canonical("[[&quot;push&quot;,{&quot;b&quot;:1,&quot;a&quot;:2}]]") == canonical(
        "[[&quot;push&quot;,{&quot;a&quot;:2,&quot;b&quot;:1}]]"
    )
    assert canonical("[[&quot;push&quot;,{&quot;a&quot;:1}]]") != canonical("[[&quot;push&quot;,{&quot;a&quot;:2}]]")
    assert canonical(' b="2" a="1"') == ' a="1" b="2"'
    assert canonical(' b="2" a="1">text') == ' b="2" a="1">text'
    assert same_order('<p b="2" a=\'1\'>b="2" a="1"</p>') == '<p a=\'1\' b="2">b="2" a="1"</p>'
    assert not equal({"a": 1}, {"a": True})
    assert not equal({"a": [1]}, {"a": (1,)})


def test_dom_is_what_a_parser_builds() -> None:
    """Whitespace between elements and the order of attributes do not count; text, elements and their order do."""
    assert dom.tree('<p a="1" b="2"> <b>x</b> </p>') == dom.tree('<p b="2" a="1"><b>x</b></p>\n')
    assert dom.tree("<p>x</p>") != dom.tree("<p>x </p>")
    assert dom.tree("<i></i><b></b>") != dom.tree("<b></b><i></i>")
    assert dom.tree("<input disabled>") == dom.tree('<input disabled=""/>')
    assert dom.tree("<table><p>x</p></table>") == dom.tree("<p>x</p><table></table>")


def test_inspect() -> None:
    """`inspect` prints terms as Elixir does."""
    assert inspect({"b": Atom("ok"), "a": None}) == '%{"a" => nil, "b" => :ok}'
    assert inspect((Atom("other"), 1)) == "{:other, 1}"
    assert inspect('a"b\\c\n#{x}') == '"a\\"b\\\\c\\n\\#{x}"'
    assert inspect([True, 1.5, []]) == "[true, 1.5, []]"
    assert inspect({Atom("a"): 1}) == "%{a: 1}"
