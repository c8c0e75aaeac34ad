"""The document around a page: what a root layout gives, and the title that the browser makes of it.

Owns `Document`: the page as it came over HTTP, taken apart around the view's container, so that it can be shown with what is in
the container now. Laws: the layout is rendered once, on the server; later only the title follows.
"""  # LC-39, DF-31

from __future__ import annotations

import re
from html import escape

from attrs import frozen

from liveview_testing.html import Tag, Text, read

__all__ = ["Document", "document", "shown"]


@frozen
class Title:
    """The `<title>` of a head: its text as it was served, and what the client puts around titles that are sent later."""

    text: str
    prefix: str = ""
    suffix: str = ""
    default: str | None = None

    def becomes(self, title: object) -> str:
        """What the browser shows once this title was sent."""  # DF-31
        blank = not isinstance(title, str) or not title.strip()
        if blank and self.default is None:
            return self.text
        return f"{self.prefix}{self.default if blank else title}{self.suffix}"


@frozen
class Document:
    """A page of a root layout: what stands before and after the inside of the view's container, and its title."""

    before: str
    after: str
    title: Title | None = None

    def filled(self, inside: str, title: str | None) -> str:
        """The whole document, with this in the container."""
        before = self.before
        if title is not None and self.title is not None:
            before = _TITLE.sub(lambda found: f"{found[1]}{escape(title, quote=False)}{found[3]}", before, count=1)
        return f"{before}{inside}{self.after}"


_TITLE = re.compile(r"(<title\b[^>]*>)(.*?)(</title>)", re.IGNORECASE | re.DOTALL)


def document(text: str, container: str) -> Document:
    """A document, taken apart around the container of the view as it was served."""
    before, found, after = text.partition(container)
    opening = container[: container.index(">") + 1]
    closing = container[container.rindex("</") :]
    return Document(before + opening, closing + after, _title(read(before))) if found else Document(text, "")


def _title(nodes: list[Tag | Text]) -> Title | None:
    """The title in the head; others (of a picture, say) are none."""
    for head in _named(nodes, "head"):
        for title in _named(head.children, "title"):
            data = dict(title.attributes)
            text = "".join(each.plain for each in title.children if isinstance(each, Text))
            return Title(text, data.get("data-prefix", ""), data.get("data-suffix", ""), data.get("data-default"))
    return None


def _named(nodes: list[Tag | Text], name: str) -> list[Tag]:
    found: list[Tag] = []
    for node in nodes:
        if isinstance(node, Tag):
            found.extend([node] if node.name == name else _named(node.children, name))
    return found


# --- for people -------------------------------------------------------------------------------------------------------

_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_ASSET = re.compile(r"""(<(?!a\b)[a-z][^<>]*?\s(?:src|href)=["'])(/(?!/))""", re.IGNORECASE)


def shown(html: str, assets: str | None) -> str:
    """A document for a real browser: without scripts, and with what it loads taken from a folder."""
    html = _SCRIPT.sub("", html)
    return html if assets is None else _ASSET.sub(lambda found: f"{found[1]}{assets.rstrip('/')}/", html)
