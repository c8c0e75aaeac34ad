"""LiveComponents: identity, life, traversal, targets, removal and revival (CP-1…29, DF-21…26)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import Assigns, Cont, LiveComponent, LiveView, Ok, Reply, Socket, heex
from liveview_core.errors import BadOption, BadReturn, FrozenError, LiveViewError, MissingAssign, UndefinedCallback
from liveview_core.process.component_pass import BadComponentRoot, DuplicateComponent, RedirectOnUpdate
from liveview_core.process.step import step
from liveview_core.protocol.messages import CidsDestroyed, CidsWillDestroy, Event, SendUpdate
from tests.harness.stage import ENV, Stage


class Box(LiveComponent):
    """A number, and what is done to it."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "inc":
                return socket.update("n", lambda n: n + 1)
            case "reply":
                return Reply(socket, {"n": socket.assigns.n})
            case _:
                return params["change"](socket)

    render = heex("<b>{@id}:{@n}</b>")


def do(stage: Stage, cid: int, change: Callable[[Socket], Any]) -> dict[str, Any]:
    """Anything in a Box's handle_event."""
    return stage.event(cid, change=change)


# --- identity -------------------------------------------------------------------------------------------------------------


def test_cp_1_module_and_id_are_the_instance() -> None:
    """CP-1: wherever it stands on the page; moving it does not mount it again."""
    page = heex(
        "<p><.live_component :if={@here} module={Box} id='x' /></p>"
        "<%= if not @here: %><.live_component module={Box} id='x' /><% end %>"
    )
    stage = Stage(page, here=True)
    stage.event(1, "inc")
    stage.set(here=False)
    assert stage.html == "<p></p><b>x:1</b>"
    assert stage.cids == [1]


def test_cp_1_equal_numbers_of_other_types_are_other_ids() -> None:
    """CP-1: `1`, `1.0`, `True` and `"1"` are four components."""
    stage = Stage(heex("<.live_component :for={i in @ids} module={Box} id={i} />"), ids=[1, 1.0, True, "1"])
    assert stage.cids == [1, 2, 3, 4]
    assert [type(stage.held(cid).id) for cid in stage.cids] == [int, float, bool, str]


class Configured(LiveComponent):
    """A component with a field."""

    def __init__(self, word: str) -> None:
        self.word = word

    def render(self, assigns: Assigns) -> Any:
        return WORD(assigns.assign(word=self.word))


WORD = heex("<i>{@word}</i>")


def test_cp_1_configured_objects_are_modules() -> None:
    """Equal fields make one module, other fields another; a class is its object without fields."""
    page = heex(
        "<.live_component :for={w in @words} module={Configured(w)} id='x' /><.live_component module={box} id='x' />"
    )
    stage = Stage(heex(page.source.text, names={"box": Box()}), words=["a", "b"])
    assert stage.html == "<i>a</i><i>b</i><b>x:0</b>"
    stage.set(words=["b", "a"])
    assert stage.html == "<i>b</i><i>a</i><b>x:0</b>"
    assert stage.cids == [1, 2, 3]
    assert stage.update(Box, "x", n=7) == {"c": {"3": {"1": "7"}}}
    assert stage.process.components.find(Configured("b"), "x") is stage.held(2)


def test_components_hold_no_state() -> None:
    """As views: state belongs into the socket."""
    with pytest.raises(FrozenError, match=r"a component holds no state \(Configured.word = …\)"):
        Configured("a").word = "b"
    assert (Configured("a"), hash(Configured("a"))) == (Configured("a"), hash(Configured("a")))
    assert Configured("a") != Configured("b")


def test_a_class_that_needs_arguments() -> None:
    """What to write instead is told."""
    with pytest.raises(BadOption) as caught:
        Stage(heex("<.live_component module={Configured} id='x' />"))
    assert str(caught.value) == (
        "the component Configured cannot be made without arguments\n"
        "  expected: a component object, or a class that needs none\n"
        "  got: Configured.__init__() missing 1 required positional argument: 'word'\n"
        "  cure: pass the object: module={Configured(…)}"
    )


def test_cp_2_cids_are_given_where_references_are_met() -> None:
    """CP-2, CP-9: in the order of the tree, level by level; never twice."""
    stage = Stage(
        heex("<.live_component :for={i in @ids} module={Pair} id={i} /><.live_component module={Box} id='last' />"),
        ids=["a", "b"],
    )
    assert [(stage.held(cid).id) for cid in stage.cids] == ["a", "b", "last", "a-1", "a-2", "b-1", "b-2"]
    stage.set(ids=["a"])
    stage.will_destroy(2, 6, 7)
    assert stage.destroyed(2, 6, 7) == [2, 6, 7]
    stage.set(ids=["a", "b"])
    assert [(cid, stage.held(cid).id) for cid in stage.cids[3:]] == [(5, "a-2"), (8, "b"), (9, "b-1"), (10, "b-2")]


