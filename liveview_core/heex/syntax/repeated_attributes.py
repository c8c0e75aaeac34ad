"""Attributes that stand twice in one tag: reported, never refused.

Law: only what is written out is judged, not what a `{…}` root attribute may bring. Of a tag's an HTML parser takes the first and
drops the others; of a component's the last one counts.
"""  # TG-32

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liveview_core.heex.syntax.tree import Attribute, Component, Element, Node, Warning, tags

__all__ = ["repeated"]


def repeated(children: Sequence[Node]) -> list[Warning]:
    """The second of each two attributes of one name in one tag."""
    warnings: list[Warning] = []
    for tag in tags(children):
        if len(tag.attributes) > 1:
            warnings.extend(_repeated(tag.attributes, isinstance(tag, Element)))
        if isinstance(tag, Component):
            for slot in tag.slots:
                warnings.extend(_repeated(slot.attributes, False))
    return warnings


def _repeated(attributes: Sequence[Attribute], html: bool) -> Iterator[Warning]:
    seen: set[str] = set()
    for each in attributes:
        if each.name is None:
            continue
        name = each.name.lower() if html else each.name
        if name in seen:
            counts = "a browser takes the first and drops this one" if html else "only the last one counts"
            cure = 'one list of both: class={["a", @more]}' if name == "class" else "leave one of them out"
            yield Warning(f"the attribute {each.name!r} stands twice in one tag: {counts}", each.at, cure)
        seen.add(name)
