"""A view's connection, and the ways out of its page.

Owns `Going`: lost connections, patches, live navigation, redirects, requests over HTTP. Law: a handle stays with its page; who goes
elsewhere gets the view that is there then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self

from liveview_testing.browser.connection.addresses import parsed
from liveview_testing.failures.misuse import arguments
from liveview_testing.user.handles import assertion_failures
from liveview_testing.user.handles.view_page import Looking, S
from liveview_testing.user.html.html import Html
from liveview_testing.world.browsing import navigation
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.page_state.requests import NoRequest
from liveview_testing.world.simulation import crashing, tab_history
from liveview_testing.world.tabs import tabs

if TYPE_CHECKING:
    from liveview_testing.world.page_state.requests import Request
    from liveview_testing.world.simulation.delivering.delivery import Run


class Going(Looking[S]):
    """What leads away from a view, and back to it."""

    __slots__ = ()

    # --- the connection ---------------------------------------------------------------------------------------------

    @recorded
    def drop(self) -> Html:
        """The connection is lost: the processes of the page end, the browser goes on showing it. Until `rejoin`."""  # LC-46
        self.here()
        self.sim.act(lambda run: crashing.drop(run, run.root(self.id)))
        return self.outcome()

    @recorded
    def rejoin(self) -> Html:
        """The client joins again: a new mount at the page's URL, then the forms are filled in again.

        Nothing happens if it is connected.
        """  # ER-5, FM-35

        def again(run: Run) -> None:
            root = run.root(self.id)
            crashing.rejoin(run, self.id if run.alive(root) else root)

        self.sim.act(again)
        return self.outcome()

    # --- going elsewhere --------------------------------------------------------------------------------------------

    @recorded
    def render_patch(self, path: str) -> Html:
        """The user changes the URL within the view, as by a patch link to `path`."""
        self.here()
        href = parsed(arguments.address(path, "render_patch"))
        self.sim.act(lambda run: navigation.patch(run, self.id, href, "push"))
        return self.outcome()

    @recorded
    def go_back(self) -> Html:
        """The browser's back button: one place back in its history, to an earlier URL of the view or to another view.

        To another view it is a live navigation, which `follow_redirect()` follows.
        """
        return self._travel(-1)

    @recorded
    def go_forward(self) -> Html:
        """The browser's forward button: back to where `go_back` came from."""
        return self._travel(1)

    def _travel(self, by: Literal[-1, 1]) -> Html:
        self.here()

        def go(run: Run) -> None:
            number = run.lines[self.id].tab.number
            if run.keeps(number):
                (tab_history.go_back if by < 0 else tab_history.go_forward)(run, number)
            else:
                navigation.travel(run, self.id, by)

        self.sim.act(go)
        return self.outcome()

    @recorded
    def live_redirect(self, to: str) -> Self:
        """Live navigation to another view of the same live session, as by a navigate link; the view that is there now."""
        self.here()
        href = parsed(arguments.address(to, "live_redirect"))

        def go(run: Run) -> str:
            root = run.root(self.id)
            number = run.lines[root].tab.number
            if run.keeps(number):
                run.follow_link(number, "redirect", href, "push")
                run.settle()
                return run.browsers[number].root
            navigation.leave(run, root, href, "live_redirect")
            run.settle()
            return navigation.follow(run, root)

        return type(self)(self.sim, self.sim.act(go))

    @recorded
    def follow_redirect(self, to: str | None = None) -> Self:
        """Go where the view was sent, flash and all; the view that is there then. `to`: it must be that place.

        Live navigation keeps the connection's session; a plain redirect loads a new page.
        """  # LC-16
        left = self._left()
        if left is None or (to is not None and left.to != to):
            raise assertion_failures.navigation_missing(self.line, "redirect", to)
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

        return type(self)(self.sim, self.sim.act(go))

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

    @recorded
    def follow_request(
        self,
        to: str | None = None,
        *,
        session: Mapping[str, Any] | None = None,
        flash: Mapping[str, Any] | None = None,
    ) -> Self:
        """Go where the server's answer to the view's request leads; the view that is there then.

        The answer is the test's to give: a redirect `to` a path of the router (default: the request's own), with what the server
        put into session and flash.
        """
        arguments.destination(to)
        arguments.mappings(session=session, flash=flash)
        _ = self.request  # says why not, if there is none
        answer = navigation.Answer(to, session or {}, flash or {})

        def go(run: Run) -> str:
            number = run.lines[self.id].tab.number
            if not run.keeps(number):
                return navigation.follow(run, self._root(), answer)
            tabs.answered(run, number, answer)
            run.settle()
            return run.browsers[number].root

        return type(self)(self.sim, self.sim.act(go))
