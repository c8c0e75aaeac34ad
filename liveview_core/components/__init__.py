"""The components that come with LiveView: `<.link>`, `<.form>`, `<.live_component>` and their kin; and `LiveComponent` itself.

Owns the built-in components and the class that components with state derive from. Templates find the built-ins without an import,
after everything that is defined where the template is: a `link` of your own wins.

Law: their HTML is Phoenix's, attribute for attribute and static for static.

Read `tags`, `links`, `forms`, `uploads` (function components), then `live` and `live_component` (components with state).
"""  # BC

from __future__ import annotations

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

FACE = ("live_component",)
"""The modules that other rooms import, beside the names above."""
