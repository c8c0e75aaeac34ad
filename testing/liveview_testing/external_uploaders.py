"""Uploaders of the app in Python: stand-ins for the JavaScript that sends files elsewhere.

    class S3(ExternalUploader):
        def start(self, uploads, response):
            for upload in uploads:
                upload.progress(0)
                upload.after(200, "half")

        def half(self, upload):
            upload.progress(50)
            upload.after(200, "rest")

        def rest(self, upload):
            upload.progress(100)

    sim = Simulation(uploaders={"S3": S3()})

The name is what the view's `external` function answers as `"uploader"`. An uploader is shared by all files that go there, and holds
nothing; what it remembers of one file is `upload.state`, a value, and what it waits for is on the simulated clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from liveview_core.values.declaring import frozen

if TYPE_CHECKING:
    from liveview_testing.browser.uploads.external import ExternalEntry

__all__ = ["ExternalUploader"]


@frozen
class ExternalUploader:
    """What the app's own uploader does with files that the server has accepted; only `start` must be given.

    Other methods are called by name: `upload.after(200, "rest")` calls `rest(upload)` 200 simulated milliseconds later.
    """

    def start(self, uploads: Sequence[ExternalEntry], response: Mapping[str, Any]) -> None:
        """Files are to be sent: all that were accepted at once for this uploader, with the answer of the preflight."""
        raise NotImplementedError(f"{type(self).__name__}.start")

    def cancelled(self, upload: ExternalEntry) -> None:
        """A file is not to be sent any more: the server does not list it, or its view is gone."""

    def view_failed(self, upload: ExternalEntry) -> None:
        """The channel of the view has an error, while the file was being sent."""
