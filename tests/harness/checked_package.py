"""`liveview check`, asked of a package that is written for it: one module, or two.

Law: the sum at its end is there, and is no part of what is told.
"""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from liveview_testing.command_line.main import main


def checked(name: str, text: str, more: str = "", other: str = "other") -> str:
    """What is told of the package *name*, which is written into the folder that one is in."""
    Path(name).mkdir()
    Path(f"{name}/__init__.py").write_text("")
    Path(f"{name}/page.py").write_text(text)
    if more:
        Path(f"{name}/{other}.py").write_text(more)
    ran = CliRunner().invoke(main, ["check", name, "--no-play"])
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    *found, total = ran.output.splitlines()
    assert " modules, " in total
    return "\n".join(found)
