"""What a call says about a component's declarations: warnings at compile time, never errors.

Law: only what is written out is judged. A `{…}` root attribute can pass anything, so nothing is called missing beside it; an
expression that is not a literal has no type here.
"""  # DC-11, DC-20, DC-24

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from liveview_core.declarations.attribute_types import FUNCTION
from liveview_core.declarations.attributes import Attr, SlotDeclaration
from liveview_core.declarations.declarations import Declarations
from liveview_core.errors import nearest_names, shown
from liveview_core.heex.syntax.foreign.attributes import component_habit
from liveview_core.heex.syntax.foreign.syntax import attribute_habit
from liveview_core.heex.syntax.source import Source
from liveview_core.heex.syntax.tree import Attribute, Component, Literal, Slot, Warning

__all__ = ["TemplateWarning", "hidden", "report", "verify"]


class TemplateWarning(UserWarning):
    """Something in a template that is surely not meant."""


GLOBALS = frozenset(
    [
        "accesskey",
        "anchor",
        "autocapitalize",
        "autocorrect",
        "autofocus",
        "class",
        "contenteditable",
        "dir",
        "draggable",
        "enterkeyhint",
        "exportparts",
        "hidden",
        "id",
        "inert",
        "inputmode",
        "is",
        "itemid",
        "itemprop",
        "itemref",
        "itemscope",
        "itemtype",
        "lang",
        "nonce",
        "part",
        "popover",
        "role",
        "slot",
        "spellcheck",
        "style",
        "tabindex",
        "title",
        "translate",
        "virtualkeyboardpolicy",
        "writingsuggestions",
        "xml:base",
        "xml:lang",
        "onabort",
        "onautocomplete",
        "onautocompleteerror",
        "onblur",
        "oncancel",
        "oncanplay",
        "oncanplaythrough",
        "onchange",
        "onclick",
        "onclose",
        "oncontextmenu",
        "oncuechange",
        "ondblclick",
        "ondrag",
        "ondragend",
        "ondragenter",
        "ondragleave",
        "ondragover",
        "ondragstart",
        "ondrop",
        "ondurationchange",
        "onemptied",
        "onended",
        "onerror",
        "onfocus",
        "oninput",
        "oninvalid",
        "onkeydown",
        "onkeypress",
        "onkeyup",
        "onload",
        "onloadeddata",
        "onloadedmetadata",
        "onloadstart",
        "onmousedown",
        "onmouseenter",
        "onmouseleave",
        "onmousemove",
        "onmouseout",
        "onmouseover",
        "onmouseup",
        "onmousewheel",
        "onpause",
        "onplay",
        "onplaying",
        "onprogress",
        "onratechange",
        "onreset",
        "onresize",
        "onscroll",
        "onseeked",
        "onseeking",
        "onselect",
        "onshow",
        "onsort",
        "onstalled",
        "onsubmit",
        "onsuspend",
        "ontimeupdate",
        "ontoggle",
        "onvolumechange",
        "onwaiting",
    ]
)
"""What is said of values that are not allowed."""  # DC-22
PREFIXES = ("phx-", "aria-", "data-")


def report(source: Source, found: Iterable[Warning]) -> None:
    """Show warnings at their places in the file."""
    for each in found:
        place = source.where(each.at)
        text = f"{place.file}:{place.line}:{place.column}: {each.message}"
        if each.cure:
            text += f"\n  cure: {each.cure}"
        warnings.warn_explicit(text, TemplateWarning, place.file, place.line)


def verify(node: Component, function: Any, prefixes: tuple[str, ...] = ()) -> list[Warning]:
    """What is wrong with the call *node* of the component *function*; `prefixes` are more of what globals begin with."""
    # DC-21
    declared = getattr(function, "declarations", None)
    if not isinstance(declared, Declarations) or not declared:
        return []
    name = f"<{node.name}>" if node.remote else f"<.{node.name}>"
    found: list[Warning] = []
    spread = any(each.name is None for each in node.attributes)
    given = {each.name for each in node.attributes}
    for each in declared.attrs:
        if each.required and each.name not in given and not spread:
            found.append(
                Warning(
                    f"missing required attribute {each.name!r} for component {name}", node.at, f"add {each.name}={{…}}"
                )
            )
    found += _attributes(node.attributes, declared.attrs, declared.rest, f"component {name}", (*PREFIXES, *prefixes))
    return found + _slots(node, declared, name)


def hidden(node: Component, function: Any) -> Warning:
    """Something of the author's that may not be meant as a component stands where the library's component would."""
    name, where = node.name, getattr(function, "__module__", None)
    if not callable(function):
        return Warning(
            f"<.{name}> is {shown(function)}, which hides the library's component <.{name}>",
            node.at,
            f"call that value something else than {name!r}: a template looks names up where it is defined",
        )
    return Warning(
        f"<.{name}> is the function {name!r} of {where}, which hides the library's component <.{name}>",
        node.at,
        "rename the function; if it is a component, say so with @component()",
    )


def _attributes(
    attributes: Sequence[Attribute],
    declared: Sequence[Attr],
    rest: Attr | None,
    whose: str,
    prefixes: tuple[str, ...] = (),
) -> list[Warning]:
    found: list[Warning] = []
    known = {each.name: each for each in declared}
    for each in attributes:
        if each.name is None:
            continue
        attr = known.get(each.name)
        if attr is None:
            if rest is None or not (
                each.name.startswith(prefixes) or each.name in GLOBALS or each.name in rest.include
            ):
                cure = _undeclared(each.name, whose, [*known, *(GLOBALS if rest else ())])
                found.append(Warning(f"undefined attribute {each.name!r} for {whose}", each.at, cure))
        elif attr.is_global:
            found.append(
                Warning(
                    f"global attribute {each.name!r} in {whose} may not be provided directly",
                    each.at,
                    "pass the attributes themselves; what is not declared goes to it",
                )
            )
        else:
            found += _value(each, attr, whose)
    return found


