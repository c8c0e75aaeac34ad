"""`socket`: a frozen value whose every method gives a new one; assigns, flash, events, effects, navigation, facts."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import time
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS, LiveComponent, Socket
from liveview_core.errors import BadOption, MissingAssign, NavigationError, NotMounted, OutsideStep, ReservedName
from liveview_core.protocol.effects import (
    Broadcast,
    CancelTimer,
    Dropped,
    Effect,
    Every,
    Redirect,
    Send,
    SendAfter,
    SendUpdate,
    Subscribe,
    Unsubscribe,
)
from liveview_core.socket.socket import component_socket, mounting_socket
from liveview_core.socket.socket_state import NO_REPLY, Facts, Instant, Mounting


@pytest.fixture
def socket() -> Socket:
    return Socket(connected=True, count=0, user={"name": "ann"})


class Cart(LiveComponent):
    """Whom an update is for."""


def busy(socket: Socket) -> Socket:
    """A socket with something in every slot."""
    return (
        socket.assign(count=1)
        .put_flash("info", "x")
        .push_event("e", {})
        .subscribe("t")
        .put_private("k", 1)
        .stream("s", [{"id": 1}])
        .start_async("job", print)
        .push_patch("/x")
    )


# --- the value ------------------------------------------------------------------------------------------------------------


def test_is_a_real_frozen_value(socket: Socket) -> None:
    """Whichever method made it: frozen, equal by value, unhashable, and evolve works."""
    for each in (socket, socket.assign(count=1), busy(socket)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            each._assigns = {}  # type: ignore[misc]
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            each.count = 1  # type: ignore[attr-defined]
        assert attrs.evolve(each) == each
        assert attrs.evolve(each, _redirected=None)._redirected is None  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            hash(each)
    assert busy(socket) == busy(socket)
    assert busy(socket) != socket


def test_pickles_and_copies_without_the_step(socket: Socket) -> None:
    """Everything but the instant: it belongs to the step (api, section 2)."""
    inside = busy(socket).at(Instant(5, "seed"))
    for copied in (pickle.loads(pickle.dumps(inside)), copy.copy(inside), copy.deepcopy(inside)):
        assert copied == inside
        with pytest.raises(OutsideStep):
            _ = copied.now


def test_methods_never_change_the_socket_they_are_called_on(socket: Socket) -> None:
    """SK-2, by comparing with a copy made before."""
    before = copy.deepcopy(socket)
    busy(socket)
    assert socket == before


def test_repr_says_what_matters(socket: Socket) -> None:
    """Assigns, what changed, what is pending; nothing of the instant."""
    text = repr(socket.assign(count=1).broadcast("t", "m").redirect("/x").at(Instant(1, "s")))
    assert text == (
        "<Socket(connected=True, count=1, user={'name': 'ann'}), changed=['count'],"
        " effects=[Broadcast(topic='t', message='m', from_self=False)], redirect('/x')>"
    )


def test_one_assign_costs_less_than_attrs_evolve(socket: Socket) -> None:
    """At most 0.6 of an evolve of the same socket, side by side (performance-limits, section 1)."""
    socket = Socket(a=1, b=2, c=3, d=4, count=0)

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        for _ in range(3_000):
            work()
        return time.process_time() - start

    rounds = [(seconds(lambda: socket.assign(count=1)), seconds(lambda: attrs.evolve(socket))) for _ in range(15)]
    assert min(mine for mine, _ in rounds) <= 0.6 * min(evolve for _, evolve in rounds)


# --- assigns (AS) ---------------------------------------------------------------------------------------------------------


def test_assign_marks_only_what_changed_with_the_oldest_value(socket: Socket) -> None:
    """AS-3, AS-4, AS-5: equal is the same socket; the first old value stays; there and back stays marked."""
    assert socket.assign(count=0, user={"name": "ann"}) is socket
    changed = socket.assign(count=1, user={"name": "ben"}).assign(user={"name": "cat"}, new=None)
    assert changed._changed == {"count": True, "user": {"name": "ann"}, "new": True}
    assert socket.assign(count=1).assign(count=0).changed("count")
    assert not socket.changed("count")
    assert socket.assign(count=True)._changed == {"count": True}  # 0 and False are two values


def test_assign_takes_mappings_and_assigns(socket: Socket) -> None:
    """A mapping, the assigns of a component call, keywords on top (AS-1)."""
    from liveview_core.values.assigns import Assigns

    assert socket.assign({"a": 1, "b": 1}, b=2).assigns.b == 2
    assert socket.assign(Assigns({"keys": [1]})).assigns["keys"] == [1]
    for wrong in (5, [("a", 1)], {1: 2}):
        with pytest.raises(BadOption):
            socket.assign(wrong)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0, 1, 1.0, True, "x", (1,), [1]])), max_size=8))
def test_assigning_is_putting_into_a_dict(pairs: list[tuple[str, Any]]) -> None:
    """The model: a dict; and what is not marked is what it was."""
    socket = Socket(a=0)
    model: dict[str, Any] = {"a": 0}
    for name, value in pairs:
        socket = socket.assign({name: value})
        model[name] = value
    assert repr(dict(socket.assigns)) == repr(model)
    for name in model:
        if not socket.changed(name):
            assert repr(model[name]) == repr(Socket(a=0).assigns.get(name))


@pytest.mark.parametrize("name", ["flash", "uploads", "streams", "socket", "myself"])
def test_reserved_assigns(socket: Socket, name: str) -> None:
    """AS-2, AS-21: assign and assign_new refuse them and say what to use; update is not asked (AS-9)."""
    with pytest.raises(ReservedName) as caught:
        socket.assign({name: 1})
    assert caught.value.cure
    with pytest.raises(ReservedName):
        socket.assign_new(name, dict)
    assert socket.assign(live_action="x", page_title="y").assigns.page_title == "y"


def test_update_and_assign_new(socket: Socket) -> None:
    """AS-9, AS-20."""
    assert socket.update("count", lambda n: n + 1).assigns.count == 1
    assert socket.update("count", lambda n: n) is socket
    with pytest.raises(MissingAssign) as caught:
        socket.update("coutn", lambda n: n)
    assert caught.value.nearest == ("count",)
    none = socket.assign(maybe=None)
    assert none.assign_new("maybe", lambda: 1) is none
    assert none.assign_new("new", lambda: 1)._changed["new"] is True


def test_assign_new_asks_parents_while_mounting() -> None:
    """AS-22: absent names are recorded; the source's value wins over the function; after mount nobody is asked (AS-23)."""
    facts = Facts(mounting=Mounting(source={"user": "ann"}))
    socket = (
        mounting_socket(facts).assign_new("user", lambda: "ben").assign_new("n", lambda: 1).assign_new("n", lambda: 2)
    )
    assert (socket.assigns.user, socket.assigns.n) == ("ann", 1)
    assert socket._facts.mounting is not None
    assert socket._facts.mounting.recorded == ("user", "n")
    assert mounting_socket(facts).mounted().assign_new("user", lambda: "ben").assigns.user == "ben"


