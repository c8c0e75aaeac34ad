"""Html written so that a person can read it, and a snapshot can be compared line by line.

Owns `pretty`. Law: what is written means the same as what was read.
"""

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.user.html.html_reader import ATTRIBUTE, VERBATIM, VOID, Tag, Text, read


def pretty(html: str, width: int | None = None) -> str:
    """Html for a snapshot: one element a line, indented, attributes as written; the same text always gives the same lines.

    A start tag that does not fit into the `width` has one attribute a line.

    >>> print(pretty('<ul><li class="a">one</li><li><b>two</b> three</li></ul>'))
    <ul>
      <li class="a">one</li>
      <li>
        <b>two</b>
        three
      </li>
    </ul>
    """
    return "\n".join(_lines(read(html), width))


def _lines(nodes: list[Tag | Text], width: int | None = None) -> list[str]:
    lines: list[str] = []
    open: list[tuple[Iterator[Tag | Text], str]] = [(iter(nodes), "")]
    while open:
        indent = "  " * (len(open) - 1)
        node = next(open[-1][0], None)
        if node is None:
            end = open.pop()[1]
            if end:
                lines.append(f"{indent[2:]}</{end}>")
        elif isinstance(node, Text):
            text = " ".join(node.written.split())
            if text:
                lines.append(indent + text)
        elif node.name in VOID:
            lines += _opened(node, indent, width)
        elif node.name in VERBATIM:
            # Moving this text would change it: it stays as it is, whatever the indentation.
            lines.append(f"{indent}{_start(node)}{_written(node.children)}</{node.name}>")
        elif all(isinstance(child, Text) for child in node.children):
            text = " ".join("".join(child.written for child in node.children if isinstance(child, Text)).split())
            lines += _opened(node, indent, width)
            lines[-1] += f"{text}</{node.name}>"
        else:
            lines += _opened(node, indent, width)
            open.append((iter(node.children), node.name))
    return lines


def _opened(node: Tag, indent: str, width: int | None) -> list[str]:
    """The start tag on one line, or with one attribute a line."""
    whole = indent + _start(node)
    if width is None or len(whole) <= width:
        return [whole]
    written = [each[0] for each in ATTRIBUTE.finditer(node.written[1 + len(node.name) : -1])]
    if len(written) < 2:
        return [whole]
    return [f"{indent}<{node.name}", *(f"{indent}  {each}" for each in written), f"{indent}>"]


def _start(node: Tag) -> str:
    """The start tag in one spelling: `<br/>` and `<br >` are both `<br>`; line breaks between attributes are one space."""
    inner = node.written.removeprefix("<").removesuffix(">")
    if inner.endswith("/") and not inner.endswith("=/"):
        inner = inner[:-1]
    return f"<{_joined(inner)}>"


def _joined(inner: str) -> str:
    """Whitespace between attributes as one space; inside quotes it stays."""
    parts: list[str] = []
    quote = ""
    space = False
    for character in inner:
        if quote:
            parts.append(character)
            if character == quote:
                quote = ""
        elif character.isspace():
            space = True
        else:
            if space:
                parts.append(" ")
                space = False
            if character in "\"'":
                quote = character
            parts.append(character)
    return "".join(parts)


def _written(nodes: list[Tag | Text]) -> str:
    parts: list[str] = []
    left: list[Tag | Text | str] = [*reversed(nodes)]
    while left:
        node = left.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Text):
            parts.append(node.written)
        else:
            parts.append(_start(node))
            if node.name not in VOID:
                left += [f"</{node.name}>", *reversed(node.children)]
    return "".join(parts)
