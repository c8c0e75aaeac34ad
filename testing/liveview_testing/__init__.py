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
    from liveview_testing.browsing.navigation import CannotOpen, Refused
    from liveview_testing.failures.exceptions import (
        BindingNotFound,
        CommandError,
        ElementDisabled,
        ElementHidden,
        ElementNotFound,
        FieldNotFound,
        FieldRefused,
        FormExpected,
        KitFailure,
        ManyElements,
        OptionNotFound,
        PageLeft,
        SelectorError,
        SubmitterRefused,
        TargetNotFound,
        TextNotFound,
        UnwantedElement,
        ValueRefused,
        WrongNumber,
    )
    from liveview_testing.failures.handles import NoSuchName, NotAValue
    from liveview_testing.html.html import Html, NoString, Redirected
    from liveview_testing.record.story import Step
    from liveview_testing.simulation.delivery import Restless
    from liveview_testing.simulation.page_law import LawBroken
    from liveview_testing.simulation.simulation import InsideStep, Live, Simulation, live, live_isolated
    from liveview_testing.simulation.tasks import NoSuchTask
    from liveview_testing.tab.files import File, NotAFile, NotSent, NoUpload, Preflight, Rejected
    from liveview_testing.tab.requests import NoRequest, Request
    from liveview_testing.user.assertions import ANY, Happened, NotHappened
    from liveview_testing.user.element import Element
    from liveview_testing.user.file_input import FileInput
    from liveview_testing.user.rendering import NotRendered, render_component, rendered_to_string
    from liveview_testing.user.view import NoAnswer, View, ViewGone
    from liveview_testing.world.page_checks import PageError, PageWarning
    from liveview_testing.world.retention import Forgotten
    from liveview_testing.world.wire import Frame
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] in ("liveview_core", "liveview_testing"):
        raise
    raise ImportError("liveview_testing needs its extra: pip install 'liveview-core[testing]'") from missing

__all__ = [
    "ANY",
    "BindingNotFound",
    "CannotOpen",
    "CommandError",
    "Element",
    "ElementDisabled",
    "ElementHidden",
    "ElementNotFound",
    "FieldNotFound",
    "FieldRefused",
    "File",
    "FileInput",
    "Forgotten",
    "FormExpected",
    "Frame",
    "Happened",
    "Html",
    "InsideStep",
    "KitFailure",
    "LawBroken",
    "Live",
    "ManyElements",
    "NoAnswer",
    "NoRequest",
    "NoString",
    "NoSuchName",
    "NoSuchTask",
    "NoUpload",
    "NotAFile",
    "NotAValue",
    "NotHappened",
    "NotRendered",
    "NotSent",
    "OptionNotFound",
    "PageError",
    "PageLeft",
    "PageWarning",
    "Preflight",
    "Redirected",
    "Refused",
    "Rejected",
    "Request",
    "Restless",
    "SelectorError",
    "Simulation",
    "Step",
    "SubmitterRefused",
    "TargetNotFound",
    "TextNotFound",
    "UnwantedElement",
    "ValueRefused",
    "View",
    "ViewGone",
    "WrongNumber",
    "live",
    "live_isolated",
    "render_component",
    "rendered_to_string",
]
