"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys

import pytest

from liveview_core.values.patterns import late_pattern


def test_it_does_what_a_pattern_does() -> None:
    """Every method, every attribute, with its flags."""
    for source, flags in ((r"(?P<a>x)(y)?", 0), (r"a . b", re.VERBOSE | re.IGNORECASE)):
        late, now = late_pattern(source, flags), re.compile(source, flags)
        names = [name for name in dir(now) if not name.startswith("__")]
        assert all(hasattr(late, name) for name in names)
        assert (late.pattern, late.flags, late.groups, dict(late.groupindex)) == (
            now.pattern,
            now.flags,
            now.groups,
            dict(now.groupindex),
        )
        assert repr(late) == repr(now)
        for text in ("xy", "AxB", "", "-xyx"):
            assert str(late.search(text)) == str(now.search(text))
            assert late.findall(text) == now.findall(text)
            assert late.sub("!", text) == now.sub("!", text)


def test_it_is_compiled_when_it_is_used() -> None:
    """A pattern that is none is an error then, and not before; what it was asked once, it knows."""
    late = late_pattern("(")
    with pytest.raises(re.error, match="missing \\)"):
        late.search("x")
    good = late_pattern("x")
    assert list(vars(good)) == ["_made"]
    assert good.search is good.search
    assert list(vars(good)) == ["_made", "search"]


def test_it_can_be_copied() -> None:
    """Before it is used and after."""
    late = late_pattern("x+")
    assert copy.deepcopy(late).findall("xxyx") == pickle.loads(pickle.dumps(late)).findall("xxyx") == ["xx", "x"]
    assert late.findall("x") == ["x"]
    assert copy.copy(late).findall("xxyx") == ["xx", "x"]
    assert not hasattr(late, "__wrapped__")


ALL_OF_THEM = """
import gc, importlib, pkgutil
import liveview_core, liveview_testing
from liveview_core.values.patterns import LatePattern
for package in (liveview_core, liveview_testing):
    for each in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        dir(importlib.import_module(each.name))
patterns = [each for each in gc.get_objects() if type(each) is LatePattern]
assert len(patterns) > 100
for each in patterns:
    each.flags
"""


def test_every_pattern_of_ours_is_one() -> None:
    """Nobody meets a wrong one when it is used first."""
    ran = subprocess.run([sys.executable, "-c", ALL_OF_THEM], check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
