"""Forms: what the inputs of a page are named, what they hold and what is wrong with it.

Law: a form is a value made of a *source* through the source's `FormData`; asking it for a field never fails. The
value of a field is what the user sent last, and only where nothing was sent what the data holds.
"""  # FM-2, FM-11

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NoReturn, Protocol, TypeAlias, TypeGuard

import attrs
from attrs import evolve

from liveview_core.errors import BadOption, MissingAssign, nearest_names, shown
from liveview_core.rendering.html import escape, plain
from liveview_core.tracebacks import told
from liveview_core.values.assigns import same
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging

__all__ = [
    "Form",
    "FormData",
    "FormField",
    "input_changed",
    "input_id",
    "input_name",
    "input_validations",
    "register_form_data",
    "to_form",
    "used_input",
]

Errors: TypeAlias = tuple[tuple[str, Any], ...]
"""`(field, message)` pairs, in the order they were found."""

_UNSET: Any = object()


def is_mapping(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    """Whether it is a mapping, of which nothing else is known."""
    return isinstance(value, Mapping)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether it is a list."""
    return isinstance(value, list)


def is_several(value: Any) -> TypeGuard[Iterable[Any]]:
    """Whether it is a list, a tuple or a set."""
    return isinstance(value, list | tuple | set | frozenset)


class FormData(Protocol):
    """How a kind of source becomes a form: the point where changesets, models and the like join in."""  # FM-15

    def to_form(self, source: Any, options: dict[str, Any]) -> Form:
        """The form of *source*; honours `as`, `id`, `errors` and `action`, and keeps the other options."""
        ...

    def nested(self, source: Any, parent: Form, name: str, options: dict[str, Any]) -> list[Form]:
        """The forms of the field *name*, for `<.inputs_for>`."""
        ...

    def value(self, source: Any, form: Form, name: str) -> Any:
        """What the field *name* shows."""
        ...

    def validations(self, source: Any, form: Form, name: str) -> dict[str, Any]:
        """What a browser can check by itself, as attributes of the input: `{"required": True, "maxlength": 20}`."""
        ...


@unchanging("to_form(params, …) makes another")
@frozen
class Form:
    """A form: `form["email"]` is a field of it.

    >>> form = to_form({"email": "ann@example.org"}, as_="user")
    >>> form["email"].id, form["email"].name, form["email"].value
    ('user_email', 'user[email]', 'ann@example.org')
    """  # FM-1

    _shown_by: ClassVar[str] = (
        'give it to `<.form for={@form}>`, with its dot, or show a field, `{@form["email"].value}`'
    )

    source: Any
    impl: FormData = attrs.field(repr=False)
    id: str | None = None
    name: str | None = None
    data: Any = attrs.field(factory=dict[str, Any])
    action: str | None = None
    hidden: tuple[tuple[str, Any], ...] = ()
    params: dict[str, Any] = attrs.field(factory=dict[str, Any])
    errors: Errors = ()
    options: dict[str, Any] = attrs.field(factory=dict[str, Any])
    index: int | None = None

    def __getitem__(self, name: str) -> FormField:
        """The field of that name; there is one for every name."""  # FM-2
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the name of a form's field is a str", expected='form["email"]', got=shown(name))
        errors = tuple(message for field_name, message in self.errors if field_name == name)
        value = self.impl.value(self.source, self, name)
        return FormField(input_id(self, name), input_name(self, name), value, errors, name, self)

    def __getattr__(self, name: str) -> NoReturn:
        raise _no_attribute(f"a form has no attribute {name!r}", f'the field: form["{name}"]', name, Form)

    def same_item(self, other: Form, name: str) -> bool:
        """Whether `form[name]` shows the same in both, also in whether it was used."""  # EN-9, FM-6
        return not input_changed(self, other, name) and used_input(self[name]) == used_input(other[name])


@unchanging("to_form(params, …) makes another form")
@frozen
class FormField:
    """One field of a form: what its input is called, and what it shows."""

    _shown_by: ClassVar[str] = 'show what it holds, `{@form["email"].value}`'

    id: str
    name: str
    value: Any
    errors: tuple[Any, ...]
    field: str
    form: Form = attrs.field(repr=False)

    def __getattr__(self, name: str) -> NoReturn:
        raise _no_attribute(f"a form's field has no attribute {name!r}", "one of {}", name, FormField)


def _no_attribute(happened: str, expected: str, name: str, kind: type[Any]) -> AttributeError:
    if name.startswith("__"):  # a protocol that looks whether it is there
        return AttributeError(name)
    known = [each.name for each in attrs.fields(kind)]
    return MissingAssign(happened, expected=expected.format(", ".join(known)), nearest=nearest_names(name, known))


def input_id(form: Form, name: str, value: Any = _UNSET) -> str:
    """The id of a field's input; of the one for *value*, where a field has several.

    >>> input_id(to_form({}, as_="user"), "role", "super user")
    'user_role_super_user'
    """  # FM-4, FM-5
    id = name if form.id is None else f"{form.id}_{name}"
    return id if value is _UNSET else id + "_" + re.sub(r"\W", "_", escape(plain(value)))


def input_name(form: Form, name: str) -> str:
    """The name of a field's input."""  # FM-4
    return name if form.name is None else f"{form.name}[{name}]"


def input_changed(old: Form, new: Form, name: str) -> bool:
    """Whether the field shows something else now."""  # FM-6
    before, after = old[name], new[name]
    return (
        old.impl is not new.impl
        or old.action != new.action
        or (before.id, before.name) != (after.id, after.name)
        or not same(before.errors, after.errors)
        or not same(before.value, after.value)
    )


def used_input(form_field: FormField) -> bool:
    """Whether the user has been in the field: only then its errors are worth showing.

    >>> form = to_form({"a": "", "b": "", "_unused_b": ""})
    >>> used_input(form["a"]), used_input(form["b"]), used_input(form["c"])
    (True, False, False)
    """
    if not isinstance(form_field, FormField):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("used_input takes a field of a form", expected='@form["name"]', got=shown(form_field))
    return _used(form_field.form.params, form_field.field)


def _used(params: Mapping[str, Any], name: str) -> bool:
    if name.startswith("_unused_") or name not in params or f"_unused_{name}" in params:
        return False
    value: Any = params[name]
    return any(isinstance(key, str) and _used(value, key) for key in value) if is_mapping(value) else True


def input_validations(form: Form, name: str) -> dict[str, Any]:
    """What the browser can check of the field by itself: `<input {input_validations(@form, "age")} …>`."""  # FM-15
    return form.impl.validations(form.source, form, name)


# --- making one -----------------------------------------------------------------------------------------------------------

_REGISTERED: list[tuple[type[Any], FormData]] = []


def register_form_data(kind: type[Any], form_data: FormData) -> None:
    """Let `to_form` take objects of *kind*; what was registered last is asked first."""
    _REGISTERED.insert(0, (kind, form_data))


@told
def to_form(
    source: Any,
    *,
    as_: str | None = _UNSET,
    id: str | None = _UNSET,
    errors: Any = _UNSET,
    action: Any = _UNSET,
    **options: Any,
) -> Form:
    """The form of *source*: a mapping of params, a form, a changeset, or what `FormData` was registered for.

    `as_` is the name that the fields are nested under, `id` the prefix of their ids (the name, where it is not given).
    `errors` is a mapping from fields to messages, or pairs. Other options are kept; `<.form>` shows them as attributes.
    """  # FM-10…15
    given = {"as": as_, "id": id, "errors": errors, "action": action}
    options.update((name, value) for name, value in given.items() if value is not _UNSET)
    return form_of(source, options)


def form_of(source: Any, options: dict[str, Any]) -> Form:
    """`to_form` with its options in a dictionary, `as` among them."""
    text_or_none("id", options.get("id"))
    text_or_none("as", options.get("as"))
    if isinstance(source, Form):
        return _again(source, options)
    for kind, form_data in _REGISTERED:
        if isinstance(source, kind):
            return form_data.to_form(source, dict(options))
    if isinstance(source, Mapping):
        return PARAMS.to_form(source, dict(options))  # pyright: ignore[reportUnknownArgumentType]
    raise BadOption(
        f"to_form cannot make a form of a {type(source).__name__}",
        expected="a mapping of params, a Form, a Changeset, or an object whose class has a FormData",
        got=shown(source),
        cure=_cure(source),
    )


def _cure(source: Any) -> str:
    """How it becomes a form."""
    kind: type[Any] = source if isinstance(source, type) else type(source)
    packages = {base.__module__.partition(".")[0] for base in kind.__mro__}
    if "pydantic" in packages and kind is not source:
        return "import liveview_core.forms.pydantic_forms: with it, models are sources of forms"
    if packages & {"pydantic", "pydantic_core"}:
        model = kind.__name__ if kind is source else "Model"
        return f"to_form(fill({model}, params)), with `fill` of liveview_core.forms.pydantic_forms, which keeps what was typed"
    return f"liveview_core.forms.form.register_form_data({type(source).__name__}, …)"


def text_or_none(option: str, value: Any) -> str | None:
    """The option of `to_form`, if it is text or nothing."""
    if value is None or isinstance(value, str):
        return value
    raise BadOption(
        f"{option!r} of a form is text", expected="a str, or None", got=shown(value), cure=f"str({shown(value)})"
    )


def _again(form: Form, options: dict[str, Any]) -> Form:
    """A form as the source of a form."""  # FM-13
    if not options:
        return form
    left = dict(options)
    if "as" in left:
        name = left.pop("as")
        id = left.get("id")
        form = evolve(form, name=name, id=name if id is None else id)
    elif "id" in left:
        form = evolve(form, id=left["id"])
    if "errors" in left:
        form = evolve(form, errors=_errors(left.pop("errors")))
    if "action" in left:
        form = evolve(form, action=left.pop("action"))
    return evolve(form, options={**left, **{k: v for k, v in form.options.items() if k not in left}})


def _errors(given: Any) -> Errors:
    """Pairs of field and message, from pairs or from a mapping to one message or to a list of them."""
    pairs: Iterable[Any] = given.items() if is_mapping(given) else given or ()
    if not isinstance(pairs, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        pairs = [pairs]  # which is no pair
    found: list[tuple[str, Any]] = []
    for pair in pairs:
        match pair:
            case (str() as name, several) if is_list(several):
                found.extend((name, each) for each in several)
            case (str() as name, message):
                found.append((name, message))
            case _:
                raise BadOption(
                    "the errors of a form are pairs of a field and a message",
                    expected='{"name": "can\'t be blank"}, or [("name", "can\'t be blank")]',
                    got=shown(pair),
                )
    return tuple(found)


def nested_names(parent: Form, name: str, options: dict[str, Any]) -> tuple[str, str]:
    """The id and the name that the forms of the field begin with; takes `id` and `as` out of the options."""  # FM-20, FM-21
    as_, id = options.pop("as", None), options.pop("id", None)
    if (as_ is None and parent.name is None) or (id is None and parent.id is None):
        raise BadOption(
            f"the nested forms of {name!r} need a parent that has a name",
            expected="to_form(params, as_=…), or as_ and id given to inputs_for",
            got=f"a form with the name {parent.name!r} and the id {parent.id!r}",
            cure='to_form(params, as_="user")',
        )
    return f"{parent.id}_{name}" if id is None else str(id), f"{parent.name}[{name}]" if as_ is None else str(as_)


class ParamsFormData:
    """Mappings as forms: the mapping is the params, there is no data behind it."""  # FM-10…12, FM-20…23

    def __repr__(self) -> str:
        return "PARAMS"

    def __reduce__(self) -> str:
        return "PARAMS"  # one of it, also after pickling: forms compare it by identity (FM-6)

    def to_form(self, source: Mapping[str, Any], options: dict[str, Any]) -> Form:
        for key in source:
            if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise BadOption(
                    "the params of a form have str keys",
                    expected='{"email": …}, as they come from the client',
                    got=shown(key),
                )
        name = options.pop("as", None)
        id = options.get("id")
        return Form(
            source=source,
            impl=self,
            id=name if id is None else id,
            name=name,
            errors=_errors(options.pop("errors", ())),
            action=options.pop("action", None),
            params=dict(source),
            options=options,
        )

    def nested(self, source: Any, parent: Form, name: str, options: dict[str, Any]) -> list[Form]:
        options = dict(options)
        default: Any = options.pop("default", {})
        before, after = list(options.pop("prepend", None) or ()), list(options.pop("append", None) or ())
        form_id, form_name = nested_names(parent, name, options)
        hidden = tuple(options.pop("hidden", ()))
        action = options.pop("action", parent.action)
        sent = _params_in(parent.params.get(name))

        def one(data: Any, params: Any, index: int | None) -> Form:
            suffix, bracket = ("", "") if index is None else (f"_{index}", f"[{index}]")
            own = _params_in(params) or {}
            return Form(
                source, self, form_id + suffix, form_name + bracket, data, action, hidden, own, (), options, index
            )

        if isinstance(default, Mapping):  # FM-22
            return [one(default, sent, None)]
        if not isinstance(default, list | tuple):
            raise BadOption(
                f"the default of inputs_for({name!r}) is neither one nor many",
                expected="a mapping for one form, a list of mappings for many",
                got=shown(default),
                cure="default={[]}, if there is none at first",
            )
        if sent is not None:  # FM-23: by the text of their keys, "10" before "2"
            return [one(None, sent[key], index) for index, key in enumerate(sorted(sent))]
        items: list[Any] = [*before, *default, *after]
        return [one(data, None, index) for index, data in enumerate(items)]

    def value(self, source: Any, form: Form, name: str) -> Any:
        if name in form.params:  # FM-11
            return form.params[name]
        data = _params_in(form.data)
        return getattr(form.data, name, None) if data is None else data.get(name)

    def validations(self, source: Any, form: Form, name: str) -> dict[str, Any]:
        return {}


def _params_in(value: Any) -> dict[str, Any] | None:
    """A mapping with its keys as text; None for what is no mapping."""
    return {str(key): each for key, each in value.items()} if is_mapping(value) else None


PARAMS = ParamsFormData()
