"""The `judges` fixture: the official client, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("tests.official_client.side_by_side")  # before its first import

from tests.official_client import client  # noqa: E402


@pytest.fixture(scope="session")
def _process() -> Iterator[client.Judges]:
    process = client.judges()
    yield process
    pipes = process.process.stdin, process.process.stdout
    for pipe in pipes:
        assert pipe is not None
        pipe.close()
    process.process.wait(timeout=10)
    client.judges.cache_clear()


@pytest.fixture
def judges(request: pytest.FixtureRequest) -> client.Judges:
    """Both judges in one node process; skips where there is none, fails in CI."""
    client.need()
    process: client.Judges = request.getfixturevalue("_process")
    return process
