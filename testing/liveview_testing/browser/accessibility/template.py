"""Templates of aria snapshots: the text that a test expects, read.

Owns the little of YAML that such a text is written in (sequences, maps, scalars, by lines and indentation) and the keys of its
lines: role, name, marks. What a template matches is said where the tree is (`snapshot`).

Law: what is read is what Playwright reads; what it would refuse is refused in its words. One thing more is refused: a property
that nobody compares.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import evolve

from liveview_core.errors import TooDeep
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility.snapshot import Mode, NodeTemplate, Template, TextValue
from liveview_testing.browser.accessibility.text import SPACES, TRIM, QueryError, as_script, js_number, norm

MODES: Mapping[object, Mode] = {"contain": "contain", "equal": "equal", "deep-equal": "deep-equal"}
PROPERTIES = ("url", "placeholder")


# --- reading ------------------------------------------------------------------------------------------------------------------


def parse(text: str) -> Template:
    """The template that a text is; `QueryError` says where it is none."""
    try:
        document = read(text)
        if not isinstance(document, list):
            raise refused('Aria snapshot must be a YAML sequence, elements starting with " -"', text)
        fragment = _sequence(NodeTemplate("fragment"), document)
    except RecursionError:
        raise TooDeep("the template of an aria snapshot") from None
    if len(fragment.children) == 1 and fragment.mode in (None, "contain"):
        return fragment.children[0]
    return fragment


def refused(what: str, got: str) -> QueryError:
    """The error for a text that is no template."""
    return QueryError(
        what,
        expected='lines like - button "Save" [disabled]',
        got=got,
        cure="take what aria_snapshot() prints and leave out what does not matter",
    )


def _sequence(node: NodeTemplate, items: Sequence[Yaml]) -> NodeTemplate:
    for item in items:
        if isinstance(item, Plain) and isinstance(item.value(), str):
            node = _with_child(node, Key(item.text).parse())
        elif isinstance(item, Entries):
            for key, value in item.pairs:
                node = _entry(node, key, value)
        else:
            raise refused("Sequence items should be strings or maps", _shown(item))
    return node


def _entry(node: NodeTemplate, key: Plain, value: Yaml) -> NodeTemplate:
    if not isinstance(key.value(), str):
        raise refused("Only string keys are supported", key.text)
    name = key.text
    said = value.value() if isinstance(value, Plain) else None
    if name == "text":
        if not isinstance(said, str):
            raise refused("Text value should be a string", _shown(value))
        return _with_child(node, TextValue.of(said))
    if name == "/children":
        if said not in MODES:
            raise refused('Strict value should be "contain", "equal" or "deep-equal"', _shown(value))
        return evolve(node, mode=MODES[said])
    if name.startswith("/"):
        if not isinstance(said, str):
            raise refused("Property value should be a string", _shown(value))
        if name[1:] not in PROPERTIES:
            raise refused(f"{name} is no property of a node: /url and /placeholder are", name)
        return evolve(node, props={**node.props, name[1:]: TextValue.of(said)})
    child = Key(name).parse()
    if isinstance(value, Plain):
        if said is None:
            raise refused("Node value should be a string or a sequence", value.text)
        return _with_child(node, evolve(child, children=(TextValue.of(value.as_text()),)))
    if isinstance(value, list):
        return _with_child(node, _sequence(child, value))
    raise refused("Map values should be strings or sequences", _shown(value))


def _with_child(node: NodeTemplate, child: Template) -> NodeTemplate:
    return evolve(node, children=(*node.children, child))


def _shown(value: Yaml) -> str:
    return value.text if isinstance(value, Plain) else "a sequence" if isinstance(value, list) else "a map"


_TRUTH = {"true": True, "false": False}
_MARKS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "checked": ({**_TRUTH, "mixed": "mixed"}, 'a boolean or "mixed"'),
    "disabled": (_TRUTH, "a boolean"),
    "expanded": (_TRUTH, "a boolean"),
    "active": (_TRUTH, "a boolean"),
    "invalid": ({**_TRUTH, "grammar": "grammar", "spelling": "spelling"}, 'a boolean, "grammar" or "spelling"'),
    "pressed": ({**_TRUTH, "mixed": "mixed"}, 'a boolean or "mixed"'),
    "selected": (_TRUTH, "a boolean"),
}


class Key:
    """The reader of one line's key: a role, a name, marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def parse(self) -> NodeTemplate:
        """The node that the key describes."""
        self._skip()
        role = self._word("role")
        self._skip()
        name = self._name()
        marks: dict[str, object] = {}
        while True:
            self._skip()
            if not self._eat("["):
                break
            self._mark(marks)
        if self.at < len(self.text):
            raise self._wrong("Unexpected input")
        marks.pop("active", None)  # who has the focus is read, and compared by nobody
        return NodeTemplate(role, name, marks)

    def _mark(self, marks: dict[str, object]) -> None:
        self._skip()
        start = self.at
        mark = self._word("attribute")
        self._skip()
        value = ""
        if self._eat("="):
            self._skip()
            start = self.at
            while self.at < len(self.text) and self.text[self.at] != "]" and not SPACES.match(self.text, self.at):
                value += self.text[self.at]
                self.at += 1
        self._skip()
        if not self._eat("]"):
            raise self._wrong("Expected ]")
        value = value or "true"
        if mark == "level":
            number = js_number(value)
            if number is None:
                raise self._wrong('Value of "level" attribute must be a number', start)
            marks["level"] = number
            return
        if mark not in _MARKS:
            raise self._wrong(f"Unsupported attribute [{mark}]", start)
        known, kinds = _MARKS[mark]
        if value not in known:
            raise self._wrong(f'Value of "{mark}" attribute must be {kinds}', start)
        marks[mark] = known[value]

    def _name(self) -> str | re.Pattern[str]:
        if self._eat('"'):
            return norm(self._until('"', keeps_escapes=False, what="string"))
        if self._eat("/"):
            source = self._until("/", keeps_escapes=True, what="regex")
            try:
                return as_script(re.compile(source))
            except (re.error, OverflowError) as error:
                raise refused(f"Invalid regular expression: {error}", self.text) from None
        return ""

    def _until(self, end: str, *, keeps_escapes: bool, what: str) -> str:
        out: list[str] = []
        in_class = False
        while self.at < len(self.text):
            character = self.text[self.at]
            self.at += 1
            if character == "\\" and self.at < len(self.text):
                out.append(("\\" if keeps_escapes else "") + self.text[self.at])
                self.at += 1
            elif character == end and not in_class:
                return "".join(out)
            else:
                if keeps_escapes and character in "[]":
                    in_class = character == "["
                out.append(character)
        raise self._wrong(f"Unterminated {what}")

    def _word(self, what: str) -> str:
        if self.at >= len(self.text):
            raise self._wrong(f"Unexpected end of input when expecting {what}")
        start = self.at
        while self.at < len(self.text) and self.text[self.at].isascii() and self.text[self.at].isalpha():
            self.at += 1
        return self.text[start : self.at]

    def _eat(self, character: str) -> bool:
        found = self.text.startswith(character, self.at)
        self.at += found
        return found

    def _skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in TRIM:
            self.at += 1

    def _wrong(self, message: str, at: int = 0) -> QueryError:
        return refused(f"{message}:\n\n{self.text}\n{' ' * (at or self.at)}^\n", self.text)