def test_mounting_and_component_sockets() -> None:
    """LC-4: two assigns, unmarked. CP-5: `myself`, and an empty flash that is marked."""
    view = mounting_socket(Facts(id="phx-1", connected=True), live_action="show", flash={"info": "x"})
    assert dict(view.assigns) == {"live_action": "show", "flash": {"info": "x"}}
    assert not view.has_changed()
    inside = component_socket(view.put_private("a", 1), 3)
    assert dict(inside.assigns) == {"myself": 3, "flash": {}}
    assert inside._changed == {"flash": True}
    assert (inside.id, inside.cid, inside.connected, dict(inside.private)) == ("phx-1", 3, True, {})


# --- flash and client -----------------------------------------------------------------------------------------------------


def test_flash(socket: Socket) -> None:
    """FL-1, FL-2, FL-3: kept in the assign and in the cycle; clearing all leaves the cycle's (quirk), one clears both."""
    put = socket.put_flash("info", "a").put_flash("error", "b")
    assert put.assigns.flash == {"info": "a", "error": "b"} == put.cycle_flash
    assert put.clear_flash("info").assigns.flash == {"error": "b"} == put.clear_flash("info").cycle_flash
    assert put.clear_flash().assigns.flash == {}
    assert put.clear_flash().cycle_flash == put.cycle_flash
    assert put.settled().put_flash("info", "c")._changed["flash"] == {"info": "a", "error": "b"}
    with pytest.raises(BadOption):
        socket.put_flash(1, "x")  # type: ignore[arg-type]