class Pair(LiveComponent):
    """Two boxes."""

    render = heex(
        '<u><.live_component module={Box} id={f"{@id}-1"} /><.live_component module={Box} id={f"{@id}-2"} /></u>'
    )


def test_cp_3_myself() -> None:
    """CP-3: the number as text and attribute; function components do not have it."""

    class Own(LiveComponent):
        render = heex("<b phx-target={@myself}>{@myself}</b>")

    stage = Stage(heex("<.live_component module={Own} id='x' />", names={"Own": Own}))
    assert stage.html == '<b phx-target="1">1</b>'

    class Outer(LiveComponent):
        render = heex("<b><.inner /></b>", names={"inner": heex("{@myself}")})

    with pytest.raises(MissingAssign, match="there is no assign 'myself'"):
        Stage(heex("<.live_component module={Outer} id='x' />", names={"Outer": Outer}))


# --- life -----------------------------------------------------------------------------------------------------------------


class Logged(LiveComponent):
    """Writes down which callback ran, and what it got."""

    log: list[tuple[Any, ...]] = []

    def mount(self, socket: Socket) -> Socket:
        self.log.append(("mount", dict(socket.assigns), socket.changed("flash"), socket.changed("myself"), socket.cid))
        return socket

    def update(self, assigns: Assigns, socket: Socket) -> Socket:
        self.log.append(("update", dict(assigns), assigns._changed))  # pyright: ignore[reportPrivateUsage]
        return socket.assign(assigns)

    def render(self, assigns: Assigns) -> Any:
        self.log.append(("render", assigns.x))
        return SHOWN(assigns)


SHOWN = heex("<b>{@x}</b>")


def test_cp_4_mount_then_update_then_render() -> None:
    """CP-4, CP-5, CP-10, CP-11, CP-14: each when it is due, with what it is due."""
    Logged.log.clear()
    stage = Stage(heex("<p>{@z}<.live_component module={Logged} id='l' x={@x} /></p>"), x=1, z=1, compare=False)
    assert Logged.log == [
        ("mount", {"myself": 1, "flash": {}}, True, False, 1),
        ("update", {"id": "l", "x": 1}, None),
        ("render", 1),
    ]
    Logged.log.clear()
    assert stage.set(z=2) == {"0": "2"}  # the call's own expressions did not change: CP-11
    assert Logged.log == []
    assert stage.set(x=2) == {"1": 1, "c": {"1": {"0": "2"}}}
    assert Logged.log == [("update", {"id": "l", "x": 2}, None), ("render", 2)]
    Logged.log.clear()
    assert stage.do(lambda socket: socket.assign(x=[2]).assign(x=2)) == {"1": 1}  # DF-25a: the number, no node (CP-14)
    assert Logged.log == [("update", {"id": "l", "x": 2}, None)]


