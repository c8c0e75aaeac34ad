"""The viewer's script and style without what only their readers need."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from liveview_testing.record.timelines.minify import lean_script, lean_style

VIEWER = files("liveview_testing.record.timelines").joinpath("viewer")
SCRIPT, STYLE = (VIEWER.joinpath(name).read_text(encoding="utf-8") for name in ("viewer.js", "viewer.css"))


@pytest.mark.parametrize(
    ("script", "lean"),
    [
        ("a = b / c / d; // e\nf(/ [/]\\/ /g);", "a=b/c/d;f(/ [/]\\/ /g);"),
        ("return /x y/.test(z)", "return/x y/.test(z)"),
        (
            "s = \"a // b\" + '/* c */' + `d  ${ e(`f  ${g}`) }  // h`",
            "s=\"a // b\"+'/* c */'+`d  ${ e(`f  ${g}`) }  // h`",
        ),
        ("a\nb", "a\nb"),
        ("const f = () => {}\nf()", "const f=()=>{}\nf()"),
        ("a = b\n  .c()\n  .d", "a=b.c().d"),
        ("a + +b - -c + ++d", "a+ +b- -c+ ++d"),
        ("typeof x === 'y' ? new Z : in_\n(1)", "typeof x==='y'?new Z:in_\n(1)"),
        ("/** all\n of it */\nlet a\n/* b */ let c", "let a\nlet c"),
    ],
)
def test_what_is_left_means_the_same(script: str, lean: str) -> None:
    assert lean_script(script) == lean
    assert lean_script(lean) == lean


def test_the_viewer_is_small() -> None:
    """Looking, section 7: script and style in 60 kB."""
    assert len(lean_script(SCRIPT)) + len(lean_style(STYLE)) <= 60_000
    assert lean_style(lean_style(STYLE)) == lean_style(STYLE)
    assert lean_style(STYLE).count("{") == STYLE.count("{")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_node_reads_it(tmp_path: Path) -> None:
    """And would not read one that is not."""
    (tmp_path / "lean.js").write_text(lean_script(SCRIPT), encoding="utf-8")
    assert subprocess.run(["node", "--check", str(tmp_path / "lean.js")], check=False).returncode == 0
    broken = lean_script(SCRIPT).replace("=>", "=>=>", 1)
    (tmp_path / "broken.js").write_text(broken, encoding="utf-8")
    asked = subprocess.run(["node", "--check", str(tmp_path / "broken.js")], check=False, capture_output=True)
    assert asked.returncode != 0
