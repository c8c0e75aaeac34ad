"""How the values of core and kit are declared: attrs, less the code that would be written anew for every class.

attrs compiles methods for each class at each import; for two hundred classes that was a quarter of what importing us cost. Here a
class is made with its slots, and its methods are closures over the fields. What only attrs can write, `__init__` and the
`attrs.fields`, it writes when somebody asks for it: most kinds of values are never made in a run. Law: a value is made, equals,
hashes, shows itself (its sets in order) and pickles as attrs would have it; `attrs.fields`, `evolve` and `has` work on it, and for
a type checker it *is* attrs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attrs import define, frozen
else:
    import sys
    from functools import cached_property
    from operator import attrgetter
    from reprlib import recursive_repr
    from types import FunctionType

    import attrs

    from liveview_core.errors import ordered

    def frozen(cls=None, **options):
        """`attrs.frozen`, with shared methods."""
        return _declared(attrs.frozen, cls, options)

    def define(cls=None, **options):
        """`attrs.define`, with shared methods: what can be changed has no hash."""
        return _declared(attrs.define, cls, options)

    def _declared(declare, cls, options):
        if cls is None:
            return lambda cls: _declared(declare, cls, options)
        if options.get("order") or issubclass(cls, BaseException) or any(map(_is_special, _given(cls))):
            return declare(cls, **options)  # attrs has ideas of its own about these
        own = vars(cls)
        compares = options.get("eq", True) and "__eq__" not in own
        shows = options.get("repr", True) and "__repr__" not in own
        options = {**options, "eq": False, "repr": False}
        if declare is attrs.frozen and _is_plain(cls, options):
            made, fields = _slotted(cls, options)
        else:
            made = declare(cls, **options)
            fields = {field.name: field for field in attrs.fields(made)}
        if compares:
            get = _getter([name for name, field in fields.items() if field.eq])
            made.__eq__ = _eq(get)
            if "__hash__" not in own:
                made.__hash__ = _hash(get) if declare is attrs.frozen else None
        if shows:
            made.__repr__ = _repr([name for name, field in fields.items() if field.repr])
        return made

    _BARE = attrs.field()  # a field of which nothing more is said
    _REFUSALS = {name: vars(attrs.frozen(type("Any", (), {})))[name] for name in ("__setattr__", "__delattr__")}
    _OWN = "__declared_fields__"

    def _given(cls):
        """What is said of the fields of a class, and of those that it has from classes of attrs."""
        yield from (value for value in vars(cls).values() if isinstance(value, type(_BARE)))
        for base in cls.__mro__[1:]:
            if "__attrs_attrs__" in vars(base) and _OWN not in vars(base):
                yield from attrs.fields(base)

    def _is_special(field):
        """Whether a field is compared, hashed or shown by a function of its own, or by another rule than the rest."""
        return field.eq_key is not None or field.hash is not None or not isinstance(field.repr, bool)

    def _is_plain(cls, options):
        """Whether neither a class nor what it is made from asks of attrs what is not done below."""
        own = vars(cls)
        return (
            options.keys() <= {"eq", "repr", "init", "weakref_slot"}
            and not own.keys() & {"__slots__", "__getstate__", "__setstate__", "__setattr__", "__attrs_pre_init__"}
            and not any(isinstance(value, cached_property) for value in own.values())
            and not any("__attrs_attrs__" in vars(base) and _OWN not in vars(base) for base in cls.__mro__[1:])
        )

    def _slotted(cls, options):
        """The class with its slots, and its fields by their names; attrs has not been asked yet."""
        annotations = cls.__annotations__
        body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        body["__qualname__"] = cls.__qualname__
        own = {
            name: value if isinstance(value := body.get(name), type(_BARE)) else _BARE
            for name, kind in annotations.items()
            if not str(kind).removeprefix("typing.").startswith("ClassVar")
        }
        bases = cls.__mro__[1:-1]
        fields = {}
        for base in reversed(bases):  # a field that is declared again stands where it is declared last
            for name, field in vars(base).get(_OWN, {}).items():
                fields.pop(name, None)
                if name not in own:
                    fields[name] = field
        fields |= own
        taken = {name for base in bases for name in vars(base).get("__slots__", ())}
        slots = [name for name in own if name not in taken]
        if options.get("weakref_slot", True) and not any("__weakref__" in vars(base) for base in bases):
            slots.append("__weakref__")
        space = {name: value for name, value in body.items() if name not in fields}
        space |= {"__slots__": tuple(slots), _OWN: own, **_REFUSALS}
        space["__getstate__"], space["__setstate__"] = _pickling(tuple(fields))
        space.setdefault(
            "__match_args__", tuple(name for name, each in fields.items() if each.init and not each.kw_only)
        )
        if sys.version_info >= (3, 13):  # pragma: no cover - an older Python has no copy.replace
            space.setdefault("__replace__", attrs.evolve)
        init = "__init__" if options.get("init", True) and "__init__" not in body else "__attrs_init__"
        late = {name: _Late(name) for name in (init, "__attrs_attrs__")}
        made = type(cls)(cls.__name__, cls.__bases__, space | late)
        for value in space.values():  # a method that says `super()` knows the class that it was written in
            value = getattr(value, "__func__", None) or getattr(value, "fget", None) or value
            for cell in getattr(value, "__closure__", None) or ():
                if _holds(cell, cls):
                    cell.cell_contents = made

        def write():
            written = attrs.frozen(type(made)(made.__name__, made.__bases__, body), **options)
            for name, waiting in late.items():
                if vars(made)[name] is waiting:
                    setattr(made, name, vars(written)[name])

        for each in late.values():
            each.made, each.write = made, write
        return made, fields

    def _holds(cell, cls):
        try:
            return cell.cell_contents is cls
        except ValueError:  # nothing yet
            return False

    class _Late:
        """What attrs writes for a class, not written yet; asked for, it is there as if it had always been."""

        __slots__ = ("made", "name", "write")

        def __init__(self, name):
            self.name = name

        def __get__(self, value, kind=None):
            if vars(self.made)[self.name] is self:  # another thread may have been faster
                self.write()
            written = vars(self.made)[self.name]
            return written if type(written) is not FunctionType else written.__get__(value, kind)

    def _pickling(names):
        put = object.__setattr__

        def __getstate__(self):
            return {name: getattr(self, name) for name in names}

        def __setstate__(self, state):
            for name in names:
                if name in state:
                    put(self, name, state[name])

        return __getstate__, __setstate__

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
            shown = ", ".join([f"{name}={ordered(getattr(self, name))}" for name in names])
            return f"{type(self).__qualname__.rpartition('>.')[2]}({shown})"

        return __repr__


__all__ = ["define", "frozen"]
