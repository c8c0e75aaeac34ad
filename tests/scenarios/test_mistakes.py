"""Twenty-seven places where the usual code misbehaves, by number: what the kit and the core say about code that does.

The scenarios do the right thing; here is the usual thing, in a few lines each. What a law, a lint or an error can catch is
caught, with its cure; for what nothing can catch without knowing what was meant (a title that is blank on purpose, say) the
comment says which scenario does it right and which of its tests looks at it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve, frozen

from liveview_core import (
    AsyncOk,
    Cont,
    Halt,
    LiveComponent,
    LiveView,
    Route,
    Router,
    Socket,
    heex,
)
from liveview_core.errors import BadReturn, LiveViewError, MissingAssign
from liveview_core.protocol.effects import Dropped, Subscribe
from liveview_testing import PageWarning, Simulation, View, lints, live
from liveview_testing.laws import LawBroken, streams_settled, subscription_law, untouched_law


def broken(law: Callable[..., Any], *arguments: Any) -> LawBroken:
    """How a law is broken."""
    with pytest.raises(LawBroken) as raised:
        law(*arguments)
    return raised.value


def said(error: LawBroken) -> str:
    """What happened, without the name of the law."""
    return error.happened.removeprefix(f"the {error.law} law is broken: ")


def refused(view: View, act: Callable[[View], Any]) -> LiveViewError:
    """The error of an action, which has changed nothing."""
    error = untouched_law(view, act)
    assert isinstance(error, LiveViewError)
    return error


# --- 1-16: the hooked chat widget, as it is usually written -------------------------------------------------------------------


def usual_widget(socket: Socket, key: str = "chat") -> Socket:
    """State under `key`, a stream, three hooks, a subscription: without the care that scenarios/widgets/chat.py takes."""
    return (
        socket.assign({key: {"topic": "global"}})
        .stream(key, [])
        .subscribe("global")
        .attach_hook("chat", "handle_event", usual_event)
        .attach_hook("chat", "handle_info", usual_info)
        .attach_hook("chat", "handle_params", usual_params)
    )


def usual_event(event: str, params: Any, socket: Socket) -> Cont | Halt:
    """Its own events, unless the message is empty: that one falls through."""
    match event, params:
        case "send", {"text": str(text)} if text:
            message = {"id": f"{socket.random.getrandbits(32):08x}", "text": text}
            return Halt(socket.stream_insert("chat", message).broadcast(socket.assigns.chat["topic"], message))
        case _:
            return Cont(socket)


def usual_info(msg: Any, socket: Socket) -> Cont:
    """Shows what is said."""
    return Cont(socket.stream_insert("chat", msg) if isinstance(msg, dict) else socket)


def usual_params(params: Any, uri: str, socket: Socket) -> Cont:
    """Every URL with a topic moves and resets the widget, the same one too; one without does nothing."""
    topic = params.get("topic")
    if topic is None:
        return Cont(socket)
    return Cont(
        socket.unsubscribe(socket.assigns.chat["topic"])
        .assign(chat={"topic": topic})
        .stream("chat", [], reset=True)
        .subscribe(topic)
    )


USUAL = heex("""
<main>
  <h2>{@chat["topic"]}</h2>
  <ul id="chat" phx-update="stream"><li :for={dom_id, message in @streams.chat} id={dom_id}>{message["text"]}</li></ul>
  <form phx-submit="send"><input type="text" name="text" /></form>
</main>
""")


class TwoLines(LiveView):
    """A parent with the two lines it is promised to need."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return usual_widget(socket)

    render = USUAL


class Patched(TwoLines):
    """The same, with an empty handle_params."""

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket


def opened(view: type[LiveView], path: str = "/") -> View:
    """A view at `/`."""
    return Simulation(Router([Route("/", view)])).live(path)


def test_01_no_handle_params() -> None:
    """An error whose cure is the missing line."""
    error = refused(opened(TwoLines), lambda it: it.render_patch("/?topic=tea"))
    assert error.cure == "add `def handle_params(self, params, uri, socket): return socket`"


def test_02_an_event_falls_through_to_a_view_without_handle_event() -> None:
    """The empty message reaches the view, which handles no events: the error says which event needs it."""
    error = refused(opened(TwoLines), lambda it: it.form("form", {"text": ""}).render_submit())
    assert error.happened == "TwoLines does not define handle_event, which the event 'send' needs"
    assert error.cure == "add `def handle_event(self, event, params, socket): return socket`"


