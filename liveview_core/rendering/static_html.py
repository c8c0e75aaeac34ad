"""The HTML of a whole diff: statics interleaved with dynamics, for the page that is served before anything is live.

Law: it reads nothing but the diff, and only one that holds everything; what a client makes of later diffs is the
client's business.
"""  # DF-33

from __future__ import annotations

from itertools import chain, islice
from operator import itemgetter
from typing import Any

from liveview_core.rendering.diff import Diff

__all__ = ["html_of"]


def html_of(diff: Diff) -> str:
    """The text of a full diff.

    >>> html_of({"0": "1", "s": 0, "p": {"0": ["<b>", "</b>"]}})
    '<b>1</b>'
    """
    out: list[str] = []
    _node(diff, diff.get("p"), _Components(diff.get("c", {})), out)
    return "".join(out)


class _Components:
    """The components of the diff, in full: one that links to another's statics is merged over it, once."""  # DF-23

    def __init__(self, components: dict[str, Diff]) -> None:
        self.components = dict(components)

    def node(self, cid: int) -> Diff:
        """A component's own tree."""
        linking: list[str] = []
        name = str(cid)
        while isinstance(self.components[name]["s"], int):
            linking.append(name)
            name = str(self.components[name]["s"])
        node = self.components[name]
        for each in reversed(linking):
            own = {key: value for key, value in self.components[each].items() if key != "s"}
            node = self.components[each] = _merged(node, own)
        return node


def _merged(under: Diff, over: Diff) -> Diff:
    merged = dict(under)
    for key, value in over.items():
        old = under.get(key)
        both = isinstance(old, dict) and isinstance(value, dict) and "s" not in value
        merged[key] = _merged(old, value) if both else value  # type: ignore[arg-type]  # pyright: ignore[reportUnknownArgumentType]
    return merged


def _node(node: Any, templates: Any, components: _Components, out: list[str]) -> None:
    if isinstance(node, str):
        out.append(node)
    elif isinstance(node, int):
        _node(components.node(node), None, components, out)
    else:
        templates = node.get("p", templates)
        statics: list[str] = node["s"] if isinstance(node["s"], list) else templates[str(node["s"])]
        if "k" in node:
            _rows(statics, node["k"], templates, components, out)
        else:
            _interleaved(statics, node, templates, components, out)


def _interleaved(statics: list[str], node: Diff, templates: Any, components: _Components, out: list[str]) -> None:
    out.append(statics[0])
    for position in range(len(statics) - 1):
        _node(node[str(position)], templates, components, out)
        out.append(statics[position + 1])


def _rows(statics: list[str], entries: Diff, templates: Any, components: _Components, out: list[str]) -> None:
    """The entries of a comprehension, as `_interleaved` gives each. Most are all text, and joined at once: a tenth of the time."""
    size, count = len(statics) - 1, entries["kc"]
    if size >= 2 and len(entries) == count + 1 and next(reversed(entries)) == "kc":  # as they came: in their order
        values = map(itemgetter(*map(str, range(size))), islice(entries.values(), count))
        pieces = statics[:1] * (2 * size * count + 1)
        pieces[1::2] = chain.from_iterable(values)
        pieces[2::2] = [*statics[1:-1], statics[-1] + statics[0]] * count
        pieces[-1] = statics[-1]
        try:
            out.append("".join(pieces) if count else "")
        except TypeError:  # something in them is no text
            pass
        else:
            return
    for index in range(count):
        _interleaved(statics, entries[str(index)], templates, components, out)
