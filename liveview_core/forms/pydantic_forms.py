"""Pydantic models as forms: `fill(User, params)` asks pydantic, `to_form` shows what it said. Needs the extra `pydantic`.

Law: what `fill` accepts is a model that pydantic made, and nothing but pydantic decides; blank text is nothing that was sent, so
that defaults and "Field required" mean the same for a form as for a request. Importing this module is what makes models
sources of forms; nothing else in liveview_core knows pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from attrs import field

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_core.forms.changeset.associations import entries, position, without_markers
from liveview_core.forms.changeset.casting import MissingExtra, is_blank, is_many, without_none
from liveview_core.forms.changeset.form_data import shown_value, snake_case
from liveview_core.forms.form import (
    Errors,
    Form,
    is_mapping,
    is_several,
    nested_names,
    register_form_data,
    text_or_none,
)
from liveview_core.values.declaring import frozen

try:
    from pydantic import AliasChoices, BaseModel, ValidationError
except ImportError:
    raise MissingExtra("forms of pydantic models need pydantic", cure="pip install 'liveview-core[pydantic]'") from None

__all__ = ["Filled", "fill"]


@frozen
class Filled:
    """A model class, or an instance, with what was sent: `value` is the model that it makes, None if it makes none.

    `errors` are pairs of a place and pydantic's text; a place is the path of names and numbers to the input.
    """

    source: Any
    params: Mapping[str, Any] = field(factory=dict[str, Any])
    value: Any = None
    errors: tuple[tuple[tuple[str | int, ...], str], ...] = ()
    action: str | None = None

    @property
    def valid(self) -> bool:
        """Whether there is a model."""
        return self.value is not None

    @property
    def model(self) -> type[BaseModel]:
        """The class of the model."""
        return _class_of(self.source)


def fill(source: Any, params: Mapping[str, Any], action: str | None = None) -> Filled:
    """What pydantic makes of the params: of a model class a new model; of an instance the same with what was sent.

    >>> from pydantic import BaseModel
    >>> class User(BaseModel):
    ...     name: str
    ...     age: int = 18
    >>> fill(User, {"name": "Ann", "age": "7"}).value
    User(name='Ann', age=7)
    >>> fill(User, {"name": " ", "age": "x"}).errors[0]
    (('name',), 'Field required')
    """
    model = _class_of(source)
    sent = _sent(source, params)
    try:
        return Filled(source, params, model.model_validate(sent), (), action)
    except ValidationError as error:
        aliases = {_outside(info) or name: name for name, info in model.model_fields.items()}
        found = tuple((_place(each["loc"], aliases), each["msg"]) for each in error.errors(include_url=False))
        return Filled(source, params, None, found, action)


def _class_of(source: Any) -> type[BaseModel]:
    kind: Any = source if isinstance(source, type) else type(source)
    if issubclass(kind, BaseModel):
        found: type[BaseModel] = kind
        return found
    else:
        raise BadOption(
            f"fill is about pydantic models, and {kind.__name__} is none",
            expected="a class that inherits from pydantic.BaseModel, or an instance of one",
            got=shown(source),
            cure="of an attrs class, make a Changeset; of a mapping, to_form(params)",
        )


def _alias(model: type[BaseModel], name: str) -> str:
    if model.model_config.get("populate_by_name") or model.model_config.get("validate_by_name"):
        return name
    return _outside(model.model_fields[name]) or name


def _outside(info: Any) -> str | None:
    """What an attribute is called in what pydantic is given."""
    name = info.validation_alias
    if isinstance(name, AliasChoices):
        name = next((each for each in name.choices if isinstance(each, str)), None)
    return name if isinstance(name, str) else None


def _place(loc: tuple[str | int, ...], aliases: Mapping[str, str]) -> tuple[str | int, ...]:
    first: Any = loc[0] if loc else ""
    return (aliases.get(first, first), *loc[1:])


def _sent(source: Any, params: Mapping[str, Any]) -> dict[str, Any]:
    """The params as pydantic wants them: nothing blank, lists as lists, nothing that is only about the form.

    Of an instance, what it holds where nothing was sent.
    """
    model = _class_of(source)
    held: dict[str, Any] = (
        {} if isinstance(source, type) else {name: getattr(source, name) for name in model.model_fields}
    )
    found = {_alias(model, name): value for name, value in held.items() if name not in params}
    values = without_markers(params)
    for name, info in model.model_fields.items():
        below = _below(info.annotation)
        sort, drop = values.pop(f"{name}_sort", None), values.pop(f"{name}_drop", None)
        value = values.pop(name, None)
        if is_many(info.annotation):
            many = entries(value, sort, drop) if below else None
            if many is not None and below:
                value = [_sent(below, each) for each in many]
            elif is_mapping(value):
                value = [value[key] for key in sorted(value, key=position)]
            elif is_several(value):
                value = [each for each in value if not is_blank(each)]
            if value is None or (isinstance(value, str) and is_blank(value)):
                continue
        elif below and is_mapping(value):
            value = _sent(held.get(name) or below, value)
        elif is_blank(value):
            continue
        found[_alias(model, name)] = value
    # What the model does not know: whether that is an error is pydantic's to say (`extra`).
    return {**found, **{name: value for name, value in values.items() if not is_blank(value)}}


def _below(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation: `Tag`, `Tag | None`, `list[Tag]`."""
    kind: Any = without_none(annotation)
    items = [each for each in get_args(kind) if each is not Ellipsis]
    if is_many(kind) and len(items) == 1:
        kind = without_none(items[0])
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


