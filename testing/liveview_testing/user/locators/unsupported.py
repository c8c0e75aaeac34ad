"""Names of Playwright's that are not here, each with the reason and what to do instead.

Law: what cannot be simulated is said so by name; it is never there and silently wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from liveview_core.tracebacks import shorten
from liveview_testing.failures.misuse.misused_handles import missing
from liveview_testing.failures.misuse.page_names import LOCATOR_NAMES, PAGE_NAMES
from liveview_testing.user.locators.exceptions import NotHere


class NotSimulated(NotHere, AttributeError):
    """A name of Playwright's that needs what is not simulated."""


_LAYOUT = "needs layout, which is not computed"
_SCRIPT = "needs a script engine"
_NETWORK = "needs a network of its own"

LOCATOR: Mapping[str, str] = {
    "bounding_box": _LAYOUT,
    "screenshot": _LAYOUT,
    "highlight": _LAYOUT,
    "tap": "needs a touch screen",
    "evaluate": _SCRIPT,
    "evaluate_all": _SCRIPT,
    "evaluate_handle": _SCRIPT,
    "element_handle": _SCRIPT,
    "element_handles": _SCRIPT,
    "wait_for_function": _SCRIPT,
    "frame_locator": "needs frames, which are not loaded",
    "content_frame": "needs frames, which are not loaded",
    "owner": "needs frames, which are not loaded",
}
PAGE: Mapping[str, str] = {
    "mouse": _LAYOUT,
    "touchscreen": _LAYOUT,
    "screenshot": _LAYOUT,
    "pdf": _LAYOUT,
    "viewport_size": _LAYOUT,
    "set_viewport_size": _LAYOUT,
    "evaluate": _SCRIPT,
    "evaluate_handle": _SCRIPT,
    "add_init_script": _SCRIPT,
    "add_script_tag": _SCRIPT,
    "add_style_tag": _SCRIPT,
    "expose_function": _SCRIPT,
    "expose_binding": _SCRIPT,
    "wait_for_function": _SCRIPT,
    "add_locator_handler": _SCRIPT,
    "frame": "needs frames, which are not loaded",
    "frames": "needs frames, which are not loaded",
    "frame_locator": "needs frames, which are not loaded",
    "main_frame": "needs frames, which are not loaded",
    "route": _NETWORK,
    "unroute": _NETWORK,
    "request": _NETWORK,
    "expect_request": _NETWORK,
    "expect_response": _NETWORK,
    "set_content": "needs a document without a view",
    "clock": "fakes the page's clock alone",
}
_CURES: Mapping[str, str] = {
    "clock": "page.sim.clock advances the clock of the page and of the server; page.wait_for_timeout(ms)",
    "set_content": "a LiveView whose render is this html: sim.page(ThatLive)",
    "evaluate": "a stand-in for a client hook (Simulation(hooks=…)) does in Python what the script does",
    "screenshot": "page.aria_snapshot() says what is there; view.open_browser() shows it",
    "mouse": "locator.click(), hover(), drag_to() say which element is meant",
    "route": "sim.store holds what fakes answer; page.network is the link of the views",
    "locator": "",
}
_INNER = frozenset(
    {"acting", "do", "do_each", "elsewhere", "found", "located", "memory", "now", "patience", "policy", "query"}
    | {"reading", "reading_once", "scene", "sought", "state"}
)
"""What our own rooms ask pages and locators; what a page has for a test is in the reference."""


def name(handle: object, wanted: str, table: Mapping[str, str]) -> NoReturn:
    """Say why a name is not there. Always raises an AttributeError."""
    why = table.get(wanted)
    if why is None:
        missing(handle, wanted, LOCATOR_NAMES if table is LOCATOR else PAGE_NAMES, inner=_INNER)
    raise shorten(
        NotSimulated(
            f"{type(handle).__name__}.{wanted} {why}",
            cure=_CURES.get(wanted) or "expect(locator)…, locator.aria_snapshot(), page.content() read what is there",
        )
    )
