"""Whether a page has something to do by itself as it appears: an element whose `phx-mounted` runs.

Owns `wakes`, which is asked of every page that joins, and by which a tab is made of it if need be. Law: a page that has nothing to
do stays a page, and costs its tab nothing.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liveview_core.process.process import DiffReply
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.page import Page

if TYPE_CHECKING:
    from liveview_core.process.process import Sent
    from liveview_testing.browser.page.tree.template_index import TemplateIndex
    from liveview_testing.world.world import Line


def wakes(line: Line, sent: Sequence[Sent], before: object) -> bool:
    """Whether the page of a view has something to do by itself in its tab: an element whose `phx-mounted` runs.

    No template names it on most pages; it may come as a value then, of an attribute that has no name before it is sent, or in raw
    html, in a message that is not brief (`before` is the page before it). What was sent is asked for it, and the page, which costs
    a look at all that changed, only where it is there.
    """
    page = line.page
    if type(page) is not Page:
        return False  # nothing was sent yet
    found: tuple[bool, bool] | None = page.templates.memo.get("wakes")
    if found is None:
        found = page.templates.memo["wakes"] = _may_wake(page.templates)
    if found == _SLEEPS:
        return False
    if not found[0] and type(before) is Page and page.merges == before.merges > 1:
        return False  # it was brief: an append to a chat pays a twentieth less
    if not found[0] and not any(_names_it(each.carried if type(each) is DiffReply else each.payload) for each in sent):
        return False
    return line.joined and line.tab.left is None and bool(find(page, "[phx-mounted]", limit=1))


_SLEEPS = False, False


def _names_it(payload: Any) -> bool:
    """Whether `phx-mounted` stands anywhere in what was sent: in its bytes, which take a third of the time of its repr."""
    try:
        return b"phx-mounted" in marshal.dumps(payload, 2)
    except ValueError:  # something of it is no plain data
        return "phx-mounted" in repr(payload)


def _may_wake(templates: TemplateIndex) -> tuple[bool, bool]:
    """Whether a template of the page names `phx-mounted`, and whether it may come with a value."""
    elements = [element for shape in (templates.root, *templates.others) for element in shape.elements]
    named = any(element.names("phx-mounted") for element in elements)
    return named, templates.raw or any(element.may_have("phx-mounted") for element in elements)
