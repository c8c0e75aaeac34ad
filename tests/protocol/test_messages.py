"""`messages`: client frames become messages, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from liveview_core import AsyncOk
from liveview_core.protocol.messages import (
    AllowUpload,
    BadFrame,
    CidsDestroyed,
    CidsWillDestroy,
    Event,
    Join,
    Leave,
    LivePatch,
    Progress,
    from_wire,
)

TRACES = Path(__file__).parent.parent / "goldens" / "traces"


@pytest.mark.parametrize(
    ("event", "payload", "message"),
    [
        ("phx_join", {"url": "http://x/", "params": {"_mounts": 0}, "session": "S", "static": "T"},
         Join("http://x/", {"_mounts": 0}, "S", "T")),
        ("phx_join", {"redirect": "http://x/b", "session": "S", "flash": "F"},
         Join("http://x/b", {}, "S", None, "F", redirect=True)),
        ("event", {"event": "inc", "type": "click", "value": {"a": 1}, "cid": 3}, Event("inc", "click", {"a": 1}, 3)),
        ("live_patch", {"url": "http://x/?a"}, LivePatch("http://x/?a")),
        ("cids_will_destroy", {"cids": [1, 2]}, CidsWillDestroy((1, 2))),
        ("cids_destroyed", {"cids": []}, CidsDestroyed(())),
        ("phx_leave", {}, Leave()),
        ("allow_upload", {"ref": "u", "entries": [{"ref": "0"}]}, AllowUpload("u", ({"ref": "0"},))),
        ("progress", {"ref": "u", "entry_ref": "0", "progress": 50}, Progress("u", "0", 50)),
    ],
)  # fmt: skip
def test_frames(event: str, payload: dict[str, Any], message: Any) -> None:
    """CH-1, LC-14."""
    assert from_wire(event, payload) == message


def test_every_recorded_client_frame_is_read() -> None:
    """All frames that the recorded clients sent, but for the binary chunks of an upload's own channel."""
    count = 0
    for file in sorted(TRACES.rglob("*.json")):
        trace = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(trace, dict) or "join" not in trace:
            continue
        for part in [trace["join"], *trace["steps"]]:
            for frame in part["messages"]:
                if frame["dir"] == "client" and frame["event"] != "chunk" and isinstance(frame["payload"], dict):
                    from_wire(frame["event"], frame["payload"])
                    count += 1
    assert count > 200


def test_event_params() -> None:
    """CB-9: a form's fields are decoded, anything else comes as it was sent."""
    form = from_wire("event", {"event": "save", "type": "form", "value": "a[b]=1&_target=a%5Bb%5D", "meta": {"m": 1}})
    assert isinstance(form, Event)
    assert form.params == {"a": {"b": "1"}, "_target": ["a", "b"], "m": 1}
    assert Event("x", "click", {"a": "a=1"}).params == {"a": "a=1"}
    assert Event("x", "keyup", "a=1").params == "a=1"


def test_what_no_client_sends() -> None:
    """Unknown events and missing keys are errors with their parts."""
    with pytest.raises(BadFrame) as caught:
        from_wire("live_path", {})
    assert caught.value.nearest == ("live_patch",)
    with pytest.raises(BadFrame, match="'live_patch' has no 'url'"):
        from_wire("live_patch", {})


def test_messages_are_values() -> None:
    """Equal by value, frozen."""
    from liveview_core.protocol.messages import AsyncDone

    assert AsyncDone("1", AsyncOk(2)) == AsyncDone("1", AsyncOk(2))
    with pytest.raises(AttributeError):
        LivePatch("x").url = "y"  # type: ignore[misc]


def test_the_type_of_an_event_may_be_null() -> None:
    """The official client has none where no event of the DOM was the cause: `phx-mounted`."""
    message = from_wire("event", {"event": "seen", "type": None, "value": {"who": "top"}})
    assert message == Event("seen", None, {"who": "top"})
