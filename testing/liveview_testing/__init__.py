"""The test kit of liveview_core: a simulated browser in a simulated world.

    from liveview_testing import live

    def test_counts():
        view = live(CounterLive)
        assert "Count: 1" in view.element("button", "+").render_click()

In reading order: `user` (what a test holds), `simulation` and `world` (the world), `browsing`, `tab` and `browser` (the browser);
`scripts`, `record`, `properties`, `hook_chains`, and the modules `laws`, `lints`, `strategies`, `watching` (what to do with them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liveview_testing.hook_chains.holding import assert_isolated, assert_never_halts, assert_routes
    from liveview_testing.hook_chains.hook_run import HookRun, run_hooks
    from liveview_testing.properties.live_view_machine import LiveViewMachine
    from liveview_testing.scripts.act import Act
    from liveview_testing.scripts.literals import NoLiteral
    from liveview_testing.scripts.ordering import Killed, NotUnderWay, TaskFailed, Unfinished
    from liveview_testing.scripts.player import NotReplayed
    from liveview_testing.scripts.replaying import replay
    from liveview_testing.scripts.script import Script
    from liveview_testing.scripts.shrinking import DoesNotFail, shrink
    from liveview_testing.scripts.together import NotNow
    from liveview_testing.scripts.transcript import NotAScript
    from liveview_testing.showing.live_page import NoChromium
    from liveview_testing.showing.served import NotInChromium
    from liveview_testing.soaking.batches import OtherCode
    from liveview_testing.soaking.soaking import NotImportable, SoakReport, soak
    from liveview_testing.timelines.making import NotRecorded, Timeline, read_timeline, timeline
    from liveview_testing.timelines.paper import NoTimeline
    from liveview_testing.world.pickling import NotPickled
    from liveview_testing.worlds.exploring import explore
    from liveview_testing.worlds.playing import Faults
    from liveview_testing.worlds.properties import always, eventually, outcomes, sometimes
    from liveview_testing.worlds.reports import Counterexample, Exploration
    from liveview_testing.worlds.schedules import Astray

try:
    from liveview_core.errors import TooDeep
    from liveview_testing.browsing.navigation import Refused
    from liveview_testing.browsing.visits import CannotOpen
    from liveview_testing.client_hooks import ClientHook
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
    from liveview_testing.person.exceptions import Error, ExpectationFailed, NotHere, TimeoutError
    from liveview_testing.person.expect import Unsupported, expect
    from liveview_testing.person.page import Locator, Page
    from liveview_testing.person.refused import NotSimulated
    from liveview_testing.record.story import Step
    from liveview_testing.simulation.acting import InsideStep
    from liveview_testing.simulation.delivery import Restless
    from liveview_testing.simulation.page_law import LawBroken
    from liveview_testing.simulation.tab_history import TooManyRedirects
    from liveview_testing.simulation.tasks import NoSuchTask
    from liveview_testing.tab.files import File, NotAFile, NotSent, NoUpload, Preflight, Rejected
    from liveview_testing.tab.requests import NoRequest, Request
    from liveview_testing.user.assertions import ANY, Happened, NotHappened
    from liveview_testing.user.element import Element
    from liveview_testing.user.file_input import FileInput
    from liveview_testing.user.looking import ViewGone
    from liveview_testing.user.rendering import NotRendered, render_component, rendered_to_string
    from liveview_testing.user.simulation import Live, NoAnswer, Simulation, View, live, live_isolated
    from liveview_testing.world.page_checks import PageError, PageWarning
    from liveview_testing.world.pickling import NotPickled
    from liveview_testing.world.retention import Forgotten
    from liveview_testing.world.wire import Frame
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] in ("liveview_core", "liveview_testing"):
        raise
    raise ImportError("liveview_testing needs its extra: pip install 'liveview-core[testing]'") from missing

_LATE = {
    "Astray": "worlds.schedules",
    "Killed": "scripts.ordering",
    "NoChromium": "showing.live_page",
    "NotImportable": "soaking.soaking",
    "NotInChromium": "showing.served",
    "NotPickled": "world.pickling",
    "NotNow": "scripts.together",
    "NotUnderWay": "scripts.ordering",
    "OtherCode": "soaking.batches",
    "TaskFailed": "scripts.ordering",
    "Unfinished": "scripts.ordering",
    "DoesNotFail": "scripts.shrinking",
    "NotAScript": "scripts.transcript",
    "NoLiteral": "scripts.literals",
    "NotReplayed": "scripts.player",
    "Act": "scripts.act",
    "Counterexample": "worlds.reports",
    "Exploration": "worlds.reports",
    "Faults": "worlds.playing",
    "SoakReport": "soaking.soaking",
    "always": "worlds.properties",
    "eventually": "worlds.properties",
    "explore": "worlds.exploring",
    "outcomes": "worlds.properties",
    "soak": "soaking.soaking",
    "sometimes": "worlds.properties",
    "HookRun": "hook_chains.hook_run",
    "LiveViewMachine": "properties.live_view_machine",
    "NoTimeline": "timelines.paper",
    "NotRecorded": "timelines.making",
    "Script": "scripts.script",
    "Timeline": "timelines.making",
    "assert_isolated": "hook_chains.holding",
    "assert_never_halts": "hook_chains.holding",
    "assert_routes": "hook_chains.holding",
    "read_timeline": "timelines.making",
    "replay": "scripts.replaying",
    "shrink": "scripts.shrinking",
    "run_hooks": "hook_chains.hook_run",
    "timeline": "timelines.making",
}
"""Names whose rooms are imported when somebody asks for them: most tests do not."""


def __getattr__(name: str) -> Any:
    room = _LATE.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"{__name__}.{room}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "ANY",
    "Act",
    "Astray",
    "BindingNotFound",
    "CannotOpen",
    "ClientHook",
    "CommandError",
    "Counterexample",
    "DoesNotFail",
    "Element",
    "ElementDisabled",
    "ElementHidden",
    "ElementNotFound",
    "Error",
    "ExpectationFailed",
    "Exploration",
    "Faults",
    "FieldNotFound",
    "FieldRefused",
    "File",
    "FileInput",
    "Forgotten",
    "FormExpected",
    "Frame",
    "Happened",
    "HookRun",
    "Html",
    "InsideStep",
    "Killed",
    "KitFailure",
    "LawBroken",
    "Live",
    "LiveViewMachine",
    "Locator",
    "ManyElements",
    "NoAnswer",
    "NoChromium",
    "NoLiteral",
    "NoRequest",
    "NoString",
    "NoSuchName",
    "NoSuchTask",
    "NoTimeline",
    "NoUpload",
    "NotAFile",
    "NotAScript",
    "NotAValue",
    "NotHappened",
    "NotHere",
    "NotImportable",
    "NotInChromium",
    "NotNow",
    "NotPickled",
    "NotRecorded",
    "NotRendered",
    "NotReplayed",
    "NotSent",
    "NotSimulated",
    "NotUnderWay",
    "OptionNotFound",
    "OtherCode",
    "Page",
    "PageError",
    "PageLeft",
    "PageWarning",
    "Preflight",
    "Redirected",
    "Refused",
    "Rejected",
    "Request",
    "Restless",
    "Script",
    "SelectorError",
    "Simulation",
    "SoakReport",
    "Step",
    "SubmitterRefused",
    "TargetNotFound",
    "TaskFailed",
    "TextNotFound",
    "Timeline",
    "TimeoutError",
    "TooDeep",
    "TooManyRedirects",
    "Unfinished",
    "Unsupported",
    "UnwantedElement",
    "ValueRefused",
    "View",
    "ViewGone",
    "WrongNumber",
    "always",
    "assert_isolated",
    "assert_never_halts",
    "assert_routes",
    "eventually",
    "expect",
    "explore",
    "live",
    "live_isolated",
    "outcomes",
    "read_timeline",
    "render_component",
    "rendered_to_string",
    "replay",
    "run_hooks",
    "shrink",
    "soak",
    "sometimes",
    "timeline",
]
