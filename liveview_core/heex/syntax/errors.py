"""What can be wrong with a template, as errors.

Law: the text says what happened, where (file, line, column of the file), the cure, and ends with the lines around the
place and a caret under it. Fields first: a tool needs no regular expression.
"""

from __future__ import annotations

from liveview_core.errors import LiveViewError

__all__ = ["TemplateError", "TemplateSyntaxError"]


class TemplateError(LiveViewError):
    """A mistake in a template, at a known place.

    happened  what is wrong, in one sentence.
    cure      what to write instead; None if nothing general can be said.
    file, line, column   the place in the file. Where the template's text cannot be found in the file (escapes, a
              computed text, no source) `exact` is False, and `line` is the best that is known.
    template_line, template_column   the place in the template's own text.
    snippet   up to four lines, and a caret.
    """

    def __init__(
        self,
        happened: str,
        *,
        cure: str | None = None,
        nearest: tuple[str, ...] = (),
        file: str = "template",
        line: int = 1,
        column: int = 1,
        exact: bool = True,
        template_line: int = 1,
        template_column: int = 1,
        snippet: str = "",
    ) -> None:
        super().__init__(happened, cure=cure, nearest=nearest)
        self.file = file
        self.line = line
        self.column = column
        self.exact = exact
        self.template_line = template_line
        self.template_column = template_column
        self.snippet = snippet

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        if not self.exact:
            place += f" (line {self.template_line}, column {self.template_column} of the template)"
        text = f"{place}: {super().__str__()}"
        return f"{text}\n{self.snippet}" if self.snippet else text


class TemplateSyntaxError(TemplateError, ValueError):
    """The template is not HEEx, or an expression in it is not Python."""  # N1
