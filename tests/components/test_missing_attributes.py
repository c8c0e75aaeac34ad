"""A component of the library that is not given what it needs: the attribute is named, and no line of ours."""

from __future__ import annotations

import pytest

from liveview_core import LiveView, heex
from liveview_core.errors import MissingAssign
from liveview_testing import live


@pytest.mark.filterwarnings("ignore:.*missing required attribute 'id'")
def test_an_attribute_that_is_missing() -> None:
    """The call's own line is noted."""

    class Page(LiveView):
        render = heex("<.focus_wrap>x</.focus_wrap>")

    with pytest.raises(MissingAssign) as caught:
        live(Page)
    assert caught.value.happened == "a component of the library reads @id, which its call does not give"
    assert caught.value.cure == "id={…} in its tag"
    assert not any("liveview_core" in note for note in caught.value.__notes__)
    assert any("test_missing_attributes.py" in note for note in caught.value.__notes__)
