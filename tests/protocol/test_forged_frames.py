"""The border: whatever a client may send is a message, or one error of ours after which nothing has happened."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_core.process.step import Env, step
from liveview_core.protocol.messages import BadFrame, Chunk, CloseUpload, Event, Join, RegisterUpload, from_wire
from tests.harness.client import Client, joined, witness
from tests.harness.examples import examples

REF = "phx-upload-phx-1-0"
OWN = "phx-upload-phx-1-1-0"


class Part(LiveComponent):
    def mount(self, socket: Socket) -> Any:
        return socket.assign(n=0).allow_upload("part", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("<i>{@n} {len(@uploads.part.entries)}</i>")


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(seen=0, stale=socket.static_changed()).allow_upload("docs", accept="any", max_entries=2)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.update("seen", lambda seen: seen + 1)

    render = heex("<p>{@seen} {len(@uploads.docs.entries)}</p><.live_component module={Part} id='a' />")


# --- what a client may say ------------------------------------------------------------------------------------------------

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.floats(allow_nan=False),
    st.text(max_size=4),
    st.sampled_from(
        [REF, OWN, "0", "1", f"{REF}:0", "lv:clear-flash", "phx-1", 10**30, "%zz", "a[b]=1&a=2", "[", "\ud800"]
    ),
)
names = st.sampled_from(["ref", "name", "size", "key", "error", "_target", "_mounts", "_track_static", REF, OWN, ""])
junk = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=6,
)
urls = st.one_of(
    junk,
    st.sampled_from(
        ["http://localhost/", "http://localhost/?a[=1", "http://[", "http://h:99999/", "//", "/x", "http://h:x/", "javascript:1",
         "http://localhost/%zz", "http://localhost/%ff", "http://\u2100/", "http:///x"],
    ),
)  # fmt: skip
files = st.one_of(
    junk,
    st.fixed_dictionaries({}, optional=dict.fromkeys(("ref", "name", "size", "type", "relative_path", "meta"), scalars)),
    st.builds(lambda ref, size: {"ref": ref, "name": "a", "type": "text/plain", "size": size}, scalars, scalars),
)  # fmt: skip
entries = st.one_of(junk, st.lists(files, max_size=3))
refs = st.one_of(scalars, st.sampled_from([REF, OWN]))
cids = st.one_of(junk, st.lists(st.one_of(st.integers(-1, 2), scalars), max_size=3))


def payload(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.fixed_dictionaries({}, optional=fields), st.fixed_dictionaries(fields), junk)


FRAMES: dict[str, st.SearchStrategy[Any]] = {
    "event": payload(
        event=junk,
        type=st.one_of(junk, st.sampled_from(["click", "form"])),
        value=junk,
        cid=junk,
        meta=junk,
        uploads=st.one_of(junk, st.dictionaries(refs, entries, max_size=2)),
    ),
    "live_patch": payload(url=urls),
    "cids_will_destroy": payload(cids=cids),
    "cids_destroyed": payload(cids=cids),
    "phx_leave": junk,
    "allow_upload": payload(ref=refs, entries=entries, cid=st.one_of(junk, st.just(1))),
    "progress": payload(
        ref=refs, entry_ref=scalars, progress=st.one_of(junk, st.just(100)), cid=st.one_of(junk, st.just(1))
    ),
}
frames = st.one_of(*(st.tuples(st.just(event), payloads) for event, payloads in FRAMES.items()), st.tuples(junk, junk))
channels = st.one_of(
    st.tuples(st.just(RegisterUpload), st.tuples(st.one_of(scalars, st.sampled_from([f"{REF}:0", f"{OWN}:1"])))),
    st.tuples(st.just(Chunk), st.tuples(refs, scalars, st.one_of(st.binary(max_size=4), scalars))),
    st.tuples(st.just(CloseUpload), st.tuples(refs, scalars)),
)


def told(client: Client, make: Any) -> None:
    """One message: it happens, or it is an error of ours and nothing has happened."""
    before = witness(client.process)
    try:
        done = step(client.process, make(), client.env)
    except LiveViewError:
        assert witness(client.process) == before
    else:
        if done.process.stopped is None:
            client.process = done.process


@examples(200)
@given(st.lists(st.one_of(frames, channels), min_size=1, max_size=6))
def test_whatever_a_client_sends(given: list[tuple[Any, Any]]) -> None:
    """CH-1: it is a message of the client, or one error of ours; never a bare error of Python."""
    client = joined(Page)
    for kind, fields in given:
        told(client, lambda: kind(*fields) if isinstance(kind, type) else from_wire(kind, fields))  # noqa: B023
    step(client.process, Event("still there"), client.env)


@examples(150)
@given(
    payload(
        url=urls,
        redirect=urls,
        params=st.one_of(junk, st.fixed_dictionaries({"_track_static": junk, "_mounts": junk})),
        session=st.one_of(junk, st.none()),
        static=junk,
        flash=st.one_of(junk, st.just(urlsafe_b64encode(b"[" * 100_000).decode())),
        sticky=junk,
    )
)
@example({"params": {"_track_static": 5}})
@example({"params": {"_track_static": [None, {}]}})
@example({"flash": urlsafe_b64encode(b"[" * 100_000).decode()})
@example({"flash": urlsafe_b64encode(b'{"info": 5, "x": [1]}').decode()})
def test_whatever_a_client_joins_with(fields: Any) -> None:
    """LC-14…18: as little may come of it."""
    client = Client(Page, env=Env(manifest={"app.js": "app-1.js"}))
    try:
        done = step(client.process, from_wire("phx_join", fields), client.env)
    except LiveViewError:
        assert not client.process.joined
    else:
        assert [sent.event for sent in done.sent] == ["phx_reply"]


SHAPES: list[tuple[str, Any]] = [
    ("event", None),
    ("event", {"event": ["x"]}),
    ("event", {"event": "x", "meta": 1, "type": "form", "value": ""}),
    ("event", {"event": "x", "type": "form", "value": {"a": 1}}),
    ("event", {"event": "x", "cid": True}),
    ("event", {"event": "x", "cid": "1"}),
    ("event", {"event": "x", "type": 7}),
    ("event", {"event": "x", "uploads": []}),
    ("event", {"event": "x", "uploads": {REF: {}}}),
    ("event", {"event": "x", "uploads": {REF: ["0"]}}),
    ("cids_will_destroy", {"cids": None}),
    ("cids_destroyed", {"cids": [True]}),
    ("cids_destroyed", {"cids": "12"}),
    ("allow_upload", {"ref": REF, "entries": 0}),
    ("allow_upload", {"ref": 1, "entries": []}),
    ("allow_upload", {"ref": REF, "entries": {}}),
    ("allow_upload", {"ref": REF, "entries": [{"ref": 10**5000}]}),
    ("event", {"event": "x", "uploads": {REF: [{"ref": -(10**5000)}]}}),
    ("progress", {"ref": REF, "entry_ref": 0, "progress": 1}),
    ("live_patch", {"url": "http://["}),
    ("live_patch", {"url": None}),
    ("phx_join", {"url": "http://h:99999/"}),
    ("phx_join", {"redirect": 1}),
    ("phx_join", {"params": []}),
    ("phx_leave", None),
    (["event"], {}),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("event", "fields"), SHAPES)
def test_a_frame_of_another_shape(event: Any, fields: Any) -> None:
    """CH-1: refused before it is a message."""
    with pytest.raises(BadFrame):
        from_wire(event, fields)


def test_the_text_of_the_border() -> None:
    """It says which field of which message, what it may be, and what came."""
    with pytest.raises(BadFrame) as caught:
        from_wire("event", {"event": "x", "cid": True})
    assert str(caught.value) == (
        "the cid of the client's message Event is wrong\n  expected: the number of a component\n  got: True\n"
        "  cure: what the client sends is JSON of a fixed shape: nothing has happened"
    )
    for make in (lambda: Chunk(REF, "0", "text"), lambda: RegisterUpload(None), lambda: Event("x", cid=True)):  # type: ignore[arg-type]
        with pytest.raises(BadFrame):
            make()


def test_a_ref_with_the_number_of_a_component() -> None:
    """However many digits it has, and in whatever script they are written."""
    client = joined(Page)
    for ref in ("x-" + "9" * 5000 + "-0", "phx-upload-phx-1-\uff11-0", f"{OWN}\n"):
        assert client.tell(RegisterUpload(f"{ref}:0")) == [("error", {"reason": "invalid_token"})]
        assert client.tell(Chunk(ref, "0", b"")) == [("error", {"reason": "disallowed"})]
        assert client.tell(CloseUpload(ref, "0")) == [("error", {"reason": "disallowed"})]


def test_what_is_no_message() -> None:
    """A process knows what may happen to it."""
    client = joined(Page)
    assert "cannot handle what is no message" in client.refused("event", LiveViewError)  # type: ignore[arg-type]
    assert "has joined already" in client.refused(Join(), LiveViewError)
