"""The merge of a diff into the client's tree.

Law: the merge is exactly the wire's. What it does not understand is a `WireError` that says where, what was expected and what
came; nothing is guessed, and the old tree stays as it was.
"""  # MG-1, MG-6

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from liveview_testing.browser.page.templates.skeleton import Skeleton, skeletons
from liveview_testing.browser.page.templates.statics_reader import skeleton
from liveview_testing.browser.page.tree.merging.all_text import all_text
from liveview_testing.browser.page.tree.merging.brought import Brought
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.text_rows import Listed, TextRows, text_rows
from liveview_testing.browser.page.tree.tree import SLOTS, Diff, Keyed, Operation, Root, Row, Template, Value, WireError

META = frozenset(["s", "p", "k", "r", "c", "e", "t", "stream"])

Tables: TypeAlias = "Mapping[str, Any] | None"


exact_type: Callable[[Any], object] = type  # (a bool is no number; and there is nothing for a checker to narrow)


def _slot(name: str, size: int) -> int:
    """The number of a slot; -1 for a key with a meaning of its own."""
    at = SLOTS.get(name)
    if at is None:
        if name in META:
            return -1
        if not (name.isascii() and name.isdigit()):
            raise WireError("unknown key", expected="a slot number or one of s p k r c e t stream", got=name)
        at = int(name)
    if at >= size:
        raise WireError("a slot that the template does not have", expected=f"a number below {size}", got=name)
    return at


