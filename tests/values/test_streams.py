"""`streams`: pending operations as values; the rules ST-1…25 on the socket, and linear cost."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import Socket
from liveview_core.errors import BadOption, DuplicateHook, FrozenError, MissingAssign, StreamError
from liveview_core.socket.hooks import run_after_render
from liveview_core.values.streams import StreamOps


@frozen
class Song:
    id: Any
    title: str = ""


def ops(socket: Socket, name: str = "songs") -> StreamOps:
    return socket.assigns.streams[name].consume()[1]  # type: ignore[no-any-return]


def entries(socket: Socket, name: str = "songs") -> list[tuple[str, Any]]:
    return socket.assigns.streams[name].consume()[0]  # type: ignore[no-any-return]


def rendered(socket: Socket) -> Socket:
    return run_after_render(socket).settled()


@pytest.fixture
def socket() -> Socket:
    """A socket whose stream `songs` was created and rendered."""
    return rendered(Socket(connected=True).stream("songs", [Song(1), Song(2)]))


def test_first_use_records_at_minus_one_and_update_only_null() -> None:
    """`at` and `reset` of a creating call are ignored, the limit is kept (ST-5)."""
    socket = Socket().stream("songs", [Song(1), Song(2)], at=0, reset=True, limit=-5)
    assert ops(socket) == StreamOps("0", [["songs-2", -1, -5, None], ["songs-1", -1, -5, None]], [], False)
    assert entries(socket) == [("songs-1", Song(1)), ("songs-2", Song(2))]


def test_later_use_honours_its_options(socket: Socket) -> None:
    """at, limit, update_only, reset (ST-7); a reset keeps what is pending."""
    later = socket.stream_insert("songs", Song(9)).stream(
        "songs", [Song(3)], at=0, limit=2, update_only=True, reset=True
    )
    assert ops(later) == StreamOps("0", [["songs-3", 0, 2, True], ["songs-9", -1, None, False]], [], True)


def test_nothing_to_insert_changes_nothing(socket: Socket) -> None:
    """The very same socket (ST-7); a reset with no items is an operation."""
    assert socket.stream("songs", []) is socket
    assert ops(socket.stream("songs", [], reset=True)).reset


def test_refs_count_streams_and_name_the_component() -> None:
    """The counter goes up with each new stream; in a component the ref begins with its cid (ST-3)."""
    socket = Socket().stream("a", []).stream("a", [Song(1)]).stream("b", [])
    assert (ops(socket, "a").ref, ops(socket, "b").ref) == ("0", "1")
    from liveview_core.socket.socket import component_socket

    inside = component_socket(Socket(connected=True), 3).stream("a", [])
    assert ops(inside, "a").ref == "3-0"


def test_the_vector_of_the_spec(socket: Socket) -> None:
    """Insert 3 at 0 with limit 5, delete 1, insert 3 again at the end (ST-25)."""
    done = (
        socket.stream_insert("songs", Song(3, "old"), at=0, limit=5)
        .stream_delete("songs", Song(1))
        .stream_insert("songs", Song(3, "new"))
    )
    assert ops(done) == StreamOps("0", [["songs-3", -1, None, False], ["songs-3", 0, 5, False]], ["songs-1"], False)
    assert entries(done) == [("songs-3", Song(3, "new"))]


def test_insert_and_delete_of_one_id_both_travel(socket: Socket) -> None:
    """The server does not cancel one by the other (ST-11)."""
    both = socket.stream_insert("songs", Song(7)).stream_delete("songs", Song(7))
    assert ops(both) == StreamOps("0", [["songs-7", -1, None, False]], ["songs-7"], False)
    assert ops(socket.stream_delete_by_dom_id("songs", "any thing")).deletes == ["any thing"]


def test_ids_of_mappings_and_chosen_ids() -> None:
    """A mapping's `id`, or the function given to stream_configure or to the first stream call (ST-4, ST-6)."""
    assert entries(Socket().stream("songs", [{"id": "x"}]))[0][0] == "songs-x"
    by_title = lambda song: f"t-{song.title}"
    configured = Socket().stream_configure("songs", dom_id=by_title)
    assert configured.changed("streams")
    assert entries(configured.stream("songs", [Song(None, "a")]))[0][0] == "t-a"
    assert entries(Socket().stream("songs", [Song(1, "b")], dom_id=by_title))[0][0] == "t-b"
    configured_wins = configured.stream("songs", [Song(1, "c")], dom_id=lambda song: "no")
    assert entries(configured_wins)[0][0] == "t-c"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 99)), max_size=30))