def test_02_an_event_falls_through_to_a_view_without_a_case_for_it() -> None:
    """A match without a last case returns None: the error names the event that has none."""

    class Cases(Patched):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            match event:  # pyright: ignore[reportMatchNotExhaustive]
                case "other":
                    return socket

    error = refused(opened(Cases), lambda it: it.form("form", {"text": ""}).render_submit())
    assert isinstance(error, BadReturn)
    assert error.cure == "no case for event 'send'? End the function with `return socket`"
    # That " " is sent as a message nobody can know to be wrong: test_chat.py, test_02.


def test_03_a_handle_info_without_a_last_case() -> None:
    """The widget's messages go on to the view: the error names the message."""

    class Counts(Patched):
        def handle_info(self, msg: Any, socket: Socket) -> Any:
            match msg:  # pyright: ignore[reportMatchNotExhaustive]
                case "tick":
                    return socket

    view = opened(Counts)
    error = refused(view, lambda it: it.sim.broadcast("global", {"id": "1", "text": "hi"}))
    assert isinstance(error, BadReturn)
    assert error.cure is not None
    assert error.cure.startswith("no case for message {'id': '1', 'text': 'hi'}?")


def test_04_the_same_url_again_empties_the_list() -> None:
    """The address lint: a patch to where the page is already changes it."""
    view = opened(Patched, "/?topic=tea")
    view.form("form", {"text": "hi"}).render_submit()
    assert "hi" in view.html
    # Seen at the URL itself, before anything was lost on the page:
    there = view.fork()
    there.render_patch("/?topic=tea")
    assert "hi" not in there.html
    found = broken(lints.stays, view)
    assert found.law == "address"
    assert said(found) == "a patch to '/?topic=tea', where the page is already, changes it"
    assert found.cure == "compare with what is there before you reset or load anything"


def test_05_06_a_url_without_a_topic_leaves_the_room_of_the_url_before() -> None:
    """The address lint: what the page shows depends on how one got there."""
    view = opened(Patched, "/?topic=tea")
    assert str(broken(lints.address, view, "/")) == (
        "the address law is broken: the page at '/' depends on how one got there: in main h2\n"
        "  expected: what opening it shows: global\n"
        "  got: what a patch from '/?topic=tea' shows: tea\n"
        "  cure: handle_params decides everything that the URL says, also by what it leaves out"
    )


def test_07_two_who_share_a_topic() -> None:
    """The view listens to the room as well: a double subscription, before the widget's leaving ends both."""

    class Listens(Patched):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return usual_widget(socket.subscribe("global"))

    view = opened(Listens)
    found = broken(subscription_law, view.sim)
    assert found.got == "phx-1 listens 2 times to 'global'"
    view.render_patch("/?topic=tea")
    assert "global" not in view.sim.world.topics


def test_08_subscribing_in_the_disconnected_mount() -> None:
    """It is dropped, and noted as dropped; nobody listens until there is somebody."""
    assert Dropped(Subscribe("global")) in usual_widget(Socket()).effects


def test_09_the_same_widget_twice() -> None:
    """A hook that is there already: the error says so, and the cure."""

    class Twice(Patched):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return usual_widget(usual_widget(socket))

    with pytest.raises(LiveViewError) as raised:
        opened(Twice)
    assert str(raised.value) == (
        "a hook with the id 'chat' is already attached on handle_event\n"
        "  expected: an id that is unique on its stage\n"
        "  got: the hooks of handle_event are: 'chat'\n"
        "  cure: attach it once, or socket.detach_hook('chat', 'handle_event') first"
    )


def test_10_taking_away_what_is_not_there() -> None:
    """The assign that never was: the error has the names that are near."""
    with pytest.raises(MissingAssign) as raised:
        usual_widget(Socket(connected=True)).assigns["chatt"]
    assert raised.value.nearest == ("chat",)


def test_11_an_event_for_a_widget_that_is_gone() -> None:
    """With its hook detached the event is the view's, which has none: an error that names it, not a match that fails."""

    class Leaves(Patched):
        def handle_info(self, msg: Any, socket: Socket) -> Socket:
            return socket.detach_hook("chat", "handle_event")

    view = opened(Leaves)
    view.send("leave")
    assert (
        "the event 'send' needs" in refused(view, lambda it: it.form("form", {"text": "hi"}).render_submit()).happened
    )