def test_push_event(socket: Socket) -> None:
    """PE-1, PE-2, PE-7: in order, `before` as a third element, commands as their operations; no assign is marked."""
    pushed = socket.push_event("a", {"i": 1}).push_event("b", {"do": JS.hide()}, dispatch="before")
    assert pushed.pushed_events() == [["a", {"i": 1}], ["b", {"do": [["hide", {}]]}, True]]
    assert not pushed.has_changed()
    with pytest.raises(BadOption):
        socket.push_event("a", 1)  # type: ignore[arg-type]
    with pytest.raises(BadOption) as caught:
        socket.push_event("a", {}, dispatch="befor")  # type: ignore[arg-type]
    assert caught.value.nearest == ("before",)


def test_navigation_requests(socket: Socket) -> None:
    """NV-1, NV-2, SK-6: what is asked for is a value."""
    assert socket.push_patch("/a?b=1").redirected == Redirect("patch", "/a?b=1")
    assert socket.push_navigate("/a", replace=True).redirected == Redirect("navigate", "/a", replace=True)
    assert socket.redirect("/a", external="x").redirected == Redirect("redirect", "/a")  # `to` wins
    assert socket.redirect(external="https://x.org", status=303).redirected == Redirect(
        "redirect", None, "https://x.org", 303
    )
    assert (Redirect("patch", "/").history, Redirect("patch", "/", replace=True).history) == ("push", "replace")
    assert socket.push_patch("/a").without_redirect().redirected is None


@pytest.mark.parametrize(
    "second", [lambda s: s.push_patch("/b"), lambda s: s.push_navigate("/b"), lambda s: s.redirect("/b")]
)
@pytest.mark.parametrize(
    "first", [lambda s: s.push_patch("/a"), lambda s: s.push_navigate("/a"), lambda s: s.redirect("/a")]
)
def test_one_redirect_only(socket: Socket, first: Any, second: Any) -> None:
    """NV-6: the error names the first."""
    with pytest.raises(NavigationError, match=r"already prepared to redirect with \w+\('/a'\)"):
        second(first(socket))


@pytest.mark.parametrize("to", ["", "a", "//x.org", "http://x.org", "/a\\b", "/%09/x", "/\t", "/\n", None, 5])
def test_wrong_paths(socket: Socket, to: Any) -> None:
    """NV-3: for all three functions, each named in its error."""
    for name in ("push_patch", "push_navigate"):
        with pytest.raises(NavigationError, match=name):
            getattr(socket, name)(to)
    if to is not None:
        with pytest.raises(NavigationError, match="redirect"):
            socket.redirect(to)


def test_redirect_needs_a_destination_and_a_status(socket: Socket) -> None:
    """NV-1."""
    with pytest.raises(NavigationError, match="needs a destination"):
        socket.redirect()
    with pytest.raises(NavigationError, match="status"):
        socket.redirect("/", status=200)


# --- effects --------------------------------------------------------------------------------------------------------------


def asked(socket: Socket) -> Socket:
    return (
        socket.send("m")
        .send("m", to="other")
        .send_after("m", 1.5, name="n")
        .send_interval("m", 2)
        .cancel_timer("n")
        .subscribe("t")
        .unsubscribe("t")
        .broadcast("t", "m")
        .broadcast_from("t", "m")
        .send_update(Cart, id="c", total=1)
        .send_update_after(Cart, cid=3, after=1, total=2)
    )


