"""What is seldom asked of hook chains: messages of every class, changes that are nobody's, and how a run shows itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Never

import pytest
from attrs import frozen
from hypothesis import find
from hypothesis.vendor.pretty import pretty

from liveview_core import Socket
from liveview_core.protocol.effects import Deliver
from liveview_testing.properties.hook_chains.heard_messages import Heard
from liveview_testing.properties.hook_chains.hook_run import run_hooks
from liveview_testing.properties.hook_chains.owners import Belongings, owner_of
from liveview_testing.properties.hook_chains.socket_changes import ABSENT, Change, _effect
from liveview_testing.properties.hook_chains.widget_messages import Vocabulary, _texts_in, instances
from liveview_testing.strategies import HookLink, attached

if TYPE_CHECKING:
    from decimal import Decimal as Known

WORDS = Vocabulary({}, {})


@dataclass
class Sent:
    """A message of the standard library's kind."""

    text: str
    number: int


@frozen
class Around:
    inner: Sent


@frozen
class Hinted:
    """What it holds is known to type checkers alone."""

    amount: Known


class Unmakeable:
    def __init__(self, nobody_knows: Callable[..., Never]) -> None:
        raise ValueError(nobody_knows)


def test_messages_of_every_kind_are_made() -> None:
    for kind in (Sent, Around):
        made = instances(kind, WORDS)
        assert made is not None
        assert isinstance(find(made, lambda each: True), kind)


@pytest.mark.parametrize("kind", [Hinted, Unmakeable])
def test_what_nobody_knows_how_to_make_is_not(kind: type[Any]) -> None:
    assert instances(kind, WORDS) is None


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("chat:left", ["chat:left", "left"]),
        ({"a": "b", "c": ("d", ["e"])}, ["a", "b", "c", "d"]),
        (Around(Sent("x", 1)), []),
        (frozenset(["a"]), []),
    ],
)
def test_the_texts_in_what_a_widget_holds(value: Any, texts: list[str]) -> None:
    """Two levels deep, of what has parts."""
    assert list(_texts_in(value, 2)) == texts


def test_what_is_nobody_s_is_as_good_as_its_own() -> None:
    change = Change("effect", "Send", ABSENT, 1, "sent")
    assert Belongings("chat").has(change)
    assert owner_of(change, [], Socket()) == "is not its own"
    assert (
        owner_of(Change("assign", "a", 1, 2, "a"), [Belongings("chat", ("a",))], Socket())
        == "belongs to the widget chat"
    )


def test_an_effect_of_another_kind_is_shown_as_it_is() -> None:
    effect = Deliver(3)  # pyright: ignore[reportArgumentType]
    assert _effect(effect).told == repr(effect)


def test_how_a_run_and_its_steps_show_themselves() -> None:
    """Hypothesis shows it as it is."""
    socket = attached(Socket(connected=True), "handle_info", [HookLink("a"), HookLink("b", True)])
    run = run_hooks(socket, "handle_info", "tick")
    assert repr(run.steps[1]).startswith("'b' halted it; ")
    assert repr(run.steps[0]).startswith("'a' let it go on; ")
    assert pretty(run) == repr(run)
    rendered = attached(Socket(connected=True), "after_render", [HookLink("a")])
    assert run_hooks(rendered, "after_render").steps[0].after.assigns["ran"] == ("a",)


def test_where_nothing_was_raised_nothing_is_said_of_it() -> None:
    assert Heard().told("nothing came of it") == "nothing came of it"
    assert isinstance({}, Mapping)
