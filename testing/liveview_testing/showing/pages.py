"""Pages over HTTP: the first HTML of a view, and what is around it.

Owns the document that a page is: the root layout's where there is one, else a plain one; into either go the scripts that make
it live. An error while it is made is a page with the very text that a test would fail with.

Law: a page that is served is an act of the world; what is refused, or nowhere, changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from liveview_core.process.mounting import Static
from liveview_core.process.process import container
from liveview_core.protocol.tokens import static_token
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.showing.connections import joining
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_testing.showing.connections.connections import Links
    from liveview_testing.world.page_checks import Checks
    from liveview_testing.world.world import Line, Visit

__all__ = ["Served", "Shape", "error_page", "open_page", "resumed_page", "told"]


@frozen
class Shape:
    """What every document is made with: the token against forged requests, the style sheet, the hooks."""

    csrf: str
    css: bool = False
    hooks: bool = False
    record: bool = False
    paused: bool = False
    """Whether time stands still: then it does for the timers of a page beside the panel, too."""
    path: str | None = None
    """Where the page is to be, if it was loaded from elsewhere."""
    window: str | None = None
    """The name of the window, if it is known."""


@frozen
class Served:
    """An answer: a document, or where to go, with the flash for it."""

    status: int
    html: str = ""
    location: str | None = None
    flash: Mapping[str, Any] | None = None
    pid: str | None = None


def open_page(links: Links, visit: Visit, checks: Checks, flash: Mapping[str, Any], shape: Shape) -> Served:
    """A page is loaded. Raises what its view raises."""
    pid, static = links.world.act(lambda run: joining.opened(run, visit, checks, flash))
    if static.redirect is not None:
        return Served(302, location=static.location, flash=static.flash)
    return Served(200, _document(static, shape, visit.connect_params), pid=pid)


def _document(static: Static, shape: Shape, params: Mapping[str, Any]) -> str:
    title = "" if static.title is None else str(static.title)
    if static.document is not None:
        return _with_head(static.document, shape, params)
    return plain(static.html or "", title, shape, params)


def plain(body: str, title: str, shape: Shape, params: Mapping[str, Any]) -> str:
    """A document without a root layout."""
    sheet = "app" if shape.css else "plain"
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title, quote=False)}</title>"
        f'<link rel="stylesheet" href="/_show/{sheet}.css">{_head(shape, params)}</head><body>{body}</body></html>'
    )


def _head(shape: Shape, params: Mapping[str, Any]) -> str:
    metas = {"csrf-token": shape.csrf}
    if params:
        metas["liveview-params"] = json.dumps(dict(params))
    if shape.path is not None:
        metas["liveview-path"] = shape.path
    if shape.window is not None:
        metas["liveview-window"] = shape.window
    if shape.hooks:
        metas["liveview-hooks"] = "/_show/hooks.js"
    if shape.record:
        metas["liveview-record"] = "on"
    if shape.paused:
        metas["liveview-clock"] = "paused"
    said = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in metas.items())
    return f'{said}<link rel="icon" href="data:,"><script type="module" src="/_show/boot.js"></script>'


def _with_head(document: str, shape: Shape, params: Mapping[str, Any]) -> str:
    """A layout's document, with our part at the end of its head."""
    end = _END_OF_HEAD.search(document) or _BODY.search(document)
    at = 0 if end is None else end.start()
    return f"{document[:at]}{_head(shape, params)}{document[at:]}"


_END_OF_HEAD, _BODY = late_pattern("</head>", re.IGNORECASE), late_pattern("<body", re.IGNORECASE)


def resumed_page(line: Line, html: str, shape: Shape) -> str:
    """The document of a view that goes on: as its page is now, at the address where it is."""
    tab = line.tab
    process = line.process
    assert process is not None
    route = None if tab.visit.match is None else tab.visit.match.route.container
    inside = container(process, html, route, main=True, static=tab.statics.get(process.id, static_token(process.id)))
    params = tab.visit.connect_params
    if tab.document is not None:
        before, after = tab.document.before, tab.document.after
        return _with_head(f"{before}{inside}{after}", shape, params)
    return plain(inside, line.title or "", shape, params)


def error_page(status: int, title: str, text: str) -> Served:
    """What went wrong, as text."""
    body = (
        f'<main class="liveview-error"><h1>{escape(title)}</h1><pre>{escape(text)}</pre>'
        "<p>The page comes back when the file is saved, or when it is loaded again.</p></main>"
    )
    return Served(
        status,
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/_show/plain.css">'
        f'<link rel="icon" href="data:,"></head><body>{body}</body></html>',
    )


def told(error: BaseException) -> str:
    """An error as a test tells it: our own frames left out, the notes last."""
    import traceback

    shorten(error)
    return "".join(traceback.format_exception(error)).rstrip()
