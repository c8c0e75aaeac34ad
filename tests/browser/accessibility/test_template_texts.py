"""AS-6: the texts of a template, which are YAML's."""

from __future__ import annotations

import pytest

from liveview_testing.browser.accessibility.template import Plain, read

TEXTS = {
    "": Plain(""),
    " \n\n": Plain(""),
    r'"a\tb\x41\u00e9\U0001f600\\\"\/"': Plain('a\tbA\u00e9\U0001f600\\"/', True),
    r'"\n\r\0\b"': Plain("\n\r\0\b", True),
    r'"\Uffffffff"': Plain("\\Uffffffff", True),
    "'it''s'": Plain("it's", True),
}


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str) -> None:
    """Nothing, and what is escaped in quotes; a character that there is not stays as it is written."""
    assert read(text) == TEXTS[text]
