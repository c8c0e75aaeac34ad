"""The user's handle on a live view.

Owns what every handle on a view can say: what is on its page, what the world holds of it. A handle holds no state: it names a
browser in a simulation; everything it answers is read from the world at the moment it is asked. `Going` and `Asserting` add to it,
`View` (`user.simulation`) is all of it. Law: looking changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeAlias, TypeVar, cast

from liveview_core.errors import LiveViewError
from liveview_core.errors import shown as written
from liveview_testing.browser.page.finding.select import exists
from liveview_testing.failures.misuse import arguments
from liveview_testing.failures.misuse.handle_names import VIEW
from liveview_testing.failures.misuse.misused_handles import DATA, NotAValue, unequal
from liveview_testing.failures.misuse.misused_handles import missing as missing_name
from liveview_testing.failures.misuse.uncalled_methods import question
from liveview_testing.user.handles import has_element
from liveview_testing.user.html.html import Html, Redirected
from liveview_testing.world.browsing import navigation, visits
from liveview_testing.world.browsing.nested_pages import on_page
from liveview_testing.world.log.retention import Kept, spoken
from liveview_testing.world.log.wire import Frame, frames
from liveview_testing.world.page_state.documents import shown, title_in
from liveview_testing.world.simulation import crashing
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_core.process.step import Process
    from liveview_core.socket.socket import Socket
    from liveview_core.values.assigns import Assigns
    from liveview_testing.browser.page.page import Page
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.log.happening import Happening
    from liveview_testing.world.simulation.crashing import Crash
    from liveview_testing.world.world import Left, Line

TextFilter: TypeAlias = "str | re.Pattern[str] | None"

S = TypeVar("S", bound=Acting, covariant=True)
"""The world that a handle acts on."""


class ViewGone(LiveViewError, AssertionError):
    """The view that this handle names is not there any more: it left its page, or its process ended."""


class Looking(Generic[S]):
    """One live view in one browser: what it shows, and what the world holds of it."""

    __slots__ = ("id", "sim")

    def __init__(self, sim: S, id: str) -> None:
        self.sim = sim
        self.id = id

    def _asked(self) -> tuple[Acting, Asked]:
        """The view, as what acts are done to."""
        return self.sim, ("view", self.id)

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing_name(self, name, VIEW)

        def __contains__(self, part: object) -> bool:
            raise shorten(
                NotAValue(
                    f"{self!r} holds no text itself", got=f"{part!r} in the view", cure=f"{part!r} in view.render()"
                )
            )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Looking):
            if isinstance(other, DATA):
                raise shorten(unequal(self, other, "it shows a page, and is none", self._read_as(other)))
            return NotImplemented  # so that `view == html_snapshot` asks the snapshot
        there = cast("Any", other)
        return bool((self.sim, self.id) == (there.sim, there.id))

    def __hash__(self) -> int:
        return hash((Looking.__name__, self.id))  # not that of its id, which is a text

    def _read_as(self, other: object) -> str:
        if not isinstance(other, str):
            return "a number read from view.element(…).text"
        if other == self.id:
            return f"view.id == {other!r}"
        if other.startswith(("/", "http:", "https:")):
            return f"view.assert_patch({written(other)}), or view.url == {written(other)}"
        return f"{written(other)} in view.render(), or view.element(…).text == {written(other)}"

    def __repr__(self) -> str:
        return visits.described(self.line)

    def _repr_html_(self) -> str:
        """In a notebook: the page as the browser has it now, and whose it is; a crash, if there was one last."""
        from liveview_testing.browser.dom.node import container
        from liveview_testing.user.html.notebook_frame import framed

        line, world = self.sim.world.lines[self.id], self.sim.world
        number = line.tab.number
        who = next((each.name for each in getattr(self.sim, "people", ()) if each.tab == number), f"browser {number}")
        count = len(self.steps) + self.steps.gone
        caption = f"{who} · {self.url} · {count} message{'' if count == 1 else 's'} · {self.id}"
        browser = world.browsers.get(number)
        shown = container(browser.document, self.id) if browser and self.id in browser.document.views else None
        page = _shown(world.lines, self.id) if shown is None else shown.inner_html()
        crash = self.crash
        if crash is None or line.process is not None:
            return framed(page, caption)
        error = escape(f"{crash.what} crashed: {type(crash.error).__name__}: {crash.error}")
        return f'{framed(page, caption)}<div style="color: #c62820; font: 12px monospace">{error}</div>'

    # --- what is there ----------------------------------------------------------------------------------------------

    @property
    def line(self) -> Line:
        """What the world holds of this view: process, page, log, browser; a value."""
        try:
            return self.sim.world.lines[self.id]
        except KeyError:
            raise shorten(
                ViewGone(
                    f"nothing was opened as {self.id} in this world",
                    expected="a view that is there",
                    got=repr(self.sim),
                )
            ) from None

    def here(self) -> Line:
        """The `line` of a view that is there. Raises `ViewGone` if it has left its page, or its process has ended."""
        line = self.line
        if line.process is None:
            raise shorten(self._gone(line))
        return line

    @property
    def browser(self) -> int:
        """The number of the browser this view is in; it stays when the browser goes to another view."""
        return self.line.tab.number

    @property
    def dom(self) -> Page:
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

    def _gone(self, line: Line) -> ViewGone:
        left = self._left()
        crash = self.crash
        if left is None and line.tab.waiting is not None:
            return ViewGone(
                f"the process of {self.id} has ended, and its client has not joined again",
                expected="a view that is connected",
                got="a connection that was dropped" if crash is None else f"{crash.what} crashed: {crash.reason!r}",
                cure=f"view.rejoin() joins again{'' if crash is None else ', and so does the clock: sim.clock.advance(1)'}",
            )
        if left is None:
            return ViewGone(f"the process of {self.id} has ended", expected="a view that is connected")
        return ViewGone(
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
                    raise shorten(self._gone(line))
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
        return title_in(self.line.tab.document, self.line.title)

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
        return self.sim.world.lines[self._root()].tab.url.partition("#")[0]

    @property
    def wire(self) -> Kept[Frame]:
        """Every message between this browser and its process so far, both directions, in order; `gone` says what is forgotten."""
        steps = self.steps
        return Kept(frames(steps), steps.gone, steps.bound)

    @property
    def crash(self) -> Crash | None:
        """The last crash of this view, in a world where errors end processes: `what` it was about, `reason`; None without one."""
        return next((crash for crash in reversed(crashing.crashes(self.sim.stored)) if crash.process == self.id), None)

    @property
    def steps(self) -> Kept[Happening]:
        """Every message this view got so far, oldest first: what came, what was sent, and what that cost (`facts`, `bytes`)."""
        return spoken(self.sim.world, self.line)

    # --- finding ----------------------------------------------------------------------------------------------------

    @question
    def has_element(self, selector: str, text: TextFilter = None) -> bool:
        """Whether at least one element matches, here or in a nested view.

        Where none does, the answer is equal to False and says what is there instead: a failing `assert` shows it. (It is not
        the object False: ask with `not` or `==`, not with `is`.)
        """
        try:
            arguments.description(selector, text)
            page = on_page(self.sim.world.lines, self.here().id)
            if exists(page, selector, text):
                return True
            sim, checks = self.sim, self.line.tab.checks
            closer = partial(has_element.look_closer, sim, checks, page.root, selector, text, "not has_element")
            return has_element.absent(page, selector, text, closer)
        except LiveViewError as error:
            shorten(error)
            raise

    @question
    def live_children(self) -> list[Self]:
        """The views nested directly in this one, in the order they joined."""
        return [type(self)(self.sim, child) for child in self.line.tab.children]

    @question
    def find_live_child(self, id: str) -> Self | None:
        """The nested view with that DOM id, however deep it is."""
        for child in self.live_children():
            found = child if child.line.dom_id == id else child.find_live_child(id)
            if found is not None:
                return found
        return None

    # --- looking ----------------------------------------------------------------------------------------------------

    def open_browser(self, open: Callable[[str], Any] | None = None, *, assets: str | None = None) -> Self:
        """Write the document to a temporary file and show it in a real browser (or hand the file's URL to `open`).

        Scripts are left out. `assets` is the folder that paths like `/app.css` are taken from.
        """
        navigation.show(shown(str(self.document), assets), open)
        return self


def _shown(lines: Mapping[str, Line], id: str) -> str:
    """The html of a page with what its nested views show inside their containers."""
    return on_page(lines, id).html()
