"""A view, as LiveViewTest's users hold it: its elements, forms and files, and events by name.

Owns `ViewHandle`, of which `View` is made. Law: what a user of the page cannot do fails with the reason, and then nothing has
happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from liveview_core.errors import BadOption, LiveViewError
from liveview_core.errors import shown as shown_value
from liveview_core.socket.socket_state import NO_REPLY
from liveview_testing.browser.page.finding.select import sketch_name
from liveview_testing.browser.page.node import Node
from liveview_testing.failures.misuse import arguments
from liveview_testing.user.handles.element import Element
from liveview_testing.user.handles.events_by_name import ByName, Kind, Targeted, Values, named
from liveview_testing.user.handles.view_assertions import Asserting
from liveview_testing.user.handles.view_navigation import Going
from liveview_testing.user.handles.view_page import TextFilter
from liveview_testing.user.html.html import Html
from liveview_testing.world.browsing import visits
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.simulation import crashing
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.tracebacks import shorten, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liveview_testing.browser.page.node import Path as Place
    from liveview_testing.user.handles.file_input import FileInput
    from liveview_testing.world.page_state.files import FileLike

S = TypeVar("S", bound=Acting)


class NoAnswer(LiveViewError, AssertionError):
    """A call that was not answered."""


class ViewHandle(Going[S], Asserting[S], ByName):
    """One live view in one browser."""

    __slots__ = ()

    # --- finding ----------------------------------------------------------------------------------------------------

    def element(self, selector: str, text: TextFilter = None) -> Element:
        """An element, described; it is looked up each time it is used, and must then be exactly one.

        It may be in a nested view: then that view gets what happens to it, as in a browser.
        """
        return Element(self, selector, text)

    def form(self, selector: str, data: Values = None) -> Element:
        """A form and what the user fills in; checked against the form's fields when it is used."""
        return Element(self, selector, None, data or {})

    @shortened
    def file_input(self, form_selector: str, name: str, entries: Iterable[FileLike]) -> FileInput:
        """The file input `name` of a form, and files for it: `{"name": "me.png", "content": b"…"}`, paths or `File`s.

        They are chosen when the handle is first used: `render_upload(file_name, percent=100)`, `form.render_change(upload)`.
        """
        arguments.description(form_selector)
        from liveview_testing.user.handles.file_input import FileInput as Handle  # rarely

        return Handle(self, form_selector, name, entries)

    def _described(
        self, selector: str, text: TextFilter, data: Values, submitter: str | Element | None, path: Place | None
    ) -> Element:
        """The element of a description that is all there: for whoever does acts again."""
        return Element(self, selector, text, data, submitter, path)

    def at(self, node: Node, data: Values = None) -> Element:
        """The element at a node of the page: for whoever walks the page itself, as the strategies do."""
        if not isinstance(node, Node):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise shorten(
                BadOption(
                    "an element is at a node of the page",
                    expected="a node, as view.element(…).node, or those of view.dom",
                    got=shown_value(node),
                    cure="view.element(selector)",
                )
            )
        return Element(self, sketch_name(node), None, data, None, node.path)

    def with_target(self, selector: str) -> Targeted:
        """Events by name go to the components that own what `selector` matches, to the view if none does.

        It must match something when an event is sent.
        """  # CP-17
        arguments.description(selector)
        return Targeted(self, selector)

    # --- acting by name ---------------------------------------------------------------------------------------------

    @recorded
    def event(self, kind: Kind, event: str, value: Values = None, cid: int | None = None) -> Html:
        """An event by its name, whatever the page has: no element is looked at."""
        self.here()
        self.sim.client(self.id, "event", named(kind, event, value, cid))
        return self.outcome()

    @recorded
    def send(self, message: Any) -> Html:
        """Put a message into the view's mailbox: its `handle_info` gets it."""
        self.here()
        self.sim.tell(self.id, message)
        return self.outcome()

    @recorded
    def call(self, message: Any) -> Any:
        """Call the view: its `handle_call` answers, and is rendered before. Raises `NoAnswer` if it gives none."""  # CB-4
        self.here()
        return self.sim.act(lambda run: self._ask(run, message))

    def _ask(self, run: Run, message: Any) -> Any:
        done = run.call(self.id, message)
        if done is not None and done.answer is not NO_REPLY:
            return done.answer
        asked = f"handle_call of {visits.name(self.line.tab.visit.view)}"
        if done is None:
            raise NoAnswer(
                f"{asked} crashed at {shown_value(message)}: who calls then crashes too",
                expected="Reply(socket, answer)",
                got=str(crashing.latest(run)),
                cure="cast or send what is to crash the view alone",
            )
        raise NoAnswer(
            f"{asked} gave no answer to {shown_value(message)}",
            expected="Reply(socket, answer)",
            got="a socket alone: the caller would wait until its time is over",
            cure="return Reply(socket, None) if there is nothing to say, or cast",
        )

    @recorded
    def cast(self, message: Any) -> Html:
        """Tell the view something that is for its `handle_cast`; nobody waits for an answer."""  # CB-5
        self.here()
        self.sim.cast(self.id, message)
        return self.outcome()

    @recorded
    def render_async(self) -> Html:
        """Run the tasks that this view has pending, held or not, oldest first; not those that their results start."""
        self.here()
        self.sim.act(lambda run: run.work_of(self.id))
        return self.outcome()
