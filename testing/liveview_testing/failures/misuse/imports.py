"""Imports that go wrong: modules of the author that cannot be imported, names of other kits that ours does not export.

Laws: to exit while a module is imported is not to be fine, whoever imports it; of unknown names only those are judged that nobody
would call so here, every other one stays Python's own error.
"""

from __future__ import annotations

from opcode import opmap
from types import FrameType

from liveview_core.errors import LiveViewError

__all__ = ["NoSuchExport", "no_export", "not_imported"]


def not_imported(name: str, error: BaseException) -> tuple[str, str, str | None]:
    """What is said of a module of that name: what happened, what came, and the cure, if one is known."""
    exits = isinstance(error, SystemExit)
    text = error.msg if isinstance(error, SyntaxError) else error  # its own text repeats the place
    return (
        f"{name} exits while it is imported" if exits else f"{name} cannot be imported",
        f"{type(error).__name__}: {text}",
        "what runs belongs under `if __name__ == '__main__':`" if exits else None,
    )


class NoSuchExport(LiveViewError, ImportError):
    """The kit has no such name to import; another has."""


_PAGE = "page = sim.page(MyLive), or page.goto(path)"
_WAIT = "expect(page.get_by_text(…)).to_be_visible() waits, in simulated time"
_ACTS = 'page.get_by_role("button", name="Save").click(), .fill(…), .press(…)'
_CALLED = "a method of the view: view.{0}(…)"
_NAMES = {
    **dict.fromkeys(
        ("screen", "within", "queries", "getQueriesForElement"), "page.get_by_role(…), locator.get_by_text(…)"
    ),
    **dict.fromkeys(("render", "renderHook", "mount", "visit"), _PAGE),
    **dict.fromkeys(("fireEvent", "userEvent", "user_event", "fire_event", "user"), _ACTS),
    **dict.fromkeys(("waitFor", "wait_for", "waitForElementToBeRemoved", "findByText", "nextTick"), _WAIT),
    "cleanup": "nothing is left over: each test has a world of its own, `sim`",
    **dict.fromkeys(("cy", "browser", "Browser", "webdriver", "Selenium"), "`sim`, a fixture: page = sim.page(MyLive)"),
    **dict.fromkeys(
        ("sync_playwright", "async_playwright", "chromium", "BrowserContext"),
        "`sim`, a fixture: sim.page(MyLive); `live_page` is a real browser",
    ),
    **dict.fromkeys(
        ("Client", "TestClient", "RequestFactory", "LiveServerTestCase"),
        "`sim`, a fixture: sim.live(path) or sim.page(path)",
    ),
    **dict.fromkeys(
        ("LiveViewTest", "PhoenixTest", "live_view_test", "ConnTest"), "from liveview_testing import live, Simulation"
    ),
    **dict.fromkeys(
        str.split(
            "render_click render_submit render_change render_hook render_keydown render_async element form file_input "
            "has_element open_browser assert_patch assert_redirect assert_push_event assert_reply follow_redirect put_submitter"
        ),
        _CALLED,
    ),
    **dict.fromkeys(
        ("click_button", "click_link", "fill_in", "choose", "assert_has", "refute_has", "assert_path"),
        _CALLED.replace("{0}", "assert_has") + f"; {_ACTS}",
    ),
    **dict.fromkeys(("get_by_text", "get_by_role", "get_by_label", "locator"), "a method of the page: page.{0}(…)"),
    **dict.fromkeys(("snapshot", "toMatchSnapshot"), "fixtures: html_snapshot, aria_snapshot, diff_snapshot"),
}


def no_export(name: str, asking: FrameType) -> NoSuchExport | AttributeError | None:
    """What to raise where a name is asked for that another kit has: of an AttributeError an import would tell nothing, and nothing
    else is a name that is not there, for whoever tries (`hasattr`).
    """
    cure = _NAMES.get(name)
    if cure is None:
        return None
    happened, cure = f"liveview_testing has no {name!r}", cure.replace("{0}", name)
    if asking.f_code.co_code[asking.f_lasti] == opmap["IMPORT_FROM"]:
        return NoSuchExport(happened, cure=cure)
    return AttributeError(f"{happened}\n  cure: {cure}", name=name)
