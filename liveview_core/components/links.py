"""`<.link>`: to another page, to another view of the live session, or to another URL of the same view."""  # BC-20…23

from __future__ import annotations

from liveview_core.declarations.attributes import attr, slot
from liveview_core.declarations.function_component import component
from liveview_core.heex import heex
from liveview_core.protocol.destinations import checked_href, checked_link
from liveview_core.protocol.tokens import csrf_token
from liveview_core.rendering.rendered import ComponentRef, Rendered
from liveview_core.values.assigns import Assigns
from liveview_core.values.safe import exact

__all__ = ["link"]

_NAVIGATE = heex("""
<a
  href={@navigate}
  data-phx-link="redirect"
  data-phx-link-state={"replace" if @replace else "push"}
  phx-no-format
  {@rest}
>{render_slot(@inner_block)}</a>
""")

_PATCH = heex("""
<a
  href={@patch}
  data-phx-link="patch"
  data-phx-link-state={"replace" if @replace else "push"}
  phx-no-format
  {@rest}
>{render_slot(@inner_block)}</a>
""")

_HREF = heex("""
<a
  href={@href}
  data-method={@method if @method != "get" else None}
  data-csrf={csrf(@csrf_token, @href) if @method != "get" else None}
  data-to={@href if @method != "get" else None}
  phx-no-format
  {@rest}
>{render_slot(@inner_block)}</a>
""")

_NOWHERE = heex("""
<a href="#" {@rest}>{render_slot(@inner_block)}</a>
""")


def csrf(token: object, href: object) -> object:
    """`True` makes a token for the URL, `False` leaves it out, text is the token."""  # BC-22
    return csrf_token(href) if token is True else None if token is False else token


@component(
    attr("navigate", str, doc="Go to another view of the same live session, without loading the page."),
    attr("patch", str, doc="Go to another URL of the same view; its handle_params runs."),
    attr("href", doc="Load another page."),
    attr("replace", bool, default=False, doc="With navigate or patch: replace the entry of the browser's history."),
    attr("method", str, default="get", doc="With href: the HTTP method."),
    attr("csrf_token", default=True, doc="With another method than get: a token, or whether to make one."),
    attr("rest", "global", include=["download", "hreflang", "referrerpolicy", "rel", "target", "type"]),
    slot("inner_block", required=True, doc="What is shown inside the link."),
)
def link(assigns: Assigns) -> Rendered | ComponentRef:
    """A link; the first of navigate, patch and href that is given decides what it is."""  # BC-20
    navigate, patch, href = assigns.get("navigate"), assigns.get("patch"), assigns.get("href")
    if isinstance(navigate, str):
        to = checked_link(navigate, "<.link navigate>")
        return _NAVIGATE(assigns if to is navigate else assigns.assign(navigate=to))
    if isinstance(patch, str):
        to = checked_link(patch, "<.link patch>")
        return _PATCH(assigns if to is patch else assigns.assign(patch=to))
    if href is not None and (exact(href) if isinstance(href, str) else href) != "#":
        return _HREF(assigns.assign(href=checked_href(href)))
    return _NOWHERE(assigns)