def test_consume_keeps_the_latest_of_an_id_where_it_was_inserted_last(inserts: list[tuple[int, int]]) -> None:
    """The model of ST-16: walk in order; an id that comes again leaves its place and joins at the end."""
    socket = rendered(Socket().stream("songs", []))
    model: dict[str, Song] = {}
    for id, title in inserts:
        socket = socket.stream_insert("songs", Song(id, str(title)))
        model.pop(f"songs-{id}", None)
        model[f"songs-{id}"] = Song(id, str(title))
    assert entries(socket) == list(model.items())
    assert [each[0] for each in ops(socket).inserts] == [f"songs-{id}" for id, _ in reversed(inserts)]


@given(st.data())
def test_branches_are_isolated(data: st.DataObject) -> None:
    """Two futures of one socket never see each other's operations."""
    numbers = st.lists(st.integers(0, 9), max_size=5)
    trunk, left, right = data.draw(numbers), data.draw(numbers), data.draw(numbers)

    def played(socket: Socket, ids: list[int]) -> Socket:
        for id in ids:
            socket = socket.stream_insert("songs", Song(id)).stream_delete("songs", Song(id))
        return socket

    base = played(rendered(Socket().stream("songs", [])), trunk)
    one, other = played(base, left), played(base, right)
    assert ops(one).deletes == [f"songs-{id}" for id in [*trunk, *left]][::-1]
    assert ops(other).deletes == [f"songs-{id}" for id in [*trunk, *right]][::-1]


def test_pruned_after_render_and_only_then(socket: Socket) -> None:
    """Inserts, deletes and reset are gone after a render; the pruning itself marks nothing (ST-17, ST-18)."""
    assert not socket.assigns.streams.songs.pending
    assert not socket.has_changed()
    busy = socket.stream("songs", [Song(1)], reset=True).stream_delete("songs", Song(2))
    assert busy.assigns.streams.songs.pending
    assert busy.settled().assigns.streams.songs.pending  # no render, no after_render hooks: nothing is lost
    after = run_after_render(busy)
    assert ops(after) == StreamOps("0", [], [], False)
    assert after._changed == busy._changed


def test_untouched_streams_stay_the_same_value(socket: Socket) -> None:
    """So that `@streams.other` is unchanged when `songs` changes (EN-8, ST-24)."""
    two = rendered(socket.stream("other", [Song(1)]))
    changed = two.stream_insert("songs", Song(5))
    assert changed.assigns.streams.other is two.assigns.streams.other
    assert changed.assigns.streams.songs is not two.assigns.streams.songs
    assert changed._changed["streams"] is two.assigns.streams  # what `@streams.other` is compared with


def test_the_pruning_hook_has_the_streams_name(socket: Socket) -> None:
    """A user's after_render hook of the same id collides, in either order (ST-19, HK-23)."""
    assert [hook.id for hook in socket.hooks_of("after_render")] == ["songs"]
    with pytest.raises(DuplicateHook):
        socket.attach_hook("songs", "after_render", lambda s: s)
    with pytest.raises(DuplicateHook, match="a stream takes its own name"):
        Socket().attach_hook("songs", "after_render", lambda s: s).stream("songs", [])


def test_streams_can_only_be_consumed(socket: Socket) -> None:
    """Iterating, indexing, searching: each an error with its cure; counting what is pending is fine (ST-15)."""
    stream = socket.stream_insert("songs", Song(3)).assigns.streams.songs
    for use in (iter, reversed, lambda s: s[0], lambda s: s[1:], lambda s: Song(1) in s, list):
        with pytest.raises(StreamError, match="its items are on the page"):
            use(stream)
    assert len(stream) == 1
    assert stream
    assert socket.assigns.streams.songs


def test_errors_of_names_ids_and_options(socket: Socket) -> None:
    """Each wrong use is an error, and nothing changed (ST-4, ST-10, ST-12)."""
    wrong: list[Callable[[], Socket]] = [
        lambda: Socket().stream_insert("songs", Song(1)),
        lambda: socket.stream_insert("song", Song(1)),
        lambda: socket.stream_delete("song", Song(1)),
        lambda: socket.stream_delete_by_dom_id("song", "x"),
        lambda: socket.stream_configure("more", dom_id=str).stream_insert("more", Song(1)),
        lambda: socket.stream_insert("songs", object()),
        lambda: socket.stream_insert("songs", Song(None)),
        lambda: socket.stream_insert("songs", {"name": 1}),
        lambda: socket.stream_delete_by_dom_id("songs", Song(1)),  # type: ignore[arg-type]
        lambda: socket.stream("songs", Song(1)),  # type: ignore[arg-type]
        lambda: socket.stream("", []),
        lambda: socket.stream_configure("songs", dom_id=str),
        lambda: socket.stream_configure("x", dom_id=str).stream_configure("x", dom_id=str),
        lambda: socket.stream_configure("x", dom_id="id"),  # type: ignore[arg-type]
        lambda: Socket().stream("x", [Song(1)], dom_id=lambda song: song.id),
    ]
    for use in wrong:
        with pytest.raises(StreamError):
            use()
    options: list[dict[str, Any]] = [{"at": "0"}, {"at": True}, {"limit": "5"}, {"limit": 1.5}]
    for option in options:
        with pytest.raises(BadOption):
            socket.stream_insert("songs", Song(1), **option)
        with pytest.raises(BadOption):
            socket.stream("songs", [Song(1)], **option)
    assert not socket.assigns.streams.songs.pending