def test_12_a_template_that_does_not_guard_the_assign() -> None:
    """After the detach it is None: Python's error, with the place in the template."""

    class Leaves(Patched):
        def handle_info(self, msg: Any, socket: Socket) -> Socket:
            return socket.assign(chat=None)

    view = opened(Leaves)
    error = untouched_law(view, lambda it: it.send("leave"))
    assert isinstance(error, TypeError)
    assert any("in the template at" in note and "test_mistakes.py" in note for note in error.__notes__)


# 13 is harmless as it is: test_chat.py, test_13 detaches in both orders.


def test_14_a_stream_in_the_widget_s_struct() -> None:
    """The stream law, which says where the copy is (more of it in test_stale_stream.py); in a component, too."""

    class Holds(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            socket = socket.stream("rows", [{"id": 1}])
            return socket.assign(kept=socket.assigns.streams.rows)

        render = heex("<p>{@id}</p>")

    class Page(LiveView):
        render = heex('<.live_component module={Holds} id="box" />', names={"Holds": Holds})

    found = broken(streams_settled, live(Page))
    assert said(found).startswith("the stream 'rows' at kept of")
    assert "Holds 'box'" in said(found)
    assert found.cure == "pass the stream itself to the component (@streams.name); a copy in a struct is not pruned"


def test_15_a_widget_in_a_view_that_has_no_url() -> None:
    """Outside the router there are no params: the error says so."""
    with pytest.raises(LiveViewError) as raised:
        Simulation().live_isolated(Patched)
    assert "not mounted at the router" in str(raised.value)


def test_16_the_sender_hears_itself() -> None:
    """The echo lint: the page was changed by the reply, and the same message comes again."""
    view = opened(Patched)
    found = broken(lints.echo, view, lambda it: it.form("form", {"text": "hi"}).render_submit())
    assert found.cure == "broadcast_from(topic, message) leaves the sender out"
    assert found.got is not None
    assert found.got.endswith("more bytes for the same message")


# --- 17-23: architecture patterns -------------------------------------------------------------------------------------------


class Numbers(LiveView):
    """Its function returns the numbers, not a mapping from the key to them."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign_async("stats", lambda: {"users": 1, "revenue": 2})

    render = heex("""
    <.async_result :let={stats} assign={@stats}>
      <:loading>...</:loading>
      <:failed>Failed to load statistics</:failed>
      {stats["users"]}
    </.async_result>
    """)


def test_17_an_async_function_that_returns_something_else() -> None:
    """The page shows a failure like any other; a warning and the lint say that it can never be anything else, and why."""
    with pytest.warns(PageWarning, match="assign_async for stats did not return stats: @stats is failed"):
        view = live(Numbers)
    assert "Failed to load" in view.html
    assert str(broken(lints.async_results, view)) == (
        "the async law is broken: the assign 'stats' of <View phx-1 of Numbers at /> can never be there: the function of "
        "assign_async for stats did not return stats\n"
        "  expected: a mapping with the keys 'stats'\n"
        "  got: the keys users, revenue\n"
        "  cure: return {'stats': …}"
    )


class Report(LiveView):
    """A report as it is usually started."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(report=None, generating=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.start_async("report", lambda: "done")

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.assign(report=result.value if isinstance(result, AsyncOk) else None, generating=False)

    render = heex("""<i :if={@generating}>working</i><p>{@report}</p><button phx-click="go">Go</button>""")


def test_18_work_that_nobody_sees() -> None:
    """The progress lint: `generating` is never true; and the second start is reported while it is pending."""
    view = live(Report, tasks="hold")
    found = broken(lints.progress, view, lambda it: it.element("button").render_click())
    assert (found.law, found.got) == ("progress", "no change")
    view.element("button").render_click()
    lints.overtaken(view.sim)
    view.element("button").render_click()
    assert str(broken(lints.overtaken, view.sim)) == (
        "the overtaken law is broken: phx-1 started 'report' again while it was pending\n"
        "  expected: one at a time, or the older one cancelled\n"
        "  got: two tasks, of which only the younger one's result is heard\n"
        "  cure: cancel_async('report') before, or do not offer it while it runs"
    )
    # That an error outlives a later success nobody can know to be wrong: test_async.py, test_an_old_error_goes.


# 19: whether what is shown is what is saved, and that a returned error is no success, only the program knows:
# test_async.py, test_a_second_toggle_* and test_saving_fails_by_raising.


class Listening(LiveComponent):
    """A component that would like to hear of things."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(heard=0).subscribe("news")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: heard + 1)

    render = heex("<p>{@heard}</p>")


class Siblings(LiveView):
    """Two of them."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=0)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: heard + 1)

    render = heex("""<b>{@heard}</b><.live_component :for={id in ("a", "b")} module={Listening} id={id} />""")


def test_20_a_component_with_a_handle_info() -> None:
    """Nothing calls it; and each instance has subscribed the view once more."""
    view = live(Siblings)
    assert str(broken(lints.callbacks, view)) == (
        "the callbacks law is broken: Listening defines handle_info, which nothing ever calls\n"
        "  expected: mount, update, update_many, handle_event, handle_async, render\n"
        "  got: handle_info\n"
        "  cure: the view's handle_info hears it: send_update(Listening, id=…, …); or make it a nested view"
    )
    view.sim.broadcast("news", "x")
    assert view.assigns.heard == 2
    assert broken(subscription_law, view.sim).got == "phx-1 listens 2 times to 'news'"


def test_21_an_update_that_expects_what_its_place_does_not_give() -> None:
    """The first update has no user: the error says which assigns there are."""

    class Profile(LiveComponent):
        def update(self, assigns: Any, socket: Socket) -> Socket:
            return socket.assign(user=assigns.user)

        render = heex("<p>{@user}</p>")

    class Page(LiveView):
        render = heex('<.live_component module={Profile} id="me" />', names={"Profile": Profile})

    with pytest.raises(MissingAssign) as raised:
        live(Page)
    assert "'user'" in raised.value.happened
    assert raised.value.got == "the assigns are: id"


# 22: that an error should be cleared by the next attempt only the program knows: test_components.py,
# test_an_error_goes_with_the_next_attempt. That the parent hears after the reply is a fact, in test_components.py as well.


class Chart(LiveView):
    """The numbers stand in the page, inside of what the hook owns, and are pushed as well."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(points=[1])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        points = [*socket.assigns.points, 2]
        return socket.assign(points=points).push_event("points", {"points": points})

    render = heex("""
    <div id="chart" phx-hook="Chart" phx-update="ignore"><span data-points={str(@points)}></span></div>
    <div id="map" phx-hook="Map"></div>
    <button phx-click="more">+</button>
    """)


def test_23_data_that_the_client_throws_away() -> None:
    """The inside of an ignored element is sent for nothing; and an element that a hook fills does not say that it is the hook's."""
    view = live(Chart)
    found = broken(lints.ignored, view, lambda it: it.element("button").render_click())
    assert said(found) == "the inside of #chart was sent again"
    assert found.cure is not None
    assert found.cure.startswith("push_event(…) to its hook")
    assert str(broken(lints.hooked_elements, view)) == (
        "the hooked law is broken: #map is empty, so its hook Map fills it, and the next patch empties it again\n"
        '  expected: phx-update="ignore" on an element whose inside is the hook\'s\n'
        '  got: \'<div id="map" phx-hook="Map"></div>\'\n'
        '  cure: phx-update="ignore"'
    )


# --- 24-27: the lesson ------------------------------------------------------------------------------------------------------


@frozen
class Todo:
    """Something to do."""

    id: int
    title: str
    done: bool = False


class Copies(LiveComponent):
    """Keeps a copy of its todo, and changes that."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("todo", lambda todo: evolve(todo, done=not todo.done))

    render = heex("""<li><button phx-click="toggle" phx-target={@myself}>{@todo.title} {@todo.done}</button></li>""")


class Todos(LiveView):
    """The list that the copies are of; by the todo's id, or by place."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(todos=[Todo(1, "milk"), Todo(2, "plants")])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("todos", lambda todos: todos[1:])

    render = heex("""
    <ul>
      <.live_component :for={todo in @todos} module={Copies} id={todo.id} todo={todo} />
    </ul>
    <p phx-click="drop">x</p>
    """)


def test_24_a_component_that_keeps_a_copy() -> None:
    """The copies lint: the page shows what the next update takes back, before anything is lost."""
    view = live(Todos)
    lints.copies(view)
    view.element("button", "plants").render_click()
    found = broken(lints.copies, view)
    assert (found.got, found.expected) == ("plants true", "what its place gives it: plants false")
    view.element("p").render_click()
    assert view.element("button").text == "plants false"  # and lost it is, when the entries move up


def test_24_components_that_go_by_place() -> None:
    """The identity lint: after the first went, a component holds what is another todo's."""

    class ByPlace(Todos):
        render = heex("""
        <ul>
          <.live_component :for={at, todo in enumerate(@todos)} module={Copies} id={at} todo={todo} />
        </ul>
        <p phx-click="drop">x</p>
        """)

    view = live(ByPlace)
    lints.identity(live(Todos), lambda it: it.element("p").render_click())
    assert str(broken(lints.identity, view, lambda it: it.element("p").render_click())) == (
        "the identity law is broken: the component Copies with id 0 was given another todo\n"
        "  expected: the todo 1 that it has been showing\n"
        "  got: the todo 2: what the component holds is another's now\n"
        "  cure: id={todo.id} and :key={todo.id}, not an index"
    )


class Search(LiveView):
    """Searches inside the callback, with `loading` set around it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(loading=False, results=[])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        socket = socket.assign(loading=True)
        time.sleep(0.001)
        return socket.assign(results=[params["q"]], loading=False)

    render = heex(
        """<i :if={@loading}>...</i><form id="search" phx-change="search"><input type="text" name="q" /></form>"""
    )


def test_25_a_loading_that_is_never_true() -> None:
    """Set and set back in one callback: no render was between; and the work in between kept the page waiting."""
    view = live(Search)

    def search(it: View) -> None:
        it.form("form", {"q": "tea"}).render_change()

    found = broken(lints.unseen, view, search)
    assert said(found) == "phx-1 set the assign 'loading' and set it back in one callback"
    found = broken(lints.waiting, view, search)
    assert found.got == "a call of time.sleep"
    assert found.cure == "start_async(name, fn) or assign_async(key, fn): the work is done beside the view"


class Sorted(LiveView):
    """Sorts when the URL says so, and not when it does not."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(posts=["b", "a"])

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.update("posts", sorted) if params.get("sort") else socket

    render = heex("<p :for={post in @posts}>{post}</p>")


def test_26_the_order_of_before() -> None:
    """The address lint: `/` after `/?sort=title` is not `/`."""
    view = opened(Sorted)
    lints.address(view, "/?sort=title")
    view.render_patch("/?sort=title")
    found = broken(lints.address, view, "/")
    assert (found.expected, found.got) == (
        "what opening it shows: b",
        "what a patch from '/?sort=title' shows: a",
    )


def test_27_a_param_that_is_not_there() -> None:
    """A room that is read before anybody has chosen one: Python's error, with where it happened."""

    class Room(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(room=params["room_id"])

        render = heex("<p>{@room}</p>")

    with pytest.raises(KeyError, match="room_id"):
        opened(Room)
    # The right way is a route that has it: scenarios/room.py. That the input is cleared: test_lists.py.


# --- what the material warns of besides ----------------------------------------------------------------------------------------


class Wall(LiveView):
    """Keeps every message in its socket, and tells the whole world of each."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(messages=[], room=params.get("room")).subscribe("messages")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("messages", (socket.assigns.room, params["text"]))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        room, text = msg
        if room != socket.assigns.room:
            return socket
        return socket.update("messages", lambda messages: [*messages, text])

    render = heex("""
    <p :for={message in @messages}>{message}</p>
    <form phx-submit="say"><input type="text" name="text" /></form>
    """)


def say(it: View) -> None:
    """Somebody says hi."""
    it.form("form", {"text": "hi"}).render_submit()


def test_a_list_where_a_stream_belongs() -> None:
    """The growth lint: three messages, three more items in the socket."""
    assert str(broken(lints.growth, opened(Wall, "/?room=tea"), say)) == (
        "the growth law is broken: the assign 'messages' of <View phx-1 of Wall at /?room=tea> grows each time\n"
        "  expected: a socket that holds what the view decides by, not what it has shown\n"
        "  got: 0 items, then 1, 2, 3\n"
        "  cure: socket.stream_insert('messages', item): the items of a stream live on the page"
    )


def test_a_broadcast_to_everybody() -> None:
    """The audience lint: who was woken for nothing, and how many."""
    view = opened(Wall, "/?room=tea")
    for room in ("jazz", "go"):
        view.sim.live(f"/?room={room}")
    found = broken(lints.audience, view, say)
    assert said(found) == "2 of the 3 processes that were woken by a broadcast had nothing to do"
    assert found.got == "phx-2 heard ('tea', 'hi'), phx-3 heard ('tea', 'hi')"
