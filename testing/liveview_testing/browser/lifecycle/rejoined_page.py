"""A page that a join has brought, as a browser shows it over the page before: ignored elements keep what they had there.

Owns `joined_over`. The page of a join is read once, by who heard it first, over the page that it had; a tab that shows another (a
message is still on its way to it) reads it again. Law: a page without ignored elements is the very page that was read.
"""  # PA-12

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.tree import Frozen, Template

IGNORED = '[phx-update="ignore"]'
Kept: TypeAlias = "dict[str, tuple[Template, int]]"


def joined_over(page: Page, rendered: Mapping[str, Any], before: Page) -> Page:
    """The page of a join's `rendered` over `before`; `page` is what somebody has read of it."""
    if not page.templates.updating:
        return page
    wanted = _kept(page)
    if not wanted:
        return page
    had = _kept(before)
    if all(wanted[dom_id] == each for dom_id, each in had.items() if dom_id in wanted):
        return page
    return Page.join(dict(rendered), before).page


def _kept(page: Page) -> Kept:
    """What ignored elements show, by their ids: an element of a template, maybe of an older one."""
    found: Kept = {}
    for node in find(page, IGNORED):
        dom_id, here = node.id, node.place.node
        if dom_id:
            graft = None if here.grafts is None else here.grafts.get(dom_id)
            found[dom_id] = (graft.node, graft.element) if isinstance(graft, Frozen) else (here, node.number)
    return found