def test_reading_streams(socket: Socket) -> None:
    """By attribute and by name; a missing one names its neighbours."""
    streams = socket.assigns.streams
    assert streams["songs"] is streams.songs is streams.get("songs")
    assert list(streams) == ["songs"]
    assert "songs" in streams
    assert streams.get("other") is None
    with pytest.raises(MissingAssign) as caught:
        _ = streams.song
    assert caught.value.nearest == ("songs",)
    with pytest.raises(FrozenError):
        streams["songs"] = 1
    assert repr(streams) == "Streams(<Stream 'songs' ref='0': 0 inserts, 0 deletes>)"


@pytest.mark.parametrize(
    "names", [("songs",), ("songs", "more"), ("get", "songs"), ("songs", "inserted"), ("_own", "songs")]
)
def test_streams_are_read_by_attribute(names: tuple[str, ...]) -> None:
    """Each as it is now, through inserts, pruning and pickling; a method stays a method, and `_own` is no attribute."""
    socket = Socket()
    for name in names:
        socket = socket.stream(name, [Song(1)])
    later = rendered(socket.stream_insert("songs", Song(2))).stream_insert("songs", Song(3))
    for each in (socket, later, rendered(later), pickle.loads(pickle.dumps(later))):
        streams = each.assigns.streams
        assert streams.songs is streams["songs"]
        assert streams.get("songs") is streams["songs"]
        assert all(getattr(streams, name) is streams[name] for name in names if name in ("songs", "more"))
        with pytest.raises(AttributeError):
            _ = streams._own
        with pytest.raises(MissingAssign):
            _ = streams.nothing
        with pytest.raises(AttributeError):
            streams.songs = None
    assert len(later.assigns.streams.songs) == 1


def test_pruning_gives_back_what_was_there(socket: Socket) -> None:
    """The very value where one stream was used; an equal one where two were, and with whatever else happened meanwhile."""
    quiet = rendered(socket.stream("more", []))
    one = quiet.stream_insert("songs", Song(1)).stream_delete("songs", Song(2))
    assert rendered(one).assigns.streams is quiet.assigns.streams
    assert rendered(rendered(one).stream_insert("songs", Song(3))).assigns.streams is quiet.assigns.streams
    two = one.stream("more", [Song(1)], reset=True)
    assert rendered(two).assigns.streams == quiet.assigns.streams
    assert rendered(rendered(two).stream_insert("more", Song(1))).assigns.streams == quiet.assigns.streams
    configured = rendered(one.stream_configure("third", dom_id=str))
    assert entries(configured.stream("third", [Song(1)]), "third") == [(str(Song(1)), Song(1))]
    created = rendered(one.stream("third", []).stream_insert("songs", Song(4)))
    assert list(created.assigns.streams) == ["songs", "more", "third"]
    assert not any(created.assigns.streams[name].pending for name in created.assigns.streams)


def test_sockets_with_streams_pickle(socket: Socket) -> None:
    """Also with 20,000 pending operations: nothing recurses."""
    busy = socket
    for i in range(20_000):
        busy = busy.stream_insert("songs", Song(i))
    assert pickle.loads(pickle.dumps(busy)) == busy
    assert "20000 inserts" in repr(busy)


def test_inserts_cost_linear_time() -> None:
    """Ten times as many inserts in one callback cost about ten times as much, not a hundred."""

    def seconds(count: int) -> float:
        best = 1e9
        for _ in range(5):
            socket = Socket().stream("songs", [])
            song = Song(1)
            start = time.process_time()
            for _ in range(count):
                socket = socket.stream_insert("songs", song)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(20_000) < 25 * seconds(2_000)


def test_what_is_pending() -> None:
    """Inserts, deletes and a reset are each something to be sent, whichever of them comes alone."""
    fresh = Socket().stream("items", []).assigns.streams.items
    assert not fresh.pending
    empty = Socket().stream("items", [])
    for changed in (
        empty.stream_insert("items", {"id": 1}),
        empty.stream_delete("items", {"id": 1}),
        empty.stream("items", [], reset=True),
    ):
        assert changed.assigns.streams.items.pending
