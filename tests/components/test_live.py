"""`<.live_component>`, `<.async_result>` (BC-1, BC-60…62), and LiveComponents as a test sees them (CP-16, CP-17, CP-20…23)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Assigns, AsyncResult, LiveComponent, LiveView, Socket, heex
from liveview_core.components import live_component, live_render
from liveview_core.errors import BadOption
from liveview_core.heex.verification import TemplateWarning
from liveview_core.rendering.html import NotText
from liveview_core.rendering.rendered import rendered_to_text
from liveview_testing import live
from tests.harness.stage import Stage

# --- the tag --------------------------------------------------------------------------------------------------------------


class Cart(LiveComponent):
    """Something to put on a page."""

    render = heex("<b>{@id}</b>")


class Page(LiveView):
    """Something that is no component."""

    render = heex("<b></b>")


@pytest.mark.parametrize(
    ("assigns", "text"),
    [
        (
            {"id": "x"},
            "<.live_component> expects module={…} to be given\n"
            "  expected: a LiveComponent\n"
            "  got: None\n"
            '  cure: <.live_component module={Cart} id="cart" />',
        ),
        (
            {"module": "Cart", "id": "x"},
            "<.live_component> expects module={…} to be given\n"
            "  expected: a LiveComponent\n"
            "  got: 'Cart'\n"
            '  cure: <.live_component module={Cart} id="cart" />',
        ),
        (
            {"module": Cart},
            "<.live_component module={Cart}> expects id={…} to be given\n"
            "  expected: an id that no other component of this module has\n"
            "  got: None\n"
            '  cure: <.live_component module={Cart} id="…" />',
        ),
        (
            {"module": Page, "id": "x"},
            "<.live_component> expected Page to be a component, but it is a live view\n"
            "  expected: a LiveComponent\n"
            f"  got: {Page!r}\n"
            '  cure: <.live_render view={Page} id="…" /> mounts a view inside a view',
        ),
        (
            {"module": Cart, "id": ["x"]},
            "the id of <.live_component module={Cart}> cannot be looked up\n"
            "  expected: something hashable: a string, a number, a tuple of them\n"
            "  got: ['x']\n"
            '  cure: use what identifies it, such as id={f"item-{item.id}"}',
        ),
    ],
)
def test_bc_1_mistakes(assigns: dict[str, Any], text: str) -> None:
    """BC-1: module and id, and what is no component; in full."""
    with pytest.raises(BadOption) as caught:
        Stage(heex("<.live_component {@given} />"), given=assigns)
    assert str(caught.value) == text


def test_bc_1_what_it_passes() -> None:
    """BC-1, CP-10: all but `module`; ids of any kind but None."""
    page = heex("<.live_component module={Cart} id={0} a='1' b {@more}>x<:col>y</:col></.live_component>")
    stage = Stage(page, more={"c": 2, "id": "other"})
    assigns = dict(stage.held(1).socket.assigns)
    assert {key: assigns[key] for key in ("id", "a", "b", "c")} == {"id": 0, "a": "1", "b": True, "c": 2}
    assert [len(assigns[key]) for key in ("inner_block", "col")] == [1, 1]
    assert "module" not in assigns


def test_fc_14_a_reference_stays_a_reference() -> None:
    """FC-14: a live component is a dynamic of its own; as text, in an attribute or in a list it is an error with the cure."""
    named = {"card": live_component, "Cart": Cart}
    assert Stage(heex("<.card module={Cart} id='x' />", names=named)).html == "<b>x</b>"
    for source in ("<p title={card(given)}></p>", "{[card(given)]}", "{f'{card(given)}'}"):
        given = Assigns({"module": Cart, "id": "x"})
        with pytest.raises(NotText, match="a live component cannot be converted to text"):
            Stage(heex(source, names={**named, "given": given}))


def test_live_render_mistakes() -> None:
    """RT-11: a view and an id."""
    for given, text in (
        ((None, Cart), "live_render expects a live view"),
        ((None, "Page"), "live_render expects a live view"),
        ((None, Page), "live_render of Page needs an id"),
    ):
        with pytest.raises(BadOption, match=text):
            live_render(*given)
    with pytest.raises(BadOption, match="the session of a child view has str keys"):
        live_render(None, Page, id="x", session={1: 2})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]


# --- async_result ---------------------------------------------------------------------------------------------------------

STATES = heex("""
<.async_result :let={value} assign={@r}>
<:loading :let={state}>loading {state}</:loading>
<:failed :let={reason}>failed {reason}</:failed>
ok {value} {@z}
</.async_result>
""")


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ('session="x"', "the session of a child view has str keys"),
        ("session={[('room', 1)]}", "the session of a child view has str keys"),
        ('container="p"', "the container of live_render(Room, …) is wrong"),
        ("container={('p',)}", "the container of live_render(Room, …) is wrong"),
        ("sesion={{'room': 1}}", "nearest: session"),
        ("room={1}", "cure: what the view is to know goes into its session: session={…}"),
    ],
)
def test_attributes_of_live_render(attributes: str, text: str) -> None:
    """RT-11: one that nobody reads would be a view that is not told."""
    template = heex(f"<.live_render view={{Room}} id='a' {attributes} />", names={"Room": Room})
    with pytest.raises(BadOption) as caught:
        live(type("Outer", (LiveView,), {"render": template}))
    assert text in str(caught.value)


class Room(LiveView):
    """A view inside of another."""

    render = heex("<i></i>")


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (AsyncResult.loading(), "loading true"),
        (AsyncResult.loading("soon"), "loading soon"),
        (AsyncResult.loading().to_failed("down"), "failed down"),
        (AsyncResult.ok(5), "ok 5 z"),
        (AsyncResult.ok(5).to_loading(), "ok 5 z"),
        (AsyncResult.ok(5).to_failed("down"), "ok 5 z"),
        (AsyncResult.ok(None), "ok  z"),
    ],
)
def test_bc_60_states(result: AsyncResult, text: str) -> None:
    """BC-60, BC-61: once there was a result it is shown, whatever came later."""
    assert rendered_to_text(STATES(r=result, z="z")).strip() == text


def test_bc_62_missing_slots_show_nothing() -> None:
    """BC-62."""
    page = heex("[<.async_result assign={@r}>x</.async_result>]")
    assert rendered_to_text(page(r=AsyncResult.loading())) == "[]"
    with pytest.warns(TemplateWarning, match="missing required attribute 'assign'"):
        heex("<.async_result>x</.async_result>")


def test_bc_60_nothing_to_show() -> None:
    """BC-60: neither ok, nor loading, nor failed; in full."""
    with pytest.raises(BadOption) as caught:
        rendered_to_text(STATES(r=AsyncResult(), z=1))
    assert str(caught.value) == (
        "<.async_result> has nothing to show: its result is neither ok, nor loading, nor failed\n"
        "  expected: an AsyncResult that assign_async made\n"
        f"  got: {AsyncResult()!r}\n"
        "  cure: start with AsyncResult.loading()"
    )


def test_async_result_changes() -> None:
    """From state to state, and what changes inside of one (patch law on the stage)."""
    stage = Stage(STATES, r=AsyncResult.loading(), z=1)
    stage.set(r=AsyncResult.ok(1))
    stage.set(r=AsyncResult.ok(2), z=2)
    stage.set(z=3)
    stage.set(r=AsyncResult.ok(2).to_loading())
    stage.set(r=AsyncResult.loading().to_failed("down"))
    assert stage.html.strip() == "failed down"


# --- components as a user sees them ---------------------------------------------------------------------------------------


class Item(LiveComponent):
    """An item that counts its clicks, and tells the page."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(clicks=0, note="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "click":
                socket = socket.update("clicks", lambda clicks: clicks + int(params.get("by", 1)))
                return socket.send(("clicked", socket.assigns.id))
            case "later":
                return socket.send_update_after(Item, cid=socket.cid, after=2, note="late")
            case _:
                return socket.assign(note=event)

    render = heex("""
    <li id={@id} class="item">
      {@title} <b>{@clicks}</b> <i>{@note}</i>
      <button class="add" phx-click="click" phx-value-by="2" phx-target={@myself}>+</button>
      <button class="later" phx-click="later" phx-target={@myself}>later</button>
      <button class="all" phx-click="all" phx-target=".item">all</button>
      <button class="page" phx-click="page">page</button>
      <button class="outside" phx-click="outside" phx-target="#nowhere">outside</button>
    </li>
    """)


