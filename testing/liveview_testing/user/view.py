"""The user's handle on a live view.

Owns `View`. A handle holds no state: it names a browser in a simulation and says what to do there; everything it answers is
read from the world at the moment it is asked. Law: what a user of the page cannot do fails with the reason, and then nothing
has happened; what a user can do sends what a browser sends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, cast

from liveview_core.errors import LiveViewError
from liveview_core.errors import shown as shown_value
from liveview_core.socket.socket_state import NO_REPLY
from liveview_testing.browser.connection.addresses import parsed
from liveview_testing.browser.finding.select import exists, sketch_name
from liveview_testing.browsing import navigation
from liveview_testing.failures import arguments
from liveview_testing.failures.handles import VIEW, NotAValue
from liveview_testing.failures.handles import missing as missing_name
from liveview_testing.html.html import Html, Redirected
from liveview_testing.simulation import crashes
from liveview_testing.tab.documents import shown
from liveview_testing.tab.requests import NoRequest
from liveview_testing.user import assertions, nested_views, presence
from liveview_testing.user.assertions import ANY, NAVIGATION
from liveview_testing.user.element import Element
from liveview_testing.user.file_input import FileInput
from liveview_testing.user.targets import Kind, Targeted, Values, named
from liveview_testing.world.retention import Kept, spoken
from liveview_testing.world.wire import Frame, frames

if TYPE_CHECKING:
    from liveview_core.process.step import Process
    from liveview_core.socket.socket import Socket
    from liveview_core.values.assigns import Assigns
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.page.page import Page
    from liveview_testing.simulation.crashes import Crash
    from liveview_testing.simulation.delivery import Run
    from liveview_testing.simulation.simulation import Simulation
    from liveview_testing.tab.files import FileLike
    from liveview_testing.tab.requests import Request
    from liveview_testing.world.world import Happening, Left, Line, Note

TextFilter: TypeAlias = "str | re.Pattern[str] | None"


class ViewGone(LiveViewError, AssertionError):
    """The view that this handle names is not there any more: it left its page, or its process ended."""


class NoAnswer(LiveViewError, AssertionError):
    """A call that was not answered."""


class View:
    """One live view in one browser, made by `live`."""

    __slots__ = ("id", "sim")

    def __init__(self, sim: Simulation, id: str) -> None:
        self.sim = sim
        self.id = id

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing_name(self, name, VIEW)

        def __contains__(self, part: object) -> bool:
            raise NotAValue(
                f"{self!r} holds no text itself", got=f"{part!r} in the view", cure=f"{part!r} in view.render()"
            )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, View):
            return NotImplemented  # so that `view == html_snapshot` asks the snapshot
        return (self.sim, self.id) == (other.sim, other.id)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        tab = self.line.tab
        return f"<View {self.id} of {navigation.name(tab.visit.view)} at {tab.url}>"

    # --- what is there ----------------------------------------------------------------------------------------------

    @property
    def line(self) -> Line:
        """What the world holds of this view: process, page, log, browser; a value."""
        return self.sim.world.lines[self.id]

    def here(self) -> Line:
        """The `line` of a view that is there. Raises `ViewGone` if it has left its page, or its process has ended."""
        line = self.sim.world.lines[self.id]
        if line.process is None:
            self._gone(line)
        return line

    @property
    def browser(self) -> int:
        """The number of the browser this view is in; it stays when the browser goes to another view."""
        return self.line.tab.number

    @property
    def page(self) -> Page:
        """The page the browser has built, as a value. Raises `ViewGone` if the view has left it."""
        return self.here().page

    def _root(self) -> str:
        """The root view of the page: it is what links, requests and redirects lead away from."""
        lines, found = self.sim.world.lines, self.id
        while (parent := lines[found].tab.parent) is not None:
            found = parent
        return found

    def _left(self) -> Left | None:
        """Where the browser went from this view, or from the page around it."""
        return self.line.tab.left or self.sim.world.lines[self._root()].tab.left

    def _gone(self, line: Line) -> NoReturn:
        left = self._left()
        crash = self.crash
        if left is None and line.tab.waiting is not None:
            raise ViewGone(
                f"the process of {self.id} has ended, and its client has not joined again",
                expected="a view that is connected",
                got="a connection that was dropped" if crash is None else f"{crash.what} crashed: {crash.reason!r}",
                cure=f"view.rejoin() joins again{'' if crash is None else ', and so does the clock: sim.clock.advance(1)'}",
            )
        if left is None:
            raise ViewGone(f"the process of {self.id} has ended", expected="a view that is connected")
        raise ViewGone(
            f"the view {self.id} has left its page: {left.kind} to {left.to!r}",
            expected="a view that is connected",
            cure="assert_redirect() to check where it went, follow_redirect() to go there",
        )

    @property
    def process(self) -> Process:
        """The process behind the view, as a value."""
        process = self.here().process
        assert process is not None
        return process

    @property
    def socket(self) -> Socket:
        """The view's socket, as it is between two messages."""
        return self.process.socket

    @property
    def assigns(self) -> Assigns:
        """The view's assigns."""
        return self.process.socket.assigns

    @property
    def flash(self) -> dict[str, Any]:
        """The flash messages that the page may show now."""
        return dict(self.process.socket.assigns.get("flash") or {})

    @property
    def html(self) -> Html:
        """What is on the page: the inside of the view's container. Built when it is read."""
        return self.render()

    def render(self) -> Html:
        """What is on the page, as `html`; a `Redirected` if the view has left it.

        A page whose process is gone stays as it was until its client joins again.
        """
        line = self.sim.world.lines[self.id]
        tab = line.tab
        if line.process is None:
            left = self._left()
            if left is None:
                if tab.waiting is None:
                    self._gone(line)
                return Html(partial(_shown, self.sim.world.lines, self.id))
            return Redirected(left.to, left.kind, left.flash)
        if not tab.children:
            return Html(line.page.html)
        return Html(partial(_shown, self.sim.world.lines, self.id))

    def outcome(self) -> Html:
        """What an act returns: `render()`; of a view that is not there any more, the last that it showed."""
        line = self.sim.world.lines[self.id]
        if line.process is None and line.tab.waiting is None and self._left() is None:
            return Html("" if line.last is None else line.page.html)
        return self.render()

    @property
    def page_title(self) -> str | None:
        """The title the page has now; None if nothing has given it one.

        With a root layout it is what the browser makes of it: prefix, title or default, suffix.
        """  # DF-31
        line = self.line
        around = line.tab.document
        if around is not None and around.title is not None:
            return around.title.becomes(line.title)
        return line.title

    @property
    def document(self) -> Html:
        """The whole document as the browser has it: what the root layout gave, with the page as it is now.

        Without a root layout a plain one.
        """  # LC-39
        page, title, around = str(self.render()), self.page_title, self.line.tab.document
        if around is not None:
            lines = self.sim.world.lines
            outside = {
                line.tab.dom_id or "": _shown(lines, line.id)
                for line in map(lines.__getitem__, self.line.tab.children)
                if line.tab.outside and line.last is not None
            }
            return Html(around.filled(page, title, outside))
        head = f'<meta charset="utf-8"><title>{escape(title or self.id)}</title>'
        return Html(f"<!doctype html>\n<html><head>{head}</head><body>\n{page}\n</body></html>\n")

    @property
    def url(self) -> str:
        """Where the browser is: path and query."""
        return self.sim.world.lines[self._root()].tab.url

    @property
    def wire(self) -> Kept[Frame]:
        """Every message between this browser and its process so far, both directions, in order; `gone` says what is forgotten."""
        steps = self.steps
        return Kept(frames(steps), steps.gone, steps.bound)

    @property
    def crash(self) -> Crash | None:
        """The last crash of this view, in a world where errors end processes: `what` it was about, `reason`; None without one."""
        return next((crash for crash in reversed(list(self.sim.crashes)) if crash.process == self.id), None)

    @property
    def steps(self) -> Kept[Happening]:
        """Every message this view got so far, oldest first: what came, what was sent, and what that cost (`facts`, `bytes`)."""
        return spoken(self.sim.world, self.line)

    def fork(self) -> View:
        """This view in a fork of its world."""
        return self.sim.fork().view(self)

    # --- finding ----------------------------------------------------------------------------------------------------

    def element(self, selector: str, text: TextFilter = None) -> Element:
        """An element, described; it is looked up each time it is used, and must then be exactly one.

        It may be in a nested view: then that view gets what happens to it, as in a browser.
        """
        return Element(self, selector, text)

    def form(self, selector: str, data: Values = None) -> Element:
        """A form and what the user fills in; checked against the form's fields when it is used."""
        return Element(self, selector, None, data or {})

    def file_input(self, form_selector: str, name: str, entries: Iterable[FileLike]) -> FileInput:
        """The file input `name` of a form, and files for it: `{"name": "me.png", "content": b"…"}`, paths or `File`s.

        They are chosen when the handle is first used: `render_upload(file_name, percent=100)`, `form.render_change(upload)`.
        """
        return FileInput(self, form_selector, name, entries)

    def at(self, node: Node, data: Values = None) -> Element:
        """The element at a node of the page: for whoever walks the page itself, as the strategies do."""
        return Element(self, sketch_name(node), None, data, None, node.path)

    def has_element(self, selector: str, text: TextFilter = None) -> bool:
        """Whether at least one element matches, here or in a nested view.

        Where none does, the answer is equal to False and says what is there instead: a failing `assert` shows it. (It is not
        the object False: ask with `not` or `==`, not with `is`.)
        """
        arguments.description(selector, text)
        page = nested_views.scene(self)
        return True if exists(page, selector, text) else presence.absent([page], selector, text)

    def with_target(self, selector: str) -> Targeted:
        """Events by name go to the components that own what `selector` matches, to the view if none does.

        It must match something when an event is sent.
        """  # CP-17
        return Targeted(self, selector)

    def live_children(self) -> list[View]:
        """The views nested directly in this one, in the order they joined."""
        return [View(self.sim, child) for child in self.line.tab.children]

    def find_live_child(self, id: str) -> View | None:
        """The nested view with that DOM id, however deep it is."""
        for child in self.live_children():
            found = child if child.line.dom_id == id else child.find_live_child(id)
            if found is not None:
                return found
        return None

    # --- acting by name ---------------------------------------------------------------------------------------------

    def event(self, kind: Kind, event: str, value: Values = None, cid: int | None = None) -> Html:
        """An event by its name, whatever the page has: no element is looked at."""
        self.here()
        self.sim.client(self.id, "event", named(kind, event, value, cid))
        return self.outcome()

    def render_click(self, event: str, value: Values = None) -> Html:
        """A click event by its name."""
        return self.event("click", event, value)

    def render_submit(self, event: str, value: Values = None) -> Html:
        """A submit event by its name; `value` is sent as a form's text."""
        return self.event("submit", event, value)

    def render_change(self, event: str, value: Values = None) -> Html:
        """A change event by its name; `value` is sent as a form's text."""
        return self.event("change", event, value)

    def render_blur(self, event: str, value: Values = None) -> Html:
        """A blur event by its name."""
        return self.event("blur", event, value)

    def render_focus(self, event: str, value: Values = None) -> Html:
        """A focus event by its name."""
        return self.event("focus", event, value)

    def render_keydown(self, event: str, value: Values = None) -> Html:
        """A keydown event by its name."""
        return self.event("keydown", event, value)

    def render_keyup(self, event: str, value: Values = None) -> Html:
        """A keyup event by its name."""
        return self.event("keyup", event, value)

    def render_hook(self, event: str, params: Values = None) -> Html:
        """An event that a client hook pushes to the view."""
        return self.event("hook", event, params)

    def send(self, message: Any) -> Html:
        """Put a message into the view's mailbox: its `handle_info` gets it."""
        self.here()
        self.sim.tell(self.id, message)
        return self.outcome()

    def call(self, message: Any) -> Any:
        """Call the view: its `handle_call` answers, and is rendered before. Raises `NoAnswer` if it gives none."""  # CB-4
        self.here()
        return self.sim.act(lambda run: self._ask(run, message))

    def _ask(self, run: Run, message: Any) -> Any:
        done = run.call(self.id, message)
        if done is not None and done.answer is not NO_REPLY:
            return done.answer
        asked = f"handle_call of {navigation.name(self.line.tab.visit.view)}"
        if done is None:
            raise NoAnswer(
                f"{asked} crashed at {shown_value(message)}: who calls then crashes too",
                expected="Reply(socket, answer)",
                got=str(crashes.latest(run)),
                cure="cast or send what is to crash the view alone",
            )
        raise NoAnswer(
            f"{asked} gave no answer to {shown_value(message)}",
            expected="Reply(socket, answer)",
            got="a socket alone: the caller would wait until its time is over",
            cure="return Reply(socket, None) if there is nothing to say, or cast",
        )

    def cast(self, message: Any) -> Html:
        """Tell the view something that is for its `handle_cast`; nobody waits for an answer."""  # CB-5
        self.here()
        self.sim.cast(self.id, message)
        return self.outcome()

    def render_async(self) -> Html:
        """Run the tasks that this view has pending, held or not, oldest first; not those that their results start."""
        self.here()
        self.sim.act(lambda run: run.work_of(self.id))
        return self.outcome()

    # --- the connection ---------------------------------------------------------------------------------------------

    def drop(self) -> Html:
        """The connection is lost: the processes of the page end, the browser goes on showing it. Until `rejoin`."""  # LC-46
        self.here()
        self.sim.act(lambda run: crashes.drop(run, run.root(self.id)))
        return self.outcome()

    def rejoin(self) -> Html:
        """The client joins again: a new mount at the page's URL, then the forms are filled in again.

        Nothing happens if it is connected.
        """  # ER-5, FM-35

        def again(run: Run) -> None:
            root = run.root(self.id)
            crashes.rejoin(run, self.id if run.alive(root) else root)

        self.sim.act(again)
        return self.outcome()

    # --- going elsewhere --------------------------------------------------------------------------------------------

    def render_patch(self, path: str) -> Html:
        """The user changes the URL within the view, as by a patch link to `path`."""
        self.here()
        self.sim.act(lambda run: navigation.patch(run, self.id, parsed(path), "push"))
        return self.outcome()

    def go_back(self) -> Html:
        """The browser's back button: one place back in its history, to an earlier URL of the view or to another view.

        To another view it is a live navigation, which `follow_redirect()` follows.
        """
        return self._travel(-1)

    def go_forward(self) -> Html:
        """The browser's forward button: back to where `go_back` came from."""
        return self._travel(1)

    def _travel(self, by: Literal[-1, 1]) -> Html:
        self.here()

        def go(run: Run) -> None:
            number = run.lines[self.id].tab.number
            if run.keeps(number):
                from liveview_testing.simulation import tabs  # most worlds keep no tab

                (tabs.go_back if by < 0 else tabs.go_forward)(run, number)
            else:
                navigation.travel(run, self.id, by)

        self.sim.act(go)
        return self.outcome()

    def live_redirect(self, to: str) -> View:
        """Live navigation to another view of the same live session, as by a navigate link; the view that is there now."""
        self.here()

        def go(run: Run) -> str:
            root = run.root(self.id)
            number = run.lines[root].tab.number
            if run.keeps(number):
                from liveview_testing.simulation import tabs  # most worlds keep no tab

                tabs.navigate(run, number, parsed(to))
                run.settle()
                return run.browsers[number].root
            navigation.leave(run, root, parsed(to), "live_redirect")
            run.settle()
            return navigation.follow(run, root)

        return View(self.sim, self.sim.act(go))

    def follow_redirect(self, to: str | None = None) -> View:
        """Go where the view was sent, flash and all; the view that is there then. `to`: it must be that place.

        Live navigation keeps the connection's session; a plain redirect loads a new page.
        """  # LC-16
        left = self._left()
        if left is None or (to is not None and left.to != to):
            raise assertions.navigation_missing(self.line, "redirect", to)
        if left.request is not None and left.request.method != "get":
            raise NoRequest(
                f"the view left with a {left.request.method} to {left.to!r}: where that leads is up to its server",
                expected="a redirect, or a request for a page",
                got=repr(left.request),
                cure="follow_request(to, session=..., flash=...) says how the server answered",
            )

        def go(run: Run) -> str:
            number = run.lines[self.id].tab.number
            if run.keeps(number):  # its browser has gone there by itself
                return run.browsers[number].root
            return navigation.follow(run, self._root())

        return View(self.sim, self.sim.act(go))

    @property
    def request(self) -> Request:
        """The request over HTTP that the view was left with: by a form, or by a link."""
        left = self._left()
        if left is None or left.request is None:
            raise NoRequest(
                f"the view {self.id} was not left by a request",
                expected="a form that is submitted over HTTP, or a link that was followed",
                got="a view that is still there" if left is None else f"a {left.kind} to {left.to!r}",
                cure="submit_form(), follow_trigger_action(), or a click on a plain link" if left is None else None,
            )
        return left.request

    def follow_request(
        self,
        to: str | None = None,
        *,
        session: Mapping[str, Any] | None = None,
        flash: Mapping[str, Any] | None = None,
    ) -> View:
        """Go where the server's answer to the view's request leads; the view that is there then.

        The answer is the test's to give: a redirect `to` a path of the router (default: the request's own), with what the server
        put into session and flash.
        """
        _ = self.request  # says why not, if there is none
        answer = navigation.Answer(to, session or {}, flash or {})
        return View(self.sim, self.sim.act(lambda run: navigation.follow(run, self._root(), answer)))

    # --- asserting --------------------------------------------------------------------------------------------------

    def assert_has(self, selector: str, text: TextFilter = None, count: int | None = None) -> None:
        """At least one element matches, here or in a nested view; with `count`, so many do. Else an error says what is there."""
        arguments.description(selector, text)
        presence.counted(count)
        presence.demand(self._matching(selector, text), [nested_views.scene(self)], None, selector, text, count)

    def refute_has(self, selector: str, text: TextFilter = None, count: int | None = None) -> None:
        """No element matches, here or in a nested view; with `count`, not so many do. Else an error shows them."""
        arguments.description(selector, text)
        presence.counted(count)
        presence.refuse(self._matching(selector, text), None, selector, text, count)

    def _matching(self, selector: str, text: TextFilter) -> list[Node]:
        return [node for _, node in nested_views.everywhere(self, selector, text)]

    def assert_patch(self, to: str | None = None) -> str:
        """The view patched its URL (to `to`); consumes the oldest such patch and returns its path."""
        note = self._consume(lambda note: note.kind == "patch" and to in (None, note.name))
        if note is None:
            raise assertions.navigation_missing(self.line, "patch", to)
        return note.name

    def refute_patched(self, to: str | None = None) -> None:
        """The view did not patch its URL (to `to`), as far as nothing asserted it."""
        found = assertions.find(self.line, lambda note: note.kind == "patch" and to in (None, note.name))
        if found is not None:
            raise assertions.navigation_found(found[1], "patch")

    def assert_redirect(self, to: str | None = None) -> Redirected:
        """The view was sent elsewhere (to `to`), by redirect or by live navigation; says where to, how and with which flash."""
        note = self._consume(lambda note: note.kind in NAVIGATION and to in (None, note.name))
        if note is None:
            raise assertions.navigation_missing(self.line, "redirect", to)
        return Redirected(note.name, cast("Literal['redirect', 'live_redirect']", note.kind), note.payload)

    def refute_redirected(self, to: str | None = None) -> None:
        """The view was not sent elsewhere (to `to`)."""
        found = assertions.find(self.line, lambda note: note.kind in NAVIGATION and to in (None, note.name))
        if found is not None:
            raise assertions.navigation_found(found[1], "redirect")

    def assert_push_event(self, event: str, payload: Any = ANY) -> Any:
        """The view, or one nested in it, pushed this event to its client (with that payload); consumes it, returns its payload.

        `ANY` inside a payload equals everything; a tuple or a date equals what it is on the wire, a list or text.
        """
        payload = arguments.payload(payload)
        note = self._consume_in_all(_is_event(event, payload))
        if note is None:
            raise assertions.event_missing(self.sim.world.lines, self.id, event, payload)
        return note.payload

    def refute_push_event(self, event: str, payload: Any = ANY) -> None:
        """No such event was pushed, as far as nothing asserted it."""
        payload = arguments.payload(payload)
        found = assertions.find_in_all(self.sim.world.lines, self.id, _is_event(event, payload))
        if found is not None:
            raise assertions.event_found(found[2])

    def assert_reply(self, payload: Any = ANY) -> Any:
        """The view, or one nested in it, replied this to an event of its client; consumes it and returns it."""
        payload = arguments.payload(payload)
        note = self._consume_in_all(lambda note: note.kind == "reply" and payload == note.payload)
        if note is None:
            raise assertions.reply_missing(self.sim.world.lines, self.id, payload)
        return note.payload

    def _consume(self, fits: Callable[[Note], bool]) -> Note | None:
        line = self.line
        found = assertions.find(line, fits)
        if found is None:
            return None
        self.sim.replace(assertions.consume(line, found[0]))
        return found[1]

    def _consume_in_all(self, fits: Callable[[Note], bool]) -> Note | None:
        lines = self.sim.world.lines
        found = assertions.find_in_all(lines, self.id, fits)
        if found is None:
            return None
        self.sim.replace(assertions.consume(lines[found[0]], found[1]))
        return found[2]

    # --- looking ----------------------------------------------------------------------------------------------------

    def open_browser(self, open: Callable[[str], Any] | None = None, *, assets: str | None = None) -> View:
        """Write the document to a temporary file and show it in a real browser (or hand the file's URL to `open`).

        Scripts are left out. `assets` is the folder that paths like `/app.css` are taken from.
        """
        navigation.show(shown(str(self.document), assets), open)
        return self


def _is_event(event: str, payload: Any) -> Callable[[Note], bool]:
    return lambda note: note.kind == "push_event" and note.name == event and payload == note.payload


def _shown(lines: Mapping[str, Line], id: str) -> str:
    """The html of a page with what its nested views show inside their containers."""
    return nested_views.on_page(lines, id).html()
