"""Python-HEEx: `heex("…")` compiles a template to a function component.

Owns what users hold (`Template`), how they get it (`heex`, `embed_templates`), what its generated code calls, and what is
reported about calls that do not fit. Its rooms: `syntax` (from text to a tree) and `compile` (from the tree to a function).

Law: a mistake is told where the template is defined; equal assigns give equal pages; what did not change is not evaluated.

Read `template` (what users hold), `definition` (how they get it), `runtime` (what the function calls), `render_errors` (its
errors), then `syntax`, then `compile`; `verification` (what is surely not meant in a call), `inspection` (templates as tools
read them), `heex_in_callbacks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_core.heex.definition import TemplateFolder, embed_templates, heex
from liveview_core.heex.heex_in_callbacks import HeexDuringStep
from liveview_core.heex.runtime import SlotEntry, render_slot
from liveview_core.heex.syntax.errors import TemplateError, TemplateSyntaxError
from liveview_core.heex.template import Template
from liveview_core.heex.template_globals import UndefinedComponent

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

FACE = ("heex_in_callbacks", "inspection", "runtime", "template")
"""The modules that other rooms import, beside the names above."""


def __getattr__(name: str) -> Any:
    if name == "TemplateWarning":  # its module knows the whole compiler, which is imported for the first template
        from liveview_core.heex.verification import TemplateWarning

        return TemplateWarning
    raise AttributeError(f"module 'liveview_core.heex' has no attribute {name!r}")
