"""`<.form>` and `<.inputs_for>`: forms as tags, with what HTTP needs, and forms inside forms."""  # BC-3…14

from __future__ import annotations

from typing import Any

from attrs import evolve

from liveview_core.declarations.attributes import attr, slot
from liveview_core.declarations.function_component import component
from liveview_core.errors import BadOption, shown
from liveview_core.forms.form import Form, FormField, form_of, input_name
from liveview_core.heex import heex
from liveview_core.protocol.tokens import csrf_token
from liveview_core.rendering.rendered import ComponentRef, Rendered
from liveview_core.values.assigns import Assigns

__all__ = ["form", "inputs_for"]

_FORM = heex("""
<form {@attrs}>
  <input
    :if={@hidden_method and @hidden_method not in ("get", "post")}
    name="_method"
    type="hidden"
    hidden
    value={@hidden_method}
  />
  <input :if={@csrf_token} name="_csrf_token" type="hidden" hidden value={@csrf_token} />
  {render_slot(@inner_block, @form)}
</form>
""")


@component(
    attr("for", required=True, doc="What the form is made of: a form, params, a changeset."),
    attr("action", str, doc="The URL for a submit without a connection; then the form gets a method and a token."),
    attr("as", doc="The name that the fields are nested under."),
    attr("csrf_token", doc="A token, or whether to make one; with an action only."),
    attr("errors", doc="Errors of a form made of params."),
    attr("method", str, doc="The HTTP method; with an action only."),
    attr("multipart", bool, default=False, doc="Whether the form sends files by HTTP."),
    attr("rest", "global", include=["autocomplete", "name", "rel", "enctype", "novalidate", "target"]),
    slot("inner_block", required=True, doc="The content; its argument is the form."),
)
def form(assigns: Assigns) -> Rendered | ComponentRef:
    """A form; its `id` is the prefix of its fields' ids as well."""  # BC-3…8
    source = assigns.get("for")
    taken = ("as", "csrf_token", "errors", "method", "multipart")
    options = {name: value for name in taken if (value := assigns.get(name, _ABSENT)) is not _ABSENT}
    made = form_of({} if source is None else source, {**options, **assigns.rest})
    attrs = dict(made.options)
    action = assigns.get("action")
    hidden_method = token = None
    if action is not None:
        method, hidden_method = _method(attrs.pop("method", None))
        token = attrs.pop("csrf_token", method == "post")
        token = csrf_token(action) if token is True else token or None
        attrs = {"action": action, "method": method, **attrs}
    if attrs.pop("multipart", False):
        attrs["enctype"] = "multipart/form-data"
    return _FORM(assigns.assign(form=made, csrf_token=token, hidden_method=hidden_method, attrs=attrs))


class _Absent:
    """Not given; None would be."""


_ABSENT: Any = _Absent()


def _method(given: Any) -> tuple[str, str | None]:
    """The tag's method, and the one that a hidden input carries."""  # BC-6
    if given is None:
        return "post", None
    method = str(given).lower()
    return (method, None) if method in ("get", "post") else ("post", str(given))


_INPUTS_FOR = heex("""
<%= for finner in @forms: %>
  <%= if not @skip_hidden: %>
    <%= for name, values in hidden_inputs(finner) for value in values: %>
      <input type="hidden" name={name} value={value} />
    <% end %>
  <% end %>
  {render_slot(@inner_block, finner)}
<% end %>
""")


@component(
    attr("field", required=True, doc='The parent\'s field: {@form["tags"]}.'),
    attr("id", str, doc="The prefix of the ids, instead of the parent's."),
    attr("as", doc="The name, instead of the parent's."),
    attr("default", doc="What there is where nothing was sent: a mapping for one form, a list for many."),
    attr("prepend", list, doc="More of them, before; not where something was sent."),
    attr("append", list, doc="More of them, after; not where something was sent."),
    attr("skip_hidden", bool, default=False, doc="Leave the hidden inputs out."),
    attr("skip_persistent_id", bool, default=False, doc="Leave out what tells the forms apart when they are sorted."),
    attr("options", dict, default={}, doc="More options for the source's FormData."),
    slot("inner_block", required=True, doc="The content; its argument is the nested form."),
)
def inputs_for(assigns: Assigns) -> Rendered | ComponentRef:
    """The forms inside a form: one for a mapping, many for a list."""  # BC-10…14
    given = assigns.get("field")
    if not isinstance(given, FormField):
        raise BadOption("<.inputs_for> expects field={…}", expected='a field: {@form["tags"]}', got=shown(given))
    parent = given.form
    options = {name: parent.options[name] for name in ("multipart",) if name in parent.options}
    for name in ("id", "as", "default", "append", "prepend"):
        if (value := assigns.get(name, _ABSENT)) is not _ABSENT:
            options[name] = value
    options.update(assigns.options)
    forms = parent.impl.nested(parent.source, parent, given.field, options)
    if not assigns.skip_persistent_id:
        forms = _persistent(parent, forms, given.field, options)
    return _INPUTS_FOR(assigns.assign(forms=forms))


def _persistent(parent: Form, forms: list[Form], name: str, options: dict[str, Any]) -> list[Form]:
    """Give each form an id that stays with it wherever it is moved."""  # BC-12
    seen = {id for form in forms if (id := _sent_id(form)) is not None}
    prefix = options.get("id") or parent.id
    marked: list[Form] = []
    for index, form in enumerate(forms):
        id = _sent_id(form)
        if id is None:
            number = len(seen)
            while str(number) in seen:
                number += 1
            id = str(number)
        seen.add(id)
        marked.append(
            evolve(
                form,
                id=f"{prefix}_{name}_{id}",
                params={**form.params, "_persistent_id": id},
                hidden=(("_persistent_id", id), *form.hidden),
                index=index,
            )
        )
    return marked


def _sent_id(form: Form) -> str | None:
    """The persistent id among the params; a client may send anything under that name."""
    id = form.params.get("_persistent_id")
    return id if isinstance(id, str) else None


def hidden_inputs(form: Form) -> list[tuple[str, list[Any]]]:
    """Names and values of a form's hidden inputs; a list is one input for each of its values."""  # BC-13
    pairs: list[tuple[str, list[Any]]] = []
    for key, value in form.hidden:
        name = input_name(form, key)
        pairs.append((name + "[]", value) if isinstance(value, list) else (name, [value]))  # pyright: ignore[reportUnknownArgumentType]
    return pairs