# --- YAML ---------------------------------------------------------------------------------------------------------------------

_NULLS = ("", "~", "null", "Null", "NULL")
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBERS = late_pattern(
    r"[-+]?(?:\d+|\.\d+|\d+\.\d*)(?:[eE][-+]?\d+)?|0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_ESCAPES = {
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "0": "\0",
    "a": "\a",
    "v": "\v",
    "e": "\x1b",
    "_": "\u00a0",
}
_ESCAPE = late_pattern(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))")
_QUOTED = late_pattern(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
_KEY_ENDS = late_pattern(r":(?=\s|\Z)")


@frozen
class Plain:
    """A scalar: its text, and whether it was quoted, so that it can be nothing but a text."""

    text: str
    quoted: bool = False

    def value(self) -> str | float | bool | None:
        """What the text stands for."""
        if self.quoted:
            return self.text
        if self.text in _NULLS:
            return None
        if self.text in _BOOLS:
            return _BOOLS[self.text]
        return 0.0 if _NUMBERS.fullmatch(self.text) else self.text

    def as_text(self) -> str:
        """The text of a number or a truth value as JavaScript writes it."""
        if self.quoted or not _NUMBERS.fullmatch(self.text):
            return self.text.lower() if not self.quoted and self.text in _BOOLS else self.text
        number = js_number(self.text.replace("0o", "0o"))
        if number is None or not number.is_integer() or abs(number) >= 1e21:
            return self.text if number is None else repr(number)
        return str(int(number))


@frozen
class Entries:
    """A map, its entries in order."""

    pairs: tuple[tuple[Plain, Yaml], ...]


Yaml: TypeAlias = "Plain | Entries | list[Yaml]"


def read(text: str) -> Yaml:
    """A text as YAML."""
    lines = _Lines(text)
    if not lines.rest:
        return Plain("")
    found = lines.block(-1)
    if lines.rest:
        raise refused("Unexpected indentation", lines.rest[-1][1])
    return found


class _Lines:
    """The lines of a text that are left, the next one last: (indentation, content)."""

    def __init__(self, text: str) -> None:
        self.rest: list[tuple[int, str]] = []
        for line in reversed(text.expandtabs(2).split("\n")):
            content = line.strip(" \r")
            if content and not content.startswith("#"):
                self.rest.append((len(line) - len(line.lstrip(" ")), content))

    def block(self, above: int) -> Yaml:
        """What begins at the next line, deeper than `above`."""
        indent, content = self.rest[-1]
        if content == "-" or content.startswith("- "):
            return self.sequence(indent)
        return self.entries(indent) if _split(content) is not None else self.scalar(above)

    def sequence(self, indent: int) -> list[Yaml]:
        items: list[Yaml] = []
        while self.rest and self.rest[-1][0] == indent and (self.rest[-1][1] + " ").startswith("- "):
            content = self.rest.pop()[1]
            inside = content[1:].lstrip(" ")
            if inside and not inside.startswith("#"):
                self.rest.append((indent + len(content) - len(inside), inside))
                items.append(self.block(indent))
            else:
                items.append(self.below(indent))
        return items

    def entries(self, indent: int) -> Entries:
        pairs: list[tuple[Plain, Yaml]] = []
        while self.rest and self.rest[-1][0] == indent:
            split = _split(self.rest[-1][1])
            if split is None:
                raise refused(
                    "Implicit keys need to be on a single line, and to be followed by a colon", self.rest[-1][1]
                )
            self.rest.pop()
            key, value = split
            if any(key.text == known.text for known, _ in pairs):
                raise refused("Map keys must be unique", key.text)
            if value and not value.startswith("#"):
                if _split(value) is not None and not _QUOTED.fullmatch(value):
                    raise refused("Nested mappings are not allowed in compact mappings", value)
                self.rest.append((indent, value))
                pairs.append((key, self.scalar(indent)))
            elif self.rest and self.rest[-1][0] == indent and (self.rest[-1][1] + " ").startswith("- "):
                pairs.append((key, self.sequence(indent)))
            else:
                pairs.append((key, self.below(indent)))
        return Entries(tuple(pairs))

    def below(self, indent: int) -> Yaml:
        """The block that is deeper than a line; nothing, if there is none."""
        return self.block(indent) if self.rest and self.rest[-1][0] > indent else Plain("")

    def scalar(self, above: int) -> Plain:
        """The scalar that begins at the next line and goes on as long as lines are deeper than `above`."""
        content = self.rest.pop()[1]
        if content[0] in "|>":
            between = "\n" if content[0] == "|" else " "
            return Plain(between.join(self.deeper(above)) + ("" if "-" in content[1:2] else "\n"), True)
        if content[0] in "\"'":
            while (match := _QUOTED.match(content)) is None and self.rest and self.rest[-1][0] > above:
                content += " " + self.rest.pop()[1]
            if match is None:
                raise refused(f"Missing closing {content[0]}quote", content)
            after = content[match.end() :].strip()
            if after and not after.startswith("#"):
                raise refused("Unexpected scalar at node end", content)
            return _unquoted(match[0])
        if content[0] in "[]{},&*!%@`":
            raise refused(f"A plain value cannot start with {content[0]}: put it in quotes", content)
        return Plain(" ".join((_uncommented(content), *map(_uncommented, self.deeper(above)))))

    def deeper(self, above: int) -> list[str]:
        found: list[str] = []
        while self.rest and self.rest[-1][0] > above:
            found.append(self.rest.pop()[1])
        return found


def _split(content: str) -> tuple[Plain, str] | None:
    """The key and what is after its colon, if a line is an entry of a map."""
    quoted = _QUOTED.match(content)
    if quoted is not None:
        after = content[quoted.end() :].lstrip(" ")
        return (_unquoted(quoted[0]), after[1:].strip()) if _KEY_ENDS.match(after) else None
    if content[0] in "\"'|>":
        return None
    match = _KEY_ENDS.search(_uncommented(content))
    return None if match is None else (Plain(content[: match.start()].rstrip()), content[match.end() :].strip())


def _uncommented(content: str) -> str:
    return re.split(r"\s#", content, maxsplit=1)[0].rstrip()


def _unquoted(text: str) -> Plain:
    inside = text[1:-1]
    return Plain(inside.replace("''", "'") if text[0] == "'" else _ESCAPE.sub(_unescaped, inside), True)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _ESCAPES.get(match[4], match[4])
    return chr(int(code, 16)) if int(code, 16) < 0x110000 else match[0]
