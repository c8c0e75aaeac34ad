"""What a test gives wrongly is refused where it is given: in words, and nothing in the world has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from attrs import frozen

from liveview_core import Changeset, LiveComponent, LiveView, Reply, Route, Router, Socket, attr, heex, raw, slot
from liveview_core.errors import BadOption, LiveViewError
from liveview_testing import ANY, NotAValue, NotHappened, Simulation, View, ViewGone, expect, live
from liveview_testing.failures.exceptions import ValueRefused


class Wide(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(seen=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(seen=(event, params))

    render = heex("""
    <p id="seen">{repr(@seen)}</p>
    <button id="go" phx-click="go" phx-hook="Hook">Go</button>
    <form id="f" phx-submit="save" phx-change="check"><input name="a"><input name="n" type="number"></form>
    """)


ROUTER = Router([Route("/wide", Wide)])


@frozen
class Point:
    x: int


Wrong = tuple[Callable[[Any], Any], type[LiveViewError], str]

WRONG: dict[str, Wrong] = {
    "a selector that is no text": (
        lambda view: view.has_element(3),
        BadOption,
        "an element is described by a selector\n"
        "  expected: a str such as '#save' or 'form button'\n"
        "  got: 3\n"
        "  cure: view.element('#save'), view.element('button', 'Save')",
    ),
    "a text that is no text": (
        lambda view: view.element("p", 3).text,
        BadOption,
        "the text of 'p' cannot be compared\n"
        "  expected: a str that the element's text contains, or a compiled pattern\n"
        "  got: 3\n"
        "  cure: str(…), or re.compile(…): view.has_element('p', '3')",
    ),
    "data that is no mapping": (
        lambda view: view.form("#f", "a=1").render_submit(),
        BadOption,
        "what is filled into '#f' is not a mapping\n"
        "  expected: the names of fields, each with its value; nested as the names are\n"
        "  got: 'a=1'\n"
        "  cure: view.form('#f', {'user': {'name': 'Ann'}})",
    ),
    "fields that are no mapping": (
        lambda view: view.form("#f").render_submit("a=1"),
        BadOption,
        "what a form's event sends is not a mapping\n"
        "  expected: the names of fields, each with its value; nested as the names are\n"
        "  got: 'a=1'\n"
        "  cure: render_submit({'user': {'name': 'Ann'}})",
    ),
    "a change that is neither fields nor files": (
        lambda view: view.form("#f").render_change(5),
        BadOption,
        "what changes a form is not a mapping\n"
        "  expected: the names of fields, each with its value; nested as the names are, or a file_input(…)\n"
        "  got: 5\n"
        "  cure: render_change({'user': {'name': 'Ann'}})",
    ),
    "an object in a field": (
        lambda view: view.form("#f", {"a": Point(1)}).render_submit(),
        ValueRefused,
        "a value of type Point cannot be put into a field\n"
        "  expected: text, a number, True, False, None, a date or time, or what has a text of its own; lists of them\n"
        "  got: Point(x=1)\n"
        "  cure: give its text, or, for fields inside, a mapping: {'user': {'name': 'Ann'}}",
    ),
    "a mapping in a list of fields": (
        lambda view: view.render_submit("save", {"rows": [{"a": 1}]}),
        ValueRefused,
        "a value of type dict cannot be put into a field\n"
        "  expected: text, a number, True, False, None, a date or time, or what has a text of its own; lists of them\n"
        "  got: {'a': 1}\n"
        "  cure: give its text, or, for fields inside, a mapping: {'user': {'name': 'Ann'}}",
    ),
    "an event that is no name": (
        lambda view: view.render_click(5),
        BadOption,
        "an event is called by its name\n"
        "  expected: a str, as in phx-click\n"
        "  got: 5\n"
        "  cure: view.render_click('save', {'id': '1'})",
    ),
    "a value that is no mapping": (
        lambda view: view.element("#go").render_click(5),
        BadOption,
        "the value of an event is not a mapping\n  expected: a dict of JSON data\n  got: 5\n  cure: {'value': …}",
    ),
    "a router that is none": (
        lambda view: Simulation([Route("/", Wide)]),  # type: ignore[arg-type]
        BadOption,
        "paths are resolved by a router\n"
        "  expected: a Router\n"
        "  got: [Route(path='/', view=Wide(), action=None, container=None, metadata={})]\n"
        '  cure: Router([Route("/chat/:room", ChatLive)])',
    ),
    "a session that is no mapping": (
        lambda view: view.sim.live("/wide", session=5),
        BadOption,
        "the option session is no mapping\n  expected: a dict\n  got: 5\n  cure: session={'name': 'Ann'}",
    ),
    "a beginning that is no time": (
        lambda view: live(Wide, now=5),  # type: ignore[arg-type]
        BadOption,
        "a simulation begins at a datetime\n  expected: an aware datetime\n  got: 5\n  cure: datetime(…, tzinfo=UTC)",
    ),
    "a path that is none": (
        lambda view: view.sim.live("wide"),
        BadOption,
        "'wide' is no path\n  expected: a str that begins with one '/'\n  got: 'wide'\n  cure: /wide",
    ),
    "a URL for a path": (
        lambda view: view.sim.live("https://example.org/wide?a=1"),
        BadOption,
        "'https://example.org/wide?a=1' is no path\n"
        "  expected: a str that begins with one '/'\n"
        "  got: 'https://example.org/wide?a=1'\n"
        "  cure: /wide?a=1",
    ),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_wrong(case: Wrong) -> None:
    """Each in full, and the world is the one it was: the very same value."""
    act, kind, text = case
    view = live("/wide", router=ROUTER)
    before = view.sim.world
    with pytest.raises(kind) as caught:
        act(view)
    assert str(caught.value) == text
    assert view.sim.world is before


def test_a_view_of_another_world() -> None:
    """What was opened in the fork is not in the world it was forked from."""
    sim = Simulation(ROUTER)
    here = sim.live("/wide")
    there = sim.fork().live("/wide")
    assert sim.view(here) == here
    with pytest.raises(ViewGone) as caught:
        sim.view(there)
    assert str(caught.value) == (
        "'phx-2' is not in this world\n"
        "  expected: a view of this world, or of one that it was forked from\n"
        "  got: one of another; here are phx-1\n"
        "  cure: open it before the fork"
    )


def test_values_travel() -> None:
    """Keys become text, dates too, tuples lists; of a form all is text; the test's original is its own."""
    view = live("/wide", router=ROUTER)
    given: dict[Any, Any] = {"at": date(2025, 1, 2), 7: [{"a": None, 1: (1, 2)}]}
    view.render_click("go", given)
    seen = view.assigns.seen[1]
    assert seen == {"at": "2025-01-02", "7": [{"a": None, "1": [1, 2]}]}
    given[7].append("later")
    assert len(seen["7"]) == 1
    view.element("#go").render_click({"pair": [1, 2]})
    assert view.assigns.seen == ("go", {"pair": [1, 2], "value": ""})
    view.form("#f", {"a": Decimal("1.50"), "n": 5}).render_submit()
    assert view.assigns.seen == ("save", {"a": "1.50", "n": "5"})


