"""Async work in a joined view: results in time, late, twice, never; of components; cancelled (AY). Its values: `test_tasks`."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import AsyncExit, AsyncOk, AsyncResult, BadReturn, Cont, Halt, LiveComponent, LiveView, Socket, heex
from liveview_core.errors import AsyncMissing, BadOption, UndefinedCallback
from liveview_core.process.step import NotRunning
from liveview_core.protocol.async_result import BadAsyncReturn
from liveview_core.protocol.effects import CancelAsync, Dropped, StartAsync, Task
from liveview_core.protocol.messages import AsyncDone, CidsDestroyed, CidsWillDestroy, Event
from tests.harness.client import Client, joined


class Part(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.assign(got=result)

    def mount(self, socket: Socket) -> Any:
        return socket.assign(got=None)

    render = heex("<i>{str(@got)}</i>")


class View(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(got=(), show=True, org=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        socket = socket.assign(got=(*socket.assigns.got, (name, result)))
        return result.value(socket) if isinstance(result, AsyncOk) and callable(result.value) else socket

    render = heex("<p>{str(@got)}{str(@org)}<.live_component :if={@show} module={Part} id='p' /></p>")


def do(fn: Any, cid: int | None = None) -> Event:
    return Event("do", "click", {"do": fn}, cid)


def start(client: Client, name: Any, cid: int | None = None) -> StartAsync:
    client.tell(do(lambda s: s.start_async(name, lambda: 1), cid))
    return client.started[-1]


def end(client: Client, task: StartAsync, result: Any) -> list[tuple[str, Any]]:
    return client.tell(AsyncDone(task.task, result))


# --- start_async ----------------------------------------------------------------------------------------------------------


def test_a_result_arrives() -> None:
    """AY-12, AY-13, AY-17: whatever was returned, wrapped; rendered like the work of any callback; an exit as a reason."""
    client = joined(View)
    ((kind, diff),) = end(client, start(client, ("a", 1)), AsyncOk(None))
    assert (kind, diff) == ("diff", {"0": str((((("a", 1)), AsyncOk(None)),)).replace("'", "&#39;")})
    error = ValueError("no")
    end(client, start(client, "b"), AsyncExit(error))
    assert client.assigns.got[-1] == ("b", AsyncExit(error))
    assert client.process.socket._standing.tasks == {}


def test_disconnected_nothing_starts() -> None:
    """AY-5, AY-12: the first request shows the loading state, and the work is noted, not asked for."""

    class Loads(View):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(got=(), show=False).assign_async("org", lambda: {"org": 1}).start_async("x", lambda: 1)

    client = Client(Loads)
    assert [type(effect) for effect in client.static.effects] == [Dropped, Dropped]
    assert "loading=(&#39;org&#39;,)" in client.html
    client.join()
    assert [task.name for task in client.started] == [("org",), "x"]


def test_vx_32_the_newer_task_wins() -> None:
    """AY-14, AY-15, VX-32: a name that is started again forgets its older task, whose result and end nobody hears."""
    client = joined(View)
    older, newer = start(client, "x"), start(client, "x")
    for late in (AsyncOk(1), AsyncExit("killed")):
        assert end(client, older, late) == []
    end(client, newer, AsyncOk(2))
    assert client.assigns.got == (("x", AsyncOk(2)),)
    for again in (newer, older):
        assert end(client, again, AsyncOk(3)) == []
    assert client.assigns.got == (("x", AsyncOk(2)),)


def test_the_callback_may_start_it_again() -> None:
    """AY-15: the name is free before the callback runs."""
    client = joined(View)
    end(client, start(client, "x"), AsyncOk(lambda s: s.start_async("x", lambda: 2)))
    assert [task.name for task in client.started] == ["x"]
    end(client, client.started[-1], AsyncOk(2))
    assert client.assigns.got[-1] == ("x", AsyncOk(2))


def test_a_result_may_redirect() -> None:
    """AY-17, NV-8: and the flash goes along."""
    client = joined(View)
    frames = end(client, start(client, "x"), AsyncOk(lambda s: s.put_flash("info", "x").redirect("/b")))
    assert [frame[0] for frame in frames] == ["diff", "redirect"]
    assert frames[1][1]["flash"]


def test_hooks_see_start_async_only() -> None:
    """HK-21, AY-13: and may halt; results of assign_async and stream_async pass them by."""
    seen: list[Any] = []

    def hook(name: Any, result: Any, socket: Socket) -> Any:
        seen.append((name, result))
        return Halt(socket.assign(org="halted")) if name == "halt" else Cont(socket)

    class Hooked(View):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return super().mount(params, session, socket).attach_hook("h", "handle_async", hook)

    client = joined(Hooked)
    end(client, start(client, "go"), AsyncOk(1))
    end(client, start(client, "halt"), AsyncOk(2))
    assert client.assigns.got == (("go", AsyncOk(1)),)
    assert client.assigns.org == "halted"
    client.tell(do(lambda s: s.assign_async("org", lambda: {"org": 1}).stream_async("rows", list)))
    first, second = client.started
    end(client, first, AsyncOk({"org": 1}))
    end(client, second, AsyncOk([]))
    assert [name for name, _ in seen] == ["go", "halt"]


def test_a_result_needs_its_callback() -> None:
    """CB-5, CB-6: handle_async must be there, and give a socket."""

    class Mute(View):
        handle_async = None  # type: ignore[assignment]

    client = joined(Mute)
    task = start(client, "x")
    assert client.refused(AsyncDone(task.task, AsyncOk(1)), UndefinedCallback) == (
        "test_a_result_needs_its_callback.<locals>.Mute does not define handle_async, which the result of"
        " start_async('x') needs\n"
        "  expected: a method handle_async\n"
        "  got: none of that name\n"
        "  cure: add `def handle_async(self, name, result, socket): return socket`"
    )
    client = joined(View)
    task = start(client, "x")
    assert client.refused(AsyncDone(task.task, AsyncOk(lambda s: None)), BadReturn) == (
        "invalid return from View.handle_async\n"
        "  expected: a Socket\n  got: None\n"
        "  cure: no case for name 'x'? End the function with `return socket`"
    )


# --- assign_async ---------------------------------------------------------------------------------------------------------


def test_assign_async_through_its_states() -> None:
    """AY-3, AY-4, AY-8, AY-11: loading, ok, loading with the old result, failed with it, reset."""
    client = joined(View)
    client.tell(do(lambda s: s.assign_async("org", lambda: {"org": 1})))
    assert client.assigns.org == AsyncResult(loading=("org",))
    client.done(AsyncOk({"org": 1}))
    assert client.assigns.org == AsyncResult(ok=True, result=1)
    client.tell(do(lambda s: s.assign_async("org", lambda: 0)))
    assert client.assigns.org == AsyncResult(ok=True, loading=("org",), result=1)
    error = ValueError("x")
    client.done(AsyncExit(error))
    assert client.assigns.org == AsyncResult(ok=True, failed=AsyncExit(error), result=1)
    client.tell(do(lambda s: s.assign_async("org", lambda: 0, reset=True)))
    assert client.assigns.org == AsyncResult(loading=("org",))


def test_vx_24_two_keys() -> None:
    """AY-4, AY-6, VX-24: both load with the list of both; reset may name one; a task is known by all its keys."""
    client = joined(View)
    client.tell(do(lambda s: s.assign_async(["org", "b"], dict)))
    keys = ("org", "b")
    assert (client.assigns.org, client.assigns.b) == (AsyncResult(loading=keys),) * 2
    client.done(AsyncOk({"org": 1, "b": 2}))
    client.tell(do(lambda s: s.assign_async(["org", "b"], dict, reset=["b"])))
    assert client.assigns.org == AsyncResult(ok=True, loading=keys, result=1)
    assert client.assigns.b == AsyncResult(loading=keys)
    both = client.started[-1]
    client.tell(do(lambda s: s.assign_async("org", dict)))  # another task
    end(client, both, AsyncOk({"org": 5, "b": 6}))
    assert (client.assigns.org.result, client.assigns.b.result) == (5, 6)


def test_keys_beside_those_that_were_named() -> None:
    """AY-8: an extra key is assigned too, if it is there; if not, the view says so."""
    client = joined(View)
    client.tell(do(lambda s: s.assign_async("org", lambda: 0)))
    client.done(AsyncOk({"org": 1, "show": False}))
    assert client.assigns.show == AsyncResult(ok=True, result=False)
    client.tell(do(lambda s: s.assign_async("org", lambda: 0)))
    assert client.refused(AsyncDone(client.started[-1].task, AsyncOk({"org": 1, "nope": 2})), AsyncMissing) == (
        "an async result came for 'nope', which is not assigned\n"
        "  expected: an assign 'nope', as assign_async and stream_async make one\n"
        "  got: the assigns are: live_action, flash, got, show, org\n"
        "  cure: return only the keys that you named, or assign the others in mount"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            5,
            "the function of assign_async for org returned no mapping\n"
            "  expected: a mapping with the keys 'org'\n  got: 5\n  cure: return {'org': …}; to fail, raise",
        ),
        (
            {"other": 1},
            "the function of assign_async for org did not return org\n"
            "  expected: a mapping with the keys 'org'\n  got: the keys other\n  cure: return {'org': …}",
        ),
    ],
)
def test_a_wrong_value_fails_the_task(value: Any, text: str) -> None:
    """AY-7, AY-10: not the view; the reason is the error, in full."""
    client = joined(View)
    client.tell(do(lambda s: s.assign_async("org", lambda: 0)))
    client.done(AsyncOk(value))
    reason = client.assigns.org.failed.reason
    assert isinstance(reason, BadAsyncReturn)
    assert str(reason) == text


# --- cancel_async ---------------------------------------------------------------------------------------------------------


def test_cancelling_by_name() -> None:
    """AY-19, AY-20: the task is called off; its end arrives as an exit with the reason."""
    client = joined(View)
    task = start(client, "x").task
    assert client.tell(do(lambda s: s.cancel_async("x"))) == [("ok", {})]
    assert client.effects == [CancelAsync(task, ("shutdown", "cancel"))]
    client.tell(AsyncDone(task, AsyncExit(("shutdown", "cancel"))))
    assert client.assigns.got == (("x", AsyncExit(("shutdown", "cancel"))),)
    client.tell(do(lambda s: s.cancel_async("nothing").cancel_async("x", "again")))
    assert client.effects == []


def test_cancelling_an_assign() -> None:
    """AY-20…22, VX-32: by the list of its keys, or by its result, which then has failed at once; not by the bare key."""
    client = joined(View)
    client.tell(do(lambda s: s.assign_async("org", lambda: 0)))
    task = client.started[-1].task
    client.tell(do(lambda s: s.cancel_async("org")))
    assert client.effects == []
    assert client.assigns.org.loading
    client.tell(do(lambda s: s.cancel_async(["org"], "why")))
    assert client.effects == [CancelAsync(task, "why")]
    client.tell(AsyncDone(task, AsyncExit("why")))
    assert client.assigns.org == AsyncResult(failed=AsyncExit("why"))
    client.tell(do(lambda s: s.assign_async("org", lambda: 0)))
    client.tell(do(lambda s: s.cancel_async(s.assigns.org)))
    assert client.assigns.org == AsyncResult(failed=AsyncExit(("shutdown", "cancel")))
    assert [type(effect) for effect in client.effects] == [CancelAsync]


def test_a_result_that_is_not_loading_cannot_be_cancelled() -> None:
    """AY-21: the socket stays as it was; a stream's result names no keys."""
    client = joined(View)
    client.tell(do(lambda s: s.assign(org=AsyncResult.ok(1)).stream_async("rows", list)))
    task = client.started[-1].task
    client.tell(do(lambda s: s.cancel_async(s.assigns.org).cancel_async(s.assigns.rows)))
    assert client.effects == []
    client.tell(do(lambda s: s.cancel_async("rows")))
    assert client.effects == [CancelAsync(task, ("shutdown", "cancel"))]


