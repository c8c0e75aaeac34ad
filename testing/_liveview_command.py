"""The `liveview` command: what it needs is an extra, and whoever has not got it is told so.

A top-level module, because importing the kit is what fails then.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

__all__ = ["main"]


def main() -> None:
    """Run the command, or say how to get what it needs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what no encoding has is shown, and no error
    try:
        from liveview_testing.command_line.main import main as command
    except ImportError as error:  # pragma: no cover - an environment without the extra, as test_artefact makes one
        missing = error if isinstance(error, ModuleNotFoundError) else error.__cause__
        name = getattr(missing, "name", None) or ""
        if not isinstance(missing, ModuleNotFoundError) or name.partition(".")[0] in (
            "liveview_core",
            "liveview_testing",
        ):
            raise
        print(  # noqa: T201 - a command's last words
            f"liveview needs its extra ({name} is missing)\n  cure: pip install 'liveview-core[testing]'",
            file=sys.stderr,
        )
        sys.exit(1)
    try:
        command()
    except SystemExit as end:
        if not getattr(end, "at_once", False):
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)  # what else is running would be waited for


if __name__ == "__main__":
    main()