def _undeclared(name: str, whose: str, known: Sequence[str]) -> str:
    component = whose.rpartition("<")[2].strip(".>")
    if (habit := component_habit(component, name)) is not None:
        return habit
    if near := nearest_names(name, known):
        return f"did you mean {near[0]}?"
    return attribute_habit(name) or f'declare it: attr("{name}", …)'


def _value(each: Attribute, attr: Attr, whose: str) -> list[Warning]:
    known, kind, value = _literal(each)
    if not known or kind is None:
        return []
    if attr.types and not _fits(kind, value, attr):
        return [
            Warning(
                f"attribute {each.name!r} in {whose} must be a {attr.type_name}, got: {_written(each)}",
                each.at,
                f"pass a {attr.type_name}",
            )
        ]
    if attr.values is not None and value is not None and kind is not FUNCTION and not _among(value, attr.values):
        values = ", ".join(map(repr, attr.values))
        near = nearest_names(value, attr.values)
        return [
            Warning(
                f"attribute {each.name!r} in {whose} must be one of {values}, got: {_written(each)}",
                each.at,
                f"did you mean {near[0]!r}?" if near else f"use one of {values}",
            )
        ]
    return []


def _among(value: object, values: tuple[object, ...]) -> bool:
    return any(type(value) is type(each) and value == each for each in values)


def _literal(each: Attribute) -> tuple[bool, type | None, object]:
    """Whether the value is written out, its type, and the value itself where it is a scalar."""  # DC-23
    value = each.value
    if value is None:
        return True, bool, True
    if isinstance(value, Literal):
        return True, str, value.text
    node = value.ast
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        number = node.operand.value
        return True, type(number), -number if isinstance(number, int | float) else number
    if isinstance(node, ast.Constant):
        return node.value is not None, type(node.value), node.value
    if isinstance(node, ast.Lambda):
        return True, FUNCTION, node
    for shape, kind in _SHAPES:
        if isinstance(node, shape):
            return True, kind, None
    return False, None, None


_SHAPES: tuple[tuple[type[ast.expr], type], ...] = (
    (ast.JoinedStr, str),
    (ast.List, list),
    (ast.ListComp, list),
    (ast.Dict, dict),
    (ast.DictComp, dict),
    (ast.Tuple, tuple),
    (ast.Set, set),
    (ast.SetComp, set),
)


def _fits(kind: type, value: object, attr: Attr) -> bool:
    if isinstance(value, ast.Lambda):
        return any(issubclass(each, FUNCTION) and _takes(value.args, each.arity) for each in attr.types)
    if kind is bool:  # a bool is an int to Python, and not to an author
        return bool in attr.types
    return any(issubclass(kind, each) for each in attr.types)


def _takes(given: ast.arguments, arity: int | None) -> bool:
    """Whether a function that is written out can be called with so many arguments."""
    if arity is None:
        return True
    positional = len(given.posonlyargs) + len(given.args)
    needed = any(default is None for default in given.kw_defaults)
    enough = arity <= positional or given.vararg is not None
    return enough and arity >= positional - len(given.defaults) and not needed


def _written(each: Attribute) -> str:
    value = each.value
    if value is None:
        return "True (no value is given)"
    return shown(value.text) if isinstance(value, Literal) else f"{{{value.source}}}"


def _slots(node: Component, declared: Declarations, name: str) -> list[Warning]:
    found: list[Warning] = []
    present = {each.name for each in node.slots}
    if not node.self_closing:
        present.add("inner_block")
    for slot in declared.slots:
        if slot.required and slot.name not in present:
            cure = (
                f"write {name[:-1]}>…</{name[1:]}"
                if slot.name == "inner_block"
                else f"add <:{slot.name}>…</:{slot.name}>"
            )
            found.append(Warning(f"missing required slot {slot.name!r} for component {name}", node.at, cure))
    if not node.self_closing and not declared.slots:
        found.append(
            Warning(f"undefined slot 'inner_block' for component {name}", node.at, 'declare it: slot("inner_block")')
        )
    for entry in node.slots:
        known = declared.slot(entry.name)
        if known is None:
            near = nearest_names(entry.name, [each.name for each in declared.slots])
            cure = f"did you mean <:{near[0]}>?" if near else f'declare it: slot("{entry.name}")'
            found.append(Warning(f"undefined slot {entry.name!r} for component {name}", entry.at, cure))
        else:
            found += _entry(entry, known, name)
    return found


def _entry(entry: Slot, slot: SlotDeclaration, name: str) -> list[Warning]:
    whose = f"slot {entry.name!r} of component {name}"
    if not slot.attrs and not slot.validate_attrs:
        return []
    spread = any(each.name is None for each in entry.attributes)
    given = {each.name for each in entry.attributes}
    found = [
        Warning(f"missing required attribute {each.name!r} in {whose}", entry.at, f"add {each.name}={{…}}")
        for each in slot.attrs
        if each.required and each.name not in given and not spread
    ]
    return found + _attributes(entry.attributes, slot.attrs, None, whose)
