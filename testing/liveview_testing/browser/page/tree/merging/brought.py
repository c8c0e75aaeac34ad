"""What a message did to a tree: the merge tells it, so that nobody has to look for it on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from liveview_testing.browser.page.tree.text_rows import Listed

__all__ = ["NOTHING", "Brought", "Listed"]

if TYPE_CHECKING:
    from liveview_testing.browser.page.templates.skeleton import Skeleton
    from liveview_testing.browser.page.tree.tree import Template


class Brought(NamedTuple):
    """What a message did to a tree.

    `made` are instances that nobody had, by themselves or in a list, `changed` those that had other values, as (old, new); `kinds`
    are the templates of lists that nobody had, with rows or without; `placed` components stand where they did not; `copied` ones
    began as another. `strays` are rows of streams with ids that the stream does not know, as (container, id, an id of the
    stream's). `limited` are ids of rows that limits took away, once for every time: what is still leaving is taken away again with
    the next row.
    `beside`: rows that leave by their `phx-remove` are among those by which others are placed and counted, and were not counted;
    `leaving`: where they stand if they were, as (container, id, how many stay before it).
    """  # MG-3, PA-28

    made: Sequence[Template | Listed] = ()
    changed: Sequence[tuple[Template, Template]] = ()
    kinds: Sequence[Skeleton] = ()
    placed: Sequence[int] = ()
    copied: Sequence[Template] = ()
    strays: Sequence[tuple[str, str, str]] = ()
    limited: Sequence[str] = ()
    beside: bool = False
    leaving: Sequence[tuple[str, str, int]] = ()

    def instances(self) -> Iterator[Template]:
        """What was made, one by one."""
        for made in self.made:
            if isinstance(made, Listed):
                yield from made.rows
            else:
                yield made


NOTHING = Brought()