WANTED: tuple[Effect, ...] = (
    Send("m"),
    Send("m", "other"),
    SendAfter("m", 1_500_000, "n"),
    Every("m", 2_000_000),
    CancelTimer("n"),
    Subscribe("t"),
    Unsubscribe("t"),
    Broadcast("t", "m"),
    Broadcast("t", "m", from_self=True),
    SendUpdate(Cart, "c", {"total": 1}),
    SendUpdate(Cart, None, {"total": 2}, 1_000_000, 3),
)


def test_effects_come_once_and_in_order(socket: Socket) -> None:
    """The effect law; and asking marks nothing as changed."""
    socket = asked(socket)
    assert socket.effects == WANTED
    assert not socket.has_changed()
    assert socket.settled().effects == ()
    assert socket.quiet().effects == ()


def test_a_disconnected_mount_drops_what_needs_a_living_process() -> None:
    """Timers, subscriptions and messages to itself are noted as dropped; broadcasts and messages to others go out."""
    effects = asked(Socket(connected=False)).effects
    gone = {0, 2, 3, 4, 5, 6, 10}
    assert effects == tuple(Dropped(each) if i in gone else each for i, each in enumerate(WANTED))


def test_times_and_topics_are_checked(socket: Socket) -> None:
    """Seconds are numbers of 0 or more; a topic is text."""
    for seconds in (-1, "1", True, float("inf"), float("nan"), None):
        with pytest.raises(BadOption):
            socket.send_after("m", seconds)  # type: ignore[arg-type]
    with pytest.raises(BadOption, match="never let time pass"):
        socket.send_interval("m", 0)
    for use in (socket.subscribe, socket.unsubscribe):
        with pytest.raises(BadOption):
            use(5)  # type: ignore[arg-type]


# --- facts ----------------------------------------------------------------------------------------------------------------


def test_now_and_random_exist_only_inside_a_step(socket: Socket) -> None:
    """Aware UTC from integer µs; random from the seed string, shared by all sockets of the step; closed afterwards."""
    instant = Instant(1_700_000_000_000_001, "0:phx-1:3")
    inside = socket.at(instant)
    assert inside.now == dt.datetime(2023, 11, 14, 22, 13, 20, 1, tzinfo=dt.UTC)
    first, second = inside.random.random(), inside.assign(count=5).random.random()
    assert first != second
    again = socket.at(Instant(0, "0:phx-1:3"))
    assert (again.random.random(), again.random.random()) == (first, second)
    assert inside == socket
    instant.close()
    for outside in (socket, inside, inside.settled()):
        for fact in ("now", "random"):
            with pytest.raises(OutsideStep, match=f"socket.{fact} exists only while"):
                getattr(outside, fact)


def test_connect_facts_exist_only_while_mounting(socket: Socket) -> None:
    """NV-30, NV-31."""
    mounting = Mounting(params={"_mounts": 0}, info={"user_agent": "x"})
    connected = mounting_socket(Facts(connected=True, mounting=mounting))
    assert connected.get_connect_params() == {"_mounts": 0}
    assert connected.get_connect_info("user_agent") == "x"
    assert connected.get_connect_info("other") is None
    assert mounting_socket(Facts(mounting=Mounting())).get_connect_params() is None
    after = connected.mounted()
    reads: list[Callable[[], Any]] = [
        after.get_connect_params,
        lambda: after.get_connect_info("x"),
        after.static_changed,
    ]
    for read in reads:
        with pytest.raises(NotMounted, match="exists only while mounting"):
            read()
    with pytest.raises(NotMounted, match="only the root view"):
        mounting_socket(Facts(parent="p")).get_connect_params()


