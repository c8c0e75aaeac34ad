"""What goes over the channel of one file.

Owns `FrameOfFile`, apart from all else that a browser knows of uploads: whoever delivers frames asks of each whether it is one.
"""

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen


@frozen(eq=False)
class FrameOfFile:
    """What goes over the channel of one file: a join with its token, a chunk of bytes, a leave."""

    upload: str
    entry: str
    data: Any

    @property
    def topic(self) -> str:
        """The channel."""
        return f"lvu:{self.entry}"