class Merge:
    """One diff going into a tree. `settle` gives new templates their stream containers and ignored elements."""

    def __init__(
        self, old: Mapping[int, Root], diff: Diff, settle: Callable[[Merge, Template, Template | None], Template]
    ) -> None:
        self.number = 0
        self.old = old
        self.settle = settle
        self.incoming: Diff = diff.get("c") or {}
        self.done: dict[int, Root] = {}
        self.doing: set[int] = set()
        self.operations: dict[int, Operation] = {}  # by id() of the Keyed, which is alive as long as this merge
        self.texts: dict[int, TextRows] = {}  # the rows of those that are all text
        self.streams: list[Keyed] = []
        self.lost: list[Value] = []  # subtrees that may have left the page
        self.made: list[Template | Listed] = []
        self.changed: list[tuple[Template, Template]] = []
        self.kinds: list[Skeleton] = []
        self.placed: list[int] = []
        self.copied: list[Template] = []
        self.strays: list[tuple[str, str, str]] = []
        self.limited: list[str] = []
        self.stays = False  # whether a row that leaves by its `phx-remove` counts until all is in: as in a browser
        self.beside = False
        self.leaving: list[tuple[str, str, int]] = []

    def brought(self) -> Brought:
        """What the message did, once it is in."""
        found = self.made, self.changed, self.kinds, self.placed, self.copied, self.strays, self.limited
        return Brought(*found, self.beside, self.leaving)

    # statics

    def skeleton(self, s: Any, tables: Tables) -> Skeleton:
        """`s`: a list, or a number into the nearest `p`."""  # MG-1
        kind = exact_type(s)
        if kind is list:
            return _skeleton_of(s)
        if kind is not int:
            raise WireError("not statics", expected="a list of text, or a number of a template in p", got=s).under("s")
        statics: Any = None if tables is None else tables.get(str(s))
        kind = exact_type(statics)
        if kind is not list:
            raise WireError(
                f"template {s} is not in this message",
                expected="a number in p: " + (", ".join(tables) if tables else "there is no p"),
                got=s,
                cure="template numbers are valid for one message only; send p with every message that uses them",
            ).under("s")
        return _skeleton_of(statics)

    # values

    def fresh(self, diff: Any, tables: Tables) -> Value:
        """A value that replaces whatever was there."""
        kind = exact_type(diff)
        if kind is str:
            return cast(str, diff)
        if kind is int:
            self.placed.append(diff)
            return cast(int, diff)
        if kind is not dict:
            raise WireError("not a dynamic value", expected="text, a component's number, or an object", got=diff)
        tables = diff.get("p", tables)
        if "s" not in diff:
            raise WireError(
                "a template without statics, and none are known here",
                expected="s (the client has seen nothing, or only text, at this place)",
                got=diff,
                cure="a template that is new at its place is sent with s",
            )
        shape = self.skeleton(diff["s"], tables)
        return self.keyed(None, shape, diff, tables) if "k" in diff else self.template(shape, diff, tables)

    def template(self, shape: Skeleton, diff: Diff, tables: Tables, kind: type[Template] = Template) -> Template:
        """A new instance: every slot must be given."""
        text = all_text(shape, diff, kind)
        if text is not None:
            self.made.append(text)
            return text
        size = len(shape.statics) - 1
        slots: list[Any] = [None] * size
        plain = not shape.loose
        for name, value in diff.items():
            at = SLOTS.get(name, size)
            if at >= size and (name in META or (at := _slot(name, size)) < 0):
                continue
            if type(value) is str:
                slots[at] = value
                if "<" in value:
                    plain = False
            else:
                try:
                    slots[at] = self.fresh(value, tables)
                except WireError as error:
                    raise error.under(name) from None
        if None in slots:
            missing = ", ".join(str(i) for i, value in enumerate(slots) if value is None)
            raise WireError("a new template lacks values", expected=f"{size} slots", got=dict(diff)).under(
                f"slot {missing}"
            )
        new = kind(shape, tuple(slots), None, shape if plain else None)
        if "r" in diff:
            new.root_since(self.number)
        self.made.append(new)
        return self.settle(self, new, None) if _may_update(new) else new

    def update(self, old: Template, diff: Diff, tables: Tables) -> Template:
        """The old instance with the values that the diff brings."""  # MG-1
        slots = old.slots
        size = len(slots)
        changed: list[Value] | None = None
        shape = old.known_shape if old.known_shape is old.skeleton else None
        for name, value in diff.items():
            at = SLOTS.get(name, size)
            if at >= size and (at := _slot(name, size)) < 0:
                continue
            had = slots[at]
            if type(value) is str:
                if value == had:
                    continue  # sent again unchanged: what was learnt stays
                if "<" in value:
                    shape = None
                new: Value = value
            else:
                try:
                    new = self.merge(had, value, tables)
                except WireError as error:
                    raise error.under(name) from None
                if new is had:
                    continue
            if type(had) is not str and type(value) is not dict:
                self.lost.append(had)
            if changed is None:
                changed = list(slots)
            changed[at] = new
        if changed is None:
            if not isinstance(old, Root) and old.rooted is None:
                return old
            changed = list(
                slots
            )  # PA-5: what has one root is rendered anew by a message that comes to it, whatever it says
        result = old.with_slots(tuple(changed), shape)
        self.changed.append((old, result))
        return self.settle(self, result, old) if old.grafts is not None or _may_update(result) else result

    def merge(self, old: Value, diff: Any, tables: Tables) -> Value:
        """With `s` it replaces; else it goes into what is there."""  # MG-1
        kind = exact_type(diff)
        if kind is int:
            if type(old) is int and old == diff:
                return old  # DF-25a
            self.placed.append(diff)
            return cast(int, diff)
        if kind is not dict or "s" in diff:
            self.lost.append(old)
            return self.fresh(diff, tables)
        tables = diff.get("p", tables)
        if "k" in diff:
            if not isinstance(old, Keyed):
                raise WireError(
                    "entries without statics, and no comprehension is known here", expected="s beside k", got=diff
                )
            return self.keyed(old, old.skeleton, diff, tables)
        if not isinstance(old, Template):
            return self.fresh(diff, tables)  # raises: no statics
        return self.update(old, diff, tables)

    # comprehensions

    def keyed(self, old: Keyed | None, shape: Skeleton, diff: Diff, tables: Tables) -> Keyed:
        """The rows of a list, merged; of a stream they come in the wire's order."""  # MG-2, ST-21
        entries: Any = diff["k"]
        kind = exact_type(entries)
        if kind is not dict or type(entries.get("kc")) is not int:
            raise WireError("a comprehension without its count", expected="k with kc", got=entries).under("k")
        if old is None:
            self.kinds.append(shape)
        try:
            if "stream" in diff:
                return self.stream(shape, diff["stream"], entries, tables)
            rows = self.rows(None if old is None else old.rows, shape, entries, tables)
        except WireError as error:
            raise error.under("k") from None
        if old is not None:
            if rows is old.rows:
                return old
            if len(rows) < len(old.rows) or "km" in entries:
                self.lost.append(old)
        return Keyed(shape, rows)

    def rows(self, old: Rope[Template] | None, shape: Skeleton, entries: Diff, tables: Tables) -> Rope[Template]:
        """The new entries: by index, moves and all "old" reads from the state before."""  # MG-2
        count: int = entries["kc"]
        before = Rope[Template]() if old is None else old
        size = len(before)
        if size == 0 and (texts := text_rows(shape, entries, Template)) is not None:
            self.made.append(texts)
            return texts.rows
        moving = "km" in entries
        given: list[tuple[int, Template]] = []
        for name, value in entries.items():
            at = SLOTS.get(name, -1)
            if at < 0:
                if name == "kc" or name == "km":
                    continue
                if not (name.isascii() and name.isdigit()):
                    raise WireError("unknown key among entries", expected="an entry's number, kc or km", got=name)
                at = int(name)
            if at >= count:
                raise WireError("an entry beyond the count", expected=f"a number below kc, {count}", got=name)
            try:
                had = before.at(at) if at < size else None
                row = self.entry(before, had, value, moving, shape, tables)
                if row is not had:
                    given.append((at, row))
            except WireError as error:
                raise error.under(name) from None
        given.sort(key=lambda pair: pair[0])
        if len(given) * 8 <= count:
            rows = before.take(count)
            for at, row in given:
                rows = rows.set(at, row) if at < len(rows) else rows.append(row) if at == len(rows) else rows
        else:
            listed: list[Template | None] = [*before.take(count)]
            listed.extend([None] * (count - len(listed)))
            for at, row in given:
                listed[at] = row
            rows = Rope.of([row for row in listed if row is not None])
        if len(rows) != count:
            raise WireError("entries are missing", expected=f"kc, {count}, entries", got=f"{len(rows)} known")
        if len(rows) == size and not given:
            return before
        return rows

    def entry(
        self,
        before: Rope[Template],
        had: Template | None,
        value: Any,
        moving: bool,
        shape: Skeleton,
        tables: Tables,
    ) -> Template:
        """One entry: new or changed in place (object), moved (number), moved and changed (`[old, diff]`)."""
        size = len(before)
        kind = exact_type(value)
        if kind is dict:
            return self.template(shape, value, tables) if had is None else self.update(had, value, tables)
        moved = value[0] if kind is list and len(value) == 2 else value
        kind = exact_type(moved)
        if kind is not int:
            raise WireError("not an entry", expected="an object, an old index, or [old index, object]", got=value)
        if not moving:
            raise WireError(
                "an entry moves, but k has no km",
                expected="km: true beside kc",
                got=value,
                cure="the official client keeps the old entries only if km says that some move",
            )
        if not 0 <= moved < size:
            raise WireError(
                "an entry moves from where there was none", expected=f"an old index below {size}", got=value
            )
        row = before.at(moved)
        return row if moved is value else self.update(row, value[1], tables)

    def stream(self, shape: Skeleton, stream: Any, entries: Diff, tables: Tables) -> Keyed:
        """Stream entries are always whole and are not kept in the tree as state: the container keeps them."""  # ST-22, MG-4
        kind = exact_type(stream)
        if kind is not list or len(stream) not in (3, 4, 5) or not all(len(insert) == 4 for insert in stream[1]):
            raise WireError(
                "not a stream", expected="[ref, [[dom id, at, limit, update_only], …], [dom id, …], true?]", got=stream
            ).under("stream")
        listed = text_rows(shape, entries, Row)
        if listed is None:
            keyed = Keyed(shape, Rope.of(self.items(shape, entries, tables)), stream[0])
        else:
            self.made.append(listed)
            keyed = Keyed(shape, listed.rows, stream[0])
            self.texts[id(keyed)] = listed.values
        self.operations[id(keyed)] = Operation(*stream)
        self.streams.append(keyed)
        return keyed

    def items(self, shape: Skeleton, entries: Diff, tables: Tables) -> list[Template]:
        """The rows of a stream, one by one."""
        rows: list[Template] = []
        for at in range(entries["kc"]):
            if str(at) not in entries:
                raise WireError(
                    "a stream's entry is missing", expected=f"entries 0 to {entries['kc'] - 1}", got=list(entries)
                )
            entry = entries[str(at)]
            try:
                if exact_type(entry) is not dict:
                    raise WireError("not a stream's entry", expected="an object", got=entry)
                rows.append(self.template(shape, entry, tables, Row))
            except WireError as error:
                raise error.under(str(at)) from None
        return rows

    # components

    def component(self, cid: int) -> Root | None:
        """The component as this message leaves it; None if nobody knows it."""
        done = self.done.get(cid)
        if done is not None:
            return done
        diff = self.incoming.get(str(cid))
        if diff is None:
            return self.old.get(cid)
        if cid in self.doing:
            raise WireError("components share statics in a circle", expected="a pointer to another component", got=cid)
        self.doing.add(cid)
        try:
            new = self.root(cid, diff)
        except WireError as error:
            raise error.under("c", str(cid)) from None
        self.doing.discard(cid)
        self.done[cid] = new
        return new

    def root(self, cid: int, diff: Any) -> Root:
        """Own statics, another component's (positive: of this message, negative: from before), or a change."""  # MG-3
        kind = exact_type(diff)
        if kind is not dict:
            raise WireError("not a component", expected="an object", got=diff)
        tables: Tables = diff.get("p")
        old = self.old.get(cid)
        s: Any = diff.get("s")
        if s is None:
            if old is None:
                raise WireError("a change of an unknown component", expected="s, for a component that is new", got=diff)
            new = self.update(old, diff, tables)
        else:
            if old is not None:
                self.lost.append(old)
            kind = exact_type(s)
            if kind is int:
                source = self.component(s) if s > 0 else self.old.get(-s)
                if source is None:
                    where = "this message" if s > 0 else "the page before this message"
                    raise WireError("statics of an unknown component", expected=f"a component of {where}", got=s).under(
                        "s"
                    )
                # a copy: its own object always, and no stream or ignored element comes along
                new = self.update(Root(source.skeleton, source.slots, cid=cid), diff, tables)
                self.copied.append(new)
                if new.skeleton.updating and new.slots is source.slots:
                    new = self.settle(self, new, None)
            else:
                new = self.template(self.skeleton(s, tables), diff, tables, Root)
        assert isinstance(new, Root)
        new.cid = cid  # still ours alone
        return new


def _may_update(new: Template) -> bool:
    """Whether an element of it may have `phx-update`: in its statics, or in a value that can bring attributes."""
    shape = new.skeleton
    if shape.updating:
        return True
    slots = new.slots
    for at in shape.spreads if new.known_shape is shape else range(len(slots)):
        value = slots[at]
        if type(value) is str and "phx-update" in value.lower():
            return True
    return False


def _skeleton_of(statics: list[Any]) -> Skeleton:
    key = tuple(statics)
    try:
        known = skeletons.get(key)
    except TypeError:
        known = None
    if known is not None:
        return known
    if not key or not all(type(text) is str for text in key):
        raise WireError("not statics", expected="a list of text, at least one", got=statics).under("s")
    return skeleton(key)
