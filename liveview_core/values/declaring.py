"""How the values of core and kit are declared: attrs, less the code that would be written anew for every class.

attrs compiles `__eq__`, `__hash__` and `__repr__` for each class at each import; for two hundred classes that was a third of
what importing us cost. Here the three are closures over the fields. Law: a value equals, hashes, shows itself and pickles as
attrs would have it; `attrs.fields`, `evolve` and `has` work on it, and for a type checker it *is* attrs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attrs import define, frozen
else:
    from operator import attrgetter
    from reprlib import recursive_repr

    import attrs

    def frozen(cls=None, **options):
        """`attrs.frozen`, with shared methods."""
        return _declared(attrs.frozen, cls, options)

    def define(cls=None, **options):
        """`attrs.define`, with shared methods: what can be changed has no hash."""
        return _declared(attrs.define, cls, options)

    def _declared(declare, cls, options):
        if cls is None:
            return lambda cls: _declared(declare, cls, options)
        if options.get("order") or issubclass(cls, BaseException):
            return declare(cls, **options)  # attrs has ideas of its own about these
        own = vars(cls)
        compares = options.get("eq", True) and "__eq__" not in own
        shows = options.get("repr", True) and "__repr__" not in own
        made = declare(cls, **{**options, "eq": False, "repr": False})
        fields = attrs.fields(made)
        if compares:
            get = _getter([field.name for field in fields if field.eq])
            made.__eq__ = _eq(get)
            if "__hash__" not in own:
                made.__hash__ = _hash(get) if declare is attrs.frozen else None
        if shows:
            made.__repr__ = _repr([field.name for field in fields if field.repr])
        return made

    def _getter(names):
        return attrgetter(*names) if names else lambda value: ()

    def _eq(get):
        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return get(self) == get(other)

        return __eq__

    def _hash(get):
        def __hash__(self):
            return hash(get(self))

        return __hash__

    def _repr(names):
        @recursive_repr("...")
        def __repr__(self):
            shown = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
            return f"{type(self).__qualname__.rpartition('>.')[2]}({shown})"

        return __repr__


__all__ = ["define", "frozen"]
