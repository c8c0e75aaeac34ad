"""Methods of a dict that assigns have not are told as what they are, not as assigns that are missing."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Socket
from liveview_core.errors import MissingAssign


@pytest.mark.parametrize("name", ["pop", "popitem", "setdefault", "clear"])
def test_methods_that_would_change_assigns(name: str) -> None:
    """The cure is another socket, not an assign of that name."""
    assigns: Any = Socket(n=1).assigns
    with pytest.raises(MissingAssign) as caught:
        getattr(assigns, name)("n")
    assert caught.value.cure == (
        "assigns are never changed or taken away: return `socket.assign(name=None)`, read `assigns.get('name')`"
    )
    with pytest.raises(MissingAssign, match=r"`socket.assign\(popp=…\)`"):
        assert assigns.popp
