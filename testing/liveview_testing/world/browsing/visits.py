"""Which page a path, or a view alone, stands for.

Owns `resolve` and `isolated`, which make a `Visit`, and what views are called. Law: nothing is opened here; what cannot be opened
is refused with what could be.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from liveview_core.errors import LiveViewError, shown
from liveview_core.views.router import Route, Router
from liveview_core.views.view import LiveView, as_view
from liveview_testing.failures.misuse import arguments
from liveview_testing.world.world import HOST, Line, Visit, make_visit


class CannotOpen(LiveViewError, ValueError):
    """What was given to `live` is no page."""


def resolve(
    wanted: Any,
    router: Router | None,
    params: Mapping[str, Any] | None,
    session: Mapping[str, Any],
    connect_params: Mapping[str, Any],
    connect_info: Mapping[str, Any],
    conn_assigns: Mapping[str, Any],
    host: str = HOST,
) -> Visit:
    """The page that a path, or a view alone, stands for."""
    try:
        query = urlencode(params, doseq=True) if params else ""
    except UnicodeEncodeError as error:
        raise CannotOpen(
            "params with text that no URL can have: half a surrogate pair",
            expected="whole characters",
            got=shown(params),
        ) from error
    if isinstance(wanted, str):
        if router is None:
            raise CannotOpen(
                f"cannot open the path {wanted!r}: there is no router",
                expected="a router that says which view is there",
                cure="live(path, router=ROUTER), Simulation(ROUTER), or the fixture liveview_router in a conftest",
            )
        arguments.path(wanted)
        url = wanted + (("&" if "?" in wanted else "?") + query if query else "")
    else:
        if not _is_view(wanted):
            raise CannotOpen(
                "what is opened is a path or a view",
                expected="a str, or a LiveView (class or object)",
                got=shown(wanted),
                cure="sim.page(TheLive), sim.page('/path'); a template alone: render_component(template, …)",
            )
        router = _alone(wanted) if isinstance(wanted, type) else Router([Route("/", wanted)])
        url = f"/?{query}" if query else "/"
    match = router.resolve(host + url)
    return make_visit(
        as_view(match.view), url, router, match, session, connect_params, connect_info, conn_assigns, host
    )


@lru_cache(maxsize=64)  # a suite opens one view again and again
def _alone(view: type[LiveView]) -> Router:
    return Router([Route("/", view)])


def isolated(
    view: Any,
    session: Mapping[str, Any],
    connect_params: Mapping[str, Any],
    connect_info: Mapping[str, Any],
    conn_assigns: Mapping[str, Any],
    host: str = HOST,
) -> Visit:
    """A view that is mounted at no router."""
    if not _is_view(view):
        raise CannotOpen("live_isolated mounts a view", expected="a LiveView (class or object)", got=shown(view))
    return make_visit(as_view(view), "/", None, None, session, connect_params, connect_info, conn_assigns, host)


def _is_view(wanted: Any) -> bool:
    return isinstance(wanted, LiveView) or (isinstance(wanted, type) and issubclass(wanted, LiveView))


def name(view: LiveView) -> str:
    """What a view is called."""
    return type(view).__name__


def described(line: Line) -> str:
    """A view, as a failure shows it."""
    return f"<View {line.id} of {name(line.tab.visit.view)} at {line.tab.url}>"
