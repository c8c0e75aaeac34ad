"""`components.uploads`: the file input and the preview, and what errors are shown (BC-40…42)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Assigns, Socket, heex, upload_errors
from liveview_core.components import live_file_input, live_img_preview
from liveview_core.heex import TemplateWarning
from liveview_core.rendering.rendered import Rendered, rendered_to_text
from liveview_core.uploads.entries import UploadConfig
from tests.harness.uploader import REF, TEXT, config, file, upload
from tests.harness.uploader import choose as chosen


def html(component: Any, **assigns: Any) -> str:
    rendered = component(Assigns(assigns, None))
    assert isinstance(rendered, Rendered)
    return rendered_to_text(rendered)


def allowed(**options: Any) -> UploadConfig:
    found: UploadConfig = Socket().allow_upload("docs", **{**TEXT, **options}).assigns.uploads.docs
    return found


def test_an_input() -> None:
    """BC-40: attributes in their order; lists of refs also where they are empty, errors only where there are some."""
    assert html(live_file_input, upload=allowed()) == (
        '<input id="phx-upload-view-0" type="file" name="docs" accept=".txt" data-phx-hook="Phoenix.LiveFileUpload"'
        ' data-phx-upload-ref="phx-upload-view-0" data-phx-active-refs="" data-phx-done-refs="" data-phx-preflighted-refs="">'
    )
    client = upload(max_entries=2, auto_upload=True, accept=[".txt", "image/*"])
    chosen(client, file("0"), file("1", size=99), file("2"))
    shown = html(live_file_input, upload=config(client), required=True, form="f")
    assert shown == (
        f'<input id="{REF}" type="file" name="docs" accept=".txt,image/*" data-phx-hook="Phoenix.LiveFileUpload"'
        f' data-phx-upload-ref="{REF}" data-phx-active-refs="0,1,2" data-phx-done-refs="" data-phx-preflighted-refs=""'
        f' data-phx-error-refs="1,{REF}" data-phx-auto-upload required form="f" multiple>'
    )


def test_what_the_dialog_offers() -> None:
    """BC-40: nothing for any file, the own list, or what the call says."""
    assert " accept" not in html(live_file_input, upload=allowed(accept="any"))
    assert ' accept="video/*"' in html(live_file_input, upload=allowed(), accept="video/*")
    assert " multiple" not in html(live_file_input, upload=allowed(max_entries=1))


def test_a_preview() -> None:
    """BC-41: an id of its own unless one is given; whatever else an image may have."""
    client = upload()
    chosen(client, file("0"))
    (entry,) = config(client).entries
    rest = (
        f' data-phx-upload-ref="{REF}" data-phx-entry-ref="0" data-phx-hook="Phoenix.LiveImgPreview"'
        ' data-phx-update="ignore"'
    )
    assert html(live_img_preview, entry=entry) == f'<img id="phx-preview-0"{rest}>'
    assert html(live_img_preview, entry=entry, id="own", width=5) == f'<img id="own"{rest} width="5">'


def test_errors_by_owner() -> None:
    """BC-42, UP-39: of the upload, or of one entry, in the order in which they were recorded."""
    made = allowed().with_error("0", "a").with_error("phx-upload-view-0", "b").with_error("0", ("c", 1))
    client = upload()
    chosen(client, file("0"))
    (entry,) = config(client).entries
    assert upload_errors(made) == ["b"]
    assert upload_errors(made, entry) == ["a", ("c", 1)]
    assert upload_errors(allowed()) == []


def test_a_drop_target() -> None:
    """UP-38: an element that carries the upload's ref; what happens there is the browser's business."""
    template = heex("<section phx-drop-target={@upload.ref}></section>")
    assert html(template, upload=allowed()) == '<section phx-drop-target="phx-upload-view-0"></section>'


def test_an_input_needs_its_upload() -> None:
    """The only attribute that has to be given."""
    with pytest.warns(TemplateWarning, match="upload"):
        heex("<.live_file_input />")
