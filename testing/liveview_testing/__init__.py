"""The test kit of liveview_core: a simulated browser in a simulated world.

    from liveview_testing import live

    def test_counts():
        view = live(CounterLive)
        assert "Count: 1" in view.element("button", "+").render_click()

In reading order: `user` (what a test holds), `world` (whose turn it is), `browser` (what a tab does), `failures` (what is said
when it could not); `record` (what happened, as stories, scripts and timelines), `properties` (what could happen), `showing` (the
same in a real browser), `command_line`; and the modules `laws`, `lints`, `strategies`, `watching`, `client_hooks`, `styles`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liveview_testing.client_hooks import ClientHook
    from liveview_testing.failures.misuse.imports import NoSuchExport
    from liveview_testing.properties.exploring.counterexamples.reports import Counterexample, Exploration
    from liveview_testing.properties.exploring.exploring import explore
    from liveview_testing.properties.exploring.properties import PropertyBroken, always, eventually, outcomes, sometimes
    from liveview_testing.properties.exploring.schedules import Astray
    from liveview_testing.properties.exploring.transitions import Faults
    from liveview_testing.properties.hook_chains.assertions import assert_isolated, assert_never_halts, assert_routes
    from liveview_testing.properties.hook_chains.hook_run import HookRun, run_hooks
    from liveview_testing.properties.invariants import InvariantBroken
    from liveview_testing.properties.live_view_machine import LiveViewMachine
    from liveview_testing.properties.soaking.batches import OtherCode
    from liveview_testing.properties.soaking.soaking import NotImportable, SoakReport, soak
    from liveview_testing.record.scripts.act import Act
    from liveview_testing.record.scripts.concurrent_acts import NotNow
    from liveview_testing.record.scripts.literals import NoLiteral
    from liveview_testing.record.scripts.ordering import Killed, NotUnderWay, TaskFailed, Unfinished
    from liveview_testing.record.scripts.player import NotReplayed
    from liveview_testing.record.scripts.replaying import replay
    from liveview_testing.record.scripts.script import Script
    from liveview_testing.record.scripts.shrinking.shrinking import DoesNotFail, shrink
    from liveview_testing.record.scripts.transcript import NotAScript
    from liveview_testing.record.story import NoStory, Step
    from liveview_testing.record.timelines.html_file import NoTimeline
    from liveview_testing.record.timelines.run_timeline import NotRecorded, Timeline, read_timeline, timeline
    from liveview_testing.showing.chromium.live_page import NoChromium
    from liveview_testing.showing.connections.served import NotInChromium
    from liveview_testing.user.handles.file_input import FileInput
    from liveview_testing.user.locators.expecting.expect import Unsupported, expect
    from liveview_testing.user.rendering import NotRendered, render_component, rendered_to_string
    from liveview_testing.world.page_state.files import File, NotAFile, NotSent, NoUpload, Preflight, Rejected
    from liveview_testing.world.tabs.redirects import TooManyRedirects

from liveview_testing.user.lazy_modules import announce

announce(__name__)

try:
    from liveview_core.errors import TooDeep, nearest_names
    from liveview_core.tracebacks import shorten
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
    from liveview_testing.failures.misuse.misused_handles import NoSuchName, NotAValue
    from liveview_testing.failures.pickling import NotPickled
    from liveview_testing.user.handles.assertion_failures import ANY, Happened, NotHappened
    from liveview_testing.user.handles.element import Element
    from liveview_testing.user.handles.view import NoAnswer
    from liveview_testing.user.handles.view_page import ViewGone
    from liveview_testing.user.html.html import Html, NoString, Redirected
    from liveview_testing.user.locators.exceptions import Error, ExpectationFailed, NotHere, TimeoutError
    from liveview_testing.user.locators.unsupported import NotSimulated
    from liveview_testing.user.opening import Live, live, live_isolated
    from liveview_testing.user.simulation import Locator, Page, Simulation, View
    from liveview_testing.world.browsing.navigation import Refused
    from liveview_testing.world.browsing.no_page import NoPageYet
    from liveview_testing.world.browsing.visits import CannotOpen
    from liveview_testing.world.log.retention import Forgotten
    from liveview_testing.world.log.wire import Frame
    from liveview_testing.world.page_checks import PageError, PageWarning
    from liveview_testing.world.page_state.requests import NoRequest, Request
    from liveview_testing.world.simulation.current import InsideStep
    from liveview_testing.world.simulation.delivering.delivery import Restless
    from liveview_testing.world.simulation.page_law import LawBroken
    from liveview_testing.world.simulation.tasks import NoSuchTask
    from liveview_testing.world.tracebacks import uncaught
except (
    ModuleNotFoundError
) as missing:  # pragma: no cover - an environment without the extra, as test_artefact makes one
    if missing.name is None or missing.name.partition(".")[0] in ("liveview_core", "liveview_testing"):
        raise
    raise ImportError("liveview_testing needs its extra: pip install 'liveview-core[testing]'") from missing

# An error that ends a script is shown by this, and nothing of ours is on its way any more: frames are cut here, or nowhere.
sys.excepthook = uncaught(sys.excepthook)

_LATE = {
    "FileInput": "user.handles.file_input",
    "File": "world.page_state.files",
    "NotAFile": "world.page_state.files",
    "NotSent": "world.page_state.files",
    "NoUpload": "world.page_state.files",
    "Preflight": "world.page_state.files",
    "Rejected": "world.page_state.files",
    "ClientHook": "client_hooks",
    "NotRendered": "user.rendering",
    "render_component": "user.rendering",
    "rendered_to_string": "user.rendering",
    "Astray": "properties.exploring.schedules",
    "InvariantBroken": "properties.invariants",
    "PropertyBroken": "properties.exploring.properties",
    "Killed": "record.scripts.ordering",
    "NoChromium": "showing.chromium.live_page",
    "NotImportable": "properties.soaking.soaking",
    "NotInChromium": "showing.connections.served",
    "NotNow": "record.scripts.concurrent_acts",
    "NotUnderWay": "record.scripts.ordering",
    "OtherCode": "properties.soaking.batches",
    "TaskFailed": "record.scripts.ordering",
    "Unfinished": "record.scripts.ordering",
    "DoesNotFail": "record.scripts.shrinking.shrinking",
    "NotAScript": "record.scripts.transcript",
    "NoLiteral": "record.scripts.literals",
    "NotReplayed": "record.scripts.player",
    "Act": "record.scripts.act",
    "Counterexample": "properties.exploring.counterexamples.reports",
    "Exploration": "properties.exploring.counterexamples.reports",
    "Faults": "properties.exploring.transitions",
    "SoakReport": "properties.soaking.soaking",
    "always": "properties.exploring.properties",
    "eventually": "properties.exploring.properties",
    "explore": "properties.exploring.exploring",
    "outcomes": "properties.exploring.properties",
    "soak": "properties.soaking.soaking",
    "sometimes": "properties.exploring.properties",
    "HookRun": "properties.hook_chains.hook_run",
    "LiveViewMachine": "properties.live_view_machine",
    "NoStory": "record.story",
    "NoSuchExport": "failures.misuse.imports",
    "Step": "record.story",
    "TooManyRedirects": "world.tabs.redirects",
    "Unsupported": "user.locators.expecting.expect",
    "expect": "user.locators.expecting.expect",
    "NoTimeline": "record.timelines.html_file",
    "NotRecorded": "record.timelines.run_timeline",
    "Script": "record.scripts.script",
    "Timeline": "record.timelines.run_timeline",
    "assert_isolated": "properties.hook_chains.assertions",
    "assert_never_halts": "properties.hook_chains.assertions",
    "assert_routes": "properties.hook_chains.assertions",
    "read_timeline": "record.timelines.run_timeline",
    "replay": "record.scripts.replaying",
    "shrink": "record.scripts.shrinking.shrinking",
    "run_hooks": "properties.hook_chains.hook_run",
    "timeline": "record.timelines.run_timeline",
}
"""Names whose rooms are imported when somebody asks for them: most tests do not."""


def __getattr__(name: str) -> Any:
    room = _LATE.get(name)
    if room is None:
        error = AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        if name.startswith("_"):  # asked for by who walks through all modules
            raise error
        from liveview_testing.failures.misuse.imports import no_export  # rarely

        if (told := no_export(name, sys._getframe(1))) is not None:
            raise shorten(told)
        if near := nearest_names(name, __all__):
            error.add_note(f"  nearest: {', '.join(near)}")
        raise shorten(error)
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
    "InvariantBroken",
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
    "NoPageYet",
    "NoRequest",
    "NoStory",
    "NoString",
    "NoSuchExport",
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
    "PropertyBroken",
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
