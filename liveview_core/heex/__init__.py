"""Python-HEEx: `heex("…")` compiles a template to a function component.

Read in this order: `tree` (what a template is), `tokens` and `parser` (how its text is read), `expression` and `dependencies`
(the Python between the braces), `scopes`, `bodies`, `elements`, `calls`, `compiler` (how it becomes a function), `runtime` and
`attributes` (what that function calls), `template` (what users hold), `definition` (how they get it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_core.heex.definition import TemplateFolder, embed_templates, heex
from liveview_core.heex.runtime import SlotEntry, render_slot
from liveview_core.heex.syntax.errors import TemplateError, TemplateSyntaxError
from liveview_core.heex.template import HeexDuringStep, Template, UndefinedComponent

if TYPE_CHECKING:  # at run time when it is asked for, see below
    from liveview_core.heex.verification import TemplateWarning

__all__ = [
    "HeexDuringStep",
    "SlotEntry",
    "Template",
    "TemplateError",
    "TemplateFolder",
    "TemplateSyntaxError",
    "TemplateWarning",
    "UndefinedComponent",
    "embed_templates",
    "heex",
    "render_slot",
]


def __getattr__(name: str) -> Any:
    if name == "TemplateWarning":  # its module knows the whole compiler, which is imported for the first template
        from liveview_core.heex.verification import TemplateWarning

        return TemplateWarning
    raise AttributeError(f"module 'liveview_core.heex' has no attribute {name!r}")
