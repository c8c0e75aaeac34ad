"""What a browser knows of uploads: files by their refs, entries under way, and who waits for them.

Owns `Uploads`. A file is any value with `size`, `content`, `name` and `told(ref, now)`, and is the same file as long as it is the
same object, as in a browser. Law: everything here is immutable; what waits is told by a value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from attrs import field
from immutables import Map

from liveview_core.values.declaring import frozen

Channel: TypeAlias = 'Literal["none", "joining", "joined", "closed"]'

Waits: TypeAlias = "Callable[..., None]"
"""A frozen value that is called with the open reaction (`Then`)."""


@frozen
class FileState:
    """What the page's script has put onto a file: its ref, and whether the server is being asked for it."""

    ref: str
    at: int
    """When it was first used, in microseconds: its modification time, if it says none itself."""
    asked: bool = False


@frozen(eq=False)
class Entry:
    """A file that the server was asked for: which input it is for, and how far it is."""

    file: Any
    ref: str
    input: int
    uploader: int
    auto: bool
    meta: Any = None
    cancelled: bool = False
    done: bool = False
    listens: bool = True
    """Whether it hears of updates of its input."""
    watched: bool = False
    """Whether its uploader waits for it."""
    told: int = -1
    """The progress that the server was told last."""

    # the file's own channel
    channel: Channel = "none"
    upload: str = ""
    """The ref of the upload, as the channel was opened for it."""
    offset: int = 0
    chunk_size: int = 0
    chunk_timeout: int = 0
    """How long the answer to a chunk is waited for, in milliseconds; 0: for ever."""
    errored: bool = False
    timer: int | None = None

    # an uploader of the app
    external: str | None = None
    state: Any = None
    on_cancel: Waits | None = None


@frozen(eq=False)
class Uploader:
    """The files of one input that the server was asked for at once."""

    batch: int
    view: str
    input: int
    form: int
    ref: int
    """The ref of the elements that wait for it."""
    event: str | None
    auto: bool
    entries: tuple[int, ...] = ()
    running: int = 0
    """How many of its entries are not done."""


@frozen(eq=False)
class Batch:
    """What waits until all inputs of a form are done, and how many are not."""

    inputs: int
    then: Waits


_NO_FILES: Map[Any, FileState] = Map()
_NO_ENTRIES: Map[int, Entry] = Map()
_NO_UPLOADERS: Map[int, Uploader] = Map()
_NO_BATCHES: Map[int, Batch] = Map()
_NO_VIEWS: Map[int, str] = Map()


@frozen(eq=False)
class Uploads:
    """All of it, of one page."""

    counted: int = 0
    """How many files have a ref: the next one's is this."""
    files: Map[Any, FileState] = field(default=_NO_FILES)
    begun: int = 0
    """How many entries, uploaders and batches there were."""
    entries: Map[int, Entry] = field(default=_NO_ENTRIES)
    uploaders: Map[int, Uploader] = field(default=_NO_UPLOADERS)
    batches: Map[int, Batch] = field(default=_NO_BATCHES)
    views: Map[int, str] = field(default=_NO_VIEWS)
    """Whose the uploaders were, those that are over too."""

    @property
    def open(self) -> list[Entry]:
        """The entries whose channel is open."""
        return [each for _, each in self.ordered if each.channel == "joined"]

    @property
    def ordered(self) -> list[tuple[int, Entry]]:
        """The entries with their numbers, in the order in which they began."""
        return sorted(self.entries.items(), key=lambda each: each[0])


NO_UPLOADS = Uploads()
