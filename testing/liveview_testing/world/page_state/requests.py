"""What a browser asks of the server over HTTP when it leaves a page, as a value.

Owns `Request`: ordinary links, links with a `data-method`, forms that are submitted natively. Law: it is what the browser would
send; nothing is sent, because what answers it is no live view. `view.follow_request(...)` says what the answer was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from attrs import field

from liveview_core.errors import LiveViewError
from liveview_core.protocol.params import decode
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.connection.addresses import joined, parsed, split_url
from liveview_testing.browser.page.forms.form_data import urlencode
from liveview_testing.browser.page.forms.forms import Overlay, controls, entries

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node

__all__ = ["NoRequest", "Request", "browsed", "linked", "sent_by", "submitted"]

OVERRIDES = ("put", "patch", "delete")


class NoRequest(LiveViewError, AssertionError):
    """The browser would send no request, or sent none."""


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Request:
    """A request over HTTP: `method` in lower case, `path` with its query, `params` of query and body as a server reads them.

    `method` is that of the `_method` field of a posted form, as Phoenix's servers read it; `body` is the text of the body.
    `fragment` is where on the page the browser goes then, `#` and all: the server is never told.
    """

    method: str
    path: str
    params: Mapping[str, Any] = field(factory=dict[str, Any])
    body: str = ""
    fragment: str = field(default="", eq=False, repr=False)


_LINE_BREAK = late_pattern(r"\r\n|\r|\n")


def _posted(path: str, fragment: str, text: str, params: Mapping[str, Any]) -> Request:
    params = {**decode(split_url(path).query), **params}
    given = str(params.get("_method", "")).lower()
    return Request(given if given in OVERRIDES else "post", path, params, text, fragment)


def _request(method: str, url: str, given: Iterable[tuple[str, str]], enctype: str | None = None) -> Request:
    """The request of a method, a URL and form data, which is the query of a get and the body of a post."""
    path, hash_, fragment = url.partition("#")
    pairs = [(_LINE_BREAK.sub("\r\n", name), _LINE_BREAK.sub("\r\n", value)) for name, value in given]
    if method == "get":  # without a field there is a query too: an empty one
        path = f"{path.partition('?')[0]}?{urlencode(pairs)}"
        return Request("get", path, decode(split_url(path).query), "", hash_ + fragment)
    if (enctype or "").lower() == "text/plain":  # for people to read: servers leave it alone
        return _posted(path, hash_ + fragment, "".join(f"{name}={value}\r\n" for name, value in pairs), {})
    text = urlencode(pairs)
    return _posted(path, hash_ + fragment, text, decode(text))


def browsed(href: str, method: str, csrf: str | None) -> Request:
    """What an ordinary link asks for; one with a `data-method` is a form that the page's script makes."""  # BC-22
    if method == "get":
        return Request("get", href.partition("#")[0], decode(split_url(href).query))
    pairs = [("_csrf_token", csrf)] if csrf is not None else []
    if method != "post":
        pairs.append(("_method", method))
    return _request("post", href, pairs)


def linked(pairs: Iterable[tuple[str, str]], to: str, method: str, here: str) -> Request:
    """What the form asks for that a script makes of a link."""
    return _request(method, joined(here, parsed(to)), pairs)


class Attributes(Protocol):
    """An element of either page."""

    def get(self, name: str) -> str | None: ...


def sent_by(
    form: Attributes,
    submitter: Attributes | None,
    pairs: Iterable[tuple[str, str]],
    here: str,
    *,
    scripted: bool = False,
) -> Request:
    """What a form with these entries asks for; a submitter says where and how, if it says anything, unless a script submits."""

    def said(name: str) -> str | None:
        own = None if submitter is None or scripted else submitter.get(f"form{name}")
        return form.get(name) if own is None else own

    kind = (said("method") or "").lower()
    action = parsed(said("action") or "")  # none at all is this very page, and the place on it
    return _request(
        "post" if kind == "post" else "get", joined(here, action) if action else here, pairs, said("enctype")
    )


def submitted(
    form: Node,
    submitter: Node | None,
    overlay: Overlay,
    here: str,
    extra: Iterable[tuple[str, str]] = (),
    *,
    scripted: bool = False,
) -> Request:
    """What a native submit of a form asks for. Files are left out."""
    added = list(extra)
    names = {name for name, _ in added}
    pairs = [pair for pair in entries(controls(form), overlay, submitter, native=True) if pair[0] not in names]
    return sent_by(form, submitter, [*pairs, *added], here, scripted=scripted)
