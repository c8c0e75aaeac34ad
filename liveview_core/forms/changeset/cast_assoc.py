"""Associations of a changeset: the changesets of objects inside the object, as its methods `cast_assoc` and `put_assoc`.

Law: a child that is there and was sent is updated, one that was not sent is replaced; what is equal to what is there is no change.
"""  # FM-25

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypeVar

import attrs

from liveview_core.errors import BadOption, BadReturn, LiveViewError, shown
from liveview_core.forms.changeset import validation_messages
from liveview_core.forms.changeset.associations import Relation, relation_of
from liveview_core.forms.changeset.casting import attributes
from liveview_core.forms.changeset.validation_messages import Wording, message
from liveview_core.values.assigns import same
from liveview_core.values.declaring import frozen

__all__ = ["GONE", "Associating", "CannotApply", "Children", "is_same"]

C = TypeVar("C", bound="Associating")

OnReplace: TypeAlias = Literal["delete", "invalid", "raise"]

GONE = ("replace", "delete")
"""Actions of children that are not there any more once the parent is applied."""


class CannotApply(LiveViewError, ValueError):
    """A changeset whose result could not be an instance of its class."""


@frozen
class Children:
    """What `cast_assoc` or `put_assoc` made of an association; not *touched*: nothing was sent, it is as it was."""

    relation: Relation
    children: tuple[Any, ...]
    touched: bool = True

    @property
    def present(self) -> tuple[Any, ...]:
        """The children that were not replaced by others."""
        return tuple(child for child in self.children if child.action != "replace")

    def applied(self) -> Any:
        """What the attribute is after the change."""
        made = [child.apply_changes() for child in self.children if child.action not in GONE]
        if self.relation.many:
            return self.relation.container(made)
        return made[0] if made else None