def test_cp_5_the_rest_of_the_socket_is_the_views() -> None:
    """CP-5: id, view and connection; hooks and private values are its own."""
    seen: list[Socket] = []

    class Seen(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            seen.append(socket)
            return socket

        render = heex("<b></b>")

    page = heex("<.live_component module={Seen} id='x' />", names={"Seen": Seen})
    stage = Stage(
        page, setup=lambda s: s.put_private("own", 1).attach_hook("h", "handle_event", lambda e, p, s: Cont(s))
    )
    view = stage.process.socket
    assert (seen[0].id, seen[0].view, seen[0].connected) == (view.id, view.view, True)
    assert (seen[0].hooks_of("handle_event"), dict(seen[0].private)) == ((), {})


def test_cp_15_a_layout_stands_around_the_component() -> None:
    """CP-15, LC-31, LC-38: mount's option; the layout is then the root, and shows the component's assigns."""

    class Framed(LiveComponent):
        frame: Any = heex("<main title={@n}>{@inner_content}</main>")
        render = heex("<b>{@id}:{@n}</b>")

        def mount(self, socket: Socket) -> Any:
            return Ok(socket.assign(n=0), layout=self.frame)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.assign(n=params["n"])

    page = heex("<p><.live_component :for={i in (1, 2)} module={Framed} id={i} /></p>", names={"Framed": Framed})
    stage = Stage(page)
    assert stage.html == '<p><main title="0"><b>1:0</b></main><main title="0"><b>2:0</b></main></p>'
    assert stage.join["c"]["2"]["s"] == 1
    assert stage.event(2, n=5) == {"c": {"2": {"0": ' title="5"', "1": {"1": "5"}}}}

    class Bare(Framed):
        frame: Any = False

    assert Stage(heex("<.live_component module={Bare} id='x' />", names={"Bare": Bare})).html == "<b>x:0</b>"

    class Rootless(Framed):
        frame: Any = heex("{@inner_content}")

    with pytest.raises(BadComponentRoot):  # CP-13
        Stage(heex("<.live_component module={Rootless} id='x' />", names={"Rootless": Rootless}))


def test_cp_6_what_mount_may_return() -> None:
    """CP-6: a socket, or Ok with options; anything else tells the callback and the cure."""

    class Temporary(LiveComponent):
        def mount(self, socket: Socket) -> Any:
            return Ok(socket.assign(words=["first"]), temporary_assigns={"words": []})

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.assign(n=params["n"])

        render = heex("<b>{len(@words)}{get(assigns)}</b>", names={"get": lambda assigns: assigns.get("n")})

    stage = Stage(heex("<.live_component module={Temporary} id='x' />", names={"Temporary": Temporary}), compare=False)
    assert stage.html == "<b>1</b>"
    assert stage.held(1).socket.assigns.words == []  # CP-15
    assert stage.event(1, n=5) == {"c": {"1": {"1": "5"}}}

    class Wrong(LiveComponent):
        def mount(self, socket: Socket) -> Any:
            return None

        render = heex("<b></b>")

    with pytest.raises(BadReturn) as caught:
        Stage(heex("<.live_component module={Wrong} id='x' />", names={"Wrong": Wrong}))
    assert caught.value.where.endswith("Wrong.mount")
    assert caught.value.cure == "end the function with `return socket`"


def test_cp_7_update_returns_a_socket() -> None:
    """CP-7: without update all is assigned, reserved names too; with it, what it returned is checked."""
    stage = Stage(heex("<.live_component module={Box} id='x' n={5} flash={@f} />"), f={"info": "hi"})
    assert dict(stage.held(1).socket.assigns) == {"myself": 1, "flash": {"info": "hi"}, "n": 5, "id": "x"}

    class Wrong(LiveComponent):
        def update(self, assigns: Assigns, socket: Socket) -> Any:
            return assigns

        render = heex("<b></b>")

    with pytest.raises(BadReturn, match=r"invalid return from .*Wrong.update"):
        Stage(heex("<.live_component module={Wrong} id='x' />", names={"Wrong": Wrong}))


class Many(LiveComponent):
    """Notes how it was called."""

    calls: list[list[Any]] = []

    def update_many(self, pairs: list[tuple[Assigns, Socket]]) -> Any:
        self.calls.append([dict(assigns)["id"] for assigns, _ in pairs])
        return [socket.assign(assigns).assign(of=len(pairs)) for assigns, socket in pairs]

    def update(self, assigns: Assigns, socket: Socket) -> Socket:
        raise AssertionError("update_many replaces it")

    render = heex("<b>{@id} of {@of}<.live_component :if={@below} module={Many} id={@below} below={None} /></b>")


def test_cp_8_update_many_once_for_each_level() -> None:
    """CP-8: all instances of a level in document order; those below in a call of their own; send_update a list of one."""
    Many.calls.clear()
    page = "<.live_component :for={i in @ids} module={Many} id={i} below={f'{i}{i}'} />"
    page += "<p><.live_component module={Many} id='z' below={None} /></p>"
    stage = Stage(heex(page), ids=["b", "a"], compare=False)
    assert Many.calls == [["b", "a", "z"], ["bb", "aa"]]
    assert stage.html == "<b>b of 3<b>bb of 2</b></b><b>a of 3<b>aa of 2</b></b><p><b>z of 3</b></p>"
    Many.calls.clear()
    assert stage.update(Many, "z", below=None) == {"c": {"3": {"1": "1"}}}
    assert Many.calls == [["z"]]


def _instead(returned: Any, sockets: list[Socket]) -> Any:
    return returned


def test_cp_8_what_update_many_must_return() -> None:
    """CP-8: as many sockets, in order. The full text."""

    def shown(returned: Callable[[list[Socket]], Any]) -> str:
        class Wrong(LiveComponent):
            def update_many(self, pairs: list[tuple[Assigns, Socket]]) -> Any:
                return returned([socket.assign(assigns) for assigns, socket in pairs])

            render = heex("<b></b>")

        with pytest.raises(BadReturn) as caught:
            Stage(heex("<.live_component :for={i in [1, 2]} module={Wrong} id={i} />", names={"Wrong": Wrong}))
        return str(caught.value)

    for returned in (list[Any](), None, (1, 2)):
        text = shown(partial(_instead, returned)).splitlines()
        assert text[0].startswith("invalid return from ")
        assert text[0].endswith("Wrong.update_many")
        assert text[1:] == [
            "  expected: a list of 2 sockets, one for each pair, in order",
            f"  got: {returned!r}",
            "  cure: return [socket.assign(…) for assigns, socket in pairs]",
        ]
    assert "a list of 2 sockets" in shown(lambda sockets: sockets[:1])
    assert "a list of 2 sockets" in shown(lambda sockets: sockets[::-1])
    assert "expected: a Socket\n" in shown(lambda sockets: [sockets[0], "x"])


def test_nv_18_no_redirect_while_updating() -> None:
    """NV-18: an error in update; here also in mount and update_many, where upstream forgets the redirect."""

    class InUpdate(LiveComponent):
        def update(self, assigns: Assigns, socket: Socket) -> Socket:
            return socket.assign(assigns).push_navigate("/x")

        render = heex("<b></b>")

    class InUpdateMany(LiveComponent):
        def update_many(self, pairs: list[tuple[Assigns, Socket]]) -> list[Socket]:
            return [socket.redirect("/x") for _, socket in pairs]

        render = heex("<b></b>")

    class InMount(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            return socket.push_navigate("/x")

        render = heex("<b></b>")

    for kind, name in ((InUpdate, "update"), (InUpdateMany, "update_many"), (InMount, "mount")):
        with pytest.raises(RedirectOnUpdate) as caught:
            Stage(heex("<.live_component module={kind} id='x' />", names={"kind": kind}))
        assert caught.value.where == f"{kind.__qualname__}.{name}"
    with pytest.raises(RedirectOnUpdate) as caught:
        Stage(heex("<.live_component module={InUpdate} id='x' />", names={"InUpdate": InUpdate}))
    assert str(caught.value) == (
        f"cannot redirect socket on update: {InUpdate.__qualname__}.update ran for a page that is being rendered\n"
        "  expected: a socket without a redirect\n"
        "  got: \"push_navigate('/x')\"\n"
        "  cure: redirect in the callback that changes the assigns, or send a message and redirect in handle_info"
    )


def test_cp_9_levels() -> None:
    """CP-9: all components of a level before those below, module by module."""
    order: list[str] = []

    class Noted(LiveComponent):
        def update(self, assigns: Assigns, socket: Socket) -> Socket:
            order.append(f"{type(self).__name__} {assigns.id}")
            return socket.assign(assigns)

    class Leaf(Noted):
        render = heex("<i></i>")

    class Inner(Noted):
        render = heex('<b><.live_component module={Leaf} id={f"{@id}-leaf"} /></b>', names={"Leaf": Leaf})

    names = {"Leaf": Leaf, "Inner": Inner}
    page = "<.live_component module={Leaf} id='l1' /><.live_component module={Inner} id='i1' />"
    page += "<.live_component module={Leaf} id='l2' /><.live_component module={Inner} id='i2' />"
    Stage(heex(page, names=names), compare=False)
    assert order == ["Inner i1", "Inner i2", "Leaf l1", "Leaf l2", "Leaf i1-leaf", "Leaf i2-leaf"]


def test_cp_12_the_same_id_twice() -> None:
    """CP-12: in one render, and also one component inside itself; what change tracking skips is not seen."""
    page = heex("<p>{@x}</p><.live_component :for={i in @ids} module={Box} id={i} />")
    stage = Stage(page, x=1, ids=["a", "b"])
    with pytest.raises(DuplicateComponent) as caught:
        stage.set(ids=["c", "c"])
    assert str(caught.value) == (
        "found duplicate ID 'c' for component Box when rendering template\n"
        "  expected: each Box on the page to have an id of its own: module and id together are the instance\n"
        "  got: two places with id='c'\n"
        '  cure: give each its own id, for example id={f"item-{item.id}"}'
    )
    assert stage.set(x=2) == {"0": "2"}
    skipped = Stage(
        heex("<.live_component module={Box} id={@a} /><.live_component module={Box} id={@b} />"), a="a", b="b"
    )
    assert skipped.set(a="c")["0"] == 3

    class Endless(LiveComponent):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.assign(on=True)

        render = heex("<b>{get(assigns)}<.live_component :if={get(assigns)} module={Endless} id={@id} /></b>")

    Endless.render = heex(
        "<b>{get(assigns)}<.live_component :if={get(assigns)} module={Endless} id={@id} /></b>",
        names={"Endless": Endless, "get": lambda assigns: assigns.get("on")},
    )
    inside = Stage(heex("<.live_component module={Endless} id='x' />", names={"Endless": Endless}))
    with pytest.raises(DuplicateComponent):
        inside.event(1)


@pytest.mark.parametrize(
    "source",
    [
        "text",
        "<b></b> text",
        "<b></b><i></i>",
        "<b :if={True}></b>",
        "<b :for={_ in [1]}></b>",
        "<!-- c --><b></b>",
        "{@id}",
        "<.dynamic_tag tag_name='b'>x</.dynamic_tag>",
        "<.live_component module={Box} id='y' />",
    ],
)
def test_cp_13_one_static_tag_at_the_root(source: str) -> None:
    """CP-13, TG-30: everything else is told with the component and its id."""

    class Loose(LiveComponent):
        render = heex(source)

    with pytest.raises(BadComponentRoot) as caught:
        Stage(heex("<.live_component module={Loose} id='x' />", names={"Loose": Loose}))
    assert caught.value.happened == f"error on {Loose.__qualname__}.render with id of 'x'"
    assert caught.value.expected == "a template with a single static HTML tag at its root"


def test_cp_13_a_component_returns_a_template() -> None:
    """CP-13: and not something else."""

    class Textual(LiveComponent):
        def render(self, assigns: Assigns) -> Any:
            return "<b></b>"

    with pytest.raises(BadReturn, match=r"invalid return from .*Textual.render"):
        Stage(heex("<.live_component module={Textual} id='x' />", names={"Textual": Textual}))

    class Nothing(LiveComponent):
        pass

    with pytest.raises(UndefinedCallback, match="has nothing to render"):
        Stage(heex("<.live_component module={Nothing} id='x' />", names={"Nothing": Nothing}))


def test_cp_15_hooks_and_streams_of_its_own() -> None:
    """CP-15, HK-22, LC-43, ST-3: after_render runs after a render only, its events are delivered, its assigns are not shown."""

    class Feed(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            socket = socket.stream("rows", [{"id": 1}]).assign(n=0)
            return socket.attach_hook(
                "h", "after_render", lambda s: s.push_event("seen", {"n": s.assigns.n}).assign(n=99)
            )

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.update("n", lambda n: n + params["by"]) if params["by"] else socket

        render = heex("""
        <div>{@n}<ul id="rows" phx-update="stream"><li :for={id, row in @streams.rows} id={id}>{row["id"]}</li></ul></div>
        """)

    stage = Stage(heex("<.live_component module={Feed} id='x' />", names={"Feed": Feed}), compare=False)
    assert stage.join["e"] == [["seen", {"n": 0}]]
    assert stage.join["c"]["1"]["1"]["stream"][0] == "1-0"
    assert stage.event(1, by=1) == {"c": {"1": {"0": "100"}}, "e": [["seen", {"n": 100}]]}
    assert stage.event(1, by=0) == {}


# --- messages -------------------------------------------------------------------------------------------------------------


def test_cp_16_events() -> None:
    """CP-16, DF-25, DF-26: only the component's node; a reply; nobody there; no callback."""
    stage = Stage(heex("<p>{@z}<.live_component module={Box} id='x' /></p>"), z=1)
    assert stage.event(1, "inc") == {"c": {"1": {"1": "1"}}}
    assert stage.event(1, "reply") == {"r": {"n": 1}}
    assert stage.event(9, "inc") == {}
    assert [sent.payload for sent in stage.sent] == [{"status": "ok", "response": {}}]

    class Deaf(LiveComponent):
        render = heex("<b></b>")

    deaf = Stage(heex("<.live_component module={Deaf} id='x' />", names={"Deaf": Deaf}))
    with pytest.raises(UndefinedCallback, match="does not define handle_event, which the event 'do' needs"):
        deaf.event(1)


def test_cp_18_no_messages_of_the_world() -> None:
    """CP-18, HK-19: a component has no handle_info, and no hook for it."""
    stage = Stage(heex("<.live_component module={Box} id='x' />"))
    with pytest.raises(LiveViewError, match="handle_info"):
        do(stage, 1, lambda socket: socket.attach_hook("h", "handle_info", lambda m, s: Cont(s)))


def test_cp_19_flash() -> None:
    """CP-19, FL-6, CP-29: its flash is its own; `lv:clear-flash` clears it."""

    class Flashing(LiveComponent):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.put_flash("info", "hi")

        render = heex("<b>{@flash.get('info')}</b>")

    stage = Stage(heex("<p>{@flash.get('info')}<.live_component module={F} id='x' /></p>", names={"F": Flashing}))
    assert stage.event(1) == {"c": {"1": {"0": "hi"}}}
    assert stage.html == "<p><b>hi</b></p>"
    assert stage.event(1, "lv:clear-flash", key="info") == {"c": {"1": {"0": ""}}}


def test_pe_4_events_in_order() -> None:
    """PE-4: those of components that a render updates first; of a component's event its own first, then those below."""

    class Telling(LiveComponent):
        def update(self, assigns: Assigns, socket: Socket) -> Socket:
            return socket.assign(assigns).push_event(f"updated {assigns.id}", {})

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.update("n", lambda n: n + 1).push_event("own", {})

    class Below(Telling):
        render = heex("<i>{@n}</i>")

    class Above(Telling):
        render = heex("<b><.live_component module={Below} id='below' n={@n} /></b>", names={"Below": Below})

    stage = Stage(heex("<.live_component module={Above} id='above' n={@n} />", names={"Above": Above}), n=0)
    diff = stage.do(lambda socket: socket.assign(n=1).push_event("view", {}))
    assert [event[0] for event in diff["e"]] == ["updated above", "updated below", "view"]
    assert [event[0] for event in stage.event(1)["e"]] == ["own", "updated below"]


def test_cp_20_send_update() -> None:
    """CP-20, CP-21: update with exactly these assigns; pushed without a ref; equal values and nobody there send nothing."""
    stage = Stage(heex("<.live_component module={Box} id='x' />"))
    assert stage.update(Box, "x", n=5) == {"c": {"1": {"1": "5"}}}
    assert [sent.event for sent in stage.sent] == ["diff"]
    assert stage.update(Box, "x", n=5) == {}
    assert stage.sent == []
    assert stage.update(Box, "nobody", n=5) == {}
    assert stage.tell(SendUpdate(Box, None, {"n": 6}, cid=1)) == {"c": {"1": {"1": "6"}}}
    assert stage.tell(SendUpdate(Box, None, {"n": 6}, cid=99)) == {}


def test_cp_20_a_missing_id() -> None:
    """CP-20, CP-21: told where send_update is called; and what is no component never goes unheard."""
    with pytest.raises(BadOption) as caught:
        Socket(connected=True).send_update(Box, n=1)
    assert str(caught.value) == (
        "missing required id in send_update(Box, …)\n"
        "  expected: the id of the component, or cid=… with its @myself\n"
        "  got: {'n': 1}\n"
        '  cure: send_update(Box, id="…", …)'
    )
    with pytest.raises(BadOption, match="missing required id"):
        Socket(connected=True).send_update_after(Box, after=1, n=1)
    stage = Stage(heex("<.live_component module={Box} id='x' />"))
    with pytest.raises(BadOption, match="send_update takes the module of a component"):
        stage.update(LiveView, "x", n=1)


# --- removal and revival --------------------------------------------------------------------------------------------------

SHOWN_OR_NOT = heex("<p><.live_component :for={i in @ids} module={Box} id={i} /></p>")


def test_cp_23_the_removal_protocol() -> None:
    """CP-23: marked, then deleted; only what is still marked; unknown cids are nobody's."""
    stage = Stage(SHOWN_OR_NOT, ids=["a", "b", "c"])
    stage.set(ids=["a"])
    assert stage.gone == (2, 3)
    stage.will_destroy(2, 77)
    assert stage.destroyed(2, 3, 77) == [2]
    assert stage.cids == [1, 3]
    assert stage.destroyed(2) == []


def test_cp_24_a_marked_component_comes_back() -> None:
    """CP-24: its state is kept, its mark is gone, it and what is nested in it is sent in full."""
    stage = Stage(heex("<p><.live_component :if={@on} module={Nested} id='x' n={@n} /></p>"), on=True, n=2)
    first = stage.join["c"]["1"]
    stage.set(on=False)
    stage.will_destroy(1)
    diff = stage.set(on=True)
    assert diff["c"]["1"] == first
    assert stage.destroyed(1) == []
    assert stage.cids == [1]
    assert stage.set(n=3)["c"] == {"1": {"0": {"0": "3"}}}


class Nested(LiveComponent):
    """A tag in a tag, and a list."""

    render = heex("<b><i :if={@n}>{@n}</i><u :for={k in range(2)}>{k}</u></b>")


def test_cp_25_an_event_does_not_revive() -> None:
    """CP-25: between the two messages a component can still be reached, and is deleted all the same."""
    stage = Stage(SHOWN_OR_NOT, ids=["a", "b"])
    stage.set(ids=["a"])
    stage.will_destroy(2)
    assert stage.event(2, "inc") == {"c": {"2": {"1": "1"}}}
    assert stage.update(Box, "b", n=5) == {"c": {"2": {"1": "5"}}}
    assert stage.destroyed(2) == [2]


def test_cp_26_after_deletion_a_new_life() -> None:
    """CP-26: mounted anew, with a new number."""
    stage = Stage(SHOWN_OR_NOT, ids=["a"])
    stage.event(1, "inc")
    stage.set(ids=[])
    stage.will_destroy(1)
    stage.destroyed(1)
    assert stage.set(ids=["a"])["0"]["k"] == {"0": {"0": 2}, "kc": 1}
    assert stage.html == "<p><b>a:0</b></p>"


def test_cp_27_a_new_root_forgets_all() -> None:
    """CP-27, DF-6: the components mount again under new numbers, also those that are in both."""
    one, two = (
        heex("<p><.live_component module={Box} id='x' /></p>"),
        heex("<q><.live_component module={Box} id='x' /></q>"),
    )
    stage = Stage(lambda assigns: (two if assigns.two else one)(assigns), two=False)
    stage.event(1, "inc")
    assert stage.set(two=True) == {
        "0": 2,
        "s": 0,
        "r": 1,
        "p": {"0": ["<q>", "</q>"]},
        "c": {"2": {"0": "x", "1": "0", "s": ["<b>", ":", "</b>"], "r": 1}},
    }
    assert stage.cids == [2]


def test_cp_28_what_is_held() -> None:
    """CP-28: by cid and by identity."""
    stage = Stage(SHOWN_OR_NOT, ids=["a", "b"])
    held = stage.held(2)
    assert (held.module, held.id, held.cid, held.marked) == (Box, "b", 2, False)
    assert stage.process.components.find(Box, "b") is held
    assert stage.process.components.find(Box, "c") is None


def test_an_event_may_remove_and_revive_below() -> None:
    """CP-24 in a component's own render: what it shows again is revived too."""

    class Panel(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            return socket.assign(open=True)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.update("open", lambda was: not was)

        render = heex("<b><.live_component :if={@open} module={Box} id='in' /></b>")

    stage = Stage(heex("<.live_component module={Panel} id='x' />", names={"Panel": Panel}))
    stage.event(2, "inc")
    assert stage.event(1) == {"c": {"1": {"0": ""}}}
    assert stage.gone == (2,)
    stage.will_destroy(2)
    diff = stage.event(1)
    assert diff["c"]["2"] == {"0": "in", "1": "1", "s": ["<b>", ":", "</b>"], "r": 1}
    assert stage.html == "<b><b>in:1</b></b>"


# --- statics that components share ----------------------------------------------------------------------------------------


def test_df_23_new_components_use_the_statics_of_others() -> None:
    """DF-23: a component of this message by its number, one the client has by its negative; nested ones are not sent again."""
    page = heex("<p><.live_component :for={i in @ids} module={Nested} id={i} n={@n} /></p>")
    stage = Stage(page, ids=["a", "b", "c"], n=1)
    nodes = stage.join["c"]
    assert [nodes[cid]["s"] for cid in "23"] == [1, 1]
    assert "s" not in nodes["2"]["0"]
    assert "r" not in nodes["2"]
    diff = stage.set(ids=["a", "b", "c", "d"])
    assert diff["c"] == {"4": {"0": {"0": "1"}, "1": {"k": {"0": {"0": "0"}, "1": {"0": "1"}, "kc": 2}}, "s": -1}}


def test_df_23_other_templates_do_not_share() -> None:
    """DF-23: the fingerprint must be the same; a component that changes its root looks for one that has it."""

    class Two(LiveComponent):
        def render(self, assigns: Assigns) -> Any:
            return (BIG if assigns.big else SMALL)(assigns)

    page = heex("<p><.live_component :for={i in @ids} module={Two} id={i} big={i in @big} /></p>", names={"Two": Two})
    stage = Stage(page, ids=["a", "b", "c"], big=["a"])
    assert [stage.join["c"][cid]["s"] for cid in "123"] == [["<h1>", "</h1>"], ["<h6>", "</h6>"], 2]
    assert stage.set(big=["a", "c"])["c"] == {"3": {"0": "c", "s": -1}}
    assert stage.set(big=[])["c"] == {"1": {"0": "a", "s": -2}, "3": {"0": "c", "s": 1}}


BIG, SMALL = heex("<h1>{@id}</h1>"), heex("<h6>{@id}</h6>")


def test_df_24_marked_components_lend_nothing() -> None:
    """DF-24: the client is about to forget them; once one is revived in this message, its new tree is lent."""
    stage = Stage(SHOWN_OR_NOT, ids=["a"])
    stage.set(ids=[])
    stage.will_destroy(1)
    assert stage.set(ids=["z"])["c"] == {"2": {"0": "z", "1": "0", "s": ["<b>", ":", "</b>"], "r": 1}}
    again = Stage(SHOWN_OR_NOT, ids=["a"])
    again.set(ids=[])
    again.will_destroy(1)
    assert again.set(ids=["a", "z"])["c"] == {
        "1": {"0": "a", "1": "0", "s": ["<b>", ":", "</b>"], "r": 1},
        "2": {"0": "z", "1": "0", "s": 1},
    }


def test_df_24_many_siblings() -> None:
    """DF-24: however many there are, and in whatever order, everybody finds one, and no chain is long."""
    ids = [f"{n:04}" for n in range(2_000)]
    stage = Stage(SHOWN_OR_NOT, ids=ids[::-1])
    links = {int(cid): node["s"] for cid, node in stage.join["c"].items()}
    assert [cid for cid, link in links.items() if isinstance(link, list)] == [1]
    for cid in links:
        length = 0
        while isinstance(links[cid], int):
            cid, length = links[cid], length + 1
        assert length <= 32


def test_df_22_a_new_component_is_always_sent() -> None:
    """DF-22: also one without any dynamics."""

    class Still(LiveComponent):
        render = heex("<hr>")

    page = heex("<p><.live_component :for={i in @ids} module={Still} id={i} /></p>", names={"Still": Still})
    stage = Stage(page, ids=[1])
    assert stage.join["c"] == {"1": {"s": ["<hr>"], "r": 1}}
    assert stage.set(ids=[1, 2])["c"] == {"2": {"s": -1}}


# --- components in components, slots --------------------------------------------------------------------------------------


def test_slots_of_components() -> None:
    """FC-12 for components: the content is the caller's, with its changes; the argument is the component's."""

    class Card(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            return socket.assign(n=0)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.update("n", lambda n: n + 1)

        render = heex("<div>{@n}{render_slot(@inner_block, @n)}<i>{render_slot(@foot)}</i></div>")

    page = "<.live_component :let={n} module={Card} id='x'>{@a}{n}<:foot>{@b}</:foot></.live_component>"
    stage = Stage(heex(page, names={"Card": Card}), a="a", b="b")
    assert stage.html == "<div>0a0<i>b</i></div>"
    stage.set(a="A")
    assert stage.html == "<div>0A0<i>b</i></div>"
    stage.event(1)
    assert stage.html == "<div>1A1<i>b</i></div>"
    stage.set(b="B")
    assert stage.html == "<div>1A1<i>B</i></div>"


def test_components_in_streams_and_keyed_lists() -> None:
    """DF-25a, CP-1: they keep their state while their rows move."""
    page = heex("<ul><li :for={i in @ids} :key={i}>{i}<.live_component module={Box} id={i} /></li></ul>")
    stage = Stage(page, ids=["a", "b", "c"])
    stage.event(2, "inc")
    diff = stage.set(ids=["c", "b", "a"])
    assert diff == {"0": {"k": {"0": 2, "2": 0, "kc": 3, "km": True}}}
    assert stage.html == "<ul><li>c<b>c:0</b></li><li>b<b>b:1</b></li><li>a<b>a:0</b></li></ul>"


# --- laws -----------------------------------------------------------------------------------------------------------------

IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("show"), IDS),
        st.tuples(st.just("inc"), st.sampled_from("abcdef")),
        st.tuples(st.just("n"), st.integers(0, 2)),
        st.tuples(st.just("mark"), st.none()),
        st.tuples(st.just("delete"), st.none()),
    ),
    max_size=14,
)


class Row(LiveComponent):
    """With something nested, and another component inside."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(clicks=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("clicks", lambda n: n + 1)

    render = heex(
        "<div>{@id}{@n}<b :if={@clicks}>{@clicks}<.live_component :if={@clicks > 1} module={Box} id={@id} /></b>"
        "<i :for={k in range(@n)}>{k}{@id}</i></div>"
    )


@given(DEEDS)
def test_the_page_is_right_whatever_comes_and_goes(deeds: list[tuple[str, Any]]) -> None:
    """The patch law (on the stage after each message), with all of the removal protocol; old processes step again alike."""
    stage = Stage(
        heex("<p><.live_component :for={i in @ids} :key={i} module={Row} id={i} n={@n} /></p>"), ids=["a"], n=1
    )
    pending: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()
    before, first = stage.process, Event("do", "click", {"change": lambda s: s.assign(ids=["a", "b"], n=2)})
    expected = step(before, first, ENV).sent
    for kind, value in deeds:
        if kind == "show":
            stage.set(ids=value)
        elif kind == "n":
            stage.set(n=value)
        elif kind == "inc":
            found = stage.process.components.find(Row, value)
            if found is not None:
                stage.event(found.cid)
        elif kind == "mark":
            marked, pending = pending, ()
            stage.tell(CidsWillDestroy(marked))
        else:  # a client asks again whether they are gone, before it says so
            marked = tuple(cid for cid in marked if cid not in stage.page.present())
            stage.tell(CidsDestroyed(marked))
            stage.page = stage.page.drop_components(stage.sent[0].payload["response"]["cids"])
            marked = ()
        pending = tuple(dict.fromkeys([*pending, *stage.gone]))
        stage.gone = ()
    assert step(before, first, ENV).sent == expected


# --- what it costs --------------------------------------------------------------------------------------------------------


def crowd(size: int) -> Stage:
    return Stage(
        heex("<p>{@z}<.live_component :for={i in @ids} :key={i} module={Box} id={i} /></p>"), ids=list(range(size)), z=0
    )


def ratio(small: Callable[[], object], large: Callable[[], object], repeat: int) -> float:
    """How many times longer the large one takes; the best of a few rounds in which both take turns."""

    def timed(run: Callable[[], object]) -> float:
        started = process_time()
        for _ in range(repeat):
            run()
        return process_time() - started

    rounds = [(timed(small), timed(large)) for _ in range(7)]
    return min(large for _, large in rounds) / min(small for small, _ in rounds)


def test_an_event_to_one_of_many_costs_one() -> None:
    """10,000 components: an event to one costs at most 1.5 times what it costs among 1,000; so does a change beside them."""
    few, many = crowd(1_000).process, crowd(10_000).process
    inc = Event("inc", "click", {}, cid=500)
    beside = Event("do", "click", {"change": lambda socket: socket.update("z", lambda z: z + 1)})
    for message in (inc, beside):
        found = min(ratio(partial(step, few, message, ENV), partial(step, many, message, ENV), 200) for _ in range(3))
        assert found <= 1.5


def test_mounting_and_removing_many_is_linear() -> None:
    """Eight times as many components cost at most sixteen times as much to mount, and to remove all but one."""

    def removed(stage: Stage) -> None:
        cids = tuple(stage.cids[1:])
        process = step(stage.process, CidsWillDestroy(cids), ENV).process
        step(process, CidsDestroyed(cids), ENV)

    assert min(ratio(lambda: crowd(250), lambda: crowd(2_000), 1) for _ in range(2)) <= 16
    few, many = crowd(250), crowd(2_000)
    assert ratio(lambda: removed(few), lambda: removed(many), 1) <= 16
