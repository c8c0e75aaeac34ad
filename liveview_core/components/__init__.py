"""The components that come with LiveView: `<.link>`, `<.form>`, `<.live_component>` and their kin.

Owns the built-in components. Templates find them without an import, after everything that is defined where the template is: a
`link` of your own wins. Each is compiled when it is first asked for, so that importing the core costs no template.

Law: their HTML is Phoenix's, attribute for attribute and static for static.

Read `tags`, `links`, `forms`, `uploads` (function components), then `live` (components with state).
"""  # BC

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # at run time when they are asked for, see below
    from liveview_core.components.forms import form, inputs_for
    from liveview_core.components.links import link
    from liveview_core.components.live import async_result, live_component, live_render
    from liveview_core.components.tags import dynamic_tag, focus_wrap, intersperse, live_title, portal
    from liveview_core.components.uploads import live_file_input, live_img_preview

__all__ = [
    "async_result",
    "dynamic_tag",
    "focus_wrap",
    "form",
    "inputs_for",
    "intersperse",
    "link",
    "live_component",
    "live_file_input",
    "live_img_preview",
    "live_render",
    "live_title",
    "portal",
]

FACE = ()
"""Other rooms import no module from here: the names above are its face."""

_HOMES = {
    "form": "forms",
    "inputs_for": "forms",
    "link": "links",
    "async_result": "live",
    "live_component": "live",
    "live_render": "live",
    "dynamic_tag": "tags",
    "focus_wrap": "tags",
    "intersperse": "tags",
    "live_title": "tags",
    "portal": "tags",
    "live_file_input": "uploads",
    "live_img_preview": "uploads",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'liveview_core.components' has no attribute {name!r}")
    found = getattr(import_module(f"liveview_core.components.{home}"), name)
    globals()[name] = found
    return found