# --- stream_async ---------------------------------------------------------------------------------------------------------


class Rows(View):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.stream_async("rows", list)

    render = heex(
        "<ul id='u' phx-update='stream'><li :for={id, row in @streams.rows} id={id}>{row.id}</li></ul>"
        "{str(@rows.ok)} {str(@rows.failed is None)}"
    )


class Row:
    def __init__(self, id: int) -> None:
        self.id = id


class Record(dict[str, int]):
    """A row that is a dict."""

    @property
    def id(self) -> int:
        return self["id"]


def test_a_stream_is_filled() -> None:
    """AY-23, AY-25, ST-14: an empty stream at once; the items with their options, on the stream that is there."""
    client = Client(Rows)
    ((_, response),) = client.join()
    assert response["rendered"]["0"]["stream"] == ["0", [], []]
    ((_, diff),) = client.done(AsyncOk(([Row(1), Row(2)], {"at": 0, "limit": 5, "reset": True})))
    inserts = [["rows-2", 0, 5, False], ["rows-1", 0, 5, False]]
    assert diff["0"]["stream"] == ["0", inserts, [], True]
    assert client.assigns.rows == AsyncResult(ok=True, result=True)


def test_a_stream_is_filled_with_its_options() -> None:
    """AY-24: all that `stream` takes; two rows in a tuple are two rows, whatever they are."""
    client = Client(Rows)
    client.join()
    ((_, diff),) = client.done(AsyncOk(([Row(1)], {"update_only": True})))
    assert diff["0"]["stream"] == ["0", [["rows-1", -1, None, True]], []]
    client.tell(do(lambda s: s.stream_async("rows", list)))
    ((_, diff),) = client.done(AsyncOk((Record(id=1), Record(id=2))))
    assert [each[0] for each in diff["0"]["stream"][1]] == ["rows-2", "rows-1"]


