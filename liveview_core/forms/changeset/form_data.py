"""Changesets as forms: what `to_form(changeset)` shows.

Law: a form of a changeset shows what was changed, else what was sent, else what the data holds; and its errors only where
somebody has tried something: with an action that is not "ignore". Children are those of `cast_assoc` and `put_assoc`.
"""  # FM-16

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Any

from liveview_core.errors import BadOption, shown
from liveview_core.forms.changeset.associations import relation_of
from liveview_core.forms.changeset.casting import attributes, default_of, type_of, without_none
from liveview_core.forms.changeset.changes import Changeset
from liveview_core.forms.form import Errors, Form, is_several, nested_names, register_form_data, text_or_none
from liveview_core.rendering.html import plain

__all__ = ["CHANGESET", "ChangesetFormData"]


class ChangesetFormData:
    """How a changeset becomes a form."""

    def __repr__(self) -> str:
        return "CHANGESET"

    def __reduce__(self) -> str:
        return "CHANGESET"  # one of it, also after pickling

    def to_form(self, source: Changeset, options: dict[str, Any]) -> Form:
        """The form, named after the class unless `as` is given; with an instance the method is "put", else "post"."""
        if options.get("errors") is not None:
            raise BadOption(
                "the errors of a changeset's form are those of the changeset",
                expected="to_form(changeset) without errors",
                got=shown(options["errors"]),
                cure='changeset.add_error("name", "…") before',
            )
        options.pop("errors", None)
        name = text_or_none("as", options.pop("as", None)) or snake_case(source.kind.__name__)
        action = options.pop("action", source.action)
        options.setdefault("method", "put" if source.loaded else "post")
        id = options.get("id")
        return self._form(source, name if id is None else id, name, action, options, None)

    def nested(self, source: Changeset, parent: Form, name: str, options: dict[str, Any]) -> list[Form]:
        """The children's forms; those that were replaced are gone."""
        options = dict(options)
        if "default" in options:
            raise BadOption(
                f"inputs_for takes no default for {name!r}: it is a changeset's",
                expected="children that the changeset has",
                got=shown(options["default"]),
                cure=f"give the data some, put_assoc({name!r}, …), or prepend and append to inputs_for",
            )
        relation = source.assocs[name].relation if name in source.assocs else relation_of(source.kind, name)
        before, after = list(options.pop("prepend", None) or ()), list(options.pop("append", None) or ())
        form_id, form_name = nested_names(parent, name, options)
        hidden = tuple(options.pop("hidden", ()))
        action = options.pop("action", parent.action)
        change = type(source).change
        children: list[Changeset]
        if name in source.assocs:
            children = list(source.assocs[name].present)
        elif name in source.changes:
            children = [change(item) for item in relation.current(source.changes[name])]
        else:
            children = [change(item) for item in relation.current(source.get_field(name))]
        if not relation.many:
            if not children and source.changes.get(name, relation) is not None:
                children = [change(relation.related)]  # a form for the one that there could be
            return [self._form(each, form_id, form_name, action, options, None, hidden) for each in children[:1]]
        if name not in parent.params:
            children = [*map(change, before), *children, *map(change, after)]
        return [
            self._form(each, f"{form_id}_{index}", f"{form_name}[{index}]", action, options, index, hidden)
            for index, each in enumerate(children)
        ]

    def _form(
        self,
        source: Changeset,
        id: str,
        name: str,
        action: str | None,
        options: dict[str, Any],
        index: int | None,
        hidden: Iterable[tuple[str, Any]] = (),
    ) -> Form:
        errors: Errors = () if action is None or action == "ignore" else source.errors
        return Form(
            source=source,
            impl=self,
            id=id,
            name=name,
            data=source.data,
            action=action,
            hidden=(*_key(source), *hidden),
            params=dict(source.params or {}),
            errors=errors,
            options=options,
            index=index,
        )

    def value(self, source: Changeset, form: Form, name: str) -> Any:
        """Changed, else sent, else there."""
        if name in source.changes:
            return shown_value(source.changes[name])
        if name in form.params:
            return form.params[name]
        found = attributes(source.kind).get(name)
        if found is None:
            return None
        return shown_value(getattr(source.data, name, None) if source.loaded else default_of(found))

    def validations(self, source: Changeset, form: Form, name: str) -> dict[str, Any]:
        """What the browser can check by itself: attributes for the input."""
        found: dict[str, Any] = {"required": True} if name in source.required else {}
        for field, kind, options in source.validations:
            if field != name:
                continue
            if kind == "length":
                exact = options.get("is")
                limits = {"maxlength": options.get("max", exact), "minlength": options.get("min", exact)}
                found.update((attribute, limit) for attribute, limit in limits.items() if limit is not None)
            elif kind == "number":
                found.update(_number(without_none(type_of(source.kind, name)) is int, options))
        return found


CHANGESET = ChangesetFormData()
register_form_data(Changeset, CHANGESET)


def snake_case(name: str) -> str:
    """The name of a class as the name of a form.

    >>> snake_case("HTTPServer"), snake_case("BlogPost2")
    ('http_server', 'blog_post2')
    """
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", name).lower()


def shown_value(value: Any) -> Any:
    """What an input can show of a value: the value of an Enum's member; a set as a list, in an order."""
    if isinstance(value, enum.Enum):
        return value.value
    if not is_several(value):
        return value
    items = [shown_value(each) for each in value]
    return sorted(items, key=plain) if isinstance(value, set | frozenset) else items


def _key(source: Changeset) -> tuple[tuple[str, Any], ...]:
    """What tells the instance apart, for a hidden input."""
    value = getattr(source.data, "id", None) if source.loaded and "id" in attributes(source.kind) else None
    return () if value is None else (("id", value),)


def _number(whole: bool, options: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"step": 1 if whole else "any"}
    lowest, highest = options.get("greater_than_or_equal_to"), options.get("less_than_or_equal_to")
    if whole and "greater_than" in options:
        lowest = options["greater_than"] + 1
    if whole and "less_than" in options:
        highest = options["less_than"] - 1
    found.update((name, limit) for name, limit in (("min", lowest), ("max", highest)) if limit is not None)
    return found