class Associating:
    """The part of `Changeset` that is about associations."""

    __slots__ = ()

    if TYPE_CHECKING:
        data: Any
        params: Mapping[str, Any] | None
        changes: Mapping[str, Any]
        action: str | None
        assocs: Mapping[str, Children]

        def __init__(self, data: Any, *, action: str | None = None) -> None: ...
        @property
        def kind(self) -> type[Any]: ...
        @property
        def valid(self) -> bool: ...
        @staticmethod
        def change(data: Any, /, **changes: Any) -> Any: ...
        def get_field(self, name: str, default: Any = None) -> Any: ...
        def put_action(self, action: str | None) -> Self: ...
        def add_error(self, field: str, wording: Any, /, **meta: Any) -> Self: ...
        def noted(self, field: str, kind: str, **options: Any) -> Self: ...
        def _evolved(self, **parts: Any) -> Self: ...
        def _held(self, found: attrs.Attribute[Any]) -> Any: ...

    def cast_assoc(
        self,
        name: str,
        with_: Callable[[Any, Mapping[str, Any]], Self] | None = None,
        *,
        required: bool = False,
        key: str = "id",
        on_replace: OnReplace = "delete",
        sort_param: str | None = None,
        drop_param: str | None = None,
        message: Wording = None,
        required_message: Wording = None,
    ) -> Self:
        """What was sent for the association, each child by `with_(child, params)`: an instance, or the class for a new one.

        Without `with_` it is `changeset(child, params)` of the class. A child whose class has the *key* is found by it: sent
        with the key of one that is there it is that one, updated; what is there and was not sent is replaced: gone
        ("delete"), an error of the field ("invalid") or an error of the program ("raise"). Without a key, children of a list
        have no identity: what was sent takes their place; a single one is updated. `<name>_sort` and `<name>_drop`, or the
        params named instead, put many in order and drop some.
        """  # FM-25
        if on_replace not in ("delete", "invalid", "raise"):
            raise BadOption(
                f"cast_assoc({shown(name)}, …) does not know what on_replace={shown(on_replace)} is",
                expected='"delete", "invalid" or "raise"',
                got=shown(on_replace),
            )
        relation = relation_of(self.kind, name, key)
        make = _maker(type(self), relation, with_)
        params = self.params or {}
        sort = params.get(sort_param or f"{name}_sort") if relation.many else None
        drop = params.get(drop_param or f"{name}_drop") if relation.many else None
        if name in params or isinstance(sort, list) or isinstance(drop, list):
            sent = relation.sent(params.get(name), sort, drop)
            made = None if sent is None else self._cast_children(relation, sent, make, on_replace)
            if made is None:
                error = validation_messages.message(
                    message, "is invalid", validation="assoc", type=relation.related.__name__
                )
                return self.add_error(name, error)
            changeset = self._with_children(relation, made)
        elif name in self.assocs:
            changeset = self
        else:
            shown_ = tuple(make(item, {}) for item in relation.current(self.get_field(name)))
            changeset = self._evolved(assocs={**self.assocs, name: Children(relation, shown_, touched=False)})
        if required:
            changeset = changeset._require_children(relation, required_message)
        return changeset

    def put_assoc(self, name: str, value: Any) -> Self:
        """The association becomes that: instances, mappings of attributes, or changesets; one of them or None for a single one."""
        known = self.assocs.get(name) if isinstance(name, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        relation = known.relation if known is not None else relation_of(self.kind, name)
        if relation.many and (isinstance(value, Mapping | Associating) or not isinstance(value, Iterable)):
            raise BadOption(
                f"put_assoc({name!r}, …) expects several",
                expected=f"a list of {relation.related.__name__}, of mappings or of changesets",
                got=shown(value),  # pyright: ignore[reportUnknownArgumentType]
                cure=f"put_assoc({name!r}, […])",
            )
        given: list[Any] = list(value) if relation.many else [] if value is None else [value]  # pyright: ignore[reportUnknownArgumentType]
        left = relation.current(self._held(attributes(self.kind)[name]))
        made: list[Self] = []
        for each in given:
            child = _child_of(type(self), relation, each)
            match_ = next((item for item in left if relation.is_it(item, child.data)), None)
            left = [item for item in left if item is not match_]
            made.append(child if child.action else child.put_action("insert" if match_ is None else "update"))
        return self._with_children(relation, made + self._replaced(relation.left_over(left)))

    def _cast_children(
        self,
        relation: Relation,
        sent: list[Mapping[str, Any]],
        make: Callable[[Any, Mapping[str, Any]], Self],
        on_replace: OnReplace,
    ) -> list[Self] | None:
        left = relation.current(self._held(attributes(self.kind)[relation.name]))
        made: list[Self] = []
        for params in sent:
            match_ = relation.match(params, left)
            if match_ is None:
                child, action = make(relation.related, params), "insert"
            else:
                left = [item for item in left if item is not match_]
                child, action = make(match_, params), "update"
            made.append(child if child.action else child.put_action(action))
        gone = self._replaced(relation.left_over(left))
        if gone and on_replace == "invalid":
            return None
        if gone and on_replace == "raise":
            raise BadOption(
                f"what was sent for {self.kind.__name__}.{relation.name} replaces what is there",
                expected=f"the {relation.key} of each {relation.related.__name__} among its params",
                got=f"nothing about {', '.join(shown(each.data) for each in gone)}",
                cure='send it as a hidden input (inputs_for does), or cast_assoc(…, on_replace="delete")',
            )
        return made + gone

    def _with_children(self, relation: Relation, made: Iterable[Self]) -> Self:
        children = Children(relation, tuple(made))
        changes = dict(self.changes)
        if self._unchanged(children):
            changes.pop(relation.name, None)
        elif relation.many:
            changes[relation.name] = children.children
        else:
            changes[relation.name] = children.children[0] if children.present else None
        return self._evolved(changes=changes, assocs={**self.assocs, relation.name: children})

    def _unchanged(self, children: Children) -> bool:
        if any(not child.valid or child.action in GONE for child in children.children):
            return False
        try:
            return is_same(self._held(attributes(self.kind)[children.relation.name]), children.applied())
        except CannotApply:  # a child that nobody validated
            return False

    def _require_children(self, relation: Relation, wording: Wording) -> Self:
        each = self.assocs[relation.name]
        changeset = self.noted(relation.name, "required")
        if any(child.action not in GONE for child in each.children):
            return changeset
        return changeset.add_error(relation.name, message(wording, "can't be blank", validation="required"))

    def _replaced(self, items: list[Any]) -> list[Self]:
        return [type(self)(item, action="replace") for item in items]


def is_same(old: Any, new: Any) -> bool:
    """Whether nothing changes: 1 and True, 1 and 1.0 are two things."""
    return type(old) is type(new) and (same(old, new) or bool(old == new))


def _maker(
    kind: type[C], relation: Relation, with_: Callable[[Any, Mapping[str, Any]], C] | None
) -> Callable[[Any, Mapping[str, Any]], C]:
    make: Any = with_ or getattr(relation.related, "changeset", None)
    if make is None:
        raise BadOption(
            f"cast_assoc({relation.name!r}) does not know how to cast a {relation.related.__name__}",
            expected=f"a function (child, params) -> Changeset, or {relation.related.__name__}.changeset",
            cure=f"cast_assoc({relation.name!r}, lambda child, params: Changeset.cast(child, params, […]))",
        )

    def checked(child: Any, params: Mapping[str, Any]) -> C:
        made = make(child, params)
        if not isinstance(made, kind):
            raise BadReturn(f"the function of cast_assoc({relation.name!r}, …)", ["a Changeset"], made)
        return made

    return checked


def _child_of(kind: type[C], relation: Relation, given: Any) -> C:
    """What was put, as a changeset."""
    if isinstance(given, Mapping):
        values: dict[str, Any] = {str(name): value for name, value in given.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        made: C = kind.change(relation.related, **values)
        return made
    child = given if isinstance(given, kind) else None
    if child is None and isinstance(given, relation.related):
        child = kind(given)
    if child is None or not issubclass(child.kind, relation.related):
        raise BadOption(
            f"put_assoc({relation.name!r}, …) got something else",
            expected=f"a {relation.related.__name__}, a mapping of its attributes, or a changeset of one",
            got=shown(given),
        )
    return child