class Items(LiveView):
    """A list of them."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(ids=["a", "b"], last=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "show":
                return socket.assign(ids=params["ids"])
            case "note":
                return socket.send_update(Item, id=params["id"], note=params["note"])
            case _:
                return socket.assign(last=event)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(last=" ".join(msg))

    render = heex("""
    <main>
      <p>{@last}</p>
      <ul><.live_component :for={id in @ids} :key={id} module={Item} id={id} title={id.upper()} /></ul>
    </main>
    """)


def sent(view: Any, since: int) -> list[tuple[str, str, Any]]:
    """The frames after the first *since*, without what every reply has."""
    return [(frame.direction, frame.event, frame.payload) for frame in view.wire[since:]]


def test_a_click_goes_to_its_component() -> None:
    """CP-16, CP-17, DF-25: `phx-target={@myself}`; the message to the parent comes after."""
    view = live(Items)
    before = len(view.wire)
    view.element("#b .add").render_click()
    assert view.element("#b b").text == "2"
    assert view.element("#a b").text == "0"
    assert view.element("p").text == "clicked b"
    (direction, event, payload), (_, _, reply), (_, pushed, diff) = sent(view, before)
    assert (direction, event, payload["event"], payload["cid"]) == ("client", "event", "click", 2)
    assert reply["response"] == {"diff": {"c": {"2": {"2": "2"}}}}
    assert (pushed, diff) == ("diff", {"0": "clicked b"})


def test_targets_by_selector() -> None:
    """CP-17: one event for each component that owns a match; without a match, and without a target, the view."""
    view = live(Items)
    view.element("#a .all").render_click()
    assert [view.element(f"#{id} i").text for id in "ab"] == ["all", "all"]
    view.element("#a .page").render_click()
    assert view.element("p").text == "page"
    view.with_target("#b").render_click("named")
    assert [view.element(f"#{id} i").text for id in "ab"] == ["all", "named"]


def test_send_update_through_the_world() -> None:
    """CP-20…22: pushed without an answer; later by the clock; nobody there is nothing."""
    view = live(Items)
    before = len(view.wire)
    view.render_click("note", {"id": "b", "note": "hi"})
    assert view.element("#b i").text == "hi"
    assert [frame[:2] for frame in sent(view, before)] == [
        ("client", "event"),
        ("server", "phx_reply"),
        ("server", "diff"),
    ]
    before = len(view.wire)
    view.render_click("note", {"id": "nobody", "note": "hi"})
    assert len(view.wire) == before + 2
    view.element("#a .later").render_click()
    view.sim.clock.advance(1)
    assert view.element("#a i").text == ""
    view.sim.clock.advance(1)
    assert view.element("#a i").text == "late"


def test_a_late_update_of_a_removed_component() -> None:
    """CP-21, CP-22: the time comes, nobody is there, nothing is sent."""
    view = live(Items)
    view.element("#b .later").render_click()
    view.render_click("show", {"ids": ["a"]})
    before = len(view.wire)
    view.sim.clock.advance(5)
    assert len(view.wire) == before


def test_the_removal_protocol_on_the_wire() -> None:
    """CP-23, CP-26: the browser says what left its page, twice, and forgets what the server forgot."""
    view = live(Items)
    view.element("#b .add").render_click()
    before = len(view.wire)
    view.render_click("show", {"ids": ["a"]})
    frames = sent(view, before + 2)
    assert frames == [
        ("client", "cids_will_destroy", {"cids": [2]}),
        ("server", "phx_reply", {"status": "ok", "response": {}}),
        ("client", "cids_destroyed", {"cids": [2]}),
        ("server", "phx_reply", {"status": "ok", "response": {"cids": [2]}}),
    ]
    assert [instance.cid for instance in view.process.components] == [1]
    view.render_click("show", {"ids": ["b", "a"]})
    assert view.element("#b b").text == "0"
    assert [instance.cid for instance in view.process.components] == [1, 3]


# --- components that are values -------------------------------------------------------------------------------------------


def test_fc_13_a_component_may_be_chosen_at_run_time() -> None:
    """FC-13: a function calls another with the assigns; what changed is known on, another one is sent whole."""
    bold, italic = heex("<b>{@x}{@y}</b>"), heex("<i>{@x}</i>")

    def chosen(assigns: Assigns) -> Any:
        return assigns.fun(assigns)

    stage = Stage(heex("<p><.chosen fun={@fun} x={@x} y={@y} /></p>", names={"chosen": chosen}), fun=bold, x=1, y=1)
    assert stage.set(x=2) == {"0": {"0": "2"}}
    assert stage.set(fun=italic) == {"0": {"0": "2", "s": 0, "r": 1}, "p": {"0": ["<i>", "</i>"]}}
    called = Stage(heex("<p>{@fun(assigns)}</p>"), fun=bold, x=1, y=1)
    assert called.set(y=2) == {"0": {"1": "2"}}
