"""The panel's commands: a closed list, told by their shape."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.showing.panel_commands import COMMANDS, Advance, BadCommand, HoldTasks, read_command


def test_a_command_is_a_value() -> None:
    assert read_command('{"do": "advance", "seconds": 1}') == Advance(1)
    assert read_command('{"do": "hold", "hold": true}') == HoldTasks(True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "the command is no JSON"),
        ("[]", "a command is an object"),
        ('{"do": "eval", "code": "1"}', "there is no such command"),
        ('{"do": "advanc", "seconds": 1}', "nearest: advance"),
        ('{"do": "advance"}', "the command 'advance' does not fit"),
        ('{"do": "advance", "seconds": "1"}', "the command 'advance' does not fit"),
        ('{"do": "advance", "seconds": true}', "the command 'advance' does not fit"),
        ('{"do": "hold", "hold": 1}', "the command 'hold' does not fit"),
        ('{"do": "step", "more": 1}', "the command 'step' does not fit"),
        ('{"do": ["step"]}', "there is no such command"),
    ],
)
def test_what_is_no_command(text: str, told: str) -> None:
    with pytest.raises(BadCommand) as refused:
        read_command(text)
    assert told in str(refused.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["do", "seconds", "hold", "number", "name"]), json_values | st.sampled_from([*COMMANDS])
    )
)
def test_a_command_or_a_refusal(data: dict[str, object]) -> None:
    try:
        read: object = read_command(json.dumps(data))
    except BadCommand as error:
        read = error
    assert type(read) in (BadCommand, *COMMANDS.values())
