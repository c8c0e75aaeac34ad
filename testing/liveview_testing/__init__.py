"""The test kit of liveview_core: a simulated browser in a simulated world.

    from liveview_testing import live

    def test_counts():
        view = live(CounterLive)
        assert "Count: 1" in view.element("button", "+").render_click()

In reading order: `view`, `element`, `html` (what a test holds); `simulation`, `clock`, `pending`, `world`, `delivery` (the world);
`entering`, `reading`, `browser` (the browser); `laws`, `strategies`, `snapshots`, `story` (what to do with them).
"""

from __future__ import annotations

try:
    from liveview_testing.assertions import ANY, Happened, NotHappened
    from liveview_testing.delivery import Restless
    from liveview_testing.element import Element
    from liveview_testing.file_input import FileInput
    from liveview_testing.files import File, Preflight, Rejected
    from liveview_testing.html import Html, Redirected
    from liveview_testing.rendering import render_component, rendered_to_string
    from liveview_testing.requests import Request
    from liveview_testing.simulation import Simulation, live, live_isolated
    from liveview_testing.story import Step
    from liveview_testing.view import View, ViewGone
    from liveview_testing.wire import Frame
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] in ("liveview_core", "liveview_testing"):
        raise
    raise ImportError("liveview_testing needs its extra: pip install 'liveview-core[testing]'") from missing

__all__ = [
    "ANY",
    "Element",
    "File",
    "FileInput",
    "Frame",
    "Happened",
    "Html",
    "NotHappened",
    "Preflight",
    "Redirected",
    "Rejected",
    "Request",
    "Restless",
    "Simulation",
    "Step",
    "View",
    "ViewGone",
    "live",
    "live_isolated",
    "render_component",
    "rendered_to_string",
]
