"""What people type, drawn: nothing, blanks, markup, other alphabets, very much of it.

Law: every text drawn is one that a keyboard or a clipboard can give; none needs a table of Unicode to be drawn.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

# Any character but line ends, NUL and surrogates, as ranges of numbers: hypothesis's own characters read a table of Unicode first,
# whose making in a new checkout is so slow a draw that the health check fails.
CHARACTERS: SearchStrategy[str] = st.one_of(
    st.sampled_from(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    ),
    st.integers(0xA0, 0x24F).map(chr),
    st.one_of(st.integers(0x1, 0x9), st.integers(0xE, 0xD7FF), st.integers(0xE000, 0x10FFFF)).map(chr),
)

TEXT: SearchStrategy[str] = st.one_of(
    st.text(CHARACTERS, max_size=20),
    st.sampled_from(["", " ", "<b>&amp;</b>", '"quoted"', "a=b&c", "é ü ß", "x" * 100]),
)
"""What people type: nothing, blanks, markup, other alphabets."""