def test_what_is_expected_is_compared_as_it_travels() -> None:
    """A tuple, a date or an integer key may be expected as the view gave it, or as it is on the wire."""

    class Pushing(LiveView):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Reply:
            data: dict[Any, Any] = {"at": date(2025, 1, 2), 7: (1, {"x": Decimal("1.5")})}
            return Reply(socket.push_event("chart", data), data)

        render = heex("<p></p>")

    for expected in (
        {"at": date(2025, 1, 2), 7: (1, {"x": Decimal("1.5")})},
        {"at": "2025-01-02", "7": [1, {"x": "1.5"}]},
        {"at": ANY, "7": (1, ANY)},
    ):
        view = live(Pushing)
        view.render_click("go")
        assert view.assert_push_event("chart", expected) == {"at": "2025-01-02", "7": [1, {"x": "1.5"}]}
        view.assert_reply(expected)
    view.refute_push_event("chart")
    with pytest.raises(NotHappened):
        view.assert_push_event("chart", {"at": object()})


def test_a_view_is_no_view_for_another_type() -> None:
    """Equality with a text asks nothing, with anything else it is the other's to decide. What asks nothing is neither true nor
    false; nothing holds text.
    """
    view = live(Wide)
    assert view == View(view.sim, view.id)
    other = object()
    assert view.__eq__(other) is NotImplemented
    assert view != other
    handles: list[Any] = [view, view.page]
    for shown in handles:
        with pytest.raises(NotAValue, match="is never equal to str values"):
            assert shown != "x"
    with pytest.raises(NotAValue, match="neither true nor false"):
        bool(view.with_target("body"))
    with pytest.raises(NotAValue, match="was asked nothing: it is neither true nor false"):
        bool(expect(view.page))
    with pytest.raises(NotAValue, match="holds no text itself"):
        assert "x" in cast("Any", view.page)
    for log in (view.wire, view.sim.history, view.page.notes, view.page.events):
        with pytest.raises(NotAValue, match="holds frames, messages or notes, and no texts"):
            assert "phx_reply" not in log


