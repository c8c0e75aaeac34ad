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

    No template names it on most pages, and no value of whole attributes. Where it may have come with a value, or in raw html, in a
    message that is not brief (`before` is the page before it), what was sent is asked for it, and the page, which costs a look at
    all that changed, only where it is there.
    """
    page = line.page
    if type(page) is not Page:
        return False  # nothing was sent yet
    templates = page.templates
    named: bool | None = templates.memo.get("names phx-mounted")
    if named is None:
        named = templates.memo["names phx-mounted"] = _is_named(templates)
    if not named:
        if not templates.raw and not templates.mounting:
            return False
        if type(before) is Page and page.merges == before.merges > 1:
            return False  # it was brief: an append to a chat pays a twentieth less
        if not any(_names_it(each.carried if isinstance(each, DiffReply) else each.payload) for each in sent):
            return False
    return line.joined and line.tab.left is None and bool(find(page, "[phx-mounted]", limit=1))


def _names_it(payload: Any) -> bool:
    """Whether `phx-mounted` stands anywhere in what was sent: in its bytes, which take a third of the time of its repr."""
    try:
        return b"phx-mounted" in marshal.dumps(payload, 2)
    except ValueError:  # something of it is no plain data
        return "phx-mounted" in repr(payload)


def _is_named(templates: TemplateIndex) -> bool:
    """Whether a template of the page names `phx-mounted`."""
    shapes = (templates.root, *templates.others)
    return any(element.names("phx-mounted") for shape in shapes for element in shape.elements)
