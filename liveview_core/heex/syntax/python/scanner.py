"""Reads the characters of a Python expression: where its strings end, its brackets, its assigns.

Law: one pass, linear time, one rule for Python 3.11 to 3.13. It is our own and not `tokenize`, because up to 3.11 an
f-string is one token. It knows just enough of Python to say where an `@` is the assign sigil and where it is text; what
the rest means is left to `ast.parse`. `scan` returns a text of the same length, in which every sigil is `tree.MARK`, so
that columns stay.

F-strings follow the oldest rule that we support: no backslash, no comment and none of the enclosing quotes inside the
braces of an f-string. What 3.11 refuses is refused everywhere, with a cure; a template does not depend on who runs it.
"""  # N1.2, N1.5

from __future__ import annotations

import re
from collections.abc import Sequence

from liveview_core.heex.syntax.tree import MARK
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

__all__ = ["Scan", "ScanError", "scan"]


class ScanError(Exception):
    """A mistake at a character of the scanned text."""

    def __init__(self, happened: str, index: int, cure: str | None = None) -> None:
        super().__init__(happened)
        self.happened = happened
        self.index = index
        self.cure = cure


@frozen
class Scan:
    """What the scanner saw.

    marked   the text with every assign sigil replaced by `MARK`.
    first    the index of the first token, None if there is none (blank, or comments only).
    last     the index just after the last token.
    words    the words outside all brackets and strings, with their indices.
    equals   the index of the first `=` outside all brackets, or None.
    fields   (start, end) of the expressions of all outermost f-strings: their columns come from here.
    """  # N1.5, N1.4

    marked: str
    first: int | None
    last: int
    words: tuple[tuple[str, int], ...]
    equals: int | None
    fields: tuple[tuple[int, int], ...]

    def find(self, word: str) -> int | None:
        """The index of the first `word` outside all brackets."""
        return next((index for found, index in self.words if found == word), None)


