"""Media types of file extensions, from a table of our own: what a machine has installed must not decide what is accepted."""

from __future__ import annotations

import mimetypes

__all__ = ["ACCEPTED_GROUPS", "media_type_of"]

ACCEPTED_GROUPS = ("audio/*", "image/*", "video/*")

_KNOWN = {
    **mimetypes.MimeTypes(filenames=()).types_map[True],  # the interpreter's built-in table, without the system's files
    ".avif": "image/avif",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".heic": "image/heic",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
}


def media_type_of(extension: str) -> str | None:
    """The media type of an extension like ".png", in lower case; None where it is not known (UP-3).

    >>> media_type_of(".png"), media_type_of(".PNG"), media_type_of(".nope")
    ('image/png', None, None)
    """
    return _KNOWN.get(extension)
