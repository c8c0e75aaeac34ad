"""Streams that nothing on the page would keep: reported, never refused.

Law: only what is sure. A stream is sent once and forgotten; it stays on the page because its container, the tag around its
comprehension, says `phx-update="stream"`. Where that tag is in another template, or has a `{…}` root attribute, nothing is said.
"""  # ST-26

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liveview_core.heex.syntax.tree import Block, Component, Element, Node, Warning, tags
from liveview_core.values.patterns import late_pattern

__all__ = ["unkept"]

_STREAM = late_pattern(r"\bin\s+@streams\b")


def unkept(children: Sequence[Node]) -> list[Warning]:
    """The comprehensions over a stream whose container would lose it."""
    warnings: list[Warning] = []
    for tag in tags(children):
        if isinstance(tag, Element) and not any(each.name in (None, "phx-update") for each in tag.attributes):
            warnings.extend(_lost(tag))
    return warnings


def _lost(container: Element) -> Iterator[Warning]:
    for child in _direct(container.children):
        loop = child.special.for_
        if loop is not None and _STREAM.search(loop.source):
            happened = (
                f'a stream in a <{container.name}> without phx-update="stream": the next message takes its items away'
            )
            yield Warning(
                happened, child.special.for_at or child.at, f'write <{container.name} id="…" phx-update="stream">'
            )


def _direct(nodes: Sequence[Node]) -> Iterator[Element | Component]:
    """The tags that are children of the one around, those of EEx blocks too."""
    for node in nodes:
        if isinstance(node, Block):
            for clause in node.clauses:
                yield from _direct(clause.body)
        elif isinstance(node, (Element, Component)):
            yield node