_SKIP = late_pattern(r"[ \t\f\r\n]+|#[^\n]*")
_WORD = late_pattern(r"[^\W\d]\w*")
_NUMBER = late_pattern(r"\.?\d[\w.]*")
_PREFIXES = frozenset({"r", "u", "b", "f", "br", "rb", "fr", "rf"})
_BODY = {  # what stands between the quotes of an ordinary string, and its closing quote
    '"': late_pattern(r'[^"\\\n]*(?:\\.[^"\\\n]*)*"', re.DOTALL),
    "'": late_pattern(r"[^'\\\n]*(?:\\.[^'\\\n]*)*'", re.DOTALL),
    '"""': late_pattern(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
    "'''": late_pattern(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
}
_PLAIN = late_pattern(r"[^{}\\\"'\n]+")  # characters of an f-string that mean themselves
# Braces are only counted (TG-4): the most likely reason why a string has no end (N1.1).
_BRACE = 'close it; if it holds a `}`, that ended the expression: write `&rbrace;`, or `<%= "}" %>` for the whole'
_CLOSES = {")": "(", "]": "[", "}": "{"}
# The keywords after which an operand follows; after all other words, an operator does.
_OPERATORS = frozenset(
    ["and", "or", "not", "in", "is", "if", "else", "for", "lambda", "await", "async", "yield", "from", "return"]
)
_OPERATION = late_pattern(r"\.\.\.|:=|->|\*\*=?|//=?|<<=?|>>=?|[-+*/%&|^<>=!]=?|.", re.DOTALL)


def scan(text: str) -> Scan:
    """Scan one expression (or pattern, or list of generators).

    >>> scan('@a + "a@b"').marked == MARK + 'a + "a@b"'
    True
    """
    reserved = text.find(MARK)
    if reserved >= 0:
        raise ScanError(
            f"the character {MARK} (U+{ord(MARK):04X}) is reserved", reserved, f'write "\\u{ord(MARK):04x}" in a string'
        )
    return _Scanner(text).run()


class _Scanner:
    """The state of one scan. Positions are indices of `text`; `marks` are the indices of the sigils."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[int] = []
        self.words: list[tuple[str, int]] = []
        self.fields: list[tuple[int, int]] = []
        self.equals: int | None = None
        self.first: int | None = None
        self.last = 0

    def run(self) -> Scan:
        self.code(0, ())
        marked = list(self.text)
        for index in self.marks:
            marked[index] = MARK
        return Scan("".join(marked), self.first, self.last, tuple(self.words), self.equals, tuple(self.fields))

    def code(self, index: int, quotes: Sequence[str]) -> int:
        """Scan code from `index`: to the end, or inside an f-string (`quotes` around it) to the end of the field."""
        text, end = self.text, len(self.text)
        brackets: list[tuple[str, int]] = []
        value = dot = False  # the token before is the end of an operand; is a `.`
        start = index
        while index < end:
            char = text[index]
            skip = _SKIP.match(text, index)
            if skip:
                if quotes and char == "#":
                    raise ScanError(
                        "a comment inside the braces of an f-string",
                        index,
                        "Python 3.11 does not know them; leave it out",
                    )
                if quotes and "\n" in skip[0]:
                    self.refuse_in_field(index + skip[0].index("\n"), quotes)
                index = skip.end()
                continue
            if quotes:
                self.refuse_in_field(index, quotes)
                if not brackets and (char in "}:" or (char == "!" and text[index : index + 2] != "!=")):
                    return index
            elif self.first is None:
                self.first = index
            outside = not quotes and not brackets
            was_value, was_dot = value, dot
            dot = False
            word = _WORD.match(text, index)
            if word:
                name, index = word[0], word.end()
                if name.lower() in _PREFIXES and text[index : index + 1] in ('"', "'"):
                    index, value = self.string(index, name.lower(), quotes), True
                else:
                    if outside:
                        self.words.append((name, word.start()))
                    value = was_dot or name not in _OPERATORS
            elif char in "\"'":
                index, value = self.string(index, "", quotes), True
            elif char == "@":
                index, value = self.sigil(index, was_value, was_dot, start), True
            elif char.isdigit() or (char == "." and not was_value and text[index + 1 : index + 2].isdigit()):
                number = _NUMBER.match(text, index)
                index, value = (number.end() if number else index + 1), True
            elif char in "([{":
                brackets.append((char, index))
                index, value = index + 1, False
            elif char in ")]}":
                self.close(brackets, index)
                index, value = index + 1, True
            else:
                index, value, dot = self.operation(index, outside)
            self.last = index
        if brackets:
            bracket, at = brackets[-1]
            raise ScanError(f"`{bracket}` is never closed", at)
        return index

    def refuse_in_field(self, index: int, quotes: Sequence[str]) -> None:
        if self.text[index] == "\\":
            raise ScanError(
                "a backslash inside the braces of an f-string", index, "Python 3.11 does not know it; compute it before"
            )
        if self.text[index] == "\n" and any(len(quote) == 1 for quote in quotes):
            raise ScanError("a newline inside the braces of an f-string", index, 'use f"""…"""')
        for quote in quotes:
            if self.text.startswith(quote, index):
                raise ScanError(
                    f"the quote {quote} of an f-string inside its own braces",
                    index,
                    f"close the braces, or use {_other(quote)} inside (Python 3.11 ends the f-string here)",
                )

    def close(self, brackets: list[tuple[str, int]], index: int) -> None:
        char = self.text[index]
        if not brackets:
            raise ScanError(f"`{char}` closes nothing", index)
        opening, _ = brackets.pop()
        if _CLOSES[char] != opening:
            raise ScanError(f"`{char}` does not close `{opening}`", index)

    def operation(self, index: int, outside: bool) -> tuple[int, bool, bool]:
        """An operator: (index after it, whether an operand ends with it, whether it is a dot)."""
        match = _OPERATION.match(self.text, index)
        sign = match[0] if match else self.text[index]
        if sign == "=" and outside and self.equals is None:
            self.equals = index
        return index + len(sign), sign == "...", sign == "."

    def sigil(self, index: int, value: bool, dot: bool, start: int) -> int:
        """An `@` outside strings: always an assign."""  # N1.3
        text = self.text
        name = _WORD.match(text, index + 1)
        before = text[index - 1] if index > start else ""
        if dot:
            cure = f'getattr(…, "{name[0]}")' if name else None
            raise ScanError("an assign cannot follow a dot", index, cure)
        if value:
            raise ScanError(
                "an operator is missing before `@` (`@` is an assign; matrix multiplication is not available)",
                index,
                "operator.matmul(a, b), computed before the template" if name is None else None,
            )
        if before.isidentifier() or before.isdigit():
            raise ScanError("`@` is glued to the word before it", index, "put a space before `@`")
        if name is None:
            raise ScanError("`@` must be followed at once by the name of an assign", index, "write `@name`")
        self.marks.append(index)
        return name.end()

    # -- strings

    def string(self, index: int, prefix: str, quotes: Sequence[str]) -> int:
        """A string whose quote is at `index`; returns the index after it."""
        if quotes:
            self.refuse_in_field(index, quotes)
        text = self.text
        quote = text[index] * 3 if text.startswith(text[index] * 3, index) else text[index]
        if "f" in prefix:
            return self.f_string(index, quote, "r" in prefix, quotes)
        match = _BODY[quote].match(text, index + len(quote))
        if match is None:
            raise ScanError(f"the string is never closed: {quote} is missing", index, _BRACE)
        if quotes:
            for inner in range(index + len(quote), match.end()):
                self.refuse_in_field(inner, quotes)
        return match.end()

    def f_string(self, begin: int, quote: str, raw: bool, quotes: Sequence[str]) -> int:
        text, index, around = self.text, begin + len(quote), (*quotes, quote)
        while index < len(text):
            plain = _PLAIN.match(text, index)
            if plain:
                index = plain.end()
                continue
            if text.startswith(quote, index):
                return index + len(quote)
            if quotes:
                self.refuse_in_field(index, quotes)
            char = text[index]
            if char == "\n" and len(quote) == 1:
                break
            if char == "\\":
                index = self.escape(index, raw)
            elif text.startswith("{{", index) or text.startswith("}}", index):
                index += 2
            elif char == "{":
                index = self.replacement(index, around, outermost=not quotes)
            else:
                index += 1
        raise ScanError(f"the f-string is never closed: {quote} is missing", begin, _BRACE)

    def escape(self, index: int, raw: bool) -> int:
        text = self.text
        if not raw and text.startswith("\\N{", index):
            close = text.find("}", index)
            return len(text) if close < 0 else close + 1
        # `\{` is a backslash and then a field; any other escaped character, a quote too, is text.
        return index + (1 if text[index + 1 : index + 2] in ("{", "}") else 2)

    def replacement(self, begin: int, quotes: Sequence[str], *, outermost: bool = False) -> int:
        """`{expression!conversion:format}` from its `{`; returns the index after its `}`."""
        text = self.text
        index = self.code(begin + 1, quotes)
        if outermost:
            self.fields.append((begin + 1, index))
        if text.startswith("!", index):
            word = _WORD.match(text, index + 1)
            index = word.end() if word else index + 1
            while index < len(text) and text[index] in " \t":
                index += 1
        if text.startswith(":", index):
            index = self.format_spec(index + 1, quotes)
        if not text.startswith("}", index):
            raise ScanError("a field of an f-string is never closed: } is missing", begin)
        return index + 1

    def format_spec(self, index: int, quotes: Sequence[str]) -> int:
        """A format specification: text, but for its own fields; ends before `}`."""
        text = self.text
        while index < len(text) and text[index] != "}":
            self.refuse_in_field(index, quotes)
            index = self.replacement(index, quotes) if text[index] == "{" else index + 1
        return index


def _other(quote: str) -> str:
    return quote.replace('"', "'") if '"' in quote else quote.replace("'", '"')
