"""Changesets: what somebody wants to change about an attrs object, and what is wrong with it. Ecto's changesets, as values.

Law: a changeset is never changed, every method gives another; it is valid exactly if it and its children have no errors; and
what is valid, applied, is `data` with `changes` in it. What the *user* did wrong is in `errors`, in words to be shown; what
the *program* did wrong (an attribute that does not exist, a class that is no attrs class) is raised.

The type of what is sent comes from the annotations of the class (`casting`), the texts are Ecto's (`validation_messages`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

import attrs
from attrs import evolve, field

from liveview_core.errors import BadOption, BadReturn, expect_name, shown
from liveview_core.forms.changeset.arguments import expect_checks, expect_field, expect_wording, names_of
from liveview_core.forms.changeset.associations import find_relation
from liveview_core.forms.changeset.cast_assoc import GONE, Associating, CannotApply, Children, is_same
from liveview_core.forms.changeset.casting import (
    Invalid,
    admits_none,
    attribute,
    attributes,
    cast_value,
    class_of,
    default_of,
    is_blank,
    type_name,
    type_of,
)
from liveview_core.forms.changeset.validate import Validating
from liveview_core.forms.changeset.validation_messages import Message, message
from liveview_core.forms.form import is_list, is_mapping
from liveview_core.tracebacks import told
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging

__all__ = ["CannotApply", "Changeset", "Children", "Message"]


@unchanging('changeset.put_change("{name}", …) changes the data, and gives another changeset')
@frozen(repr=False)
class Changeset(Associating, Validating):
    """Changes to `data`, an attrs instance, or the class of a new one.

    * `params`: everything that was sent, None if nothing was cast; `changes`: attribute to its new value (to the children's
      changesets, for an association).
    * `errors`: pairs of a field and a `Message`, in the order they were found. A message is text that can be shown as it is;
      its `template` and `meta` say what it was made of.
    * `action`: what was tried ("validate", "insert"): only with one a form shows errors.

    >>> from attrs import frozen
    >>> @frozen
    ... class User:
    ...     name: str
    ...     age: int = 18
    >>> changeset = Changeset.cast(User, {"name": "", "age": "x"}, ["name", "age"]).validate_required(["name"])
    >>> changeset.valid, changeset.traverse_errors()
    (False, {'age': ['is invalid'], 'name': ["can't be blank"]})
    >>> Changeset.cast(User, {"name": "Ann"}, ["name", "age"]).apply_action("insert")
    User(name='Ann', age=18)
    """  # FM-16

    data: Any
    params: Mapping[str, Any] | None = None
    changes: Mapping[str, Any] = field(factory=dict[str, Any])
    errors: tuple[tuple[str, Message], ...] = ()
    action: str | None = None
    validations: tuple[tuple[str, str, Mapping[str, Any]], ...] = ()
    assocs: Mapping[str, Children] = field(factory=dict[str, Children])

    # --- making one -----------------------------------------------------------------------------------------------------

    @staticmethod
    def cast(data: Any, params: Mapping[str, Any], permitted: Iterable[str]) -> Changeset:
        """What the *permitted* of the *params* change about *data*: an instance, a class for a new one, or a changeset so far.

        Text becomes the type of the attribute; what is none of the type is the error "is invalid". Blank text is the
        attribute's default. What is equal to what is there already is no change.
        """
        changeset = data if isinstance(data, Changeset) else Changeset(data)
        kind = changeset.kind
        if not isinstance(params, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "the params of a changeset are a mapping",
                expected='{"name": …}, as they come from the client',
                got=shown(params),
                cure="Changeset.change(data), if nothing was sent",
            )
        for key in params:
            if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise BadOption(
                    "the params of a changeset have str keys",
                    expected='{"name": …}, as they come from the client',
                    got=shown(key),
                    cure="Changeset.change(data, name=…), if it is the program that changes something",
                )
        changes, errors = dict(changeset.changes), list(changeset.errors)
        for name in names_of(permitted, "the permitted params"):
            found = attribute(kind, name, "so it cannot be permitted")
            if not found.init:
                raise BadOption(
                    f"{kind.__name__}.{name} cannot be cast: __init__ does not take it",
                    expected="an attribute that can be given",
                    cure=f"leave {name!r} out, or remove init=False",
                )
            _refuse_association(kind, name)
            if name not in params:
                continue
            try:
                value = cast_value(kind, name, params[name])
            except Invalid:
                meta = {"validation": "cast", "type": type_name(type_of(kind, name))}
                errors.append((name, Message("is invalid", meta)))
            else:
                changeset._record(changes, name, value)
        together = {**(changeset.params or {}), **params}
        return evolve(changeset, params=together, changes=changes, errors=tuple(errors))

    @staticmethod
    def change(data: Any, /, **changes: Any) -> Changeset:
        """A changeset with these changes, made by the program: nothing is cast, nothing was sent."""
        changeset = data if isinstance(data, Changeset) else Changeset(data)
        for name, value in changes.items():
            changeset = changeset.put_change(name, value)
        return changeset

    def __attrs_post_init__(self) -> None:
        class_of(self.data)

    # --- reading --------------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> type[Any]:
        """The attrs class."""
        return class_of(self.data)

    @property
    def loaded(self) -> bool:
        """Whether there is an instance already, so that the change is an update."""  # FM-16
        return not isinstance(self.data, type)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must have a value."""
        return tuple(field for field, kind, _ in self.validations if kind == "required")

    @property
    def valid(self) -> bool:
        """Whether neither it nor one of its children has an error."""
        return not self.errors and all(
            child.valid for each in self.assocs.values() if each.touched for child in each.children
        )

    def get_change(self, name: str, default: Any = None) -> Any:
        """The change of the attribute, or *default*."""
        attribute(self.kind, name, "so it cannot have changed")
        return self.changes.get(name, default)

    def get_field(self, name: str, default: Any = None) -> Any:
        """What the attribute is with the changes: changed, as it is in the data, or as the class has it; an association applied."""
        found = attribute(self.kind, name, "so it has no value")
        value = self.changes[name] if name in self.changes else self._held(found)
        if name in self.changes and name in self.assocs:
            value = self.assocs[name].applied()
        return default if value is None else value

    @told
    def traverse_errors(self, say: Callable[[Message], Any] = str) -> dict[str, Any]:
        """All errors by field, those of children too; `say` makes of a message what is shown, in another language perhaps."""
        found: dict[str, Any] = {}
        for name, error in self.errors:
            found.setdefault(name, []).append(say(error))
        for name, each in self.assocs.items():
            below = [child.traverse_errors(say) for child in each.present] if each.touched else []
            if any(below) and name not in found:
                found[name] = below if each.relation.many else below[0]
        return found

    def __repr__(self) -> str:
        valid = "valid" if self.valid else f"errors={self.traverse_errors()!r}"
        return f"<Changeset {self.kind.__name__} action={self.action!r} changes={self.changes!r} {valid}>"

    # --- changing -------------------------------------------------------------------------------------------------------

    def put_change(self, name: str, value: Any) -> Changeset:
        """With that value, which is not cast; what is there already is no change."""
        if isinstance(name, str) and name in self.assocs:  # pyright: ignore[reportUnnecessaryIsInstance]
            return self.put_assoc(name, value)
        attribute(self.kind, name, "so it cannot be changed")
        changes = dict(self.changes)
        self._record(changes, name, value)
        return evolve(self, changes=changes)

    @told
    def update_change(self, name: str, function: Callable[[Any], Any]) -> Changeset:
        """With `function(change)`; without a change nothing happens."""
        attribute(self.kind, name, "so it cannot have changed")
        expect_checks("update_change", function)
        return self.put_change(name, function(self.changes[name])) if name in self.changes else self

    def delete_change(self, name: str) -> Self:
        """Without a change of that attribute."""
        attribute(self.kind, name, "so it cannot have changed")
        changes = {each: value for each, value in self.changes.items() if each != name}
        assocs = {each: value for each, value in self.assocs.items() if each != name}
        return evolve(self, changes=changes, assocs=assocs)

    def put_action(self, action: str | None) -> Changeset:
        """With that action; a child with "delete" is gone once its parent is applied."""
        if action is not None and not isinstance(action, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the action of a changeset is a str", expected="'validate', 'insert', …", got=shown(action))
        return evolve(self, action=action)

    def _evolved(self, **parts: Any) -> Self:
        return evolve(self, **parts)

    def _held(self, found: attrs.Attribute[Any]) -> Any:
        return getattr(self.data, found.name, None) if self.loaded else default_of(found)

    def _record(self, changes: dict[str, Any], name: str, value: Any) -> None:
        held = self._held(attributes(self.kind)[name])
        if is_same(held, value):
            changes.pop(name, None)
        else:
            changes[name] = value

    # --- applying -------------------------------------------------------------------------------------------------------

    @told
    def apply_changes(self) -> Any:
        """The data with the changes in it; `data` itself if nothing changes.

        Valid or not: what has no value is None where the changeset has errors; where it has none, that is `CannotApply`.
        """
        values = {
            name: self.assocs[name].applied() if name in self.assocs else value for name, value in self.changes.items()
        }
        missing = [name for name, value in values.items() if value is None and not self._may_lack(name)]
        if self.loaded:
            self._complete(missing)
            return attrs.evolve(self.data, **self._arguments(values)) if values else self.data
        for name, found in attributes(self.kind).items():
            if found.init and found.default is attrs.NOTHING and name not in values:
                values[name] = None
                missing += [] if self._may_lack(name) else [name]
        self._complete(missing)
        return self.kind(**self._arguments(values))

    def apply_action(self, action: str) -> Any:
        """What `apply_changes` gives, if it is valid; else this changeset with that action, so that a form shows its errors.

        >>> from attrs import frozen
        >>> @frozen
        ... class Tag:
        ...     label: str
        >>> match Changeset.cast(Tag, {"label": ""}, ["label"]).validate_required(["label"]).apply_action("insert"):
        ...     case Changeset() as changeset:
        ...         print(changeset.action, changeset.traverse_errors())
        ...     case tag:
        ...         print(tag)
        insert {'label': ["can't be blank"]}
        """
        tried = self.put_action(expect_name(action, "the action of apply_action"))
        return self.apply_changes() if self.valid else tried

    def _may_lack(self, name: str) -> bool:
        found = attributes(self.kind)[name]
        return (found.default is not attrs.NOTHING and default_of(found) is None) or admits_none(
            type_of(self.kind, name)
        )

    def _complete(self, missing: list[str]) -> None:
        if missing and self.valid:
            names = ", ".join(map(repr, missing))
            raise CannotApply(
                f"the changes make no {self.kind.__name__}: there is no value for {names}",
                expected="a value for each attribute that may not be None",
                got=repr(self),
                cure=f"validate it before: .validate_required([{names}])",
            )

    def _arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        known = attributes(self.kind)
        return {known[name].alias or name: value for name, value in values.items()}

    # --- what is wrong --------------------------------------------------------------------------------------------------

    def add_error(self, field: str, wording: str | tuple[str, Mapping[str, Any]], /, **meta: Any) -> Self:
        """With one error more; the field need not be an attribute (`"password_confirmation"`)."""
        expect_field("add_error", field)
        if wording is None:  # pyright: ignore[reportUnnecessaryComparison]
            raise BadOption("add_error says what is wrong", expected=f"add_error({field!r}, 'is taken')", got="None")
        expect_wording("add_error", wording)
        return evolve(self, errors=(*self.errors, (field, message(wording, "", **meta))))

    @told
    def validate_change(self, field: str, check: Callable[[Any], Any]) -> Self:
        """With what `check(value)` says about a change; it is not asked where there is none, nor about None.

        It answers None if nothing is wrong, else a text, a text with its meta, or a list of those.
        """
        expect_field("validate_change", field)
        attribute(self.kind, field, "so it cannot be validated")
        expect_checks("validate_change", check)
        value = self.changes.get(field)
        if value is None:
            return self
        if isinstance(value, tuple) and field in self.assocs:
            value = [child for child in self.assocs[field].children if child.action not in GONE]
        answer = check(value)
        answers: Iterable[Any] = () if answer is None else answer if is_list(answer) else [answer]
        changeset = self
        for each in answers:
            match each:
                case str() as text:
                    changeset = changeset.add_error(field, text)
                case (str() as text, meta) if is_mapping(meta):
                    changeset = changeset.add_error(field, text, **meta)
                case _:
                    legal = ["None", "a text", "(text, meta)", "a list of texts"]
                    raise BadReturn(f"the check of validate_change({field!r}, …)", legal, answer)
        return changeset

    def noted(self, field: str, kind: str, **options: Any) -> Self:
        """With a note of the check, which `input_validations` reads."""  # FM-15
        attribute(self.kind, field, "so it cannot be validated")
        given = {name: value for name, value in options.items() if value is not None}
        return evolve(self, validations=(*self.validations, (field, kind, given)))

    def field_missing(self, name: str) -> bool:
        """Whether it has no value: None, blank text, an empty collection."""
        return is_blank(self.get_field(name))


# --- small things ---------------------------------------------------------------------------------------------------------


def _refuse_association(kind: type[Any], name: str) -> None:
    if find_relation(kind, name) is not None:
        raise BadOption(
            f"{kind.__name__}.{name} is an association, which cast does not cast",
            expected="attributes that hold plain values",
            got=type_name(type_of(kind, name)),
            cure=f"leave it out, and .cast_assoc({name!r}, …) afterwards",
        )
