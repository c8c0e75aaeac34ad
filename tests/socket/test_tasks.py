"""`tasks` and `async_result`: the states of an AsyncResult, and tasks from asking to their result (AY)."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import AsyncExit, AsyncOk, AsyncResult, Socket
from liveview_core.errors import AsyncMissing, BadOption
from liveview_core.protocol.async_result import BadAsyncReturn, outcome
from liveview_core.protocol.effects import CancelAsync, Dropped, StartAsync, Task
from liveview_core.socket.socket import component_socket
from liveview_core.socket.tasks import apply_async, take_task


@pytest.fixture
def socket() -> Socket:
    return Socket(connected=True)


def started(socket: Socket) -> StartAsync:
    """The last task asked for."""
    return [each for each in socket.effects if isinstance(each, StartAsync)][-1]


def finished(socket: Socket, result: AsyncOk | AsyncExit) -> Socket:
    """The socket after the result of its last task."""
    taken = take_task(socket, started(socket).ref)
    assert taken is not None
    return apply_async(*taken, result)


# --- AsyncResult ----------------------------------------------------------------------------------------------------------


def test_constructors_as_in_phoenix() -> None:
    """AY-1, AY-2: on the class the states are functions, on a value they are fields."""
    assert AsyncResult() == AsyncResult(ok=False, loading=None, failed=None, result=None)
    assert AsyncResult.loading() == AsyncResult(loading=True)
    assert AsyncResult.loading("soon") == AsyncResult(loading="soon")
    done = AsyncResult.ok(3)
    assert (done.ok, done.loading, done.failed, done.result) == (True, None, None, 3)
    failed = AsyncResult.failed(done, "down")
    assert (failed.ok, failed.failed, failed.result) == (True, "down", 3)
    assert AsyncResult.loading(failed, ["org"]) == AsyncResult(ok=True, loading=["org"], result=3)
    assert AsyncResult.loading(failed) == AsyncResult(ok=True, loading=True, result=3)
    assert AsyncResult.ok(failed, 4) == AsyncResult(ok=True, result=4)
    with pytest.raises(BadOption):
        AsyncResult.failed("x", "y")
    with pytest.raises(BadOption):
        AsyncResult.ok("x", "y")


@given(st.lists(st.sampled_from(["to_loading", "to_ok", "to_failed"]), max_size=6))
def test_an_earlier_success_survives(script: list[str]) -> None:
    """AY-11: `ok` never goes back, and the last result stays; exactly the last state is set."""
    result, last = AsyncResult(), None
    for number, name in enumerate(script):
        result = getattr(result, name)(number + 1)
        last = number + 1 if name == "to_ok" else last
    assert (result.ok, result.result) == (last is not None, last)
    if script:
        states = {"to_loading": result.loading, "to_failed": result.failed}
        assert {name for name, value in states.items() if value is not None} == {script[-1]} - {"to_ok"}


def test_is_a_frozen_value() -> None:
    """Pickles, matches by field, cannot be changed."""
    done = AsyncResult.ok(1)
    assert pickle.loads(pickle.dumps(done)) == done
    assert repr(done) == "AsyncResult(ok=True, loading=None, failed=None, result=1)"
    match done:
        case AsyncResult(ok=True, result=value):
            assert value == 1
        case _:
            raise AssertionError
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        done.ok = False  # type: ignore[misc]


# --- start_async ----------------------------------------------------------------------------------------------------------


def test_start_registers_and_asks(socket: Socket) -> None:
    """AY-12: an effect with the function; nothing ran; no assign changed."""
    ran: list[int] = []
    asked = socket.start_async("job", lambda: ran.append(1))
    assert started(asked).task == Task("job", "0", "start")
    assert (started(asked).name, started(asked).ref) == ("job", "0")
    assert ran == []
    assert not asked.has_changed()


def test_nothing_starts_in_a_disconnected_mount() -> None:
    """AY-5, AY-12: noted as dropped, not registered; the loading state stays."""
    asked = Socket().start_async("job", print).assign_async("org", dict).stream_async("posts", list)
    assert [type(each) for each in asked.effects] == [Dropped] * 3
    assert asked._standing.tasks == {}
    assert asked.assigns.org.loading
    assert asked.assigns.posts.loading


def test_the_newer_task_of_a_name_wins(socket: Socket) -> None:
    """AY-14, AY-15: the older result is void; a result counts once."""
    first = socket.start_async("job", print)
    second = first.start_async("job", print)
    old, new = started(first).ref, started(second).ref
    assert old != new
    assert take_task(second, old) is None
    taken = take_task(second, new)
    assert taken is not None
    assert taken[1].name == "job"
    assert take_task(taken[0], new) is None
    again = taken[0].start_async("job", print)  # the same name can start again at once
    assert started(again).ref not in (old, new)


def test_refs_name_their_component(socket: Socket) -> None:
    """AY-16: the result finds the component that started the task."""
    from liveview_core.protocol.messages import AsyncDone

    inside = component_socket(socket, 3).start_async("job", print)
    done = AsyncDone(started(inside).task, AsyncOk(1))
    assert (done.ref, done.cid) == ("3-0", 3)
    assert AsyncDone("0", AsyncOk(1)).cid is None


def test_names_and_functions_are_checked(socket: Socket) -> None:
    """A name can be any hashable; work is a function."""
    assert started(socket.start_async(("save", 3), print)).name == ("save", 3)
    wrong: list[Callable[[], Socket]] = [
        lambda: socket.start_async(["x"], print),  # type: ignore[arg-type]
        lambda: socket.start_async("x", None),  # type: ignore[arg-type]
        lambda: socket.assign_async([], dict),
        lambda: socket.assign_async(5, dict),  # type: ignore[arg-type]
        lambda: socket.assign_async("a", {"a": 1}),  # type: ignore[arg-type]
        lambda: socket.assign_async("a", dict, reset=["b"]),
        lambda: socket.stream_async("a", []),  # type: ignore[arg-type]
    ]
    for use in wrong:
        with pytest.raises(BadOption):
            use()


# --- assign_async ---------------------------------------------------------------------------------------------------------


def test_assign_async_succeeds(socket: Socket) -> None:
    """AY-4, AY-6, AY-8: all keys load together; the result fills them."""
    asked = socket.assign_async(["a", "b"], lambda: {"a": 1, "b": 2})
    assert asked.assigns.a == AsyncResult(loading=("a", "b")) == asked.assigns.b
    assert started(asked).task == Task(("a", "b"), "0", "assign", ("a", "b"))
    done = finished(asked, AsyncOk({"a": 1, "b": 2}))
    assert (done.assigns.a, done.assigns.b) == (AsyncResult.ok(1), AsyncResult.ok(2))


def test_one_key_and_many_are_two_tasks(socket: Socket) -> None:
    """AY-6: registered under the keys."""
    both = socket.assign_async("a", dict).assign_async(["a", "b"], dict)
    assert set(both._standing.tasks) == {("a",), ("a", "b")}


def test_loading_again_keeps_the_result_unless_reset(socket: Socket) -> None:
    """AY-4, AY-11: for all keys, or for those named; a failure before any success is forgotten."""
    done = finished(socket.assign_async(["a", "b"], dict), AsyncOk({"a": 1, "b": 2})).settled()
    again = done.assign_async(["a", "b"], dict, reset=["b"])
    assert again.assigns.a == AsyncResult(ok=True, loading=("a", "b"), result=1)
    assert again.assigns.b == AsyncResult(loading=("a", "b"))
    assert done.assign_async("a", dict, reset=True).assigns.a == AsyncResult(loading=("a",))
    failed = finished(socket.assign_async("a", dict), AsyncExit("down"))
    assert failed.assigns.a == AsyncResult(failed=AsyncExit("down"))
    assert failed.assign_async("a", dict).assigns.a == AsyncResult(loading=("a",))
    assert socket.assign(a="text").assign_async("a", dict).assigns.a == AsyncResult(loading=("a",))


@pytest.mark.parametrize("value", [None, 5, {"b": 1}, [("a", 1)], {}])
def test_a_wrong_return_fails_the_task_not_the_view(socket: Socket, value: Any) -> None:
    """AY-7, AY-10."""
    done = finished(socket.assign_async("a", lambda: value), AsyncOk(value))
    assert isinstance(done.assigns.a.failed, AsyncExit)
    assert isinstance(done.assigns.a.failed.reason, BadAsyncReturn)


def test_extra_keys_fill_assigns_that_exist(socket: Socket) -> None:
    """AY-8: also one that is no AsyncResult yet; one that is not assigned is an error in the view."""
    asked = socket.assign(extra="old").assign_async("a", dict)
    assert finished(asked, AsyncOk({"a": 1, "extra": 2})).assigns.extra == AsyncResult.ok(2)
    with pytest.raises(AsyncMissing, match="'other', which is not assigned"):
        finished(asked, AsyncOk({"a": 1, "other": 2}))


# --- stream_async ---------------------------------------------------------------------------------------------------------


def test_stream_async(socket: Socket) -> None:
    """AY-23, AY-25: an empty stream at once, the items later, with their options; `ok` holds True."""
    asked = socket.stream_async("posts", list)
    assert asked.assigns.posts == AsyncResult(loading=True)
    assert len(asked.assigns.streams.posts) == 0
    done = finished(asked, AsyncOk(([{"id": 1}], {"at": 0, "limit": 5})))
    assert done.assigns.posts == AsyncResult.ok(True)
    assert done.assigns.streams.posts.consume()[1].inserts == [["posts-1", 0, 5, False]]
    reset = finished(done.stream_async("posts", list), AsyncOk(([], {"reset": True})))
    assert reset.assigns.streams.posts.reset
    assert done.stream_async("posts", list).assigns.posts == AsyncResult(ok=True, loading=True, result=True)
    assert done.stream_async("posts", list, reset=True).assigns.posts == AsyncResult.loading()


def test_stream_async_failure_leaves_the_stream(socket: Socket) -> None:
    """AY-24, AY-25: whatever the function raised or wrongly returned."""

    def lazy() -> Iterator[Any]:
        yield {"id": 1}
        raise ValueError("half way")

    asked = socket.stream_async("posts", list).stream_insert("posts", {"id": 9})
    for result in (AsyncExit("x"), AsyncOk(5), AsyncOk("text"), AsyncOk({"id": 1}), AsyncOk(None), AsyncOk(lazy())):
        done = finished(asked, result)
        assert done.assigns.streams == asked.assigns.streams
        assert isinstance(done.assigns.posts.failed, AsyncExit)


def test_items_may_look_like_a_pair(socket: Socket) -> None:
    """Two items in a tuple are items; only a dict of stream options makes the second one options."""
    task = Task("posts", "0", "stream", ("posts",))
    items = ({"id": 1}, {"id": 2})
    result = outcome(task, items)
    assert isinstance(result, AsyncOk)
    assert result.value.items == list(items)
    assert result.value.options == {}


# --- cancel_async ---------------------------------------------------------------------------------------------------------


def test_cancel_by_name(socket: Socket) -> None:
    """AY-20, AY-22: an effect, and the task stays registered until its result comes; unknown names change nothing."""
    asked = socket.start_async("job", print)
    cancelled = asked.cancel_async("job", "enough")
    assert cancelled.effects[-1] == CancelAsync(started(asked).task, "enough")
    assert take_task(cancelled, started(asked).ref) is not None
    assert asked.cancel_async("other") is asked
    loading = socket.assign_async("org", dict)
    assert loading.cancel_async("org") is loading
    assert isinstance(loading.cancel_async(["org"]).effects[-1], CancelAsync)


def test_cancel_by_result(socket: Socket) -> None:
    """AY-21: its keys fail at once, each with the given result's value; not loading, or of a stream: unchanged."""
    asked = socket.assign_async(["a", "b"], dict)
    cancelled = asked.cancel_async(asked.assigns.a, "stop")
    assert cancelled.assigns.a == cancelled.assigns.b == AsyncResult(failed=AsyncExit("stop"))
    assert cancelled.effects[-1] == CancelAsync(started(asked).task, "stop")
    assert asked.cancel_async(AsyncResult.ok(1)) is asked
    streaming = socket.stream_async("posts", list)
    assert streaming.cancel_async(streaming.assigns.posts) is streaming


def test_an_exit_reads_as_its_reason() -> None:
    """So that a template can show it."""
    assert str(AsyncExit(ValueError("no"))) == "no"
    assert AsyncExit("x") == AsyncExit("x")
