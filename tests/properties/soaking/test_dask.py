"""Seeds on a Dask cluster of several worker processes: the same report, lost workers or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liveview_testing import soak

distributed: Any = pytest.importorskip("distributed")

HERE = Path(__file__).parent


def test_a_cluster_gives_the_report_of_one_process() -> None:
    place = str(HERE / "broken_world.py")
    alone = soak(place, seeds=range(12), acts=20, shrink=False)
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        spread = soak(place, seeds=range(12), acts=20, shrink=False, executor=client.get_executor(pure=False))
    assert spread.text() == alone.text()
    assert spread.digests == alone.digests
