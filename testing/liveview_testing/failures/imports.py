"""Modules of the author that cannot be imported: what happened, why, and the cure.

Law: to exit while one is imported is not to be fine, whoever imports it.
"""

from __future__ import annotations

__all__ = ["not_imported"]


def not_imported(name: str, error: BaseException) -> tuple[str, str, str | None]:
    """What is said of a module of that name: what happened, what came, and the cure, if one is known."""
    exits = isinstance(error, SystemExit)
    text = error.msg if isinstance(error, SyntaxError) else error  # its own text repeats the place
    return (
        f"{name} exits while it is imported" if exits else f"{name} cannot be imported",
        f"{type(error).__name__}: {text}",
        "what runs belongs under `if __name__ == '__main__':`" if exits else None,
    )
