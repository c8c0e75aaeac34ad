"""Where something stands in the text of a template: a line and a column, and nothing of files.

Law: 1-based, and columns count characters; who wants the place in a file asks `Source.where`.
"""

from __future__ import annotations

from liveview_core.values.declaring import frozen

__all__ = ["Location"]


@frozen(order=True)
class Location:
    """A place in a template: 1-based line and column; columns count characters."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"
