"""What components tell about themselves: the list of their attributes and slots, as Markdown.

Law: it is made of the declarations and nothing else, so it is never out of date.
"""  # DC-27

from __future__ import annotations

import inspect
from collections.abc import Iterable

from liveview_core.declarations.attributes import Attr
from liveview_core.declarations.declarations import Declarations

__all__ = ["docs", "with_docs"]

_MARKER = "[INSERT LVATTRDOCS]"


def with_docs(doc: str | None, declarations: Declarations) -> str | None:
    """A docstring with the list of attributes and slots: at the marker, or at its end."""
    text = docs(declarations)
    if doc is None or not text:
        return doc.replace(_MARKER, "") if doc else text or None
    doc = inspect.cleandoc(doc)
    return doc.replace(_MARKER, text) if _MARKER in doc else f"{doc}\n\n{text}"


def docs(declarations: Declarations) -> str:
    """What a component takes, as Markdown; entries with `doc=False` are left out, the global attribute is last."""
    attrs = [each for each in declarations.attrs if each.doc is not False]
    ordered = [*(each for each in attrs if not each.is_global), *(each for each in attrs if each.is_global)]
    sections: list[str] = []
    if ordered:
        sections.append("\n".join(["## Attributes", "", *(f"* {_attr_doc(each)}" for each in ordered)]))
    slots = [each for each in declarations.slots if each.doc is not False]
    if slots:
        lines = ["## Slots", ""]
        for each in slots:
            required = " (required)" if each.required else ""
            about = f" - {each.doc}" if isinstance(each.doc, str) else ""
            lines.append(f"* `{each.name}`{required}{about}")
            shown_attrs = [item for item in each.attrs if item.doc is not False]
            if shown_attrs:
                lines[-1] += "." if about and not about.endswith(".") else ""
                lines[-1] += " Accepts attributes:"
                lines += ["", *(f"  * {_attr_doc(item)}" for item in shown_attrs)]
        sections.append("\n".join(lines))
    return "\n\n".join(sections)


def _attr_doc(each: Attr) -> str:
    required = " (required)" if each.required else ""
    sentences: list[str] = []
    if isinstance(each.doc, str):
        sentences.append(each.doc if each.doc.endswith(".") else f"{each.doc}.")
    if each.is_global:
        sentences.append("Global attributes are accepted.")
        if each.include:
            sentences.append(f"Supports all globals plus: {_list(each.include)}.")
    if each.has_default:
        sentences.append(f"Defaults to `{each.default!r}`.")
    if each.values:
        sentences.append(f"Must be one of {_list(map(repr, each.values))}.")
    if each.examples:
        sentences.append(f"Examples include {_list(map(repr, each.examples))}.")
    about = f" - {' '.join(sentences)}" if sentences else ""
    kind = "" if each.is_global else f" (`{each.type_name}`)"
    return f"`{each.name}`{kind}{required}{about}"


def _list(values: Iterable[str]) -> str:
    quoted = [f"`{each}`" for each in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
