"""Pages read back out of a timeline's nodes.

Owns `Pages`, the decoder. The viewer's script holds the same in JavaScript, rule for rule: who changes one changes the other. Law:
what comes out is the text of the page as it was at that step, to the byte.
"""  # looking 2.2

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, TypeAlias

from liveview_testing.browser.page.nested_views import filled
from liveview_testing.browser.page.tree.markup import ROOT_TAG

__all__ = ["Pages"]

Piece: TypeAlias = "str | tuple[int, str]"
"""Text, or the place of a component and the attributes that its surroundings put on its root."""


class Pages:
    """The page versions of a timeline's data."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        strings: Any = data["strings"]
        self._strings: list[str] = strings
        self._nodes: list[list[Any]] = data["nodes"]
        self._roots: dict[str, tuple[list[int], list[int]]] = {}
        self._components: dict[str, dict[int, tuple[list[int], list[int | None]]]] = {}
        self._views: dict[str, tuple[list[int], list[list[str]]]] = {}
        self._processes: Mapping[str, Mapping[str, Any]] = data["processes"]
        for step in data["steps"]:
            number = step["n"]
            for process, (root, components) in step.get("pages", {}).items():
                _put(self._roots.setdefault(process, ([], [])), number, root)
                known = self._components.setdefault(process, {})
                for cid, node in components.items():
                    _put(known.setdefault(int(cid), ([], [])), number, node)
            for process, children in step.get("views", {}).items():
                _put(self._views.setdefault(process, ([], [])), number, list(map(self._strings.__getitem__, children)))

    def html(self, process: str, step: int) -> str | None:
        """The page of a process after a step, with what the views in it show; None if it has none yet."""
        own = self.own_html(process, step)
        if own is None:
            return None
        inside: dict[str, str] = {}
        for child in _at(self._views.get(process), step) or ():
            shown = self.html(child, step)
            if shown is not None and child in self._processes:
                inside[self._strings[self._processes[child]["dom"]]] = shown
        return filled(own, inside) if inside else own

    def own_html(self, process: str, step: int) -> str | None:
        """The page of a process after a step, without what is nested in it."""
        root = _at(self._roots.get(process), step)
        if root is None:
            return None
        known = self._components.get(process, {})
        return self._spelled(self._pieces(root), known, step, ())

    def _pieces(self, node: int) -> list[Piece]:
        """The text below a node; what stands beside other text is joined to it."""
        strings, nodes = self._strings, self._nodes
        found: list[Piece] = []
        text: list[str] = []
        todo = [iter(nodes[node])]
        while todo:
            for part in todo[-1]:
                if isinstance(part, int):
                    if part >= 0:
                        text.append(strings[part])
                        continue
                    todo.append(iter(nodes[~part]))
                    break
                if text:
                    found.append("".join(text))
                    text.clear()
                attributes: int | None = part[1] if len(part) > 1 else None
                found.append((part[0], "" if attributes is None else strings[attributes]))
            else:
                todo.pop()
        if text:
            found.append("".join(text))
        return found

    def _spelled(self, pieces: list[Piece], components: Mapping[int, Any], step: int, within: tuple[int, ...]) -> str:
        out: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                out.append(piece)
                continue
            cid, attributes = piece
            root = _at(components.get(cid), step)
            if root is not None and cid not in within:
                marked = _marked(self._pieces(root), f' data-phx-component="{cid}"{attributes}')
                out.append(self._spelled(marked, components, step, (*within, cid)))
        return "".join(out)


def _marked(pieces: list[Piece], attributes: str) -> list[Piece]:
    """With attributes put on the first tag, after leading comments."""  # DF-34
    for at, piece in enumerate(pieces):
        if not isinstance(piece, str):
            return [*pieces[:at], (piece[0], piece[1] + attributes), *pieces[at + 1 :]]
        match = ROOT_TAG.match(piece)
        if match is not None:
            return [*pieces[:at], f"{piece[: match.end()]}{attributes}{piece[match.end() :]}", *pieces[at + 1 :]]
        if piece.strip():
            break
    return pieces


def _put(versions: tuple[list[int], list[Any]], step: int, value: object) -> None:
    versions[0].append(step)
    versions[1].append(value)


def _at(versions: tuple[list[int], list[Any]] | None, step: int) -> Any:
    """The last version up to a step."""
    if versions is None:
        return None
    at = bisect_right(versions[0], step)
    return versions[1][at - 1] if at else None
