"""What a command that writes an attribute does to the property of a control.

Owns the difference between the two: an attribute shows until the property was set by itself, by a person or by a patch. Law: what a
person has written is not lost to a command.
"""  # PF-13

from __future__ import annotations

from collections.abc import Set

from liveview_testing.browser.dom.forms import is_checked, radios
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.page.controls import CHECKABLE, kind_of
from liveview_testing.browser.reaction import Named, Reaction


def choose(reaction: Reaction, node: DomNode) -> None:
    """A radio that gets its attribute takes the choice from the others of its name."""
    if node.mark.checked is None:
        for each in radios(node):
            if each != node and each.mark.checked:
                reaction.set_mark(each.key, checked=False)
        reaction.set_mark(node.key, checked=True)


def hold(reaction: Reaction, key: Named, names: Set[str]) -> None:
    """A control that was written into, or ticked, keeps what it has: its attribute does not show any more."""  # PF-13
    node = reaction.node(key)
    if node is None or not node.mark.detached or node.tag != "input":
        return
    if "value" in names and node.mark.value is None and kind_of(node) not in CHECKABLE:
        reaction.set_mark(key, value=node.value)
    if "checked" in names and node.mark.checked is None and kind_of(node) in CHECKABLE:
        reaction.set_mark(key, checked=is_checked(node))
