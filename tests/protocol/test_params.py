"""`params`: nested decoding as Plug does it, and form events."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_core.protocol.params import BadQuery, decode, decode_form, target_path, unquoted
from liveview_testing.browser.page.forms.form_data import urlencode


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("", {}),
        ("a=1", {"a": "1"}),
        ("a=1&a=2", {"a": "2"}),
        ("a", {"a": ""}),
        ("=", {"": ""}),
        ("=value", {"": "value"}),
        ("&x=1&&y=2&", {"x": "1", "y": "2"}),
        ("q=a+b%20c%26", {"q": "a b c&"}),
        ("my+weird+field=q1%212%22", {"my weird field": 'q1!2"'}),
        ("a=b=c", {"a": "b=c"}),
        ("foo[bar]=baz", {"foo": {"bar": "baz"}}),
        ("u%5Bname%5D=x", {"u": {"name": "x"}}),
        ("foo[]", {"foo": [""]}),
        ("foo[]=bar&foo[]=baz", {"foo": ["bar", "baz"]}),
        ("x[y][z]=1&x[y][w]=2", {"x": {"y": {"z": "1", "w": "2"}}}),
        ("x[y][z][]=1&x[y][z][]=2", {"x": {"y": {"z": ["1", "2"]}}}),
        ("x[y][][z]=1", {"x": {"y": [{"z": "1"}]}}),
        ("x[][a]=1&x[][b]=2", {"x": [{"a": "1", "b": "2"}]}),
        ("x[][][]=1", {"x": [[["1"]]]}),
        ("x[]=1&x[y]=1", {"x": {"y": "1"}}),
        ("x[y]=1&x[]=1", {"x": ["1"]}),
        ("x=1&x[y]=1", {"x": {"y": "1"}}),
        ("x[y]=1&x=1", {"x": "1"}),
        ("x[y][][w]=2&x[y]=1", {"x": {"y": "1"}}),
        ("x[y", {"x[y": ""}),
        ("x]=1", {"x]": "1"}),
        ("[a]=1", {"": {"a": "1"}}),
        ("t[0][n]=a&t[1][n]=b", {"t": {"0": {"n": "a"}, "1": {"n": "b"}}}),
    ],
)
def test_decodes_as_plug(query: str, params: dict[str, Any]) -> None:
    """Nesting, lists, and the last one wins where two disagree (NV-13)."""
    assert decode(query) == params


names = st.text(st.characters(codec="utf-8", exclude_characters="[]"), min_size=1)
trees = st.recursive(st.text(), lambda t: st.dictionaries(names, t, min_size=1, max_size=3), max_leaves=8)


@given(st.dictionaries(names, trees, max_size=3))
def test_what_is_written_is_read(tree: dict[str, Any]) -> None:
    """Any nested dict of text, written as a query, comes back."""

    def written(prefix: str, value: Any) -> list[str]:
        if isinstance(value, str):
            return [f"{quote_plus(prefix)}={quote_plus(value)}"]
        return [pair for key, each in value.items() for pair in written(f"{prefix}[{key}]" if prefix else key, each)]

    assert decode("&".join(pair for key, value in tree.items() for pair in written(key, value))) == tree


@given(st.text())
@example("a=\ud800%41")
@example("\ud800%41=%ff")
def test_any_text_is_params_or_an_error(query: str) -> None:
    """Never another exception, whatever half characters stand beside what is quoted."""
    try:
        assert isinstance(decode(query), dict)
    except BadQuery:
        assert "%" in query


@pytest.mark.parametrize("query", ["a=%", "a=%R2", "%zz=1", "a=%ff", "a=\ud800%ff"])
def test_what_is_not_url_encoded_is_an_error(query: str) -> None:
    """Plug answers these with 400."""
    with pytest.raises(BadQuery):
        decode(query)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("q", ["q"]),
        ("user[name]", ["user", "name"]),
        ("user[tags][]", ["user", "tags"]),
        ("a[b][0][c]", ["a", "b", "0", "c"]),
        ("", []),
    ],
)
def test_target_path(name: str, path: list[str]) -> None:
    """CB-9: the keys of a field; a trailing [] adds nothing."""
    assert target_path(name) == path


def test_form_events() -> None:
    """CB-9: meta over the body, a text target as keys, a list kept."""
    assert decode_form("a=1&_target=a%5Bb%5D", {"a": "2", "x": 1}) == {"a": "2", "_target": ["a", "b"], "x": 1}
    assert decode_form("a=1", {"_target": ["a"]}) == {"a": "1", "_target": ["a"]}


@given(st.text(alphabet="aZ9~*-_. +%&=/\n\0\xffé🙂"))
def test_quoting_is_what_urllib_does(text: str) -> None:
    """The fast way, a run of bytes at once, beside the slow one, byte by byte; both ways."""
    quoted = quote_plus(text, safe="*").replace("~", "%7E")
    assert urlencode([(text, "")]) == f"{quoted}="
    assert unquoted(quoted) == text
    assert unquoted(quote(text), plus=False) == text
