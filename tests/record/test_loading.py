"""Modules of the author that are imported for a command: what goes on as it is, what is told, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from liveview_core.errors import LiveViewError
from liveview_testing.record.loading import NotImported, imported, modules


def test_our_own_errors_go_on_as_they_are() -> None:
    """They say what is wrong already; others are told with their place."""
    with pytest.raises(LiveViewError, match=r"^ours$"), imported("page"):
        raise LiveViewError("ours")
    with pytest.raises(NotImported, match="ZeroDivisionError"), imported("page"):
        _ = 1 / 0
    with pytest.raises(KeyboardInterrupt), imported("page"):
        raise KeyboardInterrupt


def test_what_would_run_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "a_package_of_pages"
    package.mkdir()
    for name, text in (("__init__", ""), ("page", "X = 1"), ("__main__", "raise SystemExit(3)")):
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [name for name, _ in modules("a_package_of_pages")] == ["a_package_of_pages", "a_package_of_pages.page"]
