"""What a form shows of its files: `<.live_file_input>` and `<.live_img_preview>`."""  # BC-40, BC-41

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liveview_core.declarations.attributes import attr
from liveview_core.declarations.function_component import component
from liveview_core.errors import BadOption, shown
from liveview_core.heex import heex
from liveview_core.rendering.rendered import ComponentRef, Rendered
from liveview_core.uploads.entries import UploadConfig, UploadEntry
from liveview_core.values.assigns import Assigns

__all__ = ["live_file_input", "live_img_preview"]

_INPUT = heex("""
<input
  id={@upload.ref}
  type="file"
  name={@upload.name}
  accept={@accept}
  data-phx-hook="Phoenix.LiveFileUpload"
  data-phx-upload-ref={@upload.ref}
  data-phx-active-refs={joined(entry.ref for entry in @upload.entries)}
  data-phx-done-refs={joined(entry.ref for entry in @upload.entries if entry.done)}
  data-phx-preflighted-refs={joined(entry.ref for entry in @upload.entries if entry.preflighted)}
  data-phx-error-refs={joined(dict.fromkeys(ref for ref, _ in @upload.errors)) if @upload.errors else None}
  data-phx-auto-upload={@upload.auto_upload}
  {with_multiple(@upload, @rest)}
/>
""")


def joined(refs: Iterable[str]) -> str:
    return ",".join(refs)


def with_multiple(upload: UploadConfig, rest: dict[str, Any]) -> dict[str, Any]:
    return {**rest, "multiple": True} if upload.max_entries > 1 else rest


@component(
    attr("upload", UploadConfig, required=True, doc="The upload: {@uploads.avatar}."),
    attr("accept", str, doc="What the file dialog offers, instead of what the upload accepts."),
    attr("rest", "global", include=["webkitdirectory", "required", "disabled", "capture", "form"]),
)
def live_file_input(assigns: Assigns) -> Rendered | ComponentRef:
    """The file input of an upload."""  # BC-40
    accept = assigns.upload.accept
    return _INPUT(assigns.assign_new("accept", lambda: None if accept == "any" else ",".join(accept)))


_PREVIEW = heex("""
<img
  id={@id or f"phx-preview-{@entry.ref}"}
  data-phx-upload-ref={@entry.upload_ref}
  data-phx-entry-ref={@entry.ref}
  data-phx-hook="Phoenix.LiveImgPreview"
  data-phx-update="ignore"
  phx-no-format
  {@rest}
/>
""")


@component(
    attr("entry", required=True, doc="The entry, whose file the client has."),
    attr("id", str, default=None),
    attr("rest", "global", include=["alt", "width", "height"]),
)
def live_img_preview(assigns: Assigns) -> Rendered | ComponentRef:
    """The image of an entry, drawn by the client, which has its file."""  # BC-41
    if not isinstance(assigns.entry, UploadEntry):
        raise BadOption(
            "the entry of <.live_img_preview> is no entry of an upload",
            expected="one of @uploads.name.entries",
            got=shown(assigns.entry),
            cure="<.live_img_preview :for={entry in @uploads.name.entries} entry={entry} />",
        )
    return _PREVIEW(assigns)
