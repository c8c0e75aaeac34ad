"""Opening one view in a world of its own: `live(View)`, `live_isolated(View)`.

Owns the two functions. Law: they are what a `Simulation` does, with a simulation that is made for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from liveview_testing.user.made_world import CrashMode, TaskMode
from liveview_testing.user.simulation import Simulation, View
from liveview_testing.world.page_checks import Given
from liveview_testing.world.timers import START

if TYPE_CHECKING:
    from liveview_core.views.router import Router
    from liveview_core.views.view import LiveView

Live: TypeAlias = "Callable[..., View]"


def live(
    view_or_path: type[LiveView] | LiveView | str,
    *,
    router: Router | None = None,
    params: Mapping[str, Any] | None = None,
    session: Mapping[str, Any] | None = None,
    connect_params: Mapping[str, Any] | None = None,
    connect_info: Mapping[str, Any] | None = None,
    conn_assigns: Mapping[str, Any] | None = None,
    tasks: TaskMode = "run",
    crashes: CrashMode = "raise",
    checks: Given = None,
    seed: int | str = 0,
    now: datetime = START,
    static: Mapping[str, str] | None = None,
) -> View:
    """Open a view, or a path of `router`, in a world of its own (`view.sim`). See `Simulation.live`."""
    sim = Simulation(router, seed=seed, now=now, tasks=tasks, crashes=crashes, checks=checks, static=static)
    return sim.live(
        view_or_path,
        params=params,
        session=session,
        connect_params=connect_params,
        connect_info=connect_info,
        conn_assigns=conn_assigns,
    )


def live_isolated(
    view: type[LiveView] | LiveView,
    *,
    session: Mapping[str, Any] | None = None,
    connect_params: Mapping[str, Any] | None = None,
    connect_info: Mapping[str, Any] | None = None,
    conn_assigns: Mapping[str, Any] | None = None,
    tasks: TaskMode = "run",
) -> View:
    """Mount a view without a router, in a world of its own. See `Simulation.live_isolated`."""
    sim = Simulation(tasks=tasks)
    return sim.live_isolated(
        view,
        session=session,
        connect_params=connect_params,
        connect_info=connect_info,
        conn_assigns=conn_assigns,
    )
