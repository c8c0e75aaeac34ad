"""What a browser asks of the server over HTTP when it leaves a page, as a value.

Owns `Request`: ordinary links, links with a `data-method`, forms that are submitted natively. Law: it is what the browser would
send; nothing is sent, because what answers it is no live view. `view.follow_request(...)` says what the answer was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from attrs import field

from liveview_core.errors import LiveViewError
from liveview_core.protocol.params import decode
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_testing.browser.page.forms.form_data import urlencode
from liveview_testing.browser.page.forms.forms import Overlay, controls, entries

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node

__all__ = ["NoRequest", "Request", "browsed", "submitted"]

OVERRIDES = ("put", "patch", "delete")


class NoRequest(LiveViewError, AssertionError):
    """The browser would send no request, or sent none."""


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Request:
    """A request over HTTP: `method` in lower case, `path` with its query, `params` of query and body as a server reads them.

    `method` is that of the `_method` field of a posted form, as Phoenix's servers read it; `body` is the text of the body.
    """

    method: str
    path: str
    params: Mapping[str, Any] = field(factory=dict[str, Any])
    body: str = ""


def _request(method: str, url: str, pairs: Iterable[tuple[str, str]]) -> Request:
    """The request of a method, a URL and form data, which is the query of a get and the body of a post."""
    split = urlsplit(url)
    text = urlencode(pairs)
    path = url.partition("#")[0]
    if method == "get":
        path = f"{path.partition('?')[0]}?{text}" if text else path
        return Request("get", path, decode(urlsplit(path).query))
    params = {**decode(split.query), **decode(text)}
    given = str(params.get("_method", "")).lower()
    return Request(given if given in OVERRIDES else "post", path, params, text)


def browsed(href: str, method: str, csrf: str | None) -> Request:
    """What an ordinary link asks for; one with a `data-method` is a form that the page's script makes."""  # BC-22
    if method == "get":
        return Request("get", href.partition("#")[0], decode(urlsplit(href).query))
    pairs = [("_csrf_token", csrf)] if csrf is not None else []
    if method != "post":
        pairs.append(("_method", method))
    return _request("post", href, pairs)


def sent_by(pairs: Iterable[tuple[str, str]], action: str | None, method: str | None, here: str) -> Request:
    """What a form with these entries asks for."""
    kind = (method or "get").lower()
    return _request("post" if kind == "post" else "get", urljoin(here, action or ""), pairs)


def submitted(
    form: Node,
    submitter: Node | None,
    overlay: Overlay,
    here: str,
    extra: Iterable[tuple[str, str]] = (),
    *,
    scripted: bool = False,
) -> Request:
    """What a native submit of a form asks for; a submitter may say where and how, unless a script submits. Files are left out."""
    action, method = form.get("action"), form.get("method")
    if submitter is not None and not scripted:
        action, method = submitter.get("formaction") or action, submitter.get("formmethod") or method
    added = list(extra)
    names = {name for name, _ in added}
    pairs = [pair for pair in entries(controls(form), overlay, submitter, native=True) if pair[0] not in names]
    kind = (method or "get").lower()
    return _request("post" if kind == "post" else "get", urljoin(here, action or ""), [*pairs, *added])