@pytest.mark.parametrize(
    ("tracked", "changed"),
    [
        (["http://x/app.js"], False),
        (["/app-abc.js?vsn=d"], False),
        (["/app-old.js"], True),
        (["/app.js", "/app-old.js"], True),
        ([], False),
    ],
)
def test_static_changed(tracked: list[str], changed: bool) -> None:
    """NV-32: a tracked file that is neither a plain nor a digested path of the manifest."""
    manifest = {"app.js": "app-abc.js"}
    mounting = Mounting(params={"_track_static": tracked}, manifest=manifest)
    assert mounting_socket(Facts(connected=True, mounting=mounting)).static_changed() is changed
    assert mounting_socket(Facts(connected=False, mounting=mounting)).static_changed() is False
    without = Mounting(params={"_track_static": tracked})
    assert mounting_socket(Facts(connected=True, mounting=without)).static_changed() is False


def test_private_values(socket: Socket) -> None:
    """SK-4: not tracked, read-only, nine reserved keys."""
    put = socket.put_private("key", 1)
    assert put.private["key"] == 1
    assert not put.has_changed()
    with pytest.raises(TypeError):
        put.private["key"] = 2  # type: ignore[index]
    reserved = "connect_params connect_info assign_new live_async live_layout live_temp lifecycle render_with root_view"
    for key in reserved.split():
        with pytest.raises(ReservedName, match=key):
            socket.put_private(key, 1)
    assert socket.put_private("temporary_assigns", 1).private["temporary_assigns"] == 1


def test_render_with_and_pipe(socket: Socket) -> None:
    """SK-10 takes a function; pipe passes arguments and gives what the function gives."""
    with pytest.raises(BadOption):
        socket.render_with("template")  # type: ignore[arg-type]

    def gather(given: Socket, a: int, *, b: int) -> tuple[Socket, int, int]:
        return given, a, b

    assert socket.pipe(gather, 1, b=2) == (socket, 1, 2)


def test_the_socket_of_a_template_gives_no_assigns_away(socket: Socket) -> None:
    """SK-8: `@socket` is there for rendering, and only there."""
    assigns = socket.assign(count=1).rendering()
    assert assigns["socket"].connected
    assert assigns._changed == {"count": True}
    with pytest.raises(MissingAssign, match="no assigns to read"):
        _ = assigns["socket"].assigns
    assert "socket" not in socket.assigns


# --- after the message ----------------------------------------------------------------------------------------------------


def test_settled_and_quiet(socket: Socket) -> None:
    """AS-11, LC-34, LC-35, SK-5."""
    socket = socket.with_temporary({"messages": [], "count": 9})
    assert socket.assigns.messages == []
    assert socket.assigns.count == 0  # only where absent (LC-33)
    assert not socket.has_changed()
    full = busy(socket).assign(messages=["x"]).with_reply({"ok": 1})
    settled = full.settled()
    assert (settled.assigns.messages, settled.assigns.count) == ([], 9)
    assert not settled.has_changed()
    assert (settled.effects, settled.pushed_events(), settled.reply, settled.cycle_flash) == ((), [], NO_REPLY, {})
    assert settled.private["k"] == 1
    quiet = socket.push_event("e", {}).quiet()
    assert quiet.pushed_events() == []
    assert quiet.assigns.count == 0  # no render, no reset


def test_what_the_framework_may_assign(socket: Socket) -> None:
    """`merge_assigns` has no reserved names, `with_flash` replaces (CP-7, FL-5); both track changes."""
    merged = socket.merge_assigns({"flash": {"info": 1}, "live_action": "x"})
    assert merged.changed("flash")
    assert merged.with_flash({"a": 1}).assigns.flash == {"a": 1}
    assert socket.merge_assigns({"count": 0}) is socket


def test_whom_a_message_is_for() -> None:
    """`send(pid, message)`, as Elixir has it, would send the pid to nobody."""
    with pytest.raises(BadOption) as caught:
        Socket(connected=True).send("lobby-1", ("new", 1))
    assert str(caught.value) == (
        "send takes the message first, and then whom it is for\n"
        "  expected: the id of a process, or what has one: send(message, to=view.id)\n"
        "  got: send('lobby-1', ('new', 1))\n"
        "  cure: socket.send(('new', 1), to='lobby-1')"
    )
