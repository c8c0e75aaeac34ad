"""Asking to go elsewhere: what `push_patch`, `push_navigate` and `redirect` accept.

Law: a socket goes to one place. A second request on the same socket is an error that names the first.
"""  # NV-6

from __future__ import annotations

from typing import Any

from liveview_core.errors import NavigationError, shown
from liveview_core.protocol.destinations import checked_external, checked_header, checked_path
from liveview_core.protocol.effects import Redirect

__all__ = ["navigate", "patch", "redirect"]


def patch(pending: Redirect | None, to: Any, replace: bool) -> Redirect:
    """The request of `push_patch`."""  # NV-2
    return _alone(pending, Redirect("patch", checked_path(to, "push_patch"), replace=bool(replace)))


def navigate(pending: Redirect | None, to: Any, replace: bool) -> Redirect:
    """The request of `push_navigate`."""  # NV-2
    return _alone(pending, Redirect("navigate", checked_path(to, "push_navigate"), replace=bool(replace)))


def redirect(pending: Redirect | None, to: Any, external: Any, status: Any) -> Redirect:
    """The request of `redirect`; *to* wins over *external*."""  # NV-1
    if type(status) is not int or not 300 <= status <= 399:
        raise NavigationError("the status of a redirect is wrong", expected="an int from 300 to 399", got=shown(status))
    if to is not None:
        return _alone(pending, Redirect("redirect", checked_path(to, "redirect"), status=status))
    if external is not None:
        return _alone(
            pending,
            Redirect("redirect", None, checked_header(checked_external(external, "redirect"), "redirect"), status),
        )
    raise NavigationError(
        "redirect needs a destination",
        expected="a path or an external URL",
        cure="socket.redirect('/path') or socket.redirect(external='https://…')",
    )


def _alone(pending: Redirect | None, wanted: Redirect) -> Redirect:
    if pending is not None:
        raise NavigationError(
            f"the socket is already prepared to redirect with {pending.describe()}",
            expected="one redirect in a callback",
            got=f"{wanted.describe()} on top of it",
            cure="decide before you call: return as soon as you redirect",
        )
    return wanted
