"""Components that are a little more than a tag: titles, dynamic tags, portals, focus."""  # BC-2, BC-30…33

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liveview_core.declarations.attributes import attr, slot
from liveview_core.declarations.function_component import component
from liveview_core.errors import BadOption, shown
from liveview_core.frames import warn
from liveview_core.heex import heex
from liveview_core.heex.runtime import render_slot
from liveview_core.rendering.attributes import checked_tag, root
from liveview_core.rendering.html import raw
from liveview_core.rendering.rendered import ComponentRef, Rendered, rendered_to_text
from liveview_core.values.assigns import Assigns

__all__ = ["dynamic_tag", "focus_wrap", "intersperse", "live_title", "portal"]


def present(content: Rendered | None, default: Any) -> Any:
    """What the title shows: its content, or the default where that is blank."""  # BC-2
    return content if content is not None and rendered_to_text(content).strip() else default


live_title = heex(
    """
<title data-prefix={@prefix} data-default={@default} data-suffix={@suffix} phx-no-format>"""
    """{@prefix}{present(render_slot(@inner_block), @default)}{@suffix}</title>
""",
    attr("prefix", str, default=None, doc="Stands before the title."),
    attr("default", str, default=None, doc="Is the title where the content is blank."),
    attr("suffix", str, default=None, doc="Stands after the title."),
    slot("inner_block", required=True, doc="The title."),
)


_OPEN = heex("""
{@open}{@attributes}{raw(">")}{render_slot(@inner_block)}{@close}
""")

_VOID = heex("""
{@open}{@attributes}{raw("/>")}
""")


@component(
    attr("tag_name", str, required=True, doc="The name of the tag."),
    attr("name", str, doc="The attribute of that name."),
    attr("rest", "global"),
    slot("inner_block"),
)
def dynamic_tag(assigns: Assigns) -> Rendered | ComponentRef:
    """A tag whose name is computed."""  # BC-31
    rest: dict[str, Any] = assigns.rest
    name = assigns.get("name")
    if name is not None and "tag_name" not in assigns:
        warn(
            "passing the name of the tag to <.dynamic_tag> as name={…} is deprecated; pass tag_name={…}",
            DeprecationWarning,
        )
        tag = name
    else:
        tag = assigns.tag_name
        if name is not None:
            rest = {**rest, "name": name}
    tag = checked_tag(tag, "tag_name of <.dynamic_tag>")
    attributes = raw(root(rest))
    if assigns.inner_block:
        return _OPEN(assigns.assign(open=raw(f"<{tag}"), attributes=attributes, close=raw(f"</{tag}>")))
    return _VOID(assigns.assign(open=raw(f"<{tag}"), attributes=attributes))


focus_wrap = heex(
    """
<div id={@id} phx-hook="Phoenix.FocusWrap" {@rest}>
  <div id={f"{@id}-start"} tabindex="0" aria-hidden="true"></div>
  {render_slot(@inner_block)}
  <div id={f"{@id}-end"} tabindex="0" aria-hidden="true"></div>
</div>
""",
    attr("id", str, required=True, doc="The id of the container."),
    attr("rest", "global"),
    slot("inner_block", required=True, doc="Where the focus stays."),
)

portal = heex(
    """
<template id={@id} data-phx-portal={@target}>
  <%!-- A portal has one element at its root, which the client moves to the target. --%>
  <.dynamic_tag tag_name={@container} id={f"_lv_portal_wrap_{@id}"} class={@class}>
    {render_slot(@inner_block)}
  </.dynamic_tag>
</template>
""",
    attr("id", str, required=True),
    attr("target", str, required=True, doc="A selector of the element that the content is moved to."),
    attr("class", default=None, doc="The class of the wrapper."),
    attr("container", str, default="div", doc="The tag of the wrapper."),
    slot("inner_block", required=True),
)


class _Separator:
    """Stands between two items."""


_SEPARATOR = _Separator()


def interspersed(items: Iterable[Any]) -> list[Any]:
    if not isinstance(items, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "the enum of <.intersperse> is its items", expected="a list", got=shown(items), cure="enum={@items}"
        )
    mixed: list[Any] = []
    for item in items:
        if mixed:
            mixed.append(_SEPARATOR)
        mixed.append(item)
    return mixed


intersperse = heex(
    """
<%= for item in interspersed(@enum): %><%=
  render_slot(@separator) if item is _SEPARATOR else render_slot(@inner_block, item)
%><% end %>
""",
    attr("enum", required=True, doc="The items."),
    slot("inner_block", required=True, doc="Shown for each item, which is its argument."),
    slot("separator", required=True, doc="Shown between two items."),
)

_ = render_slot  # templates above call it by name
