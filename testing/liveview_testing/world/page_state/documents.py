"""The document around a page: what a root layout gives, and the title that the browser makes of it.

Owns `Document`: the page as it came over HTTP, taken apart around the view's container, so that it can be shown with what is in
the container now. Laws: the layout is rendered once, on the server; later only the title follows.
"""  # LC-39, DF-31

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.connection.addresses import joined
from liveview_testing.browser.page.page import Page
from liveview_testing.user.html.html_reader import Tag, Text, read

__all__ = ["Document", "document", "outliving", "shown", "title_in", "tracked"]


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


def title_in(around: Document | None, title: str | None) -> str | None:
    """What the browser shows as the title of a page, once the view has said this one."""
    return title if around is None or around.title is None else around.title.becomes(title)


@frozen
class Shown:
    """A view's container in a document: its tag and attributes, and all of it as it was served."""

    dom_id: str
    tag: str
    attributes: tuple[tuple[str, str], ...]
    opening: str
    served: str

    def around(self, inside: str) -> str:
        """The container with this in it."""
        return f"{self.opening}{inside}</{self.tag}>"


@frozen
class Document:
    """A page of a root layout: what stands before and after the view's container, that, and the title.

    `outside` are the containers of the sticky views that the layout shows; `ids` are the DOM ids that it has, those included.
    """

    before: str
    after: str
    container: Shown
    title: Title | None = None
    outside: tuple[Shown, ...] = ()
    ids: frozenset[str] = frozenset()

    def filled(self, inside: str, title: str | None, outside: Mapping[str, str]) -> str:
        """The whole document, with this in the container, and in those of the views outside, by their ids."""
        before, after = self.before, self.after
        if title is not None and self.title is not None:
            before = _TITLE.sub(lambda found: f"{found[1]}{escape(title, quote=False)}{found[3]}", before, count=1)
        for each in self.outside:
            if each.dom_id in outside:
                shown = each.around(outside[each.dom_id])
                if each.served in before:
                    before = before.replace(each.served, shown, 1)
                else:
                    after = after.replace(each.served, shown, 1)
        return f"{before}{self.container.around(inside)}{after}"

    def contained(self, tag: str, attributes: Mapping[str, object]) -> Document:
        """After live navigation: the container of the view that is there now, which keeps what the client knows it by."""
        # LC-23
        mine = self.container
        kept = [(name, value) for name, value in mine.attributes if name in _RETAINED]
        new = [(name, _spelled(value)) for name, value in attributes.items() if name.lower() not in _RETAINED]
        pairs = (*kept, *new)
        written = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in pairs)
        return evolve(self, container=evolve(mine, tag=tag, attributes=pairs, opening=f"<{tag}{written}>"))


_RETAINED = ("id", "data-phx-session", "data-phx-static", "data-phx-main", "data-phx-root-id")
_TITLE = late_pattern(r"(<title\b[^>]*>)(.*?)(</title>)", re.IGNORECASE | re.DOTALL)


def _spelled(value: object) -> str:
    """A value as `setAttribute` makes text of it."""
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)


def document(text: str, container: str, outside: Iterable[str] = ()) -> Document | None:
    """A document, taken apart around the container of the view as it was served; None if the layout does not show it.

    `outside` are the containers of other views, as they were served.
    """
    before, found, after = text.partition(container)
    if not found:
        return None
    main, others = _shown(container), tuple(map(_shown, outside))
    around = f"{before}{main.around('')}{after}"
    for each in others:
        around = around.replace(each.served, each.around(""), 1)
    nodes = read(around)
    return Document(before, after, main, _title(nodes), others, frozenset(_ids(nodes)))


def _shown(container: str) -> Shown:
    opening = container[: container.index(">") + 1]
    (node,) = read(f"{opening}{container[container.rindex('</') :]}")
    assert isinstance(node, Tag)
    return Shown(dict(node.attributes).get("id", ""), node.name, node.attributes, opening, container)


def _ids(nodes: list[Tag | Text]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Tag):
            yield from (value for name, value in node.attributes if name == "id" and value)
            yield from _ids(node.children)


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

_SCRIPT = late_pattern(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_ASSET = late_pattern(r"""(<(?!a\b)[a-z][^<>]*?\s(?:src|href)=["'])(/(?!/))""", re.IGNORECASE)


def shown(html: str, assets: str | None) -> str:
    """A document for a real browser: without scripts, and with what it loads taken from a folder."""
    html = _SCRIPT.sub("", html)
    return html if assets is None else _ASSET.sub(lambda found: f"{found[1]}{assets.rstrip('/')}/", html)


def tracked(text: str, url: str) -> tuple[str, ...]:
    """The static files that a page asks the server to watch, as a browser at *url* names them."""  # NV-32
    if "phx-track-static" not in text:  # nearly always
        return ()
    given = [dict(each.attributes) for each in _tags(read(text))]
    sources = [each.get("src") or each.get("href") for each in given if "phx-track-static" in each]
    return tuple(joined(url, source) for source in sources if source)


def _tags(nodes: list[Tag | Text]) -> Iterator[Tag]:
    for node in nodes:
        if isinstance(node, Tag):
            yield node
            yield from _tags(node.children)


def outliving(html: str | None) -> Page | None:
    """What is inside the container of a view in a page's first HTML, if something of it outlives the join: an ignored element."""
    # PA-12
    if html is None or "phx-update" not in html:  # nearly always
        return None
    inner = html[html.index(">") + 1 : html.rindex("</")]
    return Page.join({"s": [inner]}).page if "ignore" in inner else None
