"""Forms: what inputs show, how they are named, and what somebody wants to change about the data behind them.

Owns `to_form`, `Form` and `FormField`; `changeset/`, which casts and validates what was sent; and `pydantic_forms`, which makes
forms of models where pydantic is installed.

Law: an input shows what was sent, else what there is; an error is shown only where somebody has touched the field.

Read `form`, `inputs` (values and options as inputs take them), then `changeset`, then `pydantic_forms`.
"""

from __future__ import annotations

from liveview_core.forms.form import (
    Form,
    FormField,
    input_changed,
    input_id,
    input_name,
    input_validations,
    to_form,
    used_input,
)
from liveview_core.forms.inputs import normalize_value, options_for_select

__all__ = [
    "Form",
    "FormField",
    "input_changed",
    "input_id",
    "input_name",
    "input_validations",
    "normalize_value",
    "options_for_select",
    "to_form",
    "used_input",
]

FACE = ("changeset", "form", "inputs", "pydantic_forms")
"""The modules that other rooms import, beside the names above."""
