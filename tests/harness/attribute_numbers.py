"""Numbers in attributes, as Chromium reads them: measured, and asked again where it is.

`NUMBERS` has a text and what it is as the `value` of a `li`, of a `progress` up to 1000 and of a `meter` from -1000 to 1000, the
`size` of a select, the `maxlength` of an input, the `tabindex` of a `div`. `HIDDEN`: with which of
`SIZES` an element is not seen.
"""

from __future__ import annotations

NUMBERS: tuple[tuple[str, float, float, float, int, int, int], ...] = (
    ("", 0, 0, 0, 0, -1, -1),
    ("x", 0, 0, 0, 0, -1, -1),
    ("3", 3, 3, 3, 3, 3, 3),
    (" 3", 3, 3, 3, 3, 3, 3),
    ("\n3", 3, 3, 3, 3, 3, 3),
    ("\x0b3", 0, 0, 0, 0, -1, -1),
    ("\xa03", 0, 0, 0, 0, -1, -1),
    ("+3", 3, 3, 3, 3, 3, 3),
    ("-3", -3, 0, -3, 0, -1, -3),
    ("--3", 0, 0, 0, 0, -1, -1),
    ("+ 3", 0, 0, 0, 0, -1, -1),
    ("3.9", 3, 3.9, 3.9, 3, 3, 3),
    ("3e2", 3, 300, 300, 3, 3, 3),
    ("3abc", 3, 3, 3, 3, 3, 3),
    ("\u0663", 0, 0, 0, 0, -1, -1),
    ("\uff13", 0, 0, 0, 0, -1, -1),
    ("2147483647", 2147483647, 1000, 1000, 2147483647, 2147483647, 2147483647),
    ("2147483648", 0, 1000, 1000, 0, -1, -1),
    ("-2147483648", -2147483648, 0, -1000, 0, -1, -2147483648),
    ("-2147483649", 0, 0, -1000, 0, -1, -1),
    ("99999999999999999999", 0, 1000, 1000, 0, -1, -1),
    ("1" * 400, 0, 0, 0, 0, -1, -1),
    ("1" * 5000, 0, 0, 0, 0, -1, -1),
    ("0" * 5000 + "7", 7, 7, 7, 7, 7, 7),
    ("-0", 0, 0, 0, 0, 0, 0),
    ("0x10", 0, 0, 0, 0, 0, 0),
    ("1e400", 1, 0, 0, 1, 1, 1),
    ("-1e400", -1, 0, 0, 0, -1, -1),
    ("1e-400", 1, 0, 0, 1, 1, 1),
    (".5", 0, 0.5, 0.5, 0, -1, -1),
    ("5.", 5, 5, 5, 5, 5, 5),
    ("+.5", 0, 0.5, 0.5, 0, -1, -1),
    ("-.5", 0, 0, -0.5, 0, -1, -1),
    (".5 ", 0, 0.5, 0.5, 0, -1, -1),
    ("0.5x", 0, 0.5, 0.5, 0, 0, 0),
    ("1e", 1, 1, 1, 1, 1, 1),
    ("1e+", 1, 1, 1, 1, 1, 1),
    ("1E3", 1, 1000, 1000, 1, 1, 1),
    ("Infinity", 0, 0, 0, 0, -1, -1),
    ("NaN", 0, 0, 0, 0, -1, -1),
    ("1,5", 1, 1, 1, 1, 1, 1),
    ("1_0", 1, 1, 1, 1, 1, 1),
)

ELEMENTS = (
    ("<ol><li {}></li></ol>", "li", "value"),
    ("<progress max=1000 {}></progress>", "progress", "value"),
    ("<meter min=-1000 max=1000 {}></meter>", "meter", "value"),
    ("<select {}></select>", "select", "size"),
    ("<input {}>", "input", "maxLength"),
    ("<div {}></div>", "div", "tabIndex"),
)
"""What each column is of: the element, and its property."""

_SIZES = (
    "0|00|0.0|0.4|.4|0px|0 px|0%|-0|-1|-1px|1|px|auto|0auto|0e5|0x1| 0|0 |+0|+1|1e-400|1e400|-1e400|0em|0.|"
    "\u0663|0\u0663|1%||5foo|-5foo"
)
SIZES = _SIZES.split("|")

_HIDDEN = {
    ("<canvas {}></canvas>", "height"): "0|00|0.0|0.4|0px|0 px|0%|-0|0auto|0e5|0x1| 0|0 |+0|0em|0.|0٣",
    ("<canvas {}></canvas>", "width"): "0|00|0.0|0.4|0px|0 px|0%|-0|0auto|0e5|0x1| 0|0 |+0|0em|0.|0٣",
    ("<embed src=x {}>", "height"): "0|00|0.0|0px|0 px|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<embed src=x {}>", "width"): "0|00|0.0|0px|0 px|0%|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<iframe frameborder=0 {}></iframe>", "height"): "0|00|0.0|0px|0 px|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<iframe frameborder=0 {}></iframe>", "width"): "0|00|0.0|0px|0 px|0%|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<object {}></object>", "height"): "0|00|0.0|0px|0 px|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<object {}></object>", "width"): "0|00|0.0|0px|0 px|0%|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<svg {}></svg>", "height"): "0|00|0.0|0px|-0|-1|-1px|0e5| 0|0 |+0|1e-400|-1e400|0em",
    ("<svg {}></svg>", "width"): "0|00|0.0|0px|0%|-0|-1|-1px|0e5| 0|0 |+0|1e-400|-1e400|0em",
    ("<video {}></video>", "height"): "0|00|0.0|0px|0 px|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
    ("<video {}></video>", "width"): "0|00|0.0|0px|0 px|0%|0auto|0e5|0x1| 0|0 |0em|0.|0٣",
}
HIDDEN = {each: sizes.split("|") for each, sizes in _HIDDEN.items()}