def test_names_that_no_frame_has() -> None:
    """What is never there is not refuted in silence."""
    view = live(Wide)
    for asked in (view.refute_push_event, view.assert_push_event, lambda topic: view.sim.broadcast(topic, 1)):
        with pytest.raises(BadOption):
            cast("Any", asked)(3)
    for told in (view.refute_patched, view.refute_redirected, view.assert_patch, view.assert_redirect):
        with pytest.raises(BadOption, match="a destination is a path or a URL"):
            cast("Any", told)(3)


class Rude:
    """Has no text, and no number."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")

    __str__ = __repr__

    def __hash__(self) -> int:
        return 1


@frozen
class User:
    name: str = ""


PRINT: Any = print

UNTELLABLE: dict[str, Callable[[Any, Any], Any]] = {
    "an id of a hook": lambda view, it: Socket().detach_hook(it, "nowhere"),
    "a stage": lambda view, it: Socket().attach_hook("a", it, PRINT),
    "two hooks of one id": lambda view, it: (
        Socket().attach_hook(it, "handle_event", PRINT).attach_hook(it, "handle_event", PRINT)
    ),
    "a mode": lambda view, it: Socket().allow_upload("a", accept="any", max_entries_mode=it),
    "a file": lambda view, it: Socket().allow_upload("a", accept="any").cancel_upload("a", it),
    "an async key": lambda view, it: Socket().assign_async("a", dict, reset=[it]),
    "an async key that is a list": lambda view, it: Socket().assign_async("a", dict, reset=cast("Any", [[it]])),
    "an id of a component": lambda view, it: Socket().send_update(LiveComponent, id=[it]),
    "where in an event": lambda view, it: Socket().push_event("a", {"b": it}),
    "when in an event": lambda view, it: Socket().push_event("a", {}, dispatch=it),
    "an attribute": lambda view, it: attr(it),
    "a slot": lambda view, it: slot(it),
    "an action": lambda view, it: ROUTER.path(Wide, it),
    "a field": lambda view, it: Changeset.cast(User(), {}, ["name"]).put_change(it, 1),
    "a field that is a list": lambda view, it: Changeset.cast(User(), {}, ["name"]).put_change(cast("Any", [it]), 1),
    "an association": lambda view, it: Changeset.cast(User(), {}, ["name"]).put_assoc(cast("Any", [it]), 1),
    "a field with several": lambda view, it: Changeset.cast(User(), {}, ["name"]).validate_inclusion(it, "ab"),
    "a call": lambda view, it: view.call(it),
    "a cast": lambda view, it: view.cast(it),
    "a text": lambda view, it: view.has_element("p", it),
    "a pushed event": lambda view, it: view.assert_push_event("e", it),
    "a reply": lambda view, it: view.assert_reply(it),
    "where it went": lambda view, it: view.follow_redirect(it),
    "a target": lambda view, it: view.with_target(it),
    "a form of files": lambda view, it: view.file_input(it, "a", []),
    "files": lambda view, it: view.file_input("#f", "a", it),
    "a task": lambda view, it: view.sim.tasks.fail(it, ValueError()),
    "a view": lambda view, it: view.sim.view(it),
    "a flag": lambda view, it: view.get_by_text("a", exact=it),
    "a level": lambda view, it: view.get_by_role("heading", level=it if isinstance(it, Rude) else "x"),
    "a time": lambda view, it: view.sim.clock.advance(it),
    "an endless time": lambda view, it: view.sim.clock.advance(10**400),
    "a time to wait": lambda view, it: expect(view.locator("p")).to_be_visible(
        timeout=it if isinstance(it, Rude) else 10**400
    ),
    "a link": lambda view, it: view.live_redirect(it),
    "a patch": lambda view, it: view.render_patch(it),
    "markup": lambda view, it: raw(ENDLESS),
}
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize("case", UNTELLABLE.values(), ids=UNTELLABLE)
@pytest.mark.parametrize("given", [Rude(), 10**5000], ids=["rude", "long"])
def test_values_that_have_no_text(case: Callable[[Any, Any], Any], given: Any) -> None:
    """An error of ours tells of them, and does not fail in doing so."""
    view = live(Wide)
    world = view.sim.world
    with pytest.raises(LiveViewError) as raised:
        case(view, given)
    assert str(raised.value)
    assert view.sim.world is world or view.sim.world.lines == world.lines
