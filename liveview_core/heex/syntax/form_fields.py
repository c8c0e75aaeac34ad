"""Fields of a form that no event will ever bring: reported, never refused.

Law: only what is sure. A form of the client's sends what has a name, and files only through an upload; where attributes are spread,
where a hook or another library may read a field, where the form is sent over HTTP after all, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liveview_core.heex.syntax.tree import Block, Component, Element, Literal, Node, Slot, Warning, tags

__all__ = ["unsent"]

_FIELDS = frozenset({"input", "select", "textarea"})
_NO_VALUE = frozenset({"submit", "button", "reset", "image"})
_OTHERS = frozenset({"form", "phx-trigger-action", "data-controller", "data-action", "contenteditable"})
_PACING = frozenset({"phx-debounce", "phx-throttle", "phx-no-format", "phx-no-curly-interpolation"})


def unsent(children: Sequence[Node]) -> list[Warning]:
    """The fields without a name, and the files without an upload, in the forms of a template."""
    found: list[Warning] = []
    for form in tags(children):
        is_form = form.name == "form" and not (isinstance(form, Component) and form.remote)
        names = {each.name for each in form.attributes}
        if is_form and None not in names and names & {"phx-change", "phx-submit"} and not _is_read_otherwise(form):
            for field in _fields(form):
                found.extend(_told(field, names))
    return found


def _fields(form: Element | Component) -> Iterator[Element | Component]:
    """The fields of a form, but for those that stand where a hook or a library may read them."""
    waiting: list[Node | Slot] = [*form.children]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Block):
            waiting.extend(child for clause in node.clauses for child in clause.body)
        elif isinstance(node, Element) and node.name in _FIELDS:
            if not _is_read_otherwise(node):
                yield node
        elif isinstance(node, Element):
            if not _is_read_otherwise(node):
                waiting.extend(node.children)
        elif isinstance(node, Component) and node.name == "live_file_input" and not node.remote:
            yield node


def _is_read_otherwise(node: Element | Component) -> bool:
    """Whether somebody else may do something with what is inside: a hook, a script, another library, the form's own request."""
    for each in node.attributes:
        name = each.name
        if name is None or name.startswith(("x-", "@", ":", "on", "hx-")) or name in _OTHERS:
            return True
        if node.name not in ("form", "live_file_input") and name.startswith("phx-") and name not in _PACING:
            return True
        if node.name == "form" and name in ("phx-hook", "method"):
            return True
    return False


def _told(field: Element | Component, form: set[str | None]) -> Iterator[Warning]:
    names = {each.name for each in field.attributes}
    if isinstance(field, Component):
        if "phx-change" not in form and None not in names:
            happened = "an upload in a form without phx-change: the client tells of no files, and sends none"
            yield Warning(happened, field.at, 'write phx-change="…" on the form')
        return
    kind = next((each for each in field.attributes if each.name == "type"), None)
    written = None if kind is None else kind.value.text if isinstance(kind.value, Literal) else ""
    if field.name == "input" and written == "file":
        cure = 'write <.live_file_input upload={@uploads.name} />, and socket.allow_upload("name", accept=[…]) in mount'
        yield Warning("the client sends no files of an <input> that is none of an upload", field.at, cure)
    elif "name" not in names and not names & {"disabled", "readonly"} and not _has_no_value(written):
        yield Warning(f"a <{field.name}> without a name: its form sends nothing of it", field.at, 'write name="…"')


def _has_no_value(kind: str | None) -> bool:
    return kind == "" or kind in _NO_VALUE