class PydanticFormData:
    """How a model, or a `Filled`, becomes a form."""

    def __reduce__(self) -> str:
        return "PYDANTIC"

    def to_form(self, source: Any, options: dict[str, Any]) -> Form:
        """The form, named after the class unless `as` is given; errors only with an action, as for changesets."""  # FM-16
        filled = source if isinstance(source, Filled) else Filled(source)
        if options.pop("errors", None) is not None:
            raise BadOption("the errors of a model's form are pydantic's", expected="to_form(filled) without errors")
        name = text_or_none("as", options.pop("as", None)) or snake_case(filled.model.__name__)
        action = options.pop("action", filled.action)
        options.setdefault("method", "post" if isinstance(filled.source, type) else "put")
        id = options.get("id")
        return _form(filled, name if id is None else id, name, action, options, None)

    def nested(self, source: Filled, parent: Form, name: str, options: dict[str, Any]) -> list[Form]:
        """One form for a model inside, many for a list of them."""
        options = dict(options)
        info = source.model.model_fields.get(name)
        below = None if info is None else _below(info.annotation)
        if info is None or below is None:
            raise BadOption(
                f"{source.model.__name__}.{name} is no model inside",
                expected="a field whose type is a model, or a list of models",
                got="no such field" if info is None else shown(info.annotation),
                nearest=nearest_names(name, source.model.model_fields) if info is None else (),
            )
        before, after = list(options.pop("prepend", None) or ()), list(options.pop("append", None) or ())
        if "default" in options:
            raise BadOption(
                f"inputs_for takes no default for {name!r}: it is a model's",
                expected="children that the model has, or prepend and append",
                got=shown(options["default"]),
            )
        form_id, form_name = nested_names(parent, name, options)
        hidden = tuple(options.pop("hidden", ()))
        action = options.pop("action", parent.action)
        held: Any = None if isinstance(source.source, type) else getattr(source.source, name)
        errors = [(place[1:], text) for place, text in source.errors if place[0] == name and len(place) > 1]
        if not is_many(info.annotation):
            sent: Any = source.params.get(name)
            filled = Filled(below if held is None else held, sent if is_mapping(sent) else {}, None, tuple(errors))
            return [_form(filled, form_id, form_name, action, options, None, hidden)]
        many = entries(source.params.get(name), source.params.get(f"{name}_sort"), source.params.get(f"{name}_drop"))
        children: list[Filled] = []
        if many is None:
            children = [Filled(each) for each in (*before, *(held or ()), *after)]
        else:
            for index, params in enumerate(many):
                own = tuple((place[1:], text) for place, text in errors if place[0] == index)
                children.append(Filled(below, params, None, own))
        return [
            _form(each, f"{form_id}_{index}", f"{form_name}[{index}]", action, options, index, hidden)
            for index, each in enumerate(children)
        ]

    def value(self, source: Filled, form: Form, name: str) -> Any:
        """What was sent, else what the model holds, else the default."""
        if name in form.params:
            return form.params[name]
        if not isinstance(source.source, type):
            return shown_value(getattr(source.source, name, None))
        info = source.model.model_fields.get(name)
        if info is None or info.is_required() or info.default_factory_takes_validated_data:
            return None
        return shown_value(info.get_default(call_default_factory=True))

    def validations(self, source: Filled, form: Form, name: str) -> dict[str, Any]:
        """What a browser can check by itself."""
        info = source.model.model_fields.get(name)
        if info is None:
            return {}
        found: dict[str, Any] = {"required": True} if info.is_required() else {}
        for limit in info.metadata:
            for attribute, shown_as in (
                ("max_length", "maxlength"),
                ("min_length", "minlength"),
                ("ge", "min"),
                ("le", "max"),
            ):
                if getattr(limit, attribute, None) is not None:
                    found[shown_as] = getattr(limit, attribute)
        return found


PYDANTIC = PydanticFormData()


def _form(
    filled: Filled,
    id: str,
    name: str,
    action: str | None,
    options: dict[str, Any],
    index: int | None,
    hidden: Iterable[tuple[str, Any]] = (),
) -> Form:
    shown_errors: Errors = ()
    if action is not None and action != "ignore":
        shown_errors = tuple((str(place[0]), text) for place, text in filled.errors if len(place) == 1)
    params = {str(key): value for key, value in filled.params.items()}
    return Form(filled, PYDANTIC, id, name, filled.source, action, tuple(hidden), params, shown_errors, options, index)


register_form_data(BaseModel, PYDANTIC)
register_form_data(Filled, PYDANTIC)