def test_options_that_a_stream_does_not_have() -> None:
    """AY-24, AY-10: they fail the task, and say which."""
    client = Client(Rows)
    client.join()
    client.done(AsyncOk(([Row(1)], {"at": 0, "rest": True})))
    assert str(client.assigns.rows.failed.reason) == (
        "the function of stream_async('rows') returned options that stream does not take\n"
        "  expected: some of at, reset, limit, update_only\n"
        "  got: 'rest'\n"
        "  cure: return (items, {'at': …, 'reset': …}), or a list, if the dict is an item\n"
        "  nearest: reset"
    )


@pytest.mark.parametrize("value", [5, "text", {"a": 1}, None])
def test_no_items(value: Any) -> None:
    """AY-24, AY-25: a failure of the task; the stream is untouched."""
    client = joined(Rows)
    assert client.done(AsyncOk(value)) == [("diff", {"2": "False"})]
    reason = client.assigns.rows.failed.reason
    assert str(reason) == (
        "the function of stream_async('rows') returned no items\n"
        "  expected: an iterable of items, or (items, {'at': …, 'reset': …, 'limit': …})\n"
        f"  got: {value!r}\n"
        "  cure: return a list; to fail, raise"
    )


# --- components -----------------------------------------------------------------------------------------------------------


def test_a_components_task() -> None:
    """AY-16, HK-19: delivered to the component that started it; a component that is gone hears nothing."""
    client = joined(View)
    task = start(client, "x", cid=1)
    assert task.task.cid == 1
    assert end(client, task, AsyncOk(5)) == [("diff", {"c": {"1": {"0": "AsyncOk(value=5)"}}})]
    assert end(client, task, AsyncOk(6)) == []
    late = start(client, "x", cid=1)
    client.tell(do(lambda s: s.assign(show=False)))
    client.tell(CidsWillDestroy((1,)))
    client.tell(CidsDestroyed((1,)))
    assert end(client, late, AsyncOk(7)) == []


