"""What is accidental in a recorded message, named: the only differences between two wires that do not count.

Law: `named(message)` changes nothing but (1) the values of session tokens and of generated ids and references, which become
their recorded names in the order in which they appear, and (2) the order of keys in the JSON of a JS command and of
attributes in a spread (Elixir prints maps in term order, Python in the order they were written).
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

_TOKEN = re.compile(r'(data-phx-session|data-phx-static|data-csrf)="[^"]+"')
_UPLOAD = re.compile(r'data-phx-upload-ref=\\?"([^"\\]+)')
_CSRF = re.compile(r'="csrf-[^"]*"')
_COMMANDS = re.compile(r"\[\[&quot;.*?\]\](?=\"|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r' ([^\s"=<>/]+)(?:="([^"]*)")?')


class Names:
    """Reads our messages in the recorded names; one for a whole trace, because a name stands for one value throughout."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        self.known = dict(known or {})

    def name(self, value: str, as_: str) -> None:
        """From here on, *value* is called what the trace calls it."""
        self.known[value] = as_

    def learn(self, recorded: str, ours: str) -> None:
        """The references of uploads, which upstream draws at random, by the place where they stand."""
        for name, value in zip(_UPLOAD.findall(recorded), _UPLOAD.findall(ours), strict=False):
            self.known[value] = name

    def ours(self, value: Any) -> Any:
        """What the recorded client says, with our references for the recorded names."""
        match value:
            case str():
                return next((mine for mine, name in self.known.items() if name == value), value)
            case dict():
                return {k: self.ours(v) for k, v in value.items()}
            case list():
                return [self.ours(v) for v in value]
            case _:
                return value

    def text(self, text: str) -> str:
        for value, name in sorted(self.known.items(), key=lambda pair: -len(pair[0])):
            if value in text:
                text = text.replace(value, name)
        if "csrf-" in text:
            text = _CSRF.sub('="TOKEN"', text)
        return canonical(text)

    def message(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.text(k): self.message(v) for k, v in value.items()}
            case list():
                return [self.message(v) for v in value]
            case _:
                return value


def canonical(text: str) -> str:
    """A text without its accidental order, and with tokens by name."""
    if "[[&quot;" in text:
        text = _COMMANDS.sub(_sorted_commands, text)
    if "data-" in text:
        text = _TOKEN.sub(r'\1="TOKEN"', text)
    if text.startswith(" ") and text.count(" ") > 1:
        text = _sorted_attributes(text)
    return text


def _sorted_commands(match: re.Match[str]) -> str:
    ops = json.loads(html.unescape(match[0]))
    return html.escape(json.dumps(ops, sort_keys=True, separators=(",", ":"), ensure_ascii=False)).replace(
        "&#x27;", "&#39;"
    )


def _sorted_attributes(text: str) -> str:
    at, found = 0, list[str]()
    for match in _ATTRIBUTE.finditer(text):
        if match.start() != at:
            return text
        found.append(match[0])
        at = match.end()
    return "".join(sorted(found)) if at == len(text) else text


_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)((?: [^\s\"'=<>/]+(?:=\"[^\"]*\"|='[^']*')?)+)")


def same_order(text: str) -> str:
    """A page's text with the attributes of each tag sorted: a spread's are written into the tag in their own order."""
    return _TAG.sub(lambda tag: f"<{tag[1]}{''.join(sorted(_IN_TAG.findall(tag[2])))}", text)


_IN_TAG = re.compile(r" [^\s\"'=<>/]+(?:=\"[^\"]*\"|='[^']*')?")


def canonical_message(value: Any) -> Any:
    """A recorded message without its accidental order."""
    return Names().message(value)