def test_a_components_assign() -> None:
    """AY-16: the states are the component's."""
    client = joined(View)
    client.tell(do(lambda s: s.assign_async("got", lambda: 0), 1))
    ((_, diff),) = client.done(AsyncOk({"got": 3}))
    assert "result=3" in diff["c"]["1"]["0"]
    assert client.assigns.got == ()


def test_a_result_of_no_task() -> None:
    """AY-15: a reference that nobody knows, of the view or of a component, is nothing."""
    client = joined(View)
    for ref in ("77", "1-77", "9-0"):
        assert client.tell(AsyncDone(ref, AsyncOk(1))) == []
    assert AsyncDone(Task("x", "1-0", "start"), AsyncOk(1)).cid == 1


# --- what cannot be started -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (
            lambda s: s.start_async("x", 5),
            "start_async('x', …) takes a function without arguments\n"
            "  expected: a function, called later\n  got: 5\n  cure: socket.start_async('x', lambda: …)",
        ),
        (
            lambda s: s.start_async([], lambda: 0),
            "the name of start_async must be hashable\n  expected: a str or tuple\n  got: []",
        ),
        (
            lambda s: s.assign_async([], dict),
            "assign_async takes a key or a list of keys\n  expected: a str, or strs\n  got: []",
        ),
        (
            lambda s: s.assign_async("a", dict, reset=["b"]),
            "the option reset of assign_async names keys that are not assigned\n"
            "  expected: True, False, or some of a\n  got: ['b']",
        ),
    ],
)
def test_wrong_arguments(start: Any, text: str) -> None:
    """AY-3, AY-12: refused, and nothing has happened."""
    assert joined(View).refused(do(start), BadOption) == text


def test_tasks_die_with_their_view() -> None:
    """AY-18: a process that has stopped takes no result any more."""
    client = joined(View)
    task = start(client, "x")
    client.tell(do(lambda s: s.redirect("/b")))
    assert "it has stopped" in client.refused(AsyncDone(task.task, AsyncOk(1)), NotRunning)
